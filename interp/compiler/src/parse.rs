//! The parser: a crate does the work, its errors are told in CPython's words.
use ruff_python_ast::{Mod, PythonVersion};
use ruff_python_parser::{ParseOptions, parse_unchecked};
use ruff_text_size::TextRange;

use crate::Mode;
use crate::fault::{Fault, Remark};
use crate::source::Source;
use crate::syntax_error;

/// A tree without errors.
pub(crate) struct Tree {
    pub(crate) syntax: Mod,
}

fn options(mode: Mode) -> ParseOptions {
    let mode = match mode {
        Mode::Exec | Mode::Single => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    ParseOptions::from(mode).with_target_version(PythonVersion::PY314)
}

pub(crate) fn parse(source: &Source<'_>, mode: Mode) -> Result<Tree, Fault> {
    if let Some(at) = source.text.find('\0') {
        let range = TextRange::empty(ruff_text_size::TextSize::new(at as u32));
        return Err(Fault::syntax("source code cannot contain null bytes", range));
    }
    let parsed = parse_unchecked(source.text, options(mode));
    if let Some(fault) = syntax_error::first(source, &parsed) {
        return Err(fault);
    }
    Ok(Tree { syntax: parsed.into_syntax() })
}

/// Interactive mode: does the text end in the middle of a statement?
pub(crate) fn is_incomplete(text: &str) -> bool {
    syntax_error::is_incomplete(text)
}

/// Warnings about literals: escapes that mean nothing.
pub(crate) fn literal_warnings(_source: &Source<'_>, _tree: &Tree) -> Vec<(TextRange, Remark)> {
    Vec::new()
}
