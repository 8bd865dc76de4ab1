//! The operating system: `posix` and its neighbours.
pub mod argument;
