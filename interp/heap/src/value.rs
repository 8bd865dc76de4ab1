//! The value word: 64 bits that hold an object, a small integer, a double or a constant.
//!
//! The low three bits are the tag:
//!
//! | tag     | meaning   | encoding                                            |
//! |---------|-----------|-----------------------------------------------------|
//! | 0       | object    | address, 16-byte aligned; the word 0 is no object   |
//! | 1, 5    | fixnum    | `(i << 2) \| 1`, 62 bits, signed                    |
//! | 4       | immediate | `(n << 3) \| 4`                                     |
//! | 3, 6, 7 | float     | `bits.rotate_left(4) + 3`                           |
//! | 2       | —         | the runtime's own                                   |
//!
//! A double is *self-tagged* (Melançon, Feeley, Serrano: "Float Self-Tagging"): the rotation brings the top three
//! bits of the exponent to the bottom, and adding 3 turns the frequent ones (000: zeros, denormals, tiny; 011 and
//! 100: magnitudes of about 1e-77 to 1e77) into tags nobody else uses. The remaining doubles do not fit; the runtime
//! puts them into an object. Fixnums are 62 bits wide so that pointers, sizes and hashes of C stay immediate, which
//! is what boxing values into NaNs could not give.
#![expect(
    clippy::inline_always,
    reason = "these are the machine instructions of the interpreter and must not become calls in debug builds"
)]

use std::fmt;

use crate::object::Obj;

/// A Python value in one word. Equality and hashing are those of the bits, that is Python's `is`.
#[repr(transparent)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Value(u64);

const TAG: u64 = 7;
const TAG_IMMEDIATE: u64 = 4;
const TAG_FIXNUM: u64 = 1;
const FIXNUM_MASK: u64 = 3;
/// Bit `t` is set when tag `t` is a float's.
const FLOAT_TAGS: u64 = (1 << 3) | (1 << 6) | (1 << 7);
const FLOAT_ROTATION: u32 = 4;
const FLOAT_BIAS: u64 = 3;

impl Value {
    /// No object: an empty slot, an absent argument. C sees it as a null handle.
    pub const ABSENT: Self = Self(0);
    /// `None`.
    pub const NONE: Self = Self::immediate(0);
    /// A marker that never escapes to Python: a variable without a value.
    pub const UNBOUND: Self = Self::immediate(1);
    /// `False`.
    pub const FALSE: Self = Self::immediate(2);
    /// `True`.
    pub const TRUE: Self = Self::immediate(3);
    /// `Ellipsis`.
    pub const ELLIPSIS: Self = Self::immediate(4);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Self = Self::immediate(5);
    /// Immediates from this number on are for the runtime to name.
    pub const FIRST_FREE_IMMEDIATE: u32 = 16;

    /// The smallest integer that fits.
    pub const FIXNUM_MIN: i64 = -(1 << 61);
    /// The largest integer that fits.
    pub const FIXNUM_MAX: i64 = (1 << 61) - 1;

    /// The value of a word that [`bits`](Self::bits) gave. A word with tag 0 must be the address of an object, or 0.
    #[inline(always)]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The word itself.
    #[inline(always)]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// True for the empty word only.
    #[inline(always)]
    pub const fn is_absent(self) -> bool {
        self.0 == 0
    }

    /// The same value, or None for the empty word: what Python sees of something that is not there.
    #[inline]
    #[must_use]
    pub const fn or_none(self) -> Self {
        if self.is_absent() { Self::NONE } else { self }
    }

    /// The integer as a fixnum, if 62 bits hold it.
    #[inline(always)]
    pub const fn fixnum(i: i64) -> Option<Self> {
        let shifted = i << 2;
        if shifted >> 2 == i { Some(Self(shifted.cast_unsigned() | TAG_FIXNUM)) } else { None }
    }

    /// The integer as a fixnum; `i` lies between [`FIXNUM_MIN`](Self::FIXNUM_MIN) and [`FIXNUM_MAX`](Self::FIXNUM_MAX).
    #[inline(always)]
    pub const fn fixnum_unchecked(i: i64) -> Self {
        debug_assert!(i >= Self::FIXNUM_MIN && i <= Self::FIXNUM_MAX);
        Self((i << 2).cast_unsigned() | TAG_FIXNUM)
    }

