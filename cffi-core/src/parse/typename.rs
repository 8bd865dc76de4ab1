//! Single types, parsed by hand: `int(*)(char *)`, `struct foo *`, `int[5]`.
//!
//! The same grammar as a parameter of a C function: specifiers, then a declarator
//! whose name may be left out.

use super::constexpr::{binary_by_name, char_value, check_length, parse_integer};
use super::declarator::{Base, Words, unsupported_type};
use super::error::{Error, ErrorKind};
use super::lex::{self, Span, Token, TokenKind};
use super::{Declarations, TagKind};
use crate::types::{ArrayLength, CType, CTypeId, Quals, RecordKind, Types};

/// Looks up a predefined type.
type Common<'a> = &'a dyn Fn(&str, &mut Types) -> Option<(CTypeId, Quals)>;

/// Nesting of parentheses allowed, so that no text can exhaust the stack.
const MAX_DEPTH: u32 = 100;

/// Parse the type that is the whole of `text`.
pub(super) fn parse(
    decls: &mut Declarations,
    types: &mut Types,
    text: &str,
    common: Common<'_>,
) -> Result<(CTypeId, Quals), Error> {
    let tokens = lex::tokens(text)?;
    let mut parser = Parser { decls, types, text, tokens, at: 0, common, depth: 0 };
    let found = parser.complete()?;
    match parser.peek() {
        None => Ok(found),
        Some(token) => Err(parser.unexpected(token, "the end of the type")),
    }
}

/// A step from the type of the specifiers to the type declared.
enum Step {
    Pointer(Quals),
    Array(ArrayLength, Span),
    Function(Vec<CTypeId>, bool, Span),
}

