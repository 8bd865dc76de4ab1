//! The loop of a trace: what registers hold at its head, and how they come to hold it again.
use haft_jit::ir::{IrOp, Ref};

use super::asm::{Alu, Label, Mem, Reg, Rm};
use super::live::{is_comparison, is_float, is_wide};
use super::regs::{CALLER_SAVED, Loc};
use super::{Quick, Result, unsupported};

/// The loop's head.
#[derive(Debug)]
pub(super) struct Head {
    label: Label,
    /// Instructions before it.
    before: usize,
    /// The places of its `phi`s.
    pub(super) places: Vec<(Ref, Loc)>,
    /// The guard that it begins with, if the end of the loop does its test, and what is behind that.
    test: Option<(usize, Label)>,
}

/// Registers of a class that values may hold at the head; the body needs some, too.
const MOST_GENERAL: usize = 10;
const MOST_FLOATS: usize = 12;
/// So many of them are not given to constants.
const LEFT_BY_CONSTANTS: usize = 2;

impl Quick<'_> {
    /// The loop's head.
    pub(super) fn label(&mut self, at: usize) {
        self.invariants_to_memory(at);
        let mut room = [MOST_GENERAL, MOST_FLOATS];
        for reg in (0..32).map(Reg) {
            if self.survivor(reg, at).is_some() {
                let class = usize::from(reg.is_float());
                room[class] = room[class].saturating_sub(1);
            }
        }
        let phis = self.phis(at);
        for (number, &phi) in phis.iter().enumerate() {
            let class = usize::from(is_float(self.trace, phi));
            let in_register = room[class] > 0
                && self.live.uses_in_loop(phi) > 0
                && !self.in_memory.contains(&phi);
            if in_register {
                room[class] -= 1;
            }
            self.begin_phi(phi, in_register, at, &phis[number + 1..]);
        }
        let room = self.invariants_to_registers(at, room);
        self.constants_to_registers(at, room);
        let mut held = self.regs.held();
        for (number, holder) in held.iter_mut().enumerate() {
            let is_phi = holder.is_some_and(|value| phis.contains(&value));
            if !is_phi && self.survivor(Reg(number as u8), at).is_none() {
                *holder = None;
            }
        }
        self.regs.at_label = Some(held);
        let place = |&phi: &Ref| (phi, self.regs.loc(phi).expect("it was just placed"));
        let places = phis.iter().map(place).collect();
        let label = self.asm.label();
        self.asm.bind(label);
        let next = (at + 1..self.trace.insts.len()).find(|&at| {
            let op = self.trace.insts[at].op;
            op != IrOp::Phi && !op.is_constant() && !self.live.is_lazy[at]
        });
        let test = next.filter(|&at| self.can_test_below(at)).map(|at| (at, self.asm.label()));
        self.head = Some(Head { label, before: self.asm.count, places, test });
        if test.is_some() {
            self.state_at_label = Some(self.regs.state());
        }
    }

    /// Is the instruction a guard whose test the end of the loop can do as well, because what it takes is in registers?
    fn can_test_below(&self, at: usize) -> bool {
        let Some(inst) = self.trace.insts.get(at) else { return false };
        if !matches!(inst.op, IrOp::Guard | IrOp::GuardNot) {
            return false;
        }
        let test = self.live.of(inst.args[0]);
        let is_at_hand = |value: &Ref| {
            let value = self.live.of(*value);
            self.immediate(value).is_some() || self.regs.reg_of(value).is_some()
        };
        self.live.is_lazy[test.0 as usize]
            && is_comparison(self.trace.inst(test).op)
            && self.trace.inst(test).args.iter().all(is_at_hand)
    }

    /// Behind a guard: if it is that at the loop's head, this is where the end of the loop, which has done its test, goes.
    pub(super) fn behind_guard(&mut self) -> bool {
        let Some(Head { test: Some((at, label)), .. }) = &self.head else { return false };
        if *at == self.at {
            self.asm.bind(*label);
        }
        *at == self.at
    }

    /// The `phi`s behind a label that anybody needs.
    fn phis(&self, label: usize) -> Vec<Ref> {
        let all = (label + 1..)
            .take_while(|&at| self.trace.insts.get(at).is_some_and(|inst| inst.op == IrOp::Phi));
        let is_needed = |at: &usize| {
            self.live.is_needed(*at) && self.live.of(Ref(*at as u32)).0 as usize == *at
        };
        all.filter(is_needed).map(|at| Ref(at as u32)).collect()
    }

    /// What a register holds, if the loop needs it.
    fn survivor(&self, reg: Reg, label: usize) -> Option<Ref> {
        let holder = self.regs.holder(reg);
        holder.filter(|value| self.live.end[value.0 as usize] > 2 * label as u32)
    }

    /// What only exits need, and what will not keep its register, leaves it before the loop.
    fn invariants_to_memory(&mut self, at: usize) {
        for reg in (0..32).map(Reg) {
            let Some(value) = self.survivor(reg, at) else { continue };
            let is_lost =
                CALLER_SAVED & reg.bit() != 0 && self.live.crosses_call(value, 2 * at as u32 + 1);
            if is_lost || self.live.uses_in_loop(value) == 0 || self.in_memory.contains(&value) {
                self.regs.spill(&mut self.asm, &self.live, value);
                self.regs.unbind(reg);
            } else if self.live.is_published[value.0 as usize] {
                self.regs.spill(&mut self.asm, &self.live, value);
            }
        }
    }

    /// A `phi` gets its first value; `others` get theirs later.
    fn begin_phi(&mut self, phi: Ref, in_register: bool, at: usize, others: &[Ref]) {
        let first = self.live.of(self.trace.inst(phi).args[0]);
        self.regs.begin(2 * at as u32);
        let from = match self.known(first) {
            Some(number) => Loc::Const(number.cast_unsigned()),
            None => self.regs.loc(first).expect("a value is in a register or in memory"),
        };
        if let Loc::Reg(reg) = from {
            self.regs.pin(reg);
        }
        if !in_register {
            let slot = self.regs.own_slot(&self.live, phi);
            self.copy(Loc::Slot(slot), from);
            self.regs.set_slot(phi, slot);
            return;
        }
        let wish = self.regs.wish(&self.live, phi);
        if self.live.crosses_call(phi, 2 * at as u32 + 1) {
            self.make_room(at, (self.live.uses_in_loop(phi) + 1, phi));
        }
        let again = |other: &Ref| self.live.of(self.trace.inst(*other).args[0]) == first;
        if let Loc::Reg(reg) = from
            && self.dies(first)
            && (wish == 0 || wish & reg.bit() != 0)
            && !others.iter().any(again)
        {
            return self.regs.bind(phi, reg);
        }
        let float = is_float(self.trace, phi);
        let reg = self.regs.take(&mut self.asm, &mut self.live, float, wish);
        // Taking it may have sent the value to memory, but its register still holds it.
        self.copy(Loc::Reg(reg), from);
        self.regs.bind(phi, reg);
    }

    /// What the body wants in a register gets one before, while there is room.
    fn invariants_to_registers(&mut self, at: usize, mut room: [usize; 2]) -> [usize; 2] {
        let n = self.live.end.len() as u32;
        let mut wanted: Vec<(usize, Ref)> = Vec::new();
        for value in (0..n).map(Ref) {
            if self.live.end[value.0 as usize] > 2 * at as u32
                && !self.live.is_inside(value)
                && self.regs.reg_of(value).is_none()
                && self.regs.slot_of(value).is_some()
                && !self.in_memory.contains(&value)
            {
                wanted.push((self.live.uses_in_loop(value), value));
            }
        }
        wanted.sort_by_key(|&(uses, value)| (std::cmp::Reverse(uses), value));
        for (uses, value) in wanted {
            let class = usize::from(is_float(self.trace, value));
            if uses == 0 || room[class] == 0 {
                continue;
            }
            self.regs.begin(2 * at as u32);
            if self.live.crosses_call(value, 2 * at as u32 + 1)
                && !self.make_room(at, (uses, value))
            {
                continue;
            }
            room[class] -= 1;
            self.regs.want(&mut self.asm, &mut self.live, self.trace, value);
        }
        room
    }

    /// A value needs a register that survives calls: one that is used less often gives its own up. Is there one?
    fn make_room(&mut self, at: usize, (uses, value): (usize, Ref)) -> bool {
        let wish = self.regs.wish(&self.live, value);
        if is_float(self.trace, value) || self.regs.has_free(wish, &self.live) {
            return !is_float(self.trace, value);
        }
        let rank = |reg: Reg| {
            let holder = self.survivor(reg, at).filter(|holder| !self.live.is_inside(*holder))?;
            Some((self.live.uses_in_loop(holder), reg.number(), holder))
        };
        let held = (0..16).map(Reg).filter(|reg| wish & reg.bit() != 0);
        let least = held.filter_map(rank).min().filter(|(least, _, _)| *least < uses);
        if let Some((_, number, holder)) = least {
            self.regs.spill(&mut self.asm, &self.live, holder);
            self.regs.unbind(Reg(number));
        }
        least.is_some()
    }

    /// Constants that instructions cannot hold get registers that are left.
    fn constants_to_registers(&mut self, at: usize, room: [usize; 2]) {
        let Some((_, jump)) = self.live.loop_at else { return };
        let is_wanted = |value: &Ref| {
            self.live.of(*value) == *value
                && is_wide(self.trace, *value)
                && !self.in_memory.contains(value)
        };
        let uses = |value: Ref| (self.live.uses_in_loop(value), value);
        let mut wanted: Vec<(usize, Ref)> =
            (0..at as u32).map(Ref).filter(is_wanted).map(uses).collect();
        wanted.retain(|(uses, _)| *uses > 0);
        wanted.sort_by_key(|&(uses, value)| (std::cmp::Reverse(uses), value));
        for (_, value) in wanted.into_iter().take(room[0].saturating_sub(LEFT_BY_CONSTANTS)) {
            self.regs.begin(2 * at as u32);
            // Behind a call they would have to be made anew.
            let wish = self.regs.wish(&self.live, value);
            let among = if wish == 0 { u32::MAX } else { wish };
            if self.regs.has_free(among, &self.live) {
                let reg = self.regs.take(&mut self.asm, &mut self.live, false, wish);
                self.asm.mov_imm(reg, self.trace.inst(value).imm);
                self.regs.bind(value, reg);
                self.regs.is_constant(value);
                self.live.end[value.0 as usize] = 2 * jump + 1;
            }
        }
    }

    /// Back to the head, with everything where it was there.
    pub(super) fn jump(&mut self) -> Result<()> {
        let (Some(Head { label, before, places, test }), Some(held)) =
            (self.head.take(), self.regs.at_label)
        else {
            return Err(unsupported(&"a jump without label"));
        };
        let mut moves: Vec<(Loc, Loc)> = Vec::new();
        let mut sums: Vec<(Loc, i32)> = Vec::new();
        for (phi, to) in places {
            let mut next = self.live.of(self.trace.inst(phi).args[1]);
            if let Some(late) = self.live.late(next).filter(|late| late.phi == phi) {
                sums.push((to, late.step));
                next = phi;
            }
            let from = match self.known(next) {
                Some(number) => Loc::Const(number.cast_unsigned()),
                None if next == phi => self.regs.loc(phi).unwrap_or(to),
                None => self.regs.loc(next).expect("a value is in a register or in memory"),
            };
            moves.push((to, from));
        }
        for (number, holder) in held.into_iter().enumerate() {
            let Some(value) = holder.filter(|value| !self.live.is_inside(*value)) else { continue };
            let from = self.regs.reg_of(value).map_or_else(|| self.loc(value), Loc::Reg);
            moves.push((Loc::Reg(Reg(number as u8)), from));
        }
        self.moves(moves);
        for (to, step) in sums {
            let to = match to {
                Loc::Slot(slot) => Rm::Mem(Mem::at(Reg::RBP, slot)),
                Loc::Reg(reg) => Rm::Reg(reg),
                Loc::Const(_) => continue,
            };
            self.asm.alu_imm(Alu::Add, to, step);
        }
        if let (Some((at, behind)), Some(state)) = (test, self.state_at_label.take()) {
            // Everything is where it was at the head. Twice the same comparison, but one jump less a pass.
            self.regs.set_state(state);
            self.begin(at);
            let guard = &self.trace.insts[at];
            let cc = self.flags(guard.args[0]);
            self.asm.jcc(if guard.op == IrOp::Guard { cc } else { cc.not() }, behind);
            let skipped = self.skipped;
            self.loop_instructions = Some(self.asm.count - before - skipped);
        } else {
            self.loop_instructions = Some(self.asm.count - before + 1);
        }
        self.asm.jmp(label);
        Ok(())
    }
}
