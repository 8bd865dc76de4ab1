//! Handles and values: a handle of Haft is the value word itself.
//!
//! Arguments are borrowed. A handle that C gets is *owned* and counted ([`Handles`](haft_core::vm::Handles)) until it is
//! closed, or until C gives it back as a result. An exception that was raised stays in the runtime while C runs, which
//! sees it through `HPyErr_Occurred`.
use std::ffi::{CStr, c_char, c_int};
use std::ptr;

use haft_core::heap::Header;
use haft_core::object::extension::Place;
use haft_core::object::{Array, ShapeId};
use haft_hpy_abi::words::{self, Places};
use haft_hpy_abi::{Context, Cx, HPy};

use crate::host::Haft;
use crate::prelude::*;

/// The runtime whose context this is.
#[inline]
pub(crate) fn vm<'a>(cx: Cx) -> &'a mut Vm {
    let vm = cx.data().cast::<Vm>();
    // SAFETY: a universal context is made with the address of its runtime, which outlives it. C calls its functions only
    // in a thread that holds the runtime's lock; what Rust code further up the stack knows of the runtime it reads anew
    // after each call.
    unsafe { &mut *vm }
}

/// The value of a handle; ABSENT for null.
#[inline]
pub(crate) fn value(handle: HPy) -> Value {
    Value::from_bits(handle.0 as u64)
}

/// The words of values are those that modules know ([`words`]).
const _: () = {
    const fn double(number: f64) -> u64 {
        number.to_bits().rotate_left(words::FLOAT_ROTATION as u32) + words::FLOAT_BIAS
    }
    const fn is_double(bits: u64) -> bool {
        (words::FLOAT_TAGS >> (bits & words::OBJECT_MASK)) & 1 == 1
    }
    assert!(Value::NONE.bits() == words::NONE);
    assert!(Value::FALSE.bits() == words::FALSE && Value::TRUE.bits() == words::TRUE);
    assert!(Value::small(-5).bits() == (-5_i64 << words::INT_SHIFT) as u64 | words::INT_TAG);
    let mut low = 0;
    while low < 8 {
        let value = Value::from_bits(low | 0x1230);
        assert!(value.is_ptr() == (low & words::OBJECT_MASK == 0));
        assert!(value.is_fixnum() == (low & words::INT_MASK == words::INT_TAG));
        assert!(value.is_float_imm() == is_double(low));
        low += 1;
    }
    assert!(matches!(Value::float(-2.5), Some(value) if value.bits() == double(-2.5)));
    assert!(Place::Object.offset() as u64 == words::OBJECT_STRUCT);
    assert!(ShapeId::LIST.0 as u64 == words::LIST_SHAPE && Header::SHAPE_OFFSET == 0);
    assert!(List::ITEMS_OFFSET as u64 == words::LIST_ARRAY);
    assert!(List::LEN_OFFSET as u64 == words::LIST_LEN);
    assert!(ShapeId::TUPLE.0 as u64 == words::TUPLE_SHAPE);
    assert!(Tuple::LEN_OFFSET as u64 == words::TUPLE_LEN);
    assert!(
        Tuple::ITEMS_OFFSET as u64 == words::ITEMS && Array::ITEMS_OFFSET as u64 == words::ITEMS
    );
    assert!(Header::GC_OFFSET as u64 == words::GC);
    assert!(Header::BARRIER_MASK as u64 == words::GC_MASK);
    assert!(Header::BARRIER_OLD as u64 == words::GC_OLD);
};

/// The context of a runtime: modules may look into the words of values, and open and close the last handle themselves.
pub(crate) fn universal_context(vm: &mut Vm) -> Context {
    let context = Context::new::<Haft>(ptr::from_mut(vm).cast());
    let (last, raised) = (vm.handles.last_place(), &raw const vm.stack.raised);
    // SAFETY: handles are such words, as was checked above, and the places are fields of the runtime, which outlives its
    // context.
    unsafe { context.mark(Places { last: last.cast(), raised: raised.cast() }) };
    context
}

/// A handle that its receiver does not own.
#[inline]
pub(crate) fn borrowed(value: Value) -> HPy {
    HPy(value.bits() as isize)
}

/// A handle that its receiver owns.
#[inline]
pub(crate) fn owned(vm: &mut Vm, value: Value) -> HPy {
    vm.handles.open(value);
    borrowed(value)
}

/// A result for C; the exception stays where it is.
#[inline]
pub(crate) fn give(vm: &mut Vm, result: R) -> HPy {
    match result {
        Ok(value) => owned(vm, value),
        Err(_) => HPy::NULL,
    }
}

/// A success or failure for C.
#[inline]
pub(crate) fn status(result: R<()>) -> c_int {
    match result {
        Ok(()) => 0,
        Err(_) => -1,
    }
}

/// A truth or failure for C.
#[inline]
pub(crate) fn truth(result: R<bool>) -> c_int {
    match result {
        Ok(answer) => c_int::from(answer),
        Err(_) => -1,
    }
}

/// The result of a C function, which gives up its handle.
#[inline]
pub(crate) fn taken(vm: &mut Vm, result: HPy) -> R {
    let value = value(result);
    if value.is_absent() {
        return Err(raised(vm));
    }
    vm.handles.close(value);
    if vm.stack.raised.is_absent() { Ok(value) } else { Err(result_with_error(vm)) }
}

/// The exception that a C function reported.
#[cold]
pub(crate) fn raised(vm: &mut Vm) -> Raised {
    let exception = vm.stack.raised;
    if exception.is_absent() {
        return vm.system_error("a C function returned NULL without setting an exception");
    }
    vm.raise_again(exception)
}

#[cold]
fn result_with_error(vm: &mut Vm) -> Raised {
    let cause = std::mem::replace(&mut vm.stack.raised, Value::ABSENT);
    let raised = vm.system_error("a C function returned a result with an exception set");
    let error = vm.take_raised(raised);
    if let Some(error) = PayloadRef::<Exception>::of_value(error) {
        error.cause.set(cause);
        error.context.set(cause);
        error.suppress_context.set(true);
    }
    vm.raise_again(error)
}

/// The result of a C function that says -1 for a failure.
#[inline]
pub(crate) fn checked(vm: &mut Vm, result: c_int) -> R<()> {
    if result < 0 { Err(raised(vm)) } else { Ok(()) }
}

/// The bytes of a text in C.
///
/// # Safety
/// It is not null and ends in a zero, and stays as it is.
pub(crate) unsafe fn bytes_of<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: the caller's duty.
    unsafe { CStr::from_ptr(text) }.to_bytes()
}

/// A text in C for messages.
///
/// # Safety
/// As [`bytes_of`], but it may be null.
pub(crate) unsafe fn text_of(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: the caller's duty.
    String::from_utf8_lossy(unsafe { bytes_of(text) }).into_owned()
}

/// The str of UTF-8 bytes; UnicodeDecodeError if they are something else.
pub(crate) fn str_of(vm: &mut Vm, bytes: &[u8]) -> R {
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(vm.str_wtf8(bytes));
    }
    let object = vm.bytes(bytes);
    haft_builtins::text::decode(vm, object, bytes, None, None)
}

/// The str of a text in C.
///
/// # Safety
/// As [`bytes_of`].
pub(crate) unsafe fn str_from(vm: &mut Vm, text: *const c_char) -> R {
    // SAFETY: the caller's duty.
    str_of(vm, unsafe { bytes_of(text) })
}
