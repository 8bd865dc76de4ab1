//! The lock that lets one thread at a time use a runtime, and what is put aside when another thread takes over.
//!
//! # Problem
//! Native stacks are scanned by the collector, and what belongs to one stack of execution is in [`Vm::stack`]. So when
//! a thread lets another one run, the collector must still find both its native stack and its `StackState`.
//!
//! # Idea
//! A thread that gives the lock away ([`Vm::without_gil`]) only writes down how far its native stack reaches. Its
//! `StackState` stays where it is, since mostly the same thread comes back first. Only a *different* thread that takes
//! the lock puts the state it finds aside, with the native stack it belongs to, and installs its own.
//!
//! A thread that waits longer than the switch interval asks the running one, through [`Vm::attention`], to hand over.
//!
//! Compiled code keeps the lock during calls of C and only says where it is ([`Published`]); who has waited a moment takes
//! the lock away from it ([`Gil::steal`]).
//!
//! # Invariants
//! * [`Threads::running`] is the thread whose state is in `Vm::stack`; every other one that lives is in `parked`.
//! * The thread that holds the lock is `running`, except within the functions of this file.
mod from_c;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use haft_heap::{StackRangeId, Tracer, Value, with_spilled_registers};
use haft_jit::backend::Published;

use super::{Attention, Extension, R, StackState, Vm};
use crate::interp::jit::{published_area, published_extent};

/// Number of a thread of a runtime, from 1, never used again.
pub type ThreadId = u64;
/// What is told the number of a thread that ends.
pub type ExitHook = fn(&mut Vm, ThreadId);

/// The thread that made the runtime.
const FIRST: ThreadId = 1;
/// `sys.getswitchinterval()` in microseconds.
const SWITCH_INTERVAL: u64 = 5000;
/// Registers of the stack of a thread that is not the first: ten thousand frames of usual size fit.
const THREAD_REGISTERS: usize = 1 << 20;
/// Part of a native stack that is kept for handling its exhaustion.
const NATIVE_RESERVE: usize = 128 << 10;

/// The lock itself. It is leaked, because threads that may never run again wait on it for good.
///
/// Giving it away is a store and taking it back one exchange, as long as no thread waits: that happens around every
/// call into C. A thread that begins to wait just then may miss the news, and looks again after the switch interval.
#[derive(Debug)]
struct Gil {
    /// Number of the thread that has the lock; [`NOBODY`] when it is free.
    holder: AtomicU64,
    /// The thread that had it last.
    last: AtomicU64,
    /// Threads that wait.
    n_waiting: AtomicUsize,
    /// The next thread to take it must look into `state`.
    look: AtomicBool,
    state: Mutex<GilState>,
    free: Condvar,
    switched: Condvar,
    /// Somebody has waited for an interval.
    request: AtomicBool,
    interval: AtomicU64,
    attention: Arc<Attention>,
    /// Where compiled code of the running thread says in which call of C it is; null if none ran yet.
    published: AtomicPtr<Published>,
    /// The site that the last thread was at when the lock was taken away from it, until its state is put aside.
    stolen_at: AtomicU64,
}

/// How long a thread waits before it takes the lock away from one that is in a call of C.
const PATIENCE: Duration = Duration::from_micros(200);

/// No thread has this number.
const NOBODY: ThreadId = 0;

#[derive(Debug, Default)]
struct GilState {
    switches: u64,
    yielding: bool,
    /// Only this thread may still have the lock: the runtime is being taken down.
    closed_for: Option<ThreadId>,
}

