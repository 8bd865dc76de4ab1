//! Syntax errors in CPython's words and at CPython's places.
use ruff_python_ast::Mod;
use ruff_python_parser::Parsed;

use crate::fault::Fault;
use crate::source::Source;

/// The error of a text that does not parse.
pub(crate) fn first(_source: &Source<'_>, parsed: &Parsed<Mod>) -> Option<Fault> {
    let error = parsed.errors().first();
    if let Some(error) = error {
        return Some(Fault::syntax("invalid syntax", error.location));
    }
    let unsupported = parsed.unsupported_syntax_errors().first()?;
    Some(Fault::syntax("invalid syntax", unsupported.range))
}

/// Does the text end in the middle of a statement?
pub(crate) fn is_incomplete(text: &str) -> bool {
    let parsed = ruff_python_parser::parse_module(text);
    let end = text.trim_end().len();
    parsed.err().is_some_and(|error| usize::from(error.location.end()) >= end)
}
