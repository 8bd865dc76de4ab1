//! Which register or stack slot holds which value.
//!
//! A value gets a register when it is made, or when it is wanted in one. When there is none, the value whose next use is
//! farthest away gives its own up (L. A. Belady, "A study of replacement algorithms", 1966): it is written to a slot of its own
//! once, after which its memory stays valid, because values do not change. Registers of values that are not needed any more are
//! taken without notice.
use haft_jit::ir::{Ref, Trace};

use super::asm::{Asm, Mem, Reg, Rm};
use super::live::{Live, NEVER, is_float};

/// Registers that C functions may change, but for those that never hold values.
pub(super) const CALLER_SAVED: u32 = 0xffff_07c7;
/// Registers that hold values.
const GENERAL: u32 = 0xf7cf;
const FLOATS: u32 = 0x7fff_0000;
/// Bytes of the frame that are the same for all traces.
const FIXED: i32 = -super::BASE;

/// "Slot" of constants.
const CONSTANT: i32 = i32::MAX;

/// Where a value is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Loc {
    Reg(Reg),
    /// Offset from the frame pointer.
    Slot(i32),
    Const(u64),
}

/// Where everything is.
#[derive(Debug)]
pub(super) struct State {
    holder: [Option<Ref>; 32],
    reg: Vec<Option<Reg>>,
    slot: Vec<i32>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Regs {
    /// By register.
    holder: [Option<Ref>; 32],
    /// By value: its register.
    reg: Vec<Option<Reg>>,
    /// By value: where memory holds it; 0: nowhere.
    slot: Vec<i32>,
    /// Slots given out so far: the value, and the position until which it is its own.
    slots: Vec<(Ref, u32)>,
    /// Registers that the current instruction uses.
    pinned: u32,
    /// Where it is.
    pub(super) position: u32,
    /// Values that gave up a register which they had at the label.
    pub(super) given_up: Vec<Ref>,
    /// What registers held at the label.
    pub(super) at_label: Option<[Option<Ref>; 32]>,
    /// Bytes of the frame for calls with arguments on the stack.
    pub(super) outgoing: i32,
    /// Where registers are kept over calls of slow paths.
    saves: [i32; 32],
}

impl Regs {
    pub(super) fn new(n: usize) -> Regs {
        Regs {
            holder: [None; 32],
            reg: vec![None; n],
            slot: vec![0; n],
            slots: Vec::new(),
            pinned: 0,
            position: 0,
            given_up: Vec::new(),
            at_label: None,
            outgoing: 0,
            saves: [0; 32],
        }
    }

    /// The next instruction.
    pub(super) fn begin(&mut self, position: u32) {
        self.position = position;
        self.pinned = 0;
    }

    /// Bytes of the frame below the saved frame pointer.
    pub(super) fn frame_bytes(&self) -> i32 {
        let slots = self.slots.len() as i32 * 8;
        (FIXED + slots + self.outgoing + 15) & !15
    }

    /// A slot for the whole trace.
    pub(super) fn extra_slot(&mut self) -> i32 {
        self.slots.push((Ref(u32::MAX), NEVER));
        slot_offset(self.slots.len() - 1)
    }

    /// Where a register is kept over a call of a slow path.
    pub(super) fn save_slot(&mut self, reg: Reg) -> i32 {
        let at = usize::from(reg.0);
        if self.saves[at] == 0 {
            self.saves[at] = self.extra_slot();
        }
        self.saves[at]
    }

    /// The value is in memory at a place that is known anyway.
    pub(super) fn set_slot(&mut self, value: Ref, slot: i32) {
        self.slot[value.0 as usize] = slot;
    }

    /// The value is a constant, which need not be written anywhere to be found again.
    pub(super) fn is_constant(&mut self, value: Ref) {
        self.slot[value.0 as usize] = CONSTANT;
    }

    /// Its memory, if that holds it.
    pub(super) fn slot_of(&self, value: Ref) -> Option<i32> {
        let slot = self.slot[value.0 as usize];
        (slot != 0).then_some(slot)
    }

    /// Its register, if it has one.
    pub(super) fn reg_of(&self, value: Ref) -> Option<Reg> {
        self.reg[value.0 as usize]
    }

    /// Where it is: register before memory.
    pub(super) fn loc(&self, value: Ref) -> Option<Loc> {
        self.reg_of(value).map(Loc::Reg).or(self.slot_of(value).map(Loc::Slot))
    }