impl Gil {
    fn leak(holder: ThreadId, attention: Arc<Attention>) -> &'static Gil {
        Box::leak(Box::new(Gil {
            holder: AtomicU64::new(holder),
            last: AtomicU64::new(holder),
            n_waiting: AtomicUsize::new(0),
            look: AtomicBool::new(false),
            state: Mutex::default(),
            free: Condvar::new(),
            switched: Condvar::new(),
            request: AtomicBool::new(false),
            interval: AtomicU64::new(SWITCH_INTERVAL),
            attention,
            published: AtomicPtr::new(std::ptr::null_mut()),
            stolen_at: AtomicU64::new(0),
        }))
    }
    fn lock(&self) -> MutexGuard<'_, GilState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
    fn try_take(&self, me: ThreadId) -> bool {
        self.holder.compare_exchange(NOBODY, me, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }
    fn is_free(&self) -> bool {
        self.holder.load(Ordering::Relaxed) == NOBODY
    }
    fn acquire(&self, me: ThreadId) {
        if !self.try_take(me) {
            self.wait(me);
        }
        if self.last.load(Ordering::Relaxed) != me || self.look.load(Ordering::Relaxed) {
            self.taken(me);
        }
    }
    #[cold]
    fn wait(&self, me: ThreadId) {
        let mut state = self.lock();
        self.n_waiting.fetch_add(1, Ordering::SeqCst);
        let (mut waited, mut switches) = (Duration::ZERO, state.switches);
        while !(self.try_take(me) || waited > Duration::ZERO && self.steal(me)) {
            let interval = Duration::from_micros(self.interval.load(Ordering::Relaxed));
            let step = if self.published().is_some() { PATIENCE.min(interval) } else { interval };
            let (again, result) =
                self.free.wait_timeout(state, step).unwrap_or_else(PoisonError::into_inner);
            state = again;
            waited += step;
            if state.switches != switches {
                (waited, switches) = (step, state.switches);
            }
            if result.timed_out() && !self.is_free() && waited >= interval {
                self.request.store(true, Ordering::Relaxed);
                self.attention.store(true, Ordering::Release);
            }
        }
        self.n_waiting.fetch_sub(1, Ordering::SeqCst);
        self.look.store(true, Ordering::Relaxed);
    }
    /// The calling thread has just taken the lock, and is another one than last time or was asked to look.
    #[cold]
    fn taken(&self, me: ThreadId) {
        let mut state = self.lock();
        if state.closed_for.is_some_and(|only| only != me) {
            self.holder.store(NOBODY, Ordering::Release);
            self.free.notify_all();
            self.switched.notify_all();
            drop(state);
            haft_host::thread::hang();
        }
        if self.last.swap(me, Ordering::Relaxed) != me {
            state.switches += 1;
        }
        self.request.store(false, Ordering::Relaxed);
        if std::mem::take(&mut state.yielding) {
            self.switched.notify_all();
        }
        self.look.store(state.closed_for.is_some(), Ordering::Relaxed);
    }
    fn published(&self) -> Option<&'static Published> {
        let area = self.published.load(Ordering::Acquire);
        // SAFETY: areas are leaked.
        unsafe { area.as_ref() }
    }
    /// Take the lock from a thread that is in a call of C from compiled code. `state` is locked.
    fn steal(&self, me: ThreadId) -> bool {
        let Some(area) = self.published() else { return false };
        if self.is_free() || area.site.load(Ordering::Relaxed) == 0 {
            return false;
        }
        area.leave.store(1, Ordering::SeqCst);
        if !haft_host::thread::barrier_in_all_threads() {
            return false;
        }
        let site = area.site.load(Ordering::SeqCst);
        if site == 0 {
            return false;
        }
        // The thread sees `leave` behind the call, and comes to `settle` before it does anything else.
        self.published.store(std::ptr::null_mut(), Ordering::Release);
        self.stolen_at.store(site, Ordering::Relaxed);
        self.holder.store(me, Ordering::Release);
        true
    }
    /// The calling thread was in a call of C from compiled code: see to it that it has the lock.
    /// Was it taken away?
    #[cold]
    fn settle(&self, me: ThreadId) -> bool {
        let state = self.lock();
        let has_it = self.is_held_by(me);
        drop(state);
        if !has_it {
            self.acquire(me);
        }
        !has_it
    }
    fn release(&self) {
        self.holder.store(NOBODY, Ordering::Release);
        if self.n_waiting.load(Ordering::Relaxed) > 0 {
            self.wake();
        }
    }
    #[cold]
    fn wake(&self) {
        let _state = self.lock();
        self.free.notify_one();
    }
    /// Give the lock to a waiting thread: return when one has taken it.
    fn hand_over(&self, me: ThreadId) {
        let mut state = self.lock();
        self.holder.store(NOBODY, Ordering::Release);
        self.free.notify_one();
        while self.n_waiting.load(Ordering::SeqCst) > 0
            && self.is_free()
            && self.last.load(Ordering::Relaxed) == me
        {
            state.yielding = true;
            self.look.store(true, Ordering::Relaxed);
            state = self.switched.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
    fn is_held_by(&self, thread: ThreadId) -> bool {
        self.holder.load(Ordering::Relaxed) == thread
    }
    fn close_for(&self, only: ThreadId) {
        self.lock().closed_for = Some(only);
        self.look.store(true, Ordering::Relaxed);
    }
}

/// A thread that does not run, with all that the collector must see of it.
#[derive(Debug)]
struct Parked {
    id: ThreadId,
    stack: Box<StackState>,
    extent: Extent,
    range: Option<StackRangeId>,
}

/// Part of a native stack: lowest and highest address.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    low: usize,
    high: usize,
}

