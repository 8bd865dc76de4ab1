//! Tuples: a count and the values, inline.
use std::cmp::Ordering;

use haft_heap::{Header, Heap, Obj, Value};

use super::array::MOST_QUICK;
use super::word_ptr;
use super::{Array, Kind, ShapeId, Str};

/// The hash of a tuple as it grows by the hashes of its items: xxHash64 without its final mixing, as CPython has it.
#[derive(Clone, Copy, Debug)]
pub struct Lanes(u64);

impl Default for Lanes {
    #[inline]
    fn default() -> Lanes {
        Lanes(Lanes::PRIME_5)
    }
}

impl Lanes {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;

    /// With the hash of another item.
    #[inline]
    #[must_use]
    pub fn with(self, hash: i64) -> Lanes {
        let sum = self.0.wrapping_add((hash as u64).wrapping_mul(Lanes::PRIME_2));
        Lanes(sum.rotate_left(31).wrapping_mul(Lanes::PRIME_1))
    }
    /// The hash of a tuple of so many items.
    #[inline]
    pub fn of_tuple(self, len: usize) -> i64 {
        Lanes(self.0.wrapping_add(len as u64 ^ (Lanes::PRIME_5 ^ 0x0035_D373))).without_length()
    }
    /// The hash of a thing whose number of items is always the same.
    #[inline]
    pub fn without_length(self) -> i64 {
        // -1 is no hash.
        if self.0 == u64::MAX { 1_546_275_796 } else { self.0 as i64 }
    }
}

/// A tuple object (not an instance of a Python-level subclass, which wraps one).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tuple(Obj);

impl Tuple {
    /// Byte offset of the length.
    pub const LEN_OFFSET: usize = Header::PAYLOAD_OFFSET;
    /// Byte offset of the first item.
    pub const ITEMS_OFFSET: usize = Array::ITEMS_OFFSET;
    /// So deep tuples within tuples are looked into where what is in them decides.
    pub const MOST_NESTED: u32 = 4;

    /// A tuple of `items`.
    pub fn new(heap: &mut Heap, items: &[Value]) -> Tuple {
        let tuple = Tuple::with_len(heap, items.len());
        // SAFETY: the tuple was made with as many slots, and is not part of `items`.
        unsafe { std::ptr::copy_nonoverlapping(items.as_ptr(), tuple.slots(), items.len()) };
        tuple
    }
    /// A tuple of `len` ABSENT values, to be filled with [`Tuple::init`] before anybody sees it.
    pub fn with_len(heap: &mut Heap, len: usize) -> Tuple {
        let obj = heap.alloc(Kind::Tuple as u8, ShapeId::TUPLE.0, 8 + len * 8);
        obj.set_word(0, len as u64);
        Tuple(obj)
    }
    /// A tuple of `len` times a value that is no object, if the heap makes it without a call; not of nothing, nor of many.
    #[inline(always)]
    pub fn quick(heap: &mut Heap, len: usize, value: Value) -> Option<Tuple> {
        if len == 0 || len > MOST_QUICK {
            return None;
        }
        let obj = heap.alloc_quick(Kind::Tuple as u8, ShapeId::TUPLE.0, 8 + len * 8)?;
        obj.set_word(0, len as u64);
        for index in 0..len {
            obj.set_word(1 + index, value.bits());
        }
        Some(Tuple(obj))
    }
    /// The tuple `obj`, if it is one of exactly that class.
    #[inline(always)]
    pub fn exact(obj: Obj) -> Option<Tuple> {
        // Only tuples have this shape.
        (obj.shape() == ShapeId::TUPLE.0).then_some(Tuple(obj))
    }
    /// How two exact tuples compare whose items, up to the first difference, are small ints, strs or such tuples. `None`: they
    /// are something else, and comparing them may run Python.
    pub fn order(a: Value, b: Value) -> Option<Ordering> {
        Tuple::order_of(a, b, Tuple::MOST_NESTED)
    }
    fn order_of(a: Value, b: Value, depth: u32) -> Option<Ordering> {
        let (x, y) = (Tuple::exact(a.as_ptr()?)?, Tuple::exact(b.as_ptr()?)?);
        for (&a, &b) in x.items().iter().zip(y.items()) {
            let text = |value: Value| value.as_ptr().and_then(Str::of);
            let order = if let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum()) {
                a.cmp(&b)
            } else if a == b {
                Ordering::Equal
            } else if let (Some(a), Some(b)) = (text(a), text(b)) {
                a.bytes().cmp(b.bytes())
            } else if depth > 0 {
                Tuple::order_of(a, b, depth - 1)?
            } else {
                return None;
            };
            if order != Ordering::Equal {
                return Some(order);
            }
        }
        Some(x.len().cmp(&y.len()))
    }
    /// Are two exact tuples equal? `None` as for [`Tuple::order`].
    #[inline]
    pub fn same(a: Value, b: Value) -> Option<bool> {
        let (x, y) = (Tuple::exact(a.as_ptr()?)?, Tuple::exact(b.as_ptr()?)?);
        let all_same = x.len() == y.len() && x.items().iter().zip(y.items()).all(|(a, b)| a == b);
        // NaNs are the same, and not equal, but a tuple takes what is the same for equal.
        if all_same { Some(true) } else { Tuple::order(a, b).map(Ordering::is_eq) }
    }
    /// The tuple `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Tuple> {
        (obj.kind() == Kind::Tuple as u8).then_some(Tuple(obj))
    }
    /// Put `value` into slot `index` of a tuple that nobody else has seen; false, and nothing is done: there is no such slot,
    /// or the collector must hear of it.
    #[inline(always)]
    pub fn init_young(self, index: usize, value: Value) -> bool {
        let is_possible = index < self.len() && !Heap::is_old(self.0);
        if is_possible {
            self.0.set_word(1 + index, value.bits());
        }
        is_possible
    }
    /// Fill slot `index` of a tuple that is being made.
    pub fn init(self, heap: &mut Heap, index: usize, value: Value) {
        assert!(index < self.len(), "tuple index");
        heap.barrier(self.0);
        self.0.set_word(1 + index, value.bits());
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
        self.0.word(0) as u32 as usize
    }
    /// Is it `()`?
    #[inline]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    fn slots(self) -> *mut Value {
        word_ptr(self.0, 1).cast()
    }
    /// The items. A tuple does not change, so the slice is good as long as the tuple lives.
    #[inline]
    pub fn items<'a>(self) -> &'a [Value] {
        // SAFETY: the tuple has `len` words from slot 0 on, does not move or change, and lives while this reference is
        // on the native stack.
        unsafe { std::slice::from_raw_parts(self.slots(), self.len()) }
    }
}
