//! Arguments of constructors, as the C code of CPython checks them.
use haft_core::object::{Calling, Type};
use haft_core::{Args, Obj, R, Raised, Value, Vm};

/// Only positional arguments, `min` to `max` of them.
pub(crate) fn positional<'a>(
    vm: &mut Vm,
    name: &str,
    args: &Args<'a>,
    min: usize,
    max: usize,
) -> R<&'a [Value]> {
    if !args.names.is_empty() {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    check_count(vm, name, args.vals.len(), min, max)?;
    Ok(args.vals)
}

/// TypeError if there are not `min` to `max` arguments.
pub(crate) fn check_count(vm: &mut Vm, name: &str, n: usize, min: usize, max: usize) -> R<()> {
    if (min..=max).contains(&n) {
        return Ok(());
    }
    Err(wrong_count(vm, name, n, min, max))
}

#[cold]
fn wrong_count(vm: &mut Vm, name: &str, n: usize, min: usize, max: usize) -> Raised {
    let (word, limit) = if min == max {
        ("", min)
    } else if n < min {
        ("at least ", min)
    } else {
        ("at most ", max)
    };
    let plural = if limit == 1 { "" } else { "s" };
    vm.type_error(format!("{name} expected {word}{limit} argument{plural}, got {n}"))
}

/// The positional arguments of `__init__` (or `__new__`) of a native class.
///
/// Keyword arguments are an error, unless `class` is a subclass whose other constructor function was overridden: that
/// one has had them already.
pub(crate) fn native_arguments<'a>(
    vm: &mut Vm,
    native: Type,
    class: Type,
    other: impl Fn(Type) -> Option<Calling>,
    args: &Args<'a>,
    max: usize,
) -> R<&'a [Value]> {
    let name = native.name_text();
    if !args.names.is_empty() && (class == native || same_function(other(class), other(native))) {
        return Err(vm.type_error(format!("{name}() takes no keyword arguments")));
    }
    let given = args.positionals();
    check_count(vm, &name, given.len(), 0, max)?;
    Ok(given)
}

fn same_function(a: Option<Calling>, b: Option<Calling>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::fn_addr_eq(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// A new instance of a subclass of a native container: see that its `__del__` is called.
pub(crate) fn made(vm: &mut Vm, class: Type, obj: Obj) -> Value {
    if class.slots.del.get().is_some() {
        vm.heap.add_finalizer(obj);
    }
    Value::from(obj)
}
