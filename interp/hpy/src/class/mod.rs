//! Classes of extension modules: from an `HPyType_Spec` to a class, and its instances.
pub(crate) mod buffer;
mod call;
pub(crate) mod construct;
pub(crate) mod function;
pub(crate) mod getset;
pub(crate) mod invoke;
mod layout;
pub(crate) mod member;
pub(crate) mod operation;
mod slot;
mod wrapper;

use std::ffi::c_void;

use haft_core::object::Kind;
use haft_core::object::extension::{self, Place, PlainInstance};
use haft_core::protocol::NewExtensionType;
use haft_hpy_abi::definition::{Bases, DefinitionError, ErrorClass, TypeDefinition};
use haft_hpy_abi::types::{HPyType_Spec, HPyType_SpecParam, Shape, TPFLAGS_BASETYPE};
use haft_hpy_abi::{CFunction, Cx, TypeSlot};

use crate::handle::value;
use crate::prelude::*;

pub(crate) use call::set_call_function;
pub(crate) use extension::struct_of;

/// Slots by number; those from 1000 on are not looked up.
const N_SLOTS: usize = 81;

/// What the host knows of a class; never freed.
pub(crate) struct ClassData {
    /// The context that its functions are called with.
    pub(crate) cx: Cx,
    /// Functions by slot number.
    functions: [Option<CFunction>; N_SLOTS],
    /// As given.
    shape: Shape,
    /// Bytes from the start of the struct to the `HPyCallFunction` of an instance.
    call_at: Option<usize>,
    /// Are its instances, and those of no other class, objects with nothing but the struct to be made?
    plain: Cell<Option<PlainInstance>>,
}

/// A new instance if that is made without a call: the object and the address of its struct.
#[inline(always)]
pub(crate) fn quick_instance(vm: &mut Vm, class: Value) -> Option<(Value, *mut c_void)> {
    let plain = plain_instance(Type::of_value(class)?)?;
    let object = plain.make_quick(&mut vm.heap)?;
    let address = object.bits() as usize + Place::Object.offset();
    Some((object, std::ptr::with_exposed_provenance_mut(address)))
}

/// What it takes to make an instance, if that is quickly made.
#[inline(always)]
pub(crate) fn plain_instance(class: Type) -> Option<PlainInstance> {
    let plain = ClassData::of(class)?.plain.get()?;
    (class.root_shape.get() == plain.shape).then_some(plain)
}

impl ClassData {
    /// What is known of the class itself.
    #[inline]
    pub(crate) fn of(class: Type) -> Option<&'static ClassData> {
        let data = std::ptr::with_exposed_provenance::<ClassData>(class.host_data.get());
        // SAFETY: 0, or written from a reference that lives forever.
        unsafe { data.as_ref() }
    }
    /// The function in one of its own slots.
    #[inline]
    fn function(&self, slot: TypeSlot) -> Option<CFunction> {
        self.functions.get(slot as usize).copied().flatten()
    }
}

/// A C function with the context to call it with.
#[derive(Clone, Copy)]
pub(crate) struct Found {
    pub(crate) cx: Cx,
    pub(crate) function: CFunction,
}

impl Found {
    /// Are both the same function?
    fn is(self, other: Found) -> bool {
        std::ptr::fn_addr_eq(self.function, other.function)
    }
}

/// The function that a class has in a slot, its own or that of the first base with one.
#[inline]
pub(crate) fn find(class: Type, slot: TypeSlot) -> Option<Found> {
    if let Some(data) = ClassData::of(class)
        && let Some(function) = data.function(slot)
    {
        return Some(Found { cx: data.cx, function });
    }
    find_in_bases(class, slot)
}

fn find_in_bases(class: Type, slot: TypeSlot) -> Option<Found> {
    class.mro_items().iter().skip(1).find_map(|&base| {
        let data = ClassData::of(Type::of_value(base)?)?;
        Some(Found { cx: data.cx, function: data.function(slot)? })
    })
}

