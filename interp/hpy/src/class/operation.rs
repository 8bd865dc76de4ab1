//! Operators of classes in traces.
use std::ffi::c_void;

use haft_core::interp::jit::{ExtensionCall, Operation};
use haft_core::protocol::BinaryOp;
use haft_hpy_abi::{HPy, TypeSlot};

use super::{Found, find, slot};
use crate::handle::value;
use crate::prelude::*;
use crate::recording;

/// The operator of a class; made once for each trace that has it, and never freed.
#[derive(Clone, Copy)]
struct Operator {
    op: BinaryOp,
    found: Found,
}

/// The function for an operation on these operands.
pub(crate) fn call_of(vm: &Vm, operation: Operation, operands: &[Value]) -> Option<ExtensionCall> {
    let class = vm.type_of(*operands.first()?);
    let unary = |slot: TypeSlot| {
        let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
        recording::direct(slot.c_name(), found, None)
    };
    match operation {
        Operation::Negative => unary(TypeSlot::NbNegative),
        Operation::Positive => unary(TypeSlot::NbPositive),
        Operation::Invert => unary(TypeSlot::NbInvert),
        Operation::Item if find(class, TypeSlot::MpSubscript).is_some() => {
            unary(TypeSlot::MpSubscript)
        }
        Operation::Item => {
            let call = recording::direct;
            by_index(class, (TypeSlot::SqItem, item as *const ()), operands, call)
        }
        Operation::SetItem if find(class, TypeSlot::MpAssSubscript).is_some() => {
            let slot = TypeSlot::MpAssSubscript;
            let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
            recording::direct_status(slot.c_name(), found, None)
        }
        Operation::SetItem => {
            let call = recording::direct_status;
            by_index(class, (TypeSlot::SqAssItem, set_item as *const ()), operands, call)
        }
        Operation::Binary(op) => binary(vm, op, operands),
        Operation::Compare(op) => comparison(vm, op, operands, compare as *const ()),
        Operation::Holds(op) => comparison(vm, op, operands, holds as *const ()),
        Operation::Contains => answer(class, TypeSlot::SqContains, contains as *const ()),
        Operation::Truth => answer(class, TypeSlot::NbBool, truth as *const ()),
        Operation::Length => answer(class, TypeSlot::SqLength, length as *const ())
            .or_else(|| answer(class, TypeSlot::MpLength, length as *const ())),
        Operation::Call => super::call::call_of(class),
    }
}

/// How a C function is called directly.
type Direct = fn(&str, Found, Option<usize>) -> Option<ExtensionCall>;

/// The call of a function that gets an index: its own if that is not negative, else one of this file that adds the
/// length.
fn by_index(
    class: Type,
    (slot, helper): (TypeSlot, *const ()),
    operands: &[Value],
    call: Direct,
) -> Option<ExtensionCall> {
    static NOTHING: () = ();
    let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
    let call = call(slot.c_name(), found, None)?;
    match operands.get(1)?.as_fixnum() {
        Some(0..) => Some(ExtensionCall { by_index: true, ..call }),
        _ => Some(recording::helped(slot.c_name(), helper, &NOTHING)),
    }
}

/// The left operand's function, if the right one has nothing to say.
fn binary(vm: &Vm, op: BinaryOp, operands: &[Value]) -> Option<ExtensionCall> {
    let &[left, right] = operands else { return None };
    let slot = slot_of(op)?;
    let (class, other) = (vm.type_of(left), vm.type_of(right));
    let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
    let is_silent =
        class == other || (!slot::is_own(other, slot) && !is_subtype(other, class.obj()));
    if found.cx.inner().is_some() || !is_silent {
        return None;
    }
    let operator: &'static Operator = Box::leak(Box::new(Operator { op, found }));
    Some(recording::helped(slot.c_name(), operate as *const (), operator))
}

/// A comparison in C; made once for each trace that has it, and never freed.
#[derive(Clone, Copy)]
struct Comparison {
    op: CompareOp,
    found: Found,
}

