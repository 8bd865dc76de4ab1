//! Slots of types, in every version.
//!
//! `PyType_GetSlot` tells the slots of heap types; those of static types only from 3.10 on. The layout of a static type in
//! 3.9, which will not change any more, is known.

use std::ffi::{c_int, c_void};
use std::ptr;

use pyo3::ffi;

use crate::late::late;
use crate::object::Type;

/// A slot that this host asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Base,
    Alloc,
    Clear,
    Dealloc,
    Finalize,
    Free,
    Init,
    New,
    Traverse,
}

impl Slot {
    /// Its number, and its place in the structure of CPython 3.9.
    fn row(self) -> (c_int, usize) {
        match self {
            Slot::Base => (ffi::Py_tp_base, 256),
            Slot::Alloc => (ffi::Py_tp_alloc, 304),
            Slot::Clear => (ffi::Py_tp_clear, 192),
            Slot::Dealloc => (ffi::Py_tp_dealloc, 48),
            Slot::Finalize => (ffi::Py_tp_finalize, 392),
            Slot::Free => (ffi::Py_tp_free, 320),
            Slot::Init => (ffi::Py_tp_init, 296),
            Slot::New => (ffi::Py_tp_new, 312),
            Slot::Traverse => (ffi::Py_tp_traverse, 184),
        }
    }
}

/// What is in a slot of a type, inherited values among it.
pub(crate) fn slot(ty: Type, slot: Slot) -> *mut c_void {
    let (number, offset) = slot.row();
    if late().minor >= 10 || is_heap_type(ty) {
        // SAFETY: the type is alive, and the number one of a slot.
        return unsafe { ffi::PyType_GetSlot(ty, number) };
    }
    // SAFETY: this is CPython 3.9, where the slot is a word there.
    let at = unsafe { ty.byte_add(offset) };
    // SAFETY: likewise.
    unsafe { at.cast::<*mut c_void>().read() }
}

/// The same as a function.
///
/// # Safety
/// `F` is the type of the functions in that slot.
pub(crate) unsafe fn function<F: Copy>(ty: Type, which: Slot) -> Option<F> {
    const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
    let word = slot(ty, which);
    // SAFETY: the sizes are equal; the caller says what it is.
    (!word.is_null()).then(|| unsafe { std::mem::transmute_copy::<*mut c_void, F>(&word) })
}

/// The base whose layout a type extends; null for `object`.
pub(crate) fn base(ty: Type) -> Type {
    if ty.is_null() { ptr::null_mut() } else { slot(ty, Slot::Base).cast() }
}

/// Was it made at run time?
pub(crate) fn is_heap_type(ty: Type) -> bool {
    has(ty, ffi::Py_TPFLAGS_HEAPTYPE)
}

/// Has a type that flag?
pub(crate) fn has(ty: Type, flag: std::ffi::c_ulong) -> bool {
    // SAFETY: the type is alive.
    unsafe { ffi::PyType_GetFlags(ty) & flag != 0 }
}
