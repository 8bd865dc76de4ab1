//! Making classes: `type.__new__`.
//!
//! [`type_new`] follows the order of CPython's `type_new_impl`, which programs can observe: namespace, MRO, slots, then
//! `__set_name__` of every attribute, then `__init_subclass__` of the parent.
use haft_heap::Value;

use super::class_layout::{self, Layout};
use super::{mro, slots};
use crate::native::GetSetDef;
use crate::object::{
    CellObject, ClassMethod, Dict, Function, NoTrace, PayloadRef, StaticMethod, Str, Tuple, Type,
    TypeFlags, is_subtype,
};
use crate::vm::{Args, GetSet, NewType, R, Raised, Vm};

pub use super::class_build::build_class;
pub use super::construct::{object_init, object_new, type_call, type_init};

/// The metaclass of a class: the most derived one of `metatype` and the metaclasses of the bases; TypeError if there is
/// none.
pub fn calculate_metaclass(vm: &mut Vm, metatype: Type, bases: &[Value]) -> R<Type> {
    let mut winner = metatype;
    for &base in bases {
        let candidate = vm.type_of(base);
        if is_subtype(winner, candidate.obj()) {
            continue;
        }
        if !is_subtype(candidate, winner.obj()) {
            return Err(vm.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of all its bases",
            ));
        }
        winner = candidate;
    }
    Ok(winner)
}

/// The `new` slot of `type`: `type.__new__(metatype, name, bases, namespace, **keywords)`.
pub(super) fn type_new_slot(vm: &mut Vm, metatype: Value, args: &Args<'_>) -> R {
    let &[name, bases, namespace] = args.positionals() else {
        let n = args.n_positional();
        return Err(vm.type_error(format!("type.__new__() takes exactly 3 arguments ({n} given)")));
    };
    let wrong = |vm: &mut Vm, at: usize, expected: &str, given: Value| -> Raised {
        let given = vm.type_name(given);
        vm.type_error(format!("type.__new__() argument {at} must be {expected}, not {given}"))
    };
    if vm.as_str(name).is_none() {
        return Err(wrong(vm, 1, "str", name));
    }
    let Some(base_items) = vm.as_tuple(bases) else { return Err(wrong(vm, 2, "tuple", bases)) };
    let Some(namespace) = vm.as_dict(namespace) else {
        return Err(wrong(vm, 3, "dict", namespace));
    };
    let Some(metatype) = Type::of_value(metatype) else {
        return Err(vm.type_error("type.__new__(X): X is not a type object"));
    };
    refuse_mro_entries(vm, base_items)?;
    let winner = calculate_metaclass(vm, metatype, base_items.items())?;
    if winner != metatype
        && let Some(new) = winner.slots.new.get()
        && !std::ptr::fn_addr_eq(new, type_new_slot as crate::object::Calling)
    {
        return new(vm, winner.value(), args);
    }
    let keywords = Args { vals: &args.vals[3..], names: args.names };
    type_new(vm, winner, name, bases, namespace, &keywords).map(Type::value)
}

fn refuse_mro_entries(vm: &mut Vm, bases: Tuple) -> R<()> {
    for &base in bases.items() {
        if Type::of_value(base).is_none() && vm.find_attr(base, vm.names.__mro_entries__)?.is_some()
        {
            return Err(
                vm.type_error("type() doesn't support MRO entry resolution; use types.new_class()")
            );
        }
    }
    Ok(())
}

/// Make a class. `metatype` is the metaclass that was calculated, `keywords` are those for `__init_subclass__`.
pub fn type_new(
    vm: &mut Vm,
    metatype: Type,
    name: Value,
    bases: Value,
    namespace: Dict,
    keywords: &Args<'_>,
) -> R<Type> {
    let bases = match vm.as_tuple(bases) {
        Some(bases) if !bases.is_empty() => bases.value(),
        _ => vm.tuple(&[vm.t.object.value()]),
    };
    let items = vm.as_tuple(bases).map_or(&[][..], Tuple::items);
    let base = class_layout::best_base(vm, items)?;
    let name = check_name(vm, name)?;
    let layout = class_layout::plan(vm, name, items, base, namespace)?;
    let dict = namespace.copy(&mut vm.heap);
    let qualname = take_qualname(vm, dict)?.unwrap_or(name.value());
    let class = NewType {
        name: name.value(),
        qualname,
        bases,
        base: base.value(),
        dict,
        flags: layout.flags.with(TypeFlags::HEAP).with(TypeFlags::BASE),
        kind: class_layout::subclass_kind(base),
        metaclass_shape: metatype.root_shape.get(),
        extension: base.extension.get(),
    };
    let ty = vm.alloc_type(class);
    set_attributes(vm, ty);
    class_layout::make_shapes(vm, ty, &layout);
    add_instance_getsets(vm, ty, &layout);
    set_cells(vm, ty)?;
    let order = mro::resolve(vm, ty)?;
    vm.heap.barrier(ty.obj());
    ty.mro.set(order);
    inherit_pattern_flags(ty);
    slots::fix_slots(vm, ty);
    for &base in items {
        if let Some(base) = Type::of_value(base) {
            vm.add_subclass(base, ty);
        }
    }
    set_names(vm, ty)?;
    init_subclass(vm, ty, keywords)?;
    Ok(ty)
}

