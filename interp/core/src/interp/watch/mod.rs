//! Watching a program run: `sys.settrace`, `sys.setprofile` and `sys.monitoring`.
//!
//! # Idea
//! A program that nobody watches pays nothing: the interpreter's loop and compiled code know of no events. While somebody
//! watches ([`Vm::watched`]), frames run in another loop ([`run_watched`]): it looks at the instruction that the innermost
//! frame stands at, says what there is to say about it, and has the one handler that every instruction has do it. So no
//! instruction is written twice. What cannot be seen from outside is said where it happens: exceptions in `unwind`,
//! values that go out through several generators in `generator`.
//!
//! The usual loop is left for this one behind calls, at back-edges and function entries; compiled code is left through the
//! poll word.
//!
//! # Lines
//! A line begins where an instruction has another line than the one before it in the same frame. Instructions without a
//! line (line 0 in the table), and jumps that no statement stands for, belong to whatever was before them.
//!
//! # Invariants
//! * A frame whose beginning was told has the flag `WATCHED`; frames that ran already when watching began get it then.
//! * While a callback runs, nothing is watched in its thread ([`Watch::inside`]).
mod events;
mod fire;
mod jump;
mod run;

use haft_heap::Value;

use crate::object::{CodeObject, PayloadRef};
use crate::vm::{FrameFlags, R, StackState, Vm};

pub use events::{Event, Monitoring, N_TOOLS, Tool};
pub(super) use fire::{iterator_ended, left_by_exception, raised, stopped, thrown, yields};
pub use jump::set_line;
pub(super) use run::run_watched;

/// What is watched of one stack of execution.
#[derive(Debug)]
pub struct Watch {
    /// The function given to `sys.settrace`, or ABSENT.
    pub trace: Value,
    /// The function given to `sys.setprofile`, or ABSENT.
    pub profile: Value,
    /// Callbacks that run now.
    pub(super) inside: u32,
    /// The line that the innermost frame is in; 0: in none yet.
    pub(super) line: u32,
    /// An instruction of that line: the last one that was run.
    pub(super) word: u32,
    /// What the trace function is being told.
    pub(super) event: Option<Event>,
}

impl Default for Watch {
    fn default() -> Watch {
        Watch {
            trace: Value::ABSENT,
            profile: Value::ABSENT,
            inside: 0,
            line: 0,
            word: 0,
            event: None,
        }
    }
}

impl Watch {
    fn has_function(&self) -> bool {
        !self.trace.is_absent() || !self.profile.is_absent()
    }
}

/// Number of the word that a frame stands at.
fn word_of(frame: &crate::vm::Frame) -> u32 {
    let start: *const u64 = frame.code.get().insns.as_ptr().cast();
    ((frame.pc.addr() - start.addr()) / 8) as u32
}

/// The line of the instruction at `word`; 0: it has none.
fn line_at(code: PayloadRef<CodeObject>, word: u32) -> u32 {
    code.get().code.position(word).map_or(0, |position| position.line)
}

impl StackState {
    /// The frames that run now have begun before anybody watched.
    fn frames_have_begun(&mut self) {
        for frame in self.frames.iter_mut() {
            frame.flags = frame.flags.with(FrameFlags::WATCHED);
        }
    }
}

impl Vm {
    /// Is the running thread to be watched? It may have changed.
    pub(crate) fn note_watched(&mut self) {
        let watch = &self.stack.watch;
        let wanted = watch.has_function() || self.monitoring.is_active();
        self.watched = wanted && watch.inside == 0;
        if wanted {
            self.attention.store(true, std::sync::atomic::Ordering::Release);
        }
    }
    /// Somebody begins or ends watching.
    pub fn watch_changed(&mut self) {
        if !self.watched {
            self.stack.frames_have_begun();
            let at = self.stack.frames.len().checked_sub(1);
            self.stack.watch.line = at.map_or(0, |at| self.line_of_frame(at));
            self.stack.watch.word = self.stack.frames.last().map_or(0, word_of);
        }
        self.note_watched();
    }
    /// `sys.settrace(function)` or, with `profile`, `sys.setprofile`; ABSENT ends it.
    pub fn set_watcher(&mut self, function: Value, profile: bool) {
        let watch = &mut self.stack.watch;
        *(if profile { &mut watch.profile } else { &mut watch.trace }) = function;
        self.watch_changed();
    }
    /// The same in all threads.
    pub fn set_watcher_everywhere(&mut self, function: Value, profile: bool) {
        self.for_parked_stacks(|stack| {
            let watch = &mut stack.watch;
            *(if profile { &mut watch.profile } else { &mut watch.trace }) = function;
            stack.frames_have_begun();
        });
        self.set_watcher(function, profile);
    }
    /// Call with watching on, within a callback (`sys.call_tracing`).
    pub fn call_watched(&mut self, callee: Value, args: &[Value]) -> R {
        let inside = std::mem::take(&mut self.stack.watch.inside);
        let at = (self.stack.watch.line, self.stack.watch.word);
        let event = self.stack.watch.event.take();
        self.stack.frames_have_begun();
        self.note_watched();
        let result = self.call_positional(callee, args);
        let watch = &mut self.stack.watch;
        ((watch.line, watch.word), watch.inside, watch.event) = (at, inside, event);
        self.note_watched();
        result
    }
}
