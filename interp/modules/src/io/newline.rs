//! Universal newlines: `IncrementalNewlineDecoder`, and what `TextIOWrapper` and `StringIO` share with it.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Str, Tuple, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};

use super::argument::c_int;

/// Kinds of line ends, as bits.
const LF: u8 = 1;
const CR: u8 = 2;
const CRLF: u8 = 4;

/// The state of reading text with any line ends.
#[derive(Debug, Default, Clone)]
pub(super) struct Newlines {
    /// Make every line end `\n`?
    pub(super) translate: Cell<bool>,
    /// A `\r` at the end of the last piece is held back until it is known what follows.
    pub(super) pending_cr: Cell<bool>,
    seen: Cell<u8>,
}

impl Newlines {
    /// Forget what was seen.
    pub(super) fn reset(&self) {
        self.pending_cr.set(false);
        self.seen.set(0);
    }
    /// Go through the next piece of text; `last` if nothing follows. Line ends are translated if that is wanted, and a
    /// `\r\n` is never cut in two.
    pub(super) fn decode(&self, mut text: Vec<u8>, last: bool) -> Vec<u8> {
        if self.pending_cr.get() && (!text.is_empty() || last) {
            text.insert(0, b'\r');
            self.pending_cr.set(false);
        }
        if !last && text.last() == Some(&b'\r') {
            text.pop();
            self.pending_cr.set(true);
        }
        if memchr::memchr(b'\r', &text).is_some() {
            return self.with_carriage_returns(text);
        }
        if self.seen.get() & LF == 0 && memchr::memchr(b'\n', &text).is_some() {
            self.seen.set(self.seen.get() | LF);
        }
        text
    }
    fn with_carriage_returns(&self, text: Vec<u8>) -> Vec<u8> {
        let mut seen = self.seen.get();
        let mut out = Vec::with_capacity(text.len());
        let (mut start, translate) = (0, self.translate.get());
        while let Some(at) = memchr::memchr2(b'\r', b'\n', &text[start..]).map(|at| at + start) {
            let (kind, len) = match &text[at..] {
                [b'\r', b'\n', ..] => (CRLF, 2),
                [b'\r', ..] => (CR, 1),
                _ => (LF, 1),
            };
            seen |= kind;
            out.extend_from_slice(&text[start..at]);
            if translate {
                out.push(b'\n');
            } else {
                out.extend_from_slice(&text[at..at + len]);
            }
            start = at + len;
        }
        self.seen.set(seen);
        if start == 0 {
            return text;
        }
        out.extend_from_slice(&text[start..]);
        out
    }
    /// The attribute `newlines`: None, a str, or a tuple of several.
    pub(super) fn seen(&self, vm: &mut Vm) -> Value {
        let all: Vec<&str> = [(CR, "\r"), (LF, "\n"), (CRLF, "\r\n")]
            .into_iter()
            .filter(|(bit, _)| self.seen.get() & bit != 0)
            .map(|(_, text)| text)
            .collect();
        match all[..] {
            [] => Value::NONE,
            [one] => vm.str(one),
            _ => {
                let list = vm.new_list();
                for text in all {
                    let text = vm.str(text);
                    list.push(&mut vm.heap, text);
                }
                vm.tuple(list.items())
            }
        }
    }
}

/// Where the first line of `text` ends, with any of the three line ends; `None` if it does not end in here.
pub(super) fn universal_line_end(text: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\r', b'\n', text)?;
    Some(if text[at..].starts_with(b"\r\n") { at + 2 } else { at + 1 })
}

payload! {
    /// An incremental decoder around another one, or around nothing.
    struct NewlineDecoder {
        decoder: Cell<Value>,
        state: haft_core::object::NoTrace<Newlines>,
        initialised: Cell<bool>,
    }
}

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Codec used when reading a file in universal newlines mode.\n\n\
              It wraps another incremental decoder, translating \\r\\n and \\r into \\n.\n\
              It also records the types of newlines encountered.  When used with\n\
              translate=False, it ensures that the newline sequence is returned in\n\
              one piece. When used with decoder=None, it expects unicode strings as\n\
              decode input and translates newlines without first invoking an external\n\
              decoder.",
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(|vm, class, _| {
                let class = super::open::class_argument(vm, class)?;
                let state = haft_core::object::NoTrace(Newlines::default());
                Ok(vm.new_payload(
                    class,
                    NewlineDecoder {
                        decoder: Cell::new(Value::NONE),
                        state,
                        initialised: Cell::new(false),
                    },
                ))
            }));
            s.init.set(Some(init));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<NewlineDecoder>("_io.IncrementalNewlineDecoder")
    })
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature(
        "IncrementalNewlineDecoder",
        "(decoder, translate, errors='strict')",
        args,
    )?;
    let this: PayloadRef<NewlineDecoder> =
        vm.this(this, "__init__", "_io.IncrementalNewlineDecoder")?;
    let translate = vm.truth(bound[1])?;
    this.decoder.set(bound[0]);
    this.state.reset();
    this.state.translate.set(translate);
    this.initialised.set(true);
    Ok(Value::NONE)
}

natives! {
    static METHODS = {
        decode "($self, /, input, final=False)" => decode;
        getstate "($self, /)" => getstate;
        setstate "($self, state, /)" => setstate;
        reset "($self, /)" => |vm, args| {
            let this = this_decoder(vm, args[0])?;
            this.state.reset();
            if this.decoder.get().is_none() { Ok(Value::NONE) } else { vm.call_method_str(this.decoder.get(), "reset", &[]) }
        };
    }
}

getsets! {
    static GETSETS = {
        newlines => |vm, this| {
            let this = this_decoder(vm, this)?;
            Ok(this.get().state.seen(vm))
        };
    }
}

