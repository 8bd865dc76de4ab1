//! Threads, and the word they wait on.
//!
//! [`wait`] and [`wake`] are `futex(2)` instead of the standard library's locks because a lock that Python code waits
//! for has to end its wait when a signal arrives (`EINTR`), so that the handler can run.

use std::io;
use std::sync::atomic::AtomicU32;

use crate::syscall::c_string;

/// Starts a thread with a native stack of `stack_size` bytes that nobody joins.
///
/// The end of the thread is the caller's to observe: `body` says when it is done.
pub fn spawn(stack_size: usize, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().stack_size(stack_size).spawn(body).map(drop)
}

/// Like [`spawn`], for a thread that takes no signal: those sent to the process go to others.
pub fn spawn_quiet(stack_size: usize, body: impl FnOnce() + Send + 'static) -> io::Result<()> {
    let before = crate::signal::block_all()?;
    let spawned = spawn(stack_size, body);
    crate::signal::restore(&before);
    spawned
}

/// Sleeps for good: what a thread does that may never run Python again.
pub fn hang() -> ! {
    loop {
        std::thread::park();
    }
}

/// Is [`barrier_in_all_threads`] possible?
pub fn has_barrier_in_all_threads() -> bool {
    static POSSIBLE: std::sync::OnceLock<bool> = std::sync::OnceLock::new();
    *POSSIBLE.get_or_init(|| membarrier(REGISTER_PRIVATE_EXPEDITED))
}

/// A full memory barrier in every thread of this process that is running (`membarrier(2)`), so that the others need none
/// of their own; false if there is no such thing here.
///
/// If another thread wrote `a` and then read `b`, and this one wrote `b`, called this and then read `a`, at least one has
/// read what the other wrote.
pub fn barrier_in_all_threads() -> bool {
    has_barrier_in_all_threads() && membarrier(PRIVATE_EXPEDITED)
}

/// Commands of `membarrier(2)`.
const PRIVATE_EXPEDITED: libc::c_int = 1 << 3;
const REGISTER_PRIVATE_EXPEDITED: libc::c_int = 1 << 4;

fn membarrier(command: libc::c_int) -> bool {
    // SAFETY: the call takes numbers only.
    let code = unsafe { libc::syscall(libc::SYS_membarrier, command, 0, 0) };
    code == 0
}

/// Lets other threads run.
pub fn yield_now() {
    std::thread::yield_now();
}

/// Sets the name the kernel shows for this thread (`prctl(2)`); it is cut to 15 bytes.
pub fn set_name(name: &[u8]) -> io::Result<()> {
    let name =
        c_string(std::ffi::OsStr::new(&*String::from_utf8_lossy(&name[..name.len().min(15)])))?;
    // SAFETY: `name` is NUL-terminated and shorter than the 16 bytes the call reads.
    crate::syscall::check_unit(unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) })
}

/// Waits while `word` is `expected`, at most until the monotonic clock shows `deadline` nanoseconds.
///
/// `EAGAIN` when the word is something else already, `ETIMEDOUT` at the deadline, `EINTR` after a signal; it may also
/// return without a reason.
pub fn wait(word: &AtomicU32, expected: u32, deadline: Option<i64>) -> io::Result<()> {
    let time = deadline.map(crate::clock::timespec);
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let operation = libc::FUTEX_WAIT_BITSET | libc::FUTEX_PRIVATE_FLAG;
    let no_word = std::ptr::null::<u32>();
    // SAFETY: the kernel reads one aligned word, which `word` keeps alive; `time` is null or valid.
    let code = unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            operation,
            expected,
            time,
            no_word,
            libc::FUTEX_BITSET_MATCH_ANY,
        )
    };
    if code == -1 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Wakes at most `count` threads that wait on `word`.
pub fn wake(word: &AtomicU32, count: i32) {
    let operation = libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG;
    // SAFETY: the address is only a key here.
    unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), operation, count) };
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use super::*;
    use crate::clock::Clock;

    #[test]
    fn a_word_is_waited_for() {
        let word = Arc::new(AtomicU32::new(0));
        let now = Clock::Monotonic.now().unwrap();
        let late = wait(&word, 0, Some(now + 1_000_000)).unwrap_err();
        assert_eq!(late.raw_os_error(), Some(libc::ETIMEDOUT));
        assert_eq!(wait(&word, 1, None).unwrap_err().raw_os_error(), Some(libc::EAGAIN));
        let other = Arc::clone(&word);
        spawn(1 << 20, move || {
            other.store(1, Ordering::SeqCst);
            wake(&other, 1);
        })
        .unwrap();
        while word.load(Ordering::SeqCst) == 0 {
            wait(&word, 0, None).unwrap_or_default();
        }
        set_name(b"haft-host-test-thread").unwrap();
    }
}
