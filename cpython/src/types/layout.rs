//! Where the native structure of an instance is.
//!
//! ```text
//! object, float, str, list, type:   [ the base's own bytes ][ pad to 16 ][ structure ][ word for calls ]
//! int, tuple:                       [ the base's own bytes ][ its items ][ pad to 16 ][ structure ]
//! ```
//! `int` and `tuple` keep a variable number of items right behind their fixed part, so the structure comes after those:
//! room for it is part of the fixed size, and its place depends on the number of items. (Upstream's host puts it on top of
//! the second digit.)

use std::ffi::c_void;
use std::sync::atomic::{AtomicUsize, Ordering};

use haft_hpy_abi::types::Shape;
use pyo3::ffi;

use super::members::CALL_OFFSET;
use super::registry::nearest;
use super::spec::{self, Spec, is_named};
use super::{Raised, slot};
use crate::late::late;
use crate::object::{Object, Owned, Type, type_error};

/// The alignment of native structures: that of C's `max_align_t`.
const ALIGN: isize = 16;

/// Where the structure of an instance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// That many bytes behind the address of the object.
    At(isize),
    /// Behind the items, of that many bytes each, which begin at an offset.
    Behind { fixed: isize, item: isize, shape: Shape },
}

/// The layout of instances.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Where the structure is.
    pub(crate) place: Place,
    /// Fixed bytes of an instance, for CPython; 0: as the base.
    pub(crate) basicsize: isize,
    /// Where the word for calls is; 0: there is none.
    pub(crate) call_offset: isize,
    /// The type has such a word of its own, or its base's would be overwritten by the structure.
    pub(crate) own_call: bool,
    structure: bool,
}

impl Layout {
    /// The layout for a description and a base.
    pub(crate) fn of(spec: &Spec, base: Type) -> Result<Layout, Raised> {
        let inherited = nearest(base);
        let base_size = size(base, c"__basicsize__")?;
        let place = match inherited {
            Some(info) if info.structured && info.shape != Shape::Legacy => info.place,
            _ => place(spec, base, base_size)?,
        };
        let mut layout = Layout {
            place,
            basicsize: 0,
            call_offset: inherited.map_or(0, |info| info.call_offset),
            own_call: false,
            structure: spec.basicsize != 0,
        };
        if spec.basicsize != 0 {
            if let Some(info) = inherited
                && info.structured
                && info.basicsize != 0
                && base_size > info.basicsize
                && spec.basicsize > info.basicsize - start(place)
            {
                type_error("a native structure cannot be extended below a class that adds fields");
                return Err(Raised);
            }
            layout.basicsize = match place {
                Place::At(offset) => offset + spec.basicsize,
                Place::Behind { fixed, .. } => fixed + ALIGN + round_up(spec.basicsize, ALIGN),
            };
            note(spec.shape, place);
        }
        layout.place_call(spec, base_size)?;
        Ok(layout)
    }

    /// Has the type a structure of its own?
    pub(crate) fn has_structure(&self) -> bool {
        self.structure
    }

    /// Room for the word that says what a call runs: where a member says that it is, or behind everything else.
    fn place_call(&mut self, spec: &Spec, base_size: isize) -> Result<(), Raised> {
        let mut members = spec.definitions.members.iter();
        if let Some(member) = members.find(|member| is_named(member, CALL_OFFSET))
            && let Place::At(start) = self.place
        {
            self.call_offset = start + member.offset;
            return Ok(());
        }
        let moved = self.call_offset != 0 && self.basicsize != 0;
        if spec.call.is_none() && !moved {
            return Ok(());
        }
        if spec.itemsize != 0 || matches!(self.place, Place::Behind { .. }) {
            type_error("Cannot use HPy call protocol with var objects");
            return Err(Raised);
        }
        if spec.shape == Shape::Legacy && spec.basicsize == 0 {
            type_error(
                "Cannot use HPy call protocol with legacy types that inherit the struct. Either set the basicsize to \
                 a non-zero value or use legacy slot 'Py_tp_call'.",
            );
            return Err(Raised);
        }
        let end = if self.basicsize == 0 { base_size } else { self.basicsize };
        self.call_offset = round_up(end.max(base_size), 8);
        self.basicsize = self.call_offset + 8;
        self.own_call = true;
        Ok(())
    }
}

impl Place {
    /// The structure of an instance.
    ///
    /// # Safety
    /// The object is an instance of a type with this layout.
    pub(crate) unsafe fn structure(self, instance: Object) -> *mut c_void {
        match self {
            // SAFETY: the object has that many bytes and more.
            Place::At(offset) => unsafe { instance.byte_offset(offset) }.cast(),
            Place::Behind { fixed, item, shape } => {
                // SAFETY: the object is an `int` or a `tuple`.
                let count = unsafe { n_items(instance, shape) };
                let end = instance.addr() + (fixed + count * item).cast_unsigned();
                instance.with_addr(end.next_multiple_of(ALIGN.cast_unsigned())).cast()
            }
        }
    }
}

