//! `_thread.RLock`: a lock that its owner may take again.
use std::cell::Cell;

use haft_core::object::{NoTrace, PayloadRef, Tuple, Type, TypeFlags};
use haft_core::vm::{ThreadId, TypeSpec};
use haft_core::{Args, R, Value, Vm, natives, payload};
use haft_host::signal::current_thread;

use super::lock::{RawLock, Wait, acquire, wait_arguments};

payload! {
    /// A reentrant lock.
    struct RLock {
        raw: NoTrace<RawLock>,
        /// The thread that has it, 0 if none has.
        owner: Cell<ThreadId>,
        /// `get_ident()` of that thread.
        ident: Cell<u64>,
        count: Cell<usize>,
    }
}

pub(super) fn make_type(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::BASE.with(TypeFlags::HAS_WEAKREFS),
        slots: |s| {
            s.new.set(Some(new));
            s.repr.set(Some(repr));
        },
        methods: METHODS,
        ..TypeSpec::of::<RLock>("_thread.RLock")
    })
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    vm.bind_signature("RLock", "()", args)?;
    let Some(class) = vm.as_type(class) else {
        return Err(vm.type_error("RLock.__new__(X): X is not a type object"));
    };
    let lock = RLock {
        raw: NoTrace(RawLock::default()),
        owner: Cell::new(0),
        ident: Cell::new(0),
        count: Cell::new(0),
    };
    Ok(vm.new_payload(class, lock))
}

natives! {
    static METHODS = {
        /// Lock the lock.
        ///
        /// `blocking` indicates whether we should wait
        /// for the lock to be available or not.  If `blocking` is False
        /// and another thread holds the lock, the method will return False
        /// immediately.  If `blocking` is True and another thread holds
        /// the lock, the method will wait for the lock to be released,
        /// take it and then return True.
        /// (note: the blocking operation is interruptible.)
        ///
        /// In all other cases, the method will return True immediately.
        /// Precisely, if the current thread already holds the lock, its
        /// internal counter is simply incremented. If nobody holds the lock,
        /// the lock is taken and its internal counter initialized to 1.
        acquire "($self, /, blocking=True, timeout=-1)" => |vm, args| {
            let this = this_lock(vm, args[0], "acquire")?;
            let wait = wait_arguments(vm, args[1], args[2])?;
            take(vm, this, wait).map(Value::bool)
        };
        /// Release the lock.
        ///
        /// Allows another thread that is blocked waiting for
        /// the lock to acquire the lock.  The lock must be in the locked state,
        /// and must be locked by the same thread that unlocks it; otherwise a
        /// `RuntimeError` is raised.
        ///
        /// Do note that if the lock was acquire()d several times in a row by the
        /// current thread, release() needs to be called as many times for the lock
        /// to be available for other threads.
        release "($self, /)" => |vm, args| release(vm, args[0]);
        /// Return a boolean indicating whether this object is locked right now.
        locked "($self, /)" => |vm, args| Ok(Value::bool(this_lock(vm, args[0], "locked")?.count.get() > 0));
        /// Lock the lock.
        __enter__ "($self, /)" => |vm, args| {
            let this = this_lock(vm, args[0], "__enter__")?;
            take(vm, this, Wait::Forever).map(Value::bool)
        };
        /// Release the lock.
        __exit__ "($self, /, *exc_info)" => |vm, args| release(vm, args[0]);
        /// For internal use by `threading.Condition`.
        _is_owned "($self, /)" => |vm, args| {
            let this = this_lock(vm, args[0], "_is_owned")?;
            Ok(Value::bool(this.owner.get() == vm.thread_id()))
        };
        /// For internal use by reentrant lock tests.
        _recursion_count "($self, /)" => |vm, args| {
            let this = this_lock(vm, args[0], "_recursion_count")?;
            let count = if this.owner.get() == vm.thread_id() { this.count.get() } else { 0 };
            Ok(vm.int_usize(count))
        };
        /// For internal use by `threading.Condition`.
        _acquire_restore "($self, state, /)" => acquire_restore;
        /// For internal use by `threading.Condition`.
        _release_save "($self, /)" => release_save;
        _at_fork_reinit "($self, /)" => |vm, args| {
            let this = this_lock(vm, args[0], "_at_fork_reinit")?;
            this.raw.reset();
            this.owner.set(0);
            this.ident.set(0);
            this.count.set(0);
            Ok(Value::NONE)
        };
    }
}

fn this_lock(vm: &mut Vm, value: Value, method: &str) -> R<PayloadRef<RLock>> {
    vm.this(value, method, "_thread.RLock")
}

fn take(vm: &mut Vm, this: PayloadRef<RLock>, wait: Wait) -> R<bool> {
    let me = vm.thread_id();
    if this.owner.get() == me {
        this.count.set(this.count.get() + 1);
        return Ok(true);
    }
    if !acquire(vm, &this.get().raw, wait)? {
        return Ok(false);
    }
    own(vm, this, 1);
    Ok(true)
}

fn own(vm: &Vm, this: PayloadRef<RLock>, count: usize) {
    this.owner.set(vm.thread_id());
    this.ident.set(current_thread());
    this.count.set(count);
}

fn release(vm: &mut Vm, this: Value) -> R {
    let this = this_lock(vm, this, "release")?;
    if this.owner.get() != vm.thread_id() {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    this.count.set(this.count.get() - 1);
    if this.count.get() == 0 {
        give_up(this);
    }
    Ok(Value::NONE)
}

fn give_up(this: PayloadRef<RLock>) {
    this.count.set(0);
    this.owner.set(0);
    this.ident.set(0);
    this.raw.release();
}

fn release_save(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_lock(vm, args[0], "_release_save")?;
    if this.count.get() == 0 || this.owner.get() != vm.thread_id() {
        return Err(vm.runtime_error("cannot release un-acquired lock"));
    }
    let (count, owner) = (vm.int_usize(this.count.get()), vm.int_u64(this.ident.get()));
    give_up(this);
    Ok(vm.tuple(&[count, owner]))
}

fn acquire_restore(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_lock(vm, args[0], "_acquire_restore")?;
    let Some(&[count, _]) = vm.as_tuple(args[1]).map(Tuple::items) else {
        return Err(vm.type_error("_acquire_restore() argument 1 must be 2-item tuple"));
    };
    let count = vm.index_of(count)?;
    acquire(vm, &this.get().raw, Wait::Forever)?;
    own(vm, this, usize::try_from(count).unwrap_or(1));
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let this = this_lock(vm, value, "__repr__")?;
    let state = if this.count.get() == 0 { "unlocked" } else { "locked" };
    let class = vm.type_of(value);
    let (class, id) = (vm.full_type_name(class), vm.id_of(value));
    let (owner, count) = (this.ident.get(), this.count.get());
    Ok(vm.str(&format!("<{state} {class} object owner={owner} count={count} at {id:#x}>")))
}
