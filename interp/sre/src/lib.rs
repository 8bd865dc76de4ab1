//! The engine behind Python's `re`: runs the programs that `re._compiler` makes.
//!
//! Python's own `re/_parser.py` and `re/_compiler.py` turn a pattern into a list of 32-bit codes and hand it
//! to `_sre.compile`. This crate takes over there:
//!
//! ```text
//! codes ─decode─► tree ─assemble─► instructions ─► backtracking matcher   (everything)
//!                   └────automaton─► regex-automata                       (the regular subset, long searches)
//! ```
//!
//! The backtracking matcher has the last word on what matches: it gives `CPython`'s spans, groups and
//! `lastindex`. It keeps its stack on the heap, so no pattern and no subject overflows the native one. The
//! automaton is a finder only: once a search has taken many steps it looks for the bounds of the next match
//! in linear time, and the matcher fills in the groups from there.
//!
//! Offsets are byte offsets everywhere; [`Subject`] converts from and to code points.

mod assemble;
mod automaton;
mod chars;
mod decode;
mod matcher;
mod opcode;
mod program;
mod search;
mod subject;
#[cfg(test)]
mod tests;
mod tree;

pub use chars::{ascii_is_cased, ascii_lower, unicode_is_cased, unicode_lower};
pub use opcode::{CODE_SIZE, MAGIC, MAX_GROUPS, MAX_REPEAT};
pub use program::{Captures, Program, Scanner};
pub use search::Stop;
pub use subject::{CharCursor, Subject};

/// The codes are not a program that `re._compiler` could have made (`RuntimeError: invalid SRE code`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCode;

impl std::fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("invalid SRE code")
    }
}

impl std::error::Error for InvalidCode {}
