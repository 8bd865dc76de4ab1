//! Base64 (RFC 4648).

use super::error;
use crate::Result;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// In [`VALUES`]: no digit.
const NONE: u8 = 0xFF;

/// The value of each byte as a digit.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut i = 0;
    while i < 64 {
        values[DIGITS[i] as usize] = i as u8;
        i += 1;
    }
    values
};

/// The value of a Base64 digit.
#[inline]
pub(crate) fn base64_value(byte: u8) -> Option<u8> {
    match VALUES[usize::from(byte)] {
        NONE => None,
        value => Some(value),
    }
}

/// `binascii.b2a_base64(bytes, newline=newline)`
pub fn encode_base64(bytes: &[u8], newline: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4 + 1);
    let digit = |bits: u32| DIGITS[(bits & 0x3F) as usize];
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let mut group = [digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)];
        group[chunk.len() + 1..].fill(b'=');
        out.extend_from_slice(&group);
    }
    if newline {
        out.push(b'\n');
    }
    out
}

/// `binascii.a2b_base64(text, strict_mode=strict)`: not strictly, other characters are skipped
/// and the padding ends the data.
pub fn decode_base64(text: &[u8], strict: bool) -> Result<Vec<u8>> {
    if strict && text.starts_with(b"=") {
        return Err(error("Leading padding not allowed"));
    }
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut n_digits) = (0_u32, 0_usize);
    let (mut n_pads, mut padded) = (0, false);
    for (i, &byte) in text.iter().enumerate() {
        if byte == b'=' {
            padded = true;
            if strict && n_digits.is_multiple_of(4) {
                return Err(error("Excess padding not allowed"));
            }
            n_pads += usize::from(n_digits % 4 >= 2);
            if n_pads > 0 && n_digits % 4 + n_pads >= 4 {
                let excess = strict && i + 1 < text.len();
                return if excess { Err(error("Excess data after padding")) } else { Ok(out) };
            }
            continue;
        }
        let Some(value) = base64_value(byte) else {
            if strict {
                return Err(error("Only base64 data is allowed"));
            }
            continue;
        };
        if strict && padded {
            return Err(error("Discontinuous padding not allowed"));
        }
        n_pads = 0;
        bits = bits << 6 | u32::from(value);
        if n_digits % 4 > 0 {
            out.push((bits >> (6 - n_digits % 4 * 2)) as u8);
        }
        n_digits += 1;
    }
    match n_digits % 4 {
        0 => Ok(out),
        1 => Err(error(format!(
            "Invalid base64-encoded string: number of data characters ({n_digits}) cannot be 1 \
             more than a multiple of 4"
        ))),
        _ => Err(error("Incorrect padding")),
    }
}
