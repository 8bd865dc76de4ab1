//! Operations on numbers, as the General Decimal Arithmetic Specification has them.
use std::cmp::Ordering;

use dashu_int::UBig;

use super::number::{Number, count_digits, div_rem, has_room, power_of_ten, small};
use super::work::condition::*;
use super::work::{Rounding, Work};

/// a + b
pub(super) fn add(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    match (a.is_infinite(), b.is_infinite()) {
        (true, true) if a.negative != b.negative => return work.invalid(INVALID_OPERATION),
        (true, _) => return a.clone(),
        (_, true) => return b.clone(),
        _ => {}
    }
    let exp = a.exp.min(b.exp);
    let prefers_minus = work.rounding == Rounding::Floor;
    match (a.digits.is_zero(), b.digits.is_zero()) {
        (true, true) => {
            let differ = a.negative != b.negative;
            let negative = if differ { prefers_minus } else { a.negative };
            return work.fix(Number::zero(negative, exp));
        }
        (true, false) => return add_to_zero(b, exp, work),
        (false, true) => return add_to_zero(a, exp, work),
        _ => {}
    }
    let sum = sum_of(a, b, work);
    let sum = if sum.digits.is_zero() { sum.with_sign(prefers_minus) } else { sum };
    work.fix(sum)
}

/// a - b
pub(super) fn subtract(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    add(a, &b.clone().with_sign(!b.negative), work)
}

/// A number plus a zero with this exponent or the number's.
fn add_to_zero(number: &Number, exp: i64, work: &mut Work) -> Number {
    let exp = exp.max(number.exp - work.prec - 1);
    let padded = work.shifted(&number.digits, number.exp - exp);
    work.fix(Number::finite(number.negative, padded, exp.min(number.exp)))
}

/// The sum of two finite numbers that are not zero; exact, or so that rounding gives what it should.
fn sum_of(a: &Number, b: &Number, work: &mut Work) -> Number {
    let (high, low) = if a.exp >= b.exp { (a, b) } else { (b, a) };
    let mut low_digits = low.digits.clone();
    let mut low_exp = low.exp;
    if high.exp != low.exp {
        let seen = high.exp + (count_digits(&high.digits) - work.prec - 2).min(-1);
        if low.adjusted() < seen {
            // So small that only its sign matters.
            (low_digits, low_exp) = (UBig::ONE, seen);
        }
    }
    let high_digits = work.shifted(&high.digits, high.exp - low_exp);
    let (negative, digits) = if high.negative == low.negative {
        (high.negative, high_digits + low_digits)
    } else if high_digits >= low_digits {
        (high.negative, high_digits - low_digits)
    } else {
        (low.negative, low_digits - high_digits)
    };
    Number::finite(negative, digits, low_exp)
}

/// a * b
pub(super) fn multiply(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() || b.is_infinite() {
        if a.is_zero() || b.is_zero() {
            return work.invalid(INVALID_OPERATION);
        }
        return Number::infinity(negative);
    }
    let product = product_of(a, b);
    work.fix(product)
}

fn product_of(a: &Number, b: &Number) -> Number {
    let digits = match (small(&a.digits), small(&b.digits)) {
        (Some(a), Some(b)) if a >> 64 == 0 && b >> 64 == 0 => UBig::from(a * b),
        _ => &a.digits * &b.digits,
    };
    Number::finite(a.negative != b.negative, digits, a.exp + b.exp)
}

/// a * b + c with one rounding
pub(super) fn multiply_add(a: &Number, b: &Number, c: &Number, work: &mut Work) -> Number {
    use super::number::Kind;
    if a.kind == Kind::Signaling || b.kind == Kind::Signaling {
        return work.nan_of(&[a, b]).unwrap_or_else(Number::nan);
    }
    if let Some(nan) = work.nan_of(&[a, b]) {
        // A signaling third operand signals all the same.
        if c.kind == Kind::Signaling {
            return work.nan_of(&[c]).unwrap_or(nan);
        }
        return nan;
    }
    let negative = a.negative != b.negative;
    let product = if a.is_infinite() || b.is_infinite() {
        if a.is_zero() || b.is_zero() {
            return work.invalid(INVALID_OPERATION);
        }
        Number::infinity(negative)
    } else {
        product_of(a, b)
    };
    add(&product, c, work)
}