/// The exact str of a class name; ValueError if it has a zero byte.
pub(super) fn check_name(vm: &mut Vm, name: Value) -> R<Str> {
    let Some(str) = vm.as_str(name) else { return Err(vm.type_error("type name must be a str")) };
    if str.bytes().contains(&0) {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    Ok(str)
}

fn take_qualname(vm: &mut Vm, dict: Dict) -> R<Option<Value>> {
    let name = vm.names.__qualname__;
    let Some(qualname) = vm.dict_get_name(dict, name) else { return Ok(None) };
    let Some(str) = vm.as_str(qualname) else {
        let class = vm.type_name(qualname);
        return Err(vm.type_error(format!("type __qualname__ must be a str, not {class}")));
    };
    vm.dict_remove_name(dict, name);
    Ok(Some(str.value()))
}

/// `__module__`, `__doc__`, and the methods that are static or class methods without being marked.
fn set_attributes(vm: &mut Vm, ty: Type) {
    let dict = ty.dict;
    if vm.dict_get_name(dict, vm.names.__module__).is_none()
        && let Some(globals) = vm.current_globals()
        && let Some(module) = vm.dict_get_name(globals, vm.names.__name__)
    {
        vm.dict_set_name(dict, vm.names.__module__, module);
    }
    if vm.dict_get_name(dict, vm.names.__doc__).is_none() {
        vm.dict_set_name(dict, vm.names.__doc__, Value::NONE);
    }
    if let Some(function) = python_function(vm, dict, vm.names.__new__) {
        let method = vm.new_payload(vm.t.staticmethod, StaticMethod { function: function.into() });
        vm.dict_set_name(dict, vm.names.__new__, method);
    }
    for name in [vm.names.__init_subclass__, vm.names.__class_getitem__] {
        if let Some(function) = python_function(vm, dict, name) {
            let method =
                vm.new_payload(vm.t.classmethod, ClassMethod { function: function.into() });
            vm.dict_set_name(dict, name, method);
        }
    }
}

fn python_function(vm: &mut Vm, dict: Dict, name: Value) -> Option<Value> {
    vm.dict_get_name(dict, name).filter(|&found| PayloadRef::<Function>::of_value(found).is_some())
}

crate::getsets! {
    static INSTANCE_DICT = {
        /// dictionary for instance variables
        __dict__ => instance_dict, |vm, obj, value| {
            // Here deleting means to start with an empty one.
            let value = if value.is_absent() { vm.dict().value() } else { value };
            set_instance_dict(vm, obj, value)
        };
    }
    static NATIVE_DICT = {
        /// dictionary for instance variables
        __dict__ => instance_dict, set_instance_dict;
    }
    static INSTANCE_WEAKREF = {
        /// list of weak references to the object
        __weakref__ => instance_weakref;
    }
}

fn add_instance_getsets(vm: &mut Vm, ty: Type, layout: &Layout) {
    if layout.adds_dict {
        add_getset(vm, ty, &INSTANCE_DICT[0]);
    }
    if layout.adds_weakref {
        add_getset(vm, ty, &INSTANCE_WEAKREF[0]);
    }
}

/// `__dict__` for a native class whose instances have attributes, while its base's have not.
pub(super) fn add_native_dict(vm: &mut Vm, ty: Type) {
    let inherited = Type::of_value(ty.base.get()).is_some_and(|base| base.has(TypeFlags::HAS_DICT));
    if ty.has(TypeFlags::HAS_DICT) && !inherited {
        add_getset(vm, ty, &NATIVE_DICT[0]);
    }
}

fn add_getset(vm: &mut Vm, ty: Type, def: &'static GetSetDef) {
    let name = vm.intern(def.name);
    let getset =
        vm.new_payload(vm.t.getset_descriptor, GetSet { def: NoTrace(def), owner: ty.value() });
    if vm.dict_get_name(ty.dict, name).is_none() {
        vm.dict_set_name(ty.dict, name, getset);
    }
}

/// `obj.__dict__` of any object that has one.
pub(super) fn instance_dict(vm: &mut Vm, obj: Value) -> R {
    match vm.instance_dict(obj) {
        Some(dict) => Ok(dict.value()),
        None => Err(vm.no_attribute(obj, vm.names.__dict__)),
    }
}

/// `obj.__dict__ = dict`.
pub(super) fn set_instance_dict(vm: &mut Vm, obj: Value, value: Value) -> R<()> {
    if value.is_absent() {
        return Err(vm.type_error("cannot delete __dict__"));
    }
    let Some(dict) = vm.as_dict(value) else {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("__dict__ must be set to a dictionary, not a '{class}'")));
    };
    if vm.replace_instance_dict(obj, dict) {
        Ok(())
    } else {
        Err(vm.no_attribute(obj, vm.names.__dict__))
    }
}

