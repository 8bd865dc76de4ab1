//! The tracing JIT's front end: hot loops of Python become traces.
//!
//! ```text
//! loop_header counts ──hot──► record (Rec on Direct) ──► opt ──► backend ──► installed in the instruction
//!        ▲                                                                      │ enter
//!        └───────────── resume: registers, objects, frames ◄──── exit ◄─────────┘   hot exit ──► side trace
//! ```
//! * `rec`, `machine` with `steps`, `record`: the recording machine, its primitive steps, which instruction is recorded how;
//! * `inlining`: which functions become part of the trace; `frames`: theirs;
//! * `generators`: those that the trace resumes; `resumed`: those that have traces of their own;
//! * `resume`: from an exit back to the interpreter;
//! * `build`: instructions that make something; `attributes`: those that do not lie in the object;
//! * `enter`: running compiled code, and what happens at its exits;
//! * `install`: from a recording to an installed trace;
//! * `classes`: attributes of classes; `exceptions`: those that are raised and caught inside a trace, `raised`: those that it makes;
//! * `iterators`: `enumerate` and `zip`;
//! * `containers`: dicts and sets that are made, arguments from tuples;
//! * `keywords`: calls with keyword arguments; `arguments`: lists and dicts of arguments;
//! * `foreign`: what a module of C tells; `c_call`: calls of C functions; `c_data`: C data, `c_items`: its items, `c_module`:
//!   what makes it;
//! * `extension`: functions of extension modules, `operations`: operations of their classes; `natives`: calls of functions written in Rust; `numbers`: arithmetic that the
//!   handlers leave to the runtime;
//! * `special`: methods that instructions ask for; `text`: strings; `bytes`: bytes and single characters; `sequences`: slices
//!   and sums of lists;
//! * `callback`: functions that C calls, entered without a frame;
//! * `publish`: what others may see and do while compiled code is in a call of C;
//! * `join`: traces that start where the sides of a branch meet, `private`: objects that they are given by their fields;
//!   `family`: a root trace and those that belong to it;
//! * `lifetime`: how long compiled code lives;
//! * `thunk`: what compiled code calls; `layout`: what it knows of data; `writes`: facts about instructions.
mod arguments;
mod attributes;
mod background;
mod build;
mod bytes;
mod c_buffer;
mod c_call;
mod c_data;
mod c_items;
mod c_memory;
mod c_module;
mod callback;
mod classes;
mod containers;
mod distinct;
mod enter;
mod exceptions;
mod extension;
mod family;
mod foreign;
mod frames;
mod generators;
mod hammock;
mod inlining;
mod install;
mod iterators;
mod join;
mod keywords;
mod layout;
mod lifetime;
mod machine;
mod natives;
mod numbers;
mod operations;
mod patterns;
mod private;
mod publish;
mod raised;
mod ranges;
mod rec;
mod record;
mod report;
mod resume;
mod resumed;
mod sequences;
mod special;
mod steps;
mod stress;
mod text;
mod thunk;
mod writes;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use haft_heap::Value;
use haft_jit::backend::{Backend, Compiled, ExitKind, Runtime, TraceId};
use haft_jit::ir::Ty;

pub use callback::{CompiledEntry, MOST_ARGUMENTS};
pub(crate) use callback::{Unfinished, go_on as go_on_from_c, keep_exit};
pub(super) use enter::{counted, loop_header};
pub(crate) use enter::{keep_c_errno, place_c_errno, push_exact, run_entered};
pub use extension::{
    Construction, ExtensionCall, ExtensionHooks, ExtensionMember, Gives, Index, Init, New, Passes,
};
pub use foreign::{
    Argument, BufferLayout, Builtin, CType, Data, DataLayout, FindVariable, Foreign, ForeignCall,
    ForeignContext, ForeignResult, Items, Iteration, Length, NewData, Number, Pieces, Viewed,
};
pub use haft_jit::ir::AbiTy;
pub use haft_jit::word::RAISED as RAISED_WORD;
pub use operations::Operation;
pub(crate) use publish::{RESTORED, published_area, published_extent};
pub use report::{ExitFacts, Facts, SourceLine, Stats};
pub(super) use resumed::{Resumed, resume};

use crate::object::{CodeObject, PayloadRef};
use crate::vm::Vm;

