//! Finding where a match begins.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

use memchr::memmem::Finder;

use crate::assemble::{Code, First, assemble};
use crate::automaton::{Automaton, Width};
use crate::decode::Decoded;
use crate::matcher::{Accept, Halt, Matcher, Meter, Scratch};
use crate::opcode::At;
use crate::program::Captures;
use crate::subject::Encoding;
use crate::tree::{Node, TestIdx};

/// Why a call ended without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The poll asked for it.
    Interrupted,
    /// The backtracking stack could not grow.
    OutOfMemory,
}

impl From<Halt> for Stop {
    fn from(halt: Halt) -> Stop {
        match halt {
            Halt::Interrupted => Stop::Interrupted,
            // Steps run out only where a limit was set, and it is handled there.
            Halt::OutOfMemory | Halt::OutOfSteps => Stop::OutOfMemory,
        }
    }
}

/// Asked every few thousand steps; `Break` interrupts the match.
pub(crate) type Poll<'a> = &'a mut dyn FnMut() -> ControlFlow<()>;

/// Steps of the matcher, over all searches, that are worth building an automaton.
const STEPS_BEFORE_AUTOMATON: u64 = 20_000;
/// Steps of one search after which an automaton that exists takes over.
const STEPS_BEFORE_SWITCH: u64 = 1_000;

/// Where a match can begin at all.
#[derive(Debug)]
enum Plan {
    /// Anywhere.
    Anywhere,
    /// At the first position tried or nowhere.
    FirstTry,
    /// At this literal.
    Prefix(Finder<'static>),
    /// At this literal, which is also the match.
    Literal(Finder<'static>),
    /// At a character that passes.
    First(TestIdx),
    /// At this ASCII character or the first byte of this one.
    Byte(u8),
    /// Nowhere: it needs a character that the encoding cannot hold.
    Nowhere,
}

/// What both encodings share.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) decoded: Decoded,
    pub(crate) n_groups: usize,
}

/// A program made ready for one encoding.
#[derive(Debug)]
pub(crate) struct Engine<E> {
    code: Code,
    plan: Plan,
    /// Filled in when first wanted; `None` inside when there can be none.
    automaton: OnceLock<Option<Automaton>>,
    width: Width,
    /// Steps taken so far, until there is an automaton.
    steps: AtomicU64,
    scratch: Mutex<Scratch>,
    encoding: PhantomData<fn() -> E>,
}

impl<E: Encoding> Engine<E> {
    pub(crate) fn new(pattern: &Pattern, width: Width) -> Engine<E> {
        let decoded = &pattern.decoded;
        let code = assemble::<E>(&decoded.body, &decoded.tests);
        Engine {
            plan: plan::<E>(decoded, &code),
            code,
            automaton: OnceLock::new(),
            width,
            steps: AtomicU64::new(0),
            scratch: Mutex::default(),
            encoding: PhantomData,
        }
    }

    pub(crate) fn has_automaton(&self) -> bool {
        matches!(self.automaton.get(), Some(Some(_)))
    }