/// a / b
pub(super) fn divide(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        if b.is_infinite() {
            return work.invalid(INVALID_OPERATION);
        }
        return Number::infinity(negative);
    }
    if b.is_infinite() {
        work.status |= CLAMPED;
        return Number::zero(negative, work.etiny());
    }
    if b.digits.is_zero() {
        if a.digits.is_zero() {
            return work.invalid(DIVISION_UNDEFINED);
        }
        work.status |= DIVISION_BY_ZERO;
        return Number::infinity(negative);
    }
    if a.digits.is_zero() {
        return work.fix(Number::zero(negative, a.exp - b.exp));
    }
    let shift = count_digits(&b.digits) - count_digits(&a.digits) + work.prec + 1;
    let mut exp = a.exp - b.exp - shift;
    let (mut quotient, rest) = if shift >= 0 {
        div_rem(&work.shifted(&a.digits, shift), &b.digits)
    } else {
        div_rem(&a.digits, &work.shifted(&b.digits, -shift))
    };
    if rest.is_zero() {
        let ideal = a.exp - b.exp;
        (quotient, exp) = without_zeros(quotient, exp, ideal);
    } else if (&quotient % UBig::from(5_u8)).is_zero() {
        // Something follows: the digit that decides about rounding may not look like the end.
        quotient += UBig::ONE;
    }
    work.fix(Number::finite(negative, quotient, exp))
}

/// Digits (not zero) without zeros at their end, as long as the exponent is below `most`.
fn without_zeros(mut digits: UBig, mut exp: i64, most: i64) -> (UBig, i64) {
    if let Some(mut few) = small(&digits) {
        while exp < most && few % 10 == 0 {
            few /= 10;
            exp += 1;
        }
        return (UBig::from(few), exp);
    }
    // Large steps first.
    for n in [1024, 128, 16, 1] {
        let unit = power_of_ten(n);
        while exp + n <= most && digits >= unit {
            let (quotient, rest) = div_rem(&digits, &unit);
            if !rest.is_zero() {
                break;
            }
            digits = quotient;
            exp += n;
        }
    }
    (digits, exp)
}

/// The number without zeros at its end.
pub(super) fn normalize(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    let fixed = work.fix(a.clone());
    if fixed.is_infinite() {
        return fixed;
    }
    if fixed.digits.is_zero() {
        return Number::zero(fixed.negative, 0);
    }
    let most = if work.clamp { work.etop() } else { work.emax };
    let (digits, exp) = without_zeros(fixed.digits, fixed.exp, most);
    Number::finite(fixed.negative, digits, exp)
}

/// Integral quotient and remainder of finite numbers by one that is not zero; none if the quotient is too long.
fn divide_whole(a: &Number, b: &Number, work: &mut Work) -> Option<(Number, Number)> {
    let negative = a.negative != b.negative;
    let ideal = if b.is_infinite() { a.exp } else { a.exp.min(b.exp) };
    let difference = a.adjusted() - if b.is_infinite() { 0 } else { b.adjusted() };
    if a.digits.is_zero() || b.is_infinite() || difference <= -2 {
        let rest = work.rescaled(a, ideal);
        return Some((Number::zero(negative, 0), rest));
    }
    if difference <= work.prec {
        let (quotient, rest) = if a.exp >= b.exp {
            div_rem(&work.shifted(&a.digits, a.exp - b.exp), &b.digits)
        } else {
            div_rem(&a.digits, &work.shifted(&b.digits, b.exp - a.exp))
        };
        if quotient.is_zero() || count_digits(&quotient) <= work.prec {
            return Some((
                Number::finite(negative, quotient, 0),
                Number::finite(a.negative, rest, ideal),
            ));
        }
    }
    work.status |= DIVISION_IMPOSSIBLE;
    None
}

/// What integral division of these gives if it is no division.
fn division_special(a: &Number, b: &Number, work: &mut Work) -> Option<(Number, Number)> {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return Some((nan.clone(), nan));
    }
    let negative = a.negative != b.negative;
    if a.is_infinite() {
        let quotient = if b.is_infinite() {
            work.invalid(INVALID_OPERATION)
        } else {
            Number::infinity(negative)
        };
        return Some((quotient, Number::nan()));
    }
    if b.is_zero() {
        if a.is_zero() {
            work.status |= DIVISION_UNDEFINED;
            return Some((Number::nan(), Number::nan()));
        }
        return Some((Number::infinity(negative), Number::nan()));
    }
    None
}

/// divmod(a, b)
pub(super) fn divide_remainder(a: &Number, b: &Number, work: &mut Work) -> (Number, Number) {
    if let Some(special) = division_special(a, b, work) {
        if !a.is_nan() && !b.is_nan() && !special.0.is_nan() {
            work.status |= INVALID_OPERATION;
            if b.is_zero() && !a.is_infinite() {
                work.status |= DIVISION_BY_ZERO;
            }
        }
        return special;
    }
    match divide_whole(a, b, work) {
        Some((quotient, rest)) => (work.fix(quotient), work.fix(rest)),
        None => (Number::nan(), Number::nan()),
    }
}

