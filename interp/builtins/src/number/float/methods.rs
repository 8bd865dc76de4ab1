//! Methods and attributes of floats.
use haft_core::{R, Value, Vm, getsets, natives};
use haft_text::{float, int};

use super::new::from_number;
use crate::arguments::{lift, str_argument, wrong_receiver};
use crate::number::int_value;
use crate::text::format_with_spec;

natives! {
    pub(super) static METHODS = {
        /// Return self, the complex conjugate of any float.
        conjugate "($self, /)" => conjugate;
        /// Return the Integral closest to x between 0 and x.
        __trunc__ "($self, /)" => trunc;
        /// Return the floor as an Integral.
        __floor__ "($self, /)" => floor;
        /// Return the ceiling as an Integral.
        __ceil__ "($self, /)" => ceil;
        /// Return the Integral closest to x, rounding half toward even.
        ///
        /// When an argument is passed, work like built-in round(x, ndigits).
        __round__ "($self, ndigits=None, /)" => round;
        /// Return a pair of integers, whose ratio is exactly equal to the original float.
        ///
        /// The ratio is in lowest terms and has a positive denominator.  Raise
        /// OverflowError on infinities and a ValueError on NaNs.
        ///
        /// >>> (10.0).as_integer_ratio()
        /// (10, 1)
        /// >>> (0.0).as_integer_ratio()
        /// (0, 1)
        /// >>> (-.25).as_integer_ratio()
        /// (-1, 4)
        as_integer_ratio "($self, /)" => as_integer_ratio;
        /// Convert real number to a floating-point number.
        class from_number "($type, number, /)" => from_number;
        /// Create a floating-point number from a hexadecimal string.
        ///
        /// >>> float.fromhex('0x1.ffffp10')
        /// 2047.984375
        /// >>> float.fromhex('-0x1p-1074')
        /// -5e-324
        class fromhex "($type, string, /)" => fromhex;
        /// Return a hexadecimal representation of a floating-point number.
        ///
        /// >>> (-0.1).hex()
        /// '-0x1.999999999999ap-4'
        /// >>> 3.14159.hex()
        /// '0x1.921f9f01b866ep+1'
        hex "($self, /)" => hex;
        /// Return True if the float is an integer.
        is_integer "($self, /)" => is_integer;
        ///
        __getnewargs__ "($self, /)" => getnewargs;
        /// You probably don't want to use this function.
        ///
        ///   typestr
        ///     Must be 'double' or 'float'.
        ///
        /// It exists mainly to be used in Python's test suite.
        ///
        /// This function returns whichever of 'unknown', 'IEEE, big-endian' or 'IEEE,
        /// little-endian' best describes the format of floating-point numbers used by the
        /// C type named by typestr.
        class __getformat__ "($type, typestr, /)" => getformat;
        /// Formats the float according to format_spec.
        __format__ "($self, format_spec, /)" => format_with_spec;
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// the real part of a complex number
        real => |vm, this| Ok(vm.unwrapped(this));
        /// the imaginary part of a complex number
        imag => |vm, _| Ok(vm.float(0.0));
    }
}

/// The receiver's number.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<f64> {
    match vm.as_float(value) {
        Some(number) => Ok(number),
        None => Err(wrong_receiver(vm, method, "float", value)),
    }
}

fn conjugate(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "conjugate")?;
    Ok(vm.unwrapped(args[0]))
}

/// A whole float as an int.
fn whole(vm: &mut Vm, number: f64) -> R {
    let int = lift(vm, int::from_f64(number))?;
    Ok(int_value(vm, int))
}

fn trunc(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "__trunc__")?;
    whole(vm, number)
}

fn floor(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "__floor__")?;
    whole(vm, number.floor())
}

fn ceil(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "__ceil__")?;
    whole(vm, number.ceil())
}

fn round(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "__round__")?;
    if args[1].is_none() {
        return whole(vm, number.round_ties_even());
    }
    let n_digits = vm.index_clamped(args[1])?;
    let rounded = lift(vm, float::round(number, n_digits))?;
    Ok(vm.float(rounded))
}

fn as_integer_ratio(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "as_integer_ratio")?;
    let (numerator, denominator) = lift(vm, float::as_integer_ratio(number))?;
    let (numerator, denominator) = (vm.big(numerator), vm.big(denominator));
    Ok(vm.tuple(&[numerator, denominator]))
}

fn fromhex(vm: &mut Vm, args: &[Value]) -> R {
    let Some(text) = vm.as_str(args[1]) else {
        return Err(vm.type_error("bad argument type for built-in operation"));
    };
    let number = lift(vm, float::from_hex(text.bytes()))?;
    let number = vm.float(number);
    if args[0] == vm.t.float.value() { Ok(number) } else { vm.call_positional(args[0], &[number]) }
}

fn hex(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "hex")?;
    Ok(vm.str(&float::to_hex(number)))
}

fn is_integer(vm: &mut Vm, args: &[Value]) -> R {
    let number = this(vm, args[0], "is_integer")?;
    Ok(Value::bool(float::is_integer(number)))
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> R {
    this(vm, args[0], "__getnewargs__")?;
    let number = vm.unwrapped(args[0]);
    Ok(vm.tuple(&[number]))
}

fn getformat(vm: &mut Vm, args: &[Value]) -> R {
    let name = str_argument(vm, args[1], "__getformat__() argument")?;
    if !matches!(name.bytes(), b"double" | b"float") {
        return Err(vm.value_error("__getformat__() argument 1 must be 'double' or 'float'"));
    }
    let big = cfg!(target_endian = "big");
    Ok(vm.str(if big { "IEEE, big-endian" } else { "IEEE, little-endian" }))
}
