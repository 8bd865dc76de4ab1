//! Numbers that do not fit into a value word.
use haft_heap::{Heap, Obj, Value};

use super::{Kind, ShapeId, word_ptr};

/// An int outside the fixnum range: its length in words with the sign as lowest bit, then the words of its magnitude,
/// the lowest first and the highest not zero. (Inside that range every int is a fixnum, so equal ints are equal words
/// or both big.) The object may be larger than the number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BigInt(Obj);

impl BigInt {
    /// Room for so many words, which hold anything: to be filled and [`finish`](Self::finish)ed before Python sees it.
    /// `None` if there is no memory.
    pub(crate) fn with_room(heap: &mut Heap, words: usize) -> Option<BigInt> {
        let bytes = words.checked_add(1)?.checked_mul(8)?;
        heap.try_alloc_unfilled(Kind::BigInt as u8, ShapeId::INT.0, bytes).map(BigInt)
    }
    /// The int `number`, which is beyond the fixnum range.
    #[inline]
    pub(crate) fn of_number(heap: &mut Heap, number: i128) -> BigInt {
        debug_assert!(
            i64::try_from(number).ok().and_then(Value::fixnum).is_none(),
            "what fits into a word of the value is a fixnum"
        );
        let magnitude = number.unsigned_abs();
        let (low, high) = (magnitude as u64, (magnitude >> 64) as u64);
        let words = if high == 0 { 1 } else { 2 };
        // One size for both: objects are multiples of 16 bytes.
        let obj = heap.alloc(Kind::BigInt as u8, ShapeId::INT.0, 24);
        obj.set_word(1, low);
        obj.set_word(2, high);
        let mut made = BigInt(obj);
        made.finish(number < 0, words);
        made
    }
    /// The big int `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<BigInt> {
        (obj.kind() == Kind::BigInt as u8).then_some(BigInt(obj))
    }
    /// The first words of the room.
    pub(crate) fn room(&mut self, words: usize) -> &mut [u64] {
        assert!(words < self.0.payload_words(), "the room is in the object");
        let start = word_ptr(self.0, 1);
        // SAFETY: the words behind the first are in the object (checked above), and nobody else has it yet.
        unsafe { std::slice::from_raw_parts_mut(start, words) }
    }
    /// Set sign and length in words.
    pub(crate) fn finish(&mut self, negative: bool, words: usize) {
        self.0.set_word(0, (words as u64) << 1 | u64::from(negative));
    }
    /// Is it below zero?
    #[inline]
    pub fn is_negative(self) -> bool {
        self.0.word(0) & 1 != 0
    }
    /// The magnitude. The reference may live as long as the object does; the collector sees it on the native stack.
    #[inline]
    pub fn words<'a>(self) -> &'a [u64] {
        let len = (self.0.word(0) >> 1) as usize;
        // SAFETY: `finish` set a length within the object, which does not move or change, and lives while this
        // reference is on the native stack, which is scanned conservatively, interior pointers included.
        unsafe { std::slice::from_raw_parts(word_ptr(self.0, 1), len) }
    }
    /// As a value.
    #[inline]
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
}

/// A float outside the immediate range: infinities, NaN, and magnitudes beyond about 1e77 or below 1e-77.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FloatBox(Obj);

impl FloatBox {
    /// Box `number`.
    pub fn new(heap: &mut Heap, number: f64) -> FloatBox {
        let obj = heap.alloc(Kind::Float as u8, ShapeId::FLOAT.0, 8);
        obj.set_word(0, number.to_bits());
        FloatBox(obj)
    }
    /// The box `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<FloatBox> {
        (obj.kind() == Kind::Float as u8).then_some(FloatBox(obj))
    }
    /// The number.
    #[inline]
    pub fn number(self) -> f64 {
        f64::from_bits(self.0.word(0))
    }
    /// As a value.
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
}

/// A complex number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Complex(Obj);

impl Complex {
    /// `re + im*1j`.
    pub fn new(heap: &mut Heap, re: f64, im: f64) -> Complex {
        let obj = heap.alloc(Kind::Complex as u8, ShapeId::COMPLEX.0, 16);
        obj.set_word(0, re.to_bits());
        obj.set_word(1, im.to_bits());
        Complex(obj)
    }
    /// The complex `obj`, if it is one.
    #[inline]
    pub fn of(obj: Obj) -> Option<Complex> {
        (obj.kind() == Kind::Complex as u8).then_some(Complex(obj))
    }
    /// Real and imaginary part.
    pub fn parts(self) -> (f64, f64) {
        (f64::from_bits(self.0.word(0)), f64::from_bits(self.0.word(1)))
    }
    /// As a value.
    pub fn value(self) -> Value {
        Value::from(self.0)
    }
}
