//! `TextIOWrapper`: text over a stream of bytes.
//!
//! Text in UTF-8, ASCII and Latin-1 is converted here; other encodings go through the incremental coders of the module
//! `codecs`. Decoded text waits in `decoded`, encoded bytes in `pending`.
#![expect(clippy::format_push_string, reason = "a repr is built in pieces")]
mod codec;
mod position;
mod read;
mod write;

use std::cell::{Cell, RefCell};

use haft_core::object::{NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};

use super::argument::attribute;
use super::buffered::{self, Buffer};
use super::iobase::{closed_error, finally};
use super::newline::{Newline, Newlines};
use super::{adopt, release, unsupported};
use codec::NativeCodec;

pub use write::write_text;

/// Bytes that are read and written at once.
const CHUNK_SIZE: usize = 8192;

payload! {
    /// Text over a stream of bytes.
    pub(super) struct TextIo {
        /// ABSENT before `__init__` and after `detach`.
        buffer: Cell<Value>,
        /// The stream of bytes, if its methods need not be looked up.
        direct: Cell<Option<Buffer>>,
        detached: Cell<bool>,
        encoding: Cell<Value>,
        errors: Cell<Value>,
        native: NoTrace<Cell<Option<NativeCodec>>>,
        newline: NoTrace<Cell<Newline>>,
        newlines: NoTrace<Newlines>,
        line_buffering: Cell<bool>,
        write_through: Cell<bool>,
        seekable: Cell<bool>,
        /// Is `tell` possible? Not while the lines are iterated over.
        telling: Cell<bool>,
        has_read1: Cell<bool>,
        finalizing: Cell<bool>,
        chunk_size: Cell<usize>,

        reads: Cell<bool>,
        /// The decoder of `codecs`, when the encoding is not native; else ABSENT.
        decoder: Cell<Value>,
        /// Native: the start of a character whose rest is still to come.
        partial: NoTrace<RefCell<Vec<u8>>>,
        /// WTF-8, and how much of it was handed out.
        decoded: NoTrace<RefCell<Vec<u8>>>,
        used: Cell<usize>,
        has_decoded: Cell<bool>,
        /// Flags of the decoder, and the bytes it got since.
        snapshot: NoTrace<RefCell<Option<(i64, Vec<u8>)>>>,
        bytes_per_char: Cell<f64>,

        writes: Cell<bool>,
        encoder: Cell<Value>,
        pending: NoTrace<RefCell<Vec<u8>>>,
    }
}

pub(super) type Wrapper = PayloadRef<TextIo>;

/// What a wrapper is to be like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Options {
    /// A str or None.
    pub(super) encoding: Value,
    /// A str or None.
    pub(super) errors: Value,
    /// A str or None.
    pub(super) newline: Value,
    pub(super) line_buffering: bool,
    pub(super) write_through: bool,
}

pub(super) fn make_type(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Character and line based layer over a BufferedIOBase object, buffer.\n\n\
              encoding gives the name of the encoding that the stream will be\n\
              decoded or encoded with. It defaults to locale.getencoding().\n\n\
              errors determines the strictness of encoding and decoding (see\n\
              help(codecs.Codec) or the documentation for codecs.register) and\n\
              defaults to \"strict\".\n\n\
              newline controls how line endings are handled. It can be None, '',\n\
              '\\n', '\\r', and '\\r\\n'.  It works as follows:\n\n\
              * On input, if newline is None, universal newlines mode is\n  \
                enabled. Lines in the input can end in '\\n', '\\r', or '\\r\\n', and\n  \
                these are translated into '\\n' before being returned to the\n  \
                caller. If it is '', universal newline mode is enabled, but line\n  \
                endings are returned to the caller untranslated. If it has any of\n  \
                the other legal values, input lines are only terminated by the given\n  \
                string, and the line ending is returned to the caller untranslated.\n\n\
              * On output, if newline is None, any '\\n' characters written are\n  \
                translated to the system default line separator, os.linesep. If\n  \
                newline is '' or '\\n', no translation takes place. If newline is any\n  \
                of the other legal values, any '\\n' characters written are translated\n  \
                to the given string.\n\n\
              If line_buffering is True, a call to flush is implied when a call to\n\
              write contains a newline character.",
        base: Some(base),
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(|vm, class, _| {
                let class = super::open::class_argument(vm, class)?;
                Ok(vm.new_payload(class, TextIo::uninitialised()))
            }));
            s.init.set(Some(init));
            s.repr.set(Some(repr));
            s.next.set(Some(read::next));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<TextIo>("_io.TextIOWrapper")
    })
}

