//! Calls of Python objects from C. An array of handles is an array of objects: nothing is copied.

use std::ptr;

use haft_hpy_abi::HPy;
use pyo3::ffi;

use crate::late::{self, late};
use crate::object::{Object, Owned, ToC as _, handle, object, type_error};

/// `callable(*arguments, **named)`
pub(crate) unsafe fn tuple_dict(callable: HPy, arguments: HPy, named: HPy) -> HPy {
    let [callable, arguments, named] = [callable, arguments, named].map(object);
    // SAFETY: the handles are open or null.
    if !arguments.is_null() && unsafe { ffi::PyTuple_Check(arguments) } == 0 {
        type_error("HPy_CallTupleDict requires args to be a tuple or null handle");
        return HPy::NULL;
    }
    // SAFETY: as above.
    if !named.is_null() && unsafe { ffi::PyDict_Check(named) } == 0 {
        type_error("HPy_CallTupleDict requires kw to be a dict or null handle");
        return HPy::NULL;
    }
    // SAFETY: as above; no arguments are an empty tuple.
    handle(unsafe { with_tuple(callable, arguments, named) })
}

/// Calls with a tuple, or none, and a dict, or none.
unsafe fn with_tuple(callable: Object, arguments: Object, named: Object) -> Object {
    if !arguments.is_null() {
        // SAFETY: the caller's duty.
        return unsafe { ffi::PyObject_Call(callable, arguments, named) };
    }
    // SAFETY: makes the empty tuple.
    let Some(empty) = Owned::of(unsafe { ffi::PyTuple_New(0) }) else { return ptr::null_mut() };
    // SAFETY: the caller's duty, and the tuple is ours.
    unsafe { ffi::PyObject_Call(callable, empty.get(), named) }
}

/// `callable(*arguments, name=value…)`; the values follow the positional arguments.
pub(crate) unsafe fn call(callable: HPy, arguments: *const HPy, count: usize, names: HPy) -> HPy {
    let arguments = arguments.cast::<Object>();
    let result = match late().vectorcall {
        // SAFETY: C gives open handles, as many as it says.
        Some(vectorcall) => unsafe { vectorcall(object(callable), arguments, count, names.c()) },
        // SAFETY: likewise.
        None => unsafe { by_tuple(object(callable), arguments, count, names.c()) },
    };
    handle(result)
}

/// `arguments[0].name(*arguments[1:], name=value…)`
pub(crate) unsafe fn method(name: HPy, arguments: *const HPy, count: usize, names: HPy) -> HPy {
    let arguments = arguments.cast::<Object>();
    // SAFETY: C gives open handles, as many as it says, and at least one.
    handle(unsafe { late::PyObject_VectorcallMethod(object(name), arguments, count, names.c()) })
}

/// The same as a vectorcall, for CPython 3.9 and 3.10, where that is not a function.
unsafe fn by_tuple(
    callable: Object,
    arguments: *const Object,
    count: usize,
    names: Object,
) -> Object {
    // SAFETY: the caller's duty.
    let Some(tuple) = (unsafe { tuple_of(arguments, count) }) else { return ptr::null_mut() };
    if names.is_null() {
        // SAFETY: the callable is open and the tuple ours.
        return unsafe { ffi::PyObject_Call(callable, tuple.get(), ptr::null_mut()) };
    }
    // SAFETY: it asks for nothing.
    let Some(named) = Owned::of(unsafe { ffi::PyDict_New() }) else { return ptr::null_mut() };
    // SAFETY: the names are a tuple.
    let n_names = unsafe { ffi::PyTuple_Size(names) };
    for index in 0..n_names {
        // SAFETY: the index is in range.
        let name = unsafe { ffi::PyTuple_GetItem(names, index) };
        // SAFETY: a value for each name follows the positional arguments.
        let at = unsafe { arguments.offset(count.cast_signed() + index) };
        // SAFETY: likewise.
        let value = unsafe { at.read() };
        // SAFETY: all are alive.
        if unsafe { ffi::PyDict_SetItem(named.get(), name, value) } < 0 {
            return ptr::null_mut();
        }
    }
    // SAFETY: all are alive.
    unsafe { ffi::PyObject_Call(callable, tuple.get(), named.get()) }
}

/// The tuple of an array of objects.
unsafe fn tuple_of(items: *const Object, count: usize) -> Option<Owned> {
    let array = items.cast_mut().cast::<HPy>();
    // SAFETY: handles are the objects' addresses.
    let tuple = unsafe { crate::builders::tuple_from_array(array, count.cast_signed()) };
    Owned::of(object(tuple))
}
