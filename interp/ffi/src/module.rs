//! The module `_cffi_haft`, of which the package `cffi` is made.
use crate::VERSION;
use crate::ctype::ctype;
use crate::prelude::*;

natives! {
    static FUNCTIONS = {
        /// The file name of the library that `-l name` would link, or None.
        find_library "(name, /)" => find_library;
    }
}

fn find_library(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "name")?;
    match haft_cffi_core::library::find(&name) {
        Some(file) => Ok(vm.str(&file)),
        None => Ok(Value::NONE),
    }
}

/// Fill `_cffi_haft`, from which `cffi/__init__.py` imports.
pub(crate) fn init_front(vm: &mut Vm, dict: Dict) -> R<()> {
    let classes = state(vm).classes;
    vm.add_functions(dict, "_cffi_haft", FUNCTIONS);
    for (name, class) in [
        ("FFI", classes.ffi),
        ("CDefError", classes.cdef_error),
        ("FFIError", classes.ffi_error),
        ("VerificationError", classes.verification_error),
        ("VerificationMissing", classes.verification_missing),
        ("PkgConfigError", classes.pkg_config_error),
    ] {
        vm.dict_set_str(dict, name, class.value());
    }
    let version = vm.str(VERSION);
    vm.dict_set_str(dict, "__version__", version);
    let numbers: Vec<Value> =
        VERSION.split('.').map(|part| Value::small(part.parse().unwrap_or(0))).collect();
    let info = vm.tuple(&numbers);
    vm.dict_set_str(dict, "__version_info__", info);
    Ok(())
}

/// The type object of `void *`.
pub(crate) fn void_pointer(vm: &mut Vm, state: &Rc<State>) -> R<CT> {
    let id = state.types.borrow_mut().pointer(haft_cffi_core::Types::VOID);
    ctype(vm, state, id)
}

/// `warnings.warn(message, class)`
pub(crate) fn warn(vm: &mut Vm, class: Type, message: &str) -> R<()> {
    haft_builtins::error::warn(vm, class, message, 1)
}
