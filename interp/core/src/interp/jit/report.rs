//! What the log says of a trace beside its text: the source lines it covers, the functions that became part of it, where
//! its exits are.
use std::collections::BTreeSet;

use haft_jit::backend::{Exit, ExitId, ExitKind, TraceId};
use haft_jit::ir::Trace;

use super::resume::{HERE, ResumePoint};
use super::{Event, Jit};
use crate::interp::direct::Direct;
use crate::object::{CodeObject, PayloadRef};

/// A line of a source file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceLine {
    /// Its file.
    pub file: String,
    /// Its number.
    pub line: u32,
}

/// An exit of a trace.
#[derive(Clone, Debug)]
pub struct ExitFacts {
    /// Why it is taken: `guard`, `poll`, `exception`, `call` (never taken: it describes the state at a call of C) or `end`.
    pub kind: &'static str,
    /// Where the interpreter goes on, if that is known.
    pub at: Option<SourceLine>,
}

/// What is known of a trace.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The qualified name of the function that it is entered in.
    pub function: String,
    /// The lines that it covers, as far as it can be left there.
    pub lines: Vec<SourceLine>,
    /// Qualified names of the functions that became part of it.
    pub inlined: Vec<String>,
    /// Its exits, by index.
    pub exits: Vec<ExitFacts>,
}

/// The facts of a trace that is entered in a frame of `root`.
pub(super) fn facts(
    root: PayloadRef<CodeObject>,
    points: &[ResumePoint],
    trace: &Trace,
    exits: &[Exit],
) -> Facts {
    let mut lines = BTreeSet::new();
    let mut inlined = BTreeSet::new();
    for point in points {
        lines.extend(line_of(root, point));
        inlined.extend(point.frames.iter().map(|frame| frame.code.code.qualname.clone()));
    }
    let exits = exits.iter().map(|exit| {
        let point = exit.snapshot.map(|id| &points[trace.snapshot(id).resume as usize]);
        ExitFacts { kind: kind(exit.kind), at: point.and_then(|point| line_of(root, point)) }
    });
    Facts {
        function: root.code.qualname.clone(),
        lines: lines.into_iter().collect(),
        inlined: inlined.into_iter().collect(),
        exits: exits.collect(),
    }
}

fn kind(kind: ExitKind) -> &'static str {
    match kind {
        ExitKind::Guard => "guard",
        ExitKind::Poll => "poll",
        ExitKind::Raised => "exception",
        ExitKind::Published => "call",
        ExitKind::Finish => "end",
    }
}

fn line_of(root: PayloadRef<CodeObject>, point: &ResumePoint) -> Option<SourceLine> {
    if point.at == HERE {
        return None;
    }
    let code = point.frames.last().map_or(root, |frame| frame.code);
    let position = code.code.position(word_number(code, point.at) as u32)?;
    Some(SourceLine { file: code.code.filename.clone(), line: position.line })
}

/// Figures of all traces that are installed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stats {
    /// Traces that loops and functions are entered through.
    pub roots: usize,
    /// Traces that continue an exit.
    pub sides: usize,
    /// Bytes of machine code.
    pub code_bytes: usize,
    /// Exits taken to the interpreter.
    pub exits_taken: u64,
    /// Traces made since the start.
    pub compiled: u64,
    /// Recordings given up since the start.
    pub aborted: u64,
    /// The longest time that the program waited for one trace, in microseconds of processor time.
    pub longest_pause: u64,
}

/// Processor time of this thread, in nanoseconds.
pub(super) fn now() -> i64 {
    haft_host::clock::Clock::ThreadTime.now().unwrap_or(0)
}

/// Microseconds since `began` and of `before`.
pub(super) fn pause(before: i64, began: i64) -> u64 {
    u64::try_from(before + now() - began).unwrap_or(0) / 1000
}

impl Jit {
    /// The figures now.
    pub fn stats(&mut self) -> Stats {
        let mut stats = self.counted;
        for installed in self.traces.iter().flatten() {
            match installed.header {
                Some(_) => stats.roots += 1,
                None => stats.sides += 1,
            }
            let taken = installed.exits.iter().filter(|exit| exit.kind != ExitKind::Published);
            stats.exits_taken += taken.map(|exit| u64::from(exit.count)).sum::<u64>();
            stats.code_bytes += installed.compiled.code_bytes;
        }
        stats
    }
    /// Tell the log how often each exit was taken: at the end of the program, or of the log.
    pub fn log_exits(&mut self) {
        let Some(log) = &mut self.log else { return };
        for (id, installed) in self.traces.iter().enumerate() {
            let Some(installed) = installed else { continue };
            let counts: Vec<u32> = installed.exits.iter().map(|exit| exit.count).collect();
            log(&Event::Exits { trace: TraceId(id as u32), counts: &counts });
        }
    }
}

/// Function and line where the machine stands.
pub(super) fn place_of(m: &Direct<'_>) -> String {
    let code = m.code();
    let line = code.code.position(word_number(code, m.pc) as u32).map_or(0, |p| p.line);
    format!("{}:{}:{line}", code.code.filename, code.code.qualname)
}

/// Number of a word of code.
pub(super) fn word_number(code: PayloadRef<CodeObject>, at: *const u64) -> usize {
    let start: *const u64 = code.get().insns.as_ptr().cast();
    (at.addr().wrapping_sub(start.addr())) / 8
}

/// How often recording from an instruction, or an exit, failed.
pub(super) fn failures(m: &Direct<'_>, key: *const u64) -> u32 {
    let jit = m.vm.jit.as_ref();
    jit.and_then(|jit| jit.failures.get(&key.addr()).copied()).unwrap_or(0)
}

/// What failures of an exit are counted under; no address of an instruction is so small.
pub(super) fn exit_key(exit: ExitId) -> *const u64 {
    std::ptr::without_provenance(exit.0 as usize & 0xffff_ffff)
}
