//! The module `builtins`: its functions, and its namespace.
mod asynchronous;
mod attribute;
mod constant;
mod evaluate;
mod extreme;
mod iteration;
mod number;
mod object;
mod scope;
mod stream;
mod sum;

use haft_core::object::Module;
use haft_core::{R, Value, Vm};

const DOC: &str = "Built-in functions, types, exceptions, and other objects.

This module provides direct access to all 'built-in'
identifiers of Python; for example, builtins.len is
the full name for the built-in function len().

This module is not normally accessed explicitly by most
applications, but can be useful in modules that provide
objects with the same name as a builtin and need to
access the original.";

/// Fill the namespace of `builtins` and make the module.
pub fn install(vm: &mut Vm) {
    let dict = vm.builtins;
    let (name, doc, package) = (vm.names.builtins, vm.str(DOC), vm.str(""));
    for (key, value) in [
        (vm.names.__name__, name),
        (vm.names.__doc__, doc),
        (vm.names.__package__, package),
        (vm.names.__loader__, Value::NONE),
        (vm.names.__spec__, Value::NONE),
    ] {
        vm.dict_set_name(dict, key, value);
    }
    vm.help_consumers(crate::container::CONSUMER_HELPERS);
    constant::install(vm);
    asynchronous::install(vm);
    for table in [
        scope::FUNCTIONS,
        number::FUNCTIONS,
        iteration::FUNCTIONS,
        object::FUNCTIONS,
        attribute::FUNCTIONS,
        evaluate::FUNCTIONS,
        extreme::FUNCTIONS,
        stream::FUNCTIONS,
        sum::FUNCTIONS,
        asynchronous::FUNCTIONS,
    ] {
        vm.add_functions(dict, "builtins", table);
    }
    add_constants(vm);
    add_classes(vm);
    let module = vm.new_payload(vm.t.module, Module { dict });
    vm.dict_set_name(vm.modules, vm.names.builtins, module);
}

/// `importlib.import_module(name)` for an absolute name, through `__import__`.
pub(crate) fn import_module(vm: &mut Vm, name: &str) -> R {
    let key = vm.intern(name);
    if let Some(module) = vm.dict_get_name(vm.modules, key).filter(|module| !module.is_none()) {
        return Ok(module);
    }
    let Some(function) = vm.dict_get_name(vm.builtins, vm.names.__import__) else {
        return Err(vm.import_error("__import__ not found"));
    };
    let top = vm.call_positional(function, &[key])?;
    Ok(vm.dict_get_name(vm.modules, key).unwrap_or(top))
}

fn add_constants(vm: &mut Vm) {
    let constants = [
        ("None", Value::NONE),
        ("Ellipsis", Value::ELLIPSIS),
        ("NotImplemented", Value::NOT_IMPLEMENTED),
        ("False", Value::FALSE),
        ("True", Value::TRUE),
        ("__debug__", Value::bool(vm.config.optimize == 0)),
    ];
    for (name, value) in constants {
        vm.dict_set_str(vm.builtins, name, value);
    }
}

/// The classes and exceptions under their own names, and two exceptions under their old ones as well.
fn add_classes(vm: &mut Vm) {
    let t = vm.t;
    let mut classes = vec![
        t.bool,
        t.memoryview,
        t.bytearray,
        t.bytes,
        t.classmethod,
        t.complex,
        t.dict,
        t.float,
        t.frozenset,
        t.property,
        t.int,
        t.list,
        t.object,
        t.range,
        t.set,
        t.slice,
        t.staticmethod,
        t.str,
        t.super_,
        t.tuple,
        t.r#type,
    ];
    classes.extend(vm.exc.all());
    for class in classes {
        let name = vm.intern_str(class.name.get());
        vm.dict_set_name(vm.builtins, name, class.value());
    }
    for name in ["EnvironmentError", "IOError"] {
        vm.dict_set_str(vm.builtins, name, vm.exc.os_error.value());
    }
}
