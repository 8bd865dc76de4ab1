//! Module `_string`: what `string.Formatter` takes from native code.
use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};
use haft_text::format_string::{Accessor, First, pieces, split_field_name};

use crate::support;

natives! {
    static FUNCTIONS = {
        /// split the argument as a field name
        formatter_field_name_split "($module, name, /)" => split;
        /// parse the argument as a format string
        formatter_parser "($module, template, /)" => parser;
    }
}

/// Fill the namespace of `_string`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_string", FUNCTIONS);
    Ok(())
}

fn text(vm: &mut Vm, value: Value) -> R<&'static [u8]> {
    match vm.as_str(value) {
        Some(text) => Ok(text.bytes()),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("expected str, got {name}")))
        }
    }
}

fn split(vm: &mut Vm, args: &[Value]) -> R {
    let name = text(vm, args[0])?;
    let result = split_field_name(name);
    let (first, accessors) = support::lift(vm, result)?;
    let first = match first {
        First::Empty => vm.str(""),
        First::Index(index) => vm.int_usize(index),
        First::Name(name) => vm.str_wtf8(name),
    };
    let list = vm.new_list();
    for accessor in accessors {
        let (is_attribute, key) = match support::lift(vm, accessor)? {
            Accessor::Attribute(name) => (true, vm.str_wtf8(name)),
            Accessor::Index(index) => (false, vm.int_usize(index)),
            Accessor::Key(key) => (false, vm.str_wtf8(key)),
        };
        let step = vm.tuple(&[Value::bool(is_attribute), key]);
        list.push(&mut vm.heap, step);
    }
    let rest = vm.list_iter(list);
    Ok(vm.tuple(&[first, rest]))
}

fn parser(vm: &mut Vm, args: &[Value]) -> R {
    let template = text(vm, args[0])?;
    let list = vm.new_list();
    for piece in pieces(template) {
        let piece = support::lift(vm, piece)?;
        let literal = vm.str_wtf8(piece.literal);
        let parts = match piece.field {
            Some(field) => {
                let name = vm.str_wtf8(field.name);
                let spec = vm.str_wtf8(field.spec);
                let conversion = field.conversion.map_or(Value::NONE, |cp| vm.str_char(cp));
                [literal, name, spec, conversion]
            }
            None => [literal, Value::NONE, Value::NONE, Value::NONE],
        };
        let parts = vm.tuple(&parts);
        list.push(&mut vm.heap, parts);
    }
    Ok(vm.list_iter(list))
}
