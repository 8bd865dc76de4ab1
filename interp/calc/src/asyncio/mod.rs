//! `_asyncio`: futures and tasks, and which event loop and task run.
//!
//! What a program sees of them is what CPython's module in C has: one class derived from the other, both may be subclassed;
//! a callback is scheduled by the loop's own `call_soon`, whatever the loop is. What is rare (the text of `repr`, stacks) is
//! done by the functions in Python that `asyncio` has for its own classes.
//!
//! - A task is finalized only while that matters: while it is pending, or has an exception that nobody asked for.
//! - The tasks of a loop are found among the objects that wait for their finalizer, so there is no list of them to be kept.
//! - The running loop and its task belong to the stack of execution.
mod awaited;
mod future;
mod future_iter;
mod registry;
mod running;
mod step;
mod task;
mod task_methods;

use std::cell::{Cell, RefCell};

use haft_core::object::{Dict, Set, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, natives};

use crate::support::import;

/// What the module keeps.
#[derive(Debug)]
struct State {
    future: Type,
    task: Type,
    future_iter: Type,
    /// The class of what `call_soon` is given for a step of a task.
    step: Type,
    /// The method that continues a task when what it waits for is done.
    wakeup: Value,
    /// The tasks that are in their first step, which began when they were made.
    eager_tasks: Set,
    /// A `WeakSet` of tasks that are not of our class.
    foreign_tasks: Value,
    /// Names of tasks that were given none count up.
    n_tasks: Cell<i64>,
    /// Classes of `asyncio.exceptions`, once needed; ABSENT before.
    cancelled_error: Cell<Value>,
    invalid_state_error: Cell<Value>,
    /// Classes whose instances are coroutines for `asyncio.iscoroutine`.
    coroutine_classes: RefCell<Vec<Value>>,
}

impl Extension for State {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.future, self.task, self.future_iter, self.step] {
            tracer.obj(class.obj());
        }
        tracer.obj(self.eager_tasks.obj());
        for value in [
            self.wakeup,
            self.foreign_tasks,
            self.cancelled_error.get(),
            self.invalid_state_error.get(),
        ] {
            tracer.value(value);
        }
        if let Ok(classes) = self.coroutine_classes.try_borrow() {
            tracer.values(&classes);
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

natives! {
    static FUNCTIONS = {
        /// Return an asyncio event loop.
        ///
        /// When called from a coroutine or a callback (e.g. scheduled with
        /// call_soon or similar API), this function will always return the
        /// running event loop.
        ///
        /// If there is no running event loop set, the function will return
        /// the result of `get_event_loop_policy().get_event_loop()` call.
        get_event_loop "($module, /)" => |vm, _| running::event_loop(vm);
        /// Return the running event loop.  Raise a RuntimeError if there is none.
        ///
        /// This function is thread-specific.
        get_running_loop "($module, /)" => |vm, _| running::running_loop(vm);
        /// Return the running event loop or None.
        ///
        /// This is a low-level function intended to be used by event loops.
        /// This function is thread-specific.
        _get_running_loop "($module, /)" => |vm, _| Ok(vm.stack.running_loop.or_none());
        /// Set the running event loop.
        ///
        /// This is a low-level function intended to be used by event loops.
        /// This function is thread-specific.
        _set_running_loop "($module, loop, /)" => |vm, args| {
            vm.stack.running_loop = if args[0].is_none() { Value::ABSENT } else { args[0] };
            Ok(Value::NONE)
        };
        /// Register a new task in asyncio as executed by loop.
        ///
        /// Returns None.
        _register_task "($module, /, task)" => |vm, args| registry::register(vm, args[0]);
        /// Register a new task in asyncio as eagerly executed.
        ///
        /// Returns None.
        _register_eager_task "($module, /, task)" => |vm, args| registry::register_eager(vm, args[0]);
        /// Unregister a task.
        ///
        /// Returns None.
        _unregister_task "($module, /, task)" => |vm, args| registry::unregister(vm, args[0]);
        /// Unregister a task that was eagerly executed.
        ///
        /// Returns None.
        _unregister_eager_task "($module, /, task)" => |vm, args| {
            registry::unregister_eager(vm, args[0])
        };
        /// Enter into task execution or resume suspended task.
        ///
        /// Task belongs to loop.
        ///
        /// Returns None.
        _enter_task "($module, /, loop, task)" => |vm, args| {
            running::enter(vm, args[0], args[1]).map(|()| Value::NONE)
        };
        /// Leave task execution or suspend a task.
        ///
        /// Task belongs to loop.
        ///
        /// Returns None.
        _leave_task "($module, /, loop, task)" => |vm, args| {
            running::leave(vm, args[0], args[1]).map(|()| Value::NONE)
        };
        /// Temporarily swap in the supplied task and return the original one (or None).
        ///
        /// This is intended for use during eager coroutine execution.
        _swap_current_task "($module, /, loop, task)" => |vm, args| running::swap(vm, args[0], args[1]);
        /// Return a currently executed task.
        current_task "($module, /, loop=None)" => |vm, args| running::current_task(vm, args[0]);
        /// Return a set of all tasks for the loop.
        all_tasks "($module, /, loop=None)" => |vm, args| registry::all(vm, args[0]);
        /// Record that `fut` is awaited on by `waiter`.
        future_add_to_awaited_by "($module, fut, waiter, /)" => |vm, args| {
            awaited::add(vm, args[0], args[1]).map(|()| Value::NONE)
        };
        /// Record that `fut` is no longer awaited on by `waiter`.
        future_discard_from_awaited_by "($module, fut, waiter, /)" => |vm, args| {
            awaited::discard(vm, args[0], args[1]).map(|()| Value::NONE)
        };
    }
}

/// Fill the namespace of `_asyncio`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_asyncio", FUNCTIONS);
    let future = crate::add_type(vm, dict, &future::spec());
    let task = crate::add_type(vm, dict, &TypeSpec { base: Some(future), ..task::spec() });
    let future_iter = vm.new_builtin_type(&future_iter::spec());
    let step = vm.new_builtin_type(&step::spec());
    let wakeup = step::wakeup_method(vm, task);
    let eager_tasks = vm.set();
    let weakref = import(vm, "weakref")?;
    let foreign_tasks = vm.call_method_str(weakref, "WeakSet", &[])?;
    vm.dict_set_str(dict, "_scheduled_tasks", foreign_tasks);
    vm.dict_set_str(dict, "_eager_tasks", eager_tasks.value());
    vm.set_extension(State {
        future,
        task,
        future_iter,
        step,
        wakeup,
        eager_tasks,
        foreign_tasks,
        n_tasks: Cell::new(0),
        cancelled_error: Cell::new(Value::ABSENT),
        invalid_state_error: Cell::new(Value::ABSENT),
        coroutine_classes: RefCell::default(),
    });
    Ok(())
}

