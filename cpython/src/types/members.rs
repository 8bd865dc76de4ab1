//! Attributes that are pieces of the native structure.
//!
//! CPython's own member descriptors read them, as a field holds an object's address. Where the structure has no fixed place
//! in the instance (`int`, `tuple`), or where CPython's table of members is in the way, an attribute with getter and setter
//! finds the structure first.

use std::ffi::{CStr, c_int, c_void};
use std::ptr;

use haft_hpy_abi::types::{HPyMember, MemberType};
use pyo3::ffi;

use super::Raised;
use super::layout::{Layout, Place};
use super::registry::nearest;
use super::spec::is_named;
use crate::object::{Object, system_error};

/// The member that says where an instance has the word for calls.
pub(super) const CALL_OFFSET: &CStr = c"__vectorcalloffset__";

/// Members that say where CPython finds something in the instance.
const PLACES: [&CStr; 3] = [CALL_OFFSET, c"__weaklistoffset__", c"__dictoffset__"];

/// Members and attributes for CPython.
#[derive(Default)]
pub(super) struct Tables {
    pub(super) members: Vec<ffi::PyMemberDef>,
    pub(super) getsets: Vec<ffi::PyGetSetDef>,
    /// A member says where the word for calls is.
    pub(super) call_offset: Option<isize>,
}

impl Tables {
    /// Add a member; `direct` if CPython may read it itself.
    pub(super) fn add(
        &mut self,
        member: &HPyMember,
        layout: &Layout,
        direct: bool,
    ) -> Result<(), Raised> {
        if MemberType::of(member.type_).is_none() {
            system_error(&format!("unknown type of a member: {}", member.type_));
            return Err(Raised);
        }
        let is_place = PLACES.iter().any(|name| is_named(member, name));
        let mut row = ffi::PyMemberDef {
            name: member.name,
            type_code: member.type_,
            offset: member.offset,
            flags: if member.readonly == 0 { 0 } else { ffi::Py_READONLY },
            doc: member.doc,
        };
        match layout.place {
            Place::At(start) if direct || is_place => {
                row.offset += start;
                if is_named(member, CALL_OFFSET) {
                    self.call_offset = Some(row.offset);
                }
                self.members.push(row);
            }
            _ => self.getsets.push(distant(row)),
        }
        Ok(())
    }

    /// Say where the word for calls is.
    pub(super) fn add_call_offset(&mut self, offset: isize) {
        self.members.push(ffi::PyMemberDef {
            name: CALL_OFFSET.as_ptr(),
            type_code: ffi::Py_T_PYSSIZET,
            offset,
            flags: ffi::Py_READONLY,
            doc: ptr::null(),
        });
    }
}

/// An attribute that finds the structure first; the offset of the row counts from there.
fn distant(row: ffi::PyMemberDef) -> ffi::PyGetSetDef {
    let readonly = row.flags & ffi::Py_READONLY != 0;
    let (name, doc) = (row.name, row.doc);
    let row: *mut ffi::PyMemberDef = Box::into_raw(Box::new(row));
    ffi::PyGetSetDef {
        name,
        get: Some(get),
        set: if readonly { None } else { Some(set) },
        doc,
        closure: row.cast(),
    }
}

/// The structure of an instance, as the address that a member counts from.
unsafe fn structure(this: Object) -> *mut c_void {
    // SAFETY: CPython checked that it is an instance of the type.
    match nearest(unsafe { ffi::Py_TYPE(this) }) {
        // SAFETY: as above.
        Some(info) => unsafe { info.place.structure(this) },
        None => this.cast(),
    }
}

unsafe extern "C" fn get(this: Object, row: *mut c_void) -> Object {
    // SAFETY: CPython calls it for an instance.
    let structure = unsafe { structure(this) };
    // SAFETY: the row is the one of `distant`, and describes the structure.
    unsafe { ffi::PyMember_GetOne(structure.cast(), row.cast()) }
}

unsafe extern "C" fn set(this: Object, value: Object, row: *mut c_void) -> c_int {
    // SAFETY: CPython calls it for an instance.
    let structure = unsafe { structure(this) };
    // SAFETY: the row is the one of `distant`, and describes the structure.
    unsafe { ffi::PyMember_SetOne(structure.cast(), row.cast(), value) }
}
