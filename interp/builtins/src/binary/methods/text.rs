//! Between bytes and text: `decode`, `hex`, `fromhex`; and translation tables.
use haft_core::{R, Value, Vm, natives};
use haft_text::base::{bytes_from_hex, encode_hex, encode_hex_separated};

use crate::arguments::{lift, shown_type, str_argument};
use crate::binary::bytes_like;
use crate::binary::data::{new_bytearray, required, this};
use crate::text::{decode, new_str};

natives! {
    pub(crate) static METHODS = {
        /// Decode the bytes using the codec registered for encoding.
        ///
        ///   encoding
        ///     The encoding with which to decode the bytes.
        ///   errors
        ///     The error handling scheme to use for the handling of decoding errors.
        ///     The default is 'strict' meaning that decoding errors raise a
        ///     UnicodeDecodeError. Other possible values are 'ignore' and 'replace'
        ///     as well as any other name registered with codecs.register_error that
        ///     can handle UnicodeDecodeErrors.
        decode "($self, /, encoding='utf-8', errors='strict')" => decode_method;
        /// Create a string of hexadecimal numbers from a bytes object.
        ///
        ///   sep
        ///     An optional single character or byte to separate hex bytes.
        ///   bytes_per_sep
        ///     How many bytes between separators.  Positive values count from the
        ///     right, negative values count from the left.
        ///
        /// Example:
        /// >>> value = b'\xb9\x01\xef'
        /// >>> value.hex()
        /// 'b901ef'
        /// >>> value.hex(':')
        /// 'b9:01:ef'
        /// >>> value.hex(':', 2)
        /// 'b9:01ef'
        /// >>> value.hex(':', -2)
        /// 'b901:ef'
        hex "($self, /, sep=<absent>, bytes_per_sep=1)" => hex;
        /// Create a bytes object from a string of hexadecimal numbers.
        ///
        /// Spaces between two numbers are accepted.
        /// Example: bytes.fromhex('B9 01EF') -> b'\\xb9\\x01\\xef'.
        class fromhex "($type, string, /)" => fromhex;
        /// Return a copy with each character mapped by the given translation table.
        ///
        ///   table
        ///     Translation table, which must be a bytes object of length 256.
        ///
        /// All characters occurring in the optional argument delete are removed.
        /// The remaining characters are mapped through the given translation table.
        translate "($self, table, /, delete=b'')" => translate;
        /// Return a translation table usable for the bytes or bytearray translate method.
        ///
        /// The returned table will be one where each byte in frm is mapped to the byte at
        /// the same position in to.
        ///
        /// The bytes objects frm and to must be of the same length.
        static maketrans "(frm, to, /)" => maketrans;
    }
}

fn decode_method(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "decode")?;
    let encoding = str_argument(vm, args[1], "decode() argument 'encoding'")?;
    let errors = str_argument(vm, args[2], "decode() argument 'errors'")?;
    decode(vm, args[0], this.data(), Some(encoding), Some(errors))
}

/// The separator of `hex`, one ASCII character.
fn hex_separator(vm: &mut Vm, value: Value) -> R<u8> {
    if vm.length(value)? != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    let text = match (vm.as_str(value), vm.as_bytes(value)) {
        (Some(text), _) => text.bytes(),
        (None, Some(bytes)) => bytes.data(),
        (None, None) => return Err(vm.type_error("sep must be str or bytes.")),
    };
    match *text {
        [byte] if byte.is_ascii() => Ok(byte),
        _ => Err(vm.value_error("sep must be ASCII.")),
    }
}

/// `hex(sep, bytes_per_sep)` of some bytes.
pub(crate) fn hex_text(vm: &mut Vm, data: &[u8], sep: Value, group: Value) -> R {
    let group = vm.index_of(group)?;
    let text = if sep.is_absent() {
        encode_hex(data)
    } else {
        let sep = hex_separator(vm, sep)?;
        encode_hex_separated(data, sep, group)
    };
    new_str(vm, &text)
}

fn hex(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "hex")?;
    hex_text(vm, this.data(), args[1], args[2])
}

fn fromhex(vm: &mut Vm, args: &[Value]) -> R {
    let text = match vm.as_str(args[1]) {
        Some(text) => text.bytes(),
        None => match bytes_like(vm, args[1])? {
            Some(bytes) => bytes,
            None => {
                let shown = shown_type(vm, args[1]);
                return Err(vm.type_error(format!(
                    "fromhex() argument must be str or bytes-like, not {shown}"
                )));
            }
        },
    };
    let data = lift(vm, bytes_from_hex(text))?;
    let class = args[0];
    if class == vm.t.bytearray.value() {
        return Ok(new_bytearray(vm, vm.t.bytearray, &data));
    }
    let bytes = vm.bytes(&data);
    if class == vm.t.bytes.value() { Ok(bytes) } else { vm.call_positional(class, &[bytes]) }
}

fn translate(vm: &mut Vm, args: &[Value]) -> R {
    let this = this(vm, args[0], "translate")?;
    let table = if args[1].is_none() { None } else { Some(required(vm, args[1])?) };
    if table.is_some_and(|table| table.len() != 256) {
        return Err(vm.value_error("translation table must be 256 characters long"));
    }
    let mut deleted = [false; 256];
    for &byte in required(vm, args[2])? {
        deleted[usize::from(byte)] = true;
    }
    let kept = this.data().iter().copied().filter(|&byte| !deleted[usize::from(byte)]);
    let out: Vec<u8> = match table {
        Some(table) => kept.map(|byte| table[usize::from(byte)]).collect(),
        None => kept.collect(),
    };
    Ok(this.make(vm, &out))
}

fn maketrans(vm: &mut Vm, args: &[Value]) -> R {
    let (from, to) = (required(vm, args[0])?, required(vm, args[1])?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=u8::MAX).collect();
    for (&from, &to) in from.iter().zip(to) {
        table[usize::from(from)] = to;
    }
    Ok(vm.bytes(&table))
}
