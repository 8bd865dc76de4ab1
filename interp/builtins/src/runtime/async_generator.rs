//! `async_generator` and the awaitables of its methods (PEP 525).
//!
//! What an asynchronous generator *yields* is wrapped, so that it can be told from what it *awaits*: an awaited value
//! goes up to the event loop, a yielded one is the result of the awaitable.
use std::any::Any;
use std::cell::Cell;

use haft_core::interp::asend::{
    Asend, CLOSED, HOOKS_CALLED, NEW, OVER, RUNNING, STARTED, end, has, set, start, unset, unwrap,
};
use haft_core::interp::{AsyncYield, generator_send, generator_throw};
use haft_core::object::{Generator, GeneratorState, PayloadRef, Slots, Type};
use haft_core::vm::{Extension, Raised, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, getsets, natives, payload};

use super::generator::{self, REFUSALS, exception_to_throw, or_stop_iteration};

payload! {
    /// `agen.athrow(exception)`; without exception: `agen.aclose()`
    struct Athrow {
        generator: PayloadRef<Generator>,
        thrown: Cell<Value>,
        state: Cell<u8>,
    }
}

/// Classes of the awaitables, and the hooks of `sys.set_asyncgen_hooks`.
#[derive(Debug)]
struct State {
    asend: Type,
    athrow: Type,
    first_iteration: Cell<Value>,
    finalizer: Cell<Value>,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.asend.obj());
        tracer.obj(self.athrow.obj());
        tracer.value(self.first_iteration.get());
        tracer.value(self.finalizer.get());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.async_generator, "", set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.async_generator);
    let asend = vm.new_builtin_type(&TypeSpec {
        slots: |s| awaitable_slots(s, asend_send),
        methods: ASEND_METHODS,
        ..TypeSpec::of::<Asend>("async_generator_asend")
    });
    let athrow = vm.new_builtin_type(&TypeSpec {
        slots: |s| awaitable_slots(s, athrow_send),
        methods: ATHROW_METHODS,
        ..TypeSpec::of::<Athrow>("async_generator_athrow")
    });
    vm.set_extension(State {
        asend,
        athrow,
        first_iteration: Cell::new(Value::NONE),
        finalizer: Cell::new(Value::NONE),
    });
}

fn set_slots(slots: &Slots) {
    slots.aiter.set(Some(|_, this| Ok(this)));
    slots.anext.set(Some(|vm, this| new_asend(vm, this, Value::NONE)));
    slots.repr.set(Some(generator::repr));
}

fn awaitable_slots(slots: &Slots, send: fn(&mut Vm, Value, Value) -> R) {
    slots.iter.set(Some(|_, this| Ok(this)));
    slots.r#await.set(Some(|_, this| Ok(this)));
    slots.send.set(Some(send));
    slots.next.set(Some(|vm, this| {
        let send = vm.type_of(this).slots.send.get();
        match send {
            Some(send) => send(vm, this, Value::NONE),
            None => Err(vm.type_error("not an awaitable of an asynchronous generator")),
        }
    }));
}

natives! {
    static METHODS = {
        /// asend(v) -> send 'v' in generator.
        asend "($self, value, /)" => |vm, args| new_asend(vm, args[0], args[1]);
        /// athrow(value)
        /// athrow(type[,value[,tb]])
        ///
        /// raise exception in generator.
        /// the (type, val, tb) signature is deprecated,
        /// and may be removed in a future version of Python.
        athrow "($self, value, typ=<absent>, tb=<absent>, /)" => athrow;
        /// aclose() -> raise GeneratorExit inside generator.
        aclose "($self, /)" => |vm, args| new_athrow(vm, args[0], Value::ABSENT);
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => generator::class_getitem;
    }
    static ASEND_METHODS = {
        send "($self, value, /)" => |vm, args| { let result = asend_send(vm, args[0], args[1]); or_stop_iteration(vm, result) };
        throw "($self, value, typ=<absent>, tb=<absent>, /)" => |vm, args| { let result = asend_throw(vm, args); or_stop_iteration(vm, result) };
        close "($self, /)" => asend_close;
    }
    static ATHROW_METHODS = {
        send "($self, value, /)" => |vm, args| { let result = athrow_send(vm, args[0], args[1]); or_stop_iteration(vm, result) };
        throw "($self, value, typ=<absent>, tb=<absent>, /)" => |vm, args| { let result = athrow_throw(vm, args); or_stop_iteration(vm, result) };
        close "($self, /)" => athrow_close;
    }
}

getsets! {
    static GETSETS = {
        /// name of the async generator
        __name__ => generator::name, generator::set_name;
        /// qualified name of the async generator
        __qualname__ => generator::qualname, generator::set_qualname;
        /// object being awaited on, or None
        ag_await => generator::delegate;
        ag_running => |vm, this| Ok(Value::bool(has(generator::this(vm, this)?, RUNNING)));
        ag_suspended => generator::is_suspended;
        ag_frame => generator::frame;
        ag_code => generator::code;
    }
}

// ---- hooks

