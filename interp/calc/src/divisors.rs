//! Products and common divisors of ints, without objects.
use dashu_int::ops::Gcd;
use dashu_int::{IBig, Sign};
use haft_text::int::magnitude::{divide_by, multiply_by};

/// Up to so many factors are multiplied one after the other.
const FEW_FACTORS: u64 = 200;

/// Product of the numbers from `low` to `high`, by halves, so that the factors stay of like size.
pub(crate) fn product_of_range(low: u64, high: u64) -> IBig {
    if low > high {
        return IBig::ONE;
    }
    if high - low < FEW_FACTORS {
        let (mut words, mut factor) = (vec![1], 1_u64);
        for i in low..=high {
            factor = factor.checked_mul(i).unwrap_or_else(|| {
                multiply_by(&mut words, factor, 0);
                i
            });
        }
        multiply_by(&mut words, factor, 0);
        return IBig::from_sign_words(Sign::Positive, &words);
    }
    let middle = low + (high - low) / 2;
    product_of_range(low, middle) * product_of_range(middle + 1, high)
}

/// How many ways there are to choose `k` of `n`, as words of a magnitude; `k` is not above `n`.
pub(crate) fn binomial(n: u64, k: u64) -> Vec<u64> {
    let mut words = vec![1];
    for i in 0..k {
        multiply_by(&mut words, n - i, 0);
        divide_by(&mut words, i + 1);
    }
    words
}

/// The greatest common divisor of two small magnitudes.
pub(crate) fn gcd_of_words(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The greatest common divisor of two ints.
pub(crate) fn gcd_of(a: IBig, b: IBig) -> IBig {
    if a.is_zero() || b.is_zero() {
        return magnitude(a + b);
    }
    a.gcd(b).into()
}

/// The absolute value.
pub(crate) fn magnitude(number: IBig) -> IBig {
    if number < IBig::ZERO { -number } else { number }
}