/// a // b
pub(super) fn divide_integer(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some((quotient, _)) = division_special(a, b, work) {
        if b.is_zero() && quotient.is_infinite() {
            work.status |= if a.is_infinite() { 0 } else { DIVISION_BY_ZERO };
        }
        return quotient;
    }
    match divide_whole(a, b, work) {
        Some((quotient, _)) => work.fix(quotient),
        None => Number::nan(),
    }
}

/// a % b
pub(super) fn remainder(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some((quotient, rest)) = division_special(a, b, work) {
        if !quotient.is_nan() {
            work.status |= INVALID_OPERATION;
        }
        return rest;
    }
    match divide_whole(a, b, work) {
        Some((_, rest)) => work.fix(rest),
        None => Number::nan(),
    }
}

/// The remainder from the nearest integral quotient.
pub(super) fn remainder_near(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some((quotient, rest)) = division_special(a, b, work) {
        if !quotient.is_nan() {
            work.status |= INVALID_OPERATION;
        }
        return rest;
    }
    if b.is_infinite() {
        return work.fix(a.clone());
    }
    let ideal = a.exp.min(b.exp);
    let difference = a.adjusted() - b.adjusted();
    if a.digits.is_zero() || difference <= -2 {
        let rest = work.rescaled(a, ideal);
        return work.fix(rest);
    }
    if difference > work.prec {
        return work.invalid(DIVISION_IMPOSSIBLE);
    }
    let (over, under) =
        (work.shifted(&a.digits, a.exp - b.exp), work.shifted(&b.digits, b.exp - a.exp));
    let (mut quotient, mut rest) = div_rem(&over, &under);
    let is_odd = (&quotient % UBig::from(2_u8)).is_one();
    let mut negative = a.negative;
    if (&rest << 1) + UBig::from(u8::from(is_odd)) > under {
        rest = under - rest;
        quotient += UBig::ONE;
        negative = !negative;
    }
    if count_digits(&quotient) > work.prec {
        return work.invalid(DIVISION_IMPOSSIBLE);
    }
    work.fix(Number::finite(negative, rest, ideal))
}

/// The number with the exponent of another.
pub(super) fn quantize(a: &Number, like: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, like]) {
        return nan;
    }
    if a.is_infinite() || like.is_infinite() {
        if a.is_infinite() && like.is_infinite() {
            return a.clone();
        }
        return work.invalid(INVALID_OPERATION);
    }
    let exp = like.exp;
    if exp < work.etiny() || exp > work.emax {
        return work.invalid(INVALID_OPERATION);
    }
    if a.digits.is_zero() {
        return work.fix(Number::zero(a.negative, exp));
    }
    let adjusted = a.adjusted();
    if adjusted > work.emax || adjusted - exp + 1 > work.prec {
        return work.invalid(INVALID_OPERATION);
    }
    let result = work.rescaled(a, exp);
    let n = count_digits(&result.digits);
    if exp + n - 1 > work.emax || n > work.prec {
        return work.invalid(INVALID_OPERATION);
    }
    if !result.digits.is_zero() && result.adjusted() < work.emin {
        work.status |= SUBNORMAL;
    }
    if exp > a.exp {
        work.status |= ROUNDED;
        if result.order(a) != Ordering::Equal {
            work.status |= INEXACT;
        }
    }
    work.fix(result)
}

/// Rounded to an integer, without conditions.
pub(super) fn to_integral_value(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    if a.is_infinite() || a.exp >= 0 { a.clone() } else { work.rescaled(a, 0) }
}

/// Rounded to an integer.
pub(super) fn to_integral_exact(a: &Number, work: &mut Work) -> Number {
    let result = to_integral_value(a, work);
    if a.is_finite() && a.exp < 0 && !a.digits.is_zero() {
        work.status |= ROUNDED;
        if result.order(a) != Ordering::Equal {
            work.status |= INEXACT;
        }
    }
    result
}

