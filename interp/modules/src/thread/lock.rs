//! `_thread.lock`, and the waiting that all locks share.
use std::sync::atomic::{AtomicU32, Ordering};

use haft_core::object::{NoTrace, PayloadRef, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, natives, payload};
use haft_host::constants as c;
use haft_host::thread;

use crate::process::signal;
use crate::time::convert::{self, Rounding};

const FREE: u32 = 0;
const HELD: u32 = 1;
const WAITED_FOR: u32 = 2;

/// A lock that any thread may release.
#[derive(Debug, Default)]
pub(super) struct RawLock {
    word: AtomicU32,
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    /// Not at all.
    No,
    /// As long as it takes.
    Forever,
    /// Until the monotonic clock shows this.
    Until(i64),
}

/// How a wait ended.
enum Outcome {
    Got,
    TimedOut,
    Interrupted,
}

impl RawLock {
    pub(super) fn is_free(&self) -> bool {
        self.word.load(Ordering::Relaxed) == FREE
    }
    fn try_acquire(&self) -> bool {
        self.word.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }
    pub(super) fn release(&self) {
        if self.word.swap(FREE, Ordering::Release) == WAITED_FOR {
            thread::wake(&self.word, 1);
        }
    }
    /// Forget who had it, in the child of a fork.
    pub(super) fn reset(&self) {
        self.word.store(FREE, Ordering::Relaxed);
    }
    fn wait(&self, deadline: Option<i64>) -> Outcome {
        loop {
            if self.word.swap(WAITED_FOR, Ordering::Acquire) == FREE {
                return Outcome::Got;
            }
            match thread::wait(&self.word, WAITED_FOR, deadline) {
                Err(error) if error.raw_os_error() == Some(c::ETIMEDOUT) => {
                    return Outcome::TimedOut;
                }
                Err(error) if error.raw_os_error() == Some(c::EINTR) => {
                    return Outcome::Interrupted;
                }
                _ => {}
            }
        }
    }
}

/// Take a lock; false if it is not to be had in time. Handlers of signals run meanwhile.
pub(super) fn acquire(vm: &mut Vm, lock: &RawLock, wait: Wait) -> R<bool> {
    if lock.try_acquire() {
        return Ok(true);
    }
    let deadline = match wait {
        Wait::No => return Ok(false),
        Wait::Forever => None,
        Wait::Until(deadline) => Some(deadline),
    };
    loop {
        match vm.without_gil(|| lock.wait(deadline)) {
            Outcome::Got => return Ok(true),
            Outcome::TimedOut => return Ok(false),
            Outcome::Interrupted => signal::run_handlers(vm)?,
        }
    }
}

/// The parameters `blocking` and `timeout` of an `acquire`.
pub(super) fn wait_arguments(vm: &mut Vm, blocking: Value, timeout: Value) -> R<Wait> {
    let blocking = vm.truth(blocking)?;
    let is_default = vm.as_int(timeout) == Some(-1) || vm.as_float(timeout) == Some(-1.0);
    let nanoseconds = convert::nanoseconds(vm, timeout, Rounding::Up)?;
    if !blocking && !is_default {
        return Err(vm.value_error("can't specify a timeout for a non-blocking call"));
    }
    if nanoseconds < 0 && !is_default {
        return Err(vm.value_error("timeout value must be a non-negative number"));
    }
    if nanoseconds as f64 > super::TIMEOUT_MAX * 1e9 {
        return Err(vm.overflow_error("timeout value is too large"));
    }
    Ok(match () {
        () if !blocking || nanoseconds == 0 => Wait::No,
        () if is_default => Wait::Forever,
        () => Wait::Until(convert::deadline(nanoseconds)),
    })
}

payload! {
    /// A lock object.
    struct Lock {
        raw: NoTrace<RawLock>,
    }
}

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        doc: "A lock object is a synchronization primitive.  To create a lock,\n\
              call threading.Lock().  Methods are:\n\n\
              acquire() -- lock the lock, possibly blocking until it can be obtained\n\
              release() -- unlock of the lock\n\
              locked() -- test whether the lock is currently locked\n\n\
              A lock is not owned by the thread that locked it; another thread may\n\
              unlock it.  A thread attempting to lock a lock that it has already locked\n\
              will block until another thread unlocks it.  Deadlocks may ensue.",
        flags: TypeFlags::HAS_WEAKREFS,
        slots: |s| {
            s.new.set(Some(new));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        ..TypeSpec::of::<Lock>("_thread.lock")
    })
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    vm.bind_signature("lock", "()", args)?;
    match vm.as_type(class) {
        Some(class) => Ok(new_lock(vm, class)),
        None => Err(vm.type_error("lock.__new__(X): X is not a type object")),
    }
}

pub(super) fn new_lock(vm: &mut Vm, class: Type) -> Value {
    vm.new_payload(class, Lock { raw: NoTrace(RawLock::default()) })
}

natives! {
    static METHODS = {
        /// An obsolete synonym of acquire().
        acquire_lock "($self, /, blocking=True, timeout=-1)" => acquire_method;
        /// Lock the lock.
        ///
        /// Without argument, this blocks if the lock is already
        /// locked (even by the same thread), waiting for another thread to release
        /// the lock, and return True once the lock is acquired.
        /// With an argument, this will only block if the argument is true,
        /// and the return value reflects whether the lock is acquired.
        /// The blocking operation is interruptible.
        acquire "($self, /, blocking=True, timeout=-1)" => acquire_method;
        /// An obsolete synonym of release().
        release_lock "($self, /)" => release;
        /// Release the lock.
        ///
        /// Allows another thread that is blocked waiting for
        /// the lock to acquire the lock.  The lock must be in the locked state,
        /// but it needn't be locked by the same thread that unlocks it.
        release "($self, /)" => release;
        /// An obsolete synonym of locked().
        locked_lock "($self, /)" => locked;
        /// Return whether the lock is in the locked state.
        locked "($self, /)" => locked;
        /// Lock the lock.
        __enter__ "($self, /)" => |vm, args| {
            let this = this_lock(vm, args[0], "__enter__")?;
            acquire(vm, &this.get().raw, Wait::Forever).map(Value::bool)
        };
        /// Release the lock.
        __exit__ "($self, /, *exc_info)" => release;
        _at_fork_reinit "($self, /)" => |vm, args| {
            this_lock(vm, args[0], "_at_fork_reinit")?.raw.reset();
            Ok(Value::NONE)
        };
    }
}

fn this_lock(vm: &mut Vm, value: Value, method: &str) -> R<PayloadRef<Lock>> {
    vm.this(value, method, "_thread.lock")
}

fn acquire_method(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_lock(vm, args[0], "acquire")?;
    let wait = wait_arguments(vm, args[1], args[2])?;
    acquire(vm, &this.get().raw, wait).map(Value::bool)
}

fn release(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_lock(vm, args[0], "release")?;
    if this.raw.is_free() {
        return Err(vm.runtime_error("release unlocked lock"));
    }
    this.raw.release();
    Ok(Value::NONE)
}

fn locked(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_lock(vm, args[0], "locked")?;
    Ok(Value::bool(!this.raw.is_free()))
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_lock(vm, value, "__repr__")?;
    let state = if this.raw.is_free() { "unlocked" } else { "locked" };
    let class = vm.type_of(value);
    let (class, id) = (vm.full_type_name(class), vm.id_of(value));
    Ok(vm.str(&format!("<{state} {class} object at {id:#x}>")))
}
