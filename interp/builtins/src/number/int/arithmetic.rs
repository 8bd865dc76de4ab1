//! Operators of ints: 64-bit first, big numbers for the rest.
use haft_core::{R, Value, Vm};
use haft_text::{IBig, int};

use super::super::convert::bits;
use crate::arguments::{lift, no_memory};

/// Results of more bits than this are a MemoryError.
pub(super) const MAX_BITS: usize = 1 << 36;

/// Both operands, if they are ints that fit.
#[inline]
pub(super) fn smalls(vm: &Vm, a: Value, b: Value) -> Option<(i64, i64)> {
    Some((vm.as_int(a)?, vm.as_int(b)?))
}

/// The operation on big numbers; NotImplemented if an operand is no int.
fn on_bigs(vm: &mut Vm, a: Value, b: Value, op: impl FnOnce(&IBig, &IBig) -> IBig) -> R {
    let (Some(x), Some(y)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(vm.big(op(&x, &y)))
}

/// As [`on_bigs`] for an operation that may fail.
fn try_on_bigs(
    vm: &mut Vm,
    a: Value,
    b: Value,
    op: fn(&IBig, &IBig) -> haft_text::Result<IBig>,
) -> R {
    let (Some(x), Some(y)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let result = lift(vm, op(&x, &y))?;
    Ok(vm.big(result))
}

pub(super) fn add(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b).and_then(|(x, y)| x.checked_add(y)) {
        Some(sum) => Ok(vm.int(sum)),
        None => on_bigs(vm, a, b, |x, y| x + y),
    }
}

pub(super) fn sub(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b).and_then(|(x, y)| x.checked_sub(y)) {
        Some(difference) => Ok(vm.int(difference)),
        None => on_bigs(vm, a, b, |x, y| x - y),
    }
}

pub(super) fn mul(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b).and_then(|(x, y)| x.checked_mul(y)) {
        Some(product) => Ok(vm.int(product)),
        None => on_bigs(vm, a, b, |x, y| x * y),
    }
}

/// Quotient rounded down and remainder with the sign of the divisor; `None` for a divisor of 0 and on overflow.
fn div_mod(x: i64, y: i64) -> Option<(i64, i64)> {
    let (quotient, remainder) = (x.checked_div(y)?, x.checked_rem(y)?);
    let adjust = remainder != 0 && (remainder ^ y) < 0;
    Some(if adjust { (quotient - 1, remainder + y) } else { (quotient, remainder) })
}

pub(super) fn floordiv(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        Some((quotient, _)) => Ok(vm.int(quotient)),
        None => try_on_bigs(vm, a, b, int::floor_div),
    }
}

pub(super) fn rem(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        Some((_, remainder)) => Ok(vm.int(remainder)),
        None => try_on_bigs(vm, a, b, int::modulo),
    }
}

pub(super) fn divmod(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((quotient, remainder)) = smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        let (quotient, remainder) = (vm.int(quotient), vm.int(remainder));
        return Ok(vm.tuple(&[quotient, remainder]));
    }
    let (Some(x), Some(y)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let (quotient, remainder) = lift(vm, int::div_mod(&x, &y))?;
    let (quotient, remainder) = (vm.big(quotient), vm.big(remainder));
    Ok(vm.tuple(&[quotient, remainder]))
}

/// Ints up to this magnitude are floats exactly.
const EXACT: u64 = 1 << 53;

pub(super) fn truediv(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, y)) = smalls(vm, a, b)
        && y != 0
        && x.unsigned_abs() <= EXACT
        && y.unsigned_abs() <= EXACT
    {
        return Ok(vm.float(x as f64 / y as f64));
    }
    let (Some(x), Some(y)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let quotient = lift(vm, int::true_div(&x, &y))?;
    Ok(vm.float(quotient))
}

pub(in crate::number) fn and(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b) {
        Some((x, y)) => Ok(vm.int(x & y)),
        None => on_bigs(vm, a, b, |x, y| x & y),
    }
}

pub(in crate::number) fn or(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b) {
        Some((x, y)) => Ok(vm.int(x | y)),
        None => on_bigs(vm, a, b, |x, y| x | y),
    }
}

pub(in crate::number) fn xor(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b) {
        Some((x, y)) => Ok(vm.int(x ^ y)),
        None => on_bigs(vm, a, b, |x, y| x ^ y),
    }
}

pub(super) fn lshift(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, n @ 0..63)) = smalls(vm, a, b)
        && (x << n) >> n == x
    {
        return Ok(vm.int(x << n));
    }
    let (Some(x), Some(n)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if *n < IBig::ZERO {
        return Err(vm.value_error("negative shift count"));
    }
    if x.is_zero() {
        return Ok(Value::small(0));
    }
    let Ok(n) = usize::try_from(n.as_ref()) else {
        return Err(vm.overflow_error("too many digits in integer"));
    };
    if n > MAX_BITS || bits(&x) > MAX_BITS {
        return Err(no_memory(vm));
    }
    Ok(vm.big(int::shl(&x, n)))
}

pub(super) fn rshift(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, n @ 0..)) = smalls(vm, a, b) {
        return Ok(vm.int(x >> n.min(63)));
    }
    let (Some(x), Some(n)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if *n < IBig::ZERO {
        return Err(vm.value_error("negative shift count"));
    }
    // Beyond the number's length only the sign is left.
    let n = usize::try_from(n.as_ref()).unwrap_or(usize::MAX).min(bits(&x) + 1);
    Ok(vm.big(int::shr(&x, n)))
}

pub(super) fn neg(vm: &mut Vm, a: Value) -> R {
    match vm.as_int(a).and_then(i64::checked_neg) {
        Some(negated) => Ok(vm.int(negated)),
        None => on_bigs(vm, a, Value::small(0), |x, _| -x),
    }
}

pub(super) fn abs(vm: &mut Vm, a: Value) -> R {
    match vm.as_int(a).and_then(i64::checked_abs) {
        Some(magnitude) => Ok(vm.int(magnitude)),
        None => {
            on_bigs(vm, a, Value::small(0), |x, _| if *x < IBig::ZERO { -x } else { x.clone() })
        }
    }
}

pub(super) fn invert(vm: &mut Vm, a: Value) -> R {
    match vm.as_int(a) {
        Some(small) => Ok(vm.int(!small)),
        None => on_bigs(vm, a, Value::small(0), |x, _| -x - IBig::ONE),
    }
}
