//! `complex` as text.

use crate::float::{self, Flags, number_len};
use crate::unicode::decimal_and_space_to_ascii;
use crate::wtf8::{Side, Space, strip};
use crate::{Error, Result, repr};

/// `repr(z)`, also `str(z)`.
pub fn repr(real: f64, imaginary: f64) -> String {
    let text = |x| float::format(x, b'r', 0, Flags::default());
    // A real part of +0 is not shown; -0 is.
    if real == 0.0 && real.is_sign_positive() {
        return text(imaginary) + "j";
    }
    let imaginary = text(imaginary);
    let plus = if imaginary.starts_with('-') { "" } else { "+" };
    format!("({}{plus}{imaginary}j)", text(real))
}

/// `complex(s)`
pub fn parse(s: &[u8]) -> Result<(f64, f64)> {
    let mut text = decimal_and_space_to_ascii(s);
    if text.contains(&b'_') {
        text = float::without_underscores(&text).ok_or_else(|| {
            let repr = repr::repr_string(s);
            Error::value(["could not convert string to complex: ", &repr].concat())
        })?;
    }
    parse_ascii(&text).ok_or_else(|| Error::value("complex() arg is a malformed string"))
}

fn parse_ascii(text: &[u8]) -> Option<(f64, f64)> {
    let mut text = &text[strip(text, Side::Both, Space::Ascii)];
    if let [b'(', inner @ .., b')'] = text {
        text = &inner[strip(inner, Side::Both, Space::Ascii)];
    }
    let (first, rest) = number(text)?;
    match rest {
        [] => Some((first?, 0.0)),
        [b'j' | b'J'] => Some((0.0, first.unwrap_or(sign(text)))),
        [b'+' | b'-', ..] => {
            let (second, end) = number(rest)?;
            if !matches!(end, [b'j' | b'J']) {
                return None;
            }
            Some((first?, second.unwrap_or(sign(rest))))
        }
        _ => None,
    }
}

/// The number at the start, or `None` in its place if there is only a sign or nothing before a
/// `j`; and what follows.
fn number(text: &[u8]) -> Option<(Option<f64>, &[u8])> {
    if let Some(len) = number_len(text) {
        let value = std::str::from_utf8(&text[..len]).ok()?.parse().ok()?;
        return Some((Some(value), &text[len..]));
    }
    let signed = usize::from(matches!(text, [b'+' | b'-', ..]));
    Some((None, &text[signed..]))
}

/// What a sign alone stands for in `+j`.
fn sign(text: &[u8]) -> f64 {
    if text.starts_with(b"-") { -1.0 } else { 1.0 }
}
