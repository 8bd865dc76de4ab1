//! Who waits for a future: `asyncio.graph` shows it.
//!
//! Mostly it is one task. Only when there are more a set is made.
use haft_core::{R, Value, Vm};

use super::future::core;

/// Record that `waiter` waits for `future`; nothing if one of them is not of our classes.
pub(super) fn add(vm: &mut Vm, future: Value, waiter: Value) -> R<()> {
    let (Some(future), Some(_)) = (core(future), core(waiter)) else { return Ok(()) };
    let known = future.awaited_by.get();
    if known.is_absent() {
        future.awaited_by.set(waiter);
        return Ok(());
    }
    if let Some(set) = vm.as_set(known) {
        vm.set_add(set, waiter)?;
        return Ok(());
    }
    let set = vm.set();
    vm.set_add(set, known)?;
    vm.set_add(set, waiter)?;
    future.awaited_by.set(set.value());
    Ok(())
}

/// Undo [`add`].
pub(super) fn discard(vm: &mut Vm, future: Value, waiter: Value) -> R<()> {
    let (Some(future), Some(_)) = (core(future), core(waiter)) else { return Ok(()) };
    let known = future.awaited_by.get();
    if known == waiter {
        future.awaited_by.set(Value::ABSENT);
    } else if let Some(set) = vm.as_set(known) {
        vm.set_discard(set, waiter)?;
    }
    Ok(())
}

/// `_asyncio_awaited_by`: None, or a frozenset.
pub(super) fn shown(vm: &mut Vm, future: Value) -> R {
    let known = super::future::this(vm, future)?.awaited_by.get();
    if known.is_absent() {
        return Ok(Value::NONE);
    }
    let items = match vm.as_set(known) {
        Some(_) => known,
        None => vm.tuple(&[known]),
    };
    let class = vm.t.frozenset.value();
    vm.call_positional(class, &[items])
}
