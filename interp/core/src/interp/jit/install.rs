//! From a recording to installed machine code.
use std::cell::Cell;
use std::rc::Rc;

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::backend::{Compiled, ExitId, ExitKind, TraceId};
use haft_jit::ir::{FIRST_EXTRA, IrOp, Layout, Ref, Trace, Ty};

use super::background::Work;
use super::enter::{COMPILED, COUNTING, set_header, set_trace};
use super::family::Family;
use super::join::{Joined, Joining, Joint, Wanted, settle_joint};
use super::lifetime::{constants, links};
use super::rec::{HANDLED_SLOT, Rec, extra_slot};
use super::record::Step;
pub(super) use super::report::{exit_key, failures, place_of, word_number};
use super::report::{now, pause};
use super::resume::{Meaning, Recipe, ResumePoint, Source, Write};
use super::{
    Abort, Event, ExitState, Installed, Jit, callback, report, resume, resumed, stress, writes,
};
use crate::interp::direct::Direct;
use crate::object::{CodeObject, PayloadRef};
use crate::vm::{FrameFlags, R};

/// Longest trace, in IR instructions.
const MAX_TRACE: usize = 4000;
/// So many times as often as other exits is one taken before it is tried again after its trace was too long.
const TOO_LONG_A_TRY: u32 = 8;
/// Calls of the runtime that a trace may always have.
const MIN_FLUSHES: usize = 4;

/// Passes after which a loop that was left while it was recorded is tried again, at first, and how often.
const FIRST_EARLY_TRY: u32 = 10;
const MAX_EARLY_TRIES: u32 = 16;
/// Recordings of a loop that were given up before it is taken for one that is mostly left at once.
const TRIES_OF_SHORT_LOOPS: u32 = 2;
/// Passes through such a loop that become part of the loop around.
const MAX_UNROLLED: usize = 6;
/// A generator whose body does not fit into the trace is called after so many tries.
const TRIES_WITH_GENERATORS: u32 = 8;

/// What a trace has to do with C functions.
#[derive(Clone, Copy, Debug)]
pub(super) struct CallsOfC {
    /// Does it call one?
    pub(super) any: bool,
    /// Was it made for a program in which nobody can run meanwhile?
    pub(super) alone: bool,
}

/// A finished recording.
pub(super) struct Recording {
    pub(super) trace: Trace,
    points: Vec<ResumePoint>,
    pub(super) roots: Vec<Value>,
    /// Dicts whose keys it knows, and the versions of these.
    dicts: Vec<(Value, u32)>,
    max_depth: usize,
    n_slots: usize,
    pub(super) c: CallsOfC,
    /// The joint that it ends at, if that is still to be made.
    wanted: Option<Wanted>,
    /// Does it end at a joint?
    is_joined: bool,
}

/// A recording on its way to installed code.
pub(super) struct Order {
    pub(super) recording: Recording,
    /// The exit that it continues.
    pub(super) continues: Option<ExitId>,
    /// The loop header that will enter it.
    pub(super) header: Option<(PayloadRef<CodeObject>, *const u64)>,
    /// Function and line, for the log.
    pub(super) place: String,
    /// The code of the frame that it is entered in.
    pub(super) root: PayloadRef<CodeObject>,
    /// Does it end where the function returns that it starts with?
    pub(super) finishes: bool,
    /// The root trace and joint that it was recorded for.
    pub(super) joint: Option<(TraceId, Joint)>,
    /// Nanoseconds that the program waited for it so far.
    pub(super) waited: i64,
    /// In how many of the traces up to this one a generator went round in its own loop.
    pub(super) n_rounds: usize,
}

