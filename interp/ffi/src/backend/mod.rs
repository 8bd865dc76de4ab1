//! The module `_cffi_backend`: the functions on types and data that know nothing of declarations.
mod library;
mod testing;
mod types;

use haft_cffi_core::Library;
use haft_cffi_core::abi::errno;

pub(crate) use self::library::{make_class as make_library_class, of_handle, symbol};
use crate::cdata::{self, argument};
use crate::ffi::{data, types as ffi_types};
use crate::prelude::*;
use crate::{VERSION, buffer, callback};

natives! {
    static FUNCTIONS = {
        /// load_library(filename=None, flags=0)
        load_library "(filename=None, flags=0, /)" => library::load;
        /// new_primitive_type(name)
        new_primitive_type "(name, /)" => types::new_primitive;
        /// new_pointer_type(ctype)
        new_pointer_type "(ctype, /)" => types::new_pointer;
        /// new_array_type(pointer ctype, length or None)
        new_array_type "(ctype, length, /)" => types::new_array;
        /// new_void_type()
        new_void_type "()" => types::new_void;
        /// new_struct_type(name)
        new_struct_type "(name, /)" => |vm, args| types::new_record(vm, RecordKind::Struct, args[0]);
        /// new_union_type(name)
        new_union_type "(name, /)" => |vm, args| types::new_record(vm, RecordKind::Union, args[0]);
        /// complete_struct_or_union(ctype, fields, ignored, totalsize, totalalignment, sflags, pack)
        complete_struct_or_union "(ctype, fields, ignored=None, totalsize=-1, totalalignment=-1, sflags=0, pack=0, /)" => types::complete;
        /// new_function_type(args, result, ellipsis, abi)
        new_function_type "(args, result, ellipsis=0, abi=0, /)" => types::new_function;
        /// new_enum_type(name, enumerators, values, base ctype)
        new_enum_type "(name, enumerators, values, basetype, /)" => types::new_enum;
        /// newp(ctype, init=None)
        newp "(ctype, init=None, /)" => newp;
        /// cast(ctype, value)
        cast "(ctype, value, /)" => cast;
        /// callback(ctype, python_callable, error=None, onerror=None)
        "callback" "(ctype, python_callable, error=None, onerror=None, /)" => make_callback;
        /// alignof(ctype)
        alignof "(ctype, /)" => |vm, args| {
            let ct = ctype_argument(vm, args[0])?;
            ffi_types::align_of_type(vm, ct)
        };
        /// sizeof(cdata or ctype)
        sizeof "(x, /)" => |vm, args| data::size_of_value(vm, args[0]);
        /// typeof(cdata)
        "typeof" "(cdata, /)" => |vm, args| Ok(argument(vm, args[0])?.ctype.value());
        /// typeoffsetof(ctype, field name or array index, following=0)
        typeoffsetof "(ctype, fieldname, following=0, /)" => type_and_offset;
        /// rawaddressof(pointer ctype, cdata, offset)
        rawaddressof "(ctype, cdata, offset, /)" => rawaddressof;
        /// getcname(ctype, replace_with)
        getcname "(ctype, replace_with, /)" => getcname;
        /// string(cdata, maxlen=-1)
        string "(cdata, maxlen=-1)" => |vm, args| data::string(vm, args[0], args[1]);
        /// unpack(cdata, length)
        unpack "(cdata, length)" => |vm, args| data::unpack(vm, args[0], args[1]);
        /// get_errno()
        get_errno "()" => |_, _| Ok(Value::small(errno::saved()));
        /// set_errno(value)
        set_errno "(value, /)" => |vm, args| data::store_errno(vm, args[0]).map(|()| Value::NONE);
        /// newp_handle(void pointer ctype, x)
        newp_handle "(ctype, x, /)" => newp_handle;
        /// from_handle(cdata)
        from_handle "(cdata, /)" => |vm, args| data::from_handle(vm, args[0]);
        /// from_buffer(ctype, buffer, require_writable=0)
        from_buffer "(ctype, x, require_writable=0, /)" => from_buffer;
        /// memmove(dest, src, n)
        memmove "(dest, src, n)" => |vm, args| {
            let n = vm.index_of(args[2])?;
            buffer::memmove(vm, args[0], args[1], n)
        };
        /// gcp(cdata, destructor, size=0)
        gcp "(cdata, destructor, size=0)" => |vm, args| data::gc(vm, args[0], args[1]);
        /// release(cdata)
        release "(cdata, /)" => |vm, args| data::release_data(vm, args[0]);
        /// (CData, CType)
        _get_types "()" => get_types;
        /// Fill a dict with the C names of types that need no declaration.
        _get_common_types "(d, /)" => get_common_types;
        /// for testing only
        _testfunc "(number, /)" => testing::function;
        /// for testing only
        _testbuff "(type, methods, /)" => testing::add_buffer;
    }
}

