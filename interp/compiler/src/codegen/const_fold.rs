//! Operators on constants, evaluated at compile time with the size limits of CPython. What does not fold is computed
//! when the code runs, so that errors happen there.
use haft_bytecode::Const;
use ruff_python_ast::{Operator, UnaryOp};

/// Longest string or tuple that folding makes.
const MAX_ITEMS: usize = 4096;
/// Most elements of a folded tuple.
const MAX_TUPLE: usize = 256;

/// `bool(value)`.
pub(super) fn truth(value: &Const) -> Option<bool> {
    Some(match value {
        Const::None => false,
        Const::Bool(value) => *value,
        Const::Ellipsis => true,
        Const::Int(value) => *value != 0,
        Const::BigInt { .. } => true,
        Const::Float(value) => *value != 0.0,
        Const::Complex(re, im) => *re != 0.0 || *im != 0.0,
        Const::Str(bytes) | Const::Bytes(bytes) => !bytes.is_empty(),
        Const::Tuple(items) | Const::FrozenSet(items) => !items.is_empty(),
        Const::Slice(_) | Const::Code(_) => true,
    })
}

/// `a == b`
pub(super) fn equal(a: &Const, b: &Const) -> bool {
    let parts = |value: &Const| match value {
        Const::Complex(re, im) => Some((*re, *im)),
        other => float(other).map(|re| (re, 0.0)),
    };
    match (parts(a), parts(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// `op value`.
pub(super) fn unary(op: UnaryOp, value: &Const) -> Option<Const> {
    if op == UnaryOp::Not {
        return truth(value).map(|truth| Const::Bool(!truth));
    }
    match (op, value) {
        (UnaryOp::USub, Const::Float(value)) => Some(Const::Float(-value)),
        (UnaryOp::USub, Const::Complex(re, im)) => Some(Const::Complex(-re, -im)),
        (UnaryOp::UAdd, Const::Float(_) | Const::Complex(..)) => Some(value.clone()),
        (UnaryOp::USub, Const::BigInt { negative, bytes }) => {
            Some(narrow(!negative, bytes.clone()))
        }
        (UnaryOp::UAdd, Const::BigInt { .. }) => Some(value.clone()),
        (UnaryOp::Invert, Const::Bool(_)) => None, // deprecated: the warning comes when it runs
        _ => {
            let n = integer(value)?;
            Some(int(match op {
                UnaryOp::USub => -n,
                UnaryOp::UAdd => n,
                UnaryOp::Invert => !n,
                UnaryOp::Not => return None,
            }))
        }
    }
}

/// `-2**63` is an int again once it has its sign.
fn narrow(negative: bool, bytes: Box<[u8]>) -> Const {
    match magnitude(&bytes) {
        Some(n) => int(if negative { -n } else { n }),
        None => Const::BigInt { negative, bytes },
    }
}

/// `a op b`.
pub(super) fn binary(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    if let (Const::Bool(x), Const::Bool(y)) = (a, b) {
        match op {
            Operator::BitAnd => return Some(Const::Bool(x & y)),
            Operator::BitOr => return Some(Const::Bool(x | y)),
            Operator::BitXor => return Some(Const::Bool(x ^ y)),
            _ => {}
        }
    }
    if let (Some(x), Some(y)) = (integer(a), integer(b)) {
        return integers(op, x, y);
    }
    if let (Some(x), Some(y)) = (float(a), float(b)) {
        return floats(op, x, y);
    }
    match (op, a, b) {
        (Operator::Add | Operator::Sub, _, _) => {
            add_complex(op, a, b).or_else(|| concatenate(op, a, b))
        }
        (Operator::Mult, sequence, count) | (Operator::Mult, count, sequence)
            if matches!(count, Const::Int(_)) =>
        {
            repeat(sequence, integer(count)?)
        }
        _ => None,
    }
}

fn integer(value: &Const) -> Option<i128> {
    match value {
        Const::Int(n) => Some(i128::from(*n)),
        Const::Bool(b) => Some(i128::from(*b)),
        Const::BigInt { negative, bytes } => {
            magnitude(bytes).map(|n| if *negative { -n } else { n })
        }
        _ => None,
    }
}

fn magnitude(bytes: &[u8]) -> Option<i128> {
    if bytes.len() > 15 {
        return None;
    }
    Some(bytes.iter().rev().fold(0, |n, &byte| n << 8 | i128::from(byte)))
}

fn int(n: i128) -> Const {
    match i64::try_from(n) {
        Ok(n) => Const::Int(n),
        Err(_) => {
            let bytes = n.unsigned_abs().to_le_bytes();
            let len = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |i| i + 1);
            Const::BigInt { negative: n < 0, bytes: bytes[..len].into() }
        }
    }
}

fn integers(op: Operator, a: i128, b: i128) -> Option<Const> {
    let n = match op {
        Operator::Add => a.checked_add(b)?,
        Operator::Sub => a.checked_sub(b)?,
        Operator::Mult => a.checked_mul(b)?,
        Operator::FloorDiv if b != 0 => floor_div(a, b),
        Operator::Mod if b != 0 => a - floor_div(a, b).checked_mul(b)?,
        Operator::Div if b != 0 && a.abs() < 1 << 53 && b.abs() < 1 << 53 => {
            return Some(Const::Float(a as f64 / b as f64));
        }
        Operator::Pow if b >= 0 => a.checked_pow(u32::try_from(b).ok()?)?,
        Operator::LShift if (0..127).contains(&b) => a.checked_mul(1i128.checked_shl(b as u32)?)?,
        Operator::RShift if b >= 0 => a >> b.min(126),
        Operator::BitAnd => a & b,
        Operator::BitOr => a | b,
        Operator::BitXor => a ^ b,
        _ => return None,
    };
    (n.unsigned_abs() < 1 << 119).then(|| int(n))
}

fn floor_div(a: i128, b: i128) -> i128 {
    let quotient = a / b;
    if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
}

fn float(value: &Const) -> Option<f64> {
    match value {
        Const::Float(value) => Some(*value),
        // An int that a float holds exactly; the others round by rules of their own.
        _ => integer(value).filter(|n| n.abs() <= 1 << 53).map(|n| n as f64),
    }
}

fn floats(op: Operator, a: f64, b: f64) -> Option<Const> {
    let value = match op {
        Operator::Add => a + b,
        Operator::Sub => a - b,
        Operator::Mult => a * b,
        Operator::Div if b != 0.0 => a / b,
        _ => return None,
    };
    Some(Const::Float(value))
}

/// `1 + 2j` and `1 - 2j`. The sign of a zero is left to run time.
fn add_complex(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    let parts = |value: &Const| match value {
        Const::Complex(re, im) => Some((*re, *im)),
        other => float(other).map(|re| (re, 0.0)),
    };
    let ((re, im), (re2, im2)) = (parts(a)?, parts(b)?);
    let (re, im) = if op == Operator::Sub { (re - re2, im - im2) } else { (re + re2, im + im2) };
    (re != 0.0 && im != 0.0).then_some(Const::Complex(re, im))
}

fn concatenate(op: Operator, a: &Const, b: &Const) -> Option<Const> {
    if op != Operator::Add {
        return None;
    }
    match (a, b) {
        (Const::Str(a), Const::Str(b)) if a.len() + b.len() <= MAX_ITEMS => {
            // Two surrogate halves that meet stay two code points, which WTF-8 cannot say side by side.
            let meets = a.len() >= 3 && a[a.len() - 3] == 0xed && b.first() == Some(&0xed);
            (!meets).then(|| Const::Str([&a[..], b].concat().into()))
        }
        (Const::Bytes(a), Const::Bytes(b)) if a.len() + b.len() <= MAX_ITEMS => {
            Some(Const::Bytes([&a[..], b].concat().into()))
        }
        (Const::Tuple(a), Const::Tuple(b)) if a.len() + b.len() <= MAX_TUPLE => {
            Some(Const::Tuple([&a[..], b].concat()))
        }
        _ => None,
    }
}

fn repeat(sequence: &Const, count: i128) -> Option<Const> {
    let count = usize::try_from(count.max(0)).ok()?;
    let fits = |len: usize, limit: usize| len.checked_mul(count).is_some_and(|n| n <= limit);
    match sequence {
        Const::Str(text) if fits(text.len(), MAX_ITEMS) && text.first() != Some(&0xed) => {
            Some(Const::Str(text.repeat(count).into()))
        }
        Const::Bytes(bytes) if fits(bytes.len(), MAX_ITEMS) => {
            Some(Const::Bytes(bytes.repeat(count).into()))
        }
        Const::Tuple(items) if fits(items.len(), MAX_TUPLE) => {
            let n = items.len() * count;
            Some(Const::Tuple(items.iter().cycle().take(n).cloned().collect()))
        }
        _ => None,
    }
}
