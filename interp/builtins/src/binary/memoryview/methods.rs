//! Methods and attributes of memoryviews.
use haft_core::object::List;
use haft_core::{R, Value, Vm, getsets, natives};

use super::item::{self, Format};
use super::memory::{self, Memory, View};
use super::{bytes_of, cast, index, open, this};
use crate::arguments::bounds;
use crate::binary::methods::hex_text;

natives! {
    pub(super) static METHODS = {
        /// Release the underlying buffer exposed by the memoryview object.
        release "($self, /)" => release;
        /// Return the data in the buffer as a byte string.
        ///
        /// Order can be {'C', 'F', 'A'}. When order is 'C' or 'F', the data of the
        /// original array is converted to C or Fortran order. For contiguous views,
        /// 'A' returns an exact copy of the physical memory. In particular, in-memory
        /// Fortran order is preserved. For non-contiguous views, the data is converted
        /// to C first. order=None is the same as order='C'.
        tobytes "($self, /, order='C')" => tobytes;
        /// Return the data in the buffer as a str of hexadecimal numbers.
        ///
        ///   sep
        ///     An optional single character or byte to separate hex bytes.
        ///   bytes_per_sep
        ///     How many bytes between separators.  Positive values count from the
        ///     right, negative values count from the left.
        ///
        /// Example:
        /// >>> value = memoryview(b'\xb9\x01\xef')
        /// >>> value.hex()
        /// 'b901ef'
        /// >>> value.hex(':')
        /// 'b9:01:ef'
        /// >>> value.hex(':', 2)
        /// 'b9:01ef'
        /// >>> value.hex(':', -2)
        /// 'b901:ef'
        hex "($self, /, sep=<absent>, bytes_per_sep=1)" => hex;
        /// Return the data in the buffer as a list of elements.
        tolist "($self, /)" => tolist;
        /// Cast a memoryview to a new format or shape.
        cast "($self, /, format, shape=<absent>)" => cast::cast;
        /// Return a readonly version of the memoryview.
        toreadonly "($self, /)" => toreadonly;
        /// Count the number of occurrences of a value.
        count "($self, value, /)" => count;
        /// Return the index of the first occurrence of a value.
        ///
        /// Raises ValueError if the value is not present.
        index "($self, value, start=0, stop=9223372036854775807, /)" => index_of;
        ///
        __enter__ "($self, /)" => enter;
        ///
        raw __exit__ "($self, /, *args)" => exit;
        /// See PEP 585
        class __class_getitem__ "($type, object, /)" => class_getitem;
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// The underlying object of the memoryview.
        obj => |vm, value| Ok(open(vm, value, "obj")?.managed.owner.get());
        /// The amount of space in bytes that the array would use in
        ///  a contiguous representation.
        nbytes => |vm, value| { let n = open(vm, value, "nbytes")?.view.n_bytes(); Ok(vm.int_usize(n)) };
        /// A bool indicating whether the memory is read only.
        readonly => |vm, value| Ok(Value::bool(open(vm, value, "readonly")?.view.readonly));
        /// The size in bytes of each element of the memoryview.
        itemsize => |vm, value| { let n = open(vm, value, "itemsize")?.view.item_size; Ok(vm.int_usize(n)) };
        /// A string containing the format (in struct module style)
        ///  for each element in the view.
        format => |vm, value| { let format = open(vm, value, "format")?.view.format; Ok(vm.str(format)) };
        /// An integer indicating how many dimensions of a multi-dimensional
        ///  array the memory represents.
        ndim => |vm, value| { let n = open(vm, value, "ndim")?.view.shape.len(); Ok(vm.int_usize(n)) };
        /// A tuple of ndim integers giving the shape of the memory
        ///  as an N-dimensional array.
        shape => |vm, value| {
            let memory = open(vm, value, "shape")?;
            Ok(int_tuple(vm, memory.view.shape.iter().map(|&n| n as i64)))
        };
        /// A tuple of ndim integers giving the size in bytes to access
        ///  each element for each dimension of the array.
        strides => |vm, value| {
            let memory = open(vm, value, "strides")?;
            Ok(int_tuple(vm, memory.view.strides.iter().map(|&n| n as i64)))
        };
        /// A tuple of integers used internally for PIL-style arrays.
        suboffsets => |vm, value| { open(vm, value, "suboffsets")?; Ok(vm.tuple(&[])) };
        /// A bool indicating whether the memory is C contiguous.
        c_contiguous => |vm, value| Ok(Value::bool(open(vm, value, "c_contiguous")?.view.is_c_contiguous()));
        /// A bool indicating whether the memory is Fortran contiguous.
        f_contiguous => |vm, value| Ok(Value::bool(open(vm, value, "f_contiguous")?.view.is_f_contiguous()));
        /// A bool indicating whether the memory is contiguous.
        contiguous => |vm, value| {
            let memory = open(vm, value, "contiguous")?;
            Ok(Value::bool(memory.view.is_c_contiguous() || memory.view.is_f_contiguous()))
        };
    }
}

