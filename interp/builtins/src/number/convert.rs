//! From any object to a number: what `int()`, `float()` and `complex()` accept.
use haft_core::object::{Slots, Str};
use haft_core::{R, Value, Vm};
use haft_text::IBig;
use haft_text::int::{Int, IntRef};

use super::max_str_digits;
use crate::arguments::{lift, slot};
use crate::binary::bytes_like;
use crate::error::warn;

/// An int as a value.
pub fn int_value(vm: &mut Vm, int: Int) -> Value {
    match int {
        Int::Small(small) => vm.int(small),
        Int::Big(big) => vm.big(big),
    }
}

/// Look at the int in `value` (bool and subclasses included); `None` if it is no int.
pub fn with_int<T>(vm: &Vm, value: Value, look: impl FnOnce(IntRef<'_>) -> T) -> Option<T> {
    if let Some(small) = value.as_fixnum() {
        return Some(look(IntRef::Small(small)));
    }
    if let Some(truth) = value.as_bool() {
        return Some(look(IntRef::Small(i64::from(truth))));
    }
    vm.as_big(value).map(|big| look(IntRef::Big(&big)))
}

/// The float nearest to the int in `value`; `None` if it is no int.
pub(super) fn int_to_float(vm: &mut Vm, value: Value) -> R<Option<f64>> {
    match with_int(vm, value, |int| int.to_f64()) {
        Some(float) => lift(vm, float).map(Some),
        None => Ok(None),
    }
}

/// `int(value)`, an exact int.
pub fn int_of(vm: &mut Vm, value: Value) -> R {
    if value.is_fixnum() {
        return Ok(value);
    }
    if let Some(text) = value.as_ptr().and_then(Str::of) {
        return int_of_text(vm, text);
    }
    if let Some(convert) = slot(vm, value, |s| s.int.get()) {
        let result = convert(vm, value)?;
        return exact_int(vm, result, "__int__");
    }
    if slot(vm, value, |s| s.index.get().is_some()) {
        return vm.index_value(value);
    }
    if let Some(text) = vm.as_str(value) {
        return int_of_text(vm, text);
    }
    let max = max_str_digits(vm);
    if let Some(bytes) = bytes_like(vm, value)? {
        let parsed = lift(vm, haft_text::int::parse_bytes(bytes, 10, max))?;
        return Ok(int_value(vm, parsed));
    }
    let name = vm.type_name(value);
    Err(vm.type_error(format!(
        "int() argument must be a string, a bytes-like object or a real number, not '{name}'"
    )))
}

/// `int(text)`
fn int_of_text(vm: &mut Vm, text: Str) -> R {
    let bytes = text.bytes();
    // Few digits and nothing else are a small int.
    if (1..=SMALL_DIGITS).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_digit) {
        let number = bytes.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
        return Ok(vm.int(number));
    }
    let max = max_str_digits(vm);
    let parsed = lift(vm, haft_text::int::parse(bytes, 10, max))?;
    Ok(int_value(vm, parsed))
}

/// Digits of a number that a small int surely holds.
const SMALL_DIGITS: usize = 18;

/// The exact int in the result of a special method.
fn exact_int(vm: &mut Vm, result: Value, method: &str) -> R {
    if result.is_fixnum() {
        return Ok(result);
    }
    let name = vm.type_name(result);
    if !vm.is_int(result) {
        return Err(vm.type_error(format!("{method} returned non-int (type {name})")));
    }
    if vm.type_of(result) != vm.t.int {
        let text = format!(
            "{method} returned non-int (type {name}).  The ability to return an instance of a strict subclass of int is \
             deprecated, and may not be supported in a future version of Python."
        );
        warn(vm, vm.exc.deprecation_warning, &text, 1)?;
    }
    Ok(exact(vm, result))
}

/// The int in an int, without subclass or truth.
pub(super) fn exact(vm: &Vm, value: Value) -> Value {
    match value.as_bool() {
        Some(truth) => Value::small(i32::from(truth)),
        None => vm.unwrapped(value),
    }
}

