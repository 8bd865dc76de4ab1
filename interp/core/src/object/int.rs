//! Numbers that do not fit into a value word.
use dashu_int::IBig;
use haft_heap::{Heap, Obj, Value};

use super::{Kind, NoTrace, ShapeId};
use crate::payload;

payload! {
    /// An int outside the fixnum range. (Inside it every int is a fixnum, so equal ints are equal words or both big.)
    pub struct BigInt [BigInt] {
        /// Its value.
        pub value: NoTrace<IBig>,
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
