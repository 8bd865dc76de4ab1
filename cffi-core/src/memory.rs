//! C values in memory: integers of any size, bitfields, floats, `long double`.
//!
//! Everything is read and written unaligned: packed records and the user's
//! pointer arithmetic put values anywhere.

use std::fmt;

use crate::types::{FieldBits, Primitive};

/// Read `size` bytes (1, 2, 4 or 8) as a signed integer.
///
/// # Safety
/// `address` must be valid for reading `size` bytes.
pub unsafe fn read_signed(address: *const u8, size: usize) -> i64 {
    match size {
        // SAFETY: the caller vouches for 1 byte.
        1 => i64::from(unsafe { address.cast::<i8>().read() }),
        // SAFETY: the caller vouches for 2 bytes.
        2 => i64::from(unsafe { address.cast::<i16>().read_unaligned() }),
        // SAFETY: the caller vouches for 4 bytes.
        4 => i64::from(unsafe { address.cast::<i32>().read_unaligned() }),
        // SAFETY: the caller vouches for 8 bytes.
        _ => unsafe { address.cast::<i64>().read_unaligned() },
    }
}

/// Read `size` bytes (1, 2, 4 or 8) as an unsigned integer.
///
/// # Safety
/// `address` must be valid for reading `size` bytes.
pub unsafe fn read_unsigned(address: *const u8, size: usize) -> u64 {
    match size {
        // SAFETY: the caller vouches for 1 byte.
        1 => u64::from(unsafe { address.read() }),
        // SAFETY: the caller vouches for 2 bytes.
        2 => u64::from(unsafe { address.cast::<u16>().read_unaligned() }),
        // SAFETY: the caller vouches for 4 bytes.
        4 => u64::from(unsafe { address.cast::<u32>().read_unaligned() }),
        // SAFETY: the caller vouches for 8 bytes.
        _ => unsafe { address.cast::<u64>().read_unaligned() },
    }
}

/// Write the low `size` bytes (1, 2, 4 or 8) of `value`.
///
/// # Safety
/// `address` must be valid for writing `size` bytes.
#[expect(clippy::cast_possible_truncation, reason = "C conversion to a narrower integer")]
pub unsafe fn write_integer(address: *mut u8, size: usize, value: u64) {
    match size {
        // SAFETY: the caller vouches for 1 byte.
        1 => unsafe { address.write(value as u8) },
        // SAFETY: the caller vouches for 2 bytes.
        2 => unsafe { address.cast::<u16>().write_unaligned(value as u16) },
        // SAFETY: the caller vouches for 4 bytes.
        4 => unsafe { address.cast::<u32>().write_unaligned(value as u32) },
        // SAFETY: the caller vouches for 8 bytes.
        _ => unsafe { address.cast::<u64>().write_unaligned(value) },
    }
}

/// Read an integer, character or `_Bool`.
///
/// # Safety
/// `address` must be valid for reading `primitive.size()` bytes.
pub unsafe fn read_integer(address: *const u8, primitive: Primitive) -> i128 {
    if primitive.is_signed() {
        // SAFETY: the caller vouches for the size.
        i128::from(unsafe { read_signed(address, primitive.size()) })
    } else {
        // SAFETY: the caller vouches for the size.
        i128::from(unsafe { read_unsigned(address, primitive.size()) })
    }
}

/// Whether `value` is in the range of an integer type.
pub fn fits(primitive: Primitive, value: i128) -> bool {
    primitive.range().is_some_and(|(min, max)| (min..=max).contains(&value))
}

/// The message of the `OverflowError` for a value out of range.
pub fn overflow_message(value: impl fmt::Display, type_name: &str) -> String {
    format!("integer {value} does not fit '{type_name}'")
}

/// A value does not fit a bitfield.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BitfieldOverflow {
    /// Smallest value allowed.
    pub min: i128,
    /// Largest value allowed.
    pub max: i128,
}

impl BitfieldOverflow {
    /// The message of the `OverflowError`.
    pub fn message(&self, value: impl fmt::Display) -> String {
        format!(
            "value {value} outside the range allowed by the bit field width: {} <= x <= {}",
            self.min, self.max
        )
    }
}

