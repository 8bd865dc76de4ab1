//! HPy's context, done with the C API of CPython: most functions are one call.

use std::ffi::{CStr, c_int, c_void};

use haft_hpy_abi::context::{Constant, Cx};
use haft_hpy_abi::types::{
    HPy, HPyCFunction, HPyCallFunction, HPyCapsule_Destructor, HPyField, HPyGlobal, HPyListBuilder,
    HPyTupleBuilder, HPyType_Spec, HPyType_SpecParam, Shape,
};
use haft_hpy_abi::{Host, Shortcuts, kinds};
use pyo3::ffi;

use crate::object::{FromC as _, Object, ToC as _, handle, new_reference, object};
use crate::{builders, calls, capsules, constants, late, numbers, trampoline, types, values};

/// The host: CPython itself has all the state.
#[derive(Debug)]
pub(crate) struct CPython;

/// Functions of the context that are a function of the C API.
macro_rules! calls {
    ($( $name:ident($($parameter:ident: $kind:ident),*) -> $result:ident = $function:path; )+) => { $(
        unsafe fn $name(_: Cx $(, $parameter: kinds::$kind)*) -> kinds::$result {
            // SAFETY: C gives open handles and valid pointers, as the table says; that is what the C API asks for.
            let result = unsafe { $function($($parameter.c()),*) };
            result.hpy()
        }
    )+ };
}

/// Functions of the context that are a function of ours.
macro_rules! own {
    ($( $name:ident($($parameter:ident: $ty:ty),*) -> $result:ty = $function:path; )+) => { $(
        unsafe fn $name(_: Cx $(, $parameter: $ty)*) -> $result {
            // SAFETY: it asks of its caller what this function asks.
            unsafe { $function($($parameter),*) }
        }
    )+ };
}

impl Shortcuts for CPython {}

impl Host for CPython {
    const NAME: &'static CStr = c"HPy Universal ABI (CPython backend)";

    fn constant(_: Cx, constant: Constant) -> HPy {
        constants::handle_of(constant)
    }

    fn panicked(_: Cx, function: &'static str, message: &str) {
        crate::object::system_error(&format!("{function} failed; please report this: {message}"));
    }

    unsafe fn dup(_: Cx, h: HPy) -> HPy {
        // SAFETY: the handle is open or null.
        unsafe { new_reference(object(h)) };
        h
    }

    unsafe fn close(_: Cx, h: HPy) {
        // SAFETY: the handle is open or null, and C gives it up.
        unsafe { ffi::Py_XDECREF(object(h)) };
    }

