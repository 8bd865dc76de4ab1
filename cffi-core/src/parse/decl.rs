//! From the syntax tree to declarations.

use std::ops::Range;

use lang_c::ast::{
    Declaration, DeclarationSpecifier, Expression, ExternalDeclaration, InitDeclarator,
    Initializer, StorageClassSpecifier, TypeName, TypeSpecifier,
};
use lang_c::span::Node;

use super::constexpr::parse_integer;
use super::declarator::{Context, only_parameter, qualified, qualifier};
use super::error::{Error, ErrorKind, Warning};
use super::lex::Span;
use super::pre::{self, DOTS, DOTS_FLOAT, DOTS_INT, ExternPython, Macro, Prepared};
use super::syntax::{self, Outcome};
use super::{Declarations, Definition, Global, GlobalKind, Options};
use crate::types::{CType, CTypeId, Primitive, Quals, RecordKind, Types};

/// State of turning one text into declarations.
pub(super) struct Lowering<'a> {
    pub(super) decls: &'a mut Declarations,
    pub(super) types: &'a mut Types,
    pub(super) prepared: &'a Prepared,
    pub(super) text: &'a str,
    pub(super) options: &'a Options,
    /// Length of what was put before the piece of prepared text that was parsed.
    pub(super) prelude: usize,
    /// Where the piece begins.
    pub(super) base: usize,
    pub(super) warnings: Vec<Warning>,
}

/// Parse a whole text.
pub(super) fn parse(
    decls: &mut Declarations,
    types: &mut Types,
    text: &str,
    options: &Options,
) -> Result<Vec<Warning>, Vec<Error>> {
    let prepared = pre::prepare(text).map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    for definition in &prepared.macros {
        errors.extend(define(decls, definition, options).err());
    }
    let mut warnings = prepared.warnings.clone();
    let mut pieces = prepared.pieces();
    pieces.reverse();
    while let Some(piece) = pieces.pop() {
        let parsed = match syntax::parse(decls, &prepared, &piece, text, &mut errors) {
            Outcome::Tree(parsed) => parsed,
            Outcome::Split => {
                pieces.extend(prepared.declarations(&piece).into_iter().rev());
                continue;
            }
            Outcome::Nothing => continue,
            Outcome::Stop => break,
        };
        let (prelude, base, prepared) = (parsed.prelude, piece.start, &prepared);
        let mut lowering =
            Lowering { decls, types, prepared, text, options, prelude, base, warnings };
        let skip = usize::from(prelude > 0);
        for node in parsed.unit.0.iter().skip(skip) {
            errors.extend(lowering.external(node).err());
        }
        warnings = lowering.warnings;
    }
    if errors.is_empty() {
        return Ok(warnings);
    }
    errors.sort_by_key(|error| error.span);
    for error in &mut errors {
        error.origin = origin(&prepared, text, error.span);
    }
    Err(errors)
}

/// Parse a type that declares members: `struct { int a; } *`.
pub(super) fn parse_inline_type(
    decls: &mut Declarations,
    types: &mut Types,
    text: &str,
) -> Result<(CTypeId, Quals), Error> {
    const BEFORE: &str = "void __cffi_type__(\n";
    let wrapped = format!("{BEFORE}{text}\n);");
    let unwrap = |mut error: Error| {
        error.span.start = error.span.start.saturating_sub(BEFORE.len()).min(text.len());
        error.span.end = error.span.end.saturating_sub(BEFORE.len()).min(text.len());
        error
    };
    let prepared = pre::prepare(&wrapped).map_err(unwrap)?;
    let mut errors = Vec::new();
    let all = 0..prepared.text.len();
    let outcome = syntax::parse(decls, &prepared, &all, &wrapped, &mut errors);
    if let Some(error) = errors.into_iter().next() {
        return Err(unwrap(error));
    }
    let whole = Span::new(0, text.len());
    let not_a_type = || Error::syntax(whole, "expected a type");
    let Outcome::Tree(parsed) = outcome else { return Err(not_a_type()) };
    let options = Options::default();
    let mut lowering = Lowering {
        decls,
        types,
        prepared: &prepared,
        text: &wrapped,
        options: &options,
        prelude: parsed.prelude,
        base: 0,
        warnings: Vec::new(),
    };
    let Some(ExternalDeclaration::Declaration(declaration)) =
        parsed.unit.0.last().map(|node| &node.node)
    else {
        return Err(not_a_type());
    };
    let declarator = declaration.node.declarators.first().ok_or_else(not_a_type)?;
    let function = only_parameter(&declarator.node.declarator.node).ok_or_else(not_a_type)?;
    lowering.parameter_type(function).map_err(unwrap)
}

