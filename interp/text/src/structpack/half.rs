//! IEEE 754 binary16, of which Rust has no stable type.

/// The nearest half float, half to even; `None` if it is too large.
pub fn f16_from_f64(x: f64) -> Option<u16> {
    let sign = ((x.to_bits() >> 63) as u16) << 15;
    if x.is_nan() {
        // Keep the highest bits of the payload and make it quiet.
        return Some(sign | 0x7E00 | (x.to_bits() >> 42 & 0x3FF) as u16);
    }
    if x.is_infinite() {
        return Some(sign | 0x7C00);
    }
    let magnitude = x.abs();
    // Scaling by a power of two is exact, so the only rounding is that to an integer.
    let biased = (magnitude.to_bits() >> 52) as i32 - 1023 + 15;
    let (exponent, mantissa) = if biased <= 0 {
        (0, magnitude * 2.0_f64.powi(24))
    } else if biased > 30 {
        return None;
    } else {
        (biased - 1, magnitude * 2.0_f64.powi(25 - biased))
    };
    // The hidden bit, and a carry out of the mantissa, add one to the exponent.
    let bits = (exponent as u32) * 0x400 + mantissa.round_ties_even() as u32;
    if bits >= 0x7C00 {
        return None;
    }
    Some(sign | bits as u16)
}

/// The value of a half float.
pub fn f16_to_f64(bits: u16) -> f64 {
    let sign = if bits >> 15 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from(bits >> 10 & 0x1F);
    let fraction = bits & 0x3FF;
    let magnitude = match (exponent, fraction) {
        (0, _) => f64::from(fraction) * 2.0_f64.powi(-24),
        (0x1F, 0) => f64::INFINITY,
        (0x1F, _) => {
            let payload = u64::from(fraction) << 42;
            let sign = u64::from(bits >> 15) << 63;
            return f64::from_bits(sign | 0x7FF8 << 48 | payload);
        }
        _ => f64::from(fraction | 0x400) * 2.0_f64.powi(exponent - 25),
    };
    sign * magnitude
}
