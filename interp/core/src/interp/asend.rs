//! `agen.asend(value)` and `agen.__anext__()`: one step of an asynchronous generator.
//!
//! What `await` delegates to is an object, but a coroutine that delegates to it goes into the generator at once: the
//! generator's frame is pushed as if the coroutine delegated to that, marked with [`FrameFlags::ASEND`]. A value that it
//! yields is the result, and its end is a StopAsyncIteration; what it awaits suspends both, as ever, and then the coroutine
//! stands at the object. As long as it does not, no program has seen the object of an `async for`, and the next step uses it again.
use std::cell::Cell;

use haft_bytecode::Insn;
use haft_heap::Value;

use super::direct::Direct;
use super::generator::{self, AsyncYield};
use super::machine::Machine;
use super::run::Flow;
use crate::object::{Generator, PayloadRef};
use crate::payload;
use crate::vm::{FrameFlags, R, Raised, Vm};

/// Bit of `Generator::async_flags`: the hooks of `sys.set_asyncgen_hooks` were told.
pub const HOOKS_CALLED: u8 = 1;
/// A step of it is under way.
pub const RUNNING: u8 = 2;
/// It is over, or was told to end.
pub const CLOSED: u8 = 4;

/// Where an awaitable stands: nobody has awaited it.
pub const NEW: u8 = 0;
/// Its step is under way.
pub const STARTED: u8 = 1;
/// It has been awaited.
pub const OVER: u8 = 2;

payload! {
    /// `agen.asend(value)`, `agen.__anext__()`
    pub struct Asend {
        /// Whose step it is.
        pub generator: PayloadRef<Generator>,
        /// What is sent.
        pub value: Value,
        /// Where it stands.
        pub state: Cell<u8>,
        /// A program may have seen it. Other ones are used again for the next step.
        pub is_seen: Cell<bool>,
    }
}

/// Is this bit set?
pub fn has(generator: PayloadRef<Generator>, flag: u8) -> bool {
    generator.async_flags.get() & flag != 0
}

/// Set a bit.
pub fn set(generator: PayloadRef<Generator>, flag: u8) {
    generator.async_flags.set(generator.async_flags.get() | flag);
}

/// Clear a bit.
pub fn unset(generator: PayloadRef<Generator>, flag: u8) {
    generator.async_flags.set(generator.async_flags.get() & !flag);
}

/// Check that it can go on, and start it; is it new?
pub fn start(vm: &mut Vm, asend: PayloadRef<Asend>) -> R<bool> {
    match asend.state.get() {
        OVER => Err(vm.runtime_error("cannot reuse already awaited __anext__()/asend()")),
        NEW if has(asend.generator, RUNNING) => {
            asend.state.set(OVER);
            Err(vm.runtime_error("anext(): asynchronous generator is already running"))
        }
        state => {
            asend.state.set(STARTED);
            set(asend.generator, RUNNING);
            Ok(state == NEW)
        }
    }
}

/// What came out of the generator: an awaited value as it is, a yielded one as the end with that result.
pub fn unwrap(vm: &mut Vm, generator: PayloadRef<Generator>, result: R) -> R {
    match result {
        Ok(value) if value.is_absent() => {
            let raised = vm.raise_with(vm.exc.stop_async_iteration, &[]);
            set(generator, CLOSED);
            unset(generator, RUNNING);
            Err(raised)
        }
        Ok(value) => match PayloadRef::<AsyncYield>::of_value(value) {
            Some(yielded) => {
                unset(generator, RUNNING);
                vm.stack.stop_value = yielded.value;
                Ok(Value::ABSENT)
            }
            None => Ok(value),
        },
        Err(raised) => {
            note_exception(vm, generator);
            Err(raised)
        }
    }
}

/// An exception is on its way out of the generator.
fn note_exception(vm: &mut Vm, generator: PayloadRef<Generator>) {
    if vm.raised_is(vm.exc.stop_async_iteration) || vm.raised_is(vm.exc.generator_exit) {
        set(generator, CLOSED);
    }
    unset(generator, RUNNING);
}

