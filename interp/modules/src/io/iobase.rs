//! The abstract bases: `_IOBase`, `_RawIOBase`, `_BufferedIOBase`, `_TextIOBase`.
use haft_core::object::{ByteArray, Kind, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{R, Raised, Value, Vm, getsets, natives};

use super::argument::{c_int, optional_size};
use super::{DEFAULT_BUFFER_SIZE, buffered, fileio, text, unsupported};

/// A class whose instances have nothing but attributes.
fn base_spec(name: &'static str) -> TypeSpec {
    TypeSpec { kind: Kind::Instance, ..TypeSpec::of::<ByteArray>(name) }
}

pub(super) fn make_io_base(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "The abstract base class for all I/O classes.\n\n\
              This class provides dummy implementations for many methods that\n\
              derived classes can override selectively; the default implementations\n\
              represent a file that cannot be read, written or seeked.\n\n\
              Even though IOBase does not declare read, readinto, or write because\n\
              their signatures will vary, implementations and clients should\n\
              consider those methods part of the interface. Also, implementations\n\
              may raise UnsupportedOperation when operations they do not support are\n\
              called.\n\n\
              The basic type used for binary data read from or written to a file is\n\
              bytes. Other bytes-like objects are accepted as method arguments too.\n\
              In some cases (such as readinto), a writable object is required. Text\n\
              I/O classes work with str data.\n\n\
              Note that calling any method (except additional calls to close(),\n\
              which are ignored) on a closed stream should raise a ValueError.\n\n\
              IOBase (and its subclasses) support the iterator protocol, meaning\n\
              that an IOBase object can be iterated over yielding the lines in a\n\
              stream.\n\n\
              IOBase also supports the :keyword:`with` statement. In this example,\n\
              fp is closed after the suite of the with statement is complete:\n\n\
              with open('spam.txt', 'r') as fp:\n    fp.write('Spam and eggs!')",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.iter.set(Some(iter));
            s.next.set(Some(next));
            s.del.set(Some(finalize));
        },
        methods: IO_BASE_METHODS,
        getsets: IO_BASE_GETSETS,
        ..base_spec("_io._IOBase")
    })
}

pub(super) fn make_raw_io_base(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Base class for raw binary I/O.",
        base: Some(base),
        flags: TypeFlags::BASE,
        methods: RAW_METHODS,
        ..base_spec("_io._RawIOBase")
    })
}

pub(super) fn make_buffered_io_base(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Base class for buffered IO objects.\n\n\
              The main difference with RawIOBase is that the read() method\n\
              supports omitting the size argument, and does not have a default\n\
              implementation that defers to readinto().\n\n\
              In addition, read(), readinto() and write() may raise\n\
              BlockingIOError if the underlying raw stream is in non-blocking\n\
              mode and not ready; unlike their raw counterparts, they will never\n\
              return None.\n\n\
              A typical implementation should not inherit from a RawIOBase\n\
              implementation, but wrap one.",
        base: Some(base),
        flags: TypeFlags::BASE,
        methods: BUFFERED_METHODS,
        ..base_spec("_io._BufferedIOBase")
    })
}

pub(super) fn make_text_io_base(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Base class for text I/O.\n\n\
              This class provides a character and line based interface to stream\n\
              I/O. There is no readinto method because Python's character strings\n\
              are immutable.",
        base: Some(base),
        flags: TypeFlags::BASE,
        methods: TEXT_METHODS,
        getsets: TEXT_GETSETS,
        ..base_spec("_io._TextIOBase")
    })
}