/// The shape that a class was made with, or the nearest base that was.
pub(crate) fn shape_of(class: Type) -> Option<Shape> {
    let mut classes = class.mro_items().iter().filter_map(|&base| Type::of_value(base));
    classes.find_map(|class| ClassData::of(class).map(|data| data.shape))
}

/// Raise the exception that an unusable definition is.
#[cold]
pub(crate) fn refuse(vm: &mut Vm, error: &DefinitionError) -> Raised {
    match error.class {
        ErrorClass::System => vm.system_error(&error.message),
        ErrorClass::Type => vm.type_error(&error.message),
        ErrorClass::Value => vm.value_error(&error.message),
    }
}

/// `HPyType_FromSpec`; functions of the class will be called with `cx`.
pub(crate) unsafe fn from_spec(
    vm: &mut Vm,
    cx: Cx,
    spec: *const HPyType_Spec,
    params: *const HPyType_SpecParam,
) -> R<Type> {
    // SAFETY: the caller's duty.
    match unsafe { TypeDefinition::of(spec, params) } {
        Ok(definition) => make(vm, cx, &definition),
        Err(error) => Err(refuse(vm, &error)),
    }
}

/// The bases as a tuple.
fn bases_of(vm: &mut Vm, bases: &Bases) -> R {
    match bases {
        Bases::Default => Ok(vm.tuple(&[vm.t.object.value()])),
        Bases::List(list) => {
            let values: Vec<Value> = list.iter().map(|&base| value(base)).collect();
            Ok(vm.tuple(&values))
        }
        Bases::Tuple(tuple) => match vm.as_tuple(value(*tuple)) {
            Some(tuple) if tuple.is_empty() => Ok(vm.tuple(&[vm.t.object.value()])),
            Some(tuple) => Ok(tuple.value()),
            None => Err(vm.type_error("bases is not a tuple")),
        },
    }
}

