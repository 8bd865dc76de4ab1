//! The table of IR operations: one row each, from which the enum, the text form, the evaluator's arity checks and the
//! book page are made.
use super::Ty;

/// What kind of operation it is, which is what passes ask first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// A function of its operands and `imm`: may be moved, merged and dropped.
    Pure,
    /// Leaves the trace if its test fails; its value, if any, is defined after it. Has a snapshot.
    Guard,
    /// Reads memory of the instruction's alias class: may be merged with an equal one if nothing in between writes there.
    Load,
    /// Writes memory of the instruction's alias class.
    Store,
    /// Makes a new object that nobody else knows; may be dropped if nobody uses the result.
    Alloc,
    /// Calls, or does something else that must be kept in place.
    Effect,
    /// Starts or ends a trace or a loop.
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
    /// Types of the operands; `None`: any number of any type.
    pub args: Option<&'static [Ty]>,
    /// Type of the value it makes; [`Ty::Unit`]: none. Ops with [`OpRow::typed`] say it in the instruction.
    pub result: Ty,
    /// Is the type of the value said in the instruction?
    pub typed: bool,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! args {
    (any) => { None };
    (($($ty:ident)*)) => { Some(&[$(Ty::$ty),*]) };
}
macro_rules! result {
    (typed) => {
        (Ty::Unit, true)
    };
    ($ty:ident) => {
        (Ty::$ty, false)
    };
}
macro_rules! ops {
    ($( $(#[doc = $doc:literal])+ $name:ident $text:literal $class:ident $args:tt -> $result:ident; )+) => {
        /// An operation.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum IrOp { $( $(#[doc = $doc])+ $name, )+ }

        /// Every operation, in numeric order.
        pub const OPS: &[OpRow] = &[
            $( OpRow {
                op: IrOp::$name, text: $text, class: Class::$class, args: args!($args),
                result: result!($result).0, typed: result!($result).1, doc: concat!($($doc, "\n"),+),
            }, )+
        ];
    };
}

// Operand types: V value word, I int, F float, B bool, P address. In rows whose operand may be a value word or an
// address (memory operations) the row says P and the verifier lets V pass.
ops! {
    /// The value word `imm`. A word that is an object is kept alive by whoever installs the trace.
    ConstV "const_v" Pure () -> V;
    /// The int `imm`.
    ConstI "const_i" Pure () -> I;
    /// The float whose bits are `imm`.
    ConstF "const_f" Pure () -> F;
    /// The bool `imm` (0 or 1).
    ConstB "const_b" Pure () -> B;
    /// The address `imm`.
    ConstP "const_p" Pure () -> P;

    /// What interpreter slot `imm` held when the trace was entered. Only before the loop's label.
    Slot "slot" Pure () -> V;
    /// Live value `imm` of the exit that this side trace continues. Only before the loop's label.
    Param "param" Pure () -> typed;
    /// Address of the interpreter's slot 0.
    Base "base" Pure () -> P;
    /// Word `imm` (byte offset) of the execution context, which does not change while a trace runs.
    Context "context" Pure () -> P;

    // ---- tests on value words; see `crate::word` for the encoding
    /// Is the word a small int?
    IsInt "is_int" Pure (V) -> B;
    /// Is the word an immediate float? (The optimiser takes what `box_f` makes for one: to a front end, floats that are
    /// none behave the same.)
    IsFloat "is_float" Pure (V) -> B;
    /// Is the word an object on the heap?
    IsObject "is_object" Pure (V) -> B;
    /// Are both the same word?
    Same "same" Pure (V V) -> B;
    /// Are both the same address?
    PEq "p_eq" Pure (P P) -> B;
    /// Not.
    Not "not" Pure (B) -> B;

    // ---- guards
    /// Leave the trace unless the operand is true.
    Guard "guard" Guard (B) -> Unit;
    /// Leave the trace if the operand is true.
    GuardNot "guard_not" Guard (B) -> Unit;
    /// Leave the trace if the poll word (of the context) is not 0. One without a call since the last may be dropped.
    Poll "poll" Guard () -> Unit;
    /// Before a call that holds the language's lock: write the values that the snapshot names, and the number of the exit, to
    /// the area at the operand ([`crate::backend::Published`]), so that whoever runs meanwhile can rebuild the state.
    Publish "publish" Guard (P) -> Unit;
    /// Behind that call: take it back, and leave the trace if the area says that somebody has run.
    Returned "returned" Guard (P) -> Unit;

    // ---- ints: 64-bit two's complement; those that become value words must be small ints (62 bits)
    /// `a + b`, wrapping.
    Add "add" Pure (I I) -> I;
    /// `a - b`, wrapping.
    Sub "sub" Pure (I I) -> I;
    /// `a * b`, wrapping.
    Mul "mul" Pure (I I) -> I;
    /// `a * b` if that is a small int; else leaves the trace.
    MulFit "mul_fit" Guard (I I) -> I;
    /// Floor of `a / b`; `b` is not 0, and not -1 when `a` is the smallest int.
    FloorDiv "floor_div" Pure (I I) -> I;
    /// `a - b * floor(a / b)`; `b` is not 0.
    FloorMod "floor_mod" Pure (I I) -> I;
    /// `a << b`, wrapping, 0 <= b < 64.
    Shl "shl" Pure (I I) -> I;
    /// `a >> b`, arithmetic, 0 <= b < 64.
    Shr "shr" Pure (I I) -> I;
    /// `a >> b`, logical, 0 <= b < 64.
    ShrU "shr_u" Pure (I I) -> I;
    /// `a & b`
    And "and" Pure (I I) -> I;
    /// `a | b`
    Or "or" Pure (I I) -> I;
    /// `a ^ b`
    Xor "xor" Pure (I I) -> I;
    /// The low `imm` bits (8, 16, 32) of `a`, sign-extended.
    SignExt "sign_ext" Pure (I) -> I;
    /// The low `imm` bits (1, 8, 16, 32) of `a`.
    ZeroExt "zero_ext" Pure (I) -> I;
    /// Is it a small int (fits 62 bits)?
    Fits "fits" Pure (I) -> B;
    /// Is `a * b`, without wrapping, a small int?
    MulFits "mul_fits" Pure (I I) -> B;
    /// `a == b`
    IEq "i_eq" Pure (I I) -> B;
    /// `a != b`
    INe "i_ne" Pure (I I) -> B;
    /// `a < b`
    ILt "i_lt" Pure (I I) -> B;
    /// `a <= b`
    ILe "i_le" Pure (I I) -> B;
    /// `a > b`
    IGt "i_gt" Pure (I I) -> B;
    /// `a >= b`
    IGe "i_ge" Pure (I I) -> B;
    /// `a < b`, both unsigned.
    ULt "u_lt" Pure (I I) -> B;
    /// The bool as 0 or 1.
    BToI "b_to_i" Pure (B) -> I;
    /// The address as a number.
    PToI "p_to_i" Pure (P) -> I;
    /// The number as an address.
    IToP "i_to_p" Pure (I) -> P;
    /// The bits of a value word as a number.
    VToI "v_to_i" Pure (V) -> I;
    /// `condition ? a : b` for ints.
    Select "select" Pure (B I I) -> I;

    // ---- floats: IEEE 754 doubles
    /// `a + b`
    FAdd "f_add" Pure (F F) -> F;
    /// `a - b`
    FSub "f_sub" Pure (F F) -> F;
    /// `a * b`
    FMul "f_mul" Pure (F F) -> F;
    /// `a / b`
    FDiv "f_div" Pure (F F) -> F;
    /// `-a`
    FNeg "f_neg" Pure (F) -> F;
    /// `|a|`
    FAbs "f_abs" Pure (F) -> F;
    /// The square root, NaN below zero.
    FSqrt "f_sqrt" Pure (F) -> F;
    /// `a == b`; false with a NaN, as the following ones but `f_ne`.
    FEq "f_eq" Pure (F F) -> B;
    /// `a != b`; true with a NaN.
    FNe "f_ne" Pure (F F) -> B;
    /// `a < b`
    FLt "f_lt" Pure (F F) -> B;
    /// `a <= b`
    FLe "f_le" Pure (F F) -> B;
    /// `a > b`
    FGt "f_gt" Pure (F F) -> B;
    /// `a >= b`
    FGe "f_ge" Pure (F F) -> B;
    /// The int as the nearest float.
    IToF "i_to_f" Pure (I) -> F;
    /// The float, rounded towards zero, as an int; saturates, NaN gives 0.
    FToI "f_to_i" Pure (F) -> I;
    /// The double rounded to a C `float` and back.
    FToSingle "f_to_single" Pure (F) -> F;

    // ---- value words from and to numbers
    /// The value word of a small int.
    BoxI "box_i" Pure (I) -> V;
    /// The number in a word that is a small int.
    UnboxI "unbox_i" Pure (V) -> I;
    /// The value word of a float; allocates for the few that are not immediate.
    BoxF "box_f" Alloc (F) -> V;
    /// The number in a word that is an immediate float.
    UnboxF "unbox_f" Pure (V) -> F;
    /// `True` or `False`.
    BoxB "box_b" Pure (B) -> V;
    /// Is the word, which is `True` or `False`, `True`?
    UnboxB "unbox_b" Pure (V) -> B;
    /// The address of the object that a word is.
    ObjectOf "object_of" Pure (V) -> P;
    /// The word of the object at an address.
    ValueAt "value_at" Pure (P) -> V;

    // ---- memory: at operand 0 (an address, or a value word that is an object) plus `imm` bytes
    /// Address of item `b` of size `imm` bytes (1, 2, 4, 8, …) from `a`.
    Index "index" Pure (P I) -> P;
    /// Address `a` plus `b` bytes.
    PAdd "p_add" Pure (P I) -> P;
    /// A value word.
    LoadV "load_v" Load (P) -> V;
    /// An address.
    LoadP "load_p" Load (P) -> P;
    /// 64 bits.
    LoadI64 "load_i64" Load (P) -> I;
    /// 32 bits, sign-extended.
    LoadI32 "load_i32" Load (P) -> I;
    /// 32 bits, zero-extended.
    LoadU32 "load_u32" Load (P) -> I;
    /// 16 bits, sign-extended.
    LoadI16 "load_i16" Load (P) -> I;
    /// 16 bits, zero-extended.
    LoadU16 "load_u16" Load (P) -> I;
    /// 8 bits, sign-extended.
    LoadI8 "load_i8" Load (P) -> I;
    /// 8 bits, zero-extended.
    LoadU8 "load_u8" Load (P) -> I;
    /// A `double`.
    LoadF64 "load_f64" Load (P) -> F;
    /// A `float`.
    LoadF32 "load_f32" Load (P) -> F;
    /// Write a value word. The write barrier is an instruction of its own, before it.
    StoreV "store_v" Store (P V) -> Unit;
    /// Write an address.
    StoreP "store_p" Store (P P) -> Unit;
    /// Write 64 bits.
    StoreI64 "store_i64" Store (P I) -> Unit;
    /// Write the low 32 bits.
    StoreI32 "store_i32" Store (P I) -> Unit;
    /// Write the low 16 bits.
    StoreI16 "store_i16" Store (P I) -> Unit;
    /// Write the low 8 bits.
    StoreI8 "store_i8" Store (P I) -> Unit;
    /// Write a `double`.
    StoreF64 "store_f64" Store (P F) -> Unit;
    /// Write a `float`.
    StoreF32 "store_f32" Store (P F) -> Unit;
    /// The write barrier of the object `a`, which is about to receive the word `b`. May be dropped when `b` is no object,
    /// when `a` was made in the trace and nothing allocated since, or when the same was done for `a` and nothing allocated
    /// since. (For a `b` that `box_f` makes it need not be done unless that is an object.)
    Barrier "barrier" Effect (V V) -> Unit;
    /// A new object of layout `imm` (see `Trace::layouts`); its payload words are zero until they are written.
    Alloc "alloc" Alloc () -> V;

    // ---- the interpreter's state
    /// Bring the interpreter's slots up to date: every slot that a snapshot taken here would name is written. Has a
    /// snapshot. In recorded traces only: the optimiser turns it into `store_slot`s.
    Flush "flush" Effect () -> Unit;
    /// Write interpreter slot `imm`.
    StoreSlot "store_slot" Effect (V) -> Unit;
    /// Read interpreter slot `imm` again: something the trace called may have written it. A recorder does so after every
    /// such call and before `loop`: a slot that it does not read again still holds what `flush` brought there.
    LoadSlot "load_slot" Effect () -> V;

    /// Value `imm` of the context for the trace that the `link` behind goes on in: its `param` with this number. Only right
    /// before `link`.
    Pass "pass" Effect any -> Unit;

    // ---- calls
    /// Call function `imm` of `Trace::calls`; operands are its arguments, a dynamic target first.
    Call "call" Effect any -> typed;
    /// The same for a function that may raise: leaves the trace, with the snapshot, if it did.
    CallRaising "call_raising" Guard any -> typed;

    // ---- ends and loops
    /// Recorded traces: back to the start; the snapshot says what the slots hold then.
    Loop "loop" Control () -> Unit;
    /// Optimised traces: the loop's head. Its `phi`s follow.
    Label "label" Control () -> Unit;
    /// The first operand when the label is entered from above, the second (a later instruction) from `jump`.
    Phi "phi" Control any -> typed;
    /// Back to the label; the recorded loop lies `imm` times more than once between.
    Jump "jump" Control () -> Unit;
    /// Go on in trace number `imm`, entered from the interpreter's slots. In recorded traces it has a snapshot to bring
    /// the slots up to date with.
    Link "link" Control () -> Unit;
    /// Leave for good with this value: the function that the trace was entered for returns it.
    Finish "finish" Control (V) -> Unit;
    /// Leave at the snapshot.
    Stop "stop" Guard () -> Unit;
}

impl IrOp {
    /// The row of this operation.
    #[inline]
    pub fn row(self) -> &'static OpRow {
        &OPS[self as usize]
    }
    /// The operation with this name.
    pub fn from_text(text: &str) -> Option<IrOp> {
        OPS.iter().find(|row| row.text == text).map(|row| row.op)
    }
    /// Is its value its `imm`?
    pub fn is_constant(self) -> bool {
        use IrOp::{ConstB, ConstF, ConstI, ConstP, ConstV};
        matches!(self, ConstV | ConstI | ConstF | ConstB | ConstP)
    }
    /// Does it end the trace?
    pub fn ends(self) -> bool {
        matches!(self, IrOp::Loop | IrOp::Jump | IrOp::Link | IrOp::Finish | IrOp::Stop)
    }
    /// Bytes that a load or store of memory touches; 0 for other operations.
    pub fn access_bytes(self) -> u32 {
        match self {
            IrOp::LoadV | IrOp::LoadP | IrOp::LoadI64 | IrOp::LoadF64 => 8,
            IrOp::StoreV | IrOp::StoreP | IrOp::StoreI64 | IrOp::StoreF64 => 8,
            IrOp::LoadI32 | IrOp::LoadU32 | IrOp::LoadF32 | IrOp::StoreI32 | IrOp::StoreF32 => 4,
            IrOp::LoadI16 | IrOp::LoadU16 | IrOp::StoreI16 => 2,
            IrOp::LoadI8 | IrOp::LoadU8 | IrOp::StoreI8 => 1,
            _ => 0,
        }
    }
}
