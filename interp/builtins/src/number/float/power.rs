//! `**` of floats: the C library's `pow` with the special cases of C99 Annex F written out.
use haft_core::{R, Value, Vm};

use super::operands;

/// `ERANGE`, which Python shows in the exception.
const ERANGE: i32 = 34;

pub(super) fn pow(vm: &mut Vm, a: Value, b: Value, modulus: Value) -> R {
    if !modulus.is_none() {
        return Err(
            vm.type_error("pow() 3rd argument not allowed unless all arguments are integers")
        );
    }
    match operands(vm, a, b)? {
        Some((x, y)) => power(vm, x, y),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `x ** y`: a complex for a negative `x` and a `y` that is no int.
pub(in crate::number) fn power(vm: &mut Vm, x: f64, y: f64) -> R {
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(vm.zero_division_error("zero to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0 {
        return crate::number::complex::power(vm, (x, 0.0), (y, 0.0));
    }
    // Rust's `powf` keeps Annex F: 1 ** nan, nan ** 0, (-1) ** inf, signs of zeros and infinities.
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(overflow(vm));
    }
    Ok(vm.float(result))
}

/// OverflowError as the C library's errno makes it.
#[cold]
pub(in crate::number) fn overflow(vm: &mut Vm) -> haft_core::Raised {
    let text = haft_host::process::strerror(ERANGE);
    let text = vm.str_lossy(&text);
    vm.raise_with(vm.exc.overflow_error, &[Value::small(ERANGE), text])
}
