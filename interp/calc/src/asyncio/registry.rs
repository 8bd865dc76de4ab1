//! Which tasks there are.
//!
//! A pending task of our class waits for its finalizer, and the heap can list the objects that do: only a bit of the task
//! says whether it is registered. Others are in a `WeakSet`.
use haft_core::object::PayloadRef;
use haft_core::{R, Value, Vm};

use super::future::{Stage, loop_of};
use super::running::running_loop;
use super::state;
use super::task::Task;

pub(super) fn register(vm: &mut Vm, task: Value) -> R {
    match PayloadRef::<Task>::of_value(task) {
        Some(task) => task.is_registered.set(true),
        None => return vm.call_method_str(state(vm).foreign_tasks, "add", &[task]),
    }
    Ok(Value::NONE)
}

pub(super) fn unregister(vm: &mut Vm, task: Value) -> R {
    match PayloadRef::<Task>::of_value(task) {
        Some(task) => task.is_registered.set(false),
        None => return vm.call_method(state(vm).foreign_tasks, vm.names.discard, &[task]),
    }
    Ok(Value::NONE)
}

pub(super) fn register_eager(vm: &mut Vm, task: Value) -> R {
    vm.set_add(state(vm).eager_tasks, task)?;
    Ok(Value::NONE)
}

pub(super) fn unregister_eager(vm: &mut Vm, task: Value) -> R {
    vm.set_discard(state(vm).eager_tasks, task)?;
    Ok(Value::NONE)
}

/// The tasks of a loop that are not done; None: the running loop.
pub(super) fn all(vm: &mut Vm, event_loop: Value) -> R {
    let event_loop = if event_loop.is_none() { running_loop(vm)? } else { event_loop };
    let own = vm.heap.finalizable().filter_map(PayloadRef::<Task>::of).filter(|task| {
        task.is_registered.get()
            && task.core.stage.get() == Stage::Pending
            && task.core.event_loop.get() == event_loop
    });
    let own: Vec<Value> = own.map(PayloadRef::value).collect();
    let own = vm.list(&own);
    let all = vm.set();
    let eager = vm.list_of(state(vm).eager_tasks.value())?;
    let foreign = vm.list_of(state(vm).foreign_tasks)?;
    for &task in eager.items().iter().chain(foreign.items()) {
        let done = vm.call_method(task, vm.names.done, &[])?;
        if !vm.truth(done)? && loop_of(vm, task)? == event_loop {
            vm.set_add(all, task)?;
        }
    }
    for at in 0..vm.as_list(own).map_or(0, haft_core::object::List::len) {
        if let Some(task) = vm.as_list(own).and_then(|own| own.get(at)) {
            vm.set_add(all, task)?;
        }
    }
    Ok(all.value())
}
