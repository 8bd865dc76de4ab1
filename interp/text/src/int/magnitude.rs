//! Arithmetic of magnitudes, the absolute values of ints, as slices of words.
//!
//! A magnitude is a slice of 64-bit words, the lowest first, the highest not zero; zero is the empty slice. What is
//! linear in the length (sums, shifts, products and quotients with one side or the result of one word) is done here,
//! from the words where they lie into the words of the result, without a number object on the way. The rest, where a
//! copy no longer counts, is the bignum library's.
//!
//! Results are written into a slice that the caller made long enough, all of it, and may end in zero words.

use std::cmp::Ordering;

/// Sign and magnitude of an int of any size, looked at where it lies.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Is it below zero?
    pub negative: bool,
    small: u64,
    words: Option<&'a [u64]>,
}

impl<'a> Parts<'a> {
    /// The parts of a small int.
    pub fn small(number: i64) -> Self {
        Self { negative: number < 0, small: number.unsigned_abs(), words: None }
    }
    /// The parts of an int with this magnitude.
    pub fn big(negative: bool, words: &'a [u64]) -> Self {
        Self { negative, small: 0, words: Some(words) }
    }
    /// The magnitude.
    #[inline]
    pub fn words(&self) -> &[u64] {
        match self.words {
            Some(words) => words,
            None if self.small == 0 => &[],
            None => std::slice::from_ref(&self.small),
        }
    }
    /// The same magnitude with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { negative: !self.negative, ..self }
    }
    /// Length in bits of the magnitude.
    pub fn bit_length(&self) -> usize {
        let words = self.words();
        words.last().map_or(0, |top| words.len() * 64 - top.leading_zeros() as usize)
    }
}

/// Without the zero words at the top.
#[inline]
pub fn trimmed(words: &[u64]) -> &[u64] {
    let len = words.iter().rposition(|&word| word != 0).map_or(0, |top| top + 1);
    &words[..len]
}

