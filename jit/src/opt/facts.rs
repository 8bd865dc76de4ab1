//! What the optimiser knows of a value: kinds of a word, range and bits of an int, a constant that it equals.
use crate::ir::Ref;
use crate::word;

/// A set of kinds that a value word may be of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Kinds(pub(super) u8);

impl Kinds {
    pub(super) const INT: Kinds = Kinds(1);
    pub(super) const FLOAT: Kinds = Kinds(2);
    pub(super) const OBJECT: Kinds = Kinds(4);
    pub(super) const BOOL: Kinds = Kinds(8);
    pub(super) const OTHER: Kinds = Kinds(16);
    pub(super) const ANY: Kinds = Kinds(31);

    /// The kind of a word.
    pub(super) fn of(value: u64) -> Kinds {
        match value {
            word::TRUE | word::FALSE => Kinds::BOOL,
            _ if word::is_int(value) => Kinds::INT,
            _ if word::is_float(value) => Kinds::FLOAT,
            _ if word::is_object(value) => Kinds::OBJECT,
            _ => Kinds::OTHER,
        }
    }
    pub(super) fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }
    pub(super) fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
    pub(super) fn without(self, other: Kinds) -> Kinds {
        Kinds(self.0 & !other.0)
    }
    /// Is the value surely of these kinds?
    pub(super) fn within(self, other: Kinds) -> bool {
        self.0 & !other.0 == 0
    }
    /// Is the value surely of none of these kinds?
    pub(super) fn excludes(self, other: Kinds) -> bool {
        self.0 & other.0 == 0
    }
}

/// What is known of a value. Facts of another type than the value's mean nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Facts {
    /// An earlier value, a constant mostly, that it equals.
    pub(super) same: Option<Ref>,
    /// The object made in this trace that it is: a number in [`super::fresh::Fresh`].
    pub(super) fresh: Option<u32>,
    /// Of words.
    pub(super) kinds: Kinds,
    /// Of ints: the smallest that it may be,
    pub(super) min: i64,
    /// and the largest.
    pub(super) max: i64,
    /// Of ints: bits known to be 0,
    pub(super) zeros: u64,
    /// and to be 1.
    pub(super) ones: u64,
}

impl Facts {
    /// Nothing is known.
    pub(super) const NONE: Facts = Facts {
        same: None,
        fresh: None,
        kinds: Kinds::ANY,
        min: i64::MIN,
        max: i64::MAX,
        zeros: 0,
        ones: 0,
    };
    /// An int that a value word can hold.
    pub(super) const SMALL: Facts = Facts { min: word::INT_MIN, max: word::INT_MAX, ..Facts::NONE };

    /// A word of some of these kinds.
    pub(super) fn of_kinds(kinds: Kinds) -> Facts {
        Facts { kinds, ..Facts::NONE }
    }
    /// An int within bounds.
    pub(super) fn between(min: i64, max: i64) -> Facts {
        Facts { min, max, ..Facts::NONE }.tightened()
    }
    /// An int of which bits are known.
    pub(super) fn with_bits(zeros: u64, ones: u64) -> Facts {
        Facts { zeros, ones, ..Facts::NONE }.tightened()
    }
    /// The number that it must be.
    pub(super) fn number(&self) -> Option<i64> {
        (self.min == self.max).then_some(self.min)
    }
    /// Both facts hold.
    pub(super) fn and(mut self, other: Facts) -> Facts {
        self.kinds = self.kinds.and(other.kinds);
        self.min = self.min.max(other.min);
        self.max = self.max.min(other.max);
        self.zeros |= other.zeros;
        self.ones |= other.ones;
        self.tightened()
    }
    /// Do these facts hold for every value for which `self`'s do?
    pub(super) fn implies(&self, other: &Facts) -> bool {
        self.kinds.within(other.kinds)
            && self.min >= other.min
            && self.max <= other.max
            && other.zeros & !self.zeros == 0
            && other.ones & !self.ones == 0
    }
    /// Facts that hold for both, where a bound that moves moves as far as `limit`, so that widening comes to an end.
    pub(super) fn widened(mut self, other: &Facts, limit: &Facts) -> Facts {
        self.kinds = self.kinds.or(other.kinds);
        if other.min < self.min {
            self.min = if other.min >= limit.min { limit.min } else { i64::MIN };
        }
        if other.max > self.max {
            self.max = if other.max <= limit.max { limit.max } else { i64::MAX };
        }
        self.zeros &= other.zeros;
        self.ones &= other.ones;
        self
    }
    /// What the range says of the bits, and the bits of the range.
    pub(super) fn tightened(mut self) -> Facts {
        if self.min >= 0 && self.max >= self.min {
            // The bits above the highest one in which both bounds differ are those of the bounds.
            let differ = (self.min ^ self.max).cast_unsigned();
            let known = !(u64::MAX.checked_shr(differ.leading_zeros()).unwrap_or(0));
            self.zeros |= known & !self.min.cast_unsigned();
            self.ones |= known & self.min.cast_unsigned();
        }
        if (self.zeros | self.ones) >> 63 == 1 {
            // The sign is known: unknown bits make the number larger.
            self.min = self.min.max(self.ones.cast_signed());
            self.max = self.max.min((!self.zeros).cast_signed());
        }
        self
    }
    /// Is it surely a number that a value word can hold?
    pub(super) fn fits(&self) -> bool {
        self.min >= word::INT_MIN && self.max <= word::INT_MAX
    }
}

