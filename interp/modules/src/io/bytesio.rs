//! `BytesIO`: a stream of bytes in memory.
use std::cell::Cell;

use haft_core::object::{ByteArray, PayloadRef, Tuple, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;

use super::argument::{c_int, fill, optional_size, writable_buffer};
use super::iobase::closed_error;

payload! {
    /// A stream of bytes in memory.
    struct BytesIo {
        /// The bytes it was made of, as long as it was not written to; else ABSENT.
        source: Cell<Value>,
        /// A bytearray: it knows of the views of it, which keep its size as it is.
        data: Cell<Value>,
        position: Cell<usize>,
        closed: Cell<bool>,
    }
}

type This = PayloadRef<BytesIo>;

pub(super) fn make_type(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Buffered I/O implementation using an in-memory bytes buffer.",
        base: Some(base),
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(init));
            s.iter.set(Some(|vm, this| open(vm, this).map(PayloadRef::value)));
            s.next.set(Some(next));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<BytesIo>("_io.BytesIO")
    })
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = super::open::class_argument(vm, class)?;
    let data = vm.new_payload(vm.t.bytearray, ByteArray::empty());
    let payload = BytesIo {
        source: Cell::new(Value::ABSENT),
        data: Cell::new(data),
        position: Cell::new(0),
        closed: Cell::new(false),
    };
    let this = vm.new_payload(class, payload);
    if !class.has(TypeFlags::HEAP) {
        // There is nothing to be flushed when it dies.
        super::adopt(vm, this);
    }
    Ok(this)
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("BytesIO", "(initial_bytes=b'')", args)?;
    let this = this_stream(vm, this)?;
    check_exports(vm, this)?;
    this.data(vm).get().resize(&mut vm.heap, 0);
    this.source.set(Value::ABSENT);
    this.position.set(0);
    set_contents(vm, this, bound[0])?;
    Ok(Value::NONE)
}

fn set_contents(vm: &mut Vm, this: This, initial: Value) -> R<()> {
    if initial.is_none() {
        return Ok(());
    }
    if let Some(bytes) = vm.as_bytes(initial) {
        this.source.set(bytes.value());
        return Ok(());
    }
    let view = vm.buffer_of(initial)?;
    this.data(vm).get().extend(&mut vm.heap, view.bytes());
    Ok(())
}

natives! {
    static METHODS = {
        /// Returns True if the IO object can be read.
        readable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        /// Returns True if the IO object can be seeked.
        seekable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        /// Returns True if the IO object can be written.
        writable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        /// Disable all I/O operations.
        close "($self, /)" => |vm, args| {
            let this = this_stream(vm, args[0])?;
            check_exports(vm, this)?;
            this.closed.set(true);
            this.source.set(Value::ABSENT);
            this.data(vm).get().resize(&mut vm.heap, 0);
            Ok(Value::NONE)
        };
        /// Does nothing.
        flush "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::NONE);
        /// Always returns False.
        ///
        /// BytesIO objects are not connected to a TTY-like device.
        isatty "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::FALSE);
        /// Current file position, an integer.
        tell "($self, /)" => |vm, args| {
            let position = open(vm, args[0])?.position.get();
            Ok(vm.int_usize(position))
        };
        /// Write bytes to file.
        ///
        /// Return the number of bytes written.
        write "($self, b, /)" => write;
        /// Write lines to the file.
        ///
        /// Note that newlines are not added.  lines can be any iterable object
        /// producing bytes-like objects. This is equivalent to calling write() for
        /// each element.
        writelines "($self, lines, /)" => |vm, args| {
            open(vm, args[0])?;
            let this = args[0];
            vm.for_each(args[1], |vm, line| write(vm, &[this, line]).map(drop))?;
            Ok(Value::NONE)
        };
        /// Read at most size bytes, returned as a bytes object.
        ///
        /// If the size argument is negative or omitted, read until EOF is reached.
        /// Return an empty bytes object at EOF.
        read1 "($self, size=-1, /)" => read;
        /// Read bytes into buffer.
        ///
        /// Returns number of bytes read (0 for EOF), or None if the object
        /// is set not to block and has no data to read.
        readinto "($self, buffer, /)" => readinto;
        /// Next line from the file, as a bytes object.
        ///
        /// Retain newline.  A non-negative size argument limits the maximum
        /// number of bytes to return (an incomplete line may be returned then).
        /// Return an empty bytes object at EOF.
        readline "($self, size=-1, /)" => |vm, args| {
            let this = open(vm, args[0])?;
            let limit = optional_size(vm, args[1])?;
            line(vm, this, usize::try_from(limit).unwrap_or(usize::MAX))
        };
        /// List of bytes objects, each a line from the file.
        ///
        /// Call readline() repeatedly and return a list of the lines so read.
        /// The optional size argument, if given, is an approximate bound on the
        /// total number of bytes in the lines returned.
        readlines "($self, size=None, /)" => readlines;
        /// Read at most size bytes, returned as a bytes object.
        ///
        /// If the size argument is negative, read until EOF is reached.
        /// Return an empty bytes object at EOF.
        read "($self, size=-1, /)" => read;
        /// Get a read-write view over the contents of the BytesIO object.
        getbuffer "($self, /)" => |vm, args| {
            let this = open(vm, args[0])?;
            let data = this.writable(vm);
            vm.call_positional(vm.t.memoryview.value(), &[data.value()])
        };
        /// Retrieve the entire contents of the BytesIO object.
        getvalue "($self, /)" => |vm, args| {
            let this = open(vm, args[0])?;
            Ok(value(vm, this))
        };
        /// Change stream position.
        ///
        /// Seek to byte offset pos relative to position indicated by whence:
        ///      0  Start of stream (the default).  pos should be >= 0;
        ///      1  Current position - pos may be negative;
        ///      2  End of stream - pos usually negative.
        /// Returns the new absolute position.
        seek "($self, pos, whence=0, /)" => seek;
        /// Truncate the file to at most size bytes.
        ///
        /// Size defaults to the current file position, as returned by tell().
        /// The current file position is unchanged.  Returns the new size.
        truncate "($self, size=None, /)" => truncate;
        __getstate__ "($self, /)" => getstate;
        __setstate__ "($self, state, /)" => setstate;
    }
}

