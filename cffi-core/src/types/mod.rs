//! The table of C types.
//!
//! A type is an index, [`CTypeId`]. Types made of others (pointers, arrays,
//! functions) are interned: the same type has the same index, so comparing types
//! is comparing numbers. Records and enums are made once, by their declaration.
//! Qualifiers are no part of a type: `const char *` is `char *`.
//!
//! Names and layouts are computed when first asked for.

mod layout;
mod name;
mod primitive;
mod realize;
mod record;

use std::cell::{Cell, OnceCell};
use std::collections::BTreeMap;
use std::ops::BitOr;

pub use name::CName;
pub use primitive::{Primitive, PrimitiveKind};
pub use record::{
    ArrayLength, BitfieldRules, Enum, Field, FieldBits, FieldDecl, Function, Layout, LayoutRules,
    Record, RecordKind,
};

use crate::error::{CTypeError, Raises};

/// Bytes of a pointer.
pub const POINTER_SIZE: u64 = size_of::<*const ()>() as u64;

/// A type: an index into [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CTypeId(pub u32);

/// Type qualifiers of a declared thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quals(u8);

impl Quals {
    /// None.
    pub const NONE: Quals = Quals(0);
    /// `const`.
    pub const CONST: Quals = Quals(1);
    /// `restrict`.
    pub const RESTRICT: Quals = Quals(2);
    /// `volatile`.
    pub const VOLATILE: Quals = Quals(4);

    /// Whether all of `other` are among these.
    pub const fn contains(self, other: Quals) -> bool {
        self.0 & other.0 == other.0
    }
}

impl BitOr for Quals {
    type Output = Quals;

    fn bitor(self, other: Quals) -> Quals {
        Quals(self.0 | other.0)
    }
}

/// What a type is.
#[derive(Debug)]
pub enum CType {
    /// `void`.
    Void,
    /// A number or character.
    Primitive(Primitive),
    /// A pointer, also to a function.
    Pointer(CTypeId),
    /// An array.
    Array {
        /// Element type.
        item: CTypeId,
        /// Number of elements.
        length: ArrayLength,
    },
    /// A struct or union.
    Record(Record),
    /// An enumerated type.
    Enum(Enum),
    /// A function (not the pointer to one).
    Function(Function),
    /// `typedef int... foo_t;` or `typedef float... foo_t;`: the compiler knows its size (API mode only).
    Deferred {
        /// The typedef's name.
        name: Box<str>,
        /// `int...` rather than `float...`.
        is_integer: bool,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Pointer(CTypeId),
    Array(CTypeId, ArrayLength),
    Function(Function),
}

#[derive(Debug)]
struct Node {
    ty: CType,
    name: OnceCell<CName>,
    is_usable: Cell<bool>,
}

/// All the types of a process.
#[derive(Debug)]
pub struct Types {
    nodes: Vec<Node>,
    interned: BTreeMap<Key, CTypeId>,
    file: Option<CTypeId>,
    /// Layouts being computed, one inside the other.
    layout_depth: Cell<u32>,
}

impl Default for Types {
    fn default() -> Self {
        Self::new()
    }
}

impl Types {
    /// The index of `void`, always.
    pub const VOID: CTypeId = CTypeId(0);

    /// A table with `void` and the primitives.
    pub fn new() -> Self {
        let mut types = Self {
            nodes: Vec::with_capacity(128),
            interned: BTreeMap::new(),
            file: None,
            layout_depth: Cell::new(0),
        };
        types.push(CType::Void);
        for &primitive in Primitive::ALL {
            types.push(CType::Primitive(primitive));
        }
        types
    }

    /// The index of a primitive, always the same.
    pub const fn primitive(primitive: Primitive) -> CTypeId {
        CTypeId(1 + primitive as u32)
    }

    /// What a type is.
    pub fn ty(&self, id: CTypeId) -> &CType {
        &self.node(id).ty
    }

