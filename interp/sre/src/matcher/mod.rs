//! The backtracking matcher.
//!
//! One stack of [`Frame`]s serves two purposes. A *choice* remembers a place to go on from; an *undo* frame
//! remembers what a mark or a loop counter was. To backtrack is to pop: undo frames are applied, the first
//! choice is resumed. So after a failure everything is as it was at the choice, whatever happened since.
//!
//! A *fence* stands where the body of a look-around, an atomic group or a possessive iteration begins. When
//! the body has matched, the choices above the fence are removed, and the marks' undo frames stay: what was
//! matched inside is kept, but it can still be taken back as a whole.
//!
//! ```text
//! frames  … choice  undo  FENCE  undo  choice  undo choice
//! commit  … choice  undo         undo          undo
//! ```

mod backtrack;
mod char_loop;
mod fence;
mod meter;
mod repeat;

use std::marker::PhantomData;

use crate::assemble::{Code, First, Inst, Pc};
use crate::chars::{CharTest, Fold, in_category};
pub(crate) use meter::{Halt, Meter};

use crate::opcode::{At, Category};
use crate::program::Captures;
use crate::subject::Encoding;
use crate::tree::TestIdx;
use fence::Fence;
use repeat::LoopState;

/// "No position" in marks and loops.
pub(crate) const UNSET: usize = usize::MAX;
/// "No loop".
const NO_LOOP: u32 = u32::MAX;

/// Where to go on, or `None` to backtrack.
type Step = Result<Option<(Pc, usize)>, Halt>;

/// What [`Matcher::run`] accepts as a match.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accept {
    /// It has to end at the end of the text (`fullmatch`).
    pub(crate) to_end: bool,
    /// It must not be empty.
    pub(crate) not_empty: bool,
}

/// An entry of the stack.
#[derive(Debug, Clone, Copy)]
enum Frame {
    /// Choice: the alternatives of a branch from `next` to `end`.
    Alternatives { next: u32, end: u32, at: usize },
    /// Choice: a greedy character loop gives back a character, down to `low`.
    GiveBack { which: u32, low: usize, at: usize },
    /// Choice: a lazy character loop, with `taken` characters, takes another.
    TakeMore { which: u32, taken: usize, at: usize },
    /// Choice: a greedy loop is left.
    Leave { which: u32, at: usize },
    /// Choice: a lazy loop does another iteration.
    Iterate { which: u32, at: usize },
    /// The bottom of the body of a look-around or the like.
    Fence,
    /// Undo: a mark, and the last closed group.
    Mark { mark: u32, last_index: u32, at: usize },
    /// Undo: the state of a loop.
    Loop { index: u32, done: usize, last: usize },
    /// Undo: which loop is the innermost.
    Innermost(u32),
    /// Undo: a loop was begun; this one was the innermost.
    Begun(u32),
}

/// Memory of a match that the next one takes over.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    marks: Vec<usize>,
    frames: Vec<Frame>,
    loops: Vec<LoopState>,
    fences: Vec<Fence>,
    /// For the result.
    spans: Vec<Option<(usize, usize)>>,
}

impl Scratch {
    /// Take what was a result back.
    pub(crate) fn recycle(&mut self, spans: Vec<Option<(usize, usize)>>) {
        self.spans = spans;
    }
    /// Beyond this many bytes memory is given back rather than kept.
    const MOST: usize = 1 << 14;
    /// Is it little enough to be kept?
    pub(crate) fn is_small(&self) -> bool {
        let frames = self.frames.capacity() * size_of::<Frame>();
        frames + self.loops.capacity() * size_of::<LoopState>() <= Self::MOST
    }
}

/// The state of one match.
#[derive(Debug)]
pub(crate) struct Matcher<'a, E> {
    code: &'a Code,
    tests: &'a [CharTest],
    /// Up to where a match may reach, from the start of the subject.
    text: &'a [u8],
    pub(crate) meter: Meter<'a>,
    marks: Vec<usize>,
    /// The number of the group closed last; 0 is none.
    last_index: u32,
    frames: Vec<Frame>,
    loops: Vec<LoopState>,
    innermost: u32,
    fences: Vec<Fence>,
    /// Memory for the result.
    spans: Vec<Option<(usize, usize)>>,
    /// The next `Match` will be accepted, so what lies below it on the stack is of no use.
    accepts_all: bool,
    encoding: PhantomData<E>,
}

