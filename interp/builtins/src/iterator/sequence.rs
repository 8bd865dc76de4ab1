//! Iterators over lists (both ways), tuples, and whatever has items by number.
use haft_core::object::{List, ListIter, PayloadRef, SeqIter, Slots, Tuple, TupleIter, Type};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm};

use super::{builtin, classes, identity, iter_function};

/// Fill in the classes that the runtime knows.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.list_iterator, "", |s| iterator_slots(s, list_next), LIST_METHODS, &[]);
    vm.fill_type(vm.t.tuple_iterator, "", |s| iterator_slots(s, tuple_next), TUPLE_METHODS, &[]);
    vm.fill_type(vm.t.iterator, "", |s| iterator_slots(s, seq_next), SEQ_METHODS, &[]);
}

/// Make `list_reverseiterator`.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| iterator_slots(s, list_next);
    vm.new_builtin_type(&TypeSpec {
        slots,
        methods: LIST_METHODS,
        ..TypeSpec::of::<ListIter>("list_reverseiterator")
    })
}

fn iterator_slots(s: &Slots, next: haft_core::object::Unary) {
    s.iter.set(Some(identity));
    s.next.set(Some(next));
}

/// A table of the methods that every one of these iterators has.
macro_rules! methods {
    ($($table:ident = $hint:expr, $reduce:expr, $setstate:expr;)+) => { haft_core::natives! { $(
        static $table = {
            /// Private method returning an estimate of len(list(it)).
            __length_hint__ "($self, /)" => $hint;
            /// Return state information for pickling.
            __reduce__ "($self, /)" => $reduce;
            /// Set state information for unpickling.
            __setstate__ "($self, object, /)" => $setstate;
        }
    )+ } };
}

methods! {
    LIST_METHODS = list_hint, list_reduce, list_setstate;
    TUPLE_METHODS = tuple_hint, tuple_reduce, tuple_setstate;
    SEQ_METHODS = seq_hint, seq_reduce, seq_setstate;
}

/// `(iter, (what,), index)`, or without index for an exhausted iterator.
fn reduced(vm: &mut Vm, function: Value, what: Value, index: Option<i64>) -> Value {
    let arguments = vm.tuple(&[what]);
    match index {
        Some(index) => {
            let index = vm.int(index);
            vm.tuple(&[function, arguments, index])
        }
        None => vm.tuple(&[function, arguments]),
    }
}

// ---- lists

/// `reversed(list)`
pub(crate) fn list_reversed(vm: &mut Vm, list: List) -> Value {
    let class = classes(vm).list_reverseiterator;
    vm.new_payload(
        class,
        ListIter { list: list.value().into(), index: list.len().into(), reversed: true },
    )
}

fn list_iter(vm: &mut Vm, value: Value) -> R<PayloadRef<ListIter>> {
    vm.this(value, "__next__", "list_iterator")
}

fn list_next(vm: &mut Vm, this: Value) -> R {
    Ok(list_iter(vm, this)?.get().advance())
}

fn list_hint(vm: &mut Vm, args: &[Value]) -> R {
    let iter = list_iter(vm, args[0])?.get();
    let (index, len) =
        (iter.index.get(), iter.list.get().as_ptr().and_then(List::of).map_or(0, List::len));
    let left = if iter.reversed {
        Some(index).filter(|&index| index <= len)
    } else {
        len.checked_sub(index)
    };
    Ok(vm.int_usize(left.unwrap_or(0)))
}

fn list_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = list_iter(vm, args[0])?.get();
    let list = iter.list.get();
    if list.is_absent() {
        let (function, list) = (iter_function(vm)?, vm.list(&[]));
        return Ok(reduced(vm, function, list, None));
    }
    let index = iter.index.get() as i64;
    if iter.reversed {
        let function = builtin(vm, "reversed")?;
        return Ok(reduced(vm, function, list, Some(index - 1)));
    }
    let function = iter_function(vm)?;
    Ok(reduced(vm, function, list, Some(index)))
}

