//! `%` formatting of `str` and `bytes`.
//!
//! [`Directives`] cuts the template. For each directive the caller fetches the arguments of `*`
//! and the value, makes a [`Layout`] of the directive, and calls the `format_…` function of the
//! conversion.

use crate::float;
use crate::int::{self, IntRef};
use crate::wtf8::{self, push_repeated};
use crate::{Error, Result};

/// Whether text is code points or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// `str % …`
    Str,
    /// `bytes % …`
    Bytes,
}

/// The flags of a directive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    const LEFT: u8 = 1;
    const PLUS: u8 = 2;
    const BLANK: u8 = 4;
    const ALTERNATE: u8 = 8;
    const ZERO: u8 = 16;

    fn has(self, flag: u8) -> bool {
        self.0 & flag != 0
    }

    fn of_byte(byte: u8) -> Option<u8> {
        Some(match byte {
            b'-' => Self::LEFT,
            b'+' => Self::PLUS,
            b' ' => Self::BLANK,
            b'#' => Self::ALTERNATE,
            b'0' => Self::ZERO,
            _ => return None,
        })
    }
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Not given.
    None,
    /// A number.
    Is(usize),
    /// `*`: the next argument.
    Argument,
}

/// `%(key)flags width .precision conversion`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The text in parentheses: the argument is a mapping.
    pub key: Option<&'a [u8]>,
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: Count,
    /// The precision.
    pub precision: Count,
    /// The conversion, a code point; `l`, `h` and `L` before it are skipped.
    pub conversion: u32,
    /// The template up to the conversion.
    before: &'a [u8],
}

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// Text to copy; also the `%` of `%%`.
    Literal(&'a [u8]),
    /// A value to convert.
    Directive(Directive<'a>),
}

/// Iterator over a template.
#[derive(Clone, Debug)]
pub struct Directives<'a> {
    template: &'a [u8],
    at: usize,
    text: Text,
}

impl<'a> Directives<'a> {
    /// Start at the beginning of a template.
    pub fn new(template: &'a [u8], text: Text) -> Self {
        Self { template, at: 0, text }
    }

    /// The literal text up to the next directive, and its conversion, if that is all there is of it: `%s`, `%d`, `%i` or
    /// `%u`. To be [passed](Self::pass) when it has been dealt with.
    #[inline]
    pub fn bare(&self) -> Option<(&'a [u8], u8)> {
        let rest = &self.template[self.at..];
        let n_literal = rest.iter().position(|&byte| byte == b'%')?;
        let conversion = *rest.get(n_literal + 1)?;
        matches!(conversion, b's' | b'd' | b'i' | b'u').then(|| (&rest[..n_literal], conversion))
    }

    /// Go on behind such a directive.
    #[inline]
    pub fn pass(&mut self, literal: &[u8]) {
        self.at += literal.len() + 2;
    }

    fn peek(&self) -> Option<u8> {
        self.template.get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// After the percent sign.
    fn directive(&mut self) -> Result<Directive<'a>> {
        let key = if self.eat(b'(') { Some(self.key()?) } else { None };
        let mut flags = Flags::default();
        while let Some(flag) = self.peek().and_then(Flags::of_byte) {
            flags.0 |= flag;
            self.at += 1;
        }
        let width = self.count(isize::MAX as usize, "width too big")?;
        let precision = if self.eat(b'.') {
            let message = if self.text == Text::Str { "precision too big" } else { "prec too big" };
            match self.count(i32::MAX as usize, message)? {
                Count::None => Count::Is(0),
                count => count,
            }
        } else {
            Count::None
        };
        if matches!(self.peek(), Some(b'l' | b'h' | b'L')) {
            self.at += 1;
        }
        if self.at == self.template.len() {
            return Err(Error::value("incomplete format"));
        }
        let (conversion, len) = match self.text {
            Text::Str => wtf8::decode_at(self.template, self.at),
            Text::Bytes => (u32::from(self.template[self.at]), 1),
        };
        let before = &self.template[..self.at];
        self.at += len;
        Ok(Directive { key, flags, width, precision, conversion, before })
    }

