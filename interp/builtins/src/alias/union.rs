//! `typing.Union`: `int | str` (PEP 604).
#![expect(clippy::nonminimal_bool, reason = "written as the rule reads")]
use std::cell::Cell;

use haft_core::object::{CompareOp, List, PayloadRef, Set, ShapeId, Slots, Tuple, Type};
use haft_core::{R, Value, Vm, payload};

use super::generic::GenericAlias;
use super::parameters::{substitute, type_parameters};
use super::set_module;
use super::text::push_type;
use crate::function::import_module;

const DOC: &str = "Represent a union type

E.g. for int | str";

payload! {
    /// A union of types.
    pub struct Union {
        /// `__args__`, a tuple.
        args: Value,
        /// Those of them that are hashable, a frozenset.
        hashable: Value,
        /// The others, a tuple.
        unhashable: Value,
        /// `__parameters__`, a tuple, once asked for; else ABSENT.
        parameters: Cell<Value>,
    }
}

/// Fill in the class.
pub(super) fn install(vm: &mut Vm) {
    let slots = |s: &Slots| {
        s.repr.set(Some(repr));
        s.hash.set(Some(hash));
        s.compare.set(Some(compare));
        s.getitem.set(Some(get_item));
        s.or.set(Some(or));
    };
    vm.fill_type(vm.t.union, DOC, slots, METHODS, GETSETS);
    set_module(vm, vm.t.union, "typing");
}

haft_core::natives! {
    static METHODS = {
        /// Always an error.
        __mro_entries__ "($self, bases, /)" => |vm, args| {
            let shown = vm.repr_text(args[0])?;
            Err(vm.type_error(format!("Cannot subclass {shown}")))
        };
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => |vm, args| union_of(vm, args[1]);
        /// Is it an instance of one of the types?
        __instancecheck__ "($self, instance, /)" => |vm, args| any_type(vm, args, Vm::isinstance);
        /// Is it a subclass of one of the types?
        __subclasscheck__ "($self, subclass, /)" => |vm, args| any_type(vm, args, Vm::issubclass);
    }
}

haft_core::getsets! {
    static GETSETS = {
        /// The types.
        __args__ => |vm, this| Ok(of(vm, this)?.args);
        /// Name of the type
        __name__ => |vm, _| Ok(vm.intern("Union"));
        /// Qualified name of the type
        __qualname__ => |vm, _| Ok(vm.intern("Union"));
        /// Always returns the type
        __origin__ => |vm, _| Ok(vm.t.union.value());
        /// Type variables in the types.UnionType.
        __parameters__ => parameters;
    }
}

fn of(vm: &mut Vm, value: Value) -> R<PayloadRef<Union>> {
    vm.this(value, "__args__", "typing.Union")
}

fn as_union(value: Value) -> Option<PayloadRef<Union>> {
    PayloadRef::of_value(value)
}

fn items(value: Value) -> &'static [Value] {
    value.as_ptr().and_then(Tuple::of).map_or(&[], Tuple::items)
}

/// A union under construction.
#[derive(Clone, Copy)]
struct Builder {
    args: List,
    hashable: Set,
    unhashable: List,
    /// Must arguments that are no types be looked at by `typing`?
    checked: bool,
}

impl Builder {
    fn new(vm: &mut Vm, checked: bool) -> Builder {
        Builder {
            args: vm.new_list(),
            hashable: Set::with_shape(&mut vm.heap, ShapeId::FROZENSET),
            unhashable: vm.new_list(),
            checked,
        }
    }
    fn add(self, vm: &mut Vm, arg: Value) -> R<()> {
        if arg.is_none() {
            return self.add_type(vm, vm.t.none.value());
        }
        if let Some(union) = as_union(arg) {
            for &arg in items(union.args) {
                self.add_type(vm, arg)?;
            }
            return Ok(());
        }
        let ty = if self.checked { check_type(vm, arg)? } else { arg };
        self.add_type(vm, ty)
    }
    /// Add a type unless it is there already.
    fn add_type(self, vm: &mut Vm, ty: Value) -> R<()> {
        match vm.key(ty) {
            Ok(key) => {
                if !vm.set_add_key(self.hashable, key)? {
                    return Ok(());
                }
            }
            Err(raised) => {
                vm.take_raised(raised);
                if vm.contains(self.unhashable.value(), ty)? {
                    return Ok(());
                }
                self.unhashable.push(&mut vm.heap, ty);
            }
        }
        self.args.push(&mut vm.heap, ty);
        Ok(())
    }
    fn finish(self, vm: &mut Vm) -> R {
        match self.args.items() {
            [] => Err(vm.type_error("Cannot take a Union of no types.")),
            &[single] => Ok(single),
            args => {
                let args = vm.tuple(args);
                let unhashable = vm.tuple(self.unhashable.items());
                let payload = Union {
                    args,
                    hashable: self.hashable.value(),
                    unhashable,
                    parameters: Value::ABSENT.into(),
                };
                Ok(vm.new_payload(vm.t.union, payload))
            }
        }
    }
}

