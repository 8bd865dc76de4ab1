//! From a unit to its [`Code`]: jump distances, handlers, positions.
use haft_bytecode::{Code, Handler, Insn, Op, Position};
use ruff_text_size::{TextRange, TextSize};

use super::Res;
use super::unit::Unit;
use crate::fault::Fault;
use crate::names::Names;
use crate::source::Source;

/// Where the first instruction of code comes from: the first line, at no column.
pub(super) const PROLOGUE: TextRange =
    TextRange::new(TextSize::new(u32::MAX), TextSize::new(u32::MAX));

/// Take the code out of `unit`.
pub(super) fn finish(unit: &mut Unit<'_>, source: &Source<'_>, names: &Names) -> Res<Code> {
    if unit.overflow {
        let message = "too many variables or nested values in one function";
        return Err(Fault::syntax(message, TextRange::empty(TextSize::new(0))));
    }
    let mut jumps = targets(unit);
    thread(&mut unit.insns, &mut jumps);
    let moved = lengthen(unit, &mut jumps);
    patch(unit, &jumps);
    let moved = |pc: u32| moved.as_ref().map_or(pc, |map| map[pc as usize]);
    let mut code = std::mem::take(&mut unit.code);
    code.handlers = unit
        .handlers
        .iter()
        .map(|(handler, target)| Handler {
            start: moved(handler.start),
            end: moved(handler.end),
            target: moved(unit.labels[target.0 as usize].pc.unwrap_or(0)),
            reg: handler.reg,
        })
        .collect();
    let mut positions: Vec<Position> =
        unit.spans.iter().map(|&(pc, range)| position(moved(pc), range, source)).collect();
    if let (Some(&(_, PROLOGUE)), Some(first)) = (unit.spans.first(), positions.first_mut()) {
        (first.line, first.end_line) = (code.first_line, code.first_line);
    }
    code.positions = positions.into_iter().collect();
    code.insns = std::mem::take(&mut unit.insns);
    code.names = unit.names.keys().map(|&name| names.text(name).to_string()).collect();
    code.consts = std::mem::take(&mut unit.consts.list);
    Ok(code)
}

fn position(pc: u32, range: TextRange, source: &Source<'_>) -> Position {
    if range.is_empty() {
        return Position { pc, line: 0, end_line: 0, column: 0, end_column: 0 };
    }
    let (line, column) = source.line_column(range.start());
    let (end_line, end_column) = source.line_column(range.end());
    Position { pc, line, end_line, column, end_column }
}

/// Every jump with the word it goes to.
fn targets(unit: &Unit<'_>) -> Vec<(u32, u32)> {
    let target = |&(pc, label): &(u32, super::unit::Label)| {
        (pc, unit.labels[label.0 as usize].pc.unwrap_or(pc + 1))
    };
    unit.jumps.iter().map(target).collect()
}

/// A jump to a jump goes to its target at once, a jump to the end of a loop's body back to the loop's head.
fn thread(insns: &mut [Insn], jumps: &mut [(u32, u32)]) {
    // Jumps are in order of their places; going from the last to the first, forward targets are final already.
    for index in (0..jumps.len()).rev() {
        let (pc, target) = jumps[index];
        let op = insns[pc as usize].op();
        let Some(there) = insns.get(target as usize).map(|insn| insn.op()) else { continue };
        if op == Op::JumpBack || !matches!(there, Op::Jump | Op::JumpBack) {
            continue;
        }
        // A `break` or `continue` is a line of its own.
        if insns[target as usize].a() != 0 {
            continue;
        }
        let Ok(next) = jumps.binary_search_by_key(&target, |jump| jump.0) else { continue };
        if there == Op::Jump {
            jumps[index].1 = jumps[next].1;
        } else if op == Op::Jump {
            insns[pc as usize] = Insn::abc32(Op::JumpBack, insns[pc as usize].a(), 0);
            jumps[index].1 = jumps[next].1;
        }
    }
}

fn is_short(op: Op) -> bool {
    op >= Op::JumpLt && op <= Op::JumpGeI
}

/// Comparisons jump at most 2^15 words. One that goes further becomes the opposite one around a long jump.
/// The new place of every word, if any has moved.
fn lengthen(unit: &mut Unit<'_>, jumps: &mut [(u32, u32)]) -> Option<Vec<u32>> {
    let far = |&&(pc, to): &&(u32, u32)| {
        // Half of the reach: lengthening others cannot push it beyond.
        is_short(unit.insns[pc as usize].op()) && to.abs_diff(pc) > 0x3f00
    };
    let long: Vec<u32> = jumps.iter().filter(far).map(|jump| jump.0).collect();
    if long.is_empty() {
        return None;
    }
    let mut moved = Vec::with_capacity(unit.insns.len() + 1);
    let mut insns = Vec::with_capacity(unit.insns.len() + long.len());
    let mut next = long.iter().peekable();
    for (pc, &insn) in unit.insns.iter().enumerate() {
        moved.push(insns.len() as u32);
        if next.next_if(|&&at| at as usize == pc).is_some() {
            insns.push(Insn::abc(insn.op(), insn.x() ^ 1, insn.a(), insn.b(), 1));
            insns.push(Insn::abc32(Op::Jump, 0, 0));
        } else {
            insns.push(insn);
        }
    }
    moved.push(insns.len() as u32);
    unit.insns = insns;
    for (pc, to) in jumps.iter_mut() {
        let lengthened = long.binary_search(pc).is_ok();
        *pc = moved[*pc as usize] + u32::from(lengthened);
        *to = moved[*to as usize];
    }
    Some(moved)
}

fn patch(unit: &mut Unit<'_>, jumps: &[(u32, u32)]) {
    for &(pc, to) in jumps {
        let at = pc as usize;
        let insn = unit.insns[at];
        let op = insn.op();
        let distance = i64::from(to) - i64::from(pc) - i64::from(op.row().words);
        let distance = distance as i32;
        if op == Op::ForIter {
            unit.insns[at + 1] = Insn::ext(distance.cast_unsigned(), 0);
        } else if is_short(op) {
            unit.insns[at] =
                Insn::abc(op, insn.x(), insn.a(), insn.b(), (distance as i16).cast_unsigned());
        } else {
            unit.insns[at] = Insn::abc32(op, insn.a(), distance);
        }
    }
}
