//! Structs and unions by value, in terms that libffi understands.
//!
//! libffi knows structs of aligned members only. What else C has (unions,
//! bitfields, packed and anonymous members) is passed by the classes of the
//! record's eight-byte words, so an ordinary struct with the same classes stands
//! for it: System V x86-64 psABI 3.2.3, AAPCS64 6.8.2.

use super::sig::AbiType;
use crate::error::CTypeError;
use crate::types::{
    CType, CTypeId, Field, FieldBits, Layout, Primitive, PrimitiveKind, RecordKind, Types,
};

/// A member of the stand-in struct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A number.
    Primitive(Primitive),
    /// An address.
    Pointer,
    /// A nested struct.
    Record(CTypeId),
}

/// Above this size every ABI we know passes a record in memory, whatever is in it.
const ALWAYS_IN_MEMORY: u64 = 64;

/// The members of the struct to describe to libffi in place of record `id`.
pub(super) fn elements(
    types: &Types,
    id: CTypeId,
    layout: &Layout,
    place: &str,
) -> Result<Vec<Element>, CTypeError> {
    let refuse = |why: &str| refusal(types, id, place, why);
    if layout.has_custom_offsets || types.record(id).is_some_and(|record| record.partial) {
        return Err(refuse(
            "It is a struct declared with \"...;\", but the C calling convention may depend on \
             the missing fields; or, it contains anonymous struct/unions",
        ));
    }
    if layout.fields.is_empty() {
        return Err(refuse("It is a struct or union without members"));
    }
    let is_empty_array = |field: &Field| field.bits == FieldBits::EmptyArray;
    if layout.has_var_array || layout.fields.values().any(is_empty_array) {
        return Err(refuse(
            "It is a struct with a zero-length array, which libffi does not support",
        ));
    }
    let has_classes = cfg!(all(any(target_arch = "x86_64", target_arch = "aarch64"), unix));
    if has_classes && layout.size > ALWAYS_IN_MEMORY {
        let n_words = usize::try_from(ALWAYS_IN_MEMORY / 8 + 1).unwrap_or(9);
        return Ok(vec![Element::Primitive(Primitive::UInt64); n_words]);
    }
    if is_plain(types, id, layout) {
        let mut elements = Vec::new();
        for field in layout.fields.values() {
            push_elements(types, field.ty, &mut elements);
        }
        if !elements.is_empty() {
            return Ok(elements);
        }
    }
    if !has_classes {
        return Err(refuse(
            "libffi has no description for unions, bit fields or packed members here",
        ));
    }
    let mut leaves = Vec::new();
    push_leaves(types, layout, 0, &mut leaves);
    by_class(layout, &leaves).ok_or_else(|| {
        refuse("It is a 'packed' structure, with a different layout than expected by libffi")
    })
}

fn refusal(types: &Types, id: CTypeId, place: &str, why: &str) -> CTypeError {
    CTypeError::unsupported(format!(
        "ctype '{}' not supported as {place}.  {why}.  Such structs are only supported as {place} \
         if the function is 'API mode' and non-variadic (i.e. declared inside \
         ffibuilder.cdef()+ffibuilder.set_source() and not taking a final '...' argument)",
        types.text(id)
    ))
}

/// The pieces in which a record travels in registers on this machine, each with its offset: at most two words, by the
/// classes of System V x86-64. `None`: it travels in memory, or the machine has other rules.
pub fn pieces(types: &Types, id: CTypeId) -> Option<Vec<(AbiType, u32)>> {
    if !cfg!(all(target_arch = "x86_64", unix)) {
        return None;
    }
    // What libffi refuses to pass is refused here as well.
    let layout = types.layout(id).ok()??;
    elements(types, id, layout, "argument").ok()?;
    if layout.size == 0 || layout.size > 16 {
        return None;
    }
    let mut leaves = Vec::new();
    push_leaves(types, layout, 0, &mut leaves);
    let in_memory =
        |leaf: &Leaf| !leaf.is_aligned || leaf.class == Class::Float(Primitive::LongDouble);
    if leaves.iter().any(in_memory) {
        return None;
    }
    let mut pieces = Vec::new();
    for word in 0..layout.size.div_ceil(8) {
        let (start, end) = (word * 8, layout.size.min(word * 8 + 8));
        let mut inside = leaves.iter().filter(|leaf| leaf.start < end && leaf.end > start);
        let floats = inside.clone().next().is_some()
            && inside.all(|leaf| leaf.class != Class::Integer && leaf.end - leaf.start <= 8);
        let abi = match (end - start, floats) {
            (8, true) => AbiType::F64,
            (4, true) => AbiType::F32,
            (8, false) => AbiType::U64,
            (4, false) => AbiType::U32,
            _ => return None,
        };
        pieces.push((abi, start as u32));
    }
    Some(pieces)
}

/// A struct of aligned members, down to the last.
fn is_plain(types: &Types, id: CTypeId, layout: &Layout) -> bool {
    let is_struct = types.record(id).is_some_and(|record| record.kind == RecordKind::Struct);
    let natural_align = layout.fields.values().filter_map(|field| types.align(field.ty).ok()).max();
    is_struct
        && !layout.has_packed_change
        && !layout.has_anonymous
        && natural_align == Some(layout.align)
        && layout.fields.values().all(|field| {
            let mut ty = field.ty;
            while let CType::Array { item, .. } = *types.ty(ty) {
                ty = item;
            }
            let is_plain_type = match types.ty(ty) {
                CType::Record(_) => {
                    matches!(types.layout(ty), Ok(Some(inner)) if is_plain(types, ty, inner))
                }
                CType::Primitive(primitive) => primitive.kind() != PrimitiveKind::Complex,
                _ => true,
            };
            field.bits == FieldBits::Whole && is_plain_type
        })
}

