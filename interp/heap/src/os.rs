//! Memory from the operating system: address space that costs nothing until it is committed and touched.

use std::ptr;

/// A range of address space, zeroed where it is committed; pages appear when touched. Released when dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    start: usize,
    bytes: usize,
}

impl Reservation {
    /// The first address.
    pub(crate) fn start(&self) -> usize {
        self.start
    }
}

#[cfg(all(unix, not(miri)))]
mod unix {
    use super::{Reservation, ptr};

    impl Reservation {
        /// Reserve `bytes` of address space, `None` when there is not so much.
        pub(crate) fn new(bytes: usize, _align: usize) -> Option<Self> {
            // Without access rights it does not count as memory, even where the system promises none it has not.
            let flags = libc::MAP_PRIVATE | libc::MAP_ANON | libc::MAP_NORESERVE;
            // SAFETY: an anonymous private mapping at an address of the system's choice touches nothing that exists.
            let start =
                unsafe { libc::mmap(ptr::null_mut(), bytes, libc::PROT_NONE, flags, -1, 0) };
            (start != libc::MAP_FAILED).then(|| Self { start: start.expose_provenance(), bytes })
        }
    }

    impl Drop for Reservation {
        fn drop(&mut self) {
            // SAFETY: the mapping is ours, made in `new`, and nobody may use the heap's memory after the heap.
            unsafe { libc::munmap(ptr::with_exposed_provenance_mut(self.start), self.bytes) };
        }
    }

    /// Make a part usable. False if there is not so much memory.
    ///
    /// # Safety
    /// The range lies in a reservation, and begins and ends at page boundaries.
    pub(crate) unsafe fn commit(start: usize, bytes: usize) -> bool {
        let range = ptr::with_exposed_provenance_mut(start);
        // SAFETY: the caller's promise.
        unsafe { libc::mprotect(range, bytes, libc::PROT_READ | libc::PROT_WRITE) == 0 }
    }

    /// Have the system bring pages that are about to be touched one by one, which costs a fault each. Where it does not know
    /// this request, nothing happens.
    ///
    /// # Safety
    /// The range lies in a reservation, is committed, and begins and ends at page boundaries.
    pub(crate) unsafe fn populate(start: usize, bytes: usize) {
        #[cfg(target_os = "linux")]
        // SAFETY: the caller's promise; what the pages hold does not change.
        unsafe {
            libc::madvise(
                ptr::with_exposed_provenance_mut(start),
                bytes,
                libc::MADV_POPULATE_WRITE,
            );
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (start, bytes);
    }

    /// Give the pages back; they read as zero afterwards. False if the system did not.
    ///
    /// # Safety
    /// The range lies in a reservation, begins and ends at page boundaries, and nothing in it is used any more.
    pub(crate) unsafe fn decommit(start: usize, bytes: usize) -> bool {
        let range = ptr::with_exposed_provenance_mut(start);
        // SAFETY: the caller's promise.
        let done = unsafe { libc::madvise(range, bytes, libc::MADV_DONTNEED) };
        // Only Linux defines that the pages are zero afterwards.
        cfg!(target_os = "linux") && done == 0
    }
}

#[cfg(not(all(unix, not(miri))))]
mod portable {
    use std::alloc::{Layout, alloc_zeroed, dealloc};

    use super::{Reservation, ptr};

    /// Without lazy pages a reservation is real memory: keep it small.
    const MOST: usize = 64 << 20;
    const ALIGN: usize = 4 << 20;

    impl Reservation {
        /// Allocate `bytes`, `None` when there is not so much.
        pub(crate) fn new(bytes: usize, align: usize) -> Option<Self> {
            let layout = Layout::from_size_align(bytes, align)
                .ok()
                .filter(|_| bytes <= MOST && align == ALIGN)?;
            // SAFETY: the size is not zero.
            let start = unsafe { alloc_zeroed(layout) };
            (!start.is_null()).then(|| Self { start: start.expose_provenance(), bytes })
        }
    }

    impl Drop for Reservation {
        fn drop(&mut self) {
            if let Ok(layout) = Layout::from_size_align(self.bytes, ALIGN) {
                // SAFETY: allocated in `new` with this layout.
                unsafe { dealloc(ptr::with_exposed_provenance_mut(self.start), layout) };
            }
        }
    }

    /// Everything is usable already.
    ///
    /// # Safety
    /// None needed.
    pub(crate) unsafe fn commit(_start: usize, _bytes: usize) -> bool {
        true
    }

    /// All pages are there.
    ///
    /// # Safety
    /// None needed.
    pub(crate) unsafe fn populate(_start: usize, _bytes: usize) {}

    /// Memory cannot be given back piecewise here.
    ///
    /// # Safety
    /// None needed.
    pub(crate) unsafe fn decommit(_start: usize, _bytes: usize) -> bool {
        false
    }
}

#[cfg(not(all(unix, not(miri))))]
pub(crate) use portable::{commit, decommit, populate};
#[cfg(all(unix, not(miri)))]
pub(crate) use unix::{commit, decommit, populate};

/// The highest address of the current thread's stack, where scanning ends.
#[cfg(all(target_os = "linux", not(miri)))]
pub fn native_stack_high() -> Option<usize> {
    let mut attributes = std::mem::MaybeUninit::<libc::pthread_attr_t>::uninit();
    // SAFETY: asks for the calling thread, which exists.
    let this = unsafe { libc::pthread_self() };
    // SAFETY: the attributes are written before they are read, and only if the call succeeds.
    if unsafe { libc::pthread_getattr_np(this, attributes.as_mut_ptr()) } != 0 {
        return None;
    }
    let (mut low, mut bytes) = (ptr::null_mut(), 0);
    // SAFETY: the attributes were initialised by the call above.
    let failed =
        unsafe { libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut bytes) };
    // SAFETY: the attributes were initialised by the call above and are not used again.
    unsafe { libc::pthread_attr_destroy(attributes.as_mut_ptr()) };
    (failed == 0).then(|| low.addr() + bytes)
}

/// The highest address of the current thread's stack, where scanning ends.
#[cfg(all(target_vendor = "apple", not(miri)))]
pub fn native_stack_high() -> Option<usize> {
    // SAFETY: asks for the calling thread, which exists.
    let this = unsafe { libc::pthread_self() };
    // SAFETY: as above.
    Some(unsafe { libc::pthread_get_stackaddr_np(this) }.addr())
}

/// The highest address of the current thread's stack: unknown on this system, the runtime has to take it in `main`.
#[cfg(not(any(all(target_os = "linux", not(miri)), all(target_vendor = "apple", not(miri)))))]
pub fn native_stack_high() -> Option<usize> {
    None
}
