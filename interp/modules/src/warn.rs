//! Warnings given by native modules.
use haft_core::object::Type;
use haft_core::{Args, R, Value, Vm};

/// `warnings.warn(message, category, stack_level)`; level 1 is the Python function that runs.
pub fn warn(vm: &mut Vm, category: Type, message: &str, stack_level: i64) -> R<()> {
    let module = import(vm, "warnings")?;
    let (message, level) = (vm.str(message), vm.int(stack_level));
    vm.call_method_str(module, "warn", &[message, category.value(), level])?;
    Ok(())
}

/// ResourceWarning about `source`. Nobody sees one unless the program asked for it, so the module is not imported for
/// this alone.
pub fn warn_resource(vm: &mut Vm, message: &str, source: Value) -> R<()> {
    let name = vm.str("warnings");
    let modules = vm.modules;
    let loaded = vm.dict_get(modules, name)?;
    if loaded.is_none() && vm.config.warn_options.is_empty() {
        return Ok(());
    }
    let module = import(vm, "warnings")?;
    let warn = vm.get_attr_str(module, "warn")?;
    let (message, level) = (vm.str(message), Value::small(1));
    let keyword = vm.intern("source");
    vm.call(
        warn,
        &Args {
            vals: &[message, vm.exc.resource_warning.value(), level, source],
            names: &[keyword],
        },
    )?;
    Ok(())
}

/// `import name`, for a module without a package.
pub fn import(vm: &mut Vm, name: &str) -> R {
    let name = vm.str(name);
    let modules = vm.modules;
    if let Some(module) = vm.dict_get(modules, name)? {
        return Ok(module);
    }
    let builtins = vm.builtins;
    match vm.dict_get_name(builtins, vm.names.__import__) {
        Some(import) => vm.call_positional(import, &[name]),
        None => Err(vm.import_error("__import__ not found")),
    }
}
