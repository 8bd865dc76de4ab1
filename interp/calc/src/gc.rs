//! Module `gc`.
use haft_core::object::{Dict, Kind};
use haft_core::{R, Value, Vm, natives};

natives! {
    static FUNCTIONS = {
        /// Run the garbage collector.
        collect "($module, /, generation=2)" => collect;
        /// Disable automatic garbage collection.
        disable "($module, /)" => disable;
        /// Enable automatic garbage collection.
        enable "($module, /)" => enable;
        /// Returns true if automatic garbage collection is enabled.
        isenabled "($module, /)" => isenabled;
        /// Return a list of objects tracked by the collector (excluding the list returned).
        get_objects "($module, /, generation=None)" => get_objects;
        /// Return the list of objects that are directly referred to by 'objs'.
        get_referents "($module, *objs)" => get_referents;
        /// Returns true if the object is tracked by the garbage collector.
        is_tracked "($module, obj, /)" => is_tracked;
        /// Freeze all current tracked objects: they are collected as before.
        freeze "($module, /)" => nothing;
        /// Unfreeze all objects.
        unfreeze "($module, /)" => nothing;
        /// Return the number of objects in the permanent generation.
        get_freeze_count "($module, /)" => zero;
        /// Return the current collection thresholds.
        get_threshold "($module, /)" => get_threshold;
        /// Set the collection thresholds; Haft's collector chooses its own.
        set_threshold "($module, threshold0, threshold1=10, threshold2=10, /)" => nothing;
        /// Return a three-tuple of the current collection counts.
        get_count "($module, /)" => get_count;
        /// Get the garbage collection debugging flags.
        get_debug "($module, /)" => zero;
    }
}

/// Fill the namespace of `gc`.
pub(crate) fn init(vm: &mut Vm, dict: Dict) -> R<()> {
    vm.add_functions(dict, "gc", FUNCTIONS);
    for name in ["garbage", "callbacks"] {
        let list = vm.list(&[]);
        vm.dict_set_str(dict, name, list);
    }
    for (name, number) in [
        ("DEBUG_STATS", 1),
        ("DEBUG_COLLECTABLE", 2),
        ("DEBUG_UNCOLLECTABLE", 4),
        ("DEBUG_SAVEALL", 32),
        ("DEBUG_LEAK", 38),
    ] {
        vm.dict_set_str(dict, name, Value::small(number));
    }
    Ok(())
}

/// Collect, then run what became due: finalizers and weak reference callbacks. What they let go is collected too.
fn collect(vm: &mut Vm, args: &[Value]) -> R {
    let generation = vm.index_of(args[0])?;
    if !(0..=2).contains(&generation) {
        return Err(vm.value_error("invalid generation"));
    }
    let before = vm.heap.stats().live_bytes;
    vm.collect_garbage(collect)?;
    vm.collect_garbage(collect)?;
    let after = vm.heap.stats().live_bytes;
    Ok(vm.int_usize(before.saturating_sub(after) / 64))
}

fn disable(vm: &mut Vm, _: &[Value]) -> R {
    vm.heap.set_enabled(false);
    Ok(Value::NONE)
}

fn enable(vm: &mut Vm, _: &[Value]) -> R {
    vm.heap.set_enabled(true);
    Ok(Value::NONE)
}

fn isenabled(vm: &mut Vm, _: &[Value]) -> R {
    Ok(Value::bool(vm.heap.is_enabled()))
}

fn nothing(_: &mut Vm, _: &[Value]) -> R {
    Ok(Value::NONE)
}

fn zero(_: &mut Vm, _: &[Value]) -> R {
    Ok(Value::small(0))
}

fn get_threshold(vm: &mut Vm, _: &[Value]) -> R {
    Ok(vm.tuple(&[Value::small(2000), Value::small(10), Value::small(0)]))
}

fn get_count(vm: &mut Vm, _: &[Value]) -> R {
    Ok(vm.tuple(&[Value::small(0), Value::small(0), Value::small(0)]))
}

/// Is it an object that Python code can hold: of a class, not a part of another object?
fn is_python_object(obj: haft_core::Obj) -> bool {
    obj.shape() != haft_core::object::ShapeId::NONE.0
}

fn get_objects(vm: &mut Vm, _: &[Value]) -> R {
    let list = vm.list_of_objects(|obj| is_python_object(obj) && obj.kind() != Kind::Str as u8);
    Ok(list.value())
}

fn get_referents(vm: &mut Vm, args: &[Value]) -> R {
    let list = vm.new_list();
    for &value in vm.as_tuple(args[0]).map_or(&[][..], haft_core::object::Tuple::items) {
        let Some(obj) = value.as_ptr() else { continue };
        for referent in vm.heap.referents(obj) {
            if is_python_object(referent) {
                list.push(&mut vm.heap, Value::from(referent));
            }
        }
    }
    Ok(list.value())
}

/// May the object be part of a cycle? The collector of Haft looks at every object; what holds no others, and instances of
/// C classes that say so, do not count, as in CPython.
fn is_tracked(vm: &mut Vm, args: &[Value]) -> R {
    let Some(obj) = args[0].as_ptr() else { return Ok(Value::FALSE) };
    let class = vm.type_of(args[0]);
    if class.host_data.get() != 0 {
        let layout = class.extension.get();
        return Ok(Value::bool(layout.is_some_and(|layout| layout.is_tracked)));
    }
    let kind = Kind::from_u8(obj.kind());
    let is_atom =
        matches!(kind, Kind::Str | Kind::Bytes | Kind::BigInt | Kind::Float | Kind::Complex);
    Ok(Value::bool(!is_atom))
}
