//! Popping the stack.

use super::{Encoding, Frame, Matcher, Step};

impl<E: Encoding> Matcher<'_, E> {
    /// Undoes everything since the last choice and resumes that; `None` when there is none left.
    pub(super) fn backtrack(&mut self) -> Step {
        while let Some(frame) = self.frames.pop() {
            let step = match frame {
                Frame::Alternatives { next, end, at } => self.alternatives(next, end, at)?,
                Frame::GiveBack { which, low, at } => self.give_back(which, low, at)?,
                Frame::TakeMore { which, taken, at } => self.take_more(which, taken, at)?,
                Frame::Leave { which, at } => Some(self.resume_leave(which, at)),
                Frame::Iterate { which, at } => self.resume_iterate(which, at)?,
                Frame::Fence => self.fence_failed(),
                undo => {
                    self.undo(undo);
                    None
                }
            };
            if step.is_some() {
                return Ok(step);
            }
        }
        Ok(None)
    }

    /// Applies an undo frame; a choice is passed over.
    pub(super) fn undo(&mut self, frame: Frame) {
        match frame {
            Frame::Mark { mark, last_index, at } => {
                self.marks[mark as usize] = at;
                self.last_index = last_index;
            }
            Frame::Loop { index, done, last } => self.loops[index as usize].restore(done, last),
            Frame::Innermost(index) => self.innermost = index,
            Frame::Begun(outer) => {
                self.loops.pop();
                self.innermost = outer;
            }
            Frame::Alternatives { .. }
            | Frame::GiveBack { .. }
            | Frame::TakeMore { .. }
            | Frame::Leave { .. }
            | Frame::Iterate { .. }
            | Frame::Fence => {}
        }
    }

    /// Takes the first of the alternatives `next..end` that may match at `at`.
    pub(super) fn alternatives(&mut self, next: u32, end: u32, at: usize) -> Step {
        for index in next..end {
            let alternative = self.code.alternatives[index as usize];
            if !self.may_start(alternative.first, at) {
                continue;
            }
            if index + 1 < end {
                self.push(Frame::Alternatives { next: index + 1, end, at })?;
            }
            return Ok(Some((alternative.pc, at)));
        }
        Ok(None)
    }
}
