//! What the recorder of traces asks: which calls can become native calls in machine code, and what the functions of the
//! module do.
use haft_cffi_core::abi::{Slot, errno};
use haft_cffi_core::{AbiType, Convert, NativeSig, record_pieces};
use haft_core::interp::jit::{
    AbiTy, Argument, Builtin, CType, ExtensionHooks, Foreign, ForeignCall, ForeignResult, NewData,
    Pieces,
};
use haft_core::native::NativeCall;
use haft_core::object::NativeFunction;

use crate::cdata::MOST_INLINE;
use crate::facts::{self, c_type, data, fits_pointer, or_none, primitive};
use crate::ffi::{data as ffi_data, types as ffi_types};
use crate::prelude::*;

/// The answers, for [`Jit::foreign`](haft_core::interp::jit::Jit::foreign).
pub const FOREIGN: Foreign = Foreign {
    layout: facts::layout,
    view: facts::view,
    data,
    call: foreign_call,
    builtin,
    attribute: crate::library::constant_attribute,
    is_errno,
    variable: crate::library::variable,
    member: facts::member,
    items: facts::items,
    characters: facts::characters,
    buffer: crate::buffer::layout,
    is_buffer: crate::buffer::is_class,
    viewed: crate::buffer::viewed,
    view_length: crate::buffer::length,
    distance: facts::distance,
    iteration: facts::iteration,
    primitive,
    fits_pointer,
    errno: errno::locations,
    extension: ExtensionHooks::NONE,
};

// ---- calls of C functions

fn foreign_call(vm: &mut Vm, value: Value, args: &[Value]) -> Option<ForeignCall> {
    let cd = CD::of_value(value)?;
    let ct = cd.ctype;
    if *ct.form != Form::Function || cd.address().is_null() {
        return None;
    }
    let sig = ct.get().sig().as_ref().ok()?;
    let extra = args.get(sig.n_fixed..)?;
    if !sig.variadic && !extra.is_empty() {
        return None;
    }
    let whole;
    let (sig, variadic): (&NativeSig, _) = if sig.variadic {
        let made = crate::call::variadic_sig(vm, ct, extra, sig.n_fixed);
        whole = or_none(vm, made)?;
        (&*whole, Some(sig.n_fixed as u32))
    } else {
        (sig, None)
    };
    let mut arguments = Vec::with_capacity(args.len());
    for (index, (slot, &value)) in sig.args.iter().zip(args).enumerate() {
        let of = crate::call::parameter(vm, ct, index, slot);
        let of = or_none(vm, of)?;
        arguments.push(argument(vm, of, slot, value, index >= sig.n_fixed)?);
    }
    if !fits_registers(&arguments) {
        return None;
    }
    let of = ct.item(vm);
    let of = or_none(vm, of)?;
    Some(ForeignCall {
        name: name_of(vm, cd),
        address: cd.address().expose_provenance(),
        args: arguments,
        result: result(of, sig)?,
        variadic,
        exact: false,
        context: None,
    })
}

/// What the program calls a function, or else its library.
fn name_of(vm: &Vm, cd: CD) -> String {
    let own = vm.as_str(cd.extra.get()).map(|name| name.to_text().into_owned());
    own.or_else(|| haft_host::memory::symbol_name(cd.address().addr()))
        .unwrap_or_else(|| "C function".to_string())
}

