//! Look-around and atomic groups: bodies whose alternatives are forgotten once they have matched.

use super::{Encoding, Frame, Halt, Matcher, Pc, Step};

/// What a fence is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An atomic group, or an iteration that a possessive loop needs.
    Atomic,
    /// `(?=…)`: the position is taken back.
    Ahead,
    /// `(?!…)`: go on at `resume` when the body does not match.
    Negative,
    /// An iteration that a possessive loop may do without: go on at `resume`.
    Optional,
}

/// The place of a fence and what was before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    purpose: Purpose,
    /// The index of its frame.
    height: usize,
    at: usize,
    resume: Pc,
    innermost: u32,
    n_loops: usize,
}

impl<E: Encoding> Matcher<'_, E> {
    pub(super) fn fence(&mut self, purpose: Purpose, at: usize, resume: Pc) -> Result<(), Halt> {
        let height = self.frames.len();
        self.push(Frame::Fence)?;
        let (innermost, n_loops) = (self.innermost, self.loops.len());
        self.fences.push(Fence { purpose, height, at, resume, innermost, n_loops });
        Ok(())
    }

    /// Enters a look-around.
    pub(super) fn look(
        &mut self,
        pc: Pc,
        back: usize,
        negative: bool,
        target: Pc,
        at: usize,
    ) -> Step {
        let Some(start) = E::skip_back(self.text, at, back) else {
            // There is nothing that far back, so it does not match.
            return Ok(negative.then_some((target, at)));
        };
        let purpose = if negative { Purpose::Negative } else { Purpose::Ahead };
        self.fence(purpose, at, target)?;
        Ok(Some((pc + 1, start)))
    }

    /// Enters an atomic group.
    pub(super) fn atomic(&mut self, pc: Pc, at: usize) -> Step {
        self.fence(Purpose::Atomic, at, pc)?;
        Ok(Some((pc + 1, at)))
    }

    /// The body of the innermost fence has matched up to `at`.
    pub(super) fn commit(&mut self, pc: Pc, at: usize) -> Step {
        let fence = self.fences.pop().expect("a body is entered through its fence");
        match fence.purpose {
            Purpose::Atomic | Purpose::Optional => {
                self.forget(fence);
                Ok(Some((pc + 1, at)))
            }
            Purpose::Ahead => {
                self.forget(fence);
                Ok(Some((pc + 1, fence.at)))
            }
            Purpose::Negative => {
                while self.frames.len() > fence.height {
                    let frame = self.frames.pop().expect("more than `height` frames");
                    self.undo(frame);
                }
                Ok(None)
            }
        }
    }

    /// Removes the choices above the fence, keeping what undoes the marks.
    fn forget(&mut self, fence: Fence) {
        let mut kept = fence.height;
        for index in fence.height..self.frames.len() {
            if let frame @ Frame::Mark { .. } = self.frames[index] {
                self.frames[kept] = frame;
                kept += 1;
            }
        }
        self.frames.truncate(kept);
        // The loops begun inside are over; those outside were not touched.
        self.innermost = fence.innermost;
        self.loops.truncate(fence.n_loops);
    }

    /// The body of the innermost fence has not matched.
    pub(super) fn fence_failed(&mut self) -> Option<(Pc, usize)> {
        let fence = self.fences.pop().expect("its frame was on the stack");
        match fence.purpose {
            Purpose::Atomic | Purpose::Ahead => None,
            Purpose::Negative => Some((fence.resume, fence.at)),
            Purpose::Optional => Some(self.leave_innermost(fence.resume, fence.at)),
        }
    }
}
