//! From a recording to installed machine code.
use std::rc::Rc;

use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::backend::{Compiled, ExitId, ExitKind, TraceId};
use haft_jit::ir::{FIRST_EXTRA, IrOp, Layout, Ref, Trace, Ty};

use super::background::Work;
use super::enter::{COMPILED, COUNTING, set_header};
use super::rec::{Rec, extra_slot};
use super::record::Step;
use super::resume::{Meaning, Recipe, ResumePoint, Source, Write};
use super::{Abort, Event, ExitState, Installed, Jit, report, resume, stress, writes};
use crate::interp::direct::Direct;
use crate::object::{CodeObject, PayloadRef};
use crate::vm::{FrameFlags, R};

/// Longest trace, in IR instructions.
const MAX_TRACE: usize = 2000;
/// Most side traces of one root trace.
const MAX_SIDES: usize = 64;
/// Side traces after which the next ones must be twice as hot.
const SIDES_A_STEP: usize = 4;
/// Calls of the runtime that a trace may always have.
const MIN_FLUSHES: usize = 4;

/// Passes after which a loop that was left while it was recorded is tried again, at first, and how often.
const FIRST_EARLY_TRY: u32 = 10;
const MAX_EARLY_TRIES: u32 = 16;
/// Passes through loops of generators that became part of the trace.
const MAX_INNER_PASSES: usize = 6;
/// A generator whose body does not fit into the trace is called after so many tries.
const TRIES_WITH_GENERATORS: u32 = 2;

/// Functions whose frames are left in other ways than by returning.
const RESUMABLE: u32 = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;

/// A finished recording.
pub(super) struct Recording {
    pub(super) trace: Trace,
    points: Vec<ResumePoint>,
    pub(super) roots: Vec<Value>,
    max_depth: usize,
    n_slots: usize,
    pub(super) alone: bool,
    calls_c: bool,
}

/// A recording on its way to installed code.
pub(super) struct Order {
    pub(super) recording: Recording,
    /// The exit that it continues.
    pub(super) continues: Option<ExitId>,
    /// The loop header that will enter it.
    pub(super) header: Option<(PayloadRef<CodeObject>, *const u64)>,
    /// Function and line, for the log.
    place: String,
    /// The code of the frame that it is entered in.
    pub(super) root: PayloadRef<CodeObject>,
    /// Does it end where the function returns that it starts with?
    finishes: bool,
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
    let recorded = record(rec, Some(header));
    let recording = match stop(m, header, &place, recorded)? {
        Ok(recording) => recording,
        Err(why) => {
            let tries = failures(m, header);
            if why == Abort::LeftLoop && tries < MAX_EARLY_TRIES {
                // Another pass is more likely to stay in the loop; not in step with the loop around it.
                set_header(header, COUNTING, (FIRST_EARLY_TRY + tries).cast_signed());
            }
            return Ok(());
        }
    };
    let header = Some((code, header));
    submit(m, Order { recording, continues: None, header, place, root: code, finishes });
    Ok(())
}

/// Record how a hot exit goes on, and attach it. The interpreter stands there already.
pub(super) fn record_side(m: &mut Direct<'_>, exit: ExitId, base: *mut Value) -> R<()> {
    let place = place_of(m);
    let Some(mut jit) = m.vm.jit.take() else { return Ok(()) };
    let first_try = jit.options.exit_threshold;
    let tries = jit.failures.get(&exit_key(exit).addr()).copied().unwrap_or(0);
    let root = jit.installed(exit.trace()).root;
    let finishes = jit.installed(root).finishes;
    let root_code = jit.installed(root).header.map_or(m.code(), |(code, _)| code);
    let n_sides = jit.installed(root).n_sides;
    let parent = jit.installed(exit.trace());
    let state = &mut parent.exits[exit.index()];
    state.next_try = state.count.saturating_mul(2);
    // The more side traces a loop has, the hotter must be what gets another.
    let wanted = first_try.saturating_mul(1 << (n_sides / SIDES_A_STEP).min(16));
    let too_cool = state.count < wanted;
    if too_cool {
        state.next_try = wanted;
    }
    let end = state
        .recipe
        .as_ref()
        .is_some_and(|recipe| parent.points[recipe.resume as usize].meaning == Meaning::End);
    if end || too_cool || n_sides >= MAX_SIDES {
        m.vm.jit = Some(jit);
        return Ok(());
    }
    let state = &parent.exits[exit.index()];
    let (recipe, types) = (state.recipe.clone(), state.types.clone());
    let points = Rc::clone(&parent.points);
    let calls_c = parent.calls_c;
    let (max_depth, n_slots) = (parent.max_depth, parent.n_slots);
    let is_ordered = |order: &Order| order.continues == Some(exit);
    let busy = jit.recording || jit.background.orders().any(is_ordered);
    m.vm.jit = Some(jit);
    let (Some(recipe), false) = (recipe, busy) else { return Ok(()) };
    start(m);
    let mut rec = Rec::new(m, &place, base);
    rec.inlines_generators = tries < TRIES_WITH_GENERATORS;
    // Where the function returns, whoever runs the trace returns for it.
    rec.finishes = finishes || root_code.code.flags & RESUMABLE == 0;
    rec.is_side = true;
    (rec.max_depth, rec.n_slots) = (max_depth, n_slots);
    let point = &points[recipe.resume as usize];
    rec.c.errno = point.errno;
    rec.c.errno.is_real &= calls_c;
    begin_side(&mut rec, &recipe, &types, point);
    let recorded = record(rec, None);
    let key = exit_key(exit);
    let Ok(recording) = stop(m, key, &place, recorded)? else { return Ok(()) };
    let continues = Some(exit);
    submit(m, Order { recording, continues, header: None, place, root: root_code, finishes });
    Ok(())
}

