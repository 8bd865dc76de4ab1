//! Running compiled code: at loop headers into it, at exits out of it.
use std::cell::Cell;
use std::rc::Rc;

use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::backend::{
    Bump, Context, Enter, ExitId, ExitKind, MAX_EXIT_VALUES, Published, TraceId,
};

use super::publish::Activation;
use super::{Jit, install, layout, resume, resumed, writes};
use crate::interp::direct::Direct;
use crate::interp::frame::{self, Returns};
use crate::interp::machine::Machine;
use crate::interp::run::{Flow, catch};
use crate::interp::{calls, generator};
use crate::object::{CodeObject, Function, PayloadRef};
use crate::vm::{Args, FrameFlags, R, StackState, Vm, take_back_lock};

/// How much more often than a loop is passed a function must be called.
const CALLS_A_PASS: i32 = 3;

/// `x` of a loop header that counts.
pub(super) const COUNTING: u8 = 0;
/// `x` of a loop header whose `bc` is the number of a trace.
pub(super) const COMPILED: u8 = 1;

/// Live values of an exit that are copied without copying room for all there could be.
const FEW_VALUES: usize = 32;

/// The frames and registers that a trace may use beyond what it says, for what it calls.
const HEADROOM: usize = 64;

/// Count a pass through the loop header `i` at `here`; false if there is more to do, see [`loop_header`].
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of the interpreter's loop")]
pub(in crate::interp) fn counted(here: *const u64, i: Insn) -> bool {
    let counts = i.x() == COUNTING && i.bc() > 1;
    if counts {
        set_header(here, COUNTING, i.bc() - 1);
    }
    counts
}

/// The head of a loop that did not merely count: record when it is hot, run the trace if there is one.
pub(in crate::interp) fn loop_header(m: &mut Direct<'_>, i: Insn) -> R<Flow> {
    if i.x() == COMPILED {
        return match run_trace(m, TraceId(i.bc().cast_unsigned()))? {
            Some(value) if m.frame().flags.has(FrameFlags::GENERATOR) => {
                // At a `yield`, where its frame says.
                m.reload();
                m.here = m.pc;
                generator::suspend(m, value)
            }
            Some(value) => calls::leave(m, value),
            None => Ok(Flow::Next),
        };
    }
    let threshold = start_count(m);
    if i.bc() == 0 && threshold > 1 {
        set_header(m.here, COUNTING, threshold - 1);
        return Ok(Flow::Next);
    }
    hot(m)?;
    Ok(Flow::Next)
}

/// Calls of a function that say something of how it goes on.
const FEWEST_CALLS: u32 = 4;
/// Passes of a short loop in a call of its function.
const MOST_PASSES: u32 = 3;
/// So many times as many passes as others does a short loop wait before it is recorded.
const PATIENCE: u32 = 16;

/// A function must be called more often than a loop is passed: most become part of the loop that calls them.
fn start_count(m: &Direct<'_>) -> i32 {
    let threshold = m.vm.jit.as_ref().map_or(i32::MAX, |jit| jit.options.threshold.cast_signed());
    let is_function = starts_function(m, m.here);
    if is_function && threshold > 1 { threshold.saturating_mul(CALLS_A_PASS) } else { threshold }
}

/// Is the loop header at `at` that of the running function? (The code of a generator expression may begin with its loop.)
pub(super) fn starts_function(m: &Direct<'_>, at: *const u64) -> bool {
    let code = m.code();
    at == code.get().insns.as_ptr().cast() && code.code.flags & flags::GENERATOR == 0
}

/// Write a loop header's state into the instruction.
pub(super) fn set_header(at: *const u64, state: u8, number: i32) {
    let word = Insn::abc32(Op::LoopHeader, 0, number).0 | u64::from(state) << 8;
    // SAFETY: `at` is a loop header of running code; instructions are cells (`CodeObject::insns`).
    let cell = unsafe { &*at.cast::<Cell<u64>>() };
    cell.set(word);
}

