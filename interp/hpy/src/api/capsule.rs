//! Capsules.
use std::ffi::{c_char, c_int, c_void};

use haft_hpy_abi::types::{CapsulePart, HPyCapsule_Destructor, HPyFunc_Capsule_Destructor};
use haft_hpy_abi::{Cx, HPy};

use crate::capsule::{Capsule, class};
use crate::handle::{give, status, value, vm};
use crate::prelude::*;

/// The function in a destructor; ValueError if it lacks one.
unsafe fn destructor_of(
    vm: &mut Vm,
    given: *mut HPyCapsule_Destructor,
) -> R<HPyFunc_Capsule_Destructor> {
    // SAFETY: the caller's duty: null or valid.
    match unsafe { given.as_ref() } {
        None => Ok(None),
        Some(given) if given.impl_.is_some() => Ok(given.impl_),
        Some(_) => Err(vm.value_error("Invalid HPyCapsule destructor")),
    }
}

pub(crate) unsafe fn capsule_new(
    cx: Cx,
    pointer: *mut c_void,
    name: *const c_char,
    destructor: *mut HPyCapsule_Destructor,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { destructor_of(vm, destructor) }.and_then(|destructor| {
        if pointer.is_null() {
            return Err(vm.value_error("PyCapsule_New called with null pointer"));
        }
        let capsule = Capsule {
            pointer: NoTrace(Cell::new(pointer)),
            name: NoTrace(Cell::new(name)),
            context: NoTrace(Cell::new(std::ptr::null_mut())),
            destructor: NoTrace(Cell::new(destructor)),
        };
        let class = class(vm);
        Ok(vm.new_payload(class, capsule))
    });
    give(vm, result)
}

/// The capsule; ValueError naming the function that wanted it.
fn capsule_in(vm: &mut Vm, object: Value, function: &str) -> R<PayloadRef<Capsule>> {
    match PayloadRef::of_value(object) {
        Some(capsule) => Ok(capsule),
        None => {
            let message = format!("PyCapsule_{function} called with invalid PyCapsule object");
            Err(vm.value_error(message))
        }
    }
}

pub(crate) unsafe fn capsule_get(
    cx: Cx,
    capsule: HPy,
    key: c_int,
    name: *const c_char,
) -> *mut c_void {
    // SAFETY: the caller's duty.
    unsafe { part(vm(cx), value(capsule), key, name) }.unwrap_or(std::ptr::null_mut())
}

unsafe fn part(vm: &mut Vm, object: Value, key: c_int, name: *const c_char) -> R<*mut c_void> {
    match CapsulePart::of(key) {
        Some(CapsulePart::Pointer) => {
            let capsule = capsule_in(vm, object, "GetPointer")?;
            // SAFETY: the caller's duty.
            if unsafe { capsule.has_name(name) } {
                Ok(capsule.pointer.get())
            } else {
                Err(vm.value_error("PyCapsule_GetPointer called with incorrect name"))
            }
        }
        Some(CapsulePart::Name) => {
            Ok(capsule_in(vm, object, "GetName")?.name.get().cast_mut().cast())
        }
        Some(CapsulePart::Context) => Ok(capsule_in(vm, object, "GetContext")?.context.get()),
        _ => Err(vm.value_error("Invalid operation: get HPyCapsule_key_Destructor")),
    }
}

pub(crate) unsafe fn capsule_is_valid(_: Cx, capsule: HPy, name: *const c_char) -> c_int {
    let capsule = PayloadRef::<Capsule>::of_value(value(capsule));
    // SAFETY: the caller's duty.
    c_int::from(capsule.is_some_and(|capsule| unsafe { capsule.has_name(name) }))
}

pub(crate) unsafe fn capsule_set(cx: Cx, capsule: HPy, key: c_int, to: *mut c_void) -> c_int {
    // SAFETY: the caller's duty.
    status(unsafe { set_part(vm(cx), value(capsule), key, to) })
}

unsafe fn set_part(vm: &mut Vm, object: Value, key: c_int, to: *mut c_void) -> R<()> {
    match CapsulePart::of(key) {
        Some(CapsulePart::Pointer) if to.is_null() => {
            Err(vm.value_error("PyCapsule_SetPointer called with null pointer"))
        }
        Some(CapsulePart::Pointer) => {
            capsule_in(vm, object, "SetPointer")?.pointer.set(to);
            Ok(())
        }
        Some(CapsulePart::Name) => {
            capsule_in(vm, object, "SetName")?.name.set(to.cast_const().cast());
            Ok(())
        }
        Some(CapsulePart::Context) => {
            capsule_in(vm, object, "SetContext")?.context.set(to);
            Ok(())
        }
        Some(CapsulePart::Destructor) => {
            // SAFETY: the caller's duty.
            let destructor = unsafe { destructor_of(vm, to.cast()) }?;
            capsule_in(vm, object, "SetDestructor")?.destructor.set(destructor);
            Ok(())
        }
        None => Err(vm.system_error("bad argument to internal function")),
    }
}
