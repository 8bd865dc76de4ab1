//! How long compiled code lives: as long as the objects that it names.
//!
//! Code must not keep a function or class alive that the program has dropped, so its roots are weak: after a full collection
//! has marked what lives, traces that name something dead are freed, with all that leads to them. Those of code that
//! runs, or that running code may go on in, are strong, and all are while a recording is under way
//! or being compiled.
use haft_heap::{Survivors, Tracer};
use haft_jit::backend::TraceId;

use super::enter::forget_header;
use super::{Installed, Jit};

impl Jit {
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
        let mut used = vec![false; self.traces.len()];
        let mut work = self.running.clone();
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
        for at in 0..self.traces.len() {
            let family = self.traces[at].as_ref().is_some_and(|t| dead[t.root.0 as usize]);
            if !family {
                continue;
            }
            if let Some((code, header)) = self.traces[at].take().and_then(|t| t.header)
                && survivors.contains(code.obj())
            {
                forget_header(header);
            }
            if let Some(backend) = self.backend() {
                backend.free(TraceId(at as u32));
            }
        }
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
