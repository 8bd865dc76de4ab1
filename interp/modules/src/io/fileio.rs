//! `FileIO`: an open file descriptor.
#![expect(clippy::struct_excessive_bools, reason = "the flags of an open file")]
use std::cell::Cell;
use std::io;

use haft_core::object::{BufferView, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;
use haft_host::file;

use super::argument::{optional_size, writable_buffer};
use super::iobase::{self, seek_arguments};
use super::{DEFAULT_BUFFER_SIZE, unsupported};
use crate::blocking::{blocking, blocking_os, os_result, raise_os};
use crate::os::argument::{c_int, fs_path};

/// The most that one `read` or `write` is asked for; Linux does no more anyway (read(2), NOTES).
const MAX_TRANSFER: usize = 0x7fff_f000;

payload! {
    /// An open file descriptor.
    pub(super) struct FileIo {
        /// -1 while closed.
        pub(super) fd: Cell<i32>,
        pub(super) readable: Cell<bool>,
        pub(super) writable: Cell<bool>,
        created: Cell<bool>,
        appending: Cell<bool>,
        closes_fd: Cell<bool>,
        seekable: Cell<Option<bool>>,
        block_size: Cell<usize>,
        finalizing: Cell<bool>,
    }
}

type File = PayloadRef<FileIo>;

pub(super) fn make_type(vm: &mut Vm, base: Type) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "Open a file.\n\n\
              The mode can be 'r' (default), 'w', 'x' or 'a' for reading,\n\
              writing, exclusive creation or appending.  The file will be created if it\n\
              doesn't exist when opened for writing or appending; it will be truncated\n\
              when opened for writing.  A FileExistsError will be raised if it already\n\
              exists when opened for creating. Opening a file for creating implies\n\
              writing so this mode behaves in a similar way to 'w'.Add a '+' to the mode\n\
              to allow simultaneous reading and writing. A custom opener can be used by\n\
              passing a callable as *opener*. The underlying file descriptor for the file\n\
              object is then obtained by calling opener with (*name*, *flags*).\n\
              *opener* must return an open file descriptor (passing os.open as *opener*\n\
              results in functionality similar to passing None).",
        base: Some(base),
        flags: TypeFlags::BASE,
        slots: |s| {
            s.new.set(Some(|vm, class, _| {
                let class = super::open::class_argument(vm, class)?;
                Ok(vm.new_payload(class, FileIo::closed()))
            }));
            s.init.set(Some(init));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<FileIo>("_io.FileIO")
    })
}

impl FileIo {
    fn closed() -> FileIo {
        FileIo {
            fd: Cell::new(-1),
            readable: Cell::new(false),
            writable: Cell::new(false),
            created: Cell::new(false),
            appending: Cell::new(false),
            closes_fd: Cell::new(true),
            seekable: Cell::new(None),
            block_size: Cell::new(DEFAULT_BUFFER_SIZE),
            finalizing: Cell::new(false),
        }
    }
    pub(super) fn is_closed(&self) -> bool {
        self.fd.get() < 0
    }
    pub(super) fn mode(&self) -> &'static str {
        match (self.created.get(), self.appending.get(), self.readable.get(), self.writable.get()) {
            (true, _, true, _) => "xb+",
            (true, ..) => "xb",
            (_, true, true, _) => "ab+",
            (_, true, ..) => "ab",
            (_, _, true, true) => "rb+",
            (_, _, true, false) => "rb",
            _ => "wb",
        }
    }
    /// Take over the mode of an `open`.
    fn set_mode(&self, mode: &Mode) {
        self.readable.set(mode.readable);
        self.writable.set(mode.writable);
        self.created.set(mode.created);
        self.appending.set(mode.appending);
        self.seekable.set(None);
    }
}

/// A parsed mode of `FileIO`.
struct Mode {
    readable: bool,
    writable: bool,
    created: bool,
    appending: bool,
    flags: i32,
}

