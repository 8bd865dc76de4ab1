//! The methods of `decimal.Decimal`.
use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};
use haft_core::{R, Value, Vm, natives};

use super::context;
use super::number::{Kind, Number, count_digits, div_rem, has_room, power_of_ten};
use super::object::{binary, finish, make, operand, sign_of, this_number, to_int, unary};
use super::work::{Rounding, Work};
use super::{Module, arithmetic, format, rare, text};
use crate::support;

natives! {
    pub(super) static METHODS = {
        /// Normalize the number by stripping the trailing zeros.
        normalize "($self, /, context=None)" => |vm, a| unary(vm, a[0], a[1], arithmetic::normalize);
        /// Return the square root, rounded correctly.
        sqrt "($self, /, context=None)" => |vm, a| unary(vm, a[0], a[1], arithmetic::square_root);
        /// Return the value of e**x.
        exp "($self, /, context=None)" => |vm, a| rare::call(vm, "exp", &a[..1], a[1]);
        /// Return the natural logarithm.
        ln "($self, /, context=None)" => |vm, a| rare::call(vm, "ln", &a[..1], a[1]);
        /// Return the base ten logarithm.
        log10 "($self, /, context=None)" => |vm, a| rare::call(vm, "log10", &a[..1], a[1]);
        /// Return the adjusted exponent as a Decimal.
        logb "($self, /, context=None)" => |vm, a| rare::call(vm, "logb", &a[..1], a[1]);
        /// Return the digit-wise inversion.
        logical_invert "($self, /, context=None)" => |vm, a| rare::call(vm, "logical_invert", &a[..1], a[1]);
        /// Return the largest number smaller than this one.
        next_minus "($self, /, context=None)" => |vm, a| rare::call(vm, "next_minus", &a[..1], a[1]);
        /// Return the smallest number larger than this one.
        next_plus "($self, /, context=None)" => |vm, a| rare::call(vm, "next_plus", &a[..1], a[1]);
        /// Return a string describing the class of the number.
        number_class "($self, /, context=None)" => |vm, a| rare::call(vm, "number_class", &a[..1], a[1]);
        /// Compare two numbers: -1, 0, 1 or NaN.
        compare "($self, /, other, context=None)" => |vm, a| binary(vm, a[0], a[1], a[2], arithmetic::compare);
        /// Return the larger number.
        max "($self, /, other, context=None)" => |vm, a| binary(vm, a[0], a[1], a[2], arithmetic::max);
        /// Return the smaller number.
        min "($self, /, other, context=None)" => |vm, a| binary(vm, a[0], a[1], a[2], arithmetic::min);
        /// Return the number with its exponent adjusted by other.
        scaleb "($self, /, other, context=None)" => |vm, a| binary(vm, a[0], a[1], a[2], arithmetic::scale);
        /// As the context's method of this name.
        compare_signal "($self, /, other, context=None)" => |vm, a| rare::call(vm, "compare_signal", &a[..2], a[2]);
        /// As the context's method of this name.
        compare_total "($self, /, other, context=None)" => |vm, a| rare::call(vm, "compare_total", &a[..2], a[2]);
        /// As the context's method of this name.
        compare_total_mag "($self, /, other, context=None)" => |vm, a| rare::call(vm, "compare_total_mag", &a[..2], a[2]);
        /// As the context's method of this name.
        logical_and "($self, /, other, context=None)" => |vm, a| rare::call(vm, "logical_and", &a[..2], a[2]);
        /// As the context's method of this name.
        logical_or "($self, /, other, context=None)" => |vm, a| rare::call(vm, "logical_or", &a[..2], a[2]);
        /// As the context's method of this name.
        logical_xor "($self, /, other, context=None)" => |vm, a| rare::call(vm, "logical_xor", &a[..2], a[2]);
        /// As the context's method of this name.
        max_mag "($self, /, other, context=None)" => |vm, a| rare::call(vm, "max_mag", &a[..2], a[2]);
        /// As the context's method of this name.
        min_mag "($self, /, other, context=None)" => |vm, a| rare::call(vm, "min_mag", &a[..2], a[2]);
        /// As the context's method of this name.
        next_toward "($self, /, other, context=None)" => |vm, a| rare::call(vm, "next_toward", &a[..2], a[2]);
        /// Return the remainder from the nearest integral quotient.
        remainder_near "($self, /, other, context=None)" => |vm, a| binary(vm, a[0], a[1], a[2], arithmetic::remainder_near);
        /// As the context's method of this name.
        rotate "($self, /, other, context=None)" => |vm, a| rare::call(vm, "rotate", &a[..2], a[2]);
        /// As the context's method of this name.
        shift "($self, /, other, context=None)" => |vm, a| rare::call(vm, "shift", &a[..2], a[2]);
        /// Fused multiply-add: self*other+third with one rounding.
        fma "($self, /, other, third, context=None)" => |vm, a| fma(vm, a[0], a[1], a[2], a[3]);
        /// Return the number rounded to the exponent of another.
        quantize "($self, /, exp, rounding=None, context=None)" => quantize;
        /// Round to the nearest integer, signaling Inexact and Rounded.
        to_integral_exact "($self, /, rounding=None, context=None)" => |vm, a| integral(vm, a, arithmetic::to_integral_exact);
        /// Round to the nearest integer without signaling.
        to_integral_value "($self, /, rounding=None, context=None)" => |vm, a| integral(vm, a, arithmetic::to_integral_value);
        /// The same as to_integral_value.
        to_integral "($self, /, rounding=None, context=None)" => |vm, a| integral(vm, a, arithmetic::to_integral_value);
        /// Test whether two numbers have the same exponent.
        same_quantum "($self, /, other, context=None)" => |vm, a| same_quantum(vm, a[0], a[1], a[2]);
        /// Convert to an engineering-type string.
        to_eng_string "($self, /, context=None)" => |vm, a| {
            let capitals = context::chosen(vm, a[1])?.capitals.get();
            let number = this_number(vm, a[0])?;
            Ok(vm.str(&text::to_text(&number, true, capitals)))
        };
        /// Return self.
        canonical "($self, /)" => |_, a| Ok(a[0]);
        /// Return self.
        conjugate "($self, /)" => |_, a| Ok(a[0]);
        /// Return ten.
        radix "($self, /)" => |vm, _| Ok(make(vm, Number::finite(false, UBig::from(10_u8), 0)));
        /// Return the absolute value, without rounding.
        copy_abs "($self, /)" => |vm, a| copy_sign_of(vm, a[0], |_| false);
        /// Return the negation, without rounding.
        copy_negate "($self, /)" => |vm, a| copy_sign_of(vm, a[0], |negative| !negative);
        /// Return self with the sign of another.
        copy_sign "($self, /, other, context=None)" => |vm, a| copy_sign(vm, a[0], a[1], a[2]);
        /// Return the adjusted exponent.
        adjusted "($self, /)" => |vm, a| {
            let number = this_number(vm, a[0])?;
            let exp = if number.is_finite() { number.adjusted() } else { 0 };
            Ok(vm.int(exp))
        };
        /// Return a tuple representation.
        as_tuple "($self, /)" => |vm, a| as_tuple(vm, a[0]);
        /// Return a pair of integers whose ratio is equal to the number.
        as_integer_ratio "($self, /)" => |vm, a| as_integer_ratio(vm, a[0]);
        /// Convert a float or an int exactly.
        class from_float "($type, f, /)" => from_float;
        /// Convert a number exactly.
        class from_number "($type, number, /)" => from_number;
        /// Always true.
        is_canonical "($self, /)" => |_, _| Ok(Value::bool(true));
        /// Test the number.
        is_finite "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.is_finite())) };
        /// Test the number.
        is_infinite "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.is_infinite())) };
        /// Test the number.
        is_nan "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.is_nan())) };
        /// Test the number.
        is_qnan "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.kind == Kind::Quiet)) };
        /// Test the number.
        is_snan "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.kind == Kind::Signaling)) };
        /// Test the number.
        is_signed "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.negative)) };
        /// Test the number.
        is_zero "($self, /)" => |vm, a| { let n = this_number(vm, a[0])?; Ok(Value::bool(n.is_zero())) };
        /// Is it finite, not zero and not subnormal?
        is_normal "($self, /, context=None)" => |vm, a| normality(vm, a[0], a[1], true);
        /// Is it subnormal?
        is_subnormal "($self, /, context=None)" => |vm, a| normality(vm, a[0], a[1], false);
        __complex__ "($self, /)" => |vm, a| {
            let class = vm.t.float.value();
            let float = vm.call_positional(class, &a[..1])?;
            let float = vm.as_float(float).unwrap_or(f64::NAN);
            Ok(vm.complex(float, 0.0))
        };
        __copy__ "($self, /)" => |_, a| Ok(a[0]);
        __deepcopy__ "($self, memo, /)" => |_, a| Ok(a[0]);
        __reduce__ "($self, /)" => |vm, a| {
            let class = vm.type_of(a[0]).value();
            let text = vm.str_of(a[0])?;
            let text = vm.tuple(&[text]);
            Ok(vm.tuple(&[class, text]))
        };
        /// Return the size of the number in memory, in bytes.
        __sizeof__ "($self, /)" => |vm, a| {
            let n_words = this_number(vm, a[0])?.digits.bit_len().div_ceil(64);
            Ok(vm.int_usize(48 + 8 * n_words.max(2)))
        };
        /// Format the number as a text.
        __format__ "($self, spec, override=None, /)" => |vm, a| format::format(vm, a[0], a[1], a[2]);
        __round__ "($self, ndigits=<absent>, /)" => |vm, a| round(vm, a[0], a[1]);
        __ceil__ "($self, /)" => |vm, a| rounded_int(vm, a[0], Rounding::Ceiling);
        __floor__ "($self, /)" => |vm, a| rounded_int(vm, a[0], Rounding::Floor);
        __trunc__ "($self, /)" => |vm, a| { let number = this_number(vm, a[0])?; to_int(vm, &number) };
    }
}

