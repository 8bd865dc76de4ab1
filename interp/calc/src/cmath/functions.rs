//! The elementary functions of a complex number.
//!
//! Each follows Kahan's "Branch Cuts for Complex Elementary Functions": the sign of a zero tells on which side of a cut a
//! number lies, and sums are arranged so that nothing overflows or cancels before the result does. Infinities and NaNs go
//! to [`special`](super::special) first.
use std::f64::consts::{E, FRAC_PI_2, LN_2, LN_10};

use super::special;

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Complex {
    pub(super) re: f64,
    pub(super) im: f64,
}

/// What C's `errno` would tell of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fault {
    /// The function has no value here.
    Domain,
    /// The value is too large for a float.
    Range,
}

/// A value, or why there is none.
pub(super) type Outcome = Result<Complex, Fault>;

/// A quarter of the largest float: sums of a few squares of halves of such numbers stay finite.
const LARGE: f64 = f64::MAX / 4.0;

/// Short for the constructor.
pub(super) const fn c(re: f64, im: f64) -> Complex {
    Complex { re, im }
}

impl Complex {
    pub(super) fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }
    /// The product with the imaginary unit.
    fn times_i(self) -> Complex {
        c(-self.im, self.re)
    }
    /// The product with its negative.
    fn times_minus_i(self) -> Complex {
        c(self.im, -self.re)
    }
}

/// `ln LARGE`: beyond it the hyperbolic functions are computed a factor e smaller.
fn large_logarithm() -> f64 {
    LARGE.ln()
}

/// A result that should be finite.
fn in_range(z: Complex) -> Outcome {
    if z.re.is_infinite() || z.im.is_infinite() { Err(Fault::Range) } else { Ok(z) }
}

/// `ln(2 |z|)`, for z so large that only its half has a length.
fn log_of_double(z: Complex) -> f64 {
    (z.re / 2.0).hypot(z.im / 2.0).ln() + LN_2 * 2.0
}

fn is_large(z: Complex) -> bool {
    z.re.abs() > LARGE || z.im.abs() > LARGE
}

fn root(z: Complex) -> Complex {
    if !z.is_finite() {
        return special::sqrt(z);
    }
    if z.re == 0.0 && z.im == 0.0 {
        return c(0.0, z.im);
    }
    let (mut x, y) = (z.re.abs(), z.im.abs());
    let s = if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        x = libm::ldexp(x, 53);
        libm::ldexp((x + x.hypot(libm::ldexp(y, 53))).sqrt(), -27)
    } else {
        x /= 8.0;
        2.0 * (x + x.hypot(y / 8.0)).sqrt()
    };
    let d = y / (2.0 * s);
    if z.re >= 0.0 { c(s, d.copysign(z.im)) } else { c(d, s.copysign(z.im)) }
}

pub(super) fn sqrt(z: Complex) -> Outcome {
    Ok(root(z))
}

pub(super) fn acos(z: Complex) -> Outcome {
    if !z.is_finite() {
        return Ok(special::acos(z));
    }
    if is_large(z) {
        return Ok(c(z.im.abs().atan2(z.re), log_of_double(z).copysign(-z.im)));
    }
    let (s1, s2) = (root(c(1.0 - z.re, -z.im)), root(c(1.0 + z.re, z.im)));
    Ok(c(2.0 * s1.re.atan2(s2.re), libm::asinh(s2.re * s1.im - s2.im * s1.re)))
}

pub(super) fn acosh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return Ok(special::acosh(z));
    }
    if is_large(z) {
        return Ok(c(log_of_double(z), z.im.atan2(z.re)));
    }
    let (s1, s2) = (root(c(z.re - 1.0, z.im)), root(c(z.re + 1.0, z.im)));
    Ok(c(libm::asinh(s1.re * s2.re + s1.im * s2.im), 2.0 * s1.im.atan2(s2.re)))
}

pub(super) fn asin(z: Complex) -> Outcome {
    asinh(z.times_i()).map(Complex::times_minus_i)
}

pub(super) fn asinh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return Ok(special::asinh(z));
    }
    if is_large(z) {
        return Ok(c(log_of_double(z).copysign(z.re), z.im.atan2(z.re.abs())));
    }
    let (s1, s2) = (root(c(1.0 + z.im, -z.re)), root(c(1.0 - z.im, z.re)));
    let im = z.im.atan2(s1.re * s2.re - s1.im * s2.im);
    Ok(c(libm::asinh(s1.re * s2.im - s2.re * s1.im), im))
}

pub(super) fn atan(z: Complex) -> Outcome {
    atanh(z.times_i()).map(Complex::times_minus_i)
}

