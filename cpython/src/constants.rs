//! The objects that every context has a handle of.

use haft_hpy_abi::HPy;
use haft_hpy_abi::context::Constant;
use pyo3::ffi;

use crate::object::{Object, handle, new_reference};

/// The address of a static type as an object's.
macro_rules! ty {
    ($name:ident) => {
        (&raw mut ffi::$name).cast::<ffi::PyObject>()
    };
}

/// The handle of a constant.
pub(crate) fn handle_of(constant: Constant) -> HPy {
    let object = match constant {
        // SAFETY: the singletons of CPython live for ever.
        Constant::None => unsafe { ffi::Py_None() },
        // SAFETY: likewise.
        Constant::True => unsafe { ffi::Py_True() },
        // SAFETY: likewise.
        Constant::False => unsafe { ffi::Py_False() },
        // SAFETY: likewise.
        Constant::NotImplemented => unsafe { ffi::Py_NotImplemented() },
        // SAFETY: likewise.
        Constant::Ellipsis => unsafe { ffi::Py_Ellipsis() },
        Constant::BaseObjectType => ty!(PyBaseObject_Type),
        Constant::TypeType => ty!(PyType_Type),
        Constant::BoolType => ty!(PyBool_Type),
        Constant::LongType => ty!(PyLong_Type),
        Constant::FloatType => ty!(PyFloat_Type),
        Constant::UnicodeType => ty!(PyUnicode_Type),
        Constant::TupleType => ty!(PyTuple_Type),
        Constant::ListType => ty!(PyList_Type),
        Constant::ComplexType => ty!(PyComplex_Type),
        Constant::BytesType => ty!(PyBytes_Type),
        Constant::MemoryViewType => ty!(PyMemoryView_Type),
        Constant::CapsuleType => ty!(PyCapsule_Type),
        Constant::SliceType => ty!(PySlice_Type),
        // SAFETY: the dict of the builtins, which the interpreter keeps.
        Constant::Builtins => unsafe { ffi::PyEval_GetBuiltins() },
        exception => builtin(exception.name()),
    };
    handle(object)
}

/// An exception class, by its name in the builtins. The reference is kept: constants are never closed.
fn builtin(name: &str) -> Object {
    let key = haft_hpy_abi::host::c_text(name);
    // SAFETY: it asks for nothing.
    let builtins = unsafe { ffi::PyEval_GetBuiltins() };
    // SAFETY: it is a dict, and the key ends in a zero.
    let class = unsafe { ffi::PyDict_GetItemString(builtins, key.as_ptr()) };
    // SAFETY: alive, or null if somebody deleted it.
    unsafe { new_reference(class) }
}
