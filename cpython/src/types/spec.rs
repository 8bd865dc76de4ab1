//! The description of a type, as C gives it, read and checked.

use std::ffi::{CStr, CString, c_char, c_int, c_ulong};
use std::ptr;

use haft_hpy_abi::TypeSlot;
use haft_hpy_abi::signature::functions;
use haft_hpy_abi::types::{
    DefKind, HPyCFunction, HPyDef, HPyGetSet, HPyMember, HPyMeth, HPyType_Spec, HPyType_SpecParam,
    Shape, SpecParamKind, TPFLAGS_HAVE_GC,
};
use pyo3::ffi;

use super::layout::size;
use super::slot::{self, Slot};
use super::{Raised, is_ours};
use crate::late::late;
use crate::object::{
    Object, Owned, Type, new_reference, object, system_error, type_error, value_error,
};

/// What a type or module defines, sorted by kind.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    pub(crate) methods: Vec<&'static HPyMeth>,
    pub(crate) members: Vec<&'static HPyMember>,
    pub(crate) getsets: Vec<&'static HPyGetSet>,
    /// Number, function, trampoline.
    pub(crate) slots: Vec<(TypeSlot, HPyCFunction, HPyCFunction)>,
}

impl Definitions {
    /// Read an array that ends in null; null is an empty one.
    ///
    /// # Safety
    /// It is one of the headers' definitions, which live as long as the module: for ever.
    pub(crate) unsafe fn read(mut array: *const *mut HPyDef) -> Result<Definitions, Raised> {
        let mut all = Definitions::default();
        if array.is_null() {
            return Ok(all);
        }
        loop {
            // SAFETY: the caller says that the array ends in null.
            let definition = unsafe { array.read() };
            // SAFETY: the caller says that it is a definition, or null.
            let Some(definition) = (unsafe { definition.as_ref::<'static>() }) else { break };
            // SAFETY: the caller says that it is a definition.
            unsafe { all.add(definition) }?;
            // SAFETY: the array goes on, as this was not its end.
            array = unsafe { array.add(1) };
        }
        Ok(all)
    }

    unsafe fn add(&mut self, definition: &'static HPyDef) -> Result<(), Raised> {
        match DefKind::of(definition.kind) {
            // SAFETY: the kind says which it is.
            Some(DefKind::Meth) => self.methods.push(unsafe { &definition.def.meth }),
            // SAFETY: likewise.
            Some(DefKind::Member) => self.members.push(unsafe { &definition.def.member }),
            // SAFETY: likewise.
            Some(DefKind::GetSet) => self.getsets.push(unsafe { &definition.def.getset }),
            Some(DefKind::Slot) => {
                // SAFETY: likewise.
                let row = unsafe { &definition.def.slot };
                let Some(slot) = TypeSlot::of(row.slot) else {
                    system_error(&format!("Unsupported slot in HPyDef (value: {}).", row.slot));
                    return Err(Raised);
                };
                self.slots.push((slot, row.impl_, row.cpy_trampoline));
            }
            None => {
                system_error(&format!("unknown kind of HPyDef: {}", definition.kind));
                return Err(Raised);
            }
        }
        Ok(())
    }

    fn function(&self, wanted: TypeSlot) -> HPyCFunction {
        self.slots.iter().find(|(slot, ..)| *slot == wanted).and_then(|(_, function, _)| *function)
    }

    /// Is there something for that slot?
    pub(crate) fn has(&self, wanted: TypeSlot) -> bool {
        self.slots.iter().any(|(slot, ..)| *slot == wanted)
    }
}

/// The description of a type.
#[derive(Debug)]
pub(crate) struct Spec {
    /// A copy that lives for ever: before 3.11 the type refers to it.
    pub(crate) name: &'static CStr,
    pub(crate) basicsize: isize,
    pub(crate) itemsize: c_int,
    pub(crate) flags: c_ulong,
    pub(crate) shape: Shape,
    pub(crate) legacy_slots: *const ffi::PyType_Slot,
    pub(crate) doc: *const c_char,
    pub(crate) definitions: Definitions,
    pub(crate) traverse: Option<functions::Traverse>,
    pub(crate) destroy: Option<functions::Destroy>,
    /// The trampoline of slot `tp_call`.
    pub(crate) call: HPyCFunction,
    /// A member is the list of weak references.
    pub(crate) weak: bool,
}

impl Spec {
    /// Read a description.
    ///
    /// # Safety
    /// It is one of the headers', and valid.
    pub(crate) unsafe fn read(spec: *const HPyType_Spec) -> Result<Spec, Raised> {
        // SAFETY: the caller says that it is a description.
        let raw = unsafe { &*spec };
        let Some(shape) = Shape::of(raw.builtin_shape) else {
            value_error(&format!("invalid shape: {}", raw.builtin_shape));
            return Err(Raised);
        };
        // SAFETY: the name is a text that ends in a zero.
        let name: CString = unsafe { CStr::from_ptr(raw.name) }.to_owned();
        // SAFETY: the definitions are the headers'.
        let definitions = unsafe { Definitions::read(raw.defines) }?;
        let call = definitions.slots.iter().find(|(slot, ..)| *slot == TypeSlot::TpCall);
        let spec = Spec {
            name: Box::leak(name.into_boxed_c_str()),
            basicsize: raw.basicsize as isize,
            itemsize: raw.itemsize,
            flags: raw.flags,
            shape,
            legacy_slots: raw.legacy_slots.cast(),
            doc: raw.doc,
            // SAFETY: the slot says what the function is.
            traverse: unsafe { retyped(definitions.function(TypeSlot::TpTraverse)) },
            // SAFETY: likewise.
            destroy: unsafe { retyped(definitions.function(TypeSlot::TpDestroy)) },
            call: call.and_then(|(.., trampoline)| *trampoline),
            weak: definitions.members.iter().any(|member| is_named(member, c"__weaklistoffset__")),
            definitions,
        };
        spec.check()?;
        Ok(spec)
    }

    fn check(&self) -> Result<(), Raised> {
        if !self.legacy_slots.is_null() && self.shape != Shape::Legacy {
            type_error(
                "cannot specify .legacy_slots without setting .builtin_shape=HPyType_BuiltinShape_Legacy",
            );
            return Err(Raised);
        }
        let ends = self.traverse.is_some() || self.destroy.is_some();
        // SAFETY: legacy slots end in a row of number 0.
        let mut legacy = unsafe { legacy_rows(self.legacy_slots) };
        if ends && legacy.any(|row| row.slot == ffi::Py_tp_dealloc) {
            type_error("legacy tp_dealloc is incompatible with HPy_tp_traverse or HPy_tp_destroy.");
            return Err(Raised);
        }
        if self.flags & TPFLAGS_HAVE_GC != 0 && self.traverse.is_none() {
            value_error(
                "You must provide an HPy_tp_traverse slot if you specify HPy_TPFLAGS_HAVE_GC",
            );
            return Err(Raised);
        }
        if self.basicsize == 0 && !self.definitions.members.is_empty() {
            type_error("Type claims to have basicsize==0 but defines members");
            return Err(Raised);
        }
        Ok(())
    }
}

/// The rows of legacy slots, less the last.
///
/// # Safety
/// They end in a row of number 0, or the address is null.
pub(crate) unsafe fn legacy_rows(
    rows: *const ffi::PyType_Slot,
) -> impl Iterator<Item = &'static ffi::PyType_Slot> {
    // SAFETY: the caller's duty.
    std::iter::successors(unsafe { rows.as_ref::<'static>() }, |row| {
        // SAFETY: a row that is not the last has one behind it.
        let next = unsafe { ptr::from_ref(*row).add(1) };
        // SAFETY: likewise.
        unsafe { next.as_ref() }
    })
    .take_while(|row| row.slot != 0)
}

/// Is it a member of that name?
pub(crate) fn is_named(member: &HPyMember, name: &CStr) -> bool {
    // SAFETY: names of members are texts that end in a zero.
    unsafe { CStr::from_ptr(member.name) == name }
}

/// A function as one of its real type.
///
/// # Safety
/// `F` is the type of the function.
unsafe fn retyped<F: Copy>(function: HPyCFunction) -> Option<F> {
    const { assert!(size_of::<F>() == size_of::<unsafe extern "C" fn()>()) };
    // SAFETY: the sizes are equal; the caller says that it is an `F`.
    function
        .map(|function| unsafe { std::mem::transmute_copy::<unsafe extern "C" fn(), F>(&function) })
}

/// The bases and the metaclass of a new type.
pub(crate) struct Bases {
    /// A tuple; nothing for `object`.
    tuple: Option<Owned>,
    /// Null if none was given.
    pub(crate) metaclass: Type,
    layout_base: Type,
    /// Bytes that instances of the metaclass have and those of `type` do not.
    room: usize,
}

impl Bases {
    /// Read the parameters.
    ///
    /// # Safety
    /// They end in one of kind 0, or the address is null.
    pub(crate) unsafe fn read(
        params: *const HPyType_SpecParam,
        spec: &Spec,
    ) -> Result<Bases, Raised> {
        let mut single = Vec::new();
        let mut tuple = None;
        let mut metaclass: Object = ptr::null_mut();
        let mut at = params;
        // SAFETY: the caller's duty.
        while let Some(param) = unsafe { at.as_ref() }
            && param.kind != 0
        {
            match SpecParamKind::of(param.kind) {
                Some(SpecParamKind::Base) => single.push(param.object),
                Some(SpecParamKind::BasesTuple) if tuple.is_none() => tuple = Some(param.object),
                Some(SpecParamKind::BasesTuple) => {
                    return fail(
                        type_error,
                        "multiple specifications of HPyType_SpecParam_BasesTuple",
                    );
                }
                Some(SpecParamKind::Metaclass) if metaclass.is_null() => {
                    metaclass = checked_metaclass(object(param.object))?;
                }
                Some(SpecParamKind::Metaclass) => {
                    return fail(value_error, "metaclass was specified multiple times");
                }
                None => {
                    let name = spec.name.to_string_lossy();
                    let text = format!("unknown HPyType_SpecParam specification for '{name}'");
                    return fail(type_error, &text);
                }
            }
            // SAFETY: a parameter that is not the last has one behind it.
            at = unsafe { at.add(1) };
        }
        let tuple = match tuple {
            Some(_) if !single.is_empty() => {
                return fail(
                    type_error,
                    "cannot specify both HPyType_SpecParam_Base and HPytype_SpecParam_BasesTuple",
                );
            }
            // SAFETY: C gives an open handle.
            Some(tuple) => Owned::of(unsafe { new_reference(object(tuple)) }),
            None if single.is_empty() => None,
            None => {
                let count = single.len().cast_signed();
                // SAFETY: the handles are open.
                let made = unsafe { crate::builders::tuple_from_array(single.as_mut_ptr(), count) };
                Some(Owned::of(object(made)).ok_or(Raised)?)
            }
        };
        let layout_base = layout_base(tuple.as_ref())?;
        let room = if metaclass.is_null() { 0 } else { room(metaclass.cast())? };
        Ok(Bases { tuple, metaclass: metaclass.cast(), layout_base, room })
    }

