//! Module `math`.
use dashu_int::IBig;
use haft_core::object::{Dict, List, Tuple};
use haft_core::protocol::BinaryOp;
use haft_core::{R, Raised, Value, Vm, natives};

use crate::divisors::{binomial, gcd_of, gcd_of_words, magnitude, product_of_range};
use crate::partial_sums::{add_partial, round_partials};

/// A function of one float, by name: `name => function, does an infinite result mean overflow`.
macro_rules! unary {
    ($($name:ident => $f:expr, $overflows:expr;)+) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> R {
            let x = float(vm, args[0])?;
            let f: fn(f64) -> f64 = $f;
            checked(vm, x, f(x), $overflows)
        }
    )+ };
}

unary! {
    acos => f64::acos, false;
    acosh => libm::acosh, false;
    asin => f64::asin, false;
    asinh => libm::asinh, false;
    atan => f64::atan, false;
    atanh => |x| if x.abs() == 1.0 { f64::NAN } else { libm::atanh(x) }, false;
    cbrt => f64::cbrt, false;
    cos => f64::cos, false;
    cosh => f64::cosh, true;
    exp => f64::exp, true;
    exp2 => f64::exp2, true;
    expm1 => f64::exp_m1, true;
    fabs => f64::abs, false;
    sin => f64::sin, false;
    sinh => f64::sinh, true;
    sqrt => f64::sqrt, false;
    tan => f64::tan, false;
    tanh => f64::tanh, false;
    degrees => |x| x * (180.0 / std::f64::consts::PI), false;
    radians => |x| x * (std::f64::consts::PI / 180.0), false;
    erf => libm::erf, false;
    erfc => libm::erfc, false;
}