    /// Not to be given away before the next instruction.
    pub(super) fn pin(&mut self, reg: Reg) {
        self.pinned |= reg.bit();
    }
    pub(super) fn unpin(&mut self, reg: Reg) {
        self.pinned &= !reg.bit();
    }

    /// The register holds the value from now on.
    pub(super) fn bind(&mut self, value: Ref, reg: Reg) {
        self.unbind(reg);
        if let Some(old) = self.reg[value.0 as usize].replace(reg) {
            self.holder[usize::from(old.0)] = None;
        }
        self.holder[usize::from(reg.0)] = Some(value);
        self.pin(reg);
    }

    /// The register holds nothing any more.
    pub(super) fn unbind(&mut self, reg: Reg) {
        if let Some(value) = self.holder[usize::from(reg.0)].take() {
            self.reg[value.0 as usize] = None;
        }
    }

    /// Is what a register holds needed at `position` or later?
    fn is_live(&self, reg: Reg, live: &Live, position: u32) -> bool {
        self.holder[usize::from(reg.0)].is_some_and(|value| live.end[value.0 as usize] >= position)
    }

    /// The registers with values that are needed at a position or later.
    pub(super) fn live_from(&self, live: &Live, after: u32) -> u32 {
        let regs = (0..32).map(Reg).filter(|&reg| self.is_live(reg, live, after));
        regs.fold(0, |set, reg| set | reg.bit())
    }

    pub(super) fn holder(&self, reg: Reg) -> Option<Ref> {
        self.holder[usize::from(reg.0)]
    }

    fn free(&self, among: u32, live: &Live) -> u32 {
        let among = among & !self.pinned;
        let free = (0..32)
            .map(Reg)
            .filter(|&reg| among & reg.bit() != 0 && !self.is_live(reg, live, self.position));
        free.fold(0, |set, reg| set | reg.bit())
    }

    /// Is there a register among these that holds nothing that is needed?
    pub(super) fn has_free(&self, among: u32, live: &Live) -> bool {
        self.free(among & GENERAL, live) != 0
    }

    /// Does a register hold nothing that is needed?
    pub(super) fn is_free(&self, reg: Reg, live: &Live) -> bool {
        self.pinned & reg.bit() == 0 && !self.is_live(reg, live, self.position)
    }

    /// A register of a class: a free one if there is one, of `wish` if possible.
    pub(super) fn take(&mut self, asm: &mut Asm, live: &mut Live, float: bool, wish: u32) -> Reg {
        let class = if float { FLOATS } else { GENERAL };
        let free = self.free(class, live);
        let better = free & wish;
        // Those that survive calls are for values that need that.
        let cheap = free & CALLER_SAVED;
        let choice = [better, cheap, free].into_iter().find(|set| *set != 0);
        let reg = match choice {
            Some(set) => Reg(set.trailing_zeros() as u8),
            None => self.farthest(live, class),
        };
        self.give_up(asm, live, reg);
        self.pin(reg);
        reg
    }

    /// The register whose value is wanted in one last.
    fn farthest(&self, live: &mut Live, class: u32) -> Reg {
        let mut best = (0, Reg::RAX);
        for reg in (0..32).map(Reg).filter(|reg| class & !self.pinned & reg.bit() != 0) {
            let Some(value) = self.holder(reg) else { continue };
            let in_memory = u32::from(self.slot[value.0 as usize] != 0);
            let next = live.next_use(value, self.position).saturating_add(in_memory);
            if next >= best.0 {
                best = (next, reg);
            }
        }
        best.1
    }

    /// Empty a register: what it holds goes to memory if it is needed again.
    pub(super) fn give_up(&mut self, asm: &mut Asm, live: &Live, reg: Reg) {
        let Some(value) = self.holder(reg) else { return };
        if live.end[value.0 as usize] >= self.position {
            self.spill(asm, live, value);
            self.gives_up(live, value);
        }
        self.unbind(reg);
    }

    /// A value loses its register: it had better be in memory from the start if it had it at the label and wants one again.
    fn gives_up(&mut self, live: &Live, value: Ref) {
        let was_there = self.at_label.is_some_and(|held| held.contains(&Some(value)));
        let again = was_there && live.is_wanted(value, self.position + 1);
        if again && !self.given_up.contains(&value) {
            self.given_up.push(value);
        }
    }

    /// See to it that memory holds the value.
    pub(super) fn spill(&mut self, asm: &mut Asm, live: &Live, value: Ref) {
        let at = value.0 as usize;
        let Some(reg) = self.reg[at].filter(|_| self.slot[at] == 0) else { return };
        let slot = self.own_slot(live, value);
        asm.store(Mem::at(Reg::RBP, slot), reg);
        self.slot[at] = slot;
    }

