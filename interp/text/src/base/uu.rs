//! Lines of uuencoded data.

use super::error;
use crate::Result;

/// `binascii.b2a_uu(bytes, backtick=backtick)`: zero is a blank, or a backtick.
pub fn encode_uu(bytes: &[u8], backtick: bool) -> Result<Vec<u8>> {
    if bytes.len() > 45 {
        return Err(error("At most 45 bytes at once"));
    }
    let digit = |value: u32| match value as u8 & 0x3F {
        0 if backtick => b'`',
        value => value + b' ',
    };
    let mut out = vec![digit(bytes.len() as u32)];
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        out.extend([18, 12, 6, 0].map(|shift| digit(bits >> shift)));
    }
    out.push(b'\n');
    Ok(out)
}

/// `binascii.a2b_uu(line)`; missing characters at the end count as blanks.
pub fn decode_uu(line: &[u8]) -> Result<Vec<u8>> {
    // An empty line reads as the length of its missing first character.
    let n_bytes = usize::from(line.first().copied().unwrap_or(0).wrapping_sub(b' ') & 0x3F);
    let mut rest = line.iter().copied().skip(1);
    let mut out = Vec::with_capacity(n_bytes);
    let (mut bits, mut n_bits) = (0_u32, 0);
    while out.len() < n_bytes {
        let value = match rest.next() {
            None | Some(b'\n' | b'\r') => 0,
            Some(byte @ b' '..=b'`') => (byte - b' ') & 0x3F,
            Some(_) => return Err(error("Illegal char")),
        };
        bits = bits << 6 | u32::from(value);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
        }
    }
    if rest.any(|byte| !matches!(byte, b' ' | b'`' | b'\n' | b'\r')) {
        return Err(error("Trailing garbage"));
    }
    Ok(out)
}
