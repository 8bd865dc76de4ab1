//! str, and formatting.
mod case;
mod codec;
mod format;
mod iter;
mod make;
mod new;
mod pad;
mod percent;
mod search;
mod slots;
mod split;
mod template;
mod translate;

use haft_core::object::Str;
use haft_core::{R, Value, Vm, natives};

use crate::arguments::wrong_receiver;

pub use codec::{Handling, decode, encode};
pub use format::{format_value, format_with_spec};
pub(crate) use make::{new_str, substring};
pub(crate) use pad::tab_size;
pub(crate) use percent::format_percent;
pub(crate) use slots::repeat_count;
pub(crate) use split::{join_items, room_for_pieces};

const DOC: &str = "str(object='') -> str
str(bytes_or_buffer[, encoding[, errors]]) -> str

Create a new string object from the given object. If encoding or
errors is specified, then the object must expose a data buffer
that will be decoded using the given encoding and error handler.
Otherwise, returns the result of object.__str__() (if defined)
or repr(object).
encoding defaults to 'utf-8'.
errors defaults to 'strict'.";

/// Give str its slots and methods.
pub(crate) fn install(vm: &mut Vm) {
    iter::install(vm);
    vm.fill_type(vm.t.str, DOC, slots::fill, OWN, &[]);
    for methods in
        [case::METHODS, search::METHODS, split::METHODS, pad::METHODS, translate::METHODS]
    {
        vm.fill_type(vm.t.str, "", |_| (), methods, &[]);
    }
    vm.ready_type(vm.t.str);
}

natives! {
    static OWN = {
        /// Encode the string using the codec registered for encoding.
        ///
        ///   encoding
        ///     The encoding in which to encode the string.
        ///   errors
        ///     The error handling scheme to use for encoding errors.
        ///     The default is 'strict' meaning that encoding errors raise a
        ///     UnicodeEncodeError.  Other possible values are 'ignore', 'replace' and
        ///     'xmlcharrefreplace' as well as any other name registered with
        ///     codecs.register_error that can handle UnicodeEncodeErrors.
        encode "($self, /, encoding='utf-8', errors='strict')" => codec::str_encode;
        /// Return a formatted version of the string, using substitutions from args and kwargs.
        ///
        /// The substitutions are identified by braces ('{' and '}').
        raw format "($self, /, *args, **kwargs)" => template::str_format;
        /// Return a formatted version of the string, using substitutions from mapping.
        ///
        /// The substitutions are identified by braces ('{' and '}').
        format_map "($self, mapping, /)" => template::str_format_map;
        /// Return a formatted version of the string as described by format_spec.
        __format__ "($self, format_spec, /)" => format_with_spec;
        /// Return the size of the string in memory, in bytes.
        __sizeof__ "($self, /)" => slots::sizeof;
        ///
        __getnewargs__ "($self, /)" => slots::getnewargs;
    }
}

/// The receiver of a method of str.
#[inline]
pub(crate) fn this(vm: &mut Vm, value: Value, method: &str) -> R<Str> {
    match vm.as_str(value) {
        Some(str) => Ok(str),
        None => Err(wrong_receiver(vm, method, "str", value)),
    }
}