/// Items of an `int` (its digits) or a `tuple`.
unsafe fn n_items(instance: Object, shape: Shape) -> isize {
    if shape == Shape::Tuple {
        // SAFETY: the caller says that it is a tuple.
        return unsafe { ffi::PyTuple_Size(instance) };
    }
    // The word behind the header: the number of digits, with the number's sign; from 3.12 on with three bits below it.
    // SAFETY: every `int` has that word.
    let at = unsafe { instance.byte_add(size_of::<ffi::PyObject>()) };
    // SAFETY: likewise.
    let word = unsafe { at.cast::<isize>().read() };
    if late().minor >= 12 { (word.cast_unsigned() >> 3).cast_signed() } else { word.abs() }
}

/// Where the structure of the first HPy type in a chain is. A base of another shape than was said gets room for both, where
/// that is possible: debug mode finds who then asks for the wrong structure.
fn place(spec: &Spec, base: Type, base_size: isize) -> Result<Place, Raised> {
    let shape = spec.shape;
    if shape == Shape::Legacy {
        return Ok(Place::At(0));
    }
    let builtin = builtin(shape);
    // SAFETY: both are types.
    let fits = unsafe { ffi::PyType_IsSubtype(base, builtin) } != 0;
    Ok(match shape {
        Shape::Long | Shape::Tuple if !fits => {
            let wanted = if shape == Shape::Long { "Long" } else { "Tuple" };
            let (name, base) = (spec.name.to_string_lossy(), spec::type_name(base));
            type_error(&format!(
                "type '{name}' with shape HPyType_BuiltinShape_{wanted} cannot have a struct on top of its base '{base}'"
            ));
            return Err(Raised);
        }
        Shape::Long | Shape::Tuple => {
            Place::Behind { fixed: base_size, item: size(base, c"__itemsize__")?, shape }
        }
        _ if fits => Place::At(round_up(base_size, ALIGN)),
        _ => Place::At(round_up(base_size.max(size(builtin, c"__basicsize__")?), ALIGN)),
    })
}

/// The type that has a shape; null for those without.
fn builtin(shape: Shape) -> Type {
    match shape {
        Shape::Legacy => std::ptr::null_mut(),
        Shape::Object => &raw mut ffi::PyBaseObject_Type,
        Shape::Type => &raw mut ffi::PyType_Type,
        Shape::Long => &raw mut ffi::PyLong_Type,
        Shape::Float => &raw mut ffi::PyFloat_Type,
        Shape::Unicode => &raw mut ffi::PyUnicode_Type,
        Shape::Tuple => &raw mut ffi::PyTuple_Type,
        Shape::List => &raw mut ffi::PyList_Type,
    }
}

/// `type.__basicsize__` and the like.
pub(crate) fn size(ty: Type, attribute: &std::ffi::CStr) -> Result<isize, Raised> {
    // SAFETY: the type is alive, and the name ends in a zero.
    let value = unsafe { ffi::PyObject_GetAttrString(ty.cast(), attribute.as_ptr()) };
    let value = Owned::of(value).ok_or(Raised)?;
    // SAFETY: alive; anything but an `int` raises.
    let size = unsafe { ffi::PyLong_AsSsize_t(value.get()) };
    if size < 0 { Err(Raised) } else { Ok(size) }
}

fn start(place: Place) -> isize {
    match place {
        Place::At(offset) => offset,
        Place::Behind { fixed, .. } => fixed + ALIGN,
    }
}

pub(crate) fn round_up(size: isize, align: isize) -> isize {
    (size + align - 1) & !(align - 1)
}

/// The offset that all structures of a shape have so far; 0: there is none yet; 1: they differ.
static OFFSETS: [AtomicUsize; 7] = [const { AtomicUsize::new(0) }; 7];

/// Remember where the structures of a shape are.
fn note(shape: Shape, place: Place) {
    let Some(cell) = OFFSETS.get((shape as i32) as usize) else { return };
    let offset = match place {
        Place::At(offset) => offset.cast_unsigned(),
        Place::Behind { .. } => 1,
    };
    let old = cell.load(Ordering::Relaxed);
    cell.store(if old == 0 || old == offset { offset } else { 1 }, Ordering::Relaxed);
}

/// The offset of all structures of a shape, if it is the same for all.
pub(crate) fn usual_offset(shape: Shape) -> Option<usize> {
    let offset = OFFSETS.get((shape as i32) as usize)?.load(Ordering::Relaxed);
    (offset > 1).then_some(offset)
}

/// Does an instance of the type take part in the collection of cycles?
pub(crate) fn is_collected(ty: Type) -> bool {
    slot::has(ty, ffi::Py_TPFLAGS_HAVE_GC)
}