impl Mode {
    fn parse(vm: &mut Vm, text: &str) -> R<Mode> {
        let mut mode = Mode {
            readable: false,
            writable: false,
            created: false,
            appending: false,
            flags: c::O_CLOEXEC,
        };
        let (mut n_kinds, mut plus) = (0, 0);
        for letter in text.chars() {
            n_kinds += usize::from(matches!(letter, 'x' | 'r' | 'w' | 'a'));
            match letter {
                'x' => {
                    (mode.created, mode.writable, mode.flags) =
                        (true, true, mode.flags | c::O_EXCL | c::O_CREAT);
                }
                'r' => mode.readable = true,
                'w' => (mode.writable, mode.flags) = (true, mode.flags | c::O_CREAT | c::O_TRUNC),
                'a' => {
                    (mode.writable, mode.appending, mode.flags) =
                        (true, true, mode.flags | c::O_APPEND | c::O_CREAT);
                }
                'b' => {}
                '+' => plus += 1,
                _ => return Err(vm.value_error(format!("invalid mode: {text}"))),
            }
        }
        if n_kinds != 1 || plus > 1 {
            return Err(vm.value_error(
                "Must have exactly one of create/read/write/append mode and at most one plus",
            ));
        }
        if plus == 1 {
            (mode.readable, mode.writable) = (true, true);
        }
        mode.flags |= match (mode.readable, mode.writable) {
            (true, true) => c::O_RDWR,
            (true, false) => c::O_RDONLY,
            _ => c::O_WRONLY,
        };
        Ok(mode)
    }
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("FileIO", "(file, mode='r', closefd=True, opener=None)", args)?;
    let this = this_file(vm, this, "__init__")?;
    let closes_fd = vm.truth(bound[2])?;
    let mode = vm.text_of(bound[1], "FileIO() argument 'mode'")?;
    open(vm, this, bound[0], &mode, closes_fd, bound[3])?;
    Ok(Value::NONE)
}

/// Open `name`, a path or a descriptor, for an object that is closed or is to be closed first.
fn open(vm: &mut Vm, this: File, name: Value, mode: &str, closes_fd: bool, opener: Value) -> R<()> {
    if !this.is_closed() {
        if this.closes_fd.get() {
            close_fd(vm, this)?;
        } else {
            this.fd.set(-1);
        }
    }
    let given_fd = descriptor_argument(vm, name)?;
    let mode = Mode::parse(vm, mode)?;
    this.set_mode(&mode);
    let fd = match given_fd {
        Some(fd) => fd,
        None if !closes_fd => return Err(vm.value_error("Cannot use closefd=False with file name")),
        None if opener.is_none() => open_path(vm, name, mode.flags)?,
        None => call_opener(vm, opener, name, mode.flags)?,
    };
    this.fd.set(fd);
    this.closes_fd.set(closes_fd);
    let checked = check_opened(vm, this, name);
    if let Err(raised) = checked {
        if given_fd.is_some() {
            this.fd.set(-1);
        } else {
            let exception = vm.take_raised(raised);
            if let Err(raised) = close_fd(vm, this) {
                vm.take_raised(raised);
            }
            return Err(vm.raise_again(exception));
        }
        return Err(raised);
    }
    Ok(())
}

/// The descriptor, if the first argument of `open` is one.
fn descriptor_argument(vm: &mut Vm, name: Value) -> R<Option<i32>> {
    if vm.as_float(name).is_some() {
        return Err(vm.type_error("integer argument expected, got float"));
    }
    if name.is_bool() {
        crate::warn::warn(vm, vm.exc.runtime_warning, "bool is used as a file descriptor", 1)?;
    }
    if !vm.is_int(name) && vm.type_of(name).slots.index.get().is_none() {
        return Ok(None);
    }
    let fd = c_int(vm, name)?;
    if fd < 0 { Err(vm.value_error("negative file descriptor")) } else { Ok(Some(fd)) }
}

fn open_path(vm: &mut Vm, name: Value, flags: i32) -> R<i32> {
    let path = fs_path(vm, name)?;
    match blocking(vm, || file::open(None, &path, flags, 0o666))? {
        Ok(fd) => Ok(fd),
        Err(error) => Err(vm.os_error_at(&error, name)),
    }
}

fn call_opener(vm: &mut Vm, opener: Value, name: Value, flags: i32) -> R<i32> {
    let flags = vm.int(i64::from(flags));
    let fd = vm.call_positional(opener, &[name, flags])?;
    if !vm.is_int(fd) {
        return Err(vm.type_error("expected integer from opener"));
    }
    let fd = c_int(vm, fd)?;
    if fd < 0 {
        return Err(vm.value_error(format!("opener returned {fd}")));
    }
    let result = file::set_inheritable(fd, false);
    os_result(vm, result)?;
    Ok(fd)
}

