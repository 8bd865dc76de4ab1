//! A word before the end when C reads or writes where it may not: in a text whose handle was closed, or to one at all.
//!
//! The processor notices such an access and the system sends a signal, which ends the process without a word. A host that
//! wants one calls [`report`]: then the message says what was touched, and from where. The ranges of texts are kept in a
//! table of atomic numbers, because a handler of signals can take no lock.

use std::backtrace::Backtrace;
use std::ffi::{c_int, c_void};
use std::mem;
use std::process::abort;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::report;

/// A range of memory; a start of 0 is none.
struct Range {
    start: AtomicUsize,
    len: AtomicUsize,
    /// Not 0: C may read it.
    readable: AtomicUsize,
}

/// How many ranges are known at most. Others have no message.
const N_RANGES: usize = 4096;

static RANGES: [Range; N_RANGES] = [const {
    Range { start: AtomicUsize::new(0), len: AtomicUsize::new(0), readable: AtomicUsize::new(0) }
}; N_RANGES];

/// A range in the table.
#[derive(Debug)]
pub(super) struct Registered(usize);

/// Adds a range that may be read; `None` when the table is full.
pub(super) fn register(start: *const u8, len: usize) -> Option<Registered> {
    let free = RANGES.iter().position(|range| {
        let taken =
            range.start.compare_exchange(0, start.addr(), Ordering::AcqRel, Ordering::Relaxed);
        taken.is_ok()
    })?;
    RANGES[free].len.store(len, Ordering::Release);
    RANGES[free].readable.store(1, Ordering::Release);
    Some(Registered(free))
}

impl Registered {
    /// It may not be read any more.
    pub(super) fn forbid(&self) {
        RANGES[self.0].readable.store(0, Ordering::Release);
    }
}

impl Drop for Registered {
    fn drop(&mut self) {
        RANGES[self.0].start.store(0, Ordering::Release);
    }
}

/// What is known of an address: `None` if it is in no text, else whether that may be read.
fn find(address: usize) -> Option<bool> {
    let range = RANGES.iter().find(|range| {
        let (start, len) = (range.start.load(Ordering::Acquire), range.len.load(Ordering::Acquire));
        start != 0 && address >= start && address - start < len
    })?;
    Some(range.readable.load(Ordering::Acquire) != 0)
}

/// What was done with the signal before.
static BEFORE: OnceLock<libc::sigaction> = OnceLock::new();

/// From now on a forbidden access to a text is reported before the process ends.
pub fn report() {
    if BEFORE.get().is_some() {
        return;
    }
    // SAFETY: all zero is a valid action.
    let mut action: libc::sigaction = unsafe { mem::zeroed() };
    action.sa_sigaction = on_fault as *const () as usize;
    action.sa_flags = libc::SA_SIGINFO;
    // SAFETY: all zero is a valid action.
    let mut before: libc::sigaction = unsafe { mem::zeroed() };
    // SAFETY: the handler has the type that the flag says.
    let failed = unsafe { libc::sigaction(libc::SIGSEGV, &raw const action, &raw mut before) };
    if failed == 0 {
        let _known = BEFORE.set(before);
    }
}

/// Handles the signal.
extern "C" fn on_fault(signal: c_int, info: *mut libc::siginfo_t, _: *mut c_void) {
    // SAFETY: the system gives what happened.
    let info = unsafe { &*info };
    // SAFETY: a fault has an address.
    let address = unsafe { info.si_addr() };
    match find(address.addr()) {
        Some(true) => die("C wrote to a text that HPy gave it, which is read-only"),
        Some(false) => die("C used a text after the handle that it belongs to was closed"),
        None => restore(signal),
    }
}

/// Lets the fault happen again, for whoever handled the signal before.
fn restore(signal: c_int) {
    // SAFETY: all zero is the default action.
    let default: libc::sigaction = unsafe { mem::zeroed() };
    let before = BEFORE.get().unwrap_or(&default);
    // SAFETY: it is what was there before.
    unsafe { libc::sigaction(signal, before, ptr::null_mut()) };
}

/// Says what happened and where, and ends the process. The fault was in C, which holds no lock of ours.
fn die(what: &str) -> ! {
    let trace = report::frames(&Backtrace::force_capture(), 8);
    report::print(&format!("Invalid usage of a text: {what}, in:\n{trace}"));
    abort()
}
