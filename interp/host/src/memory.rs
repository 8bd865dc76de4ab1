//! Pages of memory, and the bounds of the native stack.

use std::ffi::c_void;
use std::io;
use std::ptr::NonNull;

use crate::syscall::{Zeroable, check_errno, check_unit};

/// What may be done with pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Nothing: an access is SIGSEGV.
    None,
    /// Read.
    Read,
    /// Read and write.
    ReadWrite,
    /// Read and execute.
    ReadExecute,
}

impl Protection {
    fn flags(self) -> i32 {
        match self {
            Protection::None => libc::PROT_NONE,
            Protection::Read => libc::PROT_READ,
            Protection::ReadWrite => libc::PROT_READ | libc::PROT_WRITE,
            Protection::ReadExecute => libc::PROT_READ | libc::PROT_EXEC,
        }
    }
}

/// Reserves `size` bytes of address space, without memory behind them. `size` is a multiple of the page size.
pub fn reserve(size: usize) -> io::Result<NonNull<u8>> {
    anonymous(size, Protection::None, libc::MAP_NORESERVE)
}

/// Pages of zeros, readable and writable.
pub fn allocate(size: usize) -> io::Result<NonNull<u8>> {
    anonymous(size, Protection::ReadWrite, 0)
}

fn anonymous(size: usize, protection: Protection, flags: i32) -> io::Result<NonNull<u8>> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | flags;
    // SAFETY: a new mapping at an address the kernel chooses disturbs nothing.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), size, protection.flags(), flags, -1, 0) };
    mapped(start)
}

/// `mmap(2)` of a file or of anonymous memory (`fd` -1), with the raw `PROT_*` and `MAP_*` flags.
///
/// `MAP_FIXED` is refused with `EINVAL`: it could replace memory in use.
pub fn map(
    size: usize,
    protection: i32,
    flags: i32,
    fd: i32,
    offset: i64,
) -> io::Result<NonNull<u8>> {
    if flags & (libc::MAP_FIXED | libc::MAP_FIXED_NOREPLACE) != 0 {
        return Err(io::Error::from_raw_os_error(libc::EINVAL));
    }
    // SAFETY: a new mapping at an address the kernel chooses disturbs nothing.
    let start = unsafe { libc::mmap(std::ptr::null_mut(), size, protection, flags, fd, offset) };
    mapped(start)
}

fn mapped(start: *mut c_void) -> io::Result<NonNull<u8>> {
    if start == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    Ok(NonNull::new(start.cast()).expect("a mapping never starts at zero"))
}

/// Gives back a mapping, or whole pages of it.
///
/// # Safety
/// The pages came from this module and nothing uses them any more.
pub unsafe fn unmap(start: NonNull<u8>, size: usize) -> io::Result<()> {
    // SAFETY: the caller's promise.
    check_unit(unsafe { libc::munmap(start.as_ptr().cast(), size) })
}

/// `mprotect(2)`.
///
/// # Safety
/// The pages came from this module, and nothing relies on a right that `protection` takes away.
pub unsafe fn protect(start: NonNull<u8>, size: usize, protection: Protection) -> io::Result<()> {
    // SAFETY: the caller's promise.
    check_unit(unsafe { libc::mprotect(start.as_ptr().cast(), size, protection.flags()) })
}

/// Makes reserved pages usable; they read as zeros until written.
///
/// # Safety
/// As for [`protect`].
pub unsafe fn commit(start: NonNull<u8>, size: usize) -> io::Result<()> {
    // SAFETY: the caller's promise.
    unsafe { protect(start, size, Protection::ReadWrite) }
}

/// Gives the memory behind pages back but keeps the address space, which becomes inaccessible.
///
/// # Safety
/// The pages came from this module and nothing uses what is in them any more.
pub unsafe fn decommit(start: NonNull<u8>, size: usize) -> io::Result<()> {
    // SAFETY: the caller's promise.
    unsafe { discard(start, size) }?;
    // SAFETY: the caller's promise.
    unsafe { protect(start, size, Protection::None) }
}

/// Gives the memory behind pages back; they stay usable and read as zeros.
///
/// # Safety
/// The pages came from this module and nothing needs what is in them any more.
pub unsafe fn discard(start: NonNull<u8>, size: usize) -> io::Result<()> {
    // SAFETY: the caller's promise.
    unsafe { advise(start, size, libc::MADV_DONTNEED) }
}

/// `madvise(2)` with any `MADV_*`.
///
/// # Safety
/// The pages came from this module, and nothing needs what the advice may discard.
pub unsafe fn advise(start: NonNull<u8>, size: usize, advice: i32) -> io::Result<()> {
    // SAFETY: the caller's promise.
    check_unit(unsafe { libc::madvise(start.as_ptr().cast(), size, advice) })
}

