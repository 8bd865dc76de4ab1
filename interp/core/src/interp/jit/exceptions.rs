//! Exceptions that are raised and caught inside a trace.
//!
//! Which handler an exception meets is decided by where it was raised, not by what it is: so the way from the instruction
//! that raised to the handler is the same each time, and part of the trace. `raise` in the trace makes the entries of the
//! traceback itself, as objects that are mostly never made; an exception of something that was called is brought to its
//! handler by the interpreter's own unwinding.
//!
//! What is *handled* is a word of the runtime that changes at each handler's start and end. The trace writes it, as it
//! writes registers, only when somebody may look.
use haft_bytecode::{Insn, Op, flags};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, Alias, IrOp, Ref};
use haft_jit::word::RAISED;

use super::frames::Pushed;
use super::rec::{Known, Rec};
use super::resume::{Inlined, Meaning};
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::interp::run::catch;
use crate::object::{Exception, Generator, Kind, PayloadRef, Traceback, Type};
use crate::vm::{Frame, FrameFlags, R, Raised};

/// What the trace knows of the exception that is handled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Handled {
    /// It, if it is known.
    pub(super) by: Option<Ref>,
    /// Does memory hold another one?
    pub(super) dirty: bool,
    /// What memory holds, if that is known.
    memory: Option<Ref>,
}

/// An exception that an instruction of the trace raises.
#[derive(Clone, Copy, Debug)]
pub(super) struct Thrown {
    /// It.
    pub(super) exception: Ref,
    /// Is it raised again by the frame that handled it, so that its traceback has that already?
    again: bool,
    /// The first entry of its traceback until now.
    entries: Option<Ref>,
}

impl Thrown {
    /// A new exception, which nothing was raised by before.
    pub(super) fn new(exception: Ref) -> Thrown {
        Thrown { exception, again: false, entries: None }
    }
}

/// What the context of an exception becomes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Context {
    /// It stays as it is.
    Kept,
    /// This exception.
    Is(Ref),
}

impl Context {
    /// The exception that it becomes, if it changes.
    pub(super) fn changed(self) -> Option<Ref> {
        match self {
            Context::Kept => None,
            Context::Is(exception) => Some(exception),
        }
    }
}

impl Rec<'_, '_> {
    /// The running instruction has raised: go on at the handler, if the trace has it. `Err`: it has none, and the exception
    /// is still on its way.
    pub(super) fn caught(&mut self, raised: Raised) -> R<()> {
        let thrown = self.thrown.take();
        let Some(n_left) = self.frames_to_handler() else { return Err(raised) };
        if let Some(thrown) = thrown {
            return self.unwind(thrown, n_left, raised);
        }
        let Some(call) = self.out.without_raising() else { return Err(raised) };
        // Unwinding is the least part of what raising costs; it makes no trace worthless.
        self.n_flushes = self.n_flushes.saturating_sub(2);
        let insn = self.running();
        if !matches!(insn.op(), Op::Raise | Op::Reraise) {
            let Some(dst) = result_register(insn) else { return Err(raised) };
            // Next time it may go well: then its result is the register's.
            let outcome = self.constant_word(Value::from_bits(RAISED));
            let condition = self.op(IrOp::Same, &[call, outcome]);
            let next = self.d.here.wrapping_add(usize::from(insn.op().row().words));
            let slot = self.slot_of(dst);
            let snapshot = self.snapshot_with(next, Meaning::Decided, Some((slot, call)));
            self.out.guard(IrOp::Guard, &[condition], snapshot);
        }
        self.flush();
        let address = thunk::catch as *const () as usize;
        self.call_state_and("catch", address, (&[], AbiTy::Void), layout::EXCEPTION.set());
        let here = self.d.here;
        catch(self.d.vm, raised, here)?;
        self.d.reload();
        for _ in 0..n_left {
            if let Some(frame) = self.leave_inlined() {
                self.forget_from(frame.base);
            }
        }
        self.handled = Handled::default();
        for slot in self.handler_slots() {
            self.read_slot_again(slot);
        }
        self.ran_python();
        Ok(())
    }