/// How a value becomes an argument; `None`: only the general code knows.
fn argument(vm: &mut Vm, of: CT, slot: &Slot, value: Value, is_extra: bool) -> Option<Argument> {
    if let Some(cd) = CD::of_value(value) {
        return match slot.convert {
            Convert::Pointer(_) => {
                let fits = is_extra || fits_pointer(vm, of.value(), value);
                fits.then_some(Argument::Address)
            }
            Convert::Record(_) if *cd.ctype.id == slot.ty => Some(Argument::Pieces(pieces(of)?)),
            Convert::Record(_) => None,
            _ => {
                let own = primitive(value)?;
                let same = is_extra || *cd.ctype.id == slot.ty;
                same.then_some(Argument::Read(own)).filter(|_| travels_as(slot.abi, own))
            }
        };
    }
    match slot.convert {
        Convert::Pointer(_) => {
            (slot.takes_bytes && vm.as_bytes(value).is_some()).then_some(Argument::Bytes)
        }
        Convert::Integer(_) | Convert::Enum(..) => {
            let ctype = c_type(of)?;
            let number = value.as_fixnum()?;
            let fits = match ctype {
                CType::Int { min, max, .. } => (min..=max).contains(&number),
                _ => number >= 0,
            };
            fits.then_some(Argument::Number(ctype))
        }
        Convert::Float(_) => {
            let ctype = c_type(of)?;
            let fits = value.is_float_imm() || value.is_fixnum();
            fits.then_some(Argument::Number(ctype))
        }
        Convert::Bool => value.is_bool().then_some(Argument::Number(CType::Bool)),
        _ => None,
    }
}

/// Is what is read from memory already as the argument travels? What is promoted to `int` or `double` is, too.
fn travels_as(abi: AbiType, own: CType) -> bool {
    match own {
        CType::Int { abi: AbiTy::I64, .. } => abi == AbiType::I64,
        CType::UInt64 => abi == AbiType::U64,
        CType::Int { .. } | CType::Bool => !matches!(abi, AbiType::F32 | AbiType::F64),
        CType::Float => abi == AbiType::F32,
        CType::Double => abi == AbiType::F64,
        _ => false,
    }
}

/// Structs travel in registers only as a whole: where there may be too few, the general code decides.
fn fits_registers(arguments: &[Argument]) -> bool {
    let (mut integers, mut floats, mut has_structs) = (0, 0, false);
    let mut count = |abi: AbiTy| match abi {
        AbiTy::F32 | AbiTy::F64 => floats += 1,
        _ => integers += 1,
    };
    for argument in arguments {
        match argument {
            Argument::Pieces(pieces) => {
                has_structs = true;
                for (abi, _) in pieces {
                    count(*abi);
                }
            }
            Argument::Number(CType::Double | CType::Float)
            | Argument::Read(CType::Double | CType::Float) => count(AbiTy::F64),
            _ => count(AbiTy::I64),
        }
    }
    !has_structs || integers <= 6 && floats <= 8
}

fn pieces(of: CT) -> Option<Pieces> {
    let pieces = record_pieces(&of.state.types.borrow(), *of.id)?;
    let pieces = pieces.into_iter().map(|(abi, offset)| {
        let abi = match abi {
            AbiType::F32 => AbiTy::F32,
            AbiType::F64 => AbiTy::F64,
            AbiType::U32 => AbiTy::U32,
            _ => AbiTy::I64,
        };
        (abi, offset)
    });
    Some(pieces.collect())
}

fn result(of: CT, sig: &NativeSig) -> Option<ForeignResult> {
    match sig.result.convert {
        Convert::Void => Some(ForeignResult::Value(CType::Void)),
        Convert::Record(_) => {
            let size =
                u32::try_from(of.size()).ok().filter(|&size| size as usize <= MOST_INLINE)?;
            if of.has_var_array() {
                return None;
            }
            Some(ForeignResult::Record(owned(of, Own::Memory, size), pieces(of)?))
        }
        _ => match c_type(of)? {
            CType::Inside(_) => None,
            ctype => Some(ForeignResult::Value(ctype)),
        },
    }
}

/// Is it `ffi.errno`?
fn is_errno(vm: &mut Vm, object: Value, name: Value) -> bool {
    PayloadRef::<crate::ffi::FfiObject>::of_value(object).is_some_and(|ffi| {
        let class = vm.type_of(object);
        (class == ffi.state.classes.ffi || class == ffi.state.classes.compiled_ffi)
            && vm.as_str(name).is_some_and(|name| name.bytes() == b"errno")
    })
}

// ---- functions of the module

fn owned(ct: CT, own: Own, size: u32) -> NewData {
    NewData { class: ct.state.classes.owned, ctype: ct.value(), own: own as u8, size }
}

