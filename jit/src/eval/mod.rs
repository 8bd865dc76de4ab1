//! The reference evaluator: runs traces slowly, over a memory of its own, and says in which state they were left.
//!
//! It runs recorded traces (`loop` brings the slots up to date and starts again) and optimised ones, so that both can be
//! compared, and compiled code with either.
mod exit;
mod memory;
mod pure;

pub use memory::{Memory, NEW_OBJECTS};
pub use pure::pure;

use crate::ir::{Callee, Inst, IrOp, Ref, Snapshot, Trace, Ty};
use crate::word;
use std::collections::BTreeMap;

/// A function that a trace calls: gets the machine and its operands; `None`: it raised.
pub type Calls<'c> = dyn FnMut(&mut Machine, &Callee, &[u64]) -> Option<u64> + 'c;

/// What a trace runs on.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// The interpreter's slots, by number; one that is missing holds 0.
    pub slots: BTreeMap<i32, u64>,
    /// Memory of objects.
    pub memory: Memory,
    /// Values of `param` instructions.
    pub params: Vec<u64>,
    /// So many polls pass before one leaves.
    pub polls: usize,
    /// So many instructions may be run.
    pub fuel: usize,
}

/// Why a trace was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Left {
    /// A guard failed: its number. The machine is in the state of its snapshot.
    Guard(Ref),
    /// A poll was due.
    Poll(Ref),
    /// A call raised.
    Raised(Ref),
    /// `stop`.
    Stop(Ref),
    /// `link` to a trace.
    Link(i64),
    /// `finish` with this word.
    Finish(u64),
    /// The fuel was used up: the machine is in no defined state.
    NoFuel,
}

/// How a trace was left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exit {
    /// Why.
    pub left: Left,
    /// Resume point of the snapshot, if it had one.
    pub resume: Option<u32>,
}

/// Run a trace until it is left.
pub fn run(trace: &Trace, machine: &mut Machine, calls: &mut Calls<'_>) -> Exit {
    let entry = machine.slots.clone();
    let values = vec![0; trace.insts.len()];
    let mut run = Run { trace, machine, polled: false, entry, values, at: 0 };
    loop {
        if run.machine.fuel == 0 {
            return Exit { left: Left::NoFuel, resume: None };
        }
        run.machine.fuel -= 1;
        if let Some(left) = run.step(calls) {
            let snapshot = run.snapshot();
            if let Some(snapshot) = snapshot {
                run.restore(snapshot);
            }
            return Exit { left, resume: snapshot.map(|snapshot| snapshot.resume) };
        }
    }
}

struct Run<'t, 'm> {
    trace: &'t Trace,
    machine: &'m mut Machine,
    /// Was there a `poll` since the last call that may do anything, in this iteration? The next does not count then.
    polled: bool,
    /// The slots at entry.
    entry: BTreeMap<i32, u64>,
    values: Vec<u64>,
    at: usize,
}

