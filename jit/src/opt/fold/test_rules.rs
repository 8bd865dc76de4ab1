//! Rules of comparisons and of bools.
use super::super::emit::Emitter;
use super::super::facts::product_range;
use super::int::decided;
use super::{Group, operand, operands, rule};
use crate::ir::{Inst, IrOp, Ref};
use crate::word;

pub(super) const RULES: &[Group] = &[
    (
        IrOp::Not,
        &[
            rule("not not x", |e, i| operand(e, i.args[0], IrOp::Not)),
            rule("not a < b", |e, i| {
                let (a, b) = operands(e, i.args[0], IrOp::ILt)?;
                Some(e.op(IrOp::ILe, &[b, a]))
            }),
            rule("not a <= b", |e, i| {
                let (a, b) = operands(e, i.args[0], IrOp::ILe)?;
                Some(e.op(IrOp::ILt, &[b, a]))
            }),
            rule("not a == b", |e, i| {
                let (a, b) = operands(e, i.args[0], IrOp::IEq)?;
                Some(e.op(IrOp::INe, &[a, b]))
            }),
            rule("not a != b", |e, i| {
                let (a, b) = operands(e, i.args[0], IrOp::INe)?;
                Some(e.op(IrOp::IEq, &[a, b]))
            }),
        ],
    ),
    (
        IrOp::Fits,
        &[rule("fits by range", |e, i| {
            let facts = e.facts(i.args[0]);
            let outside = facts.min > word::INT_MAX || facts.max < word::INT_MIN;
            (facts.fits() || outside).then(|| e.const_b(facts.fits()))
        })],
    ),
    (
        IrOp::MulFits,
        &[rule("mul_fits by range", |e, i| {
            let (min, max) = product_range(&e.facts(i.args[0]), &e.facts(i.args[1]))?;
            let outside = min > word::INT_MAX || max < word::INT_MIN;
            let fits = word::fits(min) && word::fits(max);
            (fits || outside).then(|| e.const_b(fits))
        })],
    ),
    (
        IrOp::IEq,
        &[
            rule("x == x", |e, i| same(e, i, true)),
            rule("a == b by facts", by_facts),
            rule("a == b by an earlier test", by_earlier),
            rule("b_to_i(x) == c", |e, i| from_bool(e, i, true)),
            rule("x + c == d", shifted_constant),
        ],
    ),
    (
        IrOp::INe,
        &[
            rule("x != x", |e, i| same(e, i, false)),
            rule("a != b by facts", by_facts),
            rule("a != b by an earlier test", by_earlier),
            rule("b_to_i(x) != c", |e, i| from_bool(e, i, false)),
            rule("x + c != d", shifted_constant),
        ],
    ),
    (
        IrOp::ILt,
        &[
            rule("x < x", |e, i| same(e, i, false)),
            rule("a < b by facts", by_facts),
            rule("a < b by an earlier test", by_earlier),
        ],
    ),
    (
        IrOp::ILe,
        &[
            rule("x <= x", |e, i| same(e, i, true)),
            rule("a <= b by facts", by_facts),
            rule("a <= b by an earlier test", by_earlier),
        ],
    ),
    (IrOp::IGt, &[rule("a > b", |e, i| Some(e.op(IrOp::ILt, &[i.args[1], i.args[0]])))]),
    (IrOp::IGe, &[rule("a >= b", |e, i| Some(e.op(IrOp::ILe, &[i.args[1], i.args[0]])))]),
    (
        IrOp::ULt,
        &[
            rule("x <u x", |e, i| same(e, i, false)),
            rule("a <u b, both signed", |e, i| {
                let signed = e.facts(i.args[0]).min >= 0 && e.facts(i.args[1]).min >= 0;
                signed.then(|| e.op(IrOp::ILt, &i.args))
            }),
            rule("a <u b, a < 0 <= b", |e, i| {
                let outside = e.facts(i.args[0]).max < 0 && e.facts(i.args[1]).min >= 0;
                outside.then(|| e.const_b(false))
            }),
        ],
    ),
    (
        IrOp::PEq,
        &[
            rule("p == p", |e, i| same(e, i, true)),
            rule("p + c == p + d", |e, i| {
                let (a, b) = (e.address(i.args[0], 0), e.address(i.args[1], 0));
                (a.0 == b.0).then(|| e.const_b(a.1 == b.1))
            }),
        ],
    ),
];

