//! Exceptions and warnings.
use std::ffi::{c_char, c_int};

use haft_builtins::error::warn;
use haft_builtins::runtime::finalize::report_ignored;
use haft_builtins::runtime::streams::write_fd;
use haft_hpy_abi::{Cx, HPy};

use crate::handle::{give, status, str_from, text_of, value, vm};
use crate::prelude::*;

pub(crate) unsafe fn fatal_error(_: Cx, message: *const c_char) {
    // SAFETY: the caller's duty.
    let message = unsafe { text_of(message) };
    // The process ends whether or not it can be written.
    let _written = write_fd(2, format!("Fatal Python error: {message}\n").as_bytes());
    haft_host::process::abort();
}

/// The exception class `value`; SystemError if it is none.
fn exception_class(vm: &mut Vm, value: Value) -> R<Type> {
    match Type::of_value(value).filter(|class| class.has(TypeFlags::EXCEPTION)) {
        Some(class) => Ok(class),
        None => {
            let shown = vm.repr_text(value)?;
            Err(vm.system_error(format!(
                "_PyErr_SetObject: exception {shown} is not a BaseException subclass"
            )))
        }
    }
}

pub(crate) unsafe fn err_set_string(cx: Cx, class: HPy, message: *const c_char) {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let message = unsafe { str_from(vm, message) };
    let _raised = message.and_then(|message| set(vm, value(class), message));
}

pub(crate) unsafe fn err_set_object(cx: Cx, class: HPy, object: HPy) {
    let _raised = set(vm(cx), value(class), value(object));
}

/// Raise `class` with a value: the exception itself, the tuple of its arguments, or its only argument.
fn set(vm: &mut Vm, class: Value, object: Value) -> R<()> {
    vm.stack.raised = Value::ABSENT;
    let class = exception_class(vm, class)?;
    if object.is_ptr() && is_subtype(vm.type_of(object), class.obj()) {
        return Err(vm.raise_value(object));
    }
    let exception = match vm.as_tuple(object) {
        Some(args) => vm.call_positional(class.value(), args.items())?,
        None if object.is_absent() || object.is_none() => vm.call_positional(class.value(), &[])?,
        None => vm.call_positional(class.value(), &[object])?,
    };
    Err(vm.raise_value(exception))
}

/// Raise `class(errno, strerror(errno), …)`.
fn set_from_errno(vm: &mut Vm, error: &std::io::Error, class: Value, files: &[Value]) -> R<()> {
    vm.stack.raised = Value::ABSENT;
    let number = error.raw_os_error().unwrap_or(0);
    let text = match number {
        0 => vm.str("Error"),
        _ => vm.str_lossy(&haft_host::process::strerror(number)),
    };
    let mut args = vec![Value::small(number), text];
    match files {
        [first, second] => args.extend([*first, Value::small(0), *second]),
        _ => args.extend_from_slice(files),
    }
    let class = exception_class(vm, class)?;
    let exception = vm.call_positional(class.value(), &args)?;
    Err(vm.raise_value(exception))
}

pub(crate) unsafe fn err_set_from_errno_with_filename(
    cx: Cx,
    class: HPy,
    filename: *const c_char,
) -> HPy {
    let error = std::io::Error::last_os_error();
    let vm = vm(cx);
    let mut files = Vec::new();
    if !filename.is_null() {
        // SAFETY: the caller's duty.
        files.push(vm.str_os(unsafe { crate::handle::bytes_of(filename) }));
    }
    let _raised = set_from_errno(vm, &error, value(class), &files);
    HPy::NULL
}

pub(crate) unsafe fn err_set_from_errno_with_filename_objects(
    cx: Cx,
    class: HPy,
    filename1: HPy,
    filename2: HPy,
) {
    let error = std::io::Error::last_os_error();
    let vm = vm(cx);
    let files = match (value(filename1), value(filename2)) {
        (Value::ABSENT, Value::ABSENT) => vec![],
        (first, Value::ABSENT) => vec![first],
        (Value::ABSENT, second) => vec![Value::NONE, second],
        (first, second) => vec![first, second],
    };
    let _raised = set_from_errno(vm, &error, value(class), &files);
}

pub(crate) unsafe fn err_occurred(cx: Cx) -> c_int {
    c_int::from(!vm(cx).stack.raised.is_absent())
}

