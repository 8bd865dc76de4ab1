//! A decimal number as a value: its sign, its digits, its exponent. Nothing here rounds.
use std::cmp::Ordering;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, Sign, UBig};

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Finite,
    Infinite,
    /// A quiet NaN.
    Quiet,
    /// A signaling NaN.
    Signaling,
}

/// `(-1)^negative * digits * 10^exp`; the digits of a NaN are its payload.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) negative: bool,
    pub(super) kind: Kind,
    pub(super) digits: UBig,
    pub(super) exp: i64,
}

/// The powers of ten that fit in two words.
static POWERS: [u128; 39] = {
    let mut powers = [1; 39];
    let mut n = 1;
    while n < 39 {
        powers[n] = powers[n - 1] * 10;
        n += 1;
    }
    powers
};

/// `10^n`, if it fits in two words.
pub(super) fn small_power(n: i64) -> Option<u128> {
    usize::try_from(n).ok().and_then(|n| POWERS.get(n).copied())
}

/// `10^n`
pub(super) fn power_of_ten(n: i64) -> UBig {
    match small_power(n) {
        Some(power) => UBig::from(power),
        None => UBig::from(10_u8).pow(usize::try_from(n).unwrap_or(0)),
    }
}

/// The number in two words, if it fits.
pub(super) fn small(digits: &UBig) -> Option<u128> {
    u128::try_from(digits).ok()
}

/// Is there room for a number of so many digits? Where they are many, the allocator is asked.
pub(super) fn has_room(n: i64) -> bool {
    const LARGE: i64 = 1 << 28;
    n <= LARGE || usize::try_from(n).is_ok_and(|n| Vec::<u8>::new().try_reserve_exact(n).is_ok())
}

/// How many decimal digits; one for zero.
pub(super) fn count_digits(digits: &UBig) -> i64 {
    if let Some(small) = small(digits) {
        return i64::from(small.checked_ilog10().unwrap_or(0)) + 1;
    }
    // The bits give the number of digits but for one.
    let mut n = ((digits.bit_len() - 1) as f64 * std::f64::consts::LOG10_2) as i64;
    while *digits < power_of_ten(n) {
        n -= 1;
    }
    while *digits >= power_of_ten(n + 1) {
        n += 1;
    }
    n + 1
}

/// `digits * 10^n`
pub(super) fn shifted(digits: &UBig, n: i64) -> UBig {
    if n <= 0 || digits.is_zero() {
        return digits.clone();
    }
    if let (Some(digits), Some(power)) = (small(digits), small_power(n))
        && let Some(product) = digits.checked_mul(power)
    {
        return UBig::from(product);
    }
    digits * power_of_ten(n)
}

/// Quotient and remainder.
pub(super) fn div_rem(a: &UBig, b: &UBig) -> (UBig, UBig) {
    use dashu_int::ops::DivRem;
    if let (Some(a), Some(b)) = (small(a), small(b)) {
        return match (u64::try_from(a), u64::try_from(b)) {
            (Ok(a), Ok(b)) => (UBig::from(a / b), UBig::from(a % b)),
            _ => (UBig::from(a / b), UBig::from(a % b)),
        };
    }
    a.div_rem(b)
}

