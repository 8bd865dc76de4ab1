//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`: one layout, bytes read ahead and bytes still to be written.
//!
//! # Invariants
//! * At most one of the two buffers has something in it: reading writes first, writing gives back what was read ahead.
//! * `position`, when known, is where the raw stream stands: behind the bytes read ahead, before those to be written.
//! * What changes the buffers and may let other threads run holds the object's lock. A quick path that does neither
//!   may do without, provided the lock is free.
mod lock;
mod pair;
mod reader;
mod writer;

use std::cell::{Cell, RefCell};

use haft_core::object::{BufferView, ByteArray, Exception, NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, payload};
use haft_host::constants as c;

use super::argument::attribute;
use super::fileio::{self, FileIo};
use super::iobase::{self, finally};
use super::{DEFAULT_BUFFER_SIZE, adopt, release, unsupported};
use lock::Lock;

pub(super) use pair::make_type as make_pair;

payload! {
    /// A buffer around a raw stream.
    pub(super) struct Buffered {
        /// ABSENT before `__init__` and after `detach`.
        pub(super) raw: Cell<Value>,
        /// The raw stream, if it is a `FileIO`: then its methods need not be looked up.
        file: Cell<Option<PayloadRef<FileIo>>>,
        detached: Cell<bool>,
        reads: Cell<bool>,
        writes: Cell<bool>,
        size: Cell<usize>,
        /// Bytes read from the raw stream, and how many of them were handed out.
        ahead: NoTrace<RefCell<Vec<u8>>>,
        taken: Cell<usize>,
        /// Bytes to be written.
        pending: NoTrace<RefCell<Vec<u8>>>,
        position: Cell<Option<i64>>,
        finalizing: Cell<bool>,
        lock: NoTrace<Lock>,
    }
}

pub(super) type Buffer = PayloadRef<Buffered>;

impl Buffered {
    fn uninitialised() -> Buffered {
        Buffered {
            raw: Cell::new(Value::ABSENT),
            file: Cell::new(None),
            detached: Cell::new(false),
            reads: Cell::new(false),
            writes: Cell::new(false),
            size: Cell::new(DEFAULT_BUFFER_SIZE),
            ahead: NoTrace(RefCell::default()),
            taken: Cell::new(0),
            pending: NoTrace(RefCell::default()),
            position: Cell::new(None),
            finalizing: Cell::new(false),
            lock: NoTrace(Lock::default()),
        }
    }
    /// How many bytes were read ahead.
    fn n_ahead(&self) -> usize {
        self.ahead.borrow().len().saturating_sub(self.taken.get())
    }
    /// Take up to `n` bytes that were read ahead.
    fn take_ahead(&self, n: usize, out: &mut Vec<u8>) -> usize {
        let ahead = self.ahead.borrow();
        let start = self.taken.get();
        let n = n.min(ahead.len().saturating_sub(start));
        out.extend_from_slice(&ahead[start..start + n]);
        self.taken.set(start + n);
        n
    }
    fn forget_ahead(&self) {
        self.ahead.borrow_mut().clear();
        self.taken.set(0);
    }
    fn n_pending(&self) -> usize {
        self.pending.borrow().len()
    }
    fn moved(&self, n: usize) {
        self.position.set(self.position.get().map(|position| position + n as i64));
    }
}

// ---- classes

fn spec(name: &'static str, doc: &'static str, base: Type) -> TypeSpec {
    TypeSpec {
        doc,
        base: Some(base),
        flags: TypeFlags::BASE,
        getsets: GETSETS,
        ..TypeSpec::of::<Buffered>(name)
    }
}

fn new(vm: &mut Vm, class: Value, _: &Args<'_>) -> R {
    let class = super::open::class_argument(vm, class)?;
    Ok(vm.new_payload(class, Buffered::uninitialised()))
}