    /// How many functions of the trace an exception of the running instruction leaves; `None`: all of them.
    fn frames_to_handler(&self) -> Option<usize> {
        self.frames_to_handler_from(0)
    }
    /// The same of an exception that appears when so many were left.
    fn frames_to_handler_from(&self, first: usize) -> Option<usize> {
        let frames = &self.d.vm.stack.frames;
        let innermost = frames.len() - 1;
        // What leaves a `__next__` of a loop may be the end of that loop.
        let asks_for_next = FrameFlags::FOR_ITER.with(FrameFlags::SPECIAL);
        let is_loop = |frame: &Inlined| frame.flags == asks_for_next;
        let limit = self.frames.iter().rev().position(is_loop).unwrap_or(self.frames.len());
        // The frame below that of a generator which the trace was entered for is somebody else's.
        let limit = limit.min(self.frames.len() - self.root_depth);
        (first..=limit).find(|&above| {
            let frame = &frames[innermost - above];
            let at = if above == 0 { self.d.here } else { frame.pc };
            let pc = word_of(frame, at);
            frame.code.code.handlers.iter().any(|h| h.start <= pc && pc < h.end)
        })
    }
    /// Where the handler that the machine stands at finds the exception.
    fn handler_slots(&self) -> Vec<i32> {
        let code = self.d.code();
        let pc = word_of(self.d.frame(), self.d.pc);
        let found = code.code.handlers.iter().filter(|h| h.target == pc);
        found.map(|h| self.slot_of(h.reg)).collect()
    }

    // ---- raising

    /// `raise r[a]`, `raise r[a] from r[b]`, `raise`; false, and nothing is done: the runtime raises it.
    pub(super) fn raise(&mut self, i: Insn) -> R<bool> {
        if !self.can_unwind() {
            return Ok(false);
        }
        if i.x() == 0 {
            let handled = self.handled_now();
            return self.raise_again(handled);
        }
        let value = self.reg(i.a());
        let cause = if i.x() == 2 { Some(self.reg(i.b())) } else { None };
        if cause.is_some_and(|cause| !cause.now.is_none() && !is_exception(cause.now)) {
            return Ok(false);
        }
        let Some(exception) = self.exception_of(value) else { return Ok(false) };
        let is_new = exception.now.is_absent();
        let Some(context) = self.context_for(exception) else { return Ok(false) };
        if let Some(cause) = cause {
            let known = if cause.now.is_none() {
                self.is_same(cause, Value::NONE)
            } else {
                self.kind_is(cause, Kind::Exception)
            };
            debug_assert!(known, "the caller looked");
        }
        let entries = if is_new { None } else { self.entries_of(exception) };
        if let Some(cause) = cause {
            self.exception_field(exception.by, cause.by, layout::EXCEPTION_CAUSE);
            let yes = Rec::int(self, 1);
            let offset = layout::EXCEPTION_SUPPRESS_CONTEXT;
            let args = [exception.by, yes];
            self.out.memory(IrOp::StoreI8, &args, offset, layout::EXCEPTION);
        }
        if let Some(context) = context.changed() {
            self.exception_field(exception.by, context, layout::EXCEPTION_CONTEXT);
        }
        self.thrown = Some(Thrown { exception: exception.by, again: false, entries });
        self.run_again()?;
        Ok(true)
    }
    /// Raise an exception that this frame has handled.
    pub(super) fn reraise(&mut self, i: Insn) -> R<bool> {
        if !self.can_unwind() {
            return Ok(false);
        }
        let exception = self.reg(i.a());
        self.raise_again(exception)
    }
    fn raise_again(&mut self, exception: Known<Value>) -> R<bool> {
        if !is_exception(exception.now) {
            return Ok(false);
        }
        self.kind_is(exception, Kind::Exception);
        let entries = self.entries_of(exception);
        self.thrown = Some(Thrown { exception: exception.by, again: true, entries });
        self.run_again()?;
        Ok(true)
    }
    /// A generator that was resumed by a call has returned `value`, and its frame is gone: the StopIteration that the
    /// running instruction raises. `context`: see [`Rec::context_for`].
    pub(super) fn stop_iteration(&mut self, value: Known<Value>, context: Option<Ref>) {
        let none = value.now.is_none();
        let args: &[Ref] = if none { &[] } else { &[value.by] };
        let class = self.d.vm.exc.stop_iteration;
        let exception = self.new_exception(class, args);
        self.exception_field(exception, value.by, layout::EXCEPTION_FIELDS);
        if let Some(context) = context {
            self.exception_field(exception, context, layout::EXCEPTION_CONTEXT);
        }
        self.thrown = Some(Thrown::new(exception));
    }

