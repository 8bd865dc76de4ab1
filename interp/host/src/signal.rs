//! Signals: the handler only sets flags; Python code runs later, at a safe point.
//!
//! ```text
//! kernel ─► record() ─► PENDING[signum] = true, ANY = true, *poll word |= bit, wakeup fd gets a byte
//! interpreter, at a safe point: any_pending()? ─► take_pending() until None ─► call the Python handler
//! ```
//!
//! The flags are the one state here that belongs to the process rather than to an interpreter, because
//! signal dispositions do too.

use std::ffi::c_int;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU32, Ordering};

use crate::syscall::{Zeroable, c_string, check, check_unit};

/// One more than the highest signal number of Linux (`NSIG`).
pub const N_SIGNALS: i32 = 65;

/// What the process does on a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// The kernel's default.
    Default,
    /// Nothing.
    Ignore,
    /// Set the flag that [`take_pending`] reports.
    Record,
    /// A handler that somebody else installed.
    Foreign,
}

static PENDING: [AtomicBool; 65] = [const { AtomicBool::new(false) }; 65];
static ANY: AtomicBool = AtomicBool::new(false);
static WAKEUP_FD: AtomicI32 = AtomicI32::new(-1);
static WAKEUP_ERROR: AtomicI32 = AtomicI32::new(0);
static POLL_WORD: AtomicPtr<AtomicU32> = AtomicPtr::new(std::ptr::null_mut());
static POLL_BIT: AtomicU32 = AtomicU32::new(0);
static POLL_FLAG: AtomicPtr<AtomicBool> = AtomicPtr::new(std::ptr::null_mut());

/// The handler. Only async-signal-safe things happen here (signal-safety(7)).
extern "C" fn record(signum: c_int) {
    // SAFETY: the address of this thread's `errno`, which the interrupted code may be about to read.
    let errno = unsafe { libc::__errno_location() };
    // SAFETY: valid for the life of the thread.
    let saved = unsafe { *errno };
    mark_pending(signum);
    let fd = WAKEUP_FD.load(Ordering::Relaxed);
    if fd >= 0 {
        let byte = signum.to_le_bytes()[0];
        // SAFETY: one byte is read from `byte`; `write` is async-signal-safe.
        let written = unsafe { libc::write(fd, (&raw const byte).cast(), 1) };
        if written < 0 {
            // SAFETY: as above.
            WAKEUP_ERROR.store(unsafe { *errno }, Ordering::Relaxed);
        }
    }
    // SAFETY: as above.
    unsafe { *errno = saved };
}

/// Sets the flag of `signum` as if it had arrived (`_thread.interrupt_main`).
pub fn mark_pending(signum: i32) {
    let Some(flag) = usize::try_from(signum).ok().and_then(|index| PENDING.get(index)) else {
        return;
    };
    flag.store(true, Ordering::Relaxed);
    ANY.store(true, Ordering::Release);
    let word = POLL_WORD.load(Ordering::Acquire);
    // SAFETY: null, or the `'static` reference given to `notify_through`.
    if let Some(word) = unsafe { word.as_ref() } {
        word.fetch_or(POLL_BIT.load(Ordering::Relaxed), Ordering::Release);
    }
    let flag = POLL_FLAG.load(Ordering::Acquire);
    // SAFETY: null, or the `'static` reference given to `notify_flag`.
    if let Some(flag) = unsafe { flag.as_ref() } {
        flag.store(true, Ordering::Release);
    }
}

/// Whether [`take_pending`] would find one. Cheap: one load.
pub fn any_pending() -> bool {
    ANY.load(Ordering::Relaxed)
}

/// Clears and returns the lowest pending signal.
pub fn take_pending() -> Option<i32> {
    if !ANY.swap(false, Ordering::Acquire) {
        return None;
    }
    for (signum, flag) in (0_i32..).zip(&PENDING) {
        if flag.swap(false, Ordering::Relaxed) {
            // There may be more; the next call finds out.
            ANY.store(true, Ordering::Release);
            return Some(signum);
        }
    }
    None
}

/// Makes every recorded signal also set `bit` in `word`, the interpreter's one poll word.
pub fn notify_through(word: &'static AtomicU32, bit: u32) {
    POLL_BIT.store(bit, Ordering::Relaxed);
    POLL_WORD.store(std::ptr::from_ref(word).cast_mut(), Ordering::Release);
}

