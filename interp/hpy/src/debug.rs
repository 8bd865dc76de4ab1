//! The module `_hpy_debug`: what `hpy.debug` knows of the debug context.
use haft_core::object::Slots;
use haft_hpy_abi::debug::HandleId;
use haft_hpy_abi::{HPy, debug::Debug};

use crate::handle::{owned, value};
use crate::prelude::*;
use crate::state::debug;

payload! {
    /// A debug handle as programs see it. Several of them may be of one entry of the table.
    pub(crate) struct DebugHandle {
        id: NoTrace<HandleId>,
    }
}

natives! {
    static FUNCTIONS = {
        /// Begin a new generation of handles and return its number.
        new_generation "()" => new_generation;
        /// Return a list containing all the open handles whose generation is >= of the given arg
        get_open_handles "(generation, /)" => get_open_handles;
        /// Return a list of all the closed handle in the cache
        get_closed_handles "(generation=0, /)" => get_closed_handles;
        /// Return a list of (type, stack trace or None) of the builders and trackers that were not used up.
        get_open_builders "(generation=0, /)" => get_open_builders;
        /// Return the maximum size of the closed handles queue
        get_closed_handles_queue_max_size "()" => |vm, _| { let n = debug(vm).closed_handles_max(); Ok(vm.int_usize(n)) };
        /// Set the maximum size of the closed handles queue
        set_closed_handles_queue_max_size "(size, /)" => |vm, args| set_size(vm, args[0], Debug::set_closed_handles_max);
        /// Return the maximum size of the retained raw memory associated with closed handles
        get_protected_raw_data_max_size "()" => |vm, _| { let n = debug(vm).raw_data_max(); Ok(vm.int_usize(n)) };
        /// Set the maximum size of the retained raw memory associated with closed handles
        set_protected_raw_data_max_size "(size, /)" => |vm, args| set_size(vm, args[0], Debug::set_raw_data_max);
        /// Set the function to call when we detect the usage of an invalid handle
        set_on_invalid_handle "(function, /)" => |vm, args| set_function(vm, args[0], Debug::set_on_invalid_handle);
        /// Set the function to call when we detect the usage of an invalid builder handle
        set_on_invalid_builder_handle "(function, /)" => |vm, args| set_function(vm, args[0], Debug::set_on_invalid_builder);
        /// Set the limit to captured HPy handles allocations stack traces. None means do not capture the stack traces.
        set_handle_stack_trace_limit "(limit, /)" => set_trace_limit;
    }
    static METHODS = {
        /// Close the underlying handle. FOR TESTS ONLY.
        _force_close "($self, /)" => force_close;
    }
}

getsets! {
    static GETSETS = {
        /// The object which the handle points to
        obj => object;
        /// A numeric identifier representing the underlying universal handle
        id => |vm, this| { let id = id_of(vm, this)?; Ok(vm.int(id.number().into())) };
        /// Self-explanatory
        is_closed => |vm, this| { let id = id_of(vm, this)?; Ok(Value::bool(debug(vm).is_closed(id))) };
        /// Size of retained raw memory. FOR TESTS ONLY.
        raw_data_size => raw_data_size;
    }
}

/// Fill `_hpy_debug`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "hpy.debug._debug", FUNCTIONS);
    let class = state(vm).classes.debug_handle;
    vm.dict_set_str(dict, "DebugHandle", class.value());
    Ok(())
}

pub(crate) fn make_class(vm: &mut Vm) -> Type {
    vm.new_builtin_type(&TypeSpec {
        flags: TypeFlags::NO_NEW,
        slots: set_slots,
        methods: METHODS,
        getsets: GETSETS,
        ..TypeSpec::of::<DebugHandle>("hpy.debug._debug.DebugHandle")
    })
}

fn set_slots(slots: &Slots) {
    slots.repr.set(Some(repr));
    slots.compare.set(Some(compare));
}

fn id_of(vm: &mut Vm, this: Value) -> R<HandleId> {
    let handle: PayloadRef<DebugHandle> = vm.this(this, "id", "DebugHandle")?;
    Ok(*handle.id)
}

fn new_generation(vm: &mut Vm, _: &[Value]) -> R {
    let generation = debug(vm).new_generation();
    Ok(vm.int(generation))
}