fn same(e: &mut Emitter<'_>, i: &Inst, outcome: bool) -> Option<Ref> {
    (i.args[0] == i.args[1]).then(|| e.const_b(outcome))
}

fn by_facts(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let outcome = decided(&e.facts(i.args[0]), &e.facts(i.args[1]), i.op)?;
    Some(e.const_b(outcome))
}

fn truth(e: &Emitter<'_>, op: IrOp, a: Ref, b: Ref) -> Option<bool> {
    let found = e.find_equal(op, &[a, b])?;
    Some(e.constant(found)? != 0)
}

/// What earlier guards say of `a < b`.
fn known_less(e: &Emitter<'_>, a: Ref, b: Ref) -> Option<bool> {
    let signed =
        truth(e, IrOp::ILt, a, b).or_else(|| truth(e, IrOp::ILe, b, a).map(|outcome| !outcome));
    // Below a bound that is not negative: then `a` is not negative either.
    signed.or_else(|| (e.facts(b).min >= 0 && truth(e, IrOp::ULt, a, b)?).then_some(true))
}

/// Another test of the same operands was guarded.
fn by_earlier(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let (a, b) = (i.args[0], i.args[1]);
    let (less, greater) = (known_less(e, a, b), known_less(e, b, a));
    let outcome = match i.op {
        IrOp::ILt if less.is_some() => less,
        IrOp::ILt if greater == Some(true) => Some(false),
        IrOp::ILe if greater.is_some() => greater.map(|outcome| !outcome),
        IrOp::ILe if less == Some(true) => Some(true),
        IrOp::IEq | IrOp::INe => {
            let other = if i.op == IrOp::IEq { IrOp::INe } else { IrOp::IEq };
            let apart = less == Some(true) || greater == Some(true);
            let equal = less == Some(false) && greater == Some(false);
            match truth(e, other, a, b) {
                Some(outcome) => Some(!outcome),
                None if apart || equal => Some(equal == (i.op == IrOp::IEq)),
                None => None,
            }
        }
        _ => None,
    };
    let outcome = match outcome {
        None if matches!(i.op, IrOp::ILt | IrOp::ILe) => {
            // Equal or not is known: `<` and `<=` are then the same, or known.
            match truth(e, IrOp::IEq, a.min(b), a.max(b)) {
                Some(true) => Some(i.op == IrOp::ILe),
                _ => None,
            }
        }
        known => known,
    };
    outcome.map(|outcome| e.const_b(outcome))
}

/// A bool made a number and compared with 0 or 1.
fn from_bool(e: &mut Emitter<'_>, i: &Inst, equal: bool) -> Option<Ref> {
    let x = operand(e, i.args[0], IrOp::BToI)?;
    let c = e.number(i.args[1])?;
    match c {
        0 | 1 if (c == 1) == equal => Some(x),
        0 | 1 => Some(e.op(IrOp::Not, &[x])),
        _ => None,
    }
}

/// `x + c` is `d` exactly when `x` is `d - c`.
fn shifted_constant(e: &mut Emitter<'_>, i: &Inst) -> Option<Ref> {
    let d = e.number(i.args[1])?;
    let (x, c) = operands(e, i.args[0], IrOp::Add)?;
    let c = e.number(c)?;
    let rest = e.const_i(d.wrapping_sub(c));
    Some(e.op(i.op, &[x, rest]))
}
