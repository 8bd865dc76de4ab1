//! f-strings and t-strings as nodes: adjacent literals are one string, adjacent literal text one constant.
use haft_bytecode::Const;
use ruff_python_ast::{
    self as ast, ConversionFlag, FStringPart, InterpolatedElement, InterpolatedStringElement,
};
use ruff_text_size::{TextRange, TextSize};

use super::{Field, Kind, Node, Shower};
use crate::literal;

/// Pieces of an interpolated string, being put together.
#[derive(Default)]
struct Pieces {
    done: Vec<Node>,
    /// Literal text since the last interpolation: all of it, its place, and whether it begins with `u"…"`.
    text: Option<(Vec<u8>, TextRange, bool)>,
}

impl Pieces {
    fn add_text(&mut self, text: &[u8], range: TextRange, unicode: bool) {
        match &mut self.text {
            Some((all, place, _)) => {
                all.extend_from_slice(text);
                *place = place.cover(range);
            }
            none => *none = Some((text.to_vec(), range, unicode)),
        }
    }
}

/// Which of the two kinds of strings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flavour {
    Formatted,
    Template,
}

impl Shower<'_> {
    pub(super) fn fstring(&self, string: &ast::ExprFString) -> Node {
        let mut pieces = Pieces::default();
        for part in string.value.as_slice() {
            match part {
                FStringPart::Literal(part) => {
                    let text = literal::string_part(self.source, part);
                    pieces.add_text(&text, part.range, part.flags.prefix().is_unicode());
                }
                FStringPart::FString(part) => {
                    let raw = part.flags.prefix().is_raw();
                    self.add_elements(&part.elements, raw, Flavour::Formatted, &mut pieces);
                }
            }
        }
        self.node(Kind::JoinedStr, string.range, vec![self.finish(pieces)])
    }

    pub(super) fn tstring(&self, string: &ast::ExprTString) -> Node {
        let mut pieces = Pieces::default();
        for part in string.value.as_slice() {
            let raw = part.flags.prefix().is_raw();
            self.add_elements(&part.elements, raw, Flavour::Template, &mut pieces);
        }
        self.node(Kind::TemplateStr, string.range, vec![self.finish(pieces)])
    }

    fn add_elements(
        &self,
        elements: &[InterpolatedStringElement],
        raw: bool,
        flavour: Flavour,
        pieces: &mut Pieces,
    ) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => {
                    let value = literal::element(self.source, text, raw);
                    pieces.add_text(&value, text.range, false);
                }
                InterpolatedStringElement::Interpolation(value) => {
                    if let Some(debug) = &value.debug_text {
                        let text = debug.as_str();
                        let start = value.range.start() + TextSize::new(1);
                        let range = TextRange::at(start, TextSize::of(text));
                        pieces.add_text(text.as_bytes(), range, false);
                    }
                    self.flush(pieces);
                    pieces.done.push(self.interpolation(value, flavour));
                }
            }
        }
    }

    /// The text collected so far becomes a constant.
    fn flush(&self, pieces: &mut Pieces) {
        if let Some((text, range, unicode)) = pieces.text.take()
            && !text.is_empty()
        {
            let value = Const::Str(text.into());
            pieces.done.push(self.constant_of_kind(value, unicode, range));
        }
    }

    fn finish(&self, mut pieces: Pieces) -> Field {
        self.flush(&mut pieces);
        super::nodes(pieces.done.into_iter())
    }

    fn interpolation(&self, value: &InterpolatedElement, flavour: Flavour) -> Node {
        let conversion = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => {
                ConversionFlag::Repr
            }
            other => other,
        };
        let spec = value.format_spec.as_deref().map_or(Field::Nothing, |spec| {
            let mut pieces = Pieces::default();
            self.add_elements(&spec.elements, false, Flavour::Formatted, &mut pieces);
            // The colon belongs to it.
            let range = TextRange::new(spec.range.start() - TextSize::new(1), spec.range.end());
            self.node(Kind::JoinedStr, range, vec![self.finish(pieces)]).into()
        });
        let mut fields = vec![self.expr(&value.expression)];
        let conversion = Field::Int(i64::from(conversion as i8));
        if flavour == Flavour::Formatted {
            fields.extend([conversion, spec]);
            return self.node(Kind::FormattedValue, value.range, fields);
        }
        let text = Field::Constant(literal::interpolated(self.source, value));
        fields.extend([text, conversion, spec]);
        self.node(Kind::Interpolation, value.range, fields)
    }
}
