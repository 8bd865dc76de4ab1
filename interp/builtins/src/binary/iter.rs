//! Iterators over bytes, bytearrays and memoryviews.
use std::any::Any;

use haft_core::object::{PayloadRef, SeqIter, Traced, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, natives};

use super::bytes_data;
use crate::arguments::wrong_receiver;

/// The classes of iterators.
struct Iterators {
    bytes: Type,
    array: Type,
    memory: Type,
}

impl Extension for Iterators {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.bytes.trace(tracer);
        self.array.trace(tracer);
        self.memory.trace(tracer);
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

natives! {
    static METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => length_hint;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, state, /)" => setstate;
    }
}

const fn spec(name: &'static str) -> TypeSpec {
    TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(next));
        },
        methods: METHODS,
        ..TypeSpec::of::<SeqIter>(name)
    }
}

pub(super) fn install(vm: &mut Vm) {
    let memory_spec = TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.iter.set(Some(|_, this| Ok(this)));
            s.next.set(Some(memory_next));
        },
        ..TypeSpec::of::<SeqIter>("memory_iterator")
    };
    let (bytes, array) = (
        vm.new_builtin_type(&spec("bytes_iterator")),
        vm.new_builtin_type(&spec("bytearray_iterator")),
    );
    let memory = vm.new_builtin_type(&memory_spec);
    vm.set_extension(Iterators { bytes, array, memory });
}

fn make(vm: &mut Vm, value: Value, class: fn(&Iterators) -> Type) -> R {
    let class = vm.extension::<Iterators>().map_or(vm.t.iterator, class);
    Ok(vm.new_payload(class, SeqIter { seq: value.into(), index: 0.into() }))
}

pub(super) fn iterate_bytes(vm: &mut Vm, value: Value) -> R {
    make(vm, value, |types| types.bytes)
}

pub(super) fn iterate_bytearray(vm: &mut Vm, value: Value) -> R {
    make(vm, value, |types| types.array)
}

pub(super) fn iterate_memoryview(vm: &mut Vm, value: Value) -> R {
    make(vm, value, |types| types.memory)
}

fn next(vm: &mut Vm, value: Value) -> R {
    let Some(iter) = PayloadRef::<SeqIter>::of_value(value) else { return Ok(Value::ABSENT) };
    let Some(data) = bytes_data(vm, iter.seq.get()) else { return Ok(Value::ABSENT) };
    match data.get(iter.index.get()) {
        Some(&byte) => {
            iter.index.set(iter.index.get() + 1);
            Ok(Value::small(i32::from(byte)))
        }
        None => {
            iter.seq.set(Value::ABSENT);
            Ok(Value::ABSENT)
        }
    }
}

fn memory_next(vm: &mut Vm, value: Value) -> R {
    let Some(iter) = PayloadRef::<SeqIter>::of_value(value) else { return Ok(Value::ABSENT) };
    let seq = iter.seq.get();
    if seq.is_absent() {
        return Ok(Value::ABSENT);
    }
    let item = super::memoryview::item_at(vm, seq, iter.index.get())?;
    match item {
        Some(item) => {
            iter.index.set(iter.index.get() + 1);
            Ok(item)
        }
        None => {
            iter.seq.set(Value::ABSENT);
            Ok(Value::ABSENT)
        }
    }
}

/// The iterator, and how many items its sequence has; `None` if it is exhausted.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<(PayloadRef<SeqIter>, Option<usize>)> {
    match PayloadRef::<SeqIter>::of_value(value) {
        Some(iter) => Ok((iter, bytes_data(vm, iter.seq.get()).map(<[u8]>::len))),
        None => Err(wrong_receiver(vm, method, "bytes_iterator", value)),
    }
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, len) = this(vm, args[0], "__length_hint__")?;
    Ok(vm.int_usize(len.unwrap_or(0).saturating_sub(iter.index.get())))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, len) = this(vm, args[0], "__reduce__")?;
    let function = vm.dict_get_str(vm.builtins, "iter").unwrap_or(Value::NONE);
    if len.is_none() {
        let empty = vm.tuple(&[]);
        let empty = vm.tuple(&[empty]);
        return Ok(vm.tuple(&[function, empty]));
    }
    let (arguments, index) = (vm.tuple(&[iter.seq.get()]), vm.int_usize(iter.index.get()));
    Ok(vm.tuple(&[function, arguments, index]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, len) = this(vm, args[0], "__setstate__")?;
    let index = vm.index_of(args[1])?;
    if let Some(len) = len {
        iter.index.set(usize::try_from(index).unwrap_or(0).min(len));
    }
    Ok(Value::NONE)
}
