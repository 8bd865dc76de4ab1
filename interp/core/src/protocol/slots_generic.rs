//! Slot functions of Python classes: each calls the special method that the class defines.
use haft_heap::Value;

use super::slots::ROWS;
use crate::object::{
    Binary, CompareOp, Exception, NativeFunction, PayloadRef, Slots, Ternary, Type, TypeFlags,
    is_subtype,
};
use crate::vm::{Args, R, Raised, Vm};

/// Call the special method `name` of the class of `obj`; `None` if the class lacks it.
pub(super) fn call_special_args(
    vm: &mut Vm,
    obj: Value,
    name: Value,
    args: &Args<'_>,
) -> R<Option<Value>> {
    let ty = vm.type_of(obj);
    let Some(found) = vm.lookup_in_type(ty, name) else { return Ok(None) };
    if vm.type_of(found).has(TypeFlags::METHOD_DESCRIPTOR) {
        return vm.call_with_receiver(found, obj, args).map(Some);
    }
    let bound = vm.bind_descriptor(found, obj, ty)?;
    vm.call(bound, args).map(Some)
}

fn call_special(vm: &mut Vm, obj: Value, name: Value, args: &[Value]) -> R<Option<Value>> {
    call_special_args(vm, obj, name, &Args::positional(args))
}

/// As [`call_special`]; a missing method is an AttributeError: somebody removed it meanwhile.
fn must_call(vm: &mut Vm, obj: Value, name: Value, args: &[Value]) -> R {
    match call_special(vm, obj, name, args)? {
        Some(result) => Ok(result),
        None => Err(missing(vm, name)),
    }
}

#[cold]
fn missing(vm: &mut Vm, name: Value) -> Raised {
    vm.raise_with(vm.exc.attribute_error, &[name])
}

macro_rules! unary_slots {
    ($($slot:ident $name:ident)+) => { $(
        pub(super) fn $slot(vm: &mut Vm, obj: Value) -> R {
            let name = vm.names.$name;
            must_call(vm, obj, name, &[])
        }
    )+ };
}

unary_slots! {
    repr __repr__  str __str__  neg __neg__  pos __pos__  abs __abs__  invert __invert__  int __int__  float __float__
    index __index__  aiter __aiter__  anext __anext__  del __del__  r#await __await__
}

macro_rules! inplace_slots {
    ($($slot:ident $name:ident)+) => { $(
        pub(super) fn $slot(vm: &mut Vm, left: Value, right: Value) -> R {
            let name = vm.names.$name;
            Ok(call_special(vm, left, name, &[right])?.unwrap_or(Value::NOT_IMPLEMENTED))
        }
    )+ };
}

inplace_slots! {
    iadd __iadd__  isub __isub__  imul __imul__  itruediv __itruediv__  ifloordiv __ifloordiv__  irem __imod__  ipow __ipow__
    imatmul __imatmul__  ilshift __ilshift__  irshift __irshift__  iand __iand__  ior __ior__  ixor __ixor__
}

/// A binary operator: its slot, the slot's generic function, the names of method and reflected method.
struct Operator {
    has_generic: fn(&Slots) -> bool,
    name: Value,
    reflected: Value,
}

macro_rules! binary_slots {
    ($($slot:ident $name:ident $reflected:ident)+) => { $(
        pub(super) fn $slot(vm: &mut Vm, left: Value, right: Value) -> R {
            let operator = Operator {
                has_generic: |slots| slots.$slot.get().is_some_and(|f| std::ptr::fn_addr_eq(f, $slot as Binary)),
                name: vm.names.$name,
                reflected: vm.names.$reflected,
            };
            binary(vm, &operator, left, right, &[])
        }
    )+ };
}

binary_slots! {
    add __add__ __radd__  sub __sub__ __rsub__  mul __mul__ __rmul__  truediv __truediv__ __rtruediv__
    floordiv __floordiv__ __rfloordiv__  rem __mod__ __rmod__  divmod __divmod__ __rdivmod__  matmul __matmul__ __rmatmul__
    lshift __lshift__ __rlshift__  rshift __rshift__ __rrshift__  and __and__ __rand__  or __or__ __ror__  xor __xor__ __rxor__
}

pub(super) fn pow(vm: &mut Vm, left: Value, right: Value, modulus: Value) -> R {
    let operator = Operator {
        has_generic: |slots| {
            slots.pow.get().is_some_and(|f| std::ptr::fn_addr_eq(f, pow as Ternary))
        },
        name: vm.names.__pow__,
        reflected: vm.names.__rpow__,
    };
    let modulus = [modulus];
    binary(vm, &operator, left, right, if modulus[0].is_none() { &[] } else { &modulus })
}

