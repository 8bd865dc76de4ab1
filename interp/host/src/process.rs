//! The process itself: ids, limits, children, resource use.

use std::ffi::{CStr, OsStr, c_int};
use std::io;
use std::os::unix::ffi::OsStrExt;

use crate::file::integer_calls;
use crate::syscall::{Zeroable, bytes_before_nul, c_string, check, check_unit, clear_errno, errno};

/// Declares wrappers of calls that take nothing and cannot fail.
macro_rules! infallible_calls {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) -> $result:ty;)+) => {$(
        $(#[$doc])*
        pub fn $name($($arg: $ty),*) -> $result {
            // SAFETY: integers only, and POSIX knows no failure.
            unsafe { libc::$name($($arg),*) }
        }
    )+};
}

infallible_calls! {
    /// `getpid(2)`.
    fn getpid() -> i32;
    /// `getppid(2)`.
    fn getppid() -> i32;
    /// `getuid(2)`.
    fn getuid() -> u32;
    /// `geteuid(2)`.
    fn geteuid() -> u32;
    /// `getgid(2)`.
    fn getgid() -> u32;
    /// `getegid(2)`.
    fn getegid() -> u32;
    /// `getpgrp(2)`.
    fn getpgrp() -> i32;
    /// `umask(2)`; the old mask.
    fn umask(mask: u32) -> u32;
}

integer_calls! {
    /// `getpgid(2)`.
    fn getpgid(pid: i32) -> i32 = getpgid, check;
    /// `setpgid(2)`.
    fn setpgid(pid: i32, group: i32) -> () = setpgid, check_unit;
    /// `getsid(2)`.
    fn getsid(pid: i32) -> i32 = getsid, check;
    /// `setsid(2)`.
    fn setsid() -> i32 = setsid, check;
    /// `setuid(2)`.
    fn setuid(uid: u32) -> () = setuid, check_unit;
    /// `setgid(2)`.
    fn setgid(gid: u32) -> () = setgid, check_unit;
    /// `seteuid(2)`.
    fn seteuid(uid: u32) -> () = seteuid, check_unit;
    /// `setegid(2)`.
    fn setegid(gid: u32) -> () = setegid, check_unit;
    /// `setreuid(2)`.
    fn setreuid(real: u32, effective: u32) -> () = setreuid, check_unit;
    /// `setregid(2)`.
    fn setregid(real: u32, effective: u32) -> () = setregid, check_unit;
    /// `tcgetpgrp(3)`.
    fn tcgetpgrp(fd: i32) -> i32 = tcgetpgrp, check;
    /// `tcsetpgrp(3)`.
    fn tcsetpgrp(fd: i32, group: i32) -> () = tcsetpgrp, check_unit;
    /// `kill(2)`.
    fn kill(pid: i32, signal: i32) -> () = kill, check_unit;
    /// `killpg(2)`.
    fn killpg(group: i32, signal: i32) -> () = killpg, check_unit;
    /// `setpriority(2)`.
    fn setpriority(which: u32, who: u32, priority: i32) -> () = setpriority, check_unit;
}

/// `pidfd_open(2)`: a descriptor for a process, closed by `exec`.
pub fn pidfd_open(pid: i32, flags: u32) -> io::Result<i32> {
    // SAFETY: integers only.
    let fd = unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) };
    check(c_int::try_from(fd).unwrap_or(-1))
}

/// `pidfd_send_signal(2)` without further information.
pub fn pidfd_send_signal(pidfd: i32, signal: i32, flags: i32) -> io::Result<()> {
    let nothing = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: integers, and a null pointer where one is allowed.
    let code = unsafe { libc::syscall(libc::SYS_pidfd_send_signal, pidfd, signal, nothing, flags) };
    check_unit(c_int::try_from(code).unwrap_or(-1))
}

/// `sync(2)`.
pub fn sync() {
    // SAFETY: no arguments.
    unsafe { libc::sync() };
}

/// `getpriority(2)`, whose -1 is a valid answer.
pub fn getpriority(which: u32, who: u32) -> io::Result<i32> {
    clear_errno();
    // SAFETY: integers only.
    let priority = unsafe { libc::getpriority(which, who) };
    if priority == -1 && errno() != 0 { Err(io::Error::last_os_error()) } else { Ok(priority) }
}