fn state(vm: &Vm) -> &State {
    vm.extension().expect("set when the module was made, before there was a future")
}

/// A module of `asyncio`, which may not be imported yet.
fn module(vm: &mut Vm, name: &str) -> R {
    if let Some(known) = vm.dict_get_str(vm.modules, name) {
        return Ok(known);
    }
    import(vm, name)?;
    match vm.dict_get_str(vm.modules, name) {
        Some(module) => Ok(module),
        None => Err(vm.import_error(format!("No module named '{name}'"))),
    }
}

/// Call a function of a module of `asyncio`.
fn call_in(vm: &mut Vm, name: &str, function: &str, args: &[Value]) -> R {
    let module = module(vm, name)?;
    let function = vm.get_attr_str(module, function)?;
    vm.call_positional(function, args)
}

/// A class of `asyncio.exceptions`, kept in a cell of the state.
fn exception_class(vm: &mut Vm, kept: fn(&State) -> &Cell<Value>, name: &str) -> R<Type> {
    let known = kept(state(vm)).get();
    let class = if known.is_absent() {
        let module = module(vm, "asyncio.exceptions")?;
        let class = vm.get_attr_str(module, name)?;
        kept(state(vm)).set(class);
        class
    } else {
        known
    };
    crate::class_of(vm, class)
}

fn cancelled_error(vm: &mut Vm) -> R<Type> {
    exception_class(vm, |state| &state.cancelled_error, "CancelledError")
}

/// Raise `InvalidStateError` with this message.
#[cold]
fn invalid_state(vm: &mut Vm, message: &str) -> haft_core::Raised {
    match exception_class(vm, |state| &state.invalid_state_error, "InvalidStateError") {
        Ok(class) => vm.raise(class, message),
        Err(raised) => raised,
    }
}

/// Is the class exactly one of ours, so that none of its methods is overridden?
fn is_exact(vm: &Vm, value: Value) -> bool {
    let class = vm.type_of(value);
    let state = state(vm);
    class == state.future || class == state.task
}

/// `loop.call_soon(callback, *args, context=context)`; without context if that is ABSENT.
fn call_soon(
    vm: &mut Vm,
    event_loop: Value,
    callback: Value,
    argument: Value,
    context: Value,
) -> R<()> {
    let mut values = [callback, argument, context];
    let n_args = 1 + usize::from(!argument.is_absent());
    values[n_args] = context;
    let names = [vm.names.context];
    let has_context = usize::from(!context.is_absent());
    let args =
        haft_core::Args { vals: &values[..n_args + has_context], names: &names[..has_context] };
    let name = vm.names.call_soon;
    if let Some(method) = vm.find_method(event_loop, name) {
        vm.call_with_receiver(method, event_loop, &args)?;
    } else {
        let bound = vm.get_attr(event_loop, name)?;
        vm.call(bound, &args)?;
    }
    Ok(())
}
