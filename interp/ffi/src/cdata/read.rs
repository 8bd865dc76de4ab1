//! From memory to Python.
use super::{new_value, view};
use crate::prelude::*;
use crate::text::read_units;

/// The Python value of the C value of type `ct` at an address.
///
/// # Safety
/// `at` must be valid for reading a value of the type: that is what the user of C pointers promises.
pub(crate) unsafe fn read(vm: &mut Vm, at: *mut u8, ct: CT) -> R {
    match *ct.form {
        // SAFETY: the caller vouches for a value of the type.
        Form::Primitive(primitive) | Form::Enum(primitive) => unsafe {
            read_primitive(vm, at, primitive, ct)
        },
        Form::Pointer(_) | Form::Function => {
            // SAFETY: the caller vouches for a pointer.
            let pointer = unsafe { at.cast::<*mut u8>().read_unaligned() };
            Ok(view(vm, ct, pointer))
        }
        Form::Record(_) | Form::Array(Some(_)) => Ok(view(vm, ct, at)),
        Form::Array(None) => {
            // The length is not known.
            let pointer = ct.item(vm)?.pointer(vm)?;
            Ok(view(vm, pointer, at))
        }
        Form::Void | Form::RawFunction => {
            let name = ct.name();
            Err(vm.type_error(format!("cdata '{name}' is opaque")))
        }
    }
}

/// Read a primitive.
///
/// # Safety
/// `at` points to memory that holds the whole of what is read or written.
unsafe fn read_primitive(vm: &mut Vm, at: *const u8, primitive: Primitive, ct: CT) -> R {
    let size = primitive.size();
    match primitive.kind() {
        PrimitiveKind::Signed => {
            // SAFETY: the caller vouches for a value of the type.
            let number = unsafe { memory::read_signed(at, size) };
            Ok(vm.int(number))
        }
        PrimitiveKind::Unsigned => {
            // SAFETY: the caller vouches for a value of the type.
            let number = unsafe { memory::read_unsigned(at, size) };
            Ok(vm.int_u64(number))
        }
        PrimitiveKind::Bool => {
            // SAFETY: the caller vouches for a value of the type.
            match unsafe { memory::read_unsigned(at, size) } {
                0 => Ok(Value::FALSE),
                1 => Ok(Value::TRUE),
                other => {
                    let text = format!("got a _Bool of value {other}, expected 0 or 1");
                    Err(vm.value_error(text))
                }
            }
        }
        PrimitiveKind::Char if size == 1 => {
            // SAFETY: the caller vouches for a value of the type.
            let byte = unsafe { at.read() };
            Ok(vm.bytes(&[byte]))
        }
        // SAFETY: the caller vouches for a value of the type.
        PrimitiveKind::Char => unsafe { read_units(vm, at, size, 1) },
        PrimitiveKind::Float if primitive == Primitive::LongDouble => {
            let value = new_value(vm, ct);
            // SAFETY: the caller vouches for the source; the object has room for every primitive.
            unsafe { std::ptr::copy_nonoverlapping(at, value.address(), size) };
            Ok(value.value())
        }
        PrimitiveKind::Float => {
            // SAFETY: the caller vouches for a value of the type.
            let number = unsafe { memory::read_float(at, primitive) };
            Ok(vm.float(number))
        }
        PrimitiveKind::Complex => {
            // SAFETY: the caller vouches for a value of the type.
            let (real, imaginary) = unsafe { memory::read_complex(at, primitive) };
            Ok(vm.complex(real, imaginary))
        }
    }
}

/// The number in an integer, character or enum.
pub(crate) fn read_integer_value(cd: CD) -> Option<i128> {
    let primitive = cd.ctype.form.primitive()?;
    primitive.range()?;
    // SAFETY: C data of a primitive type has the value at its address.
    Some(unsafe { memory::read_integer(cd.address(), primitive) })
}

/// The Python value of a bit field.
///
/// # Safety
/// As for [`read`].
pub(crate) unsafe fn read_bits(vm: &mut Vm, at: *const u8, ct: CT, bits: FieldBits) -> R {
    let Some(primitive) = ct.form.primitive() else {
        return Err(vm.system_error("a bit field that is no integer"));
    };
    let signed = primitive.kind() == PrimitiveKind::Signed;
    // SAFETY: the caller vouches for the bytes of the field.
    let number = unsafe { memory::read_bitfield(at, primitive.size(), bits, signed) };
    Ok(vm.int_i128(number.unwrap_or(0)))
}
