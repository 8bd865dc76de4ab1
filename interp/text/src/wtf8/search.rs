//! Finding, counting and replacing; for strings and for bytes.

use std::ops::Range;

use memchr::memmem;

/// What a position of the text is: it decides where an empty pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `bytes`: between any two bytes.
    Byte,
    /// `str`: between any two code points.
    CodePoint,
}

/// The offset of the first occurrence.
#[inline]
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, haystack),
        _ => memmem::find(haystack, needle),
    }
}

/// The offset of the last occurrence.
#[inline]
pub fn rfind(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(haystack.len()),
        [byte] => memchr::memrchr(*byte, haystack),
        _ => memmem::rfind(haystack, needle),
    }
}

/// The number of occurrences that do not overlap.
pub fn count(haystack: &[u8], needle: &[u8], unit: Unit) -> usize {
    match (needle, unit) {
        ([], Unit::Byte) => haystack.len() + 1,
        ([], Unit::CodePoint) => super::n_chars(haystack) + 1,
        ([byte], _) => memchr::memchr_iter(*byte, haystack).count(),
        _ => memmem::find_iter(haystack, needle).count(),
    }
}

/// Texts below this length are looked through without a finder.
const SHORT: usize = 64;

/// `s.replace(old, new, max)`; `None` when nothing changes.
pub fn replace(
    s: &[u8],
    old: &[u8],
    new: &[u8],
    max: Option<usize>,
    unit: Unit,
) -> Option<Vec<u8>> {
    let max = max.unwrap_or(usize::MAX);
    if max == 0 || old == new {
        return None;
    }
    if old.is_empty() {
        return Some(interleave(s, new, max, unit));
    }
    let mut at = find(s, old)?;
    let mut out = Vec::with_capacity(s.len() + new.len().saturating_sub(old.len()));
    let mut copied = 0;
    // A finder is worth making where it is used again and again.
    let mut finder = None;
    for n in 1.. {
        out.extend_from_slice(&s[copied..at]);
        out.extend_from_slice(new);
        copied = at + old.len();
        if n == max {
            break;
        }
        let rest = &s[copied..];
        let next = if old.len() == 1 || rest.len() < SHORT {
            find(rest, old)
        } else {
            finder.get_or_insert_with(|| memmem::Finder::new(old)).find(rest)
        };
        match next {
            Some(next) => at = copied + next,
            None => break,
        }
    }
    out.extend_from_slice(&s[copied..]);
    Some(out)
}

/// `new` before each of the first `max` positions.
fn interleave(s: &[u8], new: &[u8], max: usize, unit: Unit) -> Vec<u8> {
    let mut out = Vec::with_capacity(s.len() + new.len() * max.min(s.len() + 1));
    let mut at = 0;
    let mut n = 0;
    while n < max {
        out.extend_from_slice(new);
        n += 1;
        if at == s.len() {
            return out;
        }
        let len = if unit == Unit::Byte { 1 } else { super::sequence_len(s[at]) };
        out.extend_from_slice(&s[at..at + len]);
        at += len;
    }
    out.extend_from_slice(&s[at..]);
    out
}

/// `s.partition(sep)`: before and after the first separator.
pub fn partition(s: &[u8], sep: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    find(s, sep).map(|at| (0..at, at + sep.len()..s.len()))
}

/// `s.rpartition(sep)`: before and after the last separator.
pub fn rpartition(s: &[u8], sep: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    rfind(s, sep).map(|at| (0..at, at + sep.len()..s.len()))
}
