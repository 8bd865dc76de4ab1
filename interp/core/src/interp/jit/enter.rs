//! Running compiled code: at loop headers into it, at exits out of it.
use std::cell::Cell;
use std::rc::Rc;

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::backend::{Bump, Context, Enter, ExitId, ExitKind, MAX_EXIT_VALUES, TraceId};

use super::{install, layout, resume};
use crate::interp::direct::Direct;
use crate::vm::{R, StackState, Vm};

/// `x` of a loop header that counts.
const COUNTING: u8 = 0;
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
pub(in crate::interp) fn loop_header(m: &mut Direct<'_>, i: Insn) -> R<()> {
    if i.x() == COMPILED {
        return run_trace(m, TraceId(i.bc().cast_unsigned()));
    }
    let threshold = start_count(m);
    if i.bc() == 0 && threshold > 1 {
        set_header(m.here, COUNTING, threshold - 1);
        return Ok(());
    }
    hot(m)
}

fn start_count(m: &Direct<'_>) -> i32 {
    m.vm.jit.as_ref().map_or(i32::MAX, |jit| jit.options.threshold.cast_signed())
}

/// Write a loop header's state into the instruction.
pub(super) fn set_header(at: *const u64, state: u8, number: i32) {
    let word = Insn::abc32(Op::LoopHeader, 0, number).0 | u64::from(state) << 8;
    // SAFETY: `at` is a loop header of running code; instructions are cells (`CodeObject::insns`).
    let cell = unsafe { &*at.cast::<Cell<u64>>() };
    cell.set(word);
}

/// A loop header whose trace was freed counts anew.
pub(super) fn forget_header(at: *const u64) {
    set_header(at, COUNTING, 0);
}

#[cold]
fn hot(m: &mut Direct<'_>) -> R<()> {
    let header = m.here;
    let Some(jit) = m.vm.jit.as_mut() else { return Ok(()) };
    let failures = jit.failures.get(&header.addr()).copied().unwrap_or(0);
    // Tried again ever more rarely, never given up for good.
    let wait = jit.options.threshold.max(8) << failures.min(14);
    set_header(header, COUNTING, wait.cast_signed().max(1));
    if jit.recording {
        return Ok(());
    }
    install::record_root(m, header)
}

/// Run a trace from its loop header; afterwards the machine stands where the trace was left.
#[inline(never)]
fn run_trace(m: &mut Direct<'_>, id: TraceId) -> R<()> {
    let Some(jit) = m.vm.jit.as_ref() else { return Ok(()) };
    let Some(Some(installed)) = jit.traces.get(id.0 as usize) else { return Ok(()) };
    let Some(enter) = installed.compiled.enter else { return Ok(()) };
    if !has_room(&m.vm.stack, m.vm.recursion_limit, installed.max_depth, m.base, installed.n_slots)
        || m.vm.attention.load(std::sync::atomic::Ordering::Relaxed)
    {
        return Ok(());
    }
    let base = m.base;
    if let Some(jit) = m.vm.jit.as_mut() {
        jit.running.push(id);
    }
    let (exit, context) = enter_code(m, enter, base);
    let (kind, hot) = left(m, exit, context, base);
    if let Some(jit) = m.vm.jit.as_mut()
        && let Some(at) = jit.running.iter().rposition(|&running| running == id)
    {
        jit.running.remove(at);
    }
    match kind {
        ExitKind::Raised => Err(m.vm.raised_before()),
        ExitKind::Guard if hot => install::record_side(m, exit, base),
        ExitKind::Guard | ExitKind::Poll | ExitKind::Finish => Ok(()),
    }
}

fn has_room(
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

/// Run compiled code in the innermost frame.
fn enter_code(m: &mut Direct<'_>, enter: Enter, base: *mut Value) -> (ExitId, *mut Context) {
    let frame = m.frame;
    let vm: *mut Vm = m.vm;
    let context = context_of(m.vm);
    // SAFETY: the context is the stack's own, boxed; nobody else refers to it now.
    let words = unsafe { &mut (*context).front_end };
    let outer =
        std::mem::replace(&mut words[layout::CONTEXT_FRAME], frame.expose_provenance() as u64);
    // SAFETY: as above.
    unsafe { (*context).vm = vm.cast() };
    // Compiled code has values in registers and on its stack that a collection must see.
    let low = std::mem::replace(&mut m.vm.stack.loop_low, 0);
    // SAFETY: the code was compiled for a frame of this code with its registers at `base`, and there is room above it.
    // Until it returns, the runtime is used through the context's pointer only.
    let exit = unsafe { (enter.trampoline)(context, base.cast(), enter.entry) };
    m.vm.stack.loop_low = low;
    // SAFETY: as above; what was called meanwhile has put its own word back.
    unsafe { (*context).front_end[layout::CONTEXT_FRAME] = outer };
    (ExitId(exit), context)
}

/// The context of the running stack.
fn context_of(vm: &mut Vm) -> *mut Context {
    let poll = vm.attention.as_ptr().cast_const().cast::<u8>();
    let bump = vm.heap.bump().cast::<Bump>();
    let errno = vm.jit.as_ref().and_then(|jit| jit.foreign).map(|foreign| foreign.errno);
    let context = vm.stack.jit_context.get_or_insert_with(|| {
        let mut front_end = [0; 14];
        if let Some((real, kept)) = errno.map(|locations| locations()) {
            front_end[layout::CONTEXT_ERRNO] = real as u64;
            front_end[layout::CONTEXT_ERRNO + 1] = kept as u64;
        }
        Box::new(Context {
            vm: std::ptr::null_mut(),
            poll,
            front_end,
            bump: std::ptr::null_mut(),
            values: [0; MAX_EXIT_VALUES],
        })
    });
    context.bump = bump;
    &raw mut **context
}

/// At an exit: give the interpreter its state back. Why it was left, and is the exit hot?
fn left(
    m: &mut Direct<'_>,
    exit: ExitId,
    context: *mut Context,
    base: *mut Value,
) -> (ExitKind, bool) {
    let Some(jit) = m.vm.jit.as_mut() else { return (ExitKind::Guard, false) };
    let installed = jit.installed(exit.trace());
    let points = Rc::clone(&installed.points);
    let state = &mut installed.exits[exit.index()];
    state.count += 1;
    let (kind, hot) = (state.kind, state.count >= state.next_try);
    let n_values = state.types.len();
    let mut at_here = true;
    if let Some(recipe) = state.recipe.clone() {
        at_here = points[recipe.resume as usize].at == resume::HERE;
        // SAFETY: the context belongs to the running stack; compiled code has been left.
        let values = unsafe { &(*context).values };
        if n_values <= FEW_VALUES {
            let mut few = [0; FEW_VALUES];
            few[..n_values].copy_from_slice(&values[..n_values]);
            resume::restore(m, &recipe, &points, &few, base);
        } else {
            let all = *values;
            resume::restore(m, &recipe, &points, &all, base);
        }
    }
    (kind, hot && !at_here)
}