/// `obj.__weakref__`: the first of its weak reference objects, or None.
fn instance_weakref(vm: &mut Vm, obj: Value) -> R {
    let Some(target) = obj.as_ptr() else { return Ok(Value::NONE) };
    let ids = vm.heap.weak_ids_of(target);
    let first = ids
        .iter()
        .rev()
        .filter_map(|&id| vm.heap.weak_owner(id))
        .find(|&owner| is_subtype(vm.type_of(Value::from(owner)), vm.t.weakref.obj()));
    Ok(first.map_or(Value::NONE, Value::from))
}

/// Fill `__class__` of the methods, and the namespace that annotation scopes of the class body look into.
fn set_cells(vm: &mut Vm, ty: Type) -> R<()> {
    let parts = [
        (vm.names.__classcell__, "__classcell__", ty.value()),
        (vm.names.__classdictcell__, "__classdictcell__", ty.dict.value()),
    ];
    for (name, shown, contents) in parts {
        let Some(found) = vm.dict_get_name(ty.dict, name) else { continue };
        let Some(cell) = CellObject::of(found) else {
            let class = vm.repr_text(vm.type_of(found).value())?;
            return Err(vm.type_error(format!("{shown} must be a nonlocal cell, not {class}")));
        };
        cell.set(&mut vm.heap, contents);
        vm.dict_remove_name(ty.dict, name);
    }
    Ok(())
}

/// Sequence or mapping for pattern matching: what the first base of the MRO says that says anything.
pub(super) fn inherit_pattern_flags(ty: Type) {
    let both = TypeFlags::SEQUENCE.with(TypeFlags::MAPPING);
    for base in ty.mro_items().iter().filter_map(|&base| Type::of_value(base)) {
        let collection = TypeFlags(base.flags().0 & both.0);
        if collection != TypeFlags(0) {
            ty.add_flags(collection);
            return;
        }
    }
}

/// Tell every attribute that asks for it its name: `__set_name__(class, name)`.
fn set_names(vm: &mut Vm, ty: Type) -> R<()> {
    let attributes = ty.dict.copy(&mut vm.heap);
    for (name, attribute) in attributes.iter() {
        let Some(method) = vm.lookup_special(attribute, vm.names.__set_name__)? else { continue };
        if let Err(raised) = vm.call_positional(method, &[ty.value(), name]) {
            let exception = vm.take_raised(raised);
            let (class, shown, owner) =
                (vm.type_name(attribute), vm.repr_text(name)?, ty.name_text());
            let note = vm.str(&format!(
                "Error calling __set_name__ on '{class}' instance {shown} in '{owner}'"
            ));
            vm.call_method_str(exception, "add_note", &[note])?;
            return Err(vm.raise_again(exception));
        }
    }
    Ok(())
}

/// `super(C, C).__init_subclass__(**keywords)`.
fn init_subclass(vm: &mut Vm, ty: Type, keywords: &Args<'_>) -> R<()> {
    let name = vm.names.__init_subclass__;
    let inherited = ty.mro_items()[1..].iter().find_map(|&base| {
        let base = Type::of_value(base)?;
        Some((base, vm.dict_get_name(base.dict, name)?))
    });
    match inherited {
        Some((base, _)) if base == vm.t.object && keywords.vals.is_empty() => Ok(()),
        Some((_, found)) => {
            let method = match vm.type_of(found).slots.descr_get.get() {
                Some(get) => get(vm, found, Value::ABSENT, ty.value())?,
                None => found,
            };
            vm.call(method, keywords)?;
            Ok(())
        }
        None => Ok(()),
    }
}