/// Smallest and largest value of a bitfield. A signed one of one bit takes 0 and 1 besides -1, as in `cffi`.
pub fn bitfield_range(width: u32, signed: bool) -> (i128, i128) {
    match (signed, width) {
        (true, 1) => (-1, 1),
        (true, _) => (-(1i128 << (width - 1)), (1i128 << (width - 1)) - 1),
        (false, _) => (0, (1i128 << width) - 1),
    }
}

/// The bytes that hold a bitfield, which may be fewer than its declared type has: the first
/// one, their number, and the shift in them.
fn bitfield_bytes(shift: u32, width: u32, size: usize) -> (usize, usize, u32) {
    if cfg!(target_endian = "big") {
        return (0, size, shift);
    }
    let first = shift / 8;
    let n_bytes = (shift % 8 + width).div_ceil(8);
    (first as usize, n_bytes as usize, shift % 8)
}

/// Read a bitfield of a type of `size` bytes; `None` if `bits` is not one.
///
/// # Safety
/// `address` is the field's offset; the bytes that hold the bitfield must be valid for reading.
pub unsafe fn read_bitfield(
    address: *const u8,
    size: usize,
    bits: FieldBits,
    signed: bool,
) -> Option<i128> {
    let FieldBits::Bitfield { shift, width } = bits else { return None };
    let (first, n_bytes, shift) = bitfield_bytes(shift, width, size);
    let mut word = 0u128;
    for index in 0..n_bytes {
        // SAFETY: the byte holds a part of the bitfield, which the caller vouches for.
        let byte = unsafe { address.wrapping_add(first + index).read() };
        word |= u128::from(byte) << (8 * byte_position(index, n_bytes));
    }
    let value = (word >> shift) & mask(width);
    let negative = signed && value >> (width - 1) != 0;
    let value = i128::try_from(value).unwrap_or(0);
    Some(if negative { value - (1i128 << width) } else { value })
}

/// Write a bitfield of a type of `size` bytes, after checking the value's range.
///
/// # Safety
/// `address` is the field's offset; the bytes that hold the bitfield must be valid for writing.
pub unsafe fn write_bitfield(
    address: *mut u8,
    size: usize,
    bits: FieldBits,
    signed: bool,
    value: i128,
) -> Result<(), BitfieldOverflow> {
    let FieldBits::Bitfield { shift, width } = bits else { return Ok(()) };
    let (min, max) = bitfield_range(width, signed);
    if !(min..=max).contains(&value) {
        return Err(BitfieldOverflow { min, max });
    }
    let (first, n_bytes, shift) = bitfield_bytes(shift, width, size);
    let field = mask(width) << shift;
    let value = (value.cast_unsigned() & mask(width)) << shift;
    for index in 0..n_bytes {
        let position = 8 * byte_position(index, n_bytes);
        let place = address.wrapping_add(first + index);
        let keep = !low_byte(field >> position);
        // SAFETY: the byte holds a part of the bitfield, which the caller vouches for.
        let old = unsafe { place.read() };
        // SAFETY: as above, for writing.
        unsafe { place.write(old & keep | low_byte(value >> position)) };
    }
    Ok(())
}

fn mask(width: u32) -> u128 {
    (1u128 << width) - 1
}

#[expect(clippy::cast_possible_truncation, reason = "the low byte is wanted")]
fn low_byte(word: u128) -> u8 {
    word as u8
}

fn byte_position(index: usize, n_bytes: usize) -> usize {
    if cfg!(target_endian = "big") { n_bytes - 1 - index } else { index }
}

/// Read a `float`, `double` or `long double` as a `double`.
///
/// # Safety
/// `address` must be valid for reading `primitive.size()` bytes.
pub unsafe fn read_float(address: *const u8, primitive: Primitive) -> f64 {
    match primitive {
        // SAFETY: the caller vouches for 4 bytes.
        Primitive::Float => f64::from(unsafe { address.cast::<f32>().read_unaligned() }),
        // SAFETY: the caller vouches for the size of a `long double`.
        Primitive::LongDouble => unsafe { LongDouble::read(address) }.to_f64(),
        // SAFETY: the caller vouches for 8 bytes.
        _ => unsafe { address.cast::<f64>().read_unaligned() },
    }
}

