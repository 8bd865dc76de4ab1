//! `_thread`: threads, locks, and thread-local data.
mod handle;
mod local;
mod lock;
mod rlock;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use haft_builtins::structseq::{Field, make_struct_sequence_type};
use haft_core::object::{Dict, Tuple, Type};
use haft_core::vm::{Extension, ThreadId};
use haft_core::{Args, R, Tracer, Value, Vm, WeakId, natives};
use haft_host::{process, signal, thread};

use crate::os::argument::c_int;
use handle::Finished;

/// `threading.TIMEOUT_MAX`: the largest number of whole seconds whose nanoseconds fit.
const TIMEOUT_MAX: f64 = 9_223_372_036.0;
/// The native stack of a new thread, unless the program says something else; bytes.
const STACK_SIZE: usize = 16 << 20;

/// What the module knows of threads.
#[derive(Debug)]
struct ThreadState {
    lock_class: Cell<Option<Type>>,
    handle_class: Cell<Option<Type>>,
    /// `_thread.stack_size()`; 0 is the default.
    stack_size: Cell<usize>,
    /// Idents of the threads that live.
    idents: RefCell<BTreeMap<ThreadId, u64>>,
    /// What tells others that a thread has ended.
    finished: RefCell<BTreeMap<ThreadId, Arc<Finished>>>,
    /// The threads that the end of the program waits for.
    awaited: RefCell<Vec<Arc<Finished>>>,
    /// All `_local` objects.
    locals: RefCell<Vec<WeakId>>,
    main_ident: Cell<u64>,
}