/// `nice(3)`; the new niceness.
pub fn nice(increment: i32) -> io::Result<i32> {
    clear_errno();
    // SAFETY: an integer only.
    let niceness = unsafe { libc::nice(increment) };
    if niceness == -1 && errno() != 0 { Err(io::Error::last_os_error()) } else { Ok(niceness) }
}

/// The kernel's number of this thread.
pub fn gettid() -> i32 {
    // SAFETY: no arguments.
    unsafe { libc::gettid() }
}

/// `getgroups(2)`.
pub fn getgroups() -> io::Result<Vec<u32>> {
    // SAFETY: a count of zero asks for the number of groups only.
    let count = check(unsafe { libc::getgroups(0, std::ptr::null_mut()) })?;
    let mut groups = vec![0; usize::try_from(count).unwrap_or(0)];
    // SAFETY: `groups` has room for `count` entries.
    let count = check(unsafe { libc::getgroups(count, groups.as_mut_ptr()) })?;
    groups.truncate(usize::try_from(count).unwrap_or(0));
    Ok(groups)
}

/// `setgroups(2)`.
pub fn setgroups(groups: &[u32]) -> io::Result<()> {
    // SAFETY: the kernel reads `groups.len()` entries.
    check_unit(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) })
}

/// The result of `waitpid(2)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    /// The child, or 0 when `WNOHANG` found none.
    pub pid: i32,
    /// The encoded status; see [`exit_code`].
    pub status: i32,
    /// What the child used.
    pub usage: Usage,
}

/// `wait4(2)`, which is `waitpid` with resource use.
pub fn wait4(pid: i32, options: i32) -> io::Result<Waited> {
    let mut status = 0;
    let mut usage = libc::rusage::zeroed();
    // SAFETY: both pointers are to one value of their type.
    let pid = check(unsafe { libc::wait4(pid, &raw mut status, options, &raw mut usage) })?;
    Ok(Waited { pid, status, usage: parsed_usage(&usage) })
}

/// What a wait status says; the same cases as the `WIF*` macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitStatus {
    /// `exit(code)`.
    Exited(i32),
    /// Killed by a signal; whether it left a core file.
    Signaled(i32, bool),
    /// Stopped by a signal.
    Stopped(i32),
    /// Started again after a stop.
    Continued,
}

/// Decodes the status of [`wait4`].
pub fn wait_status(status: i32) -> WaitStatus {
    if libc::WIFEXITED(status) {
        WaitStatus::Exited(libc::WEXITSTATUS(status))
    } else if libc::WIFSIGNALED(status) {
        WaitStatus::Signaled(libc::WTERMSIG(status), libc::WCOREDUMP(status))
    } else if libc::WIFSTOPPED(status) {
        WaitStatus::Stopped(libc::WSTOPSIG(status))
    } else {
        WaitStatus::Continued
    }
}

/// `os.waitstatus_to_exitcode`: the exit code, or minus the signal; `None` for a child that still lives.
pub fn exit_code(status: i32) -> Option<i32> {
    match wait_status(status) {
        WaitStatus::Exited(code) => Some(code),
        WaitStatus::Signaled(signal, _) => Some(-signal),
        WaitStatus::Stopped(_) | WaitStatus::Continued => None,
    }
}

/// `system(3)`: the wait status of `sh -c command`.
pub fn system(command: &[u8]) -> io::Result<i32> {
    let command = c_string(OsStr::from_bytes(command))?;
    // SAFETY: `command` is NUL-terminated.
    check(unsafe { libc::system(command.as_ptr()) })
}

/// `_exit(2)`: ends the process without running anything.
pub fn exit_now(code: i32) -> ! {
    // SAFETY: does not return.
    unsafe { libc::_exit(code) }
}

/// `exit(3)`: ends the process, flushing C's own files.
pub fn exit(code: i32) -> ! {
    #[expect(clippy::exit, reason = "the interpreter has finished when it asks for this")]
    std::process::exit(code)
}

