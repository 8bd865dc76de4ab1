//! Memory as Python sees it: `ffi.buffer`, `ffi.from_buffer`, `ffi.memmove`.
use std::mem::offset_of;

use haft_core::interp::jit::{BufferLayout, Viewed};
use haft_core::object::{BufferView, PAYLOAD_WORD, Payload, payload_table};

use crate::prelude::*;

payload! {
    /// A view of C memory with the interface of a mutable bytes object.
    pub(crate) struct MiniBuffer {
        at: NoTrace<*mut u8>,
        len: usize,
        keep: Value,
    }
}

const DOC: &str = "ffi.buffer(cdata[, byte_size]):
Return a read-write buffer object that references the raw C data
pointed to by the given 'cdata'.  The 'cdata' must be a pointer or an
array.  Can be passed to functions expecting a buffer, or directly
manipulated with:

    buf[:]          get a copy of it in a regular string, or
    buf[idx]        as a single character
    buf[:] = ...
    buf[idx] = ...  change the content";

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: DOC,
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| {
            s.new.set(Some(new));
            s.len.set(Some(|vm, this| Ok(own(vm, this)?.len)));
            s.getitem.set(Some(get));
            s.setitem.set(Some(set));
            s.compare.set(Some(compare));
            s.buffer.set(Some(|vm, this| {
                let this = own(vm, this)?;
                Ok(view_of(*this.at, this.len))
            }));
        },
        ..TypeSpec::of::<MiniBuffer>("_cffi_backend.buffer")
    })
}

fn view_of(start: *mut u8, len: usize) -> BufferView {
    BufferView { start, len, readonly: false, item_size: 1, format: "B" }
}

fn own(vm: &mut Vm, value: Value) -> R<PayloadRef<MiniBuffer>> {
    vm.this::<MiniBuffer>(value, "__len__", "_cffi_backend.buffer")
}

/// Where the words of a view are.
pub(crate) fn layout() -> BufferLayout {
    let offset = |field: usize| (8 + PAYLOAD_WORD * 8 + field) as i64;
    BufferLayout {
        table: payload_table::<MiniBuffer>(),
        kind: MiniBuffer::KIND as u8,
        bytes: (PAYLOAD_WORD * 8 + size_of::<MiniBuffer>()) as u32,
        at: offset(offset_of!(MiniBuffer, at)),
        len: offset(offset_of!(MiniBuffer, len)),
        keep: offset(offset_of!(MiniBuffer, keep)),
    }
}

/// Is it the class of views?
pub(crate) fn is_class(vm: &mut Vm, class: Type) -> bool {
    state(vm).classes.buffer == class
}

/// How many bytes a view shows.
pub(crate) fn length(value: Value) -> Option<i64> {
    PayloadRef::<MiniBuffer>::of_value(value).map(|view| view.len as i64)
}

/// What a view of C data shows.
pub(crate) fn viewed(vm: &mut Vm, value: Value) -> Option<Viewed> {
    let cd = CD::of_value(value).filter(|cd| cd.ctype.form.is_indexable() && cd.var_size() < 0)?;
    let item = cd.ctype.item(vm);
    let size = crate::facts::or_none(vm, item)?.size();
    let items = items_shown(cd);
    let is_fixed = !matches!(*cd.ctype.form, Form::Array(None));
    (size >= 0).then_some(Viewed { items, size, is_fixed, is_owning: cd.is_owning() })
}

/// The items of an array, or the one that a pointer points to.
fn items_shown(cd: CD) -> i64 {
    if matches!(*cd.ctype.form, Form::Array(_)) { cd.n_items() } else { 1 }
}

impl MiniBuffer {
    fn bytes<'a>(&self) -> &'a [u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: the user of C pointers promises that the memory is there, and nothing else runs meanwhile.
        unsafe { std::slice::from_raw_parts(*self.at, self.len) }
    }
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let args = vm.bind_signature("buffer", "(cdata, size=-1)", args)?;
    let Some(cd) = CD::of_value(args[0]) else {
        let got = vm.type_name(args[0]);
        return Err(vm.type_error(format!(
            "buffer() argument 1 must be _cffi_backend._CDataBase, not {got}"
        )));
    };
    let given = vm.index_of(args[1])?;
    make(vm, cd, given)
}

/// `ffi.buffer(cd, size)`; a negative size asks for all.
fn make(vm: &mut Vm, cd: CD, given: i64) -> R {
    if !cd.ctype.form.is_indexable() {
        let name = cd.ctype.name();
        return Err(vm.type_error(format!("expected a pointer or array cdata, got '{name}'")));
    }
    let mut size = given;
    if size < 0 {
        size = cd.var_size();
    }
    if size < 0 {
        let item = cd.ctype.item(vm)?.size();
        size = items_shown(cd) * item;
    }
    if size < 0 {
        let name = cd.ctype.name();
        return Err(vm.type_error(format!("don't know the size pointed to by '{name}'")));
    }
    if given >= 0 && cd.is_owning() {
        let owned = cd.owned_size(vm)?;
        if size > owned {
            crate::module::warn(
                vm,
                vm.exc.user_warning,
                &format!(
                    "ffi.buffer(cdata, bytes): creating a buffer of {size} bytes over a cdata that owns only {owned} \
                     bytes.  This will crash if you access the extra memory"
                ),
            )?;
        }
    }
    let buffer = MiniBuffer { at: NoTrace(cd.address()), len: size as usize, keep: cd.value() };
    let class = cd.ctype.state.classes.buffer;
    Ok(vm.new_payload(class, buffer))
}