pub(super) fn make_reader(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(|vm, this, args| init(vm, this, args, "BufferedReader")));
            s.repr.set(Some(repr));
            s.next.set(Some(reader::next));
        },
        methods: reader::READER_METHODS,
        ..spec(
            "_io.BufferedReader",
            "Create a new buffered reader using the given readable raw IO object.",
            base,
        )
    })
}

pub(super) fn make_writer(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(|vm, this, args| init(vm, this, args, "BufferedWriter")));
            s.repr.set(Some(repr));
        },
        methods: writer::WRITER_METHODS,
        ..spec(
            "_io.BufferedWriter",
            "A buffer for a writeable sequential RawIO object.\n\n\
             The constructor creates a BufferedWriter for the given writeable raw\n\
             stream. If the buffer_size is not given, it defaults to\n\
             DEFAULT_BUFFER_SIZE.",
            base,
        )
    })
}

pub(super) fn make_random(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.new.set(Some(new));
            s.init.set(Some(|vm, this, args| init(vm, this, args, "BufferedRandom")));
            s.repr.set(Some(repr));
            s.next.set(Some(reader::next));
        },
        methods: reader::RANDOM_METHODS,
        ..spec(
            "_io.BufferedRandom",
            "A buffered interface to random access streams.\n\n\
             The constructor creates a reader and writer for a seekable stream,\n\
             raw, given in the first argument. If the buffer_size is omitted it\n\
             defaults to DEFAULT_BUFFER_SIZE.",
            base,
        )
    })
}

/// What a buffer is for.
#[derive(Clone, Copy)]
struct Ability {
    reads: bool,
    writes: bool,
}

const READER: Ability = Ability { reads: true, writes: false };
const WRITER: Ability = Ability { reads: false, writes: true };
const RANDOM: Ability = Ability { reads: true, writes: true };

fn init(vm: &mut Vm, this: Value, args: &Args<'_>, class: &'static str) -> R {
    let bound = vm.bind_signature(class, "(raw, buffer_size=131072)", args)?;
    let (raw, size) = (bound[0], vm.index_of(bound[1])?);
    let ability = match class {
        "BufferedReader" => READER,
        "BufferedWriter" => WRITER,
        _ => RANDOM,
    };
    let this = this_buffer(vm, this, "__init__")?;
    this.raw.set(Value::ABSENT);
    this.detached.set(false);
    if ability.reads && ability.writes {
        check(vm, raw, "seekable", "File or stream is not seekable.")?;
    }
    if ability.reads {
        check(vm, raw, "readable", "File or stream is not readable.")?;
    }
    if ability.writes {
        check(vm, raw, "writable", "File or stream is not writable.")?;
    }
    let Some(size) = usize::try_from(size).ok().filter(|&size| size > 0) else {
        return Err(vm.value_error("buffer size must be strictly positive"));
    };
    set_up(vm, this, raw, size, ability);
    Ok(Value::NONE)
}

fn check(vm: &mut Vm, raw: Value, method: &str, message: &str) -> R<()> {
    let answer = vm.call_method_str(raw, method, &[])?;
    if answer == Value::TRUE { Ok(()) } else { Err(unsupported(vm, message)) }
}

fn set_up(vm: &mut Vm, this: Buffer, raw: Value, size: usize, ability: Ability) {
    this.raw.set(raw);
    let file = fileio::exact_file(vm, raw);
    this.file.set(file);
    this.reads.set(ability.reads);
    this.writes.set(ability.writes);
    this.size.set(size);
    this.position.set(None);
    this.forget_ahead();
    this.pending.borrow_mut().clear();
    adopt(vm, raw);
}

fn new_buffer(vm: &mut Vm, class: Type, raw: Value, size: usize, ability: Ability) -> R {
    let this = vm.new_payload_ref(class, Buffered::uninitialised());
    set_up(vm, this, raw, size, ability);
    Ok(this.value())
}

/// A reader around a file known to be readable.
pub(super) fn new_reader(vm: &mut Vm, raw: Value, size: usize) -> R {
    let class = super::types(vm)?.buffered_reader;
    new_buffer(vm, class, raw, size, READER)
}

