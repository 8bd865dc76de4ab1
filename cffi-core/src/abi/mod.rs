//! Calling C, and being called by it.
//!
//! A [`NativeSig`] is everything about a function type that does not depend on the
//! values: the ABI type of each argument, how a value is converted to it, where it
//! lies in the argument buffer, and libffi's description. The same plan drives the
//! interpreter's calls, compiled stubs and callbacks.

mod closure;
mod entry;
pub mod errno;
mod ffi_type;
mod record;
mod registers;
mod sig;
mod widen;

pub use closure::{Closure, ClosureBody, QuickBody};
pub use record::pieces as record_pieces;
pub use sig::{AbiType, Convert, NativeSig, Slot};
use widen::widen;
