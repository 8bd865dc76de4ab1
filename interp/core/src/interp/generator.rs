//! Suspending and resuming generators, coroutines and asynchronous generators.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;

use super::asend::{self, Asend};
use super::direct::Direct;
use super::jit::{self, Resumed};
use super::machine::Machine;
use super::run::Flow;
use super::watch;
use crate::object::{Enumerate, Generator, GeneratorState, PayloadRef};
use crate::payload;
use crate::vm::{Frame, FrameFlags, R, Raised, Vm};

payload! {
    /// A value that an asynchronous generator yields, told from what it awaits.
    pub struct AsyncYield {
        /// The value.
        pub value: Value,
    }
}

/// What a generator is resumed with.
#[derive(Clone, Copy, Debug)]
pub enum Delivery {
    /// `send(value)`
    Send(Value),
    /// `throw`: the exception is raised where it stands.
    Throw,
}

/// Push the frame of a generator that can run. Its registers move to the stack meanwhile: every window is there, so calls
/// and compiled code know one kind only.
fn push(vm: &mut Vm, generator: PayloadRef<Generator>, frame_flags: FrameFlags, dst: u16) -> R<()> {
    if vm.stack.frames.len() >= vm.recursion_limit || vm.stack.is_full() {
        return Err(vm.recursion_limit_reached());
    }
    vm.check_registers(vm.stack.top, usize::from(generator.code.get().code.n_regs))?;
    push_checked(vm, generator, frame_flags, dst);
    Ok(())
}

/// The same when there is room for another frame and its registers.
pub(super) fn push_checked(
    vm: &mut Vm,
    generator: PayloadRef<Generator>,
    frame_flags: FrameFlags,
    dst: u16,
) {
    let g = generator.get();
    let code = g.code.get();
    let (base, n_regs) = (vm.stack.top, usize::from(code.code.n_regs));
    // SAFETY: the array has `n_regs` slots, and there is room for as many above the top, where nothing is.
    unsafe { std::ptr::copy_nonoverlapping(g.registers.slots(), base, n_regs) };
    // What the frame drops now must not live on in the array.
    // SAFETY: as above; zero words are no objects.
    unsafe { std::ptr::write_bytes(g.registers.slots(), 0, n_regs) };
    let saved_top = vm.stack.top;
    // SAFETY: as above.
    vm.stack.top = unsafe { base.add(n_regs) };
    let saved_handled = vm.stack.handled;
    // What the generator handles and what its caller does are two things: it may be resumed by another one.
    vm.heap.tell(vm.stack.outer_handled);
    g.caller_outer.set(vm.stack.outer_handled);
    vm.stack.outer_handled = vm.stack.exception_handled();
    vm.stack.handled = g.handled.get();
    g.state.set(GeneratorState::Running);
    let start: *const u64 = code.insns.as_ptr().cast();
    vm.stack.push_frame(Frame {
        code: g.code,
        // SAFETY: the saved position is a word of the code.
        pc: unsafe { start.add(g.pc.get() as usize) },
        base,
        function: g.function,
        globals: g.globals,
        builtins: g.builtins,
        locals: Value::ABSENT,
        receiver: generator.value(),
        saved_top,
        saved_handled,
        object: g.frame.get(),
        dst,
        flags: frame_flags.with(FrameFlags::GENERATOR),
    });
    if let Some(object) = PayloadRef::<super::FrameObject>::of_value(g.frame.get()) {
        object.attach(vm.stack.frames.len() - 1);
    }
}

/// Give the generator on top of the frames what it was sent.
fn deliver(vm: &mut Vm, generator: PayloadRef<Generator>, was: GeneratorState, sent: Value) {
    if was == GeneratorState::Created {
        return;
    }
    let g = generator.get();
    let pc = g.pc.get() as usize;
    let insn = Insn(g.code.get().insns[pc].get());
    if insn.op_number() == Op::YieldFrom as u8 {
        vm.stack.sent = sent;
    } else {
        let frame = vm.stack.frames.last_mut().expect("just pushed");
        // SAFETY: the yield's register is one of the window.
        unsafe { super::frame::write_register(frame.base, usize::from(insn.a()), sent) };
        // SAFETY: a yield is followed by another instruction.
        frame.pc = unsafe { frame.pc.add(1) };
    }
}