impl Extension for ThreadState {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for class in [self.lock_class.get(), self.handle_class.get()].into_iter().flatten() {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Get ready for threads. The calling one is the main thread.
pub fn install(vm: &mut Vm) {
    vm.start_threads();
    vm.on_thread_exit(thread_ended);
    let ident = signal::current_thread();
    vm.set_extension(ThreadState {
        lock_class: Cell::new(None),
        handle_class: Cell::new(None),
        stack_size: Cell::new(0),
        idents: RefCell::new(BTreeMap::from([(vm.thread_id(), ident)])),
        finished: RefCell::default(),
        awaited: RefCell::default(),
        locals: RefCell::default(),
        main_ident: Cell::new(ident),
    });
}

/// Is this the ident of a thread of the runtime that has not ended?
pub fn is_alive(vm: &Vm, ident: u64) -> bool {
    vm.extension::<ThreadState>()
        .is_some_and(|state| state.idents.borrow().values().any(|&known| known == ident))
}

/// Number and ident of each thread that lives, for `sys._current_frames`.
pub fn idents(vm: &Vm) -> Vec<(ThreadId, u64)> {
    let state = vm.extension::<ThreadState>();
    state.map_or_else(Vec::new, |state| {
        state.idents.borrow().iter().map(|(&id, &ident)| (id, ident)).collect()
    })
}

/// A thread is about to end: its thread-local data go, then those who wait for it may go on.
fn thread_ended(vm: &mut Vm, id: ThreadId) {
    local::forget_thread(vm, id);
    let Some(state) = vm.extension::<ThreadState>() else { return };
    state.idents.borrow_mut().remove(&id);
    let finished = state.finished.borrow_mut().remove(&id);
    if let Some(finished) = finished {
        state.awaited.borrow_mut().retain(|other| !Arc::ptr_eq(other, &finished));
        finished.set();
    }
}

/// In the child of a fork, after [`Vm::forget_other_threads`]: only the running thread goes on.
pub fn after_fork_in_child(vm: &mut Vm) {
    vm.forget_other_threads();
    let me = vm.thread_id();
    let Some(state) = vm.extension::<ThreadState>() else { return };
    let ident = signal::current_thread();
    *state.idents.borrow_mut() = BTreeMap::from([(me, ident)]);
    state.main_ident.set(ident);
    let mut finished = state.finished.borrow_mut();
    for (_, other) in finished.extract_if(.., |&id, _| id != me) {
        other.set();
    }
    let own = finished.get(&me).map(Arc::clone);
    drop(finished);
    state
        .awaited
        .borrow_mut()
        .retain(|other| own.as_ref().is_some_and(|own| Arc::ptr_eq(own, other)));
    local::forget_other_threads(vm, me);
}

/// Wait for all threads that are no daemons, as the end of the program does (`_thread._shutdown`).
pub fn wait_for_threads(vm: &mut Vm) -> R<()> {
    let me = vm.thread_id();
    loop {
        let Some(state) = vm.extension::<ThreadState>() else { return Ok(()) };
        let own = state.finished.borrow().get(&me).map(Arc::clone);
        let next = state
            .awaited
            .borrow()
            .iter()
            .find(|other| own.as_ref().is_none_or(|own| !Arc::ptr_eq(own, other)))
            .cloned();
        let Some(next) = next else { return Ok(()) };
        handle::wait(vm, &next, None)?;
        if let Some(state) = vm.extension::<ThreadState>() {
            state.awaited.borrow_mut().retain(|other| !Arc::ptr_eq(other, &next));
        }
    }
}

const EXCEPT_HOOK_FIELDS: &[Field] = &[
    ("exc_type", "Exception type"),
    ("exc_value", "Exception value"),
    ("exc_traceback", "Exception traceback"),
    ("thread", "Thread"),
];

/// Fill the namespace of `_thread`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_thread", FUNCTIONS);
    let lock = lock::make_type(vm);
    let handle = handle::make_type(vm);
    if let Some(state) = vm.extension::<ThreadState>() {
        state.lock_class.set(Some(lock));
        state.handle_class.set(Some(handle));
    }
    let hook_args = make_struct_sequence_type(
        vm,
        "_thread._ExceptHookArgs",
        "ExceptHookArgs\n\nType used to pass arguments to threading.excepthook.",
        EXCEPT_HOOK_FIELDS,
        EXCEPT_HOOK_FIELDS.len(),
    );
    let rlock = rlock::make_type(vm);
    let local = local::make_type(vm);
    let classes = [
        ("lock", lock),
        ("LockType", lock),
        ("RLock", rlock),
        ("_local", local),
        ("_ThreadHandle", handle),
        ("_ExceptHookArgs", hook_args),
        ("error", vm.exc.runtime_error),
    ];
    for (name, class) in classes {
        vm.dict_set_str(dict, name, class.value());
    }
    let max = vm.float(TIMEOUT_MAX);
    vm.dict_set_str(dict, "TIMEOUT_MAX", max);
    let name_max = vm.int(15);
    vm.dict_set_str(dict, "_NAME_MAXLEN", name_max);
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Start a new thread and return its identifier.
        ///
        /// The thread will call the function with positional arguments from the
        /// tuple args and keyword arguments taken from the optional dictionary
        /// kwargs.  The thread exits when the function returns; the return value
        /// is ignored.  The thread will also exit when the function raises an
        /// unhandled exception; a stack trace will be printed unless the exception
        /// is SystemExit.
        start_new_thread "($module, function, args, kwargs=<absent>, /)" => start_new_thread;
        /// An obsolete synonym of start_new_thread().
        start_new "($module, function, args, kwargs=<absent>, /)" => start_new_thread;
        /// *For internal use only*: start a new thread.
        ///
        /// Like start_new_thread(), this starts a new thread calling the given function.
        /// Unlike start_new_thread(), this returns a handle object with methods to join
        /// or detach the given thread.
        /// This function is not for third-party code, please use the
        /// `threading` module instead. During finalization the runtime will not wait for
        /// the thread to exit if daemon is True. If handle is provided it must be a
        /// newly created thread._ThreadHandle instance.
        start_joinable_thread "($module, /, function, handle=None, daemon=True)" => start_joinable_thread;
        /// Return True if daemon threads are allowed in the current interpreter,
        /// and False otherwise.
        daemon_threads_allowed "($module, /)" => |_, _| Ok(Value::TRUE);
        /// Create a new lock object. See help(type(threading.Lock())) for
        /// information about locks.
        allocate_lock "($module, /)" => |vm, _| new_lock(vm);
        /// An obsolete synonym of allocate_lock().
        allocate "($module, /)" => |vm, _| new_lock(vm);
        /// This is synonymous to ``raise SystemExit''.  It will cause the current
        /// thread to exit silently unless the exception is caught.
        exit "($module, /)" => |vm, _| Err(vm.raise_with(vm.exc.system_exit, &[]));
        /// An obsolete synonym of exit().
        exit_thread "($module, /)" => |vm, _| Err(vm.raise_with(vm.exc.system_exit, &[]));
        /// Simulate the arrival of the given signal in the main thread,
        /// where the corresponding signal handler will be executed.
        /// If *signum* is omitted, SIGINT is assumed.
        /// A subthread can use this function to interrupt the main thread.
        ///
        /// Note: the default signal handler for SIGINT raises ``KeyboardInterrupt``.
        interrupt_main "($module, signum=2, /)" => |vm, args| {
            let signum = c_int(vm, args[0])?;
            if !(1..signal::N_SIGNALS).contains(&signum) {
                return Err(vm.value_error("signal number out of range"));
            }
            crate::process::signal::simulate(vm, signum);
            Ok(Value::NONE)
        };
        /// Return a non-zero integer that uniquely identifies the current thread
        /// amongst other threads that exist simultaneously.
        ///
        /// This may be used to identify per-thread resources.  Even though on
        /// some platforms threads identities may appear to be allocated
        /// consecutive numbers starting at 1, this behavior should not be relied
        /// upon, and the number should be seen purely as a magic cookie.
        /// A thread's identity may be reused for another thread after it exits.
        get_ident "($module, /)" => |vm, _| Ok(vm.int_u64(signal::current_thread()));
        /// Return a non-negative integer identifying the thread as reported
        /// by the OS (kernel). This may be used to uniquely identify a
        /// particular thread within a system.
        get_native_id "($module, /)" => |vm, _| Ok(vm.int(i64::from(process::gettid())));
        /// Return the number of currently running Python threads, excluding
        /// the main thread. The returned number comprises all threads created
        /// through `start_new_thread()` as well as `threading.Thread`, and not
        /// yet finished.
        ///
        /// This function is meant for internal and specialized purposes only.
        /// In most applications `threading.enumerate()` should be used instead.
        _count "($module, /)" => |vm, _| {
            let count = vm.extension::<ThreadState>().map_or(0, |state| state.finished.borrow().len());
            Ok(vm.int_usize(count))
        };
        /// Return the thread stack size used when creating new threads.  The
        /// optional size argument specifies the stack size (in bytes) to be used
        /// for subsequent threads.  The size must be 0 or a positive integer value of
        /// at least 32,768 (32k).  If changing the thread stack size is unsupported,
        /// a ThreadError exception is raised.  If the specified size is invalid,
        /// a ValueError exception is raised, and the stack size is unmodified.
        stack_size "($module, size=0, /)" => stack_size;
        /// Handle uncaught Thread.run() exception.
        _excepthook "($module, (exc_type, exc_value, exc_traceback, thread), /)" => excepthook;
        /// Return True if the current interpreter is the main Python interpreter.
        _is_main_interpreter "($module, /)" => |_, _| Ok(Value::TRUE);
        /// Wait for all non-daemon threads (other than the calling thread) to stop.
        _shutdown "($module, /)" => |vm, _| wait_for_threads(vm).map(|()| Value::NONE);
        /// Internal only. Make a thread handle for threads not spawned
        /// by the _thread or threading module.
        _make_thread_handle "($module, ident, /)" => |vm, args| {
            let ident = vm.index_of(args[0])?;
            handle::new_running(vm, ident.cast_unsigned())
        };
        /// Internal only. Return a non-zero integer that uniquely identifies the main thread
        /// of the main interpreter.
        _get_main_thread_ident "($module, /)" => |vm, _| {
            let ident = vm.extension::<ThreadState>().map_or(0, |state| state.main_ident.get());
            Ok(vm.int_u64(ident))
        };
        /// Set the name of the current thread.
        set_name "($module, /, name)" => |vm, args| {
            let name = vm.text_of(args[0], "set_name() argument 'name'")?;
            let name = name.split('\0').next().unwrap_or_default().to_owned();
            let result = thread::set_name(name.as_bytes());
            crate::blocking::os_result(vm, result)?;
            Ok(Value::NONE)
        };
    }
}

