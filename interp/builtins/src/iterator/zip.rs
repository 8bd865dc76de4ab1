//! `zip`, and taking one item each of several iterators.
use haft_core::object::{PayloadRef, Slots, Tuple, Type, TypeFlags, Zip};
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm};

use super::identity;
use crate::arguments::class_of;

const DOC: &str = "The zip object yields n-length tuples, where n is the number of iterables
passed as positional arguments to zip().  The i-th element in every tuple
comes from the i-th iterable argument to zip().  This continues until the
shortest argument is exhausted.

If strict is true and one of the arguments is exhausted before the others,
raise a ValueError.

   >>> list(zip('abcdefg', range(3), range(4)))
   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]";

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
        ..TypeSpec::of::<Zip>("zip")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Set state information for unpickling.
        __setstate__ "($self, object, /)" => setstate;
    }
}

/// The keyword argument `strict` of `zip` and `map`; there is no other.
pub(super) fn strict_argument(vm: &mut Vm, function: &str, args: &Args<'_>) -> R<bool> {
    let mut strict = false;
    for (name, value) in args.keywords() {
        if vm.as_str(name).is_some_and(|name| name.bytes() == b"strict") {
            strict = vm.truth(value)?;
        } else {
            let name = vm.as_str(name).map_or_else(String::new, |name| name.to_text().into_owned());
            return Err(
                vm.type_error(format!("{function}() got an unexpected keyword argument '{name}'"))
            );
        }
    }
    Ok(strict)
}

/// A tuple of iterators over these iterables.
pub(super) fn iterators(vm: &mut Vm, iterables: &[Value]) -> R {
    let iters = vm.new_list();
    for &iterable in iterables {
        let iter = vm.iterate(iterable)?;
        iters.push(&mut vm.heap, iter);
    }
    Ok(vm.tuple(iters.items()))
}

/// How many items a [`Row`] holds without a heap object.
const INLINE: usize = 8;

/// One item of each iterator.
pub(super) enum Row {
    /// Up to [`INLINE`] items, and how many.
    Short([Value; INLINE], usize),
    /// More of them.
    Long(Tuple),
    /// One of the iterators has no more.
    End,
}

impl Row {
    /// The items.
    pub(super) fn items(&self) -> &[Value] {
        match self {
            Row::Short(items, n) => &items[..*n],
            Row::Long(tuple) => tuple.items(),
            Row::End => &[],
        }
    }
    /// The items as a tuple.
    fn tuple(&self, vm: &mut Vm) -> Value {
        match self {
            Row::Long(tuple) => tuple.value(),
            short => vm.tuple(short.items()),
        }
    }
}

/// Take one item of each iterator; `function` is for the ValueError of a strict one.
#[inline]
pub(super) fn take_row(vm: &mut Vm, function: &str, iters: Value, strict: bool) -> R<Row> {
    let iters = iters.as_ptr().and_then(Tuple::of).map_or(&[][..], Tuple::items);
    if iters.len() > INLINE {
        return take_long_row(vm, function, iters, strict);
    }
    let mut items = [Value::ABSENT; INLINE];
    for (at, &iter) in iters.iter().enumerate() {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return ended(vm, function, iters, at, strict);
        }
        items[at] = item;
    }
    Ok(Row::Short(items, iters.len()))
}

fn take_long_row(vm: &mut Vm, function: &str, iters: &[Value], strict: bool) -> R<Row> {
    let tuple = Tuple::with_len(&mut vm.heap, iters.len());
    for (at, &iter) in iters.iter().enumerate() {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return ended(vm, function, iters, at, strict);
        }
        tuple.init(&mut vm.heap, at, item);
    }
    Ok(Row::Long(tuple))
}

/// Iterator number `at` has no more items, those before it had one each.
fn ended(vm: &mut Vm, function: &str, iters: &[Value], at: usize, strict: bool) -> R<Row> {
    if !strict {
        return Ok(Row::End);
    }
    let uneven = |at: usize, how: &str| {
        let plural = if at == 1 { " " } else { "s 1-" };
        format!("{function}() argument {} is {how} than argument{plural}{at}", at + 1)
    };
    if at > 0 {
        return Err(vm.value_error(uneven(at, "shorter")));
    }
    for (at, &iter) in iters.iter().enumerate().skip(1) {
        if !vm.next(iter)?.is_absent() {
            return Err(vm.value_error(uneven(at, "longer")));
        }
    }
    Ok(Row::End)
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let strict = strict_argument(vm, "zip", args)?;
    let iters = iterators(vm, args.positionals())?;
    Ok(vm.new_payload(class, Zip { iters, strict: strict.into() }))
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Zip>> {
    vm.this(value, "__next__", "zip")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let this = of(vm, this)?.get();
    if vm.as_tuple(this.iters).is_none_or(Tuple::is_empty) {
        return Ok(Value::ABSENT);
    }
    match take_row(vm, "zip", this.iters, this.strict.get())? {
        Row::End => Ok(Value::ABSENT),
        row => Ok(row.tuple(vm)),
    }
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let class = vm.type_of(args[0]).value();
    if this.strict.get() {
        return Ok(vm.tuple(&[class, this.iters, Value::TRUE]));
    }
    Ok(vm.tuple(&[class, this.iters]))
}

fn setstate(vm: &mut Vm, args: &[Value]) -> R {
    let this = of(vm, args[0])?.get();
    let strict = vm.truth(args[1])?;
    this.strict.set(strict);
    Ok(Value::NONE)
}
