//! One value of a packed structure.

use super::{error, f16_from_f64, f16_to_f64};
use crate::int::{ByteOrder, Int, IntRef};
use crate::{Error, Result};

/// What a format character means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Pad,
    Char,
    Bytes,
    Pascal,
    Bool,
    Signed,
    Unsigned,
    Pointer,
    Float,
    Complex,
}

/// The Python value that a slot packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// A `bytes` of length 1: [`Slot::pack_bytes`].
    Char,
    /// A `bytes`: [`Slot::pack_bytes`].
    Bytes,
    /// Any truth value: [`Slot::pack_bool`].
    Bool,
    /// An int or something with `__index__`: [`Slot::pack_int`].
    Int,
    /// A float: [`Slot::pack_float`].
    Float,
    /// A complex: [`Slot::pack_complex`].
    Complex,
}

/// An unpacked value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// `c s p`
    Bytes(&'a [u8]),
    /// `?`
    Bool(bool),
    /// An int.
    Int(Int),
    /// `e f d`
    Float(f64),
    /// `F D`
    Complex(f64, f64),
}

/// The place of one value.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The format character.
    pub code: u8,
    pub(super) kind: Kind,
    /// Where it starts in the structure.
    pub offset: usize,
    /// Its number of bytes.
    pub size: usize,
    pub(super) order: ByteOrder,
    pub(super) native: bool,
}

/// Store a word.
#[inline]
fn put<const N: usize>(out: &mut [u8], word: [u8; N]) {
    out.copy_from_slice(&word);
}

impl Slot {
    /// Which value to give it.
    #[inline]
    pub fn wants(&self) -> Wants {
        match self.kind {
            Kind::Char => Wants::Char,
            Kind::Bytes | Kind::Pascal | Kind::Pad => Wants::Bytes,
            Kind::Bool => Wants::Bool,
            Kind::Signed | Kind::Unsigned | Kind::Pointer => Wants::Int,
            Kind::Float => Wants::Float,
            Kind::Complex => Wants::Complex,
        }
    }

    /// The error for a value of another type.
    pub fn type_error(&self) -> Error {
        error(match self.wants() {
            Wants::Char => "char format requires a bytes object of length 1".to_owned(),
            Wants::Bytes => {
                format!("argument for '{}' must be a bytes object", char::from(self.code))
            }
            Wants::Bool | Wants::Int => "required argument is not an integer".to_owned(),
            Wants::Float => "required argument is not a float".to_owned(),
            Wants::Complex => "required argument is not a complex".to_owned(),
        })
    }

    /// Pack for `c`, `s` and `p` into the structure's bytes.
    pub fn pack_bytes(&self, value: &[u8], structure: &mut [u8]) -> Result<()> {
        let out = &mut structure[self.offset..self.offset + self.size];
        if self.kind == Kind::Char && value.len() != 1 {
            return Err(self.type_error());
        }
        out.fill(0);
        let out = if self.kind == Kind::Pascal {
            let Some((len, out)) = out.split_first_mut() else { return Ok(()) };
            *len = value.len().min(out.len()).min(255) as u8;
            out
        } else {
            out
        };
        let n = value.len().min(out.len());
        out[..n].copy_from_slice(&value[..n]);
        Ok(())
    }

    /// Pack for `?`.
    pub fn pack_bool(&self, value: bool, structure: &mut [u8]) {
        self.store(u64::from(value), structure);
    }

    /// Pack an int.
    #[inline]
    pub fn pack_int(&self, value: IntRef<'_>, structure: &mut [u8]) -> Result<()> {
        let n_bits = self.size * 8;
        let signed = value.to_i64();
        let unsigned = match value {
            IntRef::Small(small) => u64::try_from(small).ok(),
            IntRef::Big(big) => u64::try_from(big).ok(),
        };
        let fits_signed = |i: &i64| i >> (n_bits - 1) == 0 || i >> (n_bits - 1) == -1;
        let fits_unsigned = |i: &u64| n_bits == 64 || i >> n_bits == 0;
        let bits = match self.kind {
            Kind::Signed => signed.filter(fits_signed).map(|i| i as u64),
            Kind::Unsigned => unsigned.filter(fits_unsigned),
            // A pointer may be given as a negative number.
            _ => unsigned.or(signed.map(|i| i as u64)),
        };
        match bits {
            Some(bits) => {
                self.store(bits, structure);
                Ok(())
            }
            None if self.kind == Kind::Pointer => Err(error("int too large to convert")),
            None => Err(self.range_error()),
        }
    }

    fn range_error(&self) -> Error {
        let n_bits = self.size as u32 * 8;
        let (low, high) = match self.kind {
            Kind::Signed => (i64::MIN >> (64 - n_bits), u64::MAX >> (65 - n_bits)),
            _ => (0, u64::MAX >> (64 - n_bits)),
        };
        let code = char::from(self.code);
        error(format!("'{code}' format requires {low} <= number <= {high}"))
    }

