//! What the recorder of traces asks: which calls of functions of modules can become native calls in machine code.
//!
//! Functions with a typed signature become calls with numbers in registers; the others get value words, which handles are.
use std::ffi::c_void;

use haft_core::Obj;
use haft_core::interp::jit::{
    AbiTy, Argument, ExtensionCall, ExtensionMember, ForeignCall, ForeignResult, Number,
    RAISED_WORD,
};
use haft_core::native::NativeDef;
use haft_core::object::NativeFunction;
use haft_hpy_abi::call::{cast, directly};
use haft_hpy_abi::signature::functions;
use haft_hpy_abi::typed::{NativeType, Typed};
use haft_hpy_abi::types::MemberType;
use haft_hpy_abi::{HPy, Signature};

use crate::class::function::{FunctionData, data_of};
use crate::class::invoke::publish;
use crate::class::member;
use crate::handle::taken;
use crate::prelude::*;

/// The native function behind a function of a module.
pub fn typed_call(value: Value) -> Option<ForeignCall> {
    let function = PayloadRef::<NativeFunction>::of_value(value)?;
    if function.receiver_to_pass().is_absent() {
        return None;
    }
    data_of(&function.get().def)?.typed.clone()
}

/// A typed signature as the recorder wants it, if it consists of numbers.
pub(crate) fn native_form(typed: &Typed) -> Option<ForeignCall> {
    Some(ForeignCall {
        name: typed.name.clone(),
        address: typed.function as usize,
        args: typed
            .signature
            .parameters
            .iter()
            .map(|&parameter| number(parameter).map(Argument::Number))
            .collect::<Option<_>>()?,
        result: ForeignResult::Value(match typed.signature.result {
            NativeType::Void => Number::Void,
            // Unsigned results may be larger than any signed number.
            NativeType::UInt(8) => return None,
            result => number(result)?,
        }),
        variadic: None,
        exact: true,
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
pub fn member_of(descriptor: Value, object: Obj) -> Option<ExtensionMember> {
    let (offset, ty, readonly) = member::place_in(descriptor, object)?;
    let int = |abi, min, max| Number::Int { abi, min, max };
    let number = match ty {
        MemberType::Double => Number::Double,
        MemberType::Int => int(AbiTy::I32, i32::MIN.into(), i32::MAX.into()),
        MemberType::UInt => int(AbiTy::U32, 0, u32::MAX.into()),
        MemberType::Long | MemberType::LongLong | MemberType::SsizeT => {
            int(AbiTy::I64, i64::MIN, i64::MAX)
        }
        _ => return None,
    };
    Some(ExtensionMember { offset, number, readonly })
}

/// How a function of a module is called with so many arguments.
pub fn call_of(def: &'static NativeDef, n_args: usize) -> Option<ExtensionCall> {
    let data = data_of(def)?;
    if data.found.cx.inner().is_some() {
        // Debug and trace contexts look at each call.
        return None;
    }
    let (address, in_memory) = match (data.signature, n_args) {
        (Signature::NoArgs, 0) => (no_args as *const (), false),
        (Signature::O, 1) => (one_arg as *const (), false),
        (Signature::Varargs, _) => (varargs as *const (), true),
        (Signature::Keywords, _) => (keywords as *const (), true),
        _ => return None,
    };
    let data = std::ptr::from_ref(data).expose_provenance();
    Some(ExtensionCall { address: address.expose_provenance(), data, in_memory })
}

macro_rules! calls {
    ($($(#[doc = $doc:literal])+ $name:ident $signature:ident($($arg:ident: $ty:ty),*) ($($given:expr),*);)+) => { $(
        $(#[doc = $doc])+
        ///
        /// # Safety
        /// Called by compiled code only, with the runtime that entered it and words that its frames keep.
        unsafe extern "C" fn $name(
            vm: *mut c_void, data: &'static FunctionData, this: HPy $(, $arg: $ty)*
        ) -> u64 {
            // SAFETY: compiled code passes the runtime that entered it, which keeps no other reference.
            let vm = unsafe { &mut *vm.cast::<Vm>() };
            let cx = data.found.cx;
            // SAFETY: `call_of` looked at the signature.
            let function: functions::$signature = unsafe { cast(data.found.function) };
            publish(vm);
            // SAFETY: the handles are values that frames keep.
            let result = directly(cx, || unsafe { function(cx.as_ptr(), this $(, $given)*) });
            match taken(vm, result) {
                Ok(value) => value.bits(),
                Err(_) => RAISED_WORD,
            }
        }
    )+ };
}

calls! {
    /// Calls a function without arguments.
    no_args NoArgs() ();
    /// Calls a function of one argument.
    one_arg O(arg: HPy) (arg);
    /// Calls a function with the arguments from an address on.
    varargs Varargs(args: *const HPy, n: i64) (args, n as usize);
    /// The same for one that takes keyword arguments, without any.
    keywords Keywords(args: *const HPy, n: i64) (args, n as usize, HPy::NULL);
}
