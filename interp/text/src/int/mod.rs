//! Everything about `int` that needs no object.
//!
//! A small int is an `i64`, any other an [`IBig`]; [`Int`] is a result that may be either.

mod arithmetic;
mod bytes;
mod convert;
mod decimal;
mod format;
pub mod magnitude;
mod parse;

use dashu_int::IBig;

pub use arithmetic::{bit_count, bit_length, div_mod, floor_div, isqrt, modulo, pow_mod, shl, shr};
pub use bytes::{ByteOrder, from_bytes, to_bytes};
pub use convert::{compose, from_f64, to_f64, true_div};
pub use decimal::Decimal;
pub(crate) use format::prefix;
pub use format::{
    DEFAULT_MAX_STR_DIGITS, big_to_decimal, big_to_radix, i64_to_decimal, i64_to_radix, with_prefix,
};
pub use parse::{check_base, parse, parse_bytes, parse_literal};

/// An int of any size; `Small` whenever it fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Int {
    /// Fits in 64 bits.
    Small(i64),
    /// Does not.
    Big(IBig),
}

/// A borrowed int of any size.
#[derive(Clone, Copy, Debug)]
pub enum IntRef<'a> {
    /// Fits in 64 bits.
    Small(i64),
    /// Any other (or one that would fit: nothing depends on it).
    Big(&'a IBig),
}

impl Int {
    /// A borrowed view.
    pub fn as_ref(&self) -> IntRef<'_> {
        match self {
            Self::Small(small) => IntRef::Small(*small),
            Self::Big(big) => IntRef::Big(big),
        }
    }
}

impl IntRef<'_> {
    /// In base 2 to 36, in lower case; `max_digits` (0 for no limit) counts in base 10 only.
    pub fn to_radix(self, radix: u32, max_digits: usize) -> crate::Result<String> {
        match self {
            Self::Small(small) => Ok(i64_to_radix(small, radix)),
            Self::Big(big) if radix == 10 => big_to_decimal(big, max_digits),
            Self::Big(big) => Ok(big_to_radix(big, radix)),
        }
    }

    /// `float(i)`
    pub fn to_f64(self) -> crate::Result<f64> {
        match self {
            Self::Small(small) => Ok(small as f64),
            Self::Big(big) => to_f64(big),
        }
    }

    /// The value, if it fits.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Self::Small(small) => Some(small),
            Self::Big(big) => i64::try_from(big).ok(),
        }
    }
}

impl From<IBig> for Int {
    fn from(value: IBig) -> Self {
        match i64::try_from(&value) {
            Ok(small) => Self::Small(small),
            Err(_) => Self::Big(value),
        }
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl From<Int> for IBig {
    fn from(value: Int) -> Self {
        match value {
            Int::Small(small) => small.into(),
            Int::Big(big) => big,
        }
    }
}
