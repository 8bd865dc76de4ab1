//! Debug mode: a context around a host's that finds mistakes in how a module uses handles.
//!
//! C gets *debug handles*: words that name an entry of a [table](table), which knows the handle of the host, whether the debug
//! handle was closed, and where it was opened. Every function of the context unwraps its arguments, calls the host's context
//! and wraps what it gives; every call of a C function ([`call`]) does the same in the other direction. So each handle that C
//! holds is known, and
//!
//! - a handle that was never closed is in the table ([`Debug::open_handles`]);
//! - a handle used after it was closed, closed twice, or not made by this context is noticed when it is used, and so are an
//!   argument or a constant that C closes, and a result that is not C's own;
//! - texts are copies that become unreadable when their handle is closed ([`memory`]; [`report_faults`] gives such an access a
//!   message);
//! - there are sixteen contexts used in turn, of which only that of the running call is valid: a module that keeps a context is
//!   noticed;
//! - builders and trackers are entries too, used up once; those never used up are listed ([`Debug::open_builders`]);
//! - null where an object or a text is needed, and a C function that returns null without an exception or a value with one, give
//!   a SystemError.
//!
//! A mistake with handles calls the function that was set with [`Debug::set_on_invalid_handle`], and the module goes on; or else
//! ends the process with a message that names the function, the C function that called it, and its source line where the
//! module has debug information.

use std::cell::{Cell, RefCell};
use std::ptr;

use crate::context::{Constant, Cx, HPyContext, Private};
use crate::types::HPy;
use crate::words::Places;

mod builders;
mod call;
mod fault;
mod memory;
mod report;
mod special;
mod table;
mod wrappers;

pub use builders::BuilderInfo;
pub use fault::report as report_faults;
pub use table::HandleId;

use builders::Builders;
use table::{Owner, Table};

/// What one debug context has of its own.
struct Frame {
    /// May C use it now?
    valid: Cell<bool>,
    /// Has C left the execution of Python?
    left: Cell<bool>,
    shared: *const Shared,
}

/// What all debug contexts around a context share.
struct Shared {
    inner: Cx,
    table: RefCell<Table>,
    builders: RefCell<Builders>,
    /// A function of the host's to call when a handle is misused, or null.
    on_invalid_handle: Cell<HPy>,
    /// Likewise for builders.
    on_invalid_builder: Cell<HPy>,
    /// The first is the one that the host has; the others are given to C in turn.
    contexts: RefCell<Vec<*mut HPyContext>>,
    next: Cell<usize>,
}

/// How many contexts are given to C in turn.
const N_CONTEXTS: usize = 16;

/// A debug context around a context of a host.
pub struct Debug {
    shared: Box<Shared>,
}

impl std::fmt::Debug for Debug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Debug").field("inner", &self.shared.inner).finish_non_exhaustive()
    }
}

impl Debug {
    /// A debug context around `inner`, which must live longer.
    pub fn new(inner: Cx) -> Debug {
        // Someone asked for debug mode from outside and wants to read about mistakes; a program that loads a module in debug
        // mode handles them itself.
        if std::env::var_os("HPY").is_some() {
            fault::report();
        }
        let shared = Box::new(Shared {
            inner,
            table: RefCell::new(Table::new()),
            builders: RefCell::new(Builders::default()),
            on_invalid_handle: Cell::new(HPy::NULL),
            on_invalid_builder: Cell::new(HPy::NULL),
            contexts: RefCell::new(Vec::new()),
            next: Cell::new(0),
        });
        let mut made = wrappers::context();
        for &constant in Constant::ALL {
            let handle = constant.of(inner.context());
            let wrapped = shared.table.borrow_mut().open(handle, Owner::Context);
            constant.set(&mut made, wrapped);
        }
        let shared_at: *const Shared = &raw const *shared;
        for index in 0..=N_CONTEXTS {
            let frame =
                Frame { valid: Cell::new(index == 0), left: Cell::new(false), shared: shared_at };
            let private = Private {
                places: Cell::new(Places::NOWHERE),
                caller: call::debug,
                direct: false,
                outer: Cell::new(ptr::null_mut()),
                inner: inner.as_ptr(),
                data: Cell::new(Box::into_raw(Box::new(frame)).cast()),
            };
            let mut context = made.clone();
            context._private = Box::into_raw(Box::new(private)).cast();
            shared.contexts.borrow_mut().push(Box::into_raw(Box::new(context)));
        }
        Debug { shared }
    }

    /// The context to load modules with.
    pub fn cx(&self) -> Cx {
        self.shared.base()
    }

    /// A debug handle for a handle of the host, which the debug handle now owns.
    pub fn open(&self, handle: HPy) -> HPy {
        self.shared.table.borrow_mut().open(handle, Owner::Module)
    }

    /// The host's handle of a debug handle that is open; null otherwise.
    pub fn unwrap(&self, handle: HPy) -> HPy {
        let table = self.shared.table.borrow();
        match table.find(handle) {
            table::Found::Open(id) => table.handle(id),
            _ => HPy::NULL,
        }
    }