/// `fma` in a context.
pub(super) fn fma(vm: &mut Vm, a: Value, b: Value, c: Value, context: Value) -> R {
    let context = context::chosen(vm, context)?;
    let (a, b, c) = (operand(vm, a)?, operand(vm, b)?, operand(vm, c)?);
    let mut work = context.work();
    let result = arithmetic::multiply_add(&a, &b, &c, &mut work);
    finish(vm, context, &work, result)
}

fn quantize(vm: &mut Vm, args: &[Value]) -> R {
    let context = context::chosen(vm, args[3])?;
    let mut work = context.work();
    if !args[2].is_none() {
        work.rounding = context::rounding_of(vm, args[2])?;
    }
    let (number, like) = (operand(vm, args[0])?, operand(vm, args[1])?);
    let result = arithmetic::quantize(&number, &like, &mut work);
    finish(vm, context, &work, result)
}

fn integral(vm: &mut Vm, args: &[Value], function: super::object::Unary) -> R {
    let context = context::chosen(vm, args[2])?;
    let mut work = context.work();
    if !args[1].is_none() {
        work.rounding = context::rounding_of(vm, args[1])?;
    }
    let number = this_number(vm, args[0])?;
    let result = function(&number, &mut work);
    finish(vm, context, &work, result)
}