/// Look at what was opened: no directory; a name; for appending, the position.
fn check_opened(vm: &mut Vm, this: File, name: Value) -> R<()> {
    let fd = this.fd.get();
    match haft_host::stat::fstat(fd) {
        Ok(stat) if stat.mode & c::S_IFMT == c::S_IFDIR => {
            return Err(vm.os_error_at(&io::Error::from_raw_os_error(c::EISDIR), name));
        }
        Ok(stat) => this.block_size.set(
            usize::try_from(stat.blksize)
                .ok()
                .filter(|&size| size > 1)
                .unwrap_or(DEFAULT_BUFFER_SIZE),
        ),
        Err(error) if error.raw_os_error() == Some(c::EBADF) => {
            return Err(vm.os_error_at(&error, name));
        }
        Err(_) => {}
    }
    let attribute = vm.names.name;
    vm.set_attr(this.value(), attribute, name)?;
    if this.appending.get() {
        // A pipe has no end to go to.
        match blocking(vm, || file::lseek(fd, 0, c::SEEK_END))? {
            Err(error) if error.raw_os_error() != Some(c::ESPIPE) => {
                return Err(vm.os_error(&error));
            }
            result => this.seekable.set(Some(result.is_ok())),
        }
    }
    Ok(())
}

/// A file for `open`, without the detour through arguments.
pub(super) fn new_file(vm: &mut Vm, name: Value, mode: &str, closes_fd: bool, opener: Value) -> R {
    let class = super::types(vm)?.file_io;
    let this = vm.new_payload_ref(class, FileIo::closed());
    open(vm, this, name, mode, closes_fd, opener)?;
    Ok(this.value())
}

/// A file for a descriptor that is known to be good and is never closed: the standard streams.
pub(super) fn new_standard_file(vm: &mut Vm, fd: i32, write: bool, name: &str) -> R {
    let class = super::types(vm)?.file_io;
    let file = FileIo::closed();
    file.fd.set(fd);
    file.readable.set(!write);
    file.writable.set(write);
    file.closes_fd.set(false);
    let this = vm.new_payload_ref(class, file);
    let (name, attribute) = (vm.str(name), vm.names.name);
    vm.set_attr(this.value(), attribute, name)?;
    Ok(this.value())
}

/// The file behind a value, if it is an exact `FileIO`, whose methods are those of this file.
pub(super) fn exact_file(vm: &mut Vm, value: Value) -> Option<File> {
    let file = File::of_value(value)?;
    let class = super::types(vm).ok()?.file_io;
    (vm.type_of(value) == class).then_some(file)
}

/// See [`iobase::finalize`].
pub(super) fn mark_finalizing(value: Value) -> bool {
    File::of_value(value).is_some_and(|file| {
        file.finalizing.set(true);
        true
    })
}

// ---- methods