/// The square root, correctly rounded.
pub(super) fn square_root(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    if a.is_zero() {
        return work.fix(Number::zero(a.negative, a.exp.div_euclid(2)));
    }
    if a.negative {
        return work.invalid(INVALID_OPERATION);
    }
    if a.is_infinite() {
        return a.clone();
    }
    use dashu_int::ops::SquareRoot;
    let prec = work.prec + 1;
    let n = count_digits(&a.digits);
    // Digits times a power of 100 that has as many digits as the root needs.
    let is_odd = a.exp.rem_euclid(2) == 1;
    let mut exp = a.exp.div_euclid(2);
    let (digits, length) = if is_odd {
        (work.shifted(&a.digits, 1), (n >> 1) + 1)
    } else {
        (a.digits.clone(), (n + 1) >> 1)
    };
    let shift = prec - length;
    let (scaled, mut is_exact) = if shift >= 0 {
        (work.shifted(&digits, 2 * shift), true)
    } else {
        let (scaled, rest) = div_rem(&digits, &power_of_ten(-2 * shift));
        (scaled, rest.is_zero())
    };
    exp -= shift;
    let mut root = scaled.sqrt();
    is_exact = is_exact && &root * &root == scaled;
    if is_exact {
        if shift >= 0 {
            root = div_rem(&root, &power_of_ten(shift)).0;
        } else {
            root = work.shifted(&root, -shift);
        }
        exp += shift;
    } else if (&root % UBig::from(5_u8)).is_zero() {
        root += UBig::ONE;
    }
    let rounding = std::mem::replace(&mut work.rounding, Rounding::HalfEven);
    let result = work.fix(Number::finite(false, root, exp));
    work.rounding = rounding;
    result
}

/// The number, rounded; a zero loses its sign.
pub(super) fn plus(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    let negative = a.negative && !(a.is_zero() && work.rounding != Rounding::Floor);
    work.fix(a.clone().with_sign(negative))
}

/// -a
pub(super) fn minus(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    let negative =
        if a.is_zero() { work.rounding == Rounding::Floor && !a.negative } else { !a.negative };
    work.fix(a.clone().with_sign(negative))
}

/// |a|
pub(super) fn absolute(a: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a]) {
        return nan;
    }
    work.fix(a.clone().with_sign(false))
}

/// The larger one.
pub(super) fn max(a: &Number, b: &Number, work: &mut Work) -> Number {
    choose(a, b, work, Ordering::Greater)
}

/// The smaller one.
pub(super) fn min(a: &Number, b: &Number, work: &mut Work) -> Number {
    choose(a, b, work, Ordering::Less)
}

fn choose(a: &Number, b: &Number, work: &mut Work, wanted: Ordering) -> Number {
    use super::number::Kind;
    // A number beside a quiet NaN is the result.
    match (a.kind, b.kind) {
        (Kind::Quiet, Kind::Finite | Kind::Infinite) => return work.fix(b.clone()),
        (Kind::Finite | Kind::Infinite, Kind::Quiet) => return work.fix(a.clone()),
        _ => {}
    }
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    let order = a.order(b).then_with(|| order_of_equals(a, b));
    work.fix(if order == wanted { a.clone() } else { b.clone() })
}

/// The order of numbers that are equal but may be written differently.
fn order_of_equals(a: &Number, b: &Number) -> Ordering {
    if a.negative != b.negative {
        return b.negative.cmp(&a.negative);
    }
    let order = a.exp.cmp(&b.exp);
    if a.negative { order.reverse() } else { order }
}

/// -1, 0 or 1
pub(super) fn compare(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    match a.order(b) {
        Ordering::Less => Number::one().with_sign(true),
        Ordering::Equal => Number::zero(false, 0),
        Ordering::Greater => Number::one(),
    }
}

/// a * 10^b
pub(super) fn scale(a: &Number, b: &Number, work: &mut Work) -> Number {
    if let Some(nan) = work.nan_of(&[a, b]) {
        return nan;
    }
    let most = 2 * (work.emax + work.prec);
    let shift = if b.is_finite() && b.exp == 0 { i64::try_from(&b.digits).ok() } else { None };
    let Some(shift) = shift.filter(|&shift| shift <= most) else {
        return work.invalid(INVALID_OPERATION);
    };
    if a.is_infinite() {
        return a.clone();
    }
    let exp = if b.negative { a.exp - shift } else { a.exp + shift };
    work.fix(Number { exp, ..a.clone() })
}

/// `a ** n` for an integer `n`, if the result is exact and not longer than the precision, or near.
pub(super) fn small_integer_power(a: &Number, b: &Number, work: &mut Work) -> Option<Number> {
    if !a.is_finite() || !b.is_finite() || a.is_zero() || !b.is_integer() || b.exp > 0 || b.negative
    {
        return None;
    }
    if a.order_of_magnitudes(&Number::one()) == Ordering::Equal {
        return None; // keeps its exponent
    }
    let n = u32::try_from(b.truncated()?).ok().filter(|&n| n > 0)?;
    // What has far more digits than are wanted is better made from its logarithm.
    let length = count_digits(&a.digits).checked_mul(i64::from(n))?;
    if length > 4 * work.prec + 40 {
        return None;
    }
    let exp = a.exp.checked_mul(i64::from(n))?;
    if !has_room(length) {
        work.status |= NO_MEMORY;
        return Some(a.clone());
    }
    let digits = a.digits.pow(n as usize);
    Some(work.fix(Number::finite(a.negative && n % 2 == 1, digits, exp)))
}
