//! `enumerate`.
use haft_core::object::{Enumerate, PayloadRef, Slots, Str, Type, TypeFlags};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};
use haft_text::IBig;

use super::identity;
use crate::alias::class_getitem;
use crate::arguments::class_of;

const DOC: &str = "Return an enumerate object.

  iterable
    an object supporting iteration

The enumerate object yields pairs containing a count (from start, which
defaults to zero) and a value yielded by the iterable argument.

enumerate is useful for obtaining an indexed list:
    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...";

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
        ..TypeSpec::of::<Enumerate>("enumerate")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => class_getitem;
    }
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let (iterable, start) = arguments(vm, args)?;
    let start = vm.index_value(start)?;
    let index = start.as_bool().map_or(start, |b| Value::small(i32::from(b)));
    let iter = vm.iterate(iterable)?;
    Ok(vm.new_payload(class, Enumerate { iter, index: index.into() }))
}

/// `enumerate(iterable, start=0)`
fn arguments(vm: &mut Vm, args: &Args<'_>) -> R<(Value, Value)> {
    if args.vals.len() > 2 {
        let n = args.vals.len();
        return Err(vm.type_error(format!("enumerate() takes at most 2 arguments ({n} given)")));
    }
    let mut given = [Value::ABSENT; 2];
    given[..args.n_positional()].copy_from_slice(args.positionals());
    for (name, value) in args.keywords() {
        let at = match vm.as_str(name).map(Str::bytes) {
            Some(b"iterable") => 0,
            Some(b"start") => 1,
            _ => 2,
        };
        match given.get_mut(at).filter(|place| place.is_absent()) {
            Some(place) => *place = value,
            None => {
                let name = vm.str_text(name)?;
                return Err(vm.type_error(format!(
                    "'{name}' is an invalid keyword argument for enumerate()"
                )));
            }
        }
    }
    let [iterable, start] = given;
    if iterable.is_absent() {
        return Err(vm.type_error("enumerate() missing required argument 'iterable'"));
    }
    Ok((iterable, if start.is_absent() { Value::small(0) } else { start }))
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Enumerate>> {
    vm.this(value, "__next__", "enumerate")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    let item = vm.next(this.iter)?;
    if item.is_absent() {
        return Ok(item);
    }
    let index = this.index.get();
    let after = match index.as_fixnum() {
        // One more than a fixnum is a word.
        Some(number) => vm.int(number + 1),
        None => {
            let number = vm.as_big(index).unwrap_or_default() + IBig::ONE;
            vm.big(number)
        }
    };
    this.index.set(after);
    Ok(vm.tuple(&[index, item]))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let arguments = vm.tuple(&[this.iter, this.index.get()]);
    let class = vm.type_of(args[0]).value();
    Ok(vm.tuple(&[class, arguments]))
}
