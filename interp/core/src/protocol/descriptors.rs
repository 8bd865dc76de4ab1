//! Descriptors of native classes and slots, `staticmethod`, `classmethod`; and making all such classes ready.
use haft_heap::Value;

use super::class::{instance_dict, set_instance_dict};
use super::{
    cell_type, code_type, function_type, mapping_proxy, module_type, native_function_type,
    property, super_,
};
use crate::native::GetSetDef;
use crate::object::{
    ClassMethod, Instance, PayloadRef, ShapeId, SlotMember, Slots, StaticMethod, Type,
};
use crate::vm::{Args, GetSet, R, Raised, Vm};

pub use super::mapping_proxy::MappingProxy;

/// Give the classes of functions, methods and descriptors, `super`, modules, cells and code their slots, methods and
/// attributes, and make them ready. `object` and `type` come before.
pub fn install(vm: &mut Vm) {
    function_type::install(vm);
    native_function_type::install(vm);
    vm.fill_type(vm.t.getset_descriptor, "", getset_slots, &[], GETSET_ATTRIBUTES);
    vm.fill_type(vm.t.member_descriptor, "", member_slots, MEMBER_METHODS, MEMBER_ATTRIBUTES);
    vm.fill_type(
        vm.t.staticmethod,
        STATICMETHOD_DOC,
        staticmethod_slots,
        &[],
        STATICMETHOD_ATTRIBUTES,
    );
    vm.fill_type(vm.t.classmethod, CLASSMETHOD_DOC, classmethod_slots, &[], CLASSMETHOD_ATTRIBUTES);
    for ty in [vm.t.getset_descriptor, vm.t.member_descriptor, vm.t.staticmethod, vm.t.classmethod]
    {
        vm.ready_type(ty);
    }
    property::install(vm);
    mapping_proxy::install(vm);
    cell_type::install(vm);
    module_type::install(vm);
    code_type::install(vm);
    super_::install(vm);
}

/// TypeError: `descriptor 'x' for 'C' objects doesn't apply to a 'D' object`.
#[cold]
pub(super) fn does_not_apply(vm: &mut Vm, name: &str, owner: Value, obj: Value) -> Raised {
    let (owner, given) = (class_name(owner), vm.type_name(obj));
    vm.type_error(format!(
        "descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object"
    ))
}

/// Name of a class value.
pub(super) fn class_name(class: Value) -> String {
    Type::of_value(class).map_or_else(String::new, |class| class.shown_name())
}

/// Is `obj` an instance of the class `owner`?
pub(super) fn applies(vm: &Vm, owner: Value, obj: Value) -> bool {
    Type::of_value(owner).is_some_and(|owner| vm.instance_of(obj, owner))
}

/// A setter that refuses, as CPython's read-only members do.
pub(super) fn readonly(vm: &mut Vm, _obj: Value, _value: Value) -> R<()> {
    Err(vm.attribute_error("readonly attribute"))
}

/// A docstring from a table: lines without the space that doc comments start with; None if there is none.
pub(super) fn doc_value(vm: &mut Vm, doc: &str) -> Value {
    let text: Vec<&str> = doc.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let text = text.join("\n");
    let text = text.trim();
    if text.is_empty() { Value::NONE } else { vm.str(text) }
}

/// `C.name` from the names of both.
pub(super) fn qualified_name(vm: &mut Vm, owner: Value, name: &str) -> R {
    let Some(owner) = Type::of_value(owner) else { return Ok(vm.str(name)) };
    let qualname = vm.str_text(owner.qualname.get())?;
    Ok(vm.str(&format!("{qualname}.{name}")))
}

// ---- getset_descriptor

fn getset_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| {
        let getset = getset(vm, this)?;
        let text =
            format!("<attribute '{}' of '{}' objects>", getset.def.name, class_name(getset.owner));
        Ok(vm.str(&text))
    }));
    slots.descr_get.set(Some(getset_get));
    slots.descr_set.set(Some(getset_set));
}

crate::getsets! {
    static GETSET_ATTRIBUTES = {
        /// The attribute's name.
        __name__ => |vm, this| { let name = getset(vm, this)?.def.name; Ok(vm.intern(name)) };
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(getset(vm, this)?.owner);
        /// The docstring.
        __doc__ => |vm, this| { let doc = getset(vm, this)?.def.doc; Ok(doc_value(vm, doc)) };
        /// The name with that of the class.
        __qualname__ => getset_qualname;
    }
}

