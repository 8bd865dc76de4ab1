//! Waking importlib: its two modules are loaded, and what was imported so far gets real loaders.
use haft_core::object::{Dict, List, PayloadRef};
use haft_core::{R, Value, Vm, natives};

use super::library;
use super::load::compile_source;
use super::loader::SleepingLoader;
use super::spec::ModuleSpec;
use super::state::{self, Importlib};
use super::{find_and_load, import, namespace};

const BOOTSTRAP: &str = "_frozen_importlib";
const EXTERNAL: &str = "_frozen_importlib_external";

/// Is it one of the names that importlib has before it is imported?
pub(super) fn is_bootstrap_name(name: &str) -> bool {
    name == BOOTSTRAP || name == EXTERNAL
}

/// These two are made by [`wake`], never by themselves.
pub(super) fn refuse(vm: &mut Vm, _: Dict) -> R<()> {
    Err(vm.import_error("importlib is not ready"))
}

/// Load importlib's parts, if that was not done before.
pub(super) fn wake(vm: &mut Vm) -> R<Importlib> {
    if let Some(importlib) = state::of(vm).importlib.get() {
        return Ok(importlib);
    }
    let bootstrap = load_part(vm, BOOTSTRAP, "_bootstrap.py")?;
    complete_bootstrap(vm, bootstrap)?;
    let external = load_external(vm)?;
    let lists = ["meta_path", "path_hooks"].map(|name| {
        let list = vm.list(&[]);
        vm.dict_set_str(vm.sys, name, list);
        list
    });
    let cache = vm.dict();
    vm.dict_set_str(vm.sys, "path_importer_cache", cache.value());
    let helper = load_part(vm, "_haft_importlib", "../_haft_importlib.py")?;
    let packed_loader = vm.call_method_str(helper, "install", &[bootstrap, external])?;
    let [finders, hooks] = lists.map(|list| {
        let items = vm.as_list(list).map_or(&[][..], List::items);
        vm.tuple(items)
    });
    let importlib = Importlib {
        bootstrap,
        external,
        packed_loader,
        meta_path: lists[0],
        finders,
        path_hooks: lists[1],
        hooks,
    };
    state::of(vm).importlib.set(Some(importlib));
    give_real_loaders(vm)?;
    Ok(importlib)
}

/// The second part; it needs `marshal` only to read compiled files, which there are none of.
fn load_external(vm: &mut Vm) -> R {
    let stand_in = !vm.native_modules.contains_key("marshal");
    if stand_in {
        let module = vm.new_module("marshal");
        vm.dict_set_str(vm.modules, "marshal", module.value());
    }
    let external = load_part(vm, EXTERNAL, "_bootstrap_external.py");
    if stand_in {
        let name = vm.intern("marshal");
        vm.dict_remove_name(vm.modules, name);
    }
    external
}

/// A module of the folder `importlib` under the name it has before importlib is imported.
fn load_part(vm: &mut Vm, name: &str, file: &str) -> R {
    let root = library::root(vm);
    let path = match file.strip_prefix("../") {
        Some(file) => format!("{root}/{file}"),
        None => format!("{root}/importlib/{file}"),
    };
    let module = vm.new_module(name);
    let package = vm.str("");
    vm.dict_set_name(module.dict, vm.names.__package__, package);
    vm.dict_set_name(module.dict, vm.names.__builtins__, vm.builtins.value());
    let key = vm.intern(name);
    vm.dict_set_name(vm.modules, key, module.value());
    let result = match compile_source(vm, &path) {
        Ok(code) => haft_core::interp::exec_code(vm, code, module.dict, module.dict.value()),
        Err(raised) => Err(raised),
    };
    if let Err(raised) = result {
        vm.dict_remove_name(vm.modules, key);
        return Err(raised);
    }
    Ok(module.value())
}

natives! {
    static REPLACEMENTS = {
        /// Import a module.
        __import__ "(name, globals=None, locals=None, fromlist=(), level=0)" => |vm, args| { let level = vm.index_of(args[4])?; import(vm, args[0], args[1], args[3], level) };
        /// Import and return the module based on its name, package, and level.
        _gcd_import "(name, package=None, level=0)" => gcd_import;
        /// Find and load the module.
        _find_and_load "(name, import_)" => |vm, args| { let name = vm.str_text(args[0])?; find_and_load(vm, &name) };
    }
}

