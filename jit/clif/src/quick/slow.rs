//! What is behind the trace: helpers of the runtime that are rarely called, with all registers kept.
use haft_jit::backend::Context;
use haft_jit::ir::{Finish, Usual};
use haft_jit::word;

use super::asm::{Alu, Cc, Label, Mem, Reg, Rm};
use super::regs::{CALLER_SAVED, Loc};
use super::{CONTEXT, Quick};

/// Code behind the trace: where it begins, where it goes back to, and the registers that it must not change.
#[derive(Debug)]
pub(super) enum Slow {
    BoxFloat {
        slow: Label,
        back: Label,
        source: Reg,
        dest: Reg,
        kept: u32,
        /// Where the objects are that will hold it.
        holders: Vec<Loc>,
    },
    Barrier {
        slow: Label,
        back: Label,
        object: Reg,
        kept: u32,
    },
    Alloc {
        slow: Label,
        back: Label,
        dest: Reg,
        kept: u32,
        header: u64,
        payload: u32,
    },
    Saturate {
        slow: Label,
        back: Label,
        source: Reg,
        dest: Reg,
    },
    Finish {
        object: Label,
        slow: Label,
        back: Label,
        finish: Finish,
        exit: Option<Label>,
    },
}

impl Quick<'_> {
    /// The registers that a call behind the trace must keep at the current instruction, which makes `dest`.
    pub(super) fn kept(&self, dest: Reg) -> u32 {
        let after = 2 * self.at as u32 + 1;
        self.regs.live_from(&self.live, after) & CALLER_SAVED & !dest.bit()
    }

    pub(super) fn write_slow(&mut self) {
        for slow in std::mem::take(&mut self.slow) {
            match slow {
                Slow::BoxFloat { slow, back, source, dest, kept, holders } => {
                    self.asm.bind(slow);
                    self.keep(kept);
                    self.asm.mov(Reg::XMM0, source);
                    self.helper(self.surroundings.runtime.box_float, Some(dest));
                    self.barriers(dest, kept, holders);
                    self.back(kept, back);
                }
                Slow::Barrier { slow, back, object, kept } => {
                    self.asm.bind(slow);
                    self.keep(kept);
                    self.asm.mov(Reg::RSI, object);
                    self.helper(self.surroundings.runtime.barrier, None);
                    self.back(kept, back);
                }
                Slow::Alloc { slow, back, dest, kept, header, payload } => {
                    self.asm.bind(slow);
                    self.keep(kept);
                    self.asm.mov_imm(Reg::RSI, header.cast_signed());
                    self.asm.mov_imm(Reg::RDX, i64::from(payload));
                    self.helper(self.surroundings.runtime.alloc, Some(dest));
                    self.back(kept, back);
                }
                Slow::Saturate { slow, back, source, dest } => {
                    self.asm.bind(slow);
                    self.asm.mov_imm(dest, 0);
                    self.asm.ucomisd(source, Rm::Reg(source));
                    self.asm.jcc(Cc::P, back);
                    self.asm.mov(dest, source);
                    self.asm.test(dest);
                    self.asm.mov_imm(dest, i64::MAX);
                    self.asm.jcc(Cc::NS, back);
                    self.asm.mov_imm(dest, i64::MIN);
                    self.asm.jmp(back);
                }
                Slow::Finish { object, slow, back, finish, exit } => {
                    if let Usual::Object { last, nothing, .. } = finish.usual {
                        self.asm.bind(object);
                        self.forget_note(last as i32, nothing, slow);
                        self.asm.jmp(back);
                    }
                    self.asm.bind(slow);
                    self.asm.mov(Reg::RSI, Reg::RAX);
                    self.helper(finish.helper, None);
                    if let Some(exit) = exit {
                        self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::RAX), word::RAISED as i32);
                        self.asm.jcc(Cc::E, exit);
                    }
                    self.asm.jmp(back);
                }
            }
        }
    }

    /// The barriers of objects that will hold what is in `dest`. Registers are as a call has left them.
    fn barriers(&mut self, dest: Reg, kept: u32, holders: Vec<Loc>) {
        if holders.is_empty() {
            return;
        }
        let made = self.regs.save_slot(dest);
        self.asm.store(Mem::at(Reg::RBP, made), dest);
        for holder in holders {
            let holder = match holder {
                Loc::Reg(reg) if kept & reg.bit() != 0 => Loc::Slot(self.regs.save_slot(reg)),
                holder => holder,
            };
            self.copy(Loc::Reg(Reg::RSI), holder);
            self.helper(self.surroundings.runtime.barrier, None);
        }
        self.asm.load(dest, Mem::at(Reg::RBP, made));
    }

    /// The object in `rax` is the one noted last, and the note is taken away.
    fn forget_note(&mut self, last: i32, nothing: u64, otherwise: Label) {
        let note = Mem::at(Reg::RDI, last);
        self.asm.load(Reg::RDI, Mem::at(Reg::RBP, CONTEXT));
        self.asm.load(Reg::RDI, Mem::at(Reg::RDI, std::mem::offset_of!(Context, vm) as i32));
        self.asm.alu(Alu::Cmp, Reg::RAX, Rm::Mem(note));
        self.asm.jcc(Cc::NE, otherwise);
        self.asm.mov_imm(Reg::RCX, nothing.cast_signed());
        self.asm.store(note, Reg::RCX);
    }

    fn keep(&mut self, kept: u32) {
        for reg in (0..32).map(Reg).filter(|reg| kept & reg.bit() != 0) {
            let slot = self.regs.save_slot(reg);
            self.asm.store(Mem::at(Reg::RBP, slot), reg);
        }
    }

    /// Call a helper that gets the runtime first; the word it returns goes to `dest`.
    fn helper(&mut self, target: usize, dest: Option<Reg>) {
        self.asm.load(Reg::RDI, Mem::at(Reg::RBP, CONTEXT));
        self.asm.load(Reg::RDI, Mem::at(Reg::RDI, std::mem::offset_of!(Context, vm) as i32));
        self.call_address(target);
        if let Some(dest) = dest {
            self.asm.mov(dest, Reg::RAX);
        }
    }

    fn back(&mut self, kept: u32, back: Label) {
        for reg in (0..32).map(Reg).filter(|reg| kept & reg.bit() != 0) {
            let slot = self.regs.save_slot(reg);
            self.asm.load(reg, Mem::at(Reg::RBP, slot));
        }
        self.asm.jmp(back);
    }
}
