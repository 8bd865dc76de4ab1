//! Ints as text.

use std::f64::consts::LOG10_2;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, Sign};

use super::decimal::Decimal;
use super::magnitude::divide_by;
use crate::{Error, Result};

/// `sys.int_info.default_max_str_digits`
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;

/// Up to so many words a conversion whose time grows with the square is the quicker one.
const FEW_WORDS: usize = 64;
/// Decimal digits that always fit into a word.
const CHUNK_DIGITS: usize = 19;

/// `str(i)` of a small int.
pub fn i64_to_decimal(i: i64) -> String {
    String::from_utf8_lossy(Decimal::new(i).bytes()).into_owned()
}

/// The digits of every base.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A small int in base 2 to 36, in lower case, without a prefix.
pub fn i64_to_radix(i: i64, radix: u32) -> String {
    if radix == 10 {
        return i64_to_decimal(i);
    }
    // A sign, and a digit for each bit.
    let mut text = [0; 65];
    let mut start = text.len();
    let (mut rest, base) = (i.unsigned_abs(), u64::from(radix));
    loop {
        start -= 1;
        let (digit, left) = if radix.is_power_of_two() {
            (rest & (base - 1), rest >> radix.trailing_zeros())
        } else {
            (rest % base, rest / base)
        };
        text[start] = DIGITS[digit as usize];
        rest = left;
        if rest == 0 {
            break;
        }
    }
    if i < 0 {
        start -= 1;
        text[start] = b'-';
    }
    String::from_utf8_lossy(&text[start..]).into_owned()
}

/// `str(i)` of a big int; `max_digits` is `sys.get_int_max_str_digits()`, 0 for no limit.
pub fn big_to_decimal(i: &IBig, max_digits: usize) -> Result<String> {
    let too_long = || {
        Error::value(format!(
            "Exceeds the limit ({max_digits} digits) for integer string conversion; \
             use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // Less than the real number of digits: a number certainly too long is not converted, which would be slow.
    let at_least = (i.bit_len().saturating_sub(1) as f64 * LOG10_2) as usize;
    if max_digits > 0 && at_least > max_digits {
        return Err(too_long());
    }
    let text = decimal(i);
    let n_digits = text.len() - usize::from(text.starts_with('-'));
    if max_digits > 0 && n_digits > max_digits {
        return Err(too_long());
    }
    Ok(text)
}

/// A big int in base 2 to 36, in lower case, without a prefix and without a limit.
pub fn big_to_radix(i: &IBig, radix: u32) -> String {
    match radix {
        10 => decimal(i),
        // A word has a whole number of digits.
        2 | 4 | 16 => binary(i, radix.trailing_zeros()),
        _ => i.in_radix(radix as u8).to_string(),
    }
}

fn decimal(i: &IBig) -> String {
    let (sign, words) = i.as_sign_words();
    if words.len() > FEW_WORDS {
        return i.to_string();
    }
    let mut rest = words.to_vec();
    let mut chunks = Vec::with_capacity(words.len() + 2);
    while !rest.is_empty() {
        chunks.push(divide_by(&mut rest, 10_u64.pow(CHUNK_DIGITS as u32)));
    }
    let mut out = Vec::with_capacity(chunks.len() * CHUNK_DIGITS + 1);
    for mut chunk in chunks {
        for _ in 0..CHUNK_DIGITS {
            out.push(b'0' + (chunk % 10) as u8);
            chunk /= 10;
        }
    }
    finish(out, sign)
}

/// In a base of a power of two whose digits do not cross words.
fn binary(i: &IBig, bits: u32) -> String {
    let (sign, words) = i.as_sign_words();
    let mask = (1 << bits) - 1;
    let mut out = Vec::with_capacity(words.len() * (64 / bits as usize) + 1);
    for word in words {
        let digits = (0..64).step_by(bits as usize).map(|shift| word >> shift & mask);
        out.extend(digits.map(|digit| b"0123456789abcdef"[digit as usize]));
    }
    finish(out, sign)
}

/// The text of digits, the lowest first, of which the highest may be zeros.
fn finish(mut digits: Vec<u8>, sign: Sign) -> String {
    let used = digits.iter().rposition(|&digit| digit != b'0').map_or(1, |top| top + 1);
    digits.resize(used, b'0');
    if sign == Sign::Negative {
        digits.push(b'-');
    }
    digits.reverse();
    String::from_utf8(digits).expect("digits are ASCII")
}

/// Put `0b`, `0o` or `0x` after the sign: `bin`, `oct`, `hex`.
pub fn with_prefix(digits: &str, radix: u32) -> String {
    let (sign, magnitude) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits),
    };
    [sign, prefix(radix), magnitude].concat()
}

/// The prefix of a literal in this base.
pub(crate) const fn prefix(radix: u32) -> &'static str {
    match radix {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    }
}
