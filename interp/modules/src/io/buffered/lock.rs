//! The lock of a buffered stream: other threads wait for it, the same thread may not come in twice.
use std::cell::Cell;
use std::sync::atomic::{AtomicU32, Ordering};

use haft_core::vm::ThreadId;
use haft_core::{R, Vm};
use haft_host::thread;

use super::Buffer;
use crate::blocking::blocking;

const FREE: u32 = 0;
const HELD: u32 = 1;
const WAITED_FOR: u32 = 2;

/// A lock that is taken and released by threads that run Python.
#[derive(Debug, Default)]
pub(super) struct Lock {
    word: AtomicU32,
    owner: Cell<ThreadId>,
}

impl Lock {
    /// Does nobody have it?
    pub(super) fn is_free(&self) -> bool {
        self.word.load(Ordering::Relaxed) == FREE
    }
    pub(super) fn release(&self) {
        if self.word.swap(FREE, Ordering::Release) == WAITED_FOR {
            thread::wake(&self.word, 1);
        }
    }
}

/// Take the lock of a stream; RuntimeError if this thread has it: a signal handler or a method of the raw stream uses
/// the stream that it interrupted.
pub(super) fn acquire(vm: &mut Vm, this: Buffer) -> R<()> {
    let lock = &this.get().lock;
    let me = vm.thread_id();
    if !lock.is_free() {
        if lock.owner.get() == me {
            let shown = vm.repr_text(this.value())?;
            return Err(vm.runtime_error(format!("reentrant call inside {shown}")));
        }
        while lock.word.swap(WAITED_FOR, Ordering::Acquire) != FREE {
            let waited = blocking(vm, || match thread::wait(&lock.word, WAITED_FOR, None) {
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => Ok(()),
                result => result,
            })?;
            crate::blocking::os_result(vm, waited)?;
        }
    } else {
        lock.word.store(HELD, Ordering::Relaxed);
    }
    lock.owner.set(me);
    Ok(())
}
