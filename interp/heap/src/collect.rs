//! A collection, step by step.
//!
//! Marks are *sticky*: a young collection keeps the marks of earlier ones, so what survived once is old, and only
//! objects allocated since can die. References from old to young objects are known from the barrier. A full collection
//! forgets all marks first.
//!
//! 1. give up the holes; forget marks (full) or take the remembered objects (young) as roots
//! 2. mark from the roots: the runtime's, the stacks, what the heap's own queues hold
//! 3. clear weak references to the unmarked
//! 4. queue unmarked objects with a finalizer; mark what they reach
//! 5. the dead are known: free orphaned weak references, prune weak tables and serial numbers, run drop functions
//! 6. sweep

use std::ptr;

use crate::heap::Heap;
use crate::large::take_dirty;
use crate::object::{GcBits, Obj};
use crate::stack::with_spilled_registers;
use crate::tracer::{Survivors, Tracer};

/// Objects the mark queue keeps room for between collections.
const KEPT_QUEUE: usize = 1 << 16;
/// What tracing an old object of a kind without barrier costs, in words of a stack that is scanned: many values are looked up
/// at many places.
const WORDS_OF_LISTED: usize = 256;

impl Heap {
    /// Collect the objects allocated since the last collection, or all.
    pub fn collect(&mut self, full: bool) {
        if self.stacks.high == 0 {
            self.collect_from(full, None);
        } else {
            with_spilled_registers(&mut |low| self.collect_from(full, Some(low)));
        }
    }

    /// Collect everything, looking only at the part of the native stack from `low` up: for a caller who knows that no
    /// frame below holds a value that is not a root elsewhere. Words that are left over in those frames keep nothing
    /// alive then.
    pub fn collect_above(&mut self, low: usize) {
        let low = (self.stacks.high != 0).then_some(low);
        self.collect_from(true, low);
    }

    /// Collect, with the running stack beginning at `stack_low`.
    fn collect_from(&mut self, full: bool, stack_low: Option<usize>) {
        assert!(!self.collecting, "collection within a collection");
        self.collecting = true;
        self.close();
        if self.verify && !full {
            self.verify_remembered();
        }
        if full {
            self.arena.clear_marks();
            self.large.clear_marks();
        }
        let queue = std::mem::take(&mut self.queue);
        let mut tracer = Tracer::marking(self.arena.extent(), &self.large, &self.kinds, queue);
        if full {
            tracer.make_full();
        }
        for obj in self.remembered.drain(..) {
            obj.remove_gc(GcBits::LOGGED);
            if !full {
                tracer.trace(obj);
            }
        }
        if !full {
            tracer.set_again(true);
            for &obj in self.unbarriered.old() {
                tracer.trace(obj);
            }
            tracer.set_again(false);
        }
        for obj in self.told.drain(..) {
            obj.remove_gc(GcBits::LOGGED);
            if !full {
                tracer.obj(obj);
            }
        }
        for obj in self.carded.drain(..) {
            for words in take_dirty(obj) {
                if !full {
                    tracer.card(obj, words);
                }
            }
        }
        self.mark_roots(&mut tracer, stack_low);
        tracer.drain();
        self.mark_used_classes(&mut tracer);

        // The dead are known now, and still in place.
        self.weak.clear_dead(&tracer, full);
        self.finalizers.revive(&mut tracer, full);
        self.mark_used_classes(&mut tracer);
        self.weak.free_orphans(&tracer, full);
        if let (Some(prune), data) = self.weak_tables {
            // SAFETY: promised to `set_weak_tables`.
            unsafe { prune(&Survivors(&tracer), data) };
        }
        self.serials.prune(&tracer, full);
        let external = self.external.prune(&tracer, full);
        self.unbarriered.take_dead(&tracer, full);
        for obj in self.droppable.take_dead(&tracer, full) {
            self.kinds.run_drop(obj);
        }

        let (marked, root_words) = tracer.work();
        let scanned = root_words + self.unbarriered.old().len() * WORDS_OF_LISTED;
        self.queue = tracer.finish();
        self.queue.shrink_to(KEPT_QUEUE);
        self.arena.sweep(full);
        self.large.sweep(full);
        self.budget.collected(full, marked, scanned, external, self.large.bytes());
        if full {
            self.arena.decommit(self.budget.most_memory(self.large.bytes()));
        }
        self.collecting = false;
    }

    /// Have the runtime report what the shapes of marked objects need, until that marks nothing new.
    fn mark_used_classes(&self, tracer: &mut Tracer<'_>) {
        let (Some(mark), data) = self.used_shapes else { return };
        if !tracer.is_full() {
            return;
        }
        loop {
            let before = tracer.work().0;
            // SAFETY: promised to `set_used_shapes`.
            unsafe { mark(tracer, data) };
            tracer.drain();
            if tracer.work().0 == before {
                return;
            }
        }
    }

    fn mark_roots(&self, tracer: &mut Tracer<'_>, stack_low: Option<usize>) {
        if let (Some(roots), data) = self.roots {
            // SAFETY: promised to `set_roots`.
            unsafe { roots(tracer, data) };
        }
        if let Some(low) = stack_low {
            assert!(
                low <= self.stacks.high,
                "the running stack is not the one whose bounds were set"
            );
            // SAFETY: the frames from here up to the highest address of the running stack.
            unsafe { scan(tracer, low, self.stacks.high) };
        }
        for (low, high) in self.stacks.parked() {
            // SAFETY: promised to `add_stack_range`.
            unsafe { scan(tracer, low, high) };
        }
        tracer.values(&self.extra_roots);
        self.finalizers.trace(tracer);
        self.weak.trace(tracer);
    }

    /// Look through all old objects for a young one that no barrier told of.
    fn verify_remembered(&mut self) {
        let is_old = |obj: &Obj| obj.has_gc(GcBits::OLD);
        for old in self.objects().into_iter().filter(is_old) {
            if self.kind_info(old.kind()).unbarriered
                || old.has_gc(GcBits::LOGGED)
                || self.carded.contains(&old)
            {
                continue;
            }
            let is_unknown = |obj: &&Obj| !is_old(obj) && !self.told.contains(obj);
            if let Some(young) = self.referents(old).iter().find(is_unknown) {
                let (name, kind) =
                    (self.kind_info(old.kind()).name, self.kind_info(young.kind()).name);
                panic!("missing barrier: old {old:?} ({name}) references young {young:?} ({kind})");
            }
        }
    }
}

/// Scan a stack.
///
/// # Safety
/// The range can be read.
unsafe fn scan(tracer: &mut Tracer<'_>, low: usize, high: usize) {
    let (start, end) = (ptr::with_exposed_provenance(low), ptr::with_exposed_provenance(high));
    // SAFETY: the caller's promise.
    unsafe { tracer.conservative_range(start, end) }
}
