//! Hooks of `sys`: how values, uncaught and ignored exceptions are shown.
use haft_core::object::{Exception, PayloadRef, Type};
use haft_core::{R, Value, Vm, natives};

use super::super::{finalize, import};
use crate::error::report::print_exception;
use crate::structseq::{
    Field, make_struct_sequence_type, new_struct_sequence, struct_sequence_field,
};

pub(super) fn add(vm: &mut Vm) {
    vm.add_functions(vm.sys, "sys", HOOKS);
    for name in ["displayhook", "excepthook", "unraisablehook", "breakpointhook"] {
        if let Some(hook) = vm.dict_get_str(vm.sys, name) {
            vm.dict_set_str(vm.sys, &format!("__{name}__"), hook);
        }
    }
}

natives! {
    static HOOKS = {
        /// Print an object to sys.stdout and also save it in builtins._
        displayhook "($module, object, /)" => displayhook;
        /// Handle an exception by displaying it with a traceback on sys.stderr.
        excepthook "($module, exctype, value, traceback, /)" => excepthook;
        /// Handle an unraisable exception.
        unraisablehook "($module, unraisable, /)" => unraisablehook;
        /// This hook function is called by built-in breakpoint().
        raw breakpointhook "(*args, **kws)" => breakpointhook;
    }
}

/// The stream in `sys` with this name; RuntimeError if there is none.
fn stream(vm: &mut Vm, name: &str) -> R {
    match vm.dict_get_str(vm.sys, name).filter(|stream| !stream.is_none()) {
        Some(stream) => Ok(stream),
        None => Err(vm.runtime_error(format!("lost sys.{name}"))),
    }
}

fn displayhook(vm: &mut Vm, args: &[Value]) -> R {
    if args[0].is_none() {
        return Ok(Value::NONE);
    }
    // While it is being shown, `_` is not the old value.
    vm.dict_set_str(vm.builtins, "_", Value::NONE);
    let stdout = stream(vm, "stdout")?;
    let text = vm.repr(args[0])?;
    let written = vm.call_method_str(stdout, "write", &[text]);
    if vm.catch(written, vm.exc.unicode_encode_error)?.is_none() {
        let escaped = vm.ascii(args[0])?;
        vm.call_method_str(stdout, "write", &[escaped])?;
    }
    let newline = vm.str("\n");
    vm.call_method_str(stdout, "write", &[newline])?;
    vm.dict_set_str(vm.builtins, "_", args[0]);
    Ok(Value::NONE)
}

fn excepthook(vm: &mut Vm, args: &[Value]) -> R {
    let (value, traceback) = (args[1], args[2]);
    if let Some(error) = PayloadRef::<Exception>::of_value(value) {
        if !traceback.is_none() && error.traceback.get().is_none() {
            error.traceback.set(traceback);
        }
        print_exception(vm, value);
    } else {
        let name = vm.type_name(value);
        let message =
            format!("TypeError: print_exception(): Exception expected for value, {name} found\n");
        super::super::streams::write_error(vm, message.as_bytes());
    }
    Ok(Value::NONE)
}

const UNRAISABLE_FIELDS: &[Field] = &[
    ("exc_type", "Exception type"),
    ("exc_value", "Exception value"),
    ("exc_traceback", "Exception traceback"),
    ("err_msg", "Error message"),
    ("object", "Object causing the exception"),
];

/// The argument of `sys.unraisablehook`.
pub(in crate::runtime) fn unraisable_arguments(
    vm: &mut Vm,
    error: Value,
    traceback: Value,
    message: Value,
    object: Value,
) -> Value {
    let known = vm.dict_get_str(vm.sys, "UnraisableHookArgs").and_then(Type::of_value);
    let class = match known {
        Some(class) => class,
        None => {
            let doc = "Type used to pass arguments to sys.unraisablehook.";
            let class =
                make_struct_sequence_type(vm, "UnraisableHookArgs", doc, UNRAISABLE_FIELDS, 5);
            vm.dict_set_str(vm.sys, "UnraisableHookArgs", class.value());
            class
        }
    };
    let object = object.or_none();
    let kind = vm.type_of(error).value();
    new_struct_sequence(vm, class, &[kind, error, traceback, message, object])
}

fn unraisablehook(vm: &mut Vm, args: &[Value]) -> R {
    let field = |index: usize| struct_sequence_field(vm, args[0], index);
    let (Some(value), Some(message), Some(object)) = (field(1), field(3), field(4)) else {
        return Err(vm.type_error("sys.unraisablehook argument type must be UnraisableHookArgs"));
    };
    let message =
        if message.is_none() { "Exception ignored in".to_owned() } else { vm.str_text(message)? };
    finalize::print_ignored(vm, value, &message, object);
    Ok(Value::NONE)
}

/// `breakpoint(…)`: what `PYTHONBREAKPOINT` names is called, `pdb.set_trace` without it.
fn breakpointhook(vm: &mut Vm, args: &haft_core::Args<'_>) -> R {
    let ignored = vm.config.flags.contains_key(&'E') || vm.config.flags.contains_key(&'I');
    let named = haft_host::environment::variable("PYTHONBREAKPOINT".as_ref())
        .filter(|name| !ignored && !name.is_empty());
    let named = named
        .map_or_else(|| "pdb.set_trace".to_owned(), |name| name.to_string_lossy().into_owned());
    if named == "0" {
        return Ok(Value::NONE);
    }
    let (module, function) = named.rsplit_once('.').unwrap_or(("builtins", &named));
    let found =
        import::import_module(vm, module).and_then(|module| vm.get_attr_str(module, function));
    match found {
        Ok(function) => vm.call(function, args),
        Err(raised)
            if vm.raised_is(vm.exc.import_error) || vm.raised_is(vm.exc.attribute_error) =>
        {
            vm.take_raised(raised);
            let message = format!("Ignoring unimportable $PYTHONBREAKPOINT: \"{named}\"");
            crate::error::warn(vm, vm.exc.runtime_warning, &message, 1)?;
            Ok(Value::NONE)
        }
        Err(raised) => Err(raised),
    }
}
