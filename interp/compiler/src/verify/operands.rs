//! Which registers an instruction reads and writes.
use haft_bytecode::{Insn, Op};

/// Registers in rows `(first, n)`.
pub(super) struct Effect {
    pub(super) reads: Vec<(u16, usize)>,
    pub(super) writes: Vec<(u16, usize)>,
    /// A call: registers from here on are dead afterwards.
    pub(super) kills_above: Option<u16>,
}

/// What `insn` does with registers.
pub(super) fn effect(insn: Insn) -> Effect {
    use Op::*;
    let (a, b, c) = (insn.a(), insn.b(), insn.c());
    let n = usize::from(c);
    let one = |reg: u16| vec![(reg, 1)];
    let (reads, writes) = match insn.op() {
        Nop | Jump | JumpBack | LoopHeader | DelGlobal | DelName => (vec![], vec![]),
        LoadConst | LoadInt | LoadAbsent | LoadGlobal | LoadName | LoadLocals | LoadBuildClass => {
            (vec![], one(a))
        }
        Move | LoadCell | LoadClassCell | LoadFromDictOrGlobal | LoadAttr | Neg | Pos | Invert
        | Not | ToBool | AddI | SubI | MulI | FloorDivI | ModI | LShiftI | RShiftI | AndI
        | ListToTuple | GetIter | ForIter | GetAwaitable | GetAIter | GetANext | AsyncGenWrap
        | GetYieldFromIter | Yield | YieldFrom | MatchSequence | MatchMapping | GetLen
        | ImportName | ImportFrom => (one(b), one(a)),
        // An unbound local may become an empty cell.
        MakeCell => (vec![], one(a)),
        DelLocal => (vec![], one(a)),
        CheckBound | DelCell | StoreGlobal | StoreName | DelAttr | JumpIfTrue | JumpIfFalse
        | JumpIfNone | JumpIfNotNone | JumpLtI | JumpLeI | JumpEqI | JumpNeI | JumpGtI
        | JumpGeI | Return | Reraise | PopExc | ImportStar => (one(a), vec![]),
        StoreCell | StoreAttr | DelItem | JumpLt | JumpLe | JumpEq | JumpNe | JumpGt | JumpGe
        | ListAppend | ListExtend | SetAdd | SetUpdate | DictUpdate => {
            (vec![(a, 1), (b, 1)], vec![])
        }
        StoreItem | DictSet | DictMerge => (vec![(a, 1), (b, 1), (c, 1)], vec![]),
        StoreSlice => (vec![(a, 1), (b, 2), (c, 1)], vec![]),
        LoadMethod | BeforeWith => (one(b), vec![(a, 2)]),
        LoadSuper => (vec![(b, 3)], vec![(a, 2 - usize::from(insn.x()))]),
        LoadSlice => (vec![(b, 1), (c, 2)], one(a)),
        BuildSlice => (vec![(b, 3)], one(a)),
        LoadItem | Add | Sub | Mul | TrueDiv | FloorDiv | Mod | Pow | MatMul | LShift | RShift
        | And | Or | Xor | Lt | Le | Eq | Ne | Gt | Ge | Is | IsNot | In | NotIn | MatchExc
        | WithExceptStart | MatchKeys => (vec![(b, 1), (c, 1)], one(a)),
        MatchClass => (vec![(b, 1), (c, 2)], one(a)),
        MatchExcGroup => (vec![(b, 1), (c, 1)], vec![(a, 2)]),
        Format if insn.x() & 4 == 0 => (one(b), one(a)),
        Format => (vec![(b, 1), (c, 1)], one(a)),
        BuildTuple | BuildList | BuildSet | BuildString | Intrinsic => (vec![(b, n)], one(a)),
        BuildDict => (vec![(b, 2 * n)], one(a)),
        UnpackSequence => (one(b), vec![(a, n)]),
        UnpackEx => (one(b), vec![(a, (n & 255) + 1 + (n >> 8))]),
        Raise => match insn.x() {
            0 => (vec![], vec![]),
            1 => (one(a), vec![]),
            _ => (vec![(a, 1), (b, 1)], vec![]),
        },
        PushExc => (one(b), one(a)),
        Call | CallKw => (vec![(b, n + 1)], one(a)),
        CallMethod | CallMethodKw => (vec![(b, n + 2)], one(a)),
        CallEx => (vec![(b, 3)], one(a)),
        MakeFunction => (vec![(b, 4)], one(a)),
    };
    let kills_above = match insn.op() {
        Call | CallKw => Some(b),
        CallMethod | CallMethodKw => Some(b),
        CallEx => Some(b),
        _ => None,
    };
    Effect { reads, writes, kills_above }
}
