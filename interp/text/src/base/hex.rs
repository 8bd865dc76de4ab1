//! Hexadecimal text.

use super::error;
use crate::wtf8::is_ascii_space;
use crate::{Error, Result};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

fn value(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

fn digits(byte: u8) -> [u8; 2] {
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 0xF)]]
}

/// `bytes.hex()`
pub fn encode_hex(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().flat_map(digits).collect()
}

/// `bytes.hex(separator, group)`: groups count from the right if `group` is positive, else from
/// the left; 0 is no grouping. The result is Latin-1.
pub fn encode_hex_separated(bytes: &[u8], separator: u8, group: i64) -> Vec<u8> {
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    if size == 0 || size >= bytes.len() {
        return encode_hex(bytes);
    }
    let first = if group < 0 { 0 } else { bytes.len() % size };
    let mut out = Vec::with_capacity(bytes.len() * 2 + bytes.len() / size);
    for (i, &byte) in bytes.iter().enumerate() {
        if i > 0 && (i + size - first).is_multiple_of(size) {
            out.push(separator);
        }
        out.extend_from_slice(&digits(byte));
    }
    out
}

/// `binascii.unhexlify(text)`
pub fn decode_hex(text: &[u8]) -> Result<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return Err(error("Odd-length string"));
    }
    let pair = |pair: &[u8]| Some(value(pair[0])? << 4 | value(pair[1])?);
    let bytes: Option<Vec<u8>> = text.chunks_exact(2).map(pair).collect();
    bytes.ok_or_else(|| error("Non-hexadecimal digit found"))
}

/// `bytes.fromhex(s)`: white space may be between bytes.
pub fn bytes_from_hex(s: &[u8]) -> Result<Vec<u8>> {
    let bad = |at: usize| {
        Err(Error::value(format!("non-hexadecimal number found in fromhex() arg at position {at}")))
    };
    if let Some(at) = s.iter().position(|byte| !byte.is_ascii()) {
        return bad(at);
    }
    let mut out = Vec::with_capacity(s.len() / 2);
    let mut at = 0;
    while at < s.len() {
        if is_ascii_space(s[at]) {
            at += 1;
            continue;
        }
        let Some(high) = value(s[at]) else { return bad(at) };
        let Some(&next) = s.get(at + 1) else {
            return Err(Error::value(
                "fromhex() arg must contain an even number of hexadecimal digits",
            ));
        };
        let Some(low) = value(next) else { return bad(at + 1) };
        out.push(high << 4 | low);
        at += 2;
    }
    Ok(out)
}
