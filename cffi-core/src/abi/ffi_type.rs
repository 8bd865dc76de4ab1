//! libffi's descriptions of types, and who keeps them alive.

use libffi::low::{ffi_type, type_tag, types as builtin};

use super::record::{self, Element};
use super::sig::AbiType;
use crate::error::CTypeError;
use crate::types::{CTypeId, Primitive, PrimitiveKind, Types};

/// Owns the descriptions made for one signature; they point to each other.
#[derive(Default)]
pub(super) struct FfiTypes {
    // Boxes, because libffi keeps the addresses.
    #[expect(clippy::vec_box, reason = "libffi keeps the addresses of the boxes' contents")]
    structs: Vec<Box<ffi_type>>,
    elements: Vec<Box<[*mut ffi_type]>>,
}

impl FfiTypes {
    /// libffi's description of an ABI type. `place` is "argument" or "return value", for messages.
    pub(super) fn describe(
        &mut self,
        types: &Types,
        abi: AbiType,
        place: &str,
    ) -> Result<*mut ffi_type, CTypeError> {
        Ok(match abi {
            AbiType::Void => &raw mut builtin::void,
            AbiType::I8 => &raw mut builtin::sint8,
            AbiType::U8 => &raw mut builtin::uint8,
            AbiType::I16 => &raw mut builtin::sint16,
            AbiType::U16 => &raw mut builtin::uint16,
            AbiType::I32 => &raw mut builtin::sint32,
            AbiType::U32 => &raw mut builtin::uint32,
            AbiType::I64 => &raw mut builtin::sint64,
            AbiType::U64 => &raw mut builtin::uint64,
            AbiType::F32 => &raw mut builtin::float,
            AbiType::F64 => &raw mut builtin::double,
            AbiType::LongDouble => &raw mut builtin::longdouble,
            AbiType::Ptr => &raw mut builtin::pointer,
            // A complex number is passed like a struct of its two parts.
            AbiType::ComplexF32 => {
                let part = &raw mut builtin::float;
                self.structure(8, 4, vec![part, part])
            }
            AbiType::ComplexF64 => {
                let part = &raw mut builtin::double;
                self.structure(16, 8, vec![part, part])
            }
            AbiType::Struct(id) => self.record(types, id, place)?,
        })
    }

    fn record(
        &mut self,
        types: &Types,
        id: CTypeId,
        place: &str,
    ) -> Result<*mut ffi_type, CTypeError> {
        let Some(layout) = types.layout(id)? else {
            return Err(CTypeError::ty(format!("ctype '{}' has incomplete type", types.text(id))));
        };
        let mut pointers = Vec::new();
        for element in record::elements(types, id, layout, place)? {
            pointers.push(match element {
                Element::Primitive(primitive) => {
                    self.describe(types, AbiType::of_primitive(primitive), place)?
                }
                Element::Pointer => &raw mut builtin::pointer,
                Element::Record(inner) => self.record(types, inner, place)?,
            });
        }
        Ok(self.structure(layout.size, layout.align, pointers))
    }

    fn structure(
        &mut self,
        size: u64,
        align: u64,
        mut elements: Vec<*mut ffi_type>,
    ) -> *mut ffi_type {
        elements.push(std::ptr::null_mut());
        let mut elements = elements.into_boxed_slice();
        let mut structure = Box::new(ffi_type {
            size: usize::try_from(size).expect("a size fits the address space"),
            alignment: u16::try_from(align).unwrap_or(u16::MAX),
            type_: type_tag::STRUCT,
            elements: elements.as_mut_ptr(),
        });
        let address = &raw mut *structure;
        self.elements.push(elements);
        self.structs.push(structure);
        address
    }
}

impl AbiType {
    /// How a primitive is passed.
    pub(super) fn of_primitive(primitive: Primitive) -> AbiType {
        match (primitive.kind(), primitive.size()) {
            (PrimitiveKind::Float, _) => match primitive {
                Primitive::Float => AbiType::F32,
                Primitive::LongDouble if primitive.size() == 16 => AbiType::LongDouble,
                _ => AbiType::F64,
            },
            (PrimitiveKind::Complex, 8) => AbiType::ComplexF32,
            (PrimitiveKind::Complex, _) => AbiType::ComplexF64,
            // Plain `char` is signed on x86-64 but its upper bits are the callee's to make.
            (_, size) => match (
                size,
                primitive.is_signed() || primitive == Primitive::Char && CHAR_IS_SIGNED,
            ) {
                (1, true) => AbiType::I8,
                (1, false) => AbiType::U8,
                (2, true) => AbiType::I16,
                (2, false) => AbiType::U16,
                (4, true) => AbiType::I32,
                (4, false) => AbiType::U32,
                (_, true) => AbiType::I64,
                (_, false) => AbiType::U64,
            },
        }
    }
}

const CHAR_IS_SIGNED: bool = std::ffi::c_char::MIN != 0;
