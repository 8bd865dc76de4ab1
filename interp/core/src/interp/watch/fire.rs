//! Telling of an event: the tools of `sys.monitoring` first, then the profiling and the tracing function.
use haft_bytecode::{Op, flags};
use haft_heap::Value;

use super::events::{Event, N_TOOLS};
use super::{line_at, word_of};
use crate::interp::{FrameObject, frame_object};
use crate::object::{Function, Generator, NativeFunction, PayloadRef};
use crate::vm::{Frame, FrameFlags, R, Vm};

/// Tell that `event` happens in the innermost frame. `operands` are the callbacks' arguments behind code and offset.
pub(super) fn fire(vm: &mut Vm, event: Event, operands: &[Value]) -> R<()> {
    let Some(frame) = vm.stack.frames.last_mut() else { return Ok(()) };
    let stands = frame.pc;
    let shown = match event {
        // Where it returns may be no line's; it is not run again.
        Event::PyReturn | Event::PyUnwind | Event::PyResume | Event::PyThrow
            if line_at(frame.code, word_of(frame)) != vm.stack.watch.line =>
        {
            pc_of(frame, vm.stack.watch.word)
        }
        _ => stands,
    };
    frame.pc = shown;
    let told = tell(vm, event, operands);
    match vm.stack.frames.last_mut() {
        Some(frame) if frame.pc == shown => frame.pc = stands,
        _ => {}
    }
    told
}

fn pc_of(frame: &Frame, word: u32) -> *const u64 {
    let start: *const u64 = frame.code.get().insns.as_ptr().cast();
    start.wrapping_add(word as usize)
}

fn tell(vm: &mut Vm, event: Event, operands: &[Value]) -> R<()> {
    if vm.watched && vm.monitoring.is_active() {
        tell_tools(vm, event, operands)?;
    }
    if vm.watched && !vm.stack.watch.profile.is_absent() {
        tell_profiler(vm, event, operands)?;
    }
    if vm.watched && !vm.stack.watch.trace.is_absent() {
        tell_tracer(vm, event, operands)?;
    }
    Ok(())
}

/// Would [`fire`] tell anybody? The trace function wants to know of every event it can be told.
pub(super) fn is_wanted(vm: &mut Vm, event: Event) -> bool {
    let Some(frame) = vm.stack.frames.last() else { return false };
    let code = frame.code.value();
    let id = vm.id_of(code);
    vm.monitoring.wants(event, || id)
        || !vm.stack.watch.profile.is_absent() && profile_name(event).is_some()
        || !vm.stack.watch.trace.is_absent() && trace_name(event).is_some()
}

/// Call a callback, which is not watched itself. Values that are on their way between instructions stay as they are.
fn call_back(vm: &mut Vm, callback: Value, args: &[Value]) -> R {
    let stack = &mut *vm.stack;
    let (raised, sent, stop) = (stack.raised, stack.sent, stack.stop_value);
    let (receiver, event) = (stack.method_receiver, stack.watch.event);
    let at = (stack.watch.line, stack.watch.word);
    stack.raised = Value::ABSENT;
    stack.watch.inside += 1;
    vm.watched = false;
    let result = vm.call_positional(callback, args);
    let stack = &mut *vm.stack;
    stack.watch.inside -= 1;
    ((stack.watch.line, stack.watch.word), stack.watch.event) = (at, event);
    (stack.sent, stack.stop_value, stack.method_receiver) = (sent, stop, receiver);
    if result.is_ok() {
        stack.raised = raised;
    }
    vm.note_watched();
    result
}

fn tell_tools(vm: &mut Vm, event: Event, operands: &[Value]) -> R<()> {
    let Some(&frame) = vm.stack.frames.last() else { return Ok(()) };
    let code = frame.code.value();
    let word = word_of(&frame);
    let place = (vm.id_of(code), word, event);
    let first = if event == Event::Line { None } else { Some(Value::small(2 * word as i32)) };
    for tool in 0..N_TOOLS {
        let callback = vm.monitoring.tools[tool].callbacks[event as usize];
        if callback.is_absent()
            || !vm.monitoring.tool_wants(tool, event, place.0)
            || vm.monitoring.is_disabled(tool, place)
        {
            continue;
        }
        let args: Vec<Value> =
            [code].into_iter().chain(first).chain(operands.iter().copied()).collect();
        let result = call_back(vm, callback, &args)?;
        if result != vm.monitoring.disable || result.is_absent() {
            continue;
        }
        if !event.is_local() && !matches!(event, Event::CReturn | Event::CRaise) {
            vm.monitoring.tools[tool].callbacks[event as usize] = Value::ABSENT;
            let name = event.name();
            return Err(vm.value_error(format!("Cannot disable {name} events. Callback removed.")));
        }
        vm.monitoring.disable(tool, place);
    }
    Ok(())
}

