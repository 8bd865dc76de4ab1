//! Items of lists, tuples and everything else.
use haft_bytecode::Insn;
use haft_bytecode::opcode::ANY;
use haft_heap::Value;

use crate::interp::machine::{Helper2, Helper3, Machine};
use crate::interp::slow;
use crate::object::{Kind, ShapeId};
use crate::vm::R;

static GET_ITEM: Helper2 = Helper2 { name: "GetItem", effects: ANY, call: slow::get_item };
static SET_ITEM: Helper3 = Helper3 { name: "SetItem", effects: ANY, call: slow::set_item };
static UNPACK: Helper2 = Helper2 { name: "Unpack", effects: ANY, call: slow::unpack_to_tuple };

/// `r[a] = r[b][r[c]]`
#[inline(always)]
pub(in crate::interp) fn load_item<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let (object, key) = (m.reg(i.b()), m.reg(i.c()));
    if m.is_int(key) {
        let index = m.int(key);
        let found = if m.shape_is(object, ShapeId::LIST.0) {
            m.list_item(object, index)
        } else if m.kind_is(object, Kind::Tuple) {
            m.tuple_item(object, index)
        } else {
            None
        };
        if let Some(item) = found {
            m.set(i.a(), item);
            return Ok(());
        }
    }
    m.save_pc();
    let item = m.call2(&GET_ITEM, object, key)?;
    m.set(i.a(), item);
    Ok(())
}

/// `r[a][r[b]] = r[c]`
#[inline(always)]
pub(in crate::interp) fn store_item<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let (object, key, value) = (m.reg(i.a()), m.reg(i.b()), m.reg(i.c()));
    if m.is_int(key) && m.shape_is(object, ShapeId::LIST.0) {
        let index = m.int(key);
        if m.set_list_item(object, index, value) {
            return Ok(());
        }
    }
    m.save_pc();
    m.call3(&SET_ITEM, object, key, value)?;
    Ok(())
}

/// `r[a], … r[a+c-1] = r[b]`
#[inline(always)]
pub(in crate::interp) fn unpack_sequence<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let source = m.reg(i.b());
    let n = usize::from(i.c());
    let quick = (m.kind_is(source, Kind::Tuple) || m.shape_is(source, ShapeId::LIST.0))
        && m.length_is(source, n);
    let tuple = if quick && m.kind_is(source, Kind::Tuple) {
        source
    } else {
        m.save_pc();
        let count = m.constant(Value::small(i32::from(i.c())));
        m.call2(&UNPACK, source, count)?
    };
    for at in 0..i.c() {
        let item = m.tuple_field(tuple, usize::from(at));
        m.set(i.a() + at, item);
    }
    Ok(())
}
