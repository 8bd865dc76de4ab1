//! Values of literals.
//!
//! The parser decodes strings into UTF-8, in which a lone surrogate has no place: it becomes U+FFFD. A literal that may hold
//! one is read again from the source, into WTF-8.
use haft_bytecode::Const;
use ruff_python_ast::{
    ConversionFlag, Expr, ExprStringLiteral, InterpolatedElement, InterpolatedStringLiteralElement,
    Number, StringLiteral,
};
use ruff_python_parser::parse_expression;
use ruff_text_size::{Ranged, TextRange, TextSize};

use crate::source::Source;

const REPLACEMENT: &str = "\u{fffd}";

/// The value of a string, in WTF-8, adjacent literals joined.
pub(crate) fn string(source: &Source<'_>, string: &ExprStringLiteral) -> Vec<u8> {
    match string.value.as_slice() {
        [part] => string_part(source, part),
        parts => parts.iter().flat_map(|part| string_part(source, part)).collect(),
    }
}

/// The value of one literal.
pub(crate) fn string_part(source: &Source<'_>, part: &StringLiteral) -> Vec<u8> {
    let text = part.as_str();
    if !text.contains(REPLACEMENT) || part.flags.prefix().is_raw() {
        return text.as_bytes().to_vec();
    }
    decode(&normal_newlines(source.slice(part.content_range())), false)
}

/// The value of the literal text in an f-string or t-string.
pub(crate) fn element(
    source: &Source<'_>,
    element: &InterpolatedStringLiteralElement,
    raw: bool,
) -> Vec<u8> {
    let text = &*element.value;
    if raw || !text.contains(REPLACEMENT) {
        return text.as_bytes().to_vec();
    }
    decode(&normal_newlines(source.slice(element.range)), true)
}

/// The expression of a template's interpolation as `Interpolation.expression` shows it.
pub(crate) fn interpolated(source: &Source<'_>, value: &InterpolatedElement) -> Const {
    match source.constant(&value.node_index) {
        Some(given) => given.clone(),
        None => Const::Str(expression_text(source, value).into_bytes().into()),
    }
}

/// The source text between `{` and the `=`, conversion, spec or `}`, without outer white space.
fn expression_text(source: &Source<'_>, value: &InterpolatedElement) -> String {
    if let Some(debug) = &value.debug_text {
        let text = debug.as_str();
        return text.trim_end().strip_suffix('=').unwrap_or(text).trim().to_string();
    }
    let start = value.range.start() + TextSize::new(1);
    let mut end = value.range.end() - TextSize::new(1);
    if let Some(spec) = &value.format_spec {
        end = spec.range.start() - TextSize::new(1);
    }
    let mut text = source.slice(TextRange::new(start, end));
    if value.conversion != ConversionFlag::None {
        let from = value.expression.range().end() - start;
        if let Some(bang) = text[usize::from(from)..].find('!') {
            text = &text[..usize::from(from) + bang];
        }
    }
    text.trim().to_string()
}

fn normal_newlines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Decode the escapes of a literal that the parser has found valid.
fn decode(text: &str, braces: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if braces && matches!(c, '{' | '}') && rest.starts_with(c) {
            rest = &rest[1..];
        }
        if c != '\\' {
            push(&mut out, u32::from(c));
            continue;
        }
        let Some(kind) = rest.chars().next() else { break };
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        if digits > 0 {
            let code = rest.get(1..=digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
            push(&mut out, code.unwrap_or(0xfffd));
            rest = rest.get(1 + digits..).unwrap_or("");
        } else {
            rest = other_escape(&mut out, kind, rest);
        }
    }
    out
}

/// `\n`, `\101`, `\N{…}` and the rest; `text` starts with the letter `kind`. What comes after the escape.
fn other_escape<'t>(out: &mut Vec<u8>, kind: char, text: &'t str) -> &'t str {
    if kind.is_digit(8) {
        let len = text.bytes().take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
        push(out, u32::from_str_radix(&text[..len], 8).unwrap_or(0));
        return &text[len..];
    }
    let end = if kind == 'N' { text.find('}').map_or(1, |i| i + 1) } else { kind.len_utf8() };
    // The parser knows the names of characters.
    let literal = format!("\"\\{}\"", &text[..end]);
    match parse_expression(&literal).map(|parsed| parsed.into_expr()) {
        Ok(Expr::StringLiteral(string)) => out.extend(string.value.to_str().as_bytes()),
        _ if kind == '"' => out.push(b'"'),
        _ if kind == '\n' => {}
        _ => {
            out.push(b'\\');
            push(out, u32::from(kind));
        }
    }
    &text[end..]
}