natives! {
    static METHODS = {
        /// Read at most size bytes, returned as bytes.
        ///
        /// If size is less than 0, read all bytes in the file making
        /// multiple read calls. See ``FileIO.readall``.
        ///
        /// Attempts to make only one system call, retrying only per
        /// PEP 475 (EINTR). This means less data may be returned than
        /// requested.
        ///
        /// In non-blocking mode, returns None if no data is available.
        /// Return an empty bytes object at EOF.
        read "($self, size=-1, /)" => read;
        /// Read all data from the file, returned as bytes.
        ///
        /// Reads until either there is an error or read returns size 0
        /// (indicates EOF). If the file is already at EOF, returns an
        /// empty bytes object.
        ///
        /// In non-blocking mode, returns as much data as could be read
        /// before EAGAIN. If no data is available (EAGAIN is returned
        /// before bytes are read) returns None.
        readall "($self, /)" => |vm, args| {
            let this = readable(vm, args[0], "readall")?;
            readall(vm, this)
        };
        /// Same as RawIOBase.readinto().
        readinto "($self, buffer, /)" => readinto;
        /// Write buffer b to file, return number of bytes written.
        ///
        /// Only makes one system call, so not all of the data may be written.
        /// The number of bytes actually written is returned.  In non-blocking mode,
        /// returns None if the write would block.
        write "($self, b, /)" => write;
        /// Move to new file position and return the file position.
        ///
        /// Argument offset is a byte count.  Optional argument whence defaults to
        /// SEEK_SET or 0 (offset from start of file, offset should be >= 0); other values
        /// are SEEK_CUR or 1 (move relative to current position, positive or negative),
        /// and SEEK_END or 2 (move relative to end of file, usually negative, although
        /// many platforms allow seeking beyond the end of a file).
        ///
        /// Note that not all file objects are seekable.
        seek "($self, pos, whence=0, /)" => |vm, args| {
            let this = open_file(vm, args[0], "seek")?;
            let (offset, whence) = seek_arguments(vm, args[1], args[2])?;
            let position = seek(vm, this, offset, whence)?;
            Ok(vm.int(position))
        };
        /// Current file position.
        ///
        /// Can raise OSError for non seekable files.
        tell "($self, /)" => |vm, args| {
            let this = open_file(vm, args[0], "tell")?;
            let position = seek(vm, this, 0, c::SEEK_CUR)?;
            Ok(vm.int(position))
        };
        /// Truncate the file to at most size bytes and return the truncated size.
        ///
        /// Size defaults to the current file position, as returned by tell().
        /// The current file position is changed to the value of size.
        truncate "($self, size=None, /)" => truncate;
        /// Close the file.
        ///
        /// A closed file cannot be used for further I/O operations.  close() may be
        /// called more than once without error.
        close "($self, /)" => close;
        /// True if file supports random-access.
        seekable "($self, /)" => |vm, args| {
            let this = open_file(vm, args[0], "seekable")?;
            is_seekable(vm, this).map(Value::bool)
        };
        /// True if file was opened in a read mode.
        readable "($self, /)" => |vm, args| Ok(Value::bool(open_file(vm, args[0], "readable")?.readable.get()));
        /// True if file was opened in a write mode.
        writable "($self, /)" => |vm, args| Ok(Value::bool(open_file(vm, args[0], "writable")?.writable.get()));
        /// Return the underlying file descriptor (an integer).
        fileno "($self, /)" => |vm, args| {
            let fd = open_file(vm, args[0], "fileno")?.fd.get();
            Ok(vm.int(i64::from(fd)))
        };
        /// True if the file is connected to a TTY device.
        isatty "($self, /)" => |vm, args| {
            let fd = open_file(vm, args[0], "isatty")?.fd.get();
            Ok(Value::bool(file::isatty(fd)))
        };
        _dealloc_warn "($self, source, /)" => |vm, args| {
            let this = this_file(vm, args[0], "_dealloc_warn")?;
            warn_unclosed(vm, this, args[1])
        };
        /// Whether this is a terminal, as far as `open` needs to know.
        _isatty_open_only "($self, /)" => |vm, args| {
            let this = open_file(vm, args[0], "_isatty_open_only")?;
            Ok(Value::bool(file::isatty(this.fd.get())))
        };
        __reduce__ "($self, /)" => super::open::cannot_pickle;
        __reduce_ex__ "($self, protocol, /)" => super::open::cannot_pickle;
    }
}

getsets! {
    static GETSETS = {
        /// True if the file is closed
        closed => |vm, this| Ok(Value::bool(this_file(vm, this, "closed")?.is_closed()));
        /// True if the file descriptor will be closed by close().
        closefd => |vm, this| Ok(Value::bool(this_file(vm, this, "closefd")?.closes_fd.get()));
        /// String giving the file mode
        mode => |vm, this| {
            let mode = this_file(vm, this, "mode")?.mode();
            Ok(vm.str(mode))
        };
        _blksize => |vm, this| {
            let size = this_file(vm, this, "_blksize")?.block_size.get();
            Ok(vm.int_usize(size))
        }, |vm, this, value| {
            let size = vm.index_of(value)?;
            this_file(vm, this, "_blksize")?.block_size.set(usize::try_from(size).unwrap_or(0));
            Ok(())
        };
        _finalizing => |vm, this| Ok(Value::bool(this_file(vm, this, "_finalizing")?.finalizing.get())),
            |vm, this, value| {
                let finalizing = vm.truth(value)?;
                this_file(vm, this, "_finalizing")?.finalizing.set(finalizing);
                Ok(())
            };
    }
}

