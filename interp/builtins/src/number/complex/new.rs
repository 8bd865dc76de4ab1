//! `complex(real, imag)` and `complex.from_number(x)`.
use haft_core::{Args, R, Value, Vm};

use super::Parts;
use crate::arguments::{class_of, lift, slot};
use crate::error::warn;
use crate::number::convert::complex_special;
use crate::number::{complex_of, float_of};

pub(super) fn complex_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given = vm.bind_signature("complex", "(real=<absent>, imag=<absent>)", args)?;
    let (re, im) = match *args.vals {
        [] => (0.0, 0.0),
        [single] if args.names.is_empty() => {
            if single.is_ptr() && vm.type_of(single) == vm.t.complex && class == vm.t.complex {
                return Ok(single);
            }
            from_single(vm, single)?
        }
        _ => from_parts(vm, given[0], given[1])?,
    };
    let number = vm.complex(re, im);
    Ok(vm.wrap_native(class, number))
}

fn is_real(vm: &Vm, value: Value) -> bool {
    slot(vm, value, |s| s.float.get().is_some() || s.index.get().is_some())
}

/// The class with its module, for messages.
fn full_name(vm: &mut Vm, value: Value) -> String {
    let class = vm.type_of(value);
    vm.full_type_name(class)
}

fn from_single(vm: &mut Vm, value: Value) -> R<Parts> {
    if let Some(text) = vm.as_str(value) {
        return lift(vm, haft_text::complex::parse(text.bytes()));
    }
    if let Some(parts) = complex_special(vm, value)? {
        return Ok(parts);
    }
    if let Some(parts) = vm.as_complex(value) {
        return Ok(parts);
    }
    if is_real(vm, value) {
        return Ok((float_of(vm, value)?, 0.0));
    }
    let name = full_name(vm, value);
    Err(vm.type_error(format!("complex() argument must be a string or a number, not {name}")))
}

fn from_parts(vm: &mut Vm, real: Value, imag: Value) -> R<Parts> {
    let (mut re, mut im) = (0.0, 0.0);
    let real = if real.is_absent() { Value::small(0) } else { real };
    let special = if vm.as_complex(real).is_none() || vm.type_of(real) != vm.t.complex {
        complex_special(vm, real)?
    } else {
        None
    };
    let real_parts = special.or_else(|| vm.as_complex(real));
    if real_parts.is_none() && !is_real(vm, real) {
        let name = full_name(vm, real);
        return Err(
            vm.type_error(format!("complex() argument 'real' must be a real number, not {name}"))
        );
    }
    if !imag.is_absent() && vm.as_complex(imag).is_none() && !is_real(vm, imag) {
        let name = full_name(vm, imag);
        return Err(
            vm.type_error(format!("complex() argument 'imag' must be a real number, not {name}"))
        );
    }
    match real_parts {
        Some((a, b)) => {
            (re, im) = (re + a, im + b);
            if !is_real(vm, real) {
                warn_complex(vm, "real", real)?;
            }
        }
        None => re = float_of(vm, real)?,
    }
    if imag.is_absent() {
        return Ok((re, im));
    }
    match vm.as_complex(imag) {
        Some((a, b)) => {
            warn_complex(vm, "imag", imag)?;
            re -= b;
            im = if real_parts.is_some() { im + a } else { a };
        }
        None => {
            let part = float_of(vm, imag)?;
            im = if real_parts.is_some() { im + part } else { part };
        }
    }
    Ok((re, im))
}

fn warn_complex(vm: &mut Vm, which: &str, value: Value) -> R<()> {
    let name = full_name(vm, value);
    let text = format!("complex() argument '{which}' must be a real number, not {name}");
    warn(vm, vm.exc.deprecation_warning, &text, 1)
}

pub(super) fn from_number(vm: &mut Vm, args: &[Value]) -> R {
    let (class, value) = (args[0], args[1]);
    let exact = class == vm.t.complex.value();
    if exact && value.is_ptr() && vm.type_of(value) == vm.t.complex {
        return Ok(value);
    }
    let (re, im) = complex_of(vm, value)?;
    let number = vm.complex(re, im);
    if exact { Ok(number) } else { vm.call_positional(class, &[number]) }
}
