//! Binary data as text, and checksums: what the module `binascii` is made of.

mod base64;
mod checksum;
mod hex;
mod quoted_printable;
mod uu;

pub(crate) use base64::base64_value;
pub use base64::{decode_base64, encode_base64};
pub use checksum::{adler32, crc_hqx, crc32};
pub use hex::{bytes_from_hex, decode_hex, encode_hex, encode_hex_separated};
pub use quoted_printable::{QuoteOptions, decode_quoted_printable, encode_quoted_printable};
pub use uu::{decode_uu, encode_uu};

use crate::{Error, ErrorKind};

/// `binascii.Error(message)`
fn error(message: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Binascii, message)
}
