//! Code that is valid and almost certainly wrong.
use haft_bytecode::Const;
use ruff_python_ast::{CmpOp, Expr, ExprCall, ExprCompare, ExprSubscript};
use ruff_text_size::{Ranged, TextRange};

use super::Compiler;
use crate::fault::{Remark, WarningCategory};

impl<'a> Compiler<'a> {
    pub(super) fn warn(&mut self, message: String, range: TextRange) {
        let known = |(at, remark): &(TextRange, Remark)| *at == range && remark.message == message;
        // Clean-up code is compiled several times.
        if !self.remarks.iter().rev().take(64).any(known) {
            self.remarks.push((range, Remark { category: WarningCategory::Syntax, message }));
        }
    }

    /// `x is 1`
    pub(super) fn warn_comparison(&mut self, compare: &'a ExprCompare) {
        let mut left = &*compare.left;
        for (op, right) in compare.ops.iter().zip(&compare.comparators) {
            if matches!(op, CmpOp::Is | CmpOp::IsNot)
                && let Some(ty) = self.literal_type(left).or_else(|| self.literal_type(right))
            {
                let (is, equals) = if *op == CmpOp::Is { ("is", "==") } else { ("is not", "!=") };
                let message = format!("\"{is}\" with '{ty}' literal. Did you mean \"{equals}\"?");
                self.warn(message, compare.range);
            }
            left = right;
        }
    }

    /// The type of a constant whose identity means nothing.
    fn literal_type(&self, expr: &Expr) -> Option<&'static str> {
        match self.constant(expr)? {
            Const::None | Const::Bool(_) | Const::Ellipsis => None,
            value => Some(type_name(&value)),
        }
    }

    /// `"text" (x)`: a comma is missing.
    pub(super) fn warn_call(&mut self, call: &'a ExprCall) {
        let ty = match &*call.func {
            Expr::StringLiteral(_) => "str",
            Expr::BytesLiteral(_) => "bytes",
            Expr::NumberLiteral(number) => match number.value {
                ruff_python_ast::Number::Int(_) => "int",
                ruff_python_ast::Number::Float(_) => "float",
                ruff_python_ast::Number::Complex { .. } => "complex",
            },
            Expr::BooleanLiteral(_) => "bool",
            Expr::NoneLiteral(_) => "NoneType",
            Expr::EllipsisLiteral(_) => "ellipsis",
            Expr::Tuple(_) => "tuple",
            Expr::List(_) | Expr::ListComp(_) => "list",
            Expr::Dict(_) | Expr::DictComp(_) => "dict",
            Expr::Set(_) | Expr::SetComp(_) => "set",
            Expr::Generator(_) => "generator",
            Expr::FString(_) => "str",
            Expr::TString(_) => "string.templatelib.Template",
            _ => return,
        };
        let message = format!("'{ty}' object is not callable; perhaps you missed a comma?");
        self.warn(message, call.range());
    }

    /// `{1} [x]` and `[a, b] ["x"]`.
    pub(super) fn warn_subscript(&mut self, subscript: &'a ExprSubscript) {
        let ty = match &*subscript.value {
            Expr::NoneLiteral(_) => "NoneType",
            Expr::BooleanLiteral(_) => "bool",
            Expr::EllipsisLiteral(_) => "ellipsis",
            Expr::NumberLiteral(number) => match number.value {
                ruff_python_ast::Number::Int(_) => "int",
                ruff_python_ast::Number::Float(_) => "float",
                ruff_python_ast::Number::Complex { .. } => "complex",
            },
            Expr::Set(_) | Expr::SetComp(_) => "set",
            Expr::Generator(_) => "generator",
            Expr::TString(_) => "string.templatelib.Template",
            Expr::Lambda(_) => "function",
            value => return self.warn_index(value, &subscript.slice, subscript.range),
        };
        let message = format!("'{ty}' object is not subscriptable; perhaps you missed a comma?");
        self.warn(message, subscript.range);
    }

    fn warn_index(&mut self, value: &'a Expr, index: &'a Expr, range: TextRange) {
        let ty = match value {
            Expr::StringLiteral(_) | Expr::FString(_) => "str",
            Expr::BytesLiteral(_) => "bytes",
            Expr::Tuple(_) => "tuple",
            Expr::List(_) | Expr::ListComp(_) => "list",
            _ => return,
        };
        let index = match index {
            Expr::Tuple(_) => "tuple",
            Expr::List(_) | Expr::ListComp(_) => "list",
            Expr::Dict(_) | Expr::DictComp(_) => "dict",
            Expr::Set(_) | Expr::SetComp(_) => "set",
            Expr::Generator(_) => "generator",
            Expr::FString(_) => "str",
            Expr::TString(_) => "string.templatelib.Template",
            Expr::Lambda(_) => "function",
            other => match self.constant(other) {
                None | Some(Const::Int(_) | Const::BigInt { .. } | Const::Bool(_)) => return,
                Some(value) => type_name(&value),
            },
        };
        let message = format!(
            "{ty} indices must be integers or slices, not {index}; perhaps you missed a comma?"
        );
        self.warn(message, range);
    }
}

fn type_name(value: &Const) -> &'static str {
    match value {
        Const::None => "NoneType",
        Const::Bool(_) => "bool",
        Const::Ellipsis => "ellipsis",
        Const::Int(_) | Const::BigInt { .. } => "int",
        Const::Float(_) => "float",
        Const::Complex(..) => "complex",
        Const::Str(_) => "str",
        Const::Bytes(_) => "bytes",
        Const::Tuple(_) => "tuple",
        Const::FrozenSet(_) => "frozenset",
        Const::Slice(_) => "slice",
        Const::Code(_) => "code",
    }
}
