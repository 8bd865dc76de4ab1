//! ASCII and Latin-1.

use super::encode::{Encoding, encode};
use super::{Decoded, Fault, Handler, recover};
use crate::wtf8;

/// Decode ASCII; bytes from 80 are faults, each its own.
pub fn decode_ascii<H: Handler>(bytes: &[u8], handler: &mut H) -> Result<Decoded, H::Error> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let n_plain = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        text.extend_from_slice(&rest[..n_plain]);
        at += n_plain;
        if at < bytes.len() {
            let fault = Fault::new("ascii", at, at + 1, "ordinal not in range(128)");
            at = recover(handler, &fault, bytes, &mut text)?;
        }
    }
    Ok(Decoded { text, consumed: at })
}

/// Decode Latin-1, which cannot fail.
pub fn decode_latin1(bytes: &[u8]) -> Vec<u8> {
    if bytes.is_ascii() {
        return bytes.to_vec();
    }
    let mut text = Vec::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        wtf8::push(&mut text, u32::from(byte));
    }
    text
}

/// Encode ASCII.
pub fn encode_ascii<H: Handler>(s: &[u8], handler: &mut H) -> Result<Vec<u8>, H::Error> {
    encode_below(s, 0x80, "ascii", "ordinal not in range(128)", handler)
}

/// Encode Latin-1.
pub fn encode_latin1<H: Handler>(s: &[u8], handler: &mut H) -> Result<Vec<u8>, H::Error> {
    encode_below(s, 0x100, "latin-1", "ordinal not in range(256)", handler)
}

fn encode_below<H: Handler>(
    s: &[u8],
    limit: u32,
    name: &'static str,
    reason: &'static str,
    handler: &mut H,
) -> Result<Vec<u8>, H::Error> {
    if s.is_ascii() {
        return Ok(s.to_vec());
    }
    let encoding = Encoding { name, reason, unit: 1, groups: true, ascii_substitute: false };
    encode(s, encoding, handler, &mut |cp, out| {
        let ok = cp < limit;
        if ok {
            out.push(cp as u8);
        }
        Ok(ok)
    })
}
