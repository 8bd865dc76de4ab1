//! Wrappers: what `int.__add__(1, 2)` does with the slot of `int`.
//!
//! Each checks its arguments as CPython's wrapper descriptors do, calls the slot of the class that the wrapper belongs
//! to (not that of the argument's class), and shows the result to Python.
use haft_heap::Value;

use super::slots_generic as generic;
use crate::object::{
    Binary, Calling, CompareOp, Comparing, Contains, DescrGet, Hashing, Length, PayloadRef, Setter,
    Ternary, Test, Type, Unary, is_subtype,
};
use crate::vm::{Args, R, Raised, Vm};

/// One call of a wrapper.
pub(super) struct Wrapped<'a, F> {
    /// The slot of the class the wrapper belongs to.
    pub(super) slot: Option<F>,
    /// That class.
    pub(super) owner: Type,
    /// The special method.
    pub(super) name: &'static str,
    /// The arguments, the object itself first.
    pub(super) args: &'a Args<'a>,
}

impl<F: Copy> Wrapped<'_, F> {
    fn function(&self, vm: &mut Vm) -> R<F> {
        match self.slot {
            Some(slot) => Ok(slot),
            None => Err(vm.type_error(format!(
                "'{}' of '{}' is not supported",
                self.name,
                self.owner.name_text()
            ))),
        }
    }
    /// The object, whose class is checked, and the other arguments.
    fn receiver(&self, vm: &mut Vm) -> R<(Value, &[Value])> {
        let owner = self.owner;
        let Some((&this, rest)) =
            self.args.vals.split_first().filter(|_| self.args.n_positional() > 0)
        else {
            return Err(vm.type_error(format!(
                "descriptor '{}' of '{}' object needs an argument",
                self.name,
                owner.name_text()
            )));
        };
        let class = vm.type_of(this);
        if !is_subtype(class, owner.obj()) {
            let (name, owner, class) = (self.name, owner.name_text(), class.name_text());
            return Err(vm.type_error(format!(
                "descriptor '{name}' requires a '{owner}' object but received a '{class}'"
            )));
        }
        Ok((this, rest))
    }
    /// The object and `N` further arguments.
    fn exactly<const N: usize>(&self, vm: &mut Vm) -> R<(F, Value, [Value; N])> {
        let slot = self.function(vm)?;
        let (this, rest) = self.receiver(vm)?;
        self.no_keywords(vm)?;
        match <[Value; N]>::try_from(rest) {
            Ok(rest) => Ok((slot, this, rest)),
            Err(_) => Err(wrong_number(vm, N, rest.len())),
        }
    }
    /// The object, one more argument, and a third or None.
    fn one_or_two(&self, vm: &mut Vm) -> R<(F, Value, Value, Value)> {
        let slot = self.function(vm)?;
        let (this, rest) = self.receiver(vm)?;
        self.no_keywords(vm)?;
        match rest {
            [a] => Ok((slot, this, *a, Value::NONE)),
            [a, b] => Ok((slot, this, *a, *b)),
            [] => Err(vm.type_error(" expected at least 1 argument, got 0")),
            _ => Err(vm.type_error(format!(" expected at most 2 arguments, got {}", rest.len()))),
        }
    }
    fn no_keywords(&self, vm: &mut Vm) -> R<()> {
        if self.args.names.is_empty() {
            return Ok(());
        }
        Err(vm.type_error(format!("wrapper {}() takes no keyword arguments", self.name)))
    }
}

fn wrong_number(vm: &mut Vm, expected: usize, given: usize) -> Raised {
    if expected == 2 {
        return vm.type_error(format!(" expected 2 arguments, got {given}"));
    }
    let plural = if expected == 1 { "" } else { "s" };
    vm.type_error(format!("expected {expected} argument{plural}, got {given}"))
}

pub(super) fn unary(vm: &mut Vm, w: &Wrapped<'_, Unary>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    slot(vm, this)
}

pub(super) fn del(vm: &mut Vm, w: &Wrapped<'_, Unary>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    slot(vm, this)?;
    Ok(Value::NONE)
}

