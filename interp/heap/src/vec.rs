//! A growable array of values on the heap.

use std::slice;

use crate::heap::Heap;
use crate::object::Obj;
use crate::value::Value;

/// A handle to a growable array. It lives on a scanned stack, or in an object as its [`obj`](Self::obj).
///
/// Payload: length (u32), capacity (u32), then the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GcVec {
    obj: Obj,
}

const LENGTH_BITS: u32 = 32;
const LENGTH: u64 = (1 << LENGTH_BITS) - 1;
const MIN_CAPACITY: usize = 4;

impl GcVec {
    /// An empty array with room for `capacity` values.
    pub fn new(heap: &mut Heap, capacity: usize) -> Self {
        let obj = heap.alloc(heap.vec_kind, 0, (capacity + 1) * size_of::<Value>());
        // Rounding may have given more.
        let capacity = (obj.payload_words() - 1).min(LENGTH as usize);
        obj.set_word(0, (capacity as u64) << LENGTH_BITS);
        Self { obj }
    }

    /// The array that an object found elsewhere holds; the object was made by [`new`](Self::new).
    pub fn from_obj(obj: Obj) -> Self {
        Self { obj }
    }

    /// The object that holds the values now; pushing may exchange it.
    pub fn obj(self) -> Obj {
        self.obj
    }

    /// How many values there are.
    pub fn len(self) -> usize {
        (self.obj.word(0) & LENGTH) as usize
    }

    /// Is there none?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// How many fit without a new object.
    pub fn capacity(self) -> usize {
        (self.obj.word(0) >> LENGTH_BITS) as usize
    }

    fn set_len(self, len: usize) {
        self.obj.set_word(0, (self.obj.word(0) & !LENGTH) | len as u64);
    }

    /// Append a value; when the array is full it moves to a new object.
    pub fn push(&mut self, heap: &mut Heap, value: Value) {
        let len = self.len();
        if len == self.capacity() {
            self.reserve(heap, 1);
        }
        heap.barrier_at(self.obj, len + 1);
        self.obj.set_value(len + 1, value);
        self.set_len(len + 1);
    }

    /// Make room for `more` values.
    pub fn reserve(&mut self, heap: &mut Heap, more: usize) {
        let len = self.len();
        if len + more <= self.capacity() {
            return;
        }
        let grown = Self::new(heap, (len + more).max(len * 2).max(MIN_CAPACITY));
        for (i, &value) in self.as_slice().iter().enumerate() {
            grown.obj.set_value(i + 1, value);
        }
        grown.set_len(len);
        self.obj = grown.obj;
    }

    /// Append values.
    pub fn extend(&mut self, heap: &mut Heap, values: &[Value]) {
        self.reserve(heap, values.len());
        for &value in values {
            self.push(heap, value);
        }
    }

    /// The value at `i`, `None` behind the end.
    pub fn get(self, i: usize) -> Option<Value> {
        (i < self.len()).then(|| self.obj.value(i + 1))
    }

    /// Exchange the value at `i`, which is below the length.
    pub fn set(self, heap: &mut Heap, i: usize, value: Value) {
        assert!(i < self.len(), "index {i} of an array of {}", self.len());
        heap.barrier_at(self.obj, i + 1);
        self.obj.set_value(i + 1, value);
    }

    /// Take off the last value.
    pub fn pop(self) -> Option<Value> {
        let last = self.len().checked_sub(1)?;
        let value = self.get(last);
        self.truncate(last);
        value
    }

    /// Take off the values from `len` on.
    pub fn truncate(self, len: usize) {
        let old = self.len();
        if len >= old {
            return;
        }
        for i in len..old {
            self.obj.set_value(i + 1, Value::ABSENT);
        }
        self.set_len(len);
    }

    /// The values. They may change (not move) while the slice lives: read it, then let go of it before the next
    /// change.
    pub fn as_slice(&self) -> &[Value] {
        // SAFETY: the payload has a word before the values.
        let first = unsafe { self.obj.words().add(1) };
        // SAFETY: `len` initialised values lie there, kept alive by this handle.
        unsafe { slice::from_raw_parts(first.cast::<Value>(), self.len()) }
    }
}
