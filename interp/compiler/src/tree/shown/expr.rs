//! Expressions as nodes.
use haft_bytecode::Const;
use ruff_python_ast::{self as ast, Expr, ExprContext};
use ruff_text_size::{Ranged, TextRange};

use super::stmt::operator;
use super::{Field, Kind, Node, Shower, name, nodes};
use crate::literal;

impl Shower<'_> {
    pub(in crate::tree) fn expr_node(&self, expr: &Expr) -> Node {
        let range = expr.range();
        let node = |kind, fields| self.node(kind, range, fields);
        match expr {
            Expr::BoolOp(e) => {
                let op = match e.op {
                    ast::BoolOp::And => Kind::And,
                    ast::BoolOp::Or => Kind::Or,
                };
                node(Kind::BoolOp, vec![Node::plain(op).into(), self.exprs(&e.values)])
            }
            Expr::Named(e) => {
                node(Kind::NamedExpr, vec![self.expr(&e.target), self.expr(&e.value)])
            }
            Expr::BinOp(e) => {
                node(Kind::BinOp, vec![self.expr(&e.left), operator(e.op), self.expr(&e.right)])
            }
            Expr::UnaryOp(e) => {
                node(Kind::UnaryOp, vec![unary_operator(e.op), self.expr(&e.operand)])
            }
            Expr::Lambda(e) => {
                let parameters = match &e.parameters {
                    Some(parameters) => self.parameters(parameters),
                    None => self.parameters(&ast::Parameters::default()),
                };
                node(Kind::Lambda, vec![parameters, self.expr(&e.body)])
            }
            Expr::If(e) => node(
                Kind::IfExp,
                vec![self.expr(&e.test), self.expr(&e.body), self.expr(&e.orelse)],
            ),
            Expr::Dict(e) => {
                let keys = e.items.iter().map(|item| item.key.as_ref());
                let keys = keys.map(|key| key.map(|key| self.expr_node(key))).collect();
                let values = self.exprs(e.items.iter().map(|item| &item.value));
                node(Kind::Dict, vec![Field::Nodes(keys), values])
            }
            Expr::Set(e) => node(Kind::Set, vec![self.exprs(&e.elts)]),
            Expr::Await(e) => node(Kind::Await, vec![self.expr(&e.value)]),
            Expr::Yield(e) => node(Kind::Yield, vec![self.maybe(e.value.as_deref())]),
            Expr::YieldFrom(e) => node(Kind::YieldFrom, vec![self.expr(&e.value)]),
            Expr::Compare(e) => {
                let ops = nodes(e.ops.iter().map(|&op| Node::plain(compare_operator(op))));
                node(Kind::Compare, vec![self.expr(&e.left), ops, self.exprs(&e.comparators)])
            }
            Expr::Call(e) => self.call(e),
            Expr::FString(e) => self.fstring(e),
            Expr::TString(e) => self.tstring(e),
            other => self.comprehension(other).unwrap_or_else(|| self.atom(other)),
        }
    }

    /// An expression that may be a target, a slice, or a constant.
    fn atom(&self, expr: &Expr) -> Node {
        let range = expr.range();
        let node = |kind, fields| self.node(kind, range, fields);
        match expr {
            Expr::Attribute(e) => {
                node(Kind::Attribute, vec![self.expr(&e.value), name(&e.attr), context(e.ctx)])
            }
            Expr::Subscript(e) => node(
                Kind::Subscript,
                vec![self.expr(&e.value), self.expr(&e.slice), context(e.ctx)],
            ),
            Expr::Starred(e) => node(Kind::Starred, vec![self.expr(&e.value), context(e.ctx)]),
            Expr::Name(e) => {
                node(Kind::Name, vec![Field::Name(e.id.as_str().into()), context(e.ctx)])
            }
            Expr::List(e) => node(Kind::List, vec![self.exprs(&e.elts), context(e.ctx)]),
            Expr::Tuple(e) => node(Kind::Tuple, vec![self.exprs(&e.elts), context(e.ctx)]),
            Expr::Slice(e) => {
                let parts = [&e.lower, &e.upper, &e.step];
                node(Kind::Slice, parts.map(|part| self.maybe(part.as_deref())).to_vec())
            }
            Expr::StringLiteral(e) => {
                let text = literal::string(self.source, e);
                let unicode =
                    e.value.as_slice().first().is_some_and(|s| s.flags.prefix().is_unicode());
                self.constant_of_kind(Const::Str(text.into()), unicode, range)
            }
            Expr::BytesLiteral(e) => self.constant(Const::Bytes(e.value.bytes().collect()), range),
            Expr::NumberLiteral(e) => self.constant(literal::number(&e.value), range),
            Expr::BooleanLiteral(e) => self.constant(Const::Bool(e.value), range),
            Expr::EllipsisLiteral(_) => self.constant(Const::Ellipsis, range),
            _ => self.constant(Const::None, range),
        }
    }

    pub(super) fn constant(&self, value: Const, range: TextRange) -> Node {
        self.constant_of_kind(value, false, range)
    }

    /// `u"…"` is marked by its kind.
    pub(super) fn constant_of_kind(&self, value: Const, unicode: bool, range: TextRange) -> Node {
        let kind = if unicode { Field::Text((*b"u").into()) } else { Field::Nothing };
        self.node(Kind::Constant, range, vec![Field::Constant(value), kind])
    }

    fn call(&self, call: &ast::ExprCall) -> Node {
        let arguments = &call.arguments;
        let args = match &arguments.args[..] {
            // A generator that is the only argument has the brackets of the call.
            [Expr::Generator(generator)]
                if arguments.keywords.is_empty() && !generator.parenthesized =>
            {
                let fields =
                    vec![self.expr(&generator.elt), self.generators(&generator.generators)];
                nodes([self.node(Kind::GeneratorExp, arguments.range, fields)].into_iter())
            }
            args => self.exprs(args),
        };
        let fields = vec![self.expr(&call.func), args, self.keywords(&arguments.keywords)];
        self.node(Kind::Call, call.range(), fields)
    }

    fn comprehension(&self, expr: &Expr) -> Option<Node> {
        let (kind, elt, generators) = match expr {
            Expr::ListComp(e) => (Kind::ListComp, &e.elt, &e.generators),
            Expr::SetComp(e) => (Kind::SetComp, &e.elt, &e.generators),
            Expr::Generator(e) => (Kind::GeneratorExp, &e.elt, &e.generators),
            Expr::DictComp(e) => {
                let key = self.maybe(e.key.as_deref());
                let fields = vec![key, self.expr(&e.value), self.generators(&e.generators)];
                return Some(self.node(Kind::DictComp, e.range, fields));
            }
            _ => return None,
        };
        let fields = vec![self.expr(elt), self.generators(generators)];
        Some(self.node(kind, expr.range(), fields))
    }

    fn generators(&self, generators: &[ast::Comprehension]) -> Field {
        nodes(generators.iter().map(|generator| {
            Node::of(
                Kind::Comprehension,
                vec![
                    self.expr(&generator.target),
                    self.expr(&generator.iter),
                    self.exprs(&generator.ifs),
                    Field::Int(i64::from(generator.is_async)),
                ],
            )
        }))
    }
}

fn context(context: ExprContext) -> Field {
    Node::plain(match context {
        ExprContext::Store => Kind::Store,
        ExprContext::Del => Kind::Del,
        ExprContext::Load | ExprContext::Invalid => Kind::Load,
    })
    .into()
}

fn unary_operator(operator: ast::UnaryOp) -> Field {
    Node::plain(match operator {
        ast::UnaryOp::Invert => Kind::Invert,
        ast::UnaryOp::Not => Kind::Not,
        ast::UnaryOp::UAdd => Kind::UAdd,
        ast::UnaryOp::USub => Kind::USub,
    })
    .into()
}

fn compare_operator(operator: ast::CmpOp) -> Kind {
    use ast::CmpOp as C;
    match operator {
        C::Eq => Kind::Eq,
        C::NotEq => Kind::NotEq,
        C::Lt => Kind::Lt,
        C::LtE => Kind::LtE,
        C::Gt => Kind::Gt,
        C::GtE => Kind::GtE,
        C::Is => Kind::Is,
        C::IsNot => Kind::IsNot,
        C::In => Kind::In,
        C::NotIn => Kind::NotIn,
    }
}