natives! {
    static IO_BASE_METHODS = {
        /// Change the stream position to the given byte offset.
        ///
        ///   offset
        ///     The stream position, relative to 'whence'.
        ///   whence
        ///     The relative position to seek from.
        ///
        /// The offset is interpreted relative to the position indicated by whence.
        /// Values for whence are:
        ///
        /// * os.SEEK_SET or 0 -- start of stream (the default); offset should be zero or positive
        /// * os.SEEK_CUR or 1 -- current stream position; offset may be negative
        /// * os.SEEK_END or 2 -- end of stream; offset is usually negative
        ///
        /// Return the new absolute position.
        seek "($self, offset, whence=0, /)" => |vm, _| Err(unsupported(vm, "seek"));
        /// Return current stream position.
        tell "($self, /)" => |vm, args| {
            let zero = Value::small(0);
            vm.call_method_str(args[0], "seek", &[zero, Value::small(1)])
        };
        /// Truncate file to size bytes.
        ///
        /// File pointer is left unchanged. Size defaults to the current IO position
        /// as reported by tell(). Return the new size.
        truncate "($self, size=None, /)" => |vm, _| Err(unsupported(vm, "truncate"));
        /// Return underlying file descriptor if one exists.
        ///
        /// Raise OSError if the IO object does not use a file descriptor.
        fileno "($self, /)" => |vm, _| Err(unsupported(vm, "fileno"));
        /// Flush write buffers, if applicable.
        ///
        /// This is not implemented for read-only and non-blocking streams.
        flush "($self, /)" => |vm, args| {
            if is_marked_closed(vm, args[0])? { Err(closed_error(vm)) } else { Ok(Value::NONE) }
        };
        /// Flush and close the IO object.
        ///
        /// This method has no effect if the file is already closed.
        close "($self, /)" => |vm, args| close(vm, args[0]);
        /// Return whether object supports random access.
        ///
        /// If False, seek(), tell() and truncate() will raise OSError.
        /// This method may need to do a test seek().
        seekable "($self, /)" => |_, _| Ok(Value::FALSE);
        /// Return whether object was opened for reading.
        ///
        /// If False, read() will raise OSError.
        readable "($self, /)" => |_, _| Ok(Value::FALSE);
        /// Return whether object was opened for writing.
        ///
        /// If False, write() will raise OSError.
        writable "($self, /)" => |_, _| Ok(Value::FALSE);
        /// Return whether this is an 'interactive' stream.
        ///
        /// Return False if it can't be determined.
        isatty "($self, /)" => |vm, args| {
            check_closed(vm, args[0])?;
            Ok(Value::FALSE)
        };
        _checkClosed "($self, msg=None, /)" => |vm, args| {
            if !is_closed(vm, args[0])? {
                return Ok(Value::NONE);
            }
            if args[1].is_none() {
                return Err(closed_error(vm));
            }
            let message = vm.str_text(args[1])?;
            Err(vm.value_error(message))
        };
        _checkSeekable "($self, msg=None, /)" => |vm, args| check_ability(vm, args[0], "seekable", "File or stream is not seekable.");
        _checkReadable "($self, msg=None, /)" => |vm, args| check_ability(vm, args[0], "readable", "File or stream is not readable.");
        _checkWritable "($self, msg=None, /)" => |vm, args| check_ability(vm, args[0], "writable", "File or stream is not writable.");
        __enter__ "($self, /)" => |vm, args| {
            check_closed(vm, args[0])?;
            Ok(args[0])
        };
        __exit__ "($self, /, *args)" => |vm, args| vm.call_method(args[0], vm.names.close, &[]);
        /// Read and return a line from the stream.
        ///
        /// If size is specified, at most size bytes will be read.
        ///
        /// The line terminator is always b'\n' for binary files; for text
        /// files, the newlines argument to open can be used to select the line
        /// terminator(s) recognized.
        readline "($self, size=-1, /)" => readline;
        /// Return a list of lines from the stream.
        ///
        /// hint can be specified to control the number of lines read: no more
        /// lines will be read if the total size (in bytes/characters) of all
        /// lines so far exceeds hint.
        readlines "($self, hint=-1, /)" => readlines;
        /// Write a list of lines to stream.
        ///
        /// Line separators are not added, so it is usual for each of the
        /// lines provided to have a line separator at the end.
        writelines "($self, lines, /)" => writelines;
    }
    static RAW_METHODS = {
        read "($self, size=-1, /)" => raw_read;
        /// Read until EOF, using multiple read() call.
        readall "($self, /)" => raw_readall;
        /// Read bytes into buffer.
        readinto "($self, buffer, /)" => |vm, _| Err(vm.raise_with(vm.exc.not_implemented_error, &[]));
        /// Write buffer to file.
        write "($self, b, /)" => |vm, _| Err(vm.raise_with(vm.exc.not_implemented_error, &[]));
    }
    static BUFFERED_METHODS = {
        /// Disconnect this buffer from its underlying raw stream and return it.
        ///
        /// After the raw stream has been detached, the buffer is in an unusable
        /// state.
        detach "($self, /)" => |vm, _| Err(unsupported(vm, "detach"));
        /// Read and return up to n bytes.
        ///
        /// If the size argument is omitted, None, or negative, read and
        /// return all data until EOF.
        ///
        /// If the size argument is positive, and the underlying raw stream is
        /// not 'interactive', multiple raw reads may be issued to satisfy
        /// the byte count (unless EOF is reached first).
        /// However, for interactive raw streams (as well as sockets and pipes),
        /// at most one raw read will be issued, and a short result does not
        /// imply that EOF is imminent.
        ///
        /// Return an empty bytes object on EOF.
        ///
        /// Return None if the underlying raw stream was open in non-blocking
        /// mode and no data is available at the moment.
        read "($self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read"));
        /// Read and return up to size bytes, with at most one read() call to the underlying raw stream.
        ///
        /// Return an empty bytes object on EOF.
        /// A short result does not imply that EOF is imminent.
        read1 "($self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read1"));
        readinto "($self, buffer, /)" => |vm, args| buffered_readinto(vm, args, "read", "readinto");
        readinto1 "($self, buffer, /)" => |vm, args| buffered_readinto(vm, args, "read1", "readinto1");
        /// Write buffer b to the IO stream.
        ///
        /// Return the number of bytes written, which is always
        /// the length of b in bytes.
        ///
        /// Raise BlockingIOError if the buffer is full and the
        /// underlying raw stream cannot accept more data at the moment.
        write "($self, b, /)" => |vm, _| Err(unsupported(vm, "write"));
    }
    static TEXT_METHODS = {
        /// Separate the underlying buffer from the TextIOBase and return it.
        ///
        /// After the underlying buffer has been detached, the TextIO is in an
        /// unusable state.
        detach "($self, /)" => |vm, _| Err(unsupported(vm, "detach"));
        /// Read at most size characters from stream.
        ///
        /// Read from underlying buffer until we have size characters or we hit EOF.
        /// If size is negative or omitted, read until EOF.
        read "($self, size=-1, /)" => |vm, _| Err(unsupported(vm, "read"));
        /// Read until newline or EOF.
        ///
        /// Return an empty string if EOF is hit immediately.
        /// If size is specified, at most size characters will be read.
        readline "($self, size=-1, /)" => |vm, _| Err(unsupported(vm, "readline"));
        /// Write string s to stream.
        ///
        /// Return the number of characters written
        /// (which is always equal to the length of the string).
        write "($self, s, /)" => |vm, _| Err(unsupported(vm, "write"));
    }
}

