//! Patterns of `match`.
use haft_bytecode::Const;

use super::{Check, constant, expr, name, span, value_error, without_gaps};
use crate::tree::{Field, Kind, Node};

/// A pattern; `star` says whether `*rest` may stand here.
pub(super) fn check(node: &Node, star: bool) -> Check {
    span(node)?;
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || check_parts(node, star))
}

fn check_parts(node: &Node, star: bool) -> Check {
    match node.kind {
        Kind::MatchValue => node.node("value").map_or(Ok(()), value),
        Kind::MatchSingleton => match constant(node, "value") {
            Some(Const::None | Const::Bool(_)) => Ok(()),
            _ => Err(value_error("MatchSingleton can only contain True, False and None")),
        },
        Kind::MatchSequence => all(node.nodes("patterns"), true),
        Kind::MatchMapping => mapping(node),
        Kind::MatchClass => class(node),
        Kind::MatchStar if !star => Err(value_error("can't use MatchStar here")),
        Kind::MatchStar => capture(node.name("name")),
        Kind::MatchAs => {
            capture(node.name("name"))?;
            match node.node("pattern") {
                None => Ok(()),
                Some(_) if node.name("name").is_none() => {
                    Err(value_error("MatchAs must specify a target name if a pattern is given"))
                }
                Some(pattern) => check(pattern, false),
            }
        }
        _ => {
            if node.nodes("patterns").len() < 2 {
                return Err(value_error("MatchOr requires at least 2 patterns"));
            }
            all(node.nodes("patterns"), false)
        }
    }
}

fn all(patterns: &[Option<Node>], star: bool) -> Check {
    without_gaps(patterns, "pattern").try_for_each(|pattern| check(pattern?, star))
}

fn capture(text: Option<&str>) -> Check {
    if text == Some("_") {
        return Err(value_error("can't capture name '_' in patterns"));
    }
    name(text)
}

fn mapping(node: &Node) -> Check {
    if node.nodes("keys").len() != node.nodes("patterns").len() {
        let message = "MatchMapping doesn't have the same number of keys as patterns";
        return Err(value_error(message));
    }
    if node.name("rest").is_some() {
        capture(node.name("rest"))?;
    }
    for key in node.nodes("keys").iter().flatten() {
        let is_singleton = key.kind == Kind::Constant
            && matches!(constant(key, "value"), Some(Const::None | Const::Bool(_)));
        if !is_singleton {
            value(key)?;
        }
    }
    all(node.nodes("patterns"), false)
}

fn class(node: &Node) -> Check {
    let Field::Names(names) = node.field("kwd_attrs") else { return Ok(()) };
    if names.len() != node.nodes("kwd_patterns").len() {
        let message = "MatchClass doesn't have the same number of keyword attributes as patterns";
        return Err(value_error(message));
    }
    let Some(class) = node.node("cls") else { return Ok(()) };
    expr::check(class, Kind::Load)?;
    let mut part = class;
    while part.kind == Kind::Attribute
        && let Some(inner) = part.node("value")
    {
        part = inner;
    }
    if part.kind != Kind::Name {
        let message = "MatchClass cls field can only contain Name or Attribute nodes.";
        return Err(value_error(message));
    }
    names.iter().try_for_each(|attribute| name(Some(attribute)))?;
    all(node.nodes("patterns"), false)?;
    all(node.nodes("kwd_patterns"), false)
}

/// The value of a pattern: a literal, possibly negative or complex, or a dotted name.
fn value(node: &Node) -> Check {
    expr::check(node, Kind::Load)?;
    let good = match node.kind {
        Kind::Constant => match constant(node, "value") {
            Some(
                Const::Int(_)
                | Const::BigInt { .. }
                | Const::Float(_)
                | Const::Complex(..)
                | Const::Str(_)
                | Const::Bytes(_),
            ) => true,
            _ => return Err(value_error("unexpected constant inside of a literal pattern")),
        },
        Kind::Attribute | Kind::JoinedStr | Kind::TemplateStr => true,
        Kind::UnaryOp => is_negative(node, Numbers::ALL),
        Kind::BinOp => is_complex(node),
        _ => false,
    };
    if good {
        return Ok(());
    }
    Err(value_error("patterns may only match literals and attribute lookups"))
}

/// Which numbers may stand somewhere.
#[derive(Clone, Copy)]
struct Numbers {
    real: bool,
    imaginary: bool,
}

impl Numbers {
    const ALL: Numbers = Numbers { real: true, imaginary: true };
    const REAL: Numbers = Numbers { real: true, imaginary: false };
    const IMAGINARY: Numbers = Numbers { real: false, imaginary: true };
}

fn is_number(node: &Node, allowed: Numbers) -> bool {
    if node.kind != Kind::Constant {
        return false;
    }
    match constant(node, "value") {
        Some(Const::Int(_) | Const::BigInt { .. } | Const::Float(_)) => allowed.real,
        Some(Const::Complex(..)) => allowed.imaginary,
        _ => false,
    }
}

fn is_negative(node: &Node, allowed: Numbers) -> bool {
    node.kind == Kind::UnaryOp
        && node.node("op").is_some_and(|op| op.kind == Kind::USub)
        && node.node("operand").is_some_and(|operand| is_number(operand, allowed))
}

/// `1 + 2j`, `-1 - 2j`
fn is_complex(node: &Node) -> bool {
    let (Some(left), Some(op), Some(right)) =
        (node.node("left"), node.node("op"), node.node("right"))
    else {
        return false;
    };
    matches!(op.kind, Kind::Add | Kind::Sub)
        && (is_number(left, Numbers::REAL) || is_negative(left, Numbers::REAL))
        && is_number(right, Numbers::IMAGINARY)
}