/// Push the frame of a generator that can run, and give it what it was sent.
pub(super) fn push_and_deliver(
    m: &mut Direct<'_>,
    generator: PayloadRef<Generator>,
    sent: Value,
    (dst, flags): (u16, FrameFlags),
) -> R<()> {
    let was = generator.state.get();
    push(m.vm, generator, flags, dst)?;
    deliver(m.vm, generator, was, sent);
    m.reload();
    Ok(())
}

/// Compiled code that was to resume a generator has left its frame to the interpreter: run that to the next value.
fn resume_here(vm: &mut Vm, generator: PayloadRef<Generator>, sent: Value) -> R<Option<R>> {
    if vm.jit.is_none() || vm.stack.frames.is_empty() {
        return Ok(None);
    }
    let how = (0, FrameFlags::ENTRY);
    let mut m = Direct::new(vm);
    match jit::resume(&mut m, generator, sent, how) {
        Ok(Resumed::No) => Ok(None),
        Ok(Resumed::Yielded(value)) => Ok(Some(Ok(value))),
        Ok(Resumed::Left) => {
            m.here = m.pc;
            m.save_pc();
            Ok(Some(super::run(m.vm)))
        }
        Err(raised) => {
            let here = m.here;
            super::run::catch(m.vm, raised, here)?;
            Ok(Some(super::run(m.vm)))
        }
    }
}

/// The word for a generator's kind in messages.
fn kind_name(generator: &Generator) -> &'static str {
    let bits = generator.code.get().code.flags;
    if bits & flags::ASYNC_GENERATOR != 0 {
        "async generator"
    } else if bits & flags::COROUTINE != 0 {
        "coroutine"
    } else {
        "generator"
    }
}

/// Can it be resumed? Its state before; `None`: it is over.
fn check(vm: &mut Vm, generator: PayloadRef<Generator>, sent: Value) -> R<Option<GeneratorState>> {
    let state = generator.state.get();
    match state {
        GeneratorState::Running => {
            let kind = kind_name(generator.get());
            Err(vm.value_error(format!("{kind} already executing")))
        }
        GeneratorState::Closed => Ok(None),
        GeneratorState::Created if !sent.is_none() => {
            let kind = kind_name(generator.get());
            Err(vm.type_error(format!("can't send non-None value to a just-started {kind}")))
        }
        _ => Ok(Some(state)),
    }
}

/// `generator.send(value)` from Rust; ABSENT at the end, with the result in `stop_value`.
pub fn generator_send(vm: &mut Vm, generator: PayloadRef<Generator>, sent: Value) -> R {
    vm.check_native_depth()?;
    let Some(was) = check(vm, generator, sent)? else {
        if kind_name(generator.get()) == "coroutine" {
            return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
        }
        vm.stack.stop_value = Value::NONE;
        return Ok(Value::ABSENT);
    };
    if let Some(result) = resume_here(vm, generator, sent)? {
        return result;
    }
    push(vm, generator, FrameFlags::ENTRY, 0)?;
    deliver(vm, generator, was, sent);
    super::run(vm)
}

/// Raise an exception where the generator stands, and run it on; as [`generator_send`].
pub fn generator_throw(vm: &mut Vm, generator: PayloadRef<Generator>, exception: Value) -> R {
    vm.check_native_depth()?;
    match generator.state.get() {
        GeneratorState::Running => {
            let kind = kind_name(generator.get());
            return Err(vm.value_error(format!("{kind} already executing")));
        }
        GeneratorState::Closed => {
            if kind_name(generator.get()) == "coroutine" {
                return Err(vm.runtime_error("cannot reuse already awaited coroutine"));
            }
            return Err(vm.raise_again(exception));
        }
        GeneratorState::Created => {
            push(vm, generator, FrameFlags::ENTRY, 0)?;
            return throw_here(vm, exception);
        }
        GeneratorState::Suspended => {}
    }
    if let Some(delegate) = delegate_of(generator.get()) {
        return throw_into_delegate(vm, generator, delegate, exception);
    }
    push(vm, generator, FrameFlags::ENTRY, 0)?;
    throw_here(vm, exception)
}

