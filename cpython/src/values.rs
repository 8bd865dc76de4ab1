//! Items, bytes, fields, globals, code: functions of the context that are a few calls.

use std::ffi::{c_char, c_int};
use std::ptr;

use haft_hpy_abi::HPy;
use haft_hpy_abi::types::{HPyField, HPyGlobal, Source};
use pyo3::ffi;

use crate::late;
use crate::object::{
    FromC as _, Object, Owned, ToC as _, handle, new_reference, object, system_error, value_error,
};

/// The key for an index.
unsafe fn number(index: isize) -> Option<Owned> {
    // SAFETY: any number will do.
    Owned::of(unsafe { ffi::PyLong_FromSsize_t(index) })
}

/// The key for a text.
unsafe fn text(key: *const c_char) -> Option<Owned> {
    // SAFETY: C gives a text that ends in a zero.
    Owned::of(unsafe { ffi::PyUnicode_FromString(key) })
}

unsafe fn item(h: HPy, key: Option<Owned>) -> HPy {
    let Some(key) = key else { return HPy::NULL };
    // SAFETY: the handle is open and the key ours.
    handle(unsafe { ffi::PyObject_GetItem(object(h), key.get()) })
}

unsafe fn set_item(h: HPy, key: Option<Owned>, value: HPy) -> c_int {
    let Some(key) = key else { return -1 };
    // SAFETY: the handles are open and the key ours.
    unsafe { ffi::PyObject_SetItem(object(h), key.get(), object(value)) }
}

unsafe fn delete_item(h: HPy, key: Option<Owned>) -> c_int {
    let Some(key) = key else { return -1 };
    // SAFETY: the handle is open and the key ours.
    unsafe { ffi::PyObject_DelItem(object(h), key.get()) }
}

