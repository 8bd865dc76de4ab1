//! The bytes in objects: what is bytes-like, what is made of ints, and who gets a result of the same class.
use std::borrow::Cow;

use haft_core::object::{ByteArray, Bytes, PayloadRef, Type};
use haft_core::{R, Raised, Value, Vm};

use super::memoryview;
use crate::arguments::{raise, slot, wrong_receiver};

/// The bytes of a bytes or bytearray (or an instance of a subclass). Good until Python runs.
pub fn bytes_data<'a>(vm: &Vm, value: Value) -> Option<&'a [u8]> {
    match vm.as_bytes(value) {
        Some(bytes) => Some(bytes.data()),
        None => PayloadRef::<ByteArray>::of_value(value).map(|array| array.get().data()),
    }
}

/// The bytes of a bytes-like object; `None` if it is none. Good until Python runs.
pub fn bytes_like<'a>(vm: &mut Vm, value: Value) -> R<Option<&'a [u8]>> {
    if let Some(data) = bytes_data(vm, value) {
        return Ok(Some(data));
    }
    match slot(vm, value, |s| s.buffer.get()) {
        Some(buffer) => Ok(Some(buffer(vm, value)?.bytes())),
        None => Ok(None),
    }
}

/// The bytes of a bytes-like argument; TypeError if it is none. Good until Python runs.
pub(super) fn required<'a>(vm: &mut Vm, value: Value) -> R<&'a [u8]> {
    match bytes_like(vm, value)? {
        Some(data) => Ok(data),
        None => Err(not_bytes_like(vm, value)),
    }
}

#[cold]
pub(super) fn not_bytes_like(vm: &mut Vm, value: Value) -> Raised {
    let name = vm.type_name(value);
    vm.type_error(format!("a bytes-like object is required, not '{name}'"))
}

/// As [`bytes_like`], for a memoryview in any order of memory too.
pub(super) fn gathered<'a>(vm: &mut Vm, value: Value) -> R<Option<Cow<'a, [u8]>>> {
    if let Some(bytes) = memoryview::gather(vm, value)? {
        return Ok(Some(Cow::Owned(bytes)));
    }
    Ok(bytes_like(vm, value)?.map(Cow::Borrowed))
}

/// An int that is one byte; `what` is the message of the ValueError for any other.
pub(super) fn byte_value(vm: &mut Vm, value: Value, what: &str) -> R<u8> {
    let number = match value.as_fixnum() {
        Some(number) => number,
        None => vm.index_clamped(value)?,
    };
    u8::try_from(number).map_err(|_| vm.value_error(what))
}

/// The bytes of an iterable of ints.
pub(super) fn collect(vm: &mut Vm, iterable: Value, what: &str) -> R<Vec<u8>> {
    let mut out = Vec::new();
    vm.for_each(iterable, |vm, item| {
        out.push(byte_value(vm, item, what)?);
        Ok(())
    })?;
    Ok(out)
}

/// Can it be iterated over?
pub(super) fn is_iterable(vm: &Vm, value: Value) -> bool {
    slot(vm, value, |s| s.iter.get().is_some() || s.getitem.get().is_some())
}

/// `bytes(value)` for what is no count and no text: `__bytes__`, the bytes of a bytes-like object, or of an iterable of
/// ints.
pub fn bytes_of_object(vm: &mut Vm, value: Value) -> R<Bytes> {
    if let Some(bytes) = value.as_ptr().and_then(Bytes::of) {
        return Ok(bytes);
    }
    if let Some(bytes) = bytes_special(vm, value)? {
        return Ok(bytes);
    }
    from_buffer_or_items(vm, value)
}

/// The bytes in what `__bytes__` gives; `None` if there is no such method.
fn bytes_special(vm: &mut Vm, value: Value) -> R<Option<Bytes>> {
    Ok(special_value(vm, value)?.and_then(|result| vm.as_bytes(result)))
}

