//! `sys.monitoring` (PEP 669).
use haft_core::interp::watch::{Event, N_TOOLS};
use haft_core::object::{CodeObject, PayloadRef};
use haft_core::{R, Value, Vm, natives};

use super::namespace::new_namespace;

/// The bit of `BRANCH`, which stands for both directions.
const BRANCH: i64 = 1 << Event::ALL.len();
/// Events that are asked for together with `CALL`.
const RETURNS: i64 = bits(&[Event::CReturn, Event::CRaise]);
const CALLS: i64 = RETURNS | bits(&[Event::Call]);
const BRANCHES: [Event; 2] = [Event::BranchLeft, Event::BranchRight];

const fn bits(events: &[Event]) -> i64 {
    let (mut all, mut at) = (0, 0);
    while at < events.len() {
        all |= 1 << events[at] as u32;
        at += 1;
    }
    all
}

natives! {
    static FUNCTIONS = {
        use_tool_id "($module, tool_id, name, /)" => use_tool_id;
        clear_tool_id "($module, tool_id, /)" => clear_tool_id;
        free_tool_id "($module, tool_id, /)" => free_tool_id;
        /// Return the name of the tool, or None if the id is not in use.
        get_tool "($module, tool_id, /)" => get_tool;
        register_callback "($module, tool_id, event, func, /)" => register_callback;
        get_events "($module, tool_id, /)" => get_events;
        set_events "($module, tool_id, event_set, /)" => set_events;
        get_local_events "($module, tool_id, code, /)" => get_local_events;
        set_local_events "($module, tool_id, code, event_set, /)" => set_local_events;
        restart_events "($module, /)" => |vm, _| { vm.monitoring.restart(); Ok(Value::NONE) };
        _all_events "($module, /)" => all_events;
    }
}

fn tool_of(vm: &mut Vm, id: Value) -> R<usize> {
    let id = vm.index_of(id)?;
    match usize::try_from(id).ok().filter(|&id| id < N_TOOLS) {
        Some(id) => Ok(id),
        None => {
            let most = N_TOOLS - 1;
            Err(vm.value_error(format!("invalid tool {id} (must be between 0 and {most})")))
        }
    }
}

fn used_tool(vm: &mut Vm, id: Value) -> R<usize> {
    let tool = tool_of(vm, id)?;
    if vm.monitoring.tools[tool].name.is_absent() {
        return Err(vm.value_error(format!("tool {tool} is not in use")));
    }
    Ok(tool)
}

fn use_tool_id(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    if vm.as_str(args[1]).is_none() {
        return Err(vm.value_error("tool name must be a str"));
    }
    if !vm.monitoring.tools[tool].name.is_absent() {
        return Err(vm.value_error(format!("tool {tool} is already in use")));
    }
    vm.monitoring.tools[tool].name = args[1];
    Ok(Value::NONE)
}

fn clear_tool_id(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    if !vm.monitoring.tools[tool].name.is_absent() {
        vm.monitoring.clear_tool(tool);
        vm.watch_changed();
    }
    Ok(Value::NONE)
}

fn free_tool_id(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    vm.monitoring.clear_tool(tool);
    vm.monitoring.tools[tool].name = Value::ABSENT;
    vm.watch_changed();
    Ok(Value::NONE)
}

fn get_tool(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    let name = vm.monitoring.tools[tool].name;
    Ok(name.or_none())
}

fn register_callback(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    let event = vm.index_of(args[1])?;
    if event <= 0 || event.count_ones() != 1 {
        return Err(vm.value_error("The callback can only be set for one event at a time"));
    }
    let number = event.trailing_zeros() as usize;
    let both = if event == BRANCH { &BRANCHES[..] } else { &[] };
    let events = match Event::ALL.get(number) {
        Some((event, _)) => std::slice::from_ref(event),
        None if !both.is_empty() => both,
        None => return Err(vm.value_error(format!("invalid event {number}"))),
    };
    let name = vm.str("sys.monitoring.register_callback");
    if let Some(audit) = vm.dict_get_str(vm.sys, "audit") {
        vm.call_positional(audit, &[name, args[2]])?;
    }
    let callback = if args[2].is_none() { Value::ABSENT } else { args[2] };
    let mut old = Value::ABSENT;
    for &event in events {
        let callbacks = &mut vm.monitoring.tools[tool].callbacks;
        old = std::mem::replace(&mut callbacks[event as usize], callback);
    }
    Ok(old.or_none())
}

