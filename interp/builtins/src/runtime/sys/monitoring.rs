//! `sys.monitoring` (PEP 669): the names are there, so that debuggers can be imported; events cannot be asked for.
use haft_core::{R, Value, Vm, natives};

use super::namespace::new_namespace;

/// The events, in the order of their bits.
const EVENTS: [&str; 17] = [
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH_LEFT",
    "BRANCH_RIGHT",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
];

natives! {
    static FUNCTIONS = {
        use_tool_id "($module, tool_id, name, /)" => |_, _| Ok(Value::NONE);
        free_tool_id "($module, tool_id, /)" => |_, _| Ok(Value::NONE);
        clear_tool_id "($module, tool_id, /)" => |_, _| Ok(Value::NONE);
        get_tool "($module, tool_id, /)" => |_, _| Ok(Value::NONE);
        register_callback "($module, tool_id, event, func, /)" => |_, _| Ok(Value::NONE);
        get_events "($module, tool_id, /)" => |_, _| Ok(Value::small(0));
        set_events "($module, tool_id, event_set, /)" => |vm, args| refuse(vm, args[1]);
        get_local_events "($module, tool_id, code, /)" => |_, _| Ok(Value::small(0));
        set_local_events "($module, tool_id, code, event_set, /)" => |vm, args| refuse(vm, args[2]);
        restart_events "($module, /)" => |_, _| Ok(Value::NONE);
        _all_events "($module, /)" => |vm, _| Ok(vm.dict().value());
    }
}

fn refuse(vm: &mut Vm, events: Value) -> R {
    if vm.index_of(events)? == 0 {
        return Ok(Value::NONE);
    }
    Err(vm.not_implemented_error("monitoring events are not supported by Haft"))
}

/// Make the module.
pub(super) fn make(vm: &mut Vm) -> R {
    let module = vm.new_module("sys.monitoring");
    let mut attributes = vec![("NO_EVENTS", Value::small(0))];
    attributes.extend(EVENTS.iter().zip(0..).map(|(&name, bit)| (name, Value::small(1 << bit))));
    attributes.push(("C_RAISE", Value::small(1 << 17)));
    attributes.push(("BRANCH", Value::small(1 << 18)));
    let events = new_namespace(vm, &attributes);
    vm.dict_set_str(module.dict, "events", events);
    let ids = [("DEBUGGER_ID", 0), ("COVERAGE_ID", 1), ("PROFILER_ID", 2), ("OPTIMIZER_ID", 5)];
    for (name, id) in ids {
        vm.dict_set_str(module.dict, name, Value::small(id));
    }
    for name in ["DISABLE", "MISSING"] {
        let marker = vm.call_positional(vm.t.object.value(), &[])?;
        vm.dict_set_str(module.dict, name, marker);
    }
    vm.add_functions(module.dict, "sys.monitoring", FUNCTIONS);
    Ok(module.value())
}
