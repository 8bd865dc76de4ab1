//! What a host has to do: one function for each function of the context.
#![expect(clippy::new_ret_no_self, reason = "`HPy_New` makes an instance, not a host")]
#![expect(
    clippy::missing_safety_doc,
    reason = "each function is a row of the context: what its caller owes is said once, on `Host`"
)]

use std::any::Any;
use std::cell::Cell;
use std::ffi::{CStr, CString, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::call;
use crate::context::{Constant, Cx, ErrorValue, HPyContext, Private};
use crate::kinds;
use crate::shared;
use crate::types::{
    self, HPy, HPyField, HPyGlobal, HPyListBuilder, HPyThreadState, HPyTracker, HPyTupleBuilder,
};
use crate::words::{self, Places};

macro_rules! host_method {
    (constants $body:tt $($doc:literal)+) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident } $($doc:literal)+) => {
        $( #[doc = $doc] )+
        ///
        /// # Safety
        /// Handles are open and pointers valid, as C has to see to.
        unsafe fn $method(cx: Cx $(, $parameter: kinds::$kind)*) -> kinds::$result;
    };
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident, shared } $($doc:literal)+) => {
        $( #[doc = $doc] )+
        ///
        /// # Safety
        /// Handles are open and pointers valid, as C has to see to.
        unsafe fn $method(cx: Cx $(, $parameter: kinds::$kind)*) -> kinds::$result {
            // SAFETY: it asks of its caller what this function asks.
            unsafe { shared::$method(cx $(, $parameter)*) }
        }
    };
}

macro_rules! host {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// A Python that extension modules run in.
        ///
        /// The functions are those of the context, in its order; they have no `self`, the state is found through
        /// [`Cx::data`]. None of them may unwind into C: a panic is caught and given to [`Host::panicked`].
        pub trait Host: Shortcuts {
            /// What the context calls itself, such as `HPy Universal ABI (Haft)`.
            const NAME: &'static CStr;

            /// The handle of a constant, which is never closed.
            fn constant(cx: Cx, constant: Constant) -> HPy;

            /// A function panicked: raises SystemError.
            fn panicked(cx: Cx, function: &'static str, message: &str);

            $( $( host_method!($section $body $($doc)+); )+ )+
        }
    };
}
for_each_slot!(host);

macro_rules! shortcut {
    (constants $body:tt $field:ident) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? } $field:ident) => {
        #[doc = concat!("The quick way through `", stringify!($field), "`, if there is one.")]
        ///
        /// # Safety
        /// As the function of [`Host`].
        #[inline(always)]
        unsafe fn $method(cx: Cx $(, $parameter: kinds::$kind)*) -> Option<kinds::$result> {
            let _ = (cx $(, $parameter)*);
            None
        }
    };
}

macro_rules! shortcuts {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// The quick cases of functions of the context: a few instructions that cannot panic.
        ///
        /// The function that C calls tries the quick case first; `None` goes on to that of [`Host`], which is called so that
        /// a panic is caught and which needs registers saved and the arguments kept for that.
        pub trait Shortcuts: Sized + 'static {
            $( $( shortcut!($section $body $field); )+ )+
        }
    };
}
for_each_slot!(shortcuts);

/// Values that functions return when they fail.
pub(crate) trait Failure {
    /// The value for that kind of error.
    fn failure(error: ErrorValue) -> Self;
}

macro_rules! failures {
    ($( $ty:ty: $minus_one:expr, $zero:expr; )+) => { $(
        impl Failure for $ty {
            fn failure(error: ErrorValue) -> Self {
                if matches!(error, ErrorValue::Never) { $zero } else { $minus_one }
            }
        }
    )+ };
}

failures! {
    c_int: -1, 0;
    isize: -1, 0;
    i64: -1, 0;
    // What C makes of -1.
    u32: u32::MAX, 0;
    u64: u64::MAX, 0;
    usize: usize::MAX, 0;
    f64: -1.0, 0.0;
    (): (), ();
    HPy: HPy::NULL, HPy::NULL;
    HPyField: HPyField::NULL, HPyField::NULL;
    HPyGlobal: HPyGlobal::NULL, HPyGlobal::NULL;
    HPyListBuilder: HPyListBuilder::NULL, HPyListBuilder::NULL;
    HPyTupleBuilder: HPyTupleBuilder::NULL, HPyTupleBuilder::NULL;
    HPyTracker: HPyTracker::NULL, HPyTracker::NULL;
    HPyThreadState: HPyThreadState::NULL, HPyThreadState::NULL;
}

impl<T> Failure for *const T {
    fn failure(_: ErrorValue) -> Self {
        ptr::null()
    }
}

impl<T> Failure for *mut T {
    fn failure(_: ErrorValue) -> Self {
        ptr::null_mut()
    }
}

