//! How Python objects lie in the heap.
//!
//! Every object starts with the heap's header (`shape`, `kind`, `aux`). The *kind* says which Rust layout follows, the
//! *shape* which Python class it is an instance of and where its attributes are. Three families of layout exist:
//!
//! * **plain kinds** (str, tuple, list, dict, instance …): words accessed by index, each with its own small module here;
//! * **payload kinds**: `[vtable][attributes][T]` for a Rust struct `T: Payload`. The struct's fields are cells; the heap
//!   traces old ones at every young collection, so no write barrier is needed for them. Kinds whose values never change
//!   after they are made (bound methods, iterators) are spared that;
//! * **arrays** that the others use as growable parts;
//! * **extensions**, which hold a struct of C code; see [`extension`].
//!
//! Nothing moves, and the native stack is scanned conservatively, interior pointers included. Therefore a reference
//! into an object may be held by a local variable for as long as the object's contents are not resized. It must not be
//! stored anywhere the collector does not look (a `Vec`, a `Box`), except as a traced field of a payload.
mod array;
mod bytes;
mod dict;
mod exception;
pub mod extension;
mod function;
mod generator;
mod instance;
mod int;
mod iter;
mod kind;
mod list;
mod misc;
mod payload;
mod set;
mod str;
mod table;
mod tuple;
mod ty;

pub use array::Array;
pub use bytes::{ByteArray, Bytes};
pub use dict::{Dict, DictIter};
pub use exception::{Exception, Traceback};
pub use extension::ExtensionLayout;
pub use function::{
    BoundMethod, Cache, Cell_ as CellObject, CodeObject, Entry, Function, How, NativeFunction,
};
pub use generator::{Generator, GeneratorState};
pub use instance::{Counter, Instance, MAX_KEYS, RootSpec, Shape, ShapeId, ShapeTable, Slot};
pub use int::{BigInt, Complex, FloatBox};
pub use iter::{Enumerate, Filter, ListIter, Map, RangeIter, SeqIter, TupleIter, Zip};
pub use kind::{Kind, kind_table};
pub use list::List;
pub use misc::{
    ClassMethod, Module, Partial, Property, Range, Slice, SlotMember, StaticMethod, Super,
    TupleGetter, WeakRef,
};
pub use payload::{Fixed, NoTrace, PAYLOAD_WORD, Payload, PayloadRef, Traced, payload_table};
pub(crate) use payload::{alloc_payload, alloc_payload_before};
pub use set::Set;
pub use str::Str;
pub use table::{Lookup, Probe, Table};
pub use tuple::{Lanes, Tuple};
pub use ty::{
    Appending, Binary, BufferView, Calling, CompareOp, Comparing, Contains, DescrGet, Export,
    Hashing, Length, Setter, Slots, Ternary, Test, Type, TypeData, TypeFlags, Unary, is_subtype,
};

/// Address of payload word `index` of `obj`.
#[inline(always)]
pub(crate) fn word_ptr(obj: haft_heap::Obj, index: usize) -> *mut u64 {
    debug_assert!(index <= obj.payload_words(), "word of an object");
    // SAFETY: only the address is computed; it is in the object or at its end.
    let payload = unsafe { obj.payload::<u64>() };
    // SAFETY: as above.
    unsafe { payload.add(index) }
}
