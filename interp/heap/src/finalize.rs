//! What happens when objects die: drop functions, finalizers, serial numbers.

use std::collections::VecDeque;

use crate::address_map::AddressMap;
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
    pub(crate) fn take_dead(&mut self, tracer: &Tracer, full: bool) -> Vec<Obj> {
        let mut dead = Vec::new();
        if full {
            self.old.retain(|&obj| tracer.is_marked(obj) || (dead.push(obj), false).1);
        }
        for obj in self.young.drain(..) {
            if tracer.is_marked(obj) { self.old.push(obj) } else { dead.push(obj) }
        }
        dead
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
    pub(crate) fn trace(&self, tracer: &mut Tracer) {
        for &obj in &self.pending {
            tracer.obj(obj);
        }
    }

    /// Queue the objects that would die, and keep them and all they reach alive.
    pub(crate) fn revive(&mut self, tracer: &mut Tracer, full: bool) {
        for obj in self.waiting.take_dead(tracer, full) {
            // Without the bit the finalizer was cancelled, or the object was listed twice.
            if obj.has_gc(GcBits::FINALIZER) {
                obj.remove_gc(GcBits::FINALIZER);
                self.pending.push_back(obj);
                tracer.obj(obj);
            }
        }
        tracer.drain();
    }
}

/// Serial numbers given out, never twice.
#[derive(Debug, Default)]
pub(crate) struct Serials {
    by_address: AddressMap,
    young: Vec<Obj>,
    last: u64,
}

impl Serials {
    fn of(&mut self, obj: Obj) -> u64 {
        if obj.has_gc(GcBits::SERIAL)
            && let Some(serial) = self.by_address.get(obj.address())
        {
            return serial;
        }
        self.last += 1;
        self.by_address.insert(obj.address(), self.last);
        if !obj.has_gc(GcBits::OLD) {
            self.young.push(obj);
        }
        obj.add_gc(GcBits::SERIAL);
        self.last
    }

    /// Forget the dead.
    pub(crate) fn prune(&mut self, tracer: &Tracer, full: bool) {
        if full && self.by_address.len() != 0 {
            self.by_address.retain(|address| tracer.is_marked(Obj::at(address)));
        }
        for obj in self.young.drain(..) {
            if !full && !tracer.is_marked(obj) {
                self.by_address.remove(obj.address());
            }
        }
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

    /// The next object whose finalizer is due, in the order they were added. The queue keeps it alive until taken.
    pub fn take_pending(&mut self) -> Option<Obj> {
        self.finalizers.pending.pop_front()
    }

    /// Is [`take_pending`](Self::take_pending) or [`take_cleared_weak`](Self::take_cleared_weak) worth calling?
    pub fn has_pending(&self) -> bool {
        !self.finalizers.pending.is_empty() || self.weak.has_cleared()
    }

    /// The object's serial number: from 1, the same as long as the object lives, never given to another.
    pub fn serial(&mut self, obj: Obj) -> u64 {
        self.serials.of(obj)
    }

    /// All objects that still wait for their finalizer, for the end of the program.
    pub fn take_all_finalizers(&mut self) -> Vec<Obj> {
        let mut all = self.finalizers.waiting.take_all();
        all.retain(|obj| {
            let due = obj.has_gc(GcBits::FINALIZER);
            obj.remove_gc(GcBits::FINALIZER);
            due
        });
        all
    }

    /// Run the drop functions of the dead.
    pub(crate) fn drop_dead(&mut self, tracer: &Tracer, full: bool) {
        for obj in self.droppable.take_dead(tracer, full) {
            self.run_drop(obj);
        }
    }

    fn run_drop(&mut self, obj: Obj) {
        if let Some(drop) = self.kinds.rows[usize::from(obj.kind())].drop {
            // SAFETY: the object has the kind whose function it is, and left the list: it is dropped once.
            unsafe { drop(obj, self) }
        }
    }

    /// Run the drop functions of all objects that still live.
    pub(crate) fn drop_all(&mut self) {
        for obj in self.droppable.take_all() {
            self.run_drop(obj);
        }
    }
}
