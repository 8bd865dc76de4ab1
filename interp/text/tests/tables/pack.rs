//! `struct` and `binascii`.

use haft_text::base::{self, QuoteOptions};
use haft_text::int::{Int, IntRef};
use haft_text::structpack::{Format, Value, Wants};
use haft_text::{IBig, Result, float};

use crate::row::{Row, escape_bytes};

pub(crate) fn base(row: &Row<'_>) -> Result<String> {
    let bytes = row.bytes(0);
    let flag = |i: usize| row.text(i) == "True";
    Ok(match row.op {
        "b2a_base64" => escape_bytes(&base::encode_base64(&bytes, flag(1))),
        "a2b_base64" => escape_bytes(&base::decode_base64(&bytes, flag(1))?),
        "hexlify" => escape_bytes(&base::encode_hex(&bytes)),
        "hex_separated" => {
            escape_bytes(&base::encode_hex_separated(&bytes, row.bytes(1)[0], row.number(2)))
        }
        "unhexlify" => escape_bytes(&base::decode_hex(&bytes)?),
        "fromhex" => escape_bytes(&base::bytes_from_hex(&row.str(0))?),
        "b2a_uu" => escape_bytes(&base::encode_uu(&bytes, flag(1))?),
        "a2b_uu" => escape_bytes(&base::decode_uu(&bytes)?),
        "a2b_qp" => escape_bytes(&base::decode_quoted_printable(&bytes, flag(1))),
        "b2a_qp" => {
            let options = QuoteOptions { quote_tabs: flag(1), is_text: flag(2), header: flag(3) };
            escape_bytes(&base::encode_quoted_printable(&bytes, options))
        }
        "crc32" => base::crc32(&bytes, row.number(1)).to_string(),
        "crc_hqx" => base::crc_hqx(&bytes, row.number(1)).to_string(),
        "adler32" => base::adler32(&bytes, row.number(1)).to_string(),
        other => panic!("unknown operation {other}"),
    })
}

pub(crate) fn structure(row: &Row<'_>) -> Result<String> {
    let format = Format::parse(&row.bytes(0))?;
    if row.op == "size" {
        return Ok(format!("{} {}", format.size(), format.n_values()));
    }
    if row.op == "unpack" {
        let bytes = row.bytes(1);
        let values = format.slots().map(|slot| match slot.unpack(&bytes) {
            Value::Bytes(value) => escape_bytes(value),
            Value::Bool(value) => value.to_string(),
            Value::Int(value) => IBig::from(value).to_string(),
            Value::Float(value) => float::repr(value),
            Value::Complex(real, imaginary) => haft_text::complex::repr(real, imaginary),
        });
        return Ok(values.collect::<Vec<_>>().join("|"));
    }
    let slot = format.slots().next().unwrap();
    let mut out = vec![0; format.size()];
    match slot.wants() {
        Wants::Bytes | Wants::Char => slot.pack_bytes(&row.bytes(1), &mut out)?,
        Wants::Bool => slot.pack_bool(row.text(1) == "True", &mut out),
        Wants::Int => {
            let value = Int::from(row.big(1));
            slot.pack_int(value.as_ref(), &mut out)?;
            let mut again = vec![0; format.size()];
            slot.pack_int(IntRef::Big(&value.into()), &mut again)?;
            assert_eq!(out, again);
        }
        Wants::Float => slot.pack_float(row.float(1), &mut out)?,
        Wants::Complex => slot.pack_complex(row.float(1), row.float(2), &mut out)?,
    }
    Ok(escape_bytes(&out))
}
