//! Functions of a debug context that do more than unwrap and wrap.
#![expect(
    clippy::missing_safety_doc,
    reason = "each function is a row of the context: what its caller owes is said once, on `Host`"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::slice;

use super::builders::BuilderKind;
use super::report::Place;
use super::table::{Found, Owner};
use super::wrappers::Call;
use super::{Shared, report};
use crate::context::{Cx, ErrorValue, HPyContext};
use crate::shared;
use crate::types::{
    HPy, HPyCFunction, HPyCallFunction, HPyCapsule_Destructor, HPyListBuilder, HPyThreadState,
    HPyTracker, HPyTupleBuilder, HPyType_Spec, HPyType_SpecParam, Shape,
};

/// Puts them into a context.
pub(super) fn install(context: &mut HPyContext) {
    context.ctx_Close = close;
    context.ctx_Unicode_AsUTF8AndSize = as_utf8_and_size;
    context.ctx_Bytes_AsString = bytes_as_string;
    context.ctx_Bytes_AS_STRING = bytes_as_string_unchecked;
    context.ctx_Type_GetName = type_get_name;
    context.ctx_Tuple_FromArray = tuple_from_array;
    context.ctx_Type_GenericNew = type_generic_new;
    context.ctx_Type_FromSpec = type_from_spec;
    context.ctx_SetCallFunction = set_call_function;
    context.ctx_Capsule_New = capsule_new;
    context.ctx_Call = call;
    context.ctx_CallMethod = call_method;
    context.ctx_ContextVar_Get = context_var_get;
    context.ctx_TypeCheck = type_check;
    context.ctx_Type_IsSubtype = type_is_subtype;
    context.ctx_Unicode_Substring = unicode_substring;
    context.ctx_LeavePythonExecution = leave;
    context.ctx_ReenterPythonExecution = reenter;
    context.ctx_CallRealFunctionFromTrampoline = call_from_trampoline;
    context.ctx_AsStruct_Object = as_struct_object;
    context.ctx_AsStruct_Legacy = as_struct_legacy;
    context.ctx_AsStruct_Type = as_struct_type;
    context.ctx_AsStruct_Long = as_struct_long;
    context.ctx_AsStruct_Float = as_struct_float;
    context.ctx_AsStruct_Unicode = as_struct_unicode;
    context.ctx_AsStruct_Tuple = as_struct_tuple;
    context.ctx_AsStruct_List = as_struct_list;
    context.ctx_ListBuilder_New = list_builder_new;
    context.ctx_ListBuilder_Set = list_builder_set;
    context.ctx_ListBuilder_Build = list_builder_build;
    context.ctx_ListBuilder_Cancel = list_builder_cancel;
    context.ctx_TupleBuilder_New = tuple_builder_new;
    context.ctx_TupleBuilder_Set = tuple_builder_set;
    context.ctx_TupleBuilder_Build = tuple_builder_build;
    context.ctx_TupleBuilder_Cancel = tuple_builder_cancel;
    context.ctx_Tracker_New = tracker_new;
    context.ctx_Tracker_Add = tracker_add;
    context.ctx_Tracker_ForgetAll = tracker_forget_all;
    context.ctx_Tracker_Close = tracker_close;
}

unsafe extern "C" fn close(context: *mut HPyContext, handle: HPy) {
    let call = Call::enter(context, "HPy_Close", ErrorValue::Never);
    if handle.is_null() {
        return;
    }
    let mut table = call.shared.table.borrow_mut();
    let found = table.find(handle);
    let owner = if let Found::Open(id) = found { table.owner(id) } else { Owner::Module };
    let wrong = match (found, owner) {
        (Found::Open(id), Owner::Module) => {
            let inner = table.handle(id);
            table.close(id);
            drop(table);
            // SAFETY: the entry owned it. This may run code of Python.
            call.run(|cx| unsafe { cx.close(inner) });
            return;
        }
        // The call that it is an argument of must not report it again.
        (Found::Open(id), Owner::Caller) => {
            table.close(id);
            ("an argument is closed, which belongs to the caller", Some(id))
        }
        (Found::Open(id), Owner::Context) => ("a constant of the context is closed", Some(id)),
        _ => Shared::describe(found),
    };
    drop(table);
    call.shared.invalid_handle(Place::Api(call.api), wrong.0, wrong.1);
}

