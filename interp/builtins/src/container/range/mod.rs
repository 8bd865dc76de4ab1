//! range: slots and methods. Numbers may have any size; those that fit a machine word have quick ways.
mod iter;
mod numbers;

use haft_core::object::{CompareOp, PayloadRef, Range, Slice, Slots, Type};
use haft_core::{Args, R, Raised, Value, Vm};
use haft_text::IBig;

use super::construct::positional;
use super::sequence::equal_items;
use super::slice::indices_over;
use super::tuple::hash_items;
use crate::arguments::slot;
use numbers::{big_of, item, length, offset_of, word_parts};

const DOC: &str = "range(stop) -> range object
range(start, stop[, step]) -> range object

Return an object that produces a sequence of integers from start (inclusive)
to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.
start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.
These are exactly the valid indices for a list of 4 elements.
When step is given, it specifies the increment (or decrement).";

/// Fill in range and its iterator.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.range, DOC, set_slots, METHODS, GETSETS);
    iter::install(vm);
}

/// Make the class of iterators over large numbers.
pub(super) fn make_classes(vm: &mut Vm) -> Type {
    iter::make_class(vm)
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(repr));
    s.hash.set(Some(hash));
    s.compare.set(Some(compare));
    s.iter.set(Some(|vm, this| {
        let range = of(vm, this)?;
        Ok(iter::forward(vm, range.get()))
    }));
    s.len.set(Some(len));
    s.bool.set(Some(|vm, this| {
        let range = of(vm, this)?;
        vm.truth(range.get().len)
    }));
    s.getitem.set(Some(get_item));
    s.contains.set(Some(contains));
}

