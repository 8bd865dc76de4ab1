//! Is a tree that a program built one that the parser could have made? The rules and messages of CPython's `ast.c`.
mod expr;
mod pattern;
mod stmt;

use haft_bytecode::Const;

use super::{Kind, Node, Places, Span};

/// Which exception an [`Invalid`] becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidKind {
    /// `ValueError`
    Value,
    /// `TypeError`
    Type,
}

/// What is wrong with a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// The exception's class.
    pub kind: InvalidKind,
    /// Its message.
    pub message: String,
}

type Check = Result<(), Invalid>;

/// Check a root node.
pub fn validate(root: &Node) -> Check {
    match root.kind {
        Kind::Expression => load(root.node("body")),
        Kind::FunctionType => {
            loads(root.nodes("argtypes"))?;
            load(root.node("returns"))
        }
        _ => stmts(root.nodes("body")),
    }
}

fn value_error(message: impl Into<String>) -> Invalid {
    Invalid { kind: InvalidKind::Value, message: message.into() }
}

fn type_error(message: impl Into<String>) -> Invalid {
    Invalid { kind: InvalidKind::Type, message: message.into() }
}

fn span(node: &Node) -> Check {
    if node.kind.group().places() == Places::None {
        return Ok(());
    }
    let Span { line, column, end_line, end_column } = node.span;
    if line > end_line {
        return Err(value_error(format!("AST node line range ({line}, {end_line}) is not valid")));
    }
    if line < 0 && end_line != line || column < 0 && column != end_column {
        return Err(value_error(format!(
            "AST node column range ({column}, {end_column}) for line range ({line}, {end_line}) is not valid"
        )));
    }
    if line == end_line && column > end_column {
        return Err(value_error(format!(
            "line {line}, column {column}-{end_column} is not a valid range"
        )));
    }
    Ok(())
}

/// Names that are keywords with a value.
fn name(name: Option<&str>) -> Check {
    match name {
        Some(text @ ("None" | "True" | "False")) => {
            Err(value_error(format!("identifier field can't represent '{text}' constant")))
        }
        _ => Ok(()),
    }
}

fn not_empty(list: &[Option<Node>], what: &str, owner: Kind) -> Check {
    if list.is_empty() {
        return Err(value_error(format!("empty {what} on {}", owner.name())));
    }
    Ok(())
}

/// The nodes of a list that may have no gaps.
fn without_gaps<'n>(
    list: &'n [Option<Node>],
    what: &'static str,
) -> impl Iterator<Item = Result<&'n Node, Invalid>> {
    list.iter().map(move |node| {
        node.as_ref().ok_or_else(|| value_error(format!("None disallowed in {what} list")))
    })
}

fn stmts(list: &[Option<Node>]) -> Check {
    without_gaps(list, "statement").try_for_each(|node| stmt::check(node?))
}

fn body(node: &Node) -> Check {
    not_empty(node.nodes("body"), "body", node.kind)?;
    stmts(node.nodes("body"))
}

fn exprs(list: &[Option<Node>], context: Kind) -> Check {
    without_gaps(list, "expression").try_for_each(|node| expr::check(node?, context))
}

fn loads(list: &[Option<Node>]) -> Check {
    exprs(list, Kind::Load)
}

/// Like [`loads`], where gaps are allowed.
fn loads_with_gaps(list: &[Option<Node>]) -> Check {
    list.iter().flatten().try_for_each(|node| expr::check(node, Kind::Load))
}

fn load(node: Option<&Node>) -> Check {
    maybe(node, Kind::Load)
}

fn maybe(node: Option<&Node>, context: Kind) -> Check {
    node.map_or(Ok(()), |node| expr::check(node, context))
}

fn arguments(node: &Node) -> Check {
    let (posonly, args) = (node.nodes("posonlyargs"), node.nodes("args"));
    let vararg = node.node("vararg").into_iter();
    let (kwonly, kwarg) = (node.nodes("kwonlyargs"), node.node("kwarg").into_iter());
    let plain = posonly.iter().chain(args).flatten().chain(vararg);
    for arg in plain.chain(kwonly.iter().flatten()).chain(kwarg) {
        span(arg)?;
        load(arg.node("annotation"))?;
    }
    let (defaults, kw_defaults) = (node.nodes("defaults"), node.nodes("kw_defaults"));
    if defaults.len() > posonly.len() + args.len() {
        return Err(value_error("more positional defaults than args on arguments"));
    }
    if kw_defaults.len() != kwonly.len() {
        let message = "length of kwonlyargs is not the same as kw_defaults on arguments";
        return Err(value_error(message));
    }
    loads(defaults)?;
    loads_with_gaps(kw_defaults)
}

fn keywords(list: &[Option<Node>]) -> Check {
    list.iter().flatten().try_for_each(|keyword| load(keyword.node("value")))
}

fn constant(node: &Node, field: &str) -> Option<Const> {
    match node.field(field) {
        super::Field::Constant(value) => Some(value.clone()),
        _ => None,
    }
}
