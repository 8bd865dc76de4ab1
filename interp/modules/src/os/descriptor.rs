//! Functions of open descriptors.
use std::io;

use haft_core::{R, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::{config, file, linux, terminal};

use super::argument::{PATH, c_int, dir_fd, path};
use super::names::configuration_name;
use crate::blocking::{blocking, blocking_os, os_result};
use crate::io::descriptor_of;

/// The most that one transfer is asked for.
const MAX_TRANSFER: usize = 0x7fff_f000;

natives! {
    pub(super) static FUNCTIONS = {
        /// Open a file for low level IO.  Returns a file descriptor (integer).
        ///
        /// If dir_fd is not None, it should be a file descriptor open to a directory,
        ///   and path should be relative; path will then be relative to that directory.
        /// dir_fd may not be implemented on your platform.
        ///   If it is unavailable, using it will raise a NotImplementedError.
        open "($module, /, path, flags, mode=511, *, dir_fd=None)" => |vm, args| {
            let target = path(vm, "open", "path", args[0], PATH)?;
            let (flags, mode) = (c_int(vm, args[1])?, c_int(vm, args[2])?);
            let dir = dir_fd(vm, args[3])?;
            match blocking(vm, || file::open(dir, &target.path, flags, mode.cast_unsigned()))? {
                Ok(fd) => Ok(vm.int(i64::from(fd))),
                Err(error) => Err(target.error(vm, &error)),
            }
        };
        /// Close a file descriptor.
        close "($module, /, fd)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            match vm.without_gil(|| file::close(fd)) {
                Err(error) if error.kind() != io::ErrorKind::Interrupted => Err(vm.os_error(&error)),
                _ => Ok(Value::NONE),
            }
        };
        /// Closes all file descriptors in [fd_low, fd_high), ignoring errors.
        closerange "($module, fd_low, fd_high, /)" => |vm, args| {
            let (low, high) = (c_int(vm, args[0])?.max(0), c_int(vm, args[1])?);
            for fd in low..high {
                // Most of the numbers are not in use.
                let _closed = file::close(fd);
            }
            Ok(Value::NONE)
        };
        /// Return a duplicate of a file descriptor.
        dup "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            fd_result(vm, file::duplicate(fd))
        };
        /// Duplicate file descriptor.
        dup2 "($module, /, fd, fd2, inheritable=True)" => |vm, args| {
            let (fd, target) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let inheritable = vm.truth(args[2])?;
            if fd < 0 || target < 0 {
                return Err(vm.os_error(&io::Error::from_raw_os_error(c::EBADF)));
            }
            let result = blocking_os(vm, || file::dup2(fd, target, inheritable))?;
            Ok(vm.int(i64::from(result)))
        };
        /// Read from a file descriptor.  Returns a bytes object.
        read "($module, fd, length, /)" => |vm, args| {
            let (fd, n) = (c_int(vm, args[0])?, length(vm, args[1])?);
            let mut data = Vec::new();
            blocking_os(vm, || file::read_append(fd, &mut data, n))?;
            Ok(vm.bytes(&data))
        };
        /// Read into a buffer object from a file descriptor.
        ///
        /// The buffer should be mutable and bytes-like. On success, returns the number of
        /// bytes read. Less bytes may be read than the size of the buffer. The underlying
        /// system call will be retried when interrupted by a signal, unless the signal
        /// handler raises an exception. Other errors will not be retried and an error will
        /// be raised.
        ///
        /// Returns 0 if *fd* is at end of file or if the provided *buffer* has length 0
        /// (which can be used to check for errors without reading data). Never returns
        /// negative.
        readinto "($module, fd, buffer, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let view = crate::io::writable_buffer(vm, args[1], "readinto")?;
            let (n, mut data) = (view.len.min(MAX_TRANSFER), Vec::new());
            blocking_os(vm, || file::read_append(fd, &mut data, n))?;
            crate::io::fill_buffer(vm, args[1], &data)?;
            Ok(vm.int_usize(data.len()))
        };
        /// Write a bytes object to a file descriptor.
        write "($module, fd, data, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let view = vm.buffer_of(args[1])?;
            let data = &view.bytes()[..view.len.min(MAX_TRANSFER)];
            let n = blocking_os(vm, || file::write(fd, data))?;
            Ok(vm.int_usize(n))
        };
        /// Read a number of bytes from a file descriptor starting at a particular offset.
        ///
        /// Read length bytes from file descriptor fd, starting at offset bytes from
        /// the beginning of the file.  The file offset remains unchanged.
        pread "($module, fd, length, offset, /)" => |vm, args| {
            let (fd, n, offset) = (c_int(vm, args[0])?, length(vm, args[1])?, vm.index_of(args[2])?);
            let mut data = vec![0; n];
            let n = blocking_os(vm, || file::pread(fd, &mut data, offset))?;
            Ok(vm.bytes(&data[..n]))
        };
        /// Write bytes to a file descriptor starting at a particular offset.
        ///
        /// Write buffer to fd, starting at offset bytes from the beginning of
        /// the file.  Returns the number of bytes written.  Does not change the
        /// current file offset.
        pwrite "($module, fd, buffer, offset, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let view = vm.buffer_of(args[1])?;
            let offset = vm.index_of(args[2])?;
            let n = blocking_os(vm, || file::pwrite(fd, view.bytes(), offset))?;
            Ok(vm.int_usize(n))
        };
        /// Read from a file descriptor fd into an iterable of buffers.
        readv "($module, fd, buffers, /)" => |vm, args| read_vectored(vm, args[0], args[1], None, 0);
        /// Reads from a file descriptor into a number of mutable bytes-like objects.
        preadv "($module, fd, buffers, offset, flags=0, /)" => |vm, args| {
            let (offset, flags) = (vm.index_of(args[2])?, c_int(vm, args[3])?);
            read_vectored(vm, args[0], args[1], Some(offset), flags)
        };
        /// Iterate over buffers, and write the contents of each to a file descriptor.
        ///
        /// Returns the total number of bytes written.
        /// buffers must be a sequence of bytes-like objects.
        writev "($module, fd, buffers, /)" => |vm, args| write_vectored(vm, args[0], args[1], None, 0);
        /// Writes the contents of bytes-like objects to a file descriptor at a given offset.
        pwritev "($module, fd, buffers, offset, flags=0, /)" => |vm, args| {
            let (offset, flags) = (vm.index_of(args[2])?, c_int(vm, args[3])?);
            write_vectored(vm, args[0], args[1], Some(offset), flags)
        };
        /// Set the position of a file descriptor.  Return the new position.
        lseek "($module, fd, position, whence, /)" => |vm, args| {
            let (fd, position, whence) = (c_int(vm, args[0])?, vm.index_of(args[1])?, c_int(vm, args[2])?);
            let result = file::lseek(fd, position, whence);
            let position = os_result(vm, result)?;
            Ok(vm.int(position))
        };
        /// Apply, test or remove a POSIX lock on an open file descriptor.
        lockf "($module, fd, command, length, /)" => |vm, args| {
            let (fd, command, length) = (c_int(vm, args[0])?, c_int(vm, args[1])?, vm.index_of(args[2])?);
            blocking_os(vm, || file::lockf(fd, command, length)).map(|()| Value::NONE)
        };
        /// Force write of fd to disk.
        fsync "($module, /, fd)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            blocking_os(vm, || file::fsync(fd)).map(|()| Value::NONE)
        };
        /// Force write of fd to disk without forcing update of metadata.
        fdatasync "($module, /, fd)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            blocking_os(vm, || file::fdatasync(fd)).map(|()| Value::NONE)
        };
        /// Change to the directory of the given file descriptor.
        ///
        /// fd must be opened on a directory, not a file.
        /// Equivalent to os.chdir(fd).
        fchdir "($module, /, fd)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            blocking_os(vm, || file::fchdir(fd)).map(|()| Value::NONE)
        };
        /// Truncate a file, specified by file descriptor, to a specific length.
        ftruncate "($module, fd, length, /)" => |vm, args| {
            let (fd, length) = (c_int(vm, args[0])?, vm.index_of(args[1])?);
            blocking_os(vm, || file::ftruncate(fd, length)).map(|()| Value::NONE)
        };
        /// Ensure a file has allocated at least a particular number of bytes on disk.
        posix_fallocate "($module, fd, offset, length, /)" => |vm, args| {
            let (fd, offset, length) = (c_int(vm, args[0])?, vm.index_of(args[1])?, vm.index_of(args[2])?);
            blocking_os(vm, || file::posix_fallocate(fd, offset, length)).map(|()| Value::NONE)
        };
        /// Announce an intention to access data in a specific pattern.
        posix_fadvise "($module, fd, offset, length, advice, /)" => |vm, args| {
            let (fd, offset, length) = (c_int(vm, args[0])?, vm.index_of(args[1])?, vm.index_of(args[2])?);
            let advice = c_int(vm, args[3])?;
            blocking_os(vm, || linux::posix_fadvise(fd, offset, length, advice)).map(|()| Value::NONE)
        };
        /// Create a pipe.
        ///
        /// Returns a tuple of two file descriptors:
        ///   (read_fd, write_fd)
        pipe "($module, /)" => |vm, _| pair_result(vm, file::pipe(c::O_CLOEXEC));
        /// Create a pipe with flags set atomically.
        ///
        /// Returns a tuple of two file descriptors:
        ///   (read_fd, write_fd)
        ///
        /// flags can be constructed by ORing together one or more of these values:
        /// O_NONBLOCK, O_CLOEXEC.
        pipe2 "($module, flags, /)" => |vm, args| {
            let flags = c_int(vm, args[0])?;
            pair_result(vm, file::pipe(flags))
        };
        /// Copy count bytes from file descriptor in_fd to file descriptor out_fd.
        sendfile "($module, /, out_fd, in_fd, offset, count)" => |vm, args| {
            let (target, source) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let offset = optional_offset(vm, args[2])?;
            let count = length(vm, args[3])?;
            let n = blocking_os(vm, || file::sendfile(target, source, offset, count))?;
            Ok(vm.int_usize(n))
        };
        /// Copy count bytes from one file descriptor to another.
        copy_file_range "($module, /, src, dst, count, offset_src=None, offset_dst=None)" => |vm, args| {
            let (source, target) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let count = count(vm, args[2])?;
            let (from, to) = (optional_offset(vm, args[3])?, optional_offset(vm, args[4])?);
            let n = blocking_os(vm, || linux::copy_file_range(source, target, count, from, to))?;
            Ok(vm.int_usize(n))
        };
        /// Transfer count bytes from one pipe to a descriptor or vice versa.
        splice "($module, /, src, dst, count, offset_src=None, offset_dst=None, flags=0)" => |vm, args| {
            let (source, target) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            let count = count(vm, args[2])?;
            let (from, to) = (optional_offset(vm, args[3])?, optional_offset(vm, args[4])?);
            let flags = super::names::flags(vm, args[5])?;
            let n = blocking_os(vm, || linux::splice((source, from), (target, to), count, flags))?;
            Ok(vm.int_usize(n))
        };
        /// Get the close-on-exe flag of the specified file descriptor.
        get_inheritable "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let result = file::inheritable(fd);
            os_result(vm, result).map(Value::bool)
        };
        /// Set the inheritable flag of the specified file descriptor.
        set_inheritable "($module, fd, inheritable, /)" => |vm, args| {
            let (fd, inheritable) = (c_int(vm, args[0])?, c_int(vm, args[1])? != 0);
            let result = file::set_inheritable(fd, inheritable);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Get the blocking mode of the file descriptor.
        ///
        /// Return False if the O_NONBLOCK flag is set, True if the flag is cleared.
        get_blocking "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let result = file::blocking(fd);
            os_result(vm, result).map(Value::bool)
        };
        /// Set the blocking mode of the specified file descriptor.
        ///
        /// Set the O_NONBLOCK flag if blocking is False,
        /// clear the O_NONBLOCK flag otherwise.
        set_blocking "($module, fd, blocking, /)" => |vm, args| {
            let (fd, blocking) = (c_int(vm, args[0])?, vm.truth(args[1])?);
            let result = file::set_blocking(fd, blocking);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Return the configuration limit name for the file descriptor fd.
        ///
        /// If there is no limit, return -1.
        fpathconf "($module, fd, name, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            let name = configuration_name(vm, args[1], config::PATHCONF_NAMES)?;
            let result = config::fpathconf(fd, name);
            let limit = os_result(vm, result)?;
            Ok(vm.int(limit))
        };
        /// Return True if the fd is connected to a terminal.
        ///
        /// Return True if the file descriptor is an open file descriptor
        /// connected to the slave end of a terminal.
        isatty "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            Ok(Value::bool(file::isatty(fd)))
        };
        /// Return the name of the terminal device connected to 'fd'.
        ///
        ///   fd
        ///     Integer file descriptor handle.
        ttyname "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let name = terminal::name(fd);
            let name = os_result(vm, name)?;
            Ok(vm.str_os(&name))
        };
        /// Return the name of the controlling terminal for this process.
        ctermid "($module, /)" => |vm, _| Ok(vm.str("/dev/tty"));
        /// Open a pseudo-terminal.
        ///
        /// Return a tuple of (master_fd, slave_fd) containing open file descriptors
        /// for both the master and slave ends.
        openpty "($module, /)" => |vm, _| pair_result(vm, terminal::openpty());
        /// Open and return a file descriptor for a master pseudo-terminal device.
        ///
        /// Performs a posix_openpt() C function call. The oflag argument is used to
        /// set file status flags and file access modes as specified in the manual page
        /// of posix_openpt() of your system.
        posix_openpt "($module, oflag, /)" => |vm, args| {
            let flags = c_int(vm, args[0])?;
            fd_result(vm, linux::posix_openpt(flags | c::O_CLOEXEC))
        };
        /// Grant access to the slave pseudo-terminal device.
        ///
        ///   fd
        ///     File descriptor of a master pseudo-terminal device.
        ///
        /// Performs a grantpt() C function call.
        grantpt "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let result = linux::grantpt(fd);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Unlock a pseudo-terminal master/slave pair.
        ///
        ///   fd
        ///     File descriptor of a master pseudo-terminal device.
        ///
        /// Performs an unlockpt() C function call.
        unlockpt "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let result = linux::unlockpt(fd);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Return the name of the slave pseudo-terminal device.
        ///
        ///   fd
        ///     File descriptor of a master pseudo-terminal device.
        ///
        /// If the ptsname_r() C function is available, it is called;
        /// otherwise, performs a ptsname() C function call.
        ptsname "($module, fd, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let name = linux::ptsname(fd);
            let name = os_result(vm, name)?;
            Ok(vm.str_os(&name))
        };
        /// Prepare the tty of which fd is a file descriptor for a new login session.
        ///
        /// Make the calling process a session leader; make the tty the
        /// controlling tty, the stdin, the stdout, and the stderr of the
        /// calling process; close fd.
        login_tty "($module, fd, /)" => |vm, args| {
            let fd = descriptor_of(vm, args[0])?;
            let result = linux::login_tty(fd);
            os_result(vm, result).map(|()| Value::NONE)
        };
        /// Return the size of the terminal window as (columns, lines).
        ///
        /// The optional argument fd (default standard output) specifies
        /// which file descriptor should be queried.
        ///
        /// If the file descriptor is not connected to a terminal, an OSError
        /// is thrown.
        ///
        /// This function will only be defined if an implementation is
        /// available for this system.
        ///
        /// shutil.get_terminal_size is the high-level function which should
        /// normally be used, os.get_terminal_size is the low-level implementation.
        get_terminal_size "($module, fd=1, /)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            let size = terminal::size(fd);
            let (columns, lines) = os_result(vm, size)?;
            let class = super::state::types(vm).terminal_size;
            let values = [vm.int(i64::from(columns)), vm.int(i64::from(lines))];
            Ok(haft_builtins::structseq::new_struct_sequence(vm, class, &values))
        };
        /// Return a string describing the encoding of a terminal's file descriptor.
        ///
        /// The file descriptor must be attached to a terminal.
        /// If the device is not a terminal, return None.
        device_encoding "($module, /, fd)" => |vm, args| {
            let fd = c_int(vm, args[0])?;
            Ok(if file::isatty(fd) { vm.str("UTF-8") } else { Value::NONE })
        };
    }
}

