//! Frames of functions that became part of a trace: pushed before something may look at them, and popped, by stores of the
//! trace itself.
//!
//! The records of all frames of a trace lie one behind the other, behind that of the frame which it was entered in, so
//! their addresses are known. Only where a generator runs that the trace was entered for, there may be others between.
use haft_heap::Value;
use haft_jit::backend::front_end_offset;
use haft_jit::ir::{AbiTy, IrOp, Ref};

use super::rec::{Arg, Known, Rec};
use super::resume::Inlined;
use super::{layout, thunk};
use crate::interp::machine::Machine;
use crate::object::{Function, PayloadRef};
use crate::vm::FrameFlags;

/// A frame that is about to be popped.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pushed {
    /// It is not on the stack of frames.
    No,
    /// By the runtime: it has an object, or it is not known where its record is.
    Anyhow,
    /// Here.
    At(Ref),
}

impl Rec<'_, '_> {
    /// The record of the frame at a depth, 0 being that which the trace was entered in; it must have been pushed.
    pub(super) fn frame_record(&mut self, depth: usize) -> Ref {
        if depth == 0 {
            return self.root_record();
        }
        if let Some(record) = self.frames[depth - 1].record {
            return record;
        }
        let record = match self.record_behind(depth) {
            Some(record) => record,
            None => {
                let above = self.frames[depth..].iter().filter(|frame| frame.pushed).count();
                let above = Rec::int(self, above as i64);
                let address = thunk::frame_at as *const () as usize;
                self.call_state("frame_at", address, &[Arg::I(above)], AbiTy::Ptr)
            }
        };
        self.frames[depth - 1].record = Some(record);
        record
    }
    fn root_record(&mut self) -> Ref {
        if let Some(known) = self.root_frame {
            return known;
        }
        let offset = front_end_offset(layout::CONTEXT_FRAME);
        let made = self.out.imm(IrOp::Context, &[], offset);
        self.root_frame = Some(made);
        made
    }
    /// Where the record of the frame at a depth is or will be; `None`: that is not known.
    pub(super) fn record_behind(&mut self, depth: usize) -> Option<Ref> {
        let below = &self.frames[..depth];
        if below.iter().any(|frame| frame.flags == FrameFlags::GENERATOR) {
            return None;
        }
        let root = self.root_record();
        let offset = Rec::int(self, depth as i64 * layout::FRAME_BYTES);
        Some(self.op(IrOp::PAdd, &[root, offset]))
    }
    pub(super) fn stack_state(&mut self) -> Ref {
        self.out.imm(IrOp::Context, &[], front_end_offset(layout::CONTEXT_STACK))
    }

    /// The frame at a depth stands at an instruction.
    pub(super) fn store_pc(&mut self, depth: usize, at: *const u64) {
        let record = self.frame_record(depth);
        let pc = self.out.const_p(at.addr());
        self.out.memory(IrOp::StoreP, &[record, pc], layout::FRAME_PC, layout::FRAME);
    }