/// The copy of a text of `size` bytes that C may use as long as its handle is open.
fn keep(call: &Call, handle: HPy, text: *const c_char, size: usize) -> *const c_char {
    if text.is_null() {
        return text;
    }
    // SAFETY: the host gave a text of that size.
    let bytes = unsafe { slice::from_raw_parts(text.cast::<u8>(), size) };
    let mut table = call.shared.table.borrow_mut();
    let Found::Open(id) = table.find(handle) else { return text };
    table.keep_text(id, bytes).map_or(text, <*const u8>::cast)
}

unsafe extern "C" fn as_utf8_and_size(
    context: *mut HPyContext,
    h: HPy,
    size: *mut isize,
) -> *const c_char {
    let call = Call::enter(context, "HPyUnicode_AsUTF8AndSize", ErrorValue::Null);
    let Some(inner) = call.unwrap_object(h, "h") else { return call.failure() };
    let mut length = 0;
    // SAFETY: the handle is the host's, the size is stored in a variable of ours.
    let text = call.run(|cx| unsafe { cx.unicode_as_utf8_and_size(inner, &raw mut length) });
    // SAFETY: C gives null or where to store the size.
    if let Some(size) = unsafe { size.as_mut() } {
        *size = length;
    }
    if text.is_null() {
        // The size of no text may be any number.
        return text;
    }
    keep(&call, h, text, length.cast_unsigned() + 1)
}

unsafe extern "C" fn bytes_as_string(context: *mut HPyContext, h: HPy) -> *const c_char {
    let call = Call::enter(context, "HPyBytes_AsString", ErrorValue::Null);
    let Some(inner) = call.unwrap_object(h, "h") else { return call.failure() };
    // SAFETY: the handle is the host's.
    let text = call.run(|cx| unsafe { cx.bytes_as_string(inner) });
    if text.is_null() {
        return text;
    }
    // SAFETY: it is of `bytes`, for it gave a text.
    let size = call.run(|cx| unsafe { cx.bytes_size_unchecked(inner) });
    keep(&call, h, text, size.cast_unsigned() + 1)
}

unsafe extern "C" fn bytes_as_string_unchecked(context: *mut HPyContext, h: HPy) -> *const c_char {
    let call = Call::enter(context, "HPyBytes_AS_STRING", ErrorValue::Never);
    let Some(inner) = call.unwrap_object(h, "h") else { return call.failure() };
    // SAFETY: the handle is the host's.
    if call.run(|cx| unsafe { cx.bytes_check(inner) }) == 0 {
        call.shared
            .fatal(&format!("HPyBytes_AS_STRING arg must be a bytes object{}", report::caller()));
    }
    // SAFETY: the handle is the host's, and of `bytes`.
    let text = call.run(|cx| unsafe { cx.bytes_as_string_unchecked(inner) });
    // SAFETY: likewise.
    let size = call.run(|cx| unsafe { cx.bytes_size_unchecked(inner) });
    keep(&call, h, text, size.cast_unsigned() + 1)
}

/// Ends the process unless the argument is an instance of the class.
fn must_be(call: &Call, inner: HPy, class: HPy, message: &str) {
    // SAFETY: both handles are the host's.
    if call.run(|cx| unsafe { cx.type_check(inner, class) }) == 0 {
        call.shared.fatal(&format!("{message}{}", report::caller()));
    }
}

unsafe extern "C" fn type_get_name(context: *mut HPyContext, ty: HPy) -> *const c_char {
    let call = Call::enter(context, "HPyType_GetName", ErrorValue::Null);
    let Some(inner) = call.unwrap_object(ty, "type") else { return call.failure() };
    must_be(&call, inner, call.inner().context().h_TypeType, "HPyType_GetName arg must be a type");
    // SAFETY: the handle is the host's.
    let name = call.run(|cx| unsafe { cx.type_get_name(inner) });
    if name.is_null() {
        return name;
    }
    // SAFETY: a name is a string in C.
    let size = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul().len();
    keep(&call, ty, name, size)
}

