//! How types are written in the reprs of generic aliases and unions.
use haft_core::object::{List, Str};
use haft_core::{R, Value, Vm};

/// Append the text of a type: its name, with the module unless that is `builtins`; the repr of anything else.
pub(super) fn push_type(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    if value == Value::ELLIPSIS {
        out.extend_from_slice(b"...");
        return Ok(());
    }
    if value == vm.t.none.value() {
        out.extend_from_slice(b"None");
        return Ok(());
    }
    match class_name(vm, value)? {
        Some((module, name)) => {
            let (module, name) = (vm.str_text(module)?, vm.str_text(name)?);
            if module != "builtins" {
                out.extend_from_slice(module.as_bytes());
                out.push(b'.');
            }
            out.extend_from_slice(name.as_bytes());
        }
        None => push_value(vm, out, value)?,
    }
    Ok(())
}

fn push_value(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    let repr = vm.repr(value)?;
    out.extend_from_slice(vm.as_str(repr).map_or(b"", Str::bytes));
    Ok(())
}

/// Module and name of what looks like a class.
fn class_name(vm: &mut Vm, value: Value) -> R<Option<(Value, Value)>> {
    let is_alias = vm.find_attr(value, vm.names.__origin__)?.is_some() && {
        let args = vm.intern("__args__");
        vm.find_attr(value, args)?.is_some()
    };
    if is_alias {
        return Ok(None);
    }
    let Some(name) = vm.find_attr(value, vm.names.__qualname__)? else { return Ok(None) };
    let module = vm.find_attr(value, vm.names.__module__)?;
    Ok(module.filter(|module| !module.is_none()).map(|module| (module, name)))
}

/// As [`push_type`]; a list of types (the parameters of a callable) in brackets.
pub(super) fn push_argument(vm: &mut Vm, out: &mut Vec<u8>, value: Value) -> R<()> {
    let Some(list) = value.as_ptr().and_then(List::of).filter(|_| vm.type_of(value) == vm.t.list)
    else {
        return push_type(vm, out, value);
    };
    out.push(b'[');
    let mut at = 0;
    while let Some(item) = list.get(at) {
        if at > 0 {
            out.extend_from_slice(b", ");
        }
        push_type(vm, out, item)?;
        at += 1;
    }
    out.push(b']');
    Ok(())
}
