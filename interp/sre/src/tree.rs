//! A decoded program: what the codes mean, as a tree.

use crate::chars::Fold;
use crate::opcode::At;

/// The index of a [`crate::chars::CharTest`] of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TestIdx(pub(crate) u32);

/// Nodes one after the other.
pub(crate) type Sequence = Vec<Node>;

/// One step of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// This character exactly.
    Literal(u32),
    /// One character that passes a test.
    Char(TestIdx),
    /// A position.
    At(At),
    /// The start (even) or end (odd) of a group.
    Mark(u32),
    /// What a group matched, again.
    Backref { group: u32, fold: Fold },
    /// `(?(group)yes|no)`.
    If { group: u32, yes: Sequence, no: Sequence },
    /// `(?=…)`, `(?!…)`, and with `back` characters first `(?<=…)`, `(?<!…)`.
    Look { back: u32, negative: bool, body: Sequence },
    /// `a|b`.
    Branch(Vec<Sequence>),
    /// One character, repeated.
    RepeatChar { greed: Greed, times: Times, item: TestIdx },
    /// Anything, repeated.
    Repeat { greed: Greed, times: Times, body: Sequence },
    /// `(?>…)`.
    Atomic(Sequence),
    /// `(?!)`.
    Fail,
}

/// Which number of repetitions is tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Greed {
    /// The highest.
    Greedy,
    /// The lowest.
    Lazy,
    /// The highest, and no other.
    Possessive,
}

/// How often something is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Times {
    pub(crate) min: usize,
    /// `usize::MAX` is any number.
    pub(crate) max: usize,
}

/// What a search may know beforehand (the `INFO` block).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Info {
    /// Fewest characters of a match.
    pub(crate) min_width: usize,
    /// The literal every match starts with.
    pub(crate) prefix: Vec<u32>,
    /// The pattern is `prefix` and nothing else, not even a group.
    pub(crate) literal: bool,
    /// The characters every match starts with.
    pub(crate) first: Option<TestIdx>,
}
