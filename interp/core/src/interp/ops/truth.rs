//! Truth and membership as values.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, ANY, RAISES};
use haft_heap::Value;

use super::quick;
use crate::interp::machine::{Helper2, Machine};
use crate::vm::R;

static CONTAINS: Helper2 = Helper2 {
    name: "Contains",
    effects: ANY,
    call: |vm, container, item| vm.contains(container, item).map(Value::bool),
};
static PLAIN_CONTAINS: Helper2 =
    Helper2 { name: "PlainContains", effects: RAISES | ALLOCATES, call: CONTAINS.call };

/// `bool(value)`
#[inline(always)]
fn decided<M: Machine>(m: &mut M, value: M::V) -> R<bool> {
    if m.is_same(value, Value::TRUE) {
        return Ok(true);
    }
    if m.is_same(value, Value::FALSE) {
        return Ok(false);
    }
    m.save_pc();
    m.truth(value)
}

/// `r[a] = not r[b]`
#[inline(always)]
pub(in crate::interp) fn not<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let value = m.reg(i.b());
    let outcome = decided(m, value)?;
    let result = m.of_bool(!outcome);
    m.set(i.a(), result);
    Ok(())
}

/// `r[a] = bool(r[b])`
#[inline(always)]
pub(in crate::interp) fn to_bool<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let value = m.reg(i.b());
    let outcome = decided(m, value)?;
    let result = m.of_bool(outcome);
    m.set(i.a(), result);
    Ok(())
}

/// `r[a] = r[b] in r[c]`, or `not in`.
#[inline(always)]
pub(in crate::interp) fn contains<M: Machine>(m: &mut M, i: Insn, sense: bool) -> R<()> {
    let (item, container) = (m.reg(i.b()), m.reg(i.c()));
    m.save_pc();
    let result = if m.is_plain(item) && m.is_plain(container) {
        m.call2(&PLAIN_CONTAINS, container, item)?
    } else {
        let attempt = if m.is_key(item) && m.is_builtin(container) {
            m.attempt2(&quick::CONTAINS, container, item)?
        } else {
            None
        };
        match attempt {
            Some(found) => found,
            None => m.call2(&CONTAINS, container, item)?,
        }
    };
    if sense {
        m.set(i.a(), result);
        return Ok(());
    }
    let result = m.negated(result);
    m.set(i.a(), result);
    Ok(())
}
