//! Writing text.
use haft_core::object::Str;
use haft_core::{R, Value, Vm};

use super::super::buffered;
use super::super::newline::translate_written;
use super::{Wrapper, codec, is_closed, is_exact, open, unsupported};

pub(super) fn write(vm: &mut Vm, args: &[Value]) -> R {
    let Some(text) = vm.as_str(args[1]) else {
        let class = vm.type_name(args[1]);
        return Err(vm.type_error(format!("write() argument must be str, not {class}")));
    };
    let this = open(vm, args[0], "write")?;
    write_to(vm, this, text)?;
    Ok(vm.int_usize(text.len()))
}

/// `stream.write(text)` for a stream that is exactly a `TextIOWrapper`; false if it is something else. This is what
/// `print` calls.
pub fn write_text(vm: &mut Vm, stream: Value, text: Str) -> R<bool> {
    let Some(this) = Wrapper::of_value(stream) else { return Ok(false) };
    if !is_exact(vm, stream)? || this.buffer.get().is_absent() || is_closed(vm, this)? {
        return Ok(false);
    }
    write_to(vm, this, text)?;
    Ok(true)
}

fn write_to(vm: &mut Vm, this: Wrapper, text: Str) -> R<()> {
    if !this.writes.get() {
        return Err(unsupported(vm, "not writable"));
    }
    let (end, line_buffering) = (this.newline.get().written(), this.line_buffering.get());
    let has_lf = (end.is_some() || line_buffering) && memchr::memchr(b'\n', text.bytes()).is_some();
    let flushes = line_buffering && (has_lf || memchr::memchr(b'\r', text.bytes()).is_some());
    let translated = match end {
        Some(end) if has_lf => {
            let bytes = translate_written(text, end);
            let value = vm.str_wtf8(&bytes);
            vm.as_str(value).unwrap_or(text)
        }
        _ => text,
    };
    // Encoding may run Python, which may write as well: its text then comes first.
    let mut encoded = Vec::new();
    let mut pending = if this.native.get().is_some() { this.pending.take() } else { Vec::new() };
    let result = if this.native.get().is_some() {
        codec::encode(vm, this, translated, &mut pending)
    } else {
        codec::encode(vm, this, translated, &mut encoded)
    };
    if this.native.get().is_some() {
        this.pending.replace(pending);
    } else {
        this.pending.borrow_mut().extend_from_slice(&encoded);
    }
    result?;
    let n_pending = this.pending.borrow().len();
    if n_pending >= this.chunk_size.get() || flushes || this.write_through.get() {
        write_pending(vm, this)?;
    }
    if flushes {
        flush_bytes(vm, this)?;
    }
    if this.has_decoded.get() || this.snapshot.borrow().is_some() {
        this.forget_decoded();
        this.snapshot.replace(None);
    }
    if this.reads.get() {
        codec::reset_decoder(vm, this)?;
    }
    Ok(())
}

/// Hand the encoded bytes to the stream of bytes.
pub(super) fn write_pending(vm: &mut Vm, this: Wrapper) -> R<()> {
    if this.pending.borrow().is_empty() {
        return Ok(());
    }
    let mut pending = this.pending.take();
    match this.direct.get() {
        Some(buffer) => {
            let result = buffered::write_bytes(vm, buffer, &pending);
            // The room is kept for the next text, unless somebody has written meanwhile.
            pending.clear();
            if this.pending.borrow().capacity() == 0 {
                this.pending.replace(pending);
            }
            result
        }
        None => {
            let bytes = vm.bytes(&pending);
            loop {
                let result = vm.call_method(this.buffer.get(), vm.names.write, &[bytes]);
                if vm.catch(result, vm.exc.interrupted_error)?.is_some() {
                    return Ok(());
                }
                crate::process::signal::run_handlers(vm)?;
            }
        }
    }
}

fn flush_bytes(vm: &mut Vm, this: Wrapper) -> R<()> {
    match this.direct.get() {
        Some(buffer) if buffered::is_writer(vm, buffer)? => buffered::flush_buffer(vm, buffer),
        _ => vm.call_method(this.buffer.get(), vm.names.flush, &[]).map(drop),
    }
}

/// `flush()`.
pub(super) fn flush(vm: &mut Vm, this: Wrapper) -> R<()> {
    this.telling.set(this.seekable.get());
    write_pending(vm, this)?;
    flush_bytes(vm, this)
}