/// Runs a function of the host; a panic in it becomes an exception and the value that says so.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the body's arguments stay in registers")]
fn guarded<H: Host, R: Failure>(
    cx: Cx,
    function: &'static str,
    error: ErrorValue,
    body: impl FnOnce() -> R,
) -> R {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => result,
        Err(payload) => {
            report::<H>(cx, function, payload.as_ref());
            R::failure(error)
        }
    }
}

/// Tell the host that a function panicked.
#[cold]
#[inline(never)]
fn report<H: Host>(cx: Cx, function: &'static str, payload: &(dyn Any + Send)) {
    // A panic in the report itself must not get into C either; nothing is left to be told then.
    let report = || H::panicked(cx, function, message(payload));
    let _told = catch_unwind(AssertUnwindSafe(report)).is_ok();
}

/// What a panic said.
fn message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (_, Some(text)) => text,
        _ => "no message",
    }
}

macro_rules! shim {
    (constants $body:tt) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        pub(super) unsafe extern "C" fn $method<H: Host>(
            context: *mut HPyContext $(, $parameter: kinds::$kind)*
        ) -> kinds::$result {
            #[inline(never)]
            unsafe extern "C" fn in_full<H: Host>(
                context: *mut HPyContext $(, $parameter: kinds::$kind)*
            ) -> kinds::$result {
                // SAFETY: C calls a function of the context with that context.
                let cx = unsafe { Cx::of(context) };
                guarded::<H, _>(cx, stringify!($api), ErrorValue::$error, move || {
                    // SAFETY: the duties of C are those of the host's function.
                    unsafe { <H as Host>::$method(cx $(, $parameter)*) }
                })
            }
            // SAFETY: C calls a function of the context with that context.
            let cx = unsafe { Cx::of(context) };
            // SAFETY: the duties of C are those of the host's function.
            if let Some(result) = unsafe { <H as Shortcuts>::$method(cx $(, $parameter)*) } {
                return result;
            }
            // SAFETY: likewise.
            unsafe { in_full::<H>(context $(, $parameter)*) }
        }
    };
}

macro_rules! field_value {
    (constants $host:ident { $name:ident }) => {
        HPy::NULL
    };
    (functions $host:ident { $method:ident = $($rest:tt)* }) => {
        shims::$method::<$host>
    };
}

macro_rules! shims {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// The functions that C calls.
        mod shims {
            use super::{Cx, ErrorValue, HPyContext, Host, Shortcuts, guarded, kinds};

            $( $( shim!($section $body); )+ )+
        }

        /// A context of the functions of `H`, its constants null.
        fn functions<H: Host>(private: *mut c_void) -> HPyContext {
            HPyContext {
                name: H::NAME.as_ptr(),
                _private: private,
                abi_version: types::ABI_VERSION as c_int,
                mark: 0,
                $( $( $field: field_value!($section H $body), )+ )+
            }
        }
    };
}
for_each_slot!(shims);

/// A context of a host, which lives as long as this does.
#[derive(Debug)]
pub struct Context {
    context: *mut HPyContext,
    private: *mut Private,
}

impl Context {
    /// The context of `H`; `data` is what [`Cx::data`] will give.
    pub fn new<H: Host>(data: *mut c_void) -> Context {
        let private = Box::into_raw(Box::new(Private {
            places: Cell::new(Places::NOWHERE),
            caller: call::universal,
            direct: true,
            outer: Cell::new(ptr::null_mut()),
            inner: ptr::null_mut(),
            data: Cell::new(data),
        }));
        let context = Box::into_raw(Box::new(functions::<H>(private.cast())));
        let made = Context { context, private };
        for &constant in Constant::ALL {
            let handle = H::constant(made.cx(), constant);
            made.set_constant(constant, handle);
        }
        made
    }

    /// The context, for calls.
    pub fn cx(&self) -> Cx {
        // SAFETY: `new` made it, and it lives until `drop`.
        unsafe { Cx::of(self.context) }
    }

    /// Says that handles are words of the kind that [`words`] describes, and where the host keeps what modules then read
    /// and write.
    ///
    /// # Safety
    /// Handles are such words, and the places are valid for as long as the context lives.
    pub unsafe fn mark(&self, places: Places) {
        // SAFETY: `new` made it, it lives until `drop`, and no reference into it outlives a call.
        let private = unsafe { &*self.private };
        private.places.set(places);
        // SAFETY: likewise.
        let context = unsafe { &mut *self.context };
        context.mark = words::MARK as u32;
    }

    /// Changes the handle of a constant.
    pub fn set_constant(&self, constant: Constant, handle: HPy) {
        // SAFETY: `new` made it, it lives until `drop`, and no reference into it outlives a call.
        let context = unsafe { &mut *self.context };
        constant.set(context, handle);
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: `new` made it from a box.
        drop(unsafe { Box::from_raw(self.context) });
        // SAFETY: likewise.
        drop(unsafe { Box::from_raw(self.private) });
    }
}

/// A message for C: text up to its first zero.
pub fn c_text(text: &str) -> CString {
    let end = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}
