//! f-strings and t-strings.
//!
//! A program may put any expression among their values, and a replacement field where no string is around it. Both
//! become what the parser could have made: a field in a string.
use haft_bytecode::Const;
use ruff_python_ast::{
    self as ast, AtomicNodeIndex, ConversionFlag, Expr, InterpolatedStringElement,
};
use ruff_text_size::TextRange;

use super::expr::plain_text;
use super::{Builder, open};
use crate::tree::{Field, Kind, Node};

impl Builder {
    /// A `JoinedStr`, or a `FormattedValue` on its own.
    pub(super) fn formatted(&mut self, node: Node, range: TextRange) -> Expr {
        let elements = match node.kind {
            Kind::JoinedStr => self.elements(open(node).1.nodes()),
            _ => vec![self.element(node)],
        };
        let value = ast::FStringValue::single(ast::FString {
            range,
            node_index: AtomicNodeIndex::NONE,
            elements: elements.into(),
            flags: ast::FStringFlags::empty(),
        });
        Expr::FString(ast::ExprFString { node_index: AtomicNodeIndex::NONE, range, value })
    }

    /// A `TemplateStr`, or an `Interpolation` on its own.
    pub(super) fn template(&mut self, node: Node, range: TextRange) -> Expr {
        let elements = match node.kind {
            Kind::TemplateStr => self.elements(open(node).1.nodes()),
            _ => vec![self.element(node)],
        };
        let value = ast::TStringValue::single(ast::TString {
            range,
            node_index: AtomicNodeIndex::NONE,
            elements: elements.into(),
            flags: ast::TStringFlags::empty(),
        });
        Expr::TString(ast::ExprTString { node_index: AtomicNodeIndex::NONE, range, value })
    }

    fn elements(&mut self, nodes: Vec<Node>) -> Vec<InterpolatedStringElement> {
        let mut elements = Vec::with_capacity(nodes.len());
        for node in nodes {
            if node.kind == Kind::JoinedStr {
                // A string in a string is part of it.
                elements.extend(self.elements(open(node).1.nodes()));
            } else {
                elements.push(self.element(node));
            }
        }
        elements
    }

    fn element(&mut self, node: Node) -> InterpolatedStringElement {
        let range = self.range(node.span);
        if let (Kind::Constant, Some(Field::Constant(Const::Str(bytes)))) =
            (node.kind, node.fields.first())
            && let Some(text) = plain_text(bytes)
        {
            return InterpolatedStringElement::Literal(ast::InterpolatedStringLiteralElement {
                range,
                node_index: AtomicNodeIndex::NONE,
                value: text.into(),
            });
        }
        let mut node_index = AtomicNodeIndex::NONE;
        let (mut conversion, mut format_spec) = (ConversionFlag::None, None);
        let expression = match node.kind {
            Kind::FormattedValue | Kind::Interpolation => {
                let (kind, mut f) = open(node);
                let value = f.node();
                if kind == Kind::Interpolation {
                    node_index = self.keep(f.constant());
                }
                conversion = conversion_flag(f.int());
                format_spec = f.maybe().map(|spec| Box::new(self.format_spec(spec)));
                self.boxed(value)
            }
            _ => self.boxed(node),
        };
        InterpolatedStringElement::Interpolation(ast::InterpolatedElement {
            range,
            node_index,
            expression,
            debug_text: None,
            conversion,
            format_spec,
        })
    }

    fn format_spec(&mut self, node: Node) -> ast::InterpolatedStringFormatSpec {
        let range = self.range(node.span);
        let elements = match node.kind {
            Kind::JoinedStr => self.elements(open(node).1.nodes()),
            _ => vec![self.element(node)],
        };
        ast::InterpolatedStringFormatSpec {
            range,
            node_index: AtomicNodeIndex::NONE,
            elements: elements.into(),
        }
    }
}

fn conversion_flag(number: i64) -> ConversionFlag {
    match u8::try_from(number) {
        Ok(b's') => ConversionFlag::Str,
        Ok(b'r') => ConversionFlag::Repr,
        Ok(b'a') => ConversionFlag::Ascii,
        _ => ConversionFlag::None,
    }
}
