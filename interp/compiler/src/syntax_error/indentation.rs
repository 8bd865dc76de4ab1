//! Blocks that are missing or badly indented.
use super::token::{self, Kind, Tokens};
use super::{Failure, Fault};
use crate::fault::{End, ErrorKind};

/// Does the text end after the head of a compound statement, or in its block (which a blank line would end)?
pub(super) fn wants_block(tokens: &Tokens<'_>) -> bool {
    let text = |t: &token::Token| &tokens.text[t.start..t.end];
    let mut significant = tokens
        .list
        .iter()
        .rev()
        .filter(|t| !matches!(t.kind, Kind::Newline | Kind::End | Kind::Dedent | Kind::Indent));
    let Some(last) = significant.next() else { return false };
    if text(last) == ":" {
        return true;
    }
    // A decorator waits for its definition.
    let start = tokens.list.iter().rposition(|t| t.kind == Kind::Newline && t.start < last.start);
    let first = tokens.list.get(start.map_or(0, |i| i + 1));
    first.is_some_and(|t| text(t) == "@")
}

impl Failure<'_> {
    /// `expected an indented block after 'if' statement on line 1`
    pub(super) fn missing_block(&self) -> Fault {
        let list = &self.tokens.list;
        let at_newline = list.get(self.at).is_some_and(|t| t.kind == Kind::Newline);
        let at = if at_newline { self.at + 1 } else { self.at };
        let Some((head, name)) = self.block_head(at) else { return self.generic() };
        let start = list[head].start;
        let line = self.source.line(token::range(start, start).start());
        let message = format!("expected an indented block after {name} on line {line}");
        match list.get(at) {
            Some(t) if t.kind == Kind::End => {
                let fault = token::point(message, self.text_end()).ending(End::Minus);
                Fault { kind: ErrorKind::Indentation, ..fault }
            }
            Some(t) if matches!(t.kind, Kind::Dedent | Kind::Indent) => {
                self.indentation_error(&message, at)
            }
            Some(t) => Fault { kind: ErrorKind::Indentation, ..Fault::syntax(message, t.range()) },
            None => self.generic(),
        }
    }

    /// The clause before the failing token: its first token and CPython's name of it.
    fn block_head(&self, at: usize) -> Option<(usize, String)> {
        let list = &self.tokens.list;
        let mut newline = at.checked_sub(1)?;
        while newline > 0 && list[newline].kind != Kind::Newline {
            newline -= 1;
        }
        let start = list[..newline]
            .iter()
            .rposition(|t| matches!(t.kind, Kind::Newline | Kind::Indent | Kind::Dedent))
            .map_or(0, |index| index + 1);
        let word = self.text(list.get(start)?);
        let next = list.get(start + 1).map_or("", |t| self.text(t));
        let name = match (word, next) {
            ("async", "def") | ("def", _) => "function definition".to_string(),
            ("class", _) => "class definition".to_string(),
            ("async", word) => format!("'{word}' statement"),
            ("except", "*") => "'except*' statement".to_string(),
            (word, _) => format!("'{word}' statement"),
        };
        Some((start, name))
    }
}
