//! Generators that have compiled code of their own: from a `yield` to the next one.
//!
//! # Problem
//! The body of a generator becomes part of the loop that consumes it (see `generators`), but not always: one that looks for
//! its next item, as a filter does, goes round in a loop of its own so often as it likes, and each number of rounds would be
//! a trace; a recursive generator would be part of itself.
//!
//! # Idea
//! Such a generator gets traces that begin where it stands: at a `yield`, or at a `yield_from` whose iterator has ended. The
//! number of the trace is in that instruction. A trace finds the generator, and what it is sent, in the registers behind
//! its own; for the rest it is like one that resumed the generator itself: the generator's frame is not there until
//! something may look, its registers are in its array, and `yield` writes back those that have changed and leaves for good.
//! Who resumes the generator is not part of the trace, but known to the stack ([`Resumer`]) while it runs.
//!
//! A generator that delegates to another one does not run for what that one yields: the innermost one is resumed at once,
//! at whatever depth. The frames of those in between are pushed where the innermost one's frame is.
use std::cell::Cell;

use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::backend::{ExitKind, TraceId};
use haft_jit::ir::{AbiTy, Effects, IrOp};

use super::rec::{Arg, Known, Rec};
use super::resume::Inlined;
use super::{Abort, enter, install, layout, thunk, writes};
use crate::interp::direct::Direct;
use crate::interp::generator;
use crate::interp::machine::Machine;
use crate::object::{CodeObject, Generator, GeneratorState, Kind, PayloadRef, ShapeId};
use crate::vm::{FrameFlags, R, Resumer, Vm};

/// `c` of an instruction with a trace: this and the number of the trace. Else it counts how often it was resumed.
const HAS_TRACE: u16 = 0x8000;

/// Deepest delegation that is followed.
const MOST_DELEGATES: usize = 64;

/// Rounds of a generator in its own loop, in a trace and those that it continues, before it gets traces of its own: one that
/// the loop itself consumes, one in another one, one in two. The deeper it lies, the more ways there are around it.
const MOST_ROUNDS: [usize; 3] = [4, 3, 1];
/// In a loop of few instructions, that of a generator which the loop itself consumes.
const MOST_OF_SMALL: usize = 12;
/// Bytes of machine code of such a loop.
pub(super) const SMALL_LOOP: usize = 2048;
/// Longest code, in words, of a function with loops that becomes part of a trace.
const MAX_LOOPING_WORDS: usize = 80;
/// Passes through loops of generators and functions that became part of the trace.
const MAX_INNER_PASSES: usize = 16;
/// How often at first a loop is recorded soon again in which a generator has yielded.
pub(super) const MAX_YIELDS: u32 = 5;
/// Times until a generator is tried again that waits for a trace of its loop, and how often.
const EARLY_TRY: u32 = 24;
const MOST_EARLY_TRIES: u32 = 4;

/// How much more often than a loop is passed a generator must be resumed: most become part of the loop that consumes them.
const RESUMES_A_PASS: u32 = 3;

/// What came of resuming a generator by its compiled code.
#[derive(Clone, Copy, Debug)]
pub(in crate::interp) enum Resumed {
    /// It has none, and nothing was done.
    No,
    /// It has yielded this; ABSENT: it has ended, with the value in `stop_value`.
    Yielded(Value),
    /// Its frame, and perhaps others, were pushed: the interpreter goes on there.
    Left,
}

/// What a trace finishes with instead of a value when its generator has come to a `yield_from` of another one.
const DELEGATED: Value = Value::UNBOUND;

/// What the run before has come to, when one is resumed by several.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    /// The generator that the next one delegated to has ended.
    Ended,
    /// The next one is what it delegates to.
    Delegated,
}

/// A generator that others delegate to.
struct Innermost {
    generator: PayloadRef<Generator>,
    /// How many generators are between it and who resumes, and how many registers they have.
    n_outer: usize,
    n_slots: usize,
}

/// The trace of the instruction where a generator stands.
fn trace_of(insn: Insn) -> Option<TraceId> {
    (insn.c() & HAS_TRACE != 0).then(|| TraceId(u32::from(insn.c() & !HAS_TRACE)))
}

