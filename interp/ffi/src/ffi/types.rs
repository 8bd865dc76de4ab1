//! Declarations and type names.
use haft_cffi_core::parse::{Error, ErrorKind, Options, TagKind};

use super::{Ffi, compiled};
use crate::ctype::{CField, ctype};
use crate::number::to_index;
use crate::prelude::*;
use crate::state::raise_as;

/// The exception of mistakes in a C text: the message as cffi words it; syntax errors show the place too.
fn raise_errors(vm: &mut Vm, text: &str, errors: &[Error]) -> Raised {
    let Some(first) = errors.first() else { return vm.system_error("an error without a message") };
    let mut message = first.exception_message(text);
    if first.kind == ErrorKind::Syntax {
        for error in errors {
            message.push_str("\n\n");
            message.push_str(&error.render(text));
        }
    }
    raise_as(vm, first.kind.raises(), &message)
}

/// `pack` of `cdef`.
fn pack_option(vm: &mut Vm, packed: Value, pack: Value) -> R<Option<u32>> {
    let has_pack = !pack.is_none() && vm.truth(pack)?;
    if vm.truth(packed)? {
        if !vm.equals(packed, Value::TRUE)? {
            return Err(vm.value_error(
                "'packed' should be False or True; use 'pack' to give another value",
            ));
        }
        if has_pack {
            return Err(vm.value_error("cannot give both 'pack' and 'packed'"));
        }
        return Ok(Some(1));
    }
    if !has_pack {
        return Ok(None);
    }
    let number = vm.index_of(pack)?;
    match u32::try_from(number) {
        Ok(number) if number.is_power_of_two() => Ok(Some(number)),
        _ => {
            let shown = vm.repr_text(pack)?;
            Err(vm.value_error(format!("'pack' must be a power of two, not {shown}")))
        }
    }
}

/// `ffi.cdef(csource, override, packed, pack)`
pub(super) fn cdef(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let Some(source) = vm.as_str(args[1]) else {
        return Err(vm.type_error("cdef() argument must be a string"));
    };
    let allow_override = vm.truth(args[2])?;
    let pack = pack_option(vm, args[3], args[4])?;
    let options = Options { allow_override, pack, dllexport: false };
    let text = source.to_text();
    let parsed = {
        let mut types = ffi.state.types.borrow_mut();
        ffi.decls.borrow_mut().parse(&mut types, &text, &options)
    };
    if allow_override {
        ffi.parsed.clear();
        let libraries = ffi.libraries.get();
        for at in 0..libraries.len() {
            crate::library::forget(libraries.at(at));
        }
    }
    match parsed {
        Ok(warnings) => {
            for warning in warnings {
                crate::module::warn(vm, vm.exc.user_warning, &warning.message)?;
            }
            Ok(Value::NONE)
        }
        Err(errors) => Err(raise_errors(vm, &text, &errors)),
    }
}

/// The type that a text names; a function type is itself, not a pointer to it.
fn parse(vm: &mut Vm, ffi: Ffi, text: Value) -> R<CT> {
    if let Some(known) = vm.dict_get(ffi.parsed, text)?.and_then(CT::of_value) {
        return Ok(known);
    }
    let source = vm.text_of(text, "a C type")?;
    let parsed = {
        let mut types = ffi.state.types.borrow_mut();
        ffi.decls.borrow_mut().parse_type(&mut types, &source)
    };
    let (id, _) = match parsed {
        Ok(parsed) => parsed,
        Err(error) if ffi.compiled => return Err(compiled::raise_brief(vm, &source, &error)),
        Err(error) => return Err(raise_errors(vm, &source, &[error])),
    };
    if ffi.compiled {
        compiled::refuse_tags(vm, ffi, &source)?;
    }
    let ct = ctype(vm, &ffi.state, id)?;
    vm.dict_set(ffi.parsed, text, ct.value())?;
    Ok(ct)
}

/// The type that a str names or a ctype is.
#[inline]
pub(crate) fn type_argument(vm: &mut Vm, ffi: Ffi, value: Value, what: &str) -> R<CT> {
    if let Some(ct) = CT::of_value(value) {
        return Ok(ct);
    }
    if vm.as_str(value).is_none() {
        let got = vm.type_name(value);
        return Err(vm.type_error(format!(
            "{what}() argument 1 must be a str or _cffi_backend.CType, not {got}"
        )));
    }
    let ct = parse(vm, ffi, value)?;
    if *ct.form == Form::RawFunction {
        let shown = vm.repr_text(value)?;
        let message =
            format!("the type {shown} is a function type, not a pointer-to-function type");
        let kind = if ffi.compiled { Raises::FFIError } else { Raises::CDefError };
        return Err(raise_as(vm, kind, &message));
    }
    Ok(ct)
}

/// As [`type_argument`]; a function type means the pointer to it.
pub(super) fn callback_type(vm: &mut Vm, ffi: Ffi, value: Value) -> R<CT> {
    if vm.as_str(value).is_none() {
        return type_argument(vm, ffi, value, "callback");
    }
    let ct = parse(vm, ffi, value)?;
    if *ct.form == Form::RawFunction { ct.pointer(vm) } else { Ok(ct) }
}

