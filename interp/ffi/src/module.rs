//! The modules `_cffi_backend` and `_cffi_haft`, of which the package `cffi` is made.
use haft_cffi_core::Library;

use crate::ctype::ctype;
use crate::prelude::*;
use crate::{VERSION, ffi};

/// The flags of `dlopen`.
pub(crate) const FLAGS: [(&str, i32); 4] = [
    ("RTLD_LAZY", Library::LAZY),
    ("RTLD_NOW", Library::NOW),
    ("RTLD_GLOBAL", Library::GLOBAL),
    ("RTLD_LOCAL", Library::LOCAL),
];

natives! {
    static BACKEND = {
        /// typeof(cdata)
        "typeof" "(cdata, /)" => type_of;
        /// sizeof(cdata or ctype)
        sizeof "(x, /)" => sizeof;
        /// cast(ctype, value)
        cast "(ctype, value, /)" => cast;
        /// newp(ctype, init=None)
        newp "(ctype, init=None, /)" => newp;
        /// string(cdata, maxlen=-1)
        string "(cdata, maxlen=-1)" => string;
        /// get_errno()
        get_errno "()" => get_errno;
        /// set_errno(value)
        set_errno "(value, /)" => set_errno;
        /// (CData, CType)
        _get_types "()" => get_types;
    }
}

/// Fill `_cffi_backend`.
pub(crate) fn init_backend(vm: &mut Vm, dict: Dict) -> R<()> {
    let classes = state(vm).classes;
    vm.add_functions(dict, "_cffi_backend", BACKEND);
    let version = vm.str(VERSION);
    vm.dict_set_str(dict, "__version__", version);
    for (name, class) in [
        ("FFI", classes.ffi),
        ("buffer", classes.buffer),
        ("CType", classes.ctype),
        ("CField", classes.cfield),
        ("_CDataBase", classes.cdata),
    ] {
        vm.dict_set_str(dict, name, class.value());
    }
    for (name, flag) in FLAGS {
        vm.dict_set_str(dict, name, Value::small(flag));
    }
    let default_abi = if cfg!(target_arch = "x86_64") { 2 } else { 1 };
    vm.dict_set_str(dict, "FFI_DEFAULT_ABI", Value::small(default_abi));
    vm.dict_set_str(dict, "FFI_CDECL", Value::small(default_abi));
    Ok(())
}

/// Fill `_cffi_haft`, from which `cffi/__init__.py` imports.
pub(crate) fn init_front(vm: &mut Vm, dict: Dict) -> R<()> {
    let classes = state(vm).classes;
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

fn ctype_argument(vm: &mut Vm, value: Value) -> R<CT> {
    match CT::of_value(value) {
        Some(ct) => Ok(ct),
        None => Err(vm.type_error("expected a 'ctype' object")),
    }
}

fn type_of(vm: &mut Vm, args: &[Value]) -> R {
    Ok(crate::cdata::argument(vm, args[0])?.ctype.value())
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    ffi::size_of_value(vm, args[0])
}

fn cast(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    crate::cdata::cast(vm, ct, args[1])
}

fn newp(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    crate::cdata::new(vm, ct, args[1], None)
}

fn string(vm: &mut Vm, args: &[Value]) -> R {
    let cd = crate::cdata::argument(vm, args[0])?;
    let max = vm.index_of(args[1])?;
    ffi::string_of(vm, cd, max)
}

fn get_errno(_vm: &mut Vm, _args: &[Value]) -> R {
    Ok(Value::small(haft_cffi_core::abi::errno::saved()))
}

fn set_errno(vm: &mut Vm, args: &[Value]) -> R {
    ffi::store_errno(vm, args[0])?;
    Ok(Value::NONE)
}

fn get_types(vm: &mut Vm, _args: &[Value]) -> R {
    let classes = state(vm).classes;
    Ok(vm.tuple(&[classes.cdata.value(), classes.ctype.value()]))
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
