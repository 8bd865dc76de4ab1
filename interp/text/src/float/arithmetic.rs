//! Floor division and remainder, with the signs Python wants.

use crate::{Error, Result};

/// `divmod(x, y)`
pub fn div_mod(x: f64, y: f64) -> Result<(f64, f64)> {
    if y == 0.0 {
        return Err(Error::zero_division("division by zero"));
    }
    Ok(div_mod_nonzero(x, y))
}

/// `x // y`
pub fn floor_div(x: f64, y: f64) -> Result<f64> {
    div_mod(x, y).map(|(quotient, _)| quotient)
}

/// `x % y`
pub fn modulo(x: f64, y: f64) -> Result<f64> {
    div_mod(x, y).map(|(_, remainder)| remainder)
}

fn div_mod_nonzero(x: f64, y: f64) -> (f64, f64) {
    let mut remainder = x % y;
    // `x - remainder` is nearly a multiple of `y`, so the division is nearly exact.
    let mut quotient = (x - remainder) / y;
    if remainder == 0.0 {
        // Zero takes the sign of the divisor.
        remainder = 0.0_f64.copysign(y);
    } else if (y < 0.0) != (remainder < 0.0) {
        remainder += y;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0_f64.copysign(x / y), remainder);
    }
    let mut floor = quotient.floor();
    if quotient - floor > 0.5 {
        floor += 1.0;
    }
    (floor, remainder)
}