getsets! {
    static GETSETS = {
        /// True if the file is closed.
        closed => |vm, this| Ok(Value::bool(this_stream(vm, this)?.closed.get()));
    }
}

impl BytesIo {
    fn contents<'a>(&self, vm: &Vm) -> &'a [u8] {
        match vm.as_bytes(self.source.get()) {
            Some(source) => source.data(),
            None => PayloadRef::<ByteArray>::of_value(self.data.get())
                .map_or(&[], |data| data.get().data()),
        }
    }
    fn data(&self, vm: &mut Vm) -> PayloadRef<ByteArray> {
        match PayloadRef::of_value(self.data.get()) {
            Some(data) => data,
            None => vm.new_payload_ref(vm.t.bytearray, ByteArray::empty()),
        }
    }
    /// The bytes as a bytearray that belongs to the stream.
    fn writable(&self, vm: &mut Vm) -> PayloadRef<ByteArray> {
        let data = self.data(vm);
        if let Some(source) = vm.as_bytes(self.source.replace(Value::ABSENT)) {
            data.get().extend(&mut vm.heap, source.data());
        }
        data
    }
}

fn this_stream(vm: &mut Vm, value: Value) -> R<This> {
    vm.this(value, "read", "_io.BytesIO")
}

fn open(vm: &mut Vm, value: Value) -> R<This> {
    let this = this_stream(vm, value)?;
    if this.closed.get() { Err(closed_error(vm)) } else { Ok(this) }
}

fn check_exports(vm: &mut Vm, this: This) -> R<()> {
    let data = this.data(vm);
    haft_builtins::binary::check_exports(vm, data)
}

fn value(vm: &mut Vm, this: This) -> Value {
    let source = this.source.get();
    if source.is_absent() {
        let contents = this.contents(vm);
        return vm.bytes(contents);
    }
    source
}

/// The next `n` bytes, fewer at the end.
fn take<'a>(vm: &Vm, this: This, n: usize) -> &'a [u8] {
    let contents = this.contents(vm);
    let start = this.position.get().min(contents.len());
    let taken = &contents[start..start + n.min(contents.len() - start)];
    if !taken.is_empty() {
        this.position.set(start + taken.len());
    }
    taken
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let size = optional_size(vm, args[1])?;
    let n = usize::try_from(size).unwrap_or(usize::MAX);
    if this.position.get() == 0 && n >= this.contents(vm).len() && !this.source.get().is_absent() {
        this.position.set(this.contents(vm).len());
        return Ok(this.source.get());
    }
    let taken = take(vm, this, n);
    Ok(vm.bytes(taken))
}

fn readinto(vm: &mut Vm, args: &[Value]) -> R {
    let view = writable_buffer(vm, args[1], "readinto")?;
    let this = open(vm, args[0])?;
    let taken = take(vm, this, view.len);
    fill(vm, args[1], 0, taken)?;
    Ok(vm.int_usize(taken.len()))
}

fn line(vm: &mut Vm, this: This, limit: usize) -> R {
    let contents = this.contents(vm);
    let rest = &contents[this.position.get().min(contents.len())..];
    let n = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1).min(limit);
    let taken = take(vm, this, n);
    Ok(vm.bytes(taken))
}