    /// A slot for a value, which holds it once it is written.
    pub(super) fn own_slot(&mut self, live: &Live, value: Ref) -> i32 {
        let until = self.slot_until(live, value);
        // The instruction may still read its operands from theirs.
        let position = self.position & !1;
        let free = self.slots.iter().position(|&(_, until)| until < position);
        let number = match free {
            Some(number) => {
                self.slots[number] = (value, until);
                number
            }
            None => {
                self.slots.push((value, until));
                self.slots.len() - 1
            }
        };
        slot_offset(number)
    }

    /// Until when a slot is a value's own. Those of the loop's head are written at the jump, those of values from before it
    /// must hold in every pass.
    fn slot_until(&self, live: &Live, value: Ref) -> u32 {
        let end = live.end[value.0 as usize];
        match live.loop_at {
            Some((label, jump)) if self.position <= 2 * label && end > 2 * label => 2 * jump + 1,
            _ => end,
        }
    }

    /// A register with the value; `wish`: as for [`take`](Self::take).
    pub(super) fn want(
        &mut self,
        asm: &mut Asm,
        live: &mut Live,
        trace: &Trace,
        value: Ref,
    ) -> Reg {
        if let Some(reg) = self.reg_of(value) {
            self.pin(reg);
            return reg;
        }
        let slot = self.slot_of(value).expect("a value is in a register or in memory");
        let wish = self.wish(live, value);
        let reg = self.take(asm, live, is_float(trace, value), wish);
        asm.load(reg, Mem::at(Reg::RBP, slot));
        self.bind(value, reg);
        reg
    }

    /// Registers that suit a value.
    pub(super) fn wish(&self, live: &Live, value: Ref) -> u32 {
        if live.crosses_call(value, self.position + 1) {
            return GENERAL & !CALLER_SAVED;
        }
        live.passed_in[value.0 as usize].map_or(0, Reg::bit)
    }

    /// The value as an operand that may be memory: it stays there if this is its last use, or the last one of a pass.
    pub(super) fn want_rm(
        &mut self,
        asm: &mut Asm,
        live: &mut Live,
        trace: &Trace,
        value: Ref,
    ) -> Rm {
        if self.reg_of(value).is_none()
            && let Some(slot) = self.slot_of(value)
            && live.rests(value, self.position + 1)
        {
            return Rm::Mem(Mem::at(Reg::RBP, slot));
        }
        Rm::Reg(self.want(asm, live, trace, value))
    }

    /// Before a call: what registers hold that it may change goes to others, or to memory. Their bindings stay until
    /// [`forget_changed`](Self::forget_changed), because arguments are taken from there.
    pub(super) fn save_for_call(&mut self, asm: &mut Asm, live: &mut Live) {
        for reg in (0..32).map(Reg).filter(|reg| CALLER_SAVED & reg.bit() != 0) {
            let Some(value) = self.holder(reg) else { continue };
            if live.end[value.0 as usize] <= self.position {
                continue;
            }
            let wanted = live.next_use(value, self.position + 1) != NEVER;
            let safe = self.free(GENERAL & !CALLER_SAVED, live);
            if wanted && !reg.is_float() && safe != 0 {
                let to = Reg(safe.trailing_zeros() as u8);
                self.unbind(to);
                asm.mov(to, reg);
                self.bind(value, to);
            } else {
                self.spill(asm, live, value);
            }
        }
    }

    /// A call has changed registers.
    pub(super) fn forget_changed(&mut self, live: &Live) {
        for reg in (0..32).map(Reg).filter(|reg| CALLER_SAVED & reg.bit() != 0) {
            if let Some(value) = self.holder(reg)
                && live.end[value.0 as usize] > self.position
            {
                self.gives_up(live, value);
            }
            self.unbind(reg);
        }
    }

    /// Where everything is now.
    pub(super) fn state(&self) -> State {
        State { holder: self.holder, reg: self.reg.clone(), slot: self.slot.clone() }
    }

    /// Everything is where it was.
    pub(super) fn set_state(&mut self, state: State) {
        let State { holder, reg, slot } = state;
        (self.holder, self.reg, self.slot) = (holder, reg, slot);
    }

    /// What registers hold now.
    pub(super) fn held(&self) -> [Option<Ref>; 32] {
        self.holder
    }
}

/// Where slot `number` is, from the frame pointer.
fn slot_offset(number: usize) -> i32 {
    -(FIXED + (number as i32 + 1) * 8)
}
