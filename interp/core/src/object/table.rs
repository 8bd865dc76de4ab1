//! The ordered hash table under dict and set: entries in insertion order, and an index by hash.
//!
//! ```text
//! owner (dict or set)   entries, index, live count, attributes of a subclass instance, version | skipped (32 bits each)
//! entries               used (32 bits) | capacity (32 bits), then per entry: hash, key [, value]
//! index                 u32 per slot: 0 empty, 1 deleted, else entry number + 2; power of two; linear probing
//! ```
//! Up to eight entries there is no index: comparing eight hashes is as quick as one probe. A deleted entry keeps its place
//! with an ABSENT key until the next growth; how many of them there are at the front, at least, is **skipped**: a dict from
//! whose front entries are taken is not gone through from its beginning each time. The **version** names the present set of keys: it is 0 (none given) after
//! every insertion or removal, and a number used nowhere else once somebody asks for it; inline caches of global names
//! compare it.
//!
//! Equality of keys may run Python, which may change this very table. So a search is a state machine: [`Table::probe`]
//! goes on until it knows the answer without running Python, or stops at a candidate whose key has the same hash; the
//! caller compares, checks with [`Table::unchanged`] that the table is still the same, and goes on or starts anew.
use haft_heap::{Heap, Obj, Tracer, Value};

use super::{Kind, ShapeId, Str, Tuple};

const ENTRIES: usize = 0;
const INDEX: usize = 1;
const LIVE: usize = 2;
pub(super) const ATTRS: usize = 3;
const VERSION: usize = 4;
const OWNER_BYTES: usize = 40;
/// Largest number of entries without an index.
const SMALL: usize = 8;
const DELETED: u32 = 1;
const FIRST: u32 = 2;

/// What a search without Python found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// The entry with this number.
    Found(usize),
    /// No entry.
    Missing,
    /// The key of this entry has the same hash; ask Python whether it is equal, then go on from the probe state.
    Compare(usize),
}

/// Where a search stands; starts as `Probe::default()`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probe {
    step: usize,
}

/// A table with `W` words an entry: 3 for dicts, 2 for sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table<const W: usize>(pub(super) Obj);

/// Trace function of dicts and sets.
///
/// # Safety
/// As the heap calls it: `obj` is a dict or set.
pub(super) unsafe fn trace_owner(obj: Obj, tracer: &mut Tracer<'_>) {
    for word in [ENTRIES, INDEX, ATTRS] {
        tracer.value(Value::from_bits(obj.word(word)));
    }
}

/// Trace function of a dict's entries.
///
/// # Safety
/// As the heap calls it: `obj` is an entries array of a dict.
pub(super) unsafe fn trace_dict_entries(obj: Obj, tracer: &mut Tracer<'_>) {
    for entry in 0..obj.word(0) as u32 as usize {
        tracer.value(Value::from_bits(obj.word(2 + entry * 3)));
        tracer.value(Value::from_bits(obj.word(3 + entry * 3)));
    }
}

/// Trace function of a set's entries.
///
/// # Safety
/// As the heap calls it: `obj` is an entries array of a set.
pub(super) unsafe fn trace_set_entries(obj: Obj, tracer: &mut Tracer<'_>) {
    for entry in 0..obj.word(0) as u32 as usize {
        tracer.value(Value::from_bits(obj.word(2 + entry * 2)));
    }
}

/// Are two keys with the same hash equal, as far as can be told without running Python?
#[inline]
fn same_key(stored: Value, key: Value) -> Option<bool> {
    if stored == key {
        return Some(true);
    }
    if let (Some(a), Some(b)) = (stored.as_ptr().and_then(Str::of), key.as_ptr().and_then(Str::of))
    {
        return Some(a.bytes() == b.bytes());
    }
    if stored.is_fixnum() && key.is_fixnum() {
        return Some(false);
    }
    Tuple::same(stored, key)
}

impl<const W: usize> Table<W> {
    const ENTRIES_KIND: Kind = if W == 3 { Kind::DictEntries } else { Kind::SetEntries };

