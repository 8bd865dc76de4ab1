//! Writing a trace instruction by instruction.
use super::{Class, Inst, IrOp, Ref, Snapshot, SnapshotId, Trace};

/// A trace that is being recorded.
#[derive(Debug, Default)]
pub struct Builder {
    trace: Trace,
}

impl Builder {
    /// An empty trace.
    pub fn new(name: &str) -> Builder {
        Builder { trace: Trace { name: name.to_string(), ..Trace::default() } }
    }
    /// Register `number` at the start.
    pub fn input(&mut self, number: i64) -> Ref {
        self.trace.n_inputs += 1;
        self.push(Inst { number: Some(number), ..plain(IrOp::Input, &[]) })
    }
    /// An operation on earlier values.
    pub fn op(&mut self, op: IrOp, args: &[Ref]) -> Ref {
        self.push(plain(op, args))
    }
    /// An operation with a number.
    pub fn op_number(&mut self, op: IrOp, args: &[Ref], number: i64) -> Ref {
        self.push(Inst { number: Some(number), ..plain(op, args) })
    }
    /// A constant word.
    pub fn const_word(&mut self, word: u64) -> Ref {
        self.op_number(IrOp::ConstWord, &[], word.cast_signed())
    }
    /// A constant int.
    pub fn const_int(&mut self, number: i64) -> Ref {
        self.op_number(IrOp::ConstInt, &[], number)
    }
    /// A constant float.
    pub fn const_float(&mut self, number: f64) -> Ref {
        self.push(Inst { bits: Some(number.to_bits()), ..plain(IrOp::ConstFloat, &[]) })
    }
    /// A call of a helper.
    pub fn call(&mut self, name: &str, args: &[Ref]) -> Ref {
        self.push(Inst { name: Some(name.to_string()), ..plain(IrOp::Call, args) })
    }
    /// A guard (or an operation that may leave the trace), with the state to restore.
    pub fn guard(
        &mut self,
        op: IrOp,
        args: &[Ref],
        number: Option<i64>,
        snapshot: SnapshotId,
    ) -> Ref {
        debug_assert!(op.row().class == Class::Guard, "guards have snapshots");
        self.push(Inst { number, snapshot: Some(snapshot), ..plain(op, args) })
    }
    /// A snapshot; equal ones share a number.
    pub fn snapshot(&mut self, snapshot: Snapshot) -> SnapshotId {
        if let Some(at) = self.trace.snapshots.iter().rposition(|known| *known == snapshot) {
            return SnapshotId(at as u32);
        }
        self.trace.snapshots.push(snapshot);
        SnapshotId(self.trace.snapshots.len() as u32 - 1)
    }
    /// Number of instructions so far.
    pub fn len(&self) -> usize {
        self.trace.insts.len()
    }
    /// Nothing recorded yet?
    pub fn is_empty(&self) -> bool {
        self.trace.insts.is_empty()
    }
    /// The finished trace.
    pub fn finish(self) -> Trace {
        self.trace
    }
    fn push(&mut self, inst: Inst) -> Ref {
        let row = inst.op.row();
        debug_assert!(row.arity.is_none_or(|n| n == inst.args.len()), "arity of {}", row.text);
        self.trace.insts.push(inst);
        Ref(self.trace.insts.len() as u32 - 1)
    }
}

fn plain(op: IrOp, args: &[Ref]) -> Inst {
    Inst { op, args: args.to_vec(), number: None, bits: None, name: None, snapshot: None }
}
