//! Decimal digits of small ints, without a string on the heap.

/// The numbers from 00 to 99.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut at = 0;
    while at < pairs.len() {
        pairs[at] = [b'0' + (at / 10) as u8, b'0' + (at % 10) as u8];
        at += 1;
    }
    pairs
};

/// Digits and sign of the longest one.
const MOST: usize = 20;

/// `str(i)` of a small int.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    text: [u8; MOST],
    start: usize,
}

impl Decimal {
    /// The digits of a number, with a sign if it is below zero.
    #[inline]
    pub fn new(i: i64) -> Self {
        let mut text = [0; MOST];
        let mut start = MOST;
        let mut rest = i.unsigned_abs();
        while rest >= 100 {
            start -= 2;
            text[start..start + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
            rest /= 100;
        }
        if rest >= 10 {
            start -= 2;
            text[start..start + 2].copy_from_slice(&PAIRS[rest as usize]);
        } else {
            start -= 1;
            text[start] = b'0' + rest as u8;
        }
        if i < 0 {
            start -= 1;
            text[start] = b'-';
        }
        Self { text, start }
    }

    /// The text, which is ASCII.
    #[inline]
    pub fn bytes(&self) -> &[u8] {
        &self.text[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn digits_are_those_of_the_number() {
        for number in [0, 7, 10, 42, 99, 100, 101, 12_345, -1, -10, -100, i64::MAX, i64::MIN] {
            assert_eq!(Decimal::new(number).bytes(), number.to_string().as_bytes());
        }
    }
}
