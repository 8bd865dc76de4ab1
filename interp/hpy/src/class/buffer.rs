//! The buffer protocol: `HPy_bf_getbuffer` and `HPy_bf_releasebuffer`.
use std::ffi::CStr;

use haft_core::object::{BufferView, Export};
use haft_hpy_abi::types::HPy_buffer;
use haft_hpy_abi::{HPy, TypeSlot};

use super::find;
use super::invoke::invoke;
use crate::handle::{borrowed, checked, value};
use crate::prelude::*;

/// Any layout with a format, read-only or not: `PyBUF_FULL_RO`.
const FULL_RO: i32 = 0x11c;
/// Most dimensions of a buffer.
const MAX_DIMENSIONS: i32 = 64;

payload! {
    /// A buffer that was filled and not released.
    pub(crate) struct Held {
        buffer: NoTrace<Cell<HPy_buffer>>,
    }
}

const EMPTY: HPy_buffer = HPy_buffer {
    buf: std::ptr::null_mut(),
    obj: HPy::NULL,
    len: 0,
    itemsize: 1,
    readonly: 0,
    ndim: 1,
    format: std::ptr::null_mut(),
    shape: std::ptr::null_mut(),
    strides: std::ptr::null_mut(),
    suboffsets: std::ptr::null_mut(),
    internal: std::ptr::null_mut(),
};

/// Have an object fill a buffer.
fn fill(vm: &mut Vm, object: Value) -> R<HPy_buffer> {
    let class = vm.type_of(object);
    let Some(found) = find(class, TypeSlot::BfGetbuffer) else {
        let name = class.shown_name();
        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
    };
    let mut buffer = EMPTY;
    let at = &raw mut buffer;
    let result =
        invoke!(vm, found, GetBuffer(self_: borrowed(object), view: at, flags: FULL_RO), 0);
    checked(vm, result)?;
    Ok(buffer)
}

/// Give up a buffer.
fn release(vm: &mut Vm, mut buffer: HPy_buffer) {
    let object = value(buffer.obj);
    if object.is_absent() {
        return;
    }
    let class = vm.type_of(object);
    if let Some(found) = find(class, TypeSlot::BfReleasebuffer) {
        let at = &raw mut buffer;
        invoke!(vm, found, ReleaseBuffer(self_: borrowed(object), view: at), ());
    }
    vm.handles.close(object);
}

/// Numbers in an array of C.
///
/// # Safety
/// There are `n` of them, or null.
unsafe fn numbers(at: *const isize, n: usize) -> Option<Vec<isize>> {
    if at.is_null() {
        return None;
    }
    // SAFETY: the caller's duty.
    Some(unsafe { std::slice::from_raw_parts(at, n) }.to_vec())
}

/// What a filled buffer says.
fn described(vm: &mut Vm, buffer: &HPy_buffer) -> R<Export> {
    if !buffer.suboffsets.is_null() {
        return Err(vm.buffer_error("memoryview: suboffsets are not supported by Haft"));
    }
    if !(0..=MAX_DIMENSIONS).contains(&buffer.ndim) || buffer.len < 0 || buffer.itemsize < 0 {
        return Err(vm.buffer_error("memoryview: number of dimensions or sizes out of range"));
    }
    let n = buffer.ndim as usize;
    let item_size = buffer.itemsize.cast_unsigned().max(1);
    let len = buffer.len.cast_unsigned();
    // SAFETY: an exporter gives an array with an entry for each dimension, or null.
    let shape = unsafe { numbers(buffer.shape, n) };
    // SAFETY: as above.
    let strides = unsafe { numbers(buffer.strides, n) };
    let shape: Vec<usize> = match shape {
        Some(shape) => shape.into_iter().map(|n| n.max(0).cast_unsigned()).collect(),
        None if n == 0 => Vec::new(),
        None => vec![len / item_size],
    };
    let format = if buffer.format.is_null() {
        "B"
    } else {
        // SAFETY: text of the exporter.
        let format = unsafe { CStr::from_ptr(buffer.format) }.to_string_lossy();
        state(vm).forever(&format)
    };
    let view = BufferView {
        start: buffer.buf.cast(),
        len,
        readonly: buffer.readonly != 0,
        item_size,
        format,
    };
    Ok(Export { view, shape, strides, token: Value::ABSENT, release: release_held })
}

/// The `export` slot: memory for as long as somebody looks at it.
pub(super) fn export(vm: &mut Vm, object: Value) -> R<Export> {
    let buffer = fill(vm, object)?;
    match described(vm, &buffer) {
        Ok(export) => {
            let held = Held { buffer: NoTrace(Cell::new(buffer)) };
            let class = vm.t.object;
            let token = vm.new_payload(class, held);
            Ok(Export { token, ..export })
        }
        Err(raised) => {
            let error = vm.take_raised(raised);
            release(vm, buffer);
            Err(vm.raise_again(error))
        }
    }
}

fn release_held(vm: &mut Vm, token: Value) {
    if let Some(held) = PayloadRef::<Held>::of_value(token) {
        release(vm, held.buffer.replace(EMPTY));
    }
}

/// The `buffer` slot: the bytes as they are now.
pub(super) fn look(vm: &mut Vm, object: Value) -> R<BufferView> {
    let buffer = fill(vm, object)?;
    let described = described(vm, &buffer);
    let error = match &described {
        Err(_) => std::mem::replace(&mut vm.stack.raised, Value::ABSENT),
        Ok(_) => Value::ABSENT,
    };
    release(vm, buffer);
    if !error.is_absent() {
        return Err(vm.raise_again(error));
    }
    let export = described?;
    if !export.is_contiguous() {
        return Err(vm.buffer_error("memoryview: underlying buffer is not C-contiguous"));
    }
    Ok(export.view)
}
