//! Loops over sequences.
//!
//! A loop's state is made when the loop is entered, not when its pattern is compiled: a loop inside a loop is
//! entered many times, and backtracking may return to any of them. States form a list by `outer`; what comes
//! after a loop runs with the outer one as the innermost.

use super::fence::Purpose;
use super::{Encoding, Frame, Halt, Matcher, NO_LOOP, Pc, Step, UNSET};
use crate::assemble::Loop;
use crate::tree::Greed;

/// The state of a loop that was entered.
#[derive(Debug, Clone, Copy)]
pub(super) struct LoopState {
    /// Iterations done.
    done: usize,
    /// Where the last optional iteration began: another one that begins there would be empty and useless.
    last: usize,
    outer: u32,
}

impl<E: Encoding> Matcher<'_, E> {
    fn innermost_loop(&mut self) -> &mut LoopState {
        debug_assert_ne!(self.innermost, NO_LOOP, "a loop is entered before its head is reached");
        &mut self.loops[self.innermost as usize]
    }

    /// Begins a loop.
    pub(super) fn enter(&mut self, which: u32, at: usize) -> Step {
        self.push(Frame::Begun(self.innermost))?;
        let index = u32::try_from(self.loops.len()).map_err(|_| Halt::OutOfMemory)?;
        self.loops.push(LoopState { done: 0, last: UNSET, outer: self.innermost });
        self.innermost = index;
        Ok(Some((self.code.loops[which as usize].head, at)))
    }

    /// Changes the innermost loop's state.
    fn set_state(&mut self, done: usize, last: usize) -> Result<(), Halt> {
        let index = self.innermost;
        let old = *self.innermost_loop();
        self.push(Frame::Loop { index, done: old.done, last: old.last })?;
        let state = self.innermost_loop();
        state.done = done;
        state.last = last;
        Ok(())
    }

    /// Goes on behind the innermost loop, when that can be undone by a frame below.
    pub(super) fn leave_innermost(&mut self, next: Pc, at: usize) -> (Pc, usize) {
        // A frame that made room for the fence or the choice has just been popped.
        self.frames.push(Frame::Innermost(self.innermost));
        self.innermost = self.innermost_loop().outer;
        (next, at)
    }

    fn leave(&mut self, next: Pc, at: usize) -> Step {
        self.push(Frame::Innermost(self.innermost))?;
        self.innermost = self.innermost_loop().outer;
        Ok(Some((next, at)))
    }

    /// The head of a greedy or lazy loop: an iteration ended at `at`, or the loop begins.
    pub(super) fn until(&mut self, which: u32, at: usize) -> Step {
        let repeat = self.code.loops[which as usize];
        let state = *self.innermost_loop();
        if state.done < repeat.times.min {
            self.set_state(state.done + 1, state.last)?;
            return Ok(Some((repeat.body, at)));
        }
        if !may_iterate(&repeat, &state, at) {
            return self.leave(repeat.next, at);
        }
        if repeat.greed == Greed::Greedy {
            self.push(Frame::Leave { which, at })?;
            self.set_state(state.done + 1, at)?;
            return Ok(Some((repeat.body, at)));
        }
        self.push(Frame::Iterate { which, at })?;
        self.leave(repeat.next, at)
    }

    /// Resumes [`Frame::Leave`].
    pub(super) fn resume_leave(&mut self, which: u32, at: usize) -> (Pc, usize) {
        self.leave_innermost(self.code.loops[which as usize].next, at)
    }

    /// Resumes [`Frame::Iterate`].
    pub(super) fn resume_iterate(&mut self, which: u32, at: usize) -> Step {
        let done = self.innermost_loop().done;
        self.set_state(done + 1, at)?;
        Ok(Some((self.code.loops[which as usize].body, at)))
    }

    /// The head of a possessive loop.
    pub(super) fn possess(&mut self, which: u32, at: usize) -> Step {
        let repeat = self.code.loops[which as usize];
        let state = *self.innermost_loop();
        if state.done < repeat.times.min {
            self.fence(Purpose::Atomic, at, repeat.next)?;
        } else if may_iterate(&repeat, &state, at) {
            self.set_state(state.done, at)?;
            self.fence(Purpose::Optional, at, repeat.next)?;
        } else {
            return self.leave(repeat.next, at);
        }
        Ok(Some((repeat.body, at)))
    }

    /// The end of an iteration of a possessive loop.
    pub(super) fn possessed(&mut self, which: u32, at: usize) -> Step {
        let head = self.code.loops[which as usize].head;
        self.commit(head, at)?;
        let state = *self.innermost_loop();
        self.set_state(state.done + 1, state.last)?;
        Ok(Some((head, at)))
    }
}

fn may_iterate(repeat: &Loop, state: &LoopState, at: usize) -> bool {
    (state.done < repeat.times.max || repeat.times.max == usize::MAX) && at != state.last
}

impl LoopState {
    pub(super) fn restore(&mut self, done: usize, last: usize) {
        self.done = done;
        self.last = last;
    }
}
