//! The steps of a task: its coroutine runs to the next thing that it waits for, or to its end.
use haft_core::interp::{generator_send, generator_throw, stop_as_absent};
use haft_core::object::{Generator, PayloadRef, Type};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, getsets, natives, payload};

use super::future::{self, Outcome, Stage};
use super::task::{Task, this};
use super::task_methods::cancel_awaited;
use super::{awaited, cancelled_error, invalid_state, is_exact, running, state};

payload! {
    /// A step that is due, with the exception that it raises in the coroutine, or ABSENT.
    struct Step {
        task: PayloadRef<Task>,
        exception: Value,
    }
}

natives! {
    static WAKEUP = {
        task_wakeup "($self, future, /)" => |vm, args| {
            let task = this(vm, args[0])?;
            wake_up(vm, task, args[1])
        };
    }
}

getsets! {
    static GETSETS = {
        __self__ => |vm, value| Ok(this_step(vm, value)?.task.value());
    }
}

/// The class of the callbacks.
pub(super) fn spec() -> TypeSpec {
    TypeSpec {
        slots: |s| s.call.set(Some(call)),
        getsets: GETSETS,
        ..TypeSpec::of::<Step>("TaskStepMethWrapper")
    }
}

/// The method that futures call when they are done: bound to a task, it is shown as its `task_wakeup`.
pub(super) fn wakeup_method(vm: &mut Vm, class: Type) -> Value {
    let descriptor = vm.t.method_descriptor;
    vm.native_function_of(descriptor, &WAKEUP[0], Value::ABSENT, class.value(), Value::ABSENT)
}

fn this_step(vm: &mut Vm, value: Value) -> R<PayloadRef<Step>> {
    vm.this(value, "__call__", "TaskStepMethWrapper")
}

fn call(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let due = this_step(vm, value)?;
    if !args.names.is_empty() {
        return Err(vm.type_error("function takes no keyword arguments"));
    }
    if !args.vals.is_empty() {
        return Err(vm.type_error("function takes no positional arguments"));
    }
    step(vm, due.task, due.exception)
}

/// Have the loop make the next step.
pub(super) fn call_soon(vm: &mut Vm, task: PayloadRef<Task>) -> R<()> {
    let mut due = task.step.get();
    if due.is_absent() {
        due = new_step(vm, task, Value::ABSENT);
        task.step.set(due);
    }
    super::call_soon(vm, task.core.event_loop.get(), due, Value::ABSENT, task.context.get())
}

fn new_step(vm: &mut Vm, task: PayloadRef<Task>, exception: Value) -> Value {
    let class = state(vm).step;
    vm.new_payload(class, Step { task, exception })
}

/// The same with a RuntimeError for the coroutine.
#[cold]
fn error_soon(vm: &mut Vm, task: PayloadRef<Task>, message: &str) -> R {
    let message = vm.str(message);
    let error = vm.call_positional(vm.exc.runtime_error.value(), &[message])?;
    let due = new_step(vm, task, error);
    let (event_loop, context) = (task.core.event_loop.get(), task.context.get());
    super::call_soon(vm, event_loop, due, Value::ABSENT, context)?;
    Ok(Value::NONE)
}

/// What the task waited for is done.
fn wake_up(vm: &mut Vm, task: PayloadRef<Task>, future: Value) -> R {
    awaited::discard(vm, future, task.value())?;
    let result = if is_exact(vm, future) {
        match future::outcome(vm, future) {
            Ok(Outcome::Exception(exception)) => return step(vm, task, exception),
            Ok(Outcome::Result(_)) => Ok(Value::NONE),
            Err(raised) => Err(raised),
        }
    } else {
        vm.call_method(future, vm.names.result, &[])
    };
    let exception = match result {
        Ok(_) => Value::ABSENT,
        Err(raised) => vm.take_raised(raised),
    };
    step(vm, task, exception)
}