fn next(vm: &mut Vm, value: Value) -> R {
    let this = open(vm, value)?;
    let line = line(vm, this, usize::MAX)?;
    Ok(if vm.as_bytes(line).is_some_and(|line| line.is_empty()) { Value::ABSENT } else { line })
}

fn readlines(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let limit = optional_size(vm, args[1])?;
    let limit = usize::try_from(limit).ok().filter(|&limit| limit > 0).unwrap_or(usize::MAX);
    let (lines, mut total) = (vm.new_list(), 0);
    while total < limit {
        let line = line(vm, this, usize::MAX)?;
        let Some(bytes) = vm.as_bytes(line).filter(|bytes| !bytes.is_empty()) else { break };
        total += bytes.len();
        lines.push(&mut vm.heap, line);
    }
    Ok(lines.value())
}

fn write(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    check_exports(vm, this)?;
    let view = vm.buffer_of(args[1])?;
    if view.len == 0 {
        return Ok(Value::small(0));
    }
    let data = this.writable(vm);
    let start = this.position.get();
    let end = start + view.len;
    if start == data.len.get() {
        data.get().extend(&mut vm.heap, view.bytes());
    } else {
        if end > data.len.get() {
            data.get().resize(&mut vm.heap, end);
        }
        data.get().data_mut()[start..end].copy_from_slice(view.bytes());
    }
    this.position.set(end);
    Ok(vm.int_usize(view.len))
}

fn seek(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let (offset, whence) = (vm.index_of(args[1])?, c_int(vm, args[2])?);
    let base = match whence {
        c::SEEK_SET if offset < 0 => {
            return Err(vm.value_error(format!("negative seek value {offset}")));
        }
        c::SEEK_SET => 0,
        c::SEEK_CUR => this.position.get(),
        c::SEEK_END => this.contents(vm).len(),
        _ => return Err(vm.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let Some(position) = offset.checked_add(base as i64) else {
        return Err(vm.overflow_error("new position too large"));
    };
    let position = position.max(0);
    this.position.set(position as usize);
    Ok(vm.int(position))
}

fn truncate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    check_exports(vm, this)?;
    let size = if args[1].is_none() { this.position.get() as i64 } else { vm.index_of(args[1])? };
    let Ok(len) = usize::try_from(size) else {
        return Err(vm.value_error(format!("negative size value {size}")));
    };
    if len < this.contents(vm).len() {
        this.writable(vm).get().resize(&mut vm.heap, len);
    }
    Ok(vm.int(size))
}

fn getstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let (contents, position) = (value(vm, this), vm.int_usize(this.position.get()));
    let attributes = copied_attributes(vm, args[0]);
    Ok(vm.tuple(&[contents, position, attributes]))
}

/// A copy of the instance's attributes, None if it has none.
pub(super) fn copied_attributes(vm: &mut Vm, this: Value) -> Value {
    match vm.instance_dict(this) {
        Some(dict) if !dict.is_empty() => dict.copy(&mut vm.heap).value(),
        _ => Value::NONE,
    }
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    check_exports(vm, this)?;
    let state = vm.as_tuple(args[1]).map_or(&[][..], Tuple::items);
    let &[contents, position, attributes, ..] = state else {
        let (class, got) = (vm.type_name(args[0]), vm.type_name(args[1]));
        return Err(
            vm.type_error(format!("{class}.__setstate__ argument should be 3-tuple, got {got}"))
        );
    };
    this.source.set(Value::ABSENT);
    this.data(vm).get().resize(&mut vm.heap, 0);
    set_contents(vm, this, contents)?;
    let position = state_position(vm, position, "second")?;
    this.position.set(position);
    restore_attributes(vm, args[0], attributes, "third")?;
    Ok(Value::NONE)
}

/// The position in a pickled state; its place is for messages.
pub(super) fn state_position(vm: &mut Vm, position: Value, place: &str) -> R<usize> {
    if !vm.is_int(position) {
        let class = vm.type_name(position);
        return Err(vm.type_error(format!("{place} item of state must be an integer, got {class}")));
    }
    let position = vm.index_of(position)?;
    usize::try_from(position).map_err(|_| negative_position(vm))
}

#[cold]
fn negative_position(vm: &mut Vm) -> Raised {
    vm.value_error("position value cannot be negative")
}

/// Add the attributes in a pickled state to those of the instance.
pub(super) fn restore_attributes(
    vm: &mut Vm,
    this: Value,
    attributes: Value,
    place: &str,
) -> R<()> {
    if attributes.is_none() {
        return Ok(());
    }
    if vm.as_dict(attributes).is_none() {
        let class = vm.type_name(attributes);
        return Err(vm.type_error(format!("{place} item of state should be a dict, got a {class}")));
    }
    match vm.instance_dict(this) {
        Some(dict) => vm.dict_update(dict, attributes),
        None => Ok(()),
    }
}
