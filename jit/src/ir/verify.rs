//! What every trace must satisfy; asserted between passes in debug builds and on each parsed test.
use std::fmt;

use super::{Class, Entry, Inst, IrOp, Ref, Trace, Ty};

/// What is wrong with a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Number of the instruction.
    pub at: usize,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "instruction {}: {}", self.at, self.message)
    }
}
impl std::error::Error for Fault {}

/// Is the trace well formed: operands earlier and of the right type, snapshots where they belong, one end?
pub fn verify(trace: &Trace) -> Result<(), Fault> {
    for (at, inst) in trace.insts.iter().enumerate() {
        check(trace, at, inst).map_err(|message| Fault { at, message })?;
    }
    let ends = trace.insts.last().is_some_and(|inst| inst.op.ends());
    if ends {
        return Ok(());
    }
    Err(Fault { at: trace.insts.len(), message: "the trace has no end".to_string() })
}

fn check(trace: &Trace, at: usize, inst: &Inst) -> Result<(), String> {
    let row = inst.op.row();
    if !row.typed && inst.ty != row.result {
        return Err(format!("{} makes {:?}, not {:?}", row.text, row.result, inst.ty));
    }
    for (index, &arg) in inst.args.iter().enumerate() {
        let back_edge = inst.op == IrOp::Phi && index == 1;
        if arg.0 as usize >= if back_edge { trace.insts.len() } else { at } {
            return Err(format!("operand %{} is not defined before", arg.0));
        }
        let want = row.args.map(|args| args[index]);
        check_type(trace, arg, want)?;
    }
    if row.args.is_some_and(|args| args.len() != inst.args.len()) {
        return Err(format!("{} has {} operands", row.text, inst.args.len()));
    }
    let wants = row.class == Class::Guard || matches!(inst.op, IrOp::Flush | IrOp::Loop);
    match inst.snapshot {
        None if wants => Err(format!("{} needs a snapshot", row.text)),
        Some(_) if !wants && inst.op != IrOp::Link => Err(format!("{} has a snapshot", row.text)),
        Some(id) => check_snapshot(trace, at, id.0 as usize),
        None => Ok(()),
    }?;
    match inst.op {
        IrOp::Call | IrOp::CallRaising => check_call(trace, inst),
        _ if inst.op.ends() && at + 1 != trace.insts.len() => {
            Err(format!("{} is not the last instruction", row.text))
        }
        _ => Ok(()),
    }
}

fn check_type(trace: &Trace, arg: Ref, want: Option<Ty>) -> Result<(), String> {
    let have = trace.inst(arg).ty;
    match want {
        Some(Ty::P) if have == Ty::V => Ok(()), // memory operations take objects too
        Some(want) if want != have => Err(format!("operand %{} is {have:?}, not {want:?}", arg.0)),
        _ if have == Ty::Unit => Err(format!("operand %{} has no value", arg.0)),
        _ => Ok(()),
    }
}

fn check_snapshot(trace: &Trace, at: usize, id: usize) -> Result<(), String> {
    let Some(snapshot) = trace.snapshots.get(id) else {
        return Err(format!("there is no snapshot s{id}"));
    };
    let stored = snapshot.stores.iter().flat_map(|store| [store.object, store.field.value]);
    for entry in snapshot.slots.iter().map(|(_, value)| *value).chain(stored) {
        check_entry(trace, at, entry).map_err(|message| format!("s{id}: {message}"))?;
    }
    if snapshot.slots.is_sorted_by(|a, b| a.0 < b.0) {
        return Ok(());
    }
    Err(format!("s{id}: slots are not in order"))
}

fn check_entry(trace: &Trace, at: usize, entry: Entry) -> Result<(), String> {
    match entry {
        Entry::Ref(value) if value.0 as usize >= at => {
            Err(format!("%{} is not defined before", value.0))
        }
        Entry::Ref(value) => check_type(trace, value, None),
        Entry::Virtual(number) => match trace.virtuals.get(number as usize) {
            // A virtual may contain itself through others: its fields are checked where they are values only.
            Some(object) => object.fields.iter().try_for_each(|field| match field.value {
                Entry::Ref(_) => check_entry(trace, at, field.value),
                Entry::Virtual(_) => Ok(()),
            }),
            None => Err(format!("there is no virtual v{number}")),
        },
    }
}

fn check_call(trace: &Trace, inst: &Inst) -> Result<(), String> {
    let index = usize::try_from(inst.imm).map_err(|_| "a call without function".to_string())?;
    let callee = trace.calls.get(index).ok_or_else(|| format!("there is no function {index}"))?;
    let extra = usize::from(callee.address.is_none()) + usize::from(!callee.pieces.is_empty());
    let n = callee.params.len() + extra;
    if inst.args.len() == n {
        return Ok(());
    }
    Err(format!("{} takes {n} operands, found {}", callee.name, inst.args.len()))
}