    /// Push the frames of functions that the trace entered, so that they can be seen. The innermost one stands at the running
    /// instruction, if it is among them.
    pub(super) fn push_frames(&mut self) {
        let all_pushed = self.frames.last().is_none_or(|frame| frame.pushed);
        for depth in 0..self.frames.len() {
            if self.frames[depth].pushed {
                continue;
            }
            let frame = self.frames[depth];
            if let Some(handled) = frame.handled {
                self.write_handled(handled);
            }
            if !frame.call_at.is_null() {
                self.store_pc(depth, frame.call_at);
            }
            let record = if frame.flags.has(FrameFlags::GENERATOR) {
                self.forget_handled();
                self.push_generator(&frame)
            } else {
                match self.record_behind(depth + 1) {
                    Some(record) => self.push_record(record, &frame),
                    None => self.push_by_runtime(&frame),
                }
            };
            self.frames[depth].pushed = true;
            self.frames[depth].handled = None;
            self.frames[depth].record = Some(record);
            self.state_changed();
        }
        if !all_pushed {
            let (depth, here) = (self.frames.len(), self.d.here);
            self.store_pc(depth, here);
        }
        self.all_pushed();
    }
    /// As [`resume::push`](super::resume::push) does; the position follows.
    fn push_record(&mut self, record: Ref, frame: &Inlined) -> Ref {
        let absent = self.constant_word(Value::ABSENT);
        let function = frame.function.unwrap_or(absent);
        let [globals, builtins] = self.namespaces_of(function);
        let code = self.constant_word(frame.code.value());
        let base = self.slot_address(frame.base);
        let end = self.slot_address(frame.base + i32::from(frame.code.code.n_regs));
        let state = self.stack_state();
        let top = self.load(IrOp::LoadP, state, layout::STACK_TOP, layout::STATE);
        let handled = self.load(IrOp::LoadV, state, layout::STACK_HANDLED, layout::STATE);
        let [[a, b], [c, d]] = [frame.dst.to_ne_bytes(), frame.flags.0.to_ne_bytes()];
        let packed = Rec::int(self, i64::from(i32::from_ne_bytes([a, b, c, d])));
        for (op, offset, value) in [
            (IrOp::StoreV, layout::FRAME_CODE, code),
            (IrOp::StoreP, layout::FRAME_BASE, base),
            (IrOp::StoreV, layout::FRAME_FUNCTION, function),
            (IrOp::StoreV, layout::FRAME_GLOBALS, globals),
            (IrOp::StoreV, layout::FRAME_BUILTINS, builtins),
            (IrOp::StoreV, layout::FRAME_LOCALS, absent),
            (IrOp::StoreV, layout::FRAME_RECEIVER, frame.receiver.unwrap_or(absent)),
            (IrOp::StoreP, layout::FRAME_TOP, top),
            (IrOp::StoreV, layout::FRAME_HANDLED, handled),
            (IrOp::StoreV, layout::FRAME_OBJECT, absent),
            (IrOp::StoreI32, layout::FRAME_DST, packed),
        ] {
            self.out.memory(op, &[record, value], offset, layout::FRAME);
        }
        self.out.memory(IrOp::StoreP, &[state, end], layout::STACK_TOP, layout::STATE);
        self.change_depth(state, 1);
        record
    }
    /// Globals and builtins of a function.
    pub(super) fn namespaces_of(&mut self, function: Ref) -> [Ref; 2] {
        let known = self.fact(function).constant.and_then(PayloadRef::<Function>::of_value);
        if let Some(function) = known {
            let spaces = [function.globals.value(), function.builtins.value()];
            return spaces.map(|space| self.constant_word(space));
        }
        [layout::FUNCTION_GLOBALS, layout::FUNCTION_BUILTINS]
            .map(|at| self.load(IrOp::LoadV, function, at, haft_jit::ir::Alias::CONSTANT))
    }
    fn change_depth(&mut self, state: Ref, by: i64) {
        let (at, alias) = (layout::STACK_FRAMES, layout::STATE);
        let depth = self.load(IrOp::LoadI64, state, at, alias);
        let by = Rec::int(self, by);
        let depth = self.op(IrOp::Add, &[depth, by]);
        self.out.memory(IrOp::StoreI64, &[state, depth], at, alias);
    }
    fn push_by_runtime(&mut self, frame: &Inlined) -> Ref {
        let none = self.constant_word(Value::ABSENT);
        let base = self.slot_address(frame.base);
        let (function, receiver) = (frame.function.unwrap_or(none), frame.receiver.unwrap_or(none));
        let packed = Rec::int(self, i64::from(frame.dst) | i64::from(frame.flags.0) << 16);
        let args = [Arg::V(function), Arg::V(receiver), Arg::P(base), Arg::I(packed)];
        let address = thunk::push_frame as *const () as usize;
        self.call_state("push_frame", address, &args, AbiTy::Ptr)
    }
    fn push_generator(&mut self, frame: &Inlined) -> Ref {
        let generator = frame.receiver.expect("a generator's frame has it");
        let packed = Rec::int(self, i64::from(frame.dst) | i64::from(frame.flags.0) << 16);
        let args = [Arg::V(generator), Arg::I(packed)];
        let address = thunk::push_generator as *const () as usize;
        self.call_state("push_generator", address, &args, AbiTy::Ptr)
    }

    /// The running instruction will leave the innermost frame. One that somebody has the object of is left by the
    /// interpreter, or by the runtime if that is so already.
    pub(super) fn before_pop(&mut self, frame: &Inlined) -> Pushed {
        if !frame.pushed {
            return Pushed::No;
        }
        let depth = self.frames.len();
        let now = self.d.frame().object;
        match self.record_behind(depth) {
            Some(record) if now.is_absent() => {
                let by = self.load(IrOp::LoadV, record, layout::FRAME_OBJECT, layout::FRAME);
                self.is_same(Known { now, by }, now);
                Pushed::At(record)
            }
            _ => Pushed::Anyhow,
        }
    }
    /// Pop it.
    pub(super) fn pop_frame(&mut self, pushed: Pushed) {
        let record = match pushed {
            Pushed::No => return,
            Pushed::Anyhow => {
                let address = thunk::pop_frame as *const () as usize;
                self.call_state("pop_frame", address, &[], AbiTy::Void);
                return;
            }
            Pushed::At(record) => record,
        };
        let state = self.stack_state();
        let top = self.load(IrOp::LoadP, record, layout::FRAME_TOP, layout::FRAME);
        let handled = self.load(IrOp::LoadV, record, layout::FRAME_HANDLED, layout::FRAME);
        self.out.memory(IrOp::StoreP, &[state, top], layout::STACK_TOP, layout::STATE);
        self.out.memory(IrOp::StoreV, &[state, handled], layout::STACK_HANDLED, layout::STATE);
        self.change_depth(state, -1);
    }
}
