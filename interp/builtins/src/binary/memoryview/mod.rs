//! memoryview: looking at the memory of other objects without a copy.
mod cast;
mod compare;
pub(super) mod exporter;
mod index;
mod item;
mod memory;
mod methods;

use haft_core::object::{BufferView, PayloadRef, Slots};
use haft_core::{Args, R, Value, Vm};

use self::memory::{Memory, MemoryView, View};
use super::iter;
use crate::arguments::{slot, wrong_receiver};

pub use memory::{check_exports, is_exported};

const DOC: &str = "Create a new memoryview object which references the given object.";

pub(super) fn install(vm: &mut Vm) {
    memory::install(vm);
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.hash.set(Some(compare::hash));
        s.compare.set(Some(compare::compare));
        s.len.set(Some(len));
        s.getitem.set(Some(index::getitem));
        s.setitem.set(Some(index::setitem));
        s.iter.set(Some(iterate));
        s.buffer.set(Some(buffer));
    };
    vm.fill_type(vm.t.memoryview, DOC, slots, methods::METHODS, methods::GETSETS);
}

/// The receiver.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<Memory> {
    match PayloadRef::<MemoryView>::of_value(value) {
        Some(memory) => Ok(memory),
        None => Err(wrong_receiver(vm, method, "memoryview", value)),
    }
}

/// The receiver, if it was not released.
fn open(vm: &mut Vm, value: Value, method: &str) -> R<Memory> {
    let memory = this(vm, value, method)?;
    memory::check_released(vm, memory)?;
    Ok(memory)
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let given = vm.bind_signature("memoryview", "(object)", args)?;
    let object = given[0];
    if let Some(other) = PayloadRef::<MemoryView>::of_value(object) {
        memory::check_released(vm, other)?;
        return Ok(memory::another_view(vm, other.managed, other.view.0.clone()).value());
    }
    if let Some(export) = slot(vm, object, |s| s.export.get()) {
        let export = export(vm, object)?;
        return Ok(memory::exported_view(vm, object, export).value());
    }
    match slot(vm, object, |s| s.buffer.get()) {
        Some(buffer) => {
            let view = View::row(&buffer(vm, object)?);
            Ok(memory::first_view(vm, object, view).value())
        }
        None => {
            let name = vm.type_name(object);
            Err(vm.type_error(format!("memoryview: a bytes-like object is required, not '{name}'")))
        }
    }
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let memory = this(vm, value, "__repr__")?;
    let id = vm.id_of(value);
    let what = if memory.released.get() { "released memory" } else { "memory" };
    Ok(vm.str(&format!("<{what} at {id:#x}>")))
}

fn len(vm: &mut Vm, value: Value) -> R<usize> {
    let memory = open(vm, value, "__len__")?;
    match memory.view.shape.first() {
        Some(&n) => Ok(n),
        None => Err(vm.type_error("0-dim memory has no length")),
    }
}

fn iterate(vm: &mut Vm, value: Value) -> R {
    let memory = open(vm, value, "__iter__")?;
    match memory.view.shape.len() {
        0 => Err(vm.type_error("invalid indexing of 0-dim memory")),
        1 => {
            item::known(vm, memory.view.format)?;
            iter::iterate_memoryview(vm, value)
        }
        _ => Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented")),
    }
}

/// An item of a row, for iteration; `None` behind the end.
pub(super) fn item_at(vm: &mut Vm, value: Value, at: usize) -> R<Option<Value>> {
    let memory = open(vm, value, "__next__")?;
    if memory.view.shape.first().is_none_or(|&n| at >= n) {
        return Ok(None);
    }
    index::load(vm, memory, &[at]).map(Some)
}

/// The bytes in a row, for whoever takes any bytes-like object.
fn buffer(vm: &mut Vm, value: Value) -> R<BufferView> {
    let memory = this(vm, value, "__buffer__")?;
    let whole = memory::buffer(vm, memory)?;
    let view = &memory.view;
    if !view.is_c_contiguous() {
        return Err(vm.buffer_error("memoryview: underlying buffer is not C-contiguous"));
    }
    let len = view.n_bytes();
    let start = if len == 0 { whole.start } else { whole.start.wrapping_add(view.offset) };
    Ok(BufferView {
        start,
        len,
        readonly: view.readonly,
        item_size: view.item_size,
        format: view.format,
    })
}

/// The bytes of all items in C's order.
fn bytes_of(vm: &mut Vm, memory: Memory) -> R<Vec<u8>> {
    let whole = memory::buffer(vm, memory)?;
    let view = &memory.view;
    if view.n_items() == 0 {
        return Ok(Vec::new());
    }
    let bytes = whole.bytes();
    if view.is_c_contiguous() {
        return Ok(bytes[view.offset..view.offset + view.n_bytes()].to_vec());
    }
    Ok(view.offsets().into_iter().flat_map(|at| &bytes[at..at + view.item_size]).copied().collect())
}

/// The bytes of a memoryview that is not in a row; `None` for one that is, and for anything else.
pub(super) fn gather(vm: &mut Vm, value: Value) -> R<Option<Vec<u8>>> {
    match PayloadRef::<MemoryView>::of_value(value) {
        Some(memory) if !memory.view.is_c_contiguous() => bytes_of(vm, memory).map(Some),
        _ => Ok(None),
    }
}
