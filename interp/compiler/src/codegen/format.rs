//! f-strings and t-strings.
use haft_bytecode::{Const, Intrinsic, Op};
use ruff_python_ast::{
    ConversionFlag, ExprFString, ExprTString, FStringPart, InterpolatedElement,
    InterpolatedStringElement,
};
use ruff_text_size::TextRange;

use super::{Compiler, Res};
use crate::literal;

/// A piece of an interpolated string.
enum Piece<'a> {
    /// Literal text in WTF-8.
    Text(Vec<u8>, TextRange),
    Value(&'a InterpolatedElement),
}

impl<'a> Compiler<'a> {
    pub(super) fn fstring(&mut self, string: &'a ExprFString, dst: u16) -> Res {
        let mut pieces = Vec::new();
        for part in string.value.as_slice() {
            match part {
                FStringPart::Literal(part) => {
                    let text = literal::string_part(self.source, part);
                    add_text(&mut pieces, &text, part.range);
                }
                FStringPart::FString(part) => {
                    let raw = part.flags.prefix().is_raw();
                    self.pieces(&part.elements, raw, &mut pieces);
                }
            }
        }
        self.join(pieces, string.range, dst)
    }

    fn pieces(
        &self,
        elements: &'a [InterpolatedStringElement],
        raw: bool,
        pieces: &mut Vec<Piece<'a>>,
    ) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(text) => {
                    let value = literal::element(self.source, text, raw);
                    add_text(pieces, &value, text.range);
                }
                InterpolatedStringElement::Interpolation(value) => {
                    if let Some(debug) = &value.debug_text {
                        add_text(pieces, debug.as_str().as_bytes(), value.range);
                    }
                    pieces.push(Piece::Value(value));
                }
            }
        }
    }

    fn join(&mut self, pieces: Vec<Piece<'a>>, range: TextRange, dst: u16) -> Res {
        match &pieces[..] {
            [] => {
                self.at(range);
                self.unit.load_const(dst, Const::Str(Box::default()));
                return Ok(());
            }
            [Piece::Text(text, _)] => {
                self.at(range);
                self.unit.load_const(dst, Const::Str(text.as_slice().into()));
                return Ok(());
            }
            [Piece::Value(value)] => return self.formatted(value, dst),
            _ => {}
        }
        let mark = self.unit.top;
        let first = self.unit.top;
        let n = pieces.len();
        for piece in pieces {
            let reg = self.unit.temp();
            match piece {
                Piece::Text(text, range) => {
                    self.at(range);
                    self.unit.load_const(reg, Const::Str(text.into()));
                }
                Piece::Value(value) => self.formatted(value, reg)?,
            }
        }
        self.at(range);
        self.unit.emit(Op::BuildString, dst, first, n as u16);
        self.unit.top = mark;
        Ok(())
    }

    /// `{value!r:spec}` as a string.
    fn formatted(&mut self, value: &'a InterpolatedElement, dst: u16) -> Res {
        let mark = self.unit.top;
        let mut how = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => 2,
            ConversionFlag::None => 0,
            ConversionFlag::Str => 1,
            ConversionFlag::Repr => 2,
            ConversionFlag::Ascii => 3,
        };
        let mut src = self.reg(&value.expression)?;
        if self.unit.is_rebound(src) && value.format_spec.is_some() {
            src = self.fixed(src);
        }
        let mut spec_reg = 0;
        if value.format_spec.is_some() {
            how |= 4;
            spec_reg = self.spec(value)?;
        }
        self.at(value.range);
        self.unit.emit_x(Op::Format, how, dst, src, spec_reg);
        self.unit.top = mark;
        Ok(())
    }

    /// The format spec of an interpolation, in a temporary.
    fn spec(&mut self, value: &'a InterpolatedElement) -> Res<u16> {
        let reg = self.unit.temp();
        if let Some(spec) = &value.format_spec {
            let mut pieces = Vec::new();
            // An escape in a spec was decoded by the parser according to the string's own prefix.
            self.pieces(&spec.elements, false, &mut pieces);
            self.join(pieces, spec.range, reg)?;
        }
        Ok(reg)
    }

    /// A template string (PEP 750): strings and interpolations alternate, beginning and ending with a string.
    pub(super) fn tstring(&mut self, string: &'a ExprTString, dst: u16) -> Res {
        let mut pieces = Vec::new();
        for part in string.value.as_slice() {
            self.pieces(&part.elements, part.flags.prefix().is_raw(), &mut pieces);
        }
        let mut strings = vec![Vec::new()];
        let mark = self.unit.top;
        let first = self.unit.temps(2);
        let list = first + 1;
        self.at(string.range);
        self.unit.emit(Op::BuildList, list, list, 0);
        for piece in pieces {
            match piece {
                Piece::Text(text, _) => {
                    if let Some(last) = strings.last_mut() {
                        last.extend(text);
                    }
                }
                Piece::Value(value) => {
                    strings.push(Vec::new());
                    self.interpolation(value, list)?;
                }
            }
        }
        self.at(string.range);
        let strings = strings.into_iter().map(|text| Const::Str(text.into())).collect();
        self.unit.load_const(first, Const::Tuple(strings));
        self.unit.emit(Op::ListToTuple, list, list, 0);
        self.unit.emit_x(Op::Intrinsic, Intrinsic::BuildTemplate as u8, dst, first, 2);
        self.unit.top = mark;
        Ok(())
    }

    fn interpolation(&mut self, value: &'a InterpolatedElement, list: u16) -> Res {
        let mark = self.unit.top;
        let first = self.unit.temps(4);
        self.into(&value.expression, first)?;
        self.at(value.range);
        let text = literal::interpolated(self.source, value);
        self.unit.load_const(first + 1, text);
        let conversion = match value.conversion {
            ConversionFlag::None if value.debug_text.is_some() && value.format_spec.is_none() => {
                Some('r')
            }
            other => other.to_char(),
        };
        let conversion =
            conversion.map_or(Const::None, |c| Const::Str(c.to_string().into_bytes().into()));
        self.unit.load_const(first + 2, conversion);
        if value.format_spec.is_some() {
            let top = self.unit.top;
            let spec = self.spec(value)?;
            self.unit.mov(first + 3, spec);
            self.unit.top = top;
        } else {
            self.unit.load_const(first + 3, Const::Str(Box::default()));
        }
        self.at(value.range);
        self.unit.emit_x(Op::Intrinsic, Intrinsic::BuildInterpolation as u8, first, first, 4);
        self.unit.emit(Op::ListAppend, list, first, 0);
        self.unit.top = mark;
        Ok(())
    }
}

/// Literal text next to literal text is one piece.
fn add_text(pieces: &mut Vec<Piece<'_>>, text: &[u8], range: TextRange) {
    if text.is_empty() {
        return;
    }
    if let Some(Piece::Text(before, _)) = pieces.last_mut() {
        before.extend_from_slice(text);
    } else {
        pieces.push(Piece::Text(text.to_vec(), range));
    }
}
