//! Module `_collections`: deque, defaultdict and helpers of `collections`.
mod defaultdict;
mod deque;
mod tuplegetter;

use haft_core::object::Dict;
use haft_core::protocol::BinaryOp;
use haft_core::{R, Value, Vm, natives};

natives! {
    static FUNCTIONS = {
        /// Count elements in the iterable, updating the mapping
        _count_elements "($module, mapping, iterable, /)" => count_elements;
    }
}

/// Fill the namespace of `_collections`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "_collections", FUNCTIONS);
    deque::add(vm, dict);
    defaultdict::add(vm, dict);
    let ordered = haft_builtins::container::ordered_dict(vm);
    vm.dict_set_str(dict, "OrderedDict", ordered.value());
    tuplegetter::add(vm, dict);
    Ok(())
}

fn count_elements(vm: &mut Vm, args: &[Value]) -> R {
    let mapping = args[0];
    let (one, zero) = (Value::small(1), Value::small(0));
    let iter = vm.iterate(args[1])?;
    if let Some(dict) = dict_of_own_items(vm, mapping) {
        return count_into(vm, dict, iter);
    }
    let get = vm.get_attr_str(mapping, "get")?;
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(Value::NONE);
        }
        let old = vm.call_positional(get, &[item, zero])?;
        let new = vm.binary_op(BinaryOp::Add, old, one)?;
        vm.set_item(mapping, item, new)?;
    }
}

/// The dict, if its class leaves looking up and storing items to `dict`.
fn dict_of_own_items(vm: &mut Vm, mapping: Value) -> Option<Dict> {
    let dict = vm.as_dict(mapping)?;
    let (class, base) = (vm.type_of(mapping), vm.t.dict);
    let names = ["get", "__setitem__"].map(|name| vm.intern(name));
    let is_own = |name| vm.lookup_in_type(class, name) == vm.lookup_in_type(base, name);
    names.into_iter().all(is_own).then_some(dict)
}

fn count_into(vm: &mut Vm, dict: Dict, iter: Value) -> R {
    loop {
        let item = vm.next(iter)?;
        if item.is_absent() {
            return Ok(Value::NONE);
        }
        let key = vm.dict_key(item)?;
        let entry = vm.find_entry(*dict, key)?;
        let old = entry.map_or(Value::small(0), |entry| dict.entry_value(entry));
        let new = vm.binary_op(BinaryOp::Add, old, Value::small(1))?;
        match entry {
            // Adding to a plain int has run nothing that could have moved the entry.
            Some(entry) if old.is_fixnum() => dict.set_entry_value(&mut vm.heap, entry, new),
            _ => vm.dict_set_key(dict, key, new)?,
        }
    }
}
