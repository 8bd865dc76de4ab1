//! Operations on floats.
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};
use haft_jit::ir::{Inst, IrOp, Ty};

use super::Lower;

impl Lower<'_> {
    /// The value of an operation on floats; `None` if it is another operation.
    pub(super) fn float(&mut self, inst: &Inst) -> Option<Value> {
        match inst.op.row().args? {
            [Ty::F, Ty::F] => Some(self.two_floats(inst)),
            [Ty::F] if inst.op != IrOp::BoxF => Some(self.one_float(inst)),
            [Ty::I] if inst.op == IrOp::IToF => {
                let a = self.value(inst.args[0]);
                Some(self.b.ins().fcvt_from_sint(types::F64, a))
            }
            _ => None,
        }
    }

    fn two_floats(&mut self, inst: &Inst) -> Value {
        let (a, b) = self.operands(inst);
        if let Some(condition) = condition(inst.op) {
            return self.b.ins().fcmp(condition, a, b);
        }
        let ins = self.b.ins();
        match inst.op {
            IrOp::FAdd => ins.fadd(a, b),
            IrOp::FSub => ins.fsub(a, b),
            IrOp::FMul => ins.fmul(a, b),
            _ => ins.fdiv(a, b),
        }
    }

    fn one_float(&mut self, inst: &Inst) -> Value {
        let a = self.value(inst.args[0]);
        match inst.op {
            IrOp::FNeg => self.b.ins().fneg(a),
            IrOp::FAbs => self.b.ins().fabs(a),
            IrOp::FSqrt => self.b.ins().sqrt(a),
            IrOp::FToI => self.b.ins().fcvt_to_sint_sat(types::I64, a),
            _ => {
                let single = self.b.ins().fdemote(types::F32, a);
                self.b.ins().fpromote(types::F64, single)
            }
        }
    }
}

fn condition(op: IrOp) -> Option<FloatCC> {
    Some(match op {
        IrOp::FEq => FloatCC::Equal,
        IrOp::FNe => FloatCC::NotEqual,
        IrOp::FLt => FloatCC::LessThan,
        IrOp::FLe => FloatCC::LessThanOrEqual,
        IrOp::FGt => FloatCC::GreaterThan,
        IrOp::FGe => FloatCC::GreaterThanOrEqual,
        _ => return None,
    })
}
