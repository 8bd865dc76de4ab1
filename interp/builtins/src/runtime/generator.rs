//! `generator`, and what coroutines and asynchronous generators share with it.
use haft_bytecode::{Insn, Op};
use haft_core::interp::{
    FrameObject, frame_object, generator_close, generator_send, generator_throw,
};
use haft_core::object::{
    Exception, Generator, GeneratorState, PayloadRef, Slots, Traceback, TypeFlags,
};
use haft_core::{R, Value, Vm, getsets, natives};

pub(super) fn install(vm: &mut Vm) {
    vm.fill_type(vm.t.generator, "", set_slots, METHODS, GETSETS);
    vm.ready_type(vm.t.generator);
}

fn set_slots(slots: &Slots) {
    slots.iter.set(Some(|_, this| Ok(this)));
    slots.next.set(Some(|vm, this| send(vm, this, Value::NONE)));
    slots.send.set(Some(send));
    slots.repr.set(Some(repr));
}

natives! {
    static METHODS = {
        /// send(value) -> send 'value' into generator,
        /// return next yielded value or raise StopIteration.
        send "($self, value, /)" => send_method;
        /// throw(value)
        /// throw(type[,value[,tb]])
        ///
        /// Raise exception in generator, return next yielded value or raise
        /// StopIteration.
        /// the (type, val, tb) signature is deprecated,
        /// and may be removed in a future version of Python.
        throw "($self, value, typ=<absent>, tb=<absent>, /)" => throw_method;
        /// close() -> raise GeneratorExit inside generator.
        close "($self, /)" => close_method;
        /// See PEP 585
        class __class_getitem__ "($cls, item, /)" => class_getitem;
    }
}

getsets! {
    static GETSETS = {
        /// name of the generator
        __name__ => name, set_name;
        /// qualified name of the generator
        __qualname__ => qualname, set_qualname;
        /// object being iterated by yield from, or None
        gi_yieldfrom => delegate;
        gi_running => is_running;
        gi_suspended => is_suspended;
        gi_frame => frame;
        gi_code => code;
    }
}

/// The generator, coroutine or asynchronous generator `value`.
pub(super) fn this(vm: &mut Vm, value: Value) -> R<PayloadRef<Generator>> {
    vm.this(value, "send", "generator")
}

/// `send` as the slot has it: ABSENT at the end.
pub(super) fn send(vm: &mut Vm, value: Value, sent: Value) -> R {
    let generator = this(vm, value)?;
    generator_send(vm, generator, sent)
}

/// A result of resuming, as Python sees it: the end is a StopIteration.
pub(super) fn or_stop_iteration(vm: &mut Vm, result: R) -> R {
    let value = result?;
    if !value.is_absent() {
        return Ok(value);
    }
    let result = std::mem::replace(&mut vm.stack.stop_value, Value::ABSENT);
    Err(vm.stop_iteration(result))
}

pub(super) fn send_method(vm: &mut Vm, args: &[Value]) -> R {
    let result = send(vm, args[0], args[1]);
    or_stop_iteration(vm, result)
}

pub(super) fn throw_method(vm: &mut Vm, args: &[Value]) -> R {
    let generator = this(vm, args[0])?;
    let exception = exception_to_throw(vm, &args[1..4], &REFUSALS)?;
    let result = generator_throw(vm, generator, exception);
    or_stop_iteration(vm, result)
}

pub(super) fn close_method(vm: &mut Vm, args: &[Value]) -> R {
    let generator = this(vm, args[0])?;
    generator_close(vm, generator)
}

pub(super) fn class_getitem(vm: &mut Vm, args: &[Value]) -> R {
    vm.call_positional(vm.t.generic_alias.value(), args)
}

/// How a `throw` says what it does not take.
#[derive(Debug)]
pub struct Refusals {
    /// Of a third argument that is no traceback.
    pub traceback: &'static str,
    /// Of what is no exception.
    pub exception: &'static str,
    /// Is the name of its class told?
    pub tells_class: bool,
}

/// Those of generators.
pub(super) const REFUSALS: Refusals = Refusals {
    traceback: "throw() third argument must be a traceback object",
    exception: "exceptions must be classes or instances deriving from BaseException",
    tells_class: true,
};

