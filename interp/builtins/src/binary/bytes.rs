//! bytes: slots and constructor.
use haft_core::object::{BufferView, Bytes, CompareOp, PayloadRef, Slice, Slots, Str};
use haft_core::{Args, R, Value, Vm, natives};
use haft_text::format_string::Text;
use haft_text::repr;

use super::data::{from_buffer_or_items, special_value};
use super::methods::sequence;
use super::{bytes_data, iter};
use crate::arguments::{check_size, class_of, slot, str_argument, wrong_receiver};
use crate::text::{encode, format_percent, new_str};

const DOC: &str = "bytes(iterable_of_ints) -> bytes
bytes(string, encoding[, errors]) -> bytes
bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer
bytes(int) -> bytes object of size given by the parameter initialized with null bytes
bytes() -> empty bytes object

Construct an immutable array of bytes from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - any object implementing the buffer API.
  - an integer";

natives! {
    static METHODS = {
        /// Convert this value to exact type bytes.
        __bytes__ "($self, /)" => exact;
        ///
        __getnewargs__ "($self, /)" => getnewargs;
        /// Returns the size of the object in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
    }
}

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.len.set(Some(sequence::len));
        s.getitem.set(Some(getitem));
        s.contains.set(Some(sequence::contains));
        s.iter.set(Some(iter::iterate_bytes));
        s.concat.set(Some(sequence::concat));
        s.repeat.set(Some(sequence::repeat));
        s.rem.set(Some(rem));
        s.buffer.set(Some(buffer));
    };
    vm.fill_type(vm.t.bytes, DOC, slots, METHODS, &[]);
}

fn own(vm: &mut Vm, value: Value, method: &str) -> R<Bytes> {
    match vm.as_bytes(value) {
        Some(bytes) => Ok(bytes),
        None => Err(wrong_receiver(vm, method, "bytes", value)),
    }
}

fn exact(vm: &mut Vm, args: &[Value]) -> R {
    Ok(own(vm, args[0], "__bytes__")?.value())
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    let bytes = own(vm, args[0], "__getnewargs__")?;
    Ok(vm.tuple(&[bytes.value()]))
}

/// What CPython takes: a header, the bytes, a zero.
fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let bytes = own(vm, args[0], "__sizeof__")?;
    Ok(vm.int_usize(33 + bytes.len()))
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let text = repr::repr_bytes(own(vm, value, "__repr__")?.data());
    new_str(vm, text.as_bytes())
}

fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let bytes = own(vm, value, "__hash__")?;
    if let Some(hash) = bytes.cached_hash() {
        return Ok(hash);
    }
    let hash = vm.hash_bytes(bytes.data());
    bytes.set_cached_hash(hash);
    Ok(hash)
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    match (vm.as_bytes(a), vm.as_bytes(b)) {
        (Some(x), Some(y)) => Ok(Value::bool(op.holds(x.data().cmp(y.data())))),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let bytes = own(vm, value, "__getitem__")?;
    if let Some(index) = key.as_fixnum() {
        let at = if index < 0 { index + bytes.len() as i64 } else { index };
        if let Some(&byte) = usize::try_from(at).ok().and_then(|at| bytes.data().get(at)) {
            return Ok(Value::small(i32::from(byte)));
        }
    }
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        let (start, step, count) = vm.slice_indices(slice, bytes.len())?;
        if step == 1 && count == bytes.len() {
            return Ok(bytes.value());
        }
        let part = sequence::slice(bytes.data(), start, step, count);
        return Ok(vm.bytes(&part));
    }
    if !vm.is_int(key) && slot(vm, key, |s| s.index.get().is_none()) {
        let name = vm.type_name(key);
        return Err(vm.type_error(format!("byte indices must be integers or slices, not {name}")));
    }
    let index = vm.sequence_index(key, bytes.len(), "index out of range")?;
    Ok(Value::small(i32::from(bytes.data()[index])))
}

fn rem(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some(template) = vm.as_bytes(a) else { return Ok(Value::NOT_IMPLEMENTED) };
    let bytes = format_percent(vm, template.data(), b, Text::Bytes)?;
    Ok(vm.bytes(&bytes))
}