/// What enters a trace: a loop header, or an instruction where generators stand.
pub(super) fn set_trace(at: *const u64, id: TraceId) {
    match resumes_at(at) {
        Some(place) => resumed::set_trace(place, id),
        None => set_header(at, COMPILED, id.0.cast_signed()),
    }
}

/// An instruction whose trace was freed counts anew.
pub(super) fn forget_header(at: *const u64) {
    match resumes_at(at) {
        Some(place) => resumed::forget_trace(place),
        None => set_header(at, COUNTING, 0),
    }
}

/// The instruction at `at`, if generators stand there.
fn resumes_at<'a>(at: *const u64) -> Option<&'a Cell<u64>> {
    // SAFETY: `at` is an instruction of living code; instructions are cells (`CodeObject::insns`).
    let cell = unsafe { &*at.cast::<Cell<u64>>() };
    let op = Insn(cell.get()).op_number();
    (op == Op::Yield as u8 || op == Op::YieldFrom as u8).then_some(cell)
}

#[cold]
fn hot(m: &mut Direct<'_>) -> R<()> {
    let header = m.here;
    let Some(jit) = m.vm.jit.as_mut() else { return Ok(()) };
    let failures = jit.failures.get(&header.addr()).copied().unwrap_or(0);
    // Tried again ever more rarely, never given up for good.
    let wait = jit.options.threshold.max(8) << failures.min(14);
    set_header(header, COUNTING, wait.cast_signed().max(1));
    let is_ordered = |order: &install::Order| order.header.is_some_and(|(_, at)| at == header);
    if jit.recording || jit.background.orders().any(is_ordered) {
        return Ok(());
    }
    if failures == 0 && is_short(m, header) {
        set_header(header, COUNTING, wait.saturating_mul(PATIENCE).cast_signed().max(1));
        return Ok(());
    }
    let code = m.code();
    let insns = &code.get().code.insns;
    if code.code.flags & flags::GENERATOR != 0
        && !writes::comes_round(insns, install::word_number(code, header))
    {
        // What there is to compile begins where it yields.
        set_header(header, COUNTING, i32::MAX);
        return Ok(());
    }
    install::record_root(m, header)
}

/// Is the loop that became hot for the first time short? It is better a part of the traces that call the function.
fn is_short(m: &mut Direct<'_>, header: *const u64) -> bool {
    let code = m.code();
    let Some(jit) = m.vm.jit.as_mut() else { return false };
    // One that was short and is hot all the same is so no longer.
    if jit.short_loops.remove(&header.addr()) {
        return false;
    }
    let passes = jit.options.threshold;
    let is_short = leaves_soon(code, install::word_number(code, header), passes, passes);
    if is_short {
        jit.short_loops.insert(header.addr());
    }
    is_short
}

/// Is the loop whose header is at a word a `while` loop that all calls of its function up to now left after a pass or two, in
/// the mean, the function having gone `passes` times round in it? (How long a `for` loop goes round is up to its iterator, and
/// another one may come.)
fn leaves_soon(code: PayloadRef<CodeObject>, at: usize, passes: u32, threshold: u32) -> bool {
    let insns = &code.get().insns;
    let first = Insn(insns[0].get());
    let counts_calls = first.op_number() == Op::LoopHeader as u8
        && first.x() == COUNTING
        && first.bc() > 0
        && at != 0
        && code.code.flags & flags::GENERATOR == 0;
    if threshold <= 2 || !counts_calls || is_for(insns[at].as_ptr()) {
        return false;
    }
    let counted = threshold.saturating_mul(CALLS_A_PASS as u32);
    let calls = counted.saturating_sub(first.bc().cast_unsigned());
    // The last pass of a call is the one that leaves.
    calls >= FEWEST_CALLS && calls.saturating_mul(MOST_PASSES) >= passes
}

/// The same of one that is not hot yet, or was found to be so when it became hot.
pub(super) fn is_known_short(jit: &Jit, code: PayloadRef<CodeObject>, at: usize) -> bool {
    let header = &code.get().insns[at];
    let (insn, threshold) = (Insn(header.get()), jit.options.threshold);
    if insn.x() != COUNTING {
        return false;
    }
    let address = header.as_ptr().addr();
    let is_new = !jit.failures.contains_key(&address);
    let left = if insn.bc() == 0 { threshold } else { insn.bc().cast_unsigned() };
    jit.short_loops.contains(&address)
        || is_new && leaves_soon(code, at, threshold.saturating_sub(left), threshold)
}

