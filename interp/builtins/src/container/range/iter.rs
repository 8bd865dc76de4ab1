//! Iterators over ranges: `range_iterator` where all numbers are fixnums, `longrange_iterator` otherwise.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Range, RangeIter, Slots, Type};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, payload};
use haft_text::IBig;

use super::make;
use super::numbers::{big_of, item, word_parts};
use crate::container::classes;
use crate::iterator::{identity, iter_function};

payload! {
    /// Over a range with numbers beyond fixnums.
    pub struct LongRangeIter {
        /// Next number, an int.
        next: Cell<Value>,
        /// Difference, an int.
        step: Value,
        /// How many are left, an int.
        left: Cell<Value>,
    }
}

/// Fill in `range_iterator`.
pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    vm.fill_type(vm.t.range_iterator, "", slots, METHODS, &[]);
}

/// Make `longrange_iterator`.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.iter.set(Some(identity));
        s.next.set(Some(long_next));
    };
    vm.new_builtin_type(&TypeSpec {
        slots,
        methods: LONG_METHODS,
        ..TypeSpec::of::<LongRangeIter>("longrange_iterator")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => length_hint;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, object, /)" => setstate;
    }
    static LONG_METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => long_length_hint;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => long_reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, object, /)" => long_setstate;
    }
}

/// `iter(range)`
pub(super) fn forward(vm: &mut Vm, range: &Range) -> Value {
    if let Some((start, step, len)) = word_parts(range) {
        return vm.new_payload(vm.t.range_iterator, RangeIter::new(start, step, len));
    }
    let class = classes(vm).longrange_iterator;
    vm.new_payload(
        class,
        LongRangeIter { next: range.start.into(), step: range.step, left: range.len.into() },
    )
}

/// `reversed(range)`
pub(super) fn backward(vm: &mut Vm, range: &Range) -> Value {
    if let Some((start, step, len)) = word_parts(range) {
        let last = start + (len - 1) * step;
        return vm.new_payload(vm.t.range_iterator, RangeIter::new(last, -step, len));
    }
    let last = big_of(vm, range.len) - IBig::ONE;
    let last = item(vm, range, &last);
    let step = -big_of(vm, range.step);
    let step = vm.big(step);
    let class = classes(vm).longrange_iterator;
    vm.new_payload(class, LongRangeIter { next: last.into(), step, left: range.len.into() })
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<RangeIter>> {
    vm.this(value, "__next__", "range_iterator")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let number = of(vm, this)?.get().advance();
    Ok(number.map_or(Value::ABSENT, |number| vm.int(number)))
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let left = of(vm, args[0])?.get().left();
    Ok(vm.int(left))
}

/// `(iter, (range(…),), None)`
fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = of(vm, args[0])?.get();
    let (start, stop, step) = (vm.int(iter.next.get()), vm.int(iter.stop), vm.int(iter.step));
    reduce_to(vm, start, stop, step)
}

fn reduce_to(vm: &mut Vm, start: Value, stop: Value, step: Value) -> R {
    let range = make(vm, start, stop, step);
    let function = iter_function(vm)?;
    let arguments = vm.tuple(&[range]);
    Ok(vm.tuple(&[function, arguments, Value::NONE]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let iter = of(vm, args[0])?.get();
    let skip = vm.index_of(args[1])?.clamp(0, iter.left());
    iter.next.set(iter.next.get() + skip * iter.step);
    Ok(Value::NONE)
}

fn long(vm: &mut Vm, value: Value) -> R<PayloadRef<LongRangeIter>> {
    vm.this(value, "__next__", "longrange_iterator")
}

fn long_next(vm: &mut Vm, this: Value) -> R {
    let iter = long(vm, this)?.get();
    let left = big_of(vm, iter.left.get());
    if left <= IBig::ZERO {
        return Ok(Value::ABSENT);
    }
    let number = iter.next.get();
    let (left, next) = (left - IBig::ONE, big_of(vm, number) + big_of(vm, iter.step));
    let left = vm.big(left);
    iter.left.set(left);
    let next = vm.big(next);
    iter.next.set(next);
    Ok(number)
}

fn long_length_hint(vm: &mut Vm, args: &[Value]) -> R {
    Ok(long(vm, args[0])?.get().left.get())
}

fn long_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = long(vm, args[0])?.get();
    let stop = big_of(vm, iter.next.get()) + big_of(vm, iter.left.get()) * big_of(vm, iter.step);
    let stop = vm.big(stop);
    reduce_to(vm, iter.next.get(), stop, iter.step)
}

fn long_setstate(vm: &mut Vm, args: &[Value]) -> R {
    let iter = long(vm, args[0])?.get();
    let Some(state) = vm.as_big(args[1]) else {
        let class = vm.type_name(args[1]);
        return Err(vm.type_error(format!("state must be an int, not {class}")));
    };
    let left = big_of(vm, iter.left.get());
    let skip = state.clamp(IBig::ZERO, left.clone());
    let next = big_of(vm, iter.next.get()) + &skip * big_of(vm, iter.step);
    let next = vm.big(next);
    iter.next.set(next);
    let left = vm.big(left - skip);
    iter.left.set(left);
    Ok(Value::NONE)
}
