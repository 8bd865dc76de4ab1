//! list: slots and methods.
mod slice;
mod sort;

use haft_core::object::{CompareOp, List, Slots};
use haft_core::{Args, R, Value, Vm};

use super::construct::{made, native_arguments};
use super::index::place;
use super::sequence::{Items, repeated_len};
use crate::alias::class_getitem;
use crate::arguments::{check_size, class_of, no_memory, slot, wrong_receiver};
use crate::iterator::list_reversed;

pub(crate) use sort::{HELPERS as CONSUMER_HELPERS, sort};

const DOC: &str = "Built-in mutable sequence.

If no argument is given, the constructor creates a new empty list.
The argument must be an iterable if specified.";

/// Fill in the class.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.list, DOC, set_slots, METHODS, &[]);
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.compare.set(Some(compare));
    s.iter.set(Some(iter));
    s.len.set(Some(|vm, this| Ok(list(vm, this, "__len__")?.len())));
    s.getitem.set(Some(slice::get));
    s.setitem.set(Some(slice::set));
    s.contains.set(Some(contains));
    s.concat.set(Some(concat));
    s.repeat.set(Some(repeat));
    s.iadd.set(Some(iadd));
    s.imul.set(Some(imul));
}

haft_core::natives! {
    static METHODS = {
        /// Append object to the end of the list.
        append "($self, object, /)" => append;
        /// Remove all items from list.
        clear "($self, /)" => clear;
        /// Return a shallow copy of the list.
        copy "($self, /)" => copy;
        /// Return number of occurrences of value.
        count "($self, value, /)" => count;
        /// Extend list by appending elements from the iterable.
        extend "($self, iterable, /)" => extend;
        /// Return first index of value.
        ///
        /// Raises ValueError if the value is not present.
        index "($self, value, start=0, stop=sys.maxsize, /)" => index;
        /// Insert object before index.
        insert "($self, index, object, /)" => insert;
        /// Remove and return item at index (default last).
        ///
        /// Raises IndexError if list is empty or index is out of range.
        pop "($self, index=-1, /)" => pop;
        /// Remove first occurrence of value.
        ///
        /// Raises ValueError if the value is not present.
        remove "($self, value, /)" => remove;
        /// Reverse *IN PLACE*.
        reverse "($self, /)" => reverse;
        /// Sort the list in ascending order and return None.
        ///
        /// The sort is in-place (i.e. the list itself is modified) and stable (i.e. the
        /// order of two equal elements is maintained).
        ///
        /// If a key function is given, apply it once to each list item and sort them,
        /// ascending or descending, according to their function values.
        ///
        /// The reverse flag can be set to sort in descending order.
        sort "($self, /, *, key=None, reverse=False)" => sort_method;
        /// Return a reverse iterator over the list.
        __reversed__ "($self, /)" => reversed;
        /// Return the size of the list in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => class_getitem;
    }
}

