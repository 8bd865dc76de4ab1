//! Exit stress: every guard made to fail every n-th time, so that each exit is taken and must rebuild the right state.
use std::ffi::c_void;

use haft_jit::ir::{AbiTy, Callee, Effects, Inst, IrOp, Ref, Trace, Ty};

use crate::vm::Vm;

/// The trace with a further guard before each, which fails every n-th time and leaves to the same place.
///
/// `may_fail`: whether a guard with this resume point may fail at all. One that follows a decision may not: it leaves to
/// where the other outcome leads.
pub(super) fn with_failing_guards(trace: &Trace, may_fail: impl Fn(u32) -> bool) -> Trace {
    let mut out = Trace { insts: Vec::new(), ..trace.clone() };
    out.calls.push(Callee {
        name: "stress".to_string(),
        address: Some(holds as *const () as usize),
        passes_vm: true,
        params: Vec::new(),
        result: AbiTy::Bool,
        effects: Effects { reads: 0, writes: 0, allocates: false, keep: true },
        foreign: false,
        variadic: None,
        pieces: Vec::new(),
        finish: None,
        field: None,
    });
    let stress = out.calls.len() as i64 - 1;
    let mut moved: Vec<Ref> = Vec::with_capacity(trace.insts.len());
    for inst in &trace.insts {
        if let (IrOp::Guard | IrOp::GuardNot, Some(snapshot)) = (inst.op, inst.snapshot)
            && may_fail(trace.snapshot(snapshot).resume)
        {
            let holds = push(&mut out, blank(IrOp::Call, Ty::B, &[], stress));
            let guard =
                Inst { snapshot: inst.snapshot, ..blank(IrOp::Guard, Ty::Unit, &[holds], 0) };
            push(&mut out, guard);
        }
        moved.push(push(&mut out, inst.clone()));
    }
    let new = |old: Ref| moved[old.0 as usize];
    for (at, inst) in out.insts.iter_mut().enumerate() {
        // What was added names new instructions already.
        if moved.binary_search(&Ref(at as u32)).is_ok() {
            for arg in &mut inst.args {
                *arg = new(*arg);
            }
        }
    }
    out.rename_in_snapshots(new);
    out
}

fn blank(op: IrOp, ty: Ty, args: &[Ref], imm: i64) -> Inst {
    let alias = haft_jit::ir::Alias::CONSTANT;
    Inst { op, ty, alias, args: args.iter().copied().collect(), imm, snapshot: None }
}

fn push(trace: &mut Trace, inst: Inst) -> Ref {
    trace.insts.push(inst);
    Ref(trace.insts.len() as u32 - 1)
}

/// Does the next guard hold?
///
/// # Safety
/// Called by compiled code, with the runtime that entered it.
unsafe extern "C" fn holds(vm: *mut c_void) -> bool {
    // SAFETY: see `thunk`.
    let vm = unsafe { &mut *vm.cast::<Vm>() };
    let Some(jit) = vm.jit.as_mut() else { return true };
    jit.stress_left -= 1;
    if jit.stress_left > 0 {
        return true;
    }
    jit.stress_left = jit.options.exit_stress;
    false
}
