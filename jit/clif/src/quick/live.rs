//! What is known of a trace before code is made: which values are needed where, and which are no values of their own.
//!
//! Positions are twice the instruction's number. An operand is needed at that position; what an exit stores is needed one later,
//! behind the instruction's own value. In a loop, a value from before the label that the body needs is needed until the jump.
use haft_jit::ir::{Class, Inst, IrOp, Ref, Trace, Ty};

use super::asm::Reg;
use super::calls;
use super::derived::{self, Derived, Late};
use super::folded;
use crate::exits::Plan;

/// Not needed again.
pub(super) const NEVER: u32 = u32::MAX;

/// The values that every trace has: the context and the address of slot 0, the address of the poll word, and the number whose
/// bits tell the tags of floats.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Extra {
    pub(super) context: Ref,
    pub(super) base: Ref,
    pub(super) poll: Ref,
    pub(super) tags: Ref,
}

/// How many there are.
pub(super) const EXTRAS: usize = 4;
/// Tests for floats in the loop, or in a trace without one, from which on a register holds their tags.
const MANY_FLOAT_TESTS: usize = 3;

/// See the module.
#[derive(Debug)]
pub(super) struct Live {
    /// What a value is another name of; itself as a rule.
    pub(super) alias: Vec<Ref>,
    /// Computed where it is used, not where it stands.
    pub(super) is_lazy: Vec<bool>,
    /// The last position that needs the value, 0: none.
    pub(super) end: Vec<u32>,
    /// Positions where a register is wanted: those of value `v` are `uses[first[v]..first[v + 1]]`.
    uses: Vec<u32>,
    first: Vec<u32>,
    /// Uses of `v` before this one are past.
    cursor: Vec<u32>,
    /// Numbers of the calls.
    pub(super) calls: Vec<u32>,
    /// The loop: numbers of label and jump.
    pub(super) loop_at: Option<(u32, u32)>,
    pub(super) extra: Extra,
    /// For the operand that a `phi` gets from the jump: the `phi`.
    pub(super) back_to: Vec<Option<Ref>>,
    /// Does a register hold the tags of floats?
    pub(super) tests_floats: bool,
    /// What exits compute.
    pub(super) derived: Vec<Option<Derived>>,
    /// What is counted up where the loop jumps back.
    pub(super) late: Vec<Late>,
    /// Must memory hold the value during a call in the loop?
    pub(super) is_published: Vec<bool>,
    /// For a value that a call passes on in a register before another call: that register.
    pub(super) passed_in: Vec<Option<Reg>>,
}

/// Is it a comparison that a guard right behind can do itself?
fn is_test(op: IrOp) -> bool {
    matches!(
        op,
        IrOp::IsInt
            | IrOp::IsFloat
            | IrOp::IsObject
            | IrOp::Same
            | IrOp::PEq
            | IrOp::Not
            | IrOp::Fits
            | IrOp::MulFits
            | IrOp::IEq
            | IrOp::INe
            | IrOp::ILt
            | IrOp::ILe
            | IrOp::IGt
            | IrOp::IGe
            | IrOp::ULt
            | IrOp::FEq
            | IrOp::FNe
            | IrOp::FLt
            | IrOp::FLe
            | IrOp::FGt
            | IrOp::FGe
            | IrOp::UnboxB
    )
}

/// Is it one of ints, whose truth one flag tells?
pub(super) fn is_comparison(op: IrOp) -> bool {
    use IrOp::{IEq, IGe, IGt, ILe, ILt, INe, PEq, Same, ULt};
    matches!(op, Same | PEq | IEq | INe | ILt | ILe | IGt | IGe | ULt)
}

/// Does it test a word for a float's tag?
fn tests_float(op: IrOp) -> bool {
    matches!(op, IrOp::IsFloat | IrOp::BoxF)
}

/// Is the instruction another name of its operand?
fn is_name(inst: &Inst) -> bool {
    let whole = matches!(inst.op, IrOp::SignExt | IrOp::ZeroExt) && !(1..64).contains(&inst.imm);
    whole
        || matches!(
            inst.op,
            IrOp::PToI | IrOp::IToP | IrOp::VToI | IrOp::ObjectOf | IrOp::ValueAt | IrOp::BToI
        )
}

/// Does it take the address of its access from operand 0?
pub(super) fn is_access(op: IrOp) -> bool {
    op.access_bytes() > 0
}

