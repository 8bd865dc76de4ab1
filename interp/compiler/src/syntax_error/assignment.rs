//! `=` where none may be, and targets that cannot be assigned to.
use ruff_python_ast::Expr;
use ruff_text_size::TextRange;

use super::token::{self, Kind};
use super::{Failure, Fault, fragment};

impl Failure<'_> {
    /// The failing token is `=`.
    pub(super) fn stray_equals(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        if self.text(token) != "=" || self.at == 0 {
            return None;
        }
        let start = self.element_start(self.at);
        if start >= self.at {
            return None;
        }
        if let Some(fault) = self.unpacking_equals(start) {
            return Some(fault);
        }
        let left_text = self.span(start, self.at);
        let left = fragment::parse(left_text)?;
        let in_call = self.in_call(start);
        if in_call && !matches!(left, Expr::Name(_)) {
            if matches!(left, Expr::NoneLiteral(_) | Expr::BooleanLiteral(_)) {
                let range = token::range(list[start].start, token.end);
                return Some(Fault::syntax(
                    format!("cannot assign to {}", fragment::name(&left)),
                    range,
                ));
            }
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            return Some(Fault::syntax(message, token::range(list[start].start, token.end)));
        }
        let end = self.expression_end(self.at + 1, false)?;
        let right = fragment::parse(self.span(self.at + 1, end))?;
        let next = list.get(end).map_or("", |t| self.text(t));
        let fits = fragment::is_bitwise_or(&right, self.span(self.at + 1, end))
            && !matches!(next, "=" | ":=");
        // The rules for assignments by mistake are about named expressions, which cannot stand alone.
        let alone = self.is_expression && list[start].level == 0;
        if !fits || alone {
            return None;
        }
        Self::mistaken(&left, left_text, token::range(list[start].start, list[end - 1].end))
    }

    /// `f(*args=1)` and `f(**kwargs=1)`
    fn unpacking_equals(&self, start: usize) -> Option<Fault> {
        let list = &self.tokens.list;
        let what = match self.text(&list[start]) {
            "*" => "iterable argument unpacking",
            "**" => "keyword argument unpacking",
            _ => return None,
        };
        if !self.in_call(start) {
            return None;
        }
        let end = self.expression_end(self.at + 1, true)?;
        let range = token::range(list[start].start, list[end - 1].end);
        Some(Fault::syntax(format!("cannot assign to {what}"), range))
    }

    /// Is the element that begins at `start` an argument of a call?
    fn in_call(&self, start: usize) -> bool {
        let list = &self.tokens.list;
        let level = list[start].level;
        let mut index = start;
        while index > 0 {
            index -= 1;
            if list[index].level < level {
                let before = index.checked_sub(1).map(|i| &list[i]);
                return self.text(&list[index]) == "("
                    && before.is_some_and(|t| match t.kind {
                        Kind::Name => {
                            !super::adjacent::is_operator_word(self.text(t))
                                && self.text(t) != "not"
                                && self.text(t) != "lambda"
                        }
                        Kind::Op => matches!(self.text(t), ")" | "]"),
                        Kind::String | Kind::FEnd => true,
                        _ => false,
                    });
            }
        }
        false
    }

    /// `a = b` where a value is wanted.
    fn mistaken(left: &Expr, left_text: &str, range: TextRange) -> Option<Fault> {
        match left {
            Expr::Name(_) if !left_text.starts_with('(') => Some(Fault::syntax(
                "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
                range,
            )),
            Expr::List(_) | Expr::NoneLiteral(_) | Expr::BooleanLiteral(_) => None,
            Expr::Tuple(_) | Expr::Generator(_) => None,
            other if fragment::is_bitwise_or(other, left_text) => {
                let name = fragment::name(other);
                let message =
                    format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
                let end = usize::from(range.start()) + left_text.len();
                Some(Fault::syntax(message, token::range(usize::from(range.start()), end)))
            }
            _ => None,
        }
    }

    /// The parser found an expression that is no target, at the error's range.
    pub(super) fn bad_target(&self) -> Option<Fault> {
        let text = self.source.slice(self.range);
        let expr = fragment::parse(text)?;
        let name = fragment::name(&expr);
        let first = self.statement();
        let word = self.tokens.list.get(first).map_or("", |t| self.text(t));
        let starts_statement = self.tokens.list.get(first).is_some_and(|t| {
            t.start == usize::from(self.range.start())
                || text_between(self.tokens.text, t.start, self.range).is_some_and(|s| s == "(")
        });
        let looped = word == "for" || word == "async" || word == "with" || self.in_comprehension();
        if expr.is_compare_expr() && looped {
            return self.stray_comparison();
        }
        let assigned = self.at > 0 && self.text(&self.tokens.list[self.at - 1]) == "=";
        if !looped
            && (starts_statement || assigned)
            && matches!(expr, Expr::Yield(_) | Expr::YieldFrom(_))
            && !self.tokens.text[..usize::from(self.range.start())].ends_with('(')
        {
            return Some(Fault::syntax("assignment to yield expression not possible", self.range));
        }
        if !looped && let Some(fault) = self.comparison_meant(&expr, text) {
            return Some(fault);
        }
        Some(Fault::syntax(format!("cannot assign to {name}"), self.range))
    }

    fn in_comprehension(&self) -> bool {
        let before = self.tokens.list[..self.at].last();
        before.is_some_and(|t| self.text(t) == "for")
    }

    /// `for x < y in z`: the comparison is no target and no comparison is expected.
    fn stray_comparison(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let operator = list[self.at..].iter().find(|t| {
            matches!(self.text(t), "<" | ">" | "<=" | ">=" | "==" | "!=" | "is" | "not" | "in")
        })?;
        Some(Fault::syntax("invalid syntax", operator.range()))
    }

    /// `f() = 1`: one `=` after something that is no display, so that `==` may be meant.
    fn comparison_meant(&self, expr: &Expr, text: &str) -> Option<Fault> {
        let list = &self.tokens.list;
        let end = usize::from(self.range.end());
        let mut index = list.iter().position(|t| t.start >= end)?;
        let parenthesized = self.text(&list[index]) == ")";
        if parenthesized {
            index += 1;
        }
        if self.text(list.get(index)?) != "=" {
            return None;
        }
        let excluded = matches!(
            expr,
            Expr::List(_)
                | Expr::Tuple(_)
                | Expr::Generator(_)
                | Expr::NoneLiteral(_)
                | Expr::BooleanLiteral(_)
        );
        if excluded || !fragment::is_bitwise_or(expr, text) && !parenthesized {
            return None;
        }
        let start = list.iter().position(|t| t.end > usize::from(self.range.start()))?;
        let element = self.element_start(index);
        let whole = if parenthesized { start.checked_sub(1)? } else { start };
        if element != whole {
            return None;
        }
        let value_end = self.expression_end(index + 1, true)?;
        let after = list.get(value_end).map_or("", |t| self.text(t));
        let right = fragment::parse(self.span(index + 1, value_end))?;
        if matches!(after, "=" | ":=")
            || !fragment::is_bitwise_or(&right, self.span(index + 1, value_end))
        {
            return None;
        }
        let name = fragment::name(expr);
        let message = format!("cannot assign to {name} here. Maybe you meant '==' instead of '='?");
        Some(Fault::syntax(message, self.range))
    }

    pub(super) fn bad_augmented_target(&self) -> Option<Fault> {
        let expr = fragment::parse(self.source.slice(self.range))?;
        let message = format!(
            "'{}' is an illegal expression for augmented assignment",
            fragment::name(&expr)
        );
        Some(Fault::syntax(message, self.range))
    }

    pub(super) fn bad_delete_target(&self) -> Option<Fault> {
        let text = self.source.slice(self.range);
        let name =
            if text.starts_with('*') { "starred" } else { fragment::name(&fragment::parse(text)?) };
        Some(Fault::syntax(format!("cannot delete {name}"), self.range))
    }

    pub(super) fn bad_named_target(&self) -> Option<Fault> {
        let expr = fragment::parse(self.source.slice(self.range))?;
        let message = format!("cannot use assignment expressions with {}", fragment::name(&expr));
        Some(Fault::syntax(message, self.range))
    }
}

fn text_between(text: &str, start: usize, range: TextRange) -> Option<&str> {
    text.get(start..usize::from(range.start())).map(str::trim)
}
