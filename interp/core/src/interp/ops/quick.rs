//! Helpers for containers of exactly the built-in classes and plain keys that run no Python: they say ABSENT, and have done
//! nothing, when they would have to.
use haft_bytecode::opcode::{ALLOCATES, RAISES, WRITES};
use haft_heap::Value;

use crate::interp::machine::{Helper2, Helper3};
use crate::interp::slow::exact_dict;
use crate::object::{Dict, Lanes, List, Lookup, Probe, Set, ShapeId, Str, Table, Tuple};
use crate::protocol::Key;
use crate::vm::Vm;

/// `container[key]` of a dict; other containers are asked as always.
pub(in crate::interp) static GET_ITEM: Helper2 = Helper2 {
    name: "QuickGetItem",
    effects: RAISES | ALLOCATES,
    call: |vm, container, key| match exact_dict(container) {
        Some(_) => Ok(item_of_dict(vm, container, key)),
        None => vm.get_item(container, key),
    },
};

/// The same of a dict; ABSENT for anything else, too.
#[inline]
pub(in crate::interp) fn item_of_dict(vm: &mut Vm, dict: Value, key: Value) -> Value {
    let Some(dict) = exact_dict(dict) else { return Value::ABSENT };
    match find(vm, *dict, key) {
        Found::Entry(entry) => dict.entry_value(entry),
        Found::Missing(_) | Found::Unsure => Value::ABSENT,
    }
}

/// `container[key] = value`
pub(in crate::interp) static SET_ITEM: Helper3 = Helper3 {
    name: "QuickSetItem",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, container, key, value| {
        let Some(dict) = exact_dict(container) else {
            return vm.set_item(container, key, value).map(|()| Value::NONE);
        };
        Ok(store(vm, dict, key, value))
    },
};

/// Store an item of a dict; ABSENT: the key has an equality of its own, and nothing was done.
fn store(vm: &mut Vm, dict: Dict, key: Value, value: Value) -> Value {
    match find(vm, *dict, key) {
        Found::Entry(entry) => dict.set_entry_value(&mut vm.heap, entry, value),
        Found::Missing(key) => {
            dict.insert_new(&mut vm.heap, key.hash, key.value, value);
        }
        Found::Unsure => return Value::ABSENT,
    }
    Value::NONE
}

/// `item in container` of a dict, set, list or tuple; ABSENT for other containers of things that have an equality of their own.
pub(in crate::interp) static CONTAINS: Helper2 = Helper2 {
    name: "QuickContains",
    effects: RAISES | ALLOCATES,
    call: |vm, container, item| {
        if exact_dict(container).is_some() || exact_set(container).is_some() {
            return Ok(is_in_table(vm, container, item));
        }
        Ok(found_in_sequence(container, item))
    },
};

/// `item in container` of a dict or set; ABSENT of anything else.
#[inline]
pub(in crate::interp) fn is_in_table(vm: &mut Vm, container: Value, item: Value) -> Value {
    let found = if let Some(dict) = exact_dict(container) {
        find(vm, *dict, item)
    } else if let Some(set) = exact_set(container) {
        find(vm, *set, item)
    } else {
        Found::Unsure
    };
    match found {
        Found::Entry(_) => Value::TRUE,
        Found::Missing(_) => Value::FALSE,
        Found::Unsure => Value::ABSENT,
    }
}

/// `item in container` of a list or tuple; ABSENT where more than words and bytes must be looked at.
fn found_in_sequence(container: Value, item: Value) -> Value {
    let obj = container.as_ptr();
    let list = obj.filter(|obj| obj.shape() == ShapeId::LIST.0).and_then(List::of);
    let tuple = obj.filter(|obj| obj.shape() == ShapeId::TUPLE.0).and_then(Tuple::of);
    let Some(items) = list.map(List::items).or_else(|| tuple.map(Tuple::items)) else {
        return Value::ABSENT;
    };
    let text_of =
        |value: Value| value.as_ptr().filter(|obj| obj.shape() == ShapeId::STR.0).and_then(Str::of);
    let text = text_of(item);
    for &other in items {
        if other == item {
            return Value::TRUE;
        }
        let differs = match text {
            Some(text) => match text_of(other) {
                Some(other) if other.bytes() == text.bytes() => return Value::TRUE,
                Some(_) => true,
                None => !other.is_ptr(),
            },
            None => item.is_fixnum() && (other.is_fixnum() || text_of(other).is_some()),
        };
        if !differs {
            return Value::ABSENT;
        }
    }
    if text.is_some() || item.is_fixnum() { Value::FALSE } else { Value::ABSENT }
}

/// `dict.get(key)`; UNBOUND if the key is not there.
pub(in crate::interp) static DICT_GET: Helper2 = Helper2 {
    name: "DictGet",
    effects: RAISES | ALLOCATES,
    call: |vm, dict, key| Ok(item_or_unbound(vm, dict, key)),
};

/// The same.
#[inline]
pub(in crate::interp) fn item_or_unbound(vm: &mut Vm, dict: Value, key: Value) -> Value {
    let Some(dict) = exact_dict(dict) else { return Value::ABSENT };
    match find(vm, *dict, key) {
        Found::Entry(entry) => dict.entry_value(entry),
        Found::Missing(_) => Value::UNBOUND,
        Found::Unsure => Value::ABSENT,
    }
}

/// `dict[key]` where the class of the dict has the items of `dict`; ABSENT if the key is not there.
pub(in crate::interp) static GET_OF_DICT: Helper2 = Helper2 {
    name: "QuickGetOfDict",
    effects: RAISES | ALLOCATES,
    call: |vm, dict, key| {
        let Some(dict) = vm.as_dict(dict) else { return Ok(Value::ABSENT) };
        Ok(match find(vm, *dict, key) {
            Found::Entry(entry) => dict.entry_value(entry),
            Found::Missing(_) | Found::Unsure => Value::ABSENT,
        })
    },
};

