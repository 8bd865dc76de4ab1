//! Functions of `sys`: the stack, limits, sizes, exit.
use haft_core::interp::frame_object;
use haft_core::object::{Function, PayloadRef, TypeFlags};
use haft_core::{R, Value, Vm, natives};

use super::super::{async_generator, finalize};
use crate::number::{max_str_digits, set_max_str_digits};
use crate::structseq::{make_struct_sequence_type, new_struct_sequence};

pub(super) fn add(vm: &mut Vm) {
    vm.add_functions(vm.sys, "sys", FUNCTIONS);
    vm.add_functions(vm.sys, "sys", LIMITS);
}

natives! {
    static FUNCTIONS = {
        /// Exit the interpreter by raising SystemExit(status).
        ///
        /// If the status is omitted or None, it defaults to zero (i.e., success).
        /// If the status is an integer, it will be used as the system exit status.
        /// If it is another kind of object, it will be printed and the system
        /// exit status will be one (i.e., failure).
        exit "($module, status=None, /)" => exit;
        /// Return current exception information: (type, value, traceback).
        exc_info "($module, /)" => exc_info;
        /// Return the current exception.
        ///
        /// Return the most recent exception caught but not yet finished
        /// handling by the current or outer frames. If no such exception
        /// exists, return None.
        exception "($module, /)" => |vm, _| Ok(handled(vm));
        /// Return a frame object from the call stack.
        ///
        /// If optional integer depth is given, return the frame object that many
        /// calls below the top of the stack.  If that is deeper than the call
        /// stack, ValueError is raised.  The default for depth is zero, returning
        /// the frame at the top of the call stack.
        _getframe "($module, depth=0, /)" => get_frame;
        /// Return the name of the module for a calling frame.
        _getframemodulename "($module, depth=0)" => get_frame_module_name;
        /// Return the size of object in bytes.
        getsizeof "(object, default=<absent>)" => get_size_of;
        /// Return the reference count of object. Haft counts no references: the number is always the same.
        getrefcount "($module, object, /)" => |_, _| Ok(Value::small(2));
        /// ``Intern'' the given string.
        ///
        /// This enters the string in the (global) table of interned strings whose
        /// purpose is to speed up dictionary lookups. Return the string itself or
        /// the previously interned string object with the same value.
        intern "($module, string, /)" => intern;
        /// Return True if the given string is "interned".
        _is_interned "($module, string, /)" => is_interned;
        _is_immortal "($module, op, /)" => |_, args| Ok(Value::bool(!args[0].is_ptr()));
        /// Return True if the GIL is currently enabled and False if the GIL is disabled.
        _is_gil_enabled "($module, /)" => |_, _| Ok(Value::TRUE);
        /// Return True if Python is exiting.
        is_finalizing "($module, /)" => |vm, _| Ok(Value::bool(finalize::is_finalizing(vm)));
        /// Return the current default encoding used by the Unicode implementation.
        getdefaultencoding "($module, /)" => |vm, _| Ok(vm.str("utf-8"));
        /// Return the encoding used to convert Unicode filenames to OS filenames.
        getfilesystemencoding "($module, /)" => |vm, _| Ok(vm.str("utf-8"));
        /// Return the error mode used for Unicode to OS filename conversion.
        getfilesystemencodeerrors "($module, /)" => |vm, _| Ok(vm.str("surrogateescape"));
        /// Return the number of memory blocks currently allocated.
        getallocatedblocks "($module, /)" => allocated_blocks;
        /// Return the number of elements of the unicode interned dictionary
        getunicodeinternedsize "($module, /, *, _only_immortal=False)" => |_, _| Ok(Value::small(0));
        /// Clear the internal type lookup cache.
        _clear_type_cache "($module, /)" => |_, _| Ok(Value::NONE);
        /// Clear all internal performance-related caches.
        _clear_internal_caches "($module, /)" => |_, _| Ok(Value::NONE);
        /// Clear the type descriptors.
        _clear_type_descriptors "($module, type, /)" => clear_type_descriptors;
        /// Print information to stderr about the memory allocator.
        _debugmallocstats "($module, /)" => |_, _| Ok(Value::NONE);
        _get_cpu_count_config "($module, /)" => |_, _| Ok(Value::small(-1));
        /// Return True if a stack profiler trampoline is active.
        is_stack_trampoline_active "($module, /)" => |_, _| Ok(Value::FALSE);
        activate_stack_trampoline "($module, backend, /)" => |vm, _| Err(vm.value_error("stack trampolines are not supported"));
        deactivate_stack_trampoline "($module, /)" => |_, _| Ok(Value::NONE);
        is_remote_debug_enabled "($module, /)" => |_, _| Ok(Value::FALSE);
        /// Return the current value of the flags that are used for dlopen calls.
        getdlopenflags "($module, /)" => |_, _| Ok(Value::small(haft_host::constants::RTLD_NOW));
        setdlopenflags "($module, flags, /)" => |_, _| Ok(Value::NONE);
        /// Set a hook for asynchronous generators.
        set_asyncgen_hooks "($module, /, firstiter=<absent>, finalizer=<absent>)" => set_asyncgen_hooks;
        /// Return the installed asynchronous generators hooks.
        get_asyncgen_hooks "($module, /)" => get_asyncgen_hooks;
    }
    static LIMITS = {
        /// Return the current value of the recursion limit.
        getrecursionlimit "($module, /)" => |vm, _| Ok(vm.int_usize(vm.recursion_limit));
        /// Set the maximum depth of the Python interpreter stack to n.
        setrecursionlimit "($module, limit, /)" => set_recursion_limit;
        /// Return the maximum string digits limit for non-binary int<->str conversions.
        get_int_max_str_digits "($module, /)" => |vm, _| { let digits = max_str_digits(vm); Ok(vm.int_usize(digits)) };
        /// Set the maximum string digits limit for non-binary int<->str conversions.
        set_int_max_str_digits "($module, /, maxdigits)" => set_digits;
        /// Check status of origin tracking for coroutine objects in this thread.
        get_coroutine_origin_tracking_depth "($module, /)" => |_, _| Ok(Value::small(0));
        /// Enable or disable origin tracking for coroutine objects in this thread.
        set_coroutine_origin_tracking_depth "($module, /, depth)" => set_origin_depth;
    }
}

