//! What a compiler may know about C functions and C data: plain facts, from which it can make guards, loads and calls.
//!
//! A C data object is the words below; who has checked its kind and its type object (word [`CTYPE_WORD`]) knows the C
//! type for good, since types do not change, and may read the address at word [`ADDRESS_WORD`]. A function's plan
//! says for each argument how it is converted ([`Convert`](haft_cffi_core::Convert)) and how it travels
//! ([`AbiType`](haft_cffi_core::AbiType)).
use std::ffi::c_void;
use std::mem::offset_of;
use std::sync::Arc;

use haft_cffi_core::NativeSig;
use haft_core::object::PAYLOAD_WORD;

use crate::cdata::CData;
use crate::prelude::*;

/// The payload word of C data that holds its type object.
pub const CTYPE_WORD: usize = PAYLOAD_WORD + offset_of!(CData, ctype) / 8;
/// The payload word of C data that holds its address, or the address that a pointer points to.
pub const ADDRESS_WORD: usize = PAYLOAD_WORD + offset_of!(CData, at) / 8;
/// The payload word of C data that holds the number of items, if its type does not say it.
pub const LENGTH_WORD: usize = PAYLOAD_WORD + offset_of!(CData, length) / 8;

/// A C function that Python can call.
#[derive(Clone, Debug)]
pub struct CFunction {
    /// The type object: guard that the callee has it.
    pub ctype: Value,
    /// Where it is: guard that it is still there.
    pub address: *const c_void,
    /// How it is called. A variadic one has another plan for each list of additional types.
    pub sig: Arc<NativeSig>,
}

/// How a value lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A number, character or enum.
    Primitive(Primitive),
    /// An address, which becomes C data of the item's type.
    Address,
    /// A struct, union or array: C data at the place itself.
    Inside,
    /// Something that only the general code can read.
    General,
}

/// A place in memory, relative to the address of some C data.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Bytes from the address.
    pub offset: i64,
    /// The type object of what is there.
    pub ctype: Value,
    /// How it lies there.
    pub access: Access,
}

/// Items of an array, or behind a pointer.
#[derive(Clone, Copy, Debug)]
pub struct Items {
    /// The first one.
    pub first: Place,
    /// Bytes from one to the next.
    pub size: i64,
    /// The number of items; `None` for pointers (no check but that the address is not 0), and for arrays that have
    /// their length in word [`LENGTH_WORD`].
    pub length: Option<u64>,
    /// Only item 0 may be asked for: a pointer that owns what it points to.
    pub is_single: bool,
    /// It is a pointer: the address must not be 0.
    pub is_pointer: bool,
}

/// The C function that a value is, if it is one that can be called with as many arguments as it declares.
pub fn c_function(value: Value) -> Option<CFunction> {
    let cd = CD::of_value(value)?;
    if *cd.ctype.form != Form::Function || cd.address().is_null() {
        return None;
    }
    let sig = cd.ctype.get().sig().as_ref().ok()?;
    Some(CFunction {
        ctype: cd.ctype.value(),
        address: cd.address().cast_const().cast(),
        sig: Arc::clone(sig),
    })
}

fn access(ct: CT) -> Access {
    match *ct.form {
        Form::Primitive(Primitive::LongDouble) => Access::General,
        Form::Primitive(primitive) | Form::Enum(primitive) => Access::Primitive(primitive),
        Form::Pointer(_) | Form::Function => Access::Address,
        Form::Array(Some(_)) | Form::Record(_) => Access::Inside,
        Form::Array(None) | Form::Void | Form::RawFunction => Access::General,
    }
}

/// Where `value.name` is, if the value is a record or a pointer to one (whose address must not be 0).
pub fn member(vm: &mut Vm, value: Value, name: Value) -> R<Option<Place>> {
    let Some(cd) = CD::of_value(value) else { return Ok(None) };
    let Some(record) = crate::cdata::record_of(vm, cd)? else { return Ok(None) };
    let field = record.field(vm, name)?;
    Ok(field.map(|field| Place {
        offset: field.offset as i64,
        ctype: field.ctype.value(),
        access: match *field.bits {
            FieldBits::Whole => access(field.ctype),
            FieldBits::EmptyArray | FieldBits::Bitfield { .. } => Access::General,
        },
    }))
}

/// What `value[index]` means, if the value is an array or pointer with items of known size.
pub fn items(vm: &mut Vm, value: Value) -> R<Option<Items>> {
    let Some(cd) = CD::of_value(value).filter(|cd| cd.ctype.form.is_indexable()) else {
        return Ok(None);
    };
    let item = cd.ctype.item(vm)?;
    if item.size() < 0 {
        return Ok(None);
    }
    let is_pointer = matches!(*cd.ctype.form, Form::Pointer(_));
    Ok(Some(Items {
        first: Place {
            offset: 0,
            ctype: item.value(),
            // What owns a record gives that record's own object.
            access: if *cd.own == Own::Record { Access::General } else { access(item) },
        },
        size: item.size(),
        length: match *cd.ctype.form {
            Form::Array(length) => length,
            _ => None,
        },
        is_single: is_pointer && cd.is_owning(),
        is_pointer,
    }))
}
