//! The class `type`: attributes and methods of classes.
use haft_heap::Value;

use super::descriptors::MappingProxy;
use super::{class, construct, mro, object_type, reassign, slots, type_attributes};
use crate::object::{Kind, Slots, Str, Type, TypeFlags};
use crate::vm::{R, Raised, Vm};

/// Slots, methods and computed attributes of `type`.
pub(super) fn fill(vm: &mut Vm) {
    vm.fill_type(
        vm.t.r#type,
        "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
        set_slots,
        METHODS,
        GETSETS,
    );
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(type_repr));
    slots.call.set(Some(construct::type_call_slot));
    slots.getattro.set(Some(type_attributes::type_getattro));
    slots.setattro.set(Some(type_attributes::type_setattro));
    slots.new.set(Some(class::type_new_slot));
    slots.init.set(Some(construct::type_init));
    slots.or.set(Some(type_or));
}

crate::natives! {
    static METHODS = {
        /// Return a type's method resolution order.
        mro "($self, /)" => type_mro;
        /// Return a list of immediate subclasses.
        __subclasses__ "($self, /)" => type_subclasses;
        /// Create the namespace for the class statement
        class __prepare__ "($cls, /, *args, **kwargs)" => type_prepare;
        /// Check if an object is an instance.
        __instancecheck__ "($self, instance, /)" => type_instancecheck;
        /// Check if a class is a subclass.
        __subclasscheck__ "($self, subclass, /)" => type_subclasscheck;
        /// Specialized __dir__ implementation for types.
        __dir__ "($self, /)" => type_dir;
        /// Return memory consumption of the type object.
        __sizeof__ "($self, /)" => type_sizeof;
    }
}

crate::getsets! {
    static GETSETS = {
        /// The name of the class.
        __name__ => |vm, class| Ok(this(vm, class)?.name.get()), set_name;
        /// The dotted path of the class within its module.
        __qualname__ => |vm, class| Ok(this(vm, class)?.qualname.get()), set_qualname;
        /// The module the class was defined in.
        __module__ => module, set_module;
        /// The base classes.
        __bases__ => |vm, class| Ok(this(vm, class)?.bases.get()), set_bases;
        /// The classes searched for attributes, in order.
        __mro__ => |vm, class| Ok(this(vm, class)?.mro.get().or_none());
        /// The base whose layout the class extends.
        __base__ => |vm, class| Ok(this(vm, class)?.base.get().or_none());
        /// The namespace of the class, read-only.
        __dict__ => dict;
        /// The docstring.
        __doc__ => doc, set_doc;
        /// Names of methods without implementation.
        __abstractmethods__ => abstract_methods, set_abstract_methods;
        /// The annotations of the class.
        __annotations__ => annotations, set_annotations;
        /// The function that computes the annotations, or None.
        __annotate__ => annotate, set_annotate;
        /// The type parameters.
        __type_params__ => type_params, set_type_params;
        /// Facts about the class, a bit each.
        __flags__ => flags;
        /// Size of an instance in bytes.
        __basicsize__ => basicsize;
        /// Size of an item of a variable-sized instance in bytes.
        __itemsize__ => itemsize;
        /// Not 0 if instances have a dict.
        __dictoffset__ => |vm, class| Ok(Value::small(-i32::from(this(vm, class)?.has(TypeFlags::HAS_DICT))));
        /// Not 0 if instances can be weakly referenced.
        __weakrefoffset__ => |vm, class| Ok(Value::small(-8 * i32::from(this(vm, class)?.has(TypeFlags::HAS_WEAKREFS))));
        /// The signature of the constructor, if it is known.
        __text_signature__ => text_signature;
    }
}

/// Classes of C code say it; native ones begin their docstring with it, the name before and a line of two dashes behind.
fn text_signature(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    if ty.host_data.get() == 0 {
        let is_native = !ty.has(TypeFlags::HEAP);
        let (doc, name) = (vm.dict_get_name(ty.dict, vm.names.__doc__), ty.name_text());
        let doc = doc.filter(|_| is_native).and_then(|doc| vm.as_str(doc));
        let signature = doc.and_then(Str::as_utf8).and_then(|doc| {
            let (signature, _) = doc.strip_prefix(name.as_str())?.split_once("\n--\n\n")?;
            signature.starts_with('(').then_some(signature)
        });
        return Ok(signature.map_or(Value::NONE, |signature| vm.str(signature)));
    }
    Ok(vm.dict_get_str(ty.dict, "__text_signature__").unwrap_or(Value::NONE))
}

