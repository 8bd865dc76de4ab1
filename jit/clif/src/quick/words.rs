//! Value words: boxing and unboxing.
use haft_jit::ir::{Inst, IrOp, Ref};
use haft_jit::word;

use super::Quick;
use super::asm::{Alu, Mem, Reg, Rm};
use super::slow::Slow;
use crate::barriers;

impl Quick<'_> {
    /// Write an operation that boxes or unboxes; false if it is another.
    pub(super) fn word(&mut self, inst: &Inst) -> bool {
        match inst.op {
            IrOp::BoxI => {
                let number = self.reg(inst.args[0]);
                let dest = self.dest_over(&inst.args);
                self.asm.lea_scaled(dest, number, word::INT_SHIFT as u8, word::INT_TAG as i32);
            }
            IrOp::UnboxI => {
                let dest = self.dest_from(inst.args[0]);
                self.asm.shift(7, dest, word::INT_SHIFT as u8);
            }
            IrOp::BoxF => self.box_float(inst.args[0]),
            IrOp::UnboxF => {
                let source = self.reg(inst.args[0]);
                let dest = self.dest();
                self.asm.lea(Reg::R11, Mem::at(source, -(word::FLOAT_BIAS as i32)));
                self.asm.shift(1, Reg::R11, word::FLOAT_ROTATION as u8);
                self.asm.mov(dest, Reg::R11);
            }
            IrOp::BoxB => {
                let truth = self.reg(inst.args[0]);
                let dest = self.dest_over(&inst.args);
                const { assert!(word::TRUE - word::FALSE == 8) };
                self.asm.lea_scaled(dest, truth, 3, word::FALSE as i32);
            }
            _ => return false,
        }
        true
    }

    fn box_float(&mut self, number: Ref) {
        let source = self.reg(number);
        let dest = self.dest();
        self.asm.mov(dest, source);
        self.asm.shift(0, dest, word::FLOAT_ROTATION as u8);
        self.asm.alu_imm(Alu::Add, Rm::Reg(dest), word::FLOAT_BIAS as i32);
        let immediate = self.test_float(dest);
        let (slow, back) = (self.asm.label(), self.asm.label());
        self.asm.jcc(immediate.not(), slow);
        self.asm.bind(back);
        let kept = self.kept(dest);
        let holders = barriers::holders_of(self.trace, self.at);
        let holders = holders.into_iter().map(|holder| self.loc(holder)).collect();
        self.slow.push(Slow::BoxFloat { slow, back, source, dest, kept, holders });
    }
}