fn new_lock(vm: &mut Vm) -> R {
    match vm.extension::<ThreadState>().and_then(|state| state.lock_class.get()) {
        Some(class) => Ok(lock::new_lock(vm, class)),
        None => Err(vm.system_error("_thread was not initialised")),
    }
}

fn stack_size(vm: &mut Vm, args: &[Value]) -> R {
    let size = vm.index_of(args[0])?;
    if size < 0 {
        return Err(vm.value_error("size must be 0 or a positive value"));
    }
    let old = vm.extension::<ThreadState>().map_or(0, |state| state.stack_size.get());
    if size != 0 && size < 32768 {
        return Err(vm.value_error(format!("size not valid: {size} bytes")));
    }
    // As everywhere, asking is setting it back to the default.
    if let Some(state) = vm.extension::<ThreadState>() {
        state.stack_size.set(size as usize);
    }
    Ok(vm.int_usize(old))
}

fn start_new_thread(vm: &mut Vm, args: &[Value]) -> R {
    let &[function, arguments, keywords] = args else {
        return Err(vm.type_error("start_new_thread takes 2 or 3 arguments"));
    };
    if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("first arg must be callable"));
    }
    if vm.as_tuple(arguments).is_none() {
        return Err(vm.type_error("2nd arg must be a tuple"));
    }
    if !keywords.is_absent() && vm.as_dict(keywords).is_none() {
        return Err(vm.type_error("optional 3rd arg must be a dictionary"));
    }
    let finished = Arc::new(Finished::default());
    let ident = start(vm, &Start { function, arguments, keywords, finished, daemon: true })?;
    Ok(vm.int_u64(ident))
}

