//! The code object as the compiler makes it: no Python objects, only plain data.
use std::sync::Arc;

use crate::{Insn, Position, Positions};

/// `co_flags` bits, numbers as in CPython's `Include/cpython/code.h`.
pub mod flags {
    /// Locals are registers.
    pub const OPTIMIZED: u32 = 0x1;
    /// A call makes a new namespace.
    pub const NEWLOCALS: u32 = 0x2;
    /// Has `*args`.
    pub const VARARGS: u32 = 0x4;
    /// Has `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x8;
    /// Nested in another function.
    pub const NESTED: u32 = 0x10;
    /// Has `yield`.
    pub const GENERATOR: u32 = 0x20;
    /// `async def`.
    pub const COROUTINE: u32 = 0x80;
    /// A generator that may be awaited (`types.coroutine`).
    pub const ITERABLE_COROUTINE: u32 = 0x100;
    /// `async def` with `yield`.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// Compiled under `from __future__ import annotations`.
    pub const FUTURE_ANNOTATIONS: u32 = 0x0100_0000;
    /// The first constant is a docstring.
    pub const HAS_DOCSTRING: u32 = 0x0400_0000;
    /// A method: defined directly in a class body.
    pub const METHOD: u32 = 0x0800_0000;
    /// Its frames are shown to nobody: a built-in function that happens to be written in Python.
    pub const HIDDEN: u32 = 0x1000_0000;
}

/// A constant. Strings are WTF-8: a lone surrogate is encoded as three bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// `None`
    None,
    /// `True` or `False`
    Bool(bool),
    /// `...`
    Ellipsis,
    /// An int that fits.
    Int(i64),
    /// A larger int, little-endian bytes of its magnitude; literals have no sign, folded constants may.
    BigInt {
        /// Below zero.
        negative: bool,
        /// The magnitude, least significant byte first.
        bytes: Box<[u8]>,
    },
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(f64, f64),
    /// A str, in WTF-8.
    Str(Box<[u8]>),
    /// A bytes.
    Bytes(Box<[u8]>),
    /// A tuple.
    Tuple(Vec<Const>),
    /// A frozenset (`x in {1, 2}`).
    FrozenSet(Vec<Const>),
    /// `slice(a, b, c)` of constants.
    Slice(Box<[Const; 3]>),
    /// Nested code.
    Code(Arc<Code>),
}

/// A range of instructions whose exceptions go to one handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First word covered.
    pub start: u32,
    /// First word not covered any more.
    pub end: u32,
    /// Where to go on.
    pub target: u32,
    /// The register that receives the exception. Registers above it are dead at the target.
    pub reg: u16,
}

/// Compiled code of a module, function body, class body, or comprehension that is a function of its own.
///
/// Registers: first the arguments in CPython's order (positional-only and positional, keyword-only, `*args`,
/// `**kwargs`), then the other locals (`varnames` names both), then a register for each cell variable that is not an
/// argument and each free variable, then temporaries. `cell_regs[i]` is the register that holds the cell of variable
/// `i` of `cellvars + freevars`; at entry the interpreter fills those of `freevars` from the closure, everything else is
/// done by instructions (`make_cell` turns an argument's register into its cell's). All registers from the arguments
/// up to `n_locals` are UNBOUND at entry; temporaries hold anything.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Code {
    /// `co_name`.
    pub name: String,
    /// `co_qualname`.
    pub qualname: String,
    /// `co_filename`.
    pub filename: String,
    /// `co_firstlineno`.
    pub first_line: u32,
    /// Bits of [`flags`].
    pub flags: u32,
    /// Positional parameters, positional-only ones included.
    pub arg_count: u16,
    /// Of these, positional-only.
    pub pos_only_count: u16,
    /// Keyword-only parameters.
    pub kw_only_count: u16,
    /// Names of the locals that are registers; index = register.
    pub varnames: Vec<String>,
    /// Names of locals that inner scopes use.
    pub cellvars: Vec<String>,
    /// Names from enclosing scopes.
    pub freevars: Vec<String>,
    /// Register of each cell and free variable.
    pub cell_regs: Vec<u16>,
    /// Registers that are unbound at entry: locals, cells and free variables.
    pub n_locals: u16,
    /// All registers.
    pub n_regs: u16,
    /// The instructions.
    pub insns: Vec<Insn>,
    /// Global, attribute and import names.
    pub names: Vec<String>,
    /// The constants; with a docstring, it is the first one.
    pub consts: Vec<Const>,
    /// Exception handlers, innermost first: the first that covers an instruction is its handler.
    pub handlers: Vec<Handler>,
    /// Source positions, by rising `pc`.
    pub positions: Positions,
    /// How many inline caches the instructions use.
    pub n_caches: u32,
}

impl Code {
    /// Number of registers that receive arguments.
    pub fn n_params(&self) -> u16 {
        self.arg_count
            + self.kw_only_count
            + u16::from(self.flags & flags::VARARGS != 0)
            + u16::from(self.flags & flags::VARKEYWORDS != 0)
    }

    /// The source position of the instruction at word `pc`.
    pub fn position(&self, pc: u32) -> Option<Position> {
        let after = self.positions.partition_point(|p| p.pc <= pc);
        after.checked_sub(1).map(|i| self.positions[i])
    }
}
