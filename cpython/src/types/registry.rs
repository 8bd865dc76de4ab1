//! What is known of each type that HPy made, beyond what CPython keeps.
//!
//! A row is found by the type's address. Rows stay when a type is freed, because instances may outlive weak references to it
//! and everything in its dict (a collection of cycles clears in any order); another type at the same address is no danger,
//! for a type is ours only if its slot `tp_free` is our function, which no subclass inherits, and a new type of ours
//! replaces the row.

use std::collections::BTreeMap;
use std::ffi::c_void;
use std::sync::{PoisonError, RwLock};

use haft_hpy_abi::signature::functions;
use haft_hpy_abi::types::{HPyCFunction, Shape};

use super::layout::{Layout, Place};
use super::lifecycle;
use super::slot::{self, Slot};
use super::spec::Spec;
use crate::object::Type;

/// A row.
#[derive(Debug)]
pub(crate) struct Info {
    /// What the native structure comes after.
    pub(crate) shape: Shape,
    /// Where the structure is.
    pub(crate) place: Place,
    /// It has one, or inherits one.
    pub(crate) structured: bool,
    /// It declares a list of weak references in it.
    pub(crate) weak: bool,
    /// Bytes of an instance that are fixed, as CPython counts; 0 if they are the base's.
    pub(crate) basicsize: isize,
    /// Visits the fields in the structure.
    pub(crate) traverse: Option<functions::Traverse>,
    /// Frees what the structure owns.
    pub(crate) destroy: Option<functions::Destroy>,
    /// What a call of an instance runs, unless that was set for the instance.
    pub(crate) call: HPyCFunction,
    /// Where an instance has the word for it; 0: nowhere.
    pub(crate) call_offset: isize,
}

impl Info {
    /// The row of a type with that base.
    pub(crate) fn new(spec: &Spec, layout: &Layout, base: Type) -> Info {
        let inherited = nearest(base);
        Info {
            shape: spec.shape,
            place: layout.place,
            structured: layout.has_structure() || inherited.is_some_and(|info| info.structured),
            basicsize: layout.basicsize,
            weak: spec.weak,
            traverse: spec.traverse,
            destroy: spec.destroy,
            call: spec.call.or_else(|| inherited.and_then(|info| info.call)),
            call_offset: layout.call_offset,
        }
    }
}

static ROWS: RwLock<BTreeMap<usize, &'static Info>> = RwLock::new(BTreeMap::new());

/// Enter a type.
pub(crate) fn register(ty: Type, info: Info) {
    let row: &'static Info = Box::leak(Box::new(info));
    let mut rows = ROWS.write().unwrap_or_else(PoisonError::into_inner);
    rows.insert(ty.expose_provenance(), row);
}

/// The row of a type itself.
pub(crate) fn info(ty: Type) -> Option<&'static Info> {
    if !slot::is_heap_type(ty) || !is_free(slot::slot(ty, Slot::Free)) {
        return None;
    }
    ROWS.read().unwrap_or_else(PoisonError::into_inner).get(&ty.expose_provenance()).copied()
}

/// The row of a type or of its nearest base that has one. No static type has a base that was made at run time.
pub(crate) fn nearest(ty: Type) -> Option<&'static Info> {
    chain(ty).find_map(info)
}

/// A type and its bases, as long as they were made at run time, and the first that was not.
pub(crate) fn chain(ty: Type) -> impl Iterator<Item = Type> {
    std::iter::successors((!ty.is_null()).then_some(ty), |&ty| {
        let base = if slot::is_heap_type(ty) { slot::base(ty) } else { std::ptr::null_mut() };
        (!base.is_null()).then_some(base)
    })
}

fn is_free(function: *mut c_void) -> bool {
    let plain: unsafe extern "C" fn(*mut c_void) = lifecycle::free;
    let collected: unsafe extern "C" fn(*mut c_void) = lifecycle::free_collected;
    function == plain as *mut c_void || function == collected as *mut c_void
}
