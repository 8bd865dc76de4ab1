//! Type specifiers and declarators.
//!
//! C declares inside out: in `int *(*f)(char)[3]`, what is nearest to the name is
//! outermost in the type. So a type is built from the specifiers inwards: first
//! the stars on the left, then the suffixes from right to left, then what is in
//! the parentheses.

use lang_c::ast::{
    ArraySize, Declarator, DeclaratorKind, DerivedDeclarator, Ellipsis, ParameterDeclaration,
    PointerQualifier, SpecifierQualifier, TypeQualifier, TypeSpecifier,
};
use lang_c::span::Node;

use super::common;
use super::decl::{Lowering, Specifiers, sort_specifiers};
use super::error::{Error, ErrorKind};
use super::lex::Span;
use super::pre::{DOTS, DOTS_FLOAT, DOTS_INT};
use crate::types::{ArrayLength, CType, CTypeId, Primitive, Quals, Types};

/// What a declarator may contain where it stands.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// `[...]` may be an array length.
    may_defer_length: bool,
}

impl Context {
    pub(super) const TYPEDEF: Context = Context { may_defer_length: true };
    pub(super) const GLOBAL: Context = Context { may_defer_length: true };
    pub(super) const FIELD: Context = Context { may_defer_length: true };
    pub(super) const PARAMETER: Context = Context { may_defer_length: false };
}

/// A declarator applied to its base type.
pub(super) struct Declared<'n> {
    pub(super) name: Option<(&'n str, Span)>,
    pub(super) ty: CTypeId,
    pub(super) quals: Quals,
}