pub(super) fn left(vm: &mut Vm, w: &Wrapped<'_, Binary>) -> R {
    let (slot, this, [other]) = w.exactly(vm)?;
    slot(vm, this, other)
}

pub(super) fn right(vm: &mut Vm, w: &Wrapped<'_, Binary>) -> R {
    let (slot, this, [other]) = w.exactly(vm)?;
    slot(vm, other, this)
}

pub(super) fn repeat(vm: &mut Vm, w: &Wrapped<'_, Binary>) -> R {
    let (slot, this, [count]) = w.exactly(vm)?;
    let count = vm.index_value(count)?;
    slot(vm, this, count)
}

pub(super) fn pow_left(vm: &mut Vm, w: &Wrapped<'_, Ternary>) -> R {
    let (slot, this, other, modulus) = w.one_or_two(vm)?;
    slot(vm, this, other, modulus)
}

pub(super) fn pow_right(vm: &mut Vm, w: &Wrapped<'_, Ternary>) -> R {
    let (slot, this, other, modulus) = w.one_or_two(vm)?;
    slot(vm, other, this, modulus)
}

pub(super) fn compare(vm: &mut Vm, w: &Wrapped<'_, Comparing>, op: CompareOp) -> R {
    let (slot, this, [other]) = w.exactly(vm)?;
    slot(vm, this, other, op)
}

pub(super) fn hash(vm: &mut Vm, w: &Wrapped<'_, Hashing>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    let hash = slot(vm, this)?;
    Ok(vm.int(hash))
}

pub(super) fn len(vm: &mut Vm, w: &Wrapped<'_, Length>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    let len = slot(vm, this)?;
    Ok(vm.int_usize(len))
}

pub(super) fn test(vm: &mut Vm, w: &Wrapped<'_, Test>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    slot(vm, this).map(Value::bool)
}

pub(super) fn contains(vm: &mut Vm, w: &Wrapped<'_, Contains>) -> R {
    let (slot, this, [item]) = w.exactly(vm)?;
    slot(vm, this, item).map(Value::bool)
}

pub(super) fn setitem(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [key, value]) = w.exactly(vm)?;
    slot(vm, this, key, value)?;
    Ok(Value::NONE)
}

pub(super) fn delitem(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [key]) = w.exactly(vm)?;
    slot(vm, this, key, Value::ABSENT)?;
    Ok(Value::NONE)
}

pub(super) fn getattribute(vm: &mut Vm, w: &Wrapped<'_, Binary>) -> R {
    let (slot, this, [name]) = w.exactly(vm)?;
    let name = vm.attr_name(name)?;
    slot(vm, this, name)
}

/// A row without wrapper.
pub(super) fn hidden(vm: &mut Vm, w: &Wrapped<'_, Binary>) -> R {
    getattribute(vm, w)
}

pub(super) fn setattr(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [name, value]) = w.exactly(vm)?;
    check_no_override_skipped(vm, w, slot, this)?;
    let name = vm.attr_name(name)?;
    slot(vm, this, name, value)?;
    Ok(Value::NONE)
}

pub(super) fn delattr(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [name]) = w.exactly(vm)?;
    check_no_override_skipped(vm, w, slot, this)?;
    let name = vm.attr_name(name)?;
    slot(vm, this, name, Value::ABSENT)?;
    Ok(Value::NONE)
}

/// `object.__setattr__(cls, …)` must not get around the rules that a native class between has for its attributes.
fn check_no_override_skipped(
    vm: &mut Vm,
    w: &Wrapped<'_, Setter>,
    slot: Setter,
    this: Value,
) -> R<()> {
    let class = vm.type_of(this);
    let is = |function: Option<Setter>, wanted: Setter| {
        function.is_some_and(|f| std::ptr::fn_addr_eq(f, wanted))
    };
    let own = class.slots.setattro.get();
    // The class in the MRO that brought the slot function; Python classes never do.
    let bringer = class.mro_items().iter().rev().filter_map(|&c| Type::of_value(c)).find(|c| {
        let function = c.slots.setattro.get();
        !is(function, generic::setattro)
            && function.zip(own).is_some_and(|(a, b)| std::ptr::fn_addr_eq(a, b))
    });
    let mut base = Some(bringer.unwrap_or(class));
    while let Some(at) = base {
        let function = at.slots.setattro.get();
        if is(function, slot) {
            return Ok(());
        }
        if !is(function, generic::setattro) {
            return Err(vm.type_error(format!(
                "can't apply this {} to {} object",
                w.name,
                class.name_text()
            )));
        }
        base = Type::of_value(at.base.get());
    }
    Ok(())
}