/// A writer around a file known to be writable.
pub(super) fn new_writer(vm: &mut Vm, raw: Value, size: usize) -> R {
    let class = super::types(vm)?.buffered_writer;
    new_buffer(vm, class, raw, size, WRITER)
}

/// A buffer for reading and writing; UnsupportedOperation if the file is not seekable.
pub(super) fn new_random(vm: &mut Vm, raw: Value, size: usize) -> R {
    let class = super::types(vm)?.buffered_random;
    check(vm, raw, "seekable", "File or stream is not seekable.")?;
    new_buffer(vm, class, raw, size, RANDOM)
}

/// The buffer behind a value, if it is of one of the exact classes, whose methods are those of this folder.
pub(super) fn exact_buffer(vm: &mut Vm, value: Value) -> Option<Buffer> {
    let buffer = Buffer::of_value(value)?;
    let types = super::types(vm).ok()?;
    let class = vm.type_of(value);
    let exact = class == types.buffered_reader
        || class == types.buffered_writer
        || class == types.buffered_random;
    exact.then_some(buffer)
}

/// See [`iobase::finalize`].
pub(super) fn mark_finalizing(value: Value) -> bool {
    Buffer::of_value(value).is_some_and(|buffer| {
        buffer.finalizing.set(true);
        true
    })
}

getsets! {
    static GETSETS = {
        raw => |vm, this| {
            let raw = this_buffer(vm, this, "raw")?.raw.get();
            Ok(raw.or_none())
        };
        closed => |vm, this| {
            let this = ready(vm, this, "closed")?;
            is_closed(vm, this).map(Value::bool)
        };
        name => |vm, this| {
            let raw = ready(vm, this, "name")?.raw.get();
            vm.get_attr(raw, vm.names.name)
        };
        mode => |vm, this| {
            let raw = ready(vm, this, "mode")?.raw.get();
            vm.get_attr_str(raw, "mode")
        };
        _finalizing => |vm, this| Ok(Value::bool(this_buffer(vm, this, "_finalizing")?.finalizing.get())),
            |vm, this, value| {
                let finalizing = vm.truth(value)?;
                this_buffer(vm, this, "_finalizing")?.finalizing.set(finalizing);
                Ok(())
            };
    }
}

// ---- receivers and their state

fn this_buffer(vm: &mut Vm, value: Value, method: &str) -> R<Buffer> {
    vm.this(value, method, "_io._Buffered")
}

/// The receiver, if it was set up.
fn ready(vm: &mut Vm, value: Value, method: &str) -> R<Buffer> {
    let this = this_buffer(vm, value, method)?;
    if this.raw.get().is_absent() { Err(not_ready(vm, this)) } else { Ok(this) }
}

#[cold]
fn not_ready(vm: &mut Vm, this: Buffer) -> Raised {
    vm.value_error(if this.detached.get() {
        "raw stream has been detached"
    } else {
        "I/O operation on uninitialized object"
    })
}

fn is_closed(vm: &mut Vm, this: Buffer) -> R<bool> {
    match this.file.get() {
        Some(file) => Ok(file.is_closed()),
        None => iobase::is_closed(vm, this.raw.get()),
    }
}

/// The receiver, if it is open, or has bytes left that were read ahead.
fn open(vm: &mut Vm, value: Value, method: &str) -> R<Buffer> {
    let this = ready(vm, value, method)?;
    if is_closed(vm, this)? && this.n_ahead() == 0 {
        return Err(vm.value_error(format!("{method} of closed file")));
    }
    Ok(this)
}

/// Run `f` with the object's lock held.
fn locked<T>(vm: &mut Vm, this: Buffer, f: impl FnOnce(&mut Vm) -> R<T>) -> R<T> {
    lock::acquire(vm, this)?;
    let result = f(vm);
    this.get().lock.release();
    result
}

// ---- the raw stream

