//! `frame`: what is running, or was.
use haft_core::interp::{FrameObject, watch};
use haft_core::object::{PayloadRef, Slots};
use haft_core::{R, Value, Vm, getsets, natives};

use super::frame_locals;

pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.frame, "", |s: &Slots| s.repr.set(Some(repr)), METHODS, GETSETS);
    vm.ready_type(vm.t.frame);
}

natives! {
    static METHODS = {
        /// Clear all references held by the frame.
        clear "($self, /)" => clear;
        /// Return the size of the frame in memory, in bytes.
        __sizeof__ "($self, /)" => |vm, args| { let code = this(vm, args[0])?.code; Ok(vm.int_usize(128 + 8 * usize::from(code.code.n_regs))) };
    }
}

getsets! {
    static GETSETS = {
        /// Return the next outer frame object towards the caller, or None.
        f_back => |vm, value| { let frame = this(vm, value)?; Ok(vm.frame_back(&frame)) };
        /// Return the code object being executed in this frame.
        f_code => |vm, value| Ok(this(vm, value)?.code.value());
        /// Return the built-in variables in the frame.
        f_builtins => |vm, value| Ok(this(vm, value)?.builtins.value());
        /// Return the global variables used by the frame.
        f_globals => |vm, value| Ok(this(vm, value)?.globals.value());
        /// Return the mapping used by the frame to look up local variables.
        f_locals => locals;
        /// Return the index of the last attempted instruction in the frame.
        f_lasti => last_instruction;
        /// Return the current line number in the frame.
        f_lineno => line, set_line;
        /// Return the trace function for this frame, or None.
        f_trace => |vm, value| Ok(this(vm, value)?.trace.get()), set_trace;
        /// Emit PyTrace_LINE trace events.
        f_trace_lines => |vm, value| Ok(Value::bool(this(vm, value)?.trace_lines.get())), set_trace_lines;
        /// Emit PyTrace_OPCODE trace events.
        f_trace_opcodes => |vm, value| Ok(Value::bool(this(vm, value)?.trace_opcodes.get())), set_trace_opcodes;
        /// Return the generator or coroutine associated with this frame, or None.
        f_generator => generator;
    }
}

fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<FrameObject>> {
    vm.this(value, "f_code", "frame")
}

/// The namespace of a body, or a mapping that writes through to a function's variables.
fn locals(vm: &mut Vm, value: Value) -> R {
    let frame = this(vm, value)?;
    if frame.namespace.is_absent() {
        return Ok(frame_locals::proxy(vm, frame));
    }
    Ok(frame.namespace)
}

fn generator(vm: &mut Vm, value: Value) -> R {
    let generator = this(vm, value)?.generator;
    Ok(generator.or_none())
}

/// Words of code are shown as the two-byte units that CPython counts in.
fn last_instruction(vm: &mut Vm, value: Value) -> R {
    let frame = this(vm, value)?;
    let word = vm.frame_pc(&frame);
    let fresh = word == 0 && frame.index.get().is_none() && !frame.generator.is_absent();
    Ok(Value::small(if fresh { -1 } else { 2 * word.cast_signed() }))
}

fn line(vm: &mut Vm, value: Value) -> R {
    let frame = this(vm, value)?;
    let line = vm.frame_line(&frame);
    let shown = line != 0 || vm.is_module_beginning(&frame);
    Ok(if !shown { Value::NONE } else { Value::small(line.cast_signed()) })
}

fn set_line(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    let frame = this(vm, value)?;
    if new.is_absent() {
        return Err(vm.attribute_error("cannot delete attribute"));
    }
    let Some(line) = vm.as_int(new) else {
        return Err(vm.value_error("lineno must be an integer"));
    };
    watch::set_line(vm, &frame, line)
}

fn set_trace(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    this(vm, value)?.trace.set(new.or_none());
    Ok(())
}

/// A bool that is written.
fn switch(vm: &mut Vm, new: Value) -> R<bool> {
    if new.is_absent() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    if new.is_bool() {
        Ok(new == Value::TRUE)
    } else {
        Err(vm.type_error("attribute value type must be bool"))
    }
}

fn set_trace_lines(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    let on = switch(vm, new)?;
    this(vm, value)?.trace_lines.set(on);
    Ok(())
}

fn set_trace_opcodes(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    let on = switch(vm, new)?;
    this(vm, value)?.trace_opcodes.set(on);
    Ok(())
}

fn clear(vm: &mut Vm, args: &[Value]) -> R {
    let frame = this(vm, args[0])?;
    if frame.index.get().is_some() {
        return Err(vm.runtime_error("cannot clear an executing frame"));
    }
    let generator = PayloadRef::<haft_core::object::Generator>::of_value(frame.generator);
    match generator.map(|generator| (generator, generator.state.get())) {
        Some((_, haft_core::object::GeneratorState::Suspended)) => {
            return Err(vm.runtime_error("cannot clear a suspended frame"));
        }
        Some((generator, haft_core::object::GeneratorState::Created)) => {
            haft_core::interp::generator_close(vm, generator)?;
        }
        _ => {}
    }
    frame.registers.set(Value::ABSENT);
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, value: Value) -> R {
    let frame = this(vm, value)?;
    let (id, line) = (vm.id_of(value), vm.frame_line(&frame));
    let filename = vm.repr_text(frame.code.filename)?;
    let name = vm.shown(frame.code.name);
    Ok(vm.str(&format!("<frame at {id:#x}, file {filename}, line {line}, code {name}>")))
}
