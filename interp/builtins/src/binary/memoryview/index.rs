//! Items and slices of memory.
use haft_core::object::{PayloadRef, Slice};
use haft_core::{R, Value, Vm};

use super::memory::{self, Memory, MemoryView, View};
use super::{bytes_of, item, open};
use crate::arguments::slot;

/// What stands in brackets.
enum Key {
    /// One index for each dimension.
    Item(Vec<usize>),
    /// A slice of the first dimension.
    Slice(PayloadRef<Slice>),
    /// `...`, or `()` in no dimension.
    Whole,
}

fn is_index(vm: &Vm, value: Value) -> bool {
    vm.is_int(value) || slot(vm, value, |s| s.index.get().is_some())
}

fn key(vm: &mut Vm, memory: Memory, key: Value) -> R<Key> {
    let n_dims = memory.view.shape.len();
    let tuple = vm.as_tuple(key);
    if n_dims == 0 {
        let whole = key == Value::ELLIPSIS || tuple.is_some_and(haft_core::object::Tuple::is_empty);
        return if whole {
            Ok(Key::Whole)
        } else {
            Err(vm.type_error("invalid indexing of 0-dim memory"))
        };
    }
    if is_index(vm, key) {
        if n_dims > 1 {
            return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
        }
        return Ok(Key::Item(vec![index(vm, memory, 0, key)?]));
    }
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return Ok(Key::Slice(slice));
    }
    let Some(tuple) = tuple else { return Err(vm.type_error("memoryview: invalid slice key")) };
    if tuple.items().iter().all(|&part| is_index(vm, part)) {
        if tuple.len() < n_dims {
            return Err(vm.not_implemented_error("sub-views are not implemented"));
        }
        if tuple.len() > n_dims {
            let n = tuple.len();
            return Err(vm.type_error(format!(
                "cannot index {n_dims}-dimension view with {n}-element tuple"
            )));
        }
        let mut indices = Vec::with_capacity(n_dims);
        for (dim, &part) in tuple.items().iter().enumerate() {
            indices.push(index(vm, memory, dim, part)?);
        }
        return Ok(Key::Item(indices));
    }
    if tuple.items().iter().all(|&part| PayloadRef::<Slice>::of_value(part).is_some()) {
        return Err(vm.not_implemented_error("multi-dimensional slicing is not implemented"));
    }
    Err(vm.type_error("memoryview: invalid slice key"))
}

/// An index in one dimension.
fn index(vm: &mut Vm, memory: Memory, dim: usize, value: Value) -> R<usize> {
    let n = memory.view.shape[dim];
    let message = format!("index out of bounds on dimension {}", dim + 1);
    vm.sequence_index(value, n, &message)
}

/// Where an item is in the owner's bytes.
fn offset(view: &View, indices: &[usize]) -> usize {
    let steps = indices.iter().zip(&view.strides).map(|(&at, &stride)| at as isize * stride);
    (view.offset as isize + steps.sum::<isize>()) as usize
}

/// The item at these indices, which are in range.
pub(super) fn load(vm: &mut Vm, memory: Memory, indices: &[usize]) -> R {
    let format = item::known(vm, memory.view.format)?;
    let whole = memory::buffer(vm, memory)?;
    let at = offset(&memory.view, indices);
    Ok(item::unpack(vm, format, &whole.bytes()[at..at + format.size]))
}

pub(super) fn getitem(vm: &mut Vm, value: Value, in_brackets: Value) -> R {
    let memory = open(vm, value, "__getitem__")?;
    match key(vm, memory, in_brackets)? {
        Key::Item(indices) => load(vm, memory, &indices),
        Key::Whole if in_brackets == Value::ELLIPSIS => Ok(value),
        Key::Whole => load(vm, memory, &[]),
        Key::Slice(slice) => {
            // Bounds may release the view while they are converted; the new one holds on to the memory from now on.
            let hold = memory::another_view(vm, memory.managed, memory.view.0.clone());
            let view = sliced(vm, memory, slice);
            let part = view.map(|view| memory::another_view(vm, memory.managed, view).value());
            memory::release(vm, hold);
            part
        }
    }
}

/// A slice of the first dimension.
fn sliced(vm: &mut Vm, memory: Memory, slice: PayloadRef<Slice>) -> R<View> {
    let mut view = memory.view.0.clone();
    let (start, step, count) = vm.slice_indices(slice, view.shape[0])?;
    if count > 0 {
        view.offset = (view.offset as isize + start as isize * view.strides[0]) as usize;
    }
    view.shape[0] = count;
    view.strides[0] = view.strides[0].saturating_mul(step as isize);
    Ok(view)
}

pub(super) fn setitem(vm: &mut Vm, value: Value, in_brackets: Value, new: Value) -> R<()> {
    let memory = open(vm, value, "__setitem__")?;
    item::known(vm, memory.view.format)?;
    if memory.view.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    if new.is_absent() {
        return Err(vm.type_error("cannot delete memory"));
    }
    match key(vm, memory, in_brackets)? {
        Key::Item(indices) => set(vm, memory, &indices, new),
        Key::Whole => set(vm, memory, &[], new),
        Key::Slice(_) if memory.view.shape.len() > 1 => Err(vm.not_implemented_error(
            "memoryview slice assignments are currently restricted to ndim = 1",
        )),
        Key::Slice(slice) => set_slice(vm, memory, slice, new),
    }
}

fn set(vm: &mut Vm, memory: Memory, indices: &[usize], new: Value) -> R<()> {
    let format = item::known(vm, memory.view.format)?;
    let bytes = item::pack(vm, format, new)?;
    memory::store(vm, memory, offset(&memory.view, indices), &bytes[..format.size])
}

fn set_slice(vm: &mut Vm, memory: Memory, slice: PayloadRef<Slice>, new: Value) -> R<()> {
    let view = sliced(vm, memory, slice)?;
    let (bytes, source) = match PayloadRef::<MemoryView>::of_value(new) {
        Some(other) => (bytes_of(vm, other)?, other.view.0.clone()),
        None => {
            let buffer = vm.buffer_of(new)?;
            (buffer.bytes().to_vec(), View::row(&buffer))
        }
    };
    let same_format = source.format.trim_start_matches('@') == view.format.trim_start_matches('@');
    if !same_format || source.item_size != view.item_size || source.shape != view.shape {
        return Err(
            vm.value_error("memoryview assignment: lvalue and rvalue have different structures")
        );
    }
    if view.is_c_contiguous() {
        return if bytes.is_empty() {
            Ok(())
        } else {
            memory::store(vm, memory, view.offset, &bytes)
        };
    }
    for (at, part) in view.offsets().into_iter().zip(bytes.chunks_exact(view.item_size)) {
        memory::store(vm, memory, at, part)?;
    }
    Ok(())
}
