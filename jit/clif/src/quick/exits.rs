//! Every way out of a trace.
use haft_jit::backend::{CompileError, ExitId, ExitKind, Kept, Published, TraceId};
use haft_jit::ir::{Inst, Ref};

use super::asm::{Alu, Cc, Label, Mem, Reg, Rm};
use super::regs::Loc;
use super::{BASE, CONTEXT, Quick, Result};
use crate::lower::live_offset;

/// Where a live value is, and what is to be added.
pub(super) type Place = (Loc, i32);

impl Quick<'_> {
    /// Where the current instruction leaves to: code that stores what is live from where it is now.
    pub(super) fn exit(&mut self) -> Label {
        let index = self.plan.of(self.at);
        let places = self.places(index);
        let known = self.exits[index].iter().find(|(known, _)| *known == places);
        if let Some((_, label)) = known {
            return *label;
        }
        let label = self.asm.label();
        self.exits[index].push((places, label));
        label
    }

    /// Where the live values of an exit are.
    fn places(&self, index: usize) -> Vec<Place> {
        let live = &self.plan.exits[index].live;
        let place = |value| {
            let (value, plus) = self.live.at_exit(value, self.at);
            let loc = match self.known(value) {
                Some(number) => Loc::Const(number.cast_unsigned()),
                None => self.regs.loc(value).expect("what is live is somewhere"),
            };
            (loc, plus)
        };
        live.iter().map(|&(value, _)| place(value)).collect()
    }

    /// The exits: store what is live, say which it is, leave.
    pub(super) fn write_leave(&mut self) {
        let exits = std::mem::take(&mut self.exits);
        let leave = self.asm.label();
        for (index, variants) in exits.into_iter().enumerate() {
            for (places, label) in variants {
                self.asm.bind(label);
                self.asm.load(Reg::R11, Mem::at(Reg::RBP, CONTEXT));
                for (number, place) in places.into_iter().enumerate() {
                    self.store_place(Mem::at(Reg::R11, live_offset(number)), place);
                }
                let kind = self.plan.exits[index].kind;
                let number = ExitId::returned(kind, self.surroundings.id, index as u32).0;
                self.asm.mov_imm(Reg::RDX, number.cast_signed());
                self.asm.jmp(leave);
                self.leave = Some(leave);
            }
        }
        if self.leave.is_some() {
            self.asm.bind(leave);
            self.asm.mov_imm(Reg::RAX, self.surroundings.cells as i64);
            // The low half of the number is the index.
            self.asm.extend(Reg::RCX, Rm::Reg(Reg::RDX), 16, false);
            self.asm.mov(Reg::RDI, Reg::R11);
            self.asm.load(Reg::RSI, Mem::at(Reg::RBP, BASE));
            let cell = Mem { base: Reg::RAX, index: Some((Reg::RCX, 3)), offset: 0 };
            self.asm.jmp_to(Rm::Mem(cell));
        }
    }

    /// Write a live value, or what it is computed from.
    fn store_place(&mut self, to: Mem, (place, plus): Place) {
        self.store_live(to, place);
        if plus != 0 {
            self.asm.alu_imm(Alu::Add, Rm::Mem(to), plus);
        }
    }

    /// Write a live value.
    fn store_live(&mut self, to: Mem, place: Loc) {
        match place {
            Loc::Reg(reg) => self.asm.store(to, reg),
            Loc::Slot(slot) => {
                self.asm.load(Reg::XMM15, Mem::at(Reg::RBP, slot));
                self.asm.store(to, Reg::XMM15);
            }
            Loc::Const(number) => match i32::try_from(number.cast_signed()) {
                Ok(number) => self.asm.store_imm(to, number, 8),
                Err(_) => {
                    let number = self.asm.constant(number);
                    self.asm.load_double(Reg::XMM15, Rm::Pool(number));
                    self.asm.store(to, Reg::XMM15);
                }
            },
        }
    }

    /// See to it that the frame has a live value; where, and what is to be added.
    fn keep_in_frame(&mut self, value: Ref) -> Kept {
        let (value, plus) = self.live.at_exit(value, self.at);
        if let Some(number) = self.known(value) {
            return Kept::Constant(number.wrapping_add(i64::from(plus)).cast_unsigned());
        }
        self.regs.spill(&mut self.asm, &self.live, value);
        let offset = self.regs.slot_of(value).expect("memory holds it");
        Kept::InFrame { offset, plus }
    }

    /// See to it that memory holds what is live, then write where we are: who finds the number may read the values.
    pub(super) fn publish(&mut self, inst: &Inst) {
        let index = self.plan.of(self.at);
        debug_assert_eq!(self.plan.exits[index].kind, ExitKind::Published);
        let area = self.reg(inst.args[0]);
        let plan = self.plan;
        let kept = plan.exits[index].live.iter().map(|&(value, _)| self.keep_in_frame(value));
        let kept = kept.collect();
        self.kept.push((index, kept));
        let number = ExitId::new(self.surroundings.id, index as u32).0 + 1;
        let site = Mem::at(area, std::mem::offset_of!(Published, site) as i32);
        self.store_live(site, Loc::Const(number));
    }

    /// Behind a call: take it back, and leave if somebody ran.
    pub(super) fn returned(&mut self, inst: &Inst) {
        let area = self.reg(inst.args[0]);
        let at = |offset: usize| Mem::at(area, offset as i32);
        self.asm.store_imm(at(std::mem::offset_of!(Published, site)), 0, 8);
        self.asm.alu_imm(Alu::Cmp, Rm::Mem(at(std::mem::offset_of!(Published, leave))), 0);
        let exit = self.exit();
        self.asm.jcc(Cc::NE, exit);
    }

    /// A value for the trace that the link behind goes on in.
    pub(super) fn pass_on(&mut self, inst: &Inst) {
        let context = self.reg(self.live.extra.context);
        let value = self.live.of(inst.args[0]);
        let place = match self.known(value) {
            Some(number) => Loc::Const(number.cast_unsigned()),
            None => self.regs.loc(value).expect("what is live is somewhere"),
        };
        self.store_live(Mem::at(context, live_offset(inst.imm as usize)), place);
    }

    /// Go on in another trace.
    pub(super) fn link(&mut self, inst: &Inst) -> Result<()> {
        let id = TraceId(inst.imm as u32);
        let Some(entry) = self.surroundings.entry(id) else {
            return Err(CompileError::Unsupported(format!("a link to trace {}", id.0)));
        };
        self.asm.load(Reg::RDI, Mem::at(Reg::RBP, CONTEXT));
        self.asm.load(Reg::RSI, Mem::at(Reg::RBP, BASE));
        self.asm.jmp_near(entry);
        Ok(())
    }
}