/// An operator with at least one operand of a Python class: the left one's method, then the right one's reflected
/// method; the other way round when the right class is a subclass that overrides the reflected one.
fn binary(vm: &mut Vm, operator: &Operator, left: Value, right: Value, third: &[Value]) -> R {
    let (left_type, right_type) = (vm.type_of(left), vm.type_of(right));
    let call = |vm: &mut Vm, this: Value, name: Value, other: Value| -> R {
        let mut args = [other, Value::ABSENT];
        args[1..=third.len()].copy_from_slice(third);
        Ok(call_special(vm, this, name, &args[..=third.len()])?.unwrap_or(Value::NOT_IMPLEMENTED))
    };
    let mut reflect = left_type != right_type && (operator.has_generic)(&right_type.slots);
    if (operator.has_generic)(&left_type.slots) {
        if reflect
            && is_subtype(right_type, left_type.obj())
            && overrides(vm, left_type, right_type, operator.reflected)
        {
            let result = call(vm, right, operator.reflected, left)?;
            if result != Value::NOT_IMPLEMENTED {
                return Ok(result);
            }
            reflect = false;
        }
        let result = call(vm, left, operator.name, right)?;
        if result != Value::NOT_IMPLEMENTED || left_type == right_type {
            return Ok(result);
        }
    }
    if reflect {
        return call(vm, right, operator.reflected, left);
    }
    Ok(Value::NOT_IMPLEMENTED)
}

/// Does the right class have another method of this name than the left one?
fn overrides(vm: &mut Vm, left: Type, right: Type, name: Value) -> bool {
    match vm.lookup_in_type(right, name) {
        Some(found) => vm.lookup_in_type(left, name) != Some(found),
        None => false,
    }
}

pub(super) fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let names = &vm.names;
    let name = [names.__lt__, names.__le__, names.__eq__, names.__ne__, names.__gt__, names.__ge__]
        [op as usize];
    Ok(call_special(vm, left, name, &[right])?.unwrap_or(Value::NOT_IMPLEMENTED))
}

pub(super) fn hash(vm: &mut Vm, obj: Value) -> R<i64> {
    let name = vm.names.__hash__;
    let result = must_call(vm, obj, name, &[])?;
    if !vm.is_int(result) {
        return Err(vm.type_error("__hash__ method should return an integer"));
    }
    let hash = match vm.as_int(result) {
        Some(hash) => hash,
        None => {
            let number = vm.unwrapped(result);
            vm.hash(number)?
        }
    };
    Ok(if hash == -1 { -2 } else { hash })
}

pub(super) fn bool(vm: &mut Vm, obj: Value) -> R<bool> {
    let name = vm.names.__bool__;
    let result = must_call(vm, obj, name, &[])?;
    match result.as_bool() {
        Some(result) => Ok(result),
        None => {
            let class = vm.type_name(result);
            Err(vm.type_error(format!("__bool__ should return bool, returned {class}")))
        }
    }
}

pub(super) fn len(vm: &mut Vm, obj: Value) -> R<usize> {
    let name = vm.names.__len__;
    let result = must_call(vm, obj, name, &[])?;
    vm.checked_length(result)
}

impl Vm {
    /// What `__len__` returned, as a length.
    pub(crate) fn checked_length(&mut self, result: Value) -> R<usize> {
        let index = self.index_value(result)?;
        let negative = self.int_parts(index).is_some_and(|number| number.negative);
        if negative {
            return Err(self.value_error("__len__() should return >= 0"));
        }
        match self.as_int(index).and_then(|len| usize::try_from(len).ok()) {
            Some(len) => Ok(len),
            None => {
                let class = self.type_name(result);
                Err(self
                    .overflow_error(format!("cannot fit '{class}' into an index-sized integer")))
            }
        }
    }
}

pub(super) fn iter(vm: &mut Vm, obj: Value) -> R {
    let (ty, name) = (vm.type_of(obj), vm.names.__iter__);
    if vm.lookup_in_type(ty, name).is_some_and(Value::is_none) {
        let class = ty.name_text();
        return Err(vm.type_error(format!("'{class}' object is not iterable")));
    }
    must_call(vm, obj, name, &[])
}

/// `__next__`; a StopIteration is the end, its value is kept for `yield from`.
pub(super) fn next(vm: &mut Vm, obj: Value) -> R {
    let name = vm.names.__next__;
    match must_call(vm, obj, name, &[]) {
        Err(raised) if vm.raised_is(vm.exc.stop_iteration) => {
            let exception = vm.take_raised(raised);
            let value = PayloadRef::<Exception>::of_value(exception)
                .map_or(Value::ABSENT, |e| e.fields[0].get());
            vm.stack.stop_value = value.or_none();
            Ok(Value::ABSENT)
        }
        result => result,
    }
}