/// Can it be an operand of `|` between types?
fn is_unionable(vm: &Vm, value: Value) -> bool {
    value.is_none()
        || Type::of_value(value).is_some()
        || PayloadRef::<GenericAlias>::of_value(value).is_some()
        || as_union(value).is_some()
        || vm.type_of(value).name_text() == "TypeAliasType"
}

/// The type that an argument of `Union[…]` stands for: `typing` knows what to do with strings and special forms.
fn check_type(vm: &mut Vm, arg: Value) -> R {
    if is_unionable(vm, arg) {
        return Ok(arg);
    }
    let typing = import_module(vm, "typing")?;
    let message = vm.str("Union[arg, ...]: each arg must be a type.");
    vm.call_method_str(typing, "_type_check", &[arg, message])
}

/// `Union[args]`
pub fn union_of(vm: &mut Vm, args: Value) -> R {
    let builder = Builder::new(vm, true);
    match args.as_ptr().and_then(Tuple::of) {
        Some(args) => {
            for &arg in args.items() {
                builder.add(vm, arg)?;
            }
        }
        None => builder.add(vm, args)?,
    }
    builder.finish(vm)
}

/// `left | right` of types, aliases and unions.
pub(super) fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    let checked = as_union(left).is_some() || as_union(right).is_some();
    if !checked && !(is_unionable(vm, left) && is_unionable(vm, right)) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let builder = Builder::new(vm, checked);
    builder.add(vm, left)?;
    builder.add(vm, right)?;
    builder.finish(vm)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let union = of(vm, this)?.get();
    let mut out = Vec::new();
    for (at, &arg) in items(union.args).iter().enumerate() {
        if at > 0 {
            out.extend_from_slice(b" | ");
        }
        push_type(vm, &mut out, arg)?;
    }
    vm.new_str_checked(&out)
}

fn hash(vm: &mut Vm, this: Value) -> R<i64> {
    let union = of(vm, this)?.get();
    let unhashable = items(union.unhashable);
    if unhashable.is_empty() {
        return vm.hash(union.hashable);
    }
    for &arg in unhashable {
        vm.hash(arg)?;
    }
    let n = unhashable.len();
    Err(vm.type_error(format!("union contains {n} unhashable elements")))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(x), Some(y)) = (as_union(a), as_union(b)) else { return Ok(Value::NOT_IMPLEMENTED) };
    if !matches!(op, CompareOp::Eq | CompareOp::Ne) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let equal = same_types(vm, x.get(), y.get())?;
    Ok(Value::bool(equal == (op == CompareOp::Eq)))
}

fn same_types(vm: &mut Vm, x: &Union, y: &Union) -> R<bool> {
    if !vm.equals(x.hashable, y.hashable)? || items(x.unhashable).len() != items(y.unhashable).len()
    {
        return Ok(false);
    }
    for (these, others) in [(x, y), (y, x)] {
        for &arg in items(these.unhashable) {
            if !vm.contains(others.unhashable, arg)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn parameters(vm: &mut Vm, this: Value) -> R {
    let union = of(vm, this)?.get();
    if union.parameters.get().is_absent() {
        let found = type_parameters(vm, union.args)?;
        union.parameters.set(found);
    }
    Ok(union.parameters.get())
}

fn get_item(vm: &mut Vm, this: Value, item: Value) -> R {
    let union = of(vm, this)?.get();
    let parameters = parameters(vm, this)?;
    let args = substitute(vm, this, union.args, parameters, item)?;
    union_of(vm, args)
}

fn any_type(vm: &mut Vm, args: &[Value], test: fn(&mut Vm, Value, Value) -> R<bool>) -> R {
    let union = of(vm, args[0])?.get();
    for &ty in items(union.args) {
        if test(vm, args[1], ty)? {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}
