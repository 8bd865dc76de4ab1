//! Calls from C to Python.
//!
//! The function pointer (see [`Closure`]) calls [`invoke`] with the address of a [`Callback`] object, which does not move. The thread may
//! be any: it gets the runtime's lock first, as a new thread of the runtime if it has to.
use std::cell::OnceCell;
use std::ffi::c_void;
use std::sync::Arc;

use haft_cffi_core::abi::{QuickBody, Slot};
use haft_cffi_core::{AbiType, Closure, Convert, NativeSig};
use haft_core::interp::jit::{CompiledEntry, MOST_ARGUMENTS};
use haft_core::object::Function;
use haft_core::vm::VmHandle;

use crate::call::{copy_record, write_quickly};
use crate::cdata::{read, write};
use crate::prelude::*;
use crate::report;

payload! {
    /// What a function pointer made by `ffi.callback` calls.
    pub(crate) struct Callback {
        ctype: CT,
        function: Value,
        onerror: Value,
        error: NoTrace<Vec<u8>>,
        closure: NoTrace<OnceCell<Closure>>,
        /// The types of its arguments, which `ctype` keeps.
        arguments: NoTrace<Box<[CT]>>,
        result: CT,
        sig: NoTrace<Arc<NativeSig>>,
        handle: NoTrace<VmHandle>,
        /// Where the compiled code of a Python function is; `None` if it is another callable or its arguments are unusual.
        entry: NoTrace<Option<CompiledEntry>>,
        /// Then: how and where its arguments travel.
        plan: NoTrace<Box<[(Travels, u32)]>>,
    }
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<Callback>("_cffi_backend.__Callback")
    })
}

fn is_callable(vm: &Vm, value: Value) -> bool {
    vm.type_of(value).slots.call.get().is_some()
}

/// Bytes of a result: libffi wants a register at least.
fn result_room(of: CT) -> usize {
    (of.size().max(0) as usize).max(8).next_multiple_of(8)
}

/// `ffi.callback`
pub(crate) fn new(vm: &mut Vm, ct: CT, function: Value, error: Value, onerror: Value) -> R {
    if *ct.form != Form::Function {
        let name = ct.name();
        return Err(vm.type_error(format!("expected a function ctype, got '{name}'")));
    }
    if !is_callable(vm, function) {
        let got = vm.type_name(function);
        return Err(vm.type_error(format!("expected a callable object, not {got}")));
    }
    if !onerror.is_none() && !is_callable(vm, onerror) {
        let got = vm.type_name(onerror);
        return Err(vm.type_error(format!("expected a callable object for 'onerror', not {got}")));
    }
    let of = ct.item(vm)?;
    let mut bytes = vec![0; result_room(of)];
    if !error.is_none() {
        // SAFETY: the vector has room for the result.
        unsafe { write_result(vm, bytes.as_mut_ptr(), of, error) }?;
    }
    let sig = match ct.get().sig() {
        Ok(sig) if !ct.is_variadic() => Arc::clone(sig),
        _ => {
            let name = ct.name();
            return Err(vm.not_implemented_error(format!(
                "{name}: callback with unsupported argument or return type or with '...'"
            )));
        }
    };
    let args = ct.args(vm)?;
    let args: Box<[CT]> = args.items().iter().copied().filter_map(CT::of_value).collect();
    let handle = vm.handle();
    let is_quick = PayloadRef::<Function>::of_value(function).is_some()
        && args.len() <= MOST_ARGUMENTS
        && sig.args.iter().all(is_usual)
        && (is_usual(&sig.result) || sig.result.convert == Convert::Void);
    let callback = Callback {
        arguments: NoTrace(args),
        result: of,
        sig: NoTrace(Arc::clone(&sig)),
        ctype: ct,
        function,
        onerror,
        error: NoTrace(bytes),
        closure: NoTrace(OnceCell::new()),
        handle: NoTrace(handle),
        entry: NoTrace(is_quick.then(CompiledEntry::default)),
        plan: NoTrace(sig.args.iter().map(|slot| (travels(slot), slot.offset as u32)).collect()),
    };
    let callback = vm.new_payload_ref(ct.state.classes.callback, callback);
    let userdata = std::ptr::from_ref(callback.get()).cast_mut().cast();
    let quick: Option<QuickBody> = if is_quick { Some(invoke_quickly) } else { None };
    // SAFETY: both take the address of a `Callback`, which owns the closure and so lives as long.
    let closure = unsafe { Closure::new(sig, userdata, invoke, quick) };
    let closure = closure.map_err(|error| raise(vm, &error))?;
    let code = closure.code().cast_mut().cast();
    // The cell was made empty a moment ago.
    let _empty = callback.get().closure.set(closure);
    Ok(crate::cdata::callback_data(vm, ct, code, callback.value(), function))
}

/// Write the result of a callback.
///
/// # Safety
/// `at` must be valid for writing a value of the type.
unsafe fn write_result(vm: &mut Vm, at: *mut u8, of: CT, value: Value) -> R<()> {
    if *of.form != Form::Void {
        // SAFETY: the caller vouches for the size.
        return unsafe { write(vm, at, of, value) };
    }
    if value.is_none() {
        return Ok(());
    }
    Err(vm.type_error("callback with the return type 'void' must return None"))
}

