//! Type variables in the arguments of aliases: finding them, and putting arguments in their place.
//!
//! The classes of type variables are Python's business (module `typing`); they are known here by the attributes that
//! the protocol between `typing` and the runtime names: `__typing_subst__`, `__typing_prepare_subst__`,
//! `__typing_is_unpacked_typevartuple__`, `__typing_unpacked_tuple_args__`, `__parameters__`.
use haft_core::object::{List, PayloadRef, Tuple, Type};
use haft_core::{R, Value, Vm};

use super::generic::GenericAlias;

fn items(value: Value) -> &'static [Value] {
    value.as_ptr().and_then(Tuple::of).map_or(&[], Tuple::items)
}

fn find(vm: &mut Vm, value: Value, name: &str) -> R<Option<Value>> {
    let name = vm.intern(name);
    vm.find_attr(value, name)
}

fn add_once(vm: &mut Vm, list: List, value: Value) {
    if !list.items().contains(&value) {
        list.push(&mut vm.heap, value);
    }
}

/// The type variables in `args`, a tuple, in the order of their first use: a tuple.
pub(super) fn type_parameters(vm: &mut Vm, args: Value) -> R {
    let found = vm.new_list();
    for &arg in items(args) {
        collect(vm, found, arg)?;
    }
    Ok(vm.tuple(found.items()))
}

fn collect(vm: &mut Vm, found: List, arg: Value) -> R<()> {
    // The `__parameters__` of a class are those of its definition.
    if Type::of_value(arg).is_some() {
        return Ok(());
    }
    if let Some(list) = plain_sequence(vm, arg)? {
        let inner = type_parameters(vm, list)?;
        for &parameter in items(inner) {
            add_once(vm, found, parameter);
        }
        return Ok(());
    }
    if find(vm, arg, "__typing_subst__")?.is_some() {
        add_once(vm, found, arg);
        return Ok(());
    }
    if let Some(inner) = vm.find_attr(arg, vm.names.__parameters__)?
        && let Some(inner) = vm.as_tuple(inner)
    {
        for &parameter in inner.items() {
            add_once(vm, found, parameter);
        }
    }
    Ok(())
}

/// The items of a list or tuple among the arguments, as a tuple.
fn plain_sequence(vm: &mut Vm, value: Value) -> R<Option<Value>> {
    if vm.as_tuple(value).is_some() || vm.as_list(value).is_some() {
        return vm.tuple_of(value).map(Some);
    }
    Ok(None)
}

/// `args` of the alias `this` with its type variables `parameters` replaced as `this[item]` says: a tuple.
pub(super) fn substitute(
    vm: &mut Vm,
    this: Value,
    args: Value,
    parameters: Value,
    item: Value,
) -> R {
    let variables = items(parameters);
    if variables.is_empty() {
        let shown = vm.repr_text(this)?;
        return Err(vm.type_error(format!("{shown} is not a generic class")));
    }
    let mut given = unpack(vm, item)?;
    for &variable in variables {
        if let Some(prepare) = find(vm, variable, "__typing_prepare_subst__")?
            && !prepare.is_none()
        {
            let as_tuple = if vm.as_tuple(given).is_some() { given } else { vm.tuple(&[given]) };
            given = vm.call_positional(prepare, &[this, as_tuple])?;
        }
    }
    let arguments = match vm.as_tuple(given) {
        Some(tuple) => tuple.value(),
        None => vm.tuple(&[given]),
    };
    let (n, wanted) = (items(arguments).len(), variables.len());
    if n != wanted {
        let (word, shown) = (if n > wanted { "many" } else { "few" }, vm.repr_text(this)?);
        return Err(vm.type_error(format!(
            "Too {word} arguments for {shown}; actual {n}, expected {wanted}"
        )));
    }
    let result = vm.new_list();
    for &arg in items(args) {
        replace_in(vm, result, arg, (this, parameters), arguments)?;
    }
    Ok(vm.tuple(result.items()))
}