haft_core::natives! {
    static METHODS = {
        /// rangeobject.count(value) -> integer -- return number of occurrences of value
        count "($self, object, /)" => count;
        /// rangeobject.index(value) -> integer -- return index of value.
        /// Raise ValueError if the value is not present.
        index "($self, object, /)" => index;
        /// Return a reverse iterator.
        __reversed__ "($self, /)" => reversed;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// First number.
        start => |vm, this| Ok(of(vm, this)?.get().start);
        /// Bound.
        stop => |vm, this| Ok(of(vm, this)?.get().stop);
        /// Difference of neighbours.
        step => |vm, this| Ok(of(vm, this)?.get().step);
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Range>> {
    vm.this(value, "__iter__", "range")
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let [start, stop, step] = match *positional(vm, "range", args, 1, 3)? {
        [start, stop, step] => {
            let (start, stop, step) =
                (vm.index_value(start)?, vm.index_value(stop)?, vm.index_value(step)?);
            if step == Value::small(0) {
                return Err(vm.value_error("range() arg 3 must not be zero"));
            }
            [start, stop, step]
        }
        [start, stop] => [vm.index_value(start)?, vm.index_value(stop)?, Value::small(1)],
        [stop] => [Value::small(0), vm.index_value(stop)?, Value::small(1)],
        _ => [Value::small(0); 3],
    };
    // Bools become ints.
    let [start, stop, step] = [start, stop, step].map(plain_int);
    if step == Value::small(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    Ok(make(vm, start, stop, step))
}

fn plain_int(value: Value) -> Value {
    value.as_bool().map_or(value, |b| Value::small(i32::from(b)))
}

/// A range of three ints, the step not 0.
fn make(vm: &mut Vm, start: Value, stop: Value, step: Value) -> Value {
    let len = length(vm, start, stop, step);
    vm.new_payload(vm.t.range, Range { start, stop, step, len })
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let range = of(vm, this)?.get();
    let (start, stop) = (vm.repr_text(range.start)?, vm.repr_text(range.stop)?);
    if range.step == Value::small(1) {
        return Ok(vm.str(&format!("range({start}, {stop})")));
    }
    let step = vm.repr_text(range.step)?;
    Ok(vm.str(&format!("range({start}, {stop}, {step})")))
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let range = of(vm, this)?.get();
    let mut parts = [range.len, Value::NONE, Value::NONE];
    if range.len != Value::small(0) {
        parts[1] = range.start;
        if range.len != Value::small(1) {
            parts[2] = range.step;
        }
    }
    hash_items(vm, &parts)
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (PayloadRef::<Range>::of_value(a), PayloadRef::<Range>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = same_numbers(vm, x.get(), y.get())?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// Do both give the same numbers?
fn same_numbers(vm: &mut Vm, x: &Range, y: &Range) -> R<bool> {
    if !vm.equals(x.len, y.len)? {
        return Ok(false);
    }
    if x.len == Value::small(0) {
        return Ok(true);
    }
    if !vm.equals(x.start, y.start)? {
        return Ok(false);
    }
    Ok(x.len == Value::small(1) || vm.equals(x.step, y.step)?)
}

fn len(vm: &mut Vm, this: Value) -> R<usize> {
    let range = of(vm, this)?.get();
    match vm.as_int(range.len).and_then(|len| usize::try_from(len).ok()) {
        Some(len) => Ok(len),
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

fn get_item(vm: &mut Vm, this: Value, key: Value) -> R {
    let range = of(vm, this)?.get();
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return sub_range(vm, range, slice);
    }
    if !vm.is_int(key) && slot(vm, key, |s| s.index.get().is_none()) {
        let class = vm.type_name(key);
        return Err(vm.type_error(format!("range indices must be integers or slices, not {class}")));
    }
    let index = vm.index_value(key)?;
    if let (Some((start, step, len)), Some(at)) = (word_parts(range), vm.as_int(index)) {
        let at = if at < 0 { at + len } else { at };
        if at < 0 || at >= len {
            return Err(no_item(vm));
        }
        // Both ends of the range are words, so is what lies between them.
        return Ok(vm.int(start + at * step));
    }
    let (index, len) = (big_of(vm, index), big_of(vm, range.len));
    let at = if index < IBig::ZERO { index + &len } else { index };
    if at < IBig::ZERO || at >= len {
        return Err(no_item(vm));
    }
    Ok(item(vm, range, &at))
}

#[cold]
fn no_item(vm: &mut Vm) -> Raised {
    vm.index_error("range object index out of range")
}

fn sub_range(vm: &mut Vm, range: &Range, slice: PayloadRef<Slice>) -> R {
    let len = big_of(vm, range.len);
    let [start, stop, step] = indices_over(vm, slice, &len)?;
    let step = step * big_of(vm, range.step);
    let (start, stop, step) = (item(vm, range, &start), item(vm, range, &stop), vm.big(step));
    Ok(make(vm, start, stop, step))
}

/// Is it an int itself, not of a subclass (which may have an `==` of its own)?
fn is_plain_int(vm: &Vm, value: Value) -> bool {
    value.is_fixnum() || value.is_bool() || vm.type_of(value) == vm.t.int
}

fn contains(vm: &mut Vm, this: Value, value: Value) -> R<bool> {
    let range = of(vm, this)?;
    if is_plain_int(vm, value) {
        return Ok(offset_of(vm, range.get(), value).is_some());
    }
    Ok(search(vm, range, value)?.is_some())
}

/// Index of the first number equal to `value`, by comparing one after the other.
fn search(vm: &mut Vm, range: PayloadRef<Range>, value: Value) -> R<Option<usize>> {
    let iter = iter::forward(vm, range.get());
    let mut at = 0;
    loop {
        let number = vm.next(iter)?;
        if number.is_absent() {
            return Ok(None);
        }
        if equal_items(vm, number, value)? {
            return Ok(Some(at));
        }
        at += 1;
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let range = of(vm, args[0])?;
    if is_plain_int(vm, args[1]) {
        let found = offset_of(vm, range.get(), args[1]).is_some();
        return Ok(Value::small(i32::from(found)));
    }
    let iter = iter::forward(vm, range.get());
    let mut n = 0;
    loop {
        let number = vm.next(iter)?;
        if number.is_absent() {
            return Ok(vm.int(n));
        }
        n += i64::from(equal_items(vm, number, args[1])?);
    }
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    let range = of(vm, args[0])?;
    if is_plain_int(vm, args[1]) {
        return match offset_of(vm, range.get(), args[1]) {
            Some(offset) => Ok(vm.big(offset)),
            None => Err(vm.value_error("range.index(x): x not in range")),
        };
    }
    match search(vm, range, args[1])? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("sequence.index(x): x not in sequence")),
    }
}

fn reversed(vm: &mut Vm, args: &[Value]) -> R {
    let range = of(vm, args[0])?;
    Ok(iter::backward(vm, range.get()))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let range = of(vm, args[0])?.get();
    let arguments = vm.tuple(&[range.start, range.stop, range.step]);
    Ok(vm.tuple(&[vm.t.range.value(), arguments]))
}
