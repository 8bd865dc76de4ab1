//! The codecs of the runtime as functions: each gives what it made and how much of the input it used.
use haft_builtins::text::Handling;
use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};
use haft_text::codecs::{
    Decoded, Endian, InvalidEscape, decode_ascii, decode_escape, decode_latin1,
    decode_raw_unicode_escape, decode_unicode_escape, decode_utf7, decode_utf8, decode_utf16,
    decode_utf32, encode_ascii, encode_escape, encode_latin1, encode_raw_unicode_escape,
    encode_unicode_escape, encode_utf7, encode_utf8, encode_utf16, encode_utf32,
};

use crate::support::{bytes_argument, lift, shown_type, str_argument, warn};

natives! {
    /// The functions.
    pub(super) static FUNCTIONS = {
        /// Bytes with escapes in place of what is not printable.
        escape_encode "($module, data, errors=None, /)" => escape_encode;
        /// Bytes for text with escapes.
        escape_decode "($module, data, errors=None, /)" => escape_decode;
        /// The bytes of an object.
        readbuffer_encode "($module, data, errors=None, /)" => readbuffer_encode;
        /// UTF-8
        utf_8_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_8_encode", |s, h| encode_utf8(s, h));
        /// UTF-8
        utf_8_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| decode_utf8(b, last, h));
        /// UTF-7
        utf_7_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_7_encode", |s, _| Ok(encode_utf7(s)));
        /// UTF-7
        utf_7_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| decode_utf7(b, last, h));
        /// UTF-16
        utf_16_encode "($module, str, errors=None, byteorder=0, /)" => utf_16_encode;
        /// UTF-16
        utf_16_le_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_16_le_encode", |s, h| encode_utf16(s, Endian::Little, h));
        /// UTF-16
        utf_16_be_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_16_be_encode", |s, h| encode_utf16(s, Endian::Big, h));
        /// UTF-16
        utf_16_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf16(b, last, Endian::Mark, h)?.0));
        /// UTF-16
        utf_16_le_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf16(b, last, Endian::Little, h)?.0));
        /// UTF-16
        utf_16_be_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf16(b, last, Endian::Big, h)?.0));
        /// UTF-16; also tells the byte order.
        utf_16_ex_decode "($module, data, errors=None, byteorder=0, final=False, /)" => |vm, args| decode_ex(vm, args, |b, last, e, h| decode_utf16(b, last, e, h));
        /// UTF-32
        utf_32_encode "($module, str, errors=None, byteorder=0, /)" => utf_32_encode;
        /// UTF-32
        utf_32_le_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_32_le_encode", |s, h| encode_utf32(s, Endian::Little, h));
        /// UTF-32
        utf_32_be_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "utf_32_be_encode", |s, h| encode_utf32(s, Endian::Big, h));
        /// UTF-32
        utf_32_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf32(b, last, Endian::Mark, h)?.0));
        /// UTF-32
        utf_32_le_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf32(b, last, Endian::Little, h)?.0));
        /// UTF-32
        utf_32_be_decode "($module, data, errors=None, final=False, /)" => |vm, args| decode(vm, args, |b, last, h| Ok(decode_utf32(b, last, Endian::Big, h)?.0));
        /// UTF-32; also tells the byte order.
        utf_32_ex_decode "($module, data, errors=None, byteorder=0, final=False, /)" => |vm, args| decode_ex(vm, args, |b, last, e, h| decode_utf32(b, last, e, h));
        /// Escapes of str literals
        unicode_escape_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "unicode_escape_encode", |s, _| Ok(encode_unicode_escape(s)));
        /// Escapes of str literals
        unicode_escape_decode "($module, data, errors=None, final=True, /)" => unicode_escape_decode;
        /// Escapes \u and \U only
        raw_unicode_escape_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "raw_unicode_escape_encode", |s, _| Ok(encode_raw_unicode_escape(s)));
        /// Escapes \u and \U only
        raw_unicode_escape_decode "($module, data, errors=None, final=True, /)" => |vm, args| decode(vm, args, |b, last, h| decode_raw_unicode_escape(b, last, h));
        /// Latin-1
        latin_1_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "latin_1_encode", |s, h| encode_latin1(s, h));
        /// Latin-1
        latin_1_decode "($module, data, errors=None, /)" => |vm, args| decode(vm, args, |b, _, _| Ok(Decoded { text: decode_latin1(b), consumed: b.len() }));
        /// ASCII
        ascii_encode "($module, str, errors=None, /)" => |vm, args| encode(vm, args, "ascii_encode", |s, h| encode_ascii(s, h));
        /// ASCII
        ascii_decode "($module, data, errors=None, /)" => |vm, args| decode(vm, args, |b, _, h| decode_ascii(b, h));
    }
}

/// The name of an error handler, if one is given.
pub(super) fn errors_of(vm: &mut Vm, value: Value) -> R<Option<Str>> {
    if value.is_none() || value.is_absent() {
        return Ok(None);
    }
    match vm.as_str(value) {
        Some(name) => Ok(Some(name)),
        None => {
            let shown = shown_type(vm, value);
            Err(vm.type_error(format!("argument 2 must be str or None, not {shown}")))
        }
    }
}

