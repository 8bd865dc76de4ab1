//! `str` and `bytes`.
use std::ffi::{c_char, c_int};

use haft_builtins::text::{decode, encode};
use haft_core::object::Bytes;
use haft_hpy_abi::{Cx, HPy};

use crate::handle::{bytes_of, give, owned, str_from, value, vm};
use crate::prelude::*;

// ---- bytes

pub(crate) unsafe fn bytes_check(cx: Cx, h: HPy) -> c_int {
    c_int::from(vm(cx).as_bytes(value(h)).is_some())
}

/// The bytes in an object; TypeError if it has none.
fn bytes_in(vm: &mut Vm, object: Value) -> R<Bytes> {
    match vm.as_bytes(object) {
        Some(bytes) => Ok(bytes),
        None => {
            let given = vm.type_name(object);
            Err(vm.type_error(format!("expected bytes, {given} found")))
        }
    }
}

pub(crate) unsafe fn bytes_size(cx: Cx, h: HPy) -> isize {
    bytes_in(vm(cx), value(h)).map_or(-1, |bytes| bytes.data().len().cast_signed())
}

pub(crate) unsafe fn bytes_size_unchecked(cx: Cx, h: HPy) -> isize {
    vm(cx).as_bytes(value(h)).map_or(-1, |bytes| bytes.data().len().cast_signed())
}

pub(crate) unsafe fn bytes_as_string(cx: Cx, h: HPy) -> *const c_char {
    bytes_in(vm(cx), value(h)).map_or(std::ptr::null(), |bytes| bytes.as_ptr().cast())
}

pub(crate) unsafe fn bytes_as_string_unchecked(cx: Cx, h: HPy) -> *const c_char {
    vm(cx).as_bytes(value(h)).map_or(std::ptr::null(), |bytes| bytes.as_ptr().cast())
}

pub(crate) unsafe fn bytes_from_string(cx: Cx, text: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let bytes = vm.bytes(unsafe { bytes_of(text) });
    owned(vm, bytes)
}

/// An area of memory.
///
/// # Safety
/// There are `len` bytes, which stay as they are.
unsafe fn area<'a>(vm: &mut Vm, start: *const c_char, len: isize, what: &str) -> R<&'a [u8]> {
    let Ok(len) = usize::try_from(len) else {
        return Err(vm.system_error(format!("Negative size passed to {what}")));
    };
    if len == 0 {
        return Ok(&[]);
    }
    // SAFETY: the caller's duty.
    Ok(unsafe { std::slice::from_raw_parts(start.cast(), len) })
}

pub(crate) unsafe fn bytes_from_string_and_size(cx: Cx, bytes: *const c_char, len: isize) -> HPy {
    let vm = vm(cx);
    let result = if bytes.is_null() {
        Err(vm.value_error("NULL char * passed to HPyBytes_FromStringAndSize"))
    } else {
        // SAFETY: the caller's duty.
        let area = unsafe { area(vm, bytes, len, "PyBytes_FromStringAndSize") };
        area.map(|area| vm.bytes(area))
    };
    give(vm, result)
}

// ---- str

pub(crate) unsafe fn unicode_from_string(cx: Cx, utf8: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { str_from(vm, utf8) };
    give(vm, result)
}

pub(crate) unsafe fn unicode_check(cx: Cx, h: HPy) -> c_int {
    c_int::from(vm(cx).as_str(value(h)).is_some())
}

/// The str in an object; TypeError if it has none.
fn str_in(vm: &mut Vm, object: Value) -> R<Str> {
    match vm.as_str(object) {
        Some(str) => Ok(str),
        None => Err(vm.type_error("bad argument type for built-in operation")),
    }
}

/// A name of an encoding or error handler.
fn name(vm: &mut Vm, text: &str) -> Option<Str> {
    let name = vm.intern(text);
    vm.as_str(name)
}

fn encoded(vm: &mut Vm, object: Value, encoding: &str, errors: &str) -> R {
    let str = str_in(vm, object)?;
    let (encoding, errors) = (name(vm, encoding), name(vm, errors));
    encode(vm, str, encoding, errors)
}

pub(crate) unsafe fn unicode_as_ascii_string(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = encoded(vm, value(h), "ascii", "strict");
    give(vm, result)
}

pub(crate) unsafe fn unicode_as_latin1_string(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = encoded(vm, value(h), "latin-1", "strict");
    give(vm, result)
}

