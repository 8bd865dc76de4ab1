//! The slots of a type, in CPython's terms.

use std::ffi::{c_int, c_uint, c_void};
use std::ptr;

use haft_hpy_abi::types::{HPyCFunction, HPyMeth, TPFLAGS_HAVE_GC, TPFLAGS_HAVE_VECTORCALL};
use haft_hpy_abi::{Signature, TypeSlot};
use pyo3::ffi;

use super::layout::{Layout, is_collected};
use super::members::Tables;
use super::spec::{Spec, legacy_rows};
use super::{Raised, lifecycle};
use crate::late;
use crate::object::{Type, system_error, type_error, value_error};

/// Everything that CPython wants to know of a new type, but its bases.
pub(super) struct Slots {
    pub(super) name: &'static std::ffi::CStr,
    pub(super) itemsize: c_int,
    pub(super) flags: c_uint,
    pub(super) rows: Vec<ffi::PyType_Slot>,
    pub(super) members: Vec<ffi::PyMemberDef>,
}

impl Slots {
    fn set(&mut self, slot: c_int, value: *mut c_void) {
        self.rows.push(ffi::PyType_Slot { slot, pfunc: value });
    }
}

/// The slots for a description. With `room` for a metaclass's structure, CPython's table of members is not used.
pub(super) fn of(spec: &Spec, layout: &Layout, base: Type, room: usize) -> Result<Slots, Raised> {
    let mut slots = Slots {
        name: spec.name,
        itemsize: spec.itemsize,
        flags: spec.flags as c_uint,
        rows: Vec::new(),
        members: Vec::new(),
    };
    if !spec.doc.is_null() {
        slots.set(ffi::Py_tp_doc, spec.doc.cast_mut().cast());
    }
    functions(&mut slots, spec);
    ends(&mut slots, spec, base);
    let mut methods = methods(&spec.definitions.methods)?;
    let mut tables = Tables::default();
    for getset in &spec.definitions.getsets {
        tables.getsets.push(ffi::PyGetSetDef {
            name: getset.name,
            // SAFETY: the headers make trampolines of these types.
            get: unsafe { retyped(getset.getter_cpy_trampoline) },
            // SAFETY: likewise.
            set: unsafe { retyped(getset.setter_cpy_trampoline) },
            doc: getset.doc,
            closure: getset.closure,
        });
    }
    for member in &spec.definitions.members {
        tables.add(member, layout, room == 0)?;
    }
    legacy(&mut slots, spec, &mut methods, &mut tables);
    calls(&mut slots, spec, layout, &mut tables)?;
    slots.set(ffi::Py_tp_methods, leak(methods, ffi::PyMethodDef::zeroed()));
    let end = ffi::PyGetSetDef {
        name: ptr::null(),
        get: None,
        set: None,
        doc: ptr::null(),
        closure: ptr::null_mut(),
    };
    slots.set(ffi::Py_tp_getset, leak(tables.getsets, end));
    slots.members = tables.members;
    Ok(slots)
}

/// Slots whose function is the trampoline of the module.
fn functions(slots: &mut Slots, spec: &Spec) {
    for &(slot, _, trampoline) in &spec.definitions.slots {
        match slot {
            TypeSlot::TpDestroy | TypeSlot::TpTraverse | TypeSlot::TpCall => {}
            TypeSlot::ModCreate | TypeSlot::ModExec => {}
            // The numbers of HPy are those of CPython.
            _ => slots.set(slot.number(), address(trampoline)),
        }
    }
}

/// The end of instances, and what the collector asks.
fn ends(slots: &mut Slots, spec: &Spec, base: Type) {
    let collected = spec.flags & TPFLAGS_HAVE_GC != 0 || is_collected(base);
    if spec.traverse.is_some() || spec.destroy.is_some() {
        let dealloc: ffi::destructor = lifecycle::dealloc;
        slots.set(ffi::Py_tp_dealloc, dealloc as *mut c_void);
        if collected {
            slots.flags |= TPFLAGS_HAVE_GC as c_uint;
            let traverse: ffi::traverseproc = lifecycle::traverse;
            let clear: ffi::inquiry = lifecycle::clear;
            slots.set(ffi::Py_tp_traverse, traverse as *mut c_void);
            slots.set(ffi::Py_tp_clear, clear as *mut c_void);
        }
    }
    let free: ffi::freefunc = if collected { lifecycle::free_collected } else { lifecycle::free };
    slots.set(ffi::Py_tp_free, free as *mut c_void);
}

