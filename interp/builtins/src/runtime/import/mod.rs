//! Imports.
//!
//! # Idea
//! CPython runs the import system in Python, `importlib._bootstrap`. Loading that at each start would cost more than
//! most programs do, so the search and the loading of modules are native here, for as long as nobody has changed
//! anything: native modules first, then the entries of `sys.path`, one of which is the packed standard library.
//!
//! `importlib` still is the real one. It comes to life ([`bootstrap`]) when somebody imports it or looks at
//! `sys.meta_path`, `sys.path_hooks` or `sys.path_importer_cache`; then the modules loaded so far get real loaders. If
//! `sys.meta_path` or `sys.path_hooks` is not what importlib made of it, finders are asked one after the other, as
//! PEP 302 wants.
pub(crate) mod bootstrap;
mod find;
mod haft_module;
mod imp;
pub mod library;
mod load;
mod loader;
mod name;
mod spec;
mod state;

use haft_core::object::{Dict, Module, PayloadRef, Type};
use haft_core::vm::Raised;
use haft_core::{R, Value, Vm, natives};

pub use load::{ExtensionLoader, add_extension_suffix, compile_bytes, compile_text, run_source};
pub use loader::script_loader;
pub use spec::{ModuleSpec, new_spec};

use crate::error::fields::import as import_fields;
use crate::error::new_exception;

/// Make the classes of specs and loaders, and register the modules of the import system.
pub(super) fn install(vm: &mut Vm) {
    state::install(vm);
    vm.native_modules.insert("_imp", imp::init);
    vm.native_modules.insert("_haft", haft_module::init);
    vm.native_modules.insert("_frozen_importlib", bootstrap::refuse);
    vm.native_modules.insert("_frozen_importlib_external", bootstrap::refuse);
}

/// Put `__import__` into `builtins`.
pub(super) fn finish(vm: &mut Vm) {
    vm.add_functions(vm.builtins, "builtins", FUNCTIONS);
}

natives! {
    static FUNCTIONS = {
        /// Import a module.
        ///
        /// Because this function is meant for use by the Python
        /// interpreter and not for general use, it is better to use
        /// importlib.import_module() to programmatically import a module.
        ///
        /// The globals argument is only used to determine the context;
        /// they are not modified.  The locals argument is unused.  The fromlist
        /// should be a list of names to emulate ``from name import ...``, or an
        /// empty list to emulate ``import name``.
        /// When importing a module from a package, note that __import__('A.B', ...)
        /// returns package A when fromlist is empty, but its submodule B when
        /// fromlist is not empty.  The level argument is used to determine whether to
        /// perform absolute or relative imports: 0 is absolute, while a positive number
        /// is the number of parent directories to search relative to the current module.
        __import__ "(name, globals=None, locals=None, fromlist=(), level=0)" => import_function;
    }
}

fn import_function(vm: &mut Vm, args: &[Value]) -> R {
    let level = vm.index_of(args[4])?;
    import(vm, args[0], args[1], args[3], level)
}

/// `__import__(name, globals, None, fromlist, level)`
pub fn import(vm: &mut Vm, name: Value, globals: Value, fromlist: Value, level: i64) -> R {
    let Some(text) = vm.as_str(name).map(|s| s.to_text().into_owned()) else {
        return Err(vm.type_error("module name must be a string"));
    };
    if level < 0 {
        return Err(vm.value_error("level must be >= 0"));
    }
    let full = if level > 0 {
        name::resolve(vm, &text, globals, level as usize)?
    } else if text.is_empty() {
        return Err(vm.value_error("Empty module name"));
    } else {
        text.clone()
    };
    let module = find_and_load(vm, &full)?;
    if !fromlist.is_none() && vm.truth(fromlist)? {
        if vm.find_attr(module, vm.names.__path__)?.is_some() {
            handle_fromlist(vm, module, fromlist)?;
        }
        return Ok(module);
    }
    let Some((front, _)) = text.split_once('.') else { return Ok(module) };
    if level == 0 {
        return find_and_load(vm, front);
    }
    // The package that the first part of the relative name stands for.
    let wanted = &full[..full.len() - (text.len() - front.len())];
    match vm.dict_get_str(vm.modules, wanted) {
        Some(found) => Ok(found),
        None => {
            let shown = vm.str(wanted);
            let shown = vm.repr_text(shown)?;
            Err(vm.raise(vm.exc.key_error, format!("{shown} not in sys.modules as expected")))
        }
    }
}

/// The module with this name, as `importlib.import_module(name)`.
pub fn import_module(vm: &mut Vm, name: &str) -> R {
    find_and_load(vm, name)
}

/// The module with this absolute name: from `sys.modules`, or found and loaded.
pub fn find_and_load(vm: &mut Vm, name: &str) -> R {
    let key = vm.intern(name);
    match vm.dict_get_name(vm.modules, key) {
        Some(found) if found.is_none() => {
            let message = format!("import of {name} halted; None in sys.modules");
            Err(not_found(vm, message, name))
        }
        Some(found) => Ok(found),
        None => find_and_load_new(vm, name, key),
    }
}

