//! Compilation on a thread of its own: the interpreter goes on meanwhile.
//!
//! A recording is split. What only the code generator needs goes to the thread; what names objects and instructions, an
//! [`Order`], waits here. When the thread is done it asks for the interpreter's attention, and the code is installed at the
//! next back-edge. Until then the loop counts on, and no code is freed. What is small is compiled at once: the loop then
//! gains more than the pause costs.
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use haft_jit::backend::Job;
use haft_jit::ir::{IrOp, Trace};

use super::Jit;
use super::install::Order;
use super::report::now;
use crate::vm::{Attention, R, Vm};

/// Native stack of the thread.
const STACK_BYTES: usize = 4 << 20;

/// What is needed to compile a trace, and what comes of it.
pub(super) struct Work {
    /// As it was recorded.
    pub(super) recorded: Trace,
    /// As the optimiser leaves it.
    pub(super) optimised: Trace,
    /// What the optimiser does.
    pub(super) optimiser: haft_jit::opt::Options,
    /// The code generator's part.
    pub(super) job: Box<dyn Job>,
}

impl Work {
    /// Optimise.
    pub(super) fn optimise(&mut self) {
        self.optimised = haft_jit::opt::optimize(&self.recorded, &self.optimiser);
    }
    /// Generate code.
    pub(super) fn compile(&mut self) {
        self.job.run(&self.optimised);
    }
}

/// The thread, and what it works on.
#[derive(Default)]
pub(super) struct Background {
    thread: Option<Thread>,
    /// What was sent and did not come back; the thread keeps the order.
    orders: std::collections::VecDeque<Order>,
    /// The first so many of them are of no use any more.
    n_stale: usize,
}

struct Thread {
    work: Sender<Work>,
    done: Receiver<Work>,
}

impl Background {
    /// What is being compiled.
    pub(super) fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter()
    }
    /// Is nothing being compiled?
    pub(super) fn is_idle(&self) -> bool {
        self.orders.is_empty()
    }
    /// What is being compiled will be of no use.
    pub(super) fn forget(&mut self) {
        self.n_stale = self.orders.len();
    }
}

impl Jit {
    /// Is a recording for the thread?
    pub(super) fn compiles_elsewhere(&mut self, recorded: &Trace) -> bool {
        let is_possible = self.options.background && self.options.exit_stress == 0;
        let small = self.backend().map_or(0, |backend| backend.quick_up_to());
        // A loop is optimised and generated twice: its first pass and its body.
        let times =
            if recorded.insts.last().is_some_and(|inst| inst.op == IrOp::Loop) { 2 } else { 1 };
        is_possible && times * recorded.insts.len() > small
    }

    /// Have it compiled by the thread, or here if there can be none.
    pub(super) fn send(&mut self, work: Work, order: Order, attention: &Arc<Attention>) {
        if self.background.thread.is_none() {
            self.background.thread = start(Arc::clone(attention)).ok();
        }
        let unsent = match &self.background.thread {
            Some(thread) => thread.work.send(work).err().map(|unsent| unsent.0),
            None => Some(work),
        };
        match unsent {
            None => self.background.orders.push_back(order),
            Some(mut work) => {
                self.options.background = false;
                work.optimise();
                work.compile();
                self.settle(order, work, now());
            }
        }
    }

    /// Install what the thread has done.
    fn install_finished(&mut self) {
        while let Some(work) = self.background.thread.as_ref().and_then(|t| t.done.try_recv().ok())
        {
            let Some(order) = self.background.orders.pop_front() else { return };
            let is_stale = self.background.n_stale > 0;
            self.background.n_stale = self.background.n_stale.saturating_sub(1);
            let began = now();
            match self.backend() {
                Some(backend) if is_stale => {
                    if let Ok(compiled) = backend.end(work.job, order.continues) {
                        backend.free(compiled.id);
                    }
                }
                _ => {
                    self.settle(order, work, began);
                }
            }
        }
    }

    /// In the child of a fork: the thread is not there.
    pub(crate) fn forget_thread(&mut self) {
        // Its ends of the channels may be in any state, so ours are not touched again, not even to drop them.
        let _never = self.background.thread.take().map(std::mem::ManuallyDrop::new);
        self.background.orders.clear();
        self.background.n_stale = 0;
    }
}

/// Part of [`Vm::poll`].
pub(super) fn install_finished(vm: &mut Vm) -> R<()> {
    if let Some(jit) = vm.jit.as_mut() {
        jit.install_finished();
    }
    Ok(())
}

fn start(attention: Arc<Attention>) -> std::io::Result<Thread> {
    let (work, to_do) = channel::<Work>();
    let (finished, done) = channel();
    haft_host::thread::spawn_quiet(STACK_BYTES, move || {
        for mut work in to_do {
            work.optimise();
            work.compile();
            if finished.send(work).is_err() {
                return;
            }
            attention.store(true, std::sync::atomic::Ordering::Release);
        }
    })?;
    Ok(Thread { work, done })
}
