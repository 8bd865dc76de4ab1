//! `StringIO`: a stream of text in memory.
use std::cell::{Cell, RefCell};

use haft_core::object::{NoTrace, PayloadRef, Str, Tuple, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};
use haft_text::wtf8::n_chars;

use super::argument::optional_size;
use super::bytesio::{copied_attributes, restore_attributes, state_position};
use super::newline::{Newline, Newlines, translate_written, whence};

payload! {
    /// A stream of text in memory.
    struct StringIo {
        text: NoTrace<RefCell<Text>>,
        newline: NoTrace<Cell<Newline>>,
        /// For any line end: what was seen so far.
        newlines: NoTrace<Newlines>,
        closed: Cell<bool>,
        initialised: Cell<bool>,
    }
}

/// WTF-8 with a position in it.
#[derive(Debug, Default)]
struct Text {
    bytes: Vec<u8>,
    n_chars: usize,
    /// In code points; may lie behind the end.
    position: usize,
    /// The position in bytes, if it lies within the text.
    offset: usize,
}

impl Text {
    fn is_ascii(&self) -> bool {
        self.bytes.len() == self.n_chars
    }
    /// The byte offset of a code point, not behind the end.
    fn offset_of(&self, index: usize) -> usize {
        if self.is_ascii() || index == 0 {
            return index;
        }
        if index == self.n_chars {
            return self.bytes.len();
        }
        advance(&self.bytes, index)
    }
    fn seek(&mut self, position: usize) {
        self.position = position;
        self.offset = self.offset_of(position.min(self.n_chars));
    }
    fn rest(&self) -> &[u8] {
        &self.bytes[self.offset..]
    }
    /// Step over the first `len` bytes of the rest, and give them.
    fn take(&mut self, len: usize) -> &[u8] {
        let start = self.offset;
        let taken = &self.bytes[start..start + len];
        self.position += if self.is_ascii() { len } else { n_chars(taken) };
        self.offset += len;
        taken
    }
    fn write(&mut self, text: &[u8], n: usize) {
        if n == 0 {
            return;
        }
        if self.position > self.n_chars {
            let gap = self.position - self.n_chars;
            self.bytes.resize(self.bytes.len() + gap, 0);
            self.n_chars = self.position;
            self.offset = self.bytes.len();
        }
        let n_replaced = n.min(self.n_chars - self.position);
        if n_replaced == 0 {
            self.bytes.extend_from_slice(text);
        } else {
            let end = self.offset
                + if self.is_ascii() { n_replaced } else { advance(self.rest(), n_replaced) };
            self.bytes.splice(self.offset..end, text.iter().copied());
        }
        self.n_chars += n - n_replaced;
        self.position += n;
        self.offset += text.len();
    }
    fn truncate(&mut self, len: usize) {
        if len < self.n_chars {
            let offset = self.offset_of(len);
            self.bytes.truncate(offset);
            self.n_chars = len;
            self.offset = self.offset.min(offset);
        }
    }
}

/// The bytes of the first `n` code points.
fn advance(bytes: &[u8], n: usize) -> usize {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte & 0xC0 != 0x80);
    starts.map(|(at, _)| at).nth(n).unwrap_or(bytes.len())
}

type This = PayloadRef<StringIo>;

pub(super) fn make_type(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Text I/O implementation using an in-memory buffer.\n\n\
              The initial_value argument sets the value of object.  The newline\n\
              argument is like the one of TextIOWrapper's constructor.",
        base: Some(base),
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(init));
            s.iter.set(Some(|vm, this| open(vm, this).map(PayloadRef::value)));
            s.next.set(Some(next));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<StringIo>("_io.StringIO")
    })
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = super::open::class_argument(vm, class)?;
    let this = vm.new_payload(
        class,
        StringIo {
            text: NoTrace(RefCell::default()),
            newline: NoTrace(Cell::new(Newline::Fixed("\n"))),
            newlines: NoTrace(Newlines::default()),
            closed: Cell::new(false),
            initialised: Cell::new(false),
        },
    );
    if !class.has(TypeFlags::HEAP) {
        // There is nothing to be flushed when it dies.
        super::adopt(vm, this);
    }
    Ok(this)
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("StringIO", "(initial_value='', newline='\n')", args)?;
    let this = this_stream(vm, this)?;
    let newline = Newline::parse(vm, bound[1])?;
    let initial = bound[0];
    if !initial.is_none() && vm.as_str(initial).is_none() {
        let class = vm.type_name(initial);
        return Err(vm.type_error(format!("initial_value must be str or None, not {class}")));
    }
    this.initialised.set(true);
    this.closed.set(false);
    this.newline.set(newline);
    this.newlines.reset();
    this.newlines.translate.set(newline == Newline::Universal);
    this.text.replace(Text::default());
    if let Some(text) = vm.as_str(initial) {
        write_text(this, text);
        this.text.borrow_mut().seek(0);
    }
    Ok(Value::NONE)
}