/// What is known of a runtime by threads that do not hold its lock.
#[derive(Debug)]
struct Shared {
    vm: *mut Vm,
    /// Exchanged in the child of a fork.
    gil: AtomicPtr<Gil>,
    next_id: AtomicU64,
}

// SAFETY: the pointer is only followed by a thread that holds the lock.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Shared {
    fn gil(&self) -> &'static Gil {
        // SAFETY: made by `Gil::leak`.
        unsafe { &*self.gil.load(Ordering::Acquire) }
    }
    fn new_id(&self) -> ThreadId {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }
}

/// The threads of a runtime.
#[derive(Debug)]
pub(crate) struct Threads {
    shared: Arc<Shared>,
    running: Cell<ThreadId>,
    main: Cell<ThreadId>,
    /// How far the native stack of `running` reached when it gave the lock away.
    extent: Cell<Extent>,
    parked: RefCell<Vec<Parked>>,
    /// What is told the number of each thread that ends.
    on_exit: RefCell<Vec<ExitHook>>,
}

/// The entry in the runtime's table of extensions.
struct ThreadsExtension(Rc<Threads>);

impl Extension for ThreadsExtension {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // Nobody allocates while the list is borrowed.
        if let Ok(parked) = self.0.parked.try_borrow() {
            parked.iter().for_each(|thread| thread.stack.trace(tracer));
        }
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

thread_local! {
    /// The runtimes this thread belongs to.
    static MEMBERSHIPS: RefCell<Vec<Membership>> = const { RefCell::new(Vec::new()) };
}

/// A runtime that a thread belongs to.
#[derive(Clone)]
struct Membership {
    shared: Arc<Shared>,
    /// The thread's number there.
    id: ThreadId,
    /// Where its compiled code says in which call of C it is.
    published: Option<&'static Published>,
}

thread_local! {
    /// The place of this thread in the runtime that was asked for last, until a runtime's threads or stacks change.
    static LATEST: Cell<Option<(*mut Vm, Place)>> = const { Cell::new(None) };
}

/// The number of a thread in a runtime, and where its compiled code says in which call of C it is.
type Place = (ThreadId, Option<&'static Published>);

fn membership(vm: *mut Vm) -> Option<Membership> {
    MEMBERSHIPS.with_borrow(|all| all.iter().find(|entry| entry.shared.vm == vm).cloned())
}

/// The place of the calling thread in a runtime.
#[inline]
fn place_in(vm: *mut Vm) -> Option<Place> {
    match LATEST.get() {
        Some((latest, place)) if std::ptr::eq(latest, vm) => Some(place),
        _ => find_place_in(vm),
    }
}

#[cold]
fn find_place_in(vm: *mut Vm) -> Option<Place> {
    let place = MEMBERSHIPS.with_borrow(|all| {
        let mine = all.iter().find(|entry| std::ptr::eq(entry.shared.vm, vm))?;
        Some((mine.id, mine.published))
    });
    LATEST.set(place.map(|place| (vm, place)));
    place
}

fn join(shared: &Arc<Shared>, id: ThreadId) {
    LATEST.set(None);
    let shared = Arc::clone(shared);
    MEMBERSHIPS.with_borrow_mut(|all| all.push(Membership { shared, id, published: None }));
}

/// Compiled code of this thread was left, and `area` says that somebody came meanwhile: if the lock was taken away, wait
/// for it. Nothing of the runtime may be used before.
#[cold]
pub(crate) fn take_back_lock(vm: *mut Vm, area: &Published) {
    area.leave.store(0, Ordering::Relaxed);
    let Some(Membership { shared, id, .. }) = membership(vm) else { return };
    if shared.gil().settle(id) {
        // SAFETY: the runtime runs this thread's code, so it lives, and this thread holds its lock.
        unsafe { &mut *vm }.resume(id);
    }
}

/// Takes the lock back when a blocking call is over, also when it is left by a panic.
struct Return<'a> {
    vm: &'a mut Vm,
    gil: &'static Gil,
    me: ThreadId,
}

/// What a thread that gave the lock away keeps until it takes it back; see [`Vm::leave`].
#[derive(Debug)]
pub struct Left {
    shared: Arc<Shared>,
    me: ThreadId,
    range: StackRangeId,
    /// What was in the registers when it left: seen by the collector, since whoever goes on from there may put it nowhere.
    _registers: Box<[usize; 16]>,
}

impl Left {
    /// Take the lock back, in the thread that gave it away.
    ///
    /// # Safety
    /// The runtime has not been dropped.
    pub unsafe fn enter_again(self) {
        self.shared.gil().acquire(self.me);
        // SAFETY: the runtime lives (the caller's promise), and this thread holds its lock.
        let vm = unsafe { &mut *self.shared.vm };
        vm.resume(self.me);
        vm.heap.remove_stack_range(self.range);
    }
}

impl Drop for Return<'_> {
    fn drop(&mut self) {
        self.gil.acquire(self.me);
        self.vm.resume(self.me);
    }
}

