//! What nodes do: construction, `repr`, copying.
use haft_core::object::{Dict, Slots, Type};
use haft_core::{Args, R, Value, Vm, natives};

use super::classes;
use crate::error::warn;

natives! {
    pub(super) static METHODS = {
        /// Return state information for pickling.
        __reduce__ "($self, /)" => reduce;
        /// Return a copy of the AST node with new values for the specified fields.
        raw __replace__ "($self, /, **fields)" => replace;
    }
}

pub(super) fn set_slots(s: &Slots) {
    s.init.set(Some(init));
    s.repr.set(Some(repr));
}

/// A class attribute that is a sequence of names; `None` if somebody has deleted it.
fn names_of(vm: &mut Vm, class: Type, name: &str) -> R<Option<Vec<Value>>> {
    let name = vm.intern(name);
    let Some(found) = vm.find_attr(class.value(), name)? else { return Ok(None) };
    let list = vm.list_of(found)?;
    let names = (0..list.len()).map(|at| vm.intern_str(list.at(at)));
    Ok(Some(names.collect()))
}

/// `Name("x", ctx=Load())`
fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    let class = vm.type_of(this);
    let fields = names_of(vm, class, "_fields")?.unwrap_or_default();
    let given = args.positionals();
    if given.len() > fields.len() {
        let (name, n) = (class.name_text(), fields.len());
        let plural = if n == 1 { "" } else { "s" };
        let message = format!("{name} constructor takes at most {n} positional argument{plural}");
        return Err(vm.type_error(message));
    }
    let mut left = fields.clone();
    for (&name, &value) in fields.iter().zip(given) {
        vm.set_attr(this, name, value)?;
        left.retain(|&other| other != name);
    }
    for (name, value) in args.keywords() {
        let name = vm.intern_str(name);
        if fields.contains(&name) {
            if !left.contains(&name) {
                let (class, shown) = (class.name_text(), vm.repr_text(name)?);
                return Err(
                    vm.type_error(format!("{class} got multiple values for argument {shown}"))
                );
            }
            left.retain(|&other| other != name);
        } else {
            check_attribute(vm, class, name)?;
        }
        vm.set_attr(this, name, value)?;
    }
    if !left.is_empty() {
        set_defaults(vm, this, class, &left)?;
    }
    Ok(Value::NONE)
}

fn check_attribute(vm: &mut Vm, class: Type, name: Value) -> R<()> {
    let known = names_of(vm, class, "_attributes")?.unwrap_or_default();
    if known.contains(&name) {
        return Ok(());
    }
    let (class, shown) = (class.name_text(), vm.repr_text(name)?);
    let message = format!(
        "{class}.__init__ got an unexpected keyword argument {shown}. Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15."
    );
    warn(vm, vm.exc.deprecation_warning, &message, 1)
}

/// Fields that were not given: optional ones are None by their class, lists are empty, contexts are `Load()`.
fn set_defaults(vm: &mut Vm, this: Value, class: Type, left: &[Value]) -> R<()> {
    let Some(types) = field_types(vm, class)? else { return Ok(()) };
    for &name in left {
        let shown = vm.repr_text(name)?;
        let message = match vm.dict_get(types, name)? {
            None => format!(
                "Field {shown} is missing from {}._field_types. This will become an error in Python 3.15.",
                class.name_text()
            ),
            Some(ty) if vm.type_of(ty) == vm.t.union => continue,
            Some(ty) if vm.type_of(ty) == vm.t.generic_alias => {
                let empty = vm.list(&[]);
                vm.set_attr(this, name, empty)?;
                continue;
            }
            Some(ty) if is_context(vm, ty)? => {
                let load = classes(vm)?.plain[haft_compiler::tree::Kind::Load as usize];
                vm.set_attr(this, name, load)?;
                continue;
            }
            Some(_) => format!(
                "{}.__init__ missing 1 required positional argument: {shown}. This will become an error in Python 3.15.",
                class.name_text()
            ),
        };
        warn(vm, vm.exc.deprecation_warning, &message, 1)?;
    }
    Ok(())
}

fn field_types(vm: &mut Vm, class: Type) -> R<Option<Dict>> {
    let name = vm.intern("_field_types");
    let found = vm.find_attr(class.value(), name)?;
    Ok(found.and_then(|found| vm.as_dict(found)))
}

fn is_context(vm: &mut Vm, ty: Value) -> R<bool> {
    let context = classes(vm)?.groups[haft_compiler::tree::Group::ExprContext as usize];
    Ok(ty == context.value())
}

