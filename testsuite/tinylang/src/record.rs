//! The recorder: what the interpreter does in one pass of a loop, as IR.
//!
//! It sees each instruction before the interpreter runs it, with the words in the slots. What depends on a word — is it
//! an int? is the condition true? — becomes a *guard* with a *snapshot*: where the interpreter goes on when another pass
//! is different, and which slots the trace has changed until then. A guard leaves to the instruction that it belongs
//! to, and the interpreter does that one again.

use std::collections::BTreeMap;

use haft_jit::backend::{ExitId, TraceId};
use haft_jit::ir::{
    AbiTy, Builder, Callee, Effects, Entry, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace, Ty,
};
use haft_jit::word;

use crate::code::{Insn, Operator, Slot};
use crate::traces::{Left, print_word};
use crate::value::Value;

/// A recorded trace and where it belongs.
#[derive(Debug)]
pub(crate) struct Recording {
    pub(crate) trace: Trace,
    pub(crate) origin: Origin,
}

/// Where a trace begins.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    /// At the head of a loop.
    Loop(usize),
    /// At an exit of another trace.
    Exit(ExitId),
}

/// A recording under way.
#[derive(Debug)]
pub(crate) struct Recorder {
    out: Builder,
    /// What the trace knows of the slots, and whether it has changed them.
    slots: BTreeMap<Slot, Known>,
    origin: Origin,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    by: Ref,
    changed: bool,
}

/// A trace that is longer is given up.
const MAX_LENGTH: usize = 2000;

impl Recorder {
    /// Of the loop whose head is at `head`.
    pub(crate) fn root(head: usize) -> Self {
        let mut recorder = Self {
            out: Builder::new(&format!("loop at {head}")),
            slots: BTreeMap::new(),
            origin: Origin::Loop(head),
        };
        // Whoever wants to stop compiled code sets the poll word.
        let snapshot = recorder.snapshot(head);
        recorder.out.guard(IrOp::Poll, &[], snapshot);
        recorder
    }

    /// Of what follows an exit. The values that the exit has at hand are the trace's parameters; the interpreter's slots
    /// do not hold them when the exit leads here.
    pub(crate) fn side(left: &Left) -> Self {
        let mut out = Builder::new(&format!("side trace at {}", left.resume));
        let mut slots = BTreeMap::new();
        for &(slot, word, live) in &left.changed {
            let by = match live {
                None => out.const_v(word),
                Some((index, ty)) => {
                    let value = out.param(index, ty);
                    match ty {
                        Ty::I => out.op(IrOp::BoxI, &[value]),
                        Ty::F => out.op(IrOp::BoxF, &[value]),
                        Ty::B => out.op(IrOp::BoxB, &[value]),
                        _ => value,
                    }
                }
            };
            slots.insert(slot, Known { by, changed: true });
        }
        Self { out, slots, origin: Origin::Exit(left.exit) }
    }

    /// Records an instruction; `false` when the trace must be given up.
    pub(crate) fn record(&mut self, insn: Insn, at: usize, slots: &[u64]) -> bool {
        match insn {
            Insn::Constant { dst, word } => {
                let value = self.out.const_v(word);
                self.write(dst, value);
            }
            Insn::Move { dst, from } => {
                let value = self.read(from);
                self.write(dst, value);
            }
            Insn::Binary { operator, dst, left, right } => {
                let words = [slots[left], slots[right]];
                let operands = [self.read(left), self.read(right)];
                let Some(value) = self.binary(operator, operands, words, at) else { return false };
                self.write(dst, value);
            }
            Insn::Test { condition, .. } => {
                let value = self.read(condition);
                let found = self.out.const_v(slots[condition]);
                let same = self.out.op(IrOp::Same, &[value, found]);
                self.guard(IrOp::Guard, same, at);
            }
            Insn::Print { from } => {
                let value = self.read(from);
                self.out.call(print_function(), &[value], Ty::Unit);
            }
            Insn::Jump { .. } | Insn::Head | Insn::End => {}
        }
        self.out.len() < MAX_LENGTH
    }

    /// Ends the trace at the head `here`. `known`: the trace that begins there. `None`: a loop in the loop is met which
    /// has no trace yet; it will be hot first.
    pub(crate) fn end(mut self, here: usize, known: Option<TraceId>) -> Option<Recording> {
        let snapshot = self.snapshot(here);
        match (self.origin, known) {
            (Origin::Loop(head), _) if head == here => {
                self.out.with_snapshot(IrOp::Loop, 0, snapshot);
            }
            (_, Some(TraceId(number))) => {
                self.out.with_snapshot(IrOp::Link, i64::from(number), snapshot);
            }
            _ => return None,
        }
        Some(Recording { trace: self.out.finish(), origin: self.origin })
    }

    /// `left operator right` for words like these.
    fn binary(
        &mut self,
        operator: Operator,
        operands: [Ref; 2],
        words: [u64; 2],
        at: usize,
    ) -> Option<Ref> {
        match words.map(Value::of) {
            [Value::Int(_), Value::Int(divisor)] => {
                let [a, b] = operands.map(|operand| self.int(operand, at));
                self.ints(operator, a, b, divisor, at)
            }
            [Value::Bool(_), _] | [_, Value::Bool(_)] => None,
            _ => {
                let a = self.float(operands[0], words[0], at)?;
                let b = self.float(operands[1], words[1], at)?;
                self.floats(operator, a, b, at)
            }
        }
    }