impl TextIo {
    fn uninitialised() -> TextIo {
        let absent = || Cell::new(Value::ABSENT);
        let no = || Cell::new(false);
        TextIo {
            buffer: absent(),
            direct: Cell::new(None),
            detached: no(),
            encoding: absent(),
            errors: absent(),
            native: NoTrace(Cell::new(None)),
            newline: NoTrace(Cell::default()),
            newlines: NoTrace(Newlines::default()),
            line_buffering: no(),
            write_through: no(),
            seekable: no(),
            telling: no(),
            has_read1: no(),
            finalizing: no(),
            chunk_size: Cell::new(CHUNK_SIZE),
            reads: no(),
            decoder: absent(),
            partial: NoTrace(RefCell::default()),
            decoded: NoTrace(RefCell::default()),
            used: Cell::new(0),
            has_decoded: no(),
            snapshot: NoTrace(RefCell::default()),
            bytes_per_char: Cell::new(0.0),
            writes: no(),
            encoder: absent(),
            pending: NoTrace(RefCell::default()),
        }
    }
    /// Throw away decoded text.
    fn forget_decoded(&self) {
        self.decoded.borrow_mut().clear();
        self.used.set(0);
        self.has_decoded.set(false);
    }
    /// Are line ends made `\n` when reading?
    fn translates(&self) -> bool {
        self.newline.get() == Newline::Universal
    }
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)";
    let bound = vm.bind_signature("TextIOWrapper", signature, args)?;
    for (at, name) in [(1, "encoding"), (2, "errors"), (3, "newline")] {
        if !bound[at].is_none() && vm.as_str(bound[at]).is_none() {
            let class = vm.type_name(bound[at]);
            return Err(vm.type_error(format!(
                "TextIOWrapper() argument '{name}' must be str or None, not {class}"
            )));
        }
    }
    let options = Options {
        encoding: bound[1],
        errors: bound[2],
        newline: bound[3],
        line_buffering: vm.truth(bound[4])?,
        write_through: vm.truth(bound[5])?,
    };
    let this = this_wrapper(vm, this, "__init__")?;
    this.buffer.set(Value::ABSENT);
    this.detached.set(false);
    set_up(vm, this, bound[0], &options)?;
    Ok(Value::NONE)
}

/// A wrapper around `buffer`.
pub(super) fn new_wrapper(vm: &mut Vm, buffer: Value, options: &Options) -> R {
    let class = super::types(vm)?.text_io_wrapper;
    let this = vm.new_payload_ref(class, TextIo::uninitialised());
    set_up(vm, this, buffer, options)?;
    Ok(this.value())
}

fn set_up(vm: &mut Vm, this: Wrapper, buffer: Value, options: &Options) -> R<()> {
    let newline = Newline::parse(vm, options.newline)?;
    if options.encoding.is_none() {
        warn_default_encoding(vm, 1)?;
    }
    let encoding = codec::resolve(vm, options.encoding)?;
    let errors = if options.errors.is_none() { vm.str("strict") } else { options.errors };
    let direct = buffered::exact_buffer(vm, buffer);
    let info = codec::select(vm, this, encoding, errors)?;
    this.newline.set(newline);
    this.newlines.reset();
    this.newlines.translate.set(newline == Newline::Universal);
    this.line_buffering.set(options.line_buffering);
    this.write_through.set(options.write_through);
    this.forget_decoded();
    this.partial.borrow_mut().clear();
    this.pending.borrow_mut().clear();
    this.snapshot.replace(None);
    let seekable = vm.call_method_str(buffer, "seekable", &[])?;
    let seekable = vm.truth(seekable)?;
    this.seekable.set(seekable);
    this.telling.set(seekable);
    let readable = vm.call_method_str(buffer, "readable", &[])?;
    this.reads.set(vm.truth(readable)?);
    let writable = vm.call_method_str(buffer, "writable", &[])?;
    this.writes.set(vm.truth(writable)?);
    let has_read1 = direct.is_some() || attribute(vm, buffer, "read1")?.is_some();
    this.has_read1.set(has_read1);
    codec::make_coders(vm, this, info)?;
    this.buffer.set(buffer);
    this.direct.set(direct);
    codec::continue_stream(vm, this)?;
    adopt(vm, buffer);
    Ok(())
}