impl Vm {
    /// Get ready for more than one thread. The calling thread is the main one, and has the lock.
    pub fn start_threads(&mut self) {
        if self.threads().is_some() {
            return;
        }
        let gil = Gil::leak(FIRST, Arc::clone(&self.attention));
        let shared = Arc::new(Shared {
            vm: std::ptr::from_mut(self),
            gil: AtomicPtr::new(std::ptr::from_ref(gil).cast_mut()),
            next_id: AtomicU64::new(FIRST + 1),
        });
        join(&shared, FIRST);
        let threads = Rc::new(Threads {
            shared,
            running: Cell::new(FIRST),
            main: Cell::new(FIRST),
            extent: Cell::default(),
            parked: RefCell::default(),
            on_exit: RefCell::default(),
        });
        self.threads = Some(Rc::clone(&threads));
        self.set_extension(ThreadsExtension(threads));
        self.on_attention.push(switch_if_asked);
        self.note_published();
    }
    #[inline]
    fn threads(&self) -> Option<Rc<Threads>> {
        self.threads.as_ref().map(Rc::clone)
    }

    /// Run a call that may block while other threads use the runtime. `f` touches nothing on the heap but bytes that
    /// nobody changes or moves.
    pub fn without_gil<T>(&mut self, f: impl FnOnce() -> T) -> T {
        if self.threads.is_none() {
            return f();
        }
        let (mut f, mut result) = (Some(f), None);
        with_spilled_registers(&mut |low| {
            if let Some((gil, me)) = self.pause(low) {
                let back = Return { vm: self, gil, me };
                gil.release();
                result = f.take().map(|f| f());
                drop(back);
            }
        });
        result.expect("the closure is called once")
    }
    /// Give the lock away and return: for C code that says where it does so, see [`Left::enter_again`].
    pub fn leave(&mut self) -> Left {
        self.start_threads();
        let registers = Box::new(haft_heap::preserved_registers());
        let low = registers.as_ptr().expose_provenance();
        // SAFETY: the box lives until `enter_again` removes the range; it is not written to.
        let range = unsafe { self.heap.add_stack_range(low, low + size_of_val(&*registers)) };
        let here = 0_usize;
        let paused = self.pause((&raw const here).expose_provenance());
        let threads = self.threads().expect("just started");
        let (gil, me) = paused.expect("just started");
        let left = Left { shared: Arc::clone(&threads.shared), me, range, _registers: registers };
        drop(threads);
        gil.release();
        left
    }
    /// Note down how far the native stack reaches. Never inlined, so that the caller reads the runtime anew.
    #[inline(never)]
    fn pause(&mut self, low: usize) -> Option<(&'static Gil, ThreadId)> {
        let threads = self.threads()?;
        threads.extent.set(Extent { low, high: self.heap.stack_bounds() });
        Some((threads.shared.gil(), threads.running.get()))
    }
    /// The lock was taken by thread `me`: install its state if another one ran meanwhile.
    #[inline(never)]
    fn resume(&mut self, me: ThreadId) {
        let Some(threads) = self.threads() else { return };
        let gil = threads.shared.gil();
        // Only who holds the lock writes it: no exchange is needed.
        let site = gil.stolen_at.load(Ordering::Relaxed);
        if site != 0 {
            gil.stolen_at.store(0, Ordering::Relaxed);
        }
        if threads.running.get() != me {
            if site != 0 {
                self.restore_stolen(&threads, me, site);
            }
            self.take_over(&threads, me);
        }
        if self.watched
            || self.stack.watch.trace != Value::ABSENT
            || self.stack.watch.profile != Value::ABSENT
        {
            self.note_watched();
        }
        if haft_host::signal::any_pending() && me == threads.main.get() {
            self.attention.store(true, Ordering::Release);
        }
    }
    /// The thread that ran is in a call of C from compiled code: write down how far its stack reaches, and bring its state
    /// up to date, as if it had given the lock away itself.
    #[cold]
    fn restore_stolen(&mut self, threads: &Threads, me: ThreadId, site: u64) {
        let low = published_extent(&self.stack);
        let high = self.heap.stack_bounds();
        threads.extent.set(Extent { low, high });
        // SAFETY: the thread is in a call that it will return from; its stack stays as it is from `low` on until it gets
        // the lock again, and the range is removed before that.
        let range = unsafe { self.heap.add_stack_range(low, high) };
        let mine = threads.parked.borrow().iter().find(|t| t.id == me).map(|t| t.extent.high);
        self.heap.set_stack_bounds(mine.expect("a thread that does not run is parked"));
        self.restore_published(site);
        self.heap.set_stack_bounds(high);
        self.heap.remove_stack_range(range);
    }
    /// Put the state of the thread that ran aside, and install that of `me`.
    #[cold]
    fn take_over(&mut self, threads: &Threads, me: ThreadId) {
        let mut parked = threads.parked.borrow_mut();
        let at = parked
            .iter()
            .position(|thread| thread.id == me)
            .expect("a thread that does not run is parked");
        let mine = parked.swap_remove(at);
        if let Some(range) = mine.range {
            self.heap.remove_stack_range(range);
        }
        let extent = threads.extent.get();
        // SAFETY: the thread waits for the lock, or is in a call that it will return from; its stack stays as it is
        // down to the address it gave, and `mine.range` is removed before it goes on.
        let range = unsafe { self.heap.add_stack_range(extent.low, extent.high) };
        let stack = std::mem::replace(&mut self.stack, mine.stack);
        parked.push(Parked { id: threads.running.get(), stack, extent, range: Some(range) });
        threads.running.set(me);
        self.heap.set_stack_bounds(mine.extent.high);
        drop(parked);
        self.note_published();
    }
    /// Tell threads that wait where compiled code of the running thread says in which call of C it is.
    pub(crate) fn note_published(&self) {
        let Some(threads) = self.threads() else { return };
        let area = published_area(&self.stack);
        let at = area.map_or(std::ptr::null_mut(), |area| std::ptr::from_ref(area).cast_mut());
        threads.shared.gil().published.store(at, Ordering::Release);
        if let Some(area) = area {
            let (vm, me) = (threads.shared.vm, threads.running.get());
            LATEST.set(None);
            MEMBERSHIPS.with_borrow_mut(|all| {
                let mine = all.iter_mut().filter(|entry| entry.shared.vm == vm && entry.id == me);
                mine.for_each(|entry| entry.published = Some(area));
            });
        }
    }
    /// The number of the running thread; 1 while there is only one.
    pub fn thread_id(&self) -> ThreadId {
        self.threads().map_or(FIRST, |threads| threads.running.get())
    }
    /// Does the main thread run?
    pub fn on_main_thread(&self) -> bool {
        self.threads().is_none_or(|threads| threads.running.get() == threads.main.get())
    }
    /// The numbers of all threads, the running one first.
    pub fn thread_ids(&self) -> Vec<ThreadId> {
        let Some(threads) = self.threads() else { return vec![FIRST] };
        let mut all = vec![threads.running.get()];
        all.extend(threads.parked.borrow().iter().map(|thread| thread.id));
        all
    }
    /// The stack of another thread, to look at its frames.
    pub fn with_thread_stack<T>(
        &self,
        id: ThreadId,
        look: impl FnOnce(&StackState) -> T,
    ) -> Option<T> {
        let threads = self.threads()?;
        if threads.running.get() == id {
            return Some(look(&self.stack));
        }
        let parked = threads.parked.borrow();
        parked.iter().find(|thread| thread.id == id).map(|thread| look(&thread.stack))
    }
    /// Do something with the stack of every thread that does not run.
    pub(crate) fn for_parked_stacks(&self, mut with: impl FnMut(&mut StackState)) {
        let Some(threads) = self.threads() else { return };
        threads.parked.borrow_mut().iter_mut().for_each(|thread| with(&mut thread.stack));
    }
    /// Have `hook` called with the number of each thread that ends, in that thread.
    pub fn on_thread_exit(&mut self, hook: ExitHook) {
        if let Some(threads) = self.threads() {
            threads.on_exit.borrow_mut().push(hook);
        }
    }
    /// `sys.getswitchinterval()`, microseconds.
    pub fn switch_interval(&self) -> u64 {
        self.threads().map_or(SWITCH_INTERVAL, |threads| {
            threads.shared.gil().interval.load(Ordering::Relaxed)
        })
    }
    /// `sys.setswitchinterval()`, microseconds.
    pub fn set_switch_interval(&mut self, microseconds: u64) {
        if let Some(threads) = self.threads() {
            threads.shared.gil().interval.store(microseconds.max(1), Ordering::Relaxed);
        }
    }

