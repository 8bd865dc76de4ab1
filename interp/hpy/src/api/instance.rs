//! Instances of extension types: making them, their structs and fields; globals; the interpreter's lock.
use std::ffi::{c_int, c_void};

use haft_core::object::extension::Place;
use haft_core::vm::Left;
use haft_hpy_abi::types::{
    HPyCallFunction, HPyField, HPyGlobal, HPyThreadState, HPyType_Spec, HPyType_SpecParam, Shape,
};
use haft_hpy_abi::{Cx, HPy};

use crate::class;
use crate::handle::{borrowed, give, owned, status, value, vm};
use crate::prelude::*;

pub(crate) unsafe fn type_from_spec(
    cx: Cx,
    spec: *mut HPyType_Spec,
    params: *mut HPyType_SpecParam,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { class::from_spec(vm, cx.take_outer(), spec, params) };
    give(vm, result.map(Type::value))
}

#[inline]
pub(crate) unsafe fn new(cx: Cx, class: HPy, data: *mut *mut c_void) -> HPy {
    let vm = vm(cx);
    match class::new_instance(vm, value(class)) {
        Ok((object, start)) => {
            // SAFETY: the caller's duty: C wants the address there.
            unsafe { data.write(start) };
            owned(vm, object)
        }
        Err(_) => HPy::NULL,
    }
}

pub(crate) unsafe fn type_generic_new(cx: Cx, class: HPy, _: *const HPy, _: isize, _: HPy) -> HPy {
    let vm = vm(cx);
    let result = class::new_instance(vm, value(class));
    give(vm, result.map(|(object, _)| object))
}

macro_rules! as_struct {
    ($($name:ident $place:ident;)+) => { $(
        #[inline]
        pub(crate) unsafe fn $name(_: Cx, h: HPy) -> *mut c_void {
            let address = h.0.cast_unsigned() + Place::$place.offset();
            std::ptr::with_exposed_provenance_mut(address)
        }
    )+ };
}

as_struct! {
    as_struct_object Object;
    as_struct_type Type;
    as_struct_long Wrapped;
    as_struct_float Wrapped;
    as_struct_unicode Wrapped;
    as_struct_tuple Wrapped;
    as_struct_list List;
}

pub(crate) unsafe fn as_struct_legacy(_: Cx, h: HPy) -> *mut c_void {
    value(h).as_ptr().and_then(class::struct_of).unwrap_or(std::ptr::null_mut())
}

pub(crate) unsafe fn type_get_builtin_shape(cx: Cx, class: HPy) -> c_int {
    match Type::of_value(value(class)) {
        // Types that are not of HPy count as legacy ones.
        Some(class) => class::shape_of(class).unwrap_or(Shape::Legacy) as c_int,
        None => {
            let _raised = vm(cx).type_error("arg must be a type");
            -2
        }
    }
}

pub(crate) unsafe fn set_call_function(cx: Cx, h: HPy, function: *mut HPyCallFunction) -> c_int {
    // SAFETY: the caller's duty.
    status(unsafe { class::set_call_function(vm(cx), value(h), function) })
}

#[inline]
pub(crate) unsafe fn field_store(cx: Cx, target: HPy, field: *mut HPyField, h: HPy) {
    if let Some(target) = value(target).as_ptr() {
        vm(cx).heap.barrier(target);
    }
    // SAFETY: the caller's duty: a field of the target.
    unsafe { field.write(HPyField(h.0)) };
}

#[inline]
pub(crate) unsafe fn field_load(cx: Cx, _: HPy, field: HPyField) -> HPy {
    owned(vm(cx), value(HPy(field.0)))
}

/// Give the global variables of a module their numbers.
pub(crate) fn register_globals(vm: &mut Vm, globals: &[*mut HPyGlobal]) {
    for &global in globals {
        // SAFETY: a variable of the module, which is never unloaded.
        let global = unsafe { &mut *global };
        number_of(vm, global);
    }
}

/// The number of a global variable, which it gets when it has none.
fn number_of(vm: &mut Vm, global: &mut HPyGlobal) -> usize {
    let state = state(vm);
    let mut all = state.globals.borrow_mut();
    if global.is_null() {
        all.push(Value::ABSENT);
        global.0 = all.len().cast_signed();
    }
    let at = global.0.cast_unsigned() - 1;
    // Another runtime of the process may have given the number.
    if at >= all.len() {
        all.resize(at + 1, Value::ABSENT);
    }
    at
}

pub(crate) unsafe fn global_store(cx: Cx, global: *mut HPyGlobal, h: HPy) {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let at = number_of(vm, unsafe { &mut *global });
    state(vm).globals.borrow_mut()[at] = value(h);
}

pub(crate) unsafe fn global_load(cx: Cx, global: HPyGlobal) -> HPy {
    let vm = vm(cx);
    let state = state(vm);
    let at = global.0.cast_unsigned().wrapping_sub(1);
    let found = state.globals.borrow().get(at).copied().unwrap_or(Value::ABSENT);
    if found.is_absent() { borrowed(found) } else { owned(vm, found) }
}

pub(crate) unsafe fn leave_python_execution(cx: Cx) -> HPyThreadState {
    let left = Box::new(vm(cx).leave());
    HPyThreadState(Box::into_raw(left).expose_provenance().cast_signed())
}

pub(crate) unsafe fn reenter_python_execution(_: Cx, state: HPyThreadState) {
    if state.is_null() {
        return;
    }
    let left = std::ptr::with_exposed_provenance_mut::<Left>(state.0.cast_unsigned());
    // SAFETY: the caller's duty: it comes from `leave_python_execution`, and is used once.
    let left = unsafe { Box::from_raw(left) };
    // SAFETY: a runtime that is taken down gives its lock to no other thread, and does not return here.
    unsafe { left.enter_again() };
}