/// Raise in the frame just pushed, and run.
///
/// Its context is what the generator itself handles, not what its caller does.
fn throw_here(vm: &mut Vm, exception: Value) -> R {
    let own = vm.stack.handled;
    let raised = if own.is_absent() || own.is_none() {
        vm.raise_again(exception)
    } else {
        vm.raise_value(exception)
    };
    let raised =
        if vm.watched { watch::thrown(vm, exception).err().unwrap_or(raised) } else { raised };
    super::unwind::unwind(vm, raised, false)?;
    super::run(vm)
}

/// The iterator that a suspended generator delegates to.
pub(crate) fn delegate_of(generator: &Generator) -> Option<Value> {
    let insn = Insn(generator.code.get().insns[generator.pc.get() as usize].get());
    let delegates = generator.state.get() == GeneratorState::Suspended
        && insn.op_number() == Op::YieldFrom as u8;
    delegates.then(|| generator.registers.at(usize::from(insn.b())))
}

fn throw_into_delegate(
    vm: &mut Vm,
    generator: PayloadRef<Generator>,
    delegate: Value,
    exception: Value,
) -> R {
    generator.state.set(GeneratorState::Running);
    let result = throw_into(vm, delegate, exception);
    generator.state.set(GeneratorState::Suspended);
    match result {
        Ok(value) if value.is_absent() => {
            // The delegate is over: its result is the value of the `yield from`.
            let result = vm.stack.stop_value;
            let insn = Insn(generator.code.get().insns[generator.pc.get() as usize].get());
            generator.registers.set(&mut vm.heap, usize::from(insn.a()), result);
            push(vm, generator, FrameFlags::ENTRY, 0)?;
            let frame = vm.stack.frames.last_mut().expect("just pushed");
            // SAFETY: a `yield_from` is followed by another instruction.
            frame.pc = unsafe { frame.pc.add(1) };
            super::run(vm)
        }
        Ok(value) => Ok(value),
        Err(raised) => {
            let exception = vm.take_raised(raised);
            push(vm, generator, FrameFlags::ENTRY, 0)?;
            throw_here(vm, exception)
        }
    }
}

/// Throw into whatever a generator delegates to.
fn throw_into(vm: &mut Vm, delegate: Value, exception: Value) -> R {
    let exits = vm.exception_matches(exception, vm.exc.generator_exit.value());
    if let Some(inner) = PayloadRef::<Generator>::of_value(delegate) {
        if exits {
            generator_close(vm, inner)?;
            return Err(vm.raise_again(exception));
        }
        return generator_throw(vm, inner, exception);
    }
    if exits {
        if let Some(close) = {
            let close = vm.names.close;
            vm.find_attr(delegate, close)?
        } {
            vm.call_positional(close, &[])?;
        }
        return Err(vm.raise_again(exception));
    }
    let throw = vm.names.throw;
    match vm.find_attr(delegate, throw)? {
        Some(throw) => {
            let result = vm.call_positional(throw, &[exception]);
            stop_as_absent(vm, result)
        }
        None => Err(vm.raise_again(exception)),
    }
}

/// A StopIteration becomes ABSENT with its value in `stop_value`.
pub fn stop_as_absent(vm: &mut Vm, result: R) -> R {
    match result {
        Err(raised) if vm.raised_is(vm.exc.stop_iteration) => {
            let stop = vm.take_raised(raised);
            let value = PayloadRef::<crate::object::Exception>::of_value(stop)
                .map_or(Value::NONE, |e| e.fields[0].get());
            vm.stack.stop_value = value.or_none();
            Ok(Value::ABSENT)
        }
        other => other,
    }
}

/// Would a GeneratorExit only leave the suspended generator? The one handler around all of it is no reason to run it.
fn closes_quietly(generator: &Generator) -> bool {
    let code = generator.code.get();
    let pc = generator.pc.get();
    let yields = Insn(code.insns[pc as usize].get()).op() == Op::Yield;
    let around = code.code.handlers.iter().filter(|h| h.start <= pc && pc < h.end);
    let is_plain = code.code.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) == 0;
    is_plain && yields && around.count() <= 1
}