impl Live {
    pub(super) fn new(trace: &Trace, plan: &Plan) -> Live {
        let n = trace.insts.len();
        let [context, base, poll, tags] = std::array::from_fn(|k| Ref((n + k) as u32));
        let extra = Extra { context, base, poll, tags };
        let mut live = Live {
            alias: (0..(n + EXTRAS) as u32).map(Ref).collect(),
            is_lazy: vec![false; n + EXTRAS],
            end: vec![0; n + EXTRAS],
            uses: Vec::new(),
            first: Vec::new(),
            cursor: vec![0; n + EXTRAS],
            calls: Vec::new(),
            loop_at: None,
            extra,
            back_to: vec![None; n + EXTRAS],
            tests_floats: false,
            derived: Vec::new(),
            late: Vec::new(),
            is_published: vec![false; n + EXTRAS],
            passed_in: vec![None; n + EXTRAS],
        };
        let mut label = None;
        for (at, inst) in trace.insts.iter().enumerate() {
            match inst.op {
                IrOp::Call | IrOp::CallRaising => live.calls.push(at as u32),
                IrOp::Label => label = Some(at as u32),
                IrOp::Jump => live.loop_at = label.map(|label| (label, at as u32)),
                IrOp::Base => live.alias[at] = extra.base,
                _ if is_name(inst) => live.alias[at] = live.alias[inst.args[0].0 as usize],
                _ => {}
            }
        }
        let from = label.map_or(0, |label| label as usize);
        let tests = trace.insts[from..].iter().filter(|inst| tests_float(inst.op)).count();
        live.tests_floats = tests >= MANY_FLOAT_TESTS;
        live.choose_lazy(trace, plan);
        live.late = derived::find_late(trace, &live);
        live.find_uses(trace, plan);
        live.find_passed(trace);
        live
    }

    /// Back to the start of the trace.
    pub(super) fn rewind(&mut self) {
        let n = self.cursor.len();
        self.cursor.copy_from_slice(&self.first[..n]);
    }

    /// The value that a name stands for.
    pub(super) fn of(&self, value: Ref) -> Ref {
        self.alias[value.0 as usize]
    }

    /// A test is lazy if one guard or `select` is all that uses it, an address if only accesses do.
    fn choose_lazy(&mut self, trace: &Trace, plan: &Plan) {
        let n = trace.insts.len();
        let mut uses = vec![0_u32; n + EXTRAS];
        let mut fitting = vec![0_u32; n + EXTRAS];
        for inst in &trace.insts {
            for (k, arg) in inst.args.iter().enumerate() {
                let of = self.alias[arg.0 as usize];
                let direct = of == *arg;
                let at = of.0 as usize;
                uses[at] += 1;
                let fits = k == 0
                    && direct
                    && match trace.insts.get(at).map(|inst| inst.op) {
                        Some(IrOp::Index | IrOp::PAdd) => is_access(inst.op),
                        Some(op) if inst.op == IrOp::Select => is_comparison(op),
                        Some(op) => {
                            let tests = [IrOp::Guard, IrOp::GuardNot, IrOp::Not];
                            is_test(op) && tests.contains(&inst.op)
                        }
                        None => false,
                    };
                fitting[at] += u32::from(fits);
            }
        }
        for exit in &plan.exits {
            for (value, _) in &exit.live {
                uses[self.alias[value.0 as usize].0 as usize] += 2;
            }
        }
        for (at, inst) in trace.insts.iter().enumerate() {
            let all = uses[at] > 0 && fitting[at] == uses[at];
            self.is_lazy[at] = match inst.op {
                IrOp::Index => all && can_scale(trace, inst),
                IrOp::PAdd => all,
                op => all && uses[at] == 1 && is_test(op),
            };
        }
        // A `not` that is computed needs its operand as a value.
        for at in (0..n).rev() {
            let inst = &trace.insts[at];
            if inst.op == IrOp::Not && !self.is_lazy[at] {
                self.is_lazy[inst.args[0].0 as usize] = false;
            }
        }
        for at in folded::find(trace, self, &uses) {
            self.is_lazy[at] = true;
        }
    }

