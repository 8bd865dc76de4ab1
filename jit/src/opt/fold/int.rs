//! Rules of int arithmetic.
use super::super::emit::Emitter;
use super::super::facts::{Facts, product_range};
use super::{Group, operand, operands, rule};
use crate::ir::{Inst, IrOp, Ref, Ty};
use crate::word;

pub(super) const RULES: &[Group] = &[
    (
        IrOp::Add,
        &[
            rule("x + 0", |e, i| (e.number(i.args[1])? == 0).then_some(i.args[0])),
            rule("(x + c) + d", |e, i| {
                let d = e.number(i.args[1])?;
                let (x, c) = operands(e, i.args[0], IrOp::Add)?;
                let c = e.number(c)?;
                let sum = e.const_i(c.wrapping_add(d));
                Some(e.op(IrOp::Add, &[x, sum]))
            }),
            rule("y + (x - y)", |e, i| {
                let (x, y) = operands(e, i.args[1], IrOp::Sub)?;
                (y == i.args[0]).then_some(x)
            }),
        ],
    ),
    (
        IrOp::Sub,
        &[
            rule("x - x", |e, i| (i.args[0] == i.args[1]).then(|| e.const_i(0))),
            rule("x - c", |e, i| {
                let c = e.number(i.args[1])?;
                let negative = e.const_i(c.wrapping_neg());
                Some(e.op(IrOp::Add, &[i.args[0], negative]))
            }),
            rule("(x + y) - x", |e, i| {
                let (x, y) = operands(e, i.args[0], IrOp::Add)?;
                (x == i.args[1]).then_some(y)
            }),
            rule("(x + y) - y", |e, i| {
                let (x, y) = operands(e, i.args[0], IrOp::Add)?;
                (y == i.args[1]).then_some(x)
            }),
            rule("x - (x + y)", |e, i| {
                let (x, y) = operands(e, i.args[1], IrOp::Add)?;
                let zero = e.const_i(0);
                (x == i.args[0]).then(|| e.op(IrOp::Sub, &[zero, y]))
            }),
        ],
    ),
    (
        IrOp::Mul,
        &[
            rule("x * 0", |e, i| (e.number(i.args[1])? == 0).then_some(i.args[1])),
            rule("x * 1", |e, i| (e.number(i.args[1])? == 1).then_some(i.args[0])),
            rule("x * -1", |e, i| {
                (e.number(i.args[1])? == -1).then_some(())?;
                let zero = e.const_i(0);
                Some(e.op(IrOp::Sub, &[zero, i.args[0]]))
            }),
            rule("x * 2**k", |e, i| {
                let k = power_of_two(e, i.args[1])?;
                Some(e.op(IrOp::Shl, &[i.args[0], k]))
            }),
        ],
    ),
    (
        IrOp::MulFit,
        &[rule("mul_fit that fits", |e, i| {
            let (min, max) = product_range(&e.facts(i.args[0]), &e.facts(i.args[1]))?;
            (word::fits(min) && word::fits(max)).then(|| e.op(IrOp::Mul, &i.args))
        })],
    ),
    (
        IrOp::FloorDiv,
        &[
            rule("x // 1", |e, i| (e.number(i.args[1])? == 1).then_some(i.args[0])),
            rule("x // 2**k", |e, i| {
                let k = power_of_two(e, i.args[1])?;
                Some(e.op(IrOp::Shr, &[i.args[0], k]))
            }),
        ],
    ),
    (
        IrOp::FloorMod,
        &[
            rule("x % y, 0 <= x < y", |e, i| {
                let (x, y) = (e.facts(i.args[0]), e.facts(i.args[1]));
                (x.min >= 0 && x.max < y.min).then_some(i.args[0])
            }),
            rule("x % 2**k", |e, i| {
                let divisor = e.number(i.args[1])?;
                power_of_two(e, i.args[1])?;
                let mask = e.const_i(divisor - 1);
                Some(e.op(IrOp::And, &[i.args[0], mask]))
            }),
        ],
    ),
    (IrOp::Shl, &[rule("x << 0", shift_by_zero), rule("(x << a) << b", shift_twice)]),
    (
        IrOp::Shr,
        &[
            rule("x >> 0", shift_by_zero),
            rule("(x >> a) >> b", shift_twice),
            rule("(x << c) >> c, no bit lost", |e, i| {
                let c = e.number(i.args[1])?;
                let (x, by) = operands(e, i.args[0], IrOp::Shl)?;
                let facts = e.facts(x);
                let kept = |n: i64| (n << c) >> c == n;
                let same = e.number(by)? == c && (0..64).contains(&c);
                (same && kept(facts.min) && kept(facts.max)).then_some(x)
            }),
        ],
    ),
    (
        IrOp::ShrU,
        &[
            rule("x >>> 0", shift_by_zero),
            rule("x >>> y, x >= 0", |e, i| {
                (e.facts(i.args[0]).min >= 0).then(|| e.op(IrOp::Shr, &i.args))
            }),
        ],
    ),
    (
        IrOp::And,
        &[
            rule("x & x", |_, i| (i.args[0] == i.args[1]).then_some(i.args[0])),
            rule("x & c, the rest is 0", |e, i| {
                let c = e.number(i.args[1])?.cast_unsigned();
                (!c & !e.facts(i.args[0]).zeros == 0).then_some(i.args[0])
            }),
            rule("(x & c) & d", associate),
        ],
    ),
    (
        IrOp::Or,
        &[
            rule("x | x", |_, i| (i.args[0] == i.args[1]).then_some(i.args[0])),
            rule("x | c, which is set", |e, i| {
                let c = e.number(i.args[1])?.cast_unsigned();
                (c & !e.facts(i.args[0]).ones == 0).then_some(i.args[0])
            }),
            rule("(x | c) | d", associate),
        ],
    ),
    (
        IrOp::Xor,
        &[
            rule("x ^ x", |e, i| (i.args[0] == i.args[1]).then(|| e.const_i(0))),
            rule("x ^ 0", |e, i| (e.number(i.args[1])? == 0).then_some(i.args[0])),
            rule("(x ^ c) ^ d", associate),
        ],
    ),
    (
        IrOp::SignExt,
        &[
            rule("sign_ext of what is in range", |e, i| {
                let facts = e.facts(i.args[0]);
                let high = 1i64 << (i.imm - 1);
                (facts.min >= -high && facts.max < high).then_some(i.args[0])
            }),
            rule("sign_ext of an extension", narrowed),
        ],
    ),
    (
        IrOp::ZeroExt,
        &[
            rule("zero_ext of what is in range", |e, i| {
                let facts = e.facts(i.args[0]);
                (facts.min >= 0 && facts.max < 1i64 << i.imm).then_some(i.args[0])
            }),
            rule("zero_ext of an extension", narrowed),
        ],
    ),
    (
        IrOp::Select,
        &[
            rule("known ? a : b", |e, i| {
                let truth = e.constant(i.args[0])?;
                Some(i.args[if truth != 0 { 1 } else { 2 }])
            }),
            rule("c ? a : a", |_, i| (i.args[1] == i.args[2]).then_some(i.args[1])),
            rule("c ? 1 : 0", |e, i| {
                let ones = e.number(i.args[1])? == 1 && e.number(i.args[2])? == 0;
                ones.then(|| e.op(IrOp::BToI, &i.args[..1]))
            }),
        ],
    ),
    (IrOp::PToI, &[rule("p_to_i(i_to_p x)", |e, i| operand(e, i.args[0], IrOp::IToP))]),
    (IrOp::IToP, &[rule("i_to_p(p_to_i x)", |e, i| operand(e, i.args[0], IrOp::PToI))]),
    (
        IrOp::Index,
        &[
            rule("p + c * size", |e, i| {
                let bytes = e.number(i.args[1])?.wrapping_mul(i.imm);
                let bytes = e.const_i(bytes);
                Some(e.op(IrOp::PAdd, &[i.args[0], bytes]))
            }),
            rule("p + (x + c) * size", |e, i| {
                let (x, c) = operands(e, i.args[1], IrOp::Add)?;
                let bytes = e.number(c)?.wrapping_mul(i.imm);
                let bytes = e.const_i(bytes);
                let at = e.imm(IrOp::Index, &[i.args[0], x], i.imm);
                Some(e.op(IrOp::PAdd, &[at, bytes]))
            }),
        ],
    ),
    (
        IrOp::PAdd,
        &[
            rule("p + 0", |e, i| {
                let none = e.number(i.args[1])? == 0 && e.inst(i.args[0]).ty == Ty::P;
                none.then_some(i.args[0])
            }),
            rule("(p + c) + d", |e, i| {
                let d = e.number(i.args[1])?;
                let (p, c) = operands(e, i.args[0], IrOp::PAdd)?;
                let c = e.number(c)?;
                let bytes = e.const_i(c.wrapping_add(d));
                Some(e.op(IrOp::PAdd, &[p, bytes]))
            }),
        ],
    ),
];

