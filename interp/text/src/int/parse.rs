//! `int(text, base)`.

use dashu_int::{IBig, Sign};

use super::Int;
use super::magnitude::{multiply_by, trimmed};
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
                value * i64::from(self.base) + i64::from(value_of(digit))
            });
            return Int::Small(if self.negative { -magnitude } else { magnitude });
        }
        let sign = if self.negative { Sign::Negative } else { Sign::Positive };
        if matches!(self.base, 2 | 4 | 16) {
            return IBig::from_sign_words(sign, trimmed(&self.binary_words())).into();
        }
        if self.digits.len() <= FEW_DIGITS {
            return IBig::from_sign_words(sign, &self.words()).into();
        }
        let digits = std::str::from_utf8(&self.digits).expect("digits are ASCII");
        let magnitude = IBig::from_str_radix(digits, self.base).expect("the digits were checked");
        (if self.negative { -magnitude } else { magnitude }).into()
    }

    /// The number in a base whose digits do not cross words.
    fn binary_words(&self) -> Vec<u64> {
        let bits = self.base.trailing_zeros();
        let digits_of_word = 64 / bits as usize;
        let word = |digits: &[u8]| {
            digits.iter().fold(0, |word, &digit| word << bits | u64::from(value_of(digit)))
        };
        self.digits.rchunks(digits_of_word).map(word).collect()
    }

    /// The number, in a time that grows with the square of its length.
    fn words(&self) -> Vec<u64> {
        let base = u64::from(self.base);
        // As many digits as always fit into a word.
        let at_once = u64::MAX.ilog(base) as usize;
        let mut words = Vec::with_capacity(self.digits.len() / 10 + 1);
        for chunk in self.digits.chunks(at_once) {
            let number =
                chunk.iter().fold(0, |number, &digit| number * base + u64::from(value_of(digit)));
            multiply_by(&mut words, base.pow(chunk.len() as u32), number);
        }
        words
    }
}

/// Up to so many digits a conversion whose time grows with the square is the quicker one.
const FEW_DIGITS: usize = 2000;

/// Values of the digits of base 36; other bytes have one that is no digit's.
const VALUES: [u8; 256] = {
    let mut values = [u8::MAX; 256];
    let mut byte = 0;
    while byte < 36 {
        if byte < 10 {
            values[b'0' as usize + byte] = byte as u8;
        } else {
            values[b'a' as usize + byte - 10] = byte as u8;
            values[b'A' as usize + byte - 10] = byte as u8;
        }
        byte += 1;
    }
    values
};

/// The value of a digit, or a larger number than any has.
fn value_of(byte: u8) -> u8 {
    VALUES[usize::from(byte)]
}

/// The digits alone; there must be some, of the base, and single underscores only between two.
fn without_underscores(text: &[u8], base: u32) -> Option<std::borrow::Cow<'_, [u8]>> {
    let is_digit = |byte: &u8| u32::from(value_of(*byte)) < base;
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
