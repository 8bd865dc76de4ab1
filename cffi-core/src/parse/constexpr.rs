//! Integer constant expressions.
//!
//! Values are mathematical integers, as in `cffi`, not C's wrapping ones; 127 bits
//! hold every value that C's types do. Division truncates as in C.

use lang_c::ast::{BinaryOperator, Constant, Expression, Integer, IntegerBase, UnaryOperator};
use lang_c::span::Node;

use super::decl::Lowering;
use super::error::{Error, ErrorKind};
use super::pre::DOTS_LENGTH;
use crate::types::ArrayLength;

const NOT_CONSTANT: &str = "unsupported expression: expected a simple numeric constant";

impl Lowering<'_> {
    /// The value of an expression.
    pub(super) fn constant(&mut self, node: &Node<Expression>) -> Result<i128, Error> {
        match &node.node {
            Expression::Constant(constant) => match &constant.node {
                Constant::Integer(integer) => integer_value(integer).ok_or_else(|| {
                    self.error_at(node, ErrorKind::Declaration, "integer constant is too large")
                }),
                Constant::Character(text) => char_value(text).ok_or_else(|| {
                    self.error_at(
                        node,
                        ErrorKind::Declaration,
                        format!("invalid constant '{}'", text.escape_default()),
                    )
                }),
                Constant::Float(_) => {
                    let text = self.span(node).of(self.text).to_owned();
                    Err(self.error_at(
                        node,
                        ErrorKind::Declaration,
                        format!("invalid constant '{text}'"),
                    ))
                }
            },
            Expression::Identifier(name) => {
                let name = &name.node.name;
                self.decls.constant(name).ok_or_else(|| {
                    let what = if name == DOTS_LENGTH {
                        "unsupported '[...]' here, cannot derive the actual array length in this context"
                    } else {
                        NOT_CONSTANT
                    };
                    let error = self.error_at(node, ErrorKind::Expression, what);
                    if name == DOTS_LENGTH {
                        error
                    } else {
                        error.with_help(format!("'{name}' is not a known constant"))
                    }
                })
            }
            Expression::UnaryOperator(unary) => {
                let value = self.constant(&unary.node.operand)?;
                unary_value(&unary.node.operator.node, value)
                    .ok_or_else(|| self.error_at(node, ErrorKind::Expression, NOT_CONSTANT))
            }
            Expression::BinaryOperator(binary) => {
                let lhs = self.constant(&binary.node.lhs)?;
                let rhs = self.constant(&binary.node.rhs)?;
                binary_value(&binary.node.operator.node, lhs, rhs)
                    .map_err(|message| self.error_at(node, ErrorKind::Expression, message))
            }
            Expression::Conditional(conditional) => {
                let parts = &conditional.node;
                if self.constant(&parts.condition)? != 0 {
                    self.constant(&parts.then_expression)
                } else {
                    self.constant(&parts.else_expression)
                }
            }
            Expression::SizeOfTy(sizeof) => {
                let (ty, _) = self.type_name(&sizeof.node.0.node)?;
                match self.types.size(ty) {
                    Ok(Some(size)) => Ok(i128::from(size)),
                    Ok(None) => Err(self.error_at(
                        node,
                        ErrorKind::Expression,
                        "'sizeof' a type of unknown size",
                    )),
                    Err(error) => Err(self.error_at(node, ErrorKind::Expression, error.message)),
                }
            }
            _ => Err(self.error_at(node, ErrorKind::Expression, NOT_CONSTANT)),
        }
    }

    /// An array length.
    pub(super) fn length(
        &mut self,
        node: &Node<Expression>,
        may_be_deferred: bool,
    ) -> Result<ArrayLength, Error> {
        if let Expression::Identifier(name) = &node.node
            && name.node.name == DOTS_LENGTH
            && may_be_deferred
        {
            return Ok(ArrayLength::Deferred);
        }
        let value = self.constant(node)?;
        check_length(value).map_err(|message| self.error_at(node, ErrorKind::Declaration, message))
    }
}

/// An array length must fit a `Py_ssize_t`.
pub(super) fn check_length(value: i128) -> Result<ArrayLength, &'static str> {
    if value < 0 {
        return Err("negative array length");
    }
    i64::try_from(value).map_err(|_| "array length is too large")?;
    u64::try_from(value).map(ArrayLength::Fixed).map_err(|_| "array length is too large")
}

