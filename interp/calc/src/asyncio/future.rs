//! `Future`: a result that will be there later, and who is to be called then.
use std::cell::Cell;

use haft_builtins::runtime::finalize::report_ignored;
use haft_core::object::{
    CompareOp, Exception, List, PayloadRef, Slots, Traced, Type, TypeFlags, Unary,
};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Tracer, Value, Vm, getsets, natives, payload};

use super::task::Task;
use super::{awaited, call_in, call_soon, cancelled_error, future_iter, invalid_state, is_exact};

/// Where a future stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// There is no result yet.
    Pending,
    /// It was cancelled.
    Cancelled,
    /// There is a result or an exception.
    Finished,
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Stage::Pending => "PENDING",
            Stage::Cancelled => "CANCELLED",
            Stage::Finished => "FINISHED",
        }
    }
}

/// What futures and tasks have in common. A value that is not there is ABSENT.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) stage: Cell<Stage>,
    /// ABSENT before `__init__`.
    pub(super) event_loop: Cell<Value>,
    /// The first callback and its context; most futures have no other.
    callback: Cell<(Value, Value)>,
    /// The other ones: a list of pairs.
    callbacks: Cell<Value>,
    result: Cell<Value>,
    exception: Cell<Value>,
    /// The traceback the exception had when it was set.
    exception_traceback: Cell<Value>,
    source_traceback: Cell<Value>,
    pub(super) cancel_message: Cell<Value>,
    /// The error that ended the coroutine of a cancelled task: it is raised once.
    pub(super) cancelled_error: Cell<Value>,
    /// A future or task that waits for this one, or a set of them.
    pub(super) awaited_by: Cell<Value>,
    /// Nobody has asked for the exception yet.
    pub(super) log_traceback: Cell<bool>,
    /// It was given to a task by `await`, not by `yield`.
    pub(super) is_blocking: Cell<bool>,
}

impl Default for Core {
    fn default() -> Core {
        let absent = || Cell::new(Value::ABSENT);
        Core {
            stage: Cell::new(Stage::Pending),
            event_loop: absent(),
            callback: Cell::new((Value::ABSENT, Value::ABSENT)),
            callbacks: absent(),
            result: absent(),
            exception: absent(),
            exception_traceback: absent(),
            source_traceback: absent(),
            cancel_message: absent(),
            cancelled_error: absent(),
            awaited_by: absent(),
            log_traceback: Cell::new(false),
            is_blocking: Cell::new(false),
        }
    }
}

impl Core {
    fn reset(&self) {
        let new = Core::default();
        for (cell, new) in self.cells().into_iter().zip(new.cells()) {
            cell.set(new.get());
        }
        self.callback.set(new.callback.get());
        self.stage.set(Stage::Pending);
        self.log_traceback.set(false);
        self.is_blocking.set(false);
    }
    fn cells(&self) -> [&Cell<Value>; 9] {
        [
            &self.event_loop,
            &self.callbacks,
            &self.result,
            &self.exception,
            &self.exception_traceback,
            &self.source_traceback,
            &self.cancel_message,
            &self.cancelled_error,
            &self.awaited_by,
        ]
    }
}

impl Traced for Core {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for cell in self.cells() {
            tracer.value(cell.get());
        }
        let (callback, context) = self.callback.get();
        tracer.value(callback);
        tracer.value(context);
    }
}

payload! {
    /// A future that is no task.
    pub(super) struct Future {
        core: Core,
    }
}

