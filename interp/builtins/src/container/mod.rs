//! Containers: list, tuple, dict and its views, set and frozenset, range, slice.
//!
//! Whatever may run Python (hashing, comparing, `__index__`, iterating) may change the container that is being worked
//! on. The code here asks for entries and items one at a time and looks at lengths again after every such call.
mod construct;
mod dict;
mod index;
mod list;
mod range;
pub(crate) mod sequence;
mod set;
mod slice;
mod tuple;

use std::any::Any;

use haft_core::object::{Set, ShapeId, Type};
use haft_core::vm::Extension;
use haft_core::{Tracer, Value, Vm};

pub(crate) use construct::{check_count, positional};
pub use dict::ordered_dict;
pub(crate) use list::{CONSUMER_HELPERS, sort};

/// Classes of this module that no field of [`haft_core::vm::Types`] holds, and the one empty frozenset.
#[derive(Clone, Copy, Debug)]
struct Classes {
    dict_reverse: dict::ReverseClasses,
    dict_views: dict::ViewClasses,
    set_iterator: Type,
    longrange_iterator: Type,
    empty_frozenset: Value,
}

impl Extension for Classes {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        // Classes are kept alive by their shapes.
        tracer.value(self.empty_frozenset);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn classes(vm: &Vm) -> &Classes {
    vm.extension().expect("made by install")
}

/// Give the containers their slots and methods. `object` is ready.
pub fn install(vm: &mut Vm) {
    list::install(vm);
    tuple::install(vm);
    dict::install(vm);
    set::install(vm);
    range::install(vm);
    slice::install(vm);
    let t = vm.t;
    let dict_iterators = [t.dict_keyiterator, t.dict_valueiterator, t.dict_itemiterator];
    for class in [t.list, t.tuple, t.dict, t.set, t.frozenset, t.range, t.range_iterator, t.slice]
        .into_iter()
        .chain(dict_iterators)
    {
        vm.ready_type(class);
    }
    let (dict_reverse, dict_views) = dict::make_classes(vm);
    let (set_iterator, longrange_iterator) = (set::make_classes(vm), range::make_classes(vm));
    let empty_frozenset = Set::with_shape(&mut vm.heap, ShapeId::FROZENSET).value();
    vm.set_extension(Classes {
        dict_reverse,
        dict_views,
        set_iterator,
        longrange_iterator,
        empty_frozenset,
    });
}
