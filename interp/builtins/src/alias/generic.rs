//! `types.GenericAlias`: `list[int]` (PEP 585).
use std::cell::Cell;

use haft_core::object::{CompareOp, PayloadRef, Slots, Str, Tuple, Type};
use haft_core::protocol::generic_getattro;
use haft_core::vm::TypeSpec;
use haft_core::{Args, R, Value, Vm, payload};

use super::parameters::{substitute, type_parameters};
use super::text::{push_argument, push_type};
use super::{classes, set_module, union};
use crate::arguments::class_of;
use crate::container::positional;
use crate::iterator::{identity, iter_function};

const DOC: &str = "Represent a PEP 585 generic type

E.g. for t = list[int], t.__origin__ is list and t.__args__ is (int,).";

payload! {
    /// A generic class with type arguments.
    pub struct GenericAlias {
        /// `__origin__`
        pub(super) origin: Value,
        /// `__args__`, a tuple.
        pub(super) args: Value,
        /// `__parameters__`, a tuple, once asked for; else ABSENT.
        parameters: Cell<Value>,
        /// `*tuple[int]`?
        pub(super) starred: bool,
    }
    /// What iterating over an alias gives: once, the starred alias.
    pub struct UnpackIterator {
        /// The alias; ABSENT once exhausted.
        alias: Cell<Value>,
    }
}

/// Attributes of the alias itself; all others are those of the origin.
const OWN_ATTRIBUTES: [&str; 9] = [
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
];
/// Attributes that the alias does not take from the origin, nor has.
const HIDDEN_ATTRIBUTES: [&str; 3] = ["__bases__", "__copy__", "__deepcopy__"];

/// Fill in the class.
pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.new.set(Some(new));
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.call.set(Some(call));
        s.getattro.set(Some(get_attribute));
        s.getitem.set(Some(get_item));
        s.iter.set(Some(iterate));
        s.or.set(Some(union::or));
    };
    vm.fill_type(vm.t.generic_alias, DOC, slots, METHODS, GETSETS);
    set_module(vm, vm.t.generic_alias, "types");
}

/// Make the class of [`UnpackIterator`].
pub(super) fn make_iterator_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    vm.new_builtin_type(&TypeSpec {
        slots,
        methods: ITERATOR_METHODS,
        ..TypeSpec::of::<UnpackIterator>("generic_alias_iterator")
    })
}

haft_core::natives! {
    static METHODS = {
        /// The bases that stand for the alias in a class statement.
        __mro_entries__ "($self, bases, /)" => mro_entries;
        /// Always an error.
        __instancecheck__ "($self, instance, /)" => |vm, _| {
            Err(vm.type_error("isinstance() argument 2 cannot be a parameterized generic"))
        };
        /// Always an error.
        __subclasscheck__ "($self, subclass, /)" => |vm, _| {
            Err(vm.type_error("issubclass() argument 2 cannot be a parameterized generic"))
        };
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Names of the attributes of the origin and the alias.
        __dir__ "($self, /)" => dir;
    }
    static ITERATOR_METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce_iterator;
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// The generic class.
        __origin__ => |vm, this| Ok(of(vm, this)?.origin);
        /// The type arguments.
        __args__ => |vm, this| Ok(of(vm, this)?.args);
        /// Does a star stand before it?
        __unpacked__ => |vm, this| Ok(Value::bool(of(vm, this)?.starred));
        /// Type variables in the GenericAlias.
        __parameters__ => parameters;
        /// The type arguments of a starred tuple, else None.
        __typing_unpacked_tuple_args__ => |vm, this| {
            let alias = of(vm, this)?.get();
            let is_tuple = alias.starred && alias.origin == vm.t.tuple.value();
            Ok(if is_tuple { alias.args } else { Value::NONE })
        };
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<GenericAlias>> {
    vm.this(value, "__origin__", "types.GenericAlias")
}

fn items(value: Value) -> &'static [Value] {
    value.as_ptr().and_then(Tuple::of).map_or(&[], Tuple::items)
}

/// `origin[args]`; a tuple gives several arguments.
pub fn generic_alias(vm: &mut Vm, origin: Value, args: Value) -> Value {
    make(vm, vm.t.generic_alias, origin, args, false)
}