fn get_events(vm: &mut Vm, args: &[Value]) -> R {
    let tool = used_tool(vm, args[0])?;
    Ok(shown_events(vm, vm.monitoring.tools[tool].events))
}

fn shown_events(vm: &mut Vm, events: u32) -> Value {
    let mut shown = i64::from(events);
    if shown & bits(&BRANCHES) == bits(&BRANCHES) {
        shown = shown & !bits(&BRANCHES) | BRANCH;
    }
    vm.int(shown)
}

/// A set of events that is given: those that come by themselves are left out.
fn event_set(vm: &mut Vm, given: Value, most: usize, word: &str) -> R<u32> {
    let mut set = vm.index_of(given)?;
    let invalid = |vm: &mut Vm, set: i64| {
        Err(vm.value_error(format!("invalid {word}event set 0x{:x}", set as u32)))
    };
    if !(0..BRANCH << 1).contains(&set) {
        return invalid(vm, set);
    }
    if set & RETURNS != 0 && set & CALLS != CALLS {
        return Err(vm.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    set &= !RETURNS;
    if set & BRANCH != 0 {
        set = set & !BRANCH | bits(&BRANCHES);
    }
    if set >= 1 << most {
        return invalid(vm, set);
    }
    Ok(set as u32)
}

fn set_events(vm: &mut Vm, args: &[Value]) -> R {
    let tool = tool_of(vm, args[0])?;
    let set = event_set(vm, args[1], Event::ALL.len(), "")?;
    used_tool(vm, args[0])?;
    vm.monitoring.tools[tool].events = set;
    vm.watch_changed();
    Ok(Value::NONE)
}

fn code_of(vm: &mut Vm, code: Value) -> R<i64> {
    if PayloadRef::<CodeObject>::of_value(code).is_none() {
        return Err(vm.type_error("code must be a code object"));
    }
    Ok(vm.id_of(code))
}

fn get_local_events(vm: &mut Vm, args: &[Value]) -> R {
    let code = code_of(vm, args[1])?;
    let tool = used_tool(vm, args[0])?;
    let events = vm.monitoring.local_events(tool, code);
    Ok(shown_events(vm, events))
}

fn set_local_events(vm: &mut Vm, args: &[Value]) -> R {
    let code = code_of(vm, args[1])?;
    let tool = tool_of(vm, args[0])?;
    let n_local = Event::ALL.iter().filter(|(event, _)| event.is_local()).count();
    let set = event_set(vm, args[2], n_local, "local ")?;
    used_tool(vm, args[0])?;
    vm.monitoring.set_local_events(tool, code, set);
    vm.watch_changed();
    Ok(Value::NONE)
}

/// The tools that want each event, as bits, by its name.
fn all_events(vm: &mut Vm, _: &[Value]) -> R {
    let dict = vm.dict();
    for &(event, name) in Event::ALL {
        let wants = |tool: &usize| vm.monitoring.tools[*tool].events & event.bit() != 0;
        let tools: i32 = (0..N_TOOLS).filter(wants).map(|tool| 1 << tool).sum();
        if tools != 0 {
            vm.dict_set_str(dict, name, Value::small(tools));
        }
    }
    Ok(dict.value())
}

/// Make the module.
pub(super) fn make(vm: &mut Vm) -> R {
    let module = vm.new_module("sys.monitoring");
    let mut attributes = vec![("NO_EVENTS", Value::small(0))];
    attributes.extend(
        Event::ALL.iter().map(|&(event, name)| (name, Value::small(event.bit().cast_signed()))),
    );
    attributes.push(("BRANCH", Value::small(BRANCH as i32)));
    let events = new_namespace(vm, &attributes);
    vm.dict_set_str(module.dict, "events", events);
    let ids = [("DEBUGGER_ID", 0), ("COVERAGE_ID", 1), ("PROFILER_ID", 2), ("OPTIMIZER_ID", 5)];
    for (name, id) in ids {
        vm.dict_set_str(module.dict, name, Value::small(id));
    }
    vm.monitoring.disable = vm.call_positional(vm.t.object.value(), &[])?;
    vm.monitoring.missing = vm.call_positional(vm.t.object.value(), &[])?;
    vm.dict_set_str(module.dict, "DISABLE", vm.monitoring.disable);
    vm.dict_set_str(module.dict, "MISSING", vm.monitoring.missing);
    vm.add_functions(module.dict, "sys.monitoring", FUNCTIONS);
    Ok(module.value())
}
