//! bytes (inline, immutable) and bytearray (a raw array with room to grow).
use std::cell::Cell;

use haft_heap::{Heap, Obj, Value};

use super::word_ptr;
use super::{Kind, ShapeId};
use crate::payload;

/// A bytes object: length, hash (0: not known), the bytes and a final zero, so that C may read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bytes(Obj);

impl Bytes {
    /// A bytes of `data`.
    pub fn new(heap: &mut Heap, data: &[u8]) -> Bytes {
        let bytes = Bytes::zeroed(heap, data.len());
        // SAFETY: the object was just made with room for these bytes, and nobody else sees it.
        unsafe { std::ptr::copy_nonoverlapping(data.as_ptr(), bytes.start(), data.len()) };
        bytes
    }
    /// `len` zero bytes.
    pub fn zeroed(heap: &mut Heap, len: usize) -> Bytes {
        let obj = heap.alloc(Kind::Bytes as u8, ShapeId::BYTES.0, 16 + len + 1);
        obj.set_word(0, len as u64);
        Bytes(obj)
    }
    /// The bytes `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Bytes> {
        (obj.kind() == Kind::Bytes as u8).then_some(Bytes(obj))
    }
    /// As a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
    /// Number of bytes.
    #[inline]
    pub fn len(self) -> usize {
        self.0.word(0) as usize
    }
    /// Is it `b''`?
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    fn start(self) -> *mut u8 {
        word_ptr(self.0, 2).cast()
    }
    /// Address of the first byte; a zero byte follows the last one.
    pub fn as_ptr(self) -> *const u8 {
        self.start()
    }
    /// The bytes.
    #[inline]
    pub fn data<'a>(self) -> &'a [u8] {
        // SAFETY: the object has `len` bytes from its third word on, does not move or change, and lives while this
        // reference is on the native stack.
        unsafe { std::slice::from_raw_parts(self.start(), self.len()) }
    }
    /// The hash, if it was computed before.
    pub fn cached_hash(self) -> Option<i64> {
        Some(self.0.word(1) as i64).filter(|&h| h != 0)
    }
    /// Remember the hash.
    pub fn set_cached_hash(self, hash: i64) {
        self.0.set_word(1, hash as u64);
    }
}

payload! {
    /// A bytearray: a raw heap object with room to grow.
    pub struct ByteArray {
        /// The buffer: a raw object, or nothing.
        pub buffer: Cell<Value>,
        /// Bytes in use.
        pub len: Cell<usize>,
        /// Bytes of room.
        pub capacity: Cell<usize>,
        /// Buffers (memoryviews, C pointers) that point into it; while there are any it must not be resized.
        pub exports: Cell<usize>,
    }
}

impl ByteArray {
    /// An empty one.
    pub fn empty() -> ByteArray {
        ByteArray {
            buffer: Cell::new(Value::ABSENT),
            len: Cell::new(0),
            capacity: Cell::new(0),
            exports: Cell::new(0),
        }
    }
    fn start(&self) -> *mut u8 {
        self.buffer.get().as_ptr().map_or(std::ptr::dangling_mut(), |raw| word_ptr(raw, 0).cast())
    }
    /// Address of the first byte.
    pub fn as_ptr(&self) -> *mut u8 {
        self.start()
    }
    /// The bytes as they are now; good until the next change.
    pub fn data<'a>(&self) -> &'a [u8] {
        // SAFETY: the buffer has `capacity >= len` bytes; it does not move, and lives while this is on the native stack.
        unsafe { std::slice::from_raw_parts(self.start(), self.len.get()) }
    }
    /// The bytes, to be changed; nobody else may look at them meanwhile.
    pub fn data_mut<'a>(&self) -> &'a mut [u8] {
        // SAFETY: as for `data`; the caller does nothing else while it holds the slice.
        unsafe { std::slice::from_raw_parts_mut(self.start(), self.len.get()) }
    }
    /// Change the length; new bytes are zero.
    pub fn resize(&self, heap: &mut Heap, len: usize) {
        let old = self.len.get();
        if len > self.capacity.get() {
            let capacity = len + (len >> 3) + 16;
            let raw = heap.alloc(Kind::Raw as u8, ShapeId::NONE.0, capacity);
            // SAFETY: the new buffer has room for more than `old` bytes, and is another object.
            unsafe { std::ptr::copy_nonoverlapping(self.start(), word_ptr(raw, 0).cast(), old) };
            self.buffer.set(Value::from(raw));
            self.capacity.set(capacity);
        }
        self.len.set(len);
        if len > old {
            self.data_mut()[old..].fill(0);
        }
    }
    /// Append.
    pub fn extend(&self, heap: &mut Heap, data: &[u8]) {
        let old = self.len.get();
        self.resize(heap, old + data.len());
        self.data_mut()[old..].copy_from_slice(data);
    }
    /// Replace `start..end` by `data`, which must not be a part of this buffer.
    pub fn splice(&self, heap: &mut Heap, start: usize, end: usize, data: &[u8]) {
        let old = self.len.get();
        let new = old - (end - start) + data.len();
        if new > old {
            self.resize(heap, new);
        }
        self.data_mut_all(old.max(new)).copy_within(end..old, start + data.len());
        self.data_mut_all(old.max(new))[start..start + data.len()].copy_from_slice(data);
        self.len.set(new);
    }
    fn data_mut_all<'a>(&self, len: usize) -> &'a mut [u8] {
        assert!(len <= self.capacity.get() || len == 0, "within the buffer");
        // SAFETY: `len` bytes are within the buffer; the caller holds no other slice of it.
        unsafe { std::slice::from_raw_parts_mut(self.start(), len) }
    }
}
