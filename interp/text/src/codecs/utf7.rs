//! UTF-7 (RFC 2152).
//!
//! Between `+` and the first character that is not Base64 (a `-` is swallowed) the text is UTF-16
//! in Base64 without padding.

use super::{Decoded, Fault, Handler, recover};
use crate::base::base64_value;
use crate::wtf8::{self, code_points};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The bits of a Base64 section that are not a character yet.
#[derive(Clone, Copy, Default)]
struct Shift {
    bits: u32,
    n_bits: u32,
    /// A high surrogate that waits for a low one.
    high: Option<u32>,
    /// Where the `+` is, and how long the text was there.
    start: usize,
    text_len: usize,
}

impl Shift {
    /// Six more bits.
    fn push(&mut self, digit: u8, text: &mut Vec<u8>) {
        self.bits = self.bits << 6 | u32::from(digit);
        self.n_bits += 6;
        if self.n_bits < 16 {
            return;
        }
        self.n_bits -= 16;
        let unit = self.bits >> self.n_bits;
        self.bits &= (1 << self.n_bits) - 1;
        match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => {
                wtf8::push(text, 0x1_0000 + ((high & 0x3FF) << 10 | unit & 0x3FF));
                return;
            }
            (Some(high), _) => wtf8::push(text, high),
            (None, _) => {}
        }
        if matches!(unit, 0xD800..=0xDBFF) {
            self.high = Some(unit);
        } else {
            wtf8::push(text, unit);
        }
    }

    /// What is wrong with the rest at the end of the section.
    fn rest_error(&self) -> Option<&'static str> {
        match (self.n_bits, self.bits) {
            (6.., _) => Some("partial character in shift sequence"),
            (1.., 1..) => Some("non-zero padding bits in shift sequence"),
            _ => None,
        }
    }

    fn is_incomplete(&self) -> bool {
        self.high.is_some() || self.rest_error().is_some()
    }
}

/// Decode; with `last` unset an open Base64 section is left for the next call.
pub fn decode_utf7<H: Handler>(
    bytes: &[u8],
    last: bool,
    handler: &mut H,
) -> Result<Decoded, H::Error> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut shift: Option<Shift> = None;
    let mut at = 0;
    loop {
        let Some(&byte) = bytes.get(at) else {
            let Some(open) = shift.take() else { break };
            if !last {
                text.truncate(open.text_len);
                return Ok(Decoded { text, consumed: open.start });
            }
            if open.is_incomplete() {
                let reason = "unterminated shift sequence";
                let fault = Fault::new("utf7", open.start, bytes.len(), reason);
                at = recover(handler, &fault, bytes, &mut text)?;
            }
            continue;
        };
        let fault = if let Some(open) = &mut shift {
            if let Some(digit) = base64_value(byte) {
                open.push(digit, &mut text);
                at += 1;
                continue;
            }
            let closed = *open;
            shift = None;
            match leave(closed, byte, &mut text) {
                Ok(swallowed) => {
                    at += swallowed;
                    continue;
                }
                Err(reason) => Fault::new("utf7", closed.start, at + 1, reason),
            }
        } else if byte == b'+' {
            match bytes.get(at + 1) {
                Some(b'-') => {
                    text.push(b'+');
                    at += 2;
                    continue;
                }
                Some(&next) if base64_value(next).is_none() => {
                    Fault::new("utf7", at, at + 2, "ill-formed sequence")
                }
                _ => {
                    shift = Some(Shift { start: at, text_len: text.len(), ..Shift::default() });
                    at += 1;
                    continue;
                }
            }
        } else if byte.is_ascii() {
            text.push(byte);
            at += 1;
            continue;
        } else {
            Fault::new("utf7", at, at + 1, "unexpected special character")
        };
        at = recover(handler, &fault, bytes, &mut text)?;
    }
    Ok(Decoded { text, consumed: at })
}

/// Close a section before `byte`; tells how many bytes that swallows.
fn leave(shift: Shift, byte: u8, text: &mut Vec<u8>) -> Result<usize, &'static str> {
    if let Some(reason) = shift.rest_error() {
        return Err(reason);
    }
    if let Some(high) = shift.high
        && byte.is_ascii()
    {
        wtf8::push(text, high);
    }
    Ok(usize::from(byte == b'-'))
}

/// Whether a character stands for itself.
fn is_direct(cp: u32) -> bool {
    match cp {
        0x09 | 0x0A | 0x0D => true,
        0x20..=0x7D => cp != u32::from(b'+') && cp != u32::from(b'\\'),
        _ => false,
    }
}

/// Encode, which cannot fail: surrogates are written as they are.
pub fn encode_utf7(s: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len() * 2);
    let mut shift: Option<(u32, u32)> = None;
    for cp in code_points(s) {
        if is_direct(cp) {
            if let Some(open) = shift.take() {
                flush(open, &mut out);
                if cp == u32::from(b'-') || base64_value(cp as u8).is_some() {
                    out.push(b'-');
                }
            }
            out.push(cp as u8);
        } else if shift.is_none() && cp == u32::from(b'+') {
            out.extend_from_slice(b"+-");
        } else {
            if shift.is_none() {
                out.push(b'+');
            }
            let mut open = shift.unwrap_or((0, 0));
            if cp > 0xFFFF {
                push_unit(&mut open, 0xD7C0 + (cp >> 10), &mut out);
                push_unit(&mut open, 0xDC00 | cp & 0x3FF, &mut out);
            } else {
                push_unit(&mut open, cp, &mut out);
            }
            shift = Some(open);
        }
    }
    if let Some(open) = shift {
        flush(open, &mut out);
        out.push(b'-');
    }
    out
}

/// 16 more bits of `(bits, n_bits)`; whole digits are written.
fn push_unit((bits, n_bits): &mut (u32, u32), unit: u32, out: &mut Vec<u8>) {
    *bits = *bits << 16 | unit;
    *n_bits += 16;
    while *n_bits >= 6 {
        *n_bits -= 6;
        out.push(DIGITS[(*bits >> *n_bits & 0x3F) as usize]);
    }
    *bits &= (1 << *n_bits) - 1;
}

/// The last digit, filled with zeros.
fn flush((bits, n_bits): (u32, u32), out: &mut Vec<u8>) {
    if n_bits > 0 {
        out.push(DIGITS[(bits << (6 - n_bits) & 0x3F) as usize]);
    }
}
