//! Structs, unions and enums.

use lang_c::ast::{
    EnumType, Expression, StructDeclaration, StructField, StructKind, StructType, TypeSpecifier,
};
use lang_c::span::Node;

use super::TagKind;
use super::decl::Lowering;
use super::declarator::{Context, qualified};
use super::error::{Error, ErrorKind, Warning};
use super::pre::{DOTS_ENUM, DOTS_FIELD, DOTS_VALUE};
use crate::types::{ArrayLength, CType, CTypeId, FieldDecl, LayoutRules, RecordKind};

/// Members found so far.
#[derive(Default)]
struct Members {
    fields: Vec<FieldDecl>,
    partial: bool,
}

impl Lowering<'_> {
    /// The struct or union that a specifier names or declares.
    pub(super) fn record(
        &mut self,
        node: &Node<StructType>,
        new_name: Option<&str>,
    ) -> Result<CTypeId, Error> {
        let kind = match node.node.kind.node {
            StructKind::Struct => RecordKind::Struct,
            StructKind::Union => RecordKind::Union,
        };
        let id = match (&node.node.identifier, new_name) {
            (Some(tag), _) => self.decls.record_tag(self.types, kind, &tag.node.name),
            (None, Some(name)) => self.types.new_record(kind, name),
            (None, None) => {
                let name = format!("{} {}", kind.keyword(), self.decls.anonymous_name());
                self.types.new_record(kind, &name)
            }
        };
        if let Some(name) = new_name {
            self.types.rename(id, name);
        }
        let Some(declarations) = &node.node.declarations else { return Ok(id) };
        if self.types.record(id).is_some_and(|record| !record.is_opaque()) {
            let tag = node.node.identifier.as_ref().map_or("", |tag| &tag.node.name);
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                format!("duplicate declaration of {} {tag}", kind.keyword()),
            ));
        }
        let mut members = Members::default();
        for declaration in declarations {
            match &declaration.node {
                StructDeclaration::Field(field) => self.field(field, &mut members)?,
                StructDeclaration::StaticAssert(_) => {
                    return Err(self.error_at(
                        declaration,
                        ErrorKind::Declaration,
                        "unexpected <StaticAssert>: this construct is valid C but not valid in cdef()",
                    ));
                }
            }
        }
        if members.partial {
            self.make_partial(node, id, &members)?;
        }
        let rules = self.rules(node);
        self.types
            .complete_record(id, members.fields, rules)
            .map_err(|error| self.error_at(node, ErrorKind::Declaration, error.message))?;
        Ok(id)
    }

    fn make_partial(
        &mut self,
        node: &Node<StructType>,
        id: CTypeId,
        members: &Members,
    ) -> Result<(), Error> {
        if members.fields.iter().any(|field| field.bits.is_some()) {
            let name = self.types.text(id).to_owned();
            return Err(self.error_at(
                node,
                ErrorKind::Unsupported,
                format!("<{name}>: using both bitfields and '...;'"),
            ));
        }
        self.types.set_partial(id);
        Ok(())
    }

    fn rules(&self, node: &Node<StructType>) -> LayoutRules {
        let offset = self.place(node.span.start);
        let attributes = self.prepared.attributes.get(&offset).copied().unwrap_or_default();
        let pack = self.prepared.pack_at(offset).or(self.options.pack);
        LayoutRules {
            pack: if attributes.packed { Some(1) } else { pack },
            min_align: attributes.aligned.unwrap_or(1),
            ..LayoutRules::default()
        }
    }

    fn field(&mut self, node: &Node<StructField>, members: &mut Members) -> Result<(), Error> {
        let field = &node.node;
        let specifiers = qualified(&field.specifiers);
        let (base, quals) = self.base_type(&specifiers, node, None)?;
        if field.declarators.is_empty() {
            return self.unnamed_member(node, base, &specifiers.types, members);
        }
        for declarator in &field.declarators {
            let bits = match &declarator.node.bit_width {
                Some(width) => Some(self.bit_width(width)?),
                None => None,
            };
            let (name, ty, quals) = match &declarator.node.declarator {
                Some(inner) => {
                    let declared = self.declarator(inner, (base, quals), Context::FIELD)?;
                    (declared.name.map_or("", |(name, _)| name), declared.ty, declared.quals)
                }
                None => ("", base, quals),
            };
            if name == DOTS_FIELD {
                members.partial = true;
                continue;
            }
            if matches!(self.types.ty(ty), CType::Function(_)) {
                return Err(self
                    .error_at(
                        declarator,
                        ErrorKind::Declaration,
                        format!("field '{name}' is declared as a function"),
                    )
                    .with_help(format!("a pointer to a function is written (*{name})")));
            }
            members.partial |= self.needs_compiler(ty);
            members.fields.push(FieldDecl { name: name.into(), ty, bits, quals, offset: None });
        }
        Ok(())
    }

    /// A member that is an array of unknown length or a partial record makes the record partial.
    fn needs_compiler(&self, ty: CTypeId) -> bool {
        match self.types.ty(ty) {
            CType::Array { length: ArrayLength::Deferred, .. } => true,
            CType::Array { item, .. } => {
                matches!(self.types.ty(*item), CType::Array { .. }) && self.needs_compiler(*item)
            }
            CType::Record(record) => record.kind == RecordKind::Struct && record.partial,
            _ => false,
        }
    }

    fn bit_width(&mut self, node: &Node<Expression>) -> Result<u32, Error> {
        let width = self.constant(node)?;
        u32::try_from(width).map_err(|_| {
            self.error_at(node, ErrorKind::Declaration, format!("invalid bitfield width {width}"))
        })
    }

    /// `struct { int a; };` inside a record: its members are the record's.
    fn unnamed_member(
        &mut self,
        node: &Node<StructField>,
        ty: CTypeId,
        specifiers: &[&Node<TypeSpecifier>],
        members: &mut Members,
    ) -> Result<(), Error> {
        match self.types.ty(ty) {
            CType::Record(_) => {
                let has_tag = matches!(
                    specifiers,
                    [Node { node: TypeSpecifier::Struct(record), .. }] if record.node.identifier.is_some()
                );
                if has_tag {
                    self.warnings.push(Warning {
                        span: self.span(node),
                        message: format!("'{}' declares no member here", self.types.text(ty)),
                    });
                } else {
                    members.partial |= self.needs_compiler(ty);
                    members.fields.push(FieldDecl::new("", ty));
                }
                Ok(())
            }
            CType::Enum(_) => Ok(()),
            _ => Err(self.error_at(node, ErrorKind::Declaration, "this declares no member")),
        }
    }

    /// The enum that a specifier names or declares.
    pub(super) fn enumeration(
        &mut self,
        node: &Node<EnumType>,
        new_name: Option<&str>,
    ) -> Result<CTypeId, Error> {
        let tag = node.node.identifier.as_ref().map(|tag| &*tag.node.name);
        if tag == Some(super::pre::DOTS) {
            return Err(self.error_at(
                node,
                ErrorKind::Declaration,
                "Enums cannot be declared with ...",
            ));
        }
        let key = tag.map(|tag| (TagKind::Enum, Box::<str>::from(tag)));
        if let Some(&known) = key.as_ref().and_then(|key| self.decls.tags.get(key)) {
            if node.node.enumerators.is_empty() {
                return Ok(known);
            }
            return Err(self.error_at(
                node,
                ErrorKind::Unsupported,
                format!(
                    "enum {}: the '{{}}' declaration should appear on the first time the enum is \
                     mentioned, not later",
                    tag.unwrap_or_default()
                ),
            ));
        }
        let name = match (tag, new_name) {
            (_, Some(name)) => name.to_owned(),
            (Some(tag), None) => format!("enum {tag}"),
            (None, None) => format!("enum {}", self.decls.anonymous_name()),
        };
        let (enumerators, partial) = self.enumerators(node)?;
        let names: Vec<Box<str>> = enumerators.iter().map(|(name, _)| name.clone()).collect();
        let id = self.types.new_enum(&name, enumerators, partial);
        if partial {
            self.decls.partial.extend(names.into_iter().map(|name| (name, id)));
        }
        if let Some(key) = key {
            self.decls.tags.insert(key, id);
        }
        Ok(id)
    }

    #[expect(clippy::type_complexity, reason = "names and values, used once")]
    fn enumerators(
        &mut self,
        node: &Node<EnumType>,
    ) -> Result<(Vec<(Box<str>, i128)>, bool), Error> {
        let mut out = Vec::with_capacity(node.node.enumerators.len());
        let mut partial = false;
        let mut next = 0i128;
        for enumerator in &node.node.enumerators {
            let name = &*enumerator.node.identifier.node.name;
            if name == DOTS_ENUM {
                partial = true;
                continue;
            }
            match &enumerator.node.expression {
                Some(value) if is_deferred_value(value) => partial = true,
                Some(value) => next = self.constant(value)?,
                None => {}
            }
            self.decls.add_constant(name, next, self.span(enumerator))?;
            out.push((name.into(), next));
            next += 1;
        }
        Ok((out, partial))
    }
}

fn is_deferred_value(node: &Node<Expression>) -> bool {
    matches!(&node.node, Expression::Identifier(name) if name.node.name == DOTS_VALUE)
}