/// Makes every recorded signal also set `flag`.
pub fn notify_flag(flag: &'static AtomicBool) {
    POLL_FLAG.store(std::ptr::from_ref(flag).cast_mut(), Ordering::Release);
}

/// Sets the disposition of `signum`; what it was before. System calls are not restarted (PEP 475).
///
/// `EINVAL` for a number outside the range, SIGKILL, SIGSTOP, or [`Disposition::Foreign`].
pub fn set_disposition(signum: i32, disposition: Disposition) -> io::Result<Disposition> {
    let mut action = libc::sigaction::zeroed();
    action.sa_sigaction = match disposition {
        Disposition::Default => libc::SIG_DFL,
        Disposition::Ignore => libc::SIG_IGN,
        Disposition::Record => record_address(),
        Disposition::Foreign => return Err(io::Error::from_raw_os_error(libc::EINVAL)),
    };
    // On the alternate stack where there is one: fault handlers need it, for others it makes no difference.
    action.sa_flags = libc::SA_ONSTACK;
    let mut old = libc::sigaction::zeroed();
    // SAFETY: `record` does only async-signal-safe things; both structures are valid.
    check_unit(unsafe { libc::sigaction(signum, &raw const action, &raw mut old) })?;
    Ok(parsed(&old))
}

/// The disposition of `signum`.
pub fn disposition(signum: i32) -> io::Result<Disposition> {
    let mut old = libc::sigaction::zeroed();
    // SAFETY: no new action; `old` is one `struct sigaction`.
    check_unit(unsafe { libc::sigaction(signum, std::ptr::null(), &raw mut old) })?;
    Ok(parsed(&old))
}

/// `siginterrupt(3)`: whether `signum` interrupts system calls instead of restarting them.
pub fn siginterrupt(signum: i32, interrupt: bool) -> io::Result<()> {
    let mut action = libc::sigaction::zeroed();
    // SAFETY: no new action; `action` is one `struct sigaction`.
    check_unit(unsafe { libc::sigaction(signum, std::ptr::null(), &raw mut action) })?;
    if interrupt {
        action.sa_flags &= !libc::SA_RESTART;
    } else {
        action.sa_flags |= libc::SA_RESTART;
    }
    // SAFETY: the action was read above; only a flag differs.
    check_unit(unsafe { libc::sigaction(signum, &raw const action, std::ptr::null_mut()) })
}

/// `raise(3)`: sends `signum` to this thread.
pub fn raise_signal(signum: i32) -> io::Result<()> {
    // SAFETY: an integer only.
    if unsafe { libc::raise(signum) } == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// `alarm(2)`; the seconds that were left.
pub fn alarm(seconds: u32) -> u32 {
    // SAFETY: an integer only.
    unsafe { libc::alarm(seconds) }
}

/// `pause(2)`: waits for a signal that is not ignored.
pub fn pause() {
    // SAFETY: no arguments. It always returns -1 with EINTR.
    unsafe { libc::pause() };
}

/// `setitimer(2)`: first delay and interval, microseconds; what they were.
pub fn setitimer(which: i32, delay: i64, interval: i64) -> io::Result<(i64, i64)> {
    let new = libc::itimerval { it_interval: timeval(interval), it_value: timeval(delay) };
    let mut old = libc::itimerval::zeroed();
    // SAFETY: both structures are valid.
    check_unit(unsafe { libc::setitimer(which, &raw const new, &raw mut old) })?;
    Ok((microseconds(old.it_value), microseconds(old.it_interval)))
}

/// `getitimer(2)`: the delay left and the interval, microseconds.
pub fn getitimer(which: i32) -> io::Result<(i64, i64)> {
    let mut old = libc::itimerval::zeroed();
    // SAFETY: `old` is one `struct itimerval`.
    check_unit(unsafe { libc::getitimer(which, &raw mut old) })?;
    Ok((microseconds(old.it_value), microseconds(old.it_interval)))
}

/// `pthread_sigmask(3)`: `how` is `SIG_BLOCK`, `SIG_UNBLOCK` or `SIG_SETMASK`; the old mask.
pub fn sigmask(how: i32, signals: &[i32]) -> io::Result<Vec<i32>> {
    let new = set_of(signals)?;
    let mut old = libc::sigset_t::zeroed();
    // SAFETY: both sets are valid.
    crate::syscall::check_errno(unsafe {
        libc::pthread_sigmask(how, &raw const new, &raw mut old)
    })?;
    Ok(members(&old))
}

/// Hold all signals back from this thread; what was held back before.
pub(crate) fn block_all() -> io::Result<libc::sigset_t> {
    let mut all = libc::sigset_t::zeroed();
    let mut old = libc::sigset_t::zeroed();
    // SAFETY: `all` is one `sigset_t`.
    unsafe { libc::sigfillset(&raw mut all) };
    // SAFETY: both sets are valid.
    crate::syscall::check_errno(unsafe {
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, &raw mut old)
    })?;
    Ok(old)
}