natives! {
    static FUNCTIONS = {
        /// Return the arc cosine (measured in radians) of x.
        acos "($module, x, /)" => acos;
        /// Return the inverse hyperbolic cosine of x.
        acosh "($module, x, /)" => acosh;
        /// Return the arc sine (measured in radians) of x.
        asin "($module, x, /)" => asin;
        /// Return the inverse hyperbolic sine of x.
        asinh "($module, x, /)" => asinh;
        /// Return the arc tangent (measured in radians) of x.
        atan "($module, x, /)" => atan;
        /// Return the arc tangent (measured in radians) of y/x.
        atan2 "($module, y, x, /)" => atan2;
        /// Return the inverse hyperbolic tangent of x.
        atanh "($module, x, /)" => atanh;
        /// Return the cube root of x.
        cbrt "($module, x, /)" => cbrt;
        /// Return the ceiling of x as an Integral.
        ceil "($module, x, /)" => ceil;
        /// Number of ways to choose k items from n items without repetition and without order.
        comb "($module, n, k, /)" => comb;
        /// Return a float with the magnitude (absolute value) of x but the sign of y.
        copysign "($module, x, y, /)" => copysign;
        /// Return the cosine of x (measured in radians).
        cos "($module, x, /)" => cos;
        /// Return the hyperbolic cosine of x.
        cosh "($module, x, /)" => cosh;
        /// Convert angle x from radians to degrees.
        degrees "($module, x, /)" => degrees;
        /// Return the Euclidean distance between two points p and q.
        dist "($module, p, q, /)" => dist;
        /// Error function at x.
        erf "($module, x, /)" => erf;
        /// Complementary error function at x.
        erfc "($module, x, /)" => erfc;
        /// Return e raised to the power of x.
        exp "($module, x, /)" => exp;
        /// Return 2 raised to the power of x.
        exp2 "($module, x, /)" => exp2;
        /// Return exp(x)-1.
        expm1 "($module, x, /)" => expm1;
        /// Return the absolute value of the float x.
        fabs "($module, x, /)" => fabs;
        /// Find n!.
        factorial "($module, n, /)" => factorial;
        /// Return the floor of x as an Integral.
        floor "($module, x, /)" => floor;
        /// Fused multiply-add operation.
        fma "($module, x, y, z, /)" => fma;
        /// Return fmod(x, y), according to platform C.
        fmod "($module, x, y, /)" => fmod;
        /// Return the mantissa and exponent of x, as pair (m, e).
        frexp "($module, x, /)" => frexp;
        /// Return an accurate floating-point sum of values in the iterable seq.
        fsum "($module, seq, /)" => fsum;
        /// Gamma function at x.
        gamma "($module, x, /)" => gamma;
        /// Greatest Common Divisor.
        gcd "($module, *integers)" => gcd;
        /// Multidimensional Euclidean distance from the origin to a point.
        hypot "($module, *coordinates)" => hypot;
        /// Determine whether two floating-point numbers are close in value.
        isclose "($module, a, b, *, rel_tol=1e-09, abs_tol=0.0)" => isclose;
        /// Return True if x is neither an infinity nor a NaN, and False otherwise.
        isfinite "($module, x, /)" => isfinite;
        /// Return True if x is a positive or negative infinity, and False otherwise.
        isinf "($module, x, /)" => isinf;
        /// Return True if x is a NaN (not a number), and False otherwise.
        isnan "($module, x, /)" => isnan;
        /// Return the integer part of the square root of the input.
        isqrt "($module, n, /)" => isqrt;
        /// Least Common Multiple.
        lcm "($module, *integers)" => lcm;
        /// Return x * (2**i).
        ldexp "($module, x, i, /)" => ldexp;
        /// Natural logarithm of absolute value of Gamma function at x.
        lgamma "($module, x, /)" => lgamma;
        /// Return the logarithm of x to the given base (default e).
        log "($module, x, base=<absent>, /)" => log;
        /// Return the base 10 logarithm of x.
        log10 "($module, x, /)" => log10;
        /// Return the natural logarithm of 1+x (base e).
        log1p "($module, x, /)" => log1p;
        /// Return the base 2 logarithm of x.
        log2 "($module, x, /)" => log2;
        /// Return the fractional and integer parts of x.
        modf "($module, x, /)" => modf;
        /// Return the floating-point value the given number of steps after x towards y.
        nextafter "($module, x, y, /, *, steps=None)" => nextafter;
        /// Number of ways to choose k items from n items without repetition and with order.
        perm "($module, n, k=None, /)" => perm;
        /// Return x**y (x to the power of y).
        pow "($module, x, y, /)" => pow;
        /// Calculate the product of all the elements in the input iterable.
        prod "($module, iterable, /, *, start=1)" => prod;
        /// Convert angle x from degrees to radians.
        radians "($module, x, /)" => radians;
        /// Difference between x and the closest integer multiple of y.
        remainder "($module, x, y, /)" => remainder;
        /// Return the sine of x (measured in radians).
        sin "($module, x, /)" => sin;
        /// Return the hyperbolic sine of x.
        sinh "($module, x, /)" => sinh;
        /// Return the square root of x.
        sqrt "($module, x, /)" => sqrt;
        /// Return the sum of products of values from two iterables p and q.
        sumprod "($module, p, q, /)" => sumprod;
        /// Return the tangent of x (measured in radians).
        tan "($module, x, /)" => tan;
        /// Return the hyperbolic tangent of x.
        tanh "($module, x, /)" => tanh;
        /// Truncates the Real x to the nearest Integral toward 0.
        trunc "($module, x, /)" => trunc;
        /// Return the value of the least significant bit of the float x.
        ulp "($module, x, /)" => ulp;
    }
}

/// Fill the namespace of `math`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "math", FUNCTIONS);
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, number) in constants {
        let number = vm.float(number);
        vm.dict_set_str(dict, name, number);
    }
    Ok(())
}

/// `float(value)` as the functions of this module convert.
pub(crate) fn float(vm: &mut Vm, value: Value) -> R<f64> {
    if let Some(number) = vm.as_float(value) {
        return Ok(number);
    }
    if let Some(number) = value.as_fixnum() {
        return Ok(number as f64);
    }
    if let Some(convert) = vm.type_of(value).slots.float.get() {
        let made = convert(vm, value)?;
        return match vm.as_float(made) {
            Some(number) => Ok(number),
            None => {
                let (class, got) = (vm.type_name(value), vm.type_name(made));
                Err(vm.type_error(format!("{class}.__float__() must return a float, not {got}")))
            }
        };
    }
    if vm.type_of(value).slots.index.get().is_some() {
        let index = vm.index_value(value)?;
        return float(vm, index);
    }
    let class = vm.type_name(value);
    Err(vm.type_error(format!("must be real number, not {class}")))
}

/// The result of a function, or the error C's `errno` would tell of.
fn checked(vm: &mut Vm, x: f64, result: f64, overflows: bool) -> R {
    if result.is_nan() && !x.is_nan() {
        return Err(domain_error(vm, x));
    }
    if result.is_infinite() && x.is_finite() {
        return Err(if overflows { range_error(vm) } else { domain_error(vm, x) });
    }
    Ok(vm.float(result))
}

