//! From nodes that a program built to the parser's tree.
//!
//! There is no text. A place in it is a number all the same, as everywhere in the compiler: every place that a node
//! names is put into one ordered list, and its number is twice its index, plus one if something ends there. So ranges
//! are never empty and nest as the nodes' places do. What the parser's tree cannot hold, such as a tuple as a
//! constant, is kept in a list beside it and named by an index.
//!
//! The nodes are [valid](super::valid): what is not said here cannot happen.
mod expr;
mod fields;
mod pattern;
mod stmt;
mod string;

use haft_bytecode::Const;
use ruff_python_ast::{self as ast, AtomicNodeIndex, Expr, NodeIndex};
use ruff_text_size::{TextRange, TextSize};

use super::{Field, Kind, Node, Span};
use fields::Fields;

/// What a tree was built into.
pub(crate) struct Given {
    pub(crate) tree: ast::Mod,
    /// Places by number, see the module's text.
    pub(crate) places: Vec<(u32, u32)>,
    /// Constants by index.
    pub(crate) constants: Vec<Const>,
    /// How deeply it is nested.
    pub(crate) depth: usize,
}

/// The tree of a root node.
pub(crate) fn given(root: Node) -> Given {
    let mut survey = Survey { places: Vec::new(), deepest: 0 };
    survey.node(&root, 1);
    let Survey { mut places, deepest } = survey;
    places.sort_unstable();
    places.dedup();
    let mut builder = Builder { places, constants: Vec::new() };
    let (kind, mut fields) = open(root);
    let tree = match kind {
        Kind::Expression => ast::Mod::Expression(ast::ModExpression {
            node_index: AtomicNodeIndex::NONE,
            range: TextRange::default(),
            body: builder.boxed(fields.node()),
        }),
        _ => ast::Mod::Module(ast::ModModule {
            node_index: AtomicNodeIndex::NONE,
            range: TextRange::default(),
            body: builder.body(fields.nodes()).into(),
        }),
    };
    let Builder { places, constants } = builder;
    Given { tree, places, constants, depth: deepest }
}

/// Collects places and measures the depth.
struct Survey {
    places: Vec<(u32, u32)>,
    deepest: usize,
}

impl Survey {
    fn node(&mut self, node: &Node, depth: usize) {
        self.deepest = self.deepest.max(depth);
        if node.kind.group().places() != super::Places::None {
            self.places.extend([start(node.span), end(node.span)]);
        }
        if node.kind == Kind::Attribute {
            self.places.push(attribute_start(node.span, node.name("attr").unwrap_or("")));
        }
        stacker::maybe_grow(64 * 1024, 1024 * 1024, || {
            for field in &node.fields {
                match field {
                    Field::Node(inner) => self.node(inner, depth + 1),
                    Field::Nodes(list) => {
                        list.iter().flatten().for_each(|inner| self.node(inner, depth + 1));
                    }
                    _ => {}
                }
            }
        });
    }
}

fn number(n: i32) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

fn start(span: Span) -> (u32, u32) {
    (number(span.line), number(span.column))
}

fn end(span: Span) -> (u32, u32) {
    start(span).max((number(span.end_line), number(span.end_column)))
}

/// Where the name of an attribute begins: as far before the end as it is long.
fn attribute_start(span: Span, name: &str) -> (u32, u32) {
    let (line, column) = end(span);
    start(span).max((line, column.saturating_sub(name.chars().count() as u32)))
}

/// The kind of a node and its fields, to be taken one after the other.
fn open(mut node: Node) -> (Kind, Fields) {
    (node.kind, Fields::new(std::mem::take(&mut node.fields)))
}

struct Builder {
    places: Vec<(u32, u32)>,
    constants: Vec<Const>,
}

impl Builder {
    fn place(&self, place: (u32, u32)) -> u32 {
        self.places.partition_point(|&other| other < place) as u32 * 2
    }

    fn range(&self, span: Span) -> TextRange {
        let (from, to) = (self.place(start(span)), self.place(end(span)) + 1);
        TextRange::new(TextSize::new(from), TextSize::new(to))
    }

    /// Keep a constant beside the tree.
    fn keep(&mut self, value: Const) -> AtomicNodeIndex {
        let index = AtomicNodeIndex::NONE;
        index.set(NodeIndex::from(self.constants.len() as u32));
        self.constants.push(value);
        index
    }

    fn identifier(name: &str, range: TextRange) -> ast::Identifier {
        ast::Identifier::new(name, range)
    }

    fn maybe_identifier(name: Option<Box<str>>, range: TextRange) -> Option<ast::Identifier> {
        name.map(|name| Builder::identifier(&name, range))
    }

    fn boxed(&mut self, node: Node) -> Box<Expr> {
        Box::new(self.expr(node))
    }

    fn maybe(&mut self, node: Option<Node>) -> Option<Box<Expr>> {
        node.map(|node| self.boxed(node))
    }

    fn exprs(&mut self, nodes: Vec<Node>) -> Vec<Expr> {
        nodes.into_iter().map(|node| self.expr(node)).collect()
    }

    fn body(&mut self, nodes: Vec<Node>) -> Vec<ast::Stmt> {
        nodes.into_iter().map(|node| self.stmt(node)).collect()
    }
}
