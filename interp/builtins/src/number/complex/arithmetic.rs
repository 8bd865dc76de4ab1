//! Operators of complex numbers, as C99 Annex G has them: a real operand is not made complex first, and infinities are
//! recovered from results that came out as NaN.
use haft_core::{R, Value, Vm};

use super::{Operand, operand};

/// Real and imaginary part.
pub(super) type Parts = (f64, f64);

/// Both operands; `None` if one is no number.
fn operands(vm: &mut Vm, a: Value, b: Value) -> R<Option<(Operand, Operand)>> {
    let (Some(a), Some(b)) = (operand(vm, a)?, operand(vm, b)?) else { return Ok(None) };
    Ok(Some((a, b)))
}

/// The result of an operation on both operands, as a value.
fn combine(vm: &mut Vm, a: Value, b: Value, op: fn(Operand, Operand) -> Parts) -> R {
    let Some((a, b)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    let (re, im) = op(a, b);
    Ok(vm.complex(re, im))
}

pub(super) fn add(vm: &mut Vm, a: Value, b: Value) -> R {
    combine(vm, a, b, |a, b| match (a, b) {
        (Operand::Complex((re, im)), Operand::Real(real))
        | (Operand::Real(real), Operand::Complex((re, im))) => (re + real, im),
        _ => {
            let ((a, b), (c, d)) = (a.parts(), b.parts());
            (a + c, b + d)
        }
    })
}

pub(super) fn sub(vm: &mut Vm, a: Value, b: Value) -> R {
    combine(vm, a, b, |a, b| match (a, b) {
        (Operand::Complex((re, im)), Operand::Real(real)) => (re - real, im),
        (Operand::Real(real), Operand::Complex((re, im))) => (real - re, -im),
        _ => {
            let ((a, b), (c, d)) = (a.parts(), b.parts());
            (a - c, b - d)
        }
    })
}

pub(super) fn mul(vm: &mut Vm, a: Value, b: Value) -> R {
    combine(vm, a, b, |a, b| match (a, b) {
        (Operand::Complex((re, im)), Operand::Real(real))
        | (Operand::Real(real), Operand::Complex((re, im))) => (re * real, im * real),
        _ => product(a.parts(), b.parts()),
    })
}

pub(super) fn truediv(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some((a, b)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    if b.parts() == (0.0, 0.0) {
        return Err(vm.zero_division_error("division by zero"));
    }
    let (re, im) = match (a, b) {
        (Operand::Complex((re, im)), Operand::Real(real)) => (re / real, im / real),
        (Operand::Real(real), _) => real_quotient(real, b.parts()),
        _ => quotient(a.parts(), b.parts()),
    };
    Ok(vm.complex(re, im))
}

/// An infinite part becomes 1 and a finite one 0, with its sign: the direction of the infinity.
fn direction((re, im): Parts) -> Parts {
    let unit = |part: f64| {
        if part.is_infinite() { 1.0_f64.copysign(part) } else { 0.0_f64.copysign(part) }
    };
    (unit(re), unit(im))
}

/// NaN becomes 0, with its sign.
fn without_nan((re, im): Parts) -> Parts {
    let known = |part: f64| if part.is_nan() { 0.0_f64.copysign(part) } else { part };
    (known(re), known(im))
}

fn is_infinite((re, im): Parts) -> bool {
    re.is_infinite() || im.is_infinite()
}

fn is_finite((re, im): Parts) -> bool {
    re.is_finite() && im.is_finite()
}

fn is_nan((re, im): Parts) -> bool {
    re.is_nan() && im.is_nan()
}

fn product(x: Parts, y: Parts) -> Parts {
    let plain = |(a, b): Parts, (c, d): Parts| (a * c - b * d, a * d + b * c);
    let result = plain(x, y);
    if !is_nan(result) {
        return result;
    }
    let ((a, b), (c, d)) = (x, y);
    let (mut x, mut y) = (x, y);
    let mut recalculate = false;
    if is_infinite(x) {
        (x, y) = (direction(x), without_nan(y));
        recalculate = true;
    }
    if is_infinite(y) {
        (x, y) = (without_nan(x), direction(y));
        recalculate = true;
    }
    if !recalculate && [a * c, b * d, a * d, b * c].iter().any(|part| part.is_infinite()) {
        (x, y) = (without_nan(x), without_nan(y));
        recalculate = true;
    }
    if !recalculate {
        return result;
    }
    let (re, im) = plain(x, y);
    (f64::INFINITY * re, f64::INFINITY * im)
}

/// Smith's method: top and bottom are divided by the larger part of the divisor first. The divisor is not zero.
fn quotient(x: Parts, y: Parts) -> Parts {
    let ((a, b), (c, d)) = (x, y);
    let result = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        ((a + b * ratio) / denominator, (b - a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio + b) / denominator, (b * ratio - a) / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if !is_nan(result) {
        return result;
    }
    if is_infinite(x) && is_finite(y) {
        let (u, v) = direction(x);
        return (f64::INFINITY * (u * c + v * d), f64::INFINITY * (v * c - u * d));
    }
    if is_infinite(y) && is_finite(x) {
        let (u, v) = direction(y);
        return (0.0 * (a * u + b * v), 0.0 * (b * u - a * v));
    }
    result
}

/// As [`quotient`] for a real dividend.
fn real_quotient(a: f64, y: Parts) -> Parts {
    let (c, d) = y;
    let result = if c.abs() >= d.abs() {
        let ratio = d / c;
        let denominator = c + d * ratio;
        (a / denominator, (-a * ratio) / denominator)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let denominator = c * ratio + d;
        ((a * ratio) / denominator, -a / denominator)
    } else {
        (f64::NAN, f64::NAN)
    };
    if is_nan(result) && is_infinite(y) && a.is_finite() {
        let (u, v) = direction(y);
        return (0.0 * (a * u), 0.0 * (-a * v));
    }
    result
}

pub(super) fn abs(vm: &mut Vm, this: Value) -> R {
    let (re, im) = super::parts(vm, this);
    let magnitude = re.hypot(im);
    if magnitude.is_infinite() && is_finite((re, im)) {
        return Err(vm.overflow_error("absolute value too large"));
    }
    Ok(vm.float(magnitude))
}

pub(super) fn pow(vm: &mut Vm, a: Value, b: Value, modulus: Value) -> R {
    let Some((a, b)) = operands(vm, a, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    if !modulus.is_none() {
        return Err(vm.value_error("complex modulo"));
    }
    power(vm, a.parts(), b.parts())
}

/// `x ** y`
pub(in crate::number) fn power(vm: &mut Vm, x: Parts, y: Parts) -> R {
    let (exponent, imaginary) = y;
    let is_small = imaginary == 0.0 && exponent.fract() == 0.0 && exponent.abs() <= 100.0;
    let zero = x == (0.0, 0.0);
    if zero && (imaginary != 0.0 || exponent < 0.0) {
        return Err(vm.zero_division_error("zero to a negative or complex power"));
    }
    let (re, im) = if is_small {
        integer_power(x, exponent as i32)
    } else if zero {
        (0.0, 0.0)
    } else {
        polar_power(x, y)
    };
    if is_infinite((re, im)) {
        return Err(vm.overflow_error("complex exponentiation"));
    }
    Ok(vm.complex(re, im))
}

fn integer_power(x: Parts, exponent: i32) -> Parts {
    let mut result = (1.0, 0.0);
    let mut square = x;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = product(result, square);
        }
        rest >>= 1;
        square = product(square, square);
    }
    if exponent < 0 { quotient((1.0, 0.0), result) } else { result }
}

fn polar_power((re, im): Parts, (exponent, imaginary): Parts) -> Parts {
    let magnitude = re.hypot(im);
    let mut length = magnitude.powf(exponent);
    let angle = im.atan2(re);
    let mut phase = angle * exponent;
    if imaginary != 0.0 {
        length /= (angle * imaginary).exp();
        phase += imaginary * magnitude.ln();
    }
    (length * phase.cos(), length * phase.sin())
}