fn domain_error(vm: &mut Vm, _: f64) -> Raised {
    vm.value_error("math domain error")
}

/// 3.14 words some domain errors by what was expected.
fn expected(vm: &mut Vm, what: &str, x: f64) -> Raised {
    let shown = haft_text::float::repr(x);
    vm.value_error(format!("expected {what}, got {shown}"))
}

fn range_error(vm: &mut Vm) -> Raised {
    vm.overflow_error("math range error")
}

fn two(vm: &mut Vm, args: &[Value]) -> R<(f64, f64)> {
    Ok((float(vm, args[0])?, float(vm, args[1])?))
}

fn atan2(vm: &mut Vm, args: &[Value]) -> R {
    let (y, x) = two(vm, args)?;
    Ok(vm.float(y.atan2(x)))
}

fn copysign(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    Ok(vm.float(x.copysign(y)))
}

/// An int from a float without fraction.
fn int_of(vm: &mut Vm, x: f64) -> R {
    if x.abs() < 9e15 {
        return Ok(vm.int(x as i64));
    }
    match haft_text::int::from_f64(x) {
        Ok(big) => Ok(vm.big(big.into())),
        Err(error) => Err(vm.overflow_error(error.message)),
    }
}

/// `floor`, `ceil`, `trunc`: the special method of a class, else the float's.
fn rounding(vm: &mut Vm, value: Value, method: Value, f: fn(f64) -> f64) -> R {
    if let Some(x) = value.as_float_imm() {
        return int_of(vm, f(x));
    }
    if vm.is_int(value) && vm.type_of(value) == vm.t.int {
        return Ok(value);
    }
    if let Some(result) = vm.call_special(value, method, &[])? {
        return Ok(result);
    }
    let x = float(vm, value)?;
    int_of(vm, f(x))
}

fn ceil(vm: &mut Vm, args: &[Value]) -> R {
    rounding(vm, args[0], vm.names.__ceil__, f64::ceil)
}

fn floor(vm: &mut Vm, args: &[Value]) -> R {
    rounding(vm, args[0], vm.names.__floor__, f64::floor)
}

fn trunc(vm: &mut Vm, args: &[Value]) -> R {
    // A subclass may have a `__trunc__` of its own.
    if vm.type_of(args[0]) == vm.t.float
        && let Some(x) = vm.as_float(args[0])
    {
        return int_of(vm, x.trunc());
    }
    match vm.call_special(args[0], vm.names.__trunc__, &[])? {
        Some(result) => Ok(result),
        None => {
            let class = vm.type_name(args[0]);
            Err(vm.type_error(format!("type {class} doesn't define __trunc__ method")))
        }
    }
}

fn big(vm: &mut Vm, value: Value) -> R<IBig> {
    let index = vm.index_value(value)?;
    Ok(vm.as_big(index).unwrap_or_default())
}

fn comb(vm: &mut Vm, args: &[Value]) -> R {
    let (n, k) = (big(vm, args[0])?, big(vm, args[1])?);
    check_not_negative(vm, &n, "n")?;
    check_not_negative(vm, &k, "k")?;
    if k > n {
        return Ok(Value::small(0));
    }
    let rest = &n - &k;
    let least = if rest < k { rest } else { k };
    let Ok(least) = u64::try_from(&least) else {
        return Err(vm.overflow_error("min(n - k, k) must not exceed 9223372036854775807"));
    };
    if let Ok(n) = u64::try_from(&n) {
        return Ok(vm.int_of_words(false, &binomial(n, least)));
    }
    let mut result = IBig::ONE;
    for i in 0..least {
        result = result * (&n - IBig::from(i)) / IBig::from(i + 1);
    }
    Ok(vm.big(result))
}

fn check_not_negative(vm: &mut Vm, number: &IBig, name: &str) -> R<()> {
    if *number < IBig::ZERO {
        return Err(vm.value_error(format!("{name} must be a non-negative integer")));
    }
    Ok(())
}

fn perm(vm: &mut Vm, args: &[Value]) -> R {
    if args[1].is_none() {
        return factorial(vm, args);
    }
    let (n, k) = (big(vm, args[0])?, big(vm, args[1])?);
    check_not_negative(vm, &n, "n")?;
    check_not_negative(vm, &k, "k")?;
    if k > n {
        return Ok(Value::small(0));
    }
    let Ok(k) = u64::try_from(&k) else {
        return Err(vm.overflow_error("k must not exceed 9223372036854775807"));
    };
    let mut result = IBig::ONE;
    for i in 0..k {
        result *= &n - IBig::from(i);
    }
    Ok(vm.big(result))
}

