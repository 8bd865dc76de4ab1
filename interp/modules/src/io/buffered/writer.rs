//! Writing to a buffer, and the table of methods of `BufferedWriter`.
use haft_core::{R, Raised, Value, Vm, natives};
use haft_host::constants as c;

use super::{
    Buffer, ask_raw, close, dealloc_warn, detach, is_closed, locked, raw_write, reader, ready,
    rewind, seek, tell, truncate,
};

natives! {
    pub(super) static WRITER_METHODS = {
        /// Disconnect this buffer from its underlying raw stream and return it.
        ///
        /// After the raw stream has been detached, the buffer is in an unusable
        /// state.
        detach "($self, /)" => detach;
        close "($self, /)" => close;
        seekable "($self, /)" => |vm, args| ask_raw(vm, args[0], "seekable");
        writable "($self, /)" => |vm, args| ask_raw(vm, args[0], "writable");
        fileno "($self, /)" => |vm, args| ask_raw(vm, args[0], "fileno");
        isatty "($self, /)" => |vm, args| ask_raw(vm, args[0], "isatty");
        _dealloc_warn "($self, source, /)" => dealloc_warn;
        write "($self, buffer, /)" => write;
        truncate "($self, pos=None, /)" => truncate;
        flush "($self, /)" => flush;
        seek "($self, target, whence=0, /)" => seek;
        tell "($self, /)" => tell;
        __reduce__ "($self, /)" => super::super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::super::open::cannot_pickle;
    }
}

pub(super) fn write(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "write")?;
    let view = vm.buffer_of(args[1])?;
    write_bytes(vm, this, view.bytes())?;
    Ok(vm.int_usize(view.len))
}

/// Put bytes into the buffer; what does not fit goes to the raw stream.
///
/// The bytes may belong to an object that other threads change while this one waits for the raw stream; then it is
/// open what is written, as everywhere.
pub(in crate::io) fn write_bytes(vm: &mut Vm, this: Buffer, data: &[u8]) -> R<()> {
    if is_closed(vm, this)? {
        return Err(vm.value_error("write to closed file"));
    }
    if this.lock.is_free() && this.ahead.borrow().is_empty() && data.len() <= room(this) {
        this.pending.borrow_mut().extend_from_slice(data);
        return Ok(());
    }
    locked(vm, this, |vm| write_locked(vm, this, data))
}

/// How much the buffer can take without being written out.
fn room(this: Buffer) -> usize {
    this.size.get().saturating_sub(this.n_pending())
}

fn write_locked(vm: &mut Vm, this: Buffer, data: &[u8]) -> R<()> {
    reader::before_write(vm, this)?;
    if data.len() <= room(this) {
        this.pending.borrow_mut().extend_from_slice(data);
        return Ok(());
    }
    let flushed = flush_pending(vm, this);
    if vm.catch(flushed, vm.exc.blocking_io_error)?.is_none() {
        // The raw stream takes nothing at the moment; keep as much as there is room for.
        let taken = room(this).min(data.len());
        this.pending.borrow_mut().extend_from_slice(&data[..taken]);
        return if taken == data.len() { Ok(()) } else { Err(would_block(vm, taken)) };
    }
    let (mut written, size) = (0, this.size.get());
    while data.len() - written > size {
        match raw_write(vm, this, &data[written..])? {
            Some(n) => written += n,
            None => {
                let taken = size.min(data.len() - written);
                this.pending.borrow_mut().extend_from_slice(&data[written..written + taken]);
                written += taken;
                if written < data.len() {
                    return Err(would_block(vm, written));
                }
            }
        }
    }
    this.pending.borrow_mut().extend_from_slice(&data[written..]);
    Ok(())
}

/// BlockingIOError with the number of bytes that were taken nevertheless.
#[cold]
fn would_block(vm: &mut Vm, n: usize) -> Raised {
    let number = vm.int(i64::from(c::EAGAIN));
    let text = vm.str("write could not complete without blocking");
    let n = vm.int_usize(n);
    vm.raise_with(vm.exc.blocking_io_error, &[number, text, n])
}

/// Write everything out. The object's lock is held.
pub(super) fn flush_pending(vm: &mut Vm, this: Buffer) -> R<()> {
    if this.n_pending() == 0 {
        return Ok(());
    }
    // The bytes are taken out while others may run, so that the buffer is not borrowed then.
    let data = this.pending.take();
    let mut written = 0;
    let result = loop {
        if written == data.len() {
            break Ok(());
        }
        match raw_write(vm, this, &data[written..]) {
            Ok(Some(n)) => written += n,
            Ok(None) => break Err(would_block(vm, 0)),
            Err(raised) => break Err(raised),
        }
        // A signal that arrives between two writes has its handler run between them.
        if let Err(raised) = crate::process::signal::run_handlers(vm) {
            break Err(raised);
        }
    };
    let mut pending = data;
    pending.drain(..written);
    this.pending.replace(pending);
    result
}

/// `flush()`: everything is written, and the raw stream is where the program believes it to be.
pub(super) fn flush(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "flush")?;
    flush_buffer(vm, this)?;
    Ok(Value::NONE)
}

pub(in crate::io) fn flush_buffer(vm: &mut Vm, this: Buffer) -> R<()> {
    if is_closed(vm, this)? {
        return Err(vm.value_error("flush of closed file"));
    }
    locked(vm, this, |vm| {
        flush_pending(vm, this)?;
        if this.reads.get() {
            rewind(vm, this)?;
        }
        Ok(())
    })
}
