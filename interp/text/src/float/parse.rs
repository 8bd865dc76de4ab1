//! `float(text)`.

use crate::unicode::decimal_and_space_to_ascii;
use crate::wtf8::{Side, Space, strip};
use crate::{Error, Result, repr};

/// `float(s)` of a `str`: white space, underscores and digits of any script are allowed.
pub fn parse(s: &[u8]) -> Result<f64> {
    parse_str(s).ok_or_else(|| failure(repr::repr_string(s)))
}

/// `float(b)` of `bytes`.
pub fn parse_bytes(bytes: &[u8]) -> Result<f64> {
    let text = &bytes[strip(bytes, Side::Both, Space::Ascii)];
    parse_ascii(text).ok_or_else(|| failure(repr::repr_bytes(bytes)))
}

/// As [`parse`], for callers with their own message.
pub fn parse_str(s: &[u8]) -> Option<f64> {
    if s.is_ascii() {
        return parse_ascii(&s[strip(s, Side::Both, Space::Ascii)]);
    }
    let text = decimal_and_space_to_ascii(s);
    parse_ascii(&text[strip(&text, Side::Both, Space::Ascii)])
}

fn failure(repr: String) -> Error {
    Error::value(["could not convert string to float: ", &repr].concat())
}

fn parse_ascii(text: &[u8]) -> Option<f64> {
    let clean;
    let text = if text.contains(&b'_') {
        clean = without_underscores(text)?;
        &clean
    } else {
        text
    };
    if number_len(text)? != text.len() {
        return None;
    }
    // What is left is a subset of what Rust reads, and Rust rounds correctly.
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// Drop underscores; each must be between two digits.
pub(crate) fn without_underscores(text: &[u8]) -> Option<Vec<u8>> {
    let is_digit = |i: usize| text.get(i).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::with_capacity(text.len());
    for (i, &byte) in text.iter().enumerate() {
        if byte != b'_' {
            out.push(byte);
        } else if i == 0 || !is_digit(i - 1) || !is_digit(i + 1) {
            return None;
        }
    }
    Some(out)
}

/// The length of the longest number (`[+-]? (digits | inf | nan)`) the text starts with.
pub(crate) fn number_len(text: &[u8]) -> Option<usize> {
    let sign = usize::from(matches!(text, [b'+' | b'-', ..]));
    let body = &text[sign..];
    let starts =
        |word: &[u8]| body.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    for word in [&b"infinity"[..], b"inf", b"nan"] {
        if starts(word) {
            return Some(sign + word.len());
        }
    }
    let digits_from =
        |at: usize| body[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let integral = digits_from(0);
    let mut at = integral;
    let mut fraction = 0;
    if body.get(at) == Some(&b'.') {
        fraction = digits_from(at + 1);
        at += 1 + fraction;
    }
    if integral + fraction == 0 {
        return None;
    }
    if matches!(body.get(at), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(body.get(at + 1), Some(b'+' | b'-')));
        let digits = digits_from((at + 1 + signed).min(body.len()));
        if digits > 0 {
            at += 1 + signed + digits;
        }
    }
    Some(sign + at)
}
