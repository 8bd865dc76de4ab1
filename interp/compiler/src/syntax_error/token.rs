//! The tokens of a text that does not parse, and what CPython's tokenizer would say about it.
//!
//! The parser's own tokens are no help here: it recovers from errors and changes them. This one stops at the first
//! error, as CPython's does. It runs for wrong texts only.
use std::fmt::Write;

use ruff_text_size::{TextRange, TextSize};

use super::string::Interpolated;
use crate::fault::{End, ErrorKind, Fault};
use crate::source::count_lines;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Name,
    Number,
    String,
    /// Parts of f-strings and t-strings.
    FStart,
    FMiddle,
    FEnd,
    Op,
    Newline,
    Indent,
    Dedent,
    End,
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of open brackets before it.
    pub(super) level: usize,
    /// Number of f-strings around it.
    pub(super) strings: usize,
}

impl Token {
    pub(super) fn range(&self) -> TextRange {
        range(self.start, self.end)
    }
}

/// An open bracket.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bracket {
    pub(super) kind: u8,
    pub(super) at: usize,
}

/// The tokens up to the end or the first error.
pub(super) struct Tokens<'t> {
    pub(super) text: &'t str,
    pub(super) list: Vec<Token>,
    /// What is wrong after the last token.
    pub(super) fault: Option<Fault>,
    /// Brackets open there.
    pub(super) open: Vec<Bracket>,
    /// The text ends inside brackets, a triple-quoted string or after a backslash.
    pub(super) cut_off: bool,
}

pub(super) fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(TextSize::new(start as u32), TextSize::new(end.max(start) as u32))
}

/// An error at a place without an end.
pub(super) fn point(message: impl Into<String>, at: usize) -> Fault {
    Fault::syntax(message, range(at, at)).ending(End::Start)
}

/// Split `text`.
pub(super) fn tokenize(text: &str) -> Tokens<'_> {
    let mut lexer = Lexer::new(text);
    let fault = lexer.run().err();
    Tokens { text, list: lexer.tokens, fault, open: lexer.brackets, cut_off: lexer.cut_off }
}

pub(super) struct Lexer<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) tokens: Vec<Token>,
    pub(super) brackets: Vec<Bracket>,
    pub(super) strings: Vec<Interpolated>,
    /// Widths of the open blocks: with tabs to multiples of eight, and with tabs as one column.
    indents: Vec<(usize, usize)>,
    line_start: bool,
    pub(super) cut_off: bool,
}

type Res<T = ()> = Result<T, Fault>;