/// A number as a float, as functions of floats take it: no text. TypeError `must be real number, not str`.
pub fn float_of(vm: &mut Vm, value: Value) -> R<f64> {
    match float_of_number(vm, value)? {
        Some(float) => Ok(float),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("must be real number, not {name}")))
        }
    }
}

/// As [`float_of`]; `None` if it is no number.
pub fn float_of_number(vm: &mut Vm, value: Value) -> R<Option<f64>> {
    if let Some(float) = vm.as_float(value) {
        return Ok(Some(float));
    }
    if vm.is_int(value) && overrides_nothing(vm, value, |s| s.float.get()) {
        return int_to_float(vm, value);
    }
    if slot(vm, value, |s| s.float.get().is_some()) {
        return float_special(vm, value).map(Some);
    }
    if slot(vm, value, |s| s.index.get().is_some()) {
        let index = vm.index_value(value)?;
        return int_to_float(vm, index);
    }
    Ok(None)
}

/// What `__float__` gives for a value whose class has it.
pub(super) fn float_special(vm: &mut Vm, value: Value) -> R<f64> {
    match slot(vm, value, |s| s.float.get()) {
        Some(convert) => {
            let result = convert(vm, value)?;
            exact_float(vm, value, result)
        }
        None => float_of(vm, value),
    }
}

/// Has a subclass of int left this slot alone?
fn overrides_nothing(
    vm: &Vm,
    value: Value,
    ask: impl Fn(&Slots) -> Option<haft_core::object::Unary>,
) -> bool {
    match (slot(vm, value, &ask), ask(&vm.t.int.slots)) {
        (Some(own), Some(base)) => std::ptr::fn_addr_eq(own, base),
        _ => true,
    }
}

fn exact_float(vm: &mut Vm, value: Value, result: Value) -> R<f64> {
    let (class, name) = (vm.type_name(value), vm.type_name(result));
    let Some(float) = vm.as_float(result) else {
        return Err(vm.type_error(format!("{class}.__float__ returned non-float (type {name})")));
    };
    if vm.type_of(result) != vm.t.float {
        let text = format!(
            "{class}.__float__ returned non-float (type {name}).  The ability to return an instance of a strict subclass of \
             float is deprecated, and may not be supported in a future version of Python."
        );
        warn(vm, vm.exc.deprecation_warning, &text, 1)?;
    }
    Ok(float)
}

/// What `__complex__` gives; `None` if there is no such method.
pub(super) fn complex_special(vm: &mut Vm, value: Value) -> R<Option<(f64, f64)>> {
    let Some(result) = vm.call_special(value, vm.names.__complex__, &[])? else { return Ok(None) };
    let Some(parts) = vm.as_complex(result) else {
        let name = vm.type_name(result);
        return Err(vm.type_error(format!("__complex__ returned non-complex (type {name})")));
    };
    if vm.type_of(result) != vm.t.complex {
        let name = vm.type_name(result);
        let text = format!(
            "__complex__ returned non-complex (type {name}).  The ability to return an instance of a strict subclass of \
             complex is deprecated, and may not be supported in a future version of Python."
        );
        warn(vm, vm.exc.deprecation_warning, &text, 1)?;
    }
    Ok(Some(parts))
}

/// A number as a complex, as functions of complex numbers take it.
pub fn complex_of(vm: &mut Vm, value: Value) -> R<(f64, f64)> {
    if let Some(parts) = vm.as_complex(value) {
        return Ok(parts);
    }
    if vm.as_float(value).is_none()
        && !vm.is_int(value)
        && let Some(parts) = complex_special(vm, value)?
    {
        return Ok(parts);
    }
    Ok((float_of(vm, value)?, 0.0))
}

/// The length of an int in bits.
pub(super) fn bits(value: &IBig) -> usize {
    haft_text::int::bit_length(value)
}
