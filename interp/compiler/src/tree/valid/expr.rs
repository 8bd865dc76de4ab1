//! Expressions.
use super::{
    Check, arguments, exprs, keywords, load, loads, loads_with_gaps, maybe, name, span, type_error,
    value_error,
};
use crate::tree::{Kind, Node};

/// An expression where a name would have this context.
pub(super) fn check(node: &Node, context: Kind) -> Check {
    span(node)?;
    check_context(node, context)?;
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || check_parts(node, context))
}

fn check_context(node: &Node, context: Kind) -> Check {
    let wanted = context.name();
    match node.kind {
        Kind::Attribute
        | Kind::Subscript
        | Kind::Starred
        | Kind::Name
        | Kind::List
        | Kind::Tuple => {
            let actual = node.node("ctx").map_or(Kind::Load, |ctx| ctx.kind);
            if actual == context {
                return Ok(());
            }
            let actual = actual.name();
            Err(value_error(format!(
                "expression must have {wanted} context but has {actual} instead"
            )))
        }
        _ if context != Kind::Load => {
            Err(value_error(format!("expression which can't be assigned to in {wanted} context")))
        }
        _ => Ok(()),
    }
}

#[expect(clippy::too_many_lines, reason = "one arm per kind of node")]
fn check_parts(node: &Node, context: Kind) -> Check {
    match node.kind {
        Kind::BoolOp => {
            if node.nodes("values").len() < 2 {
                return Err(value_error("BoolOp with less than 2 values"));
            }
            loads(node.nodes("values"))
        }
        Kind::BinOp => {
            load(node.node("left"))?;
            load(node.node("right"))
        }
        Kind::UnaryOp => load(node.node("operand")),
        Kind::Lambda => {
            node.node("args").map_or(Ok(()), arguments)?;
            load(node.node("body"))
        }
        Kind::IfExp => {
            load(node.node("test"))?;
            load(node.node("body"))?;
            load(node.node("orelse"))
        }
        Kind::Dict => {
            if node.nodes("keys").len() != node.nodes("values").len() {
                return Err(value_error("Dict doesn't have the same number of keys as values"));
            }
            loads_with_gaps(node.nodes("keys"))?;
            loads(node.nodes("values"))
        }
        Kind::Set => loads(node.nodes("elts")),
        Kind::ListComp | Kind::SetComp | Kind::GeneratorExp => {
            generators(node)?;
            load(node.node("elt"))
        }
        Kind::DictComp => {
            generators(node)?;
            load(node.node("key"))?;
            load(node.node("value"))
        }
        Kind::Compare => {
            let comparators = node.nodes("comparators");
            if comparators.is_empty() {
                return Err(value_error("Compare with no comparators"));
            }
            if comparators.len() != node.nodes("ops").len() {
                let message = "Compare has a different number of comparators and operands";
                return Err(value_error(message));
            }
            loads(comparators)?;
            load(node.node("left"))
        }
        Kind::Call => {
            load(node.node("func"))?;
            loads(node.nodes("args"))?;
            keywords(node.nodes("keywords"))
        }
        Kind::JoinedStr | Kind::TemplateStr => loads(node.nodes("values")),
        Kind::FormattedValue | Kind::Interpolation => {
            load(node.node("value"))?;
            load(node.node("format_spec"))
        }
        Kind::Subscript => {
            load(node.node("slice"))?;
            load(node.node("value"))
        }
        Kind::Slice => {
            load(node.node("lower"))?;
            load(node.node("upper"))?;
            load(node.node("step"))
        }
        Kind::Starred => maybe(node.node("value"), context),
        Kind::List | Kind::Tuple => exprs(node.nodes("elts"), context),
        Kind::NamedExpr => {
            if node.node("target").is_some_and(|target| target.kind != Kind::Name) {
                return Err(type_error("NamedExpr target must be a Name"));
            }
            load(node.node("value"))
        }
        Kind::Name => name(node.name("id")),
        Kind::Constant => Ok(()),
        _ => load(node.node("value")),
    }
}

fn generators(node: &Node) -> Check {
    if node.nodes("generators").is_empty() {
        return Err(value_error("comprehension with no generators"));
    }
    for generator in node.nodes("generators").iter().flatten() {
        maybe(generator.node("target"), Kind::Store)?;
        load(generator.node("iter"))?;
        loads(generator.nodes("ifs"))?;
    }
    Ok(())
}
