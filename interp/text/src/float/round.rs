//! `round(x, n)`, `as_integer_ratio`, `is_integer`.

use dashu_int::{IBig, UBig};

use crate::{Error, Result};

/// `round(x, n_digits)`: the decimal value nearest to the exact value of `x`, half to even,
/// as the float nearest to it.
pub fn round(x: f64, n_digits: i64) -> Result<f64> {
    // Limits beyond which nothing or everything is rounded away.
    if !x.is_finite() || n_digits > 323 || x == 0.0 {
        return Ok(x);
    }
    if n_digits < -308 {
        return Ok(0.0 * x);
    }
    let text = if n_digits >= 0 {
        format!("{:.*}", n_digits as usize, x)
    } else {
        match round_tens(x.abs(), n_digits.unsigned_abs() as usize) {
            Some(text) => text,
            None => return Ok(0.0 * x),
        }
    };
    let rounded: f64 = text.parse().unwrap_or(f64::INFINITY);
    if rounded.is_infinite() {
        return Err(Error::overflow("rounded value too large to represent"));
    }
    Ok(rounded.copysign(x))
}

/// A positive number rounded to a multiple of `10^n`, as text; `None` for zero.
fn round_tens(x: f64, n: usize) -> Option<String> {
    // Every digit of the largest double fits.
    let exact = format!("{x:.800e}");
    let (mantissa, exponent) = exact.split_once('e')?;
    let exponent: i64 = exponent.parse().ok()?;
    let kept = exponent + 1 - n as i64;
    match kept {
        1.. => Some(format!("{:.*e}", (kept - 1) as usize, x)),
        0 => {
            let digits = mantissa.bytes().filter(u8::is_ascii_digit);
            let half = std::iter::once(b'5').chain(std::iter::repeat(b'0'));
            let above_half = digits.zip(half).find(|(digit, half)| digit != half);
            above_half.is_some_and(|(digit, half)| digit > half).then(|| format!("1e{n}"))
        }
        _ => None,
    }
}

/// `x.as_integer_ratio()`
pub fn as_integer_ratio(x: f64) -> Result<(IBig, IBig)> {
    if x.is_nan() {
        return Err(Error::value("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(Error::overflow("cannot convert Infinity to integer ratio"));
    }
    let (mantissa, exponent) = split(x);
    if mantissa == 0 {
        return Ok((IBig::ZERO, IBig::ONE));
    }
    let zeros = mantissa.trailing_zeros();
    let (mantissa, exponent) = (mantissa >> zeros, exponent + zeros as i32);
    let shift = exponent.unsigned_abs() as usize;
    let mut numerator = IBig::from(mantissa);
    let mut denominator = UBig::ONE;
    if exponent > 0 {
        numerator <<= shift;
    } else {
        denominator <<= shift;
    }
    if x < 0.0 {
        numerator = -numerator;
    }
    Ok((numerator, denominator.into()))
}

/// The magnitude as `mantissa × 2^exponent`, exactly.
pub(crate) fn split(x: f64) -> (u64, i32) {
    let bits = x.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7FF) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

/// `x.is_integer()`
pub fn is_integer(x: f64) -> bool {
    x.is_finite() && x.fract() == 0.0
}
