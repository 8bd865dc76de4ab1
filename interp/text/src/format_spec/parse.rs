//! A format specification as a value.

use super::shown_type;
use crate::unicode::decimal_digit;
use crate::wtf8::{self, code_points};
use crate::{Error, Result};

/// Where the value goes within its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: the filling goes between the sign and the digits.
    AfterSign,
}

/// When a sign is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `-`: for negative numbers, as without one.
    Minus,
    /// `+`: always.
    Plus,
    /// A blank: a blank for positive numbers.
    Space,
}

/// What goes between groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    Comma,
    /// `_`
    Underscore,
}

impl Separator {
    /// As text.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Underscore => "_",
        }
    }
}

/// A parsed format specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spec {
    /// The code point to fill with; a blank by default.
    pub fill: u32,
    /// The alignment, or the default of the type.
    pub align: Align,
    /// The sign option, if given.
    pub sign: Option<Sign>,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least width in code points.
    pub width: Option<usize>,
    /// Grouping of the integral digits.
    pub grouping: Option<Separator>,
    /// The precision.
    pub precision: Option<usize>,
    /// Grouping of the fraction.
    pub fraction_grouping: Option<Separator>,
    /// The type: a code point, or the default of the type.
    pub ty: Option<u32>,
}

impl Spec {
    /// Parse for a type with these defaults; `type_name` goes into messages.
    pub fn parse(
        spec: &[u8],
        default_type: Option<char>,
        default_align: Align,
        type_name: &str,
    ) -> Result<Self> {
        let mut parser = Parser { rest: code_points(spec) };
        let spec_start = Self {
            fill: u32::from(' '),
            align: default_align,
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            fraction_grouping: None,
            ty: default_type.map(u32::from),
        };
        let mut out = parser.flags(spec_start);
        out.width = parser.integer()?;
        out.grouping = parser.grouping()?;
        if parser.eat('.') {
            out.precision = parser.integer()?;
            out.fraction_grouping = parser.grouping()?;
            if out.precision.is_none() && out.fraction_grouping.is_none() {
                return Err(Error::value("Format specifier missing precision"));
            }
        }
        if let Some(ty) = parser.rest.next() {
            if parser.rest.next().is_some() {
                return Err(Error::value(format!(
                    "Invalid format specifier '{}' for object of type '{type_name}'",
                    wtf8::to_string_lossy(spec)
                )));
            }
            out.ty = Some(ty);
        }
        out.check_grouping()?;
        Ok(out)
    }

    /// Grouping is defined for some types only.
    fn check_grouping(&self) -> Result<()> {
        let ty = self.ty.and_then(char::from_u32);
        if let Some(separator) = self.grouping {
            let allowed = match ty {
                None | Some('d' | 'e' | 'f' | 'g' | 'E' | 'G' | '%' | 'F' | '\0') => true,
                Some('b' | 'o' | 'x' | 'X') => separator == Separator::Underscore,
                Some(_) => false,
            };
            if !allowed || self.ty.is_some_and(wtf8::is_surrogate) {
                return Err(cannot_group(separator, self.ty));
            }
        }
        match self.fraction_grouping {
            Some(separator) if ty == Some('n') => Err(cannot_group(separator, self.ty)),
            _ => Ok(()),
        }
    }
}

fn cannot_group(separator: Separator, ty: Option<u32>) -> Error {
    let code = shown_type(ty.unwrap_or(0));
    Error::value(format!("Cannot specify '{}' with '{code}'.", separator.as_str()))
}

/// The rest of the text.
struct Parser<'a> {
    rest: wtf8::CodePoints<'a>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u32> {
        self.rest.clone().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(u32::from(wanted));
        if found {
            self.rest.next();
        }
        found
    }

    /// `[[fill]align][sign][z][#][0]`
    fn flags(&mut self, mut spec: Spec) -> Spec {
        let mut ahead = self.rest.clone();
        let (first, second) = (ahead.next(), ahead.next());
        let mut explicit_fill = false;
        let mut explicit_align = true;
        if let (Some(fill), Some(align)) = (first, second.and_then(alignment)) {
            (spec.fill, spec.align) = (fill, align);
            explicit_fill = true;
            self.rest = ahead;
        } else if let Some(align) = first.and_then(alignment) {
            spec.align = align;
            self.rest.next();
        } else {
            explicit_align = false;
        }
        spec.sign = [('-', Sign::Minus), ('+', Sign::Plus), (' ', Sign::Space)]
            .into_iter()
            .find(|(c, _)| self.eat(*c))
            .map(|(_, sign)| sign);
        spec.no_negative_zero = self.eat('z');
        spec.alternate = self.eat('#');
        if !explicit_fill && self.eat('0') {
            spec.fill = u32::from('0');
            if !explicit_align && spec.align == Align::Right {
                spec.align = Align::AfterSign;
            }
        }
        spec
    }

    /// Decimal digits of any script.
    fn integer(&mut self) -> Result<Option<usize>> {
        let mut value: Option<usize> = None;
        while let Some(digit) = self.peek().and_then(decimal_digit) {
            self.rest.next();
            let next =
                value.unwrap_or(0).checked_mul(10).and_then(|v| v.checked_add(digit as usize));
            match next.filter(|&v| isize::try_from(v).is_ok()) {
                Some(next) => value = Some(next),
                None => return Err(Error::value("Too many decimal digits in format string")),
            }
        }
        Ok(value)
    }

    /// `[,_]`
    fn grouping(&mut self) -> Result<Option<Separator>> {
        let both = || Err(Error::value("Cannot specify both ',' and '_'."));
        if self.eat(',') {
            return if self.peek() == Some(u32::from('_')) {
                both()
            } else {
                Ok(Some(Separator::Comma))
            };
        }
        if self.eat('_') {
            return if self.peek() == Some(u32::from(',')) {
                both()
            } else {
                Ok(Some(Separator::Underscore))
            };
        }
        Ok(None)
    }
}

fn alignment(cp: u32) -> Option<Align> {
    match char::from_u32(cp)? {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}
