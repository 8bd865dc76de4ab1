//! `weakref.proxy`: an object that stands for another one, which it does not keep alive.
use haft_core::object::{CompareOp, PayloadRef, Slots, Type, TypeFlags};
use haft_core::protocol::BinaryOp;
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, natives};

use super::{Reference, gone, target};

/// The class of proxies, or that of proxies of callable objects.
pub(super) fn make_class(vm: &mut Vm, callable: bool) -> Type {
    let name = if callable { "weakref.CallableProxyType" } else { "weakref.ProxyType" };
    let class = vm.new_builtin_type(&TypeSpec {
        slots: if callable { callable_slots } else { plain_slots },
        methods: METHODS,
        flags: TypeFlags::NO_NEW,
        ..TypeSpec::of::<Reference>(name)
    });
    vm.dict_set_name(class.dict, vm.names.__hash__, Value::NONE);
    class
}

natives! {
    static METHODS = {
        __bytes__ "($self, /)" => |vm, args| { let object = of(vm, args[0])?; vm.call_method(object, vm.names.__bytes__, &[]) };
        __reversed__ "($self, /)" => |vm, args| { let object = of(vm, args[0])?; vm.call_method(object, vm.names.__reversed__, &[]) };
    }
}

fn callable_slots(slots: &Slots) {
    plain_slots(slots);
    slots.call.set(Some(|vm, this, args| {
        let object = of(vm, this)?;
        vm.call(object, args)
    }));
}

/// The target of a proxy; ReferenceError if it is gone.
fn of(vm: &mut Vm, value: Value) -> R {
    match PayloadRef::<Reference>::of_value(value).and_then(|proxy| target(vm, proxy)) {
        Some(object) => Ok(object),
        None => Err(gone(vm)),
    }
}

/// The target if `value` is a proxy, else `value`.
fn through(vm: &mut Vm, value: Value) -> R {
    match PayloadRef::<Reference>::of_value(value) {
        Some(proxy) if vm.type_of(value).slots.hash.get().is_none() => match target(vm, proxy) {
            Some(object) => Ok(object),
            None => Err(gone(vm)),
        },
        _ => Ok(value),
    }
}

macro_rules! binary {
    ($slots:ident: $($slot:ident $inplace:ident $op:ident)+) => { $(
        $slots.$slot.set(Some(|vm, a, b| {
            let (a, b) = (through(vm, a)?, through(vm, b)?);
            vm.binary_op(BinaryOp::$op, a, b)
        }));
        $slots.$inplace.set(Some(|vm, a, b| {
            let (a, b) = (through(vm, a)?, through(vm, b)?);
            vm.inplace_op(BinaryOp::$op, a, b)
        }));
    )+ };
}

macro_rules! unary {
    ($slots:ident: $($slot:ident $name:ident)+) => { $(
        $slots.$slot.set(Some(|vm, this| {
            let object = of(vm, this)?;
            vm.call_method(object, vm.names.$name, &[])
        }));
    )+ };
}

fn plain_slots(slots: &Slots) {
    slots.getattro.set(Some(|vm, this, name| {
        let object = of(vm, this)?;
        vm.get_attr(object, name)
    }));
    slots.setattro.set(Some(|vm, this, name, value| {
        let object = of(vm, this)?;
        vm.set_attr(object, name, value)
    }));
    slots.str.set(Some(|vm, this| {
        let object = of(vm, this)?;
        vm.str_of(object)
    }));
    slots.repr.set(Some(repr));
    slots.compare.set(Some(compare));
    slots.bool.set(Some(|vm, this| {
        let object = of(vm, this)?;
        vm.truth(object)
    }));
    slots.iter.set(Some(|vm, this| {
        let object = of(vm, this)?;
        vm.iterate(object)
    }));
    slots.next.set(Some(next));
    slots.len.set(Some(|vm, this| {
        let object = of(vm, this)?;
        vm.length(object)
    }));
    slots.getitem.set(Some(|vm, this, key| {
        let object = of(vm, this)?;
        vm.get_item(object, key)
    }));
    slots.setitem.set(Some(|vm, this, key, value| {
        let object = of(vm, this)?;
        if value.is_absent() {
            vm.delete_item(object, key)
        } else {
            vm.set_item(object, key, value)
        }
    }));
    slots.contains.set(Some(|vm, this, item| {
        let object = of(vm, this)?;
        vm.contains(object, item)
    }));
    slots.pow.set(Some(|vm, a, b, c| {
        let (a, b, c) = (through(vm, a)?, through(vm, b)?, through(vm, c)?);
        vm.power(a, b, c, false)
    }));
    binary!(slots: add iadd Add sub isub Sub mul imul Mul truediv itruediv TrueDiv floordiv ifloordiv FloorDiv rem irem Mod
        matmul imatmul MatMul lshift ilshift LShift rshift irshift RShift and iand And or ior Or xor ixor Xor);
    unary!(slots: neg __neg__ pos __pos__ abs __abs__ invert __invert__ int __int__ float __float__ index __index__);
}

fn next(vm: &mut Vm, this: Value) -> R {
    let object = of(vm, this)?;
    if vm.type_of(object).slots.next.get().is_none() {
        let name = vm.type_name(object);
        return Err(
            vm.type_error(format!("Weakref proxy referenced a non-iterator '{name}' object"))
        );
    }
    vm.next(object)
}

fn compare(vm: &mut Vm, left: Value, right: Value, op: CompareOp) -> R {
    let (left, right) = (through(vm, left)?, through(vm, right)?);
    vm.compare(left, right, op)
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let proxy = PayloadRef::<Reference>::of_value(this);
    let object = proxy.and_then(|proxy| target(vm, proxy));
    let id = vm.id_of(this);
    let Some(object) = object else { return Ok(vm.str(&format!("<weakproxy at {id:#x}; dead>"))) };
    let (class, target_id) = (vm.full_type_name(vm.type_of(object)), vm.id_of(object));
    Ok(vm.str(&format!("<weakproxy at {id:#x}; to '{class}' at {target_id:#x}>")))
}
