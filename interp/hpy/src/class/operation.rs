//! Operators of classes in traces: which C function is called for an operation.
use haft_core::interp::jit::{ExtensionCall, Gives, Index, Operation};
use haft_core::protocol::BinaryOp;
use haft_hpy_abi::TypeSlot;

use super::{Found, find, slot};
use crate::prelude::*;
use crate::recording::direct;

/// The function for an operation on these operands.
pub(crate) fn call_of(vm: &Vm, operation: Operation, operands: &[Value]) -> Option<ExtensionCall> {
    let &object = operands.first()?;
    let class = vm.type_of(object);
    let call = |slot, gives| own_call(class, slot, gives);
    match operation {
        Operation::Binary(op) => binary(vm, op, operands),
        Operation::InPlace(op) => match op.inplace_slot(&class.slots) {
            Some(_) => call(inplace_slot_of(op)?, Gives::Tried),
            None => binary(vm, op, operands),
        },
        Operation::Negative => call(TypeSlot::NbNegative, Gives::Handle),
        Operation::Positive => call(TypeSlot::NbPositive, Gives::Handle),
        Operation::Invert => call(TypeSlot::NbInvert, Gives::Handle),
        Operation::Item if find(class, TypeSlot::MpSubscript).is_some() => {
            call(TypeSlot::MpSubscript, Gives::Handle)
        }
        Operation::Item => by_index(class, operands, call(TypeSlot::SqItem, Gives::Handle)?),
        Operation::SetItem | Operation::DelItem
            if find(class, TypeSlot::MpAssSubscript).is_some() =>
        {
            call(TypeSlot::MpAssSubscript, Gives::Status)
        }
        Operation::SetItem | Operation::DelItem => {
            by_index(class, operands, call(TypeSlot::SqAssItem, Gives::Status)?)
        }
        Operation::Compare(op) => comparison(vm, op, operands, Gives::Tried),
        Operation::Holds(op) => comparison(vm, op, operands, Gives::Truth),
        Operation::Contains => call(TypeSlot::SqContains, Gives::Status),
        Operation::Truth if class.slots.bool.get().is_none() => length(class),
        Operation::Truth => call(TypeSlot::NbBool, Gives::Status),
        Operation::Length => length(class),
        Operation::Call => super::call::call_of(class, object),
    }
}

/// The function that a class has in a slot, if no method of Python is in its place.
fn own(class: Type, slot: TypeSlot) -> Option<Found> {
    find(class, slot).filter(|_| slot::is_own(class, slot))
}

fn own_call(class: Type, slot: TypeSlot, gives: Gives) -> Option<ExtensionCall> {
    direct(slot.c_name(), own(class, slot)?, None, gives)
}

fn length(class: Type) -> Option<ExtensionCall> {
    let slot = match find(class, TypeSlot::SqLength) {
        Some(_) => TypeSlot::SqLength,
        None => TypeSlot::MpLength,
    };
    own_call(class, slot, Gives::Length)
}

/// The call of a function that gets an index.
fn by_index(class: Type, operands: &[Value], call: ExtensionCall) -> Option<ExtensionCall> {
    let index = match operands.get(1)?.as_fixnum()? {
        0.. => Index::FromStart,
        // Without a length C gets it as it is.
        _ => Index::FromEnd(Box::new(own_call(class, TypeSlot::SqLength, Gives::Length)?)),
    };
    Some(ExtensionCall { by_index: Some(index), ..call })
}

/// The left operand's function, if the right one has nothing to say, or the right one's, if the left one is a number.
fn binary(vm: &Vm, op: BinaryOp, operands: &[Value]) -> Option<ExtensionCall> {
    let &[left, right] = operands else { return None };
    let slot = slot_of(op)?;
    let (class, other) = (vm.type_of(left), vm.type_of(right));
    let found = if left.is_fixnum() || left.is_float_imm() {
        // Numbers decline what is no number.
        let is_number = [vm.t.int, vm.t.float].iter().any(|number| is_subtype(other, number.obj()));
        own(other, slot).filter(|_| !is_number)?
    } else {
        let is_silent =
            class == other || (!slot::is_own(other, slot) && !is_subtype(other, class.obj()));
        own(class, slot).filter(|_| is_silent)?
    };
    direct(slot.c_name(), found, None, Gives::Tried)
}

/// The left operand's function, if the right one is not asked first.
fn comparison(vm: &Vm, op: CompareOp, operands: &[Value], gives: Gives) -> Option<ExtensionCall> {
    let &[left, right] = operands else { return None };
    let slot = TypeSlot::TpRichcompare;
    let (class, other) = (vm.type_of(left), vm.type_of(right));
    let found = own(class, slot)?;
    if class != other && is_subtype(other, class.obj()) {
        return None;
    }
    direct(slot.c_name(), found, Some(op as usize), gives)
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

fn inplace_slot_of(op: BinaryOp) -> Option<TypeSlot> {
    Some(match op {
        BinaryOp::Add => TypeSlot::NbInplaceAdd,
        BinaryOp::Sub => TypeSlot::NbInplaceSubtract,
        BinaryOp::Mul => TypeSlot::NbInplaceMultiply,
        BinaryOp::TrueDiv => TypeSlot::NbInplaceTrueDivide,
        BinaryOp::FloorDiv => TypeSlot::NbInplaceFloorDivide,
        BinaryOp::Mod => TypeSlot::NbInplaceRemainder,
        BinaryOp::MatMul => TypeSlot::NbInplaceMatrixMultiply,
        BinaryOp::LShift => TypeSlot::NbInplaceLshift,
        BinaryOp::RShift => TypeSlot::NbInplaceRshift,
        BinaryOp::And => TypeSlot::NbInplaceAnd,
        BinaryOp::Or => TypeSlot::NbInplaceOr,
        BinaryOp::Xor => TypeSlot::NbInplaceXor,
        BinaryOp::DivMod => return None,
    })
}
