//! UTF-32.

use super::encode::{Encoding, encode};
use super::{Decoded, Endian, Fault, Handler, recover};
use crate::wtf8::{self, is_surrogate};

/// Decode; also tells the byte order found (still [`Endian::Mark`] if there were too few bytes
/// for a mark).
pub fn decode_utf32<H: Handler>(
    bytes: &[u8],
    last: bool,
    endian: Endian,
    handler: &mut H,
) -> Result<(Decoded, Endian), H::Error> {
    let (endian, mut at) = match (endian, bytes) {
        (Endian::Mark, [0xFF, 0xFE, 0, 0, ..]) => (Endian::Little, 4),
        (Endian::Mark, [0, 0, 0xFE, 0xFF, ..]) => (Endian::Big, 4),
        _ => (endian, 0),
    };
    let big = endian == Endian::Big || endian == Endian::Mark && Endian::NATIVE == Endian::Big;
    let name = if big { "utf-32-be" } else { "utf-32-le" };
    let mut text = Vec::with_capacity(bytes.len() / 2);
    while at < bytes.len() {
        let Some(&unit) = bytes[at..].first_chunk() else {
            if !last {
                break;
            }
            let fault = Fault::new(name, at, bytes.len(), "truncated data");
            at = recover(handler, &fault, bytes, &mut text)?;
            continue;
        };
        let cp = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        let reason = match cp {
            _ if is_surrogate(cp) => "code point in surrogate code point range(0xd800, 0xe000)",
            0..=0x10_FFFF => {
                wtf8::push(&mut text, cp);
                at += 4;
                continue;
            }
            _ => "code point not in range(0x110000)",
        };
        let fault = Fault::new(name, at, at + 4, reason);
        at = recover(handler, &fault, bytes, &mut text)?;
    }
    Ok((Decoded { text, consumed: at }, endian))
}

/// Encode; surrogates are faults.
pub fn encode_utf32<H: Handler>(
    s: &[u8],
    endian: Endian,
    handler: &mut H,
) -> Result<Vec<u8>, H::Error> {
    let big = endian == Endian::Big || endian == Endian::Mark && Endian::NATIVE == Endian::Big;
    let bytes_of = |cp: u32| if big { cp.to_be_bytes() } else { cp.to_le_bytes() };
    let encoding = Encoding {
        name: match endian {
            Endian::Mark => "utf-32",
            Endian::Little => "utf-32-le",
            Endian::Big => "utf-32-be",
        },
        reason: "surrogates not allowed",
        unit: 4,
        groups: false,
        ascii_substitute: true,
    };
    let body = encode(s, encoding, handler, &mut |cp, out| {
        let ok = !is_surrogate(cp);
        if ok {
            out.extend_from_slice(&bytes_of(cp));
        }
        Ok(ok)
    })?;
    if endian != Endian::Mark {
        return Ok(body);
    }
    Ok([&bytes_of(0xFEFF)[..], &body].concat())
}
