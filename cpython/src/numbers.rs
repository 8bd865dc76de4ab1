//! Numbers whose size in C is not one of the C API's.

use haft_hpy_abi::HPy;
use pyo3::ffi;

use crate::object::{handle, object, overflow_error};

/// The `int` of a number.
pub(crate) unsafe fn from_i32(value: i32) -> HPy {
    // SAFETY: any number will do.
    handle(unsafe { ffi::PyLong_FromLong(value.into()) })
}

/// The `int` of a number.
pub(crate) unsafe fn from_u32(value: u32) -> HPy {
    // SAFETY: any number will do.
    handle(unsafe { ffi::PyLong_FromUnsignedLong(value.into()) })
}

/// The value of an `int`.
pub(crate) unsafe fn as_i32(h: HPy) -> i32 {
    // SAFETY: C gives an open handle.
    let value = unsafe { ffi::PyLong_AsLong(object(h)) };
    i32::try_from(value).unwrap_or_else(|_| {
        overflow_error("Python int too large to convert to C int32_t");
        -1
    })
}

/// The value of an `int`.
pub(crate) unsafe fn as_u32(h: HPy) -> u32 {
    // SAFETY: C gives an open handle.
    let value = unsafe { ffi::PyLong_AsUnsignedLong(object(h)) };
    u32::try_from(value).unwrap_or_else(|_| {
        // The largest number is also what says that an exception was raised.
        // SAFETY: it asks for nothing.
        if unsafe { ffi::PyErr_Occurred() }.is_null() {
            overflow_error("Python int too large to convert to C uint32_t");
        }
        u32::MAX
    })
}

/// The lowest bits of an `int`.
pub(crate) unsafe fn as_u32_mask(h: HPy) -> u32 {
    // SAFETY: C gives an open handle.
    let value = unsafe { ffi::PyLong_AsUnsignedLongLongMask(object(h)) };
    value as u32
}

/// `True` or `False`.
pub(crate) unsafe fn from_bool(value: bool) -> HPy {
    // SAFETY: any number will do.
    handle(unsafe { ffi::PyBool_FromLong(value.into()) })
}
