//! The Unicode character database, as the module `unicodedata` shows it.

use rustpython_unicode::{self as data, LookupResult, NormalizeForm, Ucd};

use super::is_space;
use crate::wtf8::{self, Run, code_points, is_surrogate, runs};

/// A version of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Database {
    /// The newest: `unicodedata`.
    Latest,
    /// Unicode 3.2.0, which IDNA 2003 needs: `unicodedata.ucd_3_2_0`.
    V3_2_0,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// One character.
    Character(char),
    /// A named sequence of characters.
    Sequence(&'static str),
}

/// A normalization form (Unicode Standard Annex 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Canonical composition.
    Nfc,
    /// Canonical decomposition.
    Nfd,
    /// Compatibility composition.
    Nfkc,
    /// Compatibility decomposition.
    Nfkd,
}

impl Form {
    /// The form with this name (`"NFC"`, …).
    pub fn from_name(name: &[u8]) -> Option<Self> {
        match name {
            b"NFC" => Some(Self::Nfc),
            b"NFD" => Some(Self::Nfd),
            b"NFKC" => Some(Self::Nfkc),
            b"NFKD" => Some(Self::Nfkd),
            _ => None,
        }
    }

    fn inner(self) -> NormalizeForm {
        match self {
            Self::Nfc => NormalizeForm::Nfc,
            Self::Nfd => NormalizeForm::Nfd,
            Self::Nfkc => NormalizeForm::Nfkc,
            Self::Nfkd => NormalizeForm::Nfkd,
        }
    }
}

impl Database {
    fn ucd(self) -> Ucd {
        Ucd::new(self == Self::Latest)
    }

    /// `unidata_version`
    pub fn version(self) -> String {
        self.ucd().unidata_version()
    }

    /// `category(chr)`: two letters.
    pub fn category(self, cp: u32) -> &'static str {
        char::from_u32(cp).map_or("Cs", |c| self.ucd().category(c.into()))
    }

    /// `bidirectional(chr)`; empty if unassigned.
    pub fn bidirectional(self, cp: u32) -> &'static str {
        let Some(c) = char::from_u32(cp) else { return "L" };
        if self.category(cp) == "Cn" { "" } else { self.ucd().bidirectional(c.into()) }
    }

    /// `combining(chr)`: the canonical combining class.
    pub fn combining(self, cp: u32) -> u8 {
        char::from_u32(cp).map_or(0, |c| self.ucd().combining(c.into()))
    }

    /// `mirrored(chr)`
    pub fn mirrored(self, cp: u32) -> bool {
        char::from_u32(cp).is_some_and(|c| self.ucd().mirrored(c.into()) != 0)
    }

    /// `east_asian_width(chr)`
    pub fn east_asian_width(self, cp: u32) -> &'static str {
        char::from_u32(cp).map_or("N", |c| self.ucd().east_asian_width(c.into()))
    }

    /// `decomposition(chr)`: code points in hexadecimal; empty if there is none.
    pub fn decomposition(self, cp: u32) -> String {
        match char::from_u32(cp) {
            // Hangul syllables decompose by arithmetic, not by the table that this shows.
            Some('\u{AC00}'..='\u{D7A3}') | None => String::new(),
            // Corrigendum 4 exchanged these after 3.2.0; the data crate has the two versions swapped.
            Some('\u{2F868}' | '\u{2F874}' | '\u{2F91F}' | '\u{2F95F}' | '\u{2F9BF}') => {
                Ucd::new(self != Self::Latest)
                    .decomposition(char::from_u32(cp).unwrap_or(' ').into())
            }
            Some(c) => self.ucd().decomposition(c.into()),
        }
    }

    /// `decimal(chr)`
    pub fn decimal(self, cp: u32) -> Option<u64> {
        self.ucd().decimal(char::from_u32(cp)?.into())
    }

    /// `digit(chr)`
    pub fn digit(self, cp: u32) -> Option<u64> {
        self.ucd().digit(char::from_u32(cp)?.into())
    }

    /// `numeric(chr)`
    pub fn numeric(self, cp: u32) -> Option<f64> {
        self.ucd().numeric(char::from_u32(cp)?.into())
    }

    /// `name(chr)`
    pub fn name(self, cp: u32) -> Option<String> {
        let c = char::from_u32(cp)?;
        if self.ucd().membership(c) { data::character_name(c) } else { None }
    }

    /// `lookup(name)`: also aliases and named sequences.
    pub fn lookup(self, name: &str) -> Option<Lookup> {
        Some(match self.ucd().lookup(name)? {
            LookupResult::Character(c) => Lookup::Character(c),
            LookupResult::Sequence(text) => Lookup::Sequence(text),
        })
    }
}

/// The name of a character (`\N{…}` of the `namereplace` error handler).
pub fn name(cp: u32) -> Option<String> {
    Database::Latest.name(cp)
}

/// The character that `\N{name}` means; sequences are refused.
pub fn lookup_character(name: &str) -> Option<char> {
    data::lookup_character(name)
}

/// `unicodedata.normalize(form, s)`
pub fn normalize(form: Form, s: &[u8]) -> Vec<u8> {
    if s.is_ascii() {
        return s.to_vec();
    }
    let mut out = Vec::with_capacity(s.len());
    for run in runs(s) {
        match run {
            Run::Utf8(text) => {
                out.extend(data::normalize(form.inner(), text.as_ref()).into_bytes());
            }
            Run::Surrogate(cp) => wtf8::push(&mut out, cp),
        }
    }
    out
}

/// `unicodedata.is_normalized(form, s)`
pub fn is_normalized(form: Form, s: &[u8]) -> bool {
    s.is_ascii()
        || runs(s).all(|run| match run {
            Run::Utf8(text) => data::is_normalized(form.inner(), text.as_ref()),
            Run::Surrogate(_) => true,
        })
}

/// The value of a decimal digit of any script.
#[inline]
pub fn decimal_digit(cp: u32) -> Option<u32> {
    match cp {
        0x30..=0x39 => Some(cp - 0x30),
        0..=0x65F => None,
        _ if is_surrogate(cp) => None,
        _ => Database::Latest.decimal(cp).map(|value| value as u32),
    }
}

/// The string as number parsers read it: decimal digits of any script and white space become
/// ASCII, anything else that is not ASCII becomes `?`.
pub(crate) fn decimal_and_space_to_ascii(s: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    for cp in code_points(s) {
        out.push(match cp {
            0..=0x7F => cp as u8,
            _ if is_space(cp) => b' ',
            _ => decimal_digit(cp).map_or(b'?', |digit| b'0' + digit as u8),
        });
    }
    out
}