pub(super) fn atanh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return Ok(special::atanh(z));
    }
    if z.re.is_sign_negative() {
        return atanh(c(-z.re, -z.im)).map(|w| c(-w.re, -w.im));
    }
    let y = z.im.abs();
    let limit = LARGE.sqrt();
    if z.re > limit || y > limit {
        let h = (z.re / 2.0).hypot(z.im / 2.0);
        return Ok(c(z.re / 4.0 / h / h, FRAC_PI_2.copysign(z.im)));
    }
    if z.re == 1.0 && y < f64::MIN_POSITIVE.sqrt() {
        if y == 0.0 {
            return Err(Fault::Domain);
        }
        let re = -(y.sqrt() / y.hypot(2.0).sqrt()).ln();
        return Ok(c(re, (2.0_f64.atan2(-y) / 2.0).copysign(z.im)));
    }
    let re = (4.0 * z.re / ((1.0 - z.re) * (1.0 - z.re) + y * y)).ln_1p() / 4.0;
    Ok(c(re, -(-2.0 * z.im).atan2((1.0 - z.re) * (1.0 + z.re) - y * y) / 2.0))
}

pub(super) fn cos(z: Complex) -> Outcome {
    cosh(z.times_i())
}

pub(super) fn cosh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return special::cosh(z);
    }
    let (sin, cos) = z.im.sin_cos();
    if z.re.abs() > large_logarithm() {
        let x = z.re - 1.0_f64.copysign(z.re);
        return in_range(c(cos * x.cosh() * E, sin * x.sinh() * E));
    }
    in_range(c(cos * z.re.cosh(), sin * z.re.sinh()))
}

pub(super) fn exp(z: Complex) -> Outcome {
    if !z.is_finite() {
        return special::exp(z);
    }
    let (sin, cos) = z.im.sin_cos();
    if z.re > large_logarithm() {
        let l = (z.re - 1.0).exp();
        return in_range(c(l * cos * E, l * sin * E));
    }
    let l = z.re.exp();
    in_range(c(l * cos, l * sin))
}

pub(super) fn log(z: Complex) -> Outcome {
    if !z.is_finite() {
        return Ok(special::log(z));
    }
    let (x, y) = (z.re.abs(), z.im.abs());
    let re = if x > LARGE || y > LARGE {
        (x / 2.0).hypot(y / 2.0).ln() + LN_2
    } else if x < f64::MIN_POSITIVE && y < f64::MIN_POSITIVE {
        if x == 0.0 && y == 0.0 {
            return Err(Fault::Domain);
        }
        libm::ldexp(x, 53).hypot(libm::ldexp(y, 53)).ln() - 53.0 * LN_2
    } else {
        let h = x.hypot(y);
        if (0.71..=1.73).contains(&h) {
            let (most, least) = (x.max(y), x.min(y));
            ((most - 1.0) * (most + 1.0) + least * least).ln_1p() / 2.0
        } else {
            h.ln()
        }
    };
    Ok(c(re, z.im.atan2(z.re)))
}

pub(super) fn log10(z: Complex) -> Outcome {
    log(z).map(|w| c(w.re / LN_10, w.im / LN_10))
}

pub(super) fn sin(z: Complex) -> Outcome {
    sinh(z.times_i()).map(Complex::times_minus_i)
}

pub(super) fn sinh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return special::sinh(z);
    }
    let (sin, cos) = z.im.sin_cos();
    if z.re.abs() > large_logarithm() {
        let x = z.re - 1.0_f64.copysign(z.re);
        return in_range(c(cos * x.sinh() * E, sin * x.cosh() * E));
    }
    in_range(c(cos * z.re.sinh(), sin * z.re.cosh()))
}

pub(super) fn tan(z: Complex) -> Outcome {
    tanh(z.times_i()).map(Complex::times_minus_i)
}

pub(super) fn tanh(z: Complex) -> Outcome {
    if !z.is_finite() {
        return special::tanh(z);
    }
    if z.re.abs() > large_logarithm() {
        let (sin, cos) = z.im.sin_cos();
        return Ok(c(1.0_f64.copysign(z.re), 4.0 * sin * cos * (-2.0 * z.re.abs()).exp()));
    }
    let (tx, ty, sech) = (z.re.tanh(), z.im.tan(), 1.0 / z.re.cosh());
    let denominator = 1.0 + (tx * ty) * (tx * ty);
    Ok(c(tx * (1.0 + ty * ty) / denominator, ty / denominator * sech * sech))
}

/// From polar coordinates.
pub(super) fn rect(r: f64, phi: f64) -> Outcome {
    if !r.is_finite() || !phi.is_finite() {
        return special::rect(r, phi);
    }
    if phi == 0.0 {
        return Ok(c(r, r * phi));
    }
    let (sin, cos) = phi.sin_cos();
    Ok(c(r * cos, r * sin))
}
