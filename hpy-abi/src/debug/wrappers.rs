//! The functions of a debug context: each unwraps its arguments, calls the context inside, and wraps what it gives.
#![expect(
    clippy::missing_safety_doc,
    reason = "each function is a row of the context: what its caller owes is said once, on `Host`"
)]

use std::cell::Cell;
use std::ffi::{c_char, c_int};
use std::ptr;

use super::report::Place;
use super::table::{Found, Owner};
use super::{Frame, Shared, frame, report, special};
use crate::context::{Cx, ErrorValue, HPyContext};
use crate::host::Failure;
use crate::kinds;
use crate::types::{ABI_VERSION, HPy};

/// A call of a function of a debug context.
pub(super) struct Call {
    pub(super) frame: &'static Frame,
    pub(super) shared: &'static Shared,
    /// The function's name in `hpy.h`.
    pub(super) api: &'static str,
    error: ErrorValue,
}

impl Call {
    /// Begins a call; a context that may not be used now ends the process.
    pub(super) fn enter(context: *mut HPyContext, api: &'static str, error: ErrorValue) -> Call {
        // SAFETY: C calls a function of the context with that context.
        let cx = unsafe { Cx::of(context) };
        let frame = frame(cx);
        if !frame.valid.get() {
            report::wrong_context(api);
        }
        let call = Call { frame, shared: frame.shared(), api, error };
        if frame.left.get() && api != "HPy_ReenterPythonExecution" && api != "HPy_FatalError" {
            call.shared.fatal(&format!(
                "{api} was called between HPy_LeavePythonExecution and HPy_ReenterPythonExecution{}",
                report::caller()
            ));
        }
        call
    }

    /// The context inside.
    pub(super) fn inner(&self) -> Cx {
        self.shared.inner
    }

    /// Runs something in the context inside; meanwhile C may not use this one.
    pub(super) fn run<R>(&self, body: impl FnOnce(Cx) -> R) -> R {
        self.frame.valid.set(false);
        let result = body(self.inner());
        self.frame.valid.set(true);
        result
    }

    /// Likewise, when functions of the module are registered: they must be called with a debug context.
    pub(super) fn run_as_outer<R>(&self, body: impl FnOnce(Cx) -> R) -> R {
        let inner = self.inner();
        let base = self.shared.base();
        let before = inner.private().outer.replace(base.as_ptr());
        let result = self.run(body);
        inner.private().outer.set(before);
        result
    }

    /// The host's handle of an argument; null for null.
    pub(super) fn unwrap(&self, handle: HPy) -> HPy {
        if handle.is_null() {
            return HPy::NULL;
        }
        let table = self.shared.table.borrow();
        let found = table.find(handle);
        if let Found::Open(id) = found {
            return table.handle(id);
        }
        drop(table);
        let (what, id) = Shared::describe(found);
        self.shared.invalid_handle(Place::Api(self.api), what, id);
        // Going on was asked for: the object may still be there, and None is better than a word that is no handle.
        match id {
            Some(id) => self.shared.table.borrow().handle(id),
            None => self.inner().context().h_None,
        }
    }

    /// The host's handle of an argument that must not be null; `None` when an exception was raised.
    pub(super) fn unwrap_object(&self, handle: HPy, name: &str) -> Option<HPy> {
        if !handle.is_null() {
            return Some(self.unwrap(handle));
        }
        self.null(name, "HPy_NULL");
        None
    }

    /// An argument is null that must not be.
    fn null(&self, name: &str, null: &str) {
        let name = name.trim_end_matches('_');
        let message = format!("{}: argument '{name}' is {null}{}", self.api, report::caller());
        if matches!(self.error, ErrorValue::Never) {
            self.shared.fatal(&message);
        }
        self.shared.system_error(&message);
    }

    /// A debug handle for a new handle of the host.
    pub(super) fn wrap(&self, handle: HPy) -> HPy {
        self.shared.table.borrow_mut().open(handle, Owner::Module)
    }

    /// What the function returns when it fails.
    pub(super) fn failure<R: Failure>(&self) -> R {
        R::failure(self.error)
    }
}

/// An argument as the context inside takes it.
macro_rules! argument {
    (Handle, $call:ident, $argument:ident) => {
        match $call.unwrap_object($argument, stringify!($argument)) {
            Some(handle) => handle,
            None => return $call.failure(),
        }
    };
    (NullableHandle, $call:ident, $argument:ident) => {
        $call.unwrap($argument)
    };
    (Text, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (FileName, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (Chars, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (WideChars, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (OutData, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (OutSize, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (OutHandle, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (FieldSlot, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (GlobalSlot, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (Spec, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (CallFunction, $call:ident, $argument:ident) => {
        argument!(pointer $call, $argument)
    };
    (pointer $call:ident, $argument:ident) => {{
        if $argument.is_null() {
            $call.null(stringify!($argument), "NULL");
            return $call.failure();
        }
        $argument
    }};
    ($kind:ident, $call:ident, $argument:ident) => {
        $argument
    };
}

/// A result as C gets it.
macro_rules! result {
    (Owned, $call:ident, $result:expr) => {
        $call.wrap($result)
    };
    ($kind:ident, $call:ident, $result:expr) => {
        $result
    };
}

macro_rules! wrapper {
    (constants $body:tt) => {};
    (functions { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        pub(super) unsafe extern "C" fn $method(
            context: *mut HPyContext $(, $parameter: kinds::$kind)*
        ) -> kinds::$result {
            let call = Call::enter(context, stringify!($api), ErrorValue::$error);
            $( let $parameter = argument!($kind, call, $parameter); )*
            let value = call.run(|inner| {
                // SAFETY: the arguments are the host's now, and otherwise C's own.
                unsafe { inner.$method($($parameter),*) }
            });
            result!($result, call, value)
        }
    };
}

macro_rules! field_value {
    (constants { $name:ident }) => {
        HPy::NULL
    };
    (functions { $method:ident = $($rest:tt)* }) => {
        generic::$method
    };
}

macro_rules! wrappers {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// Those that need nothing but unwrapping and wrapping.
        mod generic {
            use super::{Call, ErrorValue, HPyContext, kinds};

            $( $( wrapper!($section $body); )+ )+
        }

        /// A context of them all, without constants.
        fn generic_context(name: *const c_char) -> HPyContext {
            HPyContext {
                name,
                _private: ptr::null_mut(),
                abi_version: ABI_VERSION as c_int,
                mark: 0,
                $( $( $field: field_value!($section $body), )+ )+
            }
        }
    };
}
for_each_slot!(wrappers);

/// The functions of a debug context.
pub(super) fn context() -> HPyContext {
    let mut context = generic_context(c"HPy Debug Mode ABI".as_ptr());
    special::install(&mut context);
    context
}

impl Frame {
    /// Marks a context as that of a running call, or no more.
    pub(super) fn set_valid(&self, valid: bool) {
        Cell::set(&self.valid, valid);
        self.left.set(false);
    }
}
