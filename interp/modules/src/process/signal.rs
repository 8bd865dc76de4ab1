//! `_signal`: Python handlers of signals.
//!
//! The handler that the kernel calls only notes the signal down and sets [`Vm::attention`]. The Python handler runs on
//! the main thread at the next safe point: a back-edge, or the return of a blocking call.
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use haft_builtins::runtime::interrupt;
use haft_builtins::structseq::{Field, make_struct_sequence_type, new_struct_sequence};
use haft_core::object::{Dict, Type};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_host::constants as c;
use haft_host::signal::{self, Disposition, N_SIGNALS};
use haft_host::{file, process, stat};

use crate::blocking::{blocking, blocking_os, os_result};
use crate::os::argument::{c_int, c_long, c_uint};
use crate::time::convert::{self, Rounding};

/// `signal.SIG_DFL` and `signal.SIG_IGN` as handlers.
const DEFAULT: Value = Value::small(0);
const IGNORE: Value = Value::small(1);

/// What the runtime knows of signals.
#[derive(Debug)]
struct Signals {
    /// By number: a callable, `SIG_DFL`, `SIG_IGN`, or None for a handler that was not installed from Python.
    handlers: RefCell<Vec<Value>>,
    /// Were the handlers of other signals than SIGINT asked for?
    complete: Cell<bool>,
    warns_on_full_buffer: Cell<bool>,
    timer_error: Cell<Option<Type>>,
    info_class: Cell<Option<Type>>,
}

