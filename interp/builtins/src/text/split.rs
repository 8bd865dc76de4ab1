//! Splitting, joining, stripping.
use std::ops::Range;

use haft_core::object::{List, Str};
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, LineBreaks, Side, Space};

use super::make::check_len;
use super::{substring, this};

natives! {
    pub(super) static METHODS = {
        /// Return a list of the substrings in the string, using sep as the separator string.
        ///
        ///   sep
        ///     The separator used to split the string.
        ///
        ///     When set to None (the default value), will split on any whitespace
        ///     character (including \n \r \t \f and spaces) and will discard
        ///     empty strings from the result.
        ///   maxsplit
        ///     Maximum number of splits.
        ///     -1 (the default value) means no limit.
        ///
        /// Splitting starts at the front of the string and works to the end.
        ///
        /// Note, str.split() is mainly useful for data that has been intentionally
        /// delimited.  With natural text that includes punctuation, consider using
        /// the regular expression module.
        split "($self, /, sep=None, maxsplit=-1)" => split;
        /// Return a list of the substrings in the string, using sep as the separator string.
        ///
        ///   sep
        ///     The separator used to split the string.
        ///
        ///     When set to None (the default value), will split on any whitespace
        ///     character (including \n \r \t \f and spaces) and will discard
        ///     empty strings from the result.
        ///   maxsplit
        ///     Maximum number of splits.
        ///     -1 (the default value) means no limit.
        ///
        /// Splitting starts at the end of the string and works to the front.
        rsplit "($self, /, sep=None, maxsplit=-1)" => rsplit;
        /// Return a list of the lines in the string, breaking at line boundaries.
        ///
        /// Line breaks are not included in the resulting list unless keepends is given and
        /// true.
        splitlines "($self, /, keepends=False)" => splitlines;
        /// Partition the string into three parts using the given separator.
        ///
        /// This will search for the separator in the string.  If the separator is found,
        /// returns a 3-tuple containing the part before the separator, the separator
        /// itself, and the part after it.
        ///
        /// If the separator is not found, returns a 3-tuple containing the original string
        /// and two empty strings.
        partition "($self, sep, /)" => partition;
        /// Partition the string into three parts using the given separator.
        ///
        /// This will search for the separator in the string, starting at the end. If
        /// the separator is found, returns a 3-tuple containing the part before the
        /// separator, the separator itself, and the part after it.
        ///
        /// If the separator is not found, returns a 3-tuple containing two empty strings
        /// and the original string.
        rpartition "($self, sep, /)" => rpartition;
        /// Concatenate any number of strings.
        ///
        /// The string whose method is called is inserted in between each given string.
        /// The result is returned as a new string.
        ///
        /// Example: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'
        join "($self, iterable, /)" => join;
        /// Return a copy of the string with leading and trailing whitespace removed.
        ///
        /// If chars is given and not None, remove characters in chars instead.
        strip "($self, chars=None, /)" => strip;
        /// Return a copy of the string with leading whitespace removed.
        ///
        /// If chars is given and not None, remove characters in chars instead.
        lstrip "($self, chars=None, /)" => lstrip;
        /// Return a copy of the string with trailing whitespace removed.
        ///
        /// If chars is given and not None, remove characters in chars instead.
        rstrip "($self, chars=None, /)" => rstrip;
    }
}

/// How many pieces a list is to have room for before the first one is found: all of them, if counting is quick.
pub(crate) fn room_for_pieces(text: &[u8], separator: &[u8], max: Option<usize>) -> usize {
    let pieces = match separator {
        &[byte] if text.len() <= SHORT => {
            1 + text.iter().map(|&other| usize::from(other == byte)).sum::<usize>()
        }
        _ => FIRST_PIECES,
    };
    max.map_or(pieces, |max| pieces.min(max.saturating_add(1)))
}

/// Longest texts whose separators are counted.
const SHORT: usize = 256;
/// Pieces of other texts that there is room for.
const FIRST_PIECES: usize = 4;

/// A list of the pieces of a string.
fn pieces(vm: &mut Vm, str: Str, ranges: &[Range<usize>]) -> Value {
    let list = List::new(&mut vm.heap, ranges.len());
    for range in ranges {
        let piece = substring(vm, str, range.clone());
        list.push(&mut vm.heap, piece);
    }
    list.value()
}

/// The separator of `split`; `None` for white space.
fn separator(vm: &mut Vm, value: Value) -> R<Option<Str>> {
    if value.is_none() {
        return Ok(None);
    }
    match vm.as_str(value) {
        Some(sep) if sep.is_empty() => Err(vm.value_error("empty separator")),
        Some(sep) => Ok(Some(sep)),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("must be str or None, not {name}")))
        }
    }
}

fn split(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "split")?;
    let max = usize::try_from(vm.index_of(args[2])?).ok();
    let separator = separator(vm, args[1])?;
    let room = room_for_pieces(str.bytes(), separator.map_or(b"", Str::bytes), max);
    let list = List::new(&mut vm.heap, room);
    let add = |range| {
        let piece = substring(vm, str, range);
        list.push(&mut vm.heap, piece);
    };
    match separator {
        Some(sep) => wtf8::split(str.bytes(), sep.bytes(), max, add),
        None => wtf8::split_whitespace(str.bytes(), max, Space::Unicode, add),
    }
    Ok(list.value())
}

