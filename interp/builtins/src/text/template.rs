//! `str.format` and `str.format_map`.
use haft_core::object::Str;
use haft_core::{Args, R, Value, Vm};
use haft_text::format_string::{
    Accessor, AutoNumber, Conversion, Field, Target, pieces, split_field_name,
};

use super::make::push_plain;
use super::{format_value, new_str, this};
use crate::arguments::lift;

/// A spec may hold fields, theirs may not.
const MAX_DEPTH: usize = 2;

/// Where fields find their values.
enum Source<'a> {
    /// The arguments of `format`.
    Call(Args<'a>),
    /// The argument of `format_map`.
    Mapping(Value),
}

pub(super) fn str_format(vm: &mut Vm, args: &Args<'_>) -> R {
    let Some((&receiver, vals)) = args.vals.split_first() else {
        return Err(vm.type_error("unbound method str.format() needs an argument"));
    };
    let template = this(vm, receiver, "format")?;
    let source = Source::Call(Args { vals, names: args.names });
    let text = build(vm, template.bytes(), &source, &mut AutoNumber::default(), MAX_DEPTH)?;
    new_str(vm, &text)
}

pub(super) fn str_format_map(vm: &mut Vm, args: &[Value]) -> R {
    let template = this(vm, args[0], "format_map")?;
    let source = Source::Mapping(args[1]);
    let text = build(vm, template.bytes(), &source, &mut AutoNumber::default(), MAX_DEPTH)?;
    new_str(vm, &text)
}

fn build(
    vm: &mut Vm,
    template: &[u8],
    source: &Source<'_>,
    numbers: &mut AutoNumber,
    depth: usize,
) -> R<Vec<u8>> {
    if depth == 0 {
        return Err(vm.value_error("Max string recursion exceeded"));
    }
    let mut out = Vec::with_capacity(template.len() + 16);
    for piece in pieces(template) {
        let piece = lift(vm, piece)?;
        out.extend_from_slice(piece.literal);
        if let Some(field) = piece.field {
            format_field(vm, &mut out, &field, (source, numbers), depth)?;
        }
    }
    Ok(out)
}

/// Append what a field stands for.
fn format_field(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    field: &Field<'_>,
    (source, numbers): (&Source<'_>, &mut AutoNumber),
    depth: usize,
) -> R<()> {
    let value = field_value(vm, field.name, source, numbers)?;
    let value = match field.conversion {
        Some(code) => {
            let conversion = lift(vm, Conversion::new(code))?;
            convert(vm, value, conversion)?
        }
        None => value,
    };
    let expanded;
    let spec = if field.spec_is_template {
        expanded = build(vm, field.spec, source, numbers, depth - 1)?;
        &expanded
    } else {
        field.spec
    };
    if spec.is_empty() && push_plain(out, value) {
        return Ok(());
    }
    let spec = vm.str_wtf8(spec);
    let text = format_value(vm, value, spec)?;
    out.extend_from_slice(vm.as_str(text).map_or(&[], Str::bytes));
    Ok(())
}

fn convert(vm: &mut Vm, value: Value, conversion: Conversion) -> R {
    match conversion {
        Conversion::Repr => vm.repr(value),
        Conversion::Str => vm.str_of(value),
        Conversion::Ascii => vm.ascii(value),
    }
}

/// The argument a field names, and what its accessors make of it.
fn field_value(vm: &mut Vm, name: &[u8], source: &Source<'_>, numbers: &mut AutoNumber) -> R {
    let (first, accessors) = lift(vm, split_field_name(name))?;
    let target = lift(vm, numbers.resolve(first))?;
    let mut value = argument(vm, target, source)?;
    for accessor in accessors {
        value = match lift(vm, accessor)? {
            Accessor::Attribute(name) => {
                let name = vm.str_wtf8(name);
                vm.get_attr(value, name)?
            }
            Accessor::Index(index) => {
                let index = vm.int_usize(index);
                vm.get_item(value, index)?
            }
            Accessor::Key(key) => {
                let key = vm.str_wtf8(key);
                vm.get_item(value, key)?
            }
        };
    }
    Ok(value)
}

fn argument(vm: &mut Vm, target: Target<'_>, source: &Source<'_>) -> R {
    match (target, source) {
        (Target::Positional(index), Source::Call(args)) => match args.positionals().get(index) {
            Some(&value) => Ok(value),
            None => Err(vm.index_error(format!(
                "Replacement index {index} out of range for positional args tuple"
            ))),
        },
        (Target::Positional(_), Source::Mapping(_)) => {
            Err(vm.value_error("Format string contains positional fields"))
        }
        (Target::Keyword(name), Source::Call(args)) => {
            let found = args
                .keywords()
                .find(|&(key, _)| vm.as_str(key).is_some_and(|key| key.bytes() == name));
            match found {
                Some((_, value)) => Ok(value),
                None => {
                    let name = vm.str_wtf8(name);
                    Err(vm.key_error(name))
                }
            }
        }
        (Target::Keyword(name), &Source::Mapping(mapping)) => {
            let name = vm.str_wtf8(name);
            vm.get_item(mapping, name)
        }
    }
}
