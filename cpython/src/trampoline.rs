//! How CPython calls the functions of a module.
//!
//! A module carries a trampoline for each function, which CPython calls as it calls any C function. The trampoline puts its
//! arguments into a structure and calls back here, with the context that the module was loaded with. Handles being
//! addresses, most structures hold the right words already; the others are translated.

use std::ffi::{c_char, c_int, c_void};
use std::mem::offset_of;

use haft_hpy_abi::context::Cx;
use haft_hpy_abi::signature::args;
use haft_hpy_abi::types::{HPyCFunction, HPyField};
use haft_hpy_abi::{CFunction, HPy, Signature};
use pyo3::ffi;

use crate::object::{Object, ToC as _, handle, object, system_error};
use crate::{types, values};

/// `nargsf` says in its highest bit that the word before the arguments may be overwritten.
const COUNT: usize = usize::MAX >> 1;

/// What the trampoline of a function with a tuple and a dict fills in.
#[repr(C)]
struct TupleCall<R> {
    this: Object,
    arguments: Object,
    named: Object,
    result: R,
}

/// What the trampoline of a traversal fills in.
#[repr(C)]
struct Traversal {
    this: Object,
    visit: ffi::visitproc,
    argument: *mut c_void,
    result: c_int,
}

/// Call a function of a module for its trampoline.
///
/// # Safety
/// `arguments` is the structure that the headers' trampoline of that signature makes.
pub(crate) unsafe fn call(
    cx: Cx,
    signature: c_int,
    function: HPyCFunction,
    arguments: *mut c_void,
) {
    let (Some(signature), Some(function)) = (Signature::of(signature), function) else {
        system_error("a function of an HPy module has no known signature");
        return;
    };
    let call = Call { cx: cx.take_outer(), function };
    match signature {
        // SAFETY: the structure is that of the headers for this signature, by the caller's promise.
        Signature::Keywords | Signature::VectorCall => unsafe { call.keywords(arguments.cast()) },
        // SAFETY: likewise.
        Signature::NoArgs | Signature::O | Signature::Varargs => unsafe {
            call.method(signature, arguments);
        },
        // SAFETY: likewise.
        Signature::Init => unsafe { call.init(arguments.cast()) },
        // SAFETY: likewise.
        Signature::New => unsafe { call.make(arguments.cast()) },
        // SAFETY: likewise.
        Signature::Traverse => unsafe { traverse(arguments.cast()) },
        // SAFETY: likewise.
        Signature::CapsuleDestructor => unsafe { call.capsule(arguments.cast()) },
        // SAFETY: likewise.
        Signature::ModCreate => unsafe { call.create(arguments.cast()) },
        // SAFETY: likewise.
        Signature::GetBuffer => unsafe { call.buffer(arguments.cast()) },
        // SAFETY: likewise.
        _ => unsafe { call.direct(signature, arguments) },
    }
}

/// A function returns null if and only if it raised. Not every version of CPython looks, and then the exception comes up
/// somewhere else, or none.
fn check(result: &mut HPy) {
    // SAFETY: it asks for nothing.
    let raised = unsafe { !ffi::PyErr_Occurred().is_null() };
    if result.is_null() == raised {
        return;
    }
    if raised {
        // SAFETY: the function gave this reference.
        unsafe { ffi::Py_DECREF(object(*result)) };
        *result = HPy::NULL;
        let cause = values::take_exception();
        system_error("a C function returned a result with an exception set");
        values::raise_from(cause);
    } else {
        system_error("a C function returned NULL without setting an exception");
    }
}

/// A function and the context it is called with.
struct Call {
    cx: Cx,
    function: CFunction,
}

impl Call {
    /// Call with a structure of handles.
    unsafe fn direct(&self, signature: Signature, arguments: *mut c_void) {
        // SAFETY: the caller gives the structure of that signature.
        unsafe { haft_hpy_abi::call(self.cx.as_ptr(), signature, self.function, arguments) };
    }

    /// Call a method without keywords, and look at what it gave.
    unsafe fn method(&self, signature: Signature, arguments: *mut c_void) {
        // SAFETY: the caller gives the structure of that signature.
        unsafe { self.direct(signature, arguments) };
        let offset = match signature {
            Signature::NoArgs => offset_of!(args::NoArgs, result),
            Signature::O => offset_of!(args::O, result),
            _ => offset_of!(args::Varargs, result),
        };
        // SAFETY: the result of these signatures is a handle there.
        let result = unsafe { arguments.byte_add(offset) }.cast::<HPy>();
        // SAFETY: as above, and nobody else has the structure.
        check(unsafe { &mut *result });
    }

    unsafe fn keywords(&self, arguments: *mut args::Keywords) {
        // SAFETY: the caller gives the structure of this signature.
        let mut masked = unsafe { arguments.read() };
        masked.nargsf &= COUNT;
        // SAFETY: the count is right now.
        unsafe { self.direct(Signature::Keywords, (&raw mut masked).cast()) };
        check(&mut masked.result);
        // SAFETY: as above.
        unsafe { (*arguments).result = masked.result };
    }

