//! The settings of an operation, the conditions it met, and rounding.
use std::cmp::Ordering;

use dashu_int::UBig;
use dashu_int::ops::BitTest;

use super::number::{
    Kind, Number, count_digits, div_rem, has_room, power_of_ten, shifted, small, small_power,
};

/// Conditions, one bit each.
pub(super) mod condition {
    pub(in super::super) const CLAMPED: u32 = 1;
    pub(in super::super) const CONVERSION_SYNTAX: u32 = 2;
    pub(in super::super) const DIVISION_BY_ZERO: u32 = 4;
    pub(in super::super) const DIVISION_IMPOSSIBLE: u32 = 8;
    pub(in super::super) const DIVISION_UNDEFINED: u32 = 0x10;
    pub(in super::super) const INEXACT: u32 = 0x40;
    pub(in super::super) const INVALID_CONTEXT: u32 = 0x80;
    pub(in super::super) const INVALID_OPERATION: u32 = 0x100;
    pub(in super::super) const FLOAT_OPERATION: u32 = 0x400;
    pub(in super::super) const OVERFLOW: u32 = 0x800;
    pub(in super::super) const ROUNDED: u32 = 0x1000;
    pub(in super::super) const SUBNORMAL: u32 = 0x2000;
    pub(in super::super) const UNDERFLOW: u32 = 0x4000;
    /// The result has too many digits for the machine: what stands for it means nothing.
    pub(in super::super) const NO_MEMORY: u32 = 0x200;
    /// All that the signal InvalidOperation stands for.
    pub(in super::super) const ANY_INVALID: u32 = CONVERSION_SYNTAX
        | DIVISION_IMPOSSIBLE
        | DIVISION_UNDEFINED
        | INVALID_CONTEXT
        | INVALID_OPERATION;
}
use condition::*;

/// The largest precision and exponent.
pub(super) const MAX: i64 = 999_999_999_999_999_999;

/// How a result is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounding {
    Up,
    Down,
    Ceiling,
    Floor,
    HalfUp,
    HalfDown,
    HalfEven,
    ZeroFiveUp,
}

impl Rounding {
    /// In the order of their numbers.
    pub(super) const ALL: [(Rounding, &'static str); 8] = [
        (Rounding::Up, "ROUND_UP"),
        (Rounding::Down, "ROUND_DOWN"),
        (Rounding::Ceiling, "ROUND_CEILING"),
        (Rounding::Floor, "ROUND_FLOOR"),
        (Rounding::HalfUp, "ROUND_HALF_UP"),
        (Rounding::HalfDown, "ROUND_HALF_DOWN"),
        (Rounding::HalfEven, "ROUND_HALF_EVEN"),
        (Rounding::ZeroFiveUp, "ROUND_05UP"),
    ];
    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

/// The settings, and what has happened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    pub(super) prec: i64,
    pub(super) rounding: Rounding,
    pub(super) emin: i64,
    pub(super) emax: i64,
    pub(super) clamp: bool,
    pub(super) status: u32,
}

/// What is left of digits without the lowest `n`, rounded; false if that is exactly the number.
pub(super) fn round_off(digits: &UBig, n: i64, rounding: Rounding, negative: bool) -> (UBig, bool) {
    if digits.is_zero() {
        return (UBig::ZERO, false);
    }
    if let (Some(digits), Some(unit)) = (small(digits), small_power(n)) {
        let (quotient, rest) = match (u64::try_from(digits), u64::try_from(unit)) {
            (Ok(digits), Ok(unit)) => (u128::from(digits / unit), u128::from(digits % unit)),
            _ => (digits / unit, digits % unit),
        };
        if rest == 0 {
            return (UBig::from(quotient), false);
        }
        let half = rest.cmp(&(unit - rest));
        let last = (quotient % 10) as u8;
        let more = goes_up(rounding, negative, half, last);
        return (UBig::from(quotient + u128::from(more)), true);
    }
    if n > count_digits(digits) {
        let more = goes_up(rounding, negative, Ordering::Less, 0);
        return (UBig::from(u8::from(more)), true);
    }
    let unit = power_of_ten(n);
    let (quotient, rest) = div_rem(digits, &unit);
    if rest.is_zero() {
        return (quotient, false);
    }
    let half = (&rest << 1).cmp(&unit);
    let last = match rounding {
        Rounding::ZeroFiveUp => u8::try_from(&quotient % UBig::from(10_u8)).unwrap_or(0),
        _ => u8::from(quotient.bit(0)),
    };
    if goes_up(rounding, negative, half, last) {
        (quotient + UBig::ONE, true)
    } else {
        (quotient, true)
    }
}

/// Is the magnitude to grow? What is dropped (not zero) compares with one half like `half`.
fn goes_up(rounding: Rounding, negative: bool, half: Ordering, last: u8) -> bool {
    match rounding {
        Rounding::Up => true,
        Rounding::Down => false,
        Rounding::Ceiling => !negative,
        Rounding::Floor => negative,
        Rounding::HalfUp => half != Ordering::Less,
        Rounding::HalfDown => half == Ordering::Greater,
        Rounding::HalfEven => half == Ordering::Greater || half == Ordering::Equal && last & 1 == 1,
        Rounding::ZeroFiveUp => last == 0 || last == 5,
    }
}

impl Work {
    /// The exponent of the smallest subnormal number.
    pub(super) fn etiny(&self) -> i64 {
        self.emin - self.prec + 1
    }
    /// The highest exponent of a number with all its digits.
    pub(super) fn etop(&self) -> i64 {
        self.emax - self.prec + 1
    }
    /// `digits * 10^n`, if there is room; else that is noted.
    pub(super) fn shifted(&mut self, digits: &UBig, n: i64) -> UBig {
        if digits.is_zero() || has_room(n) {
            return shifted(digits, n);
        }
        self.status |= NO_MEMORY;
        digits.clone()
    }
    /// The number with this exponent; digits are added, or dropped by rounding.
    pub(super) fn rescaled(&mut self, number: &Number, exp: i64) -> Number {
        if number.digits.is_zero() {
            return Number::zero(number.negative, exp);
        }
        let digits = if number.exp >= exp {
            self.shifted(&number.digits, number.exp - exp)
        } else {
            round_off(&number.digits, exp - number.exp, self.rounding, number.negative).0
        };
        Number::finite(number.negative, digits, exp)
    }
    /// A condition without a result.
    pub(super) fn invalid(&mut self, condition: u32) -> Number {
        self.status |= condition;
        Number::nan()
    }
    /// If one is a NaN: what an operation makes of it.
    pub(super) fn nan_of(&mut self, operands: &[&Number]) -> Option<Number> {
        if operands.iter().all(|number| !number.is_nan()) {
            return None;
        }
        let signaling = operands.iter().find(|number| number.kind == Kind::Signaling);
        if signaling.is_some() {
            self.status |= INVALID_OPERATION;
        }
        let nan = signaling.or_else(|| operands.iter().find(|number| number.is_nan()))?;
        let quiet = Number { kind: Kind::Quiet, ..(**nan).clone() };
        Some(self.fix(quiet))
    }

