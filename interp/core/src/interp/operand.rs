//! Operators whose method, a Python function, runs in a frame of its own: compiled code makes such frames, and what they
//! return comes here when it is NotImplemented.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use crate::protocol::BinaryOp;
use crate::vm::R;

/// The operator of an instruction, and whether its second operand is the number in the instruction.
pub(super) fn operator_of(op: Op) -> Option<(BinaryOp, bool)> {
    Some(match op {
        Op::Add => (BinaryOp::Add, false),
        Op::Sub => (BinaryOp::Sub, false),
        Op::Mul => (BinaryOp::Mul, false),
        Op::TrueDiv => (BinaryOp::TrueDiv, false),
        Op::FloorDiv => (BinaryOp::FloorDiv, false),
        Op::Mod => (BinaryOp::Mod, false),
        Op::LShift => (BinaryOp::LShift, false),
        Op::RShift => (BinaryOp::RShift, false),
        Op::And => (BinaryOp::And, false),
        Op::Or => (BinaryOp::Or, false),
        Op::Xor => (BinaryOp::Xor, false),
        Op::AddI => (BinaryOp::Add, true),
        Op::SubI => (BinaryOp::Sub, true),
        Op::MulI => (BinaryOp::Mul, true),
        Op::FloorDivI => (BinaryOp::FloorDiv, true),
        Op::ModI => (BinaryOp::Mod, true),
        _ => return None,
    })
}

/// Names of an operator's methods: of the left operand, of the right one.
pub(super) fn method_names(op: BinaryOp) -> (&'static str, &'static str) {
    match op {
        BinaryOp::Add => ("__add__", "__radd__"),
        BinaryOp::Sub => ("__sub__", "__rsub__"),
        BinaryOp::Mul => ("__mul__", "__rmul__"),
        BinaryOp::TrueDiv => ("__truediv__", "__rtruediv__"),
        BinaryOp::FloorDiv => ("__floordiv__", "__rfloordiv__"),
        BinaryOp::Mod => ("__mod__", "__rmod__"),
        BinaryOp::MatMul => ("__matmul__", "__rmatmul__"),
        BinaryOp::DivMod => ("__divmod__", "__rdivmod__"),
        BinaryOp::LShift => ("__lshift__", "__rlshift__"),
        BinaryOp::RShift => ("__rshift__", "__rrshift__"),
        BinaryOp::And => ("__and__", "__rand__"),
        BinaryOp::Or => ("__or__", "__ror__"),
        BinaryOp::Xor => ("__xor__", "__rxor__"),
    }
}

/// The only method that there is has declined; the machine stands at the instruction.
#[cold]
pub(super) fn declined(m: &mut Direct<'_>) -> R {
    m.reload();
    let i: Insn = m.fetch();
    m.save_pc();
    let Some((op, immediate)) = operator_of(i.op()) else {
        return Err(m.vm.system_error("an operator's frame belongs to another instruction"));
    };
    let a = m.reg(i.b());
    let b = if immediate { Value::small(i32::from(i.c_int())) } else { m.reg(i.c()) };
    if i.x() == 1 { m.vm.inplace_op_declined(op, a, b) } else { m.vm.binary_op_declined(op, a, b) }
}
