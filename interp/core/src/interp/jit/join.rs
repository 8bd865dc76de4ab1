//! Where the sides of a branch meet again: one trace starts there, and all of them go on in it.
//!
//! A side trace that always ran to the end of the loop would contain everything behind its branch once more, and the next
//! branches with it: eight in a row have 256 paths. So a loop with many branches has *joints*: a joint is the place where the
//! sides of a branch meet, and the trace that starts there, which runs to the end of the loop or to the next joint. A side
//! path is recorded only up to its joint. Code and number of traces grow with the number of branches.
//!
//! ```text
//! root loop ──exit──► side path ──link──► joint ──exit──► side path ──link──► next joint ──link──► root loop
//! ```
//! What goes over is said by the joint's *inputs*: registers with their types, which it finds unboxed where the exits of a
//! trace leave their live values ([`IrOp::Pass`]), and the functions of frames that are still to be pushed. What else has
//! changed is brought to memory. The joint knows nothing beyond that and tests again what it relies on.
//!
//! Where sides meet is computed from the code ([`meeting`]) as the nearest common post-dominator within the loop around.
use haft_bytecode::effect::{ends_block, jump_distance};
use haft_bytecode::{Code, Insn, Op};
use haft_jit::backend::TraceId;
use haft_jit::ir::{Inst, IrOp, Ref, SnapshotId, Trace, Ty};

use super::install::word_number;
use super::rec::{Rec, extra_slot};
use super::resume::{Inlined, Meaning};
use super::writes::loop_extent;
use crate::vm::FrameFlags;

/// Joints at one place that differ in what they are given.
const MOST_VARIANTS: usize = 3;
/// Most values that a joint is given.
const MOST_INPUTS: usize = 64;
/// In a recorded trace: links to a joint that is still to be made.
const PENDING: i64 = u32::MAX as i64;

/// A register that a joint is given, or a value of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Input {
    slot: i32,
    ty: Ty,
}

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    /// The instruction.
    at: *const u64,
    /// The frames above that of the trace. What they name are no values of any trace.
    pub(super) frames: Vec<Inlined>,
    inputs: Vec<Input>,
    /// Is the program's `errno` in the thread's own?
    errno_is_real: bool,
    /// The trace; `None`: it is still to be made.
    pub(super) trace: Option<TraceId>,
}

impl Joint {
    /// Its trace was made.
    pub(super) fn made(self, trace: TraceId) -> Joint {
        Joint { trace: Some(trace), ..self }
    }
}

/// The joint that a trace ended at.
pub(super) enum Joined {
    /// One that has its trace.
    Made,
    /// One that is to get one.
    Wanted(Wanted),
}

impl Joined {
    /// What is wanted, if anything.
    pub(super) fn wanted(self) -> Option<Wanted> {
        match self {
            Joined::Made => None,
            Joined::Wanted(wanted) => Some(wanted),
        }
    }
}

/// A side path that ends at a joint which does not exist yet.
#[derive(Debug)]
pub(super) struct Wanted {
    /// The joint.
    pub(super) joint: Joint,
    /// The state there, and where the instructions begin that pass it on.
    state: SnapshotId,
    passed_from: usize,
}

/// Where a recording looks for joints.
#[derive(Debug)]
pub(super) struct Joining {
    /// The root trace whose they are.
    pub(super) root: TraceId,
    /// Where one is to be made, if there is none.
    pub(super) target: Option<Target>,
}

/// Where the sides of a branch meet.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// At an instruction, with so many frames.
    At(usize, *const u64),
    /// Where the innermost of so many frames returns to.
    Return(usize),
}

/// Where the paths from an instruction meet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Meeting {
    /// At this word.
    At(usize),
    /// Where the function returns to.
    Return,
}

/// Behind everything.
const END: usize = usize::MAX;

/// Where the paths from word `from` meet that part at the branch there, or the next branch around it. `None`: at the head of
/// the loop around, or nowhere.
fn meeting(code: &Code, from: usize) -> Option<Meeting> {
    let insns = &code.insns;
    let around = loop_around(insns, from);
    let (first, last) = around.clone().map_or((0, insns.len() - 1), |extent| extent.into_inner());
    let mut starts = Vec::new();
    let mut at = first;
    while at <= last {
        starts.push(at);
        at += usize::from(insns[at].op().row().words);
    }
    // By word: where all paths from there come by next. Paths out of the loop and back in inner loops do not count.
    let mut next_common: Vec<Option<usize>> = vec![None; insns.len()];
    let mut meets = vec![false; insns.len()];
    for &at in starts.iter().rev() {
        let (mut common, mut n) = (None, 0);
        for next in successors(insns, at, around.is_some().then_some(first)) {
            let reaches_end =
                next == END || (at < next && next <= last && next_common[next].is_some());
            if !reaches_end {
                continue;
            }
            n += 1;
            common = Some(common.map_or(next, |other| nearest(&next_common, other, next)));
        }
        next_common[at] = common;
        if let (Some(common), true) = (common.filter(|&common| common != END), n > 1) {
            meets[common] = true;
        }
    }
    let mut at = from;
    loop {
        match next_common[at]? {
            END if around.is_some() => return None,
            END => return Some(Meeting::Return),
            next if meets[next] => return Some(Meeting::At(next)),
            next => at = next,
        }
    }
}

