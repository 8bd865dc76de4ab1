//! What can be told of a running program, and to whom.
use std::collections::BTreeMap;

use haft_heap::{Tracer, Value};

macro_rules! events {
    ($( $(#[doc = $doc:literal])+ $name:ident = $text:literal; )+) => {
        /// An event of `sys.monitoring`, in the order of its bits.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Event { $( $(#[doc = $doc])+ $name, )+ }

        impl Event {
            /// Every event with its name in `sys.monitoring.events`.
            pub const ALL: &'static [(Event, &'static str)] = &[ $( (Event::$name, $text), )+ ];
        }
    };
}

events! {
    /// A function begins.
    PyStart = "PY_START";
    /// A generator goes on.
    PyResume = "PY_RESUME";
    /// A function returns.
    PyReturn = "PY_RETURN";
    /// A generator yields.
    PyYield = "PY_YIELD";
    /// Something is going to be called.
    Call = "CALL";
    /// A line begins.
    Line = "LINE";
    /// An instruction begins.
    Instruction = "INSTRUCTION";
    /// A jump that always jumps.
    Jump = "JUMP";
    /// A branch goes on with the next instruction.
    BranchLeft = "BRANCH_LEFT";
    /// A branch jumps.
    BranchRight = "BRANCH_RIGHT";
    /// A generator ended where its end is no exception.
    StopIteration = "STOP_ITERATION";
    /// An exception is raised, or comes from a callee.
    Raise = "RAISE";
    /// An exception has found its handler.
    ExceptionHandled = "EXCEPTION_HANDLED";
    /// An exception leaves the function.
    PyUnwind = "PY_UNWIND";
    /// An exception is thrown into a generator.
    PyThrow = "PY_THROW";
    /// An exception is raised again.
    Reraise = "RERAISE";
    /// Something that is not written in Python returns.
    CReturn = "C_RETURN";
    /// Something that is not written in Python raises.
    CRaise = "C_RAISE";
}

/// Number of events.
pub(super) const N_EVENTS: usize = Event::ALL.len();
/// Number of tools that may watch.
pub const N_TOOLS: usize = 6;

impl Event {
    /// Its bit in a set of events.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
    /// Its name.
    pub fn name(self) -> &'static str {
        Event::ALL[self as usize].1
    }
    /// Does it happen at an instruction, so that it can be asked for in one code object and turned off in one place?
    pub const fn is_local(self) -> bool {
        (self as u8) <= Event::StopIteration as u8
    }
    /// The event whose bit says whether anybody wants this one.
    const fn asked_for(self) -> Event {
        match self {
            Event::CReturn | Event::CRaise => Event::Call,
            other => other,
        }
    }
}

/// A tool of `sys.monitoring`.
#[derive(Debug)]
pub struct Tool {
    /// Its name, a str; ABSENT if the number is free.
    pub name: Value,
    /// What it has called for each event; ABSENT: nothing.
    pub callbacks: [Value; N_EVENTS],
    /// The events it wants from all code.
    pub events: u32,
}

impl Tool {
    /// A number that nobody uses.
    const FREE: Tool =
        Tool { name: Value::ABSENT, callbacks: [Value::ABSENT; N_EVENTS], events: 0 };
}

/// The state of `sys.monitoring`.
#[derive(Debug)]
pub struct Monitoring {
    /// The tools.
    pub tools: [Tool; N_TOOLS],
    /// `sys.monitoring.DISABLE`, once made.
    pub disable: Value,
    /// `sys.monitoring.MISSING`, once made.
    pub missing: Value,
    /// The events that tools want from one code object, by its id.
    local: BTreeMap<i64, [u32; N_TOOLS]>,
    /// Tools, as bits, that do not want an event any more from one place: id of the code, word, event.
    disabled: BTreeMap<(i64, u32, Event), u8>,
}

impl Default for Monitoring {
    fn default() -> Monitoring {
        Monitoring {
            tools: [const { Tool::FREE }; N_TOOLS],
            disable: Value::ABSENT,
            missing: Value::ABSENT,
            local: BTreeMap::new(),
            disabled: BTreeMap::new(),
        }
    }
}

impl Monitoring {
    /// Does any tool want any event?
    pub fn is_active(&self) -> bool {
        !self.local.is_empty() || self.tools.iter().any(|tool| tool.events != 0)
    }
    /// The events a tool wants from one code object alone.
    pub fn local_events(&self, tool: usize, code: i64) -> u32 {
        self.local.get(&code).map_or(0, |events| events[tool])
    }
    /// Set them.
    pub fn set_local_events(&mut self, tool: usize, code: i64, events: u32) {
        let entry = self.local.entry(code).or_default();
        entry[tool] = events;
        if entry.iter().all(|&events| events == 0) {
            self.local.remove(&code);
        }
    }
    /// Forget what a tool wants and has called.
    pub fn clear_tool(&mut self, tool: usize) {
        let name = self.tools[tool].name;
        self.tools[tool] = Tool { name, ..Tool::FREE };
        self.local.retain(|_, events| {
            events[tool] = 0;
            events.iter().any(|&events| events != 0)
        });
        for tools in self.disabled.values_mut() {
            *tools &= !(1 << tool);
        }
    }
    /// Places that were turned off are on again.
    pub fn restart(&mut self) {
        self.disabled.clear();
    }
    /// Does `tool` not want `event` from this place any more?
    pub(super) fn is_disabled(&self, tool: usize, place: (i64, u32, Event)) -> bool {
        self.disabled.get(&place).is_some_and(|tools| tools & 1 << tool != 0)
    }
    /// It does not.
    pub(super) fn disable(&mut self, tool: usize, place: (i64, u32, Event)) {
        *self.disabled.entry(place).or_default() |= 1 << tool;
    }
    /// Does any tool want `event` from this code?
    pub(super) fn wants(&self, event: Event, code: impl FnOnce() -> i64) -> bool {
        let bit = event.asked_for().bit();
        self.tools.iter().any(|tool| tool.events & bit != 0)
            || !self.local.is_empty()
                && self.local.get(&code()).is_some_and(|all| all.iter().any(|e| e & bit != 0))
    }
    /// Does this tool?
    pub(super) fn tool_wants(&self, tool: usize, event: Event, code: i64) -> bool {
        let wanted = self.tools[tool].events | self.local_events(tool, code);
        wanted & event.asked_for().bit() != 0
    }
    /// Report every value.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.values(&[self.disable, self.missing]);
        for tool in &self.tools {
            tracer.value(tool.name);
            tracer.values(&tool.callbacks);
        }
    }
}