    /// Closes a debug handle and gives the host's handle back.
    pub fn take(&self, handle: HPy) -> HPy {
        let mut table = self.shared.table.borrow_mut();
        let table::Found::Open(id) = table.find(handle) else { return HPy::NULL };
        let inner = table.handle(id);
        table.close(id);
        inner
    }

    /// Begins a generation and returns its number.
    pub fn new_generation(&self) -> i64 {
        let mut table = self.shared.table.borrow_mut();
        table.generation += 1;
        table.generation
    }

    /// Open handles of that generation or a later one, in the order in which they were opened.
    pub fn open_handles(&self, generation: i64) -> Vec<HandleId> {
        self.shared.table.borrow().open_handles(generation)
    }

    /// Closed handles of that generation or a later one that are still known, in the order in which they were closed.
    pub fn closed_handles(&self, generation: i64) -> Vec<HandleId> {
        self.shared.table.borrow().closed_handles(generation)
    }

    /// Builders and trackers of that generation or a later one that were not used up.
    pub fn open_builders(&self, generation: i64) -> Vec<BuilderInfo> {
        self.shared.builders.borrow().open(generation)
    }

    /// The host's handle of an entry; it stays the entry's. Of a closed one it may stand for an object that is gone.
    pub fn object(&self, id: HandleId) -> HPy {
        self.shared.table.borrow().handle(id)
    }

    /// Was it closed?
    pub fn is_closed(&self, id: HandleId) -> bool {
        self.shared.table.borrow().is_closed(id)
    }

    /// Bytes of the text that C got for the handle, if it is kept.
    pub fn raw_data_size(&self, id: HandleId) -> Option<usize> {
        self.shared.table.borrow().data_size(id)
    }

    /// The stack of C where the handle was opened, a frame a line; empty if stacks are not kept.
    pub fn allocation_trace(&self, id: HandleId) -> Option<String> {
        let table = self.shared.table.borrow();
        table.trace(id).map(|trace| report::frames(trace, table.trace_limit.max(1)))
    }

    /// Closes an open handle as C should have done.
    pub fn force_close(&self, id: HandleId) {
        let mut table = self.shared.table.borrow_mut();
        if table.is_closed(id) {
            return;
        }
        let handle = table.handle(id);
        table.close(id);
        drop(table);
        // SAFETY: the entry owned it.
        unsafe { self.shared.inner.close(handle) };
    }

    /// How many closed handles are kept.
    pub fn closed_handles_max(&self) -> usize {
        self.shared.table.borrow().closed_max
    }

    /// Sets it.
    pub fn set_closed_handles_max(&self, n: usize) {
        self.shared.table.borrow_mut().closed_max = n;
    }

    /// How many bytes of texts of closed handles are kept.
    pub fn raw_data_max(&self) -> usize {
        self.shared.table.borrow().data_max
    }

    /// Sets it.
    pub fn set_raw_data_max(&self, n: usize) {
        self.shared.table.borrow_mut().data_max = n;
    }

    /// Keeps that many frames of the stack for each handle; 0: none, which is much faster.
    pub fn set_stack_trace_limit(&self, n: usize) {
        self.shared.table.borrow_mut().trace_limit = n;
    }

    /// Sets the function (a handle of the host, which is taken over; or null) that is called without arguments when a handle
    /// is misused, and returns the one before.
    pub fn set_on_invalid_handle(&self, function: HPy) -> HPy {
        self.shared.on_invalid_handle.replace(function)
    }

    /// Likewise for builders.
    pub fn set_on_invalid_builder(&self, function: HPy) -> HPy {
        self.shared.on_invalid_builder.replace(function)
    }
}

impl Drop for Debug {
    fn drop(&mut self) {
        for context in self.shared.contexts.take() {
            // SAFETY: `new` made it from a box, and the host drops this after the last call.
            let context = unsafe { Box::from_raw(context) };
            // SAFETY: likewise.
            let private = unsafe { Box::from_raw(context._private.cast::<Private>()) };
            // SAFETY: likewise.
            drop(unsafe { Box::from_raw(private.data.get().cast::<Frame>()) });
        }
    }
}

impl Shared {
    /// The context that the host has.
    fn base(&self) -> Cx {
        let base = self.contexts.borrow()[0];
        // SAFETY: it lives until `Debug` is dropped.
        unsafe { Cx::of(base) }
    }

    /// The next context to give to C.
    fn next_context(&self) -> Cx {
        let index = self.next.get();
        self.next.set((index + 1) % N_CONTEXTS);
        let context = self.contexts.borrow()[1 + index];
        // SAFETY: it lives until `Debug` is dropped.
        unsafe { Cx::of(context) }
    }
}

/// What a debug context has of its own.
fn frame(cx: Cx) -> &'static Frame {
    let frame = cx.private().data.get().cast::<Frame>();
    // SAFETY: debug contexts have a frame, which lives until `Debug` is dropped: after the last call.
    unsafe { &*frame }
}

impl Frame {
    /// What all debug contexts share.
    fn shared(&self) -> &'static Shared {
        // SAFETY: it lives until `Debug` is dropped: after the last call.
        unsafe { &*self.shared }
    }
}
