//! `str.encode` and `bytes.decode`: the codecs of the runtime itself, and the registry for all others.
use std::borrow::Cow;

use haft_core::object::{Bytes, Str};
use haft_core::{R, Raised, Value, Vm};
use haft_text::codecs::{
    Codec, Endian, ErrorHandler, Fault, Handler, Substitute, decode_ascii, decode_latin1,
    decode_utf8, decode_utf16, decode_utf32, encode_ascii, encode_latin1, encode_utf8,
    encode_utf16, encode_utf32,
};

use super::{new_str, this};
use crate::arguments::str_argument;

pub(super) fn str_encode(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "encode")?;
    let encoding = str_argument(vm, args[1], "encode() argument 'encoding'")?;
    let errors = str_argument(vm, args[2], "encode() argument 'errors'")?;
    encode(vm, str, Some(encoding), Some(errors))
}

/// `str.encode(encoding, errors)`, a bytes; UTF-8 and strict by default.
pub fn encode(vm: &mut Vm, str: Str, encoding: Option<Str>, errors: Option<Str>) -> R {
    check_errors(vm, errors)?;
    let codec = codec_of(vm, encoding)?;
    if str.is_ascii() && matches!(codec, Some(Codec::Utf8 | Codec::Ascii | Codec::Latin1)) {
        return Ok(vm.bytes(str.bytes()));
    }
    let Some(codec) = codec else {
        return through_registry(vm, Direction::Encode, str.value(), encoding, errors);
    };
    let mut handling = Handling::new(vm, str.value(), str.bytes(), errors);
    let handler = &mut handling;
    let s = str.bytes();
    let encoded = match codec {
        Codec::Utf8 => encode_utf8(s, handler),
        Codec::Ascii => encode_ascii(s, handler),
        Codec::Latin1 => encode_latin1(s, handler),
        Codec::Utf16 => encode_utf16(s, Endian::Mark, handler),
        Codec::Utf16Le => encode_utf16(s, Endian::Little, handler),
        Codec::Utf16Be => encode_utf16(s, Endian::Big, handler),
        Codec::Utf32 => encode_utf32(s, Endian::Mark, handler),
        Codec::Utf32Le => encode_utf32(s, Endian::Little, handler),
        Codec::Utf32Be => encode_utf32(s, Endian::Big, handler),
    }?;
    Ok(vm.bytes(&encoded))
}

/// `object.decode(encoding, errors)`, a str, for the bytes of `object`; UTF-8 and strict by default.
pub fn decode(
    vm: &mut Vm,
    object: Value,
    bytes: &[u8],
    encoding: Option<Str>,
    errors: Option<Str>,
) -> R {
    check_errors(vm, errors)?;
    let codec = codec_of(vm, encoding)?;
    match codec {
        Some(Codec::Utf8) if std::str::from_utf8(bytes).is_ok() => return new_str(vm, bytes),
        Some(Codec::Ascii) if bytes.is_ascii() => return new_str(vm, bytes),
        Some(Codec::Latin1) => {
            let text = decode_latin1(bytes);
            return new_str(vm, &text);
        }
        None => return through_registry(vm, Direction::Decode, object, encoding, errors),
        _ => {}
    }
    // What a handler does to the object must not change the input.
    let input = bytes.to_vec();
    let mut handling = Handling::new(vm, object, &input, errors);
    let handler = &mut handling;
    let decoded = match codec {
        Some(Codec::Ascii) => decode_ascii(&input, handler),
        Some(Codec::Utf16) => {
            decode_utf16(&input, true, Endian::Mark, handler).map(|(decoded, _)| decoded)
        }
        Some(Codec::Utf16Le) => {
            decode_utf16(&input, true, Endian::Little, handler).map(|(decoded, _)| decoded)
        }
        Some(Codec::Utf16Be) => {
            decode_utf16(&input, true, Endian::Big, handler).map(|(decoded, _)| decoded)
        }
        Some(Codec::Utf32) => {
            decode_utf32(&input, true, Endian::Mark, handler).map(|(decoded, _)| decoded)
        }
        Some(Codec::Utf32Le) => {
            decode_utf32(&input, true, Endian::Little, handler).map(|(decoded, _)| decoded)
        }
        Some(Codec::Utf32Be) => {
            decode_utf32(&input, true, Endian::Big, handler).map(|(decoded, _)| decoded)
        }
        _ => decode_utf8(&input, true, handler),
    }?;
    new_str(vm, &decoded.text)
}

