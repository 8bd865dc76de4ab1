//! Errors in declarations, shown as a compiler does: the line, a caret, what was expected.

use super::lex::Span;
use crate::error::Raises;

/// The kind of an error in a declaration; it decides the exception and `cffi`'s message form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Not C: `CDefError: cannot parse "…"`.
    Syntax,
    /// C, but not possible in a `cdef`: `CDefError: <cdef source string>:1: …`.
    Declaration,
    /// `CDefError` with the message alone.
    Plain,
    /// `FFIError` with the message alone.
    Ffi,
    /// `FFIError: :1: …`, as `cffi` words errors in expressions.
    Expression,
    /// `NotImplementedError`.
    Unsupported,
    /// `TypeError`: the type is C, but no such value can exist.
    Type,
    /// `ValueError`.
    Value,
}

impl ErrorKind {
    /// The Python exception.
    pub const fn raises(self) -> Raises {
        match self {
            ErrorKind::Syntax | ErrorKind::Declaration | ErrorKind::Plain => Raises::CDefError,
            ErrorKind::Ffi | ErrorKind::Expression => Raises::FFIError,
            ErrorKind::Unsupported => Raises::NotImplementedError,
            ErrorKind::Type => Raises::TypeError,
            ErrorKind::Value => Raises::ValueError,
        }
    }
}

/// A mistake in a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The kind.
    pub kind: ErrorKind,
    /// Bytes of the user's text the mistake is at.
    pub span: Span,
    /// What is wrong, in one line unless `cffi` words it in several.
    pub message: String,
    /// What could be done about it.
    pub help: Option<String>,
    /// Line by the last `#line` directive, from 1; the file it names.
    pub(super) origin: Option<(Option<String>, usize)>,
}

/// What `cffi` calls a text without a file name.
pub const SOURCE_NAME: &str = "<cdef source string>";

impl Error {
    pub(super) fn new(kind: ErrorKind, span: Span, message: impl Into<String>) -> Self {
        Self { kind, span, message: message.into(), help: None, origin: None }
    }

    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The error with its line and a caret under the place.
    ///
    /// `text` is the text that was parsed.
    pub fn render(&self, text: &str) -> String {
        let place = Place::of(text, self.span);
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let indent: String =
            place.before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        let mut lines = vec![
            format!("error: {}", self.message),
            format!("{gutter}--> {SOURCE_NAME}:{}:{}", place.line, place.column),
            format!("{gutter} |"),
            format!("{number} | {}", place.source),
            format!("{gutter} | {indent}{}", "^".repeat(place.width)),
        ];
        if let Some(help) = &self.help {
            lines.push(format!("{gutter} = help: {help}"));
        }
        lines.join("\n")
    }

    /// The message of the exception, beginning as `cffi`'s does and ending with the line and caret.
    pub fn exception_message(&self, text: &str) -> String {
        let place = Place::of(text, self.span);
        let (file, line) = match &self.origin {
            Some((file, line)) => (file.as_deref().unwrap_or(SOURCE_NAME), *line),
            None => (SOURCE_NAME, place.line),
        };
        let message = &self.message;
        match self.kind {
            ErrorKind::Plain
            | ErrorKind::Ffi
            | ErrorKind::Unsupported
            | ErrorKind::Type
            | ErrorKind::Value => message.clone(),
            ErrorKind::Expression => format!(":{line}: {message}"),
            ErrorKind::Declaration => format!("{file}:{line}: {message}"),
            ErrorKind::Syntax => {
                let what = if file == SOURCE_NAME {
                    format!("cannot parse \"{}\"", place.source.trim())
                } else {
                    "parse error".to_owned()
                };
                let column = place.column;
                format!("{what}\n{file}:{line}:{column}: {message}")
            }
        }
    }
}

/// Where a span is, in lines.
struct Place<'t> {
    line: usize,
    column: usize,
    source: &'t str,
    before: &'t str,
    width: usize,
}

impl<'t> Place<'t> {
    fn of(text: &'t str, span: Span) -> Self {
        let start = text.floor_char_boundary(span.start.min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let end = text.floor_char_boundary(span.end.clamp(start, line_end));
        Self {
            line: 1 + text[..line_start].matches('\n').count(),
            column: 1 + text[line_start..start].chars().count(),
            source: text[line_start..line_end].trim_end(),
            before: &text[line_start..start],
            width: text[start..end].chars().count().max(1),
        }
    }
}

/// Something legal but doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Bytes of the user's text.
    pub span: Span,
    /// The warning as `cffi` words it.
    pub message: String,
}
