//! Module `_json`: the scanner and the encoder of `json`.
mod encode;
mod scan;
mod text;

use haft_core::object::{Dict, Str};
use haft_core::{R, Raised, Value, Vm, natives};

natives! {
    static FUNCTIONS = {
        /// Return an ASCII-only JSON representation of a Python string
        encode_basestring_ascii "($module, string, /)" => |vm, args| {
            let string = string_argument(vm, args[0], "first argument must be a string, not ")?;
            let mut out = Vec::new();
            text::quote_ascii(string.bytes(), &mut out);
            Ok(vm.str_wtf8(&out))
        };
        /// Return a JSON representation of a Python string
        encode_basestring "($module, string, /)" => |vm, args| {
            let string = string_argument(vm, args[0], "first argument must be a string, not ")?;
            let mut out = Vec::new();
            text::quote(string.bytes(), &mut out);
            Ok(vm.str_wtf8(&out))
        };
        /// Scan the string s for a JSON string. End is the index of the
        /// character in s after the quote that started the JSON string.
        /// Unescapes all valid JSON string escape sequences and raises ValueError
        /// on attempt to decode an invalid string. If strict is False then literal
        /// control characters are allowed in the string.
        ///
        /// Returns a tuple of the decoded string and the index of the character in s
        /// after the end quote.
        scanstring "($module, string, end, strict=True, /)" => scan::scanstring;
    }
}

/// Fill the namespace of `_json`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_json", FUNCTIONS);
    scan::add(vm, dict);
    encode::add(vm, dict);
    Ok(())
}

fn string_argument(vm: &mut Vm, value: Value, message: &str) -> R<Str> {
    match vm.as_str(value) {
        Some(string) => Ok(string),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("{message}{class}")))
        }
    }
}

/// Raise JSONDecodeError about the character at a byte of the document.
#[cold]
fn decode_error(vm: &mut Vm, message: &str, document: Str, at: usize) -> Raised {
    let index = document.index_of_offset(&mut vm.heap, at);
    decode_error_at(vm, message, document, index)
}

/// As [`decode_error`], by the index of the character.
#[cold]
fn decode_error_at(vm: &mut Vm, message: &str, document: Str, index: usize) -> Raised {
    let class = crate::support::import(vm, "json.decoder")
        .and_then(|_| {
            let modules = vm.modules;
            let name = vm.str("json.decoder");
            vm.get_item(modules.value(), name)
        })
        .and_then(|module| vm.get_attr_str(module, "JSONDecodeError"));
    let args = [vm.str(message), document.value(), vm.int_usize(index)];
    match class.and_then(|class| vm.call_positional(class, &args)) {
        Ok(exception) => vm.raise_value(exception),
        Err(raised) => raised,
    }
}