pub(crate) fn type_of(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    if let Some(cd) = CD::of_value(args[1]) {
        return Ok(cd.ctype.value());
    }
    if vm.as_str(args[1]).is_none() {
        let class = vm.type_of(args[1]).value();
        return Err(vm.raise_with(vm.exc.type_error, &[class]));
    }
    Ok(type_argument(vm, ffi, args[1], "typeof")?.value())
}

pub(super) fn alignof(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    if vm.as_str(args[1]).is_none() && CT::of_value(args[1]).is_none() {
        return Err(vm.type_error("expected a 'ctype' object"));
    }
    let ct = type_argument(vm, ffi, args[1], "alignof")?;
    align_of_type(vm, ct)
}

/// Alignment of a type.
pub(crate) fn align_of_type(vm: &mut Vm, ct: CT) -> R {
    let align = ct.state.types.borrow().align(*ct.id);
    match align {
        Ok(align) => Ok(vm.int_u64(align)),
        Err(error) => Err(raise(vm, &error)),
    }
}

pub(super) fn getctype(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = type_argument(vm, ffi, args[1], "getctype")?;
    let declarator = vm.text_of(args[2], "replace_with")?;
    let text = ct.state.types.borrow().declare(*ct.id, &declarator);
    Ok(vm.str(&text))
}

/// Type and offset of a member or item. `following`: it is not the first step.
pub(crate) fn step(vm: &mut Vm, ct: CT, what: Value, following: bool) -> R<(CT, i64)> {
    if vm.as_str(what).is_some() {
        let record = match *ct.form {
            Form::Pointer(_) if !following => ct.item(vm)?,
            _ => ct,
        };
        if !matches!(*record.form, Form::Record(_)) {
            return Err(
                vm.type_error("with a field name argument, expected a struct or union ctype")
            );
        }
        let Some(fields) = record.fields(vm)? else {
            return Err(vm.type_error("struct/union is opaque"));
        };
        let field = vm.dict_get(fields, what)?.and_then(PayloadRef::<CField>::of_value);
        let Some(field) = field else { return Err(vm.key_error(what)) };
        if matches!(*field.bits, FieldBits::Bitfield { .. }) {
            return Err(vm.type_error("not supported for bitfields"));
        }
        return Ok((field.ctype, field.offset as i64));
    }
    if !vm.is_int(what) {
        return Err(vm.type_error("field name or array index expected"));
    }
    let index = to_index(vm, what, vm.exc.type_error)?;
    let item = if ct.form.is_indexable() { Some(ct.item(vm)?) } else { None };
    let Some(item) = item.filter(|item| item.size() >= 0) else {
        return Err(vm.type_error(
            "with an integer argument, expected an array ctype or a pointer to non-opaque",
        ));
    };
    match index.checked_mul(item.size()) {
        Some(offset) => Ok((item, offset)),
        None => Err(vm.overflow_error("array offset would overflow a Py_ssize_t")),
    }
}

/// Type and offset of a member of a member of …
pub(crate) fn path(vm: &mut Vm, mut ct: CT, steps: &[Value]) -> R<(CT, i64)> {
    let mut offset = 0i64;
    for (index, &what) in steps.iter().enumerate() {
        let (next, distance) = step(vm, ct, what, index > 0)?;
        (ct, offset) = (next, offset.wrapping_add(distance));
    }
    Ok((ct, offset))
}

pub(super) fn offsetof(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let ct = type_argument(vm, ffi, args[1], "offsetof")?;
    let mut steps = vec![args[2]];
    steps.extend_from_slice(vm.as_tuple(args[3]).map_or(&[][..], Tuple::items));
    let (_, offset) = path(vm, ct, &steps)?;
    Ok(vm.int(offset))
}

pub(super) fn include(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let Some(other) = Ffi::of_value(args[1]) else {
        let name = vm.type_name(args[1]);
        return Err(vm.type_error(format!(
            "ffi.include() expects an argument that is also of type cffi.FFI, not '{name}'"
        )));
    };
    if other == ffi {
        return Err(vm.value_error("self.include(self)"));
    }
    let included = ffi.decls.borrow_mut().include(&other.decls.borrow());
    match included {
        Ok(()) => Ok(Value::NONE),
        Err(error) => Err(raise_errors(vm, "", &[error])),
    }
}

pub(super) fn list_types(vm: &mut Vm, args: &[Value]) -> R {
    let ffi = super::own(vm, args[0])?;
    let mut names: [Vec<String>; 3] = Default::default();
    {
        let decls = ffi.decls.borrow();
        names[0].extend(decls.typedefs().map(|(name, ..)| name.to_owned()));
        for (kind, name, _) in decls.tags().filter(|(_, name, _)| !name.starts_with('$')) {
            match kind {
                TagKind::Struct => names[1].push(name.to_owned()),
                TagKind::Union => names[2].push(name.to_owned()),
                TagKind::Enum => {}
            }
        }
    }
    let mut lists = [Value::NONE; 3];
    for (list, mut names) in lists.iter_mut().zip(names) {
        names.sort();
        let of = vm.new_list();
        for name in names {
            let name = vm.intern(&name);
            of.push(&mut vm.heap, name);
        }
        *list = of.value();
    }
    Ok(vm.tuple(&lists))
}
