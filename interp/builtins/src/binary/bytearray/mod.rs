//! bytearray: slots and constructor.
mod assign;
mod methods;

use haft_core::object::{BufferView, ByteArray, CompareOp, PayloadRef, Slice, Slots};
use haft_core::{Args, R, Value, Vm};
use haft_text::format_string::Text;
use haft_text::repr::repr_bytes;

use super::bytes::{Source, count, source};
use super::bytes_like;
use super::data::{byte_value, gathered, is_iterable, new_bytearray};
use super::methods::sequence;
use super::{iter, memoryview};
use crate::arguments::{class_of, slot, wrong_receiver};
use crate::text::{encode, format_percent, new_str, repeat_count};

const DOC: &str = "bytearray(iterable_of_ints) -> bytearray
bytearray(string, encoding[, errors]) -> bytearray
bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer
bytearray(int) -> bytes array of size given by the parameter initialized with null bytes
bytearray() -> empty bytes array

Construct a mutable bytearray object from:
  - an iterable yielding integers in range(256)
  - a text string encoded using the specified encoding
  - a bytes or a buffer object
  - any object implementing the buffer API.
  - an integer";

/// Short for the object.
type Array = PayloadRef<ByteArray>;

/// The ValueError of an item that is no byte.
const NO_BYTE: &str = "byte must be in range(0, 256)";

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.init.set(Some(init));
        s.repr.set(Some(repr));
        s.str.set(Some(repr));
        s.compare.set(Some(compare));
        s.len.set(Some(sequence::len));
        s.getitem.set(Some(getitem));
        s.setitem.set(Some(assign::setitem));
        s.contains.set(Some(sequence::contains));
        s.iter.set(Some(iter::iterate_bytearray));
        s.concat.set(Some(sequence::concat));
        s.repeat.set(Some(sequence::repeat));
        s.iadd.set(Some(iadd));
        s.imul.set(Some(imul));
        s.rem.set(Some(rem));
        s.buffer.set(Some(buffer));
    };
    vm.fill_type(vm.t.bytearray, DOC, slots, methods::METHODS, &[]);
}

fn own(vm: &mut Vm, value: Value, method: &str) -> R<Array> {
    match PayloadRef::<ByteArray>::of_value(value) {
        Some(array) => Ok(array),
        None => Err(wrong_receiver(vm, method, "bytearray", value)),
    }
}

/// Change the length, unless somebody looks at the bytes.
fn resize(vm: &mut Vm, array: Array, len: usize) -> R<()> {
    if len != array.len.get() {
        memoryview::check_exports(vm, array)?;
        crate::arguments::check_size(vm, len)?;
        array.get().resize(&mut vm.heap, len);
    }
    Ok(())
}

/// Append bytes, which may be a part of the array itself.
fn append(vm: &mut Vm, array: Array, data: &[u8]) -> R<()> {
    let old = array.len.get();
    if data.is_empty() {
        return Ok(());
    }
    let copy;
    let data = if std::ptr::eq(data.as_ptr(), array.get().as_ptr()) {
        copy = data.to_vec();
        &copy
    } else {
        data
    };
    resize(vm, array, old + data.len())?;
    array.get().data_mut()[old..].copy_from_slice(data);
    Ok(())
}

/// Replace the whole contents.
fn replace(vm: &mut Vm, array: Array, data: &[u8]) -> R<()> {
    resize(vm, array, data.len())?;
    array.get().data_mut().copy_from_slice(data);
    Ok(())
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    Ok(new_bytearray(vm, class, b""))
}

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let array = own(vm, value, "__init__")?;
    let given = vm.bind_signature(
        "bytearray",
        "(source=<absent>, encoding=<absent>, errors=<absent>)",
        args,
    )?;
    if array.len.get() > 0 {
        resize(vm, array, 0)?;
    }
    match source(vm, given[0], given[1], given[2], "bytearray")? {
        Source::Empty => {}
        Source::Text(text, encoding, errors) => {
            let encoded = encode(vm, text, encoding, errors)?;
            let data = vm.as_bytes(encoded).map_or(&b""[..], haft_core::object::Bytes::data);
            replace(vm, array, data)?;
        }
        Source::Object(object) => from_object(vm, array, object)?,
    }
    Ok(Value::NONE)
}

