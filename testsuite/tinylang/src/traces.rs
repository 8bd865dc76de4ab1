//! Compiled traces: how they are made, entered and left.

use std::collections::BTreeMap;
use std::ffi::c_void;

use haft_jit::backend::{
    Backend, Bump, Compiled, Context, Enter, ExitId, MAX_EXIT_VALUES, Runtime, TraceId,
};
use haft_jit::ir::{Entry, Trace, Ty, verify};
use haft_jit::opt::{self, optimize};
use haft_jit_clif::{Clif, Options};

use crate::code::Slot;
use crate::interpret::Error;
use crate::record::{Origin, Recording, constant_word};
use crate::value::{Value, float_word};

/// What became of a program's loops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Loops that were compiled.
    pub roots: usize,
    /// Side traces.
    pub sides: usize,
    /// Recordings that were given up.
    pub abandoned: usize,
    /// Times that compiled code was entered from the interpreter.
    pub entered: usize,
}

/// What the program's output goes through: compiled code has a pointer to it.
#[derive(Debug, Default)]
pub(crate) struct Host {
    pub(crate) lines: Vec<String>,
}

impl Host {
    pub(crate) fn print(&mut self, word: u64) {
        self.lines.push(Value::of(word).to_string());
    }
}

/// A slot that a trace has changed: the word, and where the exit has it unless it is a constant.
pub(crate) type Changed = (Slot, u64, Option<(u32, Ty)>);

/// How a trace was left.
#[derive(Debug)]
pub(crate) struct Left {
    pub(crate) exit: ExitId,
    /// Where the interpreter goes on.
    pub(crate) resume: usize,
    /// Slots that the trace has changed.
    pub(crate) changed: Vec<Changed>,
    /// How often this exit has been taken.
    pub(crate) failures: u32,
}

/// The traces of a program.
#[derive(Debug)]
pub(crate) struct Traces {
    backend: Clif,
    context: Box<Context>,
    _poll: Box<u64>,
    _bump: Box<Bump>,
    /// Compiled loops by the places of their heads.
    roots: BTreeMap<usize, TraceId>,
    installed: BTreeMap<TraceId, Installed>,
    failures: BTreeMap<ExitId, u32>,
    optimise: bool,
    counts: Counts,
}

#[derive(Debug)]
struct Installed {
    trace: Trace,
    compiled: Compiled,
}

impl Traces {
    /// A back end and what it needs. Tiny has no objects: nothing is allocated, nothing has a write barrier.
    pub(crate) fn new(optimise: bool) -> Result<Self, Error> {
        let runtime = Runtime {
            box_float: box_float as *const () as usize,
            barrier: nothing as *const () as usize,
            barrier_test: (0, 0, 1),
            alloc: nothing as *const () as usize,
        };
        let poll = Box::new(0_u64);
        let mut bump = Box::<Bump>::default();
        let context = Box::new(Context {
            vm: std::ptr::null_mut::<c_void>(),
            poll: &raw const *poll,
            front_end: [0; 14],
            bump: &raw mut *bump,
            frame: 0,
            values: [0; MAX_EXIT_VALUES],
        });
        let backend = Clif::new(runtime, Options::default())
            .map_err(|error| Error::Backend(error.to_string()))?;
        Ok(Self {
            backend,
            context,
            _poll: poll,
            _bump: bump,
            roots: BTreeMap::new(),
            installed: BTreeMap::new(),
            failures: BTreeMap::new(),
            optimise,
            counts: Counts::default(),
        })
    }

    /// The trace of the loop whose head is at `head`.
    pub(crate) fn root_at(&self, head: usize) -> Option<TraceId> {
        self.roots.get(&head).copied()
    }

    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    pub(crate) fn abandoned(&mut self) {
        self.counts.abandoned += 1;
    }

    /// Optimises, compiles and links a recording.
    pub(crate) fn install(&mut self, recording: Recording) -> Result<(), Error> {
        debug_assert_eq!(verify(&recording.trace).err().map(|fault| fault.to_string()), None);
        let trace =
            optimize(&recording.trace, &opt::Options { optimise: self.optimise, unroll: false });
        let continues = match recording.origin {
            Origin::Loop(_) => None,
            Origin::Exit(exit) => Some(exit),
        };
        let compiled = self
            .backend
            .compile(&trace, continues)
            .map_err(|error| Error::Backend(error.to_string()))?;
        match recording.origin {
            Origin::Loop(head) => {
                self.roots.insert(head, compiled.id);
                self.counts.roots += 1;
            }
            Origin::Exit(exit) => {
                self.backend.attach(exit, compiled.id);
                self.counts.sides += 1;
            }
        }
        self.installed.insert(compiled.id, Installed { trace, compiled });
        Ok(())
    }

    /// Runs a compiled loop until it leaves, and brings the slots up to date.
    pub(crate) fn enter(&mut self, root: TraceId, slots: &mut [u64], host: &mut Host) -> Left {
        let enter = self.installed[&root].compiled.enter.expect("a loop is entered from outside");
        self.counts.entered += 1;
        self.context.vm = (&raw mut *host).cast();
        let exit = ExitId(call(enter, &raw mut *self.context, slots.as_mut_ptr()));
        // It need not be an exit of `root`: side traces and links lead on.
        let failures = self.failures.entry(exit).or_insert(0);
        *failures += 1;
        let failures = *failures;
        let (resume, changed) = self.state_at(exit);
        for &(slot, word, _) in &changed {
            slots[slot] = word;
        }
        Left { exit, resume, changed, failures }
    }

    /// What the snapshot of an exit says: where to go on, and which slots hold what.
    fn state_at(&self, exit: ExitId) -> (usize, Vec<Changed>) {
        let Installed { trace, compiled } = &self.installed[&exit.trace()];
        let exit = &compiled.exits[exit.index()];
        let snapshot = trace.snapshot(exit.snapshot.expect("Tiny's traces do not finish"));
        let mut changed = Vec::new();
        for &(slot, entry) in &snapshot.slots {
            let Entry::Ref(value) = entry else { unreachable!("Tiny has no objects") };
            let slot = usize::try_from(slot).expect("slots are not negative");
            let live = exit.live.iter().position(|(live, _)| *live == value);
            let Some(place) = live else {
                let word = constant_word(trace.inst(value));
                changed.push((slot, word.expect("what is not live is a constant"), None));
                continue;
            };
            let (ty, bits) = (exit.live[place].1, self.context.values[place]);
            let word = match ty {
                Ty::I => Value::Int(bits.cast_signed()).word(),
                Ty::F => float_word(f64::from_bits(bits)),
                Ty::B => Value::Bool(bits != 0).word(),
                _ => bits,
            };
            changed.push((slot, word, Some((place as u32, ty))));
        }
        (snapshot.resume as usize, changed)
    }
}

/// Enters compiled code; the number of the exit.
fn call(enter: Enter, context: *mut Context, slots: *mut u64) -> u64 {
    // SAFETY: `Traces` makes `Enter`s with its back end, keeps the code and the context, and its slots are as many as the
    // program that was recorded has.
    unsafe { (enter.trampoline)(context, slots, enter.entry) }
}

/// What compiled code calls to print.
pub(crate) extern "C" fn print_word(host: *mut Host, word: u64) {
    // SAFETY: `enter` puts a pointer to the host into the context, and nobody else uses it while compiled code runs.
    unsafe { &mut *host }.print(word);
}

/// What compiled code calls for a float that is no immediate word.
extern "C" fn box_float(_: *mut Host, number: f64) -> u64 {
    float_word(number)
}

/// For functions that the traces of Tiny do not call.
extern "C" fn nothing() {}