/// The class `value`, as the descriptors of `type` need it.
pub(super) fn this(vm: &mut Vm, value: Value) -> R<Type> {
    match Type::of_value(value) {
        Some(ty) => Ok(ty),
        None => {
            let name = vm.type_name(value);
            Err(vm
                .type_error(format!("descriptor requires a 'type' object but received a '{name}'")))
        }
    }
}

/// Error for setting (or, for ABSENT, deleting) a special attribute of a class that does not allow it.
fn check_settable(vm: &mut Vm, class: Value, value: Value, name: &str) -> R<Type> {
    let ty = this(vm, class)?;
    let what = if ty.has(TypeFlags::IMMUTABLE) {
        "set"
    } else if value.is_absent() {
        "delete"
    } else {
        return Ok(ty);
    };
    Err(vm.type_error(format!(
        "cannot {what} '{name}' attribute of immutable type '{}'",
        ty.name_text()
    )))
}

fn type_repr(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let name = vm.full_type_name(ty);
    Ok(vm.str(&format!("<class '{name}'>")))
}

/// `C | D`: the union class knows how.
fn type_or(vm: &mut Vm, left: Value, right: Value) -> R {
    match vm.t.union.slots.or.get() {
        Some(or) => or(vm, left, right),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn type_mro(vm: &mut Vm, args: &[Value]) -> R {
    let ty = this(vm, args[0])?;
    let order = mro::linearize(vm, ty)?;
    let order = vm.list_of(order)?;
    Ok(order.value())
}

fn type_subclasses(vm: &mut Vm, args: &[Value]) -> R {
    let ty = this(vm, args[0])?;
    Ok(slots::subclasses(vm, ty).value())
}

fn type_prepare(vm: &mut Vm, _args: &[Value]) -> R {
    Ok(vm.dict().value())
}

fn type_instancecheck(vm: &mut Vm, args: &[Value]) -> R {
    vm.plain_isinstance(args[1], args[0]).map(Value::bool)
}

fn type_subclasscheck(vm: &mut Vm, args: &[Value]) -> R {
    vm.plain_issubclass(args[1], args[0]).map(Value::bool)
}

fn type_dir(vm: &mut Vm, args: &[Value]) -> R {
    let names = vm.dict();
    object_type::merge_class_names(vm, names, args[0])?;
    let names = object_type::keys(vm, names);
    Ok(names.value())
}

fn type_sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let ty = this(vm, args[0])?;
    let size = ty.obj().size();
    Ok(vm.int_usize(size))
}

fn set_name(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__name__")?;
    let name = expect_str(vm, ty, value, "__name__")?;
    let name = class::check_name(vm, name)?;
    vm.heap.barrier(ty.obj());
    ty.name.set(name.value());
    vm.type_changed(ty);
    Ok(())
}

fn set_qualname(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__qualname__")?;
    let name = expect_str(vm, ty, value, "__qualname__")?;
    vm.heap.barrier(ty.obj());
    ty.qualname.set(name);
    Ok(())
}

fn expect_str(vm: &mut Vm, ty: Type, value: Value, what: &str) -> R {
    match vm.as_str(value) {
        Some(str) => Ok(str.value()),
        None => {
            let given = vm.type_name(value);
            Err(vm.type_error(format!(
                "can only assign string to {}.{what}, not '{given}'",
                ty.name_text()
            )))
        }
    }
}

fn module(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    match vm.dict_get_name(ty.dict, vm.names.__module__) {
        Some(module) if ty.has(TypeFlags::HEAP) || vm.as_str(module).is_some() => Ok(module),
        _ if ty.has(TypeFlags::HEAP) => Err(missing(vm, vm.names.__module__)),
        _ => Ok(vm.names.builtins),
    }
}

fn missing(vm: &mut Vm, name: Value) -> Raised {
    vm.raise_with(vm.exc.attribute_error, &[name])
}

fn set_module(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__module__")?;
    vm.dict_set_name(ty.dict, vm.names.__module__, value);
    vm.dict_remove_name(ty.dict, vm.names.__firstlineno__);
    vm.type_changed(ty);
    Ok(())
}

fn set_bases(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__bases__")?;
    reassign::set_bases(vm, ty, value)
}

fn dict(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    Ok(vm.new_payload(vm.t.mappingproxy, MappingProxy { mapping: ty.dict.value() }))
}

fn doc(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let Some(doc) = vm.dict_get_name(ty.dict, vm.names.__doc__) else { return Ok(Value::NONE) };
    if !ty.has(TypeFlags::HEAP) {
        // A native class whose instances have docstrings has the attribute of those under this name.
        let Some(text) = vm.as_str(doc) else { return Ok(Value::NONE) };
        let name = ty.name_text();
        let plain = text.as_utf8().and_then(|text| {
            let (_, plain) = text.strip_prefix(name.as_str())?.split_once("\n--\n\n")?;
            Some(plain)
        });
        return Ok(plain.map_or(doc, |plain| vm.str(plain)));
    }
    bind(vm, doc, class)
}

fn bind(vm: &mut Vm, found: Value, class: Value) -> R {
    match vm.type_of(found).slots.descr_get.get() {
        Some(get) => get(vm, found, Value::ABSENT, class),
        None => Ok(found),
    }
}

fn set_doc(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__doc__")?;
    vm.dict_set_name(ty.dict, vm.names.__doc__, value);
    vm.type_changed(ty);
    Ok(())
}

fn abstract_methods(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let found = if ty == vm.t.r#type {
        None
    } else {
        vm.dict_get_name(ty.dict, vm.names.__abstractmethods__)
    };
    match found {
        Some(found) => Ok(found),
        None => Err(missing(vm, vm.names.__abstractmethods__)),
    }
}

