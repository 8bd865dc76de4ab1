//! `repr()` and `ascii()` of strings and bytes.

use crate::unicode::is_printable;
use crate::wtf8::{self, code_points};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Which characters a literal shows as they are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plain {
    Printable,
    Ascii,
}

/// `repr(s)` of a `str`; the result has no surrogates.
pub fn repr_str(s: &[u8]) -> Vec<u8> {
    quoted(s, Plain::Printable)
}

/// `ascii(s)` of a `str`.
pub fn ascii_str(s: &[u8]) -> Vec<u8> {
    quoted(s, Plain::Ascii)
}

/// `ascii(x)` from `repr(x)`: escapes what is not ASCII and touches nothing else.
pub fn ascii_of_repr(repr: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(repr.len());
    for cp in code_points(repr) {
        if cp < 0x80 { out.push(cp as u8) } else { push_escape(&mut out, cp) }
    }
    out
}

/// `repr(s)` as a Rust string, for messages.
pub fn repr_string(s: &[u8]) -> String {
    wtf8::to_string_lossy(&repr_str(s))
}

/// `repr(b)` of `bytes`: `b'…'`.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let quote = quote_for(bytes);
    let mut out = Vec::with_capacity(bytes.len() + 3);
    out.extend_from_slice(&[b'b', quote]);
    for &byte in bytes {
        match byte {
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ if byte == quote || byte == b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b' '..=b'~' => out.push(byte),
            _ => push_escape(&mut out, u32::from(byte)),
        }
    }
    out.push(quote);
    wtf8::to_string_lossy(&out)
}

/// Double quotes only if that avoids an escape.
fn quote_for(s: &[u8]) -> u8 {
    if s.contains(&b'\'') && !s.contains(&b'"') { b'"' } else { b'\'' }
}

fn quoted(s: &[u8], plain: Plain) -> Vec<u8> {
    let quote = quote_for(s);
    let mut out = Vec::with_capacity(s.len() + 2);
    out.push(quote);
    for cp in code_points(s) {
        match cp {
            0x09 => out.extend_from_slice(b"\\t"),
            0x0A => out.extend_from_slice(b"\\n"),
            0x0D => out.extend_from_slice(b"\\r"),
            _ if cp == u32::from(quote) || cp == u32::from(b'\\') => {
                out.extend_from_slice(&[b'\\', cp as u8]);
            }
            0x20..=0x7E => out.push(cp as u8),
            _ if plain == Plain::Printable && is_printable(cp) => wtf8::push(&mut out, cp),
            _ => push_escape(&mut out, cp),
        }
    }
    out.push(quote);
    out
}

/// `\xNN`, `\uNNNN` or `\UNNNNNNNN`, the shortest that holds the code point.
pub(crate) fn push_escape(out: &mut Vec<u8>, cp: u32) {
    let (letter, n_digits) = match cp {
        0..=0xFF => (b'x', 2),
        0x100..=0xFFFF => (b'u', 4),
        _ => (b'U', 8),
    };
    out.extend_from_slice(&[b'\\', letter]);
    push_hex(out, cp, n_digits);
}

/// Exactly `n_digits` lower-case hexadecimal digits.
pub(crate) fn push_hex(out: &mut Vec<u8>, value: u32, n_digits: u32) {
    for i in (0..n_digits).rev() {
        out.push(HEX[(value >> (4 * i) & 0xF) as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(s: &str, repr: &str, ascii: &str) {
        assert_eq!(repr_str(s.as_bytes()), repr.as_bytes());
        assert_eq!(ascii_str(s.as_bytes()), ascii.as_bytes());
        assert_eq!(ascii_of_repr(repr.as_bytes()), ascii.as_bytes());
    }

    #[test]
    fn strings() {
        check("", "''", "''");
        check("a'b", "\"a'b\"", "\"a'b\"");
        check("a\"b", "'a\"b'", "'a\"b'");
        check("a'\"b", "'a\\'\"b'", "'a\\'\"b'");
        check("\t\n\r\\\0\x7f", r"'\t\n\r\\\x00\x7f'", r"'\t\n\r\\\x00\x7f'");
        check("é\u{a0}\u{ad}", "'é\\xa0\\xad'", r"'\xe9\xa0\xad'");
        check("☃\u{200b}\u{e000}", "'☃\\u200b\\ue000'", r"'\u2603\u200b\ue000'");
        check("😀\u{10ffff}", "'😀\\U0010ffff'", r"'\U0001f600\U0010ffff'");
        assert_eq!(repr_str(b"\xED\xA0\x80\xED\xB0\x80"), br"'\ud800\udc00'");
    }

    #[test]
    fn bytes() {
        assert_eq!(repr_bytes(b""), "b''");
        assert_eq!(repr_bytes(b"a'\\"), r#"b"a'\\""#);
        assert_eq!(repr_bytes(b"'\"\n\xff\x00"), r#"b'\'"\n\xff\x00'"#);
    }
}
