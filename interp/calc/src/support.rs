//! What the modules of this crate share: errors of the text algorithms, arguments, imports, warnings.
use haft_core::object::{Str, Type};
use haft_core::{R, Raised, Value, Vm};
use haft_text::{Error, ErrorKind};

/// A result of `haft-text`; its error becomes the exception it stands for.
pub(crate) fn lift<T>(vm: &mut Vm, result: haft_text::Result<T>) -> R<T> {
    result.map_err(|error| raise(vm, &error))
}

/// MemoryError without a message.
#[cold]
pub(crate) fn no_memory(vm: &mut Vm) -> Raised {
    vm.raise_with(vm.exc.memory_error, &[])
}

/// Raise the exception an error stands for.
#[cold]
pub(crate) fn raise(vm: &mut Vm, error: &Error) -> Raised {
    let class = match error.kind {
        ErrorKind::Value | ErrorKind::Struct | ErrorKind::Binascii => vm.exc.value_error,
        ErrorKind::Type => vm.exc.type_error,
        ErrorKind::Overflow => vm.exc.overflow_error,
        ErrorKind::ZeroDivision => vm.exc.zero_division_error,
        ErrorKind::Lookup => vm.exc.lookup_error,
        ErrorKind::Memory => vm.exc.memory_error,
    };
    vm.raise(class, &error.message)
}

/// The class's name as messages about arguments have it.
pub(crate) fn shown_type(vm: &Vm, value: Value) -> String {
    if value.is_none() { "None".to_owned() } else { vm.type_name(value) }
}

/// A str argument; `what` is as in `find() argument 1`.
pub(crate) fn str_argument(vm: &mut Vm, value: Value, what: &str) -> R<Str> {
    match vm.as_str(value) {
        Some(str) => Ok(str),
        None => {
            let shown = shown_type(vm, value);
            Err(vm.type_error(format!("{what} must be str, not {shown}")))
        }
    }
}

/// A copy of the bytes of a bytes-like object.
pub(crate) fn bytes_argument(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    Ok(vm.buffer_of(value)?.bytes().to_vec())
}

/// The bytes of a bytes-like object, or of a str that is ASCII only.
pub(crate) fn ascii_or_bytes(vm: &mut Vm, value: Value) -> R<Vec<u8>> {
    if let Some(str) = vm.as_str(value) {
        if str.is_ascii() {
            return Ok(str.bytes().to_vec());
        }
        return Err(vm.value_error("string argument should contain only ASCII characters"));
    }
    if vm.type_of(value).slots.buffer.get().is_none() {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "argument should be bytes, buffer or ASCII string, not '{name}'"
        )));
    }
    bytes_argument(vm, value)
}

/// A float argument: a float, or what has `__float__` or `__index__`.
pub(crate) fn float_argument(vm: &mut Vm, value: Value) -> R<f64> {
    if let Some(number) = vm.as_float(value) {
        return Ok(number);
    }
    if let Some(big) = vm.as_big(value) {
        let result = haft_text::int::to_f64(&big);
        return lift(vm, result);
    }
    let ty = vm.type_of(value);
    let made = match (ty.slots.float.get(), ty.slots.index.get()) {
        (Some(float), _) => float(vm, value)?,
        (None, Some(index)) => {
            let index = index(vm, value)?;
            return float_argument(vm, index);
        }
        (None, None) => {
            let name = vm.type_name(value);
            return Err(vm.type_error(format!("must be real number, not {name}")));
        }
    };
    match vm.as_float(made) {
        Some(number) => Ok(number),
        None => {
            let (name, got) = (vm.type_name(value), vm.type_name(made));
            Err(vm.type_error(format!("{name}.__float__() returned non-float (type {got})")))
        }
    }
}

/// An int of the text algorithms as a value.
pub(crate) fn int_value(vm: &mut Vm, int: haft_text::int::Int) -> Value {
    match int {
        haft_text::int::Int::Small(small) => vm.int(small),
        haft_text::int::Int::Big(big) => vm.big(big),
    }
}

/// `import name`, for a module without a package.
pub(crate) fn import(vm: &mut Vm, name: &str) -> R {
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

/// `warnings.warn(message, category)`.
pub(crate) fn warn(vm: &mut Vm, category: Type, message: &str) -> R<()> {
    let module = import(vm, "warnings")?;
    let message = vm.str(message);
    vm.call_method_str(module, "warn", &[message, category.value(), Value::small(1)])?;
    Ok(())
}

/// An exception class of a module, made by calling `type`.
pub(crate) fn new_exception(vm: &mut Vm, module: &str, name: &str, base: Type) -> R<Type> {
    let namespace = vm.dict();
    let module = vm.str(module);
    vm.dict_set_str(namespace, "__module__", module);
    let name = vm.str(name);
    let bases = vm.tuple(&[base.value()]);
    let metaclass = vm.t.r#type.value();
    let class = vm.call_positional(metaclass, &[name, bases, namespace.value()])?;
    crate::class_of(vm, class)
}