fn integer_value(integer: &Integer) -> Option<i128> {
    let radix = match integer.base {
        IntegerBase::Decimal => 10,
        IntegerBase::Octal => 8,
        IntegerBase::Hexadecimal => 16,
        IntegerBase::Binary => 2,
    };
    if integer.number.is_empty() {
        return Some(0);
    }
    i128::from_str_radix(&integer.number, radix).ok()
}

/// The value of a C integer constant with prefix and suffix, as in `#define`.
pub(super) fn parse_integer(text: &str) -> Option<i128> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let text = text.to_ascii_lowercase();
    let text = text.trim_end_matches(['u', 'l']);
    let (radix, digits) = match text.get(..2) {
        Some("0x") => (16, &text[2..]),
        Some("0b") => (2, &text[2..]),
        Some(_) if text.starts_with('0') => (8, &text[1..]),
        _ => (10, text),
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    Some(if negative { -value } else { value })
}

/// The value of a character constant, quotes included; `char` counts as unsigned, as in `cffi`.
pub(super) fn char_value(text: &str) -> Option<i128> {
    let inner = text.strip_prefix('\'')?.strip_suffix('\'')?;
    let Some(escape) = inner.strip_prefix('\\') else {
        let mut chars = inner.chars();
        let value = i128::from(u32::from(chars.next()?));
        return chars.next().is_none().then_some(value);
    };
    if let Some(digits) = escape.strip_prefix('x') {
        return i128::from_str_radix(digits, 16).ok();
    }
    let simple = match escape {
        "n" => 10,
        "t" => 9,
        "r" => 13,
        "a" => 7,
        "b" => 8,
        "f" => 12,
        "v" => 11,
        "\\" | "'" | "\"" | "?" => i128::from(escape.as_bytes()[0]),
        _ if escape.len() <= 3 => return i128::from_str_radix(escape, 8).ok(),
        _ => return None,
    };
    Some(simple)
}

fn unary_value(operator: &UnaryOperator, value: i128) -> Option<i128> {
    match operator {
        UnaryOperator::Plus => Some(value),
        UnaryOperator::Minus => value.checked_neg(),
        UnaryOperator::Complement => Some(!value),
        UnaryOperator::Negate => Some(i128::from(value == 0)),
        _ => None,
    }
}

fn binary_value(operator: &BinaryOperator, a: i128, b: i128) -> Result<i128, &'static str> {
    use BinaryOperator as Op;
    let value = match operator {
        Op::Divide | Op::Modulo if b == 0 => return Err("integer division or modulo by zero"),
        Op::Plus => a.checked_add(b),
        Op::Minus => a.checked_sub(b),
        Op::Multiply => a.checked_mul(b),
        Op::Divide => a.checked_div(b),
        Op::Modulo => a.checked_rem(b),
        Op::ShiftLeft | Op::ShiftRight if b < 0 => return Err("negative shift count"),
        Op::ShiftLeft => {
            u32::try_from(b).ok().filter(|&b| b < 100).and_then(|b| a.checked_mul(1i128 << b))
        }
        Op::ShiftRight => Some(a >> b.min(127)),
        Op::BitwiseAnd => Some(a & b),
        Op::BitwiseOr => Some(a | b),
        Op::BitwiseXor => Some(a ^ b),
        Op::LogicalAnd => Some(i128::from(a != 0 && b != 0)),
        Op::LogicalOr => Some(i128::from(a != 0 || b != 0)),
        Op::Equals => Some(i128::from(a == b)),
        Op::NotEquals => Some(i128::from(a != b)),
        Op::Less => Some(i128::from(a < b)),
        Op::Greater => Some(i128::from(a > b)),
        Op::LessOrEqual => Some(i128::from(a <= b)),
        Op::GreaterOrEqual => Some(i128::from(a >= b)),
        _ => return Err(NOT_CONSTANT),
    };
    value.ok_or("constant expression is too large")
}

/// Evaluate a binary operator by its spelling; for the parser of single types.
pub(super) fn binary_by_name(operator: &str, a: i128, b: i128) -> Result<i128, &'static str> {
    let operator = match operator {
        "+" => BinaryOperator::Plus,
        "-" => BinaryOperator::Minus,
        "*" => BinaryOperator::Multiply,
        "/" => BinaryOperator::Divide,
        "%" => BinaryOperator::Modulo,
        "<<" => BinaryOperator::ShiftLeft,
        ">>" => BinaryOperator::ShiftRight,
        "&" => BinaryOperator::BitwiseAnd,
        "|" => BinaryOperator::BitwiseOr,
        "^" => BinaryOperator::BitwiseXor,
        _ => return Err(NOT_CONSTANT),
    };
    binary_value(&operator, a, b)
}
