//! `iter(function, sentinel)`: the results of calls until one equals the sentinel.
use std::cell::Cell;

use haft_core::object::{Slots, Type};
use haft_core::vm::TypeSpec;
use haft_core::{R, Value, Vm, payload};

use super::{classes, identity, iter_function};

payload! {
    /// Results of calls.
    pub struct CallIterator {
        /// What to call; ABSENT once exhausted.
        function: Cell<Value>,
        /// The result that ends it.
        sentinel: Cell<Value>,
    }
}

/// Make the class.
pub(super) fn make_class(vm: &mut Vm) -> Type {
    let slots = |s: &Slots| {
        s.iter.set(Some(identity));
        s.next.set(Some(next));
    };
    vm.new_builtin_type(&TypeSpec {
        slots,
        methods: METHODS,
        ..TypeSpec::of::<CallIterator>("callable_iterator")
    })
}

haft_core::natives! {
    static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
    }
}

/// `iter(function, sentinel)`
pub(crate) fn call_until(vm: &mut Vm, function: Value, sentinel: Value) -> Value {
    let class = classes(vm).callable_iterator;
    vm.new_payload(class, CallIterator { function: function.into(), sentinel: sentinel.into() })
}

fn next(vm: &mut Vm, this: Value) -> R {
    let iter = vm.this::<CallIterator>(this, "__next__", "callable_iterator")?.get();
    let function = iter.function.get();
    if function.is_absent() {
        return Ok(Value::ABSENT);
    }
    let result = match vm.call_positional(function, &[]) {
        Ok(result) => Some(result),
        Err(raised) if vm.raised_is(vm.exc.stop_iteration) => {
            vm.take_raised(raised);
            None
        }
        Err(raised) => return Err(raised),
    };
    // The call may have gone through the iterator itself.
    let sentinel = iter.sentinel.get();
    if let Some(result) = result
        && !sentinel.is_absent()
        && !vm.equals(result, sentinel)?
    {
        return Ok(result);
    }
    iter.function.set(Value::ABSENT);
    iter.sentinel.set(Value::ABSENT);
    Ok(Value::ABSENT)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.this::<CallIterator>(args[0], "__reduce__", "callable_iterator")?.get();
    let function = iter_function(vm)?;
    let arguments = if iter.function.get().is_absent() {
        let empty = vm.tuple(&[]);
        vm.tuple(&[empty])
    } else {
        vm.tuple(&[iter.function.get(), iter.sentinel.get()])
    };
    Ok(vm.tuple(&[function, arguments]))
}