getsets! {
    static IO_BASE_GETSETS = {
        closed => |vm, this| is_marked_closed(vm, this).map(Value::bool);
        __dict__ => |vm, this| match vm.instance_dict(this) {
            Some(dict) => Ok(dict.value()),
            None => Err(vm.no_attribute(this, vm.names.__dict__)),
        };
    }
    static TEXT_GETSETS = {
        /// Encoding of the text stream.
        ///
        /// Subclasses should override.
        encoding => |_, _| Ok(Value::NONE);
        /// Line endings translated so far.
        ///
        /// Only line endings translated during reading are considered.
        ///
        /// Subclasses should override.
        newlines => |_, _| Ok(Value::NONE);
        /// The error setting of the decoder or encoder.
        ///
        /// Subclasses should override.
        errors => |_, _| Ok(Value::NONE);
    }
}

/// The attribute that the `close` of the base class leaves.
const CLOSED_MARK: &str = "__IOBase_closed";

#[cold]
pub(super) fn closed_error(vm: &mut Vm) -> Raised {
    vm.value_error("I/O operation on closed file.")
}

fn is_marked_closed(vm: &mut Vm, this: Value) -> R<bool> {
    let mark = vm.intern(CLOSED_MARK);
    Ok(vm.find_attr(this, mark)?.is_some())
}

/// `bool(stream.closed)`.
pub(super) fn is_closed(vm: &mut Vm, this: Value) -> R<bool> {
    let closed = vm.get_attr_str(this, "closed")?;
    vm.truth(closed)
}

/// ValueError if the stream is closed.
pub(super) fn check_closed(vm: &mut Vm, this: Value) -> R<()> {
    if is_closed(vm, this)? { Err(closed_error(vm)) } else { Ok(()) }
}

