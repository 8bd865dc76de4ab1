//! Calls whose arguments and result all travel in registers, on x86-64 outside Windows: without libffi.
//!
//! libffi decides at every call where each argument goes. Here that is decided once: the argument buffer is a picture
//! of the registers, so the conversions write each argument where it belongs, and a call loads the picture.
//!
//! ```text
//!   0            48               112           120            128
//!   ├ rdi … r9 ──┼ xmm0 … xmm7 ───┼ rax, after ─┼ xmm0, after ─┤
//! ```

use std::ffi::c_void;

use super::sig::{AbiType, Slot};

/// Whether this machine's calls can be made so.
pub(super) const AVAILABLE: bool = cfg!(all(target_arch = "x86_64", unix, not(miri)));

const N_INTEGERS: usize = 6;
const N_FLOATS: usize = 8;
const FLOATS: usize = 8 * N_INTEGERS;
const INTEGER_RESULT: usize = FLOATS + 8 * N_FLOATS;
const FLOAT_RESULT: usize = INTEGER_RESULT + 8;

/// Most arguments that registers can hold.
pub(super) const MOST_ARGS: usize = N_INTEGERS + N_FLOATS;

/// Bytes of the picture.
pub(super) const SIZE: usize = FLOAT_RESULT + 8;

/// Which register a value of a type travels in; `None`: in none, or in more than one.
fn is_float(abi: AbiType) -> Option<bool> {
    match abi {
        AbiType::F32 | AbiType::F64 => Some(true),
        AbiType::Void | AbiType::LongDouble | AbiType::ComplexF32 | AbiType::ComplexF64 => None,
        AbiType::Struct(_) => None,
        _ => Some(false),
    }
}

/// How to load the picture.
#[derive(Clone, Debug)]
pub(super) struct Registers {
    has_floats: bool,
    /// Offsets of integers smaller than 32 bits: callees may rely on their extension.
    narrow: Box<[(usize, AbiType)]>,
}

impl Registers {
    /// Give each argument and the result its place in the picture, if there are registers for all.
    pub(super) fn lay_out(args: &mut [Slot], result: &mut Slot) -> Option<Self> {
        if !AVAILABLE {
            return None;
        }
        let result_offset = match is_float(result.abi) {
            Some(true) => FLOAT_RESULT,
            Some(false) => INTEGER_RESULT,
            None if result.abi == AbiType::Void => INTEGER_RESULT,
            None => return None,
        };
        let (mut integers, mut floats) = (0..N_INTEGERS, 0..N_FLOATS);
        let mut offsets = Vec::with_capacity(args.len());
        for arg in &*args {
            offsets.push(if is_float(arg.abi)? {
                FLOATS + 8 * floats.next()?
            } else {
                8 * integers.next()?
            });
        }
        for (arg, &offset) in args.iter_mut().zip(&offsets) {
            arg.offset = offset;
        }
        result.offset = result_offset;
        let narrow = args.iter().filter(|arg| {
            matches!(arg.abi, AbiType::I8 | AbiType::U8 | AbiType::I16 | AbiType::U16)
        });
        Some(Registers {
            has_floats: floats.start > 0,
            narrow: narrow.map(|arg| (arg.offset, arg.abi)).collect(),
        })
    }

    /// Load the picture, call, and store the result registers.
    ///
    /// # Safety
    /// `target` must be a C function of the signature that was laid out, `picture` valid for [`SIZE`] bytes, with a
    /// value at each argument's offset.
    #[inline]
    pub(super) unsafe fn call(&self, target: *const c_void, picture: *mut u8) {
        for &(offset, abi) in &*self.narrow {
            // SAFETY: the argument is there, and has a whole word.
            unsafe { super::widen(abi, picture.wrapping_add(offset)) };
        }
        if self.has_floats {
            // SAFETY: the caller's promise.
            unsafe { call_with_floats(target, picture) };
        } else {
            // SAFETY: the caller's promise.
            unsafe { call_with_integers(target, picture) };
        }
    }
}

/// # Safety
/// As for [`Registers::call`].
#[cfg(all(target_arch = "x86_64", unix, not(miri)))]
unsafe fn call_with_integers(target: *const c_void, picture: *mut u8) {
    // SAFETY: the registers get what the caller vouches for; the callee keeps r12, and the stack is aligned for a call.
    unsafe {
        std::arch::asm!(
            "mov rdi, [r12]",
            "mov rsi, [r12 + 8]",
            "mov rdx, [r12 + 16]",
            "mov rcx, [r12 + 24]",
            "mov r8, [r12 + 32]",
            "mov r9, [r12 + 40]",
            "xor eax, eax",
            "call r11",
            "mov [r12 + 112], rax",
            "movsd [r12 + 120], xmm0",
            in("r11") target,
            in("r12") picture,
            clobber_abi("sysv64"),
        );
    }
}

/// # Safety
/// As for [`Registers::call`].
#[cfg(all(target_arch = "x86_64", unix, not(miri)))]
unsafe fn call_with_floats(target: *const c_void, picture: *mut u8) {
    // SAFETY: as above. A variadic callee finds in `al` how many vector registers may be in use.
    unsafe {
        std::arch::asm!(
            "mov rdi, [r12]",
            "mov rsi, [r12 + 8]",
            "mov rdx, [r12 + 16]",
            "mov rcx, [r12 + 24]",
            "mov r8, [r12 + 32]",
            "mov r9, [r12 + 40]",
            "movsd xmm0, [r12 + 48]",
            "movsd xmm1, [r12 + 56]",
            "movsd xmm2, [r12 + 64]",
            "movsd xmm3, [r12 + 72]",
            "movsd xmm4, [r12 + 80]",
            "movsd xmm5, [r12 + 88]",
            "movsd xmm6, [r12 + 96]",
            "movsd xmm7, [r12 + 104]",
            "mov eax, 8",
            "call r11",
            "mov [r12 + 112], rax",
            "movsd [r12 + 120], xmm0",
            in("r11") target,
            in("r12") picture,
            clobber_abi("sysv64"),
        );
    }
}

#[cfg(not(all(target_arch = "x86_64", unix, not(miri))))]
unsafe fn call_with_integers(_target: *const c_void, _picture: *mut u8) {
    unreachable!("nothing is laid out for this machine");
}

#[cfg(not(all(target_arch = "x86_64", unix, not(miri))))]
unsafe fn call_with_floats(_target: *const c_void, _picture: *mut u8) {
    unreachable!("nothing is laid out for this machine");
}
