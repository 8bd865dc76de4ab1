//! What the limited API of CPython 3.9 does not have.
//!
//! One file for all versions from 3.9 on: functions that every one of them exports are declared here (they joined the limited
//! API later, or are public without being in it); those that only later ones have are looked up when first needed.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::sync::OnceLock;

use pyo3::ffi;

use crate::object::{Object, Type};

// The signatures are those of CPython's headers; all versions from 3.9 on export these functions.
unsafe extern "C" {
    pub(crate) fn PyUnicode_AsUTF8AndSize(text: Object, size: *mut isize) -> *const c_char;
    pub(crate) fn PyContextVar_New(name: *const c_char, default: Object) -> Object;
    pub(crate) fn PyContextVar_Get(variable: Object, default: Object, value: *mut Object) -> c_int;
    pub(crate) fn PyContextVar_Set(variable: Object, value: Object) -> Object;
    pub(crate) fn PyObject_VectorcallMethod(
        name: Object,
        arguments: *const Object,
        count: usize,
        names: Object,
    ) -> Object;
    pub(crate) fn PyVectorcall_Call(callable: Object, arguments: Object, named: Object) -> Object;
    pub(crate) fn PyObject_CallFinalizerFromDealloc(object: Object) -> c_int;
    pub(crate) fn _PyObject_Dump(object: Object);
}

/// `PyObject_Vectorcall`
pub(crate) type Vectorcall = unsafe extern "C" fn(Object, *const Object, usize, Object) -> Object;
/// `PyType_FromMetaclass`
pub(crate) type FromMetaclass =
    unsafe extern "C" fn(Type, Object, *mut ffi::PyType_Spec, Object) -> Object;

/// Functions of later versions.
#[derive(Debug)]
pub(crate) struct Late {
    /// From 3.11 on.
    pub(crate) vectorcall: Option<Vectorcall>,
    /// From 3.12 on.
    pub(crate) from_metaclass: Option<FromMetaclass>,
    /// Minor version of the running CPython.
    pub(crate) minor: u32,
}

/// The functions of this CPython.
pub(crate) fn late() -> &'static Late {
    static LATE: OnceLock<Late> = OnceLock::new();
    LATE.get_or_init(|| {
        // SAFETY: a function of that name has that signature in every version that has it.
        let vectorcall = unsafe { function(c"PyObject_Vectorcall") };
        // SAFETY: likewise.
        let from_metaclass = unsafe { function(c"PyType_FromMetaclass") };
        Late { vectorcall, from_metaclass, minor: minor() }
    })
}

/// A function of the process, by its name.
///
/// # Safety
/// `F` is a function pointer of its signature.
unsafe fn function<F: Copy>(name: &CStr) -> Option<F> {
    const { assert!(size_of::<F>() == size_of::<*mut c_void>()) };
    // SAFETY: the name ends in a zero.
    let address = unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) };
    // SAFETY: the sizes are equal, and the caller says that it is an `F`.
    (!address.is_null()).then(|| unsafe { std::mem::transmute_copy::<*mut c_void, F>(&address) })
}

/// 11 in CPython 3.11.
fn minor() -> u32 {
    // SAFETY: it takes nothing.
    let text = unsafe { ffi::Py_GetVersion() };
    // SAFETY: it is a static text.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    let digits = text.split('.').nth(1).unwrap_or_default();
    digits.parse().unwrap_or(9)
}