fn start_joinable_thread(vm: &mut Vm, args: &[Value]) -> R {
    let (function, handle) = (args[0], args[1]);
    if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("thread function must be callable"));
    }
    let daemon = vm.truth(args[2])?;
    let handle = if handle.is_none() { handle::new_handle(vm)? } else { handle };
    let Some(this) = handle::of_value(handle) else {
        return Err(vm.type_error("'handle' must be a _ThreadHandle"));
    };
    let finished = this.begin(vm)?;
    let arguments = vm.tuple(&[]);
    let start_data = Start { function, arguments, keywords: Value::ABSENT, finished, daemon };
    match start(vm, &start_data) {
        Ok(ident) => this.began(ident),
        Err(raised) => {
            this.failed();
            return Err(raised);
        }
    }
    Ok(handle)
}

/// What a new thread is to do.
struct Start {
    function: Value,
    arguments: Value,
    keywords: Value,
    finished: Arc<Finished>,
    daemon: bool,
}

/// Start a thread; its ident. Returns when the thread has one.
fn start(vm: &mut Vm, what: &Start) -> R<u64> {
    let size = vm.extension::<ThreadState>().map_or(0, |state| state.stack_size.get());
    let size = if size == 0 { STACK_SIZE } else { size.max(256 << 10) };
    let roots = [what.function, what.arguments, what.keywords].map(|value| vm.heap.root_add(value));
    let ident = Arc::new(handle::Ident::default());
    let tell = Arc::clone(&ident);
    let spawned = vm.spawn_thread(
        size,
        move || tell.set(signal::current_thread()),
        move |vm| {
            let values = roots.map(|root| {
                let value = vm.heap.root_get(root);
                vm.heap.root_remove(root);
                value
            });
            run(vm, values[0], values[1], values[2]);
        },
    );
    let Ok(id) = spawned else {
        for root in roots {
            vm.heap.root_remove(root);
        }
        return Err(vm.runtime_error("can't start new thread"));
    };
    // The thread cannot run Python, and end, before this one lets go of the lock.
    let ident = ident.wait();
    if let Some(state) = vm.extension::<ThreadState>() {
        state.idents.borrow_mut().insert(id, ident);
        if !what.daemon {
            state.awaited.borrow_mut().push(Arc::clone(&what.finished));
        }
        state.finished.borrow_mut().insert(id, Arc::clone(&what.finished));
    }
    Ok(ident)
}

