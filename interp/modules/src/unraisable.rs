//! Exceptions that nobody can handle: `sys.unraisablehook`.
use haft_core::{Raised, Value, Vm};

/// Hand the exception on its way to `sys.unraisablehook`, with a message (empty: the default) and the object it is
/// about (or None).
pub fn report(vm: &mut Vm, raised: Raised, message: &str, object: Value) {
    let exception = vm.take_raised(raised);
    let handled = std::mem::replace(&mut vm.stack.handled, Value::ABSENT);
    let sys = vm.sys;
    let hook = vm.dict_get_str(sys, "unraisablehook");
    if let Some(hook) = hook {
        let message = if message.is_empty() { Value::NONE } else { vm.str(message) };
        let result = hook_arguments(vm, exception, message, object).and_then(|args| vm.call_positional(hook, &[args]));
        if let Err(raised) = result {
            vm.take_raised(raised);
        }
    }
    vm.stack.handled = handled;
}

/// An object like `UnraisableHookArgs`.
fn hook_arguments(vm: &mut Vm, exception: Value, message: Value, object: Value) -> haft_core::R {
    let types = crate::warn::import(vm, "types")?;
    let namespace = vm.get_attr_str(types, "SimpleNamespace")?;
    let traceback = vm.traceback_of(exception);
    let class = vm.type_of(exception).value();
    let names = ["exc_type", "exc_value", "exc_traceback", "err_msg", "object"].map(|name| vm.intern(name));
    let values = [class, exception, traceback, message, object];
    vm.call(namespace, &haft_core::Args { vals: &values, names: &names })
}