/// `abort(3)`.
pub fn abort() -> ! {
    std::process::abort()
}

/// Resource use, as `getrusage(2)` gives it. Times are microseconds; `maxrss` is KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the names are those of getrusage(2)")]
pub struct Usage {
    pub utime_us: i64,
    pub stime_us: i64,
    pub maxrss: i64,
    pub ixrss: i64,
    pub idrss: i64,
    pub isrss: i64,
    pub minflt: i64,
    pub majflt: i64,
    pub nswap: i64,
    pub inblock: i64,
    pub oublock: i64,
    pub msgsnd: i64,
    pub msgrcv: i64,
    pub nsignals: i64,
    pub nvcsw: i64,
    pub nivcsw: i64,
}

/// `getrusage(2)`; `who` is `RUSAGE_SELF`, `RUSAGE_CHILDREN` or `RUSAGE_THREAD`.
pub fn getrusage(who: i32) -> io::Result<Usage> {
    let mut usage = libc::rusage::zeroed();
    // SAFETY: `usage` is one `struct rusage`.
    check_unit(unsafe { libc::getrusage(who, &raw mut usage) })?;
    Ok(parsed_usage(&usage))
}

/// `times(3)`: user, system, children's user, children's system and elapsed time, in clock ticks.
pub fn times() -> io::Result<[i64; 5]> {
    let mut buffer = libc::tms::zeroed();
    // SAFETY: `buffer` is one `struct tms`.
    let elapsed = unsafe { libc::times(&raw mut buffer) };
    if elapsed == -1 {
        return Err(io::Error::last_os_error());
    }
    Ok([buffer.tms_utime, buffer.tms_stime, buffer.tms_cutime, buffer.tms_cstime, elapsed])
}

/// `getrlimit(2)`: the soft and the hard limit; `u64::MAX` is none.
pub fn getrlimit(resource: u32) -> io::Result<(u64, u64)> {
    let mut limit = libc::rlimit::zeroed();
    // SAFETY: `limit` is one `struct rlimit`.
    check_unit(unsafe { libc::getrlimit(resource, &raw mut limit) })?;
    Ok((limit.rlim_cur, limit.rlim_max))
}

/// `setrlimit(2)`.
pub fn setrlimit(resource: u32, soft: u64, hard: u64) -> io::Result<()> {
    let limit = libc::rlimit { rlim_cur: soft, rlim_max: hard };
    // SAFETY: `limit` is one `struct rlimit`.
    check_unit(unsafe { libc::setrlimit(resource, &raw const limit) })
}

/// `uname(2)`: system, node, release, version, machine.
pub fn uname() -> io::Result<[Vec<u8>; 5]> {
    let mut raw = libc::utsname::zeroed();
    // SAFETY: `raw` is one `struct utsname`.
    check_unit(unsafe { libc::uname(&raw mut raw) })?;
    let text = |field: &[std::ffi::c_char]| {
        let bytes: Vec<u8> = field.iter().map(|&byte| byte.cast_unsigned()).collect();
        bytes_before_nul(&bytes)
    };
    Ok([
        text(&raw.sysname),
        text(&raw.nodename),
        text(&raw.release),
        text(&raw.version),
        text(&raw.machine),
    ])
}

/// The number of processors that are switched on.
pub fn cpu_count() -> Option<u32> {
    // SAFETY: an integer only.
    let count = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
    u32::try_from(count).ok().filter(|&count| count > 0)
}

/// `sched_getaffinity(2)`: the processors `pid` may run on.
pub fn affinity(pid: i32) -> io::Result<Vec<usize>> {
    let mut set = libc::cpu_set_t::zeroed();
    // SAFETY: `set` has the size given.
    check_unit(unsafe {
        libc::sched_getaffinity(pid, size_of::<libc::cpu_set_t>(), &raw mut set)
    })?;
    let limit = usize::try_from(libc::CPU_SETSIZE).unwrap_or(0);
    // SAFETY: `cpu` is below CPU_SETSIZE.
    Ok((0..limit).filter(|&cpu| unsafe { libc::CPU_ISSET(cpu, &set) }).collect())
}