unsafe extern "C" fn type_check(context: *mut HPyContext, obj: HPy, ty: HPy) -> c_int {
    let call = Call::enter(context, "HPy_TypeCheck", ErrorValue::Never);
    let (Some(obj), Some(ty)) = (call.unwrap_object(obj, "obj"), call.unwrap_object(ty, "type"))
    else {
        return call.failure();
    };
    must_be(&call, ty, call.inner().context().h_TypeType, "HPy_TypeCheck arg 2 must be a type");
    // SAFETY: both handles are the host's.
    call.run(|cx| unsafe { cx.type_check(obj, ty) })
}

unsafe extern "C" fn type_is_subtype(context: *mut HPyContext, sub: HPy, ty: HPy) -> c_int {
    let call = Call::enter(context, "HPyType_IsSubtype", ErrorValue::Never);
    let (Some(sub), Some(ty)) = (call.unwrap_object(sub, "sub"), call.unwrap_object(ty, "type"))
    else {
        return call.failure();
    };
    let class = call.inner().context().h_TypeType;
    must_be(&call, sub, class, "HPyType_IsSubtype arg 1 must be a type");
    must_be(&call, ty, class, "HPyType_IsSubtype arg 2 must be a type");
    // SAFETY: both handles are the host's.
    call.run(|cx| unsafe { cx.type_is_subtype(sub, ty) })
}

unsafe extern "C" fn unicode_substring(
    context: *mut HPyContext,
    str: HPy,
    start: isize,
    end: isize,
) -> HPy {
    let call = Call::enter(context, "HPyUnicode_Substring", ErrorValue::Null);
    let Some(str) = call.unwrap_object(str, "str") else { return call.failure() };
    let class = call.inner().context().h_UnicodeType;
    must_be(&call, str, class, "HPyUnicode_Substring arg 1 must be a Unicode object");
    // SAFETY: the handle is the host's.
    let result = call.run(|cx| unsafe { cx.unicode_substring(str, start, end) });
    call.wrap(result)
}

/// The host's handles of an array; `None` when an exception was raised.
fn unwrap_array(call: &Call, handles: *const HPy, n: usize, name: &str) -> Option<Vec<HPy>> {
    if n == 0 {
        return Some(Vec::new());
    }
    if handles.is_null() {
        call.shared.system_error(&format!(
            "{}: argument '{name}' is NULL{}",
            call.api,
            report::caller()
        ));
        return None;
    }
    // SAFETY: C says that so many handles are there.
    let handles = unsafe { slice::from_raw_parts(handles, n) };
    let mut inner = Vec::with_capacity(n);
    for (index, &handle) in handles.iter().enumerate() {
        inner.push(call.unwrap_object(handle, &format!("{name}[{index}]"))?);
    }
    Some(inner)
}

/// A length that C gave; `None` when it is negative and an exception was raised.
fn length(call: &Call, n: isize, name: &str) -> Option<usize> {
    let length = usize::try_from(n).ok();
    if length.is_none() {
        call.shared.system_error(&format!(
            "{}: argument '{name}' is negative{}",
            call.api,
            report::caller()
        ));
    }
    length
}

unsafe extern "C" fn tuple_from_array(context: *mut HPyContext, items: *mut HPy, n: isize) -> HPy {
    let call = Call::enter(context, "HPyTuple_FromArray", ErrorValue::Null);
    let items = length(&call, n, "n").and_then(|n| unwrap_array(&call, items, n, "items"));
    let Some(mut items) = items else { return call.failure() };
    // SAFETY: the array has that many of the host's handles.
    let result = call.run(|cx| unsafe { cx.tuple_from_array(items.as_mut_ptr(), n) });
    call.wrap(result)
}