/// Which is larger?
pub fn compare(a: &[u64], b: &[u64]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// Compare ints.
pub fn compare_signed(a: &Parts<'_>, b: &Parts<'_>) -> Ordering {
    match (a.negative, b.negative) {
        (false, false) => compare(a.words(), b.words()),
        (true, true) => compare(b.words(), a.words()),
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
    }
}

/// `out = a + b`; `out` has a word more than the longer one, or none more if the sum is known to fit.
pub fn add(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let (low, high) = long.split_at(short.len());
    let (out_low, out_high) = out.split_at_mut(short.len());
    let mut carry = false;
    for ((out, &x), &y) in out_low.iter_mut().zip(low).zip(short) {
        let (sum, over) = x.overflowing_add(y);
        let (sum, over_again) = sum.overflowing_add(u64::from(carry));
        *out = sum;
        carry = over | over_again;
    }
    carry_through(high, out_high, carry);
}

/// The words above a sum.
fn carry_through(words: &[u64], out: &mut [u64], carry: bool) {
    let mut carry = carry;
    for (out, &word) in out.iter_mut().zip(words) {
        (*out, carry) = word.overflowing_add(u64::from(carry));
    }
    if let Some(top) = out.get_mut(words.len()) {
        *top = u64::from(carry);
    }
}

/// `out = a - b`, which is not negative; `out` is as long as `a`.
pub fn subtract(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (low, high) = a.split_at(b.len());
    let (out_low, out_high) = out.split_at_mut(b.len());
    let mut borrow = false;
    for ((out, &x), &y) in out_low.iter_mut().zip(low).zip(b) {
        let (rest, under) = x.overflowing_sub(y);
        let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
        *out = rest;
        borrow = under | under_again;
    }
    for (out, &word) in out_high.iter_mut().zip(high) {
        (*out, borrow) = word.overflowing_sub(u64::from(borrow));
    }
    debug_assert!(!borrow, "a difference that is not negative");
}

/// `out = minuend - out`, which is not negative.
fn subtract_from(minuend: &[u64], out: &mut [u64]) {
    let mut borrow = false;
    for (out, &word) in out.iter_mut().zip(minuend) {
        let (rest, under) = word.overflowing_sub(*out);
        let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
        *out = rest;
        borrow = under | under_again;
    }
    debug_assert!(!borrow, "a difference that is not negative");
}

/// `out = a * word`; `out` has a word more than `a`.
pub fn multiply_word(a: &[u64], word: u64, out: &mut [u64]) {
    let mut carry = 0;
    for (out, &x) in out.iter_mut().zip(a) {
        (*out, carry) = x.carrying_mul_add_words(word, carry, 0);
    }
    out[a.len()] = carry;
}

/// `out = a * b`, by the school's method: for numbers of a few dozen words; `out` is as long as both together.
pub fn multiply(a: &[u64], b: &[u64], out: &mut [u64]) {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let Some((&first, rest)) = short.split_first() else { return };
    multiply_word(long, first, &mut out[..=long.len()]);
    for (at, &word) in (1..).zip(rest) {
        let mut carry = 0;
        let row = &mut out[at..=at + long.len()];
        for (out, &x) in row.iter_mut().zip(long) {
            (*out, carry) = x.carrying_mul_add_words(word, carry, *out);
        }
        row[long.len()] = carry;
    }
}

/// The step of a product.
trait MultiplyStep {
    /// Low and high word of `self * word + carry + more`, which cannot overflow.
    fn carrying_mul_add_words(self, word: u64, carry: u64, more: u64) -> (u64, u64);
}

impl MultiplyStep for u64 {
    #[inline]
    fn carrying_mul_add_words(self, word: u64, carry: u64, more: u64) -> (u64, u64) {
        let wide = u128::from(self) * u128::from(word) + u128::from(carry) + u128::from(more);
        (wide as u64, (wide >> 64) as u64)
    }
}

/// A divisor of one word, prepared: a division is two multiplications then ("Improved division by invariant
/// integers", Möller and Granlund, algorithm 4).
struct WordDivisor {
    /// The divisor, shifted so that its top bit is set.
    divisor: u64,
    shift: u32,
    /// `(2^128 - 1) / divisor - 2^64`
    reciprocal: u64,
}

impl WordDivisor {
    /// `divisor` is not zero.
    fn new(divisor: u64) -> Self {
        let shift = divisor.leading_zeros();
        let divisor = divisor << shift;
        Self { divisor, shift, reciprocal: (u128::MAX / u128::from(divisor)) as u64 }
    }

    /// Quotient and remainder of `high, low` by the shifted divisor; `high` is less than that.
    #[inline]
    fn step(&self, high: u64, low: u64) -> (u64, u64) {
        let estimate = u128::from(self.reciprocal) * u128::from(high)
            + (u128::from(high) << 64 | u128::from(low));
        let mut quotient = ((estimate >> 64) as u64).wrapping_add(1);
        let mut rest = low.wrapping_sub(quotient.wrapping_mul(self.divisor));
        if rest > estimate as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.divisor);
        }
        if rest >= self.divisor {
            quotient = quotient.wrapping_add(1);
            rest -= self.divisor;
        }
        (quotient, rest)
    }

    /// `words /= divisor`, and the remainder.
    fn divide(&self, words: &mut [u64]) -> u64 {
        let mut rest = self.first(words);
        for at in (0..words.len()).rev() {
            (words[at], rest) = self.step(rest, self.shifted(words, at));
        }
        rest >> self.shift
    }

    /// `words % divisor`
    fn remainder(&self, words: &[u64]) -> u64 {
        let mut rest = self.first(words);
        for at in (0..words.len()).rev() {
            (_, rest) = self.step(rest, self.shifted(words, at));
        }
        rest >> self.shift
    }

    /// The bits that shifting moves out of the highest word.
    fn first(&self, words: &[u64]) -> u64 {
        words.last().and_then(|top| top.checked_shr(64 - self.shift)).unwrap_or(0)
    }

    /// The word at `at`, shifted as the divisor is.
    #[inline]
    fn shifted(&self, words: &[u64], at: usize) -> u64 {
        let below = if at == 0 { 0 } else { words[at - 1] };
        words[at] << self.shift | below.checked_shr(64 - self.shift).unwrap_or(0)
    }
}

