//! Weak references: numbers that stand for an object until it dies.
//!
//! The order within a collection is CPython's: references to everything unreachable are cleared first, then finalizers
//! are due. So a finalizer never finds its object, or what only its object reached, through a weak reference. An id is
//! reported as cleared only if its owner (the weak reference object) survives by itself, as CPython calls no callback
//! of a reference that dies together with its target.

use crate::address_map::AddressMap;
use crate::heap::Heap;
use crate::object::{GcBits, Obj};
use crate::tracer::Tracer;

/// Number of a weak reference, valid until it is freed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WeakId(pub u32);

const END: u32 = u32::MAX;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Free,
    Used,
    /// Cleared, and not yet reported.
    Queued,
    /// Freed while it was queued: becomes free when its turn comes.
    FreedQueued,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    state: State,
    target: Option<Obj>,
    owner: Option<Obj>,
    /// The next reference to the same target; newest first.
    next: u32,
    /// The one before it: an object may have very many.
    previous: u32,
}

/// The weak references of a heap.
#[derive(Debug, Default)]
pub(crate) struct WeakTable {
    entries: Vec<Entry>,
    free: Vec<u32>,
    /// Target address to its newest reference.
    heads: AddressMap,
    /// References with a young target or owner.
    young: Vec<u32>,
    /// Cleared references to report, first in first out.
    cleared: std::collections::VecDeque<u32>,
}

impl WeakTable {
    fn chain(&self, target: Obj) -> Vec<u32> {
        let mut ids = Vec::new();
        let mut at = self.heads.get(target.address()).map_or(END, |id| id as u32);
        while at != END {
            ids.push(at);
            at = self.entries[at as usize].next;
        }
        ids
    }

    fn insert(&mut self, target: Obj, owner: Option<Obj>) -> u32 {
        let next = self.heads.get(target.address()).map_or(END, |id| id as u32);
        let entry = Entry { state: State::Used, target: Some(target), owner, next, previous: END };
        let id = match self.free.pop() {
            Some(id) => {
                self.entries[id as usize] = entry;
                id
            }
            None => {
                self.entries.push(entry);
                u32::try_from(self.entries.len() - 1).expect("fewer than 2^32 weak references")
            }
        };
        if next != END {
            self.entries[next as usize].previous = id;
        }
        self.heads.insert(target.address(), u64::from(id));
        target.add_gc(GcBits::WEAK);
        let is_young = |obj: Obj| !obj.has_gc(GcBits::OLD);
        if is_young(target) || owner.is_some_and(is_young) {
            self.young.push(id);
        }
        id
    }

    fn release(&mut self, id: u32) {
        if let Some(target) = self.entries[id as usize].target.take() {
            self.unlink(id, target);
        }
        let entry = &mut self.entries[id as usize];
        entry.owner = None;
        match entry.state {
            State::Used => {
                entry.state = State::Free;
                self.free.push(id);
            }
            State::Queued => entry.state = State::FreedQueued,
            State::Free | State::FreedQueued => {}
        }
    }

    /// Take a reference out of the chain of its (living) target.
    fn unlink(&mut self, id: u32, target: Obj) {
        let Entry { next, previous, .. } = self.entries[id as usize];
        if next != END {
            self.entries[next as usize].previous = previous;
        }
        if previous != END {
            self.entries[previous as usize].next = next;
        } else if next != END {
            self.heads.insert(target.address(), u64::from(next));
        } else {
            self.heads.remove(target.address());
            target.remove_gc(GcBits::WEAK);
        }
    }

    /// Keep alive the owners of references that are still to be reported.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for &id in &self.cleared {
            if let Some(owner) = self.entries[id as usize].owner {
                tracer.obj(owner);
            }
        }
    }

    pub(crate) fn has_cleared(&self) -> bool {
        !self.cleared.is_empty()
    }

    fn candidates(&self, full: bool) -> Vec<u32> {
        if full { (0..).take(self.entries.len()).collect() } else { self.young.clone() }
    }

    /// Clear the references to everything unmarked; before finalizers revive some of it.
    pub(crate) fn clear_dead(&mut self, tracer: &Tracer<'_>, full: bool) {
        for id in self.candidates(full) {
            let Some(target) = self.entries[id as usize].target else { continue };
            if tracer.is_marked(target) {
                continue;
            }
            for id in self.chain(target) {
                let entry = &mut self.entries[id as usize];
                entry.target = None;
                if entry.owner.is_none_or(|owner| tracer.is_marked(owner)) {
                    entry.state = State::Queued;
                    self.cleared.push_back(id);
                }
            }
            self.heads.remove(target.address());
            target.remove_gc(GcBits::WEAK);
        }
    }

    /// Free the references whose owner died; after finalizers have revived what they reach.
    pub(crate) fn free_orphans(&mut self, tracer: &Tracer<'_>, full: bool) {
        for id in self.candidates(full) {
            if self.entries[id as usize].owner.is_some_and(|owner| !tracer.is_marked(owner)) {
                self.release(id);
            }
        }
        self.young.clear();
    }
}

impl Heap {
    /// A new weak reference to an object, to be freed with [`weak_free`](Self::weak_free).
    pub fn weak_new(&mut self, target: Obj) -> WeakId {
        WeakId(self.weak.insert(target, None))
    }

    /// A new weak reference that belongs to a weak reference object. It is freed when the owner dies, and reported as
    /// cleared only if the owner survives.
    pub fn weak_new_owned(&mut self, target: Obj, owner: Obj) -> WeakId {
        WeakId(self.weak.insert(target, Some(owner)))
    }

    /// The object, unless it died.
    pub fn weak_get(&self, id: WeakId) -> Option<Obj> {
        self.weak.entries.get(id.0 as usize)?.target
    }

    /// The owner the reference was made with.
    pub fn weak_owner(&self, id: WeakId) -> Option<Obj> {
        self.weak.entries.get(id.0 as usize)?.owner
    }

    /// Give up a weak reference; its number may be used again.
    pub fn weak_free(&mut self, id: WeakId) {
        if (id.0 as usize) < self.weak.entries.len() {
            self.weak.release(id.0);
        }
    }

    /// The weak references to an object, newest first.
    pub fn weak_ids_of(&self, target: Obj) -> Vec<WeakId> {
        if !target.has_gc(GcBits::WEAK) {
            return Vec::new();
        }
        self.weak.chain(target).into_iter().map(WeakId).collect()
    }

    /// The next weak reference that a collection cleared, for its callback. Owners stay alive until taken.
    pub fn take_cleared_weak(&mut self) -> Option<WeakId> {
        loop {
            let id = self.weak.cleared.pop_front()?;
            let entry = &mut self.weak.entries[id as usize];
            if entry.state == State::FreedQueued {
                entry.state = State::Free;
                self.weak.free.push(id);
            } else {
                entry.state = State::Used;
                return Some(WeakId(id));
            }
        }
    }
}