natives! {
    static METHODS = {
        /// Return the result this future represents.
        ///
        /// If the future has been cancelled, raises CancelledError.  If the
        /// future's result isn't yet available, raises InvalidStateError.  If
        /// the future is done and has an exception set, this exception is raised.
        result "($self, /)" => |vm, args| result(vm, args[0]);
        /// Return the exception that was set on this future.
        ///
        /// The exception (or None if no exception was set) is returned only if
        /// the future is done.  If the future has been cancelled, raises
        /// CancelledError.  If the future isn't done yet, raises
        /// InvalidStateError.
        exception "($self, /)" => exception;
        /// Mark the future done and set its result.
        ///
        /// If the future is already done when this method is called, raises
        /// InvalidStateError.
        set_result "($self, result, /)" => |vm, args| {
            alive(vm, args[0])?;
            set_result(vm, args[0], args[1]).map(|()| Value::NONE)
        };
        /// Mark the future done and set an exception.
        ///
        /// If the future is already done when this method is called, raises
        /// InvalidStateError.
        set_exception "($self, exception, /)" => |vm, args| {
            alive(vm, args[0])?;
            set_exception(vm, args[0], args[1]).map(|()| Value::NONE)
        };
        /// Add a callback to be run when the future becomes done.
        ///
        /// The callback is called with a single argument - the future object. If
        /// the future is already done when this is called, the callback is
        /// scheduled with call_soon.
        add_done_callback "($self, fn, /, *, context=<absent>)" => |vm, args| {
            let context = match args[2] {
                context if context.is_absent() => crate::contextvars::copy_current(vm)?,
                context => context,
            };
            add_done_callback(vm, args[0], args[1], context).map(|()| Value::NONE)
        };
        /// Remove all instances of a callback from the "call when done" list.
        ///
        /// Returns the number of callbacks removed.
        remove_done_callback "($self, fn, /)" => remove_done_callback;
        /// Cancel the future and schedule callbacks.
        ///
        /// If the future is already done or cancelled, return False.  Otherwise,
        /// change the future's state to cancelled, schedule the callbacks and
        /// return True.
        cancel "($self, /, msg=None)" => |vm, args| {
            alive(vm, args[0])?;
            cancel(vm, args[0], args[1]).map(Value::bool)
        };
        /// Return True if the future was cancelled.
        cancelled "($self, /)" => |vm, args| {
            Ok(Value::bool(this(vm, args[0])?.stage.get() == Stage::Cancelled))
        };
        /// Return True if the future is done.
        ///
        /// Done means either that a result / exception are available, or that the
        /// future was cancelled.
        done "($self, /)" => |vm, args| {
            Ok(Value::bool(this(vm, args[0])?.stage.get() != Stage::Pending))
        };
        /// Return the event loop the Future is bound to.
        get_loop "($self, /)" => |vm, args| Ok(alive(vm, args[0])?.event_loop.get());
        /// Create the CancelledError to raise if the Future is cancelled.
        ///
        /// This should only be called once when handling a cancellation since
        /// it erases the context exception value.
        _make_cancelled_error "($self, /)" => |vm, args| {
            let core = this(vm, args[0])?;
            make_cancelled_error(vm, core)
        };
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => |vm, args| {
            let alias = vm.t.generic_alias.value();
            vm.call_positional(alias, args)
        };
    }
}

getsets! {
    static GETSETS = {
        _state => |vm, this| { let name = alive(vm, this)?.stage.get().name(); Ok(vm.intern(name)) };
        _asyncio_future_blocking => |vm, value| Ok(Value::bool(this(vm, value)?.is_blocking.get())), set_blocking;
        _loop => |vm, value| Ok(this(vm, value)?.event_loop.get().or_none());
        _callbacks => callbacks;
        _result => |vm, value| Ok(alive(vm, value)?.result.get().or_none());
        _exception => |vm, value| Ok(alive(vm, value)?.exception.get().or_none());
        _log_traceback => |vm, value| Ok(Value::bool(alive(vm, value)?.log_traceback.get())), set_log_traceback;
        _source_traceback => |vm, value| Ok(this(vm, value)?.source_traceback.get().or_none());
        _cancel_message => |vm, value| Ok(this(vm, value)?.cancel_message.get().or_none()), set_cancel_message;
        _asyncio_awaited_by => awaited::shown;
    }
}

pub(super) fn spec() -> TypeSpec {
    TypeSpec {
        doc: "This class is *almost* compatible with concurrent.futures.Future.\n\n\
              Differences:\n\n\
              - result() and exception() do not take a timeout argument and\n  \
                raise an exception when the future isn't done yet.\n\n\
              - Callbacks registered with add_done_callback() are always called\n  \
                via the event loop's call_soon_threadsafe().\n\n\
              - This class is not compatible with the wait() and as_completed()\n  \
                methods in the concurrent.futures package.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Future>("_asyncio.Future")
    }
}

