//! StopIteration, SystemExit, KeyError.
use haft_core::object::Slots;
use haft_core::vm::Args;
use haft_core::{R, Value, Vm, getsets};

use super::base::{arguments, base_init, base_str};
use super::{Row, exception, field, fields, set_field};

pub(super) fn rows(vm: &Vm) -> Vec<Row> {
    vec![
        Row {
            class: vm.exc.stop_iteration,
            slots: |s| s.init.set(Some(stop_iteration_init)),
            methods: &[],
            getsets: STOP_ITERATION,
        },
        Row {
            class: vm.exc.system_exit,
            slots: |s| s.init.set(Some(system_exit_init)),
            methods: &[],
            getsets: SYSTEM_EXIT,
        },
        Row {
            class: vm.exc.key_error,
            slots: |s: &Slots| s.str.set(Some(key_error_str)),
            methods: &[],
            getsets: &[],
        },
    ]
}

getsets! {
    static STOP_ITERATION = {
        /// generator return value
        value => |vm, this| field(vm, this, fields::VALUE), |vm, this, new| set_field(vm, this, fields::VALUE, new);
    }
    static SYSTEM_EXIT = {
        /// exception code
        code => |vm, this| field(vm, this, fields::VALUE), |vm, this, new| set_field(vm, this, fields::VALUE, new);
    }
}

fn stop_iteration_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    base_init(vm, this, args)?;
    let value = args.positionals().first().copied().unwrap_or(Value::NONE);
    set_field(vm, this, fields::VALUE, value)?;
    Ok(Value::NONE)
}

fn system_exit_init(vm: &mut Vm, this: Value, args: &Args<'_>) -> R {
    base_init(vm, this, args)?;
    let code = match *args.positionals() {
        [] => Value::NONE,
        [one] => one,
        _ => exception(vm, this)?.args.get(),
    };
    set_field(vm, this, fields::VALUE, code)?;
    Ok(Value::NONE)
}

/// A missing key is shown by its repr: an empty str would not be seen.
fn key_error_str(vm: &mut Vm, this: Value) -> R {
    match *arguments(vm, this)? {
        [key] => vm.repr(key),
        _ => base_str(vm, this),
    }
}