fn list_setstate(vm: &mut Vm, args: &[Value]) -> R {
    let iter = list_iter(vm, args[0])?.get();
    let index = vm.index_of(args[1])?;
    if let Some(list) = iter.list.get().as_ptr().and_then(List::of) {
        if index < 0 && !iter.reversed {
            // As CPython: before the start there is nothing.
            iter.list.set(Value::ABSENT);
            return Ok(Value::NONE);
        }
        let next = if iter.reversed { index.saturating_add(1) } else { index };
        iter.index.set(next.clamp(0, list.len() as i64) as usize);
    }
    Ok(Value::NONE)
}

// ---- tuples

fn tuple_iter(vm: &mut Vm, value: Value) -> R<PayloadRef<TupleIter>> {
    vm.this(value, "__next__", "tuple_iterator")
}

fn tuple_next(vm: &mut Vm, this: Value) -> R {
    Ok(tuple_iter(vm, this)?.get().advance())
}

/// Number of items, and of the next one.
fn tuple_state(iter: &TupleIter) -> (usize, usize) {
    (iter.tuple.as_ptr().and_then(Tuple::of).map_or(0, Tuple::len), iter.index.get())
}

fn tuple_hint(vm: &mut Vm, args: &[Value]) -> R {
    let (len, index) = tuple_state(tuple_iter(vm, args[0])?.get());
    Ok(vm.int_usize(len.saturating_sub(index)))
}

fn tuple_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = tuple_iter(vm, args[0])?.get();
    let (len, index) = tuple_state(iter);
    let function = iter_function(vm)?;
    if index < len {
        return Ok(reduced(vm, function, iter.tuple, Some(index as i64)));
    }
    let empty = vm.tuple(&[]);
    Ok(reduced(vm, function, empty, None))
}

fn tuple_setstate(vm: &mut Vm, args: &[Value]) -> R {
    let iter = tuple_iter(vm, args[0])?.get();
    let index = vm.index_of(args[1])?;
    let (len, old) = tuple_state(iter);
    // An exhausted iterator stays so.
    if old < len {
        iter.index.set(index.clamp(0, len as i64) as usize);
    }
    Ok(Value::NONE)
}

// ---- anything with `__getitem__`

fn seq_iter(vm: &mut Vm, value: Value) -> R<PayloadRef<SeqIter>> {
    vm.this(value, "__next__", "iterator")
}

fn seq_next(vm: &mut Vm, this: Value) -> R {
    let iter = seq_iter(vm, this)?.get();
    let seq = iter.seq.get();
    if seq.is_absent() {
        return Ok(Value::ABSENT);
    }
    let index = iter.index.get();
    let key = vm.int_usize(index);
    match vm.get_item(seq, key) {
        Ok(item) => {
            iter.index.set(index + 1);
            Ok(item)
        }
        Err(raised) if vm.raised_is(vm.exc.index_error) || vm.raised_is(vm.exc.stop_iteration) => {
            vm.take_raised(raised);
            iter.seq.set(Value::ABSENT);
            Ok(Value::ABSENT)
        }
        Err(raised) => Err(raised),
    }
}

fn seq_hint(vm: &mut Vm, args: &[Value]) -> R {
    let iter = seq_iter(vm, args[0])?.get();
    let seq = iter.seq.get();
    if seq.is_absent() {
        return Ok(Value::small(0));
    }
    if vm.type_of(seq).slots.len.get().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let left = vm.length(seq)?.saturating_sub(iter.index.get());
    Ok(vm.int_usize(left))
}

fn seq_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = seq_iter(vm, args[0])?.get();
    let function = iter_function(vm)?;
    let seq = iter.seq.get();
    if seq.is_absent() {
        let empty = vm.tuple(&[]);
        return Ok(reduced(vm, function, empty, None));
    }
    Ok(reduced(vm, function, seq, Some(iter.index.get() as i64)))
}

fn seq_setstate(vm: &mut Vm, args: &[Value]) -> R {
    let iter = seq_iter(vm, args[0])?.get();
    let index = vm.index_of(args[1])?;
    if !iter.seq.get().is_absent() {
        iter.index.set(index.max(0) as usize);
    }
    Ok(Value::NONE)
}
