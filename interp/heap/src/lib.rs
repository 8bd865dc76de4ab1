//! The value word and the garbage-collected heap.
//!
//! # Problem
//! A runtime allocates a small object every few nanoseconds, most of which die at once, while C code keeps addresses
//! of others. Rust code, compiled traces and C all hold plain words, so no collector can know their roots exactly, or
//! move what they point to.
//!
//! # Idea
//! A non-moving *mark-region* heap (Blackburn and McKinley: "Immix") with *sticky* mark bits for generations (Demers
//! et al.), stacks scanned conservatively, everything else precisely:
//!
//! * memory comes in blocks of 32 KB; allocation bumps a pointer through a hole of free 128-byte lines
//! * one side byte for 16 bytes of heap says where objects start, how large they are, and whether they are marked
//!   (picture in `geometry.rs`)
//! * marking is all the work there is for survivors, and sweeping reads side bytes only, so the dead cost nothing
//! * a young collection keeps the marks of earlier ones: only objects allocated since can die, and references to them
//!   from old objects are known from the write barrier
//! * objects above 8 KB are allocations of their own, indexed by address
//!
//! # Invariants
//! 1. A side byte is not zero exactly where an object starts. Lines without such objects are zeroed before use.
//! 2. After a collection each object is marked, old, and not logged; the remembered set is empty.
//! 3. In between, an old object that references a young one is in the remembered set.
//! 4. Objects do not move and keep their size; an address is reused only after its object died, its weak references
//!    were cleared and its serial number was forgotten.
//!
//! # The contract with the runtime
//! The heap is memory-safe as long as the layers above keep four rules; they are stated once here because each object
//! access depends on them:
//!
//! * an [`Obj`] or [`Value`] is kept where the collector sees it: on a scanned stack, in a root, in a reachable object
//!   that its kind's trace function reports
//! * [`Heap::barrier`] accompanies each store of a value into an object, see there
//! * a payload is used as its kind says
//! * words made by hand ([`Value::from_bits`]) that look like objects are objects
//!
//! [`Heap::set_verify`] and [`Heap::stress`] find violations of the first two.

mod address_map;
mod alloc;
mod arena;
mod collect;
mod finalize;
mod geometry;
mod heap;
mod kind;
mod large;
mod object;
mod os;
mod side_table;
mod stack;
mod tracer;
mod value;
mod vec;
mod weak;

pub use alloc::Bump;
pub use heap::{Heap, HeapStats, RootId, RootsFn, WeakTablesFn};
pub use kind::{
    DropFn, KIND_VEC, KINDS, KindInfo, TraceFn, trace_first_words, trace_len_words, trace_none,
    trace_words,
};
pub use object::{Header, Obj};
pub use os::native_stack_high;
pub use stack::{StackRangeId, preserved_registers, with_spilled_registers};
pub use tracer::{Survivors, Tracer};
pub use value::Value;
pub use vec::GcVec;
pub use weak::WeakId;

#[cfg(test)]
mod tests;
