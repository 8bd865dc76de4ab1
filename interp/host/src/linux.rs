//! Calls that only Linux has, or that few programs need: event descriptors, namespaces, scheduling, vectored transfers.

use std::ffi::{CStr, c_int};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use crate::file::integer_calls;
use crate::stat::Follow;
use crate::syscall::{Zeroable, c_path, c_string, check, check_errno, check_size, check_unit};

integer_calls! {
    /// `eventfd(2)`.
    fn eventfd(initial: u32, flags: i32) -> i32 = eventfd, check;
    /// `timerfd_create(2)`.
    fn timerfd_create(clock: i32, flags: i32) -> i32 = timerfd_create, check;
    /// `setns(2)`.
    fn setns(fd: i32, kind: i32) -> () = setns, check_unit;
    /// `unshare(2)`.
    fn unshare(flags: i32) -> () = unshare, check_unit;
    /// `setresuid(2)`.
    fn setresuid(real: u32, effective: u32, saved: u32) -> () = setresuid, check_unit;
    /// `setresgid(2)`.
    fn setresgid(real: u32, effective: u32, saved: u32) -> () = setresgid, check_unit;
    /// `sched_get_priority_max(2)`.
    fn sched_get_priority_max(policy: i32) -> i32 = sched_get_priority_max, check;
    /// `sched_get_priority_min(2)`.
    fn sched_get_priority_min(policy: i32) -> i32 = sched_get_priority_min, check;
    /// `sched_getscheduler(2)`.
    fn sched_getscheduler(pid: i32) -> i32 = sched_getscheduler, check;
    /// `posix_openpt(3)`.
    fn posix_openpt(flags: i32) -> i32 = posix_openpt, check;
    /// `grantpt(3)`.
    fn grantpt(fd: i32) -> () = grantpt, check_unit;
    /// `unlockpt(3)`.
    fn unlockpt(fd: i32) -> () = unlockpt, check_unit;
    /// `login_tty(3)`.
    fn login_tty(fd: i32) -> () = login_tty, check_unit;
    /// `posix_fadvise(2)`.
    fn posix_fadvise(fd: i32, offset: i64, length: i64, advice: i32) -> () = posix_fadvise, check_errno;
}

/// `ptsname_r(3)`: the path of the slave of a terminal.
pub fn ptsname(fd: i32) -> io::Result<Vec<u8>> {
    let mut buffer = [0_u8; 256];
    // SAFETY: at most `buffer.len()` bytes are written, NUL included.
    check_errno(unsafe { libc::ptsname_r(fd, buffer.as_mut_ptr().cast(), buffer.len()) })?;
    Ok(CStr::from_bytes_until_nul(&buffer).map(|text| text.to_bytes().to_vec()).unwrap_or_default())
}

/// `memfd_create(2)`.
pub fn memfd_create(name: &[u8], flags: u32) -> io::Result<i32> {
    let name = c_string(std::ffi::OsStr::from_bytes(name))?;
    // SAFETY: `name` is NUL-terminated.
    check(unsafe { libc::memfd_create(name.as_ptr(), flags) })
}

/// `timerfd_gettime(2)`: nanoseconds to the next expiration, and the interval.
pub fn timerfd_gettime(fd: i32) -> io::Result<(i64, i64)> {
    let mut present = libc::itimerspec::zeroed();
    // SAFETY: `present` is one `struct itimerspec`.
    check_unit(unsafe { libc::timerfd_gettime(fd, &raw mut present) })?;
    Ok(timer(present))
}

/// `timerfd_settime(2)`, nanoseconds; what it was set to before.
pub fn timerfd_settime(fd: i32, flags: i32, initial: i64, interval: i64) -> io::Result<(i64, i64)> {
    let new = libc::itimerspec {
        it_interval: crate::clock::timespec(interval),
        it_value: crate::clock::timespec(initial),
    };
    let mut old = libc::itimerspec::zeroed();
    // SAFETY: both structures are valid.
    check_unit(unsafe { libc::timerfd_settime(fd, flags, &raw const new, &raw mut old) })?;
    Ok(timer(old))
}

fn timer(raw: libc::itimerspec) -> (i64, i64) {
    let nanoseconds = |time: libc::timespec| time.tv_sec * 1_000_000_000 + time.tv_nsec;
    (nanoseconds(raw.it_value), nanoseconds(raw.it_interval))
}

/// `getresuid(2)`: real, effective and saved user.
pub fn getresuid() -> io::Result<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: three distinct values are written.
    check_unit(unsafe { libc::getresuid(&raw mut real, &raw mut effective, &raw mut saved) })?;
    Ok([real, effective, saved])
}

/// `getresgid(2)`: real, effective and saved group.
pub fn getresgid() -> io::Result<[u32; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: three distinct values are written.
    check_unit(unsafe { libc::getresgid(&raw mut real, &raw mut effective, &raw mut saved) })?;
    Ok([real, effective, saved])
}

/// `sched_getparam(2)`: the priority.
pub fn sched_getparam(pid: i32) -> io::Result<i32> {
    let mut param = libc::sched_param::zeroed();
    // SAFETY: `param` is one `struct sched_param`.
    check_unit(unsafe { libc::sched_getparam(pid, &raw mut param) })?;
    Ok(param.sched_priority)
}

