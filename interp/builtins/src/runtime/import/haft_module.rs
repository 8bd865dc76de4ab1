//! The module `_haft`: what the library's own Python files ask of the runtime, and what the package `haft` shows of it.
use haft_core::interp::load_code;
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};

use super::library::{self, EntryKind, read_file};
use super::state;

/// `_haft`
pub(super) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "haft", PUBLIC);
    let version = vm.str(env!("CARGO_PKG_VERSION"));
    vm.dict_set_str(dict, "__version__", version);
    vm.add_functions(dict, "_haft", PRIVATE);
    Ok(())
}

natives! {
    static PUBLIC = {
        /// Return an iterator over the files of the standard library, as (name, bytes).
        stdlib_files "($module, /)" => stdlib_files;
    }
    static PRIVATE = {
        /// 'file' or 'folder' for a path of the packed library, else None.
        library_kind "($module, path, /)" => kind;
        /// Contents of a file of the packed library, or None.
        library_read "($module, path, /)" => read;
        /// Names in a folder of the packed library.
        library_list "($module, path, /)" => list;
        /// Code of a module of the packed library, or None.
        library_code "($module, path, /)" => code;
        /// The folder that the standard library's files are shown in.
        library_root "($module, /)" => |vm, _| { let root = library::root(vm); Ok(vm.str(&root)) };
    }
}

fn stdlib_files(vm: &mut Vm, _: &[Value]) -> R {
    let root = library::root(vm);
    let list = vm.new_list();
    for name in library::names(vm) {
        let path = format!("{root}/{name}");
        let Some(bytes) = library::file(vm, &path).or_else(|| read_file(path.as_ref()).ok()) else {
            continue;
        };
        let (name, bytes) = (vm.str(&name), vm.bytes(&bytes));
        let pair = vm.tuple(&[name, bytes]);
        list.push(&mut vm.heap, pair);
    }
    vm.iterate(list.value())
}

fn kind(vm: &mut Vm, args: &[Value]) -> R {
    let path = vm.shown(args[0]);
    Ok(match library::kind(vm, &path) {
        Some(EntryKind::File) => vm.intern("file"),
        Some(EntryKind::Folder) => vm.intern("folder"),
        None => Value::NONE,
    })
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    let path = vm.shown(args[0]);
    Ok(match library::file(vm, &path) {
        Some(bytes) => vm.bytes(&bytes),
        None => Value::NONE,
    })
}

fn list(vm: &mut Vm, args: &[Value]) -> R {
    let path = vm.shown(args[0]);
    let list = vm.new_list();
    let Some(inner) = library::inner_path(state::of(vm), &path).map(str::to_owned) else {
        return Ok(list.value());
    };
    let prefix = if inner.is_empty() { String::new() } else { format!("{inner}/") };
    let mut last = String::new();
    for name in library::names(vm) {
        let Some(rest) = name.strip_prefix(&prefix) else { continue };
        let first = rest.split('/').next().unwrap_or(rest);
        if first != last {
            first.clone_into(&mut last);
            let first = vm.str(first);
            list.push(&mut vm.heap, first);
        }
    }
    Ok(list.value())
}

fn code(vm: &mut Vm, args: &[Value]) -> R {
    let path = vm.shown(args[0]);
    let optimize = vm.config.optimize;
    let found = {
        let state = state::of(vm);
        let inner = library::inner_path(state, &path);
        inner.and_then(|inner| {
            state.with_library(|library| library.code(inner, optimize, &path)).flatten()
        })
    };
    match found {
        Some(code) => load_code(vm, code).map(|code| code.value()),
        None => Ok(Value::NONE),
    }
}