/// The protocol of calls: a word in each instance says what a call runs.
fn calls(
    slots: &mut Slots,
    spec: &Spec,
    layout: &Layout,
    tables: &mut Tables,
) -> Result<(), Raised> {
    let explicit = tables.call_offset.is_some();
    if explicit && spec.call.is_some() {
        type_error(
            "Cannot have HPy_tp_call and explicit member'__vectorcalloffset__'. Specify just one of them.",
        );
        return Err(Raised);
    }
    if layout.own_call {
        tables.add_call_offset(layout.call_offset);
    }
    if !explicit && !layout.own_call {
        return Ok(());
    }
    slots.flags |= TPFLAGS_HAVE_VECTORCALL as c_uint;
    let call: ffi::ternaryfunc = late::PyVectorcall_Call;
    slots.set(ffi::Py_tp_call, call as *mut c_void);
    if layout.own_call && !spec.definitions.has(TypeSlot::TpNew) {
        let new: ffi::newfunc = lifecycle::new_with_call;
        slots.set(ffi::Py_tp_new, new as *mut c_void);
    }
    Ok(())
}

/// Slots of the C API that a legacy type has besides.
fn legacy(
    slots: &mut Slots,
    spec: &Spec,
    methods: &mut Vec<ffi::PyMethodDef>,
    tables: &mut Tables,
) {
    // SAFETY: legacy slots end in a row of number 0.
    for row in unsafe { legacy_rows(spec.legacy_slots) } {
        match row.slot {
            // SAFETY: the slot says what its table is; it ends in a row without a name.
            ffi::Py_tp_methods => unsafe {
                append(methods, row.pfunc.cast(), |row: &ffi::PyMethodDef| row.ml_name.is_null());
            },
            // SAFETY: likewise.
            ffi::Py_tp_members => unsafe {
                append(&mut tables.members, row.pfunc.cast(), |row| row.name.is_null());
            },
            // SAFETY: likewise.
            ffi::Py_tp_getset => unsafe {
                append(&mut tables.getsets, row.pfunc.cast(), |row| row.name.is_null());
            },
            slot => slots.set(slot, row.pfunc),
        }
    }
}

/// The rows of a table in C, up to its end.
///
/// # Safety
/// The table has an end.
pub(crate) unsafe fn append<T: Copy>(
    rows: &mut Vec<T>,
    mut table: *const T,
    is_end: impl Fn(&T) -> bool,
) {
    // SAFETY: the caller's duty.
    while let Some(row) = unsafe { table.as_ref() }
        && !is_end(row)
    {
        rows.push(*row);
        // SAFETY: a row that is not the end has one behind it.
        table = unsafe { table.add(1) };
    }
}

/// The convention of an array of arguments; CPython 3.9 has it, though its limited API does not say so.
const METH_FASTCALL: c_int = 0x80;

/// Methods, for CPython.
pub(crate) fn methods(definitions: &[&'static HPyMeth]) -> Result<Vec<ffi::PyMethodDef>, Raised> {
    let one = |meth: &&'static HPyMeth| {
        let flags = match Signature::of(meth.signature) {
            Some(Signature::Varargs) => METH_FASTCALL,
            Some(Signature::Keywords) => METH_FASTCALL | ffi::METH_KEYWORDS,
            Some(Signature::NoArgs) => ffi::METH_NOARGS,
            Some(Signature::O) => ffi::METH_O,
            _ => {
                value_error("Unsupported HPyMeth signature");
                return Err(Raised);
            }
        };
        // SAFETY: whatever the convention, CPython keeps the function as one of this type.
        let function = unsafe { retyped::<ffi::PyCFunction>(meth.cpy_trampoline) };
        let Some(function) = function else {
            system_error("a method has no trampoline for CPython");
            return Err(Raised);
        };
        let mut row = ffi::PyMethodDef::zeroed();
        row.ml_name = meth.name;
        row.ml_meth = ffi::PyMethodDefPointer { PyCFunction: function };
        row.ml_flags = flags;
        row.ml_doc = meth.doc;
        Ok(row)
    };
    definitions.iter().map(one).collect()
}

/// A table with its end, which lives for ever: descriptors refer to it.
pub(crate) fn leak<T>(mut rows: Vec<T>, end: T) -> *mut c_void {
    rows.push(end);
    Vec::leak(rows).as_mut_ptr().cast()
}

fn address(function: HPyCFunction) -> *mut c_void {
    function.map_or(ptr::null_mut(), |function| function as *mut c_void)
}

/// A trampoline as one of its real type.
///
/// # Safety
/// `F` is that type.
unsafe fn retyped<F: Copy>(function: HPyCFunction) -> Option<F> {
    const { assert!(size_of::<F>() == size_of::<unsafe extern "C" fn()>()) };
    // SAFETY: the sizes are equal; the caller says that it is an `F`.
    function
        .map(|function| unsafe { std::mem::transmute_copy::<unsafe extern "C" fn(), F>(&function) })
}
