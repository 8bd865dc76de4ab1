//! Values that only exits need and that exits can compute.
//!
//! A loop that counts has the number of this pass, that of the next, and often that of the last one, since the interpreter wants the
//! loop's variable where the loop is left. Registers and moves for all of them are what a short loop consists of. But each is another
//! one plus a constant: exits compute it.
use haft_jit::ir::{IrOp, Ref, Trace, Ty};

use super::live::Live;

/// How an exit gets at a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Derived {
    /// From this value,
    from: Ref,
    /// plus this.
    plus: i32,
    /// Behind this instruction.
    behind: u32,
}

/// By value, if there is any; `uses`: values and positions where operands are wanted, without those of `phi`s.
pub(super) fn find(trace: &Trace, live: &Live, uses: &[(u32, u32)]) -> Vec<Option<Derived>> {
    let Some((label, _)) = live.loop_at else { return Vec::new() };
    let mut derived = vec![None; trace.insts.len()];
    let insts = &trace.insts;
    let phis: Vec<usize> =
        (label as usize + 1..insts.len()).take_while(|&at| insts[at].op == IrOp::Phi).collect();
    let last_use = |value: usize| {
        let positions = uses.iter().filter(|(used, _)| *used as usize == value);
        positions.map(|(_, position)| position / 2).max()
    };
    // The number of this pass, where that of the next one is known.
    for &phi in &phis {
        let next = live.of(insts[phi].args[1]);
        if next.0 as usize <= phi || live.is_lazy[next.0 as usize] || trace.insts[phi].ty != Ty::I {
            continue;
        }
        if let Some((of, step)) = step(trace, live, next)
            && of.0 as usize == phi
        {
            let behind = next.0.max(last_use(phi).unwrap_or(0));
            derived[phi] = Some(Derived { from: next, plus: -step, behind });
        }
    }
    // The number of the last pass.
    for &phi in &phis {
        let [first, next] = [0, 1].map(|at| live.of(insts[phi].args[at]));
        let is_back = |&other: &usize| live.of(insts[other].args[1]).0 as usize == phi;
        let counter = next.0 as usize;
        let Some(Derived { from, plus, .. }) = derived.get(counter).copied().flatten() else {
            continue;
        };
        let began = live.of(insts[counter].args[0]);
        if phis.contains(&counter)
            && counter != phi
            && live.of(insts[counter].args[1]) == from
            && last_use(phi).is_none()
            && !phis.iter().any(is_back)
            && step(trace, live, began) == Some((first, -plus))
        {
            derived[phi] = Some(Derived { from: next, plus, behind: label });
        }
    }
    derived
}

/// The value and the number that are added.
fn step(trace: &Trace, live: &Live, sum: Ref) -> Option<(Ref, i32)> {
    // The values that every trace has are no instructions.
    let inst = trace.insts.get(sum.0 as usize)?;
    let number = trace.insts.get(live.of(*inst.args.get(1)?).0 as usize)?;
    let number = i32::try_from((number.op == IrOp::ConstI).then_some(number.imm)?).ok()?;
    let number = match inst.op {
        IrOp::Add => number,
        IrOp::Sub => number.checked_neg()?,
        _ => return None,
    };
    (number != i32::MIN).then_some((live.of(inst.args[0]), number))
}

impl Live {
    /// What an exit at instruction `at` stores for a value: another one, plus a number.
    pub(super) fn at_exit(&self, value: Ref, at: usize) -> (Ref, i32) {
        let (mut value, mut sum) = (self.of(value), 0_i32);
        while let Some(Derived { from, plus, behind }) =
            self.derived.get(value.0 as usize).copied().flatten()
        {
            let Some(more) = sum.checked_add(plus).filter(|_| at as u32 > behind) else { break };
            (value, sum) = (from, more);
        }
        (value, sum)
    }
    /// Is it a `phi` that nobody but exits needs, and they do without?
    pub(super) fn is_derived_everywhere(&self, phi: usize) -> bool {
        let Some((label, _)) = self.loop_at else { return false };
        self.derived.get(phi).copied().flatten().is_some_and(|derived| derived.behind == label)
    }
}
