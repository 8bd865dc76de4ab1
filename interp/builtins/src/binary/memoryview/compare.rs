//! Equality and hash of memory.
use haft_core::object::{CompareOp, PayloadRef};
use haft_core::{R, Value, Vm};

use super::item::{self, Format, Meaning};
use super::memory::{Memory, MemoryView, View};
use super::{bytes_of, open, this};
use crate::arguments::slot;

pub(super) fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let Some(memory) = PayloadRef::<MemoryView>::of_value(a) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let Some(equal) = equal(vm, memory, b)? else { return Ok(Value::NOT_IMPLEMENTED) };
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// `None` if the other one shows no memory.
fn equal(vm: &mut Vm, memory: Memory, other: Value) -> R<Option<bool>> {
    if memory.released.get() {
        return Ok(Some(memory.value() == other));
    }
    let (bytes, view) = match PayloadRef::<MemoryView>::of_value(other) {
        Some(other) if other.released.get() => return Ok(Some(false)),
        Some(other) => (bytes_of(vm, other)?, other.view.0.clone()),
        None => {
            let Some(buffer) = slot(vm, other, |s| s.buffer.get()) else { return Ok(None) };
            let buffer = buffer(vm, other);
            let Some(buffer) = vm.catch(buffer, vm.exc.buffer_error)? else { return Ok(None) };
            (buffer.bytes().to_vec(), View::row(&buffer))
        }
    };
    if view.shape != memory.view.shape {
        return Ok(Some(false));
    }
    let own = bytes_of(vm, memory)?;
    let formats = (Format::of(memory.view.format.as_bytes()), Format::of(view.format.as_bytes()));
    let (Some(x), Some(y)) = formats else { return Ok(Some(false)) };
    if x.code() == y.code() && x.meaning != Meaning::Float && x.meaning != Meaning::Bool {
        return Ok(Some(own == bytes));
    }
    for (a, b) in own.chunks_exact(x.size).zip(bytes.chunks_exact(y.size)) {
        let (a, b) = (item::unpack(vm, x, a), item::unpack(vm, y, b));
        if !vm.compare_bool(a, b, CompareOp::Eq)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

pub(super) fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let memory = this(vm, value, "__hash__")?;
    if let Some(hash) = memory.hash.get() {
        return Ok(hash);
    }
    let memory = open(vm, value, "__hash__")?;
    if !memory.view.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !Format::of(memory.view.format.as_bytes()).is_some_and(Format::is_byte) {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    // The owner must be hashable, too.
    vm.hash(memory.managed.owner.get())?;
    let bytes = bytes_of(vm, memory)?;
    let hash = vm.hash_bytes(&bytes);
    memory.hash.set(Some(hash));
    Ok(hash)
}
