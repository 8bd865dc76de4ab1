//! What the methods and operators of sets compute; operands are sets, dicts or any iterable.
//!
//! Hashing and comparing elements may run Python, which may change either operand: entries are looked at one by one.
use haft_core::object::Set;
use haft_core::protocol::Key;
use haft_core::{R, Value, Vm};

use super::{copy_like, empty_like, key_at};

/// Call `each` with every element of an iterable and its hash, which sets and dicts know already.
fn for_each_key(vm: &mut Vm, source: Value, mut each: impl FnMut(&mut Vm, Key) -> R<()>) -> R<()> {
    let mut from = 0;
    if let Some(set) = vm.as_set(source) {
        while let Some(entry) = set.next_entry(from) {
            each(vm, key_at(set, entry))?;
            from = entry + 1;
        }
        return Ok(());
    }
    if let Some(dict) = vm.exact_dict(source) {
        while let Some(entry) = dict.next_entry(from) {
            each(vm, Key { value: dict.key(entry), hash: dict.hash(entry) })?;
            from = entry + 1;
        }
        return Ok(());
    }
    vm.for_each(source, |vm, item| {
        let key = vm.set_key(item)?;
        each(vm, key)
    })
}

/// `set |= iterable`
pub(crate) fn add_all(vm: &mut Vm, set: Set, source: Value) -> R<()> {
    if let Some(other) = vm.as_set(source) {
        if other == set {
            return Ok(());
        }
        if set.is_empty() {
            set.clear();
            set.fill_from(&mut vm.heap, other);
            return Ok(());
        }
    }
    for_each_key(vm, source, |vm, key| vm.set_add_key(set, key).map(|_| ()))
}

/// `set.discard(key)`
pub(super) fn discard(vm: &mut Vm, set: Set, key: Key) -> R<bool> {
    match vm.find_entry(*set, key)? {
        Some(entry) => {
            set.remove(&mut vm.heap, entry);
            Ok(true)
        }
        None => Ok(false),
    }
}

/// `set -= iterable`
pub(crate) fn remove_all(vm: &mut Vm, set: Set, source: Value) -> R<()> {
    if vm.as_set(source) == Some(set) {
        set.clear();
        return Ok(());
    }
    for_each_key(vm, source, |vm, key| discard(vm, set, key).map(|_| ()))
}

/// `set ^= iterable`
pub(crate) fn toggle_all(vm: &mut Vm, set: Set, source: Value) -> R<()> {
    if vm.as_set(source) == Some(set) {
        set.clear();
        return Ok(());
    }
    // An element that comes twice counts once.
    let other = if vm.as_set(source).is_some() || vm.exact_dict(source).is_some() {
        source
    } else {
        let other = vm.set();
        add_all(vm, other, source)?;
        other.value()
    };
    for_each_key(vm, other, |vm, key| {
        if !discard(vm, set, key)? {
            vm.set_add_key(set, key)?;
        }
        Ok(())
    })
}

/// `set & iterable`, of the class of `this`.
pub(super) fn intersection(vm: &mut Vm, this: Value, set: Set, other: Value) -> R<Set> {
    let result = empty_like(vm, this);
    match vm.as_set(other) {
        Some(other) => {
            let (small, large) = if other.len() > set.len() { (set, other) } else { (other, set) };
            keep_common(vm, result, small, large)?;
        }
        None => for_each_key(vm, other, |vm, key| {
            if vm.find_entry(*set, key)?.is_some() {
                vm.set_add_key(result, key)?;
            }
            Ok(())
        })?,
    }
    Ok(result)
}

fn keep_common(vm: &mut Vm, result: Set, small: Set, large: Set) -> R<()> {
    let mut from = 0;
    while let Some(entry) = small.next_entry(from) {
        let key = key_at(small, entry);
        if vm.find_entry(*large, key)?.is_some() {
            vm.set_add_key(result, key)?;
        }
        from = entry + 1;
    }
    Ok(())
}

/// `set - iterable`, of the class of `this`.
pub(super) fn difference(vm: &mut Vm, this: Value, set: Set, other: Value) -> R<Set> {
    let table_len =
        vm.as_set(other).map(|o| o.len()).or_else(|| vm.exact_dict(other).map(|d| d.len()));
    // Asking a large operand for each own element is less work than removing all it has.
    if table_len.is_none_or(|n| set.len() / 4 > n) {
        let result = copy_like(vm, this, set);
        remove_all(vm, result, other)?;
        return Ok(result);
    }
    let result = empty_like(vm, this);
    let mut from = 0;
    while let Some(entry) = set.next_entry(from) {
        let key = key_at(set, entry);
        if !has(vm, other, key)? {
            vm.set_add_key(result, key)?;
        }
        from = entry + 1;
    }
    Ok(result)
}

/// Is `key` in a set or dict?
fn has(vm: &mut Vm, table: Value, key: Key) -> R<bool> {
    if let Some(set) = vm.as_set(table) {
        return Ok(vm.find_entry(*set, key)?.is_some());
    }
    match vm.as_dict(table) {
        Some(dict) => Ok(vm.find_entry(*dict, key)?.is_some()),
        None => Ok(false),
    }
}

/// Is every element of `small` in `large`?
pub(super) fn is_subset(vm: &mut Vm, small: Set, large: Set) -> R<bool> {
    if small.len() > large.len() {
        return Ok(false);
    }
    let mut from = 0;
    while let Some(entry) = small.next_entry(from) {
        if vm.find_entry(*large, key_at(small, entry))?.is_none() {
            return Ok(false);
        }
        from = entry + 1;
    }
    Ok(true)
}

/// `set.issuperset(iterable)`
pub(super) fn is_superset(vm: &mut Vm, set: Set, other: Value) -> R<bool> {
    if let Some(other) = vm.as_set(other) {
        return is_subset(vm, other, set);
    }
    let iter = vm.iterate(other)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(true);
        }
        let key = vm.set_key(item)?;
        if vm.find_entry(*set, key)?.is_none() {
            return Ok(false);
        }
    }
}

/// `set.isdisjoint(iterable)`
pub(super) fn is_disjoint(vm: &mut Vm, set: Set, other: Value) -> R<bool> {
    if let Some(other) = vm.as_set(other) {
        if other == set {
            return Ok(set.is_empty());
        }
        let (small, large) = if other.len() > set.len() { (set, other) } else { (other, set) };
        let mut from = 0;
        while let Some(entry) = small.next_entry(from) {
            if vm.find_entry(*large, key_at(small, entry))?.is_some() {
                return Ok(false);
            }
            from = entry + 1;
        }
        return Ok(true);
    }
    let iter = vm.iterate(other)?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(true);
        }
        let key = vm.set_key(item)?;
        if vm.find_entry(*set, key)?.is_some() {
            return Ok(false);
        }
    }
}
