//! What the methods of streams ask of their arguments.
use haft_core::object::BufferView;
use haft_core::{R, Value, Vm};

/// A size that may be left out or None, which is -1.
pub(super) fn optional_size(vm: &mut Vm, value: Value) -> R<i64> {
    if value.is_absent() || value.is_none() {
        return Ok(-1);
    }
    if let Some(number) = value.as_fixnum() {
        return Ok(number);
    }
    if !vm.is_int(value) && vm.type_of(value).slots.index.get().is_none() {
        let class = vm.type_name(value);
        return Err(vm.type_error(format!("argument should be integer or None, not '{class}'")));
    }
    vm.index_of(value)
}

/// An int for a C `int`, such as `whence`.
pub(super) fn c_int(vm: &mut Vm, value: Value) -> R<i32> {
    crate::os::argument::c_int(vm, value)
}

/// The bytes of a bytes-like object that may be written to.
pub(crate) fn writable_buffer(vm: &mut Vm, value: Value, method: &str) -> R<BufferView> {
    let is_bytes_like = vm.type_of(value).slots.buffer.get().is_some();
    if is_bytes_like {
        let view = vm.buffer_of(value)?;
        if !view.readonly {
            return Ok(view);
        }
    }
    let class = vm.type_name(value);
    Err(vm.type_error(format!(
        "{method}() argument must be read-write bytes-like object, not {class}"
    )))
}

/// Copy `data` to the front of a buffer, which is looked at anew: it may have changed since its size was asked.
pub(crate) fn fill(vm: &mut Vm, value: Value, offset: usize, data: &[u8]) -> R<()> {
    let view = vm.buffer_of(value)?;
    let room = view.len.saturating_sub(offset);
    let n = data.len().min(room);
    if n == 0 {
        return Ok(());
    }
    // SAFETY: the view has `len` writable bytes, of which `n` from `offset` on are within it.
    let target = unsafe { view.start.add(offset) };
    // SAFETY: as above; `data` may be a part of the same buffer.
    unsafe { std::ptr::copy(data.as_ptr(), target, n) };
    Ok(())
}

/// `mode`, `name` and the like of a wrapped stream: an attribute, if it has one.
pub(super) fn attribute(vm: &mut Vm, object: Value, name: &str) -> R<Option<Value>> {
    let name = vm.intern(name);
    vm.find_attr(object, name)
}
