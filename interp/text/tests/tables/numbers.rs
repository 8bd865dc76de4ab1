//! Ints, floats and complex numbers.

use haft_text::float::Flags;
use haft_text::int::{ByteOrder, Int, IntRef};
use haft_text::{IBig, Result, complex, float, int};

use crate::row::{self, Row, escape_bytes};

fn show(i: impl Into<Int>) -> String {
    match i.into() {
        Int::Small(i) => i.to_string(),
        Int::Big(i) => i.to_string(),
    }
}

pub(crate) fn float(row: &Row<'_>) -> Result<String> {
    Ok(match row.op {
        "repr" => float::repr(row.float(0)),
        "parse" => row::float(float::parse(&row.str(0))?),
        "parse_bytes" => row::float(float::parse_bytes(&row.bytes(0))?),
        "hex" => float::to_hex(row.float(0)),
        "from_hex" => row::float(float::from_hex(&row.str(0))?),
        "round" => row::float(float::round(row.float(0), row.number(1))?),
        "hash" => float::hash_f64(row.float(0)).map_or("nan".to_owned(), |hash| hash.to_string()),
        "hash_complex" => {
            let part = |i| float::hash_f64(row.float(i)).unwrap();
            float::hash_complex(part(0), part(1)).to_string()
        }
        "hash_int" => {
            let i = row.big(0);
            if let Int::Small(i) = i.clone().into() {
                assert_eq!(float::hash_i64(i).to_string(), row.expected);
            }
            float::hash_ibig(&i).to_string()
        }
        "ratio" => {
            let (numerator, denominator) = float::as_integer_ratio(row.float(0))?;
            format!("{numerator}/{denominator}")
        }
        "is_integer" => float::is_integer(row.float(0)).to_string(),
        "format" => {
            let code = row.text(1).as_bytes()[0];
            let flags = Flags { alternate: row.text(3) == "#", ..Flags::default() };
            float::format(row.float(0), code, row.number(2), flags)
        }
        "divmod" => {
            let (quotient, remainder) = float::div_mod(row.float(0), row.float(1))?;
            format!("{} {}", row::float(quotient), row::float(remainder))
        }
        other => panic!("unknown operation {other}"),
    })
}

pub(crate) fn int(row: &Row<'_>) -> Result<String> {
    Ok(match row.op {
        "parse" => show(int::parse(&row.str(0), int::check_base(row.number(1))?, row.number(2))?),
        "parse_bytes" => show(int::parse_bytes(&row.bytes(0), row.number(1), 4300)?),
        "radix" => {
            let (i, radix) = (row.big(0), row.number(1));
            if let Int::Small(i) = i.clone().into() {
                assert_eq!(int::i64_to_radix(i, radix), row.expected);
            }
            IntRef::Big(&i).to_radix(radix, 4300)?
        }
        "hex" => int::with_prefix(&int::big_to_radix(&row.big(0), 16), 16),
        "to_bytes" => {
            let order = ByteOrder::from_name(row.text(2).as_bytes())?;
            escape_bytes(&int::to_bytes(&row.big(0), row.number(1), order, row.text(3) == "True")?)
        }
        "from_bytes" => {
            let order = ByteOrder::from_name(row.text(1).as_bytes())?;
            show(int::from_bytes(&row.bytes(0), order, row.text(2) == "True"))
        }
        "divmod" => {
            let (quotient, remainder) = int::div_mod(&row.big(0), &row.big(1))?;
            format!("{quotient} {remainder}")
        }
        "pow" => int::pow_mod(&row.big(0), &row.big(1), &row.big(2))?.to_string(),
        "truediv" => row::float(int::true_div(&row.big(0), &row.big(1))?),
        "float" => row::float(int::to_f64(&row.big(0))?),
        "from_float" => show(int::from_f64(row.float(0))?),
        "isqrt" => int::isqrt(&row.big(0))?.to_string(),
        "shl" => int::shl(&row.big(0), row.number(1)).to_string(),
        "shr" => int::shr(&row.big(0), row.number(1)).to_string(),
        "bits" => {
            let i: IBig = row.big(0);
            format!("{} {}", int::bit_length(&i), int::bit_count(&i))
        }
        other => panic!("unknown operation {other}"),
    })
}

pub(crate) fn complex(row: &Row<'_>) -> Result<String> {
    Ok(match row.op {
        "repr" => complex::repr(row.float(0), row.float(1)),
        "parse" => {
            let (real, imaginary) = complex::parse(&row.str(0))?;
            format!("{} {}", row::float(real), row::float(imaginary))
        }
        other => panic!("unknown operation {other}"),
    })
}
