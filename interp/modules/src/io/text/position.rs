//! `tell` and `seek` of text: cookies.
//!
//! A position in text is a position in the bytes, at which the decoder holds nothing, and how to get from there to the
//! wanted character: the decoder's flags, bytes to feed to it, characters to skip then. All that is packed into one
//! int, which is the plain byte position in the usual case.
use haft_core::{R, Value, Vm};
use haft_host::constants as c;
use haft_text::IBig;
use haft_text::wtf8::n_chars;

use super::super::newline::whence;
use super::{Wrapper, codec, open, unsupported, write};

/// What a position is made of.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Cookie {
    start: u64,
    flags: u32,
    bytes_to_feed: u32,
    chars_to_skip: u32,
    needs_end: bool,
}

impl Cookie {
    fn pack(self) -> IBig {
        let parts = [
            (u64::from(self.flags), 64),
            (u64::from(self.bytes_to_feed), 96),
            (u64::from(self.chars_to_skip), 128),
            (u64::from(self.needs_end), 160),
        ];
        parts
            .into_iter()
            .fold(IBig::from(self.start), |sum, (part, shift)| sum + (IBig::from(part) << shift))
    }
    fn unpack(number: &IBig) -> Option<Cookie> {
        let word = |shift: usize| -> u64 {
            let mask = (IBig::ONE << 64) - IBig::ONE;
            u64::try_from((number >> shift) & mask).unwrap_or(0)
        };
        (number >> 168_usize == IBig::ZERO).then(|| Cookie {
            start: word(0),
            flags: word(64) as u32,
            bytes_to_feed: word(96) as u32,
            chars_to_skip: word(128) as u32,
            needs_end: word(160) != 0,
        })
    }
}

pub(super) fn tell(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0], "tell")?;
    if !this.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    if !this.telling.get() {
        return Err(vm.raise(vm.exc.os_error, "telling position disabled by next() call"));
    }
    write::write_pending(vm, this)?;
    vm.call_method(args[0], vm.names.flush, &[])?;
    let position = vm.call_method_str(this.buffer.get(), "tell", &[])?;
    let snapshot = this.snapshot.borrow().clone();
    let Some((flags, input)) = snapshot.filter(|_| this.reads.get()) else { return Ok(position) };
    let position = vm.index_of(position)? - input.len() as i64;
    let n_used = n_chars(&this.decoded.borrow()[..this.used.get()]);
    if n_used == 0 {
        let cookie = Cookie { start: position as u64, flags: flags as u32, ..Cookie::default() };
        return Ok(vm.big(cookie.pack()));
    }
    let saved = codec::decoder_get_state(vm, this)?;
    let cookie = reconstruct(vm, this, flags, &input, n_used);
    let (held, flags) = saved;
    let restored = codec::decoder_set_state(vm, this, &held, flags);
    let mut cookie = cookie?;
    restored?;
    cookie.start += position as u64;
    Ok(vm.big(cookie.pack()))
}

/// Find the byte position that belongs to `n_used` characters of what `input` decodes to. `start` of the result counts
/// from the first byte of the input.
fn reconstruct(vm: &mut Vm, this: Wrapper, flags: i64, input: &[u8], n_used: usize) -> R<Cookie> {
    let (skipped, start_flags, n_skipped) = near_start(vm, this, flags, input, n_used)?;
    let mut cookie = Cookie {
        start: skipped as u64,
        flags: start_flags as u32,
        chars_to_skip: (n_used - n_skipped) as u32,
        ..Cookie::default()
    };
    if cookie.chars_to_skip == 0 {
        return Ok(cookie);
    }
    // Feed the decoder one byte at a time, and note each place at which it holds nothing.
    let mut n_decoded = 0;
    for byte in input[skipped..].chunks(1) {
        cookie.bytes_to_feed += 1;
        n_decoded += n_chars(&codec::decode(vm, this, byte, false)?) as u32;
        let (held, flags) = codec::decoder_get_state(vm, this)?;
        if held.is_empty() && n_decoded <= cookie.chars_to_skip {
            cookie.start += u64::from(cookie.bytes_to_feed);
            cookie.chars_to_skip -= n_decoded;
            cookie.flags = flags as u32;
            cookie.bytes_to_feed = 0;
            n_decoded = 0;
        }
        if n_decoded >= cookie.chars_to_skip {
            return Ok(cookie);
        }
    }
    // The rest only comes out at the end of the file.
    n_decoded += n_chars(&codec::decode(vm, this, &[], true)?) as u32;
    cookie.needs_end = true;
    if n_decoded < cookie.chars_to_skip {
        return Err(vm.raise(vm.exc.os_error, "can't reconstruct logical file position"));
    }
    Ok(cookie)
}

