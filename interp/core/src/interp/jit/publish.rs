//! What others may see and do while compiled code is in a call of C.
//!
//! # Problem
//! Compiled code keeps the lock of the runtime during a call of C, since giving it away costs more than most functions.
//! But C may call back, and a function that takes its time must not hold up other threads. Both need the state that the
//! interpreter would have left: frames, registers, objects that the trace has not made.
//!
//! # Idea
//! Before the call the trace sees to it that memory holds the values that describe its state, its own frame as a rule
//! ([`Kept`]), and writes the number of the description ([`Published`]): plain stores, no locked instruction. Whoever comes (a callback in this thread, another thread that takes
//! the lock away) restores the state from it first, and tells the trace to leave behind the call. The restored state lacks
//! only what the call itself does, which the exit then adds ([`super::resume::restore_called`]).
//!
//! A function during whose calls this happens again and again is called by the interpreter's means from then on.
//!
//! # The lock
//! The trace writes `site`, calls, writes 0 and reads `leave`. Who wants the lock writes `leave`, lets a barrier happen in
//! all threads (`membarrier(2)`), and reads `site`: if that is not 0, the trace will read what was written to `leave` behind
//! the call, and asks for the lock before anything else. So the lock can be taken away (see `vm::gil`).
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

use haft_heap::Value;
use haft_jit::backend::{ExitId, ExitKind, Kept, MAX_PUBLISHED, Published, TraceId};
use haft_jit::ir::{IrOp, Trace};

use super::{Jit, enter, layout, resume};
use crate::vm::{StackState, Vm};

/// Others ran so often during calls of a C function that it is not worth the exits.
const MOST_VISITS: u32 = 8;

/// `site` of a call whose state has been restored already.
pub(crate) const RESTORED: u64 = u64::MAX;

/// Native stack of `enter_code` and of the trampoline below an [`Activation`], and more.
const ENTRY_FRAMES: usize = 4096;

/// One run of compiled code.
#[derive(Debug)]
pub(super) struct Activation {
    /// The trace that was entered.
    trace: TraceId,
    /// Address of slot 0.
    base: *mut Value,
    is_restored: Cell<bool>,
}

impl Activation {
    /// Compiled code is about to run with slot 0 at `base`.
    pub(super) fn new(trace: TraceId, base: *mut Value) -> Activation {
        Activation { trace, base, is_restored: Cell::new(false) }
    }
    /// Was the state restored during the call of C that the trace left behind?
    pub(super) fn is_restored(&self) -> bool {
        self.is_restored.get()
    }
}

/// Where compiled code of a stack says in which call it is, once some ran.
pub(crate) fn published_area(stack: &StackState) -> Option<&'static Published> {
    let context = stack.jit_context.as_ref()?;
    let at = context.front_end[layout::CONTEXT_PUBLISHED] as usize;
    // SAFETY: the address of a leaked `Published`, see `enter::new_context`.
    Some(unsafe { &*std::ptr::with_exposed_provenance::<Published>(at) })
}

/// The lowest address of the native stack of a thread in a call of C from compiled code that a collection must look at:
/// what compiled code itself has there is not used any more once the state is restored.
pub(crate) fn published_extent(stack: &StackState) -> usize {
    let context = stack.jit_context.as_ref();
    context
        .map_or(0, |context| context.front_end[layout::CONTEXT_ACTIVATION] as usize)
        .saturating_sub(ENTRY_FRAMES)
}

/// The trace that was entered last on the stack, which is in a call of C, and the address of its slot 0.
pub(super) fn running(stack: &StackState) -> Option<(TraceId, *mut Value)> {
    let context = stack.jit_context.as_ref()?;
    let at = context.front_end[layout::CONTEXT_ACTIVATION] as usize;
    // SAFETY: the word is the address of a local variable of the `enter_code` that runs on this stack.
    let activation = unsafe { std::ptr::with_exposed_provenance::<Activation>(at).as_ref() }?;
    Some((activation.trace, activation.base))
}

