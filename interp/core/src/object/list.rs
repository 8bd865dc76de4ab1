//! Lists: an array of items with room to grow.
use haft_heap::{Header, Heap, Obj, Value};

use super::{Array, Kind, ShapeId, instance};

/// Words of a list: items array (or nothing), length as a fixnum, attributes of a subclass instance.
const ITEMS: usize = 0;
const LEN: usize = 1;
/// Where a subclass instance keeps its attributes.
pub(super) const ATTRS: usize = 2;

/// A list object, of the exact class or a subclass.
///
/// A fixnum and nearly every float is immediate in its value word, so one strategy serves all lists; see
/// `docs/src/decisions`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct List(Obj);

impl List {
    /// Byte offset of the word of the items' array.
    pub const ITEMS_OFFSET: usize = Header::PAYLOAD_OFFSET + 8 * ITEMS;
    /// Byte offset of the length, a fixnum's word.
    pub const LEN_OFFSET: usize = Header::PAYLOAD_OFFSET + 8 * LEN;

    /// An empty list with room for `capacity` items.
    pub fn new(heap: &mut Heap, capacity: usize) -> List {
        List::with_shape(heap, ShapeId::LIST, capacity)
    }
    /// An empty list of the class of `shape`.
    pub fn with_shape(heap: &mut Heap, shape: ShapeId, capacity: usize) -> List {
        let items =
            if capacity == 0 { 0 } else { Value::from(Array::new(heap, capacity).obj()).bits() };
        let obj = heap.alloc(Kind::List as u8, shape.0, 24);
        obj.set_word(ITEMS, items);
        obj.set_word(LEN, Value::small(0).bits());
        List(obj)
    }
    /// A list of `items`.
    pub fn from_slice(heap: &mut Heap, items: &[Value]) -> List {
        let list = List::new(heap, items.len());
        if let Some(array) = list.array() {
            array.write(heap, 0, items);
            list.set_len_word(items.len());
        }
        list
    }
    /// A list of `len` times a value that is no object, if the heap makes it without a call; not of nothing, nor of many.
    #[inline(always)]
    pub fn quick(heap: &mut Heap, len: usize, value: Value) -> Option<List> {
        if len == 0 {
            return None;
        }
        let array = Array::quick(heap, len)?;
        let obj = heap.alloc_quick(Kind::List as u8, ShapeId::LIST.0, 24)?;
        for index in 0..len {
            array.init(index, value);
        }
        let list = List(obj);
        obj.set_word(ITEMS, Value::from(array.obj()).bits());
        list.set_len_word(len);
        Some(list)
    }
    /// A list of the items of two others.
    #[inline]
    pub fn of_parts(heap: &mut Heap, first: &[Value], rest: &[Value]) -> List {
        let list = List::new(heap, first.len() + rest.len());
        if let Some(array) = list.array() {
            array.fill(heap, first, rest);
            list.set_len_word(first.len() + rest.len());
        }
        list
    }
    /// A list of these items, so many times.
    pub fn repeated(heap: &mut Heap, items: &[Value], times: usize) -> List {
        let list = List::new(heap, items.len() * times);
        if let Some(array) = list.array() {
            array.fill_repeated(heap, items, times);
            list.set_len_word(items.len() * times);
        }
        list
    }
    /// The list `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<List> {
        (obj.kind() == Kind::List as u8).then_some(List(obj))
    }
    /// The list `obj`, if it is one of exactly that class.
    #[inline(always)]
    pub fn exact(obj: Obj) -> Option<List> {
        // Only lists have this shape.
        (obj.shape() == ShapeId::LIST.0).then_some(List(obj))
    }
    /// The object.
    #[inline]
    pub fn obj(self) -> Obj {
        self.0
    }
    /// As a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
    /// Number of items.
    #[inline]
    pub fn len(self) -> usize {
        (self.0.word(LEN) >> 2) as usize
    }
    /// Is it `[]`?
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    #[inline]
    fn set_len_word(self, len: usize) {
        self.0.set_word(LEN, (len as u64) << 2 | 1);
    }
    #[inline]
    fn array(self) -> Option<Array> {
        Array::of_word(self.0.word(ITEMS))
    }
    /// Number of items there is room for.
    pub fn capacity(self) -> usize {
        self.array().map_or(0, Array::len)
    }
    /// Item `index`, which must be below the length.
    #[inline]
    pub fn at(self, index: usize) -> Value {
        self.get(index).unwrap_or(Value::NONE)
    }
    /// Item `index`, if there is one.
    #[inline]
    pub fn get(self, index: usize) -> Option<Value> {
        if index >= self.len() {
            return None;
        }
        self.array().map(|array| array.at(index))
    }
    /// Replace item `index`; false if there is none.
    #[inline]
    pub fn set(self, heap: &mut Heap, index: usize, value: Value) -> bool {
        match self.array() {
            Some(array) if index < self.len() => {
                array.set(heap, index, value);
                true
            }
            _ => false,
        }
    }
    /// Replace item `index`, if there is one and the list's memory is not old; else false, and nothing is done.
    #[inline(always)]
    pub fn set_young(self, index: usize, value: Value) -> bool {
        match self.array() {
            Some(array) if index < self.len() && !Heap::is_old(array.obj()) => {
                array.init(index, value);
                true
            }
            _ => false,
        }
    }
    /// The items as they are now. The slice is good until the list is changed: not across anything that may run
    /// Python.
    #[inline]
    pub fn items<'a>(self) -> &'a [Value] {
        self.array().map_or(&[], |array| &array.as_slice()[..self.len()])
    }
    /// Append `value`.
    #[inline]
    pub fn push(self, heap: &mut Heap, value: Value) {
        let len = self.len();
        let array = match self.array() {
            Some(array) if len < array.len() => array,
            _ => self.grown(heap, len + 1),
        };
        array.set(heap, len, value);
        self.set_len_word(len + 1);
    }
    /// The same, if there is room and the list's memory is not old; else false, and nothing is done.
    #[inline(always)]
    pub fn push_young(self, value: Value) -> bool {
        let len = self.len();
        match self.array() {
            Some(array) if len < array.len() && !Heap::is_old(array.obj()) => {
                array.init(len, value);
                self.set_len_word(len + 1);
                true
            }
            _ => false,
        }
    }
    #[cold]
    fn grown(self, heap: &mut Heap, needed: usize) -> Array {
        let capacity = (needed + (needed >> 2) + 6) & !3;
        self.replace_array(heap, capacity)
    }
    fn replace_array(self, heap: &mut Heap, capacity: usize) -> Array {
        let array = match self.array() {
            Some(old) => old.resized(heap, capacity),
            None => Array::new(heap, capacity),
        };
        heap.barrier(self.0);
        self.0.set_word(ITEMS, Value::from(array.obj()).bits());
        array
    }
    /// Make room for `extra` more items: just as much in a list without items, and room to grow in one that grows.
    pub fn reserve(self, heap: &mut Heap, extra: usize) {
        let needed = self.len() + extra;
        if needed <= self.capacity() {
            return;
        }
        if self.is_empty() {
            self.replace_array(heap, needed);
        } else {
            self.grown(heap, needed);
        }
    }
    /// Take the last item away.
    pub fn pop(self) -> Option<Value> {
        let len = self.len().checked_sub(1)?;
        let array = self.array()?;
        let value = array.at(len);
        array.obj().set_word(1 + len, 0);
        self.set_len_word(len);
        Some(value)
    }
    /// Insert before `index` (at most the length).
    pub fn insert(self, heap: &mut Heap, index: usize, value: Value) {
        let len = self.len();
        let index = index.min(len);
        self.push(heap, value);
        if let Some(array) = self.array() {
            array.move_within(heap, index, index + 1, len - index);
            array.set(heap, index, value);
        }
    }
    /// Replace the items `start..end` by `values`, which must not be a slice of this list's own array.
    pub fn splice(self, heap: &mut Heap, start: usize, end: usize, values: &[Value]) {
        let len = self.len();
        assert!(start <= end && end <= len, "splice of a list");
        let new_len = len - (end - start) + values.len();
        if new_len > self.capacity() {
            self.grown(heap, new_len);
        }
        let Some(array) = self.array() else { return };
        if new_len != len {
            array.move_within(heap, end, start + values.len(), len - end);
        }
        array.write(heap, start, values);
        for index in new_len..len {
            array.obj().set_word(1 + index, 0);
        }
        self.set_len_word(new_len);
    }
    /// Shorten to `len` items.
    pub fn truncate(self, heap: &mut Heap, len: usize) {
        if len < self.len() {
            self.splice(heap, len, self.len(), &[]);
        }
    }
    /// Remove every item and give the memory back.
    pub fn clear(self) {
        self.0.set_word(ITEMS, 0);
        self.set_len_word(0);
    }
    /// Replace the whole contents by those of `other`, a list nobody else sees; this is how `sort` puts its result
    /// back.
    pub fn take_items_of(self, heap: &mut Heap, other: List) {
        heap.barrier(self.0);
        self.0.set_word(ITEMS, other.0.word(ITEMS));
        self.set_len_word(other.len());
        other.clear();
    }
}

const _: () = assert!(ATTRS == instance::LIST_ATTRS);