/// The instruction where a generator stands; of one that has not begun, the word behind its code.
fn place_of(generator: PayloadRef<Generator>) -> &'static Cell<u64> {
    let insns = &generator.get().code.get().insns;
    match generator.state.get() {
        GeneratorState::Created => &insns[insns.len() - 1],
        _ => &insns[generator.pc.get() as usize],
    }
}

/// The generator that a suspended one delegates to, if it is nothing but a generator.
pub(super) fn delegate_of(generator: PayloadRef<Generator>) -> Option<PayloadRef<Generator>> {
    if generator.state.get() != GeneratorState::Suspended {
        return None;
    }
    let insn = Insn(place_of(generator).get());
    if insn.op_number() != Op::YieldFrom as u8 {
        return None;
    }
    let value = generator.registers.at(usize::from(insn.b()));
    let exact = value.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::GENERATOR.0);
    PayloadRef::<Generator>::of_value(value).filter(|_| exact)
}

fn innermost(generator: PayloadRef<Generator>, sent: Value) -> Option<Innermost> {
    let mut found = Innermost { generator, n_outer: 0, n_slots: 0 };
    loop {
        let inner = found.generator;
        let is_plain = inner.code.get().code.flags & flags::GENERATOR != 0;
        match inner.state.get() {
            GeneratorState::Suspended => {}
            GeneratorState::Created if sent.is_none() && is_plain => return Some(found),
            _ => return None,
        }
        if Insn(place_of(inner).get()).op_number() == Op::Yield as u8 {
            return Some(found);
        }
        if !sent.is_none() || found.n_outer == MOST_DELEGATES {
            return None;
        }
        let next = delegate_of(inner)?;
        found.n_outer += 1;
        found.n_slots += usize::from(inner.code.get().code.n_regs);
        found.generator = next;
    }
}

/// Resume a generator by its compiled code, for a frame that wants the value in register `dst`; `flags` say how.
pub(in crate::interp) fn resume(
    m: &mut Direct<'_>,
    outermost: PayloadRef<Generator>,
    sent: Value,
    (dst, flags): (u16, FrameFlags),
) -> R<Resumed> {
    if m.vm.watched || m.vm.jit.as_ref().is_none_or(|jit| jit.recording) {
        // The recorder goes through the body itself.
        return Ok(Resumed::No);
    }
    let resumer = Resumer { outermost: outermost.value(), dst, flags };
    let Some(mut found) = innermost(outermost, sent) else { return Ok(Resumed::No) };
    let place = place_of(found.generator);
    let Some(mut id) = trace_of(Insn(place.get())) else {
        if found.n_outer > 0 || !is_hot(m.vm, found.generator, place) {
            return Ok(Resumed::No);
        }
        generator::push_and_deliver(m, outermost, sent, (dst, flags))?;
        record(m, place)?;
        return Ok(Resumed::Left);
    };
    let (mut sent, mut before) = (sent, Before::Nothing);
    loop {
        let value = match (run(m, id, &found, sent, resumer)?, before) {
            (Resumed::Yielded(value), _) => value,
            (Resumed::No, Before::Ended) => {
                go_on_behind(m, found.generator, sent, resumer)?;
                return Ok(Resumed::Left);
            }
            (Resumed::No, Before::Delegated) => {
                generator::push_and_deliver(m, outermost, Value::NONE, (dst, flags))?;
                return Ok(Resumed::Left);
            }
            (other, _) => return Ok(other),
        };
        if value == DELEGATED {
            (sent, before) = (Value::NONE, Before::Delegated);
            let next = innermost(outermost, sent);
            let next = next
                .and_then(|inner| Some((trace_of(Insn(place_of(inner.generator).get()))?, inner)));
            let Some((trace, inner)) = next else {
                generator::push_and_deliver(m, outermost, Value::NONE, (dst, flags))?;
                return Ok(Resumed::Left);
            };
            (id, found) = (trace, inner);
            continue;
        }
        if !value.is_absent() || found.n_outer == 0 {
            return Ok(Resumed::Yielded(value));
        }
        // The generator around it goes on behind its `yield_from`.
        (sent, before) = (m.vm.stack.stop_value, Before::Ended);
        found = around(outermost, &found);
        let place = place_of(found.generator);
        match trace_of(Insn(place.get())) {
            Some(next) => id = next,
            None => {
                go_on_behind(m, found.generator, sent, resumer)?;
                if is_hot(m.vm, found.generator, place) {
                    record(m, place)?;
                }
                return Ok(Resumed::Left);
            }
        }
    }
}

