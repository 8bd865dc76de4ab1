//! `int(text, base)`.

use dashu_int::IBig;

use super::Int;
use crate::unicode::decimal_and_space_to_ascii;
use crate::wtf8::{Side, Space, strip};
use crate::{Error, Result, repr};

/// The limit does not apply below this many digits (`sys.int_info.str_digits_check_threshold`).
const CHECK_THRESHOLD: usize = 640;

/// The base as a number parser needs it, or the error of `int(…, base)`.
pub fn check_base(base: i64) -> Result<u32> {
    match base {
        0 | 2..=36 => Ok(base as u32),
        _ => Err(Error::value("int() base must be >= 2 and <= 36, or 0")),
    }
}

/// `int(s, base)` of a `str`. `max_digits` is `sys.get_int_max_str_digits()`, 0 for no limit.
pub fn parse(s: &[u8], base: u32, max_digits: usize) -> Result<Int> {
    let converted;
    let text = if s.is_ascii() {
        s
    } else {
        converted = decimal_and_space_to_ascii(s);
        &converted
    };
    let text = &text[strip(text, Side::Both, Space::Ascii)];
    parse_ascii(text, base, max_digits, || repr::repr_string(s))
}

/// `int(b, base)` of `bytes`.
pub fn parse_bytes(bytes: &[u8], base: u32, max_digits: usize) -> Result<Int> {
    let text = &bytes[strip(bytes, Side::Both, Space::Ascii)];
    parse_ascii(text, base, max_digits, || repr::repr_bytes(bytes))
}

/// An integer literal of the source language (with prefix and underscores).
pub fn parse_literal(text: &str, max_digits: usize) -> Result<Int> {
    parse_ascii(text.as_bytes(), 0, max_digits, || repr::repr_string(text.as_bytes()))
}

fn parse_ascii(
    text: &[u8],
    base: u32,
    max_digits: usize,
    repr: impl FnOnce() -> String,
) -> Result<Int> {
    let invalid =
        || Error::value(format!("invalid literal for int() with base {base}: {}", repr()));
    let Some(literal) = Literal::scan(text, base) else { return Err(invalid()) };
    let n_digits = literal.digits.len();
    let too_long = max_digits > 0 && n_digits > CHECK_THRESHOLD && n_digits > max_digits;
    if too_long && !literal.base.is_power_of_two() {
        return Err(Error::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion: value has \
             {n_digits} digits; use sys.set_int_max_str_digits() to increase the limit"
        )));
    }
    Ok(literal.value())
}

/// A checked literal: digits of the base without underscores.
struct Literal<'a> {
    negative: bool,
    base: u32,
    digits: std::borrow::Cow<'a, [u8]>,
}

impl<'a> Literal<'a> {
    fn scan(text: &'a [u8], base: u32) -> Option<Self> {
        let (negative, body) = match text {
            [b'-', rest @ ..] => (true, rest),
            [b'+', rest @ ..] => (false, rest),
            _ => (false, text),
        };
        let prefixed = match body {
            [b'0', b'x' | b'X', ..] => 16,
            [b'0', b'o' | b'O', ..] => 8,
            [b'0', b'b' | b'B', ..] => 2,
            _ => 0,
        };
        let has_prefix = prefixed != 0 && (base == 0 || base == prefixed);
        let real_base = match base {
            0 if has_prefix => prefixed,
            0 => 10,
            _ => base,
        };
        let digits = if has_prefix {
            // One underscore may follow the prefix.
            body[2..].strip_prefix(b"_").unwrap_or(&body[2..])
        } else {
            body
        };
        let digits = without_underscores(digits, real_base)?;
        // A literal in base 10 has no leading zeros unless it is zero.
        let is_old_octal = base == 0 && !has_prefix && digits[0] == b'0';
        if is_old_octal && digits.iter().any(|&digit| digit != b'0') {
            return None;
        }
        Some(Self { negative, base: real_base, digits })
    }

    fn value(&self) -> Int {
        // 12 digits of base 36 fit in 63 bits.
        if self.digits.len() <= 12 {
            let magnitude = self.digits.iter().fold(0_i64, |value, &digit| {
                value * i64::from(self.base) + digit_value(digit).map_or(0, i64::from)
            });
            return Int::Small(if self.negative { -magnitude } else { magnitude });
        }
        let digits = std::str::from_utf8(&self.digits).expect("digits are ASCII");
        let magnitude = IBig::from_str_radix(digits, self.base).expect("the digits were checked");
        (if self.negative { -magnitude } else { magnitude }).into()
    }
}

fn digit_value(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(36)
}

/// The digits alone; there must be some, of the base, and single underscores only between two.
fn without_underscores(text: &[u8], base: u32) -> Option<std::borrow::Cow<'_, [u8]>> {
    let is_digit = |byte: &u8| digit_value(*byte).is_some_and(|value| value < base);
    if !text.is_empty() && text.iter().all(is_digit) {
        return Some(text.into());
    }
    let mut out = Vec::with_capacity(text.len());
    for part in text.split(|&byte| byte == b'_') {
        if part.is_empty() || !part.iter().all(is_digit) {
            return None;
        }
        out.extend_from_slice(part);
    }
    Some(out.into())
}
