//! Memory that C data owns: `ffi.new`, allocators, destructors, `release`.
//!
//! Memory of its own lies in the garbage collected heap, where nothing moves: in the object itself if it is small.
use super::{CData, INLINE, MOST_INLINE, write};
use crate::prelude::*;
use crate::report;

/// `new_allocator`'s functions.
#[derive(Clone, Copy)]
pub(crate) struct Allocator {
    /// Gives memory for a number of bytes.
    pub(crate) alloc: Value,
    /// Takes it back, or None.
    pub(crate) free: Value,
    /// Fill it with zeros.
    pub(crate) clear: bool,
}

/// Sizes from here on are asked of the system's allocator before anything is made.
const LARGE: i64 = 1 << 28;
/// Alignment of C's `malloc`.
const ALIGN: usize = 16;

/// Zeroed memory in the heap: the object that keeps it, and its address.
pub(crate) fn allocate(vm: &mut Vm, size: i64) -> R<(Value, *mut u8)> {
    let is_possible = size < LARGE
        || (size < isize::MAX as i64 / 4
            && Vec::<u8>::new().try_reserve_exact(size as usize).is_ok());
    if !is_possible {
        return Err(vm.raise_with(vm.exc.memory_error, &[]));
    }
    let bytes = Bytes::zeroed(&mut vm.heap, size as usize + ALIGN);
    let start = bytes.as_ptr().cast_mut();
    let padding = start.align_offset(ALIGN).min(ALIGN);
    Ok((bytes.value(), start.wrapping_add(padding)))
}

/// C data of type `ct` with zeroed memory of its own.
pub(crate) fn new_owned(vm: &mut Vm, ct: CT, size: i64) -> R<CD> {
    let class = ct.state.classes.owned;
    let cd = CData::with(ct, std::ptr::null_mut(), Own::Memory);
    if size <= MOST_INLINE as i64 {
        let room = (size as usize).saturating_sub(INLINE).next_multiple_of(8);
        let cd = vm.new_payload_with_room(class, cd, room);
        cd.at.set(cd.get().inline.get().cast());
        return Ok(cd);
    }
    let (memory, at) = allocate(vm, size)?;
    cd.at.set(at);
    cd.owner.set(memory);
    Ok(vm.new_payload_ref(class, cd))
}

fn new_memory(vm: &mut Vm, ct: CT, size: i64, allocator: Option<&Allocator>) -> R<CD> {
    let Some(allocator) = allocator.filter(|allocator| !allocator.alloc.is_none()) else {
        return new_owned(vm, ct, size);
    };
    let bytes = vm.int(size);
    let result = vm.call_positional(allocator.alloc, &[bytes])?;
    let Some(memory) = CD::of_value(result) else {
        let got = vm.type_name(result);
        return Err(vm.type_error(format!("alloc() must return a cdata object (got {got})")));
    };
    if !memory.ctype.form.is_indexable() {
        let name = memory.ctype.name();
        return Err(vm.type_error(format!("alloc() must return a cdata pointer, not '{name}'")));
    }
    if memory.address().is_null() {
        return Err(vm.memory_error("alloc() returned NULL"));
    }
    let cd = collected(vm, ct, memory, allocator.free);
    if allocator.clear {
        // SAFETY: the allocator was asked for this many bytes.
        unsafe { cd.address().write_bytes(0, size as usize) };
    }
    Ok(cd)
}

/// C data at the same address whose destructor is called with the original when it dies.
pub(crate) fn collected(vm: &mut Vm, ct: CT, original: CD, destructor: Value) -> CD {
    let cd = CData::with(ct, original.address(), Own::Collected);
    cd.length.set(original.length.get());
    cd.owner.set(original.value());
    cd.extra.set(if destructor.is_none() { Value::ABSENT } else { destructor });
    vm.new_payload_ref(ct.state.classes.collected, cd)
}

