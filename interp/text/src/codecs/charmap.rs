//! Codecs made of a mapping, which `Lib/encodings` gives for most 8-bit encodings.

use std::collections::BTreeMap;

use super::encode::{Encoding, encode};
use super::{Decoded, Fault, Handler, Lookup, recover};
use crate::wtf8::{self, code_points};

const UNDEFINED: &str = "character maps to <undefined>";
/// In a decoding table: no character.
const NO_CHARACTER: u32 = 0xFFFE;

/// A decoding table: the character of each byte; and its inverse (`codecs.charmap_build`).
#[derive(Clone, Debug)]
pub struct CharmapTable {
    decode: Vec<u32>,
    encode: BTreeMap<u32, u8>,
}

impl CharmapTable {
    /// From the string of at most 256 characters in a codec module; U+FFFE is no character.
    pub fn new(table: &[u8]) -> Self {
        let decode: Vec<u32> = code_points(table).take(256).collect();
        let pairs = decode.iter().zip(0..=u8::MAX);
        let encode = pairs.filter(|&(&cp, _)| cp != NO_CHARACTER).map(|(&cp, byte)| (cp, byte));
        Self { encode: encode.collect(), decode }
    }

    /// The character of a byte.
    pub fn character(&self, byte: u8) -> Option<u32> {
        self.decode.get(usize::from(byte)).copied().filter(|&cp| cp != NO_CHARACTER)
    }

    /// The byte of a character.
    pub fn byte(&self, cp: u32) -> Option<u8> {
        self.encode.get(&cp).copied()
    }
}

/// Decode; `lookup` appends the string of a byte, or answers false if it has none.
pub fn decode_charmap<H: Handler>(
    bytes: &[u8],
    handler: &mut H,
    lookup: &mut Lookup<'_, u8, H::Error>,
) -> Result<Decoded, H::Error> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        if lookup(bytes[at], &mut text)? {
            at += 1;
            continue;
        }
        let fault = Fault::new("charmap", at, at + 1, UNDEFINED);
        at = recover(handler, &fault, bytes, &mut text)?;
    }
    Ok(Decoded { text, consumed: at })
}

/// Encode; `lookup` appends the bytes of a character, or answers false if it has none.
pub fn encode_charmap<H: Handler>(
    s: &[u8],
    handler: &mut H,
    lookup: &mut Lookup<'_, u32, H::Error>,
) -> Result<Vec<u8>, H::Error> {
    let encoding = Encoding {
        name: "charmap",
        reason: UNDEFINED,
        unit: 1,
        groups: true,
        ascii_substitute: false,
    };
    encode(s, encoding, handler, lookup)
}

impl CharmapTable {
    /// Decode with the table.
    pub fn decode<H: Handler>(&self, bytes: &[u8], handler: &mut H) -> Result<Decoded, H::Error> {
        decode_charmap(bytes, handler, &mut |byte, text| {
            let cp = self.character(byte);
            if let Some(cp) = cp {
                wtf8::push(text, cp);
            }
            Ok(cp.is_some())
        })
    }

    /// Encode with the inverse table.
    pub fn encode<H: Handler>(&self, s: &[u8], handler: &mut H) -> Result<Vec<u8>, H::Error> {
        encode_charmap(s, handler, &mut |cp, out| {
            let byte = self.byte(cp);
            out.extend(byte);
            Ok(byte.is_some())
        })
    }
}
