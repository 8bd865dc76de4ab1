//! Text without Python objects: WTF-8 strings, codecs, number parsing and formatting, format specs.
//!
//! The crate knows no object model: every function takes slices and numbers and returns plain
//! values. A string is **generalized WTF-8**: UTF-8 in which a surrogate code point is encoded
//! as three bytes, also when a high one is followed by a low one, because Python keeps such a
//! pair as two code points. Slices called `s` are valid generalized WTF-8; slices called `bytes`
//! are arbitrary.
//!
//! Errors carry the exception kind and the exact message of `CPython` 3.14.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "the crate converts between representations of numbers; the range is checked beside each cast"
)]

pub mod ascii;
pub mod base;
pub mod codecs;
pub mod complex;
mod error;
pub mod float;
pub mod format_spec;
pub mod format_string;
pub mod int;
pub mod repr;
pub mod structpack;
pub mod unicode;
pub mod wtf8;
pub mod xml;

pub use dashu_int::{IBig, UBig};
pub use error::{Error, ErrorKind, Result};
