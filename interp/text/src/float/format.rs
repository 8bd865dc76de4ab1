//! Floats as decimal text: `repr`, and the C conversions `e`, `f`, `g`.
//!
//! A finite number is first turned into digits and the place of the point, either the shortest
//! digits that read back as the same number or the exact value rounded half-to-even; then one
//! routine lays them out.

use std::fmt::Write as _;

/// Beyond this many digits after the point every double has only zeros.
const EXACT_DIGITS: usize = 1100;

/// Variations of [`format()`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `#`: keep the point and the trailing zeros.
    pub alternate: bool,
    /// `repr` adds `.0` to what would look like an int.
    pub add_dot_0: bool,
    /// `z`: a negative number that rounds to zero loses its sign.
    pub no_negative_zero: bool,
}

/// Decimal digits `d1 d2 …` of the number `0.d1d2… × 10^point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// `repr(x)`: the shortest text that reads back as the same number.
pub fn repr(x: f64) -> String {
    // Where no exponent is shown, the library writes what Python does.
    if (1e-4..1e16).contains(&x.abs()) {
        let mut buffer = zmij::Buffer::new();
        let text = buffer.format_finite(x);
        if !text.contains('e') && text.contains('.') {
            return text.to_owned();
        }
    }
    format(x, b'r', 0, Flags { add_dot_0: true, ..Flags::default() })
}

/// The text of `x` for a conversion `e`, `f`, `g` (or capital) with a precision, or `r` for
/// the shortest digits.
pub fn format(x: f64, code: u8, precision: usize, flags: Flags) -> String {
    let upper = code.is_ascii_uppercase();
    let code = code.to_ascii_lowercase();
    if !x.is_finite() {
        let text = match (x.is_nan(), upper) {
            (true, false) => "nan",
            (true, true) => "NAN",
            (false, false) => "inf",
            (false, true) => "INF",
        };
        let sign = if x == f64::NEG_INFINITY { "-" } else { "" };
        return [sign, text].concat();
    }
    if code == b'f' && !flags.alternate && precision <= EXACT_DIGITS {
        // This needs no layout of ours.
        let text = fixed_text(x, precision).unwrap_or_else(|| format!("{x:.precision$}"));
        let drop_sign = flags.no_negative_zero && !text.bytes().any(|b| matches!(b, b'1'..=b'9'));
        return if drop_sign { text.trim_start_matches('-').to_owned() } else { text };
    }
    let precision = if code == b'g' { precision.max(1) } else { precision };
    let mut decimal = match code {
        b'r' => shortest(x),
        b'e' => significant(x, precision.saturating_add(1)),
        b'f' => fixed(x, precision),
        _ => significant(x, precision),
    };
    if code == b'g' {
        strip_zeros(&mut decimal.digits);
    }
    let is_zero = decimal.digits.iter().all(|&digit| digit == b'0');
    let negative = x.is_sign_negative() && !(flags.no_negative_zero && is_zero);
    let mut out = String::with_capacity(24);
    if negative {
        out.push('-');
    }
    lay_out(&mut out, &decimal, code, precision, flags);
    if upper {
        out.make_ascii_uppercase();
    }
    out
}

/// The shortest digits that identify the number.
fn shortest(x: f64) -> Decimal {
    if x == 0.0 {
        return Decimal { digits: vec![b'0'], point: 1 };
    }
    let mut buffer = zmij::Buffer::new();
    let mut decimal = scientific(buffer.format_finite(x.abs()));
    strip_zeros(&mut decimal.digits);
    decimal
}

/// The exact value rounded to `n` significant digits.
fn significant(x: f64, n: usize) -> Decimal {
    let mut text = String::with_capacity(n.min(EXACT_DIGITS) + 8);
    write!(text, "{:.*e}", n.min(EXACT_DIGITS) - 1, x.abs()).expect("a String takes all");
    let mut decimal = scientific(&text);
    if x == 0.0 {
        decimal = Decimal { digits: vec![b'0'; n.min(EXACT_DIGITS)], point: 1 };
    }
    decimal
}

/// The exact value rounded to `n` digits after the point.
fn fixed(x: f64, n: usize) -> Decimal {
    let mut text = String::with_capacity(n.min(EXACT_DIGITS) + 24);
    write!(text, "{:.*}", n.min(EXACT_DIGITS), x.abs()).expect("a String takes all");
    scientific(&text)
}