pub(crate) unsafe fn err_exception_matches(cx: Cx, exc: HPy) -> c_int {
    let vm = vm(cx);
    let raised = vm.stack.raised;
    if raised.is_absent() {
        return 0;
    }
    let own = vm.type_of(raised);
    c_int::from(matches(vm, own, value(exc)))
}

fn matches(vm: &Vm, own: Type, wanted: Value) -> bool {
    match vm.as_tuple(wanted) {
        Some(classes) => classes.items().iter().any(|&class| matches(vm, own, class)),
        None => wanted.as_ptr().is_some_and(|class| is_subtype(own, class)),
    }
}

pub(crate) unsafe fn err_no_memory(cx: Cx) {
    let vm = vm(cx);
    let class = vm.exc.memory_error.value();
    let _raised = set(vm, class, Value::ABSENT);
}

pub(crate) unsafe fn err_clear(cx: Cx) {
    vm(cx).stack.raised = Value::ABSENT;
}

pub(crate) unsafe fn err_new_exception(cx: Cx, name: *const c_char, base: HPy, dict: HPy) -> HPy {
    // SAFETY: the caller's duty.
    unsafe { err_new_exception_with_doc(cx, name, std::ptr::null(), base, dict) }
}

pub(crate) unsafe fn err_new_exception_with_doc(
    cx: Cx,
    name: *const c_char,
    doc: *const c_char,
    base: HPy,
    dict: HPy,
) -> HPy {
    let vm = vm(cx);
    let doc = if doc.is_null() {
        Ok(Value::ABSENT)
    } else {
        // SAFETY: the caller's duty.
        unsafe { str_from(vm, doc) }
    };
    // SAFETY: the caller's duty.
    let name = unsafe { text_of(name) };
    let result = doc.and_then(|doc| new_exception(vm, &name, doc, value(base), value(dict)));
    give(vm, result)
}

fn new_exception(vm: &mut Vm, name: &str, doc: Value, base: Value, dict: Value) -> R {
    let Some((module, name)) = name.rsplit_once('.') else {
        return Err(vm.system_error("PyErr_NewException: name must be module.class"));
    };
    let namespace = match vm.as_dict(dict) {
        Some(given) => given.copy(&mut vm.heap),
        None if dict.is_absent() => vm.dict(),
        None => {
            let given = vm.type_name(dict);
            return Err(vm.type_error(format!("the dict of an exception class cannot be {given}")));
        }
    };
    let module = vm.str(module);
    if vm.dict_get_name(namespace, vm.names.__module__).is_none() {
        vm.dict_set_name(namespace, vm.names.__module__, module);
    }
    if !doc.is_absent() {
        vm.dict_set_name(namespace, vm.names.__doc__, doc);
    }
    let bases = match vm.as_tuple(base) {
        Some(bases) => bases.value(),
        None if base.is_absent() => vm.tuple(&[vm.exc.exception.value()]),
        None => vm.tuple(&[base]),
    };
    let name = vm.intern(name);
    vm.call_positional(vm.t.r#type.value(), &[name, bases, namespace.value()])
}

pub(crate) unsafe fn err_warn_ex(
    cx: Cx,
    category: HPy,
    message: *const c_char,
    stack_level: isize,
) -> c_int {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let message = unsafe { text_of(message) };
    status(warn_as(vm, value(category), &message, stack_level))
}

fn warn_as(vm: &mut Vm, category: Value, message: &str, stack_level: isize) -> R<()> {
    let class = match Type::of_value(category) {
        Some(class) => class,
        None if category.is_absent() => vm.exc.runtime_warning,
        None => {
            let given = vm.type_name(category);
            return Err(
                vm.type_error(format!("category must be a Warning subclass, not '{given}'"))
            );
        }
    };
    warn(vm, class, message, usize::try_from(stack_level).unwrap_or(0))
}

pub(crate) unsafe fn err_write_unraisable(cx: Cx, obj: HPy) {
    let vm = vm(cx);
    let error = std::mem::replace(&mut vm.stack.raised, Value::ABSENT);
    if error.is_absent() {
        return;
    }
    let object = value(obj);
    let message = if object.is_absent() {
        "Exception ignored in".to_owned()
    } else {
        let shown = vm.repr_text(object).unwrap_or_else(|_| "<object repr() failed>".to_owned());
        vm.stack.raised = Value::ABSENT;
        format!("Exception ignored in: {shown}")
    };
    let object = object.or_none();
    report_ignored(vm, error, &message, object);
}
