//! Generic classes and unions as objects: `list[int]`, `int | str`.
mod generic;
mod parameters;
mod text;
mod union;

use std::any::Any;

use haft_core::object::Type;
use haft_core::vm::Extension;
use haft_core::{R, Tracer, Value, Vm};

pub use generic::generic_alias;
pub use union::union_of;

/// Classes of this module that no field of [`haft_core::vm::Types`] holds.
#[derive(Clone, Copy, Debug)]
struct Classes {
    unpack_iterator: Type,
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

/// Fill in and make the classes. `object` is ready.
pub fn install(vm: &mut Vm) {
    generic::install(vm);
    union::install(vm);
    vm.ready_type(vm.t.generic_alias);
    vm.ready_type(vm.t.union);
    let known = Classes { unpack_iterator: generic::make_iterator_class(vm) };
    vm.set_extension(known);
}

/// The `__class_getitem__` of native classes that are generic: `list[int]`.
pub fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    Ok(generic_alias(vm, args[0], args[1]))
}

/// Say in which module a class of the table is to be found.
fn set_module(vm: &mut Vm, class: Type, module: &str) {
    let (name, module) = (vm.names.__module__, vm.intern(module));
    vm.dict_set_name(class.dict, name, module);
}
