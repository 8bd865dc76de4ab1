//! Allocation: a bump pointer in a hole, and what happens when the hole is full.
#![expect(
    clippy::inline_always,
    reason = "allocation of a known size is a handful of instructions in the caller"
)]

use std::alloc::{Layout, handle_alloc_error};
use std::ptr;

use crate::arena::{Hole, Lane};
use crate::geometry::{
    GRANULE, HEADER, LINE, MAX_EXACT_PAYLOAD, MAX_SMALL_PAYLOAD, object_bytes, side_bias, size_code,
};
use crate::heap::{Heap, HeapStats};
use crate::object::{GcBits, Header, Obj};

/// Allocation between two young collections, in bytes: holes then stay in the cache.
const YOUNG_BYTES: usize = 1 << 20;
/// Growth of the old objects below which no full collection comes, in bytes.
const MIN_GROWTH: usize = 2 << 20;
/// The same before the first one: a program that has just started is to get going.
const FIRST_GROWTH: usize = 2 << 20;
/// Bytes of memory beyond twice the live objects that are no reason to collect.
const SLACK: usize = 5 << 19;

/// The state that compiled code needs to allocate by itself.
///
/// To allocate `size` bytes (a multiple of 16, up to 1 KB) of a kind without drop function: `start = cursor`; if
/// `start + size > limit` call the heap; `cursor = start + size`; store the byte `size / 16` at
/// `start / 16 + side_bias`; store the header at `start`. The payload is zero already.
#[repr(C)]
#[derive(Debug, Default)]
pub struct Bump {
    /// Where the next object goes.
    pub cursor: usize,
    /// The end of the memory that may be taken without asking.
    pub limit: usize,
    /// See above.
    pub side_bias: usize,
}

/// When to collect.
#[derive(Debug)]
pub(crate) struct Budget {
    /// End of the hole; `Bump::limit` is there, or lower to make allocations come here.
    hole_end: usize,
    /// Bytes of holes and large objects taken since the last collection.
    young: usize,
    young_limit: usize,
    /// Bytes of survivors since the last full collection, those of it included.
    old: usize,
    old_limit: usize,
    /// Bytes of memory that are a reason for a full collection, if `old` grew to `old_minimum`.
    footprint_limit: usize,
    old_minimum: usize,
    external: usize,
    /// External bytes added since the last collection.
    young_external: usize,
    /// Bytes taken before the last collection.
    retired: u64,
    live: usize,
    young_collections: u64,
    full_collections: u64,
    enabled: bool,
    /// Collect at each n-th allocation; 0 is off.
    stress: u32,
    stress_left: u32,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            hole_end: 0,
            young: 0,
            young_limit: YOUNG_BYTES,
            old: 0,
            old_limit: FIRST_GROWTH,
            footprint_limit: SLACK,
            old_minimum: FIRST_GROWTH,
            external: 0,
            young_external: 0,
            retired: 0,
            live: 0,
            young_collections: 0,
            full_collections: 0,
            enabled: true,
            stress: 0,
            stress_left: 0,
        }
    }
}

impl Budget {
    pub(crate) fn stats(&self) -> HeapStats {
        HeapStats {
            young_collections: self.young_collections,
            full_collections: self.full_collections,
            live_bytes: self.live,
            external_bytes: self.external,
            full_collection_at: self.old_limit,
            ..HeapStats::default()
        }
    }

    /// Is it time for a full collection rather than a young one, the objects lying in `footprint` bytes of memory?
    fn full_is_due(&self, footprint: usize) -> bool {
        let old = self.old + self.external;
        old >= self.old_limit || (footprint >= self.footprint_limit && old >= self.old_minimum)
    }

    /// Bytes of memory that the small objects may keep, the large ones holding `large`.
    pub(crate) fn most_memory(&self, large: usize) -> usize {
        self.footprint_limit.saturating_sub(large)
    }

    /// Is it time for a young collection, `coming` bytes ahead? External memory costs its allocation elsewhere, so it
    /// counts for less.
    fn young_is_due(&self, coming: usize) -> bool {
        let bytes = self.young.saturating_add(self.young_external / 4);
        bytes != 0 && bytes.saturating_add(coming) >= self.young_limit
    }

    /// Set the next limits after a collection that marked `marked` bytes and freed `external` bytes elsewhere; `large` bytes
    /// of large objects are left. Each young collection looks at `scanned` words, whatever has died.
    pub(crate) fn collected(
        &mut self,
        full: bool,
        marked: usize,
        scanned: usize,
        external: usize,
        large: usize,
    ) {
        self.external = self.external.saturating_sub(external);
        self.retired += self.young as u64;
        self.young = 0;
        self.young_external = 0;
        // Scanning them costs time at each collection: let a deep stack, or many functions and classes, pay for it by fewer
        // of them.
        self.young_limit = YOUNG_BYTES.max(scanned * size_of::<usize>() / 4);
        if full {
            self.full_collections += 1;
            self.old = marked;
            let live = marked + self.external;
            // Large objects are looked at quickly for their size: they may not wait as long.
            let effort = live.saturating_sub(large) + large / 4;
            self.old_limit = live + effort.max(MIN_GROWTH);
            self.old_minimum = live + (live / 4).max(MIN_GROWTH / 4);
            self.footprint_limit = 2 * marked + SLACK;
        } else {
            self.young_collections += 1;
            self.old += marked;
        }
        self.live = self.old;
    }
}

