//! What a back end does: an optimised trace in, machine code out.
//!
//! # How compiled code is entered and left
//! The trampoline of [`Enter`] runs the trace and returns an *exit number*. Before that the exit has written its live values,
//! unboxed as they are, to [`Context::values`]; the front end rebuilds its state from them by the exit's snapshot.
//!
//! Each exit leaves through a *cell* in memory. At first the cell leads back to the trampoline's caller. When a side trace
//! is attached ([`Backend::attach`]) the exit tail-calls it instead; the side trace reads its `param`s from
//! [`Context::values`]. A `link` tail-calls the entry of another trace in the same way.
use std::any::Any;
use std::fmt;
use std::sync::atomic::AtomicU64;

use crate::ir::{SnapshotId, Trace, Ty};

/// Most live values that an exit can have.
pub const MAX_EXIT_VALUES: usize = 1000;

/// Most values that [`Published`] has room for.
pub const MAX_PUBLISHED: usize = 128;

/// Where compiled code says in which call it is and what lives across it: the operand of `publish` and `returned`.
/// Other threads may look at any time.
#[repr(C)]
#[derive(Debug)]
pub struct Published {
    /// The number of the exit that describes the state, plus 1; 0: in no such call.
    pub site: AtomicU64,
    /// Not 0: leave behind the call.
    pub leave: AtomicU64,
    /// The live values of that exit, unless its [`Exit::kept`] says where they are.
    pub values: [AtomicU64; MAX_PUBLISHED],
    /// Of the running thread only: where it puts a struct that comes back in registers.
    pub record: [AtomicU64; 2],
}

impl Default for Published {
    fn default() -> Published {
        let values = std::array::from_fn(|_| AtomicU64::new(0));
        Published {
            site: AtomicU64::new(0),
            leave: AtomicU64::new(0),
            values,
            record: [AtomicU64::new(0), AtomicU64::new(0)],
        }
    }
}

/// What compiled code finds at its first argument. Its address does not change while a trace runs.
#[repr(C)]
#[derive(Debug)]
pub struct Context {
    /// Passed to helpers that ask for it.
    pub vm: *mut std::ffi::c_void,
    /// Address of the word that asks compiled code to leave at the next `poll` when it is not 0.
    pub poll: *const u64,
    /// Live values of the exit that was taken: they are most of what code names here, with short distances.
    pub values: [u64; MAX_EXIT_VALUES],
    /// Words of the front end, read by `context` instructions.
    pub front_end: [u64; 14],
    /// Where objects are allocated inline. Never null: a runtime without bump allocation points to zeros.
    pub bump: *mut Bump,
    /// Where the frame is of the code that was entered last: what [`Kept::InFrame`] counts from. The trampoline writes it, and
    /// who enters code while other code waits puts it back.
    pub frame: usize,
}

/// A hole to allocate objects from, as the runtime's heap keeps it.
///
/// To allocate `size` bytes (header and payload, rounded up to a multiple of 16, at most 1024): `start = cursor`; if
/// `start + size > limit` call the helper; `cursor = start + size`; store the byte `size / 16` at `start / 16 + side_bias`;
/// store the header at `start`. The memory of a hole is zero.
#[repr(C)]
#[derive(Debug, Default)]
pub struct Bump {
    /// Where the next object goes.
    pub cursor: usize,
    /// The end of the hole, or less to make allocations call the helper.
    pub limit: usize,
    /// See above.
    pub side_bias: usize,
}

/// Byte offset in [`Context`] of front-end word `index`.
pub const fn front_end_offset(index: usize) -> i64 {
    (std::mem::offset_of!(Context, front_end) + index * 8) as i64
}

/// Functions of the runtime that compiled code calls by itself.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    /// `fn(vm, number: f64) -> value word`: a float that is no immediate one.
    pub box_float: usize,
    /// `fn(vm, object: value word)`: the write barrier's slow path.
    pub barrier: usize,
    /// Byte in an object's header that the barrier tests: (offset, mask, value). The slow path is called when
    /// `byte & mask == value`.
    pub barrier_test: (i32, u8, u8),
    /// `fn(vm, header: u64, bytes: u64) -> value word`: a new object with zero payload.
    pub alloc: usize,
}

/// Number of a compiled trace; the back end gives them out, small and dense, and reuses those of freed traces.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct TraceId(pub u32);

/// Number of an exit: the trace's number times 65536 plus the index of the exit. That of a `finish` has the highest bit set
/// besides, when compiled code returns it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct ExitId(pub u64);

impl ExitId {
    const FINISHED: u64 = 1 << 63;

    /// Number of exit `index` of a trace.
    pub const fn new(trace: TraceId, index: u32) -> ExitId {
        ExitId((trace.0 as u64) << 16 | index as u64)
    }
    /// What compiled code returns at exit `index`, which is of this kind.
    pub fn returned(kind: ExitKind, trace: TraceId, index: u32) -> ExitId {
        let ExitId(number) = ExitId::new(trace, index);
        ExitId(if kind == ExitKind::Finish { number | ExitId::FINISHED } else { number })
    }
    /// Did the trace finish, so that there is nothing to restore?
    pub const fn is_finish(self) -> bool {
        self.0 & ExitId::FINISHED != 0
    }
    /// The trace it belongs to.
    pub const fn trace(self) -> TraceId {
        TraceId((self.0 >> 16) as u32)
    }
    /// Its index in [`Compiled::exits`].
    pub const fn index(self) -> usize {
        (self.0 & 0xffff) as usize
    }
}

