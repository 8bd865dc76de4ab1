//! Tiny: a language of a few hundred lines on the JIT that Haft uses.
//!
//! ```text
//! source ──parse──► code ──interpret──► a loop gets hot
//!                             │ record: the same instructions, written down as IR
//!                             ▼
//!                   haft_jit::opt ──► haft_jit_clif ──► machine code; its exits lead back here
//! ```
//! The language has ints, floats, bools, variables, `if`, `while` and `print`. It has no objects, so nothing here is about
//! heaps; all that a front end owes the JIT otherwise is in `record` and `traces`.
mod code;
mod interpret;
mod parse;
mod record;
mod traces;
mod value;

pub use interpret::{Error, Options, Outcome, run};
pub use traces::Counts;
