//! The value word as compiled code sees it.
//!
//! A front end's values are 64-bit words with a tag in the low bits: `..01` is a small int shifted left by two; 3, 6 and 7
//! are immediate floats (`bits.rotate_left(4) + 3`); 0 is the address of an object, except the word 0, which is none; the
//! rest are the front end's constants. It asserts that its own encoding is this one.

/// Low bits that tell a small int.
pub const INT_MASK: u64 = 3;
/// Their value.
pub const INT_TAG: u64 = 1;
/// Left shift of a small int.
pub const INT_SHIFT: u32 = 2;
/// Smallest small int.
pub const INT_MIN: i64 = -(1 << 61);
/// Largest small int.
pub const INT_MAX: i64 = (1 << 61) - 1;
/// Low bits that tell an object, and tags in general.
pub const TAG_MASK: u64 = 7;
/// Bit `t` is set when tag `t` is a float's.
pub const FLOAT_TAGS: u64 = (1 << 3) | (1 << 6) | (1 << 7);
/// Left rotation of a float's bits.
pub const FLOAT_ROTATION: u32 = 4;
/// Added after the rotation.
pub const FLOAT_BIAS: u64 = 3;
/// No object.
pub const ABSENT: u64 = 0;
/// The constant `False`.
pub const FALSE: u64 = 2 << 3 | 4;
/// The constant `True`.
pub const TRUE: u64 = 3 << 3 | 4;
/// What a raising helper returns instead of a value when an exception was raised.
pub const RAISED: u64 = 2;

/// The word of a small int.
pub const fn of_int(number: i64) -> u64 {
    (number << INT_SHIFT).cast_unsigned() | INT_TAG
}
/// Is the word a small int?
pub const fn is_int(word: u64) -> bool {
    word & INT_MASK == INT_TAG
}
/// The number in a small int.
pub const fn to_int(word: u64) -> i64 {
    word.cast_signed() >> INT_SHIFT
}
/// Is it a small int's number?
pub const fn fits(number: i64) -> bool {
    number >= INT_MIN && number <= INT_MAX
}
/// The word of a float, if it is an immediate one.
pub const fn of_float(number: f64) -> Option<u64> {
    let word = number.to_bits().rotate_left(FLOAT_ROTATION).wrapping_add(FLOAT_BIAS);
    if is_float(word) { Some(word) } else { None }
}
/// Is the word an immediate float?
pub const fn is_float(word: u64) -> bool {
    (FLOAT_TAGS >> (word & TAG_MASK)) & 1 != 0
}
/// The number in an immediate float.
pub const fn to_float(word: u64) -> f64 {
    f64::from_bits(word.wrapping_sub(FLOAT_BIAS).rotate_right(FLOAT_ROTATION))
}
/// Is the word an object?
pub const fn is_object(word: u64) -> bool {
    word & TAG_MASK == 0 && word != 0
}
/// The word of a bool.
pub const fn of_bool(truth: bool) -> u64 {
    if truth { TRUE } else { FALSE }
}
