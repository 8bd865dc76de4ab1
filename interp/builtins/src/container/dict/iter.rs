//! Iterators over dicts, forward and backward.
use std::cell::Cell;

use haft_core::object::{Dict, NoTrace, PayloadRef, Slots, Type};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, payload};

use super::What;
use crate::container::classes;
use crate::iterator::{identity, iter_function};

payload! {
    /// An iterator over the keys, values or items of a dict.
    pub struct DictIterator {
        /// The dict; ABSENT once exhausted.
        dict: Cell<Value>,
        /// Next entry to look at (backward: the one after it).
        position: Cell<usize>,
        /// Number of entries when it was made; another number now is an error.
        expected: Cell<usize>,
        /// How many are still to come.
        left: Cell<usize>,
        /// What it shows.
        what: NoTrace<What>,
        /// Backward?
        reversed: bool,
    }
}

/// The classes of backward iterators.
#[derive(Clone, Copy, Debug)]
pub(in crate::container) struct ReverseClasses {
    keys: Type,
    values: Type,
    items: Type,
}

/// Fill in the classes of forward iterators.
pub(super) fn install(vm: &mut Vm) {
    for class in [vm.t.dict_keyiterator, vm.t.dict_valueiterator, vm.t.dict_itemiterator] {
        vm.fill_type(class, "", set_slots, METHODS, &[]);
    }
}

/// Make the classes of backward iterators.
pub(super) fn make_classes(vm: &mut Vm) -> ReverseClasses {
    let mut make = |name| {
        vm.new_builtin_type(&TypeSpec {
            slots: set_slots,
            methods: METHODS,
            ..TypeSpec::of::<DictIterator>(name)
        })
    };
    ReverseClasses {
        keys: make("dict_reversekeyiterator"),
        values: make("dict_reversevalueiterator"),
        items: make("dict_reverseitemiterator"),
    }
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

/// An iterator over `dict`.
pub(super) fn forward(vm: &mut Vm, dict: Dict, what: What) -> Value {
    let class = match what {
        What::Keys => vm.t.dict_keyiterator,
        What::Values => vm.t.dict_valueiterator,
        What::Items => vm.t.dict_itemiterator,
    };
    make(vm, class, dict, what, false)
}

/// An iterator over `dict` from its end.
pub(super) fn backward(vm: &mut Vm, dict: Dict, what: What) -> Value {
    let known = classes(vm).dict_reverse;
    let class = match what {
        What::Keys => known.keys,
        What::Values => known.values,
        What::Items => known.items,
    };
    make(vm, class, dict, what, true)
}

fn make(vm: &mut Vm, class: Type, dict: Dict, what: What, reversed: bool) -> Value {
    let n = dict.len();
    let payload = DictIterator {
        dict: dict.value().into(),
        position: if reversed { dict.used() } else { 0 }.into(),
        expected: n.into(),
        left: n.into(),
        what: NoTrace(what),
        reversed,
    };
    vm.new_payload(class, payload)
}

fn next(vm: &mut Vm, this: Value) -> R {
    let iter = vm.this::<DictIterator>(this, "__next__", "dict_iterator")?.get();
    let Some(dict) = iter.dict.get().as_ptr().and_then(Dict::of) else { return Ok(Value::ABSENT) };
    if dict.len() != iter.expected.get() {
        iter.expected.set(usize::MAX);
        return Err(vm.runtime_error("dictionary changed size during iteration"));
    }
    let next = iter.what.0.next(vm, dict, &iter.position, iter.reversed);
    if next.is_absent() {
        iter.dict.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    }
    let Some(left) = iter.left.get().checked_sub(1) else {
        iter.dict.set(Value::ABSENT);
        return Err(vm.runtime_error("dictionary keys changed during iteration"));
    };
    iter.left.set(left);
    Ok(next)
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.this::<DictIterator>(args[0], "__length_hint__", "dict_iterator")?.get();
    let unchanged = iter
        .dict
        .get()
        .as_ptr()
        .and_then(Dict::of)
        .is_some_and(|dict| dict.len() == iter.expected.get());
    Ok(vm.int_usize(if unchanged { iter.left.get() } else { 0 }))
}

/// `(iter, ([the items still to come],))`
fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this: PayloadRef<DictIterator> = vm.this(args[0], "__reduce__", "dict_iterator")?;
    let iter = this.get();
    let copy = DictIterator {
        dict: iter.dict.get().into(),
        position: iter.position.get().into(),
        expected: iter.expected.get().into(),
        left: iter.left.get().into(),
        what: NoTrace(iter.what.0),
        reversed: iter.reversed,
    };
    let copy = vm.new_payload(vm.type_of(args[0]), copy);
    let rest = vm.list_of(copy)?;
    let function = iter_function(vm)?;
    let arguments = vm.tuple(&[rest.value()]);
    Ok(vm.tuple(&[function, arguments]))
}
