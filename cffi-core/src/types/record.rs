//! Structs, unions, enums and functions: the types that have parts.

use std::cell::{Cell, OnceCell};

use indexmap::IndexMap;

use super::{CTypeId, Quals};
use crate::error::CTypeError;

/// Struct or union.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// `struct`: members one after the other.
    Struct,
    /// `union`: members all at offset 0.
    Union,
}

impl RecordKind {
    /// The C keyword.
    pub const fn keyword(self) -> &'static str {
        match self {
            RecordKind::Struct => "struct",
            RecordKind::Union => "union",
        }
    }
}

/// A member as declared, before layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDecl {
    /// Its name; empty for an anonymous record or an unnamed bitfield.
    pub name: Box<str>,
    /// Its type.
    pub ty: CTypeId,
    /// Width of a bitfield in bits.
    pub bits: Option<u32>,
    /// Qualifiers of the member itself.
    pub quals: Quals,
    /// Offset in bytes dictated by a C compiler, for records completed from API mode.
    pub offset: Option<u64>,
}

impl FieldDecl {
    /// An ordinary member.
    pub fn new(name: &str, ty: CTypeId) -> Self {
        Self { name: name.into(), ty, bits: None, quals: Quals::NONE, offset: None }
    }

    /// A bitfield.
    pub fn bitfield(name: &str, ty: CTypeId, bits: u32) -> Self {
        Self { bits: Some(bits), ..Self::new(name, ty) }
    }
}

/// Where the value of a member is, inside its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldBits {
    /// The whole bytes.
    Whole,
    /// An array without elements (`[]` or `[0]`): reading gives a pointer.
    EmptyArray,
    /// `width` bits, `shift` above the least significant of the integer at the offset.
    Bitfield {
        /// Bits below the value.
        shift: u32,
        /// Bits of the value.
        width: u32,
    },
}

/// A member with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its type.
    pub ty: CTypeId,
    /// Offset in bytes from the start of the record.
    pub offset: u64,
    /// Place inside the bytes.
    pub bits: FieldBits,
    /// Qualifiers of the member.
    pub quals: Quals,
    /// A union's members but the first: a list initializer does not reach them.
    pub ignored_in_list: bool,
}

/// How a compiler places bitfields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitfieldRules {
    /// System V x86-64: unnamed bitfields do not align the record.
    GccX86,
    /// AAPCS: they do.
    GccArm,
    /// Microsoft's: a bitfield takes the whole of its declared type.
    Msvc,
}

impl BitfieldRules {
    /// The rules of the machine this was compiled for.
    pub const NATIVE: BitfieldRules = if cfg!(windows) {
        BitfieldRules::Msvc
    } else if cfg!(all(target_arch = "aarch64", not(target_vendor = "apple"))) {
        BitfieldRules::GccArm
    } else {
        BitfieldRules::GccX86
    };
}

/// Everything but the members that a layout depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutRules {
    /// Members are aligned to at most this (a power of two): `packed` is 1.
    pub pack: Option<u32>,
    /// Alignment of the record is at least this (`__attribute__((aligned))`).
    pub min_align: u32,
    /// Placement of bitfields.
    pub bitfields: BitfieldRules,
    /// Bitfields start at the most significant bit.
    pub big_endian: bool,
    /// Offsets and sizes given by a compiler must be the computed ones.
    pub strict: bool,
    /// Size dictated by a compiler.
    pub total_size: Option<u64>,
    /// Alignment dictated by a compiler.
    pub total_align: Option<u64>,
}

impl Default for LayoutRules {
    fn default() -> Self {
        Self {
            pack: None,
            min_align: 1,
            bitfields: BitfieldRules::NATIVE,
            big_endian: cfg!(target_endian = "big"),
            strict: false,
            total_size: None,
            total_align: None,
        }
    }
}

/// The finished layout of a struct or union.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a layout")]
pub struct Layout {
    /// Members by name, in order; those of anonymous records are included.
    pub fields: IndexMap<Box<str>, Field>,
    /// Bytes, padding included.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u64,
    /// Ends with an array of unknown length, or has a member that does.
    pub has_var_array: bool,
    /// A C compiler decided an offset, size or alignment: there may be members we do not know.
    pub has_custom_offsets: bool,
    /// Has the members of an anonymous struct or union.
    pub has_anonymous: bool,
    /// A member is less aligned than its type asks for.
    pub has_packed_change: bool,
}

/// A struct or union.
#[derive(Debug)]
pub struct Record {
    /// Struct or union.
    pub kind: RecordKind,
    /// The C name: `struct foo`, or `foo_t` for `typedef struct { … } foo_t;`.
    pub(super) name: Box<str>,
    /// The name came from a typedef.
    pub(super) is_renamed: bool,
    /// `FILE`: passed to C functions as a `FILE *`.
    pub is_file: bool,
    /// Declared with `...;`: the compiler knows the other members.
    pub partial: bool,
    /// Members as declared; `None` while opaque.
    pub(super) fields: Option<Box<[FieldDecl]>>,
    /// What else the layout depends on.
    pub(super) rules: LayoutRules,
    pub(super) layout: OnceCell<Layout>,
    pub(super) in_progress: Cell<bool>,
}

impl Record {
    /// The members as declared, unless the record is opaque.
    pub fn declared_fields(&self) -> Option<&[FieldDecl]> {
        self.fields.as_deref()
    }

    /// What the layout depends on besides the members.
    pub fn rules(&self) -> &LayoutRules {
        &self.rules
    }

    /// Without declared members.
    pub fn is_opaque(&self) -> bool {
        self.fields.is_none()
    }
}

/// An enumerated type.
#[derive(Debug)]
pub struct Enum {
    /// The C name: `enum foo`, or `foo_t`.
    pub(super) name: Box<str>,
    /// Names and values in the order declared.
    pub enumerators: Vec<(Box<str>, i128)>,
    /// Declared with `...`: the compiler knows the values.
    pub partial: bool,
    /// No values are known, so the integer type is a guess.
    pub is_guess: bool,
    /// The integer type it is stored as; an error if no type holds all the values.
    pub(super) underlying: Result<CTypeId, CTypeError>,
}

/// A function type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Function {
    /// Parameter types, arrays and functions already turned into pointers.
    pub args: Box<[CTypeId]>,
    /// Result type.
    pub result: CTypeId,
    /// Ends with `...`.
    pub variadic: bool,
}

/// A length in square brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrayLength {
    /// `[5]`.
    Fixed(u64),
    /// `[]`.
    Open,
    /// `[...]`: the compiler knows it (API mode only).
    Deferred,
}

impl ArrayLength {
    /// The number, if it is one.
    pub const fn fixed(self) -> Option<u64> {
        match self {
            ArrayLength::Fixed(length) => Some(length),
            ArrayLength::Open | ArrayLength::Deferred => None,
        }
    }
}