/// Write a `double` as `float`, `double` or `long double`.
///
/// # Safety
/// `address` must be valid for writing `primitive.size()` bytes.
#[expect(clippy::cast_possible_truncation, reason = "C conversion to float")]
pub unsafe fn write_float(address: *mut u8, primitive: Primitive, value: f64) {
    match primitive {
        // SAFETY: the caller vouches for 4 bytes.
        Primitive::Float => unsafe { address.cast::<f32>().write_unaligned(value as f32) },
        // SAFETY: the caller vouches for the size of a `long double`.
        Primitive::LongDouble => unsafe { LongDouble::from_f64(value).write(address) },
        // SAFETY: the caller vouches for 8 bytes.
        _ => unsafe { address.cast::<f64>().write_unaligned(value) },
    }
}

/// Read a complex number: real and imaginary part.
///
/// # Safety
/// `address` must be valid for reading `primitive.size()` bytes.
pub unsafe fn read_complex(address: *const u8, primitive: Primitive) -> (f64, f64) {
    let part = complex_part(primitive);
    // SAFETY: the first half of the value.
    let real = unsafe { read_float(address, part) };
    // SAFETY: the second half of the value.
    let imaginary = unsafe { read_float(address.wrapping_add(part.size()), part) };
    (real, imaginary)
}

/// Write a complex number.
///
/// # Safety
/// `address` must be valid for writing `primitive.size()` bytes.
pub unsafe fn write_complex(address: *mut u8, primitive: Primitive, (real, imaginary): (f64, f64)) {
    let part = complex_part(primitive);
    // SAFETY: the first half of the value.
    unsafe { write_float(address, part, real) };
    // SAFETY: the second half of the value.
    unsafe { write_float(address.wrapping_add(part.size()), part, imaginary) };
}

fn complex_part(primitive: Primitive) -> Primitive {
    if primitive == Primitive::FloatComplex { Primitive::Float } else { Primitive::Double }
}

/// The bytes of a `long double`, whatever its format is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongDouble {
    bytes: [u8; Primitive::LongDouble.size()],
}

/// x87 extended precision: 64 bits of fraction with an explicit leading one, 15 of exponent.
const IS_X87: bool = cfg!(any(target_arch = "x86_64", target_arch = "x86"));

impl LongDouble {
    /// Copy from memory.
    ///
    /// # Safety
    /// `address` must be valid for reading a `long double`.
    pub unsafe fn read(address: *const u8) -> Self {
        // SAFETY: the caller vouches for the bytes; any bytes will do.
        Self { bytes: unsafe { address.cast::<[u8; size_of::<Self>()]>().read_unaligned() } }
    }

    /// Copy to memory.
    ///
    /// # Safety
    /// `address` must be valid for writing a `long double`.
    pub unsafe fn write(self, address: *mut u8) {
        // SAFETY: the caller vouches for the bytes.
        unsafe { address.cast::<[u8; size_of::<Self>()]>().write_unaligned(self.bytes) };
    }

