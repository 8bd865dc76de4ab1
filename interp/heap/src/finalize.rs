//! What happens when objects die: drop functions and finalizers.

use std::collections::VecDeque;

use crate::heap::Heap;
use crate::object::{GcBits, Obj};
use crate::tracer::Tracer;

/// A list of objects to look at when they die, the young apart so that a young collection reads those only.
#[derive(Debug, Default)]
pub(crate) struct DeathList {
    young: Vec<Obj>,
    old: Vec<Obj>,
}

impl DeathList {
    pub(crate) fn add(&mut self, obj: Obj) {
        if obj.has_gc(GcBits::OLD) { self.old.push(obj) } else { self.young.push(obj) }
    }

    /// Take out the dead, in the order they came; the survivors are old from now on.
    pub(crate) fn take_dead(&mut self, tracer: &Tracer<'_>, full: bool) -> Vec<Obj> {
        let mut dead = Vec::new();
        if full {
            self.old.retain(|&obj| tracer.is_marked(obj) || (dead.push(obj), false).1);
        }
        for obj in self.young.drain(..) {
            if tracer.is_marked(obj) { self.old.push(obj) } else { dead.push(obj) }
        }
        dead
    }

    /// The old ones.
    pub(crate) fn old(&self) -> &[Obj] {
        &self.old
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Obj> {
        self.old.iter().chain(&self.young).copied()
    }

    /// Empty the list.
    pub(crate) fn take_all(&mut self) -> Vec<Obj> {
        let mut all = std::mem::take(&mut self.old);
        all.append(&mut self.young);
        all
    }
}

/// Objects with a finalizer, and those whose finalizer is due.
#[derive(Debug, Default)]
pub(crate) struct Finalizers {
    waiting: DeathList,
    pending: VecDeque<Obj>,
}

impl Finalizers {
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for &obj in &self.pending {
            tracer.obj(obj);
        }
    }

    /// Queue the objects that would die, and keep them and all they reach alive.
    ///
    /// An object is finalized before those it references, as if its last reference had gone first; those that do not
    /// reference each other in the order they were added.
    pub(crate) fn revive(&mut self, tracer: &mut Tracer<'_>, full: bool) {
        let mut due = self.waiting.take_dead(tracer, full);
        // Without the bit the finalizer was cancelled, or the object was listed twice.
        due.retain(|obj| {
            let is_due = obj.has_gc(GcBits::FINALIZER);
            obj.remove_gc(GcBits::FINALIZER);
            is_due
        });
        if due.len() > 1 {
            due = tracer.referrers_first(&due);
        } else if let [only] = *due {
            tracer.obj(only);
            tracer.drain();
        }
        self.pending.extend(due);
    }
}

impl Heap {
    /// Have the object queued, instead of freed, when it would die: for `__del__`, suspended generators, and the
    /// like. It happens once; adding it again after that is possible.
    pub fn add_finalizer(&mut self, obj: Obj) {
        if !obj.has_gc(GcBits::FINALIZER) {
            obj.add_gc(GcBits::FINALIZER);
            self.finalizers.waiting.add(obj);
        }
    }

    /// Undo [`add_finalizer`](Self::add_finalizer), in constant time.
    pub fn cancel_finalizer(&mut self, obj: Obj) {
        obj.remove_gc(GcBits::FINALIZER);
    }

    /// The objects that wait for their finalizer; one may come twice.
    pub fn finalizable(&self) -> impl Iterator<Item = Obj> {
        self.finalizers.waiting.iter().filter(|obj| obj.has_gc(GcBits::FINALIZER))
    }

    /// The next object whose finalizer is due, in the order they were added. The queue keeps it alive until taken.
    pub fn take_pending(&mut self) -> Option<Obj> {
        self.finalizers.pending.pop_front()
    }

    /// Is [`take_pending`](Self::take_pending) or [`take_cleared_weak`](Self::take_cleared_weak) worth calling?
    pub fn has_pending(&self) -> bool {
        !self.finalizers.pending.is_empty() || self.weak.has_cleared()
    }

    /// At the end of the program: queue all objects that still wait for their finalizer. The length of the queue.
    pub fn queue_all_finalizers(&mut self) -> usize {
        let mut all = self.finalizers.waiting.take_all();
        all.retain(|obj| {
            let due = obj.has_gc(GcBits::FINALIZER);
            obj.remove_gc(GcBits::FINALIZER);
            due
        });
        self.finalizers.pending.extend(all);
        self.finalizers.pending.len()
    }
}
