//! Python numbers as C numbers.
use haft_core::protocol::BinaryOp;

use crate::prelude::*;

/// Is it a float, or C data of a floating-point type?
fn is_float_like(vm: &Vm, value: Value) -> bool {
    if let Some(cd) = CD::of_value(value) {
        return cd.ctype.form.0.primitive().is_some_and(|p| p.kind() == PrimitiveKind::Float);
    }
    vm.as_float(value).is_some()
}

#[cold]
fn too_big(vm: &mut Vm) -> Raised {
    vm.overflow_error("int too big to convert")
}

/// An int object made of anything but a float.
fn int_object(vm: &mut Vm, value: Value, refuse_floats: bool) -> R {
    if vm.is_int(value) {
        return Ok(value);
    }
    let convert = vm.type_of(value).slots.int.get();
    let convert = convert.filter(|_| !refuse_floats || !is_float_like(vm, value));
    let Some(convert) = convert else { return Err(vm.type_error("an integer is required")) };
    let number = convert(vm, value)?;
    if vm.is_int(number) { Ok(number) } else { Err(vm.type_error("integer conversion failed")) }
}

/// A `long long`; floats are refused.
pub(crate) fn to_i64(vm: &mut Vm, value: Value) -> R<i64> {
    if let Some(number) = value.as_fixnum() {
        return Ok(number);
    }
    let number = int_object(vm, value, true)?;
    match vm.as_int(number) {
        Some(number) => Ok(number),
        None => Err(too_big(vm)),
    }
}

/// An `unsigned long long`; floats and negative numbers are refused.
pub(crate) fn to_u64(vm: &mut Vm, value: Value) -> R<u64> {
    let number = int_object(vm, value, true)?;
    match vm.as_int(number) {
        Some(small) => match u64::try_from(small) {
            Ok(small) => Ok(small),
            Err(_) => Err(negative(vm)),
        },
        None => {
            if let Some(big) = vm.as_big(number).and_then(|big| u64::try_from(&big).ok()) {
                return Ok(big);
            }
            let is_negative = vm.compare_bool(number, Value::small(0), CompareOp::Lt)?;
            Err(if is_negative { negative(vm) } else { too_big(vm) })
        }
    }
}

#[cold]
fn negative(vm: &mut Vm) -> Raised {
    vm.overflow_error("can't convert negative number to unsigned")
}

/// The low 64 bits of an int, or of what `int()` makes of it.
pub(crate) fn to_u64_wrapping(vm: &mut Vm, value: Value) -> R<u64> {
    let number = int_object(vm, value, false)?;
    if let Some(small) = vm.as_int(number) {
        return Ok(small as u64);
    }
    let mask = vm.int_u64(u64::MAX);
    let low = vm.binary_op(BinaryOp::And, number, mask)?;
    let low = vm.as_big(low).and_then(|low| u64::try_from(&low).ok());
    Ok(low.unwrap_or(0))
}

/// A `double`, as `float()` without strings.
pub(crate) fn to_f64(vm: &mut Vm, value: Value) -> R<f64> {
    if let Some(number) = vm.as_float(value) {
        return Ok(number);
    }
    if let Some(number) = value.as_fixnum() {
        return Ok(number as f64);
    }
    let class = vm.type_of(value);
    let number = match (class.slots.float.get(), class.slots.index.get()) {
        (Some(float), _) => float(vm, value)?,
        (None, Some(_)) => {
            let index = vm.index_value(value)?;
            return to_f64(vm, index);
        }
        (None, None) => {
            let name = class.name_text();
            return Err(vm.type_error(format!("must be real number, not {name}")));
        }
    };
    match vm.as_float(number) {
        Some(number) => Ok(number),
        None => {
            let (class, got) = (class.name_text(), vm.type_name(number));
            Err(vm.type_error(format!("{class}.__float__ returned non-float (type {got})")))
        }
    }
}

/// A complex number, as `complex()` without strings.
pub(crate) fn to_complex(vm: &mut Vm, value: Value) -> R<(f64, f64)> {
    if let Some(parts) = vm.as_complex(value) {
        return Ok(parts);
    }
    if let Some(number) = vm.call_special(value, vm.names.__complex__, &[])? {
        return match vm.as_complex(number) {
            Some(parts) => Ok(parts),
            None => Err(vm.type_error("__complex__ should return a complex object")),
        };
    }
    Ok((to_f64(vm, value)?, 0.0))
}

/// The truth of a number for a cast to `_Bool`.
pub(crate) fn to_bool(vm: &mut Vm, value: Value) -> R<bool> {
    if vm.is_int(value) || vm.as_float(value).is_some() || is_float_like(vm, value) {
        return vm.truth(value);
    }
    let class = vm.type_of(value);
    let is_cdata = CD::of_value(value).is_some();
    let convert = match class.slots.float.get().filter(|_| !is_cdata) {
        Some(float) => Some(float),
        None => class.slots.int.get(),
    };
    let Some(convert) = convert else {
        return Err(vm.type_error("integer/float expected"));
    };
    let number = convert(vm, value)?;
    vm.truth(number)
}

/// An index or length: IndexError or OverflowError (`class`) if it is too large.
pub(crate) fn to_index(vm: &mut Vm, value: Value, class: Type) -> R<i64> {
    if let Some(number) = value.as_fixnum() {
        return Ok(number);
    }
    let index = vm.index_value(value)?;
    match vm.as_int(index) {
        Some(number) => Ok(number),
        None => {
            let name = vm.type_name(value);
            Err(vm.raise(class, format!("cannot fit '{name}' into an index-sized integer")))
        }
    }
}

/// Write a small int if it is in the range of the type.
///
/// # Safety
/// `at` must be valid for writing `primitive.size()` bytes.
#[inline]
pub(crate) unsafe fn write_small(at: *mut u8, primitive: Primitive, number: i64) -> bool {
    let size = primitive.size();
    let fits = match primitive.kind() {
        PrimitiveKind::Signed => {
            let unused = 64 - 8 * size as u32;
            number << unused >> unused == number
        }
        PrimitiveKind::Unsigned => number >= 0 && (size == 8 || number >> (8 * size) == 0),
        PrimitiveKind::Bool => number == 0 || number == 1,
        _ => false,
    };
    if fits {
        // SAFETY: the caller vouches for the size.
        unsafe { memory::write_integer(at, size, number as u64) };
    }
    fits
}
