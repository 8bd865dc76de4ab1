//! Templates of `str.format`: `{field!conversion:spec}`.
//!
//! [`pieces`] cuts a template, [`split_field_name`] a field name; `_string.formatter_parser` and
//! `_string.formatter_field_name_split` are exactly these two. A spec that contains a brace is a
//! template itself, one level deep.

use crate::unicode::decimal_digit;
use crate::wtf8::{self, code_points};
use crate::{Error, Result};

/// Literal text, and the field after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Text to copy; a doubled brace ends a piece and is in it once.
    pub literal: &'a [u8],
    /// What follows the text.
    pub field: Option<Field<'a>>,
}

/// A replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field<'a> {
    /// What to look up, for [`split_field_name`].
    pub name: &'a [u8],
    /// The code point after `!`.
    pub conversion: Option<u32>,
    /// The text after `:`; empty without one.
    pub spec: &'a [u8],
    /// Whether the spec contains fields and must be formatted first.
    pub spec_is_template: bool,
}

/// Iterator over a template; see [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    template: &'a [u8],
    at: usize,
}

/// The literal texts and fields of a template. After an error there is no more.
pub fn pieces(template: &[u8]) -> Pieces<'_> {
    Pieces { template, at: 0 }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.template.len() {
            return None;
        }
        let piece = self.piece();
        if piece.is_err() {
            self.at = self.template.len();
        }
        Some(piece)
    }
}

impl<'a> Pieces<'a> {
    fn piece(&mut self) -> Result<Piece<'a>> {
        let start = self.at;
        let rest = &self.template[start..];
        let Some(n_literal) = memchr::memchr2(b'{', b'}', rest) else {
            self.at = self.template.len();
            return Ok(Piece { literal: rest, field: None });
        };
        let brace = rest[n_literal];
        if rest.get(n_literal + 1) == Some(&brace) {
            self.at = start + n_literal + 2;
            return Ok(Piece { literal: &rest[..=n_literal], field: None });
        }
        if brace == b'}' {
            return Err(Error::value("Single '}' encountered in format string"));
        }
        self.at = start + n_literal + 1;
        if self.at == self.template.len() {
            return Err(Error::value("Single '{' encountered in format string"));
        }
        let field = self.field()?;
        Ok(Piece { literal: &rest[..n_literal], field: Some(field) })
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.template.get(self.at).copied();
        self.at += usize::from(byte.is_some());
        byte
    }

    /// After the opening brace.
    fn field(&mut self) -> Result<Field<'a>> {
        let start = self.at;
        let end = loop {
            match self.bump() {
                Some(b'{') => return Err(Error::value("unexpected '{' in field name")),
                Some(b'[') => {
                    // In brackets everything is part of the key.
                    let rest = &self.template[self.at..];
                    self.at += memchr::memchr(b']', rest).unwrap_or(rest.len());
                }
                Some(end @ (b'}' | b':' | b'!')) => break end,
                Some(_) => {}
                None => return Err(Error::value("expected '}' before end of string")),
            }
        };
        let mut field = Field {
            name: &self.template[start..self.at - 1],
            conversion: None,
            spec: &[],
            spec_is_template: false,
        };
        if end == b'}' {
            return Ok(field);
        }
        if end == b'!' {
            field.conversion = Some(self.conversion()?);
            match self.bump() {
                Some(b'}') => return Ok(field),
                Some(b':') | None => {}
                Some(_) => return Err(Error::value("expected ':' after conversion specifier")),
            }
        }
        (field.spec, field.spec_is_template) = self.spec()?;
        Ok(field)
    }

    fn conversion(&mut self) -> Result<u32> {
        if self.at == self.template.len() {
            return Err(Error::value("end of string while looking for conversion specifier"));
        }
        let (cp, len) = wtf8::decode_at(self.template, self.at);
        self.at += len;
        Ok(cp)
    }

    /// Up to the closing brace that matches.
    fn spec(&mut self) -> Result<(&'a [u8], bool)> {
        let start = self.at;
        let (mut depth, mut is_template) = (1_usize, false);
        loop {
            match self.bump() {
                Some(b'{') => {
                    is_template = true;
                    depth += 1;
                }
                Some(b'}') => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok((&self.template[start..self.at - 1], is_template));
                    }
                }
                Some(_) => {}
                None => return Err(Error::value("unmatched '{' in format spec")),
            }
        }
    }
}

/// The conversion of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// `!r`
    Repr,
    /// `!s`
    Str,
    /// `!a`
    Ascii,
}

