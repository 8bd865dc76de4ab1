//! The large-object space: each object its own allocation, indexed by address.
//!
//! ```text
//! ┌────────────┬────────┬──────────┐
//! │ size, pad  │ header │ payload… │   the header is 16-byte aligned as in a block
//! └────────────┴────────┴──────────┘
//! ```

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;
use std::ptr;

use crate::geometry::{GRANULE, HEADER};
use crate::object::{GcBits, Obj};

/// Bytes in front of a large object's header; the first word is the object's size.
pub(crate) const LARGE_PREFIX: usize = 16;

/// The large objects of a heap.
#[derive(Debug, Default)]
pub(crate) struct LargeSpace {
    /// Address of the header to size in bytes (header included).
    by_address: BTreeMap<usize, usize>,
    /// Allocated since the last collection.
    young: Vec<Obj>,
    bytes: usize,
}

impl LargeSpace {
    /// Bytes of all large objects.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.by_address.len()
    }

    /// A zeroed object, its header still zero; `None` when there is no memory.
    pub(crate) fn alloc(&mut self, payload: usize) -> Option<Obj> {
        let size = payload.checked_add(HEADER)?.checked_next_multiple_of(GRANULE)?;
        let layout = Layout::from_size_align(size.checked_add(LARGE_PREFIX)?, GRANULE).ok()?;
        // SAFETY: the layout's size is at least the prefix's.
        let start = unsafe { alloc_zeroed(layout) };
        if start.is_null() {
            return None;
        }
        let address = start.expose_provenance() + LARGE_PREFIX;
        // SAFETY: the prefix is the first word of the allocation, which is aligned to 16.
        unsafe { ptr::with_exposed_provenance_mut::<usize>(address - LARGE_PREFIX).write(size) };
        let obj = Obj::at(address);
        self.by_address.insert(address, size);
        self.young.push(obj);
        self.bytes += size;
        Some(obj)
    }

    /// The object that has `address` inside.
    pub(crate) fn find(&self, address: usize) -> Option<Obj> {
        let (&start, &size) = self.by_address.range(..=address).next_back()?;
        (address - start < size).then(|| Obj::at(start))
    }

    /// Forget all marks.
    pub(crate) fn clear_marks(&mut self) {
        for obj in self.objects() {
            obj.remove_gc(GcBits::OLD);
        }
    }

    /// Free what is unmarked: of the young objects, or of all.
    pub(crate) fn sweep(&mut self, full: bool) {
        let young = std::mem::take(&mut self.young);
        let candidates = if full { self.objects().collect() } else { young };
        for obj in candidates {
            if !obj.has_gc(GcBits::OLD) {
                self.free(obj);
            }
        }
    }

    fn free(&mut self, obj: Obj) {
        let address = obj.address();
        let Some(size) = self.by_address.remove(&address) else { return };
        self.bytes -= size;
        if let Ok(layout) = Layout::from_size_align(size + LARGE_PREFIX, GRANULE) {
            let start = ptr::with_exposed_provenance_mut(address - LARGE_PREFIX);
            // SAFETY: allocated in `alloc` with this layout; the entry was removed above, so this happens once.
            unsafe { dealloc(start, layout) };
        }
    }

    /// All objects of the space.
    pub(crate) fn objects(&self) -> impl Iterator<Item = Obj> {
        self.by_address.keys().map(|&address| Obj::at(address))
    }
}

impl Drop for LargeSpace {
    fn drop(&mut self) {
        let all: Vec<Obj> = self.objects().collect();
        for obj in all {
            self.free(obj);
        }
    }
}
