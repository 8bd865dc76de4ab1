//! Tokens of C declarations, with their place in the user's text.
//!
//! Comments and line splices disappear here; a preprocessor line becomes one
//! token. Like `cffi`, a backslash in a `//` comment takes the next character
//! with it, whatever it is.

use super::error::{Error, ErrorKind};

/// A range of bytes in the user's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// From byte `start` up to byte `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The bytes of `text` in this span.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Word,
    Number,
    Char,
    Str,
    Ellipsis,
    Punct(u8),
    /// Two or three operator characters.
    Operator,
    Directive,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

impl Token {
    pub(super) fn is(self, punct: u8) -> bool {
        self.kind == TokenKind::Punct(punct)
    }
}

/// Split `text` into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut lexer = Lexer { text, bytes: text.as_bytes(), at: 0, at_line_start: true };
    let mut tokens = Vec::with_capacity(text.len() / 5);
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

const OPERATORS: &[&[u8]] = &[
    b"<<=", b">>=", b"<<", b">>", b"<=", b">=", b"==", b"!=", b"&&", b"||", b"->", b"++", b"--",
    b"+=", b"-=", b"*=", b"/=", b"%=", b"&=", b"|=", b"^=",
];

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    at_line_start: bool,
}

pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$' || byte >= 0x80
}

pub(super) fn is_word(byte: u8) -> bool {
    is_word_start(byte) || byte.is_ascii_digit()
}

impl Lexer<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn next(&mut self) -> Result<Option<Token>, Error> {
        self.skip_blanks()?;
        let start = self.at;
        let Some(&first) = self.bytes.get(start) else { return Ok(None) };
        if first == b'#' && self.at_line_start {
            self.skip_directive();
            return Ok(Some(Token { kind: TokenKind::Directive, span: Span::new(start, self.at) }));
        }
        self.at_line_start = false;
        let kind = match first {
            _ if is_word_start(first) => {
                self.skip_while(is_word);
                TokenKind::Word
            }
            b'0'..=b'9' => {
                self.skip_number();
                TokenKind::Number
            }
            b'"' => {
                self.skip_quoted(b'"')?;
                TokenKind::Str
            }
            b'\'' => {
                self.skip_quoted(b'\'')?;
                TokenKind::Char
            }
            b'.' if self.bytes[start..].starts_with(b"...") => {
                self.at += 3;
                TokenKind::Ellipsis
            }
            _ => match OPERATORS.iter().find(|op| self.bytes[start..].starts_with(op)) {
                Some(op) => {
                    self.at += op.len();
                    TokenKind::Operator
                }
                None => {
                    self.at += 1;
                    TokenKind::Punct(first)
                }
            },
        };
        let token = Token { kind, span: Span::new(start, self.at) };
        match kind {
            TokenKind::Punct(b'@' | b'`' | b'\\' | b'#' | 0..b' ') => {
                let what = token.span.of(self.text).escape_debug().to_string();
                Err(Error::syntax(token.span, format!("stray '{what}' in a declaration")))
            }
            _ => Ok(Some(token)),
        }
    }

    fn skip_while(&mut self, accept: fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|&byte| accept(byte)) {
            self.at += 1;
        }
    }

    /// A preprocessing number: digits, letters, dots and signed exponents.
    fn skip_number(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            let is_hex =
                self.bytes[..self.at].ends_with(b"0x") || self.bytes[..self.at].ends_with(b"0X");
            let signed = matches!(byte, b'e' | b'E' | b'p' | b'P')
                && matches!(self.byte(1), b'+' | b'-')
                && (matches!(byte, b'p' | b'P') || !is_hex);
            if signed {
                self.at += 2;
            } else if is_word(byte) || (byte == b'.' && self.byte(1) != b'.') {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn skip_quoted(&mut self, quote: u8) -> Result<(), Error> {
        let start = self.at;
        self.at += 1;
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == quote {
                return Ok(());
            }
            if byte == b'\n' {
                break;
            }
        }
        Err(Error::syntax(
            Span::new(start, start + 1),
            format!("missing terminating {} character", quote as char),
        ))
    }

    fn skip_blanks(&mut self) -> Result<(), Error> {
        loop {
            match self.byte(0) {
                b'\n' => {
                    self.at_line_start = true;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
                b'\\' if self.byte(1) == b'\n' => self.at += 2,
                b'\\' if self.byte(1) == b'\r' && self.byte(2) == b'\n' => self.at += 3,
                b'/' if self.byte(1) == b'/' => self.skip_line_comment(),
                b'/' if self.byte(1) == b'*' => self.skip_block_comment()?,
                _ => return Ok(()),
            }
        }
    }

    fn skip_line_comment(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    fn skip_block_comment(&mut self) -> Result<(), Error> {
        let start = self.at;
        match self.text.get(start + 2..).and_then(|rest| rest.find("*/")) {
            Some(length) => {
                self.at = start + 2 + length + 2;
                self.at_line_start |= self.text[start..self.at].contains('\n');
                Ok(())
            }
            None => Err(Error::syntax(Span::new(start, start + 2), "unterminated comment")),
        }
    }

    /// To the end of the line; a backslash continues it, and a block comment may contain line ends.
    fn skip_directive(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' => break,
                b'\\' => self.at += 2,
                b'/' if self.byte(1) == b'/' && !self.is_line_marker() => break,
                _ => self.at += 1,
            }
        }
        self.at = self.at.min(self.bytes.len());
    }

    /// Whether the line being skipped is `# 7 "foo//bar.c"`.
    fn is_line_marker(&self) -> bool {
        let line_start = self.text[..self.at].rfind('\n').map_or(0, |newline| newline + 1);
        LineMarker::parse(&self.text[line_start..]).is_some()
    }
}

/// A preprocessor line `#line 7 "foo.c"` or `# 7 "foo.c"`: the next line is line 7 of `foo.c`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LineMarker {
    pub(super) line: usize,
    pub(super) file: Option<String>,
}

impl LineMarker {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.lines().next()?.trim_start().strip_prefix('#')?.trim_start();
        let text = text.strip_prefix("line").unwrap_or(text).trim();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let line = text[..digits].parse().ok()?;
        let rest = text[digits..].trim_start();
        let file =
            rest.strip_prefix('"').and_then(|rest| rest.split('"').next()).map(str::to_owned);
        Some(Self { line, file })
    }
}

/// Text of a preprocessor line without splices and comments.
pub(super) fn directive_text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.strip_prefix('#').unwrap_or(raw);
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\\\n").or_else(|| rest.strip_prefix("\\\r\n")) {
            rest = after;
        } else if rest.starts_with("/*") {
            out.push(' ');
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out.trim().to_owned()
}

impl Error {
    pub(super) fn syntax(span: Span, message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Syntax, span, message)
    }
}
