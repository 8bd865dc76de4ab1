//! From bytes to text: which encoding a document has, and decoding what has arrived of it.

/// An encoding.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the names of the encodings")]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Latin1,
    Ascii,
    /// One byte a character, by a table.
    Table(Box<[char; 256]>),
    /// A name that is not known here.
    Named(String),
}

impl Encoding {
    /// The encoding of this name.
    pub fn named(name: &str) -> Encoding {
        match name.to_ascii_uppercase().as_str() {
            "UTF-8" => Encoding::Utf8,
            "UTF-16" | "UTF-16BE" => Encoding::Utf16Be,
            "UTF-16LE" => Encoding::Utf16Le,
            "ISO-8859-1" => Encoding::Latin1,
            "US-ASCII" => Encoding::Ascii,
            _ => Encoding::Named(name.to_owned()),
        }
    }
}

/// Stands for bytes that are no character: no document may contain it.
const BAD: char = '\u{FFFF}';

/// Turns arriving bytes into text.
#[derive(Debug)]
pub(super) struct Decoder {
    /// None until the first bytes told it.
    encoding: Option<Encoding>,
    /// Bytes that are not decoded yet.
    pending: Vec<u8>,
    is_started: bool,
}

impl Decoder {
    pub(super) fn new(encoding: Option<Encoding>) -> Decoder {
        Decoder { encoding, pending: Vec::new(), is_started: false }
    }
    pub(super) fn is_started(&self) -> bool {
        self.is_started
    }
    /// Does it wait for the encoding to become known?
    pub(super) fn is_waiting(&self) -> bool {
        self.is_started && (self.encoding.is_none() || self.unknown().is_some())
    }
    pub(super) fn unknown(&self) -> Option<&str> {
        match &self.encoding {
            Some(Encoding::Named(name)) => Some(name),
            _ => None,
        }
    }
    pub(super) fn set_table(&mut self, table: Box<[char; 256]>, is_final: bool, text: &mut String) {
        self.encoding = Some(Encoding::Table(table));
        self.decode(is_final, text);
    }
    /// Take bytes and append what they say to `text`.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        is_final: bool,
        text: &mut String,
    ) -> Result<(), super::ErrorKind> {
        self.is_started |= !bytes.is_empty() || is_final;
        self.pending.extend_from_slice(bytes);
        if self.encoding.is_none() {
            self.detect(is_final);
        }
        self.decode(is_final, text);
        let is_cut = is_final && !self.pending.is_empty() && self.encoding.is_some();
        if is_cut && self.unknown().is_none() {
            return Err(super::ErrorKind::PartialChar);
        }
        Ok(())
    }
    /// Find the encoding by a byte order mark or the XML declaration.
    fn detect(&mut self, is_final: bool) {
        let bytes = &self.pending;
        let (encoding, mark) = match bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8, 3),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0, b'<', ..] => (Encoding::Utf16Be, 0),
            [b'<', 0, ..] => (Encoding::Utf16Le, 0),
            [0xEF | 0xFE | 0xFF | 0 | b'<'] | [] | [0xEF, 0xBB] if !is_final => return,
            _ if b"<?xml".starts_with(&bytes[..bytes.len().min(5)])
                && bytes.len() < 5
                && !is_final =>
            {
                return;
            }
            [b'<', b'?', b'x', b'm', b'l', ..] => match bytes.windows(2).position(|w| w == b"?>") {
                Some(end) => (declared(&bytes[..end]), 0),
                None if is_final => (Encoding::Utf8, 0),
                None => return,
            },
            _ => (Encoding::Utf8, 0),
        };
        self.pending.drain(..mark);
        self.encoding = Some(encoding);
    }
    fn decode(&mut self, is_final: bool, text: &mut String) {
        let bytes = std::mem::take(&mut self.pending);
        match &self.encoding {
            None | Some(Encoding::Named(_)) => self.pending = bytes,
            Some(Encoding::Utf8) => self.pending = utf8(&bytes, is_final, text),
            Some(Encoding::Utf16Le) => self.pending = utf16(&bytes, u16::from_le_bytes, text),
            Some(Encoding::Utf16Be) => self.pending = utf16(&bytes, u16::from_be_bytes, text),
            Some(Encoding::Latin1) => text.extend(bytes.iter().map(|&byte| char::from(byte))),
            Some(Encoding::Ascii) => {
                let ascii = |&byte: &u8| if byte < 128 { char::from(byte) } else { BAD };
                text.extend(bytes.iter().map(ascii));
            }
            Some(Encoding::Table(table)) => {
                text.extend(bytes.iter().map(|&byte| table[usize::from(byte)]));
            }
        }
    }
}

/// The encoding an XML declaration names.
fn declared(declaration: &[u8]) -> Encoding {
    let text = String::from_utf8_lossy(declaration);
    let value = text.split_once("encoding").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split_once(quote).map(|(name, _)| name)
    });
    match value.map_or(Encoding::Utf8, Encoding::named) {
        // The declaration itself could be read, so its characters are single bytes.
        Encoding::Utf16Be | Encoding::Utf16Le => Encoding::Utf8,
        encoding => encoding,
    }
}

/// Append what is whole; the bytes of a character that has only begun come back.
fn utf8(bytes: &[u8], is_final: bool, text: &mut String) -> Vec<u8> {
    let mut rest = bytes;
    loop {
        match str::from_utf8(rest) {
            Ok(valid) => {
                text.push_str(valid);
                return Vec::new();
            }
            Err(error) => {
                let (valid, bad) = rest.split_at(error.valid_up_to());
                text.push_str(str::from_utf8(valid).unwrap_or_default());
                match error.error_len() {
                    None if is_final || bad.len() < 4 => return bad.to_vec(),
                    None => rest = &bad[1..],
                    Some(len) => {
                        text.push(BAD);
                        rest = &bad[len..];
                    }
                }
            }
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, text: &mut String) -> Vec<u8> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut units: Vec<u16> = pairs.iter().map(|&pair| unit(pair)).collect();
    let mut left = odd.to_vec();
    if units.last().is_some_and(|last| (0xD800..0xDC00).contains(last)) {
        units.pop();
        left = bytes[units.len() * 2..].to_vec();
    }
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(BAD)));
    left
}
