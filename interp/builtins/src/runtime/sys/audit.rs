//! `sys.audit` and `sys.addaudithook` (PEP 578), for events that Python code raises.
use std::any::Any;
use std::cell::Cell;

use haft_core::vm::Extension;
use haft_core::{Args, R, Tracer, Value, Vm, natives};

/// The hooks, a list; ABSENT while there are none.
#[derive(Debug)]
struct Hooks(Cell<Value>);

impl Extension for Hooks {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.value(self.0.get());
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

pub(super) fn add(vm: &mut Vm) {
    vm.set_extension(Hooks(Cell::new(Value::ABSENT)));
    vm.add_functions(vm.sys, "sys", FUNCTIONS);
}

natives! {
    static FUNCTIONS = {
        /// Adds a new audit hook callback.
        addaudithook "($module, /, hook)" => add_hook;
        /// Passes the event to any hooks that are attached.
        raw audit "($module, event, /, *args)" => audit;
    }
}

fn add_hook(vm: &mut Vm, args: &[Value]) -> R {
    let known = vm.extension::<Hooks>().map_or(Value::ABSENT, |hooks| hooks.0.get());
    let list = match vm.as_list(known) {
        Some(list) => list,
        None => {
            let list = vm.new_list();
            if let Some(hooks) = vm.extension::<Hooks>() {
                hooks.0.set(list.value());
            }
            list
        }
    };
    list.push(&mut vm.heap, args[0]);
    Ok(Value::NONE)
}

fn audit(vm: &mut Vm, args: &Args<'_>) -> R {
    let Some((&event, rest)) = args.positionals().split_first() else {
        return Err(vm.type_error("audit expected at least 1 argument, got 0"));
    };
    if vm.as_str(event).is_none() {
        let name = crate::arguments::shown_type(vm, event);
        return Err(vm.type_error(format!("expected str for argument 'event', not {name}")));
    }
    let hooks = vm.extension::<Hooks>().map_or(Value::ABSENT, |hooks| hooks.0.get());
    let Some(hooks) = vm.as_list(hooks) else { return Ok(Value::NONE) };
    let arguments = vm.tuple(rest);
    let mut at = 0;
    while let Some(hook) = hooks.get(at) {
        vm.call_positional(hook, &[event, arguments])?;
        at += 1;
    }
    Ok(Value::NONE)
}
