//! Facts about instructions that the recorder reads off the opcode table.
use haft_bytecode::{Insn, Op, effect};

/// The registers of its own frame that an instruction may have written when the next one begins.
pub(super) fn written(i: Insn) -> impl Iterator<Item = u16> + use<> {
    let n = match i.op() {
        Op::LoadMethod | Op::BeforeWith | Op::MatchExcGroup => 2,
        Op::LoadSuper => 2 - u16::from(i.x() == 1),
        Op::UnpackSequence => i.c(),
        Op::UnpackEx => (i.c() & 255) + (i.c() >> 8) + 1,
        op if op.row().operands.split_whitespace().any(writes_first) => 1,
        _ => 0,
    };
    i.a()..i.a() + n
}

/// Does this operand say that register `a` is written?
fn writes_first(operand: &str) -> bool {
    matches!(operand, "a=dst" | "a=first" | "a=base" | "a=save" | "a=reg")
}

/// The instructions of the loop whose header is word `header`: from it to the last jump back to it.
pub(super) fn loop_extent(insns: &[Insn], header: usize) -> std::ops::RangeInclusive<usize> {
    let (mut at, mut end) = (header, header);
    while let Some(insn) = insns.get(at) {
        let op = insn.op();
        let next = at + usize::from(op.row().words);
        if op == Op::JumpBack && next.wrapping_add_signed(insn.bc() as isize) == header {
            end = at;
        }
        at = next;
    }
    header..=end
}

/// Is there a way from the loop header that is word `header` back to it on which no generator yields?
pub(super) fn comes_round(insns: &[Insn], header: usize) -> bool {
    let extent = loop_extent(insns, header);
    let mut seen = vec![false; insns.len()];
    let mut work = vec![header + usize::from(Op::LoopHeader.row().words)];
    while let Some(at) = work.pop() {
        if at == header {
            return true;
        }
        if !extent.contains(&at) || std::mem::replace(&mut seen[at], true) {
            continue;
        }
        let insn = insns[at];
        let op = insn.op();
        if matches!(op, Op::Yield | Op::YieldFrom) {
            continue;
        }
        let next = at + usize::from(op.row().words);
        if let Some(distance) = effect::jump_distance(insn, insns[next - 1]) {
            work.push(next.wrapping_add_signed(distance as isize));
        }
        if !effect::ends_block(op) {
            work.push(next);
        }
    }
    false
}

/// Has the code a loop? The header that a function starts with counts calls.
pub(super) fn has_loop(insns: &[Insn]) -> bool {
    loops(insns).next().is_some()
}

/// The words of its loops' headers.
pub(super) fn loops(insns: &[Insn]) -> impl Iterator<Item = usize> {
    let mut at = usize::from(insns.first().is_some_and(|first| first.op() == Op::LoopHeader));
    std::iter::from_fn(move || {
        while let Some(insn) = insns.get(at) {
            let (here, op) = (at, insn.op());
            at += usize::from(op.row().words);
            if op == Op::LoopHeader {
                return Some(here);
            }
        }
        None
    })
}
