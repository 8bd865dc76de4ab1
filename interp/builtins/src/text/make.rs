//! Making strings from bytes that are known to be text.
use std::ops::Range;

use haft_core::object::Str;
use haft_core::{R, Value, Vm};
use haft_text::int::Decimal;

use crate::arguments::no_memory;

/// Strings longer than this many bytes cannot be made.
const MAX_LEN: usize = u32::MAX as usize;

/// MemoryError if a string of `len` bytes cannot be made.
pub(crate) fn check_len(vm: &mut Vm, len: Option<usize>) -> R<usize> {
    match len {
        Some(len) if len <= MAX_LEN => {
            crate::arguments::check_size(vm, len)?;
            Ok(len)
        }
        _ => Err(no_memory(vm)),
    }
}

/// A str of WTF-8 bytes that may be long.
pub(crate) fn new_str(vm: &mut Vm, bytes: &[u8]) -> R {
    check_len(vm, Some(bytes.len()))?;
    Ok(vm.str_wtf8(bytes))
}

/// Append `str(value)` of a small int or an exact str; false, and nothing is done: it is something else.
#[inline]
pub(super) fn push_plain(out: &mut Vec<u8>, value: Value) -> bool {
    if let Some(number) = value.as_fixnum() {
        out.extend_from_slice(Decimal::new(number).bytes());
        return true;
    }
    let Some(text) = value.as_ptr().and_then(Str::of) else { return false };
    out.extend_from_slice(text.bytes());
    true
}

/// A str of a range of bytes of another one.
#[inline]
pub(crate) fn substring(vm: &mut Vm, source: Str, range: Range<usize>) -> Value {
    if range.len() == source.byte_len() {
        return source.value();
    }
    let bytes = &source.bytes()[range];
    if source.is_ascii() && bytes.len() > 1 {
        return Str::with_counts(&mut vm.heap, bytes, bytes.len()).value();
    }
    vm.str_wtf8(bytes)
}

/// `changed` as a str, or the source if nothing changed.
pub(crate) fn changed_or(vm: &mut Vm, source: Str, changed: Option<Vec<u8>>) -> R {
    match changed {
        Some(bytes) => new_str(vm, &bytes),
        None => Ok(source.value()),
    }
}
