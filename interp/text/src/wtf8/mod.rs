//! Generalized WTF-8: code points in bytes, surrogates included.
//!
//! A lead byte tells the length of its sequence and a continuation byte is never a lead byte,
//! so a byte-wise search for valid text in valid text finds exactly the code-point matches, and
//! joining two strings is joining their bytes.

mod index;
mod pad;
mod search;
mod slice;
mod split;

pub use index::StrIndex;
pub use pad::{Justify, expand_tabs, justify, zfill};
pub use search::{Unit, count, find, partition, replace, rfind, rpartition};
pub use slice::{Indexed, SliceBounds};
pub(crate) use split::is_ascii_space;
pub use split::{
    LineBreaks, Side, Space, rsplit, rsplit_whitespace, split, split_lines, split_whitespace,
    strip, strip_bytes, strip_code_points,
};

/// Whether the code point is a surrogate (U+D800..=U+DFFF), which UTF-8 proper cannot hold.
#[inline]
pub const fn is_surrogate(cp: u32) -> bool {
    cp & 0xFFFF_F800 == 0xD800
}

/// The number of bytes of a sequence, from its lead byte.
#[inline]
pub const fn sequence_len(lead: u8) -> usize {
    match lead {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

/// The number of bytes that encode the code point.
#[inline]
pub const fn encoded_len(cp: u32) -> usize {
    match cp {
        0..=0x7F => 1,
        0x80..=0x7FF => 2,
        0x800..=0xFFFF => 3,
        _ => 4,
    }
}

/// Whether the byte continues a sequence.
#[inline]
pub(crate) const fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// The code point whose sequence starts at `at`, and its length in bytes.
///
/// `at` must be a boundary before the end of `s`.
#[inline]
pub fn decode_at(s: &[u8], at: usize) -> (u32, usize) {
    let low = |i: usize| u32::from(s[at + i] & 0x3F);
    let lead = u32::from(s[at]);
    match lead {
        0..=0x7F => (lead, 1),
        0x80..=0xDF => ((lead & 0x1F) << 6 | low(1), 2),
        0xE0..=0xEF => ((lead & 0x0F) << 12 | low(1) << 6 | low(2), 3),
        _ => ((lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
    }
}

/// The code point whose sequence ends at `end`, and its length in bytes.
///
/// `end` must be a boundary after the start of `s`.
#[inline]
pub fn decode_before(s: &[u8], end: usize) -> (u32, usize) {
    let mut at = end - 1;
    while is_continuation(s[at]) {
        at -= 1;
    }
    decode_at(s, at)
}

/// Append a code point (at most U+10FFFF).
#[inline]
pub fn push(out: &mut Vec<u8>, cp: u32) {
    let tail = |shift: u32| (cp >> shift & 0x3F) as u8 | 0x80;
    match cp {
        0..=0x7F => out.push(cp as u8),
        0x80..=0x7FF => out.extend_from_slice(&[(cp >> 6) as u8 | 0xC0, tail(0)]),
        0x800..=0xFFFF => out.extend_from_slice(&[(cp >> 12) as u8 | 0xE0, tail(6), tail(0)]),
        _ => out.extend_from_slice(&[(cp >> 18) as u8 | 0xF0, tail(12), tail(6), tail(0)]),
    }
}

/// One code point as a string.
pub fn from_code_point(cp: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(4);
    push(&mut out, cp);
    out
}

/// Append the same code point `n` times.
pub fn push_repeated(out: &mut Vec<u8>, cp: u32, n: usize) {
    if cp < 0x80 {
        out.resize(out.len() + n, cp as u8);
        return;
    }
    let one = from_code_point(cp);
    out.reserve(one.len() * n);
    for _ in 0..n {
        out.extend_from_slice(&one);
    }
}

/// The number of code points.
#[inline]
pub fn n_chars(s: &[u8]) -> usize {
    s.iter().filter(|&&byte| !is_continuation(byte)).count()
}

/// Whether the bytes are generalized WTF-8.
pub fn is_valid(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        let Err(error) = std::str::from_utf8(rest) else { return true };
        let at = error.valid_up_to();
        // The only sequences UTF-8 refuses and we accept: ED A0..BF 80..BF.
        let surrogate = matches!(rest[at..], [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]);
        if !surrogate {
            return false;
        }
        rest = &rest[at + 3..];
    }
}

/// The string as UTF-8, unless it holds a surrogate.
#[inline]
pub fn to_str(s: &[u8]) -> Option<&str> {
    std::str::from_utf8(s).ok()
}

/// The string for a message or a log: surrogates become U+FFFD.
pub fn to_string_lossy(s: &[u8]) -> String {
    let mut out = String::with_capacity(s.len());
    for run in runs(s) {
        match run {
            Run::Utf8(text) => out.push_str(text),
            Run::Surrogate(_) => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

/// The code points, from either end.
pub fn code_points(s: &[u8]) -> CodePoints<'_> {
    CodePoints { s, start: 0, end: s.len() }
}

/// Iterator over the code points of a string; see [`code_points`].
#[derive(Clone, Debug)]
pub struct CodePoints<'a> {
    s: &'a [u8],
    start: usize,
    end: usize,
}

impl CodePoints<'_> {
    /// The byte offset of the next code point.
    pub fn offset(&self) -> usize {
        self.start
    }
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        if self.start == self.end {
            return None;
        }
        let (cp, len) = decode_at(self.s, self.start);
        self.start += len;
        Some(cp)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let n_bytes = self.end - self.start;
        (n_bytes.div_ceil(4), Some(n_bytes))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<u32> {
        if self.start == self.end {
            return None;
        }
        let (cp, len) = decode_before(self.s, self.end);
        self.end -= len;
        Some(cp)
    }
}

/// A maximal piece of a string that is UTF-8, or one surrogate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run<'a> {
    /// Text without surrogates.
    Utf8(&'a str),
    /// One surrogate code point.
    Surrogate(u32),
}

/// Iterator over the runs of a string; see [`runs`].
#[derive(Clone, Debug)]
pub struct Runs<'a> {
    rest: &'a [u8],
}

/// The string cut at its surrogates, for code that understands only `&str`.
pub fn runs(s: &[u8]) -> Runs<'_> {
    Runs { rest: s }
}

impl<'a> Iterator for Runs<'a> {
    type Item = Run<'a>;

    fn next(&mut self) -> Option<Run<'a>> {
        let chunk = self.rest.utf8_chunks().next()?;
        let text = chunk.valid();
        if text.is_empty() {
            let (cp, len) = decode_at(self.rest, 0);
            self.rest = &self.rest[len..];
            return Some(Run::Surrogate(cp));
        }
        self.rest = &self.rest[text.len()..];
        Some(Run::Utf8(text))
    }
}