/// One step, as the loop makes it: the task is the current one meanwhile.
fn step(vm: &mut Vm, task: PayloadRef<Task>, exception: Value) -> R {
    let event_loop = task.core.event_loop.get();
    running::enter(vm, event_loop, task.value())?;
    match advance(vm, task, exception) {
        Ok(result) => {
            running::leave(vm, event_loop, task.value())?;
            Ok(result)
        }
        Err(raised) => {
            let error = vm.take_raised(raised);
            if let Err(second) = running::leave(vm, event_loop, task.value()) {
                vm.take_raised(second);
            }
            Err(vm.raise_again(error))
        }
    }
}

/// Run the coroutine on, and do what it asks for.
pub(super) fn advance(vm: &mut Vm, task: PayloadRef<Task>, exception: Value) -> R {
    let (value, core) = (task.value(), &task.get().core);
    if core.stage.get() != Stage::Pending {
        let (task, shown) = (vm.repr_text(value)?, vm.repr_text(exception.or_none())?);
        return Err(invalid_state(vm, &format!("__step(): already done: {task} {shown}")));
    }
    let mut exception = exception;
    if task.must_cancel.get() {
        let class = cancelled_error(vm)?.value();
        if exception.is_absent() || !vm.exception_matches(exception, class) {
            exception = future::make_cancelled_error(vm, core)?;
        }
        task.must_cancel.set(false);
    }
    task.waits_for.set(Value::ABSENT);
    let coroutine = task.coroutine.get();
    if coroutine.is_absent() {
        return Err(vm.runtime_error("uninitialized Task object"));
    }
    let result =
        if exception.is_absent() { send(vm, coroutine) } else { throw(vm, coroutine, exception) };
    match result {
        Ok(asked) if !asked.is_absent() => wait_for(vm, task, asked),
        Ok(_) => {
            let result = vm.stack.stop_value;
            if task.must_cancel.replace(false) {
                future::cancel(vm, value, core.cancel_message.get())?;
            } else {
                future::set_result(vm, value, result)?;
            }
            Ok(Value::NONE)
        }
        Err(raised) => failed(vm, task, raised),
    }
}

/// `coroutine.send(None)`; ABSENT at the end, with the result in `stop_value`.
fn send(vm: &mut Vm, coroutine: Value) -> R {
    if let Some(generator) = PayloadRef::<Generator>::of_value(coroutine) {
        return generator_send(vm, generator, Value::NONE);
    }
    vm.stack.stop_value = Value::NONE;
    let class = vm.type_of(coroutine);
    if let Some(send) = class.slots.send.get() {
        return send(vm, coroutine, Value::NONE);
    }
    if class.slots.next.get().is_some() {
        return vm.next(coroutine);
    }
    let result = vm.call_method(coroutine, vm.names.send, &[Value::NONE]);
    stop_as_absent(vm, result)
}

/// `coroutine.throw(exception)`, likewise.
fn throw(vm: &mut Vm, coroutine: Value, exception: Value) -> R {
    if let Some(generator) = PayloadRef::<Generator>::of_value(coroutine) {
        return generator_throw(vm, generator, exception);
    }
    let result = vm.call_method(coroutine, vm.names.throw, &[exception]);
    stop_as_absent(vm, result)
}

/// The coroutine ended with an exception, which becomes that of the task.
fn failed(vm: &mut Vm, task: PayloadRef<Task>, raised: Raised) -> R {
    let exception = vm.take_raised(raised);
    let class = cancelled_error(vm)?.value();
    if vm.exception_matches(exception, class) {
        task.core.cancelled_error.set(exception);
        future::cancel(vm, task.value(), Value::ABSENT)?;
        return Ok(Value::NONE);
    }
    future::set_exception(vm, task.value(), exception)?;
    let ends_program = [vm.exc.keyboard_interrupt, vm.exc.system_exit];
    if ends_program.iter().any(|class| vm.exception_matches(exception, class.value())) {
        return Err(vm.raise_again(exception));
    }
    Ok(Value::NONE)
}

