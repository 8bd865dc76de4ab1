//! Numbers: operations on ints and floats.
use haft_jit::ir::{Inst, IrOp, Ref, Ty};

use super::Quick;
use super::asm::{Alu, Cc, Mem, Reg, Rm, Sse};
use super::slow::Slow;

const SHL: u8 = 4;
const SHR: u8 = 5;
const SAR: u8 = 7;
/// Of [`super::asm::Asm::group3`].
const MUL: u8 = 4;
const IDIV: u8 = 7;

impl Quick<'_> {
    /// Write an operation that makes an int; false if it is another.
    pub(super) fn int(&mut self, inst: &Inst) -> bool {
        match inst.op {
            IrOp::Add => self.add(inst.args[0], inst.args[1]),
            IrOp::Sub => match self.immediate(inst.args[1]).and_then(i32::checked_neg) {
                Some(number) => self.add_number(inst.args[0], number),
                None => self.alu(Alu::Sub, inst),
            },
            IrOp::And => self.alu(Alu::And, inst),
            IrOp::Or => self.alu(Alu::Or, inst),
            IrOp::Xor => self.alu(Alu::Xor, inst),
            IrOp::Mul => {
                self.multiply(inst);
            }
            IrOp::MulFit => {
                let product = self.multiply(inst);
                let exit = self.exit();
                self.asm.jcc(Cc::O, exit);
                self.asm.imul_imm(Reg::R11, Rm::Reg(product), 4);
                self.asm.jcc(Cc::O, exit);
            }
            IrOp::FloorDiv | IrOp::FloorMod => self.divide(inst),
            IrOp::Shl => self.shift(inst, SHL, 1),
            IrOp::Shr => self.shift(inst, SAR, 2),
            IrOp::ShrU => self.shift(inst, SHR, 3),
            IrOp::SignExt | IrOp::ZeroExt => self.extend(inst),
            IrOp::Select => self.select(inst),
            _ => return false,
        }
        true
    }

    fn add(&mut self, a: Ref, b: Ref) {
        let (a, b) = if self.known(a).is_some() { (b, a) } else { (a, b) };
        if let Some(number) = self.immediate(b) {
            return self.add_number(a, number);
        }
        if self.dies(a) || self.dies(b) || self.known(a).is_some() || self.known(b).is_some() {
            return self.commutative(a, b, |asm, to, from| asm.alu(Alu::Add, to, from));
        }
        let (a, b) = (self.reg(a), self.reg(b));
        let dest = self.dest();
        self.asm.lea(dest, Mem { base: a, index: Some((b, 0)), offset: 0 });
    }

    fn add_number(&mut self, a: Ref, number: i32) {
        if self.known(a).is_none() && !self.dies(a) {
            let source = self.reg(a);
            let dest = self.dest();
            self.asm.lea(dest, Mem::at(source, number));
            return;
        }
        let dest = self.dest_from(a);
        self.asm.alu_imm(Alu::Add, Rm::Reg(dest), number);
    }

    fn alu(&mut self, op: Alu, inst: &Inst) {
        let (a, b) = (inst.args[0], inst.args[1]);
        if let Some(number) = self.immediate(b) {
            let dest = self.dest_from(a);
            self.asm.alu_imm(op, Rm::Reg(dest), number);
        } else if op == Alu::Sub {
            let b = self.rm(b);
            let dest = self.dest_from(a);
            self.asm.alu(op, dest, b);
        } else {
            self.commutative(a, b, |asm, to, from| asm.alu(op, to, from));
        }
    }

    /// An operation whose operands may be exchanged: the one that is used last gives its register.
    fn commutative(&mut self, a: Ref, b: Ref, write: impl Fn(&mut super::Asm, Reg, Rm)) {
        let swap = self.known(a).is_some() || (!self.dies(a) && self.dies(b));
        let swap = swap && self.known(b).is_none() && !self.is_folded(b) || self.is_folded(a);
        let (a, b) = if swap { (b, a) } else { (a, b) };
        let b = self.rm(b);
        let dest = self.dest_from(a);
        write(&mut self.asm, dest, b);
    }

    fn multiply(&mut self, inst: &Inst) -> Reg {
        let (a, b) = (inst.args[0], inst.args[1]);
        let (a, b) = if self.known(a).is_some() { (b, a) } else { (a, b) };
        if let Some(number) = self.immediate(b) {
            let source = self.rm(a);
            let dest = self.dest_over(&[a]);
            self.asm.imul_imm(dest, source, number);
            return dest;
        }
        self.commutative(a, b, |asm, to, from| asm.imul(to, from));
        self.regs.reg_of(Ref(self.at as u32)).expect("just made")
    }

    fn shift(&mut self, inst: &Inst, kind: u8, by_register: u8) {
        if let Some(by) = self.known(inst.args[1]) {
            let dest = self.dest_from(inst.args[0]);
            self.asm.shift(kind, dest, (by & 63) as u8);
            return;
        }
        let by = self.reg(inst.args[1]);
        let source = self.rm(inst.args[0]);
        let dest = self.dest_over(&inst.args);
        self.asm.shift_by(by_register, dest, source, by);
    }

    fn extend(&mut self, inst: &Inst) {
        let signed = inst.op == IrOp::SignExt;
        let bits = inst.imm as u32;
        if matches!(bits, 8 | 16 | 32) {
            let source = self.rm(inst.args[0]);
            let dest = self.dest_over(&inst.args);
            self.asm.extend(dest, source, bits, signed);
            return;
        }
        let dest = self.dest_from(inst.args[0]);
        let rest = (64 - bits) as u8;
        self.asm.shift(SHL, dest, rest);
        self.asm.shift(if signed { SAR } else { SHR }, dest, rest);
    }

    fn select(&mut self, inst: &Inst) {
        let a = self.rm(inst.args[1]);
        let b = self.reg(inst.args[2]);
        let cc = self.flags(inst.args[0]);
        // What comes now changes no flags.
        let dest = self.dest();
        self.asm.mov(dest, b);
        self.asm.cmov(cc, dest, a);
    }

    fn divide(&mut self, inst: &Inst) {
        let is_div = inst.op == IrOp::FloorDiv;
        match self.known(inst.args[1]) {
            Some(d) if d > 0 && d.count_ones() == 1 => {
                let dest_from = inst.args[0];
                let shift = d.trailing_zeros() as u8;
                if is_div {
                    let dest = self.dest_from(dest_from);
                    self.asm.shift(SAR, dest, shift);
                } else if let Ok(mask) = i32::try_from(d - 1) {
                    let dest = self.dest_from(dest_from);
                    self.asm.alu_imm(Alu::And, Rm::Reg(dest), mask);
                } else {
                    let dest = self.dest_from(dest_from);
                    self.asm.shift(SHL, dest, 64 - shift);
                    self.asm.shift(SHR, dest, 64 - shift);
                }
            }
            Some(d) if d > 0 => self.divide_by(inst.args[0], d, is_div),
            _ => self.divide_by_unknown(inst, is_div),
        }
    }

    /// Empty `rax` and `rdx`, and have the operands elsewhere.
    fn free_pair(&mut self, operands: [Reg; 2]) -> [Reg; 2] {
        self.regs.position = 2 * self.at as u32 + 1;
        for reg in [Reg::RAX, Reg::RDX] {
            self.regs.pin(reg);
        }
        let moved = operands.map(|reg| {
            if reg != Reg::RAX && reg != Reg::RDX {
                return reg;
            }
            let to = self.temporary();
            self.asm.mov(to, reg);
            to
        });
        for reg in [Reg::RAX, Reg::RDX] {
            self.regs.give_up(&mut self.asm, &self.live, reg);
        }
        moved
    }

    /// Floor of `a / d` for a known `d` > 0 by the reciprocal; see `lower::ints` for why it is right.
    fn divide_by(&mut self, a: Ref, d: i64, is_div: bool) {
        let a = self.reg(a);
        let [a, _] = self.free_pair([a, Reg::RCX]);
        let shift = d.ilog2();
        let reciprocal = ((1_u128 << (64 + shift)) / u128::from(d.cast_unsigned())) as u64 + 1;
        let sign = self.temporary();
        self.asm.mov(sign, a);
        self.asm.shift(SAR, sign, 63);
        self.asm.mov(Reg::RAX, a);
        self.asm.alu(Alu::Xor, Reg::RAX, Rm::Reg(sign));
        // The number may be in the register for a moment's need.
        let keeps = a == Reg::R11;
        let factor = if keeps { self.temporary() } else { Reg::R11 };
        self.asm.mov_imm(factor, reciprocal.cast_signed());
        self.asm.group3(MUL, Rm::Reg(factor));
        self.asm.shift(SHR, Reg::RDX, shift as u8);
        self.asm.alu(Alu::Xor, Reg::RDX, Rm::Reg(sign));
        let value = Ref(self.at as u32);
        if is_div {
            self.regs.bind(value, Reg::RDX);
            return;
        }
        self.asm.mov_imm(factor, d);
        self.asm.imul(Reg::RDX, Rm::Reg(factor));
        self.asm.mov(Reg::RAX, a);
        self.asm.alu(Alu::Sub, Reg::RAX, Rm::Reg(Reg::RDX));
        self.regs.bind(value, Reg::RAX);
    }

    fn divide_by_unknown(&mut self, inst: &Inst, is_div: bool) {
        let a = self.reg(inst.args[0]);
        let b = self.reg(inst.args[1]);
        let [a, b] = self.free_pair([a, b]);
        let wrong = self.temporary();
        let zero = self.temporary();
        let by_minus_one = self.asm.label();
        self.asm.mov(Reg::RAX, a);
        if !is_div {
            // The instruction fails for the smallest int, whose quotient is none.
            self.asm.mov_imm(Reg::RDX, 0);
            self.asm.alu_imm(Alu::Cmp, Rm::Reg(b), -1);
            self.asm.jcc(Cc::E, by_minus_one);
        }
        self.asm.cqo();
        self.asm.group3(IDIV, Rm::Reg(b));
        // Rounded towards zero: wrong if there is a rest whose sign is not the divisor's.
        self.asm.mov(wrong, Reg::RDX);
        self.asm.alu(Alu::Xor, wrong, Rm::Reg(b));
        self.asm.shift(SAR, wrong, 63);
        if !is_div {
            self.asm.alu(Alu::And, wrong, Rm::Reg(b));
        }
        self.asm.mov_imm(zero, 0);
        self.asm.test(Reg::RDX);
        self.asm.cmov(Cc::E, wrong, Rm::Reg(zero));
        let result = if is_div { Reg::RAX } else { Reg::RDX };
        self.asm.alu(Alu::Add, result, Rm::Reg(wrong));
        self.asm.bind(by_minus_one);
        self.regs.bind(Ref(self.at as u32), result);
    }

    /// Write an operation on floats that makes a number; false if it is another.
    pub(super) fn float(&mut self, inst: &Inst) -> bool {
        match inst.op {
            IrOp::FAdd => self.commutative_floats(inst, Sse::Add),
            IrOp::FMul => self.commutative_floats(inst, Sse::Mul),
            IrOp::FSub => self.floats(inst, Sse::Sub),
            IrOp::FDiv => self.floats(inst, Sse::Div),
            IrOp::FSqrt => {
                let source = self.rm(inst.args[0]);
                let dest = self.dest_over(&inst.args);
                self.asm.sse(Sse::Sqrt, dest, source);
            }
            IrOp::FNeg => self.float_bits(inst, 0x57, 1 << 63),
            IrOp::FAbs => self.float_bits(inst, 0x54, !(1 << 63)),
            IrOp::IToF => {
                let source = self.rm(inst.args[0]);
                let dest = self.dest();
                self.asm.int_to_double(dest, source);
            }
            IrOp::FToI => {
                let source = self.reg(inst.args[0]);
                let dest = self.dest();
                let (slow, back) = (self.asm.label(), self.asm.label());
                self.asm.double_to_int(dest, source);
                self.asm.alu_imm(Alu::Cmp, Rm::Reg(dest), 1);
                self.asm.jcc(Cc::O, slow);
                self.asm.bind(back);
                self.slow.push(Slow::Saturate { slow, back, source, dest });
            }
            IrOp::FToSingle => {
                let source = self.rm(inst.args[0]);
                self.asm.double_to_single(Reg::XMM15, source);
                let dest = self.dest_over(&inst.args);
                self.asm.single_to_double(dest, Rm::Reg(Reg::XMM15));
            }
            _ => return false,
        }
        true
    }

    fn commutative_floats(&mut self, inst: &Inst, op: Sse) {
        self.commutative(inst.args[0], inst.args[1], |asm, to, from| asm.sse(op, to, from));
    }

    fn floats(&mut self, inst: &Inst, op: Sse) {
        let b = self.rm(inst.args[1]);
        let dest = self.dest_from(inst.args[0]);
        self.asm.sse(op, dest, b);
    }

    fn float_bits(&mut self, inst: &Inst, opcode: u8, mask: u64) {
        debug_assert_eq!(inst.ty, Ty::F);
        let dest = self.dest_from(inst.args[0]);
        let mask = self.asm.constant(mask);
        self.asm.load_double(Reg::XMM15, Rm::Pool(mask));
        self.asm.bits(opcode, dest, Reg::XMM15);
    }
}
