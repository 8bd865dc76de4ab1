//! `map`.
use haft_core::object::{Map, PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};

use super::identity;
use super::zip::{Row, iterators, strict_argument, take_row};
use crate::arguments::class_of;

const DOC: &str = "Make an iterator that computes the function using arguments from
each of the iterables.  Stops when the shortest iterable is exhausted.

If strict is true and one of the arguments is exhausted before the others,
raise a ValueError.";

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    vm.new_builtin_type(&TypeSpec {
        doc: DOC,
        flags: TypeFlags::BASE,
        slots,
        methods: METHODS,
        ..TypeSpec::of::<Map>("map")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, object, /)" => setstate;
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let strict = strict_argument(vm, "map", args)?;
    let &[function, ref iterables @ ..] = args.positionals() else { return Err(too_few(vm)) };
    if iterables.is_empty() {
        return Err(too_few(vm));
    }
    let iters = iterators(vm, iterables)?;
    Ok(vm.new_payload(class, Map { function, iters, strict: strict.into() }))
}

fn too_few(vm: &mut Vm) -> haft_core::Raised {
    vm.type_error("map() must have at least two arguments.")
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Map>> {
    vm.this(value, "__next__", "map")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    match take_row(vm, "map", this.iters, this.strict.get())? {
        Row::End => Ok(Value::ABSENT),
        row => vm.call_positional(this.function, row.items()),
    }
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let iters = vm.as_tuple(this.iters).map_or(&[][..], |tuple| tuple.items());
    let arguments = vm.prepend(this.function, iters).value();
    let class = vm.type_of(args[0]).value();
    if this.strict.get() {
        return Ok(vm.tuple(&[class, arguments, Value::TRUE]));
    }
    Ok(vm.tuple(&[class, arguments]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let strict = vm.truth(args[1])?;
    this.strict.set(strict);
    Ok(Value::NONE)
}
