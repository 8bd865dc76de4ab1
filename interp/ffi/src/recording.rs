//! What the recorder of traces asks: which calls of C can become native calls in machine code.
use haft_cffi_core::abi::{Slot, errno};
use haft_cffi_core::{AbiType, Convert, NativeSig, Primitive};
use haft_core::interp::jit::{AbiTy, Foreign, ForeignCall, Number};

use crate::facts::c_function;
use crate::prelude::*;

/// The answers, for [`Jit::foreign`](haft_core::interp::jit::Jit::foreign).
pub const FOREIGN: Foreign = Foreign {
    call: foreign_call,
    attribute: crate::library::constant_attribute,
    errno: errno::locations,
    extension: |_, _| None,
    member: |_, _| None,
};

fn foreign_call(_: &mut Vm, value: Value) -> Option<ForeignCall> {
    let function = c_function(value)?;
    let sig: &NativeSig = &function.sig;
    if sig.variadic {
        return None;
    }
    let result = match sig.result.convert {
        Convert::Void => Number::Void,
        _ => number(&sig.result)?,
    };
    Some(ForeignCall {
        name: "C function".to_string(),
        exact: false,
        address: function.address.expose_provenance(),
        args: sig.args.iter().map(number).collect::<Option<_>>()?,
        result,
    })
}

/// An argument or result that is a number with a direct form in machine code.
fn number(slot: &Slot) -> Option<Number> {
    let abi = match (slot.convert, slot.abi) {
        (Convert::Float(Primitive::Double), AbiType::F64) => return Some(Number::Double),
        (Convert::Float(Primitive::Float), AbiType::F32) => return Some(Number::Float),
        (Convert::Integer(_), AbiType::I8) => AbiTy::I8,
        (Convert::Integer(_), AbiType::U8) => AbiTy::U8,
        (Convert::Integer(_), AbiType::I16) => AbiTy::I16,
        (Convert::Integer(_), AbiType::U16) => AbiTy::U16,
        (Convert::Integer(_), AbiType::I32) => AbiTy::I32,
        (Convert::Integer(_), AbiType::U32) => AbiTy::U32,
        (Convert::Integer(_), AbiType::I64) => AbiTy::I64,
        // An unsigned result may be larger than any signed number: left to the general code.
        _ => return None,
    };
    Some(Number::Int { abi, min: slot.min, max: slot.max })
}
