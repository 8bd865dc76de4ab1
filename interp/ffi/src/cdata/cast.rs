//! `ffi.cast`
use super::write::char_unit;
use super::{new_value, read, view};
use crate::number::{to_bool, to_complex, to_f64, to_u64_wrapping};
use crate::prelude::*;
use crate::text::single_unit;

/// `ffi.cast(ct, value)`
pub(crate) fn cast(vm: &mut Vm, ct: CT, value: Value) -> R {
    match *ct.form {
        Form::Pointer(_) | Form::Function | Form::Array(Some(_)) => {
            if let Some(cd) = CD::of_value(value)
                && (cd.ctype.form.is_indexable() || cd.ctype.form.is_address())
            {
                return Ok(view(vm, ct, cd.address()));
            }
            if *ct.form == Form::Pointer(To::Record)
                && let Some(file) = crate::file::stream_of(vm, ct, value)?
            {
                return Ok(view(vm, ct, file));
            }
            let address = to_u64_wrapping(vm, value)?;
            Ok(view(vm, ct, std::ptr::with_exposed_provenance_mut(address as usize)))
        }
        Form::Primitive(primitive) | Form::Enum(primitive) => match primitive.kind() {
            PrimitiveKind::Float => to_float(vm, ct, primitive, value),
            PrimitiveKind::Complex => to_complex_number(vm, ct, primitive, value),
            _ => to_integer(vm, ct, primitive, value),
        },
        _ => {
            let name = ct.name();
            Err(vm.type_error(format!("cannot cast to ctype '{name}'")))
        }
    }
}

fn integer_bits(vm: &mut Vm, ct: CT, value: Value) -> R<u64> {
    if let Some(cd) = CD::of_value(value)
        && (cd.ctype.form.is_indexable() || cd.ctype.form.is_address())
    {
        return Ok(cd.address().expose_provenance() as u64);
    }
    if let Some(text) = vm.as_str(value) {
        return match single_unit(text, 4) {
            Ok(point) => Ok(point.into()),
            Err(got) => {
                let name = ct.name();
                Err(vm.type_error(format!("cannot cast {got} to ctype '{name}'")))
            }
        };
    }
    if vm.as_bytes(value).is_some() {
        return char_unit(vm, value, 1).map(u64::from);
    }
    if ct.form.is_bool() {
        return to_bool(vm, value).map(u64::from);
    }
    to_u64_wrapping(vm, value)
}

fn to_integer(vm: &mut Vm, ct: CT, primitive: Primitive, value: Value) -> R {
    let bits = match value.as_fixnum() {
        Some(number) => number as u64,
        None => integer_bits(vm, ct, value)?,
    };
    let bits = if ct.form.is_bool() { u64::from(bits != 0) } else { bits };
    let cd = new_value(vm, ct);
    // SAFETY: the object has room for every primitive.
    unsafe { memory::write_integer(cd.address(), primitive.size(), bits) };
    Ok(cd.value())
}

#[cold]
fn cannot_cast(vm: &mut Vm, ct: CT, value: Value) -> Raised {
    let name = ct.name();
    let from = match CD::of_value(value) {
        Some(cd) => format!("ctype '{}'", cd.ctype.name()),
        None => format!("{} object", vm.type_name(value)),
    };
    vm.type_error(format!("cannot cast {from} to ctype '{name}'"))
}

/// The Python number to cast: C data is read first. `Err(Some)` for the code of a character.
fn plain_number(vm: &mut Vm, ct: CT, value: Value) -> R<(Value, Option<f64>)> {
    let plain = match CD::of_value(value) {
        Some(cd) if cd.ctype.form.primitive().is_none() => return Err(cannot_cast(vm, ct, value)),
        // SAFETY: C data of a primitive type has the value at its address.
        Some(cd) => unsafe { read(vm, cd.address(), cd.ctype) }?,
        None => value,
    };
    if let Some(bytes) = vm.as_bytes(plain) {
        return match *bytes.data() {
            [byte] => Ok((plain, Some(byte.into()))),
            _ => Err(cannot_cast(vm, ct, value)),
        };
    }
    if let Some(text) = vm.as_str(plain) {
        return match single_unit(text, 4) {
            Ok(point) => Ok((plain, Some(point.into()))),
            Err(_) => Err(cannot_cast(vm, ct, value)),
        };
    }
    Ok((plain, None))
}

fn to_float(vm: &mut Vm, ct: CT, primitive: Primitive, value: Value) -> R {
    let (plain, code) = plain_number(vm, ct, value)?;
    if primitive == Primitive::LongDouble
        && let Some(cd) = CD::of_value(plain)
    {
        let result = new_value(vm, ct);
        // SAFETY: reading a primitive gives C data for `long double` only; both objects have room for it.
        unsafe { std::ptr::copy(cd.address(), result.address(), primitive.size()) };
        return Ok(result.value());
    }
    let number = match code {
        Some(code) => code,
        None => to_f64(vm, plain)?,
    };
    let result = new_value(vm, ct);
    // SAFETY: the object has room for every primitive.
    unsafe { memory::write_float(result.address(), primitive, number) };
    Ok(result.value())
}

fn to_complex_number(vm: &mut Vm, ct: CT, primitive: Primitive, value: Value) -> R {
    let (plain, code) = plain_number(vm, ct, value)?;
    let number = match code {
        Some(code) => (code, 0.0),
        None => to_complex(vm, plain)?,
    };
    let result = new_value(vm, ct);
    // SAFETY: the object has room for every primitive.
    unsafe { memory::write_complex(result.address(), primitive, number) };
    Ok(result.value())
}