    /// Can the trace bring an exception of the running instruction to its handler?
    pub(super) fn can_unwind(&mut self) -> bool {
        let Some(n_left) = self.frames_to_handler() else { return false };
        let running = self.frames.iter().any(|f| f.flags.has(FrameFlags::GENERATOR) && !f.pushed);
        let n_frames = self.frames.len();
        let left = &self.frames[n_frames - n_left..];
        if running || left.iter().any(|f| f.flags.has(FrameFlags::GENERATOR)) {
            return false;
        }
        let innermost = self.d.vm.stack.frames.len() - 1;
        let seen: Vec<(usize, Value)> = (0..n_left)
            .map(|n| (n_frames - n, self.d.vm.stack.frames[innermost - n].object))
            .collect();
        for (depth, object) in seen {
            if !self.frames[depth - 1].pushed {
                continue;
            }
            let record = self.record_behind(depth);
            let Some(record) = record.filter(|_| object.is_absent()) else { return false };
            let by = self.load(IrOp::LoadV, record, layout::FRAME_OBJECT, layout::FRAME);
            self.is_same(Known { now: object, by }, Value::ABSENT);
        }
        true
    }
    /// The exception that `raise x` raises; `now` is ABSENT if it is a new one. `None`: Python decides that.
    fn exception_of(&mut self, x: Known<Value>) -> Option<Known<Value>> {
        if is_exception(x.now) {
            self.kind_is(x, Kind::Exception);
            return Some(x);
        }
        let class = Type::of_value(x.now).filter(|&class| self.is_plain_exception(class))?;
        self.is_same(x, x.now);
        self.version_is(class.obj(), class.version.get());
        // What is written into it follows; a guard that fails before leaves nothing behind.
        let by = self.new_exception(class, &[]);
        Some(Known { now: Value::ABSENT, by })
    }
    /// What the context of an exception becomes when it is raised, guarded. `None`: that is not so
    /// simple.
    pub(super) fn context_for(&mut self, exception: Known<Value>) -> Option<Context> {
        let handled = self.handled_now();
        if is_exception(handled.now) {
            if handled.now == exception.now {
                return self.identical(handled, exception).then_some(Context::Kept);
            }
            if !self.is_new_exception(exception.by) {
                return None;
            }
            self.kind_is(handled, Kind::Exception);
            return Some(Context::Is(handled.by));
        }
        let outer = self.d.vm.stack.outer_handled;
        self.nothing_handled(handled, outer).then_some(Context::Kept)
    }
    /// The same for the StopIteration of a generator that returns, if the trace can bring it to its handler.
    pub(super) fn context_below(&mut self, frame: &Inlined) -> Option<Context> {
        let below = &self.frames[..self.frames.len() - 1];
        let n_left = self.frames_to_handler_from(1)? - 1;
        let left = &below[below.len() - n_left..];
        let unseen = |f: &Inlined| f.flags.has(FrameFlags::GENERATOR) && !f.pushed;
        if frame.pushed || below.iter().any(unseen) || left.iter().any(|frame| frame.pushed) {
            return None;
        }
        let real = *self.d.frame();
        let by = match frame.handled {
            Some(by) => by,
            None => {
                let state = self.stack_state();
                self.load(IrOp::LoadV, state, layout::STACK_HANDLED, layout::STATE)
            }
        };
        let handled = Known { now: real.saved_handled, by };
        if is_exception(handled.now) {
            self.kind_is(handled, Kind::Exception);
            return Some(Context::Is(by));
        }
        let generator = PayloadRef::<Generator>::of_value(real.receiver)?;
        self.nothing_handled(handled, generator.caller_outer.get()).then_some(Context::Kept)
    }
    fn nothing_handled(&mut self, handled: Known<Value>, outer: Value) -> bool {
        if !outer.is_absent() {
            return false;
        }
        self.is_same(handled, handled.now);
        let state = self.stack_state();
        let by = self.load(IrOp::LoadV, state, layout::STACK_OUTER_HANDLED, layout::STATE);
        self.is_same(Known { now: Value::ABSENT, by }, Value::ABSENT)
    }
    /// The first entry of the traceback, guarded.
    fn entries_of(&mut self, exception: Known<Value>) -> Option<Ref> {
        let now = PayloadRef::<Exception>::of_value(exception.now)?.traceback.get();
        let offset = layout::EXCEPTION_TRACEBACK;
        let by = self.load(IrOp::LoadV, exception.by, offset, layout::EXCEPTION);
        let entries = Known { now, by };
        if PayloadRef::<Traceback>::of_value(now).is_some() {
            self.is_object(entries);
            return Some(by);
        }
        self.is_same(entries, now);
        None
    }

    // ---- unwinding

