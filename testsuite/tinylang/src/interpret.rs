//! The interpreter: one instruction after the other, a counter at each loop head.

use std::collections::BTreeMap;
use std::fmt;

use haft_jit::word;

use crate::code::{Code, Insn};
use crate::parse::parse;
use crate::record::{Recorder, Recording};
use crate::traces::{Counts, Host, Traces};
use crate::value::Value;

/// How a program is run.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Passes of a loop after which it is recorded; `None`: never.
    pub threshold: Option<u32>,
    /// Failures of one exit after which a side trace is recorded there.
    pub side_threshold: u32,
    /// Let the optimiser work.
    pub optimise: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { threshold: Some(20), side_threshold: 5, optimise: true }
    }
}

/// What a program did.
#[derive(Debug)]
pub struct Outcome {
    /// What it printed.
    pub lines: Vec<String>,
    /// Why it stopped, if not at its end.
    pub error: Option<Error>,
    /// What became of its loops.
    pub counts: Counts,
}

/// Why a program cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The parser does not understand this token.
    Syntax(String),
    /// An operand is of the wrong kind.
    Kind,
    /// An int does not fit a word.
    Overflow,
    /// A division by zero.
    DivisionByZero,
    /// The back end cannot work here.
    Backend(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(token) => write!(f, "unexpected `{token}`"),
            Self::Kind => f.write_str("an operand of the wrong kind"),
            Self::Overflow => f.write_str("the number is too large"),
            Self::DivisionByZero => f.write_str("a division by zero"),
            Self::Backend(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

/// Runs a program.
pub fn run(source: &str, options: Options) -> Result<Outcome, Error> {
    let code = parse(source)?;
    let mut interpreter = Interpreter {
        slots: vec![word::FALSE; code.n_slots],
        code: &code,
        at: 0,
        counters: BTreeMap::new(),
        host: Box::default(),
        traces: None,
        recorder: None,
        options,
    };
    let error = interpreter.run().err();
    let counts = interpreter.traces.map_or_else(Counts::default, |traces| traces.counts());
    Ok(Outcome { lines: interpreter.host.lines, error, counts })
}

struct Interpreter<'c> {
    code: &'c Code,
    slots: Vec<u64>,
    at: usize,
    /// Passes of the loops, by the places of their heads.
    counters: BTreeMap<usize, u32>,
    host: Box<Host>,
    /// Made when the first loop is hot.
    traces: Option<Traces>,
    /// There while a trace is recorded.
    recorder: Option<Recorder>,
    options: Options,
}

impl Interpreter<'_> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            let insn = self.code.insns[self.at];
            if insn == Insn::End {
                return Ok(());
            }
            if insn == Insn::Head {
                self.head()?;
                continue;
            }
            // The recorder writes down what the interpreter is about to do; it sees the state before.
            if let Some(recorder) = &mut self.recorder
                && !recorder.record(insn, self.at, &self.slots)
            {
                self.abandon();
            }
            self.step(insn)?;
        }
    }

    /// Runs one instruction that is no head.
    fn step(&mut self, insn: Insn) -> Result<(), Error> {
        let slots = &mut self.slots;
        let mut next = self.at + 1;
        match insn {
            Insn::Constant { dst, word } => slots[dst] = word,
            Insn::Move { dst, from } => slots[dst] = slots[from],
            Insn::Binary { operator, dst, left, right } => {
                let (left, right) = (Value::of(slots[left]), Value::of(slots[right]));
                slots[dst] = left.apply(operator, right)?.word();
            }
            Insn::Test { condition, otherwise } => match slots[condition] {
                word::TRUE => {}
                word::FALSE => next = otherwise,
                _ => return Err(Error::Kind),
            },
            Insn::Jump { to } => next = to,
            Insn::Print { from } => self.host.print(slots[from]),
            Insn::Head | Insn::End => {}
        }
        self.at = next;
        Ok(())
    }

    /// A loop head: a recording may end here; a trace may begin, or run.
    fn head(&mut self) -> Result<(), Error> {
        let here = self.at;
        if let Some(recorder) = self.recorder.take() {
            let known = self.traces.as_ref().and_then(|traces| traces.root_at(here));
            let Some(recording) = recorder.end(here, known) else { return self.pass(here) };
            self.install(recording)?;
        }
        let Some(traces) = &mut self.traces else { return self.pass(here) };
        let Some(root) = traces.root_at(here) else { return self.pass(here) };
        let left = traces.enter(root, &mut self.slots, &mut self.host);
        self.at = left.resume;
        if left.failures == self.options.side_threshold {
            self.recorder = Some(Recorder::side(&left));
        }
        // What the exit leads to is interpreted in any case: a trace that leaves at once must not be entered for ever.
        if self.code.insns[self.at] == Insn::Head {
            self.at += 1;
        }
        Ok(())
    }

    /// Counts a pass of the loop at `here`; begins to record when it is hot.
    fn pass(&mut self, here: usize) -> Result<(), Error> {
        let counter = self.counters.entry(here).or_insert(0);
        *counter += 1;
        if Some(*counter) == self.options.threshold {
            if self.traces.is_none() {
                self.traces = Some(Traces::new(self.options.optimise)?);
            }
            self.recorder = Some(Recorder::root(here));
        }
        self.at += 1;
        Ok(())
    }

    fn install(&mut self, recording: Recording) -> Result<(), Error> {
        let traces = self.traces.as_mut().expect("whoever records has made them");
        traces.install(recording)
    }

    /// Gives a recording up; nothing is lost, because the interpreter did the work itself.
    fn abandon(&mut self) {
        self.recorder = None;
        if let Some(traces) = &mut self.traces {
            traces.abandoned();
        }
    }
}
