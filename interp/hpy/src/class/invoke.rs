//! Calls of C functions with the arguments of their signature.
use std::ffi::c_void;

use haft_hpy_abi::{Signature, call};

use super::Found;
use crate::prelude::*;

/// From here on the compiler takes it that others may change the runtime: C functions do, through their context.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is no instruction at all")]
pub(crate) fn publish(vm: &mut Vm) {
    let vm = std::ptr::from_mut(vm);
    #[cfg(not(miri))]
    // SAFETY: no instruction; the address is said to be used by somebody else.
    unsafe {
        std::arch::asm!("/* {0} */", in(reg) vm, options(nostack, preserves_flags));
    }
    #[cfg(miri)]
    std::hint::black_box(vm);
}

/// Call a function with the structure of its arguments.
///
/// # Safety
/// The function has the signature, and `args` is its structure.
#[inline]
pub(crate) unsafe fn with(vm: &mut Vm, found: Found, signature: Signature, args: *mut c_void) {
    publish(vm);
    // SAFETY: the caller's duty; the handles in it are values that the caller keeps.
    unsafe { call(found.cx.as_ptr(), signature, found.function, args) };
}

/// What a C function of the signature returns: `invoke!(vm, found, Binary(arg0: …, arg1: …), zero)`.
macro_rules! invoke {
    ($vm:expr, $found:expr, $signature:ident($($field:ident: $value:expr),*), $zero:expr) => {{
        let found: $crate::class::Found = $found;
        let vm: &mut haft_core::Vm = $vm;
        if found.cx.is_direct() {
            $crate::class::invoke::publish(vm);
            let function: haft_hpy_abi::signature::functions::$signature =
                // SAFETY: the function is in a slot or definition of this signature.
                unsafe { haft_hpy_abi::call::cast(found.function) };
            // SAFETY: these are its arguments; the handles in them are values that the caller keeps.
            unsafe { function(found.cx.as_ptr() $(, $value)*) }
        } else {
            let mut args =
                haft_hpy_abi::signature::args::$signature { $($field: $value,)* result: $zero };
            // SAFETY: the function is in a slot or definition of this signature, and these are its arguments.
            unsafe {
                $crate::class::invoke::with(
                    vm,
                    found,
                    haft_hpy_abi::Signature::$signature,
                    (&raw mut args).cast(),
                );
            }
            args.result
        }
    }};
}
pub(crate) use invoke;