/// `generator.close()`: the value it returned (3.13), None otherwise.
pub fn generator_close(vm: &mut Vm, generator: PayloadRef<Generator>) -> R {
    match generator.state.get() {
        GeneratorState::Created => {
            generator.state.set(GeneratorState::Closed);
            return Ok(Value::NONE);
        }
        GeneratorState::Closed => return Ok(Value::NONE),
        GeneratorState::Suspended if closes_quietly(generator.get()) => {
            generator.state.set(GeneratorState::Closed);
            vm.heap.cancel_finalizer(generator.obj());
            let registers = generator.registers;
            for at in 0..registers.len() {
                registers.set(&mut vm.heap, at, Value::ABSENT);
            }
            return Ok(Value::NONE);
        }
        _ => {}
    }
    let exit = vm.call_positional(vm.exc.generator_exit.value(), &[])?;
    match generator_throw(vm, generator, exit) {
        Ok(value) if value.is_absent() => Ok(vm.stack.stop_value),
        Ok(_) => {
            let kind = kind_name(generator.get());
            Err(vm.runtime_error(format!("{kind} ignored GeneratorExit")))
        }
        Err(raised) => {
            if vm.raised_is(vm.exc.generator_exit) || vm.raised_is(vm.exc.stop_iteration) {
                vm.take_raised(raised);
                return Ok(Value::NONE);
            }
            Err(raised)
        }
    }
}

/// `yield r[b]`
#[inline(always)]
pub(super) fn yield_value(m: &mut Direct<'_>, i: Insn) -> R<Flow> {
    let value = m.reg(i.b());
    suspend(m, value)
}

/// Suspend the generator whose frame is the innermost one at word `pc`: its registers go back to the heap.
pub(super) fn put_away(vm: &mut Vm, pc: u32) -> Frame {
    let frame = *vm.stack.frames.last().expect("a generator runs in a frame");
    let generator = PayloadRef::<Generator>::of_value(frame.receiver)
        .expect("a frame that yields is a generator's");
    let g = generator.get();
    vm.heap.barrier(g.registers.obj());
    // SAFETY: the window has `n_regs` registers, and so has the array.
    unsafe {
        std::ptr::copy_nonoverlapping(
            frame.base,
            g.registers.slots(),
            usize::from(frame.code.code.n_regs),
        );
    };
    g.pc.set(pc);
    g.state.set(GeneratorState::Suspended);
    vm.heap.tell(vm.stack.handled);
    g.handled.set(vm.stack.handled);
    super::calls::drop_frame(vm);
    vm.stack.outer_handled = g.caller_outer.get();
    frame
}

/// Suspend the innermost frame at the running instruction, and those that delegate to it, until someone takes the value.
pub(super) fn suspend(m: &mut Direct<'_>, value: Value) -> R<Flow> {
    loop {
        if m.vm.watched {
            m.save_pc();
            watch::yields(m.vm, value)?;
        }
        let start: *const u64 = m.code().get().insns.as_ptr().cast();
        let pc = (m.here.addr() - start.addr()) / 8;
        let frame = put_away(m.vm, pc as u32);
        if frame.flags.has(FrameFlags::ENTRY) {
            return Ok(Flow::Exit(value));
        }
        m.reload();
        let insn = m.fetch();
        if frame.flags.has(FrameFlags::FOR_ITER) {
            m.ext();
            let iter = m.reg(insn.b());
            let item = if iter == frame.receiver { value } else { counted(m, iter, value) };
            m.set(insn.a(), item);
            return Ok(Flow::Next);
        }
        if frame.flags.has(FrameFlags::NEXT) {
            m.set(insn.a(), value);
            return Ok(Flow::Next);
        }
        if frame.flags.has(FrameFlags::ASEND)
            && asend::suspended_at(m, insn, frame.flags.has(FrameFlags::RESULT))
        {
            m.set(insn.a(), value);
            return Ok(Flow::Next);
        }
        // The caller delegates: it yields the same value, at its `yield_from`.
    }
}

/// Compiled code has resumed a generator for an `enumerate`, which has counted already: its item.
#[cold]
fn counted(m: &mut Direct<'_>, iter: Value, value: Value) -> Value {
    let Some(counted) = PayloadRef::<Enumerate>::of_value(iter) else { return value };
    let number = counted.index.get().as_fixnum().map_or(0, |next| next - 1);
    m.vm.tuple(&[Value::fixnum_unchecked(number), value])
}