    /// A fixnum that always fits.
    #[inline(always)]
    pub const fn small(i: i32) -> Self {
        Self::fixnum_unchecked(i as i64)
    }

    /// Is it a fixnum?
    #[inline(always)]
    pub const fn is_fixnum(self) -> bool {
        self.0 & FIXNUM_MASK == TAG_FIXNUM
    }

    /// The integer of a fixnum.
    #[inline(always)]
    pub const fn as_fixnum(self) -> Option<i64> {
        if self.is_fixnum() { Some(self.0.cast_signed() >> 2) } else { None }
    }

    /// Are both fixnums? One test for the pair.
    #[inline(always)]
    pub const fn both_fixnum(a: Self, b: Self) -> bool {
        ((a.0 ^ TAG_FIXNUM) | (b.0 ^ TAG_FIXNUM)) & FIXNUM_MASK == 0
    }

    /// The double as an immediate, if its exponent is one of those that fit.
    #[inline(always)]
    pub const fn float(x: f64) -> Option<Self> {
        let word = Self(x.to_bits().rotate_left(FLOAT_ROTATION).wrapping_add(FLOAT_BIAS));
        if word.is_float_imm() { Some(word) } else { None }
    }

    /// Is it an immediate double?
    #[inline(always)]
    pub const fn is_float_imm(self) -> bool {
        (FLOAT_TAGS >> (self.0 & TAG)) & 1 != 0
    }

    /// The double of an immediate double.
    #[inline(always)]
    pub const fn as_float_imm(self) -> Option<f64> {
        if self.is_float_imm() {
            Some(f64::from_bits(self.0.wrapping_sub(FLOAT_BIAS).rotate_right(FLOAT_ROTATION)))
        } else {
            None
        }
    }

    /// The constant number `n`.
    #[inline(always)]
    pub const fn immediate(n: u32) -> Self {
        Self(((n as u64) << 3) | TAG_IMMEDIATE)
    }

