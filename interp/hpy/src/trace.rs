//! The module `_hpy_trace`: what `hpy.trace` knows of the trace context.
use haft_hpy_abi::HPy;
use haft_hpy_abi::trace::Trace;

use crate::handle::{owned, value};
use crate::prelude::*;
use crate::state::trace;

natives! {
    static FUNCTIONS = {
        /// Return a dict of the number of calls of each function of the context.
        get_call_counts "()" => get_call_counts;
        /// Return a dict of the nanoseconds that the calls of each function of the context took.
        get_durations "()" => get_durations;
        /// Set the functions to call if an HPy API is entered/exited.
        set_trace_functions "(on_enter=<absent>, on_exit=<absent>)" => set_trace_functions;
        /// Resolution of the used clock in Hertz.
        get_frequency "()" => |vm, _| { let frequency = trace(vm).frequency(); Ok(vm.int(frequency)) };
    }
}

/// Fill `_hpy_trace`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "hpy.trace._trace", FUNCTIONS);
    Ok(())
}

fn get_call_counts(vm: &mut Vm, _: &[Value]) -> R {
    let dict = vm.dict();
    for (name, count) in trace(vm).call_counts() {
        let count = vm.int_u64(count);
        vm.dict_set_str(dict, name, count);
    }
    Ok(dict.value())
}

fn get_durations(vm: &mut Vm, _: &[Value]) -> R {
    let dict = vm.dict();
    for (name, duration) in trace(vm).durations() {
        let duration = vm.int_u64(u64::try_from(duration).unwrap_or(u64::MAX));
        vm.dict_set_str(dict, name, duration);
    }
    Ok(dict.value())
}

fn set_trace_functions(vm: &mut Vm, args: &[Value]) -> R {
    for &function in args {
        let is_fine = function.is_absent()
            || function.is_none()
            || vm.type_of(function).slots.call.get().is_some();
        if !is_fine {
            return Err(vm.type_error("Expected a callable object or None"));
        }
    }
    set(vm, args[0], Trace::set_on_enter);
    set(vm, args[1], Trace::set_on_exit);
    Ok(Value::NONE)
}

/// Set a function; None clears it, ABSENT leaves it.
fn set(vm: &mut Vm, function: Value, set: fn(&Trace, HPy) -> HPy) {
    if function.is_absent() {
        return;
    }
    let handle = if function.is_none() { HPy::NULL } else { owned(vm, function) };
    let before = set(&trace(vm), handle);
    vm.handles.close(value(before));
}