/// `ffi.new`
pub(crate) fn new(vm: &mut Vm, ct: CT, init: Value, allocator: Option<&Allocator>) -> R {
    match *ct.form {
        Form::Pointer(to) => new_pointee(vm, ct, to, init, allocator),
        Form::Array(length) => {
            let mut init = init;
            let size = match length {
                Some(_) => ct.size(),
                None => {
                    let item = ct.item(vm)?;
                    let n = write::new_array_length(vm, item, &mut init)?;
                    let size = write::array_bytes(vm, item.size(), n)?;
                    let cd = new_memory(vm, ct, size, allocator)?;
                    cd.length.set(n);
                    return initialized(vm, cd, ct, init);
                }
            };
            let cd = new_memory(vm, ct, size, allocator)?;
            initialized(vm, cd, ct, init)
        }
        _ => {
            let name = ct.name();
            Err(vm.type_error(format!("expected a pointer or array ctype, got '{name}'")))
        }
    }
}

fn initialized(vm: &mut Vm, cd: CD, ct: CT, init: Value) -> R {
    if !init.is_none() {
        // SAFETY: the memory was made for a value of this type with this initializer.
        unsafe { write(vm, cd.address(), ct, init) }?;
    }
    Ok(cd.value())
}

fn new_pointee(vm: &mut Vm, ct: CT, to: To, init: Value, allocator: Option<&Allocator>) -> R {
    let item = ct.item(vm)?;
    let mut size = item.size();
    if size < 0 {
        let name = item.name();
        return Err(vm.type_error(format!("cannot instantiate ctype '{name}' of unknown size")));
    }
    if to != To::Record {
        if item.form.is_char() {
            size *= 2; // a zero behind it
        }
        let cd = new_memory(vm, ct, size, allocator)?;
        return initialized(vm, cd, item, init);
    }
    let has_var_array = item.has_var_array();
    if has_var_array && !init.is_none() {
        size = write::var_size(vm, item, init, size)?;
    }
    let record = new_memory(vm, item, size, allocator)?;
    record.length.set(if has_var_array { size } else { -1 });
    let cd = CData::with(ct, record.address(), Own::Record);
    cd.owner.set(record.value());
    let cd = vm.new_payload_ref(ct.state.classes.owned, cd);
    initialized(vm, cd, item, init)
}

/// Call the destructor, once.
fn destroy(vm: &mut Vm, cd: CD) {
    let destructor = cd.extra.replace(Value::ABSENT);
    let original = cd.owner.get();
    if destructor.is_absent() {
        return;
    }
    if let Err(raised) = vm.call_positional(destructor, &[original]) {
        let error = vm.take_raised(raised);
        report::ignored(vm, error, "from callback for ffi.gc ", original, "");
    }
}

pub(super) fn finalize(vm: &mut Vm, this: Value) -> R {
    if let Some(cd) = CD::of_value(this) {
        destroy(vm, cd);
    }
    Ok(Value::NONE)
}

/// Can it be released, and so used in `with`?
fn check_releasable(vm: &mut Vm, cd: CD) -> R<()> {
    match *cd.own {
        Own::Memory if cd.ctype.form.is_indexable() => Ok(()),
        Own::Record | Own::Buffer | Own::Collected => Ok(()),
        _ => Err(vm.value_error(
            "only 'cdata' object from ffi.new(), ffi.gc(), ffi.from_buffer() or ffi.new_allocator()() can be used \
             with the 'with' keyword or ffi.release()",
        )),
    }
}

/// `ffi.release`
pub(crate) fn release(vm: &mut Vm, cd: CD) -> R<()> {
    check_releasable(vm, cd)?;
    match *cd.own {
        Own::Record => {
            if let Some(record) = CD::of_value(cd.owner.get())
                && *record.own == Own::Collected
            {
                destroy(vm, record);
            }
        }
        Own::Buffer => {
            let memoryview = cd.owner.replace(Value::ABSENT);
            if !memoryview.is_absent() {
                vm.call_method_str(memoryview, "release", &[])?;
            }
        }
        Own::Collected => destroy(vm, cd),
        _ => {}
    }
    Ok(())
}

pub(super) fn enter(vm: &mut Vm, args: &[Value]) -> R {
    let cd = super::argument(vm, args[0])?;
    check_releasable(vm, cd)?;
    Ok(args[0])
}

pub(super) fn exit(vm: &mut Vm, args: &[Value]) -> R {
    let cd = super::argument(vm, args[0])?;
    release(vm, cd)?;
    Ok(Value::NONE)
}
