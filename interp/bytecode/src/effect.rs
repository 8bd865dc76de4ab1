//! Which registers an instruction reads and writes, and where it may go.
use crate::{Insn, Op};

/// Runs of registers, as (first, number of registers); the rest of the array is empty runs.
pub type Runs = [(u16, usize); 3];

const NOTHING: (u16, usize) = (0, 0);

/// What an instruction does with registers.
#[derive(Clone, Copy, Debug)]
pub struct Effect {
    /// Registers whose values it needs.
    pub reads: Runs,
    /// Registers that hold a new value afterwards.
    pub writes: Runs,
    /// A call: registers from here on are dead afterwards.
    pub kills_above: Option<u16>,
}

const fn none() -> Runs {
    [NOTHING; 3]
}

const fn run(first: u16, n: usize) -> Runs {
    [(first, n), NOTHING, NOTHING]
}

const fn one(register: u16) -> Runs {
    run(register, 1)
}

const fn two(a: (u16, usize), b: (u16, usize)) -> Runs {
    [a, b, NOTHING]
}

/// What `insn` does with registers.
pub fn effect(insn: Insn) -> Effect {
    use Op::*;
    let (a, b, c) = (insn.a(), insn.b(), insn.c());
    let n = usize::from(c);
    let (reads, writes) = match insn.op() {
        Nop | Jump | JumpBack | LoopHeader | DelGlobal | DelName => (none(), none()),
        LoadConst | LoadInt | LoadAbsent | LoadGlobal | LoadName | LoadLocals | LoadBuildClass => {
            (none(), one(a))
        }
        Move | LoadCell | LoadClassCell | LoadFromDictOrGlobal | LoadAttr | Neg | Pos | Invert
        | Not | ToBool | AddI | SubI | MulI | FloorDivI | ModI | LShiftI | RShiftI | AndI
        | ListToTuple | GetIter | ForIter | GetAwaitable | GetAIter | GetANext | AsyncGenWrap
        | GetYieldFromIter | Yield | YieldFrom | MatchSequence | MatchMapping | GetLen
        | ImportName | ImportFrom => (one(b), one(a)),
        // An unbound local may become an empty cell.
        MakeCell => (none(), one(a)),
        DelLocal => (none(), one(a)),
        CheckBound | DelCell | StoreGlobal | StoreName | DelAttr | JumpIfTrue | JumpIfFalse
        | JumpIfNone | JumpIfNotNone | JumpLtI | JumpLeI | JumpEqI | JumpNeI | JumpGtI
        | JumpGeI | Return | Reraise | PopExc | ImportStar => (one(a), none()),
        StoreCell | StoreAttr | DelItem | JumpLt | JumpLe | JumpEq | JumpNe | JumpGt | JumpGe
        | ListAppend | ListExtend | SetAdd | SetUpdate | DictUpdate => {
            (two((a, 1), (b, 1)), none())
        }
        StoreItem | DictSet | DictMerge => ([(a, 1), (b, 1), (c, 1)], none()),
        StoreSlice => ([(a, 1), (b, 2), (c, 1)], none()),
        LoadMethod | BeforeWith => (one(b), run(a, 2)),
        LoadSuper => (run(b, 3), run(a, 2 - usize::from(insn.x()))),
        LoadSlice => (two((b, 1), (c, 2)), one(a)),
        BuildSlice => (run(b, 3), one(a)),
        LoadItem | Add | Sub | Mul | TrueDiv | FloorDiv | Mod | Pow | MatMul | LShift | RShift
        | And | Or | Xor | Lt | Le | Eq | Ne | Gt | Ge | Is | IsNot | In | NotIn | MatchExc
        | WithExceptStart | MatchKeys => (two((b, 1), (c, 1)), one(a)),
        MatchClass => (two((b, 1), (c, 2)), one(a)),
        MatchExcGroup => (two((b, 1), (c, 1)), run(a, 2)),
        Format if insn.x() & 4 == 0 => (one(b), one(a)),
        Format => (two((b, 1), (c, 1)), one(a)),
        BuildTuple | BuildList | BuildSet | BuildString | Intrinsic => (run(b, n), one(a)),
        BuildDict => (run(b, 2 * n), one(a)),
        UnpackSequence => (one(b), run(a, n)),
        UnpackEx => (one(b), run(a, (n & 255) + 1 + (n >> 8))),
        Raise => match insn.x() {
            0 => (none(), none()),
            1 => (one(a), none()),
            _ => (two((a, 1), (b, 1)), none()),
        },
        PushExc => (one(b), one(a)),
        Call | CallKw => (run(b, n + 1), one(a)),
        CallMethod | CallMethodKw => (run(b, n + 2), one(a)),
        CallEx => (run(b, 3), one(a)),
        MakeFunction => (run(b, 4), one(a)),
    };
    let calls = matches!(insn.op(), Call | CallKw | CallMethod | CallMethodKw | CallEx);
    Effect { reads, writes, kills_above: calls.then_some(b) }
}

/// How far a jump goes, in words from the end of the instruction; `None` if it is no jump. `ext` is the word after the
/// first.
pub fn jump_distance(insn: Insn, ext: Insn) -> Option<i64> {
    match insn.op() {
        Op::Jump
        | Op::JumpBack
        | Op::JumpIfTrue
        | Op::JumpIfFalse
        | Op::JumpIfNone
        | Op::JumpIfNotNone => Some(i64::from(insn.bc())),
        Op::JumpLt
        | Op::JumpLe
        | Op::JumpEq
        | Op::JumpNe
        | Op::JumpGt
        | Op::JumpGe
        | Op::JumpLtI
        | Op::JumpLeI
        | Op::JumpEqI
        | Op::JumpNeI
        | Op::JumpGtI
        | Op::JumpGeI => Some(i64::from(insn.c_int())),
        Op::ForIter => Some(i64::from(ext.lo().cast_signed())),
        _ => None,
    }
}

/// Does the instruction never go on with the next one?
pub fn ends_block(op: Op) -> bool {
    matches!(op, Op::Jump | Op::JumpBack | Op::Return | Op::Raise | Op::Reraise)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OPCODES;

    #[test]
    fn jumps_are_the_rows_with_a_target() {
        for row in OPCODES {
            let insn = Insn(row.op as u64);
            let says = row.operands.split_whitespace().any(|operand| operand.ends_with("=to"));
            assert_eq!(jump_distance(insn, Insn(0)).is_some(), says, "{}", row.text);
        }
    }
}
