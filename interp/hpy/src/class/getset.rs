//! Attributes with a getter and a setter in C.
use std::ffi::c_void;

use haft_core::interp::jit::{ExtensionCall, Gives};
use haft_core::object::Slots;
use haft_hpy_abi::definition::GetSet;
use haft_hpy_abi::{CFunction, Cx, HPy};

use super::Found;
use super::invoke::invoke;
use crate::handle::{borrowed, checked, taken};
use crate::prelude::*;
use crate::recording;

payload! {
    /// A descriptor.
    pub(crate) struct Attribute {
        /// The class it belongs to.
        owner: Value,
        /// Its name, a str.
        name: Value,
        /// `__doc__`
        doc: Value,
        /// What to call.
        functions: NoTrace<&'static Functions>,
    }
}

/// The C side of an attribute; never freed, as the functions themselves.
#[derive(Debug)]
pub(crate) struct Functions {
    name: String,
    cx: Cx,
    getter: Option<CFunction>,
    setter: Option<CFunction>,
    closure: *mut c_void,
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        base: Some(vm.t.getset_descriptor),
        flags: TypeFlags::NO_NEW,
        slots: set_slots,
        getsets: GETSETS,
        ..TypeSpec::of::<Attribute>("getset_descriptor")
    })
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.descr_get.set(Some(get));
    slots.descr_set.set(Some(set));
}

getsets! {
    static GETSETS = {
        /// The attribute's name.
        __name__ => |vm, this| Ok(attribute(vm, this)?.name);
        /// The class it belongs to.
        __objclass__ => |vm, this| Ok(attribute(vm, this)?.owner);
        /// The docstring.
        __doc__ => |vm, this| Ok(attribute(vm, this)?.doc);
        /// The name with that of the class.
        __qualname__ => |vm, this| {
            let attribute = attribute(vm, this)?;
            super::member::qualified(vm, attribute.owner, attribute.name)
        };
    }
}

fn attribute(vm: &mut Vm, value: Value) -> R<PayloadRef<Attribute>> {
    vm.this(value, "__get__", "getset_descriptor")
}

/// Put an attribute into the namespace of a class.
pub(super) fn add(vm: &mut Vm, class: Type, cx: Cx, row: &GetSet) {
    let name = vm.intern(&row.name.to_string_lossy());
    let doc = row.doc.map_or(Value::NONE, |doc| vm.str(&doc.to_string_lossy()));
    let functions = Functions {
        name: row.name.to_string_lossy().into_owned(),
        cx,
        getter: row.getter,
        setter: row.setter,
        closure: row.closure,
    };
    let functions = NoTrace(&*Box::leak(Box::new(functions)));
    let attribute = Attribute { owner: class.value(), name, doc, functions };
    let of = state(vm).classes.getset;
    let attribute = vm.new_payload(of, attribute);
    vm.dict_set_name(class.dict, name, attribute);
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let attribute = attribute(vm, this)?;
    super::member::shown(vm, "attribute", attribute.owner, attribute.name)
}

fn get(vm: &mut Vm, this: Value, object: Value, _: Value) -> R {
    let attribute = attribute(vm, this)?;
    if object.is_absent() {
        return Ok(this);
    }
    super::member::check_object(vm, attribute.owner, attribute.name, object)?;
    let functions = *attribute.get().functions;
    let Some(function) = functions.getter else {
        return Err(not(vm, attribute, "readable"));
    };
    let found = Found { cx: functions.cx, function };
    let closure = functions.closure;
    let result = invoke!(vm, found, Getter(arg0: borrowed(object), arg1: closure), HPy::NULL);
    taken(vm, result)
}

fn set(vm: &mut Vm, this: Value, object: Value, to: Value) -> R<()> {
    let attribute = attribute(vm, this)?;
    super::member::check_object(vm, attribute.owner, attribute.name, object)?;
    let functions = *attribute.get().functions;
    if functions.setter.is_none() {
        return Err(not(vm, attribute, "writable"));
    }
    call_setter(vm, functions, object, to)
}

fn call_setter(vm: &mut Vm, functions: &Functions, object: Value, to: Value) -> R<()> {
    let Some(function) = functions.setter else { return Ok(()) };
    let found = Found { cx: functions.cx, function };
    let closure = functions.closure;
    let result = invoke!(
        vm,
        found,
        Setter(arg0: borrowed(object), arg1: borrowed(to), arg2: closure),
        0
    );
    checked(vm, result)
}

// ---- in traces

fn functions_of(descriptor: Value) -> Option<&'static Functions> {
    PayloadRef::<Attribute>::of_value(descriptor).map(|attribute| *attribute.functions)
}

/// The getter of a descriptor.
pub(crate) fn getter_of(descriptor: Value) -> Option<ExtensionCall> {
    let functions = functions_of(descriptor)?;
    let found = Found { cx: functions.cx, function: functions.getter? };
    let closure = functions.closure.expose_provenance();
    recording::direct(&functions.name, found, Some(closure), Gives::Handle)
}

/// The setter of a descriptor.
pub(crate) fn setter_of(descriptor: Value) -> Option<ExtensionCall> {
    let functions = functions_of(descriptor)?;
    let found = Found { cx: functions.cx, function: functions.setter? };
    let closure = functions.closure.expose_provenance();
    recording::direct(&format!("{} =", functions.name), found, Some(closure), Gives::Status)
}

#[cold]
fn not(vm: &mut Vm, attribute: PayloadRef<Attribute>, what: &str) -> Raised {
    let owner = Type::of_value(attribute.owner).map_or_else(String::new, |c| c.shown_name());
    let name = vm.shown(attribute.name);
    vm.attribute_error(format!("attribute '{name}' of '{owner}' objects is not {what}"))
}
