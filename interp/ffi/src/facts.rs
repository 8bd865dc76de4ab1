//! What a compiler may know about C data: plain facts, from which it can make guards, loads and stores.
//!
//! A C data object says what it is in words that never change ([`layout`]); who has checked its class and its type object
//! knows the C type for good.
use std::mem::offset_of;

use haft_core::interp::jit::{AbiTy, CType, Data, DataLayout, Items, Iteration, Length, NewData};
use haft_core::object::{PAYLOAD_WORD, Payload, payload_table};

use crate::cdata::{CData, CDataIter, INLINE, record_of, subtracted};
use crate::prelude::*;

/// Bytes before an object's payload.
const HEADER: usize = 8;

/// Where the words of C data are.
pub(crate) fn layout() -> DataLayout {
    let offset = |field: usize| (HEADER + PAYLOAD_WORD * 8 + field) as u32;
    DataLayout {
        table: payload_table::<CData>(),
        kind: CData::KIND as u8,
        bytes: (PAYLOAD_WORD * 8 + size_of::<CData>()) as u32,
        room: INLINE as u32,
        ctype: offset(offset_of!(CData, ctype)),
        at: offset(offset_of!(CData, at)),
        length: offset(offset_of!(CData, length)),
        own: offset(offset_of!(CData, own)),
        owner: offset(offset_of!(CData, owner)),
        inner: offset(offset_of!(CData, inline)),
    }
}

/// How C data of a type at an address is made.
pub(crate) fn view(ctype: Value) -> NewData {
    let ct = CT::of_value(ctype).expect("the recorder has it from here");
    NewData { class: ct.state.classes.cdata, ctype, own: Own::Nothing as u8, size: 0 }
}

/// The C data that a value is.
pub(crate) fn data(value: Value) -> Option<Data> {
    let cd = CD::of_value(value)?;
    let may_be_null = !matches!(*cd.ctype.form, Form::Record(_) | Form::Array(_)) || !owns(cd);
    let is_primitive = cd.ctype.form.primitive().is_some();
    let (own, gives_owner) = (*cd.own as u8, *cd.own == Own::Record);
    Some(Data { ctype: cd.ctype.value(), own, gives_owner, may_be_null, is_primitive })
}

fn owns(cd: CD) -> bool {
    matches!(*cd.own, Own::Memory | Own::Record | Own::Value)
}

/// How a type lies in memory; `None`: only the general code knows.
pub(crate) fn c_type(ct: CT) -> Option<CType> {
    match *ct.form {
        Form::Primitive(primitive) | Form::Enum(primitive) => number(primitive),
        Form::Pointer(_) | Form::Function => Some(CType::Pointer(ct.value())),
        Form::Array(Some(_)) | Form::Record(_) => Some(CType::Inside(ct.value())),
        Form::Array(None) | Form::Void | Form::RawFunction => None,
    }
}

/// The same for what is read where it lies.
fn in_memory(ct: CT) -> Option<CType> {
    match *ct.form {
        Form::Primitive(Primitive::Char) => Some(CType::Char),
        _ => c_type(ct),
    }
}

fn number(primitive: Primitive) -> Option<CType> {
    let signed = match primitive.kind() {
        PrimitiveKind::Signed => true,
        PrimitiveKind::Unsigned => false,
        PrimitiveKind::Bool => return Some(CType::Bool),
        PrimitiveKind::Float => {
            return match primitive {
                Primitive::Float => Some(CType::Float),
                Primitive::Double => Some(CType::Double),
                _ => None,
            };
        }
        PrimitiveKind::Char | PrimitiveKind::Complex => return None,
    };
    let abi = match (primitive.size(), signed) {
        (1, true) => AbiTy::I8,
        (1, false) => AbiTy::U8,
        (2, true) => AbiTy::I16,
        (2, false) => AbiTy::U16,
        (4, true) => AbiTy::I32,
        (4, false) => AbiTy::U32,
        (8, true) => AbiTy::I64,
        (8, false) => return Some(CType::UInt64),
        _ => return None,
    };
    let (min, max) = primitive.range()?;
    Some(CType::Int { abi, min: i64::try_from(min).ok()?, max: i64::try_from(max).ok()? })
}

