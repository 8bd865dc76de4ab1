//! Strings as CPython's tokenizer reads them, with the replacement fields of f-strings and t-strings.
use super::token::{Kind, Lexer, point};
use crate::fault::Fault;
use crate::source::count_lines;

/// An f-string or t-string being read.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one string")]
pub(super) struct Interpolated {
    start: usize,
    quote: u8,
    triple: bool,
    raw: bool,
    /// `f` or `t`.
    letter: char,
    /// Number of brackets open outside of the current field, its own brace included.
    pub(super) level: usize,
    /// Brackets that were open where the string starts.
    base: usize,
    /// Reading text, not a replacement field.
    text: bool,
    /// Fields open in this string; above one they are in a format spec.
    fields: usize,
    /// For each open field: reading its format spec.
    in_spec: bool,
}

type Res<T = ()> = Result<T, Fault>;

/// Is `word` a string prefix?
pub(super) fn is_prefix(word: &str) -> bool {
    matches!(
        &word.to_ascii_lowercase()[..],
        "r" | "u" | "b" | "f" | "t" | "br" | "rb" | "fr" | "rf" | "tr" | "rt"
    )
}

impl Lexer<'_> {
    pub(super) fn in_string_text(&self) -> bool {
        self.strings.last().is_some_and(|string| string.text)
    }

    /// A string; `self.at` is at its quote, `start` at its prefix.
    pub(super) fn string(&mut self, start: usize) -> Res {
        let quote = self.peek(0);
        let prefix = self.text[start..self.at].to_ascii_lowercase();
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        if let Some(letter) = prefix.chars().find(|c| matches!(c, 'f' | 't')) {
            let raw = prefix.contains('r');
            let base = self.brackets.len();
            self.push(Kind::FStart, start);
            self.strings.push(Interpolated {
                start,
                quote,
                triple,
                raw,
                letter,
                level: base,
                base,
                text: true,
                fields: 0,
                in_spec: false,
            });
            return Ok(());
        }
        self.plain(start, quote, triple)
    }

    fn plain(&mut self, start: usize, quote: u8, triple: bool) -> Res {
        let mut escaped_quote = false;
        loop {
            if self.at >= self.bytes.len() {
                return Err(self.unclosed_plain(start, quote, triple, escaped_quote));
            }
            match self.peek(0) {
                b'\\' => {
                    escaped_quote |= self.peek(1) == quote;
                    self.at += 1;
                    if self.bytes[self.at..].starts_with(b"\r\n") {
                        self.at += 1;
                    }
                }
                b'\n' | b'\r' if !triple => {
                    return Err(self.unclosed_plain(start, quote, false, escaped_quote));
                }
                byte if byte == quote => {
                    if !triple {
                        self.at += 1;
                        break;
                    }
                    if self.peek(1) == quote && self.peek(2) == quote {
                        self.at += 3;
                        break;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        self.push(Kind::String, start);
        Ok(())
    }

    /// A string that does not end, in a replacement field, is the end of the string around it: the brace is missing.
    fn unclosed_plain(&mut self, start: usize, quote: u8, triple: bool, escaped: bool) -> Fault {
        match self.strings.last() {
            Some(outer) if outer.quote == quote && outer.triple == triple => {
                point(format!("{}-string: expecting '}}'", outer.letter), start)
            }
            _ => self.unterminated(start, "string literal", triple, escaped),
        }
    }

    fn unterminated(&mut self, start: usize, what: &str, triple: bool, escaped: bool) -> Fault {
        self.cut_off |= triple;
        let end = self.at.min(self.bytes.len());
        let mut line = count_lines(&self.bytes[..end]);
        if triple && self.bytes.ends_with(b"\n") {
            line -= 1;
        }
        let kind = if triple { "triple-quoted " } else { "" };
        let mut message = format!("unterminated {kind}{what} (detected at line {line})");
        if escaped && !triple {
            message.push_str("; perhaps you escaped the end quote?");
        }
        point(message, start)
    }

    /// The text of an f-string up to a field or the end.
    pub(super) fn string_text(&mut self) -> Res {
        let Some(string) = self.strings.last().copied() else { return Ok(()) };
        let start = self.at;
        let what = if string.letter == 'f' { "f-string literal" } else { "t-string literal" };
        loop {
            if self.at >= self.bytes.len() {
                return Err(self.unterminated(string.start, what, string.triple, false));
            }
            let byte = self.peek(0);
            match byte {
                b'\\' => {
                    self.at += 1;
                    if self.peek(0) == b'N'
                        && self.peek(1) == b'{'
                        && !string.raw
                        && !string.in_spec
                    {
                        self.named_character();
                    } else if matches!(self.peek(0), b'{' | b'}') {
                        continue; // the brace still counts
                    } else if self.bytes[self.at..].starts_with(b"\r\n") {
                        self.at += 1;
                    }
                }
                b'\n' | b'\r' if !string.triple => {
                    if string.in_spec {
                        self.text_token(start);
                        self.leave_text();
                        return Ok(());
                    }
                    return Err(self.unterminated(string.start, what, false, false));
                }
                b'{' if self.peek(1) == b'{' && !string.in_spec => self.at += 1,
                b'{' => {
                    self.text_token(start);
                    return self.open_field();
                }
                b'}' if string.in_spec => {
                    self.text_token(start);
                    self.leave_text();
                    return Ok(());
                }
                b'}' if self.peek(1) == b'}' => self.at += 1,
                b'}' => {
                    let message = format!("{}-string: single '}}' is not allowed", string.letter);
                    return Err(point(message, self.at));
                }
                _ if byte == string.quote && self.closes(string) => {
                    if string.fields > 0 {
                        // The string ends inside a format spec: the field is not closed.
                        self.text_token(start);
                        self.leave_text();
                        return self.unclosed_field(string);
                    }
                    self.text_token(start);
                    return self.end_string(string);
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    fn named_character(&mut self) {
        let rest = &self.bytes[self.at..];
        if let Some(end) = rest.iter().position(|&b| matches!(b, b'}' | b'\n' | b'"' | b'\''))
            && rest[end] == b'}'
        {
            self.at += end;
        }
    }

    fn closes(&self, string: Interpolated) -> bool {
        !string.triple || self.peek(1) == string.quote && self.peek(2) == string.quote
    }

    fn text_token(&mut self, start: usize) {
        if self.at > start {
            self.push(Kind::FMiddle, start);
        }
    }

    fn end_string(&mut self, string: Interpolated) -> Res {
        let start = self.at;
        self.at += if string.triple { 3 } else { 1 };
        self.strings.pop();
        self.push(Kind::FEnd, start);
        Ok(())
    }

    fn unclosed_field(&mut self, string: Interpolated) -> Res {
        let message = format!("{}-string: expecting '}}', or format specs", string.letter);
        let len = if string.triple { 3 } else { 1 };
        Err(Fault::syntax(message, super::token::range(self.at, self.at + len)))
    }

    fn leave_text(&mut self) {
        if let Some(string) = self.strings.last_mut() {
            string.text = false;
        }
    }

    fn open_field(&mut self) -> Res {
        let start = self.at;
        self.at += 1;
        self.push(Kind::Op, start);
        self.brackets.push(super::token::Bracket { kind: b'{', at: start });
        let level = self.brackets.len();
        let Some(string) = self.strings.last_mut() else { return Ok(()) };
        string.text = false;
        string.in_spec = false;
        string.fields += 1;
        string.level = level;
        if string.fields > 2 {
            return Err(point("f-string: expressions nested too deeply", start));
        }
        Ok(())
    }

    /// Directly in a replacement field, not in brackets inside it?
    pub(super) fn at_field_level(&self) -> bool {
        let level = self.brackets.len();
        self.strings.last().is_some_and(|s| !s.text && s.fields > 0 && s.level == level)
    }

    /// `}` that ends a replacement field.
    pub(super) fn end_of_field(&mut self) -> bool {
        if !self.at_field_level() {
            return false;
        }
        let start = self.at;
        self.at += 1;
        self.push(Kind::Op, start);
        self.brackets.pop();
        let level = self.brackets.len();
        if let Some(string) = self.strings.last_mut() {
            string.fields -= 1;
            string.text = true;
            // Back in the format spec of the field around it, or in the text of the string.
            string.in_spec = string.fields > 0;
            string.level = if string.fields > 0 { level } else { string.base };
        }
        true
    }

    /// `:` or the closing quote at the level of a field.
    pub(super) fn field_separator(&mut self, byte: u8) -> bool {
        if byte != b':' || !self.at_field_level() {
            return false;
        }
        let start = self.at;
        self.at += 1;
        self.push(Kind::Op, start);
        if let Some(string) = self.strings.last_mut() {
            string.text = true;
            string.in_spec = true;
        }
        true
    }
}
