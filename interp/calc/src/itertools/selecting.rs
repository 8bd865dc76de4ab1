//! Iterators that select: islice, takewhile, dropwhile, filterfalse, compress.
use std::cell::Cell;

use haft_core::object::Dict;
use haft_core::{Args, R, Value, Vm, payload};

use super::{arguments_for_new, iterator_class, this};
use crate::class_of;

payload! {
    /// `islice(iterable, start, stop, step)`
    pub(super) struct ISlice {
        iter: Cell<Value>,
        next: Cell<usize>,
        stop: Option<usize>,
        step: usize,
        count: Cell<usize>,
    }
    /// `takewhile(predicate, iterable)`
    pub(super) struct TakeWhile {
        predicate: Value,
        iter: Cell<Value>,
    }
    /// `dropwhile(predicate, iterable)`
    pub(super) struct DropWhile {
        predicate: Value,
        iter: Value,
        started: Cell<bool>,
    }
    /// `filterfalse(predicate, iterable)`
    pub(super) struct FilterFalse {
        predicate: Value,
        iter: Value,
    }
    /// `compress(data, selectors)`
    pub(super) struct Compress {
        data: Value,
        selectors: Value,
    }
}

/// Add the classes of this file.
pub(super) fn add(vm: &mut Vm, dict: Dict) {
    iterator_class!(vm, dict, ISlice, "islice", islice_new, islice_next);
    iterator_class!(vm, dict, TakeWhile, "takewhile", takewhile_new, takewhile_next);
    iterator_class!(vm, dict, DropWhile, "dropwhile", dropwhile_new, dropwhile_next);
    iterator_class!(vm, dict, FilterFalse, "filterfalse", filterfalse_new, filterfalse_next);
    iterator_class!(vm, dict, Compress, "compress", compress_new, compress_next);
}

fn bound_of(vm: &mut Vm, value: Value, what: &str) -> R<usize> {
    let number = vm.index_of(value);
    let number = vm.catch(number, vm.exc.exception)?;
    match number {
        Some(n) if n >= 0 => Ok(n as usize),
        _ => Err(vm.value_error(what)),
    }
}

fn islice_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    if !args.names.is_empty() {
        return Err(vm.type_error("islice() takes no keyword arguments"));
    }
    let (n, vals) = (args.vals.len(), args.vals);
    if !(2..=4).contains(&n) {
        let (word, limit) = if n < 2 { ("at least", 2) } else { ("at most", 4) };
        return Err(vm.type_error(format!("islice expected {word} {limit} arguments, got {n}")));
    }
    let all = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let single = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let (start, stop, step) = if n == 2 {
        (Value::NONE, vals[1], Value::NONE)
    } else {
        (vals[1], vals[2], vals.get(3).copied().unwrap_or(Value::NONE))
    };
    let stop = if stop.is_none() {
        None
    } else {
        Some(bound_of(vm, stop, if n == 2 { single } else { all })?)
    };
    let start = if start.is_none() { 0 } else { bound_of(vm, start, all)? };
    let step = if step.is_none() {
        1
    } else {
        bound_of(vm, step, "Step for islice() must be a positive integer or None.")?
    };
    if step == 0 {
        return Err(vm.value_error("Step for islice() must be a positive integer or None."));
    }
    let iter = vm.iterate(vals[0])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(
        ty,
        ISlice { iter: iter.into(), next: start.into(), stop, step, count: 0.into() },
    ))
}

fn islice_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<ISlice>(value);
    let iter = it.iter.get();
    if iter.is_absent() {
        return Ok(Value::ABSENT);
    }
    let limit = it.stop.unwrap_or(usize::MAX);
    // A start beyond the stop still consumes the items up to the stop.
    while it.count.get() < it.next.get().min(limit) {
        let skipped = vm.next(iter)?;
        if skipped.is_absent() {
            it.iter.set(Value::ABSENT);
            return Ok(skipped);
        }
        it.count.set(it.count.get() + 1);
    }
    if it.count.get() >= limit {
        it.iter.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    }
    let item = vm.next(iter)?;
    if item.is_absent() {
        it.iter.set(Value::ABSENT);
        return Ok(item);
    }
    it.count.set(it.count.get() + 1);
    it.next.set(it.next.get().saturating_add(it.step).min(limit));
    Ok(item)
}

fn takewhile_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("takewhile", "(predicate, iterable, /)", &args)?;
    let iter = vm.iterate(bound[1])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, TakeWhile { predicate: bound[0], iter: iter.into() }))
}

fn takewhile_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<TakeWhile>(value);
    if it.iter.get().is_absent() {
        return Ok(Value::ABSENT);
    }
    let item = vm.next(it.iter.get())?;
    if item.is_absent() || holds(vm, it.predicate, item)? {
        return Ok(item);
    }
    it.iter.set(Value::ABSENT);
    Ok(Value::ABSENT)
}

/// `bool(predicate(item))`; None as predicate: the item's own truth.
fn holds(vm: &mut Vm, predicate: Value, item: Value) -> R<bool> {
    if predicate.is_none() {
        return vm.truth(item);
    }
    let result = vm.call_positional(predicate, &[item])?;
    vm.truth(result)
}

fn dropwhile_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("dropwhile", "(predicate, iterable, /)", &args)?;
    let iter = vm.iterate(bound[1])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, DropWhile { predicate: bound[0], iter, started: false.into() }))
}

fn dropwhile_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<DropWhile>(value);
    loop {
        let item = vm.next(it.iter)?;
        if item.is_absent() || it.started.get() {
            return Ok(item);
        }
        let result = vm.call_positional(it.predicate, &[item])?;
        if !vm.truth(result)? {
            it.started.set(true);
            return Ok(item);
        }
    }
}

fn filterfalse_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let args = arguments_for_new(vm, class, args);
    let bound = vm.bind_signature("filterfalse", "(function, iterable, /)", &args)?;
    let iter = vm.iterate(bound[1])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, FilterFalse { predicate: bound[0], iter }))
}

fn filterfalse_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<FilterFalse>(value);
    loop {
        let item = vm.next(it.iter)?;
        if item.is_absent() || !holds(vm, it.predicate, item)? {
            return Ok(item);
        }
    }
}

fn compress_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("compress", "(data, selectors)", args)?;
    let data = vm.iterate(bound[0])?;
    let selectors = vm.iterate(bound[1])?;
    let ty = class_of(vm, class)?;
    Ok(vm.new_payload(ty, Compress { data, selectors }))
}

fn compress_next(vm: &mut Vm, value: Value) -> R {
    let it = this::<Compress>(value);
    loop {
        let item = vm.next(it.data)?;
        if item.is_absent() {
            return Ok(item);
        }
        let selector = vm.next(it.selectors)?;
        if selector.is_absent() {
            return Ok(selector);
        }
        if vm.truth(selector)? {
            return Ok(item);
        }
    }
}
