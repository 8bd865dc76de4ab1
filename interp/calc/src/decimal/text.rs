//! Numbers from and to text.
use std::fmt::Write as _;

use dashu_int::UBig;
use haft_text::unicode::decimal_digit;

use super::number::{Kind, Number};

/// Read a number; blanks around it and underscores do not count.
pub(super) fn parse(text: &str) -> Option<Number> {
    let mut plain = String::with_capacity(text.len());
    for c in text.trim_matches(is_blank).chars() {
        match c {
            '_' => {}
            c if c.is_ascii() => plain.push(c.to_ascii_lowercase()),
            c => {
                let digit = decimal_digit(u32::from(c))?;
                plain.push(char::from_digit(digit, 10)?);
            }
        }
    }
    let (negative, rest) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    if rest == "inf" || rest == "infinity" {
        return Some(Number::infinity(negative));
    }
    if let Some(payload) = rest.strip_prefix("nan") {
        return nan(payload, Kind::Quiet).map(|nan| nan.with_sign(negative));
    }
    if let Some(payload) = rest.strip_prefix("snan") {
        return nan(payload, Kind::Signaling).map(|nan| nan.with_sign(negative));
    }
    finite(rest).map(|number| number.with_sign(negative))
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

fn nan(payload: &str, kind: Kind) -> Option<Number> {
    let digits = if payload.is_empty() { UBig::ZERO } else { digits_of(payload)? };
    Some(Number { kind, digits, ..Number::nan() })
}

fn digits_of(text: &str) -> Option<UBig> {
    if text.len() <= 38 {
        let mut digits = 0_u128;
        for byte in text.bytes() {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            digits = digits * 10 + u128::from(digit);
        }
        return Some(UBig::from(digits));
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    UBig::from_str_radix(text, 10).ok()
}

fn finite(text: &str) -> Option<Number> {
    let (mantissa, exp) = match text.split_once('e') {
        Some((mantissa, exp)) => (mantissa, exponent(exp)?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = if fraction.is_empty() {
        digits_of(whole)?
    } else {
        digits_of(&[whole, fraction].concat())?
    };
    Some(Number::finite(false, digits, exp.checked_sub(fraction.len() as i64)?))
}

/// An exponent; what no number can have becomes one that is too large.
fn exponent(text: &str) -> Option<i64> {
    const MOST: i64 = i64::MAX / 4;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(MOST).min(MOST);
    Some(if negative { -size } else { size })
}

/// The digits, in base ten.
pub(super) fn digits_text(digits: &UBig) -> String {
    match super::number::small(digits) {
        Some(digits) => digits.to_string(),
        None => digits.in_radix(10).to_string(),
    }
}

/// The scientific form, or the engineering one, whose exponents are multiples of three.
pub(super) fn to_text(number: &Number, is_engineering: bool, capitals: bool) -> String {
    let sign = if number.negative { "-" } else { "" };
    match number.kind {
        Kind::Infinite => return format!("{sign}Infinity"),
        Kind::Quiet | Kind::Signaling => {
            let signaling = if number.kind == Kind::Signaling { "s" } else { "" };
            let payload =
                if number.digits.is_zero() { String::new() } else { digits_text(&number.digits) };
            return format!("{sign}{signaling}NaN{payload}");
        }
        Kind::Finite => {}
    }
    let digits = digits_text(&number.digits);
    let left = number.exp + digits.len() as i64;
    let point = if number.exp <= 0 && left > -6 {
        left
    } else if !is_engineering {
        1
    } else if number.is_zero() {
        (left + 1).rem_euclid(3) - 1
    } else {
        (left - 1).rem_euclid(3) + 1
    };
    let mut text = String::with_capacity(digits.len() + 8);
    text.push_str(sign);
    if point <= 0 {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', -point as usize));
        text.push_str(&digits);
    } else if point as usize >= digits.len() {
        text.push_str(&digits);
        text.extend(std::iter::repeat_n('0', point as usize - digits.len()));
    } else {
        text.push_str(&digits[..point as usize]);
        text.push('.');
        text.push_str(&digits[point as usize..]);
    }
    if left != point {
        let letter = if capitals { 'E' } else { 'e' };
        write!(text, "{letter}{:+}", left - point).expect("a String takes any text");
    }
    text
}
