//! Iterators over strings.
use std::any::Any;

use haft_core::object::{PayloadRef, SeqIter, Str, Traced, Type, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{R, Tracer, Value, Vm, natives};
use haft_text::wtf8::decode_at;

use crate::arguments::wrong_receiver;

/// The classes of iterators: of ASCII strings and of others.
struct Iterators {
    ascii: Type,
    other: Type,
}

impl Extension for Iterators {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.ascii.trace(tracer);
        self.other.trace(tracer);
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
        __setstate__ "($self, object, /)" => setstate;
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
    let ascii = vm.new_builtin_type(&spec("str_ascii_iterator"));
    let other = vm.new_builtin_type(&spec("str_iterator"));
    vm.set_extension(Iterators { ascii, other });
}

pub(super) fn iterate(vm: &mut Vm, value: Value) -> R {
    let str = super::this(vm, value, "__iter__")?;
    let class = vm
        .extension::<Iterators>()
        .map(|types| if str.is_ascii() { types.ascii } else { types.other });
    let class = class.unwrap_or(vm.t.iterator);
    Ok(vm.new_payload(class, SeqIter { seq: str.value().into(), index: 0.into() }))
}

/// The position is a byte offset.
fn next(vm: &mut Vm, value: Value) -> R {
    let Some(iter) = PayloadRef::<SeqIter>::of_value(value) else { return Ok(Value::ABSENT) };
    let Some(str) = iter.seq.get().as_ptr().and_then(Str::of) else { return Ok(Value::ABSENT) };
    let (bytes, at) = (str.bytes(), iter.index.get());
    if at >= bytes.len() {
        iter.seq.set(Value::ABSENT);
        return Ok(Value::ABSENT);
    }
    let (cp, len) = decode_at(bytes, at);
    iter.index.set(at + len);
    Ok(vm.str_char(cp))
}

/// The iterator, and its string unless it is exhausted.
fn this(vm: &mut Vm, value: Value, method: &str) -> R<(PayloadRef<SeqIter>, Option<Str>)> {
    match PayloadRef::<SeqIter>::of_value(value) {
        Some(iter) => Ok((iter, iter.seq.get().as_ptr().and_then(Str::of))),
        None => Err(wrong_receiver(vm, method, "str_iterator", value)),
    }
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, str) = this(vm, args[0], "__length_hint__")?;
    let left = str.map_or(0, |str| str.len() - str.index_of_offset(&mut vm.heap, iter.index.get()));
    Ok(vm.int_usize(left))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, str) = this(vm, args[0], "__reduce__")?;
    let function = vm.dict_get_str(vm.builtins, "iter").unwrap_or(Value::NONE);
    let Some(str) = str else {
        let empty = vm.str("");
        let empty = vm.tuple(&[empty]);
        return Ok(vm.tuple(&[function, empty]));
    };
    let index = str.index_of_offset(&mut vm.heap, iter.index.get());
    let (index, arguments) = (vm.int_usize(index), vm.tuple(&[str.value()]));
    Ok(vm.tuple(&[function, arguments, index]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let (iter, str) = this(vm, args[0], "__setstate__")?;
    let index = vm.index_of(args[1])?;
    if let Some(str) = str {
        let index = usize::try_from(index).unwrap_or(0).min(str.len());
        iter.index.set(str.byte_offset(&mut vm.heap, index));
    }
    Ok(Value::NONE)
}
