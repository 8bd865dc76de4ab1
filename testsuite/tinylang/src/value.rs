//! Values: words in the encoding that compiled code knows ([`haft_jit::word`]).

use std::fmt;

use haft_jit::word;

use crate::code::Operator;
use crate::interpret::Error;

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    Int(i64),
    Float(f64),
    Bool(bool),
}

impl Value {
    /// What `word` is. The only objects of Tiny are floats; a front end with more kinds would look at their headers.
    pub(crate) fn of(word: u64) -> Self {
        if word::is_int(word) {
            Self::Int(word::to_int(word))
        } else if word::is_float(word) {
            Self::Float(word::to_float(word))
        } else if word::is_object(word) {
            let object = std::ptr::with_exposed_provenance::<f64>(word as usize);
            // SAFETY: `float_word` makes all objects, and they stay.
            Self::Float(unsafe { object.read() })
        } else {
            Self::Bool(word == word::TRUE)
        }
    }

    /// Its word.
    pub(crate) fn word(self) -> u64 {
        match self {
            Self::Int(number) => word::of_int(number),
            Self::Float(number) => float_word(number),
            Self::Bool(truth) => word::of_bool(truth),
        }
    }

    /// `self operator other`; ints that do not fit a word are errors.
    pub(crate) fn apply(self, operator: Operator, other: Self) -> Result<Self, Error> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => ints(operator, a, b),
            (Self::Float(a), Self::Float(b)) => floats(operator, a, b),
            (Self::Int(a), Self::Float(b)) => floats(operator, a as f64, b),
            (Self::Float(a), Self::Int(b)) => floats(operator, a, b as f64),
            _ => Err(Error::Kind),
        }
    }
}

/// The word of a float: an immediate one, or the address of an object for the very large and the very small. Tiny gives
/// no memory back.
pub(crate) fn float_word(number: f64) -> u64 {
    word::of_float(number).unwrap_or_else(|| {
        let object: &'static f64 = Box::leak(Box::new(number));
        std::ptr::from_ref(object).expose_provenance() as u64
    })
}

fn ints(operator: Operator, a: i64, b: i64) -> Result<Value, Error> {
    let number = match operator {
        Operator::Less => return Ok(Value::Bool(a < b)),
        Operator::LessEqual => return Ok(Value::Bool(a <= b)),
        Operator::Equal => return Ok(Value::Bool(a == b)),
        Operator::Add => a.checked_add(b),
        Operator::Sub => a.checked_sub(b),
        Operator::Mul => a.checked_mul(b),
        Operator::Div | Operator::Rem if b == 0 => return Err(Error::DivisionByZero),
        // The quotient is rounded down, as the JIT's operations do.
        Operator::Div => Some(a.div_euclid(b) - i64::from(b < 0 && a.rem_euclid(b) != 0)),
        Operator::Rem => Some(((a % b) + b) % b),
    };
    number.filter(|&number| word::fits(number)).map(Value::Int).ok_or(Error::Overflow)
}

fn floats(operator: Operator, a: f64, b: f64) -> Result<Value, Error> {
    let number = match operator {
        Operator::Less => return Ok(Value::Bool(a < b)),
        Operator::LessEqual => return Ok(Value::Bool(a <= b)),
        Operator::Equal => return Ok(Value::Bool(a == b)),
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mul => a * b,
        Operator::Div if b == 0.0 => return Err(Error::DivisionByZero),
        Operator::Div => a / b,
        Operator::Rem => return Err(Error::Kind),
    };
    Ok(Value::Float(number))
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number:?}"),
            Self::Bool(truth) => write!(f, "{truth}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_rounded_down() {
        for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (6, -2), (-6, 2), (0, -3)] {
            let floor = (a as f64 / b as f64).floor() as i64;
            assert_eq!(ints(Operator::Div, a, b).ok(), Some(Value::Int(floor)), "{a} / {b}");
            let rest = Value::Int(a - b * floor);
            assert_eq!(ints(Operator::Rem, a, b).ok(), Some(rest), "{a} % {b}");
        }
    }

    #[test]
    fn words_and_back() {
        for value in [Value::Int(-5), Value::Float(-0.5), Value::Float(1e300), Value::Bool(true)] {
            assert_eq!(Value::of(value.word()), value);
        }
    }
}
