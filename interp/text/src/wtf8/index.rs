//! Code-point index to byte offset in constant time.

use super::{is_continuation, sequence_len};

/// Code points between two recorded offsets.
const STRIDE: usize = 64;

/// The byte offset of every 64th code point of a string that is not ASCII.
///
/// Made when a long string is first indexed; an ASCII string needs none.
#[derive(Clone, Debug)]
pub struct StrIndex {
    offsets: Box<[usize]>,
    n_chars: usize,
}

impl StrIndex {
    /// Walk the string once.
    pub fn new(s: &[u8]) -> Self {
        let mut offsets = Vec::with_capacity(s.len() / STRIDE + 1);
        let mut n_chars = 0;
        for (offset, &byte) in s.iter().enumerate() {
            if is_continuation(byte) {
                continue;
            }
            if n_chars % STRIDE == 0 {
                offsets.push(offset);
            }
            n_chars += 1;
        }
        Self { offsets: offsets.into_boxed_slice(), n_chars }
    }

    /// The number of code points.
    #[inline]
    pub fn n_chars(&self) -> usize {
        self.n_chars
    }

    /// The byte offset of the code point `index`; `index == n_chars` gives the end.
    #[inline]
    pub fn offset(&self, s: &[u8], index: usize) -> usize {
        if index >= self.n_chars {
            return s.len();
        }
        let mut offset = self.offsets[index / STRIDE];
        for _ in 0..index % STRIDE {
            offset += sequence_len(s[offset]);
        }
        offset
    }

    /// The index of the code point that starts at the byte `offset`.
    pub fn char_index(&self, s: &[u8], offset: usize) -> usize {
        let block = self.offsets.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.offsets.get(block).copied().unwrap_or(0);
        block * STRIDE + super::n_chars(&s[start..offset])
    }
}
