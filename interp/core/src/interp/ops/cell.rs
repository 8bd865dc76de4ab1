//! Variables that several scopes share.
use haft_bytecode::Insn;
use haft_heap::Value;

use crate::interp::machine::Machine;

/// `r[a]` = contents of the cell in `r[b]`; false, and nothing is done, if it is empty.
#[inline(always)]
pub(in crate::interp) fn load_cell<M: Machine>(m: &mut M, i: Insn) -> bool {
    let cell = m.reg(i.b());
    let value = m.cell(cell);
    if m.is_same(value, Value::ABSENT) {
        return false;
    }
    m.set(i.a(), value);
    true
}

/// Contents of the cell in `r[a]` = `r[b]`.
#[inline(always)]
pub(in crate::interp) fn store_cell<M: Machine>(m: &mut M, i: Insn) {
    let (cell, value) = (m.reg(i.a()), m.reg(i.b()));
    m.set_cell(cell, value);
}
