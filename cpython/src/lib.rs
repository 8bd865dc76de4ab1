//! HPy's universal modules in CPython, from 3.9 on: one extension module for all versions.
//!
//! The context, the loader and the debug and trace modes are those of `haft-hpy-abi`, as in Haft; here is what is CPython's.
//! The Python side (import hook, `hpy.universal` for programs written for upstream's package) is in `python/`.
//!
//! # Safety
//! An unsafe function without a text of its own asks for what C owes HPy: the interpreter's lock is held, objects and handles
//! are alive, pointers are valid for what their type says.
#![expect(
    clippy::missing_safety_doc,
    reason = "said above once for the functions that ask for no more"
)]

mod builders;
mod calls;
mod capsules;
mod constants;
mod debug;
mod host;
mod late;
mod modes;
mod module;
mod native;
mod numbers;
mod object;
mod trace;
mod trampoline;
mod types;
mod values;
