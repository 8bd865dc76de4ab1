//! Going through iterables: `all`, `any`, `iter`, `next`, `sorted`.
use haft_core::object::TypeFlags;
use haft_core::{Args, R, Value, Vm};

use super::object::is_callable;
use crate::container::{positional, sort};
use crate::iterator::call_until;

haft_core::natives! {
    pub(super) static FUNCTIONS = {
        /// Return True if bool(x) is True for all values x in the iterable.
        ///
        /// If the iterable is empty, return True.
        all "($module, iterable, /)" => |vm, args| ends_without(vm, args[0], false).map(Value::bool);
        /// Return True if bool(x) is True for any x in the iterable.
        ///
        /// If the iterable is empty, return False.
        any "($module, iterable, /)" => |vm, args| ends_without(vm, args[0], true).map(|none| Value::bool(!none));
        /// iter(iterable) -> iterator
        /// iter(callable, sentinel) -> iterator
        ///
        /// Get an iterator from an object.
        /// In the first form, the argument must supply its own iterator, or be a sequence.
        /// In the second form, the callable is called until it returns the sentinel.
        raw iter "($module, object, sentinel=<unrepresentable>, /)" => iter;
        /// next(iterator[, default])
        ///
        /// Return the next item from the iterator. If default is given and the iterator
        /// is exhausted, it is returned instead of raising StopIteration.
        raw next "($module, iterator, default=<unrepresentable>, /)" => next;
        /// Return a new list containing all items from the iterable in ascending order.
        ///
        /// A custom key function can be supplied to customize the sort order, and the
        /// reverse flag can be set to request the result in descending order.
        raw sorted "($module, iterable, /, *, key=None, reverse=False)" => sorted;
    }
}

/// Is there no item with this truth?
fn ends_without(vm: &mut Vm, iterable: Value, truth: bool) -> R<bool> {
    let iter = vm.iterate(iterable)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(true);
        }
        if vm.truth(item)? == truth {
            return Ok(false);
        }
    }
}

fn iter(vm: &mut Vm, args: &Args<'_>) -> R {
    match *positional(vm, "iter", args, 1, 2)? {
        [function, sentinel] if is_callable(vm, function) => Ok(call_until(vm, function, sentinel)),
        [_, _] => Err(vm.type_error("iter(v, w): v must be callable")),
        [iterable, ..] => vm.iterate(iterable),
        [] => Ok(Value::NONE),
    }
}

fn next(vm: &mut Vm, args: &Args<'_>) -> R {
    let given = positional(vm, "next", args, 1, 2)?;
    let iter = given[0];
    let class = vm.type_of(iter);
    if class.slots.next.get().is_none() {
        let name = class.name_text();
        return Err(vm.type_error(format!("'{name}' object is not an iterator")));
    }
    let default = given.get(1).copied();
    if default.is_none() && class.has(TypeFlags::HEAP) {
        // A method written in Python may raise a StopIteration of its own making: that very exception goes on.
        if let Some(item) = vm.call_special(iter, vm.names.__next__, &[])? {
            return Ok(item);
        }
    }
    vm.stack.stop_value = Value::ABSENT;
    let item = vm.next(iter)?;
    if !item.is_absent() {
        return Ok(item);
    }
    let value = std::mem::replace(&mut vm.stack.stop_value, Value::ABSENT);
    match default {
        Some(default) => Ok(default),
        None => Err(vm.stop_iteration(value)),
    }
}

fn sorted(vm: &mut Vm, args: &Args<'_>) -> R {
    let no_keywords = Args::positional(args.positionals());
    let iterable = positional(vm, "sorted", &no_keywords, 1, 1)?[0];
    let list = vm.list_of(iterable)?;
    let (mut key, mut reverse) = (Value::NONE, Value::FALSE);
    for (name, value) in args.keywords() {
        match vm.as_str(name).map(|name| name.bytes()) {
            Some(b"key") => key = value,
            Some(b"reverse") => reverse = value,
            name => {
                let name = String::from_utf8_lossy(name.unwrap_or_default());
                return Err(
                    vm.type_error(format!("sort() got an unexpected keyword argument '{name}'"))
                );
            }
        }
    }
    let reverse = vm.truth(reverse)?;
    sort(vm, list, key, reverse)?;
    Ok(list.value())
}
