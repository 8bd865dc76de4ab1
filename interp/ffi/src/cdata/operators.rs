//! Comparison, arithmetic and conversion to Python numbers.
use super::{argument, read, read_integer_value, view};
use crate::number::to_index;
use crate::prelude::*;

fn is_primitive(cd: CD) -> bool {
    cd.ctype.form.primitive().is_some()
}

pub(super) fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let cd = argument(vm, this)?;
    if is_primitive(cd) {
        // SAFETY: C data of a primitive type has the value at its address.
        let value = unsafe { read(vm, cd.address(), cd.ctype) }?;
        if CD::of_value(value).is_none() {
            return vm.hash(value);
        }
    }
    let hash = (cd.address().addr() as u64).rotate_right(4) as i64;
    Ok(if hash == -1 { -2 } else { hash })
}

/// The Python value of a primitive for a comparison; other values as they are.
fn comparable(vm: &mut Vm, value: Value) -> R {
    let Some(cd) = CD::of_value(value) else { return Ok(value) };
    // SAFETY: only called for primitives, which have the value at their address.
    let plain = unsafe { read(vm, cd.address(), cd.ctype) }?;
    if CD::of_value(plain).is_some() {
        let name = cd.ctype.name();
        return Err(
            vm.not_implemented_error(format!("cannot use <cdata '{name}'> in a comparison"))
        );
    }
    Ok(plain)
}

pub(super) fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (left, right) = (CD::of_value(a), CD::of_value(b));
    let is_pointer = |cd: Option<CD>| cd.is_some_and(|cd| !is_primitive(cd));
    if let (Some(left), Some(right)) = (left, right)
        && is_pointer(Some(left))
        && is_pointer(Some(right))
    {
        return Ok(Value::bool(op.holds(left.address().cmp(&right.address()))));
    }
    if is_pointer(left) || is_pointer(right) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (a, b) = (comparable(vm, a)?, comparable(vm, b)?);
    vm.compare(a, b, op)
}

pub(super) fn truth(vm: &mut Vm, this: Value) -> R<bool> {
    let cd = argument(vm, this)?;
    let Some(primitive) = cd.ctype.form.primitive() else { return Ok(!cd.address().is_null()) };
    let at = cd.address();
    match primitive.kind() {
        PrimitiveKind::Float => {
            // SAFETY: C data of a primitive type has the value at its address.
            let number = unsafe { memory::read_float(at, primitive) };
            Ok(number != 0.0)
        }
        PrimitiveKind::Complex => {
            // SAFETY: as above.
            let number = unsafe { memory::read_complex(at, primitive) };
            Ok(number != (0.0, 0.0))
        }
        _ => {
            // SAFETY: as above.
            let number = unsafe { memory::read_unsigned(at, primitive.size()) };
            Ok(number != 0)
        }
    }
}

pub(super) fn int(vm: &mut Vm, this: Value) -> R {
    let cd = argument(vm, this)?;
    if let Some(number) = read_integer_value(cd) {
        if cd.ctype.form.is_bool() && number > 1 {
            // SAFETY: C data of a primitive type has the value at its address.
            return unsafe { read(vm, cd.address(), cd.ctype) };
        }
        return Ok(vm.int_i128(number));
    }
    if let Some(number) = float_value(cd) {
        let number = vm.float(number);
        return match vm.t.float.slots.int.get() {
            Some(int) => int(vm, number),
            None => Err(vm.type_error("float has no __int__")),
        };
    }
    let name = cd.ctype.name();
    Err(vm.type_error(format!("int() not supported on cdata '{name}'")))
}

fn float_value(cd: CD) -> Option<f64> {
    let primitive = cd.ctype.form.primitive().filter(|p| p.kind() == PrimitiveKind::Float)?;
    // SAFETY: C data of a primitive type has the value at its address.
    Some(unsafe { memory::read_float(cd.address(), primitive) })
}

