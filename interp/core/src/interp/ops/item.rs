//! Items of lists, tuples and everything else.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, ANY, RAISES};
use haft_heap::Value;

use super::quick;
use crate::interp::machine::{Helper2, Helper3, Machine};
use crate::interp::slow;
use crate::object::{Kind, ShapeId};
use crate::vm::R;

static GET_ITEM: Helper2 = Helper2 { name: "GetItem", effects: ANY, call: slow::get_item };
static SET_ITEM: Helper3 = Helper3 { name: "SetItem", effects: ANY, call: slow::set_item };
static GET_SLICE: Helper3 = Helper3 { name: "GetSlice", effects: ANY, call: slow::get_slice };
static BUILTIN_SLICE: Helper3 =
    Helper3 { name: "BuiltinSlice", effects: RAISES | ALLOCATES, call: slow::get_slice };
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
        if let Some(byte) = m.byte_item(object, index) {
            let byte = m.of_int(byte);
            m.set(i.a(), byte);
            return Ok(());
        }
    }
    m.save_pc();
    let attempt = if m.is_key(key) && m.is_builtin(object) {
        m.attempt2(&quick::GET_ITEM, object, key)?
    } else {
        None
    };
    let item = match attempt {
        Some(item) => item,
        None => m.call2(&GET_ITEM, object, key)?,
    };
    m.set(i.a(), item);
    Ok(())
}

/// `r[a] = r[b][r[c]:r[c+1]]`
#[inline(always)]
pub(in crate::interp) fn load_slice<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let (object, start, stop) = (m.reg(i.b()), m.reg(i.c()), m.reg(i.c() + 1));
    m.save_pc();
    let plain = m.is_plain(start) && m.is_plain(stop) && m.is_builtin(object);
    let helper = if plain { &BUILTIN_SLICE } else { &GET_SLICE };
    let slice = m.call3(helper, object, start, stop)?;
    m.set(i.a(), slice);
    Ok(())
}

/// `(r[b], …)`
#[inline(always)]
pub(in crate::interp) fn build_tuple<M: Machine>(m: &mut M, i: Insn) {
    let made = m.tuple_of(i.b(), i.c());
    m.set(i.a(), made);
}

/// `r[a][r[b]] = r[c]`
#[inline(always)]
pub(in crate::interp) fn store_item<M: Machine>(m: &mut M, i: Insn) -> R<()> {
    let (object, key, value) = (m.reg(i.a()), m.reg(i.b()), m.reg(i.c()));
    if m.is_int(key) {
        let index = m.int(key);
        if m.shape_is(object, ShapeId::LIST.0) {
            if m.set_list_item(object, index, value) {
                return Ok(());
            }
        } else if m.set_byte_item(object, index, value) {
            return Ok(());
        }
    }
    m.save_pc();
    if m.is_key(key)
        && m.is_builtin(object)
        && (m.kind_is(object, Kind::Dict) || m.is_plain(value))
        && m.attempt3(&quick::SET_ITEM, object, key, value)?.is_some()
    {
        return Ok(());
    }
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
