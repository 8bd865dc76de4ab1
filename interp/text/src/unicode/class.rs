//! Predicates on code points, and the `str.is…` methods made of them.
//!
//! A surrogate is in no class.

use rustpython_unicode::{case, classify, identifier};

use crate::wtf8::code_points;

/// Apply a predicate on characters; ASCII is answered by `ascii`.
#[inline]
fn test(cp: u32, ascii: impl Fn(u8) -> bool, other: impl Fn(char) -> bool) -> bool {
    if cp < 0x80 { ascii(cp as u8) } else { char::from_u32(cp).is_some_and(other) }
}

/// A letter (general categories L*).
#[inline]
pub fn is_alpha(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_alphabetic(), classify::is_alpha)
}

/// A letter or anything with a numeric value.
#[inline]
pub fn is_alnum(cp: u32) -> bool {
    test(
        cp,
        |byte| byte.is_ascii_alphanumeric(),
        |c| classify::is_alpha(c) || classify::is_numeric(c),
    )
}

/// A digit of a positional decimal system (category Nd).
#[inline]
pub fn is_decimal(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_digit(), classify::is_decimal)
}

/// A digit, also superscript or circled.
#[inline]
pub fn is_digit(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_digit(), classify::is_digit)
}

/// Anything with a numeric value.
#[inline]
pub fn is_numeric(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_digit(), classify::is_numeric)
}

/// White space: category Zs, or a bidirectional type of WS, B or S.
#[inline]
pub const fn is_space(cp: u32) -> bool {
    matches!(
        cp,
        0x20 | 9..=0x0D | 0x1C..=0x1F | 0x85 | 0xA0 | 0x1680 | 0x2000..=0x200A
            | 0x2028 | 0x2029 | 0x202F | 0x205F | 0x3000
    )
}

/// The derived property Lowercase.
#[inline]
pub fn is_lower(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_lowercase(), case::is_lowercase)
}

/// The derived property Uppercase.
#[inline]
pub fn is_upper(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_uppercase(), case::is_uppercase)
}

/// A title-case letter (category Lt).
#[inline]
pub fn is_title(cp: u32) -> bool {
    test(cp, |_| false, case::is_titlecase)
}

/// The derived property Cased.
#[inline]
pub fn is_cased(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_alphabetic(), case::is_cased)
}

/// Whether `repr` shows the character as it is.
#[inline]
pub fn is_printable(cp: u32) -> bool {
    test(cp, |byte| matches!(byte, b' '..=b'~'), classify::is_repr_printable)
}

/// Whether an identifier may start with it: `_` or `XID_Start`.
#[inline]
pub fn is_identifier_start(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_alphabetic() || byte == b'_', identifier::is_start)
}

/// Whether an identifier may continue with it: `XID_Continue`.
#[inline]
pub fn is_identifier_continue(cp: u32) -> bool {
    test(cp, |byte| byte.is_ascii_alphanumeric() || byte == b'_', identifier::is_continue)
}

fn all_of_some(s: &[u8], predicate: impl Fn(u32) -> bool) -> bool {
    !s.is_empty() && code_points(s).all(predicate)
}

/// `str.isalpha`
pub fn str_is_alpha(s: &[u8]) -> bool {
    all_of_some(s, is_alpha)
}

/// `str.isalnum`
pub fn str_is_alnum(s: &[u8]) -> bool {
    all_of_some(s, is_alnum)
}

/// `str.isdecimal`
pub fn str_is_decimal(s: &[u8]) -> bool {
    all_of_some(s, is_decimal)
}

/// `str.isdigit`
pub fn str_is_digit(s: &[u8]) -> bool {
    all_of_some(s, is_digit)
}

/// `str.isnumeric`
pub fn str_is_numeric(s: &[u8]) -> bool {
    all_of_some(s, is_numeric)
}

/// `str.isspace`
pub fn str_is_space(s: &[u8]) -> bool {
    all_of_some(s, is_space)
}

/// `str.isprintable`; true for the empty string.
pub fn str_is_printable(s: &[u8]) -> bool {
    code_points(s).all(is_printable)
}

/// `str.islower`: something is cased, and nothing is upper or title case.
pub fn str_is_lower(s: &[u8]) -> bool {
    let mut cased = false;
    for cp in code_points(s) {
        if is_upper(cp) || is_title(cp) {
            return false;
        }
        cased = cased || is_lower(cp);
    }
    cased
}

/// `str.isupper`: something is cased, and nothing is lower or title case.
pub fn str_is_upper(s: &[u8]) -> bool {
    let mut cased = false;
    for cp in code_points(s) {
        if is_lower(cp) || is_title(cp) {
            return false;
        }
        cased = cased || is_upper(cp);
    }
    cased
}

/// `str.istitle`: upper case exactly after uncased characters.
pub fn str_is_title(s: &[u8]) -> bool {
    let (mut cased, mut after_cased) = (false, false);
    for cp in code_points(s) {
        let capital = is_upper(cp) || is_title(cp);
        if capital == after_cased && (capital || is_lower(cp)) {
            return false;
        }
        after_cased = capital || is_lower(cp);
        cased = cased || after_cased;
    }
    cased
}

/// `str.isidentifier`; keywords count.
pub fn is_identifier(s: &[u8]) -> bool {
    let mut rest = code_points(s);
    rest.next().is_some_and(is_identifier_start) && rest.all(is_identifier_continue)
}
