//! Comparisons and conditional jumps.
use haft_bytecode::Insn;
use haft_bytecode::opcode::{ALLOCATES, ANY, RAISES};
use haft_heap::Value;

use crate::interp::machine::{Helper2, Machine};
use crate::object::CompareOp;
use crate::vm::R;

macro_rules! helpers {
    ($($name:ident = $op:ident;)+) => { $(
        static $name: Helper2 = Helper2 { name: concat!("Compare", stringify!($op)), effects: ANY, call: |vm, a, b| vm.compare(a, b, CompareOp::$op) };
    )+
    fn plain_helper(op: CompareOp) -> &'static Helper2 {
        match op {
            $( CompareOp::$op => {
                static PLAIN: Helper2 = Helper2 { name: concat!("PlainCompare", stringify!($op)), effects: RAISES | ALLOCATES, call: |vm, a, b| vm.compare(a, b, CompareOp::$op) };
                &PLAIN
            } )+
        }
    } };
}

helpers! { LT = Lt; LE = Le; EQ = Eq; NE = Ne; GT = Gt; GE = Ge; }

fn helper(op: CompareOp) -> &'static Helper2 {
    match op {
        CompareOp::Lt => &LT,
        CompareOp::Le => &LE,
        CompareOp::Eq => &EQ,
        CompareOp::Ne => &NE,
        CompareOp::Gt => &GT,
        CompareOp::Ge => &GE,
    }
}

/// Every int up to this is a float without loss.
const EXACT: i64 = 1 << 53;

/// The number of a fixnum as a float, if none is lost.
fn exact<M: Machine>(m: &mut M, number: M::I) -> Option<M::F> {
    let (least, most) = (m.int_constant(-EXACT), m.int_constant(EXACT));
    let fits =
        m.int_compare(CompareOp::Ge, number, least) && m.int_compare(CompareOp::Le, number, most);
    fits.then(|| m.int_to_float(number))
}

/// The outcome, when both are fixnums or immediate floats.
#[inline(always)]
fn quick<M: Machine>(m: &mut M, op: CompareOp, a: M::V, b: M::V) -> Option<bool> {
    if m.is_int(a) {
        if m.is_int(b) {
            let (x, y) = (m.int(a), m.int(b));
            return Some(m.int_compare(op, x, y));
        }
        if m.is_float(b) {
            let x = m.int(a);
            let (x, y) = (exact(m, x)?, m.float(b));
            return Some(m.float_compare(op, x, y));
        }
        return None;
    }
    if !m.is_float(a) {
        return None;
    }
    let x = m.float(a);
    let y = if m.is_float(b) {
        m.float(b)
    } else if m.is_int(b) {
        let y = m.int(b);
        exact(m, y)?
    } else {
        return None;
    };
    Some(m.float_compare(op, x, y))
}

/// The result, whatever they are.
#[inline(always)]
fn general<M: Machine>(m: &mut M, op: CompareOp, a: M::V, b: M::V) -> R<M::V> {
    let plain = m.is_plain(a) && m.is_plain(b);
    m.call2(if plain { plain_helper(op) } else { helper(op) }, a, b)
}

/// `r[a] = r[b] OP r[c]`
#[inline(always)]
pub(in crate::interp) fn compare<M: Machine>(m: &mut M, i: Insn, op: CompareOp) -> R<()> {
    let (a, b) = (m.reg(i.b()), m.reg(i.c()));
    let result = match quick(m, op, a, b) {
        Some(outcome) => m.of_bool(outcome),
        None => {
            m.save_pc();
            general(m, op, a, b)?
        }
    };
    m.set(i.a(), result);
    Ok(())
}

/// Jump if `r[a] OP r[b]` is what `x` says.
#[inline(always)]
pub(in crate::interp) fn compare_jump<M: Machine>(m: &mut M, i: Insn, op: CompareOp) -> R<()> {
    let (a, b) = (m.reg(i.a()), m.reg(i.b()));
    jump_on(m, i, op, a, b)
}

/// Jump if `r[a] OP b` is what `x` says, `b` an immediate int.
#[inline(always)]
pub(in crate::interp) fn compare_jump_int<M: Machine>(m: &mut M, i: Insn, op: CompareOp) -> R<()> {
    let a = m.reg(i.a());
    let b = m.constant(Value::small(i32::from(i.b_int())));
    jump_on(m, i, op, a, b)
}

#[inline(always)]
fn jump_on<M: Machine>(m: &mut M, i: Insn, op: CompareOp, a: M::V, b: M::V) -> R<()> {
    let outcome = match quick(m, op, a, b) {
        Some(outcome) => outcome,
        None => {
            m.save_pc();
            let result = general(m, op, a, b)?;
            m.truth(result)?
        }
    };
    if outcome == (i.x() == 1) {
        m.jump(i32::from(i.c_int()));
    }
    Ok(())
}

/// `r[a] = r[b] is r[c]`, or `is not`.
#[inline(always)]
pub(in crate::interp) fn is<M: Machine>(m: &mut M, i: Insn, sense: bool) {
    let (a, b) = (m.reg(i.b()), m.reg(i.c()));
    let same = m.identical(a, b);
    let result = m.of_bool(same == sense);
    m.set(i.a(), result);
}

/// Jump if `bool(r[a])` is `sense`.
#[inline(always)]
pub(in crate::interp) fn jump_if<M: Machine>(m: &mut M, i: Insn, sense: bool) -> R<()> {
    let a = m.reg(i.a());
    let outcome = if m.is_same(a, Value::TRUE) {
        true
    } else if m.is_same(a, Value::FALSE) {
        false
    } else {
        m.save_pc();
        m.truth(a)?
    };
    if outcome == sense {
        m.jump(i.bc());
    }
    Ok(())
}
