//! Expressions.
use haft_bytecode::Const;
use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, ExprContext, Number};
use ruff_text_size::{TextRange, TextSize};

use super::fields::Fields;
use super::stmt::operator;
use super::{Builder, attribute_start, open};
use crate::tree::{Kind, Node, Span};

impl Builder {
    pub(super) fn expr(&mut self, node: Node) -> Expr {
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || self.expr_on_stack(node))
    }

    fn expr_on_stack(&mut self, node: Node) -> Expr {
        let (range, span) = (self.range(node.span), node.span);
        let (kind, fields) = match node.kind {
            Kind::JoinedStr | Kind::FormattedValue => return self.formatted(node, range),
            Kind::TemplateStr | Kind::Interpolation => return self.template(node, range),
            _ => open(node),
        };
        match kind {
            Kind::ListComp
            | Kind::SetComp
            | Kind::DictComp
            | Kind::GeneratorExp
            | Kind::Lambda
            | Kind::Call => self.with_parts(kind, range, fields),
            Kind::Attribute => self.attribute(span, range, fields),
            Kind::Subscript | Kind::Starred | Kind::Name | Kind::List | Kind::Tuple => {
                self.target(kind, range, fields)
            }
            Kind::Constant => self.constant(range, fields),
            _ => self.operation(kind, range, fields),
        }
    }

    fn operation(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Expr {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::BoolOp => {
                let op = if f.kind() == Kind::And { ast::BoolOp::And } else { ast::BoolOp::Or };
                let values = self.exprs(f.nodes());
                Expr::BoolOp(ast::ExprBoolOp { node_index, range, op, values })
            }
            Kind::NamedExpr => {
                let (target, value) = (self.boxed(f.node()), self.boxed(f.node()));
                Expr::Named(ast::ExprNamed { node_index, range, target, value })
            }
            Kind::BinOp => {
                let left = self.boxed(f.node());
                let op = operator(f.kind());
                let right = self.boxed(f.node());
                Expr::BinOp(ast::ExprBinOp { node_index, range, left, op, right })
            }
            Kind::UnaryOp => {
                let op = match f.kind() {
                    Kind::Invert => ast::UnaryOp::Invert,
                    Kind::Not => ast::UnaryOp::Not,
                    Kind::UAdd => ast::UnaryOp::UAdd,
                    _ => ast::UnaryOp::USub,
                };
                let operand = self.boxed(f.node());
                Expr::UnaryOp(ast::ExprUnaryOp { node_index, range, op, operand })
            }
            Kind::IfExp => {
                let (test, body) = (self.boxed(f.node()), self.boxed(f.node()));
                let orelse = self.boxed(f.node());
                Expr::If(ast::ExprIf { node_index, range, test, body, orelse })
            }
            Kind::Dict => {
                let (keys, values) = (f.gapped(), f.nodes());
                let items = keys.into_iter().zip(values).map(|(key, value)| ast::DictItem {
                    key: key.map(|key| self.expr(key)),
                    value: self.expr(value),
                });
                let items = items.collect();
                Expr::Dict(ast::ExprDict { node_index, range, items })
            }
            Kind::Set => Expr::Set(ast::ExprSet { node_index, range, elts: self.exprs(f.nodes()) }),
            Kind::Await => {
                Expr::Await(ast::ExprAwait { node_index, range, value: self.boxed(f.node()) })
            }
            Kind::Yield => {
                Expr::Yield(ast::ExprYield { node_index, range, value: self.maybe(f.maybe()) })
            }
            Kind::YieldFrom => Expr::YieldFrom(ast::ExprYieldFrom {
                node_index,
                range,
                value: self.boxed(f.node()),
            }),
            Kind::Compare => {
                let left = self.boxed(f.node());
                let ops = f.nodes().iter().map(|op| compare_operator(op.kind)).collect();
                let comparators = self.exprs(f.nodes()).into();
                Expr::Compare(ast::ExprCompare { node_index, range, left, ops, comparators })
            }
            _ => {
                let (lower, upper) = (self.maybe(f.maybe()), self.maybe(f.maybe()));
                let step = self.maybe(f.maybe());
                Expr::Slice(ast::ExprSlice { node_index, range, lower, upper, step })
            }
        }
    }

    fn with_parts(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Expr {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::Lambda => {
                let parameters = Some(Box::new(self.parameters(f.node())));
                let body = self.boxed(f.node());
                Expr::Lambda(ast::ExprLambda { node_index, range, parameters, body })
            }
            Kind::Call => {
                let func = self.boxed(f.node());
                let args = self.exprs(f.nodes()).into();
                let keywords = self.keywords(f.nodes()).into();
                let arguments =
                    ast::Arguments { range, node_index: AtomicNodeIndex::NONE, args, keywords };
                Expr::Call(ast::ExprCall {
                    node_index,
                    range_start: range.start(),
                    func,
                    arguments,
                })
            }
            Kind::DictComp => {
                let key = Some(self.boxed(f.node()));
                let value = self.boxed(f.node());
                let generators = self.generators(f.nodes());
                Expr::DictComp(ast::ExprDictComp { node_index, range, key, value, generators })
            }
            _ => {
                let elt = self.boxed(f.node());
                let generators = self.generators(f.nodes());
                match kind {
                    Kind::ListComp => {
                        Expr::ListComp(ast::ExprListComp { node_index, range, elt, generators })
                    }
                    Kind::SetComp => {
                        Expr::SetComp(ast::ExprSetComp { node_index, range, elt, generators })
                    }
                    _ => Expr::Generator(ast::ExprGenerator {
                        node_index,
                        range,
                        elt,
                        generators,
                        parenthesized: true,
                    }),
                }
            }
        }
    }

    fn generators(&mut self, nodes: Vec<Node>) -> Vec<ast::Comprehension> {
        nodes
            .into_iter()
            .map(|node| {
                let (_, mut f) = open(node);
                let (target, iter) = (self.expr(f.node()), self.expr(f.node()));
                let ifs = self.exprs(f.nodes());
                let (range, node_index) = (TextRange::default(), AtomicNodeIndex::NONE);
                ast::Comprehension { range, node_index, target, iter, ifs, is_async: f.int() != 0 }
            })
            .collect()
    }

    fn attribute(&mut self, span: Span, range: TextRange, mut f: Fields) -> Expr {
        let value = self.boxed(f.node());
        let name = f.name();
        let start = TextSize::new(self.place(attribute_start(span, &name)));
        let attr = Builder::identifier(&name, TextRange::new(start, range.end()));
        let ctx = context(f.kind());
        Expr::Attribute(ast::ExprAttribute {
            node_index: AtomicNodeIndex::NONE,
            range,
            value,
            attr,
            ctx,
        })
    }

    fn target(&mut self, kind: Kind, range: TextRange, mut f: Fields) -> Expr {
        let node_index = AtomicNodeIndex::NONE;
        match kind {
            Kind::Subscript => {
                let (value, slice) = (self.boxed(f.node()), self.boxed(f.node()));
                let ctx = context(f.kind());
                Expr::Subscript(ast::ExprSubscript { node_index, range, value, slice, ctx })
            }
            Kind::Starred => {
                let value = self.boxed(f.node());
                let ctx = context(f.kind());
                Expr::Starred(ast::ExprStarred { node_index, range, value, ctx })
            }
            Kind::Name => {
                let id = ast::name::Name::new(f.name());
                let ctx = context(f.kind());
                Expr::Name(ast::ExprName { node_index, range, id, ctx })
            }
            Kind::List => {
                let elts = self.exprs(f.nodes());
                let ctx = context(f.kind());
                Expr::List(ast::ExprList { node_index, range, elts, ctx })
            }
            _ => {
                let elts = self.exprs(f.nodes());
                let ctx = context(f.kind());
                Expr::Tuple(ast::ExprTuple { node_index, range, elts, ctx, parenthesized: true })
            }
        }
    }

    fn constant(&mut self, range: TextRange, mut f: Fields) -> Expr {
        let node_index = AtomicNodeIndex::NONE;
        match f.constant() {
            Const::None => Expr::NoneLiteral(ast::ExprNoneLiteral { node_index, range }),
            Const::Bool(value) => {
                Expr::BooleanLiteral(ast::ExprBooleanLiteral { node_index, range, value })
            }
            Const::Ellipsis => {
                Expr::EllipsisLiteral(ast::ExprEllipsisLiteral { node_index, range })
            }
            Const::Int(n) if n >= 0 => {
                let value = Number::Int(n.cast_unsigned().into());
                Expr::NumberLiteral(ast::ExprNumberLiteral { node_index, range, value })
            }
            Const::Float(number) => {
                let value = Number::Float(number);
                Expr::NumberLiteral(ast::ExprNumberLiteral { node_index, range, value })
            }
            Const::Complex(real, imag) => {
                let value = Number::Complex { real, imag };
                Expr::NumberLiteral(ast::ExprNumberLiteral { node_index, range, value })
            }
            Const::Bytes(bytes) => {
                let value = ast::BytesLiteralValue::single(ast::BytesLiteral {
                    range,
                    node_index: AtomicNodeIndex::NONE,
                    value: bytes,
                    flags: ast::BytesLiteralFlags::empty(),
                });
                Expr::BytesLiteral(ast::ExprBytesLiteral { node_index, range, value })
            }
            Const::Str(bytes) => match plain_text(&bytes) {
                Some(text) => {
                    let value = ast::StringLiteralValue::single(string_literal(text, range));
                    Expr::StringLiteral(ast::ExprStringLiteral { node_index, range, value })
                }
                None => self.foreign(Const::Str(bytes), range),
            },
            other => self.foreign(other, range),
        }
    }

    /// A constant that no literal of the parser's tree can be.
    pub(super) fn foreign(&mut self, value: Const, range: TextRange) -> Expr {
        Expr::IpyEscapeCommand(ast::ExprIpyEscapeCommand {
            node_index: self.keep(value),
            range,
            kind: ast::IpyEscapeKind::Shell,
            value: Box::default(),
        })
    }
}

/// The text of a string that a literal can hold: lone surrogates and their stand-in are read from the source, and
/// there is none.
pub(super) fn plain_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\u{fffd}'))
}

pub(super) fn string_literal(text: &str, range: TextRange) -> ast::StringLiteral {
    ast::StringLiteral {
        range,
        node_index: AtomicNodeIndex::NONE,
        value: text.into(),
        flags: ast::StringLiteralFlags::empty(),
    }
}

fn context(kind: Kind) -> ExprContext {
    match kind {
        Kind::Store => ExprContext::Store,
        Kind::Del => ExprContext::Del,
        _ => ExprContext::Load,
    }
}

fn compare_operator(kind: Kind) -> ast::CmpOp {
    use ast::CmpOp as C;
    match kind {
        Kind::NotEq => C::NotEq,
        Kind::Lt => C::Lt,
        Kind::LtE => C::LtE,
        Kind::Gt => C::Gt,
        Kind::GtE => C::GtE,
        Kind::Is => C::Is,
        Kind::IsNot => C::IsNot,
        Kind::In => C::In,
        Kind::NotIn => C::NotIn,
        _ => C::Eq,
    }
}