    fn node(&self, id: CTypeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    fn push(&mut self, ty: CType) -> CTypeId {
        let id = CTypeId(u32::try_from(self.nodes.len()).expect("fewer than 2^32 types"));
        self.nodes.push(Node { ty, name: OnceCell::new(), is_usable: Cell::new(false) });
        id
    }

    fn intern(&mut self, key: Key) -> CTypeId {
        if let Some(&id) = self.interned.get(&key) {
            return id;
        }
        let id = self.push(match key.clone() {
            Key::Pointer(to) => CType::Pointer(to),
            Key::Array(item, length) => CType::Array { item, length },
            Key::Function(function) => CType::Function(function),
        });
        self.interned.insert(key, id);
        id
    }

    /// `to *`.
    pub fn pointer(&mut self, to: CTypeId) -> CTypeId {
        self.intern(Key::Pointer(to))
    }

    /// `item[length]`.
    pub fn array(&mut self, item: CTypeId, length: ArrayLength) -> CTypeId {
        self.intern(Key::Array(item, length))
    }

    /// A function type; parameters of array and function type become pointers, as in C.
    pub fn function(&mut self, args: &[CTypeId], result: CTypeId, variadic: bool) -> CTypeId {
        let args = args.iter().map(|&arg| self.decay(arg)).collect();
        self.intern(Key::Function(Function { args, result, variadic }))
    }

    /// The type of a parameter declared with `ty`: arrays and functions become pointers.
    pub fn decay(&mut self, ty: CTypeId) -> CTypeId {
        match *self.ty(ty) {
            CType::Array { item, .. } => self.pointer(item),
            CType::Function(_) => self.pointer(ty),
            _ => ty,
        }
    }

    /// A new struct or union without members, different from all others.
    pub fn new_record(&mut self, kind: RecordKind, name: &str) -> CTypeId {
        let is_file = kind == RecordKind::Struct && matches!(name, "struct _IO_FILE" | "FILE");
        self.push(CType::Record(Record {
            kind,
            name: name.into(),
            is_renamed: false,
            is_file,
            partial: false,
            fields: None,
            rules: LayoutRules::default(),
            layout: OnceCell::new(),
            in_progress: Cell::new(false),
        }))
    }

    /// Give a record its members. It must be opaque.
    pub fn complete_record(
        &mut self,
        id: CTypeId,
        fields: Vec<FieldDecl>,
        rules: LayoutRules,
    ) -> Result<(), CTypeError> {
        match &mut self.nodes[id.0 as usize].ty {
            CType::Record(record) if record.fields.is_none() => {
                record.fields = Some(fields.into());
                record.rules = rules;
                Ok(())
            }
            _ => Err(CTypeError::ty("first arg must be a non-initialized struct or union ctype")),
        }
    }

    /// Undo [`complete_record`](Self::complete_record), for a caller whose layout turned out wrong.
    pub fn forget_record(&mut self, id: CTypeId) {
        if let CType::Record(record) = &mut self.nodes[id.0 as usize].ty {
            record.fields = None;
            record.layout = OnceCell::new();
        }
    }

    /// Mark a record as one whose other members only the compiler knows (`...;`).
    pub fn set_partial(&mut self, id: CTypeId) {
        if let CType::Record(record) = &mut self.nodes[id.0 as usize].ty {
            record.partial = true;
        }
    }

    /// Name a record or enum after its first typedef, unless it has been shown under another name.
    pub fn rename(&mut self, id: CTypeId, new_name: &str) {
        let node = &mut self.nodes[id.0 as usize];
        if node.name.get().is_some() {
            return;
        }
        if let CType::Record(record) = &mut node.ty
            && !record.is_renamed
        {
            record.name = new_name.into();
            record.is_renamed = true;
        }
    }

    /// A new enumerated type, different from all others.
    pub fn new_enum(
        &mut self,
        name: &str,
        enumerators: Vec<(Box<str>, i128)>,
        partial: bool,
    ) -> CTypeId {
        let underlying = enum_underlying(name, &enumerators);
        let is_guess = enumerators.is_empty();
        let name = name.into();
        self.push(CType::Enum(Enum { name, enumerators, partial, is_guess, underlying }))
    }

    /// A new enumerated type stored as a given integer type.
    pub fn new_enum_of(
        &mut self,
        name: &str,
        enumerators: Vec<(Box<str>, i128)>,
        underlying: CTypeId,
    ) -> CTypeId {
        self.push(CType::Enum(Enum {
            name: name.into(),
            enumerators,
            partial: false,
            is_guess: false,
            underlying: Ok(underlying),
        }))
    }

    /// A new integer or floating-point type of which only the compiler knows the size.
    pub fn new_deferred(&mut self, name: &str, is_integer: bool) -> CTypeId {
        self.push(CType::Deferred { name: name.into(), is_integer })
    }

    /// `FILE`, made when first used.
    pub fn file(&mut self) -> CTypeId {
        if let Some(file) = self.file {
            return file;
        }
        let file = self.new_record(RecordKind::Struct, "FILE");
        self.file = Some(file);
        file
    }

    /// The record, if `id` is a struct or union.
    pub fn record(&self, id: CTypeId) -> Option<&Record> {
        match self.ty(id) {
            CType::Record(record) => Some(record),
            _ => None,
        }
    }

    /// The function, if `id` is a pointer to one (what `cffi` calls a function type).
    pub fn function_pointee(&self, id: CTypeId) -> Option<(CTypeId, &Function)> {
        let CType::Pointer(to) = *self.ty(id) else { return None };
        match self.ty(to) {
            CType::Function(function) => Some((to, function)),
            _ => None,
        }
    }

    /// The integer type an enum is stored as.
    pub fn enum_underlying(&self, id: CTypeId) -> Result<Option<Primitive>, CTypeError> {
        let CType::Enum(enumeration) = self.ty(id) else { return Ok(None) };
        let underlying = enumeration.underlying.clone()?;
        Ok(self.as_primitive(underlying))
    }

    /// The primitive, if `id` is one.
    pub fn as_primitive(&self, id: CTypeId) -> Option<Primitive> {
        match *self.ty(id) {
            CType::Primitive(primitive) => Some(primitive),
            _ => None,
        }
    }

    /// The primitive that a value of type `id` is stored as: its own, or an enum's.
    pub fn stored_as(&self, id: CTypeId) -> Option<Primitive> {
        match self.ty(id) {
            CType::Primitive(primitive) => Some(*primitive),
            CType::Enum(Enum { underlying: Ok(underlying), .. }) => self.as_primitive(*underlying),
            _ => None,
        }
    }
}

/// `unsigned int` if that holds all the values, else `unsigned long`; `int` or `long` if one is negative.
fn enum_underlying(name: &str, enumerators: &[(Box<str>, i128)]) -> Result<CTypeId, CTypeError> {
    let smallest = enumerators.iter().map(|&(_, value)| value).min().unwrap_or(0);
    let largest = enumerators.iter().map(|&(_, value)| value).max().unwrap_or(0);
    let candidates = if smallest < 0 {
        [Primitive::Int, Primitive::Long]
    } else {
        [Primitive::UInt, Primitive::ULong]
    };
    for candidate in candidates {
        if candidate.range().is_some_and(|(min, max)| smallest >= min && largest <= max) {
            return Ok(Types::primitive(candidate));
        }
    }
    Err(CTypeError::new(
        Raises::CDefError,
        format!("{name} values don't all fit into either 'long' or 'unsigned long'"),
    ))
}
