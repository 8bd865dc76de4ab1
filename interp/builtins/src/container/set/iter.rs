//! Iterators over sets.
use std::cell::Cell;

use haft_core::object::{Set, Slots, Type};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, payload};

use super::set;
use crate::container::classes;
use crate::iterator::{identity, iter_function};

payload! {
    /// An iterator over a set or frozenset.
    pub struct SetIterator {
        /// The set; ABSENT once exhausted.
        set: Cell<Value>,
        /// Next entry to look at.
        position: Cell<usize>,
        /// Number of elements when it was made; another number now is an error.
        expected: Cell<usize>,
        /// How many are still to come.
        left: Cell<usize>,
    }
}

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        slots: set_slots,
        methods: METHODS,
        ..TypeSpec::of::<SetIterator>("set_iterator")
    })
}

fn set_slots(s: &Slots) {
    s.iter.set(Some(identity));
    s.next.set(Some(next));
}

haft_core::natives! {
    static METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => length_hint;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
    }
}

/// `iter(set)`
pub(super) fn over(vm: &mut Vm, this: Value) -> R {
    let set = set(vm, this, "__iter__")?;
    let class = classes(vm).set_iterator;
    let n = set.len();
    Ok(vm.new_payload(
        class,
        SetIterator { set: this.into(), position: 0.into(), expected: n.into(), left: n.into() },
    ))
}

fn next(vm: &mut Vm, this: Value) -> R {
    let iter = vm.this::<SetIterator>(this, "__next__", "set_iterator")?.get();
    let Some(set) = iter.set.get().as_ptr().and_then(Set::of) else { return Ok(Value::ABSENT) };
    if set.len() != iter.expected.get() {
        iter.expected.set(usize::MAX);
        return Err(vm.runtime_error("Set changed size during iteration"));
    }
    let Some(entry) = set.next_entry(iter.position.get()) else {
        iter.set.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    };
    iter.left.set(iter.left.get().saturating_sub(1));
    iter.position.set(entry + 1);
    Ok(set.key(entry))
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.this::<SetIterator>(args[0], "__length_hint__", "set_iterator")?.get();
    let unchanged = iter
        .set
        .get()
        .as_ptr()
        .and_then(Set::of)
        .is_some_and(|set| set.len() == iter.expected.get());
    Ok(vm.int_usize(if unchanged { iter.left.get() } else { 0 }))
}

/// `(iter, ([the elements still to come],))`
fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.this::<SetIterator>(args[0], "__reduce__", "set_iterator")?.get();
    let copy = SetIterator {
        set: iter.set.get().into(),
        position: iter.position.get().into(),
        expected: iter.expected.get().into(),
        left: iter.left.get().into(),
    };
    let copy = vm.new_payload(vm.type_of(args[0]), copy);
    let rest = vm.list_of(copy)?;
    let function = iter_function(vm)?;
    let arguments = vm.tuple(&[rest.value()]);
    Ok(vm.tuple(&[function, arguments]))
}