impl Conversion {
    /// The conversion a code point names.
    pub fn new(cp: u32) -> Result<Self> {
        match char::from_u32(cp) {
            Some('r') => Ok(Self::Repr),
            Some('s') => Ok(Self::Str),
            Some('a') => Ok(Self::Ascii),
            Some(c) if (33..127).contains(&cp) => {
                Err(Error::value(format!("Unknown conversion specifier {c}")))
            }
            _ => Err(Error::value(format!("Unknown conversion specifier \\x{cp:x}"))),
        }
    }
}

/// The first part of a field name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// Nothing: the next positional argument.
    Empty,
    /// A positional argument.
    Index(usize),
    /// A keyword argument.
    Name(&'a [u8]),
}

/// One step from the argument to the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accessor<'a> {
    /// `.name`
    Attribute(&'a [u8]),
    /// `[0]`
    Index(usize),
    /// `[key]`
    Key(&'a [u8]),
}

/// Iterator over the accessors of a field name; see [`split_field_name`].
#[derive(Clone, Debug)]
pub struct Accessors<'a> {
    rest: &'a [u8],
}

/// Cut a field name at its dots and brackets.
pub fn split_field_name(name: &[u8]) -> Result<(First<'_>, Accessors<'_>)> {
    let end = memchr::memchr2(b'.', b'[', name).unwrap_or(name.len());
    let (first, rest) = name.split_at(end);
    let first = match (first, index(first)?) {
        ([], _) => First::Empty,
        (_, Some(index)) => First::Index(index),
        (name, None) => First::Name(name),
    };
    Ok((first, Accessors { rest }))
}

/// A number made of nothing but decimal digits.
fn index(text: &[u8]) -> Result<Option<usize>> {
    let mut value: usize = 0;
    for cp in code_points(text) {
        let Some(digit) = decimal_digit(cp) else { return Ok(None) };
        value = value
            .checked_mul(10)
            .and_then(|value| value.checked_add(digit as usize))
            .filter(|&value| isize::try_from(value).is_ok())
            .ok_or_else(|| Error::value("Too many decimal digits in format string"))?;
    }
    Ok((!text.is_empty()).then_some(value))
}

impl<'a> Iterator for Accessors<'a> {
    type Item = Result<Accessor<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let accessor = self.accessor();
        if accessor.is_err() {
            self.rest = &[];
        }
        Some(accessor)
    }
}

impl<'a> Accessors<'a> {
    fn accessor(&mut self) -> Result<Accessor<'a>> {
        let body = &self.rest[1..];
        let accessor = match self.rest[0] {
            b'.' => {
                let end = memchr::memchr2(b'.', b'[', body).unwrap_or(body.len());
                self.rest = &body[end..];
                Accessor::Attribute(&body[..end])
            }
            b'[' => {
                let end = memchr::memchr(b']', body)
                    .ok_or_else(|| Error::value("Missing ']' in format string"))?;
                self.rest = &body[end + 1..];
                match index(&body[..end])? {
                    Some(index) => Accessor::Index(index),
                    None => Accessor::Key(&body[..end]),
                }
            }
            _ => {
                return Err(Error::value(
                    "Only '.' or '[' may follow ']' in format field specifier",
                ));
            }
        };
        match accessor {
            Accessor::Attribute([]) | Accessor::Key([]) => {
                Err(Error::value("Empty attribute in format string"))
            }
            _ => Ok(accessor),
        }
    }
}

/// The argument a field means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// A positional argument.
    Positional(usize),
    /// A keyword argument.
    Keyword(&'a [u8]),
}

/// Counts fields without a name; a template numbers all its fields or none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AutoNumber {
    /// No numbered field yet.
    #[default]
    Undecided,
    /// The number of fields counted.
    Automatic(usize),
    /// Fields are numbered by the user.
    Manual,
}

impl AutoNumber {
    /// The argument that the next field means.
    pub fn resolve<'a>(&mut self, first: First<'a>) -> Result<Target<'a>> {
        match (first, *self) {
            (First::Name(name), _) => Ok(Target::Keyword(name)),
            (First::Empty, Self::Manual) => Err(Error::value(
                "cannot switch from manual field specification to automatic field numbering",
            )),
            (First::Index(_), Self::Automatic(_)) => Err(Error::value(
                "cannot switch from automatic field numbering to manual field specification",
            )),
            (First::Empty, Self::Undecided) => {
                *self = Self::Automatic(1);
                Ok(Target::Positional(0))
            }
            (First::Empty, Self::Automatic(n)) => {
                *self = Self::Automatic(n + 1);
                Ok(Target::Positional(n))
            }
            (First::Index(index), _) => {
                *self = Self::Manual;
                Ok(Target::Positional(index))
            }
        }
    }
}
