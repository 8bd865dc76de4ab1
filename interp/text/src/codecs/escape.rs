//! `unicode_escape` and `raw_unicode_escape`.

use super::{Decoded, Fault, Handler, recover};
use crate::repr::{push_escape, push_hex};
use crate::unicode;
use crate::wtf8::{self, code_points};

/// A backslash that means nothing, which is worth a `DeprecationWarning`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidEscape {
    /// `\q`: the character.
    Character(u8),
    /// `\400` or more: the value.
    Octal(u32),
}

impl InvalidEscape {
    /// The text of the warning.
    pub fn message(self) -> String {
        match self {
            Self::Character(byte) => {
                let shown = char::from(byte);
                format!(
                    "\"\\{shown}\" is an invalid escape sequence. Such sequences will not work \
                         in the future. "
                )
            }
            Self::Octal(value) => {
                format!(
                    "\"\\{value:o}\" is an invalid octal escape sequence. Such sequences will \
                         not work in the future. "
                )
            }
        }
    }
}

/// The result of [`decode_unicode_escape`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnicodeEscape {
    /// The string.
    pub text: Vec<u8>,
    /// How many bytes are done.
    pub consumed: usize,
    /// The first invalid escape and where its backslash is.
    pub invalid: Option<(InvalidEscape, usize)>,
}

