//! The format specification mini-language (PEP 3101, 378, 515, 682; 3.14 groups fractions too).
//!
//! `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`
//!
//! [`Spec`] is the parsed form. Each `format_…` function parses for its type and lays out the
//! value; a number is cut into sign, prefix, digits, fraction and rest first (`layout`).

mod layout;
mod number;
mod parse;

use crate::wtf8::{self, Justify, justify};
use crate::{Error, ErrorKind, Result, int};

pub use number::{NumberText, format_complex, format_float, format_int, lay_out_number};
pub use parse::{Align, Separator, Sign, Spec};

/// What formatting depends on beside the value and the spec.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The name of the value's type, for messages.
    pub type_name: &'a str,
    /// Used by type `n`.
    pub locale: &'a Locale,
    /// `sys.get_int_max_str_digits()`, 0 for no limit.
    pub max_str_digits: usize,
}

impl<'a> Context<'a> {
    /// The C locale and the default limit.
    pub fn new(type_name: &'a str) -> Self {
        Self { type_name, locale: Locale::c(), max_str_digits: int::DEFAULT_MAX_STR_DIGITS }
    }
}

/// The numeric part of a locale, as `localeconv()` gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locale {
    /// Between the integral digits and the fraction.
    pub decimal_point: String,
    /// Between groups of digits.
    pub thousands_separator: String,
    /// Sizes of the groups from the right; 127 or more ends grouping, the last repeats.
    pub grouping: Vec<u8>,
}

impl Locale {
    /// The locale `C`: no grouping.
    pub fn c() -> &'static Self {
        static C: Locale = Locale {
            decimal_point: String::new(),
            thousands_separator: String::new(),
            grouping: Vec::new(),
        };
        &C
    }

    /// The decimal point; empty stands for the usual one.
    pub(crate) fn point(&self) -> &str {
        if self.decimal_point.is_empty() { "." } else { &self.decimal_point }
    }
}

/// `format(s, spec)` of a `str`.
pub fn format_str(s: &[u8], spec: &[u8], context: &Context<'_>) -> Result<Vec<u8>> {
    if spec.is_empty() {
        return Ok(s.to_vec());
    }
    let spec = Spec::parse(spec, Some('s'), Align::Left, context.type_name)?;
    if spec.ty != Some(u32::from('s')) {
        return Err(unknown_type(spec.ty, context.type_name));
    }
    let refuse =
        |what: &str| Err(Error::value([what, " not allowed in string format specifier"].concat()));
    match spec.sign {
        Some(Sign::Space) => return refuse("Space"),
        Some(_) => return refuse("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    let justification = match spec.align {
        Align::Left => Justify::Left,
        Align::Right => Justify::Right,
        Align::Center => Justify::Center,
        Align::AfterSign => return refuse("'=' alignment"),
    };
    let shown = match spec.precision {
        Some(precision) => &s[..prefix_len(s, precision)],
        None => s,
    };
    Ok(pad(shown, &spec, justification)?.unwrap_or_else(|| shown.to_vec()))
}

/// The bytes of the first `n` code points.
pub(crate) fn prefix_len(s: &[u8], n: usize) -> usize {
    if n >= s.len() {
        return s.len();
    }
    s.iter()
        .enumerate()
        .filter(|(_, byte)| !wtf8::is_continuation(**byte))
        .nth(n)
        .map_or(s.len(), |(at, _)| at)
}

/// Fill up to the width; `None` when there is nothing to fill.
fn pad(text: &[u8], spec: &Spec, justification: Justify) -> Result<Option<Vec<u8>>> {
    let Some(width) = spec.width else { return Ok(None) };
    check_size(width)?;
    let n_chars = wtf8::n_chars(text);
    if justification == Justify::Center && width > n_chars {
        // Unlike `str.center`, the odd blank always goes to the right.
        let left = (width - n_chars) / 2;
        let half = justify(text, n_chars, n_chars + left, spec.fill, Justify::Right);
        let half = half.unwrap_or_else(|| text.to_vec());
        return Ok(justify(&half, n_chars + left, width, spec.fill, Justify::Left));
    }
    Ok(justify(text, n_chars, width, spec.fill, justification))
}

/// `MemoryError` instead of an abort for a size nobody can have.
pub(crate) fn check_size(n_bytes: usize) -> Result<()> {
    if n_bytes > 1 << 28 {
        let probe = Vec::<u8>::new().try_reserve_exact(n_bytes);
        probe.map_err(|_| Error::new(ErrorKind::Memory, ""))?;
    }
    Ok(())
}

/// `Unknown format code …`
fn unknown_type(ty: Option<u32>, type_name: &str) -> Error {
    let code = shown_type(ty.unwrap_or(0));
    Error::value(format!("Unknown format code '{code}' for object of type '{type_name}'"))
}

/// A type character in a message.
fn shown_type(ty: u32) -> String {
    match char::from_u32(ty) {
        Some(c) if (33..128).contains(&ty) => c.to_string(),
        _ => format!("\\x{ty:x}"),
    }
}
