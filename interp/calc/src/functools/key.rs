//! `functools.cmp_to_key`.
use std::cell::Cell;

use haft_core::object::{CompareOp, PayloadRef, TypeFlags};
use haft_core::vm::{Extension, TypeSpec};
use haft_core::{Args, R, Tracer, Value, Vm, payload};

payload! {
    /// What `cmp_to_key` makes, and what that makes of an object.
    struct Key {
        compare: Cell<Value>,
        object: Cell<Value>,
    }
}

#[derive(Debug)]
struct Class(haft_core::object::Type);

impl Extension for Class {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.obj(self.0.obj());
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// Add the class of keys.
pub(crate) fn add(vm: &mut Vm) {
    let class = vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: |s| {
            s.call.set(Some(call));
            s.compare.set(Some(compare));
            s.hash.set(None);
        },
        getsets: GETSETS,
        ..TypeSpec::of::<Key>("functools.KeyWrapper")
    });
    vm.set_extension(Class(class));
}

haft_core::getsets! {
    static GETSETS = {
        /// Value wrapped by a key function.
        obj => |vm, this| { let key = vm.this::<Key>(this, "obj", "functools.KeyWrapper")?; Ok(key.object.get()) };
    }
}

fn make(vm: &mut Vm, compare: Value, object: Value) -> Value {
    let class = vm.extension::<Class>().expect("set when the module was made").0;
    vm.new_payload(class, Key { compare: compare.into(), object: object.into() })
}

/// `cmp_to_key(mycmp)`
pub(crate) fn cmp_to_key(vm: &mut Vm, args: &[Value]) -> R {
    Ok(make(vm, args[0], Value::ABSENT))
}

fn call(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("K", "(obj)", args)?;
    let key = vm.this::<Key>(this, "__call__", "functools.KeyWrapper")?;
    Ok(make(vm, key.compare.get(), bound[0]))
}

fn compare(vm: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) = (PayloadRef::<Key>::of_value(a), PayloadRef::<Key>::of_value(b))
    else {
        return Err(vm.type_error("other argument must be K instance"));
    };
    if a.object.get().is_absent() || b.object.get().is_absent() {
        return Err(vm.attribute_error("object"));
    }
    let order = vm.call_positional(a.compare.get(), &[a.object.get(), b.object.get()])?;
    vm.compare(order, Value::small(0), op)
}