/// The hooks of `sys.get_asyncgen_hooks()`: (firstiter, finalizer).
pub(super) fn hooks(vm: &Vm) -> (Value, Value) {
    vm.extension::<State>()
        .map_or((Value::NONE, Value::NONE), |s| (s.first_iteration.get(), s.finalizer.get()))
}

/// `sys.set_asyncgen_hooks`; ABSENT leaves a hook as it is.
pub(super) fn set_hooks(vm: &Vm, first_iteration: Value, finalizer: Value) {
    let Some(state) = vm.extension::<State>() else { return };
    if !first_iteration.is_absent() {
        state.first_iteration.set(first_iteration);
    }
    if !finalizer.is_absent() {
        state.finalizer.set(finalizer);
    }
}

/// Before its first iteration an asynchronous generator takes over the finalizer hook and tells the other one.
fn call_hooks(vm: &mut Vm, generator: PayloadRef<Generator>) -> R<()> {
    if has(generator, HOOKS_CALLED) {
        return Ok(());
    }
    set(generator, HOOKS_CALLED);
    let (first_iteration, finalizer) = hooks(vm);
    if !finalizer.is_none() {
        vm.heap.barrier(generator.obj());
        generator.finalizer.set(finalizer);
        vm.heap.add_finalizer(generator.obj());
    }
    if !first_iteration.is_none() {
        vm.call_positional(first_iteration, &[generator.value()])?;
    }
    Ok(())
}

/// An asynchronous generator is dying: its finalizer hook, if it has one that must be called.
pub(super) fn finalizer_hook(generator: PayloadRef<Generator>) -> Option<Value> {
    let hook = generator.finalizer.get();
    (!hook.is_absent() && !has(generator, CLOSED)).then_some(hook)
}

// ---- asend

fn new_asend(vm: &mut Vm, this: Value, value: Value) -> R {
    let generator = generator::this(vm, this)?;
    call_hooks(vm, generator)?;
    let class = vm.extension::<State>().map_or(vm.t.object, |s| s.asend);
    Ok(vm.new_payload(
        class,
        Asend { generator, value, state: Cell::new(NEW), is_seen: Cell::new(true) },
    ))
}

fn this_asend(vm: &mut Vm, value: Value) -> R<PayloadRef<Asend>> {
    vm.this(value, "send", "async_generator_asend")
}

fn asend_send(vm: &mut Vm, this: Value, sent: Value) -> R {
    let asend = this_asend(vm, this)?;
    let first = start(vm, asend)?;
    let sent = if first && sent.is_none() { asend.value } else { sent };
    let result = generator_send(vm, asend.generator, sent);
    end(vm, asend, result)
}

fn asend_throw(vm: &mut Vm, args: &[Value]) -> R {
    let asend = this_asend(vm, args[0])?;
    start(vm, asend)?;
    let exception = exception_to_throw(vm, &args[1..4], &REFUSALS)?;
    let result = generator_throw(vm, asend.generator, exception);
    end(vm, asend, result)
}

fn asend_close(vm: &mut Vm, args: &[Value]) -> R {
    let asend = this_asend(vm, args[0])?;
    if asend.state.get() == OVER {
        return Ok(Value::NONE);
    }
    let exit = vm.exc.generator_exit.value();
    let result = asend_throw(vm, &[args[0], exit, Value::ABSENT, Value::ABSENT]);
    closed(vm, result)
}

/// The result of throwing GeneratorExit into an awaitable, as its `close` has it.
fn closed(vm: &mut Vm, result: R) -> R {
    match result {
        Ok(value) if value.is_absent() => Ok(Value::NONE),
        Ok(_) => Err(vm.runtime_error("coroutine ignored GeneratorExit")),
        Err(raised) => {
            let ends = [vm.exc.stop_iteration, vm.exc.stop_async_iteration, vm.exc.generator_exit];
            if ends.into_iter().any(|class| vm.raised_is(class)) {
                vm.take_raised(raised);
                return Ok(Value::NONE);
            }
            Err(raised)
        }
    }
}

// ---- athrow and aclose

fn athrow(vm: &mut Vm, args: &[Value]) -> R {
    if !args[2].is_absent() {
        let text = "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead.";
        crate::error::warn(vm, vm.exc.deprecation_warning, text, 1)?;
    }
    let thrown = vm.tuple(&args[1..]);
    new_athrow(vm, args[0], thrown)
}

/// `thrown`: the arguments of `athrow`; ABSENT for `aclose`.
fn new_athrow(vm: &mut Vm, this: Value, thrown: Value) -> R {
    let generator = generator::this(vm, this)?;
    call_hooks(vm, generator)?;
    let class = vm.extension::<State>().map_or(vm.t.object, |s| s.athrow);
    Ok(vm
        .new_payload(class, Athrow { generator, thrown: Cell::new(thrown), state: Cell::new(NEW) }))
}

fn this_athrow(vm: &mut Vm, value: Value) -> R<PayloadRef<Athrow>> {
    vm.this(value, "send", "async_generator_athrow")
}

