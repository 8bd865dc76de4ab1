//! Methods that bytes and bytearray share: one function for both, on a slice of bytes.
mod case;
mod pad;
mod search;
pub(super) mod sequence;
mod split;
mod text;

use haft_core::NativeDef;

pub(super) use text::hex_text;

/// All shared methods.
pub(super) const TABLES: [&[NativeDef]; 5] =
    [case::METHODS, pad::METHODS, search::METHODS, split::METHODS, text::METHODS];