impl Extension for Signals {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Ok(handlers) = self.handlers.try_borrow() {
            tracer.values(&handlers);
        }
        for class in [self.timer_error.get(), self.info_class.get()].into_iter().flatten() {
            tracer.obj(class.obj());
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Set up the signals of a process that runs Python: Ctrl-C raises KeyboardInterrupt, a closed pipe or a file that is
/// too large is an error of the call.
pub fn install(vm: &mut Vm) {
    // One flag per runtime, for the life of the process.
    let flag: &'static _ = Box::leak(Box::new(Arc::clone(&vm.attention)));
    signal::notify_flag(flag);
    interrupt::set_runner(vm, run_handlers);
    let module = vm.intern("_signal");
    let mut handlers = vec![DEFAULT; N_SIGNALS as usize];
    let interrupt = vm.native_function(&FUNCTIONS[0], Value::ABSENT, module);
    if matches!(signal::disposition(c::SIGINT), Ok(Disposition::Default))
        && signal::set_disposition(c::SIGINT, Disposition::Record).is_ok()
    {
        handlers[c::SIGINT as usize] = interrupt;
    }
    for signum in [c::SIGPIPE, c::SIGXFSZ] {
        if signal::set_disposition(signum, Disposition::Ignore).is_ok() {
            handlers[signum as usize] = IGNORE;
        }
    }
    vm.set_extension(Signals {
        handlers: RefCell::new(handlers),
        complete: Cell::new(false),
        warns_on_full_buffer: Cell::new(true),
        timer_error: Cell::new(None),
        info_class: Cell::new(None),
    });
}

/// Run the Python handlers of the signals that have arrived, if this is the main thread.
pub fn run_handlers(vm: &mut Vm) -> R<()> {
    if !signal::any_pending() || !vm.on_main_thread() {
        return Ok(());
    }
    if let Some(errno) = signal::take_wakeup_error() {
        report_wakeup_error(vm, errno);
    }
    while let Some(signum) = signal::take_pending() {
        let handler = handler_of(vm, signum);
        if handler.is_none() || handler == DEFAULT || handler == IGNORE {
            continue;
        }
        let frame = current_frame(vm);
        let number = vm.int(i64::from(signum));
        if let Err(raised) = vm.call_positional(handler, &[number, frame]) {
            // The others are not lost.
            vm.attention.store(true, Ordering::Release);
            return Err(raised);
        }
    }
    Ok(())
}

fn current_frame(vm: &mut Vm) -> Value {
    match vm.stack.frames.len() {
        0 => Value::NONE,
        n => haft_core::interp::frame_object(vm, n - 1),
    }
}

fn report_wakeup_error(vm: &mut Vm, errno: i32) {
    let warns = vm.extension::<Signals>().is_none_or(|signals| signals.warns_on_full_buffer.get());
    if errno == c::EAGAIN && !warns {
        return;
    }
    let raised = vm.os_error(&io::Error::from_raw_os_error(errno));
    crate::unraisable::report(
        vm,
        raised,
        "Exception ignored while trying to write to the signal wakeup fd",
        Value::NONE,
    );
}

fn handler_of(vm: &Vm, signum: i32) -> Value {
    let handlers = vm.extension::<Signals>().map(|signals| signals.handlers.borrow());
    handlers.and_then(|handlers| handlers.get(signum as usize).copied()).unwrap_or(Value::NONE)
}

fn set_handler(vm: &Vm, signum: i32, handler: Value) {
    if let Some(signals) = vm.extension::<Signals>()
        && let Some(entry) = signals.handlers.borrow_mut().get_mut(signum as usize)
    {
        *entry = handler;
    }
}

/// Fill in the handlers of the signals that were set up before Python started.
fn complete_handlers(vm: &mut Vm) {
    let Some(signals) = vm.extension::<Signals>() else { return };
    if signals.complete.replace(true) {
        return;
    }
    let mut handlers = signals.handlers.borrow_mut();
    for signum in 1..N_SIGNALS {
        let entry = &mut handlers[signum as usize];
        *entry = match signal::disposition(signum) {
            Ok(Disposition::Default) => DEFAULT,
            Ok(Disposition::Ignore) => IGNORE,
            Ok(Disposition::Record) => *entry,
            Ok(Disposition::Foreign) | Err(_) => Value::NONE,
        };
    }
}

/// Pretend that a signal arrived, if it has a Python handler (`_thread.interrupt_main`).
pub fn simulate(vm: &mut Vm, signum: i32) {
    let handler = handler_of(vm, signum);
    if !handler.is_none() && handler != DEFAULT && handler != IGNORE {
        signal::mark_pending(signum);
    }
}

/// In the child of a fork: what had arrived was for the parent.
pub fn forget_pending() {
    while signal::take_pending().is_some() {}
}

macro_rules! signal_constants {
    ($($name:ident)+) => { &[ $( (stringify!($name), c::$name as i64), )+ ] };
}

const CONSTANTS: &[(&str, i64)] = signal_constants! {
    SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM
    SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO
    SIGPOLL SIGPWR SIGSYS SIG_BLOCK SIG_UNBLOCK SIG_SETMASK ITIMER_REAL ITIMER_VIRTUAL ITIMER_PROF
};

const INFO_FIELDS: &[Field] = &[
    ("si_signo", "signal number"),
    ("si_code", "signal code"),
    ("si_errno", "errno associated with this signal"),
    ("si_pid", "sending process ID"),
    ("si_uid", "real user ID of sending process"),
    ("si_status", "exit value or signal"),
    ("si_band", "band event for SIGPOLL"),
];

/// Fill the namespace of `_signal`.
pub fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    complete_handlers(vm);
    vm.add_functions(dict, "_signal", FUNCTIONS);
    for &(name, number) in CONSTANTS {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    let more = [
        ("SIG_DFL", 0),
        ("SIG_IGN", 1),
        ("NSIG", i64::from(N_SIGNALS)),
        ("SIGCLD", i64::from(c::SIGCHLD)),
        ("SIGIOT", i64::from(c::SIGABRT)),
        ("SIGRTMIN", i64::from(c::SIGRTMIN())),
        ("SIGRTMAX", i64::from(c::SIGRTMAX())),
    ];
    for (name, number) in more {
        let number = vm.int(number);
        vm.dict_set_str(dict, name, number);
    }
    let interrupt = handler_of(vm, c::SIGINT);
    if !interrupt.is_none() && interrupt != DEFAULT && interrupt != IGNORE {
        // The function that is installed is the one that the module shows.
        vm.dict_set_str(dict, "default_int_handler", interrupt);
    }
    let timer_error = vm.new_builtin_type(&TypeSpec {
        base: Some(vm.exc.os_error),
        flags: vm.exc.os_error.flags(),
        kind: vm.exc.os_error.kind.0,
        ..TypeSpec::of::<haft_core::object::Exception>("signal.itimer_error")
    });
    let info = make_struct_sequence_type(
        vm,
        "signal.struct_siginfo",
        "struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\n\
         This object may be accessed either as a tuple of\n\
         (si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\n\
         or via the attributes si_signo, si_code, and so on.",
        INFO_FIELDS,
        INFO_FIELDS.len(),
    );
    vm.dict_set_str(dict, "ItimerError", timer_error.value());
    vm.dict_set_str(dict, "struct_siginfo", info.value());
    if let Some(signals) = vm.extension::<Signals>() {
        signals.timer_error.set(Some(timer_error));
        signals.info_class.set(Some(info));
    }
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// The default handler for SIGINT installed by Python.
        ///
        /// It raises KeyboardInterrupt.
        default_int_handler "($module, signalnum, frame, /)" => |vm, args| {
            c_int(vm, args[0])?;
            Err(vm.raise_with(vm.exc.keyboard_interrupt, &[]))
        };
        /// Arrange for SIGALRM to arrive after the given number of seconds.
        alarm "($module, seconds, /)" => |vm, args| {
            let seconds = c_int(vm, args[0])?;
            let left = signal::alarm(seconds.cast_unsigned());
            Ok(vm.int(i64::from(left)))
        };
        /// Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).
        ///
        /// The timer will fire after value seconds and after that every interval seconds.
        /// The itimer can be cleared by setting seconds to zero.
        ///
        /// Returns old values as a tuple: (delay, interval).
        setitimer "($module, which, seconds, interval=0.0, /)" => setitimer;
        /// Returns current value of given itimer.
        getitimer "($module, which, /)" => |vm, args| {
            let which = c_int(vm, args[0])?;
            let result = signal::getitimer(which);
            timer_result(vm, result)
        };
        /// Set the action for the given signal.
        ///
        /// The action can be SIG_DFL, SIG_IGN, or a callable Python object.
        /// The previous action is returned.  See getsignal() for possible return values.
        ///
        /// *** IMPORTANT NOTICE ***
        /// A signal handler function is called with two arguments:
        /// the first is the signal number, the second is the interrupted stack frame.
        signal "($module, signalnum, handler, /)" => set_signal;
        /// Send a signal to the executing process.
        raise_signal "($module, signalnum, /)" => |vm, args| {
            let signum = c_int(vm, args[0])?;
            let result = signal::raise_signal(signum);
            os_result(vm, result)?;
            run_handlers(vm)?;
            Ok(Value::NONE)
        };
        /// Return the system description of the given signal.
        ///
        /// Returns the description of signal *signalnum*, such as "Interrupt"
        /// for :const:`SIGINT`. Returns :const:`None` if *signalnum* has no
        /// description. Raises :exc:`ValueError` if *signalnum* is invalid.
        strsignal "($module, signalnum, /)" => |vm, args| {
            let signum = signal_number(vm, args[0])?;
            Ok(match signal::description(signum) {
                Some(text) => vm.str_lossy(&text),
                None => Value::NONE,
            })
        };
        /// Return the current action for the given signal.
        ///
        /// The return value can be:
        ///   SIG_IGN -- if the signal is being ignored
        ///   SIG_DFL -- if the default action for the signal is in effect
        ///   None    -- if an unknown handler is in effect
        ///   anything else -- the callable Python object used as a handler
        getsignal "($module, signalnum, /)" => |vm, args| {
            let signum = signal_number(vm, args[0])?;
            Ok(handler_of(vm, signum))
        };
        /// Sets the fd to be written to (with the signal number) when a signal comes in.
        ///
        /// A library can use this to wakeup select or poll.
        /// The previous fd or -1 is returned.
        ///
        /// The fd must be non-blocking.
        set_wakeup_fd "($module, fd, /, *, warn_on_full_buffer=True)" => set_wakeup_fd;
        /// Change system call restart behaviour.
        ///
        /// If flag is False, system calls will be restarted when interrupted by
        /// signal sig, else system calls will be interrupted.
        siginterrupt "($module, signalnum, flag, /)" => |vm, args| {
            let signum = signal_number(vm, args[0])?;
            let flag = c_int(vm, args[1])? != 0;
            let result = signal::siginterrupt(signum, flag);
            os_result(vm, result)?;
            Ok(Value::NONE)
        };
        /// Wait until a signal arrives.
        pause "($module, /)" => |vm, _| {
            vm.without_gil(signal::pause);
            run_handlers(vm)?;
            Ok(Value::NONE)
        };
        /// Send a signal to a process referred to by a pid file descriptor.
        pidfd_send_signal "($module, pidfd, signalnum, siginfo=None, flags=0, /)" => |vm, args| {
            let (fd, signum) = (c_int(vm, args[0])?, c_int(vm, args[1])?);
            if !args[2].is_none() {
                return Err(vm.type_error("siginfo must be None"));
            }
            let flags = c_int(vm, args[3])?;
            let result = process::pidfd_send_signal(fd, signum, flags);
            os_result(vm, result)?;
            Ok(Value::NONE)
        };
        /// Send a signal to a thread.
        pthread_kill "($module, thread_id, signalnum, /)" => pthread_kill;
        /// Fetch and/or change the signal mask of the calling thread.
        pthread_sigmask "($module, how, mask, /)" => |vm, args| {
            let how = c_int(vm, args[0])?;
            let mask = signal_set(vm, args[1])?;
            let result = signal::sigmask(how, &mask);
            let old = os_result(vm, result)?;
            run_handlers(vm)?;
            set_value(vm, &old)
        };
        /// Examine pending signals.
        ///
        /// Returns a set of signal numbers that are pending for delivery to
        /// the calling thread.
        sigpending "($module, /)" => |vm, _| {
            let pending = signal::sigpending();
            let pending = os_result(vm, pending)?;
            set_value(vm, &pending)
        };
        /// Wait for a signal.
        ///
        /// Suspend execution of the calling thread until the delivery of one of the
        /// signals specified in the signal set sigset.  The function accepts the signal
        /// and returns the signal number.
        sigwait "($module, sigset, /)" => |vm, args| {
            let set = signal_set(vm, args[0])?;
            let info = blocking_os(vm, || signal::sigtimedwait(&set, None))?;
            Ok(vm.int(i64::from(info.signo)))
        };
        /// Wait synchronously until one of the signals in *sigset* is delivered.
        ///
        /// Returns a struct_siginfo containing information about the signal.
        sigwaitinfo "($module, sigset, /)" => |vm, args| {
            let set = signal_set(vm, args[0])?;
            let info = blocking_os(vm, || signal::sigtimedwait(&set, None))?;
            Ok(info_value(vm, &info))
        };
        /// Like sigwaitinfo(), but with a timeout.
        ///
        /// The timeout is specified in seconds, rounded up to nanoseconds.
        sigtimedwait "($module, sigset, timeout, /)" => sigtimedwait;
        /// Return a set of valid signal numbers on this platform.
        ///
        /// The signal numbers returned by this function can be safely passed to
        /// functions like `pthread_kill`.
        valid_signals "($module, /)" => |vm, _| {
            let all = signal::valid_signals();
            set_value(vm, &all)
        };
    }
}

fn signal_number(vm: &mut Vm, value: Value) -> R<i32> {
    let signum = c_int(vm, value)?;
    if (1..N_SIGNALS).contains(&signum) {
        Ok(signum)
    } else {
        Err(vm.value_error("signal number out of range"))
    }
}

fn set_signal(vm: &mut Vm, args: &[Value]) -> R {
    let signum = c_int(vm, args[0])?;
    if !vm.on_main_thread() {
        return Err(vm.value_error("signal only works in main thread of the main interpreter"));
    }
    if !(1..N_SIGNALS).contains(&signum) {
        return Err(vm.value_error("signal number out of range"));
    }
    // An enum member that equals 0 or 1 is as good as the number.
    let number = vm.as_int(args[1]);
    let (handler, disposition) = match number {
        Some(0) => (DEFAULT, Disposition::Default),
        Some(1) => (IGNORE, Disposition::Ignore),
        _ if vm.type_of(args[1]).slots.call.get().is_some() => (args[1], Disposition::Record),
        _ => {
            let text =
                "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object";
            return Err(vm.type_error(text));
        }
    };
    run_handlers(vm)?;
    let result = signal::set_disposition(signum, disposition);
    os_result(vm, result)?;
    let old = handler_of(vm, signum);
    set_handler(vm, signum, handler);
    Ok(old)
}

fn timer_result(vm: &mut Vm, result: io::Result<(i64, i64)>) -> R {
    match result {
        Ok((delay, interval)) => {
            let seconds = |microseconds: i64| microseconds as f64 / 1e6;
            let (delay, interval) = (vm.float(seconds(delay)), vm.float(seconds(interval)));
            Ok(vm.tuple(&[delay, interval]))
        }
        Err(error) => {
            let class = vm.extension::<Signals>().and_then(|signals| signals.timer_error.get());
            let class = class.unwrap_or(vm.exc.os_error);
            let errno = error.raw_os_error().unwrap_or(0);
            let (number, text) =
                (vm.int(i64::from(errno)), vm.str_lossy(&process::strerror(errno)));
            Err(vm.raise_with(class, &[number, text]))
        }
    }
}

fn setitimer(vm: &mut Vm, args: &[Value]) -> R {
    let which = c_int(vm, args[0])?;
    let microseconds = |vm: &mut Vm, value| -> R<i64> {
        let nanoseconds = convert::nanoseconds(vm, value, Rounding::Ceiling)?;
        Ok(nanoseconds.div_euclid(1000) + i64::from(nanoseconds.rem_euclid(1000) > 0))
    };
    let (delay, interval) = (microseconds(vm, args[1])?, microseconds(vm, args[2])?);
    let result = signal::setitimer(which, delay, interval);
    timer_result(vm, result)
}

fn set_wakeup_fd(vm: &mut Vm, args: &[Value]) -> R {
    let fd = c_int(vm, args[0])?;
    let warns = vm.truth(args[1])?;
    if !vm.on_main_thread() {
        return Err(
            vm.value_error("set_wakeup_fd only works in main thread of the main interpreter")
        );
    }
    if fd != -1 {
        let known = stat::fstat(fd);
        os_result(vm, known)?;
        let blocking = file::blocking(fd);
        if os_result(vm, blocking)? {
            return Err(vm.value_error(format!("the fd {fd} must be in non-blocking mode")));
        }
    }
    if let Some(signals) = vm.extension::<Signals>() {
        signals.warns_on_full_buffer.set(warns);
    }
    let old = signal::set_wakeup_fd(fd);
    Ok(vm.int(i64::from(old)))
}

fn pthread_kill(vm: &mut Vm, args: &[Value]) -> R {
    let thread = vm.index_value(args[0])?;
    let Some(thread) = vm.as_big(thread).and_then(|thread| u64::try_from(&thread).ok()) else {
        return Err(vm.overflow_error("can't convert negative int to unsigned"));
    };
    let signum = c_int(vm, args[1])?;
    if !crate::thread::is_alive(vm, thread) {
        let gone = io::Error::from_raw_os_error(c::ESRCH);
        return Err(vm.os_error(&gone));
    }
    // SAFETY: the thread is one of the runtime's that has not ended: it would have to get the lock for that.
    let result = unsafe { signal::pthread_kill(thread, signum) };
    os_result(vm, result)?;
    run_handlers(vm)?;
    Ok(Value::NONE)
}

fn sigtimedwait(vm: &mut Vm, args: &[Value]) -> R {
    let set = signal_set(vm, args[0])?;
    let timeout = convert::nanoseconds(vm, args[1], Rounding::Ceiling)?;
    if timeout < 0 {
        return Err(vm.value_error("timeout must be non-negative"));
    }
    let deadline = convert::deadline(timeout);
    let result = blocking(vm, || {
        let left = deadline - haft_host::clock::Clock::Monotonic.now()?;
        signal::sigtimedwait(&set, Some(left.max(0)))
    })?;
    match result {
        Ok(info) => Ok(info_value(vm, &info)),
        Err(error) if error.raw_os_error() == Some(c::EAGAIN) => Ok(Value::NONE),
        Err(error) => Err(vm.os_error(&error)),
    }
}

fn info_value(vm: &mut Vm, info: &signal::SignalInfo) -> Value {
    let numbers = [
        i64::from(info.signo),
        i64::from(info.code),
        i64::from(info.errno),
        i64::from(info.pid),
        i64::from(info.uid),
        i64::from(info.status),
        0,
    ];
    let values = numbers.map(|number| vm.int(number));
    match vm.extension::<Signals>().and_then(|signals| signals.info_class.get()) {
        Some(class) => new_struct_sequence(vm, class, &values),
        None => vm.tuple(&values),
    }
}

/// The numbers of an iterable of signals.
pub fn signal_set(vm: &mut Vm, iterable: Value) -> R<Vec<i32>> {
    let mut set = Vec::new();
    vm.for_each(iterable, |vm, item| {
        let signum = c_long(vm, item)?;
        match i32::try_from(signum) {
            Ok(number) if (1..N_SIGNALS).contains(&number) => set.push(number),
            _ => {
                let last = N_SIGNALS - 1;
                return Err(
                    vm.value_error(format!("signal number {signum} out of range [1; {last}]"))
                );
            }
        }
        Ok(())
    })?;
    Ok(set)
}

fn set_value(vm: &mut Vm, signals: &[i32]) -> R {
    let set = vm.set();
    for &signum in signals {
        let number = vm.int(i64::from(signum));
        vm.set_add(set, number)?;
    }
    Ok(set.value())
}

/// For `os.pidfd_open`.
pub fn pidfd_open(vm: &mut Vm, args: &[Value]) -> R {
    let (pid, flags) = (c_int(vm, args[0])?, c_uint(vm, args[1])?);
    let result = process::pidfd_open(pid, flags);
    let fd = os_result(vm, result)?;
    Ok(vm.int(i64::from(fd)))
}