fn exit(vm: &mut Vm, args: &[Value]) -> R {
    let class = vm.exc.system_exit;
    // A tuple is what SystemExit is called with, as CPython's `PyErr_SetObject` does it.
    let raised = match vm.as_tuple(args[0]) {
        Some(items) => vm.raise_with(class, items.items()),
        None if args[0].is_none() => vm.raise_with(class, &[]),
        None => vm.raise_with(class, args),
    };
    Err(raised)
}

/// The exception being handled, or None.
fn handled(vm: &Vm) -> Value {
    let handled = vm.stack.exception_handled();
    handled.or_none()
}

fn exc_info(vm: &mut Vm, _: &[Value]) -> R {
    let error = handled(vm);
    if error.is_none() {
        return Ok(vm.tuple(&[Value::NONE; 3]));
    }
    let (class, traceback) = (vm.type_of(error).value(), vm.traceback_of(error));
    Ok(vm.tuple(&[class, error, traceback]))
}

/// Index of the frame `depth` calls below the innermost one.
fn frame_at(vm: &mut Vm, depth: Value) -> R<Option<usize>> {
    let depth = vm.index_of(depth)?.max(0) as usize;
    Ok(vm.frame_below(depth))
}

fn get_frame(vm: &mut Vm, args: &[Value]) -> R {
    match frame_at(vm, args[0])? {
        Some(index) => Ok(frame_object(vm, index)),
        None => Err(vm.value_error("call stack is not deep enough")),
    }
}

fn get_frame_module_name(vm: &mut Vm, args: &[Value]) -> R {
    let Some(index) = frame_at(vm, args[0])? else { return Ok(Value::NONE) };
    let frame = vm.stack.frames[index];
    if let Some(function) = PayloadRef::<Function>::of_value(frame.function) {
        return Ok(function.module.get());
    }
    Ok(vm.dict_get_name(frame.globals, vm.names.__name__).unwrap_or(Value::NONE))
}

fn get_size_of(vm: &mut Vm, args: &[Value]) -> R {
    let name = vm.names.__sizeof__;
    let size = vm.call_special(args[0], name, &[]);
    let size = match size {
        Err(raised) if !args[1].is_absent() && vm.raised_is(vm.exc.type_error) => {
            vm.take_raised(raised);
            return Ok(args[1]);
        }
        size => size?,
    };
    let Some(size) = size else {
        let name = vm.type_name(args[0]);
        return Err(vm.type_error(format!("Type {name} doesn't define __sizeof__")));
    };
    let size = vm.index_of(size)?;
    if size < 0 {
        return Err(vm.value_error("__sizeof__() should return >= 0"));
    }
    Ok(vm.int(size))
}