/// The common part of two ways to the end.
fn nearest(next_common: &[Option<usize>], mut a: usize, mut b: usize) -> usize {
    while a != b {
        let behind = if a < b { &mut a } else { &mut b };
        *behind = next_common[*behind].unwrap_or(END);
    }
    a
}

/// The words that may come after the instruction at `at`; [`END`]: the end of the function, or of a pass through the loop
/// with this header.
fn successors(insns: &[Insn], at: usize, header: Option<usize>) -> impl Iterator<Item = usize> {
    let insn = insns[at];
    let behind = at + usize::from(insn.op().row().words);
    let ext = insns.get(at + 1).copied().unwrap_or(Insn(0));
    let target = jump_distance(insn, ext)
        .and_then(|by| usize::try_from(behind as i64 + by).ok())
        .map(|target| if Some(target) == header { END } else { target });
    let falls = (!ends_block(insn.op())).then_some(behind);
    let returns = (insn.op() == Op::Return && header.is_none()).then_some(END);
    [falls, target, returns].into_iter().flatten()
}

/// The innermost loop that a word is in.
fn loop_around(insns: &[Insn], from: usize) -> Option<std::ops::RangeInclusive<usize>> {
    let mut found = None;
    let mut at = 0;
    while at <= from {
        if insns[at].op() == Op::LoopHeader {
            let extent = loop_extent(insns, at);
            if extent.end() > &at && extent.contains(&from) {
                found = Some(extent);
            }
        }
        at += usize::from(insns[at].op().row().words);
    }
    found
}

impl Rec<'_, '_> {
    /// Where the sides of the branch meet that the recording starts at, if something can go over there.
    pub(super) fn meeting(&self) -> Option<Target> {
        let depth = self.frames.len();
        if self.has_generator() {
            return None;
        }
        let code = self.d.code();
        match meeting(&code.get().code, word_number(code, self.d.pc))? {
            Meeting::At(word) => {
                let first: *const u64 = code.get().insns.as_ptr().cast();
                Some(Target::At(depth, first.wrapping_add(word)))
            }
            Meeting::Return if depth > 0 => Some(Target::Return(depth)),
            Meeting::Return => None,
        }
    }

    /// Frames of generators find their registers in the generator: nothing goes over.
    fn has_generator(&self) -> bool {
        self.frames.iter().any(|frame| frame.flags.has(FrameFlags::GENERATOR))
    }

    /// At the next instruction: if a joint is there, or is to be made there, the trace ends.
    /// `comes_round`: the trace has been there before.
    pub(super) fn join(&mut self, joining: &Joining, comes_round: bool) -> Option<Joined> {
        let is_target = comes_round
            || match joining.target {
                Some(Target::At(depth, at)) => self.frames.len() == depth && self.d.pc == at,
                Some(Target::Return(depth)) => self.frames.len() < depth,
                None => false,
            };
        let here: Vec<Joint> = self.joints_here(joining.root);
        if (here.is_empty() && !is_target) || self.has_generator() {
            return None;
        }
        self.poll_if_due();
        self.forget_dead();
        for joint in &here {
            if joint.inputs.iter().all(|input| self.can_give(*input)) {
                self.go_on_in(joint);
                return Some(Joined::Made);
            }
        }
        if !is_target || here.len() >= MOST_VARIANTS {
            return None;
        }
        let joint = self.new_joint()?;
        let state = self.snapshot_at(self.d.pc, Meaning::Again);
        let passed_from = self.go_on_in(&joint);
        Some(Joined::Wanted(Wanted { joint, state, passed_from }))
    }

    /// The joints at the next instruction in these frames.
    fn joints_here(&mut self, root: TraceId) -> Vec<Joint> {
        let (at, frames) = (self.d.pc, &self.frames);
        let Some(jit) = self.d.vm.jit.as_mut() else { return Vec::new() };
        let joints = jit.installed(root).joints.iter();
        joints
            .filter(|joint| joint.at == at && same_frames(&joint.frames, frames))
            .cloned()
            .collect()
    }

