//! Sizes, and whether a type can be used without a C compiler.

use super::{ArrayLength, CType, CTypeId, Layout, POINTER_SIZE, Record, Types, layout};
use crate::error::{CTypeError, Raises};

/// Records inside each other by value; layouts are computed recursively.
const MAX_DEPTH: u32 = 200;

impl Types {
    /// The layout of a struct or union, computed when first asked for; `None` if opaque or no record.
    pub fn layout(&self, id: CTypeId) -> Result<Option<&Layout>, CTypeError> {
        let Some(record) = self.record(id) else { return Ok(None) };
        if let Some(layout) = record.layout.get() {
            return Ok(Some(layout));
        }
        let Some(fields) = record.declared_fields() else { return Ok(None) };
        if record.partial && record.rules.total_size.is_none() {
            return Err(self.missing(id));
        }
        if record.in_progress.replace(true) {
            return Err(CTypeError::unsupported(format!(
                "recursive structure declaration for '{}'",
                tag_of(record)
            )));
        }
        let depth = self.layout_depth.get();
        self.layout_depth.set(depth + 1);
        let layout = if depth < MAX_DEPTH {
            layout::compute(self, id, record.kind, fields, &record.rules)
        } else {
            Err(CTypeError::unsupported(format!("'{}' is nested too deeply", self.text(id))))
        };
        self.layout_depth.set(depth);
        record.in_progress.set(false);
        let layout = layout?;
        Ok(Some(record.layout.get_or_init(|| layout)))
    }

    /// Bytes of a value; `None` for `void`, open arrays and opaque records.
    pub fn size(&self, id: CTypeId) -> Result<Option<u64>, CTypeError> {
        Ok(match self.ty(id) {
            CType::Void | CType::Function(_) => None,
            CType::Primitive(primitive) => Some(primitive.size() as u64),
            CType::Pointer(_) => Some(POINTER_SIZE),
            CType::Array { item, length } => match length {
                ArrayLength::Fixed(length) => Some(self.array_size(*item, *length)?),
                ArrayLength::Open => None,
                ArrayLength::Deferred => return Err(self.unknown_length(id)),
            },
            CType::Record(_) => self.layout(id)?.map(|layout| layout.size),
            CType::Enum(_) => self.enum_underlying(id)?.map(|primitive| primitive.size() as u64),
            CType::Deferred { .. } => return Err(self.deferred(id)),
        })
    }

    fn array_size(&self, item: CTypeId, length: u64) -> Result<u64, CTypeError> {
        let Some(size) = self.size(item)? else { return Err(self.unknown_item(item)) };
        size.checked_mul(length).filter(|&total| i64::try_from(total).is_ok()).ok_or_else(|| {
            CTypeError::new(Raises::OverflowError, "array size would overflow a Py_ssize_t")
        })
    }

    fn unknown_item(&self, item: CTypeId) -> CTypeError {
        CTypeError::new(
            Raises::ValueError,
            format!("array item of unknown size: '{}'", self.text(item)),
        )
    }

    /// Alignment of a value in bytes.
    pub fn align(&self, id: CTypeId) -> Result<u64, CTypeError> {
        let align = match self.ty(id) {
            CType::Void | CType::Function(_) => None,
            CType::Primitive(primitive) => Some(primitive.align() as u64),
            CType::Pointer(_) => Some(POINTER_SIZE),
            CType::Array { item, .. } => Some(self.align(*item)?),
            CType::Record(_) => self.layout(id)?.map(|layout| layout.align),
            CType::Enum(_) => self.enum_underlying(id)?.map(|primitive| primitive.align() as u64),
            CType::Deferred { .. } => return Err(self.deferred(id)),
        };
        align.ok_or_else(|| {
            CTypeError::new(
                Raises::ValueError,
                format!("ctype '{}' is of unknown alignment", self.text(id)),
            )
        })
    }

    /// Check that a type can be used in ABI mode: nothing in it needs a C compiler.
    ///
    /// Layouts of records reached without a pointer are computed.
    pub fn check_usable(&self, id: CTypeId) -> Result<(), CTypeError> {
        let mut checked = Vec::new();
        let mut pending = vec![id];
        while let Some(ty) = pending.pop() {
            if self.node(ty).is_usable.replace(true) {
                continue;
            }
            checked.push(ty);
            if let Err(error) = self.check_part(ty, &mut pending) {
                for ty in checked {
                    self.node(ty).is_usable.set(false);
                }
                return Err(error);
            }
        }
        // An opaque record may get its members later: what leads to it is asked again.
        let is_opaque = |ty: &CTypeId| self.record(*ty).is_some_and(Record::is_opaque);
        if checked.iter().any(is_opaque) {
            for ty in checked {
                self.node(ty).is_usable.set(false);
            }
        }
        Ok(())
    }

    /// Check one type, and note the types it is made of.
    fn check_part(&self, id: CTypeId, pending: &mut Vec<CTypeId>) -> Result<(), CTypeError> {
        match self.ty(id) {
            CType::Void | CType::Primitive(_) => {}
            CType::Deferred { .. } => return Err(self.deferred(id)),
            CType::Enum(enumeration) if enumeration.partial => return Err(self.missing(id)),
            CType::Enum(_) => drop(self.enum_underlying(id)?),
            CType::Pointer(to) => pending.push(*to),
            CType::Array { length: ArrayLength::Deferred, .. } => {
                return Err(self.unknown_length(id));
            }
            CType::Array { item, length } => {
                self.array_size(*item, length.fixed().unwrap_or(0))?;
                pending.push(*item);
            }
            CType::Function(function) => {
                self.check_result(function.result)?;
                pending.push(function.result);
                pending.extend(&function.args);
            }
            CType::Record(record) => {
                if record.partial && record.rules.total_size.is_none() {
                    return Err(self.missing(id));
                }
                pending.extend(record.declared_fields().unwrap_or_default().iter().map(|f| f.ty));
                self.layout(id)?;
            }
        }
        Ok(())
    }

    /// A function may return `void` or anything of known size but an array.
    pub fn check_result(&self, result: CTypeId) -> Result<(), CTypeError> {
        let name = self.text(result);
        match self.ty(result) {
            CType::Void => Ok(()),
            CType::Array { .. } | CType::Function(_) => {
                Err(CTypeError::ty(format!("invalid result type: '{name}'")))
            }
            CType::Record(record) if record.is_opaque() => {
                Err(CTypeError::ty(format!("result type '{name}' is opaque")))
            }
            _ => Ok(()),
        }
    }

    fn missing(&self, id: CTypeId) -> CTypeError {
        CTypeError::new(Raises::VerificationMissing, self.text(id))
    }

    fn unknown_length(&self, id: CTypeId) -> CTypeError {
        CTypeError::new(
            Raises::CDefError,
            format!("cannot render the type <{}>: unknown length", self.text(id)),
        )
    }

    fn deferred(&self, id: CTypeId) -> CTypeError {
        let CType::Deferred { name, is_integer } = self.ty(id) else {
            return CTypeError::ty("not a deferred type");
        };
        let kind = if *is_integer { "integer" } else { "float" };
        CTypeError::unsupported(format!("{kind} type '{name}' can only be used after compilation"))
    }
}

fn tag_of(record: &Record) -> &str {
    record.name.rsplit(' ').next().unwrap_or(&record.name)
}
