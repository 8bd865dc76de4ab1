//! The methods of `decimal.Context`.
use haft_core::{R, Value, Vm, natives};

use super::context::{self, SIGNALS, classes_of, copy_of, this_context};
use super::methods::payload_is_too_long;
use super::number::{Kind, Number};
use super::object::{
    binary, divide_remainder, finish, inexact, make, operand, or_syntax, power_in, unary,
};
use super::{arithmetic, methods, rare, text};

natives! {
    pub(super) static METHODS = {
        /// Apply the operation of this name.
        abs "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::absolute);
        /// Apply the operation of this name.
        minus "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::minus);
        /// Apply the operation of this name.
        plus "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::plus);
        /// Apply the operation of this name.
        normalize "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::normalize);
        /// Apply the operation of this name.
        sqrt "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::square_root);
        /// Apply the operation of this name.
        to_integral_exact "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::to_integral_exact);
        /// Apply the operation of this name.
        to_integral_value "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::to_integral_value);
        /// Apply the operation of this name.
        to_integral "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], arithmetic::to_integral_value);
        /// Apply the operation of this name.
        exp "($self, x, /)" => |vm, a| rare::call(vm, "exp", &a[1..2], a[0]);
        /// Apply the operation of this name.
        ln "($self, x, /)" => |vm, a| rare::call(vm, "ln", &a[1..2], a[0]);
        /// Apply the operation of this name.
        log10 "($self, x, /)" => |vm, a| rare::call(vm, "log10", &a[1..2], a[0]);
        /// Apply the operation of this name.
        logb "($self, x, /)" => |vm, a| rare::call(vm, "logb", &a[1..2], a[0]);
        /// Apply the operation of this name.
        logical_invert "($self, x, /)" => |vm, a| rare::call(vm, "logical_invert", &a[1..2], a[0]);
        /// Apply the operation of this name.
        next_minus "($self, x, /)" => |vm, a| rare::call(vm, "next_minus", &a[1..2], a[0]);
        /// Apply the operation of this name.
        next_plus "($self, x, /)" => |vm, a| rare::call(vm, "next_plus", &a[1..2], a[0]);
        /// Apply the operation of this name.
        number_class "($self, x, /)" => |vm, a| rare::call(vm, "number_class", &a[1..2], a[0]);
        /// Apply the operation of this name.
        add "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::add);
        /// Apply the operation of this name.
        subtract "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::subtract);
        /// Apply the operation of this name.
        multiply "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::multiply);
        /// Apply the operation of this name.
        divide "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::divide);
        /// Apply the operation of this name.
        divide_int "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::divide_integer);
        /// Apply the operation of this name.
        remainder "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::remainder);
        /// Apply the operation of this name.
        compare "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::compare);
        /// Apply the operation of this name.
        max "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::max);
        /// Apply the operation of this name.
        min "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::min);
        /// Apply the operation of this name.
        quantize "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::quantize);
        /// Apply the operation of this name.
        scaleb "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::scale);
        /// Apply the operation of this name.
        compare_signal "($self, x, y, /)" => |vm, a| rare::call(vm, "compare_signal", &a[1..3], a[0]);
        /// Apply the operation of this name.
        compare_total "($self, x, y, /)" => |vm, a| rare::call(vm, "compare_total", &a[1..3], a[0]);
        /// Apply the operation of this name.
        compare_total_mag "($self, x, y, /)" => |vm, a| rare::call(vm, "compare_total_mag", &a[1..3], a[0]);
        /// Apply the operation of this name.
        logical_and "($self, x, y, /)" => |vm, a| rare::call(vm, "logical_and", &a[1..3], a[0]);
        /// Apply the operation of this name.
        logical_or "($self, x, y, /)" => |vm, a| rare::call(vm, "logical_or", &a[1..3], a[0]);
        /// Apply the operation of this name.
        logical_xor "($self, x, y, /)" => |vm, a| rare::call(vm, "logical_xor", &a[1..3], a[0]);
        /// Apply the operation of this name.
        max_mag "($self, x, y, /)" => |vm, a| rare::call(vm, "max_mag", &a[1..3], a[0]);
        /// Apply the operation of this name.
        min_mag "($self, x, y, /)" => |vm, a| rare::call(vm, "min_mag", &a[1..3], a[0]);
        /// Apply the operation of this name.
        next_toward "($self, x, y, /)" => |vm, a| rare::call(vm, "next_toward", &a[1..3], a[0]);
        /// Apply the operation of this name.
        remainder_near "($self, x, y, /)" => |vm, a| binary(vm, a[1], a[2], a[0], arithmetic::remainder_near);
        /// Apply the operation of this name.
        rotate "($self, x, y, /)" => |vm, a| rare::call(vm, "rotate", &a[1..3], a[0]);
        /// Apply the operation of this name.
        shift "($self, x, y, /)" => |vm, a| rare::call(vm, "shift", &a[1..3], a[0]);
        /// Test the number.
        is_finite "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.is_finite())) };
        /// Test the number.
        is_infinite "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.is_infinite())) };
        /// Test the number.
        is_nan "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.is_nan())) };
        /// Test the number.
        is_qnan "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.kind == Kind::Quiet)) };
        /// Test the number.
        is_snan "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.kind == Kind::Signaling)) };
        /// Test the number.
        is_signed "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.negative)) };
        /// Test the number.
        is_zero "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(Value::bool(n.is_zero())) };
        /// Always true for a Decimal.
        is_canonical "($self, x, /)" => |vm, a| { decimal_only(vm, a[1])?; Ok(Value::bool(true)) };
        /// Is it finite, not zero and not subnormal?
        is_normal "($self, x, /)" => |vm, a| methods::normality(vm, a[1], a[0], true);
        /// Is it subnormal?
        is_subnormal "($self, x, /)" => |vm, a| methods::normality(vm, a[1], a[0], false);
        /// Return quotient and remainder.
        divmod "($self, x, y, /)" => |vm, a| {
            let (x, y) = (operand(vm, a[1])?, operand(vm, a[2])?);
            let context = this_context(vm, a[0])?;
            divide_remainder(vm, context, &x, &y)
        };
        /// Compute a**b, or a**b % modulo.
        power "($self, /, a, b, modulo=None)" => |vm, a| power_in(vm, a[1], a[2], a[3], a[0]);
        /// Return x multiplied by y, plus z.
        fma "($self, x, y, z, /)" => |vm, a| methods::fma(vm, a[1], a[2], a[3], a[0]);
        /// Have both numbers the same exponent?
        same_quantum "($self, x, y, /)" => |vm, a| methods::same_quantum(vm, a[1], a[2], a[0]);
        /// Return a copy with the sign of another.
        copy_sign "($self, x, y, /)" => |vm, a| methods::copy_sign(vm, a[1], a[2], a[0]);
        /// Return a copy without sign.
        copy_abs "($self, x, /)" => |vm, a| methods::copy_sign_of(vm, a[1], |_| false);
        /// Return a copy with the other sign.
        copy_negate "($self, x, /)" => |vm, a| methods::copy_sign_of(vm, a[1], |negative| !negative);
        /// Return the number as a Decimal.
        copy_decimal "($self, x, /)" => |vm, a| { let n = operand(vm, a[1])?; Ok(make(vm, n)) };
        /// Return x.
        canonical "($self, x, /)" => |vm, a| { decimal_only(vm, a[1])?; Ok(a[1]) };
        /// Return ten.
        radix "($self, /)" => |vm, _| Ok(make(vm, Number::finite(false, dashu_int::UBig::from(10_u8), 0)));
        /// Round a number as the context says.
        _apply "($self, x, /)" => |vm, a| unary(vm, a[1], a[0], |number, work| work.fix(number.clone()));
        /// Return emin - prec + 1.
        Etiny "($self, /)" => |vm, a| { let n = this_context(vm, a[0])?.work().etiny(); Ok(vm.int(n)) };
        /// Return emax - prec + 1.
        Etop "($self, /)" => |vm, a| { let n = this_context(vm, a[0])?.work().etop(); Ok(vm.int(n)) };
        /// Convert to scientific notation.
        to_sci_string "($self, x, /)" => |vm, a| shown(vm, a[0], a[1], false);
        /// Convert to engineering notation.
        to_eng_string "($self, x, /)" => |vm, a| shown(vm, a[0], a[1], true);
        /// Reset all flags.
        clear_flags "($self, /)" => |vm, a| { this_context(vm, a[0])?.status.set(0); Ok(Value::NONE) };
        /// Reset all traps.
        clear_traps "($self, /)" => |vm, a| { this_context(vm, a[0])?.traps.set(0); Ok(Value::NONE) };
        /// Return a duplicate of the context with all flags cleared.
        copy "($self, /)" => |vm, a| { let this = this_context(vm, a[0])?; Ok(copy_of(vm, this)?.value()) };
        /// Return a duplicate of the context.
        __copy__ "($self, /)" => |vm, a| { let this = this_context(vm, a[0])?; Ok(copy_of(vm, this)?.value()) };
        __reduce__ "($self, /)" => reduce;
        /// Create a new Decimal instance from num, using self as the context.
        create_decimal "($self, num='0', /)" => create;
        /// Create a new Decimal instance from float f, rounding as the context says.
        create_decimal_from_float "($self, f, /)" => |vm, a| {
            let number = methods::exact(vm, a[1])?;
            fixed(vm, a[0], &number)
        };
    }
}

