//! Splitting and stripping, as byte ranges of the original.

use std::ops::Range;

use memchr::memmem;

use super::{code_points, decode_at, decode_before};
use crate::unicode;

/// Which characters are white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// `str`: every Unicode space.
    Unicode,
    /// `bytes`: blank and the control characters 9 to 13.
    Ascii,
}

/// Which characters end a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineBreaks {
    /// `str.splitlines`: also VT, FF, FS, GS, RS, NEL, LS and PS.
    Unicode,
    /// `bytes.splitlines`: LF, CR and CR LF.
    Bytes,
}

/// Which ends to strip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `strip`
    Both,
    /// `lstrip`
    Left,
    /// `rstrip`
    Right,
}

/// Whether the byte is white space to `bytes` methods.
#[inline]
pub(crate) const fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13)
}

/// Whether the ASCII character is white space to `str` methods.
#[inline]
const fn is_text_space(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 28..=31)
}

impl Space {
    /// The length of the white-space character that starts at `at`, 0 if there is none.
    #[inline]
    fn len_at(self, s: &[u8], at: usize) -> usize {
        if self == Self::Ascii {
            return usize::from(is_ascii_space(s[at]));
        }
        if s[at].is_ascii() {
            return usize::from(is_text_space(s[at]));
        }
        let (cp, len) = decode_at(s, at);
        if unicode::is_space(cp) { len } else { 0 }
    }

    /// The length of the white-space character that ends at `end`, 0 if there is none.
    #[inline]
    fn len_before(self, s: &[u8], end: usize) -> usize {
        if self == Self::Ascii {
            return usize::from(is_ascii_space(s[end - 1]));
        }
        if s[end - 1].is_ascii() {
            return usize::from(is_text_space(s[end - 1]));
        }
        let (cp, len) = decode_before(s, end);
        if unicode::is_space(cp) { len } else { 0 }
    }

    /// The length of the character that starts at `at`.
    #[inline]
    fn char_len(self, s: &[u8], at: usize) -> usize {
        if self == Self::Ascii { 1 } else { super::sequence_len(s[at]) }
    }

    /// The length of the character that ends at `end`.
    #[inline]
    fn char_len_before(self, s: &[u8], end: usize) -> usize {
        if self == Self::Ascii { 1 } else { decode_before(s, end).1 }
    }
}

/// `s.split(None, max)`, piece by piece.
pub fn split_whitespace(
    s: &[u8],
    max: Option<usize>,
    space: Space,
    mut piece: impl FnMut(Range<usize>),
) {
    let mut left = max.unwrap_or(usize::MAX);
    let mut at = skip_space(s, 0, space);
    while at < s.len() {
        if left == 0 {
            piece(at..s.len());
            break;
        }
        left -= 1;
        let start = at;
        while at < s.len() && space.len_at(s, at) == 0 {
            at += space.char_len(s, at);
        }
        piece(start..at);
        at = skip_space(s, at, space);
    }
}

/// `s.rsplit(None, max)`.
pub fn rsplit_whitespace(s: &[u8], max: Option<usize>, space: Space) -> Vec<Range<usize>> {
    let max = max.unwrap_or(usize::MAX);
    let mut out = Vec::new();
    let mut end = skip_space_back(s, s.len(), space);
    while end > 0 {
        if out.len() == max {
            out.push(0..end);
            break;
        }
        let stop = end;
        while end > 0 && space.len_before(s, end) == 0 {
            end -= space.char_len_before(s, end);
        }
        out.push(end..stop);
        end = skip_space_back(s, end, space);
    }
    out.reverse();
    out
}

fn skip_space(s: &[u8], mut at: usize, space: Space) -> usize {
    while at < s.len() {
        match space.len_at(s, at) {
            0 => break,
            len => at += len,
        }
    }
    at
}

fn skip_space_back(s: &[u8], mut end: usize, space: Space) -> usize {
    while end > 0 {
        match space.len_before(s, end) {
            0 => break,
            len => end -= len,
        }
    }
    end
}