    /// The number of a constant.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "an immediate was made from a u32")]
    pub const fn as_immediate(self) -> Option<u32> {
        if self.0 & TAG == TAG_IMMEDIATE { Some((self.0 >> 3) as u32) } else { None }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Self {
        Self(Self::FALSE.0 | ((b as u64) << 3))
    }

    /// Is it `True` or `False`?
    #[inline(always)]
    pub const fn is_bool(self) -> bool {
        self.0 & !(1 << 3) == Self::FALSE.0
    }

    /// The truth of `True` or `False`.
    #[inline(always)]
    pub const fn as_bool(self) -> Option<bool> {
        if self.is_bool() { Some(self.0 == Self::TRUE.0) } else { None }
    }

    /// Is it `None`?
    #[inline(always)]
    pub const fn is_none(self) -> bool {
        self.0 == Self::NONE.0
    }

    /// Is it an object on the heap?
    #[inline(always)]
    pub const fn is_ptr(self) -> bool {
        self.0 & TAG == 0 && self.0 != 0
    }

    /// The object on the heap.
    #[inline(always)]
    pub fn as_ptr(self) -> Option<Obj> {
        if self.0 & TAG == 0 { Obj::from_address(self.0) } else { None }
    }
}

impl From<Obj> for Value {
    #[inline(always)]
    fn from(obj: Obj) -> Self {
        Self(obj.address() as u64)
    }
}

impl Default for Value {
    fn default() -> Self {
        Self::ABSENT
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(i) = self.as_fixnum() {
            return write!(f, "Fixnum({i})");
        }
        if let Some(x) = self.as_float_imm() {
            return write!(f, "Float({x:?})");
        }
        match *self {
            Self::ABSENT => f.write_str("Absent"),
            Self::NONE => f.write_str("None"),
            Self::UNBOUND => f.write_str("Unbound"),
            Self::FALSE => f.write_str("False"),
            Self::TRUE => f.write_str("True"),
            Self::ELLIPSIS => f.write_str("Ellipsis"),
            Self::NOT_IMPLEMENTED => f.write_str("NotImplemented"),
            _ => match self.as_immediate() {
                Some(n) => write!(f, "Immediate({n})"),
                None if self.is_ptr() => write!(f, "Object({:#x})", self.0),
                None => write!(f, "Reserved({:#x})", self.0),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixnums_round_trip_and_reject_what_does_not_fit() {
        for i in [0, 1, -1, 2, 255, i64::from(i32::MIN), Value::FIXNUM_MIN, Value::FIXNUM_MAX] {
            let v = Value::fixnum(i).unwrap();
            assert_eq!(v.as_fixnum(), Some(i));
            assert_eq!(v, Value::fixnum_unchecked(i));
            assert!(!v.is_ptr() && !v.is_float_imm() && v.as_immediate().is_none());
        }
        for i in [Value::FIXNUM_MIN - 1, Value::FIXNUM_MAX + 1, i64::MIN, i64::MAX] {
            assert_eq!(Value::fixnum(i), None);
        }
        assert_eq!(Value::small(-7).as_fixnum(), Some(-7));
    }

    #[test]
    fn floats_round_trip_by_bits() {
        let fit = [0.0, -0.0, 1.0, -1.0, 0.1, 1e77, 1e-76, -1e70, f64::from_bits(1), 1e-300];
        for x in fit {
            let v = Value::float(x).unwrap();
            assert_eq!(v.as_float_imm().unwrap().to_bits(), x.to_bits(), "{x}");
            assert!(!v.is_fixnum() && !v.is_ptr() && v.as_immediate().is_none() && !v.is_absent());
        }
        for x in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, 1e80, 1e-80] {
            assert_eq!(Value::float(x), None, "{x}");
        }
    }

    #[test]
    fn every_exponent_is_immediate_exactly_when_its_top_bits_say_so() {
        for exponent in 0..0x800_u64 {
            for sign in [0, 1 << 63] {
                let x = f64::from_bits(sign | exponent << 52 | 0xdead_beef);
                assert_eq!(Value::float(x).is_some(), matches!(exponent >> 8, 0 | 3 | 4));
            }
        }
    }

    #[test]
    fn constants_are_distinct_and_known() {
        let all = [
            Value::ABSENT,
            Value::NONE,
            Value::UNBOUND,
            Value::FALSE,
            Value::TRUE,
            Value::ELLIPSIS,
            Value::NOT_IMPLEMENTED,
        ];
        for (i, a) in all.iter().enumerate() {
            assert_eq!(a.is_bool(), *a == Value::TRUE || *a == Value::FALSE);
            assert_eq!(a.is_none(), *a == Value::NONE);
            assert!(!a.is_ptr() && a.as_ptr().is_none() && !a.is_fixnum() && !a.is_float_imm());
            assert!(all.iter().skip(i + 1).all(|b| a != b));
        }
        assert_eq!((Value::bool(true), Value::bool(false)), (Value::TRUE, Value::FALSE));
        assert_eq!(Value::immediate(u32::MAX).as_immediate(), Some(u32::MAX));
    }

    #[test]
    fn a_pair_of_fixnums_is_told_from_floats() {
        let (i, x) = (Value::small(3), Value::float(2.5).unwrap());
        let tiny = Value::float(0.0).unwrap();
        assert!(Value::both_fixnum(i, i));
        for (a, b) in [(i, x), (x, i), (x, x), (i, tiny), (tiny, tiny), (i, Value::NONE)] {
            assert!(!Value::both_fixnum(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn debug_names_the_kind() {
        let shown = [
            (Value::small(3), "Fixnum(3)"),
            (Value::NONE, "None"),
            (Value::immediate(99), "Immediate(99)"),
        ];
        for (v, text) in shown {
            assert_eq!(format!("{v:?}"), text);
        }
        assert_eq!(format!("{:?}", Value::float(1.5).unwrap()), "Float(1.5)");
    }
}