/// The line (and file) that `#line` directives give to a place.
fn origin(prepared: &Prepared, text: &str, span: Span) -> Option<(Option<String>, usize)> {
    let (end, marker) = prepared.markers.iter().rev().find(|(end, _)| *end <= span.start)?;
    let newlines = text.get(*end..span.start)?.matches('\n').count();
    Some((marker.file.clone(), marker.line + newlines.saturating_sub(1)))
}

/// `#define NAME VALUE`.
fn define(decls: &mut Declarations, definition: &Macro, options: &Options) -> Result<(), Error> {
    let Macro { name, value, span } = definition;
    let global = |kind, ty| Global { kind, ty, quals: Quals::NONE, span: *span };
    if value == "..." {
        let global = global(GlobalKind::DeferredMacro, Types::VOID);
        return decls.add_global(name, global, options.allow_override);
    }
    let number = parse_integer(value).or_else(|| super::constexpr::char_value(value));
    let Some(number) = number else {
        // What looks like a hexadecimal number without its mark.
        if value.bytes().all(|byte| byte.is_ascii_hexdigit()) && !value.is_empty() {
            // Octal is respelled before it is read.
            let digits = value.strip_prefix('0').map(|digits| format!("0o{digits}"));
            let shown = digits.as_deref().unwrap_or(value);
            let message = format!("invalid literal for int() with base 0: '{shown}'");
            return Err(Error::new(ErrorKind::Value, *span, message));
        }
        return Err(Error::new(
            ErrorKind::Plain,
            *span,
            format!(
                "only supports one of the following syntax:\n  \
                 #define {name} ...     (literally dot-dot-dot)\n  \
                 #define {name} NUMBER  (with NUMBER an integer constant, decimal/hex/octal)\n\
                 got:\n  #define {name} {value}"
            ),
        ));
    };
    decls.add_constant(name, number, *span)?;
    let global = global(GlobalKind::Integer(number), Types::primitive(Primitive::Int));
    decls.add_global(name, global, options.allow_override)
}

/// Specifiers of a declaration, sorted by what they say.
#[derive(Default)]
pub(super) struct Specifiers<'n> {
    pub(super) storage: Option<StorageClassSpecifier>,
    pub(super) quals: Quals,
    pub(super) types: Vec<&'n Node<TypeSpecifier>>,
}