/// A tuple of small ints.
fn int_tuple(vm: &mut Vm, numbers: impl Iterator<Item = i64>) -> Value {
    let list = vm.new_list();
    for number in numbers {
        let number = vm.int(number);
        list.push(&mut vm.heap, number);
    }
    vm.tuple(list.items())
}

fn release(vm: &mut Vm, args: &[Value]) -> R {
    let memory = this(vm, args[0], "release")?;
    memory::release(vm, memory);
    Ok(Value::NONE)
}

fn enter(vm: &mut Vm, args: &[Value]) -> R {
    open(vm, args[0], "__enter__")?;
    Ok(args[0])
}

fn exit(vm: &mut Vm, args: &haft_core::Args<'_>) -> R {
    let receiver = args.vals.first().copied().unwrap_or(Value::NONE);
    release(vm, &[receiver])
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    let alias = vm.t.generic_alias.value();
    vm.call_positional(alias, args)
}

fn tobytes(vm: &mut Vm, args: &[Value]) -> R {
    let memory = open(vm, args[0], "tobytes")?;
    let order = if args[1].is_none() {
        &b"C"[..]
    } else {
        crate::arguments::str_argument(vm, args[1], "tobytes() argument 'order'")?.bytes()
    };
    let fortran = match order {
        b"C" => false,
        b"F" => true,
        b"A" => memory.view.is_f_contiguous(),
        _ => return Err(vm.value_error("order must be 'C', 'F' or 'A'")),
    };
    let bytes = if fortran { bytes_in_fortran_order(vm, memory)? } else { bytes_of(vm, memory)? };
    Ok(vm.bytes(&bytes))
}

/// The first dimension fastest: the view with its dimensions exchanged, in C's order.
fn bytes_in_fortran_order(vm: &mut Vm, memory: Memory) -> R<Vec<u8>> {
    let whole = memory::buffer(vm, memory)?;
    let mut view: View = memory.view.0.clone();
    view.shape.reverse();
    view.strides.reverse();
    let bytes = whole.bytes();
    Ok(view.offsets().into_iter().flat_map(|at| &bytes[at..at + view.item_size]).copied().collect())
}

fn hex(vm: &mut Vm, args: &[Value]) -> R {
    let memory = open(vm, args[0], "hex")?;
    let bytes = bytes_of(vm, memory)?;
    hex_text(vm, &bytes, args[1], args[2])
}

fn tolist(vm: &mut Vm, args: &[Value]) -> R {
    let memory = open(vm, args[0], "tolist")?;
    let format = item::known(vm, memory.view.format)?;
    let bytes = bytes_of(vm, memory)?;
    Ok(nested(vm, format, &memory.view.shape, &bytes))
}

/// Lists of lists of items.
fn nested(vm: &mut Vm, format: Format, shape: &[usize], bytes: &[u8]) -> Value {
    let Some((&n, inner)) = shape.split_first() else { return item::unpack(vm, format, bytes) };
    let list = List::new(&mut vm.heap, n);
    let size = inner.iter().product::<usize>() * format.size;
    for at in 0..n {
        let part = nested(vm, format, inner, &bytes[at * size..(at + 1) * size]);
        list.push(&mut vm.heap, part);
    }
    list.value()
}

fn toreadonly(vm: &mut Vm, args: &[Value]) -> R {
    let memory = open(vm, args[0], "toreadonly")?;
    let view = View { readonly: true, ..memory.view.0.clone() };
    Ok(memory::another_view(vm, memory.managed, view).value())
}

/// A view of one dimension; `what` is looked up in it.
fn row(vm: &mut Vm, value: Value, method: &str) -> R<Memory> {
    let memory = open(vm, value, method)?;
    match memory.view.shape.len() {
        0 => Err(vm.type_error("invalid lookup on 0-dim memory")),
        1 => Ok(memory),
        _ => Err(vm.not_implemented_error("multi-dimensional lookup is not implemented")),
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let memory = row(vm, args[0], "count")?;
    let mut n = 0;
    for at in 0..memory.view.shape[0] {
        let item = index::load(vm, memory, &[at])?;
        n += usize::from(vm.equals(item, args[1])?);
    }
    Ok(vm.int_usize(n))
}

fn index_of(vm: &mut Vm, args: &[Value]) -> R {
    let memory = row(vm, args[0], "index")?;
    let bounds = bounds(vm, args[2], args[3])?;
    if let Some((start, end)) = crate::arguments::fit(bounds, memory.view.shape[0]) {
        for at in start..end {
            let item = index::load(vm, memory, &[at])?;
            if vm.equals(item, args[1])? {
                return Ok(vm.int_usize(at));
            }
        }
    }
    Err(vm.value_error("memoryview.index(x): x not found"))
}
