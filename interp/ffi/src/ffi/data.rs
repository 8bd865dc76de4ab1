//! Methods on C data.
#![expect(clippy::manual_let_else, reason = "the arms stand together")]
use haft_cffi_core::abi::errno;

use super::types::{path, type_argument};
use crate::cdata::{append_items, argument, collected, enum_text, release, repr_text, view};
use crate::prelude::*;
use crate::text::{read_units, units_before_zero};
use crate::{buffer, cdata, library, module};

pub(crate) fn new(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = type_argument(vm, ffi, args[1], "new")?;
    cdata::new(vm, ct, args[2], None)
}

pub(crate) fn cast(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = type_argument(vm, ffi, args[1], "cast")?;
    cdata::cast(vm, ct, args[2])
}

/// Bytes of C data or of a type.
pub(crate) fn size_of_value(vm: &mut Vm, value: Value) -> R {
    let size = if let Some(cd) = CD::of_value(value) {
        match *cd.ctype.form {
            Form::Array(_) => cd.n_items() * cd.ctype.item(vm)?.size(),
            Form::Record(_) if cd.var_size() >= 0 => cd.var_size(),
            _ => cd.ctype.size(),
        }
    } else if let Some(ct) = CT::of_value(value) {
        let size = ct.size();
        if size < 0 {
            let name = ct.name();
            return Err(vm.value_error(format!("ctype '{name}' is of unknown size")));
        }
        size
    } else {
        return Err(vm.type_error("expected a 'cdata' or 'ctype' object"));
    };
    Ok(vm.int(size))
}

pub(crate) fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    if vm.as_str(args[1]).is_some() {
        let ct = type_argument(vm, ffi, args[1], "sizeof")?;
        return size_of_value(vm, ct.value());
    }
    size_of_value(vm, args[1])
}

#[cold]
fn null_string(vm: &mut Vm, cd: CD, what: &str) -> Raised {
    match repr_text(vm, cd) {
        Ok(shown) => vm.runtime_error(format!("cannot use {what}() on {shown}")),
        Err(raised) => raised,
    }
}

/// `ffi.string`
pub(crate) fn string_of(vm: &mut Vm, cd: CD, max: i64) -> R {
    let form = *cd.ctype.form;
    if form.is_indexable() {
        let item = cd.ctype.item(vm)?;
        let of = *item.form;
        let size = item.size();
        let is_string = of.is_char() || (of.is_integer() && !of.is_bool());
        if is_string {
            if cd.address().is_null() {
                return Err(null_string(vm, cd, "string"));
            }
            if size == 1 || of.is_char() {
                return string_at(vm, cd, size as usize, max);
            }
        }
    } else if matches!(form, Form::Enum(_)) {
        let text = enum_text(cd, false);
        return Ok(vm.str(&text));
    } else if let Some(primitive) = form.primitive()
        && !form.is_bool()
        && (form.is_char() || (form.is_integer() && primitive.size() == 1))
    {
        if primitive.size() == 1 {
            // SAFETY: C data of a primitive type has the value at its address.
            let byte = unsafe { cd.address().read() };
            return Ok(vm.bytes(&[byte]));
        }
        // SAFETY: as above.
        return unsafe { read_units(vm, cd.address(), primitive.size(), 1) };
    }
    let name = cd.ctype.name();
    Err(vm.type_error(format!("string(): unexpected cdata '{name}' argument")))
}

fn string_at(vm: &mut Vm, cd: CD, unit: usize, max: i64) -> R {
    let is_array = matches!(*cd.ctype.form, Form::Array(_));
    let max = match usize::try_from(max) {
        Ok(max) => Some(max),
        Err(_) if is_array => Some(cd.n_items() as usize),
        Err(_) => None,
    };
    let at = cd.address();
    // SAFETY: the user promises a string that ends with a zero or has this many units.
    let n = unsafe { units_before_zero(at, unit, max) };
    if unit > 1 {
        // SAFETY: these units were just looked at.
        return unsafe { read_units(vm, at, unit, n) };
    }
    // SAFETY: as above.
    let bytes = unsafe { std::slice::from_raw_parts(at, n) };
    Ok(vm.bytes(bytes))
}

/// `ffi.string` of any value.
pub(crate) fn string(vm: &mut Vm, cdata: Value, max: Value) -> R {
    let Some(cd) = CD::of_value(cdata) else {
        let got = vm.type_name(cdata);
        return Err(vm.type_error(format!(
            "string() argument 1 must be _cffi_backend._CDataBase, not {got}"
        )));
    };
    let max = vm.index_of(max)?;
    string_of(vm, cd, max)
}