/// Append what one read of the raw stream gives; `None` if it would block.
fn raw_read(vm: &mut Vm, this: Buffer, out: &mut Vec<u8>, n: usize) -> R<Option<usize>> {
    let got = match this.file.get() {
        Some(file) => {
            check_file(vm, file)?;
            fileio::read_some(vm, file, out, n)?
        }
        None => raw_readinto(vm, this.raw.get(), out, n)?,
    };
    if let Some(n) = got {
        this.moved(n);
    }
    Ok(got)
}

fn check_file(vm: &mut Vm, file: PayloadRef<FileIo>) -> R<()> {
    if file.is_closed() { Err(vm.value_error("I/O operation on closed file")) } else { Ok(()) }
}

fn raw_readinto(vm: &mut Vm, raw: Value, out: &mut Vec<u8>, n: usize) -> R<Option<usize>> {
    let length = vm.int_usize(n);
    let buffer = vm.call_positional(vm.t.bytearray.value(), &[length])?;
    let view = vm.call_positional(vm.t.memoryview.value(), &[buffer])?;
    let got = retrying(vm, |vm| vm.call_method_str(raw, "readinto", &[view]))?;
    vm.call_method_str(view, "release", &[])?;
    if got.is_none() {
        return Ok(None);
    }
    let count = read_count(vm, got)?;
    let data =
        PayloadRef::<ByteArray>::of_value(buffer).map_or(&[][..], |buffer| buffer.get().data());
    match usize::try_from(count).ok().and_then(|count| data.get(..count)) {
        Some(data) => {
            out.extend_from_slice(data);
            Ok(Some(data.len()))
        }
        None => Err(vm.raise(
            vm.exc.os_error,
            format!("raw readinto() returned invalid length {count} (should have been between 0 and {n})"),
        )),
    }
}

/// The number of bytes that `readinto` claims; what is no number becomes the cause of an OSError.
fn read_count(vm: &mut Vm, got: Value) -> R<i64> {
    match vm.index_of(got) {
        Ok(count) => Ok(count),
        Err(raised) => {
            let cause = vm.take_raised(raised);
            let raised = vm.raise(vm.exc.os_error, "raw readinto() failed");
            let exception = vm.take_raised(raised);
            if let Some(error) = PayloadRef::<Exception>::of_value(exception) {
                error.cause.set(cause);
                error.context.set(cause);
                error.suppress_context.set(true);
            }
            Err(vm.raise_again(exception))
        }
    }
}

/// Call a method of a Python stream again while it raises InterruptedError.
fn retrying(vm: &mut Vm, mut call: impl FnMut(&mut Vm) -> R) -> R {
    loop {
        let result = call(vm);
        if let Some(value) = vm.catch(result, vm.exc.interrupted_error)? {
            return Ok(value);
        }
        crate::process::signal::run_handlers(vm)?;
    }
}

/// One write of the raw stream; how many bytes it took, `None` if it would block.
fn raw_write(vm: &mut Vm, this: Buffer, data: &[u8]) -> R<Option<usize>> {
    let got = match this.file.get() {
        Some(file) => {
            check_file(vm, file)?;
            let start = data.as_ptr().cast_mut();
            fileio::write_some(
                vm,
                file,
                &BufferView { start, len: data.len(), readonly: true, item_size: 1, format: "B" },
            )?
        }
        None => {
            let (raw, bytes) = (this.raw.get(), vm.bytes(data));
            let view = vm.call_positional(vm.t.memoryview.value(), &[bytes])?;
            let got = retrying(vm, |vm| vm.call_method(raw, vm.names.write, &[view]))?;
            vm.call_method_str(view, "release", &[])?;
            if got.is_none() { None } else { Some(write_count(vm, got, data.len())?) }
        }
    };
    if let Some(n) = got {
        this.moved(n);
    }
    Ok(got)
}

