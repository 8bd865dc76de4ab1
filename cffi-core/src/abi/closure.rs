//! C function pointers that call Rust.

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use libffi::low::{CodePtr, closure_free, ffi_cif, ffi_closure, try_closure_alloc};
use libffi::raw::{ffi_prep_closure_loc, ffi_status_FFI_OK};

use super::entry::Gate;
use super::sig::{AbiType, NativeSig};
use super::{errno, registers};
use crate::error::{CTypeError, Raises};

/// What a closure calls: user data, one pointer per argument, and where the result goes.
///
/// The result has room for `sig.result.size` bytes, zeroed. The function must not unwind: a panic
/// that reaches C ends the process.
pub type ClosureBody =
    unsafe fn(userdata: *mut c_void, args: *const *const c_void, result: *mut u8);

/// What a closure whose arguments travel in registers tries first: user data, and the place where argument `n` is at
/// `sig.args[n].offset` and the result goes, as a whole register, to `sig.result.offset`. False: nothing was done. It does
/// not change the program's `errno`.
pub type QuickBody = unsafe fn(userdata: *mut c_void, picture: *mut u8) -> bool;

/// A C function pointer. It must outlive the last call through it.
pub struct Closure {
    code: Code,
    /// What is handed to the function behind it.
    state: Box<State>,
}

/// What C calls.
enum Code {
    /// Everything travels in registers.
    Gate(Gate),
    /// libffi finds the arguments.
    Libffi { handle: *mut ffi_closure, code: CodePtr },
}

struct State {
    sig: Arc<NativeSig>,
    userdata: *mut c_void,
    body: ClosureBody,
    quick: Option<QuickBody>,
}

impl fmt::Debug for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closure")
            .field("code", &self.code())
            .field("sig", &self.state.sig)
            .finish_non_exhaustive()
    }
}

impl Closure {
    /// A function pointer of signature `sig` that calls `body` with `userdata`, or only `quick`.
    ///
    /// # Safety
    /// The bodies must be fine with `userdata` and the signature's arguments on whatever thread C calls from.
    pub unsafe fn new(
        sig: Arc<NativeSig>,
        userdata: *mut c_void,
        body: ClosureBody,
        quick: Option<QuickBody>,
    ) -> Result<Self, CTypeError> {
        let state = Box::new(State { sig, userdata, body, quick });
        let data = (&raw const *state).cast_mut().cast();
        if state.sig.is_in_registers()
            && let Ok(gate) = Gate::new(enter_by_gate, data)
        {
            return Ok(Self { code: Code::Gate(gate), state });
        }
        let system = |message: &str| CTypeError::new(Raises::SystemError, message);
        let (handle, code) = try_closure_alloc()
            .ok_or_else(|| system("Cannot allocate write+execute memory for ffi.callback()"))?;
        let closure = Self { code: Code::Libffi { handle, code }, state };
        let cif = closure.state.sig.cif();
        // SAFETY: `handle` and `code` are from the allocation above; `cif` and `data` live as long
        // as the closure, which owns them.
        let status =
            unsafe { ffi_prep_closure_loc(handle, cif, Some(enter), data, code.as_mut_ptr()) };
        if status != ffi_status_FFI_OK {
            return Err(system("libffi failed to build this callback"));
        }
        Ok(closure)
    }

    /// The function pointer.
    pub fn code(&self) -> *const c_void {
        match &self.code {
            Code::Gate(gate) => gate.code(),
            Code::Libffi { code, .. } => code.as_ptr(),
        }
    }

    /// The signature.
    pub fn sig(&self) -> &Arc<NativeSig> {
        &self.state.sig
    }

    /// The user data given to [`new`](Self::new).
    pub fn userdata(&self) -> *mut c_void {
        self.state.userdata
    }
}

impl Drop for Closure {
    fn drop(&mut self) {
        if let Code::Libffi { handle, .. } = self.code {
            // SAFETY: allocated in `new`, freed here only.
            unsafe { closure_free(handle) };
        }
    }
}

/// Called by libffi's trampoline. Panics end the process here, at the border to C.
///
/// # Safety
/// For libffi only, with the state given to `ffi_prep_closure_loc`.
unsafe extern "C" fn enter(
    _cif: *mut ffi_cif,
    result: *mut c_void,
    args: *mut *mut c_void,
    state: *mut c_void,
) {
    // SAFETY: `state` is the one given to `ffi_prep_closure_loc`, alive while calls are possible.
    let state = unsafe { &*state.cast::<State>() };
    let result = result.cast::<u8>();
    // SAFETY: libffi's result area has room for the result type.
    unsafe { result.write_bytes(0, state.sig.result.size) };
    // SAFETY: these are the arguments of the signature that the body was made for.
    unsafe { state.run(args.cast_const().cast(), result) };
}

/// Called by a gate. Panics end the process here, at the border to C.
///
/// # Safety
/// For gates only, with the state they were made with.
unsafe extern "C" fn enter_by_gate(state: *mut c_void, picture: *mut u8) {
    // SAFETY: alive while calls are possible.
    let state = unsafe { &*state.cast::<State>() };
    if let Some(quick) = state.quick {
        // SAFETY: the picture has the arguments of the signature that the body was made for.
        if unsafe { quick(state.userdata, picture) } {
            return;
        }
    }
    // SAFETY: alive while calls are possible.
    unsafe { state.run_by_gate(picture) };
}

impl State {
    /// Call the body with what is in this picture of the registers, and put its result there.
    ///
    /// # Safety
    /// As for a gate's body.
    #[inline(never)]
    unsafe fn run_by_gate(&self, picture: *mut u8) {
        let mut args = [std::ptr::null::<c_void>(); registers::MOST_ARGS];
        for (place, slot) in args.iter_mut().zip(&self.sig.args) {
            *place = picture.wrapping_add(slot.offset).cast();
        }
        let result = picture.wrapping_add(self.sig.result.offset);
        // SAFETY: the picture has a word for the result.
        unsafe { result.cast::<u64>().write_unaligned(0) };
        // SAFETY: these are the arguments of the signature that the body was made for.
        unsafe { self.run(args.as_ptr(), result) };
    }
    /// Call the body, with the program's `errno` put aside.
    ///
    /// # Safety
    /// `args` are those of the signature, `result` has room for its result and for a register, and is zero.
    unsafe fn run(&self, args: *const *const c_void, result: *mut u8) {
        errno::save();
        // SAFETY: the caller's promise.
        unsafe { (self.body)(self.userdata, args, result) };
        let abi = self.sig.result.abi;
        if !matches!(abi, AbiType::Void) {
            // SAFETY: the body wrote the result, and there is room for a register.
            unsafe { super::widen(abi, result) };
        }
        errno::restore();
    }
}
