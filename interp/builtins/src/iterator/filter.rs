//! `filter`.
use haft_core::object::{Filter, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};

use super::identity;
use crate::arguments::class_of;
use crate::container::{check_count, positional};

const DOC: &str = "Return an iterator yielding those items of iterable for which function(item)
is true. If function is None, return the items that are true.";

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    vm.new_builtin_type(&TypeSpec {
        doc: DOC,
        flags: TypeFlags::BASE,
        slots,
        methods: METHODS,
        ..TypeSpec::of::<Filter>("filter")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given = if class.slots.init.get().is_some_and(|init| !is_object_init(vm, init)) {
        // A subclass whose `__init__` takes the keyword arguments.
        let given = args.positionals();
        check_count(vm, "filter", given.len(), 2, 2)?;
        given
    } else {
        positional(vm, "filter", args, 2, 2)?
    };
    let iter = vm.iterate(given[1])?;
    Ok(vm.new_payload(class, Filter { function: given[0], iter }))
}

fn is_object_init(vm: &Vm, init: haft_core::object::Calling) -> bool {
    vm.t.object.slots.init.get().is_some_and(|known| std::ptr::fn_addr_eq(known, init))
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Filter>> {
    vm.this(value, "__next__", "filter")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    let own_truth = this.function.is_none() || this.function == vm.t.bool.value();
    loop {
        let item = vm.next(this.iter)?;
        if item.is_absent() {
            return Ok(item);
        }
        let verdict = if own_truth { item } else { vm.call_positional(this.function, &[item])? };
        if vm.truth(verdict)? {
            return Ok(item);
        }
    }
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let arguments = vm.tuple(&[this.function, this.iter]);
    let class = vm.type_of(args[0]).value();
    Ok(vm.tuple(&[class, arguments]))
}
