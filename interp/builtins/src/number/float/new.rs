//! `float(x)` and `float.from_number(x)`.
use haft_core::object::{Str, Type};
use haft_core::{Args, R, Value, Vm};
use haft_text::float;

use crate::arguments::{class_of, lift};
use crate::binary::bytes_like;
use crate::number::{float_of, float_of_number, float_special};

pub(super) fn float_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    if let &[x] = args.vals
        && args.names.is_empty()
        && class == vm.t.float
    {
        let number = convert(vm, x)?;
        return Ok(vm.float(number));
    }
    // A subclass with an `__init__` of its own may take keywords.
    let is_base = class == vm.t.float || same_init(class, vm.t.float);
    let args = if is_base { *args } else { Args::positional(args.positionals()) };
    let given = vm.bind_signature("float", "(x=0.0, /)", &args)?;
    let number = convert(vm, given[0])?;
    let number = vm.float(number);
    Ok(vm.wrap_native(class, number))
}

fn same_init(class: Type, base: Type) -> bool {
    match (class.slots.init.get(), base.slots.init.get()) {
        (Some(own), Some(inherited)) => std::ptr::fn_addr_eq(own, inherited),
        (own, inherited) => own.is_none() && inherited.is_none(),
    }
}

fn convert(vm: &mut Vm, x: Value) -> R<f64> {
    if let Some(number) = x.as_float_imm() {
        return Ok(number);
    }
    if let Some(text) = x.as_ptr().and_then(Str::of) {
        return lift(vm, float::parse(text.bytes()));
    }
    // A subclass of float may have a `__float__` of its own.
    if vm.as_float(x).is_some() && vm.type_of(x) != vm.t.float {
        return float_special(vm, x);
    }
    if let Some(number) = float_of_number(vm, x)? {
        return Ok(number);
    }
    if let Some(text) = vm.as_str(x) {
        return lift(vm, float::parse(text.bytes()));
    }
    if let Some(bytes) = bytes_like(vm, x)? {
        return lift(vm, float::parse_bytes(bytes));
    }
    let name = vm.type_name(x);
    Err(vm.type_error(format!("float() argument must be a string or a real number, not '{name}'")))
}

pub(super) fn from_number(vm: &mut Vm, args: &[Value]) -> R {
    let number = float_of(vm, args[1])?;
    let number = vm.float(number);
    if args[0] == vm.t.float.value() { Ok(number) } else { vm.call_positional(args[0], &[number]) }
}