/// A place in the input before the wanted character at which the decoder holds nothing, guessed from the number of
/// bytes a character takes: bytes skipped, flags there, characters skipped. The decoder is in that state afterwards.
fn near_start(
    vm: &mut Vm,
    this: Wrapper,
    flags: i64,
    input: &[u8],
    n_used: usize,
) -> R<(usize, i64, usize)> {
    let mut skip = ((this.bytes_per_char.get() * n_used as f64) as usize).min(input.len());
    let mut step = 1;
    while skip > 0 {
        codec::decoder_set_state(vm, this, &[], flags)?;
        let n = n_chars(&codec::decode(vm, this, &input[..skip], false)?);
        if n > n_used {
            skip = skip.saturating_sub(step);
            step *= 2;
            continue;
        }
        let (held, at_flags) = codec::decoder_get_state(vm, this)?;
        if held.is_empty() {
            return Ok((skip, at_flags, n));
        }
        skip = skip.saturating_sub(held.len());
        step = 1;
    }
    codec::decoder_set_state(vm, this, &[], flags)?;
    Ok((0, flags, 0))
}

pub(super) fn seek(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0], "seek")?;
    if !this.seekable.get() {
        return Err(unsupported(vm, "underlying stream is not seekable"));
    }
    let mut cookie = args[1];
    match whence(vm, args[2])? {
        c::SEEK_SET => {}
        c::SEEK_CUR => {
            if vm.truth(cookie)? {
                return Err(unsupported(vm, "can't do nonzero cur-relative seeks"));
            }
            // The stream of bytes goes to where the reader is.
            cookie = vm.call_method_str(args[0], "tell", &[])?;
        }
        c::SEEK_END => {
            if vm.truth(cookie)? {
                return Err(unsupported(vm, "can't do nonzero end-relative seeks"));
            }
            return seek_end(vm, this, args[0]);
        }
        other => {
            return Err(vm.value_error(format!("invalid whence ({other}, should be 0, 1 or 2)")));
        }
    }
    let cookie = vm.index_value(cookie)?;
    let Some(number) = vm.as_big(cookie) else {
        return Err(vm.type_error("an integer is required"));
    };
    if number < IBig::ZERO {
        let shown = vm.repr_text(cookie)?;
        return Err(vm.value_error(format!("negative seek position {shown}")));
    }
    vm.call_method(args[0], vm.names.flush, &[])?;
    let Some(parts) = Cookie::unpack(&number) else {
        return Err(vm.overflow_error("int too big to convert"));
    };
    restore(vm, this, parts)?;
    codec::reset_encoder(vm, this, parts == Cookie::default())?;
    Ok(cookie)
}

fn seek_end(vm: &mut Vm, this: Wrapper, stream: Value) -> R {
    vm.call_method(stream, vm.names.flush, &[])?;
    this.forget_decoded();
    this.snapshot.replace(None);
    if this.reads.get() {
        codec::reset_decoder(vm, this)?;
    }
    let position =
        vm.call_method_str(this.buffer.get(), "seek", &[Value::small(0), Value::small(2)])?;
    codec::reset_encoder(vm, this, position == Value::small(0))?;
    Ok(position)
}

/// Go to the position that a cookie describes.
fn restore(vm: &mut Vm, this: Wrapper, cookie: Cookie) -> R<()> {
    let start = vm.int_u64(cookie.start);
    vm.call_method_str(this.buffer.get(), "seek", &[start])?;
    this.forget_decoded();
    this.snapshot.replace(None);
    if !this.reads.get() {
        return Ok(());
    }
    if cookie == Cookie::default() {
        codec::reset_decoder(vm, this)?;
    } else {
        codec::decoder_set_state(vm, this, &[], i64::from(cookie.flags))?;
    }
    if cookie.chars_to_skip == 0 {
        this.snapshot.replace(Some((i64::from(cookie.flags), Vec::new())));
        return Ok(());
    }
    let n = vm.int(i64::from(cookie.bytes_to_feed));
    let input = vm.call_method(this.buffer.get(), vm.names.read, &[n])?;
    let Some(bytes) = vm.as_bytes(input) else {
        let class = vm.type_name(input);
        return Err(vm.type_error(format!(
            "underlying read() should have returned a bytes object, not '{class}'"
        )));
    };
    this.snapshot.replace(Some((i64::from(cookie.flags), bytes.data().to_vec())));
    let decoded = codec::decode(vm, this, bytes.data(), cookie.needs_end)?;
    if n_chars(&decoded) < cookie.chars_to_skip as usize {
        return Err(vm.raise(vm.exc.os_error, "can't restore logical file position"));
    }
    let mut used = 0;
    for _ in 0..cookie.chars_to_skip {
        used += haft_text::wtf8::sequence_len(decoded[used]);
    }
    this.decoded.replace(decoded);
    this.has_decoded.set(true);
    this.used.set(used);
    Ok(())
}
