//! Finding, counting, replacing.
use std::ops::Range;

use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, Unit};

use super::make::{changed_or, check_len};
use super::slots::byte_range;
use super::{substring, this};
use crate::arguments::{bounds, fit, str_argument};

natives! {
    pub(super) static METHODS = {
        /// Return the number of non-overlapping occurrences of substring sub in string S[start:end].
        ///
        /// Optional arguments start and end are interpreted as in slice notation.
        count "($self, sub, start=None, end=None, /)" => count;
        /// Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].
        ///
        /// Optional arguments start and end are interpreted as in slice notation.
        /// Return -1 on failure.
        find "($self, sub, start=None, end=None, /)" => find;
        /// Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].
        ///
        /// Optional arguments start and end are interpreted as in slice notation.
        /// Return -1 on failure.
        rfind "($self, sub, start=None, end=None, /)" => rfind;
        /// Return the lowest index in S where substring sub is found, such that sub is contained within S[start:end].
        ///
        /// Optional arguments start and end are interpreted as in slice notation.
        /// Raises ValueError when the substring is not found.
        index "($self, sub, start=None, end=None, /)" => index;
        /// Return the highest index in S where substring sub is found, such that sub is contained within S[start:end].
        ///
        /// Optional arguments start and end are interpreted as in slice notation.
        /// Raises ValueError when the substring is not found.
        rindex "($self, sub, start=None, end=None, /)" => rindex;
        /// Return True if the string starts with the specified prefix, False otherwise.
        ///
        ///   prefix
        ///     A string or a tuple of strings to try.
        ///   start
        ///     Optional start position. Default: start of the string.
        ///   end
        ///     Optional stop position. Default: end of the string.
        startswith "($self, prefix, start=None, end=None, /)" => startswith;
        /// Return True if the string ends with the specified suffix, False otherwise.
        ///
        ///   suffix
        ///     A string or a tuple of strings to try.
        ///   start
        ///     Optional start position. Default: start of the string.
        ///   end
        ///     Optional stop position. Default: end of the string.
        endswith "($self, suffix, start=None, end=None, /)" => endswith;
        /// Return a copy with all occurrences of substring old replaced by new.
        ///
        ///   count
        ///     Maximum number of occurrences to replace.
        ///     -1 (the default value) means replace all occurrences.
        ///
        /// If the optional argument count is given, only the first count occurrences are
        /// replaced.
        replace "($self, old, new, /, count=-1)" => replace;
        /// Return a str with the given prefix string removed if present.
        ///
        /// If the string starts with the prefix string, return string[len(prefix):].
        /// Otherwise, return a copy of the original string.
        removeprefix "($self, prefix, /)" => removeprefix;
        /// Return a str with the given suffix string removed if present.
        ///
        /// If the string ends with the suffix string and that suffix is not empty,
        /// return string[:-len(suffix)]. Otherwise, return a copy of the original
        /// string.
        removesuffix "($self, suffix, /)" => removesuffix;
    }
}

/// The string, what is looked for, and the bytes to look in; `None` if the end is before the start.
struct Search {
    str: Str,
    sub: Str,
    range: Option<Range<usize>>,
}

fn search(vm: &mut Vm, args: &[Value], method: &str) -> R<Search> {
    let str = this(vm, args[0], method)?;
    let sub = str_argument(vm, args[1], &format!("{method}() argument 1"))?;
    let range = range_of(vm, str, args[2], args[3])?;
    Ok(Search { str, sub, range })
}

/// The bytes between two indices as given by a caller.
fn range_of(vm: &mut Vm, str: Str, start: Value, end: Value) -> R<Option<Range<usize>>> {
    if start.is_none() && end.is_none() {
        return Ok(Some(0..str.byte_len()));
    }
    let Some((start, end)) = fit(bounds(vm, start, end)?, str.len()) else { return Ok(None) };
    let (from, to) = byte_range(vm, str, start, end);
    Ok(Some(from..to))
}

