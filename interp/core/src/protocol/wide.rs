//! Arithmetic of exact ints whose results fit into 128 bits: small ones, 64-bit hashes, generators, masks and products. What does not fit is left to the slots of `int`.
use haft_heap::{Heap, Value};

use super::BinaryOp;
use crate::object::BigInt;
use crate::vm::Vm;

/// The number of an exact int, if 128 bits hold it.
#[inline]
fn number(value: Value) -> Option<i128> {
    if let Some(small) = value.as_fixnum() {
        return Some(i128::from(small));
    }
    let big = value.as_ptr().and_then(BigInt::of)?;
    let magnitude = match *big.words() {
        [low] => i128::from(low),
        [low, high] if high < 1 << 63 => i128::from(high) << 64 | i128::from(low),
        _ => return None,
    };
    Some(if big.is_negative() { -magnitude } else { magnitude })
}

/// `a OP b` of exact ints; `None`: they are none, or too large, or it is an operator that is not done here.
#[inline(always)]
pub(super) fn binary(vm: &mut Vm, op: BinaryOp, a: Value, b: Value) -> Option<Value> {
    let (x, y) = (number(a)?, number(b)?);
    let result = match op {
        BinaryOp::Add => x.checked_add(y)?,
        BinaryOp::Sub => x.checked_sub(y)?,
        BinaryOp::And => x & y,
        BinaryOp::Or => x | y,
        BinaryOp::Xor => x ^ y,
        BinaryOp::Mul => product(x, y)?,
        BinaryOp::LShift => {
            let count = u32::try_from(y).ok().filter(|&count| count < 127)?;
            let shifted = x << count;
            (shifted >> count == x).then_some(shifted)?
        }
        BinaryOp::RShift => x >> u32::try_from(y).ok()?.min(127),
        BinaryOp::FloorDiv => quotient(x, y)?,
        BinaryOp::Mod => remainder(x, y)?,
        _ => return None,
    };
    Some(int(&mut vm.heap, result))
}

/// The product of numbers whose magnitudes are one word each.
#[inline]
fn product(x: i128, y: i128) -> Option<i128> {
    let a = u64::try_from(x.unsigned_abs()).ok()?;
    let b = u64::try_from(y.unsigned_abs()).ok()?;
    let magnitude = i128::try_from(u128::from(a) * u128::from(b)).ok()?;
    Some(if (x < 0) == (y < 0) { magnitude } else { -magnitude })
}

/// Quotient of numbers that are not negative, the divisor one word.
#[inline]
fn quotient(x: i128, y: i128) -> Option<i128> {
    let divisor = u64::try_from(y).ok().filter(|&divisor| divisor != 0)?;
    let dividend = u128::try_from(x).ok()?;
    if let Ok(dividend) = u64::try_from(dividend) {
        return Some(i128::from(dividend / divisor));
    }
    i128::try_from(dividend / u128::from(divisor)).ok()
}

/// Remainder of a number by one of one word that is above zero.
#[inline]
fn remainder(x: i128, y: i128) -> Option<i128> {
    let divisor = u64::try_from(y).ok().filter(|&divisor| divisor != 0)?;
    let dividend = u128::try_from(x).ok()?;
    if let Ok(dividend) = u64::try_from(dividend) {
        return Some(i128::from(dividend % divisor));
    }
    i128::try_from(dividend % u128::from(divisor)).ok()
}

/// The int of a number.
#[inline]
fn int(heap: &mut Heap, number: i128) -> Value {
    if let Some(small) = i64::try_from(number).ok().and_then(Value::fixnum) {
        return small;
    }
    BigInt::of_number(heap, number).value()
}

#[cfg(test)]
mod tests {
    use super::{product, quotient, remainder};

    #[test]
    fn products_have_signs() {
        assert_eq!(product(-3, 4), Some(-12));
        assert_eq!(product(-3, -4), Some(12));
        assert_eq!(product(i128::from(u64::MAX), 1 << 63), Some(i128::MAX - ((1 << 63) - 1)));
        assert_eq!(product(i128::from(u64::MAX), i128::from(u64::MAX)), None);
        assert_eq!(product(1 << 64, 1), None);
    }

    #[test]
    fn divisions_are_of_what_is_not_negative() {
        assert_eq!(quotient(7 << 64, 2), Some(7 << 63));
        assert_eq!(remainder((7 << 64) + 1, 2), Some(1));
        assert_eq!(quotient(-7, 2), None);
        assert_eq!(quotient(7, 0), None);
        assert_eq!(remainder(7, -2), None);
    }
}
