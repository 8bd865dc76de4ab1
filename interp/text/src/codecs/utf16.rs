//! UTF-16.

use super::encode::{Encoding, encode};
use super::{Decoded, Endian, Fault, Handler, recover};
use crate::wtf8::{self, is_surrogate};

/// Decode; also tells the byte order found (still [`Endian::Mark`] if there were too few bytes
/// for a mark).
pub fn decode_utf16<H: Handler>(
    bytes: &[u8],
    last: bool,
    endian: Endian,
    handler: &mut H,
) -> Result<(Decoded, Endian), H::Error> {
    let (endian, mut at) = match (endian, bytes) {
        (Endian::Mark, [0xFF, 0xFE, ..]) => (Endian::Little, 2),
        (Endian::Mark, [0xFE, 0xFF, ..]) => (Endian::Big, 2),
        _ => (endian, 0),
    };
    let big = endian == Endian::Big || endian == Endian::Mark && Endian::NATIVE == Endian::Big;
    let unit_at = |at: usize| {
        let unit = *bytes.get(at..)?.first_chunk()?;
        Some(u32::from(if big { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) }))
    };
    let name = if big { "utf-16-be" } else { "utf-16-le" };
    let mut text = Vec::with_capacity(bytes.len());
    while at < bytes.len() {
        let (end, reason) = match (unit_at(at), unit_at(at + 2)) {
            (Some(high @ 0xD800..=0xDBFF), Some(low @ 0xDC00..=0xDFFF)) => {
                wtf8::push(&mut text, 0x1_0000 + ((high & 0x3FF) << 10 | low & 0x3FF));
                at += 4;
                continue;
            }
            (Some(0xD800..=0xDBFF), Some(_)) => (at + 2, "illegal UTF-16 surrogate"),
            (Some(0xDC00..=0xDFFF), _) => (at + 2, "illegal encoding"),
            (Some(unit), _) if !is_surrogate(unit) => {
                wtf8::push(&mut text, unit);
                at += 2;
                continue;
            }
            _ if !last => break,
            (Some(0xD800..=0xDBFF), None) => (bytes.len(), "unexpected end of data"),
            _ => (bytes.len(), "truncated data"),
        };
        let fault = Fault::new(name, at, end, reason);
        at = recover(handler, &fault, bytes, &mut text)?;
    }
    Ok((Decoded { text, consumed: at }, endian))
}

/// Encode; surrogates are faults.
pub fn encode_utf16<H: Handler>(
    s: &[u8],
    endian: Endian,
    handler: &mut H,
) -> Result<Vec<u8>, H::Error> {
    let big = endian == Endian::Big || endian == Endian::Mark && Endian::NATIVE == Endian::Big;
    let push = |out: &mut Vec<u8>, unit: u32| {
        let unit = unit as u16;
        out.extend_from_slice(&if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    };
    let encoding = Encoding {
        name: match endian {
            Endian::Mark => "utf-16",
            Endian::Little => "utf-16-le",
            Endian::Big => "utf-16-be",
        },
        reason: "surrogates not allowed",
        unit: 2,
        groups: false,
        ascii_substitute: true,
    };
    let body = encode(s, encoding, handler, &mut |cp, out| {
        match cp {
            _ if is_surrogate(cp) => return Ok(false),
            0..=0xFFFF => push(out, cp),
            _ => {
                push(out, 0xD7C0 + (cp >> 10));
                push(out, 0xDC00 | cp & 0x3FF);
            }
        }
        Ok(true)
    })?;
    if endian != Endian::Mark {
        return Ok(body);
    }
    let mut out = Vec::with_capacity(body.len() + 2);
    push(&mut out, 0xFEFF);
    out.extend_from_slice(&body);
    Ok(out)
}