fn decimal_only(vm: &mut Vm, value: Value) -> R<()> {
    let is_decimal =
        haft_core::object::PayloadRef::<super::object::Decimal>::of_value(value).is_some();
    if is_decimal { Ok(()) } else { Err(vm.type_error("argument must be a Decimal")) }
}

fn shown(vm: &mut Vm, context: Value, value: Value, is_engineering: bool) -> R {
    let capitals = this_context(vm, context)?.capitals.get();
    let number = operand(vm, value)?;
    Ok(vm.str(&text::to_text(&number, is_engineering, capitals)))
}

fn fixed(vm: &mut Vm, context: Value, number: &Number) -> R {
    let context = this_context(vm, context)?;
    let mut work = context.work();
    let result = work.fix(number.clone());
    finish(vm, context, &work, result)
}

fn create(vm: &mut Vm, args: &[Value]) -> R {
    let context = this_context(vm, args[0])?;
    let plain = vm.as_str(args[1]).map(|text| text.to_text().into_owned());
    let number = match plain {
        Some(plain) => {
            let is_plain = !plain.contains(|c: char| c == '_' || c.is_whitespace());
            or_syntax(vm, text::parse(&plain).filter(|_| is_plain), context)?
        }
        None => inexact(vm, args[1], context)?,
    };
    if payload_is_too_long(&number, context.prec.get(), context.clamp.get()) {
        let nan = or_syntax(vm, None, context)?;
        return Ok(make(vm, nan));
    }
    fixed(vm, args[0], &number)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = this_context(vm, args[0])?;
    let (flags, traps) = (classes_of(vm, this.status.get()), classes_of(vm, this.traps.get()));
    let settings = [
        vm.int(this.prec.get()),
        vm.str(this.rounding().name()),
        vm.int(this.emin.get()),
        vm.int(this.emax.get()),
        Value::small(i32::from(this.capitals.get())),
        Value::small(i32::from(this.clamp.get())),
        vm.list(&flags),
        vm.list(&traps),
    ];
    let class = vm.type_of(args[0]).value();
    let settings = vm.tuple(&settings);
    Ok(vm.tuple(&[class, settings]))
}