    /// Up to the parenthesis that matches.
    fn key(&mut self) -> Result<&'a [u8]> {
        let start = self.at;
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Ok(&self.template[start..self.at - 1]);
            }
        }
        Err(Error::value("incomplete format key"))
    }

    fn count(&mut self, max: usize, message: &'static str) -> Result<Count> {
        if self.eat(b'*') {
            return Ok(Count::Argument);
        }
        let mut count = Count::None;
        let mut value: usize = 0;
        while let Some(byte @ b'0'..=b'9') = self.peek() {
            let digit = usize::from(byte - b'0');
            if value > (max - digit) / 10 {
                return Err(Error::value(message));
            }
            value = value * 10 + digit;
            count = Count::Is(value);
            self.at += 1;
        }
        Ok(count)
    }
}

impl<'a> Iterator for Directives<'a> {
    type Item = Result<Item<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.template.get(self.at..).filter(|rest| !rest.is_empty())?;
        let n_literal = memchr::memchr(b'%', rest).unwrap_or(rest.len());
        if n_literal > 0 {
            self.at += n_literal;
            return Some(Ok(Item::Literal(&rest[..n_literal])));
        }
        self.at += 1;
        if self.eat(b'%') {
            return Some(Ok(Item::Literal(b"%")));
        }
        let directive = self.directive();
        if directive.is_err() {
            self.at = self.template.len();
        }
        Some(directive.map(Item::Directive))
    }
}

impl Directive<'_> {
    /// The error for a conversion that does not exist (raised after taking the argument).
    pub fn unsupported(&self, text: Text) -> Error {
        let cp = self.conversion;
        let shown = match char::from_u32(cp) {
            Some(c) if text == Text::Bytes || (31..127).contains(&cp) => c,
            _ => '?',
        };
        let before = self.before;
        let index = if text == Text::Str { wtf8::n_chars(before) } else { before.len() };
        Error::value(format!("unsupported format character '{shown}' ({cp:#x}) at index {index}"))
    }

    /// The layout, given the arguments for `*` (`None` where the directive has none).
    pub fn layout(&self, width: Option<i64>, precision: Option<i64>) -> Result<Layout> {
        let mut flags = self.flags;
        let width = match self.width {
            Count::None => 0,
            Count::Is(width) => width,
            Count::Argument => {
                let width = width.unwrap_or(0);
                if width < 0 {
                    flags.0 |= Flags::LEFT;
                }
                width.unsigned_abs() as usize
            }
        };
        crate::format_spec::check_size(width)?;
        let precision = match self.precision {
            Count::None => None,
            Count::Is(precision) => Some(precision),
            Count::Argument => Some(precision.unwrap_or(0).max(0) as usize),
        };
        Ok(Layout { flags, width, precision })
    }
}

/// A directive whose numbers are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    flags: Flags,
    width: usize,
    /// The precision.
    pub precision: Option<usize>,
}

impl Layout {
    /// Whether the text needs neither filling nor cutting.
    pub fn is_plain(&self) -> bool {
        self.width == 0 && self.precision.is_none()
    }

    /// A number as text (`-` first if negative): sign, prefix, filling.
    fn number(&self, number: &str, prefix: &str) -> String {
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let sign = match (negative, self.flags) {
            (true, _) => "-",
            (false, flags) if flags.has(Flags::PLUS) => "+",
            (false, flags) if flags.has(Flags::BLANK) => " ",
            _ => "",
        };
        let n_fill = self.width.saturating_sub(sign.len() + prefix.len() + digits.len());
        let fill = |c: &str| c.repeat(n_fill);
        if self.flags.has(Flags::LEFT) {
            [sign, prefix, digits, &fill(" ")].concat()
        } else if self.flags.has(Flags::ZERO) {
            [sign, prefix, &fill("0"), digits].concat()
        } else {
            [&fill(" "), sign, prefix, digits].concat()
        }
    }