    /// The base whose layout the type extends.
    pub(crate) fn layout_base(&self) -> Type {
        self.layout_base
    }

    /// The tuple, or null.
    pub(crate) fn tuple(&self) -> Object {
        self.tuple.as_ref().map_or(ptr::null_mut(), Owned::get)
    }

    /// Bytes that must be made room for because this CPython makes types of `type` only.
    pub(crate) fn needs_metaclass_room(&self) -> usize {
        if late().from_metaclass.is_some() { 0 } else { self.room }
    }
}

fn fail<T>(raise: fn(&str), message: &str) -> Result<T, Raised> {
    raise(message);
    Err(Raised)
}

/// A metaclass is a subclass of `type` that makes its instances as `type` does: a type from a description is not made by
/// `__new__`.
fn checked_metaclass(object: Object) -> Result<Object, Raised> {
    let plain: Type = &raw mut ffi::PyType_Type;
    // SAFETY: C gives an open handle.
    let is_type = !object.is_null() && unsafe { ffi::PyType_Check(object) } != 0;
    // SAFETY: both are types, as was asked first.
    if is_type && unsafe { ffi::PyType_IsSubtype(object.cast(), plain) } != 0 {
        if slot::slot(object.cast(), Slot::New) == slot::slot(plain, Slot::New) {
            return Ok(object);
        }
        return fail(type_error, "Metaclasses with custom tp_new are not supported.");
    }
    // SAFETY: the handle is open; null gives a text, too.
    let text = Owned::of(unsafe { ffi::PyObject_Repr(object) }).ok_or(Raised)?;
    // SAFETY: `repr` gives a `str`.
    let text = unsafe { utf8(text.get()) };
    fail(type_error, &format!("Metaclass '{text}' is not a subclass of 'type'."))
}

/// Bytes that instances of a metaclass have behind those of `type`.
fn room(metaclass: Type) -> Result<usize, Raised> {
    let own = size(metaclass, c"__basicsize__")?;
    let plain = size(&raw mut ffi::PyType_Type, c"__basicsize__")?;
    Ok((own - plain).max(0).cast_unsigned())
}

/// The base with the largest instances, the first of those; CPython chooses likewise.
fn layout_base(tuple: Option<&Owned>) -> Result<Type, Raised> {
    let mut best: Type = &raw mut ffi::PyBaseObject_Type;
    let Some(tuple) = tuple else { return Ok(best) };
    let mut best_size = -1;
    // SAFETY: alive; anything but a tuple raises.
    let count = unsafe { ffi::PyTuple_Size(tuple.get()) };
    if count < 0 {
        return Err(Raised);
    }
    for index in 0..count {
        // SAFETY: the index is in range.
        let base = unsafe { ffi::PyTuple_GetItem(tuple.get(), index) };
        // SAFETY: alive.
        if unsafe { ffi::PyType_Check(base) } == 0 {
            return fail(type_error, "bases must be types");
        }
        let base: Type = base.cast();
        let size = size(base, c"__basicsize__")?;
        if size > best_size || (size == best_size && is_ours(base) && !is_ours(best)) {
            best = base;
            best_size = size;
        }
    }
    Ok(best)
}

/// The text of a `str`.
///
/// # Safety
/// It is one.
unsafe fn utf8(text: Object) -> String {
    // SAFETY: the caller's duty.
    let bytes = unsafe { crate::late::PyUnicode_AsUTF8AndSize(text, ptr::null_mut()) };
    if bytes.is_null() {
        // SAFETY: it asks for nothing.
        unsafe { ffi::PyErr_Clear() };
        return "?".to_owned();
    }
    // SAFETY: the bytes end in a zero.
    unsafe { CStr::from_ptr(bytes) }.to_string_lossy().into_owned()
}

/// `__name__` of a type, for messages.
pub(crate) fn type_name(ty: Type) -> String {
    // SAFETY: the type is alive.
    let name = unsafe { ffi::PyObject_GetAttrString(ty.cast(), c"__name__".as_ptr()) };
    // SAFETY: `__name__` of a type is a `str`.
    Owned::of(name).map_or_else(|| "?".to_owned(), |name| unsafe { utf8(name.get()) })
}
