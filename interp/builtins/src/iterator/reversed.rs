//! `reversed`, for what has a length and items by number.
use std::cell::Cell;

use haft_core::object::{PayloadRef, Slots, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Raised, Value, Vm, payload};

use super::identity;
use crate::arguments::{class_of, slot};
use crate::container::positional;

const DOC: &str = "Return a reverse iterator over the values of the given sequence.";

payload! {
    /// Items from the last to the first.
    pub struct Reversed {
        /// The sequence; ABSENT once exhausted.
        seq: Cell<Value>,
        /// Number of the next item; -1 at the end.
        index: Cell<i64>,
    }
}

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
        ..TypeSpec::of::<Reversed>("reversed")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Private method returning an estimate of len(list(it)).
        __length_hint__ "($self, /)" => length_hint;
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, object, /)" => setstate;
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let seq = positional(vm, "reversed", args, 1, 1)?[0];
    if let Some(method) = vm.lookup_special(seq, vm.names.__reversed__)? {
        if method.is_none() {
            return Err(not_reversible(vm, seq));
        }
        return vm.call_positional(method, &[]);
    }
    if slot(vm, seq, |s| s.getitem.get().is_none()) || vm.as_dict(seq).is_some() {
        return Err(not_reversible(vm, seq));
    }
    let len = vm.length(seq)? as i64;
    Ok(vm.new_payload(class, Reversed { seq: seq.into(), index: (len - 1).into() }))
}

#[cold]
fn not_reversible(vm: &mut Vm, seq: Value) -> Raised {
    let class = vm.type_name(seq);
    vm.type_error(format!("'{class}' object is not reversible"))
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Reversed>> {
    vm.this(value, "__next__", "reversed")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    let (seq, index) = (this.seq.get(), this.index.get());
    if seq.is_absent() {
        return Ok(Value::ABSENT);
    }
    if index >= 0 {
        let key = vm.int(index);
        match vm.get_item(seq, key) {
            Ok(item) => {
                this.index.set(index - 1);
                return Ok(item);
            }
            Err(raised)
                if vm.raised_is(vm.exc.index_error) || vm.raised_is(vm.exc.stop_iteration) =>
            {
                vm.take_raised(raised);
            }
            Err(raised) => return Err(raised),
        }
    }
    this.index.set(-1);
    this.seq.set(Value::ABSENT);
    Ok(Value::ABSENT)
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let seq = this.seq.get();
    if seq.is_absent() {
        return Ok(Value::small(0));
    }
    let (len, left) = (vm.length(seq)? as i64, this.index.get() + 1);
    Ok(vm.int(if len < left { 0 } else { left }))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let class = vm.type_of(args[0]).value();
    let seq = this.seq.get();
    if seq.is_absent() {
        let empty = vm.tuple(&[]);
        let arguments = vm.tuple(&[empty]);
        return Ok(vm.tuple(&[class, arguments]));
    }
    let arguments = vm.tuple(&[seq]);
    let index = vm.int(this.index.get());
    Ok(vm.tuple(&[class, arguments, index]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let index = vm.index_of(args[1])?;
    let seq = this.seq.get();
    if !seq.is_absent() {
        let len = vm.length(seq)? as i64;
        this.index.set(index.clamp(-1, len - 1));
    }
    Ok(Value::NONE)
}
