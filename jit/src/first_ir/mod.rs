//! The intermediate representation of traces.
//!
//! A trace is a list of instructions, each with an operation, operands that name earlier instructions, and sometimes a
//! number or a name. A *guard* is an instruction that leaves the trace when its test fails; it has a *snapshot*: which
//! value each interpreter register holds at that point, as far as the trace changed it, and where each frame stands.
//!
//! # Text form
//! ```text
//! trace "loop" inputs 3
//!   %0 = input 0
//!   guard_int %0            [s0]
//!   %1 = unbox_int %0
//!   %2 = const_int 1
//!   %3 = add_ovf %1 %2      [s1]
//!   %4 = box_int %3
//! snapshot s0 at 12
//! snapshot s1 at 14: 0=%4
//! ```
mod builder;
mod op;
mod text;

pub use builder::Builder;
pub use op::{Class, IrOp, OPS, OpRow};
pub use text::{ParseError, parse, print};

/// Number of an instruction in its trace: the value it makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct Ref(pub u32);

/// Number of a snapshot in its trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u32);

/// One instruction.
#[derive(Clone, PartialEq, Debug)]
pub struct Inst {
    /// What it does.
    pub op: IrOp,
    /// Its operands.
    pub args: Vec<Ref>,
    /// A number that belongs to it: the input's, the constant's, the field's; see the operation's row.
    pub number: Option<i64>,
    /// A float constant, by its bits.
    pub bits: Option<u64>,
    /// A name: of the helper called.
    pub name: Option<String>,
    /// Guards: what to restore when it fails.
    pub snapshot: Option<SnapshotId>,
}

/// The state of the interpreter at an exit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Snapshot {
    /// Where execution goes on, a number the front end understands.
    pub at: u64,
    /// Registers the trace changed: number and value.
    pub registers: Vec<(i64, Ref)>,
    /// Frames entered since the start of the trace, outermost first: numbers the front end understands.
    pub frames: Vec<u64>,
}

/// A recorded trace.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Trace {
    /// For logs.
    pub name: String,
    /// Number of inputs.
    pub n_inputs: u32,
    /// The instructions.
    pub insts: Vec<Inst>,
    /// The snapshots.
    pub snapshots: Vec<Snapshot>,
}
