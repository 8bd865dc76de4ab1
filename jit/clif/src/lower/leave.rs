//! Guards, exits and links: every way out of a trace.
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, MemFlagsData, SigRef, Value, types};
use haft_jit::backend::{CompileError, Context, ExitId, ExitKind, Published, TraceId};
use haft_jit::ir::{Inst, IrOp, Ref, Ty};

use super::{Lower, Result, signature, trusted};

impl Lower<'_> {
    /// Leave unless `test` is `wanted`.
    pub(super) fn guard(&mut self, at: usize, test: Ref, wanted: bool) {
        let inst = self.trace.inst(test);
        match inst.op {
            IrOp::Not => self.guard(at, inst.args[0], !wanted),
            IrOp::IsObject => self.guard_object(at, inst.args[0], wanted),
            IrOp::IsFloat => {
                let word = self.value(inst.args[0]);
                let test = self.float_bit(word);
                self.leave_unless(at, test, wanted);
            }
            _ => {
                let test = self.value(test);
                self.leave_unless(at, test, wanted);
            }
        }
    }

    /// Go on if the truth of `test` is `wanted`, else take the exit of instruction `at`.
    pub(super) fn leave_unless(&mut self, at: usize, test: Value, wanted: bool) {
        let exit = self.exits[self.plan.of(at)];
        let next = self.b.create_block();
        if wanted {
            self.b.ins().brif(test, next, [], exit, []);
        } else {
            self.b.ins().brif(test, exit, [], next, []);
        }
        self.b.switch_to_block(next);
    }

    /// Two quick tests instead of one number made of both.
    fn guard_object(&mut self, at: usize, word: Ref, wanted: bool) {
        let word = self.value(word);
        let tag = self.b.ins().band_imm_u(word, haft_jit::word::TAG_MASK as i64);
        let tagged = self.b.ins().icmp_imm_u(IntCC::NotEqual, tag, 0);
        let present = self.b.ins().icmp_imm_u(IntCC::NotEqual, word, 0);
        if wanted {
            self.leave_unless(at, tagged, false);
            self.leave_unless(at, present, true);
            return;
        }
        let exit = self.exits[self.plan.of(at)];
        let untagged = self.b.create_block();
        let next = self.b.create_block();
        self.b.ins().brif(tagged, next, [], untagged, []);
        self.b.switch_to_block(untagged);
        self.b.ins().brif(present, exit, [], next, []);
        self.b.switch_to_block(next);
    }

    pub(super) fn poll(&mut self, at: usize) {
        let address = self.poll.expect("traces that poll load the address first");
        let word = self.b.ins().load(types::I64, trusted(), address, 0);
        // "Less than 1" and not "is 0", for which Cranelift loads the word into a register first.
        let clear = self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, word, 1);
        self.leave_unless(at, clear, true);
    }

    /// Write what is live, then where we are: who finds the number may read the values.
    pub(super) fn publish(&mut self, at: usize, inst: &Inst) {
        let index = self.plan.of(at);
        let area = self.value(inst.args[0]);
        for (place, &(value, ty)) in self.plan.exits[index].live.iter().enumerate() {
            let value = self.live(value, ty);
            let offset = std::mem::offset_of!(Published, values) + place * 8;
            self.b.ins().store(trusted(), value, area, offset as i32);
        }
        let number = ExitId::new(self.surroundings.id, index as u32).0 + 1;
        let number = self.number(number.cast_signed());
        self.b.ins().store(trusted(), number, area, std::mem::offset_of!(Published, site) as i32);
    }

    pub(super) fn returned(&mut self, at: usize, inst: &Inst) {
        let area = self.value(inst.args[0]);
        let zero = self.number(0);
        self.b.ins().store(trusted(), zero, area, std::mem::offset_of!(Published, site) as i32);
        let leave = std::mem::offset_of!(Published, leave) as i32;
        // Another thread may write it: not `trusted`, which lets loads move.
        let flags = MemFlagsData::new().with_aligned().with_notrap();
        let leave = self.b.ins().load(types::I64, flags, area, leave);
        let stays = self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, leave, 1);
        self.leave_unless(at, stays, true);
    }

    /// Take the exit of instruction `at`, the last one.
    pub(super) fn leave(&mut self, at: usize) {
        let exit = self.exits[self.plan.of(at)];
        self.b.ins().jump(exit, []);
    }

    /// A value for the trace that the link behind goes on in.
    pub(super) fn pass_on(&mut self, inst: &Inst) {
        let value = self.live(inst.args[0], self.trace.inst(inst.args[0]).ty);
        let context = self.context();
        self.b.ins().store(trusted(), value, context, live_offset(inst.imm as usize));
    }

    /// Go on in another trace.
    pub(super) fn link(&mut self, inst: &Inst) -> Result<()> {
        let id = TraceId(inst.imm as u32);
        let Some(entry) = self.surroundings.entry(id) else {
            return Err(CompileError::Unsupported(format!("a link to trace {}", id.0)));
        };
        let entry = self.number(entry as i64);
        let args = [self.context(), self.base(), self.number(0)];
        self.tail_call(entry, args);
        Ok(())
    }

    /// The exits: store what is live, leave through the cell.
    pub(super) fn exit_blocks(&mut self) {
        let plan = self.plan;
        let blocks: Vec<Block> = self.exits.clone();
        self.at_entry = false;
        for (index, (exit, block)) in plan.exits.iter().zip(blocks).enumerate() {
            if exit.kind == ExitKind::Published {
                continue;
            }
            self.b.switch_to_block(block);
            let (context, base) = (self.context(), self.base());
            for (place, &(value, ty)) in exit.live.iter().enumerate() {
                let value = self.live(value, ty);
                self.b.ins().store(trusted(), value, context, live_offset(place));
            }
            let cells = self.number(self.surroundings.cells as i64);
            let target = self.b.ins().load(types::I64, trusted(), cells, (index * 8) as i32);
            let number = ExitId::returned(exit.kind, self.surroundings.id, index as u32);
            let number = self.number(number.0.cast_signed());
            self.tail_call(target, [context, base, number]);
        }
    }

    fn live(&mut self, value: Ref, ty: Ty) -> Value {
        let value = self.value(value);
        if ty == Ty::B { self.b.ins().uextend(types::I64, value) } else { value }
    }

    fn tail_call(&mut self, target: Value, args: [Value; 3]) {
        let signature = self.tail_signature();
        self.b.ins().return_call_indirect(signature, target, &args);
    }

    fn tail_signature(&mut self) -> SigRef {
        match self.tail {
            Some(known) => known,
            None => *self.tail.insert(self.b.import_signature(signature())),
        }
    }
}

/// Where the live value with a number is in the context.
pub(crate) fn live_offset(place: usize) -> i32 {
    (std::mem::offset_of!(Context, values) + place * 8) as i32
}
