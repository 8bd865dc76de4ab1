//! Open files: descriptors as plain integers, and the calls that take one.

use std::ffi::c_int;
use std::io;
use std::path::Path;

use crate::syscall::{Zeroable, c_path, check, check_size, check_unit};

/// A directory that relative paths start from; `None` is the current directory.
pub type DirFd = Option<i32>;

/// The `*at` calls spell "the current directory" as a special descriptor.
pub(crate) fn dir_fd(dir: DirFd) -> c_int {
    dir.unwrap_or(libc::AT_FDCWD)
}

/// Declares wrappers of calls whose arguments are all integers.
macro_rules! integer_calls {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $result:ty = $call:ident, $check:ident;)+) => {$(
        $(#[$doc])*
        pub fn $name($($arg: $ty),*) -> io::Result<$result> {
            // SAFETY: integers only; a bad descriptor is reported as `EBADF`.
            $check(unsafe { libc::$call($($arg),*) })
        }
    )+};
}
pub(crate) use integer_calls;

integer_calls! {
    /// `close(2)`. The descriptor is gone even when this reports an error.
    fn close(fd: i32) -> () = close, check_unit;
    /// `dup(2)`, inheritable, unlike [`duplicate`].
    fn dup(fd: i32) -> i32 = dup, check;
    /// `fsync(2)`: data and metadata reach the disk.
    fn fsync(fd: i32) -> () = fsync, check_unit;
    /// `fdatasync(2)`: data and the metadata needed to read it reach the disk.
    fn fdatasync(fd: i32) -> () = fdatasync, check_unit;
    /// `ftruncate(2)`.
    fn ftruncate(fd: i32, size: i64) -> () = ftruncate, check_unit;
    /// `flock(2)` with the `LOCK_*` operations.
    fn flock(fd: i32, operation: i32) -> () = flock, check_unit;
    /// `lockf(3)` with the `F_LOCK`… commands, from the present position.
    fn lockf(fd: i32, command: i32, size: i64) -> () = lockf, check_unit;
    /// `fchmod(2)`.
    fn fchmod(fd: i32, mode: u32) -> () = fchmod, check_unit;
    /// `fchown(2)`; `u32::MAX` keeps an owner.
    fn fchown(fd: i32, uid: u32, gid: u32) -> () = fchown, check_unit;
    /// `fchdir(2)`.
    fn fchdir(fd: i32) -> () = fchdir, check_unit;
    /// `fcntl(2)` with an integer argument.
    fn fcntl(fd: i32, command: i32, argument: i64) -> i32 = fcntl, check;
}

/// `open(2)` below `dir`, with close-on-exec set (PEP 446).
pub fn open(dir: DirFd, path: &Path, flags: i32, mode: u32) -> io::Result<i32> {
    let path = c_path(path)?;
    // SAFETY: `path` is NUL-terminated and outlives the call.
    check(unsafe { libc::openat(dir_fd(dir), path.as_ptr(), flags | libc::O_CLOEXEC, mode) })
}

/// `read(2)` into `buffer`; the number of bytes read, 0 at the end of the file.
pub fn read(fd: i32, buffer: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the kernel writes at most `buffer.len()` bytes to `buffer`.
    check_size(unsafe { libc::read(fd, buffer.as_mut_ptr().cast(), buffer.len()) })
}

/// [`read`] of at most `count` bytes, which are put behind those in `buffer`.
pub fn read_append(fd: i32, buffer: &mut Vec<u8>, count: usize) -> io::Result<usize> {
    buffer.reserve(count);
    let room = buffer.spare_capacity_mut().as_mut_ptr();
    // SAFETY: the kernel writes at most `count` bytes, for which there is room.
    let n = check_size(unsafe { libc::read(fd, room.cast(), count) })?;
    // SAFETY: the kernel wrote `n` bytes behind the old end.
    unsafe { buffer.set_len(buffer.len() + n) };
    Ok(n)
}

/// `write(2)` of `bytes`; the number of bytes taken.
pub fn write(fd: i32, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the kernel reads `bytes.len()` bytes of `bytes`.
    check_size(unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) })
}

/// `pread(2)`: [`read`] at `offset`, leaving the position.
pub fn pread(fd: i32, buffer: &mut [u8], offset: i64) -> io::Result<usize> {
    // SAFETY: the kernel writes at most `buffer.len()` bytes to `buffer`.
    check_size(unsafe { libc::pread(fd, buffer.as_mut_ptr().cast(), buffer.len(), offset) })
}

/// `pwrite(2)`: [`write`] at `offset`, leaving the position.
pub fn pwrite(fd: i32, bytes: &[u8], offset: i64) -> io::Result<usize> {
    // SAFETY: the kernel reads `bytes.len()` bytes of `bytes`.
    check_size(unsafe { libc::pwrite(fd, bytes.as_ptr().cast(), bytes.len(), offset) })
}

/// `lseek(2)`; the new position in bytes from the start.
pub fn lseek(fd: i32, offset: i64, whence: i32) -> io::Result<i64> {
    // SAFETY: integers only.
    let position = unsafe { libc::lseek(fd, offset, whence) };
    if position < 0 { Err(io::Error::last_os_error()) } else { Ok(position) }
}

/// `sendfile(2)`: up to `count` bytes from `source`, at `offset` or at its position.
pub fn sendfile(target: i32, source: i32, offset: Option<i64>, count: usize) -> io::Result<usize> {
    let mut position = offset.unwrap_or(0);
    let pointer = if offset.is_some() { &raw mut position } else { std::ptr::null_mut() };
    // SAFETY: `pointer` is null or points to `position`.
    check_size(unsafe { libc::sendfile(target, source, pointer, count) })
}