    unsafe fn init(&self, arguments: *mut TupleCall<c_int>) {
        // SAFETY: the caller gives the structure of this signature.
        let call = unsafe { &mut *arguments };
        // SAFETY: CPython calls `tp_init` with a tuple.
        let items = unsafe { items(call.arguments) };
        let mut converted = args::Init {
            self_: handle(call.this),
            args: items.as_ptr(),
            nargs: items.len().cast_signed(),
            kw: handle(call.named),
            result: -1,
        };
        // SAFETY: the handles are alive as long as the tuple.
        unsafe { self.direct(Signature::Init, (&raw mut converted).cast()) };
        call.result = converted.result;
    }

    unsafe fn make(&self, arguments: *mut TupleCall<Object>) {
        // SAFETY: the caller gives the structure of this signature.
        let call = unsafe { &mut *arguments };
        // SAFETY: CPython calls `tp_new` with a tuple.
        let items = unsafe { items(call.arguments) };
        let mut converted = args::New {
            self_: handle(call.this),
            args: items.as_ptr(),
            nargs: items.len().cast_signed(),
            kw: handle(call.named),
            result: HPy::NULL,
        };
        // SAFETY: the handles are alive as long as the tuple.
        unsafe { self.direct(Signature::New, (&raw mut converted).cast()) };
        call.result = object(converted.result);
    }

    /// A view has the same layout in both worlds; one that failed has no object.
    unsafe fn buffer(&self, arguments: *mut args::GetBuffer) {
        // SAFETY: the caller gives the structure of this signature.
        unsafe { self.direct(Signature::GetBuffer, arguments.cast()) };
        // SAFETY: as above.
        let call = unsafe { &mut *arguments };
        if call.result >= 0 {
            return;
        }
        // SAFETY: CPython gives a view to fill.
        if let Some(view) = unsafe { call.view.as_mut() } {
            view.obj = HPy::NULL;
        }
    }

    /// The argument is the capsule itself.
    unsafe fn capsule(&self, capsule: Object) {
        // SAFETY: CPython calls the destructor of a capsule with it.
        let name: *const c_char = unsafe { ffi::PyCapsule_GetName(capsule) };
        // SAFETY: as above, and it is its own name.
        let pointer = unsafe { ffi::PyCapsule_GetPointer(capsule, name) };
        // SAFETY: as above.
        let context = unsafe { ffi::PyCapsule_GetContext(capsule) };
        let mut converted = args::CapsuleDestructor { name, pointer, context, result: () };
        // SAFETY: these are what the function takes.
        unsafe { self.direct(Signature::CapsuleDestructor, (&raw mut converted).cast()) };
    }

    /// What the slot makes must not be a module object of CPython's: there would be nothing to keep its definition.
    unsafe fn create(&self, arguments: *mut args::ModCreate) {
        // SAFETY: the caller gives the structure of this signature.
        unsafe { self.direct(Signature::ModCreate, arguments.cast()) };
        // SAFETY: as above.
        let call = unsafe { &mut *arguments };
        let made = object(call.result);
        // SAFETY: the function gave a new reference or null.
        if !made.is_null() && unsafe { ffi::PyModule_Check(made) } != 0 {
            system_error(
                "HPy_mod_create slot returned a builtin module object. This is currently not supported.",
            );
            // SAFETY: the reference is ours.
            unsafe { ffi::Py_DECREF(made) };
            call.result = HPy::NULL;
        }
    }
}

/// The items of a tuple, as handles.
unsafe fn items(tuple: Object) -> Vec<HPy> {
    if tuple.is_null() {
        return Vec::new();
    }
    // SAFETY: the caller gives a tuple.
    let count = unsafe { ffi::PyTuple_Size(tuple) };
    // SAFETY: the index is in range.
    (0..count).map(|index| handle(unsafe { ffi::PyTuple_GetItem(tuple, index) })).collect()
}

/// A visit of CPython's, while a native structure is traversed.
#[repr(C)]
pub(crate) struct Visit {
    /// The function.
    pub(crate) visit: ffi::visitproc,
    /// Its argument.
    pub(crate) argument: *mut c_void,
}

/// Hands a field to the visit of CPython.
///
/// # Safety
/// The field is one, and the argument a [`Visit`].
pub(crate) unsafe extern "C" fn visit_field(field: *mut HPyField, argument: *mut c_void) -> c_int {
    // SAFETY: the caller's duty.
    let visit = unsafe { &*argument.cast::<Visit>() };
    // SAFETY: the caller's duty.
    let referent: Object = unsafe { field.read() }.c();
    if referent.is_null() {
        return 0;
    }
    // SAFETY: a field that is not null holds a reference.
    unsafe { (visit.visit)(referent, visit.argument) }
}

/// Only a legacy type that calls the trampoline itself gets here: pure types are traversed by [`types`].
unsafe fn traverse(arguments: *mut Traversal) {
    // SAFETY: the caller gives the structure of this signature.
    let call = unsafe { &mut *arguments };
    // SAFETY: CPython traverses a living object.
    call.result = unsafe { types::traverse(call.this, call.visit, call.argument) };
}