fn set_abstract_methods(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = this(vm, class)?;
    let name = vm.names.__abstractmethods__;
    let is_abstract = if !value.is_absent() {
        let any = vm.truth(value)?;
        vm.dict_set_name(ty.dict, name, value);
        any
    } else if vm.dict_remove_name(ty.dict, name) {
        false
    } else {
        return Err(missing(vm, name));
    };
    let flags = ty.flags().without(TypeFlags::ABSTRACT);
    ty.flags.set(if is_abstract { flags.with(TypeFlags::ABSTRACT) } else { flags });
    vm.type_changed(ty);
    slots::update_construction(vm, ty);
    Ok(())
}

fn annotations(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let cache = vm.intern("__annotations_cache__");
    if !ty.has(TypeFlags::HEAP) {
        return Err(no_attribute(vm, ty, "__annotations__"));
    }
    for name in [vm.names.__annotations__, cache] {
        if let Some(found) = vm.dict_get_name(ty.dict, name) {
            return bind(vm, found, class);
        }
    }
    let annotate = annotate(vm, class)?;
    let annotations = if vm.type_of(annotate).slots.call.get().is_some() {
        let result = vm.call_positional(annotate, &[Value::small(1)])?;
        if vm.as_dict(result).is_none() {
            let given = vm.type_name(result);
            return Err(vm.type_error(format!("__annotate__() must return a dict, not {given}")));
        }
        result
    } else {
        vm.dict().value()
    };
    vm.dict_set_name(ty.dict, cache, annotations);
    vm.type_changed(ty);
    Ok(annotations)
}

#[cold]
fn no_attribute(vm: &mut Vm, ty: Type, name: &str) -> Raised {
    vm.attribute_error(format!("type object '{}' has no attribute '{name}'", ty.shown_name()))
}

fn set_annotations(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = this(vm, class)?;
    if ty.has(TypeFlags::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set '__annotations__' attribute of immutable type '{}'",
            ty.shown_name()
        )));
    }
    let (explicit, cache, annotate) = (
        vm.names.__annotations__,
        vm.intern("__annotations_cache__"),
        vm.intern("__annotate_func__"),
    );
    let has_explicit = vm.dict_get_name(ty.dict, explicit).is_some();
    let name = if has_explicit { explicit } else { cache };
    if !value.is_absent() {
        vm.dict_set_name(ty.dict, name, value);
    } else if !vm.dict_remove_name(ty.dict, name) {
        return Err(missing(vm, explicit));
    }
    vm.dict_remove_name(ty.dict, annotate);
    vm.dict_remove_name(ty.dict, vm.names.__annotate__);
    vm.type_changed(ty);
    Ok(())
}

