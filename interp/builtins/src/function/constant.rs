//! The classes of `None`, `Ellipsis` and `NotImplemented`.
use haft_core::object::Slots;
use haft_core::{Args, R, Value, Vm};

/// Fill in the classes.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.none, "The type of the None singleton.", none_slots, &[], &[]);
    vm.fill_type(
        vm.t.ellipsis,
        "The type of the Ellipsis singleton.",
        ellipsis_slots,
        ELLIPSIS_METHODS,
        &[],
    );
    vm.fill_type(
        vm.t.not_implemented,
        "The type of the NotImplemented singleton.",
        not_implemented_slots,
        NOT_IMPLEMENTED_METHODS,
        &[],
    );
    for class in [vm.t.none, vm.t.ellipsis, vm.t.not_implemented] {
        vm.ready_type(class);
    }
}

haft_core::natives! {
    static ELLIPSIS_METHODS = {
        /// Return the name under which it is found again.
        __reduce__ "($self, /)" => |vm, _| Ok(vm.str("Ellipsis"));
    }
    static NOT_IMPLEMENTED_METHODS = {
        /// Return the name under which it is found again.
        __reduce__ "($self, /)" => |vm, _| Ok(vm.str("NotImplemented"));
    }
}

fn none_slots(s: &Slots) {
    s.new.set(Some(|vm, _, args| the_one(vm, args, "NoneType", Value::NONE)));
    s.repr.set(Some(|vm, _| Ok(vm.str("None"))));
    s.bool.set(Some(|_, _| Ok(false)));
    // As CPython: a constant, so that sets and dicts with None in them look the same in every run.
    s.hash.set(Some(|_, _| Ok(0xFCA8_6420)));
}

fn ellipsis_slots(s: &Slots) {
    s.new.set(Some(|vm, _, args| the_one(vm, args, "EllipsisType", Value::ELLIPSIS)));
    s.repr.set(Some(|vm, _| Ok(vm.str("Ellipsis"))));
}

fn not_implemented_slots(s: &Slots) {
    s.new.set(Some(|vm, _, args| the_one(vm, args, "NotImplementedType", Value::NOT_IMPLEMENTED)));
    s.repr.set(Some(|vm, _| Ok(vm.str("NotImplemented"))));
    s.bool.set(Some(|vm, _| {
        Err(vm.type_error("NotImplemented should not be used in a boolean context"))
    }));
}

/// The only object of its class.
fn the_one(vm: &mut Vm, args: &Args<'_>, class: &str, value: Value) -> R {
    if !args.vals.is_empty() {
        return Err(vm.type_error(format!("{class} takes no arguments")));
    }
    Ok(value)
}