/// Record one pass through the loop whose header runs, and install it.
pub(super) fn record_root(m: &mut Direct<'_>, header: *const u64) -> R<()> {
    let place = place_of(m);
    let code = m.code();
    let base = m.base;
    let tries = failures(m, header);
    start(m);
    let mut rec = Rec::new(m, &place, base);
    rec.inlines_generators = tries < TRIES_WITH_GENERATORS;
    rec.finishes = super::enter::starts_function(rec.d, header);
    rec.note_depth(code, 0);
    if rec.finishes {
        rec.know_unbound(code);
    }
    let finishes = rec.finishes;
    let recorded = record(&mut rec, Some(header), None);
    let is_outgrown = rec.is_outgrown;
    let recording = match stop(m, header, &place, recorded)? {
        Ok(recording) => recording,
        Err(why) => {
            let tries = failures(m, header);
            let soon = why == Abort::LeftLoop || why == Abort::Yield && tries < resumed::MAX_YIELDS;
            if is_outgrown || soon && tries < MAX_EARLY_TRIES {
                // Another pass is more likely to stay in the loop; not in step with the loop around it.
                set_header(header, COUNTING, (FIRST_EARLY_TRY + tries).cast_signed());
            }
            return Ok(());
        }
    };
    let header = Some((code, header));
    let order = Order {
        recording,
        continues: None,
        header,
        place,
        root: code,
        finishes,
        joint: None,
        waited: 0,
        n_rounds: 0,
    };
    submit(m, order);
    Ok(())
}

/// Record how a hot exit goes on, and attach it. The interpreter stands there already.
pub(super) fn record_side(m: &mut Direct<'_>, exit: ExitId, base: *mut Value) -> R<()> {
    let place = place_of(m);
    let Some(jit) = m.vm.jit.as_mut() else { return Ok(()) };
    let Some(side) = jit.side_at(exit) else { return Ok(()) };
    let tries = jit.failures.get(&exit_key(exit).addr()).copied().unwrap_or(0);
    let family = Family::of(m, side.root);
    start(m);
    let mut rec = Rec::new(m, &place, base);
    rec.inlines_generators = tries < TRIES_WITH_GENERATORS;
    family.begin(&mut rec);
    let point = &side.points[side.recipe.resume as usize];
    rec.c.errno = point.errno;
    rec.c.errno.is_real &= side.calls_c;
    begin_side(&mut rec, &side.recipe, &side.types, point);
    (rec.start_depth, rec.n_rounds) = (rec.frames.len(), side.n_rounds);
    rec.is_small = side.is_small;
    let target = if family.has_joints { rec.meeting() } else { None };
    if side.count < family.wanted(target.is_some()) {
        return cool(m, exit, family.wanted(target.is_some()));
    }
    let recorded = record(&mut rec, None, Some(&Joining { root: side.root, target }));
    let n_rounds = side.n_rounds + usize::from(rec.came_round);
    let is_outgrown = rec.is_outgrown;
    if let Some(jit) = m.vm.jit.as_mut().filter(|_| is_outgrown)
        && let Some((_, header)) = jit.installed(side.root).header
    {
        super::enter::forget_header(header);
    }
    let key = exit_key(exit);
    let mut recording = match stop(m, key, &place, recorded)? {
        Ok(recording) => recording,
        Err(Abort::TooLong) => {
            // The next time it is as long, most likely.
            if let Some(jit) = m.vm.jit.as_mut() {
                let state = &mut jit.installed(exit.trace()).exits[exit.index()];
                state.next_try = state.next_try.saturating_mul(TOO_LONG_A_TRY);
            }
            return Ok(());
        }
        Err(_) => return Ok(()),
    };
    if let Some(wanted) = recording.wanted.take() {
        let made = record_joint(m, exit, base, (&family, &wanted.joint))?;
        settle_joint(&mut recording.trace, &wanted, made);
    }
    let (root, finishes) = (family.code, family.finishes);
    let continues = Some(exit);
    let (header, joint, waited) = (None, None, 0);
    let order =
        Order { recording, continues, header, place, root, finishes, joint, waited, n_rounds };
    submit(m, order);
    Ok(())
}

/// The exit is not hot enough yet: nothing was recorded.
fn cool(m: &mut Direct<'_>, exit: ExitId, wanted: u32) -> R<()> {
    if let Some(jit) = m.vm.jit.as_mut() {
        jit.recording = false;
        jit.installed(exit.trace()).exits[exit.index()].next_try = wanted;
    }
    Ok(())
}