    /// The nearest `double`; ties go to even.
    pub fn to_f64(self) -> f64 {
        if size_of::<Self>() == 8 {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&self.bytes[..8]);
            return f64::from_ne_bytes(bytes);
        }
        let word = self.word();
        let (negative, exponent, fraction) = if IS_X87 {
            (word >> 79 & 1 == 1, word >> 64 & 0x7fff, word << 64)
        } else {
            let hidden = u128::from(word >> 112 & 0x7fff != 0) << 127;
            (word >> 127 == 1, word >> 112 & 0x7fff, hidden | word << 16 >> 1)
        };
        let exponent = i32::try_from(exponent).unwrap_or(0);
        let magnitude = if exponent == 0x7fff {
            if fraction << 1 == 0 { f64::INFINITY } else { f64::NAN }
        } else {
            round_to_f64(fraction, exponent.max(1) - 16383)
        };
        if negative { -magnitude } else { magnitude }
    }

    /// The same value as a `double`, exactly.
    pub fn from_f64(value: f64) -> Self {
        if size_of::<Self>() == 8 {
            let mut bytes = [0; size_of::<Self>()];
            bytes[..8].copy_from_slice(&value.to_ne_bytes());
            return Self { bytes };
        }
        let bits = value.to_bits();
        let sign = u128::from(bits >> 63);
        let exponent = u128::from(bits >> 52 & 0x7ff);
        let fraction = u128::from(bits & ((1 << 52) - 1));
        // `significand` has its leading one at bit 127, unless the value is zero.
        let (exponent, significand) = match (exponent, fraction) {
            (0, 0) => (0, 0),
            (0, _) => {
                let zeros = fraction.leading_zeros();
                // A subnormal is fraction × 2^-1074.
                (u128::from(16383 - 1074 + 127 - zeros), fraction << zeros)
            }
            (0x7ff, _) => (0x7fff, 1 << 127 | fraction << 75),
            _ => (exponent + 16383 - 1023, 1 << 127 | fraction << 75),
        };
        let word = if IS_X87 {
            sign << 79 | exponent << 64 | significand >> 64
        } else {
            sign << 127 | exponent << 112 | significand << 1 >> 16
        };
        let mut bytes = [0; size_of::<Self>()];
        bytes.copy_from_slice(&word.to_ne_bytes()[..size_of::<Self>()]);
        Self { bytes }
    }

    fn word(self) -> u128 {
        let mut bytes = [0; 16];
        bytes[..size_of::<Self>()].copy_from_slice(&self.bytes);
        u128::from_ne_bytes(bytes)
    }
}

/// `significand` / 2^127 × 2^`exponent`, rounded to the nearest `double`.
fn round_to_f64(significand: u128, exponent: i32) -> f64 {
    if significand == 0 {
        return 0.0;
    }
    let zeros = significand.leading_zeros();
    let exponent = exponent - zeros.cast_signed();
    let significand = significand << zeros;
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // Subnormal doubles have fewer bits.
    let lost = 75 + (-1022 - exponent).max(0);
    if lost > 128 {
        return 0.0;
    }
    let lost = lost.cast_unsigned();
    let kept = significand.checked_shr(lost).unwrap_or(0);
    let rest = if lost == 128 { significand } else { significand & ((1u128 << lost) - 1) };
    let half = 1u128 << (lost - 1);
    let round_up = rest > half || (rest == half && kept & 1 == 1);
    let kept = u64::try_from(kept).unwrap_or(0) + u64::from(round_up);
    // Adding the fraction to the exponent's bits carries a rounded-up 1.11… into the exponent.
    let biased = u64::try_from(exponent + 1023).unwrap_or(0);
    if biased == 0 {
        return f64::from_bits(kept);
    }
    f64::from_bits(((biased - 1) << 52) + kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_double_keeps_every_double() {
        let values = [
            0.0,
            -0.0,
            1.0,
            -1.5,
            0.1,
            1e308,
            f64::MAX,
            f64::MIN_POSITIVE,
            5e-324,
            3e-310,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ];
        for value in values {
            assert_eq!(LongDouble::from_f64(value).to_f64().to_bits(), value.to_bits(), "{value}");
        }
        assert!(LongDouble::from_f64(f64::NAN).to_f64().is_nan());
    }

    #[test]
    fn bitfields_keep_their_neighbours() {
        let mut bytes = [0xffu8; 4];
        let bits = FieldBits::Bitfield { shift: 5, width: 7 };
        // SAFETY: the field is inside the four bytes.
        let written = unsafe { write_bitfield(bytes.as_mut_ptr(), 4, bits, true, -64) };
        assert_eq!(written, Ok(()));
        assert_eq!(u32::from_le_bytes(bytes), 0xffff_f81f);
        // SAFETY: the field is inside the four bytes.
        assert_eq!(unsafe { read_bitfield(bytes.as_ptr(), 4, bits, true) }, Some(-64));
        // SAFETY: the field is inside the four bytes.
        let written = unsafe { write_bitfield(bytes.as_mut_ptr(), 4, bits, true, 64) };
        assert_eq!(
            written.unwrap_err().message(64),
            "value 64 outside the range allowed by the bit field width: -64 <= x <= 63"
        );
    }
}
