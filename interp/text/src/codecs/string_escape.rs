//! `codecs.escape_decode` and `escape_encode`: the escapes of bytes literals, as pickle uses them.

use super::InvalidEscape;
use crate::repr::push_escape;
use crate::{Error, Result, wtf8};

/// The result of [`decode_escape`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BytesEscape {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The first invalid escape and where its backslash is.
    pub invalid: Option<(InvalidEscape, usize)>,
}

/// Decode; `errors` says what to do about `\x` without two digits.
pub fn decode_escape(bytes: &[u8], errors: &[u8]) -> Result<BytesEscape> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut invalid = None;
    let mut rest = bytes.iter().copied().enumerate().peekable();
    while let Some((start, byte)) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some((_, kind)) = rest.next() else {
            return Err(Error::value("Trailing \\ in string"));
        };
        let found = match kind {
            b'\n' => continue,
            b'x' => {
                let hex = |(_, byte): (usize, u8)| char::from(byte).to_digit(16);
                let high = rest.peek().copied().and_then(hex);
                if high.is_some() {
                    rest.next();
                }
                let low = high.and_then(|_| rest.peek().copied().and_then(hex));
                if let (Some(high), Some(low)) = (high, low) {
                    rest.next();
                    out.push((high << 4 | low) as u8);
                } else {
                    out.extend(bad_hex(errors, start)?);
                }
                continue;
            }
            b'0'..=b'7' => {
                let mut value = u32::from(kind - b'0');
                for _ in 0..2 {
                    let Some((_, digit)) = rest.next_if(|(_, b)| matches!(b, b'0'..=b'7')) else {
                        break;
                    };
                    value = value << 3 | u32::from(digit - b'0');
                }
                out.push(value as u8);
                if value <= 0o377 {
                    continue;
                }
                InvalidEscape::Octal(value)
            }
            _ => {
                if let Some(plain) = simple(kind) {
                    out.push(plain);
                    continue;
                }
                out.extend_from_slice(&[b'\\', kind]);
                InvalidEscape::Character(kind)
            }
        };
        invalid.get_or_insert((found, start));
    }
    Ok(BytesEscape { bytes: out, invalid })
}

/// What the letter after a backslash stands for.
fn simple(letter: u8) -> Option<u8> {
    Some(match letter {
        b'\\' | b'\'' | b'"' => letter,
        b'a' => 7,
        b'b' => 8,
        b't' => b'\t',
        b'n' => b'\n',
        b'v' => 11,
        b'f' => 12,
        b'r' => b'\r',
        _ => return None,
    })
}

fn bad_hex(errors: &[u8], start: usize) -> Result<Option<u8>> {
    match errors {
        b"strict" => Err(Error::value(format!("invalid \\x escape at position {start}"))),
        b"replace" => Ok(Some(b'?')),
        b"ignore" => Ok(None),
        _ => Err(Error::value(format!(
            "decoding error; unknown error handling code: {}",
            wtf8::to_string_lossy(errors)
        ))),
    }
}

/// Encode as in `repr`, without quotes.
pub fn encode_escape(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\\' | b'\'' => out.extend_from_slice(&[b'\\', byte]),
            b' '..=b'~' => out.push(byte),
            _ => push_escape(&mut out, u32::from(byte)),
        }
    }
    out
}
