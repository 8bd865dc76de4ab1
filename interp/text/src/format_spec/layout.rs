//! A number cut into parts, and the parts put together in a width.

use super::{Align, Locale, Sign, Spec, check_size};
use crate::Result;
use crate::wtf8::push_repeated;

/// The text of a number in parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    pub(super) negative: bool,
    /// `0x` and the like.
    pub(super) prefix: &'a str,
    /// The integral digits; empty for `inf`, `nan` and characters.
    pub(super) digits: &'a [u8],
    pub(super) has_point: bool,
    pub(super) fraction: &'a [u8],
    /// The exponent, a percent sign, or what is no number.
    pub(super) rest: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Cut the text of a float.
    pub(super) fn of_float(text: &'a [u8]) -> Self {
        let negative = text.starts_with(b"-");
        let text = &text[usize::from(negative)..];
        let n_digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = text.split_at(n_digits(text));
        let has_point = rest.starts_with(b".");
        let rest = &rest[usize::from(has_point)..];
        let (fraction, rest) = rest.split_at(n_digits(rest));
        Self { negative, prefix: "", digits, has_point, fraction, rest }
    }
}

/// How the digits are grouped, for one number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grouping<'a> {
    pub(super) point: &'a str,
    pub(super) separator: &'a str,
    /// Sizes from the right, as in [`Locale`].
    pub(super) sizes: &'a [u8],
    pub(super) fraction_separator: &'a str,
}

impl<'a> Grouping<'a> {
    /// What the spec asks for; `group` is the size of a group.
    pub(super) fn of_spec(spec: &Spec, locale: &'a Locale, group: &'a [u8]) -> Self {
        if spec.ty == Some(u32::from('n')) {
            return Self {
                point: locale.point(),
                separator: &locale.thousands_separator,
                sizes: &locale.grouping,
                fraction_separator: "",
            };
        }
        Self {
            point: ".",
            separator: spec.grouping.map_or("", super::Separator::as_str),
            sizes: if spec.grouping.is_some() { group } else { &[] },
            fraction_separator: spec.fraction_grouping.map_or("", super::Separator::as_str),
        }
    }
}

/// Sign, prefix, digits, point, fraction and rest, filled up to the width.
pub(super) fn lay_out(parts: &Parts<'_>, spec: &Spec, grouping: &Grouping<'_>) -> Result<Vec<u8>> {
    let sign = match (parts.negative, spec.sign) {
        (true, _) => "-",
        (false, Some(Sign::Plus)) => "+",
        (false, Some(Sign::Space)) => " ",
        (false, _) => "",
    };
    let point = if parts.has_point { grouping.point } else { "" };
    let fraction = group_fraction(parts.fraction, grouping.fraction_separator);
    let n_chars = |text: &[u8]| crate::wtf8::n_chars(text);
    let n_fixed = sign.len()
        + parts.prefix.len()
        + n_chars(point.as_bytes())
        + fraction.len()
        + n_chars(parts.rest);
    let width = spec.width.unwrap_or(0);
    check_size(width)?;
    let zero_padded = spec.fill == u32::from('0') && spec.align == Align::AfterSign;
    let min_digits = if zero_padded { width.saturating_sub(n_fixed) } else { 0 };
    let digits = if parts.digits.is_empty() {
        Vec::new()
    } else {
        group_integral(parts.digits, min_digits, grouping)
    };
    let n_fill = width.saturating_sub(n_fixed + n_chars(&digits));
    let (left, middle) = match spec.align {
        Align::Left => (0, 0),
        Align::Right => (n_fill, 0),
        Align::Center => (n_fill / 2, 0),
        Align::AfterSign => (0, n_fill),
    };
    let mut out = Vec::with_capacity(n_fixed + digits.len() + n_fill);
    push_repeated(&mut out, spec.fill, left);
    out.extend_from_slice(sign.as_bytes());
    out.extend_from_slice(parts.prefix.as_bytes());
    push_repeated(&mut out, spec.fill, middle);
    out.extend_from_slice(&digits);
    out.extend_from_slice(point.as_bytes());
    out.extend_from_slice(&fraction);
    out.extend_from_slice(parts.rest);
    push_repeated(&mut out, spec.fill, n_fill - left - middle);
    Ok(out)
}

/// Groups of three from the left.
fn group_fraction(fraction: &[u8], separator: &str) -> Vec<u8> {
    if separator.is_empty() {
        return fraction.to_vec();
    }
    fraction.chunks(3).collect::<Vec<_>>().join(separator.as_bytes())
}

/// Groups from the right, with leading zeros until there are `min_width` characters. A zero
/// may come out beyond the width, because a separator never comes first.
fn group_integral(digits: &[u8], min_width: usize, grouping: &Grouping<'_>) -> Vec<u8> {
    let separator_width = crate::wtf8::n_chars(grouping.separator.as_bytes());
    let mut sizes = grouping.sizes.iter();
    let mut size = 0;
    let (mut end, mut missing) = (digits.len(), min_width);
    let mut groups: Vec<(usize, &[u8])> = Vec::new();
    loop {
        size = sizes.next().map_or(size, |&next| usize::from(next));
        let wanted = end.max(missing).max(1);
        let last = size == 0 || size >= 127;
        let len = if last { wanted } else { wanted.min(size) };
        let n_taken = end.min(len);
        groups.push((len - n_taken, &digits[end - n_taken..end]));
        end -= n_taken;
        missing = missing.saturating_sub(len);
        if last || (end == 0 && missing == 0) {
            break;
        }
        missing = missing.saturating_sub(separator_width);
    }
    let mut out = Vec::with_capacity(digits.len().max(min_width) * 4 / 3 + 4);
    for (i, (n_zeros, part)) in groups.iter().rev().enumerate() {
        if i > 0 {
            out.extend_from_slice(grouping.separator.as_bytes());
        }
        out.resize(out.len() + n_zeros, b'0');
        out.extend_from_slice(part);
    }
    out
}
