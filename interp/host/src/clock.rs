//! Clocks, in nanoseconds.

use std::io;
use std::time::Duration;

use crate::syscall::{Zeroable, check_errno, check_unit};

/// The clocks of the `time` module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `time.time`: the civil time, nanoseconds since 1970; may be set.
    Time,
    /// `time.monotonic`: never goes back.
    Monotonic,
    /// `time.perf_counter`: the finest one.
    PerfCounter,
    /// `time.process_time`: processor time of the process.
    ProcessTime,
    /// `time.thread_time`: processor time of the thread.
    ThreadTime,
}

/// What `time.get_clock_info` reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockInfo {
    /// The C call behind it, spelled as CPython spells it.
    pub implementation: &'static str,
    /// Cannot go back.
    pub monotonic: bool,
    /// Can be set.
    pub adjustable: bool,
    /// Smallest step, seconds.
    pub resolution: f64,
}

impl Clock {
    /// The clock that `time.get_clock_info` calls `name`.
    pub fn named(name: &str) -> Option<Clock> {
        Some(match name {
            "time" => Clock::Time,
            "monotonic" => Clock::Monotonic,
            "perf_counter" => Clock::PerfCounter,
            "process_time" => Clock::ProcessTime,
            "thread_time" => Clock::ThreadTime,
            _ => return None,
        })
    }

    fn id(self) -> libc::clockid_t {
        match self {
            Clock::Time => libc::CLOCK_REALTIME,
            Clock::Monotonic | Clock::PerfCounter => libc::CLOCK_MONOTONIC,
            Clock::ProcessTime => libc::CLOCK_PROCESS_CPUTIME_ID,
            Clock::ThreadTime => libc::CLOCK_THREAD_CPUTIME_ID,
        }
    }

    /// Its value in nanoseconds.
    pub fn now(self) -> io::Result<i64> {
        gettime(self.id())
    }

    /// Its properties.
    pub fn info(self) -> io::Result<ClockInfo> {
        let implementation = match self {
            Clock::Time => "clock_gettime(CLOCK_REALTIME)",
            Clock::Monotonic | Clock::PerfCounter => "clock_gettime(CLOCK_MONOTONIC)",
            Clock::ProcessTime => "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)",
            Clock::ThreadTime => "clock_gettime(CLOCK_THREAD_CPUTIME_ID)",
        };
        let adjustable = self == Clock::Time;
        let resolution = Duration::from_nanos(getres(self.id())?.unsigned_abs()).as_secs_f64();
        Ok(ClockInfo { implementation, monotonic: !adjustable, adjustable, resolution })
    }
}

/// `clock_gettime(2)` of any `CLOCK_*`, nanoseconds.
pub fn gettime(clock: i32) -> io::Result<i64> {
    let mut time = libc::timespec::zeroed();
    // SAFETY: `time` is one `timespec`.
    check_unit(unsafe { libc::clock_gettime(clock, &raw mut time) })?;
    nanoseconds(time)
}

/// `clock_getres(2)` of any `CLOCK_*`, nanoseconds.
pub fn getres(clock: i32) -> io::Result<i64> {
    let mut time = libc::timespec::zeroed();
    // SAFETY: `time` is one `timespec`.
    check_unit(unsafe { libc::clock_getres(clock, &raw mut time) })?;
    nanoseconds(time)
}

/// `clock_settime(2)`.
pub fn settime(clock: i32, nanoseconds: i64) -> io::Result<()> {
    let time = timespec(nanoseconds);
    // SAFETY: `time` is one `timespec`.
    check_unit(unsafe { libc::clock_settime(clock, &raw const time) })
}

/// `pthread_getcpuclockid(3)`: the clock of a thread's processor time.
///
/// # Safety
/// The thread has not ended.
pub unsafe fn thread_clock(thread: u64) -> io::Result<i32> {
    let mut clock = 0;
    // SAFETY: the caller's promise; `clock` is one `clockid_t`.
    check_errno(unsafe { libc::pthread_getcpuclockid(thread, &raw mut clock) })?;
    Ok(clock)
}

/// Sleeps until the monotonic clock shows `deadline` nanoseconds, or a signal arrives (`EINTR`).
///
/// A deadline instead of a length lets the caller run Python handlers and go on sleeping (PEP 475).
pub fn sleep_until(deadline: i64) -> io::Result<()> {
    let time = timespec(deadline);
    let flags = libc::TIMER_ABSTIME;
    // SAFETY: `time` is one `timespec`; no remaining time is asked for.
    check_errno(unsafe {
        libc::clock_nanosleep(libc::CLOCK_MONOTONIC, flags, &raw const time, std::ptr::null_mut())
    })
}

pub(crate) fn timespec(nanoseconds: i64) -> libc::timespec {
    libc::timespec {
        tv_sec: nanoseconds.div_euclid(1_000_000_000),
        tv_nsec: nanoseconds.rem_euclid(1_000_000_000),
    }
}

fn nanoseconds(time: libc::timespec) -> io::Result<i64> {
    time.tv_sec
        .checked_mul(1_000_000_000)
        .and_then(|seconds| seconds.checked_add(time.tv_nsec))
        .ok_or_else(|| io::Error::from_raw_os_error(libc::EOVERFLOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_advance() {
        for name in ["time", "monotonic", "perf_counter", "process_time", "thread_time"] {
            let clock = Clock::named(name).unwrap();
            let before = clock.now().unwrap();
            assert!(clock.now().unwrap() >= before, "{name}");
            assert!(clock.info().unwrap().resolution > 0.0, "{name}");
        }
        let start = Clock::Monotonic.now().unwrap();
        sleep_until(start + 2_000_000).unwrap();
        assert!(Clock::Monotonic.now().unwrap() >= start + 2_000_000);
        assert_eq!(timespec(-1).tv_nsec, 999_999_999);
    }
}