fn sched_param(priority: i32) -> libc::sched_param {
    let mut param = libc::sched_param::zeroed();
    param.sched_priority = priority;
    param
}

/// `sched_setparam(2)`.
pub fn sched_setparam(pid: i32, priority: i32) -> io::Result<()> {
    let param = sched_param(priority);
    // SAFETY: `param` is one `struct sched_param`.
    check_unit(unsafe { libc::sched_setparam(pid, &raw const param) })
}

/// `sched_setscheduler(2)`.
pub fn sched_setscheduler(pid: i32, policy: i32, priority: i32) -> io::Result<()> {
    let param = sched_param(priority);
    // SAFETY: `param` is one `struct sched_param`.
    check_unit(unsafe { libc::sched_setscheduler(pid, policy, &raw const param) })
}

/// `sched_rr_get_interval(2)`, nanoseconds.
pub fn sched_rr_get_interval(pid: i32) -> io::Result<i64> {
    let mut interval = libc::timespec::zeroed();
    // SAFETY: `interval` is one `struct timespec`.
    check_unit(unsafe { libc::sched_rr_get_interval(pid, &raw mut interval) })?;
    Ok(interval.tv_sec * 1_000_000_000 + interval.tv_nsec)
}

/// `prlimit(2)`: soft and hard limit of a process, which may be set to new ones.
pub fn prlimit(pid: i32, resource: u32, new: Option<(u64, u64)>) -> io::Result<(u64, u64)> {
    let new = new.map(|(soft, hard)| libc::rlimit { rlim_cur: soft, rlim_max: hard });
    let new = new.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let mut old = libc::rlimit::zeroed();
    // SAFETY: `new` is null or valid; `old` is one `struct rlimit`.
    check_unit(unsafe { libc::prlimit(pid, resource, new, &raw mut old) })?;
    Ok((old.rlim_cur, old.rlim_max))
}

/// `copy_file_range(2)`: up to `count` bytes, at offsets or at the files' positions.
pub fn copy_file_range(
    source: i32,
    target: i32,
    count: usize,
    source_offset: Option<i64>,
    target_offset: Option<i64>,
) -> io::Result<usize> {
    let (mut from, mut to) = (source_offset.unwrap_or(0), target_offset.unwrap_or(0));
    let from = if source_offset.is_some() { &raw mut from } else { std::ptr::null_mut() };
    let to = if target_offset.is_some() { &raw mut to } else { std::ptr::null_mut() };
    // SAFETY: the pointers are null or point to one offset each.
    check_size(unsafe { libc::copy_file_range(source, from, target, to, count, 0) })
}

/// `splice(2)`: up to `count` bytes between a pipe and another file.
pub fn splice(
    source: (i32, Option<i64>),
    target: (i32, Option<i64>),
    count: usize,
    flags: u32,
) -> io::Result<usize> {
    let (mut from, mut to) = (source.1.unwrap_or(0), target.1.unwrap_or(0));
    let from = if source.1.is_some() { &raw mut from } else { std::ptr::null_mut() };
    let to = if target.1.is_some() { &raw mut to } else { std::ptr::null_mut() };
    // SAFETY: the pointers are null or point to one offset each.
    check_size(unsafe { libc::splice(source.0, from, target.0, to, count, flags) })
}

/// `preadv2(2)`, or `readv(2)` without an offset, into buffers one after the other.
pub fn read_vectored(
    fd: i32,
    buffers: &mut [Vec<u8>],
    offset: Option<i64>,
    flags: i32,
) -> io::Result<usize> {
    let rows: Vec<libc::iovec> = buffers
        .iter_mut()
        .map(|buffer| libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() })
        .collect();
    let n_rows = c_int::try_from(rows.len()).unwrap_or(c_int::MAX);
    check_size(match offset {
        // SAFETY: `rows` has `n_rows` entries, each a writable buffer of its length.
        Some(offset) => unsafe { libc::preadv2(fd, rows.as_ptr(), n_rows, offset, flags) },
        // SAFETY: as above.
        None => unsafe { libc::readv(fd, rows.as_ptr(), n_rows) },
    })
}

/// `pwritev2(2)`, or `writev(2)` without an offset, of buffers one after the other.
pub fn write_vectored(
    fd: i32,
    buffers: &[&[u8]],
    offset: Option<i64>,
    flags: i32,
) -> io::Result<usize> {
    let rows: Vec<libc::iovec> = buffers
        .iter()
        .map(|buffer| libc::iovec {
            iov_base: buffer.as_ptr().cast_mut().cast(),
            iov_len: buffer.len(),
        })
        .collect();
    let n_rows = c_int::try_from(rows.len()).unwrap_or(c_int::MAX);
    check_size(match offset {
        // SAFETY: `rows` has `n_rows` entries, each a readable buffer of its length.
        Some(offset) => unsafe { libc::pwritev2(fd, rows.as_ptr(), n_rows, offset, flags) },
        // SAFETY: as above.
        None => unsafe { libc::writev(fd, rows.as_ptr(), n_rows) },
    })
}