impl Vm {
    /// The running stack is in a call of C at `site` of compiled code: bring memory up to date.
    pub(crate) fn restore_published(&mut self, site: u64) {
        if self.restore_site(site)
            && let Some(jit) = self.jit.as_mut()
        {
            jit.visited(ExitId(site - 1));
        }
    }
    /// The same for a visit that does not count, since it mostly needs nothing restored. Was there anything to do?
    pub(crate) fn restore_site(&mut self, site: u64) -> bool {
        if site == 0 || site == RESTORED {
            return false;
        }
        let (Some(area), Some(context)) =
            (published_area(&self.stack), self.stack.jit_context.as_ref())
        else {
            return false;
        };
        let at = context.front_end[layout::CONTEXT_ACTIVATION] as usize;
        // SAFETY: the word is the address of a local variable of the `enter_code` that runs on this stack.
        let activation = unsafe { &*std::ptr::with_exposed_provenance::<Activation>(at) };
        if activation.is_restored.replace(true) {
            return false;
        }
        let frame = context.frame;
        let Some(jit) = self.jit.as_mut() else { return false };
        let (exit, base) = (ExitId(site - 1), activation.base);
        let installed = jit.installed(exit.trace());
        let kept = installed.compiled.exits[exit.index()].kept.as_deref();
        let values: [u64; MAX_PUBLISHED] = std::array::from_fn(|at| match kept {
            None => area.values[at].load(Ordering::Relaxed),
            Some(kept) => kept.get(at).map_or(0, |kept| kept_value(*kept, frame)),
        });
        let recipe = installed.exits[exit.index()].recipe.clone();
        let points = std::rc::Rc::clone(&installed.points);
        let recipe = recipe.expect("the description of a call has a snapshot");
        resume::restore_memory(self, &recipe, &points, &values, base);
        resume::forget_made(self);
        true
    }
}

impl Jit {
    /// Somebody ran during a call of C.
    fn visited(&mut self, exit: ExitId) {
        let installed = self.installed(exit.trace());
        let state = &mut installed.exits[exit.index()];
        state.count += 1;
        if state.count != MOST_VISITS {
            return;
        }
        let site = installed.sites.iter().find(|(at, _)| *at as usize == exit.index()).copied();
        let root = installed.root;
        if let Some((_, function)) = site {
            self.shared_calls.insert(function);
            self.record_anew(|_, id| id == root.0 as usize);
        }
    }
    /// Loops whose traces are wanted are recorded once more when they are hot again.
    fn record_anew(&self, wanted: impl Fn(&super::Installed, usize) -> bool) {
        for (at, installed) in self.traces.iter().enumerate() {
            let Some(installed) = installed else { continue };
            if let (Some((_, header)), true) = (installed.header, wanted(installed, at)) {
                enter::forget_header(header);
            }
        }
    }
    /// From now on others may run during calls of C.
    pub(crate) fn not_alone(&mut self) {
        if self.background.orders().any(|order| order.recording.c.alone) {
            self.background.forget();
        }
        let alone: Vec<usize> =
            self.traces.iter().flatten().filter(|t| t.c.alone).map(|t| t.root.0 as usize).collect();
        self.record_anew(|_, id| alone.contains(&id));
    }
}

/// A value that compiled code keeps during a call of C.
fn kept_value(kept: Kept, frame: usize) -> u64 {
    match kept {
        Kept::Constant(number) => number,
        Kept::InFrame { offset, plus } => {
            let at = frame.wrapping_add_signed(offset as isize);
            let at = std::ptr::with_exposed_provenance::<AtomicU64>(at);
            // SAFETY: the frame of code that is in a call, in which it keeps a word there until the call is over.
            let value = unsafe { (*at).load(Ordering::Relaxed) };
            value.wrapping_add_signed(i64::from(plus))
        }
    }
}

/// For each exit of a trace that describes a call of C, its index and the function.
pub(super) fn sites(trace: &Trace, exits: &[haft_jit::backend::Exit]) -> Vec<(u32, usize)> {
    let mut sites = Vec::new();
    for (at, exit) in exits.iter().enumerate().filter(|(_, e)| e.kind == ExitKind::Published) {
        let same =
            |id| exit.snapshot.is_some_and(|mine| trace.snapshot(mine) == trace.snapshot(id));
        let publish = trace
            .insts
            .iter()
            .position(|inst| inst.op == IrOp::Publish && inst.snapshot.is_some_and(same));
        let calls = publish.map_or(&[][..], |publish| &trace.insts[publish..]);
        let call = calls.iter().find(|inst| inst.op == IrOp::Call && trace.callee(inst).foreign);
        if let Some(address) = call.and_then(|call| trace.callee(call).address) {
            sites.push((at as u32, address));
        }
    }
    sites
}
