//! `__buffer__` and `__release_buffer__` of bytes, bytearray and memoryview (PEP 688).
use haft_core::object::PayloadRef;
use haft_core::{R, Value, Vm, natives};

use super::memory::{self, MemoryView};

/// `inspect.BufferFlags.WRITABLE`
const WRITABLE: i64 = 1;

natives! {
    pub(in crate::binary) static METHODS = {
        /// Return a buffer object that exposes the underlying memory of the object.
        __buffer__ "($self, flags, /)" => buffer;
        /// Release the buffer object that exposes the underlying memory of the object.
        __release_buffer__ "($self, buffer, /)" => release_buffer;
    }
}

fn buffer(vm: &mut Vm, args: &[Value]) -> R {
    let flags = vm.index_of(args[1])?;
    let readonly = vm.buffer_of(args[0])?.readonly;
    if readonly && flags & WRITABLE != 0 {
        return Err(vm.buffer_error("Object is not writable."));
    }
    let class = vm.t.memoryview.value();
    vm.call_positional(class, &[args[0]])
}

fn release_buffer(vm: &mut Vm, args: &[Value]) -> R {
    let Some(memory) = PayloadRef::<MemoryView>::of_value(args[1]) else {
        return Err(vm.type_error("expected a memoryview object"));
    };
    if memory.managed.owner.get() != args[0] && !memory.released.get() {
        return Err(vm.value_error("memoryview's buffer is not this object"));
    }
    memory::release(vm, memory);
    Ok(Value::NONE)
}
