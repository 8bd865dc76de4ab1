//! What a program asks of a task, and its cancellation.
use haft_core::object::PayloadRef;
use haft_core::{R, Value, Vm, getsets, natives};

use super::call_in;
use super::future::{self, Stage};
use super::task::{Task, name_text, this};

natives! {
    pub(super) static METHODS = {
        /// Request that this task cancel itself.
        ///
        /// This arranges for a CancelledError to be thrown into the
        /// wrapped coroutine on the next cycle through the event loop.
        /// The coroutine then has a chance to clean up or even deny
        /// the request using try/except/finally.
        ///
        /// Unlike Future.cancel, this does not guarantee that the
        /// task will be cancelled: the exception might be caught and
        /// acted upon, delaying cancellation of the task or preventing
        /// cancellation completely.  The task may also return a value or
        /// raise a different exception.
        ///
        /// Immediately after this method is called, Task.cancelled() will
        /// not return True (unless the task was already cancelled).  A
        /// task will be marked as cancelled when the wrapped coroutine
        /// terminates with a CancelledError exception (even if cancel()
        /// was not called).
        ///
        /// This also increases the task's count of cancellation requests.
        cancel "($self, /, msg=None)" => cancel;
        /// Return the count of the task's cancellation requests.
        ///
        /// This count is incremented when .cancel() is called
        /// and may be decremented using .uncancel().
        cancelling "($self, /)" => |vm, args| {
            let n = this(vm, args[0])?.n_cancels.get();
            Ok(vm.int(n))
        };
        /// Decrement the task's count of cancellation requests.
        ///
        /// This should be called by the party that called `cancel()` on the task
        /// beforehand.
        ///
        /// Returns the remaining number of cancellation requests.
        uncancel "($self, /)" => uncancel;
        /// Return the list of stack frames for this task's coroutine.
        ///
        /// If the coroutine is not done, this returns the stack where it is
        /// suspended.  If the coroutine has completed successfully or was
        /// cancelled, this returns an empty list.  If the coroutine was
        /// terminated by an exception, this returns the list of traceback
        /// frames.
        ///
        /// The frames are always ordered from oldest to newest.
        ///
        /// The optional limit gives the maximum number of frames to
        /// return; by default all available frames are returned.  Its
        /// meaning differs depending on whether a stack or a traceback is
        /// returned: the newest frames of a stack are returned, but the
        /// oldest frames of a traceback are returned.  (This matches the
        /// behavior of the traceback module.)
        ///
        /// For reasons beyond our control, only one stack frame is
        /// returned for a suspended coroutine.
        get_stack "($self, /, *, limit=None)" => |vm, args| {
            call_in(vm, "asyncio.base_tasks", "_task_get_stack", args)
        };
        /// Print the stack or traceback for this task's coroutine.
        ///
        /// This produces output similar to that of the traceback module,
        /// for the frames retrieved by get_stack().  The limit argument
        /// is passed to get_stack().  The file argument is an I/O stream
        /// to which the output is written; by default output is written
        /// to sys.stderr.
        print_stack "($self, /, *, limit=None, file=None)" => |vm, args| {
            call_in(vm, "asyncio.base_tasks", "_task_print_stack", args)
        };
        set_result "($self, result, /)" => |vm, _| {
            Err(vm.runtime_error("Task does not support set_result operation"))
        };
        set_exception "($self, exception, /)" => |vm, _| {
            Err(vm.runtime_error("Task does not support set_exception operation"))
        };
        get_name "($self, /)" => name;
        set_name "($self, value, /)" => |vm, args| {
            let task = this(vm, args[0])?;
            let name = name_text(vm, args[1])?;
            task.name.set(name);
            Ok(Value::NONE)
        };
        get_coro "($self, /)" => |vm, args| Ok(this(vm, args[0])?.coroutine.get().or_none());
        get_context "($self, /)" => |vm, args| Ok(this(vm, args[0])?.context.get().or_none());
    }
}

getsets! {
    pub(super) static GETSETS = {
        _log_destroy_pending => |vm, value| Ok(Value::bool(this(vm, value)?.log_destroy_pending.get())), set_log_destroy_pending;
        _must_cancel => |vm, value| Ok(Value::bool(this(vm, value)?.must_cancel.get()));
        _coro => |vm, value| Ok(this(vm, value)?.coroutine.get().or_none());
        _fut_waiter => |vm, value| Ok(this(vm, value)?.waits_for.get().or_none());
    }
}

fn set_log_destroy_pending(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.attribute_error("cannot delete attribute"));
    }
    let on = vm.truth(new)?;
    this(vm, value)?.log_destroy_pending.set(on);
    Ok(())
}

fn name(vm: &mut Vm, args: &[Value]) -> R {
    let task = this(vm, args[0])?;
    if let Some(number) = task.name.get().as_fixnum() {
        let name = vm.str(&format!("Task-{number}"));
        task.name.set(name);
    }
    Ok(task.name.get().or_none())
}

fn cancel(vm: &mut Vm, args: &[Value]) -> R {
    let task = this(vm, args[0])?;
    let message = args[1];
    let core = &task.get().core;
    if core.log_traceback.replace(false) {
        future::settle_finalizer(vm, args[0]);
    }
    if core.stage.get() != Stage::Pending {
        return Ok(Value::FALSE);
    }
    task.n_cancels.set(task.n_cancels.get() + 1);
    // What it waits for is kept: it may be a task that ignores this, and has to be cancelled again.
    if !task.waits_for.get().is_absent() && cancel_awaited(vm, task, message)? {
        return Ok(Value::TRUE);
    }
    task.must_cancel.set(true);
    core.cancel_message.set(message);
    Ok(Value::TRUE)
}

/// `task._fut_waiter.cancel(msg=message)`
pub(super) fn cancel_awaited(vm: &mut Vm, task: PayloadRef<Task>, message: Value) -> R<bool> {
    let method = vm.get_attr(task.waits_for.get(), vm.names.cancel)?;
    let args = haft_core::Args { vals: &[message], names: &[vm.names.msg] };
    let cancelled = vm.call(method, &args)?;
    vm.truth(cancelled)
}

fn uncancel(vm: &mut Vm, args: &[Value]) -> R {
    let task = this(vm, args[0])?;
    let n = task.n_cancels.get();
    if n > 0 {
        task.n_cancels.set(n - 1);
        if n == 1 {
            task.must_cancel.set(false);
        }
    }
    Ok(vm.int((n - 1).max(0)))
}
