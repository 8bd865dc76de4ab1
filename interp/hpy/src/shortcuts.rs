//! The quick ways through functions of the context: immediates, and lists and tuples of exactly the built-in classes.
use std::ffi::{c_int, c_void};

use haft_core::object::ShapeId;
use haft_hpy_abi::types::{HPyField, HPyListBuilder, HPyTupleBuilder};
use haft_hpy_abi::{Cx, HPy, Shortcuts};

use crate::class;
use crate::handle::{borrowed, value, vm};
use crate::host::Haft;
use crate::prelude::*;

/// The handle of a small int.
#[inline]
fn small(number: i64) -> Option<HPy> {
    Value::fixnum(number).map(borrowed)
}

/// The list that a value of exactly that class is.
#[inline]
fn exact_list(value: Value) -> Option<List> {
    List::exact(value.as_ptr()?)
}

/// The tuple that a value of exactly that class is.
#[inline]
fn exact_tuple(value: Value) -> Option<Tuple> {
    Tuple::exact(value.as_ptr()?)
}

/// A handle that its receiver owns, if the runtime need not do more than note it. No function is called then, so that
/// the functions here need no frame.
#[inline(always)]
fn noted(vm: &mut Vm, value: Value) -> Option<HPy> {
    vm.handles.note(value).then(|| borrowed(value))
}

/// A list of so many times None.
#[inline(always)]
fn new_list(cx: Cx, len: isize) -> Option<HPy> {
    let vm = vm(cx);
    if !vm.handles.has_room() {
        return None;
    }
    let list = List::quick(&mut vm.heap, usize::try_from(len).ok()?, Value::NONE)?;
    noted(vm, list.value())
}

/// Put an item into a list, if the collector need not hear of it.
#[inline(always)]
fn set_item(list: HPy, index: isize, item: HPy) -> Option<()> {
    let (list, at) = (exact_list(value(list))?, usize::try_from(index).ok()?);
    (!value(item).is_absent() && list.set_young(at, value(item))).then_some(())
}

/// An item of a list or tuple.
#[inline]
fn item(cx: Cx, container: HPy, index: isize) -> Option<HPy> {
    let (container, at) = (value(container), usize::try_from(index).ok()?);
    let found = match exact_list(container) {
        Some(list) => list.get(at)?,
        None => *exact_tuple(container)?.items().get(at)?,
    };
    noted(vm(cx), found)
}

/// Is it an object of exactly the built-in class with this shape? Subclasses take longer.
#[inline(always)]
fn is_exact(h: HPy, shape: ShapeId) -> Option<c_int> {
    match value(h).as_ptr() {
        Some(obj) => (obj.shape() == shape.0).then_some(1),
        None => Some(0),
    }
}

/// A float, or an int that is small.
#[inline(always)]
fn double(h: HPy) -> Option<f64> {
    let value = value(h);
    value.as_float_imm().or_else(|| value.as_fixnum().map(|number| number as f64))
}

/// The result of an operator on two small ints, if that is one as well.
#[inline(always)]
fn on_ints(h1: HPy, h2: HPy, apply: impl FnOnce(i64, i64) -> Option<i64>) -> Option<HPy> {
    small(apply(value(h1).as_fixnum()?, value(h2).as_fixnum()?)?)
}

impl Shortcuts for Haft {
    #[inline(always)]
    unsafe fn dup(cx: Cx, h: HPy) -> Option<HPy> {
        if !value(h).is_ptr() {
            return Some(h);
        }
        noted(vm(cx), value(h))
    }
    #[inline(always)]
    unsafe fn close(cx: Cx, h: HPy) -> Option<()> {
        (!value(h).is_ptr() || vm(cx).handles.close_last(value(h))).then_some(())
    }

    // ---- numbers