/// The generator that delegates to `inner`, below `outermost`.
fn around(outermost: PayloadRef<Generator>, inner: &Innermost) -> Innermost {
    let mut found = Innermost { generator: outermost, n_outer: 0, n_slots: 0 };
    while found.n_outer + 1 < inner.n_outer {
        let next = delegate_of(found.generator).expect("they were walked before");
        found.n_outer += 1;
        found.n_slots += usize::from(found.generator.code.get().code.n_regs);
        found.generator = next;
    }
    found
}

/// Push the frames of the generators from the outermost one to `inner`, which goes on behind its `yield_from` with a value.
fn go_on_behind(
    m: &mut Direct<'_>,
    inner: PayloadRef<Generator>,
    value: Value,
    resumer: Resumer,
) -> R<()> {
    let insn = Insn(place_of(inner).get());
    inner.registers.set(&mut m.vm.heap, usize::from(insn.a()), value);
    let resumer = std::mem::replace(&mut m.vm.stack.resumer, resumer);
    let depth = m.vm.stack.frames.len() + MOST_DELEGATES;
    let room = depth < m.vm.stack.frames.capacity() && depth < m.vm.recursion_limit;
    if room {
        push_resumed(m.vm, inner);
    }
    m.vm.stack.resumer = resumer;
    if !room {
        return Err(m.vm.recursion_limit_reached());
    }
    let frame = m.vm.stack.frames.last_mut().expect("just pushed");
    // SAFETY: a `yield_from` is followed by another instruction.
    frame.pc = unsafe { frame.pc.add(1) };
    m.reload();
    m.here = m.pc;
    Ok(())
}

/// Push the frame of a generator that is resumed as the stack says, below those of the generators that delegate to it.
pub(super) fn push_resumed(vm: &mut Vm, generator: PayloadRef<Generator>) {
    let Resumer { outermost, mut dst, mut flags } = vm.stack.resumer;
    let mut next = PayloadRef::<Generator>::of_value(outermost);
    while let Some(outer) = next.filter(|outer| outer.obj() != generator.obj()) {
        let insn = Insn(place_of(outer).get());
        next = delegate_of(outer);
        generator::push_checked(vm, outer, flags, dst);
        (dst, flags) = (insn.a(), FrameFlags::YIELD_FROM);
    }
    generator::push_checked(vm, generator, flags, dst);
}

/// Run the trace of a generator.
fn run(
    m: &mut Direct<'_>,
    id: TraceId,
    found: &Innermost,
    sent: Value,
    resumer: Resumer,
) -> R<Resumed> {
    let Some((code, max_depth, n_slots)) = enter::room_of(m.vm, id) else { return Ok(Resumed::No) };
    let n_regs = usize::from(found.generator.code.get().code.n_regs);
    let base = m.vm.stack.top.wrapping_add(found.n_slots);
    let needed = (max_depth + found.n_outer, n_slots.max(n_regs + 2));
    if !enter::has_room(&m.vm.stack, m.vm.recursion_limit, needed.0, base, needed.1)
        || m.vm.wants_attention()
    {
        return Ok(Resumed::No);
    }
    let operands = [found.generator.value(), sent];
    // SAFETY: `has_room` found room for these registers above the top, where nothing is.
    let at = unsafe { base.add(n_regs) };
    // SAFETY: as above.
    unsafe { at.copy_from_nonoverlapping(operands.as_ptr(), operands.len()) };
    let depth = m.vm.stack.frames.len();
    let outer = std::mem::replace(&mut m.vm.stack.resumer, resumer);
    let left = enter::run_code(m, id, code, base);
    m.vm.stack.resumer = outer;
    match left.kind {
        ExitKind::Raised => Err(m.vm.raised_before()),
        ExitKind::Guard if left.is_hot => {
            install::record_side(m, left.exit, base)?;
            Ok(Resumed::Left)
        }
        ExitKind::Guard | ExitKind::Poll | ExitKind::Published => Ok(Resumed::Left),
        ExitKind::Finish => {
            while m.vm.stack.frames.len() > depth {
                // The loop of a frame of its own has come to a `yield`.
                let frame = m.vm.stack.frames.last().expect("there is one more");
                let pc = install::word_number(frame.code, frame.pc);
                generator::put_away(m.vm, pc as u32);
            }
            Ok(Resumed::Yielded(left.value))
        }
    }
}

