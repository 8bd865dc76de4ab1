//! `sys.settrace`, `sys.setprofile` and their relatives.
use haft_core::{R, Value, Vm, natives};

pub(super) fn add(vm: &mut Vm) {
    vm.add_functions(vm.sys, "sys", FUNCTIONS);
}

natives! {
    static FUNCTIONS = {
        /// Return the global debug tracing function set with sys.settrace.
        gettrace "($module, /)" => |vm, _| Ok(vm.stack.watch.trace.or_none());
        /// Set the global debug tracing function.
        ///
        /// It will be called on each function call.
        settrace "($module, function, /)" => |vm, args| { vm.set_watcher(given(args[0]), false); Ok(Value::NONE) };
        /// Return the profiling function set with sys.setprofile.
        getprofile "($module, /)" => |vm, _| Ok(vm.stack.watch.profile.or_none());
        /// Set the profiling function.
        ///
        /// It will be called on each function call and return.
        setprofile "($module, function, /)" => |vm, args| { vm.set_watcher(given(args[0]), true); Ok(Value::NONE) };
        /// Set the global debug tracing function in all running threads belonging to the current interpreter.
        _settraceallthreads "($module, function, /)" => |vm, args| { vm.set_watcher_everywhere(given(args[0]), false); Ok(Value::NONE) };
        /// Set the profiling function in all running threads belonging to the current interpreter.
        _setprofileallthreads "($module, function, /)" => |vm, args| { vm.set_watcher_everywhere(given(args[0]), true); Ok(Value::NONE) };
        /// Call func(*args), while tracing is enabled.
        ///
        /// The tracing state is saved, and restored afterwards.  This is intended
        /// to be called from a debugger from a checkpoint, to recursively debug
        /// some other code.
        call_tracing "($module, func, args, /)" => call_tracing;
    }
}

fn given(function: Value) -> Value {
    if function.is_none() { Value::ABSENT } else { function }
}

fn call_tracing(vm: &mut Vm, args: &[Value]) -> R {
    match vm.as_tuple(args[1]) {
        Some(arguments) => vm.call_watched(args[0], arguments.items()),
        None => {
            let name = crate::arguments::shown_type(vm, args[1]);
            Err(vm.type_error(format!("call_tracing() argument 2 must be tuple, not {name}")))
        }
    }
}
