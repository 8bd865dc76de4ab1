//! The heap: its parts, its construction and its small services. Allocation is in `alloc`, collection in `collect`.
#![expect(clippy::inline_always, reason = "the barrier's test is part of each store")]

use std::fmt;

use crate::alloc::{Budget, Bump};
use crate::arena::{Arena, Hole};
use crate::finalize::{DeathList, Finalizers};
use crate::kind::{KIND_VEC, KINDS, KindInfo, KindTable};
use crate::large::{LargeSpace, dirty_card};
use crate::object::{GcBits, Header, Obj};
use crate::side_table::{External, Serials};
use crate::stack::{StackRangeId, Stacks};
use crate::tracer::{NO_DATA, Survivors, Tracer};
use crate::value::Value;
use crate::weak::WeakTable;

/// Reports the runtime's roots; gets the data pointer it was registered with.
///
/// # Safety
/// The data pointer is the registered one, and still valid.
pub type RootsFn = unsafe fn(tracer: &mut Tracer<'_>, data: *mut ());

/// Prunes the runtime's own weak tables (interned strings); gets the data pointer it was registered with.
///
/// # Safety
/// The data pointer is the registered one, and still valid.
pub type WeakTablesFn = unsafe fn(survivors: &Survivors<'_>, data: *mut ());

/// Number of a value that is a root by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RootId(pub u32);

/// A garbage-collected heap.
pub struct Heap {
    pub(crate) bump: Bump,
    /// Kinds whose objects are listed for their drop function.
    /// Kinds whose new objects go into a list: those with a drop function and those without barrier.
    pub(crate) is_listed: [bool; KINDS],
    /// Objects of kinds without barrier.
    pub(crate) unbarriered: DeathList,
    pub(crate) budget: Budget,
    pub(crate) arena: Arena,
    pub(crate) medium: Hole,
    pub(crate) large: LargeSpace,
    pub(crate) kinds: Box<KindTable>,
    pub(crate) remembered: Vec<Obj>,
    /// Young objects that old ones may reference; see [`Heap::tell`].
    pub(crate) told: Vec<Obj>,
    /// Old large objects with dirty cards.
    pub(crate) carded: Vec<Obj>,
    pub(crate) roots: (Option<RootsFn>, *mut ()),
    pub(crate) used_shapes: (Option<RootsFn>, *mut ()),
    pub(crate) weak_tables: (Option<WeakTablesFn>, *mut ()),
    pub(crate) stacks: Stacks,
    pub(crate) extra_roots: Vec<Value>,
    free_roots: Vec<u32>,
    pub(crate) droppable: DeathList,
    pub(crate) finalizers: Finalizers,
    pub(crate) weak: WeakTable,
    pub(crate) serials: Serials,
    pub(crate) external: External,
    pub(crate) queue: Vec<Obj>,
    pub(crate) vec_kind: u8,
    pub(crate) verify: bool,
    pub(crate) collecting: bool,
}

// SAFETY: the heap has no tie to a thread: it is used by one at a time, under the runtime's lock, and the stack that
// is scanned is the one whose bounds the running thread has set.
unsafe impl Send for Heap {}

/// Counts of a heap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HeapStats {
    /// Collections of the young objects only.
    pub young_collections: u64,
    /// Collections of everything.
    pub full_collections: u64,
    /// Bytes allocated since the beginning, rounding included.
    pub bytes_allocated: u64,
    /// Bytes of the objects that were alive after the last collection.
    pub live_bytes: usize,
    /// Bytes of blocks that hold small objects.
    pub block_bytes: usize,
    /// Bytes of empty blocks (their pages may have been given back).
    pub free_block_bytes: usize,
    /// Large objects.
    pub large_objects: usize,
    /// Bytes of large objects.
    pub large_bytes: usize,
    /// Bytes the runtime said its objects hold elsewhere.
    pub external_bytes: usize,
    /// Old bytes (external ones included) at which the next full collection comes.
    pub full_collection_at: usize,
}

impl Heap {
    /// An empty heap for objects of these kinds; a kind's number is its index, there can be 256. If row
    /// [`KIND_VEC`] is not given it is the kind of [`GcVec`](crate::GcVec) arrays.
    pub fn new(kinds: &[KindInfo]) -> Self {
        let kinds = KindTable::new(kinds);
        Self {
            bump: Bump::default(),
            is_listed: kinds.rows.map(|row| row.drop.is_some() || row.unbarriered),
            unbarriered: DeathList::default(),
            budget: Budget::default(),
            arena: Arena::new(),
            medium: Hole::default(),
            large: LargeSpace::default(),
            kinds: Box::new(kinds),
            remembered: Vec::new(),
            told: Vec::new(),
            carded: Vec::new(),
            roots: (None, NO_DATA),
            used_shapes: (None, NO_DATA),
            weak_tables: (None, NO_DATA),
            stacks: Stacks::default(),
            extra_roots: Vec::new(),
            free_roots: Vec::new(),
            droppable: DeathList::default(),
            finalizers: Finalizers::default(),
            weak: WeakTable::default(),
            serials: Serials::default(),
            external: External::default(),
            queue: Vec::new(),
            vec_kind: KIND_VEC,
            verify: false,
            collecting: false,
        }
    }

    /// Say how the runtime's roots are found.
    ///
    /// # Safety
    /// Until the function is replaced, `roots(tracer, data)` can be called at each allocation.
    pub unsafe fn set_roots(&mut self, roots: RootsFn, data: *mut ()) {
        self.roots = (Some(roots), data);
    }

    /// Have a function called in full collections that reports what belongs to the shapes of living objects
    /// ([`Tracer::shape_is_used`]): their classes, which the objects themselves do not reference.
    ///
    /// # Safety
    /// Until the function is replaced, `mark(tracer, data)` can be called at each allocation.
    pub unsafe fn set_used_shapes(&mut self, mark: RootsFn, data: *mut ()) {
        self.used_shapes = (Some(mark), data);
    }

    /// Have a function called in each collection, after marking and before memory is freed, that drops dead objects
    /// from tables which do not keep them alive.
    ///
    /// # Safety
    /// Until the function is replaced, `prune(survivors, data)` can be called at each allocation.
    pub unsafe fn set_weak_tables(&mut self, prune: WeakTablesFn, data: *mut ()) {
        self.weak_tables = (Some(prune), data);
    }

    /// Use this kind (traced by `trace_len_words`) for [`GcVec`](crate::GcVec) arrays.
    pub fn set_vec_kind(&mut self, kind: u8) {
        self.vec_kind = kind;
    }

    /// Must be called around stores of values into an existing object, before or after the store, with no allocation
    /// between the two. Not needed for the first stores into a new object before the next allocation.
    #[inline(always)]
    pub fn barrier(&mut self, obj: Obj) {
        if obj.gc() & Header::BARRIER_MASK == Header::BARRIER_OLD {
            self.remember(obj);
        }
    }

    /// Must the collector hear of a store into the object?
    #[inline(always)]
    pub fn is_old(obj: Obj) -> bool {
        obj.gc() & Header::BARRIER_MASK == Header::BARRIER_OLD
    }

    /// The slow half of [`barrier`](Self::barrier), for compiled code that tested the bits itself.
    #[cold]
    #[inline(never)]
    pub fn remember(&mut self, obj: Obj) {
        obj.add_gc(GcBits::LOGGED);
        self.remembered.push(obj);
    }

    /// Must be called around a store of `value` into an object for which [`barrier`](Self::barrier) is not called: for
    /// stores that are rare, into large objects, of what is mostly old. The value lives through the next collection.
    pub fn tell(&mut self, value: Value) {
        let Some(obj) = value.as_ptr() else { return };
        if !obj.has_gc(GcBits::OLD) && !obj.has_gc(GcBits::LOGGED) {
            obj.add_gc(GcBits::LOGGED);
            self.told.push(obj);
        }
    }

    /// As [`barrier`](Self::barrier), for a store into the payload's word `i` only. In a large object the next young
    /// collection then looks at the neighbourhood of that word instead of the whole: to be preferred for arrays.
    #[inline(always)]
    pub fn barrier_at(&mut self, obj: Obj, i: usize) {
        if obj.gc() & Header::BARRIER_MASK == Header::BARRIER_OLD {
            self.remember_at(obj, i);
        }
    }

    /// The slow half of [`barrier_at`](Self::barrier_at).
    #[inline(never)]
    pub fn remember_at(&mut self, obj: Obj, i: usize) {
        if !obj.has_gc(GcBits::LARGE) {
            self.remember(obj);
        } else if dirty_card(obj, i) {
            self.carded.push(obj);
        }
    }

    /// The highest address of the native stack that runs now; it is scanned from the stack pointer up to there.
    /// 0 turns scanning off. To be set again by each thread that takes over, and at each switch of stacks.
    pub fn set_stack_bounds(&mut self, high: usize) {
        self.stacks.high = high;
    }

    /// What [`set_stack_bounds`](Self::set_stack_bounds) set.
    pub fn stack_bounds(&self) -> usize {
        self.stacks.high
    }

    /// Have a stack scanned that does not run: of a thread that waits, of a suspended coroutine. The registers must
    /// have been saved on it.
    ///
    /// # Safety
    /// The range can be read until it is removed.
    pub unsafe fn add_stack_range(&mut self, low: usize, high: usize) -> StackRangeId {
        self.stacks.add(low, high)
    }

    /// Stop scanning a stack.
    pub fn remove_stack_range(&mut self, id: StackRangeId) {
        self.stacks.remove(id);
    }

    /// Keep a value alive until the root is removed.
    pub fn root_add(&mut self, value: Value) -> RootId {
        match self.free_roots.pop() {
            Some(id) => {
                self.extra_roots[id as usize] = value;
                RootId(id)
            }
            None => {
                self.extra_roots.push(value);
                RootId(u32::try_from(self.extra_roots.len() - 1).expect("fewer than 2^32 roots"))
            }
        }
    }

    /// The value of a root.
    pub fn root_get(&self, id: RootId) -> Value {
        self.extra_roots[id.0 as usize]
    }

    /// Exchange the value of a root.
    pub fn root_set(&mut self, id: RootId, value: Value) {
        self.extra_roots[id.0 as usize] = value;
    }

    /// End a root; its number may be used again.
    pub fn root_remove(&mut self, id: RootId) {
        self.extra_roots[id.0 as usize] = Value::ABSENT;
        self.free_roots.push(id.0);
    }

    /// Call `f` with each object, those not yet collected included. For an exact answer collect first.
    pub fn for_each_object(&mut self, mut f: impl FnMut(Obj)) {
        for obj in self.objects() {
            f(obj);
        }
    }

    /// Call `f` with each object of a kind with a drop function; these are few, so this is quick.
    pub fn for_each_droppable(&self, f: impl FnMut(Obj)) {
        self.droppable.iter().for_each(f);
    }

    /// All objects, see [`for_each_object`](Self::for_each_object).
    pub(crate) fn objects(&mut self) -> Vec<Obj> {
        let mut all = self.arena.objects();
        all.extend(self.large.objects());
        all
    }

    /// The objects this one references, each as often as it does.
    pub fn referents(&self, obj: Obj) -> Vec<Obj> {
        Tracer::marking(self.arena.extent(), &self.large, &self.kinds, Vec::new()).list(obj)
    }

    /// The object that `address` points to or into.
    pub fn find_object(&self, address: usize) -> Option<Obj> {
        self.arena.extent().find(address).or_else(|| self.large.find(address))
    }

    /// A kind's row of the table.
    pub fn kind_info(&self, kind: u8) -> &KindInfo {
        &self.kinds.rows[usize::from(kind)]
    }

    /// Check at each young collection that no barrier was forgotten (slow), and fail loudly if one was.
    pub fn set_verify(&mut self, on: bool) {
        self.verify = on;
    }

    /// Counts, as of now.
    pub fn stats(&self) -> HeapStats {
        HeapStats {
            bytes_allocated: self.bytes_allocated(),
            block_bytes: self.arena.used_bytes(),
            free_block_bytes: self.arena.free_bytes(),
            large_objects: self.large.count(),
            large_bytes: self.large.bytes(),
            ..self.budget.stats()
        }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        self.close();
        self.collecting = true;
        for obj in self.droppable.take_all() {
            self.kinds.run_drop(obj);
        }
    }
}

impl fmt::Debug for Heap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heap").field("stats", &self.stats()).finish_non_exhaustive()
    }
}
