//! `float.hex` and `float.fromhex`.

use std::fmt::Write as _;

use crate::int::compose;
use crate::wtf8::{Side, Space, strip};
use crate::{Error, Result};

/// `x.hex()`
pub fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return super::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let biased = (bits >> 52 & 0x7FF) as i32;
    let (lead, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    let fraction = bits & ((1 << 52) - 1);
    let mut out = String::with_capacity(28);
    write!(out, "{sign}0x{lead}.{fraction:013x}p{exponent:+}").expect("a String takes all");
    out
}

/// `float.fromhex(s)`
pub fn from_hex(s: &[u8]) -> Result<f64> {
    let text = &s[strip(s, Side::Both, Space::Ascii)];
    let invalid = || Error::value("invalid hexadecimal floating-point string");
    let (negative, body) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let magnitude = if is_word(body, b"inf") || is_word(body, b"infinity") {
        f64::INFINITY
    } else if is_word(body, b"nan") {
        f64::NAN
    } else {
        let body = match body {
            [b'0', b'x' | b'X', rest @ ..] => rest,
            _ => body,
        };
        let number = HexNumber::parse(body).ok_or_else(invalid)?;
        compose(number.mantissa, number.sticky, number.exponent)
            .ok_or_else(|| Error::overflow("hexadecimal value too large to represent as a float"))?
    };
    Ok(if negative { -magnitude } else { magnitude })
}

fn is_word(text: &[u8], word: &[u8]) -> bool {
    text.eq_ignore_ascii_case(word)
}

/// `mantissa × 2^exponent`, plus something below the last bit if `sticky`.
struct HexNumber {
    mantissa: u64,
    sticky: bool,
    exponent: i64,
}

impl HexNumber {
    /// `hex* [. hex*] [p [sign] digit+]` with at least one hexadecimal digit.
    fn parse(text: &[u8]) -> Option<Self> {
        let mut number = Self { mantissa: 0, sticky: false, exponent: 0 };
        let (mut seen_point, mut n_digits, mut at) = (false, 0_usize, 0);
        while let Some(&byte) = text.get(at) {
            if byte == b'.' && !seen_point {
                seen_point = true;
            } else if let Some(digit) = char::from(byte).to_digit(16) {
                n_digits += 1;
                number.push(digit, seen_point);
            } else {
                break;
            }
            at += 1;
        }
        if n_digits == 0 {
            return None;
        }
        if at < text.len() {
            if !matches!(text[at], b'p' | b'P') {
                return None;
            }
            number.exponent = number.exponent.saturating_add(exponent(&text[at + 1..])?);
        }
        Some(number)
    }

    fn push(&mut self, digit: u32, fraction: bool) {
        if self.mantissa < 1 << 59 {
            self.mantissa = self.mantissa << 4 | u64::from(digit);
            self.exponent -= if fraction { 4 } else { 0 };
        } else {
            self.sticky |= digit != 0;
            self.exponent += if fraction { 0 } else { 4 };
        }
    }
}

/// A signed decimal number, clamped.
fn exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value: i64 = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = (value * 10 + i64::from(byte - b'0')).min(1 << 50);
    }
    Some(if negative { -value } else { value })
}
