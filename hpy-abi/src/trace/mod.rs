//! Trace mode: a context around a host's that counts the calls of each function and the time they take.
//!
//! Handles are those of the host. A function set with [`Trace::set_on_enter`] or [`Trace::set_on_exit`] is called with the
//! name of each function of the context that C calls, such as `ctx_Add`.
#![expect(
    clippy::missing_safety_doc,
    reason = "each function is a row of the context: what its caller owes is said once, on `Host`"
)]

use std::cell::{Cell, RefCell};
use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::time::{Duration, Instant};

use crate::call;
use crate::context::{Constant, Cx, HPyContext, N_SLOTS, Private, ROWS};
use crate::host::c_text;
use crate::kinds::{self, Kind, registers};
use crate::types::{ABI_VERSION, HPy, HPyCFunction};
use crate::words::Places;

/// What was counted.
struct Counters {
    inner: Cx,
    calls: RefCell<Vec<u64>>,
    durations: RefCell<Vec<Duration>>,
    /// Functions of the host's, or null.
    on_enter: Cell<HPy>,
    on_exit: Cell<HPy>,
}

/// A trace context around a context of a host.
pub struct Trace {
    context: *mut HPyContext,
    counters: *mut Counters,
}

impl std::fmt::Debug for Trace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trace").finish_non_exhaustive()
    }
}

impl Trace {
    /// A trace context around `inner`, which must live longer.
    pub fn new(inner: Cx) -> Trace {
        let counters = Box::into_raw(Box::new(Counters {
            inner,
            calls: RefCell::new(vec![0; N_SLOTS]),
            durations: RefCell::new(vec![Duration::ZERO; N_SLOTS]),
            on_enter: Cell::new(HPy::NULL),
            on_exit: Cell::new(HPy::NULL),
        }));
        let private = Box::into_raw(Box::new(Private {
            places: Cell::new(Places::NOWHERE),
            caller: call::universal,
            direct: true,
            outer: Cell::new(ptr::null_mut()),
            inner: inner.as_ptr(),
            data: Cell::new(counters.cast()),
        }));
        let mut context = functions(c"HPy Trace Mode ABI".as_ptr());
        context._private = private.cast();
        context.ctx_CallRealFunctionFromTrampoline = call_from_trampoline;
        for &constant in Constant::ALL {
            constant.set(&mut context, constant.of(inner.context()));
        }
        Trace { context: Box::into_raw(Box::new(context)), counters }
    }

    /// The context to load modules with.
    pub fn cx(&self) -> Cx {
        // SAFETY: `new` made it, and it lives until `drop`.
        unsafe { Cx::of(self.context) }
    }

    fn counters(&self) -> &Counters {
        // SAFETY: `new` made them, and they live until `drop`.
        unsafe { &*self.counters }
    }

    /// The name of each function of the context and the number of its calls.
    pub fn call_counts(&self) -> Vec<(&'static str, u64)> {
        let calls = self.counters().calls.borrow();
        functions_of_table().map(|(index, name)| (name, calls[index])).collect()
    }

    /// The name of each function of the context and the nanoseconds that its calls took.
    pub fn durations(&self) -> Vec<(&'static str, u128)> {
        let durations = self.counters().durations.borrow();
        functions_of_table().map(|(index, name)| (name, durations[index].as_nanos())).collect()
    }

    /// Ticks of the clock in a second.
    pub const fn frequency(&self) -> i64 {
        1_000_000_000
    }

    /// Sets the function (a handle of the host, which is taken over; or null) that is called before each function of the
    /// context, and returns the one before.
    pub fn set_on_enter(&self, function: HPy) -> HPy {
        self.counters().on_enter.replace(function)
    }

    /// Likewise, after each function.
    pub fn set_on_exit(&self, function: HPy) -> HPy {
        self.counters().on_exit.replace(function)
    }
}

impl Drop for Trace {
    fn drop(&mut self) {
        // SAFETY: `new` made it from a box, and the host drops this after the last call.
        let context = unsafe { Box::from_raw(self.context) };
        // SAFETY: likewise.
        drop(unsafe { Box::from_raw(context._private.cast::<Private>()) });
        // SAFETY: likewise.
        drop(unsafe { Box::from_raw(self.counters) });
    }
}

