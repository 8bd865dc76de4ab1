//! Arithmetic whose rules differ from the bignum library's.

use dashu_int::fast_div::ConstDivisor;
use dashu_int::ops::{BitTest, DivRem, SquareRoot, UnsignedAbs};
use dashu_int::{IBig, Sign};

use crate::{Error, Result};

fn is_negative(i: &IBig) -> bool {
    i.sign() == Sign::Negative
}

/// `divmod(a, b)`: the quotient rounded down, the remainder with the sign of `b`.
pub fn div_mod(a: &IBig, b: &IBig) -> Result<(IBig, IBig)> {
    if b.is_zero() {
        return Err(Error::zero_division("division by zero"));
    }
    let (mut quotient, mut remainder) = a.div_rem(b);
    if !remainder.is_zero() && is_negative(&remainder) != is_negative(b) {
        quotient -= IBig::ONE;
        remainder += b;
    }
    Ok((quotient, remainder))
}

/// `a // b`
pub fn floor_div(a: &IBig, b: &IBig) -> Result<IBig> {
    div_mod(a, b).map(|(quotient, _)| quotient)
}

/// `a % b`
pub fn modulo(a: &IBig, b: &IBig) -> Result<IBig> {
    div_mod(a, b).map(|(_, remainder)| remainder)
}

/// `pow(base, exponent, modulus)`
pub fn pow_mod(base: &IBig, exponent: &IBig, modulus: &IBig) -> Result<IBig> {
    if modulus.is_zero() {
        return Err(Error::value("pow() 3rd argument cannot be 0"));
    }
    if modulus.unsigned_abs().is_one() {
        return Ok(IBig::ZERO);
    }
    let ring = ConstDivisor::new(modulus.unsigned_abs());
    let mut base = ring.reduce(base.clone());
    if is_negative(exponent) {
        base = base
            .inv()
            .ok_or_else(|| Error::value("base is not invertible for the given modulus"))?;
    }
    let power: IBig = base.pow(&exponent.unsigned_abs()).residue().into();
    modulo(&power, modulus)
}

/// `math.isqrt(i)`
pub fn isqrt(i: &IBig) -> Result<IBig> {
    if is_negative(i) {
        return Err(Error::value("isqrt() argument must be nonnegative"));
    }
    Ok(i.unsigned_abs().sqrt().into())
}

/// `a << n`; a negative count is the caller's error (`negative shift count`).
pub fn shl(a: &IBig, n: usize) -> IBig {
    a << n
}

/// `a >> n`, rounding down.
pub fn shr(a: &IBig, n: usize) -> IBig {
    a >> n
}

/// `i.bit_length()`
pub fn bit_length(i: &IBig) -> usize {
    i.unsigned_abs().bit_len()
}

/// `i.bit_count()`: ones of the absolute value.
pub fn bit_count(i: &IBig) -> usize {
    let (_, words) = i.as_sign_words();
    words.iter().map(|word| word.count_ones() as usize).sum()
}