    /// An empty table object.
    pub(super) fn alloc(heap: &mut Heap, kind: Kind, shape: ShapeId) -> Table<W> {
        let obj = heap.alloc(kind as u8, shape.0, OWNER_BYTES);
        Table(obj)
    }
    #[inline]
    fn entries(self) -> Option<Obj> {
        Value::from_bits(self.0.word(ENTRIES)).as_ptr()
    }
    #[inline]
    fn index(self) -> Option<Obj> {
        Value::from_bits(self.0.word(INDEX)).as_ptr()
    }
    /// Number of entries that are not deleted.
    #[inline]
    pub fn len(self) -> usize {
        self.0.word(LIVE) as usize
    }
    /// Is it empty?
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Number of entry places in use, deleted ones included; entry numbers are below it.
    #[inline]
    pub fn used(self) -> usize {
        self.entries().map_or(0, |e| e.word(0) as u32 as usize)
    }
    fn capacity(self) -> usize {
        self.entries().map_or(0, |e| (e.word(0) >> 32) as usize)
    }
    /// The key of an entry; ABSENT if it is deleted.
    #[inline]
    pub fn key(self, entry: usize) -> Value {
        self.entries().map_or(Value::ABSENT, |e| Value::from_bits(e.word(2 + entry * W)))
    }
    /// The hash of an entry.
    #[inline]
    pub fn hash(self, entry: usize) -> i64 {
        self.entries().map_or(0, |e| e.word(1 + entry * W) as i64)
    }
    /// The value of a dict's entry.
    #[inline]
    pub(super) fn value_word(self, entry: usize) -> Value {
        self.entries().map_or(Value::ABSENT, |e| Value::from_bits(e.word(3 + entry * W)))
    }
    #[inline]
    pub(super) fn set_value_word(self, heap: &mut Heap, entry: usize, value: Value) {
        if let Some(entries) = self.entries() {
            heap.barrier_at(entries, 3 + entry * W);
            entries.set_word(3 + entry * W, value.bits());
        }
    }
    /// The first live entry from number `from` on.
    #[inline]
    pub fn next_entry(self, from: usize) -> Option<usize> {
        let entries = self.entries()?;
        let used = entries.word(0) as u32 as usize;
        (from.max(self.skipped())..used).find(|entry| entries.word(2 + entry * W) != 0)
    }
    /// The last live entry below number `below`.
    pub fn previous_entry(self, below: usize) -> Option<usize> {
        let entries = self.entries()?;
        (0..below.min(self.used())).rev().find(|entry| entries.word(2 + entry * W) != 0)
    }
    /// A number for the present set of keys, given by `next` if there is none yet.
    #[inline]
    pub fn version(self, next: &mut u32) -> u32 {
        let version = self.0.word(VERSION) as u32;
        if version != 0 {
            return version;
        }
        *next += 1;
        self.0.set_word(VERSION, self.0.word(VERSION) | u64::from(*next));
        *next
    }
    /// The keys are others now.
    #[inline]
    fn keys_changed(self) {
        self.0.set_word(VERSION, self.0.word(VERSION) >> 32 << 32);
    }
    /// Entries at the front that are known to be deleted.
    #[inline]
    fn skipped(self) -> usize {
        (self.0.word(VERSION) >> 32) as usize
    }
    fn set_skipped(self, n: usize) {
        self.0.set_word(VERSION, (n as u64) << 32 | u64::from(self.current_version()));
    }
    /// The first live entry.
    pub fn first_entry(self) -> Option<usize> {
        let first = self.next_entry(0)?;
        self.set_skipped(first);
        Some(first)
    }
    /// The version, 0 if none was given since the last change of keys.
    #[inline]
    pub fn current_version(self) -> u32 {
        self.0.word(VERSION) as u32
    }
    /// Is `entry` of a table whose entries array was `array` still the place of `key`?
    pub fn unchanged(self, array: Option<Obj>, entry: usize, key: Value) -> bool {
        self.entries() == array && entry < self.used() && self.key(entry) == key
    }
    /// Identity of the entries array, for [`Table::unchanged`].
    pub fn array(self) -> Option<Obj> {
        self.entries()
    }