/// `out = a / word`, and the remainder; `out` is as long as `a` or longer, `word` not zero.
pub fn divide_word(a: &[u64], word: u64, out: &mut [u64]) -> u64 {
    out[..a.len()].copy_from_slice(a);
    out[a.len()..].fill(0);
    WordDivisor::new(word).divide(&mut out[..a.len()])
}

/// `words /= word`, without the zero words at the top, and the remainder; `word` is not zero.
pub fn divide_by(words: &mut Vec<u64>, word: u64) -> u64 {
    let remainder = WordDivisor::new(word).divide(words);
    words.truncate(trimmed(words).len());
    remainder
}

/// `words = words * word + more`
pub fn multiply_by(words: &mut Vec<u64>, word: u64, more: u64) {
    let mut carry = more;
    for out in words.iter_mut() {
        (*out, carry) = out.carrying_mul_add_words(word, carry, 0);
    }
    if carry != 0 {
        words.push(carry);
    }
}

/// `a % word`; `word` is not zero.
pub fn remainder_word(a: &[u64], word: u64) -> u64 {
    WordDivisor::new(word).remainder(a)
}

/// An estimate of a quotient of one word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Estimate {
    /// The quotient, or one more.
    pub quotient: u64,
    /// It is the quotient, and the remainder is not zero.
    pub certain: bool,
}

/// The quotient of `a` by `b` from their highest words; `None` if it may not fit into a word. `b` has two words or more.
pub fn estimate_quotient(a: &[u64], b: &[u64]) -> Option<Estimate> {
    let n = b.len();
    if a.len() < n {
        return Some(Estimate { quotient: 0, certain: !a.is_empty() });
    }
    if a.len() > n + 1 {
        return None;
    }
    let shift = b[n - 1].leading_zeros();
    // The word at `at`, shifted as the divisor has to be.
    let shifted = |words: &[u64], at: usize| {
        let word = words.get(at).map_or(0, |word| word << shift);
        let below = if at == 0 { 0 } else { words.get(at - 1).copied().unwrap_or(0) };
        word | below.checked_shr(64 - shift).unwrap_or(0)
    };
    let (b1, b0) = (shifted(b, n - 1), shifted(b, n - 2));
    let (a2, a1, a0) = (shifted(a, n), shifted(a, n - 1), shifted(a, n - 2));
    let beyond = a.get(n).is_some_and(|word| word.checked_shr(64 - shift).unwrap_or(0) != 0);
    if beyond || a2 >= b1 {
        return None;
    }
    let top = u128::from(a2) << 64 | u128::from(a1);
    let mut quotient = (top / u128::from(b1)) as u64;
    let mut rest = top - u128::from(quotient) * u128::from(b1);
    while rest >> 64 == 0 && u128::from(quotient) * u128::from(b0) > (rest << 64 | u128::from(a0)) {
        quotient -= 1;
        rest += u128::from(b1);
    }
    // What the words below can still take away is less than the quotient.
    let certain = rest >> 64 != 0
        || (rest << 64 | u128::from(a0)) - u128::from(quotient) * u128::from(b0)
            > u128::from(quotient);
    Some(Estimate { quotient, certain })
}

/// `out = a - quotient * b`, where the quotient is right or one too large; `out` is as long as `b`.
pub fn remainder_of_estimate(a: &[u64], b: &[u64], estimate: Estimate, out: &mut [u64]) {
    let (mut carry, mut borrow) = (0, false);
    for (at, (out, &y)) in out.iter_mut().zip(b).enumerate() {
        let x = a.get(at).copied().unwrap_or(0);
        let product;
        (product, carry) = y.carrying_mul_add_words(estimate.quotient, carry, 0);
        let (rest, under) = x.overflowing_sub(product);
        let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
        *out = rest;
        borrow = under | under_again;
    }
    let top = a.get(b.len()).copied().unwrap_or(0);
    if u128::from(top) < u128::from(carry) + u128::from(borrow) {
        // One too large: the divisor is added again, and the carry out of it takes the borrow back.
        let mut carry = false;
        for (out, &y) in out.iter_mut().zip(b) {
            let (sum, over) = out.overflowing_add(y);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            *out = sum;
            carry = over | over_again;
        }
    }
}

