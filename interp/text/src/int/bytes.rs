//! `int.to_bytes` and `int.from_bytes`.

use dashu_int::ops::BitTest;
use dashu_int::{IBig, Sign, UBig};

use super::Int;
use crate::{Error, Result};

/// The order of the bytes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The lowest byte first.
    Little,
    /// The highest byte first.
    Big,
}

impl ByteOrder {
    /// From `"little"` or `"big"`.
    pub fn from_name(name: &[u8]) -> Result<Self> {
        match name {
            b"little" => Ok(Self::Little),
            b"big" => Ok(Self::Big),
            _ => Err(Error::value("byteorder must be either 'little' or 'big'")),
        }
    }

    /// The order of this machine, `sys.byteorder`.
    pub const NATIVE: Self = if cfg!(target_endian = "big") { Self::Big } else { Self::Little };
}

/// `i.to_bytes(length, byteorder, signed=signed)`
pub fn to_bytes(i: &IBig, length: usize, order: ByteOrder, signed: bool) -> Result<Vec<u8>> {
    let (sign, magnitude) = i.clone().into_parts();
    let negative = sign == Sign::Negative;
    if negative && !signed {
        return Err(Error::overflow("can't convert negative int to unsigned"));
    }
    // Two's complement of n bits reaches down to -(2^(n-1)).
    let n_bits = match (signed, negative) {
        (false, _) => magnitude.bit_len(),
        (true, false) if i.is_zero() => 0,
        (true, false) => magnitude.bit_len() + 1,
        // CPython stores -1 in no bytes at all.
        (true, true) if length == 0 && magnitude.is_one() => 0,
        (true, true) => (magnitude.clone() - UBig::ONE).bit_len() + 1,
    };
    if n_bits > length * 8 {
        return Err(Error::overflow("int too big to convert"));
    }
    let mut out = vec![0; length];
    let low = magnitude.to_le_bytes();
    let n = low.len().min(length);
    out[..n].copy_from_slice(&low[..n]);
    if negative {
        negate(&mut out);
    }
    if order == ByteOrder::Big {
        out.reverse();
    }
    Ok(out)
}

/// The two's complement of little-endian bytes.
fn negate(bytes: &mut [u8]) {
    let mut carry = true;
    for byte in bytes {
        (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
    }
}

/// `int.from_bytes(bytes, byteorder, signed=signed)`
pub fn from_bytes(bytes: &[u8], order: ByteOrder, signed: bool) -> Int {
    let highest = match order {
        ByteOrder::Little => bytes.last(),
        ByteOrder::Big => bytes.first(),
    };
    let negative = signed && highest.is_some_and(|&byte| byte >= 0x80);
    if bytes.len() <= 8 {
        let mut word = [if negative { 0xFF } else { 0 }; 8];
        let unsigned = if order == ByteOrder::Little {
            word[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(word)
        } else {
            word[8 - bytes.len()..].copy_from_slice(bytes);
            u64::from_be_bytes(word)
        };
        if negative || unsigned < 1 << 63 {
            return Int::Small(unsigned as i64);
        }
        return Int::Big(unsigned.into());
    }
    let magnitude = match order {
        ByteOrder::Little => UBig::from_le_bytes(bytes),
        ByteOrder::Big => UBig::from_be_bytes(bytes),
    };
    let mut value = IBig::from(magnitude);
    if negative {
        value -= IBig::ONE << (bytes.len() * 8);
    }
    value.into()
}
