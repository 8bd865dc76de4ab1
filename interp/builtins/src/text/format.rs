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
    if let Some(text) = format_number(value, spec) {
        return Ok(vm.str(&text));
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

/// A small int or a float in a format like `5d`, `04x` or `.2f`: an optional width, with or without zeros.
fn format_number(value: Value, spec: &[u8]) -> Option<String> {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (width, rest) = spec.split_at(digits(spec));
    let zeros = width.first() == Some(&b'0');
    let width: usize = match width {
        [] => 0,
        _ if width.len() > 3 => return None,
        _ => std::str::from_utf8(width).ok()?.parse().ok()?,
    };
    if let Some(int) = value.as_fixnum() {
        return Some(match (rest, zeros) {
            (b"" | b"d", false) => format!("{int:width$}"),
            (b"" | b"d", true) => format!("{int:0width$}"),
            (b"x", false) if int >= 0 => format!("{int:width$x}"),
            (b"x", true) if int >= 0 => format!("{int:0width$x}"),
            (b"X", true) if int >= 0 => format!("{int:0width$X}"),
            (b"b", true) if int >= 0 => format!("{int:0width$b}"),
            _ => return None,
        });
    }
    let float = value.as_float_imm()?;
    let [b'.', precision @ .., b'f'] = rest else { return None };
    if precision.is_empty() || precision.len() > 2 || digits(precision) < precision.len() {
        return None;
    }
    let precision = std::str::from_utf8(precision).ok()?.parse().ok()?;
    let text = haft_text::float::format(float, b'f', precision, haft_text::float::Flags::default());
    let missing = width.saturating_sub(text.len());
    if missing == 0 {
        return Some(text);
    }
    if !zeros {
        return Some(format!("{text:>width$}"));
    }
    let sign = usize::from(text.starts_with('-'));
    Some([&text[..sign], &"0".repeat(missing), &text[sign..]].concat())
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