fn buffer(vm: &mut Vm, value: Value) -> R<BufferView> {
    let bytes = own(vm, value, "__buffer__")?;
    Ok(BufferView {
        start: bytes.as_ptr().cast_mut(),
        len: bytes.len(),
        readonly: true,
        item_size: 1,
        format: "B",
    })
}

/// What a constructor of bytes or a bytearray is given.
pub(super) enum Source {
    /// Nothing.
    Empty,
    /// Text and how to encode it.
    Text(Str, Option<Str>, Option<Str>),
    /// Anything else.
    Object(Value),
}

/// The arguments `source`, `encoding`, `errors`.
pub(super) fn source(
    vm: &mut Vm,
    source: Value,
    encoding: Value,
    errors: Value,
    class: &str,
) -> R<Source> {
    let text = vm.as_str(source);
    let encoding = if encoding.is_absent() {
        None
    } else {
        Some(str_argument(vm, encoding, &format!("{class}() argument 'encoding'"))?)
    };
    let errors = if errors.is_absent() {
        None
    } else {
        Some(str_argument(vm, errors, &format!("{class}() argument 'errors'"))?)
    };
    match (text, encoding, errors) {
        (Some(text), Some(_), _) => Ok(Source::Text(text, encoding, errors)),
        (Some(_), None, _) => Err(vm.type_error("string argument without an encoding")),
        (None, Some(_), _) => Err(vm.type_error("encoding without a string argument")),
        (None, None, Some(_)) => Err(vm.type_error("errors without a string argument")),
        (None, None, None) if source.is_absent() => Ok(Source::Empty),
        (None, None, None) => Ok(Source::Object(source)),
    }
}

/// The number of zero bytes that an int asks for; `None` if `value` is no int.
pub(super) fn count(vm: &mut Vm, value: Value) -> R<Option<usize>> {
    if !vm.is_int(value) && slot(vm, value, |s| s.index.get().is_none()) {
        return Ok(None);
    }
    let index = vm.index_value(value);
    let Some(index) = vm.catch(index, vm.exc.type_error)? else { return Ok(None) };
    let Some(count) = vm.as_int(index) else {
        let name = vm.type_name(value);
        return Err(vm.overflow_error(format!("cannot fit '{name}' into an index-sized integer")));
    };
    let Ok(count) = usize::try_from(count) else { return Err(vm.value_error("negative count")) };
    check_size(vm, count)?;
    Ok(Some(count))
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given =
        vm.bind_signature("bytes", "(source=<absent>, encoding=<absent>, errors=<absent>)", args)?;
    let bytes = match source(vm, given[0], given[1], given[2], "bytes") {
        Ok(Source::Empty) => vm.bytes(b""),
        Ok(Source::Text(text, encoding, errors)) => encode(vm, text, encoding, errors)?,
        Ok(Source::Object(object)) => from_object(vm, object)?,
        Err(raised) => return special_of_str(vm, class, given[0], raised),
    };
    Ok(made(vm, class, bytes))
}

/// `bytes` itself gives what `__bytes__` gave, which may be of a subclass; a subclass makes its own of it.
fn made(vm: &mut Vm, class: haft_core::object::Type, bytes: Value) -> Value {
    if class == vm.t.bytes {
        return bytes;
    }
    let exact = vm.unwrapped(bytes);
    vm.wrap_native(class, exact)
}

/// A str without encoding is an error, but a subclass of str may have `__bytes__`.
fn special_of_str(
    vm: &mut Vm,
    class: haft_core::object::Type,
    source: Value,
    raised: haft_core::Raised,
) -> R {
    if vm.as_str(source).is_none() || vm.type_of(source) == vm.t.str {
        return Err(raised);
    }
    let exception = vm.take_raised(raised);
    match special_value(vm, source)? {
        Some(bytes) => Ok(made(vm, class, bytes)),
        None => Err(vm.raise_again(exception)),
    }
}

fn from_object(vm: &mut Vm, object: Value) -> R {
    if let Some(exact) = object.as_ptr().and_then(Bytes::of) {
        return Ok(exact.value());
    }
    if let Some(bytes) = special_value(vm, object)? {
        return Ok(bytes);
    }
    if bytes_data(vm, object).is_none()
        && let Some(count) = count(vm, object)?
    {
        return Ok(Bytes::zeroed(&mut vm.heap, count).value());
    }
    Ok(from_buffer_or_items(vm, object)?.value())
}