/// The metaclass that was asked for.
fn metaclass_of(vm: &mut Vm, definition: &TypeDefinition, bases: &[Value]) -> R<Type> {
    let Some(given) = definition.metaclass else {
        return vm.metaclass_of(vm.t.r#type, bases);
    };
    let Some(class) = Type::of_value(value(given)) else {
        let shown = vm.repr_text(value(given))?;
        return Err(vm.type_error(format!("Metaclass '{shown}' is not a subclass of 'type'.")));
    };
    let (own, usual) = (class.slots.new.get(), vm.t.r#type.slots.new.get());
    if !own.zip(usual).is_some_and(|(own, usual)| std::ptr::fn_addr_eq(own, usual)) {
        return Err(vm.type_error("Metaclasses with custom tp_new are not supported."));
    }
    vm.metaclass_of(class, bases)
}

fn make(vm: &mut Vm, cx: Cx, definition: &TypeDefinition) -> R<Type> {
    let full = state(vm).forever(&definition.name.to_string_lossy());
    let (module, name) = full.rsplit_once('.').unwrap_or(("builtins", full));
    let bases = bases_of(vm, &definition.bases)?;
    let items = vm.as_tuple(bases).map_or(&[][..], Tuple::items);
    let base = vm.layout_base(items)?;
    let metaclass = metaclass_of(vm, definition, items)?;
    let planned = layout::plan(vm, full, definition, base)?;
    let may_be_base = definition.flags & TPFLAGS_BASETYPE != 0;
    let new = NewExtensionType {
        name: vm.intern(name),
        bases,
        base,
        metaclass,
        flags: if may_be_base { TypeFlags::BASE } else { TypeFlags(0) },
        layout: planned.layout,
    };
    let class = vm.new_extension_type(&new)?;
    class.native_name.set(full);
    let mut data = ClassData {
        cx,
        functions: [None; N_SLOTS],
        shape: definition.shape,
        call_at: planned.call_at,
        plain: Cell::new(None),
    };
    for &(slot, function) in &definition.slots {
        if let Some(place) = data.functions.get_mut(slot as usize) {
            *place = Some(function);
        }
    }
    // Kept for good, as the functions themselves are: instances and methods may outlive the class.
    let data: &'static ClassData = Box::leak(Box::new(data));
    class.host_data.set(std::ptr::from_ref(data).expose_provenance());
    fill_namespace(vm, class, data, definition, module);
    vm.inherit_slots(class);
    slot::install(vm, class, data);
    wrapper::add(vm, class, data);
    vm.finish_extension_type(class);
    let layout = class.extension.get().filter(|layout| layout.place == Place::Object);
    data.plain.set(layout.filter(|_| class.slots.del.get().is_none()).map(|layout| {
        let shape = class.root_shape.get();
        let bytes = vm.shapes.at(shape).instance_bytes();
        PlainInstance { layout, kind: layout.kind(), shape, bytes }
    }));
    Ok(class)
}

fn fill_namespace(
    vm: &mut Vm,
    class: Type,
    data: &'static ClassData,
    definition: &TypeDefinition,
    module: &str,
) {
    let module = vm.intern(module);
    vm.dict_set_name(class.dict, vm.names.__module__, module);
    let doc = definition.doc.map(|doc| doc.to_string_lossy());
    let name = class.name_text();
    let (signature, doc) = function::split_doc(&name, doc.as_deref().unwrap_or_default());
    let doc = if definition.doc.is_some() { vm.str(doc) } else { Value::NONE };
    vm.dict_set_name(class.dict, vm.names.__doc__, doc);
    if !signature.is_empty() {
        let signature = vm.str(signature);
        vm.dict_set_str(class.dict, "__text_signature__", signature);
    }
    for method in &definition.methods {
        let row = function::row(vm, data.cx, method);
        let method = vm.native_function_of(
            vm.t.method_descriptor,
            row,
            Value::ABSENT,
            class.value(),
            Value::ABSENT,
        );
        vm.dict_set_str(class.dict, row.name, method);
    }
    for row in definition.members.iter().filter(|row| row.name != call::OFFSET_MEMBER) {
        member::add(vm, class, row);
    }
    for row in &definition.getsets {
        getset::add(vm, class, data.cx, row);
    }
}

/// A new instance with a zeroed struct, and the address of that.
#[inline]
pub(crate) fn new_instance(vm: &mut Vm, class: Value) -> R<(Value, *mut c_void)> {
    let Some(class) = Type::of_value(class) else {
        return Err(vm.type_error("HPy_New arg 1 must be a type"));
    };
    match class.extension.get().map(|layout| layout.place) {
        Some(Place::Object) => {
            let object = vm.new_instance(class, Value::ABSENT);
            let address = object.bits() as usize + Place::Object.offset();
            Ok((object, std::ptr::with_exposed_provenance_mut(address)))
        }
        place => new_other_instance(vm, class, place),
    }
}

fn new_other_instance(vm: &mut Vm, class: Type, place: Option<Place>) -> R<(Value, *mut c_void)> {
    let object = match place {
        Some(Place::Wrapped) => {
            let native = empty_native(vm, class);
            vm.new_instance(class, native)
        }
        Some(Place::List) => vm.new_list_of(class).value(),
        None if class.kind.0 == Kind::Instance => vm.new_instance(class, Value::ABSENT),
        None if class.kind.0 == Kind::Wrapped => {
            let native = empty_native(vm, class);
            vm.new_instance(class, native)
        }
        None if class.kind.0 == Kind::List => vm.new_list_of(class).value(),
        _ => {
            let name = class.name_text();
            return Err(vm.type_error(format!("HPy_New cannot make instances of '{name}'")));
        }
    };
    let start = object.as_ptr().and_then(struct_of);
    // Without a struct there is nothing to write to; the address is only not null.
    let nothing = std::ptr::dangling_mut::<u64>().cast();
    Ok((object, start.unwrap_or(nothing)))
}

/// What an instance wraps before anybody says something else.
fn empty_native(vm: &mut Vm, class: Type) -> Value {
    if class.has(TypeFlags::STR) {
        vm.str("")
    } else if class.has(TypeFlags::TUPLE) {
        vm.tuple(&[])
    } else if class.has(TypeFlags::FLOAT) {
        vm.float(0.0)
    } else if class.has(TypeFlags::BYTES) {
        vm.bytes(b"")
    } else {
        Value::small(0)
    }
}