fn list_of(vm: &mut Vm, ids: Vec<HandleId>) -> Value {
    let class = state(vm).classes.debug_handle;
    let list = vm.new_list();
    for id in ids {
        let handle = vm.new_payload(class, DebugHandle { id: NoTrace(id) });
        list.push(&mut vm.heap, handle);
    }
    list.value()
}

fn get_open_handles(vm: &mut Vm, args: &[Value]) -> R {
    let generation = vm.index_of(args[0])?;
    let ids = debug(vm).open_handles(generation);
    Ok(list_of(vm, ids))
}

fn get_closed_handles(vm: &mut Vm, args: &[Value]) -> R {
    let generation = vm.index_of(args[0])?;
    let ids = debug(vm).closed_handles(generation);
    Ok(list_of(vm, ids))
}

fn get_open_builders(vm: &mut Vm, args: &[Value]) -> R {
    let generation = vm.index_of(args[0])?;
    let list = vm.new_list();
    for builder in debug(vm).open_builders(generation) {
        let kind = vm.str(builder.kind);
        let trace = builder.trace.map_or(Value::NONE, |trace| vm.str(&trace));
        let pair = vm.tuple(&[kind, trace]);
        list.push(&mut vm.heap, pair);
    }
    Ok(list.value())
}

fn set_size(vm: &mut Vm, size: Value, set: fn(&Debug, usize)) -> R {
    let size = vm.index_of(size)?;
    let Ok(size) = usize::try_from(size) else {
        return Err(vm.overflow_error("can't convert negative value to size_t"));
    };
    set(&debug(vm), size);
    Ok(Value::NONE)
}

fn set_function(vm: &mut Vm, function: Value, set: fn(&Debug, HPy) -> HPy) -> R {
    let handle = if function.is_none() {
        HPy::NULL
    } else if vm.type_of(function).slots.call.get().is_none() {
        return Err(vm.type_error("Expected a callable object"));
    } else {
        owned(vm, function)
    };
    let before = set(&debug(vm), handle);
    vm.handles.close(value(before));
    Ok(Value::NONE)
}

fn set_trace_limit(vm: &mut Vm, args: &[Value]) -> R {
    let limit = if args[0].is_none() { 0 } else { vm.index_of(args[0])? };
    debug(vm).set_stack_trace_limit(usize::try_from(limit).unwrap_or(0));
    Ok(Value::NONE)
}

fn object(vm: &mut Vm, this: Value) -> R {
    let id = id_of(vm, this)?;
    let debug = debug(vm);
    if debug.is_closed(id) {
        // Nobody may have kept it alive.
        return Err(vm.value_error("the handle was closed"));
    }
    Ok(value(debug.object(id)))
}

fn raw_data_size(vm: &mut Vm, this: Value) -> R {
    let id = id_of(vm, this)?;
    match debug(vm).raw_data_size(id) {
        Some(size) => Ok(vm.int_usize(size)),
        None => Ok(Value::small(-1)),
    }
}

fn force_close(vm: &mut Vm, args: &[Value]) -> R {
    let id = id_of(vm, args[0])?;
    debug(vm).force_close(id);
    Ok(Value::NONE)
}

fn compare(_: &mut Vm, a: Value, b: Value, op: CompareOp) -> R {
    let (Some(a), Some(b)) =
        (PayloadRef::<DebugHandle>::of_value(a), PayloadRef::<DebugHandle>::of_value(b))
    else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    match op {
        CompareOp::Eq => Ok(Value::bool(*a.id == *b.id)),
        CompareOp::Ne => Ok(Value::bool(*a.id != *b.id)),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn repr(vm: &mut Vm, this: Value) -> R {
    let id = id_of(vm, this)?;
    let debug = debug(vm);
    let what = if debug.is_closed(id) {
        "CLOSED".to_owned()
    } else {
        let shown = vm.repr_text(value(debug.object(id)))?;
        format!("for {shown}")
    };
    let trace = match debug.allocation_trace(id) {
        Some(trace) => format!("Allocation stacktrace:\n{trace}"),
        None => "To get the stack trace of where it was allocated use:\nhpy.debug.set_handle_stack_trace_limit"
            .to_owned(),
    };
    Ok(vm.str(&format!("<DebugHandle {:#x} {what}>\n{trace}", id.number())))
}
