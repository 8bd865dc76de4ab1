//! Module `itertools`.
//!
//! Each class is a payload with a constructor and a `next` slot; the combinatoric ones keep their pool as a tuple and
//! their indices as plain numbers.
mod combinatoric;
mod groups;
mod selecting;
mod sources;

use haft_core::object::Dict;
use haft_core::{Args, R, Value, Vm};

/// Fill the namespace of `itertools`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    let doc = vm.str("Functional tools for creating and using iterators.");
    vm.dict_set_str(dict, "__doc__", doc);
    sources::add(vm, dict);
    selecting::add(vm, dict);
    groups::add(vm, dict);
    combinatoric::add(vm, dict);
    Ok(())
}

/// An iterator is its own iterator.
fn itself(_: &mut Vm, value: Value) -> R {
    Ok(value)
}

/// The arguments of `__new__`: keywords are not looked at if a subclass has an `__init__` of its own, which takes them.
fn arguments_for_new<'a>(vm: &Vm, class: Value, args: &Args<'a>) -> Args<'a> {
    let own_init = vm.as_type(class).and_then(|class| class.slots.init.get());
    let usual = vm.t.object.slots.init.get();
    let is_overridden = match (own_init, usual) {
        (Some(own), Some(usual)) => !std::ptr::fn_addr_eq(own, usual),
        _ => false,
    };
    if is_overridden { Args::positional(args.positionals()) } else { *args }
}

/// Declare a class whose instances are `payload` iterators.
macro_rules! iterator_class {
    ($vm:expr, $dict:expr, $payload:ty, $name:literal, $new:expr, $next:expr) => {
        iterator_class!($vm, $dict, $payload, $name, $new, $next, &[])
    };
    ($vm:expr, $dict:expr, $payload:ty, $name:literal, $new:expr, $next:expr, $methods:expr) => {
        $crate::add_type(
            $vm,
            $dict,
            &haft_core::vm::TypeSpec {
                flags: haft_core::object::TypeFlags::BASE,
                slots: |s| {
                    s.new.set(Some($new));
                    s.iter.set(Some($crate::itertools::itself));
                    s.next.set(Some($next));
                },
                methods: $methods,
                ..haft_core::vm::TypeSpec::of::<$payload>(concat!("itertools.", $name))
            },
        )
    };
}
use iterator_class;

/// The payload of an iterator; the slot is only called with instances of its class.
fn this<T: haft_core::object::Payload>(value: Value) -> haft_core::object::PayloadRef<T> {
    haft_core::object::PayloadRef::of_value(value).expect("slots get instances of their class")
}
