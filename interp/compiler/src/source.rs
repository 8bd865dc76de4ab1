//! The source text with its lines.
use std::cell::Cell;

use haft_bytecode::Const;
use ruff_python_ast::AtomicNodeIndex;
use ruff_text_size::{TextRange, TextSize};

/// The text and the offset of each line's first byte; for a tree that a program built, its places and constants.
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    lines: Vec<u32>,
    given: Option<Given>,
    /// The line found last: lookups mostly stay near it.
    recent: Cell<usize>,
}

/// What a built tree has instead of a text: see `tree::given`.
struct Given {
    places: Vec<(u32, u32)>,
    constants: Vec<Const>,
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
        Source { text, lines, given: None, recent: Cell::new(0) }
    }

    /// The places and constants of a tree without a text.
    pub(crate) fn of_tree(places: Vec<(u32, u32)>, constants: Vec<Const>) -> Source<'static> {
        let given = Some(Given { places, constants });
        Source { text: "", lines: vec![0], given, recent: Cell::new(0) }
    }

    /// The constant that a node of a built tree names.
    pub(crate) fn constant(&self, index: &AtomicNodeIndex) -> Option<&Const> {
        self.given.as_ref()?.constants.get(index.load().as_u32()? as usize)
    }

    /// Line (from 1) and byte column (from 0) of an offset.
    pub(crate) fn line_column(&self, offset: TextSize) -> (u32, u32) {
        let offset = u32::from(offset);
        if let Some(given) = &self.given {
            return given.places.get(offset as usize / 2).copied().unwrap_or((1, 0));
        }
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
        if self.given.is_some() {
            return (line, column + 1);
        }
        let start = self.lines[line as usize - 1] as usize;
        let before = self.text.get(start..start + column as usize).unwrap_or("");
        (line, before.chars().count() as u32 + 1)
    }

    /// The text of a line (from 1) with its newline.
    pub(crate) fn line_text(&self, line: u32) -> &'a str {
        if self.given.is_some() {
            return "";
        }
        let start = self.lines.get(line as usize - 1).copied().unwrap_or(0) as usize;
        let end = self.lines.get(line as usize).map_or(self.text.len(), |&e| e as usize);
        &self.text[start..end]
    }

    /// The text of a range.
    pub(crate) fn slice(&self, range: TextRange) -> &'a str {
        &self.text[range]
    }
}