unsafe extern "C" fn type_generic_new(
    context: *mut HPyContext,
    ty: HPy,
    args: *const HPy,
    nargs: isize,
    kw: HPy,
) -> HPy {
    let call = Call::enter(context, "HPyType_GenericNew", ErrorValue::Null);
    let Some(ty) = call.unwrap_object(ty, "type") else { return call.failure() };
    let args = length(&call, nargs, "nargs").and_then(|n| unwrap_array(&call, args, n, "args"));
    let Some(args) = args else { return call.failure() };
    let kw = call.unwrap(kw);
    // SAFETY: the handles are the host's, and there are as many.
    let result = call.run(|cx| unsafe { cx.type_generic_new(ty, args.as_ptr(), nargs, kw) });
    call.wrap(result)
}

unsafe extern "C" fn type_from_spec(
    context: *mut HPyContext,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
) -> HPy {
    let call = Call::enter(context, "HPyType_FromSpec", ErrorValue::Null);
    let mut inner_params = Vec::new();
    let mut at = params;
    // SAFETY: the list is null or ends with a row of kind 0, which was not yet met.
    while let Some(param) = unsafe { at.as_ref() } {
        let object = if param.kind == 0 { HPy::NULL } else { call.unwrap(param.object) };
        inner_params.push(HPyType_SpecParam { kind: param.kind, object });
        if param.kind == 0 {
            break;
        }
        // SAFETY: the row was not the last.
        at = unsafe { at.add(1) };
    }
    let params = if params.is_null() { params } else { inner_params.as_mut_ptr() };
    // SAFETY: the handles are the host's; the spec is C's own.
    let result = call.run_as_outer(|cx| unsafe { cx.type_from_spec(spec, params) });
    call.wrap(result)
}

unsafe extern "C" fn set_call_function(
    context: *mut HPyContext,
    h: HPy,
    function: *mut HPyCallFunction,
) -> c_int {
    let call = Call::enter(context, "HPy_SetCallFunction", ErrorValue::MinusOne);
    let Some(h) = call.unwrap_object(h, "h") else { return call.failure() };
    if function.is_null() {
        call.shared.system_error(&format!(
            "HPy_SetCallFunction: argument 'func' is NULL{}",
            report::caller()
        ));
        return -1;
    }
    // SAFETY: the handle is the host's; the function is C's own.
    call.run_as_outer(|cx| unsafe { cx.set_call_function(h, function) })
}

unsafe extern "C" fn capsule_new(
    context: *mut HPyContext,
    pointer: *mut c_void,
    name: *const c_char,
    destructor: *mut HPyCapsule_Destructor,
) -> HPy {
    let call = Call::enter(context, "HPyCapsule_New", ErrorValue::Null);
    // SAFETY: all of it is C's own.
    let result = call.run_as_outer(|cx| unsafe { cx.capsule_new(pointer, name, destructor) });
    call.wrap(result)
}