/// Copying makes the object with None in each field that is there, without warnings, and then sets its attributes.
fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let this = args[0];
    let class = vm.type_of(this);
    let Some(dict) = vm.instance_dict(this).filter(|dict| !dict.is_empty()) else {
        let empty = vm.tuple(&[]);
        return Ok(vm.tuple(&[class.value(), empty]));
    };
    let fields = names_of(vm, class, "_fields")?.unwrap_or_default();
    let mut n = 0;
    while n < fields.len() && vm.dict_get(dict, fields[n])?.is_some() {
        n += 1;
    }
    let nones = vm.tuple(&vec![Value::NONE; n]);
    let state = dict.copy(&mut vm.heap).value();
    Ok(vm.tuple(&[class.value(), nones, state]))
}

fn replace(vm: &mut Vm, args: &Args<'_>) -> R {
    let &[this] = args.positionals() else {
        return Err(vm.type_error("__replace__() takes no positional arguments"));
    };
    let class = vm.type_of(this);
    let fields = names_of(vm, class, "_fields")?.unwrap_or_default();
    let attributes = names_of(vm, class, "_attributes")?.unwrap_or_default();
    let payload = vm.dict();
    if let Some(own) = vm.instance_dict(this) {
        vm.dict_update(payload, own.value())?;
    }
    for (name, value) in args.keywords() {
        let name = vm.intern_str(name);
        if !fields.contains(&name) && !attributes.contains(&name) {
            let (class, shown) = (class.name_text(), vm.shown(name));
            return Err(vm.type_error(format!(
                "{class}.__replace__ got an unexpected keyword argument '{shown}'."
            )));
        }
        vm.dict_set(payload, name, value)?;
    }
    check_replaced(vm, class, &fields, payload)?;
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for (name, value) in payload.iter() {
        names.push(name);
        values.push(value);
    }
    vm.call(class.value(), &Args { vals: &values, names: &names })
}

/// Fields that neither the old node nor the call has, and that have no default.
fn check_replaced(vm: &mut Vm, class: Type, fields: &[Value], payload: Dict) -> R<()> {
    let types = field_types(vm, class)?;
    let mut missing = Vec::new();
    for &name in fields {
        if vm.dict_get(payload, name)?.is_some() {
            continue;
        }
        let ty = match types {
            Some(types) => vm.dict_get(types, name)?,
            None => None,
        };
        if !ty.is_some_and(|ty| vm.type_of(ty) == vm.t.union) {
            missing.push(vm.repr_text(name)?);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    missing.sort();
    let (class, n, shown) = (class.name_text(), missing.len(), missing.join(", "));
    let plural = if n == 1 { "" } else { "s" };
    Err(vm
        .type_error(format!("{class}.__replace__ missing {n} keyword argument{plural}: {shown}.")))
}

/// How deep nodes are shown.
const DEPTH: usize = 3;

fn repr(vm: &mut Vm, this: Value) -> R {
    let text = shown(vm, this, DEPTH)?;
    Ok(vm.str(&text))
}

fn shown(vm: &mut Vm, node: Value, depth: usize) -> R<String> {
    let name = vm.type_of(node).name_text();
    if depth == 0 || !vm.enter_repr(node) {
        return Ok(format!("{name}(...)"));
    }
    let parts = shown_fields(vm, node, depth);
    vm.leave_repr();
    Ok(format!("{name}({})", parts?.join(", ")))
}

fn shown_fields(vm: &mut Vm, node: Value, depth: usize) -> R<Vec<String>> {
    let class = vm.type_of(node);
    let mut parts = Vec::new();
    for name in names_of(vm, class, "_fields")?.unwrap_or_default() {
        let value = vm.get_attr(node, name)?;
        let text = shown_value(vm, value, depth - 1)?;
        parts.push(format!("{}={text}", vm.shown(name)));
    }
    Ok(parts)
}

fn shown_value(vm: &mut Vm, value: Value, depth: usize) -> R<String> {
    if super::is_node(vm, value)? {
        return shown(vm, value, depth);
    }
    let (open, close) = if vm.as_list(value).is_some() {
        ("[", "]")
    } else if vm.as_tuple(value).is_some() {
        ("(", ")")
    } else {
        return vm.repr_text(value);
    };
    let items = vm.list_of(value)?;
    let n = items.len();
    let mut parts = Vec::new();
    for at in [0, n.saturating_sub(1)].into_iter().take(n.min(2)) {
        let item = items.at(at);
        parts.push(if super::is_node(vm, item)? {
            shown(vm, item, depth)?
        } else {
            vm.repr_text(item)?
        });
    }
    if n > 2 {
        parts.insert(1, "...".to_owned());
    }
    Ok(format!("{open}{}{close}", parts.join(", ")))
}
