//! Copies of texts that C gets: read-only while their handle is open, not even readable once it is closed.

use std::ptr::{self, NonNull};

use super::fault::{self, Registered};

/// A copy in pages of its own.
#[derive(Debug)]
pub(super) struct Guarded {
    at: NonNull<u8>,
    /// Bytes of the text.
    len: usize,
    /// Its place in the table of ranges, for reports.
    registered: Option<Registered>,
}

impl Guarded {
    /// A read-only copy; `None` when there is no memory.
    pub(super) fn new(data: &[u8]) -> Option<Guarded> {
        let (protection, flags) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: a new mapping, which touches no other.
        let pages = unsafe { libc::mmap(ptr::null_mut(), data.len(), protection, flags, -1, 0) };
        if pages == libc::MAP_FAILED {
            return None;
        }
        let at = NonNull::new(pages.cast::<u8>())?;
        // SAFETY: the mapping is as long as the data, and new.
        unsafe { ptr::copy_nonoverlapping(data.as_ptr(), at.as_ptr(), data.len()) };
        let registered = fault::register(at.as_ptr(), data.len());
        let guarded = Guarded { at, len: data.len(), registered };
        guarded.protect(libc::PROT_READ);
        Some(guarded)
    }

    /// Where the copy is.
    pub(super) fn as_ptr(&self) -> *const u8 {
        self.at.as_ptr()
    }

    /// Bytes of the text.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Makes it unreadable.
    pub(super) fn forbid(&self) {
        if let Some(registered) = &self.registered {
            registered.forbid();
        }
        self.protect(libc::PROT_NONE);
    }

    fn protect(&self, protection: libc::c_int) {
        // SAFETY: the pages are ours. Failure leaves them as they are, which makes a mistake harder to see and no more.
        unsafe { libc::mprotect(self.at.as_ptr().cast(), self.len, protection) };
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: the pages are ours, and `len` bytes are what was mapped.
        unsafe { libc::munmap(self.at.as_ptr().cast(), self.len) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_equal() {
        let guarded = Guarded::new(b"text\0").unwrap();
        assert_eq!(guarded.len(), 5);
        // SAFETY: the copy is five bytes long and readable.
        let copy = unsafe { std::slice::from_raw_parts(guarded.as_ptr(), 5) };
        assert_eq!(copy, b"text\0");
        guarded.forbid();
    }
}
