//! From the tree to the instructions of the backtracking matcher.
//!
//! The instructions are made for one encoding: literals become bytes, and a literal that the encoding cannot
//! hold becomes a failure.

use crate::chars::{CharTest, Fold};
use crate::opcode::At;
use crate::subject::Encoding;
use crate::tree::{Greed, Node, TestIdx, Times};

/// The index of an instruction.
pub(crate) type Pc = usize;

/// An instruction. Unless it says otherwise the next one follows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inst {
    /// These bytes of [`Code::literals`].
    Literal { start: u32, length: u32 },
    /// One character.
    Char(TestIdx),
    /// A position.
    At(At),
    /// Store the position as a mark.
    Mark(u32),
    /// What a group matched, again.
    Backref { group: u32, fold: Fold },
    /// Go to `target` unless the group has matched.
    IfSet { group: u32, target: Pc },
    /// Go there.
    Jump(Pc),
    /// Try `count` of [`Code::alternatives`], from `first`.
    Branch { first: u32, count: u32 },
    /// One of [`Code::char_loops`].
    CharLoop(u32),
    /// Begin one of [`Code::loops`]: go to its `Until` or `Possess`.
    Enter(u32),
    /// At the end of the body of a greedy or lazy loop: iterate or leave.
    Until(u32),
    /// Before each iteration of a possessive loop: iterate or leave.
    Possess(u32),
    /// At the end of the body of a possessive loop: keep this iteration.
    Possessed(u32),
    /// The body of a look-around follows, up to `Commit`; `target` is behind it.
    Look { back: u32, negative: bool, target: Pc },
    /// A look-around whose body is a literal: these bytes of [`Code::literals`].
    LookLiteral { start: u32, length: u32, behind: bool, negative: bool },
    /// A look-around whose body is one character.
    LookChar { test: TestIdx, behind: bool, negative: bool },
    /// The body of an atomic group follows, up to `Commit`.
    Atomic,
    /// The body matched: forget its alternatives.
    Commit,
    /// No match here.
    Fail,
    /// The whole pattern matched.
    Match,
}

/// What the next character has to be, as far as one look can tell.
#[derive(Debug, Clone, Copy)]
pub(crate) enum First {
    /// Not known.
    Anything,
    /// This byte.
    Byte(u8),
    /// A character that passes.
    Test(TestIdx),
}

/// One way of a branch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Alternative {
    pub(crate) first: First,
    pub(crate) pc: Pc,
}

/// A repeated character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CharLoop {
    pub(crate) greed: Greed,
    pub(crate) times: Times,
    pub(crate) item: TestIdx,
    /// What follows the loop starts with this.
    pub(crate) first: First,
    /// What follows the loop.
    pub(crate) next: Pc,
}

/// A repeated sequence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Loop {
    pub(crate) greed: Greed,
    pub(crate) times: Times,
    pub(crate) body: Pc,
    /// Its `Until` or `Possess`.
    pub(crate) head: Pc,
    /// What follows the loop.
    pub(crate) next: Pc,
}

/// Instructions and their tables.
#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) insts: Vec<Inst>,
    pub(crate) literals: Vec<u8>,
    pub(crate) alternatives: Vec<Alternative>,
    pub(crate) char_loops: Vec<CharLoop>,
    pub(crate) loops: Vec<Loop>,
}

/// Makes the instructions for `body` in encoding `E`.
pub(crate) fn assemble<E: Encoding>(body: &[Node], tests: &[CharTest]) -> Code {
    let mut code = Code::default();
    code.sequence::<E>(body);
    code.emit(Inst::Match);
    code.look_ahead::<E>(tests);
    code
}

/// Tables are indexed by 32 bits: each entry comes from at least one of the program's codes.
fn index(length: usize) -> u32 {
    u32::try_from(length).expect("a table is not longer than the program")
}

impl Code {
    fn emit(&mut self, inst: Inst) -> Pc {
        self.insts.push(inst);
        self.insts.len() - 1
    }

    fn sequence<E: Encoding>(&mut self, nodes: &[Node]) {
        let mut rest = nodes;
        while let Some((node, after)) = rest.split_first() {
            rest = after;
            if let Node::Literal(_) = node {
                let length = nodes.len() - rest.len() - 1;
                rest = self.literals::<E>(&nodes[length..]);
            } else {
                self.node::<E>(node);
            }
        }
    }