/// What `_setup` of importlib does, and native functions in place of its own.
fn complete_bootstrap(vm: &mut Vm, bootstrap: Value) -> R<()> {
    let Some(dict) = namespace(bootstrap) else { return Ok(()) };
    let sys = vm.dict_get_str(vm.modules, "sys").unwrap_or(Value::NONE);
    vm.dict_set_str(dict, "sys", sys);
    for name in ["_imp", "_warnings", "_weakref"] {
        let module = find_and_load(vm, name)?;
        vm.dict_set_str(dict, name, module);
    }
    // Without this module importlib uses no locks, which native imports do not use either.
    vm.dict_set_str(dict, "_thread", Value::NONE);
    let blocking = vm.call_method_str(bootstrap, "_WeakValueDictionary", &[])?;
    vm.dict_set_str(dict, "_blocking_on", blocking);
    let spec_class = state::of(vm).spec_class.value();
    vm.dict_set_str(dict, "ModuleSpec", spec_class);
    vm.add_functions(dict, BOOTSTRAP, REPLACEMENTS);
    Ok(())
}

/// `_gcd_import(name, package, level)`
fn gcd_import(vm: &mut Vm, args: &[Value]) -> R {
    let importlib = wake(vm)?;
    vm.call_method_str(importlib.bootstrap, "_sanity_check", args)?;
    let level = vm.index_of(args[2])?;
    let name = if level > 0 {
        vm.call_method_str(importlib.bootstrap, "_resolve_name", args)?
    } else {
        args[0]
    };
    let name = vm.str_text(name)?;
    find_and_load(vm, &name)
}

/// Replace the loaders of all modules imported so far.
fn give_real_loaders(vm: &mut Vm) -> R<()> {
    let modules = vm.new_list();
    for (_, module) in vm.modules.iter() {
        modules.push(&mut vm.heap, module);
    }
    for at in 0..modules.len() {
        let Some(dict) = namespace(modules.at(at)) else { continue };
        let Some(loader) = vm.dict_get_name(dict, vm.names.__loader__) else { continue };
        if PayloadRef::<SleepingLoader>::of_value(loader).is_none() {
            continue;
        }
        let real = real_loader(vm, loader)?;
        vm.dict_set_name(dict, vm.names.__loader__, real);
        let spec =
            vm.dict_get_name(dict, vm.names.__spec__).and_then(PayloadRef::<ModuleSpec>::of_value);
        if let Some(spec) = spec {
            spec.loader.set(real);
        }
    }
    Ok(())
}

/// The loader of importlib that a sleeping one stands for.
pub(super) fn real_loader(vm: &mut Vm, loader: Value) -> R {
    let Some(sleeping) = PayloadRef::<SleepingLoader>::of_value(loader) else { return Ok(loader) };
    let importlib = wake(vm)?;
    if sleeping.path.is_absent() {
        return vm.get_attr_str(importlib.bootstrap, "BuiltinImporter");
    }
    let path = vm.shown(sleeping.path);
    let class = if library::inner_path(state::of(vm), &path).is_some() {
        importlib.packed_loader
    } else {
        vm.get_attr_str(importlib.external, "SourceFileLoader")?
    };
    vm.call_positional(class, &[sleeping.name, sleeping.path])
}

/// Load what a spec of Python describes.
pub(super) fn load_spec(vm: &mut Vm, spec: Value) -> R {
    let importlib = wake(vm)?;
    vm.call_method_str(importlib.bootstrap, "_load_unlocked", &[spec])
}

/// The spec that importlib's `PathFinder` gives; None if it finds nothing.
pub(super) fn path_finder_spec(vm: &mut Vm, name: &str, path: List) -> R {
    let importlib = wake(vm)?;
    let finder = vm.get_attr_str(importlib.external, "PathFinder")?;
    let name = vm.str(name);
    vm.call_method_str(finder, "find_spec", &[name, path.value()])
}

/// What the finder for a single entry of a path gives.
pub(super) fn find_in_entry(vm: &mut Vm, name: &str, entry: Value) -> R<Option<Value>> {
    let importlib = wake(vm)?;
    let path_finder = vm.get_attr_str(importlib.external, "PathFinder")?;
    let finder = vm.call_method_str(path_finder, "_path_importer_cache", &[entry])?;
    if finder.is_none() {
        return Ok(None);
    }
    let name = vm.str(name);
    let spec = vm.call_method_str(finder, "find_spec", &[name])?;
    Ok((!spec.is_none()).then_some(spec))
}

/// `sys.meta_path` and its like are made when somebody asks for them.
pub(crate) fn lazy_sys_attribute(vm: &mut Vm, name: &str) -> R<Option<Value>> {
    if !["meta_path", "path_hooks", "path_importer_cache"].contains(&name) {
        return Ok(None);
    }
    wake(vm)?;
    Ok(vm.dict_get_str(vm.sys, name))
}
