//! Choosing and using the codec of a text stream.
use haft_core::object::{Str, Tuple};
use haft_core::{R, Value, Vm};
use haft_text::codecs::{
    Builtin, Codec, Decoded, ErrorHandler, decode_ascii, decode_latin1, decode_utf8, encode_ascii,
    encode_latin1, encode_utf8,
};

use super::super::newline::decoder_state;
use super::Wrapper;
use crate::codec_error;
use crate::warn::import;

/// An encoding that is converted without Python code, and what to do about errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NativeCodec {
    codec: Codec,
    handler: ErrorHandler,
}

impl NativeCodec {
    fn find(encoding: &[u8], errors: &[u8]) -> Option<NativeCodec> {
        let codec = Codec::from_name(encoding)
            .filter(|codec| matches!(codec, Codec::Utf8 | Codec::Ascii | Codec::Latin1))?;
        let handler = ErrorHandler::from_name(errors)?;
        Some(NativeCodec { codec, handler })
    }
}

/// The encoding that a parameter means: None and `locale` are that of the system.
pub(super) fn resolve(vm: &mut Vm, encoding: Value) -> R {
    let is_locale = vm.as_str(encoding).is_some_and(|name| name.bytes() == b"locale");
    if !encoding.is_none() && !is_locale {
        return Ok(encoding);
    }
    Ok(vm.str(locale_encoding(vm)))
}

/// `locale.getencoding()`. Haft runs in UTF-8 whatever the locale.
pub(super) fn locale_encoding(_: &Vm) -> &'static str {
    "utf-8"
}

/// Set the encoding and error handler of a stream; the codec's entry in the registry, unless it is native.
pub(super) fn select(
    vm: &mut Vm,
    this: Wrapper,
    encoding: Value,
    errors: Value,
) -> R<Option<Value>> {
    let bytes = |value| vm.as_str(value).map_or(&[][..], Str::bytes);
    let native = NativeCodec::find(bytes(encoding), bytes(errors));
    let info = if native.is_some() { None } else { Some(look_up(vm, encoding)?) };
    this.native.set(native);
    this.encoding.set(encoding);
    this.errors.set(errors);
    Ok(info)
}

/// `codecs.lookup(encoding)`; LookupError if it is not for text.
fn look_up(vm: &mut Vm, encoding: Value) -> R {
    let codecs = import(vm, "_codecs")?;
    let info = vm.call_method_str(codecs, "lookup", &[encoding])?;
    let name = vm.intern("_is_text_encoding");
    if let Some(is_text) = vm.find_attr(info, name)?
        && !vm.truth(is_text)?
    {
        let shown = vm.str_text(encoding)?;
        let text = format!(
            "'{shown}' is not a text encoding; use codecs.open() to handle arbitrary codecs"
        );
        return Err(vm.lookup_error(text));
    }
    Ok(info)
}

/// Make the incremental coders of an encoding that is not native.
pub(super) fn make_coders(vm: &mut Vm, this: Wrapper, info: Option<Value>) -> R<()> {
    this.partial.borrow_mut().clear();
    this.decoder.set(Value::ABSENT);
    this.encoder.set(Value::ABSENT);
    let Some(info) = info else { return Ok(()) };
    if this.reads.get() {
        let decoder = vm.call_method_str(info, "incrementaldecoder", &[this.errors.get()])?;
        this.decoder.set(decoder);
    }
    if this.writes.get() {
        let encoder = vm.call_method_str(info, "incrementalencoder", &[this.errors.get()])?;
        this.encoder.set(encoder);
    }
    Ok(())
}

/// No byte order mark in the middle of a file.
pub(super) fn continue_stream(vm: &mut Vm, this: Wrapper) -> R<()> {
    if !this.seekable.get() || this.encoder.get().is_absent() {
        return Ok(());
    }
    let position = vm.call_method_str(this.buffer.get(), "tell", &[])?;
    if position != Value::small(0) {
        reset_encoder(vm, this, false)?;
    }
    Ok(())
}

/// Set the encoder back to the start of a stream, or to behind it.
pub(super) fn reset_encoder(vm: &mut Vm, this: Wrapper, at_start: bool) -> R<()> {
    let encoder = this.encoder.get();
    if encoder.is_absent() {
        return Ok(());
    }
    if at_start {
        vm.call_method_str(encoder, "reset", &[])?;
    } else {
        vm.call_method_str(encoder, "setstate", &[Value::small(0)])?;
    }
    Ok(())
}