fn factorial(vm: &mut Vm, args: &[Value]) -> R {
    let n = big(vm, args[0])?;
    if n < IBig::ZERO {
        return Err(vm.value_error("factorial() not defined for negative values"));
    }
    match u64::try_from(&n) {
        Ok(n) if n < 1 << 32 => {
            let result = product_of_range(1, n);
            Ok(vm.big(result))
        }
        _ => Err(vm.overflow_error("factorial() argument should not exceed 9223372036854775807")),
    }
}

fn fma(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    let z = float(vm, args[2])?;
    let result = x.mul_add(y, z);
    if result.is_finite() {
        return Ok(vm.float(result));
    }
    if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
        return Err(vm.value_error("invalid operation in fma"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(vm.overflow_error("overflow in fma"));
    }
    Ok(vm.float(result))
}

fn fmod(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(vm.float(x));
    }
    let result = libm::fmod(x, y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(vm.value_error("math domain error"));
    }
    Ok(vm.float(result))
}

fn remainder(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(vm.float(x));
    }
    let result = libm::remainder(x, y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(vm.value_error("math domain error"));
    }
    Ok(vm.float(result))
}

fn frexp(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    let (m, e) = if x == 0.0 || !x.is_finite() { (x, 0) } else { libm::frexp(x) };
    let (m, e) = (vm.float(m), Value::small(e));
    Ok(vm.tuple(&[m, e]))
}

fn modf(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    let (fraction, whole) = if x.is_infinite() {
        (0f64.copysign(x), x)
    } else {
        ((x - x.trunc()).copysign(x), x.trunc())
    };
    let (fraction, whole) = (vm.float(fraction), vm.float(whole));
    Ok(vm.tuple(&[fraction, whole]))
}

fn ldexp(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    if !vm.is_int(args[1]) {
        return Err(vm.type_error("Expected an int as second argument to ldexp."));
    }
    let n = vm.index_clamped(args[1])?.clamp(-100_000, 100_000) as i32;
    if x == 0.0 || !x.is_finite() {
        return Ok(vm.float(x));
    }
    let result = libm::ldexp(x, n);
    if result.is_infinite() {
        return Err(range_error(vm));
    }
    Ok(vm.float(result))
}

/// Shewchuk's exact summation: partial sums that do not overlap, as CPython's `math.fsum`.
fn fsum(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.iterate(args[0])?;
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinities) = (0.0, 0.0);
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            break;
        }
        let number = float(vm, item)?;
        if !number.is_finite() {
            special += number;
            infinities += if number.is_infinite() { number } else { 0.0 };
            continue;
        }
        add_partial(&mut partials, number);
        if partials.last().is_some_and(|p| !p.is_finite()) {
            return Err(vm.overflow_error("intermediate overflow in fsum"));
        }
    }
    if special != 0.0 || f64::is_nan(special) {
        if f64::is_nan(infinities) {
            return Err(vm.value_error("-inf + inf in fsum"));
        }
        return Ok(vm.float(special));
    }
    Ok(vm.float(round_partials(&partials)))
}

fn gamma(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    if x == f64::NEG_INFINITY || (x <= 0.0 && x == x.floor()) {
        return Err(if x == f64::NEG_INFINITY {
            domain_error(vm, x)
        } else {
            expected(vm, "a noninteger or positive integer", x)
        });
    }
    checked(vm, x, libm::tgamma(x), true)
}

fn lgamma(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    if x <= 0.0 && x == x.floor() && x.is_finite() {
        return Err(expected(vm, "a noninteger or positive integer", x));
    }
    if x.is_infinite() {
        return Ok(vm.float(f64::INFINITY));
    }
    checked(vm, x, libm::lgamma(x), true)
}

fn gcd(vm: &mut Vm, args: &[Value]) -> R {
    let items = vm.as_tuple(args[0]).map_or(&[][..], Tuple::items);
    if let [a, b] = items
        && let (Some(a), Some(b)) = (a.as_fixnum(), b.as_fixnum())
    {
        return Ok(vm.int_u64(gcd_of_words(a.unsigned_abs(), b.unsigned_abs())));
    }
    let mut result = IBig::ZERO;
    for &item in items {
        let number = big(vm, item)?;
        result = gcd_of(result, number);
    }
    Ok(vm.big(result))
}