fn find_and_load_new(vm: &mut Vm, name: &str, key: Value) -> R {
    let Some((parent_name, tail)) = name.rsplit_once('.') else {
        let Some(found) = find::find(vm, name, None)? else {
            return Err(not_found(vm, format!("No module named '{name}'"), name));
        };
        return load::load(vm, name, found);
    };
    let parent = find_and_load(vm, parent_name)?;
    // The parent may have imported it.
    if let Some(found) = vm.dict_get_name(vm.modules, key) {
        return Ok(found);
    }
    let parent = vm.dict_get_str(vm.modules, parent_name).unwrap_or(parent);
    let Some(path) = vm.find_attr(parent, vm.names.__path__)? else {
        return Err(not_found(
            vm,
            format!("No module named '{name}'; '{parent_name}' is not a package"),
            name,
        ));
    };
    let Some(found) = find::find(vm, name, Some(path))? else {
        return Err(not_found(vm, format!("No module named '{name}'"), name));
    };
    let module = load::load(vm, name, found)?;
    bind_in_parent(vm, parent, parent_name, tail, module)?;
    Ok(module)
}

/// Set a loaded submodule as attribute of its package.
fn bind_in_parent(
    vm: &mut Vm,
    parent: Value,
    parent_name: &str,
    tail: &str,
    module: Value,
) -> R<()> {
    let name = vm.intern(tail);
    match vm.set_attr(parent, name, module) {
        Err(raised) if vm.raised_is(vm.exc.attribute_error) => {
            vm.take_raised(raised);
            let message =
                format!("Cannot set an attribute on '{parent_name}' for child module '{tail}'");
            crate::error::warn(vm, vm.exc.import_warning, &message, 1)
        }
        result => result,
    }
}

/// `from package import name, …`: names that are no attributes may be submodules.
fn handle_fromlist(vm: &mut Vm, package: Value, fromlist: Value) -> R<()> {
    let names = vm.list_of(fromlist)?;
    let mut at = 0;
    let mut star_done = false;
    while at < names.len() {
        let name = names.at(at);
        at += 1;
        let Some(text) = vm.as_str(name).map(|s| s.to_text().into_owned()) else {
            let (package, got) = (vm.find_attr(package, vm.names.__name__)?, vm.type_name(name));
            let package = package.map_or_else(String::new, |package| vm.shown(package));
            let place =
                if star_done { format!("{package}.__all__") } else { "``from list''".to_owned() };
            return Err(vm.type_error(format!("Item in {place} must be str, not {got}")));
        };
        if text == "*" {
            if !star_done && let Some(all) = vm.find_attr(package, vm.names.__all__)? {
                star_done = true;
                vm.extend_list(names, all)?;
            }
            continue;
        }
        let attr = vm.intern(&text);
        if vm.find_attr(package, attr)?.is_none() {
            import_submodule(vm, package, &text)?;
        }
    }
    Ok(())
}

/// Try to import a submodule; that there is none is no error here.
fn import_submodule(vm: &mut Vm, package: Value, tail: &str) -> R<()> {
    let Some(package_name) = vm.find_attr(package, vm.names.__name__)? else { return Ok(()) };
    let full = format!("{}.{tail}", vm.shown(package_name));
    match find_and_load(vm, &full) {
        Err(raised) if vm.raised_is(vm.exc.module_not_found_error) => {
            let error = vm.take_raised(raised);
            let payload = PayloadRef::<haft_core::object::Exception>::of_value(error);
            let missing = payload.map(|error| vm.shown(error.fields[import_fields::NAME].get()));
            let halted = vm.dict_get_str(vm.modules, &full).is_some_and(Value::is_none);
            if missing.as_deref() == Some(&full) && !halted {
                Ok(())
            } else {
                Err(vm.raise_again(error))
            }
        }
        result => result.map(|_| ()),
    }
}

/// ModuleNotFoundError about the module `name`.
#[cold]
pub(crate) fn not_found(vm: &mut Vm, message: String, name: &str) -> Raised {
    raise_import_error(vm, vm.exc.module_not_found_error, &message, name, None)
}

/// ImportError or a subclass with its attributes.
#[cold]
pub fn raise_import_error(
    vm: &mut Vm,
    class: Type,
    message: &str,
    name: &str,
    path: Option<&str>,
) -> Raised {
    let message = vm.str(message);
    let args = vm.tuple(&[message]);
    let error = new_exception(vm, class, args);
    error.fields[import_fields::MSG].set(message);
    let name = vm.str(name);
    error.fields[import_fields::NAME].set(name);
    if let Some(path) = path {
        let path = vm.str(path);
        error.fields[import_fields::PATH].set(path);
    }
    vm.raise_value(error.value())
}

/// The namespace of a module object.
pub fn namespace(module: Value) -> Option<Dict> {
    PayloadRef::<Module>::of_value(module).map(|module| module.dict)
}
