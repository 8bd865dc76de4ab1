//! Filling up to a width.
use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, Justify, Unit, decode_at};

use super::make::{changed_or, check_len};
use super::{new_str, this};

natives! {
    pub(super) static METHODS = {
        /// Return a centered string of length width.
        ///
        /// Padding is done using the specified fill character (default is a space).
        center "($self, width, fillchar=' ', /)" => center;
        /// Return a left-justified string of length width.
        ///
        /// Padding is done using the specified fill character (default is a space).
        ljust "($self, width, fillchar=' ', /)" => ljust;
        /// Return a right-justified string of length width.
        ///
        /// Padding is done using the specified fill character (default is a space).
        rjust "($self, width, fillchar=' ', /)" => rjust;
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
        ///
        /// The string is never truncated.
        zfill "($self, width, /)" => zfill;
        /// Return a copy where all tab characters are expanded using spaces.
        ///
        /// If tabsize is not given, a tab size of 8 characters is assumed.
        expandtabs "($self, /, tabsize=8)" => expandtabs;
    }
}

fn fill_character(vm: &mut Vm, value: Value) -> R<u32> {
    match vm.as_str(value) {
        Some(fill) if fill.len() == 1 => Ok(decode_at(fill.bytes(), 0).0),
        Some(_) => Err(vm.type_error("The fill character must be exactly one character long")),
        None => {
            let name = vm.type_name(value);
            Err(vm
                .type_error(format!("The fill character must be a unicode character, not {name}")))
        }
    }
}

fn width_argument(vm: &mut Vm, str: Str, value: Value) -> R<usize> {
    let width = usize::try_from(vm.index_of(value)?).unwrap_or(0);
    if width > str.len() {
        check_len(vm, (width - str.len()).checked_add(str.byte_len()))?;
    }
    Ok(width)
}

fn justify(vm: &mut Vm, args: &[Value], method: &str, how: Justify) -> R {
    let str = this(vm, args[0], method)?;
    let width = width_argument(vm, str, args[1])?;
    let fill = fill_character(vm, args[2])?;
    let filled = wtf8::justify(str.bytes(), str.len(), width, fill, how);
    changed_or(vm, str, filled)
}

fn center(vm: &mut Vm, args: &[Value]) -> R {
    justify(vm, args, "center", Justify::Center)
}

fn ljust(vm: &mut Vm, args: &[Value]) -> R {
    justify(vm, args, "ljust", Justify::Left)
}

fn rjust(vm: &mut Vm, args: &[Value]) -> R {
    justify(vm, args, "rjust", Justify::Right)
}

fn zfill(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "zfill")?;
    let width = width_argument(vm, str, args[1])?;
    let filled = wtf8::zfill(str.bytes(), str.len(), width);
    changed_or(vm, str, filled)
}

/// A tab size as C's int; negative is 0.
pub(crate) fn tab_size(vm: &mut Vm, value: Value, tabs: usize) -> R<usize> {
    let size = vm.index_clamped(value)?;
    let Ok(size) = i32::try_from(size) else {
        return Err(vm.overflow_error(if size > 0 {
            "Python int too large to convert to C int"
        } else {
            "Python int too small to convert to C int"
        }));
    };
    let size = usize::try_from(size).unwrap_or(0);
    check_len(vm, size.checked_mul(tabs))?;
    Ok(size)
}

fn expandtabs(vm: &mut Vm, args: &[Value]) -> R {
    let str = this(vm, args[0], "expandtabs")?;
    let tabs = wtf8::count(str.bytes(), b"\t", Unit::Byte);
    let size = tab_size(vm, args[1], tabs)?;
    let expanded = wtf8::expand_tabs(str.bytes(), size, Unit::CodePoint);
    new_str(vm, &expanded)
}
