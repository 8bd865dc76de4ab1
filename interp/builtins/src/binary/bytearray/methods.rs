//! Methods of bytearray alone.
use haft_core::object::ByteArray;
use haft_core::{R, Value, Vm, natives};
use haft_text::codecs::decode_latin1;
use haft_text::wtf8;

use super::{NO_BYTE, append as append_bytes, own, resize as set_len};
use crate::binary::data::{byte_value, collect, gathered, is_iterable, new_bytearray};
use crate::binary::memoryview::check_exports;

natives! {
    pub(super) static METHODS = {
        /// Append a single item to the end of the bytearray.
        ///
        ///   item
        ///     The item to be appended.
        append "($self, item, /)" => append;
        /// Remove all items from the bytearray.
        clear "($self, /)" => clear;
        /// Return a copy of B.
        copy "($self, /)" => copy;
        /// Append all the items from the iterator or sequence to the bytearray.
        ///
        ///   iterable_of_ints
        ///     The iterable of items to append.
        extend "($self, iterable_of_ints, /)" => extend;
        /// Insert a single item into the bytearray before the given index.
        ///
        ///   index
        ///     The index where the value is to be inserted.
        ///   item
        ///     The item to be inserted.
        insert "($self, index, item, /)" => insert;
        /// Remove and return a single item from B.
        ///
        ///   index
        ///     The index from where to remove the item.
        ///     -1 (the default value) means remove the last item.
        ///
        /// If no index argument is given, will pop the last item.
        pop "($self, index=-1, /)" => pop;
        /// Remove the first occurrence of a value in the bytearray.
        ///
        ///   value
        ///     The value to remove.
        remove "($self, value, /)" => remove;
        /// Resize the internal buffer of bytearray to len.
        ///
        ///   size
        ///     New size to resize to.
        resize "($self, size, /)" => resize;
        /// Reverse the order of the values in B in place.
        reverse "($self, /)" => reverse;
        /// B.__alloc__() -> int
        ///
        /// Return the number of bytes actually allocated.
        __alloc__ "($self, /)" => alloc;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Return state information for pickling.
        __reduce_ex__ "($self, proto=0, /)" => reduce_ex;
        /// Returns the size of the bytearray object in memory, in bytes.
        __sizeof__ "($self, /)" => sizeof;
    }
}

fn append(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "append")?;
    let byte = byte_value(vm, args[1], NO_BYTE)?;
    append_bytes(vm, array, &[byte])?;
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "clear")?;
    set_len(vm, array, 0)?;
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "copy")?;
    Ok(new_bytearray(vm, vm.t.bytearray, array.data()))
}

fn extend(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "extend")?;
    let iterable = args[1];
    if let Some(data) = gathered(vm, iterable)? {
        append_bytes(vm, array, &data)?;
        return Ok(Value::NONE);
    }
    if !is_iterable(vm, iterable) {
        let name = vm.type_name(iterable);
        return Err(vm.type_error(format!("can't extend bytearray with {name}")));
    }
    if vm.as_str(iterable).is_some_and(|text| !text.is_empty()) {
        return Err(vm.type_error("expected iterable of integers; got: 'str'"));
    }
    let data = collect(vm, iterable, NO_BYTE)?;
    append_bytes(vm, array, &data)?;
    Ok(Value::NONE)
}

fn insert(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "insert")?;
    let index = vm.index_of(args[1])?;
    let byte = byte_value(vm, args[2], NO_BYTE)?;
    check_exports(vm, array)?;
    let len = array.len.get() as i64;
    let at = if index < 0 { (index + len).max(0) } else { index.min(len) } as usize;
    array.get().splice(&mut vm.heap, at, at, &[byte]);
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "pop")?;
    let index = vm.index_of(args[1])?;
    let len = array.len.get() as i64;
    if len == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let at = if index < 0 { index + len } else { index };
    if at < 0 || at >= len {
        return Err(vm.index_error("pop index out of range"));
    }
    check_exports(vm, array)?;
    let at = at as usize;
    let byte = array.data()[at];
    array.get().splice(&mut vm.heap, at, at + 1, &[]);
    Ok(Value::small(i32::from(byte)))
}

fn remove(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "remove")?;
    let byte = byte_value(vm, args[1], NO_BYTE)?;
    let Some(at) = wtf8::find(array.data(), &[byte]) else {
        return Err(vm.value_error("value not found in bytearray"));
    };
    check_exports(vm, array)?;
    array.get().splice(&mut vm.heap, at, at + 1, &[]);
    Ok(Value::NONE)
}

fn resize(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "resize")?;
    let size = vm.index_of(args[1])?;
    let Ok(len) = usize::try_from(size) else {
        return Err(
            vm.value_error(format!("bytearray.resize(): new size must be >= 0, got {size}"))
        );
    };
    set_len(vm, array, len)?;
    Ok(Value::NONE)
}

fn reverse(vm: &mut Vm, args: &[Value]) -> R {
    own(vm, args[0], "reverse")?.get().data_mut().reverse();
    Ok(Value::NONE)
}

/// What CPython would have allocated: a zero follows the bytes.
fn allocated(array: &ByteArray) -> usize {
    let capacity = array.capacity.get();
    if capacity == 0 { 0 } else { capacity + 1 }
}

fn alloc(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "__alloc__")?;
    Ok(vm.int_usize(allocated(&array)))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let array = own(vm, args[0], "__sizeof__")?;
    Ok(vm.int_usize(56 + allocated(&array)))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    state(vm, args[0], 2)
}

fn reduce_ex(vm: &mut Vm, args: &[Value]) -> R {
    let protocol = vm.index_of(args[1])?;
    state(vm, args[0], protocol)
}

/// The class, what to call it with, and the attributes. Old protocols have no bytes: text takes their place.
fn state(vm: &mut Vm, value: Value, protocol: i64) -> R {
    let array = own(vm, value, "__reduce_ex__")?;
    let state = vm.call_method_str(value, "__getstate__", &[])?;
    let data = array.data();
    let arguments = if data.is_empty() {
        vm.tuple(&[])
    } else if protocol < 3 {
        let text = vm.str_wtf8(&decode_latin1(data));
        let encoding = vm.str("latin-1");
        vm.tuple(&[text, encoding])
    } else {
        let bytes = vm.bytes(data);
        vm.tuple(&[bytes])
    };
    let class = vm.type_of(value).value();
    Ok(vm.tuple(&[class, arguments, state]))
}
