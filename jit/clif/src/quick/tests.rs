//! Tests: the flags they set, the guards that ask them, and the bools they make.
use haft_jit::ir::{Inst, IrOp, Ref};
use haft_jit::word;

use super::Quick;
use super::asm::{Alu, Cc, Mem, Reg, Rm};

/// A test whose truth one flag does not tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Double {
    /// Floats are equal: neither unordered nor different.
    FloatsEqual,
    Object,
    ProductFits,
}

fn double(op: IrOp) -> Option<Double> {
    match op {
        IrOp::FEq | IrOp::FNe => Some(Double::FloatsEqual),
        IrOp::IsObject => Some(Double::Object),
        IrOp::MulFits => Some(Double::ProductFits),
        _ => None,
    }
}

fn condition(op: IrOp) -> Option<Cc> {
    Some(match op {
        IrOp::IEq | IrOp::Same | IrOp::PEq => Cc::E,
        IrOp::INe => Cc::NE,
        IrOp::ILt => Cc::L,
        IrOp::ILe => Cc::LE,
        IrOp::IGt => Cc::G,
        IrOp::IGe => Cc::GE,
        IrOp::ULt => Cc::B,
        _ => return None,
    })
}

/// The tags of floats, for each of the low bits above the tag.
pub(super) const EACH_TAG: u64 = word::FLOAT_TAGS * 0x0101_0101_0101_0101;
const _: () = assert!(word::TAG_MASK == 7 && word::FLOAT_TAGS < 256);

