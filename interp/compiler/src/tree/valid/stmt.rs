//! Statements.
use super::{
    Check, arguments, body, expr, exprs, keywords, load, loads, maybe, name, not_empty, pattern,
    span, stmts, type_error, value_error,
};
use crate::tree::{Field, Kind, Node};

pub(super) fn check(node: &Node) -> Check {
    span(node)?;
    stacker::maybe_grow(64 * 1024, 1024 * 1024, || check_parts(node))
}

fn check_parts(node: &Node) -> Check {
    match node.kind {
        Kind::FunctionDef | Kind::AsyncFunctionDef => {
            body(node)?;
            type_params(node)?;
            node.node("args").map_or(Ok(()), arguments)?;
            loads(node.nodes("decorator_list"))?;
            load(node.node("returns"))
        }
        Kind::ClassDef => {
            body(node)?;
            type_params(node)?;
            loads(node.nodes("bases"))?;
            keywords(node.nodes("keywords"))?;
            loads(node.nodes("decorator_list"))
        }
        Kind::Return | Kind::Expr => load(node.node("value")),
        Kind::Delete => {
            not_empty(node.nodes("targets"), "targets", node.kind)?;
            exprs(node.nodes("targets"), Kind::Del)
        }
        Kind::Assign => {
            not_empty(node.nodes("targets"), "targets", node.kind)?;
            exprs(node.nodes("targets"), Kind::Store)?;
            load(node.node("value"))
        }
        Kind::AugAssign => {
            maybe(node.node("target"), Kind::Store)?;
            load(node.node("value"))
        }
        Kind::AnnAssign => ann_assign(node),
        Kind::TypeAlias => {
            if node.node("name").is_some_and(|name| name.kind != Kind::Name) {
                return Err(type_error("TypeAlias with non-Name name"));
            }
            maybe(node.node("name"), Kind::Store)?;
            type_params(node)?;
            load(node.node("value"))
        }
        Kind::Assert => {
            load(node.node("test"))?;
            load(node.node("msg"))
        }
        Kind::Raise => match (node.node("exc"), node.node("cause")) {
            (None, Some(_)) => Err(value_error("Raise with cause but no exception")),
            (exception, cause) => {
                load(exception)?;
                load(cause)
            }
        },
        Kind::Import | Kind::Global | Kind::Nonlocal => names(node),
        Kind::ImportFrom => {
            if matches!(node.field("level"), Field::Int(level) if *level < 0) {
                return Err(value_error("Negative ImportFrom level"));
            }
            names(node)
        }
        Kind::Pass | Kind::Break | Kind::Continue => Ok(()),
        _ => compound(node),
    }
}

fn names(node: &Node) -> Check {
    match node.field("names") {
        Field::Names(names) if !names.is_empty() => Ok(()),
        Field::Nodes(names) if !names.is_empty() => Ok(()),
        _ => not_empty(&[], "names", node.kind),
    }
}

fn compound(node: &Node) -> Check {
    match node.kind {
        Kind::For | Kind::AsyncFor => {
            maybe(node.node("target"), Kind::Store)?;
            load(node.node("iter"))?;
            body(node)?;
            stmts(node.nodes("orelse"))
        }
        Kind::While | Kind::If => {
            load(node.node("test"))?;
            body(node)?;
            stmts(node.nodes("orelse"))
        }
        Kind::With | Kind::AsyncWith => {
            not_empty(node.nodes("items"), "items", node.kind)?;
            for item in node.nodes("items").iter().flatten() {
                load(item.node("context_expr"))?;
                maybe(item.node("optional_vars"), Kind::Store)?;
            }
            body(node)
        }
        Kind::Match => {
            load(node.node("subject"))?;
            not_empty(node.nodes("cases"), "cases", node.kind)?;
            for case in node.nodes("cases").iter().flatten() {
                case.node("pattern").map_or(Ok(()), |p| pattern::check(p, false))?;
                load(case.node("guard"))?;
                body(case)?;
            }
            Ok(())
        }
        _ => try_stmt(node),
    }
}

fn try_stmt(node: &Node) -> Check {
    body(node)?;
    let (handlers, owner) = (node.nodes("handlers"), node.kind.name());
    if handlers.is_empty() && node.nodes("finalbody").is_empty() {
        let message = format!("{owner} has neither except handlers nor finalbody");
        return Err(value_error(message));
    }
    if handlers.is_empty() && !node.nodes("orelse").is_empty() {
        return Err(value_error(format!("{owner} has orelse but no except handlers")));
    }
    for handler in handlers.iter().flatten() {
        span(handler)?;
        load(handler.node("type"))?;
        body(handler)?;
    }
    stmts(node.nodes("finalbody"))?;
    stmts(node.nodes("orelse"))
}

fn ann_assign(node: &Node) -> Check {
    let simple = matches!(node.field("simple"), Field::Int(n) if *n != 0);
    if simple && node.node("target").is_some_and(|target| target.kind != Kind::Name) {
        return Err(type_error("AnnAssign with simple non-Name target"));
    }
    maybe(node.node("target"), Kind::Store)?;
    load(node.node("value"))?;
    load(node.node("annotation"))
}

fn type_params(node: &Node) -> Check {
    for param in node.nodes("type_params").iter().flatten() {
        span(param)?;
        name(param.name("name"))?;
        if param.kind == Kind::TypeVar {
            maybe(param.node("bound"), Kind::Load)?;
        }
        if let Some(default) = param.node("default_value") {
            expr::check(default, Kind::Load)?;
        }
    }
    Ok(())
}