/// `s.split(sep, max)`, piece by piece; `sep` must not be empty.
pub fn split(s: &[u8], sep: &[u8], max: Option<usize>, mut piece: impl FnMut(Range<usize>)) {
    let max = max.unwrap_or(usize::MAX);
    let mut start = 0;
    let mut cut = |at: usize| {
        piece(start..at);
        start = at + sep.len();
    };
    if let [byte] = sep {
        memchr::memchr_iter(*byte, s).take(max).for_each(&mut cut);
    } else {
        memmem::find_iter(s, sep).take(max).for_each(&mut cut);
    }
    piece(start..s.len());
}

/// `s.rsplit(sep, max)`; `sep` must not be empty.
pub fn rsplit(s: &[u8], sep: &[u8], max: Option<usize>) -> Vec<Range<usize>> {
    let max = max.unwrap_or(usize::MAX);
    let mut out = Vec::new();
    let mut end = s.len();
    let finder = memmem::FinderRev::new(sep);
    while out.len() < max {
        let Some(at) = finder.rfind(&s[..end]) else { break };
        out.push(at + sep.len()..end);
        end = at;
    }
    out.push(0..end);
    out.reverse();
    out
}

/// `s.splitlines(keep_ends)`.
pub fn split_lines(s: &[u8], keep_ends: bool, breaks: LineBreaks) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < s.len() {
        let len = line_break_len(s, at, breaks);
        if len == 0 {
            at += 1;
            continue;
        }
        out.push(start..if keep_ends { at + len } else { at });
        at += len;
        start = at;
    }
    if start < s.len() {
        out.push(start..s.len());
    }
    out
}

/// The length of the line break at `at` (any byte, also inside a sequence), 0 if there is none.
#[inline]
fn line_break_len(s: &[u8], at: usize, breaks: LineBreaks) -> usize {
    match s[at] {
        b'\n' => 1,
        b'\r' => 1 + usize::from(s.get(at + 1) == Some(&b'\n')),
        _ if breaks == LineBreaks::Bytes => 0,
        0x0B | 0x0C | 0x1C..=0x1E => 1,
        0xC2 if s.get(at + 1) == Some(&0x85) => 2,
        0xE2 if matches!(s.get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9])) => 3,
        _ => 0,
    }
}

/// `s.strip()`: what is left after removing white space.
pub fn strip(s: &[u8], side: Side, space: Space) -> Range<usize> {
    let start = if side == Side::Right { 0 } else { skip_space(s, 0, space) };
    let mut end = s.len();
    if side != Side::Left {
        while end > start && space.len_before(s, end) > 0 {
            end -= space.len_before(s, end);
        }
    }
    start..end
}

/// `s.strip(set)` for `str`.
pub fn strip_code_points(s: &[u8], side: Side, set: &[u8]) -> Range<usize> {
    if set.is_ascii() {
        return strip_bytes(s, side, set);
    }
    let in_set = |cp: u32| code_points(set).any(|member| member == cp);
    let (mut start, mut end) = (0, s.len());
    while side != Side::Right && start < end {
        let (cp, len) = decode_at(s, start);
        if !in_set(cp) {
            break;
        }
        start += len;
    }
    while side != Side::Left && start < end {
        let (cp, len) = decode_before(s, end);
        if !in_set(cp) {
            break;
        }
        end -= len;
    }
    start..end
}

/// `s.strip(set)` for `bytes`.
pub fn strip_bytes(bytes: &[u8], side: Side, set: &[u8]) -> Range<usize> {
    let (mut start, mut end) = (0, bytes.len());
    while side != Side::Right && start < end && set.contains(&bytes[start]) {
        start += 1;
    }
    while side != Side::Left && start < end && set.contains(&bytes[end - 1]) {
        end -= 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spaces_of_ascii_are_those_of_unicode() {
        for byte in 0..0x80 {
            assert_eq!(is_text_space(byte), unicode::is_space(u32::from(byte)), "{byte}");
        }
    }
}