fn check_ability(vm: &mut Vm, this: Value, method: &str, message: &str) -> R {
    let answer = vm.call_method_str(this, method, &[])?;
    if answer == Value::TRUE { Ok(answer) } else { Err(unsupported(vm, message)) }
}

/// `_IOBase.close(this)`: flush, and be closed even if that fails.
pub(super) fn close(vm: &mut Vm, this: Value) -> R {
    if is_marked_closed(vm, this)? {
        return Ok(Value::NONE);
    }
    let flushed = vm.call_method(this, vm.names.flush, &[]);
    finally(vm, flushed, |vm| {
        let mark = vm.intern(CLOSED_MARK);
        vm.set_attr(this, mark, Value::TRUE)
    })?;
    Ok(Value::NONE)
}

/// The result of `first`, after `last` has run. An error of `last` wins, with that of `first` as its context.
pub(super) fn finally<T>(vm: &mut Vm, first: R<T>, last: impl FnOnce(&mut Vm) -> R<()>) -> R<T> {
    match first {
        Ok(value) => last(vm).map(|()| value),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            match last(vm) {
                Ok(()) => Err(vm.raise_again(exception)),
                Err(raised) => Err(chain(vm, raised, exception)),
            }
        }
    }
}

/// Make `earlier` the context of the exception on its way.
fn chain(vm: &mut Vm, raised: Raised, earlier: Value) -> Raised {
    use haft_core::object::Exception;
    let exception = vm.take_raised(raised);
    if let Some(new) = PayloadRef::<Exception>::of_value(exception)
        && exception != earlier
    {
        new.context.set(earlier);
    }
    vm.raise_again(exception)
}

/// `__del__`: close what was not closed. Nobody could handle an error.
pub(super) fn finalize(vm: &mut Vm, this: Value) -> R {
    let closed = is_closed(vm, this);
    let closed = match closed {
        Ok(closed) => closed,
        Err(raised) => {
            vm.take_raised(raised);
            true
        }
    };
    if !closed {
        let marked = mark_finalizing(vm, this);
        let closed = marked.and_then(|()| vm.call_method(this, vm.names.close, &[]));
        if let Err(raised) = closed {
            vm.take_raised(raised);
        }
    }
    Ok(Value::NONE)
}

/// Let `close` know that it was not the program that called it.
fn mark_finalizing(vm: &mut Vm, this: Value) -> R<()> {
    if fileio::mark_finalizing(this)
        || buffered::mark_finalizing(this)
        || text::mark_finalizing(this)
    {
        return Ok(());
    }
    let name = vm.intern("_finalizing");
    let result = vm.set_attr(this, name, Value::TRUE);
    if let Err(raised) = result {
        vm.take_raised(raised);
    }
    Ok(())
}

fn iter(vm: &mut Vm, this: Value) -> R {
    check_closed(vm, this)?;
    Ok(this)
}

fn next(vm: &mut Vm, this: Value) -> R {
    let line = vm.call_method(this, vm.names.readline, &[])?;
    Ok(if vm.length(line)? == 0 { Value::ABSENT } else { line })
}

/// `readline` by `peek`, if there is one, and `read`.
fn readline(vm: &mut Vm, args: &[Value]) -> R {
    let this = args[0];
    let limit = optional_size(vm, args[1])?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_peek = super::argument::attribute(vm, this, "peek")?.is_some();
    let mut line: Vec<u8> = Vec::new();
    while line.len() < limit {
        let n = if has_peek { n_to_read(vm, this, limit - line.len())? } else { 1 };
        let n = vm.int_usize(n);
        let chunk = vm.call_method(this, vm.names.read, &[n])?;
        let Some(chunk) = vm.as_bytes(chunk) else {
            let class = vm.type_name(chunk);
            return Err(vm.raise(
                vm.exc.os_error,
                format!("read() should have returned a bytes object, not '{class}'"),
            ));
        };
        line.extend_from_slice(chunk.data());
        if chunk.is_empty() || line.last() == Some(&b'\n') {
            break;
        }
    }
    Ok(vm.bytes(&line))
}