    fn unwind(&mut self, thrown: Thrown, n_left: usize, raised: Raised) -> R<()> {
        let innermost = self.d.vm.stack.frames.len() - 1;
        let mut entries = thrown.entries;
        for above in usize::from(thrown.again)..=n_left {
            let frame = self.d.vm.stack.frames[innermost - above];
            if frame.code.code.flags & flags::HIDDEN != 0 {
                continue;
            }
            let pc = word_of(&frame, if above == 0 { self.d.here } else { frame.pc });
            let entry = self.traceback_entry(self.frames.len() - above, &frame, pc, entries);
            if let Some(inner) = entries {
                self.exception_field(inner, entry, layout::TRACEBACK_OUTER);
            }
            entries = Some(entry);
        }
        if let Some(entries) = entries.filter(|_| entries != thrown.entries) {
            self.exception_field(thrown.exception, entries, layout::EXCEPTION_TRACEBACK);
        }
        for _ in 0..n_left {
            let depth = self.frames.len();
            let pushed = if self.frames[depth - 1].pushed {
                self.record_behind(depth).map_or(Pushed::Anyhow, Pushed::At)
            } else {
                Pushed::No
            };
            if let Some(frame) = self.leave_inlined() {
                self.pop_frame(pushed);
                self.forget_from(frame.base);
            }
        }
        let here = self.d.here;
        catch(self.d.vm, raised, here)?;
        self.d.reload();
        for slot in self.handler_slots() {
            self.set_slot(slot, thrown.exception);
        }
        self.after_effect = true;
        self.state_changed();
        Ok(())
    }
    /// The entry of a traceback for the frame at a depth, as the interpreter makes it.
    fn traceback_entry(&mut self, depth: usize, frame: &Frame, pc: u32, next: Option<Ref>) -> Ref {
        let n_locals = i32::from(frame.code.code.n_locals);
        let base = self.slot_at(frame.base.addr());
        let values: Vec<Ref> = (base..base + n_locals).map(|slot| self.slot_value(slot)).collect();
        let [globals, object] = self.globals_and_object(depth);
        let locals = self.new_array(values.len());
        for (at, value) in values.into_iter().enumerate() {
            self.exception_field(locals, value, layout::FIRST_SLOT + 8 * at as i64);
        }
        let shape = self.d.vm.t.traceback.root_shape.get();
        // The collector may look before all fields are written.
        let (code, dict) = (frame.code.value(), frame.globals.value());
        self.roots.extend([code, dict]);
        let init = [(layout::TRACEBACK_CODE, code), (layout::TRACEBACK_GLOBALS, dict)];
        let init = init.map(|(offset, value)| (offset as u32, value.bits())).to_vec();
        let entry = self.payload_object::<Traceback>("traceback", shape, init);
        let code = self.constant_word(code);
        let next = next.unwrap_or_else(|| self.constant_word(Value::NONE));
        let fields = [
            (Some(next), layout::TRACEBACK_NEXT),
            (Some(code), layout::TRACEBACK_CODE),
            (globals, layout::TRACEBACK_GLOBALS),
            (Some(locals), layout::TRACEBACK_LOCALS),
            (object, layout::TRACEBACK_FRAME),
        ];
        for (value, offset) in fields {
            if let Some(value) = value {
                self.exception_field(entry, value, offset);
            }
        }
        let pc = Rec::int(self, i64::from(pc));
        self.out.memory(IrOp::StoreI32, &[entry, pc], layout::TRACEBACK_PC, layout::EXCEPTION);
        entry
    }
    /// Globals and object of the frame at a depth; one that is not on the stack has no object.
    fn globals_and_object(&mut self, depth: usize) -> [Option<Ref>; 2] {
        if let Some(frame) = depth.checked_sub(1).map(|at| self.frames[at])
            && !frame.pushed
            && let Some(function) = frame.function
        {
            return [Some(self.namespaces_of(function)[0]), None];
        }
        let record = self.frame_record(depth);
        let alias = if depth == 0 { Alias::CONSTANT } else { layout::FRAME };
        let globals = self.load(IrOp::LoadV, record, layout::FRAME_GLOBALS, alias);
        let object = self.load(IrOp::LoadV, record, layout::FRAME_OBJECT, layout::FRAME);
        [Some(globals), Some(object)]
    }
    /// Write a value into an exception or what belongs to one.
    pub(super) fn exception_field(&mut self, object: Ref, value: Ref, offset: i64) {
        self.barrier(object, value);
        self.out.memory(IrOp::StoreV, &[object, value], offset, layout::EXCEPTION);
    }

    // ---- what is handled