    /// Pack a float.
    pub fn pack_float(&self, value: f64, structure: &mut [u8]) -> Result<()> {
        let bits = match self.size {
            2 => f16_from_f64(value)
                .map(u64::from)
                .ok_or_else(|| Error::overflow("float too large to pack with e format"))?,
            4 => u64::from(self.narrow(value)?.to_bits()),
            _ => value.to_bits(),
        };
        self.store(bits, structure);
        Ok(())
    }

    /// Only the native `f` turns a number that is too large into an infinity.
    fn narrow(&self, value: f64) -> Result<f32> {
        let narrow = value as f32;
        if narrow.is_infinite() && value.is_finite() && !self.native {
            return Err(Error::overflow("float too large to pack with f format"));
        }
        Ok(narrow)
    }

    /// Pack for `F` and `D`.
    pub fn pack_complex(&self, real: f64, imaginary: f64, structure: &mut [u8]) -> Result<()> {
        let half = self.size / 2;
        let part = |i: usize| Self {
            kind: Kind::Float,
            offset: self.offset + i * half,
            size: half,
            ..*self
        };
        part(0).pack_float(real, structure)?;
        part(1).pack_float(imaginary, structure)
    }

    fn store(&self, bits: u64, structure: &mut [u8]) {
        let out = &mut structure[self.offset..self.offset + self.size];
        let little = self.order == ByteOrder::Little;
        // The sizes there are, each a single store.
        match out.len() {
            1 => out[0] = bits as u8,
            2 => put(
                out,
                if little { (bits as u16).to_le_bytes() } else { (bits as u16).to_be_bytes() },
            ),
            4 => put(
                out,
                if little { (bits as u32).to_le_bytes() } else { (bits as u32).to_be_bytes() },
            ),
            8 => put(out, if little { bits.to_le_bytes() } else { bits.to_be_bytes() }),
            len if little => out.copy_from_slice(&bits.to_le_bytes()[..len]),
            len => out.copy_from_slice(&bits.to_be_bytes()[8 - len..]),
        }
    }

    /// The bits of a number of at most eight bytes.
    #[inline]
    fn load(&self, bytes: &[u8]) -> u64 {
        let little = self.order == ByteOrder::Little;
        match *bytes {
            [byte] => u64::from(byte),
            [a, b] => {
                let word = [a, b];
                u64::from(if little { u16::from_le_bytes(word) } else { u16::from_be_bytes(word) })
            }
            [a, b, c, d] => {
                let word = [a, b, c, d];
                u64::from(if little { u32::from_le_bytes(word) } else { u32::from_be_bytes(word) })
            }
            _ => {
                let mut word = [0; 8];
                let n = bytes.len().min(8);
                if little {
                    word[..n].copy_from_slice(&bytes[..n]);
                    u64::from_le_bytes(word)
                } else {
                    word[8 - n..].copy_from_slice(&bytes[..n]);
                    u64::from_be_bytes(word)
                }
            }
        }
    }

    /// The number of at most eight bytes.
    fn int(&self, bytes: &[u8], signed: bool) -> Int {
        let bits = self.load(bytes);
        if signed {
            let unused = 64 - 8 * bytes.len() as u32;
            return Int::Small(bits.cast_signed() << unused >> unused);
        }
        match i64::try_from(bits) {
            Ok(small) => Int::Small(small),
            Err(_) => Int::Big(bits.into()),
        }
    }

    /// Unpack from the structure's bytes.
    pub fn unpack<'a>(&self, structure: &'a [u8]) -> Value<'a> {
        let bytes = &structure[self.offset..self.offset + self.size];
        match self.kind {
            Kind::Char | Kind::Bytes | Kind::Pad => Value::Bytes(bytes),
            Kind::Pascal => Value::Bytes(match bytes.split_first() {
                Some((&len, rest)) => &rest[..usize::from(len).min(rest.len())],
                None => bytes,
            }),
            Kind::Bool => Value::Bool(bytes.iter().any(|&byte| byte != 0)),
            Kind::Signed => Value::Int(self.int(bytes, true)),
            Kind::Unsigned | Kind::Pointer => Value::Int(self.int(bytes, false)),
            Kind::Float => Value::Float(self.float(bytes)),
            Kind::Complex => {
                let (real, imaginary) = bytes.split_at(bytes.len() / 2);
                Value::Complex(self.float(real), self.float(imaginary))
            }
        }
    }

    fn float(&self, bytes: &[u8]) -> f64 {
        let bits = self.load(bytes);
        match bytes.len() {
            2 => f16_to_f64(bits as u16),
            4 => f64::from(f32::from_bits(bits as u32)),
            _ => f64::from_bits(bits),
        }
    }
}
