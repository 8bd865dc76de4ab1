//! Iterators: over sequences, over calls of a function, and those that adapt other iterators.
//!
//! A `next` slot gives ABSENT at the end; no StopIteration is made unless Python asks for it.
mod callable;
mod enumerate;
mod filter;
mod map;
mod reversed;
mod sequence;
mod zip;

use std::any::Any;

use haft_core::object::Type;
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm};

pub(crate) use callable::call_until;
pub(crate) use sequence::list_reversed;

/// Classes of this module that no field of [`haft_core::vm::Types`] holds.
#[derive(Clone, Copy, Debug)]
struct Classes {
    callable_iterator: Type,
    list_reverseiterator: Type,
}

impl Extension for Classes {
    fn trace(&self, _: &mut Tracer<'_>) {
        // Classes are kept alive by their shapes.
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn classes(vm: &Vm) -> &Classes {
    vm.extension().expect("made by install")
}

/// Make the iterator classes; those that have a name in `builtins` get it. `object` is ready.
pub fn install(vm: &mut Vm) {
    sequence::install(vm);
    for class in [vm.t.list_iterator, vm.t.tuple_iterator, vm.t.iterator] {
        vm.ready_type(class);
    }
    let known = Classes {
        callable_iterator: callable::make_class(vm),
        list_reverseiterator: sequence::make_class(vm),
    };
    vm.set_extension(known);
    for make in [
        enumerate::make_class,
        filter::make_class,
        map::make_class,
        reversed::make_class,
        zip::make_class,
    ] {
        let class = make(vm);
        let name = class.name.get();
        vm.dict_set_name(vm.builtins, name, class.value());
    }
}

/// The `iter` slot of iterators.
pub(crate) fn identity(_: &mut Vm, this: Value) -> R {
    Ok(this)
}

/// `builtins.iter`, which pickled iterators are made by.
pub(crate) fn iter_function(vm: &mut Vm) -> R {
    builtin(vm, "iter")
}

/// A function of `builtins`, whatever it is now.
fn builtin(vm: &mut Vm, name: &str) -> R {
    match vm.dict_get_str(vm.builtins, name) {
        Some(function) => Ok(function),
        None => Err(vm.attribute_error(name)),
    }
}