fn this_decoder(vm: &mut Vm, value: Value) -> R<PayloadRef<NewlineDecoder>> {
    let this: PayloadRef<NewlineDecoder> =
        vm.this(value, "decode", "_io.IncrementalNewlineDecoder")?;
    if this.initialised.get() {
        return Ok(this);
    }
    Err(vm.value_error("IncrementalNewlineDecoder.__init__() not called"))
}

fn decode(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_decoder(vm, args[0])?;
    let last = vm.truth(args[2])?;
    let decoder = this.decoder.get();
    let output = if decoder.is_none() {
        args[1]
    } else {
        vm.call_method_str(decoder, "decode", &[args[1], Value::bool(last)])?
    };
    let Some(text) = vm.as_str(output) else {
        let class = vm.type_name(output);
        return Err(vm.type_error(format!("decoder should return a string result, not '{class}'")));
    };
    let decoded = this.state.decode(text.bytes().to_vec(), last);
    Ok(if decoded == text.bytes() { output } else { vm.str_wtf8(&decoded) })
}

fn getstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_decoder(vm, args[0])?;
    let decoder = this.decoder.get();
    let (buffer, flags) = if decoder.is_none() {
        (vm.bytes(b""), 0)
    } else {
        let state = vm.call_method_str(decoder, "getstate", &[])?;
        decoder_state(vm, state)?
    };
    let flags = vm.int(flags << 1 | i64::from(this.state.pending_cr.get()));
    Ok(vm.tuple(&[buffer, flags]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_decoder(vm, args[0])?;
    let Some(&[buffer, flags]) = vm.as_tuple(args[1]).map(Tuple::items) else {
        return Err(vm.type_error("state argument must be a tuple"));
    };
    let flags = vm.index_of(flags)?;
    this.state.pending_cr.set(flags & 1 == 1);
    let decoder = this.decoder.get();
    if decoder.is_none() {
        return Ok(Value::NONE);
    }
    let flags = vm.int(flags >> 1);
    let state = vm.tuple(&[buffer, flags]);
    vm.call_method_str(decoder, "setstate", &[state])
}

/// The parts of what a decoder's `getstate` gave.
pub(super) fn decoder_state(vm: &mut Vm, state: Value) -> R<(Value, i64)> {
    let Some(items) = vm.as_tuple(state) else {
        return Err(vm.type_error("illegal decoder state"));
    };
    let &[buffer, flags] = items.items() else {
        return Err(vm.type_error("illegal decoder state"));
    };
    if vm.as_bytes(buffer).is_none() {
        let class = vm.type_name(buffer);
        let text = format!(
            "illegal decoder state: the first item should be a bytes object, not '{class}'"
        );
        return Err(vm.type_error(text));
    }
    Ok((buffer, vm.index_of(flags)?))
}

/// A parameter `newline`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Newline {
    /// None: read any line end as `\n`; write `\n` as it is on this system.
    #[default]
    Universal,
    /// `''`: read any line end, untranslated; write `\n` untranslated.
    Untranslated,
    /// Lines end like this, and nothing is translated when reading; written `\n` become this.
    Fixed(&'static str),
}

impl Newline {
    pub(super) fn parse(vm: &mut Vm, value: Value) -> R<Newline> {
        if value.is_none() {
            return Ok(Newline::Universal);
        }
        let Some(text) = vm.as_str(value) else {
            let class = vm.type_name(value);
            return Err(vm.type_error(format!("newline must be str or None, not {class}")));
        };
        match text.bytes() {
            b"" => Ok(Newline::Untranslated),
            b"\n" => Ok(Newline::Fixed("\n")),
            b"\r" => Ok(Newline::Fixed("\r")),
            b"\r\n" => Ok(Newline::Fixed("\r\n")),
            _ => {
                let shown = vm.repr_text(value)?;
                Err(vm.value_error(format!("illegal newline value: {shown}")))
            }
        }
    }
    pub(super) fn is_universal(self) -> bool {
        !matches!(self, Newline::Fixed(_))
    }
    /// What to write for `\n`, if it is something else.
    pub(super) fn written(self) -> Option<&'static str> {
        match self {
            Newline::Fixed(text) if text != "\n" => Some(text),
            _ => None,
        }
    }
    /// As the parameter was given.
    pub(super) fn value(self, vm: &mut Vm) -> Value {
        match self {
            Newline::Universal => Value::NONE,
            Newline::Untranslated => vm.str(""),
            Newline::Fixed(text) => vm.str(text),
        }
    }
    /// Where the first line of `text` ends; `translated`: line ends were made `\n` already.
    pub(super) fn line_end(self, text: &[u8], translated: bool) -> Option<usize> {
        match self {
            _ if translated => memchr::memchr(b'\n', text).map(|at| at + 1),
            Newline::Fixed("\n") => memchr::memchr(b'\n', text).map(|at| at + 1),
            Newline::Fixed("\r") => memchr::memchr(b'\r', text).map(|at| at + 1),
            Newline::Fixed(end) => {
                memchr::memmem::find(text, end.as_bytes()).map(|at| at + end.len())
            }
            _ => universal_line_end(text),
        }
    }
}

/// `text` with `\n` replaced by `end`.
pub(super) fn translate_written(text: Str, end: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.byte_len() + 16);
    for (at, part) in text.bytes().split(|&byte| byte == b'\n').enumerate() {
        if at > 0 {
            out.extend_from_slice(end.as_bytes());
        }
        out.extend_from_slice(part);
    }
    out
}

/// For `whence` arguments.
pub(super) fn whence(vm: &mut Vm, value: Value) -> R<i32> {
    c_int(vm, value)
}
