//! From Python to memory.
#![expect(clippy::manual_let_else, reason = "the arms stand together")]
use super::own;
use crate::ctype::CField;
use crate::number::{to_complex, to_f64, to_i64, to_index, to_u64, write_small};
use crate::prelude::*;
use crate::text::{n_units, single_unit, write_units};

/// TypeError: a value is no initializer of a type.
#[cold]
pub(crate) fn convert_error(vm: &mut Vm, value: Value, ct: CT, expected: &str) -> Raised {
    let name = ct.name();
    let Some(cd) = CD::of_value(value) else {
        let got = vm.type_name(value);
        return vm
            .type_error(format!("initializer for ctype '{name}' must be a {expected}, not {got}"));
    };
    let other = cd.ctype.name();
    if name != other {
        vm.type_error(format!(
            "initializer for ctype '{name}' must be a {expected}, not cdata '{other}'"
        ))
    } else if cd.ctype != ct {
        vm.type_error(format!(
            "initializer for ctype '{name}' appears indeed to be '{other}', but the types are different (check that \
             you are not e.g. mixing up different ffi instances)"
        ))
    } else {
        vm.system_error(format!(
            "initializer for ctype '{name}' is correct, but we get an internal mismatch--please report a bug"
        ))
    }
}

#[cold]
fn overflow(vm: &mut Vm, value: Value, ct: CT) -> Raised {
    match vm.str_text(value) {
        Ok(shown) => {
            let message = memory::overflow_message(shown, &ct.name());
            vm.overflow_error(message)
        }
        Err(raised) => raised,
    }
}

/// Write a Python value as a C value of type `ct`.
///
/// # Safety
/// `at` must be valid for writing a value of the type: that is what the user of C pointers promises.
pub(crate) unsafe fn write(vm: &mut Vm, at: *mut u8, ct: CT, value: Value) -> R<()> {
    match *ct.form {
        Form::Primitive(primitive) | Form::Enum(primitive) => {
            if let Some(number) = value.as_fixnum()
                // SAFETY: the caller vouches for the size of the type.
                && unsafe { write_small(at, primitive, number) }
            {
                return Ok(());
            }
            // SAFETY: as above.
            unsafe { write_primitive(vm, at, primitive, ct, value) }
        }
        Form::Pointer(_) | Form::Function => {
            let pointer = pointer_of(vm, ct, value)?;
            // SAFETY: the caller vouches for the size of a pointer.
            unsafe { at.cast::<*mut u8>().write_unaligned(pointer) };
            Ok(())
        }
        // SAFETY: as above.
        Form::Array(_) => unsafe { write_array(vm, at, ct, value) },
        // SAFETY: as above.
        Form::Record(_) => unsafe { write_record(vm, at, ct, value) },
        Form::Void | Form::RawFunction => {
            let name = ct.name();
            Err(vm.system_error(format!("convert_from_object: '{name}'")))
        }
    }
}

/// Write a primitive.
///
/// # Safety
/// `at` points to memory that holds the whole of what is read or written.
unsafe fn write_primitive(
    vm: &mut Vm,
    at: *mut u8,
    primitive: Primitive,
    ct: CT,
    value: Value,
) -> R<()> {
    let size = primitive.size();
    match primitive.kind() {
        PrimitiveKind::Signed => {
            let number = to_i64(vm, value)?;
            // SAFETY: the caller vouches for the size of the type.
            if unsafe { write_small(at, primitive, number) } {
                Ok(())
            } else {
                Err(overflow(vm, value, ct))
            }
        }
        PrimitiveKind::Unsigned | PrimitiveKind::Bool => {
            let number = to_u64(vm, value)?;
            if !memory::fits(primitive, number.into()) {
                return Err(overflow(vm, value, ct));
            }
            // SAFETY: as above.
            unsafe { memory::write_integer(at, size, number) };
            Ok(())
        }
        PrimitiveKind::Char => {
            let unit = char_unit(vm, value, size)?;
            // SAFETY: as above.
            unsafe { memory::write_integer(at, size, unit.into()) };
            Ok(())
        }
        PrimitiveKind::Float => {
            if primitive == Primitive::LongDouble
                && let Some(cd) = CD::of_value(value)
                && *cd.ctype.form == *ct.form
            {
                // SAFETY: as above; the other object has a value of the same type.
                unsafe { std::ptr::copy(cd.address(), at, size) };
                return Ok(());
            }
            let number = to_f64(vm, value)?;
            // SAFETY: as above.
            unsafe { memory::write_float(at, primitive, number) };
            Ok(())
        }
        PrimitiveKind::Complex => {
            let number = to_complex(vm, value)?;
            // SAFETY: as above.
            unsafe { memory::write_complex(at, primitive, number) };
            Ok(())
        }
    }
}

