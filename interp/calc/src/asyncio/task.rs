//! `Task`: a future whose result a coroutine makes, step by step.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Slots, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, payload};

use super::future::{self, Core, Stage};
use super::{call_in, registry, running, state, step, task_methods};

payload! {
    /// A task. A value that is not there is ABSENT.
    pub(super) struct Task {
        pub(super) core: Core,
        pub(super) coroutine: Cell<Value>,
        pub(super) context: Cell<Value>,
        /// A str; an int if none was given and nobody has asked yet.
        pub(super) name: Cell<Value>,
        /// The future it waits for.
        pub(super) waits_for: Cell<Value>,
        /// What `call_soon` is given for its next step, once made.
        pub(super) step: Cell<Value>,
        /// What futures call when they are done, once made.
        pub(super) wakeup: Cell<Value>,
        pub(super) n_cancels: Cell<i64>,
        /// The next step is to raise CancelledError.
        pub(super) must_cancel: Cell<bool>,
        pub(super) log_destroy_pending: Cell<bool>,
        /// `all_tasks` shows it.
        pub(super) is_registered: Cell<bool>,
    }
}

/// The class, but for its base.
pub(super) fn spec() -> TypeSpec {
    TypeSpec {
        doc: "A coroutine wrapped in a Future.",
        flags: TypeFlags::BASE.with(TypeFlags::HAS_DICT).with(TypeFlags::HAS_WEAKREFS),
        slots: set_slots,
        methods: task_methods::METHODS,
        getsets: task_methods::GETSETS,
        ..TypeSpec::of::<Task>("_asyncio.Task")
    }
}

fn set_slots(s: &Slots) {
    s.new.set(Some(|vm, class, _| {
        let class = crate::class_of(vm, class)?;
        let absent = || Cell::new(Value::ABSENT);
        let new = Task {
            core: Core::default(),
            coroutine: absent(),
            context: absent(),
            name: absent(),
            waits_for: absent(),
            step: absent(),
            wakeup: absent(),
            n_cancels: Cell::new(0),
            must_cancel: Cell::new(false),
            log_destroy_pending: Cell::new(false),
            is_registered: Cell::new(false),
        };
        Ok(future::made(vm, class, new))
    }));
    s.init.set(Some(init));
    s.repr.set(Some(|vm, this| call_in(vm, "asyncio.base_tasks", "_task_repr", &[this])));
}

pub(super) fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Task>> {
    vm.this(value, "cancel", "_asyncio.Task")
}

/// Arguments of `Task`, all but the coroutine by keyword.
#[derive(Clone, Copy)]
struct Given {
    coroutine: Value,
    event_loop: Value,
    name: Value,
    context: Value,
    eager_start: Value,
}

fn given(vm: &mut Vm, args: &Args<'_>) -> R<Given> {
    let mut given = Given {
        coroutine: Value::ABSENT,
        event_loop: Value::NONE,
        name: Value::NONE,
        context: Value::NONE,
        eager_start: Value::FALSE,
    };
    let mut is_known = args.n_positional() == 1;
    for (name, value) in args.keywords() {
        let names = &vm.names;
        let place = match name {
            _ if name == names.r#loop => &mut given.event_loop,
            _ if name == names.name => &mut given.name,
            _ if name == names.context => &mut given.context,
            _ if name == names.eager_start => &mut given.eager_start,
            _ => {
                is_known = false;
                break;
            }
        };
        *place = value;
    }
    if is_known {
        given.coroutine = args.vals[0];
        return Ok(given);
    }
    let signature = "(coro, *, loop=None, name=None, context=None, eager_start=False)";
    let bound = vm.bind_signature("Task", signature, args)?;
    Ok(Given {
        coroutine: bound[0],
        event_loop: bound[1],
        name: bound[2],
        context: bound[3],
        eager_start: bound[4],
    })
}

fn init(vm: &mut Vm, value: Value, args: &Args<'_>) -> R {
    let task = this(vm, value)?;
    let given = given(vm, args)?;
    let eager_start = vm.truth(given.eager_start)?;
    let core = future::begin(vm, value, given.event_loop)?;
    task.log_destroy_pending.set(false);
    if !is_coroutine(vm, given.coroutine)? {
        let shown = vm.repr_text(given.coroutine)?;
        return Err(vm.type_error(format!("a coroutine was expected, got {shown}")));
    }
    let context =
        if given.context.is_none() { crate::contextvars::copy_current(vm)? } else { given.context };
    task.context.set(context);
    task.waits_for.set(Value::ABSENT);
    task.must_cancel.set(false);
    task.log_destroy_pending.set(true);
    task.n_cancels.set(0);
    task.coroutine.set(given.coroutine);
    let name = name_of(vm, given.name)?;
    task.name.set(name);
    future::settle_finalizer(vm, value);
    if eager_start {
        let event_loop = core.event_loop.get();
        let running = vm.call_method(event_loop, vm.names.is_running, &[])?;
        if running == Value::TRUE {
            start_eagerly(vm, task)?;
            return Ok(Value::NONE);
        }
    }
    step::call_soon(vm, task)?;
    task.is_registered.set(true);
    Ok(Value::NONE)
}

/// The name that is kept: None counts up, anything but a str becomes one.
fn name_of(vm: &mut Vm, name: Value) -> R {
    if name.is_none() {
        let n_tasks = &state(vm).n_tasks;
        n_tasks.set(n_tasks.get() + 1);
        let number = n_tasks.get();
        return Ok(vm.int(number));
    }
    name_text(vm, name)
}

pub(super) fn name_text(vm: &mut Vm, name: Value) -> R {
    if vm.type_of(name) == vm.t.str { Ok(name) } else { vm.str_of(name) }
}

fn is_coroutine(vm: &mut Vm, value: Value) -> R<bool> {
    let class = vm.type_of(value);
    if class == vm.t.coroutine || state(vm).coroutine_classes.borrow().contains(&class.value()) {
        return Ok(true);
    }
    let answer = call_in(vm, "asyncio.coroutines", "iscoroutine", &[value])?;
    let is_one = vm.truth(answer)?;
    if is_one {
        let mut known = state(vm).coroutine_classes.borrow_mut();
        if known.len() < 100 {
            known.push(class.value());
        }
    }
    Ok(is_one)
}

/// The first step at once, in the middle of the task that runs.
fn start_eagerly(vm: &mut Vm, task: PayloadRef<Task>) -> R<()> {
    let (value, event_loop) = (task.value(), task.core.event_loop.get());
    let outer = running::swap(vm, event_loop, value)?;
    registry::register_eager(vm, value)?;
    let context = task.context.get();
    let result =
        crate::contextvars::within(vm, context, |vm| step::advance(vm, task, Value::ABSENT));
    let error = result.err().map(|raised| vm.take_raised(raised));
    let swapped = running::swap(vm, event_loop, outer).map(|_| ());
    let unregistered = registry::unregister_eager(vm, value).map(|_| ());
    if task.core.stage.get() == Stage::Pending {
        task.is_registered.set(true);
    } else {
        task.coroutine.set(Value::ABSENT);
    }
    if let Some(error) = error {
        return Err(vm.raise_again(error));
    }
    swapped.and(unregistered)
}
