//! What operators do with arrays.
use haft_core::object::{CompareOp, PayloadRef, Slice};
use haft_core::{R, Value, Vm};

use super::{Array, ArrayRef, item, make, resizable, this};
use crate::array::items::store;
use crate::support;

pub(super) fn repr(vm: &mut Vm, value: Value) -> R {
    let array = this(vm, value)?;
    let (name, letter) = (vm.type_of(value).name_text(), char::from(array.code.letter));
    if array.len() == 0 {
        return Ok(vm.str(&format!("{name}('{letter}')")));
    }
    let how = if array.code.is_text() { "tounicode" } else { "tolist" };
    let items = vm.call_method_str(value, how, &[])?;
    let items = vm.repr(items)?;
    let items = vm.shown(items);
    Ok(vm.str(&format!("{name}('{letter}', {items})")))
}

pub(super) fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let array = this(vm, value)?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        let (start, step, count) = vm.slice_indices(slice, array.len())?;
        let size = array.code.size;
        let data = array.data.borrow();
        let mut part = Vec::with_capacity(count * size);
        for i in 0..count as i64 {
            let at = (start + i * step) as usize * size;
            part.extend_from_slice(&data[at..at + size]);
        }
        drop(data);
        return Ok(make(vm, *array.code, part));
    }
    check_index(vm, key)?;
    let at = vm.sequence_index(key, array.len(), "array index out of range")?;
    item(vm, array, at)
}

fn check_index(vm: &mut Vm, key: Value) -> R<()> {
    if vm.is_int(key) || vm.type_of(key).slots.index.get().is_some() {
        return Ok(());
    }
    Err(vm.type_error("array indices must be integers"))
}

pub(super) fn setitem(vm: &mut Vm, value: Value, key: Value, new: Value) -> R<()> {
    let array = this(vm, value)?;
    let size = array.code.size;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return set_slice(vm, array, slice, new);
    }
    check_index(vm, key)?;
    let at = vm.sequence_index(key, array.len(), "array assignment index out of range")?;
    if new.is_absent() {
        resizable(vm, value)?;
        array.data.borrow_mut().drain(at * size..(at + 1) * size);
        return Ok(());
    }
    let raw = store(vm, *array.code, new)?;
    match array.data.borrow_mut().get_mut(at * size..(at + 1) * size) {
        Some(place) => {
            place.copy_from_slice(&raw[..size]);
            Ok(())
        }
        None => Err(vm.index_error("array assignment index out of range")),
    }
}

fn set_slice(vm: &mut Vm, array: ArrayRef, slice: PayloadRef<Slice>, new: Value) -> R<()> {
    let size = array.code.size;
    let part = if new.is_absent() {
        Vec::new()
    } else if let Some(other) = PayloadRef::<Array>::of_value(new) {
        if *other.code != *array.code {
            return Err(vm.type_error("bad argument type for built-in operation"));
        }
        other.data.borrow().clone()
    } else {
        let name = vm.type_name(new);
        return Err(vm.type_error(format!("can only assign array (not \"{name}\") to array slice")));
    };
    let (start, step, count) = vm.slice_indices(slice, array.len())?;
    if part.len() != count * size && (step == 1 || new.is_absent()) {
        resizable(vm, array.value())?;
    }
    if step == 1 {
        let from = start as usize * size;
        array.data.borrow_mut().splice(from..from + count * size, part);
        return Ok(());
    }
    let places = (0..count as i64).map(|i| (start + i * step) as usize);
    if new.is_absent() {
        let mut places: Vec<usize> = places.collect();
        places.sort_unstable();
        let mut data = array.data.borrow_mut();
        for at in places.into_iter().rev() {
            data.drain(at * size..(at + 1) * size);
        }
        return Ok(());
    }
    let n = part.len() / size;
    if n != count {
        return Err(vm.value_error(format!(
            "attempt to assign array of size {n} to extended slice of size {count}"
        )));
    }
    let mut data = array.data.borrow_mut();
    for (at, raw) in places.zip(part.chunks(size)) {
        data[at * size..(at + 1) * size].copy_from_slice(raw);
    }
    Ok(())
}

pub(super) fn contains(vm: &mut Vm, value: Value, wanted: Value) -> R<bool> {
    let array = this(vm, value)?;
    Ok(find(vm, array, wanted, 0, usize::MAX)?.is_some())
}

/// Where an item equal to `wanted` is in `from..to`.
pub(super) fn find(
    vm: &mut Vm,
    array: ArrayRef,
    wanted: Value,
    from: usize,
    to: usize,
) -> R<Option<usize>> {
    let mut at = from;
    while at < to && at < array.len() {
        let found = item(vm, array, at)?;
        if vm.equals(found, wanted)? {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

pub(super) fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(left), Some(right)) =
        (PayloadRef::<Array>::of_value(a), PayloadRef::<Array>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if left.len() != right.len() && matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    let mut at = 0;
    while at < left.len() && at < right.len() {
        let (x, y) = (item(vm, left, at)?, item(vm, right, at)?);
        if !vm.equals(x, y)? {
            return match op {
                CompareOp::Eq => Ok(Value::FALSE),
                CompareOp::Ne => Ok(Value::TRUE),
                _ => vm.compare(x, y, op),
            };
        }
        at += 1;
    }
    Ok(Value::bool(op.holds(left.len().cmp(&right.len()))))
}

pub(super) fn concat(vm: &mut Vm, a: Value, b: Value) -> R {
    let array = this(vm, a)?;
    let Some(other) = PayloadRef::<Array>::of_value(b) else {
        let name = vm.type_name(b);
        return Err(vm.type_error(format!("can only append array (not \"{name}\") to array")));
    };
    if *other.code != *array.code {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let mut data = array.data.borrow().clone();
    data.extend_from_slice(&other.data.borrow());
    Ok(make(vm, *array.code, data))
}

pub(super) fn iadd(vm: &mut Vm, a: Value, b: Value) -> R {
    if PayloadRef::<Array>::of_value(b).is_none() {
        let name = vm.type_name(b);
        return Err(vm.type_error(format!("can only extend with array (not \"{name}\")")));
    }
    super::methods::extend(vm, &[a, b])?;
    Ok(a)
}

fn repeated(vm: &mut Vm, array: ArrayRef, n: Value) -> R<Vec<u8>> {
    let n = vm.index_of(n)?.max(0) as usize;
    let data = array.data.borrow();
    let fits =
        data.len().checked_mul(n).filter(|&len| Vec::<u8>::new().try_reserve_exact(len).is_ok());
    if fits.is_some() {
        return Ok(data.repeat(n));
    }
    drop(data);
    Err(support::no_memory(vm))
}

pub(super) fn repeat(vm: &mut Vm, a: Value, n: Value) -> R {
    let array = this(vm, a)?;
    let data = repeated(vm, array, n)?;
    Ok(make(vm, *array.code, data))
}

pub(super) fn imul(vm: &mut Vm, a: Value, n: Value) -> R {
    let array = this(vm, a)?;
    let data = repeated(vm, array, n)?;
    if data.len() != array.data.borrow().len() {
        resizable(vm, a)?;
    }
    *array.data.borrow_mut() = data;
    Ok(a)
}