    fn ints(&mut self, operator: Operator, a: Ref, b: Ref, divisor: i64, at: usize) -> Option<Ref> {
        let op = match operator {
            Operator::Less => return Some(self.boxed_bool(IrOp::ILt, a, b)),
            Operator::LessEqual => return Some(self.boxed_bool(IrOp::ILe, a, b)),
            Operator::Equal => return Some(self.boxed_bool(IrOp::IEq, a, b)),
            Operator::Add => IrOp::Add,
            Operator::Sub => IrOp::Sub,
            Operator::Mul => IrOp::MulFit,
            Operator::Div => IrOp::FloorDiv,
            Operator::Rem => IrOp::FloorMod,
        };
        if op == IrOp::MulFit {
            let snapshot = self.snapshot(at);
            let product = self.out.guard(op, &[a, b], snapshot);
            return Some(self.out.op(IrOp::BoxI, &[product]));
        }
        if matches!(op, IrOp::FloorDiv | IrOp::FloorMod) {
            if divisor == 0 {
                return None;
            }
            let zero = self.out.const_i(0);
            let nonzero = self.out.op(IrOp::INe, &[b, zero]);
            self.guard(IrOp::Guard, nonzero, at);
        }
        let number = self.out.op(op, &[a, b]);
        // What becomes a word must fit one. The smallest int divided by -1 is the one quotient that does not.
        if op != IrOp::FloorMod {
            let fits = self.out.op(IrOp::Fits, &[number]);
            self.guard(IrOp::Guard, fits, at);
        }
        Some(self.out.op(IrOp::BoxI, &[number]))
    }

    fn floats(&mut self, operator: Operator, a: Ref, b: Ref, at: usize) -> Option<Ref> {
        let op = match operator {
            Operator::Less => return Some(self.boxed_bool(IrOp::FLt, a, b)),
            Operator::LessEqual => return Some(self.boxed_bool(IrOp::FLe, a, b)),
            Operator::Equal => return Some(self.boxed_bool(IrOp::FEq, a, b)),
            Operator::Add => IrOp::FAdd,
            Operator::Sub => IrOp::FSub,
            Operator::Mul => IrOp::FMul,
            Operator::Div => IrOp::FDiv,
            Operator::Rem => return None,
        };
        if op == IrOp::FDiv {
            let zero = self.out.const_f(0.0);
            let nonzero = self.out.op(IrOp::FNe, &[b, zero]);
            self.guard(IrOp::Guard, nonzero, at);
        }
        let number = self.out.op(op, &[a, b]);
        Some(self.out.op(IrOp::BoxF, &[number]))
    }

    fn boxed_bool(&mut self, op: IrOp, a: Ref, b: Ref) -> Ref {
        let truth = self.out.op(op, &[a, b]);
        self.out.op(IrOp::BoxB, &[truth])
    }

    /// The number of a word that is an int now, and must be one in each pass.
    fn int(&mut self, word: Ref, at: usize) -> Ref {
        let is_int = self.out.op(IrOp::IsInt, &[word]);
        self.guard(IrOp::Guard, is_int, at);
        self.out.op(IrOp::UnboxI, &[word])
    }

    /// The number of a word as a float; what it is now it must be in each pass. `None`: a float that is an object, which
    /// is rare, so Tiny leaves it to the interpreter.
    fn float(&mut self, value: Ref, word: u64, at: usize) -> Option<Ref> {
        if word::is_int(word) {
            let number = self.int(value, at);
            return Some(self.out.op(IrOp::IToF, &[number]));
        }
        if !word::is_float(word) {
            return None;
        }
        let is_float = self.out.op(IrOp::IsFloat, &[value]);
        self.guard(IrOp::Guard, is_float, at);
        Some(self.out.op(IrOp::UnboxF, &[value]))
    }

    fn guard(&mut self, op: IrOp, condition: Ref, at: usize) {
        let snapshot = self.snapshot(at);
        self.out.guard(op, &[condition], snapshot);
    }

    fn read(&mut self, slot: Slot) -> Ref {
        if let Some(known) = self.slots.get(&slot) {
            return known.by;
        }
        let by = self.out.imm(IrOp::Slot, &[], slot as i64);
        self.slots.insert(slot, Known { by, changed: false });
        by
    }

    fn write(&mut self, slot: Slot, by: Ref) {
        self.slots.insert(slot, Known { by, changed: true });
    }

    /// Going on at `resume` with the slots as the trace has made them until here.
    fn snapshot(&mut self, resume: usize) -> SnapshotId {
        let changed = self.slots.iter().filter(|(_, known)| known.changed);
        let slots = changed.map(|(&slot, known)| (slot as i32, Entry::Ref(known.by))).collect();
        self.out.snapshot(Snapshot { resume: resume as u32, slots, stores: Vec::new() })
    }
}

/// How compiled code prints: it touches no slot and nothing that the JIT knows, but it must happen.
fn print_function() -> Callee {
    Callee {
        name: "print".to_owned(),
        address: Some(print_word as *const () as usize),
        passes_vm: true,
        params: vec![AbiTy::Value],
        result: AbiTy::Void,
        effects: Effects { keep: true, ..Effects::PURE },
        foreign: false,
        variadic: None,
        pieces: Vec::new(),
        finish: None,
        field: None,
    }
}

/// The word of a constant instruction, whatever its type; `None` if it is none.
pub(crate) fn constant_word(inst: &Inst) -> Option<u64> {
    let bits = inst.imm.cast_unsigned();
    match inst.op {
        IrOp::ConstV => Some(bits),
        IrOp::ConstI => Some(Value::Int(inst.imm).word()),
        IrOp::ConstF => Some(Value::Float(f64::from_bits(bits)).word()),
        IrOp::ConstB => Some(Value::Bool(inst.imm != 0).word()),
        _ => None,
    }
}
