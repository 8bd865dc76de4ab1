//! Which mistake it was.
use ruff_python_parser::{
    LexicalErrorType, ParseErrorType, UnsupportedSyntaxError, UnsupportedSyntaxErrorKind,
};

use super::token::{self, Kind};
use super::{Failure, Fault, fragment};
use crate::fault::End;
use crate::source::Source;

/// Syntax that the parser understands and 3.14 does not have.
pub(super) fn unsupported(source: &Source<'_>, error: &UnsupportedSyntaxError) -> Fault {
    let start = usize::from(error.range.start());
    match error.kind {
        UnsupportedSyntaxErrorKind::UnpackingInComprehension(_) => {
            let text = source.slice(error.range);
            if text.starts_with("**") {
                let message = "dict unpacking cannot be used in dict comprehension";
                Fault::syntax(message, token::range(start, start + 2))
            } else {
                let message = "iterable unpacking cannot be used in comprehension";
                Fault::syntax(message, error.range)
            }
        }
        UnsupportedSyntaxErrorKind::ParenthesizedKeywordArgumentName => {
            let end = source.text[start..].find('=').map_or(start, |i| start + i + 1);
            let message = "expression cannot contain assignment, perhaps you meant \"==\"?";
            Fault::syntax(message, token::range(start + 1, end))
        }
        _ => Fault::syntax("invalid syntax", error.range),
    }
}

