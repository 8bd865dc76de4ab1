//! Layout of structs and unions as C compilers make it.
//!
//! Members go to the next multiple of their alignment. A bitfield goes to the
//! next free bit, unless it would cross a boundary of its declared type: then it
//! starts at the next such boundary (GCC), or always in a fresh unit when the
//! size of the declared type changes (Microsoft). The position is kept as whole
//! bytes and 0 to 7 bits.

use indexmap::IndexMap;

use super::{
    ArrayLength, BitfieldRules, CType, CTypeId, Field, FieldBits, FieldDecl, Layout, LayoutRules,
    PrimitiveKind, RecordKind, Types,
};
use crate::error::{CTypeError, Raises};

/// Lay out the members of record `id`.
pub(super) fn compute(
    types: &Types,
    id: CTypeId,
    kind: RecordKind,
    fields: &[FieldDecl],
    rules: &LayoutRules,
) -> Result<Layout, CTypeError> {
    let mut placer = Placer {
        types,
        id,
        kind,
        rules,
        bytes: 0,
        bits: 0,
        end: 0,
        align: u64::from(rules.min_align.max(1)),
        unit: Unit::default(),
        layout: Layout { fields: IndexMap::with_capacity(fields.len()), ..Layout::default() },
    };
    for (index, field) in fields.iter().enumerate() {
        placer.place(field, index, index + 1 == fields.len())?;
    }
    placer.finish()
}

/// Microsoft's current bitfield unit: bytes of its type, bits still free.
#[derive(Default)]
struct Unit {
    size: u64,
    free: u64,
}

struct Placer<'t> {
    types: &'t Types,
    id: CTypeId,
    kind: RecordKind,
    rules: &'t LayoutRules,
    /// The position of the next member: whole bytes, and bits of the next one.
    bytes: u64,
    bits: u64,
    /// The furthest end of a member so far.
    end: u64,
    align: u64,
    unit: Unit,
    layout: Layout,
}

