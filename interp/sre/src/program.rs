//! Compiled patterns as `_sre` uses them.

use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use crate::automaton::Width;
use crate::decode::decode;
use crate::matcher::Accept;
use crate::search::{Engine, Pattern, Poll, Stop};
use crate::subject::{SingleByte, Subject, Wtf8};
use crate::{InvalidCode, opcode};

/// A match: byte offsets of the whole and of each group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Captures {
    /// Group 0 is the whole match; a group that took no part is `None`.
    pub spans: Vec<Option<(usize, usize)>>,
    /// The number of the group closed last (`Match.lastindex`).
    pub last_index: Option<usize>,
}

impl Captures {
    pub(crate) fn whole(span: (usize, usize)) -> Captures {
        Captures { spans: vec![Some(span)], last_index: None }
    }

    /// Bounds of the whole match.
    pub fn span(&self) -> (usize, usize) {
        self.spans[0].expect("the whole match is always there")
    }
}

/// A compiled pattern. It may be shared between threads.
#[derive(Debug)]
pub struct Program {
    pattern: Pattern,
    flags: u32,
    single: OnceLock<Engine<SingleByte>>,
    multi: OnceLock<Engine<Wtf8>>,
}

/// Where a match may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Search,
    Match,
    FullMatch,
}

impl Program {
    /// Checks and takes over what `re._compiler` passes to `_sre.compile`: the codes, the flags and the number
    /// of groups, not counting the whole match.
    pub fn new(code: &[u32], flags: u32, groups: u32) -> Result<Program, InvalidCode> {
        // Each group's marks stand in the program, so a larger number is nonsense and not worth the memory.
        if groups > opcode::MAX_GROUPS || groups as usize > code.len() {
            return Err(InvalidCode);
        }
        let pattern = Pattern { decoded: decode(code, groups)?, n_groups: groups as usize };
        Ok(Program { pattern, flags, single: OnceLock::new(), multi: OnceLock::new() })
    }

    /// The flags given to [`Program::new`].
    pub fn flags(&self) -> u32 {
        self.flags
    }

    /// The number of groups, not counting the whole match.
    pub fn n_groups(&self) -> usize {
        self.pattern.n_groups
    }

    /// Whether a search was long enough to make an automaton, and there is one for this pattern.
    pub fn has_automaton(&self) -> bool {
        self.single.get().is_some_and(Engine::has_automaton)
            || self.multi.get().is_some_and(Engine::has_automaton)
    }

    /// `Pattern.search`: the first match within the bytes `window` of `subject` ([`Subject::window`]).
    ///
    /// The window's ends lie between characters. `^` and look-behind see what is before it; nothing sees what
    /// is after it. `poll` is called every few thousand steps.
    pub fn search(
        &self,
        subject: Subject<'_>,
        window: Range<usize>,
        poll: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Captures>, Stop> {
        self.find(Mode::Search, subject, window, false, poll)
    }

    /// `Pattern.match`: a match that begins where `window` does.
    pub fn match_(
        &self,
        subject: Subject<'_>,
        window: Range<usize>,
        poll: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Captures>, Stop> {
        self.find(Mode::Match, subject, window, false, poll)
    }

    /// `Pattern.fullmatch`: a match of all of `window`.
    pub fn fullmatch(
        &self,
        subject: Subject<'_>,
        window: Range<usize>,
        poll: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Captures>, Stop> {
        self.find(Mode::FullMatch, subject, window, false, poll)
    }

    /// Takes back the memory of a match that is of no more use.
    pub fn recycle(&self, captures: Captures) {
        match (self.single.get(), self.multi.get()) {
            (Some(engine), _) => engine.recycle(captures),
            (None, Some(engine)) => engine.recycle(captures),
            (None, None) => {}
        }
    }

    fn find(
        &self,
        mode: Mode,
        subject: Subject<'_>,
        window: Range<usize>,
        not_empty: bool,
        poll: Poll<'_>,
    ) -> Result<Option<Captures>, Stop> {
        let Some(text) =
            subject.bytes().get(..window.end).filter(|text| window.start <= text.len())
        else {
            return Ok(None);
        };
        let (pattern, start) = (&self.pattern, window.start);
        let accept = Accept { to_end: mode == Mode::FullMatch, not_empty };
        if subject.is_single_byte() {
            let engine = self.single.get_or_init(|| Engine::new(pattern, Width::Single));
            return match mode {
                Mode::Search => engine.search(pattern, text, start, not_empty, poll),
                Mode::Match | Mode::FullMatch => {
                    engine.match_at(pattern, text, start, accept, poll)
                }
            };
        }
        let engine = self.multi.get_or_init(|| Engine::new(pattern, Width::Multi));
        match mode {
            Mode::Search => engine.search(pattern, text, start, not_empty, poll),
            Mode::Match | Mode::FullMatch => engine.match_at(pattern, text, start, accept, poll),
        }
    }
}

/// The state behind `finditer`, `findall`, `sub`, `split` and `Pattern.scanner`.
///
/// A match begins where the one before it ended; one that would be empty there, right after an empty one, is
/// passed over in favour of a longer or later one (the rule since Python 3.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanner {
    window: Range<usize>,
    not_empty: bool,
    finished: bool,
}

impl Scanner {
    /// Scans the bytes `window` of a subject.
    pub fn new(window: Range<usize>) -> Scanner {
        Scanner { window, not_empty: false, finished: false }
    }

    /// The next match, anywhere (`scanner.search`, and `finditer` and the others).
    pub fn search(
        &mut self,
        program: &Program,
        subject: Subject<'_>,
        poll: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Captures>, Stop> {
        self.next(Mode::Search, program, subject, poll)
    }

    /// The next match, right here (`scanner.match`).
    pub fn match_(
        &mut self,
        program: &Program,
        subject: Subject<'_>,
        poll: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Captures>, Stop> {
        self.next(Mode::Match, program, subject, poll)
    }

    fn next(
        &mut self,
        mode: Mode,
        program: &Program,
        subject: Subject<'_>,
        poll: Poll<'_>,
    ) -> Result<Option<Captures>, Stop> {
        if self.finished {
            return Ok(None);
        }
        let found = program.find(mode, subject, self.window.clone(), self.not_empty, poll)?;
        match &found {
            Some(captures) => {
                let (start, end) = captures.span();
                self.not_empty = start == end;
                self.window.start = end;
            }
            None => self.finished = true,
        }
        Ok(found)
    }
}
