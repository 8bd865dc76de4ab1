//! Module `binascii`.
use haft_core::object::{Dict, Type};
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_text::ErrorKind;
use haft_text::base::{
    QuoteOptions, crc_hqx, crc32, decode_base64, decode_hex, decode_quoted_printable, decode_uu,
    encode_base64, encode_hex, encode_hex_separated, encode_quoted_printable, encode_uu,
};

use crate::support::{self, ascii_or_bytes, bytes_argument};

natives! {
    static FUNCTIONS = {
        /// Decode a line of uuencoded data.
        a2b_uu "($module, data, /)" => a2b_uu;
        /// Uuencode line of data.
        b2a_uu "($module, data, /, *, backtick=False)" => b2a_uu;
        /// Decode a line of base64 data.
        a2b_base64 "($module, data, /, *, strict_mode=False)" => a2b_base64;
        /// Base64-code line of data.
        b2a_base64 "($module, data, /, *, newline=True)" => b2a_base64;
        /// Compute CRC-CCITT incrementally.
        crc_hqx "($module, data, crc, /)" => crc_hqx_function;
        /// Compute CRC-32 incrementally.
        crc32 "($module, data, crc=0, /)" => crc32_function;
        /// Hexadecimal representation of binary data.
        b2a_hex "($module, /, data, sep=<absent>, bytes_per_sep=1)" => b2a_hex;
        /// Hexadecimal representation of binary data.
        hexlify "($module, /, data, sep=<absent>, bytes_per_sep=1)" => b2a_hex;
        /// Binary data of hexadecimal representation.
        a2b_hex "($module, hexstr, /)" => a2b_hex;
        /// Binary data of hexadecimal representation.
        unhexlify "($module, hexstr, /)" => a2b_hex;
        /// Decode a string of qp-encoded data.
        a2b_qp "($module, /, data, header=False)" => a2b_qp;
        /// Encode a string using quoted-printable encoding.
        b2a_qp "($module, /, data, quotetabs=False, istext=True, header=False)" => b2a_qp;
    }
}

#[derive(Debug)]
struct ErrorClass(Type);

impl Extension for ErrorClass {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Fill the namespace of `binascii`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let error = support::new_exception(vm, "binascii", "Error", vm.exc.value_error)?;
    let incomplete = support::new_exception(vm, "binascii", "Incomplete", vm.exc.exception)?;
    vm.dict_set_str(dict, "Error", error.value());
    vm.dict_set_str(dict, "Incomplete", incomplete.value());
    vm.set_extension(ErrorClass(error));
    vm.add_functions(dict, "binascii", FUNCTIONS);
    Ok(())
}

/// A bytes of the result, or its error.
fn made(vm: &mut Vm, result: haft_text::Result<Vec<u8>>) -> R {
    match result {
        Ok(bytes) => Ok(vm.bytes(&bytes)),
        Err(wrong) if wrong.kind == ErrorKind::Binascii => {
            let class = vm.extension::<ErrorClass>().expect("set when the module was made").0;
            Err(vm.raise(class, &wrong.message))
        }
        Err(wrong) => Err(support::raise(vm, &wrong)),
    }
}

fn a2b_uu(vm: &mut Vm, args: &[Value]) -> R {
    let text = ascii_or_bytes(vm, args[0])?;
    made(vm, decode_uu(&text))
}

fn b2a_uu(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let backtick = vm.truth(args[1])?;
    made(vm, encode_uu(&data, backtick))
}

fn a2b_base64(vm: &mut Vm, args: &[Value]) -> R {
    let text = ascii_or_bytes(vm, args[0])?;
    let strict = vm.truth(args[1])?;
    made(vm, decode_base64(&text, strict))
}

fn b2a_base64(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let newline = vm.truth(args[1])?;
    made(vm, Ok(encode_base64(&data, newline)))
}

/// The low 32 bits of an int.
fn word(vm: &mut Vm, value: Value) -> R<u32> {
    let index = vm.index_value(value)?;
    let big = vm.as_big(index).unwrap_or_default();
    let low = big & haft_text::IBig::from(u32::MAX);
    Ok(u32::try_from(&low).unwrap_or(0))
}

fn crc_hqx_function(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let start = word(vm, args[1])?;
    Ok(Value::small(i32::from(crc_hqx(&data, start as u16))))
}

/// `crc32(data, crc)`, which `zlib` has too.
pub(crate) fn crc32_function(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let start = word(vm, args[1])?;
    Ok(vm.int(i64::from(crc32(&data, start))))
}

/// `adler32(data, value)` of `zlib`.
pub(crate) fn adler32_function(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let start = word(vm, args[1])?;
    Ok(vm.int(i64::from(haft_text::base::adler32(&data, start))))
}

fn b2a_hex(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    if args[1].is_absent() {
        return made(vm, Ok(encode_hex(&data)));
    }
    let group = vm.index_of(args[2])?;
    let (separator, n) = match (vm.as_str(args[1]), vm.as_bytes(args[1])) {
        (Some(text), _) => (text.bytes().to_vec(), text.len()),
        (None, Some(bytes)) => (bytes.data().to_vec(), bytes.len()),
        (None, None) => return Err(vm.type_error("sep must be str or bytes.")),
    };
    if n != 1 {
        return Err(vm.value_error("sep must be length 1."));
    }
    if !separator[0].is_ascii() {
        return Err(vm.value_error("sep must be ASCII."));
    }
    made(vm, Ok(encode_hex_separated(&data, separator[0], group)))
}

fn a2b_hex(vm: &mut Vm, args: &[Value]) -> R {
    let text = ascii_or_bytes(vm, args[0])?;
    made(vm, decode_hex(&text))
}

fn a2b_qp(vm: &mut Vm, args: &[Value]) -> R {
    let text = ascii_or_bytes(vm, args[0])?;
    let header = vm.truth(args[1])?;
    made(vm, Ok(decode_quoted_printable(&text, header)))
}

fn b2a_qp(vm: &mut Vm, args: &[Value]) -> R {
    let data = bytes_argument(vm, args[0])?;
    let options = QuoteOptions {
        quote_tabs: vm.truth(args[1])?,
        is_text: vm.truth(args[2])?,
        header: vm.truth(args[3])?,
    };
    made(vm, Ok(encode_quoted_printable(&data, options)))
}