impl Lowering<'_> {
    /// The type that the specifiers name. `new_name` names a record or enum without a tag.
    pub(super) fn base_type<T>(
        &mut self,
        specifiers: &Specifiers<'_>,
        node: &Node<T>,
        new_name: Option<&str>,
    ) -> Result<(CTypeId, Quals), Error> {
        let quals = specifiers.quals;
        if let [only] = specifiers.types[..] {
            match &only.node {
                TypeSpecifier::TypedefName(name) => {
                    let (ty, more) = self.named_type(&name.node.name, only)?;
                    return Ok((ty, quals | more));
                }
                TypeSpecifier::Struct(record) => {
                    return Ok((self.record(record, new_name)?, quals));
                }
                TypeSpecifier::Enum(enumeration) => {
                    return Ok((self.enumeration(enumeration, new_name)?, quals));
                }
                _ => {}
            }
        }
        let mut words = Words::default();
        for specifier in &specifiers.types {
            if !words.add(&specifier.node) {
                let what = self.span(specifier).of(self.text).to_owned();
                return Err(unsupported_type(self.span(specifier), &what));
            }
        }
        match words.resolve() {
            Some(ty) => Ok((ty, quals)),
            None => {
                let spans: Vec<&str> =
                    specifiers.types.iter().map(|node| self.span(node).of(self.text)).collect();
                let span = specifiers.types.first().map_or(self.span(node), |node| self.span(node));
                Err(unsupported_type(span, &spans.join(" ")))
            }
        }
    }

    fn named_type<T>(&mut self, name: &str, node: &Node<T>) -> Result<(CTypeId, Quals), Error> {
        if let Some(found) = self.decls.typedef(name) {
            return Ok(found);
        }
        if matches!(name, DOTS | DOTS_INT | DOTS_FLOAT) {
            return Err(self.error_at(node, ErrorKind::Expression, "bad usage of \"...\""));
        }
        common::resolve(name, self.types).ok_or_else(|| unsupported_type(self.span(node), name))
    }

    /// Apply a declarator to the type of the specifiers.
    pub(super) fn declarator<'n>(
        &mut self,
        node: &'n Node<Declarator>,
        base: (CTypeId, Quals),
        context: Context,
    ) -> Result<Declared<'n>, Error> {
        let (mut ty, mut quals) = base;
        let declarator = &node.node;
        for derived in &declarator.derived {
            if let DerivedDeclarator::Pointer(qualifiers) = &derived.node {
                ty = self.types.pointer(ty);
                quals = pointer_quals(qualifiers);
            }
        }
        let name = direct_name(declarator);
        for derived in declarator.derived.iter().rev() {
            match &derived.node {
                DerivedDeclarator::Pointer(_) => {}
                DerivedDeclarator::Array(array) => {
                    let length = match &array.node.size {
                        ArraySize::Unknown | ArraySize::VariableUnknown => ArrayLength::Open,
                        ArraySize::VariableExpression(size) | ArraySize::StaticExpression(size) => {
                            self.length(size, context.may_defer_length)?
                        }
                    };
                    if matches!(self.types.ty(ty), CType::Function(_)) {
                        return Err(self.error_at(
                            derived,
                            ErrorKind::Declaration,
                            "an array cannot have functions as elements",
                        ));
                    }
                    ty = self.types.array(ty, length);
                }
                DerivedDeclarator::Function(function) => {
                    let function = &function.node;
                    let variadic = matches!(function.ellipsis, Ellipsis::Some);
                    let args = self.parameters(&function.parameters, variadic, name)?;
                    ty = self.function_type(derived, &args, ty, variadic)?;
                    quals = Quals::NONE;
                }
                DerivedDeclarator::KRFunction(names) => {
                    if let Some(first) = names.first() {
                        return Err(self.untyped(first, &first.node.name, name, 1));
                    }
                    ty = self.function_type(derived, &[], ty, false)?;
                    quals = Quals::NONE;
                }
                DerivedDeclarator::Block(_) => {
                    return Err(self.error_at(
                        derived,
                        ErrorKind::Declaration,
                        "blocks are not supported",
                    ));
                }
            }
        }
        match &declarator.kind.node {
            DeclaratorKind::Abstract => Ok(Declared { name: None, ty, quals }),
            DeclaratorKind::Identifier(name) => {
                let span = self.span(name);
                Ok(Declared { name: Some((&name.node.name, span)), ty, quals })
            }
            DeclaratorKind::Declarator(inner) => self.declarator(inner, (ty, quals), context),
        }
    }

    fn function_type<T>(
        &mut self,
        node: &Node<T>,
        args: &[CTypeId],
        result: CTypeId,
        variadic: bool,
    ) -> Result<CTypeId, Error> {
        let what = match self.types.ty(result) {
            CType::Array { .. } => "an array",
            CType::Function(_) => "a function",
            _ => return Ok(self.types.function(args, result, variadic)),
        };
        let message = format!("a function cannot return {what}");
        Err(self.error_at(node, ErrorKind::Declaration, message))
    }

    fn untyped<T>(&self, node: &Node<T>, ty: &str, function: Option<&str>, number: usize) -> Error {
        let function = function.unwrap_or("in expression");
        self.error_at(
            node,
            ErrorKind::Declaration,
            format!(
                "{function} arg {number}: unknown type '{ty}' (if you meant to use the old C syntax \
                 of giving untyped arguments, it is not supported)"
            ),
        )
    }

    fn parameters(
        &mut self,
        nodes: &[Node<ParameterDeclaration>],
        variadic: bool,
        function: Option<&str>,
    ) -> Result<Vec<CTypeId>, Error> {
        let mut args = Vec::with_capacity(nodes.len());
        for node in nodes {
            if nodes.len() == 1 && is_dots(node) {
                return Err(self.error_at(
                    node,
                    ErrorKind::Declaration,
                    format!(
                        "{}: a function with only '(...)' as argument is not correct C",
                        function.unwrap_or("in expression")
                    ),
                ));
            }
            args.push(self.parameter_type(node)?.0);
        }
        if args == [Types::VOID] && !variadic {
            args.clear();
        }
        Ok(args)
    }

    /// The type of a parameter, before arrays and functions become pointers.
    pub(super) fn parameter_type(
        &mut self,
        node: &Node<ParameterDeclaration>,
    ) -> Result<(CTypeId, Quals), Error> {
        let parameter = &node.node;
        let specifiers = sort_specifiers(&parameter.specifiers);
        let base = self.base_type(&specifiers, node, None)?;
        let Some(declarator) = &parameter.declarator else { return Ok(base) };
        let declared = self.declarator(declarator, base, Context::PARAMETER)?;
        Ok((declared.ty, declared.quals))
    }
}

/// Sort the specifiers of a member or type name.
pub(super) fn qualified(nodes: &[Node<SpecifierQualifier>]) -> Specifiers<'_> {
    let mut out = Specifiers::default();
    for node in nodes {
        match &node.node {
            SpecifierQualifier::TypeSpecifier(ty) => out.types.push(ty),
            SpecifierQualifier::TypeQualifier(found) => {
                out.quals = out.quals | qualifier(&found.node);
            }
            SpecifierQualifier::Extension(_) => {}
        }
    }
    out
}

fn pointer_quals(qualifiers: &[Node<PointerQualifier>]) -> Quals {
    let mut quals = Quals::NONE;
    for node in qualifiers {
        if let PointerQualifier::TypeQualifier(found) = &node.node {
            quals = quals | qualifier(&found.node);
        }
    }
    quals
}

/// The parameter of a function declarator that has one.
pub(super) fn only_parameter(declarator: &Declarator) -> Option<&Node<ParameterDeclaration>> {
    declarator.derived.iter().find_map(|derived| match &derived.node {
        DerivedDeclarator::Function(function) => match &function.node.parameters[..] {
            [only] => Some(only),
            _ => None,
        },
        _ => None,
    })
}

/// What a qualifier says; the ones `cffi` does not know say nothing.
pub(super) fn qualifier(qualifier: &TypeQualifier) -> Quals {
    match qualifier {
        TypeQualifier::Const => Quals::CONST,
        TypeQualifier::Restrict => Quals::RESTRICT,
        TypeQualifier::Volatile => Quals::VOLATILE,
        _ => Quals::NONE,
    }
}

