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
//! trace leave their live values ([`IrOp::Pass`]), and the functions of frames that are still to be pushed. An object that
//! nobody else knows goes over by what it holds, and is made by the joint, if it has to be. What else has
//! changed is brought to memory. The joint knows nothing beyond that and tests again what it relies on.
//!
//! Where sides meet is computed from the code ([`meeting`]) as the nearest common post-dominator within the loop around.
use haft_bytecode::effect::{ends_block, jump_distance};
use haft_bytecode::{Code, Insn, Op};
use haft_jit::backend::TraceId;
use haft_jit::ir::{Alias, Inst, IrOp, Layout, Ref, SnapshotId, Trace, Ty};

use super::install::word_number;
use super::layout;
use super::private::{Private, Stored};
use super::rec::{EXTRAS, Rec, extra_slot};
use super::resume::{Inlined, Meaning};
use super::writes::loop_extent;
use crate::vm::FrameFlags;

/// Joints at one place that differ in what they are given.
const MOST_VARIANTS: usize = 3;
/// Most values that a joint is given.
const MOST_INPUTS: usize = 64;
/// In a recorded trace: links to a joint that is still to be made.
const PENDING: i64 = u32::MAX as i64;

/// Most objects that go over by their fields.
const MOST_OBJECTS: usize = 8;

/// What a joint is given for a register or field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Given {
    /// A value, unboxed if it is a number.
    Value(Ty),
    /// The object with this number, by its fields.
    Object(usize),
    /// Nothing: it is always this number.
    Number(i64),
}

/// A register that a joint is given, or a value of a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Input {
    slot: i32,
    what: Given,
}

/// An object that a joint makes of what it is given.
#[derive(Clone, Debug)]
struct Object {
    layout: Layout,
    fields: Vec<Field>,
}

/// What it holds.
#[derive(Clone, Copy, Debug)]
struct Field {
    op: IrOp,
    offset: i64,
    alias: Alias,
    what: Given,
}

/// What a path passes to a joint.
#[derive(Default)]
struct Passed {
    values: Vec<(Ref, Ty)>,
    /// For each of the joint's objects: which of the path's it is.
    objects: Vec<Option<usize>>,
    /// Does an object that nobody knows go over as a value, so that it must be made?
    makes: bool,
}

