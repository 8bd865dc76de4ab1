//! What operations without memory compute, on raw words: the meaning that folding and the evaluator share.
use crate::ir::IrOp;
use crate::word;

fn int(bits: u64) -> i64 {
    bits.cast_signed()
}
fn float(bits: u64) -> f64 {
    f64::from_bits(bits)
}

/// The value of a pure operation whose operands are these words (ints and words as they are, floats by their bits,
/// bools 0 or 1). `None`: it depends on more than its operands, or has no meaning for them.
pub fn pure(op: IrOp, imm: i64, args: &[u64]) -> Option<u64> {
    match *args {
        [] => match op {
            IrOp::ConstV | IrOp::ConstI | IrOp::ConstF | IrOp::ConstB | IrOp::ConstP => {
                Some(imm.cast_unsigned())
            }
            _ => None,
        },
        [a] => unary(op, imm, a),
        [a, b] => binary_int(op, int(a), int(b))
            .map(i64::cast_unsigned)
            .or_else(|| binary_float(op, float(a), float(b)))
            .or_else(|| test_int(op, int(a), int(b)).map(u64::from))
            .or_else(|| test_float(op, float(a), float(b)).map(u64::from))
            .or_else(|| address(op, imm, a, b)),
        [condition, a, b] if op == IrOp::Select => Some(if condition != 0 { a } else { b }),
        _ => None,
    }
}

fn unary(op: IrOp, imm: i64, a: u64) -> Option<u64> {
    Some(match op {
        IrOp::IsInt => u64::from(word::is_int(a)),
        IrOp::IsFloat => u64::from(word::is_float(a)),
        IrOp::IsObject => u64::from(word::is_object(a)),
        IrOp::Not => u64::from(a == 0),
        IrOp::SignExt => sign_extended(int(a), imm)?.cast_unsigned(),
        IrOp::ZeroExt => a & low_bits(imm)?,
        IrOp::Fits => u64::from(word::fits(int(a))),
        IrOp::BToI | IrOp::PToI | IrOp::IToP | IrOp::VToI | IrOp::ObjectOf | IrOp::ValueAt => a,
        IrOp::FNeg => (-float(a)).to_bits(),
        IrOp::FAbs => float(a).abs().to_bits(),
        IrOp::FSqrt => float(a).sqrt().to_bits(),
        IrOp::IToF => (int(a) as f64).to_bits(),
        IrOp::FToI => (float(a) as i64).cast_unsigned(),
        IrOp::FToSingle => f64::from(float(a) as f32).to_bits(),
        IrOp::BoxI => word::of_int(int(a)),
        IrOp::UnboxI => word::to_int(a).cast_unsigned(),
        IrOp::BoxF => word::of_float(float(a))?,
        IrOp::UnboxF => word::to_float(a).to_bits(),
        IrOp::BoxB => word::of_bool(a != 0),
        IrOp::UnboxB => u64::from(a == word::TRUE),
        _ => return None,
    })
}

fn low_bits(bits: i64) -> Option<u64> {
    (1..64).contains(&bits).then(|| (1 << bits) - 1)
}
fn sign_extended(a: i64, bits: i64) -> Option<i64> {
    let shift = (1..64).contains(&bits).then_some(64 - bits)?;
    Some((a << shift) >> shift)
}

fn binary_int(op: IrOp, a: i64, b: i64) -> Option<i64> {
    let shift = || (0..64).contains(&b).then_some(b as u32);
    Some(match op {
        IrOp::Add => a.wrapping_add(b),
        IrOp::Sub => a.wrapping_sub(b),
        IrOp::Mul => a.wrapping_mul(b),
        IrOp::MulFit => a.checked_mul(b).filter(|&product| word::fits(product))?,
        IrOp::FloorDiv => floor_div(a, b)?,
        IrOp::FloorMod => a.wrapping_sub(b.wrapping_mul(floor_div(a, b)?)),
        IrOp::Shl => a.wrapping_shl(shift()?),
        IrOp::Shr => a.wrapping_shr(shift()?),
        IrOp::ShrU => a.cast_unsigned().wrapping_shr(shift()?).cast_signed(),
        IrOp::And => a & b,
        IrOp::Or => a | b,
        IrOp::Xor => a ^ b,
        _ => return None,
    })
}

fn floor_div(a: i64, b: i64) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let quotient = a.wrapping_div(b);
    let exact = a.wrapping_rem(b) == 0;
    Some(if exact || (a < 0) == (b < 0) { quotient } else { quotient - 1 })
}

fn binary_float(op: IrOp, a: f64, b: f64) -> Option<u64> {
    let value = match op {
        IrOp::FAdd => a + b,
        IrOp::FSub => a - b,
        IrOp::FMul => a * b,
        IrOp::FDiv => a / b,
        _ => return None,
    };
    Some(value.to_bits())
}

fn test_int(op: IrOp, a: i64, b: i64) -> Option<bool> {
    Some(match op {
        IrOp::Same | IrOp::PEq | IrOp::IEq => a == b,
        IrOp::INe => a != b,
        IrOp::ILt => a < b,
        IrOp::ILe => a <= b,
        IrOp::IGt => a > b,
        IrOp::IGe => a >= b,
        IrOp::ULt => a.cast_unsigned() < b.cast_unsigned(),
        IrOp::MulFits => a.checked_mul(b).is_some_and(word::fits),
        _ => return None,
    })
}

#[expect(clippy::float_cmp, reason = "the comparison that the operation is")]
fn test_float(op: IrOp, a: f64, b: f64) -> Option<bool> {
    Some(match op {
        IrOp::FEq => a == b,
        IrOp::FNe => a != b,
        IrOp::FLt => a < b,
        IrOp::FLe => a <= b,
        IrOp::FGt => a > b,
        IrOp::FGe => a >= b,
        _ => return None,
    })
}

fn address(op: IrOp, imm: i64, a: u64, b: u64) -> Option<u64> {
    match op {
        IrOp::Index => Some(a.wrapping_add(b.wrapping_mul(imm.cast_unsigned()))),
        IrOp::PAdd => Some(a.wrapping_add(b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors() {
        for (a, b, quotient, rest) in
            [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1)]
        {
            assert_eq!(binary_int(IrOp::FloorDiv, a, b), Some(quotient));
            assert_eq!(binary_int(IrOp::FloorMod, a, b), Some(rest));
        }
        assert_eq!(binary_int(IrOp::FloorDiv, 1, 0), None);
    }

    #[test]
    fn extends() {
        assert_eq!(pure(IrOp::SignExt, 8, &[0x1ff]), Some(u64::MAX));
        assert_eq!(pure(IrOp::ZeroExt, 8, &[0x1ff]), Some(0xff));
    }
}