    /// The number within precision and range: rounded, clamped, overflown, underflown.
    pub(super) fn fix(&mut self, mut number: Number) -> Number {
        match number.kind {
            Kind::Finite => {}
            Kind::Infinite => return number,
            Kind::Quiet | Kind::Signaling => {
                let most = self.prec - i64::from(self.clamp);
                if count_digits(&number.digits) > most {
                    number.digits = div_rem(&number.digits, &power_of_ten(most)).1;
                }
                return number;
            }
        }
        let (etiny, etop) = (self.etiny(), self.etop());
        if number.digits.is_zero() {
            let highest = if self.clamp { etop } else { self.emax };
            let exp = number.exp.clamp(etiny, highest.max(etiny));
            if exp != number.exp {
                self.status |= CLAMPED;
                number.exp = exp;
            }
            return number;
        }
        let n = count_digits(&number.digits);
        let mut lowest = n + number.exp - self.prec;
        if lowest > etop {
            return self.overflow(number.negative);
        }
        let is_subnormal = lowest < etiny;
        lowest = lowest.max(etiny);
        if number.exp < lowest {
            return self.round_to(number, lowest, is_subnormal);
        }
        if is_subnormal {
            self.status |= SUBNORMAL;
        }
        if self.clamp && number.exp > etop {
            self.status |= CLAMPED;
            number.digits = self.shifted(&number.digits, number.exp - etop);
            number.exp = etop;
        }
        number
    }

    fn round_to(&mut self, mut number: Number, exp: i64, is_subnormal: bool) -> Number {
        let n_off = exp - number.exp;
        let (digits, is_inexact) = round_off(&number.digits, n_off, self.rounding, number.negative);
        (number.digits, number.exp) = (digits, exp);
        if !is_subnormal && count_digits(&number.digits) > self.prec {
            number.digits = div_rem(&number.digits, &UBig::from(10_u8)).0;
            number.exp += 1;
        }
        if number.exp > self.etop() {
            return self.overflow(number.negative);
        }
        self.status |= ROUNDED;
        if is_inexact {
            self.status |= INEXACT;
        }
        if is_subnormal {
            self.status |= if is_inexact { UNDERFLOW | SUBNORMAL } else { SUBNORMAL };
        }
        if number.digits.is_zero() {
            self.status |= CLAMPED;
        }
        number
    }

    fn overflow(&mut self, negative: bool) -> Number {
        self.status |= OVERFLOW | INEXACT | ROUNDED;
        let to_largest = match self.rounding {
            Rounding::Down | Rounding::ZeroFiveUp => true,
            Rounding::Ceiling => negative,
            Rounding::Floor => !negative,
            _ => false,
        };
        if !to_largest {
            return Number::infinity(negative);
        }
        let digits = self.shifted(&UBig::ONE, self.prec) - UBig::ONE;
        Number::finite(negative, digits, self.etop())
    }
}
