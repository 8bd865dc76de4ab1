//! tuple: slots and methods.
use haft_core::object::{CompareOp, Lanes, Slots, Tuple};
use haft_core::{Args, R, Value, Vm};

use super::construct::native_arguments;
use super::index::{Span, Subscript, place};
use super::list::{repeat_count, search};
use super::sequence::{Items, repeated_len};
use crate::alias::class_getitem;
use crate::arguments::{check_size, class_of, no_memory, wrong_receiver};

const DOC: &str = "Built-in immutable sequence.

If no argument is given, the constructor returns an empty tuple.
If iterable is specified the tuple is initialized from iterable's items.

If the argument is a tuple, the return value is the same object.";

/// Fill in the class.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.tuple, DOC, set_slots, METHODS, &[]);
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(repr));
    s.hash.set(Some(hash));
    s.compare.set(Some(compare));
    s.iter.set(Some(iter));
    s.len.set(Some(|vm, this| Ok(tuple(vm, this, "__len__")?.len())));
    s.getitem.set(Some(get));
    s.contains.set(Some(contains));
    s.concat.set(Some(concat));
    s.repeat.set(Some(repeat));
}

haft_core::natives! {
    static METHODS = {
        /// Return number of occurrences of value.
        count "($self, value, /)" => count;
        /// Return first index of value.
        ///
        /// Raises ValueError if the value is not present.
        index "($self, value, start=0, stop=sys.maxsize, /)" => index;
        /// Return the arguments for a copy.
        __getnewargs__ "($self, /)" => getnewargs;
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => class_getitem;
    }
}

/// The tuple that a method was called on.
#[inline]
fn tuple(vm: &mut Vm, value: Value, method: &str) -> R<Tuple> {
    match vm.as_tuple(value) {
        Some(tuple) => Ok(tuple),
        None => Err(wrong_receiver(vm, method, "tuple", value)),
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given = native_arguments(vm, vm.t.tuple, class, |c| c.slots.init.get(), args, 1)?;
    let native = match given.first() {
        Some(&iterable) => vm.tuple_of(iterable)?,
        None => vm.tuple(&[]),
    };
    Ok(vm.wrap_native(class, native))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let tuple = tuple(vm, this, "__repr__")?;
    if tuple.is_empty() {
        return Ok(vm.str("()"));
    }
    Items::Tuple(tuple).repr(vm, this, ["(", ",", ")"])
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let tuple = tuple(vm, this, "__hash__")?;
    hash_items(vm, tuple.items())
}

/// The hash of a tuple of these values, as CPython computes it.
pub(crate) fn hash_items(vm: &mut Vm, items: &[Value]) -> R<i64> {
    Ok(mix_hashes(vm, items)?.of_tuple(items.len()))
}

/// The hashes of several values mixed into one.
pub(super) fn mix_hashes(vm: &mut Vm, items: &[Value]) -> R<Lanes> {
    vm.check_native_depth()?;
    let mut lanes = Lanes::default();
    for &item in items {
        lanes = lanes.with(vm.key(item)?.hash);
    }
    Ok(lanes)
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (vm.as_tuple(a), vm.as_tuple(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Items::Tuple(x).compare(vm, Items::Tuple(y), op)
}

fn iter(vm: &mut Vm, this: Value) -> R {
    let tuple = tuple(vm, this, "__iter__")?;
    Ok(vm.tuple_iter(tuple))
}

fn contains(vm: &mut Vm, this: Value, item: Value) -> R<bool> {
    let tuple = tuple(vm, this, "__contains__")?;
    Ok(Items::Tuple(tuple).position(vm, item, 0, usize::MAX)?.is_some())
}

fn get(vm: &mut Vm, this: Value, key: Value) -> R {
    let tuple = tuple(vm, this, "__getitem__")?;
    match Subscript::read(vm, key, "tuple")? {
        Subscript::Item(at) => match place(at, tuple.len()) {
            Some(at) => Ok(tuple.items()[at]),
            None => Err(vm.index_error("tuple index out of range")),
        },
        Subscript::Slice(bounds) => {
            let span = bounds.over(tuple.len());
            Ok(copy_span(vm, tuple, span))
        }
    }
}

fn copy_span(vm: &mut Vm, tuple: Tuple, span: Span) -> Value {
    let items = tuple.items();
    if span.step == 1 {
        if span.count == items.len() {
            return tuple.value();
        }
        let start = span.start as usize;
        return if span.count == 0 {
            vm.tuple(&[])
        } else {
            vm.tuple(&items[start..start + span.count])
        };
    }
    if span.count == 0 {
        return vm.tuple(&[]);
    }
    let result = Tuple::with_len(&mut vm.heap, span.count);
    for i in 0..span.count {
        result.init(&mut vm.heap, i, items[span.at(i)]);
    }
    result.value()
}

fn concat(vm: &mut Vm, this: Value, other: Value) -> R {
    let left = tuple(vm, this, "__add__")?;
    let Some(right) = vm.as_tuple(other) else {
        let class = vm.type_name(other);
        return Err(vm.type_error(format!("can only concatenate tuple (not \"{class}\") to tuple")));
    };
    if left.is_empty() {
        return Ok(right.value());
    }
    if right.is_empty() {
        return Ok(left.value());
    }
    let result = Tuple::with_len(&mut vm.heap, left.len() + right.len());
    for (i, &item) in left.items().iter().chain(right.items()).enumerate() {
        result.init(&mut vm.heap, i, item);
    }
    Ok(result.value())
}

fn repeat(vm: &mut Vm, this: Value, count: Value) -> R {
    let source = tuple(vm, this, "__mul__")?;
    let count = repeat_count(vm, count)?;
    if source.is_empty() || count == 1 {
        return Ok(source.value());
    }
    let Some(total) = repeated_len(source.len(), count) else { return Err(no_memory(vm)) };
    if total == 0 {
        return Ok(vm.tuple(&[]));
    }
    check_size(vm, total * 8)?;
    let result = Tuple::with_len(&mut vm.heap, total);
    for (i, &item) in source.items().iter().cycle().take(total).enumerate() {
        result.init(&mut vm.heap, i, item);
    }
    Ok(result.value())
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let tuple = tuple(vm, args[0], "count")?;
    let n = Items::Tuple(tuple).count(vm, args[1])?;
    Ok(vm.int_usize(n))
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    let tuple = tuple(vm, args[0], "index")?;
    match search(vm, Items::Tuple(tuple), &args[1..])? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("tuple.index(x): x not in tuple")),
    }
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    let tuple = tuple(vm, args[0], "__getnewargs__")?;
    Ok(vm.tuple(&[tuple.value()]))
}