/// `dict[key] = value`, likewise.
pub(in crate::interp) static SET_OF_DICT: Helper3 = Helper3 {
    name: "QuickSetOfDict",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, dict, key, value| {
        let Some(dict) = vm.as_dict(dict) else { return Ok(Value::ABSENT) };
        Ok(store(vm, dict, key, value))
    },
};

/// `key in dict`, likewise.
pub(in crate::interp) static IN_DICT: Helper2 = Helper2 {
    name: "QuickInDict",
    effects: RAISES | ALLOCATES,
    call: |vm, dict, key| {
        let Some(dict) = vm.as_dict(dict) else { return Ok(Value::ABSENT) };
        Ok(match find(vm, *dict, key) {
            Found::Entry(_) => Value::TRUE,
            Found::Missing(_) => Value::FALSE,
            Found::Unsure => Value::ABSENT,
        })
    },
};

/// `dict.move_to_end(key)` of an ordered dict.
pub(in crate::interp) static MOVE_TO_END: Helper2 = Helper2 {
    name: "QuickMoveToEnd",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, dict, key| {
        let Some(dict) = vm.as_dict(dict) else { return Ok(Value::ABSENT) };
        Ok(match find(vm, *dict, key) {
            Found::Entry(entry) => {
                dict.move_to_end(&mut vm.heap, entry);
                Value::NONE
            }
            Found::Missing(_) | Found::Unsure => Value::ABSENT,
        })
    },
};

/// `set.add(item)`
pub(in crate::interp) static SET_ADD: Helper2 = Helper2 {
    name: "QuickSetAdd",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, set, item| {
        let exact = set.as_ptr().filter(|obj| obj.shape() == ShapeId::SET.0);
        let Some(set) = exact.and_then(Set::of) else { return Ok(Value::ABSENT) };
        Ok(match find(vm, *set, item) {
            Found::Entry(_) => Value::NONE,
            Found::Missing(key) => {
                set.insert_new(&mut vm.heap, key.hash, key.value);
                Value::NONE
            }
            Found::Unsure => Value::ABSENT,
        })
    },
};

/// `dict.setdefault(key, value)`
pub(in crate::interp) static SETDEFAULT: Helper3 = Helper3 {
    name: "QuickSetdefault",
    effects: RAISES | ALLOCATES | WRITES,
    call: |vm, dict, key, value| {
        let Some(dict) = exact_dict(dict) else { return Ok(Value::ABSENT) };
        Ok(match find(vm, *dict, key) {
            Found::Entry(entry) => dict.entry_value(entry),
            Found::Missing(key) => {
                dict.insert_new(&mut vm.heap, key.hash, key.value, value);
                value
            }
            Found::Unsure => Value::ABSENT,
        })
    },
};

/// `getattr(object, name)` of a method that is bound to its object.
pub(in crate::interp) static GETATTR: Helper2 = Helper2 {
    name: "QuickGetattr",
    effects: RAISES | ALLOCATES,
    call: |vm, object, name| {
        if vm.as_str(name).is_none() {
            return Ok(Value::ABSENT);
        }
        let name = vm.intern_str(name);
        let Some(method) = vm.find_method(object, name) else { return Ok(Value::ABSENT) };
        Ok(match crate::object::PayloadRef::<crate::object::Function>::of_value(method) {
            Some(_) => vm.bound_method(method, object),
            None => Value::ABSENT,
        })
    },
};

enum Found {
    Entry(usize),
    Missing(Key),
    Unsure,
}

/// Shapes of values that compare by themselves.
pub(in crate::interp) const PLAIN: &[ShapeId] =
    &[ShapeId::STR, ShapeId::BYTES, ShapeId::FLOAT, ShapeId::COMPLEX, ShapeId::INT];
/// The hash of a plain key, or of a tuple of such; `None`: it has one of its own.
#[inline]
fn quiet_hash(vm: &mut Vm, key: Value) -> Option<i64> {
    match key.as_ptr().and_then(Tuple::exact) {
        Some(tuple) => quiet_hash_of(vm, tuple, Tuple::MOST_NESTED),
        None => vm.key(key).ok().map(|key| key.hash),
    }
}

/// The same of a tuple in so many others.
fn quiet_hash_of(vm: &mut Vm, tuple: Tuple, depth: u32) -> Option<i64> {
    let mut lanes = Lanes::default();
    for &item in tuple.items() {
        let inner = item.as_ptr().filter(|obj| !PLAIN.contains(&ShapeId(obj.shape())));
        lanes = lanes.with(match inner {
            None => vm.key(item).ok()?.hash,
            Some(obj) => quiet_hash_of(vm, Tuple::exact(obj).filter(|_| depth > 0)?, depth - 1)?,
        });
    }
    Some(lanes.of_tuple(tuple.len()))
}

/// Look a plain key up, or a tuple.
#[inline]
fn find<const W: usize>(vm: &mut Vm, table: Table<W>, key: Value) -> Found {
    let Some(hash) = quiet_hash(vm, key) else { return Found::Unsure };
    let mut probe = Probe::default();
    match table.probe(&mut probe, hash, key) {
        Lookup::Found(entry) => Found::Entry(entry),
        Lookup::Missing => Found::Missing(Key { value: key, hash }),
        Lookup::Compare(_) => Found::Unsure,
    }
}

fn exact_set(value: Value) -> Option<Set> {
    let shapes = [ShapeId::SET.0, ShapeId::FROZENSET.0];
    value.as_ptr().filter(|obj| shapes.contains(&obj.shape())).and_then(Set::of)
}