/// Is the loop header at `at` that of a `for` loop?
fn is_for(at: *const u64) -> bool {
    let words = isize::from(Op::LoopHeader.row().words);
    // SAFETY: a loop header is followed by an instruction of the same code.
    let next = Insn(unsafe { at.wrapping_offset(words).read() });
    next.op_number() == Op::ForIter as u8
}

/// The loop at `at` is wanted: record it when it is passed next.
pub(super) fn make_eager(at: *const u64) {
    // SAFETY: `at` is a loop header of running code.
    let insn = Insn(unsafe { at.read() });
    if insn.x() == COUNTING {
        set_header(at, COUNTING, 1);
    }
}

/// Call a Python function for compiled code, which has its `n` arguments in registers from `first` on. ABSENT: nothing was
/// done, because the native stack is short; the interpreter needs none of it for a call.
pub(super) fn call_function(vm: &mut Vm, callee: Value, first: *mut Value, n: usize) -> R {
    if vm.native_stack_is_short() {
        return Ok(Value::ABSENT);
    }
    let exact = PayloadRef::<Function>::of_value(callee).filter(|&f| push_exact(vm, f, first, n));
    let Some(function) = exact else {
        // SAFETY: they are registers of the running frame, and memory is up to date.
        let args = unsafe { std::slice::from_raw_parts(first, n) };
        return vm.call(callee, &Args::positional(args));
    };
    run_entered(vm, function)
}

/// What came of a call of compiled code by compiled code.
pub(super) enum Called {
    /// The function has returned this.
    Finished(Value),
    /// Its frame is still there: see [`go_on_from`].
    Left(Run),
    /// Nothing was done.
    Not,
}

/// What [`call_function`] does where nothing is unusual: the function has compiled code, and there is room for it.
#[inline(always)]
#[expect(clippy::inline_always, reason = "all that is left of a call between compiled functions")]
pub(super) fn call_compiled(vm: &mut Vm, callee: Value, first: *mut Value, n: usize) -> Called {
    let Some(function) = PayloadRef::<Function>::of_value(callee) else { return Called::Not };
    let code = function.code.get();
    let (entry, header) = (code.get().entry.0, Insn(code.get().insns[0].get()));
    let is_compiled = header.op_number() == Op::LoopHeader as u8 && header.x() == COMPILED;
    if n as u32 != entry.n_exact || !is_compiled || vm.watched || vm.native_stack_is_short() {
        return Called::Not;
    }
    let id = TraceId(header.bc().cast_unsigned());
    let Some((code, max_depth, n_slots)) = room_of(vm, id) else { return Called::Not };
    let end = first.wrapping_add(usize::from(entry.n_regs));
    if !has_room(&vm.stack, vm.recursion_limit, max_depth + 1, end, n_slots)
        || !frame::push_at(vm, function, (first, n), TO_CODE)
    {
        return Called::Not;
    }
    let run = start(vm, id, code, first);
    if run.left.exit.is_finish() {
        let value = run.end(vm);
        calls::drop_frame(vm);
        return Called::Finished(value);
    }
    Called::Left(run)
}

/// Compiled code of a function that compiled code called was left before its end: what the function returns.
pub(super) fn go_on_from(vm: &mut Vm, run: Run) -> R {
    let mut m = Direct::new(vm);
    let base = run.base;
    let done = run.done(&mut m);
    let outcome = after(&mut m, &done, base);
    go_on(m, outcome)
}

/// Run the function whose frame was just pushed: its compiled code, if there is some.
pub(crate) fn run_entered(vm: &mut Vm, function: PayloadRef<Function>) -> R {
    let start = &function.code.get().get().insns[0];
    let insn = Insn(start.get());
    if insn.op_number() == Op::LoopHeader as u8 && insn.x() == COMPILED && !vm.watched {
        let mut m = Direct::new(vm);
        m.fetch();
        let outcome = run_trace(&mut m, TraceId(insn.bc().cast_unsigned()));
        return go_on(m, outcome);
    }
    crate::interp::run(vm)
}

