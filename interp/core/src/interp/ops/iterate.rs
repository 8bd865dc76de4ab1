//! The head of a `for` loop.
use haft_bytecode::Insn;
use haft_bytecode::opcode::ANY;

use crate::interp::machine::{Helper1, Machine};
use crate::object::Kind;
use crate::vm::{R, Vm};

static NEXT: Helper1 = Helper1 { name: "Next", effects: ANY, call: Vm::next };

/// What `for_iter` did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::interp) enum Iterated {
    /// The loop goes on or ended; the register and the position are set.
    Done,
    /// The iterator is a generator: resume it in a frame of its own.
    Generator,
}

/// `r[a] = next(r[b])`, or leave the loop.
#[inline(always)]
pub(in crate::interp) fn for_iter<M: Machine>(m: &mut M, i: Insn) -> R<Iterated> {
    let exit = m.ext().lo().cast_signed();
    let iter = m.reg(i.b());
    let item = if m.kind_is(iter, Kind::RangeIter) {
        m.range_next(iter)
    } else if m.kind_is(iter, Kind::ListIter) {
        m.list_next(iter)
    } else if m.kind_is(iter, Kind::TupleIter) {
        m.tuple_next(iter)
    } else if m.kind_is(iter, Kind::Generator) {
        return Ok(Iterated::Generator);
    } else {
        m.save_pc();
        let item = m.call1(&NEXT, iter)?;
        let ended = m.is_same(item, haft_heap::Value::ABSENT);
        (!ended).then_some(item)
    };
    match item {
        Some(item) => m.set(i.a(), item),
        None => m.jump(exit),
    }
    Ok(Iterated::Done)
}
