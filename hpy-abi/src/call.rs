//! Calls of the functions in a module.
//!
//! Hosts call them through [`call`], with the context that the module was loaded with. In a universal or a trace context
//! that is a call through a pointer; in a debug context the arguments are wrapped first.

use std::ffi::c_void;
use std::mem::{size_of, transmute_copy};
use std::ptr;

use crate::context::{Cx, HPyContext};
use crate::signature::{Signature, args, functions};

/// A function of a module.
pub type CFunction = unsafe extern "C" fn();

/// How a context calls the functions of its modules.
pub type Caller = unsafe fn(cx: Cx, signature: Signature, function: CFunction, args: *mut c_void);

/// Calls a function with the handles as they are.
///
/// # Safety
/// As [`call`].
pub(crate) unsafe fn universal(
    cx: Cx,
    signature: Signature,
    function: CFunction,
    args: *mut c_void,
) {
    // SAFETY: it asks what this function asks.
    directly(cx, || unsafe { invoke(cx, signature, function, args) });
}

/// Runs what calls a function of a module with a universal context, in other ways than [`call`].
#[inline]
pub fn directly<T>(cx: Cx, call: impl FnOnce() -> T) -> T {
    // A wrapper may be registering functions of another module further out.
    let outer = &cx.private().outer;
    let before = outer.replace(ptr::null_mut());
    let result = call();
    outer.set(before);
    result
}

/// Calls a function of a module. `args` is the structure of [`args`] for its signature, with handles of the host's own
/// (universal) context in it; they stay the host's. The result is put there, in the host's handles too.
///
/// # Safety
/// The function has that signature, `args` points to its structure with open handles, `context` is one of this crate's.
pub unsafe fn call(
    context: *mut HPyContext,
    signature: Signature,
    function: CFunction,
    args: *mut c_void,
) {
    // SAFETY: the caller's duty.
    let cx = unsafe { Cx::of(context) };
    let caller = cx.private().caller;
    // SAFETY: it asks what this function asks.
    unsafe { caller(cx, signature, function, args) }
}

/// The function as one of its real type.
///
/// # Safety
/// `F` is the type of the function pointer that it really is.
pub unsafe fn cast<F: Copy>(function: CFunction) -> F {
    const { assert!(size_of::<F>() == size_of::<CFunction>()) };
    // SAFETY: both are function pointers, and the caller says that it is an `F`.
    unsafe { transmute_copy::<CFunction, F>(&function) }
}

macro_rules! invoke {
    (context $function:ident $context:expr, ($($argument:expr),*)) => { $function($context $(, $argument)*) };
    (bare $function:ident $context:expr, ($($argument:expr),*)) => { $function($($argument),*) };
}

macro_rules! universal {
    ($( $(#[doc = $doc:literal])+ $number:literal $c:ident $name:ident $form:ident
        ($($parameter:ident: $kind:ident),*) -> $result:ident; )+) => {
        /// Calls a function with the handles as they are.
        ///
        /// # Safety
        /// As [`call`].
        unsafe fn invoke(cx: Cx, signature: Signature, function: CFunction, arguments: *mut c_void) {
            match signature { $(
                Signature::$name => {
                    let at = arguments.cast::<args::$name>();
                    // SAFETY: the caller says that it is the structure of this signature.
                    let a = unsafe { &mut *at };
                    // SAFETY: the caller says that the function has this signature.
                    let function: functions::$name = unsafe { cast(function) };
                    let context = cx.as_ptr();
                    let _ = context;
                    // SAFETY: the handles are open and belong to this context.
                    a.result = unsafe { invoke!($form function context, ($(a.$parameter),*)) };
                }
            )+ }
        }
    };
}
for_each_signature!(universal);
