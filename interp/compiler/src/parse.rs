//! The parser: a crate does the work, its errors are told in CPython's words.
use ruff_python_ast::{Mod, PythonVersion, Stmt};
use ruff_python_parser::{ParseOptions, parse_unchecked};
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::Mode;
use crate::fault::{End, Fault, Remark};
use crate::literal_warning::literal_warnings;
use crate::source::Source;
use crate::syntax_error;

/// A tree without errors.
pub(crate) struct Tree {
    pub(crate) syntax: Mod,
    /// What literals are warned about.
    pub(crate) remarks: Vec<(TextRange, Remark)>,
}

fn options(mode: Mode) -> ParseOptions {
    let mode = match mode {
        Mode::Exec | Mode::Single | Mode::FunctionType => ruff_python_parser::Mode::Module,
        Mode::Eval => ruff_python_parser::Mode::Expression,
    };
    ParseOptions::from(mode).with_target_version(PythonVersion::PY314)
}

pub(crate) fn parse(source: &Source<'_>, mode: Mode) -> Result<Tree, Fault> {
    if let Some(at) = source.text.find('\0') {
        let range = TextRange::empty(TextSize::new(at as u32));
        return Err(Fault::syntax("source code cannot contain null bytes", range));
    }
    let parsed = parse_unchecked(source.text, options(mode));
    if let Some(fault) = syntax_error::first(source, &parsed) {
        return Err(fault);
    }
    if mode == Mode::Single
        && let Mod::Module(module) = parsed.syntax()
    {
        single_statement(source, &module.body)?;
    }
    let remarks = literal_warnings(source, parsed.tokens());
    Ok(Tree { syntax: parsed.into_syntax(), remarks })
}

/// Interactive mode: does the text end in the middle of a statement?
pub(crate) fn is_incomplete(text: &str) -> bool {
    syntax_error::is_incomplete(text)
}

/// Interactive input is one line of simple statements or one compound statement.
fn single_statement(source: &Source<'_>, body: &[Stmt]) -> Result<(), Fault> {
    let Some(first) = body.first() else {
        return Err(Fault::syntax("invalid syntax", TextRange::default()).ending(End::Text));
    };
    let mut end = first.end();
    for stmt in &body[1..] {
        let between = source.slice(TextRange::new(end, stmt.start()));
        if between.contains(';') && !between.contains('#') {
            end = stmt.end();
            continue;
        }
        if is_compound(first) {
            let word = source.slice(stmt.range()).split_whitespace().next().unwrap_or("");
            let range = TextRange::at(stmt.start(), TextSize::of(word));
            return Err(Fault::syntax("invalid syntax", range));
        }
        let message = "multiple statements found while compiling a single statement";
        let line = source.line_text(source.line(end));
        let column = source.line_column(end).1;
        let rest = line.get(column as usize..).unwrap_or("").trim_end_matches(['\r', '\n']);
        let newline = end + TextSize::of(rest);
        return Err(Fault::syntax(message, TextRange::empty(newline)).ending(End::Next));
    }
    Ok(())
}

fn is_compound(stmt: &Stmt) -> bool {
    matches!(
        stmt,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::If(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::With(_)
            | Stmt::Try(_)
            | Stmt::Match(_)
    )
}

/// With `PyCF_DONT_IMPLY_DEDENT`, the end of the text does not end a block: an empty line has to.
pub(crate) fn ends_in_block(text: &str) -> bool {
    syntax_error::ends_in_block(text) && !text.ends_with("\n\n")
}