/// The primitive that C data is.
pub(crate) fn primitive(value: Value) -> Option<CType> {
    number(CD::of_value(value)?.ctype.form.primitive()?)
}

/// Where `value.name` is, if the value is a record or a pointer to one.
pub(crate) fn member(vm: &mut Vm, value: Value, name: Value) -> Option<(i64, CType)> {
    let cd = CD::of_value(value)?;
    let record = record_of(vm, cd);
    let record = or_none(vm, record)??;
    let field = record.field(vm, name);
    let field = or_none(vm, field)??;
    match *field.bits {
        FieldBits::Whole => Some((field.offset as i64, in_memory(field.ctype)?)),
        FieldBits::EmptyArray | FieldBits::Bitfield { .. } => None,
    }
}

/// What `value[index]` and `value + number` mean, if the value is an array or pointer with items of known size.
pub(crate) fn items(vm: &mut Vm, value: Value) -> Option<Items> {
    let cd = CD::of_value(value).filter(|cd| cd.ctype.form.is_indexable())?;
    let item = cd.ctype.item(vm);
    let item = or_none(vm, item)?;
    // What owns a record gives that record's own object.
    if item.size() <= 0 || *cd.own == Own::Record {
        return None;
    }
    let length = match *cd.ctype.form {
        Form::Array(Some(length)) => Length::Fixed(i64::try_from(length).ok()?),
        Form::Array(None) => Length::InObject,
        _ if cd.is_owning() => Length::One,
        _ => Length::Unknown,
    };
    let pointer = match *cd.ctype.form {
        Form::Pointer(_) => cd.ctype,
        _ => {
            let pointer = item.pointer(vm);
            or_none(vm, pointer)?
        }
    };
    let open = item.open_array(vm);
    let open = or_none(vm, open)?;
    Some(Items {
        item: in_memory(item),
        size: item.size(),
        length,
        pointer: view(pointer.value()),
        slice: view(open.value()),
    })
}

/// How many characters of one byte an array is.
pub(crate) fn characters(vm: &mut Vm, ctype: Value) -> Option<usize> {
    let ct = CT::of_value(ctype)?;
    let Form::Array(Some(length)) = *ct.form else { return None };
    let item = ct.item(vm);
    let is_char = *or_none(vm, item)?.form == Form::Primitive(Primitive::Char);
    is_char.then_some(length as usize)
}

/// The size of the items between two pointers, if one may be subtracted from the other.
pub(crate) fn distance(vm: &mut Vm, left: Value, right: Value) -> Option<i64> {
    let (left, right) = (CD::of_value(left)?, CD::of_value(right)?);
    let found = subtracted(vm, left, right);
    or_none(vm, found)?.1.filter(|&size| size > 0)
}

/// The iterator over an array that a value is.
pub(crate) fn iteration(value: Value) -> Option<Iteration> {
    let iter = PayloadRef::<CDataIter>::of_value(value)?;
    let offset = |field: usize| (HEADER + PAYLOAD_WORD * 8 + field) as i64;
    Some(Iteration {
        array: iter.array.value(),
        index: i64::try_from(iter.index.get()).ok()?,
        array_offset: offset(offset_of!(CDataIter, array)),
        index_offset: offset(offset_of!(CDataIter, index)),
    })
}

/// Is the address of C data what the type wants?
pub(crate) fn fits_pointer(vm: &mut Vm, ctype: Value, value: Value) -> bool {
    let (Some(ct), Some(cd)) = (CT::of_value(ctype), CD::of_value(value)) else { return false };
    if cd.ctype == ct {
        return true;
    }
    let pointer = crate::cdata::pointer_of(vm, ct, value);
    or_none(vm, pointer) == Some(cd.address())
}

/// What came out, or nothing: the exception of a question is nobody's.
pub(crate) fn or_none<T>(vm: &mut Vm, result: R<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(raised) => {
            let _error = vm.take_raised(raised);
            None
        }
    }
}