/// Record a joint from where the interpreter stands, which is there, and install it.
fn record_joint(
    m: &mut Direct<'_>,
    exit: ExitId,
    base: *mut Value,
    (family, joint): (&Family, &Joint),
) -> R<Option<TraceId>> {
    let place = place_of(m);
    start(m);
    let mut rec = Rec::new(m, &place, base);
    family.begin(&mut rec);
    rec.begin_joint(joint);
    let joining = Joining { root: family.root, target: None };
    let recorded = record(&mut rec, None, Some(&joining));
    let Ok(mut recording) = stop(m, exit_key(exit), &place, recorded)? else { return Ok(None) };
    if let Some(wanted) = recording.wanted.take() {
        // Another joint can wait until the exit is hot.
        settle_joint(&mut recording.trace, &wanted, None);
    }
    let (root, finishes) = (family.code, family.finishes);
    let joint = Some((family.root, joint.clone()));
    let (continues, header, waited) = (None, None, 0);
    let n_rounds = 0;
    let order =
        Order { recording, continues, header, place, root, finishes, joint, waited, n_rounds };
    Ok(submit(m, order))
}

/// An exit that gets a side trace.
struct Side {
    root: TraceId,
    /// See [`Order`] and [`resumed`].
    n_rounds: usize,
    is_small: bool,
    recipe: Rc<Recipe>,
    types: Vec<Ty>,
    points: Rc<[ResumePoint]>,
    calls_c: bool,
    /// Times it was taken.
    count: u32,
}

impl Jit {
    /// The exit, if a side trace can be recorded now. It is tried again when it was taken twice as often.
    fn side_at(&mut self, exit: ExitId) -> Option<Side> {
        let is_ordered = |order: &Order| order.continues == Some(exit);
        let busy = self.recording || self.background.orders().any(is_ordered);
        let root = self.installed(exit.trace()).root;
        if self.renews(root) {
            return None;
        }
        let is_small = self.installed(root).compiled.code_bytes <= resumed::SMALL_LOOP;
        let parent = self.installed(exit.trace());
        let state = &mut parent.exits[exit.index()];
        state.next_try = state.count.saturating_mul(2);
        let recipe = state.recipe.clone()?;
        let is_end = parent.points[recipe.resume as usize].meaning == Meaning::End;
        (!busy && !is_end).then(|| Side {
            root: parent.root,
            n_rounds: parent.n_rounds,
            is_small,
            recipe,
            types: state.types.clone(),
            points: Rc::clone(&parent.points),
            calls_c: parent.c.any,
            count: state.count,
        })
    }
}

/// Compile a recording, here or elsewhere. Its number, if it is installed at once.
pub(super) fn submit(m: &mut Direct<'_>, mut order: Order) -> Option<TraceId> {
    let attention = &m.vm.attention;
    let jit = m.vm.jit.as_mut()?;
    let began = now();
    let recorded = std::mem::take(&mut order.recording.trace);
    order.recording.roots.extend(constants(&recorded));
    let Some(backend) = jit.backend() else {
        jit.refused(&order, &"no back end");
        return None;
    };
    let job = match backend.begin(&recorded) {
        Ok(job) => job,
        Err(error) => {
            jit.refused(&order, &error);
            return None;
        }
    };
    let optimiser = haft_jit::opt::Options { optimise: jit.options.optimise, unroll: true };
    let mut work = Work { recorded, optimised: Trace::default(), optimiser, job };
    if jit.compiles_elsewhere(&work.recorded) {
        order.waited = now() - began;
        jit.send(work, order, attention);
        return None;
    }
    work.optimise();
    if jit.options.exit_stress > 0 {
        let points = &order.recording.points;
        let may_fail = |resume: u32| points[resume as usize].meaning == Meaning::Again;
        work.optimised = stress::with_failing_guards(&work.optimised, may_fail);
    }
    work.compile();
    let id = jit.settle(order, work, began);
    if jit.wants_room {
        attention.store(true, std::sync::atomic::Ordering::Relaxed);
    }
    id
}

pub(super) fn start(m: &mut Direct<'_>) {
    if let Some(jit) = m.vm.jit.as_mut() {
        jit.recording = true;
        jit.recorded_roots.clear();
    }
}

/// The recording is over: note a failure.
pub(super) fn stop(
    m: &mut Direct<'_>,
    key: *const u64,
    place: &str,
    recorded: R<Result<Recording, Abort>>,
) -> R<Result<Recording, Abort>> {
    let at = place_of(m);
    let Some(jit) = m.vm.jit.as_mut() else { return recorded };
    jit.recording = false;
    let why = match &recorded {
        Ok(Ok(_)) => None,
        Ok(Err(abort)) => Some(*abort),
        Err(_) => Some(Abort::Raised),
    };
    if let Some(why) = why {
        *jit.failures.entry(key.addr()).or_insert(0) += 1;
        jit.counted.aborted += 1;
        if let Some(log) = &mut jit.log {
            log(&Event::Aborted { place, at: &at, why });
        }
    }
    recorded
}

