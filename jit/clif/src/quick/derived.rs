//! Values that only exits need and that exits can compute.
//!
//! A loop that counts has the number of this pass, that of the next, and often that of the last one, since the interpreter wants the
//! loop's variable where the loop is left. Registers and moves for all of them are what a short loop consists of. But each is another
//! one plus a constant: exits compute it.
use haft_jit::ir::{IrOp, Ref, Trace, Ty};

use super::live::{EXTRAS, Live};

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

/// A `phi` that is counted up where the loop jumps back, and not where the sum stands: nobody needs it earlier, and exits
/// compute it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Late {
    pub(super) phi: Ref,
    pub(super) next: Ref,
    pub(super) step: i32,
}

/// The counters of the loop that can wait.
pub(super) fn find_late(trace: &Trace, live: &Live) -> Vec<Late> {
    let Some((label, _)) = live.loop_at else { return Vec::new() };
    let mut uses = vec![0_u32; trace.insts.len()];
    for arg in trace.insts.iter().flat_map(|inst| &inst.args) {
        if let Some(uses) = uses.get_mut(live.of(*arg).0 as usize) {
            *uses += 1;
        }
    }
    let late = |phi: usize| {
        let next = live.of(trace.insts[phi].args[1]);
        let (of, step) = step(trace, live, next)?;
        let waits = of.0 as usize == phi && next.0 as usize > phi && uses[next.0 as usize] == 1;
        waits.then_some(Late { phi: of, next, step })
    };
    phis(trace, label).filter_map(late).collect()
}

/// The `phi`s behind the label.
fn phis(trace: &Trace, label: u32) -> impl Iterator<Item = usize> {
    let behind = label as usize + 1;
    behind..behind + trace.insts[behind..].iter().take_while(|inst| inst.op == IrOp::Phi).count()
}

/// By value, if there is any; `uses`: values and positions where operands are wanted, without those of `phi`s.
pub(super) fn find(trace: &Trace, live: &Live, uses: &[(u32, u32)]) -> Vec<Option<Derived>> {
    let Some((label, _)) = live.loop_at else { return Vec::new() };
    let mut derived = vec![None; trace.insts.len()];
    let insts = &trace.insts;
    let phis: Vec<usize> = phis(trace, label).collect();
    let last_use = |value: usize| {
        let positions = uses.iter().filter(|(used, _)| *used as usize == value);
        positions.map(|(_, position)| position / 2).max()
    };
    for &Late { phi, next, step } in &live.late {
        derived[next.0 as usize] = Some(Derived { from: phi, plus: step, behind: label });
    }
    sums_for_exits(trace, live, uses, &mut derived);
    // The number of this pass, where that of the next one is known.
    for &phi in &phis {
        let next = live.of(insts[phi].args[1]);
        let is_there = |next: usize| !live.is_lazy[next] && derived[next].is_none();
        if next.0 as usize <= phi || !is_there(next.0 as usize) || trace.insts[phi].ty != Ty::I {
            continue;
        }
        if let Some((of, step)) = step(trace, live, next)
            && of.0 as usize == phi
        {
            let behind = next.0.max(last_use(phi).unwrap_or(0));
            derived[phi] = Some(Derived { from: next, plus: -step, behind });
        }
    }
    // What is always as far from a counter, such as the number of the last pass.
    let is_counter = |phi: usize| sum_of(trace, live, insts[phi].args[1]).0.0 as usize == phi;
    let counters: Vec<usize> = phis.iter().copied().filter(|&phi| is_counter(phi)).collect();
    for &phi in &phis {
        let is_back = |&other: &usize| live.of(insts[other].args[1]).0 as usize == phi;
        if insts[phi].ty != Ty::I || last_use(phi).is_some() || phis.iter().any(is_back) {
            continue;
        }
        let sums = |of: usize| [0, 1].map(|at| sum_of(trace, live, insts[of].args[at]));
        let mine = sums(phi);
        let distance = |counter: usize| {
            let is_free = derived[counter].is_none_or(|known: Derived| known.behind != label);
            let [first, next] = sums(counter);
            let by = [mine[0].1.checked_sub(first.1)?, mine[1].1.checked_sub(next.1)?];
            let is_same = mine[0].0 == first.0 && mine[1].0 == next.0 && by[0] == by[1];
            let ints = insts[counter].ty == Ty::I && counter != phi;
            (is_same && ints && is_free).then_some((Ref(counter as u32), by[0]))
        };
        if let Some((from, plus)) = counters.iter().find_map(|&counter| distance(counter)) {
            derived[phi] = Some(Derived { from, plus, behind: label });
        }
    }
    derived
}

/// Sums of a number and something else that only exits need.
fn sums_for_exits(
    trace: &Trace,
    live: &Live,
    uses: &[(u32, u32)],
    derived: &mut [Option<Derived>],
) {
    let Some((label, _)) = live.loop_at else { return };
    let mut is_used = vec![false; trace.insts.len() + EXTRAS];
    for (value, _) in uses {
        is_used[*value as usize] = true;
    }
    for phi in phis(trace, label) {
        let args = &trace.insts[phi].args;
        for arg in args {
            is_used[live.of(*arg).0 as usize] = true;
        }
    }
    for at in label as usize + 1..trace.insts.len() {
        let value = Ref(at as u32);
        let is_free = derived[at].is_none() && !is_used[at] && !live.is_lazy[at];
        if let Some((from, plus)) = step(trace, live, value).filter(|_| is_free)
            && live.of(value) == value
            && !trace.insts.get(from.0 as usize).is_none_or(|inst| inst.op.is_constant())
        {
            derived[at] = Some(Derived { from, plus, behind: at as u32 });
        }
    }
}

/// The value that another one is a sum of, and the number that was added to it in one or more steps.
fn sum_of(trace: &Trace, live: &Live, value: Ref) -> (Ref, i32) {
    let (mut value, mut sum) = (live.of(value), 0_i32);
    while let Some((of, more)) = step(trace, live, value)
        && let Some(more) = sum.checked_add(more)
    {
        (value, sum) = (of, more);
    }
    (value, sum)
}

/// The value and the number that are added.
fn step(trace: &Trace, live: &Live, sum: Ref) -> Option<(Ref, i32)> {
    // The values that every trace has are no instructions.
    let inst = trace.insts.get(sum.0 as usize)?;
    let number = trace.insts.get(live.of(*inst.args.get(1)?).0 as usize)?;
    let number = i32::try_from((number.op == IrOp::ConstI).then_some(number.imm)?).ok()?;
    let number = match inst.op {
        IrOp::Add | IrOp::PAdd => number,
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
    /// The counter whose next number this is, if that is made where the loop jumps back.
    pub(super) fn late(&self, next: Ref) -> Option<Late> {
        self.late.iter().find(|late| late.next == next).copied()
    }
    /// Is it a `phi` that nobody but exits needs, and they do without?
    pub(super) fn is_derived_everywhere(&self, phi: usize) -> bool {
        let Some((label, _)) = self.loop_at else { return false };
        self.derived.get(phi).copied().flatten().is_some_and(|derived| derived.behind == label)
    }
}
