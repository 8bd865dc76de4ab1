//! Method resolution order: the C3 linearisation of the bases.
use haft_heap::Value;

use crate::object::{NativeFunction, PayloadRef, Str, Tuple, Type};
use crate::vm::{R, Raised, Vm};

/// The `__mro__` of a class whose bases are set: what a metaclass's own `mro` method says, else C3.
pub(super) fn resolve(vm: &mut Vm, ty: Type) -> R {
    let Some(own) = custom_mro(vm, ty) else { return linearize(vm, ty) };
    let metaclass = vm.type_of(ty.value());
    let method = vm.bind_descriptor(own, ty.value(), metaclass)?;
    let result = vm.call_positional(method, &[])?;
    let list = vm.list_of(result)?;
    let mro = vm.tuple(list.items());
    for &class in
        Tuple::of(mro.as_ptr().expect("a tuple is an object")).map_or(&[][..], Tuple::items)
    {
        let Some(class) = Type::of_value(class) else {
            let given = vm.type_name(class);
            return Err(vm.type_error(format!("mro() returned a non-class ('{given}')")));
        };
        if !super::class_layout::fits_layout(vm, ty, class) {
            let given = class.name_text();
            return Err(
                vm.type_error(format!("mro() returned base with unsuitable layout ('{given}')"))
            );
        }
    }
    Ok(mro)
}

/// Does the metaclass decide the order itself?
pub(super) fn has_custom_order(vm: &mut Vm, ty: Type) -> bool {
    custom_mro(vm, ty).is_some()
}

/// The metaclass's own `mro` method.
fn custom_mro(vm: &mut Vm, ty: Type) -> Option<Value> {
    let metaclass = vm.type_of(ty.value());
    if metaclass == vm.t.r#type {
        return None;
    }
    let found = vm.lookup_in_type(metaclass, vm.names.mro)?;
    let function = PayloadRef::<NativeFunction>::of_value(found);
    let is_native = function.is_some_and(|f| f.owner.get() == vm.t.r#type.value());
    (!is_native).then_some(found)
}

/// C3: the class, then the merge of the bases' orders and the list of bases.
pub(super) fn linearize(vm: &mut Vm, ty: Type) -> R {
    let bases = vm.as_tuple(ty.bases.get()).map_or(&[][..], Tuple::items);
    // The classes stay alive through the bases while the merge holds them in a plain vector.
    let mut order = vec![ty.value()];
    if let [base] = bases {
        order.extend_from_slice(
            Type::of_value(*base).map_or(&[][..], |base| base.get().mro_items()),
        );
        return Ok(vm.tuple(&order));
    }
    for (at, base) in bases.iter().enumerate() {
        if bases[..at].contains(base) {
            let name = Type::of_value(*base).map_or_else(String::new, |base| base.name_text());
            return Err(vm.type_error(format!("duplicate base class {name}")));
        }
    }
    let mut sequences: Vec<&[Value]> = bases
        .iter()
        .filter_map(|&base| Type::of_value(base))
        .map(|base| base.get().mro_items())
        .collect();
    sequences.push(bases);
    loop {
        sequences.retain(|sequence| !sequence.is_empty());
        if sequences.is_empty() {
            return Ok(vm.tuple(&order));
        }
        let is_head_only =
            |class: &Value| sequences.iter().all(|sequence| !sequence[1..].contains(class));
        let Some(next) = sequences.iter().map(|sequence| sequence[0]).find(is_head_only) else {
            return Err(inconsistent(vm, &sequences));
        };
        order.push(next);
        for sequence in &mut sequences {
            if sequence[0] == next {
                *sequence = &sequence[1..];
            }
        }
    }
}

fn inconsistent(vm: &mut Vm, sequences: &[&[Value]]) -> Raised {
    let mut names: Vec<String> = Vec::new();
    let mut seen: Vec<Value> = Vec::new();
    for class in sequences.iter().map(|sequence| sequence[0]) {
        if !seen.contains(&class) {
            seen.push(class);
            names.push(Type::of_value(class).map_or_else(String::new, |class| qualified(&class)));
        }
    }
    let names = names.join(", ");
    vm.type_error(format!(
        "Cannot create a consistent method resolution order (MRO) for bases {names}"
    ))
}

fn qualified(class: &Type) -> String {
    class
        .name
        .get()
        .as_ptr()
        .and_then(Str::of)
        .map_or_else(String::new, |name| name.to_text().into_owned())
}