/// The unit of a character type of `size` bytes that a value of length 1 is.
pub(super) fn char_unit(vm: &mut Vm, value: Value, size: usize) -> R<u32> {
    if let Some(cd) = CD::of_value(value)
        && cd.ctype.form.is_char()
        && cd.ctype.size() == size as i64
    {
        return Ok(super::read_integer_value(cd).unwrap_or(0) as u32);
    }
    if size == 1 {
        if let Some(&[byte]) = vm.as_bytes(value).map(Bytes::data) {
            return Ok(byte.into());
        }
        let got = vm.type_name(value);
        return Err(vm.type_error(format!(
            "initializer for ctype 'char' must be a bytes of length 1, not {got}"
        )));
    }
    let got = match vm.as_str(value).map(|text| single_unit(text, size)) {
        Some(Ok(unit)) => return Ok(unit),
        Some(Err(got)) => got,
        None => vm.type_name(value),
    };
    let name = if size == 2 { "char16_t" } else { "char32_t" };
    Err(vm.type_error(format!(
        "initializer for ctype '{name}' must be a unicode string of length 1, not {got}"
    )))
}

const TO_CHAR: &str = "implicit cast to 'char *' from a different pointer type.(check that the types are as you expect; \
                       use an explicit ffi.cast() if they are correct)";
const FROM_CHAR: &str = "implicit cast from 'char *' to a different pointer type: (check that the types are as you \
                         expect; use an explicit ffi.cast() if they are correct)";

/// The address that a value is as a pointer of type `ct`.
pub(crate) fn pointer_of(vm: &mut Vm, ct: CT, value: Value) -> R<*mut u8> {
    let Some(cd) = CD::of_value(value) else {
        return Err(convert_error(vm, value, ct, "cdata pointer"));
    };
    if cd.ctype == ct {
        return Ok(cd.address());
    }
    let from = match *cd.ctype.form {
        Form::Pointer(_) | Form::Function => cd.ctype,
        Form::Array(_) => cd.ctype.item(vm)?.pointer(vm)?,
        _ => return Err(convert_error(vm, value, ct, "pointer or array")),
    };
    if from == ct {
        return Ok(cd.address());
    }
    match (*ct.form, *from.form) {
        (Form::Pointer(To::Void), _) | (_, Form::Pointer(To::Void)) => Ok(cd.address()),
        (Form::Pointer(To::Char), _) | (_, Form::Pointer(To::Char)) => {
            let both_pointers =
                matches!((*ct.form, *from.form), (Form::Pointer(_), Form::Pointer(_)));
            if both_pointers && ct.item(vm)?.size() == 1 && from.item(vm)?.size() == 1 {
                return Ok(cd.address());
            }
            let to_char = *ct.form == Form::Pointer(To::Char);
            Err(vm.type_error(if to_char { TO_CHAR } else { FROM_CHAR }))
        }
        _ => Err(convert_error(vm, value, ct, "pointer to same type")),
    }
}

/// A list or tuple: item `index` as it is now.
pub(crate) fn sequence_item(vm: &Vm, value: Value, index: usize) -> Option<Value> {
    match vm.as_list(value) {
        Some(list) => list.get(index),
        None => vm.as_tuple(value)?.items().get(index).copied(),
    }
}

/// Length of a list or tuple.
pub(crate) fn sequence_len(vm: &Vm, value: Value) -> Option<usize> {
    match vm.as_list(value) {
        Some(list) => Some(list.len()),
        None => vm.as_tuple(value).map(|tuple| tuple.items().len()),
    }
}

