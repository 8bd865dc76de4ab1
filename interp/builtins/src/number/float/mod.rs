//! float: slots and operators.
mod methods;
mod new;
mod power;

use std::cmp::Ordering;

use haft_core::object::CompareOp;
use haft_core::{R, Value, Vm};
use haft_text::{IBig, float, int};

use super::convert::int_to_float;
use super::int_value;
use crate::arguments::lift;

pub(super) use power::power;

const DOC: &str = "Convert a string or number to a floating-point number, if possible.";

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &haft_core::object::Slots| {
        s.new.set(Some(new::float_new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.bool.set(Some(truth));
        s.int.set(Some(to_int));
        s.float.set(Some(identity));
        s.pos.set(Some(identity));
        s.neg.set(Some(neg));
        s.abs.set(Some(abs));
        s.add.set(Some(add));
        s.sub.set(Some(sub));
        s.mul.set(Some(mul));
        s.truediv.set(Some(truediv));
        s.floordiv.set(Some(floordiv));
        s.rem.set(Some(rem));
        s.divmod.set(Some(divmod));
        s.pow.set(Some(power::pow));
    };
    vm.fill_type(vm.t.float, DOC, slots, methods::METHODS, methods::GETSETS);
}

/// The number in a float; the slots are called for floats only.
fn number(vm: &Vm, this: Value) -> f64 {
    vm.as_float(this).unwrap_or(f64::NAN)
}

/// An operand as a float; `None` if it is no real number.
#[inline]
fn operand(vm: &mut Vm, value: Value) -> R<Option<f64>> {
    match vm.as_float(value) {
        Some(float) => Ok(Some(float)),
        None => int_to_float(vm, value),
    }
}

/// Both operands; `None` if one is no real number.
#[inline]
fn operands(vm: &mut Vm, a: Value, b: Value) -> R<Option<(f64, f64)>> {
    if let (Some(x), Some(y)) = (a.as_float_imm(), b.as_float_imm()) {
        return Ok(Some((x, y)));
    }
    let (Some(x), Some(y)) = (operand(vm, a)?, operand(vm, b)?) else { return Ok(None) };
    Ok(Some((x, y)))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let text = float::repr(number(vm, this));
    Ok(vm.str(&text))
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    Ok(float::hash_f64(number(vm, this)).unwrap_or_else(|| vm.hash_identity(this)))
}

fn truth(vm: &mut Vm, this: Value) -> R<bool> {
    Ok(number(vm, this) != 0.0)
}

fn to_int(vm: &mut Vm, this: Value) -> R {
    let int = lift(vm, int::from_f64(number(vm, this)))?;
    Ok(int_value(vm, int))
}

/// The value itself, as an exact float.
fn identity(vm: &mut Vm, this: Value) -> R {
    Ok(vm.unwrapped(this))
}

fn neg(vm: &mut Vm, this: Value) -> R {
    let number = number(vm, this);
    Ok(vm.float(-number))
}

fn abs(vm: &mut Vm, this: Value) -> R {
    let number = number(vm, this);
    Ok(vm.float(number.abs()))
}

/// A float operator that cannot fail.
macro_rules! operator {
    ($name:ident, $sign:tt) => {
        fn $name(vm: &mut Vm, a: Value, b: Value) -> R {
            match operands(vm, a, b)? {
                Some((x, y)) => Ok(vm.float(x $sign y)),
                None => Ok(Value::NOT_IMPLEMENTED),
            }
        }
    };
}

operator!(add, +);
operator!(sub, -);
operator!(mul, *);

fn truediv(vm: &mut Vm, a: Value, b: Value) -> R {
    match operands(vm, a, b)? {
        Some((_, 0.0)) => Err(vm.zero_division_error("division by zero")),
        Some((x, y)) => Ok(vm.float(x / y)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn floordiv(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some((x, y)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let quotient = lift(vm, float::floor_div(x, y))?;
    Ok(vm.float(quotient))
}

fn rem(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some((x, y)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let remainder = lift(vm, float::modulo(x, y))?;
    Ok(vm.float(remainder))
}

fn divmod(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some((x, y)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let (quotient, remainder) = lift(vm, float::div_mod(x, y))?;
    let (quotient, remainder) = (vm.float(quotient), vm.float(remainder));
    Ok(vm.tuple(&[quotient, remainder]))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let ordering = match (vm.as_float(a), vm.as_float(b)) {
        (Some(x), Some(y)) => x.partial_cmp(&y),
        (Some(x), None) => match vm.as_big(b) {
            Some(y) => compare_with_int(x, &y),
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
        (None, Some(y)) => match vm.as_big(a) {
            Some(x) => compare_with_int(y, &x).map(Ordering::reverse),
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
        (None, None) => return Ok(Value::NOT_IMPLEMENTED),
    };
    // NaN is unequal to everything.
    Ok(Value::bool(ordering.map_or(op == CompareOp::Ne, |ordering| op.holds(ordering))))
}

/// A float and an int of any size, compared by their exact values.
pub(super) fn compare_with_int(x: f64, y: &IBig) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole: IBig = int::from_f64(x).ok()?.into();
    let fraction = x.fract();
    Some(whole.cmp(y).then(fraction.partial_cmp(&0.0)?))
}
