//! `errno`, kept for the user between two C calls.
//!
//! Whatever runs between a C function and the user's look at `ffi.errno` (an
//! allocation, another thread's turn) may change the real one. So each call puts
//! the saved value in place and takes the new one out again.

use std::cell::Cell;
use std::ffi::c_int;

thread_local! {
    static SAVED: Cell<c_int> = const { Cell::new(0) };
}

fn location() -> *mut c_int {
    #[cfg(target_vendor = "apple")]
    // SAFETY: returns the calling thread's `errno`, always valid.
    let location = unsafe { libc::__error() };
    #[cfg(not(target_vendor = "apple"))]
    // SAFETY: returns the calling thread's `errno`, always valid.
    let location = unsafe { libc::__errno_location() };
    location
}

/// Addresses of the calling thread's real `errno` and of the saved value, for compiled code.
pub fn locations() -> (usize, usize) {
    (location().expose_provenance(), SAVED.with(Cell::as_ptr).expose_provenance())
}

/// The saved value: `ffi.errno`.
pub fn saved() -> c_int {
    SAVED.get()
}

/// Set the saved value: `ffi.errno = value`.
pub fn set_saved(value: c_int) {
    SAVED.set(value);
}

/// The calling thread's real `errno`.
pub fn current() -> c_int {
    // SAFETY: `location` is the calling thread's `errno`.
    unsafe { location().read() }
}

/// Set the calling thread's real `errno`.
pub fn set_current(value: c_int) {
    // SAFETY: `location` is the calling thread's `errno`.
    unsafe { location().write(value) };
}

/// Make the saved value the real one, before entering C.
pub fn restore() {
    set_current(SAVED.get());
}

/// Save the real value, after leaving C.
pub fn save() {
    SAVED.set(current());
}
