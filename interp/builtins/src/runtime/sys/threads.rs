//! Functions of `sys` that see all threads.
use haft_core::interp::{FrameObject, frame_object};
use haft_core::{R, Value, Vm, natives};

pub(super) fn add(vm: &mut Vm) {
    vm.add_functions(vm.sys, "sys", FUNCTIONS);
}

natives! {
    static FUNCTIONS = {
        /// Return the current thread switch interval; see sys.setswitchinterval().
        getswitchinterval "($module, /)" => |vm, _| { let interval = vm.switch_interval() as f64 / 1e6; Ok(vm.float(interval)) };
        /// Set the ideal thread switching delay inside the Python interpreter.
        setswitchinterval "($module, interval, /)" => set_switch_interval;
        /// Return a dict mapping each thread's thread id to its current stack frame.
        _current_frames "($module, /)" => current_frames;
        /// Return a dict mapping each thread's identifier to its current raised exception.
        _current_exceptions "($module, /)" => current_exceptions;
    }
}

fn set_switch_interval(vm: &mut Vm, args: &[Value]) -> R {
    let seconds = crate::number::float_of(vm, args[0])?;
    if seconds.is_nan() || seconds <= 0.0 {
        return Err(vm.value_error("switch interval must be strictly positive"));
    }
    vm.set_switch_interval((seconds * 1e6) as u64);
    Ok(Value::NONE)
}

/// The frames of a thread that does not run, as objects that only show where they are; the innermost one.
fn parked_frames(vm: &mut Vm, thread: u64) -> Value {
    let frames = vm.with_thread_stack(thread, |stack| stack.frames.to_vec()).unwrap_or_default();
    let mut back = Value::NONE;
    for frame in frames {
        if frame.code.code.flags & haft_bytecode::flags::HIDDEN != 0 {
            continue;
        }
        let start: *const u64 = frame.code.get().insns.as_ptr().cast();
        let payload = FrameObject {
            code: frame.code,
            globals: frame.globals,
            builtins: frame.builtins,
            index: None.into(),
            pc: (((frame.pc.addr() - start.addr()) / 8) as u32).into(),
            namespace: frame.locals,
            registers: Value::ABSENT.into(),
            back: back.into(),
            extra: Value::ABSENT.into(),
            trace: Value::NONE.into(),
            trace_lines: true.into(),
            trace_opcodes: false.into(),
            generator: Value::ABSENT,
        };
        back = vm.new_payload(vm.t.frame, payload);
    }
    back
}

fn current_frames(vm: &mut Vm, _: &[Value]) -> R {
    let dict = vm.dict();
    let current = vm.thread_id();
    for id in vm.thread_ids() {
        let frame = match vm.stack.frames.len().checked_sub(1) {
            Some(index) if id == current => frame_object(vm, index),
            _ => parked_frames(vm, id),
        };
        let key = vm.int_u64(id);
        vm.dict_set(dict, key, frame)?;
    }
    Ok(dict.value())
}

fn current_exceptions(vm: &mut Vm, _: &[Value]) -> R {
    let dict = vm.dict();
    for id in vm.thread_ids() {
        let handled = vm.with_thread_stack(id, haft_core::vm::StackState::exception_handled);
        let handled = handled.unwrap_or_else(|| vm.stack.exception_handled());
        let key = vm.int_u64(id);
        vm.dict_set(dict, key, handled.or_none())?;
    }
    Ok(dict.value())
}