/// The exponent of a constant that is a power of two.
fn power_of_two(e: &mut Emitter<'_>, value: Ref) -> Option<Ref> {
    let number = e.number(value)?;
    let power = number > 0 && number.count_ones() == 1;
    power.then(|| e.const_i(i64::from(number.trailing_zeros())))
}

fn shift_by_zero(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    (e.number(i.args[1])? == 0).then_some(i.args[0])
}

fn shift_twice(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let b = e.number(i.args[1])?;
    let (x, a) = operands(e, i.args[0], i.op)?;
    let a = e.number(a)?;
    let both = (0..64).contains(&a) && (0..64).contains(&b) && a + b < 64;
    both.then(|| {
        let by = e.const_i(a + b);
        e.op(i.op, &[x, by])
    })
}

fn associate(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let d = e.number(i.args[1])?;
    let (x, c) = operands(e, i.args[0], i.op)?;
    let c = e.number(c)?;
    let both = match i.op {
        IrOp::And => c & d,
        IrOp::Or => c | d,
        _ => c ^ d,
    };
    let both = e.const_i(both);
    Some(e.op(i.op, &[x, both]))
}

/// Low bits of low bits: the inner extension does not matter when it is not narrower.
fn narrowed(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let inner = e.inst(i.args[0]);
    let extends = matches!(inner.op, IrOp::SignExt | IrOp::ZeroExt) && inner.imm >= i.imm;
    let x = extends.then(|| inner.args[0])?;
    Some(e.imm(i.op, &[x], i.imm))
}

/// Facts that decide a comparison.
pub(super) fn decided(a: &Facts, b: &Facts, op: IrOp) -> Option<bool> {
    match op {
        IrOp::ILt if a.max < b.min => Some(true),
        IrOp::ILt if a.min >= b.max => Some(false),
        IrOp::ILe if a.max <= b.min => Some(true),
        IrOp::ILe if a.min > b.max => Some(false),
        IrOp::IEq | IrOp::INe => {
            let apart =
                a.max < b.min || b.max < a.min || a.zeros & b.ones != 0 || a.ones & b.zeros != 0;
            apart.then_some(op == IrOp::INe)
        }
        _ => None,
    }
}