/// What profiling and tracing functions call the beginning and the end of a frame's run.
fn frame_name(event: Event) -> Option<&'static str> {
    match event {
        Event::PyStart | Event::PyResume | Event::PyThrow => Some("call"),
        Event::PyReturn | Event::PyYield | Event::PyUnwind => Some("return"),
        _ => None,
    }
}

fn profile_name(event: Event) -> Option<&'static str> {
    Some(match event {
        Event::Call => "c_call",
        Event::CReturn => "c_return",
        Event::CRaise => "c_exception",
        _ => return frame_name(event),
    })
}

fn trace_name(event: Event) -> Option<&'static str> {
    Some(match event {
        Event::Line => "line",
        Event::Instruction => "opcode",
        Event::Raise | Event::StopIteration => "exception",
        _ => return frame_name(event),
    })
}

fn tell_profiler(vm: &mut Vm, event: Event, operands: &[Value]) -> R<()> {
    let Some(name) = profile_name(event) else { return Ok(()) };
    let argument = match event {
        Event::PyReturn | Event::PyYield => operands[0],
        Event::Call | Event::CReturn | Event::CRaise => {
            match native_callee(vm, operands[0], operands[1])? {
                Some(callee) => callee,
                None => return Ok(()),
            }
        }
        _ => Value::NONE,
    };
    let object = frame_object(vm, vm.stack.frames.len() - 1);
    let callback = vm.stack.watch.profile;
    let name = vm.intern(name);
    let before = vm.stack.watch.event.replace(event);
    let result = call_back(vm, callback, &[object, name, argument]);
    vm.stack.watch.event = before;
    result.map(|_| ()).inspect_err(|_| vm.set_watcher(Value::ABSENT, true))
}

/// What a profiling function is told of a call: the function if it is a native one, a method bound to its object.
fn native_callee(vm: &mut Vm, callee: Value, first: Value) -> R<Option<Value>> {
    let Some(function) = PayloadRef::<NativeFunction>::of_value(callee) else { return Ok(None) };
    let is_method = function.receiver_to_pass().is_absent() && !function.owner.get().is_absent();
    if !is_method || first == vm.monitoring.missing {
        return Ok(Some(callee));
    }
    let get = vm.type_of(callee).slots.descr_get.get();
    let class = vm.type_of(first).value();
    match get {
        Some(get) => get(vm, callee, first, class).map(Some),
        None => Ok(Some(callee)),
    }
}

pub(super) fn tell_tracer(vm: &mut Vm, event: Event, operands: &[Value]) -> R<()> {
    let Some(name) = trace_name(event) else { return Ok(()) };
    let is_call = name == "call";
    let traced = vm.stack.frames.last().is_some_and(|frame| is_call || is_traced(frame.object));
    if !traced {
        return Ok(());
    }
    let word = frame_object(vm, vm.stack.frames.len() - 1);
    let Some(object) = PayloadRef::<FrameObject>::of_value(word) else { return Ok(()) };
    let wanted = match event {
        Event::Line => object.trace_lines.get(),
        Event::Instruction => object.trace_opcodes.get(),
        _ => true,
    };
    if !wanted {
        return Ok(());
    }
    let argument = match event {
        Event::PyReturn | Event::PyYield => operands[0],
        Event::Raise | Event::StopIteration => {
            let (class, error) = (vm.type_of(operands[0]).value(), operands[0]);
            let traceback = vm.traceback_of(error);
            vm.tuple(&[class, error, traceback])
        }
        _ => Value::NONE,
    };
    let callback = if is_call { vm.stack.watch.trace } else { object.trace.get() };
    let name = vm.intern(name);
    let before = vm.stack.watch.event.replace(event);
    let result = call_back(vm, callback, &[word, name, argument]);
    vm.stack.watch.event = before;
    match result {
        Ok(local) if local.is_none() => Ok(()),
        Ok(local) => {
            object.trace.set(local);
            Ok(())
        }
        Err(raised) => {
            vm.set_watcher(Value::ABSENT, false);
            object.trace.set(Value::NONE);
            Err(raised)
        }
    }
}

/// Has the frame with this object a trace function?
pub(super) fn is_traced(object: Value) -> bool {
    PayloadRef::<FrameObject>::of_value(object).is_some_and(|frame| !frame.trace.get().is_none())
}

