//! C's `FILE *` for an open file descriptor.

use std::ffi::{CString, c_int, c_void};
use std::io;
use std::ptr::NonNull;

/// A stream of its own on a duplicate of a file descriptor, without a buffer; closed when dropped.
#[derive(Debug)]
pub struct Stream(NonNull<libc::FILE>);

impl Stream {
    /// Open a stream on a duplicate of `fd`; `mode` is that of `fopen`.
    pub fn of_descriptor(fd: c_int, mode: &str) -> io::Result<Stream> {
        let mode = CString::new(mode).map_err(|_| io::ErrorKind::InvalidInput)?;
        // SAFETY: takes a number; an invalid one is an error.
        let own = unsafe { libc::dup(fd) };
        if own < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the descriptor is ours, the mode a C string.
        let file = unsafe { libc::fdopen(own, mode.as_ptr()) };
        let Some(file) = NonNull::new(file) else {
            let error = io::Error::last_os_error();
            // SAFETY: the descriptor is still ours.
            unsafe { libc::close(own) };
            return Err(error);
        };
        // SAFETY: the stream is open and unused; no buffer is given.
        unsafe { libc::setbuf(file.as_ptr(), std::ptr::null_mut()) };
        Ok(Stream(file))
    }

    /// The `FILE *`.
    pub fn address(&self) -> *mut c_void {
        self.0.as_ptr().cast()
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: the stream is open, and this happens once.
        unsafe { libc::fclose(self.0.as_ptr()) };
    }
}