/// Is a signal's bit set in flags or traps?
pub(super) fn signal(vm: &mut Vm, args: &[Value]) -> R {
    let (context, traps) = (this_context(vm, args[0])?, vm.truth(args[1])?);
    let bit = signal_bit(vm, args[2])?;
    let bits = if traps { context.traps.get() } else { context.status.get() };
    Ok(Value::bool(bits & bit != 0))
}

/// Set or clear it.
pub(super) fn set_signal(vm: &mut Vm, args: &[Value]) -> R {
    let (context, traps) = (this_context(vm, args[0])?, vm.truth(args[1])?);
    let bit = signal_bit(vm, args[2])?;
    let cell = if traps { &context.get().traps } else { &context.get().status };
    let on = vm.truth(args[3])?;
    cell.set(if on { cell.get() | bit } else { cell.get() & !bit });
    Ok(Value::NONE)
}

fn signal_bit(vm: &mut Vm, index: Value) -> R<u32> {
    let index = vm.index_of(index)?;
    match usize::try_from(index).ok().and_then(|index| SIGNALS.get(index)) {
        Some(&bit) => Ok(bit),
        None => Err(vm.index_error("no such signal")),
    }
}

/// `getcontext()`
pub(super) fn getcontext(vm: &mut Vm, _: &[Value]) -> R {
    Ok(context::current(vm)?.value())
}
