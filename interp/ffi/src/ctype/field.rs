//! Members of structs and unions.
use crate::prelude::*;

payload! {
    /// A member.
    pub(crate) struct CField {
        /// Its type.
        pub(crate) ctype: CT,
        /// Bytes from the start of the record.
        pub(crate) offset: usize,
        /// Place inside the bytes.
        pub(crate) bits: NoTrace<FieldBits>,
        /// Left out by list initializers.
        pub(crate) ignored: bool,
    }
}

getsets! {
    pub(super) static GETSETS = {
        /// type of the field
        r#type => get_type;
        /// offset of the field in bytes
        offset => get_offset;
        /// shift of a bit field, -1 for others
        bitshift => get_bitshift;
        /// width of a bit field, -1 for others
        bitsize => get_bitsize;
        /// flags
        flags => get_flags;
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<CField>> {
    vm.this::<CField>(value, "type", "_cffi_backend.CField")
}

fn get_type(vm: &mut Vm, value: Value) -> R {
    Ok(this(vm, value)?.ctype.value())
}

fn get_offset(vm: &mut Vm, value: Value) -> R {
    let offset = this(vm, value)?.offset;
    Ok(vm.int_usize(offset))
}

fn get_bitshift(vm: &mut Vm, value: Value) -> R {
    Ok(Value::small(match *this(vm, value)?.bits {
        FieldBits::Whole => -1,
        FieldBits::EmptyArray => -2,
        FieldBits::Bitfield { shift, .. } => shift as i32,
    }))
}

fn get_bitsize(vm: &mut Vm, value: Value) -> R {
    Ok(Value::small(match *this(vm, value)?.bits {
        FieldBits::Bitfield { width, .. } => width as i32,
        _ => -1,
    }))
}

fn get_flags(vm: &mut Vm, value: Value) -> R {
    Ok(Value::small(i32::from(this(vm, value)?.ignored)))
}