impl Quick<'_> {
    /// Leave unless `test` is `wanted`.
    pub(super) fn guard(&mut self, test: Ref, wanted: bool) {
        let test = self.live.of(test);
        if self.live.is_lazy[test.0 as usize] {
            let inst = self.trace.inst(test);
            if inst.op == IrOp::Not {
                return self.guard(inst.args[0], !wanted);
            }
            if let Some(double) = double(inst.op) {
                let wanted = wanted == (inst.op != IrOp::FNe);
                return self.guard_double(inst, double, wanted);
            }
        }
        if let Some(number) = self.known(test) {
            if (number != 0) != wanted {
                let exit = self.exit();
                self.asm.jmp(exit);
            }
            return;
        }
        let cc = self.flags(test);
        let exit = self.exit();
        self.asm.jcc(if wanted { cc.not() } else { cc }, exit);
    }

    fn guard_double(&mut self, inst: &Inst, double: Double, wanted: bool) {
        let next = self.asm.label();
        let mut tested = Reg::R11;
        // The condition that decides against it at once, and the one that decides against it then.
        let against = match double {
            Double::FloatsEqual => {
                let a = self.reg(inst.args[0]);
                let b = self.rm(inst.args[1]);
                self.asm.ucomisd(a, b);
                [Cc::P, Cc::NE]
            }
            Double::Object => {
                tested = self.reg(inst.args[0]);
                self.asm.test_bits(Rm::Reg(tested), word::TAG_MASK as u8);
                [Cc::NE, Cc::E]
            }
            Double::ProductFits => {
                self.product(inst);
                [Cc::O, Cc::O]
            }
        };
        let exit = self.exit();
        self.asm.jcc(against[0], if wanted { exit } else { next });
        match double {
            Double::FloatsEqual => {}
            // Not asked for again: a constant would get another register, and behind a jump none may be taken.
            Double::Object => self.asm.test(tested),
            Double::ProductFits => self.asm.imul_imm(Reg::R11, Rm::Reg(Reg::R11), 4),
        }
        self.asm.jcc(if wanted { against[1] } else { against[1].not() }, exit);
        self.asm.bind(next);
    }

    /// The product of two ints, in the register for a moment's need, and the overflow flag.
    fn product(&mut self, inst: &Inst) {
        self.scratch_taken = true;
        let a = self.rm(inst.args[0]);
        let b = self.rm(inst.args[1]);
        match a {
            Rm::Reg(a) => self.asm.mov(Reg::R11, a),
            Rm::Mem(a) => self.asm.load(Reg::R11, a),
            Rm::Pool(_) => {}
        }
        self.asm.imul(Reg::R11, b);
    }

    /// Set the flags by a test; the condition that says that it is true.
    pub(super) fn flags(&mut self, test: Ref) -> Cc {
        let test = self.live.of(test);
        if !self.live.is_lazy[test.0 as usize] {
            let truth = self.reg(test);
            self.asm.test(truth);
            return Cc::NE;
        }
        let inst = self.trace.inst(test);
        self.flags_of(inst)
    }

    fn flags_of(&mut self, inst: &Inst) -> Cc {
        if let Some(cc) = condition(inst.op) {
            return self.compare(inst, cc);
        }
        match inst.op {
            IrOp::Not => self.flags(inst.args[0]).not(),
            IrOp::IsInt => {
                let word = self.reg(inst.args[0]);
                self.asm.lea(Reg::R11, Mem::at(word, -(word::INT_TAG as i32)));
                self.asm.test_bits(Rm::Reg(Reg::R11), word::INT_MASK as u8);
                Cc::E
            }
            IrOp::IsFloat => {
                self.scratch_taken = true;
                let word = self.reg(inst.args[0]);
                self.test_float(word)
            }
            IrOp::Fits => {
                let number = self.rm(inst.args[0]);
                self.asm.imul_imm(Reg::R11, number, 4);
                Cc::O.not()
            }
            IrOp::UnboxB => {
                let word = self.rm(inst.args[0]);
                self.asm.alu_imm(Alu::Cmp, word, word::TRUE as i32);
                Cc::E
            }
            op => self.compare_floats(op, inst),
        }
    }

    /// The low bits of the word say which bit of a number: whatever those above the tag are, the tag decides.
    pub(super) fn test_float(&mut self, word: Reg) -> Cc {
        if self.live.tests_floats {
            let tags = self.reg(self.live.extra.tags);
            self.asm.bit_test(tags, word, true);
        } else {
            self.asm.mov_imm(Reg::R11, (EACH_TAG & 0xffff_ffff) as i64);
            self.asm.bit_test(Reg::R11, word, false);
        }
        Cc::B
    }

    fn compare(&mut self, inst: &Inst, cc: Cc) -> Cc {
        let (a, b, cc) = match (self.known(inst.args[0]), self.known(inst.args[1])) {
            (Some(_), None) => (inst.args[1], inst.args[0], cc.swapped()),
            _ => (inst.args[0], inst.args[1], cc),
        };
        if let Some(cc) = self.compare_folded(a, b, cc) {
            return cc;
        }
        match self.immediate(b) {
            Some(0) if self.regs.reg_of(self.live.of(a)).is_some() => {
                let a = self.reg(a);
                self.asm.test(a);
            }
            Some(number) => {
                let a = self.rm(a);
                self.asm.alu_imm(Alu::Cmp, a, number);
            }
            None => {
                let a = self.reg(a);
                let b = self.rm(b);
                self.asm.alu(Alu::Cmp, a, b);
            }
        }
        cc
    }

    fn compare_floats(&mut self, op: IrOp, inst: &Inst) -> Cc {
        let (a, b) = (inst.args[0], inst.args[1]);
        // "Above" is false for what cannot be ordered, "below" is not.
        let (a, b, cc) = match op {
            IrOp::FLt => (b, a, Cc::A),
            IrOp::FLe => (b, a, Cc::AE),
            IrOp::FGt => (a, b, Cc::A),
            _ => (a, b, Cc::AE),
        };
        let a = self.reg(a);
        let b = self.rm(b);
        self.asm.ucomisd(a, b);
        cc
    }

    /// Write a test that makes a bool; false if the operation is none.
    pub(super) fn truth(&mut self, inst: &Inst) -> bool {
        if inst.op == IrOp::Not {
            let cc = self.flags(inst.args[0]).not();
            self.truth_of(cc);
            return true;
        }
        if let Some(double) = double(inst.op) {
            self.truth_of_double(inst, double);
            return true;
        }
        let is_float = matches!(inst.op, IrOp::FLt | IrOp::FLe | IrOp::FGt | IrOp::FGe);
        let is_other = matches!(inst.op, IrOp::IsInt | IrOp::IsFloat | IrOp::Fits | IrOp::UnboxB);
        if !is_float && !is_other && condition(inst.op).is_none() {
            return false;
        }
        let cc = self.flags_of(inst);
        self.truth_of(cc);
        true
    }

    fn truth_of(&mut self, cc: Cc) {
        // What comes here changes no flags.
        let dest = self.dest();
        self.asm.set(cc, dest);
        self.asm.extend(dest, Rm::Reg(dest), 8, false);
    }

    fn truth_of_double(&mut self, inst: &Inst, double: Double) {
        let (first, second, joined) = match double {
            Double::FloatsEqual => {
                let a = self.reg(inst.args[0]);
                let b = self.rm(inst.args[1]);
                self.asm.ucomisd(a, b);
                match inst.op {
                    IrOp::FEq => (Cc::NP, Cc::E, Alu::And),
                    _ => (Cc::P, Cc::NE, Alu::Or),
                }
            }
            Double::Object => {
                let word = self.reg(inst.args[0]);
                let (low, high) = (self.temporary(), self.temporary());
                // The three bits of the tag come to the top; the word 0 becomes the largest number.
                self.asm.mov(low, word);
                self.asm.shift(1, low, 3);
                self.asm.alu_imm(Alu::Sub, Rm::Reg(low), 1);
                self.asm.mov_imm(high, (1 << 61) - 1);
                self.asm.alu(Alu::Cmp, low, Rm::Reg(high));
                return self.truth_of(Cc::B);
            }
            Double::ProductFits => {
                self.product(inst);
                let first = self.temporary();
                self.asm.set(Cc::O.not(), first);
                self.asm.imul_imm(Reg::R11, Rm::Reg(Reg::R11), 4);
                self.asm.set(Cc::O.not(), Reg::R11);
                self.asm.alu(Alu::And, Reg::R11, Rm::Reg(first));
                let dest = self.dest();
                self.asm.extend(dest, Rm::Reg(Reg::R11), 8, false);
                return;
            }
        };
        let dest = self.dest();
        self.asm.set(first, dest);
        self.asm.set(second, Reg::R11);
        self.asm.alu(joined, dest, Rm::Reg(Reg::R11));
        self.asm.extend(dest, Rm::Reg(dest), 8, false);
    }

    /// Leave if the poll word is set.
    pub(super) fn poll(&mut self) {
        let address = self.reg(self.live.extra.poll);
        self.asm.alu_imm(Alu::Cmp, Rm::Mem(Mem::at(address, 0)), 0);
        let exit = self.exit();
        self.asm.jcc(Cc::NE, exit);
    }
}