fn from_object(vm: &mut Vm, array: Array, object: Value) -> R<()> {
    if super::bytes_data(vm, object).is_none()
        && let Some(count) = count(vm, object)?
    {
        return resize(vm, array, count);
    }
    if let Some(data) = gathered(vm, object)? {
        return replace(vm, array, &data);
    }
    if !is_iterable(vm, object) {
        let name = vm.type_name(object);
        return Err(vm.type_error(format!("cannot convert '{name}' object to bytearray")));
    }
    // The items so far can be seen meanwhile.
    vm.for_each(object, |vm, item| {
        let byte = byte_value(vm, item, NO_BYTE)?;
        append(vm, array, &[byte])
    })
}

/// `bytearray(b'…')`, with the name of the class.
fn repr(vm: &mut Vm, value: Value) -> R {
    let array = own(vm, value, "__repr__")?;
    let name = vm.type_name(value);
    let text = format!("{name}({})", repr_bytes(array.data()));
    new_str(vm, text.as_bytes())
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if vm.as_str(a).is_some() || vm.as_str(b).is_some() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let y = bytes_like(vm, b);
    let Some(Some(y)) = vm.catch(y, vm.exc.buffer_error)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match super::bytes_data(vm, a) {
        Some(x) => Ok(Value::bool(op.holds(x.cmp(y)))),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let array = own(vm, value, "__getitem__")?;
    if let Some(index) = key.as_fixnum() {
        let len = array.len.get();
        let at = if index < 0 { index + len as i64 } else { index };
        if let Some(&byte) = usize::try_from(at).ok().and_then(|at| array.data().get(at)) {
            return Ok(Value::small(i32::from(byte)));
        }
    }
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        // Bounds may run Python: the length counts after them.
        vm.slice_indices(slice, array.len.get())?;
        let (start, step, count) = vm.slice_indices(slice, array.len.get())?;
        let part = sequence::slice(array.data(), start, step, count);
        return Ok(new_bytearray(vm, vm.t.bytearray, &part));
    }
    let index = index(vm, array, key)?;
    Ok(Value::small(i32::from(array.data()[index])))
}

/// The place that an index means, after everything Python has run.
fn index(vm: &mut Vm, array: Array, key: Value) -> R<usize> {
    if !vm.is_int(key) && slot(vm, key, |s| s.index.get().is_none()) {
        let name = vm.type_name(key);
        return Err(
            vm.type_error(format!("bytearray indices must be integers or slices, not {name}"))
        );
    }
    let key = vm.index_value(key)?;
    vm.sequence_index(key, array.len.get(), "bytearray index out of range")
}

fn iadd(vm: &mut Vm, a: Value, b: Value) -> R {
    let array = own(vm, a, "__iadd__")?;
    let Some(data) = bytes_like(vm, b)? else {
        let (x, y) = (vm.type_name(b), vm.type_name(a));
        return Err(vm.type_error(format!("can't concat {x} to {y}")));
    };
    append(vm, array, data)?;
    Ok(a)
}

fn imul(vm: &mut Vm, a: Value, b: Value) -> R {
    let array = own(vm, a, "__imul__")?;
    if slot(vm, b, |s| s.index.get().is_none()) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let count = repeat_count(vm, b)?;
    let out = sequence::repeated(vm, array.data(), count)?;
    replace(vm, array, &out)?;
    Ok(a)
}

fn rem(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some(array) = PayloadRef::<ByteArray>::of_value(a) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let template = array.data().to_vec();
    let bytes = format_percent(vm, &template, b, Text::Bytes)?;
    Ok(new_bytearray(vm, vm.t.bytearray, &bytes))
}

fn buffer(vm: &mut Vm, value: Value) -> R<BufferView> {
    let array = own(vm, value, "__buffer__")?;
    Ok(BufferView {
        start: array.as_ptr(),
        len: array.len.get(),
        readonly: false,
        item_size: 1,
        format: "B",
    })
}
