//! The error handlers of the runtime as functions that take the exception.
use std::borrow::Cow;

use haft_core::object::Str;
use haft_core::{R, Raised, Value, Vm, natives};
use haft_text::codecs::{ErrorHandler, Fault, Substitute, normalize_name};
use haft_text::wtf8;

use super::registry;

natives! {
    static HANDLERS = {
        /// Implements the 'strict' error handling, which raises a UnicodeError on coding errors.
        strict_errors "($module, exception, /)" => strict;
        /// Implements the 'ignore' error handling, which ignores malformed data and continues.
        ignore_errors "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::Ignore);
        /// Implements the 'replace' error handling, which replaces malformed data with a replacement marker.
        replace_errors "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::Replace);
        /// Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the appropriate XML character reference.
        xmlcharrefreplace_errors "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::XmlCharRefReplace);
        /// Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed escape sequence.
        backslashreplace_errors "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::BackslashReplace);
        /// Implements the 'namereplace' error handling, which replaces an unencodable character with a \N{...} escape sequence.
        namereplace_errors "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::NameReplace);
        /// Implements the 'surrogateescape' error handling.
        surrogateescape "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::SurrogateEscape);
        /// Implements the 'surrogatepass' error handling.
        surrogatepass "($module, exception, /)" => |vm, args| handle(vm, args[0], ErrorHandler::SurrogatePass);
    }
}

/// Register them.
pub(super) fn add(vm: &mut Vm) {
    let module = vm.intern("_codecs");
    for def in HANDLERS {
        let function = vm.native_function(def, Value::ABSENT, module);
        let name = vm.str(def.name.trim_end_matches("_errors"));
        // A str key of a plain dict: nothing can fail.
        if let Err(raised) = registry::set_error(vm, name, function) {
            vm.take_raised(raised);
        }
    }
}

fn strict(vm: &mut Vm, args: &[Value]) -> R {
    if vm.instance_of(args[0], vm.exc.base_exception) {
        return Err(vm.raise_value(args[0]));
    }
    Err(vm.type_error("codec must pass exception instance"))
}

#[cold]
fn cannot(vm: &mut Vm, exception: Value) -> Raised {
    let name = vm.type_name(exception);
    vm.type_error(format!("don't know how to handle {name} in error callback"))
}

/// The names that `surrogatepass` and `surrogateescape` look at.
fn standard_name(name: &[u8]) -> &'static str {
    match normalize_name(name).as_str() {
        "utf_8" | "utf8" | "cp65001" => "utf-8",
        "utf_16" | "utf16" => "utf-16",
        "utf_16_le" | "utf_16le" | "utf16_le" | "utf16le" => "utf-16-le",
        "utf_16_be" | "utf_16be" | "utf16_be" | "utf16be" => "utf-16-be",
        "utf_32" | "utf32" => "utf-32",
        "utf_32_le" | "utf_32le" | "utf32_le" | "utf32le" => "utf-32-le",
        "utf_32_be" | "utf_32be" | "utf32_be" | "utf32be" => "utf-32-be",
        "charmap" => "charmap",
        _ => "",
    }
}

/// The exception's encoding and range, with the range inside an object of `len` items.
fn fault(vm: &mut Vm, exception: Value, len: usize) -> R<Fault> {
    let encoding = vm.get_attr_str(exception, "encoding")?;
    let encoding = standard_name(vm.as_str(encoding).map_or(b"", Str::bytes));
    let start = vm.get_attr_str(exception, "start")?;
    let start = vm.index_of(start)?.clamp(0, len.saturating_sub(1) as i64) as usize;
    let end = vm.get_attr_str(exception, "end")?;
    let end = vm.index_of(end)?.clamp(len.min(1) as i64, len as i64) as usize;
    Ok(Fault { encoding, start, end: end.max(start), reason: Cow::Borrowed("") })
}

fn answer(vm: &mut Vm, replacement: Value, at: usize) -> R {
    let at = vm.int_usize(at);
    Ok(vm.tuple(&[replacement, at]))
}

fn handle(vm: &mut Vm, exception: Value, handler: ErrorHandler) -> R {
    if vm.instance_of(exception, vm.exc.unicode_encode_error) {
        return encoding(vm, exception, handler);
    }
    if vm.instance_of(exception, vm.exc.unicode_decode_error) && handler.can_decode() {
        return decoding(vm, exception, handler);
    }
    if vm.instance_of(exception, vm.exc.unicode_translate_error) {
        return translating(vm, exception, handler);
    }
    Err(cannot(vm, exception))
}

fn encoding(vm: &mut Vm, exception: Value, handler: ErrorHandler) -> R {
    let object = vm.get_attr_str(exception, "object")?;
    let Some(text) = vm.as_str(object) else { return Err(cannot(vm, exception)) };
    let fault = fault(vm, exception, text.len())?;
    match handler.encode(&fault, text.bytes()) {
        Some((Substitute::Text(new), at)) => {
            let new = vm.str_wtf8(&new);
            answer(vm, new, at)
        }
        Some((Substitute::Bytes(new), at)) => {
            let new = vm.bytes(&new);
            answer(vm, new, at)
        }
        None => Err(vm.raise_value(exception)),
    }
}

fn decoding(vm: &mut Vm, exception: Value, handler: ErrorHandler) -> R {
    let object = vm.get_attr_str(exception, "object")?;
    let Some(bytes) = vm.as_bytes(object) else { return Err(cannot(vm, exception)) };
    let fault = fault(vm, exception, bytes.len())?;
    match handler.decode(&fault, bytes.data()) {
        Some((new, at)) => {
            let new = vm.str_wtf8(&new);
            answer(vm, new, at)
        }
        None => Err(vm.raise_value(exception)),
    }
}

/// `str.translate` in C knows no faults, but its exception can be made and handled.
fn translating(vm: &mut Vm, exception: Value, handler: ErrorHandler) -> R {
    let object = vm.get_attr_str(exception, "object")?;
    let Some(text) = vm.as_str(object) else { return Err(cannot(vm, exception)) };
    let start = vm.get_attr_str(exception, "start")?;
    let start = vm.index_of(start)?.clamp(0, text.len().saturating_sub(1) as i64) as usize;
    let end = vm.get_attr_str(exception, "end")?;
    let end = vm.index_of(end)?.clamp(text.len().min(1) as i64, text.len() as i64) as usize;
    let end = end.max(start);
    let mut new = Vec::new();
    match handler {
        ErrorHandler::Ignore => {}
        ErrorHandler::Replace => wtf8::push_repeated(&mut new, 0xFFFD, end - start),
        ErrorHandler::BackslashReplace => {
            let fault = Fault { encoding: "", start, end, reason: Cow::Borrowed("") };
            if let Some((Substitute::Text(text), _)) = handler.encode(&fault, text.bytes()) {
                new = text;
            }
        }
        _ => return Err(cannot(vm, exception)),
    }
    let new = vm.str_wtf8(&new);
    answer(vm, new, end)
}
