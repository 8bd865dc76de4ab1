//! The class statement: `__build_class__`.
use haft_heap::Value;

use super::class::calculate_metaclass;
use crate::object::{CellObject, Function, PayloadRef, Tuple, Type};
use crate::vm::{Args, R, Vm};

/// `__build_class__(func, name, *bases, metaclass=…, **keywords)`: run the class body and call the metaclass.
pub fn build_class(vm: &mut Vm, args: &Args<'_>) -> R {
    let [body, name, original @ ..] = args.positionals() else {
        return Err(vm.type_error("__build_class__: not enough arguments"));
    };
    if PayloadRef::<Function>::of_value(*body).is_none() {
        return Err(vm.type_error("__build_class__: func must be a function"));
    }
    if vm.as_str(*name).is_none() {
        return Err(vm.type_error("__build_class__: name is not a string"));
    }
    let original = vm.tuple(original);
    let bases = resolve_bases(vm, original)?;
    let items = vm.as_tuple(bases).map_or(&[][..], Tuple::items);
    let (keyword_names, keyword_values, metaclass) = split_metaclass(vm, args);
    let metaclass = match metaclass {
        Some(given) => given,
        None => items.first().map_or(vm.t.r#type.value(), |&first| vm.type_of(first).value()),
    };
    let metaclass = match Type::of_value(metaclass) {
        Some(class) => calculate_metaclass(vm, class, items)?.value(),
        None => metaclass,
    };
    let values = vm.as_tuple(keyword_values).map_or(&[][..], Tuple::items);
    let names = vm.as_tuple(keyword_names).map_or(&[][..], Tuple::items);
    let namespace = prepare(vm, metaclass, *name, bases, names, values)?;
    let cell = vm.run_class_body(*body, namespace)?;
    if bases != original {
        vm.set_item(namespace, vm.names.__orig_bases__, original)?;
    }
    let all = call_values(vm, *name, bases, Some(namespace), values);
    let class = vm.call(metaclass, &Args { vals: all.items(), names })?;
    check_class_cell(vm, class, cell, *name)?;
    Ok(class)
}

/// Positional arguments of the metaclass call, then the values of the keywords.
fn call_values(
    vm: &mut Vm,
    name: Value,
    bases: Value,
    namespace: Option<Value>,
    keywords: &[Value],
) -> Tuple {
    let n = if namespace.is_some() { 3 } else { 2 };
    let all = Tuple::with_len(&mut vm.heap, n + keywords.len());
    all.init(&mut vm.heap, 0, name);
    all.init(&mut vm.heap, 1, bases);
    if let Some(namespace) = namespace {
        all.init(&mut vm.heap, 2, namespace);
    }
    for (at, &value) in keywords.iter().enumerate() {
        all.init(&mut vm.heap, n + at, value);
    }
    all
}

/// (names, values) of the keyword arguments without `metaclass`, as tuples, and that.
fn split_metaclass(vm: &mut Vm, args: &Args<'_>) -> (Value, Value, Option<Value>) {
    let (names, values) = (vm.new_list(), vm.new_list());
    let mut metaclass = None;
    for (name, value) in args.keywords() {
        if vm.as_str(name).is_some_and(|name| name.bytes() == b"metaclass") {
            metaclass = Some(value);
        } else {
            names.push(&mut vm.heap, name);
            values.push(&mut vm.heap, value);
        }
    }
    (vm.tuple(names.items()), vm.tuple(values.items()), metaclass)
}

/// Replace every base that is no class by what its `__mro_entries__` gives; `bases` itself if there is none.
pub(super) fn resolve_bases(vm: &mut Vm, bases: Value) -> R {
    let items = vm.as_tuple(bases).map_or(&[][..], Tuple::items);
    if items.iter().all(|&base| Type::of_value(base).is_some()) {
        return Ok(bases);
    }
    let (resolved, mut changed) = (vm.new_list(), false);
    for &base in items {
        let entries = if Type::of_value(base).is_some() {
            None
        } else {
            vm.find_attr(base, vm.names.__mro_entries__)?
        };
        let Some(entries) = entries else {
            resolved.push(&mut vm.heap, base);
            continue;
        };
        changed = true;
        let entries = vm.call_positional(entries, &[bases])?;
        let Some(entries) = vm.as_tuple(entries) else {
            return Err(vm.type_error("__mro_entries__ must return a tuple"));
        };
        for &entry in entries.items() {
            resolved.push(&mut vm.heap, entry);
        }
    }
    if changed { Ok(vm.tuple(resolved.items())) } else { Ok(bases) }
}

/// `metaclass.__prepare__(name, bases, **keywords)`, a new dict without it.
fn prepare(
    vm: &mut Vm,
    metaclass: Value,
    name: Value,
    bases: Value,
    keyword_names: &[Value],
    keywords: &[Value],
) -> R {
    let is_plain = metaclass == vm.t.r#type.value();
    let method = if is_plain { None } else { vm.find_attr(metaclass, vm.names.__prepare__)? };
    let Some(method) = method else { return Ok(vm.dict().value()) };
    let all = call_values(vm, name, bases, None, keywords);
    let namespace = vm.call(method, &Args { vals: all.items(), names: keyword_names })?;
    if vm.type_of(namespace).slots.getitem.get().is_none() {
        let shown = Type::of_value(metaclass)
            .map_or_else(|| String::from("<metaclass>"), |class| class.name_text());
        let given = vm.type_name(namespace);
        return Err(
            vm.type_error(format!("{shown}.__prepare__() must return a mapping, not {given}"))
        );
    }
    Ok(namespace)
}

/// The metaclass must have handed `__classcell__` on to `type.__new__`.
fn check_class_cell(vm: &mut Vm, class: Value, cell: Value, name: Value) -> R<()> {
    let (Some(cell), Some(_)) = (CellObject::of(cell), Type::of_value(class)) else {
        return Ok(());
    };
    let held = cell.contents();
    if held == class {
        return Ok(());
    }
    let (shown, made) = (vm.repr_text(name)?, vm.repr_text(class)?);
    if held.is_absent() || held == Value::UNBOUND {
        return Err(vm.runtime_error(format!(
            "__class__ not set defining {shown} as {made}. Was __classcell__ propagated to type.__new__?"
        )));
    }
    let held = vm.repr_text(held)?;
    Err(vm.type_error(format!("__class__ set to {held} defining {shown} as {made}")))
}
