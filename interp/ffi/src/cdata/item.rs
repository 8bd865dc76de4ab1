//! Indexing, slicing and iterating.
use super::{argument, read, view_array, write};
use crate::number::to_index;
use crate::prelude::*;

payload! {
    /// An iterator over an array.
    pub(crate) struct CDataIter {
        /// What it goes through.
        pub(crate) array: CD,
        /// Number of the next item.
        pub(crate) index: Cell<usize>,
    }
}

pub(super) fn length(vm: &mut Vm, this: Value) -> R<usize> {
    let cd = argument(vm, this)?;
    if matches!(*cd.ctype.form, Form::Array(_)) {
        return Ok(cd.n_items() as usize);
    }
    let name = cd.ctype.name();
    Err(vm.type_error(format!("cdata of type '{name}' has no len()")))
}

/// The address and type of item `key`.
fn item(vm: &mut Vm, cd: CD, key: Value) -> R<(*mut u8, CT)> {
    let index = to_index(vm, key, vm.exc.index_error)?;
    let ct = cd.ctype;
    match *ct.form {
        Form::Pointer(_) if cd.is_owning() => {
            if index != 0 {
                let name = ct.name();
                return Err(vm.index_error(format!("cdata '{name}' can only be indexed by 0")));
            }
        }
        Form::Pointer(_) => {
            if cd.address().is_null() {
                return Err(null_pointer(vm, ct));
            }
        }
        Form::Array(_) => {
            if index < 0 {
                return Err(vm.index_error("negative index"));
            }
            let n = cd.n_items();
            if index >= n {
                let name = ct.name();
                return Err(vm.index_error(format!(
                    "index too large for cdata '{name}' (expected {index} < {n})"
                )));
            }
        }
        _ => return Err(not_indexable(vm, ct)),
    }
    let item = ct.item(vm)?;
    let offset = index.wrapping_mul(item.size()) as isize;
    Ok((cd.address().wrapping_offset(offset), item))
}

/// RuntimeError: a NULL pointer is followed.
#[cold]
pub(super) fn null_pointer(vm: &mut Vm, ct: CT) -> Raised {
    let name = ct.name();
    vm.runtime_error(format!("cannot dereference null pointer from cdata '{name}'"))
}

#[cold]
fn not_indexable(vm: &mut Vm, ct: CT) -> Raised {
    let name = ct.name();
    vm.type_error(format!("cdata of type '{name}' cannot be indexed"))
}

pub(super) fn get(vm: &mut Vm, this: Value, key: Value) -> R {
    let cd = argument(vm, this)?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        let (start, length, item) = slice_bounds(vm, cd, slice)?;
        let open = item.open_array(vm)?;
        let offset = start.wrapping_mul(item.size().max(0)) as isize;
        return Ok(view_array(vm, open, cd.address().wrapping_offset(offset), length));
    }
    let (at, item) = item(vm, cd, key)?;
    if *cd.own == Own::Record {
        return Ok(cd.owner.get());
    }
    // SAFETY: the index was checked for arrays and owners; for other pointers it is the user's promise.
    unsafe { read(vm, at, item) }
}

fn slice_bound(vm: &mut Vm, value: Value, what: &str) -> R<i64> {
    if value.is_none() {
        return Err(vm.index_error(format!("slice {what} must be specified")));
    }
    match vm.as_int(value) {
        Some(bound) => Ok(bound),
        None if vm.is_int(value) => vm.index_of(value),
        None => Err(vm.type_error("an integer is required")),
    }
}

/// Start, length and item type of a slice.
fn slice_bounds(vm: &mut Vm, cd: CD, slice: PayloadRef<Slice>) -> R<(i64, i64, CT)> {
    let start = slice_bound(vm, slice.start, "start")?;
    let stop = slice_bound(vm, slice.stop, "stop")?;
    if !slice.step.is_none() {
        return Err(vm.index_error("slice with step not supported"));
    }
    if start > stop {
        return Err(vm.index_error("slice start > stop"));
    }
    match *cd.ctype.form {
        Form::Array(_) => {
            if start < 0 {
                return Err(vm.index_error("negative index"));
            }
            let n = cd.n_items();
            if stop > n {
                return Err(vm.index_error(format!("index too large (expected {stop} <= {n})")));
            }
        }
        Form::Pointer(_) => {}
        _ => return Err(not_indexable(vm, cd.ctype)),
    }
    Ok((start, stop - start, cd.ctype.item(vm)?))
}

pub(super) fn set(vm: &mut Vm, this: Value, key: Value, value: Value) -> R<()> {
    let cd = argument(vm, this)?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        return set_slice(vm, cd, slice, value);
    }
    let (at, item) = item(vm, cd, key)?;
    if value.is_absent() {
        return Err(no_deletion(vm));
    }
    // SAFETY: the index was checked for arrays and owners; for other pointers it is the user's promise.
    unsafe { write(vm, at, item, value) }
}

#[cold]
fn no_deletion(vm: &mut Vm) -> Raised {
    vm.type_error("'del x[n]' not supported for cdata objects")
}