/// The codec of the runtime with this name; `None` for one of the registry.
fn codec_of(vm: &mut Vm, encoding: Option<Str>) -> R<Option<Codec>> {
    let Some(encoding) = encoding else { return Ok(Some(Codec::Utf8)) };
    if encoding.bytes().contains(&0) {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(Codec::from_name(encoding.bytes()))
}

/// In development mode an unknown error handler is an error even where none is needed.
fn check_errors(vm: &mut Vm, errors: Option<Str>) -> R<()> {
    let Some(errors) = errors.filter(|errors| errors.bytes() != b"strict") else { return Ok(()) };
    if vm.config.x_options.iter().any(|(name, _)| name == "dev") {
        let codecs = import_codecs(vm)?;
        vm.call_method_str(codecs, "lookup_error", &[errors.value()])?;
    }
    Ok(())
}

/// Which half of a codec.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Encode,
    Decode,
}

impl Direction {
    /// The method of a codec, and the words of messages: who converts, to what, and what does so to anything.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Direction::Encode => ("encode", "encoder", "bytes"),
            Direction::Decode => ("decode", "decoder", "str"),
        }
    }
}

/// A codec that Python code registered, which must be one between str and bytes.
fn through_registry(
    vm: &mut Vm,
    direction: Direction,
    object: Value,
    encoding: Option<Str>,
    errors: Option<Str>,
) -> R {
    let name = encoding.map_or(Cow::Borrowed("utf-8"), Str::to_text);
    let (method, who, wanted) = direction.words();
    let at = usize::from(direction == Direction::Decode);
    let codecs = import_codecs(vm)?;
    let encoding = encoding.map_or(Value::NONE, Str::value);
    let codec = vm.call_method_str(codecs, "lookup", &[encoding])?;
    let is_text = vm.get_attr_str(codec, "_is_text_encoding");
    if let Some(flag) = vm.catch(is_text, vm.exc.attribute_error)?
        && !vm.truth(flag)?
    {
        let text = format!(
            "'{name}' is not a text encoding; use codecs.{method}() to handle arbitrary codecs"
        );
        return Err(vm.lookup_error(text));
    }
    // A codec is a tuple of functions first; its names for them came later.
    let Some(&function) = vm.as_tuple(codec).and_then(|functions| functions.items().get(at)) else {
        return Err(vm.type_error("codec search functions must return 4-tuples"));
    };
    let result = match errors {
        Some(errors) => vm.call_positional(function, &[object, errors.value()]),
        None => vm.call_positional(function, &[object]),
    };
    let result = result.map_err(|raised| {
        with_note(vm, raised, &format!("{} with '{name}' codec failed", gerund(direction)))
    })?;
    let Some(pair) = vm.as_tuple(result).filter(|pair| pair.len() == 2) else {
        return Err(vm.type_error(format!("{who} must return a tuple (object, integer)")));
    };
    let converted = pair.items()[0];
    let fits = match direction {
        Direction::Encode => bytes_result(vm, converted),
        Direction::Decode => vm.as_str(converted).map(|_| converted),
    };
    fits.ok_or_else(|| {
        let class = vm.type_name(converted);
        vm.type_error(format!(
            "'{name}' {who} returned '{class}' instead of '{wanted}'; use codecs.{method}() to {method} to arbitrary types"
        ))
    })
}

fn gerund(direction: Direction) -> &'static str {
    if direction == Direction::Encode { "encoding" } else { "decoding" }
}

/// Add a note to the exception on its way.
fn with_note(vm: &mut Vm, raised: Raised, note: &str) -> Raised {
    let exception = vm.take_raised(raised);
    let note = vm.str(note);
    match vm.call_method_str(exception, "add_note", &[note]) {
        Ok(_) => vm.raise_again(exception),
        Err(raised) => raised,
    }
}

/// An encoder may give a bytearray.
fn bytes_result(vm: &mut Vm, value: Value) -> Option<Value> {
    if vm.as_bytes(value).is_some() {
        return Some(value);
    }
    let data = crate::binary::bytes_data(vm, value)?;
    Some(vm.bytes(data))
}

/// The module `_codecs`, which has the registry.
fn import_codecs(vm: &mut Vm) -> R {
    let name = vm.str("_codecs");
    if let Some(module) = vm.dict_get(vm.modules, name)? {
        return Ok(module);
    }
    let Some(import) = vm.dict_get_str(vm.builtins, "__import__") else {
        return Err(vm.lookup_error("codecs cannot be looked up before modules can be imported"));
    };
    vm.call_positional(import, &[name])
}

/// The error handler of a conversion: one of the runtime's own, or one that Python code registered.
#[derive(Debug)]
pub struct Handling<'a> {
    vm: &'a mut Vm,
    /// What is converted, for the exception.
    object: Value,
    /// Its text or bytes.
    input: &'a [u8],
    /// The handler's name; strict if there is none.
    errors: Option<Str>,
    /// The registered handler, once looked up.
    callback: Value,
}