/// [`unwrap`], and it is over if the step is.
pub fn end(vm: &mut Vm, asend: PayloadRef<Asend>, result: R) -> R {
    let result = unwrap(vm, asend.generator, result);
    if result.is_err() || result.is_ok_and(Value::is_absent) {
        asend.state.set(OVER);
    }
    result
}

/// `r[a] = yield from r[b]` of one: go into its generator.
pub(super) fn delegate(
    m: &mut Direct<'_>,
    i: Insn,
    asend: PayloadRef<Asend>,
    sent: Value,
) -> R<Flow> {
    let is_new = start(m.vm, asend)?;
    let sent = if is_new && sent.is_none() { asend.value } else { sent };
    let how = (i.a(), FrameFlags::YIELD_FROM.with(FrameFlags::ASEND));
    let entered = generator::enter(m, asend.generator, sent, how);
    match entered {
        Ok(true) => Ok(Flow::Next),
        Ok(false) => Err(ended(m.vm, asend)),
        Err(raised) => {
            note_exception(m.vm, asend.generator);
            asend.state.set(OVER);
            Err(raised)
        }
    }
}

/// The generator has returned: the StopAsyncIteration of that.
fn ended(vm: &mut Vm, asend: PayloadRef<Asend>) -> Raised {
    asend.state.set(OVER);
    set(asend.generator, CLOSED);
    unset(asend.generator, RUNNING);
    vm.raise_with(vm.exc.stop_async_iteration, &[])
}

/// The same for the one at which the running instruction `i` stands.
pub(super) fn ended_at(m: &mut Direct<'_>, i: Insn) -> Raised {
    let awaited = m.reg(i.b());
    match PayloadRef::<Asend>::of_value(awaited) {
        Some(asend) => ended(m.vm, asend),
        None => m.vm.system_error("an asynchronous generator without its awaitable"),
    }
}

/// The awaitable of the next step of `value`, for an `async for`, if there is one to be used again.
pub(super) fn again(value: Value) -> Option<Value> {
    let generator = PayloadRef::<Generator>::of_value(value)?;
    let asend = PayloadRef::<Asend>::of_value(generator.step.replace(Value::ABSENT))?;
    asend.state.set(NEW);
    Some(asend.value())
}

/// The generator is suspended at the step where the running instruction `i` stands, by what it yields (`is_result`) or by
/// something that it awaits. Is the step over?
pub(super) fn suspended_at(m: &mut Direct<'_>, i: Insn, is_result: bool) -> bool {
    let Some(asend) = PayloadRef::<Asend>::of_value(m.reg(i.b())) else { return is_result };
    if !is_result {
        asend.is_seen.set(true);
        return false;
    }
    asend.state.set(OVER);
    unset(asend.generator, RUNNING);
    if !asend.is_seen.get() {
        m.vm.heap.tell(asend.value());
        asend.generator.step.set(asend.value());
    }
    true
}

/// `r[a]` = what an asynchronous generator yields, `r[b]`, told from what it awaits; the next instruction yields it.
pub(super) fn wrap(m: &mut Direct<'_>, i: Insn) {
    let value = m.reg(i.b());
    let frame = m.vm.stack.frames.last_mut().expect("the interpreter runs with a frame");
    let wrapped = if frame.flags.has(FrameFlags::ASEND) {
        frame.flags = frame.flags.with(FrameFlags::RESULT);
        value
    } else {
        m.vm.new_payload(m.vm.t.object, AsyncYield { value })
    };
    m.set(i.a(), wrapped);
}

/// An exception leaves the generator of the step `awaited`.
pub(super) fn left_by_exception(vm: &mut Vm, awaited: Value) {
    if let Some(asend) = PayloadRef::<Asend>::of_value(awaited) {
        note_exception(vm, asend.generator);
        asend.state.set(OVER);
    }
}
