//! ImportError: which module, from where.
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets, natives};

use super::base::{attributes, base_str, reduced};
use super::fields::import::{MSG, NAME, NAME_FROM, PATH};
use super::names::init_with_keywords;
use super::{Row, exception, field, set_field};

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    let slots = |s: &haft_core::object::Slots| {
        s.init.set(Some(init));
        s.str.set(Some(str));
    };
    vec![Row { class: vm.exc.import_error, slots, methods: METHODS, getsets: GETSETS }]
}

getsets! {
    static GETSETS = {
        /// exception message
        msg => |vm, this| field(vm, this, MSG), |vm, this, new| set_field(vm, this, MSG, new);
        /// module name
        name => |vm, this| field(vm, this, NAME), |vm, this, new| set_field(vm, this, NAME, new);
        /// module path
        path => |vm, this| field(vm, this, PATH), |vm, this, new| set_field(vm, this, PATH, new);
        /// name imported from module
        name_from => |vm, this| field(vm, this, NAME_FROM), |vm, this, new| set_field(vm, this, NAME_FROM, new);
    }
}

natives! {
    static METHODS = {
        __reduce__ "($self, /)" => reduce;
    }
}

fn init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    init_with_keywords(
        vm,
        this,
        args,
        "ImportError",
        &[("name", NAME), ("path", PATH), ("name_from", NAME_FROM)],
    )?;
    let message = if let [message] = *args.positionals() { message } else { Value::ABSENT };
    set_field(vm, this, MSG, message)?;
    Ok(Value::NONE)
}

fn str(vm: &mut Vm, this: Value) -> R {
    let message = exception(vm, this)?.fields[MSG].get();
    if !message.is_absent() && vm.type_of(message) == vm.t.str {
        Ok(message)
    } else {
        base_str(vm, this)
    }
}

fn reduce(vm: &mut Vm, args: &[Value]) -> R {
    let error = exception(vm, args[0])?;
    let own = attributes(vm, args[0]);
    let known = [("name", NAME), ("path", PATH), ("name_from", NAME_FROM)];
    let state = if known.iter().any(|&(_, number)| !error.fields[number].get().is_absent()) {
        let state = match vm.as_dict(own) {
            Some(own) => own.copy(&mut vm.heap),
            None => vm.dict(),
        };
        for (name, number) in known {
            let value = error.fields[number].get();
            if !value.is_absent() {
                vm.dict_set_str(state, name, value);
            }
        }
        state.value()
    } else {
        own
    };
    reduced(vm, args[0], error.args.get(), state)
}