/// Record until the trace ends. `header`: the loop header that it started behind.
/// `joining`: the joints that it may end at.
pub(super) fn record(
    rec: &mut Rec<'_, '_>,
    header: Option<*const u64>,
    joining: Option<&Joining>,
) -> R<Result<Recording, Abort>> {
    let depth = rec.d.vm.stack.frames.len() - rec.frames.len();
    let mut inner: Vec<*const u64> = Vec::new();
    let mut n_instructions = 0;
    let mut joined = None;
    // One that leaves the loop and comes back to it from outside is a trace of the loop around it.
    let extent = header.filter(|_| !rec.finishes && rec.is_choosy()).map(|header| {
        let code = rec.d.code();
        writes::loop_extent(&code.code.insns, word_number(code, header))
    });
    loop {
        if let Some(extent) = extent.as_ref().filter(|_| rec.frames.is_empty())
            && !extent.contains(&word_number(rec.d.code(), rec.d.pc))
        {
            return Ok(Err(Abort::LeftLoop));
        }
        // Not where it started: that would go round without doing anything.
        if let Some(joining) = joining.filter(|_| n_instructions > 0) {
            let comes_round = inner.contains(&rec.d.pc) && is_short_loop(rec);
            joined = rec.join(joining, comes_round);
            if joined.is_some() {
                break;
            }
        }
        if let Some(end) = at_header(rec, header, &mut inner) {
            match end {
                Ok(()) => break,
                Err(abort) => return Ok(Err(abort)),
            }
        }
        let step = match rec.instruction() {
            Ok(step) => step,
            Err(raised) => {
                rec.caught(raised)?;
                Step::Recorded
            }
        };
        n_instructions += usize::from(step == Step::Recorded);
        if let Some(abort) = reason_to_abort(rec, depth) {
            return Ok(Err(abort));
        }
        if step == Step::Leaves {
            if rec.finishes && rec.at_return() {
                rec.finish_trace();
                break;
            }
            if header.is_none() && rec.leaves_generator() {
                break;
            }
            if header.is_some() || n_instructions == 0 {
                return Ok(Err(Abort::LeftLoop));
            }
            end_at(rec, IrOp::Stop, 0);
            break;
        }
        if rec.out.len() > MAX_TRACE {
            return Ok(Err(Abort::TooLong));
        }
    }
    let many_calls = rec.n_flushes >= MIN_FLUSHES && rec.n_flushes * 5 > n_instructions * 2;
    // Between joints a path is short, and leaving it costs more.
    if many_calls && joining.is_none() && rec.is_choosy() {
        return Ok(Err(Abort::MostlyCalls));
    }
    let c = CallsOfC { any: rec.c.calls_c, alone: rec.c.alone };
    let trace = std::mem::replace(&mut rec.out, haft_jit::ir::Builder::new("")).finish();
    let mut roots = std::mem::take(&mut rec.roots);
    roots.extend(rec.frames.iter().map(|frame| frame.code.value()));
    for point in &mut rec.resume {
        roots.extend(point.frames.iter().map(|frame| frame.code.value()));
        // Where it is in the thread's own, C may have been called in the iteration before.
        point.errno.is_kept &= !(c.any && point.errno.is_real);
    }
    Ok(Ok(Recording {
        trace,
        points: std::mem::take(&mut rec.resume),
        roots,
        dicts: std::mem::take(&mut rec.dicts),
        max_depth: rec.max_depth,
        n_slots: rec.n_slots,
        c,
        is_joined: joined.is_some(),
        wanted: joined.and_then(Joined::wanted),
    }))
}

/// What the last instruction did that ends a recording for nothing. `depth`: frames below it.
fn reason_to_abort(rec: &Rec<'_, '_>, depth: usize) -> Option<Abort> {
    if rec.abort.is_some() {
        return rec.abort;
    }
    if rec.d.vm.stack.frames.len() < depth {
        return Some(Abort::UnusualFrame);
    }
    rec.d.vm.watched.then_some(Abort::Watched)
}

