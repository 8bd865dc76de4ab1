//! `decimal.Decimal`: the object, its construction, its operators.
use dashu_int::{IBig, Sign, UBig};
use haft_core::object::{CompareOp, Dict, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, getsets, payload};

use super::context::{self, Context};
use super::number::{Kind, Number, count_digits};
use super::work::condition::*;
use super::work::{MAX, Work};
use super::{Module, arithmetic, text};
use crate::support;

payload! {
    /// A number. It needs no drop function: digits that take more than two words are an int of the heap.
    pub(super) struct Decimal {
        low: u64,
        high: u64,
        /// All digits as an int, or ABSENT.
        big: Value,
        exp: i64,
        /// The kind, and 4 if negative.
        form: u8,
    }
}

impl Decimal {
    /// The number.
    pub(super) fn number(&self, vm: &Vm) -> Number {
        let kind = match self.form & 3 {
            0 => Kind::Finite,
            1 => Kind::Infinite,
            2 => Kind::Quiet,
            _ => Kind::Signaling,
        };
        let digits = if self.big.is_absent() {
            UBig::from(u128::from(self.high) << 64 | u128::from(self.low))
        } else {
            vm.as_big(self.big).unwrap_or_default().into_parts().1
        };
        Number { negative: self.form & 4 != 0, kind, digits, exp: self.exp }
    }
}

/// A function of one number.
pub(super) type Unary = fn(&Number, &mut Work) -> Number;
/// A function of two numbers.
pub(super) type Binary = fn(&Number, &Number, &mut Work) -> Number;

getsets! {
    static GETSETS = {
        /// The number itself.
        real => |_, this| Ok(this);
        /// Zero.
        imag => |vm, _| Ok(make(vm, Number::zero(false, 0)));
    }
}

/// Add the class.
pub(super) fn add(vm: &mut Vm, dict: Dict) -> Type {
    let spec = TypeSpec {
        doc: "Decimal(value=\"0\", context=None)\n--\n\n\
              Construct a new Decimal object. 'value' can be an integer, string, tuple,\n\
              or another Decimal object. If no value is given, return Decimal('0').\n\
              The context does not affect the conversion and is only passed to determine\n\
              if the InvalidOperation trap is active.\n",
        flags: TypeFlags::BASE,
        slots: set_slots,
        methods: super::methods::METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<Decimal>("decimal.Decimal")
    };
    crate::add_type(vm, dict, &spec)
}

fn set_slots(s: &Slots) {
    s.new.set(Some(new));
    s.repr.set(Some(|vm, this| {
        let text = shown(vm, this)?;
        Ok(vm.str(&format!("Decimal('{text}')")))
    }));
    s.str.set(Some(|vm, this| {
        let text = shown(vm, this)?;
        Ok(vm.str(&text))
    }));
    s.hash.set(Some(hash));
    s.compare.set(Some(compare));
    s.add.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::add)));
    s.sub.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::subtract)));
    s.mul.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::multiply)));
    s.truediv.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::divide)));
    s.floordiv.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::divide_integer)));
    s.rem.set(Some(|vm, a, b| operate(vm, a, b, arithmetic::remainder)));
    s.divmod.set(Some(|vm, a, b| match operands(vm, a, b) {
        Some((a, b)) => {
            let context = context::current(vm)?;
            divide_remainder(vm, context, &a, &b)
        }
        None => Ok(Value::NOT_IMPLEMENTED),
    }));
    s.pow.set(Some(power));
    s.neg.set(Some(|vm, a| unary(vm, a, Value::NONE, arithmetic::minus)));
    s.pos.set(Some(|vm, a| unary(vm, a, Value::NONE, arithmetic::plus)));
    s.abs.set(Some(|vm, a| unary(vm, a, Value::NONE, arithmetic::absolute)));
    s.bool.set(Some(|vm, a| {
        let number = this_number(vm, a)?;
        Ok(!number.is_zero())
    }));
    s.int.set(Some(|vm, a| {
        let number = this_number(vm, a)?;
        to_int(vm, &number)
    }));
    s.float.set(Some(to_float));
}

/// A number as an object of the class itself.
pub(super) fn make(vm: &mut Vm, number: Number) -> Value {
    match vm.extension::<Module>().map(|module| module.decimal) {
        Some(class) => make_of(vm, class, number),
        None => Value::NONE,
    }
}