    /// A joint for the present state.
    fn new_joint(&mut self) -> Option<Joint> {
        let mut inputs = Vec::new();
        for (slot, by) in self.dirty_slots(0, i32::MAX) {
            let fact = self.fact(by);
            let ty = if fact.int.is_some() || fact.is_int {
                Ty::I
            } else if fact.float.is_some() || fact.is_float {
                Ty::F
            } else {
                Ty::V
            };
            inputs.push(Input { slot, ty });
        }
        for (depth, frame) in self.frames.iter().enumerate().filter(|(_, frame)| !frame.pushed) {
            for (k, value) in [frame.function, frame.receiver].into_iter().enumerate() {
                if value.is_some() {
                    inputs.push(Input { slot: extra_slot(depth, k), ty: Ty::V });
                }
            }
        }
        (inputs.len() <= MOST_INPUTS).then(|| Joint {
            at: self.d.pc,
            frames: self.frames.clone(),
            inputs,
            errno_is_real: self.c.calls_c,
            trace: None,
        })
    }

    /// Has the input its type now? Values of frames have it always.
    fn can_give(&mut self, input: Input) -> bool {
        if input.ty == Ty::V {
            return true;
        }
        let by = self.slot_value(input.slot);
        let fact = self.fact(by);
        let now = self.slot_now(input.slot);
        match input.ty {
            Ty::I => fact.int.is_some() || fact.is_int || now.is_fixnum(),
            _ => fact.float.is_some() || fact.is_float || now.is_float_imm(),
        }
    }

    /// End the trace: pass everything on. The number of the first instruction that does.
    fn go_on_in(&mut self, joint: &Joint) -> usize {
        self.errno_for_trace(joint.errno_is_real);
        let at = self.d.pc;
        let values: Vec<Ref> = joint.inputs.iter().map(|input| self.given(*input)).collect();
        let first = self.out.len();
        for input in &joint.inputs {
            self.goes_over(input.slot);
        }
        let rest = self.snapshot_at(at, Meaning::Again);
        self.out.with_snapshot(IrOp::Flush, 0, rest);
        for (number, value) in values.into_iter().enumerate() {
            self.out.imm(IrOp::Pass, &[value], number as i64);
        }
        let number = joint.trace.map_or(PENDING, |trace| i64::from(trace.0));
        self.out.with_snapshot(IrOp::Link, number, rest);
        first
    }

    /// The value of an input, in its type.
    fn given(&mut self, input: Input) -> Ref {
        if input.slot >= haft_jit::ir::FIRST_EXTRA {
            let number = (input.slot - haft_jit::ir::FIRST_EXTRA) as usize;
            let frame = self.frames[number / 2];
            let value = if number.is_multiple_of(2) { frame.function } else { frame.receiver };
            return value.expect("the frames are alike");
        }
        let by = self.slot_value(input.slot);
        let fact = self.fact(by);
        let (known, is_known, test, unbox) = match input.ty {
            Ty::I => (fact.int, fact.is_int, IrOp::IsInt, IrOp::UnboxI),
            Ty::F => (fact.float, fact.is_float, IrOp::IsFloat, IrOp::UnboxF),
            _ => return by,
        };
        if let Some(known) = known {
            return known;
        }
        if !is_known {
            let condition = self.op(test, &[by]);
            let state = self.snapshot_at(self.d.pc, Meaning::Again);
            self.out.guard(IrOp::Guard, &[condition], state);
        }
        self.op(unbox, &[by])
    }

    /// The trace starts at a joint.
    pub(super) fn begin_joint(&mut self, joint: &Joint) {
        self.c.errno.is_real &= joint.errno_is_real;
        let given: Vec<(Input, Ref)> = joint
            .inputs
            .iter()
            .enumerate()
            .map(|(at, &input)| (input, self.out.param(at as u32, input.ty)))
            .collect();
        let extra = |depth, k| {
            let slot = extra_slot(depth, k);
            given.iter().find(|(input, _)| input.slot == slot).map(|(_, value)| *value)
        };
        for (depth, frame) in joint.frames.iter().enumerate() {
            let (function, receiver) = (extra(depth, 0), extra(depth, 1));
            self.frames.push(Inlined { function, receiver, record: None, ..*frame });
        }
        for (Input { slot, ty }, raw) in given {
            if slot < haft_jit::ir::FIRST_EXTRA {
                let value = self.as_word(raw, ty);
                self.set_slot(slot, value);
            }
        }
    }