pub(super) fn float(vm: &mut Vm, this: Value) -> R {
    let cd = argument(vm, this)?;
    match float_value(cd) {
        Some(number) => Ok(vm.float(number)),
        None => {
            let name = cd.ctype.name();
            Err(vm.type_error(format!("float() not supported on cdata '{name}'")))
        }
    }
}

pub(super) fn complex(vm: &mut Vm, args: &[Value]) -> R {
    let cd = argument(vm, args[0])?;
    if let Some(primitive) = cd.ctype.form.primitive()
        && primitive.kind() == PrimitiveKind::Complex
    {
        // SAFETY: C data of a primitive type has the value at its address.
        let (real, imaginary) = unsafe { memory::read_complex(cd.address(), primitive) };
        return Ok(vm.complex(real, imaginary));
    }
    let name = cd.ctype.name();
    Err(vm.type_error(format!("complex() not supported on cdata '{name}'")))
}

/// `cd + sign * number`
fn offset(vm: &mut Vm, cd: CD, number: Value, sign: i64) -> R {
    let index = to_index(vm, number, vm.exc.overflow_error)?;
    let pointer = match *cd.ctype.form {
        Form::Pointer(_) => cd.ctype,
        Form::Array(_) => cd.ctype.item(vm)?.pointer(vm)?,
        _ => {
            let name = cd.ctype.name();
            return Err(vm.type_error(format!("cannot add a cdata '{name}' and a number")));
        }
    };
    let size = match pointer.item(vm)?.size() {
        size @ 0.. => size,
        _ if *pointer.form == Form::Pointer(To::Void) => 1,
        _ => {
            let name = cd.ctype.name();
            return Err(vm.type_error(format!("ctype '{name}' points to items of unknown size")));
        }
    };
    let bytes = index.wrapping_mul(sign).wrapping_mul(size) as isize;
    Ok(view(vm, pointer, cd.address().wrapping_offset(bytes)))
}

pub(super) fn add(vm: &mut Vm, a: Value, b: Value) -> R {
    match (CD::of_value(a), CD::of_value(b)) {
        (Some(cd), _) => offset(vm, cd, b, 1),
        (None, Some(cd)) => offset(vm, cd, a, 1),
        (None, None) => Ok(Value::NOT_IMPLEMENTED),
    }
}

pub(super) fn sub(vm: &mut Vm, a: Value, b: Value) -> R {
    match (CD::of_value(a), CD::of_value(b)) {
        (Some(left), Some(right)) => distance(vm, left, right),
        (Some(cd), None) => offset(vm, cd, b, -1),
        (None, _) => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// What a pointer or array counts as behind a minus, and the size of its items if the pointer before it is of that type.
pub(crate) fn subtracted(vm: &mut Vm, left: CD, right: CD) -> R<(CT, Option<i64>)> {
    let ct = match *right.ctype.form {
        Form::Array(_) => right.ctype.item(vm)?.pointer(vm)?,
        _ => right.ctype,
    };
    let is_pointer = matches!(*ct.form, Form::Pointer(_)) && ct == left.ctype;
    let size = if is_pointer { Some(ct.item(vm)?.size()) } else { None };
    Ok((ct, size))
}

fn distance(vm: &mut Vm, left: CD, right: CD) -> R {
    let (ct, size) = subtracted(vm, left, right)?;
    let is_void = *ct.form == Form::Pointer(To::Void);
    let Some(size) = size.filter(|&size| size > 0 || is_void) else {
        let (a, b) = (left.ctype.name(), ct.name());
        return Err(vm.type_error(format!("cannot subtract cdata '{a}' and cdata '{b}'")));
    };
    let bytes = left.address().addr().wrapping_sub(right.address().addr()) as i64;
    if size <= 1 {
        return Ok(vm.int(bytes));
    }
    if bytes % size != 0 {
        return Err(vm.value_error(
            "pointer subtraction: the distance between the two pointers is not a multiple of the item size",
        ));
    }
    Ok(vm.int(bytes / size))
}