/// The remainder with the divisor's sign, given the one of the magnitudes of numbers with different signs.
pub fn complement_remainder(divisor: &[u64], remainder: &mut [u64]) {
    if remainder.iter().any(|&word| word != 0) {
        subtract_from(divisor, remainder);
    }
}

/// `out = a << bits`; `out` has `bits / 64 + 1` words more than `a`.
pub fn shift_left(a: &[u64], bits: usize, out: &mut [u64]) {
    let (skip, shift) = (bits / 64, (bits % 64) as u32);
    let (low, high) = out.split_at_mut(skip);
    low.fill(0);
    let mut below: u64 = 0;
    for (out, word) in high.iter_mut().zip(a.iter().copied().chain([0])) {
        *out = word << shift | below.checked_shr(64 - shift).unwrap_or(0);
        below = word;
    }
}

/// `out = a >> bits`; `out` has `bits / 64` words less than `a` and one more. True if a bit was lost that was set.
pub fn shift_right(a: &[u64], bits: usize, out: &mut [u64]) -> bool {
    let (skip, shift) = (bits / 64, (bits % 64) as u32);
    let Some(kept) = a.get(skip..) else {
        out.fill(0);
        return !a.is_empty();
    };
    for (at, out) in out.iter_mut().enumerate() {
        let word = kept.get(at).copied().unwrap_or(0);
        let above = kept.get(at + 1).copied().unwrap_or(0);
        *out = word >> shift | above.checked_shl(64 - shift).unwrap_or(0);
    }
    let lost = kept.first().is_some_and(|&word| word & ((1 << shift) - 1) != 0);
    lost || a[..skip].iter().any(|&word| word != 0)
}

/// `out += 1`; there is room.
pub fn increment(out: &mut [u64]) {
    for word in out {
        *word = word.wrapping_add(1);
        if *word != 0 {
            return;
        }
    }
}

/// A bitwise operation on the two's complements, for which `out` is a word longer than the longer one: is the result
/// negative?
pub fn bitwise(
    a: &Parts<'_>,
    b: &Parts<'_>,
    out: &mut [u64],
    op: impl Fn(u64, u64) -> u64,
) -> bool {
    let (mut x, mut y) = (TwosComplement::of(a), TwosComplement::of(b));
    for (at, out) in out.iter_mut().enumerate() {
        *out = op(x.word(at), y.word(at));
    }
    let negative = out.last().is_some_and(|top| top >> 63 != 0);
    if negative {
        for word in out.iter_mut() {
            *word = !*word;
        }
        increment(out);
    }
    negative
}

/// The words of the two's complement of an int, without end.
struct TwosComplement<'a> {
    words: &'a [u64],
    negative: bool,
    carry: bool,
}

impl<'a> TwosComplement<'a> {
    fn of(parts: &'a Parts<'_>) -> Self {
        Self { words: parts.words(), negative: parts.negative, carry: true }
    }
    /// To be asked for each word in turn.
    #[inline]
    fn word(&mut self, at: usize) -> u64 {
        let word = self.words.get(at).copied().unwrap_or(0);
        if !self.negative {
            return word;
        }
        let negated;
        (negated, self.carry) = (!word).overflowing_add(u64::from(self.carry));
        negated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu_int::UBig;

    /// Words that are often at an edge.
    struct Source(u64);

    impl Source {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }
        fn word(&mut self) -> u64 {
            match self.next() % 5 {
                0 => 0,
                1 => u64::MAX,
                2 => 1 << (self.next() % 64),
                _ => self.next(),
            }
        }
        fn number(&mut self, most: u64) -> Vec<u64> {
            let len = self.next() % (most + 1);
            let mut words: Vec<u64> = (0..len).map(|_| self.word()).collect();
            if let Some(top) = words.last_mut() {
                *top |= 1 << (self.0 % 64);
            }
            words
        }
    }

