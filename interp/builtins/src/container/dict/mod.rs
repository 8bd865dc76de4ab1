//! dict: slots, and making dicts.
mod iter;
mod methods;
mod ordered;
mod view;

use std::cell::Cell;

use haft_core::object::{CompareOp, Dict, Slots};
use haft_core::protocol::Key;
use haft_core::{Args, R, Raised, Value, Vm};

use super::construct::{check_count, made};
use super::sequence::{equal_items, push_repr};
use crate::arguments::{class_of, wrong_receiver};

pub(super) use iter::ReverseClasses;
pub use ordered::make_class as ordered_dict;
pub(super) use view::ViewClasses;

const DOC: &str = "dict() -> new empty dictionary
dict(mapping) -> new dictionary initialized from a mapping object's
    (key, value) pairs
dict(iterable) -> new dictionary initialized as if via:
    d = {}
    for k, v in iterable:
        d[k] = v
dict(**kwargs) -> new dictionary initialized with the name=value pairs
    in the keyword argument list.  For example:  dict(one=1, two=2)";

/// Fill in dict and its iterators.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.dict, DOC, set_slots, methods::METHODS, &[]);
    iter::install(vm);
}

/// Make the classes of views and of backward iterators.
pub(super) fn make_classes(vm: &mut Vm) -> (ReverseClasses, ViewClasses) {
    (iter::make_classes(vm), view::make_classes(vm))
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.init.set(Some(init));
    s.repr.set(Some(repr));
    s.compare.set(Some(compare));
    s.iter.set(Some(|vm, this| {
        let dict = dict(vm, this, "__iter__")?;
        Ok(iter::forward(vm, dict, What::Keys))
    }));
    s.len.set(Some(|vm, this| Ok(dict(vm, this, "__len__")?.len())));
    s.getitem.set(Some(get_item));
    s.setitem.set(Some(set_item));
    s.contains.set(Some(contains));
    s.or.set(Some(or));
    s.ior.set(Some(ior));
}

/// What a view or an iterator shows of a dict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// Keys.
    Keys,
    /// Values.
    Values,
    /// Pairs of both.
    Items,
}

impl What {
    /// That of the next entry from `position` on, or before it, which moves behind it; ABSENT: there is none.
    fn next(self, vm: &mut Vm, dict: Dict, position: &Cell<usize>, reversed: bool) -> Value {
        let at = position.get();
        let found = if reversed { dict.previous_entry(at) } else { dict.next_entry(at) };
        let Some(entry) = found else { return Value::ABSENT };
        position.set(if reversed { entry } else { entry + 1 });
        match self {
            What::Keys => dict.key(entry),
            What::Values => dict.entry_value(entry),
            What::Items => vm.tuple(&[dict.key(entry), dict.entry_value(entry)]),
        }
    }
}

/// The dict that a method was called on.
#[inline]
fn dict(vm: &mut Vm, value: Value, method: &str) -> R<Dict> {
    match value.as_ptr().and_then(Dict::of) {
        Some(dict) => Ok(dict),
        None => Err(wrong_receiver(vm, method, "dict", value)),
    }
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let dict = Dict::with_shape(&mut vm.heap, class.root_shape.get());
    Ok(made(vm, class, dict.obj()))
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let dict = dict(vm, this, "__init__")?;
    update(vm, "dict", dict, args)?;
    Ok(Value::NONE)
}

/// `dict.update(…)` with the arguments of the call; `name` is for messages.
fn update(vm: &mut Vm, name: &str, dict: Dict, args: &Args<'_>) -> R<()> {
    let given = args.positionals();
    check_count(vm, name, given.len(), 0, 1)?;
    if let Some(&other) = given.first() {
        update_from(vm, dict, other)?;
    }
    for (key, value) in args.keywords() {
        vm.dict_set(dict, key, value)?;
    }
    Ok(())
}