    /// Registers that nobody needs any more.
    fn forget_dead(&mut self) {
        let mut dead = Vec::new();
        for (slot, _) in self.dirty_slots(0, i32::MAX) {
            let depth = self.frames.iter().rposition(|frame| frame.base <= slot);
            let base = depth.map_or(0, |depth| self.frames[depth].base);
            let code = match depth {
                Some(depth) => self.frames[depth].code,
                None => self.root_code(),
            };
            let register = (slot - base) as usize;
            let above = depth.map_or(0, |depth| depth + 1);
            let called = self.frames.get(above);
            // An instruction that asks for a special method may have written something before.
            if called.is_some_and(|called| called.flags.has(FrameFlags::SPECIAL)) {
                continue;
            }
            let liveness = code.get().liveness();
            let live = match called {
                None => liveness.before(&code.code, word_number(code, self.d.pc)),
                Some(called) => liveness.during(&code.code, word_number(code, called.call_at)),
            };
            if register >= usize::from(code.code.n_regs) || !live.has(register) {
                dead.push(slot);
            }
        }
        for slot in dead {
            self.goes_over(slot);
        }
    }
}

/// Are they frames of the same calls?
fn same_frames(a: &[Inlined], b: &[Inlined]) -> bool {
    let alike = |(a, b): (&Inlined, &Inlined)| {
        a.code == b.code
            && a.base == b.base
            && a.call_at == b.call_at
            && (a.dst, a.flags, a.pushed) == (b.dst, b.flags, b.pushed)
            && (a.pushed
                || a.function.is_some() == b.function.is_some()
                    && a.receiver.is_some() == b.receiver.is_some())
    };
    a.len() == b.len() && a.iter().zip(b).all(alike)
}

/// The joint was made: the recorded side path goes on there. `None`: it was not, so the path ends.
pub(super) fn settle_joint(recorded: &mut Trace, wanted: &Wanted, trace: Option<TraceId>) {
    if let (Some(trace), Some(last)) = (trace, recorded.insts.last_mut()) {
        last.imm = i64::from(trace.0);
        return;
    }
    recorded.insts.truncate(wanted.passed_from);
    recorded.insts.push(Inst {
        op: IrOp::Stop,
        ty: Ty::Unit,
        alias: haft_jit::ir::Alias::CONSTANT,
        args: haft_jit::ir::Args::new(),
        imm: 0,
        snapshot: Some(wanted.state),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(insns: Vec<Insn>) -> Code {
        Code { insns, n_locals: 1, n_regs: 5, ..Code::default() }
    }

    #[test]
    fn both_sides_of_a_branch_meet_behind_it() {
        let code = code(vec![
            Insn::abc32(Op::JumpIfFalse, 0, 2),
            Insn::abc32(Op::LoadInt, 1, 7),
            Insn::abc32(Op::Jump, 0, 1),
            Insn::abc32(Op::LoadInt, 1, 8),
            Insn::abc(Op::Return, 0, 1, 0, 0),
        ]);
        assert_eq!(meeting(&code, 0), Some(Meeting::At(4)));
        assert_eq!(meeting(&code, 1), Some(Meeting::At(4)));
        assert_eq!(meeting(&code, 4), Some(Meeting::Return));
    }

    #[test]
    fn a_side_that_returns_does_not_come_back() {
        let code = code(vec![
            Insn::abc32(Op::JumpIfFalse, 0, 1),
            Insn::abc(Op::Return, 0, 0, 0, 0),
            Insn::abc32(Op::LoadInt, 1, 8),
            Insn::abc(Op::Return, 0, 1, 0, 0),
        ]);
        assert_eq!(meeting(&code, 0), Some(Meeting::Return));
    }

    #[test]
    fn in_a_loop_what_leaves_it_does_not_count() {
        let code = code(vec![
            Insn(Op::LoopHeader as u64),
            Insn::abc32(Op::JumpIfFalse, 0, 3),
            Insn::abc32(Op::JumpIfTrue, 1, 4),
            Insn::abc32(Op::LoadInt, 1, 7),
            Insn::abc32(Op::Jump, 0, 0),
            Insn::abc32(Op::LoadInt, 2, 8),
            Insn::abc32(Op::JumpBack, 0, -7),
            Insn::abc(Op::Return, 0, 1, 0, 0),
        ]);
        assert_eq!(meeting(&code, 1), Some(Meeting::At(5)));
        assert_eq!(meeting(&code, 2), Some(Meeting::At(5)));
        assert_eq!(meeting(&code, 5), None);
    }
}