/// The index of the code point where it was found.
fn position(
    vm: &mut Vm,
    args: &[Value],
    method: &str,
    look: impl FnOnce(&[u8], &[u8]) -> Option<usize>,
) -> R<Option<usize>> {
    let Search { str, sub, range } = search(vm, args, method)?;
    let Some(range) = range else { return Ok(None) };
    let found = look(&str.bytes()[range.clone()], sub.bytes());
    Ok(found.map(|at| str.index_of_offset(&mut vm.heap, range.start + at)))
}

fn find(vm: &mut Vm, args: &[Value]) -> R {
    let at = position(vm, args, "find", wtf8::find)?;
    Ok(at.map_or(Value::small(-1), |at| vm.int_usize(at)))
}

fn rfind(vm: &mut Vm, args: &[Value]) -> R {
    let at = position(vm, args, "rfind", wtf8::rfind)?;
    Ok(at.map_or(Value::small(-1), |at| vm.int_usize(at)))
}

fn index(vm: &mut Vm, args: &[Value]) -> R {
    match position(vm, args, "index", wtf8::find)? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("substring not found")),
    }
}

fn rindex(vm: &mut Vm, args: &[Value]) -> R {
    match position(vm, args, "rindex", wtf8::rfind)? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("substring not found")),
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let Search { str, sub, range } = search(vm, args, "count")?;
    let n = range.map_or(0, |range| wtf8::count(&str.bytes()[range], sub.bytes(), Unit::CodePoint));
    Ok(vm.int_usize(n))
}

/// `startswith` and `endswith`: does one of the affixes satisfy the test?
fn affix(vm: &mut Vm, args: &[Value], method: &str, test: fn(&[u8], &[u8]) -> bool) -> R {
    let str = this(vm, args[0], method)?;
    let range = range_of(vm, str, args[2], args[3])?;
    let bytes = range.map(|range| &str.bytes()[range]);
    let holds = |affix: Str| bytes.is_some_and(|bytes| test(bytes, affix.bytes()));
    if let Some(affix) = vm.as_str(args[1]) {
        return Ok(Value::bool(holds(affix)));
    }
    let Some(affixes) = vm.as_tuple(args[1]) else {
        let name = vm.type_name(args[1]);
        return Err(
            vm.type_error(format!("{method} first arg must be str or a tuple of str, not {name}"))
        );
    };
    for &affix in affixes.items() {
        let Some(affix) = vm.as_str(affix) else {
            let name = vm.type_name(affix);
            return Err(
                vm.type_error(format!("tuple for {method} must only contain str, not {name}"))
            );
        };
        if holds(affix) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

fn startswith(vm: &mut Vm, args: &[Value]) -> R {
    affix(vm, args, "startswith", |text, affix| text.starts_with(affix))
}

fn endswith(vm: &mut Vm, args: &[Value]) -> R {
    affix(vm, args, "endswith", |text, affix| text.ends_with(affix))
}

fn replace(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "replace")?;
    let old = str_argument(vm, args[1], "replace() argument 1")?;
    let new = str_argument(vm, args[2], "replace() argument 2")?;
    let max = usize::try_from(vm.index_of(args[3])?).ok();
    if new.byte_len() > old.byte_len() && str.byte_len() > 1 << 16 {
        let n =
            wtf8::count(str.bytes(), old.bytes(), Unit::CodePoint).min(max.unwrap_or(usize::MAX));
        let grown = (new.byte_len() - old.byte_len())
            .checked_mul(n)
            .and_then(|more| more.checked_add(str.byte_len()));
        check_len(vm, grown)?;
    }
    let changed = wtf8::replace(str.bytes(), old.bytes(), new.bytes(), max, Unit::CodePoint);
    changed_or(vm, str, changed)
}

fn removeprefix(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "removeprefix")?;
    let prefix = str_argument(vm, args[1], "removeprefix() argument")?;
    let from = if str.bytes().starts_with(prefix.bytes()) { prefix.byte_len() } else { 0 };
    Ok(substring(vm, str, from..str.byte_len()))
}

fn removesuffix(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "removesuffix")?;
    let suffix = str_argument(vm, args[1], "removesuffix() argument")?;
    let n = if str.bytes().ends_with(suffix.bytes()) { suffix.byte_len() } else { 0 };
    Ok(substring(vm, str, 0..str.byte_len() - n))
}
