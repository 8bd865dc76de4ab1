//! Parts of instructions that are not on the quick path and are the same for every machine.
use haft_heap::{Obj, Value};

use crate::object::{Dict, Function, List, PayloadRef, ShapeId, Str, Tuple};
use crate::vm::{R, Vm};

/// `object[key]`, with quick paths for the containers that programs use most.
pub(super) fn get_item(vm: &mut Vm, object: Value, key: Value) -> R {
    if let Some(dict) = exact_dict(object) {
        let known = vm.dict_key(key)?;
        if let Some(entry) = vm.find_entry(*dict, known)? {
            return Ok(dict.entry_value(entry));
        }
    }
    vm.get_item(object, key)
}

/// `object[key] = value`, likewise.
pub(super) fn set_item(vm: &mut Vm, object: Value, key: Value, value: Value) -> R {
    match exact_dict(object) {
        Some(dict) => {
            let key = vm.dict_key(key)?;
            vm.dict_set_key(dict, key, value)?;
        }
        None => vm.set_item(object, key, value)?,
    }
    Ok(Value::NONE)
}

/// The dict `value`, if it is no instance of a subclass.
#[inline]
pub(super) fn exact_dict(value: Value) -> Option<Dict> {
    value.as_ptr().filter(|obj| obj.shape() == ShapeId::DICT.0).and_then(Dict::of)
}

/// `object[start:stop]`; the bounds are None where not given.
pub(super) fn get_slice(vm: &mut Vm, object: Value, start: Value, stop: Value) -> R {
    let list = value_of_shape(object, ShapeId::LIST).and_then(List::of);
    let tuple = value_of_shape(object, ShapeId::TUPLE).and_then(Tuple::of);
    let len = list.map(List::len).or_else(|| tuple.map(Tuple::len));
    if let Some(len) = len
        && let (Some(start), Some(stop)) = (bound(start, len, 0), bound(stop, len, len))
    {
        let stop = stop.max(start);
        return Ok(match (list, tuple) {
            (Some(list), _) => vm.list(&list.items()[start..stop]),
            (_, Some(_)) if stop - start == len => object,
            (_, Some(tuple)) => vm.tuple(&tuple.items()[start..stop]),
            _ => Value::NONE,
        });
    }
    if let Some(text) = value_of_shape(object, ShapeId::STR).and_then(Str::of)
        && text.is_ascii()
        && let len = text.byte_len()
        && let (Some(start), Some(stop)) = (bound(start, len, 0), bound(stop, len, len))
    {
        let bytes = &text.bytes()[start..stop.max(start)];
        return Ok(match bytes.len() {
            whole if whole == len => object,
            0 | 1 => vm.str_wtf8(bytes),
            chars => Str::with_counts(&mut vm.heap, bytes, chars).value(),
        });
    }
    let slice = vm.slice(start, stop, Value::NONE);
    vm.get_item(object, slice)
}

/// `object[start:stop] = value`, of these four; the bounds are None where not given.
pub(super) fn set_slice(vm: &mut Vm, [object, start, stop, value]: [Value; 4]) -> R {
    let items = match value_of_shape(value, ShapeId::TUPLE).and_then(Tuple::of) {
        Some(tuple) => Some(tuple.items()),
        None if value == object => None,
        None => value_of_shape(value, ShapeId::LIST).and_then(List::of).map(List::items),
    };
    if let (Some(list), Some(items)) =
        (value_of_shape(object, ShapeId::LIST).and_then(List::of), items)
        && let len = list.len()
        && let (Some(start), Some(stop)) = (bound(start, len, 0), bound(stop, len, len))
    {
        list.splice(&mut vm.heap, start, stop.max(start), items);
        return Ok(Value::NONE);
    }
    let slice = vm.slice(start, stop, Value::NONE);
    vm.set_item(object, slice, value)?;
    Ok(Value::NONE)
}

fn value_of_shape(value: Value, shape: ShapeId) -> Option<Obj> {
    value.as_ptr().filter(|obj| obj.shape() == shape.0)
}

/// A bound of a slice of `len` items as an index; `None` if it is neither None nor a fixnum.
fn bound(value: Value, len: usize, default: usize) -> Option<usize> {
    if value.is_none() {
        return Some(default);
    }
    let number = value.as_fixnum()?;
    let number = if number < 0 { number.saturating_add(len as i64).max(0) } else { number };
    Some((number as usize).min(len))
}

/// The items of any iterable as a tuple of exactly `count`.
pub(super) fn unpack_to_tuple(vm: &mut Vm, source: Value, count: Value) -> R {
    let wanted = vm.as_int(count).unwrap_or(0) as usize;
    if vm.type_of(source).slots.iter.get().is_none()
        && vm.type_of(source).slots.getitem.get().is_none()
    {
        let name = vm.type_name(source);
        return Err(vm.type_error(format!("cannot unpack non-iterable {name} object")));
    }
    let known_len = vm
        .as_list(source)
        .map(List::len)
        .or_else(|| vm.as_tuple(source).map(Tuple::len))
        .or_else(|| vm.as_dict(source).map(|d| d.len()));
    let iter = vm.iterate(source)?;
    let items = vm.new_list();
    while items.len() < wanted {
        let item = vm.next(iter)?;
        if item.is_absent() {
            let got = items.len();
            return Err(vm.value_error(format!(
                "not enough values to unpack (expected {wanted}, got {got})"
            )));
        }
        items.push(&mut vm.heap, item);
    }
    if !vm.next(iter)?.is_absent() {
        return Err(match known_len {
            Some(got) => {
                vm.value_error(format!("too many values to unpack (expected {wanted}, got {got})"))
            }
            None => vm.value_error(format!("too many values to unpack (expected {wanted})")),
        });
    }
    Ok(vm.tuple(items.items()))
}

/// The items of an iterable split for `a, *b, c = …`: (before, rest, after) in one list, the rest as a list in it.
pub(super) fn unpack_ex(vm: &mut Vm, source: Value, before: usize, after: usize) -> R<List> {
    if vm.type_of(source).slots.iter.get().is_none()
        && vm.type_of(source).slots.getitem.get().is_none()
    {
        let name = vm.type_name(source);
        return Err(vm.type_error(format!("cannot unpack non-iterable {name} object")));
    }
    let all = vm.list_of(source)?;
    let (got, least) = (all.len(), before + after);
    if got < least {
        return Err(vm.value_error(format!(
            "not enough values to unpack (expected at least {least}, got {got})"
        )));
    }
    let rest = List::from_slice(&mut vm.heap, &all.items()[before..got - after]);
    all.splice(&mut vm.heap, before, got - after, &[rest.value()]);
    Ok(all)
}

impl Vm {
    /// `__qualname__` of a function as text.
    pub(crate) fn qualname_text(&self, function: PayloadRef<Function>) -> String {
        self.name_text(function.get().qualname.get())
    }
}
