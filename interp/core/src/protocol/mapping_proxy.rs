//! `mappingproxy`: a read-only view of a mapping; what `C.__dict__` is.
use haft_heap::Value;

use crate::object::{CompareOp, PayloadRef, Slots, Type};
use crate::payload;
use crate::protocol::BinaryOp;
use crate::vm::{Args, R, Vm};

payload! {
    /// A read-only view of a mapping.
    pub struct MappingProxy {
        /// The mapping.
        pub mapping: Value,
    }
}

/// Make the class ready.
pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.mappingproxy, "Read-only proxy of a mapping.", set_slots, METHODS, &[]);
    vm.ready_type(vm.t.mappingproxy);
}

fn set_slots(slots: &Slots) {
    slots.new.set(Some(new));
    slots.repr.set(Some(|vm, this| {
        let mapping = mapping(vm, this)?;
        let shown = vm.repr_text(mapping)?;
        Ok(vm.str(&format!("mappingproxy({shown})")))
    }));
    slots.str.set(Some(|vm, this| {
        let mapping = mapping(vm, this)?;
        vm.str_of(mapping)
    }));
    slots.hash.set(Some(|vm, this| {
        let mapping = mapping(vm, this)?;
        vm.hash(mapping)
    }));
    slots.compare.set(Some(compare));
    slots.iter.set(Some(|vm, this| {
        let mapping = mapping(vm, this)?;
        vm.iterate(mapping)
    }));
    slots.len.set(Some(|vm, this| {
        let mapping = mapping(vm, this)?;
        vm.length(mapping)
    }));
    slots.getitem.set(Some(|vm, this, key| {
        let mapping = mapping(vm, this)?;
        vm.get_item(mapping, key)
    }));
    slots.contains.set(Some(|vm, this, key| {
        let mapping = mapping(vm, this)?;
        vm.contains(mapping, key)
    }));
    slots.or.set(Some(or));
    slots.ior.set(Some(|vm, this, _| {
        let name = vm.type_name(this);
        Err(vm.type_error(format!("'|=' is not supported by {name}; use '|' instead")))
    }));
}

crate::natives! {
    static METHODS = {
        /// Return the value for key if key is in the mapping, else default.
        get "($self, key, default=None, /)" => |vm, args| forward(vm, args[0], "get", &args[1..3]);
        /// a set-like object providing a view on D's keys
        keys "($self, /)" => |vm, args| forward(vm, args[0], "keys", &[]);
        /// an object providing a view on D's values
        values "($self, /)" => |vm, args| forward(vm, args[0], "values", &[]);
        /// a set-like object providing a view on D's items
        items "($self, /)" => |vm, args| forward(vm, args[0], "items", &[]);
        /// a shallow copy of D
        copy "($self, /)" => |vm, args| forward(vm, args[0], "copy", &[]);
        /// See PEP 585
        class __class_getitem__ "($cls, object, /)" => |vm, args| { let alias = vm.t.generic_alias.value(); vm.call_positional(alias, args) };
        /// D.__reversed__() -> reverse iterator
        __reversed__ "($self, /)" => |vm, args| forward(vm, args[0], "__reversed__", &[]);
    }
}

/// The mapping behind a proxy.
fn mapping(vm: &mut Vm, this: Value) -> R {
    Ok(vm.this::<MappingProxy>(this, "__getitem__", "mappingproxy")?.mapping)
}

fn forward(vm: &mut Vm, this: Value, method: &str, args: &[Value]) -> R {
    let mapping = mapping(vm, this)?;
    vm.call_method_str(mapping, method, args)
}

fn new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let bound = vm.bind_signature("mappingproxy", "(mapping)", args)?;
    let mapping = bound[0];
    let is_mapping = vm.type_of(mapping).slots.getitem.get().is_some();
    if !is_mapping || vm.as_list(mapping).is_some() || vm.as_tuple(mapping).is_some() {
        let given = vm.type_name(mapping);
        return Err(
            vm.type_error(format!("mappingproxy() argument must be a mapping, not {given}"))
        );
    }
    let ty = Type::of_value(class).unwrap_or(vm.t.mappingproxy);
    Ok(vm.new_payload(ty, MappingProxy { mapping }))
}

/// The mapping of a proxy; anything else as it is.
fn uncovered(value: Value) -> Value {
    PayloadRef::<MappingProxy>::of_value(value).map_or(value, |proxy| proxy.mapping)
}

fn compare(vm: &mut Vm, this: Value, other: Value, op: CompareOp) -> R {
    let mapping = mapping(vm, this)?;
    vm.compare(mapping, other, op)
}

fn or(vm: &mut Vm, left: Value, right: Value) -> R {
    vm.binary_op(BinaryOp::Or, uncovered(left), uncovered(right))
}
