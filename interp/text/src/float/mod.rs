//! Everything about `float` that needs no object: text, rounding, ratios, hashes.

mod arithmetic;
mod format;
mod hash;
mod hex;
mod parse;
mod round;

pub use arithmetic::{div_mod, floor_div, modulo};
pub use format::{Flags, format, repr};
pub use hash::{hash_complex, hash_f64, hash_i64, hash_ibig, hash_words};
pub use hex::{from_hex, to_hex};
pub(crate) use parse::{number_len, without_underscores};
pub use parse::{parse, parse_bytes, parse_str};
pub(crate) use round::split;
pub use round::{as_integer_ratio, is_integer, round};
