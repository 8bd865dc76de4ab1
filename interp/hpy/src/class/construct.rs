//! Calls of classes in traces.
use std::ffi::c_void;

use haft_core::interp::jit::{ExtensionCall, Passes};
use haft_core::object::Kind;
use haft_core::object::extension::{Place, PlainInstance};
use haft_core::protocol::{is_only_new, is_plain_call};
use haft_hpy_abi::{HPy, TypeSlot};

use super::{find, slot};
use crate::handle::value;
use crate::prelude::*;
use crate::recording;

/// The call of a class with so many arguments, if it is nothing but its `HPy_tp_new`, or that and its `HPy_tp_init`, or a
/// new instance.
pub(crate) fn call_of(_: &Vm, class: Type, n_args: usize) -> Option<ExtensionCall> {
    let name = &*class.name_text();
    let in_memory = true;
    if is_only_new(class) && slot::has_own_new(class) {
        let call = recording::direct(name, find(class, TypeSlot::TpNew)?, Some(0))?;
        return Some(ExtensionCall { in_memory, ..call });
    }
    let helper = if slot::has_own_new(class) && slot::has_own_init(class) {
        let (new, init) = (find(class, TypeSlot::TpNew)?, find(class, TypeSlot::TpInit)?);
        if new.cx.inner().is_some() || init.cx.inner().is_some() {
            return None;
        }
        new_and_init as *const ()
    } else if n_args == 0 && is_plain_call(class) && class.extension.get()?.place == Place::Object {
        plain as *const ()
    } else {
        return None;
    };
    Some(ExtensionCall {
        name: name.to_owned(),
        address: helper.expose_provenance(),
        passes: Passes::Data(0),
        in_memory,
        last: None,
        by_index: false,
    })
}

/// What a call of a class makes that does nothing but make an instance, of which nobody is told when it dies.
pub(crate) fn plain_of(class: Type) -> Option<PlainInstance> {
    super::plain_instance(class)
        .filter(|plain| plain.kind == Kind::Extension && is_plain_call(class))
}

/// # Safety
/// As [`recording::vm_of`]; it is a class.
unsafe extern "C" fn plain(vm: *mut c_void, _: usize, class: HPy, _: *const HPy, _: i64) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(super::new_instance(vm, value(class)).map(|(object, _)| object))
}

/// # Safety
/// As [`recording::vm_of`]; it is a class with both functions, and there are so many arguments.
unsafe extern "C" fn new_and_init(
    vm: *mut c_void,
    _: usize,
    class: HPy,
    args: *const HPy,
    n: i64,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    // SAFETY: the caller's duty.
    let vals = unsafe { crate::api::values(args, n as usize) };
    let args = Args { vals, names: &[] };
    let made = slot::tp_new(vm, value(class), &args).and_then(|object| {
        let is_own = value(class).as_ptr().is_some_and(|c| is_subtype(vm.type_of(object), c));
        let init = vm.type_of(object).slots.init.get().filter(|_| is_own);
        init.map_or(Ok(()), |init| init(vm, object, &args).map(|_| ())).map(|()| object)
    });
    recording::word(made)
}