fn intern(vm: &mut Vm, args: &[Value]) -> R {
    if vm.as_str(args[0]).is_none() {
        let name = crate::arguments::shown_type(vm, args[0]);
        return Err(vm.type_error(format!("intern() argument must be str, not {name}")));
    }
    if vm.type_of(args[0]) != vm.t.str {
        let name = vm.type_name(args[0]);
        return Err(vm.type_error(format!("can't intern {name}")));
    }
    Ok(vm.intern_str(args[0]))
}

fn is_interned(vm: &mut Vm, args: &[Value]) -> R {
    match vm.as_str(args[0]) {
        Some(text) => Ok(Value::bool(text.is_interned())),
        None => {
            let name = crate::arguments::shown_type(vm, args[0]);
            Err(vm.type_error(format!("_is_interned() argument must be str, not {name}")))
        }
    }
}

fn allocated_blocks(vm: &mut Vm, _: &[Value]) -> R {
    let stats = vm.heap.stats();
    Ok(vm.int_usize(stats.live_bytes / 32))
}

/// Take the descriptors of `__dict__` and weak references out of a class, so that a copy of its namespace has none.
fn clear_type_descriptors(vm: &mut Vm, args: &[Value]) -> R {
    let Some(class) = vm.as_type(args[0]) else {
        let name = vm.type_name(args[0]);
        return Err(
            vm.type_error(format!("_clear_type_descriptors() argument must be type, not {name}"))
        );
    };
    if class.has(TypeFlags::IMMUTABLE) {
        return Err(vm.type_error("argument is immutable"));
    }
    for name in [vm.names.__dict__, vm.names.__weakref__] {
        vm.dict_pop(class.dict, name)?;
    }
    vm.type_changed(class);
    Ok(Value::NONE)
}

fn set_recursion_limit(vm: &mut Vm, args: &[Value]) -> R {
    let limit = vm.index_of(args[0])?;
    if limit < 1 {
        return Err(vm.value_error("recursion limit must be greater or equal than 1"));
    }
    let depth = vm.stack.frames.len();
    if depth as i64 >= limit {
        return Err(vm.recursion_error(format!(
            "cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low"
        )));
    }
    vm.recursion_limit = limit as usize;
    Ok(Value::NONE)
}

fn set_digits(vm: &mut Vm, args: &[Value]) -> R {
    let digits = vm.index_of(args[0])?;
    match usize::try_from(digits) {
        Ok(digits) if digits == 0 || digits >= 640 => {
            set_max_str_digits(vm, digits);
            Ok(Value::NONE)
        }
        _ => Err(vm.value_error("maxdigits must be 0 or larger than 640")),
    }
}

fn set_origin_depth(vm: &mut Vm, args: &[Value]) -> R {
    if vm.index_of(args[0])? < 0 {
        return Err(vm.value_error("depth must be >= 0"));
    }
    Ok(Value::NONE)
}

fn set_asyncgen_hooks(vm: &mut Vm, args: &[Value]) -> R {
    for (hook, name) in args.iter().zip(["firstiter", "finalizer"]) {
        if !hook.is_absent() && !hook.is_none() && vm.type_of(*hook).slots.call.get().is_none() {
            let got = vm.type_name(*hook);
            return Err(vm.type_error(format!("callable {name} expected, got {got}")));
        }
    }
    async_generator::set_hooks(vm, args[0], args[1]);
    Ok(Value::NONE)
}

fn get_asyncgen_hooks(vm: &mut Vm, _: &[Value]) -> R {
    let (first, finalizer) = async_generator::hooks(vm);
    let known =
        vm.dict_get_str(vm.sys, "_asyncgen_hooks").and_then(haft_core::object::Type::of_value);
    let class = match known {
        Some(class) => class,
        None => {
            let fields = &[
                ("firstiter", "Hook to intercept first iteration"),
                ("finalizer", "Hook to intercept finalization"),
            ];
            let class = make_struct_sequence_type(
                vm,
                "sys.asyncgen_hooks",
                "Hooks of asynchronous generators.",
                fields,
                2,
            );
            vm.dict_set_str(vm.sys, "_asyncgen_hooks", class.value());
            class
        }
    };
    Ok(new_struct_sequence(vm, class, &[first, finalizer]))
}
