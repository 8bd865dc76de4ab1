//! Making types without declarations: what a front end in Python calls.
use haft_cffi_core::types::{
    ArrayLength, BitfieldRules, CType, FieldDecl, LayoutRules, Quals, Types,
};

use super::{c_int, ctype_argument};
use crate::ctype::{DEFAULT_ABI, ctype};
use crate::prelude::*;

/// Flags of `complete_struct_or_union`.
mod flags {
    pub(super) const MSVC_BITFIELDS: i32 = 0x01;
    pub(super) const GCC_ARM_BITFIELDS: i32 = 0x02;
    pub(super) const GCC_BIG_ENDIAN: i32 = 0x04;
    pub(super) const PACKED: i32 = 0x08;
    pub(super) const GCC_X86_BITFIELDS: i32 = 0x10;
    pub(super) const GCC_LITTLE_ENDIAN: i32 = 0x40;
    pub(super) const STD_FIELD_POS: i32 = 0x80;
}

pub(super) fn new_primitive(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "name")?;
    match Primitive::from_name(&name) {
        Some(primitive) => {
            let state = state(vm);
            Ok(ctype(vm, &state, Types::primitive(primitive))?.value())
        }
        None => Err(vm.key_error(args[0])),
    }
}

pub(super) fn new_pointer(vm: &mut Vm, args: &[Value]) -> R {
    Ok(ctype_argument(vm, args[0])?.pointer(vm)?.value())
}

pub(super) fn new_void(vm: &mut Vm, _args: &[Value]) -> R {
    let state = state(vm);
    Ok(ctype(vm, &state, Types::VOID)?.value())
}

pub(super) fn new_array(vm: &mut Vm, args: &[Value]) -> R {
    let pointer = ctype_argument(vm, args[0])?;
    if !matches!(*pointer.form, Form::Pointer(_)) {
        return Err(vm.type_error("first arg must be a pointer ctype"));
    }
    let length = match args[1] {
        none if none.is_none() => ArrayLength::Open,
        given => {
            let number = crate::number::to_index(vm, given, vm.exc.overflow_error)?;
            match u64::try_from(number) {
                Ok(number) => ArrayLength::Fixed(number),
                Err(_) => return Err(vm.value_error("negative array length")),
            }
        }
    };
    let item = pointer.item(vm)?;
    if item.size() < 0 {
        let name = item.name();
        return Err(vm.value_error(format!("array item of unknown size: '{name}'")));
    }
    let id = item.state.types.borrow_mut().array(*item.id, length);
    Ok(ctype(vm, &item.state, id)?.value())
}

pub(super) fn new_record(vm: &mut Vm, kind: RecordKind, name: Value) -> R {
    let name = vm.text_of(name, "name")?;
    let state = state(vm);
    let id = state.types.borrow_mut().new_record(kind, &name);
    Ok(ctype(vm, &state, id)?.value())
}

/// `(name, ctype, bitsize=-1, offset=-1)`
fn field(vm: &mut Vm, item: Value) -> R<FieldDecl> {
    let parts = vm.as_tuple(item).map_or(&[][..], Tuple::items);
    let Some((&[name, of], rest)) = parts.split_first_chunk().filter(|split| split.1.len() <= 2)
    else {
        return Err(vm.type_error("new style getargs format but argument is not a tuple"));
    };
    let name = vm.text_of(name, "field name")?;
    let of = ctype_argument(vm, of)?;
    let bits = match rest.first() {
        Some(&bits) => c_int(vm, bits)?,
        None => -1,
    };
    let offset = match rest.get(1) {
        Some(&offset) => vm.index_of(offset)?,
        None => -1,
    };
    Ok(FieldDecl {
        name: (&*name).into(),
        ty: *of.id,
        bits: u32::try_from(bits).ok(),
        quals: Quals::NONE,
        offset: u64::try_from(offset).ok(),
    })
}

fn rules(vm: &mut Vm, size: Value, align: Value, sflags: Value, pack: Value) -> R<LayoutRules> {
    let (size, align) = (vm.index_of(size)?, c_int(vm, align)?);
    let (sflags, pack) = (c_int(vm, sflags)?, c_int(vm, pack)?);
    let has = |flag| sflags & flag != 0;
    let native = LayoutRules::default();
    let pack =
        if has(flags::PACKED) { Some(1) } else { u32::try_from(pack).ok().filter(|&p| p > 0) };
    Ok(LayoutRules {
        pack,
        min_align: 1,
        bitfields: if has(flags::MSVC_BITFIELDS) {
            BitfieldRules::Msvc
        } else if has(flags::GCC_ARM_BITFIELDS) {
            BitfieldRules::GccArm
        } else if has(flags::GCC_X86_BITFIELDS) {
            BitfieldRules::GccX86
        } else {
            native.bitfields
        },
        big_endian: match (has(flags::GCC_BIG_ENDIAN), has(flags::GCC_LITTLE_ENDIAN)) {
            (false, false) => native.big_endian,
            (is_big, _) => is_big,
        },
        strict: has(flags::STD_FIELD_POS),
        total_size: u64::try_from(size).ok(),
        total_align: u64::try_from(align).ok(),
    })
}