/// Indexes and names of the functions.
fn functions_of_table() -> impl Iterator<Item = (usize, &'static str)> {
    ROWS.iter().filter(|row| row.function.is_some()).map(|row| (row.index, row.field))
}

impl Counters {
    /// Calls a function of the host with a name; an exception in it ends the process, for there is nobody to get it.
    fn tell(&self, function: HPy, index: usize) {
        if function.is_null() {
            return;
        }
        let inner = self.inner;
        let name = c_text(ROWS[index].field);
        // SAFETY: the name is a string in C.
        let mut name = unsafe { inner.unicode_from_string(name.as_ptr()) };
        // SAFETY: an array of one handle.
        let args = unsafe { inner.tuple_from_array(&raw mut name, 1) };
        // SAFETY: it is ours.
        unsafe { inner.close(name) };
        // SAFETY: the function is open as long as it is set.
        let result = unsafe { inner.call_tuple_dict(function, args, HPy::NULL) };
        // SAFETY: it is ours.
        unsafe { inner.close(args) };
        if result.is_null() {
            // SAFETY: an exception is being raised; nothing is said to be its source.
            unsafe { inner.err_write_unraisable(HPy::NULL) };
            // SAFETY: the message is a string in C.
            unsafe { inner.fatal_error(c"error when executing a trace function".as_ptr()) };
        }
        // SAFETY: it is ours.
        unsafe { inner.close(result) };
    }

    /// Runs a function of the context inside, counted and timed.
    fn traced<R>(&self, index: usize, base: Cx, registers: bool, body: impl FnOnce(Cx) -> R) -> R {
        self.calls.borrow_mut()[index] += 1;
        self.tell(self.on_enter.get(), index);
        let outer = &self.inner.private().outer;
        let before = outer.get();
        if registers {
            outer.set(base.as_ptr());
        }
        let start = Instant::now();
        let result = body(self.inner);
        let duration = start.elapsed();
        outer.set(before);
        self.durations.borrow_mut()[index] += duration;
        self.tell(self.on_exit.get(), index);
        result
    }
}

/// CPython's way into the functions of a module, which are called with this context. That is no call of the module's, so it is
/// not counted.
unsafe extern "C" fn call_from_trampoline(
    context: *mut HPyContext,
    signature: c_int,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: C calls a function of the context with that context.
    let cx = unsafe { Cx::of(context) };
    let Some(inner) = cx.inner() else { return };
    let before = inner.private().outer.replace(context);
    // SAFETY: all of it comes from the trampoline.
    unsafe { inner.call_real_function_from_trampoline(signature, function, args) };
    inner.private().outer.set(before);
}

macro_rules! wrapper {
    (constants $index:literal $body:tt) => {};
    (functions $index:literal { $method:ident = $api:ident($($parameter:ident: $kind:ident),*) -> $result:ident,
        $effect:ident, $error:ident $(, shared)? }) => {
        pub(super) unsafe extern "C" fn $method(
            context: *mut HPyContext $(, $parameter: kinds::$kind)*
        ) -> kinds::$result {
            // SAFETY: C calls a function of the context with that context.
            let cx = unsafe { Cx::of(context) };
            let counters = cx.private().data.get().cast::<Counters>();
            // SAFETY: trace contexts have counters, which live as long as they do.
            let counters = unsafe { &*counters };
            let registers = const { registers(&[ $( Kind::$kind ),* ]) };
            counters.traced($index, cx, registers, |inner| {
                // SAFETY: the arguments are C's, and handles are the host's own.
                unsafe { inner.$method($($parameter),*) }
            })
        }
    };
}

macro_rules! field_value {
    (constants { $name:ident }) => {
        HPy::NULL
    };
    (functions { $method:ident = $($rest:tt)* }) => {
        wrappers::$method
    };
}

macro_rules! wrappers {
    ($( $section:ident { $( $(#[doc = $doc:literal])+ $index:literal $field:ident $body:tt )+ } )+) => {
        /// The functions that C calls.
        mod wrappers {
            use super::{Counters, Cx, HPyContext, Kind, kinds, registers};

            $( $( wrapper!($section $index $body); )+ )+
        }

        /// A context of them all, without constants.
        fn functions(name: *const c_char) -> HPyContext {
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