/// Fill `_cffi_backend`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let shared = state(vm);
    crate::ffi::compiled::add_class_attributes(vm, &shared)?;
    let classes = shared.classes;
    vm.add_functions(dict, "_cffi_backend", FUNCTIONS);
    let version = vm.str(VERSION);
    vm.dict_set_str(dict, "__version__", version);
    for (name, class) in [
        ("FFI", classes.compiled_ffi),
        ("buffer", classes.buffer),
        ("CType", classes.ctype),
        ("CField", classes.cfield),
        ("CLibrary", classes.clibrary),
        ("_CDataBase", classes.cdata),
        ("__CDataOwn", classes.owned),
        ("__CDataOwnGC", classes.owned_gc),
        ("__CDataFromBuf", classes.from_buffer),
        ("__CDataGCP", classes.collected),
        ("__CData_iterator", classes.iterator),
    ] {
        vm.dict_set_str(dict, name, class.value());
    }
    for &(name, flag) in Library::FLAGS {
        vm.dict_set_str(dict, name, Value::small(flag));
    }
    for name in ["FFI_DEFAULT_ABI", "FFI_CDECL"] {
        vm.dict_set_str(dict, name, Value::small(crate::ctype::DEFAULT_ABI));
    }
    Ok(())
}

/// A type object; TypeError for anything else.
fn ctype_argument(vm: &mut Vm, value: Value) -> R<CT> {
    match CT::of_value(value) {
        Some(ct) => Ok(ct),
        None => Err(vm.type_error("expected a 'ctype' object")),
    }
}

/// A C `int`.
fn c_int(vm: &mut Vm, value: Value) -> R<i32> {
    let number = vm.index_of(value)?;
    match i32::try_from(number) {
        Ok(number) => Ok(number),
        Err(_) => Err(vm.overflow_error("signed integer is out of the range of a C int")),
    }
}

fn newp(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    cdata::new(vm, ct, args[1], None)
}

fn cast(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    cdata::cast(vm, ct, args[1])
}

fn make_callback(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    callback::new(vm, ct, args[1], args[2], args[3])
}

fn type_and_offset(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    let following = vm.index_of(args[2])? != 0;
    let (of, offset) = ffi_types::step(vm, ct, args[1], following)?;
    let offset = vm.int(offset);
    Ok(vm.tuple(&[of.value(), offset]))
}

fn rawaddressof(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    let cd = argument(vm, args[1])?;
    let offset = vm.index_of(args[2])? as isize;
    if !cd.ctype.form.is_indexable() && !matches!(*cd.ctype.form, Form::Record(_)) {
        return Err(vm.type_error("expected a cdata struct/union/array/pointer object"));
    }
    if !matches!(*ct.form, Form::Pointer(_)) {
        return Err(vm.type_error("expected a pointer ctype"));
    }
    Ok(cdata::view(vm, ct, cd.address().wrapping_offset(offset)))
}

fn getcname(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    let mark = vm.text_of(args[1], "replace_with")?;
    let text = {
        let types = ct.state.types.borrow();
        let name = types.name(*ct.id);
        let (head, tail) = name.text.split_at(name.place);
        format!("{head}{mark}{tail}")
    };
    Ok(vm.str(&text))
}

fn newp_handle(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    if *ct.form != Form::Pointer(To::Void) {
        let name = ct.name();
        return Err(vm.type_error(format!("needs 'void *', got '{name}'")));
    }
    Ok(cdata::handle(vm, ct, args[1]))
}

fn from_buffer(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    let writable = vm.truth(args[2])?;
    buffer::from_buffer(vm, ct, args[1], writable)
}

fn get_types(vm: &mut Vm, _args: &[Value]) -> R {
    let classes = state(vm).classes;
    Ok(vm.tuple(&[classes.cdata.value(), classes.ctype.value()]))
}

fn get_common_types(vm: &mut Vm, args: &[Value]) -> R {
    let Some(dict) = vm.as_dict(args[0]) else {
        return Err(vm.type_error("expected a dict"));
    };
    for (name, text) in haft_cffi_core::parse::common_types() {
        let text = vm.str(text);
        vm.dict_set_str(dict, name, text);
    }
    Ok(Value::NONE)
}
