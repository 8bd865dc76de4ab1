//! Type comments of functions: `(int, *str, **object) -> bool`.
use ruff_python_ast::{Expr, token::TokenKind};
use ruff_python_parser::{Mode, parse_unchecked};
use ruff_text_size::{Ranged, TextRange, TextSize};

use super::shown::Shower;
use super::{Field, Kind, Node};
use crate::fault::Fault;
use crate::source::Source;

/// The node of a type comment.
///
/// The parameters are read as the arguments of a call, the result as the expression behind the arrow, each in a text
/// that has blanks in place of the rest, so that places stay right.
pub(crate) fn function_type(source: &Source<'_>) -> Result<Node, Fault> {
    let invalid = |range| Fault::syntax("invalid syntax", range);
    let tokens = parse_unchecked(source.text, Mode::Module.into());
    let arrow = tokens.tokens().iter().find(|token| token.kind() == TokenKind::Rarrow);
    let open = tokens.tokens().iter().find(|token| token.kind() == TokenKind::Lpar);
    let (Some(arrow), Some(open)) = (arrow, open) else {
        return Err(invalid(TextRange::up_to(TextSize::of(source.text))));
    };
    let returns = blanked(source.text, arrow.end(), TextSize::of(source.text));
    let parsed = ruff_python_parser::parse_expression(&returns);
    let returns = parsed.map_err(|error| invalid(error.location))?.into_expr();
    let shower = Shower { source };
    let arguments = parameters(source, TextRange::new(open.start(), arrow.start()))?;
    let types = arguments.iter().map(|expr| Some(shower.expr_node(expr))).collect();
    Ok(Node::of(Kind::FunctionType, vec![Field::Nodes(types), shower.expr(&returns)]))
}

/// The text with blanks for everything but one part. Line breaks stay.
fn blanked(text: &str, from: TextSize, to: TextSize) -> String {
    let (from, to) = (usize::from(from), usize::from(to));
    let blank = |part: &str| -> String {
        part.bytes().map(|b| if matches!(b, b'\n' | b'\r') { '\n' } else { ' ' }).collect()
    };
    format!("{}{}{}", blank(&text[..from]), &text[from..to], blank(&text[to..]))
}

/// The types between the brackets; stars before them mean nothing.
fn parameters(source: &Source<'_>, range: TextRange) -> Result<Vec<Expr>, Fault> {
    let invalid = |range| Fault::syntax("invalid syntax", range);
    let text = blanked(source.text, range.start(), range.end()).replace("**", "  ");
    let parsed = ruff_python_parser::parse_expression(&text.replace('*', " "));
    let inside = source.slice(range).trim().trim_start_matches('(').trim_end_matches(')');
    match parsed.map_err(|error| invalid(error.location))?.into_expr() {
        Expr::Tuple(tuple) => Ok(tuple.elts),
        _ if inside.trim().is_empty() => Ok(Vec::new()),
        one => Ok(vec![one]),
    }
}
