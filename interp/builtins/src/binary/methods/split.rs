//! Splitting, joining, stripping.
use std::ops::Range;

use haft_core::object::List;
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, LineBreaks, Side, Space};

use crate::arguments::{check_size, no_memory};
use crate::binary::bytes_like;
use crate::binary::data::{Receiver, required, this};
use crate::text::{join_items, room_for_pieces};

natives! {
    pub(crate) static METHODS = {
        /// Return a list of the sections in the bytes, using sep as the delimiter.
        ///
        ///   sep
        ///     The delimiter according which to split the bytes.
        ///     None (the default value) means split on ASCII whitespace characters
        ///     (space, tab, return, newline, formfeed, vertical tab).
        ///   maxsplit
        ///     Maximum number of splits to do.
        ///     -1 (the default value) means no limit.
        split "($self, /, sep=None, maxsplit=-1)" => split;
        /// Return a list of the sections in the bytes, using sep as the delimiter.
        ///
        ///   sep
        ///     The delimiter according which to split the bytes.
        ///     None (the default value) means split on ASCII whitespace characters
        ///     (space, tab, return, newline, formfeed, vertical tab).
        ///   maxsplit
        ///     Maximum number of splits to do.
        ///     -1 (the default value) means no limit.
        ///
        /// Splitting is done starting at the end of the bytes and working to the front.
        rsplit "($self, /, sep=None, maxsplit=-1)" => rsplit;
        /// Return a list of the lines in the bytes, breaking at line boundaries.
        ///
        /// Line breaks are not included in the resulting list unless keepends is given and
        /// true.
        splitlines "($self, /, keepends=False)" => splitlines;
        /// Partition the bytes into three parts using the given separator.
        ///
        /// This will search for the separator sep in the bytes. If the separator is found,
        /// returns a 3-tuple containing the part before the separator, the separator
        /// itself, and the part after it.
        ///
        /// If the separator is not found, returns a 3-tuple containing the original bytes
        /// object and two empty bytes objects.
        partition "($self, sep, /)" => partition;
        /// Partition the bytes into three parts using the given separator.
        ///
        /// This will search for the separator sep in the bytes, starting at the end. If
        /// the separator is found, returns a 3-tuple containing the part before the
        /// separator, the separator itself, and the part after it.
        ///
        /// If the separator is not found, returns a 3-tuple containing two empty bytes
        /// objects and the original bytes object.
        rpartition "($self, sep, /)" => rpartition;
        /// Concatenate any number of bytes objects.
        ///
        /// The bytes whose method is called is inserted in between each pair.
        ///
        /// The result is returned as a new bytes object.
        ///
        /// Example: b'.'.join([b'ab', b'pq', b'rs']) -> b'ab.pq.rs'.
        join "($self, iterable_of_bytes, /)" => join;
        /// Strip leading and trailing bytes contained in the argument.
        ///
        /// If the argument is omitted or None, strip leading and trailing ASCII whitespace.
        strip "($self, bytes=None, /)" => strip;
        /// Strip leading bytes contained in the argument.
        ///
        /// If the argument is omitted or None, strip leading  ASCII whitespace.
        lstrip "($self, bytes=None, /)" => lstrip;
        /// Strip trailing bytes contained in the argument.
        ///
        /// If the argument is omitted or None, strip trailing ASCII whitespace.
        rstrip "($self, bytes=None, /)" => rstrip;
    }
}

/// A list of the pieces of `data`, which stays as it is meanwhile: making objects runs no Python.
fn pieces(vm: &mut Vm, this: Receiver, ranges: &[Range<usize>]) -> Value {
    let list = List::new(&mut vm.heap, ranges.len());
    for range in ranges {
        let piece = this.make(vm, &this.data()[range.clone()]);
        list.push(&mut vm.heap, piece);
    }
    list.value()
}

/// A separator that is not empty.
fn separator<'a>(vm: &mut Vm, value: Value) -> R<&'a [u8]> {
    match required(vm, value)? {
        [] => Err(vm.value_error("empty separator")),
        sep => Ok(sep),
    }
}

