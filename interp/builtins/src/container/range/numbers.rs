//! The arithmetic of ranges.
use haft_core::object::Range;
use haft_core::{Value, Vm};
use haft_text::IBig;
use haft_text::int::{floor_div, modulo};

/// An int as a big one.
pub(super) fn big_of(vm: &Vm, value: Value) -> IBig {
    vm.as_big(value).unwrap_or_default()
}

/// (start, step, length) of a range all of whose numbers, and the one after the last, are fixnums.
#[inline]
pub(super) fn word_parts(range: &Range) -> Option<(i64, i64, i64)> {
    let (start, step, len) =
        (range.start.as_fixnum()?, range.step.as_fixnum()?, range.len.as_fixnum()?);
    // Between 0 and the stop or beyond it by less than a step: that is in range if the sum is.
    let end = step.checked_mul(len)?.checked_add(start)?;
    Value::fixnum(end)?;
    Some((start, step, len))
}

/// How many numbers there are from `start` to `stop`.
pub(super) fn length(vm: &mut Vm, start: Value, stop: Value, step: Value) -> Value {
    if let (Some(start), Some(stop), Some(step)) =
        (start.as_fixnum(), stop.as_fixnum(), step.as_fixnum())
    {
        // Differences of fixnums are words.
        let (distance, step) = if step > 0 { (stop - start, step) } else { (start - stop, -step) };
        let len = if distance > 0 { (distance - 1) / step + 1 } else { 0 };
        return vm.int(len);
    }
    let (start, stop, step) = (big_of(vm, start), big_of(vm, stop), big_of(vm, step));
    let (distance, step) =
        if step > IBig::ZERO { (stop - start, step) } else { (start - stop, -step) };
    if distance <= IBig::ZERO {
        return Value::small(0);
    }
    let len = (distance - IBig::ONE) / step + IBig::ONE;
    vm.big(len)
}

/// Number `at` of a range; `at` may lie outside.
pub(super) fn item(vm: &mut Vm, range: &Range, at: &IBig) -> Value {
    let number = big_of(vm, range.start) + at * big_of(vm, range.step);
    vm.big(number)
}

/// Index of the int `value` in a range, if it is one of its numbers.
pub(super) fn offset_of(vm: &Vm, range: &Range, value: Value) -> Option<IBig> {
    if let (Some((start, step, len)), Some(number)) = (word_parts(range), vm.as_int(value)) {
        let distance = number.checked_sub(start)?;
        let at = distance.checked_div(step)?;
        return (distance % step == 0 && (0..len).contains(&at)).then(|| IBig::from(at));
    }
    let (step, distance) = (big_of(vm, range.step), big_of(vm, value) - big_of(vm, range.start));
    if modulo(&distance, &step).ok()? != IBig::ZERO {
        return None;
    }
    let at = floor_div(&distance, &step).ok()?;
    (at >= IBig::ZERO && at < big_of(vm, range.len)).then_some(at)
}
