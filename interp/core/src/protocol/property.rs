//! `property`.
use haft_heap::Value;

use super::descriptors::{is_abstract, readonly};
use crate::object::{PayloadRef, Property, Slots, Type};
use crate::vm::{Args, R, Raised, Vm};

const DOC: &str = "Property attribute.\n\n  fget\n    function to be used for getting an attribute value\n  fset\n    \
    function to be used for setting an attribute value\n  fdel\n    function to be used for del'ing an attribute\n  doc\n    docstring\n\n\
    Typical use is to define a managed attribute x:\n\nclass C(object):\n    def getx(self): return self._x\n    \
    def setx(self, value): self._x = value\n    def delx(self): del self._x\n    x = property(getx, setx, delx, \"I'm the 'x' property.\")\n\n\
    Decorators make defining new properties or modifying existing ones easy:\n\nclass C(object):\n    @property\n    def x(self):\n        \
    \"I am the 'x' property.\"\n        return self._x\n    @x.setter\n    def x(self, value):\n        self._x = value\n    @x.deleter\n    \
    def x(self):\n        del self._x";

/// Make the class ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.property, DOC, set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.property);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(init));
    slots.descr_get.set(Some(get));
    slots.descr_set.set(Some(set));
}

crate::natives! {
    static METHODS = {
        /// Descriptor to obtain a copy of the property with a different getter.
        getter "($self, object, /)" => |vm, args| copy_with(vm, args[0], [args[1], Value::NONE, Value::NONE]);
        /// Descriptor to obtain a copy of the property with a different setter.
        setter "($self, object, /)" => |vm, args| copy_with(vm, args[0], [Value::NONE, args[1], Value::NONE]);
        /// Descriptor to obtain a copy of the property with a different deleter.
        deleter "($self, object, /)" => |vm, args| copy_with(vm, args[0], [Value::NONE, Value::NONE, args[1]]);
        /// Method to set name of a property.
        raw __set_name__ "($self, owner, name, /)" => set_name;
    }
}

