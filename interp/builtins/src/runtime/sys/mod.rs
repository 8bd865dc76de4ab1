//! The module `sys`.
mod audit;
mod functions;
mod hooks;
mod info;
mod monitoring;
mod namespace;
mod threads;
mod tracing;

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;

use haft_core::object::{Dict, Module};
use haft_core::{R, Value, Vm, natives};

pub(super) use hooks::unraisable_arguments;
pub use info::{HEX_VERSION, VERSION, VERSION_INFO};
pub(super) use namespace::namespace_class;
pub use namespace::new_namespace;

use super::import::{bootstrap, library};
use super::stdlib_names::STDLIB_MODULES;

/// Make the modules `sys` and `builtins` around the runtime's own namespaces.
pub(super) fn make(vm: &mut Vm) -> R<()> {
    namespace::install(vm);
    for (name, dict) in [("sys", vm.sys), ("builtins", vm.builtins)] {
        make_module(vm, name, dict);
        // Both are native modules as others are; they only are there from the start.
        vm.native_modules.insert(name, |_, _| Ok(()));
    }
    functions::add(vm);
    hooks::add(vm);
    audit::add(vm);
    threads::add(vm);
    tracing::add(vm);
    vm.add_functions(vm.sys, "sys", LAZY);
    info::add(vm)?;
    super::import::finish(vm);
    Ok(())
}

/// A module object whose namespace is `dict`, in `sys.modules`.
fn make_module(vm: &mut Vm, name: &str, dict: Dict) {
    let fresh = vm.new_module(name);
    for (key, value) in fresh.dict.iter() {
        if vm.dict_get_name(dict, key).is_none() {
            vm.dict_set_name(dict, key, value);
        }
    }
    let module = vm.new_payload_ref(vm.t.module, Module { dict });
    vm.dict_set_str(vm.modules, name, module.value());
}

/// Set what depends on how the program was started.
pub fn set_arguments(vm: &mut Vm, argv: &[OsString], original: &[OsString]) {
    for (name, all) in [("argv", argv), ("orig_argv", original)] {
        let list = vm.new_list();
        for argument in all {
            let argument = vm.str_os(argument.as_bytes());
            list.push(&mut vm.heap, argument);
        }
        vm.dict_set_str(vm.sys, name, list.value());
    }
}

/// Set `sys.path`.
pub fn set_path(vm: &mut Vm, entries: &[OsString]) {
    let list = vm.new_list();
    for entry in entries {
        let entry = vm.str_os(entry.as_bytes());
        list.push(&mut vm.heap, entry);
    }
    vm.dict_set_str(vm.sys, "path", list.value());
    let root = library::root(vm);
    let root = vm.str(&root);
    vm.dict_set_str(vm.sys, "_stdlib_dir", root);
}

/// Give the names of native modules, once all are registered.
pub fn set_builtin_module_names(vm: &mut Vm) {
    let names: Vec<&'static str> = vm.native_modules.keys().copied().collect();
    let list = vm.new_list();
    for name in names {
        let name = vm.intern(name);
        list.push(&mut vm.heap, name);
    }
    let names = vm.tuple(list.items());
    vm.dict_set_str(vm.sys, "builtin_module_names", names);
}

natives! {
    static LAZY = {
        /// Attributes that are made when they are asked for.
        __getattr__ "($module, name, /)" => lazy_attribute;
    }
}

fn lazy_attribute(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.shown(args[0]);
    if let Some(value) = bootstrap::lazy_sys_attribute(vm, &name)? {
        return Ok(value);
    }
    let value = match name.as_str() {
        "stdlib_module_names" => {
            let names = haft_core::object::Set::with_shape(
                &mut vm.heap,
                haft_core::object::ShapeId::FROZENSET,
            );
            for name in STDLIB_MODULES {
                let name = vm.intern(name);
                vm.set_add(names, name)?;
            }
            names.value()
        }
        "monitoring" => monitoring::make(vm)?,
        _ => {
            let module = vm.dict_get_str(vm.modules, "sys").unwrap_or(Value::NONE);
            let raised = vm.attribute_error(format!("module 'sys' has no attribute '{name}'"));
            return Err(vm.name_attribute_error(raised, module, args[0]));
        }
    };
    vm.dict_set_str(vm.sys, &name, value);
    Ok(value)
}