/// `(made, n)`
pub(super) fn pair(vm: &mut Vm, made: Value, n: usize) -> R {
    let n = vm.int_usize(n);
    Ok(vm.tuple(&[made, n]))
}

fn encode(
    vm: &mut Vm,
    args: &[Value],
    name: &str,
    with: impl FnOnce(&[u8], &mut Handling<'_>) -> R<Vec<u8>>,
) -> R {
    let text = str_argument(vm, args[0], &format!("{name}() argument 1"))?;
    let errors = errors_of(vm, args[1])?;
    let bytes = with(text.bytes(), &mut Handling::new(vm, text.value(), text.bytes(), errors))?;
    let bytes = vm.bytes(&bytes);
    pair(vm, bytes, text.len())
}

/// The bytes to decode; the escapes take a str too.
fn input(vm: &mut Vm, value: Value, or_text: bool) -> R<Vec<u8>> {
    match vm.as_str(value) {
        Some(text) if or_text => Ok(text.bytes().to_vec()),
        _ => bytes_argument(vm, value),
    }
}

fn decode(
    vm: &mut Vm,
    args: &[Value],
    with: impl FnOnce(&[u8], bool, &mut Handling<'_>) -> R<Decoded>,
) -> R {
    // Only the functions whose `final` is true by default take text.
    let bytes = input(vm, args[0], args.len() > 2 && args[2] == Value::TRUE)?;
    let errors = errors_of(vm, args[1])?;
    let last = args.len() > 2 && vm.truth(args[2])?;
    let decoded = with(&bytes, last, &mut Handling::new(vm, args[0], &bytes, errors))?;
    let text = vm.str_wtf8(&decoded.text);
    pair(vm, text, decoded.consumed)
}

fn endian_of(vm: &mut Vm, value: Value) -> R<Endian> {
    Ok(match vm.index_of(value)? {
        0 => Endian::Mark,
        order if order < 0 => Endian::Little,
        _ => Endian::Big,
    })
}

fn decode_ex(
    vm: &mut Vm,
    args: &[Value],
    with: impl FnOnce(&[u8], bool, Endian, &mut Handling<'_>) -> R<(Decoded, Endian)>,
) -> R {
    let bytes = bytes_argument(vm, args[0])?;
    let errors = errors_of(vm, args[1])?;
    let endian = endian_of(vm, args[2])?;
    let last = vm.truth(args[3])?;
    let (decoded, endian) =
        with(&bytes, last, endian, &mut Handling::new(vm, args[0], &bytes, errors))?;
    let text = vm.str_wtf8(&decoded.text);
    let n = vm.int_usize(decoded.consumed);
    let order = Value::small(match endian {
        Endian::Mark => 0,
        Endian::Little => -1,
        Endian::Big => 1,
    });
    Ok(vm.tuple(&[text, n, order]))
}

fn utf_16_encode(vm: &mut Vm, args: &[Value]) -> R {
    let endian = endian_of(vm, args[2])?;
    encode(vm, args, "utf_16_encode", |s, handler| encode_utf16(s, endian, handler))
}

fn utf_32_encode(vm: &mut Vm, args: &[Value]) -> R {
    let endian = endian_of(vm, args[2])?;
    encode(vm, args, "utf_32_encode", |s, handler| encode_utf32(s, endian, handler))
}

/// DeprecationWarning about an escape that means nothing.
fn warn_invalid(vm: &mut Vm, invalid: Option<(InvalidEscape, usize)>) -> R<()> {
    match invalid {
        Some((escape, _)) => {
            let category = vm.exc.deprecation_warning;
            warn(vm, category, &escape.message())
        }
        None => Ok(()),
    }
}

fn unicode_escape_decode(vm: &mut Vm, args: &[Value]) -> R {
    let mut invalid = None;
    let result = decode(vm, args, |bytes, last, handler| {
        let decoded = decode_unicode_escape(bytes, last, handler)?;
        invalid = decoded.invalid;
        Ok(Decoded { text: decoded.text, consumed: decoded.consumed })
    })?;
    warn_invalid(vm, invalid)?;
    Ok(result)
}

fn escape_encode(vm: &mut Vm, args: &[Value]) -> R {
    let Some(bytes) = vm.as_bytes(args[0]) else {
        let shown = shown_type(vm, args[0]);
        return Err(vm.type_error(format!("escape_encode() argument 1 must be bytes, not {shown}")));
    };
    let made = encode_escape(bytes.data());
    let made = vm.bytes(&made);
    pair(vm, made, bytes.len())
}

fn escape_decode(vm: &mut Vm, args: &[Value]) -> R {
    let bytes = input(vm, args[0], true)?;
    let errors = errors_of(vm, args[1])?;
    let result = decode_escape(&bytes, errors.map_or(b"strict", Str::bytes));
    let decoded = lift(vm, result)?;
    warn_invalid(vm, decoded.invalid)?;
    let made = vm.bytes(&decoded.bytes);
    pair(vm, made, bytes.len())
}

fn readbuffer_encode(vm: &mut Vm, args: &[Value]) -> R {
    let bytes = input(vm, args[0], true)?;
    let made = vm.bytes(&bytes);
    pair(vm, made, bytes.len())
}