fn getset_qualname(vm: &mut Vm, this: Value) -> R {
    let getset = getset(vm, this)?;
    qualified_name(vm, getset.owner, getset.def.name)
}

fn getset(vm: &mut Vm, value: Value) -> R<PayloadRef<GetSet>> {
    vm.this(value, "__get__", "getset_descriptor")
}

fn getset_get(vm: &mut Vm, this: Value, obj: Value, _class: Value) -> R {
    let getset = getset(vm, this)?;
    if obj.is_absent() {
        return Ok(this);
    }
    let def: &GetSetDef = getset.get().def.0;
    if !applies(vm, getset.owner, obj) {
        return Err(does_not_apply(vm, def.name, getset.owner, obj));
    }
    (def.get)(vm, obj)
}

fn getset_set(vm: &mut Vm, this: Value, obj: Value, value: Value) -> R<()> {
    let getset = getset(vm, this)?;
    let def: &GetSetDef = getset.get().def.0;
    if !applies(vm, getset.owner, obj) {
        return Err(does_not_apply(vm, def.name, getset.owner, obj));
    }
    match def.set {
        Some(set) => set(vm, obj, value),
        None => {
            let owner = class_name(getset.owner);
            Err(vm.attribute_error(format!(
                "attribute '{}' of '{owner}' objects is not writable",
                def.name
            )))
        }
    }
}

// ---- member_descriptor

fn member_slots(slots: &Slots) {
    slots.repr.set(Some(|vm, this| {
        let member = member(vm, this)?;
        let text = format!(
            "<member '{}' of '{}' objects>",
            vm.name_text(member.name),
            class_name(member.owner)
        );
        Ok(vm.str(&text))
    }));
    slots.descr_get.set(Some(member_get));
    slots.descr_set.set(Some(member_set));
}

crate::natives! {
    static MEMBER_METHODS = {
        /// Helper for pickle.
        __reduce__ "($self, /)" => member_reduce;
    }
}

crate::getsets! {
    static MEMBER_ATTRIBUTES = {
        /// The attribute's name.
        __name__ => |vm, this| Ok(member(vm, this)?.name);
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(member(vm, this)?.owner);
        /// The docstring.
        __doc__ => |_, _| Ok(Value::NONE);
        /// The name with that of the class.
        __qualname__ => member_qualname;
    }
}

/// `(getattr, (owner, name))`: how pickle finds a descriptor again.
pub(super) fn reduce_as_getattr(vm: &mut Vm, owner: Value, name: Value) -> R {
    let Some(getattr) = vm.dict_get_name(vm.builtins, vm.names.getattr) else {
        return Err(vm.attribute_error("module 'builtins' has no attribute 'getattr'"));
    };
    let args = vm.tuple(&[owner, name]);
    Ok(vm.tuple(&[getattr, args]))
}

fn member_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let member = member(vm, args[0])?;
    reduce_as_getattr(vm, member.owner, member.name)
}

fn member_qualname(vm: &mut Vm, this: Value) -> R {
    let member = member(vm, this)?;
    let name = vm.name_text(member.name);
    qualified_name(vm, member.owner, &name)
}

fn member(vm: &mut Vm, value: Value) -> R<PayloadRef<SlotMember>> {
    vm.this(value, "__get__", "member_descriptor")
}

/// The object and shape that hold a slot; TypeError if `obj` is no instance of the member's class.
fn slot_holder(
    vm: &mut Vm,
    member: PayloadRef<SlotMember>,
    obj: Value,
) -> R<(Instance, &'static crate::object::Shape)> {
    match obj.as_ptr() {
        Some(object) if applies(vm, member.owner, obj) => {
            Ok((Instance(object), vm.shapes.at(ShapeId(object.shape()))))
        }
        _ => {
            let name = vm.name_text(member.name);
            Err(does_not_apply(vm, &name, member.owner, obj))
        }
    }
}

fn member_get(vm: &mut Vm, this: Value, obj: Value, _class: Value) -> R {
    let member = member(vm, this)?;
    if obj.is_absent() {
        return Ok(this);
    }
    let (holder, shape) = slot_holder(vm, member, obj)?;
    let value = holder.read(shape, member.slot);
    if value.is_absent() { Err(vm.no_attribute(obj, member.name)) } else { Ok(value) }
}

