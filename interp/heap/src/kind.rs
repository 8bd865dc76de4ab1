//! What the runtime says about its objects: how to trace them, and what to do when they die.

use std::fmt;

use crate::object::Obj;
use crate::tracer::Tracer;
use crate::value::Value;

/// Reports all values and objects an object holds.
///
/// # Safety
/// `obj` has the kind the function was registered for. The function must not allocate on the heap.
pub type TraceFn = unsafe fn(obj: Obj, tracer: &mut Tracer<'_>);

/// Releases what an object holds outside the heap (memory of `Vec`s, files). Runs in the middle of a collection:
/// it must not run Python, not use the heap, and not follow the object's values, which may be dead as well.
///
/// # Safety
/// `obj` has the kind the function was registered for, and is not used after it.
pub type DropFn = unsafe fn(obj: Obj);

/// One row of the kind table.
#[derive(Clone, Copy)]
pub struct KindInfo {
    /// For messages and statistics.
    pub name: &'static str,
    /// How to find what it references.
    pub trace: TraceFn,
    /// What to do when it dies.
    pub drop: Option<DropFn>,
    /// Its objects are written to without [`Heap::barrier`]: each young collection looks through all old ones. For kinds
    /// with few objects or many hands that write to them.
    pub unbarriered: bool,
}

impl KindInfo {
    /// A kind without a drop function.
    pub const fn new(name: &'static str, trace: TraceFn) -> Self {
        Self { name, trace, drop: None, unbarriered: false }
    }

    /// The row of numbers nobody registered.
    pub const UNUSED: Self = Self::new("unused", trace_none);
}

impl fmt::Debug for KindInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KindInfo").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Kinds a heap can have.
pub const KINDS: usize = 256;

/// The kind of [`GcVec`](crate::vec::GcVec) arrays unless the heap is told another.
pub const KIND_VEC: u8 = 255;

/// The registered kinds, with what the collector asks most.
#[derive(Debug)]
pub(crate) struct KindTable {
    pub(crate) rows: [KindInfo; KINDS],
    /// Kinds without references.
    pub(crate) leaf: [bool; KINDS],
}

impl KindTable {
    pub(crate) fn new(kinds: &[KindInfo]) -> Self {
        let mut rows = [KindInfo::UNUSED; KINDS];
        rows[usize::from(KIND_VEC)] = KindInfo::new("gc vec", trace_len_words);
        rows[..kinds.len()].copy_from_slice(kinds);
        let leaf = rows.map(|row| std::ptr::fn_addr_eq(row.trace, trace_none as TraceFn));
        Self { rows, leaf }
    }

    /// Run the drop function of a dead object, once.
    pub(crate) fn run_drop(&self, obj: Obj) {
        if let Some(drop) = self.rows[usize::from(obj.kind())].drop {
            // SAFETY: the object has the kind whose function it is; lists of droppable objects name each once.
            unsafe { drop(obj) }
        }
    }
}

/// For objects that hold no values: strings, numbers, raw arrays.
///
/// # Safety
/// None needed.
pub unsafe fn trace_none(_obj: Obj, _tracer: &mut Tracer<'_>) {}

/// For objects whose whole payload is values: instances, cells, tuples with a fixed size.
///
/// # Safety
/// Each payload word is a [`Value`] (zero is).
pub unsafe fn trace_words(obj: Obj, tracer: &mut Tracer<'_>) {
    // SAFETY: the payload has this many words, values all (the caller's promise), and is not written until marking
    // ends.
    unsafe { tracer.payload_values(obj, 0, obj.payload_words()) }
}

/// For arrays: payload word 0 is the count `n` in its low 32 bits, followed by `n` values.
///
/// # Safety
/// The payload has that layout.
pub unsafe fn trace_len_words(obj: Obj, tracer: &mut Tracer<'_>) {
    let count = (obj.word(0) & u64::from(u32::MAX)) as usize;
    debug_assert!(
        count < obj.payload_words(),
        "{count} values in an object of {} bytes",
        obj.size()
    );
    // SAFETY: `count` values follow the count (the caller's promise), and are not written until marking ends.
    unsafe { tracer.payload_values(obj, 1, count) }
}

/// For records with `N` values first and raw data behind them.
///
/// # Safety
/// The first `N` payload words are values.
pub unsafe fn trace_first_words<const N: usize>(obj: Obj, tracer: &mut Tracer<'_>) {
    for i in 0..N {
        tracer.value(Value::from_bits(obj.word(i)));
    }
}
