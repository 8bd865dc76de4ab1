//! Expressions as text, for annotations that are strings.
use ruff_python_ast::Expr;
use ruff_text_size::Ranged;

use crate::source::Source;

/// The text of an expression.
pub(crate) fn unparse(source: &Source<'_>, expr: &Expr) -> String {
    source.slice(expr.range()).to_string()
}
