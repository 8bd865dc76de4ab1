//! Small integers as whole registers.

use super::sig::AbiType;
use crate::memory;

/// Extend an integer smaller than a register to a whole one, in place.
///
/// # Safety
/// `result` must hold a value of type `abi` and be valid for 8 bytes if that is a small integer.
pub(super) unsafe fn widen(abi: AbiType, result: *mut u8) {
    let (size, signed) = match abi {
        AbiType::I8 => (1, true),
        AbiType::U8 => (1, false),
        AbiType::I16 => (2, true),
        AbiType::U16 => (2, false),
        AbiType::I32 => (4, true),
        AbiType::U32 => (4, false),
        _ => return,
    };
    let word = if signed {
        // SAFETY: the value has `size` bytes.
        unsafe { memory::read_signed(result, size) }.cast_unsigned()
    } else {
        // SAFETY: the value has `size` bytes.
        unsafe { memory::read_unsigned(result, size) }
    };
    // SAFETY: the caller vouches for a register.
    unsafe { result.cast::<u64>().write_unaligned(word) };
}
