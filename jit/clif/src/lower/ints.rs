//! Operations on ints and bools.
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use haft_jit::ir::{Inst, IrOp};
use haft_jit::word;

use super::Lower;

impl Lower<'_> {
    /// The value of an operation on ints; `None` if it is another operation.
    pub(super) fn int(&mut self, at: usize, inst: &Inst) -> Option<Value> {
        if let Some(condition) = condition(inst.op) {
            let (a, b) = self.operands(inst);
            return Some(self.b.ins().icmp(condition, a, b));
        }
        Some(match inst.op {
            IrOp::MulFit => self.mul_fit(at, inst),
            IrOp::MulFits => self.mul_fits(inst),
            IrOp::FloorDiv => self.floor_div(inst),
            IrOp::FloorMod => self.floor_mod(inst),
            IrOp::SignExt | IrOp::ZeroExt => self.extend(inst),
            IrOp::Fits => {
                let a = self.value(inst.args[0]);
                self.fits(a)
            }
            IrOp::Not => {
                let a = self.value(inst.args[0]);
                self.b.ins().icmp_imm_u(IntCC::Equal, a, 0)
            }
            IrOp::BToI => {
                let a = self.value(inst.args[0]);
                self.b.ins().uextend(types::I64, a)
            }
            IrOp::PToI | IrOp::IToP | IrOp::VToI => self.value(inst.args[0]),
            IrOp::Select => {
                let condition = self.value(inst.args[0]);
                let (a, b) = (self.value(inst.args[1]), self.value(inst.args[2]));
                self.b.ins().select(condition, a, b)
            }
            _ => return self.arithmetic(inst),
        })
    }

    fn arithmetic(&mut self, inst: &Inst) -> Option<Value> {
        let simple = matches!(
            inst.op,
            IrOp::Add
                | IrOp::Sub
                | IrOp::Mul
                | IrOp::Shl
                | IrOp::Shr
                | IrOp::ShrU
                | IrOp::And
                | IrOp::Or
                | IrOp::Xor
        );
        if !simple {
            return None;
        }
        let (a, b) = self.operands(inst);
        let ins = self.b.ins();
        Some(match inst.op {
            IrOp::Add => ins.iadd(a, b),
            IrOp::Sub => ins.isub(a, b),
            IrOp::Mul => ins.imul(a, b),
            IrOp::Shl => ins.ishl(a, b),
            IrOp::Shr => ins.sshr(a, b),
            IrOp::ShrU => ins.ushr(a, b),
            IrOp::And => ins.band(a, b),
            IrOp::Or => ins.bor(a, b),
            _ => ins.bxor(a, b),
        })
    }

    pub(super) fn operands(&mut self, inst: &Inst) -> (Value, Value) {
        (self.value(inst.args[0]), self.value(inst.args[1]))
    }

    /// The sign and the bits above the small int's are all equal: turned to the bottom, they and 1 more are 1 or carry out.
    fn fits(&mut self, a: Value) -> Value {
        let bits = i64::from(word::INT_SHIFT) + 1;
        let turned = self.b.ins().rotl_imm_u(a, bits);
        let next = self.b.ins().iadd_imm_s(turned, 1);
        let wrong = self.b.ins().band_imm_u(next, (1 << bits) - 2);
        self.b.ins().icmp_imm_u(IntCC::Equal, wrong, 0)
    }

    fn mul_fit(&mut self, at: usize, inst: &Inst) -> Value {
        let (a, b) = self.operands(inst);
        let (product, overflow) = self.b.ins().smul_overflow(a, b);
        self.leave_unless(at, overflow, false);
        let fits = self.fits(product);
        self.leave_unless(at, fits, true);
        product
    }

    fn mul_fits(&mut self, inst: &Inst) -> Value {
        let (a, b) = self.operands(inst);
        let (product, overflow) = self.b.ins().smul_overflow(a, b);
        let fits = self.fits(product);
        self.b.ins().band_not(fits, overflow)
    }

    fn floor_div(&mut self, inst: &Inst) -> Value {
        let a = self.value(inst.args[0]);
        match self.known(inst.args[1]) {
            Some(d) if d > 0 => self.floor_div_by(a, d),
            _ => {
                let b = self.value(inst.args[1]);
                let quotient = self.b.ins().sdiv(a, b);
                // Rounded towards zero; one less if there is a rest and the signs differ.
                let product = self.b.ins().imul(quotient, b);
                let rest = self.b.ins().isub(a, product);
                let wrong = self.wrong_sign(rest, b);
                let wrong = self.b.ins().uextend(types::I64, wrong);
                self.b.ins().isub(quotient, wrong)
            }
        }
    }

    fn floor_mod(&mut self, inst: &Inst) -> Value {
        let a = self.value(inst.args[0]);
        match self.known(inst.args[1]) {
            Some(d) if d > 0 && d.count_ones() == 1 => self.b.ins().band_imm_s(a, d - 1),
            Some(d) if d > 0 => {
                let quotient = self.floor_div_by(a, d);
                let product = self.b.ins().imul_imm_s(quotient, d);
                self.b.ins().isub(a, product)
            }
            _ => {
                let b = self.value(inst.args[1]);
                let rest = self.b.ins().srem(a, b);
                let wrong = self.wrong_sign(rest, b);
                let sum = self.b.ins().iadd(rest, b);
                self.b.ins().select(wrong, sum, rest)
            }
        }
    }

    /// Is the rest of a division not zero, and its sign not the divisor's?
    fn wrong_sign(&mut self, rest: Value, divisor: Value) -> Value {
        let signs = self.b.ins().bxor(rest, divisor);
        let differ = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let some = self.b.ins().icmp_imm_u(IntCC::NotEqual, rest, 0);
        self.b.ins().band(differ, some)
    }

    /// Floor of `a / d` for a known `d` > 0: a shift, or a multiplication by the reciprocal.
    ///
    /// For `n` = `a` or, below zero, `-a - 1` (its complement), the quotient is `floor(n / d)` or its complement. As
    /// `n < 2^63`, `n / d` is the upper half of `n * m`, shifted by `s`, with `s = ceil(log2 d) - 1` and
    /// `m = floor(2^(64+s) / d) + 1`: `m` has 64 bits, and the error `n * (m * d - 2^(64+s)) / d` is less than `2^(64+s) / d`.
    fn floor_div_by(&mut self, a: Value, d: i64) -> Value {
        if d.count_ones() == 1 {
            return self.b.ins().sshr_imm_u(a, i64::from(d.trailing_zeros()));
        }
        let shift = d.ilog2(); // d is no power of two
        let reciprocal = ((1_u128 << (64 + shift)) / u128::from(d.cast_unsigned())) as u64 + 1;
        let sign = self.b.ins().sshr_imm_u(a, 63);
        let n = self.b.ins().bxor(a, sign);
        let reciprocal = self.number(reciprocal.cast_signed());
        let high = self.b.ins().umulhi(n, reciprocal);
        let quotient = self.b.ins().ushr_imm_u(high, i64::from(shift));
        self.b.ins().bxor(quotient, sign)
    }

    fn extend(&mut self, inst: &Inst) -> Value {
        let a = self.value(inst.args[0]);
        if !(1..64).contains(&inst.imm) {
            return a;
        }
        let signed = inst.op == IrOp::SignExt;
        match Type::int(inst.imm as u16) {
            Some(narrow) => {
                let low = self.b.ins().ireduce(narrow, a);
                let ins = self.b.ins();
                if signed { ins.sextend(types::I64, low) } else { ins.uextend(types::I64, low) }
            }
            None if signed => {
                let top = self.b.ins().ishl_imm_u(a, 64 - inst.imm);
                self.b.ins().sshr_imm_u(top, 64 - inst.imm)
            }
            None => self.b.ins().band_imm_s(a, (1 << inst.imm) - 1),
        }
    }
}

fn condition(op: IrOp) -> Option<IntCC> {
    Some(match op {
        IrOp::IEq | IrOp::Same | IrOp::PEq => IntCC::Equal,
        IrOp::INe => IntCC::NotEqual,
        IrOp::ILt => IntCC::SignedLessThan,
        IrOp::ILe => IntCC::SignedLessThanOrEqual,
        IrOp::IGt => IntCC::SignedGreaterThan,
        IrOp::IGe => IntCC::SignedGreaterThanOrEqual,
        IrOp::ULt => IntCC::UnsignedLessThan,
        _ => return None,
    })
}