pub(super) fn call(vm: &mut Vm, w: &Wrapped<'_, Calling>) -> R {
    let slot = w.function(vm)?;
    let (this, rest) = w.receiver(vm)?;
    slot(vm, this, &Args { vals: rest, names: w.args.names })
}

pub(super) fn init(vm: &mut Vm, w: &Wrapped<'_, Calling>) -> R {
    call(vm, w)?;
    Ok(Value::NONE)
}

/// `__next__`: the end is a StopIteration, with the value that a generator returned.
pub(super) fn next(vm: &mut Vm, w: &Wrapped<'_, Unary>) -> R {
    let (slot, this, []) = w.exactly(vm)?;
    vm.stack.stop_value = Value::ABSENT;
    let item = slot(vm, this)?;
    if !item.is_absent() {
        return Ok(item);
    }
    let value = std::mem::replace(&mut vm.stack.stop_value, Value::ABSENT);
    Err(vm.stop_iteration(value))
}

pub(super) fn descr_get(vm: &mut Vm, w: &Wrapped<'_, DescrGet>) -> R {
    let (slot, this, obj, class) = w.one_or_two(vm)?;
    let absent_if_none = |value: Value| if value.is_none() { Value::ABSENT } else { value };
    let (obj, class) = (absent_if_none(obj), absent_if_none(class));
    if obj.is_absent() && class.is_absent() {
        return Err(vm.type_error("__get__(None, None) is invalid"));
    }
    slot(vm, this, obj, class)
}

pub(super) fn descr_set(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [obj, value]) = w.exactly(vm)?;
    slot(vm, this, obj, value)?;
    Ok(Value::NONE)
}

pub(super) fn descr_delete(vm: &mut Vm, w: &Wrapped<'_, Setter>) -> R {
    let (slot, this, [obj]) = w.exactly(vm)?;
    slot(vm, this, obj, Value::ABSENT)?;
    Ok(Value::NONE)
}

/// `C.__new__(D, …)` of a native class C.
pub(super) fn new(vm: &mut Vm, w: &Wrapped<'_, Calling>) -> R {
    let slot = w.function(vm)?;
    let owner = w.owner.shown_name();
    let Some((&first, rest)) = w.args.vals.split_first().filter(|_| w.args.n_positional() > 0)
    else {
        return Err(vm.type_error(format!("{owner}.__new__(): not enough arguments")));
    };
    let Some(class) = PayloadRef::of_value(first) else {
        let given = vm.type_name(first);
        return Err(vm.type_error(format!("{owner}.__new__(X): X is not a type object ({given})")));
    };
    let class: Type = class;
    if !is_subtype(class, w.owner.obj()) {
        let class = class.shown_name();
        return Err(
            vm.type_error(format!("{owner}.__new__({class}): {class} is not a subtype of {owner}"))
        );
    }
    // The nearest native base decides the layout: its `__new__` or none.
    let mut native = class;
    while native.slots.new.get().is_some_and(|f| std::ptr::fn_addr_eq(f, generic::new as Calling)) {
        match Type::of_value(native.base.get()) {
            Some(base) => native = base,
            None => break,
        }
    }
    if !native.slots.new.get().is_some_and(|f| std::ptr::fn_addr_eq(f, slot)) {
        let (class, native) = (class.name_text(), native.name_text());
        return Err(
            vm.type_error(format!("{owner}.__new__({class}) is not safe, use {native}.__new__()"))
        );
    }
    slot(vm, first, &Args { vals: rest, names: w.args.names })
}
