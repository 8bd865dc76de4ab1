//! `groupby`.
use std::cell::Cell;

use haft_core::object::{Dict, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, payload};

use super::{iterator_class, itself, this};
use crate::class_of;

payload! {
    /// `groupby(iterable, key)`
    pub(super) struct GroupBy {
        iter: Value,
        key_function: Value,
        target_key: Cell<Value>,
        current_key: Cell<Value>,
        current: Cell<Value>,
        group: Cell<Value>,
    }
    /// The iterator of one group.
    pub(super) struct Grouper {
        parent: Value,
        key: Value,
    }
}

#[derive(Debug)]
struct GrouperClass(Type);

impl Extension for GrouperClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Add the classes of this file.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    iterator_class!(vm, dict, GroupBy, "groupby", groupby_new, groupby_next);
    let slots = |s: &haft_core::object::Slots| {
        s.iter.set(Some(itself));
        s.next.set(Some(grouper_next));
    };
    let grouper = crate::add_type(
        vm,
        dict,
        &TypeSpec { slots, ..TypeSpec::of::<Grouper>("itertools._grouper") },
    );
    vm.set_extension(GrouperClass(grouper));
}

fn groupby_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("groupby", "(iterable, key=None)", args)?;
    let iter = vm.iterate(bound[0])?;
    let ty = class_of(vm, class)?;
    let absent = || Cell::new(Value::ABSENT);
    let payload = GroupBy {
        iter,
        key_function: bound[1],
        target_key: absent(),
        current_key: absent(),
        current: absent(),
        group: absent(),
    };
    Ok(vm.new_payload(ty, payload))
}

/// Fetch the next item and its key; false at the end.
fn step(vm: &mut Vm, it: &GroupBy) -> R<bool> {
    let item = vm.next(it.iter)?;
    if item.is_absent() {
        return Ok(false);
    }
    let key = if it.key_function.is_none() {
        item
    } else {
        vm.call_positional(it.key_function, &[item])?
    };
    it.current.set(item);
    it.current_key.set(key);
    Ok(true)
}

fn groupby_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<GroupBy>(value);
    it.group.set(Value::ABSENT);
    loop {
        let (current, target) = (it.current_key.get(), it.target_key.get());
        if !current.is_absent() && (target.is_absent() || !vm.equals(target, current)?) {
            break;
        }
        if !step(vm, &it)? {
            return Ok(Value::ABSENT);
        }
    }
    let key = it.current_key.get();
    it.target_key.set(key);
    let class = vm.extension::<GrouperClass>().expect("set when the module was made").0;
    let group = vm.new_payload(class, Grouper { parent: value, key });
    it.group.set(group);
    Ok(vm.tuple(&[key, group]))
}

fn grouper_next(vm: &mut Vm, value: Value) -> R {
    let group = this::<Grouper>(value);
    let it = this::<GroupBy>(group.parent);
    if it.group.get() != value {
        return Ok(Value::ABSENT);
    }
    if it.current.get().is_absent() && !step(vm, &it)? {
        return Ok(Value::ABSENT);
    }
    if !vm.equals(group.key, it.current_key.get())? {
        return Ok(Value::ABSENT);
    }
    Ok(it.current.replace(Value::ABSENT))
}