/// `posix_fallocate(3)`.
pub fn posix_fallocate(fd: i32, offset: i64, size: i64) -> io::Result<()> {
    // SAFETY: integers only.
    crate::syscall::check_errno(unsafe { libc::posix_fallocate(fd, offset, size) })
}

/// A copy of `fd` that programs started with `exec` do not inherit (what `os.dup` makes).
pub fn duplicate(fd: i32) -> io::Result<i32> {
    fcntl(fd, libc::F_DUPFD_CLOEXEC, 0)
}

/// `dup2(2)`: makes `target` a copy of `fd`, inheritable or not.
pub fn dup2(fd: i32, target: i32, inheritable: bool) -> io::Result<i32> {
    if inheritable || fd == target {
        // SAFETY: integers only.
        let result = check(unsafe { libc::dup2(fd, target) })?;
        if !inheritable {
            set_inheritable(target, false)?;
        }
        return Ok(result);
    }
    // SAFETY: integers only.
    check(unsafe { libc::dup3(fd, target, libc::O_CLOEXEC) })
}

/// `pipe2(2)`: the read end and the write end; `flags` are `O_*`.
pub fn pipe(flags: i32) -> io::Result<(i32, i32)> {
    let mut ends = [0; 2];
    // SAFETY: `ends` has room for the two descriptors.
    check_unit(unsafe { libc::pipe2(ends.as_mut_ptr(), flags) })?;
    Ok((ends[0], ends[1]))
}

/// Whether `fd` is a terminal.
pub fn isatty(fd: i32) -> bool {
    // SAFETY: an integer only.
    unsafe { libc::isatty(fd) == 1 }
}

/// Whether programs started with `exec` inherit `fd`.
pub fn inheritable(fd: i32) -> io::Result<bool> {
    Ok(fcntl(fd, libc::F_GETFD, 0)? & libc::FD_CLOEXEC == 0)
}

/// Sets whether programs started with `exec` inherit `fd`.
pub fn set_inheritable(fd: i32, inheritable: bool) -> io::Result<()> {
    let flags = fcntl(fd, libc::F_GETFD, 0)?;
    let wanted = if inheritable { flags & !libc::FD_CLOEXEC } else { flags | libc::FD_CLOEXEC };
    if wanted == flags {
        return Ok(());
    }
    fcntl(fd, libc::F_SETFD, i64::from(wanted)).map(drop)
}

/// Whether `fd` is in blocking mode.
pub fn blocking(fd: i32) -> io::Result<bool> {
    Ok(fcntl(fd, libc::F_GETFL, 0)? & libc::O_NONBLOCK == 0)
}

/// Sets blocking mode.
pub fn set_blocking(fd: i32, blocking: bool) -> io::Result<()> {
    let flags = fcntl(fd, libc::F_GETFL, 0)?;
    let wanted = if blocking { flags & !libc::O_NONBLOCK } else { flags | libc::O_NONBLOCK };
    fcntl(fd, libc::F_SETFL, i64::from(wanted)).map(drop)
}

/// `fcntl(2)` with a structure, which the call may change in place.
///
/// # Safety
/// `argument` is at least as long as the structure that `command` reads and writes.
pub unsafe fn fcntl_bytes(fd: i32, command: i32, argument: &mut [u8]) -> io::Result<i32> {
    // SAFETY: the caller's promise.
    check(unsafe { libc::fcntl(fd, command, argument.as_mut_ptr()) })
}

/// `ioctl(2)` with an integer argument.
///
/// # Safety
/// `request` takes an integer, or `argument` is an address valid for it.
pub unsafe fn ioctl(fd: i32, request: u64, argument: i64) -> io::Result<i32> {
    // SAFETY: the caller's promise.
    check(unsafe { libc::ioctl(fd, request, argument) })
}

/// `ioctl(2)` with a structure, which the call may change in place.
///
/// # Safety
/// `argument` is at least as long as the structure that `request` reads and writes.
pub unsafe fn ioctl_bytes(fd: i32, request: u64, argument: &mut [u8]) -> io::Result<i32> {
    // SAFETY: the caller's promise.
    check(unsafe { libc::ioctl(fd, request, argument.as_mut_ptr()) })
}

/// A record lock as `fcntl.lockf` sets it: `kind` is `F_RDLCK`, `F_WRLCK` or `F_UNLCK`.
#[derive(Debug, Clone, Copy)]
pub struct RecordLock {
    /// `F_RDLCK`, `F_WRLCK` or `F_UNLCK`.
    pub kind: i16,
    /// What `start` counts from: `SEEK_SET`, `SEEK_CUR`, `SEEK_END`.
    pub whence: i16,
    /// First byte.
    pub start: i64,
    /// Length in bytes; 0 reaches to the end of the file.
    pub length: i64,
}

/// Sets `lock`, waiting for it when `wait`.
pub fn record_lock(fd: i32, lock: RecordLock, wait: bool) -> io::Result<()> {
    let mut request = libc::flock::zeroed();
    request.l_type = lock.kind;
    request.l_whence = lock.whence;
    request.l_start = lock.start;
    request.l_len = lock.length;
    let command = if wait { libc::F_SETLKW } else { libc::F_SETLK };
    // SAFETY: both commands read one `flock` structure.
    check_unit(unsafe { libc::fcntl(fd, command, &raw const request) })
}