/// Count that a generator is resumed at an instruction; is that often?
fn is_hot(vm: &mut Vm, generator: PayloadRef<Generator>, place: &Cell<u64>) -> bool {
    if generator.code.get().code.flags & OTHER_GENERATORS != 0 {
        return false;
    }
    let Some(jit) = vm.jit.as_mut() else { return false };
    let key = std::ptr::from_ref(place).addr();
    let failures = jit.failures.get(&key).copied().unwrap_or(0);
    let insn = Insn(place.get());
    let threshold = jit.options.threshold.saturating_mul(RESUMES_A_PASS).max(1);
    let wanted = threshold.checked_shl(failures.min(14)).unwrap_or(u32::MAX);
    let count = insn.c() + 1;
    if u32::from(count) < wanted.min(u32::from(HAS_TRACE) - 1) {
        set_c(place, count);
        return false;
    }
    set_c(place, 0);
    let is_ordered = |order: &install::Order| order.header.is_some_and(|(_, at)| at.addr() == key);
    !jit.recording && !jit.background.orders().any(is_ordered)
}

fn set_c(place: &Cell<u64>, c: u16) {
    place.set(place.get() & 0x0000_ffff_ffff_ffff | u64::from(c) << 48);
}

/// The instruction has a trace now.
pub(super) fn set_trace(place: &Cell<u64>, id: TraceId) {
    if let Ok(number) = u16::try_from(id.0)
        && number < HAS_TRACE
    {
        set_c(place, HAS_TRACE | number);
    }
}

/// It has none any more.
pub(super) fn forget_trace(place: &Cell<u64>) {
    set_c(place, 0);
}

/// The generator whose frame is the innermost one was resumed at an instruction: record how it goes on to its next `yield`,
/// and install that.
fn record(m: &mut Direct<'_>, place: &Cell<u64>) -> R<()> {
    let at: *const u64 = std::ptr::from_ref(place).cast();
    let name = install::place_of(m);
    let (code, base) = (m.code(), m.base);
    install::start(m);
    let mut rec = Rec::new(m, &name, base);
    rec.is_side = true;
    rec.begin_resumed(code, at);
    let recorded = install::record(&mut rec, None, None);
    match install::stop(m, at, &name, recorded)? {
        Ok(recording) => {
            let order = install::Order {
                recording,
                continues: None,
                header: Some((code, at)),
                place: name,
                root: code,
                finishes: true,
                joint: None,
                waited: 0,
                n_rounds: 0,
            };
            install::submit(m, order);
        }
        Err(Abort::InnerLoop) => try_soon(m.vm, at),
        Err(_) => {}
    }
    m.here = m.pc;
    m.save_pc();
    Ok(())
}

/// Compiled code resumes a generator that is no part of it: the value it yields, or ABSENT.
pub(super) fn resume_from_code(vm: &mut Vm, word: Value) -> R {
    let Some(generator) = PayloadRef::<Generator>::of_value(word) else {
        return Err(vm.system_error("the recorder saw a generator"));
    };
    generator::generator_send(vm, generator, Value::NONE)
}

/// A trace of this instruction met a loop that has to have one of its own first: try again soon.
pub(super) fn try_soon(vm: &Vm, at: *const u64) {
    let Some(jit) = vm.jit.as_ref() else { return };
    let failures = jit.failures.get(&at.addr()).copied().unwrap_or(0);
    // SAFETY: `at` is an instruction of running code; instructions are cells (`CodeObject::insns`).
    let place = unsafe { &*at.cast::<Cell<u64>>() };
    if failures <= MOST_EARLY_TRIES {
        let wanted = jit.options.threshold.saturating_mul(RESUMES_A_PASS) << failures;
        let count = wanted.saturating_sub(EARLY_TRY).min(u32::from(HAS_TRACE) - 2);
        set_c(place, count as u16);
    }
}