/// `for r[a] in generator`: resume it in a frame of its own. The position is behind the `for_iter`.
#[inline(always)]
pub(super) fn for_iter(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let iter = m.reg(i.b());
    let generator = PayloadRef::<Generator>::of_value(iter).expect("kind was tested");
    if generator.code.get().code.flags & (flags::COROUTINE | flags::ASYNC_GENERATOR) != 0 {
        let name = m.vm.type_name(iter);
        return Err(m.vm.type_error(format!("'{name}' object is not an iterator")));
    }
    let ended = match check(m.vm, generator, Value::NONE)? {
        Some(_) => {
            let how = (i.a(), FrameFlags::FOR_ITER);
            match resume_compiled(m, generator, Value::NONE, how)? {
                Resumed::Yielded(value) if !value.is_absent() => {
                    m.set(i.a(), value);
                    false
                }
                Resumed::Yielded(_) => true,
                Resumed::Left => false,
                Resumed::No => {
                    push_and_deliver(m, generator, Value::NONE, how)?;
                    false
                }
            }
        }
        None => true,
    };
    if ended {
        // SAFETY: the extension is the word before the next instruction.
        let at = unsafe { m.pc.sub(1) };
        // SAFETY: as above.
        let ext = Insn(unsafe { at.read() });
        m.jump(ext.lo().cast_signed());
    }
    Ok(())
}

/// Resume a generator by its compiled code, if it has any.
#[inline(always)]
fn resume_compiled(
    m: &mut Direct<'_>,
    generator: PayloadRef<Generator>,
    sent: Value,
    how: (u16, FrameFlags),
) -> R<Resumed> {
    if m.vm.jit.is_none() { Ok(Resumed::No) } else { jit::resume(m, generator, sent, how) }
}

/// Push the frame of a generator for a frame that wants its value, and give it what it was sent; false: it is over.
pub(super) fn enter(
    m: &mut Direct<'_>,
    generator: PayloadRef<Generator>,
    sent: Value,
    (dst, flags): (u16, FrameFlags),
) -> R<bool> {
    let Some(was) = check(m.vm, generator, sent)? else { return Ok(false) };
    push(m.vm, generator, flags, dst)?;
    deliver(m.vm, generator, was, sent);
    m.reload();
    Ok(true)
}

/// `next(generator)` or `generator.send(sent)`, the running instruction's call, in a frame of its own. The generator can run.
pub(super) fn enter_by_call(
    m: &mut Direct<'_>,
    generator: PayloadRef<Generator>,
    dst: u16,
    sent: Value,
) -> R<()> {
    m.save_pc();
    enter(m, generator, sent, (dst, FrameFlags::NEXT)).map(|_| ())
}

/// `r[a] = yield from r[b]`
pub(super) fn yield_from(m: &mut Direct<'_>, i: Insn) -> R<Flow> {
    m.save_pc();
    let iter = m.reg(i.b());
    let sent = std::mem::replace(&mut m.vm.stack.sent, Value::NONE);
    if let Some(generator) = PayloadRef::<Generator>::of_value(iter)
        && generator.code.get().code.flags & flags::ASYNC_GENERATOR == 0
    {
        match check(m.vm, generator, sent)? {
            Some(_) => {
                let how = (i.a(), FrameFlags::YIELD_FROM);
                match resume_compiled(m, generator, sent, how)? {
                    Resumed::Yielded(value) if !value.is_absent() => return suspend(m, value),
                    Resumed::Yielded(_) => {
                        let result = m.vm.stack.stop_value;
                        m.set(i.a(), result);
                    }
                    Resumed::Left => {}
                    Resumed::No => push_and_deliver(m, generator, sent, how)?,
                }
            }
            None if kind_name(generator.get()) == "coroutine" => {
                return Err(m.vm.runtime_error("cannot reuse already awaited coroutine"));
            }
            None => m.set(i.a(), Value::NONE),
        }
        return Ok(Flow::Next);
    }
    if let Some(step) = PayloadRef::<Asend>::of_value(iter)
        && !m.vm.watched
    {
        return asend::delegate(m, i, step, sent);
    }
    m.vm.stack.stop_value = Value::NONE;
    let vm = &mut *m.vm;
    let value = if let Some(send) = vm.type_of(iter).slots.send.get() {
        send(vm, iter, sent)?
    } else if sent.is_none() {
        vm.next(iter)?
    } else {
        let result = vm.call_method(iter, vm.names.send, &[sent]);
        stop_as_absent(vm, result)?
    };
    if value.is_absent() {
        let result = m.vm.stack.stop_value;
        if m.vm.watched {
            watch::iterator_ended(m.vm, iter)?;
        }
        m.set(i.a(), result);
        return Ok(Flow::Next);
    }
    suspend(m, value)
}

