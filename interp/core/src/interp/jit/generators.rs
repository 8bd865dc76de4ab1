//! Generators that the loop of the trace consumes: their bodies become part of it.
//!
//! A generator's registers are in an array while it does not run. Resuming it, in a trace, is loading them; yielding is
//! writing those that have changed back. Its frame exists only where something may look (see `rec`), and then its
//! registers are moved as the interpreter moves them.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, IrOp, Ref};

use super::rec::{Arg, Known, Rec};
use super::record::{MAX_DEPTH, MAX_INLINE_WORDS, MAX_RECURSION};
use super::resume::Inlined;
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::interp::ops;
use crate::object::{CodeObject, Generator, GeneratorState, PayloadRef, ShapeId};
use crate::vm::{FrameFlags, R};

impl Rec<'_, '_> {
    /// The head of a `for` loop.
    pub(super) fn for_iter(&mut self, i: Insn) -> R<()> {
        let iter = self.reg(i.b());
        match self.resumable(iter.now) {
            Some(generator) => self.resume_generator(i, iter, generator),
            None if self.composed_next(i, iter)? => Ok(()),
            None => ops::for_iter_any(self, i),
        }
    }

    /// The generator `value`, if its body can become part of the trace.
    fn resumable(&self, value: Value) -> Option<PayloadRef<Generator>> {
        let exact = value.as_ptr().is_some_and(|obj| obj.shape() == ShapeId::GENERATOR.0);
        let generator = PayloadRef::<Generator>::of_value(value).filter(|_| exact)?;
        let code = generator.code;
        let starts_or_yields = match generator.state.get() {
            GeneratorState::Created => true,
            GeneratorState::Suspended => {
                let at = Insn(code.get().insns[generator.pc.get() as usize].get());
                at.op_number() == Op::Yield as u8
            }
            GeneratorState::Running | GeneratorState::Closed => false,
        };
        let other = flags::COROUTINE | flags::ASYNC_GENERATOR | flags::ITERABLE_COROUTINE;
        let open = self.frames.iter().filter(|frame| frame.code == code).count();
        let fits = self.inlines_generators
            && starts_or_yields
            && code.get().code.flags & other == 0
            && code.get().insns.len() < MAX_INLINE_WORDS
            && self.frames.len() < MAX_DEPTH
            && open < MAX_RECURSION;
        fits.then_some(generator)
    }

    fn resume_generator(
        &mut self,
        i: Insn,
        iter: Known<Value>,
        generator: PayloadRef<Generator>,
    ) -> R<()> {
        let (code, state, pc) = (generator.code, generator.state.get(), generator.pc.get());
        self.shape_is(iter, ShapeId::GENERATOR.0);
        let own = self.load(IrOp::LoadV, iter.by, layout::GENERATOR_CODE, Alias::CONSTANT);
        self.is_same(Known { now: code.value(), by: own }, code.value());
        self.guard_number(IrOp::LoadU8, iter.by, layout::GENERATOR_STATE, state as i64);
        self.guard_number(IrOp::LoadU32, iter.by, layout::GENERATOR_PC, i64::from(pc));
        let call_at = self.d.here;
        self.run_again()?;
        let base = self.slot_at(self.d.base.addr());
        self.forget_from(base);
        self.frames.push(Inlined {
            code,
            base,
            call_at,
            dst: i.a(),
            flags: FrameFlags::FOR_ITER.with(FrameFlags::GENERATOR),
            function: None,
            receiver: Some(iter.by),
            pushed: false,
            record: None,
        });
        self.load_registers(code, base, i32::MAX, iter.by);
        if state == GeneratorState::Suspended {
            // What the `yield` gives.
            let at = Insn(code.get().insns[pc as usize].get());
            let none = self.constant_word(Value::NONE);
            self.set_slot(base + i32::from(at.a()), none);
        }
        self.note_depth(code, base);
        Ok(())
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
        self.frames
            .last()
            .is_some_and(|frame| frame.flags == FrameFlags::FOR_ITER.with(FrameFlags::GENERATOR))
    }

    /// `yield r[b]` to the loop.
    pub(super) fn yield_instruction(&mut self, i: Insn) -> R<()> {
        let value = self.reg(i.b());
        let frame = *self.frames.last().expect("the caller asked");
        let start: *const u64 = frame.code.get().insns.as_ptr().cast();
        let pc = self.int(((self.d.here.addr() - start.addr()) / 8) as i64);
        let end = frame.base + i32::from(frame.code.code.n_regs);
        let changed = self.dirty_slots(frame.base, end);
        // A frame that is on the stack knows its generator by itself.
        let Some(generator) = frame.receiver.filter(|_| !frame.pushed) else {
            for (slot, by) in changed {
                self.out.imm(IrOp::StoreSlot, &[by], i64::from(slot));
            }
            let address = thunk::suspend as *const () as usize;
            self.call_state("suspend", address, &[Arg::I(pc)], AbiTy::Void);
            return self.yielded(frame, value);
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
        self.yielded(frame, value)
    }
    fn yielded(&mut self, frame: Inlined, value: Known<Value>) -> R<()> {
        self.run_again()?;
        self.frames.pop();
        self.forget_from(frame.base);
        let dst = self.slot_of(frame.dst);
        self.set_slot(dst, value.by);
        Ok(())
    }

    /// The body of the generator is over: the loop is left.
    pub(super) fn generator_returns(&mut self) -> R<()> {
        let frame = *self.frames.last().expect("the caller asked");
        self.run_again()?;
        self.frames.pop();
        // One that is on the stack knows its generator by itself.
        let generator = match frame.receiver.filter(|_| !frame.pushed) {
            Some(generator) => generator,
            None => self.constant_word(Value::ABSENT),
        };
        let address = thunk::finish_generator as *const () as usize;
        let args = [Arg::V(generator)];
        self.call_state("finish_generator", address, &args, AbiTy::Void);
        self.forget_from(frame.base);
        Ok(())
    }
}
