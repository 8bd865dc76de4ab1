//! Relative module names.
use haft_core::object::Dict;
use haft_core::vm::Raised;
use haft_core::{R, Value, Vm};

/// The absolute name that `name`, `level` packages up from the module with these globals, stands for.
pub(super) fn resolve(vm: &mut Vm, name: &str, globals: Value, level: usize) -> R<String> {
    let Some(globals) = vm.as_dict(globals) else {
        return Err(vm.type_error("globals must be a dict"));
    };
    let package = package_of(vm, globals)?;
    if package.is_empty() {
        return Err(no_parent(vm));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        let Some((parent, _)) = base.rsplit_once('.') else {
            return Err(vm.import_error("attempted relative import beyond top-level package"));
        };
        base = parent;
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

#[cold]
fn no_parent(vm: &mut Vm) -> Raised {
    vm.import_error("attempted relative import with no known parent package")
}

/// The package of the module with these globals (PEP 366).
fn package_of(vm: &mut Vm, globals: Dict) -> R<String> {
    let given =
        |vm: &mut Vm, name: Value| vm.dict_get_name(globals, name).filter(|value| !value.is_none());
    let package = given(vm, vm.names.__package__);
    let spec = given(vm, vm.names.__spec__);
    if let Some(package) = package {
        let Some(text) = vm.as_str(package) else {
            return Err(vm.type_error("package must be a string"));
        };
        if let Some(spec) = spec {
            let parent = vm.get_attr_str(spec, "parent")?;
            if !vm.equals(package, parent)? {
                crate::error::warn(
                    vm,
                    vm.exc.deprecation_warning,
                    "__package__ != __spec__.parent",
                    1,
                )?;
            }
        }
        return Ok(text.to_text().into_owned());
    }
    if let Some(spec) = spec {
        let parent = vm.get_attr_str(spec, "parent")?;
        return match vm.as_str(parent) {
            Some(text) => Ok(text.to_text().into_owned()),
            None => Err(vm.type_error("__spec__.parent must be a string")),
        };
    }
    let message =
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__";
    crate::error::warn(vm, vm.exc.import_warning, message, 1)?;
    let Some(name) = vm.dict_get_name(globals, vm.names.__name__) else {
        return Err(vm.raise(vm.exc.key_error, "'__name__' not in globals"));
    };
    let Some(name) = vm.as_str(name).map(|name| name.to_text().into_owned()) else {
        return Err(vm.type_error("__name__ must be a string"));
    };
    if vm.dict_get_name(globals, vm.names.__path__).is_some() {
        return Ok(name);
    }
    match name.rsplit_once('.') {
        Some((parent, _)) => Ok(parent.to_owned()),
        None => Err(no_parent(vm)),
    }
}