/// Numbers and pointers.
fn is_usual(slot: &Slot) -> bool {
    matches!(
        slot.convert,
        Convert::Integer(_) | Convert::Float(_) | Convert::Pointer(_) | Convert::Bool
    ) && slot.size <= 8
}

/// Right into compiled code, if there is some.
///
/// # Safety
/// For closures made by [`new`] only.
unsafe fn invoke_quickly(userdata: *mut c_void, picture: *mut u8) -> bool {
    // SAFETY: the address of the callback that owns the closure; C code may call it only while it lives.
    let callback = unsafe { &*userdata.cast::<Callback>() };
    let (Some(entry), Some(function)) =
        (&*callback.entry, PayloadRef::<Function>::of_value(callback.function))
    else {
        return false;
    };
    let slot = &callback.sig.result;
    let result = picture.wrapping_add(slot.offset);
    let arguments = |vm: &mut Vm, args: &mut [Value; MOST_ARGUMENTS]| {
        read_arguments(vm, callback, picture, args)
    };
    let usual = |vm: &mut Vm, value| take_result(vm, slot, result, value);
    let otherwise = |vm: &mut Vm, outcome: R| {
        // SAFETY: the picture has a word for the result.
        unsafe { result.cast::<u64>().write_unaligned(0) };
        finish(vm, callback, result, outcome);
        // SAFETY: as above.
        unsafe { slot.widen(result) };
    };
    let function = (entry, function);
    // SAFETY: a runtime that is taken down gives its lock to no other thread, and keeps its callbacks.
    unsafe { callback.handle.call_compiled(function, arguments, usual, otherwise) }
}

/// The arguments from a picture of the registers.
#[inline]
fn read_arguments(
    vm: &mut Vm,
    callback: &Callback,
    picture: *const u8,
    args: &mut [Value; MOST_ARGUMENTS],
) -> Option<usize> {
    for (index, (arg, &(how, offset))) in args.iter_mut().zip(&*callback.plan).enumerate() {
        let at = picture.wrapping_add(offset as usize);
        // SAFETY: the picture has a whole word for each argument.
        let word = unsafe { at.cast::<u64>().read_unaligned() };
        *arg = match how {
            Travels::Signed(unused) => {
                Value::fixnum_unchecked((word << unused).cast_signed() >> unused)
            }
            Travels::Unsigned(unused) => {
                Value::fixnum_unchecked((word << unused >> unused).cast_signed())
            }
            Travels::Long => vm.int(word.cast_signed()),
            Travels::Double => vm.float(f64::from_bits(word)),
            Travels::Other => {
                let of = callback.arguments[index];
                // SAFETY: the picture has an argument of this type there.
                match unsafe { read(vm, at.cast_mut(), of) } {
                    Ok(value) => value,
                    Err(raised) => {
                        // It is raised again by who calls the function in the other way.
                        let _error = vm.take_raised(raised);
                        return None;
                    }
                }
            }
        };
    }
    Some(callback.plan.len())
}

/// How an argument becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Travels {
    /// A signed integer, with so many bits of the word unused.
    Signed(u8),
    /// The same, unsigned.
    Unsigned(u8),
    /// A signed integer of 64 bits.
    Long,
    /// `double`
    Double,
    /// In another way.
    Other,
}

fn travels(slot: &Slot) -> Travels {
    if !matches!(slot.convert, Convert::Integer(_) | Convert::Float(_))
        || cfg!(target_endian = "big")
    {
        return Travels::Other;
    }
    match slot.abi {
        AbiType::I8 => Travels::Signed(56),
        AbiType::I16 => Travels::Signed(48),
        AbiType::I32 => Travels::Signed(32),
        AbiType::I64 => Travels::Long,
        AbiType::U8 => Travels::Unsigned(56),
        AbiType::U16 => Travels::Unsigned(48),
        AbiType::U32 => Travels::Unsigned(32),
        AbiType::F64 => Travels::Double,
        _ => Travels::Other,
    }
}

/// Convert the usual results.
#[inline]
fn take_result(vm: &mut Vm, slot: &Slot, result: *mut u8, value: Value) -> bool {
    match slot.convert {
        Convert::Void => value.is_none(),
        Convert::Pointer(_) if CD::of_value(value).is_none() => false,
        Convert::Integer(_) | Convert::Float(_) | Convert::Pointer(_) => {
            // SAFETY: the picture has a word for the result.
            unsafe { write_quickly(vm, slot, result, value) }
        }
        _ => false,
    }
}

/// The body of every closure.
///
/// # Safety
/// For closures made by [`new`] only.
unsafe fn invoke(userdata: *mut c_void, args: *const *const c_void, result: *mut u8) {
    // SAFETY: the address of the callback that owns the closure; C code may call it only while it lives.
    let callback = unsafe { &*userdata.cast::<Callback>() };
    // SAFETY: a runtime that is taken down gives its lock to no other thread, and keeps its callbacks.
    unsafe {
        callback.handle.with_gil(|vm| run(vm, callback, args, result));
    }
}

