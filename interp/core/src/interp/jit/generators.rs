//! Generators that the trace resumes: in `for` loops, by `next`, `send` and `__next__`, and by `yield from` of another
//! generator. Their bodies become part of it.
//!
//! A generator's registers are in an array while it does not run. Resuming it, in a trace, is loading them; yielding is
//! writing those that have changed back. Its frame exists only where something may look (see `rec`), and then its
//! registers are moved as the interpreter moves them.
//!
//! A generator that delegates stands at its `yield_from`, and its delegate's frame is above it. What the delegate yields
//! suspends both.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, IrOp, Ref};

use super::inlining::{MAX_DEPTH, MAX_INLINE_WORDS, MAX_RECURSION};
use super::rec::{Arg, Known, Rec};
use super::resume::Inlined;
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::interp::{calls, generator, ops};
use crate::object::{
    CodeObject, Generator, GeneratorState, Kind, NativeFunction, PayloadRef, ShapeId, Type,
};
use crate::vm::{FrameFlags, R};

impl Rec<'_, '_> {
    /// The head of a `for` loop.
    pub(super) fn for_iter(&mut self, i: Insn) -> R<()> {
        let iter = self.reg(i.b());
        if let Some(generator) = self.resumable(iter.now, Value::NONE) {
            self.guard_generator(iter, generator);
            return self.resume_in_loop(i, generator, iter.by, None);
        }
        let is_generator = iter.now.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::GENERATOR.0);
        if is_generator {
            return self.next_by_call(i, iter);
        }
        if self.counted_next(i, iter)?
            || self.mapped_next(i, iter)?
            || self.composed_next(i, iter)?
            || self.next_c_item(i, iter)?
            || self.next_character(i, iter)?
            || self.next_byte(i, iter)?
            || self.next_method(i, iter)?
        {
            return Ok(());
        }
        ops::for_iter_any(self, i)
    }
    /// Go into a generator, which was guarded, for the running `for_iter`; `number`: of the item, for an `enumerate`.
    pub(super) fn resume_in_loop(
        &mut self,
        i: Insn,
        generator: PayloadRef<Generator>,
        by: Ref,
        number: Option<Ref>,
    ) -> R<()> {
        let flags = FrameFlags::FOR_ITER.with(FrameFlags::GENERATOR);
        let (call_at, was) = (self.d.here, Place::of(generator));
        self.d.save_pc();
        generator::push_and_deliver(self.d, generator, Value::NONE, (i.a(), flags))?;
        self.state_changed();
        let none = self.constant(Value::NONE);
        let frame = Inlined::resumed(call_at, i.a(), flags, (generator.code, by));
        self.resumed(Inlined { function: number, ..frame }, generator, was, none);
        Ok(())
    }
    /// `next(generator)`, `next(generator, default)`, `generator.send(value)`, `generator.__next__()`.
    pub(super) fn resumes(&mut self, i: Insn, callee: Known<Value>, first: u16, n: u16) -> R<bool> {
        let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) else {
            return Ok(false);
        };
        let args = self.d.window(first, usize::from(n));
        let sent = match (owner_of(native), native.def.name, args) {
            ("builtins", "next", [_] | [_, _]) if i.op() == Op::Call => Value::NONE,
            ("generator", "__next__", [_]) => Value::NONE,
            ("generator", "send", &[_, sent]) => sent,
            _ => return Ok(false),
        };
        let Some(generator) = self.resumable(args[0], sent) else { return Ok(false) };
        self.is_same(callee, callee.now);
        let iter = self.reg(first);
        self.guard_generator(iter, generator);
        let sent = if native.def.name == "send" {
            self.reg(first + 1)
        } else {
            self.constant(Value::NONE)
        };
        let was = Place::of(generator);
        if was != Place::Yield && native.def.name == "send" {
            self.is_same(sent, Value::NONE);
        }
        let flags = FrameFlags::NEXT.with(FrameFlags::GENERATOR);
        let call_at = self.d.here;
        generator::enter_by_call(self.d, generator, i.a(), sent.now)?;
        self.state_changed();
        self.resumed(
            Inlined::resumed(call_at, i.a(), flags, (generator.code, iter.by)),
            generator,
            was,
            sent,
        );
        Ok(true)
    }
    /// Can a generator that the running frame delegates to become part of the trace? The frame that the trace was entered in
    /// may be that of a coroutine.
    pub(super) fn may_delegate(&self) -> bool {
        let is_coroutine = self.d.code().code.flags & flags::COROUTINE != 0;
        self.in_generator() || self.frames.is_empty() && is_coroutine
    }
    /// `r[a] = yield from r[b]` of a generator that became part of the trace; false, and nothing is done: it cannot be.
    pub(super) fn delegate(&mut self, i: Insn) -> R<bool> {
        let now = self.d.window(i.b(), 1)[0];
        if let Some(generator) = self.delegated(now) {
            let iter = self.reg(i.b());
            self.guard_generator(iter, generator);
            let flags = FrameFlags::YIELD_FROM.with(FrameFlags::GENERATOR);
            let (call_at, was) = (self.d.here, Place::of(generator));
            let none = self.constant(Value::NONE);
            self.run_again()?;
            self.resumed(
                Inlined::resumed(call_at, i.a(), flags, (generator.code, iter.by)),
                generator,
                was,
                none,
            );
            return Ok(true);
        }
        Ok(self.in_generator() && self.delegate_to_builtin(i, now)?)
    }
    /// The same for an iterator of a list, a tuple or a range.
    fn delegate_to_builtin(&mut self, i: Insn, now: Value) -> R<bool> {
        let kind = now.as_ptr().map(|obj| Kind::from_u8(obj.kind()));
        let Some(kind @ (Kind::RangeIter | Kind::ListIter | Kind::TupleIter)) = kind else {
            return Ok(false);
        };
        if self.yields_outside() {
            return Ok(false);
        }
        let iter = self.reg(i.b());
        self.kind_is(iter, kind);
        let item = match kind {
            Kind::RangeIter => self.range_next(iter),
            Kind::ListIter => self.list_next(iter),
            _ => self.tuple_next(iter),
        };
        let Some(item) = item else {
            let none = self.constant(Value::NONE);
            self.set(i.a(), none);
            return Ok(true);
        };
        let frames = self.put_away();
        generator::suspend(self.d, item.now)?;
        self.yielded(frames, item);
        Ok(true)
    }

    /// The generator `value`, if its body can become part of the trace when it is resumed with `sent`.
    pub(super) fn resumable(&self, value: Value, sent: Value) -> Option<PayloadRef<Generator>> {
        let exact = value.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::GENERATOR.0);
        PayloadRef::<Generator>::of_value(value).filter(|&g| exact && self.fits(g, sent))
    }
    /// The same for what is delegated to, which may be a coroutine.
    fn delegated(&self, value: Value) -> Option<PayloadRef<Generator>> {
        let generator = PayloadRef::<Generator>::of_value(value)?;
        let is_coroutine = self.is_new_coroutine(generator);
        if is_coroutine && self.fits(generator, Value::NONE) {
            return Some(generator);
        }
        self.resumable(value, Value::NONE).filter(|_| self.in_generator())
    }
    fn fits(&self, generator: PayloadRef<Generator>, sent: Value) -> bool {
        let is_coroutine = self.is_new_coroutine(generator);
        let code = generator.code;
        let ready = match generator.state.get() {
            GeneratorState::Created => sent.is_none(),
            GeneratorState::Suspended => match Place::of(generator) {
                Place::Yield => true,
                Place::YieldFrom => sent.is_none(),
                Place::Start => false,
            },
            GeneratorState::Running | GeneratorState::Closed => false,
        };
        let other = flags::ASYNC_GENERATOR | flags::ITERABLE_COROUTINE;
        let other = if is_coroutine { other } else { other | flags::COROUTINE };
        let open = self.frames.iter().filter(|frame| frame.code == code).count();
        let is_called = self.d.vm.jit.as_ref();
        let is_called =
            is_called.is_some_and(|jit| jit.called_generators.contains(&code.obj().address()));
        // One that is part of itself would be part of the trace without an end.
        let recurses =
            super::resumed::delegate_of(generator).is_some_and(|inner| ready && inner.code == code);
        self.inlines_generators
            && !recurses
            && ready
            && !is_called
            && code.get().code.flags & other == 0
            && code.get().insns.len() < MAX_INLINE_WORDS
            && self.frames.len() < MAX_DEPTH
            && open < MAX_RECURSION
    }
    /// Is it a coroutine that has not begun?
    fn is_new_coroutine(&self, generator: PayloadRef<Generator>) -> bool {
        generator.obj().shape() == self.d.vm.t.coroutine.root_shape.get().0
            && generator.state.get() == GeneratorState::Created
    }
    /// `r[a]` = what `await r[b]` delegates to, if that is a coroutine that has not begun, which is that itself; false, and
    /// nothing is done: it is something else.
    pub(super) fn awaitable(&mut self, i: Insn) -> bool {
        let now = self.d.window(i.b(), 1)[0];
        let generator = PayloadRef::<Generator>::of_value(now);
        let Some(generator) = generator.filter(|&generator| self.is_new_coroutine(generator))
        else {
            return false;
        };
        let value = self.reg(i.b());
        self.shape_is(value, generator.obj().shape());
        let created = GeneratorState::Created as i64;
        self.guard_number(IrOp::LoadU8, value.by, layout::GENERATOR_STATE, created);
        self.set(i.a(), value);
        true
    }
    /// Guard that it is a generator of this code that stands where this one does.
    pub(super) fn guard_generator(&mut self, iter: Known<Value>, generator: PayloadRef<Generator>) {
        let (code, state) = (generator.code, generator.state.get());
        self.shape_is(iter, generator.obj().shape());
        let own = self.load(IrOp::LoadV, iter.by, layout::GENERATOR_CODE, Alias::CONSTANT);
        self.is_same(Known { now: code.value(), by: own }, code.value());
        self.guard_number(IrOp::LoadU8, iter.by, layout::GENERATOR_STATE, state as i64);
        let pc = i64::from(generator.pc.get());
        self.guard_number(IrOp::LoadU32, iter.by, layout::GENERATOR_PC, pc);
    }
    /// Its frame is the innermost one now.
    fn resumed(
        &mut self,
        frame: Inlined,
        generator: PayloadRef<Generator>,
        was: Place,
        sent: Known<Value>,
    ) {
        let (code, pc) = (generator.code, generator.pc.get());
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(base);
        let by = frame.receiver.expect("a generator's frame has it");
        self.enter_inlined(Inlined { code, base, ..frame });
        self.forget_headers(self.frames.len());
        self.load_registers(code, base, i32::MAX, by);
        if was == Place::Yield {
            // What the `yield` gives.
            let at = Insn(code.get().insns[pc as usize].get());
            self.set_slot(base + i32::from(at.a()), sent.by);
        }
        self.note_depth(code, base);
    }
    fn guard_number(&mut self, op: IrOp, object: Ref, offset: i64, wanted: i64) {
        let now = self.load(op, object, offset, layout::GENERATOR);
        let wanted = self.int(wanted);
        let condition = self.op(IrOp::IEq, &[now, wanted]);
        self.test(true, condition);
    }
    /// The registers of a generator whose frame is not on the stack, as far as they are not known, below slot `end`.
    pub(super) fn load_registers(
        &mut self,
        code: PayloadRef<CodeObject>,
        base: i32,
        end: i32,
        generator: Ref,
    ) {
        let array = self.load(IrOp::LoadV, generator, layout::GENERATOR_REGISTERS, Alias::CONSTANT);
        self.learn(array, |fact| fact.is_object = true);
        for register in 0..i32::from(code.code.n_regs) {
            let slot = base + register;
            if slot < end && !self.is_known(slot) {
                let offset = layout::FIRST_SLOT + 8 * i64::from(register);
                let value = self.load(IrOp::LoadV, array, offset, layout::REGISTERS);
                self.know_slot(slot, value);
            }
        }
    }

    /// Does the innermost frame belong to a generator that became part of the trace?
    pub(super) fn in_generator(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.flags.has(FrameFlags::GENERATOR))
    }

    /// `yield r[b]`
    pub(super) fn yield_instruction(&mut self, i: Insn) -> R<()> {
        let value = self.reg(i.b());
        let frames = self.put_away();
        self.run_again()?;
        self.yielded(frames, value);
        Ok(())
    }
    /// The innermost generator is suspended at the running instruction, and so are those that delegate to it. Their frames,
    /// innermost first.
    pub(super) fn put_away(&mut self) -> Vec<Inlined> {
        self.show_handled();
        let mut at = self.d.here;
        let mut frames = Vec::new();
        let mut depth = self.frames.len();
        while depth > 0 {
            depth -= 1;
            let frame = self.frames[depth];
            self.put_registers_away(&frame, at);
            frames.push(frame);
            if !frame.flags.has(FrameFlags::YIELD_FROM) {
                break;
            }
            at = frame.call_at;
        }
        frames
    }
    fn put_registers_away(&mut self, frame: &Inlined, at: *const u64) {
        let start: *const u64 = frame.code.get().insns.as_ptr().cast();
        let pc = self.int(((at.addr() - start.addr()) / 8) as i64);
        let end = frame.base + i32::from(frame.code.code.n_regs);
        let changed = self.dirty_slots(frame.base, end);
        // A frame that is on the stack knows its generator by itself.
        let Some(generator) = frame.receiver.filter(|_| !frame.pushed) else {
            for (slot, by) in changed {
                self.out.imm(IrOp::StoreSlot, &[by], i64::from(slot));
            }
            let address = thunk::suspend as *const () as usize;
            self.call_state("suspend", address, &[Arg::I(pc)], AbiTy::Void);
            return;
        };
        let array = self.load(IrOp::LoadV, generator, layout::GENERATOR_REGISTERS, Alias::CONSTANT);
        for (slot, by) in changed {
            self.barrier(array, by);
            let offset = layout::FIRST_SLOT + 8 * i64::from(slot - frame.base);
            self.out.memory(IrOp::StoreV, &[array, by], offset, layout::REGISTERS);
        }
        let (offset, alias) = (layout::GENERATOR_PC, layout::GENERATOR);
        self.out.memory(IrOp::StoreI32, &[generator, pc], offset, alias);
        let suspended = self.int(GeneratorState::Suspended as i64);
        let offset = layout::GENERATOR_STATE;
        self.out.memory(IrOp::StoreI8, &[generator, suspended], offset, alias);
    }
    /// The frames of suspended generators are gone; whoever resumed the outermost one has the value.
    fn yielded(&mut self, frames: Vec<Inlined>, value: Known<Value>) {
        self.state_changed();
        for frame in &frames {
            self.leave_inlined();
            self.forget_from(frame.base);
        }
        let outermost = frames.last().expect("a generator yields in a frame");
        self.forget_call(outermost);
        let item = match outermost.function {
            Some(number) => self.tuple_with(&[number, value.by]),
            None => value.by,
        };
        let dst = self.slot_of(outermost.dst);
        self.set_slot(dst, item);
    }
    /// The registers of the call that resumed a generator are no longer needed.
    fn forget_call(&mut self, frame: &Inlined) {
        if frame.flags.has(FrameFlags::NEXT) {
            let window = self.slot_of(Self::caller_instruction(frame).b());
            self.forget_from(window);
        }
    }

    /// The body of the generator is over: so is the loop; or it is the result of `yield from`, or a StopIteration.
    pub(super) fn generator_returns(&mut self, i: Insn) -> R<()> {
        let frame = *self.frames.last().expect("the caller asked");
        let value = self.reg(i.a());
        let insn = Self::caller_instruction(&frame);
        let default = calls::default_register(insn);
        let asks = frame.flags.has(FrameFlags::NEXT) && default.is_none();
        let context = if asks { self.context_below(&frame) } else { None };
        let done = self.run_again();
        self.leave_inlined();
        // One that is on the stack knows its generator by itself.
        let generator = match frame.receiver.filter(|_| !frame.pushed) {
            Some(generator) => generator,
            None => self.constant_word(Value::ABSENT),
        };
        let address = thunk::finish_generator as *const () as usize;
        let args = [Arg::V(generator)];
        self.call_state("finish_generator", address, &args, AbiTy::Void);
        self.forget_from(frame.base);
        if frame.flags.has(FrameFlags::YIELD_FROM) {
            let dst = self.slot_of(frame.dst);
            self.set_slot(dst, value.by);
        } else if frame.flags.has(FrameFlags::NEXT) {
            if let (Err(raised), Some(context)) = (done, context) {
                self.stop_iteration(value, context.changed());
                return Err(raised);
            }
            if let Err(raised) = done {
                let address = thunk::stop_iteration as *const () as usize;
                let does = haft_bytecode::opcode::RAISES | haft_bytecode::opcode::ALLOCATES;
                let effects = super::machine::effects_of(does);
                self.call("stop_iteration", address, effects, &[Arg::V(value.by)]);
                return Err(raised);
            }
            if let Some(register) = default {
                let default = self.slot_of(register);
                let default = self.slot_value(default);
                self.forget_call(&frame);
                let dst = self.slot_of(frame.dst);
                self.set_slot(dst, default);
            }
        }
        done
    }
}

/// Where a generator stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Start,
    Yield,
    YieldFrom,
}

impl Place {
    fn of(generator: PayloadRef<Generator>) -> Place {
        if generator.state.get() == GeneratorState::Created {
            return Place::Start;
        }
        let at = Insn(generator.code.get().insns[generator.pc.get() as usize].get());
        match at.op() {
            Op::Yield => Place::Yield,
            Op::YieldFrom => Place::YieldFrom,
            _ => Place::Start,
        }
    }
}

/// Module or class that a function written in Rust belongs to; nothing if it is bound to an object.
pub(super) fn owner_of(native: PayloadRef<NativeFunction>) -> &'static str {
    if !native.receiver_to_pass().is_absent() {
        return "";
    }
    match Type::of_value(native.owner.get()) {
        Some(class) => class.native_name.get(),
        None => native.home.get(),
    }
}
/// The name of a function of `builtins`; none: it is another callable, whatever its name.
pub(super) fn builtin_name(callee: Value) -> Option<&'static str> {
    let native = PayloadRef::<NativeFunction>::of_value(callee)?;
    (owner_of(native) == "builtins").then_some(native.def.name)
}
