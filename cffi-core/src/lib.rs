//! C without Python: declarations, types, layouts, calls.
//!
//! The parts, in the order a program meets them:
//!
//! * [`parse`] turns C declarations into entries of a [`Declarations`] environment,
//! * [`types`] is the table of C types they refer to, with sizes, layouts and names,
//! * [`abi`] makes one [`NativeSig`] per function type and calls through it, or makes
//!   a C function pointer out of a Rust function ([`Closure`]),
//! * [`Library`] finds the functions and variables,
//! * [`memory`] reads and writes C values.
//!
//! Nothing here knows about Python; the words of the error messages are those of
//! the `cffi` package, because its users read them.

pub mod abi;
pub mod error;
pub mod library;
pub mod memory;
pub mod parse;
pub mod stream;
pub mod types;

pub use abi::{AbiType, Closure, Convert, NativeSig, record_pieces};
pub use error::{CTypeError, Raises};
pub use library::Library;
pub use parse::{Declarations, Options};
pub use types::{CType, CTypeId, Primitive, Quals, Types};
