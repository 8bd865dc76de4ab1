//! The table of IR operations: one row each, from which the enum, the text form and the book page are made.

/// What kind of operation it is, which is what passes ask first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A function of its operands: may be moved, merged and dropped.
    Pure,
    /// Leaves the trace if its test fails; its value, if any, is defined after it.
    Guard,
    /// Reads memory.
    Load,
    /// Writes memory.
    Store,
    /// Allocates; may be dropped if nobody uses the result.
    Alloc,
    /// Calls, or does something else that must be kept in place.
    Effect,
    /// Starts or ends a trace.
    Control,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct OpRow {
    /// The operation.
    pub op: IrOp,
    /// Its name in text.
    pub text: &'static str,
    /// Its class.
    pub class: Class,
    /// Number of operands; `None`: any.
    pub arity: Option<usize>,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! ops {
    ($( $(#[doc = $doc:literal])+ $name:ident $text:literal $class:ident $arity:expr; )+) => {
        /// An operation.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum IrOp { $( $(#[doc = $doc])+ $name, )+ }

        /// Every operation, in numeric order.
        pub const OPS: &[OpRow] = &[
            $( OpRow { op: IrOp::$name, text: $text, class: Class::$class, arity: $arity, doc: concat!($($doc, "\n"),+) }, )+
        ];
    };
}

ops! {
    /// Register `number` at the start of the trace.
    Input "input" Control Some(0);
    /// The word `number`.
    ConstWord "const_word" Pure Some(0);
    /// The int `number`.
    ConstInt "const_int" Pure Some(0);
    /// The float whose bits are given.
    ConstFloat "const_float" Pure Some(0);

    /// Is the word a small int?
    GuardInt "guard_int" Guard Some(1);
    /// Is it none?
    GuardNotInt "guard_not_int" Guard Some(1);
    /// Is the word a float?
    GuardFloat "guard_float" Guard Some(1);
    /// Is it none?
    GuardNotFloat "guard_not_float" Guard Some(1);
    /// Is it the word `number`?
    GuardIs "guard_is" Guard Some(1);
    /// Is it another word than `number`?
    GuardIsNot "guard_is_not" Guard Some(1);
    /// Are both the same word?
    GuardSame "guard_same" Guard Some(2);
    /// Are they different words?
    GuardNotSame "guard_not_same" Guard Some(2);
    /// Is it an object of layout `number`?
    GuardKind "guard_kind" Guard Some(1);
    /// Is it no such object?
    GuardNotKind "guard_not_kind" Guard Some(1);
    /// Is it an object of shape `number`?
    GuardShape "guard_shape" Guard Some(1);
    /// Is it no such object?
    GuardNotShape "guard_not_shape" Guard Some(1);
    /// Does the class (operand) have version `number`?
    GuardVersion "guard_version" Guard Some(1);
    /// Is it true in the sense of the language?
    GuardTrue "guard_true" Guard Some(1);
    /// Is it false?
    GuardFalse "guard_false" Guard Some(1);
    /// `a < b` for ints; and so on.
    GuardIntLt "guard_int_lt" Guard Some(2);
    /// `a <= b`
    GuardIntLe "guard_int_le" Guard Some(2);
    /// `a == b`
    GuardIntEq "guard_int_eq" Guard Some(2);
    /// `a != b`
    GuardIntNe "guard_int_ne" Guard Some(2);
    /// `a > b`
    GuardIntGt "guard_int_gt" Guard Some(2);
    /// `a >= b`
    GuardIntGe "guard_int_ge" Guard Some(2);
    /// `a < b` for floats; the outcome `number` (0 or 1) is part of it, since not-less is not greater-or-equal.
    GuardFloatLt "guard_float_lt" Guard Some(2);
    /// `a <= b`
    GuardFloatLe "guard_float_le" Guard Some(2);
    /// `a == b`
    GuardFloatEq "guard_float_eq" Guard Some(2);
    /// `a != b`
    GuardFloatNe "guard_float_ne" Guard Some(2);
    /// `a > b`
    GuardFloatGt "guard_float_gt" Guard Some(2);
    /// `a >= b`
    GuardFloatGe "guard_float_ge" Guard Some(2);
    /// Is `index` inside the sequence?
    GuardIndex "guard_index" Guard Some(2);
    /// Is it outside?
    GuardNoIndex "guard_no_index" Guard Some(2);
    /// Has the sequence `number` items?
    GuardLength "guard_length" Guard Some(1);
    /// Has it another number of items?
    GuardNotLength "guard_not_length" Guard Some(1);
    /// Has the iterator another item?
    GuardNext "guard_next" Guard Some(1);
    /// Is the iterator at its end?
    GuardEnd "guard_end" Guard Some(1);

    /// The number in a small int.
    UnboxInt "unbox_int" Pure Some(1);
    /// A small int of a number that fits.
    BoxInt "box_int" Pure Some(1);
    /// The number in a float.
    UnboxFloat "unbox_float" Pure Some(1);
    /// A float of a number; allocates for the few that are not immediate.
    BoxFloat "box_float" Alloc Some(1);
    /// An int as a float.
    IntToFloat "int_to_float" Pure Some(1);
    /// `a + b`; leaves the trace if the result is no small int.
    AddOvf "add_ovf" Guard Some(2);
    /// `a - b`, likewise.
    SubOvf "sub_ovf" Guard Some(2);
    /// `a * b`, likewise.
    MulOvf "mul_ovf" Guard Some(2);
    /// `a // b`, b not 0, likewise.
    FloorDiv "floor_div" Guard Some(2);
    /// `a % b`, b not 0.
    Mod "mod" Guard Some(2);
    /// `a << b`, leaves the trace if the result is no small int.
    ShlOvf "shl_ovf" Guard Some(2);
    /// `a >> b`
    Shr "shr" Pure Some(2);
    /// `a & b`
    And "and" Pure Some(2);
    /// `a | b`
    Or "or" Pure Some(2);
    /// `a ^ b`
    Xor "xor" Pure Some(2);
    /// The int operation `number` overflows here; the trace went the other way.
    GuardOverflow "guard_overflow" Guard Some(2);
    /// `a + b` for floats.
    FAdd "fadd" Pure Some(2);
    /// `a - b`
    FSub "fsub" Pure Some(2);
    /// `a * b`
    FMul "fmul" Pure Some(2);
    /// `a / b`
    FDiv "fdiv" Pure Some(2);

    /// Payload word `number` of an object.
    Load "load" Load Some(1);
    /// Write payload word `number` of an object.
    Store "store" Store Some(2);
    /// Give an object the shape `number`.
    SetShape "set_shape" Store Some(1);
    /// Item of a sequence.
    Item "item" Load Some(2);
    /// Replace an item of a sequence.
    SetItem "set_item" Store Some(3);
    /// Next item of an iterator that has one.
    Next "next" Effect Some(1);

    /// Call the helper `name`.
    Call "call" Effect None;
    /// Run one instruction of the interpreter that is not recorded: its place is `number`.
    Residual "residual" Effect None;
    /// Register `number` as an instruction that is not recorded left it.
    Reread "reread" Load Some(0);
    /// A function is entered from here on; its frame is number `number`.
    Enter "enter" Effect None;
    /// The innermost function entered is left.
    Leave "leave" Effect Some(1);
    /// Back to the start of the trace.
    Loop "loop" Control None;
}

impl IrOp {
    /// The row of this operation.
    pub fn row(self) -> &'static OpRow {
        &OPS[self as usize]
    }
    /// The operation with this name.
    pub fn from_text(text: &str) -> Option<IrOp> {
        OPS.iter().find(|row| row.text == text).map(|row| row.op)
    }
}