fn this_file(vm: &mut Vm, value: Value, method: &str) -> R<File> {
    vm.this(value, method, "_io.FileIO")
}

fn open_file(vm: &mut Vm, value: Value, method: &str) -> R<File> {
    let this = this_file(vm, value, method)?;
    check_open(vm, this)?;
    Ok(this)
}

fn check_open(vm: &mut Vm, this: File) -> R<()> {
    if this.is_closed() { Err(vm.value_error("I/O operation on closed file")) } else { Ok(()) }
}

fn readable(vm: &mut Vm, value: Value, method: &str) -> R<File> {
    let this = open_file(vm, value, method)?;
    if this.readable.get() { Ok(this) } else { Err(wrong_mode(vm, "reading")) }
}

#[cold]
fn wrong_mode(vm: &mut Vm, action: &str) -> Raised {
    unsupported(vm, &format!("File not open for {action}"))
}

fn read(vm: &mut Vm, args: &[Value]) -> R {
    let this = readable(vm, args[0], "read")?;
    let size = optional_size(vm, args[1])?;
    let Ok(size) = usize::try_from(size) else { return readall(vm, this) };
    let mut data = Vec::new();
    Ok(match read_some(vm, this, &mut data, size)? {
        Some(_) => vm.bytes(&data),
        None => Value::NONE,
    })
}

/// Append what one `read` of at most `size` bytes gives; `None` if it would block.
pub(super) fn read_some(
    vm: &mut Vm,
    this: File,
    data: &mut Vec<u8>,
    size: usize,
) -> R<Option<usize>> {
    let fd = this.fd.get();
    let size = size.min(MAX_TRANSFER);
    if data.try_reserve(size).is_err() {
        return Err(vm.raise_with(vm.exc.memory_error, &[]));
    }
    match blocking(vm, || file::read_append(fd, data, size))? {
        Ok(n) => Ok(Some(n)),
        Err(error) if error.raw_os_error() == Some(c::EAGAIN) => Ok(None),
        Err(error) => Err(vm.os_error(&error)),
    }
}

/// Read to the end; None if nothing is there yet.
pub(super) fn readall(vm: &mut Vm, this: File) -> R {
    let mut data = Vec::new();
    Ok(match append_all(vm, this, &mut data)? {
        Some(()) => vm.bytes(&data),
        None => Value::NONE,
    })
}

/// Append everything up to the end; `None` if nothing came and the next read would block.
pub(super) fn append_all(vm: &mut Vm, this: File, data: &mut Vec<u8>) -> R<Option<()>> {
    let start = data.len();
    let mut ask = size_left(this.fd.get()).map_or(DEFAULT_BUFFER_SIZE, |size| size + 1);
    loop {
        match read_some(vm, this, data, ask)? {
            None if data.len() == start => return Ok(None),
            None | Some(0) => return Ok(Some(())),
            Some(n) if n == ask => ask = (data.len() - start).max(DEFAULT_BUFFER_SIZE),
            // A regular file that gave less than asked has most likely ended: see with a small read.
            Some(_) => ask = 4096.max(ask.min(DEFAULT_BUFFER_SIZE) / 16),
        }
    }
}

/// Bytes between the position and the end of a regular file.
fn size_left(fd: i32) -> Option<usize> {
    let size = haft_host::stat::fstat(fd).ok()?.size;
    if size <= 0 {
        return None;
    }
    let position = if size > 65536 { file::lseek(fd, 0, c::SEEK_CUR).ok()? } else { 0 };
    usize::try_from(size - position).ok().filter(|&size| size < MAX_TRANSFER)
}

fn readinto(vm: &mut Vm, args: &[Value]) -> R {
    let this = readable(vm, args[0], "readinto")?;
    let view = writable_buffer(vm, args[1], "readinto")?;
    let mut data = Vec::new();
    match read_some(vm, this, &mut data, view.len)? {
        Some(n) => {
            super::argument::fill(vm, args[1], 0, &data)?;
            Ok(vm.int_usize(n))
        }
        None => Ok(Value::NONE),
    }
}