    fn matcher<'a>(
        &'a self,
        pattern: &'a Pattern,
        text: &'a [u8],
        poll: Poll<'a>,
    ) -> Matcher<'a, E> {
        // Two threads that search at once have memory of their own.
        let scratch = self.scratch.try_lock().map(|mut kept| std::mem::take(&mut *kept));
        Matcher::new(
            &self.code,
            &pattern.decoded.tests,
            (pattern.n_groups, text),
            Meter::new(poll),
            scratch.unwrap_or_default(),
        )
    }

    /// Keep a matcher's memory for the next one.
    fn put_away(&self, matcher: Matcher<'_, E>) {
        let scratch = matcher.into_scratch();
        if scratch.is_small()
            && let Ok(mut kept) = self.scratch.try_lock()
        {
            *kept = scratch;
        }
    }

    /// Take back the memory of a result.
    pub(crate) fn recycle(&self, captures: Captures) {
        if let Ok(mut kept) = self.scratch.try_lock() {
            kept.recycle(captures.spans);
        }
    }

    /// Matches at `start` only.
    pub(crate) fn match_at(
        &self,
        pattern: &Pattern,
        text: &[u8],
        start: usize,
        accept: Accept,
        poll: Poll<'_>,
    ) -> Result<Option<Captures>, Stop> {
        let mut matcher = self.matcher(pattern, text, poll);
        let end = matcher.run(start, accept)?;
        let found = end.map(|end| matcher.captures(pattern.n_groups, (start, end)));
        self.put_away(matcher);
        Ok(found)
    }

    /// Matches at `start` or later; with `not_empty` not with the empty string at `start` itself.
    pub(crate) fn search(
        &self,
        pattern: &Pattern,
        text: &[u8],
        start: usize,
        not_empty: bool,
        poll: Poll<'_>,
    ) -> Result<Option<Captures>, Stop> {
        if text.len() - start < pattern.decoded.info.min_width {
            return Ok(None);
        }
        if let Plan::Literal(finder) = &self.plan {
            let found = finder.find(&text[start..]).map(|offset| start + offset);
            return Ok(found.map(|at| Captures::whole((at, at + finder.needle().len()))));
        }
        let mut matcher = self.matcher(pattern, text, poll);
        let found = self.search_with(&mut matcher, pattern, text, (start, not_empty))?;
        self.put_away(matcher);
        Ok(found)
    }

    fn search_with(
        &self,
        matcher: &mut Matcher<'_, E>,
        pattern: &Pattern,
        text: &[u8],
        (start, not_empty): (usize, bool),
    ) -> Result<Option<Captures>, Stop> {
        let mut at = start;
        if not_empty {
            let accept = Accept { not_empty, ..Accept::default() };
            if let Some(end) = matcher.run(start, accept)? {
                return Ok(Some(matcher.captures(pattern.n_groups, (start, end))));
            }
            if matches!(self.plan, Plan::FirstTry) || start == text.len() {
                return Ok(None);
            }
            at = E::advance(text, start);
        }
        matcher.meter.limit(self.step_limit());
        let scanned = self.scan(matcher, text, &mut at);
        if self.automaton.get().is_none() {
            self.steps.fetch_add(matcher.meter.used(), Ordering::Relaxed);
        }
        let span = match scanned {
            Err(Halt::OutOfSteps) => return self.search_on(matcher, pattern, text, at),
            other => other?,
        };
        Ok(span.map(|span| matcher.captures(pattern.n_groups, span)))
    }

    /// Goes on at `at` after the matcher has used up its steps.
    fn search_on(
        &self,
        matcher: &mut Matcher<'_, E>,
        pattern: &Pattern,
        text: &[u8],
        mut at: usize,
    ) -> Result<Option<Captures>, Stop> {
        matcher.reset();
        matcher.meter.limit(None);
        let decoded = &pattern.decoded;
        let automaton = self
            .automaton
            .get_or_init(|| Automaton::new(&decoded.body, &decoded.tests, self.width));
        let Some(automaton) = automaton.as_ref().filter(|automaton| automaton.applies_to(text))
        else {
            let span = self.scan(matcher, text, &mut at)?;
            return Ok(span.map(|span| matcher.captures(pattern.n_groups, span)));
        };
        let Some((start, end)) = automaton.find(text, at) else { return Ok(None) };
        if pattern.n_groups == 0 {
            return Ok(Some(Captures::whole((start, end))));
        }
        let same_end = matcher.run(start, Accept::default())?;
        debug_assert_eq!(same_end, Some(end), "both engines find the same match");
        Ok(same_end.map(|end| matcher.captures(pattern.n_groups, (start, end))))
    }

    /// The steps the next search may take before it switches to the automaton.
    fn step_limit(&self) -> Option<u64> {
        match self.automaton.get() {
            Some(None) => None,
            Some(Some(_)) => Some(STEPS_BEFORE_SWITCH),
            None => {
                let left =
                    STEPS_BEFORE_AUTOMATON.saturating_sub(self.steps.load(Ordering::Relaxed));
                Some(left.max(STEPS_BEFORE_SWITCH))
            }
        }
    }

    /// Tries `at` and the positions after it; `at` is where a match was tried last.
    fn scan(
        &self,
        matcher: &mut Matcher<'_, E>,
        text: &[u8],
        at: &mut usize,
    ) -> Result<Option<(usize, usize)>, Halt> {
        loop {
            let Some(start) = self.candidate(matcher, text, *at) else { return Ok(None) };
            matcher.meter.pass_over(start - *at)?;
            *at = start;
            if let Some(end) = matcher.run(start, Accept::default())? {
                return Ok(Some((start, end)));
            }
            if start == text.len() || matches!(self.plan, Plan::FirstTry) {
                return Ok(None);
            }
            *at = E::advance(text, start);
        }
    }

    /// The first position from `at` where a match can begin.
    fn candidate(&self, matcher: &Matcher<'_, E>, text: &[u8], at: usize) -> Option<usize> {
        match &self.plan {
            Plan::Anywhere | Plan::FirstTry => Some(at),
            Plan::Prefix(finder) | Plan::Literal(finder) => {
                finder.find(&text[at..]).map(|offset| at + offset)
            }
            Plan::First(test) => {
                let test = matcher.test(*test);
                let mut at = at;
                while at < text.len() {
                    if E::pass(test, text, at).is_some() {
                        return Some(at);
                    }
                    at = E::advance(text, at);
                }
                None
            }
            Plan::Byte(byte) => memchr::memchr(*byte, &text[at..]).map(|offset| at + offset),
            Plan::Nowhere => None,
        }
    }
}

fn plan<E: Encoding>(decoded: &Decoded, code: &Code) -> Plan {
    let info = &decoded.info;
    if !info.prefix.is_empty() {
        let mut bytes = Vec::new();
        if info.prefix.iter().any(|ch| E::encode(*ch, &mut bytes).is_none()) {
            return Plan::Nowhere;
        }
        let finder = Finder::new(&bytes).into_owned();
        return if info.literal { Plan::Literal(finder) } else { Plan::Prefix(finder) };
    }
    if let Some(first) = info.first {
        return Plan::First(first);
    }
    match decoded.body.first() {
        Some(Node::At(At::Beginning | At::BeginningString)) => Plan::FirstTry,
        _ => match code.first::<E>(0, &decoded.tests) {
            First::Anything => Plan::Anywhere,
            First::Byte(byte) => Plan::Byte(byte),
            First::Test(test) => Plan::First(test),
        },
    }
}