natives! {
    static METHODS = {
        /// Close the IO object.
        ///
        /// Attempting any further operation after the object is closed
        /// will raise a ValueError.
        ///
        /// This method has no effect if the file is already closed.
        close "($self, /)" => |vm, args| {
            let this = this_stream(vm, args[0])?;
            this.closed.set(true);
            this.text.replace(Text::default());
            Ok(Value::NONE)
        };
        /// Retrieve the entire contents of the object.
        getvalue "($self, /)" => |vm, args| {
            let this = open(vm, args[0])?;
            Ok(value(vm, this))
        };
        /// Read at most size characters, returned as a string.
        ///
        /// If the argument is negative or omitted, read until EOF
        /// is reached. Return an empty string at EOF.
        read "($self, size=-1, /)" => read;
        /// Read until newline or EOF.
        ///
        /// Returns an empty string if EOF is hit immediately.
        readline "($self, size=-1, /)" => |vm, args| {
            let this = open(vm, args[0])?;
            let limit = optional_size(vm, args[1])?;
            Ok(line(vm, this, usize::try_from(limit).unwrap_or(usize::MAX)))
        };
        /// Tell the current file position.
        tell "($self, /)" => |vm, args| {
            let position = open(vm, args[0])?.text.borrow().position;
            Ok(vm.int_usize(position))
        };
        /// Truncate size to pos.
        ///
        /// The pos argument defaults to the current file position, as
        /// returned by tell().  The current file position is unchanged.
        /// Returns the new absolute position.
        truncate "($self, pos=None, /)" => truncate;
        /// Change stream position.
        ///
        /// Seek to character offset pos relative to position indicated by whence:
        ///     0  Start of stream (the default).  pos should be >= 0;
        ///     1  Current position - pos must be 0;
        ///     2  End of stream - pos must be 0.
        /// Returns the new absolute position.
        seek "($self, pos, whence=0, /)" => seek;
        /// Write string to file.
        ///
        /// Returns the number of characters written, which is always equal to
        /// the length of the string.
        write "($self, s, /)" => write;
        /// Returns True if the IO object can be seeked.
        seekable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        /// Returns True if the IO object can be read.
        readable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        /// Returns True if the IO object can be written.
        writable "($self, /)" => |vm, args| open(vm, args[0]).map(|_| Value::TRUE);
        __getstate__ "($self, /)" => getstate;
        __setstate__ "($self, state, /)" => setstate;
    }
}

getsets! {
    static GETSETS = {
        closed => |vm, this| {
            let this = ready(vm, this)?;
            Ok(Value::bool(this.closed.get()))
        };
        newlines => |vm, this| {
            let this = open(vm, this)?;
            if this.newline.get().is_universal() { Ok(this.get().newlines.seen(vm)) } else { Ok(Value::NONE) }
        };
        line_buffering => |vm, this| open(vm, this).map(|_| Value::FALSE);
    }
}

fn this_stream(vm: &mut Vm, value: Value) -> R<This> {
    vm.this(value, "read", "_io.StringIO")
}

fn ready(vm: &mut Vm, value: Value) -> R<This> {
    let this = this_stream(vm, value)?;
    if this.initialised.get() {
        Ok(this)
    } else {
        Err(vm.value_error("I/O operation on uninitialized object"))
    }
}

fn open(vm: &mut Vm, value: Value) -> R<This> {
    let this = ready(vm, value)?;
    if this.closed.get() { Err(vm.value_error("I/O operation on closed file")) } else { Ok(this) }
}

fn value(vm: &mut Vm, this: This) -> Value {
    let text = this.get().text.borrow();
    vm.str_wtf8(&text.bytes)
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let size = optional_size(vm, args[1])?;
    let mut text = this.get().text.borrow_mut();
    let len = match usize::try_from(size) {
        _ if text.position >= text.n_chars => 0,
        Ok(n) if text.is_ascii() => n.min(text.rest().len()),
        Ok(n) => advance(text.rest(), n),
        Err(_) => text.rest().len(),
    };
    let taken = text.take(len);
    Ok(vm.str_wtf8(taken))
}

