//! How long compiled code lives: as long as the objects that it names.
//!
//! Code must not keep a function or class alive that the program has dropped, so its roots are weak: after a full collection
//! has marked what lives, traces that name something dead are freed, with all that leads to them. Those of code that
//! runs, or that running code may go on in, are strong, and all are while a recording is under way
//! or being compiled.
use haft_heap::{Survivors, Tracer, Value};
use haft_jit::backend::TraceId;
use haft_jit::ir::{IrOp, Trace};

use super::enter::forget_header;
use super::{Installed, Jit};
use crate::object::{CodeObject, Dict, PayloadRef};
use crate::vm::{R, Vm};

/// Traces with which the heap is first asked which of them name dead objects.
pub(super) const FIRST_LOOK: usize = 1000;
/// Loops and exits whose failures are remembered.
const MOST_FAILURES: usize = 10_000;

/// Part of [`Vm::poll`]: free code that names dead objects, and, if memory for code is short, what was not used for long.
///
/// Code is freed after full collections. Programs that make functions without end may have none for long, because code
/// lies outside the heap; so one is made when the number of traces has doubled.
pub(super) fn make_room(vm: &mut Vm) -> R<()> {
    let Some(jit) = vm.jit.as_mut() else { return Ok(()) };
    if !jit.wants_room || jit.is_recording_or_compiling() {
        return Ok(());
    }
    jit.wants_room = false;
    if vm.heap.is_enabled() {
        vm.heap.collect(true);
    }
    if let Some(jit) = vm.jit.as_mut() {
        jit.age();
        jit.most_traces = FIRST_LOOK.max(2 * jit.n_traces);
    }
    Ok(())
}

/// So often a loop is recorded anew since a dict that it relies on has other keys; then it has side traces instead.
const MOST_RENEWALS: u32 = 8;