/// Compiled code of the innermost frame was left: what the function returns.
fn go_on(mut m: Direct<'_>, outcome: R<Option<Value>>) -> R {
    match outcome {
        Ok(Some(value)) => {
            calls::drop_frame(m.vm);
            return Ok(value);
        }
        Ok(None) => {
            // The interpreter goes on there.
            m.here = m.pc;
            m.save_pc();
        }
        Err(raised) => {
            let here = m.here;
            catch(m.vm, raised, here)?;
        }
    }
    crate::interp::run(m.vm)
}

/// Compiled code was left at `exit`, with what it left in the context; it is that of the innermost frame, which was just
/// pushed.
pub(super) fn go_on_at(vm: &mut Vm, exit: ExitId, base: *mut Value) -> R {
    let context = context_of(vm);
    let errno = current_errno(vm);
    let mut m = Direct::new(vm);
    m.fetch();
    let how = Left { exit, context, is_restored: false, errno };
    let (kind, is_hot) = left(&mut m, &how, base);
    let outcome = after(&mut m, &Done { exit, kind, is_hot, value: Value::ABSENT }, base);
    go_on(m, outcome)
}

impl Vm {
    /// `callee(*args)` for a caller that C called: if it is a Python function, right into its compiled code.
    pub fn call_from_c(&mut self, callee: Value, args: &[Value]) -> R {
        let (base, n) = (self.stack.top, args.len());
        let has_room = self.stack.has_room_above(base.wrapping_add(n));
        let function = PayloadRef::<Function>::of_value(callee).filter(|_| self.jit.is_some());
        if let Some(function) = function.filter(|_| has_room && !self.native_stack_is_short()) {
            // SAFETY: there is room for `n` registers above the top, where nothing is.
            unsafe { std::ptr::copy_nonoverlapping(args.as_ptr(), base, n) };
            if push_exact(self, function, base, n) {
                return run_entered(self, function);
            }
        }
        self.call_positional(callee, args)
    }
}

/// As [`call_function`], with the values of all parameters.
pub(super) fn call_bound(vm: &mut Vm, callee: Value, first: *mut Value, n: usize) -> R {
    let other = flags::GENERATOR | flags::COROUTINE | flags::ASYNC_GENERATOR;
    let fits = |function: &PayloadRef<Function>| {
        let code = &function.code.get().get().code;
        usize::from(code.n_params()) == n && code.flags & other == 0
    };
    if vm.native_stack_is_short() {
        return Ok(Value::ABSENT);
    }
    match PayloadRef::<Function>::of_value(callee).filter(fits) {
        Some(function) if frame::push_at(vm, function, (first, n), TO_CODE) => {
            run_entered(vm, function)
        }
        _ => Ok(Value::ABSENT),
    }
}

/// How the frame of a function is left that compiled code calls.
const TO_CODE: Returns = Returns { dst: 0, flags: FrameFlags::ENTRY, receiver: Value::ABSENT };

/// Push the frame of a function with its `n` arguments in registers from `base` on, for a caller that runs it; false: it takes
/// other arguments, there is no room, or somebody wants attention.
pub(crate) fn push_exact(
    vm: &mut Vm,
    function: PayloadRef<Function>,
    base: *mut Value,
    n: usize,
) -> bool {
    n as u32 == function.code.get().get().entry.0.n_exact
        && frame::push_at(vm, function, (base, n), TO_CODE)
}

/// Run a trace from its header; afterwards the machine stands where the trace was left. What the function returns, if the
/// trace came to its end; its frame is still there.
#[inline(never)]
fn run_trace(m: &mut Direct<'_>, id: TraceId) -> R<Option<Value>> {
    let Some((enter, max_depth, n_slots)) = room_of(m.vm, id) else { return Ok(None) };
    if !has_room(&m.vm.stack, m.vm.recursion_limit, max_depth, m.base, n_slots)
        || m.vm.attention.load(std::sync::atomic::Ordering::Relaxed)
    {
        return Ok(None);
    }
    let base = m.base;
    let done = run_code(m, id, enter, base);
    after(m, &done, base)
}

