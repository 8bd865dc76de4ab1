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
    tuplegetter::add(vm, dict);
    Ok(())
}

fn count_elements(vm: &mut Vm, args: &[Value]) -> R {
    let mapping = args[0];
    let (one, zero) = (Value::small(1), Value::small(0));
    let iter = vm.iterate(args[1])?;
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