pub(crate) unsafe fn unicode_as_utf8_string(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = encoded(vm, value(h), "utf-8", "strict");
    give(vm, result)
}

pub(crate) unsafe fn unicode_encode_fs_default(cx: Cx, h: HPy) -> HPy {
    let vm = vm(cx);
    let result = encoded(vm, value(h), "utf-8", "surrogateescape");
    give(vm, result)
}

/// The UTF-8 of a str, with a zero after it: a part of the object.
fn utf8(vm: &mut Vm, object: Value) -> R<(*const u8, usize)> {
    let str = str_in(vm, object)?;
    if str.as_utf8().is_none() {
        // Raises the error that says where the surrogate is.
        encode(vm, str, None, None)?;
    }
    Ok((str.c_text(&mut vm.heap), str.byte_len()))
}

pub(crate) unsafe fn unicode_as_utf8_and_size(cx: Cx, h: HPy, size: *mut isize) -> *const c_char {
    let Ok((start, len)) = utf8(vm(cx), value(h)) else { return std::ptr::null() };
    // SAFETY: null, or where C wants the size.
    if let Some(size) = unsafe { size.as_mut() } {
        *size = len.cast_signed();
    }
    start.cast()
}

pub(crate) unsafe fn type_get_name(cx: Cx, class: HPy) -> *const c_char {
    let vm = vm(cx);
    let name = match Type::of_value(value(class)) {
        Some(class) => class.name.get(),
        None => {
            let _raised = vm.type_error("HPyType_GetName arg must be a type");
            return std::ptr::null();
        }
    };
    utf8(vm, name).map_or(std::ptr::null(), |(start, _)| start.cast())
}

pub(crate) unsafe fn unicode_from_wide_char(cx: Cx, w: *const libc::wchar_t, size: isize) -> HPy {
    let vm = vm(cx);
    let len = match usize::try_from(size) {
        Ok(len) => len,
        // SAFETY: the caller's duty: there is a zero.
        Err(_) => unsafe { libc_wcslen(w) },
    };
    // SAFETY: the caller's duty.
    let wide = unsafe { wide_text(w, len) };
    let result = from_wide(vm, wide);
    give(vm, result)
}

/// # Safety
/// There are so many characters.
unsafe fn wide_text<'a>(w: *const libc::wchar_t, len: usize) -> &'a [libc::wchar_t] {
    match len {
        0 => &[],
        // SAFETY: the caller's duty.
        _ => unsafe { std::slice::from_raw_parts(w, len) },
    }
}

/// The number of wide characters before the zero.
///
/// # Safety
/// There is one.
unsafe fn libc_wcslen(w: *const libc::wchar_t) -> usize {
    let mut len = 0;
    // SAFETY: nothing before the zero was it.
    let at = |len| unsafe { w.add(len) };
    // SAFETY: likewise.
    while unsafe { at(len).read() } != 0 {
        len += 1;
    }
    len
}

fn from_wide(vm: &mut Vm, wide: &[libc::wchar_t]) -> R {
    let mut text = Vec::with_capacity(wide.len());
    for &unit in wide {
        let code_point = unit as u32;
        if code_point > 0x10_ffff {
            return Err(vm.value_error(format!(
                "character U+{code_point:x} is not in range [U+0000; U+10ffff]"
            )));
        }
        let char = vm.str_char(code_point);
        text.extend_from_slice(vm.as_str(char).map_or(&[], Str::bytes));
    }
    Ok(vm.str_wtf8(&text))
}

pub(crate) unsafe fn unicode_decode_fs_default(cx: Cx, v: *const c_char) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let str = vm.str_os(unsafe { bytes_of(v) });
    owned(vm, str)
}

pub(crate) unsafe fn unicode_decode_fs_default_and_size(
    cx: Cx,
    v: *const c_char,
    size: isize,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let area = unsafe { area(vm, v, size, "PyUnicode_DecodeFSDefaultAndSize") };
    let result = area.map(|area| vm.str_os(area));
    give(vm, result)
}

pub(crate) unsafe fn unicode_read_char(cx: Cx, h: HPy, index: isize) -> u32 {
    read_char(vm(cx), value(h), index).unwrap_or(u32::MAX)
}

