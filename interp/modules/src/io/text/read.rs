//! Reading text.
use haft_core::{R, Value, Vm};
use haft_text::wtf8::n_chars;

use super::super::argument::optional_size;
use super::super::buffered;
use super::{Wrapper, codec, is_exact, open, unsupported, write};

fn readable(vm: &mut Vm, value: Value, method: &str) -> R<Wrapper> {
    let this = open(vm, value, method)?;
    if this.reads.get() { Ok(this) } else { Err(unsupported(vm, "not readable")) }
}

pub(super) fn read(vm: &mut Vm, args: &[Value]) -> R {
    let this = readable(vm, args[0], "read")?;
    let size = optional_size(vm, args[1])?;
    write::write_pending(vm, this)?;
    let Ok(n) = usize::try_from(size) else { return read_all(vm, this) };
    let mut text = Vec::new();
    let mut left = n - take_chars(this, n, &mut text);
    while left > 0 && read_chunk(vm, this, left)? {
        left -= take_chars(this, left, &mut text);
    }
    Ok(vm.str_wtf8(&text))
}

fn read_all(vm: &mut Vm, this: Wrapper) -> R {
    let bytes = vm.call_method(this.buffer.get(), vm.names.read, &[])?;
    if bytes.is_none() {
        return Err(vm.raise(vm.exc.blocking_io_error, "Read returned None."));
    }
    let Some(bytes) = vm.as_bytes(bytes) else {
        let class = vm.type_name(bytes);
        return Err(vm.type_error(format!(
            "underlying read() should have returned a bytes-like object, not '{class}'"
        )));
    };
    let rest = codec::decode(vm, this, bytes.data(), true)?;
    let result = {
        let decoded = this.get().decoded.borrow();
        let waiting = &decoded[this.used.get()..];
        if waiting.is_empty() {
            vm.str_wtf8(&rest)
        } else {
            vm.str_wtf8(&[waiting, &rest].concat())
        }
    };
    this.forget_decoded();
    this.snapshot.replace(None);
    Ok(result)
}

/// Take up to `n` characters of the decoded text; how many there were.
fn take_chars(this: Wrapper, n: usize, out: &mut Vec<u8>) -> usize {
    let decoded = this.decoded.borrow();
    let rest = &decoded[this.used.get()..];
    let (len, count) = prefix(rest, n);
    out.extend_from_slice(&rest[..len]);
    this.used.set(this.used.get() + len);
    count
}

/// Bytes and number of the first `n` characters, or of all.
fn prefix(text: &[u8], n: usize) -> (usize, usize) {
    if text.len() <= n && text.is_ascii() {
        return (text.len(), text.len());
    }
    let (mut count, mut at) = (0, 0);
    while at < text.len() && count < n {
        at += haft_text::wtf8::sequence_len(text[at]);
        count += 1;
    }
    (at, count)
}

/// Read and decode a chunk; it replaces the decoded text, which was used up. False at the end of the file.
///
/// For `tell`, the bytes and the state of the decoder before them are kept.
pub(super) fn read_chunk(vm: &mut Vm, this: Wrapper, size_hint: usize) -> R<bool> {
    let before = if this.telling.get() { Some(codec::decoder_get_state(vm, this)?) } else { None };
    let mut size = this.chunk_size.get();
    if size_hint > 0 {
        size = size.max((this.bytes_per_char.get().max(1.0) * size_hint as f64) as usize);
    }
    let mut input = Vec::new();
    read_bytes(vm, this, size, &mut input)?;
    let at_end = input.is_empty();
    let decoded = codec::decode(vm, this, &input, at_end)?;
    let count = n_chars(&decoded);
    this.bytes_per_char.set(if count > 0 { input.len() as f64 / count as f64 } else { 0.0 });
    let more = !at_end || count > 0;
    this.decoded.replace(decoded);
    this.used.set(0);
    this.has_decoded.set(true);
    if let Some((mut held, flags)) = before {
        held.extend_from_slice(&input);
        this.snapshot.replace(Some((flags, held)));
    }
    Ok(more)
}

fn read_bytes(vm: &mut Vm, this: Wrapper, size: usize, out: &mut Vec<u8>) -> R<()> {
    if let Some(buffer) = this.direct.get() {
        buffered::check_readable_open(vm, buffer)?;
        return buffered::read_once_into(vm, buffer, size, out);
    }
    let method = if this.has_read1.get() { "read1" } else { "read" };
    let size = vm.int_usize(size);
    let got = vm.call_method_str(this.buffer.get(), method, &[size])?;
    if vm.type_of(got).slots.buffer.get().is_none() {
        let class = vm.type_name(got);
        let text = format!(
            "underlying {method}() should have returned a bytes-like object, not '{class}'"
        );
        return Err(vm.type_error(text));
    }
    let view = vm.buffer_of(got)?;
    out.extend_from_slice(view.bytes());
    Ok(())
}

pub(super) fn readline(vm: &mut Vm, args: &[Value]) -> R {
    let limit = optional_size(vm, args[1])?;
    let this = readable(vm, args[0], "readline")?;
    line(vm, this, usize::try_from(limit).ok())
}

/// The next line, at most `limit` characters of it; `''` at the end of the file.
fn line(vm: &mut Vm, this: Wrapper, limit: Option<usize>) -> R {
    if !this.pending.borrow().is_empty() {
        write::write_pending(vm, this)?;
    }
    let (newline, translated) = (this.newline.get(), this.translates());
    // The usual case: the whole line was decoded.
    if limit.is_none() {
        let decoded = this.get().decoded.borrow();
        let rest = &decoded[this.used.get()..];
        if let Some(len) = newline.line_end(rest, translated) {
            let line = vm.str_wtf8(&rest[..len]);
            this.used.set(this.used.get() + len);
            return Ok(line);
        }
    }
    let mut text: Vec<u8> = Vec::new();
    loop {
        // What was decoded is appended as a whole; what is too much is given back below.
        let before = text.len();
        let start = this.used.get();
        text.extend_from_slice(&this.decoded.borrow()[start..]);
        // A line end may begin in the piece before.
        let from = before.saturating_sub(1);
        let mut end = newline.line_end(&text[from..], translated).map(|len| from + len);
        if let Some(limit) = limit {
            let (len, count) = prefix(&text, limit);
            if count == limit && end.is_none_or(|end| len < end) {
                end = Some(len);
            }
        }
        if let Some(end) = end {
            this.used.set(start + (end - before));
            text.truncate(end);
            return Ok(vm.str_wtf8(&text));
        }
        loop {
            if !read_chunk(vm, this, 0)? {
                this.forget_decoded();
                this.snapshot.replace(None);
                return Ok(vm.str_wtf8(&text));
            }
            if !this.decoded.borrow().is_empty() {
                break;
            }
        }
    }
}

/// The `next` slot: the next line.
pub(super) fn next(vm: &mut Vm, value: Value) -> R {
    let this = super::ready(vm, value, "__next__")?;
    this.telling.set(false);
    let line = if is_exact(vm, value)? {
        readable(vm, value, "readline")?;
        line(vm, this, None)?
    } else {
        vm.call_method(value, vm.names.readline, &[])?
    };
    let Some(text) = vm.as_str(line) else {
        let class = vm.type_name(line);
        let message = format!("readline() should have returned a str object, not '{class}'");
        return Err(vm.raise(vm.exc.os_error, message));
    };
    if text.is_empty() {
        this.snapshot.replace(None);
        this.telling.set(this.seekable.get());
        return Ok(Value::ABSENT);
    }
    Ok(line)
}