fn make(vm: &mut Vm, class: Type, origin: Value, args: Value, starred: bool) -> Value {
    let args = match vm.as_tuple(args) {
        Some(tuple) => tuple.value(),
        None => vm.tuple(&[args]),
    };
    vm.new_payload(class, GenericAlias { origin, args, parameters: Value::ABSENT.into(), starred })
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let class = class_of(vm, class)?;
    let given = positional(vm, "GenericAlias", args, 2, 2)?;
    Ok(make(vm, class, given[0], given[1], false))
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let alias = of(vm, this)?.get();
    let mut out = Vec::new();
    if alias.starred {
        out.push(b'*');
    }
    push_type(vm, &mut out, alias.origin)?;
    out.push(b'[');
    for (at, &arg) in items(alias.args).iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b", ");
        }
        push_argument(vm, &mut out, arg)?;
    }
    // `tuple[()]`
    out.extend_from_slice(if items(alias.args).is_empty() { b"()]" } else { b"]" });
    vm.new_str_checked(&out)
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let alias = of(vm, this)?.get();
    Ok(vm.hash(alias.origin)? ^ vm.hash(alias.args)?)
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) =
        (PayloadRef::<GenericAlias>::of_value(a), PayloadRef::<GenericAlias>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let (x, y) = (x.get(), y.get());
    let equal =
        x.starred == y.starred && vm.equals(x.origin, y.origin)? && vm.equals(x.args, y.args)?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

/// `list[int]()`: an instance of the origin that is told the alias, if it can be told anything.
fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let alias = of(vm, this)?.get();
    let made = vm.call(alias.origin, args)?;
    let name = vm.names.__orig_class__;
    match vm.set_attr(made, name, this) {
        Err(raised) if vm.raised_is(vm.exc.attribute_error) || vm.raised_is(vm.exc.type_error) => {
            vm.take_raised(raised);
            Ok(made)
        }
        result => result.map(|()| made),
    }
}

fn get_attribute(vm: &mut Vm, this: Value, name: Value) -> R {
    let alias = of(vm, this)?.get();
    let text = vm.as_str(name).map_or(&b""[..], Str::bytes);
    let is_own = OWN_ATTRIBUTES.iter().chain(&HIDDEN_ATTRIBUTES).any(|own| own.as_bytes() == text);
    if is_own { generic_getattro(vm, this, name) } else { vm.get_attr(alias.origin, name) }
}

fn parameters(vm: &mut Vm, this: Value) -> R {
    let alias = of(vm, this)?.get();
    if alias.parameters.get().is_absent() {
        let found = type_parameters(vm, alias.args)?;
        alias.parameters.set(found);
    }
    Ok(alias.parameters.get())
}

fn get_item(vm: &mut Vm, this: Value, item: Value) -> R {
    let alias = of(vm, this)?.get();
    let parameters = parameters(vm, this)?;
    let args = substitute(vm, this, alias.args, parameters, item)?;
    Ok(make(vm, vm.t.generic_alias, alias.origin, args, alias.starred))
}

fn mro_entries(vm: &mut Vm, args: &[Value]) -> R {
    let origin = of(vm, args[0])?.origin;
    Ok(vm.tuple(&[origin]))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let alias = of(vm, args[0])?.get();
    let arguments = vm.tuple(&[alias.origin, alias.args]);
    if alias.starred {
        let plain = make(vm, vm.t.generic_alias, alias.origin, alias.args, false);
        let iter = iterate(vm, plain)?;
        let Some(next) = vm.dict_get_str(vm.builtins, "next") else {
            return Err(vm.attribute_error("next"));
        };
        let arguments = vm.tuple(&[iter]);
        return Ok(vm.tuple(&[next, arguments]));
    }
    Ok(vm.tuple(&[vm.t.generic_alias.value(), arguments]))
}

fn dir(vm: &mut Vm, args: &[Value]) -> R {
    let origin = of(vm, args[0])?.origin;
    let Some(names) = vm.call_special(origin, vm.names.__dir__, &[])? else {
        return Ok(vm.list(&[]));
    };
    let names = vm.list_of(names)?;
    for own in OWN_ATTRIBUTES {
        let own = vm.intern(own);
        if !names.items().contains(&own) {
            names.push(&mut vm.heap, own);
        }
    }
    Ok(names.value())
}

fn iterate(vm: &mut Vm, this: Value) -> R {
    let class = classes(vm).unpack_iterator;
    Ok(vm.new_payload(class, UnpackIterator { alias: this.into() }))
}

fn unpack_iterator(vm: &mut Vm, value: Value) -> R<PayloadRef<UnpackIterator>> {
    vm.this(value, "__next__", "generic_alias_iterator")
}

fn next(vm: &mut Vm, this: Value) -> R {
    let alias = unpack_iterator(vm, this)?.alias.replace(Value::ABSENT);
    if alias.is_absent() {
        return Ok(alias);
    }
    let alias = of(vm, alias)?.get();
    Ok(make(vm, vm.t.generic_alias, alias.origin, alias.args, true))
}

fn reduce_iterator(vm: &mut Vm, args: &[Value]) -> R {
    let alias = unpack_iterator(vm, args[0])?.alias.get();
    let function = iter_function(vm)?;
    let source = if alias.is_absent() { vm.tuple(&[]) } else { alias };
    let arguments = vm.tuple(&[source]);
    Ok(vm.tuple(&[function, arguments]))
}
