//! The codecs that the interpreter has built in.
//!
//! A codec reports what it cannot convert as a [`Fault`] to a [`Handler`], which answers with a
//! replacement and the place to go on, or with an error. [`Builtin`] is the handler for the names
//! `strict`, `replace`, …; a handler written in Python is another implementation.
//!
//! Positions in bytes count bytes, positions in strings count code points.

mod charmap;
mod encode;
mod escape;
mod handler;
mod name;
mod narrow;
mod string_escape;
mod utf16;
mod utf32;
mod utf7;
mod utf8;

use std::borrow::Cow;

use crate::wtf8::code_points;

pub use charmap::{CharmapTable, decode_charmap, encode_charmap};
pub use escape::{
    InvalidEscape, UnicodeEscape, decode_raw_unicode_escape, decode_unicode_escape,
    encode_raw_unicode_escape, encode_unicode_escape,
};
pub use handler::{Builtin, ErrorHandler};
pub use name::{Codec, normalize_name};
pub use narrow::{decode_ascii, decode_latin1, encode_ascii, encode_latin1};
pub use string_escape::{BytesEscape, decode_escape, encode_escape};
pub use utf7::{decode_utf7, encode_utf7};
pub use utf8::{decode_utf8, encode_utf8};
pub use utf16::{decode_utf16, encode_utf16};
pub use utf32::{decode_utf32, encode_utf32};

/// Something a codec cannot convert: the arguments of a `UnicodeError` without the object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The name of the codec.
    pub encoding: &'static str,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What is wrong.
    pub reason: Cow<'static, str>,
}

/// What an encoder writes in place of the characters of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Substitute {
    /// A string, to be encoded.
    Text(Vec<u8>),
    /// Bytes, as they are.
    Bytes(Vec<u8>),
}

/// What to do about a fault.
pub trait Handler {
    /// The error that ends the conversion.
    type Error;

    /// The string in place of the faulty bytes, and where to go on.
    fn decode(&mut self, fault: &Fault) -> Result<(Vec<u8>, usize), Self::Error>;

    /// What to write in place of the faulty characters, and where to go on.
    fn encode(&mut self, fault: &Fault) -> Result<(Substitute, usize), Self::Error>;

    /// The error for a fault whose substitute cannot be encoded either.
    fn fail(&mut self, fault: &Fault) -> Self::Error;
}

/// Appends what a byte or a code point is converted to, or answers false if it is to nothing.
pub type Lookup<'a, K, E> = dyn FnMut(K, &mut Vec<u8>) -> Result<bool, E> + 'a;

/// The byte order of UTF-16 and UTF-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endian {
    /// From the byte order mark, else that of this machine; written with a mark.
    Mark,
    /// The lowest byte first, no mark.
    Little,
    /// The highest byte first, no mark.
    Big,
}

impl Endian {
    /// The order of this machine.
    pub const NATIVE: Self = if cfg!(target_endian = "big") { Self::Big } else { Self::Little };
}

/// The result of decoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The string.
    pub text: Vec<u8>,
    /// How many bytes are done; the rest is the start of something incomplete.
    pub consumed: usize,
}

impl Fault {
    fn new(encoding: &'static str, start: usize, end: usize, reason: &'static str) -> Self {
        Self { encoding, start, end, reason: Cow::Borrowed(reason) }
    }

    /// `str()` of the `UnicodeDecodeError`.
    pub fn decode_message(&self, input: &[u8]) -> String {
        let Self { encoding, start, end, reason } = self;
        match input.get(*start) {
            Some(byte) if *end == start + 1 => format!(
                "'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}"
            ),
            _ => format!(
                "'{encoding}' codec can't decode bytes in position {start}-{}: {reason}",
                end.wrapping_sub(1) as isize
            ),
        }
    }

    /// `str()` of the `UnicodeEncodeError`.
    pub fn encode_message(&self, input: &[u8]) -> String {
        let Self { encoding, start, end, reason } = self;
        match code_points(input).nth(*start) {
            Some(cp) if *end == start + 1 => {
                let mut escape = Vec::new();
                crate::repr::push_escape(&mut escape, cp);
                format!(
                    "'{encoding}' codec can't encode character '{}' in position {start}: {reason}",
                    String::from_utf8_lossy(&escape)
                )
            }
            _ => format!(
                "'{encoding}' codec can't encode characters in position {start}-{}: {reason}",
                end.wrapping_sub(1) as isize
            ),
        }
    }
}

/// Report a fault, append the replacement, and give the place to go on.
fn recover<H: Handler>(
    handler: &mut H,
    fault: &Fault,
    input: &[u8],
    out: &mut Vec<u8>,
) -> Result<usize, H::Error> {
    let (text, resume) = handler.decode(fault)?;
    out.extend_from_slice(&text);
    Ok(resume.min(input.len()))
}