// ---- what the other parts of the interpreter tell

fn is_hidden(vm: &Vm) -> bool {
    vm.stack.frames.last().is_none_or(|frame| frame.code.code.flags & flags::HIDDEN != 0)
}

/// The exception on its way was raised in the innermost frame, or came there from a callee; again, if it is one that
/// the frame was handling.
#[cold]
pub(in crate::interp) fn raised(vm: &mut Vm, again: bool) {
    if !is_hidden(vm) {
        let Some(&frame) = vm.stack.frames.last() else { return };
        let word = word_of(&frame);
        let line = line_at(frame.code, word);
        if line != 0 {
            (vm.stack.watch.line, vm.stack.watch.word) = (line, word);
        }
        let event = if again { Event::Reraise } else { Event::Raise };
        tell_of_exception(vm, event);
    }
}

/// The exception on its way leaves the innermost frame, or goes on at its `handler`.
#[cold]
pub(in crate::interp) fn left_by_exception(vm: &mut Vm, handled: bool) {
    if is_hidden(vm) {
        return;
    }
    tell_of_exception(vm, if handled { Event::ExceptionHandled } else { Event::PyUnwind });
}

/// An exception raised by a callback takes the place of the one on its way.
fn tell_of_exception(vm: &mut Vm, event: Event) {
    let exception = vm.stack.raised;
    if fire(vm, event, &[exception]).is_ok() {
        vm.stack.raised = exception;
    }
}

/// An exception is thrown into the generator whose frame was just pushed.
#[cold]
pub(in crate::interp) fn thrown(vm: &mut Vm, exception: Value) -> R<()> {
    if is_hidden(vm) {
        return Ok(());
    }
    super::run::mark_watched(vm);
    let Some(&frame) = vm.stack.frames.last() else { return Ok(()) };
    let word = word_of(&frame);
    (vm.stack.watch.line, vm.stack.watch.word) = (line_at(frame.code, word), word);
    fire(vm, Event::PyThrow, &[exception])
}

/// The generator in the innermost frame goes on behind its `yield`: that is the line it is in.
pub(super) fn resumes(vm: &mut Vm) {
    let Some(&frame) = vm.stack.frames.last() else { return };
    let word = word_of(&frame);
    let op = |word: u32| haft_bytecode::Insn(frame.code.get().insns[word as usize].get()).op();
    let at = if word > 0 && op(word) != Op::YieldFrom { word - 1 } else { word };
    (vm.stack.watch.line, vm.stack.watch.word) = (line_at(frame.code, at), at);
}

/// The generator in the innermost frame yields `value`.
#[cold]
pub(in crate::interp) fn yields(vm: &mut Vm, value: Value) -> R<()> {
    if is_hidden(vm) { Ok(()) } else { fire(vm, Event::PyYield, &[value]) }
}

/// A generator that the innermost frame iterates over has ended with `value`, without an exception.
#[cold]
pub(in crate::interp) fn stopped(vm: &mut Vm, value: Value) -> R<()> {
    if is_hidden(vm) || !is_wanted(vm, Event::StopIteration) {
        return Ok(());
    }
    let raised = vm.stop_iteration(value);
    let exception = vm.take_raised(raised);
    fire(vm, Event::StopIteration, &[exception])
}

/// An iterator that is no generator has ended, with a StopIteration that was raised: it is written in Python, or an
/// awaitable.
pub(in crate::interp) fn iterator_ended(vm: &mut Vm, iter: Value) -> R<()> {
    let class = vm.type_of(iter);
    let next = vm.names.__next__;
    let found = vm.lookup_in_type(class, next);
    if PayloadRef::<Generator>::of_value(iter).is_some() {
        return Ok(());
    }
    let raises = class.slots.send.get().is_some()
        || found.is_some_and(|found| PayloadRef::<Function>::of_value(found).is_some());
    if !raises || vm.stack.watch.trace.is_absent() && !vm.monitoring.is_active() {
        return Ok(());
    }
    let value = vm.stack.stop_value;
    let raised = vm.stop_iteration(value);
    let exception = vm.take_raised(raised);
    fire(vm, Event::Raise, &[exception])
}

/// Is the frame that of a generator?
pub(super) fn is_generator(vm: &Vm) -> bool {
    vm.stack.frames.last().is_some_and(|frame| {
        frame.flags.has(FrameFlags::GENERATOR)
            && PayloadRef::<Generator>::of_value(frame.receiver).is_some()
    })
}
