//! What a test's outcome says about its operands.
use super::emit::Emitter;
use super::facts::{Facts, Kinds};
use crate::ir::{IrOp, Ref, Ty};
use crate::word;

impl Emitter<'_> {
    /// From here on the test has this outcome.
    pub(super) fn assume(&mut self, test: Ref, outcome: bool) {
        let inst = self.inst(test).clone();
        let known = self.const_b(outcome);
        if self.resolve(test) != known {
            self.facts_mut(test).same = Some(known);
        }
        let (Some(&a), b) = (inst.args.first(), inst.args.get(1).copied()) else { return };
        match (inst.op, b) {
            (IrOp::Not, _) => self.assume(a, !outcome),
            (IrOp::IsInt, _) => self.learn_kind(a, Kinds::INT, outcome),
            (IrOp::IsFloat, _) => self.learn_kind(a, Kinds::FLOAT, outcome),
            (IrOp::IsObject, _) => self.learn_kind(a, Kinds::OBJECT, outcome),
            (IrOp::Fits, _) if outcome => self.learn(a, Facts::SMALL),
            (IrOp::UnboxB, _) => {
                let word = self.of_bits(Ty::V, word::of_bool(outcome));
                self.learn_equal(a, word);
            }
            (IrOp::BToI, _) => self.assume(a, outcome),
            (IrOp::Same, Some(b)) => self.learn_same(a, b, outcome),
            (IrOp::PEq, Some(b)) if outcome => self.learn_equal(a, b),
            (IrOp::IEq, Some(b)) => self.learn_int_equal(a, b, outcome),
            (IrOp::INe, Some(b)) => self.learn_int_equal(a, b, !outcome),
            (IrOp::ILt, Some(b)) if outcome => self.learn_less(a, b, 1),
            (IrOp::ILt, Some(b)) => self.learn_less(b, a, 0),
            (IrOp::ILe, Some(b)) if outcome => self.learn_less(a, b, 0),
            (IrOp::ILe, Some(b)) => self.learn_less(b, a, 1),
            (IrOp::ULt, Some(b)) => self.learn_below(a, b, outcome),
            _ => {}
        }
    }

    /// More facts hold of a value.
    pub(super) fn learn(&mut self, value: Ref, more: Facts) {
        let value = self.resolve(value);
        let facts = self.facts(value).and(more);
        *self.facts_mut(value) = facts;
        let inst = self.inst(value);
        if inst.ty == Ty::I
            && inst.op != IrOp::ConstI
            && let Some(number) = facts.number()
        {
            let constant = self.const_i(number);
            self.facts_mut(value).same = Some(constant);
        }
    }
    fn learn_kind(&mut self, value: Ref, kinds: Kinds, outcome: bool) {
        let known = self.facts(value).kinds;
        let kinds = if outcome { known.and(kinds) } else { known.without(kinds) };
        self.learn(value, Facts::of_kinds(kinds));
    }
    /// Both are the same value; one of them should be a constant.
    fn learn_equal(&mut self, a: Ref, b: Ref) {
        let (a, b) = (self.resolve(a), self.resolve(b));
        if a == b {
            return;
        }
        if self.constant(b).is_some() {
            self.facts_mut(a).same = Some(b);
        } else if self.constant(a).is_some() {
            self.facts_mut(b).same = Some(a);
        } else {
            let both = Facts { same: None, fresh: None, ..self.facts(a).and(self.facts(b)) };
            self.learn(a, both);
            self.learn(b, both);
        }
    }
    fn learn_same(&mut self, a: Ref, b: Ref, outcome: bool) {
        if outcome {
            return self.learn_equal(a, b);
        }
        // A bool that is not the one constant is the other.
        let Some(word) = self.constant(b) else { return };
        let other = match word {
            word::TRUE => word::FALSE,
            word::FALSE => word::TRUE,
            _ => return,
        };
        if self.facts(a).kinds == Kinds::BOOL {
            let other = self.of_bits(Ty::V, other);
            self.learn_equal(a, other);
        }
    }
    fn learn_int_equal(&mut self, a: Ref, b: Ref, outcome: bool) {
        if outcome {
            return self.learn_equal(a, b);
        }
        for (value, other) in [(a, b), (b, a)] {
            let Some(number) = self.facts(other).number() else { continue };
            let facts = self.facts(value);
            if facts.min == number && number < i64::MAX {
                self.learn(value, Facts::between(number + 1, i64::MAX));
            } else if facts.max == number && number > i64::MIN {
                self.learn(value, Facts::between(i64::MIN, number - 1));
            }
        }
    }
    /// `a + gap <= b`
    fn learn_less(&mut self, a: Ref, b: Ref, gap: i64) {
        let (max, min) = (self.facts(b).max, self.facts(a).min);
        self.learn(a, Facts::between(i64::MIN, max.saturating_sub(gap)));
        self.learn(b, Facts::between(min.saturating_add(gap), i64::MAX));
    }
    /// `a < b`, both unsigned.
    fn learn_below(&mut self, a: Ref, b: Ref, outcome: bool) {
        let (below, bound) = (self.facts(a), self.facts(b));
        if outcome && bound.min >= 0 {
            self.learn(a, Facts::between(0, bound.max.saturating_sub(1)));
            self.learn(b, Facts::between(below.min.max(0).saturating_add(1), i64::MAX));
        } else if !outcome && below.min >= 0 && bound.min >= 0 {
            self.learn_less(b, a, 0);
        }
    }
}