fn split(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "split")?;
    let max = usize::try_from(vm.index_of(args[2])?).ok();
    let separator = if args[1].is_none() { None } else { Some(separator(vm, args[1])?) };
    let room = room_for_pieces(this.data(), separator.unwrap_or(b""), max);
    let list = List::new(&mut vm.heap, room);
    let add = |range| {
        let piece = this.make(vm, &this.data()[range]);
        list.push(&mut vm.heap, piece);
    };
    match separator {
        Some(sep) => wtf8::split(this.data(), sep, max, add),
        None => wtf8::split_whitespace(this.data(), max, Space::Ascii, add),
    }
    Ok(list.value())
}

fn rsplit(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "rsplit")?;
    let max = usize::try_from(vm.index_of(args[2])?).ok();
    let ranges = if args[1].is_none() {
        wtf8::rsplit_whitespace(this.data(), max, Space::Ascii)
    } else {
        let sep = separator(vm, args[1])?;
        wtf8::rsplit(this.data(), sep, max)
    };
    Ok(pieces(vm, this, &ranges))
}

fn splitlines(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "splitlines")?;
    let keep_ends = vm.truth(args[1])?;
    let ranges = wtf8::split_lines(this.data(), keep_ends, LineBreaks::Bytes);
    Ok(pieces(vm, this, &ranges))
}

/// The separator as it is shown in the result: itself for bytes, a copy for bytearray.
fn shown_separator(vm: &mut Vm, this: Receiver, value: Value, sep: &[u8]) -> Value {
    match this {
        Receiver::Bytes(_) => value,
        Receiver::Array(_) => this.make(vm, sep),
    }
}

fn partition(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "partition")?;
    let sep = separator(vm, args[1])?;
    let (before, middle, after) = match wtf8::partition(this.data(), sep) {
        Some((before, after)) => {
            let before = this.make(vm, &this.data()[before]);
            (before, shown_separator(vm, this, args[1], sep), this.make(vm, &this.data()[after]))
        }
        None => (this.same(vm), this.make(vm, b""), this.make(vm, b"")),
    };
    Ok(vm.tuple(&[before, middle, after]))
}

fn rpartition(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "rpartition")?;
    let sep = separator(vm, args[1])?;
    let (before, middle, after) = match wtf8::rpartition(this.data(), sep) {
        Some((before, after)) => {
            let before = this.make(vm, &this.data()[before]);
            (before, shown_separator(vm, this, args[1], sep), this.make(vm, &this.data()[after]))
        }
        None => (this.make(vm, b""), this.make(vm, b""), this.same(vm)),
    };
    Ok(vm.tuple(&[before, middle, after]))
}

fn join(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "join")?;
    let items = join_items(vm, args[1])?;
    if items.len() == 1
        && let Receiver::Bytes(_) = this
        && let Some(only) = items.at(0).as_ptr().and_then(haft_core::object::Bytes::of)
    {
        return Ok(only.value());
    }
    let mut out = Vec::new();
    for at in 0..items.len() {
        let item = items.at(at);
        let data = bytes_like(vm, item);
        let Some(Some(data)) = vm.catch(data, vm.exc.exception)? else {
            let name = vm.type_name(item);
            return Err(vm.type_error(format!(
                "sequence item {at}: expected a bytes-like object, {name} found"
            )));
        };
        let sep = if at > 0 { this.data() } else { &[] };
        let Some(len) = out.len().checked_add(data.len() + sep.len()) else {
            return Err(no_memory(vm));
        };
        if len > out.capacity() {
            check_size(vm, len)?;
        }
        out.extend_from_slice(sep);
        out.extend_from_slice(data);
    }
    Ok(this.make(vm, &out))
}

fn strip_side(vm: &mut Vm, args: &[Value], method: &str, side: Side) -> R {
    let this = this(vm, args[0], method)?;
    let range = if args[1].is_none() {
        wtf8::strip(this.data(), side, Space::Ascii)
    } else {
        let set = required(vm, args[1])?;
        wtf8::strip_bytes(this.data(), side, set)
    };
    Ok(this.part(vm, range))
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
