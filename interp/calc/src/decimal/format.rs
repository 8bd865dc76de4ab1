//! `format(d, spec)`
use haft_core::object::Tuple;
use haft_core::{R, Value, Vm};
use haft_text::format_spec::{Align, Locale, NumberText, Spec, lay_out_number};

use super::context;
use super::number::{Number, count_digits, has_room};
use super::object::this_number;
use super::text::{digits_text, to_text};
use super::work::condition::NO_MEMORY;
use super::work::{Work, round_off};
use crate::support;

pub(super) fn format(vm: &mut Vm, this: Value, spec: Value, replacement: Value) -> R {
    let Some(spec) = vm.as_str(spec) else {
        return Err(vm.type_error("format arg must be str"));
    };
    let number = this_number(vm, this)?;
    let context = context::current(vm)?;
    let capitals = context.capitals.get();
    if spec.is_empty() {
        return Ok(vm.str(&to_text(&number, false, capitals)));
    }
    let parsed = Spec::parse(spec.bytes(), None, Align::Right, "decimal.Decimal");
    let ty = |spec: &Spec| spec.ty.map(char::from_u32);
    let parsed = parsed.ok().filter(|spec| {
        let known = matches!(
            ty(spec),
            None | Some(Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n' | 'N' | '%'))
        );
        known
    });
    let Some(mut spec) = parsed else {
        return Err(vm.value_error("invalid format string"));
    };
    let is_capital_n = spec.ty == Some(u32::from('N'));
    if is_capital_n {
        spec.ty = Some(u32::from('n'));
        let category = vm.exc.deprecation_warning;
        support::warn(
            vm,
            category,
            "Format specifier 'N' is deprecated and slated for removal in Python 3.18",
        )?;
    }
    let locale = match replacement {
        absent if absent.is_none() => locale(vm, &spec)?,
        replacement => replaced_locale(vm, replacement)?,
    };
    let ty = match ty(&spec) {
        _ if is_capital_n => 'G',
        Some(Some(ty)) => ty,
        _ if capitals => 'G',
        _ => 'g',
    };
    let percent = if ty == '%' { "%" } else { "" };
    let text = if number.is_finite() {
        let mut work = Work { status: 0, ..context.work() };
        let text = finite(&number, &spec, ty, &mut work);
        if work.status & NO_MEMORY != 0 {
            return Err(support::no_memory(vm));
        }
        text
    } else {
        // Zeros do not fill what is no number.
        if spec.fill == u32::from('0') && spec.align == Align::AfterSign {
            (spec.fill, spec.align) = (u32::from(' '), Align::Right);
        }
        let rest = to_text(&number.clone().with_sign(false), false, capitals) + percent;
        NumberText { negative: number.negative, rest, ..NumberText::default() }
    };
    let result = lay_out_number(&text, &spec, &locale);
    match result {
        Ok(text) if is_capital_n => Ok(vm.str(&String::from_utf8_lossy(&text).to_uppercase())),
        Ok(text) => Ok(vm.str_wtf8(&text)),
        Err(_) => Err(vm.value_error("format specification exceeds internal limits of _decimal")),
    }
}

/// The locale's numeric part, for type `n`.
fn locale(vm: &mut Vm, spec: &Spec) -> R<Locale> {
    if spec.ty != Some(u32::from('n')) {
        return Ok(Locale::c().clone());
    }
    let module = support::import(vm, "locale")?;
    let facts = vm.call_method_str(module, "localeconv", &[])?;
    let mut fact = |name: &str| {
        let name = vm.str(name);
        vm.get_item(facts, name)
    };
    let (point, separator, grouping) =
        (fact("decimal_point")?, fact("thousands_sep")?, fact("grouping")?);
    let (decimal_point, thousands_separator) = (vm.str_text(point)?, vm.str_text(separator)?);
    let sizes = vm.tuple_of(grouping)?;
    let mut grouping = Vec::new();
    for &size in vm.as_tuple(sizes).map_or(&[][..], Tuple::items) {
        grouping.push(u8::try_from(vm.index_of(size)?).unwrap_or(127));
    }
    Ok(Locale { decimal_point, thousands_separator, grouping })
}

/// The locale that the second argument of `__format__` describes, which is deprecated.
fn replaced_locale(vm: &mut Vm, facts: Value) -> R<Locale> {
    let Some(dict) = vm.as_dict(facts) else {
        return Err(vm.type_error("optional argument must be a dict"));
    };
    let category = vm.exc.deprecation_warning;
    support::warn(vm, category, "Decimal.__format__(): the second argument is deprecated")?;
    let mut texts = [".".to_owned(), String::new(), String::new()];
    for (text, name) in texts.iter_mut().zip(["decimal_point", "thousands_sep", "grouping"]) {
        let name = vm.str(name);
        if let Some(value) = vm.dict_get(dict, name)? {
            if vm.as_str(value).is_none() {
                return Err(vm.type_error("override values must be strings"));
            }
            *text = vm.str_text(value)?;
        }
    }
    let [decimal_point, thousands_separator, grouping] = texts;
    let sizes = grouping.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(u8::MAX));
    let grouping: Vec<u8> = sizes.take_while(|&size| size != 0).collect();
    let is_valid = decimal_point.chars().count() == 1
        && thousands_separator.chars().count() <= 1
        && grouping.iter().all(|&size| size <= 127);
    if !is_valid {
        return Err(vm.value_error("invalid override dict"));
    }
    Ok(Locale { decimal_point, thousands_separator, grouping })
}