fn write_count(vm: &mut Vm, got: Value, len: usize) -> R<usize> {
    let count = vm.index_of(got)?;
    match usize::try_from(count).ok().filter(|&count| count <= len) {
        Some(count) => Ok(count),
        None => Err(vm.raise(
            vm.exc.os_error,
            format!(
                "raw write() returned invalid length {count} (should have been between 0 and {len})"
            ),
        )),
    }
}

fn raw_seek(vm: &mut Vm, this: Buffer, target: i64, whence: i32) -> R<i64> {
    this.position.set(None);
    let position = match this.file.get() {
        Some(file) => {
            check_file(vm, file)?;
            fileio::seek(vm, file, target, whence)?
        }
        None => {
            let (target, whence) = (vm.int(target), vm.int(i64::from(whence)));
            let position = vm.call_method_str(this.raw.get(), "seek", &[target, whence])?;
            vm.index_of(position)?
        }
    };
    note_position(vm, this, position)
}

fn raw_tell(vm: &mut Vm, this: Buffer) -> R<i64> {
    this.position.set(None);
    let position = match this.file.get() {
        Some(file) => {
            check_file(vm, file)?;
            fileio::seek(vm, file, 0, c::SEEK_CUR)?
        }
        None => {
            let position = vm.call_method_str(this.raw.get(), "tell", &[])?;
            vm.index_of(position)?
        }
    };
    note_position(vm, this, position)
}

fn note_position(vm: &mut Vm, this: Buffer, position: i64) -> R<i64> {
    if position < 0 {
        return Err(
            vm.raise(vm.exc.os_error, format!("Raw stream returned invalid position {position}"))
        );
    }
    this.position.set(Some(position));
    Ok(position)
}

/// Give back what was read ahead: the raw stream goes back to where the reader is.
fn rewind(vm: &mut Vm, this: Buffer) -> R<()> {
    let n = this.n_ahead();
    if n > 0 {
        raw_seek(vm, this, -(n as i64), c::SEEK_CUR)?;
    }
    this.forget_ahead();
    Ok(())
}

// ---- methods of all three

pub(super) fn detach(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "detach")?;
    vm.call_method(args[0], vm.names.flush, &[])?;
    let raw = this.raw.replace(Value::ABSENT);
    this.file.set(None);
    this.detached.set(true);
    release(vm, raw);
    Ok(raw)
}

pub(super) fn close(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "close")?;
    let closed = locked(vm, this, |vm| {
        if is_closed(vm, this)? {
            return Ok(true);
        }
        if this.finalizing.get() {
            warn_unclosed(vm, this.raw.get(), args[0])?;
        }
        Ok(false)
    })?;
    if closed {
        return Ok(Value::NONE);
    }
    let flushed = vm.call_method(args[0], vm.names.flush, &[]);
    finally(vm, flushed, |vm| {
        locked(vm, this, |vm| vm.call_method(this.raw.get(), vm.names.close, &[]))?;
        this.ahead.replace(Vec::new());
        this.taken.set(0);
        this.pending.replace(Vec::new());
        Ok(())
    })?;
    Ok(Value::NONE)
}

/// Have the raw stream warn that `source` was not closed. An error of that is nobody's business.
fn warn_unclosed(vm: &mut Vm, raw: Value, source: Value) -> R<()> {
    let Some(warn) = attribute(vm, raw, "_dealloc_warn")? else { return Ok(()) };
    if let Err(raised) = vm.call_positional(warn, &[source]) {
        vm.take_raised(raised);
    }
    Ok(())
}

pub(super) fn dealloc_warn(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_buffer(vm, args[0], "_dealloc_warn")?;
    if !this.raw.get().is_absent() {
        warn_unclosed(vm, this.raw.get(), args[1])?;
    }
    Ok(Value::NONE)
}

/// `seekable`, `fileno` …: ask the raw stream.
pub(super) fn ask_raw(vm: &mut Vm, this: Value, method: &str) -> R {
    let raw = ready(vm, this, method)?.raw.get();
    vm.call_method_str(raw, method, &[])
}

