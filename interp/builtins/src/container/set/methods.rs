//! Methods of sets and frozensets.
use haft_core::object::{Set, Tuple};
use haft_core::{NativeDef, R, Value, Vm};

use super::algebra::{
    add_all, difference, discard, intersection, is_disjoint, is_subset, is_superset, remove_all,
    toggle_all,
};
use super::{copy_like, mutable, search_key, set};
use crate::alias::class_getitem;

/// The rows that both classes have, with further ones of set.
macro_rules! tables {
    (@ [$($common:tt)*] $($more:tt)*) => {
        haft_core::natives! {
            pub(super) static SET = { $($common)* $($more)* }
            pub(super) static FROZENSET = { $($common)* }
        }
    };
    ($($more:tt)*) => { tables! { @ [
        /// Return a shallow copy of a set.
        copy "($self, /)" => copy;
        /// Return a new set with elements in the set that are not in the others.
        difference "($self, /, *others)" => difference_method;
        /// Return a new set with elements common to the set and all others.
        intersection "($self, /, *others)" => intersection_method;
        /// Return True if two sets have a null intersection.
        isdisjoint "($self, other, /)" => isdisjoint;
        /// Report whether another set contains this set.
        issubset "($self, other, /)" => issubset;
        /// Report whether this set contains another set.
        issuperset "($self, other, /)" => issuperset;
        /// Return a new set with elements in either the set or other but not both.
        symmetric_difference "($self, other, /)" => symmetric_difference;
        /// Return a new set with elements from the set and all others.
        union "($self, /, *others)" => union;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// S.__sizeof__() -> size of S in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => class_getitem;
    ] $($more)* } };
}

tables! {
    /// Add an element to a set.
    ///
    /// This has no effect if the element is already present.
    add "($self, object, /)" => add;
    /// Remove all elements from this set.
    clear "($self, /)" => clear;
    /// Update the set, removing elements found in others.
    difference_update "($self, /, *others)" => difference_update;
    /// Remove an element from a set if it is a member.
    ///
    /// Unlike set.remove(), the discard() method does not raise
    /// an exception when an element is missing from the set.
    discard "($self, object, /)" => discard_method;
    /// Update the set, keeping only elements found in it and all others.
    intersection_update "($self, /, *others)" => intersection_update;
    /// Remove and return an arbitrary set element.
    ///
    /// Raises KeyError if the set is empty.
    pop "($self, /)" => pop;
    /// Remove an element from a set; it must be a member.
    ///
    /// If the element is not a member, raise a KeyError.
    remove "($self, object, /)" => remove;
    /// Update the set, keeping only elements found in either set, but not in both.
    symmetric_difference_update "($self, other, /)" => symmetric_difference_update;
    /// Update the set, adding elements from all others.
    update "($self, /, *others)" => update;
}

const _: (&[NativeDef], &[NativeDef]) = (SET, FROZENSET);

/// The items of a `*others` argument.
fn items(vm: &Vm, others: Value) -> &'static [Value] {
    vm.as_tuple(others).map_or(&[], Tuple::items)
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let source = set(vm, args[0], "copy")?;
    if vm.type_of(args[0]) == vm.t.frozenset {
        return Ok(args[0]);
    }
    Ok(copy_like(vm, args[0], source).value())
}

fn union(vm: &mut Vm, args: &[Value]) -> R {
    let source = set(vm, args[0], "union")?;
    let result = copy_like(vm, args[0], source);
    for &other in items(vm, args[1]) {
        add_all(vm, result, other)?;
    }
    Ok(result.value())
}

fn intersection_method(vm: &mut Vm, args: &[Value]) -> R {
    let source = set(vm, args[0], "intersection")?;
    Ok(intersect_all(vm, args[0], source, args[1])?.value())
}

fn intersect_all(vm: &mut Vm, this: Value, source: Set, others: Value) -> R<Set> {
    let others = items(vm, others);
    if others.is_empty() {
        return Ok(copy_like(vm, this, source));
    }
    let mut result = source;
    for &other in others {
        result = intersection(vm, this, result, other)?;
    }
    Ok(result)
}

