//! Loading modules.
use std::sync::Arc;

use haft_bytecode::Code;
use haft_compiler::{Mode, Options, WarningCategory};
use haft_core::interp::{exec_code, load_code};
use haft_core::object::{CodeObject, Dict, PayloadRef};
use haft_core::{R, Value, Vm};

use super::find::Found;
use super::loader::{self, SleepingLoader};
use super::spec::{ModuleSpec, new_spec};
use super::{bootstrap, library, state};
use crate::error::{Site, raise_syntax_error, warn_explicit};

/// Makes the module of an extension: (name, path) to module.
pub type ExtensionLoader = fn(&mut Vm, &str, &str) -> R;

/// Load files with this suffix as extension modules.
pub fn add_extension_suffix(vm: &Vm, suffix: &'static str, load: ExtensionLoader) {
    state::of(vm).extensions.borrow_mut().push((suffix, load));
}

/// Load a module that was found, and put it into `sys.modules`.
pub(super) fn load(vm: &mut Vm, name: &str, found: Found) -> R {
    match found {
        Found::Native => load_native(vm, name),
        Found::Source { path, package } => load_source(vm, name, &path, package),
        Found::Extension { path, package, load } => load_extension(vm, name, &path, package, load),
        Found::Spec(spec) => bootstrap::load_spec(vm, spec),
    }
}

fn load_native(vm: &mut Vm, name: &str) -> R {
    let module = vm.import_native(name)?;
    if let Some(dict) = super::namespace(module) {
        describe_native(vm, name, dict);
    }
    Ok(module)
}

/// Give a native module its spec and loader.
pub(super) fn describe_native(vm: &mut Vm, name: &str, dict: Dict) {
    let (name, package, origin) = (vm.intern(name), vm.str(""), vm.str("built-in"));
    let loader = new_loader(vm, name, Value::ABSENT);
    let spec = new_spec(vm, name, loader, origin);
    vm.dict_set_name(dict, vm.names.__package__, package);
    vm.dict_set_name(dict, vm.names.__loader__, loader);
    vm.dict_set_name(dict, vm.names.__spec__, spec.value());
}

/// The loader of a module: the real one once importlib is awake.
fn new_loader(vm: &mut Vm, name: Value, path: Value) -> Value {
    let class = state::of(vm).loader_class;
    let sleeping = vm.new_payload(class, SleepingLoader { name, path });
    if state::of(vm).importlib.get().is_none() {
        return sleeping;
    }
    bootstrap::real_loader(vm, sleeping).unwrap_or_else(|raised| {
        vm.take_raised(raised);
        sleeping
    })
}

fn load_source(vm: &mut Vm, name: &str, path: &str, package: bool) -> R {
    let module = vm.new_module(name);
    let spec = describe_file(vm, module.dict, name, path, package);
    let key = vm.intern(name);
    vm.dict_set_name(vm.modules, key, module.value());
    spec.initializing.set(true);
    let result = match compile_source(vm, path) {
        Ok(code) => exec_code(vm, code, module.dict, module.dict.value()),
        Err(raised) => Err(raised),
    };
    spec.initializing.set(false);
    if let Err(raised) = result {
        vm.dict_remove_name(vm.modules, key);
        return Err(raised);
    }
    // The module may have replaced itself; what was imported last stands last.
    let Some(module) = vm.dict_get_name(vm.modules, key) else { return Err(vm.key_error(key)) };
    vm.dict_remove_name(vm.modules, key);
    vm.dict_set_name(vm.modules, key, module);
    Ok(module)
}

/// Fill the namespace of a module from a file.
fn describe_file(
    vm: &mut Vm,
    dict: Dict,
    name: &str,
    path: &str,
    package: bool,
) -> PayloadRef<ModuleSpec> {
    let names = vm.names;
    let (name_value, file) = (vm.intern(name), vm.str_os(path.as_bytes()));
    let loader = new_loader(vm, name_value, file);
    let spec = new_spec(vm, name_value, loader, file);
    spec.has_location.set(true);
    let parent =
        if package { name } else { name.rsplit_once('.').map_or("", |(parent, _)| parent) };
    let parent = vm.intern(parent);
    vm.dict_set_name(dict, names.__package__, parent);
    vm.dict_set_name(dict, names.__loader__, loader);
    vm.dict_set_name(dict, names.__spec__, spec.value());
    if package {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder = vm.str(folder);
        let locations = vm.list(&[folder]);
        spec.locations.set(locations);
        vm.dict_set_name(dict, names.__path__, locations);
    }
    vm.dict_set_name(dict, names.__file__, file);
    vm.dict_set_str(dict, "__cached__", Value::NONE);
    vm.dict_set_name(dict, names.__builtins__, vm.builtins.value());
    spec
}

fn load_extension(vm: &mut Vm, name: &str, path: &str, package: bool, load: ExtensionLoader) -> R {
    let module = load(vm, name, path)?;
    if let Some(dict) = super::namespace(module) {
        describe_file(vm, dict, name, path, package);
    }
    let key = vm.intern(name);
    vm.dict_set_name(vm.modules, key, module);
    Ok(module)
}

/// The code of a source file.
pub(super) fn compile_source(vm: &mut Vm, path: &str) -> R<PayloadRef<CodeObject>> {
    let optimize = vm.config.optimize;
    let packed = {
        let state = state::of(vm);
        let inner = library::inner_path(state, path);
        inner.and_then(|inner| {
            state.with_library(|library| library.code(inner, optimize, path)).flatten()
        })
    };
    if let Some(code) = packed {
        return load_code(vm, code);
    }
    let bytes = loader::data(vm, path)?;
    let code = compile_bytes(vm, &bytes, path)?;
    load_code(vm, code)
}

/// Compile the bytes of a source file as a module. Warnings of the compiler are issued.
pub fn compile_bytes(vm: &mut Vm, bytes: &[u8], filename: &str) -> R<Arc<Code>> {
    let text = match haft_compiler::decode_file(bytes, filename) {
        Ok(text) => text,
        Err(error) => return Err(raise_syntax_error(vm, &error, filename)),
    };
    compile_text(vm, &text, filename)
}

/// As [`compile_bytes`], from text.
pub fn compile_text(vm: &mut Vm, text: &str, filename: &str) -> R<Arc<Code>> {
    let options = Options { optimize: vm.config.optimize, ..Options::new(filename, Mode::Exec) };
    let (code, warnings) = match haft_compiler::compile(text, &options) {
        Ok(compiled) => compiled,
        Err(error) => return Err(raise_syntax_error(vm, &error, filename)),
    };
    for warning in warnings {
        let category = match warning.category {
            WarningCategory::Syntax => vm.exc.syntax_warning,
            WarningCategory::Deprecation => vm.exc.deprecation_warning,
        };
        let site =
            Site { filename: filename.to_owned(), line: warning.line, text: Some(warning.text) };
        warn_explicit(vm, category, &warning.message, &site)?;
    }
    Ok(code)
}

/// Run source text in a namespace, as a program does.
pub fn run_source(vm: &mut Vm, code: Arc<Code>, dict: Dict) -> R {
    let code = load_code(vm, code)?;
    exec_code(vm, code, dict, dict.value())
}
