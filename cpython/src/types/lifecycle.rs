//! From the first to the last breath of an instance: allocation, traversal, the end.
//!
//! Only types with fields or a destroy function have an end of our own ([`dealloc`]); all others are CPython's business
//! alone. The functions here serve a type, its HPy bases and the Python classes that inherit from it, and leave the rest
//! to the first base that HPy did not make.

use std::ffi::{c_int, c_void};
use std::ptr;

use haft_hpy_abi::types::{HPyCFunction, HPyField};
use pyo3::ffi;

use super::layout::is_collected;
use super::registry::{Info, chain, info, nearest};
use super::slot::{self, Slot, function};
use crate::late::PyObject_CallFinalizerFromDealloc;
use crate::object::{Object, ToC as _, Type};
use crate::trampoline::{Visit, visit_field};

/// `tp_free` of our types without collection; also the mark by which they are known.
pub(super) unsafe extern "C" fn free(memory: *mut c_void) {
    // SAFETY: CPython frees what it allocated.
    unsafe { ffi::PyObject_Free(memory) };
}

/// `tp_free` of our types with collection.
pub(super) unsafe extern "C" fn free_collected(memory: *mut c_void) {
    // SAFETY: CPython frees what it allocated.
    unsafe { ffi::PyObject_GC_Del(memory) };
}

/// `type.tp_alloc`, and the word for calls is set.
pub(super) unsafe fn allocate(class: Type) -> Object {
    // SAFETY: the slot has functions of that type.
    let alloc = unsafe { function::<ffi::allocfunc>(class, Slot::Alloc) };
    let alloc = alloc.unwrap_or(ffi::PyType_GenericAlloc);
    // SAFETY: the class is alive.
    let instance = unsafe { alloc(class, 0) };
    if !instance.is_null()
        && let Some(info) = nearest(class)
    {
        // SAFETY: the instance is new and of that type.
        unsafe { init_call(info, class, instance) };
    }
    instance
}

/// Set what a call of a new instance runs.
///
/// # Safety
/// The instance is one of `class`, whose nearest row this is.
pub(super) unsafe fn init_call(info: &Info, _: Type, instance: Object) {
    if info.call_offset != 0 {
        // SAFETY: instances have a word there.
        unsafe { set_call(instance, info.call_offset, info.call) };
    }
}

/// Set what a call of an instance runs.
///
/// # Safety
/// The instance has a word for it there.
pub(super) unsafe fn set_call(instance: Object, offset: isize, trampoline: HPyCFunction) {
    // SAFETY: the caller's duty.
    let place = unsafe { instance.byte_offset(offset) }.cast::<HPyCFunction>();
    // SAFETY: the caller's duty.
    unsafe { place.write(trampoline) };
}

/// `tp_new` of types with slot `tp_call` and no `tp_new` of their own: the base's, and then the word is set.
pub(super) unsafe extern "C" fn new_with_call(
    class: Type,
    arguments: Object,
    named: Object,
) -> Object {
    let object_type: Type = &raw mut ffi::PyBaseObject_Type;
    let base = chain(class).filter(|&ty| info(ty).is_some()).map(slot::base).find(|&base| {
        slot::slot(base, Slot::New) != (new_with_call as ffi::newfunc) as *mut c_void
    });
    let base = base.unwrap_or(object_type);
    if base == object_type && slot::slot(class, Slot::Init) != slot::slot(object_type, Slot::Init) {
        // `object.__new__` takes arguments only from classes that leave `__new__` alone.
        // SAFETY: the class is alive.
        return unsafe { allocate(class) };
    }
    // SAFETY: the slot has functions of that type.
    let Some(new) = (unsafe { function::<ffi::newfunc>(base, Slot::New) }) else {
        crate::object::type_error("cannot create instances of the base");
        return ptr::null_mut();
    };
    // SAFETY: CPython gives a class, a tuple, and a dict or null.
    let instance = unsafe { new(class, arguments, named) };
    if !instance.is_null()
        && let Some(info) = nearest(class)
    {
        // SAFETY: a `tp_new` gives an instance of the class it is called with.
        unsafe { init_call(info, class, instance) };
    }
    instance
}

