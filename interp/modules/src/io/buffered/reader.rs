//! Reading from a buffer, and the tables of methods of `BufferedReader` and `BufferedRandom`.
#![expect(clippy::nonminimal_bool, reason = "written as the rule reads")]
use haft_core::{R, Value, Vm, natives};

use super::super::argument::{self, optional_size};
use super::{
    Buffer, ask_raw, close, dealloc_warn, detach, fileio, locked, open, raw_read, rewind, seek,
    tell, truncate, writer,
};

natives! {
    pub(super) static READER_METHODS = {
        /// Disconnect this buffer from its underlying raw stream and return it.
        ///
        /// After the raw stream has been detached, the buffer is in an unusable
        /// state.
        detach "($self, /)" => detach;
        flush "($self, /)" => |vm, args| ask_raw(vm, args[0], "flush");
        close "($self, /)" => close;
        seekable "($self, /)" => |vm, args| ask_raw(vm, args[0], "seekable");
        readable "($self, /)" => |vm, args| ask_raw(vm, args[0], "readable");
        fileno "($self, /)" => |vm, args| ask_raw(vm, args[0], "fileno");
        isatty "($self, /)" => |vm, args| ask_raw(vm, args[0], "isatty");
        _dealloc_warn "($self, source, /)" => dealloc_warn;
        read "($self, size=-1, /)" => read;
        peek "($self, size=0, /)" => peek;
        read1 "($self, size=-1, /)" => read1;
        readinto "($self, buffer, /)" => |vm, args| readinto(vm, args, "readinto");
        readinto1 "($self, buffer, /)" => |vm, args| readinto(vm, args, "readinto1");
        readline "($self, size=-1, /)" => readline;
        seek "($self, target, whence=0, /)" => seek;
        tell "($self, /)" => tell;
        truncate "($self, pos=None, /)" => truncate;
        __reduce__ "($self, /)" => super::super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::super::open::cannot_pickle;
    }
    pub(super) static RANDOM_METHODS = {
        /// Disconnect this buffer from its underlying raw stream and return it.
        ///
        /// After the raw stream has been detached, the buffer is in an unusable
        /// state.
        detach "($self, /)" => detach;
        flush "($self, /)" => writer::flush;
        close "($self, /)" => close;
        seekable "($self, /)" => |vm, args| ask_raw(vm, args[0], "seekable");
        readable "($self, /)" => |vm, args| ask_raw(vm, args[0], "readable");
        writable "($self, /)" => |vm, args| ask_raw(vm, args[0], "writable");
        fileno "($self, /)" => |vm, args| ask_raw(vm, args[0], "fileno");
        isatty "($self, /)" => |vm, args| ask_raw(vm, args[0], "isatty");
        _dealloc_warn "($self, source, /)" => dealloc_warn;
        read "($self, size=-1, /)" => read;
        peek "($self, size=0, /)" => peek;
        read1 "($self, size=-1, /)" => read1;
        readinto "($self, buffer, /)" => |vm, args| readinto(vm, args, "readinto");
        readinto1 "($self, buffer, /)" => |vm, args| readinto(vm, args, "readinto1");
        readline "($self, size=-1, /)" => readline;
        seek "($self, target, whence=0, /)" => seek;
        tell "($self, /)" => tell;
        truncate "($self, pos=None, /)" => truncate;
        write "($self, buffer, /)" => writer::write;
        __reduce__ "($self, /)" => super::super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::super::open::cannot_pickle;
    }
}

/// Make room in the order of things: what is to be written comes first.
fn before_read(vm: &mut Vm, this: Buffer) -> R<()> {
    if this.writes.get() { writer::flush_pending(vm, this) } else { Ok(()) }
}

/// Is reading from what was read ahead all there is to do?
fn may_take(this: Buffer, n: usize) -> bool {
    this.lock.is_free() && this.n_ahead() >= n && this.n_pending() == 0
}