/// Back to what [`block_all`] found.
pub(crate) fn restore(mask: &libc::sigset_t) {
    // SAFETY: a mask this thread had.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, mask, std::ptr::null_mut()) };
}

/// `sigpending(2)`: raised but blocked.
pub fn sigpending() -> io::Result<Vec<i32>> {
    let mut set = libc::sigset_t::zeroed();
    // SAFETY: `set` is one `sigset_t`.
    check_unit(unsafe { libc::sigpending(&raw mut set) })?;
    Ok(members(&set))
}

/// What [`sigtimedwait`] reports; the fields of `siginfo_t`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of sigaction(2)")]
pub struct SignalInfo {
    pub signo: i32,
    pub code: i32,
    pub errno: i32,
    pub pid: i32,
    pub uid: u32,
    pub status: i32,
}

/// `sigtimedwait(2)`: waits for one of `signals`, at most `timeout` nanoseconds (`EAGAIN` when it is over).
pub fn sigtimedwait(signals: &[i32], timeout: Option<i64>) -> io::Result<SignalInfo> {
    let set = set_of(signals)?;
    let mut info = libc::siginfo_t::zeroed();
    let time = timeout.map(crate::clock::timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: `set` and `info` are valid; `time` is null or valid.
    check(unsafe { libc::sigtimedwait(&raw const set, &raw mut info, time) })?;
    Ok(SignalInfo {
        signo: info.si_signo,
        code: info.si_code,
        errno: info.si_errno,
        // SAFETY: zeros where the kernel set nothing.
        pid: unsafe { info.si_pid() },
        // SAFETY: as above.
        uid: unsafe { info.si_uid() },
        // SAFETY: as above.
        status: unsafe { info.si_status() },
    })
}

/// `pthread_kill(3)`; `thread` is what [`current_thread`] gave.
///
/// # Safety
/// The thread has not been joined.
pub unsafe fn pthread_kill(thread: u64, signum: i32) -> io::Result<()> {
    // SAFETY: the caller's promise.
    crate::syscall::check_errno(unsafe { libc::pthread_kill(thread, signum) })
}

/// `pthread_self(3)`, which is also `threading.get_ident()`.
pub fn current_thread() -> u64 {
    // SAFETY: no arguments.
    unsafe { libc::pthread_self() }
}

/// Sets the descriptor that gets one byte per signal; -1 is none. The one before.
pub fn set_wakeup_fd(fd: i32) -> i32 {
    WAKEUP_FD.swap(fd, Ordering::Relaxed)
}

/// The `errno` of a failed write to the wakeup descriptor, once.
pub fn take_wakeup_error() -> Option<i32> {
    let errno = WAKEUP_ERROR.swap(0, Ordering::Relaxed);
    (errno != 0).then_some(errno)
}

/// `strsignal(3)`: the description of a signal; `None` for an unknown number.
pub fn description(signum: i32) -> Option<Vec<u8>> {
    // SAFETY: an integer only.
    let text = unsafe { libc::strsignal(signum) };
    // SAFETY: null, or a string valid until this thread calls again.
    let text = unsafe { crate::syscall::bytes_of(text) }?;
    (!text.starts_with(b"Unknown signal")).then_some(text)
}

/// The numbers a Python program may use: those of [`sigmask`] with everything filled in.
pub fn valid_signals() -> Vec<i32> {
    let mut set = libc::sigset_t::zeroed();
    // SAFETY: `set` is one `sigset_t`.
    unsafe { libc::sigfillset(&raw mut set) };
    members(&set)
}

/// Prints `message` on standard error from within a handler or after a fatal error.
pub fn write_fatal(message: &str) {
    if let Ok(text) = c_string(message) {
        // SAFETY: the bytes are valid; nothing can be done about a failure.
        unsafe { libc::write(2, text.as_ptr().cast(), text.as_bytes().len()) };
    }
}

fn record_address() -> libc::sighandler_t {
    let handler: extern "C" fn(c_int) = record;
    handler as *const () as libc::sighandler_t
}

fn parsed(action: &libc::sigaction) -> Disposition {
    match action.sa_sigaction {
        libc::SIG_DFL => Disposition::Default,
        libc::SIG_IGN => Disposition::Ignore,
        address if address == record_address() => Disposition::Record,
        _ => Disposition::Foreign,
    }
}

pub(crate) fn set_of(signals: &[i32]) -> io::Result<libc::sigset_t> {
    let mut set = libc::sigset_t::zeroed();
    // SAFETY: `set` is one `sigset_t`.
    unsafe { libc::sigemptyset(&raw mut set) };
    for &signum in signals {
        // SAFETY: `set` is valid; a bad number is `EINVAL`.
        check_unit(unsafe { libc::sigaddset(&raw mut set, signum) })?;
    }
    Ok(set)
}

fn members(set: &libc::sigset_t) -> Vec<i32> {
    // SAFETY: `set` is valid; a bad number is "no".
    (1..N_SIGNALS).filter(|&signum| unsafe { libc::sigismember(set, signum) } == 1).collect()
}

fn timeval(microseconds: i64) -> libc::timeval {
    libc::timeval {
        tv_sec: microseconds.div_euclid(1_000_000),
        tv_usec: microseconds.rem_euclid(1_000_000),
    }
}

fn microseconds(time: libc::timeval) -> i64 {
    time.tv_sec * 1_000_000 + time.tv_usec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_is_recorded_once() {
        static WORD: AtomicU32 = AtomicU32::new(0);
        notify_through(&WORD, 4);
        let (reader, writer) = crate::file::pipe(libc::O_CLOEXEC | libc::O_NONBLOCK).unwrap();
        set_wakeup_fd(writer);
        assert_eq!(
            set_disposition(libc::SIGUSR1, Disposition::Record).unwrap(),
            Disposition::Default
        );
        assert_eq!(disposition(libc::SIGUSR1).unwrap(), Disposition::Record);
        raise_signal(libc::SIGUSR1).unwrap();
        assert!(any_pending());
        assert_eq!(WORD.load(Ordering::Relaxed), 4);
        assert_eq!(take_pending(), Some(libc::SIGUSR1));
        assert_eq!(take_pending(), None);
        let mut byte = [0; 4];
        assert_eq!(crate::file::read(reader, &mut byte).unwrap(), 1);
        assert_eq!(i32::from(byte[0]), libc::SIGUSR1);
        assert_eq!(set_wakeup_fd(-1), writer);
        assert_eq!(
            set_disposition(libc::SIGUSR1, Disposition::Default).unwrap(),
            Disposition::Record
        );
        assert!(set_disposition(libc::SIGKILL, Disposition::Ignore).is_err());
        crate::file::close(reader).unwrap();
        crate::file::close(writer).unwrap();
    }

    #[test]
    fn masks_and_names() {
        let before = sigmask(libc::SIG_BLOCK, &[libc::SIGUSR2]).unwrap();
        raise_signal(libc::SIGUSR2).unwrap();
        assert_eq!(sigpending().unwrap(), [libc::SIGUSR2]);
        assert_eq!(sigtimedwait(&[libc::SIGUSR2], Some(0)).unwrap().signo, libc::SIGUSR2);
        sigmask(libc::SIG_SETMASK, &before).unwrap();
        assert_eq!(description(libc::SIGINT).unwrap(), b"Interrupt");
        assert_eq!(description(4000), None);
        assert!(valid_signals().contains(&libc::SIGTERM));
        assert_eq!(getitimer(libc::ITIMER_VIRTUAL).unwrap(), (0, 0));
    }
}