    fn find_uses(&mut self, trace: &Trace, plan: &Plan) {
        let n = self.end.len();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut work = Vec::new();
        for (at, inst) in trace.insts.iter().enumerate() {
            let position = 2 * at as u32;
            let is_value = !self.is_lazy[at] && self.alias[at].0 as usize == at;
            let is_value = is_value && self.late(Ref(at as u32)).is_none();
            if is_value && inst.op != IrOp::Phi {
                work.extend(inst.args.iter().copied());
                self.implicit(inst, &mut work);
            }
            while let Some(arg) = work.pop() {
                let arg = self.of(arg);
                if self.is_lazy[arg.0 as usize] {
                    work.extend(trace.inst(arg).args.iter().copied());
                    self.implicit(trace.inst(arg), &mut work);
                } else if !trace.insts.get(arg.0 as usize).is_some_and(|i| i.op.is_constant()) {
                    pairs.push((arg.0, position));
                    self.end[arg.0 as usize] = self.end[arg.0 as usize].max(position);
                } else if is_wide(trace, arg) && !matches!(inst.op, IrOp::Call | IrOp::CallRaising)
                {
                    pairs.push((arg.0, position));
                }
            }
        }
        self.derived = derived::find(trace, self, &pairs);
        for (at, inst) in trace.insts.iter().enumerate() {
            let Some(exit) = plan.get(at) else { continue };
            // Memory holds what is published until the call is over.
            let publishes = inst.op == IrOp::Publish;
            let until = if publishes { returned(trace, at) } else { at };
            for (value, _) in &plan.exits[exit].live {
                let (of, _) = self.at_exit(*value, at);
                let of = of.0 as usize;
                self.end[of] = self.end[of].max(2 * until as u32 + 1);
                self.is_published[of] |= publishes && self.is_inside(Ref(at as u32));
            }
        }
        self.phi_uses(trace, &mut pairs);
        self.until_the_jump();
        pairs.sort_unstable();
        self.first = vec![0; n + 1];
        for &(value, _) in &pairs {
            self.first[value as usize + 1] += 1;
        }
        for at in 0..n {
            self.first[at + 1] += self.first[at];
        }
        self.uses = pairs.into_iter().map(|(_, position)| position).collect();
        self.rewind();
    }

    /// What an instruction uses besides its operands.
    fn implicit(&self, inst: &Inst, work: &mut Vec<Ref>) {
        match inst.op {
            IrOp::Slot | IrOp::LoadSlot | IrOp::StoreSlot => work.push(self.extra.base),
            IrOp::Param | IrOp::Context | IrOp::Alloc | IrOp::Pass => work.push(self.extra.context),
            IrOp::Poll => work.push(self.extra.poll),
            op if tests_float(op) && self.tests_floats => work.push(self.extra.tags),
            _ => {}
        }
    }

    /// A `phi` takes its first operand at the label and its second at the jump.
    fn phi_uses(&mut self, trace: &Trace, pairs: &mut Vec<(u32, u32)>) {
        let Some((label, jump)) = self.loop_at else { return };
        for (at, inst) in trace.insts.iter().enumerate() {
            if inst.op != IrOp::Phi || self.is_derived_everywhere(at) {
                continue;
            }
            let back = match self.late(self.of(inst.args[1])) {
                Some(late) if late.phi.0 as usize == at => late.phi,
                _ => inst.args[1],
            };
            for (arg, position) in [(inst.args[0], 2 * label), (back, 2 * jump)] {
                let of = self.of(arg);
                if trace.insts.get(of.0 as usize).is_some_and(|inst| inst.op.is_constant()) {
                    continue;
                }
                pairs.push((of.0, position));
                self.end[of.0 as usize] = self.end[of.0 as usize].max(position);
            }
            let back = self.of(back).0 as usize;
            if back > at {
                self.back_to[back] = Some(Ref(at as u32));
            }
        }
    }

    /// Which registers calls want values in that are made behind the call before.
    fn find_passed(&mut self, trace: &Trace) {
        let mut before = 0;
        for &call in &self.calls {
            for (arg, reg) in calls::passed(trace, &trace.insts[call as usize]) {
                let arg = self.of(arg).0 as usize;
                if arg >= before && !trace.insts.get(arg).is_some_and(|i| i.op.is_constant()) {
                    self.passed_in[arg].get_or_insert(reg);
                }
            }
            before = call as usize;
        }
    }

    fn until_the_jump(&mut self) {
        let Some((label, jump)) = self.loop_at else { return };
        for at in 0..self.end.len() {
            if !self.is_inside(Ref(at as u32)) && self.end[at] > 2 * label {
                self.end[at] = 2 * jump + 1;
            }
        }
    }

    /// Is a value made in the loop?
    pub(super) fn is_inside(&self, value: Ref) -> bool {
        let is_extra = value.0 >= self.extra.context.0;
        self.loop_at.is_some_and(|(label, _)| value.0 > label && !is_extra)
    }

