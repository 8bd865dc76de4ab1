//! What is searched: text as WTF-8 or as single bytes.

use std::ops::Range;

use haft_text::wtf8;

use crate::chars::{CharTest, RunEnd};

/// A subject. All offsets that the engine takes and gives are byte offsets into it.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// A `str`: generalized WTF-8, and whether all of it is ASCII.
    Wtf8 {
        /// The code points.
        bytes: &'a [u8],
        /// All of `bytes` are below 128.
        ascii: bool,
    },
    /// A bytes-like object.
    Bytes(&'a [u8]),
}

impl<'a> Subject<'a> {
    /// The bytes.
    pub fn bytes(&self) -> &'a [u8] {
        match *self {
            Subject::Wtf8 { bytes, .. } | Subject::Bytes(bytes) => bytes,
        }
    }

    /// Whether each byte is one character.
    pub fn is_single_byte(&self) -> bool {
        match self {
            Subject::Wtf8 { ascii, .. } => *ascii,
            Subject::Bytes(_) => true,
        }
    }

    /// The byte range of the characters `pos..end_pos`, each cut to the subject as Python cuts them.
    ///
    /// The range may be reversed; then nothing matches. Takes time in proportion to `pos` and to the
    /// distance of `end_pos` from it unless the subject is single-byte or a bound is at an end.
    pub fn window(&self, pos: isize, end_pos: isize) -> Range<usize> {
        let length = self.bytes().len();
        let start = self.offset(usize::try_from(pos).unwrap_or(0), 0, 0);
        let Ok(end_pos) = usize::try_from(end_pos) else { return start..0 };
        // A subject never has more characters than bytes.
        if end_pos >= length {
            return start..length;
        }
        start..self.offset(end_pos, 0, 0)
    }

    /// The byte offset of character `index`, walking from `known_byte`, which is character `known_index`
    /// and not after it.
    pub fn offset(&self, index: usize, known_index: usize, known_byte: usize) -> usize {
        let bytes = self.bytes();
        if self.is_single_byte() {
            return index.min(bytes.len());
        }
        let mut at = known_byte;
        for _ in known_index..index {
            if at >= bytes.len() {
                break;
            }
            at += wtf8::sequence_len(bytes[at]);
        }
        at.min(bytes.len())
    }
}

/// Turns growing byte offsets into character positions, counting only what lies between two questions.
#[derive(Debug, Clone)]
pub struct CharCursor<'a> {
    subject: Subject<'a>,
    byte: usize,
    chars: usize,
}

impl<'a> CharCursor<'a> {
    /// Starts at the beginning of `subject`.
    pub fn new(subject: Subject<'a>) -> CharCursor<'a> {
        CharCursor { subject, byte: 0, chars: 0 }
    }

    /// The position of the character at byte `offset`. A step back counts from there too.
    pub fn chars(&mut self, offset: usize) -> usize {
        if self.subject.is_single_byte() {
            return offset;
        }
        let bytes = self.subject.bytes();
        if offset >= self.byte {
            self.chars += wtf8::n_chars(&bytes[self.byte..offset]);
        } else {
            self.chars -= wtf8::n_chars(&bytes[offset..self.byte]);
        }
        self.byte = offset;
        self.chars
    }
}

/// How characters lie in bytes. The matcher is compiled once for each.
pub(crate) trait Encoding {
    /// The character at `at`, which is before the end, and the offset after it.
    fn next(text: &[u8], at: usize) -> (u32, usize);
    /// The offset of the character before `at`, which is after the start.
    fn retreat(text: &[u8], at: usize) -> usize;
    /// The offset after the character at `at`, which is before the end.
    fn advance(text: &[u8], at: usize) -> usize;
    /// Whether the character at `at` passes, and the offset after it.
    fn pass(test: &CharTest, text: &[u8], at: usize) -> Option<usize>;
    /// The offset `count` characters before `at`; `None` beyond the start.
    fn skip_back(text: &[u8], at: usize, count: usize) -> Option<usize>;
    /// The bytes of `ch`; `None` when this encoding cannot hold it.
    fn encode(ch: u32, out: &mut Vec<u8>) -> Option<()>;

