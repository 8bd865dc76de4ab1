//! The head of a `for` loop.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, ANY, RAISES, WRITES};

use crate::interp::machine::{Helper1, Machine};
use crate::object::{Kind, ShapeId};
use crate::vm::{R, Vm};

static NEXT: Helper1 = Helper1 { name: "Next", effects: ANY, call: Vm::next_by_slot };
static BUILTIN_NEXT: Helper1 =
    Helper1 { name: "BuiltinNext", effects: RAISES | ALLOCATES | WRITES, call: Vm::next_by_slot };
static ITER: Helper1 = Helper1 { name: "Iter", effects: ANY, call: Vm::iterate };
static BUILTIN_ITER: Helper1 =
    Helper1 { name: "BuiltinIter", effects: RAISES | ALLOCATES, call: Vm::iterate };

/// `r[a] = iter(r[b])`
#[inline(always)]
pub(in crate::interp) fn get_iter<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let value = m.reg(i.b());
    let iter = if m.shape_is(value, ShapeId::GENERATOR.0) {
        value
    } else {
        m.save_pc();
        let helper = if m.is_builtin(value) { &BUILTIN_ITER } else { &ITER };
        m.call1(helper, value)?
    };
    m.set(i.a(), iter);
    Ok(())
}

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
    if m.kind_is(iter, Kind::Generator) {
        return Ok(Iterated::Generator);
    }
    let item = next_of(m, iter)?;
    put(m, i, exit, item);
    Ok(Iterated::Done)
}

/// The same where a generator is resumed by a call, not in a frame of its own.
#[inline(always)]
pub(in crate::interp) fn for_iter_any<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let exit = m.ext().lo().cast_signed();
    let iter = m.reg(i.b());
    let item = next_of(m, iter)?;
    put(m, i, exit, item);
    Ok(())
}

#[inline(always)]
fn put<M: Machine>(m: &mut M, i: Insn, exit: i32, item: Option<M::V>) {
    match item {
        Some(item) => m.set(i.a(), item),
        None => m.jump(exit),
    }
}

#[inline(always)]
fn next_of<M: Machine>(m: &mut M, iter: M::V) -> R<Option<M::V>> {
    Ok(if m.kind_is(iter, Kind::RangeIter) {
        m.range_next(iter)
    } else if m.kind_is(iter, Kind::ListIter) {
        m.list_next(iter)
    } else if m.kind_is(iter, Kind::TupleIter) {
        m.tuple_next(iter)
    } else {
        m.save_pc();
        let helper = if m.is_builtin(iter) { &BUILTIN_NEXT } else { &NEXT };
        m.next_item(iter, helper)?
    })
}