    /// Where a register is wanted for a value next, from position `from` on; [`NEVER`]: nowhere. In a loop the next pass
    /// counts.
    pub(super) fn next_use(&mut self, value: Ref, from: u32) -> u32 {
        let at = value.0 as usize;
        let last = self.first[at + 1];
        let cursor = &mut self.cursor[at];
        while *cursor < last && self.uses[*cursor as usize] < from {
            *cursor += 1;
        }
        if *cursor < last {
            return self.uses[*cursor as usize];
        }
        let Some((label, jump)) = self.loop_at else { return NEVER };
        if self.is_inside(value) || self.end[at] < 2 * jump || from <= 2 * label {
            return NEVER;
        }
        let uses = &self.uses[self.first[at] as usize..last as usize];
        let again = uses.iter().find(|&&position| position > 2 * label);
        again.map_or(NEVER, |&position| position + 2 * (jump - label))
    }

    /// Is no register wanted for a value in what is left of this pass?
    pub(super) fn rests(&mut self, value: Ref, from: u32) -> bool {
        let next = self.next_use(value, from);
        next == NEVER || self.loop_at.is_some_and(|(_, jump)| next > 2 * jump)
    }

    /// Is a register wanted for a value at position `from` or later? In a loop the next pass counts.
    pub(super) fn is_wanted(&self, value: Ref, from: u32) -> bool {
        let at = value.0 as usize;
        let uses = &self.uses[self.first[at] as usize..self.first[at + 1] as usize];
        if uses.last().is_some_and(|&position| position >= from) {
            return true;
        }
        self.loop_at.is_some_and(|(label, jump)| {
            let goes_round = !self.is_inside(value) && self.end[at] >= 2 * jump && from > 2 * label;
            goes_round && uses.iter().any(|&position| position > 2 * label)
        })
    }

    /// How many uses in the loop want a register.
    pub(super) fn uses_in_loop(&self, value: Ref) -> usize {
        let Some((label, jump)) = self.loop_at else { return 0 };
        let at = value.0 as usize;
        let uses = &self.uses[self.first[at] as usize..self.first[at + 1] as usize];
        uses.iter().filter(|&&position| position > 2 * label && position < 2 * jump).count()
    }

    /// Is a register wanted for the value behind a call that comes after position `from`?
    pub(super) fn crosses_call(&self, value: Ref, from: u32) -> bool {
        let at = value.0 as usize;
        let uses = &self.uses[self.first[at] as usize..self.first[at + 1] as usize];
        let Some(&last) = uses.last() else { return false };
        let mut last = last;
        if let Some((label, jump)) = self.loop_at
            && !self.is_inside(value)
            && last > 2 * label
        {
            last = 2 * jump;
        }
        let next = self.calls.partition_point(|&call| 2 * call < from);
        self.calls.get(next).is_some_and(|&call| 2 * call < last)
    }

    /// Is the value of an instruction needed?
    pub(super) fn is_needed(&self, at: usize) -> bool {
        self.end[at] > 0
    }
}

/// The end of the call that an instruction publishes the state for.
fn returned(trace: &Trace, publish: usize) -> usize {
    let behind = &trace.insts[publish..];
    let n = behind.iter().position(|inst| inst.op == IrOp::Returned);
    publish + n.unwrap_or(behind.len() - 1)
}

/// Can an address have the item's size as its scale?
fn can_scale(trace: &Trace, inst: &Inst) -> bool {
    if trace.inst(inst.args[1]).op.is_constant() {
        return true;
    }
    matches!(inst.imm, 1 | 2 | 4 | 8)
}

/// Must an instruction be done even if nobody needs its value?
pub(super) fn has_effect(inst: &Inst) -> bool {
    !matches!(inst.op.row().class, Class::Pure | Class::Load | Class::Alloc)
        && inst.op != IrOp::LoadSlot
}

/// Is it a constant that takes an instruction of its own wherever it is an operand?
pub(super) fn is_wide(trace: &Trace, value: Ref) -> bool {
    let inst = trace.inst(value);
    inst.op.is_constant() && inst.ty != Ty::F && i32::try_from(inst.imm).is_err()
}

/// Does a value travel in a vector register?
pub(super) fn is_float(trace: &Trace, value: Ref) -> bool {
    trace.insts.get(value.0 as usize).is_some_and(|inst| inst.ty == Ty::F)
}