fn member_set(vm: &mut Vm, this: Value, obj: Value, value: Value) -> R<()> {
    let member = member(vm, this)?;
    let (holder, shape) = slot_holder(vm, member, obj)?;
    if value.is_absent() && holder.read(shape, member.slot).is_absent() {
        return Err(vm.raise_with(vm.exc.attribute_error, &[member.name]));
    }
    holder.write(&mut vm.heap, shape, member.slot, value);
    Ok(())
}

// ---- staticmethod and classmethod

const STATICMETHOD_DOC: &str = "staticmethod(function) -> method\n\nConvert a function to be a static method.\n\n\
    A static method does not receive an implicit first argument.\nTo declare a static method, use this idiom:\n\n\
    \u{20}    class C:\n         @staticmethod\n         def f(arg1, arg2, argN):\n             ...\n\n\
    It can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()). Both the class and the instance are ignored, and\n\
    neither is passed implicitly as the first argument to the method.\n\n\
    Static methods in Python are similar to those found in Java or C++.\nFor a more advanced concept, see the classmethod builtin.";

const CLASSMETHOD_DOC: &str = "classmethod(function) -> method\n\nConvert a function to be a class method.\n\n\
    A class method receives the class as implicit first argument,\njust like an instance method receives the instance.\n\
    To declare a class method, use this idiom:\n\n  class C:\n      @classmethod\n      def f(cls, arg1, arg2, argN):\n          ...\n\n\
    It can be called either on the class (e.g. C.f()) or on an instance\n(e.g. C().f()).  The instance is ignored except for its class.\n\
    If a class method is called for a derived class, the derived class\nobject is passed as the implied first argument.\n\n\
    Class methods are different than C++ or Java static methods.\nIf you want those, see the staticmethod builtin.";

fn staticmethod_slots(slots: &Slots) {
    slots.new.set(Some(|vm, class, _args| {
        let ty = Type::of_value(class).unwrap_or(vm.t.staticmethod);
        Ok(vm.new_payload(ty, StaticMethod { function: Value::NONE.into() }))
    }));
    slots.init.set(Some(|vm, this, args| {
        let function = one_argument(vm, "staticmethod", args)?;
        staticmethod(vm, this)?.function.set(function);
        copy_wrapped(vm, this, function)
    }));
    slots.repr.set(Some(|vm, this| {
        let function = staticmethod(vm, this)?.function.get();
        let shown = vm.repr_text(function)?;
        Ok(vm.str(&format!("<staticmethod({shown})>")))
    }));
    slots.call.set(Some(|vm, this, args| {
        let function = staticmethod(vm, this)?.function.get();
        vm.call(function, args)
    }));
    slots.descr_get.set(Some(|vm, this, _obj, _class| Ok(staticmethod(vm, this)?.function.get())));
}

fn classmethod_slots(slots: &Slots) {
    slots.new.set(Some(|vm, class, _args| {
        let ty = Type::of_value(class).unwrap_or(vm.t.classmethod);
        Ok(vm.new_payload(ty, ClassMethod { function: Value::NONE.into() }))
    }));
    slots.init.set(Some(|vm, this, args| {
        let function = one_argument(vm, "classmethod", args)?;
        classmethod(vm, this)?.function.set(function);
        copy_wrapped(vm, this, function)
    }));
    slots.repr.set(Some(|vm, this| {
        let function = classmethod(vm, this)?.function.get();
        let shown = vm.repr_text(function)?;
        Ok(vm.str(&format!("<classmethod({shown})>")))
    }));
    slots.descr_get.set(Some(|vm, this, obj, class| {
        let function = classmethod(vm, this)?.function.get();
        let class = if class.is_absent() { vm.type_of(obj).value() } else { class };
        Ok(vm.bound_method(function, class))
    }));
}