pub(super) fn complete(vm: &mut Vm, args: &[Value]) -> R {
    let ct = ctype_argument(vm, args[0])?;
    let Some(list) = vm.as_list(args[1]) else {
        let got = vm.type_name(args[1]);
        return Err(
            vm.type_error(format!("complete_struct_or_union() argument 2 must be list, not {got}"))
        );
    };
    let rules = rules(vm, args[3], args[4], args[5], args[6])?;
    let mut fields = Vec::with_capacity(list.len());
    for index in 0..list.len() {
        let Some(item) = list.get(index) else { break };
        fields.push(field(vm, item)?);
    }
    let completed = {
        let mut types = ct.state.types.borrow_mut();
        types.complete_record(*ct.id, fields, rules).and_then(|()| {
            let laid_out = types.layout(*ct.id).map(|_| ());
            laid_out.inspect_err(|_| types.forget_record(*ct.id))
        })
    };
    match completed {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise(vm, &error)),
    }
}

/// TypeError unless a function can return the type.
fn check_result(vm: &mut Vm, result: CT) -> R<()> {
    let is_array = matches!(*result.form, Form::Array(_));
    if !is_array && (result.size() >= 0 || *result.form == Form::Void) {
        return Ok(());
    }
    let name = result.name();
    Err(vm.type_error(match *result.form {
        Form::Record(_) => format!("result type '{name}' is not yet initialized"),
        _ => format!("invalid result type: '{name}'"),
    }))
}

pub(super) fn new_function(vm: &mut Vm, args: &[Value]) -> R {
    let Some(params) = vm.as_tuple(args[0]) else {
        let got = vm.type_name(args[0]);
        return Err(
            vm.type_error(format!("new_function_type() argument 1 must be tuple, not {got}"))
        );
    };
    let result = ctype_argument(vm, args[1])?;
    let variadic = vm.truth(args[2])?;
    let abi = c_int(vm, args[3])?;
    if abi != 0 && abi != DEFAULT_ABI {
        return Err(vm.system_error("libffi failed to build this function type"));
    }
    check_result(vm, result)?;
    let mut ids = Vec::with_capacity(params.items().len());
    for &param in params.items() {
        let Some(of) = CT::of_value(param) else {
            return Err(vm.type_error("expected a tuple of ctypes"));
        };
        if *of.form == Form::Void {
            let (name, size) = (of.name(), of.size());
            return Err(
                vm.type_error(format!("ctype '{name}' (size {size}) not supported as argument"))
            );
        }
        ids.push(*of.id);
    }
    let state = Rc::clone(&result.state);
    let id = {
        let mut types = state.types.borrow_mut();
        let function = types.function(&ids, *result.id, variadic);
        types.pointer(function)
    };
    Ok(ctype(vm, &state, id)?.value())
}

/// The number that an enumerator is given as, if the base type has room for it.
fn enumerator(vm: &mut Vm, base: CT, value: Value) -> R<i128> {
    let mut room = 0u64;
    // SAFETY: a primitive integer fits into eight bytes.
    unsafe { crate::cdata::write(vm, (&raw mut room).cast(), base, value) }?;
    match vm.as_int(value) {
        Some(small) => Ok(small.into()),
        None => Ok(room.into()),
    }
}

pub(super) fn new_enum(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.text_of(args[0], "name")?;
    let (Some(names), Some(values)) = (vm.as_tuple(args[1]), vm.as_tuple(args[2])) else {
        return Err(vm.type_error("new_enum_type() arguments 2 and 3 must be tuples"));
    };
    let (names, values) = (names.items(), values.items());
    let base = ctype_argument(vm, args[3])?;
    if names.len() != values.len() {
        return Err(vm.value_error("tuple args must have the same size"));
    }
    let is_integer = matches!(*base.form, Form::Primitive(p) if p.is_integer());
    if !is_integer || base.form.is_bool() {
        return Err(vm.type_error("expected a primitive signed or unsigned base type"));
    }
    let mut enumerators = Vec::with_capacity(names.len());
    for (&name, &value) in names.iter().zip(values) {
        let Some(name) = vm.as_str(name) else {
            return Err(vm.type_error("enumerators must be a list of strings"));
        };
        enumerators.push((name.to_text().into(), enumerator(vm, base, value)?));
    }
    let id = base.state.types.borrow_mut().new_enum_of(&name, enumerators, *base.id);
    debug_assert!(matches!(base.state.types.borrow().ty(id), CType::Enum(_)), "just made");
    Ok(ctype(vm, &base.state, id)?.value())
}
