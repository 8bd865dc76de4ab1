//! Every operating-system call of Haft goes through here.
//!
//! Record and replay, a sandbox and a WebAssembly build each need one place where the outside world enters.
//! So this crate is that place: the rest of the runtime names no `libc` function, no `std::fs`, no clock.
//!
//! Three rules hold everywhere:
//!
//! * Arguments and results are plain: paths are [`std::path::Path`], file descriptors are `i32`, times are
//!   nanoseconds, failures are [`std::io::Error`] with `raw_os_error()` set to `errno`.
//! * A call interrupted by a signal returns `EINTR`. It is not retried here, because PEP 475 wants the Python
//!   handler to run before the retry, and only the caller can run it.
//! * `unsafe` is fenced in this crate; every public function is safe except where a child process or raw
//!   memory makes that impossible.

pub mod account;
pub mod calendar;
pub mod clock;
pub mod config;
pub mod confname;
pub mod directory;
pub mod environment;
pub mod exec;
pub mod file;
pub mod linux;
pub mod locale;
pub mod memory;
pub mod path;
pub mod poll;
pub mod process;
pub mod random;
pub mod resolve;
pub mod signal;
pub mod socket;
pub mod spawn;
pub mod standard;
pub mod stat;
pub mod terminal;
pub mod thread;

mod syscall;

/// The constants of the C headers (`O_RDONLY`, `SIGINT`, `EINTR`, …), for the modules that publish them.
pub use libc as constants;
