//! Strings as arrays of `wchar_t`, `char16_t` or `char32_t`, and back.
use crate::prelude::*;

/// The code points of WTF-8 text.
pub(crate) fn code_points(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = *bytes.get(at)?;
        let (len, start) = match first {
            0..0x80 => (1, u32::from(first)),
            0x80..0xE0 => (2, u32::from(first & 0x1F)),
            0xE0..0xF0 => (3, u32::from(first & 0x0F)),
            _ => (4, u32::from(first & 0x07)),
        };
        let tail = bytes.get(at + 1..at + len).unwrap_or_default();
        at += len;
        Some(tail.iter().fold(start, |point, &byte| point << 6 | u32::from(byte & 0x3F)))
    })
}

fn push_code_point(out: &mut Vec<u8>, point: u32) {
    let tail = |shift: u32| 0x80 | (point >> shift & 0x3F) as u8;
    match point {
        0..0x80 => out.push(point as u8),
        0x80..0x800 => out.extend([0xC0 | (point >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => out.extend([0xE0 | (point >> 12) as u8, tail(6), tail(0)]),
        _ => out.extend([0xF0 | (point >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

/// How many units of `unit` bytes a string is, without a final zero.
pub(crate) fn n_units(text: Str, unit: usize) -> usize {
    if unit == 4 || text.is_ascii() {
        return text.len();
    }
    code_points(text.bytes()).map(|point| 1 + usize::from(point > 0xFFFF)).sum()
}

/// Write at most `n` units of a string; a zero follows if there is room.
///
/// # Safety
/// `at` must be valid for writing `n` units of `unit` bytes (2 or 4).
pub(crate) unsafe fn write_units(text: Str, at: *mut u8, unit: usize, n: usize) {
    let mut index = 0;
    let mut put = |value: u32| {
        if index < n {
            // SAFETY: the unit is one of the `n` that the caller vouches for.
            unsafe { memory::write_integer(at.wrapping_add(index * unit), unit, value.into()) };
            index += 1;
        }
    };
    for point in code_points(text.bytes()) {
        if unit == 2 && point > 0xFFFF {
            put(0xD800 + ((point - 0x1_0000) >> 10));
            put(0xDC00 + ((point - 0x1_0000) & 0x3FF));
        } else {
            put(point);
        }
    }
    put(0);
}

/// The string of `n` units in memory.
///
/// # Safety
/// `at` must be valid for reading `n` units of `unit` bytes (2 or 4).
pub(crate) unsafe fn read_units(vm: &mut Vm, at: *const u8, unit: usize, n: usize) -> R {
    let mut out = Vec::with_capacity(n);
    // SAFETY: the caller vouches for `n` units, and the index is below.
    let get = |index: usize| unsafe { memory::read_unsigned(at.wrapping_add(index * unit), unit) };
    let mut index = 0;
    while index < n {
        let mut point = get(index) as u32;
        index += 1;
        if unit == 2 && (0xD800..0xDC00).contains(&point) && index < n {
            let low = get(index) as u32;
            if (0xDC00..0xE000).contains(&low) {
                point = 0x1_0000 + ((point - 0xD800) << 10) + (low - 0xDC00);
                index += 1;
            }
        }
        if point > 0x10_FFFF {
            return Err(
                vm.value_error(format!("character U+{point:x} is not in range [U+0000; U+10ffff]"))
            );
        }
        push_code_point(&mut out, point);
    }
    Ok(vm.str_wtf8(&out))
}

/// Number of units before the first zero, at most `max`.
///
/// # Safety
/// `at` must be valid for reading `max` units, or up to the first zero.
pub(crate) unsafe fn units_before_zero(at: *const u8, unit: usize, max: Option<usize>) -> usize {
    if unit == 1 {
        // SAFETY: the caller's promise.
        return unsafe { haft_host::memory::bytes_before_zero(at, max.unwrap_or(usize::MAX)) };
    }
    let mut n = 0;
    while max.is_none_or(|max| n < max) {
        // SAFETY: no zero came before, so the caller vouches for this unit.
        if unsafe { memory::read_unsigned(at.wrapping_add(n * unit), unit) } == 0 {
            break;
        }
        n += 1;
    }
    n
}

/// The code point of a string that is one character as a unit of `unit` bytes; else what it is, for a message.
pub(crate) fn single_unit(text: Str, unit: usize) -> Result<u32, String> {
    let mut points = code_points(text.bytes());
    match (points.next(), text.len()) {
        (Some(point), 1) if unit == 2 && point > 0xFFFF => {
            Err("larger-than-0xFFFF character".to_owned())
        }
        (Some(point), 1) => Ok(point),
        (_, n) => Err(format!("unicode string of length {n}")),
    }
}
