//! Members of structs and unions as attributes.
use super::item::null_pointer;
use super::read::read_bits;
use super::write::write_field;
use super::{argument, read, view, view_array};
use crate::ctype::CField;
use crate::prelude::*;

pub(super) fn get(vm: &mut Vm, this: Value, name: Value) -> R {
    let cd = argument(vm, this)?;
    if let Some(record) = record_of(vm, cd)?
        && let Some(field) = record.field(vm, name)?
    {
        return read_field(vm, cd, field);
    }
    let found = vm.generic_get_attr(this, name);
    match vm.catch(found, vm.exc.attribute_error)? {
        Some(value) => Ok(value),
        None => Err(no_attribute(vm, cd, name, "read")),
    }
}

/// The record whose members `x.name` means: that of a record or of a pointer to one.
#[inline]
pub(crate) fn record_of(vm: &mut Vm, cd: CD) -> R<Option<CT>> {
    match *cd.ctype.form {
        Form::Pointer(To::Record) => cd.ctype.item(vm).map(Some),
        Form::Record(_) => Ok(Some(cd.ctype)),
        _ => Ok(None),
    }
}

#[cold]
fn no_attribute(vm: &mut Vm, cd: CD, name: Value, doing: &str) -> Raised {
    let (ct, name) =
        (cd.ctype.name(), vm.as_str(name).map(|name| name.to_text()).unwrap_or_default());
    let fields = match record_of(vm, cd) {
        Ok(None) => {
            return vm.attribute_error(format!("cdata '{ct}' has no attribute '{name}'"));
        }
        Ok(Some(record)) => record.fields(vm),
        Err(raised) => Err(raised),
    };
    match fields {
        Ok(Some(_)) => vm.attribute_error(format!("cdata '{ct}' has no field '{name}'")),
        Ok(None) => vm.attribute_error(format!(
            "cdata '{ct}' points to an opaque type: cannot {doing} fields"
        )),
        Err(raised) => raised,
    }
}

#[inline]
fn read_field(vm: &mut Vm, cd: CD, field: PayloadRef<CField>) -> R {
    let base = cd.address();
    if base.is_null() {
        return Err(null_pointer(vm, cd.ctype));
    }
    let at = base.wrapping_add(field.offset);
    match *field.bits {
        // SAFETY: the member is in the record, which the user of C pointers promises to be there.
        FieldBits::Whole => unsafe { read(vm, at, field.ctype) },
        // SAFETY: as above.
        bits @ FieldBits::Bitfield { .. } => unsafe { read_bits(vm, at, field.ctype, bits) },
        FieldBits::EmptyArray => {
            let item = field.ctype.item(vm)?;
            let room = cd.var_size() - field.offset as i64;
            if cd.var_size() >= 0 && room >= 0 && item.size() > 0 {
                let open = item.open_array(vm)?;
                return Ok(view_array(vm, open, at, room / item.size()));
            }
            let pointer = item.pointer(vm)?;
            Ok(view(vm, pointer, at))
        }
    }
}

pub(super) fn set(vm: &mut Vm, this: Value, name: Value, value: Value) -> R<()> {
    let cd = argument(vm, this)?;
    if let Some(record) = record_of(vm, cd)?
        && let Some(field) = record.field(vm, name)?
    {
        return set_field(vm, cd, field, value);
    }
    let done = vm.generic_set_attr(this, name, value);
    match vm.catch(done, vm.exc.attribute_error)? {
        Some(()) => Ok(()),
        None => Err(no_attribute(vm, cd, name, "write")),
    }
}

fn set_field(vm: &mut Vm, cd: CD, field: PayloadRef<CField>, value: Value) -> R<()> {
    if value.is_absent() {
        return Err(vm.attribute_error("cannot delete struct field"));
    }
    if cd.address().is_null() {
        return Err(null_pointer(vm, cd.ctype));
    }
    // SAFETY: the record is there, as the user of C pointers promises.
    unsafe { write_field(vm, cd.address(), field, value) }
}

pub(super) fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let cd = argument(vm, args[0])?;
    let names = vm.new_list();
    if let Some(record) = record_of(vm, cd)?
        && let Some(fields) = record.fields(vm)?
    {
        for (name, _) in fields.iter() {
            names.push(&mut vm.heap, name);
        }
    }
    Ok(names.value())
}
