//! A handle is the address of an object: opening and closing one is counting a reference.
//!
//! Nothing is added to the address (upstream's host adds one): fields of native structures are then what CPython's own
//! member descriptors read, and an array of handles is what its calling convention takes.

use std::ffi::{c_char, c_int, c_void};
use std::mem::ManuallyDrop;

use haft_hpy_abi::HPy;
use haft_hpy_abi::types::{HPyField, HPyGlobal, HPyThreadState};
use pyo3::ffi;

/// The address of an object, or null.
pub(crate) type Object = *mut ffi::PyObject;
/// The address of a type, or null.
pub(crate) type Type = *mut ffi::PyTypeObject;

/// The object of a handle; null for the null handle.
pub(crate) fn object(handle: HPy) -> Object {
    std::ptr::with_exposed_provenance_mut(handle.0.cast_unsigned())
}

/// The handle of an object; the reference, if it is one, goes with it.
pub(crate) fn handle(object: Object) -> HPy {
    HPy(object.expose_provenance().cast_signed())
}

/// An argument of HPy as the C API takes it.
pub(crate) trait ToC<T> {
    /// Convert.
    fn c(self) -> T;
}

/// A result of the C API as HPy gives it.
pub(crate) trait FromC<T> {
    /// Convert.
    fn hpy(self) -> T;
}

macro_rules! same {
    ($($ty:ty),+ $(,)?) => { $(
        impl ToC<$ty> for $ty {
            fn c(self) -> $ty { self }
        }
        impl FromC<$ty> for $ty {
            fn hpy(self) -> $ty { self }
        }
    )+ };
}
same!(
    c_int,
    u32,
    i64,
    u64,
    isize,
    usize,
    f64,
    (),
    *const c_char,
    *const i32,
    *const u32,
    *mut c_void,
    *mut isize
);

macro_rules! words {
    ($($word:ident: $pointer:ty),+ $(,)?) => { $(
        impl ToC<$pointer> for $word {
            fn c(self) -> $pointer { std::ptr::with_exposed_provenance_mut(self.0.cast_unsigned()) }
        }
        impl FromC<$word> for $pointer {
            fn hpy(self) -> $word { $word(self.expose_provenance().cast_signed()) }
        }
    )+ };
}
words!(HPy: Object, HPyField: Object, HPyGlobal: Object, HPyThreadState: *mut ffi::PyThreadState);

impl ToC<Type> for HPy {
    fn c(self) -> Type {
        object(self).cast()
    }
}

/// A reference that is given up at the end of its scope.
pub(crate) struct Owned(Object);

impl Owned {
    /// Take a reference, if there is one; null says that an exception was raised.
    pub(crate) fn of(object: Object) -> Option<Owned> {
        (!object.is_null()).then_some(Owned(object))
    }

    /// The object, while this lives.
    pub(crate) fn get(&self) -> Object {
        self.0
    }

    /// The reference, now the caller's.
    pub(crate) fn into_raw(self) -> Object {
        ManuallyDrop::new(self).0
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: this owns a reference, and is dropped where CPython may be called.
        unsafe { ffi::Py_DECREF(self.0) };
    }
}

/// One more reference to an object, which may be null.
///
/// # Safety
/// The object is alive; the interpreter may be called.
pub(crate) unsafe fn new_reference(object: Object) -> Object {
    // SAFETY: the caller's duty.
    unsafe { ffi::Py_XINCREF(object) };
    object
}

/// Raises `class(message)`.
pub(crate) fn raise(class: Object, message: &str) {
    let text = haft_hpy_abi::host::c_text(message);
    // SAFETY: the class is one of CPython's own, which live for ever, and the text ends in a zero.
    unsafe { ffi::PyErr_SetString(class, text.as_ptr()) };
}

macro_rules! raisers {
    ($($name:ident = $class:ident;)+) => { $(
        /// Raises the exception of that name.
        pub(crate) fn $name(message: &str) {
            // SAFETY: CPython sets it before it loads any extension, and never changes it.
            let class = unsafe { ffi::$class };
            raise(class, message);
        }
    )+ };
}
raisers! {
    type_error = PyExc_TypeError;
    value_error = PyExc_ValueError;
    system_error = PyExc_SystemError;
    overflow_error = PyExc_OverflowError;
}
