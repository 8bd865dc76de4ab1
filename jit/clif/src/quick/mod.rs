//! Machine code for a trace in one go over its instructions.
//!
//! A trace is a straight line, perhaps with one loop at its end, so that everything an optimising compiler must find out about
//! control flow is known: registers are given out while code is written ([`regs`]), by looking ahead ([`live`]). Exits are
//! behind the code and store what is live from wherever it is. If a value that had a register at the loop's head lost it in the
//! body, the code is written a second time with that value in memory from the start.
//!
//! All traces run in the frame that the trampoline makes, one after the other: going over into another trace is a jump. The
//! frame: the saved frame pointer, the registers that C wants back, the context, the address of slot 0; then, of the trace that
//! runs, slots of values and arguments of calls. A trace gets context and address in registers, too.
mod arithmetic;
mod asm;
mod calls;
mod derived;
mod exits;
mod folded;
mod live;
mod loops;
mod memory;
mod moves;
mod regs;
mod slow;
mod tests;
mod words;

use haft_jit::backend::{CompileError, Context, Kept};
use haft_jit::ir::{Inst, IrOp, Ref, Trace, Ty};

use crate::exits::Plan;
use crate::job::{Surroundings, unsupported};
use asm::{Asm, Label, Mem, Reg, Rm};
use live::{Live, has_effect, is_float};
use regs::{Loc, Regs};

type Result<T> = std::result::Result<T, CompileError>;

/// Machine code.
#[derive(Debug)]
pub(crate) struct Code {
    /// The bytes.
    pub(crate) bytes: Vec<u8>,
    /// Where distances to addresses outside are to be written, and the addresses.
    pub(crate) far: Vec<(usize, usize)>,
    /// Bytes of instructions; numbers follow.
    pub(crate) text_bytes: usize,
    /// Instructions of a pass through the loop, if there is one.
    pub(crate) loop_instructions: Option<usize>,
    /// By exit that describes a call: where the live values are meanwhile.
    pub(crate) kept: Vec<(usize, Vec<Kept>)>,
}

/// Can this processor run the code?
pub(crate) fn is_possible() -> bool {
    std::arch::is_x86_feature_detected!("bmi2")
}

/// Code for a trace.
pub(crate) fn generate(trace: &Trace, plan: &Plan, surroundings: &Surroundings) -> Result<Code> {
    let live = Live::new(trace, plan);
    let mut first = Quick::new((trace, plan), live, surroundings, &[]);
    first.trace()?;
    let in_memory = std::mem::take(&mut first.regs.given_up);
    if in_memory.is_empty() {
        return first.finish();
    }
    let mut live = first.live;
    live.rewind();
    let mut second = Quick::new((trace, plan), live, surroundings, &in_memory);
    second.trace()?;
    second.finish()
}

/// Where C enters every trace: `(context, base, entry) -> exit number`. Traces may change every register.
pub(crate) fn trampoline() -> Vec<u8> {
    let mut asm = Asm::default();
    asm.push(Reg::RBP);
    asm.mov(Reg::RBP, Reg::RSP);
    for reg in SAVED {
        asm.push(reg);
    }
    asm.push(Reg::RDI);
    asm.push(Reg::RSI);
    asm.store(Mem::at(Reg::RDI, std::mem::offset_of!(Context, frame) as i32), Reg::RBP);
    asm.jmp_to(Rm::Reg(Reg::RDX));
    asm.code
}

/// The registers that C wants back as they were, in the order in which the trampoline saves them.
pub(crate) const SAVED: [Reg; 5] = [Reg::RBX, Reg::R12, Reg::R13, Reg::R14, Reg::R15];

/// Where the frame has the context, from the frame pointer.
const CONTEXT: i32 = -(SAVED.len() as i32 + 1) * 8;
/// Where it has the address of slot 0.
const BASE: i32 = CONTEXT - 8;

/// Where exits lead at first: returns the number of the exit.
pub(crate) fn stub() -> Vec<u8> {
    let mut asm = Asm::default();
    asm.mov(Reg::RAX, Reg::RDX);
    asm.lea(Reg::RSP, Mem::at(Reg::RBP, CONTEXT + 8));
    for reg in SAVED.into_iter().rev() {
        asm.pop(reg);
    }
    asm.pop(Reg::RBP);
    asm.ret();
    asm.code
}

