//! Operations that are left to the library's own Python: logarithms, logical operations, and others that are rare.
//!
//! `_haft_decimal_rare` does them with `_pydecimal`, from numbers as tuples and with the settings of a context, and
//! gives the result with what happened.
use dashu_int::UBig;
use haft_core::object::Tuple;
use haft_core::{R, Value, Vm};

use super::context;
use super::number::{Kind, Number};
use super::object::{finish, operand};
use super::text::digits_text;

/// Base, exponent and modulus.
const MOST_OPERANDS: usize = 3;

/// Call the method `name` of a context with these operands.
pub(super) fn call(vm: &mut Vm, name: &str, operands: &[Value], context: Value) -> R {
    let context = context::chosen(vm, context)?;
    // On the native stack, where the collector finds them.
    let mut arguments = [Value::NONE; MOST_OPERANDS];
    for (argument, &value) in arguments.iter_mut().zip(operands) {
        let number = operand(vm, value)?;
        *argument = parts(vm, &number);
    }
    let arguments = &arguments[..operands.len().min(MOST_OPERANDS)];
    let module = crate::support::import(vm, "_haft_decimal_rare")?;
    let work = context.work();
    let settings = [
        vm.int(work.prec),
        vm.str(work.rounding.name()),
        vm.int(work.emin),
        vm.int(work.emax),
        Value::small(i32::from(context.capitals.get())),
        Value::small(i32::from(work.clamp)),
    ];
    let (name, settings, arguments) = (vm.str(name), vm.tuple(&settings), vm.tuple(arguments));
    let answer = vm.call_method_str(module, "call", &[name, settings, arguments])?;
    let Some(&[result, status]) = vm.as_tuple(answer).map(Tuple::items) else {
        return Err(vm.system_error("_haft_decimal_rare gave no pair"));
    };
    let status = vm.index_of(status)? as u32;
    if vm.as_tuple(result).is_none() {
        context::settle(vm, context, status)?;
        return Ok(result);
    }
    let number = of_parts(vm, result)?;
    let work = super::work::Work { status, ..work };
    finish(vm, context, &work, number)
}

/// `(sign, digits, exponent)` as `_pydecimal` has it.
fn parts(vm: &mut Vm, number: &Number) -> Value {
    let (digits, exp) = match number.kind {
        Kind::Finite => (digits_text(&number.digits), vm.int(number.exp)),
        Kind::Infinite => ("0".to_owned(), vm.str("F")),
        kind => {
            let payload =
                if number.digits.is_zero() { String::new() } else { digits_text(&number.digits) };
            (payload, vm.str(if kind == Kind::Quiet { "n" } else { "N" }))
        }
    };
    let parts = [Value::small(i32::from(number.negative)), vm.str(&digits), exp];
    vm.tuple(&parts)
}

fn of_parts(vm: &mut Vm, value: Value) -> R<Number> {
    let Some(&[sign, digits, exp]) = vm.as_tuple(value).map(Tuple::items) else {
        return Err(vm.system_error("_haft_decimal_rare gave no number"));
    };
    let negative = vm.truth(sign)?;
    let text = vm.str_text(digits)?;
    let digits = UBig::from_str_radix(&text, 10).unwrap_or_default();
    let Some(special) = vm.as_str(exp) else {
        return Ok(Number::finite(negative, digits, vm.index_of(exp)?));
    };
    Ok(match special.bytes() {
        b"F" => Number::infinity(negative),
        b"n" => Number { negative, digits, ..Number::nan() },
        _ => Number { negative, digits, kind: Kind::Signaling, ..Number::nan() },
    })
}