/// The number as a type and a precision want it, in parts. Nothing is noted but that there is no memory for it.
fn finite(number: &Number, spec: &Spec, ty: char, work: &mut Work) -> NumberText {
    let precision =
        spec.precision.map(|precision| i64::try_from(precision).unwrap_or(i64::MAX / 4));
    let mut number = number.clone();
    if ty == '%' {
        number.exp += 2;
    }
    if let Some(precision) = precision {
        number = match ty {
            'e' | 'E' => significant(&number, precision + 1, work),
            'f' | 'F' | '%' => work.rescaled(&number, -precision),
            _ if count_digits(&number.digits) > precision => {
                significant(&number, precision.max(1), work)
            }
            _ => number,
        };
    }
    let is_fixed = matches!(ty, 'f' | 'F' | '%');
    if number.is_zero() && number.exp > 0 && is_fixed {
        number = work.rescaled(&number, 0);
    }
    let digits = digits_text(&number.digits);
    let left = number.exp + digits.len() as i64;
    let point = match ty {
        'e' | 'E' => match precision {
            Some(precision) if number.is_zero() => 1 - precision,
            _ => 1,
        },
        _ if is_fixed => left,
        _ if number.exp <= 0 && left > -6 => left,
        _ => 1,
    };
    let mut zeros = |n: i64| {
        if !has_room(n) {
            work.status |= NO_MEMORY;
            return String::new();
        }
        "0".repeat(usize::try_from(n).unwrap_or(0))
    };
    let (whole, fraction) = if point < 0 {
        ("0".to_owned(), zeros(-point) + &digits)
    } else if point as usize > digits.len() {
        (digits.clone() + &zeros(point - digits.len() as i64), String::new())
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        (if whole.is_empty() { "0" } else { whole }.to_owned(), fraction.to_owned())
    };
    let exp = left - point;
    let mut rest = String::new();
    if exp != 0 || matches!(ty, 'e' | 'E') {
        let letter = if matches!(ty, 'E' | 'G') { 'E' } else { 'e' };
        rest = format!("{letter}{exp:+}");
    }
    if ty == '%' {
        rest.push('%');
    }
    let negative = number.negative && !(spec.no_negative_zero && number.is_zero());
    let has_point = spec.alternate || !fraction.is_empty();
    NumberText { negative, digits: whole, has_point, fraction, rest }
}

/// Rounded to so many digits; a zero stays, and so does a number with fewer.
fn significant(number: &Number, places: i64, work: &mut Work) -> Number {
    let n = count_digits(&number.digits);
    if number.digits.is_zero() {
        return number.clone();
    }
    if n <= places {
        return work.rescaled(number, number.exp + n - places);
    }
    let (digits, _) = round_off(&number.digits, n - places, work.rounding, number.negative);
    let result = Number { digits, exp: number.exp + n - places, ..number.clone() };
    if count_digits(&result.digits) > places { significant(&result, places, work) } else { result }
}
