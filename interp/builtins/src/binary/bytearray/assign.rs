//! `array[i] = x`, `array[i:j] = …`, `del`.
use haft_core::object::{PayloadRef, Slice};
use haft_core::{R, Value, Vm};

use super::{Array, NO_BYTE, index, own};
use crate::arguments::slot;
use crate::binary::data::{byte_value, collect, gathered};
use crate::binary::memoryview::check_exports;

pub(super) fn setitem(vm: &mut Vm, array: Value, key: Value, value: Value) -> R<()> {
    let array = own(vm, array, "__setitem__")?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return set_slice(vm, array, slice, value);
    }
    if value.is_absent() {
        let at = index(vm, array, key)?;
        check_exports(vm, array)?;
        array.get().splice(&mut vm.heap, at, at + 1, &[]);
        return Ok(());
    }
    if let (Some(at), Some(byte)) = (key.as_fixnum(), value.as_fixnum())
        && let (Ok(at), Ok(byte)) = (usize::try_from(at), u8::try_from(byte))
        && let Some(place) = array.get().data_mut().get_mut(at)
    {
        *place = byte;
        return Ok(());
    }
    index(vm, array, key)?;
    let byte = byte_value(vm, value, NO_BYTE)?;
    // Converting the value may have shortened the array.
    let at = index(vm, array, key)?;
    array.get().data_mut()[at] = byte;
    Ok(())
}

/// The new bytes of a slice.
fn replacement(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    if value.is_absent() {
        return Ok(Vec::new());
    }
    if let Some(data) = gathered(vm, value)? {
        return Ok(data.into_owned());
    }
    let is_number = slot(vm, value, |s| {
        s.index.get().is_some() || s.int.get().is_some() || s.float.get().is_some()
    });
    if is_number || vm.as_str(value).is_some() {
        return Err(
            vm.type_error("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        );
    }
    if !crate::binary::data::is_iterable(vm, value) {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("cannot convert '{name}' object to bytearray")));
    }
    collect(vm, value, NO_BYTE)
}

fn set_slice(vm: &mut Vm, array: Array, slice: PayloadRef<Slice>, value: Value) -> R<()> {
    let data = replacement(vm, value)?;
    vm.slice_indices(slice, array.len.get())?;
    let (start, step, count) = vm.slice_indices(slice, array.len.get())?;
    if step == 1 {
        let start = start as usize;
        if data.len() != count {
            check_exports(vm, array)?;
        }
        array.get().splice(&mut vm.heap, start, start + count, &data);
        return Ok(());
    }
    if data.is_empty() {
        return delete_stepped(vm, array, (start, step, count));
    }
    if data.len() != count {
        let n = data.len();
        return Err(vm.value_error(format!(
            "attempt to assign bytes of size {n} to extended slice of size {count}"
        )));
    }
    let bytes = array.get().data_mut();
    if let Ok(every) = usize::try_from(step) {
        let places = bytes[start as usize..].iter_mut().step_by(every);
        places.zip(&data).for_each(|(place, &byte)| *place = byte);
        return Ok(());
    }
    for (i, &byte) in data.iter().enumerate() {
        bytes[(start + i as i64 * step) as usize] = byte;
    }
    Ok(())
}

fn delete_stepped(vm: &mut Vm, array: Array, (start, step, count): (i64, i64, usize)) -> R<()> {
    if count == 0 {
        return Ok(());
    }
    check_exports(vm, array)?;
    let last = start + (count as i64 - 1) * step;
    let (low, high, every) =
        (start.min(last) as usize, start.max(last) as usize, step.unsigned_abs() as usize);
    let data = array.data();
    let is_kept = |&at: &usize| at < low || at > high || !(at - low).is_multiple_of(every);
    let kept: Vec<u8> = (0..data.len()).filter(is_kept).map(|at| data[at]).collect();
    array.get().resize(&mut vm.heap, kept.len());
    array.get().data_mut().copy_from_slice(&kept);
    Ok(())
}
