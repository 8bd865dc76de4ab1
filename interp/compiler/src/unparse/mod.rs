//! Expressions as text, for annotations that are strings.
//!
//! The text is that of CPython's `ast_unparse.c`: as few parentheses as the precedence of operators allows, one space around
//! operators, strings in their `repr`.
mod constant;

use ruff_python_ast::{
    self as ast, BoolOp, ConversionFlag, Expr, ExprCall, ExprLambda, FStringPart,
    InterpolatedStringElement, Operator, Parameters, UnaryOp,
};

use crate::literal;
use crate::source::Source;

/// How tightly an expression holds together; a looser one in its place needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Tuple,
    Test,
    Or,
    And,
    Not,
    Compare,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    Await,
    Atom,
}

impl Level {
    const ALL: [Level; 16] = [
        Level::Tuple,
        Level::Test,
        Level::Or,
        Level::And,
        Level::Not,
        Level::Compare,
        Level::BitOr,
        Level::BitXor,
        Level::BitAnd,
        Level::Shift,
        Level::Sum,
        Level::Term,
        Level::Factor,
        Level::Power,
        Level::Await,
        Level::Atom,
    ];

    fn tighter(self) -> Level {
        Level::ALL.get(self as usize + 1).copied().unwrap_or(Level::Atom)
    }
}

/// The text of an expression.
pub(crate) fn unparse(source: &Source<'_>, expr: &Expr) -> String {
    let mut writer = Writer { source, out: String::new() };
    writer.expr(expr, Level::Test);
    writer.out
}

struct Writer<'s> {
    source: &'s Source<'s>,
    out: String,
}

