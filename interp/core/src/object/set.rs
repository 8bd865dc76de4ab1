//! Sets and frozensets; what needs Python's `==` or `hash` is in `protocol::mapping`.
use haft_heap::{Heap, Obj, Value};

use super::table::Table;
use super::{Kind, ShapeId};

/// A set or frozenset object, of the exact class or a subclass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Set(Table<2>);

impl std::ops::Deref for Set {
    type Target = Table<2>;
    fn deref(&self) -> &Table<2> {
        &self.0
    }
}

impl Set {
    /// An empty set or frozenset of the class of `shape`.
    pub fn with_shape(heap: &mut Heap, shape: ShapeId) -> Set {
        Set(Table::alloc(heap, Kind::Set, shape))
    }
    /// An empty set.
    pub fn new(heap: &mut Heap) -> Set {
        Set::with_shape(heap, ShapeId::SET)
    }
    /// The set or frozenset `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Set> {
        (obj.kind() == Kind::Set as u8).then_some(Set(Table(obj)))
    }
    /// The object.
    #[inline]
    pub fn obj(self) -> Obj {
        self.0.0
    }
    /// As a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.obj())
    }
    /// Add a key that is known not to be there.
    pub fn insert_new(self, heap: &mut Heap, hash: i64, key: Value) {
        self.append(heap, hash, key, Value::ABSENT);
    }
    /// Fill this empty set with the keys of another.
    pub fn fill_from(self, heap: &mut Heap, other: Set) {
        if !other.is_empty() {
            self.copy_from(heap, other.0);
        }
    }
    /// The keys as they are now.
    pub fn iter(self) -> impl Iterator<Item = Value> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let entry = self.next_entry(from)?;
            from = entry + 1;
            Some(self.key(entry))
        })
    }
}