fn difference_method(vm: &mut Vm, args: &[Value]) -> R {
    let source = set(vm, args[0], "difference")?;
    let others = items(vm, args[1]);
    let Some((&first, rest)) = others.split_first() else {
        return Ok(copy_like(vm, args[0], source).value());
    };
    let result = difference(vm, args[0], source, first)?;
    for &other in rest {
        remove_all(vm, result, other)?;
    }
    Ok(result.value())
}

fn symmetric_difference(vm: &mut Vm, args: &[Value]) -> R {
    let source = set(vm, args[0], "symmetric_difference")?;
    let result = copy_like(vm, args[0], source);
    toggle_all(vm, result, args[1])?;
    Ok(result.value())
}

fn isdisjoint(vm: &mut Vm, args: &[Value]) -> R {
    let set = set(vm, args[0], "isdisjoint")?;
    is_disjoint(vm, set, args[1]).map(Value::bool)
}

fn issubset(vm: &mut Vm, args: &[Value]) -> R {
    let small = set(vm, args[0], "issubset")?;
    let large = match vm.as_set(args[1]) {
        Some(large) => large,
        None => {
            let large = vm.set();
            add_all(vm, large, args[1])?;
            large
        }
    };
    is_subset(vm, small, large).map(Value::bool)
}

fn issuperset(vm: &mut Vm, args: &[Value]) -> R {
    let set = set(vm, args[0], "issuperset")?;
    is_superset(vm, set, args[1]).map(Value::bool)
}

/// `(class, ([elements],), state)`
fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let set = set(vm, args[0], "__reduce__")?;
    let elements = vm.new_list();
    let mut from = 0;
    while let Some(entry) = set.next_entry(from) {
        elements.push(&mut vm.heap, set.key(entry));
        from = entry + 1;
    }
    let arguments = vm.tuple(&[elements.value()]);
    let state = vm.call_method(args[0], vm.names.__getstate__, &[])?;
    let class = vm.type_of(args[0]).value();
    Ok(vm.tuple(&[class, arguments, state]))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let set = set(vm, args[0], "__sizeof__")?;
    let size = set.obj().size() + set.array().map_or(0, |entries| entries.size());
    Ok(vm.int_usize(size))
}

fn add(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "add")?;
    let key = vm.set_key(args[1])?;
    vm.set_add_key(set, key)?;
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    mutable(vm, args[0], "clear")?.clear();
    Ok(Value::NONE)
}

fn discard_method(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "discard")?;
    let key = search_key(vm, args[1])?;
    discard(vm, set, key)?;
    Ok(Value::NONE)
}

fn remove(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "remove")?;
    let key = search_key(vm, args[1])?;
    if discard(vm, set, key)? { Ok(Value::NONE) } else { Err(vm.key_error(args[1])) }
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "pop")?;
    // The newest element: its place can be given back at once.
    let Some(entry) = set.previous_entry(set.used()) else {
        return Err(vm.raise(vm.exc.key_error, "pop from an empty set"));
    };
    let item = set.key(entry);
    set.remove_last(&mut vm.heap, entry);
    Ok(item)
}

fn update(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "update")?;
    for &other in items(vm, args[1]) {
        add_all(vm, set, other)?;
    }
    Ok(Value::NONE)
}

fn intersection_update(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "intersection_update")?;
    let common = intersect_all(vm, args[0], set, args[1])?;
    set.take(&mut vm.heap, *common);
    Ok(Value::NONE)
}

fn difference_update(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "difference_update")?;
    for &other in items(vm, args[1]) {
        remove_all(vm, set, other)?;
    }
    Ok(Value::NONE)
}

fn symmetric_difference_update(vm: &mut Vm, args: &[Value]) -> R {
    let set = mutable(vm, args[0], "symmetric_difference_update")?;
    toggle_all(vm, set, args[1])?;
    Ok(Value::NONE)
}
