//! `format()`: the `__format__` methods of numbers and str, and the protocol.
use haft_core::object::Str;
use haft_core::{R, Value, Vm};
use haft_text::format_spec::{self, Context, Locale};

use super::new_str;
use crate::arguments::{bad_argument, lift};
use crate::number::{max_str_digits, with_int};

/// `format(value, spec)`; an ABSENT spec is the empty one.
pub fn format_value(vm: &mut Vm, value: Value, spec: Value) -> R {
    let spec_text = match vm.as_str(spec) {
        Some(text) => text.bytes(),
        None => b"",
    };
    let plain = value.is_fixnum()
        || value.is_float_imm()
        || value.as_ptr().is_some_and(|obj| Str::of(obj).is_some());
    if plain {
        return format_builtin(vm, value, spec_text);
    }
    let spec = if spec.is_absent() { vm.str("") } else { spec };
    let Some(result) = vm.call_special(value, vm.names.__format__, &[spec])? else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("Type {name} doesn't define __format__")));
    };
    if vm.as_str(result).is_none() {
        let name = vm.type_name(result);
        return Err(vm.type_error(format!("__format__ must return a str, not {name}")));
    }
    Ok(result)
}

/// The method `__format__` of int, float, complex and str.
pub fn format_with_spec(vm: &mut Vm, args: &[Value]) -> R {
    match vm.as_str(args[1]) {
        Some(spec) => format_builtin(vm, args[0], spec.bytes()),
        None => Err(bad_argument(vm, "__format__() argument", "str", args[1])),
    }
}

fn format_builtin(vm: &mut Vm, value: Value, spec: &[u8]) -> R {
    if spec.is_empty() {
        return vm.str_of(value);
    }
    let (type_name, locale) = (vm.type_name(value), locale(spec));
    let locale = locale.as_ref().unwrap_or_else(|| Locale::c());
    let context = Context { type_name: &type_name, locale, max_str_digits: max_str_digits(vm) };
    let text = if let Some(text) = vm.as_str(value) {
        format_spec::format_str(text.bytes(), spec, &context)
    } else if let Some(float) = vm.as_float(value) {
        format_spec::format_float(float, spec, &context)
    } else if let Some((re, im)) = vm.as_complex(value) {
        format_spec::format_complex(re, im, spec, &context)
    } else if let Some(text) =
        with_int(vm, value, |int| format_spec::format_int(int, spec, &context))
    {
        text
    } else {
        return Err(
            vm.type_error(format!("unsupported format string passed to {type_name}.__format__"))
        );
    };
    let text = lift(vm, text)?;
    new_str(vm, &text)
}

/// The C library's locale, for type `n` only.
fn locale(spec: &[u8]) -> Option<Locale> {
    if !spec.ends_with(b"n") {
        return None;
    }
    let conventions = haft_host::locale::localeconv();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Some(Locale {
        decimal_point: text(conventions.decimal_point),
        thousands_separator: text(conventions.thousands_sep),
        grouping: conventions.grouping,
    })
}
