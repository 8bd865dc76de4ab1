//! Finding, counting, replacing.
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, Unit};

use crate::arguments::{bounds, check_size, fit, no_memory, slot};
use crate::binary::bytes_like;
use crate::binary::data::{byte_value, required, this};

natives! {
    pub(crate) static METHODS = {
        /// Return the number of non-overlapping occurrences of subsection 'sub' in bytes B[start:end].
        ///
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        count "($self, sub, start=None, end=None, /)" => count;
        /// Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
        ///
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        ///
        /// Return -1 on failure.
        find "($self, sub, start=None, end=None, /)" => find;
        /// Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
        ///
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        ///
        /// Return -1 on failure.
        rfind "($self, sub, start=None, end=None, /)" => rfind;
        /// Return the lowest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
        ///
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        ///
        /// Raise ValueError if the subsection is not found.
        index "($self, sub, start=None, end=None, /)" => index;
        /// Return the highest index in B where subsection 'sub' is found, such that 'sub' is contained within B[start,end].
        ///
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        ///
        /// Raise ValueError if the subsection is not found.
        rindex "($self, sub, start=None, end=None, /)" => rindex;
        /// Return True if the bytes starts with the specified prefix, False otherwise.
        ///
        ///   prefix
        ///     A bytes or a tuple of bytes to try.
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        startswith "($self, prefix, start=None, end=None, /)" => startswith;
        /// Return True if the bytes ends with the specified suffix, False otherwise.
        ///
        ///   suffix
        ///     A bytes or a tuple of bytes to try.
        ///   start
        ///     Optional start position. Default: start of the bytes.
        ///   end
        ///     Optional stop position. Default: end of the bytes.
        endswith "($self, suffix, start=None, end=None, /)" => endswith;
        /// Return a copy with all occurrences of substring old replaced by new.
        ///
        ///   count
        ///     Maximum number of occurrences to replace.
        ///     -1 (the default value) means replace all occurrences.
        ///
        /// If the optional argument count is given, only the first count occurrences are
        /// replaced.
        replace "($self, old, new, count=-1, /)" => replace;
        /// Return a bytes object with the given prefix string removed if present.
        ///
        /// If the bytes starts with the prefix string, return bytes[len(prefix):].
        /// Otherwise, return a copy of the original bytes.
        removeprefix "($self, prefix, /)" => removeprefix;
        /// Return a bytes object with the given suffix string removed if present.
        ///
        /// If the bytes ends with the suffix string and that suffix is not empty,
        /// return bytes[:-len(suffix)].  Otherwise, return a copy of the original
        /// bytes.
        removesuffix "($self, suffix, /)" => removesuffix;
    }
}

/// What is looked for: one byte given as an int, or several.
pub(crate) enum Needle<'a> {
    Byte([u8; 1]),
    Bytes(&'a [u8]),
}

impl Needle<'_> {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Needle::Byte(byte) => byte,
            Needle::Bytes(bytes) => bytes,
        }
    }
}

fn needle<'a>(vm: &mut Vm, value: Value) -> R<Needle<'a>> {
    if let Some(bytes) = bytes_like(vm, value)? {
        return Ok(Needle::Bytes(bytes));
    }
    if !vm.is_int(value) && slot(vm, value, |s| s.index.get().is_none()) {
        let name = vm.type_name(value);
        return Err(
            vm.type_error(format!("argument should be integer or bytes-like object, not '{name}'"))
        );
    }
    Ok(Needle::Byte([byte_value(vm, value, "byte must be in range(0, 256)")?]))
}

fn position(
    vm: &mut Vm,
    args: &[Value],
    method: &str,
    look: fn(&[u8], &[u8]) -> Option<usize>,
) -> R<Option<usize>> {
    let this = this(vm, args[0], method)?;
    let bounds = bounds(vm, args[2], args[3])?;
    let needle = needle(vm, args[1])?;
    let data = this.data();
    let Some((start, end)) = fit(bounds, data.len()) else { return Ok(None) };
    Ok(look(&data[start..end], needle.as_slice()).map(|at| start + at))
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
        None => Err(vm.value_error("subsection not found")),
    }
}

fn rindex(vm: &mut Vm, args: &[Value]) -> R {
    match position(vm, args, "rindex", wtf8::rfind)? {
        Some(at) => Ok(vm.int_usize(at)),
        None => Err(vm.value_error("subsection not found")),
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "count")?;
    let bounds = bounds(vm, args[2], args[3])?;
    let needle = needle(vm, args[1])?;
    let data = this.data();
    let n = fit(bounds, data.len())
        .map_or(0, |(start, end)| wtf8::count(&data[start..end], needle.as_slice(), Unit::Byte));
    Ok(vm.int_usize(n))
}

/// `startswith` and `endswith`: does one of the affixes satisfy the test?
fn affix(vm: &mut Vm, args: &[Value], method: &str, test: fn(&[u8], &[u8]) -> bool) -> R {
    let this = this(vm, args[0], method)?;
    let bounds = bounds(vm, args[2], args[3])?;
    let holds = |affix: &[u8]| {
        let data = this.data();
        fit(bounds, data.len()).is_some_and(|(start, end)| test(&data[start..end], affix))
    };
    if let Some(affixes) = vm.as_tuple(args[1]) {
        for &affix in affixes.items() {
            if holds(required(vm, affix)?) {
                return Ok(Value::TRUE);
            }
        }
        return Ok(Value::FALSE);
    }
    match bytes_like(vm, args[1])? {
        Some(affix) => Ok(Value::bool(holds(affix))),
        None => {
            let name = vm.type_name(args[1]);
            Err(vm.type_error(format!(
                "{method} first arg must be bytes or a tuple of bytes, not {name}"
            )))
        }
    }
}

fn startswith(vm: &mut Vm, args: &[Value]) -> R {
    affix(vm, args, "startswith", |data, affix| data.starts_with(affix))
}

fn endswith(vm: &mut Vm, args: &[Value]) -> R {
    affix(vm, args, "endswith", |data, affix| data.ends_with(affix))
}

fn replace(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "replace")?;
    let max = usize::try_from(vm.index_of(args[3])?).ok();
    let (old, new) = (required(vm, args[1])?, required(vm, args[2])?);
    let data = this.data();
    if new.len() > old.len() && data.len() > 1 << 16 {
        let n = wtf8::count(data, old, Unit::Byte).min(max.unwrap_or(usize::MAX));
        match (new.len() - old.len()).checked_mul(n).and_then(|more| more.checked_add(data.len())) {
            Some(len) => check_size(vm, len)?,
            None => return Err(no_memory(vm)),
        }
    }
    match wtf8::replace(data, old, new, max, Unit::Byte) {
        Some(changed) => Ok(this.make(vm, &changed)),
        None => Ok(this.same(vm)),
    }
}

fn removeprefix(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "removeprefix")?;
    let prefix = required(vm, args[1])?;
    let data = this.data();
    let from = if data.starts_with(prefix) { prefix.len() } else { 0 };
    Ok(this.part(vm, from..data.len()))
}

fn removesuffix(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "removesuffix")?;
    let suffix = required(vm, args[1])?;
    let data = this.data();
    let n = if data.ends_with(suffix) { suffix.len() } else { 0 };
    Ok(this.part(vm, 0..data.len() - n))
}
