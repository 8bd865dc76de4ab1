//! Module `_functools`: what `functools` takes from native code.
mod key;
mod lru_cache;
mod partial;

use haft_core::object::Dict;
use haft_core::{R, Value, Vm, natives};

natives! {
    static FUNCTIONS = {
        /// Convert a cmp= function into a key= function.
        cmp_to_key "($module, /, mycmp)" => key::cmp_to_key;
        /// Apply a function of two arguments cumulatively to the items of an iterable, from left to right.
        reduce "($module, function, iterable, initial=<absent>, /)" => reduce;
    }
}

/// Fill the namespace of `_functools`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_functools", FUNCTIONS);
    key::add(vm);
    lru_cache::add(vm, dict);
    partial::add(vm, dict);
    Ok(())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let iter = vm.iterate(args[1]);
    let Some(iter) = vm.catch(iter, vm.exc.type_error)? else {
        return Err(vm.type_error("reduce() arg 2 must support iteration"));
    };
    let mut total = args[2];
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            break;
        }
        total = if total.is_absent() { item } else { vm.call_positional(args[0], &[total, item])? };
    }
    if total.is_absent() {
        return Err(vm.type_error("reduce() of empty iterable with no initial value"));
    }
    Ok(total)
}