    #[inline(always)]
    unsafe fn long_from_int32_t(_: Cx, number: i32) -> Option<HPy> {
        Some(borrowed(Value::small(number)))
    }
    #[inline(always)]
    unsafe fn long_from_uint32_t(_: Cx, number: u32) -> Option<HPy> {
        small(number.into())
    }
    #[inline(always)]
    unsafe fn long_from_int64_t(_: Cx, number: i64) -> Option<HPy> {
        small(number)
    }
    #[inline(always)]
    unsafe fn long_from_uint64_t(_: Cx, number: u64) -> Option<HPy> {
        small(i64::try_from(number).ok()?)
    }
    #[inline(always)]
    unsafe fn long_from_size_t(_: Cx, number: usize) -> Option<HPy> {
        small(i64::try_from(number).ok()?)
    }
    #[inline(always)]
    unsafe fn long_from_ssize_t(_: Cx, number: isize) -> Option<HPy> {
        small(number as i64)
    }
    #[inline(always)]
    unsafe fn long_as_int32_t(_: Cx, h: HPy) -> Option<i32> {
        i32::try_from(value(h).as_fixnum()?).ok()
    }
    #[inline(always)]
    unsafe fn long_as_uint32_t(_: Cx, h: HPy) -> Option<u32> {
        u32::try_from(value(h).as_fixnum()?).ok()
    }
    #[inline(always)]
    unsafe fn long_as_int64_t(_: Cx, h: HPy) -> Option<i64> {
        value(h).as_fixnum()
    }
    #[inline(always)]
    unsafe fn long_as_uint64_t(_: Cx, h: HPy) -> Option<u64> {
        u64::try_from(value(h).as_fixnum()?).ok()
    }
    #[inline(always)]
    unsafe fn long_as_size_t(_: Cx, h: HPy) -> Option<usize> {
        usize::try_from(value(h).as_fixnum()?).ok()
    }
    #[inline(always)]
    unsafe fn long_as_ssize_t(_: Cx, h: HPy) -> Option<isize> {
        value(h).as_fixnum().map(|number| number as isize)
    }
    #[inline(always)]
    unsafe fn float_from_double(_: Cx, number: f64) -> Option<HPy> {
        Value::float(number).map(borrowed)
    }
    #[inline(always)]
    unsafe fn float_as_double(_: Cx, h: HPy) -> Option<f64> {
        double(h)
    }
    #[inline(always)]
    unsafe fn long_as_double(_: Cx, h: HPy) -> Option<f64> {
        value(h).as_fixnum().map(|number| number as f64)
    }
    #[inline(always)]
    unsafe fn bool_from_bool(_: Cx, answer: bool) -> Option<HPy> {
        Some(borrowed(Value::bool(answer)))
    }

    #[inline(always)]
    unsafe fn add(_: Cx, h1: HPy, h2: HPy) -> Option<HPy> {
        on_ints(h1, h2, i64::checked_add)
    }
    #[inline(always)]
    unsafe fn subtract(_: Cx, h1: HPy, h2: HPy) -> Option<HPy> {
        on_ints(h1, h2, i64::checked_sub)
    }
    #[inline(always)]
    unsafe fn multiply(_: Cx, h1: HPy, h2: HPy) -> Option<HPy> {
        on_ints(h1, h2, i64::checked_mul)
    }

    // ---- objects

    #[inline(always)]
    unsafe fn err_clear(cx: Cx) -> Option<()> {
        vm(cx).stack.raised = Value::ABSENT;
        Some(())
    }
    #[inline(always)]
    unsafe fn err_occurred(cx: Cx) -> Option<c_int> {
        Some(c_int::from(!vm(cx).stack.raised.is_absent()))
    }
    #[inline(always)]
    unsafe fn is(_: Cx, obj: HPy, other: HPy) -> Option<c_int> {
        Some(c_int::from(obj == other))
    }
    #[inline(always)]
    unsafe fn is_true(_: Cx, h: HPy) -> Option<c_int> {
        let value = value(h);
        if let Some(number) = value.as_fixnum() {
            return Some(c_int::from(number != 0));
        }
        value.as_bool().map(c_int::from)
    }
    #[inline(always)]
    unsafe fn type_check(cx: Cx, obj: HPy, class: HPy) -> Option<c_int> {
        let own = vm(cx).type_of(value(obj));
        (own.value() == value(class)).then_some(1)
    }
    #[inline(always)]
    unsafe fn new(cx: Cx, class: HPy, data: *mut *mut c_void) -> Option<HPy> {
        let vm = vm(cx);
        if !vm.handles.has_room() {
            return None;
        }
        let (object, start) = class::quick_instance(vm, value(class))?;
        // SAFETY: the caller's duty: C wants the address there.
        unsafe { data.write(start) };
        noted(vm, object)
    }

    // ---- containers

