//! Mistakes in the replacement fields of f-strings and t-strings.
use ruff_python_parser::{InterpolatedStringErrorType, ParseErrorType};

use super::token::{self, Kind};
use super::{Failure, Fault, fragment};

impl Failure<'_> {
    /// The failing token stands in a replacement field.
    pub(super) fn in_field(&self) -> Option<Fault> {
        let token = self.token()?;
        let field = self.field_start()?;
        let list = &self.tokens.list;
        let letter = self.letter(field);
        let text = self.text(token);
        if self.at == field + 1 {
            return Some(self.field_without_value(letter));
        }
        let inside = list[field].level + 1;
        let lambda = (field + 1..self.at)
            .find(|&i| list[i].level == inside && self.text(&list[i]) == "lambda");
        if let Some(lambda) = lambda
            && token.level == inside
        {
            if lambda > field + 1 && self.text(&list[lambda - 1]) != "," {
                let message = format!("{letter}-string: expecting a valid expression after '{{'");
                return Some(Fault::syntax(message, list[field + 1].range()));
            }
            let message =
                format!("{letter}-string: lambda expressions are not allowed without parentheses");
            let colon = list[lambda..].iter().find(|t| self.text(t) == ":");
            let end = colon.map_or(token.end, |t| t.end);
            return Some(Fault::syntax(message, token::range(list[lambda].start, end)));
        }
        if token.level != list[field].level + 1 {
            return None;
        }
        if let Some(fault) = self.conversion(field, letter) {
            return Some(fault);
        }
        if let Some(fault) = self.side_by_side() {
            return Some(fault);
        }
        // A complete value is followed by what cannot follow it.
        let complete = self.value_is_complete(field);
        if !complete {
            return None;
        }
        let before = self.text(&list[self.at - 1]);
        let message = if before == "=" {
            format!("{letter}-string: expecting '!', or ':', or '}}'")
        } else if text.is_empty() || matches!(token.kind, Kind::FEnd) {
            format!("{letter}-string: expecting '}}'")
        } else {
            format!("{letter}-string: expecting '=', or '!', or ':', or '}}'")
        };
        Some(Fault::syntax(message, token.range()))
    }

    /// Index of the brace that opens the innermost replacement field around the failing token.
    fn field_start(&self) -> Option<usize> {
        let list = &self.tokens.list;
        let token = self.token()?;
        if token.strings == 0 {
            return None;
        }
        let mut depth = token.level;
        for index in (0..self.at).rev() {
            let candidate = &list[index];
            if candidate.level < depth {
                depth = candidate.level;
                let before = index.checked_sub(1).map(|i| list[i].kind);
                let starts = matches!(before, Some(Kind::FStart | Kind::FMiddle))
                    || before == Some(Kind::Op)
                        && matches!(self.text(&list[index - 1]), "}" | ":")
                        && list[index - 1].strings == candidate.strings;
                if self.text(candidate) == "{" && candidate.strings == token.strings && starts {
                    return Some(index);
                }
            }
        }
        None
    }

    fn letter(&self, field: usize) -> char {
        let list = &self.tokens.list;
        let strings = list[field].strings;
        let start =
            list[..field].iter().rev().find(|t| t.kind == Kind::FStart && t.strings < strings);
        let prefix = start.map_or("f", |t| self.text(t)).to_ascii_lowercase();
        if prefix.contains('t') { 't' } else { 'f' }
    }

    /// `f'{}'`, `f'{!r}'`, `f'{*}'`
    fn field_without_value(&self, letter: char) -> Fault {
        let Some(token) = self.token() else { return self.generic() };
        let text = self.text(token);
        if matches!(text, "}" | "!" | ":" | "=") {
            let message = format!("{letter}-string: valid expression required before '{text}'");
            return Fault::syntax(message, token.range());
        }
        let message = format!("{letter}-string: expecting a valid expression after '{{'");
        Fault::syntax(message, token.range())
    }

    /// `!x` after a value.
    fn conversion(&self, field: usize, letter: char) -> Option<Fault> {
        let list = &self.tokens.list;
        let bang = (field + 1..=self.at)
            .rev()
            .find(|&i| self.text(&list[i]) == "!" && list[i].level == list[field].level + 1)?;
        let after = list.get(bang + 1)?;
        let text = self.text(after);
        let message = if matches!(text, "}" | ":") {
            format!("{letter}-string: missing conversion character")
        } else if after.kind != Kind::Name {
            format!("{letter}-string: invalid conversion character")
        } else if after.start != list[bang].end {
            let message = format!(
                "{letter}-string: conversion type must come right after the exclamanation mark"
            );
            return Some(Fault::syntax(message, token::range(list[bang].start, after.end)));
        } else if !matches!(text, "s" | "r" | "a") {
            format!(
                "{letter}-string: invalid conversion character '{text}': expected 's', 'r', or 'a'"
            )
        } else {
            let next = list.get(bang + 2)?;
            if next.kind == Kind::FEnd {
                return Some(Fault::syntax(
                    format!("{letter}-string: expecting '}}'"),
                    next.range(),
                ));
            }
            let message = format!("{letter}-string: expecting ':' or '}}'");
            return Some(Fault::syntax(message, next.range()));
        };
        Some(Fault::syntax(message, after.range()))
    }

    fn value_is_complete(&self, field: usize) -> bool {
        let list = &self.tokens.list;
        let mut end = self.at;
        if self.text(&list[end - 1]) == "=" {
            end -= 1;
        }
        end > field + 1 && fragment::parse(self.span(field + 1, end)).is_some()
    }

    /// Errors that the parser found in an f-string as such.
    pub(super) fn interpolated(&self) -> Option<Fault> {
        let (kind, letter) = match self.kind {
            ParseErrorType::FStringError(kind) => (kind, 'f'),
            ParseErrorType::TStringError(kind) => (kind, 't'),
            _ => return None,
        };
        if let Some(fault) = self.in_field() {
            return Some(fault);
        }
        let token = self.token()?;
        match kind {
            InterpolatedStringErrorType::UnclosedLbrace => {
                let message = format!("{letter}-string: expecting '}}', or format specs");
                Some(Fault::syntax(message, token.range()))
            }
            _ => None,
        }
    }
}
