//! What pickle and copy ask of every object: `__reduce_ex__`, `__reduce__`, `__getstate__`.
use haft_heap::Value;

use crate::object::{Dict, Kind, NativeFunction, PayloadRef, Tuple, TypeFlags};
use crate::vm::{R, Raised, Vm};

/// `object.__reduce_ex__(protocol)`: the class's own `__reduce__` if it has one.
pub(super) fn reduce_ex(vm: &mut Vm, args: &[Value]) -> R {
    let protocol = vm.index_of(args[1])?;
    let name = vm.names.__reduce__;
    if let Some(method) = vm.find_attr(args[0], name)? {
        let class = vm.type_of(args[0]);
        let of_class = vm.get_attr(class.value(), name)?;
        let of_object = vm.dict_get_name(vm.t.object.dict, name);
        if Some(of_class) != of_object {
            return vm.call_positional(method, &[]);
        }
    }
    common(vm, args[0], protocol)
}

/// `object.__reduce__()`.
pub(super) fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    common(vm, args[0], 0)
}

fn common(vm: &mut Vm, obj: Value, protocol: i64) -> R {
    let copyreg = import_copyreg(vm)?;
    if protocol >= 2 {
        return reduce_to_new(vm, obj, copyreg);
    }
    let protocol = vm.int(protocol);
    vm.call_method_str(copyreg, "_reduce_ex", &[obj, protocol])
}

fn import_copyreg(vm: &mut Vm) -> R {
    let name = vm.intern("copyreg");
    if let Some(module) = vm.dict_get_name(vm.modules, name) {
        return Ok(module);
    }
    match vm.dict_get_name(vm.builtins, vm.names.__import__) {
        Some(import) => vm.call_positional(import, &[name]),
        None => Err(vm.import_error("__import__ not found")),
    }
}

/// `(copyreg.__newobj__, (class, *args), state, list items, dict items)`.
fn reduce_to_new(vm: &mut Vm, obj: Value, copyreg: Value) -> R {
    let class = vm.type_of(obj);
    if class.slots.new.get().is_none() || class.has(TypeFlags::NO_NEW) {
        return Err(cannot_pickle(vm, obj));
    }
    let (args, kwargs) = new_arguments(vm, obj)?;
    let given = args.map_or(&[][..], Tuple::items);
    let (function, new_args) = match kwargs.filter(|kwargs| !kwargs.is_empty()) {
        None => {
            let all = vm.prepend(class.value(), given);
            ("__newobj__", all.value())
        }
        Some(kwargs) => {
            let args = vm.tuple(given);
            ("__newobj_ex__", vm.tuple(&[class.value(), args, kwargs.value()]))
        }
    };
    let function = vm.get_attr_str(copyreg, function)?;
    let (is_list, is_dict) = (vm.as_list(obj).is_some(), vm.as_dict(obj).is_some());
    let required = args.is_none() && !is_list && !is_dict;
    let state = state_of(vm, obj, required)?;
    let list_items = if is_list { vm.iterate(obj)? } else { Value::NONE };
    let dict_items = if is_dict {
        let items = vm.call_method(obj, vm.names.items, &[])?;
        vm.iterate(items)?
    } else {
        Value::NONE
    };
    Ok(vm.tuple(&[function, new_args, state, list_items, dict_items]))
}

#[cold]
fn cannot_pickle(vm: &mut Vm, obj: Value) -> Raised {
    let class = vm.type_of(obj);
    let name = vm.full_type_name(class);
    vm.type_error(format!("cannot pickle '{name}' object"))
}

/// What `__getnewargs_ex__` or `__getnewargs__` say.
fn new_arguments(vm: &mut Vm, obj: Value) -> R<(Option<Tuple>, Option<Dict>)> {
    if let Some(method) = vm.lookup_special(obj, vm.names.__getnewargs_ex__)? {
        let result = vm.call_positional(method, &[])?;
        let Some(pair) = vm.as_tuple(result) else {
            let given = vm.type_name(result);
            return Err(
                vm.type_error(format!("__getnewargs_ex__ should return a tuple, not '{given}'"))
            );
        };
        let &[args, kwargs] = pair.items() else {
            let n = pair.len();
            return Err(vm.value_error(format!(
                "__getnewargs_ex__ should return a tuple of length 2, not {n}"
            )));
        };
        let Some(args) = vm.as_tuple(args) else {
            let given = vm.type_name(args);
            return Err(vm.type_error(format!("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{given}'")));
        };
        let Some(kwargs) = vm.as_dict(kwargs) else {
            let given = vm.type_name(kwargs);
            return Err(vm.type_error(format!("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{given}'")));
        };
        return Ok((Some(args), Some(kwargs)));
    }
    let Some(method) = vm.lookup_special(obj, vm.names.__getnewargs__)? else {
        return Ok((None, None));
    };
    let result = vm.call_positional(method, &[])?;
    match vm.as_tuple(result) {
        Some(args) => Ok((Some(args), None)),
        None => {
            let given = vm.type_name(result);
            Err(vm.type_error(format!("__getnewargs__ should return a tuple, not '{given}'")))
        }
    }
}

fn state_of(vm: &mut Vm, obj: Value, required: bool) -> R {
    let method = vm.get_attr(obj, vm.names.__getstate__)?;
    if let Some(native) = PayloadRef::<NativeFunction>::of_value(method)
        && native.def.name == "__getstate__"
        && native.owner.get() == vm.t.object.value()
        && native.receiver.get() == obj
    {
        return default_state(vm, obj, required);
    }
    vm.call_positional(method, &[])
}

/// `object.__getstate__()`.
pub(super) fn getstate(vm: &mut Vm, args: &[Value]) -> R {
    default_state(vm, args[0], false)
}

/// The attributes in the instance dict, and those in slots.
fn default_state(vm: &mut Vm, obj: Value, required: bool) -> R {
    let class = vm.type_of(obj);
    let is_plain = matches!(class.kind.0, Kind::Instance | Kind::List | Kind::Dict);
    if required && (!is_plain || (class.slots.buffer.get().is_some())) {
        return Err(cannot_pickle(vm, obj));
    }
    let dict = vm
        .find_attr(obj, vm.names.__dict__)?
        .filter(|&dict| vm.as_dict(dict).is_none_or(|dict| !dict.is_empty()));
    let state = match dict.and_then(|dict| vm.as_dict(dict)) {
        Some(dict) => dict.copy(&mut vm.heap).value(),
        None => dict.unwrap_or(Value::NONE),
    };
    let copyreg = import_copyreg(vm)?;
    let slot_names = vm.call_method_str(copyreg, "_slotnames", &[class.value()])?;
    let Some(slot_names) = vm.as_list(slot_names).filter(|names| !names.is_empty()) else {
        return Ok(state);
    };
    let slots = vm.dict();
    for at in 0..slot_names.len() {
        let name = slot_names.at(at);
        if let Some(value) = vm.find_attr(obj, name)? {
            vm.dict_set(slots, name, value)?;
        }
    }
    if slots.is_empty() { Ok(state) } else { Ok(vm.tuple(&[state, slots.value()])) }
}