/// The index of one byte.
fn byte_index(vm: &mut Vm, this: PayloadRef<MiniBuffer>, key: Value, message: &str) -> R<usize> {
    if vm.type_of(key).slots.index.get().is_none() && !vm.is_int(key) {
        let got = vm.type_name(key);
        return Err(vm.type_error(format!("buffer indices must be integers, not {got}")));
    }
    vm.sequence_index(key, this.len, message)
}

/// Start and length of a slice.
fn byte_range(
    vm: &mut Vm,
    this: PayloadRef<MiniBuffer>,
    slice: PayloadRef<Slice>,
) -> R<(usize, usize)> {
    let (start, step, count) = vm.slice_indices(slice, this.len)?;
    if step != 1 {
        return Err(vm.type_error("buffer doesn't support slicing with step != 1"));
    }
    Ok((start as usize, count))
}

fn get(vm: &mut Vm, this: Value, key: Value) -> R {
    let this = own(vm, this)?;
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        let (start, count) = byte_range(vm, this, slice)?;
        return Ok(vm.bytes(&this.get().bytes()[start..start + count]));
    }
    let index = byte_index(vm, this, key, "buffer index out of range")?;
    let byte = this.get().bytes()[index];
    Ok(vm.bytes(&[byte]))
}

fn set(vm: &mut Vm, this: Value, key: Value, value: Value) -> R<()> {
    let this = own(vm, this)?;
    if value.is_absent() {
        return Err(vm.type_error("'del x[n]' not supported for buffer objects"));
    }
    if let Some(slice) = PayloadRef::<Slice>::of_value(key) {
        let source = vm.buffer_of(value)?;
        let (start, count) = byte_range(vm, this, slice)?;
        if source.len != count {
            return Err(vm.value_error("right operand length must match slice length"));
        }
        // SAFETY: the range is in the buffer, whose memory the user promises; it may overlap the source.
        unsafe { std::ptr::copy(source.start, this.at.wrapping_add(start), count) };
        return Ok(());
    }
    let index = byte_index(vm, this, key, "buffer assignment index out of range")?;
    let Some(&[byte]) = vm.as_bytes(value).map(Bytes::data) else {
        let got = vm.type_name(value);
        return Err(vm.type_error(format!("must assign a bytes of length 1, not {got}")));
    };
    // SAFETY: as above.
    unsafe { this.at.wrapping_add(index).write(byte) };
    Ok(())
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    if vm.as_str(a).is_some() || vm.as_str(b).is_some() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (
        vm.type_of(a).slots.buffer.get().zip(Some(a)),
        vm.type_of(b).slots.buffer.get().zip(Some(b)),
    );
    let (Some((view_a, a)), Some((view_b, b))) = (a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (a, b) = (view_a(vm, a)?, view_b(vm, b)?);
    Ok(Value::bool(op.holds(a.bytes().cmp(b.bytes()))))
}

/// Address and length of the memory of a Python object.
fn python_memory(vm: &mut Vm, object: Value, writable: bool) -> R<BufferView> {
    let view = vm.buffer_of(object)?;
    if writable && view.readonly {
        return Err(vm.buffer_error("Object is not writable."));
    }
    Ok(view)
}

/// `ffi.from_buffer`
pub(crate) fn from_buffer(vm: &mut Vm, ct: CT, object: Value, writable: bool) -> R {
    if !ct.form.is_indexable() {
        let name = ct.name();
        return Err(vm.type_error(format!("expected a pointer or array ctype, got '{name}'")));
    }
    if vm.as_str(object).is_some() {
        return Err(vm.type_error("from_buffer() cannot return the address of a unicode object"));
    }
    let view = python_memory(vm, object, writable)?;
    let mut length = view.len as i64;
    if let Form::Array(fixed) = *ct.form {
        let item = ct.item(vm)?.size();
        match fixed {
            Some(fixed) => {
                if (view.len as i64) < ct.size() {
                    let (have, name, need) = (view.len, ct.name(), ct.size());
                    return Err(vm.value_error(format!(
                        "buffer is too small ({have} bytes) for '{name}' ({need} bytes)"
                    )));
                }
                length = fixed as i64;
            }
            None if item > 0 => length = view.len as i64 / item,
            None => {
                let name = ct.name();
                return Err(vm.zero_division_error(format!(
                    "from_buffer('{name}', ..): the actual length of the array cannot be computed"
                )));
            }
        }
    }
    // A memoryview keeps the object alive and its memory where it is; a bytes never changes.
    let memoryview = if vm.type_of(object) == vm.t.bytes {
        Value::ABSENT
    } else {
        vm.call_positional(vm.t.memoryview.value(), &[object])?
    };
    Ok(crate::cdata::buffer_data(vm, ct, view.start, length, memoryview, object))
}

fn movable(vm: &mut Vm, value: Value, writable: bool) -> R<*mut u8> {
    let Some(cd) = CD::of_value(value) else {
        return Ok(python_memory(vm, value, writable)?.start);
    };
    if cd.ctype.form.is_indexable() {
        return Ok(cd.address());
    }
    let name = cd.ctype.name();
    Err(vm.type_error(format!("expected a pointer or array ctype, got '{name}'")))
}

/// `ffi.memmove`
pub(crate) fn memmove(vm: &mut Vm, to: Value, from: Value, n: i64) -> R {
    let Ok(n) = usize::try_from(n) else { return Err(vm.value_error("negative size")) };
    let from = movable(vm, from, false)?;
    let to = movable(vm, to, true)?;
    // SAFETY: the user promises `n` bytes at both addresses, as for C's `memmove`.
    unsafe { std::ptr::copy(from, to, n) };
    Ok(Value::NONE)
}