    calls! {
        long_from_int64_t(v: I64) -> Owned = ffi::PyLong_FromLongLong;
        long_from_uint64_t(v: U64) -> Owned = ffi::PyLong_FromUnsignedLongLong;
        long_from_size_t(v: Size) -> Owned = ffi::PyLong_FromSize_t;
        long_from_ssize_t(v: Ssize) -> Owned = ffi::PyLong_FromSsize_t;
        long_as_int64_t(h: Handle) -> I64 = ffi::PyLong_AsLongLong;
        long_as_uint64_t(h: Handle) -> U64 = ffi::PyLong_AsUnsignedLongLong;
        long_as_uint64_t_mask(h: Handle) -> U64 = ffi::PyLong_AsUnsignedLongLongMask;
        long_as_size_t(h: Handle) -> Size = ffi::PyLong_AsSize_t;
        long_as_ssize_t(h: Handle) -> Ssize = ffi::PyLong_AsSsize_t;
        long_as_void_ptr(h: Handle) -> Data = ffi::PyLong_AsVoidPtr;
        long_as_double(h: Handle) -> Double = ffi::PyLong_AsDouble;
        float_from_double(v: Double) -> Owned = ffi::PyFloat_FromDouble;
        float_as_double(h: Handle) -> Double = ffi::PyFloat_AsDouble;
        length(h: Handle) -> Ssize = ffi::PyObject_Size;
        number_check(h: Handle) -> Test = ffi::PyNumber_Check;
        add(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Add;
        subtract(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Subtract;
        multiply(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Multiply;
        matrix_multiply(a: Handle, b: Handle) -> Owned = ffi::PyNumber_MatrixMultiply;
        floor_divide(a: Handle, b: Handle) -> Owned = ffi::PyNumber_FloorDivide;
        true_divide(a: Handle, b: Handle) -> Owned = ffi::PyNumber_TrueDivide;
        remainder(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Remainder;
        divmod(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Divmod;
        power(a: Handle, b: Handle, c: Handle) -> Owned = ffi::PyNumber_Power;
        negative(a: Handle) -> Owned = ffi::PyNumber_Negative;
        positive(a: Handle) -> Owned = ffi::PyNumber_Positive;
        absolute(a: Handle) -> Owned = ffi::PyNumber_Absolute;
        invert(a: Handle) -> Owned = ffi::PyNumber_Invert;
        lshift(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Lshift;
        rshift(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Rshift;
        and(a: Handle, b: Handle) -> Owned = ffi::PyNumber_And;
        xor(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Xor;
        or(a: Handle, b: Handle) -> Owned = ffi::PyNumber_Or;
        index(a: Handle) -> Owned = ffi::PyNumber_Index;
        long(a: Handle) -> Owned = ffi::PyNumber_Long;
        float(a: Handle) -> Owned = ffi::PyNumber_Float;
        in_place_add(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceAdd;
        in_place_subtract(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceSubtract;
        in_place_multiply(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceMultiply;
        in_place_matrix_multiply(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceMatrixMultiply;
        in_place_floor_divide(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceFloorDivide;
        in_place_true_divide(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceTrueDivide;
        in_place_remainder(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceRemainder;
        in_place_power(a: Handle, b: Handle, c: Handle) -> Owned = ffi::PyNumber_InPlacePower;
        in_place_lshift(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceLshift;
        in_place_rshift(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceRshift;
        in_place_and(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceAnd;
        in_place_xor(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceXor;
        in_place_or(a: Handle, b: Handle) -> Owned = ffi::PyNumber_InPlaceOr;
        callable_check(h: Handle) -> Test = ffi::PyCallable_Check;
    }

    own! {
        long_from_int32_t(value: i32) -> HPy = numbers::from_i32;
        long_from_uint32_t(value: u32) -> HPy = numbers::from_u32;
        long_as_int32_t(h: HPy) -> i32 = numbers::as_i32;
        long_as_uint32_t(h: HPy) -> u32 = numbers::as_u32;
        long_as_uint32_t_mask(h: HPy) -> u32 = numbers::as_u32_mask;
        bool_from_bool(value: bool) -> HPy = numbers::from_bool;
        call_tuple_dict(callable: HPy, arguments: HPy, named: HPy) -> HPy = calls::tuple_dict;
    }

    unsafe fn fatal_error(_: Cx, message: *const std::ffi::c_char) {
        // SAFETY: C gives a text that ends in a zero.
        unsafe { ffi::Py_FatalError(message) }
    }

    calls! {
        err_set_string(class: Handle, message: Text) -> Unit = ffi::PyErr_SetString;
        err_set_object(class: Handle, value: NullableHandle) -> Unit = ffi::PyErr_SetObject;
        err_set_from_errno_with_filename(class: Handle, name: NullableFileName) -> Owned =
            ffi::PyErr_SetFromErrnoWithFilename;
        err_exception_matches(class: Handle) -> Test = ffi::PyErr_ExceptionMatches;
        err_clear() -> Unit = ffi::PyErr_Clear;
        err_new_exception_with_doc(name: Text, doc: NullableText, base: NullableHandle, dict: NullableHandle) -> Owned =
            ffi::PyErr_NewExceptionWithDoc;
        err_new_exception(name: Text, base: NullableHandle, dict: NullableHandle) -> Owned = ffi::PyErr_NewException;
        err_warn_ex(category: NullableHandle, message: Text, level: Ssize) -> Status = ffi::PyErr_WarnEx;
        err_write_unraisable(h: NullableHandle) -> Unit = ffi::PyErr_WriteUnraisable;
        is_true(h: Handle) -> Truth = ffi::PyObject_IsTrue;
    }

    unsafe fn err_set_from_errno_with_filename_objects(_: Cx, class: HPy, first: HPy, second: HPy) {
        let [class, first, second] = [class, first, second].map(object);
        // SAFETY: the handles are open or null. It raises and returns null.
        unsafe { ffi::PyErr_SetFromErrnoWithFilenameObjects(class, first, second) };
    }

    unsafe fn err_occurred(_: Cx) -> c_int {
        // SAFETY: it asks for nothing.
        let class = unsafe { ffi::PyErr_Occurred() };
        c_int::from(!class.is_null())
    }

    unsafe fn err_no_memory(_: Cx) {
        // SAFETY: it asks for nothing. It raises and returns null.
        unsafe { ffi::PyErr_NoMemory() };
    }

    own! {
        type_from_spec(spec: *mut HPyType_Spec, params: *mut HPyType_SpecParam) -> HPy = types::from_spec;
        type_generic_new(class: HPy, arguments: *const HPy, count: isize, named: HPy) -> HPy = types::generic_new;
        new(class: HPy, data: *mut *mut c_void) -> HPy = types::new;
        type_get_builtin_shape(class: HPy) -> c_int = types::builtin_shape;
        type_get_name(class: HPy) -> *const std::ffi::c_char = types::name;
        set_call_function(h: HPy, function: *mut HPyCallFunction) -> c_int = types::set_call_function;
    }

    calls! {
        get_attr(h: Handle, name: Handle) -> Owned = ffi::PyObject_GetAttr;
        get_attr_s(h: Handle, name: Text) -> Owned = ffi::PyObject_GetAttrString;
        has_attr(h: Handle, name: Handle) -> Test = ffi::PyObject_HasAttr;
        has_attr_s(h: Handle, name: Text) -> Test = ffi::PyObject_HasAttrString;
        set_attr(h: Handle, name: Handle, value: NullableHandle) -> Status = ffi::PyObject_SetAttr;
        set_attr_s(h: Handle, name: Text, value: NullableHandle) -> Status = ffi::PyObject_SetAttrString;
        get_item(h: Handle, key: Handle) -> Owned = ffi::PyObject_GetItem;
        contains(h: Handle, key: Handle) -> Truth = ffi::PySequence_Contains;
        set_item(h: Handle, key: Handle, value: Handle) -> Status = ffi::PyObject_SetItem;
        del_item(h: Handle, key: Handle) -> Status = ffi::PyObject_DelItem;
        type_(h: Handle) -> Owned = ffi::PyObject_Type;
    }

    own! {
        get_item_i(h: HPy, index: isize) -> HPy = values::item_at;
        get_item_s(h: HPy, key: *const std::ffi::c_char) -> HPy = values::item_named;
        set_item_i(h: HPy, index: isize, value: HPy) -> c_int = values::set_item_at;
        set_item_s(h: HPy, key: *const std::ffi::c_char, value: HPy) -> c_int = values::set_item_named;
        del_item_i(h: HPy, index: isize) -> c_int = values::delete_item_at;
        del_item_s(h: HPy, key: *const std::ffi::c_char) -> c_int = values::delete_item_named;
        type_check(h: HPy, class: HPy) -> c_int = values::is_instance;
    }

    unsafe fn type_is_subtype(_: Cx, sub: HPy, class: HPy) -> c_int {
        // SAFETY: C gives open handles of types.
        unsafe { ffi::PyType_IsSubtype(object(sub).cast(), object(class).cast()) }
    }

    unsafe fn is(_: Cx, h: HPy, other: HPy) -> c_int {
        c_int::from(h == other)
    }

    unsafe fn as_struct_object(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Object) }
    }

    unsafe fn as_struct_legacy(_: Cx, h: HPy) -> *mut c_void {
        object(h).cast()
    }

    unsafe fn as_struct_type(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Type) }
    }

    unsafe fn as_struct_long(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Long) }
    }

    unsafe fn as_struct_float(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Float) }
    }

    unsafe fn as_struct_unicode(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Unicode) }
    }

    unsafe fn as_struct_tuple(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::Tuple) }
    }

    unsafe fn as_struct_list(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: C gives an instance of a type of that shape.
        unsafe { types::structure(object(h), Shape::List) }
    }

    calls! {
        repr(h: Handle) -> Owned = ffi::PyObject_Repr;
        str(h: Handle) -> Owned = ffi::PyObject_Str;
        ascii(h: Handle) -> Owned = ffi::PyObject_ASCII;
        bytes(h: Handle) -> Owned = ffi::PyObject_Bytes;
        rich_compare(v: Handle, w: Handle, op: Int) -> Owned = ffi::PyObject_RichCompare;
        rich_compare_bool(v: Handle, w: Handle, op: Int) -> Truth = ffi::PyObject_RichCompareBool;
        hash(h: Handle) -> Hash = ffi::PyObject_Hash;
        bytes_check(h: Handle) -> Test = ffi::PyBytes_Check;
        bytes_size(h: Handle) -> Ssize = ffi::PyBytes_Size;
        bytes_size_unchecked(h: Handle) -> Ssize = ffi::PyBytes_Size;
        bytes_from_string(text: Text) -> Owned = ffi::PyBytes_FromString;
        unicode_from_string(text: Text) -> Owned = ffi::PyUnicode_FromString;
        unicode_check(h: Handle) -> Test = ffi::PyUnicode_Check;
        unicode_as_ascii_string(h: Handle) -> Owned = ffi::PyUnicode_AsASCIIString;
        unicode_as_latin1_string(h: Handle) -> Owned = ffi::PyUnicode_AsLatin1String;
        unicode_as_utf8_string(h: Handle) -> Owned = ffi::PyUnicode_AsUTF8String;
        unicode_as_utf8_and_size(h: Handle, size: NullableOutSize) -> BorrowedText = late::PyUnicode_AsUTF8AndSize;
        unicode_from_wide_char(text: WideChars, size: Ssize) -> Owned = ffi::PyUnicode_FromWideChar;
        unicode_decode_fs_default(text: FileName) -> Owned = ffi::PyUnicode_DecodeFSDefault;
        unicode_decode_fs_default_and_size(text: Chars, size: Ssize) -> Owned = ffi::PyUnicode_DecodeFSDefaultAndSize;
        unicode_encode_fs_default(h: Handle) -> Owned = ffi::PyUnicode_EncodeFSDefault;
        unicode_read_char(h: Handle, index: Ssize) -> Char = ffi::PyUnicode_ReadChar;
        unicode_decode_ascii(text: Chars, size: Ssize, errors: NullableText) -> Owned = ffi::PyUnicode_DecodeASCII;
        unicode_decode_latin1(text: Chars, size: Ssize, errors: NullableText) -> Owned = ffi::PyUnicode_DecodeLatin1;
        unicode_from_encoded_object(h: Handle, encoding: NullableText, errors: NullableText) -> Owned =
            ffi::PyUnicode_FromEncodedObject;
        unicode_substring(h: Handle, start: Ssize, end: Ssize) -> Owned = ffi::PyUnicode_Substring;
        list_check(h: Handle) -> Test = ffi::PyList_Check;
        list_append(list: Handle, item: Handle) -> Status = ffi::PyList_Append;
        dict_check(h: Handle) -> Test = ffi::PyDict_Check;
        dict_new() -> Owned = ffi::PyDict_New;
        dict_keys(h: Handle) -> Owned = ffi::PyDict_Keys;
        dict_copy(h: Handle) -> Owned = ffi::PyDict_Copy;
        tuple_check(h: Handle) -> Test = ffi::PyTuple_Check;
        slice_unpack(h: Handle, start: OutSize, stop: OutSize, step: OutSize) -> Status = ffi::PySlice_Unpack;
        import_import_module(name: Text) -> Owned = ffi::PyImport_ImportModule;
    }

    own! {
        bytes_as_string(h: HPy) -> *const std::ffi::c_char = values::bytes_of;
        bytes_as_string_unchecked(h: HPy) -> *const std::ffi::c_char = values::bytes_of;
        bytes_from_string_and_size(bytes: *const std::ffi::c_char, len: isize) -> HPy = values::new_bytes;
        list_new(len: isize) -> HPy = builders::list_of_none;
        tuple_from_array(items: *mut HPy, count: isize) -> HPy = builders::tuple_from_array;
        list_builder_new(size: isize) -> HPyListBuilder = builders::list_new;
        list_builder_set(builder: HPyListBuilder, index: isize, item: HPy) -> () = builders::list_set;
        list_builder_build(builder: HPyListBuilder) -> HPy = builders::list_build;
        list_builder_cancel(builder: HPyListBuilder) -> () = builders::list_cancel;
        tuple_builder_new(size: isize) -> HPyTupleBuilder = builders::tuple_new;
        tuple_builder_set(builder: HPyTupleBuilder, index: isize, item: HPy) -> () = builders::tuple_set;
        tuple_builder_build(builder: HPyTupleBuilder) -> HPy = builders::tuple_build;
        tuple_builder_cancel(builder: HPyTupleBuilder) -> () = builders::tuple_cancel;
        field_store(target: HPy, field: *mut HPyField, value: HPy) -> () = values::field_store;
        global_store(global: *mut HPyGlobal, value: HPy) -> () = values::global_store;
    }

    unsafe fn from_py_object(_: Cx, h: *mut c_void) -> HPy {
        // SAFETY: C gives a living object or null.
        handle(unsafe { new_reference(h.cast()) })
    }

    unsafe fn as_py_object(_: Cx, h: HPy) -> *mut c_void {
        // SAFETY: the handle is open or null.
        unsafe { new_reference(object(h)) }.cast()
    }

    unsafe fn call_real_function_from_trampoline(
        cx: Cx,
        signature: c_int,
        function: HPyCFunction,
        arguments: *mut c_void,
    ) {
        // SAFETY: the trampolines of a module call it as the headers say.
        unsafe { trampoline::call(cx, signature, function, arguments) };
    }

    unsafe fn field_load(_: Cx, _: HPy, field: HPyField) -> HPy {
        let object: Object = field.c();
        // SAFETY: a field holds a reference or null.
        handle(unsafe { new_reference(object) })
    }

    unsafe fn global_load(_: Cx, global: HPyGlobal) -> HPy {
        let object: Object = global.c();
        // SAFETY: a global holds a reference or null.
        handle(unsafe { new_reference(object) })
    }

    calls! {
        reenter_python_execution(state: ThreadState) -> Unit = ffi::PyEval_RestoreThread;
        leave_python_execution() -> ThreadState = ffi::PyEval_SaveThread;
        dump(h: NullableHandle) -> Unit = late::_PyObject_Dump;
        capsule_is_valid(h: Handle, name: NullableText) -> Test = ffi::PyCapsule_IsValid;
        context_var_new(name: Text, default: NullableHandle) -> Owned = late::PyContextVar_New;
        context_var_set(variable: Handle, value: Handle) -> Owned = late::PyContextVar_Set;
    }

    own! {
        capsule_new(pointer: *mut c_void, name: *const std::ffi::c_char, destructor: *mut HPyCapsule_Destructor) -> HPy =
            capsules::new;
        capsule_get(capsule: HPy, part: c_int, name: *const std::ffi::c_char) -> *mut c_void = capsules::part;
        capsule_set(capsule: HPy, part: c_int, value: *mut c_void) -> c_int = capsules::set_part;
        compile_s(source: *const std::ffi::c_char, name: *const std::ffi::c_char, kind: c_int) -> HPy = values::compile;
        eval_code(code: HPy, globals: HPy, locals: HPy) -> HPy = values::eval;
        context_var_get(variable: HPy, default: HPy, result: *mut HPy) -> i32 = values::context_variable;
        call(callable: HPy, arguments: *const HPy, count: usize, names: HPy) -> HPy = calls::call;
        call_method(name: HPy, arguments: *const HPy, count: usize, names: HPy) -> HPy = calls::method;
    }
}