fn set_slots(s: &Slots) {
    s.new.set(Some(|vm, class, _| {
        let class = crate::class_of(vm, class)?;
        Ok(made(vm, class, Future { core: Core::default() }))
    }));
    s.init.set(Some(init));
    s.del.set(Some(finalize));
    s.repr.set(Some(|vm, this| call_in(vm, "asyncio.base_futures", "_future_repr", &[this])));
    s.iter.set(Some(future_iter::make));
    s.r#await.set(Some(future_iter::make));
}

/// A new object. One whose class has a `__del__` of its own waits for that from now on, others only while they must.
pub(super) fn made<T: haft_core::object::Payload>(vm: &mut Vm, class: Type, payload: T) -> Value {
    let object = vm.new_payload_with_room(class, payload, 0);
    if !finalizes_as_we_do(class) {
        vm.heap.add_finalizer(object.obj());
    }
    object.value()
}

fn finalizes_as_we_do(class: Type) -> bool {
    class.slots.del.get().is_some_and(|del| std::ptr::fn_addr_eq(del, finalize as Unary))
}

/// Have the object wait for its finalizer if that has something to say, and only then.
pub(super) fn settle_finalizer(vm: &mut Vm, value: Value) {
    let (Some(object), Some(core)) = (value.as_ptr(), core(value)) else { return };
    let is_pending_task =
        core.stage.get() == Stage::Pending && PayloadRef::<Task>::of_value(value).is_some();
    if core.log_traceback.get() || is_pending_task {
        vm.heap.add_finalizer(object);
    } else if finalizes_as_we_do(vm.type_of(value)) {
        vm.heap.cancel_finalizer(object);
    }
}

// ---- looking at one

/// The future in a future or task.
#[inline]
pub(super) fn core<'a>(value: Value) -> Option<&'a Core> {
    if let Some(task) = PayloadRef::<Task>::of_value(value) {
        return Some(&task.get().core);
    }
    PayloadRef::<Future>::of_value(value).map(|future| &future.get().core)
}

/// The same; TypeError if it is none.
pub(super) fn this<'a>(vm: &mut Vm, value: Value) -> R<&'a Core> {
    match core(value) {
        Some(core) => Ok(core),
        None => {
            let future: PayloadRef<Future> = vm.this(value, "result", "_asyncio.Future")?;
            Ok(&future.get().core)
        }
    }
}

/// The same; RuntimeError if `__init__` was not called.
pub(super) fn alive<'a>(vm: &mut Vm, value: Value) -> R<&'a Core> {
    let core = this(vm, value)?;
    if core.event_loop.get().is_absent() {
        return Err(vm.runtime_error("Future object is not initialized."));
    }
    Ok(core)
}

/// The loop of a future of any class.
pub(super) fn loop_of(vm: &mut Vm, future: Value) -> R {
    if is_exact(vm, future) {
        return Ok(alive(vm, future)?.event_loop.get());
    }
    match vm.find_attr(future, vm.names.get_loop)? {
        Some(get_loop) => vm.call_positional(get_loop, &[]),
        None => vm.get_attr(future, vm.names._loop),
    }
}

/// `future.result()`
pub(super) fn result(vm: &mut Vm, value: Value) -> R {
    match outcome(vm, value)? {
        Outcome::Result(result) => Ok(result),
        Outcome::Exception(exception) => Err(vm.raise_value(exception)),
    }
}

/// How a future ended.
pub(super) enum Outcome {
    Result(Value),
    Exception(Value),
}

