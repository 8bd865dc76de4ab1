//! What every wrapper needs: results from return codes, C strings from paths, zeroed C structures.

use std::ffi::{CStr, CString, OsStr, c_char, c_int};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// A return code of `-1` is an error described by `errno`; anything else is the result.
pub(crate) fn check(code: c_int) -> io::Result<c_int> {
    if code == -1 { Err(io::Error::last_os_error()) } else { Ok(code) }
}

/// [`check`] for calls without a result.
pub(crate) fn check_unit(code: c_int) -> io::Result<()> {
    check(code).map(drop)
}

/// [`check`] for calls that return a byte count or an offset.
pub(crate) fn check_size(size: isize) -> io::Result<usize> {
    usize::try_from(size).map_err(|_| io::Error::last_os_error())
}

/// For calls that return the error number itself (`posix_spawn`, `pthread_*`).
pub(crate) fn check_errno(errno: c_int) -> io::Result<()> {
    if errno == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(errno)) }
}

/// The C spelling of `path`; a path with a NUL byte inside has none.
pub(crate) fn c_path(path: &Path) -> io::Result<CString> {
    c_string(path.as_os_str())
}

/// The C spelling of `text`; a text with a NUL byte inside has none.
pub(crate) fn c_string(text: impl AsRef<OsStr>) -> io::Result<CString> {
    CString::new(text.as_ref().as_bytes())
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, "embedded null byte"))
}

/// The bytes of a C string, or `None` for a null pointer.
///
/// # Safety
/// `text` is null or points to a NUL-terminated string that lives until this function returns.
pub(crate) unsafe fn bytes_of(text: *const c_char) -> Option<Vec<u8>> {
    if text.is_null() {
        return None;
    }
    // SAFETY: not null (above), so the caller's promise makes it a C string.
    let text = unsafe { CStr::from_ptr(text) };
    Some(text.to_bytes().to_vec())
}

/// The bytes of `buffer` before its first NUL.
pub(crate) fn bytes_before_nul(buffer: &[u8]) -> Vec<u8> {
    let end = buffer.iter().position(|&byte| byte == 0).unwrap_or(buffer.len());
    buffer[..end].to_vec()
}

/// A C structure for which all-zero bytes are a valid value.
///
/// # Safety
/// Every field of the implementing type is an integer, a raw pointer, or an array or nullable function
/// pointer made of such.
pub(crate) unsafe trait Zeroable: Sized {
    /// The value whose bytes are all zero.
    fn zeroed() -> Self {
        // SAFETY: the trait's contract.
        unsafe { std::mem::zeroed() }
    }
}

/// Declares the `libc` structures the kernel fills in for us.
macro_rules! zeroable {
    ($($name:ty),+ $(,)?) => {$(
        // SAFETY: a C structure of integers, arrays of integers and nullable pointers.
        unsafe impl Zeroable for $name {}
    )+};
}

zeroable! {
    libc::stat, libc::statvfs, libc::timespec, libc::tm, libc::rusage, libc::tms, libc::utsname,
    libc::sigaction, libc::sigset_t, libc::itimerval, libc::winsize, libc::passwd, libc::group,
    libc::cpu_set_t, libc::rlimit, libc::pthread_attr_t, libc::fd_set, libc::termios, libc::siginfo_t,
    libc::posix_spawn_file_actions_t, libc::posix_spawnattr_t, libc::sched_param, libc::epoll_event,
    libc::flock, libc::stack_t, libc::itimerspec, libc::sockaddr_storage, libc::msghdr, libc::addrinfo,
}

/// Clears `errno`, for the few calls whose only error report it is.
pub(crate) fn clear_errno() {
    // SAFETY: glibc and musl return the address of this thread's `errno`.
    let errno = unsafe { libc::__errno_location() };
    // SAFETY: valid for the life of the thread, and no other thread uses it.
    unsafe { *errno = 0 };
}

/// The present value of `errno`.
pub(crate) fn errno() -> c_int {
    io::Error::last_os_error().raw_os_error().unwrap_or(0)
}