/// Compile a recording, here or elsewhere.
fn submit(m: &mut Direct<'_>, mut order: Order) {
    let attention = &m.vm.attention;
    let Some(jit) = m.vm.jit.as_mut() else { return };
    let recorded = std::mem::take(&mut order.recording.trace);
    order.recording.roots.extend(constants(&recorded));
    let Some(backend) = jit.backend() else { return jit.refused(&order, &"no back end") };
    let job = match backend.begin(&recorded) {
        Ok(job) => job,
        Err(error) => return jit.refused(&order, &error),
    };
    let optimiser = haft_jit::opt::Options { optimise: jit.options.optimise };
    let mut work = Work { recorded, optimised: Trace::default(), optimiser, job };
    if jit.compiles_elsewhere(&work.recorded) {
        return jit.send(work, order, attention);
    }
    work.optimise();
    if jit.options.exit_stress > 0 {
        let points = &order.recording.points;
        let may_fail = |resume: u32| points[resume as usize].meaning == Meaning::Again;
        work.optimised = stress::with_failing_guards(&work.optimised, may_fail);
    }
    work.compile();
    jit.settle(order, work);
}

fn failures(m: &Direct<'_>, key: *const u64) -> u32 {
    let jit = m.vm.jit.as_ref();
    jit.and_then(|jit| jit.failures.get(&key.addr()).copied()).unwrap_or(0)
}

/// What failures of an exit are counted under; no address of an instruction is so small.
fn exit_key(exit: ExitId) -> *const u64 {
    std::ptr::without_provenance(exit.0 as usize & 0xffff_ffff)
}

fn start(m: &mut Direct<'_>) {
    if let Some(jit) = m.vm.jit.as_mut() {
        jit.recording = true;
        jit.recorded_roots.clear();
    }
}

