//! Has CPython make the type.
//!
//! From 3.12 on `PyType_FromMetaclass` makes types of any metaclass. Before, CPython makes types of `type` only, so the type is
//! given its metaclass afterwards. If the metaclass's instances are larger, the type must have room for that: CPython
//! allocates a type together with a copy of its members, so there are as many members as make the room; they are taken out
//! of the type's dict again, nobody looks at the copy any more, and its memory is the metaclass's structure.

use std::ffi::{CString, c_int};
use std::ptr;

use pyo3::ffi;

use super::Raised;
use super::layout::{Layout, size};
use super::slots::{Slots, leak};
use super::spec::Bases;
use crate::late::late;
use crate::object::{Owned, Type};

/// Make the type.
pub(super) fn create(bases: &Bases, layout: &Layout, slots: &mut Slots) -> Result<Owned, Raised> {
    let room = bases.needs_metaclass_room();
    let n_real = slots.members.len();
    let mut rooms = Vec::new();
    if room > 0 {
        let count = room.div_ceil(size_of::<ffi::PyMemberDef>()) + 1;
        for index in n_real..count.max(n_real) {
            let name = CString::new(format!("__haft_room_{index}__")).unwrap_or_default();
            slots.members.push(member(Box::leak(name.into_boxed_c_str()).as_ptr()));
        }
        rooms.extend(slots.members.iter().map(|member| member.name));
    }
    let members = std::mem::take(&mut slots.members);
    let n_members = members.len();
    slots.rows.push(ffi::PyType_Slot {
        slot: ffi::Py_tp_members,
        pfunc: leak(members, member(ptr::null())),
    });
    slots.rows.push(ffi::PyType_Slot { slot: 0, pfunc: ptr::null_mut() });
    let mut spec = ffi::PyType_Spec {
        name: slots.name.as_ptr(),
        basicsize: layout.basicsize as c_int,
        itemsize: slots.itemsize,
        flags: slots.flags,
        slots: slots.rows.as_mut_ptr(),
    };
    let made = match late().from_metaclass {
        // SAFETY: the description is complete; bases and metaclass are alive or null.
        Some(make) => unsafe {
            make(bases.metaclass, ptr::null_mut(), &raw mut spec, bases.tuple())
        },
        // SAFETY: likewise.
        None => unsafe { ffi::PyType_FromSpecWithBases(&raw mut spec, bases.tuple()) },
    };
    let made = Owned::of(made).ok_or(Raised)?;
    if late().from_metaclass.is_none() && !bases.metaclass.is_null() {
        if room > 0 {
            make_room(made.get().cast(), &rooms, n_members)?;
        }
        // SAFETY: the type is new, and has the size of the metaclass's instances.
        unsafe { set_metaclass(made.get().cast(), bases.metaclass) };
    }
    Ok(made)
}

fn member(name: *const std::ffi::c_char) -> ffi::PyMemberDef {
    ffi::PyMemberDef {
        name,
        type_code: ffi::Py_T_BOOL,
        offset: 0,
        flags: ffi::Py_READONLY,
        doc: ptr::null(),
    }
}

/// Turn the copy of the members into zeroed memory.
fn make_room(ty: Type, names: &[*const std::ffi::c_char], count: usize) -> Result<(), Raised> {
    for &name in names {
        // SAFETY: the type is alive, and the name ends in a zero; null deletes.
        if unsafe { ffi::PyObject_SetAttrString(ty.cast(), name, ptr::null_mut()) } < 0 {
            return Err(Raised);
        }
    }
    let start = size(&raw mut ffi::PyType_Type, c"__basicsize__")?;
    // SAFETY: the type was allocated with that many members behind its fixed part.
    let copy = unsafe { ty.byte_offset(start) }.cast::<ffi::PyMemberDef>();
    // SAFETY: no descriptor refers to them any more.
    unsafe { copy.write_bytes(0, count) };
    // SAFETY: a type has a size word behind its header: how many members follow.
    unsafe { (*ty.cast::<ffi::PyVarObject>()).ob_size = 0 };
    Ok(())
}

/// Give a new type its metaclass.
///
/// # Safety
/// Nobody but the caller has seen the type, and its memory is as large as an instance of the metaclass.
unsafe fn set_metaclass(ty: Type, metaclass: Type) {
    // SAFETY: the metaclass is alive.
    unsafe { ffi::Py_INCREF(metaclass.cast()) };
    // SAFETY: the caller's duty.
    unsafe { (*ty.cast::<ffi::PyObject>()).ob_type = metaclass };
    // SAFETY: the type is alive.
    unsafe { ffi::PyType_Modified(ty) };
}
