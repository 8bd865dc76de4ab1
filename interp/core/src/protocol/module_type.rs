//! `module`.
use haft_heap::Value;

use super::object_type::keys;
use crate::object::{Dict, Module, PayloadRef, Slots, Type};
use crate::vm::{Args, R, Raised, Vm};

/// Make the class ready.
pub(super) fn install(vm: &mut Vm) {
    const DOC: &str = "Create a module object.\n\nThe name must be a string; the optional docstring can have any type.";
    vm.fill_type(vm.t.module, DOC, set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.module);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.init.set(Some(init));
    slots.repr.set(Some(repr));
    slots.getattro.set(Some(getattro));
}

crate::natives! {
    static METHODS = {
        /// __dir__() -> list
        /// specialized dir() implementation
        __dir__ "($self, /)" => dir;
    }
}

crate::getsets! {
    static GETSETS = {
        /// The namespace.
        __dict__ => |vm, this| Ok(of(vm, this)?.dict.value()), super::descriptors::readonly;
        /// The annotations of the module.
        __annotations__ => annotations, set_annotations;
        /// The function that computes the annotations, or None.
        __annotate__ => annotate, set_annotate;
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Module>> {
    vm.this(value, "__dict__", "module")
}

fn new(vm: &mut Vm, class: Value, _args: &Args<'_>) -> R {
    let ty = Type::of_value(class).unwrap_or(vm.t.module);
    let dict = vm.dict();
    Ok(vm.new_payload(ty, Module { dict }))
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let dict = of(vm, this)?.dict;
    let bound = vm.bind_signature("module", "(name, doc=None)", args)?;
    if vm.as_str(bound[0]).is_none() {
        let given = vm.type_name(bound[0]);
        return Err(vm.type_error(format!("module() argument 'name' must be str, not {given}")));
    }
    let names = vm.names;
    let entries = [(names.__name__, bound[0]), (names.__doc__, bound[1])];
    let empty =
        [names.__package__, names.__loader__, names.__spec__].map(|name| (name, Value::NONE));
    for (name, value) in entries.into_iter().chain(empty) {
        vm.dict_set_name(dict, name, value);
    }
    Ok(Value::NONE)
}

fn getattro(vm: &mut Vm, this: Value, name: Value) -> R {
    let dict = of(vm, this)?.dict;
    let class = vm.type_of(this);
    let missing = if vm.lookup_in_type(class, name).is_some() {
        match vm.generic_get_attr(this, name) {
            Err(raised) if vm.raised_is(vm.exc.attribute_error) => vm.take_raised(raised),
            result => return result,
        }
    } else if let Some(value) = vm.dict_get_name(dict, name) {
        return Ok(value);
    } else {
        Value::ABSENT
    };
    if let Some(hook) = vm.dict_get_name(dict, vm.names.__getattr__) {
        return vm.call_positional(hook, &[name]);
    }
    if !missing.is_absent() && name != vm.names.__dict__ && vm.dict_get_name(dict, name).is_some() {
        return Err(vm.raise_again(missing));
    }
    Err(no_attribute(vm, this, dict, name))
}

#[cold]
fn no_attribute(vm: &mut Vm, this: Value, dict: Dict, name: Value) -> Raised {
    let module = vm.dict_get_name(dict, vm.names.__name__).and_then(|name| vm.as_str(name));
    let shown = vm.name_text(name);
    let message = match module {
        Some(module) => match is_initializing(vm, dict) {
            Ok(true) => format!(
                "partially initialized module '{}' has no attribute '{shown}' (most likely due to a circular import)",
                module.to_text()
            ),
            Ok(false) => format!("module '{}' has no attribute '{shown}'", module.to_text()),
            Err(raised) => return raised,
        },
        None => format!("module has no attribute '{shown}'"),
    };
    let raised = vm.attribute_error(message);
    vm.name_attribute_error(raised, this, name)
}

/// Is the module's code still running? Its spec says so.
fn is_initializing(vm: &mut Vm, dict: Dict) -> R<bool> {
    let Some(spec) = vm.dict_get_name(dict, vm.names.__spec__).filter(|spec| !spec.is_none())
    else {
        return Ok(false);
    };
    match vm.find_attr(spec, vm.names._initializing)? {
        Some(answer) => vm.truth(answer),
        None => Ok(false),
    }
}

/// As `importlib._bootstrap._module_repr`.
fn repr(vm: &mut Vm, this: Value) -> R {
    let dict = of(vm, this)?.dict;
    let entry =
        |vm: &mut Vm, name: Value| vm.dict_get_name(dict, name).filter(|value| !value.is_none());
    if let Some(spec) = entry(vm, vm.names.__spec__) {
        return repr_from_spec(vm, spec);
    }
    let name = match vm.dict_get_name(dict, vm.names.__name__) {
        Some(name) => vm.repr_text(name)?,
        None => String::from("'?'"),
    };
    let text = if let Some(file) = vm.dict_get_name(dict, vm.names.__file__) {
        let file = vm.repr_text(file)?;
        format!("<module {name} from {file}>")
    } else if let Some(loader) = entry(vm, vm.names.__loader__) {
        let loader = vm.repr_text(loader)?;
        format!("<module {name} ({loader})>")
    } else {
        format!("<module {name}>")
    };
    Ok(vm.str(&text))
}

fn repr_from_spec(vm: &mut Vm, spec: Value) -> R {
    let name = vm.get_attr(spec, vm.names.name)?;
    let name = if name.is_none() { String::from("'?'") } else { vm.repr_text(name)? };
    let origin = vm.get_attr_str(spec, "origin")?;
    let text = if origin.is_none() {
        let loader = vm.get_attr_str(spec, "loader")?;
        if loader.is_none() {
            format!("<module {name}>")
        } else {
            let loader = vm.repr_text(loader)?;
            format!("<module {name} ({loader})>")
        }
    } else {
        let has_location = vm.get_attr_str(spec, "has_location")?;
        if vm.truth(has_location)? {
            let origin = vm.repr_text(origin)?;
            format!("<module {name} from {origin}>")
        } else {
            let origin = vm.str_text(origin)?;
            format!("<module {name} ({origin})>")
        }
    };
    Ok(vm.str(&text))
}

fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let dict = of(vm, args[0])?.dict;
    match vm.dict_get_name(dict, vm.names.__dir__) {
        Some(hook) => vm.call_positional(hook, &[]),
        None => Ok(keys(vm, dict).value()),
    }
}

fn annotations(vm: &mut Vm, this: Value) -> R {
    let dict = of(vm, this)?.dict;
    if let Some(known) = vm.dict_get_name(dict, vm.names.__annotations__) {
        return Ok(known);
    }
    let annotate = vm.dict_get_name(dict, vm.names.__annotate__);
    let annotations = match annotate.filter(|&f| vm.type_of(f).slots.call.get().is_some()) {
        Some(annotate) => {
            let result = vm.call_positional(annotate, &[Value::small(1)])?;
            if vm.as_dict(result).is_none() {
                let given = vm.type_name(result);
                return Err(
                    vm.type_error(format!("__annotate__() must return a dict, not {given}"))
                );
            }
            result
        }
        None => vm.dict().value(),
    };
    if !is_initializing(vm, dict)? {
        vm.dict_set_name(dict, vm.names.__annotations__, annotations);
    }
    Ok(annotations)
}

fn set_annotations(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let dict = of(vm, this)?.dict;
    if !value.is_absent() {
        vm.dict_set_name(dict, vm.names.__annotations__, value);
    } else if !vm.dict_remove_name(dict, vm.names.__annotations__) {
        return Err(vm.raise_with(vm.exc.attribute_error, &[vm.names.__annotations__]));
    }
    vm.dict_remove_name(dict, vm.names.__annotate__);
    Ok(())
}

fn annotate(vm: &mut Vm, this: Value) -> R {
    let dict = of(vm, this)?.dict;
    let known = vm.dict_get_name(dict, vm.names.__annotate__).unwrap_or(Value::ABSENT);
    if known.is_absent() {
        vm.dict_set_name(dict, vm.names.__annotate__, Value::NONE);
    }
    Ok(known.or_none())
}

fn set_annotate(vm: &mut Vm, this: Value, value: Value) -> R<()> {
    let dict = of(vm, this)?.dict;
    if value.is_absent() {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    }
    if !value.is_none() && vm.type_of(value).slots.call.get().is_none() {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    vm.dict_set_name(dict, vm.names.__annotate__, value);
    if !value.is_none() {
        vm.dict_remove_name(dict, vm.names.__annotations__);
    }
    Ok(())
}