/// The next line, at most `limit` code points of it.
fn line(vm: &mut Vm, this: This, limit: usize) -> Value {
    let newline = this.newline.get();
    let mut text = this.get().text.borrow_mut();
    if text.position >= text.n_chars {
        return vm.str("");
    }
    let rest = text.rest();
    let mut len = newline.line_end(rest, newline == Newline::Universal).unwrap_or(rest.len());
    if limit < len {
        len = len.min(if text.is_ascii() { limit } else { advance(rest, limit) });
    }
    let taken = text.take(len);
    vm.str_wtf8(taken)
}

fn next(vm: &mut Vm, value: Value) -> R {
    let this = open(vm, value)?;
    let exact = super::types(vm)?.string_io == vm.type_of(value);
    let line = if exact {
        line(vm, this, usize::MAX)
    } else {
        vm.call_method(value, vm.names.readline, &[])?
    };
    let Some(text) = vm.as_str(line) else {
        let class = vm.type_name(line);
        let message = format!("readline() should have returned a str object, not '{class}'");
        return Err(vm.raise(vm.exc.os_error, message));
    };
    Ok(if text.is_empty() { Value::ABSENT } else { line })
}

fn write(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0])?;
    let Some(text) = vm.as_str(args[1]) else {
        let class = vm.type_name(args[1]);
        return Err(vm.type_error(format!("string argument expected, got '{class}'")));
    };
    if this.closed.get() {
        return Err(vm.value_error("I/O operation on closed file"));
    }
    write_text(this, text);
    Ok(vm.int_usize(text.len()))
}

fn write_text(this: This, text: Str) {
    let newline = this.newline.get();
    let mut target = this.get().text.borrow_mut();
    if newline.is_universal() {
        let decoded = this.newlines.decode(text.bytes().to_vec(), true);
        let n = n_chars(&decoded);
        target.write(&decoded, n);
    } else if let Some(end) = newline.written() {
        let translated = translate_written(text, end);
        let n = n_chars(&translated);
        target.write(&translated, n);
    } else {
        target.write(text.bytes(), text.len());
    }
}

fn truncate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let size =
        if args[1].is_none() { this.text.borrow().position as i64 } else { vm.index_of(args[1])? };
    let Ok(len) = usize::try_from(size) else {
        return Err(vm.value_error(format!("Negative size value {size}")));
    };
    this.text.borrow_mut().truncate(len);
    Ok(vm.int(size))
}

fn seek(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let (offset, whence) = (vm.index_of(args[1])?, whence(vm, args[2])?);
    if !matches!(whence, 0..=2) {
        return Err(vm.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
    }
    if whence == 0 && offset < 0 {
        return Err(vm.value_error(format!("Negative seek position {offset}")));
    }
    if whence != 0 && offset != 0 {
        return Err(vm.raise(vm.exc.os_error, "Can't do nonzero cur-relative seeks"));
    }
    let mut text = this.get().text.borrow_mut();
    let position = match whence {
        0 => offset as usize,
        1 => text.position,
        _ => text.n_chars,
    };
    text.seek(position);
    Ok(vm.int_usize(position))
}

fn getstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0])?;
    let contents = value(vm, this);
    let newline = this.newline.get().value(vm);
    let position = this.text.borrow().position;
    let position = vm.int_usize(position);
    let attributes = copied_attributes(vm, args[0]);
    Ok(vm.tuple(&[contents, newline, position, attributes]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0])?;
    let state = vm.as_tuple(args[1]).map_or(&[][..], Tuple::items);
    let &[contents, newline, position, attributes, ..] = state else {
        let (class, got) = (vm.type_name(args[0]), vm.type_name(args[1]));
        return Err(
            vm.type_error(format!("{class}.__setstate__ argument should be 4-tuple, got {got}"))
        );
    };
    init(vm, args[0], &Args::positional(&[contents, newline]))?;
    // The text is what `getvalue` gave: its line ends are not translated again.
    let bytes = vm.as_str(contents).map_or(&[][..], Str::bytes);
    let count = n_chars(bytes);
    this.text.replace(Text { bytes: bytes.to_vec(), n_chars: count, position: 0, offset: 0 });
    let position = state_position(vm, position, "third")?;
    this.text.borrow_mut().seek(position);
    restore_attributes(vm, args[0], attributes, "fourth")?;
    Ok(Value::NONE)
}