    #[inline(always)]
    unsafe fn unicode_check(_: Cx, h: HPy) -> Option<c_int> {
        is_exact(h, ShapeId::STR)
    }
    #[inline(always)]
    unsafe fn bytes_check(_: Cx, h: HPy) -> Option<c_int> {
        is_exact(h, ShapeId::BYTES)
    }
    #[inline(always)]
    unsafe fn list_check(_: Cx, h: HPy) -> Option<c_int> {
        is_exact(h, ShapeId::LIST)
    }
    #[inline(always)]
    unsafe fn dict_check(_: Cx, h: HPy) -> Option<c_int> {
        is_exact(h, ShapeId::DICT)
    }
    #[inline(always)]
    unsafe fn tuple_check(_: Cx, h: HPy) -> Option<c_int> {
        is_exact(h, ShapeId::TUPLE)
    }
    #[inline(always)]
    unsafe fn list_append(_: Cx, list: HPy, item: HPy) -> Option<c_int> {
        let list = exact_list(value(list))?;
        (!value(item).is_absent() && list.push_young(value(item))).then_some(0)
    }
    #[inline(always)]
    unsafe fn tuple_from_array(cx: Cx, items: *mut HPy, n: isize) -> Option<HPy> {
        let vm = vm(cx);
        if !vm.handles.has_room() {
            return None;
        }
        let n = usize::try_from(n).ok()?;
        let tuple = Tuple::quick(&mut vm.heap, n, Value::NONE)?;
        for at in 0..n {
            // SAFETY: the caller's duty: there are as many handles.
            let place = unsafe { items.add(at) };
            // SAFETY: likewise.
            tuple.init_young(at, value(unsafe { place.read() }));
        }
        noted(vm, tuple.value())
    }
    #[inline(always)]
    unsafe fn length(_: Cx, h: HPy) -> Option<isize> {
        let len = match exact_list(value(h)) {
            Some(list) => list.len(),
            None => exact_tuple(value(h))?.len(),
        };
        Some(len.cast_signed())
    }
    #[inline(always)]
    unsafe fn get_item_i(cx: Cx, obj: HPy, index: isize) -> Option<HPy> {
        item(cx, obj, index)
    }
    #[inline(always)]
    unsafe fn get_item(cx: Cx, obj: HPy, key: HPy) -> Option<HPy> {
        item(cx, obj, value(key).as_fixnum()? as isize)
    }
    #[inline(always)]
    unsafe fn set_item_i(_: Cx, obj: HPy, index: isize, to: HPy) -> Option<c_int> {
        set_item(obj, index, to).map(|()| 0)
    }
    #[inline(always)]
    unsafe fn list_builder_set(
        _: Cx,
        builder: HPyListBuilder,
        index: isize,
        item: HPy,
    ) -> Option<()> {
        set_item(HPy(builder.0), index, item)
    }
    #[inline(always)]
    unsafe fn list_new(cx: Cx, len: isize) -> Option<HPy> {
        new_list(cx, len)
    }
    #[inline(always)]
    unsafe fn list_builder_new(cx: Cx, size: isize) -> Option<HPyListBuilder> {
        new_list(cx, size).map(|list| HPyListBuilder(list.0))
    }
    #[inline(always)]
    unsafe fn tuple_builder_new(cx: Cx, size: isize) -> Option<HPyTupleBuilder> {
        let vm = vm(cx);
        if !vm.handles.has_room() {
            return None;
        }
        let tuple = Tuple::quick(&mut vm.heap, usize::try_from(size).ok()?, Value::NONE)?;
        noted(vm, tuple.value()).map(|tuple| HPyTupleBuilder(tuple.0))
    }
    #[inline(always)]
    unsafe fn tuple_builder_set(
        _: Cx,
        builder: HPyTupleBuilder,
        index: isize,
        item: HPy,
    ) -> Option<()> {
        let (tuple, at) = (exact_tuple(value(HPy(builder.0)))?, usize::try_from(index).ok()?);
        (!value(item).is_absent() && tuple.init_young(at, value(item))).then_some(())
    }
    #[inline(always)]
    unsafe fn list_builder_build(_: Cx, builder: HPyListBuilder) -> Option<HPy> {
        (!builder.is_null()).then_some(HPy(builder.0))
    }
    #[inline(always)]
    unsafe fn tuple_builder_build(_: Cx, builder: HPyTupleBuilder) -> Option<HPy> {
        (!builder.is_null()).then_some(HPy(builder.0))
    }

    // ---- structs of objects and their fields

    #[inline(always)]
    unsafe fn as_struct_object(cx: Cx, h: HPy) -> Option<*mut c_void> {
        // SAFETY: the caller's duty.
        Some(unsafe { crate::api::as_struct_object(cx, h) })
    }
    #[inline(always)]
    unsafe fn field_load(cx: Cx, _: HPy, field: HPyField) -> Option<HPy> {
        noted(vm(cx), value(HPy(field.0)))
    }
}
