//! Filling up to a width.
use haft_core::{R, Value, Vm, natives};
use haft_text::wtf8::{self, Justify, Unit};

use crate::arguments::{check_size, shown_type};
use crate::binary::bytes_data;
use crate::binary::data::this;
use crate::text::tab_size;

natives! {
    pub(crate) static METHODS = {
        /// Return a centered string of length width.
        ///
        /// Padding is done using the specified fill character.
        center "($self, width, fillchar=b' ', /)" => center;
        /// Return a left-justified string of length width.
        ///
        /// Padding is done using the specified fill character.
        ljust "($self, width, fillchar=b' ', /)" => ljust;
        /// Return a right-justified string of length width.
        ///
        /// Padding is done using the specified fill character.
        rjust "($self, width, fillchar=b' ', /)" => rjust;
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
        ///
        /// The original string is never truncated.
        zfill "($self, width, /)" => zfill;
        /// Return a copy where all tab characters are expanded using spaces.
        ///
        /// If tabsize is not given, a tab size of 8 characters is assumed.
        expandtabs "($self, /, tabsize=8)" => expandtabs;
    }
}

fn fill_byte(vm: &mut Vm, value: Value, method: &str) -> R<u8> {
    match bytes_data(vm, value) {
        Some(&[byte]) => Ok(byte),
        Some(data) => {
            let class = if vm.as_bytes(value).is_some() { "bytes" } else { "bytearray" };
            let len = data.len();
            let text = format!(
                "{method}(): argument 2 must be a byte string of length 1, not a {class} object of length {len}"
            );
            Err(vm.type_error(text))
        }
        None => {
            let shown = shown_type(vm, value);
            Err(vm.type_error(format!(
                "{method}() argument 2 must be a byte string of length 1, not {shown}"
            )))
        }
    }
}

fn width_argument(vm: &mut Vm, value: Value) -> R<usize> {
    let width = usize::try_from(vm.index_of(value)?).unwrap_or(0);
    check_size(vm, width)?;
    Ok(width)
}

fn justify(vm: &mut Vm, args: &[Value], method: &str, how: Justify) -> R {
    let this = this(vm, args[0], method)?;
    let width = width_argument(vm, args[1])?;
    let byte = fill_byte(vm, args[2], method)?;
    let data = this.data();
    let Some(n_fill) = width.checked_sub(data.len()) else { return Ok(this.same(vm)) };
    let left = match how {
        Justify::Left => 0,
        Justify::Right => n_fill,
        // An odd blank goes to the left only if the width is odd too.
        Justify::Center => n_fill / 2 + (n_fill & width & 1),
    };
    let mut out = vec![byte; width];
    out[left..left + data.len()].copy_from_slice(data);
    Ok(this.make(vm, &out))
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
    let this = this(vm, args[0], "zfill")?;
    let width = width_argument(vm, args[1])?;
    let data = this.data();
    match wtf8::zfill(data, data.len(), width) {
        Some(filled) => Ok(this.make(vm, &filled)),
        None => Ok(this.same(vm)),
    }
}

fn expandtabs(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "expandtabs")?;
    let tabs = wtf8::count(this.data(), b"\t", Unit::Byte);
    let size = tab_size(vm, args[1], tabs)?;
    let expanded = wtf8::expand_tabs(this.data(), size, Unit::Byte);
    Ok(this.make(vm, &expanded))
}
