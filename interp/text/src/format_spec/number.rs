//! `format(number, spec)`.

use super::layout::{Grouping, Parts, lay_out};
use super::{Align, Context, Locale, Sign, Spec, pad, unknown_type};
use crate::float::{self, Flags};
use crate::int::{self, IntRef};
use crate::wtf8::{self, Justify};
use crate::{Error, Result};

const THREE: &[u8] = &[3];
const FOUR: &[u8] = &[4];

/// `format(i, spec)` of an `int`.
pub fn format_int(i: IntRef<'_>, spec: &[u8], context: &Context<'_>) -> Result<Vec<u8>> {
    if spec.is_empty() {
        return Ok(i.to_radix(10, context.max_str_digits)?.into_bytes());
    }
    let spec = Spec::parse(spec, Some('d'), Align::Right, context.type_name)?;
    match spec.ty.and_then(char::from_u32) {
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {
            return finish_float(i.to_f64()?, &spec, context);
        }
        Some('b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n') => {}
        _ => return Err(unknown_type(spec.ty, context.type_name)),
    }
    let refuse =
        |what: &str| Err(Error::value([what, " not allowed in integer format specifier"].concat()));
    if spec.precision.is_some() || spec.fraction_grouping.is_some() {
        return refuse("Precision");
    }
    if spec.no_negative_zero {
        return refuse("Negative zero coercion (z)");
    }
    if spec.ty == Some(u32::from('c')) {
        return format_character(i, &spec, context);
    }
    let (radix, group) = match spec.ty.and_then(char::from_u32) {
        Some('b') => (2, FOUR),
        Some('o') => (8, FOUR),
        Some('x' | 'X') => (16, FOUR),
        _ => (10, THREE),
    };
    let mut text = i.to_radix(radix, context.max_str_digits)?;
    let upper = spec.ty == Some(u32::from('X'));
    if upper {
        text.make_ascii_uppercase();
    }
    let digits = text.trim_start_matches('-');
    let prefix = match (spec.alternate, upper) {
        (false, _) => "",
        (true, false) => int::prefix(radix),
        (true, true) => "0X",
    };
    let parts = Parts {
        negative: digits.len() < text.len(),
        prefix,
        digits: digits.as_bytes(),
        ..Parts::default()
    };
    lay_out(&parts, &spec, &Grouping::of_spec(&spec, context.locale, group))
}

/// Type `c`.
fn format_character(i: IntRef<'_>, spec: &Spec, context: &Context<'_>) -> Result<Vec<u8>> {
    let refuse = |what: &str| {
        Err(Error::value([what, " not allowed with integer format specifier 'c'"].concat()))
    };
    if spec.sign.is_some() {
        return refuse("Sign");
    }
    if spec.alternate {
        return refuse("Alternate form (#)");
    }
    let code_point = match i.to_i64() {
        Some(code_point @ 0..=0x10_FFFF) => code_point as u32,
        Some(_) => return Err(Error::overflow("%c arg not in range(0x110000)")),
        None => return Err(Error::overflow("Python int too large to convert to C long")),
    };
    let text = wtf8::from_code_point(code_point);
    let parts = Parts { rest: &text, ..Parts::default() };
    lay_out(&parts, spec, &Grouping::of_spec(spec, context.locale, THREE))
}