impl Rec<'_, '_> {
    /// The next item of a generator that is no part of the trace.
    pub(super) fn next_by_call(&mut self, i: Insn, iter: Known<Value>) -> R<()> {
        let exit = self.ext().lo().cast_signed();
        self.shape_is(iter, ShapeId::GENERATOR.0);
        self.d.save_pc();
        self.flush();
        let address = thunk::resume_generator as *const () as usize;
        let by = self.call("resume_generator", address, Effects::ANY, &[Arg::V(iter.by)]);
        let now = self.d.vm.next(iter.now)?;
        // Compiled code calls compiled code: not what makes a trace worthless.
        self.n_flushes -= 1;
        self.ran_python();
        let item = Known { now, by };
        let absent = self.constant_word(Value::ABSENT);
        let condition = self.op(IrOp::Same, &[by, absent]);
        self.test_end(item, condition);
        if now.is_absent() {
            self.jump(exit);
        } else {
            self.set(i.a(), item);
        }
        Ok(())
    }
    /// The loop header at `at` in a generator that became part of the trace is passed. What ends the recording there: a
    /// trace to go on in, or that the loop goes round on its own.
    pub(super) fn inner_header(&mut self, at: *const u64) -> Option<Result<(), Abort>> {
        let (depth, code) = (self.frames.len(), self.d.code());
        let passes = self.inner_headers.iter().filter(|&&known| known == (depth, at)).count();
        self.inner_headers.push((depth, at));
        self.n_inner_passes += 1;
        if self.root_depth == 1 && self.at_root() {
            let header = install::word_number(code, at);
            if passes > 0 && writes::comes_round(&code.get().code.insns, header) {
                // The next pass is that of its own trace, if it can be had.
                enter::make_eager(at);
                return Some(Err(Abort::InnerLoop));
            }
        } else if passes > 0 || depth <= self.start_depth {
            self.came_round = true;
            let rounds = if self.is_side { self.n_rounds } else { passes };
            let most = MOST_ROUNDS[depth.min(MOST_ROUNDS.len()) - 1];
            let endless = rounds >= if self.is_small && depth == 1 { MOST_OF_SMALL } else { most };
            if endless {
                if let Some(jit) = self.d.vm.jit.as_mut() {
                    jit.called_generators.insert(code.obj().address());
                }
                self.is_outgrown = true;
                return Some(Err(Abort::InnerLoop));
            }
        }
        // A generator may have a loop of its own, but not run in it for long between two items.
        (self.n_inner_passes > MAX_INNER_PASSES).then_some(Err(Abort::InnerLoop))
    }
    /// May a function with these loops become part of the trace? Small ones whose loops are known to be left after a pass or
    /// two. What goes round for long all the same is called from then on.
    pub(super) fn inlines_loops(&self, code: PayloadRef<CodeObject>) -> bool {
        let insns = &code.get().code.insns;
        if !writes::has_loop(insns) {
            return true;
        }
        let Some(jit) = self.d.vm.jit.as_ref() else { return false };
        insns.len() <= MAX_LOOPING_WORDS
            && !jit.called_generators.contains(&code.obj().address())
            && writes::loops(insns).all(|header| enter::is_known_short(jit, code, header))
    }
    /// The frames from `depth` on begin anew or are gone: none of their loops was passed.
    pub(super) fn forget_headers(&mut self, depth: usize) {
        self.inner_headers.retain(|&(of, _)| of < depth);
        self.start_depth = self.start_depth.min(depth.saturating_sub(1));
    }
    /// A trace begins in the frame of a generator, which was resumed at `at`.
    pub(super) fn begin_resumed(&mut self, code: PayloadRef<CodeObject>, at: *const u64) {
        let n_regs = i32::from(code.code.n_regs);
        let generator = self.slot_value(n_regs);
        let sent = self.slot_value(n_regs + 1);
        self.forget_from(n_regs);
        self.learn_made(generator, Kind::Generator);
        let flags = FrameFlags::GENERATOR;
        let frame = Inlined::resumed(std::ptr::null(), 0, flags, (code, generator));
        self.enter_inlined(frame);
        self.root_depth = 1;
        self.load_registers(code, 0, i32::MAX, generator);
        let insns = &code.get().insns;
        let begins = insns.last().is_some_and(|last| std::ptr::from_ref(last).cast() == at);
        if !begins {
            // SAFETY: the instruction is a word of the code.
            let insn = Insn(unsafe { at.read() });
            self.set_slot(i32::from(insn.a()), sent);
        }
        self.note_depth(code, 0);
        self.n_slots = self.n_slots.max(n_regs as usize + 2);
    }
    /// Is the innermost frame that of the generator which the trace was entered for?
    pub(super) fn at_root(&self) -> bool {
        self.frames.len() == self.root_depth
    }
    /// Would a `yield` of the innermost frame leave the trace?
    pub(super) fn yields_outside(&self) -> bool {
        let delegated =
            self.frames.iter().rev().take_while(|f| f.flags.has(FrameFlags::YIELD_FROM)).count();
        delegated + self.root_depth == self.frames.len()
    }
    /// The next instruction leaves the generator that the trace was entered for: end the trace there. False: it does not.
    /// The instruction has not been run.
    pub(super) fn leaves_generator(&mut self) -> bool {
        let insn = self.next_word();
        match insn.op() {
            Op::Yield if self.yields_outside() => {}
            Op::Return if self.root_depth == 1 && self.at_root() => {}
            Op::YieldFrom if self.root_depth == 1 && self.at_root() => {
                return self.delegates_outside(insn);
            }
            _ => return false,
        }
        let in_frame = self.root_depth == 0;
        // A coroutine that has others in the trace is suspended by the interpreter.
        if in_frame && !self.frames.is_empty() {
            return false;
        }
        if in_frame && self.d.code().get().code.flags & OTHER_GENERATORS != 0 {
            return false;
        }
        self.show_handled();
        if insn.op() == Op::Return {
            let value = self.reg(insn.a());
            let generator = self.frames[0].receiver.filter(|_| !self.frames[0].pushed);
            let generator = match generator {
                Some(generator) => generator,
                None => self.constant_word(Value::ABSENT),
            };
            let args = [Arg::V(generator), Arg::V(value.by)];
            let address = thunk::end_generator as *const () as usize;
            self.call_state("end_generator", address, &args, AbiTy::Void);
            let ended = self.constant_word(Value::ABSENT);
            self.keep_errno();
            self.op(IrOp::Finish, &[ended]);
            return true;
        }
        let value = self.reg(insn.b());
        if in_frame {
            self.flush();
        } else {
            self.put_away();
        }
        self.keep_errno();
        self.op(IrOp::Finish, &[value.by]);
        true
    }
    /// The generator that the trace was entered for comes to a `yield_from` of another one: end the trace there. False: it
    /// is nothing but a generator.
    fn delegates_outside(&mut self, insn: Insn) -> bool {
        let iter = self.reg(insn.b());
        let exact = iter.now.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::GENERATOR.0);
        if !exact || !self.shape_is(iter, ShapeId::GENERATOR.0) {
            return false;
        }
        self.put_away();
        self.keep_errno();
        let delegated = self.constant_word(DELEGATED);
        self.op(IrOp::Finish, &[delegated]);
        true
    }
    /// Go on in the trace of a loop, which runs in a frame of its own.
    pub(super) fn enter_frame(&mut self) {
        self.push_frames();
        let address = thunk::enter_frame as *const () as usize;
        self.call_state("enter_frame", address, &[], AbiTy::Void);
    }
}

/// Generators whose `yield` means something else.
const OTHER_GENERATORS: u32 = flags::COROUTINE | flags::ASYNC_GENERATOR | flags::ITERABLE_COROUTINE;

/// Compiled code goes on in the frame that it has pushed.
pub(super) fn enter_frame(vm: &mut Vm) {
    let frame =
        vm.stack.frames.last_mut().map_or(0, |frame| std::ptr::from_mut(frame).expose_provenance());
    if let Some(context) = vm.stack.jit_context.as_mut() {
        context.front_end[layout::CONTEXT_FRAME] = frame as u64;
    }
}
