//! The back end of the tracing JIT: traces to machine code, by a generator of our own or by Cranelift.
//!
//! ```text
//! ir::Trace ──exits──► plan of exits ─┬─quick──────────────────► machine code ──arena──► memory that runs
//!                                     └─lower──► Cranelift IR ──►
//! ```
//! A trace is one function, with either generator of Cranelift's tail-call convention: `(context, base, exit number) -> exit number`. A root
//! trace is entered through one trampoline for all of them; each exit leaves by a tail call through its cell, which
//! leads to a stub that returns the exit number, or to a side trace. So attaching is the store of one word.
//!
//! Our own optimiser has run before: Cranelift, too, only selects instructions and allocates registers. Constants are made
//! again at each use, and values of exits are used in the cold exit blocks directly.
//!
//! [`Clif`] is the whole interface.
mod arena;
mod barriers;
mod compiler;
mod exits;
mod gdb;
mod job;
mod listing;
mod lower;
mod perf_map;
#[cfg(target_arch = "x86_64")]
mod quick;
mod unwind;
mod variadic;

pub use compiler::{Clif, Generator, Options};