/// `msync(2)`: pages of a shared file mapping reach the file.
///
/// # Safety
/// The pages came from [`map`].
pub unsafe fn sync(start: NonNull<u8>, size: usize, flags: i32) -> io::Result<()> {
    // SAFETY: the caller's promise.
    check_unit(unsafe { libc::msync(start.as_ptr().cast(), size, flags) })
}

/// `mremap(2)`, moving when needed; the new start.
///
/// # Safety
/// The pages came from [`map`] and nothing keeps a pointer into them.
pub unsafe fn remap(start: NonNull<u8>, size: usize, new_size: usize) -> io::Result<NonNull<u8>> {
    // SAFETY: the caller's promise.
    let start =
        unsafe { libc::mremap(start.as_ptr().cast(), size, new_size, libc::MREMAP_MAYMOVE) };
    mapped(start)
}

/// How many bytes of C memory come before the first zero, at most `most`.
///
/// # Safety
/// As many bytes, and the zero if it comes first, can be read.
pub unsafe fn bytes_before_zero(at: *const u8, most: usize) -> usize {
    // SAFETY: the caller's promise.
    unsafe { libc::strnlen(at.cast(), most) }
}

/// The lowest and the highest address of the running thread's native stack.
///
/// For the main thread the low end is where the stack may grow to under the present `RLIMIT_STACK` (8 MiB
/// are assumed when there is no limit); for others it is the end of their mapping, guard page excluded.
/// A fiber's stack is not known here.
pub fn stack_bounds() -> io::Result<(usize, usize)> {
    let mut attributes = libc::pthread_attr_t::zeroed();
    // SAFETY: no arguments.
    let thread = unsafe { libc::pthread_self() };
    // SAFETY: `attributes` is one `pthread_attr_t`, initialised by the call.
    check_errno(unsafe { libc::pthread_getattr_np(thread, &raw mut attributes) })?;
    let mut low = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: `attributes` was initialised above.
    let code =
        unsafe { libc::pthread_attr_getstack(&raw const attributes, &raw mut low, &raw mut size) };
    // SAFETY: as above, and not used again.
    unsafe { libc::pthread_attr_destroy(&raw mut attributes) };
    check_errno(code)?;
    let high = low.addr() + size;
    if !is_main_thread() {
        return Ok((low.addr(), high));
    }
    let (soft, _) = crate::process::getrlimit(libc::RLIMIT_STACK)?;
    let room = usize::try_from(soft).ok().filter(|&room| room < 1 << 40).unwrap_or(8 << 20);
    Ok((high.saturating_sub(room).max(low.addr()), high))
}

/// Whether this is the thread the process was started with.
pub fn is_main_thread() -> bool {
    crate::process::gettid() == crate::process::getpid()
}

/// The most memory the process has had resident, bytes.
pub fn peak_rss() -> u64 {
    let usage = crate::process::getrusage(libc::RUSAGE_SELF).unwrap_or_default();
    usage.maxrss.unsigned_abs() * 1024
}

/// The name of the exported function at an address, if it is the start of one (`dladdr(3)`).
pub fn symbol_name(address: usize) -> Option<String> {
    let mut info = libc::Dl_info {
        dli_fname: std::ptr::null(),
        dli_fbase: std::ptr::null_mut(),
        dli_sname: std::ptr::null(),
        dli_saddr: std::ptr::null_mut(),
    };
    let at = std::ptr::without_provenance::<c_void>(address);
    // SAFETY: the call only looks the number up, and fills in `info`.
    let found = unsafe { libc::dladdr(at, &raw mut info) };
    if found == 0 || info.dli_saddr.addr() != address || info.dli_sname.is_null() {
        return None;
    }
    // SAFETY: a name that is not null is a string of a loaded library.
    let name = unsafe { std::ffi::CStr::from_ptr(info.dli_sname) };
    Some(name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserve_commit_decommit() {
        let size = 1 << 20;
        let start = reserve(size).unwrap();
        // SAFETY: fresh pages of this module.
        unsafe { commit(start, size) }.unwrap();
        // SAFETY: committed above.
        unsafe { start.write(7) };
        // SAFETY: nothing is needed in them.
        unsafe { discard(start, size) }.unwrap();
        // SAFETY: still committed.
        assert_eq!(unsafe { start.read() }, 0);
        // SAFETY: nothing is needed in them.
        unsafe { decommit(start, size) }.unwrap();
        // SAFETY: not used again.
        unsafe { unmap(start, size) }.unwrap();
        assert!(map(size, 0, libc::MAP_FIXED, -1, 0).is_err());
        assert!(peak_rss() > 1 << 20);
    }

    #[test]
    fn a_local_lies_within_the_bounds() {
        let check = || {
            let local = 0_u8;
            let here = (&raw const local).addr();
            let (low, high) = stack_bounds().unwrap();
            assert!(low < here && here < high, "{low:x} {here:x} {high:x}");
        };
        check();
        std::thread::Builder::new().stack_size(256 << 10).spawn(check).unwrap().join().unwrap();
    }
}
