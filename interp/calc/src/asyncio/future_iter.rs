//! What `await future` runs: gives the future itself while it is not done, then its result.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Slots, Traceback, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, natives, payload};

use super::future::{self, Stage};
use super::state;

payload! {
    /// The iterator; the future is ABSENT when it is over.
    struct FutureIter {
        future: Cell<Value>,
    }
}

natives! {
    static METHODS = {
        send "($self, value, /)" => |vm, args| { let result = send(vm, args[0]); or_stop(vm, result) };
        throw "($self, typ, val=<absent>, tb=<absent>, /)" => throw;
        close "($self, /)" => |vm, args| {
            this(vm, args[0])?.future.set(Value::ABSENT);
            Ok(Value::NONE)
        };
    }
}

pub(super) fn spec() -> TypeSpec {
    TypeSpec {
        slots: set_slots,
        methods: METHODS,
        ..TypeSpec::of::<FutureIter>("_asyncio.FutureIter")
    }
}

fn set_slots(s: &Slots) {
    s.iter.set(Some(|_, this| Ok(this)));
    s.next.set(Some(send));
    s.send.set(Some(|vm, this, _| send(vm, this)));
}

/// `future.__await__()`, `iter(future)`
pub(super) fn make(vm: &mut Vm, future: Value) -> R {
    future::alive(vm, future)?;
    let class = state(vm).future_iter;
    Ok(vm.new_payload(class, FutureIter { future: Cell::new(future) }))
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<FutureIter>> {
    vm.this(value, "send", "_asyncio.FutureIter")
}

/// As the slot has it: ABSENT at the end, with the result in `stop_value`.
fn send(vm: &mut Vm, value: Value) -> R {
    let iter = this(vm, value)?;
    let waited = iter.future.get();
    let Some(future) = future::core(waited) else {
        vm.stack.stop_value = Value::NONE;
        return Ok(Value::ABSENT);
    };
    if future.stage.get() == Stage::Pending {
        if !future.is_blocking.replace(true) {
            return Ok(waited);
        }
        return Err(vm.runtime_error("await wasn't used with future"));
    }
    iter.future.set(Value::ABSENT);
    vm.stack.stop_value = future::result(vm, waited)?;
    Ok(Value::ABSENT)
}

fn or_stop(vm: &mut Vm, result: R) -> R {
    let value = result?;
    if !value.is_absent() {
        return Ok(value);
    }
    let result = vm.stack.stop_value;
    Err(vm.stop_iteration(result))
}

fn throw(vm: &mut Vm, args: &[Value]) -> R {
    let iter = this(vm, args[0])?;
    let (kind, value, traceback) = (args[1], args[2], args[3]);
    if !value.is_absent() {
        let text = "the (type, exc, tb) signature of throw() is deprecated, \
                    use the single-arg signature instead.";
        crate::support::warn(vm, vm.exc.deprecation_warning, text)?;
    }
    let given = |value: Value| !value.is_absent() && !value.is_none();
    if given(traceback) && PayloadRef::<Traceback>::of_value(traceback).is_none() {
        return Err(vm.type_error("throw() third argument must be a traceback"));
    }
    let exception = if vm.as_type(kind).is_some_and(|class| class.has(TypeFlags::EXCEPTION)) {
        if given(value) && vm.is_exception(value) && vm.exception_matches(value, kind) {
            value
        } else if given(value) {
            let args = vm.as_tuple(value).unwrap_or_else(|| vm.prepend(value, &[]));
            vm.call_positional(kind, args.items())?
        } else {
            vm.exception_of(kind)?
        }
    } else if vm.is_exception(kind) {
        if given(value) {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        kind
    } else {
        return Err(vm.type_error(
            "exceptions must be classes deriving BaseException or instances of such a class",
        ));
    };
    if given(traceback)
        && let Some(error) = PayloadRef::<haft_core::object::Exception>::of_value(exception)
    {
        error.traceback.set(traceback);
    }
    iter.future.set(Value::ABSENT);
    Err(vm.raise_again(exception))
}
