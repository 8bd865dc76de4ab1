//! complex: slots and operators.
mod arithmetic;
mod methods;
mod new;

use haft_core::object::CompareOp;
use haft_core::{R, Value, Vm};
use haft_text::{complex, float};

use super::convert::int_to_float;
use super::float::compare_with_int;
use arithmetic::Parts;

pub(super) use arithmetic::power;

const DOC: &str = "Create a complex number from a string or numbers.

If a string is given, parse it as a complex number.
If a single number is given, convert it to a complex number.
If the 'real' or 'imag' arguments are given, create a complex number
with the specified real and imaginary components.";

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &haft_core::object::Slots| {
        s.new.set(Some(new::complex_new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.bool.set(Some(truth));
        s.pos.set(Some(pos));
        s.neg.set(Some(neg));
        s.abs.set(Some(arithmetic::abs));
        s.add.set(Some(arithmetic::add));
        s.sub.set(Some(arithmetic::sub));
        s.mul.set(Some(arithmetic::mul));
        s.truediv.set(Some(arithmetic::truediv));
        s.pow.set(Some(arithmetic::pow));
    };
    vm.fill_type(vm.t.complex, DOC, slots, methods::METHODS, methods::GETSETS);
}

/// An operand: a complex number or a real one.
#[derive(Clone, Copy)]
enum Operand {
    Complex(Parts),
    Real(f64),
}

impl Operand {
    fn parts(self) -> Parts {
        match self {
            Operand::Complex(parts) => parts,
            Operand::Real(real) => (real, 0.0),
        }
    }
}

/// `None` if it is no number.
fn operand(vm: &mut Vm, value: Value) -> R<Option<Operand>> {
    if let Some(parts) = vm.as_complex(value) {
        return Ok(Some(Operand::Complex(parts)));
    }
    if let Some(real) = vm.as_float(value) {
        return Ok(Some(Operand::Real(real)));
    }
    Ok(int_to_float(vm, value)?.map(Operand::Real))
}

/// The parts of a complex; the slots are called for complex numbers only.
fn parts(vm: &Vm, this: Value) -> Parts {
    vm.as_complex(this).unwrap_or((f64::NAN, f64::NAN))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let (re, im) = parts(vm, this);
    Ok(vm.str(&complex::repr(re, im)))
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let (re, im) = parts(vm, this);
    let identity = vm.hash_identity(this);
    let hash = |part: f64| float::hash_f64(part).unwrap_or(identity);
    Ok(float::hash_complex(hash(re), hash(im)))
}

fn truth(vm: &mut Vm, this: Value) -> R<bool> {
    Ok(parts(vm, this) != (0.0, 0.0))
}

fn pos(vm: &mut Vm, this: Value) -> R {
    Ok(vm.unwrapped(this))
}

fn neg(vm: &mut Vm, this: Value) -> R {
    let (re, im) = parts(vm, this);
    Ok(vm.complex(-re, -im))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let Some((re, im)) = vm.as_complex(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    let equal = if let Some(other) = vm.as_complex(b) {
        (re, im) == other
    } else if let Some(real) = vm.as_float(b) {
        im == 0.0 && re == real
    } else if let Some(int) = vm.as_big(b) {
        im == 0.0 && compare_with_int(re, &int).is_some_and(std::cmp::Ordering::is_eq)
    } else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}
