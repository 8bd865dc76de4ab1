//! Indexing and slicing by code point.

use std::ops::Range;

use super::{StrIndex, decode_at, decode_before};

/// What `slice.indices` computes: a start, a number of items and a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SliceBounds {
    /// The first index.
    pub start: usize,
    /// How many items.
    pub n: usize,
    /// The distance between two items; negative to go down.
    pub step: i64,
}

impl SliceBounds {
    /// Clamp a Python slice to a sequence of `len` items. `step` must not be 0.
    pub fn new(len: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Self {
        let len = len as i64;
        let (lowest, highest) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let clamp = |index: i64| match index {
            ..0 => index.saturating_add(len).max(lowest),
            _ => index.min(highest),
        };
        let (first, last) = if step < 0 { (highest, lowest) } else { (lowest, highest) };
        let start = start.map_or(first, clamp);
        let stop = stop.map_or(last, clamp);
        let distance = if step < 0 { start - stop } else { stop - start };
        let n = if distance <= 0 { 0 } else { (distance - 1) as u64 / step.unsigned_abs() + 1 };
        Self { start: start.max(0) as usize, n: n as usize, step }
    }
}

/// A string with what is needed to index it.
#[derive(Clone, Copy, Debug)]
pub struct Indexed<'a> {
    s: &'a [u8],
    index: Option<&'a StrIndex>,
}

impl<'a> Indexed<'a> {
    /// A string all of whose bytes are below 0x80.
    pub fn ascii(s: &'a [u8]) -> Self {
        Self { s, index: None }
    }

    /// Any other string, with its index.
    pub fn new(s: &'a [u8], index: &'a StrIndex) -> Self {
        Self { s, index: Some(index) }
    }

    /// The number of code points.
    #[inline]
    pub fn n_chars(&self) -> usize {
        self.index.map_or(self.s.len(), StrIndex::n_chars)
    }

    /// The byte offset of a code point; the end for an index beyond it.
    #[inline]
    pub fn offset(&self, index: usize) -> usize {
        match self.index {
            Some(table) => table.offset(self.s, index),
            None => index.min(self.s.len()),
        }
    }

    /// The index of the code point at a byte offset.
    #[inline]
    pub fn char_index(&self, offset: usize) -> usize {
        self.index.map_or(offset, |table| table.char_index(self.s, offset))
    }

    /// The bytes of one code point.
    #[inline]
    pub fn char_range(&self, index: usize) -> Range<usize> {
        let start = self.offset(index);
        start..start + super::sequence_len(self.s[start])
    }

    /// The bytes of the code points `start..stop`.
    #[inline]
    pub fn range(&self, start: usize, stop: usize) -> Range<usize> {
        let first = self.offset(start);
        first..self.offset(stop.max(start)).max(first)
    }

    /// The code points of an extended slice.
    pub fn slice(&self, bounds: SliceBounds) -> Vec<u8> {
        let SliceBounds { start, n, step } = bounds;
        if n == 0 {
            return Vec::new();
        }
        if step == 1 {
            return self.s[self.range(start, start + n)].to_vec();
        }
        if step == -1 {
            let end = self.offset(start + 1);
            return reversed(&self.s[self.offset(start + 1 - n)..end]);
        }
        let mut out = Vec::with_capacity(n);
        let mut index = start as i64;
        for i in 0..n {
            out.extend_from_slice(&self.s[self.char_range(index as usize)]);
            if i + 1 < n {
                index += step;
            }
        }
        out
    }
}

/// The code points in the opposite order.
fn reversed(s: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len());
    let mut end = s.len();
    while end > 0 {
        let (_, len) = decode_before(s, end);
        out.extend_from_slice(&s[end - len..end]);
        end -= len;
    }
    debug_assert!(out.is_empty() || decode_at(&out, 0).1 <= out.len());
    out
}