/// `setxattr(2)` or its `l` form.
pub fn setxattr(
    path: &Path,
    name: &[u8],
    value: &[u8],
    flags: i32,
    follow: Follow,
) -> io::Result<()> {
    let path = c_path(path)?;
    let name = c_string(std::ffi::OsStr::from_bytes(name))?;
    let set = match follow {
        Follow::Link => libc::setxattr,
        Follow::Nothing => libc::lsetxattr,
    };
    // SAFETY: both strings are NUL-terminated; `value` has the length given.
    check_unit(unsafe {
        set(path.as_ptr(), name.as_ptr(), value.as_ptr().cast(), value.len(), flags)
    })
}

/// `removexattr(2)` or its `l` form.
pub fn removexattr(path: &Path, name: &[u8], follow: Follow) -> io::Result<()> {
    let path = c_path(path)?;
    let name = c_string(std::ffi::OsStr::from_bytes(name))?;
    let remove = match follow {
        Follow::Link => libc::removexattr,
        Follow::Nothing => libc::lremovexattr,
    };
    // SAFETY: both strings are NUL-terminated.
    check_unit(unsafe { remove(path.as_ptr(), name.as_ptr()) })
}

/// What [`waitid`] found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of waitid(2)")]
pub struct WaitIdResult {
    pub pid: i32,
    pub uid: u32,
    pub signo: i32,
    pub status: i32,
    pub code: i32,
}

/// `waitid(2)`; `None` when `WNOHANG` found nobody.
pub fn waitid(kind: u32, id: u32, options: i32) -> io::Result<Option<WaitIdResult>> {
    let mut info = libc::siginfo_t::zeroed();
    // SAFETY: `info` is one `siginfo_t`.
    check_unit(unsafe { libc::waitid(kind, id, &raw mut info, options) })?;
    // SAFETY: filled in by the call, or zeros.
    let pid = unsafe { info.si_pid() };
    // SAFETY: as above.
    let uid = unsafe { info.si_uid() };
    // SAFETY: as above.
    let status = unsafe { info.si_status() };
    let result = WaitIdResult { pid, uid, signo: info.si_signo, status, code: info.si_code };
    Ok((pid != 0).then_some(result))
}

/// The number of a device made of its two parts.
pub fn makedev(major: u32, minor: u32) -> u64 {
    libc::makedev(major, minor)
}

/// The two parts of the number of a device.
pub fn device_parts(device: u64) -> (u32, u32) {
    (libc::major(device), libc::minor(device))
}

/// `tcflush`, `tcflow`, `tcsendbreak` and `tcdrain` (termios(3)).
pub fn terminal_control(fd: i32, action: TerminalAction) -> io::Result<()> {
    check_unit(match action {
        // SAFETY: integers only; so in the other arms.
        TerminalAction::Drain => unsafe { libc::tcdrain(fd) },
        // SAFETY: as above.
        TerminalAction::Flush(queue) => unsafe { libc::tcflush(fd, queue) },
        // SAFETY: as above.
        TerminalAction::Flow(what) => unsafe { libc::tcflow(fd, what) },
        // SAFETY: as above.
        TerminalAction::SendBreak(duration) => unsafe { libc::tcsendbreak(fd, duration) },
    })
}

/// Sets the size of a terminal's window: lines and columns.
pub fn set_window_size(fd: i32, lines: u16, columns: u16) -> io::Result<()> {
    let size = libc::winsize { ws_row: lines, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    // SAFETY: TIOCSWINSZ reads one `struct winsize`.
    check_unit(unsafe { libc::ioctl(fd, libc::TIOCSWINSZ, &raw const size) })
}

/// What [`terminal_control`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TerminalAction {
    /// Wait until everything was transmitted.
    Drain,
    /// Discard what `TCIFLUSH`, `TCOFLUSH` or `TCIOFLUSH` names.
    Flush(i32),
    /// Suspend or restart (`TCOOFF` …).
    Flow(i32),
    /// Transmit zeros for a while.
    SendBreak(i32),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_in_memory() {
        let fd = memfd_create(b"haft", libc::MFD_CLOEXEC).unwrap();
        assert_eq!(write_vectored(fd, &[b"ab", b"cde"], Some(0), 0).unwrap(), 5);
        let mut buffers = [vec![0; 3], vec![0; 4]];
        assert_eq!(read_vectored(fd, &mut buffers, Some(0), 0).unwrap(), 5);
        assert_eq!((&buffers[0][..], &buffers[1][..2]), (&b"abc"[..], &b"de"[..]));
        crate::file::close(fd).unwrap();
        let timer = timerfd_create(libc::CLOCK_MONOTONIC, libc::TFD_CLOEXEC).unwrap();
        timerfd_settime(timer, 0, 5_000_000_000, 0).unwrap();
        assert!(timerfd_gettime(timer).unwrap().0 > 4_000_000_000);
        crate::file::close(timer).unwrap();
        assert_eq!(device_parts(makedev(3, 7)), (3, 7));
        assert!(getresuid().unwrap().contains(&crate::process::getuid()));
    }
}