impl<'a, E: Encoding> Matcher<'a, E> {
    pub(crate) fn new(
        code: &'a Code,
        tests: &'a [CharTest],
        (n_groups, text): (usize, &'a [u8]),
        meter: Meter<'a>,
        scratch: Scratch,
    ) -> Matcher<'a, E> {
        let Scratch { mut marks, mut frames, mut loops, mut fences, spans } = scratch;
        marks.clear();
        marks.resize(n_groups * 2, UNSET);
        frames.clear();
        loops.clear();
        fences.clear();
        Matcher {
            code,
            tests,
            text,
            meter,
            marks,
            last_index: 0,
            frames,
            loops,
            innermost: NO_LOOP,
            fences,
            spans,
            accepts_all: true,
            encoding: PhantomData,
        }
    }

    /// What was matched.
    pub(crate) fn captures(&mut self, n_groups: usize, span: (usize, usize)) -> Captures {
        let mut spans = std::mem::take(&mut self.spans);
        spans.clear();
        spans.push(Some(span));
        spans.extend((0..n_groups).map(|group| self.group(group)));
        Captures { spans, last_index: self.last_index() }
    }

    /// The memory, for the next match.
    pub(crate) fn into_scratch(self) -> Scratch {
        let Matcher { marks, frames, loops, fences, spans, .. } = self;
        Scratch { marks, frames, loops, fences, spans }
    }

    /// What group `index` (from 0) matched.
    pub(crate) fn group(&self, index: usize) -> Option<(usize, usize)> {
        let (start, end) = (self.marks[index * 2], self.marks[index * 2 + 1]);
        (start != UNSET && end != UNSET && start <= end).then_some((start, end))
    }

    /// The number of the group closed last.
    fn last_index(&self) -> Option<usize> {
        (self.last_index != 0).then_some(self.last_index as usize)
    }

    /// Matches at `start`; the end of the match.
    ///
    /// Without a match everything has been undone, so the next call starts afresh. A call that was halted
    /// leaves the matcher as [`Matcher::reset`] wants it.
    pub(crate) fn run(&mut self, start: usize, accept: Accept) -> Result<Option<usize>, Halt> {
        let (mut pc, mut at) = (0, start);
        self.accepts_all = !accept.to_end && !accept.not_empty;
        loop {
            self.meter.tick(1)?;
            let step = match self.code.insts[pc] {
                Inst::Literal { start, length } => {
                    self.literal(start as usize, length as usize, at).map(|at| (pc + 1, at))
                }
                Inst::Char(test) => E::pass(self.test(test), self.text, at).map(|at| (pc + 1, at)),
                Inst::At(position) => self.is_at(position, at).then_some((pc + 1, at)),
                Inst::Mark(mark) => {
                    self.mark(mark, at)?;
                    Some((pc + 1, at))
                }
                Inst::Backref { group, fold } => {
                    self.backref(group as usize, fold, at).map(|at| (pc + 1, at))
                }
                Inst::IfSet { group, target } => {
                    let is_set = self.group(group as usize).is_some();
                    Some((if is_set { pc + 1 } else { target }, at))
                }
                Inst::Jump(target) => Some((target, at)),
                Inst::Branch { first, count } => self.alternatives(first, first + count, at)?,
                Inst::CharLoop(which) => self.char_loop(which, at)?,
                Inst::Enter(which) => self.enter(which, at)?,
                Inst::Until(which) => self.until(which, at)?,
                Inst::Possess(which) => self.possess(which, at)?,
                Inst::Possessed(which) => self.possessed(which, at)?,
                Inst::Look { back, negative, target } => {
                    self.look(pc, back as usize, negative, target, at)?
                }
                Inst::LookLiteral { start, length, behind, negative } => {
                    let found = self.looks_at(start as usize, length as usize, behind, at);
                    (found != negative).then_some((pc + 1, at))
                }
                Inst::LookChar { test, behind, negative } => {
                    (self.char_looks(test, behind, at) != negative).then_some((pc + 1, at))
                }
                Inst::Atomic => self.atomic(pc, at)?,
                Inst::Commit => self.commit(pc, at)?,
                Inst::Fail => None,
                Inst::Match => {
                    if (!accept.to_end || at == self.text.len())
                        && (!accept.not_empty || at != start)
                    {
                        return Ok(Some(at));
                    }
                    None
                }
            };
            (pc, at) = match step {
                Some(next) => next,
                None => match self.backtrack()? {
                    Some(next) => next,
                    None => return Ok(None),
                },
            };
        }
    }