    #[inline]
    fn index_slot(index: Obj, slot: usize) -> u32 {
        (index.word(1 + slot / 2) >> (32 * (slot & 1))) as u32
    }
    fn set_index_slot(index: Obj, slot: usize, content: u32) {
        let shift = 32 * (slot & 1);
        let old = index.word(1 + slot / 2) & !(0xFFFF_FFFF << shift);
        index.set_word(1 + slot / 2, old | u64::from(content) << shift);
    }
    /// First slot to look at: the high bits of a multiplied hash, so that runs of ints do not collide.
    #[inline]
    fn home(index: Obj, hash: i64) -> (usize, usize) {
        let mask = index.word(0) as usize;
        let mixed = (hash as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((mixed >> 32) as usize & mask, mask)
    }

    /// Go on with a search for `key`.
    #[inline]
    pub fn probe(self, probe: &mut Probe, hash: i64, key: Value) -> Lookup {
        let Some(entries) = self.entries() else { return Lookup::Missing };
        match self.index() {
            None => Self::probe_small(entries, probe, hash, key),
            Some(index) => Self::probe_index(entries, index, probe, hash, key),
        }
    }
    #[inline]
    fn probe_small(entries: Obj, probe: &mut Probe, hash: i64, key: Value) -> Lookup {
        let used = entries.word(0) as u32 as usize;
        while probe.step < used {
            let entry = probe.step;
            probe.step += 1;
            let stored = Value::from_bits(entries.word(2 + entry * W));
            if entries.word(1 + entry * W) as i64 == hash && !stored.is_absent() {
                match same_key(stored, key) {
                    Some(true) => return Lookup::Found(entry),
                    Some(false) => {}
                    None => return Lookup::Compare(entry),
                }
            }
        }
        Lookup::Missing
    }
    #[inline]
    fn probe_index(entries: Obj, index: Obj, probe: &mut Probe, hash: i64, key: Value) -> Lookup {
        let (home, mask) = Self::home(index, hash);
        loop {
            let content = Self::index_slot(index, (home + probe.step) & mask);
            probe.step += 1;
            if content == 0 {
                return Lookup::Missing;
            }
            if content == DELETED {
                continue;
            }
            let entry = (content - FIRST) as usize;
            if entries.word(1 + entry * W) as i64 != hash {
                continue;
            }
            match same_key(Value::from_bits(entries.word(2 + entry * W)), key) {
                Some(true) => return Lookup::Found(entry),
                Some(false) => {}
                None => return Lookup::Compare(entry),
            }
        }
    }
    /// Search for a key whose equality needs no Python: a str or an int (anything else is found by identity only).
    #[inline]
    pub fn find_simple(self, hash: i64, key: Value) -> Option<usize> {
        let mut probe = Probe::default();
        loop {
            match self.probe(&mut probe, hash, key) {
                Lookup::Found(entry) => return Some(entry),
                Lookup::Missing => return None,
                Lookup::Compare(_) => {}
            }
        }
    }

    /// Search for the str of this text.
    pub(crate) fn find_text(self, hash: i64, text: &[u8]) -> Option<usize> {
        let entries = self.entries()?;
        let is_it = |entry: usize| {
            let key = Value::from_bits(entries.word(2 + entry * W));
            entries.word(1 + entry * W) as i64 == hash
                && key.as_ptr().and_then(Str::of).is_some_and(|key| key.bytes() == text)
        };
        let Some(index) = self.index() else { return (0..self.used()).find(|&entry| is_it(entry)) };
        let (home, mask) = Self::home(index, hash);
        for step in 0.. {
            match Self::index_slot(index, (home + step) & mask) {
                0 => break,
                DELETED => {}
                content if is_it((content - FIRST) as usize) => {
                    return Some((content - FIRST) as usize);
                }
                _ => {}
            }
        }
        None
    }

    /// Add an entry for a key that is known not to be there; its number.
    pub(super) fn append(self, heap: &mut Heap, hash: i64, key: Value, value: Value) -> usize {
        if self.used() == self.capacity() {
            self.rebuild(heap, self.len() * 2 + 4);
        }
        let Some(entries) = self.entries() else { unreachable!("rebuild made the entries") };
        let entry = entries.word(0) as u32 as usize;
        heap.barrier_at(entries, 2 + entry * W);
        heap.barrier_at(entries, 1 + entry * W + W - 1);
        entries.set_word(0, entries.word(0) + 1);
        self.fill(entries, entry, (hash, key, value));
        entry
    }
    /// Write an entry that is new; the barrier has been told.
    #[inline]
    fn fill(self, entries: Obj, entry: usize, (hash, key, value): (i64, Value, Value)) {
        entries.set_word(1 + entry * W, hash as u64);
        entries.set_word(2 + entry * W, key.bits());
        if W == 3 {
            entries.set_word(3 + entry * W, value.bits());
        }
        if let Some(index) = self.index() {
            Self::enter(index, hash, entry);
        }
        self.0.set_word(LIVE, self.0.word(LIVE) + 1);
        self.keys_changed();
    }
    fn enter(index: Obj, hash: i64, entry: usize) {
        let (home, mask) = Self::home(index, hash);
        let mut slot = home;
        while Self::index_slot(index, slot) > DELETED {
            slot = (slot + 1) & mask;
        }
        Self::set_index_slot(index, slot, entry as u32 + FIRST);
    }
    /// Remove an entry.
    pub fn remove(self, heap: &mut Heap, entry: usize) {
        let Some(entries) = self.entries() else { return };
        let hash = self.hash(entry);
        if let Some(index) = self.index() {
            let (home, mask) = Self::home(index, hash);
            let mut slot = home;
            while Self::index_slot(index, slot) != entry as u32 + FIRST {
                slot = (slot + 1) & mask;
            }
            Self::set_index_slot(index, slot, DELETED);
        }
        heap.barrier(entries);
        entries.set_word(2 + entry * W, 0);
        if W == 3 {
            entries.set_word(3 + entry * W, 0);
        }
        self.0.set_word(LIVE, self.0.word(LIVE) - 1);
        self.keys_changed();
        if entry == self.skipped() {
            self.set_skipped(entry + 1);
        }
    }
    /// Remove an entry that no live one follows; its place and those behind it are given back.
    ///
    /// Only for `popitem`: an iterator must not see a new key in a place that it has passed.
    pub fn remove_last(self, heap: &mut Heap, entry: usize) {
        self.remove(heap, entry);
        if let Some(entries) = self.entries() {
            entries.set_word(0, entries.word(0) >> 32 << 32 | entry as u64);
        }
        self.set_skipped(self.skipped().min(entry));
    }
    /// Make an entry the last one.
    pub fn move_to_end(self, heap: &mut Heap, entry: usize) {
        if self.previous_entry(self.used()) == Some(entry) {
            return;
        }
        let (hash, key, value) = self.take_out(heap, entry);
        self.append(heap, hash, key, value);
    }
    /// Make an entry the first one.
    pub fn move_to_front(self, heap: &mut Heap, entry: usize) {
        if self.first_entry() == Some(entry) {
            return;
        }
        let (hash, key, value) = self.take_out(heap, entry);
        if self.skipped() == 0 {
            let room = self.len() + 4;
            self.rebuild_behind(heap, room, self.len() * 2 + 4);
            self.set_skipped(room);
        }
        let (Some(entries), Some(place)) = (self.entries(), self.skipped().checked_sub(1)) else {
            unreachable!("there is room now")
        };
        heap.barrier(entries);
        self.fill(entries, place, (hash, key, value));
        self.set_skipped(place);
    }
    /// Remove an entry that is put in again.
    fn take_out(self, heap: &mut Heap, entry: usize) -> (i64, Value, Value) {
        let value = if W == 3 { self.value_word(entry) } else { Value::ABSENT };
        let taken = (self.hash(entry), self.key(entry), value);
        self.remove(heap, entry);
        taken
    }
    /// Make room for `capacity` entries and drop the places of deleted ones.
    pub(super) fn rebuild(self, heap: &mut Heap, capacity: usize) {
        self.rebuild_behind(heap, 0, capacity);
    }
    /// The same with so many places before the first entry.
    fn rebuild_behind(self, heap: &mut Heap, front: usize, capacity: usize) {
        let capacity = front + capacity.max(self.len()).max(4);
        assert!(capacity < 1 << 31, "tables hold at most 2^31 entries");
        let new = heap.alloc(Self::ENTRIES_KIND as u8, ShapeId::NONE.0, 8 + capacity * W * 8);
        new.set_word(0, (capacity as u64) << 32);
        heap.barrier(new);
        let mut n = front;
        let mut from = 0;
        while let Some(entry) = self.next_entry(from) {
            let Some(old) = self.entries() else { break };
            for word in 0..W {
                new.set_word(1 + n * W + word, old.word(1 + entry * W + word));
            }
            n += 1;
            from = entry + 1;
        }
        new.set_word(0, (capacity as u64) << 32 | n as u64);
        let index = (capacity > SMALL).then(|| {
            // At most half full: a key that is not there is known after two or three places.
            let slots = (capacity * 2).next_power_of_two();
            let index = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, 8 + slots * 4);
            index.set_word(0, slots as u64 - 1);
            for entry in front..n {
                Self::enter(index, new.word(1 + entry * W) as i64, entry);
            }
            index
        });
        heap.barrier(self.0);
        self.0.set_word(ENTRIES, Value::from(new).bits());
        self.0.set_word(INDEX, index.map_or(0, |index| Value::from(index).bits()));
        self.set_skipped(0);
    }
    /// Remove every entry.
    pub fn clear(self) {
        for word in [ENTRIES, INDEX, LIVE, VERSION] {
            self.0.set_word(word, 0);
        }
    }
    /// Take over the contents of another table, which is left empty.
    pub fn take(self, heap: &mut Heap, other: Table<W>) {
        heap.barrier(self.0);
        for word in [ENTRIES, INDEX, LIVE] {
            self.0.set_word(word, other.0.word(word));
        }
        self.keys_changed();
        self.set_skipped(other.skipped());
        other.clear();
    }
    /// Fill an empty table with the entries of another.
    pub(super) fn copy_from(self, heap: &mut Heap, other: Table<W>) {
        let mut from = 0;
        self.rebuild(heap, other.len());
        while let Some(entry) = other.next_entry(from) {
            self.append(
                heap,
                other.hash(entry),
                other.key(entry),
                if W == 3 { other.value_word(entry) } else { Value::ABSENT },
            );
            from = entry + 1;
        }
    }
}
