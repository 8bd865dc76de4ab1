//! Safe points: finalizers, callbacks of weak references, and the end of the program.
//!
//! The collector only queues what died. The queues are emptied here, between two instructions, where Python code may
//! run: weak reference callbacks first, then `__del__` methods and the closing of suspended generators.
use std::any::Any;
use std::cell::Cell;

use haft_core::interp::generator_close;
use haft_core::object::{Generator, GeneratorState, PayloadRef};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm};

use super::weakref::Reference;
use super::{async_generator, streams};
use crate::error::report::print_exception;
use crate::error::warn;

#[derive(Debug, Default)]
struct State {
    /// The queues are being emptied: what dies meanwhile waits.
    draining: Cell<bool>,
    /// The program is over.
    finalizing: Cell<bool>,
}

impl Extension for State {
    fn trace(&self, _: &mut Tracer<'_>) {}
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    vm.set_extension(State::default());
    vm.on_attention.push(drain);
}

/// `sys.is_finalizing()`
pub fn is_finalizing(vm: &Vm) -> bool {
    vm.extension::<State>().is_some_and(|state| state.finalizing.get())
}

fn set_draining(vm: &Vm, on: bool) -> bool {
    vm.extension::<State>().is_some_and(|state| state.draining.replace(on))
}

/// Run the callbacks and finalizers that are due. Their exceptions are reported, not raised.
pub fn drain(vm: &mut Vm) -> R<()> {
    if !vm.heap.has_pending() || set_draining(vm, true) {
        return Ok(());
    }
    let (handled, stop_value, sent) = (vm.stack.handled, vm.stack.stop_value, vm.stack.sent);
    loop {
        if let Some(id) = vm.heap.take_cleared_weak() {
            if let Some(owner) = vm.heap.weak_owner(id) {
                call_weak_callback(vm, Value::from(owner));
            }
        } else if let Some(object) = vm.heap.take_pending() {
            finalize(vm, Value::from(object));
        } else {
            break;
        }
    }
    (vm.stack.handled, vm.stack.stop_value, vm.stack.sent) = (handled, stop_value, sent);
    set_draining(vm, false);
    Ok(())
}

fn call_weak_callback(vm: &mut Vm, value: Value) {
    let Some(reference) = PayloadRef::<Reference>::of_value(value) else { return };
    let callback = reference.callback.replace(Value::ABSENT);
    if callback.is_absent() {
        return;
    }
    if let Err(raised) = vm.call_positional(callback, &[value]) {
        let error = vm.take_raised(raised);
        let shown = shown(vm, callback);
        report_ignored(
            vm,
            error,
            &format!("Exception ignored while calling weakref callback {shown}"),
            Value::NONE,
        );
    }
}

/// What messages about ignored exceptions call an object.
fn shown(vm: &mut Vm, value: Value) -> String {
    vm.repr_text(value).unwrap_or_else(|raised| {
        vm.take_raised(raised);
        "<object repr() failed>".to_owned()
    })
}

/// Run the finalizer of an object.
fn finalize(vm: &mut Vm, object: Value) {
    if let Some(generator) = PayloadRef::<Generator>::of_value(object) {
        finalize_generator(vm, generator);
        return;
    }
    let Some(del) = vm.type_of(object).slots.del.get() else { return };
    if let Err(raised) = del(vm, object) {
        let error = vm.take_raised(raised);
        let method = vm.lookup_in_type(vm.type_of(object), vm.names.__del__);
        let shown = method.map_or_else(String::new, |method| shown(vm, method));
        report_ignored(
            vm,
            error,
            &format!("Exception ignored while calling deallocator {shown}"),
            Value::NONE,
        );
    }
}

/// A suspended generator closes; a coroutine that nobody awaited is a mistake to be told of.
fn finalize_generator(vm: &mut Vm, generator: PayloadRef<Generator>) {
    let result = match generator.state.get() {
        GeneratorState::Closed | GeneratorState::Running => return,
        GeneratorState::Created if vm.type_of(generator.value()) == vm.t.coroutine => {
            generator.state.set(GeneratorState::Closed);
            let name = vm.shown(generator.qualname.get());
            warn(vm, vm.exc.runtime_warning, &format!("coroutine '{name}' was never awaited"), 1)
                .map(|()| Value::NONE)
        }
        _ => match async_generator::finalizer_hook(generator) {
            Some(hook) => vm.call_positional(hook, &[generator.value()]),
            None => generator_close(vm, generator),
        },
    };
    if let Err(raised) = result {
        let error = vm.take_raised(raised);
        let shown = shown(vm, generator.value());
        report_ignored(
            vm,
            error,
            &format!("Exception ignored while closing generator {shown}"),
            Value::NONE,
        );
    }
}

/// Report an exception that cannot be raised, through `sys.unraisablehook`. `object` may be None.
pub fn report_ignored(vm: &mut Vm, error: Value, message: &str, object: Value) {
    let hook = vm.dict_get_str(vm.sys, "unraisablehook");
    let original = vm.dict_get_str(vm.sys, "__unraisablehook__");
    let Some(hook) = hook.filter(|&hook| Some(hook) != original && !hook.is_none()) else {
        print_ignored(vm, error, message, object);
        return;
    };
    let traceback = vm.traceback_of(error);
    let message_value = vm.str(message);
    let arguments = super::sys::unraisable_arguments(vm, error, traceback, message_value, object);
    if let Err(raised) = vm.call_positional(hook, &[arguments]) {
        let second = vm.take_raised(raised);
        print_ignored(vm, second, "Exception ignored in sys.unraisablehook", hook);
    }
}

/// Print an exception that was ignored, as the default `sys.unraisablehook` does.
pub fn print_ignored(vm: &mut Vm, error: Value, message: &str, object: Value) {
    let heading = if object.is_none() || object.is_absent() {
        format!("{message}:\n")
    } else {
        let shown = shown(vm, object);
        format!("{message}: {shown}\n")
    };
    streams::write_error(vm, heading.as_bytes());
    print_exception(vm, error);
}

/// The end of the program: threads, exit functions, finalizers, streams. False if output could not be written.
pub fn finish_program(vm: &mut Vm) -> bool {
    run_hook(vm, "threading", "_shutdown", "Exception ignored on threading shutdown");
    run_hook(vm, "atexit", "_run_exitfuncs", "Exception ignored in atexit callback");
    let written = streams::flush_all(vm);
    if let Some(state) = vm.extension::<State>() {
        state.finalizing.set(true);
    }
    if let Err(raised) = drain(vm) {
        vm.take_raised(raised);
    }
    for _ in 0..vm.heap.queue_all_finalizers() {
        let Some(object) = vm.heap.take_pending() else { break };
        finalize(vm, Value::from(object));
    }
    streams::flush_all(vm) && written
}

/// Call a function of a module, if the module was imported.
fn run_hook(vm: &mut Vm, module: &str, function: &str, message: &str) {
    let Some(found) = vm.dict_get_str(vm.modules, module).filter(|found| !found.is_none()) else {
        return;
    };
    if let Err(raised) = vm.call_method_str(found, function, &[]) {
        let error = vm.take_raised(raised);
        report_ignored(vm, error, message, found);
    }
}
