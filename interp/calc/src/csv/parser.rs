//! Lines to fields: a machine with nine states that looks at characters one by one, and at plain text in runs.
use std::ops::Range;

use super::format::{Format, Quoting, char_len};

/// Where in a record the parser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    InField,
    InQuoted,
    EscapedInQuoted,
    QuoteInQuoted,
    EatNewline,
    AfterEscapedNewline,
}

/// A field of the record: its text by its place, or no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Text(Range<usize>),
    /// Stands without quotes where that means a number.
    Number(Range<usize>),
    Missing,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    FieldTooLong,
    NewlineInField,
    NoDelimiter,
}

/// A record being read.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    format: &'a Format,
    /// The most characters of a field.
    limit: i64,
    state: State,
    /// The text of all fields.
    pub(super) text: Vec<u8>,
    pub(super) fields: Vec<Field>,
    field_start: usize,
    field_chars: i64,
    is_unquoted: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(format: &'a Format, limit: i64) -> Parser<'a> {
        Parser {
            format,
            limit,
            state: State::StartRecord,
            text: Vec::new(),
            fields: Vec::new(),
            field_start: 0,
            field_chars: 0,
            is_unquoted: false,
        }
    }

    /// Take a line with its end; true means that the record is complete.
    pub(super) fn line(&mut self, line: &[u8]) -> Result<bool, Fault> {
        let mut at = 0;
        while at < line.len() {
            if matches!(self.state, State::InField | State::InQuoted) {
                let stops = &self.format.stops;
                let run = line[at..].iter().position(|&byte| stops[usize::from(byte)]);
                let end = run.map_or(line.len(), |run| at + run);
                if end > at {
                    self.add(&line[at..end])?;
                    at = end;
                    continue;
                }
            }
            let end = line.len().min(at + char_len(line[at]));
            self.take(&line[at..end])?;
            at = end;
        }
        self.take(b"")?;
        Ok(self.state == State::StartRecord)
    }

    /// There are no more lines: is a field unfinished?
    pub(super) fn is_unfinished(&self) -> bool {
        self.text.len() > self.field_start || self.state == State::InQuoted
    }

    /// The field ends here.
    pub(super) fn save(&mut self) {
        let range = self.field_start..self.text.len();
        self.field_start = range.end;
        self.field_chars = 0;
        let quoting = self.format.quoting;
        let was_unquoted = std::mem::take(&mut self.is_unquoted);
        let field = match quoting {
            Quoting::NotNull | Quoting::Strings if was_unquoted && range.is_empty() => {
                Field::Missing
            }
            Quoting::NonNumeric | Quoting::Strings if was_unquoted && !range.is_empty() => {
                Field::Number(range)
            }
            _ => Field::Text(range),
        };
        self.fields.push(field);
    }

    fn add(&mut self, run: &[u8]) -> Result<(), Fault> {
        let chars = run.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as i64;
        if self.field_chars + chars > self.limit {
            return Err(Fault::FieldTooLong);
        }
        self.field_chars += chars;
        self.text.extend_from_slice(run);
        Ok(())
    }

    /// The field ends at this character, which is the end of the line (or none, behind the last one).
    fn end_record(&mut self, c: &[u8]) {
        self.save();
        self.state = if c.is_empty() { State::StartRecord } else { State::EatNewline };
    }

    /// Take one character; nothing stands for the end of the line.
    fn take(&mut self, c: &[u8]) -> Result<(), Fault> {
        let is_end = matches!(c, b"" | b"\n" | b"\r");
        match self.state {
            State::StartRecord if c.is_empty() => {}
            State::StartRecord if is_end => self.state = State::EatNewline,
            State::StartRecord | State::StartField => return self.start_field(c, is_end),
            State::Escaped => {
                self.add(if c.is_empty() { b"\n" } else { c })?;
                let is_newline = is_end && !c.is_empty();
                self.state = if is_newline { State::AfterEscapedNewline } else { State::InField };
            }
            State::AfterEscapedNewline if c.is_empty() => {}
            State::AfterEscapedNewline | State::InField => return self.in_field(c, is_end),
            State::InQuoted if c.is_empty() => {}
            State::InQuoted if self.format.is_escape(c) => self.state = State::EscapedInQuoted,
            State::InQuoted if self.ends_quoted(c) => {
                let doubled = self.format.double_quote;
                self.state = if doubled { State::QuoteInQuoted } else { State::InField };
            }
            State::InQuoted => self.add(c)?,
            State::EscapedInQuoted => {
                self.add(if c.is_empty() { b"\n" } else { c })?;
                self.state = State::InQuoted;
            }
            State::QuoteInQuoted => return self.behind_quote(c, is_end),
            State::EatNewline if c.is_empty() => self.state = State::StartRecord,
            State::EatNewline if is_end => {}
            State::EatNewline => return Err(Fault::NewlineInField),
        }
        Ok(())
    }

    fn ends_quoted(&self, c: &[u8]) -> bool {
        self.format.quoting != Quoting::None && self.format.is_quote(c)
    }

    fn start_field(&mut self, c: &[u8], is_end: bool) -> Result<(), Fault> {
        self.state = State::StartField;
        if is_end {
            self.is_unquoted = true;
            self.end_record(c);
        } else if self.ends_quoted(c) {
            self.is_unquoted = false;
            self.state = State::InQuoted;
        } else if self.format.is_escape(c) {
            self.is_unquoted = true;
            self.state = State::Escaped;
        } else if c == b" " && self.format.skip_space {
            // Stays at the start.
        } else if self.format.delimiter.is(c) {
            self.is_unquoted = true;
            self.save();
        } else {
            self.is_unquoted = true;
            self.add(c)?;
            self.state = State::InField;
        }
        Ok(())
    }

    fn in_field(&mut self, c: &[u8], is_end: bool) -> Result<(), Fault> {
        if is_end {
            self.end_record(c);
        } else if self.format.is_escape(c) {
            self.state = State::Escaped;
        } else if self.format.delimiter.is(c) {
            self.save();
            self.state = State::StartField;
        } else {
            // Behind an escaped end of a line the state stays: the next end of a line does not end the record, as in CPython.
            self.add(c)?;
        }
        Ok(())
    }

    /// A quotation mark was seen within quotes: it is one of two, or it was the end.
    fn behind_quote(&mut self, c: &[u8], is_end: bool) -> Result<(), Fault> {
        if self.ends_quoted(c) {
            self.add(c)?;
            self.state = State::InQuoted;
        } else if self.format.delimiter.is(c) {
            self.save();
            self.state = State::StartField;
        } else if is_end {
            self.end_record(c);
        } else if self.format.strict {
            return Err(Fault::NoDelimiter);
        } else {
            self.add(c)?;
            self.state = State::InField;
        }
        Ok(())
    }
}