impl<'t> Lexer<'t> {
    fn new(text: &'t str) -> Lexer<'t> {
        Lexer {
            text,
            bytes: text.as_bytes(),
            at: 0,
            tokens: Vec::new(),
            brackets: Vec::new(),
            strings: Vec::new(),
            indents: vec![(0, 0)],
            line_start: true,
            cut_off: false,
        }
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    pub(super) fn push(&mut self, kind: Kind, start: usize) {
        let level = self.brackets.len();
        let strings = self.strings.len();
        self.tokens.push(Token { kind, start, end: self.at, level, strings });
    }

    fn run(&mut self) -> Res {
        loop {
            if self.in_string_text() {
                self.string_text()?;
                continue;
            }
            if self.line_start && self.brackets.is_empty() {
                self.line_start = false;
                self.indentation()?;
            }
            if !self.token()? {
                return Ok(());
            }
        }
    }

    /// One token; false at the end of the text.
    fn token(&mut self) -> Res<bool> {
        while matches!(self.peek(0), b' ' | b'\t' | b'\x0c') && self.at < self.bytes.len() {
            self.at += 1;
        }
        let start = self.at;
        let Some(&byte) = self.bytes.get(start) else { return self.end_of_text() };
        match byte {
            b'#' => {
                while self.at < self.bytes.len() && !matches!(self.peek(0), b'\n' | b'\r') {
                    self.at += 1;
                }
            }
            b'\n' | b'\r' => self.newline(),
            b'\\' => self.continuation()?,
            b'"' | b'\'' => self.string(start)?,
            b'0'..=b'9' => self.number()?,
            b'.' if self.peek(1).is_ascii_digit() => self.number()?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name()?,
            b'(' | b'[' | b'{' => self.open_bracket(byte)?,
            b')' | b']' | b'}' => self.close_bracket(byte)?,
            _ => self.operator(byte)?,
        }
        Ok(true)
    }

    fn end_of_text(&mut self) -> Res<bool> {
        if !self.brackets.is_empty() {
            self.cut_off = true;
            return Ok(false);
        }
        let ends_line =
            self.tokens.last().is_none_or(|t| matches!(t.kind, Kind::Newline | Kind::Dedent));
        if !ends_line {
            self.push(Kind::Newline, self.at);
        }
        while self.indents.len() > 1 {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        self.push(Kind::End, self.at);
        Ok(false)
    }

    fn newline(&mut self) {
        let start = self.at;
        self.at += if self.bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
        if self.brackets.is_empty() {
            let blank = self
                .tokens
                .last()
                .is_none_or(|t| matches!(t.kind, Kind::Newline | Kind::Indent | Kind::Dedent));
            if !blank {
                self.push(Kind::Newline, start);
            }
            self.line_start = true;
        }
    }

    fn continuation(&mut self) -> Res {
        self.at += 1;
        if self.at == self.bytes.len() {
            self.cut_off = true;
            return Err(point("unexpected EOF while parsing", self.at).ending(End::Minus));
        }
        if !matches!(self.peek(0), b'\n' | b'\r') {
            let message = "unexpected character after line continuation character";
            return Err(point(message, self.at).ending(End::Zero));
        }
        let after = self.at;
        self.at += if self.bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
        if self.at == self.bytes.len() {
            self.cut_off = true;
            return Err(point("unexpected EOF while parsing", after).ending(End::Minus));
        }
        Ok(())
    }

    // ---- indentation

    fn indentation(&mut self) -> Res {
        let start = self.at;
        let (mut column, mut alternative) = (0, 0);
        loop {
            match self.peek(0) {
                b' ' => {
                    column += 1;
                    alternative += 1;
                }
                b'\t' => {
                    column = (column / 8 + 1) * 8;
                    alternative += 1;
                }
                b'\x0c' => (column, alternative) = (0, 0),
                b'\\' if matches!(self.peek(1), b'\n' | b'\r') => {
                    // The indentation is that before the backslash.
                    self.at += if self.bytes[self.at + 1..].starts_with(b"\r\n") { 3 } else { 2 };
                    while matches!(self.peek(0), b' ' | b'\t' | b'\x0c') {
                        self.at += 1;
                    }
                    break;
                }
                _ => break,
            }
            self.at += 1;
        }
        if self.at == self.bytes.len() || matches!(self.peek(0), b'\n' | b'\r' | b'#') {
            return Ok(());
        }
        self.blocks(column, alternative, start)
    }

    fn blocks(&mut self, column: usize, alternative: usize, start: usize) -> Res {
        let tab_error = |at: usize| {
            let message = "inconsistent use of tabs and spaces in indentation";
            Fault::at(ErrorKind::Tab, message, TextSize::new(at as u32)).ending(End::Zero)
        };
        let (top, other) = self.indents.last().copied().unwrap_or((0, 0));
        if column == top {
            return if alternative == other { Ok(()) } else { Err(tab_error(start)) };
        }
        if column > top {
            if alternative <= other {
                return Err(tab_error(start));
            }
            self.indents.push((column, alternative));
            self.push(Kind::Indent, start);
            return Ok(());
        }
        while self.indents.last().is_some_and(|last| last.0 > column) {
            self.indents.pop();
            self.push(Kind::Dedent, self.at);
        }
        match self.indents.last() {
            Some(&(width, _)) if width != column => {
                let message = "unindent does not match any outer indentation level";
                let at = TextSize::new(self.line_end(start) as u32);
                Err(Fault::at(ErrorKind::Indentation, message, at).ending(End::Minus))
            }
            Some(&(_, other)) if other != alternative => Err(tab_error(start)),
            _ => Ok(()),
        }
    }

    pub(super) fn line_end(&self, from: usize) -> usize {
        self.bytes[from..].iter().position(|&b| b == b'\n').map_or(self.bytes.len(), |i| from + i)
    }

    // ---- names and operators

    fn name(&mut self) -> Res {
        let start = self.at;
        while matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 0x80..)
            && self.at < self.bytes.len()
        {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        if matches!(self.peek(0), b'"' | b'\'') && super::string::is_prefix(word) {
            return self.string(start);
        }
        for (index, c) in word.char_indices() {
            let good = c == '_'
                || if index == 0 {
                    unicode_ident::is_xid_start(c)
                } else {
                    unicode_ident::is_xid_continue(c)
                };
            if !good && !c.is_ascii() {
                return Err(invalid_character(c, start + index));
            }
        }
        self.push(Kind::Name, start);
        Ok(())
    }

    fn open_bracket(&mut self, kind: u8) -> Res {
        let start = self.at;
        self.at += 1;
        if self.brackets.len() >= 200 {
            return Err(point("too many nested parentheses", start));
        }
        self.push(Kind::Op, start);
        self.brackets.push(Bracket { kind, at: start });
        Ok(())
    }

    fn close_bracket(&mut self, kind: u8) -> Res {
        let start = self.at;
        if kind == b'}' && self.end_of_field() {
            return Ok(());
        }
        self.at += 1;
        let opened = self.brackets.last().copied();
        let inside = self.strings.last().map_or(0, |string| string.level);
        let opened = opened.filter(|_| self.brackets.len() > inside || self.strings.is_empty());
        let Some(bracket) = opened else {
            if !self.strings.is_empty() {
                let closing = char::from(kind);
                return Err(point(format!("f-string: unmatched '{closing}'"), start));
            }
            return Err(point(format!("unmatched '{}'", char::from(kind)), start));
        };
        let fits = matches!((bracket.kind, kind), (b'(', b')') | (b'[', b']') | (b'{', b'}'));
        if !fits {
            return Err(self.mismatch(bracket, kind, start));
        }
        // A closing bracket is inside, as an opening one is outside.
        self.push(Kind::Op, start);
        self.brackets.pop();
        Ok(())
    }

    fn mismatch(&self, bracket: Bracket, kind: u8, at: usize) -> Fault {
        let (closing, opening) = (char::from(kind), char::from(bracket.kind));
        let mut message = format!(
            "closing parenthesis '{closing}' does not match opening parenthesis '{opening}'"
        );
        if count_lines(&self.bytes[bracket.at..at]) > 1 {
            let line = count_lines(&self.bytes[..bracket.at]);
            let _ = write!(message, " on line {line}");
        }
        point(message, at)
    }

    fn operator(&mut self, byte: u8) -> Res {
        const LONG: [&[u8]; 24] = [
            b"<>", b"**=", b"//=", b">>=", b"<<=", b"...", b"!=", b"->", b":=", b"**", b"//",
            b">>", b"<<", b"<=", b">=", b"==", b"+=", b"-=", b"*=", b"/=", b"%=", b"&=", b"|=",
            b"^=",
        ];
        let start = self.at;
        if self.field_separator(byte) {
            return Ok(());
        }
        let rest = &self.bytes[start..];
        let in_field = self.at_field_level();
        let long = LONG.iter().find(|op| rest.starts_with(op) && !(in_field && **op == b":="));
        let at_eq = rest.starts_with(b"@=");
        self.at += long.map_or(if at_eq { 2 } else { 1 }, |op| op.len());
        if byte.is_ascii_control() {
            return Err(point(format!("invalid non-printable character U+{byte:04X}"), start));
        }
        self.push(Kind::Op, start);
        Ok(())
    }

    // ---- numbers

    fn number(&mut self) -> Res {
        let start = self.at;
        let radix = match (self.peek(0), self.peek(1) | 0x20) {
            (b'0', b'x') => 16,
            (b'0', b'o') => 8,
            (b'0', b'b') => 2,
            _ => 10,
        };
        if radix == 10 {
            self.decimal(start)?;
        } else {
            self.at += 2;
            self.prefixed(radix)?;
        }
        self.push(Kind::Number, start);
        Ok(())
    }

    fn prefixed(&mut self, radix: u32) -> Res {
        let name = match radix {
            16 => "hexadecimal",
            8 => "octal",
            _ => "binary",
        };
        loop {
            if self.peek(0) == b'_' {
                self.at += 1;
            }
            let c = char::from(self.peek(0));
            if !c.is_digit(radix) {
                if c.is_ascii_digit() {
                    return Err(point(format!("invalid digit '{c}' in {name} literal"), self.at));
                }
                return Err(point(format!("invalid {name} literal"), self.at - 1));
            }
            while char::from(self.peek(0)).is_digit(radix) {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                break;
            }
        }
        let c = char::from(self.peek(0));
        if c.is_ascii_digit() {
            return Err(point(format!("invalid digit '{c}' in {name} literal"), self.at));
        }
        self.end_of_number(name)
    }

    fn digits(&mut self) -> Res {
        loop {
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
            if self.peek(0) != b'_' {
                return Ok(());
            }
            self.at += 1;
            if !self.peek(0).is_ascii_digit() {
                return Err(point("invalid decimal literal", self.at - 1));
            }
        }
    }

    fn decimal(&mut self, start: usize) -> Res {
        self.digits()?;
        let whole_end = self.at;
        let mut is_int = true;
        if self.peek(0) == b'.' {
            is_int = false;
            self.at += 1;
            if self.peek(0).is_ascii_digit() {
                self.digits()?;
            }
        }
        if self.peek(0) | 0x20 == b'e' {
            let signed = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + signed).is_ascii_digit() {
                is_int = false;
                self.at += 1 + signed;
                self.digits()?;
            } else if signed == 1 {
                return Err(point("invalid decimal literal", self.at + 1));
            }
        }
        if self.peek(0) | 0x20 == b'j' {
            self.at += 1;
            return self.end_of_number("imaginary");
        }
        let whole = &self.text[start..whole_end];
        if is_int && whole.starts_with('0') && whole.bytes().any(|b| matches!(b, b'1'..=b'9')) {
            let message = "leading zeros in decimal integer literals are not permitted; \
                           use an 0o prefix for octal integers";
            let zeros = whole.bytes().take_while(|&b| matches!(b, b'0' | b'_')).count();
            return Err(Fault::syntax(message, range(start, start + zeros)));
        }
        self.end_of_number("decimal")
    }

    /// What follows a number may not be part of a name, but for the keywords that people write close to it.
    fn end_of_number(&mut self, name: &str) -> Res {
        let rest = &self.bytes[self.at..];
        let keywords: [&[u8]; 8] = [b"and", b"else", b"for", b"if", b"in", b"is", b"not", b"or"];
        if keywords.iter().any(|word| rest.starts_with(word)) {
            return Ok(());
        }
        if matches!(self.peek(0), b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'0'..=b'9') {
            return Err(point(format!("invalid {name} literal"), self.at - 1));
        }
        if let Some(c) = self.text[self.at..].chars().next().filter(|c| !c.is_ascii()) {
            if !unicode_ident::is_xid_continue(c) {
                return Err(invalid_character(c, self.at));
            }
            return Err(point(format!("invalid {name} literal"), self.at - 1));
        }
        Ok(())
    }
}

fn invalid_character(c: char, at: usize) -> Fault {
    let code = u32::from(c);
    let printable = !c.is_whitespace() && !c.is_control() && c.escape_debug().count() == 1;
    if printable {
        point(format!("invalid character '{c}' (U+{code:04X})"), at)
    } else {
        point(format!("invalid non-printable character U+{code:04X}"), at)
    }
}
