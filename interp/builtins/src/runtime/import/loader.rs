//! The loader of a module that was imported while importlib slept.
//!
//! It answers what tools ask of loaders; when it is asked for anything else it wakes importlib and passes the question
//! on to the real loader.
use haft_core::object::{Binary, PayloadRef, Slots, Type};
use haft_core::protocol::generic_getattro;
use haft_core::vm::{Raised, TypeSpec};
use haft_core::{R, Value, Vm, getsets, natives, payload};

use super::bootstrap;
use super::library::{self, read_file};
use super::load::compile_source;

payload! {
    /// Loader of a native module (without path) or of a source file.
    pub(super) struct SleepingLoader {
        /// The module's name.
        pub(super) name: Value,
        /// Its file, or ABSENT.
        pub(super) path: Value,
    }
}

pub(super) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Concrete implementation of SourceLoader using the file system.",
        slots: |s: &Slots| s.getattro.set(Some(getattro as Binary)),
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<SleepingLoader>("_frozen_importlib_external.SourceFileLoader")
    })
}

natives! {
    static METHODS = {
        get_source "($self, fullname)" => get_source;
        get_data "($self, path)" => get_data;
        get_code "($self, fullname)" => get_code;
        get_filename "($self, name=None)" => |vm, args| { let path = path_text(vm, args[0])?; Ok(vm.str(&path)) };
        is_package "($self, fullname)" => |vm, args| { let path = path_text(vm, args[0])?; Ok(Value::bool(path.ends_with("/__init__.py"))) };
        create_module "($self, spec)" => |_, _| Ok(Value::NONE);
    }
}

getsets! {
    static GETSETS = {
        name => |vm, value| Ok(this(vm, value)?.name);
        path => |vm, value| { let path = this(vm, value)?.path; Ok(path.or_none()) };
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<SleepingLoader>> {
    vm.this(value, "get_source", "SourceFileLoader")
}

/// Attributes that are not here are the real loader's.
fn getattro(vm: &mut Vm, value: Value, name: Value) -> R {
    let found = generic_getattro(vm, value, name);
    match vm.catch(found, vm.exc.attribute_error)? {
        Some(found) => Ok(found),
        None => {
            let real = bootstrap::real_loader(vm, value)?;
            vm.get_attr(real, name)
        }
    }
}

fn path_text(vm: &mut Vm, value: Value) -> R<String> {
    let path = this(vm, value)?.path;
    match vm.as_str(path) {
        Some(path) => Ok(path.to_text().into_owned()),
        None => Err(vm.attribute_error("a built-in module has no file")),
    }
}

fn os_error(vm: &mut Vm, error: &std::io::Error, path: &str) -> Raised {
    let path = vm.str(path);
    vm.os_error_at(error, path)
}

/// The bytes of a file, of the packed library or another.
pub(super) fn data(vm: &mut Vm, path: &str) -> R<Vec<u8>> {
    match library::file(vm, path) {
        Some(bytes) => Ok(bytes),
        None => read_file(std::path::Path::new(path)).map_err(|error| os_error(vm, &error, path)),
    }
}

fn get_source(vm: &mut Vm, args: &[Value]) -> R {
    if this(vm, args[0])?.path.is_absent() {
        return Ok(Value::NONE);
    }
    let path = path_text(vm, args[0])?;
    let bytes = data(vm, &path)?;
    match haft_compiler::decode_file(&bytes, &path) {
        Ok(text) => Ok(vm.str(&text.replace("\r\n", "\n"))),
        Err(error) => Err(crate::error::raise_syntax_error(vm, &error, &path)),
    }
}

fn get_data(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0])?;
    let path = vm.str_text(args[1])?;
    let bytes = data(vm, &path)?;
    Ok(vm.bytes(&bytes))
}

fn get_code(vm: &mut Vm, args: &[Value]) -> R {
    if this(vm, args[0])?.path.is_absent() {
        return Ok(Value::NONE);
    }
    let path = path_text(vm, args[0])?;
    compile_source(vm, &path).map(|code| code.value())
}

/// The loader of the program itself, run from a file.
pub fn script_loader(vm: &mut Vm, path: &str) -> Value {
    let (name, path) = (vm.names.__main__, vm.str_os(path.as_bytes()));
    let class = super::state::of(vm).loader_class;
    vm.new_payload(class, SleepingLoader { name, path })
}
