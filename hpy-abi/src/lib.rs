//! HPy's universal ABI, for hosts: everything about it that does not depend on which Python it is.
//!
//! A universal extension module is a shared library that knows its host only through a *context*: a structure of constants
//! and function pointers whose layout never changes (that of HPy 0.9.0). Here is one table of it ([`for_each_slot`]), and
//! made from it the structure, the trait that a host implements ([`Host`]), the functions that C calls, the debug and trace
//! contexts that wrap any other, and through `cargo xtask gen` the header for C and the reference pages.
//!
//! Nothing here knows an object model: a handle is a word that only the host understands.

#[macro_use]
mod table;
#[macro_use]
mod slots;
#[macro_use]
pub mod signature;

pub mod call;
pub mod context;
pub mod debug;
pub mod definition;
pub mod elf;
pub mod host;
pub mod kinds;
pub mod mode;
pub mod module;
pub mod shared;
pub mod trace;
pub mod typed;
pub mod types;
pub mod words;

pub use call::{CFunction, call};
pub use context::{Constant, Cx, Effect, ErrorValue, Function, HPyContext, ROWS, Row};
pub use definition::{ModuleDefinition, TypeDefinition};
pub use host::{Context, Host, Shortcuts};
pub use kinds::Kind;
pub use mode::Mode;
pub use module::{LoadError, Module};
pub use signature::Signature;
pub use slots::TypeSlot;
pub use types::HPy;
