//! Warnings from Rust: through the module `warnings` once it is imported, else by the default filters, natively.
//!
//! Importing `warnings` costs more than most programs' whole start, and nearly every warning of the runtime is ignored
//! by the default filters; so as long as nobody has touched filters (which needs the module, or `-W`), the list that
//! `warnings` starts with is applied here.
use haft_core::object::{Dict, Type, is_subtype};
use haft_core::{R, Value, Vm, natives};

use crate::error::report::SourceLines;
use crate::runtime::streams;

/// Where a warning is about.
#[derive(Debug)]
pub struct Site {
    /// File.
    pub filename: String,
    /// Line, from 1.
    pub line: u32,
    /// Text of the line, if it is known.
    pub text: Option<String>,
}

/// Issue a warning, as `warnings.warn(message, category, stacklevel)` called by the running Python function.
pub fn warn(vm: &mut Vm, category: Type, message: &str, stacklevel: usize) -> R<()> {
    if let Some(module) = warnings_module(vm)? {
        let (message, level) = (vm.str(message), vm.int_usize(stacklevel));
        vm.call_method_str(module, "warn", &[message, category.value(), level])?;
        return Ok(());
    }
    let (dict, module, site) = place(vm, stacklevel);
    if !is_shown(vm, category, &module) || !is_new(vm, dict, category, message, site.line)? {
        return Ok(());
    }
    show(vm, category, message, &site)
}

/// Issue a warning about a place that is not on the stack: a line being compiled.
pub fn warn_explicit(vm: &mut Vm, category: Type, message: &str, site: &Site) -> R<()> {
    if let Some(module) = warnings_module(vm)? {
        let (message, filename) = (vm.str(message), vm.str(&site.filename));
        let line = Value::small(site.line.cast_signed());
        vm.call_method_str(module, "warn_explicit", &[message, category.value(), filename, line])?;
        return Ok(());
    }
    if !is_shown(vm, category, module_of(&site.filename)) {
        return Ok(());
    }
    show(vm, category, message, site)
}

/// The module name that a file name stands for.
fn module_of(filename: &str) -> &str {
    filename.strip_suffix(".py").unwrap_or(filename)
}

/// The module `warnings`, if its filters are the ones to ask.
fn warnings_module(vm: &mut Vm) -> R<Option<Value>> {
    let known = vm.dict_get_str(vm.modules, "warnings");
    let module = match known {
        Some(module) => module,
        None if vm.config.warn_options.is_empty() => return Ok(None),
        None => crate::runtime::import::import_module(vm, "warnings")?,
    };
    let name = vm.intern("warn_explicit");
    // While the module is being executed it cannot be asked.
    Ok(vm.find_attr(module, name)?.map(|_| module))
}

/// Globals with the registry, module name and place of the frame that a stack level means.
fn place(vm: &mut Vm, stacklevel: usize) -> (Dict, String, Site) {
    let Some(index) = vm.frame_below(stacklevel.max(1) - 1) else {
        return (
            vm.sys,
            "sys".to_owned(),
            Site { filename: "<sys>".to_owned(), line: 0, text: None },
        );
    };
    let (code, globals) = (vm.stack.frames[index].code, vm.stack.frames[index].globals);
    let line = vm.line_of_frame(index);
    let filename = vm.shown(code.filename);
    let name = vm.dict_get_name(globals, vm.names.__name__);
    let module = name.map_or_else(|| "<string>".to_owned(), |name| vm.shown(name));
    let text = SourceLines::default().line(vm, code, globals, line);
    (globals, module, Site { filename, line, text })
}

/// Do the filters that `warnings` starts with show a warning of this class from this module?
fn is_shown(vm: &Vm, category: Type, module: &str) -> bool {
    let exc = &vm.exc;
    if is_subtype(category, exc.deprecation_warning.obj()) {
        return module == "__main__";
    }
    let ignored = [exc.pending_deprecation_warning, exc.import_warning, exc.resource_warning];
    !ignored.iter().any(|class| is_subtype(category, class.obj()))
}

/// Was it not shown for this line before? It is remembered in `__warningregistry__`.
fn is_new(vm: &mut Vm, globals: Dict, category: Type, message: &str, line: u32) -> R<bool> {
    let registry =
        match vm.dict_get_str(globals, "__warningregistry__").and_then(|known| vm.as_dict(known)) {
            Some(registry) => registry,
            None => {
                let registry = vm.dict();
                vm.dict_set_str(globals, "__warningregistry__", registry.value());
                registry
            }
        };
    let message = vm.str(message);
    let key = vm.tuple(&[message, category.value(), Value::small(line.cast_signed())]);
    if vm.dict_get(registry, key)?.is_some() {
        return Ok(false);
    }
    vm.dict_set(registry, key, Value::TRUE)?;
    Ok(true)
}

/// Print a warning.
fn show(vm: &mut Vm, category: Type, message: &str, site: &Site) -> R<()> {
    let Site { filename, line, text } = site;
    let mut out = format!("{filename}:{line}: {}: {message}\n", category.name_text());
    if let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        out.push_str("  ");
        out.push_str(text);
        out.push('\n');
    }
    streams::write_error(vm, out.as_bytes());
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Issue a warning, or maybe ignore it or raise an exception.
        warn "($module, /, message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=<absent>)" => warn_function;
        /// Issue a warning, or maybe ignore it or raise an exception.
        warn_explicit "($module, /, message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None)" => warn_explicit_function;
    }
}

/// `_warnings`: for importlib, which uses it before it can import `warnings`. The rest of the names that CPython has
/// there is missing, so `warnings` takes its own, written in Python.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_warnings", FUNCTIONS);
    Ok(())
}

/// The class and text of a warning given as text with a class, or as an exception.
fn class_and_text(vm: &mut Vm, message: Value, category: Value) -> R<(Type, String)> {
    if vm.is_exception(message) && vm.exception_matches(message, vm.exc.warning.value()) {
        return Ok((vm.type_of(message), vm.str_text(message)?));
    }
    let class = match vm.as_type(category) {
        None if category.is_none() => vm.exc.user_warning,
        Some(class) if is_subtype(class, vm.exc.warning.obj()) => class,
        _ => {
            let got = vm.type_name(category);
            return Err(vm.type_error(format!("category must be a Warning subclass, not '{got}'")));
        }
    };
    Ok((class, vm.str_text(message)?))
}

fn warn_function(vm: &mut Vm, args: &[Value]) -> R {
    let (class, text) = class_and_text(vm, args[0], args[1])?;
    let level = usize::try_from(vm.index_of(args[2])?).unwrap_or(1);
    warn(vm, class, &text, level)?;
    Ok(Value::NONE)
}

fn warn_explicit_function(vm: &mut Vm, args: &[Value]) -> R {
    let (class, text) = class_and_text(vm, args[0], args[1])?;
    let (filename, line) = (vm.str_text(args[2])?, vm.index_of(args[3])?);
    let site = Site { filename, line: u32::try_from(line).unwrap_or(0), text: None };
    warn_explicit(vm, class, &text, &site)?;
    Ok(Value::NONE)
}
