//! `repr` of C data.
use super::read;
use crate::prelude::*;

/// The name of an enum's value, or the number; with `both`, `number: NAME`.
pub(crate) fn enum_text(cd: CD, both: bool) -> String {
    let number = super::read_integer_value(cd).unwrap_or(0);
    match cd.ctype.enumerator(number) {
        Some(name) if both => format!("{number}: {name}"),
        Some(name) => name,
        None => number.to_string(),
    }
}

fn value_text(vm: &mut Vm, cd: CD) -> R<String> {
    Ok(match *cd.ctype.form {
        Form::Enum(_) => enum_text(cd, true),
        Form::Primitive(Primitive::LongDouble) => {
            // SAFETY: C data of a primitive type has the value at its address.
            let number = unsafe { memory::read_float(cd.address(), Primitive::LongDouble) };
            exponent_text(number)
        }
        Form::Primitive(_) => {
            // SAFETY: as above.
            let value = unsafe { read(vm, cd.address(), cd.ctype) }?;
            vm.repr_text(value)?
        }
        Form::Array(None) => format!("sliced length {}", cd.n_items()),
        _ if cd.address().is_null() => "NULL".to_owned(),
        _ => format!("{:p}", cd.address()),
    })
}

/// `%E` of C.
fn exponent_text(number: f64) -> String {
    if !number.is_finite() {
        return format!("{number}").to_uppercase();
    }
    let text = format!("{number:.6E}");
    match text.split_once('E') {
        Some((digits, exponent)) => {
            let (sign, exponent) = match exponent.strip_prefix('-') {
                Some(rest) => ('-', rest),
                None => ('+', exponent),
            };
            format!("{digits}E{sign}{exponent:0>2}")
        }
        None => text,
    }
}

/// `repr` of C data that owns nothing.
pub(crate) fn repr_text(vm: &mut Vm, cd: CD) -> R<String> {
    let value = value_text(vm, cd)?;
    let extra = if matches!(*cd.ctype.form, Form::Record(_)) { " &" } else { "" };
    Ok(format!("<cdata '{}{extra}' {value}>", cd.ctype.name()))
}

fn buffer_text(vm: &mut Vm, cd: CD) -> String {
    let name = cd.ctype.name();
    if cd.owner.get().is_absent() {
        return format!("<cdata '{name}' buffer RELEASED>");
    }
    let from = vm.full_type_name(vm.type_of(cd.extra.get()));
    match *cd.ctype.form {
        Form::Array(_) => {
            format!("<cdata '{name}' buffer len {} from '{from}' object>", cd.n_items())
        }
        _ => format!("<cdata '{name}' buffer from '{from}' object>"),
    }
}

pub(super) fn repr(vm: &mut Vm, this: Value) -> R {
    let cd = super::argument(vm, this)?;
    let name = cd.ctype.name();
    let text = match *cd.own {
        Own::Memory | Own::Record => {
            let size = cd.owned_size(vm)?;
            format!("<cdata '{name}' owning {size} bytes>")
        }
        Own::Handle => {
            let shown = vm.repr_text(cd.owner.get())?;
            format!("<cdata '{name}' handle to {shown}>")
        }
        Own::Callback => {
            let shown = vm.repr_text(cd.extra.get())?;
            format!("<cdata '{name}' calling {shown}>")
        }
        Own::Buffer => buffer_text(vm, cd),
        Own::Nothing | Own::Value | Own::Collected => repr_text(vm, cd)?,
    };
    Ok(vm.str(&text))
}