/// Encode text into `out`.
pub(super) fn encode(vm: &mut Vm, this: Wrapper, text: Str, out: &mut Vec<u8>) -> R<()> {
    let Some(NativeCodec { codec, handler }) = this.native.get() else {
        let encoded = vm.call_method_str(this.encoder.get(), "encode", &[text.value()])?;
        let Some(bytes) = vm.as_bytes(encoded) else {
            let class = vm.type_name(encoded);
            return Err(
                vm.type_error(format!("encoder should return a bytes object, not '{class}'"))
            );
        };
        out.extend_from_slice(bytes.data());
        return Ok(());
    };
    if text.is_ascii() {
        out.extend_from_slice(text.bytes());
        return Ok(());
    }
    let mut builtin = Builtin::new(handler, text.bytes());
    let encoded = match codec {
        Codec::Ascii => encode_ascii(text.bytes(), &mut builtin),
        Codec::Latin1 => encode_latin1(text.bytes(), &mut builtin),
        _ => encode_utf8(text.bytes(), &mut builtin),
    };
    match encoded {
        Ok(bytes) => out.extend_from_slice(&bytes),
        Err(fault) => return Err(codec_error::encode_error(vm, &fault, text.value())),
    }
    Ok(())
}

/// Decode a piece of input, line ends included; `last` if nothing follows.
pub(super) fn decode(vm: &mut Vm, this: Wrapper, input: &[u8], last: bool) -> R<Vec<u8>> {
    let text = match this.native.get() {
        Some(native) => decode_native(vm, this, native, input, last)?,
        None => decode_by_object(vm, this, input, last)?,
    };
    Ok(if this.newline.get().is_universal() {
        this.get().newlines.decode(text, last)
    } else {
        text
    })
}

fn decode_by_object(vm: &mut Vm, this: Wrapper, input: &[u8], last: bool) -> R<Vec<u8>> {
    let input = vm.bytes(input);
    let decoded = vm.call_method_str(this.decoder.get(), "decode", &[input, Value::bool(last)])?;
    match vm.as_str(decoded) {
        Some(text) => Ok(text.bytes().to_vec()),
        None => {
            let class = vm.type_name(decoded);
            Err(vm.type_error(format!("decoder should return a string result, not '{class}'")))
        }
    }
}

fn decode_native(
    vm: &mut Vm,
    this: Wrapper,
    native: NativeCodec,
    input: &[u8],
    last: bool,
) -> R<Vec<u8>> {
    let mut joined = this.partial.take();
    let bytes = if joined.is_empty() {
        input
    } else {
        joined.extend_from_slice(input);
        &joined
    };
    if bytes.is_ascii() {
        return Ok(bytes.to_vec());
    }
    let mut handler = Builtin::new(native.handler, bytes);
    let decoded = match native.codec {
        Codec::Ascii => decode_ascii(bytes, &mut handler),
        Codec::Latin1 => Ok(Decoded { text: decode_latin1(bytes), consumed: bytes.len() }),
        _ => decode_utf8(bytes, last, &mut handler),
    };
    match decoded {
        Ok(decoded) => {
            this.partial.borrow_mut().extend_from_slice(&bytes[decoded.consumed..]);
            Ok(decoded.text)
        }
        Err(fault) => {
            let object = vm.bytes(bytes);
            Err(codec_error::decode_error(vm, &fault, object))
        }
    }
}

/// Bytes the decoder holds, and its flags.
pub(super) fn decoder_get_state(vm: &mut Vm, this: Wrapper) -> R<(Vec<u8>, i64)> {
    let (held, flags) = if this.decoder.get().is_absent() {
        (this.partial.borrow().clone(), 0)
    } else {
        let state = vm.call_method_str(this.decoder.get(), "getstate", &[])?;
        let (held, flags) = decoder_state(vm, state)?;
        (vm.as_bytes(held).map_or_else(Vec::new, |bytes| bytes.data().to_vec()), flags)
    };
    if !this.newline.get().is_universal() {
        return Ok((held, flags));
    }
    Ok((held, flags << 1 | i64::from(this.newlines.pending_cr.get())))
}

/// Put the decoder into a state that [`decoder_get_state`] gave.
pub(super) fn decoder_set_state(vm: &mut Vm, this: Wrapper, held: &[u8], mut flags: i64) -> R<()> {
    if this.newline.get().is_universal() {
        this.newlines.pending_cr.set(flags & 1 == 1);
        flags >>= 1;
    }
    if this.decoder.get().is_absent() {
        this.partial.replace(held.to_vec());
        return Ok(());
    }
    let (held, flags) = (vm.bytes(held), vm.int(flags));
    let state = Tuple::new(&mut vm.heap, &[held, flags]).value();
    vm.call_method_str(this.decoder.get(), "setstate", &[state])?;
    Ok(())
}

/// Forget what the decoder holds.
pub(super) fn reset_decoder(vm: &mut Vm, this: Wrapper) -> R<()> {
    this.newlines.reset();
    this.partial.borrow_mut().clear();
    if !this.decoder.get().is_absent() {
        vm.call_method_str(this.decoder.get(), "reset", &[])?;
    }
    Ok(())
}