/// Compiled code of the innermost frame was left: record what goes on at a hot exit.
fn after(m: &mut Direct<'_>, done: &Done, base: *mut Value) -> R<Option<Value>> {
    match done.kind {
        ExitKind::Raised => Err(m.vm.raised_before()),
        ExitKind::Guard if done.is_hot => install::record_side(m, done.exit, base).map(|()| None),
        ExitKind::Guard | ExitKind::Poll | ExitKind::Published => Ok(None),
        ExitKind::Finish => Ok(Some(done.value)),
    }
}

/// The entry of a trace, and the frames and registers that it needs.
pub(super) fn room_of(vm: &Vm, id: TraceId) -> Option<(Enter, usize, usize)> {
    let installed = vm.jit.as_ref()?.traces.get(id.0 as usize)?.as_ref()?;
    installed.is_used.set(true);
    Some((installed.compiled.enter?, installed.max_depth, installed.n_slots))
}

/// How a run of compiled code ended.
pub(super) struct Done {
    /// Where it was left.
    pub(super) exit: ExitId,
    /// Why.
    pub(super) kind: ExitKind,
    /// Is that exit worth a side trace?
    pub(super) is_hot: bool,
    /// The value that it finished with, if it did.
    pub(super) value: Value,
}

/// A run of compiled code that is over, but for what its exit has to restore.
pub(super) struct Run {
    id: TraceId,
    base: *mut Value,
    left: Left,
}

/// Run a trace with slot 0 at `base` in the innermost frame.
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of each call between compiled functions")]
fn start(vm: &mut Vm, id: TraceId, enter: Enter, base: *mut Value) -> Run {
    if let Some(jit) = vm.jit.as_mut() {
        jit.running.push(id);
    }
    Run { id, base, left: enter_code(vm, (id, enter), base) }
}

impl Run {
    /// The trace has finished, with this value.
    #[inline]
    fn end(&self, vm: &mut Vm) -> Value {
        if let Some(jit) = vm.jit.as_mut() {
            jit.no_longer_runs(self.id);
        }
        // SAFETY: the context belongs to the running stack; compiled code has been left.
        Value::from_bits(unsafe { (*self.left.context).values[0] })
    }
    /// Afterwards the machine stands where the trace was left, unless it finished.
    pub(super) fn done(self, m: &mut Direct<'_>) -> Done {
        let exit = self.left.exit;
        if exit.is_finish() {
            let value = self.end(m.vm);
            return Done { exit, kind: ExitKind::Finish, is_hot: false, value };
        }
        let (kind, is_hot) = left(m, &self.left, self.base);
        if let Some(jit) = m.vm.jit.as_mut() {
            jit.no_longer_runs(self.id);
        }
        Done { exit, kind, is_hot, value: Value::ABSENT }
    }
}

impl Jit {
    #[inline]
    fn no_longer_runs(&mut self, id: TraceId) {
        // Another stack may have begun one meanwhile.
        if self.running.last() == Some(&id) {
            self.running.truncate(self.running.len() - 1);
        } else if let Some(at) = self.running.iter().rposition(|&running| running == id) {
            self.running.remove(at);
        }
    }
}

/// Run a trace with slot 0 at `base`; afterwards the machine stands where the trace was left, unless it finished.
pub(super) fn run_code(m: &mut Direct<'_>, id: TraceId, enter: Enter, base: *mut Value) -> Done {
    start(m.vm, id, enter, base).done(m)
}

/// Is there room for so many frames, and so many registers from `base` on?
pub(super) fn has_room(
    stack: &StackState,
    limit: usize,
    depth: usize,
    base: *mut Value,
    n_slots: usize,
) -> bool {
    let frames = stack.frames.len() + depth + HEADROOM;
    frames < stack.frames.capacity()
        && stack.frames.len() + depth < limit
        && stack.top.addr().max(base.addr()) + (n_slots + 1024) * 8 < stack.limit.addr()
}