/// The range of a sum.
pub(super) fn sum(a: &Facts, b: &Facts) -> Facts {
    let range = match (a.min.checked_add(b.min), a.max.checked_add(b.max)) {
        (Some(min), Some(max)) => (min, max),
        _ => (i64::MIN, i64::MAX),
    };
    low_bits_known(range, a, b, i64::wrapping_add)
}

/// The range of a difference.
pub(super) fn difference(a: &Facts, b: &Facts) -> Facts {
    let range = match (a.min.checked_sub(b.max), a.max.checked_sub(b.min)) {
        (Some(min), Some(max)) => (min, max),
        _ => (i64::MIN, i64::MAX),
    };
    low_bits_known(range, a, b, i64::wrapping_sub)
}

/// The low bits of sums, differences and products depend on the operands' low bits only.
fn low_bits_known(
    (min, max): (i64, i64),
    a: &Facts,
    b: &Facts,
    compute: fn(i64, i64) -> i64,
) -> Facts {
    let known = ((a.zeros | a.ones) & (b.zeros | b.ones)).trailing_ones();
    let mask = 1u64.checked_shl(known).map_or(u64::MAX, |bit| bit - 1);
    let low = compute(a.ones.cast_signed(), b.ones.cast_signed()).cast_unsigned();
    Facts { min, max, zeros: !low & mask, ones: low & mask, ..Facts::NONE }.tightened()
}

/// Bounds of a product, if it cannot wrap.
pub(super) fn product_range(a: &Facts, b: &Facts) -> Option<(i64, i64)> {
    let mut corners = [0; 4];
    for (at, (x, y)) in
        [(a.min, b.min), (a.min, b.max), (a.max, b.min), (a.max, b.max)].into_iter().enumerate()
    {
        corners[at] = x.checked_mul(y)?;
    }
    Some((corners.into_iter().min()?, corners.into_iter().max()?))
}

/// The range of a product.
pub(super) fn product(a: &Facts, b: &Facts) -> Facts {
    let range = product_range(a, b).unwrap_or((i64::MIN, i64::MAX));
    low_bits_known(range, a, b, i64::wrapping_mul)
}

/// `a << b`.
pub(super) fn shifted_left(a: &Facts, b: &Facts) -> Facts {
    let Some(by) = b.number().filter(|by| (0..63).contains(by)) else { return Facts::NONE };
    let (min, max) = (a.min << by, a.max << by);
    let bits = Facts { zeros: a.zeros << by | ((1 << by) - 1), ones: a.ones << by, ..Facts::NONE };
    if min >> by == a.min && max >> by == a.max {
        return Facts { min, max, ..bits }.tightened();
    }
    bits.tightened()
}

/// `a >> b`, arithmetic.
pub(super) fn shifted_right(a: &Facts, b: &Facts) -> Facts {
    if let Some(by) = b.number().filter(|by| (0..64).contains(by)) {
        let zeros = (a.zeros.cast_signed() >> by).cast_unsigned();
        let ones = (a.ones.cast_signed() >> by).cast_unsigned();
        return Facts { min: a.min >> by, max: a.max >> by, zeros, ones, ..Facts::NONE }
            .tightened();
    }
    Facts::between(a.min.min(0), a.max.max(-1))
}

/// `a >> b`, logical.
pub(super) fn shifted_right_unsigned(a: &Facts, b: &Facts) -> Facts {
    if a.min >= 0 {
        return shifted_right(a, b);
    }
    match b.number().filter(|by| (1..64).contains(by)) {
        Some(by) => Facts::with_bits(!(u64::MAX >> by) | a.zeros >> by, a.ones >> by),
        None => Facts::NONE,
    }
}

/// `a & b`.
pub(super) fn conjunction(a: &Facts, b: &Facts) -> Facts {
    let mut facts = Facts::with_bits(a.zeros | b.zeros, a.ones & b.ones);
    for side in [a, b] {
        if side.min >= 0 {
            facts.min = facts.min.max(0);
            facts.max = facts.max.min(side.max);
        }
    }
    facts.tightened()
}

/// Floor of `a / b`.
pub(super) fn quotient(a: &Facts, b: &Facts) -> Facts {
    if b.min <= 0 {
        return Facts::NONE;
    }
    if let Some(by) = b.number() {
        return Facts::between(a.min.div_euclid(by), a.max.div_euclid(by));
    }
    Facts::between(a.min.min(0), a.max.max(-1))
}

/// `a - b * floor(a / b)`.
pub(super) fn remainder(a: &Facts, b: &Facts) -> Facts {
    if b.min > 0 {
        let max = if a.min >= 0 { a.max.min(b.max - 1) } else { b.max - 1 };
        return Facts::between(0, max);
    }
    if b.max < 0 && b.min > i64::MIN { Facts::between(b.min + 1, 0) } else { Facts::NONE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_and_bits() {
        let byte = Facts::between(0, 255);
        assert_eq!(byte.zeros, !255);
        let odd = Facts::with_bits(!7, 1);
        assert_eq!((odd.min, odd.max), (1, 7));
        assert_eq!(sum(&byte, &byte).max, 510);
        assert_eq!(shifted_left(&byte, &Facts::between(2, 2)).zeros & 3, 3);
        assert_eq!(remainder(&Facts::NONE, &Facts::between(10, 10)), Facts::between(0, 9));
        assert_eq!(quotient(&Facts::between(-7, 7), &Facts::between(2, 2)), Facts::between(-4, 3));
        assert_eq!(conjunction(&Facts::NONE, &byte).max, 255);
    }

    #[test]
    fn negative_bits() {
        let high = Facts::with_bits(0, 1 << 63);
        assert_eq!((high.min, high.max), (i64::MIN, -1));
    }
}
