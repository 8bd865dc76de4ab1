//! Calls of instances: `HPy_tp_call`, and the function that a single instance may have instead.
use std::ffi::{CStr, c_void};

use haft_core::interp::jit::ExtensionCall;
use haft_core::object::extension::struct_of;
use haft_hpy_abi::types::HPyCallFunction;
use haft_hpy_abi::{HPy, TypeSlot};

use super::{ClassData, Found, find, function, slot};
use crate::handle::value;
use crate::prelude::*;
use crate::recording;

/// The name of the member that says where instances have their call function.
pub(super) const OFFSET_MEMBER: &CStr = c"__vectorcalloffset__";

/// The data of the first class in the MRO whose instances have a call function.
pub(super) fn data_of(class: Type) -> Option<&'static ClassData> {
    let mut classes = class.mro_items().iter().filter_map(|&base| Type::of_value(base));
    classes.find_map(|class| ClassData::of(class).filter(|data| data.call_at.is_some()))
}

/// Where an instance has its call function.
fn place(class: Type, object: Value) -> Option<(&'static ClassData, *mut HPyCallFunction)> {
    let data = data_of(class)?;
    let start = object.as_ptr().and_then(struct_of)?;
    let at = start.cast::<u8>().wrapping_add(data.call_at?);
    Some((data, at.cast()))
}

/// The `call` slot.
pub(super) fn call(vm: &mut Vm, callee: Value, args: &Args<'_>) -> R {
    let class = vm.type_of(callee);
    if let Some((data, at)) = place(class, callee) {
        // SAFETY: the struct has a call function there, zeroed or set; C keeps to the alignment of its own structs.
        let own = unsafe { (*at).impl_ };
        if let Some(own) = own {
            // SAFETY: only its type is forgotten, see `invoke`.
            let function = unsafe { erased(own) };
            return function::with_keywords(vm, Found { cx: data.cx, function }, callee, args);
        }
    }
    match find(class, TypeSlot::TpCall) {
        Some(found) => function::with_keywords(vm, found, callee, args),
        None => {
            let name = class.shown_name();
            Err(vm.type_error(format!("'{name}' object is not callable")))
        }
    }
}

/// How instances of a class are called by compiled code. Each may have a function of its own, so that it is looked at.
pub(super) fn call_of(class: Type) -> Option<ExtensionCall> {
    static NOTHING: () = ();
    let slot = TypeSlot::TpCall;
    let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
    if found.cx.inner().is_some() {
        return None;
    }
    let call = recording::helped(slot.c_name(), instance as *const (), &NOTHING);
    Some(ExtensionCall { in_memory: true, ..call })
}

/// # Safety
/// As [`recording::vm_of`]; there are `n` arguments.
unsafe extern "C" fn instance(
    vm: *mut c_void,
    _: &'static (),
    this: HPy,
    args: *const Value,
    n: i64,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    // SAFETY: likewise.
    let args = unsafe { std::slice::from_raw_parts(args, n as usize) };
    recording::word(call(vm, value(this), &Args::positional(args)))
}

/// A function as one of any signature.
///
/// # Safety
/// It is only called as what it is.
unsafe fn erased<F: Copy>(function: F) -> haft_hpy_abi::CFunction {
    const { assert!(size_of::<F>() == size_of::<haft_hpy_abi::CFunction>()) };
    // SAFETY: both are function pointers of C.
    unsafe { std::mem::transmute_copy(&function) }
}

/// `C.__call__(object, …)`: as the slot, if the object has a function of its own.
pub(super) fn call_with(vm: &mut Vm, callee: Value, found: Found, args: &Args<'_>) -> R {
    let class = vm.type_of(callee);
    let is_own = find(class, TypeSlot::TpCall).is_some_and(|own| own.is(found));
    if is_own { call(vm, callee, args) } else { function::with_keywords(vm, found, callee, args) }
}

/// `HPy_SetCallFunction`
pub(crate) unsafe fn set_call_function(
    vm: &mut Vm,
    object: Value,
    function: *const HPyCallFunction,
) -> R<()> {
    let class = vm.type_of(object);
    let Some((_, at)) = place(class, object) else {
        let name = class.shown_name();
        return Err(
            vm.type_error(format!("type '{name}' does not implement the HPy call protocol"))
        );
    };
    // SAFETY: the caller's duty: a call function.
    let function = unsafe { function.read() };
    // SAFETY: the struct has room for one there.
    unsafe { at.write(function) };
    Ok(())
}