/// How the future ended; CancelledError or InvalidStateError if it did not.
pub(super) fn outcome(vm: &mut Vm, value: Value) -> R<Outcome> {
    let core = this(vm, value)?;
    match core.stage.get() {
        Stage::Cancelled => {
            let error = make_cancelled_error(vm, core)?;
            Err(vm.raise_value(error))
        }
        Stage::Pending => Err(not_there(vm, core, "Result is not set.")),
        Stage::Finished => {
            let exception = core.exception.get();
            if exception.is_absent() {
                return Ok(Outcome::Result(core.result.get()));
            }
            forget_to_log(vm, value, core);
            let traceback = core.exception_traceback.replace(Value::NONE);
            if let Some(exception) = PayloadRef::<Exception>::of_value(exception) {
                exception.traceback.set(traceback);
            }
            Ok(Outcome::Exception(exception))
        }
    }
}

/// The error of asking a pending future for how it ended.
#[cold]
fn not_there(vm: &mut Vm, core: &Core, message: &str) -> Raised {
    let is_new = core.event_loop.get().is_absent();
    invalid_state(vm, if is_new { "Future object is not initialized." } else { message })
}

fn forget_to_log(vm: &mut Vm, value: Value, core: &Core) {
    if core.log_traceback.replace(false) {
        settle_finalizer(vm, value);
    }
}

fn exception(vm: &mut Vm, args: &[Value]) -> R {
    let core = this(vm, args[0])?;
    match core.stage.get() {
        Stage::Cancelled => {
            let error = make_cancelled_error(vm, core)?;
            Err(vm.raise_value(error))
        }
        Stage::Pending => Err(not_there(vm, core, "Exception is not set.")),
        Stage::Finished => {
            forget_to_log(vm, args[0], core);
            Ok(core.exception.get().or_none())
        }
    }
}

/// The error that ended the coroutine, once; then a new one with the message of `cancel`.
pub(super) fn make_cancelled_error(vm: &mut Vm, core: &Core) -> R {
    let known = core.cancelled_error.replace(Value::ABSENT);
    if !known.is_absent() {
        return Ok(known);
    }
    let class = cancelled_error(vm)?.value();
    let message = core.cancel_message.get();
    if message.is_absent() || message.is_none() {
        vm.call_positional(class, &[])
    } else {
        vm.call_positional(class, &[message])
    }
}

fn callbacks(vm: &mut Vm, value: Value) -> R {
    let core = alive(vm, value)?;
    let (callback, context) = core.callback.get();
    let list = vm.new_list();
    if !callback.is_absent() {
        let pair = vm.tuple(&[callback, context]);
        list.push(&mut vm.heap, pair);
    }
    if let Some(others) = vm.as_list(core.callbacks.get()) {
        for at in 0..others.len() {
            list.push(&mut vm.heap, others.at(at));
        }
    }
    Ok(if list.is_empty() { Value::NONE } else { list.value() })
}

// ---- changing one

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let event_loop = match (args.vals, args.names) {
        ([], []) => Value::NONE,
        (&[given], &[name]) if name == vm.names.r#loop => given,
        _ => vm.bind_signature("Future", "(*, loop=None)", args)?[0],
    };
    begin(vm, value, event_loop)?;
    Ok(Value::NONE)
}

/// `Future.__init__`
pub(super) fn begin<'a>(vm: &mut Vm, value: Value, event_loop: Value) -> R<&'a Core> {
    let core = this(vm, value)?;
    if !core.event_loop.get().is_absent() {
        core.reset();
    }
    let event_loop =
        if event_loop.is_none() { super::running::event_loop(vm)? } else { event_loop };
    core.event_loop.set(event_loop);
    let debug = vm.call_method(event_loop, vm.names.get_debug, &[])?;
    if vm.truth(debug)? && !haft_builtins::runtime::finalize::is_finalizing(vm) {
        let stack = call_in(vm, "traceback", "extract_stack", &[])?;
        core.source_traceback.set(stack);
    }
    Ok(core)
}

pub(super) fn set_result(vm: &mut Vm, value: Value, result: Value) -> R<()> {
    let core = this(vm, value)?;
    if core.stage.get() != Stage::Pending {
        return Err(invalid_state(vm, "invalid state"));
    }
    core.result.set(result);
    core.stage.set(Stage::Finished);
    schedule_callbacks(vm, value, core)
}