pub(super) fn fd_result(vm: &mut Vm, result: io::Result<i32>) -> R {
    let fd = os_result(vm, result)?;
    Ok(vm.int(i64::from(fd)))
}

fn pair_result(vm: &mut Vm, result: io::Result<(i32, i32)>) -> R {
    let (first, second) = os_result(vm, result)?;
    let pair = [vm.int(i64::from(first)), vm.int(i64::from(second))];
    Ok(vm.tuple(&pair))
}

/// A number of bytes to read; OSError if it is negative.
fn length(vm: &mut Vm, value: Value) -> R<usize> {
    let n = vm.index_of(value)?;
    match usize::try_from(n) {
        Ok(n) => Ok(n.min(MAX_TRANSFER)),
        Err(_) => Err(vm.os_error(&io::Error::from_raw_os_error(c::EINVAL))),
    }
}

fn count(vm: &mut Vm, value: Value) -> R<usize> {
    let n = vm.index_of(value)?;
    usize::try_from(n).map_err(|_| vm.value_error("negative value for 'count' not allowed"))
}

fn optional_offset(vm: &mut Vm, value: Value) -> R<Option<i64>> {
    if value.is_none() { Ok(None) } else { vm.index_of(value).map(Some) }
}

fn read_vectored(vm: &mut Vm, fd: Value, buffers: Value, offset: Option<i64>, flags: i32) -> R {
    let fd = c_int(vm, fd)?;
    let targets = sequence(vm, buffers, "readv() arg 2 must be a sequence")?;
    let mut data = Vec::new();
    for &target in targets {
        let view = crate::io::writable_buffer(vm, target, "readv")?;
        data.push(vec![0; view.len]);
    }
    let n = blocking_os(vm, || linux::read_vectored(fd, &mut data, offset, flags))?;
    let mut left = n;
    for (&target, part) in targets.iter().zip(&data) {
        let here = part.len().min(left);
        crate::io::fill_buffer(vm, target, &part[..here])?;
        left -= here;
    }
    Ok(vm.int_usize(n))
}

fn write_vectored(vm: &mut Vm, fd: Value, buffers: Value, offset: Option<i64>, flags: i32) -> R {
    let fd = c_int(vm, fd)?;
    let sources = sequence(vm, buffers, "writev() arg 2 must be a sequence")?;
    let mut data = Vec::new();
    for &source in sources {
        data.push(vm.buffer_of(source)?.bytes());
    }
    let n = blocking_os(vm, || linux::write_vectored(fd, &data, offset, flags))?;
    Ok(vm.int_usize(n))
}

/// The items of a sequence.
fn sequence<'a>(vm: &mut Vm, value: Value, message: &str) -> R<&'a [Value]> {
    if vm.type_of(value).slots.getitem.get().is_none() || vm.as_dict(value).is_some() {
        return Err(vm.type_error(message));
    }
    let tuple = vm.tuple_of(value)?;
    Ok(vm.as_tuple(tuple).map_or(&[], haft_core::object::Tuple::items))
}