fn lcm(vm: &mut Vm, args: &[Value]) -> R {
    let mut result = IBig::ONE;
    for &item in vm.as_tuple(args[0]).map_or(&[][..], Tuple::items) {
        let number = big(vm, item)?;
        if number == IBig::ZERO || result == IBig::ZERO {
            result = IBig::ZERO;
            continue;
        }
        let divisor = gcd_of(result.clone(), number.clone());
        result = magnitude(result / divisor * number);
    }
    Ok(vm.big(result))
}

/// Length of a vector, scaled so that squares neither overflow nor vanish, and summed exactly.
fn norm(coordinates: &[f64]) -> f64 {
    let largest =
        coordinates.iter().fold(0.0f64, |m, c| if c.is_nan() { m } else { m.max(c.abs()) });
    if largest.is_infinite() {
        return f64::INFINITY;
    }
    if coordinates.iter().any(|c| c.is_nan()) {
        return f64::NAN;
    }
    if largest == 0.0 {
        return 0.0;
    }
    let (_, exponent) = libm::frexp(largest);
    let mut partials = Vec::new();
    for &c in coordinates {
        let x = libm::ldexp(c, -exponent);
        let square = x * x;
        add_partial(&mut partials, square);
        add_partial(&mut partials, x.mul_add(x, -square));
    }
    let sum = round_partials(&partials);
    let root = sum.sqrt();
    // One Newton step on the exact remainder makes the last bit right.
    let square = root * root;
    add_partial(&mut partials, -square);
    add_partial(&mut partials, -root.mul_add(root, -square));
    libm::ldexp(root + round_partials(&partials) / (2.0 * root), exponent)
}

fn hypot(vm: &mut Vm, args: &[Value]) -> R {
    let mut coordinates = Vec::new();
    for &item in vm.as_tuple(args[0]).map_or(&[][..], Tuple::items) {
        coordinates.push(float(vm, item)?);
    }
    Ok(vm.float(norm(&coordinates)))
}

fn dist(vm: &mut Vm, args: &[Value]) -> R {
    let p = vm.list_of(args[0])?;
    let q = vm.list_of(args[1])?;
    if p.len() != q.len() {
        return Err(vm.value_error("both points must have the same number of dimensions"));
    }
    let mut differences = Vec::new();
    for at in 0..p.len() {
        differences.push(float(vm, p.at(at))? - float(vm, q.at(at))?);
    }
    Ok(vm.float(norm(&differences)))
}

fn isclose(vm: &mut Vm, args: &[Value]) -> R {
    let (a, b) = two(vm, args)?;
    let (rel, abs) = (float(vm, args[2])?, float(vm, args[3])?);
    if rel < 0.0 || abs < 0.0 {
        return Err(vm.value_error("tolerances must be non-negative"));
    }
    let close = a == b
        || (a.is_finite() && b.is_finite() && {
            let difference = (b - a).abs();
            difference <= (rel * b).abs() || difference <= (rel * a).abs() || difference <= abs
        });
    Ok(Value::bool(close))
}

fn isfinite(vm: &mut Vm, args: &[Value]) -> R {
    Ok(Value::bool(float(vm, args[0])?.is_finite()))
}

fn isinf(vm: &mut Vm, args: &[Value]) -> R {
    Ok(Value::bool(float(vm, args[0])?.is_infinite()))
}

fn isnan(vm: &mut Vm, args: &[Value]) -> R {
    Ok(Value::bool(float(vm, args[0])?.is_nan()))
}

fn isqrt(vm: &mut Vm, args: &[Value]) -> R {
    let n = big(vm, args[0])?;
    match haft_text::int::isqrt(&n) {
        Ok(root) => Ok(vm.big(root)),
        Err(error) => Err(vm.value_error(error.message)),
    }
}

/// A logarithm of an int of any size or a float.
fn logarithm(vm: &mut Vm, value: Value, log: fn(f64) -> f64, of_two: f64) -> R<f64> {
    if let Some(number) = vm.is_int(value).then(|| vm.as_big(value)).flatten() {
        if number <= IBig::ZERO {
            return Err(vm.value_error("expected a positive input"));
        }
        let bits = haft_text::int::bit_length(&number);
        if bits > 1000 {
            let shift = bits - 64;
            let top: IBig = &number >> (shift as usize);
            return Ok(log(top.to_f64().value()) + of_two * shift as f64);
        }
        return Ok(log(number.to_f64().value()));
    }
    let x = float(vm, value)?;
    if x <= 0.0 {
        return Err(expected(vm, "a positive input", x));
    }
    Ok(log(x))
}

