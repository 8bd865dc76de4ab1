//! One row of a table.

use haft_text::{Error, ErrorKind, IBig, wtf8};

/// A row: an operation, its arguments and what `CPython` answers.
pub(crate) struct Row<'a> {
    pub(crate) op: &'a str,
    args: Vec<&'a str>,
    pub(crate) expected: &'a str,
}

impl<'a> Row<'a> {
    pub(crate) fn parse(line: &'a str) -> Self {
        let mut fields: Vec<&str> = line.split('\t').collect();
        let expected = fields.pop().unwrap();
        let op = fields.remove(0);
        Self { op, args: fields, expected }
    }

    pub(crate) fn text(&self, i: usize) -> &'a str {
        self.args[i]
    }

    /// A string argument.
    pub(crate) fn str(&self, i: usize) -> Vec<u8> {
        unescape(self.args[i])
    }

    /// A bytes argument.
    pub(crate) fn bytes(&self, i: usize) -> Vec<u8> {
        wtf8::code_points(&unescape(self.args[i])).map(|cp| u8::try_from(cp).unwrap()).collect()
    }

    /// A float, written as its bits.
    pub(crate) fn float(&self, i: usize) -> f64 {
        f64::from_bits(u64::from_str_radix(self.args[i], 16).unwrap())
    }

    pub(crate) fn big(&self, i: usize) -> IBig {
        self.args[i].parse().unwrap()
    }

    pub(crate) fn number<T: std::str::FromStr<Err: std::fmt::Debug>>(&self, i: usize) -> T {
        self.args[i].parse().unwrap()
    }

    /// An int or `None`.
    pub(crate) fn option(&self, i: usize) -> Option<i64> {
        self.args[i].parse().ok()
    }
}

/// The bits of a float as the tables write them.
pub(crate) fn float(x: f64) -> String {
    if x.is_nan() { "nan".to_owned() } else { format!("{:016x}", x.to_bits()) }
}

pub(crate) fn escape_error(error: &Error) -> String {
    let kind = match error.kind {
        ErrorKind::Value => "ValueError",
        ErrorKind::Type => "TypeError",
        ErrorKind::Overflow => "OverflowError",
        ErrorKind::ZeroDivision => "ZeroDivisionError",
        ErrorKind::Lookup => "LookupError",
        ErrorKind::Memory => "MemoryError",
        ErrorKind::Struct => "struct.error",
        ErrorKind::Binascii => "binascii.Error",
    };
    format!("!{kind}: {}", escape(error.message.as_bytes()))
}

/// As the codec `unicode_escape` encodes.
pub(crate) fn escape(s: &[u8]) -> String {
    wtf8::code_points(s)
        .map(|cp| match cp {
            0x09 => "\\t".to_owned(),
            0x0A => "\\n".to_owned(),
            0x0D => "\\r".to_owned(),
            0x5C => "\\\\".to_owned(),
            0x20..=0x7E => char::from_u32(cp).unwrap().to_string(),
            0..=0xFF => format!("\\x{cp:02x}"),
            0x100..=0xFFFF => format!("\\u{cp:04x}"),
            _ => format!("\\U{cp:08x}"),
        })
        .collect()
}

/// Bytes as the string of the same code points, escaped.
pub(crate) fn escape_bytes(bytes: &[u8]) -> String {
    let mut s = Vec::new();
    for &byte in bytes {
        wtf8::push(&mut s, u32::from(byte));
    }
    escape(&s)
}

fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let n_digits = match rest.as_bytes()[at + 1] {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            simple => {
                out.push(match simple {
                    b't' => b'\t',
                    b'n' => b'\n',
                    b'r' => b'\r',
                    other => other,
                });
                0
            }
        };
        let digits = &rest[at + 2..at + 2 + n_digits];
        if n_digits > 0 {
            wtf8::push(&mut out, u32::from_str_radix(digits, 16).unwrap());
        }
        rest = &rest[at + 2 + n_digits..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}