impl Number {
    pub(super) fn finite(negative: bool, digits: UBig, exp: i64) -> Number {
        Number { negative, kind: Kind::Finite, digits, exp }
    }
    pub(super) fn zero(negative: bool, exp: i64) -> Number {
        Number::finite(negative, UBig::ZERO, exp)
    }
    pub(super) fn one() -> Number {
        Number::finite(false, UBig::ONE, 0)
    }
    pub(super) fn infinity(negative: bool) -> Number {
        Number { kind: Kind::Infinite, ..Number::zero(negative, 0) }
    }
    pub(super) fn nan() -> Number {
        Number { kind: Kind::Quiet, ..Number::zero(false, 0) }
    }
    pub(super) fn from_int(int: IBig) -> Number {
        let (sign, digits) = int.into_parts();
        Number::finite(sign == Sign::Negative, digits, 0)
    }
    /// The double's exact value.
    pub(super) fn from_f64(x: f64) -> Number {
        if x.is_nan() {
            return Number { negative: x.is_sign_negative(), ..Number::nan() };
        }
        if x.is_infinite() {
            return Number::infinity(x < 0.0);
        }
        let bits = x.to_bits();
        let (biased, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
        let mut mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
        let mut exp = biased.max(1) as i64 - 1075;
        if mantissa == 0 {
            return Number::zero(x.is_sign_negative(), 0);
        }
        let shift = mantissa.trailing_zeros();
        mantissa >>= shift;
        exp += i64::from(shift);
        let mantissa = UBig::from(mantissa);
        let (digits, exp) = if exp >= 0 {
            (mantissa << exp as usize, 0)
        } else {
            (mantissa * UBig::from(5_u8).pow(-exp as usize), exp)
        };
        Number::finite(x.is_sign_negative(), digits, exp)
    }

    pub(super) fn is_nan(&self) -> bool {
        matches!(self.kind, Kind::Quiet | Kind::Signaling)
    }
    pub(super) fn is_infinite(&self) -> bool {
        self.kind == Kind::Infinite
    }
    pub(super) fn is_finite(&self) -> bool {
        self.kind == Kind::Finite
    }
    pub(super) fn is_zero(&self) -> bool {
        self.is_finite() && self.digits.is_zero()
    }
    pub(super) fn with_sign(mut self, negative: bool) -> Number {
        self.negative = negative;
        self
    }
    /// The exponent of the first digit.
    pub(super) fn adjusted(&self) -> i64 {
        self.exp + count_digits(&self.digits) - 1
    }
    /// Is it an integer? Infinities are none.
    pub(super) fn is_integer(&self) -> bool {
        match self.kind {
            Kind::Finite if self.exp >= 0 || self.digits.is_zero() => true,
            Kind::Finite if -self.exp >= count_digits(&self.digits) => false,
            Kind::Finite => div_rem(&self.digits, &power_of_ten(-self.exp)).1.is_zero(),
            _ => false,
        }
    }
    /// The magnitude of the integral part; none: there is no room for it.
    pub(super) fn truncated(&self) -> Option<UBig> {
        if self.exp >= 0 {
            let room = self.digits.is_zero() || has_room(self.exp);
            return room.then(|| shifted(&self.digits, self.exp));
        }
        if -self.exp >= count_digits(&self.digits) {
            return Some(UBig::ZERO);
        }
        Some(div_rem(&self.digits, &power_of_ten(-self.exp)).0)
    }
    /// The integral part; none: there is no room for it.
    pub(super) fn to_int(&self) -> Option<IBig> {
        let sign = if self.negative { Sign::Negative } else { Sign::Positive };
        self.truncated().map(|digits| IBig::from_parts(sign, digits))
    }

    /// The order of two numbers, none of which is a NaN.
    pub(super) fn order(&self, other: &Number) -> Ordering {
        let rank = |number: &Number| -> i32 {
            match (number.kind, number.negative) {
                (Kind::Infinite, true) => -2,
                (Kind::Infinite, false) => 2,
                _ if number.digits.is_zero() => 0,
                (_, true) => -1,
                (_, false) => 1,
            }
        };
        let (a, b) = (rank(self), rank(other));
        if a != b || a.abs() != 1 {
            return a.cmp(&b);
        }
        let order = self.order_of_magnitudes(other);
        if self.negative { order.reverse() } else { order }
    }
    /// The order of two finite numbers that are not zero, without their signs.
    pub(super) fn order_of_magnitudes(&self, other: &Number) -> Ordering {
        if self.exp == other.exp {
            return self.digits.cmp(&other.digits);
        }
        self.adjusted().cmp(&other.adjusted()).then_with(|| {
            // The same number of digits behind the first: the difference of the exponents is small.
            let shift = self.exp - other.exp;
            shifted(&self.digits, shift).cmp(&shifted(&other.digits, -shift))
        })
    }

    /// Its hash, that of the equal int or float; NaNs have none.
    pub(super) fn hash(&self) -> i64 {
        const PRIME: u64 = (1 << 61) - 1;
        if self.is_infinite() {
            return if self.negative { -314_159 } else { 314_159 };
        }
        let times = |a: u64, b: u64| (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64;
        let power = |mut base: u64, mut n: u64| {
            let mut result = 1;
            while n > 0 {
                if n & 1 == 1 {
                    result = times(result, base);
                }
                base = times(base, base);
                n >>= 1;
            }
            result
        };
        let scale = if self.exp >= 0 {
            power(10, self.exp as u64)
        } else {
            power(power(10, PRIME - 2), self.exp.unsigned_abs())
        };
        let rest = match small(&self.digits) {
            Some(digits) => (digits % u128::from(PRIME)) as u64,
            None => u64::try_from(&self.digits % UBig::from(PRIME)).unwrap_or(0),
        };
        let hash = times(rest, scale) as i64;
        match if self.negative { -hash } else { hash } {
            -1 => -2,
            hash => hash,
        }
    }
}