/// See the module.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    /// The instruction.
    at: *const u64,
    /// The frames above that of the trace. What they name are no values of any trace.
    pub(super) frames: Vec<Inlined>,
    inputs: Vec<Input>,
    objects: Vec<Object>,
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
        // What goes over to another trace is made.
        let costs = self.handles_unseen() || self.holds_new_exception();
        if (here.is_empty() && !is_target) || self.has_generator() || costs {
            return None;
        }
        self.poll_if_due();
        self.forget_dead();
        let private = Private::of(self.out.trace());
        let mut second_best = None;
        for joint in &here {
            let Some(passed) = self.passed(joint, &private) else { continue };
            if !passed.makes {
                self.go_on_in(joint, passed);
                return Some(Joined::Made);
            }
            second_best.get_or_insert((joint, passed));
        }
        if is_target
            && here.len() < MOST_VARIANTS
            && let Some(joint) = self.new_joint(&private)
            && let Some(passed) = self.passed(&joint, &private)
        {
            let state = self.snapshot_at(self.d.pc, Meaning::Again);
            let passed_from = self.go_on_in(&joint, passed);
            return Some(Joined::Wanted(Wanted { joint, state, passed_from }));
        }
        let (joint, passed) = second_best?;
        self.go_on_in(joint, passed);
        Some(Joined::Made)
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
    fn new_joint(&mut self, private: &Private) -> Option<Joint> {
        let (mut inputs, mut numbers) = (Vec::new(), Vec::new());
        for (slot, by) in self.dirty_slots(0, i32::MAX) {
            inputs.push(Input { slot, what: self.kind_of(by, private, &mut numbers) });
        }
        for (depth, frame) in self.frames.iter().enumerate().filter(|(_, frame)| !frame.pushed) {
            for (k, value) in [frame.function, frame.receiver].into_iter().enumerate() {
                if let Some(by) = value {
                    let slot = extra_slot(depth, k);
                    inputs.push(Input { slot, what: self.kind_of(by, private, &mut numbers) });
                }
            }
        }
        let mut objects = Vec::new();
        while let Some(&number) = numbers.get(objects.len()) {
            let made = private.get(number);
            let layout = self.out.trace().layouts[made.layout].clone();
            let fields =
                made.fields.iter().map(|field| self.field_of(field, private, &mut numbers));
            objects.push(Object { layout, fields: fields.collect() });
        }
        let held = objects.iter().flat_map(|object| &object.fields).map(|field| field.what);
        let all = inputs.iter().map(|input| input.what).chain(held);
        let n_values = all.filter(|what| matches!(what, Given::Value(_))).count();
        (n_values <= MOST_INPUTS && objects.len() <= MOST_OBJECTS).then(|| Joint {
            at: self.d.pc,
            frames: self.frames.clone(),
            inputs,
            objects,
            errno_is_real: self.c.calls_c,
            trace: None,
        })
    }
    /// How a value word goes over. `numbers`: the objects that go over by their fields so far.
    fn kind_of(&self, by: Ref, private: &Private, numbers: &mut Vec<usize>) -> Given {
        if let Some(number) = private.find(by) {
            let known = numbers.iter().position(|&known| known == number);
            return Given::Object(known.unwrap_or_else(|| {
                numbers.push(number);
                numbers.len() - 1
            }));
        }
        let fact = self.fact(by);
        Given::Value(if fact.int.is_some() || fact.is_int {
            Ty::I
        } else if fact.float.is_some() || fact.is_float {
            Ty::F
        } else {
            Ty::V
        })
    }
    fn field_of(&self, stored: &Stored, private: &Private, numbers: &mut Vec<usize>) -> Field {
        let &Stored { op, offset, alias, value } = stored;
        let what = match op {
            IrOp::StoreV => self.kind_of(value, private, numbers),
            _ if alias == layout::SHAPE => {
                self.number(value).map_or(Given::Value(Ty::I), Given::Number)
            }
            _ => Given::Value(self.out.trace().inst(value).ty),
        };
        Field { op, offset, alias, what }
    }
    fn number(&self, value: Ref) -> Option<i64> {
        let inst = self.out.trace().inst(value);
        (inst.op == IrOp::ConstI).then_some(inst.imm)
    }

    /// What a joint is passed in the present state; `None`: it cannot be given what it wants.
    fn passed(&mut self, joint: &Joint, private: &Private) -> Option<Passed> {
        let mut passed = Passed { objects: vec![None; joint.objects.len()], ..Passed::default() };
        for &Input { slot, what } in &joint.inputs {
            let by = self.value_at(slot);
            let is_now = |rec: &Rec<'_, '_>, ty: Ty| {
                let now = rec.slot_now(slot);
                if ty == Ty::I { now.is_fixnum() } else { now.is_float_imm() }
            };
            if let Given::Value(ty @ (Ty::I | Ty::F)) = what
                && slot < haft_jit::ir::FIRST_EXTRA
                && private.find(by).is_none()
                && !self.is_known_as(by, ty)
                && is_now(self, ty)
            {
                passed.values.push((by, ty));
                continue;
            }
            self.pass(&mut passed, by, what, private)?;
        }
        for (number, object) in joint.objects.iter().enumerate() {
            let made = private.get(passed.objects[number]?);
            let alike = |(field, stored): (&Field, &Stored)| {
                (field.op, field.offset, field.alias) == (stored.op, stored.offset, stored.alias)
            };
            if self.out.trace().layouts[made.layout] != object.layout
                || made.fields.len() != object.fields.len()
                || !object.fields.iter().zip(&made.fields).all(alike)
            {
                return None;
            }
            for (field, stored) in object.fields.iter().zip(&made.fields) {
                match (field.what, field.op) {
                    (Given::Value(ty), op) if op != IrOp::StoreV => {
                        passed.values.push((stored.value, ty));
                    }
                    (what, _) => self.pass(&mut passed, stored.value, what, private)?,
                }
            }
        }
        Some(passed)
    }
    /// Pass a value in a way that needs no test.
    fn pass(&self, passed: &mut Passed, by: Ref, what: Given, private: &Private) -> Option<()> {
        let own = private.find(by);
        match what {
            Given::Value(Ty::V) => {
                passed.makes |= own.is_some();
                passed.values.push((by, Ty::V));
            }
            Given::Value(ty) => {
                self.is_known_as(by, ty).then_some(())?;
                passed.values.push((by, ty));
            }
            Given::Number(number) => (self.number(by)? == number).then_some(())?,
            Given::Object(number) => {
                let own = own?;
                if passed.objects[number].is_none() && passed.objects.contains(&Some(own)) {
                    return None;
                }
                (*passed.objects[number].get_or_insert(own) == own).then_some(())?;
            }
        }
        Some(())
    }
    fn is_known_as(&self, by: Ref, ty: Ty) -> bool {
        let fact = self.fact(by);
        match ty {
            Ty::I => fact.int.is_some() || fact.is_int,
            _ => fact.float.is_some() || fact.is_float,
        }
    }

    /// End the trace: pass everything on. The number of the first instruction that does.
    fn go_on_in(&mut self, joint: &Joint, passed: Passed) -> usize {
        self.errno_for_trace(joint.errno_is_real);
        let at = self.d.pc;
        let given = passed.values.into_iter().map(|(by, ty)| self.given(by, ty));
        let values: Vec<Ref> = given.collect();
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

    /// The value of a register, or of a frame.
    fn value_at(&mut self, slot: i32) -> Ref {
        if slot >= haft_jit::ir::FIRST_EXTRA {
            let number = (slot - haft_jit::ir::FIRST_EXTRA) as usize;
            let frame = self.frames[number / EXTRAS];
            let value = if number.is_multiple_of(EXTRAS) { frame.function } else { frame.receiver };
            return value.expect("the frames are alike");
        }
        self.slot_value(slot)
    }
    /// A value in its type.
    fn given(&mut self, by: Ref, ty: Ty) -> Ref {
        if self.out.trace().inst(by).ty == ty {
            return by;
        }
        let fact = self.fact(by);
        let (known, is_known, test, unbox) = match ty {
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
        let mut n_params = 0;
        let mut param = |rec: &mut Self, ty: Ty| {
            n_params += 1;
            rec.out.param(n_params - 1, ty)
        };
        let held = joint.objects.iter().flat_map(|object| &object.fields).map(|field| field.what);
        let all = joint.inputs.iter().map(|input| input.what).chain(held);
        let raw: Vec<Option<(Ref, Ty)>> = all
            .map(|what| match what {
                Given::Value(ty) => Some((param(self, ty), ty)),
                _ => None,
            })
            .collect();
        let objects: Vec<Ref> =
            joint.objects.iter().map(|object| self.out.alloc(&object.layout)).collect();
        for &object in &objects {
            self.learn(object, |fact| fact.is_object = true);
        }
        let (for_slots, for_fields) = raw.split_at(joint.inputs.len());
        let mut for_fields = for_fields.iter();
        for (object, &made) in joint.objects.iter().zip(&objects) {
            for field in &object.fields {
                let given = for_fields.next().copied().flatten();
                let value = match (field.what, given) {
                    (Given::Object(number), _) => objects[number],
                    (Given::Number(number), _) => self.out.const_i(number),
                    (_, Some((raw, ty))) if field.op == IrOp::StoreV => self.as_word(raw, ty),
                    (_, given) => given.expect("a value is given").0,
                };
                if field.op == IrOp::StoreV {
                    self.barrier(made, value);
                }
                self.out.memory(field.op, &[made, value], field.offset, field.alias);
            }
        }
        let given = joint.inputs.iter().zip(for_slots).map(|(input, &raw)| {
            let value = match input.what {
                Given::Object(number) => objects[number],
                _ => {
                    let (raw, ty) = raw.expect("a value is given");
                    self.as_word(raw, ty)
                }
            };
            (input.slot, value)
        });
        let given: Vec<(i32, Ref)> = given.collect();
        let extra = |depth, k| {
            let slot = extra_slot(depth, k);
            given.iter().find(|(known, _)| *known == slot).map(|(_, value)| *value)
        };
        for (depth, frame) in joint.frames.iter().enumerate() {
            let (function, receiver) = (extra(depth, 0), extra(depth, 1));
            self.frames.push(Inlined { function, receiver, record: None, ..*frame });
        }
        for (slot, value) in given {
            if slot < haft_jit::ir::FIRST_EXTRA {
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
        alias: Alias::CONSTANT,
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