/// Have both the same exponent, or are both infinite, or NaNs?
pub(super) fn same_quantum(vm: &mut Vm, a: Value, b: Value, context: Value) -> R {
    context::chosen(vm, context)?;
    let (a, b) = (operand(vm, a)?, operand(vm, b)?);
    let same = if a.is_finite() && b.is_finite() {
        a.exp == b.exp
    } else {
        a.is_nan() && b.is_nan() || a.is_infinite() && b.is_infinite()
    };
    Ok(Value::bool(same))
}

/// A copy with another sign.
pub(super) fn copy_sign_of(vm: &mut Vm, value: Value, sign: fn(bool) -> bool) -> R {
    let number = operand(vm, value)?;
    let negative = sign(number.negative);
    Ok(make(vm, number.with_sign(negative)))
}

/// A copy with the sign of another number.
pub(super) fn copy_sign(vm: &mut Vm, a: Value, b: Value, context: Value) -> R {
    context::chosen(vm, context)?;
    let (a, b) = (operand(vm, a)?, operand(vm, b)?);
    Ok(make(vm, a.with_sign(b.negative)))
}

/// Normal, or subnormal: whichever is asked.
pub(super) fn normality(vm: &mut Vm, value: Value, context: Value, normal: bool) -> R {
    let context = context::chosen(vm, context)?;
    let number = operand(vm, value)?;
    let is_other = !number.is_finite() || number.digits.is_zero();
    let is_normal = number.is_finite() && number.adjusted() >= context.emin.get();
    Ok(Value::bool(!is_other && is_normal == normal))
}

