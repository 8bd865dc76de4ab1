//! Calls of instances: `HPy_tp_call`, and the function that a single instance may have instead.
use std::ffi::CStr;
use std::mem::offset_of;

use haft_core::interp::jit::{ExtensionCall, Gives};
use haft_core::object::extension::{Place, struct_of};
use haft_hpy_abi::TypeSlot;
use haft_hpy_abi::types::HPyCallFunction;

use super::{ClassData, Found, find, function, slot};
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

/// How an object is called by compiled code: with the function in its struct, or else that of its class.
pub(super) fn call_of(class: Type, object: Value) -> Option<ExtensionCall> {
    let slot = TypeSlot::TpCall;
    if !slot::is_own(class, slot) {
        return None;
    }
    let (mut found, mut provided) = (find(class, slot), None);
    if let Some((data, at)) = place(class, object) {
        // SAFETY: as in `call`.
        let own = unsafe { (*at).impl_ };
        if let Some(own) = own {
            // SAFETY: only its type is forgotten.
            found = Some(Found { cx: data.cx, function: unsafe { erased(own) } });
        }
        let in_object = class.extension.get()?.place == Place::Object;
        let offset = (at.addr() as u64).wrapping_sub(object.bits()).cast_signed()
            + offset_of!(HPyCallFunction, impl_) as i64;
        let function = own.map_or(0, |own| (own as *const ()).expose_provenance());
        provided = Some((offset, function as i64)).filter(|_| in_object);
        provided?;
    }
    let call = recording::direct(slot.c_name(), found?, Some(0), Gives::Handle)?;
    Some(ExtensionCall { in_memory: true, provided, ..call })
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