    fn big(words: &[u64]) -> UBig {
        UBig::from_words(words)
    }

    #[test]
    fn sums_and_products_are_the_library_s() {
        let mut source = Source(88_172_645_463_325_252);
        for _ in 0..20_000 {
            let (a, b) = (source.number(5), source.number(5));
            let mut out = vec![0; a.len().max(b.len()) + 1];
            add(&a, &b, &mut out);
            assert_eq!(big(&out), big(&a) + big(&b));
            let mut product = vec![0; a.len() + b.len()];
            multiply(&a, &b, &mut product);
            assert_eq!(big(&product), big(&a) * big(&b));
            let (large, small) = if compare(&a, &b).is_lt() { (b, a) } else { (a, b) };
            let mut out = vec![0; large.len()];
            subtract(&large, &small, &mut out);
            assert_eq!(big(&out), big(&large) - big(&small));
        }
    }

    #[test]
    fn quotients_are_the_library_s() {
        let mut source = Source(1_234_567_891);
        for _ in 0..50_000 {
            let (a, word) = (source.number(5), source.word().max(1));
            let mut out = vec![0; a.len()];
            let rest = divide_word(&a, word, &mut out);
            assert_eq!(big(&out), big(&a) / word, "{a:x?} {word:x}");
            assert_eq!(rest, big(&a) % word, "{a:x?} {word:x}");
            assert_eq!(remainder_word(&a, word), rest);
            let mut again = trimmed(&out).to_vec();
            multiply_by(&mut again, word, rest);
            assert_eq!(again, a);
            assert_eq!(divide_by(&mut again, word), rest);
            assert_eq!(again, trimmed(&out));

            let mut b = source.number(3);
            b.resize(b.len().max(2), 1);
            let Some(estimate) = estimate_quotient(&a, &b) else { continue };
            let (quotient, rest) = (big(&a) / big(&b), big(&a) % big(&b));
            let found = UBig::from(estimate.quotient);
            assert!(found == quotient || (!estimate.certain && found == &quotient + 1_u8));
            assert!(!estimate.certain || !rest.is_zero());
            let mut out = vec![0; b.len()];
            remainder_of_estimate(&a, &b, estimate, &mut out);
            assert_eq!(big(&out), rest, "{a:x?} {b:x?}");
        }
    }

    #[test]
    fn shifts_and_bits_are_the_library_s() {
        let mut source = Source(99_999_999_977);
        for _ in 0..20_000 {
            let (a, b, bits) = (source.number(4), source.number(4), source.next() as usize % 300);
            let mut out = vec![0; a.len() + bits / 64 + 1];
            shift_left(&a, bits, &mut out);
            assert_eq!(big(&out), big(&a) << bits);
            let mut out = vec![0; (a.len() + 1).saturating_sub(bits / 64)];
            let lost = shift_right(&a, bits, &mut out);
            assert_eq!(big(&out), big(&a) >> bits);
            assert_eq!(lost, big(&out) << bits != big(&a));
            let sign = |negative| {
                if negative { dashu_int::Sign::Negative } else { dashu_int::Sign::Positive }
            };
            let signed =
                |negative, words: &[u64]| dashu_int::IBig::from_parts(sign(negative), big(words));
            for signs in 0..4 {
                let x = Parts::big(signs & 1 != 0 && !a.is_empty(), &a);
                let y = Parts::big(signs & 2 != 0 && !b.is_empty(), &b);
                let mut out = vec![0; a.len().max(b.len()) + 1];
                let negative = bitwise(&x, &y, &mut out, |x, y| x & y);
                assert_eq!(signed(negative, &out), signed(x.negative, &a) & signed(y.negative, &b));
                let negative = bitwise(&x, &y, &mut out, |x, y| x ^ y);
                assert_eq!(signed(negative, &out), signed(x.negative, &a) ^ signed(y.negative, &b));
            }
        }
    }
}