/// As [`make`], of a subclass.
pub(super) fn make_of(vm: &mut Vm, class: Type, number: Number) -> Value {
    let form = number.kind as u8 | u8::from(number.negative) << 2;
    let small = super::number::small(&number.digits);
    let big = match small {
        Some(_) => Value::ABSENT,
        None => vm.big(IBig::from(number.digits)),
    };
    let small = small.unwrap_or(0);
    let decimal =
        Decimal { low: small as u64, high: (small >> 64) as u64, big, exp: number.exp, form };
    vm.new_payload(class, decimal)
}

/// The number of a Decimal.
pub(super) fn this_number(vm: &mut Vm, value: Value) -> R<Number> {
    let this: PayloadRef<Decimal> = vm.this(value, "__repr__", "decimal.Decimal")?;
    Ok(this.number(vm))
}

/// The number of a Decimal or an int.
pub(super) fn number_of(vm: &Vm, value: Value) -> Option<Number> {
    if let Some(decimal) = PayloadRef::<Decimal>::of_value(value) {
        return Some(decimal.number(vm));
    }
    if let Some(small) = value.as_fixnum() {
        return Some(Number::finite(small < 0, UBig::from(small.unsigned_abs()), 0));
    }
    if !vm.is_int(value) {
        return None;
    }
    match vm.as_int(value) {
        Some(int) => Some(Number::from_int(IBig::from(int))),
        None => vm.as_big(value).map(Number::from_int),
    }
}

/// An operand of a method: a Decimal or an int.
pub(super) fn operand(vm: &mut Vm, value: Value) -> R<Number> {
    match number_of(vm, value) {
        Some(number) => Ok(number),
        None => {
            let class = vm.type_name(value);
            Err(vm.type_error(format!("conversion from {class} to Decimal is not supported")))
        }
    }
}

fn operands(vm: &Vm, a: Value, b: Value) -> Option<(Number, Number)> {
    number_of(vm, a).zip(number_of(vm, b))
}

