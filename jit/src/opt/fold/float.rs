//! Rules of float arithmetic: only what is exact, with NaN, infinities and both zeros.
use super::super::emit::Emitter;
use super::{Group, operand, rule};
use crate::ir::{Inst, IrOp, Ref, Ty};

pub(super) const RULES: &[Group] = &[
    (IrOp::FAdd, &[rule("x + -0.0", |e, i| is(e, i.args[1], -0.0).then_some(i.args[0]))]),
    (IrOp::FSub, &[rule("x - 0.0", |e, i| is(e, i.args[1], 0.0).then_some(i.args[0]))]),
    (
        IrOp::FMul,
        &[
            rule("x * 1.0", |e, i| is(e, i.args[1], 1.0).then_some(i.args[0])),
            rule("x * 2.0", |e, i| {
                let x = i.args[0];
                is(e, i.args[1], 2.0).then(|| e.op(IrOp::FAdd, &[x, x]))
            }),
        ],
    ),
    (
        IrOp::FDiv,
        &[
            rule("x / 1.0", |e, i| is(e, i.args[1], 1.0).then_some(i.args[0])),
            rule("x / 2.0**k", |e, i| {
                let divisor = e.constant(i.args[1])?;
                // A power of two whose inverse is a normal number, too.
                let exponent = divisor >> 52 & 0x7ff;
                let exact = divisor << 12 == 0 && (2..2045).contains(&exponent);
                exact.then(|| {
                    let inverse = e.of_bits(Ty::F, (1.0 / f64::from_bits(divisor)).to_bits());
                    e.op(IrOp::FMul, &[i.args[0], inverse])
                })
            }),
        ],
    ),
    (IrOp::FNeg, &[rule("--x", |e, i| operand(e, i.args[0], IrOp::FNeg))]),
    (
        IrOp::FAbs,
        &[
            rule("|-x|", |e, i| {
                let x = operand(e, i.args[0], IrOp::FNeg)?;
                Some(e.op(IrOp::FAbs, &[x]))
            }),
            rule("|float(a)|, a >= 0", |e, i| {
                let a = operand(e, i.args[0], IrOp::IToF)?;
                (e.facts(a).min >= 0).then_some(i.args[0])
            }),
            rule("||x||", |e, i| (e.inst(i.args[0]).op == IrOp::FAbs).then_some(i.args[0])),
        ],
    ),
    (IrOp::FGt, &[rule("x > y (floats)", |e, i| Some(e.op(IrOp::FLt, &[i.args[1], i.args[0]])))]),
    (IrOp::FGe, &[rule("x >= y (floats)", |e, i| Some(e.op(IrOp::FLe, &[i.args[1], i.args[0]])))]),
    (
        IrOp::FLt,
        &[
            rule("x < x (floats)", |e, i| (i.args[0] == i.args[1]).then(|| e.const_b(false))),
            rule("float(a) < float(b)", |e, i| as_ints(e, i, IrOp::ILt)),
            rule("float(a) < c by range", |e, i| {
                let a = operand(e, i.args[0], IrOp::IToF)?;
                let limit = f64::from_bits(e.constant(i.args[1])?);
                let facts = e.facts(a);
                // The larger int never has the smaller float.
                let (below, above) = ((facts.max as f64) < limit, facts.min as f64 >= limit);
                (below || above).then(|| e.const_b(below))
            }),
        ],
    ),
    (IrOp::FLe, &[rule("float(a) <= float(b)", |e, i| as_ints(e, i, IrOp::ILe))]),
    (IrOp::FEq, &[rule("float(a) == float(b)", |e, i| as_ints(e, i, IrOp::IEq))]),
    (IrOp::FNe, &[rule("float(a) != float(b)", |e, i| as_ints(e, i, IrOp::INe))]),
    (
        IrOp::FToI,
        &[rule("int(float(a))", |e, i| {
            let a = operand(e, i.args[0], IrOp::IToF)?;
            exact(e, a).then_some(a)
        })],
    ),
    (
        IrOp::FToSingle,
        &[rule("single of a single", |e, i| {
            let single = matches!(e.inst(i.args[0]).op, IrOp::FToSingle | IrOp::LoadF32);
            single.then_some(i.args[0])
        })],
    ),
];

fn is(e: &Emitter<'_>, value: Ref, number: f64) -> bool {
    e.constant(value) == Some(number.to_bits())
}

/// Is every value that the int may have a float?
fn exact(e: &Emitter<'_>, value: Ref) -> bool {
    let facts = e.facts(value);
    facts.min >= -(1 << 53) && facts.max <= 1 << 53
}

/// The int whose float a value is, if it is exact.
fn exact_int(e: &mut Emitter<'_>, value: Ref) -> Option<Ref> {
    if let Some(bits) = e.constant(value) {
        let number = f64::from_bits(bits);
        let whole = number.abs() <= 9_007_199_254_740_992.0 && number.fract() == 0.0;
        return whole.then(|| e.const_i(number as i64));
    }
    operand(e, value, IrOp::IToF).filter(|&int| exact(e, int))
}

/// Floats that are ints compare as ints.
fn as_ints(e: &mut Emitter<'_>, i: &Inst, op: IrOp) -> Option<Ref> {
    let a = exact_int(e, i.args[0])?;
    let b = exact_int(e, i.args[1])?;
    Some(e.op(op, &[a, b]))
}
