//! Exceptions: finding the handler, and leaving frames that have none.
use haft_bytecode::Insn;
use haft_heap::Value;

use super::direct::Direct;
use super::machine::Machine;
use super::{special, watch};
use crate::object::{
    Exception, Generator, GeneratorState, PayloadRef, Traceback, Tuple, Type, TypeFlags, is_subtype,
};
use crate::vm::{Frame, FrameFlags, R, Raised, Vm};

/// Find the handler of the exception on its way, from the innermost frame outward. `Err`: the frame entered from Rust
/// has none; it was popped.
///
/// `reraise`: the innermost frame raises an exception again that it was handling; its traceback has the frame already.
pub(super) fn unwind(vm: &mut Vm, raised: Raised, reraise: bool) -> R<()> {
    let mut first = reraise;
    loop {
        let frame = *vm.stack.frames.last().expect("the interpreter runs with a frame");
        let exception = vm.stack.raised;
        let code = frame.code.get();
        let start: *const u64 = code.insns.as_ptr().cast();
        let pc = ((frame.pc.addr() - start.addr()) / 8) as u32;
        if !first && code.code.flags & haft_bytecode::flags::HIDDEN == 0 {
            add_traceback(vm, &frame, pc, exception);
        }
        if vm.watched {
            watch::raised(vm, first);
        }
        first = false;
        let handler = code.code.handlers.iter().find(|h| h.start <= pc && pc < h.end);
        if vm.watched {
            watch::left_by_exception(vm, handler.is_some());
        }
        let exception = vm.stack.raised;
        if let Some(handler) = handler {
            vm.stack.raised = Value::ABSENT;
            // SAFETY: the handler's register is in the window, its target a word of the code.
            unsafe {
                super::frame::write_register(frame.base, usize::from(handler.reg), exception);
            };
            // SAFETY: as above.
            let target = unsafe { start.add(handler.target as usize) };
            vm.stack.frames.last_mut().expect("still there").pc = target;
            return Ok(());
        }
        leave_by_exception(vm, &frame);
        if frame.flags.has(FrameFlags::ENTRY) {
            return Err(raised);
        }
        let asked_for_next = FrameFlags::FOR_ITER.with(FrameFlags::SPECIAL);
        if frame.flags.without(FrameFlags::WATCHED) == asked_for_next
            && vm.raised_is(vm.exc.stop_iteration)
        {
            vm.take_raised(raised);
            special::end_loop(vm);
            return Ok(());
        }
    }
}

/// Pop a frame that an exception leaves.
fn leave_by_exception(vm: &mut Vm, frame: &Frame) {
    if !frame.object.is_absent() {
        super::frame_object::detach(vm, frame);
    }
    vm.stack.frames.pop();
    vm.stack.top = frame.saved_top;
    vm.stack.handled = frame.saved_handled;
    if frame.flags.has(FrameFlags::GENERATOR)
        && let Some(generator) = PayloadRef::<Generator>::of_value(frame.receiver)
    {
        vm.stack.outer_handled = generator.caller_outer.get();
        generator.state.set(GeneratorState::Closed);
        vm.heap.cancel_finalizer(generator.obj());
    }
    if frame.flags.has(FrameFlags::ASEND)
        && let Some(caller) = vm.stack.frames.last()
    {
        // SAFETY: a frame that is not the innermost one stands at an instruction of its code.
        let insn = Insn(unsafe { caller.pc.read() });
        // SAFETY: it is a `yield_from`, whose register is in the window.
        let awaited = unsafe { super::frame::read_register(caller.base, usize::from(insn.b())) };
        super::asend::left_by_exception(vm, awaited);
    }
}

/// Add a traceback entry for a frame that the exception passes.
fn add_traceback(vm: &mut Vm, frame: &Frame, pc: u32, exception: Value) {
    let Some(error) = PayloadRef::<Exception>::of_value(exception) else { return };
    let n_locals = usize::from(frame.code.code.n_locals);
    let locals = vm.array(n_locals);
    for at in 0..n_locals {
        // SAFETY: the locals are the first registers of the window.
        let value = unsafe { super::frame::read_register(frame.base, at) };
        locals.set(&mut vm.heap, at, value);
    }
    let next = error.traceback.get();
    let entry = Traceback {
        next: next.or_none().into(),
        outer: Value::ABSENT.into(),
        code: frame.code,
        globals: frame.globals,
        pc,
        line: 0.into(),
        locals: Value::from(locals.obj()).into(),
        frame: frame.object.into(),
    };
    let entry = vm.new_payload(vm.t.traceback, entry);
    if let Some(inner) = PayloadRef::<Traceback>::of_value(next) {
        inner.outer.set(entry);
    }
    error.traceback.set(entry);
}

/// `raise`, `raise x`, `raise x from y`.
pub(super) fn raise(m: &mut Direct<'_>, i: Insn) -> Raised {
    m.save_pc();
    let (x, cause) = (m.reg(i.a()), m.reg(i.b()));
    let vm = &mut *m.vm;
    if i.x() == 0 {
        let handled = vm.stack.exception_handled();
        if handled.is_absent() || handled.is_none() {
            return vm.runtime_error("No active exception to reraise");
        }
        return vm.raise_again(handled);
    }
    let exception = match vm.exception_of(x) {
        Ok(exception) => exception,
        Err(raised) => return raised,
    };
    if i.x() == 2
        && let Err(raised) = set_cause(vm, exception, cause)
    {
        return raised;
    }
    vm.raise_value(exception)
}

