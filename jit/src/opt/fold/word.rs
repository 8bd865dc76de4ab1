//! Rules of value words: tests of their kind, boxes and what they hold.
use super::super::emit::Emitter;
use super::super::facts::Kinds;
use super::{Group, operand, rule};
use crate::ir::{Inst, IrOp, Ref};
use crate::word;

pub(super) const RULES: &[Group] = &[
    (IrOp::IsInt, &[rule("is_int by kind", |e, i| by_kind(e, i, Kinds::INT))]),
    (
        IrOp::IsFloat,
        &[
            rule("is_float(box_f x)", |e, i| {
                (e.inst(i.args[0]).op == IrOp::BoxF).then(|| e.const_b(true))
            }),
            rule("is_float by kind", |e, i| by_kind(e, i, Kinds::FLOAT)),
        ],
    ),
    (IrOp::IsObject, &[rule("is_object by kind", |e, i| by_kind(e, i, Kinds::OBJECT))]),
    (IrOp::UnboxI, &[rule("unbox_i(box_i x)", |e, i| operand(e, i.args[0], IrOp::BoxI))]),
    (IrOp::UnboxF, &[rule("unbox_f(box_f x)", |e, i| operand(e, i.args[0], IrOp::BoxF))]),
    (IrOp::UnboxB, &[rule("unbox_b(box_b x)", |e, i| operand(e, i.args[0], IrOp::BoxB))]),
    (IrOp::BoxI, &[rule("box_i(unbox_i v)", |e, i| rebox(e, i, IrOp::UnboxI, Kinds::INT))]),
    (IrOp::BoxF, &[rule("box_f(unbox_f v)", |e, i| rebox(e, i, IrOp::UnboxF, Kinds::FLOAT))]),
    (IrOp::ObjectOf, &[rule("object_of(value_at p)", |e, i| operand(e, i.args[0], IrOp::ValueAt))]),
    (IrOp::ValueAt, &[rule("value_at(object_of v)", |e, i| operand(e, i.args[0], IrOp::ObjectOf))]),
    (
        IrOp::Same,
        &[
            rule("v is v", |e, i| (i.args[0] == i.args[1]).then(|| e.const_b(true))),
            rule("a is b, of other kinds", |e, i| {
                let apart = e.facts(i.args[0]).kinds.excludes(e.facts(i.args[1]).kinds);
                apart.then(|| e.const_b(false))
            }),
            rule("a is b, both ints", |e, i| {
                let both = [0, 1].iter().all(|&at| e.facts(i.args[at]).kinds == Kinds::INT);
                both.then(|| {
                    let a = e.op(IrOp::UnboxI, &i.args[..1]);
                    let b = e.op(IrOp::UnboxI, &i.args[1..]);
                    e.op(IrOp::IEq, &[a, b])
                })
            }),
            rule("a is True or False, a bool", |e, i| {
                let truth = match e.constant(i.args[1])? {
                    word::TRUE => true,
                    word::FALSE => false,
                    _ => return None,
                };
                (e.facts(i.args[0]).kinds == Kinds::BOOL).then(|| {
                    let x = e.op(IrOp::UnboxB, &i.args[..1]);
                    if truth { x } else { e.op(IrOp::Not, &[x]) }
                })
            }),
            rule("a new object is b", |e, i| {
                let (old, new) = (i.args[0].min(i.args[1]), i.args[0].max(i.args[1]));
                let apart = e.unescaped(old).is_some()
                    || e.unescaped(new).is_some()
                    || e.facts(new).fresh.is_some();
                (apart && e.inst(old).op != IrOp::ConstV).then(|| e.const_b(false))
            }),
            rule("a new object is a constant", |e, i| {
                let constant = e.constant(i.args[1]).is_some();
                (constant && e.facts(i.args[0]).fresh.is_some()).then(|| e.const_b(false))
            }),
        ],
    ),
];

fn by_kind(e: &mut Emitter<'_>, i: &Inst, kind: Kinds) -> Option<Ref> {
    let kinds = e.facts(i.args[0]).kinds;
    if kinds.within(kind) {
        return Some(e.const_b(true));
    }
    kinds.excludes(kind).then(|| e.const_b(false))
}

/// The word itself, which is of the kind that the box would make.
fn rebox(e: &mut Emitter<'_>, i: &Inst, unbox: IrOp, kind: Kinds) -> Option<Ref> {
    let word = operand(e, i.args[0], unbox)?;
    (e.facts(word).kinds == kind).then_some(word)
}