impl Writer<'_> {
    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn expr(&mut self, expr: &Expr, level: Level) {
        match expr {
            Expr::Name(name) => self.put(&name.id),
            Expr::BoolOp(node) => {
                let (own, word) = match node.op {
                    BoolOp::And => (Level::And, " and "),
                    BoolOp::Or => (Level::Or, " or "),
                };
                self.parenthesized(level > own, |w| w.list(&node.values, word, own.tighter()));
            }
            Expr::BinOp(node) => self.binary(node, level),
            Expr::UnaryOp(node) => {
                let (own, word) = match node.op {
                    UnaryOp::Invert => (Level::Factor, "~"),
                    UnaryOp::Not => (Level::Not, "not "),
                    UnaryOp::UAdd => (Level::Factor, "+"),
                    UnaryOp::USub => (Level::Factor, "-"),
                };
                self.parenthesized(level > own, |w| {
                    w.put(word);
                    w.expr(&node.operand, own);
                });
            }
            Expr::Lambda(node) => self.parenthesized(level > Level::Test, |w| w.lambda(node)),
            Expr::If(node) => self.parenthesized(level > Level::Test, |w| {
                w.expr(&node.body, Level::Or);
                w.put(" if ");
                w.expr(&node.test, Level::Or);
                w.put(" else ");
                w.expr(&node.orelse, Level::Test);
            }),
            Expr::Compare(node) => self.parenthesized(level > Level::Compare, |w| {
                w.expr(&node.left, Level::BitOr);
                for (op, right) in node.ops.iter().zip(&node.comparators) {
                    w.put(&format!(" {op} "));
                    w.expr(right, Level::BitOr);
                }
            }),
            Expr::Await(node) => self.parenthesized(level > Level::Await, |w| {
                w.put("await ");
                w.expr(&node.value, Level::Atom);
            }),
            Expr::Tuple(node) => self.tuple(&node.elts, level),
            Expr::Named(node) => self.parenthesized(level > Level::Tuple, |w| {
                w.expr(&node.target, Level::Atom);
                w.put(" := ");
                w.expr(&node.value, Level::Atom);
            }),
            other => self.atom(other),
        }
    }

    fn atom(&mut self, expr: &Expr) {
        match expr {
            Expr::Call(node) => self.call(node),
            Expr::Attribute(node) => {
                self.expr(&node.value, Level::Atom);
                // `1.real` would be a float.
                let int = matches!(&*node.value, Expr::NumberLiteral(n) if n.value.is_int());
                self.put(if int { " ." } else { "." });
                self.put(&node.attr);
            }
            Expr::Subscript(node) => {
                self.expr(&node.value, Level::Atom);
                self.put("[");
                self.expr(&node.slice, Level::Tuple);
                self.put("]");
            }
            Expr::Slice(node) => {
                self.maybe(node.lower.as_deref());
                self.put(":");
                self.maybe(node.upper.as_deref());
                if let Some(step) = &node.step {
                    self.put(":");
                    self.expr(step, Level::Test);
                }
            }
            Expr::Starred(node) => {
                self.put("*");
                self.expr(&node.value, Level::BitOr);
            }
            Expr::List(node) => self.bracketed("[", "]", |w| w.list(&node.elts, ", ", Level::Test)),
            Expr::Set(node) => self.bracketed("{", "}", |w| w.list(&node.elts, ", ", Level::Test)),
            Expr::Dict(node) => self.dict(node),
            Expr::ListComp(c) => {
                self.bracketed("[", "]", |w| w.comprehension(None, &c.elt, &c.generators));
            }
            Expr::SetComp(c) => {
                self.bracketed("{", "}", |w| w.comprehension(None, &c.elt, &c.generators));
            }
            Expr::DictComp(c) => self.bracketed("{", "}", |w| {
                w.comprehension(c.key.as_deref(), &c.value, &c.generators);
            }),
            Expr::Generator(c) => {
                self.bracketed("(", ")", |w| w.comprehension(None, &c.elt, &c.generators));
            }
            Expr::Yield(node) => self.bracketed("(", ")", |w| {
                w.put("yield");
                if let Some(value) = &node.value {
                    w.put(" ");
                    w.expr(value, Level::Test);
                }
            }),
            Expr::YieldFrom(node) => self.bracketed("(", ")", |w| {
                w.put("yield from ");
                w.expr(&node.value, Level::Test);
            }),
            Expr::FString(node) => self.fstring(node),
            Expr::TString(node) => self.tstring(node),
            other => self.constant(other),
        }
    }

    fn constant(&mut self, expr: &Expr) {
        let text = match expr {
            Expr::StringLiteral(string) => {
                let prefix = if string.value.is_unicode() { "u" } else { "" };
                format!("{prefix}{}", constant::string(&literal::string(self.source, string)))
            }
            Expr::BytesLiteral(bytes) => constant::bytes(&bytes.value.bytes().collect::<Vec<u8>>()),
            Expr::NumberLiteral(number) => constant::number(&number.value),
            Expr::BooleanLiteral(boolean) => {
                if boolean.value { "True" } else { "False" }.to_string()
            }
            Expr::EllipsisLiteral(_) => "...".to_string(),
            Expr::IpyEscapeCommand(given) => {
                self.source.constant(&given.node_index).map(constant::any).unwrap_or_default()
            }
            _ => "None".to_string(),
        };
        self.put(&text);
    }

    fn parenthesized(&mut self, needed: bool, inside: impl FnOnce(&mut Self)) {
        if needed {
            self.bracketed("(", ")", inside);
        } else {
            inside(self);
        }
    }

    fn bracketed(&mut self, open: &str, close: &str, inside: impl FnOnce(&mut Self)) {
        self.put(open);
        inside(self);
        self.put(close);
    }

    fn maybe(&mut self, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.expr(expr, Level::Test);
        }
    }

    fn list(&mut self, exprs: &[Expr], between: &str, level: Level) {
        for (index, expr) in exprs.iter().enumerate() {
            if index > 0 {
                self.put(between);
            }
            self.expr(expr, level);
        }
    }

    fn tuple(&mut self, elements: &[Expr], level: Level) {
        if elements.is_empty() {
            return self.put("()");
        }
        self.parenthesized(level > Level::Tuple, |w| {
            w.list(elements, ", ", Level::Test);
            if elements.len() == 1 {
                w.put(",");
            }
        });
    }

    fn binary(&mut self, node: &ast::ExprBinOp, level: Level) {
        let own = match node.op {
            Operator::Add | Operator::Sub => Level::Sum,
            Operator::Mult
            | Operator::MatMult
            | Operator::Div
            | Operator::Mod
            | Operator::FloorDiv => Level::Term,
            Operator::LShift | Operator::RShift => Level::Shift,
            Operator::BitOr => Level::BitOr,
            Operator::BitXor => Level::BitXor,
            Operator::BitAnd => Level::BitAnd,
            Operator::Pow => Level::Power,
        };
        let power = node.op == Operator::Pow;
        let (left, right) = if power { (own.tighter(), own) } else { (own, own.tighter()) };
        self.parenthesized(level > own, |w| {
            w.expr(&node.left, left);
            w.put(&format!(" {} ", node.op));
            w.expr(&node.right, right);
        });
    }

    fn dict(&mut self, dict: &ast::ExprDict) {
        self.bracketed("{", "}", |w| {
            for (index, item) in dict.items.iter().enumerate() {
                if index > 0 {
                    w.put(", ");
                }
                match &item.key {
                    Some(key) => {
                        w.expr(key, Level::Test);
                        w.put(": ");
                        w.expr(&item.value, Level::Test);
                    }
                    None => {
                        w.put("**");
                        w.expr(&item.value, Level::BitOr);
                    }
                }
            }
        });
    }

    fn comprehension(
        &mut self,
        key: Option<&Expr>,
        value: &Expr,
        generators: &[ast::Comprehension],
    ) {
        if let Some(key) = key {
            self.expr(key, Level::Test);
            self.put(": ");
        }
        self.expr(value, Level::Test);
        for generator in generators {
            self.put(if generator.is_async { " async for " } else { " for " });
            self.expr(&generator.target, Level::Tuple);
            self.put(" in ");
            self.expr(&generator.iter, Level::Or);
            for condition in &generator.ifs {
                self.put(" if ");
                self.expr(condition, Level::Or);
            }
        }
    }

    fn call(&mut self, call: &ExprCall) {
        self.expr(&call.func, Level::Atom);
        let arguments = &call.arguments;
        if let [generator @ Expr::Generator(_)] = &arguments.args[..]
            && arguments.keywords.is_empty()
        {
            return self.expr(generator, Level::Test);
        }
        self.bracketed("(", ")", |w| {
            w.list(&arguments.args, ", ", Level::Test);
            for (index, keyword) in arguments.keywords.iter().enumerate() {
                if index > 0 || !arguments.args.is_empty() {
                    w.put(", ");
                }
                match &keyword.arg {
                    Some(name) => {
                        w.put(name);
                        w.put("=");
                    }
                    None => w.put("**"),
                }
                w.expr(&keyword.value, Level::Test);
            }
        });
    }

    fn lambda(&mut self, lambda: &ExprLambda) {
        self.put("lambda");
        if let Some(parameters) = &lambda.parameters {
            if !parameters.is_empty() {
                self.put(" ");
            }
            self.parameters(parameters);
        }
        self.put(": ");
        self.expr(&lambda.body, Level::Test);
    }

    fn parameters(&mut self, parameters: &Parameters) {
        let mut parts = Vec::new();
        let text = |w: &mut Self, parameter: &ast::ParameterWithDefault| {
            let start = w.out.len();
            w.put(&parameter.parameter.name);
            if let Some(default) = &parameter.default {
                w.put("=");
                w.expr(default, Level::Test);
            }
            w.out.split_off(start)
        };
        for parameter in &parameters.posonlyargs {
            parts.push(text(self, parameter));
        }
        if !parameters.posonlyargs.is_empty() {
            parts.push("/".to_string());
        }
        for parameter in &parameters.args {
            parts.push(text(self, parameter));
        }
        if let Some(parameter) = &parameters.vararg {
            parts.push(format!("*{}", parameter.name));
        } else if !parameters.kwonlyargs.is_empty() {
            parts.push("*".to_string());
        }
        for parameter in &parameters.kwonlyargs {
            parts.push(text(self, parameter));
        }
        if let Some(parameter) = &parameters.kwarg {
            parts.push(format!("**{}", parameter.name));
        }
        self.put(&parts.join(", "));
    }

    // ---- interpolated strings

    fn fstring(&mut self, string: &ast::ExprFString) {
        let start = self.out.len();
        for part in string.value.as_slice() {
            match part {
                FStringPart::Literal(part) => self.literal_text(part.as_str()),
                FStringPart::FString(part) => self.elements(&part.elements),
            }
        }
        self.quote("f", start);
    }

    fn tstring(&mut self, string: &ast::ExprTString) {
        let start = self.out.len();
        for part in string.value.as_slice() {
            self.elements(&part.elements);
        }
        self.quote("t", start);
    }

    /// Turn what was written since `start` into a literal.
    fn quote(&mut self, prefix: &str, start: usize) {
        let body = self.out.split_off(start);
        self.put(prefix);
        self.put(&constant::string(body.as_bytes()));
    }

    fn literal_text(&mut self, text: &str) {
        self.put(&text.replace('{', "{{").replace('}', "}}"));
    }

    fn elements(&mut self, elements: &[InterpolatedStringElement]) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => self.literal_text(&text.value),
                InterpolatedStringElement::Interpolation(value) => self.interpolation(value),
            }
        }
    }

    fn interpolation(&mut self, value: &ast::InterpolatedElement) {
        let mut conversion = value.conversion.to_char();
        if let Some(debug) = &value.debug_text {
            self.literal_text(debug.as_str());
            if conversion.is_none() && value.format_spec.is_none() {
                conversion = ConversionFlag::Repr.to_char();
            }
        }
        self.put("{");
        let start = self.out.len();
        self.expr(&value.expression, Level::Or);
        if self.out[start..].starts_with('{') {
            self.out.insert(start, ' ');
        }
        if let Some(letter) = conversion {
            self.put(&format!("!{letter}"));
        }
        if let Some(spec) = &value.format_spec {
            self.put(":");
            self.elements(&spec.elements);
        }
        self.put("}");
    }
}