/// `iter(r[b])` for `yield from`.
pub(super) fn get_yield_from_iter(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let value = m.reg(i.b());
    if let Some(generator) = PayloadRef::<Generator>::of_value(value) {
        let bits = generator.code.get().code.flags;
        let own = m.code().get().code.flags;
        if bits & flags::COROUTINE != 0 && own & (flags::COROUTINE | flags::ITERABLE_COROUTINE) == 0
        {
            return Err(m.vm.type_error(
                "cannot 'yield from' a coroutine object in a non-coroutine generator",
            ));
        }
        m.set(i.a(), value);
        return Ok(());
    }
    let iter = m.vm.iterate(value)?;
    m.set(i.a(), iter);
    Ok(())
}

/// The iterator that `await r[b]` runs.
pub(super) fn get_awaitable(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let value = m.reg(i.b());
    let iter = m.vm.awaitable_iterator(value, i.x())?;
    m.set(i.a(), iter);
    Ok(())
}

/// `aiter(r[b])`
pub(super) fn get_aiter(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let value = m.reg(i.b());
    let vm = &mut *m.vm;
    let Some(aiter) = vm.type_of(value).slots.aiter.get() else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "'async for' requires an object with __aiter__ method, got {name}"
        )));
    };
    let iter = aiter(vm, value)?;
    if vm.type_of(iter).slots.anext.get().is_none() {
        let name = vm.type_name(iter);
        return Err(vm.type_error(format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}")));
    }
    m.set(i.a(), iter);
    Ok(())
}

/// The awaitable's iterator of `r[b].__anext__()`.
pub(super) fn get_anext(m: &mut Direct<'_>, i: Insn) -> R<()> {
    m.save_pc();
    let value = m.reg(i.b());
    if let Some(step) = asend::again(value) {
        m.set(i.a(), step);
        return Ok(());
    }
    let vm = &mut *m.vm;
    let Some(anext) = vm.type_of(value).slots.anext.get() else {
        let name = vm.type_name(value);
        return Err(vm.type_error(format!(
            "'async for' requires an iterator with __anext__ method, got {name}"
        )));
    };
    let awaitable = anext(vm, value)?;
    let iter = match PayloadRef::<Asend>::of_value(awaitable) {
        Some(step) => {
            step.is_seen.set(vm.type_of(value) != vm.t.async_generator);
            awaitable
        }
        None => vm.awaitable_iterator(awaitable, 3)?,
    };
    m.set(i.a(), iter);
    Ok(())
}

impl Vm {
    /// The iterator of `await value`; `place`: 0 plain, 1 `__aenter__`, 2 `__aexit__`, 3 `__anext__`.
    pub fn awaitable_iterator(&mut self, value: Value, place: u8) -> R {
        if let Some(generator) = PayloadRef::<Generator>::of_value(value)
            && generator.code.get().code.flags & (flags::COROUTINE | flags::ITERABLE_COROUTINE) != 0
        {
            if generator.code.get().code.flags & flags::COROUTINE != 0
                && delegate_is_running(generator)
            {
                return Err(self.runtime_error("coroutine is being awaited already"));
            }
            return Ok(value);
        }
        let Some(slot) = self.type_of(value).slots.r#await.get() else {
            return Err(self.not_awaitable(value, place));
        };
        let iter = slot(self, value)?;
        if self.type_of(iter).slots.next.get().is_none() {
            let name = self.type_name(iter);
            return Err(
                self.type_error(format!("__await__() returned non-iterator of type '{name}'"))
            );
        }
        Ok(iter)
    }
    #[cold]
    fn not_awaitable(&mut self, value: Value, place: u8) -> Raised {
        let name = self.type_name(value);
        match place {
            1 => self.type_error(format!("'async with' received an object from __aenter__ that does not implement __await__: {name}")),
            2 => self.type_error(format!("'async with' received an object from __aexit__ that does not implement __await__: {name}")),
            3 => self.type_error(format!("'async for' received an invalid object from __anext__: {name}")),
            _ => self.type_error(format!("'{name}' object can't be awaited")),
        }
    }
}

fn delegate_is_running(generator: PayloadRef<Generator>) -> bool {
    generator.state.get() == GeneratorState::Suspended && delegate_of(generator.get()).is_some()
}