/// The body of a new thread.
fn run(vm: &mut Vm, function: Value, arguments: Value, keywords: Value) {
    let result = call(vm, function, arguments, keywords);
    if let Err(raised) = result {
        if vm.raised_is(vm.exc.system_exit) {
            vm.take_raised(raised);
            return;
        }
        let raised_value = vm.take_raised(raised);
        let shown = vm.repr_text(function);
        let shown = match shown {
            Ok(shown) => shown,
            Err(raised) => {
                vm.take_raised(raised);
                String::from("?")
            }
        };
        let raised = vm.raise_again(raised_value);
        let message = format!("Exception ignored in thread started by {shown}");
        crate::unraisable::report(vm, raised, &message, Value::NONE);
    }
}

fn call(vm: &mut Vm, function: Value, arguments: Value, keywords: Value) -> R {
    let positional = vm.as_tuple(arguments).map_or(&[][..], Tuple::items);
    let Some(keywords) = vm.as_dict(keywords).filter(|keywords| !keywords.is_empty()) else {
        return vm.call_positional(function, positional);
    };
    let (all, names) = (vm.new_list(), vm.new_list());
    for &value in positional {
        all.push(&mut vm.heap, value);
    }
    for (name, value) in keywords.iter() {
        names.push(&mut vm.heap, name);
        all.push(&mut vm.heap, value);
    }
    vm.call(function, &Args { vals: all.items(), names: names.items() })
}

/// `threading.excepthook`.
fn excepthook(vm: &mut Vm, args: &[Value]) -> R {
    let Some(&[class, value, traceback, thread]) = vm.as_tuple(args[0]).map(Tuple::items) else {
        return Err(vm.type_error("_thread.excepthook argument type must be ExceptHookArgs"));
    };
    if class == vm.exc.system_exit.value() {
        return Ok(Value::NONE);
    }
    let sys = vm.sys;
    let mut file = vm.dict_get_name(sys, vm.names.stderr).unwrap_or(Value::NONE);
    if file.is_none() {
        if thread.is_none() {
            return Ok(Value::NONE);
        }
        file = vm.get_attr_str(thread, "_stderr")?;
        if file.is_none() {
            return Ok(Value::NONE);
        }
    }
    let name = match thread {
        Value::NONE => None,
        _ => {
            let attribute = vm.names.name;
            vm.find_attr(thread, attribute)?
        }
    };
    let name = match name {
        Some(name) => vm.str_text(name)?,
        None => signal::current_thread().to_string(),
    };
    let heading = vm.str(&format!("Exception in thread {name}:\n"));
    vm.call_method(file, vm.names.write, &[heading])?;
    let module = crate::warn::import(vm, "traceback")?;
    let print = vm.get_attr_str(module, "print_exception")?;
    let keyword = vm.intern("file");
    vm.call(print, &Args { vals: &[class, value, traceback, file], names: &[keyword] })?;
    vm.call_method(file, vm.names.flush, &[])?;
    Ok(Value::NONE)
}