    /// The character before `at`, which is after the start.
    fn before(text: &[u8], at: usize) -> u32 {
        Self::next(text, Self::retreat(text, at)).0
    }

    /// The end of the longest run of at most `max` passing characters from `at`.
    fn run(test: &CharTest, text: &[u8], at: usize, max: usize) -> usize {
        if max >= text.len() - at {
            match test.run_end() {
                RunEnd::Never => return text.len(),
                RunEnd::At(byte) => {
                    return memchr::memchr(byte, &text[at..]).map_or(text.len(), |n| at + n);
                }
                RunEnd::Other => {}
            }
        }
        let mut at = at;
        for _ in 0..max {
            match Self::pass(test, text, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }
}

/// One byte is one character: bytes, and `str` that is all ASCII.
#[derive(Debug)]
pub(crate) struct SingleByte;

impl Encoding for SingleByte {
    #[inline]
    fn next(text: &[u8], at: usize) -> (u32, usize) {
        (u32::from(text[at]), at + 1)
    }

    #[inline]
    fn retreat(_: &[u8], at: usize) -> usize {
        at - 1
    }

    #[inline]
    fn advance(_: &[u8], at: usize) -> usize {
        at + 1
    }

    #[inline]
    fn pass(test: &CharTest, text: &[u8], at: usize) -> Option<usize> {
        let byte = *text.get(at)?;
        test.passes_byte(byte).then_some(at + 1)
    }

    fn skip_back(_: &[u8], at: usize, count: usize) -> Option<usize> {
        at.checked_sub(count)
    }

    fn encode(ch: u32, out: &mut Vec<u8>) -> Option<()> {
        out.push(u8::try_from(ch).ok()?);
        Some(())
    }
}

/// Generalized WTF-8.
#[derive(Debug)]
pub(crate) struct Wtf8;

impl Encoding for Wtf8 {
    #[inline]
    fn next(text: &[u8], at: usize) -> (u32, usize) {
        let (ch, length) = wtf8::decode_at(text, at);
        (ch, at + length)
    }

    #[inline]
    fn retreat(text: &[u8], at: usize) -> usize {
        let mut at = at - 1;
        while at > 0 && text[at] & 0xC0 == 0x80 {
            at -= 1;
        }
        at
    }

    #[inline]
    fn advance(text: &[u8], at: usize) -> usize {
        at + wtf8::sequence_len(text[at])
    }

    #[inline]
    fn pass(test: &CharTest, text: &[u8], at: usize) -> Option<usize> {
        let byte = *text.get(at)?;
        if byte < 0x80 {
            return test.passes_byte(byte).then_some(at + 1);
        }
        let (ch, next) = Self::next(text, at);
        test.passes(ch).then_some(next)
    }

    fn skip_back(text: &[u8], at: usize, count: usize) -> Option<usize> {
        let mut at = at;
        for _ in 0..count {
            if at == 0 {
                return None;
            }
            at = Self::retreat(text, at);
        }
        Some(at)
    }

    fn encode(ch: u32, out: &mut Vec<u8>) -> Option<()> {
        if ch > 0x10_FFFF {
            return None;
        }
        wtf8::push(out, ch);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_and_cursors() {
        let text = "aé€\u{10400}z".as_bytes();
        let subject = Subject::Wtf8 { bytes: text, ascii: false };
        for (pos, end_pos, start, end) in [
            (0, 99, 0, 11),
            (1, 3, 1, 6),
            (-5, 4, 0, 10),
            (4, -1, 10, 0),
            (99, 2, 11, 3),
            (3, 5, 6, 11),
        ] {
            assert_eq!(subject.window(pos, end_pos), start..end);
        }
        let mut cursor = CharCursor::new(subject);
        for (offset, chars) in [(1, 1), (10, 4), (3, 2), (11, 5)] {
            assert_eq!(cursor.chars(offset), chars);
        }
        assert_eq!(Subject::Bytes(b"abc").window(-1, 2), 0..2);
    }
}