impl Lowering<'_> {
    /// The user's span of a node.
    pub(super) fn span<T>(&self, node: &Node<T>) -> Span {
        self.user_span(node.span.start..node.span.end)
    }

    fn user_span(&self, range: Range<usize>) -> Span {
        self.prepared.span(self.place(range.start), self.place(range.end))
    }

    /// The offset in the prepared text of an offset in what was parsed.
    pub(super) fn place(&self, offset: usize) -> usize {
        self.base + offset.saturating_sub(self.prelude)
    }

    pub(super) fn error_at<T>(
        &self,
        node: &Node<T>,
        kind: ErrorKind,
        message: impl Into<String>,
    ) -> Error {
        Error::new(kind, self.span(node), message)
    }

    fn external(&mut self, node: &Node<ExternalDeclaration>) -> Result<(), Error> {
        let what = match &node.node {
            ExternalDeclaration::Declaration(declaration) => return self.declaration(declaration),
            ExternalDeclaration::StaticAssert(_) => "StaticAssert",
            ExternalDeclaration::FunctionDefinition(_) => "FuncDef",
        };
        Err(self.error_at(
            node,
            ErrorKind::Declaration,
            format!("unexpected <{what}>: this construct is valid C but not valid in cdef()"),
        ))
    }

    fn declaration(&mut self, node: &Node<Declaration>) -> Result<(), Error> {
        let declaration = &node.node;
        let specifiers = sort_specifiers(&declaration.specifiers);
        let first = declaration.declarators.first();
        if matches!(specifiers.storage, Some(StorageClassSpecifier::Typedef)) {
            let Some(first) = first else {
                return Err(self.error_at(
                    node,
                    ErrorKind::Declaration,
                    "typedef does not declare any name",
                ));
            };
            if let Some(dots) = dots_of(&specifiers) {
                return declaration
                    .declarators
                    .iter()
                    .try_for_each(|declarator| self.deferred_typedef(declarator, dots));
            }
            let name = plain_name(first);
            let base = self.base_type(&specifiers, node, name)?;
            return declaration
                .declarators
                .iter()
                .try_for_each(|declarator| self.typedef(declarator, base));
        }
        let base = self.base_type(&specifiers, node, None)?;
        if first.is_none() && !declares_tag(&specifiers) {
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                "construct does not declare any variable",
            ));
        }
        let python = self.prepared.python_at(self.place(node.span.start));
        declaration
            .declarators
            .iter()
            .try_for_each(|declarator| self.global(declarator, base, &specifiers, python))
    }

    fn typedef(
        &mut self,
        node: &Node<InitDeclarator>,
        base: (CTypeId, Quals),
    ) -> Result<(), Error> {
        let declarator = &node.node.declarator;
        let declared = self.declarator(declarator, base, Context::TYPEDEF)?;
        let Some((name, _)) = declared.name else {
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                "typedef does not declare any name",
            ));
        };
        let span = self.span(node);
        let allow_override = self.options.allow_override;
        self.decls.add_typedef(name, declared.ty, declared.quals, allow_override, span)
    }

    /// `typedef ... name;`, `typedef ... *name;`, `typedef int... name;`, `typedef float... name;`.
    fn deferred_typedef(&mut self, node: &Node<InitDeclarator>, dots: &str) -> Result<(), Error> {
        // The stand-in tells the name and whether there is one star.
        let declarator = &node.node.declarator;
        let declared = self.declarator(declarator, (Types::VOID, Quals::NONE), Context::TYPEDEF)?;
        let is_pointer = matches!(self.types.ty(declared.ty), CType::Pointer(Types::VOID));
        let (Some((name, _)), true) = (declared.name, is_pointer || declared.ty == Types::VOID)
        else {
            return Err(self.bad_dots(node));
        };
        let ty = match (dots, is_pointer) {
            (DOTS, false) => self.types.new_record(RecordKind::Struct, name),
            (DOTS, true) => {
                let target = self.types.new_record(RecordKind::Struct, &format!("struct $${name}"));
                self.types.pointer(target)
            }
            (DOTS_INT, false) => self.types.new_deferred(name, true),
            (DOTS_FLOAT, false) => self.types.new_deferred(name, false),
            _ => return Err(self.bad_dots(node)),
        };
        let (span, allow_override) = (self.span(node), self.options.allow_override);
        self.decls.add_typedef(name, ty, Quals::NONE, allow_override, span)
    }

    fn bad_dots<T>(&self, node: &Node<T>) -> Error {
        self.error_at(node, ErrorKind::Expression, "unsupported usage of \"...\" in typedef")
    }

    fn global(
        &mut self,
        node: &Node<InitDeclarator>,
        base: (CTypeId, Quals),
        specifiers: &Specifiers<'_>,
        python: Option<ExternPython>,
    ) -> Result<(), Error> {
        let declarator = &node.node.declarator;
        let declared = self.declarator(declarator, base, Context::GLOBAL)?;
        let Some((name, _)) = declared.name else {
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                "construct does not declare any variable",
            ));
        };
        let span = self.span(node);
        let allow_override = self.options.allow_override;
        let mut global =
            Global { kind: GlobalKind::Variable, ty: declared.ty, quals: declared.quals, span };
        let is_array = matches!(self.types.ty(declared.ty), CType::Array { .. });
        if matches!(self.types.ty(declared.ty), CType::Function(_)) {
            global.ty = self.types.pointer(declared.ty);
            global.kind = GlobalKind::Function(self.definition(python));
        } else if python.is_some() {
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                "cannot declare constants or variables with 'extern \"Python\"'",
            ));
        } else if let Some(value) = self.integer_initializer(node, declared.ty, declared.quals) {
            self.decls.add_constant(name, value, span)?;
            global.kind = GlobalKind::Integer(value);
        } else if declared.quals.contains(Quals::CONST) && !is_array {
            global.kind = GlobalKind::Constant;
        } else if specifiers.storage.is_none() {
            self.warnings.push(Warning {
                span,
                message: format!(
                    "Global variable '{name}' in cdef(): for consistency with C it should have a \
                     storage class specifier (usually 'extern')"
                ),
            });
        }
        self.decls.add_global(name, global, allow_override)
    }

    fn definition(&self, python: Option<ExternPython>) -> Definition {
        match python {
            _ if self.options.dllexport => Definition::Exported,
            Some(ExternPython::Python) => Definition::Python,
            Some(ExternPython::PythonPlusC) => Definition::PythonPlusC,
            None => Definition::C,
        }
    }

    /// The value of `= 5` after an integer variable: a constant for Python.
    fn integer_initializer(
        &mut self,
        node: &Node<InitDeclarator>,
        ty: CTypeId,
        quals: Quals,
    ) -> Option<i128> {
        let is_integer = match self.types.ty(ty) {
            CType::Primitive(primitive) => primitive.is_integer(),
            CType::Deferred { is_integer, .. } => *is_integer,
            _ => false,
        };
        let Some(Initializer::Expression(value)) = node.node.initializer.as_ref().map(|n| &n.node)
        else {
            return None;
        };
        // A variable's initial value may be any expression; then it stays a variable.
        let is_literal = match &value.node {
            Expression::Constant(_) => true,
            Expression::UnaryOperator(unary) => {
                matches!(unary.node.operand.node, Expression::Constant(_))
            }
            _ => quals.contains(Quals::CONST),
        };
        if !is_integer || !is_literal {
            return None;
        }
        self.constant(value).ok()
    }

    /// A type name in an expression: `sizeof(int *)`.
    pub(super) fn type_name(&mut self, name: &TypeName) -> Result<(CTypeId, Quals), Error> {
        let specifiers = qualified(&name.specifiers);
        let base = match name.specifiers.first() {
            Some(node) => self.base_type(&specifiers, node, None)?,
            None => (Types::primitive(Primitive::Int), Quals::NONE),
        };
        match &name.declarator {
            None => Ok(base),
            Some(declarator) => {
                let declared = self.declarator(declarator, base, Context::PARAMETER)?;
                Ok((declared.ty, declared.quals))
            }
        }
    }
}

