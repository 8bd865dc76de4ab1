//! The running event loop, and the task that it runs.
use haft_core::{R, Value, Vm};

use super::call_in;

/// The loop that runs on this stack; RuntimeError if there is none.
pub(super) fn running_loop(vm: &mut Vm) -> R {
    let running = vm.stack.running_loop;
    if running.is_absent() {
        return Err(vm.runtime_error("no running event loop"));
    }
    Ok(running)
}

/// The running loop, or that of the policy.
pub(super) fn event_loop(vm: &mut Vm) -> R {
    if !vm.stack.running_loop.is_absent() {
        return Ok(vm.stack.running_loop);
    }
    let policy = call_in(vm, "asyncio.events", "_get_event_loop_policy", &[])?;
    vm.call_method(policy, vm.names.get_event_loop, &[])
}

fn check(vm: &mut Vm, event_loop: Value) -> R<()> {
    if vm.stack.running_loop == event_loop {
        return Ok(());
    }
    Err(vm.runtime_error("loop mismatch"))
}

/// The loop begins with a step of a task.
pub(super) fn enter(vm: &mut Vm, event_loop: Value, task: Value) -> R<()> {
    check(vm, event_loop)?;
    let current = vm.stack.running_task;
    if current.is_absent() {
        vm.stack.running_task = task;
        return Ok(());
    }
    let (task, current) = (vm.repr_text(task)?, vm.repr_text(current)?);
    Err(vm.runtime_error(format!(
        "Cannot enter into task {task} while another task {current} is being executed."
    )))
}

/// A step of a task is over.
pub(super) fn leave(vm: &mut Vm, event_loop: Value, task: Value) -> R<()> {
    check(vm, event_loop)?;
    let current = vm.stack.running_task;
    if current == task {
        vm.stack.running_task = Value::ABSENT;
        return Ok(());
    }
    let (task, current) = (vm.repr_text(task)?, vm.repr_text(current.or_none())?);
    Err(vm.runtime_error(format!(
        "Invalid attempt to leave task {task} while task {current} is entered."
    )))
}

/// Make `task` (or None) the current one; the one before, or None.
pub(super) fn swap(vm: &mut Vm, event_loop: Value, task: Value) -> R {
    check(vm, event_loop)?;
    let new = if task.is_none() { Value::ABSENT } else { task };
    Ok(std::mem::replace(&mut vm.stack.running_task, new).or_none())
}

/// The task that a loop, in whatever thread, runs; None: the loop of this stack.
pub(super) fn current_task(vm: &mut Vm, event_loop: Value) -> R {
    let event_loop = if event_loop.is_none() { running_loop(vm)? } else { event_loop };
    if vm.stack.running_loop == event_loop {
        return Ok(vm.stack.running_task.or_none());
    }
    for id in vm.thread_ids() {
        let found = vm.with_thread_stack(id, |stack| {
            (stack.running_loop == event_loop).then_some(stack.running_task)
        });
        if let Some(task) = found.flatten() {
            return Ok(task.or_none());
        }
    }
    Ok(Value::NONE)
}