impl Jit {
    /// Is a root trace left at the same place in each pass from now on, since a dict that it relies on has other keys? Then
    /// its loop is recorded anew.
    pub(super) fn renews(&mut self, root: TraceId) -> bool {
        let installed = self.installed(root);
        let has_changed = |&(dict, version): &(Value, u32)| {
            dict.as_ptr().and_then(Dict::of).is_some_and(|dict| dict.current_version() != version)
        };
        let Some((_, header)) =
            installed.header.filter(|_| installed.dicts.iter().any(has_changed))
        else {
            return false;
        };
        // Traces that go on in this one may be left in it later, when the loop has another one.
        installed.dicts.clear();
        let renewals = self.renewals.entry(header.addr()).or_insert(0);
        *renewals += 1;
        if *renewals > MOST_RENEWALS {
            return false;
        }
        forget_header(header);
        true
    }
    /// Report the objects that compiled code names, if it is in use.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&self.recorded_roots);
        tracer.values(&self.made_roots);
        for order in self.background.orders() {
            tracer.values(&order.recording.roots);
            tracer.value(order.root.value());
            if let Some((code, _)) = order.header {
                tracer.value(code.value());
            }
        }
        // A collection of the young objects only is too frequent to ask what is in use: it keeps all.
        let all = self.is_recording_or_compiling() || !tracer.is_full();
        let in_use = if all { Vec::new() } else { self.in_use() };
        for installed in self.traces.iter().flatten() {
            if all || in_use[installed.root.0 as usize] {
                tracer.values(&installed.roots);
            }
        }
    }

    /// Is there a recording whose links and parent must stay?
    fn is_recording_or_compiling(&self) -> bool {
        self.recording || !self.background.is_idle()
    }

    /// By root trace: may it, or what it leads to, be running?
    fn in_use(&self) -> Vec<bool> {
        self.in_use_from(Vec::new())
    }
    /// The same with more roots that may.
    fn in_use_from(&self, mut work: Vec<TraceId>) -> Vec<bool> {
        let mut used = vec![false; self.traces.len()];
        work.extend(&self.running);
        while let Some(id) = work.pop() {
            if std::mem::replace(&mut used[id.0 as usize], true) {
                continue;
            }
            for installed in self.traces.iter().flatten().filter(|t| t.root == id) {
                let links = installed.links.iter();
                work.extend(
                    links.filter_map(|link| Some(self.traces[link.0 as usize].as_ref()?.root)),
                );
            }
        }
        used
    }

    /// Free the traces that name objects which died.
    pub(crate) fn prune(&mut self, survivors: &Survivors<'_>) {
        if self.is_recording_or_compiling() || !survivors.is_full() {
            return;
        }
        let in_use = self.in_use();
        let mut dead = vec![false; self.traces.len()];
        for installed in self.traces.iter().flatten() {
            let root = installed.root.0 as usize;
            if !in_use[root] && !installed.roots.iter().all(|&r| survivors.contains_value(r)) {
                dead[root] = true;
            }
        }
        if !dead.contains(&true) {
            return;
        }
        self.spread(&mut dead);
        self.free(&dead, |code| survivors.contains(code.obj()));
        // They are counted by address, and code that is gone has left some.
        if self.failures.len() > MOST_FAILURES {
            self.failures.clear();
        }
        if self.renewals.len() > MOST_FAILURES {
            self.renewals.clear();
        }
    }

    /// Free traces, by root trace. `lives`: does the code that has the header?
    fn free(&mut self, dead: &[bool], lives: impl Fn(PayloadRef<CodeObject>) -> bool) {
        for at in 0..self.traces.len() {
            let family = self.traces[at].as_ref().is_some_and(|t| dead[t.root.0 as usize]);
            if !family {
                continue;
            }
            if let Some((code, header)) = self.traces[at].take().and_then(|t| t.header)
                && lives(code)
            {
                forget_header(header);
            }
            self.n_traces -= 1;
            self.epoch += 1;
            if let Some(backend) = self.backend() {
                backend.free(TraceId(at as u32));
            }
        }
    }

    /// Is it time to free code?
    pub(super) fn is_crowded(&mut self) -> bool {
        self.n_traces >= self.most_traces || self.is_short_of_memory()
    }
    fn is_short_of_memory(&mut self) -> bool {
        self.backend().is_some_and(|backend| backend.code_bytes() > backend.code_limit() / 4 * 3)
    }

    /// Free the traces that were not entered, nor led to by any that was, since this was done last.
    fn age(&mut self) {
        if !self.is_short_of_memory() {
            return;
        }
        let entered = self.traces.iter().flatten().filter(|t| t.is_used.replace(false));
        let entered: Vec<TraceId> = entered.map(|t| t.root).collect();
        let dead: Vec<bool> = self.in_use_from(entered).iter().map(|used| !used).collect();
        self.free(&dead, |_| true);
    }

    /// What leads to a dead trace is dead: `dead` is by root trace.
    fn spread(&self, dead: &mut [bool]) {
        let root_of = |id: TraceId| self.traces[id.0 as usize].as_ref().map(|t| t.root);
        let leads_there = |installed: &Installed, dead: &[bool]| {
            let mut roots = installed.links.iter().map(|&link| root_of(link));
            roots.any(|root| root.is_none_or(|root| dead[root.0 as usize]))
        };
        loop {
            let mut changed = false;
            for installed in self.traces.iter().flatten() {
                let root = installed.root.0 as usize;
                if !dead[root] && leads_there(installed, dead) {
                    dead[root] = true;
                    changed = true;
                }
            }
            if !changed {
                return;
            }
        }
    }
}

/// Traces that a trace goes on in.
pub(super) fn links(trace: &Trace) -> Vec<TraceId> {
    let links = trace.insts.iter().filter(|inst| inst.op == IrOp::Link);
    links.map(|inst| TraceId(inst.imm as u32)).collect()
}

/// Objects that a trace's code names.
pub(super) fn constants(trace: &Trace) -> Vec<Value> {
    let words = trace.insts.iter().filter(|inst| inst.op == IrOp::ConstV);
    words.map(|inst| Value::from_bits(inst.imm.cast_unsigned())).filter(|v| v.is_ptr()).collect()
}