/// Why a recording was given up. Not an error: the loop stays interpreted and is tried again later, ever more rarely.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub enum Abort {
    /// The trace became too long.
    TooLong,
    /// The loop was left before it came round.
    LeftLoop,
    /// An inner loop that is not compiled came round.
    InnerLoop,
    /// An exception was raised.
    Raised,
    /// A generator yielded.
    Yield,
    /// An iterator in a state that is not worth recording.
    UnusualIterator,
    /// A frame that the recorder cannot describe.
    UnusualFrame,
    /// An attribute of the shape that this object does not have.
    MissingAttribute,
    /// An instruction decided something after an effect that cannot be taken back.
    GuardAfterEffect,
    /// The program began to be watched.
    Watched,
    /// Mostly calls of the runtime: the interpreter makes them as well.
    MostlyCalls,
    /// The program collects garbage: from the interpreter, which knows which registers are dead.
    Collects,
    /// The back end refused.
    Backend,
}

impl Abort {
    /// Its name in logs.
    pub fn text(self) -> &'static str {
        match self {
            Abort::TooLong => "too long",
            Abort::LeftLoop => "left the loop",
            Abort::InnerLoop => "inner loop",
            Abort::Raised => "exception",
            Abort::Yield => "yield",
            Abort::UnusualIterator => "unusual iterator",
            Abort::UnusualFrame => "unusual frame",
            Abort::MissingAttribute => "missing attribute",
            Abort::GuardAfterEffect => "guard after effect",
            Abort::Watched => "watched",
            Abort::MostlyCalls => "mostly calls",
            Abort::Collects => "collects garbage",
            Abort::Backend => "back end",
        }
    }
}

/// How the JIT works; the `-X jit…` options.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes through a loop before it is recorded.
    pub threshold: u32,
    /// Times an exit is taken before its side trace is recorded.
    pub exit_threshold: u32,
    /// Is the optimiser on?
    pub optimise: bool,
    /// Make every guard fail every n-th time; 0: never.
    pub exit_stress: u32,
    /// Are larger traces compiled by a thread of their own?
    pub background: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            threshold: 60,
            exit_threshold: 15,
            optimise: true,
            exit_stress: 0,
            background: true,
        }
    }
}

/// Something worth a line in the log.
#[derive(Debug)]
pub enum Event<'a> {
    /// A trace was compiled.
    Compiled {
        /// Where it starts.
        place: &'a str,
        /// As it was recorded.
        recorded: &'a haft_jit::ir::Trace,
        /// As it was compiled.
        optimised: &'a haft_jit::ir::Trace,
        /// The code.
        compiled: &'a Compiled,
        /// The trace and exit that it continues.
        continues: Option<(TraceId, usize)>,
        /// Machine code as text, if the back end keeps it.
        code: Option<String>,
        /// Lines, functions and exits.
        facts: &'a Facts,
        /// Does it start where the sides of a branch meet, so that only other traces go on in it?
        joint: bool,
        /// How long the program waited for it, in microseconds of processor time.
        pause: u64,
    },
    /// How often the exits of a trace were taken.
    Exits {
        /// The trace.
        trace: TraceId,
        /// By index.
        counts: &'a [u32],
    },
    /// A recording was given up.
    Aborted {
        /// Where it started.
        place: &'a str,
        /// Where it was given up.
        at: &'a str,
        /// Why.
        why: Abort,
    },
}

