//! How deeply a text is nested, found before parsing it: the parser and the passes after it recurse.
//!
//! One scan over the bytes counts what can make a tree deeper: brackets, and operators since the last comma or end of
//! statement. The stack is made as large as that bound asks for; beyond a limit the text is refused.
use ruff_text_size::{TextRange, TextSize};

use crate::fault::{End, ErrorKind, Fault};

/// CPython's limit of open brackets.
const MAX_BRACKETS: usize = 200;
/// CPython's limit of indented blocks.
const MAX_INDENTS: usize = 100;
/// More levels than this are refused.
const MAX_DEPTH: usize = 100_000;
/// Stack that one level takes at most: the parser's frames of one operator are the largest.
const BYTES_PER_LEVEL: usize = 6 * 1024;
/// Stack that a flat text takes.
const BASE_STACK: usize = 1024 * 1024;

/// Run `work` with enough stack for a text of this depth.
pub(crate) fn with_stack<R>(depth: usize, work: impl FnOnce() -> R) -> R {
    let need = BASE_STACK + depth * BYTES_PER_LEVEL;
    stacker::maybe_grow(need, need + BASE_STACK, work)
}

/// The depth of `text`, or the error that it is too deep.
pub(crate) fn check(text: &str) -> Result<usize, Fault> {
    let mut scan =
        Scan { bytes: text.as_bytes(), at: 0, counts: vec![0], deepest: 0, indents: vec![0] };
    scan.run()
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    /// Levels made by operators, inside each open bracket.
    counts: Vec<usize>,
    deepest: usize,
    /// Widths of the open blocks.
    indents: Vec<usize>,
}

impl Scan<'_> {
    fn run(&mut self) -> Result<usize, Fault> {
        self.line_start()?;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\n' => self.line_start()?,
                b'#' => self.comment(),
                b'"' | b'\'' => self.string(byte),
                b'(' | b'[' | b'{' => self.open()?,
                b')' | b']' | b'}' => self.close(),
                b',' | b';' => self.end_of_part(),
                b'\\' => self.at += 1,
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(),
                b'.' | b'+' | b'-' | b'*' | b'/' | b'~' | b'@' | b'%' | b'&' | b'|' | b'^'
                | b'<' | b'>' | b'=' | b':' => self.level(1),
                _ => {}
            }
            if self.deepest > MAX_DEPTH {
                let at = TextSize::new(self.at as u32);
                let message = "maximum recursion depth exceeded during compilation";
                return Err(Fault::at(ErrorKind::Recursion, message, at));
            }
        }
        Ok(self.deepest)
    }

    fn level(&mut self, n: usize) {
        if let Some(count) = self.counts.last_mut() {
            *count += n;
            self.deepest = self.deepest.max(*count + 4 * self.indents.len());
        }
    }

    fn open(&mut self) -> Result<(), Fault> {
        if self.counts.len() > MAX_BRACKETS {
            let start = TextSize::new(self.at as u32 - 1);
            let range = TextRange::at(start, TextSize::new(1));
            return Err(Fault::syntax("too many nested parentheses", range).ending(End::Start));
        }
        self.level(1);
        let count = self.counts.last().copied().unwrap_or(0);
        self.counts.push(count);
        Ok(())
    }

    fn close(&mut self) {
        if self.counts.len() > 1 {
            self.counts.pop();
        }
        self.level(1);
    }

    /// After a comma a new expression begins.
    fn end_of_part(&mut self) {
        let outer = self.counts.len().checked_sub(2).map_or(0, |i| self.counts[i]);
        if let Some(count) = self.counts.last_mut() {
            *count = outer;
        }
    }

    fn comment(&mut self) {
        while self.bytes.get(self.at).is_some_and(|&b| b != b'\n') {
            self.at += 1;
        }
    }

    fn word(&mut self) {
        let start = self.at - 1;
        let in_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
        while self.bytes.get(self.at).is_some_and(in_word) {
            self.at += 1;
        }
        let nests = matches!(
            &self.bytes[start..self.at],
            b"not"
                | b"and"
                | b"or"
                | b"if"
                | b"else"
                | b"lambda"
                | b"await"
                | b"is"
                | b"in"
                | b"for"
        );
        if nests {
            self.level(1);
        }
    }

    /// Skip a string. Replacement fields of f-strings nest by quotes and braces; they are bounded by counting both.
    fn string(&mut self, quote: u8) {
        self.level(1);
        let triple = self.bytes[self.at..].starts_with(&[quote, quote]);
        if triple {
            self.at += 2;
        }
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'\n' if !triple => {
                    self.at -= 1;
                    return;
                }
                _ if byte == quote => {
                    if !triple {
                        return;
                    }
                    if self.bytes[self.at..].starts_with(&[quote, quote]) {
                        self.at += 2;
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// At the start of a line outside brackets: the indentation opens or closes blocks.
    fn line_start(&mut self) -> Result<(), Fault> {
        if self.counts.len() > 1 {
            return Ok(());
        }
        self.counts[0] = 0;
        let rest = &self.bytes[self.at..];
        let width = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        if matches!(rest.get(width), None | Some(b'\n' | b'\r' | b'#')) {
            return Ok(());
        }
        while self.indents.last().is_some_and(|&last| last > width) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&last| last < width) {
            self.indents.push(width);
            if self.indents.len() > MAX_INDENTS {
                let at = TextSize::new((self.at + width) as u32);
                return Err(Fault::at(
                    ErrorKind::Indentation,
                    "too many levels of indentation",
                    at,
                ));
            }
        }
        Ok(())
    }
}