fn as_tuple(vm: &mut Vm, value: Value) -> R {
    let number = this_number(vm, value)?;
    let digits = match number.kind {
        Kind::Infinite => "0".to_owned(),
        Kind::Finite => text::digits_text(&number.digits),
        _ if number.digits.is_zero() => String::new(),
        _ => text::digits_text(&number.digits),
    };
    let digits: Vec<Value> =
        digits.bytes().map(|digit| Value::small(i32::from(digit - b'0'))).collect();
    let exp = match number.kind {
        Kind::Finite => vm.int(number.exp),
        Kind::Infinite => vm.str("F"),
        Kind::Quiet => vm.str("n"),
        Kind::Signaling => vm.str("N"),
    };
    let parts = [Value::small(i32::from(number.negative)), vm.tuple(&digits), exp];
    let class = vm.extension::<Module>().map_or(Value::NONE, |module| module.tuple.get());
    vm.call_positional(class, &parts)
}

fn as_integer_ratio(vm: &mut Vm, value: Value) -> R {
    let number = this_number(vm, value)?;
    if number.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer ratio"));
    }
    if number.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer ratio"));
    }
    let (over, under) = if number.exp >= 0 || number.digits.is_zero() {
        let Some(over) = number.truncated() else { return Err(support::no_memory(vm)) };
        (over, UBig::ONE)
    } else if !has_room(-number.exp) {
        return Err(support::no_memory(vm));
    } else {
        use dashu_int::ops::Gcd;
        let under = power_of_ten(-number.exp);
        let divisor = (&number.digits).gcd(&under);
        (div_rem(&number.digits, &divisor).0, div_rem(&under, &divisor).0)
    };
    let over = IBig::from_parts(sign_of(number.negative), over);
    let pair = [vm.big(over), vm.big(IBig::from(under))];
    Ok(vm.tuple(&pair))
}

/// What a class method gives: the number in the class, which a subclass makes itself.
fn in_class(vm: &mut Vm, class: Value, number: Number) -> R {
    let result = make(vm, number);
    let is_base = vm.extension::<Module>().is_some_and(|module| module.decimal.value() == class);
    if is_base { Ok(result) } else { vm.call_positional(class, &[result]) }
}

/// The exact value of an int or float.
pub(super) fn exact(vm: &mut Vm, value: Value) -> R<Number> {
    if vm.is_int(value) {
        return operand(vm, value);
    }
    match vm.as_float(value) {
        Some(float) => Ok(Number::from_f64(float)),
        None => Err(vm.type_error("argument must be int or float")),
    }
}

fn from_float(vm: &mut Vm, args: &[Value]) -> R {
    let number = exact(vm, args[1])?;
    in_class(vm, args[0], number)
}

fn from_number(vm: &mut Vm, args: &[Value]) -> R {
    let number = if let Some(number) = super::object::number_of(vm, args[1]) {
        number
    } else if let Some(float) = vm.as_float(args[1]) {
        Number::from_f64(float)
    } else {
        let class = vm.type_name(args[1]);
        return Err(vm.type_error(format!("Cannot convert {class} to Decimal")));
    };
    in_class(vm, args[0], number)
}

fn rounded_int(vm: &mut Vm, value: Value, rounding: Rounding) -> R {
    let number = this_number(vm, value)?;
    if !number.is_finite() {
        return to_int(vm, &number);
    }
    if number.exp >= 0 {
        return to_int(vm, &number);
    }
    let mut work = Work { rounding, ..context::current(vm)?.work() };
    to_int(vm, &work.rescaled(&number, 0))
}

fn round(vm: &mut Vm, value: Value, n_digits: Value) -> R {
    if n_digits.is_absent() {
        return rounded_int(vm, value, Rounding::HalfEven);
    }
    if !vm.is_int(n_digits) {
        return Err(vm.type_error("optional arg must be an integer"));
    }
    let n = vm.index_of(n_digits)?;
    let context = context::current(vm)?;
    let number = this_number(vm, value)?;
    let mut work = context.work();
    let like = Number::finite(false, UBig::ONE, n.checked_neg().unwrap_or(i64::MAX));
    let result = arithmetic::quantize(&number, &like, &mut work);
    finish(vm, context, &work, result)
}

/// Carries a NaN more digits than a result may?
pub(super) fn payload_is_too_long(number: &Number, prec: i64, clamp: bool) -> bool {
    number.is_nan()
        && !number.digits.is_zero()
        && count_digits(&number.digits) > prec - i64::from(clamp)
}
