//! What strings do for the interpreter: length, items, operators, comparison, hash.
use haft_core::object::{CompareOp, PayloadRef, Slice, Slots, Str};
use haft_core::{R, Value, Vm};
use haft_text::wtf8::{self, decode_at};
use haft_text::{repr, wtf8::code_points};

use super::make::check_len;
use super::{iter, new, new_str, percent, substring, this};

pub(super) fn fill(s: &Slots) {
    s.new.set(Some(new::str_new));
    s.repr.set(Some(repr));
    s.str.set(Some(str));
    s.hash.set(Some(hash));
    s.compare.set(Some(compare));
    s.len.set(Some(len));
    s.getitem.set(Some(getitem));
    s.contains.set(Some(contains));
    s.iter.set(Some(iter::iterate));
    s.concat.set(Some(concat));
    s.repeat.set(Some(repeat));
    s.rem.set(Some(percent::str_rem));
}

/// The string in a str; slots are called for strings only.
fn own(vm: &mut Vm, value: Value) -> R<Str> {
    this(vm, value, "str")
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let text = repr::repr_str(own(vm, value)?.bytes());
    new_str(vm, &text)
}

/// The string itself, as an exact str.
fn str(vm: &mut Vm, value: Value) -> R {
    Ok(own(vm, value)?.value())
}

fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let str = own(vm, value)?;
    Ok(vm.hash_str(str))
}

fn len(vm: &mut Vm, value: Value) -> R<usize> {
    Ok(own(vm, value)?.len())
}

/// Bytes compare as code points do.
fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (vm.as_str(a), vm.as_str(b)) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::bool(match op {
        CompareOp::Eq => x == y || x.bytes() == y.bytes(),
        CompareOp::Ne => x != y && x.bytes() != y.bytes(),
        _ => op.holds(x.bytes().cmp(y.bytes())),
    }))
}

/// The code point at an index below the length.
pub(super) fn char_at(vm: &mut Vm, str: Str, index: usize) -> Value {
    if str.is_ascii() {
        return vm.str_char(u32::from(str.bytes()[index]));
    }
    let offset = str.byte_offset(&mut vm.heap, index);
    let (cp, _) = decode_at(str.bytes(), offset);
    vm.str_char(cp)
}

fn getitem(vm: &mut Vm, value: Value, key: Value) -> R {
    let str = own(vm, value)?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return get_slice(vm, str, slice);
    }
    let len = str.len();
    if let Some(index) = key.as_fixnum() {
        let at = if index < 0 { index + len as i64 } else { index };
        if (0..len as i64).contains(&at) {
            return Ok(char_at(vm, str, at as usize));
        }
    } else if !vm.is_int(key) && crate::arguments::slot(vm, key, |s| s.index.get().is_none()) {
        let name = vm.type_name(key);
        return Err(vm.type_error(format!("string indices must be integers, not '{name}'")));
    }
    let index = vm.sequence_index(key, len, "string index out of range")?;
    Ok(char_at(vm, str, index))
}

fn get_slice(vm: &mut Vm, str: Str, slice: PayloadRef<Slice>) -> R {
    let (start, step, count) = vm.slice_indices(slice, str.len())?;
    if count == 0 {
        return Ok(vm.str(""));
    }
    let start = start as usize;
    if step == 1 {
        let (from, to) = byte_range(vm, str, start, start + count);
        return Ok(substring(vm, str, from..to));
    }
    let last = (start as i64 + (count as i64 - 1) * step) as usize;
    let (low, high) = (start.min(last), start.max(last) + 1);
    let (from, to) = byte_range(vm, str, low, high);
    let bytes = &str.bytes()[from..to];
    let n = step.unsigned_abs() as usize;
    if str.is_ascii() {
        let mut out: Vec<u8> = bytes.iter().copied().step_by(n).collect();
        if step < 0 {
            out = bytes.iter().rev().copied().step_by(n).collect();
        }
        return Ok(vm.str_wtf8(&out));
    }
    let mut out = Vec::with_capacity(count);
    let mut push = |cp| wtf8::push(&mut out, cp);
    if step > 0 {
        code_points(bytes).step_by(n).for_each(&mut push);
    } else {
        code_points(bytes).rev().step_by(n).for_each(&mut push);
    }
    Ok(vm.str_wtf8(&out))
}

/// The bytes of the code points `start..end`.
pub(super) fn byte_range(vm: &mut Vm, str: Str, start: usize, end: usize) -> (usize, usize) {
    (str.byte_offset(&mut vm.heap, start), str.byte_offset(&mut vm.heap, end))
}

fn contains(vm: &mut Vm, value: Value, item: Value) -> R<bool> {
    let str = own(vm, value)?;
    match vm.as_str(item) {
        Some(item) => Ok(wtf8::find(str.bytes(), item.bytes()).is_some()),
        None => {
            let name = vm.type_name(item);
            Err(vm.type_error(format!("'in <string>' requires string as left operand, not {name}")))
        }
    }
}

fn concat(vm: &mut Vm, a: Value, b: Value) -> R {
    let left = own(vm, a)?;
    let Some(right) = vm.as_str(b) else {
        let name = vm.type_name(b);
        return Err(vm.type_error(format!("can only concatenate str (not \"{name}\") to str")));
    };
    check_len(vm, left.byte_len().checked_add(right.byte_len()))?;
    Ok(Str::concat(&mut vm.heap, left, right).value())
}

/// How often a sequence is to be repeated: at least 0 times.
pub(crate) fn repeat_count(vm: &mut Vm, count: Value) -> R<usize> {
    let index = vm.index_value(count)?;
    match vm.as_int(index) {
        Some(count) => Ok(count.max(0) as usize),
        None => {
            let name = vm.type_name(count);
            Err(vm.overflow_error(format!("cannot fit '{name}' into an index-sized integer")))
        }
    }
}

fn repeat(vm: &mut Vm, value: Value, count: Value) -> R {
    let str = own(vm, value)?;
    let count = repeat_count(vm, count)?;
    if count == 1 || str.is_empty() {
        return Ok(str.value());
    }
    check_len(vm, str.byte_len().checked_mul(count))?;
    let bytes = str.bytes().repeat(count);
    if bytes.len() < 2 {
        return Ok(vm.str_wtf8(&bytes));
    }
    Ok(Str::with_counts(&mut vm.heap, &bytes, str.len() * count).value())
}

/// What CPython takes: its header and 1, 2 or 4 bytes a code point, depending on the largest.
pub(super) fn sizeof(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "__sizeof__")?;
    let n = str.len() + 1;
    if str.is_ascii() {
        return Ok(vm.int_usize(40 + n));
    }
    let width = match code_points(str.bytes()).max() {
        Some(0..=0xFF) => 1,
        Some(0..=0xFFFF) => 2,
        _ => 4,
    };
    Ok(vm.int_usize(56 + n * width))
}

pub(super) fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "__getnewargs__")?;
    // A copy, so that a subclass instance does not show the string it wraps.
    let copy = Str::with_counts(&mut vm.heap, str.bytes(), str.len());
    Ok(vm.tuple(&[copy.value()]))
}
