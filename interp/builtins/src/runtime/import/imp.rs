//! `_imp`: what importlib asks of the runtime.
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};

use super::{load, namespace, raise_import_error, state};

pub(super) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_imp", FUNCTIONS);
    let checked = vm.str("default");
    vm.dict_set_str(dict, "check_hash_based_pycs", checked);
    vm.dict_set_str(dict, "pyc_magic_number_token", Value::small(MAGIC));
    Ok(())
}

/// Stands where CPython has the number of its bytecode's version. Compiled code is not kept in files.
const MAGIC: i32 = 0x4841;

natives! {
    static FUNCTIONS = {
        /// Returns the list of file suffixes used to identify extension modules.
        extension_suffixes "($module, /)" => extension_suffixes;
        /// Return True if the import lock is currently held, else False.
        lock_held "($module, /)" => |_, _| Ok(Value::FALSE);
        /// Acquires the interpreter's import lock for the current thread.
        acquire_lock "($module, /)" => |_, _| Ok(Value::NONE);
        /// Release the interpreter's import lock.
        release_lock "($module, /)" => |_, _| Ok(Value::NONE);
        /// Returns True if the module name corresponds to a built-in module.
        is_builtin "($module, name, /)" => is_builtin;
        /// Returns True if the module name corresponds to a frozen module.
        is_frozen "($module, name, /)" => |_, _| Ok(Value::FALSE);
        /// Returns True if the module name is of a frozen package.
        is_frozen_package "($module, name, /)" => |vm, args| Err(no_frozen(vm, args[0]));
        /// Return info about the corresponding frozen module (if there is one) or None.
        find_frozen "($module, name, /, *, withdata=False)" => |_, _| Ok(Value::NONE);
        /// Create a code object for a frozen module.
        get_frozen_object "($module, name, data=None, /)" => |vm, args| Err(no_frozen(vm, args[0]));
        /// Initializes a frozen module.
        init_frozen "($module, name, /)" => |_, _| Ok(Value::NONE);
        _frozen_module_names "($module, /)" => |vm, _| Ok(vm.list(&[]));
        _override_frozen_modules_for_tests "($module, override, /)" => |_, _| Ok(Value::NONE);
        _override_multi_interp_extensions_check "($module, override, /)" => |_, _| Ok(Value::small(0));
        /// Create an extension module.
        create_builtin "($module, spec, /)" => create_builtin;
        /// Initialize a built-in module.
        exec_builtin "($module, mod, /)" => |_, _| Ok(Value::small(0));
        /// Create an extension module.
        create_dynamic "($module, spec, file=None, /)" => create_dynamic;
        /// Initialize an extension module.
        exec_dynamic "($module, mod, /)" => |_, _| Ok(Value::small(0));
        /// Changes code.co_filename to specify the passed-in path.
        _fix_co_filename "($module, code, path, /)" => |_, _| Ok(Value::NONE);
        source_hash "($module, key, source)" => source_hash;
    }
}

fn no_frozen(vm: &mut Vm, name: Value) -> haft_core::Raised {
    let name = vm.shown(name);
    raise_import_error(
        vm,
        vm.exc.import_error,
        &format!("No such frozen object named {name}"),
        &name,
        None,
    )
}

fn extension_suffixes(vm: &mut Vm, _: &[Value]) -> R {
    let suffixes: Vec<&'static str> =
        state::of(vm).extensions.borrow().iter().map(|row| row.0).collect();
    let list = vm.new_list();
    for suffix in suffixes {
        let suffix = vm.str(suffix);
        list.push(&mut vm.heap, suffix);
    }
    Ok(list.value())
}

/// 1: a native module; -1 for those that cannot be made again; 0: none.
fn is_builtin(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.shown(args[0]);
    let known = vm.native_modules.contains_key(name.as_str());
    let fixed = name == "sys" || name == "builtins";
    Ok(Value::small(if fixed { -1 } else { i32::from(known) }))
}

fn create_builtin(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.get_attr(args[0], vm.names.name)?;
    let name = vm.shown(name);
    let module = vm.import_native(&name)?;
    if let Some(dict) = namespace(module) {
        load::describe_native(vm, &name, dict);
    }
    Ok(module)
}

fn create_dynamic(vm: &mut Vm, args: &[Value]) -> R {
    let (name, origin) =
        (vm.get_attr(args[0], vm.names.name)?, vm.get_attr_str(args[0], "origin")?);
    let (name, origin) = (vm.shown(name), vm.shown(origin));
    let loader = state::of(vm)
        .extensions
        .borrow()
        .iter()
        .find(|row| origin.ends_with(row.0))
        .map(|row| row.1);
    match loader {
        Some(load) => load(vm, &name, &origin),
        None => {
            let message = format!("{origin}: not an extension module that Haft can load");
            Err(raise_import_error(vm, vm.exc.import_error, &message, &name, Some(&origin)))
        }
    }
}

/// Any 8 bytes that depend on the source will do: they are only compared with what was made by the same function.
fn source_hash(vm: &mut Vm, args: &[Value]) -> R {
    let key = vm.index_of(args[0])?;
    let source = vm.buffer_of(args[1])?;
    let mut hash = key.cast_unsigned() ^ 0xcbf2_9ce4_8422_2325;
    for &byte in source.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    Ok(vm.bytes(&hash.to_le_bytes()))
}