/// The helper behind `io.text_encoding`.
pub(super) fn text_encoding(vm: &mut Vm, encoding: Value, stack_level: Value) -> R {
    if !encoding.is_none() {
        return Ok(encoding);
    }
    let level = vm.index_of(stack_level)?;
    warn_default_encoding(vm, level)?;
    Ok(vm.str(if vm.config.utf8_mode() { "utf-8" } else { "locale" }))
}

/// EncodingWarning, with `-X warn_default_encoding`.
fn warn_default_encoding(vm: &mut Vm, stack_level: i64) -> R<()> {
    if vm.config.x_options.iter().any(|option| option.0 == "warn_default_encoding") {
        crate::warn::warn(
            vm,
            vm.exc.encoding_warning,
            "'encoding' argument not specified",
            stack_level,
        )?;
    }
    Ok(())
}

/// `-X utf8`.
trait Utf8Mode {
    fn utf8_mode(&self) -> bool;
}

impl Utf8Mode for haft_core::vm::Config {
    fn utf8_mode(&self) -> bool {
        self.x_options.iter().any(|(name, value)| name == "utf8" && value.as_deref() != Some("0"))
    }
}

/// See [`super::iobase::finalize`].
pub(super) fn mark_finalizing(value: Value) -> bool {
    Wrapper::of_value(value).is_some_and(|wrapper| {
        wrapper.finalizing.set(true);
        true
    })
}

natives! {
    static METHODS = {
        /// Separate the underlying buffer from the TextIOBase and return it.
        ///
        /// After the underlying buffer has been detached, the TextIO is in an
        /// unusable state.
        detach "($self, /)" => detach;
        /// Reconfigure the text stream with new parameters.
        ///
        /// This also does an implicit stream flush.
        reconfigure "($self, /, *, encoding=None, errors=None, newline=<absent>, line_buffering=None, write_through=None)" => reconfigure;
        write "($self, text, /)" => write::write;
        read "($self, size=-1, /)" => read::read;
        readline "($self, size=-1, /)" => read::readline;
        flush "($self, /)" => |vm, args| {
            let this = open(vm, args[0], "flush")?;
            write::flush(vm, this)?;
            Ok(Value::NONE)
        };
        close "($self, /)" => close;
        fileno "($self, /)" => |vm, args| ask_buffer(vm, args[0], "fileno");
        seekable "($self, /)" => |vm, args| ask_buffer(vm, args[0], "seekable");
        readable "($self, /)" => |vm, args| ask_buffer(vm, args[0], "readable");
        writable "($self, /)" => |vm, args| ask_buffer(vm, args[0], "writable");
        isatty "($self, /)" => |vm, args| ask_buffer(vm, args[0], "isatty");
        /// Set the stream position, and return the new stream position.
        ///
        ///   cookie
        ///     Zero or an opaque number returned by tell().
        ///   whence
        ///     The relative position to seek from.
        ///
        /// Four operations are supported, given by the following argument
        /// combinations:
        ///
        /// - seek(0, SEEK_SET): Rewind to the start of the stream.
        /// - seek(cookie, SEEK_SET): Restore a previous position;
        ///   'cookie' must be a number returned by tell().
        /// - seek(0, SEEK_END): Fast-forward to the end of the stream.
        /// - seek(0, SEEK_CUR): Leave the current stream position unchanged.
        ///
        /// Any other argument combinations are invalid,
        /// and may raise exceptions.
        seek "($self, cookie, whence=0, /)" => position::seek;
        /// Return the stream position as an opaque number.
        ///
        /// The return value of tell() can be given as input to seek(), to restore a
        /// previous stream position.
        tell "($self, /)" => position::tell;
        truncate "($self, pos=None, /)" => |vm, args| {
            let this = ready(vm, args[0], "truncate")?;
            vm.call_method(args[0], vm.names.flush, &[])?;
            vm.call_method_str(this.buffer.get(), "truncate", &[args[1]])
        };
        __reduce__ "($self, /)" => super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::open::cannot_pickle;
    }
}