pub(super) fn contains(vm: &mut Vm, container: Value, item: Value) -> R<bool> {
    let (ty, name) = (vm.type_of(container), vm.names.__contains__);
    if vm.lookup_in_type(ty, name).is_some_and(Value::is_none) {
        let class = ty.name_text();
        return Err(vm.type_error(format!("'{class}' object is not a container")));
    }
    let result = must_call(vm, container, name, &[item])?;
    vm.truth(result)
}

pub(super) fn getitem(vm: &mut Vm, obj: Value, key: Value) -> R {
    let name = vm.names.__getitem__;
    must_call(vm, obj, name, &[key])
}

pub(super) fn setitem(vm: &mut Vm, obj: Value, key: Value, value: Value) -> R<()> {
    if value.is_absent() {
        let name = vm.names.__delitem__;
        must_call(vm, obj, name, &[key])?;
    } else {
        let name = vm.names.__setitem__;
        must_call(vm, obj, name, &[key, value])?;
    }
    Ok(())
}

pub(super) fn call(vm: &mut Vm, callee: Value, args: &Args<'_>) -> R {
    let name = vm.names.__call__;
    match call_special_args(vm, callee, name, args)? {
        Some(result) => Ok(result),
        None => Err(missing(vm, name)),
    }
}

/// `C.__new__(C, …)`; here the first argument of the slot is the class itself.
pub(super) fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let name = vm.names.__new__;
    let function = vm.get_attr(class, name)?;
    vm.call_with_receiver(function, class, args)
}

pub(super) fn init(vm: &mut Vm, obj: Value, args: &Args<'_>) -> R {
    let name = vm.names.__init__;
    match call_special_args(vm, obj, name, args)? {
        Some(Value::NONE) => Ok(Value::NONE),
        Some(other) => {
            let class = vm.type_name(other);
            Err(vm.type_error(format!("__init__() should return None, not '{class}'")))
        }
        None => Err(missing(vm, name)),
    }
}

/// `__getattribute__`, and when that raises AttributeError `__getattr__`.
pub(super) fn getattro(vm: &mut Vm, obj: Value, name: Value) -> R {
    let ty = vm.type_of(obj);
    let hook = vm.lookup_in_type(ty, vm.names.__getattr__);
    let Some(hook) = hook else { return getattribute(vm, ty, obj, name) };
    let known_missing = native_getattribute(vm, ty).is_some_and(|owner| owner == vm.t.object)
        && vm.lookup_in_type(ty, name).is_none()
        && vm.instance_attr(obj, name).is_none();
    if !known_missing {
        let result = getattribute(vm, ty, obj, name);
        if let Some(value) = vm.catch(result, vm.exc.attribute_error)? {
            return Ok(value);
        }
    }
    let hook = vm.bind_descriptor(hook, obj, ty)?;
    vm.call_positional(hook, &[name])
}

/// The native class whose own `__getattribute__` the class has, if it has none written in Python.
pub(super) fn native_getattribute(vm: &mut Vm, ty: Type) -> Option<Type> {
    let found = vm.lookup_in_type(ty, vm.names.__getattribute__)?;
    let wrapper = PayloadRef::<NativeFunction>::of_value(found)?;
    let owner = Type::of_value(wrapper.owner.get())?;
    let is_wrapper = ROWS.iter().any(|row| std::ptr::eq(wrapper.def.0, &raw const row.def));
    (is_wrapper && is_subtype(ty, owner.obj())).then_some(owner)
}

fn getattribute(vm: &mut Vm, ty: Type, obj: Value, name: Value) -> R {
    if let Some(owner) = native_getattribute(vm, ty)
        && let Some(get) = owner.slots.getattro.get()
    {
        return get(vm, obj, name);
    }
    let dunder = vm.names.__getattribute__;
    must_call(vm, obj, dunder, &[name])
}

pub(super) fn setattro(vm: &mut Vm, obj: Value, name: Value, value: Value) -> R<()> {
    if value.is_absent() {
        let dunder = vm.names.__delattr__;
        must_call(vm, obj, dunder, &[name])?;
    } else {
        let dunder = vm.names.__setattr__;
        must_call(vm, obj, dunder, &[name, value])?;
    }
    Ok(())
}

pub(super) fn descr_get(vm: &mut Vm, descr: Value, obj: Value, class: Value) -> R {
    let name = vm.names.__get__;
    let args = [obj.or_none(), class.or_none()];
    Ok(call_special(vm, descr, name, &args)?.unwrap_or(descr))
}

pub(super) fn descr_set(vm: &mut Vm, descr: Value, obj: Value, value: Value) -> R<()> {
    if value.is_absent() {
        let name = vm.names.__delete__;
        must_call(vm, descr, name, &[obj])?;
    } else {
        let name = vm.names.__set__;
        must_call(vm, descr, name, &[obj, value])?;
    }
    Ok(())
}
