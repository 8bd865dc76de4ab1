//! Lists, tuples, dicts, slices, and builders of the first two.
use std::ffi::c_int;

use haft_core::object::Slice;
use haft_hpy_abi::types::{HPyListBuilder, HPyTupleBuilder};
use haft_hpy_abi::{Cx, HPy};

use super::call::values;
use crate::handle::{give, owned, status, value, vm};
use crate::prelude::*;

#[cold]
fn bad_call(vm: &mut Vm) -> Raised {
    vm.system_error("bad argument to internal function")
}

pub(crate) unsafe fn list_check(cx: Cx, h: HPy) -> c_int {
    c_int::from(vm(cx).as_list(value(h)).is_some())
}

/// A list of `len` times None.
fn new_list(vm: &mut Vm, len: isize) -> R<List> {
    const FEW: [Value; 64] = [Value::NONE; 64];
    let Ok(len) = usize::try_from(len) else { return Err(bad_call(vm)) };
    match FEW.get(..len) {
        Some(items) => Ok(List::from_slice(&mut vm.heap, items)),
        None => Ok(List::from_slice(&mut vm.heap, &vec![Value::NONE; len])),
    }
}

pub(crate) unsafe fn list_new(cx: Cx, len: isize) -> HPy {
    let vm = vm(cx);
    let result = new_list(vm, len).map(List::value);
    give(vm, result)
}

pub(crate) unsafe fn list_append(cx: Cx, list: HPy, item: HPy) -> c_int {
    let vm = vm(cx);
    match vm.as_list(value(list)) {
        Some(list) if !value(item).is_absent() => {
            list.push(&mut vm.heap, value(item));
            0
        }
        _ => status(Err(bad_call(vm))),
    }
}

pub(crate) unsafe fn list_builder_new(cx: Cx, size: isize) -> HPyListBuilder {
    let vm = vm(cx);
    match new_list(vm, size) {
        Ok(list) => HPyListBuilder(owned(vm, list.value()).0),
        Err(raised) => {
            vm.take_raised(raised);
            HPyListBuilder::NULL
        }
    }
}

pub(crate) unsafe fn list_builder_set(cx: Cx, builder: HPyListBuilder, index: isize, item: HPy) {
    let vm = vm(cx);
    let Some(list) = vm.as_list(value(HPy(builder.0))) else { return };
    if let (Ok(at), false) = (usize::try_from(index), value(item).is_absent()) {
        list.set(&mut vm.heap, at, value(item));
    }
}

pub(crate) unsafe fn list_builder_build(cx: Cx, builder: HPyListBuilder) -> HPy {
    if builder.is_null() {
        // SAFETY: needs nothing.
        unsafe { super::err_no_memory(cx) };
    }
    HPy(builder.0)
}

pub(crate) unsafe fn list_builder_cancel(cx: Cx, builder: HPyListBuilder) {
    vm(cx).handles.close(value(HPy(builder.0)));
}

pub(crate) unsafe fn tuple_check(cx: Cx, h: HPy) -> c_int {
    c_int::from(vm(cx).as_tuple(value(h)).is_some())
}

pub(crate) unsafe fn tuple_from_array(cx: Cx, items: *mut HPy, n: isize) -> HPy {
    let vm = vm(cx);
    let result = match usize::try_from(n) {
        // SAFETY: the caller's duty.
        Ok(n) => Ok(vm.tuple(unsafe { values(items, n) })),
        Err(_) => Err(bad_call(vm)),
    };
    give(vm, result)
}

pub(crate) unsafe fn tuple_builder_new(cx: Cx, size: isize) -> HPyTupleBuilder {
    let vm = vm(cx);
    let Ok(len) = usize::try_from(size) else { return HPyTupleBuilder::NULL };
    if len == 0 {
        let empty = vm.tuple(&[]);
        return HPyTupleBuilder(owned(vm, empty).0);
    }
    let tuple = Tuple::with_len(&mut vm.heap, len);
    for at in 0..len {
        tuple.init(&mut vm.heap, at, Value::NONE);
    }
    HPyTupleBuilder(owned(vm, tuple.value()).0)
}

pub(crate) unsafe fn tuple_builder_set(cx: Cx, builder: HPyTupleBuilder, index: isize, item: HPy) {
    let vm = vm(cx);
    let Some(tuple) = vm.as_tuple(value(HPy(builder.0))) else { return };
    let at = usize::try_from(index).ok().filter(|&at| at < tuple.len());
    if let (Some(at), false) = (at, value(item).is_absent()) {
        tuple.init(&mut vm.heap, at, value(item));
    }
}

pub(crate) unsafe fn tuple_builder_build(cx: Cx, builder: HPyTupleBuilder) -> HPy {
    if builder.is_null() {
        // SAFETY: needs nothing.
        unsafe { super::err_no_memory(cx) };
    }
    HPy(builder.0)
}

pub(crate) unsafe fn tuple_builder_cancel(cx: Cx, builder: HPyTupleBuilder) {
    vm(cx).handles.close(value(HPy(builder.0)));
}

pub(crate) unsafe fn dict_check(cx: Cx, h: HPy) -> c_int {
    c_int::from(vm(cx).as_dict(value(h)).is_some())
}

pub(crate) unsafe fn dict_new(cx: Cx) -> HPy {
    let vm = vm(cx);
    let dict = vm.dict().value();
    owned(vm, dict)
}

pub(crate) unsafe fn dict_keys(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = match vm.as_dict(value(h)) {
        Some(dict) => {
            let keys = List::new(&mut vm.heap, dict.len());
            for (key, _) in dict.iter() {
                keys.push(&mut vm.heap, key);
            }
            Ok(keys.value())
        }
        None => Err(bad_call(vm)),
    };
    give(vm, result)
}

pub(crate) unsafe fn dict_copy(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = match vm.as_dict(value(h)) {
        Some(dict) => Ok(dict.copy(&mut vm.heap).value()),
        None => Err(bad_call(vm)),
    };
    give(vm, result)
}

pub(crate) unsafe fn slice_unpack(
    cx: Cx,
    slice: HPy,
    start: *mut isize,
    stop: *mut isize,
    step: *mut isize,
) -> c_int {
    match unpack(vm(cx), value(slice)) {
        Ok(numbers) => {
            for (place, number) in [start, stop, step].into_iter().zip(numbers) {
                // SAFETY: the caller's duty: C wants the number there.
                unsafe { place.write(number) };
            }
            0
        }
        Err(_) => -1,
    }
}

fn unpack(vm: &mut Vm, slice: Value) -> R<[isize; 3]> {
    let Some(slice) = PayloadRef::<Slice>::of_value(slice) else { return Err(bad_call(vm)) };
    let bound = |vm: &mut Vm, value: Value, default: isize| -> R<isize> {
        if value.is_none() {
            return Ok(default);
        }
        if !vm.is_int(value) && vm.type_of(value).slots.index.get().is_none() {
            return Err(
                vm.type_error("slice indices must be integers or None or have an __index__ method")
            );
        }
        Ok(vm.index_clamped(value)? as isize)
    };
    let step = bound(vm, slice.step, 1)?.max(-isize::MAX);
    if step == 0 {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let start = bound(vm, slice.start, if step < 0 { isize::MAX } else { 0 })?;
    let stop = bound(vm, slice.stop, if step < 0 { isize::MIN } else { isize::MAX })?;
    Ok([start, stop, step])
}