    /// Forgets a match or a halted attempt.
    pub(crate) fn reset(&mut self) {
        self.marks.fill(UNSET);
        self.last_index = 0;
        self.frames.clear();
        self.loops.clear();
        self.innermost = NO_LOOP;
        self.fences.clear();
    }

    #[inline]
    pub(crate) fn test(&self, test: TestIdx) -> &'a CharTest {
        &self.tests[test.0 as usize]
    }

    fn push(&mut self, frame: Frame) -> Result<(), Halt> {
        if self.frames.len() == self.frames.capacity() {
            self.frames.try_reserve(self.frames.len().max(16)).map_err(|_| Halt::OutOfMemory)?;
        }
        self.frames.push(frame);
        Ok(())
    }

    #[inline]
    fn literal(&self, start: usize, length: usize, at: usize) -> Option<usize> {
        let literal = &self.code.literals[start..start + length];
        self.text[at..].starts_with(literal).then_some(at + length)
    }

    fn looks_at(&self, start: usize, length: usize, behind: bool, at: usize) -> bool {
        let literal = &self.code.literals[start..start + length];
        if behind {
            self.text[..at].ends_with(literal)
        } else {
            self.text[at..].starts_with(literal)
        }
    }

    fn char_looks(&self, test: TestIdx, behind: bool, at: usize) -> bool {
        let start = match (behind, at) {
            (false, at) => at,
            (true, 0) => return false,
            (true, at) => E::retreat(self.text, at),
        };
        E::pass(self.test(test), self.text, start).is_some()
    }

    fn mark(&mut self, mark: u32, at: usize) -> Result<(), Halt> {
        let old = std::mem::replace(&mut self.marks[mark as usize], at);
        self.push(Frame::Mark { mark, last_index: self.last_index, at: old })?;
        if mark & 1 == 1 {
            self.last_index = mark / 2 + 1;
        }
        Ok(())
    }

    fn backref(&self, group: usize, fold: Fold, at: usize) -> Option<usize> {
        let (start, end) = self.group(group)?;
        if fold == Fold::Exact {
            return self.text[at..].starts_with(&self.text[start..end]).then_some(at + end - start);
        }
        let (mut known, mut at) = (start, at);
        while known < end {
            if at >= self.text.len() {
                return None;
            }
            let (expected, known_next) = E::next(self.text, known);
            let (found, next) = E::next(self.text, at);
            if expected != found && fold.apply(expected) != fold.apply(found) {
                return None;
            }
            (known, at) = (known_next, next);
        }
        Some(at)
    }

    fn is_at(&self, position: At, at: usize) -> bool {
        let text = self.text;
        match position {
            At::Beginning | At::BeginningString => at == 0,
            At::BeginningLine => at == 0 || text[at - 1] == b'\n',
            At::End => at == text.len() || (at + 1 == text.len() && text[at] == b'\n'),
            At::EndLine => at == text.len() || text[at] == b'\n',
            At::EndString => at == text.len(),
            At::Boundary => self.is_boundary(Category::Word, at),
            At::NonBoundary => !self.is_boundary(Category::Word, at),
            At::LocBoundary => self.is_boundary(Category::LocWord, at),
            At::LocNonBoundary => !self.is_boundary(Category::LocWord, at),
            At::UniBoundary => self.is_boundary(Category::UniWord, at),
            At::UniNonBoundary => !self.is_boundary(Category::UniWord, at),
        }
    }

    fn is_boundary(&self, word: Category, at: usize) -> bool {
        let before = at > 0 && in_category(word, E::before(self.text, at));
        let after = at < self.text.len() && in_category(word, E::next(self.text, at).0);
        before != after
    }

    /// Whether what has to start with `first` may start at `at`.
    #[inline]
    fn may_start(&self, first: First, at: usize) -> bool {
        match first {
            First::Anything => true,
            First::Byte(byte) => self.text.get(at) == Some(&byte),
            First::Test(test) => E::pass(self.test(test), self.text, at).is_some(),
        }
    }
}