fn run(vm: &mut Vm, callback: &Callback, args: *const *const c_void, result: *mut u8) {
    let outcome = call_function(vm, callback, args);
    finish(vm, callback, result, outcome);
}

/// What the function returned becomes the result.
fn finish(vm: &mut Vm, callback: &Callback, result: *mut u8, outcome: R) {
    let of = callback.result;
    let value = match outcome {
        Ok(value) => value,
        Err(raised) => return handle_error(vm, callback, of, result, raised, ""),
    };
    let slot = &callback.sig.result;
    let is_number = matches!(slot.convert, Convert::Integer(_) | Convert::Float(_));
    // SAFETY: the result area has room for the result type, and for a register.
    if is_number && unsafe { write_quickly(vm, slot, result, value) } {
        return;
    }
    // SAFETY: as above.
    if let Err(raised) = unsafe { write_result(vm, result, of, value) } {
        handle_error(vm, callback, of, result, raised, ", trying to convert the result back to C");
    }
}

/// Arguments that are converted without a list.
const FEW: usize = 8;

fn call_function(vm: &mut Vm, callback: &Callback, args: *const *const c_void) -> R {
    vm.check_native_depth()?;
    let types = &*callback.arguments;
    let n = types.len();
    let mut few = [Value::NONE; FEW];
    let many = if n > FEW { Some(vm.new_list()) } else { None };
    for (index, (slot, &of)) in callback.sig.args.iter().zip(types).enumerate() {
        // SAFETY: there is one pointer for each argument of the signature.
        let place = unsafe { args.add(index) };
        // SAFETY: as above.
        let at = unsafe { place.read() };
        // SAFETY: the pointer is to an argument of this type.
        let value = match unsafe { read_quickly(vm, slot, at.cast()) } {
            Some(value) => value,
            // What is passed is gone when the call returns, so it is copied.
            None if matches!(*of.form, Form::Record(_)) => copy_record(vm, of, at.cast())?,
            // SAFETY: as above.
            None => unsafe { read(vm, at.cast_mut().cast(), of) }?,
        };
        match many {
            Some(list) => list.push(&mut vm.heap, value),
            None => few[index] = value,
        }
    }
    match many {
        Some(list) => {
            let tuple = Tuple::new(&mut vm.heap, list.items());
            vm.call_positional(callback.function, tuple.items())
        }
        None => vm.call_from_c(callback.function, &few[..n]),
    }
}

/// The usual numbers.
///
/// # Safety
/// `at` must point to an argument of the slot's type.
#[inline]
unsafe fn read_quickly(vm: &mut Vm, slot: &Slot, at: *const u8) -> Option<Value> {
    match (slot.abi, slot.convert) {
        (AbiType::I32, Convert::Integer(_)) => {
            // SAFETY: the caller's promise.
            Some(Value::small(unsafe { at.cast::<i32>().read_unaligned() }))
        }
        (AbiType::I64, Convert::Integer(_)) => {
            // SAFETY: as above.
            let number = unsafe { at.cast::<i64>().read_unaligned() };
            Some(vm.int(number))
        }
        (AbiType::F64, Convert::Float(_)) => {
            // SAFETY: as above.
            let number = unsafe { at.cast::<f64>().read_unaligned() };
            Some(vm.float(number))
        }
        _ => None,
    }
}

fn give_up(vm: &mut Vm, callback: &Callback, raised: Raised, extra: &str) {
    let error = vm.take_raised(raised);
    report::ignored(vm, error, "from cffi callback ", callback.function, extra);
}

/// Put the error value in place, and tell `onerror` or standard error.
fn handle_error(
    vm: &mut Vm,
    callback: &Callback,
    of: CT,
    result: *mut u8,
    raised: Raised,
    extra: &str,
) {
    let size = of.size().max(0) as usize;
    // SAFETY: libffi's result area has room for the result type, `error` too.
    unsafe { std::ptr::copy_nonoverlapping(callback.error.as_ptr(), result, size) };
    if callback.onerror.is_none() {
        return give_up(vm, callback, raised, extra);
    }
    let error = vm.take_raised(raised);
    let outcome = call_onerror(vm, callback, error).and_then(|value| {
        if value.is_none() {
            return Ok(());
        }
        // SAFETY: as above.
        unsafe { write_result(vm, result, of, value) }
    });
    if let Err(raised) = outcome {
        let second = vm.take_raised(raised);
        report::ignored(vm, error, "from cffi callback ", callback.function, extra);
        let during = "during handling of the above exception by 'onerror'";
        report::ignored(vm, second, during, Value::ABSENT, "");
    }
}

fn call_onerror(vm: &mut Vm, callback: &Callback, error: Value) -> R {
    let class = vm.type_of(error).value();
    let traceback = vm.get_attr_str(error, "__traceback__")?;
    vm.call_positional(callback.onerror, &[class, error, traceback])
}
