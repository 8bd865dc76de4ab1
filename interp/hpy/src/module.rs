//! Loading extension modules, and the module `_hpy_universal` of which the package `hpy` is made.
use std::path::Path;

use haft_builtins::runtime::import::{new_spec, raise_import_error};
use haft_core::object::Module;
use haft_hpy_abi::definition::ModuleDefinition;
use haft_hpy_abi::mode::Mode;
use haft_hpy_abi::module::Module as Library;
use haft_hpy_abi::{Cx, HPy};

use crate::class::invoke::invoke;
use crate::class::{Found, function, refuse};
use crate::handle::{borrowed, checked, taken};
use crate::prelude::*;
use crate::state::context;

/// The release of HPy whose interface this is.
const VERSION: &str = "0.9.0";
/// Of `get_version`.
const REVISION: &str = "haft";

natives! {
    static FUNCTIONS = {
        /// Load a .hpy0.so file
        load "(name, path, spec, debug=False, mode=-1)" => load;
        /// Internal function intended to be used by the stub loader. This function will honor env var 'HPY' and correctly set the attributes of the module.
        _load_bootstrap "(name, ext_name, package, file, loader, spec, env)" => load_bootstrap;
        /// Return a tuple ('version', 'git revision')
        get_version "()" => get_version;
    }
}

/// Fill `_hpy_universal`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "hpy.universal", FUNCTIONS);
    for &(name, mode) in Mode::CONSTANTS {
        vm.dict_set_str(dict, name, Value::small(mode as i32));
    }
    Ok(())
}

fn get_version(vm: &mut Vm, _: &[Value]) -> R {
    let (version, revision) = (vm.str(VERSION), vm.str(REVISION));
    Ok(vm.tuple(&[version, revision]))
}

/// Why a module could not be loaded: not a module at all, or an exception of its own.
enum Failure {
    /// The message of a RuntimeError or ImportError.
    Unusable(String),
    Raised(Raised),
}

impl From<Raised> for Failure {
    fn from(raised: Raised) -> Failure {
        Failure::Raised(raised)
    }
}

/// Load a module and run it.
fn load_module(
    vm: &mut Vm,
    name: &str,
    path: &str,
    spec: Value,
    mode: Mode,
) -> Result<Value, Failure> {
    let unusable = |error: haft_hpy_abi::module::LoadError| Failure::Unusable(error.message);
    let cx = context(vm, mode);
    let library = Library::open(Path::new(path), name).map_err(unusable)?;
    // SAFETY: the symbols say that it is a module of HPy.
    let definition = unsafe { library.init(cx) }.map_err(unusable)?;
    let definition = definition.map_err(|error| refuse(vm, &error))?;
    crate::api::register_globals(vm, &definition.globals);
    if let Some(create) = definition.create {
        return Ok(create_module(vm, Found { cx, function: create }, spec)?);
    }
    // SAFETY: those symbols are what a header makes.
    let typed = unsafe { library.typed() };
    state(vm).add_typed(typed.into_iter().flatten());
    Ok(make_module(vm, name, spec, cx, &definition)?)
}

/// What the slot `HPy_mod_create` makes.
fn create_module(vm: &mut Vm, create: Found, spec: Value) -> R {
    let result = invoke!(vm, create, ModCreate(spec: borrowed(spec)), HPy::NULL);
    let module = taken(vm, result)?;
    if PayloadRef::<Module>::of_value(module).is_some() {
        return Err(vm.system_error(
            "HPy_mod_create slot returned a builtin module object. This is currently not supported.",
        ));
    }
    Ok(module)
}

fn make_module(vm: &mut Vm, name: &str, spec: Value, cx: Cx, definition: &ModuleDefinition) -> R {
    let known = vm.find_attr(spec, vm.names.name)?.and_then(|name| vm.as_str(name));
    let name = known.map_or_else(|| name.to_owned(), |name| name.to_text().into_owned());
    let module = vm.new_module(&name);
    if let Some(doc) = definition.doc {
        let doc = vm.str(&doc.to_string_lossy());
        vm.dict_set_name(module.dict, vm.names.__doc__, doc);
    }
    function::add_all(vm, cx, module, &definition.methods);
    for &function in &definition.exec {
        let found = Found { cx, function };
        let result = invoke!(vm, found, Inquiry(arg0: borrowed(module.value())), 0);
        checked(vm, result)?;
    }
    Ok(module.value())
}