impl Placer<'_> {
    fn place(&mut self, field: &FieldDecl, index: usize, is_last: bool) -> Result<(), CTypeError> {
        let size = self.types.size(field.ty)?;
        self.check_size(field, size, is_last)?;
        if self.kind == RecordKind::Union {
            self.bytes = 0;
            self.bits = 0;
        }
        let natural = self.types.align(field.ty)?;
        let align = natural.min(self.rules.pack.map_or(natural, u64::from));
        let aligns_record = match (field.bits, self.rules.bitfields) {
            (None, _) | (_, BitfieldRules::GccArm) => true,
            (Some(_), BitfieldRules::GccX86) => !field.name.is_empty(),
            (Some(width), BitfieldRules::Msvc) => width > 0,
        };
        if aligns_record {
            self.align = self.align.max(align);
        }
        let is_later_in_union = self.kind == RecordKind::Union && index > 0;
        match field.bits {
            None => self.place_whole(field, size, natural, align, is_later_in_union)?,
            Some(0) => self.start_new_unit(field, natural)?,
            Some(width) => self.place_bits(field, width, align, is_later_in_union)?,
        }
        self.end = self.end.max(self.rounded());
        Ok(())
    }

    fn rounded(&self) -> u64 {
        self.bytes + u64::from(self.bits > 0)
    }

    fn check_size(
        &mut self,
        field: &FieldDecl,
        size: Option<u64>,
        is_last: bool,
    ) -> Result<(), CTypeError> {
        if size.is_some() {
            if let Some(inner) = self.types.layout(field.ty)? {
                self.layout.has_var_array |= inner.has_var_array;
            }
            return Ok(());
        }
        let is_array = matches!(self.types.ty(field.ty), CType::Array { .. });
        if is_array && field.bits.is_none() && (is_last || field.offset.is_some()) {
            self.layout.has_var_array = true;
            return Ok(());
        }
        Err(CTypeError::ty(format!(
            "field '{}' has ctype '{}' of unknown size",
            self.path(field),
            self.types.text(field.ty)
        )))
    }

    fn place_whole(
        &mut self,
        field: &FieldDecl,
        size: Option<u64>,
        natural: u64,
        align: u64,
        ignored_in_list: bool,
    ) -> Result<(), CTypeError> {
        let start = self.rounded();
        self.bits = 0;
        self.bytes = start.next_multiple_of(align);
        self.layout.has_packed_change |= start.next_multiple_of(natural) != self.bytes;
        if let Some(offset) = field.offset {
            let what = format!("wrong offset for field '{}'", field.name);
            self.accept(&what, self.bytes, offset)?;
            self.bytes = offset;
        }
        let is_record = matches!(self.types.ty(field.ty), CType::Record(_));
        if field.name.is_empty() && is_record {
            self.adopt(field.ty, ignored_in_list)?;
        } else {
            let bits = match self.types.ty(field.ty) {
                CType::Array { length: ArrayLength::Fixed(1..), .. } => FieldBits::Whole,
                CType::Array { .. } => FieldBits::EmptyArray,
                _ => FieldBits::Whole,
            };
            let offset = self.bytes;
            let placed = Field { ty: field.ty, offset, bits, quals: field.quals, ignored_in_list };
            self.add(&field.name, placed)?;
        }
        self.bytes += size.unwrap_or(0);
        self.unit.size = 0;
        Ok(())
    }

    /// Take over the members of an anonymous struct or union.
    fn adopt(&mut self, ty: CTypeId, ignored_in_list: bool) -> Result<(), CTypeError> {
        if let Some(inner) = self.types.layout(ty)? {
            for (name, field) in &inner.fields {
                let mut field = field.clone();
                field.offset += self.bytes;
                field.ignored_in_list |= ignored_in_list;
                self.add(name, field)?;
            }
        }
        self.layout.has_anonymous = true;
        Ok(())
    }

    /// `int :0;`: the next member starts at a boundary of the type, packed or not.
    fn start_new_unit(&mut self, field: &FieldDecl, natural: u64) -> Result<(), CTypeError> {
        self.check_bitfield(field, 0)?;
        if self.rules.bitfields != BitfieldRules::Msvc {
            self.bytes = self.rounded().next_multiple_of(natural);
            self.bits = 0;
        }
        self.unit.size = 0;
        Ok(())
    }

    fn place_bits(
        &mut self,
        field: &FieldDecl,
        width: u32,
        align: u64,
        ignored_in_list: bool,
    ) -> Result<(), CTypeError> {
        let size = self.check_bitfield(field, width)?;
        let width = u64::from(width);
        let (offset, shift) = match self.rules.bitfields {
            BitfieldRules::Msvc => self.msvc_bits(size, width, align),
            BitfieldRules::GccX86 | BitfieldRules::GccArm => {
                self.gcc_bits(field, size, width, align)?
            }
        };
        if field.name.is_empty() {
            return Ok(());
        }
        let shift = if self.rules.big_endian { 8 * size - width - shift } else { shift };
        let bits = FieldBits::Bitfield { shift: small(shift), width: small(width) };
        let placed = Field { ty: field.ty, offset, bits, quals: field.quals, ignored_in_list };
        self.add(&field.name, placed)
    }

    /// The declared type must be an integer at least as wide as the bitfield. Returns its size.
    fn check_bitfield(&self, field: &FieldDecl, width: u32) -> Result<u64, CTypeError> {
        let name = self.types.text(field.ty);
        if field.offset.is_some() {
            return Err(CTypeError::ty(format!(
                "field '{}' is a bitfield, but a fixed offset is specified",
                self.path(field)
            )));
        }
        let size = match self.types.stored_as(field.ty) {
            Some(primitive)
                if !matches!(primitive.kind(), PrimitiveKind::Float | PrimitiveKind::Complex) =>
            {
                primitive.size() as u64
            }
            _ => {
                return Err(CTypeError::ty(format!(
                    "field '{}' declared as '{name}' cannot be a bit field",
                    self.path(field)
                )));
            }
        };
        if u64::from(width) > 8 * size {
            return Err(CTypeError::ty(format!(
                "bit field '{}' is declared '{name}:{width}', which exceeds the width of the type",
                self.path(field)
            )));
        }
        if width == 0 && !field.name.is_empty() {
            return Err(CTypeError::ty(format!(
                "field '{}' is declared with :0",
                self.path(field)
            )));
        }
        Ok(size)
    }

    /// Byte offset and shift of the next bitfield by GCC's rules.
    fn gcc_bits(
        &mut self,
        field: &FieldDecl,
        size: u64,
        width: u64,
        align: u64,
    ) -> Result<(u64, u64), CTypeError> {
        let mut offset = self.bytes & !(align - 1);
        let mut shift = (self.bytes - offset) * 8 + self.bits;
        if shift + width > 8 * size {
            if self.rules.pack.is_some() && shift & 7 != 0 {
                return Err(CTypeError::unsupported(format!(
                    "with 'packed', gcc would compile field '{}' to reuse some bits in the previous field",
                    self.path(field)
                )));
            }
            offset += align;
            self.bytes = offset;
            self.bits = 0;
            shift = 0;
        }
        self.bits += width;
        self.bytes += self.bits >> 3;
        self.bits &= 7;
        Ok((offset, shift))
    }

    /// Byte offset and shift of the next bitfield by Microsoft's rules.
    fn msvc_bits(&mut self, size: u64, width: u64, align: u64) -> (u64, u64) {
        let shift = if self.unit.size == size && self.unit.free >= width {
            8 * size - self.unit.free
        } else {
            self.bytes = self.rounded().next_multiple_of(align) + size;
            self.bits = 0;
            self.unit = Unit { size, free: 8 * size };
            0
        };
        self.unit.free -= width;
        (self.bytes - size, shift)
    }

    fn add(&mut self, name: &str, field: Field) -> Result<(), CTypeError> {
        if self.layout.fields.insert(name.into(), field).is_some() {
            return Err(CTypeError::new(
                Raises::KeyError,
                format!("duplicate field name '{name}'"),
            ));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Layout, CTypeError> {
        // C has no objects without a size.
        let size = self.end.next_multiple_of(self.align).max(1);
        self.layout.size = size;
        self.layout.align = self.align;
        if let Some(total) = self.rules.total_size {
            self.accept("wrong total size", size, total)?;
            if total < self.end {
                return Err(CTypeError::ty(format!(
                    "{} cannot be of size {total}: there are fields at least up to {}",
                    self.types.text(self.id),
                    self.end
                )));
            }
            self.layout.size = total;
        }
        if let Some(total) = self.rules.total_align {
            self.accept("wrong total alignment", self.align, total)?;
            self.layout.align = total;
        }
        Ok(self.layout)
    }

    /// Take a compiler's number instead of ours, if the rules allow.
    fn accept(&mut self, what: &str, ours: u64, theirs: u64) -> Result<(), CTypeError> {
        if ours == theirs {
            return Ok(());
        }
        if self.rules.strict {
            let name = self.types.text(self.id);
            return Err(CTypeError::new(
                Raises::FFIError,
                format!(
                    "{name}: {what} (cdef says {ours}, but C compiler says {theirs}). \
                     fix it or use \"...;\" as the last field in the cdef for {name} to make it flexible"
                ),
            ));
        }
        self.layout.has_custom_offsets = true;
        Ok(())
    }

    fn path(&self, field: &FieldDecl) -> String {
        format!("{}.{}", self.types.text(self.id), field.name)
    }
}

fn small(bits: u64) -> u32 {
    u32::try_from(bits).expect("a bitfield is inside one integer")
}
