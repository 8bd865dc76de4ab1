//! Imports, source code, context variables.
use std::ffi::{c_char, c_int};

use haft_hpy_abi::types::Source;
use haft_hpy_abi::{CFunction, Cx, HPy, Signature};

use super::object::call_builtin;
use crate::handle::{give, owned, str_from, text_of, value, vm};
use crate::prelude::*;

pub(crate) unsafe fn import_import_module(cx: Cx, name: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let name = unsafe { text_of(name) };
    let result = haft_builtins::runtime::import::import_module(vm, &name);
    give(vm, result)
}

pub(crate) unsafe fn compile_s(
    cx: Cx,
    source: *const c_char,
    filename: *const c_char,
    kind: c_int,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let source = unsafe { str_from(vm, source) };
    // SAFETY: the caller's duty.
    let filename = unsafe { str_from(vm, filename) };
    let result = source.and_then(|source| {
        let mode = match Source::of(kind) {
            Some(Source::Expr) => "eval",
            Some(Source::File) => "exec",
            Some(Source::Single) => "single",
            None => return Err(vm.system_error("invalid source kind")),
        };
        let (filename, mode) = (filename?, vm.str(mode));
        // No flags of the running code.
        call_builtin(vm, "compile", &[source, filename, mode, Value::small(0), Value::TRUE])
    });
    give(vm, result)
}

pub(crate) unsafe fn eval_code(cx: Cx, code: HPy, globals: HPy, locals: HPy) -> HPy {
    let vm = vm(cx);
    let locals = if locals.is_null() { globals } else { locals };
    let result = call_builtin(vm, "eval", &[value(code), value(globals), value(locals)]);
    give(vm, result)
}

pub(crate) unsafe fn context_var_new(cx: Cx, name: *const c_char, default: HPy) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let name = unsafe { str_from(vm, name) };
    let result = name.and_then(|name| {
        let class = variable_class(vm)?;
        if value(default).is_absent() {
            return vm.call_positional(class, &[name]);
        }
        let default_name = vm.intern("default");
        vm.call(class, &Args { vals: &[name, value(default)], names: &[default_name] })
    });
    give(vm, result)
}

fn variable_class(vm: &mut Vm) -> R {
    let module = haft_builtins::runtime::import::import_module(vm, "contextvars")?;
    vm.get_attr_str(module, "ContextVar")
}

pub(crate) unsafe fn context_var_get(
    cx: Cx,
    variable: HPy,
    default: HPy,
    result: *mut HPy,
) -> c_int {
    let vm = vm(cx);
    let (handle, status) = match get_variable(vm, value(variable), value(default)) {
        Ok(Some(found)) => (owned(vm, found), 0),
        Ok(None) => (HPy::NULL, 0),
        Err(_) => (HPy::NULL, -1),
    };
    // SAFETY: the caller's duty: C wants the handle there.
    unsafe { result.write(handle) };
    status
}

fn check_variable(vm: &mut Vm, variable: Value) -> R<()> {
    let class = variable_class(vm)?;
    if vm.isinstance(variable, class)? {
        return Ok(());
    }
    Err(vm.type_error("an instance of ContextVar was expected"))
}

fn get_variable(vm: &mut Vm, variable: Value, default: Value) -> R<Option<Value>> {
    check_variable(vm, variable)?;
    if !default.is_absent() {
        return vm.call_method_str(variable, "get", &[default]).map(Some);
    }
    let found = vm.call_method_str(variable, "get", &[]);
    vm.catch(found, vm.exc.lookup_error)
}

pub(crate) unsafe fn context_var_set(cx: Cx, variable: HPy, to: HPy) -> HPy {
    let vm = vm(cx);
    let result = check_variable(vm, value(variable))
        .and_then(|()| vm.call_method_str(value(variable), "set", &[value(to)]));
    give(vm, result)
}

// ---- what universal modules do not use here

pub(crate) unsafe fn from_py_object(cx: Cx, _: *mut std::ffi::c_void) -> HPy {
    let _raised = vm(cx).runtime_error("Haft has no objects of the C API");
    HPy::NULL
}

pub(crate) unsafe fn as_py_object(cx: Cx, _: HPy) -> *mut std::ffi::c_void {
    let _raised = vm(cx).runtime_error("Haft has no objects of the C API");
    std::ptr::null_mut()
}

pub(crate) unsafe fn call_real_function_from_trampoline(
    cx: Cx,
    signature: c_int,
    function: Option<CFunction>,
    args: *mut std::ffi::c_void,
) {
    if let (Some(signature), Some(function)) = (Signature::of(signature), function) {
        // SAFETY: the caller's duty: the arguments are those of the signature.
        unsafe { haft_hpy_abi::call(cx.take_outer().as_ptr(), signature, function, args) };
    }
}
