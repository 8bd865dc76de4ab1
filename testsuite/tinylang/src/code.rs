//! The instructions of Tiny: a register machine whose registers are the slots of the JIT.

/// The number of a variable or temporary.
pub(crate) type Slot = usize;

/// An operator of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    Less,
    LessEqual,
    Equal,
}

/// One instruction; jump targets are indexes of instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Insn {
    /// `slots[dst] = word`
    Constant { dst: Slot, word: u64 },
    /// `slots[dst] = slots[from]`
    Move { dst: Slot, from: Slot },
    /// `slots[dst] = slots[left] operator slots[right]`
    Binary { operator: Operator, dst: Slot, left: Slot, right: Slot },
    /// Go on at `otherwise` unless the slot is true.
    Test { condition: Slot, otherwise: usize },
    /// Go on at `to`.
    Jump { to: usize },
    /// The head of a loop: where it is counted, and where traces begin and end.
    Head,
    /// Print a slot.
    Print { from: Slot },
    /// The program is done.
    End,
}

/// A program.
#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) insns: Vec<Insn>,
    pub(crate) n_slots: usize,
}