/// At a loop header: does the trace end here?
fn at_header(
    rec: &mut Rec<'_, '_>,
    header: Option<*const u64>,
    inner: &mut Vec<*const u64>,
) -> Option<Result<(), Abort>> {
    let at = rec.d.pc;
    // SAFETY: the position is a word of the running code.
    let insn = Insn(unsafe { at.read() });
    if insn.op_number() != Op::LoopHeader as u8 {
        return None;
    }
    if !rec.frames.is_empty() {
        if super::enter::starts_function(rec.d, at) {
            return None;
        }
        if rec.root_depth == 1 && rec.at_root() && insn.x() == COMPILED {
            rec.poll_due = false;
            rec.enter_frame();
            end_at(rec, IrOp::Link, i64::from(insn.bc()));
            return Some(Ok(()));
        }
        return rec.inner_header(at);
    }
    if Some(at) == header {
        rec.poll_due = false;
        end_at(rec, IrOp::Loop, 0);
        return Some(Ok(()));
    }
    if insn.x() == COMPILED {
        rec.poll_due = false;
        end_at(rec, IrOp::Link, i64::from(insn.bc()));
        return Some(Ok(()));
    }
    let n_passes = inner.iter().filter(|&&known| known == at).count();
    if n_passes > 0 {
        if header.is_some() && (n_passes >= MAX_UNROLLED || !is_short_loop(rec)) {
            return Some(Err(Abort::InnerLoop));
        }
        if header.is_some() {
            inner.push(at);
            return None;
        }
        end_at(rec, IrOp::Stop, 0);
        return Some(Ok(()));
    }
    inner.push(at);
    None
}

/// At the head of a loop that is not compiled: because it is left soon whenever it is recorded?
fn is_short_loop(rec: &Rec<'_, '_>) -> bool {
    let at = rec.d.pc;
    rec.d.vm.jit.as_ref().is_some_and(|jit| jit.short_loops.contains(&at.addr()))
        || failures(rec.d, at) >= TRIES_OF_SHORT_LOOPS
}

/// End the trace at the next instruction.
fn end_at(rec: &mut Rec<'_, '_>, op: IrOp, number: i64) {
    match op {
        IrOp::Loop => rec.errno_for_next_iteration(),
        IrOp::Stop => {}
        _ => {
            let jit = rec.d.vm.jit.as_mut();
            let target = jit.map(|jit| jit.installed(TraceId(number as u32)));
            let calls_c = target.is_some_and(|target| target.c.any);
            rec.errno_for_trace(calls_c);
        }
    }
    let at = rec.d.pc;
    if op != IrOp::Stop {
        rec.show_handled();
        rec.forget_temporaries(at);
    }
    let meaning = if op == IrOp::Stop { Meaning::End } else { Meaning::Again };
    let snapshot = rec.snapshot_at(at, meaning);
    if op == IrOp::Stop {
        rec.out.guard(op, &[], snapshot);
    } else {
        rec.out.with_snapshot(op, number, snapshot);
    }
}