    /// Joins the literals that `nodes` start with; the rest.
    fn literals<'n, E: Encoding>(&mut self, nodes: &'n [Node]) -> &'n [Node] {
        let start = self.literals.len();
        let mut rest = nodes;
        while let Some((Node::Literal(ch), after)) = rest.split_first() {
            rest = after;
            if E::encode(*ch, &mut self.literals).is_none() {
                self.emit(Inst::Fail);
            }
        }
        let length = index(self.literals.len() - start);
        self.emit(Inst::Literal { start: index(start), length });
        rest
    }

    fn node<E: Encoding>(&mut self, node: &Node) {
        match node {
            // `sequence` joins literals.
            Node::Literal(_) => {}
            Node::Char(test) => _ = self.emit(Inst::Char(*test)),
            Node::At(at) => _ = self.emit(Inst::At(*at)),
            Node::Mark(mark) => _ = self.emit(Inst::Mark(*mark)),
            Node::Backref { group, fold } => {
                _ = self.emit(Inst::Backref { group: *group, fold: *fold });
            }
            Node::Fail => _ = self.emit(Inst::Fail),
            Node::If { group, yes, no } => self.condition::<E>(*group, yes, no),
            Node::Look { back, negative, body } => self.look::<E>(*back, *negative, body),
            Node::Branch(bodies) => self.branch::<E>(bodies),
            Node::RepeatChar { greed, times, item } => {
                let next = self.emit(Inst::CharLoop(index(self.char_loops.len()))) + 1;
                let first = First::Anything;
                self.char_loops.push(CharLoop {
                    greed: *greed,
                    times: *times,
                    item: *item,
                    first,
                    next,
                });
            }
            Node::Repeat { greed, times, body } => self.repeat::<E>(*greed, *times, body),
            Node::Atomic(body) => {
                self.emit(Inst::Atomic);
                self.sequence::<E>(body);
                self.emit(Inst::Commit);
            }
        }
    }

    fn look<E: Encoding>(&mut self, back: u32, negative: bool, body: &[Node]) {
        let behind = back != 0;
        // The distance is the width of the body, as the compiler makes it; anything else is done step by step.
        let whole = !behind || back as usize == body.len();
        if let (&[Node::Char(test)], true) = (body, whole) {
            self.emit(Inst::LookChar { test, behind, negative });
            return;
        }
        if whole && let Some((start, length)) = self.literal_body::<E>(body) {
            self.emit(Inst::LookLiteral { start, length, behind, negative });
            return;
        }
        let look = self.emit(Inst::Fail);
        self.sequence::<E>(body);
        let target = self.emit(Inst::Commit) + 1;
        self.insts[look] = Inst::Look { back, negative, target };
    }

    /// Stores `body` as a literal when it is nothing else.
    fn literal_body<E: Encoding>(&mut self, body: &[Node]) -> Option<(u32, u32)> {
        let start = self.literals.len();
        for node in body {
            let encoded = match node {
                Node::Literal(ch) => E::encode(*ch, &mut self.literals),
                _ => None,
            };
            if encoded.is_none() {
                self.literals.truncate(start);
                return None;
            }
        }
        Some((index(start), index(self.literals.len() - start)))
    }

    fn condition<E: Encoding>(&mut self, group: u32, yes: &[Node], no: &[Node]) {
        let test = self.emit(Inst::Fail);
        self.sequence::<E>(yes);
        let jump = self.emit(Inst::Fail);
        self.insts[test] = Inst::IfSet { group, target: jump + 1 };
        self.sequence::<E>(no);
        self.insts[jump] = Inst::Jump(self.insts.len());
    }

    fn branch<E: Encoding>(&mut self, bodies: &[Vec<Node>]) {
        let first = self.alternatives.len();
        let unknown = Alternative { first: First::Anything, pc: 0 };
        self.alternatives.resize(first + bodies.len(), unknown);
        self.emit(Inst::Branch { first: index(first), count: index(bodies.len()) });
        let mut jumps = Vec::new();
        for (offset, body) in bodies.iter().enumerate() {
            self.alternatives[first + offset].pc = self.insts.len();
            self.sequence::<E>(body);
            jumps.push(self.emit(Inst::Fail));
        }
        for jump in jumps {
            self.insts[jump] = Inst::Jump(self.insts.len());
        }
    }

    /// Greedy and lazy: `Enter body Until`; possessive: `Enter Possess body Possessed`.
    fn repeat<E: Encoding>(&mut self, greed: Greed, times: Times, body: &[Node]) {
        let which = index(self.loops.len());
        self.loops.push(Loop { greed, times, body: 0, head: 0, next: 0 });
        let enter = self.emit(Inst::Enter(which));
        let (start, head) = if greed == Greed::Possessive {
            let head = self.emit(Inst::Possess(which));
            self.sequence::<E>(body);
            self.emit(Inst::Possessed(which));
            (head + 1, head)
        } else {
            self.sequence::<E>(body);
            (enter + 1, self.emit(Inst::Until(which)))
        };
        let next = self.insts.len();
        self.loops[which as usize] = Loop { greed, times, body: start, head, next };
    }

    /// Fills in what alternatives and the ends of loops have to start with.
    fn look_ahead<E: Encoding>(&mut self, tests: &[CharTest]) {
        for index in 0..self.alternatives.len() {
            self.alternatives[index].first = self.first::<E>(self.alternatives[index].pc, tests);
        }
        for index in 0..self.char_loops.len() {
            self.char_loops[index].first = self.first::<E>(self.char_loops[index].next, tests);
        }
    }

    /// What the character at the position has to be when the instructions from `pc` on match there.
    pub(crate) fn first<E: Encoding>(&self, mut pc: Pc, tests: &[CharTest]) -> First {
        loop {
            match self.insts[pc] {
                // These consume nothing, so what follows starts at the same position.
                Inst::Mark(_) | Inst::At(_) | Inst::LookLiteral { .. } | Inst::LookChar { .. } => {
                    pc += 1;
                }
                // These only go forward.
                Inst::Jump(target) | Inst::Look { target, .. } => pc = target,
                Inst::Literal { start, length } if length > 0 => {
                    return First::Byte(self.literals[start as usize]);
                }
                Inst::Char(test) => return first_of::<E>(test, tests),
                Inst::CharLoop(which) => {
                    let repeat = self.char_loops[which as usize];
                    if repeat.times.min == 0 {
                        return First::Anything;
                    }
                    return first_of::<E>(repeat.item, tests);
                }
                _ => return First::Anything,
            }
        }
    }
}

fn first_of<E: Encoding>(test: TestIdx, tests: &[CharTest]) -> First {
    let mut bytes = Vec::new();
    match tests[test.0 as usize].as_literal() {
        Some(ch) if E::encode(ch, &mut bytes).is_some() => First::Byte(bytes[0]),
        _ => First::Test(test),
    }
}
