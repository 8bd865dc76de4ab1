//! `**` and `pow` of ints.
use haft_core::{R, Value, Vm};
use haft_text::{IBig, int};

use super::arithmetic::{MAX_BITS, smalls};
use crate::arguments::{lift, no_memory};
use crate::number::convert::bits;
use crate::number::float::power as float_power;

pub(super) fn pow(vm: &mut Vm, a: Value, b: Value, modulus: Value) -> R {
    if modulus.is_none()
        && let Some((x, y @ 0..=64)) = smalls(vm, a, b)
        && let Some(result) = x.checked_pow(y as u32)
    {
        return Ok(vm.int(result));
    }
    if let Some((x, y @ 0..)) = smalls(vm, a, b)
        && let Some(modulus @ 1..) = vm.as_int(modulus)
    {
        let result = pow_mod(x.rem_euclid(modulus) as u64, y as u64, modulus as u64);
        return Ok(vm.int_u64(result));
    }
    let (Some(base), Some(exponent)) = (vm.as_big(a), vm.as_big(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if modulus.is_none() {
        return plain(vm, &base, &exponent);
    }
    let Some(modulus) = vm.as_big(modulus) else { return Ok(Value::NOT_IMPLEMENTED) };
    let result = lift(vm, int::pow_mod(&base, &exponent, &modulus))?;
    Ok(vm.big(result))
}

/// `base ** exponent % modulus`; the base is less than the modulus.
fn pow_mod(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let mut result = 1 % modulus;
    while exponent != 0 {
        if exponent & 1 == 1 {
            result = product_mod(result, base, modulus);
        }
        exponent >>= 1;
        if exponent != 0 {
            base = product_mod(base, base, modulus);
        }
    }
    result
}

#[inline]
fn product_mod(a: u64, b: u64, modulus: u64) -> u64 {
    match a.checked_mul(b) {
        Some(product) => product % modulus,
        None => (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64,
    }
}

fn plain(vm: &mut Vm, base: &IBig, exponent: &IBig) -> R {
    if *exponent < IBig::ZERO {
        // A float, since the result is no int.
        let (x, y) = (lift(vm, int::to_f64(base))?, lift(vm, int::to_f64(exponent))?);
        return float_power(vm, x, y);
    }
    let even = (exponent & IBig::ONE).is_zero();
    if base.is_zero() || base.is_one() {
        let result = if exponent.is_zero() { IBig::ONE } else { base.clone() };
        return Ok(vm.big(result));
    }
    if *base == IBig::NEG_ONE {
        return Ok(Value::small(if even { 1 } else { -1 }));
    }
    match usize::try_from(exponent) {
        Ok(n) if n.saturating_mul(bits(base)) <= MAX_BITS => Ok(vm.big(base.pow(n))),
        _ => Err(no_memory(vm)),
    }
}
