//! What bytes and bytearray do as sequences.
use haft_core::{R, Value, Vm};
use haft_text::wtf8;

use crate::arguments::{check_size, no_memory, slot};
use crate::binary::bytes_like;
use crate::binary::data::{byte_value, required, this};
use crate::text::repeat_count;

pub(crate) fn len(vm: &mut Vm, value: Value) -> R<usize> {
    Ok(this(vm, value, "__len__")?.data().len())
}

pub(crate) fn contains(vm: &mut Vm, value: Value, item: Value) -> R<bool> {
    let this = this(vm, value, "__contains__")?;
    if vm.is_int(item) || slot(vm, item, |s| s.index.get().is_some()) {
        let byte = byte_value(vm, item, "byte must be in range(0, 256)")?;
        return Ok(wtf8::find(this.data(), &[byte]).is_some());
    }
    let item = required(vm, item)?;
    Ok(wtf8::find(this.data(), item).is_some())
}

pub(crate) fn concat(vm: &mut Vm, a: Value, b: Value) -> R {
    let left = this(vm, a, "__add__")?;
    let Some(right) = bytes_like(vm, b)? else {
        let (x, y) = (vm.type_name(a), vm.type_name(b));
        return Err(vm.type_error(format!("can't concat {y} to {x}")));
    };
    let joined = [left.data(), right].concat();
    Ok(left.make(vm, &joined))
}

/// `data * count`, or MemoryError.
pub(crate) fn repeated(vm: &mut Vm, data: &[u8], count: usize) -> R<Vec<u8>> {
    match data.len().checked_mul(count) {
        Some(len) => check_size(vm, len)?,
        None => return Err(no_memory(vm)),
    }
    Ok(data.repeat(count))
}

pub(crate) fn repeat(vm: &mut Vm, value: Value, count: Value) -> R {
    let this = this(vm, value, "__mul__")?;
    let count = repeat_count(vm, count)?;
    if count == 1 {
        return Ok(this.same(vm));
    }
    let out = repeated(vm, this.data(), count)?;
    Ok(this.make(vm, &out))
}

/// The bytes of a slice.
pub(crate) fn slice(data: &[u8], start: i64, step: i64, count: usize) -> Vec<u8> {
    if count == 0 {
        return Vec::new();
    }
    let start = start as usize;
    if step == 1 {
        return data[start..start + count].to_vec();
    }
    let at = |i: usize| data[(start as i64 + i as i64 * step) as usize];
    (0..count).map(at).collect()
}