fn operate(vm: &mut Vm, a: Value, b: Value, function: Binary) -> R {
    let Some((a, b)) = operands(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let context = context::current(vm)?;
    let mut work = context.work();
    let result = function(&a, &b, &mut work);
    finish(vm, context, &work, result)
}

/// The result as an object, after what happened was noted.
pub(super) fn finish(vm: &mut Vm, context: PayloadRef<Context>, work: &Work, result: Number) -> R {
    context::settle(vm, context, work.status)?;
    Ok(make_of(vm, context.decimal, result))
}

/// A method without operands, with a context or none.
pub(super) fn unary(vm: &mut Vm, this: Value, context: Value, function: Unary) -> R {
    let context = context::chosen(vm, context)?;
    let number = operand(vm, this)?;
    let mut work = context.work();
    let result = function(&number, &mut work);
    finish(vm, context, &work, result)
}

/// A method with one operand.
pub(super) fn binary(vm: &mut Vm, a: Value, b: Value, context: Value, function: Binary) -> R {
    let context = context::chosen(vm, context)?;
    let (a, b) = (operand(vm, a)?, operand(vm, b)?);
    let mut work = context.work();
    let result = function(&a, &b, &mut work);
    finish(vm, context, &work, result)
}

/// `divmod` in a context.
pub(super) fn divide_remainder(
    vm: &mut Vm,
    context: PayloadRef<Context>,
    a: &Number,
    b: &Number,
) -> R {
    let mut work = context.work();
    let (quotient, rest) = arithmetic::divide_remainder(a, b, &mut work);
    context::settle(vm, context, work.status)?;
    let pair = [make(vm, quotient), make(vm, rest)];
    Ok(vm.tuple(&pair))
}

fn power(vm: &mut Vm, a: Value, b: Value, modulus: Value) -> R {
    let is_number = |vm: &Vm, value| number_of(vm, value).is_some();
    if !is_number(vm, a) || !is_number(vm, b) || !modulus.is_none() && !is_number(vm, modulus) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    power_in(vm, a, b, modulus, Value::NONE)
}

/// `power(a, b, modulus)`: short results here, the others by logarithms.
pub(super) fn power_in(vm: &mut Vm, a: Value, b: Value, modulus: Value, context: Value) -> R {
    let chosen = context::chosen(vm, context)?;
    let (base, exponent) = (operand(vm, a)?, operand(vm, b)?);
    if modulus.is_none() {
        let mut work = chosen.work();
        if let Some(result) = arithmetic::small_integer_power(&base, &exponent, &mut work) {
            return finish(vm, chosen, &work, result);
        }
        return super::rare::call(vm, "power", &[a, b], context);
    }
    super::rare::call(vm, "power", &[a, b, modulus], context)
}

fn shown(vm: &mut Vm, value: Value) -> R<String> {
    let number = this_number(vm, value)?;
    let capitals = context::current(vm)?.capitals.get();
    Ok(text::to_text(&number, false, capitals))
}

fn hash(vm: &mut Vm, value: Value) -> R<i64> {
    let number = this_number(vm, value)?;
    match number.kind {
        Kind::Signaling => Err(vm.type_error("Cannot hash a signaling NaN value")),
        Kind::Quiet => Ok(vm.hash_identity(value)),
        _ => Ok(number.hash()),
    }
}

/// The integer, without its fraction.
pub(super) fn to_int(vm: &mut Vm, number: &Number) -> R {
    if number.is_nan() {
        return Err(vm.value_error("cannot convert NaN to integer"));
    }
    if number.is_infinite() {
        return Err(vm.overflow_error("cannot convert Infinity to integer"));
    }
    let Some(int) = number.to_int() else { return Err(support::no_memory(vm)) };
    Ok(match i64::try_from(&int) {
        Ok(small) => vm.int(small),
        Err(_) => vm.big(int),
    })
}

fn to_float(vm: &mut Vm, value: Value) -> R {
    let number = this_number(vm, value)?;
    if number.kind == Kind::Signaling {
        return Err(vm.value_error("cannot convert signaling NaN to float"));
    }
    let text = match (number.kind, number.negative) {
        (Kind::Finite | Kind::Infinite, _) => text::to_text(&number, false, true),
        (_, true) => "-nan".to_owned(),
        (_, false) => "nan".to_owned(),
    };
    let float = haft_text::float::parse_str(text.as_bytes()).unwrap_or(f64::NAN);
    Ok(vm.float(float))
}

/// What a comparison meets at its right: a number to compare with the left one, times a factor.
fn compared(
    vm: &mut Vm,
    left: &Number,
    other: Value,
    is_equality: bool,
) -> R<Option<(Number, Number)>> {
    if let Some(number) = number_of(vm, other) {
        return Ok(Some((left.clone(), number)));
    }
    let float = match (vm.as_float(other), vm.as_complex(other)) {
        (Some(float), _) => Some(float),
        (None, Some((re, im))) if is_equality && im == 0.0 => Some(re),
        _ => None,
    };
    if let Some(float) = float {
        let context = context::current(vm)?;
        if is_equality {
            context.status.set(context.status.get() | FLOAT_OPERATION);
        } else {
            context::settle(vm, context, FLOAT_OPERATION)?;
        }
        return Ok(Some((left.clone(), Number::from_f64(float))));
    }
    let rational = vm.extension::<Module>().map_or(Value::NONE, |module| module.rational.get());
    if rational.is_none() || !vm.isinstance(other, rational)? {
        return Ok(None);
    }
    let (over, under) =
        (vm.get_attr_str(other, "numerator")?, vm.get_attr_str(other, "denominator")?);
    let (Some(over), Some(under)) = (number_of(vm, over), number_of(vm, under)) else {
        return Ok(None);
    };
    let scaled = if left.is_finite() {
        Number { digits: &left.digits * &under.digits, ..left.clone() }
    } else {
        left.clone()
    };
    Ok(Some((scaled, over)))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let left = this_number(vm, a)?;
    let is_equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    let Some((left, right)) = compared(vm, &left, b, is_equality)? else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if left.is_nan() || right.is_nan() {
        let signals = left.kind == Kind::Signaling || right.kind == Kind::Signaling;
        if signals || !is_equality {
            let context = context::current(vm)?;
            context::settle(vm, context, INVALID_OPERATION)?;
        }
        return Ok(Value::bool(op == CompareOp::Ne));
    }
    Ok(Value::bool(op.holds(left.order(&right))))
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let (value, context) = match *args.vals {
        [value] if args.names.is_empty() => (value, Value::NONE),
        _ => {
            let bound = vm.bind_signature("Decimal", "(value='0', context=None)", args)?;
            (bound[0], bound[1])
        }
    };
    let class = crate::class_of(vm, class)?;
    if context.is_none() {
        // Without text and floats nothing can go wrong that a context would have to know.
        if vm.type_of(value) == class && !class.has(TypeFlags::HEAP) {
            return Ok(value);
        }
        if let Some(number) = number_of(vm, value) {
            return Ok(make_of(vm, class, number));
        }
    }
    let context = context::chosen(vm, context)?;
    let is_base = vm.extension::<Module>().is_some_and(|module| module.decimal == class);
    if is_base && vm.type_of(value) == class {
        return Ok(value);
    }
    let number = exact(vm, value, context)?;
    Ok(make_of(vm, class, number))
}

/// The exact number that an argument of `Decimal()` stands for.
pub(super) fn exact(vm: &mut Vm, value: Value, context: PayloadRef<Context>) -> R<Number> {
    if let Some(number) = number_of(vm, value) {
        return Ok(number);
    }
    if let Some(text) = vm.as_str(value) {
        let number = text.as_utf8().and_then(text::parse).filter(is_possible);
        return or_syntax(vm, number, context);
    }
    if let Some(float) = vm.as_float(value) {
        context::settle(vm, context, FLOAT_OPERATION)?;
        return Ok(Number::from_f64(float));
    }
    if vm.as_tuple(value).is_some() || vm.as_list(value).is_some() {
        let number = of_parts(vm, value)?;
        return if is_possible(&number) { Ok(number) } else { or_syntax(vm, None, context) };
    }
    let class = vm.type_name(value);
    Err(vm.type_error(format!("conversion from {class} to Decimal is not supported")))
}

/// As [`exact`], for a number that is going to be rounded: it may lie beyond all limits.
pub(super) fn inexact(vm: &mut Vm, value: Value, context: PayloadRef<Context>) -> R<Number> {
    if vm.as_tuple(value).is_some() || vm.as_list(value).is_some() {
        return of_parts(vm, value);
    }
    exact(vm, value, context)
}

/// A number, or what a text that is none becomes.
pub(super) fn or_syntax(
    vm: &mut Vm,
    number: Option<Number>,
    context: PayloadRef<Context>,
) -> R<Number> {
    if let Some(number) = number {
        return Ok(number);
    }
    context::settle(vm, context, CONVERSION_SYNTAX)?;
    Ok(Number::nan())
}

/// Can there be a number with these digits and this exponent?
fn is_possible(number: &Number) -> bool {
    if number.is_nan() {
        return count_digits(&number.digits) <= MAX;
    }
    let lowest = -MAX - (MAX - 1);
    number.exp >= lowest && number.adjusted() <= MAX && (!number.is_zero() || number.exp <= MAX)
}

/// `(sign, digits, exponent)`
fn of_parts(vm: &mut Vm, value: Value) -> R<Number> {
    const MOST: i64 = i64::MAX / 4;
    let parts = vm.list_of(value)?;
    if parts.len() != 3 {
        return Err(vm.value_error("argument must be a sequence of length 3"));
    }
    let (sign, digits, exponent) = (parts.at(0), parts.at(1), parts.at(2));
    let sign = if vm.is_int(sign) { vm.as_int(sign) } else { None };
    let Some(sign @ (0 | 1)) = sign else {
        return Err(vm.value_error("sign must be an integer with the value 0 or 1"));
    };
    let kind = if let Some(text) = vm.as_str(exponent) {
        match text.bytes() {
            b"F" => Kind::Infinite,
            b"n" => Kind::Quiet,
            b"N" => Kind::Signaling,
            _ => {
                return Err(
                    vm.value_error("string argument in the third position must be 'F', 'n' or 'N'")
                );
            }
        }
    } else if vm.is_int(exponent) {
        Kind::Finite
    } else {
        return Err(vm.value_error("exponent must be an integer"));
    };
    // No number has an exponent near the limits of this one.
    let exp = if kind == Kind::Finite { vm.index_of(exponent)?.clamp(-MOST, MOST) } else { 0 };
    if vm.as_tuple(digits).is_none() && vm.as_list(digits).is_none() {
        return Err(vm.value_error("coefficient must be a tuple of digits"));
    }
    let items = vm.list_of(digits)?;
    let mut plain = String::new();
    for at in 0..items.len() {
        let item = items.at(at);
        let digit = if vm.is_int(item) { vm.as_int(item) } else { None };
        match digit
            .and_then(|digit| u32::try_from(digit).ok())
            .and_then(|d| char::from_digit(d, 10))
        {
            Some(digit) => plain.push(digit),
            None => return Err(vm.value_error("coefficient must be a tuple of digits")),
        }
    }
    if kind == Kind::Infinite {
        return Ok(Number::infinity(sign == 1));
    }
    let digits = UBig::from_str_radix(if plain.is_empty() { "0" } else { &plain }, 10);
    let digits = digits.unwrap_or_default();
    Ok(Number { negative: sign == 1, kind, digits, exp })
}

/// The sign of an int's magnitude, as the crate has it.
pub(super) fn sign_of(negative: bool) -> Sign {
    if negative { Sign::Negative } else { Sign::Positive }
}
