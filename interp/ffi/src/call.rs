//! Calls from Python to C.
//!
//! The arguments are converted straight into the buffer of the function type's [`NativeSig`], which lies on the stack
//! unless it is large. Addresses in it keep temporary arrays alive: the native stack is scanned.
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::sync::Arc;

use haft_cffi_core::abi::{Convert, NativeSig, Slot};

use crate::cdata::{new_owned, pointer_for_call, read, write};
use crate::ctype::ctype;
use crate::number::to_f64;
use crate::prelude::*;

/// Bytes of argument buffer on the stack: a dozen arguments.
const ON_STACK: usize = 384;

#[repr(C, align(16))]
struct Buffer(MaybeUninit<[u8; ON_STACK]>);

/// `cdata(…)`
pub(crate) fn call(vm: &mut Vm, callee: Value, args: &Args<'_>) -> R {
    let cd = crate::cdata::argument(vm, callee)?;
    let ct = cd.ctype;
    if *ct.form != Form::Function {
        let name = ct.name();
        return Err(vm.type_error(format!("cdata '{name}' is not callable")));
    }
    if cd.address().is_null() {
        let name = ct.name();
        return Err(
            vm.runtime_error(format!("cannot call null pointer pointer from cdata '{name}'"))
        );
    }
    if !args.names.is_empty() {
        return Err(vm.type_error("a cdata function cannot be called with keyword arguments"));
    }
    let sig = match ct.get().sig() {
        Ok(sig) => sig,
        Err(error) => return Err(raise(vm, error)),
    };
    let (given, expected) = (args.vals.len(), sig.n_fixed);
    if sig.variadic && given > expected {
        let sig = variadic_sig(vm, ct, &args.vals[expected..], expected)?;
        return call_with(vm, cd, &sig, args.vals);
    }
    if given != expected {
        let name = ct.name();
        let at_least = if sig.variadic { "at least " } else { "" };
        return Err(
            vm.type_error(format!("'{name}' expects {at_least}{expected} arguments, got {given}"))
        );
    }
    call_with(vm, cd, sig, args.vals)
}

/// The plan of a call with these additional arguments.
pub(crate) fn variadic_sig(
    vm: &mut Vm,
    ct: CT,
    extra: &[Value],
    n_fixed: usize,
) -> R<Arc<NativeSig>> {
    let mut types = Vec::with_capacity(extra.len());
    for (index, &value) in extra.iter().enumerate() {
        match CD::of_value(value) {
            Some(cd) => types.push(match *cd.ctype.form {
                Form::Array(_) => *cd.ctype.item(vm)?.pointer(vm)?.id,
                _ => *cd.ctype.id,
            }),
            None => {
                let (position, got) = (n_fixed + index + 1, vm.type_name(value));
                return Err(vm.type_error(format!(
                    "argument {position} passed in the variadic part needs to be a cdata object (got {got})"
                )));
            }
        }
    }
    let key = (*ct.id, types);
    if let Some(known) = ct.state.variadics.borrow().get(&key) {
        return Ok(Arc::clone(known));
    }
    let sig = NativeSig::for_variadic_call(&ct.state.types.borrow(), key.0, &key.1);
    let sig = Arc::new(sig.map_err(|error| raise(vm, &error))?);
    ct.state.variadics.borrow_mut().insert(key, Arc::clone(&sig));
    Ok(sig)
}

fn call_with(vm: &mut Vm, cd: CD, sig: &NativeSig, args: &[Value]) -> R {
    if sig.buffer_size <= ON_STACK {
        let mut buffer = Buffer(MaybeUninit::uninit());
        return call_in(vm, cd, sig, args, buffer.0.as_mut_ptr().cast());
    }
    let mut buffer = vec![0u128; sig.buffer_size.div_ceil(size_of::<u128>())];
    call_in(vm, cd, sig, args, buffer.as_mut_ptr().cast())
}

/// Call with a buffer that is as large and aligned as `sig` asks.
fn call_in(vm: &mut Vm, cd: CD, sig: &NativeSig, args: &[Value], buffer: *mut u8) -> R {
    let ct = cd.ctype;
    let mut keep = None;
    for (index, (slot, &value)) in sig.args.iter().zip(args).enumerate() {
        let at = buffer.wrapping_add(slot.offset);
        // SAFETY: the buffer has eight bytes at least, and room for a value of the slot's type, at its offset.
        if unsafe { write_quickly(vm, slot, at, value) } {
            continue;
        }
        let of = parameter(vm, ct, index, slot)?;
        // SAFETY: as above.
        unsafe { write_argument(vm, slot, at, of, value, &mut keep) }?;
    }
    let target: *const c_void = cd.address().cast();
    vm.without_gil(|| {
        // SAFETY: the user declared the function so; the buffer has all arguments. `sig` is alive: its owner or its
        // caller is on the stack.
        unsafe { sig.call(target, buffer) };
    });
    // Temporary arrays live until here.
    std::hint::black_box(keep);
    let result = buffer.wrapping_add(sig.result.offset);
    result_value(vm, ct, sig, result)
}

