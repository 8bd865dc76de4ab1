//! Between ints and floats, rounding half to even.

use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};
use dashu_int::{IBig, Sign, UBig};

use super::Int;
use crate::{Error, Result};

/// The float nearest to `mantissa × 2^exponent` (plus a bit less than one unit of the mantissa
/// if `sticky`); `None` if that is too large. A sticky mantissa must have at least 55 bits.
pub fn compose(mantissa: u64, sticky: bool, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let n_bits = i64::from(64 - mantissa.leading_zeros());
    // The exponent of the last bit that the float can hold, subnormals included.
    let last = (exponent + n_bits - 53).max(-1074);
    let drop = last - exponent;
    let (mut kept, lost_half, lost_more) = match drop {
        ..=0 => (if drop > -64 { mantissa << -drop } else { 0 }, false, sticky),
        1..=63 => {
            let rest = mantissa & ((1 << drop) - 1);
            let half = 1 << (drop - 1);
            (mantissa >> drop, rest & half != 0, rest & (half - 1) != 0 || sticky)
        }
        64 => (0, mantissa >> 63 != 0, mantissa << 1 != 0 || sticky),
        _ => (0, false, true),
    };
    if lost_half && (lost_more || kept & 1 != 0) {
        kept += 1;
    }
    // `kept` has at most 53 bits or is 2^53; both steps of the product are exact.
    let scale = if last > 971 {
        return None;
    } else if last >= -1022 {
        f64::from_bits(((last + 1023) as u64) << 52)
    } else {
        f64::from_bits(1 << (last + 1074))
    };
    Some(kept as f64 * scale).filter(|x| x.is_finite())
}

/// The highest 64 bits of a number, whether bits below them are set, and how many are below.
fn top_bits(magnitude: &UBig) -> (u64, bool, usize) {
    let below = magnitude.bit_len().saturating_sub(64);
    let top = u64::try_from(magnitude >> below).expect("64 bits are left");
    let sticky = magnitude.trailing_zeros().is_some_and(|zeros| zeros < below);
    (top, sticky, below)
}

/// `float(i)`
pub fn to_f64(i: &IBig) -> Result<f64> {
    let (sign, words) = i.as_sign_words();
    let (top, sticky, below) = match *words {
        [] => (0, false, 0),
        [word] => (word, false, 0),
        [ref rest @ .., next, top] => {
            let shift = top.leading_zeros();
            let low = next.checked_shr(64 - shift).unwrap_or(0);
            let lost = next << shift != 0 || rest.iter().any(|&word| word != 0);
            (top << shift | low, lost, words.len() * 64 - 64 - shift as usize)
        }
    };
    let magnitude = compose(top, sticky, below as i64)
        .ok_or_else(|| Error::overflow("int too large to convert to float"))?;
    Ok(if sign == Sign::Negative { -magnitude } else { magnitude })
}

/// `int(x)`: the fraction is cut off.
pub fn from_f64(x: f64) -> Result<Int> {
    if x.is_nan() {
        return Err(Error::value("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(Error::overflow("cannot convert float infinity to integer"));
    }
    // 2^63, the first value that does not fit.
    if x.abs() < 9_223_372_036_854_775_808.0 {
        return Ok(Int::Small(x as i64));
    }
    let (mantissa, exponent) = crate::float::split(x);
    let magnitude = IBig::from(mantissa) << exponent.unsigned_abs() as usize;
    Ok((if x < 0.0 { -magnitude } else { magnitude }).into())
}

/// `a / b`: the float nearest to the exact quotient.
pub fn true_div(a: &IBig, b: &IBig) -> Result<f64> {
    if b.is_zero() {
        return Err(Error::zero_division("division by zero"));
    }
    let negative = (a.sign() == Sign::Negative) != (b.sign() == Sign::Negative);
    let (numerator, denominator) = (a.unsigned_abs(), b.unsigned_abs());
    // Scale so that the quotient has 64 or 65 bits.
    let shift = 64 + denominator.bit_len() as i64 - numerator.bit_len() as i64;
    let distance = shift.unsigned_abs() as usize;
    let (quotient, remainder) = if shift >= 0 {
        (numerator << distance).div_rem(denominator)
    } else {
        numerator.div_rem(denominator << distance)
    };
    let (top, sticky, below) = top_bits(&quotient);
    let magnitude = compose(top, sticky || !remainder.is_zero(), below as i64 - shift)
        .ok_or_else(|| Error::overflow("integer division result too large for a float"))?;
    Ok(if negative { -magnitude } else { magnitude })
}