struct Parser<'a> {
    decls: &'a mut Declarations,
    types: &'a mut Types,
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    common: Common<'a>,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    fn text_of(&self, token: Token) -> &'a str {
        token.span.of(self.text)
    }

    fn word(&self) -> Option<&'a str> {
        self.peek().filter(|token| token.kind == TokenKind::Word).map(|token| self.text_of(token))
    }

    fn next_is(&self, punct: u8) -> bool {
        self.peek().is_some_and(|token| token.is(punct))
    }

    fn accept(&mut self, punct: u8) -> bool {
        let found = self.next_is(punct);
        self.at += usize::from(found);
        found
    }

    fn here(&self) -> Span {
        let end = self.text.trim_end().len();
        self.peek().map_or(Span::new(end, end), |token| token.span)
    }

    fn syntax(&self, message: impl Into<String>) -> Error {
        Error::syntax(self.here(), message)
    }

    fn unexpected(&self, token: Token, wanted: &str) -> Error {
        Error::syntax(token.span, format!("expected {wanted}, found '{}'", self.text_of(token)))
    }

    fn expect(&mut self, punct: u8) -> Result<(), Error> {
        if self.accept(punct) {
            return Ok(());
        }
        let wanted = format!("'{}'", punct as char);
        Err(match self.peek() {
            Some(token) => self.unexpected(token, &wanted),
            None => self.syntax(format!("expected {wanted}, found the end of the type")),
        })
    }

    fn complete(&mut self) -> Result<(CTypeId, Quals), Error> {
        let base = self.specifiers()?;
        let mut steps = Vec::new();
        self.declarator(&mut steps)?;
        self.build(base, steps)
    }

    fn qualifier(word: &str) -> Option<Quals> {
        Some(match word {
            "const" | "__const" => Quals::CONST,
            "volatile" | "__volatile__" => Quals::VOLATILE,
            "restrict" | "__restrict" | "__restrict__" => Quals::RESTRICT,
            _ => return None,
        })
    }

    fn qualifiers(&mut self) -> Quals {
        let mut quals = Quals::NONE;
        while let Some(word) = self.word() {
            match Self::qualifier(word) {
                Some(more) => quals = quals | more,
                None if is_convention(word) => {}
                None => break,
            }
            self.at += 1;
        }
        quals
    }

    fn specifiers(&mut self) -> Result<(CTypeId, Quals), Error> {
        let start = self.here();
        let mut quals = Quals::NONE;
        let mut words = Words::default();
        let mut named = None;
        let mut end = start.end;
        while let Some(word) = self.word() {
            let span = self.here();
            if let Some(more) = Self::qualifier(word) {
                quals = quals | more;
            } else if is_convention(word) {
            } else if add_word(&mut words, word) {
                end = span.end;
            } else if named.is_none() && words == Words::default() {
                let (ty, more) = self.named(word)?;
                named = Some(ty);
                quals = quals | more;
                continue;
            } else {
                break;
            }
            self.at += 1;
        }
        match named {
            Some(ty) if words == Words::default() => Ok((ty, quals)),
            None if words == Words::default() => Err(match self.peek() {
                Some(token) => self.unexpected(token, "a type"),
                None => self.syntax("expected a type"),
            }),
            _ => match words.resolve() {
                Some(ty) if named.is_none() => Ok((ty, quals)),
                _ => {
                    let span = Span::new(start.start, end);
                    Err(unsupported_type(span, span.of(self.text)))
                }
            },
        }
    }

    /// A tag or typedef; the parser is at its first word.
    fn named(&mut self, word: &str) -> Result<(CTypeId, Quals), Error> {
        let kind = match word {
            "struct" => Some(TagKind::Struct),
            "union" => Some(TagKind::Union),
            "enum" => Some(TagKind::Enum),
            _ => None,
        };
        let span = self.here();
        self.at += 1;
        let Some(kind) = kind else { return self.type_called(word, span) };
        let Some(tag) = self.word().filter(|tag| !is_record_word(tag)) else {
            return Err(self.syntax(format!("expected a name after '{word}'")));
        };
        self.at += 1;
        let ty = match kind {
            TagKind::Struct => self.decls.record_tag(self.types, RecordKind::Struct, tag),
            TagKind::Union => self.decls.record_tag(self.types, RecordKind::Union, tag),
            TagKind::Enum => match self.decls.tag(TagKind::Enum, tag) {
                Some(ty) => ty,
                None => {
                    let ty = self.types.new_enum(&format!("enum {tag}"), Vec::new(), false);
                    self.decls.tags.insert((TagKind::Enum, tag.into()), ty);
                    ty
                }
            },
        };
        Ok((ty, Quals::NONE))
    }

    fn type_called(&mut self, word: &str, span: Span) -> Result<(CTypeId, Quals), Error> {
        if let Some(found) = self.decls.typedef(word) {
            return Ok(found);
        }
        if let Some(found) = (self.common)(word, self.types) {
            return Ok(found);
        }
        let is_alone = self.tokens.len() == 1;
        Err(if is_alone {
            Error::new(ErrorKind::Plain, span, format!("unknown identifier '{word}'"))
        } else {
            Error::syntax(span, format!("unknown type name '{word}'"))
        })
    }

    /// Collect the steps of a declarator, the one nearest to the name first.
    fn declarator(&mut self, steps: &mut Vec<Step>) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.syntax("this type is nested too deeply"));
        }
        let mut pointers = Vec::new();
        loop {
            let _convention = self.qualifiers();
            if !self.accept(b'*') {
                break;
            }
            pointers.push(Step::Pointer(self.qualifiers()));
        }
        if self.next_is(b'(') && self.is_group() {
            self.at += 1;
            self.declarator(steps)?;
            self.expect(b')')?;
        } else if self.word().is_some() {
            self.at += 1;
        }
        loop {
            let span = self.here();
            if self.accept(b'(') {
                let (args, variadic) = self.parameters()?;
                steps.push(Step::Function(args, variadic, span));
            } else if self.accept(b'[') {
                let length = self.length()?;
                self.expect(b']')?;
                steps.push(Step::Array(length, span));
            } else {
                break;
            }
        }
        steps.extend(pointers.into_iter().rev());
        self.depth -= 1;
        Ok(())
    }

    /// Whether `(` opens a group, not parameters: after it comes a star, an array or a name.
    fn is_group(&self) -> bool {
        let mut ahead = self.at + 1;
        while let Some(token) = self.tokens.get(ahead) {
            let word = token.span.of(self.text);
            match token.kind {
                TokenKind::Word if is_convention(word) || Self::qualifier(word).is_some() => {
                    ahead += 1;
                }
                TokenKind::Word => return !self.is_type(word),
                TokenKind::Punct(b'(') => ahead += 1,
                _ => return token.is(b'*') || token.is(b'['),
            }
        }
        false
    }

    fn is_type(&self, word: &str) -> bool {
        let mut words = Words::default();
        add_word(&mut words, word)
            || matches!(word, "struct" | "union" | "enum")
            || self.decls.typedef(word).is_some()
            || super::common::is_common(word)
    }

    fn parameters(&mut self) -> Result<(Vec<CTypeId>, bool), Error> {
        let mut args = Vec::new();
        if self.accept(b')') {
            return Ok((args, false));
        }
        let mut variadic = false;
        loop {
            match self.peek() {
                Some(token) if token.kind == TokenKind::Ellipsis => {
                    if args.is_empty() {
                        return Err(Error::new(
                            ErrorKind::Plain,
                            token.span,
                            "in expression: a function with only '(...)' as argument is not correct C",
                        ));
                    }
                    self.at += 1;
                    variadic = true;
                    break;
                }
                _ => args.push(self.complete()?.0),
            }
            if !self.accept(b',') {
                break;
            }
        }
        self.expect(b')')?;
        if args == [Types::VOID] && !variadic {
            args.clear();
        }
        Ok((args, variadic))
    }

    fn length(&mut self) -> Result<ArrayLength, Error> {
        while matches!(self.word(), Some("static" | "const" | "restrict" | "volatile")) {
            self.at += 1;
        }
        if self.next_is(b']') {
            return Ok(ArrayLength::Open);
        }
        let span = self.here();
        let value = self.binary(0)?;
        check_length(value).map_err(|message| Error::new(ErrorKind::Value, span, message))
    }

    /// An expression of operators that bind more tightly than `level`.
    fn binary(&mut self, level: u8) -> Result<i128, Error> {
        let mut value = self.unary()?;
        while let Some(token) = self.peek() {
            let operator = self.text_of(token);
            let binds = match operator {
                "|" => 1,
                "^" => 2,
                "&" => 3,
                "<<" | ">>" => 4,
                "+" | "-" => 5,
                "*" | "/" | "%" => 6,
                _ => break,
            };
            if binds <= level {
                break;
            }
            self.at += 1;
            let rhs = self.binary(binds)?;
            value = binary_by_name(operator, value, rhs)
                .map_err(|message| Error::new(ErrorKind::Expression, token.span, message))?;
        }
        Ok(value)
    }

    fn unary(&mut self) -> Result<i128, Error> {
        const WANTED: &str = "unsupported expression: expected a simple numeric constant";
        let span = self.here();
        let wrong = || Error::new(ErrorKind::Expression, span, WANTED);
        let Some(token) = self.peek() else {
            return Err(self.syntax("expected an array length or ']', found the end of the type"));
        };
        self.at += 1;
        let text = self.text_of(token);
        match (token.kind, text) {
            (TokenKind::Number, _) => parse_integer(text).ok_or_else(|| {
                Error::new(ErrorKind::Plain, span, format!("invalid constant '{text}'"))
            }),
            (TokenKind::Char, _) => char_value(text).ok_or_else(wrong),
            (TokenKind::Word, _) => self
                .decls
                .constant(text)
                .ok_or_else(|| wrong().with_help(format!("'{text}' is not a known constant"))),
            (_, "-") => self.nested()?.checked_neg().ok_or_else(wrong),
            (_, "+") => self.nested(),
            (_, "~") => Ok(!self.nested()?),
            (_, "(") => {
                self.depth += 1;
                if self.depth > MAX_DEPTH {
                    return Err(self.syntax("this type is nested too deeply"));
                }
                let value = self.binary(0)?;
                self.expect(b')')?;
                self.depth -= 1;
                Ok(value)
            }
            (TokenKind::Ellipsis, _) => Err(Error::new(
                ErrorKind::Expression,
                span,
                "unsupported '[...]' here, cannot derive the actual array length in this context",
            )),
            _ => Err(wrong()),
        }
    }

    /// The operand of a sign.
    fn nested(&mut self) -> Result<i128, Error> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.syntax("this type is nested too deeply"));
        }
        let value = self.unary()?;
        self.depth -= 1;
        Ok(value)
    }

    fn build(
        &mut self,
        (mut ty, mut quals): (CTypeId, Quals),
        steps: Vec<Step>,
    ) -> Result<(CTypeId, Quals), Error> {
        for step in steps.into_iter().rev() {
            match step {
                Step::Pointer(own) => {
                    ty = self.types.pointer(ty);
                    quals = own;
                }
                Step::Array(length, span) => {
                    if matches!(self.types.ty(ty), CType::Function(_)) {
                        let message = "an array cannot have functions as elements";
                        return Err(Error::new(ErrorKind::Plain, span, message));
                    }
                    ty = self.types.array(ty, length);
                }
                Step::Function(args, variadic, span) => {
                    if matches!(self.types.ty(ty), CType::Array { .. } | CType::Function(_)) {
                        let message = format!("invalid result type: '{}'", self.types.text(ty));
                        return Err(Error::new(ErrorKind::Type, span, message));
                    }
                    ty = self.types.function(&args, ty, variadic);
                    quals = Quals::NONE;
                }
            }
        }
        Ok((ty, quals))
    }
}

/// What a tag cannot be called.
fn is_record_word(word: &str) -> bool {
    matches!(word, "struct" | "union" | "enum")
}

/// Calling conventions: the 64-bit ABIs have one for C, so these say nothing.
fn is_convention(word: &str) -> bool {
    matches!(word, "__stdcall" | "WINAPI" | "__cdecl" | "__fastcall" | "__thiscall")
}

fn add_word(words: &mut Words, word: &str) -> bool {
    match word {
        "void" => words.set_base(Base::Void),
        "char" => words.set_base(Base::Char),
        "int" => words.set_base(Base::Int),
        "float" => words.set_base(Base::Float),
        "double" => words.set_base(Base::Double),
        "_Bool" => words.set_base(Base::Bool),
        "short" => words.short = words.short.saturating_add(1),
        "long" => words.long = words.long.saturating_add(1),
        "signed" | "__signed__" | "__signed" => words.signed = 1,
        "unsigned" => words.unsigned = 1,
        "_Complex" | "__complex__" => words.complex = 1,
        _ => return false,
    }
    true
}