/// Takes what happens.
pub type Log = Box<dyn FnMut(&Event<'_>)>;

/// Makes the back end, if there is one for this processor.
pub type MakeBackend = Box<dyn FnMut() -> Option<Box<dyn Backend>>>;

/// A program without a hot loop does not pay for a code generator.
enum Lazy {
    NotYet(MakeBackend),
    Made(Option<Box<dyn Backend>>),
}

/// One exit of an installed trace.
#[derive(Debug)]
struct ExitState {
    kind: ExitKind,
    recipe: Option<Rc<resume::Recipe>>,
    /// Types of its live values.
    types: Vec<Ty>,
    /// Times it was taken; of the description of a call of C: times that somebody ran meanwhile.
    count: u32,
    /// Passes until its side trace is tried (again).
    next_try: u32,
}

/// A compiled trace and what belongs to it.
#[derive(Debug)]
struct Installed {
    compiled: Compiled,
    exits: Vec<ExitState>,
    points: Rc<[resume::ResumePoint]>,
    /// Objects that its code and its exits name.
    roots: Vec<Value>,
    /// Dicts whose keys its code relies on, and the versions of these; they are among the roots.
    dicts: Vec<(Value, u32)>,
    /// Frames and registers that must be free above when it is entered, with its side traces.
    max_depth: usize,
    n_slots: usize,
    /// The loop header that enters it; `None` for a side trace.
    header: Option<(PayloadRef<CodeObject>, *const u64)>,
    /// Traces that it goes on in.
    links: Vec<TraceId>,
    /// The root trace it belongs to.
    root: TraceId,
    /// Side traces that belong to it, and how many of them end at joints.
    n_sides: usize,
    n_joined: usize,
    /// Traces that start where sides of its branches meet.
    joints: Vec<join::Joint>,
    /// In how many of the traces up to this one a generator went round in its own loop.
    n_rounds: usize,
    /// Does it end where the function returns that it starts with?
    finishes: bool,
    /// Was it entered from the interpreter since code was last looked for that may go?
    is_used: Cell<bool>,
    /// Its calls of C.
    c: install::CallsOfC,
    /// Can it be entered without a frame, with its side traces?
    needs_no_frame: bool,
    /// For each exit that describes a call of C: its index and the function.
    sites: Vec<(u32, usize)>,
}

/// The JIT of one runtime.
pub struct Jit {
    /// How it works.
    pub options: Options,
    /// Takes what happens.
    pub log: Option<Log>,
    /// Knows foreign functions, if there is anything that does.
    pub foreign: Option<Foreign>,
    backend: Lazy,
    traces: Vec<Option<Box<Installed>>>,
    /// How often recording from a loop header failed.
    failures: BTreeMap<usize, u32>,
    /// How often a loop was given up since names were added to a dict that it relies on, by its header.
    renewals: BTreeMap<usize, u32>,
    recording: bool,
    /// Objects that the recording under way names.
    recorded_roots: Vec<Value>,
    /// What happened so far.
    counted: Stats,
    /// Objects that an exit is making.
    made_roots: Vec<Value>,
    /// Root traces that are being run, one for each activation on all stacks.
    running: Vec<TraceId>,
    /// Guards until the next one fails, under exit stress.
    stress_left: u32,
    /// Codes of generators whose bodies do not become part of traces, by address.
    called_generators: BTreeSet<usize>,
    /// Headers of loops that are left after a pass or two, by address: they become part of what is around them.
    short_loops: BTreeSet<usize>,
    /// C functions during whose calls others run again and again.
    shared_calls: BTreeSet<usize>,
    background: background::Background,
    /// So many traces are installed.
    n_traces: usize,
    /// Another number whenever code was installed or freed.
    epoch: u64,
    /// With so many traces the heap is asked which of them name dead objects.
    most_traces: usize,
    /// Code is to be freed at the next poll.
    wants_room: bool,
}

impl std::fmt::Debug for Jit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Jit({} traces)", self.traces.iter().flatten().count())
    }
}

impl Jit {
    /// A JIT that compiles with the back end that `make` makes, with [`runtime`], when the first loop is hot. `None`: there
    /// is none for this processor, and nothing is compiled.
    pub fn new(options: Options, make: MakeBackend) -> Jit {
        Jit {
            options,
            log: None,
            foreign: None,
            backend: Lazy::NotYet(make),
            traces: Vec::new(),
            failures: BTreeMap::new(),
            renewals: BTreeMap::new(),
            recording: false,
            recorded_roots: Vec::new(),
            counted: Stats::default(),
            made_roots: Vec::new(),
            running: Vec::new(),
            stress_left: options.exit_stress,
            called_generators: BTreeSet::new(),
            short_loops: BTreeSet::new(),
            shared_calls: BTreeSet::new(),
            background: background::Background::default(),
            n_traces: 0,
            epoch: 1,
            most_traces: lifetime::FIRST_LOOK,
            wants_room: false,
        }
    }
    /// The back end, made when it is first asked for.
    fn backend(&mut self) -> Option<&mut dyn Backend> {
        if let Lazy::NotYet(make) = &mut self.backend {
            self.backend = Lazy::Made(make());
        }
        match &mut self.backend {
            Lazy::Made(Some(backend)) => Some(&mut **backend),
            Lazy::Made(None) | Lazy::NotYet(_) => None,
        }
    }
    /// Is a trace being recorded?
    pub(crate) fn is_recording(&self) -> bool {
        self.recording
    }
    fn installed(&mut self, id: TraceId) -> &mut Installed {
        self.traces[id.0 as usize].as_mut().expect("exits belong to installed traces")
    }
}

/// The functions that compiled code calls by itself.
pub fn runtime() -> Runtime {
    use haft_heap::Header;
    Runtime {
        box_float: thunk::box_float as *const () as usize,
        barrier: thunk::barrier as *const () as usize,
        barrier_test: (Header::GC_OFFSET as i32, Header::BARRIER_MASK, Header::BARRIER_OLD),
        alloc: thunk::alloc as *const () as usize,
    }
}

impl Vm {
    /// Turn the JIT on.
    pub fn install_jit(&mut self, jit: Jit) {
        self.jit = Some(Box::new(jit));
        self.on_attention.push(background::install_finished);
        self.on_attention.push(lifetime::make_room);
    }
}
