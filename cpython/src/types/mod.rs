//! Types that extension modules make, and their instances.
//!
//! A type of HPy is an ordinary heap type of CPython whose instances have the native structure of C behind the base's own
//! (see [`layout`]). What HPy knows of a type beyond what CPython does lies in a [`registry`]; upstream's host marks types
//! with a bit of `tp_flags` that CPython 3.13 gave another meaning, and crashes there.
//!
//! One way of making them serves all versions: sizes are asked of the base (`__basicsize__`), never taken from a header.
//! The result is the layout that `PyType_FromMetaclass` with a negative `basicsize` would choose, but the sizes are given
//! as positive ones: the structure of a derived HPy type *contains* its base's, as in C, while CPython's relative sizes
//! would put it behind.

mod layout;
mod lifecycle;
mod members;
mod metaclass;
mod registry;
mod slot;
mod slots;
mod spec;

use std::collections::BTreeMap;
use std::ffi::{c_char, c_int, c_void};
use std::ptr;
use std::sync::Mutex;

use haft_hpy_abi::HPy;
use haft_hpy_abi::types::{HPyCallFunction, HPyType_Spec, HPyType_SpecParam, Shape};
use pyo3::ffi;

use crate::late::PyUnicode_AsUTF8AndSize;
use crate::object::{Object, Owned, Type, handle, object, type_error};
use layout::Layout;
pub(crate) use lifecycle::traverse;
use registry::{Info, info, nearest};
use spec::{Bases, Spec};

/// Definitions in CPython's terms, for modules as well.
pub(crate) mod definitions {
    pub(crate) use super::slots::{append, leak, methods};
    pub(crate) use super::spec::Definitions;
}

/// An exception was raised.
#[derive(Debug)]
pub(crate) struct Raised;

/// The new type of a description.
pub(crate) unsafe fn from_spec(spec: *mut HPyType_Spec, params: *mut HPyType_SpecParam) -> HPy {
    // SAFETY: C gives the address of a description.
    let made = unsafe { make(spec, params) };
    made.map_or(HPy::NULL, |ty| handle(ty.into_raw()))
}

unsafe fn make(spec: *mut HPyType_Spec, params: *mut HPyType_SpecParam) -> Result<Owned, Raised> {
    // SAFETY: C gives the address of a description and of parameters, or null.
    let spec = unsafe { Spec::read(spec) }?;
    // SAFETY: as above.
    let bases = unsafe { Bases::read(params, &spec) }?;
    let base = bases.layout_base();
    let layout = Layout::of(&spec, base)?;
    let mut slots = slots::of(&spec, &layout, base, bases.needs_metaclass_room())?;
    let ty = metaclass::create(&bases, &layout, &mut slots)?;
    let made: Type = ty.get().cast();
    if slot::base(made) != base && layout.has_structure() {
        type_error("the native structure comes after another base than the first with one");
        return Err(Raised);
    }
    if spec.shape == Shape::Legacy && nearest(base).is_some_and(|info| info.shape != Shape::Legacy)
    {
        type_error("A legacy type should not inherit its memory layout from a pure type");
        return Err(Raised);
    }
    registry::register(made, Info::new(&spec, &layout, base));
    Ok(ty)
}

/// A new instance whose native structure is zero.
pub(crate) unsafe fn new(class: HPy, data: *mut *mut c_void) -> HPy {
    let class = object(class);
    // SAFETY: C gives an open handle.
    if unsafe { ffi::PyType_Check(class) } == 0 {
        type_error("HPy_New arg 1 must be a type");
        return HPy::NULL;
    }
    let class: Type = class.cast();
    // SAFETY: it is a type; all memory behind the header is zeroed.
    let instance = unsafe { ffi::PyType_GenericAlloc(class, 0) };
    if instance.is_null() {
        return HPy::NULL;
    }
    let known = nearest(class);
    if let Some(info) = known {
        // SAFETY: the instance is new, and the type is the one it was made of.
        unsafe { lifecycle::init_call(info, class, instance) };
    }
    let structure = match known {
        // SAFETY: the instance is of that type.
        Some(info) => unsafe { info.place.structure(instance) },
        None => instance.cast(),
    };
    // SAFETY: C gives the address of a pointer.
    unsafe { data.write(structure) };
    handle(instance)
}