    /// The exception that the running function handles.
    fn handled_now(&mut self) -> Known<Value> {
        let now = self.d.vm.stack.handled;
        let by = match self.handled.by {
            Some(by) => by,
            None => {
                let state = self.stack_state();
                let by = self.load(IrOp::LoadV, state, layout::STACK_HANDLED, layout::STATE);
                self.handled = Handled { by: Some(by), dirty: false, memory: Some(by) };
                by
            }
        };
        Known { now, by }
    }
    /// What is handled from here on, and what was until now.
    pub(super) fn push_exception(&mut self, i: Insn) -> R<()> {
        self.push_generators();
        let new = self.reg(i.b());
        let old = self.handled_now();
        self.run_again()?;
        self.handles(new.by);
        let slot = self.slot_of(i.a());
        self.set_slot(slot, old.by);
        Ok(())
    }
    /// What is handled is again what was before.
    pub(super) fn pop_exception(&mut self, i: Insn) -> R<()> {
        self.push_generators();
        let old = self.reg(i.a());
        self.run_again()?;
        self.handles(old.by);
        Ok(())
    }
    fn handles(&mut self, exception: Ref) {
        self.handled.by = Some(exception);
        self.handled.dirty = self.handled.memory != Some(exception);
        self.state_changed();
    }
    /// What a generator handles is in its frame: it must have one.
    fn push_generators(&mut self) {
        if self.frames.iter().any(|f| f.flags.has(FrameFlags::GENERATOR) && !f.pushed) {
            self.push_frames();
        }
    }
    /// Does memory not hold what is handled, here or in the frames below?
    pub(super) fn handles_unseen(&self) -> bool {
        self.handled.dirty || self.frames.iter().any(|f| !f.pushed && f.handled.is_some())
    }
    /// Somebody may look at what is handled.
    pub(super) fn show_handled(&mut self) {
        if self.handles_unseen() {
            self.push_frames();
        }
    }
    /// Memory holds this as what is handled.
    pub(super) fn write_handled(&mut self, exception: Ref) {
        let state = self.stack_state();
        let args = [state, exception];
        self.out.memory(IrOp::StoreV, &args, layout::STACK_HANDLED, layout::STATE);
        self.handled.memory = Some(exception);
    }
    /// The frames of the trace are on the stack.
    pub(super) fn all_pushed(&mut self) {
        if self.handled.dirty
            && let Some(by) = self.handled.by
        {
            self.write_handled(by);
            self.handled.dirty = false;
            self.state_changed();
        }
    }
    /// A function becomes part of the trace.
    pub(super) fn enter_inlined(&mut self, mut frame: Inlined) {
        frame.handled = self.handled.by.filter(|_| self.handled.dirty && !frame.pushed);
        if frame.flags.has(FrameFlags::GENERATOR) {
            self.handled = Handled::default();
        }
        self.frames.push(frame);
        self.state_changed();
    }
    /// The innermost function is left.
    pub(super) fn leave_inlined(&mut self) -> Option<Inlined> {
        let frame = self.frames.pop()?;
        let memory = self.handled.memory.filter(|_| !frame.pushed);
        self.handled = match frame.handled.filter(|_| !frame.pushed) {
            Some(by) => Handled { by: Some(by), dirty: memory != Some(by), memory },
            None if frame.flags.has(FrameFlags::GENERATOR) => Handled::default(),
            None => Handled { by: memory, dirty: false, memory },
        };
        self.state_changed();
        Some(frame)
    }
    /// Memory holds what is handled, which nothing is known of.
    pub(super) fn forget_handled(&mut self) {
        if !self.handled.dirty {
            self.handled = Handled::default();
        }
    }
}

pub(super) fn is_exception(value: Value) -> bool {
    PayloadRef::<Exception>::of_value(value).is_some()
}

/// Number of a word of the code of a frame.
fn word_of(frame: &Frame, at: *const u64) -> u32 {
    let start: *const u64 = frame.code.get().insns.as_ptr().cast();
    ((at.addr() - start.addr()) / 8) as u32
}

/// The register that takes the result of an instruction which is nothing but a call of the runtime.
fn result_register(i: Insn) -> Option<u16> {
    let plain = matches!(
        i.op(),
        Op::LoadItem
            | Op::LoadAttr
            | Op::LoadSlice
            | Op::Call
            | Op::CallMethod
            | Op::Add
            | Op::Sub
            | Op::Mul
            | Op::TrueDiv
            | Op::FloorDiv
            | Op::Mod
            | Op::AddI
            | Op::SubI
            | Op::MulI
            | Op::FloorDivI
            | Op::ModI
            | Op::LShift
            | Op::RShift
    );
    plain.then(|| i.a())
}
