//! NameError and AttributeError: they know the name, for suggestions.
use haft_core::object::Str;
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use super::base::{attributes, reduced, set_positionals};
use super::fields::name::{NAME, OBJ};
use super::{Row, exception, field, set_field};

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    vec![
        Row {
            class: vm.exc.name_error,
            slots: |s| s.init.set(Some(name_error_init)),
            methods: &[],
            getsets: NAME_ERROR,
        },
        Row {
            class: vm.exc.attribute_error,
            slots: |s| s.init.set(Some(attribute_error_init)),
            methods: ATTRIBUTE_ERROR_METHODS,
            getsets: ATTRIBUTE_ERROR,
        },
    ]
}

getsets! {
    static NAME_ERROR = {
        /// name
        name => |vm, this| field(vm, this, NAME), |vm, this, new| set_field(vm, this, NAME, new);
    }
    static ATTRIBUTE_ERROR = {
        /// attribute name
        name => |vm, this| field(vm, this, NAME), |vm, this, new| set_field(vm, this, NAME, new);
        /// object
        obj => |vm, this| field(vm, this, OBJ), |vm, this, new| set_field(vm, this, OBJ, new);
    }
}

natives! {
    static ATTRIBUTE_ERROR_METHODS = {
        __getstate__ "($self, /)" => |vm, args| attribute_error_state(vm, args[0]);
        __reduce__ "($self, /)" => attribute_error_reduce;
    }
}

/// Keep the positional arguments as `args` and the keyword arguments as fields of their own.
pub(super) fn init_with_keywords(
    vm: &mut Vm,
    this: Value,
    args: &Args<'_>,
    class: &str,
    known: &[(&str, usize)],
) -> R<()> {
    set_positionals(vm, this, args)?;
    for &(_, number) in known {
        set_field(vm, this, number, Value::ABSENT)?;
    }
    for (name, value) in args.keywords() {
        let text = vm.as_str(name).map_or(&b""[..], Str::bytes);
        match known.iter().find(|row| row.0.as_bytes() == text) {
            Some(&(_, number)) => set_field(vm, this, number, value)?,
            None => {
                let text = String::from_utf8_lossy(text);
                return Err(
                    vm.type_error(format!("{class}() got an unexpected keyword argument '{text}'"))
                );
            }
        }
    }
    Ok(())
}

fn name_error_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    init_with_keywords(vm, this, args, "NameError", &[("name", NAME)])?;
    Ok(Value::NONE)
}

fn attribute_error_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    init_with_keywords(vm, this, args, "AttributeError", &[("name", NAME), ("obj", OBJ)])?;
    Ok(Value::NONE)
}

/// State for pickle: the attributes, `name` and `args`; `obj` may be anything and is left out.
fn attribute_error_state(vm: &mut Vm, this: Value) -> R {
    let (name, args) = (exception(vm, this)?.fields[NAME].get(), exception(vm, this)?.args.get());
    let own = attributes(vm, this);
    let state = match vm.as_dict(own) {
        Some(own) => own.copy(&mut vm.heap),
        None if name.is_absent() && vm.as_tuple(args).is_some_and(|args| args.is_empty()) => {
            return Ok(Value::NONE);
        }
        None => vm.dict(),
    };
    if !name.is_absent() {
        vm.dict_set_str(state, "name", name);
    }
    vm.dict_set_str(state, "args", args);
    Ok(state.value())
}

fn attribute_error_reduce(vm: &mut Vm, args: &[Value]) -> R {
    let state = attribute_error_state(vm, args[0])?;
    let arguments = exception(vm, args[0])?.args.get();
    reduced(vm, args[0], arguments, state)
}
