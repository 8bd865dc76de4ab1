//! The `repr` of literals.
use std::fmt::Write;

use haft_bytecode::Const;
use ruff_python_ast::Number;

/// `repr` of a str in WTF-8.
pub(super) fn string(text: &[u8]) -> String {
    let single = text.contains(&b'\'') && !text.contains(&b'"');
    let quote = if single { '"' } else { '\'' };
    let mut out = String::from(quote);
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            character(&mut out, c, quote);
        }
        // What is not UTF-8 is a surrogate, three bytes of WTF-8, which come as one chunk or several.
        for pair in chunk.invalid().windows(3) {
            let code = 0xd000 | u32::from(pair[1] & 0x3f) << 6 | u32::from(pair[2] & 0x3f);
            let _ = write!(out, "\\u{code:04x}");
        }
    }
    out.push(quote);
    out
}

fn character(out: &mut String, c: char, quote: char) {
    let code = u32::from(c);
    let _ = match c {
        '\\' => write!(out, "\\\\"),
        '\n' => write!(out, "\\n"),
        '\r' => write!(out, "\\r"),
        '\t' => write!(out, "\\t"),
        c if c == quote => write!(out, "\\{c}"),
        c if c.is_ascii() && !c.is_ascii_control() => write!(out, "{c}"),
        c if printable(c) => write!(out, "{c}"),
        _ if code < 0x100 => write!(out, "\\x{code:02x}"),
        _ if code < 0x1_0000 => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}

fn printable(c: char) -> bool {
    !c.is_control() && !c.is_whitespace() && c.escape_debug().count() == 1
}

/// `repr` of a bytes.
pub(super) fn bytes(bytes: &[u8]) -> String {
    let single = bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if single { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        let c = char::from(byte);
        let _ = match c {
            '\\' => write!(out, "\\\\"),
            '\n' => write!(out, "\\n"),
            '\r' => write!(out, "\\r"),
            '\t' => write!(out, "\\t"),
            c if c == quote => write!(out, "\\{c}"),
            c if c.is_ascii() && !c.is_ascii_control() => write!(out, "{c}"),
            _ => write!(out, "\\x{byte:02x}"),
        };
    }
    out.push(quote);
    out
}

/// `repr` of a number; infinity is a literal that overflows.
pub(super) fn number(number: &Number) -> String {
    match number {
        Number::Int(int) => {
            let text = int.to_string();
            match crate::literal::number(number) {
                Const::Int(n) => n.to_string(),
                _ => text,
            }
        }
        Number::Float(value) => float(*value, ".0"),
        Number::Complex { imag, .. } => format!("{}j", float(*imag, "")),
    }
}

/// `repr` of any constant.
pub(super) fn any(value: &Const) -> String {
    let all = |items: &[Const]| items.iter().map(any).collect::<Vec<_>>().join(", ");
    match value {
        Const::Bool(true) => "True".to_string(),
        Const::Bool(false) => "False".to_string(),
        Const::Ellipsis => "...".to_string(),
        Const::Int(n) => n.to_string(),
        Const::BigInt { negative, bytes } => {
            let digits: String = bytes.iter().rev().map(|byte| format!("{byte:02x}")).collect();
            let sign = if *negative { "-" } else { "" };
            format!("{sign}0x{}", digits.trim_start_matches('0'))
        }
        Const::Float(value) => float(*value, ".0"),
        Const::Complex(_, imag) => format!("{}j", float(*imag, "")),
        Const::Str(text) => string(text),
        Const::Bytes(text) => bytes(text),
        Const::Tuple(items) if items.len() == 1 => format!("({},)", any(&items[0])),
        Const::Tuple(items) => format!("({})", all(items)),
        Const::FrozenSet(items) if items.is_empty() => "frozenset()".to_string(),
        Const::FrozenSet(items) => format!("frozenset({{{}}})", all(items)),
        Const::None | Const::Slice(_) | Const::Code(_) => "None".to_string(),
    }
}

/// The shortest text that reads back as `value`; `whole` is put after one without a fraction.
fn float(value: f64, whole: &str) -> String {
    if value.is_infinite() {
        return "1e309".to_string();
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&exponent) {
        let text = format!("{value}");
        return if text.contains('.') { text } else { format!("{text}{whole}") };
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}
