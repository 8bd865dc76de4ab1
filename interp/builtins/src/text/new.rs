//! `str(object, encoding, errors)`.
use haft_core::object::Str;
use haft_core::{Args, R, Value, Vm};

use super::decode;
use crate::arguments::{class_of, str_argument};
use crate::binary::bytes_like;

pub(super) fn str_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    if let &[object] = args.vals
        && args.names.is_empty()
        && class == vm.t.str
    {
        return vm.str_of(object);
    }
    if args.names.is_empty() && args.vals.len() > 3 {
        let n = args.vals.len();
        return Err(vm.type_error(format!("str expected at most 3 arguments, got {n}")));
    }
    let given =
        vm.bind_signature("str", "(object=<absent>, encoding=<absent>, errors=<absent>)", args)?;
    let (object, encoding, errors) = (given[0], given[1], given[2]);
    let text = if object.is_absent() {
        vm.str("")
    } else if encoding.is_absent() && errors.is_absent() {
        vm.str_of(object)?
    } else {
        let encoding = optional_text(vm, encoding, "str() argument 'encoding'")?;
        let errors = optional_text(vm, errors, "str() argument 'errors'")?;
        from_bytes(vm, object, encoding, errors)?
    };
    if class == vm.t.str {
        return Ok(text);
    }
    let text = vm.unwrapped(text);
    Ok(vm.wrap_native(class, text))
}

fn optional_text(vm: &mut Vm, value: Value, what: &str) -> R<Option<Str>> {
    if value.is_absent() { Ok(None) } else { str_argument(vm, value, what).map(Some) }
}

fn from_bytes(vm: &mut Vm, object: Value, encoding: Option<Str>, errors: Option<Str>) -> R {
    if vm.as_str(object).is_some() {
        return Err(vm.type_error("decoding str is not supported"));
    }
    let Some(bytes) = bytes_like(vm, object)? else {
        let name = vm.type_name(object);
        return Err(
            vm.type_error(format!("decoding to str: need a bytes-like object, {name} found"))
        );
    };
    decode(vm, object, bytes, encoding, errors)
}
