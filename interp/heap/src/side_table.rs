//! Facts about few objects, kept beside the heap: serial numbers, and memory held elsewhere.

use crate::address_map::AddressMap;
use crate::heap::Heap;
use crate::object::{GcBits, Obj};
use crate::tracer::Tracer;

/// One word for each object that has an entry; entries die with their object.
#[derive(Debug, Default)]
struct SideTable {
    by_address: AddressMap,
    young: Vec<Obj>,
}

impl SideTable {
    fn insert(&mut self, obj: Obj, word: u64) {
        self.by_address.insert(obj.address(), word);
        if !obj.has_gc(GcBits::OLD) {
            self.young.push(obj);
        }
    }

    /// Remove the entries of the dead, and give their words to `buried`.
    fn prune(&mut self, tracer: &Tracer<'_>, full: bool, mut buried: impl FnMut(u64)) {
        let young = std::mem::take(&mut self.young);
        if full {
            let lives = |address| tracer.is_marked(Obj::at(address));
            return self
                .by_address
                .retain(|address, word| lives(address) || (buried(word), false).1);
        }
        for obj in young.into_iter().filter(|&obj| !tracer.is_marked(obj)) {
            if let Some(word) = self.by_address.remove(obj.address()) {
                buried(word);
            }
        }
    }
}

/// Serial numbers given out, never twice.
#[derive(Debug, Default)]
pub(crate) struct Serials {
    table: SideTable,
    last: u64,
}

impl Serials {
    /// Forget the dead.
    pub(crate) fn prune(&mut self, tracer: &Tracer<'_>, full: bool) {
        self.table.prune(tracer, full, |_| ());
    }
}

/// Bytes that single objects hold outside the heap.
#[derive(Debug, Default)]
pub(crate) struct External(SideTable);

impl External {
    /// Forget the dead; returns the bytes they held.
    pub(crate) fn prune(&mut self, tracer: &Tracer<'_>, full: bool) -> usize {
        let mut bytes = 0;
        self.0.prune(tracer, full, |held| bytes += held as usize);
        bytes
    }
}

impl Heap {
    /// The object's serial number: from 1, the same as long as the object lives, never given to another.
    pub fn serial(&mut self, obj: Obj) -> u64 {
        let serials = &mut self.serials;
        if obj.has_gc(GcBits::SERIAL)
            && let Some(serial) = serials.table.by_address.get(obj.address())
        {
            return serial;
        }
        serials.last += 1;
        serials.table.insert(obj, serials.last);
        obj.add_gc(GcBits::SERIAL);
        serials.last
    }

    /// Say how many bytes an object holds outside the heap; they count to the triggers until the object dies or the
    /// number is changed. For memory without one owner there is [`note_external`](Self::note_external).
    pub fn set_external(&mut self, obj: Obj, bytes: usize) {
        let before = self.external.0.by_address.get(obj.address()).unwrap_or(0) as usize;
        self.external.0.insert(obj, bytes as u64);
        self.note_external(bytes.cast_signed().wrapping_sub(before.cast_signed()));
    }
}