/// Read once into the empty buffer; how much came, `None` if it would block.
fn fill(vm: &mut Vm, this: Buffer) -> R<Option<usize>> {
    let mut ahead = this.ahead.take();
    let kept = if this.taken.get() == ahead.len() {
        ahead.clear();
        this.taken.set(0);
        0
    } else {
        ahead.len()
    };
    let room = this.size.get().saturating_sub(kept).max(1);
    let got = raw_read(vm, this, &mut ahead, room);
    this.ahead.replace(ahead);
    got
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    let size = optional_size(vm, args[1])?;
    let this = open(vm, args[0], "read")?;
    match usize::try_from(size) {
        Ok(n) => read_exactly(vm, this, n),
        Err(_) if size < -1 => Err(vm.value_error("read length must be non-negative or -1")),
        Err(_) => locked(vm, this, |vm| read_all(vm, this)),
    }
}

/// `n` bytes, fewer at the end of the file; None if nothing is there yet.
pub(in crate::io) fn read_exactly(vm: &mut Vm, this: Buffer, n: usize) -> R {
    if may_take(this, n) {
        let mut out = Vec::with_capacity(n);
        this.take_ahead(n, &mut out);
        return Ok(vm.bytes(&out));
    }
    locked(vm, this, |vm| {
        before_read(vm, this)?;
        let mut out = Vec::new();
        this.take_ahead(n, &mut out);
        let size = this.size.get();
        while out.len() < n {
            // Whole buffers go directly to the caller.
            let left = n - out.len();
            let direct = left - left % size;
            let got = if direct > 0 {
                raw_read(vm, this, &mut out, direct)?
            } else {
                let got = fill(vm, this)?;
                this.take_ahead(left, &mut out);
                got
            };
            match got {
                None if out.is_empty() => return Ok(Value::NONE),
                None | Some(0) => break,
                Some(_) => {}
            }
        }
        Ok(vm.bytes(&out))
    })
}

/// Everything to the end of the file.
fn read_all(vm: &mut Vm, this: Buffer) -> R {
    before_read(vm, this)?;
    let mut out = Vec::new();
    this.take_ahead(usize::MAX, &mut out);
    this.forget_ahead();
    this.position.set(None);
    if let Some(file) = this.file.get() {
        super::check_file(vm, file)?;
        let got = fileio::append_all(vm, file, &mut out)?;
        return Ok(if got.is_none() && out.is_empty() { Value::NONE } else { vm.bytes(&out) });
    }
    let raw = this.raw.get();
    if let Some(readall) = argument::attribute(vm, raw, "readall")? {
        let rest = vm.call_positional(readall, &[])?;
        if rest.is_none() {
            return Ok(if out.is_empty() { rest } else { vm.bytes(&out) });
        }
        let Some(rest) = vm.as_bytes(rest) else {
            return Err(vm.type_error("readall() should return bytes"));
        };
        out.extend_from_slice(rest.data());
        return Ok(vm.bytes(&out));
    }
    loop {
        let chunk = vm.call_method(raw, vm.names.read, &[])?;
        match vm.as_bytes(chunk) {
            Some(bytes) if !bytes.is_empty() => out.extend_from_slice(bytes.data()),
            None if !chunk.is_none() => return Err(vm.type_error("read() should return bytes")),
            _ if out.is_empty() => return Ok(chunk),
            _ => return Ok(vm.bytes(&out)),
        }
    }
}

fn peek(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0], "peek")?;
    vm.index_of(args[1])?;
    locked(vm, this, |vm| {
        before_read(vm, this)?;
        if this.n_ahead() == 0 {
            fill(vm, this)?;
        }
        let shown = this.ahead.borrow()[this.taken.get()..].to_vec();
        Ok(vm.bytes(&shown))
    })
}

fn read1(vm: &mut Vm, args: &[Value]) -> R {
    let size = vm.index_of(args[1])?;
    let this = open(vm, args[0], "read")?;
    let n = usize::try_from(size).unwrap_or(this.size.get());
    read_once(vm, this, n)
}

/// Up to `n` bytes with at most one read of the raw stream.
pub(in crate::io) fn read_once(vm: &mut Vm, this: Buffer, n: usize) -> R {
    let mut out = Vec::new();
    read_once_into(vm, this, n, &mut out)?;
    Ok(vm.bytes(&out))
}

