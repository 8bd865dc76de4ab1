//! `_thread._ThreadHandle`: waiting for the end of a thread.
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use haft_core::object::{NoTrace, PayloadRef, Type};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, natives, payload};
use haft_host::constants as c;
use haft_host::{signal, thread};

use super::ThreadState;
use crate::time::convert::{self, Rounding};

/// An event: a thread has ended.
#[derive(Debug, Default)]
pub(super) struct Finished {
    word: AtomicU32,
}

impl Finished {
    pub(super) fn set(&self) {
        self.word.store(1, Ordering::Release);
        thread::wake(&self.word, i32::MAX);
    }
    pub(super) fn is_set(&self) -> bool {
        self.word.load(Ordering::Acquire) == 1
    }
}

/// A cell that a new thread fills with its ident.
#[derive(Debug, Default)]
pub(super) struct Ident {
    ident: AtomicU64,
    filled: AtomicU32,
}

impl Ident {
    pub(super) fn set(&self, ident: u64) {
        self.ident.store(ident, Ordering::Relaxed);
        self.filled.store(1, Ordering::Release);
        thread::wake(&self.filled, 1);
    }
    pub(super) fn wait(&self) -> u64 {
        while self.filled.load(Ordering::Acquire) == 0 {
            // It ends early after a signal; that only means looking again.
            let _woken = thread::wait(&self.filled, 0, None);
        }
        self.ident.load(Ordering::Relaxed)
    }
}

/// Wait for the end of a thread; false if the deadline comes first.
pub(super) fn wait(vm: &mut Vm, finished: &Finished, deadline: Option<i64>) -> R<bool> {
    while !finished.is_set() {
        match vm.without_gil(|| thread::wait(&finished.word, 0, deadline)) {
            Err(error) if error.raw_os_error() == Some(c::ETIMEDOUT) => {
                return Ok(finished.is_set());
            }
            Err(error) if error.raw_os_error() == Some(c::EINTR) => {
                crate::process::signal::run_handlers(vm)?;
            }
            _ => {}
        }
    }
    Ok(true)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    NotStarted,
    Starting,
    Running,
    Done,
}

payload! {
    /// A thread, as `threading` holds it.
    pub(super) struct ThreadHandle {
        state: NoTrace<Cell<State>>,
        ident: Cell<u64>,
        finished: NoTrace<Arc<Finished>>,
    }
}

pub(super) type Handle = PayloadRef<ThreadHandle>;

impl ThreadHandle {
    /// The handle is used to start a thread.
    pub(super) fn begin(&self, vm: &mut Vm) -> R<Arc<Finished>> {
        if self.state.get() != State::NotStarted {
            return Err(vm.runtime_error("thread already started"));
        }
        self.state.set(State::Starting);
        Ok(Arc::clone(&self.finished))
    }
    /// The thread runs.
    pub(super) fn began(&self, ident: u64) {
        self.ident.set(ident);
        if self.state.get() == State::Starting {
            self.state.set(State::Running);
        }
    }
    /// There is no thread.
    pub(super) fn failed(&self) {
        self.state.set(State::NotStarted);
    }
    fn is_done(&self) -> bool {
        self.state.get() == State::Done || self.finished.is_set()
    }
}

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: |s| {
            s.new.set(Some(|vm, _, args: &Args<'_>| {
                vm.bind_signature("_ThreadHandle", "()", args)?;
                new_handle(vm)
            }));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<ThreadHandle>("_thread._ThreadHandle")
    })
}

fn make(vm: &mut Vm, state: State, ident: u64) -> R {
    let Some(class) = vm.extension::<ThreadState>().and_then(|state| state.handle_class.get())
    else {
        return Err(vm.system_error("_thread was not initialised"));
    };
    let payload = ThreadHandle {
        state: NoTrace(Cell::new(state)),
        ident: Cell::new(ident),
        finished: NoTrace(Arc::new(Finished::default())),
    };
    Ok(vm.new_payload(class, payload))
}

/// A handle without a thread.
pub(super) fn new_handle(vm: &mut Vm) -> R {
    make(vm, State::NotStarted, 0)
}

/// A handle for a thread that was started elsewhere.
pub(super) fn new_running(vm: &mut Vm, ident: u64) -> R {
    make(vm, State::Running, ident)
}

pub(super) fn of_value(value: Value) -> Option<Handle> {
    Handle::of_value(value)
}

natives! {
    static METHODS = {
        join "($self, timeout=None, /)" => join;
        _set_done "($self, /)" => |vm, args| {
            let this = this_handle(vm, args[0])?;
            if this.state.get() == State::NotStarted {
                return Err(vm.runtime_error("thread not started"));
            }
            this.state.set(State::Done);
            this.finished.set();
            Ok(Value::NONE)
        };
        is_done "($self, /)" => |vm, args| Ok(Value::bool(this_handle(vm, args[0])?.is_done()));
    }
}

getsets! {
    static GETSETS = {
        ident => |vm, this| {
            let ident = this_handle(vm, this)?.ident.get();
            Ok(vm.int_u64(ident))
        };
    }
}

fn this_handle(vm: &mut Vm, value: Value) -> R<Handle> {
    vm.this(value, "join", "_thread._ThreadHandle")
}

fn join(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_handle(vm, args[0])?;
    let deadline = if args[1].is_none() {
        None
    } else {
        let timeout = convert::nanoseconds(vm, args[1], Rounding::Up)?;
        // A negative timeout waits for ever.
        (timeout >= 0).then(|| convert::deadline(timeout))
    };
    if matches!(this.state.get(), State::NotStarted | State::Starting) {
        return Err(vm.runtime_error("thread not started"));
    }
    if !this.is_done() && this.ident.get() == signal::current_thread() {
        return Err(vm.runtime_error("Cannot join current thread"));
    }
    if wait(vm, &this.get().finished, deadline)? {
        this.state.set(State::Done);
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let ident = this_handle(vm, value)?.ident.get();
    Ok(vm.str(&format!("<_ThreadHandle object: ident={ident}>")))
}