fn set_cause(vm: &mut Vm, exception: Value, cause: Value) -> R<()> {
    let cause = if cause.is_none() {
        Value::NONE
    } else if is_exception_class(vm, cause) {
        vm.call_positional(cause, &[])?
    } else if vm.is_exception(cause) {
        cause
    } else {
        return Err(vm.type_error("exception causes must derive from BaseException"));
    };
    if let Some(error) = PayloadRef::<Exception>::of_value(exception) {
        error.cause.set(cause);
        error.suppress_context.set(true);
    }
    Ok(())
}

fn is_exception_class(vm: &Vm, value: Value) -> bool {
    vm.as_type(value).is_some_and(|ty| ty.has(TypeFlags::EXCEPTION))
}

/// Does `r[b]` match the class or classes `r[c]`?
pub(super) fn match_exc(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (exception, class) = (m.reg(i.b()), m.reg(i.c()));
    check_catchable(
        m.vm,
        class,
        "catching classes that do not inherit from BaseException is not allowed",
    )?;
    let matches = m.vm.exception_matches(exception, class);
    m.set(i.a(), Value::bool(matches));
    Ok(())
}

fn check_catchable(vm: &mut Vm, class: Value, message: &str) -> R<()> {
    let all = match vm.as_tuple(class) {
        Some(tuple) => tuple.items().iter().all(|&c| is_exception_class(vm, c)),
        None => is_exception_class(vm, class),
    };
    if all { Ok(()) } else { Err(vm.type_error(message)) }
}

/// TypeError if `except*` is to catch groups as such.
fn check_no_group(vm: &mut Vm, class: Value) -> R<()> {
    let group = vm.exc.base_exception_group.obj();
    let is_group = |c: Value| Type::of_value(c).is_some_and(|c| is_subtype(c, group));
    let any = match vm.as_tuple(class) {
        Some(tuple) => tuple.items().iter().any(|&c| is_group(c)),
        None => is_group(class),
    };
    if !any {
        return Ok(());
    }
    Err(vm.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."))
}

/// `except*`
pub(super) fn match_exc_group(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let (exception, class) = (m.reg(i.b()), m.reg(i.c()));
    check_catchable(
        m.vm,
        class,
        "catching classes that do not inherit from BaseException is not allowed",
    )?;
    check_no_group(m.vm, class)?;
    let (matching, rest) = m.vm.match_exception_group(exception, class)?;
    m.set(i.a(), matching);
    m.set(i.a() + 1, rest);
    Ok(())
}

impl Vm {
    /// Is `value` an exception object?
    pub fn is_exception(&self, value: Value) -> bool {
        value.is_ptr() && self.type_of(value).has(TypeFlags::EXCEPTION)
    }
    /// The exception that `raise x` raises: an exception, or an instance of a class.
    pub fn exception_of(&mut self, x: Value) -> R {
        if self.is_exception(x) {
            return Ok(x);
        }
        if is_exception_class(self, x) {
            let made = self.call_positional(x, &[])?;
            if self.is_exception(made) {
                return Ok(made);
            }
            let (class, got) = (self.shown_class(x), self.type_of(made).value());
            let got = self.repr_text(got)?;
            return Err(self.type_error(format!(
                "calling {class} should have returned an instance of BaseException, not {got}"
            )));
        }
        Err(self.type_error("exceptions must derive from BaseException"))
    }
    fn shown_class(&mut self, class: Value) -> String {
        self.repr_text(class).unwrap_or_default()
    }
    /// `except class:` for an exception; `class` is a class or a tuple of classes.
    pub fn exception_matches(&mut self, exception: Value, class: Value) -> bool {
        let ty = self.type_of(exception);
        match self.as_tuple(class) {
            Some(tuple) => tuple
                .items()
                .iter()
                .any(|&c| Type::of_value(c).is_some_and(|c| is_subtype(ty, c.obj()))),
            None => Type::of_value(class).is_some_and(|c| is_subtype(ty, c.obj())),
        }
    }
    /// What `except* class` takes of `exception`, and what is left; None for nothing.
    fn match_exception_group(&mut self, exception: Value, class: Value) -> R<(Value, Value)> {
        if exception.is_none() {
            return Ok((Value::NONE, Value::NONE));
        }
        let group_class = self.exc.base_exception_group.value();
        if self.exception_matches(exception, class) {
            if self.exception_matches(exception, group_class) {
                return Ok((exception, Value::NONE));
            }
            let group = self.dict_get_str(self.builtins, "ExceptionGroup").unwrap_or(group_class);
            let group = if self.exception_matches(exception, self.exc.exception.value()) {
                group
            } else {
                group_class
            };
            let (text, inner) = (self.str(""), self.tuple(&[exception]));
            let wrapped = self.call_positional(group, &[text, inner])?;
            if let (Some(new), Some(old)) = (
                PayloadRef::<Exception>::of_value(wrapped),
                PayloadRef::<Exception>::of_value(exception),
            ) {
                new.traceback.set(old.traceback.get());
            }
            return Ok((wrapped, Value::NONE));
        }
        if self.exception_matches(exception, group_class) {
            let pair = self.call_method_str(exception, "split", &[class])?;
            if let Some(&[matching, rest]) = self.as_tuple(pair).map(Tuple::items) {
                return Ok((matching, rest));
            }
            return Err(self.type_error("split must return a 2-tuple"));
        }
        Ok((Value::NONE, exception))
    }
    /// Add an entry for native code to the traceback of an exception: used where C calls back.
    pub fn traceback_of(&self, exception: Value) -> Value {
        PayloadRef::<Exception>::of_value(exception).map_or(Value::NONE, |e| e.traceback.get())
    }
}