fn builtin(vm: &mut Vm, function: &NativeFunction, args: &[Value]) -> Option<Builtin> {
    let NativeCall::Bound(body) = function.def.call else { return None };
    let is = |other: fn(&mut Vm, &[Value]) -> R| std::ptr::fn_addr_eq(body, other);
    if let Some(found) = on_memory(vm, function, args) {
        return Some(found);
    }
    if is_quiet(vm, function, args) {
        return Some(Builtin::Quiet);
    }
    if is(ffi_data::addressof) {
        return address(vm, args);
    }
    let known =
        is(ffi_data::new) || is(ffi_data::cast) || is(ffi_types::type_of) || is(ffi_data::sizeof);
    if !known || args.len() < 2 {
        return None;
    }
    if is(ffi_types::type_of) {
        if CD::of_value(args[1]).is_some() {
            return of_type(vm, body, args);
        }
        return constant(vm, body, args, vm.as_str(args[1]).is_some());
    }
    if is(ffi_data::sizeof) {
        if CD::of_value(args[1]).is_some_and(has_fixed_size) {
            return of_type(vm, body, args);
        }
        let of_type = vm.as_str(args[1]).is_some() || CT::of_value(args[1]).is_some();
        return constant(vm, body, args, of_type);
    }
    let ffi = crate::ffi::own(vm, args[0]);
    let ffi = or_none(vm, ffi)?;
    let ct = ffi_types::type_argument(vm, ffi, args[1], "new");
    let ct = or_none(vm, ct)?;
    if is(ffi_data::new) { new(vm, ct, args.get(2).copied()) } else { cast(ct, *args.get(2)?) }
}

/// A method that reads or copies bytes, with arguments that it takes.
fn on_memory(vm: &mut Vm, function: &NativeFunction, args: &[Value]) -> Option<Builtin> {
    let (&ffi, &first) = (args.first()?, args.get(1)?);
    PayloadRef::<crate::ffi::FfiObject>::of_value(ffi)?;
    let cd = CD::of_value(first).filter(|cd| cd.ctype.form.is_indexable())?;
    let count =
        |at: usize| args.get(at).and_then(|number| number.as_fixnum()).is_some_and(|n| n >= 0);
    let is_null = cd.address().is_null();
    match (function.def.name, args.len()) {
        ("string", 2 | 3) | ("unpack", 3) if !is_null && (args.len() == 2 || count(2)) => {
            let item = cd.ctype.item(vm);
            let item = or_none(vm, item)?;
            let stops = function.def.name == "string";
            let is_text =
                item.form.is_char() || stops && item.form.is_integer() && !item.form.is_bool();
            (is_text && item.size() == 1).then_some(Builtin::Text { stops })
        }
        ("memmove", 4) if count(3) => {
            let from = args[2];
            let is_data = CD::of_value(from).is_some_and(|cd| cd.ctype.form.is_indexable());
            (is_data || vm.type_of(from) == vm.t.bytes).then_some(Builtin::Move)
        }
        _ => None,
    }
}

/// Does the type of C data say how large it is?
fn has_fixed_size(cd: CD) -> bool {
    match *cd.ctype.form {
        Form::Array(length) => length.is_some(),
        Form::Record(_) => !cd.ctype.has_var_array(),
        _ => true,
    }
}

/// What a function gives for all C data of this type.
fn of_type(vm: &mut Vm, body: fn(&mut Vm, &[Value]) -> R, args: &[Value]) -> Option<Builtin> {
    let value = body(vm, args);
    or_none(vm, value).map(|value| Builtin::OfType { value })
}

/// `ffi.addressof(cdata, name or index)`
fn address(vm: &mut Vm, args: &[Value]) -> Option<Builtin> {
    let cd = args.get(1).copied().and_then(CD::of_value)?;
    let form = *cd.ctype.form;
    let steps = args.get(2..)?;
    let is_place = matches!(form, Form::Record(_) | Form::Array(_));
    if !is_place && (!matches!(form, Form::Pointer(_)) || steps.is_empty()) {
        return None;
    }
    let index = match steps {
        [index] if index.is_fixnum() => Some(index),
        _ if steps.iter().all(|&step| vm.as_str(step).is_some()) => None,
        _ => return None,
    };
    let found = ffi_types::path(vm, cd.ctype, steps);
    let (to, offset) = or_none(vm, found)?;
    let pointer = to.pointer(vm);
    let pointer = facts::view(or_none(vm, pointer)?.value());
    match index {
        Some(_) => Some(Builtin::Address { pointer, offset: 0, size: Some(to.size()) }),
        None => Some(Builtin::Address { pointer, offset, size: None }),
    }
}