fn rsplit(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "rsplit")?;
    let max = usize::try_from(vm.index_of(args[2])?).ok();
    let ranges = match separator(vm, args[1])? {
        Some(sep) => wtf8::rsplit(str.bytes(), sep.bytes(), max),
        None => wtf8::rsplit_whitespace(str.bytes(), max, Space::Unicode),
    };
    Ok(pieces(vm, str, &ranges))
}

fn splitlines(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "splitlines")?;
    let keep_ends = vm.truth(args[1])?;
    let ranges = wtf8::split_lines(str.bytes(), keep_ends, LineBreaks::Unicode);
    Ok(pieces(vm, str, &ranges))
}

/// The separator of `partition`.
fn partition_separator(vm: &mut Vm, value: Value) -> R<Str> {
    match vm.as_str(value) {
        Some(sep) if sep.is_empty() => Err(vm.value_error("empty separator")),
        Some(sep) => Ok(sep),
        None => {
            let name = vm.type_name(value);
            Err(vm.type_error(format!("must be str, not {name}")))
        }
    }
}

fn partition(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "partition")?;
    let sep = partition_separator(vm, args[1])?;
    match wtf8::partition(str.bytes(), sep.bytes()) {
        Some((before, after)) => {
            let (before, after) = (substring(vm, str, before), substring(vm, str, after));
            Ok(vm.tuple(&[before, sep.value(), after]))
        }
        None => {
            let empty = vm.str("");
            Ok(vm.tuple(&[str.value(), empty, empty]))
        }
    }
}

fn rpartition(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "rpartition")?;
    let sep = partition_separator(vm, args[1])?;
    match wtf8::rpartition(str.bytes(), sep.bytes()) {
        Some((before, after)) => {
            let (before, after) = (substring(vm, str, before), substring(vm, str, after));
            Ok(vm.tuple(&[before, sep.value(), after]))
        }
        None => {
            let empty = vm.str("");
            Ok(vm.tuple(&[empty, empty, str.value()]))
        }
    }
}

/// The items that `join` gets; TypeError `can only join an iterable`.
pub(crate) fn join_items(vm: &mut Vm, iterable: Value) -> R<List> {
    if let Some(list) = vm.as_list(iterable) {
        // A copy: the list might change while items are looked at.
        return Ok(List::from_slice(&mut vm.heap, list.items()));
    }
    if let Some(tuple) = vm.as_tuple(iterable) {
        return Ok(List::from_slice(&mut vm.heap, tuple.items()));
    }
    if crate::arguments::slot(vm, iterable, |s| s.iter.get().is_none() && s.getitem.get().is_none())
    {
        return Err(vm.type_error("can only join an iterable"));
    }
    let iter = vm.iterate(iterable)?;
    vm.list_of(iter)
}

fn join(vm: &mut Vm, args: &[Value]) -> R {
    let sep = this(vm, args[0], "join")?;
    let items = match vm.as_list(args[1]) {
        // Looking at strs runs no Python, so the list stays as it is.
        Some(list) => list,
        None => join_items(vm, args[1])?,
    };
    if items.len() == 1
        && let Some(only) = items.at(0).as_ptr().and_then(Str::of)
    {
        return Ok(only.value());
    }
    let n_seps = items.len().saturating_sub(1);
    let (mut len, mut chars) = (sep.byte_len().checked_mul(n_seps), sep.len().wrapping_mul(n_seps));
    for (at, &item) in items.items().iter().enumerate() {
        let Some(str) = vm.as_str(item) else {
            let name = vm.type_name(item);
            return Err(
                vm.type_error(format!("sequence item {at}: expected str instance, {name} found"))
            );
        };
        len = len.and_then(|len| len.checked_add(str.byte_len()));
        chars = chars.wrapping_add(str.len());
    }
    let len = check_len(vm, len)?;
    if len < 2 {
        let parts = items.items().iter().filter_map(|&item| Str::in_value(item));
        let pieces: Vec<&[u8]> = parts.map(Str::bytes).collect();
        return Ok(vm.str_wtf8(&pieces.join(sep.bytes())));
    }
    let parts = items.items().iter().filter_map(|&item| Str::in_value(item));
    Ok(Str::joined(&mut vm.heap, sep.bytes(), parts, (len, chars)).value())
}

fn strip_side(vm: &mut Vm, args: &[Value], method: &str, side: Side) -> R {
    let str = this(vm, args[0], method)?;
    let range = if args[1].is_none() {
        wtf8::strip(str.bytes(), side, Space::Unicode)
    } else if let Some(set) = vm.as_str(args[1]) {
        wtf8::strip_code_points(str.bytes(), side, set.bytes())
    } else {
        return Err(vm.type_error(format!("{method} arg must be None or str")));
    };
    Ok(substring(vm, str, range))
}

fn strip(vm: &mut Vm, args: &[Value]) -> R {
    strip_side(vm, args, "strip", Side::Both)
}

fn lstrip(vm: &mut Vm, args: &[Value]) -> R {
    strip_side(vm, args, "lstrip", Side::Left)
}

fn rstrip(vm: &mut Vm, args: &[Value]) -> R {
    strip_side(vm, args, "rstrip", Side::Right)
}
