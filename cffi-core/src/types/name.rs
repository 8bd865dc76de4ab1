//! C names of types, with the place where a declarator would go.
//!
//! `int(*)(char *)` has its place after the star: put `x` there and you have
//! declared `x`. A pointer or array is made by putting its mark at the place of
//! the type below, so every name is one string insertion from the next.

use super::{ArrayLength, CType, CTypeId, Types};

/// The name of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CName {
    /// The name as `cffi` shows it.
    pub text: Box<str>,
    /// Byte offset where a declarator goes.
    pub place: usize,
}

impl CName {
    fn plain(text: &str) -> Self {
        Self { text: text.into(), place: text.len() }
    }

    /// This name with `mark` at the place; the new place is `place` bytes into the mark.
    fn with(&self, mark: &str, place: usize) -> Self {
        let (head, tail) = self.text.split_at(self.place);
        Self { text: format!("{head}{mark}{tail}").into(), place: self.place + place }
    }
}

impl Types {
    /// The name of a type and the place of a declarator in it.
    pub fn name(&self, id: CTypeId) -> &CName {
        // Types below first, without recursion: nothing limits how deep types are.
        let mut pending = vec![id];
        while let Some(&top) = pending.last() {
            let n_pending = pending.len();
            let node = self.node(top);
            if node.name.get().is_none() {
                self.push_unnamed_parts(&node.ty, &mut pending);
            }
            if pending.len() == n_pending {
                node.name.get_or_init(|| self.make_name(&node.ty));
                pending.pop();
            }
        }
        self.node(id).name.get().expect("named in the loop above")
    }

    fn push_unnamed_parts(&self, ty: &CType, pending: &mut Vec<CTypeId>) {
        let is_unnamed = |ty: &CTypeId| self.node(*ty).name.get().is_none();
        match ty {
            CType::Pointer(below) | CType::Array { item: below, .. } => {
                pending.extend(Some(*below).filter(is_unnamed));
            }
            CType::Function(function) => {
                let parts = function.args.iter().copied().chain([function.result]);
                pending.extend(parts.filter(is_unnamed));
            }
            _ => {}
        }
    }

    /// The name of a type whose parts have names.
    fn make_name(&self, ty: &CType) -> CName {
        let name = |id: CTypeId| self.node(id).name.get().expect("parts are named first");
        match ty {
            CType::Void => CName::plain("void"),
            CType::Primitive(primitive) => CName::plain(primitive.name()),
            CType::Record(record) => CName::plain(&record.name),
            CType::Enum(enumeration) => CName::plain(&enumeration.name),
            CType::Deferred { name, .. } => CName::plain(name),
            CType::Pointer(to) => match self.ty(*to) {
                CType::Array { .. } | CType::Function(_) => name(*to).with("(*)", 2),
                _ => name(*to).with(" *", 2),
            },
            CType::Array { item, length } => {
                let mark = match length {
                    ArrayLength::Fixed(length) => format!("[{length}]"),
                    ArrayLength::Open => "[]".to_owned(),
                    ArrayLength::Deferred => "[/*...*/]".to_owned(),
                };
                name(*item).with(&mark, 0)
            }
            CType::Function(function) => {
                let mut args: Vec<&str> =
                    function.args.iter().map(|&arg| &*name(arg).text).collect();
                if function.variadic {
                    args.push("...");
                }
                name(function.result).with(&format!("({})", args.join(", ")), 0)
            }
        }
    }

    /// The name of a type.
    pub fn text(&self, id: CTypeId) -> &str {
        &self.name(id).text
    }

    /// The name with `declarator` put in its place: `ffi.getctype(type, declarator)`.
    ///
    /// `getctype("int[3]", "*p")` is `int(*p)[3]`.
    pub fn declare(&self, id: CTypeId, declarator: &str) -> String {
        let name = self.name(id);
        let declarator = declarator.trim();
        let (head, tail) = name.text.split_at(name.place);
        let needs_parens = declarator.starts_with('*') && tail.starts_with('[');
        match declarator.as_bytes().first() {
            None => name.text.to_string(),
            Some(_) if needs_parens => format!("{head}({declarator}){tail}"),
            Some(b'[' | b'(') => format!("{head}{declarator}{tail}"),
            Some(_) => format!("{head} {declarator}{tail}"),
        }
    }
}