/// Is it a method that only looks at memory or copies it, with arguments that are all C data, ints or bytes?
fn is_quiet(vm: &mut Vm, function: &NativeFunction, args: &[Value]) -> bool {
    let Some((&ffi, rest)) = args.split_first() else { return false };
    let named = matches!(function.def.name, "memmove" | "string" | "unpack");
    let plain = |value: &Value| {
        value.is_fixnum() || CD::of_value(*value).is_some() || vm.as_bytes(*value).is_some()
    };
    named && PayloadRef::<crate::ffi::FfiObject>::of_value(ffi).is_some() && rest.iter().all(plain)
}

/// What a function without effects gives for these arguments.
fn constant(
    vm: &mut Vm,
    body: fn(&mut Vm, &[Value]) -> R,
    args: &[Value],
    is_constant: bool,
) -> Option<Builtin> {
    if !is_constant || args.len() != 2 {
        return None;
    }
    let value = body(vm, args);
    or_none(vm, value).map(|value| Builtin::Constant { value, same: 2 })
}

fn new(vm: &mut Vm, ct: CT, init: Option<Value>) -> Option<Builtin> {
    let room = |size: i64| u32::try_from(size).ok().filter(|&size| size as usize <= MOST_INLINE);
    match *ct.form {
        Form::Pointer(to) => {
            let item = ct.item(vm);
            let item = or_none(vm, item)?;
            let size = room(item.size())?;
            if item.has_var_array() || item.form.is_char() {
                return None;
            }
            if to == To::Record {
                let record = owned(item, Own::Memory, size);
                let data = owned(ct, Own::Record, 0);
                return init.is_none().then_some(Builtin::New {
                    data,
                    record: Some(record),
                    init: None,
                });
            }
            let written = match init {
                Some(_) => Some(c_type(item)?),
                None => None,
            };
            Some(Builtin::New { data: owned(ct, Own::Memory, size), record: None, init: written })
        }
        Form::Array(Some(_)) if init.is_none() => {
            let data = owned(ct, Own::Memory, room(ct.size())?);
            Some(Builtin::New { data, record: None, init: None })
        }
        _ => None,
    }
}

fn cast(ct: CT, value: Value) -> Option<Builtin> {
    match *ct.form {
        Form::Pointer(_) | Form::Function => {
            let data = facts::view(ct.value());
            match CD::of_value(value) {
                Some(cd) => {
                    let is_address = cd.ctype.form.is_indexable() || cd.ctype.form.is_address();
                    is_address.then_some(Builtin::CastAddress { data, from_data: true })
                }
                None => {
                    value.as_fixnum()?;
                    Some(Builtin::CastAddress { data, from_data: false })
                }
            }
        }
        Form::Primitive(_) | Form::Enum(_) => {
            let to = c_type(ct)?;
            let is_address = |cd: CD| cd.ctype.form.is_indexable() || cd.ctype.form.is_address();
            let from = CD::of_value(value).map(|cd| {
                let pointer = is_address(cd).then(|| CType::Pointer(cd.ctype.value()));
                pointer.or_else(|| primitive(value))
            });
            let is_float = |ctype: CType| matches!(ctype, CType::Float | CType::Double);
            let possible = match from {
                Some(None) => false,
                Some(Some(CType::Pointer(_))) => !is_float(to) && to != CType::Bool,
                Some(Some(from)) => {
                    is_float(to) == is_float(from) || is_float(to) && from != CType::UInt64
                }
                None => value.is_fixnum() || is_float(to) && value.is_float_imm(),
            };
            let class = ct.state.classes.cdata;
            let data = NewData { class, ctype: ct.value(), own: Own::Value as u8, size: 0 };
            possible.then_some(Builtin::CastNumber { data, to, from: from.flatten() })
        }
        _ => None,
    }
}
