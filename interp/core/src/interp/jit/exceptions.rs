//! Exceptions that are raised and caught inside a trace.
//!
//! Which handler an exception meets is decided by where it was raised, not by what it is: so the way from the instruction
//! that raised to the handler is the same each time, and part of the trace. Frames and registers are brought to memory,
//! and the interpreter's own unwinding does the rest.
use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::ir::{AbiTy, IrOp};
use haft_jit::word::RAISED;

use super::rec::Rec;
use super::resume::{Inlined, Meaning};
use super::thunk;
use crate::interp::run::catch;
use crate::vm::{FrameFlags, R, Raised};

impl Rec<'_, '_> {
    /// The running instruction has raised: go on at the handler, if the trace has it. `Err`: it has none, and the exception
    /// is still on its way.
    pub(super) fn caught(&mut self, raised: Raised) -> R<()> {
        let Some(n_left) = self.frames_to_handler() else { return Err(raised) };
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
        self.call_state("catch", thunk::catch as *const () as usize, &[], AbiTy::Void);
        let here = self.d.here;
        catch(self.d.vm, raised, here)?;
        self.d.reload();
        for _ in 0..n_left {
            if let Some(frame) = self.frames.pop() {
                self.forget_from(frame.base);
            }
        }
        self.read_handler_register();
        self.ran_python();
        Ok(())
    }

    /// How many functions of the trace an exception of the running instruction leaves; `None`: all of them.
    fn frames_to_handler(&self) -> Option<usize> {
        let frames = &self.d.vm.stack.frames;
        let innermost = frames.len() - 1;
        // What leaves a `__next__` of a loop may be the end of that loop.
        let asks_for_next = FrameFlags::FOR_ITER.with(FrameFlags::SPECIAL);
        let is_loop = |frame: &Inlined| frame.flags == asks_for_next;
        let limit = self.frames.iter().rev().position(is_loop).unwrap_or(self.frames.len());
        // The frame below that of a generator which the trace was entered for is somebody else's.
        let limit = limit.min(self.frames.len() - self.root_depth);
        (0..=limit).find(|&above| {
            let frame = &frames[innermost - above];
            let at = if above == 0 { self.d.here } else { frame.pc };
            let start: *const u64 = frame.code.get().insns.as_ptr().cast();
            let pc = ((at.addr() - start.addr()) / 8) as u32;
            frame.code.code.handlers.iter().any(|h| h.start <= pc && pc < h.end)
        })
    }
    /// The handler finds the exception in a register.
    fn read_handler_register(&mut self) {
        let code = self.d.code();
        let start: *const u64 = code.get().insns.as_ptr().cast();
        let pc = ((self.d.pc.addr() - start.addr()) / 8) as u32;
        let registers: Vec<u16> =
            code.code.handlers.iter().filter(|h| h.target == pc).map(|h| h.reg).collect();
        for register in registers {
            let slot = self.slot_of(register);
            self.read_slot_again(slot);
        }
    }
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