pub(super) fn tell(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "tell")?;
    let position = raw_tell(vm, this)?;
    // The raw stream may have been moved behind our back.
    let position = (position - this.n_ahead() as i64 + this.n_pending() as i64).max(0);
    Ok(vm.int(position))
}

pub(super) fn seek(vm: &mut Vm, args: &[Value]) -> R {
    let this = ready(vm, args[0], "seek")?;
    let (target, whence) = iobase::seek_arguments(vm, args[1], args[2])?;
    if !matches!(whence, c::SEEK_SET | c::SEEK_CUR | c::SEEK_END | c::SEEK_DATA | c::SEEK_HOLE) {
        return Err(vm.value_error(format!("whence value {whence} unsupported")));
    }
    if is_closed(vm, this)? {
        return Err(vm.value_error("seek of closed file"));
    }
    match this.file.get() {
        Some(file) if fileio::is_seekable(vm, file)? => {}
        _ => check(vm, this.raw.get(), "seekable", "File or stream is not seekable.")?,
    }
    if let Some(position) = seek_within(this, target, whence) {
        return Ok(vm.int(position));
    }
    let position = locked(vm, this, |vm| {
        writer::flush_pending(vm, this)?;
        let target = if whence == c::SEEK_CUR { target - this.n_ahead() as i64 } else { target };
        let position = raw_seek(vm, this, target, whence)?;
        this.forget_ahead();
        Ok(position)
    })?;
    Ok(vm.int(position))
}

/// A seek to a byte that was read ahead; the new position.
fn seek_within(this: Buffer, target: i64, whence: i32) -> Option<i64> {
    if !this.lock.is_free() || this.n_pending() > 0 || this.ahead.borrow().is_empty() {
        return None;
    }
    let (len, taken) = (this.ahead.borrow().len() as i64, this.taken.get() as i64);
    let start = this.position.get()? - len;
    let wanted = match whence {
        c::SEEK_SET => target,
        c::SEEK_CUR => start.checked_add(taken)?.checked_add(target)?,
        _ => return None,
    };
    let taken =
        usize::try_from(wanted.checked_sub(start)?).ok().filter(|&taken| taken as i64 <= len)?;
    this.taken.set(taken);
    Some(wanted)
}

pub(super) fn truncate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open(vm, args[0], "truncate")?;
    if !this.writes.get() {
        return Err(unsupported(vm, "truncate"));
    }
    locked(vm, this, |vm| {
        writer::flush_pending(vm, this)?;
        rewind(vm, this)?;
        let result = vm.call_method_str(this.raw.get(), "truncate", &[args[1]])?;
        this.position.set(None);
        Ok(result)
    })
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let class = vm.type_of(value);
    let class = vm.full_type_name(class);
    let name = vm.get_attr(value, vm.names.name);
    let name = match name {
        Ok(name) => name,
        Err(raised) if vm.raised_is(vm.exc.attribute_error) || vm.raised_is(vm.exc.value_error) => {
            vm.take_raised(raised);
            return Ok(vm.str(&format!("<{class}>")));
        }
        Err(raised) => return Err(raised),
    };
    let shown = super::open::guarded_repr(vm, value, name)?;
    Ok(vm.str(&format!("<{class} name={shown}>")))
}

// ---- for the text layer

pub(super) use reader::read_once_into;
pub(super) use writer::{flush_buffer, write_bytes};

pub(super) fn is_buffer_closed(vm: &mut Vm, this: Buffer) -> R<bool> {
    if this.raw.get().is_absent() {
        return Err(not_ready(vm, this));
    }
    is_closed(vm, this)
}

/// Is `flush` more than handing on to the raw stream?
pub(super) fn is_writer(vm: &mut Vm, this: Buffer) -> R<bool> {
    if this.raw.get().is_absent() {
        return Err(not_ready(vm, this));
    }
    Ok(this.writes.get())
}

/// What `read1` asks before it reads.
pub(super) fn check_readable_open(vm: &mut Vm, this: Buffer) -> R<()> {
    open(vm, this.value(), "read").map(drop)
}
