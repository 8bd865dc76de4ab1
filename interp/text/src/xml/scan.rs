//! The smallest parts: names, white space, literals. Each function looks at the start of a text.
use super::ErrorKind;

/// Why a token was not read: it is wrong at this offset, or the text ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Wrong(ErrorKind, usize),
    Incomplete,
}

/// A result of scanning.
pub(super) type Scan<T> = Result<T, Fault>;

/// An invalid character at this offset.
pub(super) fn invalid<T>(at: usize) -> Scan<T> {
    Err(Fault::Wrong(ErrorKind::InvalidToken, at))
}

/// Shift the place of a fault.
pub(super) fn from_offset<T>(offset: usize, scan: Scan<T>) -> Scan<T> {
    scan.map_err(|fault| match fault {
        Fault::Wrong(kind, at) => Fault::Wrong(kind, at + offset),
        Fault::Incomplete => Fault::Incomplete,
    })
}

/// XML's white space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// May a name begin with it?
pub(super) fn is_name_start(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '_' | ':'
        | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}'
        | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

/// May a name contain it?
pub(super) fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// May a document contain it?
pub(super) fn is_char(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        c if c < ' ' => false,
        '\u{FFFE}' | '\u{FFFF}' => false,
        _ => true,
    }
}

/// Length of the white space at the start.
pub(super) fn spaces(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_space(char::from(byte))).count()
}

/// Length of the name at the start. It is incomplete when it goes up to the end of the text.
pub(super) fn name(text: &str) -> Scan<usize> {
    match text.chars().next() {
        None => return Err(Fault::Incomplete),
        Some(c) if !is_name_start(c) => return invalid(0),
        Some(_) => {}
    }
    name_token(text)
}

/// Length of the run of name characters at the start.
pub(super) fn name_token(text: &str) -> Scan<usize> {
    match text.char_indices().find(|&(_, c)| !is_name_char(c)) {
        Some((0, _)) => invalid(0),
        Some((end, _)) => Ok(end),
        None => Err(Fault::Incomplete),
    }
}

/// The quoted literal at the start, without its quotes.
pub(super) fn literal(text: &str) -> Scan<&str> {
    let quote = match text.chars().next() {
        None => return Err(Fault::Incomplete),
        Some(quote @ ('"' | '\'')) => quote,
        Some(_) => return invalid(0),
    };
    let end = text[1..].find(quote).ok_or(Fault::Incomplete)?;
    check_chars(&text[1..=end], 1)?;
    Ok(&text[1..=end])
}

/// Every character may be in a document; `offset` is where the text lies.
pub(super) fn check_chars(text: &str, offset: usize) -> Scan<()> {
    match text.char_indices().find(|&(_, c)| !is_char(c)) {
        Some((at, _)) => invalid(offset + at),
        None => Ok(()),
    }
}

/// The number of a character reference, from behind `&#` up to its semicolon, and the length of it all.
pub(super) fn character_reference(text: &str) -> Scan<(char, usize)> {
    let (digits, radix, start) = match text.strip_prefix('x') {
        Some(rest) => (rest, 16, 1),
        None => (text, 10, 0),
    };
    let len = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    match digits[len..].chars().next() {
        None => return Err(Fault::Incomplete),
        Some(';') if len > 0 => {}
        Some(_) => return invalid(start + len),
    }
    let number = u32::from_str_radix(&digits[..len], radix).ok();
    match number.and_then(char::from_u32).filter(|&c| is_char(c)) {
        Some(c) => Ok((c, start + len + 1)),
        None => Err(Fault::Wrong(ErrorKind::BadCharRef, 0)),
    }
}

/// The character of one of the five entities every document has.
pub(super) fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

/// Line breaks as a program sees them: every one is `\n`.
pub(super) fn normalize_lines(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}
