//! Making instances: `type.__call__`, `object.__new__`, `object.__init__`.
use haft_heap::Value;

use crate::object::{Calling, Kind, Type, TypeFlags, is_subtype};
use crate::vm::{Args, R, Raised, Vm};

/// `C(…)`: `type.__call__`.
pub fn type_call(vm: &mut Vm, ty: Type, args: &Args<'_>) -> R {
    if ty == vm.t.r#type {
        match args.n_positional() {
            1 if args.names.is_empty() => return Ok(vm.type_of(args.vals[0]).value()),
            3 => {}
            _ => return Err(vm.type_error("type() takes 1 or 3 arguments")),
        }
    }
    let new = match ty.slots.new.get() {
        Some(new) if !ty.has(TypeFlags::NO_NEW) => new,
        _ => return Err(cannot_create(vm, ty)),
    };
    let obj = new(vm, ty.value(), args)?;
    let class = vm.type_of(obj);
    if class != ty && !is_subtype(class, ty.obj()) {
        return Ok(obj);
    }
    if let Some(init) = class.slots.init.get() {
        init(vm, obj, args)?;
    }
    Ok(obj)
}

/// The `call` slot of `type`.
pub(super) fn type_call_slot(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    match Type::of_value(class) {
        Some(ty) => type_call(vm, ty, args),
        None => Err(vm.type_error("type.__call__ needs a class")),
    }
}

#[cold]
fn cannot_create(vm: &mut Vm, ty: Type) -> Raised {
    let name = vm.full_type_name(ty);
    vm.type_error(format!("cannot create '{name}' instances"))
}

/// `object.__new__(class)`.
pub fn object_new(vm: &mut Vm, class: Value, args: &Args<'_>) -> R {
    let Some(ty) = Type::of_value(class) else {
        return Err(vm.type_error("object.__new__(X): X is not a type object"));
    };
    if !args.vals.is_empty() {
        if !is_function(ty.slots.new.get(), object_new) {
            return Err(vm.type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if is_function(ty.slots.init.get(), object_init) {
            let name = ty.name_text();
            return Err(vm.type_error(format!("{name}() takes no arguments")));
        }
    }
    if ty.has(TypeFlags::ABSTRACT) {
        return Err(abstract_class(vm, ty));
    }
    if !matches!(ty.kind.0, Kind::Instance | Kind::Extension | Kind::ExtensionDrop) {
        return Err(cannot_create(vm, ty));
    }
    Ok(vm.new_instance(ty, Value::ABSENT))
}

/// `object.__init__(self)`.
pub fn object_init(vm: &mut Vm, obj: Value, args: &Args<'_>) -> R {
    if args.vals.is_empty() {
        return Ok(Value::NONE);
    }
    let ty = vm.type_of(obj);
    let what = if !is_function(ty.slots.init.get(), object_init) {
        String::from("object")
    } else if is_function(ty.slots.new.get(), object_new) {
        ty.name_text()
    } else {
        return Ok(Value::NONE);
    };
    Err(vm.type_error(format!(
        "{what}.__init__() takes exactly one argument (the instance to initialize)"
    )))
}

/// `type.__init__`: only looks at the number of arguments.
pub fn type_init(vm: &mut Vm, _class: Value, args: &Args<'_>) -> R {
    match args.n_positional() {
        1 if !args.names.is_empty() => {
            Err(vm.type_error("type.__init__() takes no keyword arguments"))
        }
        1 | 3 => Ok(Value::NONE),
        _ => Err(vm.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

/// Is a call of the class nothing but its own `__new__`, not `object`'s?
pub fn is_only_new(class: Type) -> bool {
    let new = class.slots.new.get();
    let init = class.slots.init.get();
    new.is_some()
        && !class.has(TypeFlags::NO_NEW)
        && !is_function(new, object_new)
        && (init.is_none() || is_function(init, object_init))
}

/// Is a call of the class without arguments nothing but a new instance?
pub fn is_plain_call(class: Type) -> bool {
    let init = class.slots.init.get();
    has_plain_new(class) && (init.is_none() || is_function(init, object_init))
}

/// Does `object.__new__` make the instances of the class?
pub fn has_plain_new(class: Type) -> bool {
    is_function(class.slots.new.get(), object_new)
        && !class.has(TypeFlags::NO_NEW)
        && !class.has(TypeFlags::ABSTRACT)
}

fn is_function(slot: Option<Calling>, function: Calling) -> bool {
    slot.is_some_and(|slot| std::ptr::fn_addr_eq(slot, function))
}

#[cold]
fn abstract_class(vm: &mut Vm, ty: Type) -> Raised {
    match abstract_method_names(vm, ty) {
        Ok(names) => {
            let (plural, names, class) =
                (if names.len() > 1 { "s" } else { "" }, names.join("', '"), ty.name_text());
            vm.type_error(format!("Can't instantiate abstract class {class} without an implementation for abstract method{plural} '{names}'"))
        }
        Err(raised) => raised,
    }
}

fn abstract_method_names(vm: &mut Vm, ty: Type) -> R<Vec<String>> {
    let methods = vm.get_attr(ty.value(), vm.names.__abstractmethods__)?;
    let mut names = Vec::new();
    vm.for_each(methods, |vm, name| {
        let name = vm.str_text(name)?;
        names.push(name);
        Ok(())
    })?;
    names.sort();
    Ok(names)
}
