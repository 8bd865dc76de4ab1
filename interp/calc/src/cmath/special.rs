//! The functions where a part is an infinity or NaN, as Annex G of the C standard has them.
use std::f64::consts::FRAC_PI_2;

use super::functions::{Complex, Fault, Outcome, c};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// `value` with the sign of `sign`.
fn signed(value: f64, sign: f64) -> f64 {
    value.copysign(sign)
}

/// An angle as `atan2` has it, for infinities: a multiple of a quarter of pi.
fn angle(y: f64, x: f64) -> f64 {
    y.atan2(x)
}

pub(super) fn sqrt(z: Complex) -> Complex {
    match (z.re, z.im) {
        (_, y) if y.is_infinite() => c(INF, y),
        (x, y) if x.is_infinite() && y.is_nan() => {
            if x > 0.0 {
                c(INF, NAN)
            } else {
                c(NAN, INF)
            }
        }
        (INF, y) => c(INF, signed(0.0, y)),
        (x, y) if x.is_infinite() => c(0.0, signed(INF, y)),
        _ => c(NAN, NAN),
    }
}

pub(super) fn acos(z: Complex) -> Complex {
    match (z.re, z.im) {
        (x, y) if x.is_nan() && y.is_infinite() => c(NAN, -y),
        (x, y) if x.is_infinite() && y.is_nan() => c(NAN, INF),
        (x, y) if x == 0.0 && y.is_nan() => c(FRAC_PI_2, NAN),
        (x, y) if x.is_nan() || y.is_nan() => c(NAN, NAN),
        (x, y) => c(angle(y.abs(), x), signed(INF, -y)),
    }
}

pub(super) fn acosh(z: Complex) -> Complex {
    match (z.re, z.im) {
        (x, y) if x.is_nan() && y.is_infinite() || x.is_infinite() && y.is_nan() => c(INF, NAN),
        (x, y) if x.is_nan() || y.is_nan() => c(NAN, NAN),
        (x, y) => c(INF, angle(y, x)),
    }
}

pub(super) fn asinh(z: Complex) -> Complex {
    match (z.re, z.im) {
        (x, y) if x.is_infinite() && y.is_nan() => c(x, NAN),
        (x, y) if x.is_nan() && y.is_infinite() => c(INF, NAN),
        (x, y) if x.is_nan() && y == 0.0 => c(NAN, y),
        (x, y) if x.is_nan() || y.is_nan() => c(NAN, NAN),
        (x, y) => c(signed(INF, x), angle(y, x.abs())),
    }
}

pub(super) fn atanh(z: Complex) -> Complex {
    match (z.re, z.im) {
        (x, y) if x.is_nan() && y.is_infinite() => c(0.0, signed(FRAC_PI_2, y)),
        (x, y) if (x.is_infinite() || x == 0.0) && y.is_nan() => c(signed(0.0, x), NAN),
        (x, y) if x.is_nan() || y.is_nan() => c(NAN, NAN),
        (x, y) => c(signed(0.0, x), signed(FRAC_PI_2, y)),
    }
}

pub(super) fn log(z: Complex) -> Complex {
    let is_infinite = z.re.is_infinite() || z.im.is_infinite();
    c(if is_infinite { INF } else { NAN }, angle(z.im, z.re))
}

/// An infinite angle has no sine: a fault unless the rest makes it meaningless.
fn unless_turning(value: Complex, im: f64, is_fault: bool) -> Outcome {
    if im.is_infinite() && is_fault { Err(Fault::Domain) } else { Ok(value) }
}

pub(super) fn exp(z: Complex) -> Outcome {
    let (x, y) = (z.re, z.im);
    let (sin, cos) = y.sin_cos();
    let value = match x {
        _ if x == INF && y == 0.0 => c(INF, y),
        _ if x == INF && y.is_finite() => c(signed(INF, cos), signed(INF, sin)),
        _ if x == INF => c(INF, NAN),
        _ if x == -INF && y.is_finite() => c(signed(0.0, cos), signed(0.0, sin)),
        _ if x == -INF => c(0.0, 0.0),
        _ if x.is_nan() && y == 0.0 => c(NAN, y),
        _ => c(NAN, NAN),
    };
    unless_turning(value, y, x.is_finite() || x == INF)
}

pub(super) fn cosh(z: Complex) -> Outcome {
    let (x, y) = (z.re, z.im);
    let (sin, cos) = y.sin_cos();
    let value = match x {
        _ if x.is_infinite() && y == 0.0 => c(INF, y * signed(1.0, x)),
        _ if x.is_infinite() && y.is_finite() => {
            c(signed(INF, cos), signed(INF, sin) * signed(1.0, x))
        }
        _ if x.is_infinite() => c(INF, NAN),
        _ if x == 0.0 || x.is_nan() && y == 0.0 => c(NAN, 0.0),
        _ => c(NAN, NAN),
    };
    unless_turning(value, y, !x.is_nan())
}

pub(super) fn sinh(z: Complex) -> Outcome {
    let (x, y) = (z.re, z.im);
    let (sin, cos) = y.sin_cos();
    let value = match x {
        _ if x.is_infinite() && y == 0.0 => c(x, y),
        _ if x.is_infinite() && y.is_finite() => {
            c(signed(INF, cos) * signed(1.0, x), signed(INF, sin))
        }
        _ if x.is_infinite() => c(INF, NAN),
        _ if x == 0.0 => c(0.0, NAN),
        _ if x.is_nan() && y == 0.0 => c(NAN, y),
        _ => c(NAN, NAN),
    };
    unless_turning(value, y, !x.is_nan())
}

pub(super) fn tanh(z: Complex) -> Outcome {
    let (x, y) = (z.re, z.im);
    let (sin, cos) = y.sin_cos();
    let value = match x {
        _ if x.is_infinite() && y == 0.0 => c(signed(1.0, x), y),
        _ if x.is_infinite() && y.is_finite() => c(signed(1.0, x), signed(0.0, 2.0 * sin * cos)),
        _ if x.is_infinite() => c(signed(1.0, x), 0.0),
        _ if x.is_nan() && y == 0.0 => c(NAN, y),
        _ => c(NAN, NAN),
    };
    unless_turning(value, y, x.is_finite())
}

pub(super) fn rect(r: f64, phi: f64) -> Outcome {
    let (sin, cos) = phi.sin_cos();
    let value = match r {
        _ if r.is_infinite() && phi == 0.0 => c(r, phi * signed(1.0, r)),
        _ if r.is_infinite() && phi.is_finite() => {
            c(signed(INF, cos) * signed(1.0, r), signed(INF, sin) * signed(1.0, r))
        }
        _ if r.is_infinite() => c(INF, NAN),
        _ if r == 0.0 => c(0.0, 0.0),
        _ if r.is_nan() && phi == 0.0 => c(NAN, 0.0),
        _ => c(NAN, NAN),
    };
    unless_turning(value, phi, r != 0.0 && !r.is_nan())
}