getsets! {
    static GETSETS = {
        buffer => |vm, this| {
            let buffer = this_wrapper(vm, this, "buffer")?.buffer.get();
            Ok(buffer.or_none())
        };
        encoding => |vm, this| {
            let encoding = this_wrapper(vm, this, "encoding")?.encoding.get();
            Ok(encoding.or_none())
        };
        errors => |vm, this| Ok(ready(vm, this, "errors")?.errors.get());
        newlines => |vm, this| {
            let this = ready(vm, this, "newlines")?;
            if this.reads.get() && this.newline.get().is_universal() { Ok(this.get().newlines.seen(vm)) } else { Ok(Value::NONE) }
        };
        line_buffering => |vm, this| Ok(Value::bool(this_wrapper(vm, this, "line_buffering")?.line_buffering.get()));
        write_through => |vm, this| Ok(Value::bool(this_wrapper(vm, this, "write_through")?.write_through.get()));
        name => |vm, this| {
            let buffer = ready(vm, this, "name")?.buffer.get();
            vm.get_attr(buffer, vm.names.name)
        };
        closed => |vm, this| {
            let buffer = ready(vm, this, "closed")?.buffer.get();
            vm.get_attr_str(buffer, "closed")
        };
        _CHUNK_SIZE => |vm, this| {
            let size = ready(vm, this, "_CHUNK_SIZE")?.chunk_size.get();
            Ok(vm.int_usize(size))
        }, |vm, this, value| {
            let this = ready(vm, this, "_CHUNK_SIZE")?;
            if value.is_absent() {
                return Err(vm.attribute_error("cannot delete attribute"));
            }
            let size = vm.index_of(value)?;
            match usize::try_from(size) {
                Ok(size) if size > 0 => this.chunk_size.set(size),
                _ => return Err(vm.value_error("a strictly positive integer is required")),
            }
            Ok(())
        };
        _finalizing => |vm, this| Ok(Value::bool(this_wrapper(vm, this, "_finalizing")?.finalizing.get())),
            |vm, this, value| {
                let finalizing = vm.truth(value)?;
                this_wrapper(vm, this, "_finalizing")?.finalizing.set(finalizing);
                Ok(())
            };
    }
}

fn this_wrapper(vm: &mut Vm, value: Value, method: &str) -> R<Wrapper> {
    vm.this(value, method, "_io.TextIOWrapper")
}

/// The receiver, if it has a buffer.
fn ready(vm: &mut Vm, value: Value, method: &str) -> R<Wrapper> {
    let this = this_wrapper(vm, value, method)?;
    if !this.buffer.get().is_absent() {
        return Ok(this);
    }
    Err(vm.value_error(if this.detached.get() {
        "underlying buffer has been detached"
    } else {
        "I/O operation on uninitialized object"
    }))
}

/// The receiver, if it is open.
fn open(vm: &mut Vm, value: Value, method: &str) -> R<Wrapper> {
    let this = ready(vm, value, method)?;
    let closed = if is_exact(vm, value)? {
        is_closed(vm, this)?
    } else {
        super::iobase::is_closed(vm, value)?
    };
    if closed { Err(closed_error(vm)) } else { Ok(this) }
}

fn is_exact(vm: &mut Vm, value: Value) -> R<bool> {
    Ok(super::types(vm)?.text_io_wrapper == vm.type_of(value))
}

fn is_closed(vm: &mut Vm, this: Wrapper) -> R<bool> {
    match this.direct.get() {
        Some(buffer) => buffered::is_buffer_closed(vm, buffer),
        None => super::iobase::is_closed(vm, this.buffer.get()),
    }
}