    /// What a thread without the lock needs to get it.
    pub fn handle(&mut self) -> VmHandle {
        if std::mem::replace(&mut self.company, 1) == 0
            && let Some(jit) = &mut self.jit
        {
            jit.not_alone();
        }
        self.start_threads();
        let threads = self.threads().expect("just started");
        VmHandle(Arc::clone(&threads.shared))
    }
    /// Start a thread that calls `begin` without the lock, then `body` with it; its number.
    pub fn spawn_thread(
        &mut self,
        stack_size: usize,
        begin: impl FnOnce() + Send + 'static,
        body: impl FnOnce(&mut Vm) + Send + 'static,
    ) -> std::io::Result<ThreadId> {
        let handle = self.handle();
        let id = handle.0.new_id();
        haft_host::thread::spawn(stack_size, move || {
            begin();
            // Without a stack the body cannot even say so.
            let _result = handle.run_new_thread(id, body);
        })?;
        Ok(id)
    }
    /// End the running thread, which is not the main one: another one's state is installed in place of its own.
    fn end_thread(&mut self, me: ThreadId) {
        let Some(threads) = self.threads() else { return };
        let hooks = threads.on_exit.borrow().clone();
        for hook in hooks {
            hook(self, me);
        }
        let next = threads
            .parked
            .borrow_mut()
            .pop()
            .expect("the main thread is parked while another one runs");
        if let Some(range) = next.range {
            self.heap.remove_stack_range(range);
        }
        let own = std::mem::replace(&mut self.stack, next.stack);
        threads.running.set(next.id);
        threads.extent.set(next.extent);
        self.heap.set_stack_bounds(next.extent.high);
        self.note_published();
        self.note_watched();
        let gil = threads.shared.gil();
        drop((own, threads));
        gil.release();
    }
    /// From here on only the running thread gets the lock; others hang when they ask for it.
    pub fn close_threads(&mut self) {
        if let Some(threads) = self.threads() {
            threads.shared.gil().close_for(threads.running.get());
        }
    }
    /// In the child of a fork: the running thread is the only one, and the main one.
    pub fn forget_other_threads(&mut self) {
        if let Some(jit) = &mut self.jit {
            jit.forget_thread();
        }
        let Some(threads) = self.threads() else { return };
        let me = threads.running.get();
        let interval = threads.shared.gil().interval.load(Ordering::Relaxed);
        let gil = Gil::leak(me, Arc::clone(&self.attention));
        gil.interval.store(interval, Ordering::Relaxed);
        threads.shared.gil.store(std::ptr::from_ref(gil).cast_mut(), Ordering::Release);
        threads.main.set(me);
        let others = std::mem::take(&mut *threads.parked.borrow_mut());
        for range in others.iter().filter_map(|thread| thread.range) {
            self.heap.remove_stack_range(range);
        }
        drop(threads);
        self.note_published();
    }
}

