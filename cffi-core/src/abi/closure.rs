//! C function pointers that call Rust.

use std::ffi::c_void;
use std::fmt;
use std::sync::Arc;

use libffi::low::{CodePtr, closure_free, ffi_cif, ffi_closure, try_closure_alloc};
use libffi::raw::{ffi_prep_closure_loc, ffi_status_FFI_OK};

use super::errno;
use super::sig::NativeSig;
use crate::error::{CTypeError, Raises};

/// What a closure calls: user data, one pointer per argument, and where the result goes.
///
/// The result has room for `sig.result.size` bytes, zeroed. The function must not unwind: a panic
/// that reaches C ends the process.
pub type ClosureBody =
    unsafe fn(userdata: *mut c_void, args: *const *const c_void, result: *mut u8);

/// A C function pointer. It must outlive the last call through it.
pub struct Closure {
    handle: *mut ffi_closure,
    code: CodePtr,
    /// What libffi hands to `enter`.
    state: Box<State>,
}

struct State {
    sig: Arc<NativeSig>,
    userdata: *mut c_void,
    body: ClosureBody,
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
    /// A function pointer of signature `sig` that calls `body` with `userdata`.
    ///
    /// # Safety
    /// `body` must be fine with `userdata` and the signature's arguments on whatever thread C calls from.
    pub unsafe fn new(
        sig: Arc<NativeSig>,
        userdata: *mut c_void,
        body: ClosureBody,
    ) -> Result<Self, CTypeError> {
        let system = |message: &str| CTypeError::new(Raises::SystemError, message);
        let (handle, code) = try_closure_alloc()
            .ok_or_else(|| system("Cannot allocate write+execute memory for ffi.callback()"))?;
        let closure = Self { handle, code, state: Box::new(State { sig, userdata, body }) };
        let state = (&raw const *closure.state).cast_mut().cast();
        let cif = closure.state.sig.cif();
        // SAFETY: `handle` and `code` are from the allocation above; `cif` and `state` live as long
        // as the closure, which owns them.
        let status =
            unsafe { ffi_prep_closure_loc(handle, cif, Some(enter), state, code.as_mut_ptr()) };
        if status != ffi_status_FFI_OK {
            return Err(system("libffi failed to build this callback"));
        }
        Ok(closure)
    }

    /// The function pointer.
    pub fn code(&self) -> *const c_void {
        self.code.as_ptr()
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
        // SAFETY: allocated in `new`, freed here only.
        unsafe { closure_free(self.handle) };
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
    errno::save();
    // SAFETY: `state` is the one given to `ffi_prep_closure_loc`, alive while calls are possible.
    let state = unsafe { &*state.cast::<State>() };
    let slot = &state.sig.result;
    let result = result.cast::<u8>();
    let size = slot.size;
    // SAFETY: libffi's result area has room for the result type.
    unsafe { result.write_bytes(0, size) };
    // SAFETY: these are the arguments of the signature that the body was made for.
    unsafe { (state.body)(state.userdata, args.cast_const().cast(), result) };
    // SAFETY: the body wrote `size` bytes, and libffi's result area has room for a register.
    unsafe { super::widen(slot.abi, result) };
    errno::restore();
}