impl Failure<'_> {
    /// The fault in CPython's words if it is a known mistake.
    pub(super) fn explained(&self) -> Option<Fault> {
        if matches!(self.kind, ParseErrorType::FStringError(_) | ParseErrorType::TStringError(_)) {
            return self.interpolated();
        }
        let token = self.token()?;
        if token.strings > 0
            && let Some(fault) = self.in_field()
        {
            return Some(fault);
        }
        self.by_kind().or_else(|| self.by_token())
    }

    fn by_kind(&self) -> Option<Fault> {
        use ParseErrorType::*;
        match self.kind {
            Lexical(LexicalErrorType::InvalidByteLiteral) => {
                let token = self.token()?;
                let message = "bytes can only contain ASCII literal characters";
                Some(Fault::syntax(message, token.range()))
            }
            Lexical(
                LexicalErrorType::UnicodeError
                | LexicalErrorType::MissingUnicodeLbrace
                | LexicalErrorType::MissingUnicodeRbrace
                | LexicalErrorType::StringError,
            ) => self.bad_escape(),
            InvalidAssignmentTarget => self.bad_target(),
            InvalidAugmentedAssignmentTarget => self.bad_augmented_target(),
            InvalidDeleteTarget => self.bad_delete_target(),
            InvalidNamedAssignmentTarget => self.bad_named_target(),
            InvalidAnnotatedAssignmentTarget => {
                Some(Fault::syntax("illegal target for annotation", self.range))
            }
            InvalidStarredExpressionUsage => self.bad_star(),
            InvalidMatchPatternTarget => {
                let text = self.before(1).map_or("", |b| b.1);
                (text == "as").then(|| Fault::syntax("cannot use '_' as a target", self.range))
            }
            UnparenthesizedGeneratorExpression => self.bare_generator(),
            UnparenthesizedTupleExpression => {
                let level = self.token()?.level;
                let rest = &self.tokens.list[self.at..];
                let comma = rest.iter().find(|t| t.level == level && self.text(t) == ",")?;
                Some(Fault::syntax("invalid syntax", comma.range()))
            }
            PositionalAfterKeywordArgument => {
                self.after_arguments("positional argument follows keyword argument")
            }
            PositionalAfterKeywordUnpacking => {
                self.after_arguments("positional argument follows keyword argument unpacking")
            }
            InvalidArgumentUnpackingOrder => {
                let message = "iterable argument unpacking follows keyword argument unpacking";
                let end = self
                    .tokens
                    .list
                    .get(self.at + 1)
                    .map_or(self.range.end().into(), |_| usize::from(self.range.end()) + 1);
                let start = self.enclosing_bracket().unwrap_or(self.at);
                let start = self.tokens.list[start].start;
                Some(Fault::syntax(message, token::range(start, end)))
            }
            ExpectedToken { .. } | ExpectedExpression => None,
            EmptyImportNames => self.empty_import(),
            EmptyTypeParams => {
                let message = "Type parameter list cannot be empty";
                Some(token::point(message, self.token()?.start))
            }
            ParamAfterVarKeywordParam
            | NonDefaultParamAfterDefaultParam
            | VarParameterWithDefault
            | ExpectedKeywordParam => self.bad_parameter(),
            ExpectedRealNumber => self.bad_real(),
            ExpectedImaginaryNumber => {
                Some(Fault::syntax("imaginary number required in complex literal", self.range))
            }
            UnexpectedIndentation => Some(self.indentation_error("unexpected indent", self.at)),
            IterableUnpackingInComprehension => Some(Fault::syntax(
                "iterable unpacking cannot be used in comprehension",
                self.range,
            )),
            OtherError(message) => self.other(message),
            _ => None,
        }
    }

    fn by_token(&self) -> Option<Fault> {
        let token = self.token()?;
        if matches!(token.kind, Kind::Indent) && self.statement() == self.at + 1 {
            return None;
        }
        self.lone_star()
            .or_else(|| self.bare_comprehension_target())
            .or_else(|| self.stray_equals())
            .or_else(|| self.missing_in())
            .or_else(|| self.missing_dict_colon())
            .or_else(|| self.missing_colon())
            .or_else(|| self.missing_else())
            .or_else(|| self.missing_value())
            .or_else(|| self.missing_parenthesis())
            .or_else(|| self.parenthesized_parameters())
            .or_else(|| self.bound_of_other_parameter())
            .or_else(|| self.augmented_tuple())
            .or_else(|| self.side_by_side())
    }

    fn other(&self, message: &str) -> Option<Fault> {
        if message.starts_with("Expected an indented block after ") {
            return Some(self.missing_block());
        }
        let text = match message {
            "'/' parameter must appear before '*' parameter"
            | "Only one '*' parameter allowed"
            | "Only one '/' separator allowed"
            | "Only one '**' parameter allowed"
            | "Only one '*' separator allowed"
            | "Position-only parameter separator not allowed as first parameter" => {
                return self.bad_parameter();
            }
            "Boolean 'not' expression cannot be used here" => {
                let token = self.token()?;
                let end = self.expression_end(self.at, true)?;
                let range = token::range(token.start, self.tokens.list[end - 1].end);
                return Some(Fault::syntax("'not' after an operator must be parenthesized", range));
            }
            "Bytes literal cannot be mixed with non-bytes literals" => {
                "cannot mix bytes and nonbytes literals"
            }
            "Cannot have both 'except' and 'except*' on the same 'try'" => {
                let token = self.token()?;
                let message = "cannot have both 'except' and 'except*' on the same 'try'";
                let star = self.tokens.list.get(self.at + 1).filter(|t| self.text(t) == "*");
                let end = star.map_or(token.end, |t| t.end);
                return Some(Fault::syntax(message, token::range(token.start, end)));
            }
            "Expected `except` or `finally` after `try` block" => return self.missing_except(),
            "Expected a parameter name" => return self.bad_keyword(),
            "Expected one or more exception types" => "expected one or more exception types",
            "Multiple exception types must be parenthesized when using `as`" => {
                return self.bare_exception_types();
            }
            "Only single target (not list) can be annotated" => {
                "only single target (not list) can be annotated"
            }
            "Only single target (not tuple) can be annotated" => {
                let message = "only single target (not tuple) can be annotated";
                let text = self.source.slice(self.range);
                let first = if text.starts_with('(') { None } else { text.split(',').next() };
                let start = usize::from(self.range.start());
                let end =
                    first.map_or(usize::from(self.range.end()), |t| start + t.trim_end().len());
                return Some(Fault::syntax(message, token::range(start, end)));
            }
            "Positional patterns cannot follow keyword patterns" => {
                "positional patterns follow keyword patterns"
            }
            "Trailing comma not allowed" => {
                let at = self.at + 1;
                let next = self.tokens.list.get(at)?;
                let message = "trailing comma not allowed without surrounding parentheses";
                return Some(Self::at_newline(message, next));
            }
            _ => return None,
        };
        Some(Fault::syntax(text, self.range))
    }

    // ---- one mistake each

    fn missing_except(&self) -> Option<Fault> {
        let message = "expected 'except' or 'finally' block";
        let token = self.token()?;
        match token.kind {
            Kind::Dedent | Kind::Indent | Kind::End | Kind::Newline => {
                let edge = |t: &&token::Token| {
                    matches!(t.kind, Kind::Dedent | Kind::Indent | Kind::Newline)
                };
                let next = self.tokens.list[self.at..].iter().find(|t| !edge(t));
                match next.filter(|t| t.kind != Kind::End) {
                    Some(next) => Some(Fault::syntax(message, next.range())),
                    None => Some(token::point(message, self.text_end()).ending(End::Minus)),
                }
            }
            _ => Some(Fault::syntax(message, token.range())),
        }
    }

    fn bare_exception_types(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let mut end = self.at;
        while list.get(end).is_some_and(|t| !matches!(self.text(t), ":") && t.kind != Kind::Newline)
        {
            end += 1;
        }
        let range = token::range(usize::from(self.range.start()), list[end.checked_sub(1)?].end);
        Some(Fault::syntax("multiple exception types must be parenthesized", range))
    }

    fn empty_import(&self) -> Option<Fault> {
        let token = self.token()?;
        if !matches!(token.kind, Kind::Newline | Kind::End) {
            return None;
        }
        let message = "Expected one or more names after 'import'";
        let range = token::range(token.start, token.start);
        Some(Fault::syntax(message, range))
    }

    fn bad_star(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let before = self.before(1).map_or("", |b| b.1);
        let subscript = self
            .enclosing_bracket()
            .is_some_and(|i| i > 0 && self.text(&list[i]) == "[" && list[i - 1].kind == Kind::Name);
        if self.text(list.get(self.statement())?) == "del" && !subscript {
            let end = list.iter().position(|t| t.start >= usize::from(self.range.end()))?;
            if before != "(" || self.text(&list[end]) != ")" {
                return Some(Fault::syntax("cannot delete starred", self.range));
            }
        }
        if before == ":" && list[self.at].level > 0 && self.in_braces() {
            let message = "cannot use a starred expression in a dictionary value";
            return Some(Fault::syntax(message, self.range));
        }
        if subscript {
            let end = list.iter().position(|t| t.start >= usize::from(self.range.end()))?;
            if self.text(&list[end]) == ":" {
                return Some(Fault::syntax("invalid syntax", list[end].range()));
            }
        }
        if before == "(" && self.text(list.get(self.statement())?) != "print" {
            let end = list.iter().position(|t| t.start >= usize::from(self.range.end()))?;
            let opener = self.at.checked_sub(2).map(|i| &list[i]);
            let call = opener.is_some_and(|t| t.kind == Kind::Name && !is_keyword(self.text(t)));
            if self.text(&list[end]) == ")" && !call {
                return Some(Fault::syntax("cannot use starred expression here", self.range));
            }
        }
        None
    }

    /// `f(*)`, `a[*]`, `def f(/*)`
    fn lone_star(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        let text = self.text(token);
        let (_, before) = self.before(1)?;
        let first = self.text(list.get(self.statement())?);
        let parameters = matches!(first, "def" | "async")
            || list[self.statement()..self.at].iter().any(|t| self.text(t) == "lambda");
        if parameters {
            return (text == "*" && before == "/")
                .then(|| Fault::syntax("expected comma between / and *", token.range()));
        }
        let opener = self.before(2).map_or("", |b| b.1);
        let starred = before == "*" && matches!(opener, "(" | "[" | ",");
        (starred && matches!(text, ")" | "]" | ":"))
            .then(|| Fault::syntax("Invalid star expression", token.range()))
    }

    fn in_braces(&self) -> bool {
        self.enclosing_bracket().is_some_and(|index| self.text(&self.tokens.list[index]) == "{")
    }

    /// Index of the bracket around the failing token.
    pub(super) fn enclosing_bracket(&self) -> Option<usize> {
        let list = &self.tokens.list;
        let level = list.get(self.at)?.level;
        (0..self.at).rev().find(|&index| list[index].level < level)
    }

    fn bare_generator(&self) -> Option<Fault> {
        let first = self.tokens.list.get(self.statement())?;
        if self.text(first) == "class" {
            let word = self.tokens.list[self.at..].iter().find(|t| self.text(t) == "for")?;
            return Some(Fault::syntax("invalid syntax", word.range()));
        }
        Some(Fault::syntax("Generator expression must be parenthesized", self.range))
    }

    /// These two are told at the closing parenthesis.
    fn after_arguments(&self, message: &str) -> Option<Fault> {
        let list = &self.tokens.list;
        let keyword = list[..self.at].iter().rev().find(|t| matches!(self.text(t), "=" | "**"))?;
        let level = keyword.level;
        let close = list[self.at..].iter().find(|t| t.level == level && self.text(t) == ")")?;
        Some(Fault::syntax(message, close.range()))
    }

    fn bad_real(&self) -> Option<Fault> {
        let expr = fragment::parse(self.source.slice(self.range))?;
        if fragment::is_real(&expr) {
            return None;
        }
        Some(Fault::syntax("real number required in complex literal", self.range))
    }

    fn bad_keyword(&self) -> Option<Fault> {
        let equals = self.tokens.list[self.at..].iter().position(|t| self.text(t) == "=")?;
        let at = self.at + equals;
        let moved = Failure {
            source: self.source,
            tokens: super::tokenize(self.tokens.text),
            kind: self.kind,
            range: self.range,
            at,
            is_expression: self.is_expression,
        };
        moved.stray_equals()
    }

    fn bare_comprehension_target(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        if self.text(self.token()?) != "for" {
            return None;
        }
        let open = self.enclosing_bracket()?;
        let start = open + 1;
        let keyword = list.get(start + 1).is_some_and(|t| self.text(t) == "=");
        if self.text(&list[open]) == "(" && keyword {
            self.expression_end(start + 2, true)?;
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(Fault::syntax(
                message,
                token::range(list[start].start, list[start + 1].end),
            ));
        }
        if !matches!(self.text(&list[open]), "[" | "{") {
            return None;
        }
        if start >= self.at {
            return None;
        }
        let parts = self.span(start, self.at);
        let tuple = fragment::parse(parts)?;
        if !tuple.is_tuple_expr() {
            return None;
        }
        let range = token::range(list[start].start, self.before(1)?.0.end);
        Some(Fault::syntax("did you forget parentheses around the comprehension target?", range))
    }

    fn missing_colon(&self) -> Option<Fault> {
        let ParseErrorType::ExpectedToken { expected, .. } = self.kind else { return None };
        if format!("{expected:?}") != "Colon" {
            return None;
        }
        let token = self.token()?;
        let list = &self.tokens.list;
        let first = self.text(list.get(self.statement())?);
        let forced = matches!(first, "def" | "try" | "finally" | "else");
        match token.kind {
            Kind::Newline => Some(Self::at_newline("expected ':'", token)),
            _ if forced => Some(Fault::syntax("expected ':'", token.range())),
            _ => None,
        }
    }

    /// `[x for x]`, `{"a": 1, "b"}`
    fn missing_in(&self) -> Option<Fault> {
        let ParseErrorType::ExpectedToken { expected, .. } = self.kind else { return None };
        let token = self.token()?;
        (format!("{expected:?}") == "In" && token.level > 0)
            .then(|| Fault::syntax("'in' expected after for-loop variables", token.range()))
    }

    /// In a dict display: a key that is followed by something else than a colon.
    fn missing_dict_colon(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        let open = self.enclosing_bracket()?;
        if self.text(&list[open]) != "{" || self.text(token) == ":" {
            return None;
        }
        let level = token.level;
        let start = self.element_start(self.at);
        let after_pair =
            list[open + 1..start].iter().any(|t| t.level == level && self.text(t) == ":");
        let is_key = start > 0 && matches!(self.text(&list[start - 1]), "," | "{");
        if !after_pair || !is_key || start >= self.at {
            return None;
        }
        fragment::parse(self.span(start, self.at))?;
        let end = list[self.at - 1].end;
        let message = "':' expected after dictionary key";
        Some(token::point(message, end - 1).ending(End::Zero))
    }

    fn missing_else(&self) -> Option<Fault> {
        let ParseErrorType::ExpectedToken { expected, .. } = self.kind else { return None };
        if format!("{expected:?}") != "Else" {
            return None;
        }
        let list = &self.tokens.list;
        let token = self.token()?;
        if self.text(token) == ":" {
            return None;
        }
        let level = token.level;
        let condition =
            (0..self.at).rev().find(|&i| self.text(&list[i]) == "if" && list[i].level == level)?;
        let start = self.element_start(condition);
        let loop_word = list[..condition]
            .iter()
            .rev()
            .take_while(|t| t.level >= level)
            .find(|t| t.level == level && matches!(self.text(t), "for" | "in"));
        if loop_word.is_some_and(|t| self.text(t) == "for") {
            let message = "'in' expected after for-loop variables";
            return Some(Fault::syntax(message, list[condition].range()));
        }
        let range = token::range(list[start].start, self.before(1)?.0.end);
        Some(Fault::syntax("expected 'else' after 'if' expression", range))
    }

    /// `f(a=)`, `def f(a=)`, `{1:}`
    fn missing_value(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let (before, text) = self.before(1)?;
        let token = self.token()?;
        if text == ":"
            && before.level > 0
            && matches!(self.text(token), "}" | ",")
            && self.in_braces()
        {
            let message = "expression expected after dictionary key and ':'";
            return Some(Fault::syntax(message, before.range()));
        }
        if text != "=" || !matches!(self.text(token), "," | ")" | ":") {
            return None;
        }
        let first = self.text(list.get(self.statement())?);
        let lambda = list[self.statement()..self.at].iter().any(|t| self.text(t) == "lambda");
        if matches!(first, "def" | "async") || lambda {
            return Some(Fault::syntax("expected default value expression", before.range()));
        }
        let start = self.at.checked_sub(2)?;
        let message = "expected argument value expression";
        Some(Fault::syntax(message, token::range(list[start].start, before.end)))
    }

    fn missing_parenthesis(&self) -> Option<Fault> {
        let ParseErrorType::ExpectedToken { expected, .. } = self.kind else { return None };
        let token = self.token()?;
        let first = self.text(self.tokens.list.get(self.statement())?);
        let wanted = format!("{expected:?}");
        if wanted == "Lpar" && matches!(first, "def" | "async") {
            return Some(Fault::syntax("expected '('", token.range()));
        }
        None
    }

    fn augmented_tuple(&self) -> Option<Fault> {
        let token = self.token()?;
        let text = self.text(token);
        let augmented = text.len() > 1
            && text.ends_with('=')
            && !matches!(text, "==" | "!=" | "<=" | ">=" | ":=");
        if !augmented {
            return None;
        }
        let list = &self.tokens.list;
        let start = self.statement();
        let expr = fragment::parse(self.span(start, self.at))?;
        if !expr.is_tuple_expr() {
            return None;
        }
        let message = "'tuple' is an illegal expression for augmented assignment";
        Some(Fault::syntax(message, token::range(list[start].start, self.before(1)?.0.end)))
    }

    /// `[**P: int]` and `[*Ts: int]`
    fn bound_of_other_parameter(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        let star = self.at.checked_sub(2).map(|i| self.text(&list[i]))?;
        if self.text(token) != ":" || !matches!(star, "*" | "**") {
            return None;
        }
        let end = self.expression_end(self.at + 1, true)?;
        let expr = fragment::parse(self.span(self.at + 1, end))?;
        let what = if expr.is_tuple_expr() { "constraints" } else { "bound" };
        let kind = if star == "*" { "TypeVarTuple" } else { "ParamSpec" };
        let range = token::range(token.start, list[end - 1].end);
        Some(Fault::syntax(format!("cannot use {what} with {kind}"), range))
    }

    fn parenthesized_parameters(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        if self.text(token) != "(" {
            return None;
        }
        let first = self.text(list.get(self.statement())?);
        let lambda = (self.statement()..self.at)
            .rev()
            .find(|&i| list[i].level == token.level)
            .is_some_and(|_| {
                list[..self.at]
                    .iter()
                    .rev()
                    .take_while(|t| self.text(t) != ":")
                    .any(|t| self.text(t) == "lambda")
            });
        let what = if lambda {
            "Lambda expression parameters"
        } else if matches!(first, "def" | "async") && token.level == 1 {
            "Function parameters"
        } else {
            return None;
        };
        let close = (self.at + 1..list.len())
            .find(|&i| self.text(&list[i]) == ")" && list[i].level == token.level + 1)?;
        let names = &list[self.at + 1..close];
        let plain = !names.is_empty()
            && names.iter().enumerate().all(|(i, t)| {
                if i % 2 == 0 {
                    t.kind == Kind::Name && !is_keyword(self.text(t))
                } else {
                    self.text(t) == ","
                }
            });
        let range = token::range(token.start, list[close].end);
        plain.then(|| Fault::syntax(format!("{what} cannot be parenthesized"), range))
    }

    /// Errors in a parameter list, found by walking it once more.
    fn bad_parameter(&self) -> Option<Fault> {
        let list = &self.tokens.list;
        let token = self.token()?;
        let level = token.level;
        let at = |index: usize| list.get(index).map_or("", |t| self.text(t));
        let text = at(self.at);
        let fault = |message: &str, index: usize| {
            list.get(index).map(|token| Fault::syntax(message, token.range()))
        };
        match self.kind {
            ParseErrorType::NonDefaultParamAfterDefaultParam => {
                return fault(
                    "parameter without a default follows parameter with a default",
                    self.at,
                );
            }
            ParseErrorType::ParamAfterVarKeywordParam => {
                return fault("arguments cannot follow var-keyword argument", self.at);
            }
            ParseErrorType::VarParameterWithDefault => {
                let star = (0..self.at)
                    .rev()
                    .find(|&i| matches!(at(i), "*" | "**") && list[i].level == level)?;
                let message = if at(star) == "*" {
                    "var-positional argument cannot have default value"
                } else {
                    "var-keyword argument cannot have default value"
                };
                let equals = (star..list.len()).find(|&i| at(i) == "=")?;
                return fault(message, equals);
            }
            ParseErrorType::ExpectedKeywordParam => {
                let star = (0..=self.at).rev().find(|&i| at(i) == "*")?;
                let next = at(star + 1);
                let next = if next == "," { at(star + 2) } else { next };
                let bad = if at(star + 1) == "," { star + 2 } else { star + 1 };
                return if matches!(next, ")" | ":" | "," | "**") {
                    let lambda = list[..star]
                        .iter()
                        .rev()
                        .find(|t| matches!(self.text(t), "lambda" | "def"));
                    let lambda = lambda.is_some_and(|t| self.text(t) == "lambda");
                    fault("named arguments must follow bare *", star + usize::from(lambda))
                } else {
                    fault("invalid syntax", bad)
                };
            }
            _ => {}
        }
        self.bad_separator(text)
    }

    fn bad_separator(&self, text: &str) -> Option<Fault> {
        let ParseErrorType::OtherError(message) = self.kind else { return None };
        let list = &self.tokens.list;
        let fault = |message: &str, index: usize| {
            list.get(index).map(|token| Fault::syntax(message, token.range()))
        };
        match &message[..] {
            "Only one '/' separator allowed" => fault("/ may appear only once", self.at),
            "'/' parameter must appear before '*' parameter" => {
                fault("/ must be ahead of *", self.at)
            }
            "Only one '*' parameter allowed" | "Only one '*' separator allowed" => {
                fault("* argument may appear only once", self.at)
            }
            "Only one '**' parameter allowed" => {
                fault("arguments cannot follow var-keyword argument", self.at)
            }
            _ if text == "/" => {
                let before = self.at.checked_sub(2).map_or("", |i| self.text(&list[i]));
                let after = list.get(self.at + 1).map_or("", |t| self.text(t));
                match (before, after) {
                    ("*", _) => fault("/ must be ahead of *", self.at),
                    (_, ")" | ":") if !self.more_parameters() => fault("invalid syntax", self.at),
                    _ => fault("at least one argument must precede /", self.at),
                }
            }
            _ => None,
        }
    }

    fn more_parameters(&self) -> bool {
        let after = self.tokens.list.get(self.at + 1);
        after.is_some_and(|t| self.text(t) == ",")
    }
}

fn is_keyword(word: &str) -> bool {
    super::adjacent::is_operator_word(word)
        || matches!(word, "not" | "lambda" | "None" | "True" | "False")
}