/// The arguments of a subscript, starred tuples among them taken apart.
fn unpack(vm: &mut Vm, item: Value) -> R {
    let given = if vm.as_tuple(item).is_some() { vm.tuple_of(item)? } else { vm.tuple(&[item]) };
    let result = vm.new_list();
    for &item in items(given) {
        let unpacked =
            if Type::of_value(item).is_some() { None } else { unpacked_tuple(vm, item)? };
        match unpacked {
            Some(parts) if parts.last() != Some(&Value::ELLIPSIS) => {
                for &part in parts {
                    result.push(&mut vm.heap, part);
                }
            }
            _ => result.push(&mut vm.heap, item),
        }
    }
    Ok(vm.tuple(result.items()))
}

/// The arguments of a starred tuple type.
fn unpacked_tuple(vm: &mut Vm, item: Value) -> R<Option<&'static [Value]>> {
    if let Some(alias) = PayloadRef::<GenericAlias>::of_value(item)
        && alias.starred
        && alias.origin == vm.t.tuple.value()
    {
        return Ok(Some(items(alias.args)));
    }
    let found = find(vm, item, "__typing_unpacked_tuple_args__")?;
    Ok(found.and_then(|found| vm.as_tuple(found)).map(Tuple::items))
}

/// Append `arg` with its type variables replaced; `alias` is the alias and its type variables.
fn replace_in(
    vm: &mut Vm,
    result: List,
    arg: Value,
    alias: (Value, Value),
    arguments: Value,
) -> R<()> {
    if Type::of_value(arg).is_some() {
        result.push(&mut vm.heap, arg);
        return Ok(());
    }
    let (this, parameters) = alias;
    if let Some(sequence) = plain_sequence(vm, arg)? {
        let replaced = vm.new_list();
        for &inner in items(sequence) {
            replace_in(vm, replaced, inner, alias, arguments)?;
        }
        let replaced =
            if vm.as_list(arg).is_some() { replaced.value() } else { vm.tuple(replaced.items()) };
        result.push(&mut vm.heap, replaced);
        return Ok(());
    }
    let unpacks = match find(vm, arg, "__typing_is_unpacked_typevartuple__")? {
        Some(flag) => vm.truth(flag)?,
        None => false,
    };
    let replaced = match find(vm, arg, "__typing_subst__")? {
        Some(subst) => {
            let at = items(parameters).iter().position(|&parameter| parameter == arg);
            let argument = at.and_then(|at| items(arguments).get(at).copied()).unwrap_or(arg);
            vm.call_positional(subst, &[argument])?
        }
        None => replace_variables(vm, arg, parameters, arguments)?,
    };
    if !unpacks {
        result.push(&mut vm.heap, replaced);
        return Ok(());
    }
    let Some(parts) = vm.as_tuple(replaced) else {
        let (shown, class) = (vm.repr_text(this)?, vm.type_name(replaced));
        return Err(vm.type_error(format!(
            "expected __typing_subst__ of {shown} objects to return a tuple, not {class}"
        )));
    };
    for &part in parts.items() {
        result.push(&mut vm.heap, part);
    }
    Ok(())
}

/// An alias inside the arguments: subscribe it with what stands for its own type variables.
fn replace_variables(vm: &mut Vm, alias: Value, parameters: Value, arguments: Value) -> R {
    let own = vm.find_attr(alias, vm.names.__parameters__)?;
    let Some(own) = own.and_then(|own| vm.as_tuple(own)).filter(|own| !own.is_empty()) else {
        return Ok(alias);
    };
    let subscript = vm.new_list();
    for &variable in own.items() {
        let Some(at) = items(parameters).iter().position(|&parameter| parameter == variable) else {
            subscript.push(&mut vm.heap, variable);
            continue;
        };
        let argument = items(arguments)[at];
        // A type variable tuple stands for any number of arguments.
        let many = vm.type_of(variable).slots.iter.get().and_then(|_| vm.as_tuple(argument));
        match many {
            Some(many) => many.items().iter().for_each(|&part| subscript.push(&mut vm.heap, part)),
            None => subscript.push(&mut vm.heap, argument),
        }
    }
    let subscript = vm.tuple(subscript.items());
    vm.get_item(alias, subscript)
}