/// `ffi.unpack`
pub(crate) fn unpack(vm: &mut Vm, cdata: Value, length: Value) -> R {
    let Some(cd) = CD::of_value(cdata) else {
        let got = vm.type_name(cdata);
        return Err(vm.type_error(format!(
            "unpack() argument 1 must be _cffi_backend._CDataBase, not {got}"
        )));
    };
    let length = vm.index_of(length)?;
    if !cd.ctype.form.is_indexable() {
        let name = cd.ctype.name();
        return Err(vm.type_error(format!("expected a pointer or array, got '{name}'")));
    }
    let Ok(length) = usize::try_from(length) else {
        return Err(vm.value_error("'length' cannot be negative"));
    };
    if cd.address().is_null() {
        return Err(null_string(vm, cd, "unpack"));
    }
    let item = cd.ctype.item(vm)?;
    let at = cd.address();
    if item.form.is_char() {
        if item.size() > 1 {
            // SAFETY: the user promises this many items.
            return unsafe { read_units(vm, at, item.size() as usize, length) };
        }
        // SAFETY: as above.
        let bytes = unsafe { std::slice::from_raw_parts(at, length) };
        return Ok(vm.bytes(bytes));
    }
    if item.size() < 0 {
        let name = cd.ctype.name();
        return Err(vm.value_error(format!("'{name}' points to items of unknown size")));
    }
    let list = vm.new_list();
    // SAFETY: as above.
    unsafe { append_items(vm, list, at, item, length) }?;
    Ok(list.value())
}

pub(super) fn from_buffer(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let (ct, object) = if args[2].is_absent() {
        let chars = vm.str("char[]");
        (type_argument(vm, ffi, chars, "from_buffer")?, args[1])
    } else {
        (type_argument(vm, ffi, args[1], "from_buffer")?, args[2])
    };
    let writable = vm.truth(args[3])?;
    buffer::from_buffer(vm, ct, object, writable)
}

pub(super) fn memmove(vm: &mut Vm, args: &[Value]) -> R {
    let n = vm.index_of(args[3])?;
    buffer::memmove(vm, args[1], args[2], n)
}

/// `ffi.gc`
pub(crate) fn gc(vm: &mut Vm, cdata: Value, destructor: Value) -> R {
    let cd = match CD::of_value(cdata) {
        Some(cd) => cd,
        None => {
            let got = vm.type_name(cdata);
            return Err(vm.type_error(format!(
                "gc() argument 1 must be _cffi_backend._CDataBase, not {got}"
            )));
        }
    };
    if !destructor.is_none() {
        return Ok(collected(vm, cd.ctype, cd, destructor).value());
    }
    if *cd.own != Own::Collected {
        return Err(
            vm.type_error("Can remove destructor only on a object previously returned by ffi.gc()")
        );
    }
    cd.extra.set(Value::ABSENT);
    Ok(Value::NONE)
}

/// `ffi.release`
pub(crate) fn release_data(vm: &mut Vm, cdata: Value) -> R {
    let cd = argument(vm, cdata)?;
    release(vm, cd)?;
    Ok(Value::NONE)
}

pub(super) fn new_handle(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = module::void_pointer(vm, &ffi.state)?;
    Ok(cdata::handle(vm, ct, args[1]))
}

/// `ffi.from_handle`
pub(crate) fn from_handle(vm: &mut Vm, cdata: Value) -> R {
    let cd = argument(vm, cdata)?;
    if !matches!(*cd.ctype.form, Form::Pointer(To::Void | To::Char)) {
        let name = cd.ctype.name();
        return Err(vm.type_error(format!(
            "expected a 'cdata' object with a 'void *' out of new_handle(), got '{name}'"
        )));
    }
    if cd.address().is_null() {
        return Err(vm.runtime_error("cannot use from_handle() on NULL pointer"));
    }
    let address = cd.address().addr();
    let object = vm.heap.find_object(address).filter(|object| object.address() == address);
    match object.and_then(CD::of).filter(|handle| *handle.own == Own::Handle) {
        Some(handle) => Ok(handle.owner.get()),
        None => Err(vm.system_error(
            "ffi.from_handle() detected that the address passed points to garbage. If it is really the result of \
             ffi.new_handle(), then the Python object has already been garbage collected",
        )),
    }
}

pub(crate) fn addressof(vm: &mut Vm, args: &[Value]) -> R {
    super::own(vm, args[0])?;
    let steps = vm.as_tuple(args[2]).map_or(&[][..], Tuple::items);
    if let Some(found) = library::address_of(vm, args[1], steps)? {
        return Ok(found);
    }
    let cd = argument(vm, args[1])?;
    let is_pointer = matches!(*cd.ctype.form, Form::Pointer(_));
    if steps.is_empty() && is_pointer {
        return Err(vm.type_error("addressof(pointer)"));
    }
    if !is_pointer && !matches!(*cd.ctype.form, Form::Record(_) | Form::Array(_)) {
        return Err(vm.type_error("expected a cdata struct/union/array/pointer object"));
    }
    let (ct, offset) = path(vm, cd.ctype, steps)?;
    let pointer = ct.pointer(vm)?;
    Ok(view(vm, pointer, cd.address().wrapping_offset(offset as isize)))
}

pub(super) fn get_errno(_vm: &mut Vm, _this: Value) -> R {
    Ok(Value::small(errno::saved()))
}

/// `ffi.errno = value`
pub(crate) fn store_errno(vm: &mut Vm, value: Value) -> R<()> {
    let number = vm.index_of(value)?;
    match i32::try_from(number) {
        Ok(number) => {
            errno::set_saved(number);
            Ok(())
        }
        Err(_) => Err(vm.overflow_error("errno value too large")),
    }
}

pub(super) fn set_errno(vm: &mut Vm, _this: Value, value: Value) -> R<()> {
    if value.is_absent() {
        return Err(vm.attribute_error("property 'errno' of 'FFI' object has no deleter"));
    }
    store_errno(vm, value)
}