/// `tp_new` for types that do nothing but allocate.
pub(crate) unsafe fn generic_new(class: HPy, _: *const HPy, _: isize, _: HPy) -> HPy {
    let class = object(class);
    // SAFETY: C gives an open handle.
    if unsafe { ffi::PyType_Check(class) } == 0 {
        type_error("HPy_Type_GenericNew arg 1 must be a type");
        return HPy::NULL;
    }
    // SAFETY: it is a type.
    handle(unsafe { lifecycle::allocate(class.cast()) })
}

/// The native structure of an instance of a type with that shape.
///
/// # Safety
/// The object is alive, and its type or a base of it was made by [`from_spec`] with that shape.
pub(crate) unsafe fn structure(instance: Object, shape: Shape) -> *mut c_void {
    if let Some(offset) = layout::usual_offset(shape) {
        // SAFETY: the structure of every type of that shape begins there.
        return unsafe { instance.byte_add(offset) }.cast();
    }
    // SAFETY: it is alive.
    match nearest(unsafe { ffi::Py_TYPE(instance) }) {
        // SAFETY: it is an instance of that type.
        Some(info) => unsafe { info.place.structure(instance) },
        None => ptr::null_mut(),
    }
}

/// The shape of a type or of its nearest base that HPy made; `Legacy` for all others.
pub(crate) unsafe fn builtin_shape(class: HPy) -> c_int {
    let class = object(class);
    // SAFETY: C gives an open handle.
    if unsafe { ffi::PyType_Check(class) } == 0 {
        type_error("arg must be a type");
        return -2;
    }
    nearest(class.cast()).map_or(Shape::Legacy as c_int, |info| info.shape as c_int)
}

/// `class.__name__` in UTF-8, which lives as long as the type.
pub(crate) unsafe fn name(class: HPy) -> *const c_char {
    let class = object(class);
    // SAFETY: C gives an open handle of a type.
    let name = Owned::of(unsafe { ffi::PyObject_GetAttrString(class, c"__name__".as_ptr()) });
    let Some(name) = name else { return ptr::null() };
    if slot::is_heap_type(class.cast()) {
        // A heap type keeps the very object, and that its UTF-8.
        // SAFETY: `__name__` of a type is a `str`.
        return unsafe { PyUnicode_AsUTF8AndSize(name.get(), ptr::null_mut()) };
    }
    static_name(class.cast(), name)
}

/// Static types live for ever, and make `__name__` anew each time: the first one is kept.
fn static_name(class: Type, name: Owned) -> *const c_char {
    static NAMES: Mutex<BTreeMap<usize, usize>> = Mutex::new(BTreeMap::new());
    let mut names = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let kept = names.entry(class.expose_provenance()).or_insert_with(|| {
        let name = name.into_raw();
        // SAFETY: `__name__` of a type is a `str`, and the reference is never given up.
        unsafe { PyUnicode_AsUTF8AndSize(name, ptr::null_mut()) }.expose_provenance()
    });
    ptr::with_exposed_provenance(*kept)
}

/// Sets what a call of this one instance runs.
pub(crate) unsafe fn set_call_function(h: HPy, function: *mut HPyCallFunction) -> c_int {
    let instance = object(h);
    // SAFETY: C gives an open handle.
    let class = unsafe { ffi::Py_TYPE(instance) };
    let offset = nearest(class).map_or(0, |info| info.call_offset);
    if offset == 0 {
        let name = spec::type_name(class);
        type_error(&format!("type '{name:.50}' does not implement the HPy call protocol"));
        return -1;
    }
    // SAFETY: C gives the address of a description.
    let trampoline = unsafe { (*function).cpy_trampoline };
    // SAFETY: instances of that type have a word for it there.
    unsafe { lifecycle::set_call(instance, offset, trampoline) };
    0
}

/// Is it a type that HPy made?
pub(crate) fn is_ours(class: Type) -> bool {
    info(class).is_some()
}
