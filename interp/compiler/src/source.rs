//! The source text with its lines.
use std::cell::Cell;

use ruff_text_size::{TextRange, TextSize};

/// The text and the offset of each line's first byte.
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    lines: Vec<u32>,
    /// The line found last: lookups mostly stay near it.
    recent: Cell<usize>,
}

/// Number of lines that begin in `bytes`, the first one included.
pub(crate) fn count_lines(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n').count()
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str) -> Source<'a> {
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (i, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || byte == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
                lines.push(i as u32 + 1);
            }
        }
        Source { text, lines, recent: Cell::new(0) }
    }

    /// Line (from 1) and byte column (from 0) of an offset.
    pub(crate) fn line_column(&self, offset: TextSize) -> (u32, u32) {
        let offset = u32::from(offset);
        let recent = self.recent.get();
        let found = if self.holds(recent, offset) {
            recent
        } else if self.holds(recent + 1, offset) {
            recent + 1
        } else {
            self.lines.partition_point(|&start| start <= offset) - 1
        };
        self.recent.set(found);
        (found as u32 + 1, offset - self.lines[found])
    }

    fn holds(&self, line: usize, offset: u32) -> bool {
        self.lines.get(line).is_some_and(|&start| start <= offset)
            && self.lines.get(line + 1).is_none_or(|&next| offset < next)
    }

    /// Line from 1.
    pub(crate) fn line(&self, offset: TextSize) -> u32 {
        self.line_column(offset).0
    }

    /// Line and column from 1, the column in code points.
    pub(crate) fn place(&self, offset: TextSize) -> (u32, u32) {
        let (line, column) = self.line_column(offset);
        let start = self.lines[line as usize - 1] as usize;
        let before = self.text.get(start..start + column as usize).unwrap_or("");
        (line, before.chars().count() as u32 + 1)
    }

    /// The text of a line (from 1) with its newline.
    pub(crate) fn line_text(&self, line: u32) -> &'a str {
        let start = self.lines.get(line as usize - 1).copied().unwrap_or(0) as usize;
        let end = self.lines.get(line as usize).map_or(self.text.len(), |&e| e as usize);
        &self.text[start..end]
    }

    /// The text of a range.
    pub(crate) fn slice(&self, range: TextRange) -> &'a str {
        &self.text[range]
    }
}
