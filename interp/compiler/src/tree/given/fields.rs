//! The fields of a node, taken in the order of the grammar.
use haft_bytecode::Const;

use crate::tree::{Field, Kind, Node};

/// What is left of a node's fields. Each function takes the next one, which must be of its type.
pub(super) struct Fields(std::vec::IntoIter<Field>);

impl Fields {
    pub(super) fn new(fields: Vec<Field>) -> Fields {
        Fields(fields.into_iter())
    }

    fn next(&mut self) -> Field {
        self.0.next().unwrap_or(Field::Nothing)
    }

    pub(super) fn node(&mut self) -> Node {
        self.maybe().expect("a valid node has its required fields")
    }

    pub(super) fn maybe(&mut self) -> Option<Node> {
        match self.next() {
            Field::Node(node) => Some(*node),
            _ => None,
        }
    }

    /// A node without fields: an operator or a context.
    pub(super) fn kind(&mut self) -> Kind {
        self.node().kind
    }

    /// A list without gaps.
    pub(super) fn nodes(&mut self) -> Vec<Node> {
        self.gapped().into_iter().flatten().collect()
    }

    pub(super) fn gapped(&mut self) -> Vec<Option<Node>> {
        match self.next() {
            Field::Nodes(nodes) => nodes,
            _ => Vec::new(),
        }
    }

    pub(super) fn name(&mut self) -> Box<str> {
        self.maybe_name().unwrap_or_default()
    }

    pub(super) fn maybe_name(&mut self) -> Option<Box<str>> {
        match self.next() {
            Field::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn names(&mut self) -> Vec<Box<str>> {
        match self.next() {
            Field::Names(names) => names,
            _ => Vec::new(),
        }
    }

    pub(super) fn int(&mut self) -> i64 {
        match self.next() {
            Field::Int(number) => number,
            _ => 0,
        }
    }

    pub(super) fn constant(&mut self) -> Const {
        match self.next() {
            Field::Constant(value) => value,
            _ => Const::None,
        }
    }

    /// A text that the parser's tree does not need, such as a type comment.
    pub(super) fn skip(&mut self) {
        self.next();
    }
}