crate::getsets! {
    static GETSETS = {
        /// The getter.
        fget => |vm, this| Ok(of(vm, this)?.getter.get()), readonly;
        /// The setter.
        fset => |vm, this| Ok(of(vm, this)?.setter.get()), readonly;
        /// The deleter.
        fdel => |vm, this| Ok(of(vm, this)?.deleter.get()), readonly;
        /// The docstring.
        __doc__ => |vm, this| Ok(of(vm, this)?.doc.get()), set_doc;
        /// The name of the attribute.
        __name__ => attribute_name, |vm, this, value| { of(vm, this)?.name.set(value); Ok(()) };
        /// Is one of the functions abstract?
        __isabstractmethod__ => abstract_method;
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Property>> {
    vm.this(value, "__get__", "property")
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let ty = Type::of_value(class).unwrap_or(vm.t.property);
    let payload = Property {
        getter: Value::NONE.into(),
        setter: Value::NONE.into(),
        deleter: Value::NONE.into(),
        doc: Value::NONE.into(),
        name: Value::ABSENT.into(),
        getter_doc: false.into(),
    };
    Ok(vm.new_payload(ty, payload))
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let property = of(vm, this)?;
    let bound =
        vm.bind_signature("property", "(fget=None, fset=None, fdel=None, doc=None)", args)?;
    property.getter.set(bound[0]);
    property.setter.set(bound[1]);
    property.deleter.set(bound[2]);
    property.name.set(Value::ABSENT);
    let mut doc = bound[3];
    property.getter_doc.set(false);
    if doc.is_none() && !bound[0].is_none() {
        doc = vm.find_attr(bound[0], vm.names.__doc__)?.unwrap_or(Value::NONE);
        property.getter_doc.set(!doc.is_none());
    }
    if vm.type_of(this) == vm.t.property {
        property.doc.set(doc);
    } else {
        // The docstring of the subclass hides that of the payload, so it goes into the instance.
        let result = vm.set_attr(this, vm.names.__doc__, doc);
        vm.catch(result, vm.exc.attribute_error)?;
    }
    Ok(Value::NONE)
}

fn set_doc(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let property = of(vm, this)?;
    property.doc.set(value.or_none());
    Ok(())
}

/// A property of the same class with one function exchanged; None keeps the old one.
fn copy_with(vm: &mut Vm, this: Value, changed: [Value; 3]) -> R {
    let old = of(vm, this)?;
    let pick = |new: Value, old: Value| if new.is_none() { old } else { new };
    let functions = [
        pick(changed[0], old.getter.get()),
        pick(changed[1], old.setter.get()),
        pick(changed[2], old.deleter.get()),
    ];
    let from_getter = old.getter_doc.get() && !functions[0].is_none();
    let doc = if from_getter { Value::NONE } else { old.doc.get() };
    let class = vm.type_of(this).value();
    let copy = vm.call_positional(class, &[functions[0], functions[1], functions[2], doc])?;
    if let Some(copy) = PayloadRef::<Property>::of_value(copy) {
        copy.name.set(old.name.get());
    }
    Ok(copy)
}

fn set_name(vm: &mut Vm, args: &Args<'_>) -> R {
    let n = args.vals.len().saturating_sub(1);
    if n != 2 || !args.names.is_empty() {
        return Err(vm.type_error(format!(
            "__set_name__() takes 2 positional arguments but {n} were given"
        )));
    }
    of(vm, args.vals[0])?.name.set(args.vals[2]);
    Ok(Value::NONE)
}

/// The name given by `__set_name__`, else that of the getter.
fn known_name(vm: &mut Vm, property: PayloadRef<Property>) -> R<Option<Value>> {
    if !property.name.get().is_absent() {
        return Ok(Some(property.name.get()));
    }
    match property.getter.get() {
        Value::NONE => Ok(None),
        getter => vm.find_attr(getter, vm.names.__name__),
    }
}

fn attribute_name(vm: &mut Vm, this: Value) -> R {
    let property = of(vm, this)?;
    match known_name(vm, property)? {
        Some(name) => Ok(name),
        None => Err(vm.no_attribute(this, vm.names.__name__)),
    }
}

fn abstract_method(vm: &mut Vm, this: Value) -> R {
    let property = of(vm, this)?;
    for function in [property.getter.get(), property.setter.get(), property.deleter.get()] {
        if !function.is_none() && is_abstract(vm, function)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn get(vm: &mut Vm, this: Value, obj: Value, _class: Value) -> R {
    if obj.is_absent() {
        return Ok(this);
    }
    let property = of(vm, this)?;
    match property.getter.get() {
        Value::NONE => Err(lacks(vm, property, obj, "getter")),
        getter => vm.call_positional(getter, &[obj]),
    }
}

fn set(vm: &mut Vm, this: Value, obj: Value, value: Value) -> R<()> {
    let property = of(vm, this)?;
    if value.is_absent() {
        match property.deleter.get() {
            Value::NONE => return Err(lacks(vm, property, obj, "deleter")),
            deleter => vm.call_positional(deleter, &[obj])?,
        };
    } else {
        match property.setter.get() {
            Value::NONE => return Err(lacks(vm, property, obj, "setter")),
            setter => vm.call_positional(setter, &[obj, value])?,
        };
    }
    Ok(())
}

#[cold]
fn lacks(vm: &mut Vm, property: PayloadRef<Property>, obj: Value, what: &str) -> Raised {
    match lacks_message(vm, property, obj, what) {
        Ok(message) => vm.attribute_error(message),
        Err(raised) => raised,
    }
}

fn lacks_message(vm: &mut Vm, property: PayloadRef<Property>, obj: Value, what: &str) -> R<String> {
    let class = vm.repr_text(vm.type_of(obj).qualname.get())?;
    Ok(match known_name(vm, property)? {
        Some(name) => {
            let name = vm.repr_text(name)?;
            format!("property {name} of {class} object has no {what}")
        }
        None => format!("property of {class} object has no {what}"),
    })
}
