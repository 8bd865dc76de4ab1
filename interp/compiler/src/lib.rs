//! Python source text to register bytecode.
//!
//! `source → parse → symtable → codegen → Code`. The parser is a crate; names are given their scopes by [`symtable`]
//! in a first pass over the tree, [`codegen`] makes instructions in a second one. Every error of these three passes is
//! a [`Fault`] with a byte range; only the outermost function turns it into lines and columns.
mod codegen;
mod decode;
mod fault;
mod literal;
mod literal_warning;
mod names;
mod nesting;
mod parse;
mod source;
mod symtable;
mod syntax_error;
pub mod tree;
mod unparse;
mod verify;

use std::sync::Arc;

use haft_bytecode::Code;
use ruff_python_ast::Mod;
use ruff_text_size::{TextRange, TextSize};

pub use decode::{decode_file, decode_source};
pub use fault::{CompileError, ErrorKind, Warning, WarningCategory};
pub use verify::verify;

use fault::Fault;
use source::Source;

/// What a text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Statements: a module or the argument of `exec`.
    Exec,
    /// One expression, the code returns its value.
    Eval,
    /// One interactive statement; expression statements are printed.
    Single,
    /// A type comment of a function, `(int, str) -> bool`: only as a tree.
    FunctionType,
}

/// Bits of [`Options::flags`], numbers as in CPython's `Include/cpython/compile.h` and `code.h`.
pub mod compile_flags {
    /// `from __future__ import barry_as_FLUFL`.
    pub const FUTURE_BARRY_AS_BDFL: u32 = 0x0040_0000;
    /// `from __future__ import annotations`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x0100_0000;
    /// All bits that a `__future__` import may set.
    pub const FUTURE_MASK: u32 = 0x01fe_0000;
    /// The end of an interactive text does not end its last block (`PyCF_DONT_IMPLY_DEDENT`).
    pub const DONT_IMPLY_DEDENT: u32 = 0x200;
    /// `await` is allowed outside functions (`PyCF_ALLOW_TOP_LEVEL_AWAIT`).
    pub const ALLOW_TOP_LEVEL_AWAIT: u32 = 0x2000;
}

/// How a text is compiled.
#[derive(Clone, Debug)]
pub struct Options {
    /// `co_filename`, also for error messages.
    pub filename: String,
    /// What the text is.
    pub mode: Mode,
    /// Bits of [`compile_flags`]: features inherited from the code that asks for the compilation.
    pub flags: u32,
    /// `-O` level: 1 drops assertions and `__debug__` blocks, 2 docstrings as well.
    pub optimize: u8,
}

impl Options {
    /// Options without inherited features and without optimisation.
    pub fn new(filename: &str, mode: Mode) -> Options {
        Options { filename: filename.to_string(), mode, flags: 0, optimize: 0 }
    }
}

/// Compile `source`. Warnings are in source order; the caller reports them (and may turn them into errors).
pub fn compile(
    source: &str,
    options: &Options,
) -> Result<(Arc<Code>, Vec<Warning>), Box<CompileError>> {
    let source = Source::new(source);
    let depth = nesting::check(source.text).map_err(|f| Box::new(f.locate(&source)))?;
    nesting::with_stack(depth, || {
        compile_on_stack(&source, options).map_err(|fault| located(fault, &source))
    })
}

/// The syntax tree of `source`, and what its literals are warned about.
pub fn parse_tree(
    source: &str,
    options: &Options,
) -> Result<(tree::Node, Vec<Warning>), Box<CompileError>> {
    let source = Source::new(source);
    let depth = nesting::check(source.text).map_err(|f| Box::new(f.locate(&source)))?;
    if options.mode == Mode::FunctionType {
        let parsed = nesting::with_stack(depth, || tree::function_type(&source));
        return parsed.map(|node| (node, Vec::new())).map_err(|fault| located(fault, &source));
    }
    nesting::with_stack(depth, || match parse_on_stack(&source, options) {
        Ok(parsed) => {
            let node = tree::shown(&source, &parsed.syntax, options.mode);
            let warnings = locate(parsed.remarks, &source);
            drop_tree(parsed.syntax);
            Ok((node, warnings))
        }
        Err(fault) => Err(located(fault, &source)),
    })
}

/// Compile a root node that [`tree::validate`] has found valid; its kind is that of the mode.
pub fn compile_tree(
    root: tree::Node,
    options: &Options,
) -> Result<(Arc<Code>, Vec<Warning>), Box<CompileError>> {
    let tree::Given { tree, places, constants, depth } = tree::given(root);
    let source = Source::of_tree(places, constants);
    nesting::with_stack(depth, || {
        let parsed = parse::Tree { syntax: tree, remarks: Vec::new() };
        finish(parsed, &source, options).map_err(|fault| Box::new(fault.locate(&source)))
    })
}

#[expect(clippy::unnecessary_box_returns, reason = "errors travel boxed")]
fn located(fault: Fault, source: &Source<'_>) -> Box<CompileError> {
    let mut error = fault.locate(source);
    error.incomplete = error.message == INCOMPLETE || parse::is_incomplete(source.text);
    Box::new(error)
}

fn compile_on_stack(
    source: &Source<'_>,
    options: &Options,
) -> Result<(Arc<Code>, Vec<Warning>), Fault> {
    finish(parse_on_stack(source, options)?, source, options)
}

fn parse_on_stack(source: &Source<'_>, options: &Options) -> Result<parse::Tree, Fault> {
    let tree = parse::parse(source, options.mode)?;
    let open = options.flags & compile_flags::DONT_IMPLY_DEDENT != 0;
    if open && options.mode == Mode::Single && parse::ends_in_block(source.text) {
        let end = TextSize::of(source.text);
        return Err(Fault::syntax(INCOMPLETE, TextRange::empty(end)));
    }
    Ok(tree)
}

/// The passes after the parser.
fn finish(
    tree: parse::Tree,
    source: &Source<'_>,
    options: &Options,
) -> Result<(Arc<Code>, Vec<Warning>), Fault> {
    finish_parsed(tree, source, options).map_err(|fault| Fault { late: true, ..fault })
}

fn finish_parsed(
    tree: parse::Tree,
    source: &Source<'_>,
    options: &Options,
) -> Result<(Arc<Code>, Vec<Warning>), Fault> {
    let future = symtable::future_features(&tree.syntax)? | options.flags;
    let table = symtable::build(&tree.syntax, options, future)?;
    let (code, more) = codegen::compile_module(&tree.syntax, table, source, options, future)?;
    let mut warnings = tree.remarks;
    warnings.extend(more);
    warnings.sort_by_key(|w| (w.0.start(), w.0.end()));
    let warnings = locate(warnings, source);
    drop_tree(tree.syntax);
    Ok((Arc::new(code), warnings))
}

fn locate(remarks: Vec<(TextRange, fault::Remark)>, source: &Source<'_>) -> Vec<Warning> {
    remarks.into_iter().map(|(range, remark)| remark.locate(range, source)).collect()
}

/// The message of interactive input that has to go on.
const INCOMPLETE: &str = "incomplete input";

/// Dropping a deep tree recurses as deep as walking it: it has to happen on the large stack too.
fn drop_tree(tree: Mod) {
    drop(tree);
}