fn push_elements(types: &Types, ty: CTypeId, out: &mut Vec<Element>) {
    match types.ty(ty) {
        CType::Array { item, length } => {
            for _ in 0..length.fixed().unwrap_or(0) {
                push_elements(types, *item, out);
            }
        }
        CType::Record(_) => out.push(Element::Record(ty)),
        _ => out.push(types.stored_as(ty).map_or(Element::Pointer, Element::Primitive)),
    }
}

/// What a leaf is passed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Integer,
    Float(Primitive),
}

/// A number somewhere in a record.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    start: u64,
    end: u64,
    class: Class,
    is_aligned: bool,
}

fn push_leaves(types: &Types, layout: &Layout, base: u64, out: &mut Vec<Leaf>) {
    for field in layout.fields.values() {
        let start = base + field.offset;
        if let FieldBits::Bitfield { shift, width } = field.bits {
            let first = start + u64::from(shift / 8);
            let end = start + u64::from((shift + width).div_ceil(8));
            out.push(Leaf { start: first, end, class: Class::Integer, is_aligned: true });
        } else {
            push_leaves_of(types, field.ty, start, out);
        }
    }
}

fn push_leaves_of(types: &Types, ty: CTypeId, start: u64, out: &mut Vec<Leaf>) {
    let mut leaf = |start: u64, size: u64, align: u64, class: Class| {
        out.push(Leaf { start, end: start + size, class, is_aligned: start.is_multiple_of(align) });
    };
    match types.ty(ty) {
        CType::Array { item, length } => {
            let size = types.size(*item).ok().flatten().unwrap_or(0);
            for index in 0..length.fixed().unwrap_or(0) {
                push_leaves_of(types, *item, start + index * size, out);
            }
        }
        CType::Record(_) => {
            if let Ok(Some(inner)) = types.layout(ty) {
                push_leaves(types, inner, start, out);
            }
        }
        _ => match types.stored_as(ty) {
            None => leaf(start, 8, 8, Class::Integer),
            Some(primitive) => {
                let (size, align) = (primitive.size() as u64, primitive.align() as u64);
                match primitive.kind() {
                    PrimitiveKind::Float => leaf(start, size, align, Class::Float(primitive)),
                    PrimitiveKind::Complex => {
                        let is_float = primitive == Primitive::FloatComplex;
                        let part = if is_float { Primitive::Float } else { Primitive::Double };
                        leaf(start, size / 2, align, Class::Float(part));
                        leaf(start + size / 2, size / 2, align, Class::Float(part));
                    }
                    _ => leaf(start, size, align, Class::Integer),
                }
            }
        },
    }
}

fn by_class(layout: &Layout, leaves: &[Leaf]) -> Option<Vec<Element>> {
    if cfg!(target_arch = "aarch64") {
        return Some(homogeneous(layout, leaves).unwrap_or_else(|| words(layout.size)));
    }
    if layout.size > 16 {
        return Some(words(layout.size));
    }
    // A misaligned member sends the record to memory, which no small libffi struct does.
    if leaves.iter().any(|leaf| !leaf.is_aligned) {
        return None;
    }
    let is_long_double = |leaf: &Leaf| leaf.class == Class::Float(Primitive::LongDouble);
    if leaves.iter().any(is_long_double) {
        let all = leaves.iter().all(is_long_double);
        return all.then(|| vec![Element::Primitive(Primitive::LongDouble)]);
    }
    let mut out = Vec::new();
    for word in 0..layout.size.div_ceil(8) {
        let (start, end) = (8 * word, (8 * word + 8).min(layout.size));
        let mut inside =
            leaves.iter().filter(|leaf| leaf.start < end && leaf.end > start).peekable();
        if inside.peek().is_none() {
            break;
        }
        let is_integer = inside.any(|leaf| leaf.class == Class::Integer);
        match (is_integer, end - start) {
            (true, 8) => out.push(Element::Primitive(Primitive::UInt64)),
            (true, size) => {
                out.extend((0..size).map(|_| Element::Primitive(Primitive::UInt8)));
            }
            (false, 8) => out.push(Element::Primitive(Primitive::Double)),
            (false, _) => out.push(Element::Primitive(Primitive::Float)),
        }
    }
    Some(out)
}

/// AAPCS64's homogeneous aggregate: one to four floating-point members of one type, no gaps.
fn homogeneous(layout: &Layout, leaves: &[Leaf]) -> Option<Vec<Element>> {
    let Class::Float(primitive) = leaves.first()?.class else { return None };
    let size = primitive.size() as u64;
    let count = layout.size / size;
    let is_same = leaves
        .iter()
        .all(|leaf| leaf.class == Class::Float(primitive) && leaf.start.is_multiple_of(size));
    let fits = is_same && (1..=4).contains(&count) && count * size == layout.size;
    fits.then(|| vec![Element::Primitive(primitive); usize::try_from(count).unwrap_or(4)])
}

fn words(size: u64) -> Vec<Element> {
    let mut out =
        vec![Element::Primitive(Primitive::UInt64); usize::try_from(size / 8).unwrap_or(0)];
    out.extend((0..size % 8).map(|_| Element::Primitive(Primitive::UInt8)));
    out
}
