//! Unary and binary operators, comparisons, `and` and `or`.
use haft_bytecode::{Const, Op};
use ruff_python_ast::{
    CmpOp, Expr, ExprBinOp, ExprBoolOp, ExprCompare, ExprUnaryOp, Operator, UnaryOp,
};

use super::expr::Operand;
use super::{Compiler, Res, const_fold};

impl<'a> Compiler<'a> {
    /// Compile `left op right`; a constant result costs no instruction.
    pub(super) fn bin_op(&mut self, expr: &'a ExprBinOp, dst: Option<u16>) -> Res<Operand> {
        let mark = self.unit.top;
        let left = self.operand(&expr.left)?;
        let left = match left {
            Operand::Register(reg) => Operand::Register(self.steady(reg, &expr.right)),
            constant @ Operand::Constant(_) => constant,
        };
        let right = self.operand(&expr.right)?;
        if let (Operand::Constant(a), Operand::Constant(b)) = (&left, &right)
            && let Some(value) = const_fold::binary(expr.op, a, b)
        {
            self.unit.top = mark;
            return Ok(Operand::Constant(value));
        }
        let lhs = self.register(left);
        let reg = dst.unwrap_or(mark);
        self.at(expr.range);
        self.binary(binary_op(expr.op), 0, reg, lhs, right);
        self.unit.top = mark;
        if dst.is_none() {
            self.unit.temp();
        }
        Ok(Operand::Register(reg))
    }

    /// `r[dst] = r[lhs] op right`, with the immediate form if there is one.
    pub(super) fn binary(&mut self, op: Op, in_place: u8, dst: u16, lhs: u16, right: Operand) {
        if let Operand::Constant(Const::Int(n)) = right
            && let Ok(n) = i16::try_from(n)
            && let Some(op) = immediate(op)
        {
            self.unit.emit_x(op, in_place, dst, lhs, n.cast_unsigned());
            return;
        }
        let rhs = self.register(right);
        self.unit.emit_x(op, in_place, dst, lhs, rhs);
    }

    pub(super) fn unary_op(&mut self, expr: &'a ExprUnaryOp, dst: Option<u16>) -> Res<Operand> {
        let mark = self.unit.top;
        let operand = self.operand(&expr.operand)?;
        if let Operand::Constant(value) = &operand
            && let Some(value) = const_fold::unary(expr.op, value)
        {
            self.unit.top = mark;
            return Ok(Operand::Constant(value));
        }
        let src = self.register(operand);
        let op = match expr.op {
            UnaryOp::Invert => Op::Invert,
            UnaryOp::Not => Op::Not,
            UnaryOp::UAdd => Op::Pos,
            UnaryOp::USub => Op::Neg,
        };
        let reg = dst.unwrap_or(mark);
        self.at(expr.range);
        self.unit.emit(op, reg, src, 0);
        self.unit.top = mark;
        if dst.is_none() {
            self.unit.temp();
        }
        Ok(Operand::Register(reg))
    }

    /// `a and b`, `a or b` as a value.
    pub(super) fn bool_op(&mut self, expr: &'a ExprBoolOp, dst: u16) -> Res {
        let Some((last, first)) = expr.values.split_last() else { return Ok(()) };
        let jump = match expr.op {
            ruff_python_ast::BoolOp::And => Op::JumpIfFalse,
            ruff_python_ast::BoolOp::Or => Op::JumpIfTrue,
        };
        let (mark, out) = self.scratch(dst);
        let end = self.unit.label();
        for value in first {
            self.into(value, out)?;
            self.at(expr.range);
            self.unit.jump_if(jump, out, end);
        }
        self.into(last, out)?;
        self.unit.bind(end);
        self.unit.mov(dst, out);
        self.unit.top = mark;
        Ok(())
    }