/// Why an exit is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitKind {
    /// A guard failed, or `stop`.
    Guard,
    /// The poll word was set, or `returned` says to leave.
    Poll,
    /// Never taken: it describes the state at a `publish`.
    Published,
    /// A raising call raised.
    Raised,
    /// `finish`: value 0 is the result.
    Finish,
}

/// One exit of a compiled trace. Exits with equal snapshots and kinds are one.
#[derive(Clone, PartialEq, Debug)]
pub struct Exit {
    /// Why it is taken.
    pub kind: ExitKind,
    /// What to restore; `None` for `finish`.
    pub snapshot: Option<SnapshotId>,
    /// Live values in the order of [`Context::values`]: instruction and type. What the snapshot names that is not here is
    /// a constant (of `finish` that is here too).
    pub live: Vec<(crate::ir::Ref, Ty)>,
    /// Of [`ExitKind::Published`]: where the live values are during the call; `None`: in [`Published::values`].
    pub kept: Option<Vec<Kept>>,
}

/// Where a value is during a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// In the frame of the code.
    InFrame {
        /// So many bytes from [`Context::frame`].
        offset: i32,
        /// To be added to it.
        plus: i32,
    },
    /// It is this.
    Constant(u64),
}

/// Enters a trace: `fn(context, base, entry) -> exit number`. What a called function throws passes through.
pub type Trampoline = unsafe extern "C-unwind" fn(*mut Context, *mut u64, usize) -> u64;

/// How a root trace is entered: call `trampoline`, which is the same for all traces of a back end, with `entry`.
#[derive(Clone, Copy, Debug)]
pub struct Enter {
    /// See above.
    pub trampoline: Trampoline,
    /// The trace.
    pub entry: usize,
}

/// A compiled trace.
#[derive(Debug)]
pub struct Compiled {
    /// Its number.
    pub id: TraceId,
    /// Enters it. `None` for a side trace, which is entered through its exit only.
    pub enter: Option<Enter>,
    /// Its exits, by index.
    pub exits: Vec<Exit>,
    /// Bytes of machine code.
    pub code_bytes: usize,
    /// Start and end address of the code, for the perf map and for finding a trace by its program counter.
    pub code_range: (usize, usize),
    /// Number of machine instructions between label and jump on the path that stays in the loop, if it is a loop and the
    /// back end can say.
    pub loop_instructions: Option<usize>,
}

/// Why a trace was not compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CompileError {
    /// More values in an exit than [`MAX_EXIT_VALUES`], or more exits than 65535.
    TooLarge,
    /// The limit on code memory is reached.
    NoMemory,
    /// Something the back end cannot express; the text names it.
    Unsupported(String),
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CompileError::TooLarge => f.write_str("the trace is too large"),
            CompileError::NoMemory => f.write_str("the limit on code memory is reached"),
            CompileError::Unsupported(what) => write!(f, "cannot be compiled: {what}"),
        }
    }
}
impl std::error::Error for CompileError {}

/// The long part of a compilation, which any thread may do: [`Backend::begin`], [`Job::run`], [`Backend::end`].
pub trait Job: Any + Send {
    /// Make machine code of the optimised trace. What went wrong says [`Backend::end`].
    fn run(&mut self, optimised: &Trace);
}

/// Makes machine code. What it makes may run on any thread.
pub trait Backend: Send {
    /// Begin to compile a recorded trace, of which the optimiser will make the one that [`Job::run`] gets. `link` instructions
    /// name traces that exist, and go on to exist until [`Backend::end`].
    fn begin(&mut self, recorded: &Trace) -> Result<Box<dyn Job>, CompileError>;
    /// Put the code of a job that has run into its place, or forget it if it failed. `continues`: the exit whose live values
    /// are the trace's `param`s; it is then a side trace. Every job must come back here.
    fn end(
        &mut self,
        job: Box<dyn Job>,
        continues: Option<ExitId>,
    ) -> Result<Compiled, CompileError>;
    /// Recordings of at most so many instructions take less than a third of a millisecond to compile.
    fn quick_up_to(&self) -> usize;
    /// Compile an optimised trace at once.
    fn compile(
        &mut self,
        trace: &Trace,
        continues: Option<ExitId>,
    ) -> Result<Compiled, CompileError> {
        let mut job = self.begin(trace)?;
        job.run(trace);
        self.end(job, continues)
    }
    /// From now on the exit goes on in the side trace. One store of a word: other threads may be running the trace.
    fn attach(&mut self, exit: ExitId, side: TraceId);
    /// The exit leads back to the caller again.
    fn detach(&mut self, exit: ExitId);
    /// Give the code of a trace back. Nobody runs it, and no exit or link leads to it any more.
    fn free(&mut self, trace: TraceId);
    /// Bytes of code memory in use.
    fn code_bytes(&self) -> usize;
    /// Most bytes of code memory that it uses.
    fn code_limit(&self) -> usize;
    /// Machine code of a trace as text, for the log; `None` if the back end keeps none.
    fn disassembly(&self, trace: TraceId) -> Option<String>;
}
