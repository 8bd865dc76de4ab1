//! Operators of ints but division: 64-bit first, words for the rest.
use haft_core::{R, Value, Vm};
use haft_text::UBig;
use haft_text::int::magnitude::{self, Parts};

use crate::arguments::no_memory;

/// Results of more bits than this are a MemoryError.
pub(super) const MAX_BITS: usize = 1 << 36;
/// Products of two numbers of at least so many words are left to the library, which knows better methods than the
/// school's.
const LIBRARY_WORDS: usize = 32;

/// Both operands, if they are ints that fit.
#[inline]
pub(super) fn smalls(vm: &Vm, a: Value, b: Value) -> Option<(i64, i64)> {
    Some((vm.as_int(a)?, vm.as_int(b)?))
}

/// Both operands, if they are ints.
#[inline]
pub(super) fn parts<'a>(vm: &Vm, a: Value, b: Value) -> Option<(Parts<'a>, Parts<'a>)> {
    Some((vm.int_parts(a)?, vm.int_parts(b)?))
}

pub(super) fn add(vm: &mut Vm, a: Value, b: Value) -> R {
    match parts(vm, a, b) {
        Some((x, y)) => sum(vm, x, y),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn sub(vm: &mut Vm, a: Value, b: Value) -> R {
    match parts(vm, a, b) {
        Some((x, y)) => sum(vm, x, y.negated()),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn sum(vm: &mut Vm, x: Parts<'_>, y: Parts<'_>) -> R {
    let (a, b) = (x.words(), y.words());
    if x.negative == y.negative {
        return vm.int_filled(a.len().max(b.len()) + 1, |out| {
            magnitude::add(a, b, out);
            x.negative
        });
    }
    let (large, small, negative) = match magnitude::compare(a, b) {
        std::cmp::Ordering::Less => (b, a, y.negative),
        _ => (a, b, x.negative),
    };
    vm.int_filled(large.len(), |out| {
        magnitude::subtract(large, small, out);
        negative
    })
}

pub(super) fn mul(vm: &mut Vm, a: Value, b: Value) -> R {
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let negative = x.negative != y.negative;
    let (large, small) = if x.words().len() < y.words().len() { (&y, &x) } else { (&x, &y) };
    let (large, small) = (large.words(), small.words());
    match small {
        [] => Ok(Value::small(0)),
        &[word] => vm.int_filled(large.len() + 1, |out| {
            magnitude::multiply_word(large, word, out);
            negative
        }),
        _ if small.len() < LIBRARY_WORDS => vm.int_filled(large.len() + small.len(), |out| {
            magnitude::multiply(large, small, out);
            negative
        }),
        _ => {
            let large = UBig::from_words(large);
            let product = if a == b { large.sqr() } else { large * UBig::from_words(small) };
            Ok(vm.int_of_words(negative, product.as_words()))
        }
    }
}

/// A bitwise operation on the two's complements of ints.
fn bitwise(vm: &mut Vm, a: Value, b: Value, op: impl Fn(u64, u64) -> u64) -> R {
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let room = x.words().len().max(y.words().len()) + 1;
    vm.int_filled(room, |out| magnitude::bitwise(&x, &y, out, op))
}

pub(in crate::number) fn and(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, y)) = smalls(vm, a, b) {
        return Ok(vm.int(x & y));
    }
    let Some((x, y)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    // Above the words of a mask that is not negative all is zero.
    let shortest =
        [&x, &y].into_iter().filter(|mask| !mask.negative).map(|mask| mask.words().len());
    let longest = x.words().len().max(y.words().len());
    let room = shortest.min().unwrap_or(longest) + 1;
    vm.int_filled(room, |out| magnitude::bitwise(&x, &y, out, |x, y| x & y))
}

pub(in crate::number) fn or(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b) {
        Some((x, y)) => Ok(vm.int(x | y)),
        None => bitwise(vm, a, b, |x, y| x | y),
    }
}

pub(in crate::number) fn xor(vm: &mut Vm, a: Value, b: Value) -> R {
    match smalls(vm, a, b) {
        Some((x, y)) => Ok(vm.int(x ^ y)),
        None => bitwise(vm, a, b, |x, y| x ^ y),
    }
}

/// The count of a shift, at most `usize::MAX`; ValueError if it is negative.
fn shift_count(vm: &mut Vm, count: &Parts<'_>) -> R<usize> {
    if count.negative {
        return Err(vm.value_error("negative shift count"));
    }
    Ok(match count.words() {
        [] => 0,
        &[word] => usize::try_from(word).unwrap_or(usize::MAX),
        _ => usize::MAX,
    })
}

pub(super) fn lshift(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, n @ 0..63)) = smalls(vm, a, b)
        && (x << n) >> n == x
    {
        return Ok(vm.int(x << n));
    }
    let Some((x, count)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let n = shift_count(vm, &count)?;
    let words = x.words();
    if words.is_empty() {
        return Ok(Value::small(0));
    }
    if n == usize::MAX {
        return Err(vm.overflow_error("too many digits in integer"));
    }
    if n > MAX_BITS || x.bit_length() > MAX_BITS {
        return Err(no_memory(vm));
    }
    vm.int_filled(words.len() + n / 64 + 1, |out| {
        magnitude::shift_left(words, n, out);
        x.negative
    })
}

pub(super) fn rshift(vm: &mut Vm, a: Value, b: Value) -> R {
    if let Some((x, n @ 0..)) = smalls(vm, a, b) {
        return Ok(vm.int(x >> n.min(63)));
    }
    let Some((x, count)) = parts(vm, a, b) else { return Ok(Value::NOT_IMPLEMENTED) };
    let n = shift_count(vm, &count)?;
    let words = x.words();
    vm.int_filled((words.len() + 1).saturating_sub(n / 64).max(1), |out| {
        let lost = magnitude::shift_right(words, n, out);
        // Down, not towards zero.
        if lost && x.negative {
            magnitude::increment(out);
        }
        x.negative
    })
}

pub(super) fn neg(vm: &mut Vm, a: Value) -> R {
    match (vm.as_int(a).and_then(i64::checked_neg), vm.int_parts(a)) {
        (Some(negated), _) => Ok(vm.int(negated)),
        (None, Some(x)) => Ok(vm.int_of_words(!x.negative, x.words())),
        (None, None) => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn abs(vm: &mut Vm, a: Value) -> R {
    match (vm.as_int(a).and_then(i64::checked_abs), vm.int_parts(a)) {
        (Some(magnitude), _) => Ok(vm.int(magnitude)),
        (None, Some(x)) if x.negative => Ok(vm.int_of_words(false, x.words())),
        (None, Some(_)) => Ok(crate::number::convert::exact(vm, a)),
        (None, None) => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn invert(vm: &mut Vm, a: Value) -> R {
    match vm.as_int(a) {
        Some(small) => Ok(vm.int(!small)),
        None => bitwise(vm, a, Value::small(-1), |x, y| x ^ y),
    }
}