/// `format(x, spec)` of a `float`.
pub fn format_float(x: f64, spec: &[u8], context: &Context<'_>) -> Result<Vec<u8>> {
    if spec.is_empty() {
        return Ok(float::repr(x).into_bytes());
    }
    let spec = Spec::parse(spec, None, Align::Right, context.type_name)?;
    match spec.ty.map(char::from_u32) {
        None | Some(Some('\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | '%')) => {
            finish_float(x, &spec, context)
        }
        Some(_) => Err(unknown_type(spec.ty, context.type_name)),
    }
}

fn finish_float(x: f64, spec: &Spec, context: &Context<'_>) -> Result<Vec<u8>> {
    let percent = spec.ty == Some(u32::from('%'));
    let mut text = convert(if percent { x * 100.0 } else { x }, spec, true)?;
    if percent {
        text.push('%');
    }
    let parts = Parts::of_float(text.as_bytes());
    lay_out(&parts, spec, &Grouping::of_spec(spec, context.locale, THREE))
}

/// The float as text, before sign, grouping and width.
fn convert(x: f64, spec: &Spec, dot_0: bool) -> Result<String> {
    if spec.precision.is_some_and(|precision| i32::try_from(precision).is_err()) {
        return Err(Error::value("precision too big"));
    }
    let ty = spec.ty.filter(|&ty| ty != 0).map(|ty| ty as u8);
    let (code, default_precision) = match (ty, spec.precision) {
        (None, None) => (b'r', 0),
        (None, Some(_)) | (Some(b'n'), _) => (b'g', 6),
        (Some(b'%'), _) => (b'f', 6),
        (Some(code), _) => (code, 6),
    };
    let flags = Flags {
        alternate: spec.alternate,
        add_dot_0: dot_0 && ty.is_none(),
        no_negative_zero: spec.no_negative_zero,
    };
    let precision = spec.precision.unwrap_or(default_precision);
    super::check_size(precision)?;
    Ok(float::format(x, code, precision, flags))
}

/// `format(z, spec)` of a `complex`.
pub fn format_complex(
    real: f64,
    imaginary: f64,
    spec: &[u8],
    context: &Context<'_>,
) -> Result<Vec<u8>> {
    if spec.is_empty() {
        return Ok(crate::complex::repr(real, imaginary).into_bytes());
    }
    let spec = Spec::parse(spec, None, Align::Right, context.type_name)?;
    match spec.ty.map(char::from_u32) {
        None | Some(Some('\0' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')) => {}
        Some(_) => return Err(unknown_type(spec.ty, context.type_name)),
    }
    if spec.precision.is_some_and(|precision| i32::try_from(precision).is_err()) {
        return Err(Error::value("precision too big"));
    }
    if spec.fill == u32::from('0') {
        return Err(Error::value("Zero padding is not allowed in complex format specifier"));
    }
    let justification = match spec.align {
        Align::Left => Justify::Left,
        Align::Right => Justify::Right,
        Align::Center => Justify::Center,
        Align::AfterSign => {
            return Err(Error::value(
                "'=' alignment flag is not allowed in complex format specifier",
            ));
        }
    };
    // Without a type it looks like str(): parentheses, and no real part if that is +0.
    let like_str = spec.ty.is_none_or(|ty| ty == 0);
    let only_imaginary = like_str && real == 0.0 && real.is_sign_positive();
    let grouping = Grouping::of_spec(&spec, context.locale, THREE);
    let mut part = Spec { width: None, fill: 0, align: Align::Left, ..spec };
    let mut out = Vec::new();
    let parenthesized = like_str && !only_imaginary;
    if parenthesized {
        out.push(b'(');
    }
    if !only_imaginary {
        let text = convert(real, &spec, false)?;
        out.extend(lay_out(&Parts::of_float(text.as_bytes()), &part, &grouping)?);
        part.sign = Some(Sign::Plus);
    }
    let text = convert(imaginary, &spec, false)?;
    out.extend(lay_out(&Parts::of_float(text.as_bytes()), &part, &grouping)?);
    out.push(b'j');
    if parenthesized {
        out.push(b')');
    }
    Ok(pad(&out, &spec, justification)?.unwrap_or(out))
}

/// A number's text that somebody else made, in parts.
#[derive(Clone, Debug, Default)]
pub struct NumberText {
    /// Has it a minus sign?
    pub negative: bool,
    /// The integral digits; empty for what is no number.
    pub digits: String,
    /// Is there a point?
    pub has_point: bool,
    /// The digits behind the point.
    pub fraction: String,
    /// The exponent, a percent sign, or what is no number.
    pub rest: String,
}

/// Such a text with the grouping, the sign and the width of a spec.
pub fn lay_out_number(text: &NumberText, spec: &Spec, locale: &Locale) -> Result<Vec<u8>> {
    let parts = Parts {
        negative: text.negative,
        prefix: "",
        digits: text.digits.as_bytes(),
        has_point: text.has_point,
        fraction: text.fraction.as_bytes(),
        rest: text.rest.as_bytes(),
    };
    lay_out(&parts, spec, &Grouping::of_spec(spec, locale, THREE))
}
