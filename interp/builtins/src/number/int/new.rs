//! `int(x, base)`.
use haft_core::{Args, R, Value, Vm};
use haft_text::int;

use crate::arguments::{class_of, lift};
use crate::binary::bytes_data;
use crate::number::{int_of, int_value, max_str_digits};

pub(super) fn int_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    if let &[x] = args.vals
        && args.names.is_empty()
        && class == vm.t.int
    {
        return int_of(vm, x);
    }
    if args.names.is_empty() && args.vals.len() > 2 {
        let n = args.vals.len();
        return Err(vm.type_error(format!("int expected at most 2 arguments, got {n}")));
    }
    let given = vm.bind_signature("int", "(x=<absent>, /, base=<absent>)", args)?;
    let (x, base) = (given[0], given[1]);
    let number = match (x.is_absent(), base.is_absent()) {
        (true, true) => Value::small(0),
        (true, false) => return Err(vm.type_error("int() missing string argument")),
        (false, true) => int_of(vm, x)?,
        (false, false) => from_text(vm, x, base)?,
    };
    Ok(vm.wrap_native(class, number))
}

fn from_text(vm: &mut Vm, x: Value, base: Value) -> R {
    let base = vm.index_clamped(base)?;
    let base = lift(vm, int::check_base(base))?;
    let max = max_str_digits(vm);
    let parsed = if let Some(text) = vm.as_str(x) {
        int::parse(text.bytes(), base, max)
    } else if let Some(bytes) = bytes_data(vm, x) {
        int::parse_bytes(bytes, base, max)
    } else {
        return Err(vm.type_error("int() can't convert non-string with explicit base"));
    };
    let number = lift(vm, parsed)?;
    Ok(int_value(vm, number))
}
