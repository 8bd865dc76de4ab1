//! Counts the matcher's steps: asks for signals now and then, and stops a search that takes too many.

use std::fmt;
use std::ops::ControlFlow;

/// Steps between two questions.
const INTERVAL: u32 = 4096;

/// Why the matcher stopped without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The caller's poll said so.
    Interrupted,
    /// The stack could not grow.
    OutOfMemory,
    /// The steps given were used up.
    OutOfSteps,
}

/// The steps left.
pub(crate) struct Meter<'a> {
    /// Until the next question.
    left: u32,
    /// What `left` started from.
    filled: u32,
    /// Beyond `left`; `u64::MAX` is no limit.
    reserve: u64,
    used: u64,
    poll: &'a mut dyn FnMut() -> ControlFlow<()>,
}

impl fmt::Debug for Meter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Meter")
            .field("left", &self.left)
            .field("reserve", &self.reserve)
            .finish_non_exhaustive()
    }
}

impl<'a> Meter<'a> {
    /// A meter without limit.
    pub(crate) fn new(poll: &'a mut dyn FnMut() -> ControlFlow<()>) -> Meter<'a> {
        Meter { left: INTERVAL, filled: INTERVAL, reserve: u64::MAX, used: 0, poll }
    }

    /// Allows `steps` more steps from now on, or any number.
    pub(crate) fn limit(&mut self, steps: Option<u64>) {
        self.used += u64::from(self.filled - self.left);
        self.reserve = steps.unwrap_or(u64::MAX);
        self.fill();
    }

    /// The steps taken so far.
    pub(crate) fn used(&self) -> u64 {
        self.used + u64::from(self.filled - self.left)
    }

    /// Takes `steps` steps.
    #[inline]
    pub(crate) fn tick(&mut self, steps: u32) -> Result<(), Halt> {
        if steps < self.left {
            self.left -= steps;
            return Ok(());
        }
        self.refill(steps)
    }

    /// Steps for passing over `bytes` bytes, which is much cheaper than other steps.
    #[inline]
    pub(crate) fn pass_over(&mut self, bytes: usize) -> Result<(), Halt> {
        self.tick(u32::try_from(bytes >> 5).unwrap_or(u32::MAX))
    }

    #[cold]
    fn refill(&mut self, steps: u32) -> Result<(), Halt> {
        self.used += u64::from(self.filled);
        let beyond = u64::from(steps - self.left);
        self.left = 0;
        self.filled = 0;
        if self.reserve != u64::MAX {
            if self.reserve <= beyond {
                return Err(Halt::OutOfSteps);
            }
            self.reserve -= beyond;
        }
        if (self.poll)().is_break() {
            return Err(Halt::Interrupted);
        }
        self.fill();
        Ok(())
    }

    fn fill(&mut self) {
        self.filled = u32::try_from(self.reserve).map_or(INTERVAL, |reserve| reserve.min(INTERVAL));
        self.left = self.filled;
        if self.reserve != u64::MAX {
            self.reserve -= u64::from(self.filled);
        }
    }
}