/// The text of `x` with `n` digits after the point, rounded half-to-even from the exact value, where 128 bits are enough
/// for the number times 10 to the power `n`; nearly always.
fn fixed_text(x: f64, n: usize) -> Option<String> {
    const FRACTION: u32 = f64::MANTISSA_DIGITS - 1;
    let bits = x.abs().to_bits();
    // Zero, large and very small numbers are left to the library, which rounds alike.
    let exponent = (bits >> FRACTION) as u32;
    let shift =
        (1023 + FRACTION).checked_sub(exponent).filter(|shift| (1..=120).contains(shift))?;
    let mantissa = u128::from(bits & ((1 << FRACTION) - 1) | 1 << FRACTION);
    let power = 10_u128.pow(u32::try_from(n).ok().filter(|&n| n <= 20)?);
    let scaled = mantissa * power;
    let (whole, rest, half) = (scaled >> shift, scaled & ((1 << shift) - 1), 1 << (shift - 1));
    let up = rest > half || rest == half && whole & 1 == 1;
    let rounded = whole + u128::from(up);
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let text = match (u64::try_from(rounded), u64::try_from(power)) {
        (Ok(rounded), _) if n == 0 => format!("{sign}{rounded}"),
        (Ok(rounded), Ok(power)) => format!("{sign}{}.{:0n$}", rounded / power, rounded % power),
        _ if n == 0 => format!("{sign}{rounded}"),
        _ => format!("{sign}{}.{:0n$}", rounded / power, rounded % power),
    };
    Some(text)
}

/// Read `[0-9]*.?[0-9]*(e[+-]?[0-9]+)?`.
fn scientific(text: &str) -> Decimal {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().expect("the exponent of a double is small");
    let integral = mantissa.find('.').unwrap_or(mantissa.len());
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let leading = digits.iter().take_while(|&&digit| digit == b'0').count();
    let leading = leading.min(digits.len() - 1);
    digits.drain(..leading);
    let mut point = integral as i32 + exponent - leading as i32;
    if digits == b"0" {
        point = 1;
    }
    Decimal { digits, point }
}

fn strip_zeros(digits: &mut Vec<u8>) {
    while digits.len() > 1 && digits.last() == Some(&b'0') {
        digits.pop();
    }
}

/// Write digits from `start` up to `end`, counted from the first digit; the digit before which
/// the point goes is `point`. Places without a digit are zeros.
fn lay_out(out: &mut String, decimal: &Decimal, code: u8, precision: usize, flags: Flags) {
    let n_digits = decimal.digits.len() as i64;
    let point = i64::from(decimal.point);
    let precision = precision as i64;
    let (exponential, mut end) = match code {
        b'e' => (true, precision.saturating_add(1)),
        b'f' => (false, point.saturating_add(precision)),
        b'g' => {
            let highest = precision - i64::from(flags.add_dot_0);
            let end = if flags.alternate { precision } else { n_digits };
            (point <= -4 || point > highest, end)
        }
        _ => (point <= -4 || point > 16, n_digits),
    };
    let shown_point = if exponential { 1 } else { point };
    let add_dot_0 = i64::from(flags.add_dot_0 && !exponential);
    end = end.max(shown_point + add_dot_0);
    let start = if shown_point <= 0 { shown_point - 1 } else { 0 };

    let digits = &decimal.digits;
    push_places(out, digits, start, shown_point);
    if end > shown_point {
        out.push('.');
        push_places(out, digits, shown_point, end);
    } else if flags.alternate {
        out.push('.');
    }
    if exponential {
        let exponent = point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        write!(out, "e{sign}{:02}", exponent.abs()).expect("a String takes all");
    }
}

fn push_places(out: &mut String, digits: &[u8], start: i64, end: i64) {
    let n_before = (0 - start).clamp(0, end - start) as usize;
    out.extend(std::iter::repeat_n('0', n_before));
    let from = start.clamp(0, digits.len() as i64) as usize;
    let to = end.clamp(from as i64, digits.len() as i64) as usize;
    out.extend(digits[from..to].iter().map(|&digit| char::from(digit)));
    let n_after = (end - start) as usize - n_before - (to - from);
    out.extend(std::iter::repeat_n('0', n_after));
}
