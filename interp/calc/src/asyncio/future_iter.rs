//! What `await future` runs: gives the future itself while it is not done, then its result.
use std::cell::Cell;

use haft_builtins::runtime::generator::{Refusals, exception_to_throw};
use haft_core::object::{PayloadRef, Slots};
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

const REFUSALS: Refusals = Refusals {
    traceback: "throw() third argument must be a traceback",
    exception: "exceptions must be classes deriving BaseException or instances of such a class",
    tells_class: false,
};

fn throw(vm: &mut Vm, args: &[Value]) -> R {
    let iter = this(vm, args[0])?;
    let exception = exception_to_throw(vm, &args[1..4], &REFUSALS)?;
    iter.future.set(Value::ABSENT);
    Err(vm.raise_again(exception))
}