    pub(super) fn compare(&mut self, expr: &'a ExprCompare, dst: u16) -> Res {
        self.warn_comparison(expr);
        let mark = self.unit.top;
        if let ([op], [right]) = (&expr.ops[..], &expr.comparators[..]) {
            let lhs = self.compared(&expr.left, right)?;
            let rhs = self.comparand(*op, right)?;
            self.at(expr.range);
            self.unit.emit(compare_op(*op), dst, lhs, rhs);
            self.unit.top = mark;
            return Ok(());
        }
        let (_, out) = self.scratch(dst);
        let end = self.unit.label();
        let last = expr.ops.len() - 1;
        let mut lhs = self.compared(&expr.left, &expr.comparators[0])?;
        for (index, (op, right)) in expr.ops.iter().zip(&expr.comparators).enumerate() {
            let rhs = match expr.comparators.get(index + 1) {
                // The value is compared again: it is what was written, not a constant standing in for it.
                Some(after) => {
                    let rhs = self.reg(right)?;
                    self.steady(rhs, after)
                }
                None => self.comparand(*op, right)?,
            };
            self.at(expr.range);
            self.unit.emit(compare_op(*op), out, lhs, rhs);
            if index < last {
                self.unit.jump_if(Op::JumpIfFalse, out, end);
            }
            lhs = rhs;
        }
        self.unit.bind(end);
        self.unit.mov(dst, out);
        self.unit.top = mark;
        Ok(())
    }

    /// The left operand, in a register that evaluating the right one does not change.
    pub(super) fn compared(&mut self, left: &'a Expr, right: &Expr) -> Res<u16> {
        let reg = self.reg(left)?;
        Ok(self.steady(reg, right))
    }

    /// The right operand of a comparison; `in [1, 2]` and `in {1, 2}` test a constant.
    pub(super) fn comparand(&mut self, op: CmpOp, right: &'a Expr) -> Res<u16> {
        if matches!(op, CmpOp::In | CmpOp::NotIn) {
            let folded = match right {
                Expr::List(list) => self.constants(&list.elts).map(Const::Tuple),
                Expr::Set(set) => self.constants(&set.elts).map(Const::FrozenSet),
                _ => None,
            };
            if let Some(value) = folded {
                let temp = self.unit.temp();
                self.unit.load_const(temp, value);
                return Ok(temp);
            }
        }
        self.reg(right)
    }
}

/// The instruction of a binary operator.
pub(super) fn binary_op(op: Operator) -> Op {
    match op {
        Operator::Add => Op::Add,
        Operator::Sub => Op::Sub,
        Operator::Mult => Op::Mul,
        Operator::MatMult => Op::MatMul,
        Operator::Div => Op::TrueDiv,
        Operator::Mod => Op::Mod,
        Operator::Pow => Op::Pow,
        Operator::LShift => Op::LShift,
        Operator::RShift => Op::RShift,
        Operator::BitOr => Op::Or,
        Operator::BitXor => Op::Xor,
        Operator::BitAnd => Op::And,
        Operator::FloorDiv => Op::FloorDiv,
    }
}

fn immediate(op: Op) -> Option<Op> {
    Some(match op {
        Op::Add => Op::AddI,
        Op::Sub => Op::SubI,
        Op::Mul => Op::MulI,
        Op::FloorDiv => Op::FloorDivI,
        Op::Mod => Op::ModI,
        Op::LShift => Op::LShiftI,
        Op::RShift => Op::RShiftI,
        Op::And => Op::AndI,
        _ => return None,
    })
}

/// The instruction of a comparison.
pub(super) fn compare_op(op: CmpOp) -> Op {
    match op {
        CmpOp::Eq => Op::Eq,
        CmpOp::NotEq => Op::Ne,
        CmpOp::Lt => Op::Lt,
        CmpOp::LtE => Op::Le,
        CmpOp::Gt => Op::Gt,
        CmpOp::GtE => Op::Ge,
        CmpOp::Is => Op::Is,
        CmpOp::IsNot => Op::IsNot,
        CmpOp::In => Op::In,
        CmpOp::NotIn => Op::NotIn,
    }
}
