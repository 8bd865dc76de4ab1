//! A dialect as the reader and the writer use it: its characters as bytes.
use haft_core::object::NoTrace;
use haft_core::{R, Value, Vm};

/// Which fields are quoted; the numbers are those of the constants of `csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    Minimal,
    All,
    NonNumeric,
    None,
    Strings,
    NotNull,
}

/// One character in WTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    bytes: [u8; 4],
    len: u8,
}

impl Mark {
    fn new(text: &[u8]) -> Option<Mark> {
        let mut bytes = [0; 4];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        (!text.is_empty()).then_some(Mark { bytes, len: text.len() as u8 })
    }
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..usize::from(self.len)]
    }
    pub(super) fn is(&self, c: &[u8]) -> bool {
        self.bytes() == c
    }
    pub(super) fn is_space(&self) -> bool {
        self.is(b" ")
    }
}

/// What the attributes of a `Dialect` say.
#[derive(Debug)]
pub(super) struct Format {
    pub(super) delimiter: Mark,
    pub(super) quote: Option<Mark>,
    pub(super) escape: Option<Mark>,
    pub(super) terminator: Vec<u8>,
    pub(super) quoting: Quoting,
    pub(super) double_quote: bool,
    pub(super) skip_space: bool,
    pub(super) strict: bool,
    /// Bytes at which the reader must look: all others are plain text of a field.
    pub(super) stops: [bool; 256],
    /// As `stops`, for the writer: the characters of the line's end belong to them.
    pub(super) specials: [bool; 256],
}

impl Format {
    /// Read the attributes of a `Dialect`.
    pub(super) fn of(vm: &mut Vm, dialect: Value) -> R<NoTrace<Box<Format>>> {
        let delimiter = mark(vm, dialect, "_delimiter")?;
        let Some(delimiter) = delimiter else {
            return Err(vm.type_error("\"delimiter\" must be a 1-character string"));
        };
        let terminator = vm.get_attr_str(dialect, "_lineterminator")?;
        let quoting = vm.get_attr_str(dialect, "_quoting")?;
        let mut format = Format {
            delimiter,
            quote: mark(vm, dialect, "_quotechar")?,
            escape: mark(vm, dialect, "_escapechar")?,
            terminator: crate::support::str_argument(vm, terminator, "lineterminator")?
                .bytes()
                .to_vec(),
            quoting: match vm.index_of(quoting)? {
                1 => Quoting::All,
                2 => Quoting::NonNumeric,
                3 => Quoting::None,
                4 => Quoting::Strings,
                5 => Quoting::NotNull,
                _ => Quoting::Minimal,
            },
            double_quote: flag(vm, dialect, "_doublequote")?,
            skip_space: flag(vm, dialect, "_skipinitialspace")?,
            strict: flag(vm, dialect, "_strict")?,
            stops: [false; 256],
            specials: [false; 256],
        };
        format.mark_bytes();
        Ok(NoTrace(Box::new(format)))
    }

    fn mark_bytes(&mut self) {
        let marks = [Some(self.delimiter), self.quote, self.escape];
        let firsts = marks.iter().flatten().map(|mark| mark.bytes[0]).chain(*b"\r\n");
        for first in firsts {
            self.stops[usize::from(first)] = true;
        }
        self.specials = self.stops;
        for &byte in &self.terminator {
            self.specials[usize::from(byte)] = true;
        }
    }

    /// Must the writer protect this character?
    pub(super) fn is_special(&self, c: &[u8]) -> bool {
        self.delimiter.is(c)
            || self.is_quote(c)
            || self.is_escape(c)
            || matches!(c, b"\r" | b"\n")
            || chars(&self.terminator).any(|of_end| of_end == c)
    }
    pub(super) fn is_quote(&self, c: &[u8]) -> bool {
        self.quote.is_some_and(|quote| quote.is(c))
    }
    pub(super) fn is_escape(&self, c: &[u8]) -> bool {
        self.escape.is_some_and(|escape| escape.is(c))
    }
}

/// The characters of a text in WTF-8.
pub(super) fn chars(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (c, behind) = rest.split_at_checked(char_len(*rest.first()?))?;
        rest = behind;
        Some(c)
    })
}

/// Bytes of the character that begins with this one.
pub(super) fn char_len(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

fn mark(vm: &mut Vm, dialect: Value, name: &str) -> R<Option<Mark>> {
    let value = vm.get_attr_str(dialect, name)?;
    Ok(vm.as_str(value).and_then(|text| Mark::new(text.bytes())))
}

fn flag(vm: &mut Vm, dialect: Value, name: &str) -> R<bool> {
    let value = vm.get_attr_str(dialect, name)?;
    vm.truth(value)
}