/// The host's handles of positional arguments and of those that the tuple `kwnames` names, which follow them.
fn unwrap_arguments(
    call: &Call,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> Option<(Vec<HPy>, HPy)> {
    let kwnames = call.unwrap(kwnames);
    let mut n = nargs;
    if !kwnames.is_null() {
        // SAFETY: the handle is the host's.
        if call.run(|cx| unsafe { cx.tuple_check(kwnames) }) == 0 {
            let api = call.api;
            let message = format!("{api} arg 'kwnames' must be a tuple object or HPy_NULL");
            call.shared.fatal(&format!("{message}{}", report::caller()));
        }
        // SAFETY: likewise.
        let n_names = call.run(|cx| unsafe { cx.length(kwnames) });
        n += usize::try_from(n_names).ok()?;
    }
    Some((unwrap_array(call, args, n, "args")?, kwnames))
}

unsafe extern "C" fn call(
    context: *mut HPyContext,
    callable: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    let call = Call::enter(context, "HPy_Call", ErrorValue::Null);
    let Some(callable) = call.unwrap_object(callable, "callable") else { return call.failure() };
    let Some((args, kwnames)) = unwrap_arguments(&call, args, nargs, kwnames) else {
        return call.failure();
    };
    // SAFETY: the handles are the host's, and there are as many.
    let result = call.run(|cx| unsafe { cx.call(callable, args.as_ptr(), nargs, kwnames) });
    call.wrap(result)
}

unsafe extern "C" fn call_method(
    context: *mut HPyContext,
    name: HPy,
    args: *const HPy,
    nargs: usize,
    kwnames: HPy,
) -> HPy {
    let call = Call::enter(context, "HPy_CallMethod", ErrorValue::Null);
    let Some(name) = call.unwrap_object(name, "name") else { return call.failure() };
    if nargs == 0 {
        call.shared
            .system_error("HPy_CallMethod: argument 'nargs' is 0, but the receiver is an argument");
        return call.failure();
    }
    let Some((args, kwnames)) = unwrap_arguments(&call, args, nargs, kwnames) else {
        return call.failure();
    };
    // SAFETY: the handles are the host's, and there are as many.
    let result = call.run(|cx| unsafe { cx.call_method(name, args.as_ptr(), nargs, kwnames) });
    call.wrap(result)
}

unsafe extern "C" fn context_var_get(
    context: *mut HPyContext,
    context_var: HPy,
    default_value: HPy,
    result: *mut HPy,
) -> i32 {
    let call = Call::enter(context, "HPyContextVar_Get", ErrorValue::MinusOne);
    let Some(context_var) = call.unwrap_object(context_var, "context_var") else {
        return call.failure();
    };
    let default_value = call.unwrap(default_value);
    let mut inner = HPy::NULL;
    // SAFETY: the handles are the host's; the result is stored in a variable of ours.
    let status =
        call.run(|cx| unsafe { cx.context_var_get(context_var, default_value, &raw mut inner) });
    let wrapped = if status < 0 { HPy::NULL } else { call.wrap(inner) };
    // SAFETY: C gives where to store the result.
    unsafe { result.write(wrapped) };
    status
}

unsafe extern "C" fn leave(context: *mut HPyContext) -> HPyThreadState {
    let call = Call::enter(context, "HPy_LeavePythonExecution", ErrorValue::Never);
    call.frame.left.set(true);
    // SAFETY: needs nothing.
    unsafe { call.inner().leave_python_execution() }
}

unsafe extern "C" fn reenter(context: *mut HPyContext, state: HPyThreadState) {
    let call = Call::enter(context, "HPy_ReenterPythonExecution", ErrorValue::Never);
    if !call.frame.left.get() {
        call.shared.fatal(&format!(
            "HPy_ReenterPythonExecution was called without HPy_LeavePythonExecution{}",
            report::caller()
        ));
    }
    // SAFETY: the state is what leaving gave.
    unsafe { call.inner().reenter_python_execution(state) };
    call.frame.left.set(false);
}

/// CPython's way into the functions of a module: only the host knows its objects.
unsafe extern "C" fn call_from_trampoline(
    context: *mut HPyContext,
    signature: c_int,
    function: HPyCFunction,
    args: *mut c_void,
) {
    // SAFETY: C calls a function of the context with that context.
    let cx = unsafe { Cx::of(context) };
    let shared = super::frame(cx).shared();
    let (inner, base) = (shared.inner, shared.base());
    let before = inner.private().outer.replace(base.as_ptr());
    // SAFETY: all of it comes from the trampoline.
    unsafe { inner.call_real_function_from_trampoline(signature, function, args) };
    inner.private().outer.set(before);
}

macro_rules! as_struct {
    ($($name:ident $shape:ident $api:literal;)+) => { $(
        unsafe extern "C" fn $name(context: *mut HPyContext, h: HPy) -> *mut c_void {
            let call = Call::enter(context, $api, ErrorValue::Never);
            let Some(inner) = call.unwrap_object(h, "h") else { return call.failure() };
            check_shape(&call, inner, Shape::$shape);
            // SAFETY: the handle is the host's and its type has that shape.
            unsafe { call.inner().$name(inner) }
        }
    )+ };
}
as_struct! {
    as_struct_object Object "_HPy_AsStruct_Object";
    as_struct_legacy Legacy "_HPy_AsStruct_Legacy";
    as_struct_type Type "_HPy_AsStruct_Type";
    as_struct_long Long "_HPy_AsStruct_Long";
    as_struct_float Float "_HPy_AsStruct_Float";
    as_struct_unicode Unicode "_HPy_AsStruct_Unicode";
    as_struct_tuple Tuple "_HPy_AsStruct_Tuple";
    as_struct_list List "_HPy_AsStruct_List";
}

/// Ends the process unless the object's type has the shape.
fn check_shape(call: &Call, inner: HPy, expected: Shape) {
    let cx = call.inner();
    // SAFETY: the handle is the host's.
    let ty = unsafe { cx.type_(inner) };
    // SAFETY: likewise.
    let number = unsafe { cx.type_get_builtin_shape(ty) };
    // SAFETY: it is ours.
    unsafe { cx.close(ty) };
    if number == expected as c_int {
        return;
    }
    let name = |number: c_int| {
        let row = Shape::ROWS.iter().find(|(_, of_row, _)| *of_row == number);
        row.map_or("<unknown shape>", |(name, ..)| *name)
    };
    call.shared.fatal(&format!(
        "Invalid usage of {}. Expected shape {} but got {}{}",
        call.api,
        name(expected as c_int),
        name(number),
        report::caller()
    ));
}

/// A word for a new builder or tracker.
fn add_builder(call: &Call, kind: BuilderKind, word: isize, size: isize) -> isize {
    let table = call.shared.table.borrow();
    let (generation, trace) = (table.generation, table.trace_limit > 0);
    let n_items = usize::try_from(size).unwrap_or(0);
    call.shared.builders.borrow_mut().add(kind, word, n_items, generation, trace)
}

/// The word of the context inside; 0 for a builder that was used up, after a report.
fn builder_word(call: &Call, kind: BuilderKind, word: isize) -> isize {
    if word == 0 {
        return 0;
    }
    let found = call.shared.builders.borrow().find(kind, word);
    if let Some(builder) = found {
        return builder.word;
    }
    call.shared.invalid_builder(call.api, "it was built, cancelled or closed, or is none");
    0
}

/// Notes that an item is set; false after a report.
fn set_item(call: &Call, kind: BuilderKind, word: isize, index: isize) -> bool {
    let mut builders = call.shared.builders.borrow_mut();
    let Some(builder) = builders.find(kind, word) else { return true };
    let wrong = builders.set(builder, index);
    drop(builders);
    if let Some(what) = &wrong {
        call.shared.invalid_builder(call.api, what);
    }
    wrong.is_none()
}

/// Uses a builder up: the word of the context inside, and whether all items were set; if not, an exception was raised.
fn use_up(call: &Call, kind: BuilderKind, word: isize) -> (isize, bool) {
    let inner = builder_word(call, kind, word);
    let mut builders = call.shared.builders.borrow_mut();
    let missing = builders.find(kind, word).and_then(|builder| builders.close(builder));
    drop(builders);
    if let Some(index) = missing {
        call.shared.system_error(&format!(
            "{}: item {index} was never set{}",
            call.api,
            report::caller()
        ));
    }
    (inner, missing.is_none())
}

macro_rules! builders {
    ($($ty:ident $kind:ident, $new:ident $new_api:literal, $set:ident $set_api:literal, $build:ident $build_api:literal,
       $cancel:ident $cancel_api:literal;)+) => { $(
        unsafe extern "C" fn $new(context: *mut HPyContext, size: isize) -> $ty {
            let call = Call::enter(context, $new_api, ErrorValue::Never);
            // SAFETY: needs nothing.
            let inner = call.run(|cx| unsafe { cx.$new(size) });
            $ty(add_builder(&call, BuilderKind::$kind, inner.0, size))
        }

        unsafe extern "C" fn $set(context: *mut HPyContext, builder: $ty, index: isize, item: HPy) {
            let call = Call::enter(context, $set_api, ErrorValue::Never);
            let inner = builder_word(&call, BuilderKind::$kind, builder.0);
            let Some(item) = call.unwrap_object(item, "h_item") else { return };
            if inner != 0 && set_item(&call, BuilderKind::$kind, builder.0, index) {
                // SAFETY: the builder was not used up, the item's handle is the host's, the index in range.
                call.run(|cx| unsafe { cx.$set($ty(inner), index, item) });
            }
        }

        unsafe extern "C" fn $build(context: *mut HPyContext, builder: $ty) -> HPy {
            let call = Call::enter(context, $build_api, ErrorValue::Null);
            let (inner, complete) = use_up(&call, BuilderKind::$kind, builder.0);
            if !complete {
                // SAFETY: the builder was not used up in the context inside.
                call.run(|cx| unsafe { cx.$cancel($ty(inner)) });
                return HPy::NULL;
            }
            // SAFETY: the builder was not used up, or is null.
            let result = call.run(|cx| unsafe { cx.$build($ty(inner)) });
            call.wrap(result)
        }

        unsafe extern "C" fn $cancel(context: *mut HPyContext, builder: $ty) {
            let call = Call::enter(context, $cancel_api, ErrorValue::Never);
            let inner = builder_word(&call, BuilderKind::$kind, builder.0);
            let mut builders = call.shared.builders.borrow_mut();
            if let Some(builder) = builders.find(BuilderKind::$kind, builder.0) {
                builders.close(builder);
            }
            drop(builders);
            // SAFETY: the builder was not used up, or is null.
            call.run(|cx| unsafe { cx.$cancel($ty(inner)) });
        }
    )+ };
}
builders! {
    HPyListBuilder List, list_builder_new "HPyListBuilder_New", list_builder_set "HPyListBuilder_Set",
        list_builder_build "HPyListBuilder_Build", list_builder_cancel "HPyListBuilder_Cancel";
    HPyTupleBuilder Tuple, tuple_builder_new "HPyTupleBuilder_New", tuple_builder_set "HPyTupleBuilder_Set",
        tuple_builder_build "HPyTupleBuilder_Build", tuple_builder_cancel "HPyTupleBuilder_Cancel";
}

/// A tracker holds debug handles, so that closing it closes them here.
unsafe extern "C" fn tracker_new(context: *mut HPyContext, size: isize) -> HPyTracker {
    let call = Call::enter(context, "HPyTracker_New", ErrorValue::Null);
    // SAFETY: C calls a function of the context with that context.
    let cx = unsafe { Cx::of(context) };
    // SAFETY: needs nothing.
    let tracker = unsafe { shared::tracker_new(cx, size) };
    HPyTracker(add_builder(&call, BuilderKind::Tracker, tracker.0, 0))
}

unsafe extern "C" fn tracker_add(
    context: *mut HPyContext,
    tracker: HPyTracker,
    handle: HPy,
) -> c_int {
    let call = Call::enter(context, "HPyTracker_Add", ErrorValue::MinusOne);
    let inner = builder_word(&call, BuilderKind::Tracker, tracker.0);
    if !handle.is_null() {
        call.unwrap(handle); // Only to see that it is open.
    }
    // SAFETY: the tracker is open, or null.
    unsafe { shared::tracker_add(call.inner(), HPyTracker(inner), handle) }
}

unsafe extern "C" fn tracker_forget_all(context: *mut HPyContext, tracker: HPyTracker) {
    let call = Call::enter(context, "HPyTracker_ForgetAll", ErrorValue::Never);
    let inner = builder_word(&call, BuilderKind::Tracker, tracker.0);
    // SAFETY: the tracker is open, or null.
    unsafe { shared::tracker_forget_all(call.inner(), HPyTracker(inner)) };
}

unsafe extern "C" fn tracker_close(context: *mut HPyContext, tracker: HPyTracker) {
    let call = Call::enter(context, "HPyTracker_Close", ErrorValue::Never);
    let (inner, _) = use_up(&call, BuilderKind::Tracker, tracker.0);
    // SAFETY: C calls a function of the context with that context.
    let cx = unsafe { Cx::of(context) };
    // SAFETY: the tracker was open, or is null; its handles are of this context.
    unsafe { shared::tracker_close(cx, HPyTracker(inner)) };
}
