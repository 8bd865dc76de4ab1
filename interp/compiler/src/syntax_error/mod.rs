//! Syntax errors in CPython's words and at CPython's places.
//!
//! The parser says that a text is wrong and where it gave up. CPython's parser reads tokens one by one, and if it fails
//! it reads the text a second time with rules for common mistakes; then it tokenises the rest, and an error of the
//! tokeniser wins. [`first`] does the same: [`token`] finds what the tokeniser objects to, [`explain`] and its
//! neighbours know the common mistakes, and everything else is "invalid syntax" at the token where parsing stopped.
mod adjacent;
mod assignment;
mod escape;
mod explain;
mod fragment;
mod indentation;
mod interpolated;
mod string;
mod token;

use ruff_python_ast::Mod;
use ruff_python_parser::{ParseErrorType, Parsed};
use ruff_text_size::TextRange;

use crate::fault::{End, ErrorKind, Fault};
use crate::source::Source;
use token::{Kind, Token, Tokens, tokenize};

/// What is known about an error when it is explained.
struct Failure<'s> {
    source: &'s Source<'s>,
    tokens: Tokens<'s>,
    kind: &'s ParseErrorType,
    range: TextRange,
    /// Index of the token at which parsing stopped.
    at: usize,
    /// Only an expression may stand here.
    is_expression: bool,
}

/// The error of a text that does not parse.
pub(crate) fn first(source: &Source<'_>, parsed: &Parsed<Mod>) -> Option<Fault> {
    let Some(error) = parsed.errors().first() else {
        return Some(explain::unsupported(source, parsed.unsupported_syntax_errors().first()?));
    };
    let tokens = tokenize(source.text);
    let offset = usize::from(error.location.start());
    let list = &tokens.list;
    let at = list.iter().position(|token| token.end > offset);
    let at = at.or_else(|| list.iter().position(|token| token.start >= offset));
    let at = at.unwrap_or(list.len());
    let is_expression = matches!(parsed.syntax(), Mod::Expression(_));
    let (kind, range) = (&error.error, error.location);
    let failure = Failure { source, tokens, kind, range, at, is_expression };
    Some(failure.fault())
}

impl Failure<'_> {
    fn fault(self) -> Fault {
        let found = if self.at >= self.tokens.list.len() { None } else { self.explained() };
        // The tokeniser's errors win, wherever they are: the rest of the text is read to find them.
        if let Some(fault) = &self.tokens.fault {
            return fault.clone();
        }
        let found = match found {
            Some(fault) => fault,
            None if self.at >= self.tokens.list.len() => {
                return self.unclosed().unwrap_or_else(|| self.generic());
            }
            None => self.generic(),
        };
        if let Some(bracket) = self.tokens.open.last() {
            // The error may well be a consequence of a bracket left open on a line before.
            let line = self.source.line(found.range.start());
            let opened = self.source.line(token::range(bracket.at, bracket.at).start());
            let last = self
                .tokens
                .list
                .get(self.at)
                .map_or(line, |t| self.source.line(token::range(t.start, t.start).start()));
            if self.tokens.cut_off && last > opened {
                return self.unclosed().unwrap_or(found);
            }
        }
        found
    }

    fn unclosed(&self) -> Option<Fault> {
        let bracket = self.tokens.open.last()?;
        let message = format!("'{}' was never closed", char::from(bracket.kind));
        Some(token::point(message, bracket.at).ending(End::Zero))
    }

    fn token(&self) -> Option<&Token> {
        self.tokens.list.get(self.at)
    }

    fn text(&self, token: &Token) -> &str {
        &self.tokens.text[token.start..token.end]
    }

    /// The text of the token `back` places before the failing one.
    fn before(&self, back: usize) -> Option<(&Token, &str)> {
        let token = self.tokens.list.get(self.at.checked_sub(back)?)?;
        Some((token, self.text(token)))
    }

    /// Index of the first token of the statement in which parsing stopped.
    fn statement(&self) -> usize {
        let list = &self.tokens.list[..self.at.min(self.tokens.list.len())];
        let ends = |t: &Token| matches!(t.kind, Kind::Newline | Kind::Indent | Kind::Dedent);
        list.iter().rposition(ends).map_or(0, |index| index + 1)
    }

    fn generic(&self) -> Fault {
        let Some(token) = self.token() else {
            let end = self.tokens.text.len();
            return token::point("invalid syntax", end);
        };
        match token.kind {
            Kind::Indent => self.indentation_error("unexpected indent", self.at),
            Kind::Dedent => self.indentation_error("unexpected unindent", self.at),
            Kind::Newline => Self::at_newline("invalid syntax", token),
            Kind::End => Fault::syntax("invalid syntax", token.range()).ending(End::Text),
            _ => Fault::syntax("invalid syntax", token.range()),
        }
    }

    /// A newline counts as one character, also where the text ends without one.
    fn at_newline(message: &str, token: &Token) -> Fault {
        token::point(message, token.start).ending(End::Next)
    }

    /// Where CPython is when it has read everything: at the last line's newline.
    fn text_end(&self) -> usize {
        let text = self.tokens.text;
        if text.ends_with('\n') { text.len() - 1 } else { text.len() }
    }

    fn indentation_error(&self, message: &str, at: usize) -> Fault {
        let start = self.tokens.list.get(at).map_or(0, |t| t.start);
        let text = self.tokens.text.as_bytes();
        if start >= text.len() {
            let offset = ruff_text_size::TextSize::new(self.text_end() as u32);
            return Fault::at(ErrorKind::Indentation, message, offset).ending(End::Minus);
        }
        let line_start = text[..start].iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        let width = text[line_start..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        // The column is the width of the indentation, not the place after it.
        let offset = ruff_text_size::TextSize::new((line_start + width.saturating_sub(1)) as u32);
        let end = if width == 0 { End::Margin } else { End::Minus };
        Fault::at(ErrorKind::Indentation, message, offset).ending(end)
    }
}

/// Does the text end in the middle of a statement?
pub(crate) fn is_incomplete(text: &str) -> bool {
    let tokens = tokenize(text);
    if tokens.cut_off {
        return true;
    }
    if tokens.fault.is_some() {
        return false;
    }
    indentation::wants_block(&tokens)
}

/// Is the last statement an indented block that only the end of the text ends?
pub(crate) fn ends_in_block(text: &str) -> bool {
    let tokens = tokenize(text);
    let mut last = tokens.list.iter().rev().filter(|token| token.kind != Kind::End);
    last.next().is_some_and(|token| token.kind == Kind::Dedent)
}