/// How compiled code was left.
struct Left {
    exit: ExitId,
    context: *mut Context,
    /// The state before a call of C was restored while it ran.
    is_restored: bool,
    /// What the thread's `errno` was.
    errno: i32,
}

/// Run compiled code in the innermost frame.
#[inline(always)]
#[expect(clippy::inline_always, reason = "part of each call between compiled functions")]
fn enter_code(vm: &mut Vm, (id, enter): (TraceId, Enter), base: *mut Value) -> Left {
    let frame = vm.stack.frames.last_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    let low = std::mem::replace(&mut vm.stack.loop_low, 0);
    let context = context_of(vm);
    let of: *mut Vm = vm;
    let mut activation = Activation::new(id, base);
    // SAFETY: the context is the stack's own, boxed; nobody else refers to it now.
    let words = unsafe { &mut (*context).front_end };
    let outer = [words[layout::CONTEXT_FRAME], words[layout::CONTEXT_ACTIVATION]];
    // SAFETY: as above.
    let outer_frame = unsafe { (*context).frame };
    words[layout::CONTEXT_FRAME] = frame.expose_provenance() as u64;
    words[layout::CONTEXT_ACTIVATION] = (&raw mut activation).expose_provenance() as u64;
    let (real, kept) = (words[layout::CONTEXT_ERRNO], words[layout::CONTEXT_ERRNO + 1]);
    copy_errno(kept, real);
    // SAFETY: as above.
    unsafe { (*context).vm = of.cast() };
    // SAFETY: the code was compiled for a frame of this code with its registers at `base`, and there is room above it.
    // Until it returns, the runtime is used through the context's pointer only.
    let exit = unsafe { (enter.trampoline)(context, base.cast(), enter.entry) };
    let errno = read_errno(real);
    if let Some(area) = published_at(context)
        && area.leave.load(std::sync::atomic::Ordering::Relaxed) != 0
    {
        take_back_lock(of, area);
    }
    vm.stack.loop_low = low;
    // SAFETY: as above; what was called meanwhile has put its own words back.
    let words = unsafe { &mut (*context).front_end };
    words[layout::CONTEXT_FRAME] = outer[0];
    words[layout::CONTEXT_ACTIVATION] = outer[1];
    // SAFETY: as above.
    unsafe { (*context).frame = outer_frame };
    Left { exit: ExitId(exit), context, is_restored: activation.is_restored(), errno }
}

/// The area of a context.
fn published_at(context: *const Context) -> Option<&'static Published> {
    // SAFETY: the context belongs to the stack of this thread.
    let at = unsafe { (*context).front_end[layout::CONTEXT_PUBLISHED] };
    // SAFETY: the address of a leaked `Published`.
    unsafe { std::ptr::with_exposed_provenance::<Published>(at as usize).as_ref() }
}

/// The number at an address of [`layout::CONTEXT_ERRNO`]; 0 if nothing knows C here.
fn read_errno(at: u64) -> i32 {
    let at: *const i32 = std::ptr::with_exposed_provenance(at as usize);
    if at.is_null() {
        return 0;
    }
    // SAFETY: the address of a variable of the running thread, see `context_of`.
    unsafe { at.read() }
}

fn write_errno(at: u64, number: i32) {
    let at: *mut i32 = std::ptr::with_exposed_provenance_mut(at as usize);
    if !at.is_null() {
        // SAFETY: as above.
        unsafe { at.write(number) };
    }
}

/// The thread's `errno`, which compiled code may leave there for the program.
pub(super) fn current_errno(vm: &Vm) -> i32 {
    read_errno(errno_of(vm))
}

/// Put it back.
pub(super) fn set_current_errno(vm: &Vm, number: i32) {
    write_errno(errno_of(vm), number);
}

/// Python is about to run where C was: keep the program's `errno` where it looks for it.
pub(crate) fn keep_c_errno(vm: &Vm) {
    copy_errno(errno_of(vm), kept_errno_of(vm));
}