crate::getsets! {
    static STATICMETHOD_ATTRIBUTES = {
        /// The function.
        __func__ => |vm, this| Ok(staticmethod(vm, this)?.function.get()), readonly;
        /// The function.
        __wrapped__ => |vm, this| Ok(staticmethod(vm, this)?.function.get()), readonly;
        /// Is the function abstract?
        __isabstractmethod__ => staticmethod_is_abstract;
        /// The attributes.
        __dict__ => instance_dict, set_instance_dict;
        /// Those of the function.
        __annotations__ => staticmethod_annotations,
            |vm, this, value| set_own_attribute(vm, this, vm.names.__annotations__, value);
        /// That of the function.
        __annotate__ => staticmethod_annotate,
            |vm, this, value| set_own_attribute(vm, this, vm.names.__annotate__, value);
    }
    static CLASSMETHOD_ATTRIBUTES = {
        /// The function.
        __func__ => |vm, this| Ok(classmethod(vm, this)?.function.get()), readonly;
        /// The function.
        __wrapped__ => |vm, this| Ok(classmethod(vm, this)?.function.get()), readonly;
        /// Is the function abstract?
        __isabstractmethod__ => classmethod_is_abstract;
        /// The attributes.
        __dict__ => instance_dict, set_instance_dict;
        /// Those of the function.
        __annotations__ => classmethod_annotations,
            |vm, this, value| set_own_attribute(vm, this, vm.names.__annotations__, value);
        /// That of the function.
        __annotate__ => classmethod_annotate,
            |vm, this, value| set_own_attribute(vm, this, vm.names.__annotate__, value);
    }
}

fn staticmethod(vm: &mut Vm, value: Value) -> R<PayloadRef<StaticMethod>> {
    vm.this(value, "__get__", "staticmethod")
}

fn classmethod(vm: &mut Vm, value: Value) -> R<PayloadRef<ClassMethod>> {
    vm.this(value, "__get__", "classmethod")
}

fn staticmethod_is_abstract(vm: &mut Vm, this: Value) -> R {
    let function = staticmethod(vm, this)?.function.get();
    is_abstract(vm, function).map(Value::bool)
}

fn staticmethod_annotations(vm: &mut Vm, this: Value) -> R {
    let function = staticmethod(vm, this)?.function.get();
    wrapped_attribute(vm, this, function, vm.names.__annotations__)
}

fn staticmethod_annotate(vm: &mut Vm, this: Value) -> R {
    let function = staticmethod(vm, this)?.function.get();
    wrapped_attribute(vm, this, function, vm.names.__annotate__)
}

fn classmethod_is_abstract(vm: &mut Vm, this: Value) -> R {
    let function = classmethod(vm, this)?.function.get();
    is_abstract(vm, function).map(Value::bool)
}

fn classmethod_annotations(vm: &mut Vm, this: Value) -> R {
    let function = classmethod(vm, this)?.function.get();
    wrapped_attribute(vm, this, function, vm.names.__annotations__)
}

fn classmethod_annotate(vm: &mut Vm, this: Value) -> R {
    let function = classmethod(vm, this)?.function.get();
    wrapped_attribute(vm, this, function, vm.names.__annotate__)
}

fn one_argument(vm: &mut Vm, name: &str, args: &Args<'_>) -> R {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    match args.vals {
        [function] => Ok(*function),
        others => {
            let n = others.len();
            Err(vm.type_error(format!("{name} expected 1 argument, got {n}")))
        }
    }
}

/// Take over what describes the function, as `functools.wraps` does.
fn copy_wrapped(vm: &mut Vm, this: Value, function: Value) -> R {
    let names = vm.names;
    for name in [names.__module__, names.__name__, names.__qualname__, names.__doc__] {
        if let Some(value) = vm.find_attr(function, name)? {
            vm.set_instance_attr(this, name, value);
        }
    }
    Ok(Value::NONE)
}

/// An attribute of the method object itself, else that of the function.
fn wrapped_attribute(vm: &mut Vm, this: Value, function: Value, name: Value) -> R {
    match vm.instance_attr(this, name) {
        Some(own) => Ok(own),
        None => {
            let value = vm.get_attr(function, name)?;
            vm.set_instance_attr(this, name, value);
            Ok(value)
        }
    }
}

fn set_own_attribute(vm: &mut Vm, this: Value, name: Value, value: Value) -> R<()> {
    let done = if value.is_absent() {
        vm.delete_instance_attr(this, name)
    } else {
        vm.set_instance_attr(this, name, value)
    };
    if done { Ok(()) } else { Err(vm.no_attribute(this, name)) }
}

/// `bool(function.__isabstractmethod__)`, False without that attribute.
pub(super) fn is_abstract(vm: &mut Vm, function: Value) -> R<bool> {
    let name = vm.intern("__isabstractmethod__");
    match vm.find_attr(function, name)? {
        Some(answer) => vm.truth(answer),
        None => Ok(false),
    }
}
