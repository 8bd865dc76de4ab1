//! Loops over one character, which need one frame however often they iterate.

use super::{Encoding, Frame, Matcher, Step};
use crate::assemble::{CharLoop, Inst};
use crate::tree::Greed;

impl<E: Encoding> Matcher<'_, E> {
    pub(super) fn char_loop(&mut self, which: u32, at: usize) -> Step {
        let repeat = self.code.char_loops[which as usize];
        let Some(low) = self.take(&repeat, at) else { return Ok(None) };
        let optional = match repeat.times.max {
            usize::MAX => usize::MAX,
            max => max - repeat.times.min,
        };
        if repeat.greed == Greed::Lazy {
            return self.lazy(which, &repeat, repeat.times.min, low);
        }
        let high = E::run(self.test(repeat.item), self.text, low, optional);
        self.meter.pass_over(high - at)?;
        if repeat.greed == Greed::Possessive {
            return Ok(Some((repeat.next, high)));
        }
        self.greedy(which, &repeat, low, high)
    }

    /// The end of the iterations that have to be.
    fn take(&self, repeat: &CharLoop, at: usize) -> Option<usize> {
        // A character has a byte at least.
        if repeat.times.min > self.text.len() - at {
            return None;
        }
        let mut at = at;
        for _ in 0..repeat.times.min {
            at = E::pass(self.test(repeat.item), self.text, at)?;
        }
        Some(at)
    }

    /// Goes on at the last position from `low` to `at` where what follows may start.
    fn greedy(&mut self, which: u32, repeat: &CharLoop, low: usize, mut at: usize) -> Step {
        let high = at;
        while !self.may_start(repeat.first, at) {
            if at == low {
                return Ok(None);
            }
            at = E::retreat(self.text, at);
        }
        self.meter.pass_over(high - at)?;
        if at > low && !(self.accepts_all && matches!(self.code.insts[repeat.next], Inst::Match)) {
            self.push(Frame::GiveBack { which, low, at })?;
        }
        Ok(Some((repeat.next, at)))
    }

    /// Resumes [`Frame::GiveBack`].
    pub(super) fn give_back(&mut self, which: u32, low: usize, at: usize) -> Step {
        let repeat = self.code.char_loops[which as usize];
        self.greedy(which, &repeat, low, E::retreat(self.text, at))
    }

    /// Goes on at the first position from `at` where what follows may start.
    fn lazy(&mut self, which: u32, repeat: &CharLoop, mut taken: usize, mut at: usize) -> Step {
        let low = at;
        while !self.may_start(repeat.first, at) {
            if taken == repeat.times.max {
                return Ok(None);
            }
            match E::pass(self.test(repeat.item), self.text, at) {
                Some(next) => at = next,
                None => return Ok(None),
            }
            taken += 1;
        }
        self.meter.pass_over(at - low)?;
        if taken < repeat.times.max {
            self.push(Frame::TakeMore { which, taken, at })?;
        }
        Ok(Some((repeat.next, at)))
    }

    /// Resumes [`Frame::TakeMore`].
    pub(super) fn take_more(&mut self, which: u32, taken: usize, at: usize) -> Step {
        let repeat = self.code.char_loops[which as usize];
        match E::pass(self.test(repeat.item), self.text, at) {
            Some(next) => self.lazy(which, &repeat, taken + 1, next),
            None => Ok(None),
        }
    }
}