/// A function of two arguments that makes a key of the second one.
macro_rules! keyed {
    ($( $(#[$doc:meta])* $name:ident($key:ident: $ty:ty $(, $value:ident)?) -> $result:ty = $function:ident($make:ident); )+) => { $(
        $(#[$doc])*
        pub(crate) unsafe fn $name(h: HPy, $key: $ty $(, $value: HPy)?) -> $result {
            // SAFETY: C gives a valid key.
            let key = unsafe { $make($key) };
            // SAFETY: C gives open handles.
            unsafe { $function(h, key $(, $value)?) }
        }
    )+ };
}
keyed! {
    /// `h[index]`
    item_at(index: isize) -> HPy = item(number);
    /// `h[key]`
    item_named(key: *const c_char) -> HPy = item(text);
    /// `h[index] = value`
    set_item_at(index: isize, value) -> c_int = set_item(number);
    /// `h[key] = value`
    set_item_named(key: *const c_char, value) -> c_int = set_item(text);
    /// `del h[index]`
    delete_item_at(index: isize) -> c_int = delete_item(number);
    /// `del h[key]`
    delete_item_named(key: *const c_char) -> c_int = delete_item(text);
}

/// Is the class in the MRO of the object's type?
pub(crate) unsafe fn is_instance(h: HPy, class: HPy) -> c_int {
    // SAFETY: C gives an open handle.
    let ty = unsafe { ffi::Py_TYPE(object(h)) };
    // SAFETY: C gives a handle of a type.
    unsafe { ffi::PyType_IsSubtype(ty, object(class).cast()) }
}

/// The bytes of a `bytes`, with a zero behind them.
pub(crate) unsafe fn bytes_of(h: HPy) -> *const c_char {
    // SAFETY: C gives an open handle.
    unsafe { ffi::PyBytes_AsString(object(h)) }
}

/// A `bytes`. The C API would take null as "not filled yet", which nobody could fill here.
pub(crate) unsafe fn new_bytes(bytes: *const c_char, len: isize) -> HPy {
    if bytes.is_null() {
        value_error("NULL char * passed to HPyBytes_FromStringAndSize");
        return HPy::NULL;
    }
    // SAFETY: C gives that many bytes.
    handle(unsafe { ffi::PyBytes_FromStringAndSize(bytes, len) })
}

/// Puts a reference into a place, and then gives up the one that was there: that may run any code.
unsafe fn store(place: *mut isize, value: HPy) {
    // SAFETY: the handle is open or null.
    let new = handle(unsafe { new_reference(object(value)) });
    // SAFETY: C gives the address of a field or global variable.
    let old = unsafe { place.replace(new.0) };
    // SAFETY: the place had a reference or null.
    unsafe { ffi::Py_XDECREF(object(HPy(old))) };
}

/// Makes a field refer to an object.
pub(crate) unsafe fn field_store(_: HPy, field: *mut HPyField, value: HPy) {
    // SAFETY: a field is a word.
    unsafe { store(field.cast(), value) };
}

/// Makes a global variable refer to an object.
pub(crate) unsafe fn global_store(global: *mut HPyGlobal, value: HPy) {
    // SAFETY: a global variable is a word.
    unsafe { store(global.cast(), value) };
}

/// `compile(source, name, kind)`
pub(crate) unsafe fn compile(source: *const c_char, name: *const c_char, kind: c_int) -> HPy {
    let start = match Source::of(kind) {
        Some(Source::Expr) => ffi::Py_eval_input,
        Some(Source::File) => ffi::Py_file_input,
        Some(Source::Single) => ffi::Py_single_input,
        None => {
            system_error("invalid source kind");
            return HPy::NULL;
        }
    };
    // SAFETY: C gives texts that end in a zero.
    handle(unsafe { ffi::Py_CompileString(source, name, start) })
}

/// The value of a context variable.
pub(crate) unsafe fn context_variable(variable: HPy, default: HPy, result: *mut HPy) -> i32 {
    let mut value: Object = ptr::null_mut();
    // SAFETY: the handles are open or null.
    let status = unsafe { late::PyContextVar_Get(variable.c(), default.c(), &raw mut value) };
    let found: HPy = value.hpy();
    // SAFETY: C gives the address of a handle.
    unsafe { result.write(found) };
    status
}

/// `eval(code, globals, locals)`
pub(crate) unsafe fn eval(code: HPy, globals: HPy, locals: HPy) -> HPy {
    let [code, globals, locals] = [code, globals, locals].map(object);
    // From 3.10 on CPython does this itself.
    // SAFETY: C gives open handles.
    if late::late().minor < 10 && unsafe { ffi::PyDict_Check(globals) } != 0 {
        // SAFETY: as above.
        let known = unsafe { ffi::PyDict_GetItemString(globals, c"__builtins__".as_ptr()) };
        if known.is_null() {
            // SAFETY: it asks for nothing.
            let builtins = unsafe { ffi::PyEval_GetBuiltins() };
            // SAFETY: both are alive.
            if unsafe { ffi::PyDict_SetItemString(globals, c"__builtins__".as_ptr(), builtins) } < 0
            {
                return HPy::NULL;
            }
        }
    }
    // SAFETY: C gives open handles.
    handle(unsafe { ffi::PyEval_EvalCode(code, globals, locals) })
}

/// The exception being raised, which is then not raised any more.
pub(crate) fn take_exception() -> Option<Owned> {
    let mut parts: [Object; 3] = [ptr::null_mut(); 3];
    let [class, value, traceback] = &mut parts;
    // SAFETY: the places are ours.
    unsafe { ffi::PyErr_Fetch(class, value, traceback) };
    // SAFETY: likewise; all are references or null.
    unsafe { ffi::PyErr_NormalizeException(class, value, traceback) };
    let [class, value, traceback] = parts;
    // SAFETY: the reference is ours.
    unsafe { ffi::Py_XDECREF(class) };
    // SAFETY: likewise.
    unsafe { ffi::Py_XDECREF(traceback) };
    Owned::of(value)
}

/// Makes an exception the cause of the one being raised, as `raise … from …` does.
pub(crate) fn raise_from(cause: Option<Owned>) {
    let (Some(cause), Some(raised)) = (cause, take_exception()) else { return };
    // SAFETY: it is alive.
    let context = unsafe { new_reference(cause.get()) };
    // SAFETY: both are exceptions; the reference is taken over.
    unsafe { ffi::PyException_SetContext(raised.get(), context) };
    // SAFETY: likewise.
    unsafe { ffi::PyException_SetCause(raised.get(), cause.into_raw()) };
    // SAFETY: it is an exception.
    let class = unsafe { ffi::PyObject_Type(raised.get()) };
    // SAFETY: the references are taken over.
    unsafe { ffi::PyErr_Restore(class, raised.into_raw(), ptr::null_mut()) };
}