pub(super) fn set_exception(vm: &mut Vm, value: Value, given: Value) -> R<()> {
    let core = this(vm, value)?;
    let is_pending = |core: &Core| core.stage.get() == Stage::Pending;
    if !is_pending(core) {
        return Err(invalid_state(vm, "invalid state"));
    }
    let mut exception = given;
    if vm.as_type(given).is_some_and(|class| class.has(TypeFlags::EXCEPTION)) {
        exception = vm.call_positional(given, &[])?;
        if !is_pending(core) {
            return Err(invalid_state(vm, "invalid state"));
        }
    }
    if !vm.is_exception(exception) {
        return Err(vm.type_error("invalid exception object"));
    }
    if vm.exception_matches(exception, vm.exc.stop_iteration.value()) {
        exception = instead_of_stop(vm, exception)?;
    }
    core.exception.set(exception);
    core.exception_traceback.set(vm.traceback_of(exception));
    core.stage.set(Stage::Finished);
    schedule_callbacks(vm, value, core)?;
    core.log_traceback.set(true);
    settle_finalizer(vm, value);
    Ok(())
}

/// A StopIteration in a coroutine would end it: RuntimeError is raised in its place.
#[cold]
fn instead_of_stop(vm: &mut Vm, stop: Value) -> R {
    let message =
        vm.str("StopIteration interacts badly with generators and cannot be raised into a Future");
    let error = vm.call_positional(vm.exc.runtime_error.value(), &[message])?;
    if let Some(error) = PayloadRef::<Exception>::of_value(error) {
        error.cause.set(stop);
        error.context.set(stop);
        error.suppress_context.set(true);
    }
    Ok(error)
}

/// `Future.cancel`; false if it is done.
pub(super) fn cancel(vm: &mut Vm, value: Value, message: Value) -> R<bool> {
    let core = this(vm, value)?;
    forget_to_log(vm, value, core);
    if core.stage.get() != Stage::Pending {
        return Ok(false);
    }
    core.stage.set(Stage::Cancelled);
    core.cancel_message.set(message);
    schedule_callbacks(vm, value, core)?;
    Ok(true)
}

/// The future is done: have the loop call everybody who waits.
fn schedule_callbacks(vm: &mut Vm, value: Value, core: &Core) -> R<()> {
    settle_finalizer(vm, value);
    let event_loop = core.event_loop.get();
    // `call_soon` may do anything, also add or remove callbacks: both are taken out first.
    let (callback, context) = core.callback.replace((Value::ABSENT, Value::ABSENT));
    let others = core.callbacks.replace(Value::ABSENT);
    if !callback.is_absent() {
        call_soon(vm, event_loop, callback, value, context)?;
    }
    let Some(others) = vm.as_list(others) else { return Ok(()) };
    for at in 0..others.len() {
        if let Some(&[callback, context]) = pair(vm, others, at) {
            call_soon(vm, event_loop, callback, value, context)?;
        }
    }
    Ok(())
}

fn pair(vm: &Vm, callbacks: List, at: usize) -> Option<&'static [Value; 2]> {
    vm.as_tuple(callbacks.get(at)?)?.items().first_chunk()
}

pub(super) fn add_done_callback(
    vm: &mut Vm,
    value: Value,
    callback: Value,
    context: Value,
) -> R<()> {
    let core = this(vm, value)?;
    if core.event_loop.get().is_absent() {
        return Err(vm.runtime_error("uninitialized Future object"));
    }
    if core.stage.get() != Stage::Pending {
        return call_soon(vm, core.event_loop.get(), callback, value, context);
    }
    let others = vm.as_list(core.callbacks.get());
    if core.callback.get().0.is_absent() && others.is_none() {
        core.callback.set((callback, context));
        return Ok(());
    }
    let others = match others {
        Some(others) => others,
        None => {
            let new = vm.new_list();
            core.callbacks.set(new.value());
            new
        }
    };
    let pair = vm.tuple(&[callback, context]);
    others.push(&mut vm.heap, pair);
    Ok(())
}

