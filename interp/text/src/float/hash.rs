//! The hash of numbers: equal numbers of different types have equal hashes.
//!
//! A rational `p/q` hashes to `p × q⁻¹` modulo the prime `2^61 - 1` (the language reference,
//! "Hashing of numeric types").

use dashu_int::{IBig, Sign};

const BITS: u32 = 61;
const MODULUS: u64 = (1 << BITS) - 1;
const INFINITY: i64 = 314_159;
const IMAGINARY: u64 = 1_000_003;

/// -1 means "no hash" in C, so no object has it.
fn avoid_minus_one(hash: i64) -> i64 {
    if hash == -1 { -2 } else { hash }
}

/// `hash(i)` of a small int.
#[inline]
pub fn hash_i64(i: i64) -> i64 {
    let magnitude = (i.unsigned_abs() % MODULUS) as i64;
    avoid_minus_one(if i < 0 { -magnitude } else { magnitude })
}

/// `hash(i)` of any int, by its sign and magnitude.
pub fn hash_words(negative: bool, words: &[u64]) -> i64 {
    let mut hash: u64 = 0;
    for &word in words.iter().rev() {
        // 2^64 = 8 modulo 2^61 - 1.
        let wide = u128::from(hash) * 8 + u128::from(word % MODULUS);
        hash = (wide as u64 & MODULUS) + (wide >> BITS) as u64;
        hash = if hash >= MODULUS { hash - MODULUS } else { hash };
    }
    let hash = hash as i64;
    avoid_minus_one(if negative { -hash } else { hash })
}

/// `hash(i)` of any int.
pub fn hash_ibig(i: &IBig) -> i64 {
    let (sign, words) = i.as_sign_words();
    hash_words(sign == Sign::Negative, words)
}

/// `hash(x)` of a float; `None` for a NaN, which hashes by identity.
pub fn hash_f64(x: f64) -> Option<i64> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { INFINITY } else { -INFINITY });
    }
    let (mantissa, exponent) = super::round::split(x);
    // The exponent modulo 61, since 2^61 = 1.
    let shift = exponent.rem_euclid(BITS as i32) as u32;
    let mantissa = mantissa % MODULUS;
    let rotated = (mantissa << shift & MODULUS) | mantissa.checked_shr(BITS - shift).unwrap_or(0);
    let hash = (rotated % MODULUS) as i64;
    Some(avoid_minus_one(if x < 0.0 { -hash } else { hash }))
}

/// `hash(complex)`, given the hashes of its parts.
pub fn hash_complex(real: i64, imaginary: i64) -> i64 {
    avoid_minus_one(real.wrapping_add(imaginary.wrapping_mul(IMAGINARY as i64)))
}
