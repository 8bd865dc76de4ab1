//! Signals at safe points, as far as they concern programs without the module `signal`: Ctrl-C.
use std::any::Any;
use std::cell::Cell;

use haft_core::vm::Extension;
use haft_core::{R, Tracer, Vm};
use haft_host::constants::SIGINT;

/// Runs what Python wants done for the signals that have arrived.
pub type Runner = fn(&mut Vm) -> R<()>;

#[derive(Debug)]
struct State(Cell<Runner>);

impl Extension for State {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    vm.set_extension(State(Cell::new(default_handlers)));
    vm.on_attention.push(run_handlers);
}

/// Have another function run the handlers: that of the module `signal`.
pub fn set_runner(vm: &Vm, runner: Runner) {
    if let Some(state) = vm.extension::<State>() {
        state.0.set(runner);
    }
}

/// Run the handlers of the signals that have arrived.
pub fn run_handlers(vm: &mut Vm) -> R<()> {
    if !haft_host::signal::any_pending() {
        return Ok(());
    }
    let runner = vm.extension::<State>().map_or(default_handlers as Runner, |state| state.0.get());
    runner(vm)
}

/// SIGINT is KeyboardInterrupt; no other signal is recorded.
fn default_handlers(vm: &mut Vm) -> R<()> {
    let mut interrupted = false;
    while let Some(signal) = haft_host::signal::take_pending() {
        interrupted |= signal == SIGINT;
    }
    if interrupted { Err(vm.raise_with(vm.exc.keyboard_interrupt, &[])) } else { Ok(()) }
}