/// `hpy.universal.load`
fn load(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "name")?;
    let path = file_name(vm, args[1])?;
    let debug = vm.truth(args[3])?;
    let number = vm.index_of(args[4])?;
    let mode = match Mode::of(number) {
        // The mode goes before the older argument.
        Some(mode) if number > 0 => mode,
        None if number > 0 => {
            return Err(vm.value_error(format!("invalid HPy mode: {number}")));
        }
        _ if debug => Mode::Debug,
        _ => Mode::Universal,
    };
    load_or_raise(vm, &name, &path, args[2], mode)
}

fn load_or_raise(vm: &mut Vm, name: &str, path: &str, spec: Value, mode: Mode) -> R {
    match load_module(vm, name, path, spec, mode) {
        Ok(module) => Ok(module),
        Err(Failure::Raised(raised)) => Err(raised),
        Err(Failure::Unusable(message)) => Err(vm.runtime_error(message)),
    }
}

/// `os.fspath(value)` as text.
fn file_name(vm: &mut Vm, value: Value) -> R<String> {
    let text = match vm.call_special(value, vm.names.__fspath__, &[])? {
        Some(text) => text,
        None => value,
    };
    Ok(vm.text_of(text, "path")?.into_owned())
}

/// `_load_bootstrap`: load a module in the mode that the environment asks for, and describe it.
fn load_bootstrap(vm: &mut Vm, args: &[Value]) -> R {
    let &[module_name, ext_name, package, file, loader, spec, env] = args else {
        return Err(vm.system_error("bad argument to internal function"));
    };
    let name = vm.text_of(module_name, "name")?;
    let path = file_name(vm, file)?;
    let wanted = environment(vm, env, "HPY")?;
    let mode = match wanted.map(|wanted| Mode::of_module(&wanted, &name)) {
        Some(Ok(mode)) => mode,
        Some(Err(message)) => return Err(vm.value_error(message)),
        None => Mode::Universal,
    };
    if environment(vm, env, "HPY_LOG")?.is_some() {
        log(vm, &name, mode)?;
    }
    let module = load_or_raise(vm, &name, &path, spec, mode)?;
    for (attribute, value) in [
        ("__file__", file),
        ("__loader__", loader),
        ("__name__", ext_name),
        ("__package__", package),
        ("__spec__", spec),
    ] {
        let attribute = vm.intern(attribute);
        vm.set_attr(module, attribute, value)?;
    }
    let origin = vm.intern("origin");
    vm.set_attr(spec, origin, file)?;
    Ok(module)
}

/// An entry of a mapping of texts.
fn environment(vm: &mut Vm, env: Value, name: &str) -> R<Option<String>> {
    let key = vm.str(name);
    let found = vm.get_item(env, key);
    let found = vm.catch(found, vm.exc.key_error)?;
    found.map(|value| vm.str_text(value)).transpose()
}

fn log(vm: &mut Vm, name: &str, mode: Mode) -> R<()> {
    let with = match mode {
        Mode::Universal => "",
        Mode::Debug => " with a debug context",
        Mode::Trace => " with a trace context",
    };
    let text = vm.str(&format!("Loading '{name}' in HPy universal mode{with}"));
    if let Some(print) = vm.dict_get_str(vm.builtins, "print") {
        vm.call_positional(print, &[text])?;
    }
    Ok(())
}

/// The mode that `-X hpy=…` or the environment variable `HPY` asks for.
fn mode_for(vm: &mut Vm, name: &str) -> R<Mode> {
    let option = vm.config.x_options.iter().rev().find(|option| option.0 == "hpy");
    let wanted = match option {
        Some((_, value)) => value.clone(),
        None => haft_host::environment::variable(std::ffi::OsStr::new("HPY"))
            .map(|value| value.to_string_lossy().into_owned())
            .filter(|value| !value.is_empty()),
    };
    match wanted.map(|wanted| Mode::of_module(&wanted, name)) {
        Some(Ok(mode)) => Ok(mode),
        Some(Err(message)) => Err(vm.value_error(message)),
        None => Ok(Mode::Universal),
    }
}

/// Load a file with the suffix `.hpy0.so` for an import statement.
pub(crate) fn import(vm: &mut Vm, name: &str, path: &str) -> R {
    let mode = mode_for(vm, name)?;
    if haft_host::environment::variable(std::ffi::OsStr::new("HPY_LOG")).is_some() {
        log(vm, name, mode)?;
    }
    let (shown, origin) = (vm.intern(name), vm.str(path));
    let spec = new_spec(vm, shown, Value::NONE, origin);
    spec.has_location.set(true);
    match load_module(vm, name, path, spec.value(), mode) {
        Ok(module) => Ok(module),
        Err(Failure::Raised(raised)) => Err(raised),
        Err(Failure::Unusable(message)) => {
            Err(raise_import_error(vm, vm.exc.import_error, &message, name, Some(path)))
        }
    }
}