/// As [`read_once`], behind what is in `out`.
pub(in crate::io) fn read_once_into(
    vm: &mut Vm,
    this: Buffer,
    n: usize,
    out: &mut Vec<u8>,
) -> R<()> {
    if n == 0 {
        return Ok(());
    }
    if may_take(this, 1) {
        this.take_ahead(n, out);
        return Ok(());
    }
    locked(vm, this, |vm| {
        before_read(vm, this)?;
        if this.take_ahead(n, out) == 0 {
            this.forget_ahead();
            raw_read(vm, this, out, n)?;
        }
        Ok(())
    })
}

fn readinto(vm: &mut Vm, args: &[Value], method: &str) -> R {
    let view = argument::writable_buffer(vm, args[1], method)?;
    let this = open(vm, args[0], "readinto")?;
    let once = method == "readinto1";
    let len = view.len;
    locked(vm, this, |vm| {
        let mut out = Vec::new();
        this.take_ahead(len, &mut out);
        if out.len() < len {
            before_read(vm, this)?;
        }
        while out.len() < len && !(once && !out.is_empty()) {
            let left = len - out.len();
            let got = if left > this.size.get() {
                raw_read(vm, this, &mut out, left)?
            } else {
                let got = fill(vm, this)?;
                this.take_ahead(left, &mut out);
                got
            };
            match got {
                None if out.is_empty() => return Ok(Value::NONE),
                None | Some(0) => break,
                Some(_) => {}
            }
        }
        argument::fill(vm, args[1], 0, &out)?;
        Ok(vm.int_usize(out.len()))
    })
}

fn readline(vm: &mut Vm, args: &[Value]) -> R {
    let limit = optional_size(vm, args[1])?;
    let this = open(vm, args[0], "readline")?;
    line(vm, this, usize::try_from(limit).unwrap_or(usize::MAX))
}

/// The end of the line in the bytes read ahead, at most `limit` bytes away.
fn line_end(this: Buffer, limit: usize) -> Option<usize> {
    let ahead = this.ahead.borrow();
    let data = &ahead[this.taken.get()..];
    let data = &data[..data.len().min(limit)];
    match memchr::memchr(b'\n', data) {
        Some(at) => Some(at + 1),
        None if data.len() == limit => Some(limit),
        None => None,
    }
}

fn line(vm: &mut Vm, this: Buffer, limit: usize) -> R {
    if this.lock.is_free()
        && this.n_pending() == 0
        && let Some(n) = line_end(this, limit)
    {
        let (ahead, start) = (this.get().ahead.borrow(), this.taken.get());
        let line = vm.bytes(&ahead[start..start + n]);
        this.taken.set(start + n);
        return Ok(line);
    }
    locked(vm, this, |vm| {
        before_read(vm, this)?;
        let mut out = Vec::new();
        loop {
            if let Some(n) = line_end(this, limit - out.len()) {
                this.take_ahead(n, &mut out);
                return Ok(vm.bytes(&out));
            }
            this.take_ahead(usize::MAX, &mut out);
            if !matches!(fill(vm, this)?, Some(1..)) {
                return Ok(vm.bytes(&out));
            }
        }
    })
}

/// The `next` slot: the next line.
pub(super) fn next(vm: &mut Vm, value: Value) -> R {
    let line = match super::exact_buffer(vm, value) {
        Some(_) => {
            let this = open(vm, value, "readline")?;
            line(vm, this, usize::MAX)?
        }
        None => {
            let line = vm.call_method(value, vm.names.readline, &[])?;
            if vm.as_bytes(line).is_none() {
                let class = vm.type_name(line);
                let text = format!("readline() should have returned a bytes object, not '{class}'");
                return Err(vm.raise(vm.exc.os_error, text));
            }
            line
        }
    };
    Ok(if vm.as_bytes(line).is_some_and(|line| line.is_empty()) { Value::ABSENT } else { line })
}

/// Before something is written: the raw stream goes to where reading stopped.
pub(super) fn before_write(vm: &mut Vm, this: Buffer) -> R<()> {
    if this.reads.get() { rewind(vm, this) } else { Ok(()) }
}