impl<'a> Handling<'a> {
    /// Handle the faults of converting `object`, whose bytes or text are `input`.
    pub fn new(
        vm: &'a mut Vm,
        object: Value,
        input: &'a [u8],
        errors: Option<Str>,
    ) -> Handling<'a> {
        Handling { vm, object, input, errors, callback: Value::ABSENT }
    }
    /// The handler of the runtime with the given name, if it is one of them.
    fn builtin(&self) -> Option<ErrorHandler> {
        self.errors.map_or(Some(ErrorHandler::Strict), |name| ErrorHandler::from_name(name.bytes()))
    }
    /// A UnicodeDecodeError or UnicodeEncodeError for the fault.
    fn exception(&mut self, fault: &Fault, encoding: bool) -> R {
        let vm = &mut *self.vm;
        let class =
            if encoding { vm.exc.unicode_encode_error } else { vm.exc.unicode_decode_error };
        let object = if encoding || vm.as_bytes(self.object).is_some() {
            self.object
        } else {
            vm.bytes(self.input)
        };
        let (name, reason) = (vm.str(fault.encoding), vm.str(&fault.reason));
        let (start, end) = (vm.int_usize(fault.start), vm.int_usize(fault.end));
        vm.call_positional(class.value(), &[name, object, start, end, reason])
    }
    fn raise(&mut self, fault: &Fault, encoding: bool) -> Raised {
        match self.exception(fault, encoding) {
            Ok(exception) => self.vm.raise_value(exception),
            Err(raised) => raised,
        }
    }
    /// Call the registered handler; what it answered, and where to go on among `len` items.
    fn call(&mut self, fault: &Fault, encoding: bool, len: usize) -> R<(Value, usize)> {
        if self.callback.is_absent() {
            let codecs = import_codecs(self.vm)?;
            let name = self.errors.map_or(Value::NONE, Str::value);
            self.callback = self.vm.call_method_str(codecs, "lookup_error", &[name])?;
        }
        let exception = self.exception(fault, encoding)?;
        let vm = &mut *self.vm;
        let answer = vm.call_positional(self.callback, &[exception])?;
        let pair = vm.as_tuple(answer).map_or(&[][..], haft_core::object::Tuple::items);
        let message = if encoding {
            "encoding error handler must return (str/bytes, int) tuple"
        } else {
            "decoding error handler must return (str, int) tuple"
        };
        let &[replacement, position] = pair else { return Err(vm.type_error(message)) };
        let is_text =
            vm.as_str(replacement).is_some() || (encoding && vm.as_bytes(replacement).is_some());
        if !is_text || !vm.is_int(position) {
            return Err(vm.type_error(message));
        }
        let given = vm.index_of(position)?;
        let at = if given < 0 { given + len as i64 } else { given };
        if at < 0 || at > len as i64 {
            return Err(vm.index_error(format!("position {at} from error handler out of bounds")));
        }
        Ok((replacement, at as usize))
    }
}

impl Handler for Handling<'_> {
    type Error = Raised;

    fn decode(&mut self, fault: &Fault) -> R<(Vec<u8>, usize)> {
        match self.builtin() {
            Some(handler) if !handler.can_decode() => Err(self
                .vm
                .type_error("don't know how to handle UnicodeDecodeError in error callback")),
            Some(handler) => match handler.decode(fault, self.input) {
                Some(answer) => Ok(answer),
                None => Err(self.raise(fault, false)),
            },
            None => {
                let (text, at) = self.call(fault, false, self.input.len())?;
                Ok((self.vm.as_str(text).map_or(Vec::new(), |text| text.bytes().to_vec()), at))
            }
        }
    }

    fn encode(&mut self, fault: &Fault) -> R<(Substitute, usize)> {
        match self.builtin() {
            Some(handler) => match handler.encode(fault, self.input) {
                Some(answer) => Ok(answer),
                None => Err(self.raise(fault, true)),
            },
            None => {
                let len = haft_text::wtf8::n_chars(self.input);
                let (answer, at) = self.call(fault, true, len)?;
                let substitute =
                    match (self.vm.as_str(answer), self.vm.as_bytes(answer).map(Bytes::data)) {
                        (Some(text), _) => Substitute::Text(text.bytes().to_vec()),
                        (None, data) => Substitute::Bytes(data.unwrap_or_default().to_vec()),
                    };
                Ok((substitute, at))
            }
        }
    }

    fn fail(&mut self, fault: &Fault) -> Raised {
        self.raise(fault, true)
    }
}