/// The declared type of a parameter, or the type of an additional argument.
#[cold]
pub(crate) fn parameter(vm: &mut Vm, ct: CT, index: usize, slot: &Slot) -> R<CT> {
    match ct.args(vm)?.items().get(index).copied().and_then(CT::of_value) {
        Some(of) => Ok(of),
        None => ctype(vm, &ct.state, slot.ty),
    }
}

/// Numbers of the usual classes, C data of just the right type, bytes as strings: what needs no conversion.
///
/// # Safety
/// `at` must be valid for writing eight bytes.
#[inline]
pub(crate) unsafe fn write_quickly(vm: &Vm, slot: &Slot, at: *mut u8, value: Value) -> bool {
    let word = match slot.convert {
        Convert::Integer(_) => match value.as_fixnum() {
            Some(number) if (slot.min..=slot.max).contains(&number) => number as u64,
            _ => return false,
        },
        Convert::Pointer(_) => match CD::of_value(value) {
            Some(cd) if *cd.ctype.id == slot.ty => cd.address() as u64,
            Some(_) => return false,
            None if slot.takes_bytes => match vm.as_bytes(value) {
                Some(bytes) => bytes.as_ptr() as u64,
                None => return false,
            },
            None => return false,
        },
        Convert::Float(primitive) => {
            let number = match (value.as_float_imm(), value.as_fixnum()) {
                (Some(number), _) => number,
                (None, Some(number)) => number as f64,
                (None, None) => return false,
            };
            match primitive {
                Primitive::Double => number.to_bits(),
                Primitive::Float => u64::from((number as f32).to_bits()),
                _ => return false,
            }
        }
        _ => return false,
    };
    let word = if cfg!(target_endian = "big") { word << (64 - 8 * slot.size) } else { word };
    // SAFETY: the caller vouches for eight bytes.
    unsafe { at.cast::<u64>().write_unaligned(word) };
    true
}

/// Any argument.
///
/// # Safety
/// The pointers are those of a prepared call.
unsafe fn write_argument(
    vm: &mut Vm,
    slot: &Slot,
    at: *mut u8,
    of: CT,
    value: Value,
    keep: &mut Option<List>,
) -> R<()> {
    match slot.convert {
        Convert::Pointer(_) => {
            let pointer = pointer_for_call(vm, of, value, keep)?;
            // SAFETY: the caller vouches for the slot.
            unsafe { at.cast::<*mut u8>().write_unaligned(pointer) };
            Ok(())
        }
        // A `float` in the variadic part travels as a `double`.
        Convert::Float(primitive) if primitive != Primitive::LongDouble => {
            let number = to_f64(vm, value)?;
            // SAFETY: the caller vouches for the slot.
            unsafe { memory::write_float(at, primitive, number) };
            Ok(())
        }
        Convert::Record(_) => {
            // SAFETY: the caller vouches for the slot; bytes that the initializer leaves out are zero.
            unsafe { at.write_bytes(0, slot.size) };
            // SAFETY: as above.
            unsafe { write(vm, at, of, value) }
        }
        // SAFETY: as above.
        _ => unsafe { write(vm, at, of, value) },
    }
}

fn result_value(vm: &mut Vm, ct: CT, sig: &NativeSig, result: *mut u8) -> R {
    match sig.result.convert {
        Convert::Void => Ok(Value::NONE),
        Convert::Integer(primitive) if primitive.kind() == PrimitiveKind::Signed => {
            // SAFETY: the call wrote a result of this type.
            let number = unsafe { memory::read_signed(result, primitive.size()) };
            Ok(vm.int(number))
        }
        Convert::Float(Primitive::Double) => {
            // SAFETY: as above.
            let number = unsafe { result.cast::<f64>().read_unaligned() };
            Ok(vm.float(number))
        }
        Convert::Record(_) => {
            let of = ct.item(vm)?;
            copy_record(vm, of, result)
        }
        _ => {
            let of = ct.item(vm)?;
            // SAFETY: as above.
            unsafe { read(vm, result, of) }
        }
    }
}

/// A record with its own copy of the bytes at `from`, which are those of a record of this type.
pub(crate) fn copy_record(vm: &mut Vm, of: CT, from: *const u8) -> R {
    if of.size() < 0 {
        return Err(vm.type_error("return type is an opaque structure or union"));
    }
    if of.has_var_array() {
        return Err(vm.type_error("return type is a struct/union with a varsize array member"));
    }
    let copy = new_owned(vm, of, of.size())?;
    // SAFETY: the new record has room for its size; the caller has one at `from`.
    unsafe { std::ptr::copy_nonoverlapping(from, copy.address(), of.size() as usize) };
    Ok(copy.value())
}