/// The exception that `throw(type, value, traceback)` means; the last two may be ABSENT.
pub fn exception_to_throw(vm: &mut Vm, args: &[Value], refusals: &Refusals) -> R {
    let (kind, value, traceback) = (args[0], args[1], args[2]);
    if !value.is_absent() {
        let text = "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead.";
        crate::error::warn(vm, vm.exc.deprecation_warning, text, 1)?;
    }
    let given = |value: Value| !value.is_absent() && !value.is_none();
    if given(traceback) && PayloadRef::<Traceback>::of_value(traceback).is_none() {
        return Err(vm.type_error(refusals.traceback));
    }
    let made = if vm.as_type(kind).is_some_and(|class| class.has(TypeFlags::EXCEPTION)) {
        if given(value) && vm.is_exception(value) && vm.exception_matches(value, kind) {
            Ok(value)
        } else if !given(value) {
            vm.exception_of(kind)
        } else {
            let args = vm.as_tuple(value).unwrap_or_else(|| vm.prepend(value, &[]));
            vm.call_positional(kind, args.items())
        }
    } else if vm.is_exception(kind) {
        if given(value) {
            return Err(vm.type_error("instance exception may not have a separate value"));
        }
        Ok(kind)
    } else {
        let mut text = refusals.exception.to_string();
        if refusals.tells_class {
            text = format!("{text}, not {}", vm.type_name(kind));
        }
        return Err(vm.type_error(text));
    };
    // What goes wrong in making it is thrown in its place.
    let exception = match made {
        Ok(exception) => exception,
        Err(raised) => return Ok(vm.take_raised(raised)),
    };
    if given(traceback)
        && let Some(error) = PayloadRef::<Exception>::of_value(exception)
    {
        error.traceback.set(traceback);
    }
    Ok(exception)
}

/// `<generator object f at 0x…>`
pub(super) fn repr(vm: &mut Vm, value: Value) -> R {
    let generator = this(vm, value)?;
    let (class, name) = (vm.type_name(value), vm.shown(generator.qualname.get()));
    let id = vm.id_of(value);
    Ok(vm.str(&format!("<{class} object {name} at {id:#x}>")))
}

pub(super) fn name(vm: &mut Vm, value: Value) -> R {
    Ok(this(vm, value)?.name.get())
}

pub(super) fn set_name(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    if new.is_absent() || vm.as_str(new).is_none() {
        return Err(vm.type_error("__name__ must be set to a string object"));
    }
    let generator = this(vm, value)?;
    vm.heap.barrier(generator.obj());
    generator.name.set(new);
    Ok(())
}

pub(super) fn qualname(vm: &mut Vm, value: Value) -> R {
    Ok(this(vm, value)?.qualname.get())
}

pub(super) fn set_qualname(vm: &mut Vm, value: Value, new: Value) -> R<()> {
    if new.is_absent() || vm.as_str(new).is_none() {
        return Err(vm.type_error("__qualname__ must be set to a string object"));
    }
    let generator = this(vm, value)?;
    vm.heap.barrier(generator.obj());
    generator.qualname.set(new);
    Ok(())
}

/// The iterator it waits for, or None.
pub(super) fn delegate(vm: &mut Vm, value: Value) -> R {
    let generator = this(vm, value)?;
    let insn = Insn(generator.code.get().insns[generator.pc.get() as usize].get());
    let waits = generator.state.get() == GeneratorState::Suspended && insn.op() == Op::YieldFrom;
    Ok(if waits { generator.registers.at(usize::from(insn.b())) } else { Value::NONE })
}

pub(super) fn is_running(vm: &mut Vm, value: Value) -> R {
    Ok(Value::bool(this(vm, value)?.state.get() == GeneratorState::Running))
}

pub(super) fn is_suspended(vm: &mut Vm, value: Value) -> R {
    Ok(Value::bool(this(vm, value)?.state.get() == GeneratorState::Suspended))
}

pub(super) fn code(vm: &mut Vm, value: Value) -> R {
    Ok(this(vm, value)?.code.value())
}

/// The frame object; None once it is over.
pub(super) fn frame(vm: &mut Vm, value: Value) -> R {
    let generator = this(vm, value)?;
    match generator.state.get() {
        GeneratorState::Closed => Ok(Value::NONE),
        GeneratorState::Running => {
            let index = vm.stack.frames.iter().rposition(|frame| frame.receiver == value);
            Ok(index.map_or(Value::NONE, |index| frame_object(vm, index)))
        }
        _ if !generator.frame.get().is_absent() => Ok(generator.frame.get()),
        _ => {
            let payload = FrameObject {
                code: generator.code,
                globals: generator.globals,
                builtins: generator.builtins,
                index: None.into(),
                pc: generator.pc.get().into(),
                namespace: Value::ABSENT,
                registers: Value::from(generator.registers.obj()).into(),
                back: Value::NONE.into(),
                extra: Value::ABSENT.into(),
                trace: Value::NONE.into(),
                trace_lines: true.into(),
                trace_opcodes: false.into(),
                generator: value,
            };
            let object = vm.new_payload(vm.t.frame, payload);
            vm.heap.barrier(generator.obj());
            generator.frame.set(object);
            Ok(object)
        }
    }
}