fn ask_buffer(vm: &mut Vm, this: Value, method: &str) -> R {
    let buffer = ready(vm, this, method)?.buffer.get();
    vm.call_method_str(buffer, method, &[])
}

fn detach(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "detach")?;
    vm.call_method(args[0], vm.names.flush, &[])?;
    let buffer = this.buffer.replace(Value::ABSENT);
    this.direct.set(None);
    this.detached.set(true);
    release(vm, buffer);
    Ok(buffer)
}

fn close(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "close")?;
    let closed = vm.get_attr_str(args[0], "closed")?;
    if vm.truth(closed)? {
        return Ok(Value::NONE);
    }
    let buffer = this.buffer.get();
    if this.finalizing.get() {
        let warned = vm.call_method_str(buffer, "_dealloc_warn", &[args[0]]);
        if let Err(raised) = warned {
            vm.take_raised(raised);
        }
    }
    let flushed = vm.call_method(args[0], vm.names.flush, &[]);
    finally(vm, flushed, |vm| vm.call_method(buffer, vm.names.close, &[]).map(drop))
}

fn reconfigure(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0], "reconfigure")?;
    let &[_, encoding, errors, newline, line_buffering, write_through] = args else {
        return Err(vm.type_error("reconfigure() takes no positional arguments"));
    };
    let keeps_codec = encoding.is_none() && errors.is_none() && newline.is_absent();
    if this.has_decoded.get() && !keeps_codec {
        let text =
            "It is not possible to set the encoding or newline of stream after the first read";
        return Err(unsupported(vm, text));
    }
    for (value, name) in [(encoding, "encoding"), (errors, "errors")] {
        if !value.is_none() && vm.as_str(value).is_none() {
            let class = vm.type_name(value);
            return Err(vm.type_error(format!(
                "reconfigure() argument '{name}' must be str or None, not {class}"
            )));
        }
    }
    let newline =
        if newline.is_absent() { this.newline.get() } else { Newline::parse(vm, newline)? };
    let line_buffering = flag(vm, line_buffering, this.line_buffering.get())?;
    let write_through = flag(vm, write_through, this.write_through.get())?;
    vm.call_method(args[0], vm.names.flush, &[])?;
    this.has_decoded.set(false);
    if !keeps_codec {
        let errors = match () {
            () if !errors.is_none() => errors,
            () if encoding.is_none() => this.errors.get(),
            () => vm.str("strict"),
        };
        let encoding =
            if encoding.is_none() { this.encoding.get() } else { codec::resolve(vm, encoding)? };
        let info = codec::select(vm, this, encoding, errors)?;
        this.newline.set(newline);
        this.newlines.reset();
        this.newlines.translate.set(newline == Newline::Universal);
        codec::make_coders(vm, this, info)?;
        codec::continue_stream(vm, this)?;
    }
    this.line_buffering.set(line_buffering);
    this.write_through.set(write_through);
    Ok(Value::NONE)
}

/// A bool parameter that keeps the present value when it is None.
fn flag(vm: &mut Vm, value: Value, present: bool) -> R<bool> {
    if value.is_none() {
        return Ok(present);
    }
    Ok(crate::os::argument::c_int(vm, value)? != 0)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = ready(vm, value, "__repr__")?;
    let class = vm.type_of(value);
    let mut shown = format!("<{}", vm.full_type_name(class));
    for name in ["name", "mode"] {
        let found = vm.get_attr_str(value, name);
        match found {
            Ok(found) => {
                let repr = super::open::guarded_repr(vm, value, found)?;
                shown.push_str(&format!(" {name}={repr}"));
            }
            Err(raised)
                if vm.raised_is(vm.exc.attribute_error) || vm.raised_is(vm.exc.value_error) =>
            {
                vm.take_raised(raised);
            }
            Err(raised) => return Err(raised),
        }
    }
    let encoding = vm.repr_text(this.encoding.get())?;
    Ok(vm.str(&format!("{shown} encoding={encoding}>")))
}