/// What a side trace knows at its start: the exit's values, objects and frames.
fn begin_side(rec: &mut Rec<'_, '_>, recipe: &Recipe, types: &[Ty], point: &ResumePoint) {
    let params: Vec<Ref> =
        types.iter().enumerate().map(|(at, &ty)| rec.out.param(at as u32, ty)).collect();
    let made = |(number, layout, _): &(u32, Layout, Vec<Write>)| {
        (*number, rec.out.alloc(layout), i64::from(layout.inner))
    };
    let objects: Vec<(u32, Ref, i64)> = recipe.objects.iter().map(made).collect();
    for &(_, object, _) in &objects {
        rec.learn(object, |fact| fact.is_object = true);
    }
    let start = Start { params, objects };
    for (number, _, fields) in &recipe.objects {
        let object = start.object(*number);
        for &field in fields {
            start.store(rec, object, field);
        }
    }
    for &(object, field) in &recipe.stores {
        let object = start.value(rec, object);
        start.store(rec, object, field);
    }
    let mut extras = Vec::new();
    for &(slot, source) in &recipe.slots {
        let value = match (point.meaning, source) {
            // The exit is taken when the number is too large to be an immediate.
            (Meaning::Called { slot: result, unsigned }, Source::Live(at, Ty::I))
                if result == slot =>
            {
                rec.large_int(start.params[at as usize], unsigned)
            }
            _ => start.value(rec, source),
        };
        if slot >= FIRST_EXTRA {
            extras.push((slot, value));
        } else {
            rec.set_slot(slot, value);
        }
    }
    let extra = |depth, k| {
        extras.iter().find(|(slot, _)| *slot == extra_slot(depth, k)).map(|(_, value)| *value)
    };
    for (depth, frame) in point.frames.iter().enumerate() {
        let [function, receiver, handled] = [0, 1, 2].map(|k| extra(depth, k));
        rec.frames.push(resume::Inlined { function, receiver, handled, record: None, ..*frame });
    }
    if let Some(&(_, by)) = extras.iter().find(|(slot, _)| *slot == HANDLED_SLOT) {
        rec.handled.by = Some(by);
        rec.handled.dirty = true;
    }
    let is_root = |frame: &resume::Inlined| frame.flags == FrameFlags::GENERATOR;
    rec.root_depth = usize::from(rec.frames.first().is_some_and(is_root));
    for (depth, frame) in point.frames.iter().enumerate() {
        if let (false, Some(generator)) = (frame.pushed, rec.frames[depth].receiver)
            && frame.flags.has(FrameFlags::GENERATOR)
        {
            let end = point.frames.get(depth + 1).map_or(i32::MAX, |next| next.base);
            rec.load_registers(frame.code, frame.base, end, generator);
        }
    }
}

/// The values a side trace starts with.
struct Start {
    params: Vec<Ref>,
    /// By number; where their inner memory is.
    objects: Vec<(u32, Ref, i64)>,
}

impl Start {
    fn object(&self, number: u32) -> Ref {
        let found = self.objects.iter().find(|(known, ..)| *known == number);
        found.expect("recipes list every object").1
    }
    /// As a value word.
    fn value(&self, rec: &mut Rec<'_, '_>, source: Source) -> Ref {
        match source {
            Source::Word(word) => rec.constant_word(Value::from_bits(word)),
            Source::Virtual(number) => self.object(number),
            Source::Int(number) => {
                let raw = rec.out.const_i(number);
                rec.as_word(raw, Ty::I)
            }
            Source::Float(bits) => {
                let raw = rec.out.const_f(f64::from_bits(bits));
                rec.as_word(raw, Ty::F)
            }
            Source::Live(at, ty) => rec.as_word(self.params[at as usize], ty),
        }
    }
    /// Write a field of an object.
    fn store(&self, rec: &mut Rec<'_, '_>, object: Ref, field: Write) {
        let value = match (field.op, field.value) {
            (IrOp::StoreV, value) => self.value(rec, value),
            (_, Source::Live(at, _)) => self.params[at as usize],
            (IrOp::StoreP, Source::Virtual(number)) => {
                let inner = self.objects.iter().find(|(known, ..)| *known == number);
                let inner = rec.out.const_i(inner.map_or(0, |object| object.2));
                let object = self.object(number);
                rec.op(IrOp::PAdd, &[object, inner])
            }
            (IrOp::StoreP, Source::Word(word)) => rec.out.const_p(word as usize),
            (IrOp::StoreF64 | IrOp::StoreF32, Source::Float(bits)) => {
                rec.out.const_f(f64::from_bits(bits))
            }
            (_, Source::Int(number)) => rec.out.const_i(number),
            (_, value) => self.value(rec, value),
        };
        if field.op == IrOp::StoreV {
            rec.barrier(object, value);
        }
        rec.out.memory(field.op, &[object, value], i64::from(field.offset), field.alias);
    }
}