/// The HPy types that follow each other in a chain, from the first with a row on.
fn levels(class: Type) -> (Vec<&'static Info>, Type) {
    let mut rows = Vec::new();
    let mut rest = ptr::null_mut();
    for ty in chain(class).skip_while(|&ty| info(ty).is_none()) {
        rest = ty;
        match info(ty) {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    (rows, rest)
}

/// `tp_traverse`
pub(crate) unsafe extern "C" fn traverse(
    this: Object,
    visit: ffi::visitproc,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: CPython traverses a living object.
    let class = unsafe { ffi::Py_TYPE(this) };
    // An instance refers to its type. For a class of Python's that is a cycle which must be seen; a module's own type lives
    // as long as the module, and upstream's suite asks that its instances show their fields only.
    let mut status = 0;
    if info(class).is_none() {
        // SAFETY: the type is alive.
        status = unsafe { visit(class.cast(), argument) };
    }
    let (rows, rest) = levels(class);
    let mut fields = Visit { visit, argument };
    for row in rows {
        if let Some(traverse) = row.traverse
            && status == 0
        {
            // SAFETY: the object is an instance of that type.
            let structure = unsafe { row.place.structure(this) };
            // SAFETY: the module's function gets the structure of an instance of its type.
            status = unsafe { traverse(structure, Some(visit_field), (&raw mut fields).cast()) };
        }
    }
    if status != 0 || slot::is_heap_type(rest) {
        // The traversal of a Python class would begin with this function again. What it would visit is counted as
        // referred to from outside: a cycle through it is not collected.
        return status;
    }
    // SAFETY: the slot has functions of that type.
    match unsafe { function::<ffi::traverseproc>(rest, Slot::Traverse) } {
        // SAFETY: the object is an instance of that base.
        Some(traverse) => unsafe { traverse(this, visit, argument) },
        None => 0,
    }
}

/// Gives up what a field refers to.
unsafe extern "C" fn clear_field(field: *mut HPyField, _: *mut c_void) -> c_int {
    // SAFETY: the module's function gives the address of a field.
    let old: Object = unsafe { field.replace(HPyField::NULL) }.c();
    // SAFETY: a field holds a reference or null.
    unsafe { ffi::Py_XDECREF(old) };
    0
}

/// Gives up what all fields of an instance refer to.
unsafe fn clear_fields(this: Object, rows: &[&'static Info]) {
    for row in rows {
        if let Some(traverse) = row.traverse {
            // SAFETY: the object is an instance of that type.
            let structure = unsafe { row.place.structure(this) };
            // SAFETY: the module's function gets the structure of an instance of its type.
            unsafe { traverse(structure, Some(clear_field), ptr::null_mut()) };
        }
    }
}

/// `tp_clear`
pub(super) unsafe extern "C" fn clear(this: Object) -> c_int {
    // SAFETY: CPython clears a living object.
    let class = unsafe { ffi::Py_TYPE(this) };
    let (rows, rest) = levels(class);
    // SAFETY: as above.
    unsafe { clear_fields(this, &rows) };
    if slot::is_heap_type(rest) {
        return 0;
    }
    // SAFETY: the slot has functions of that type.
    match unsafe { function::<ffi::inquiry>(rest, Slot::Clear) } {
        // SAFETY: the object is an instance of that base.
        Some(clear) => unsafe { clear(this) },
        None => 0,
    }
}

/// Is the end of its instances [`dealloc`]?
fn ends_here(ty: Type) -> bool {
    let function: ffi::destructor = dealloc;
    slot::slot(ty, Slot::Dealloc) == function as *mut c_void
}

/// `tp_dealloc`: finaliser, weak references, fields, destroy functions, then the end of the base.
pub(super) unsafe extern "C" fn dealloc(this: Object) {
    // SAFETY: CPython ends an object whose last reference is gone.
    let class = unsafe { ffi::Py_TYPE(this) };
    // The end of a Python class has called the finaliser before it calls us.
    if ends_here(class) && !slot::slot(class, Slot::Finalize).is_null() {
        // SAFETY: as above.
        if unsafe { PyObject_CallFinalizerFromDealloc(this) } < 0 {
            return;
        }
    }
    if is_collected(class) {
        // SAFETY: the object takes part in the collection.
        unsafe { ffi::PyObject_GC_UnTrack(this.cast()) };
    }
    let level = chain(class).find(|&ty| ends_here(ty)).unwrap_or(class);
    let (rows, rest) = levels(level);
    if rows.iter().any(|row| row.weak) {
        // SAFETY: the type has a list of weak references.
        unsafe { ffi::PyObject_ClearWeakRefs(this) };
    }
    // SAFETY: the object is an instance of these types.
    unsafe { clear_fields(this, &rows) };
    for row in rows {
        if let Some(destroy) = row.destroy {
            // SAFETY: as above.
            let structure = unsafe { row.place.structure(this) };
            // SAFETY: the module's function gets the structure of an instance of its type.
            unsafe { destroy(structure) };
        }
    }
    // SAFETY: what is left is the base's.
    unsafe { end_of_base(this, class, rest) };
}

/// The end of the first base that HPy did not make; the reference to the type is given up.
unsafe fn end_of_base(this: Object, class: Type, base: Type) {
    // SAFETY: the slot has functions of that type.
    let end = unsafe { function::<ffi::destructor>(base, Slot::Dealloc) };
    if is_collected(base) && is_collected(class) {
        // A base that takes part in the collection begins its end by taking the object out of it.
        // SAFETY: the object was taken out above.
        unsafe { ffi::PyObject_GC_Track(this.cast()) };
    }
    if !slot::is_heap_type(base) {
        if let Some(end) = end {
            // SAFETY: the object is an instance of that base; its memory goes with it.
            unsafe { end(this) };
        }
    } else if let (Some(end), true) = (end, is_collected(base) == is_collected(class)) {
        // The end of a Python class looks at the type of the object to know what is left to do: the rest of the object is
        // an instance of the base.
        // SAFETY: the type is alive.
        unsafe { ffi::Py_INCREF(base.cast()) };
        // SAFETY: nobody else has a reference to the object any more.
        unsafe { (*this).ob_type = base };
        // SAFETY: as above; it gives up the reference to the base.
        unsafe { end(this) };
    } else {
        // SAFETY: the slot has functions of that type.
        let free = unsafe { function::<ffi::freefunc>(class, Slot::Free) };
        // SAFETY: the object came from the allocator that belongs to it.
        unsafe { free.unwrap_or(free_collected)(this.cast()) };
    }
    // SAFETY: the object held this reference.
    unsafe { ffi::Py_DECREF(class.cast()) };
}