/// Write an initializer of an array; `ct` may also be a pointer, for arguments of calls.
///
/// # Safety
/// `at` must be valid for writing the array, or as many items as the initializer has.
pub(crate) unsafe fn write_array(vm: &mut Vm, at: *mut u8, ct: CT, value: Value) -> R<()> {
    let length = match *ct.form {
        Form::Array(Some(length)) => Some(length as usize),
        _ => None,
    };
    let item = ct.item(vm)?;
    let item_size = item.size().max(0) as usize;
    if let Some(n) = sequence_len(vm, value) {
        if length.is_some_and(|length| n > length) {
            let name = ct.name();
            return Err(vm.index_error(format!("too many initializers for '{name}' (got {n})")));
        }
        for index in 0..n {
            let Some(element) = sequence_item(vm, value, index) else { break };
            // SAFETY: the caller vouches for `n` items.
            unsafe { write(vm, at.wrapping_add(index * item_size), item, element) }?;
        }
        return Ok(());
    }
    let expected = if item_size == 1 && (item.form.is_char() || item.form.is_integer()) {
        if let Some(bytes) = vm.as_bytes(value) {
            // SAFETY: the caller vouches for the array.
            return unsafe { write_bytes(vm, at, ct, item, bytes, length) };
        }
        "bytes or list or tuple"
    } else if item.form.is_char() {
        if let Some(text) = vm.as_str(value) {
            let n = n_units(text, item_size);
            if length.is_some_and(|length| n > length) {
                let name = ct.name();
                return Err(vm.index_error(format!(
                    "initializer unicode is too long for '{name}' (got {n} characters)"
                )));
            }
            let room = if length == Some(n) { n } else { n + 1 };
            // SAFETY: the caller vouches for the array, or for a zero behind the units.
            unsafe { write_units(text, at, item_size, room) };
            return Ok(());
        }
        "unicode or list or tuple"
    } else {
        "list or tuple"
    };
    if let Some(cd) = CD::of_value(value)
        && cd.ctype == ct
        && matches!(*ct.form, Form::Array(_))
    {
        let n = cd.n_items() as usize * item_size;
        // SAFETY: both arrays have as many items; they may be the same one.
        unsafe { std::ptr::copy(cd.address(), at, n) };
        return Ok(());
    }
    Err(convert_error(vm, value, ct, expected))
}

/// Write bytes into an array.
///
/// # Safety
/// `at` points to memory that holds the whole of what is read or written.
unsafe fn write_bytes(
    vm: &mut Vm,
    at: *mut u8,
    ct: CT,
    item: CT,
    bytes: Bytes,
    length: Option<usize>,
) -> R<()> {
    let n = bytes.len();
    if length.is_some_and(|length| n > length) {
        let name = ct.name();
        return Err(vm.index_error(format!(
            "initializer bytes is too long for '{name}' (got {n} characters)"
        )));
    }
    check_bools(vm, item, bytes.data())?;
    let room = if length == Some(n) { n } else { n + 1 };
    // SAFETY: the caller vouches for the room; a zero byte follows the last one of `bytes`.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), at, room) };
    Ok(())
}

fn check_bools(vm: &mut Vm, item: CT, bytes: &[u8]) -> R<()> {
    if item.form.is_bool() && bytes.iter().any(|&byte| byte > 1) {
        return Err(vm.value_error("an array of _Bool can only contain \\x00 or \\x01"));
    }
    Ok(())
}

/// Write a record.
///
/// # Safety
/// `at` points to memory that holds the whole of what is read or written.
unsafe fn write_record(vm: &mut Vm, at: *mut u8, ct: CT, value: Value) -> R<()> {
    if let Some(cd) = CD::of_value(value)
        && cd.ctype == ct
        && ct.size() >= 0
    {
        // SAFETY: both are records of this type; they may be the same one.
        unsafe { std::ptr::copy(cd.address(), at, ct.size() as usize) };
        return Ok(());
    }
    // SAFETY: the caller vouches for the record.
    let mut each = |vm: &mut Vm, field: PayloadRef<CField>, value| unsafe {
        write_open_field(vm, at, field, value)
    };
    each_initializer(vm, ct, value, "list or tuple or dict or struct-cdata", &mut each)
}

