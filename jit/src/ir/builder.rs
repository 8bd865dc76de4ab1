//! Writing a trace instruction by instruction.
use smallvec::SmallVec;

use super::{
    Alias, Args, Callee, Class, Effects, Entry, Inst, IrOp, Layout, Ref, Snapshot, SnapshotId,
    Trace, Ty, Usual,
};

/// A trace that is being written.
#[derive(Debug, Default)]
pub struct Builder {
    trace: Trace,
}

impl Builder {
    /// An empty trace.
    pub fn new(name: &str) -> Builder {
        Builder { trace: Trace { name: name.to_string(), ..Trace::default() } }
    }
    /// An operation on earlier values.
    pub fn op(&mut self, op: IrOp, args: &[Ref]) -> Ref {
        self.imm(op, args, 0)
    }
    /// An operation with a number.
    pub fn imm(&mut self, op: IrOp, args: &[Ref], imm: i64) -> Ref {
        debug_assert!(!op.row().typed, "{} needs a type", op.row().text);
        self.push(Inst { imm, ..plain(op, op.row().result, args) })
    }
    /// A constant value word.
    pub fn const_v(&mut self, word: u64) -> Ref {
        self.imm(IrOp::ConstV, &[], word.cast_signed())
    }
    /// A constant int.
    pub fn const_i(&mut self, number: i64) -> Ref {
        self.imm(IrOp::ConstI, &[], number)
    }
    /// A constant float.
    pub fn const_f(&mut self, number: f64) -> Ref {
        self.imm(IrOp::ConstF, &[], number.to_bits().cast_signed())
    }
    /// A constant address.
    pub fn const_p(&mut self, address: usize) -> Ref {
        self.imm(IrOp::ConstP, &[], address as i64)
    }
    /// Live value `index` of the exit that is continued.
    pub fn param(&mut self, index: u32, ty: Ty) -> Ref {
        self.push(Inst { imm: i64::from(index), ..plain(IrOp::Param, ty, &[]) })
    }
    /// A load or `store_*`: operands, byte offset and alias class.
    pub fn memory(&mut self, op: IrOp, args: &[Ref], offset: i64, alias: Alias) -> Ref {
        debug_assert!(op.access_bytes() > 0, "{} is no memory access", op.row().text);
        self.push(Inst { imm: offset, alias, ..plain(op, op.row().result, args) })
    }
    /// A guard, or another operation that may leave the trace.
    pub fn guard(&mut self, op: IrOp, args: &[Ref], snapshot: SnapshotId) -> Ref {
        debug_assert!(op.row().class == Class::Guard, "guards have snapshots");
        self.push(Inst { snapshot: Some(snapshot), ..plain(op, op.row().result, args) })
    }
    /// `flush`, `loop` or `link` with the state at it.
    pub fn with_snapshot(&mut self, op: IrOp, imm: i64, snapshot: SnapshotId) -> Ref {
        self.push(Inst { imm, snapshot: Some(snapshot), ..plain(op, op.row().result, &[]) })
    }
    /// A call that cannot raise.
    pub fn call(&mut self, callee: Callee, args: &[Ref], ty: Ty) -> Ref {
        let imm = self.callee(callee);
        self.push(Inst { imm, ..plain(IrOp::Call, ty, args) })
    }
    /// A call that may raise.
    pub fn call_raising(
        &mut self,
        callee: Callee,
        args: &[Ref],
        ty: Ty,
        snapshot: SnapshotId,
    ) -> Ref {
        let imm = self.callee(callee);
        self.push(Inst { imm, snapshot: Some(snapshot), ..plain(IrOp::CallRaising, ty, args) })
    }
    /// The last instruction, a call that may raise, does not leave the trace when it does: its value says so. `None`: it is
    /// something else.
    pub fn without_raising(&mut self) -> Option<Ref> {
        let last = self.trace.insts.last().filter(|last| last.op == IrOp::CallRaising)?;
        let finish = self.trace.callee(last).finish;
        let says = |usual| matches!(usual, Usual::Object { .. } | Usual::Truth { .. });
        if finish.is_some_and(|finish| !says(finish.usual)) {
            return None;
        }
        let last = self.trace.insts.last_mut()?;
        (last.op, last.snapshot) = (IrOp::Call, None);
        Some(Ref(self.trace.insts.len() as u32 - 1))
    }
    /// A new object.
    pub fn alloc(&mut self, layout: &Layout) -> Ref {
        let known = self.trace.layouts.iter().position(|other| other == layout);
        let at = known.unwrap_or_else(|| {
            self.trace.layouts.push(layout.clone());
            self.trace.layouts.len() - 1
        });
        self.imm(IrOp::Alloc, &[], at as i64)
    }
    /// A snapshot; an equal one that was just made is used again.
    pub fn snapshot(&mut self, snapshot: Snapshot) -> SnapshotId {
        if self.trace.snapshots.last() != Some(&snapshot) {
            self.trace.snapshots.push(snapshot);
        }
        SnapshotId(self.trace.snapshots.len() as u32 - 1)
    }
    /// Any instruction, as it is.
    pub fn push(&mut self, inst: Inst) -> Ref {
        self.trace.insts.push(inst);
        Ref(self.trace.insts.len() as u32 - 1)
    }
    /// Number of instructions so far.
    pub fn len(&self) -> usize {
        self.trace.insts.len()
    }
    /// Has nothing behind an instruction written to one of these alias classes?
    pub fn is_unwritten_since(&self, value: Ref, classes: u64) -> bool {
        self.trace.insts[value.0 as usize + 1..].iter().all(|inst| match inst.op.row().class {
            Class::Store => inst.alias.set() & classes == 0,
            _ if matches!(inst.op, IrOp::Call | IrOp::CallRaising) => {
                self.trace.callee(inst).effects.writes & classes == 0
            }
            _ => true,
        })
    }
    /// Nothing written yet?
    pub fn is_empty(&self) -> bool {
        self.trace.insts.is_empty()
    }
    /// What was written so far.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }
    /// The finished trace.
    pub fn finish(self) -> Trace {
        self.trace
    }
    fn callee(&mut self, callee: Callee) -> i64 {
        let known = self.trace.calls.iter().position(|other| *other == callee);
        let at = known.unwrap_or_else(|| {
            self.trace.calls.push(callee);
            self.trace.calls.len() - 1
        });
        at as i64
    }
}

fn plain(op: IrOp, ty: Ty, args: &[Ref]) -> Inst {
    let args: Args = SmallVec::from_slice(args);
    Inst { op, ty, alias: Alias::CONSTANT, args, imm: 0, snapshot: None }
}

impl From<Ref> for Entry {
    fn from(value: Ref) -> Entry {
        Entry::Ref(value)
    }
}

impl Effects {
    /// Reads the classes of a set, writes nothing.
    pub const fn reading(reads: u64) -> Effects {
        Effects { reads, ..Effects::PURE }
    }
}
