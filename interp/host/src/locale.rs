//! The C library's locale.

use std::ffi::{OsStr, c_char};
use std::io;
use std::os::unix::ffi::OsStrExt;

use crate::syscall::{bytes_of, c_string};

/// `struct lconv`. Strings are in the locale's encoding; `u8` fields of 127 mean "not given".
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of locale.h")]
pub struct Conventions {
    pub decimal_point: Vec<u8>,
    pub thousands_sep: Vec<u8>,
    pub grouping: Vec<u8>,
    pub int_curr_symbol: Vec<u8>,
    pub currency_symbol: Vec<u8>,
    pub mon_decimal_point: Vec<u8>,
    pub mon_thousands_sep: Vec<u8>,
    pub mon_grouping: Vec<u8>,
    pub positive_sign: Vec<u8>,
    pub negative_sign: Vec<u8>,
    pub int_frac_digits: u8,
    pub frac_digits: u8,
    pub p_cs_precedes: u8,
    pub p_sep_by_space: u8,
    pub n_cs_precedes: u8,
    pub n_sep_by_space: u8,
    pub p_sign_posn: u8,
    pub n_sign_posn: u8,
}

/// `setlocale(3)`: asks for a category's locale, or sets it; `None` when it is not known.
pub fn setlocale(category: i32, locale: Option<&[u8]>) -> io::Result<Option<Vec<u8>>> {
    let locale = locale.map(|name| c_string(OsStr::from_bytes(name))).transpose()?;
    let name = locale.as_ref().map_or(std::ptr::null(), |name| name.as_ptr());
    // SAFETY: `name` is null or NUL-terminated. The caller holds the interpreter lock, as CPython's does.
    let result = unsafe { libc::setlocale(category, name) };
    // SAFETY: null or a static string, copied at once.
    Ok(unsafe { bytes_of(result) })
}

/// `localeconv(3)`.
pub fn localeconv() -> Conventions {
    // SAFETY: no arguments; the result points to static storage.
    let raw = unsafe { libc::localeconv() };
    // SAFETY: never null (C11 7.11.2.1).
    let raw = unsafe { &*raw };
    // SAFETY: the fields are C strings of the C library.
    let text = |pointer: *mut c_char| unsafe { bytes_of(pointer) }.unwrap_or_default();
    Conventions {
        decimal_point: text(raw.decimal_point),
        thousands_sep: text(raw.thousands_sep),
        grouping: text(raw.grouping),
        int_curr_symbol: text(raw.int_curr_symbol),
        currency_symbol: text(raw.currency_symbol),
        mon_decimal_point: text(raw.mon_decimal_point),
        mon_thousands_sep: text(raw.mon_thousands_sep),
        mon_grouping: text(raw.mon_grouping),
        positive_sign: text(raw.positive_sign),
        negative_sign: text(raw.negative_sign),
        int_frac_digits: raw.int_frac_digits.cast_unsigned(),
        frac_digits: raw.frac_digits.cast_unsigned(),
        p_cs_precedes: raw.p_cs_precedes.cast_unsigned(),
        p_sep_by_space: raw.p_sep_by_space.cast_unsigned(),
        n_cs_precedes: raw.n_cs_precedes.cast_unsigned(),
        n_sep_by_space: raw.n_sep_by_space.cast_unsigned(),
        p_sign_posn: raw.p_sign_posn.cast_unsigned(),
        n_sign_posn: raw.n_sign_posn.cast_unsigned(),
    }
}

/// `nl_langinfo(3)`: `CODESET`, `RADIXCHAR`, `DAY_1`, …
pub fn nl_langinfo(item: i32) -> Vec<u8> {
    // SAFETY: an integer only; an unknown item is the empty string.
    let text = unsafe { libc::nl_langinfo(item) };
    // SAFETY: a static string, copied at once.
    unsafe { bytes_of(text) }.unwrap_or_default()
}

/// `strcoll(3)`.
pub fn strcoll(left: &[u8], right: &[u8]) -> io::Result<std::cmp::Ordering> {
    let (left, right) = (c_string(OsStr::from_bytes(left))?, c_string(OsStr::from_bytes(right))?);
    // SAFETY: both are NUL-terminated.
    Ok(unsafe { libc::strcoll(left.as_ptr(), right.as_ptr()) }.cmp(&0))
}

/// `strxfrm(3)`: bytes whose order is that of [`strcoll`].
pub fn strxfrm(text: &[u8]) -> io::Result<Vec<u8>> {
    let text = c_string(OsStr::from_bytes(text))?;
    // SAFETY: nothing is written to a buffer of length 0.
    let needed = unsafe { libc::strxfrm(std::ptr::null_mut(), text.as_ptr(), 0) };
    let mut buffer = vec![0_u8; needed + 1];
    // SAFETY: at most `buffer.len()` bytes are written, NUL included.
    unsafe { libc::strxfrm(buffer.as_mut_ptr().cast(), text.as_ptr(), buffer.len()) };
    buffer.truncate(needed);
    Ok(buffer)
}

/// Declares wrappers of the `ctype.h` functions, which answer for one byte in the present locale.
macro_rules! byte_calls {
    ($($(#[$doc:meta])* $name:ident -> $result:ty, $parse:expr;)+) => {$(
        $(#[$doc])*
        pub fn $name(byte: u8) -> $result {
            // SAFETY: any `unsigned char` is allowed.
            ($parse)(unsafe { libc::$name(i32::from(byte)) })
        }
    )+};
}

byte_calls! {
    /// Whether `byte` is a letter or digit in the present locale.
    isalnum -> bool, |answer| answer != 0;
    /// `byte` in lower case in the present locale.
    tolower -> u8, |answer| u8::try_from(answer).unwrap_or(byte_out_of_range());
    /// `byte` in upper case in the present locale.
    toupper -> u8, |answer| u8::try_from(answer).unwrap_or(byte_out_of_range());
}

/// The C library keeps `tolower` of an `unsigned char` in that range.
fn byte_out_of_range() -> u8 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_c_locale() {
        assert_eq!(setlocale(libc::LC_NUMERIC, None).unwrap().unwrap(), b"C");
        assert_eq!(setlocale(libc::LC_ALL, Some(b"no_SUCH")).unwrap(), None);
        let conventions = localeconv();
        assert_eq!(conventions.decimal_point, b".");
        assert_eq!(conventions.frac_digits, 127);
        assert_eq!(nl_langinfo(libc::RADIXCHAR), b".");
        assert_eq!((toupper(b'a'), tolower(b'A'), isalnum(b'_')), (b'A', b'a', false));
        assert!(strcoll(b"a", b"b").unwrap().is_lt());
    }
}