impl Heap {
    /// A new object with a zeroed payload. May collect; never runs Python.
    #[inline(always)]
    pub fn alloc(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Obj {
        match self.alloc_quick(kind, shape, payload_bytes) {
            Some(obj) => obj,
            None => self.alloc_slow(kind, shape, payload_bytes),
        }
    }

    /// As [`alloc`](Self::alloc), if that takes a few instructions and no call; never collects.
    #[inline(always)]
    pub fn alloc_quick(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Option<Obj> {
        if payload_bytes > MAX_EXACT_PAYLOAD {
            return None;
        }
        let bytes = (payload_bytes + HEADER + GRANULE - 1) & !(GRANULE - 1);
        let start = self.bump.cursor;
        if start + bytes > self.bump.limit || self.is_listed[usize::from(kind)] {
            return None;
        }
        self.bump.cursor = start + bytes;
        // SAFETY: the memory was just taken from a hole, and the bias is that hole's.
        Some(unsafe { install(start, self.bump.side_bias, bytes, kind, shape) })
    }

    /// As [`alloc`](Self::alloc), but `None` when there is no memory for a large object.
    pub fn try_alloc(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Option<Obj> {
        if payload_bytes <= MAX_EXACT_PAYLOAD {
            return Some(self.alloc(kind, shape, payload_bytes));
        }
        self.try_alloc_slow(kind, shape, payload_bytes)
    }

    /// The part of [`alloc`](Self::alloc) that is not inlined: for compiled code, and when the hole is full.
    #[cold]
    #[inline(never)]
    pub fn alloc_slow(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Obj {
        match self.try_alloc_slow(kind, shape, payload_bytes) {
            Some(obj) => obj,
            None => out_of_memory(payload_bytes),
        }
    }

    fn try_alloc_slow(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Option<Obj> {
        assert!(!self.collecting, "allocation from a drop function or a trace function");
        self.collect_if_due(payload_bytes);
        let obj = if payload_bytes > MAX_SMALL_PAYLOAD {
            self.alloc_large(kind, shape, payload_bytes)?
        } else {
            self.alloc_small(kind, shape, object_bytes(payload_bytes))?
        };
        let row = self.kinds.rows[usize::from(kind)];
        if row.drop.is_some() {
            self.droppable.add(obj);
        }
        if row.unbarriered {
            self.unbarriered.add(obj);
        }
        Some(obj)
    }

    fn collect_if_due(&mut self, payload_bytes: usize) {
        if self.budget.stress != 0 {
            self.budget.stress_left = self.budget.stress_left.saturating_sub(1);
            if self.budget.stress_left == 0 {
                self.budget.stress_left = self.budget.stress;
                self.collect(true);
            }
        }
        let large = if payload_bytes > MAX_SMALL_PAYLOAD { payload_bytes } else { 0 };
        if self.budget.enabled && self.budget.young_is_due(large) {
            let full = self.budget.full_is_due(self.arena.footprint() + self.large.bytes());
            self.collect(full);
        }
    }

    fn alloc_small(&mut self, kind: u8, shape: u32, bytes: usize) -> Option<Obj> {
        while self.bump.cursor + bytes > self.budget.hole_end {
            if bytes > LINE {
                return self.alloc_medium(kind, shape, bytes);
            }
            let hole = self.arena.next_hole(Lane::Small, 1)?;
            self.use_hole(hole);
        }
        let start = self.bump.cursor;
        self.bump.cursor += bytes;
        self.set_limit();
        // SAFETY: the memory was just taken from the hole, and the bias is that hole's.
        Some(unsafe { install(start, self.bump.side_bias, bytes, kind, shape) })
    }

    /// An object of more than a line, zeroed.
    fn alloc_medium(&mut self, kind: u8, shape: u32, bytes: usize) -> Option<Obj> {
        let start = self.take_medium(bytes)?;
        if !self.medium.zero {
            let memory = ptr::with_exposed_provenance_mut::<u8>(start);
            // SAFETY: the memory was just taken from the hole, so nobody else reads or writes it.
            unsafe { memory.write_bytes(0, bytes) };
        }
        // SAFETY: the memory was just taken from the hole.
        Some(unsafe { install(start, side_bias(start), bytes, kind, shape) })
    }

    /// As [`try_alloc`](Self::try_alloc), but the payload may hold anything: for a kind whose objects hold no values,
    /// when the caller writes all that it will read.
    pub fn try_alloc_unfilled(
        &mut self,
        kind: u8,
        shape: u32,
        payload_bytes: usize,
    ) -> Option<Obj> {
        let bytes = object_bytes(payload_bytes.min(MAX_SMALL_PAYLOAD));
        if payload_bytes > MAX_SMALL_PAYLOAD || bytes <= LINE {
            return self.try_alloc(kind, shape, payload_bytes);
        }
        assert!(!self.collecting, "allocation from a drop function or a trace function");
        debug_assert!(!self.is_listed[usize::from(kind)], "a kind that only holds bytes");
        self.collect_if_due(payload_bytes);
        let start = self.take_medium(bytes)?;
        // SAFETY: the memory was just taken from the hole; the collector does not look into objects of this kind.
        Some(unsafe { install(start, side_bias(start), bytes, kind, shape) })
    }

    /// Take memory from the hole of medium objects, or from another.
    fn take_medium(&mut self, bytes: usize) -> Option<usize> {
        if self.medium.start + bytes > self.medium.end {
            self.medium = self.arena.next_hole(Lane::Medium, bytes.div_ceil(LINE))?;
            self.budget.young += self.medium.end - self.medium.start;
        }
        let start = self.medium.start;
        self.medium.start += bytes;
        Some(start)
    }

    fn alloc_large(&mut self, kind: u8, shape: u32, payload_bytes: usize) -> Option<Obj> {
        let obj = self.large.alloc(payload_bytes)?;
        let header = Header { shape, kind, gc: GcBits::LARGE, aux: 0 };
        // SAFETY: the object's memory was just allocated.
        unsafe { obj.header().write(header) };
        self.budget.young += obj.size();
        Some(obj)
    }

    fn use_hole(&mut self, hole: Hole) {
        self.bump.cursor = hole.start;
        self.bump.side_bias = side_bias(hole.start);
        self.budget.hole_end = hole.end;
        self.budget.young += hole.end - hole.start;
        self.set_limit();
    }

    /// Let allocations take the hole, unless each of them is to be seen.
    fn set_limit(&mut self) {
        let watched = self.budget.stress != 0;
        self.bump.limit = if watched { self.bump.cursor } else { self.budget.hole_end };
    }

    /// Give up the holes; what is free in them is found again by sweeping.
    pub(crate) fn close(&mut self) {
        self.budget.young -= self.unused();
        self.bump = Bump::default();
        self.budget.hole_end = 0;
        self.medium = Hole::default();
    }

    /// The allocation state, for compiled code.
    pub fn bump(&mut self) -> *mut Bump {
        &raw mut self.bump
    }

    /// Bytes allocated since the beginning, rounding included.
    pub fn bytes_allocated(&self) -> u64 {
        self.budget.retired + (self.budget.young - self.unused()) as u64
    }

    /// Bytes of the holes that are free yet.
    fn unused(&self) -> usize {
        (self.budget.hole_end - self.bump.cursor) + (self.medium.end - self.medium.start)
    }

    /// An object was made that holds so many bytes elsewhere, too few to keep account of: they count until the next
    /// collection only.
    #[inline]
    pub fn note_young_external(&mut self, bytes: usize) {
        self.budget.young_external = self.budget.young_external.saturating_add(bytes);
    }
    /// Tell that an object holds more (or less) memory outside the heap, so that collections come in time.
    pub fn note_external(&mut self, bytes: isize) {
        let amount = bytes.unsigned_abs();
        if bytes < 0 {
            self.budget.external = self.budget.external.saturating_sub(amount);
            return;
        }
        self.budget.external = self.budget.external.saturating_add(amount);
        self.budget.young_external = self.budget.young_external.saturating_add(amount);
        if self.budget.young_is_due(0) {
            // Make the next allocation look at the budget.
            self.bump.limit = self.bump.cursor;
        }
    }

    /// Collect everything at each `n`-th allocation, to find values that the collector cannot see; 0 turns it off.
    pub fn stress(&mut self, n: u32) {
        self.budget.stress = n;
        self.budget.stress_left = n;
        self.set_limit();
    }

    /// Turn automatic collection off or on. Explicit and stress collections happen all the same.
    pub fn set_enabled(&mut self, on: bool) {
        self.budget.enabled = on;
    }

    /// Is automatic collection on?
    pub fn is_enabled(&self) -> bool {
        self.budget.enabled
    }
}

/// Make the object at `start`: side byte and header.
///
/// # Safety
/// `bytes` bytes at `start` are zero (or never looked at before they are written), lie in a hole with this bias, and belong to nobody.
#[inline(always)]
unsafe fn install(start: usize, bias: usize, bytes: usize, kind: u8, shape: u32) -> Obj {
    let side = ptr::with_exposed_provenance_mut::<u8>((start / GRANULE).wrapping_add(bias));
    // SAFETY: the side byte of a granule in a block; the caller owns the granule.
    unsafe { side.write(size_code(bytes)) };
    let header = ptr::with_exposed_provenance_mut::<u64>(start);
    // SAFETY: the caller owns the memory, which begins at a granule.
    unsafe { header.write(Header::new_word(kind, shape)) };
    Obj::at(start)
}

#[cold]
fn out_of_memory(payload_bytes: usize) -> ! {
    handle_alloc_error(
        Layout::from_size_align(payload_bytes, GRANULE).unwrap_or(Layout::new::<u64>()),
    )
}