/// Sort the specifiers of a declaration or parameter.
pub(super) fn sort_specifiers(nodes: &[Node<DeclarationSpecifier>]) -> Specifiers<'_> {
    let mut out = Specifiers::default();
    for node in nodes {
        match &node.node {
            DeclarationSpecifier::StorageClass(storage) => {
                if !matches!(storage.node, StorageClassSpecifier::ThreadLocal) {
                    out.storage = Some(storage.node.clone());
                }
            }
            DeclarationSpecifier::TypeSpecifier(ty) => out.types.push(ty),
            DeclarationSpecifier::TypeQualifier(found) => {
                out.quals = out.quals | qualifier(&found.node);
            }
            DeclarationSpecifier::Function(_)
            | DeclarationSpecifier::Extension(_)
            | DeclarationSpecifier::Alignment(_) => {}
        }
    }
    out
}

/// The `...` form that the specifiers are, if they are one.
fn dots_of(specifiers: &Specifiers<'_>) -> Option<&'static str> {
    let TypeSpecifier::TypedefName(name) = &specifiers.types.first()?.node else { return None };
    [DOTS, DOTS_INT, DOTS_FLOAT].into_iter().find(|&dots| dots == name.node.name)
}

fn declares_tag(specifiers: &Specifiers<'_>) -> bool {
    specifiers
        .types
        .iter()
        .any(|ty| matches!(ty.node, TypeSpecifier::Struct(_) | TypeSpecifier::Enum(_)))
}

/// The name, if the declarator is nothing but a name.
fn plain_name(node: &Node<InitDeclarator>) -> Option<&str> {
    use lang_c::ast::DeclaratorKind;
    let mut declarator = &node.node.declarator.node;
    loop {
        if !declarator.derived.is_empty() {
            return None;
        }
        match &declarator.kind.node {
            DeclaratorKind::Identifier(name) => return Some(&name.node.name),
            DeclaratorKind::Declarator(inner) => declarator = &inner.node,
            DeclaratorKind::Abstract => return None,
        }
    }
}