/// Part of [`Vm::poll`]: hand over to a thread that has waited long enough.
fn switch_if_asked(vm: &mut Vm) -> R<()> {
    let Some(threads) = vm.threads() else { return Ok(()) };
    let gil = threads.shared.gil();
    drop(threads);
    if gil.request.load(Ordering::Relaxed) {
        with_spilled_registers(&mut |low| {
            if let Some((gil, me)) = vm.pause(low) {
                gil.hand_over(me);
                drop(Return { vm, gil, me });
            }
        });
    }
    Ok(())
}

/// A way into a runtime for any thread.
#[derive(Debug, Clone)]
pub struct VmHandle(Arc<Shared>);

impl VmHandle {
    /// Run `f` with the lock held. The thread may have it already, may have given it away further up its stack (a
    /// callback from C), or may be one that the runtime has never seen.
    ///
    /// # Safety
    /// The runtime has not been dropped.
    pub unsafe fn with_gil<T>(&self, f: impl FnOnce(&mut Vm) -> T) -> T {
        let Some((me, published)) = place_in(self.0.vm) else {
            let id = self.0.new_id();
            return self.run_new_thread(id, f).expect("memory for the stack of a foreign thread");
        };
        let gil = self.0.gil();
        if let Some(area) = published {
            let site = area.site.load(Ordering::Relaxed);
            if site != 0 {
                return self.within_compiled_call(me, (area, site), f);
            }
        }
        if gil.is_held_by(me) {
            // SAFETY: the runtime lives (the caller's promise), and this thread holds its lock.
            return f(unsafe { &mut *self.0.vm });
        }
        gil.acquire(me);
        // SAFETY: as above.
        let vm = unsafe { &mut *self.0.vm };
        let threads = vm.threads().expect("there are handles only after `start_threads`");
        let left_at = threads.left_at(me);
        vm.resume(me);
        let result = f(vm);
        // What lies between here and the call that gave the lock away is as it was.
        threads.extent.set(left_at);
        drop(threads);
        gil.release();
        result
    }
    /// Make the calling thread one of the runtime's and run `f` with the lock held.
    fn run_new_thread<T>(&self, id: ThreadId, f: impl FnOnce(&mut Vm) -> T) -> std::io::Result<T> {
        let (low, high) = haft_host::memory::stack_bounds()?;
        let stack = Box::new(StackState::new(THREAD_REGISTERS, low + NATIVE_RESERVE)?);
        join(&self.0, id);
        self.0.gil().acquire(id);
        // SAFETY: this thread holds the lock; a runtime that is taken down gives it to no other thread any more.
        let vm = unsafe { &mut *self.0.vm };
        if let Some(threads) = vm.threads() {
            threads.parked.borrow_mut().push(Parked {
                id,
                stack,
                extent: Extent { low: high, high },
                range: None,
            });
        }
        vm.resume(id);
        let result = f(vm);
        vm.end_thread(id);
        let vm = self.0.vm;
        LATEST.set(None);
        MEMBERSHIPS.with_borrow_mut(|all| all.retain(|m| m.shared.vm != vm || m.id != id));
        Ok(result)
    }
}

impl Threads {
    /// How far the native stack of a thread that waits reaches.
    fn left_at(&self, id: ThreadId) -> Extent {
        if self.running.get() == id {
            return self.extent.get();
        }
        let parked = self.parked.borrow();
        parked
            .iter()
            .find(|thread| thread.id == id)
            .map_or(self.extent.get(), |thread| thread.extent)
    }
}
