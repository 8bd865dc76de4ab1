//! Syntax trees as data: what `ast.parse` shows and `compile` takes.
//!
//! The parser's tree is made for compiling. The tree of Python's `ast` module has other nodes, and a program may build
//! one by hand. Between the two stands [`Node`]: a kind from the grammar's table ([`kinds`]) and its fields in the
//! table's order. So whoever turns nodes into objects, or objects into nodes, only walks the table.
//!
//! ```text
//! text ──parser──► parser's tree ──shown──► Node ◄──► objects of `_ast`
//!                        ▲                   │
//!                        └───given◄──valid───┘
//! ```
mod function_type;
mod given;
mod kinds;
mod shown;
mod valid;

use haft_bytecode::Const;

pub use kinds::{Count, FieldSpec, FieldType, Group, Kind, Places};

pub(crate) use function_type::function_type;
pub(crate) use given::{Given, given};
pub(crate) use shown::shown;
pub use valid::{Invalid, InvalidKind, validate};

/// Where a node is: lines from 1, columns in bytes from 0, as attributes of nodes have them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// `lineno`
    pub line: i32,
    /// `col_offset`
    pub column: i32,
    /// `end_lineno`
    pub end_line: i32,
    /// `end_col_offset`
    pub end_column: i32,
}

/// A node of Python's abstract syntax.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its type.
    pub kind: Kind,
    /// Where it is; zeros for kinds without a place.
    pub span: Span,
    /// One for each field of its kind, in the order of the table.
    pub fields: Vec<Field>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    /// Nothing, in an optional field.
    Nothing,
    /// A node.
    Node(Box<Node>),
    /// A list of nodes; some lists may have gaps.
    Nodes(Vec<Option<Node>>),
    /// A list of names.
    Names(Vec<Box<str>>),
    /// A name.
    Name(Box<str>),
    /// A text in WTF-8.
    Text(Box<[u8]>),
    /// An int.
    Int(i64),
    /// A constant.
    Constant(Const),
}

impl Node {
    /// A node without fields and place: an operator or a context.
    pub fn plain(kind: Kind) -> Node {
        Node { kind, span: Span::default(), fields: Vec::new() }
    }

    /// The field with this name; the grammar must have it.
    fn field(&self, name: &str) -> &Field {
        let at = self.kind.fields().position(|field| field.name == name);
        &self.fields[at.expect("a field of the kind")]
    }

    /// The node in a field that is filled.
    fn node(&self, name: &str) -> Option<&Node> {
        match self.field(name) {
            Field::Node(node) => Some(node),
            _ => None,
        }
    }

    /// The nodes in a list.
    fn nodes(&self, name: &str) -> &[Option<Node>] {
        match self.field(name) {
            Field::Nodes(nodes) => nodes,
            _ => &[],
        }
    }

    /// The name in a field.
    fn name(&self, name: &str) -> Option<&str> {
        match self.field(name) {
            Field::Name(text) => Some(text),
            _ => None,
        }
    }
}

impl Drop for Node {
    /// Deep trees are dropped on a stack that is large enough.
    fn drop(&mut self) {
        if !self.fields.is_empty() {
            let fields = std::mem::take(&mut self.fields);
            stacker::maybe_grow(64 * 1024, 1024 * 1024, || drop(fields));
        }
    }
}
