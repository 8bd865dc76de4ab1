//! Division of ints: quotients rounded down, remainders with the sign of the divisor.
use haft_core::{R, Value, Vm};
use haft_text::int;
use haft_text::int::magnitude::{self, Parts};

use super::arithmetic::{parts, smalls};
use crate::arguments::lift;

/// Quotient and remainder; `None` for a divisor of 0 and on overflow.
fn div_mod(x: i64, y: i64) -> Option<(i64, i64)> {
    let (quotient, remainder) = (x.checked_div(y)?, x.checked_rem(y)?);
    let adjust = remainder != 0 && (remainder ^ y) < 0;
    Some(if adjust { (quotient - 1, remainder + y) } else { (quotient, remainder) })
}

pub(super) fn floordiv(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((quotient, _)) = smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        return Ok(vm.int(quotient));
    }
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let negative = x.negative != y.negative;
    match y.words() {
        [] => {}
        &[word] => {
            return vm.int_filled(x.words().len() + 1, |out| {
                let remainder = magnitude::divide_word(x.words(), word, out);
                if negative && remainder != 0 {
                    magnitude::increment(out);
                }
                negative
            });
        }
        divisor => {
            if let Some(estimate) = magnitude::estimate_quotient(x.words(), divisor)
                && estimate.certain
            {
                let quotient = u128::from(estimate.quotient) + u128::from(negative);
                let words = [quotient as u64, (quotient >> 64) as u64];
                return Ok(vm.int_of_words(negative, &words));
            }
        }
    }
    Ok(by_library(vm, a, b)?.map_or(Value::NOT_IMPLEMENTED, |(quotient, _)| quotient))
}

pub(super) fn rem(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((_, remainder)) = smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        return Ok(vm.int(remainder));
    }
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    match short_remainder(vm, &x, &y)? {
        Some(remainder) => Ok(remainder),
        None => {
            Ok(by_library(vm, a, b)?.map_or(Value::NOT_IMPLEMENTED, |(_, remainder)| remainder))
        }
    }
}

/// The remainder, if divisor or quotient are one word.
fn short_remainder(vm: &mut Vm, x: &Parts<'_>, y: &Parts<'_>) -> R<Option<Value>> {
    let negative = x.negative != y.negative;
    match y.words() {
        [] => Ok(None),
        &[word] => {
            let mut remainder = magnitude::remainder_word(x.words(), word);
            if negative && remainder != 0 {
                remainder = word - remainder;
            }
            Ok(Some(vm.int_of_words(y.negative, &[remainder])))
        }
        divisor => {
            let Some(estimate) = magnitude::estimate_quotient(x.words(), divisor) else {
                return Ok(None);
            };
            let remainder = vm.int_filled(divisor.len(), |out| {
                magnitude::remainder_of_estimate(x.words(), divisor, estimate, out);
                if negative {
                    magnitude::complement_remainder(divisor, out);
                }
                y.negative
            })?;
            Ok(Some(remainder))
        }
    }
}

/// Quotient and remainder of any ints; `None` if an operand is none.
fn by_library(vm: &mut Vm, a: Value, b: Value) -> R<Option<(Value, Value)>> {
    let (Some(x), Some(y)) = (vm.as_big(a), vm.as_big(b)) else { return Ok(None) };
    let (quotient, remainder) = lift(vm, int::div_mod(&x, &y))?;
    Ok(Some((vm.big(quotient), vm.big(remainder))))
}

pub(super) fn divmod(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((quotient, remainder)) = smalls(vm, a, b).and_then(|(x, y)| div_mod(x, y)) {
        let (quotient, remainder) = (vm.int(quotient), vm.int(remainder));
        return Ok(vm.tuple(&[quotient, remainder]));
    }
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let quotient_is_short = match y.words() {
        [] => false,
        &[word] => return divmod_word(vm, &x, y.negative, word),
        divisor => {
            magnitude::estimate_quotient(x.words(), divisor).is_some_and(|found| found.certain)
        }
    };
    if quotient_is_short {
        let (quotient, remainder) = (floordiv(vm, a, b)?, rem(vm, a, b)?);
        return Ok(vm.tuple(&[quotient, remainder]));
    }
    match by_library(vm, a, b)? {
        Some((quotient, remainder)) => Ok(vm.tuple(&[quotient, remainder])),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// Divide by a magnitude of one word.
fn divmod_word(vm: &mut Vm, x: &Parts<'_>, divisor_negative: bool, word: u64) -> R {
    let negative = x.negative != divisor_negative;
    let mut remainder = 0;
    let quotient = vm.int_filled(x.words().len() + 1, |out| {
        remainder = magnitude::divide_word(x.words(), word, out);
        if negative && remainder != 0 {
            remainder = word - remainder;
            magnitude::increment(out);
        }
        negative
    })?;
    let remainder = vm.int_of_words(divisor_negative, &[remainder]);
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