/// The recording is over: note a failure.
fn stop(
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
fn record(mut rec: Rec<'_, '_>, header: Option<*const u64>) -> R<Result<Recording, Abort>> {
    let depth = rec.d.vm.stack.frames.len() - rec.frames.len();
    let mut inner: Vec<*const u64> = Vec::new();
    let mut n_instructions = 0;
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
        if let Some(end) = at_header(&mut rec, header, &mut inner) {
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
        if let Some(abort) = rec.abort {
            return Ok(Err(abort));
        }
        if rec.d.vm.stack.frames.len() < depth {
            return Ok(Err(Abort::UnusualFrame));
        }
        if step == Step::Leaves {
            if rec.finishes && rec.at_return() {
                rec.finish_trace();
                break;
            }
            if header.is_some() || n_instructions == 0 {
                return Ok(Err(Abort::LeftLoop));
            }
            end_at(&mut rec, IrOp::Stop, 0);
            break;
        }
        if rec.out.len() > MAX_TRACE {
            return Ok(Err(Abort::TooLong));
        }
    }
    if rec.n_flushes >= MIN_FLUSHES && rec.n_flushes * 5 > n_instructions * 2 && rec.is_choosy() {
        return Ok(Err(Abort::MostlyCalls));
    }
    let (alone, calls_c) = (rec.c.alone, rec.c.calls_c);
    let trace = rec.out.finish();
    let mut roots = rec.roots;
    for point in &mut rec.resume {
        roots.extend(point.frames.iter().map(|frame| frame.code.value()));
        // Where it is in the thread's own, C may have been called in the iteration before.
        point.errno.is_kept &= !(calls_c && point.errno.is_real);
    }
    Ok(Ok(Recording {
        trace,
        points: rec.resume,
        roots,
        max_depth: rec.max_depth,
        n_slots: rec.n_slots,
        alone,
        calls_c,
    }))
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
        // A generator may have a loop of its own, but not run in it for long between two items.
        rec.n_inner_passes += 1;
        return (rec.n_inner_passes > MAX_INNER_PASSES).then_some(Err(Abort::InnerLoop));
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
    if inner.contains(&at) {
        if header.is_some() {
            return Some(Err(Abort::InnerLoop));
        }
        end_at(rec, IrOp::Stop, 0);
        return Some(Ok(()));
    }
    inner.push(at);
    None
}

/// End the trace at the next instruction.
fn end_at(rec: &mut Rec<'_, '_>, op: IrOp, number: i64) {
    match op {
        IrOp::Loop => rec.errno_for_next_iteration(),
        IrOp::Stop => {}
        _ => {
            let jit = rec.d.vm.jit.as_mut();
            let target = jit.map(|jit| jit.installed(TraceId(number as u32)));
            let calls_c = target.is_some_and(|target| target.calls_c);
            rec.errno_for_trace(calls_c);
        }
    }
    let at = rec.d.pc;
    if op != IrOp::Stop {
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
        let value = start.value(rec, source);
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
        let (function, receiver) = (extra(depth, 0), extra(depth, 1));
        rec.frames.push(resume::Inlined { function, receiver, record: None, ..*frame });
    }
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
                let value = rec.op(IrOp::BoxI, &[raw]);
                rec.learn(value, |fact| {
                    fact.int = Some(raw);
                    fact.is_int = true;
                });
                value
            }
            Source::Float(bits) => {
                let number = rec.out.const_f(f64::from_bits(bits));
                let value = rec.op(IrOp::BoxF, &[number]);
                rec.learn(value, |fact| fact.float = Some(number));
                value
            }
            Source::Live(at, ty) => {
                let raw = self.params[at as usize];
                match ty {
                    Ty::I => {
                        let value = rec.op(IrOp::BoxI, &[raw]);
                        rec.learn(value, |fact| {
                            fact.int = Some(raw);
                            fact.is_int = true;
                        });
                        value
                    }
                    Ty::F => {
                        let value = rec.op(IrOp::BoxF, &[raw]);
                        rec.learn(value, |fact| fact.float = Some(raw));
                        value
                    }
                    Ty::B => rec.op(IrOp::BoxB, &[raw]),
                    Ty::V | Ty::P | Ty::Unit => raw,
                }
            }
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
    /// Compiled code to where it runs.
    pub(super) fn settle(&mut self, order: Order, work: Work) {
        let Some(backend) = self.backend() else { return };
        let compiled = match backend.end(work.job, order.continues) {
            Ok(compiled) => compiled,
            Err(error) => return self.refused(&order, &error),
        };
        self.tell(&order, &work.recorded, &work.optimised, &compiled);
        let (continues, header) = (order.continues, order.header);
        let (depth, slots) = (order.recording.max_depth, order.recording.n_slots);
        let id = self.keep(order, &work.optimised, compiled);
        if let Some((_, header)) = header {
            set_header(header, COMPILED, id.0.cast_signed());
        }
        if let Some(exit) = continues {
            let root = self.installed(exit.trace()).root;
            self.installed(id).root = root;
            let root = self.installed(root);
            root.max_depth = root.max_depth.max(depth);
            root.n_slots = root.n_slots.max(slots);
            root.n_sides += 1;
            if let Some(backend) = self.backend() {
                backend.attach(exit, id);
            }
        }
    }

    /// The back end did not take it.
    fn refused(&mut self, order: &Order, error: &dyn std::fmt::Display) {
        let key = order.continues.map(exit_key).or(order.header.map(|(_, header)| header));
        *self.failures.entry(key.map_or(0, |key| key.addr())).or_insert(0) += 1;
        if let Some(log) = &mut self.log {
            let at = error.to_string();
            log(&Event::Aborted { place: &order.place, at: &at, why: Abort::Backend });
        }
    }

    /// A line for the log.
    fn tell(&mut self, order: &Order, recorded: &Trace, optimised: &Trace, compiled: &Compiled) {
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
            max_depth: recording.max_depth,
            n_slots: recording.n_slots,
            header: order.header,
            links: links(optimised),
            root: id,
            n_sides: 0,
            finishes: order.finishes && order.continues.is_none(),
            alone: recording.alone,
            calls_c: recording.calls_c,
            sites: super::publish::sites(optimised, &compiled.exits),
            compiled,
        };
        let at = id.0 as usize;
        if self.traces.len() <= at {
            self.traces.resize_with(at + 1, || None);
        }
        self.traces[at] = Some(Box::new(installed));
        id
    }
}

/// Traces that a trace goes on in.
fn links(trace: &Trace) -> Vec<TraceId> {
    let links = trace.insts.iter().filter(|inst| inst.op == IrOp::Link);
    links.map(|inst| TraceId(inst.imm as u32)).collect()
}

/// Objects that a trace's code names.
fn constants(trace: &Trace) -> Vec<Value> {
    let words = trace.insts.iter().filter(|inst| inst.op == IrOp::ConstV);
    words.map(|inst| Value::from_bits(inst.imm.cast_unsigned())).filter(|v| v.is_ptr()).collect()
}

/// Function and line where the machine stands.
fn place_of(m: &Direct<'_>) -> String {
    let code = m.code();
    let line = code.code.position(word_number(code, m.pc) as u32).map_or(0, |p| p.line);
    format!("{}:{}:{line}", code.code.filename, code.code.qualname)
}

pub(super) fn word_number(code: PayloadRef<CodeObject>, at: *const u64) -> usize {
    let start: *const u64 = code.get().insns.as_ptr().cast();
    (at.addr().wrapping_sub(start.addr())) / 8
}
