//! Calls of classes in traces.
use std::ffi::{c_int, c_void};

use haft_core::interp::jit::{Construction, ExtensionCall, Gives, Init, New, Passes};
use haft_core::object::Kind;
use haft_core::object::extension::{Place, PlainInstance};
use haft_core::protocol::{has_plain_new, is_only_new, is_plain_call};
use haft_hpy_abi::{Cx, HPy, TypeSlot};

use super::{find, slot};
use crate::handle::{status, value, vm};
use crate::prelude::*;
use crate::recording;

/// What a call of a class with so many arguments does, if it is nothing but its `HPy_tp_new` or a new instance, and its
/// `HPy_tp_init`.
pub(crate) fn construction_of(_: &Vm, class: Type, n_args: usize) -> Option<Construction> {
    let init = if slot::has_own_init(class) { Some(init_of(class)?) } else { None };
    let new = if slot::has_own_new(class) && (init.is_some() || is_only_new(class)) {
        New::Call(with_keywords(class, TypeSlot::TpNew, Gives::Handle)?)
    } else if init.is_some() {
        New::Instance(plain_of(class).filter(|_| has_plain_new(class))?)
    } else if n_args == 0 && is_plain_call(class) {
        match plain_of(class) {
            Some(plain) => New::Instance(plain),
            None => New::Call(made_by_runtime(class)?),
        }
    } else {
        return None;
    };
    Some(Construction { new, init })
}

/// The call of a function of a class that gets names of keyword arguments; here there are none.
fn with_keywords(class: Type, slot: TypeSlot, gives: Gives) -> Option<ExtensionCall> {
    let call = recording::direct(&class.name_text(), find(class, slot)?, Some(0), gives)?;
    Some(ExtensionCall { in_memory: true, ..call })
}

fn init_of(class: Type) -> Option<Init> {
    let mut call = with_keywords(class, TypeSlot::TpInit, Gives::Status)?;
    call.name.push_str(".__init__");
    let otherwise = (init_of_other as *const ()).expose_provenance();
    Some(Init { call, otherwise })
}

/// The instances of a class of which nobody is told when they die.
fn plain_of(class: Type) -> Option<PlainInstance> {
    super::plain_instance(class).filter(|plain| plain.kind == Kind::Extension)
}

/// A function of the runtime makes the others.
fn made_by_runtime(class: Type) -> Option<ExtensionCall> {
    let layout = class.extension.get()?;
    (layout.place == Place::Object).then(|| ExtensionCall {
        name: class.name_text(),
        address: (plain as *const ()).expose_provenance(),
        passes: Passes::Data(0),
        in_memory: true,
        last: None,
        by_index: None,
        provided: None,
    })
}

/// # Safety
/// As [`recording::vm_of`]; it is a class.
unsafe extern "C" fn plain(vm: *mut c_void, _: usize, class: HPy, _: *const HPy, _: i64) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(super::new_instance(vm, value(class)).map(|(object, _)| object))
}

/// In place of an `HPy_tp_init`: `HPy_tp_new` gave another object than a new instance as they are usually.
///
/// # Safety
/// Compiled code calls it in a call of a class with so many arguments.
unsafe extern "C" fn init_of_other(cx: Cx, this: HPy, args: *const HPy, n: isize, _: HPy) -> c_int {
    let (vm, this) = (vm(cx), value(this));
    // SAFETY: the caller's duty.
    let vals = unsafe { crate::api::values(args, n.cast_unsigned()) };
    let called = vm.running_callee();
    let class = vm.type_of(this);
    let is_own = called.as_ptr().is_some_and(|called| is_subtype(class, called));
    let init = class.slots.init.get().filter(|_| is_own);
    let done = init.map_or(Ok(()), |init| init(vm, this, &Args { vals, names: &[] }).map(|_| ()));
    status(done)
}
