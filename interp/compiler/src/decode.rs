//! Bytes to text: byte order mark, PEP 263 coding cookie.
use crate::fault::{CompileError, ErrorKind};
use crate::source::count_lines;

/// The text of a source file. An unknown encoding or a byte that is not in it is a SyntaxError without a text.
pub fn decode_source(bytes: &[u8]) -> Result<String, CompileError> {
    let (bytes, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let cookie = cookie(bytes);
    let name = cookie.as_deref().map_or_else(|| "utf-8".to_string(), normal_name);
    if marked && name != "utf-8" {
        return Err(error(format!("encoding problem: {name} with BOM"), 0));
    }
    match name.as_str() {
        "utf-8" => utf8(bytes),
        "iso-8859-1" => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
        "ascii" => match bytes.iter().position(|byte| !byte.is_ascii()) {
            None => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
            Some(at) => Err(error(
                format!(
                    "(unicode error) 'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    bytes[at]
                ),
                line_of(bytes, at),
            )),
        },
        "iso-8859-15" => Ok(bytes.iter().map(|&byte| latin9(byte)).collect()),
        "cp1252" => Ok(bytes.iter().map(|&byte| cp1252(byte)).collect()),
        _ => Err(error(format!("unknown encoding: {}", cookie.unwrap_or_default()), 0)),
    }
}

/// Like [`decode_source`], with the words that CPython has for a file.
pub fn decode_file(bytes: &[u8], filename: &str) -> Result<String, CompileError> {
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    let cookie = cookie(bytes);
    let bad = std::str::from_utf8(bytes).err().map(|bad| bad.valid_up_to());
    if let (None, false, Some(at)) = (&cookie, marked, bad) {
        let line = line_of(bytes, at);
        return Err(error(
            format!(
                "Non-UTF-8 code starting with '\\x{:02x}' in file {filename} on line {line}, but no encoding declared; see https://peps.python.org/pep-0263/ for details",
                bytes[at]
            ),
            line,
        ));
    }
    decode_source(bytes).map_err(|error| match error.message.strip_prefix("unknown encoding: ") {
        Some(name) => CompileError { message: format!("encoding problem: {name}"), ..error },
        None => error,
    })
}

fn utf8(bytes: &[u8]) -> Result<String, CompileError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_string()),
        Err(bad) => {
            let at = bad.valid_up_to();
            let reason = match bad.error_len() {
                None => "unexpected end of data",
                Some(_) if matches!(bytes[at], 0x80..=0xc1 | 0xf5..) => "invalid start byte",
                Some(_) => "invalid continuation byte",
            };
            let byte = bytes[at];
            let span = match bad.error_len() {
                Some(n) if n > 1 => format!("bytes in position {at}-{}", at + n - 1),
                _ => format!("byte 0x{byte:02x} in position {at}"),
            };
            let message = format!("(unicode error) 'utf-8' codec can't decode {span}: {reason}");
            Err(error(message, line_of(bytes, at)))
        }
    }
}

fn line_of(bytes: &[u8], at: usize) -> u32 {
    count_lines(&bytes[..at]) as u32
}

fn error(message: String, line: u32) -> CompileError {
    CompileError {
        kind: ErrorKind::Syntax,
        message,
        line,
        column: 0,
        end_line: line,
        end_column: 0,
        text: String::new(),
        incomplete: false,
        late: false,
    }
}

/// The encoding named in a comment on one of the first two lines.
fn cookie(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|&byte| byte == b'\n').take(2) {
        if let Some(name) = cookie_in(line) {
            return Some(name);
        }
        let blank = line.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c' | b'\r'));
        if blank.is_some_and(|&byte| byte != b'#') {
            return None;
        }
    }
    None
}

/// `^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)`
fn cookie_in(line: &[u8]) -> Option<String> {
    let start = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))?;
    if line[start] != b'#' {
        return None;
    }
    let mut from = start;
    while let Some(found) = line[from..].windows(6).position(|window| window == b"coding") {
        let after = from + found + 6;
        if matches!(line.get(after), Some(b':' | b'=')) {
            let name = line[after + 1..].iter().skip_while(|byte| matches!(byte, b' ' | b'\t'));
            let name: String = name
                .take_while(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
                })
                .map(|&byte| char::from(byte))
                .collect();
            if !name.is_empty() {
                return Some(name);
            }
        }
        from = after;
    }
    None
}

fn normal_name(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let is = |prefix: &str| name == prefix || name.starts_with(&format!("{prefix}-"));
    if is("utf-8") || matches!(&name[..], "utf8" | "u8" | "cp65001") {
        "utf-8".to_string()
    } else if is("latin-1")
        || is("iso-8859-1")
        || is("iso-latin-1")
        || matches!(&name[..], "latin1" | "l1" | "8859" | "cp819" | "iso8859-1")
    {
        "iso-8859-1".to_string()
    } else if matches!(&name[..], "ascii" | "us-ascii" | "646") {
        "ascii".to_string()
    } else if matches!(&name[..], "iso-8859-15" | "latin-9" | "iso8859-15" | "l9") {
        "iso-8859-15".to_string()
    } else if matches!(&name[..], "cp1252" | "windows-1252") {
        "cp1252".to_string()
    } else {
        name
    }
}

fn latin9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        _ => char::from(byte),
    }
}

fn cp1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    if (0x80..0xa0).contains(&byte) { HIGH[usize::from(byte - 0x80)] } else { char::from(byte) }
}
