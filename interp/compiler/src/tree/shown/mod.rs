//! From the parser's tree to nodes, with the places that CPython's parser gives.
mod expr;
mod pattern;
mod stmt;
mod string;

use ruff_python_ast::{self as ast, Identifier};
use ruff_text_size::{TextRange, TextSize};

use super::{Field, Kind, Node, Span};
use crate::Mode;
use crate::source::Source;

/// The root node of a text.
pub(crate) fn shown(source: &Source<'_>, tree: &ast::Mod, mode: Mode) -> Node {
    let shower = Shower { source };
    match tree {
        ast::Mod::Expression(expression) => {
            Node::of(Kind::Expression, vec![shower.expr(&expression.body)])
        }
        ast::Mod::Module(module) if mode == Mode::Single => {
            Node::of(Kind::Interactive, vec![shower.body(&module.body)])
        }
        ast::Mod::Module(module) => {
            let body = shower.body(&module.body);
            Node::of(Kind::Module, vec![body, Field::Nodes(Vec::new())])
        }
    }
}

pub(super) struct Shower<'a> {
    pub(super) source: &'a Source<'a>,
}

impl Node {
    /// A node without a place.
    pub(super) fn of(kind: Kind, fields: Vec<Field>) -> Node {
        Node { kind, span: Span::default(), fields }
    }
}

impl From<Node> for Field {
    fn from(node: Node) -> Field {
        Field::Node(Box::new(node))
    }
}

impl Shower<'_> {
    fn span(&self, range: TextRange) -> Span {
        let (line, column) = self.source.line_column(range.start());
        let (end_line, end_column) = self.source.line_column(range.end());
        Span {
            line: line.cast_signed(),
            column: column.cast_signed(),
            end_line: end_line.cast_signed(),
            end_column: end_column.cast_signed(),
        }
    }

    /// A node with a place.
    fn node(&self, kind: Kind, range: TextRange, fields: Vec<Field>) -> Node {
        debug_assert_eq!(fields.len(), kind.fields().count(), "{kind:?}");
        Node { kind, span: self.span(range), fields }
    }

    pub(super) fn expr(&self, expr: &ast::Expr) -> Field {
        self.expr_node(expr).into()
    }

    fn maybe(&self, expr: Option<&ast::Expr>) -> Field {
        expr.map_or(Field::Nothing, |expr| self.expr(expr))
    }

    fn exprs<'e>(&self, exprs: impl IntoIterator<Item = &'e ast::Expr>) -> Field {
        Field::Nodes(exprs.into_iter().map(|expr| Some(self.expr_node(expr))).collect())
    }

    fn body(&self, body: &[ast::Stmt]) -> Field {
        Field::Nodes(body.iter().map(|stmt| Some(self.stmt(stmt))).collect())
    }

    /// The first place at or after `from` that is not in white space, a comment or an escaped line end.
    fn skip_blank(&self, from: TextSize) -> TextSize {
        let text = self.source.text;
        let mut at = usize::from(from);
        loop {
            let rest = &text[at..];
            at += rest.len()
                - rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\\').len();
            if !text[at..].starts_with('#') {
                return TextSize::new(at as u32);
            }
            at += text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
        }
    }
}

fn name(identifier: &Identifier) -> Field {
    Field::Name(identifier.as_str().into())
}

fn maybe_name(identifier: Option<&Identifier>) -> Field {
    identifier.map_or(Field::Nothing, name)
}

fn nodes(list: impl Iterator<Item = Node>) -> Field {
    Field::Nodes(list.map(Some).collect())
}
