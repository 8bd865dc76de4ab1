//! Lists and tuples. A builder is the list or tuple itself, which nobody else sees before it is full.

use haft_hpy_abi::HPy;
use haft_hpy_abi::types::{HPyListBuilder, HPyTupleBuilder};
use pyo3::ffi;

use crate::object::{Object, Owned, ToC as _, handle, new_reference, object};

/// The object of a builder.
fn built(word: isize) -> Object {
    HPy(word).c()
}

/// A list or tuple of that size without items; 0 on failure, which shows when it is built.
unsafe fn start(new: unsafe extern "C" fn(isize) -> Object, size: isize) -> isize {
    // SAFETY: a size that makes no sense raises.
    let object = unsafe { new(size) };
    if object.is_null() {
        // SAFETY: it asks for nothing.
        unsafe { ffi::PyErr_Clear() };
    }
    handle(object).0
}

/// Raises MemoryError for a builder that could not be started.
unsafe fn failed() -> HPy {
    // SAFETY: it raises and returns null.
    unsafe { ffi::PyErr_NoMemory() };
    HPy::NULL
}

/// One more reference to `None`.
unsafe fn none() -> Object {
    // SAFETY: it takes nothing.
    let none = unsafe { ffi::Py_None() };
    // SAFETY: it lives for ever.
    unsafe { new_reference(none) }
}

/// Sets an item; an index out of range is ignored, as a builder has no way to say so.
unsafe fn set(
    setter: unsafe extern "C" fn(Object, isize, Object) -> i32,
    word: isize,
    index: isize,
    item: HPy,
) {
    let target = built(word);
    if target.is_null() {
        return;
    }
    // SAFETY: the handle is open.
    let item = unsafe { new_reference(object(item)) };
    // SAFETY: the builder's object is ours alone; the reference is taken over, also on failure.
    if unsafe { setter(target, index, item) } < 0 {
        // SAFETY: it asks for nothing.
        unsafe { ffi::PyErr_Clear() };
    }
}

/// `[None] * len`
pub(crate) unsafe fn list_of_none(len: isize) -> HPy {
    // SAFETY: a size that makes no sense raises.
    let list = unsafe { ffi::PyList_New(len) };
    if list.is_null() {
        return HPy::NULL;
    }
    // SAFETY: the list is new.
    unsafe { fill_list(list) };
    handle(list)
}

/// Puts `None` where no item was set.
unsafe fn fill_list(list: Object) {
    // SAFETY: it is a list.
    let len = unsafe { ffi::PyList_Size(list) };
    for index in 0..len {
        // SAFETY: the index is in range; there may be no item there yet.
        if unsafe { ffi::PyList_GetItem(list, index) }.is_null() {
            // SAFETY: as for the list.
            let none = unsafe { none() };
            // SAFETY: the index is in range, and the reference is ours.
            unsafe { ffi::PyList_SetItem(list, index, none) };
        }
    }
}

unsafe fn fill_tuple(tuple: Object) {
    // SAFETY: it is a tuple.
    let len = unsafe { ffi::PyTuple_Size(tuple) };
    for index in 0..len {
        // SAFETY: the index is in range; there may be no item there yet.
        if unsafe { ffi::PyTuple_GetItem(tuple, index) }.is_null() {
            // SAFETY: it lives for ever.
            let none = unsafe { none() };
            // SAFETY: the index is in range, the tuple ours alone, and the reference ours.
            unsafe { ffi::PyTuple_SetItem(tuple, index, none) };
        }
    }
}

/// The tuple of an array.
pub(crate) unsafe fn tuple_from_array(items: *mut HPy, count: isize) -> HPy {
    // SAFETY: a size that makes no sense raises.
    let tuple = unsafe { ffi::PyTuple_New(count) };
    let Some(tuple) = Owned::of(tuple) else { return HPy::NULL };
    for index in 0..count {
        // SAFETY: C gives that many handles.
        let at = unsafe { items.offset(index) };
        // SAFETY: likewise.
        let item = unsafe { at.read() };
        // SAFETY: they are open.
        let item = unsafe { new_reference(object(item)) };
        // SAFETY: the tuple is new, the index in range, and the reference ours.
        unsafe { ffi::PyTuple_SetItem(tuple.get(), index, item) };
    }
    handle(tuple.into_raw())
}

/// Starts a list.
pub(crate) unsafe fn list_new(size: isize) -> HPyListBuilder {
    // SAFETY: it makes a list.
    HPyListBuilder(unsafe { start(ffi::PyList_New, size) })
}

/// Sets an item of a list.
pub(crate) unsafe fn list_set(builder: HPyListBuilder, index: isize, item: HPy) {
    // SAFETY: C gives a builder that is not used up, and an open handle.
    unsafe { set(ffi::PyList_SetItem, builder.0, index, item) };
}

/// The list.
pub(crate) unsafe fn list_build(builder: HPyListBuilder) -> HPy {
    let list = built(builder.0);
    if list.is_null() {
        // SAFETY: it raises.
        return unsafe { failed() };
    }
    // SAFETY: C gives a builder that is not used up.
    unsafe { fill_list(list) };
    handle(list)
}

/// No list after all.
pub(crate) unsafe fn list_cancel(builder: HPyListBuilder) {
    // SAFETY: C gives a builder that is not used up.
    unsafe { ffi::Py_XDECREF(built(builder.0)) };
}

/// Starts a tuple.
pub(crate) unsafe fn tuple_new(size: isize) -> HPyTupleBuilder {
    // SAFETY: it makes a tuple.
    HPyTupleBuilder(unsafe { start(ffi::PyTuple_New, size) })
}

/// Sets an item of a tuple.
pub(crate) unsafe fn tuple_set(builder: HPyTupleBuilder, index: isize, item: HPy) {
    // SAFETY: C gives a builder that is not used up, and an open handle.
    unsafe { set(ffi::PyTuple_SetItem, builder.0, index, item) };
}

/// The tuple.
pub(crate) unsafe fn tuple_build(builder: HPyTupleBuilder) -> HPy {
    let tuple = built(builder.0);
    if tuple.is_null() {
        // SAFETY: it raises.
        return unsafe { failed() };
    }
    // SAFETY: C gives a builder that is not used up.
    unsafe { fill_tuple(tuple) };
    handle(tuple)
}

/// No tuple after all.
pub(crate) unsafe fn tuple_cancel(builder: HPyTupleBuilder) {
    // SAFETY: C gives a builder that is not used up.
    unsafe { ffi::Py_XDECREF(built(builder.0)) };
}
