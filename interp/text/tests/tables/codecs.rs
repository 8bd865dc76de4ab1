//! Codecs and their error handlers.

use haft_text::codecs::{self, Builtin, CharmapTable, Codec, Decoded, Endian, ErrorHandler, Fault};
use haft_text::{Error, Result};

use crate::row::{Row, escape, escape_bytes};

fn endian(name: &str) -> Endian {
    match name {
        "le" => Endian::Little,
        "be" => Endian::Big,
        _ => Endian::Mark,
    }
}

/// The fault as the tables write it.
fn raised(fault: &Fault, message: &str) -> Error {
    let Fault { encoding, start, end, reason } = fault;
    Error::value(format!("{encoding} {start} {end} {reason} {message}"))
}

pub(crate) fn codec(row: &Row<'_>) -> Result<String> {
    match row.op {
        "normalize" => Ok(codecs::normalize_name(&row.str(0))),
        "known" => Ok(Codec::from_name(&row.str(0)).is_some().to_string()),
        "escape_decode" => {
            let decoded = codecs::decode_escape(&row.bytes(0), row.text(1).as_bytes())?;
            Ok(escape_bytes(&decoded.bytes))
        }
        "escape_encode" => Ok(escape_bytes(&codecs::encode_escape(&row.bytes(0)))),
        "decode" => decode(row),
        "encode" => encode(row),
        other => panic!("unknown operation {other}"),
    }
}

/// `decode codec input errors final`: text and bytes consumed.
fn decode(row: &Row<'_>) -> Result<String> {
    let bytes = row.bytes(1);
    let builtin = ErrorHandler::from_name(row.text(2).as_bytes()).unwrap();
    let mut handler = Builtin::new(builtin, &bytes);
    let last = row.text(3) == "True";
    let handler = &mut handler;
    let decoded =
        match row.text(0).split_once(':').unwrap_or((row.text(0), "")) {
            ("utf-8", _) => codecs::decode_utf8(&bytes, last, handler),
            ("utf-7", _) => codecs::decode_utf7(&bytes, last, handler),
            ("utf-16", order) => codecs::decode_utf16(&bytes, last, endian(order), handler)
                .map(|(decoded, _)| decoded),
            ("utf-32", order) => codecs::decode_utf32(&bytes, last, endian(order), handler)
                .map(|(decoded, _)| decoded),
            ("ascii", _) => codecs::decode_ascii(&bytes, handler),
            ("latin-1", _) => {
                Ok(Decoded { text: codecs::decode_latin1(&bytes), consumed: bytes.len() })
            }
            ("unicode_escape", _) => codecs::decode_unicode_escape(&bytes, last, handler)
                .map(|out| Decoded { text: out.text, consumed: out.consumed }),
            ("raw_unicode_escape", _) => codecs::decode_raw_unicode_escape(&bytes, last, handler),
            ("charmap", _) => CharmapTable::new(&row.str(4)).decode(&bytes, handler),
            (other, _) => panic!("unknown codec {other}"),
        };
    match decoded {
        Ok(Decoded { text, consumed }) => Ok(format!("{} {consumed}", escape(&text))),
        Err(fault) => Err(raised(&fault, &fault.decode_message(&bytes))),
    }
}

/// `encode codec input errors`
fn encode(row: &Row<'_>) -> Result<String> {
    let s = row.str(1);
    let builtin = ErrorHandler::from_name(row.text(2).as_bytes()).unwrap();
    let mut handler = Builtin::new(builtin, &s);
    let handler = &mut handler;
    let encoded = match row.text(0).split_once(':').unwrap_or((row.text(0), "")) {
        ("utf-8", _) => codecs::encode_utf8(&s, handler),
        ("utf-7", _) => Ok(codecs::encode_utf7(&s)),
        ("utf-16", order) => codecs::encode_utf16(&s, endian(order), handler),
        ("utf-32", order) => codecs::encode_utf32(&s, endian(order), handler),
        ("ascii", _) => codecs::encode_ascii(&s, handler),
        ("latin-1", _) => codecs::encode_latin1(&s, handler),
        ("unicode_escape", _) => Ok(codecs::encode_unicode_escape(&s)),
        ("raw_unicode_escape", _) => Ok(codecs::encode_raw_unicode_escape(&s)),
        ("charmap", _) => CharmapTable::new(&row.str(3)).encode(&s, handler),
        (other, _) => panic!("unknown codec {other}"),
    };
    match encoded {
        Ok(bytes) => Ok(escape_bytes(&bytes)),
        Err(fault) => Err(raised(&fault, &fault.encode_message(&s))),
    }
}
