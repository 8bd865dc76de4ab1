//! The large-object space: each object its own allocation, indexed by address.
//!
//! ```text
//! ┌─────────────┬────────┬──────────┐
//! │ size, cards │ header │ payload… │   the header is 16-byte aligned as in a block
//! └─────────────┴────────┴──────────┘
//! ```
//! An old array of a million elements must not be looked through at each young collection because one was stored
//! into. So a large object has *cards*, one byte for each 256, made at the first such store: the barrier dirties
//! one, and the collection looks at the words of dirty cards. The cards' first byte says that the object is listed.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::collections::BTreeMap;
use std::ops::Range;
use std::ptr::{self, NonNull};

use crate::geometry::{GRANULE, HEADER};
use crate::object::{GcBits, Obj};

/// Bytes in front of a large object's header: its [`Prefix`].
pub(crate) const LARGE_PREFIX: usize = 16;

/// Payload words of a card.
const CARD_WORDS: usize = 32;

#[repr(C)]
struct Prefix {
    /// Bytes of the object, the prefix not included.
    size: usize,
    /// See above; empty until a store needs it.
    cards: Option<NonNull<Vec<u8>>>,
}

const _: () = assert!(size_of::<Prefix>() <= LARGE_PREFIX);

fn prefix(obj: Obj) -> *mut Prefix {
    ptr::with_exposed_provenance_mut(obj.address() - LARGE_PREFIX)
}

/// The cards of a large object.
fn cards(obj: Obj) -> Option<NonNull<Vec<u8>>> {
    // SAFETY: a large object has its prefix.
    unsafe { (*prefix(obj)).cards }
}

fn make_cards(obj: Obj) -> NonNull<Vec<u8>> {
    let new = Box::new(vec![0; 1 + obj.payload_words().div_ceil(CARD_WORDS)]);
    let new = NonNull::from(Box::leak(new));
    // SAFETY: a large object has its prefix.
    unsafe { (*prefix(obj)).cards = Some(new) };
    new
}

/// Note a store into a payload word of a large object; true if the object has to be listed.
pub(crate) fn dirty_card(obj: Obj, word: usize) -> bool {
    let mut cards = cards(obj).unwrap_or_else(|| make_cards(obj));
    // SAFETY: the cards are freed together with the object.
    let cards = unsafe { cards.as_mut() };
    cards[1 + word / CARD_WORDS] = 1;
    std::mem::replace(&mut cards[0], 1) == 0
}

/// Clean the cards of a large object, and give the ranges of payload words that were dirty.
pub(crate) fn take_dirty(obj: Obj) -> Vec<Range<usize>> {
    let Some(mut cards) = cards(obj) else { return Vec::new() };
    // SAFETY: the cards are freed together with the object.
    let cards = unsafe { cards.as_mut() };
    let words = obj.payload_words();
    let dirty = |card: usize| card * CARD_WORDS..words.min((card + 1) * CARD_WORDS);
    let ranges = (0..)
        .zip(&cards[1..])
        .filter(|(_, card)| **card != 0)
        .map(|(card, _)| dirty(card))
        .collect();
    cards.fill(0);
    ranges
}

/// The large objects of a heap.
#[derive(Debug)]
pub(crate) struct LargeSpace {
    /// Address of the header to size in bytes (header included).
    by_address: BTreeMap<usize, usize>,
    /// Allocated since the last collection.
    young: Vec<Obj>,
    bytes: usize,
    /// All large objects lie between these addresses, so that most words of a stack are told apart at once.
    lowest: usize,
    highest: usize,
}

impl Default for LargeSpace {
    fn default() -> Self {
        Self {
            by_address: BTreeMap::new(),
            young: Vec::new(),
            bytes: 0,
            lowest: usize::MAX,
            highest: 0,
        }
    }
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
        let obj = Obj::at(address);
        // SAFETY: the prefix is the beginning of the allocation, which is aligned to 16.
        unsafe { prefix(obj).write(Prefix { size, cards: None }) };
        self.lowest = self.lowest.min(address);
        self.highest = self.highest.max(address + size);
        self.by_address.insert(address, size);
        self.young.push(obj);
        self.bytes += size;
        Some(obj)
    }

    /// The object that has `address` inside.
    pub(crate) fn find(&self, address: usize) -> Option<Obj> {
        if address < self.lowest || address >= self.highest {
            return None;
        }
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
        if let Some(cards) = cards(obj) {
            // SAFETY: made by `make_cards` from a box, and not used after the object.
            drop(unsafe { Box::from_raw(cards.as_ptr()) });
        }
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