fn annotate(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    if !ty.has(TypeFlags::HEAP) {
        return Err(no_attribute(vm, ty, "__annotate__"));
    }
    let function = vm.intern("__annotate_func__");
    for name in [vm.names.__annotate__, function] {
        if let Some(found) = vm.dict_get_name(ty.dict, name) {
            return bind(vm, found, class);
        }
    }
    vm.dict_set_name(ty.dict, function, Value::NONE);
    vm.type_changed(ty);
    Ok(Value::NONE)
}

fn set_annotate(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = this(vm, class)?;
    if value.is_absent() {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    }
    if ty.has(TypeFlags::IMMUTABLE) {
        return Err(vm.type_error(format!(
            "cannot set '__annotate__' attribute of immutable type '{}'",
            ty.shown_name()
        )));
    }
    if !value.is_none() && vm.type_of(value).slots.call.get().is_none() {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    let (function, cache) = (vm.intern("__annotate_func__"), vm.intern("__annotations_cache__"));
    vm.dict_set_name(ty.dict, function, value);
    if !value.is_none() {
        vm.dict_remove_name(ty.dict, cache);
    }
    vm.type_changed(ty);
    Ok(())
}

fn type_params(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let found =
        if ty == vm.t.r#type { None } else { vm.dict_get_name(ty.dict, vm.names.__type_params__) };
    Ok(found.unwrap_or_else(|| vm.tuple(&[])))
}

fn set_type_params(vm: &mut Vm, class: Value, value: Value) -> R<()> {
    let ty = check_settable(vm, class, value, "__type_params__")?;
    vm.dict_set_name(ty.dict, vm.names.__type_params__, value);
    vm.type_changed(ty);
    Ok(())
}

/// Our flags in CPython's numbers.
const FLAG_NUMBERS: &[(TypeFlags, i64)] = &[
    (TypeFlags::HAS_WEAKREFS, 1 << 3),
    (TypeFlags::HAS_DICT, 1 << 4),
    (TypeFlags::SEQUENCE, 1 << 5),
    (TypeFlags::MAPPING, 1 << 6),
    (TypeFlags::NO_NEW, 1 << 7),
    (TypeFlags::IMMUTABLE, 1 << 8),
    (TypeFlags::HEAP, 1 << 9),
    (TypeFlags::BASE, 1 << 10),
    (TypeFlags::METHOD_DESCRIPTOR, 1 << 17),
    (TypeFlags::ABSTRACT, 1 << 20),
    (TypeFlags::MATCH_SELF, 1 << 22),
    (TypeFlags::INT, 1 << 24),
    (TypeFlags::LIST, 1 << 25),
    (TypeFlags::TUPLE, 1 << 26),
    (TypeFlags::BYTES, 1 << 27),
    (TypeFlags::STR, 1 << 28),
    (TypeFlags::DICT, 1 << 29),
    (TypeFlags::EXCEPTION, 1 << 30),
    (TypeFlags::TYPE, 1 << 31),
];

fn flags(vm: &mut Vm, class: Value) -> R {
    /// Ready for use, and traced by the collector.
    const ALWAYS: i64 = 1 << 12 | 1 << 14;
    let ty = this(vm, class)?;
    let bits = FLAG_NUMBERS
        .iter()
        .filter(|(flag, _)| ty.has(*flag))
        .fold(ALWAYS, |bits, (_, number)| bits | number);
    Ok(vm.int(bits))
}

fn basicsize(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let n_reserved = vm.shapes.at(ty.root_shape.get()).n_reserved;
    let own = match ty.kind.0 {
        Kind::Instance | Kind::Extension | Kind::ExtensionDrop => 16,
        Kind::Tuple | Kind::BigInt | Kind::Float => 24,
        _ => 48,
    };
    let n_struct = ty.extension.get().map_or(0, |layout| layout.n_words);
    Ok(vm.int_usize(own + 8 * (n_reserved + n_struct)))
}

fn itemsize(vm: &mut Vm, class: Value) -> R {
    let ty = this(vm, class)?;
    let sizes =
        [(TypeFlags::INT, 4), (TypeFlags::TUPLE, 8), (TypeFlags::BYTES, 1), (TypeFlags::TYPE, 40)];
    let size = sizes.iter().find(|(flag, _)| ty.has(*flag)).map_or(0, |&(_, size)| size);
    Ok(Value::small(size))
}
