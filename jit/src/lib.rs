//! A tracing JIT that knows no Python.
//!
//! ```text
//! front end records ──► ir::Trace ──opt──► ir::Trace ──backend──► machine code + exits
//! ```
//! [`ir`] is the language of traces: typed operations in static single assignment form, guards with snapshots, and one
//! text form that is printed and parsed. [`opt`] makes a recorded trace good. [`backend`] is what a code generator must
//! do; the code generators are behind it in a crate of their own, so that this one builds for every processor. [`eval`] runs
//! traces slowly and is what tests compare both with. Recording is the front end's, which writes through [`ir::Builder`].
pub mod backend;
pub mod eval;
pub mod ir;
pub mod opt;
pub mod word;