/// Append a code point, surrogates included. A pair of surrogate escapes stays two code points.
fn push(out: &mut Vec<u8>, code: u32) {
    if let Some(c) = char::from_u32(code) {
        out.extend(c.encode_utf8(&mut [0; 4]).as_bytes());
    } else {
        let byte = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
        out.extend([0xed, byte(6), byte(0)]);
    }
}

/// The value of a number.
pub(crate) fn number(number: &Number) -> Const {
    match number {
        Number::Int(int) => match int.as_i64() {
            Some(n) => Const::Int(n),
            None => big_int(&int.to_string()),
        },
        Number::Float(value) => Const::Float(*value),
        Number::Complex { real, imag } => Const::Complex(*real, *imag),
    }
}

/// An int literal that does not fit: decimal, or with a prefix.
fn big_int(text: &str) -> Const {
    let digits: String = text.chars().filter(|&c| c != '_').collect::<String>().to_lowercase();
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16u64, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, &digits[..]),
    };
    let mut limbs: Vec<u32> = Vec::new();
    // Nine decimal digits at a time: the multiplier of a step fits a limb.
    let step = if radix == 10 { 9 } else { 8 / radix.ilog2() as usize * 2 };
    for chunk in digits.as_bytes().chunks(step) {
        let value = chunk.iter().fold(0u64, |n, &digit| {
            n * radix + u64::from((digit as char).to_digit(radix as u32).unwrap_or(0))
        });
        let scale = radix.pow(chunk.len() as u32);
        let mut carry = value;
        for limb in &mut limbs {
            let wide = u64::from(*limb) * scale + carry;
            *limb = wide as u32;
            carry = wide >> 32;
        }
        if carry != 0 {
            limbs.push(carry as u32);
        }
    }
    let mut bytes: Vec<u8> = limbs.iter().flat_map(|limb| limb.to_le_bytes()).collect();
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    let small: Option<[u8; 8]> = (bytes.len() < 8).then(|| {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(&bytes);
        padded
    });
    match small {
        Some(padded) => Const::Int(i64::from_le_bytes(padded)),
        None => Const::BigInt { negative: false, bytes: bytes.into() },
    }
}

/// A docstring without the indentation of the code around it, as `inspect.cleandoc` has it but keeping blank lines.
pub(crate) fn clean_docstring(doc: &[u8]) -> Vec<u8> {
    let expanded = expand_tabs(doc);
    let lines: Vec<&[u8]> = expanded.split(|&b| b == b'\n').collect();
    let indent = |line: &&[u8]| line.iter().take_while(|&&b| b == b' ').count();
    let margin = lines
        .iter()
        .skip(1)
        .filter(|line| indent(line) < line.len())
        .map(indent)
        .min()
        .unwrap_or(usize::MAX);
    let mut out = Vec::with_capacity(doc.len());
    for (index, line) in lines.iter().enumerate() {
        if index == 0 {
            out.extend(&line[indent(line)..]);
        } else {
            out.push(b'\n');
            out.extend(&line[indent(line).min(margin)..]);
        }
    }
    out
}

/// Tabs become spaces up to the next multiple of eight columns.
fn expand_tabs(doc: &[u8]) -> Vec<u8> {
    if !doc.contains(&b'\t') {
        return doc.to_vec();
    }
    let mut out = Vec::with_capacity(doc.len() + 32);
    let mut column = 0;
    for &byte in doc {
        match byte {
            b'\t' => {
                let n = 8 - column % 8;
                out.extend(std::iter::repeat_n(b' ', n));
                column += n;
            }
            b'\n' | b'\r' => {
                out.push(byte);
                column = 0;
            }
            _ => {
                out.push(byte);
                // Continuation bytes of a character take no column.
                column += usize::from(byte & 0xc0 != 0x80);
            }
        }
    }
    out
}
