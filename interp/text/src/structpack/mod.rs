//! The formats of the module `struct`, and packing of single values.
//!
//! [`Format::parse`] gives the layout; [`Format::slots`] one [`Slot`] per Python value, in order.
//! The caller asks each slot what it [`wants`](Slot::wants) and packs or unpacks it.

mod format;
mod half;
mod slot;

pub use format::Format;
pub use half::{f16_from_f64, f16_to_f64};
pub use slot::{Slot, Value, Wants};

use crate::{Error, ErrorKind};

/// `struct.error(message)`
fn error(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Struct, message)
}