fn log(vm: &mut Vm, args: &[Value]) -> R {
    let x = logarithm(vm, args[0], f64::ln, std::f64::consts::LN_2)?;
    if args[1].is_absent() {
        return Ok(vm.float(x));
    }
    let base = logarithm(vm, args[1], f64::ln, std::f64::consts::LN_2)?;
    if base == 0.0 {
        return Err(vm.zero_division_error("division by zero"));
    }
    Ok(vm.float(x / base))
}

fn log10(vm: &mut Vm, args: &[Value]) -> R {
    let x = logarithm(vm, args[0], f64::log10, std::f64::consts::LOG10_2)?;
    Ok(vm.float(x))
}

fn log2(vm: &mut Vm, args: &[Value]) -> R {
    let x = logarithm(vm, args[0], f64::log2, 1.0)?;
    Ok(vm.float(x))
}

fn log1p(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?;
    if x <= -1.0 {
        return Err(expected(vm, "argument value > -1", x));
    }
    Ok(vm.float(x.ln_1p()))
}

fn nextafter(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    if args[2].is_none() {
        return Ok(vm.float(libm::nextafter(x, y)));
    }
    let steps = vm.index_clamped(args[2])?;
    if steps < 0 {
        return Err(vm.value_error("steps must be a non-negative integer"));
    }
    Ok(vm.float(step_towards(x, y, steps as u64)))
}

/// `steps` floats from `x` towards `y`: floats in order of value are ints in order of their sign-magnitude bits.
fn step_towards(x: f64, y: f64, steps: u64) -> f64 {
    if x.is_nan() || y.is_nan() || steps == 0 {
        return if y.is_nan() { y } else { x };
    }
    if x == y {
        return y;
    }
    let ordered = |f: f64| {
        let bits = i128::from((f.abs()).to_bits());
        if f.is_sign_negative() { -bits } else { bits }
    };
    let (from, to) = (ordered(x), ordered(y));
    let wanted = if to > from {
        (from + i128::from(steps)).min(to)
    } else {
        (from - i128::from(steps)).max(to)
    };
    let magnitude = f64::from_bits(wanted.unsigned_abs() as u64);
    if wanted < 0 || (wanted == 0 && (to < from || y.is_sign_negative())) {
        -magnitude
    } else {
        magnitude
    }
}

fn ulp(vm: &mut Vm, args: &[Value]) -> R {
    let x = float(vm, args[0])?.abs();
    if x.is_nan() || x.is_infinite() {
        return Ok(vm.float(x));
    }
    let next = libm::nextafter(x, f64::INFINITY);
    let result =
        if next.is_infinite() { x - libm::nextafter(x, f64::NEG_INFINITY) } else { next - x };
    Ok(vm.float(result))
}

fn pow(vm: &mut Vm, args: &[Value]) -> R {
    let (x, y) = two(vm, args)?;
    let result = x.powf(y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() {
        return Err(vm.value_error("math domain error"));
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(if x == 0.0 { vm.value_error("math domain error") } else { range_error(vm) });
    }
    Ok(vm.float(result))
}

fn prod(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.iterate(args[0])?;
    let mut total = args[1];
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(total);
        }
        total = vm.binary_op(BinaryOp::Mul, total, item)?;
    }
}

fn sumprod(vm: &mut Vm, args: &[Value]) -> R {
    let p: List = vm.list_of(args[0])?;
    let q: List = vm.list_of(args[1])?;
    if p.len() != q.len() {
        return Err(vm.value_error("Inputs are not the same length"));
    }
    let numeric = |vm: &Vm, list: List| {
        list.items().iter().all(|&v| vm.as_float(v).is_some() || v.is_fixnum())
    };
    let has_float = p.items().iter().chain(q.items()).any(|&v| vm.as_float(v).is_some());
    if has_float && numeric(vm, p) && numeric(vm, q) {
        let mut partials = Vec::new();
        for at in 0..p.len() {
            let (x, y) = (float(vm, p.at(at))?, float(vm, q.at(at))?);
            let product = x * y;
            if !product.is_finite() {
                partials.clear();
                break;
            }
            add_partial(&mut partials, product);
            add_partial(&mut partials, x.mul_add(y, -product));
        }
        if !partials.is_empty() {
            return Ok(vm.float(round_partials(&partials)));
        }
    }
    let mut total = Value::small(0);
    for at in 0..p.len() {
        let product = vm.binary_op(BinaryOp::Mul, p.at(at), q.at(at))?;
        total = vm.binary_op(BinaryOp::Add, total, product)?;
    }
    Ok(total)
}