/// What came out of the text after a backslash.
enum Escape {
    Character(u32),
    Nothing,
    Invalid(InvalidEscape),
    /// More bytes are needed; the reason if there are none.
    Incomplete(&'static str),
    Fault(&'static str),
}

/// Decode the escapes of string literals; other bytes are Latin-1. With `last` unset an
/// incomplete escape at the end is left for the next call.
pub fn decode_unicode_escape<H: Handler>(
    bytes: &[u8],
    last: bool,
    handler: &mut H,
) -> Result<UnicodeEscape, H::Error> {
    let mut out =
        UnicodeEscape { text: Vec::with_capacity(bytes.len()), consumed: 0, invalid: None };
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'\\' {
            wtf8::push(&mut out.text, u32::from(bytes[at]));
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        let reason = match escape(bytes, &mut at) {
            Escape::Character(cp) => {
                wtf8::push(&mut out.text, cp);
                continue;
            }
            Escape::Nothing => continue,
            Escape::Invalid(invalid) => {
                match invalid {
                    InvalidEscape::Character(byte) => {
                        out.text.push(b'\\');
                        wtf8::push(&mut out.text, u32::from(byte));
                    }
                    InvalidEscape::Octal(value) => wtf8::push(&mut out.text, value),
                }
                out.invalid.get_or_insert((invalid, start));
                continue;
            }
            Escape::Incomplete(_) if !last => {
                out.consumed = start;
                return Ok(out);
            }
            Escape::Incomplete(reason) | Escape::Fault(reason) => reason,
        };
        let fault = Fault::new("unicodeescape", start, at, reason);
        at = recover(handler, &fault, bytes, &mut out.text)?;
    }
    out.consumed = at;
    Ok(out)
}

/// Read what follows a backslash.
fn escape(bytes: &[u8], at: &mut usize) -> Escape {
    let Some(&byte) = bytes.get(*at) else { return Escape::Incomplete("\\ at end of string") };
    *at += 1;
    Escape::Character(match byte {
        b'\n' => return Escape::Nothing,
        b'\\' | b'\'' | b'"' => u32::from(byte),
        b'a' => 7,
        b'b' => 8,
        b't' => 9,
        b'n' => 10,
        b'v' => 11,
        b'f' => 12,
        b'r' => 13,
        b'0'..=b'7' => return octal(bytes, at),
        b'x' => return hexadecimal(bytes, at, 2, "truncated \\xXX escape"),
        b'u' => return hexadecimal(bytes, at, 4, "truncated \\uXXXX escape"),
        b'U' => return hexadecimal(bytes, at, 8, "truncated \\UXXXXXXXX escape"),
        b'N' => return named(bytes, at),
        _ => return Escape::Invalid(InvalidEscape::Character(byte)),
    })
}

/// Up to three octal digits, of which the first is read.
fn octal(bytes: &[u8], at: &mut usize) -> Escape {
    let mut value = u32::from(bytes[*at - 1] - b'0');
    for _ in 0..2 {
        let Some(digit @ b'0'..=b'7') = bytes.get(*at) else { break };
        value = value << 3 | u32::from(digit - b'0');
        *at += 1;
    }
    if value > 0o377 {
        Escape::Invalid(InvalidEscape::Octal(value))
    } else {
        Escape::Character(value)
    }
}

fn hexadecimal(bytes: &[u8], at: &mut usize, n_digits: usize, reason: &'static str) -> Escape {
    let mut value = 0;
    for _ in 0..n_digits {
        let Some(&byte) = bytes.get(*at) else { return Escape::Incomplete(reason) };
        let Some(digit) = char::from(byte).to_digit(16) else { return Escape::Fault(reason) };
        value = value << 4 | digit;
        *at += 1;
    }
    if value > 0x10_FFFF {
        return Escape::Fault("illegal Unicode character");
    }
    Escape::Character(value)
}

/// `{NAME}`
fn named(bytes: &[u8], at: &mut usize) -> Escape {
    let malformed = "malformed \\N character escape";
    match bytes.get(*at) {
        None => return Escape::Incomplete(malformed),
        Some(b'{') => *at += 1,
        Some(_) => return Escape::Fault(malformed),
    }
    let Some(len) = memchr::memchr(b'}', &bytes[*at..]) else {
        *at = bytes.len();
        return Escape::Incomplete(malformed);
    };
    if len == 0 {
        return Escape::Fault(malformed);
    }
    let name = &bytes[*at..*at + len];
    *at += len + 1;
    match std::str::from_utf8(name).ok().and_then(unicode::lookup_character) {
        Some(c) => Escape::Character(u32::from(c)),
        None => Escape::Fault("unknown Unicode character name"),
    }
}

/// Decode only `\u` and `\U`; other bytes are Latin-1.
pub fn decode_raw_unicode_escape<H: Handler>(
    bytes: &[u8],
    last: bool,
    handler: &mut H,
) -> Result<Decoded, H::Error> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        let (n_digits, truncated) = match (bytes[start], bytes.get(at)) {
            (b'\\', None) if !last => return Ok(Decoded { text, consumed: start }),
            (b'\\', Some(b'u')) => (4, "truncated \\uXXXX escape"),
            (b'\\', Some(b'U')) => (8, "truncated \\UXXXXXXXX escape"),
            (b'\\', Some(&other)) => {
                text.push(b'\\');
                wtf8::push(&mut text, u32::from(other));
                at += 1;
                continue;
            }
            (byte, _) => {
                wtf8::push(&mut text, u32::from(byte));
                continue;
            }
        };
        at += 1;
        let reason = match hexadecimal(bytes, &mut at, n_digits, truncated) {
            Escape::Character(cp) => {
                wtf8::push(&mut text, cp);
                continue;
            }
            Escape::Incomplete(_) if !last => return Ok(Decoded { text, consumed: start }),
            Escape::Fault(reason) if reason != truncated => "\\Uxxxxxxxx out of range",
            _ => truncated,
        };
        let fault = Fault::new("rawunicodeescape", start, at, reason);
        at = recover(handler, &fault, bytes, &mut text)?;
    }
    Ok(Decoded { text, consumed: at })
}

/// Encode as a literal without quotes.
pub fn encode_unicode_escape(s: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    for cp in code_points(s) {
        match cp {
            0x09 => out.extend_from_slice(b"\\t"),
            0x0A => out.extend_from_slice(b"\\n"),
            0x0D => out.extend_from_slice(b"\\r"),
            0x5C => out.extend_from_slice(b"\\\\"),
            0x20..=0x7E => out.push(cp as u8),
            _ => push_escape(&mut out, cp),
        }
    }
    out
}

/// Encode as Latin-1, and other characters as `\u` or `\U`.
pub fn encode_raw_unicode_escape(s: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    for cp in code_points(s) {
        let (letter, n_digits) = match cp {
            0..=0xFF => {
                out.push(cp as u8);
                continue;
            }
            0x100..=0xFFFF => (b'u', 4),
            _ => (b'U', 8),
        };
        out.extend_from_slice(&[b'\\', letter]);
        push_hex(&mut out, cp, n_digits);
    }
    out
}
