//! Rewrite rules: an operation on these operands equals something simpler.
//!
//! Operands are resolved, constants among them folded, and the constant of a commutative operation comes second before
//! rules are asked. Every rule must make the value simpler or bring it closer to a normal form, so that rewriting ends:
//! comparisons are `i_lt` and `i_le`, subtracting a constant is adding one, multiplying by a power of two is a shift.
//!
//! The tests run each rule on random operands and compare with the evaluator.
mod float;
mod int;
mod test_rules;
mod word;

#[cfg(test)]
pub(super) mod tests;

use super::emit::Emitter;
use crate::ir::{Inst, IrOp, OPS, Ref};

/// One rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// What it says, for the tests.
    #[cfg(test)]
    pub(super) name: &'static str,
    /// The simpler value; `None`: the rule says nothing of these operands.
    pub(super) apply: fn(&mut Emitter<'_>, &Inst) -> Option<Ref>,
}

/// Rules of one operation.
type Group = (IrOp, &'static [Rule]);

const fn rule(name: &'static str, apply: fn(&mut Emitter<'_>, &Inst) -> Option<Ref>) -> Rule {
    let _ = name;
    Rule {
        #[cfg(test)]
        name,
        apply,
    }
}

static BY_OP: [&[Rule]; OPS.len()] = {
    let mut table: [&[Rule]; OPS.len()] = [&[]; OPS.len()];
    let files = [int::RULES, test_rules::RULES, float::RULES, word::RULES];
    let mut file = 0;
    while file < files.len() {
        let mut group = 0;
        while group < files[file].len() {
            table[files[file][group].0 as usize] = files[file][group].1;
            group += 1;
        }
        file += 1;
    }
    table
};

/// The rules of an operation.
pub(super) fn rules(op: IrOp) -> &'static [Rule] {
    BY_OP[op as usize]
}

/// Operands of commutative operations in normal order: a constant second, else the older value first.
pub(super) fn order_operands(e: &Emitter<'_>, inst: &mut Inst) {
    let commutes = matches!(
        inst.op,
        IrOp::Add
            | IrOp::Mul
            | IrOp::MulFit
            | IrOp::MulFits
            | IrOp::And
            | IrOp::Or
            | IrOp::Xor
            | IrOp::IEq
            | IrOp::INe
            | IrOp::FAdd
            | IrOp::FMul
            | IrOp::FEq
            | IrOp::FNe
            | IrOp::Same
            | IrOp::PEq
    );
    if !commutes {
        return;
    }
    let (a, b) = (inst.args[0], inst.args[1]);
    let swapped = match (e.constant(a).is_some(), e.constant(b).is_some()) {
        (true, false) => true,
        (false, true) => false,
        _ => a > b,
    };
    if swapped {
        inst.args.swap(0, 1);
    }
}

/// Operands of the instruction that makes `value`, if its operation is `op`.
fn operands(e: &Emitter<'_>, value: Ref, op: IrOp) -> Option<(Ref, Ref)> {
    let inst = e.inst(value);
    if inst.op != op {
        return None;
    }
    let first = e.resolve(inst.args[0]);
    Some((first, inst.args.get(1).map_or(first, |&second| e.resolve(second))))
}

/// The operand of the instruction that makes `value`, if its operation is `op`.
fn operand(e: &Emitter<'_>, value: Ref, op: IrOp) -> Option<Ref> {
    operands(e, value, op).map(|(first, _)| first)
}
