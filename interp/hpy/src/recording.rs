//! What the recorder of traces asks: which calls of functions of modules can become native calls in machine code.
//!
//! Functions with a typed signature become calls with numbers in registers; the others get value words, which handles are.
use std::ffi::c_void;

use haft_core::Obj;
use haft_core::interp::jit::{
    AbiTy, Argument, ExtensionCall, ExtensionHooks, ExtensionMember, ForeignCall, ForeignContext,
    ForeignResult, Gives, Number, Passes, RAISED_WORD,
};
use haft_core::native::NativeDef;
use haft_core::object::NativeFunction;
use haft_core::object::extension::struct_of;
use haft_hpy_abi::typed::{NativeType, Typed};
use haft_hpy_abi::types::MemberType;
use haft_hpy_abi::{Cx, HPy, Signature};

use crate::class::function::data_of;
use crate::class::{Found, construct, getset, member, operation};
use crate::handle::{raised, taken};
use crate::prelude::*;

/// The native function behind a function of a module or a method, for these arguments.
pub fn typed_call(vm: &Vm, value: Value, args: &[Value]) -> Option<ForeignCall> {
    let function = PayloadRef::<NativeFunction>::of_value(value)?;
    let data = data_of(&function.get().def)?;
    let typed = data.typed.as_ref()?;
    if typed.signature.takes_context() && data.found.cx.inner().is_some() {
        return None;
    }
    let owner = Type::of_value(function.owner.get());
    let mut call = native_form(data.found.cx, typed)?;
    let wants_struct = typed.signature.parameters.first() == Some(&NativeType::SelfStructure);
    match owner {
        Some(owner) if function.receiver_to_pass().is_absent() => {
            let this = *args.first()?;
            if !is_subtype(vm.type_of(this), owner.obj()) {
                return None;
            }
            let start = this.as_ptr().and_then(struct_of)?;
            let offset = (start.addr() as u64).wrapping_sub(this.bits()) as i64;
            call.args.insert(0, Argument::Receiver(wants_struct.then_some(offset)));
        }
        // A method that was looked up before knows its object already.
        Some(_) => return None,
        None if wants_struct => return None,
        None => {}
    }
    Some(call)
}

/// A typed signature as the recorder wants it, if it consists of numbers, handles and the struct of `self`, which is
/// left out.
fn native_form(cx: Cx, typed: &Typed) -> Option<ForeignCall> {
    let takes_context = typed.signature.takes_context();
    let (finish, result) = match typed.signature.result {
        // Without the context there is no new handle.
        NativeType::Handle if takes_context => (finish as *const (), ForeignResult::Handle),
        NativeType::Void => (failed as *const (), ForeignResult::Value(Number::Void)),
        NativeType::Bool => (failed as *const (), ForeignResult::Value(Number::Bool)),
        // Unsigned results may be larger than any signed number.
        NativeType::UInt(8) => return None,
        result => (failed as *const (), ForeignResult::Value(number(result)?)),
    };
    let arguments = typed.signature.arguments().iter().map(|&parameter| match parameter {
        NativeType::Handle => Some(Argument::Word),
        NativeType::Bool => Some(Argument::Number(Number::Bool)),
        parameter => number(parameter).map(Argument::Number),
    });
    Some(ForeignCall {
        name: typed.name.clone(),
        address: typed.function as usize,
        args: arguments.collect::<Option<_>>()?,
        result,
        variadic: None,
        exact: true,
        context: takes_context.then(|| ForeignContext {
            address: cx.as_ptr().expose_provenance(),
            finish: finish.expose_provenance(),
        }),
    })
}

fn number(ty: NativeType) -> Option<Number> {
    let (abi, min, max) = match ty {
        NativeType::Float => return Some(Number::Float),
        NativeType::Double => return Some(Number::Double),
        NativeType::Int(1) => (AbiTy::I8, i8::MIN.into(), i8::MAX.into()),
        NativeType::Int(2) => (AbiTy::I16, i16::MIN.into(), i16::MAX.into()),
        NativeType::Int(4) => (AbiTy::I32, i32::MIN.into(), i32::MAX.into()),
        NativeType::Int(8) => (AbiTy::I64, i64::MIN, i64::MAX),
        NativeType::UInt(1) => (AbiTy::U8, 0, u8::MAX.into()),
        NativeType::UInt(2) => (AbiTy::U16, 0, u16::MAX.into()),
        NativeType::UInt(4) => (AbiTy::U32, 0, u32::MAX.into()),
        NativeType::UInt(8) => (AbiTy::I64, 0, i64::MAX),
        _ => return None,
    };
    Some(Number::Int { abi, min, max })
}

