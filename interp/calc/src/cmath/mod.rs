//! Module `cmath`.
mod functions;
mod special;

use haft_builtins::number::complex_of;
use haft_core::object::Dict;
use haft_core::{R, Raised, Value, Vm, natives};

use functions::{Complex, Fault, Outcome, c};

/// Rows of functions of one complex number: `/// doc` `name;`.
macro_rules! unary {
    ($( $(#[doc = $doc:literal])+ $name:ident; )+) => {
        natives! {
            static UNARY = { $(
                $(#[doc = $doc])+
                $name "($module, z, /)" => |vm, args| apply(vm, args[0], functions::$name);
            )+ }
        }
    };
}

unary! {
    /// Return the arc cosine of z.
    acos;
    /// Return the inverse hyperbolic cosine of z.
    acosh;
    /// Return the arc sine of z.
    asin;
    /// Return the inverse hyperbolic sine of z.
    asinh;
    /// Return the arc tangent of z.
    atan;
    /// Return the inverse hyperbolic tangent of z.
    atanh;
    /// Return the cosine of z.
    cos;
    /// Return the hyperbolic cosine of z.
    cosh;
    /// Return the exponential value e**z.
    exp;
    /// Return the base-10 logarithm of z.
    log10;
    /// Return the sine of z.
    sin;
    /// Return the hyperbolic sine of z.
    sinh;
    /// Return the square root of z.
    sqrt;
    /// Return the tangent of z.
    tan;
    /// Return the hyperbolic tangent of z.
    tanh;
}

natives! {
    static FUNCTIONS = {
        /// Determine whether two complex numbers are close in value.
        ///
        ///   rel_tol
        ///     maximum difference for being considered "close", relative to the
        ///     magnitude of the input values
        ///   abs_tol
        ///     maximum difference for being considered "close", regardless of the
        ///     magnitude of the input values
        ///
        /// Return True if a is close in value to b, and False otherwise.
        ///
        /// For the values to be considered close, the difference between them must be
        /// smaller than at least one of the tolerances.
        ///
        /// -inf, inf and NaN behave similarly to the IEEE 754 Standard. That is, NaN is
        /// not close to anything, even itself. inf and -inf are only close to themselves.
        isclose "($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose;
        /// Return True if both the real and imaginary parts of z are finite, else False.
        isfinite "($module, z, /)" => |vm, args| Ok(Value::bool(number(vm, args[0])?.is_finite()));
        /// Checks if the real or imaginary part of z is infinite.
        isinf "($module, z, /)" => |vm, args| {
            let z = number(vm, args[0])?;
            Ok(Value::bool(z.re.is_infinite() || z.im.is_infinite()))
        };
        /// Checks if the real or imaginary part of z not a number (NaN).
        isnan "($module, z, /)" => |vm, args| {
            let z = number(vm, args[0])?;
            Ok(Value::bool(z.re.is_nan() || z.im.is_nan()))
        };
        /// log(z[, base]) -> the logarithm of z to the given base.
        ///
        /// If the base is not specified, returns the natural logarithm (base e) of z.
        log "($module, z, base=<unrepresentable>, /)" => log;
        /// Return argument, also known as the phase angle, of a complex.
        phase "($module, z, /)" => |vm, args| {
            let z = number(vm, args[0])?;
            Ok(vm.float(z.im.atan2(z.re)))
        };
        /// Convert a complex from rectangular coordinates to polar coordinates.
        ///
        /// r is the distance from 0 and phi the phase angle.
        polar "($module, z, /)" => polar;
        /// Convert from polar coordinates to rectangular coordinates.
        rect "($module, r, phi, /)" => |vm, args| {
            let (r, phi) = (crate::math::float(vm, args[0])?, crate::math::float(vm, args[1])?);
            give(vm, functions::rect(r, phi))
        };
    }
}

/// Fill the namespace of `cmath`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "cmath", UNARY);
    vm.add_functions(dict, "cmath", FUNCTIONS);
    let floats = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, number) in floats {
        let number = vm.float(number);
        vm.dict_set_str(dict, name, number);
    }
    for (name, im) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let number = vm.complex(0.0, im);
        vm.dict_set_str(dict, name, number);
    }
    Ok(())
}

fn number(vm: &mut Vm, value: Value) -> R<Complex> {
    let (re, im) = complex_of(vm, value)?;
    Ok(c(re, im))
}

fn apply(vm: &mut Vm, value: Value, function: fn(Complex) -> Outcome) -> R {
    let z = number(vm, value)?;
    give(vm, function(z))
}

fn give(vm: &mut Vm, outcome: Outcome) -> R {
    match outcome {
        Ok(z) => Ok(vm.complex(z.re, z.im)),
        Err(fault) => Err(raise(vm, fault)),
    }
}

fn raise(vm: &mut Vm, fault: Fault) -> Raised {
    match fault {
        Fault::Domain => vm.value_error("math domain error"),
        Fault::Range => vm.overflow_error("math range error"),
    }
}

fn log(vm: &mut Vm, args: &[Value]) -> R {
    let natural = apply(vm, args[0], functions::log)?;
    if args[1].is_absent() {
        return Ok(natural);
    }
    let base = apply(vm, args[1], functions::log)?;
    let quotient = vm.binary_op(haft_core::protocol::BinaryOp::TrueDiv, natural, base);
    match vm.catch(quotient, vm.exc.zero_division_error)? {
        Some(quotient) => Ok(quotient),
        None => Err(raise(vm, Fault::Domain)),
    }
}

fn polar(vm: &mut Vm, args: &[Value]) -> R {
    let z = number(vm, args[0])?;
    let r = z.re.hypot(z.im);
    if r.is_infinite() && z.is_finite() {
        return Err(raise(vm, Fault::Range));
    }
    let parts = [vm.float(r), vm.float(z.im.atan2(z.re))];
    Ok(vm.tuple(&parts))
}

fn isclose(vm: &mut Vm, args: &[Value]) -> R {
    let (a, b) = (number(vm, args[0])?, number(vm, args[1])?);
    let (relative, absolute) = (crate::math::float(vm, args[2])?, crate::math::float(vm, args[3])?);
    if relative < 0.0 || absolute < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let length = |z: Complex| z.re.hypot(z.im);
    let difference = length(c(a.re - b.re, a.im - b.im));
    let is_infinite = |z: Complex| z.re.is_infinite() || z.im.is_infinite();
    let close = a == b
        || (!is_infinite(a) && !is_infinite(b) && {
            difference <= relative * length(b)
                || difference <= relative * length(a)
                || difference <= absolute
        });
    Ok(Value::bool(close))
}
