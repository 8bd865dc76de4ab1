//! The regular subset of patterns as an automaton, which finds the bounds of a match in linear time.
//!
//! "Regular" leaves out what looks back at groups or around, what forgets alternatives, and loops whose body
//! may match nothing: there the two engines disagree on when to stop. For all the rest leftmost-first
//! semantics are those of backtracking. Groups are not translated; the matcher finds them afterwards.

use regex_automata::{Input, meta};
use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, Look, Repetition,
};

use crate::chars::{CharTest, Ranges};
use crate::opcode::At;
use crate::tree::{Greed, Node, TestIdx, Times};

/// Bytes of automaton beyond which the matcher has to do.
const SIZE_LIMIT: usize = 4 << 20;

/// How the text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    /// One byte each.
    Single,
    /// WTF-8.
    Multi,
}

/// A finder of matches.
#[derive(Debug)]
pub(crate) struct Automaton {
    regex: meta::Regex,
    /// The pattern has a `$`, which was translated as the end of the text alone.
    end_only: bool,
}

impl Automaton {
    /// The automaton for `body`; `None` when it is not regular or too large.
    pub(crate) fn new(body: &[Node], tests: &[CharTest], width: Width) -> Option<Automaton> {
        let mut translator = Translator { tests, width, end_only: false };
        let hir = translator.sequence(body)?;
        let config = meta::Config::new()
            .utf8_empty(width == Width::Multi)
            .nfa_size_limit(Some(SIZE_LIMIT))
            .which_captures(regex_automata::nfa::thompson::WhichCaptures::Implicit);
        let regex = meta::Builder::new().configure(config).build_from_hir(&hir).ok()?;
        Some(Automaton { regex, end_only: translator.end_only })
    }

    /// Whether its answers hold for `text`.
    pub(crate) fn applies_to(&self, text: &[u8]) -> bool {
        // Without a line break at the very end `$` is the end.
        !self.end_only || text.last() != Some(&b'\n')
    }

    /// The first match that begins at `at` or later.
    pub(crate) fn find(&self, text: &[u8], at: usize) -> Option<(usize, usize)> {
        let found = self.regex.search(&Input::new(text).range(at..))?;
        Some((found.start(), found.end()))
    }
}

struct Translator<'a> {
    tests: &'a [CharTest],
    width: Width,
    end_only: bool,
}

impl Translator<'_> {
    fn sequence(&mut self, nodes: &[Node]) -> Option<Hir> {
        let parts = nodes.iter().map(|node| self.node(node)).collect::<Option<Vec<Hir>>>()?;
        Some(Hir::concat(parts))
    }

    fn node(&mut self, node: &Node) -> Option<Hir> {
        match node {
            Node::Literal(ch) => Some(self.literal(*ch)),
            Node::Char(test) => self.char_class(*test),
            Node::At(at) => self.look(*at),
            Node::Mark(_) => Some(Hir::empty()),
            Node::Fail => Some(Hir::fail()),
            Node::Branch(bodies) => {
                let bodies =
                    bodies.iter().map(|body| self.sequence(body)).collect::<Option<Vec<Hir>>>()?;
                Some(Hir::alternation(bodies))
            }
            Node::RepeatChar { greed, times, item } => {
                let item = self.char_class(*item)?;
                repetition(*greed, *times, item)
            }
            Node::Repeat { greed, times, body } if !may_be_empty(body) => {
                let body = self.sequence(body)?;
                repetition(*greed, *times, body)
            }
            Node::Repeat { .. }
            | Node::Backref { .. }
            | Node::If { .. }
            | Node::Look { .. }
            | Node::Atomic(_) => None,
        }
    }

    fn literal(&self, ch: u32) -> Hir {
        let mut bytes = Vec::new();
        match (self.width, u8::try_from(ch)) {
            (Width::Single, Ok(byte)) => bytes.push(byte),
            (Width::Multi, _) if ch <= 0x10_FFFF => haft_text::wtf8::push(&mut bytes, ch),
            _ => return Hir::fail(),
        }
        Hir::literal(bytes)
    }

    fn look(&mut self, at: At) -> Option<Hir> {
        let look = match at {
            At::Beginning | At::BeginningString => Look::Start,
            At::BeginningLine => Look::StartLF,
            At::EndString => Look::End,
            At::EndLine => Look::EndLF,
            At::End => {
                self.end_only = true;
                Look::End
            }
            At::Boundary => Look::WordAscii,
            // Single bytes with Unicode's words are ASCII.
            At::UniBoundary if self.width == Width::Single => Look::WordAscii,
            // Between the bytes of one character there is no ASCII boundary either, but no position.
            At::NonBoundary | At::UniNonBoundary if self.width == Width::Single => {
                Look::WordAsciiNegate
            }
            _ => return None,
        };
        Some(Hir::look(look))
    }

    fn char_class(&self, test: TestIdx) -> Option<Hir> {
        let test = &self.tests[test.0 as usize];
        let ranges = test.ranges()?;
        if self.width == Width::Multi {
            return Some(multi_byte_class(&ranges));
        }
        let bytes = ranges.0.iter().filter_map(|&(low, high)| {
            Some(ClassBytesRange::new(
                u8::try_from(low).ok()?,
                u8::try_from(high).unwrap_or(u8::MAX),
            ))
        });
        Some(Hir::class(Class::Bytes(ClassBytes::new(bytes))))
    }
}