impl<'t> Run<'t, '_> {
    fn inst(&self) -> &'t Inst {
        &self.trace.insts[self.at]
    }
    fn snapshot(&self) -> Option<&'t Snapshot> {
        self.inst().snapshot.map(|id| self.trace.snapshot(id))
    }
    fn arg(&self, index: usize) -> u64 {
        self.values[self.inst().args[index].0 as usize]
    }

    /// One instruction; why it leaves.
    fn step(&mut self, calls: &mut Calls<'_>) -> Option<Left> {
        let inst = self.inst();
        let here = Ref(self.at as u32);
        match inst.op {
            IrOp::Guard if self.arg(0) == 0 => return Some(Left::Guard(here)),
            IrOp::GuardNot if self.arg(0) != 0 => return Some(Left::Guard(here)),
            IrOp::Guard | IrOp::GuardNot | IrOp::Barrier | IrOp::Phi => {}
            IrOp::Publish | IrOp::Returned | IrOp::Pass => {}
            IrOp::Poll if self.polled => {}
            IrOp::Poll if self.machine.polls == 0 => return Some(Left::Poll(here)),
            IrOp::Poll => {
                self.machine.polls -= 1;
                self.polled = true;
            }
            IrOp::MulFit => match pure(inst.op, 0, &[self.arg(0), self.arg(1)]) {
                Some(product) => self.values[self.at] = product,
                None => return Some(Left::Guard(here)),
            },
            IrOp::Stop => return Some(Left::Stop(here)),
            IrOp::Finish => return Some(Left::Finish(self.arg(0))),
            IrOp::Link => return Some(Left::Link(inst.imm)),
            IrOp::Call | IrOp::CallRaising => match self.call(inst, calls) {
                Some(value) => self.values[self.at] = value,
                None => return Some(Left::Raised(here)),
            },
            IrOp::Loop => {
                self.restore(self.snapshot()?);
                self.entry.clone_from(&self.machine.slots);
                self.at = 0;
                self.polled = false;
                return None;
            }
            IrOp::Label => return self.enter_label(0),
            IrOp::Jump => {
                let label = self.trace.insts.iter().position(|inst| inst.op == IrOp::Label)?;
                self.at = label;
                return self.enter_label(1);
            }
            IrOp::Flush => self.restore(self.snapshot()?),
            IrOp::StoreSlot => {
                let value = self.arg(0);
                self.machine.slots.insert(inst.imm as i32, value);
            }
            _ => self.values[self.at] = self.value(inst),
        }
        self.at += 1;
        None
    }

    /// The `phi`s take their values, all at once.
    fn enter_label(&mut self, side: usize) -> Option<Left> {
        self.polled = false;
        let first = self.at + 1;
        let phis = self.trace.insts[first..].iter().take_while(|inst| inst.op == IrOp::Phi);
        let values: Vec<u64> = phis.map(|phi| self.values[phi.args[side].0 as usize]).collect();
        self.values[first..first + values.len()].copy_from_slice(&values);
        self.at = first + values.len();
        None
    }

    fn call(&mut self, inst: &Inst, calls: &mut Calls<'_>) -> Option<u64> {
        let args: Vec<u64> = (0..inst.args.len()).map(|index| self.arg(index)).collect();
        let callee = self.trace.callee(inst);
        self.polled &= !callee.effects.keep && callee.effects.writes == 0;
        calls(self.machine, callee, &args)
    }

    fn value(&mut self, inst: &Inst) -> u64 {
        if inst.op == IrOp::Slot {
            return self.entry.get(&(inst.imm as i32)).copied().unwrap_or(0);
        }
        let args: Vec<u64> = (0..inst.args.len()).map(|index| self.arg(index)).collect();
        self.machine.value(self.trace, inst, &args)
    }
}

impl Machine {
    /// What an instruction without control flow or call gives for these operands; stores give 0.
    pub fn value(&mut self, trace: &Trace, inst: &Inst, args: &[u64]) -> u64 {
        let imm = inst.imm.cast_unsigned();
        let memory = &mut self.memory;
        match inst.op {
            IrOp::Slot | IrOp::LoadSlot => self.slots.get(&(inst.imm as i32)).copied().unwrap_or(0),
            IrOp::Param => self.params[inst.imm as usize],
            IrOp::Base => 0x1000,
            IrOp::Context => 0x2000 + imm * 8,
            IrOp::Alloc => memory.alloc(&trace.layouts[inst.imm as usize]),
            // A float that is no immediate one behaves the same to a language.
            IrOp::IsFloat if memory.float_at(args[0]).is_some() => 1,
            IrOp::IsObject if memory.float_at(args[0]).is_some() => 0,
            IrOp::UnboxF => memory.unboxed(args[0]).to_bits(),
            IrOp::BoxF => memory.boxed(f64::from_bits(args[0])),
            op if op.access_bytes() > 0 && inst.ty == Ty::Unit => {
                memory.store(op, args[0].wrapping_add(imm), args[1]);
                0
            }
            op if op.access_bytes() > 0 => memory.load(op, args[0].wrapping_add(imm)),
            op => pure(op, inst.imm, args).unwrap_or(0),
        }
    }
}

/// The value word of a value of a type.
fn as_word(memory: &mut Memory, ty: Ty, bits: u64) -> u64 {
    match ty {
        Ty::I => word::of_int(bits.cast_signed()),
        Ty::F => memory.boxed(f64::from_bits(bits)),
        Ty::B => word::of_bool(bits != 0),
        Ty::V | Ty::P | Ty::Unit => bits,
    }
}