/// The number that a descriptor of a member stands for in an object.
fn member_of(descriptor: Value, object: Obj) -> Option<ExtensionMember> {
    let (offset, ty, readonly) = member::place_in(descriptor, object)?;
    let int = |abi, min, max| Number::Int { abi, min, max };
    let number = match ty {
        MemberType::Double => Number::Double,
        MemberType::Float => Number::Float,
        MemberType::Byte => int(AbiTy::I8, i8::MIN.into(), i8::MAX.into()),
        MemberType::UByte => int(AbiTy::U8, 0, u8::MAX.into()),
        MemberType::Short => int(AbiTy::I16, i16::MIN.into(), i16::MAX.into()),
        MemberType::UShort => int(AbiTy::U16, 0, u16::MAX.into()),
        MemberType::Int => int(AbiTy::I32, i32::MIN.into(), i32::MAX.into()),
        MemberType::UInt => int(AbiTy::U32, 0, u32::MAX.into()),
        MemberType::Long | MemberType::LongLong | MemberType::SsizeT => {
            int(AbiTy::I64, i64::MIN, i64::MAX)
        }
        _ => return None,
    };
    Some(ExtensionMember { offset, number, readonly })
}

/// What the recorder asks of functions and classes of modules.
pub const HOOKS: ExtensionHooks = ExtensionHooks {
    call: call_of,
    member: member_of,
    getter: getset::getter_of,
    setter: getset::setter_of,
    construct: construct::construction_of,
    operation: operation::call_of,
};

/// The call of a C function with these arguments, if its context does not look at each call, as debug contexts do, and
/// trace contexts count.
pub(crate) fn direct(
    name: &str,
    found: Found,
    last: Option<usize>,
    gives: Gives,
) -> Option<ExtensionCall> {
    if found.cx.inner().is_some() {
        return None;
    }
    let finish = match gives {
        Gives::Handle => finish as *const (),
        Gives::Tried => finish_tried as *const (),
        Gives::Truth => finish_truth as *const (),
        Gives::Status | Gives::Length => failed as *const (),
    };
    let passes = Passes::Context {
        context: found.cx.as_ptr().expose_provenance(),
        finish: finish.expose_provenance(),
        gives,
    };
    let address = (found.function as *const ()).expose_provenance();
    Some(ExtensionCall {
        name: name.to_owned(),
        address,
        passes,
        in_memory: false,
        last,
        by_index: None,
        provided: None,
    })
}

/// How a function of a module is called with so many arguments.
fn call_of(def: &'static NativeDef, n_args: usize) -> Option<ExtensionCall> {
    let data = data_of(def)?;
    let (in_memory, last) = match (data.signature, n_args) {
        (Signature::NoArgs, 0) | (Signature::O, 1) => (false, None),
        (Signature::Varargs, _) => (true, None),
        // No names of keyword arguments.
        (Signature::Keywords, _) => (true, Some(0)),
        _ => return None,
    };
    Some(ExtensionCall { in_memory, ..direct(def.name, data.found, last, Gives::Handle)? })
}

/// The runtime that compiled code passes.
///
/// # Safety
/// It is the one that entered the compiled code, which keeps no other reference.
pub(crate) unsafe fn vm_of<'a>(vm: *mut c_void) -> &'a mut Vm {
    // SAFETY: the caller's duty.
    unsafe { &mut *vm.cast::<Vm>() }
}

/// A result for compiled code.
pub(crate) fn word(result: R) -> u64 {
    match result {
        Ok(value) => value.bits(),
        Err(_) => RAISED_WORD,
    }
}

/// A C function that compiled code called said that it raised.
///
/// # Safety
/// As [`vm_of`].
unsafe extern "C" fn failed(vm: *mut c_void, _: u64) -> u64 {
    // SAFETY: the caller's duty.
    word(Err(raised(unsafe { vm_of(vm) })))
}

/// The result of a C function that compiled code called: the object whose handle it gives up.
///
/// # Safety
/// As [`vm_of`].
unsafe extern "C" fn finish(vm: *mut c_void, result: HPy) -> u64 {
    // SAFETY: the caller's duty.
    word(taken(unsafe { vm_of(vm) }, result))
}

/// The result of an operator, where NotImplemented is none.
fn tried(vm: &mut Vm, result: HPy) -> R {
    let result = taken(vm, result)?;
    if result == Value::NOT_IMPLEMENTED { vm.operator_declined() } else { Ok(result) }
}

/// The same of an operator that compiled code called.
///
/// # Safety
/// As [`vm_of`].
unsafe extern "C" fn finish_tried(vm: *mut c_void, result: HPy) -> u64 {
    // SAFETY: the caller's duty.
    word(tried(unsafe { vm_of(vm) }, result))
}

/// The same, and whether it is true.
///
/// # Safety
/// As [`vm_of`].
unsafe extern "C" fn finish_truth(vm: *mut c_void, result: HPy) -> u64 {
    // SAFETY: the caller's duty.
    let vm = unsafe { vm_of(vm) };
    word(tried(vm, result).and_then(|result| vm.truth(result)).map(Value::bool))
}