fn remove_done_callback(vm: &mut Vm, args: &[Value]) -> R {
    let (core, wanted) = (alive(vm, args[0])?, args[1]);
    let mut n_removed = 0;
    let (first, _) = core.callback.get();
    if !first.is_absent() && is_callback(vm, first, wanted)? {
        core.callback.set((Value::ABSENT, Value::ABSENT));
        n_removed += 1;
    }
    let Some(before) = vm.as_list(core.callbacks.get()) else { return Ok(vm.int(n_removed)) };
    let n_before = before.len();
    let kept = vm.new_list();
    let mut at = 0;
    // A comparison may do anything, also change or take the list.
    while let Some(others) = vm.as_list(core.callbacks.get())
        && let Some(&[callback, _]) = pair(vm, others, at)
    {
        let item = others.at(at);
        if !is_callback(vm, callback, wanted)? {
            kept.push(&mut vm.heap, item);
        }
        at += 1;
    }
    if kept.is_empty() || core.callbacks.get().is_absent() {
        core.callbacks.set(Value::ABSENT);
        n_removed += n_before as i64;
    } else {
        let n_now = vm.as_list(core.callbacks.get()).map_or(0, List::len);
        core.callbacks.set(kept.value());
        n_removed += n_now as i64 - kept.len() as i64;
    }
    Ok(vm.int(n_removed))
}

fn is_callback(vm: &mut Vm, callback: Value, wanted: Value) -> R<bool> {
    if callback == wanted {
        return Ok(true);
    }
    vm.compare_bool(callback, wanted, CompareOp::Eq)
}

// ---- attributes that can be set

fn cannot_delete(vm: &mut Vm, new: Value) -> R<()> {
    if new.is_absent() {
        return Err(vm.attribute_error("cannot delete attribute"));
    }
    Ok(())
}

fn set_blocking(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    let core = alive(vm, value)?;
    cannot_delete(vm, new)?;
    core.is_blocking.set(vm.truth(new)?);
    Ok(())
}

fn set_log_traceback(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    cannot_delete(vm, new)?;
    if vm.truth(new)? {
        return Err(vm.value_error("_log_traceback can only be set to False"));
    }
    let core = this(vm, value)?;
    forget_to_log(vm, value, core);
    Ok(())
}

fn set_cancel_message(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    cannot_delete(vm, new)?;
    this(vm, value)?.cancel_message.set(new);
    Ok(())
}

// ---- the end

/// `__del__` of futures and tasks: say what went wrong and nobody saw.
fn finalize(vm: &mut Vm, value: Value) -> R {
    let core = this(vm, value)?;
    if let Some(task) = PayloadRef::<Task>::of_value(value)
        && core.stage.get() == Stage::Pending
        && task.log_destroy_pending.get()
    {
        let message = vm.str("Task was destroyed but it is pending!");
        report(vm, core, &[("task", value), ("message", message)])?;
    }
    if core.log_traceback.replace(false) {
        let name = vm.type_of(value).name_text();
        let message = vm.str(&format!("{name} exception was never retrieved"));
        let exception = core.exception.get().or_none();
        report(vm, core, &[("message", message), ("exception", exception), ("future", value)])?;
    }
    Ok(Value::NONE)
}

/// Tell the loop's exception handler.
fn report(vm: &mut Vm, core: &Core, entries: &[(&str, Value)]) -> R<()> {
    let event_loop = core.event_loop.get();
    if event_loop.is_absent() {
        return Ok(());
    }
    let context = vm.dict();
    for &(key, entry) in entries {
        vm.dict_set_str(context, key, entry);
    }
    let source = core.source_traceback.get();
    if !source.is_absent() {
        vm.dict_set_str(context, "source_traceback", source);
    }
    let handler = vm.get_attr(event_loop, vm.names.call_exception_handler)?;
    if let Err(raised) = vm.call_positional(handler, &[context.value()]) {
        let error = vm.take_raised(raised);
        report_ignored(vm, error, "Exception ignored in", handler);
    }
    Ok(())
}