/// The left operand's function, if the right one is not asked first.
fn comparison(
    vm: &Vm,
    op: CompareOp,
    operands: &[Value],
    helper: *const (),
) -> Option<ExtensionCall> {
    let &[left, right] = operands else { return None };
    let slot = TypeSlot::TpRichcompare;
    let (class, other) = (vm.type_of(left), vm.type_of(right));
    let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
    if found.cx.inner().is_some() || (class != other && is_subtype(other, class.obj())) {
        return None;
    }
    let comparison: &'static Comparison = Box::leak(Box::new(Comparison { op, found }));
    Some(recording::helped(slot.c_name(), helper, comparison))
}

/// A function whose result is a number of C's.
fn answer(class: Type, slot: TypeSlot, helper: *const ()) -> Option<ExtensionCall> {
    let found = find(class, slot).filter(|_| slot::is_own(class, slot))?;
    if found.cx.inner().is_some() {
        return None;
    }
    let found: &'static Found = Box::leak(Box::new(found));
    Some(recording::helped(slot.c_name(), helper, found))
}

fn slot_of(op: BinaryOp) -> Option<TypeSlot> {
    Some(match op {
        BinaryOp::Add => TypeSlot::NbAdd,
        BinaryOp::Sub => TypeSlot::NbSubtract,
        BinaryOp::Mul => TypeSlot::NbMultiply,
        BinaryOp::TrueDiv => TypeSlot::NbTrueDivide,
        BinaryOp::FloorDiv => TypeSlot::NbFloorDivide,
        BinaryOp::Mod => TypeSlot::NbRemainder,
        BinaryOp::MatMul => TypeSlot::NbMatrixMultiply,
        BinaryOp::LShift => TypeSlot::NbLshift,
        BinaryOp::RShift => TypeSlot::NbRshift,
        BinaryOp::And => TypeSlot::NbAnd,
        BinaryOp::Or => TypeSlot::NbOr,
        BinaryOp::Xor => TypeSlot::NbXor,
        BinaryOp::DivMod => return None,
    })
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn operate(
    vm: *mut c_void,
    operator: &'static Operator,
    left: HPy,
    right: HPy,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    let (left, right) = (value(left), value(right));
    let result = slot::binary(vm, operator.found, left, right).and_then(|result| {
        if result == Value::NOT_IMPLEMENTED {
            return vm.binary_op_refused(operator.op, left, right);
        }
        Ok(result)
    });
    recording::word(result)
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn item(vm: *mut c_void, _: &'static (), this: HPy, key: HPy) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(slot::getitem(vm, value(this), value(key)))
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn set_item(
    vm: *mut c_void,
    _: &'static (),
    this: HPy,
    key: HPy,
    to: HPy,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    let done = slot::setitem(vm, value(this), value(key), value(to));
    recording::word(done.map(|()| Value::NONE))
}

/// The result of a comparison, which may be anything.
fn compared(vm: &mut Vm, comparison: &Comparison, left: Value, right: Value) -> R {
    let result = slot::compare(vm, comparison.found, left, right, comparison.op)?;
    if result == Value::NOT_IMPLEMENTED {
        return vm.compare_refused(left, right, comparison.op);
    }
    Ok(result)
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn compare(
    vm: *mut c_void,
    comparison: &'static Comparison,
    left: HPy,
    right: HPy,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(compared(vm, comparison, value(left), value(right)))
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn holds(
    vm: *mut c_void,
    comparison: &'static Comparison,
    left: HPy,
    right: HPy,
) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    let result = compared(vm, comparison, value(left), value(right));
    recording::word(result.and_then(|result| vm.truth(result)).map(Value::bool))
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn contains(vm: *mut c_void, found: &'static Found, this: HPy, item: HPy) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(slot::contains(vm, *found, value(this), value(item)).map(Value::bool))
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn truth(vm: *mut c_void, found: &'static Found, this: HPy) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    recording::word(slot::inquiry(vm, *found, value(this)).map(Value::bool))
}

/// # Safety
/// As [`recording::vm_of`].
unsafe extern "C" fn length(vm: *mut c_void, found: &'static Found, this: HPy) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { recording::vm_of(vm) };
    let length = slot::length(vm, *found, value(this));
    recording::word(length.map(|length| vm.int(length as i64)))
}
