//! Errors and warnings: with byte ranges inside the compiler, with lines and columns outside.
use ruff_text_size::{TextRange, TextSize};

use crate::source::Source;

/// Which exception a compile error becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// `SyntaxError`
    Syntax,
    /// `IndentationError`
    Indentation,
    /// `TabError`
    Tab,
    /// `RecursionError`: the text is nested too deeply; there is no position.
    Recursion,
    /// `ValueError`: the text holds a NUL.
    Value,
}

/// An error with its place, as the attributes of a SyntaxError want it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompileError {
    /// The exception's class.
    pub kind: ErrorKind,
    /// `msg`
    pub message: String,
    /// `lineno`, from 1; 0: no place is known.
    pub line: u32,
    /// `offset`: column in code points, from 1.
    pub column: u32,
    /// `end_lineno`
    pub end_line: u32,
    /// `end_offset`; 0 and -1 for errors whose end is not known, as CPython has them.
    pub end_column: i32,
    /// `text`: the source line with its newline.
    pub text: String,
    /// More input could make it complete (interactive mode).
    pub incomplete: bool,
    /// The parser was content, a later pass was not: then CPython has no text, and shows that of the file.
    pub late: bool,
}

impl std::fmt::Display for CompileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (line {})", self.message, self.line)
    }
}

impl std::error::Error for CompileError {}

/// The category of a [`Warning`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WarningCategory {
    /// `SyntaxWarning`
    Syntax,
    /// `DeprecationWarning`
    Deprecation,
}

/// A warning of the compiler. If the filter makes it an error, it is a SyntaxError at the same place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The category.
    pub category: WarningCategory,
    /// The text.
    pub message: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// Column after the last character.
    pub end_column: u32,
    /// The source line.
    pub text: String,
}

/// A warning before its place is made of lines.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    pub(crate) category: WarningCategory,
    pub(crate) message: String,
}

impl Remark {
    pub(crate) fn locate(self, range: TextRange, source: &Source<'_>) -> Warning {
        let (line, column) = source.place(range.start());
        let (end_line, end_column) = source.place(range.end());
        let text = source.line_text(line).to_string();
        let Remark { category, message } = self;
        Warning { category, message, line, column, end_line, end_column, text }
    }
}

/// An error inside the compiler: a message about a range of the source.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    pub(crate) range: TextRange,
    pub(crate) end: End,
    /// See [`CompileError::late`].
    pub(crate) late: bool,
}

/// The end of an error's place. CPython gives some errors none, in three different ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The end of the range.
    Range,
    /// The start.
    Start,
    /// Column 0.
    Zero,
    /// Column -1.
    Minus,
    /// Column -1, and the start is column 0.
    Margin,
    /// One column after the start, which is the end of a line.
    Next,
    /// Start and end are column 0 of the last line: the text ends too early.
    Text,
    /// There is none.
    Unknown,
}

impl Fault {
    pub(crate) fn syntax(message: impl Into<String>, range: TextRange) -> Fault {
        Fault {
            kind: ErrorKind::Syntax,
            message: message.into(),
            range,
            end: End::Range,
            late: false,
        }
    }

    pub(crate) fn at(kind: ErrorKind, message: impl Into<String>, offset: TextSize) -> Fault {
        let range = TextRange::empty(offset);
        Fault { kind, message: message.into(), range, end: End::Start, late: false }
    }

    pub(crate) fn ending(self, end: End) -> Fault {
        Fault { end, ..self }
    }

    pub(crate) fn locate(self, source: &Source<'_>) -> CompileError {
        let (line, column) = source.place(self.range.start());
        let (end_line, end_column) = match self.end {
            End::Range => {
                let (line, column) = source.place(self.range.end());
                (line, column as i32)
            }
            End::Start => (line, column as i32),
            End::Zero => (line, 0),
            End::Minus | End::Margin => (line, -1),
            End::Next => (line, column as i32 + 1),
            End::Unknown => (line, 0),
            End::Text => {
                let line = source.text.lines().count() as u32;
                let text = self.shown_line(source, line.max(1));
                let Fault { kind, message, late, .. } = self;
                return CompileError {
                    kind,
                    message,
                    line,
                    column: 0,
                    end_line: line,
                    end_column: 0,
                    text,
                    incomplete: false,
                    late,
                };
            }
        };
        let column = if self.end == End::Margin { 0 } else { column };
        let text = self.shown_line(source, line);
        let Fault { kind, message, late, .. } = self;
        let incomplete = false;
        CompileError { kind, message, line, column, end_line, end_column, text, incomplete, late }
    }

    /// CPython's tokeniser ends every text with a newline.
    fn shown_line(&self, source: &Source<'_>, line: u32) -> String {
        let mut text = source.line_text(line).to_string();
        if !self.late && !text.is_empty() && !text.ends_with(['\n', '\r']) {
            text.push('\n');
        }
        text
    }
}
