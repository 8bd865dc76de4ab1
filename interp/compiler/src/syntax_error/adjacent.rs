//! Two expressions side by side: a comma is missing, or a call's parentheses.
use ruff_python_ast::Expr;

use super::token::{self, Kind};
use super::{Failure, Fault, fragment};

impl Failure<'_> {
    /// `print "text"`, `import a from b`, `[1 2]`.
    pub(super) fn side_by_side(&self) -> Option<Fault> {
        self.missing_parentheses()
            .or_else(|| self.swapped_import())
            .or_else(|| self.missing_comma())
    }

    fn missing_parentheses(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let (word, text) = self.before(1)?;
        if !matches!(text, "print" | "exec") || self.text(self.token()?) == "(" {
            return None;
        }
        let start = self.at;
        // All expressions up to the end of the statement belong to it.
        let mut end = start;
        while end < list.len()
            && !(list[end].kind == Kind::Newline
                || self.text(&list[end]) == ";"
                || list[end].kind == Kind::End)
            && list[end].level >= list[start].level
        {
            end += 1;
        }
        while end > start && fragment::parse(self.span(start, end)).is_none() {
            end -= 1;
        }
        if end == start {
            return None;
        }
        let message = format!("Missing parentheses in call to '{text}'. Did you mean {text}(...)?");
        Some(Fault::syntax(message, token::range(word.start, list[end - 1].end)))
    }

    fn swapped_import(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let first = self.statement();
        let starts = self.text(list.get(first)?) == "import";
        if !starts || self.text(self.token()?) != "from" {
            return None;
        }
        let mut end = self.at + 1;
        while list.get(end).is_some_and(|t| t.kind == Kind::Name) {
            end += 1;
            if list.get(end).is_none_or(|t| self.text(t) != ".") {
                break;
            }
            end += 1;
        }
        if end == self.at + 1 {
            return None;
        }
        let message = "Did you mean to use 'from ... import ...' instead?";
        Some(Fault::syntax(message, token::range(list[first].start, list[end - 1].end)))
    }

    /// `[1, 2 3]`: only inside brackets, and not after something that looks like a string prefix.
    fn missing_comma(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        if token.level == 0 || self.at == 0 {
            return None;
        }
        let begins = match token.kind {
            Kind::Name => !is_operator_word(self.text(token)),
            Kind::Number | Kind::String | Kind::FStart => true,
            Kind::Op => matches!(self.text(token), "(" | "[" | "{" | "~" | "..."),
            _ => false,
        };
        if !begins {
            return None;
        }
        let start = self.element_start(self.at);
        let first = self.text(&list[self.statement()]);
        if start >= self.at || token.level == 1 && matches!(first, "def" | "async" | "class") {
            return None;
        }
        let before = &list[self.at - 1];
        let name_string =
            before.kind == Kind::Name && matches!(token.kind, Kind::String | Kind::FStart);
        if name_string && start == self.at - 1 {
            return None;
        }
        let left = fragment::parse(self.span(start, self.at))?;
        let keyword = self.at - start == 1
            && matches!(
                self.text(&list[start]),
                "match" | "case" | "type" | "_" | "print" | "exec"
            );
        let disjunction =
            !matches!(left, Expr::If(_) | Expr::Lambda(_) | Expr::Starred(_) | Expr::Named(_));
        if keyword || !disjunction {
            return None;
        }
        let end = self.expression_end(self.at, true)?;
        let range = token::range(list[start].start, list[end - 1].end);
        Some(Fault::syntax("invalid syntax. Perhaps you forgot a comma?", range))
    }
}

/// Keywords that cannot begin an expression.
pub(super) fn is_operator_word(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "in"
            | "is"
            | "if"
            | "else"
            | "for"
            | "as"
            | "import"
            | "from"
            | "def"
            | "class"
            | "return"
            | "while"
            | "with"
            | "try"
            | "except"
            | "finally"
            | "raise"
            | "pass"
            | "break"
            | "continue"
            | "global"
            | "nonlocal"
            | "del"
            | "assert"
            | "elif"
            | "yield"
            | "async"
    )
}