/// How many bytes `peek` shows up to the end of the line, at least 1.
fn n_to_read(vm: &mut Vm, this: Value, limit: usize) -> R<usize> {
    let ahead = vm.call_method_str(this, "peek", &[Value::small(1)])?;
    let Some(ahead) = vm.as_bytes(ahead) else {
        let class = vm.type_name(ahead);
        return Err(vm.raise(
            vm.exc.os_error,
            format!("peek() should have returned a bytes object, not '{class}'"),
        ));
    };
    let data = &ahead.data()[..ahead.len().min(limit)];
    Ok(memchr::memchr(b'\n', data).map_or(data.len(), |at| at + 1).max(1))
}

fn readlines(vm: &mut Vm, args: &[Value]) -> R {
    let hint = optional_size(vm, args[1])?;
    let lines = vm.new_list();
    if hint <= 0 {
        vm.extend_list(lines, args[0])?;
        return Ok(lines.value());
    }
    let iter = vm.iterate(args[0])?;
    let mut total = 0;
    while total < hint {
        let line = vm.next(iter)?;
        if line.is_absent() {
            break;
        }
        lines.push(&mut vm.heap, line);
        total += vm.length(line)? as i64;
    }
    Ok(lines.value())
}

fn writelines(vm: &mut Vm, args: &[Value]) -> R {
    check_closed(vm, args[0])?;
    let this = args[0];
    vm.for_each(args[1], |vm, line| vm.call_method(this, vm.names.write, &[line]).map(drop))?;
    Ok(Value::NONE)
}

// ---- _RawIOBase

fn raw_read(vm: &mut Vm, args: &[Value]) -> R {
    let (this, size) = (args[0], optional_size(vm, args[1])?);
    let Ok(size) = usize::try_from(size) else {
        return vm.call_method_str(this, "readall", &[]);
    };
    let length = vm.int_usize(size);
    let buffer = vm.call_positional(vm.t.bytearray.value(), &[length])?;
    let n = vm.call_method_str(this, "readinto", &[buffer])?;
    if n.is_none() {
        return Ok(n);
    }
    let n = vm.index_of(n)?;
    let filled =
        PayloadRef::<ByteArray>::of_value(buffer).map_or(&[][..], |buffer| buffer.get().data());
    match usize::try_from(n).ok().and_then(|n| filled.get(..n)) {
        Some(data) => Ok(vm.bytes(data)),
        None => {
            let size = filled.len();
            Err(vm.value_error(format!("readinto returned {n} outside buffer size {size}")))
        }
    }
}

fn raw_readall(vm: &mut Vm, args: &[Value]) -> R {
    let mut all: Vec<u8> = Vec::new();
    let size = vm.int_usize(DEFAULT_BUFFER_SIZE);
    loop {
        let chunk = vm.call_method(args[0], vm.names.read, &[size])?;
        if chunk.is_none() {
            // Nothing more at the moment: what came before is the result, if there was any.
            return Ok(if all.is_empty() { chunk } else { vm.bytes(&all) });
        }
        let Some(chunk) = vm.as_bytes(chunk) else {
            return Err(vm.type_error("read() should return bytes"));
        };
        if chunk.is_empty() {
            return Ok(vm.bytes(&all));
        }
        all.extend_from_slice(chunk.data());
    }
}

// ---- _BufferedIOBase

/// `readinto` by `read`, `readinto1` by `read1`.
fn buffered_readinto(vm: &mut Vm, args: &[Value], read: &str, method: &str) -> R {
    let view = super::argument::writable_buffer(vm, args[1], method)?;
    let size = vm.int_usize(view.len);
    let data = vm.call_method_str(args[0], read, &[size])?;
    let Some(data) = vm.as_bytes(data) else {
        return Err(vm.type_error("read() should return bytes"));
    };
    if data.len() > view.len {
        let (room, n) = (view.len, data.len());
        return Err(vm.value_error(format!(
            "read() returned too much data: {room} bytes requested, {n} returned"
        )));
    }
    super::argument::fill(vm, args[1], 0, data.data())?;
    Ok(vm.int_usize(data.len()))
}

/// An offset and `whence` as `seek` takes them.
pub(super) fn seek_arguments(vm: &mut Vm, offset: Value, whence: Value) -> R<(i64, i32)> {
    let whence = c_int(vm, whence)?;
    Ok((vm.index_of(offset)?, whence))
}