fn write(vm: &mut Vm, args: &[Value]) -> R {
    let this = open_file(vm, args[0], "write")?;
    if !this.writable.get() {
        return Err(wrong_mode(vm, "writing"));
    }
    let view = vm.buffer_of(args[1])?;
    Ok(match write_some(vm, this, &view)? {
        Some(n) => vm.int_usize(n),
        None => Value::NONE,
    })
}

/// One `write`; how many bytes it took, `None` if it would block.
pub(super) fn write_some(vm: &mut Vm, this: File, view: &BufferView) -> R<Option<usize>> {
    let fd = this.fd.get();
    let data = view.bytes();
    let data = &data[..data.len().min(MAX_TRANSFER)];
    match blocking(vm, || file::write(fd, data))? {
        Ok(n) => Ok(Some(n)),
        Err(error) if error.raw_os_error() == Some(c::EAGAIN) => Ok(None),
        Err(error) => Err(vm.os_error(&error)),
    }
}

/// `lseek`; it also tells whether the file is seekable.
pub(super) fn seek(vm: &mut Vm, this: File, offset: i64, whence: i32) -> R<i64> {
    let fd = this.fd.get();
    let result = blocking(vm, || file::lseek(fd, offset, whence))?;
    if this.seekable.get().is_none() {
        this.seekable.set(Some(result.is_ok()));
    }
    os_result(vm, result)
}

pub(super) fn is_seekable(vm: &mut Vm, this: File) -> R<bool> {
    if let Some(known) = this.seekable.get() {
        return Ok(known);
    }
    let fd = this.fd.get();
    let seekable = blocking(vm, || file::lseek(fd, 0, c::SEEK_CUR))?.is_ok();
    this.seekable.set(Some(seekable));
    Ok(seekable)
}

fn truncate(vm: &mut Vm, args: &[Value]) -> R {
    let this = open_file(vm, args[0], "truncate")?;
    if !this.writable.get() {
        return Err(wrong_mode(vm, "writing"));
    }
    let size =
        if args[1].is_none() { seek(vm, this, 0, c::SEEK_CUR)? } else { vm.index_of(args[1])? };
    let fd = this.fd.get();
    blocking_os(vm, || file::ftruncate(fd, size))?;
    Ok(vm.int(size))
}

fn close(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_file(vm, args[0], "close")?;
    let flushed = iobase::close(vm, args[0]);
    if !this.closes_fd.get() {
        this.fd.set(-1);
        return flushed;
    }
    iobase::finally(vm, flushed, |vm| {
        if this.finalizing.get() {
            warn_unclosed(vm, this, this.value())?;
        }
        close_fd(vm, this)
    })
}

/// Close the descriptor. The object is closed even if that fails.
fn close_fd(vm: &mut Vm, this: File) -> R<()> {
    let fd = this.fd.replace(-1);
    if fd < 0 {
        return Ok(());
    }
    // Not tried again after a signal: the descriptor is gone by then.
    match vm.without_gil(|| file::close(fd)) {
        Err(error) if error.kind() != io::ErrorKind::Interrupted => Err(raise_os(vm, &error)),
        _ => Ok(()),
    }
}

fn warn_unclosed(vm: &mut Vm, this: File, source: Value) -> R {
    if !this.is_closed() && this.closes_fd.get() {
        let shown = vm.repr_text(source)?;
        crate::warn::warn_resource(vm, &format!("unclosed file {shown}"), source)?;
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_file(vm, value, "__repr__")?;
    let class = vm.type_of(value);
    let class = vm.full_type_name(class);
    if this.is_closed() {
        return Ok(vm.str(&format!("<{class} [closed]>")));
    }
    let (mode, closes_fd, fd) =
        (this.mode(), if this.closes_fd.get() { "True" } else { "False" }, this.fd.get());
    let name = super::argument::attribute(vm, value, "name")?;
    let shown = match name {
        None => format!("fd={fd}"),
        Some(name) => format!("name={}", super::open::guarded_repr(vm, value, name)?),
    };
    Ok(vm.str(&format!("<{class} {shown} mode='{mode}' closefd={closes_fd}>")))
}