fn athrow_send(vm: &mut Vm, this: Value, sent: Value) -> R {
    let athrow = this_athrow(vm, this)?;
    let generator = athrow.generator;
    if athrow.state.get() == OVER {
        return Err(vm.runtime_error("cannot reuse already awaited aclose()/athrow()"));
    }
    if generator.state.get() == GeneratorState::Closed {
        athrow.state.set(OVER);
        vm.stack.stop_value = Value::NONE;
        return Ok(Value::ABSENT);
    }
    let result = if athrow.state.get() == NEW {
        start_athrow(vm, athrow, sent)?;
        let exception = thrown_exception(vm, athrow)?;
        generator_throw(vm, generator, exception)
    } else {
        generator_send(vm, generator, sent)
    };
    end_athrow(vm, athrow, result)
}

fn start_athrow(vm: &mut Vm, athrow: PayloadRef<Athrow>, sent: Value) -> R<()> {
    let generator = athrow.generator;
    let closes = athrow.thrown.get().is_absent();
    if has(generator, RUNNING) {
        athrow.state.set(OVER);
        let what = if closes { "aclose" } else { "athrow" };
        return Err(
            vm.runtime_error(format!("{what}(): asynchronous generator is already running"))
        );
    }
    if has(generator, CLOSED) {
        athrow.state.set(OVER);
        return Err(vm.raise_with(vm.exc.stop_async_iteration, &[]));
    }
    if !sent.is_none() {
        return Err(vm.runtime_error("can't send non-None value to a just-started coroutine"));
    }
    athrow.state.set(STARTED);
    set(generator, RUNNING);
    if closes {
        set(generator, CLOSED);
    }
    Ok(())
}

fn thrown_exception(vm: &mut Vm, athrow: PayloadRef<Athrow>) -> R {
    let thrown = athrow.thrown.get();
    if thrown.is_absent() {
        return vm.call_positional(vm.exc.generator_exit.value(), &[]);
    }
    match vm.as_tuple(thrown).map(|thrown| thrown.items()) {
        Some(&[kind, value, traceback]) => {
            // The warning was given when the awaitable was made.
            let value = if value.is_absent() || value.is_none() { Value::ABSENT } else { value };
            exception_to_throw(vm, &[kind, value, traceback], &REFUSALS)
        }
        _ => Err(vm.type_error("athrow() takes 1 to 3 arguments")),
    }
}

/// What came out of the generator. Nothing may be yielded while it closes.
fn end_athrow(vm: &mut Vm, athrow: PayloadRef<Athrow>, result: R) -> R {
    let generator = athrow.generator;
    if !athrow.thrown.get().is_absent() {
        let result = unwrap(vm, generator, result);
        if result.is_err() || result.is_ok_and(Value::is_absent) {
            athrow.state.set(OVER);
        }
        return result;
    }
    match result {
        Ok(value) if value.is_absent() => {}
        Ok(value) if PayloadRef::<AsyncYield>::of_value(value).is_some() => {
            unset(generator, RUNNING);
            athrow.state.set(OVER);
            return Err(vm.runtime_error("async generator ignored GeneratorExit"));
        }
        Ok(value) => return Ok(value),
        Err(raised) => {
            unset(generator, RUNNING);
            athrow.state.set(OVER);
            if !vm.raised_is(vm.exc.stop_async_iteration) && !vm.raised_is(vm.exc.generator_exit) {
                return Err(raised);
            }
            vm.take_raised(raised);
        }
    }
    unset(generator, RUNNING);
    athrow.state.set(OVER);
    vm.stack.stop_value = Value::NONE;
    Ok(Value::ABSENT)
}

fn athrow_throw(vm: &mut Vm, args: &[Value]) -> R {
    let athrow = this_athrow(vm, args[0])?;
    if athrow.state.get() == OVER {
        return Err(vm.runtime_error("cannot reuse already awaited aclose()/athrow()"));
    }
    if athrow.state.get() == NEW {
        if has(athrow.generator, RUNNING) {
            athrow.state.set(OVER);
            return Err(already_running(vm, athrow));
        }
        athrow.state.set(STARTED);
        set(athrow.generator, RUNNING);
    }
    let exception = exception_to_throw(vm, &args[1..4], &REFUSALS)?;
    let result = generator_throw(vm, athrow.generator, exception);
    end_athrow(vm, athrow, result)
}

fn already_running(vm: &mut Vm, athrow: PayloadRef<Athrow>) -> Raised {
    let what = if athrow.thrown.get().is_absent() { "aclose" } else { "athrow" };
    vm.runtime_error(format!("{what}(): asynchronous generator is already running"))
}

fn athrow_close(vm: &mut Vm, args: &[Value]) -> R {
    let athrow = this_athrow(vm, args[0])?;
    if athrow.state.get() == OVER {
        return Ok(Value::NONE);
    }
    let exit = vm.exc.generator_exit.value();
    let result = athrow_throw(vm, &[args[0], exit, Value::ABSENT, Value::ABSENT]);
    closed(vm, result)
}