fn repetition(greed: Greed, times: Times, body: Hir) -> Option<Hir> {
    let max = match times.max {
        usize::MAX => None,
        max => Some(u32::try_from(max).ok()?),
    };
    let greedy = match greed {
        Greed::Greedy => true,
        Greed::Lazy => false,
        Greed::Possessive => return None,
    };
    let min = u32::try_from(times.min).ok()?;
    Some(Hir::repetition(Repetition { min, max, greedy, sub: Box::new(body) }))
}

/// A class that has surrogates as the three bytes WTF-8 has for them; classes of characters leave them out.
fn multi_byte_class(ranges: &Ranges) -> Hir {
    const BEFORE: u32 = 0xD7FF;
    const AFTER: u32 = 0xE000;
    let mut scalars = Vec::new();
    let mut ways = Vec::new();
    for &(low, high) in &ranges.0 {
        for (low, high) in [(low, high.min(BEFORE)), (low.max(AFTER), high)] {
            if let (Some(low), Some(high)) = (char::from_u32(low), char::from_u32(high))
                && low <= high
            {
                scalars.push(ClassUnicodeRange::new(low, high));
            }
        }
        let (low, high) = (low.max(BEFORE + 1), high.min(AFTER - 1));
        if low <= high {
            surrogates(low, high, &mut ways);
        }
    }
    let scalars = Hir::class(Class::Unicode(ClassUnicode::new(scalars)));
    if ways.is_empty() {
        return scalars;
    }
    ways.insert(0, scalars);
    Hir::alternation(ways)
}

/// The byte sequences of the surrogates `low..=high`: blocks of 64 share all but the last byte.
fn surrogates(low: u32, high: u32, ways: &mut Vec<Hir>) {
    let (first, last) = (low >> 6, high >> 6);
    if first == last {
        ways.push(surrogate_block((first, last), (low & 63, high & 63)));
        return;
    }
    ways.push(surrogate_block((first, first), (low & 63, 63)));
    if first + 1 < last {
        ways.push(surrogate_block((first + 1, last - 1), (0, 63)));
    }
    ways.push(surrogate_block((last, last), (0, high & 63)));
}

fn surrogate_block(blocks: (u32, u32), ends: (u32, u32)) -> Hir {
    let trail = |bits: u32| 0x80 | bits.to_le_bytes()[0] & 0x3F;
    let class = |low, high| {
        Hir::class(Class::Bytes(ClassBytes::new([ClassBytesRange::new(trail(low), trail(high))])))
    };
    Hir::concat(vec![Hir::literal([0xED]), class(blocks.0, blocks.1), class(ends.0, ends.1)])
}

fn may_be_empty(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Literal(_) | Node::Char(_) | Node::Fail => false,
        Node::RepeatChar { times, .. } => times.min == 0,
        Node::Repeat { times, body, .. } => times.min == 0 || may_be_empty(body),
        Node::Branch(bodies) => bodies.iter().any(|body| may_be_empty(body)),
        Node::Atomic(body) => may_be_empty(body),
        Node::At(_)
        | Node::Mark(_)
        | Node::Backref { .. }
        | Node::If { .. }
        | Node::Look { .. } => true,
    })
}
