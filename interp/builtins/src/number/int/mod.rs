//! int: slots, and the tables of its methods.
mod arithmetic;
mod division;
mod methods;
mod new;
mod power;

use haft_core::object::CompareOp;
use haft_core::{R, Value, Vm};
use haft_text::float::{hash_i64, hash_words};
use haft_text::int::magnitude::compare_signed;

use super::convert::exact;
use super::with_int;
use crate::arguments::lift;

pub(super) use arithmetic::{and, or, xor};

const DOC: &str = "int([x]) -> integer
int(x, base=10) -> integer

Convert a number or string to an integer, or return 0 if no arguments
are given.  If x is a number, return x.__int__().  For floating-point
numbers, this truncates towards zero.

If x is not a number or if base is given, then x must be a string,
bytes, or bytearray instance representing an integer literal in the
given base.  The literal can be preceded by '+' or '-' and be surrounded
by whitespace.  The base defaults to 10.  Valid bases are 0 and 2-36.
Base 0 means to interpret the base from the string as an integer literal.
>>> int('0b100', base=0)
4";

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &haft_core::object::Slots| {
        s.new.set(Some(new::int_new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.bool.set(Some(truth));
        s.int.set(Some(identity));
        s.index.set(Some(identity));
        s.pos.set(Some(identity));
        s.float.set(Some(float));
        s.neg.set(Some(arithmetic::neg));
        s.abs.set(Some(arithmetic::abs));
        s.invert.set(Some(arithmetic::invert));
        s.add.set(Some(arithmetic::add));
        s.sub.set(Some(arithmetic::sub));
        s.mul.set(Some(arithmetic::mul));
        s.truediv.set(Some(division::truediv));
        s.floordiv.set(Some(division::floordiv));
        s.rem.set(Some(division::rem));
        s.divmod.set(Some(division::divmod));
        s.lshift.set(Some(arithmetic::lshift));
        s.rshift.set(Some(arithmetic::rshift));
        s.and.set(Some(and));
        s.or.set(Some(or));
        s.xor.set(Some(xor));
        s.pow.set(Some(power::pow));
    };
    vm.fill_type(vm.t.int, DOC, slots, methods::METHODS, methods::GETSETS);
}

/// Decimal text.
pub(super) fn repr(vm: &mut Vm, this: Value) -> R {
    let max = super::max_str_digits(vm);
    match with_int(vm, this, |int| int.to_radix(10, max)) {
        Some(text) => {
            let text = lift(vm, text)?;
            Ok(vm.str(&text))
        }
        None => vm.default_repr(this),
    }
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    if let Some(small) = vm.as_int(this) {
        return Ok(hash_i64(small));
    }
    Ok(vm.int_parts(this).map_or(0, |int| hash_words(int.negative, int.words())))
}

fn truth(vm: &mut Vm, this: Value) -> R<bool> {
    Ok(vm.as_int(this) != Some(0))
}

/// The value itself, as an exact int.
fn identity(vm: &mut Vm, this: Value) -> R {
    Ok(exact(vm, this))
}

fn float(vm: &mut Vm, this: Value) -> R {
    let float = super::convert::int_to_float(vm, this)?;
    Ok(vm.float(float.unwrap_or(0.0)))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if let (Some(x), Some(y)) = (vm.as_int(a), vm.as_int(b)) {
        return Ok(Value::bool(op.holds(x.cmp(&y))));
    }
    match (vm.int_parts(a), vm.int_parts(b)) {
        (Some(x), Some(y)) => Ok(Value::bool(op.holds(compare_signed(&x, &y)))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}
