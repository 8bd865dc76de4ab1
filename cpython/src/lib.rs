//! HPy's universal modules in CPython, from 3.9 on: one extension module for all versions.
//!
//! The context, the loader and the debug and trace modes are those of `haft-hpy-abi`, as in Haft; here is what is CPython's.
//! The Python side (import hook, `hpy.universal` for programs written for upstream's package) is in `python/`.

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