/// C goes on: put it back.
pub(crate) fn place_c_errno(vm: &Vm) {
    copy_errno(kept_errno_of(vm), errno_of(vm));
}

fn kept_errno_of(vm: &Vm) -> u64 {
    vm.stack.jit_context.as_ref().map_or(0, |context| context.front_end[layout::CONTEXT_ERRNO + 1])
}

fn errno_of(vm: &Vm) -> u64 {
    vm.stack.jit_context.as_ref().map_or(0, |context| context.front_end[layout::CONTEXT_ERRNO])
}

fn copy_errno(from: u64, to: u64) {
    write_errno(to, read_errno(from));
}

/// The context of the running stack.
pub(super) fn context_of(vm: &mut Vm) -> *mut Context {
    let bump = vm.heap.bump().cast::<Bump>();
    if vm.stack.jit_context.is_none() {
        let made = new_context(vm);
        vm.stack.jit_context = Some(made);
        vm.note_published();
    }
    let context = vm.stack.jit_context.as_mut().expect("just made");
    context.bump = bump;
    &raw mut **context
}

fn new_context(vm: &mut Vm) -> Box<Context> {
    let poll = std::ptr::from_ref(&*vm.attention).cast::<u64>();
    let errno = vm.jit.as_ref().and_then(|jit| jit.foreign).map(|foreign| foreign.errno);
    let mut front_end = [0; 14];
    if let Some((real, kept)) = errno.map(|locations| locations()) {
        front_end[layout::CONTEXT_ERRNO] = real as u64;
        front_end[layout::CONTEXT_ERRNO + 1] = kept as u64;
    }
    // Never given back: other threads may look at it when this one is long gone.
    let published: &'static Published = Box::leak(Box::default());
    front_end[layout::CONTEXT_PUBLISHED] = std::ptr::from_ref(published).expose_provenance() as u64;
    let record = std::ptr::from_ref(&published.record);
    front_end[layout::CONTEXT_RECORD] = record.expose_provenance() as u64;
    // A stack's state is boxed, and so stays where it is.
    let raised = &raw mut vm.stack.raised;
    front_end[layout::CONTEXT_RAISED] = raised.expose_provenance() as u64;
    let state = &raw mut *vm.stack;
    front_end[layout::CONTEXT_STACK] = state.expose_provenance() as u64;
    Box::new(Context {
        vm: std::ptr::null_mut(),
        poll,
        front_end,
        bump: std::ptr::null_mut(),
        frame: 0,
        values: [0; MAX_EXIT_VALUES],
    })
}

/// At an exit: give the interpreter its state back. Why it was left, and is the exit hot?
fn left(m: &mut Direct<'_>, how: &Left, base: *mut Value) -> (ExitKind, bool) {
    let (exit, context) = (how.exit, how.context);
    let Some(jit) = m.vm.jit.as_mut() else { return (ExitKind::Guard, false) };
    let installed = jit.installed(exit.trace());
    let state = &mut installed.exits[exit.index()];
    state.count += 1;
    let (kind, hot) = (state.kind, state.count >= state.next_try);
    let n_values = state.types.len();
    let mut at_here = true;
    if let Some(recipe) = state.recipe.clone() {
        let points = Rc::clone(&installed.points);
        let point = &points[recipe.resume as usize];
        at_here = point.at == resume::HERE;
        if !point.errno.is_kept {
            // SAFETY: the context belongs to the running stack; compiled code has been left.
            let kept = unsafe { (*context).front_end[layout::CONTEXT_ERRNO + 1] };
            write_errno(kept, how.errno);
        }
        // SAFETY: as above.
        let values = unsafe { &(*context).values };
        let restore = if how.is_restored { resume::restore_called } else { resume::restore };
        if n_values <= FEW_VALUES {
            let mut few = [0; FEW_VALUES];
            few[..n_values].copy_from_slice(&values[..n_values]);
            restore(m, &recipe, &points, &few, base);
        } else {
            let all = *values;
            restore(m, &recipe, &points, &all, base);
        }
    }
    (kind, hot && !at_here)
}