type EachField<'a> = &'a mut dyn FnMut(&mut Vm, PayloadRef<CField>, Value) -> R<()>;

/// Call `each` with the fields that an initializer names or counts.
fn each_initializer(
    vm: &mut Vm,
    ct: CT,
    value: Value,
    expected: &str,
    each: EachField<'_>,
) -> R<()> {
    let Some(fields) = ct.fields(vm)? else {
        let name = ct.name();
        return Err(vm.type_error(format!("'{name}' is opaque")));
    };
    if let Some(n) = sequence_len(vm, value) {
        let mut fields =
            fields.iter().filter_map(|(_, field)| PayloadRef::<CField>::of_value(field));
        for index in 0..n {
            let Some(field) = fields.by_ref().find(|field| !field.ignored) else {
                let name = ct.name();
                return Err(vm.value_error(format!("too many initializers for '{name}' (got {n})")));
            };
            let Some(element) = sequence_item(vm, value, index) else { break };
            each(vm, field, element)?;
        }
        return Ok(());
    }
    let Some(dict) = vm.as_dict(value) else {
        return Err(convert_error(vm, value, ct, expected));
    };
    let items = vm.new_list();
    for (key, item) in dict.iter() {
        items.push(&mut vm.heap, key);
        items.push(&mut vm.heap, item);
    }
    for pair in 0..items.len() / 2 {
        let (key, item) = (items.at(2 * pair), items.at(2 * pair + 1));
        let field = vm.dict_get(fields, key)?.and_then(PayloadRef::<CField>::of_value);
        let Some(field) = field else { return Err(vm.key_error(key)) };
        each(vm, field, item)?;
    }
    Ok(())
}

fn is_open_array(field: PayloadRef<CField>) -> bool {
    *field.ctype.form == Form::Array(None)
}

/// Write a member in an initializer; an open array may be given by its length.
///
/// # Safety
/// `at` points to memory that holds the whole of what is read or written.
unsafe fn write_open_field(
    vm: &mut Vm,
    record: *mut u8,
    field: PayloadRef<CField>,
    mut value: Value,
) -> R<()> {
    if is_open_array(field) {
        let item = field.ctype.item(vm)?;
        new_array_length(vm, item, &mut value)?;
        if value.is_none() {
            return Ok(());
        }
    }
    // SAFETY: the caller vouches for the record.
    unsafe { write_field(vm, record, field, value) }
}

/// Write a member of the record at `record`.
///
/// # Safety
/// `record` must be valid for writing a record that has this member.
pub(crate) unsafe fn write_field(
    vm: &mut Vm,
    record: *mut u8,
    field: PayloadRef<CField>,
    value: Value,
) -> R<()> {
    let at = record.wrapping_add(field.offset);
    let (FieldBits::Bitfield { .. }, Some(primitive)) = (*field.bits, field.ctype.form.primitive())
    else {
        // SAFETY: the member is in the record.
        return unsafe { write(vm, at, field.ctype, value) };
    };
    let number = bitfield_number(vm, value)?;
    let signed = primitive.kind() == PrimitiveKind::Signed;
    // SAFETY: as above.
    let written =
        unsafe { memory::write_bitfield(at, primitive.size(), *field.bits, signed, number) };
    written.map_err(|overflow| {
        let message = overflow.message(number);
        vm.overflow_error(message)
    })
}

fn bitfield_number(vm: &mut Vm, value: Value) -> R<i128> {
    let number = vm.index_value(value)?;
    if let Some(small) = vm.as_int(number) {
        return Ok(small.into());
    }
    match vm.as_big(number).and_then(|big| u64::try_from(&big).ok()) {
        Some(large) => Ok(large.into()),
        None => Err(vm.overflow_error("int too big to convert")),
    }
}

