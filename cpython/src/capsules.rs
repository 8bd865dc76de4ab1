//! Capsules.

use std::ffi::{c_char, c_int, c_void};
use std::mem::transmute_copy;
use std::ptr;

use haft_hpy_abi::HPy;
use haft_hpy_abi::types::{CapsulePart, HPyCapsule_Destructor};
use pyo3::ffi;

use crate::object::{handle, object, system_error, value_error};

/// What a description of a destructor says: its trampoline, or nothing for none; an error if it is incomplete.
unsafe fn destructor(
    description: *mut HPyCapsule_Destructor,
) -> Result<Option<ffi::PyCapsule_Destructor>, ()> {
    // SAFETY: C gives the address of a description or null.
    let Some(description) = (unsafe { description.as_ref() }) else { return Ok(None) };
    match (description.cpy_trampoline, description.impl_) {
        (Some(trampoline), Some(_)) => {
            // SAFETY: the headers make a trampoline of this type, and both are function pointers.
            let function = unsafe { transmute_copy::<_, ffi::PyCapsule_Destructor>(&trampoline) };
            Ok(Some(function))
        }
        _ => {
            value_error("Invalid HPyCapsule destructor");
            Err(())
        }
    }
}

/// A capsule.
pub(crate) unsafe fn new(
    pointer: *mut c_void,
    name: *const c_char,
    description: *mut HPyCapsule_Destructor,
) -> HPy {
    // SAFETY: C gives the address of a description or null.
    let Ok(destructor) = (unsafe { destructor(description) }) else { return HPy::NULL };
    // SAFETY: the name stays where it is as long as the capsule, as HPy demands.
    handle(unsafe { ffi::PyCapsule_New(pointer, name, destructor) })
}

/// A part of a capsule.
pub(crate) unsafe fn part(capsule: HPy, part: c_int, name: *const c_char) -> *mut c_void {
    let capsule = object(capsule);
    match CapsulePart::of(part) {
        // SAFETY: C gives an open handle; another object raises.
        Some(CapsulePart::Pointer) => unsafe { ffi::PyCapsule_GetPointer(capsule, name) },
        // SAFETY: likewise.
        Some(CapsulePart::Name) => unsafe { ffi::PyCapsule_GetName(capsule) }.cast_mut().cast(),
        // SAFETY: likewise.
        Some(CapsulePart::Context) => unsafe { ffi::PyCapsule_GetContext(capsule) },
        Some(CapsulePart::Destructor) => {
            value_error("Invalid operation: get HPyCapsule_key_Destructor");
            ptr::null_mut()
        }
        None => {
            system_error("invalid key of a capsule");
            ptr::null_mut()
        }
    }
}

/// Changes a part of a capsule.
pub(crate) unsafe fn set_part(capsule: HPy, part: c_int, value: *mut c_void) -> c_int {
    let capsule = object(capsule);
    match CapsulePart::of(part) {
        // SAFETY: C gives an open handle; another object raises.
        Some(CapsulePart::Pointer) => unsafe { ffi::PyCapsule_SetPointer(capsule, value) },
        // SAFETY: likewise.
        Some(CapsulePart::Name) => unsafe { ffi::PyCapsule_SetName(capsule, value.cast()) },
        // SAFETY: likewise.
        Some(CapsulePart::Context) => unsafe { ffi::PyCapsule_SetContext(capsule, value) },
        // SAFETY: the value of this part is a description or null.
        Some(CapsulePart::Destructor) => match unsafe { destructor(value.cast()) } {
            // SAFETY: as above.
            Ok(function) => unsafe { ffi::PyCapsule_SetDestructor(capsule, function) },
            Err(()) => -1,
        },
        None => {
            system_error("invalid key of a capsule");
            -1
        }
    }
}