    /// Text filled with blanks.
    fn pad(&self, value: &[u8], n_chars: usize) -> Vec<u8> {
        let n_fill = self.width.saturating_sub(n_chars);
        let mut out = Vec::with_capacity(value.len() + n_fill);
        if !self.flags.has(Flags::LEFT) {
            push_repeated(&mut out, u32::from(b' '), n_fill);
        }
        out.extend_from_slice(value);
        if self.flags.has(Flags::LEFT) {
            push_repeated(&mut out, u32::from(b' '), n_fill);
        }
        out
    }
}

/// `d i u o x X` of an int.
pub fn format_int(
    i: IntRef<'_>,
    conversion: u8,
    layout: &Layout,
    max_str_digits: usize,
) -> Result<String> {
    let radix = match conversion {
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let mut number = i.to_radix(radix, max_str_digits)?;
    let precision = layout.precision.unwrap_or(0);
    crate::format_spec::check_size(precision)?;
    let sign = usize::from(number.starts_with('-'));
    let n_zeros = precision.saturating_sub(number.len() - sign);
    number.insert_str(sign, &"0".repeat(n_zeros));
    let prefix = if layout.flags.has(Flags::ALTERNATE) { int::prefix(radix) } else { "" };
    let mut out = layout.number(&number, prefix);
    if conversion == b'X' {
        out.make_ascii_uppercase();
    }
    Ok(out)
}

/// `e E f F g G` of a float.
pub fn format_float(x: f64, conversion: u8, layout: &Layout) -> Result<String> {
    let precision = layout.precision.unwrap_or(6);
    crate::format_spec::check_size(precision)?;
    let flags =
        float::Flags { alternate: layout.flags.has(Flags::ALTERNATE), ..Default::default() };
    Ok(layout.number(&float::format(x, conversion, precision, flags), ""))
}

/// `s r a b` of a value that is text already.
pub fn format_text(value: &[u8], layout: &Layout, text: Text) -> Vec<u8> {
    if text == Text::Bytes {
        let shown = &value[..layout.precision.unwrap_or(usize::MAX).min(value.len())];
        return layout.pad(shown, shown.len());
    }
    let shown = match layout.precision {
        Some(precision) => &value[..crate::format_spec::prefix_len(value, precision)],
        None => value,
    };
    layout.pad(shown, wtf8::n_chars(shown))
}

/// `c` of an int.
pub fn format_character(i: IntRef<'_>, layout: &Layout, text: Text) -> Result<Vec<u8>> {
    let (limit, shown) = if text == Text::Str { (0x11_0000, "0x110000") } else { (256, "256") };
    match i.to_i64().and_then(|i| u32::try_from(i).ok()) {
        Some(cp) if cp < limit => {
            let one = match text {
                Text::Str => wtf8::from_code_point(cp),
                Text::Bytes => vec![cp as u8],
            };
            Ok(layout.pad(&one, 1))
        }
        _ => Err(Error::overflow(format!("%c arg not in range({shown})"))),
    }
}

/// The `TypeError` for a value of the wrong type. For a text of the wrong length given to `%c`
/// the name is `a string of length 2`, `a bytes object of length 2` or the like.
pub fn argument_error(conversion: u8, type_name: &str, text: Text) -> Error {
    let shown = char::from(conversion);
    Error::ty(match (conversion, text) {
        (b'x' | b'X' | b'o', _) => {
            format!("%{shown} format: an integer is required, not {type_name}")
        }
        (b'd' | b'i' | b'u', _) => {
            format!("%{shown} format: a real number is required, not {type_name}")
        }
        (b'c', Text::Str) => {
            format!("%c requires an int or a unicode character, not {type_name}")
        }
        (b'c', Text::Bytes) => {
            format!("%c requires an integer in range(256) or a single byte, not {type_name}")
        }
        (b's' | b'b', Text::Bytes) => format!(
            "%b requires a bytes-like object, or an object that implements __bytes__, not \
             '{type_name}'"
        ),
        (_, Text::Str) => format!("must be real number, not {type_name}"),
        (_, Text::Bytes) => format!("float argument required, not {type_name}"),
    })
}