/// The length of a new array that an initializer asks for. A number alone becomes None: zeros.
pub(crate) fn new_array_length(vm: &mut Vm, item: CT, value: &mut Value) -> R<i64> {
    if let Some(n) = sequence_len(vm, *value) {
        return Ok(n as i64);
    }
    if let Some(bytes) = vm.as_bytes(*value) {
        return Ok(bytes.len() as i64 + 1);
    }
    if let Some(text) = vm.as_str(*value) {
        let unit = if item.size() == 2 { 2 } else { 4 };
        return Ok(n_units(text, unit) as i64 + 1);
    }
    let length = to_index(vm, *value, vm.exc.overflow_error);
    let given = *value;
    let length = match vm.catch(length, vm.exc.type_error)? {
        Some(length) => length,
        None => {
            let got = vm.type_name(given);
            return Err(
                vm.type_error(format!("expected new array length or list/tuple/str, not {got}"))
            );
        }
    };
    if length < 0 {
        return Err(vm.value_error("negative array length"));
    }
    *value = Value::NONE;
    Ok(length)
}

#[cold]
fn array_overflow(vm: &mut Vm) -> Raised {
    vm.overflow_error("array size would overflow a Py_ssize_t")
}

/// Bytes of an array of `n` items.
pub(crate) fn array_bytes(vm: &mut Vm, item_size: i64, n: i64) -> R<i64> {
    item_size.max(0).checked_mul(n).ok_or_else(|| array_overflow(vm))
}

/// Bytes of a record with an open array that an initializer asks for, at least `size`.
pub(super) fn var_size(vm: &mut Vm, ct: CT, value: Value, size: i64) -> R<i64> {
    let mut largest = size;
    let mut each = |vm: &mut Vm, field: PayloadRef<CField>, mut value: Value| {
        let size = if is_open_array(field) {
            let item = field.ctype.item(vm)?;
            let n = new_array_length(vm, item, &mut value)?;
            array_bytes(vm, item.size(), n)?
        } else if matches!(*field.ctype.form, Form::Record(_))
            && field.ctype.has_var_array()
            && CD::of_value(value).is_none()
        {
            var_size(vm, field.ctype, value, field.ctype.size())?
        } else {
            return Ok(());
        };
        let end = size.checked_add(field.offset as i64).ok_or_else(|| array_overflow(vm))?;
        largest = largest.max(end);
        Ok(())
    };
    each_initializer(vm, ct, value, "list or tuple or dict", &mut each)?;
    Ok(largest)
}

/// The address that an argument of pointer type is: C data's, that of bytes, or that of a temporary array, which is
/// pushed to `keep`.
pub(crate) fn pointer_for_call(
    vm: &mut Vm,
    ct: CT,
    value: Value,
    keep: &mut Option<List>,
) -> R<*mut u8> {
    if let Some(cd) = CD::of_value(value) {
        return if cd.ctype == ct { Ok(cd.address()) } else { pointer_of(vm, ct, value) };
    }
    let Form::Pointer(to) = *ct.form else { return pointer_of(vm, ct, value) };
    if to == To::Record
        && let Some(file) = crate::file::stream_of(vm, ct, value)?
    {
        return Ok(file);
    }
    let item = ct.item(vm)?;
    let item_size = item.size();
    let n = if let Some(bytes) = vm.as_bytes(value) {
        if matches!(to, To::Void | To::Char) || (item_size == 1 && item.form.is_integer()) {
            check_bools(vm, item, bytes.data())?;
            return Ok(bytes.as_ptr().cast_mut());
        }
        return pointer_of(vm, ct, value);
    } else if let Some(n) = sequence_len(vm, value) {
        n
    } else if let Some(text) = vm.as_str(value) {
        n_units(text, if item_size == 2 { 2 } else { 4 }) + 1
    } else {
        return pointer_of(vm, ct, value);
    };
    if item_size <= 0 {
        return pointer_of(vm, ct, value);
    }
    let size = array_bytes(vm, item_size, n as i64)?;
    let (memory, at) = own::allocate(vm, size.max(1))?;
    keep.get_or_insert_with(|| vm.new_list()).push(&mut vm.heap, memory);
    // SAFETY: the new memory has room for `n` items.
    unsafe { write_array(vm, at, ct, value) }?;
    Ok(at)
}