fn set_slice(vm: &mut Vm, cd: CD, slice: PayloadRef<Slice>, value: Value) -> R<()> {
    let (start, length, item) = slice_bounds(vm, cd, slice)?;
    if value.is_absent() {
        return Err(no_deletion(vm));
    }
    let size = item.size().max(0);
    let at = cd.address().wrapping_offset(start.wrapping_mul(size) as isize);
    if let Some(source) = CD::of_value(value)
        && matches!(*source.ctype.form, Form::Array(_))
        && source.ctype.item(vm)? == item
        && source.n_items() == length
    {
        // SAFETY: both have `length` items; they may overlap.
        unsafe { std::ptr::copy(source.address(), at, (size * length) as usize) };
        return Ok(());
    }
    if *item.form == Form::Primitive(Primitive::Char)
        && let Some(bytes) = bytes_of(vm, value)
    {
        if bytes.len() as i64 != length {
            let got = bytes.len();
            let text = format!("need a string of length {length}, got {got}");
            return Err(vm.value_error(text));
        }
        // SAFETY: the slice has as many bytes; a bytearray may be the memory itself.
        unsafe { std::ptr::copy(bytes.as_ptr(), at, bytes.len()) };
        return Ok(());
    }
    let iter = vm.iterate(value)?;
    for index in 0..length {
        let element = vm.next(iter)?;
        if element.is_absent() {
            let text = format!("need {length} values to unpack, got {index}");
            return Err(vm.value_error(text));
        }
        let place = at.wrapping_offset(index.wrapping_mul(size) as isize);
        // SAFETY: an item of the slice.
        unsafe { write(vm, place, item, element) }?;
    }
    if !vm.next(iter)?.is_absent() {
        return Err(vm.value_error(format!("got more than {length} values to unpack")));
    }
    Ok(())
}

fn bytes_of<'a>(vm: &Vm, value: Value) -> Option<&'a [u8]> {
    match vm.as_bytes(value) {
        Some(bytes) => Some(bytes.data()),
        None => PayloadRef::<haft_core::object::ByteArray>::of_value(value)
            .map(|array| array.get().data()),
    }
}

#[cold]
fn not_iterable(vm: &mut Vm, ct: CT) -> Raised {
    let name = ct.name();
    vm.type_error(format!("cdata '{name}' does not support iteration"))
}

pub(super) fn iterate(vm: &mut Vm, this: Value) -> R {
    let array = argument(vm, this)?;
    if !matches!(*array.ctype.form, Form::Array(_)) {
        return Err(not_iterable(vm, array.ctype));
    }
    let class = array.ctype.state.classes.iterator;
    Ok(vm.new_payload(class, CDataIter { array, index: Cell::new(0) }))
}

/// Append the items of an array to a list.
pub(super) fn append_all(vm: &mut Vm, this: Value, list: List) -> R<()> {
    let array = argument(vm, this)?;
    if !matches!(*array.ctype.form, Form::Array(_)) {
        return Err(not_iterable(vm, array.ctype));
    }
    let item = array.ctype.item(vm)?;
    // SAFETY: an array has as many items.
    unsafe { append_items(vm, list, array.address(), item, array.n_items().max(0) as usize) }
}

/// Append `n` values of type `item` to a list.
///
/// # Safety
/// They are there from `at` on: that is what the user of C pointers promises.
pub(crate) unsafe fn append_items(
    vm: &mut Vm,
    list: List,
    at: *mut u8,
    item: CT,
    n: usize,
) -> R<()> {
    let size = item.size().max(0) as usize;
    list.reserve(&mut vm.heap, n);
    let kind = match *item.form {
        Form::Primitive(primitive) => Some((primitive.kind(), primitive)),
        _ => None,
    };
    for index in 0..n {
        let place = at.wrapping_add(index * size);
        let value = match kind {
            Some((PrimitiveKind::Signed, _)) => {
                // SAFETY: the caller vouches for the items.
                let number = unsafe { memory::read_signed(place, size) };
                vm.int(number)
            }
            Some((PrimitiveKind::Float, primitive)) if primitive != Primitive::LongDouble => {
                // SAFETY: as above.
                let number = unsafe { memory::read_float(place, primitive) };
                vm.float(number)
            }
            // SAFETY: as above.
            _ => unsafe { read(vm, place, item) }?,
        };
        list.push(&mut vm.heap, value);
    }
    Ok(())
}

pub(super) fn next(vm: &mut Vm, this: Value) -> R {
    let iter = vm.this::<CDataIter>(this, "__next__", "_cffi_backend.__CData_iterator")?;
    let (array, index) = (iter.array, iter.index.get());
    if index as i64 >= array.n_items() {
        return Ok(Value::ABSENT);
    }
    iter.index.set(index + 1);
    let item = array.ctype.item(vm)?;
    let at = array.address().wrapping_add(index * item.size().max(0) as usize);
    // SAFETY: the index is below the number of items.
    unsafe { read(vm, at, item) }
}
