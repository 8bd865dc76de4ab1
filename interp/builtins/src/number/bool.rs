//! bool: two ints with names.
use haft_core::{Args, R, Value, Vm};

use super::int;
use crate::error::warn;

const DOC: &str = "Returns True when the argument is true, False otherwise.

The builtins True and False are the only two instances of the class bool.
The class bool is a subclass of the class int, and cannot be subclassed.";

const INVERT: &str = "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
                      inversion of the underlying int object and is usually not what you expect from the negation of a bool \
                      object. Use the 'not' operator for boolean negation or ~int(x) for the bitwise inversion of the \
                      underlying int.";

pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &haft_core::object::Slots| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.invert.set(Some(invert));
        s.and.set(Some(and));
        s.or.set(Some(or));
        s.xor.set(Some(xor));
    };
    vm.fill_type(vm.t.bool, DOC, slots, &[], &[]);
}

fn new(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    let given = vm.bind_signature("bool", "(object=False, /)", args)?;
    vm.truth(given[0]).map(Value::bool)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    Ok(vm.intern(if this == Value::TRUE { "True" } else { "False" }))
}

fn invert(vm: &mut Vm, this: Value) -> R {
    warn(vm, vm.exc.deprecation_warning, INVERT, 1)?;
    Ok(Value::small(if this == Value::TRUE { -2 } else { -1 }))
}

fn and(vm: &mut Vm, a: Value, b: Value) -> R {
    match (a.as_bool(), b.as_bool()) {
        (Some(x), Some(y)) => Ok(Value::bool(x & y)),
        _ => int::and(vm, a, b),
    }
}

fn or(vm: &mut Vm, a: Value, b: Value) -> R {
    match (a.as_bool(), b.as_bool()) {
        (Some(x), Some(y)) => Ok(Value::bool(x | y)),
        _ => int::or(vm, a, b),
    }
}

fn xor(vm: &mut Vm, a: Value, b: Value) -> R {
    match (a.as_bool(), b.as_bool()) {
        (Some(x), Some(y)) => Ok(Value::bool(x ^ y)),
        _ => int::xor(vm, a, b),
    }
}