impl Jit {
    /// Compiled code to where it runs; the program waits since `began`.
    pub(super) fn settle(&mut self, mut order: Order, work: Work, began: i64) -> Option<TraceId> {
        let compiled = match self.backend()?.end(work.job, order.continues) {
            Ok(compiled) => compiled,
            Err(error) => {
                self.refused(&order, &error);
                return None;
            }
        };
        let waited = pause(order.waited, began);
        self.counted.longest_pause = self.counted.longest_pause.max(waited);
        self.tell(&order, (&work.recorded, &work.optimised), &compiled, waited);
        let (continues, header) = (order.continues, order.header);
        let (depth, slots) = (order.recording.max_depth, order.recording.n_slots);
        let (is_joined, joint) = (order.recording.is_joined, order.joint.take());
        let id = self.keep(order, &work.optimised, compiled);
        let needs_no_frame = self.installed(id).needs_no_frame;
        if let Some((_, header)) = header {
            set_trace(header, id);
        }
        let root = match (&joint, continues) {
            (Some((root, _)), _) => *root,
            (None, Some(exit)) => self.installed(exit.trace()).root,
            (None, None) => return Some(id),
        };
        self.installed(id).root = root;
        let root = self.installed(root);
        root.max_depth = root.max_depth.max(depth);
        root.n_slots = root.n_slots.max(slots);
        root.needs_no_frame &= needs_no_frame;
        root.n_sides += 1;
        root.n_joined += usize::from(is_joined || joint.is_some());
        if let Some((_, joint)) = joint {
            root.joints.push(joint.made(id));
        }
        if let (Some(exit), Some(backend)) = (continues, self.backend()) {
            backend.attach(exit, id);
        }
        Some(id)
    }

    /// The back end did not take it.
    fn refused(&mut self, order: &Order, error: &dyn std::fmt::Display) {
        // Perhaps for want of memory.
        self.wants_room |= self.is_crowded();
        let key = order.continues.map(exit_key).or(order.header.map(|(_, header)| header));
        *self.failures.entry(key.map_or(0, |key| key.addr())).or_insert(0) += 1;
        if let Some(log) = &mut self.log {
            let at = error.to_string();
            log(&Event::Aborted { place: &order.place, at: &at, why: Abort::Backend });
        }
    }

    /// A line for the log.
    fn tell(
        &mut self,
        order: &Order,
        (recorded, optimised): (&Trace, &Trace),
        compiled: &Compiled,
        pause: u64,
    ) {
        self.counted.compiled += 1;
        let wants_code = self.log.is_some();
        let code = self.backend().filter(|_| wants_code).and_then(|b| b.disassembly(compiled.id));
        let Some(log) = &mut self.log else { return };
        let facts = report::facts(order.root, &order.recording.points, optimised, &compiled.exits);
        log(&Event::Compiled {
            place: &order.place,
            recorded,
            optimised,
            compiled,
            continues: order.continues.map(|exit| (exit.trace(), exit.index())),
            code,
            facts: &facts,
            joint: order.joint.is_some(),
            pause,
        });
    }

    /// Keep what belongs to the code of a trace.
    fn keep(&mut self, order: Order, optimised: &Trace, compiled: Compiled) -> TraceId {
        let id = compiled.id;
        let recording = order.recording;
        let mut roots = recording.roots;
        roots.extend(constants(optimised));
        if let Some((code, _)) = order.header {
            roots.push(code.value());
        }
        let recipes = resume::recipes(optimised, &compiled);
        let exits = compiled
            .exits
            .iter()
            .zip(recipes)
            .map(|(exit, recipe)| ExitState {
                kind: exit.kind,
                recipe: recipe.filter(|_| exit.kind != ExitKind::Finish).map(Rc::new),
                types: exit.live.iter().map(|&(_, ty)| ty).collect(),
                count: 0,
                next_try: self.options.exit_threshold,
            })
            .collect();
        let installed = Installed {
            exits,
            points: recording.points.into(),
            roots,
            dicts: recording.dicts,
            max_depth: recording.max_depth,
            n_slots: recording.n_slots,
            header: order.header,
            links: links(optimised),
            root: id,
            n_sides: 0,
            n_joined: 0,
            joints: Vec::new(),
            is_used: Cell::new(true),
            n_rounds: order.n_rounds,
            finishes: order.finishes && order.continues.is_none(),
            c: recording.c,
            needs_no_frame: callback::needs_no_frame(optimised),
            sites: super::publish::sites(optimised, &compiled.exits),
            compiled,
        };
        let at = id.0 as usize;
        if self.traces.len() <= at {
            self.traces.resize_with(at + 1, || None);
        }
        self.traces[at] = Some(Box::new(installed));
        self.n_traces += 1;
        self.epoch += 1;
        self.wants_room |= self.is_crowded();
        id
    }
}
