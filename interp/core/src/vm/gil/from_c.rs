//! Calls of compiled Python functions by C, in a thread that has the lock: without a frame, see
//! [`CompiledEntry`].
use std::sync::atomic::{Ordering, compiler_fence};

use haft_heap::Value;
use haft_jit::backend::Published;

use super::{Extent, ThreadId, VmHandle, place_in};
use crate::interp::jit::{
    CompiledEntry, MOST_ARGUMENTS, RESTORED, Unfinished, go_on_from_c, keep_c_errno, keep_exit,
    place_c_errno,
};
use crate::object::{Function, PayloadRef};
use crate::vm::{R, Vm};

/// How a thread came from C into the runtime.
#[derive(Clone, Copy)]
enum Came {
    /// From a call at this site of compiled code, which had kept the lock.
    FromCode(u64),
    /// It had the lock.
    WithLock,
    /// It had given the lock away, and its stack was this.
    WithoutLock(Extent),
}

impl VmHandle {
    /// C calls a function that has compiled code: run it if it needs no frame. False: nothing was done.
    ///
    /// `arguments` puts the arguments into the array, in order, and says how many they are; `result` takes the value, or
    /// leaves it to `otherwise`, as everything that is not usual. Neither runs Python.
    ///
    /// # Safety
    /// The runtime has not been dropped.
    pub unsafe fn call_compiled(
        &self,
        (entry, function): (&CompiledEntry, PayloadRef<Function>),
        arguments: impl FnOnce(&mut Vm, &mut [Value; MOST_ARGUMENTS]) -> Option<usize>,
        result: impl FnOnce(&mut Vm, Value) -> bool,
        otherwise: impl FnOnce(&mut Vm, R),
    ) -> bool {
        let Some((me, published)) = place_in(self.0.vm) else { return false };
        let area = published.filter(|area| area.site.load(Ordering::Relaxed) != 0);
        let Some(came) = self.come_in(me, area) else { return false };
        // SAFETY: the runtime lives (the caller's promise), and this thread holds its lock.
        let vm = unsafe { &mut *self.0.vm };
        let was = match came {
            Came::FromCode(RESTORED) | Came::WithLock | Came::WithoutLock(_) => 0,
            Came::FromCode(site) => site,
        };
        let outer = std::mem::replace(&mut vm.stack.called_at, was);
        let unfinished = match entry.run(vm, function, arguments) {
            Ok(value) if result(vm, value) => None,
            Ok(value) => Some(Unfinished::Value(value)),
            Err(unfinished) => Some(unfinished),
        };
        vm.stack.called_at = outer;
        let done = match &unfinished {
            None => true,
            Some(Unfinished::NotEntered) => false,
            Some(unfinished) => {
                Self::finish_call(vm, function, (was, unfinished), otherwise);
                true
            }
        };
        let is_restored = done && unfinished.is_some();
        self.go_out(area, came, is_restored);
        done
    }
    /// The calling thread comes from C into the runtime. `None`: it must come in another way.
    fn come_in(&self, me: ThreadId, area: Option<&Published>) -> Option<Came> {
        let gil = self.0.gil();
        let Some(area) = area else {
            if gil.is_held_by(me) {
                return Some(Came::WithLock);
            }
            gil.acquire(me);
            // SAFETY: the runtime lives (the callers' promise), and this thread holds its lock.
            let vm = unsafe { &mut *self.0.vm };
            let left_at = vm.threads()?.left_at(me);
            vm.resume(me);
            return Some(Came::WithoutLock(left_at));
        };
        let site = area.site.load(Ordering::Relaxed);
        // From here on nobody takes the lock away; see `Gil::steal` for the order.
        area.site.store(0, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        if area.leave.load(Ordering::Relaxed) != 0 {
            if site != RESTORED {
                area.site.store(site, Ordering::Release);
                return None;
            }
            gil.settle(me);
            // SAFETY: the runtime runs this thread's code, so it lives, and this thread holds its lock.
            unsafe { &mut *self.0.vm }.resume(me);
        }
        Some(Came::FromCode(site))
    }
    /// It goes back to C. `is_restored`: the state of the code that had called C was restored meanwhile.
    fn go_out(&self, area: Option<&Published>, came: Came, is_restored: bool) {
        match (came, area) {
            (Came::FromCode(site), Some(area)) => {
                if is_restored {
                    area.leave.store(1, Ordering::Relaxed);
                }
                area.site.store(if is_restored { RESTORED } else { site }, Ordering::Release);
            }
            (Came::WithoutLock(left_at), _) => {
                // SAFETY: this thread holds the lock.
                let vm = unsafe { &*self.0.vm };
                if let Some(threads) = vm.threads() {
                    threads.extent.set(left_at);
                }
                self.0.gil().release();
            }
            (Came::WithLock | Came::FromCode(_), _) => {}
        }
    }
    /// What is left to do of a call, with the state of compiled code that called C at `site` restored.
    #[cold]
    fn finish_call(
        vm: &mut Vm,
        function: PayloadRef<Function>,
        (site, unfinished): (u64, &Unfinished),
        otherwise: impl FnOnce(&mut Vm, R),
    ) {
        let kept = keep_exit(vm);
        keep_c_errno(vm);
        vm.restore_site(site);
        let outcome = match unfinished {
            Unfinished::At(at) => go_on_from_c(vm, function, at, &kept),
            Unfinished::Value(value) => Ok(*value),
            Unfinished::NotEntered => Ok(Value::NONE),
        };
        otherwise(vm, outcome);
        // The values of the exit, which are read behind where the compiler sees it.
        std::hint::black_box(&kept);
        place_c_errno(vm);
    }
    /// The thread is in a call of C from compiled code, which kept the lock: run `f`.
    pub(super) fn within_compiled_call<T>(
        &self,
        me: ThreadId,
        (area, site): (&Published, u64),
        f: impl FnOnce(&mut Vm) -> T,
    ) -> T {
        // From here on nobody takes the lock away; see `Gil::steal` for the order.
        area.site.store(0, Ordering::Relaxed);
        compiler_fence(Ordering::SeqCst);
        if area.leave.load(Ordering::Relaxed) != 0 {
            self.0.gil().settle(me);
        }
        // SAFETY: the runtime runs this thread's code, so it lives, and this thread holds its lock.
        let vm = unsafe { &mut *self.0.vm };
        vm.resume(me);
        vm.restore_published(site);
        let result = f(vm);
        area.leave.store(1, Ordering::Relaxed);
        area.site.store(RESTORED, Ordering::Release);
        result
    }
}