/// What `__bytes__` gives, which may be of a subclass of bytes; `None` if there is no such method.
pub(super) fn special_value(vm: &mut Vm, value: Value) -> R<Option<Value>> {
    let Some(result) = vm.call_special(value, vm.names.__bytes__, &[])? else { return Ok(None) };
    match vm.as_bytes(result) {
        Some(_) => Ok(Some(result)),
        None => {
            let name = vm.type_name(result);
            Err(vm.type_error(format!("__bytes__ returned non-bytes (type {name})")))
        }
    }
}

/// A bytes of a bytes-like object or an iterable of ints.
pub(super) fn from_buffer_or_items(vm: &mut Vm, value: Value) -> R<Bytes> {
    if let Some(data) = gathered(vm, value)? {
        return Ok(Bytes::new(&mut vm.heap, &data));
    }
    if vm.as_str(value).is_some() || !is_iterable(vm, value) {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("cannot convert '{name}' object to bytes")));
    }
    let data = collect(vm, value, "bytes must be in range(0, 256)")?;
    Ok(Bytes::new(&mut vm.heap, &data))
}

/// What `%s` and `%b` of bytes show.
pub(crate) fn bytes_for_percent<'a>(vm: &mut Vm, value: Value, conversion: u8) -> R<&'a [u8]> {
    if let Some(data) = bytes_data(vm, value) {
        return Ok(data);
    }
    if let Some(bytes) = bytes_special(vm, value)? {
        return Ok(bytes.data());
    }
    match bytes_like(vm, value)? {
        Some(data) => Ok(data),
        None => {
            let name = vm.type_name(value);
            Err(raise(
                vm,
                &haft_text::format_string::argument_error(
                    conversion,
                    &name,
                    haft_text::format_string::Text::Bytes,
                ),
            ))
        }
    }
}

/// A new bytearray of `class`.
pub(super) fn new_bytearray(vm: &mut Vm, class: Type, data: &[u8]) -> Value {
    let array = vm.new_payload_ref(class, ByteArray::empty());
    if !data.is_empty() {
        array.get().extend(&mut vm.heap, data);
    }
    array.value()
}

/// The receiver of a method that bytes and bytearray share.
#[derive(Clone, Copy)]
pub(super) enum Receiver {
    Bytes(Bytes),
    Array(PayloadRef<ByteArray>),
}

impl Receiver {
    /// Its bytes as they are now. Good until Python runs.
    pub(super) fn data<'a>(self) -> &'a [u8] {
        match self {
            Receiver::Bytes(bytes) => bytes.data(),
            Receiver::Array(array) => array.get().data(),
        }
    }
    /// A new object of its class.
    pub(super) fn make(self, vm: &mut Vm, data: &[u8]) -> Value {
        match self {
            Receiver::Bytes(_) => vm.bytes(data),
            Receiver::Array(_) => new_bytearray(vm, vm.t.bytearray, data),
        }
    }
    /// The same bytes: bytes itself, or a copy of a bytearray.
    pub(super) fn same(self, vm: &mut Vm) -> Value {
        match self {
            Receiver::Bytes(bytes) => bytes.value(),
            Receiver::Array(array) => new_bytearray(vm, vm.t.bytearray, array.get().data()),
        }
    }
    /// A part of its bytes.
    pub(super) fn part(self, vm: &mut Vm, range: std::ops::Range<usize>) -> Value {
        let data = self.data();
        if range.len() == data.len() { self.same(vm) } else { self.make(vm, &data[range]) }
    }
}

/// The receiver of a shared method.
#[inline]
pub(super) fn this(vm: &mut Vm, value: Value, method: &str) -> R<Receiver> {
    if let Some(bytes) = vm.as_bytes(value) {
        return Ok(Receiver::Bytes(bytes));
    }
    match PayloadRef::<ByteArray>::of_value(value) {
        Some(array) => Ok(Receiver::Array(array)),
        None => Err(wrong_receiver(vm, method, "bytes", value)),
    }
}
