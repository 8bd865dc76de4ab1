//! Pieces of the wrong text that are expressions by themselves.
use ruff_python_ast::{Expr, Number};
use ruff_python_parser::parse_expression;

use super::Failure;
use super::token::Kind;

/// The text as an expression; newlines in it do not count.
pub(super) fn parse(text: &str) -> Option<Expr> {
    if text.is_empty() {
        return None;
    }
    parse_expression(&format!("({text}\n)")).ok().map(|parsed| parsed.into_expr())
}

/// CPython's name of an expression in "cannot assign to …".
pub(super) fn name(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute(_) => "attribute",
        Expr::Subscript(_) => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda(_) => "lambda",
        Expr::Call(_) => "function call",
        Expr::BoolOp(_) | Expr::BinOp(_) | Expr::UnaryOp(_) => "expression",
        Expr::Generator(_) => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp(_) => "list comprehension",
        Expr::SetComp(_) => "set comprehension",
        Expr::DictComp(_) => "dict comprehension",
        Expr::Dict(_) => "dict literal",
        Expr::Set(_) => "set display",
        Expr::FString(_) => "f-string expression",
        Expr::TString(_) => "t-string expression",
        Expr::NoneLiteral(_) => "None",
        Expr::BooleanLiteral(boolean) => {
            if boolean.value {
                "True"
            } else {
                "False"
            }
        }
        Expr::EllipsisLiteral(_) => "ellipsis",
        Expr::Compare(_) => "comparison",
        Expr::If(_) => "conditional expression",
        Expr::Named(_) => "named expression",
        Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) => "literal",
        Expr::Slice(_) | Expr::IpyEscapeCommand(_) => "expression",
    }
}

/// Is this a `bitwise_or` of the grammar: something without comparisons, `not`, `and`, `if` and the like?
pub(super) fn is_bitwise_or(expr: &Expr, text: &str) -> bool {
    match expr {
        Expr::BoolOp(_)
        | Expr::Compare(_)
        | Expr::If(_)
        | Expr::Lambda(_)
        | Expr::Named(_)
        | Expr::Starred(_)
        | Expr::Yield(_)
        | Expr::YieldFrom(_) => text.starts_with('('),
        Expr::UnaryOp(unary) => !unary.op.is_not() || text.starts_with('('),
        Expr::Tuple(_) | Expr::Generator(_) => text.starts_with('('),
        _ => true,
    }
}

/// Is this a real number?
pub(super) fn is_real(expr: &Expr) -> bool {
    matches!(expr, Expr::NumberLiteral(n) if !matches!(n.value, Number::Complex { .. }))
}

impl Failure<'_> {
    /// Index of the token that begins the element (argument, display element, statement) ending before token `at`.
    pub(super) fn element_start(&self, at: usize) -> usize {
        let list = &self.tokens.list;
        let level = list[at].level;
        let mut start = at;
        while start > 0 {
            let before = &list[start - 1];
            let text = self.text(before);
            let opens = before.level < level
                || before.level == level && before.kind == Kind::Op && {
                    matches!(text, "," | "=" | ":" | ":=" | ";" | "->")
                        || text.len() > 1
                            && text.ends_with('=')
                            && !matches!(text, "==" | "<=" | ">=" | "!=")
                };
            let word = before.kind == Kind::Name
                && before.level == level
                && matches!(
                    text,
                    "return"
                        | "in"
                        | "if"
                        | "elif"
                        | "while"
                        | "else"
                        | "assert"
                        | "del"
                        | "raise"
                        | "yield"
                        | "lambda"
                        | "with"
                        | "for"
                        | "from"
                        | "import"
                        | "as"
                        | "except"
                        | "case"
                        | "match"
                );
            let edge = matches!(before.kind, Kind::Newline | Kind::Indent | Kind::Dedent)
                || before.kind == Kind::FStart && before.strings < list[at].strings;
            let statement_word = word && !self.is_expression_word(start - 1, text);
            if opens && before.level <= level || statement_word || edge {
                break;
            }
            start -= 1;
        }
        start
    }

    /// `if`, `else` and `in` in the middle of an expression, `match` and `case` as names.
    fn is_expression_word(&self, index: usize, text: &str) -> bool {
        let first_of_line = index == 0
            || matches!(
                self.tokens.list[index - 1].kind,
                Kind::Newline | Kind::Indent | Kind::Dedent
            );
        match text {
            "if" | "else" => !first_of_line,
            "match" | "case" => !first_of_line,
            "in" => false,
            _ => false,
        }
    }

    /// The end of the longest expression that begins with token `start`, as an index one past its last token.
    pub(super) fn expression_end(&self, start: usize, operators: bool) -> Option<usize> {
        let list = &self.tokens.list;
        let level = list.get(start)?.level;
        let mut ends = Vec::new();
        for (index, token) in list.iter().enumerate().skip(start).take(120) {
            let text = self.text(token);
            let closes = token.level <= level && matches!(text, ")" | "]" | "}");
            let inside = token.level > level;
            let separates = !inside
                && (matches!(token.kind, Kind::Newline | Kind::End | Kind::Indent | Kind::Dedent)
                    || matches!(text, "," | ";" | "=" | ":" | ":=" | "!"));
            if index > start
                && !inside
                && closes
                && token.level <= level
                && !self.closes_own(start, index)
            {
                break;
            }
            if separates {
                break;
            }
            if !operators && !inside && index > start && matches!(text, "if" | "else" | "for") {
                break;
            }
            ends.push(index + 1);
        }
        ends.into_iter().rev().find(|&end| {
            let text = &self.tokens.text[list[start].start..list[end - 1].end];
            parse(text).is_some_and(|expr| !matches!(expr, Expr::Starred(_)))
        })
    }

    /// Is the closing bracket at `index` one that was opened at `start` or later?
    fn closes_own(&self, start: usize, index: usize) -> bool {
        let mut depth = 0i32;
        for token in &self.tokens.list[start..index] {
            match self.text(token) {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                _ => {}
            }
        }
        depth > 0
    }

    /// The text from one token to the end of another.
    pub(super) fn span(&self, start: usize, end: usize) -> &str {
        let list = &self.tokens.list;
        if end <= start {
            return "";
        }
        &self.tokens.text[list[start].start..list[end - 1].end]
    }
}
