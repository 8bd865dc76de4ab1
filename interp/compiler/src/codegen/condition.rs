//! Expressions as conditions of jumps.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprBoolOp, ExprCompare, ExprIf, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::expr::Operand;
use super::unit::Label;
use super::{Compiler, Res, const_fold};

impl<'a> Compiler<'a> {
    /// Go to `target` if the truth of `expr` is `sense`, else go on.
    pub(super) fn branch(&mut self, expr: &'a Expr, sense: bool, target: Label) -> Res {
        match expr {
            Expr::UnaryOp(unary) if unary.op == UnaryOp::Not => {
                self.branch(&unary.operand, !sense, target)
            }
            Expr::BoolOp(boolean) => self.branch_bool(boolean, sense, target),
            Expr::If(conditional) => self.branch_if(conditional, sense, target),
            Expr::Compare(compare) => self.branch_compare(compare, sense, target),
            _ => {
                let mark = self.unit.top;
                let operand = self.operand(expr)?;
                self.branch_operand(operand, expr.range(), sense, target);
                self.unit.top = mark;
                Ok(())
            }
        }
    }

    fn branch_operand(&mut self, operand: Operand, range: TextRange, sense: bool, target: Label) {
        if let Operand::Constant(value) = &operand
            && let Some(truth) = const_fold::truth(value)
        {
            if truth == sense {
                self.unit.jump(target);
            }
            return;
        }
        let reg = self.register(operand);
        self.at(range);
        self.unit.jump_if(jump_on(sense), reg, target);
    }

    fn branch_bool(&mut self, boolean: &'a ExprBoolOp, sense: bool, target: Label) -> Res {
        let Some((last, first)) = boolean.values.split_last() else { return Ok(()) };
        // `and` is decided early by a false operand, `or` by a true one.
        let early = boolean.op == BoolOp::Or;
        if early == sense {
            first.iter().try_for_each(|value| self.branch(value, sense, target))?;
            return self.branch(last, sense, target);
        }
        let end = self.unit.label();
        first.iter().try_for_each(|value| self.branch(value, early, end))?;
        self.branch(last, sense, target)?;
        self.unit.bind(end);
        Ok(())
    }

    fn branch_if(&mut self, conditional: &'a ExprIf, sense: bool, target: Label) -> Res {
        let (other, end) = (self.unit.label(), self.unit.label());
        self.branch(&conditional.test, false, other)?;
        self.branch(&conditional.body, sense, target)?;
        self.unit.jump(end);
        self.unit.bind(other);
        self.branch(&conditional.orelse, sense, target)?;
        self.unit.bind(end);
        Ok(())
    }

    fn branch_compare(&mut self, compare: &'a ExprCompare, sense: bool, target: Label) -> Res {
        self.warn_comparison(compare);
        let mark = self.unit.top;
        let last = compare.ops.len() - 1;
        let end = self.unit.label();
        let mut lhs = self.compared(&compare.left, &compare.comparators[0])?;
        for (index, (op, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            if index == last {
                self.branch_comparison(lhs, *op, right, (sense, target), compare.range)?;
            } else {
                let rhs = self.reg(right)?;
                let rhs = self.steady(rhs, &compare.comparators[index + 1]);
                let early = if sense { end } else { target };
                self.at(compare.range);
                self.jump_comparison(lhs, *op, Operand::Register(rhs), false, early);
                lhs = rhs;
            }
        }
        self.unit.bind(end);
        self.unit.top = mark;
        Ok(())
    }

    fn branch_comparison(
        &mut self,
        lhs: u16,
        op: CmpOp,
        right: &'a Expr,
        (sense, target): (bool, Label),
        range: TextRange,
    ) -> Res {
        if matches!(op, CmpOp::Is | CmpOp::IsNot) && right.is_none_literal_expr() {
            let none = (op == CmpOp::Is) == sense;
            self.at(range);
            let jump = if none { Op::JumpIfNone } else { Op::JumpIfNotNone };
            self.unit.jump_if(jump, lhs, target);
            return Ok(());
        }
        let rhs = if matches!(op, CmpOp::In | CmpOp::NotIn) {
            Operand::Register(self.comparand(op, right)?)
        } else {
            self.operand(right)?
        };
        self.at(range);
        self.jump_comparison(lhs, op, rhs, sense, target);
        Ok(())
    }

    /// Go to `target` if `bool(r[lhs] op rhs)` is `sense`.
    fn jump_comparison(&mut self, lhs: u16, op: CmpOp, rhs: Operand, sense: bool, target: Label) {
        let Some((registers, immediate)) = fused(op) else {
            let rhs = self.register(rhs);
            let temp = self.unit.temp();
            self.unit.emit(super::operator::compare_op(op), temp, lhs, rhs);
            self.unit.jump_if(jump_on(sense), temp, target);
            return;
        };
        if let Operand::Constant(Const::Int(n)) = rhs
            && let Ok(n) = i16::try_from(n)
        {
            self.unit.jump_compare(immediate, sense, lhs, n.cast_unsigned(), target);
        } else {
            let rhs = self.register(rhs);
            self.unit.jump_compare(registers, sense, lhs, rhs, target);
        }
    }
}

fn jump_on(sense: bool) -> Op {
    if sense { Op::JumpIfTrue } else { Op::JumpIfFalse }
}

/// The fused instructions of a comparison: two registers, register and immediate.
fn fused(op: CmpOp) -> Option<(Op, Op)> {
    Some(match op {
        CmpOp::Lt => (Op::JumpLt, Op::JumpLtI),
        CmpOp::LtE => (Op::JumpLe, Op::JumpLeI),
        CmpOp::Eq => (Op::JumpEq, Op::JumpEqI),
        CmpOp::NotEq => (Op::JumpNe, Op::JumpNeI),
        CmpOp::Gt => (Op::JumpGt, Op::JumpGtI),
        CmpOp::GtE => (Op::JumpGe, Op::JumpGeI),
        _ => return None,
    })
}