/// The message of `cffi` for a combination of type words that names no type.
pub(super) fn unsupported_type(span: Span, name: &str) -> Error {
    Error::new(
        ErrorKind::Ffi,
        span,
        format!(
            "Unsupported type: '{name}'.  Please look at \
             http://cffi.readthedocs.io/en/latest/cdef.html#ffi-cdef-limitations \
             and file an issue if you think this type should really be supported."
        ),
    )
}

fn is_dots(node: &Node<ParameterDeclaration>) -> bool {
    use lang_c::ast::DeclarationSpecifier;
    node.node.specifiers.iter().any(|specifier| match &specifier.node {
        DeclarationSpecifier::TypeSpecifier(ty) => {
            matches!(&ty.node, TypeSpecifier::TypedefName(name) if name.node.name == DOTS)
        }
        _ => false,
    })
}

fn direct_name(declarator: &Declarator) -> Option<&str> {
    match &declarator.kind.node {
        DeclaratorKind::Identifier(name) => Some(&name.node.name),
        _ => None,
    }
}

/// Words of a primitive type, counted: C allows them in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) signed: u8,
    pub(super) unsigned: u8,
    pub(super) short: u8,
    pub(super) long: u8,
    pub(super) complex: u8,
    /// The words that may appear once: `int`, `char`, `float`, `double`, `_Bool`, `void`.
    pub(super) base: Option<Base>,
    pub(super) has_two_bases: bool,
}

/// A word that names a type on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Void,
    Char,
    Int,
    Float,
    Double,
    Bool,
}

impl Words {
    pub(super) fn set_base(&mut self, base: Base) {
        self.has_two_bases |= self.base.is_some();
        self.base = Some(base);
    }

    /// Count a specifier; `false` if it is no word of a primitive type.
    fn add(&mut self, specifier: &TypeSpecifier) -> bool {
        match specifier {
            TypeSpecifier::Void => self.set_base(Base::Void),
            TypeSpecifier::Char => self.set_base(Base::Char),
            TypeSpecifier::Int => self.set_base(Base::Int),
            TypeSpecifier::Float => self.set_base(Base::Float),
            TypeSpecifier::Double => self.set_base(Base::Double),
            TypeSpecifier::Bool => self.set_base(Base::Bool),
            TypeSpecifier::Short => self.short += 1,
            TypeSpecifier::Long => self.long = self.long.saturating_add(1),
            TypeSpecifier::Signed => self.signed = 1,
            TypeSpecifier::Unsigned => self.unsigned = 1,
            TypeSpecifier::Complex => self.complex = 1,
            _ => return false,
        }
        true
    }

    /// The type; no word at all means `int`, as in C before 1999 and in `cffi`.
    pub(super) fn resolve(self) -> Option<CTypeId> {
        use Primitive as P;
        if self.has_two_bases || (self.signed > 0 && self.unsigned > 0) {
            return None;
        }
        let sizes = (self.short, self.long);
        let has_sign = self.signed > 0 || self.unsigned > 0;
        let unsigned = self.unsigned > 0;
        let primitive = match (self.base, sizes, self.complex) {
            (None | Some(Base::Int), (0, 0), 0) if unsigned => P::UInt,
            (None | Some(Base::Int), (0, 0), 0) => P::Int,
            (None | Some(Base::Int), (1, 0), 0) if unsigned => P::UShort,
            (None | Some(Base::Int), (1, 0), 0) => P::Short,
            (None | Some(Base::Int), (0, 1), 0) if unsigned => P::ULong,
            (None | Some(Base::Int), (0, 1), 0) => P::Long,
            (None | Some(Base::Int), (0, 2), 0) if unsigned => P::ULongLong,
            (None | Some(Base::Int), (0, 2), 0) => P::LongLong,
            (Some(Base::Char), (0, 0), 0) if unsigned => P::UChar,
            (Some(Base::Char), (0, 0), 0) if self.signed > 0 => P::SChar,
            (Some(Base::Char), (0, 0), 0) => P::Char,
            (Some(Base::Void), (0, 0), 0) if !has_sign => return Some(Types::VOID),
            (Some(Base::Bool), (0, 0), 0) if !has_sign => P::Bool,
            (Some(Base::Float), (0, 0), 0) if !has_sign => P::Float,
            (Some(Base::Float), (0, 0), 1) if !has_sign => P::FloatComplex,
            (Some(Base::Double), (0, 0), 0) if !has_sign => P::Double,
            (Some(Base::Double), (0, 0), 1) if !has_sign => P::DoubleComplex,
            (Some(Base::Double), (0, 1), 0) if !has_sign => P::LongDouble,
            _ => return None,
        };
        Some(Types::primitive(primitive))
    }
}
