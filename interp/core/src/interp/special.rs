//! Special methods written in Python that run in a frame of their own: what their instruction does with the result.
//!
//! The interpreter calls such methods through the slots of their class. A trace enters them like functions; where it is
//! left in the midst of one, the interpreter finishes the method, and then, here, the instruction that asked for it.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use crate::object::{CompareOp, NativeFunction, PayloadRef};
use crate::protocol::BinaryOp;
use crate::vm::{R, Vm};

/// The operator of an instruction, and its right operand if that is part of the instruction.
pub(super) fn operator(i: Insn) -> Option<(BinaryOp, Option<Value>)> {
    let immediate = Some(Value::small(i32::from(i.c_int())));
    Some(match i.op() {
        Op::Add => (BinaryOp::Add, None),
        Op::Sub => (BinaryOp::Sub, None),
        Op::Mul => (BinaryOp::Mul, None),
        Op::TrueDiv => (BinaryOp::TrueDiv, None),
        Op::FloorDiv => (BinaryOp::FloorDiv, None),
        Op::Mod => (BinaryOp::Mod, None),
        Op::MatMul => (BinaryOp::MatMul, None),
        Op::LShift => (BinaryOp::LShift, None),
        Op::RShift => (BinaryOp::RShift, None),
        Op::And => (BinaryOp::And, None),
        Op::Or => (BinaryOp::Or, None),
        Op::Xor => (BinaryOp::Xor, None),
        Op::AddI => (BinaryOp::Add, immediate),
        Op::SubI => (BinaryOp::Sub, immediate),
        Op::MulI => (BinaryOp::Mul, immediate),
        Op::FloorDivI => (BinaryOp::FloorDiv, immediate),
        Op::ModI => (BinaryOp::Mod, immediate),
        Op::LShiftI => (BinaryOp::LShift, immediate),
        Op::RShiftI => (BinaryOp::RShift, immediate),
        Op::AndI => (BinaryOp::And, immediate),
        _ => return None,
    })
}

/// The comparison of an instruction, and does it jump on its outcome?
pub(super) fn comparison(i: Insn) -> Option<(CompareOp, bool)> {
    Some(match i.op() {
        Op::Lt => (CompareOp::Lt, false),
        Op::Le => (CompareOp::Le, false),
        Op::Eq => (CompareOp::Eq, false),
        Op::Ne => (CompareOp::Ne, false),
        Op::Gt => (CompareOp::Gt, false),
        Op::Ge => (CompareOp::Ge, false),
        Op::JumpLt | Op::JumpLtI => (CompareOp::Lt, true),
        Op::JumpLe | Op::JumpLeI => (CompareOp::Le, true),
        Op::JumpEq | Op::JumpEqI => (CompareOp::Eq, true),
        Op::JumpNe | Op::JumpNeI => (CompareOp::Ne, true),
        Op::JumpGt | Op::JumpGtI => (CompareOp::Gt, true),
        Op::JumpGe | Op::JumpGeI => (CompareOp::Ge, true),
        _ => return None,
    })
}

/// The operands of a comparison that jumps.
pub(super) fn jump_operands(m: &mut Direct<'_>, i: Insn) -> (Value, Value) {
    let with_int = i.op() as u8 >= Op::JumpLtI as u8;
    let right = if with_int { Value::small(i32::from(i.b_int())) } else { m.reg(i.b()) };
    (m.reg(i.a()), right)
}

/// The operands of a comparison.
fn compared(m: &mut Direct<'_>, i: Insn, jumps: bool) -> (Value, Value) {
    if jumps { jump_operands(m, i) } else { (m.reg(i.b()), m.reg(i.c())) }
}

/// What comes when the function or method that the instruction asked first has declined; NotImplemented if it is no operator
/// and no comparison.
pub(super) fn declined(m: &mut Direct<'_>, i: Insn) -> R {
    if let Some((op, immediate)) = operator(i) {
        let (a, b) = (m.reg(i.b()), immediate.unwrap_or_else(|| m.reg(i.c())));
        return match i.x() {
            1 => m.vm.inplace_op_refused(op, a, b),
            _ => m.vm.binary_op_refused(op, a, b),
        };
    }
    let Some((op, jumps)) = comparison(i) else { return Ok(Value::NOT_IMPLEMENTED) };
    let (a, b) = compared(m, i, jumps);
    m.vm.compare_refused(a, b, op)
}

/// The caller stands at the instruction that asked for the method, which has returned `value`: finish it.
#[inline(never)]
pub(super) fn finish(m: &mut Direct<'_>, value: Value) -> R<()> {
    let i = m.fetch();
    m.save_pc();
    let value = if value == Value::NOT_IMPLEMENTED { declined(m, i)? } else { value };
    if let Some((_, true)) = comparison(i) {
        if m.vm.truth(value)? == (i.x() == 1) {
            m.jump(i32::from(i.c_int()));
        }
        return Ok(());
    }
    match i.op() {
        Op::In | Op::NotIn => {
            let found = m.vm.truth(value)?;
            m.set(i.a(), Value::bool(found == (i.op() == Op::In)));
        }
        Op::ForIter => {
            m.ext();
            m.set(i.a(), value);
        }
        Op::GetIter => {
            let iter = m.vm.checked_iterator(value)?;
            m.set(i.a(), iter);
        }
        Op::BeforeWith => m.set(i.a() + 1, value),
        Op::StoreItem => {}
        Op::Call => {
            let callee = m.reg(i.b());
            let result = finish_call(m.vm, callee, value)?;
            m.set(i.a(), result);
        }
        _ => m.set(i.a(), value),
    }
    Ok(())
}

/// The result of a built-in function that asked a special method.
fn finish_call(vm: &mut Vm, callee: Value, value: Value) -> R {
    match PayloadRef::<NativeFunction>::of_value(callee).map(|native| native.def.name) {
        Some("len") => vm.checked_length(value).map(|len| vm.int_usize(len)),
        Some("iter") => vm.checked_iterator(value),
        _ => Ok(value),
    }
}

/// The caller stands at a `for_iter` whose iterator has ended: go behind the loop.
pub(super) fn end_loop(vm: &mut Vm) {
    let Some(frame) = vm.stack.frames.last_mut() else { return };
    let next = frame.pc.wrapping_add(usize::from(Op::ForIter.row().words));
    // SAFETY: the extension of a `for_iter` is the word before the next instruction.
    let ext = Insn(unsafe { next.wrapping_sub(1).read() });
    frame.pc = next.wrapping_offset(ext.lo().cast_signed() as isize);
}
