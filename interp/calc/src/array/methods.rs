//! The methods of arrays.
use haft_core::object::PayloadRef;
use haft_core::{R, Value, Vm, natives};
use haft_text::structpack::{self, Format};
use haft_text::wtf8::{self, code_points};

use super::items::{Code, MACHINE_FORMATS, store};
use super::slots::find;
use super::{Array, ArrayRef, append, item, make, make_of, resizable, this};
use crate::support;

/// Bytes written to a file at once.
const BLOCK: usize = 64 * 1024;

natives! {
    /// The methods.
    pub(super) static METHODS = {
        /// Append new value v to the end of the array.
        append "($self, v, /)" => append_method;
        /// Return a tuple (address, length) giving the current memory address and the length in items of the buffer used to hold array's contents.
        buffer_info "($self, /)" => buffer_info;
        /// Byteswap all items of the array.
        byteswap "($self, /)" => byteswap;
        /// Remove all items from the array.
        clear "($self, /)" => clear;
        /// Return number of occurrences of v in the array.
        count "($self, v, /)" => count;
        /// Append items to the end of the array.
        extend "($self, bb, /)" => extend;
        /// Appends items from the string, interpreting it as an array of machine values, as if it had been read from a file using the fromfile() method).
        frombytes "($self, buffer, /)" => from_bytes;
        /// Read n objects from the file object f and append them to the end of the array.
        fromfile "($self, f, n, /)" => from_file;
        /// Append items to array from list.
        fromlist "($self, list, /)" => from_list;
        /// Extends this array with data from the unicode string ustr.
        fromunicode "($self, ustr, /)" => from_unicode;
        /// Return index of first occurrence of v in the array.
        index "($self, v, start=0, stop=9223372036854775807, /)" => index;
        /// Insert a new item v into the array before position i.
        insert "($self, i, v, /)" => insert;
        /// Return the i-th element and delete it from the array.
        pop "($self, i=-1, /)" => pop;
        /// Remove the first occurrence of v in the array.
        remove "($self, v, /)" => remove;
        /// Reverse the order of the items in the array.
        reverse "($self, /)" => reverse;
        /// Convert the array to an array of machine values and return the bytes representation.
        tobytes "($self, /)" => to_bytes;
        /// Write all items (as machine values) to the file object f.
        tofile "($self, f, /)" => to_file;
        /// Convert array to an ordinary list with the same items.
        tolist "($self, /)" => to_list;
        /// Extends this array with data from the unicode string ustr.
        tounicode "($self, /)" => to_unicode;
        /// Return a copy of the array.
        __copy__ "($self, /)" => copy;
        /// Return a copy of the array.
        __deepcopy__ "($self, unused, /)" => copy;
        /// Return state information for pickling.
        __reduce_ex__ "($self, value, /)" => reduce;
        /// Size of the array in memory, in bytes.
        __sizeof__ "($self, /)" => size_of;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn append_method(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    append(vm, array, args[1])?;
    Ok(Value::NONE)
}

fn buffer_info(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let address = array.data.borrow().as_ptr().addr();
    let (address, n) = (vm.int_usize(address), vm.int_usize(array.len()));
    Ok(vm.tuple(&[address, n]))
}

fn byteswap(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    for item in array.data.borrow_mut().chunks_mut(array.code.size) {
        item.reverse();
    }
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    resizable(vm, args[0])?.data.borrow_mut().clear();
    Ok(Value::NONE)
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let (mut n, mut from) = (0, 0);
    while let Some(at) = find(vm, array, args[1], from, usize::MAX)? {
        n += 1;
        from = at + 1;
    }
    Ok(vm.int(n))
}

pub(super) fn extend(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    if let Some(other) = PayloadRef::<Array>::of_value(args[1]) {
        if *other.code != *array.code {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        let more = other.data.borrow().clone();
        array.data.borrow_mut().extend_from_slice(&more);
    } else {
        vm.for_each(args[1], |vm, item| append(vm, array, item))?;
    }
    Ok(Value::NONE)
}

pub(super) fn from_bytes(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    let bytes = support::bytes_argument(vm, args[1])?;
    if bytes.len() % array.code.size != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    array.data.borrow_mut().extend_from_slice(&bytes);
    Ok(Value::NONE)
}

fn from_file(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    let n = vm.index_of(args[2])?;
    if n < 0 {
        return Err(vm.value_error("negative count"));
    }
    let Some(wanted) = (n as usize).checked_mul(array.code.size) else {
        return Err(support::no_memory(vm));
    };
    let size = vm.int_usize(wanted);
    let bytes = vm.call_method_str(args[1], "read", &[size])?;
    let Some(got) = vm.as_bytes(bytes).map(haft_core::object::Bytes::len) else {
        return Err(vm.type_error("read() didn't return bytes"));
    };
    from_bytes(vm, &[args[0], bytes])?;
    if got != wanted {
        return Err(vm.eof_error("read() didn't return enough bytes"));
    }
    Ok(Value::NONE)
}

fn from_list(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    let Some(list) = vm.as_list(args[1]) else {
        return Err(vm.type_error("arg must be list"));
    };
    let before = array.data.borrow().len();
    let n = list.len();
    for at in 0..n {
        let done = match list.get(at) {
            Some(value) => append(vm, array, value),
            None => Err(vm.runtime_error("list changed size during iteration")),
        };
        if let Err(raised) = done {
            array.data.borrow_mut().truncate(before);
            return Err(raised);
        }
    }
    Ok(Value::NONE)
}

pub(super) fn from_unicode(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    let text = support::str_argument(vm, args[1], "fromunicode() argument")?;
    if !array.code.is_text() {
        return Err(
            vm.value_error("fromunicode() may only be called on unicode type arrays ('u' or 'w')")
        );
    }
    let mut data = array.data.borrow_mut();
    for cp in code_points(text.bytes()) {
        data.extend_from_slice(&cp.to_le_bytes());
    }
    Ok(Value::NONE)
}

fn to_unicode(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    if !array.code.is_text() {
        return Err(
            vm.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')")
        );
    }
    let mut text = Vec::new();
    for at in 0..array.len() {
        let Some(raw) = array.raw(at) else { break };
        let cp = u64::from_le_bytes(raw);
        if cp > 0x10_FFFF {
            return Err(
                vm.value_error(format!("character U+{cp:x} is not in range [U+0000; U+10ffff]"))
            );
        }
        wtf8::push(&mut text, cp as u32);
    }
    Ok(vm.str_wtf8(&text))
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let len = array.len() as i64;
    let mut bound = |value| -> R<usize> {
        let at = vm.index_clamped(value)?;
        Ok(if at < 0 { at.saturating_add(len).max(0) as usize } else { at as usize })
    };
    let (from, to) = (bound(args[2])?, bound(args[3])?);
    match find(vm, array, args[1], from, to)? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("array.index(x): x not in array")),
    }
}

fn insert(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    let at = vm.index_of(args[1])?;
    let raw = store(vm, *array.code, args[2])?;
    let len = array.len() as i64;
    let at = if at < 0 { (at + len).max(0) } else { at.min(len) } as usize * array.code.size;
    array.data.borrow_mut().splice(at..at, raw[..array.code.size].iter().copied());
    Ok(Value::NONE)
}

fn delete(array: ArrayRef, at: usize) {
    let size = array.code.size;
    array.data.borrow_mut().drain(at * size..(at + 1) * size);
}

fn pop(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    if array.len() == 0 {
        return Err(vm.index_error("pop from empty array"));
    }
    let at = vm.sequence_index(args[1], array.len(), "pop index out of range")?;
    let value = item(vm, array, at)?;
    delete(array, at);
    Ok(value)
}

fn remove(vm: &mut Vm, args: &[Value]) -> R {
    let array = resizable(vm, args[0])?;
    match find(vm, array, args[1], 0, usize::MAX)? {
        Some(at) if at < array.len() => {
            delete(array, at);
            Ok(Value::NONE)
        }
        _ => Err(vm.value_error("array.remove(x): x not in array")),
    }
}

fn reverse(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let mut data = array.data.borrow_mut();
    // All bytes backwards, then each item forwards again.
    data.reverse();
    for item in data.chunks_mut(array.code.size) {
        item.reverse();
    }
    Ok(Value::NONE)
}

fn to_bytes(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let data = array.data.borrow();
    Ok(vm.bytes(&data))
}

fn to_file(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let data = array.data.borrow().clone();
    for block in data.chunks(BLOCK) {
        let block = vm.bytes(block);
        vm.call_method_str(args[1], "write", &[block])?;
    }
    Ok(Value::NONE)
}

fn to_list(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let list = vm.new_list();
    for at in 0..array.len() {
        let value = item(vm, array, at)?;
        list.push(&mut vm.heap, value);
    }
    Ok(list.value())
}

fn copy(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let data = array.data.borrow().clone();
    Ok(make(vm, *array.code, data))
}

fn size_of(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let n = array.data.borrow().len() + size_of_val(array.get());
    Ok(vm.int_usize(n))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let array = this(vm, args[0])?;
    let protocol = vm.index_of(args[1])?;
    let class = vm.type_of(args[0]).value();
    let state = vm.find_attr(args[0], vm.names.__dict__)?.unwrap_or(Value::NONE);
    let letter = vm.str_char(u32::from(array.code.letter));
    if protocol < 3 {
        let items = to_list(vm, args)?;
        let made = vm.tuple(&[letter, items]);
        return Ok(vm.tuple(&[class, made, state]));
    }
    let module = support::import(vm, "array")?;
    let maker = vm.get_attr_str(module, "_array_reconstructor")?;
    let (machine, bytes) = (Value::small(i32::from(array.code.machine)), to_bytes(vm, args)?);
    let made = vm.tuple(&[class, letter, machine, bytes]);
    Ok(vm.tuple(&[maker, made, state]))
}

pub(super) fn reconstruct(vm: &mut Vm, args: &[Value]) -> R {
    let Some(class) = vm.as_type(args[0]) else {
        let name = vm.type_name(args[0]);
        return Err(vm.type_error(format!("first argument must be a type object, not {name}")));
    };
    let own = vm.extension::<super::Class>().expect("set when the module was made").0;
    if !haft_core::object::is_subtype(class, own.obj()) {
        let name = class.name_text();
        return Err(vm.type_error(format!("{name} is not a subtype of array.array")));
    }
    let text = support::str_argument(vm, args[1], "_array_reconstructor() argument 2")?;
    let Some(code) =
        text.bytes().first().and_then(|&letter| Code::find(letter)).filter(|_| text.len() == 1)
    else {
        return Err(vm.value_error("second argument must be a valid type code"));
    };
    let machine = vm.index_of(args[2])?;
    if !(0..=21).contains(&machine) {
        return Err(vm.value_error("third argument must be a valid machine format code."));
    }
    let Some(bytes) = vm.as_bytes(args[3]) else {
        let name = vm.type_name(args[3]);
        return Err(vm.type_error(format!("fourth argument should be bytes, not {name}")));
    };
    let value = make_of(vm, class, code, Vec::new());
    if machine == i64::from(code.machine) {
        from_bytes(vm, &[value, args[3]])?;
        return Ok(value);
    }
    let Some(format) = MACHINE_FORMATS.get(machine as usize) else {
        let names = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"];
        let name = vm.str(names[(machine - 18) as usize]);
        let text = vm.call_method_str(args[3], "decode", &[name])?;
        from_unicode(vm, &[value, text])?;
        return Ok(value);
    };
    let format = support::lift(vm, Format::parse(format.as_bytes()))?;
    if bytes.len() % format.size() != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    let array = this(vm, value)?;
    for chunk in bytes.data().chunks(format.size()) {
        for slot in format.slots() {
            let item = match slot.unpack(chunk) {
                structpack::Value::Int(int) => support::int_value(vm, int),
                structpack::Value::Float(number) => vm.float(number),
                _ => Value::NONE,
            };
            append(vm, array, item)?;
        }
    }
    Ok(value)
}