/// Code that is being written.
struct Quick<'a> {
    trace: &'a Trace,
    plan: &'a Plan,
    surroundings: &'a Surroundings,
    asm: Asm,
    live: Live,
    regs: Regs,
    /// Values that are in memory at the loop's head.
    in_memory: &'a [Ref],
    /// Is the register for a moment's need in use?
    scratch_taken: bool,
    float_scratch_taken: bool,
    /// Instructions that were done before their turn.
    is_done: Vec<bool>,
    /// Nothing that may overwrite slots or exit values was done yet.
    at_entry: bool,
    /// Code behind the trace.
    slow: Vec<slow::Slow>,
    /// By exit: where the live values are, and the code that stores them.
    exits: Vec<Vec<(Vec<exits::Place>, Label)>>,
    /// The end that all exits share.
    leave: Option<Label>,
    /// By exit that describes a call: where the live values are meanwhile.
    kept: Vec<(usize, Vec<Kept>)>,
    head: Option<loops::Head>,
    /// Where everything is at the loop's head, if its end wants to know.
    state_at_label: Option<regs::State>,
    /// Instructions of the guard at the loop's head, whose test its end does.
    skipped: usize,
    loop_instructions: Option<usize>,
    frame_at: usize,
    at: usize,
}

impl<'a> Quick<'a> {
    fn new(
        (trace, plan): (&'a Trace, &'a Plan),
        live: Live,
        surroundings: &'a Surroundings,
        in_memory: &'a [Ref],
    ) -> Quick<'a> {
        let n = trace.insts.len();
        Quick {
            trace,
            plan,
            surroundings,
            asm: Asm::default(),
            live,
            regs: Regs::new(n + live::EXTRAS),
            in_memory,
            scratch_taken: false,
            float_scratch_taken: false,
            is_done: vec![false; n],
            at_entry: true,
            slow: Vec::new(),
            exits: vec![Vec::new(); plan.exits.len()],
            leave: None,
            kept: Vec::new(),
            head: None,
            state_at_label: None,
            skipped: 0,
            loop_instructions: None,
            frame_at: 0,
            at: 0,
        }
    }

    fn trace(&mut self) -> Result<()> {
        self.enter();
        for at in 0..self.trace.insts.len() {
            let inst = &self.trace.insts[at];
            let done = self.is_done[at]
                || inst.op.is_constant()
                || inst.op == IrOp::Phi
                || self.live.is_lazy[at]
                || self.live.of(Ref(at as u32)).0 as usize != at
                || (!has_effect(inst) && !self.live.is_needed(at));
            if done {
                continue;
            }
            if self.at_entry
                && (matches!(inst.op, IrOp::StoreSlot | IrOp::Pass | IrOp::Label)
                    || crate::lower::may_call(inst.op))
            {
                self.at_entry = false;
                self.entry_values(at)?;
            }
            self.begin(at);
            self.inst(at, inst)?;
        }
        Ok(())
    }

    /// Make room in the frame.
    fn enter(&mut self) {
        self.frame_at = self.asm.frame();
        let extra = self.live.extra;
        self.regs.set_slot(extra.context, CONTEXT);
        self.regs.set_slot(extra.base, BASE);
        self.regs.bind(extra.context, Reg::RDI);
        self.regs.bind(extra.base, Reg::RSI);
        self.regs.begin(0);
        if self.trace.insts.iter().any(|inst| inst.op == IrOp::Poll) {
            let wish = self.regs.wish(&self.live, extra.poll);
            let reg = self.regs.take(&mut self.asm, &mut self.live, false, wish);
            self.asm.load(reg, Mem::at(Reg::RDI, std::mem::offset_of!(Context, poll) as i32));
            self.regs.bind(extra.poll, reg);
        }
        if self.live.tests_floats {
            let wish = self.regs.wish(&self.live, extra.tags);
            let reg = self.regs.take(&mut self.asm, &mut self.live, false, wish);
            self.asm.mov_imm(reg, tests::EACH_TAG.cast_signed());
            self.regs.bind(extra.tags, reg);
        }
    }

    /// What was in the slots and the exit's values at the entry, for instructions from `from` on: what follows may
    /// overwrite them.
    fn entry_values(&mut self, from: usize) -> Result<()> {
        for at in from..self.trace.insts.len() {
            let inst = &self.trace.insts[at];
            if matches!(inst.op, IrOp::Slot | IrOp::Param) && self.live.is_needed(at) {
                self.regs.begin(2 * from as u32);
                self.scratch_taken = false;
                self.at = at;
                self.entry_value(at, inst);
                self.is_done[at] = true;
            }
        }
        Ok(())
    }

    /// Instruction `at` comes: its operands keep their registers.
    fn begin(&mut self, at: usize) {
        self.at = at;
        self.regs.begin(2 * at as u32);
        self.scratch_taken = false;
        self.float_scratch_taken = false;
        let tags = self.live.extra.tags;
        if let Some(reg) = self.regs.reg_of(tags)
            && self.live.next_use(tags, 2 * at as u32) == 2 * at as u32
        {
            // The instruction's own value must not take the register.
            self.regs.pin(reg);
        }
        let mut work: Vec<Ref> = self.trace.insts[at].args.to_vec();
        while let Some(arg) = work.pop() {
            let arg = self.live.of(arg);
            if self.live.is_lazy[arg.0 as usize] {
                work.extend(self.trace.inst(arg).args.iter().copied());
            } else if let Some(reg) = self.regs.reg_of(arg) {
                self.regs.pin(reg);
            }
        }
    }

    fn inst(&mut self, at: usize, inst: &Inst) -> Result<()> {
        match inst.op {
            IrOp::Label => self.label(at),
            IrOp::Jump => self.jump()?,
            IrOp::Guard | IrOp::GuardNot => {
                let before = self.asm.count;
                self.guard(inst.args[0], inst.op == IrOp::Guard);
                if self.behind_guard() {
                    self.skipped = self.asm.count - before;
                }
            }
            IrOp::Poll => self.poll(),
            IrOp::Publish => self.publish(inst),
            IrOp::Returned => self.returned(inst),
            IrOp::Finish | IrOp::Stop => {
                let exit = self.exit();
                self.asm.jmp(exit);
            }
            IrOp::Link => self.link(inst)?,
            IrOp::Pass => self.pass_on(inst),
            IrOp::Call | IrOp::CallRaising => self.call(inst)?,
            IrOp::Loop | IrOp::Flush => {
                let what = format!("{} in an optimised trace", inst.op.row().text);
                return Err(CompileError::Unsupported(what));
            }
            IrOp::StoreSlot => self.store_slot(inst),
            IrOp::Barrier => self.barrier(inst),
            _ => {
                let made = self.word(inst)
                    || self.memory(inst)
                    || self.int(inst)
                    || self.float(inst)
                    || self.truth(inst);
                if !made {
                    return Err(unsupported(&inst.op.row().text));
                }
            }
        }
        Ok(())
    }

    /// Write what is behind the trace, and the distances.
    fn finish(mut self) -> Result<Code> {
        self.write_slow();
        self.write_leave();
        self.asm.patch(self.frame_at, -self.regs.frame_bytes());
        let text_bytes = self.asm.code.len();
        self.asm.finish();
        Ok(Code {
            bytes: self.asm.code,
            far: self.asm.far,
            text_bytes,
            loop_instructions: self.loop_instructions,
            kept: self.kept,
        })
    }

    // ---- operands

    /// The number of a constant.
    fn known(&self, value: Ref) -> Option<i64> {
        let inst = self.trace.insts.get(self.live.of(value).0 as usize)?;
        inst.op.is_constant().then_some(inst.imm)
    }

    /// A constant that instructions can hold.
    fn immediate(&self, value: Ref) -> Option<i32> {
        let inst = self.trace.insts.get(self.live.of(value).0 as usize)?;
        let number = (inst.op.is_constant() && inst.ty != Ty::F).then_some(inst.imm)?;
        i32::try_from(number).ok()
    }

    /// A register with a value.
    fn reg(&mut self, value: Ref) -> Reg {
        let value = self.live.of(value);
        if let Some(reg) = self.fetch(value) {
            return reg;
        }
        match self.known(value) {
            Some(number) if is_float(self.trace, value) => {
                let reg = self.float_scratch();
                let number = self.asm.constant(number.cast_unsigned());
                self.asm.load_double(reg, Rm::Pool(number));
                reg
            }
            Some(number) => self.regs.reg_of(value).unwrap_or_else(|| {
                let reg = self.scratch();
                self.asm.mov_imm(reg, number);
                reg
            }),
            None => self.regs.want(&mut self.asm, &mut self.live, self.trace, value),
        }
    }

    /// A value as an operand that may be memory.
    fn rm(&mut self, value: Ref) -> Rm {
        let value = self.live.of(value);
        if let Some(at) = self.folded(value) {
            return at;
        }
        match self.known(value) {
            Some(number) if is_float(self.trace, value) => {
                Rm::Pool(self.asm.constant(number.cast_unsigned()))
            }
            Some(_) => Rm::Reg(self.reg(value)),
            None => self.regs.want_rm(&mut self.asm, &mut self.live, self.trace, value),
        }
    }

    /// A register for a moment's need: the one that is kept for that, or another.
    fn scratch(&mut self) -> Reg {
        if std::mem::replace(&mut self.scratch_taken, true) { self.temporary() } else { Reg::R11 }
    }

    fn float_scratch(&mut self) -> Reg {
        if std::mem::replace(&mut self.float_scratch_taken, true) {
            self.regs.take(&mut self.asm, &mut self.live, true, 0)
        } else {
            Reg::XMM15
        }
    }

    /// A register until the next instruction.
    fn temporary(&mut self) -> Reg {
        self.regs.take(&mut self.asm, &mut self.live, false, 0)
    }

    /// Does the current instruction use the value last?
    fn dies(&self, value: Ref) -> bool {
        self.live.end[self.live.of(value).0 as usize] <= 2 * self.at as u32
    }

    /// A register for the value of the current instruction. Those of operands that it uses last may be taken.
    fn dest_over(&mut self, operands: &[Ref]) -> Reg {
        for &operand in operands {
            let operand = self.live.of(operand);
            if let Some(reg) = self.regs.reg_of(operand)
                && self.dies(operand)
            {
                self.regs.unpin(reg);
            }
        }
        self.dest()
    }

    /// A register for the value of the current instruction, not one of an operand.
    fn dest(&mut self) -> Reg {
        let value = Ref(self.at as u32);
        self.regs.position = 2 * self.at as u32 + 1;
        let home = self.home(value).filter(|reg| self.regs.is_free(*reg, &self.live));
        let wish = home.map_or_else(|| self.regs.wish(&self.live, value), Reg::bit);
        let float = is_float(self.trace, value);
        let reg = self.regs.take(&mut self.asm, &mut self.live, float, wish);
        self.regs.bind(value, reg);
        reg
    }

    /// The register that a value goes back to at the end of the loop.
    fn home(&self, value: Ref) -> Option<Reg> {
        let (phi, head) = (self.live.back_to[value.0 as usize]?, self.head.as_ref()?);
        match head.places.iter().find(|(known, _)| *known == phi)? {
            (_, Loc::Reg(reg)) => Some(*reg),
            _ => None,
        }
    }

    /// A register for the value of the current instruction, with the value of `operand` in it: its own if this is its last
    /// use.
    fn dest_from(&mut self, operand: Ref) -> Reg {
        let operand = self.live.of(operand);
        if let Some(number) = self.known(operand) {
            let dest = self.dest();
            if dest.is_float() {
                let number = self.asm.constant(number.cast_unsigned());
                self.asm.load_double(dest, Rm::Pool(number));
            } else {
                self.asm.mov_imm(dest, number);
            }
            return dest;
        }
        let after = 2 * self.at as u32 + 1;
        if self.regs.reg_of(operand).is_none() && self.live.rests(operand, after) {
            let slot = self.regs.slot_of(operand).expect("a value is in a register or in memory");
            let dest = self.dest();
            self.asm.load(dest, Mem::at(Reg::RBP, slot));
            return dest;
        }
        let source = self.reg(operand);
        if self.dies(operand) {
            self.regs.position = 2 * self.at as u32 + 1;
            self.regs.bind(Ref(self.at as u32), source);
            return source;
        }
        let dest = self.dest();
        self.asm.mov(dest, source);
        dest
    }

    /// The context.
    fn context(&mut self) -> Reg {
        let context = self.live.extra.context;
        self.regs.want(&mut self.asm, &mut self.live, self.trace, context)
    }
}
