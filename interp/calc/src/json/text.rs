//! JSON strings: quoting, and reading what is quoted. All text is WTF-8.

/// Letter of the short escape of a byte.
fn short_escape(byte: u8) -> Option<u8> {
    Some(match byte {
        b'"' => b'"',
        b'\\' => b'\\',
        0x08 => b'b',
        0x0C => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => return None,
    })
}

/// The byte that a short escape stands for.
fn unescape(letter: u8) -> Option<u8> {
    Some(match letter {
        b'"' | b'\\' | b'/' => letter,
        b'b' => 0x08,
        b'f' => 0x0C,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        _ => return None,
    })
}

fn push_unit(unit: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[(unit >> shift & 0xF) as usize]);
    }
}

/// Append text in quotes.
pub(super) fn quote(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = rest.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\')
    {
        out.extend_from_slice(&rest[..at]);
        push_escaped(rest[at], out);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

fn push_escaped(byte: u8, out: &mut Vec<u8>) {
    match short_escape(byte) {
        Some(letter) => out.extend_from_slice(&[b'\\', letter]),
        None => push_unit(u32::from(byte), out),
    }
}

/// Append text in quotes, ASCII only.
pub(super) fn quote_ascii(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let plain = text[at..]
            .iter()
            .position(|&byte| !(b' '..=b'~').contains(&byte) || byte == b'"' || byte == b'\\')
            .unwrap_or(text.len() - at);
        if plain > 0 {
            out.extend_from_slice(&text[at..at + plain]);
            at += plain;
        } else if byte < 0x80 {
            push_escaped(byte, out);
            at += 1;
        } else {
            let (code_point, len) = code_point(&text[at..]);
            if let Some(above) = code_point.checked_sub(0x1_0000) {
                push_unit(0xD800 | above >> 10, out);
                push_unit(0xDC00 | above & 0x3FF, out);
            } else {
                push_unit(code_point, out);
            }
            at += len;
        }
    }
    out.push(b'"');
}

/// The character beyond ASCII at the start, and its length.
fn code_point(text: &[u8]) -> (u32, usize) {
    let (len, first) = match text[0] {
        byte if byte < 0xE0 => (2, byte & 0x1F),
        byte if byte < 0xF0 => (3, byte & 0x0F),
        byte => (4, byte & 0x07),
    };
    let more = text[1..len].iter();
    (more.fold(u32::from(first), |code, &byte| code << 6 | u32::from(byte & 0x3F)), len)
}

/// What is wrong with a quoted string, and the byte where.
pub(super) type Fault = (&'static str, usize);

/// Read the string whose first byte behind the quote is at `start`: its text, if it has escapes, and the place behind the
/// closing quote. Without escapes the text is what stands there.
pub(super) fn read(
    document: &[u8],
    start: usize,
    is_strict: bool,
) -> Result<(Option<Vec<u8>>, usize), Fault> {
    let unterminated = ("Unterminated string starting at", start - 1);
    let mut text: Option<Vec<u8>> = None;
    let mut at = start;
    loop {
        let is_end = |&byte: &u8| byte == b'"' || byte == b'\\' || is_strict && byte < b' ';
        let plain = document[at..].iter().position(is_end).ok_or(unterminated)?;
        if let Some(text) = &mut text {
            text.extend_from_slice(&document[at..at + plain]);
        }
        at += plain;
        match document[at] {
            b'"' => return Ok((text, at + 1)),
            b'\\' => {
                let text = text.get_or_insert_with(|| document[start..at].to_vec());
                at = read_escape(document, at, text).ok_or(unterminated)??;
            }
            _ => return Err(("Invalid control character at", at)),
        }
    }
}

/// Read the escape at `at`; where it ends. `None` if the document does.
fn read_escape(document: &[u8], at: usize, text: &mut Vec<u8>) -> Option<Result<usize, Fault>> {
    let &letter = document.get(at + 1)?;
    if letter != b'u' {
        return Some(match unescape(letter) {
            Some(byte) => {
                text.push(byte);
                Ok(at + 2)
            }
            None => Err(("Invalid \\escape", at)),
        });
    }
    let bad = |at: usize| Some(Err(("Invalid \\uXXXX escape", at + 1)));
    let Some(unit) = hex_unit(document, at + 2) else { return bad(at) };
    let mut end = at + 6;
    let mut code_point = unit;
    let is_pair = (0xD800..0xDC00).contains(&unit) && document[end..].starts_with(b"\\u");
    if is_pair {
        let Some(second) = hex_unit(document, end + 2) else { return bad(end) };
        if (0xDC00..0xE000).contains(&second) {
            code_point = 0x1_0000 + ((unit - 0xD800) << 10 | (second - 0xDC00));
            end += 6;
        }
    }
    push_code_point(code_point, text);
    Some(Ok(end))
}

/// Four hexadecimal digits, with something behind them.
fn hex_unit(document: &[u8], at: usize) -> Option<u32> {
    let digits = document.get(at..at + 4).filter(|_| document.len() > at + 4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

/// Append a code point as WTF-8.
fn push_code_point(code_point: u32, text: &mut Vec<u8>) {
    let tail = |shift: u32| 0x80 | (code_point >> shift & 0x3F) as u8;
    match code_point {
        0..0x80 => text.push(code_point as u8),
        0x80..0x800 => text.extend_from_slice(&[0xC0 | (code_point >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => {
            text.extend_from_slice(&[0xE0 | (code_point >> 12) as u8, tail(6), tail(0)]);
        }
        _ => text.extend_from_slice(&[0xF0 | (code_point >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}