fn read_char(vm: &mut Vm, object: Value, index: isize) -> R<u32> {
    let str = str_in(vm, object)?;
    let Some(at) = usize::try_from(index).ok().filter(|&at| at < str.len()) else {
        return Err(vm.index_error("string index out of range"));
    };
    let start = str.byte_offset(&mut vm.heap, at);
    let rest = &str.bytes()[start..];
    // The text is WTF-8: the first byte says how many follow.
    let (first, n_more) = match rest[0] {
        b @ 0..0x80 => (u32::from(b), 0),
        b @ 0x80..0xE0 => (u32::from(b & 0x1F), 1),
        b @ 0xE0..0xF0 => (u32::from(b & 0x0F), 2),
        b => (u32::from(b & 0x07), 3),
    };
    Ok(rest[1..=n_more].iter().fold(first, |code, &b| code << 6 | u32::from(b & 0x3F)))
}

/// The text of an error handler's name or of an encoding, if C gave one.
///
/// # Safety
/// Null, or text.
unsafe fn optional(vm: &mut Vm, text: *const c_char) -> R<Option<Str>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's duty.
    let text = unsafe { str_from(vm, text) }?;
    Ok(vm.as_str(text))
}

/// `bytes.decode(encoding, errors)` of an area of memory.
///
/// # Safety
/// As [`area`] and [`optional`].
unsafe fn decoded(
    vm: &mut Vm,
    start: *const c_char,
    size: isize,
    encoding: &str,
    errors: *const c_char,
) -> R {
    // SAFETY: the caller's duty.
    let bytes = unsafe { area(vm, start, size, "a decoder") }?;
    // SAFETY: the caller's duty.
    let errors = unsafe { optional(vm, errors) }?;
    let (encoding, object) = (name(vm, encoding), vm.bytes(bytes));
    decode(vm, object, bytes, encoding, errors)
}

pub(crate) unsafe fn unicode_decode_ascii(
    cx: Cx,
    ascii: *const c_char,
    size: isize,
    errors: *const c_char,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { decoded(vm, ascii, size, "ascii", errors) };
    give(vm, result)
}

pub(crate) unsafe fn unicode_decode_latin1(
    cx: Cx,
    latin1: *const c_char,
    size: isize,
    errors: *const c_char,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let result = unsafe { decoded(vm, latin1, size, "latin-1", errors) };
    give(vm, result)
}

pub(crate) unsafe fn unicode_from_encoded_object(
    cx: Cx,
    obj: HPy,
    encoding: *const c_char,
    errors: *const c_char,
) -> HPy {
    let vm = vm(cx);
    // SAFETY: the caller's duty.
    let encoding = unsafe { optional(vm, encoding) };
    // SAFETY: the caller's duty.
    let errors = unsafe { optional(vm, errors) };
    let result = match (encoding, errors) {
        (Ok(encoding), Ok(errors)) => from_encoded(vm, value(obj), encoding, errors),
        (Err(raised), _) | (_, Err(raised)) => Err(raised),
    };
    give(vm, result)
}

fn from_encoded(vm: &mut Vm, object: Value, encoding: Option<Str>, errors: Option<Str>) -> R {
    if object.is_absent() {
        return Err(vm.system_error("bad argument to internal function"));
    }
    if vm.as_str(object).is_some() {
        return Err(vm.type_error("decoding str is not supported"));
    }
    if vm.type_of(object).slots.buffer.get().is_none() {
        let given = vm.type_name(object);
        return Err(
            vm.type_error(format!("decoding to str: need a bytes-like object, {given} found"))
        );
    }
    let bytes = vm.buffer_of(object)?.bytes().to_vec();
    if bytes.is_empty() {
        return Ok(vm.str(""));
    }
    decode(vm, object, &bytes, encoding, errors)
}

pub(crate) unsafe fn unicode_substring(cx: Cx, str: HPy, start: isize, end: isize) -> HPy {
    let vm = vm(cx);
    let result = substring(vm, value(str), start, end);
    give(vm, result)
}

fn substring(vm: &mut Vm, object: Value, start: isize, end: isize) -> R {
    let str = str_in(vm, object)?;
    let (Ok(start), Ok(end)) = (usize::try_from(start), usize::try_from(end)) else {
        return Err(vm.index_error("string index out of range"));
    };
    let end = end.min(str.len());
    if start >= end {
        return Ok(vm.str(""));
    }
    let from = str.byte_offset(&mut vm.heap, start);
    let to = str.byte_offset(&mut vm.heap, end);
    Ok(vm.str_wtf8(&str.bytes()[from..to]))
}