/// The list that a method was called on.
#[inline]
fn list(vm: &mut Vm, value: Value, method: &str) -> R<List> {
    match value.as_ptr().and_then(List::of) {
        Some(list) => Ok(list),
        None => Err(wrong_receiver(vm, method, "list", value)),
    }
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let list = vm.new_list_of(class);
    Ok(made(vm, class, list.obj()))
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let list = list(vm, this, "__init__")?;
    let class = vm.type_of(this);
    let given = native_arguments(vm, vm.t.list, class, |c| c.slots.new.get(), args, 1)?;
    list.clear();
    if let Some(&iterable) = given.first() {
        vm.extend_list(list, iterable)?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let list = list(vm, this, "__repr__")?;
    if list.is_empty() {
        return Ok(vm.str("[]"));
    }
    Items::List(list).repr(vm, this, ["[", "", "]"])
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (vm.as_list(a), vm.as_list(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if x.len() != y.len() && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    Items::List(x).compare(vm, Items::List(y), op)
}

fn iter(vm: &mut Vm, this: Value) -> R {
    let list = list(vm, this, "__iter__")?;
    Ok(vm.list_iter(list))
}

fn contains(vm: &mut Vm, this: Value, item: Value) -> R<bool> {
    let list = list(vm, this, "__contains__")?;
    Ok(Items::List(list).position(vm, item, 0, usize::MAX)?.is_some())
}

fn concat(vm: &mut Vm, this: Value, other: Value) -> R {
    let left = list(vm, this, "__add__")?;
    let Some(right) = vm.as_list(other) else {
        let class = vm.type_name(other);
        return Err(vm.type_error(format!("can only concatenate list (not \"{class}\") to list")));
    };
    let result = List::new(&mut vm.heap, left.len() + right.len());
    result.splice(&mut vm.heap, 0, 0, left.items());
    let n = result.len();
    result.splice(&mut vm.heap, n, n, right.items());
    Ok(result.value())
}

fn repeat(vm: &mut Vm, this: Value, count: Value) -> R {
    let source = list(vm, this, "__mul__")?;
    let total = repeated(vm, source, count)?;
    let result = List::new(&mut vm.heap, total);
    if total > 0 {
        result.splice(&mut vm.heap, 0, 0, source.items());
        fill_up(vm, result, total);
    }
    Ok(result.value())
}

/// Length of a list repeated `count` times; MemoryError if that is too much.
fn repeated(vm: &mut Vm, list: List, count: Value) -> R<usize> {
    let count = repeat_count(vm, count)?;
    let Some(total) = repeated_len(list.len(), count) else { return Err(no_memory(vm)) };
    check_size(vm, total * 8)?;
    Ok(total)
}

/// The number of repetitions; OverflowError if it does not fit.
pub(super) fn repeat_count(vm: &mut Vm, count: Value) -> R<i64> {
    let index = vm.index_value(count)?;
    match vm.as_int(index) {
        Some(count) => Ok(count),
        None => {
            let class = vm.type_name(count);
            Err(vm.overflow_error(format!("cannot fit '{class}' into an index-sized integer")))
        }
    }
}

/// Repeat the items of a list, which has some and has room for `total`, until there are `total`.
fn fill_up(vm: &mut Vm, list: List, total: usize) {
    list.reserve(&mut vm.heap, total - list.len());
    while list.len() < total {
        let n = list.len();
        // The list has room for all, so its array stays where it is while a part of it is copied behind the rest.
        list.splice(&mut vm.heap, n, n, &list.items()[..n.min(total - n)]);
    }
}

/// `list += other`. As in CPython, a number-like right operand is asked first.
fn iadd(vm: &mut Vm, this: Value, other: Value) -> R {
    let target = list(vm, this, "__iadd__")?;
    if vm.as_list(other).is_none()
        && let Some(add) = slot(vm, other, |s| s.add.get())
    {
        let result = add(vm, this, other)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
    }
    vm.extend_list(target, other)?;
    Ok(this)
}

/// `list *= count`. As in CPython, a number-like right operand is asked first.
fn imul(vm: &mut Vm, this: Value, count: Value) -> R {
    let target = list(vm, this, "__imul__")?;
    if !vm.is_int(count)
        && let Some(mul) = slot(vm, count, |s| s.mul.get())
    {
        let result = mul(vm, this, count)?;
        if result != Value::NOT_IMPLEMENTED {
            return Ok(result);
        }
    }
    if slot(vm, count, |s| s.index.get().is_none()) {
        let class = vm.type_name(count);
        return Err(vm.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
    }
    let total = repeated(vm, target, count)?;
    if total == 0 {
        target.clear();
    } else {
        fill_up(vm, target, total);
    }
    Ok(this)
}

fn append(vm: &mut Vm, args: &[Value]) -> R {
    list(vm, args[0], "append")?.push(&mut vm.heap, args[1]);
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    list(vm, args[0], "clear")?.clear();
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "copy")?;
    Ok(List::from_slice(&mut vm.heap, list.items()).value())
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "count")?;
    let n = Items::List(list).count(vm, args[1])?;
    Ok(vm.int_usize(n))
}

fn extend(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "extend")?;
    vm.extend_list(list, args[1])?;
    Ok(Value::NONE)
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "index")?;
    match search(vm, Items::List(list), &args[1..])? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("list.index(x): x not in list")),
    }
}

/// `index(value, start, stop)` of a list or tuple.
pub(super) fn search(vm: &mut Vm, items: Items, args: &[Value]) -> R<Option<usize>> {
    let start = search_bound(vm, args[1], 0)?;
    let stop = search_bound(vm, args[2], i64::MAX)?;
    let len = items.len() as i64;
    let from_end = |at: i64| (if at < 0 { at.saturating_add(len) } else { at }).max(0) as usize;
    items.position(vm, args[0], from_end(start), from_end(stop))
}

fn search_bound(vm: &mut Vm, value: Value, default: i64) -> R<i64> {
    if value.is_absent() {
        return Ok(default);
    }
    if slot(vm, value, |s| s.index.get().is_none()) {
        return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
    }
    vm.index_clamped(value)
}

fn insert(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "insert")?;
    let at = vm.index_of(args[1])?;
    let len = list.len() as i64;
    let at = if at < 0 { (at.saturating_add(len)).max(0) } else { at.min(len) };
    list.insert(&mut vm.heap, at as usize, args[2]);
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "pop")?;
    let at = match args[1].as_fixnum() {
        Some(at) => at,
        None => vm.index_of(args[1])?,
    };
    if at == -1
        && let Some(item) = list.pop()
    {
        return Ok(item);
    }
    if list.is_empty() {
        return Err(vm.index_error("pop from empty list"));
    }
    let Some(at) = place(at, list.len()) else {
        return Err(vm.index_error("pop index out of range"));
    };
    let item = list.at(at);
    list.splice(&mut vm.heap, at, at + 1, &[]);
    Ok(item)
}

fn remove(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "remove")?;
    match Items::List(list).position(vm, args[1], 0, usize::MAX)? {
        Some(at) => {
            // The comparison may have shortened the list.
            if at < list.len() {
                list.splice(&mut vm.heap, at, at + 1, &[]);
            }
            Ok(Value::NONE)
        }
        None => Err(vm.value_error("list.remove(x): x not in list")),
    }
}

fn reverse(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "reverse")?;
    let len = list.len();
    for at in 0..len / 2 {
        let (low, high) = (list.at(at), list.at(len - 1 - at));
        list.set(&mut vm.heap, at, high);
        list.set(&mut vm.heap, len - 1 - at, low);
    }
    Ok(Value::NONE)
}

fn sort_method(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "sort")?;
    let reverse = vm.truth(args[2])?;
    sort(vm, list, args[1], reverse)?;
    Ok(Value::NONE)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "__reversed__")?;
    Ok(list_reversed(vm, list))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let list = list(vm, args[0], "__sizeof__")?;
    let size = list.obj().size() + list.capacity() * 8;
    Ok(vm.int_usize(size))
}
