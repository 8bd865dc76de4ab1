//! Write barriers that are done where a float is boxed, for both generators.
//!
//! Nearly every float is immediate, and its word needs no barrier. So the barrier of a float that was just boxed is done where
//! boxing makes an object after all, and nothing is left where it stood.
use haft_jit::ir::{Inst, IrOp, Ref, Trace};

/// Is it the barrier of a float that was boxed when its object was there already? If a collection runs between boxing and the
/// store, both are old then.
pub(crate) fn is_done_early(trace: &Trace, inst: &Inst) -> bool {
    inst.op == IrOp::Barrier
        && trace.inst(inst.args[1]).op == IrOp::BoxF
        && (inst.args[0] < inst.args[1] || trace.inst(inst.args[0]).op.is_constant())
}

/// The objects whose barriers for the float that instruction `at` boxes are done where it is boxed.
pub(crate) fn holders_of(trace: &Trace, at: usize) -> Vec<Ref> {
    let mut holders: Vec<Ref> = Vec::new();
    for inst in trace.insts.iter().skip(at).filter(|inst| is_done_early(trace, inst)) {
        if inst.args[1].0 as usize == at && !holders.contains(&inst.args[0]) {
            holders.push(inst.args[0]);
        }
    }
    holders
}
