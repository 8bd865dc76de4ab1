//! Dicts; what needs Python's `==` or `hash` is in `protocol::mapping`.
#![expect(clippy::return_self_not_must_use, reason = "as in the other containers")]
use std::cell::Cell;

use haft_heap::{Heap, Obj, Value};

use super::table::Table;
use super::{Kind, ShapeId};
use crate::payload;

/// A dict object, of the exact class or a subclass.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dict(Table<3>);

impl std::ops::Deref for Dict {
    type Target = Table<3>;
    fn deref(&self) -> &Table<3> {
        &self.0
    }
}

impl Dict {
    /// An empty dict.
    pub fn new(heap: &mut Heap) -> Dict {
        Dict::with_shape(heap, ShapeId::DICT)
    }
    /// An empty dict of the class of `shape`.
    pub fn with_shape(heap: &mut Heap, shape: ShapeId) -> Dict {
        Dict(Table::alloc(heap, Kind::Dict, shape))
    }
    /// An empty dict with room for `n` entries.
    pub fn with_capacity(heap: &mut Heap, n: usize) -> Dict {
        let dict = Dict::new(heap);
        if n > 0 {
            dict.rebuild(heap, n);
        }
        dict
    }
    /// A copy with the same keys and values.
    pub fn copy(self, heap: &mut Heap) -> Dict {
        let copy = Dict::new(heap);
        if !self.is_empty() {
            copy.copy_from(heap, self.0);
        }
        copy
    }
    /// The dict `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Dict> {
        (obj.kind() == Kind::Dict as u8).then_some(Dict(Table(obj)))
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
    /// The value of an entry.
    #[inline]
    pub fn entry_value(self, entry: usize) -> Value {
        self.value_word(entry)
    }
    /// Replace the value of an entry.
    #[inline]
    pub fn set_entry_value(self, heap: &mut Heap, entry: usize, value: Value) {
        self.set_value_word(heap, entry, value);
    }
    /// Add an entry for a key that is known not to be there.
    pub fn insert_new(self, heap: &mut Heap, hash: i64, key: Value, value: Value) {
        self.append(heap, hash, key, value);
    }
    /// The value for a key whose equality needs no Python.
    #[inline]
    pub fn get_simple(self, hash: i64, key: Value) -> Option<Value> {
        self.find_simple(hash, key).map(|entry| self.entry_value(entry))
    }
    /// Set the value for a key whose equality needs no Python.
    pub fn set_simple(self, heap: &mut Heap, hash: i64, key: Value, value: Value) {
        match self.find_simple(hash, key) {
            Some(entry) => self.set_entry_value(heap, entry, value),
            None => self.insert_new(heap, hash, key, value),
        }
    }
    /// The entries as they are now, as (key, value).
    pub fn iter(self) -> impl Iterator<Item = (Value, Value)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let entry = self.next_entry(from)?;
            from = entry + 1;
            Some((self.key(entry), self.entry_value(entry)))
        })
    }
}

payload! {
    /// An iterator over the keys, values or items of a dict.
    pub struct DictIter {
        /// The dict; ABSENT once exhausted.
        pub dict: Cell<Value>,
        /// Next entry to look at (or, reversed, the one after it).
        pub position: Cell<usize>,
        /// Number of live entries when it was made: another number is a RuntimeError.
        pub expected: Cell<usize>,
        /// 0 keys, 1 values, 2 items.
        pub what: u8,
        /// Backwards?
        pub reversed: bool,
    }
}