/// `sched_setaffinity(2)`.
pub fn set_affinity(pid: i32, cpus: &[usize]) -> io::Result<()> {
    let mut set = libc::cpu_set_t::zeroed();
    let limit = usize::try_from(libc::CPU_SETSIZE).unwrap_or(0);
    for &cpu in cpus {
        if cpu >= limit {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        // SAFETY: `cpu` is below CPU_SETSIZE.
        unsafe { libc::CPU_SET(cpu, &mut set) };
    }
    // SAFETY: `set` has the size given.
    check_unit(unsafe {
        libc::sched_setaffinity(pid, size_of::<libc::cpu_set_t>(), &raw const set)
    })
}

/// `sched_yield(2)`.
pub fn sched_yield() -> io::Result<()> {
    // SAFETY: no arguments.
    check_unit(unsafe { libc::sched_yield() })
}

/// `getloadavg(3)`: over 1, 5 and 15 minutes.
pub fn getloadavg() -> io::Result<[f64; 3]> {
    let mut averages = [0.0; 3];
    // SAFETY: `averages` has the three entries asked for.
    let count: c_int = unsafe { libc::getloadavg(averages.as_mut_ptr(), 3) };
    if count == 3 { Ok(averages) } else { Err(io::Error::last_os_error()) }
}

/// `getlogin(3)`.
pub fn getlogin() -> io::Result<Vec<u8>> {
    // SAFETY: no arguments; the result is null or a static string.
    let name = unsafe { libc::getlogin() };
    // SAFETY: the static string is copied before anything else runs.
    unsafe { crate::syscall::bytes_of(name) }.ok_or_else(io::Error::last_os_error)
}

/// `strerror(3)`: the message of an error number, in the locale's encoding.
pub fn strerror(errno: i32) -> Vec<u8> {
    let mut buffer = [0_u8; 256];
    // SAFETY: at most `buffer.len()` bytes are written, NUL included.
    unsafe { libc::strerror_r(errno, buffer.as_mut_ptr().cast(), buffer.len()) };
    CStr::from_bytes_until_nul(&buffer).map(|text| text.to_bytes().to_vec()).unwrap_or_default()
}

fn parsed_usage(raw: &libc::rusage) -> Usage {
    let microseconds = |time: libc::timeval| time.tv_sec * 1_000_000 + time.tv_usec;
    Usage {
        utime_us: microseconds(raw.ru_utime),
        stime_us: microseconds(raw.ru_stime),
        maxrss: raw.ru_maxrss,
        ixrss: raw.ru_ixrss,
        idrss: raw.ru_idrss,
        isrss: raw.ru_isrss,
        minflt: raw.ru_minflt,
        majflt: raw.ru_majflt,
        nswap: raw.ru_nswap,
        inblock: raw.ru_inblock,
        oublock: raw.ru_oublock,
        msgsnd: raw.ru_msgsnd,
        msgrcv: raw.ru_msgrcv,
        nsignals: raw.ru_nsignals,
        nvcsw: raw.ru_nvcsw,
        nivcsw: raw.ru_nivcsw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_about_this_process() {
        assert_eq!(getpid(), i32::try_from(std::process::id()).unwrap());
        assert_eq!(uname().unwrap()[0], b"Linux");
        assert!(cpu_count().unwrap() >= 1);
        assert!(!affinity(0).unwrap().is_empty());
        assert!(getrusage(libc::RUSAGE_SELF).unwrap().maxrss > 0);
        assert!(times().is_ok());
        assert!(getrlimit(libc::RLIMIT_STACK).unwrap().0 > 0);
        assert_eq!(strerror(libc::ENOENT), b"No such file or directory");
        assert!(getpriority(libc::PRIO_PROCESS, 0).is_ok());
        assert!(getgroups().is_ok());
        assert_eq!(kill(getpid(), 0).ok(), Some(()));
    }

    #[test]
    fn system_status() {
        assert_eq!(exit_code(system(b"exit 3").unwrap()), Some(3));
        assert_eq!(exit_code(system(b"kill -9 $$").unwrap()), Some(-9));
        assert_eq!(wait_status(0x137f), WaitStatus::Stopped(0x13));
    }
}
