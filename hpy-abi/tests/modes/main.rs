//! Debug and trace contexts around a small host of the tests' own, driven as C drives them; and modules of C that are loaded.
#![expect(
    clippy::unwrap_used,
    clippy::missing_safety_doc,
    clippy::multiple_unsafe_ops_per_block,
    clippy::manual_let_else,
    clippy::print_stderr,
    clippy::exit,
    reason = "a host for tests, which does no more than they need"
)]

mod debug;
mod fake;
mod load;
mod trace;

use std::ffi::c_void;

use haft_hpy_abi::signature::{args, functions};
use haft_hpy_abi::{CFunction, Cx, HPy, Signature, call};

/// A function of a module as the host has it.
fn noargs(function: functions::NoArgs) -> CFunction {
    // SAFETY: it is called as a function of that signature only.
    unsafe { std::mem::transmute_copy(&function) }
}

/// Likewise, of one argument.
fn o(function: functions::O) -> CFunction {
    // SAFETY: it is called as a function of that signature only.
    unsafe { std::mem::transmute_copy(&function) }
}

/// Likewise, of several.
fn varargs(function: functions::Varargs) -> CFunction {
    // SAFETY: it is called as a function of that signature only.
    unsafe { std::mem::transmute_copy(&function) }
}

/// Calls a function of one argument as a host does.
fn call_o(cx: Cx, function: functions::O, arg: HPy) -> HPy {
    let none = cx.universal().context().h_None;
    let mut arguments = args::O { self_: none, arg, result: HPy::NULL };
    let at = (&raw mut arguments).cast::<c_void>();
    // SAFETY: the structure is that of the signature.
    unsafe { call(cx.as_ptr(), Signature::O, o(function), at) };
    arguments.result
}

/// Calls a function of no arguments.
fn call_noargs(cx: Cx, function: functions::NoArgs) -> HPy {
    let none = cx.universal().context().h_None;
    let mut arguments = args::NoArgs { self_: none, result: HPy::NULL };
    let at = (&raw mut arguments).cast::<c_void>();
    // SAFETY: the structure is that of the signature.
    unsafe { call(cx.as_ptr(), Signature::NoArgs, noargs(function), at) };
    arguments.result
}

/// Calls a function of several arguments.
fn call_varargs(cx: Cx, function: functions::Varargs, handles: &[HPy]) -> HPy {
    let none = cx.universal().context().h_None;
    let mut arguments = args::Varargs {
        self_: none,
        args: handles.as_ptr(),
        nargs: handles.len(),
        result: HPy::NULL,
    };
    let at = (&raw mut arguments).cast::<c_void>();
    // SAFETY: the structure is that of the signature.
    unsafe { call(cx.as_ptr(), Signature::Varargs, varargs(function), at) };
    arguments.result
}