/// The coroutine gave `asked` to the loop: a future that it waits for, or None to be run again.
fn wait_for(vm: &mut Vm, task: PayloadRef<Task>, asked: Value) -> R {
    if asked.is_none() {
        call_soon(vm, task)?;
        return Ok(Value::NONE);
    }
    if asked == task.value() {
        let task_text = vm.repr_text(asked)?;
        return error_soon(vm, task, &format!("Task cannot await on itself: {task_text}"));
    }
    if is_exact(vm, asked) {
        let future = future::this(vm, asked)?;
        if future.event_loop.get() != task.core.event_loop.get() {
            return of_another_loop(vm, task, asked);
        }
        if !future.is_blocking.replace(false) {
            return yielded(vm, task, asked);
        }
        awaited::add(vm, asked, task.value())?;
        let wakeup = wakeup(vm, task)?;
        future::add_done_callback(vm, asked, wakeup, task.context.get())?;
        return waits_for(vm, task, asked);
    }
    let blocking = match vm.find_attr(asked, vm.names._asyncio_future_blocking)? {
        Some(blocking) if !blocking.is_none() => vm.truth(blocking)?,
        _ => return refuse(vm, task, asked),
    };
    if future::loop_of(vm, asked)? != task.core.event_loop.get() {
        return of_another_loop(vm, task, asked);
    }
    if !blocking {
        return yielded(vm, task, asked);
    }
    awaited::add(vm, asked, task.value())?;
    vm.set_attr(asked, vm.names._asyncio_future_blocking, Value::FALSE)?;
    let wakeup = wakeup(vm, task)?;
    let add = vm.get_attr(asked, vm.names.add_done_callback)?;
    let args = Args { vals: &[wakeup, task.context.get()], names: &[vm.names.context] };
    vm.call(add, &args)?;
    waits_for(vm, task, asked)
}

fn wakeup(vm: &mut Vm, task: PayloadRef<Task>) -> R {
    let known = task.wakeup.get();
    if !known.is_absent() {
        return Ok(known);
    }
    let (method, class) = (state(vm).wakeup, vm.type_of(task.value()));
    let wakeup = vm.bind_descriptor(method, task.value(), class)?;
    task.wakeup.set(wakeup);
    Ok(wakeup)
}

/// The task waits; if it was to be cancelled, what it waits for is.
fn waits_for(vm: &mut Vm, task: PayloadRef<Task>, future: Value) -> R {
    task.waits_for.set(future);
    if task.must_cancel.get() && cancel_awaited(vm, task, task.core.cancel_message.get().or_none())?
    {
        task.must_cancel.set(false);
    }
    Ok(Value::NONE)
}

#[cold]
fn of_another_loop(vm: &mut Vm, task: PayloadRef<Task>, future: Value) -> R {
    let (shown, future) = (vm.repr_text(task.value())?, vm.repr_text(future)?);
    error_soon(vm, task, &format!("Task {shown} got Future {future} attached to a different loop"))
}

#[cold]
fn yielded(vm: &mut Vm, task: PayloadRef<Task>, future: Value) -> R {
    let (shown, future) = (vm.repr_text(task.value())?, vm.repr_text(future)?);
    error_soon(
        vm,
        task,
        &format!("yield was used instead of yield from in task {shown} with {future}"),
    )
}

#[cold]
fn refuse(vm: &mut Vm, task: PayloadRef<Task>, asked: Value) -> R {
    let asked_text = vm.repr_text(asked)?;
    if vm.type_of(asked) != vm.t.generator {
        return error_soon(vm, task, &format!("Task got bad yield: {asked_text}"));
    }
    let shown = vm.repr_text(task.value())?;
    error_soon(
        vm,
        task,
        &format!(
            "yield was used instead of yield from for generator in task {shown} with {asked_text}"
        ),
    )
}