/// `dict.update(other)`
fn update_from(vm: &mut Vm, dict: Dict, other: Value) -> R<()> {
    if dict.is_empty()
        && let Some(source) = vm.exact_dict(other)
        && source != dict
    {
        // No keys have to be compared.
        let copy = source.copy(&mut vm.heap);
        dict.take(&mut vm.heap, *copy);
        return Ok(());
    }
    vm.dict_update(dict, other)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let dict = dict(vm, this, "__repr__")?;
    if dict.is_empty() {
        return Ok(vm.str("{}"));
    }
    if !vm.enter_repr(this) {
        return Ok(vm.str("{...}"));
    }
    let mut out = b"{".to_vec();
    let result = push_entries(vm, dict, &mut out);
    vm.leave_repr();
    result?;
    out.push(b'}');
    vm.new_str_checked(&out)
}

fn push_entries(vm: &mut Vm, dict: Dict, out: &mut Vec<u8>) -> R<()> {
    let mut from = 0;
    while let Some(entry) = dict.next_entry(from) {
        let (key, value) = (dict.key(entry), dict.entry_value(entry));
        if out.len() > 1 {
            out.extend_from_slice(b", ");
        }
        push_repr(vm, out, key)?;
        out.extend_from_slice(b": ");
        push_repr(vm, out, value)?;
        from = entry + 1;
    }
    Ok(())
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (vm.as_dict(a), vm.as_dict(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match op {
        CompareOp::Eq => equal(vm, x, y).map(Value::bool),
        CompareOp::Ne => equal(vm, x, y).map(|equal| Value::bool(!equal)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn equal(vm: &mut Vm, a: Dict, b: Dict) -> R<bool> {
    if a.len() != b.len() {
        return Ok(false);
    }
    let mut from = 0;
    while let Some(entry) = a.next_entry(from) {
        let key = Key { value: a.key(entry), hash: a.hash(entry) };
        let value = a.entry_value(entry);
        let Some(found) = vm.find_entry(*b, key)? else { return Ok(false) };
        if !equal_items(vm, b.entry_value(found), value)? {
            return Ok(false);
        }
        from = entry + 1;
    }
    Ok(true)
}

/// `dict[key]`; a subclass may have `__missing__`.
fn get_item(vm: &mut Vm, this: Value, key: Value) -> R {
    let dict = dict(vm, this, "__getitem__")?;
    let found = vm.dict_key(key)?;
    if let Some(entry) = vm.find_entry(*dict, found)? {
        return Ok(dict.entry_value(entry));
    }
    if vm.type_of(this) != vm.t.dict
        && let Some(value) = vm.call_special(this, vm.names.__missing__, &[key])?
    {
        return Ok(value);
    }
    Err(no_key(vm, key))
}

/// KeyError with the key itself as its argument, also if it is a tuple.
#[cold]
fn no_key(vm: &mut Vm, key: Value) -> Raised {
    vm.key_error(key)
}

fn set_item(vm: &mut Vm, this: Value, key: Value, value: Value) -> R<()> {
    let dict = dict(vm, this, "__setitem__")?;
    let found = vm.dict_key(key)?;
    if !value.is_absent() {
        return vm.dict_set_key(dict, found, value);
    }
    match vm.find_entry(*dict, found)? {
        Some(entry) => {
            dict.remove(&mut vm.heap, entry);
            Ok(())
        }
        None => Err(no_key(vm, key)),
    }
}

fn contains(vm: &mut Vm, this: Value, key: Value) -> R<bool> {
    let dict = dict(vm, this, "__contains__")?;
    has_key(vm, dict, key)
}

/// `key in dict`
fn has_key(vm: &mut Vm, dict: Dict, key: Value) -> R<bool> {
    let key = vm.dict_key(key)?;
    Ok(vm.find_entry(*dict, key)?.is_some())
}

/// `dict | dict`: always a plain dict.
fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let (Some(source), Some(_)) = (vm.as_dict(left), vm.as_dict(right)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let result = if vm.type_of(left) == vm.t.dict {
        source.copy(&mut vm.heap)
    } else {
        // A subclass may say otherwise what it contains.
        let result = vm.dict();
        update_from(vm, result, left)?;
        result
    };
    update_from(vm, result, right)?;
    Ok(result.value())
}

/// `dict |= anything that dict.update takes`
fn ior(vm: &mut Vm, this: Value, other: Value) -> R {
    let dict = dict(vm, this, "__ior__")?;
    update_from(vm, dict, other)?;
    Ok(this)
}
