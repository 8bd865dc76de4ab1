//! Memory: the interpreter's slots, loads and stores, the write barrier, new objects.
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, MemFlagsData, Value, types};
use haft_jit::backend::{Bump, Context};
use haft_jit::ir::{Alias, Inst, IrOp, Layout, Ref};

use super::{Lower, live_offset, machine_type, trusted, unaligned};

/// Bytes of an object's header.
pub(crate) const HEADER: u32 = 8;
/// Objects have sizes in multiples of this.
pub(crate) const GRANULE: u32 = 16;
/// The largest object that is allocated inline.
pub(crate) const MAX_INLINE: u32 = 1024;

impl Lower<'_> {
    /// The value of an operation on memory; `None` if it is another operation.
    pub(super) fn memory(&mut self, inst: &Inst) -> Option<Value> {
        Some(match inst.op {
            IrOp::Slot | IrOp::LoadSlot => {
                let base = self.base();
                self.b.ins().load(types::I64, trusted(), base, slot_offset(inst))
            }
            IrOp::Param => {
                let ty = machine_type(inst.ty);
                let context = self.context();
                self.b.ins().load(ty, trusted(), context, live_offset(inst.imm as usize))
            }
            IrOp::Base => self.base(),
            IrOp::Context => self.context_word(inst.imm as usize),
            IrOp::Index => self.index(inst),
            IrOp::PAdd => {
                let (a, b) = self.operands(inst);
                self.b.ins().iadd(a, b)
            }
            IrOp::Alloc => {
                let trace = self.trace;
                self.alloc(&trace.layouts[inst.imm as usize])
            }
            _ if inst.op.access_bytes() > 0 => self.load(inst),
            _ => return None,
        })
    }

    pub(super) fn store_slot(&mut self, inst: &Inst) {
        let value = self.value(inst.args[0]);
        let base = self.base();
        self.b.ins().store(trusted(), value, base, slot_offset(inst));
    }

    fn index(&mut self, inst: &Inst) -> Value {
        let a = self.value(inst.args[0]);
        if let Some(item) = self.known(inst.args[1]) {
            return self.b.ins().iadd_imm_s(a, item.wrapping_mul(inst.imm));
        }
        let item = self.value(inst.args[1]);
        let bytes = match inst.imm {
            1 => item,
            // Cranelift finds shifts up to 3 in addresses.
            size if size > 0 && size.count_ones() == 1 => {
                self.b.ins().ishl_imm_u(item, i64::from(size.trailing_zeros()))
            }
            size => self.b.ins().imul_imm_s(item, size),
        };
        self.b.ins().iadd(a, bytes)
    }

    /// The address of an access as a value and an offset that instructions can hold.
    fn address(&mut self, of: Ref, offset: i64) -> (Value, i32) {
        let base = self.value(of);
        match i32::try_from(offset) {
            Ok(offset) => (base, offset),
            Err(_) => (self.b.ins().iadd_imm_s(base, offset), 0),
        }
    }

    fn load(&mut self, inst: &Inst) -> Value {
        let flags = flags(inst);
        let (at, offset) = self.address(inst.args[0], inst.imm);
        let ins = self.b.ins();
        match inst.op {
            IrOp::LoadI32 => ins.sload32(flags, at, offset),
            IrOp::LoadU32 => ins.uload32(flags, at, offset),
            IrOp::LoadI16 => ins.sload16(types::I64, flags, at, offset),
            IrOp::LoadU16 => ins.uload16(types::I64, flags, at, offset),
            IrOp::LoadI8 => ins.sload8(types::I64, flags, at, offset),
            IrOp::LoadU8 => ins.uload8(types::I64, flags, at, offset),
            IrOp::LoadF64 => ins.load(types::F64, flags, at, offset),
            IrOp::LoadF32 => {
                let single = ins.load(types::F32, flags, at, offset);
                self.b.ins().fpromote(types::F64, single)
            }
            _ => ins.load(types::I64, flags, at, offset),
        }
    }

    pub(super) fn store(&mut self, inst: &Inst) {
        let flags = flags(inst);
        let mut value = self.value(inst.args[1]);
        let (at, offset) = self.address(inst.args[0], inst.imm);
        if inst.op == IrOp::StoreF32 {
            value = self.b.ins().fdemote(types::F32, value);
        }
        let ins = self.b.ins();
        match inst.op {
            IrOp::StoreI32 => ins.istore32(flags, value, at, offset),
            IrOp::StoreI16 => ins.istore16(flags, value, at, offset),
            IrOp::StoreI8 => ins.istore8(flags, value, at, offset),
            _ => ins.store(flags, value, at, offset),
        };
    }

    pub(super) fn barrier(&mut self, inst: &Inst) {
        if !crate::barriers::is_done_early(self.trace, inst) {
            self.barrier_of(inst.args[0]);
        }
    }

    /// The barrier of an object that is about to receive another.
    pub(super) fn barrier_of(&mut self, object: Ref) {
        let runtime = self.surroundings.runtime;
        let (offset, mask, wanted) = runtime.barrier_test;
        let object = self.value(object);
        let byte = self.b.ins().load(types::I8, trusted(), object, offset);
        let bits = self.b.ins().band_imm_u(byte, i64::from(mask));
        let needed = self.b.ins().icmp_imm_u(IntCC::Equal, bits, i64::from(wanted));
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        self.b.ins().brif(needed, slow, [], done, []);
        self.b.switch_to_block(slow);
        self.helper(runtime.barrier, &[object]);
        self.b.ins().jump(done, []);
        self.b.switch_to_block(done);
    }

    /// A new object: from the hole that [`Bump`] describes, or by the helper.
    fn alloc(&mut self, layout: &Layout) -> Value {
        let bytes = (HEADER + layout.bytes).next_multiple_of(GRANULE);
        let object = if layout.listed || bytes > MAX_INLINE {
            self.alloc_slow(layout)
        } else {
            self.alloc_inline(layout, bytes)
        };
        for (offset, word) in &layout.init {
            let word = self.number(word.cast_signed());
            self.b.ins().store(trusted(), word, object, *offset as i32);
        }
        object
    }

    fn alloc_inline(&mut self, layout: &Layout, bytes: u32) -> Value {
        let (slow, quick, done) =
            (self.b.create_block(), self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let result = self.b.append_block_param(done, types::I64);
        let bump = self.context_word(std::mem::offset_of!(Context, bump));
        let word = |lower: &mut Self, offset: usize| {
            lower.b.ins().load(types::I64, trusted(), bump, offset as i32)
        };
        let start = word(self, std::mem::offset_of!(Bump, cursor));
        let end = self.b.ins().iadd_imm_u(start, i64::from(bytes));
        let limit = word(self, std::mem::offset_of!(Bump, limit));
        let full = self.b.ins().icmp(IntCC::UnsignedGreaterThan, end, limit);
        self.b.ins().brif(full, slow, [], quick, []);

        self.b.switch_to_block(quick);
        self.b.ins().store(trusted(), end, bump, std::mem::offset_of!(Bump, cursor) as i32);
        let bias = word(self, std::mem::offset_of!(Bump, side_bias));
        let granule = self.b.ins().ushr_imm_u(start, i64::from(GRANULE.trailing_zeros()));
        let side = self.b.ins().iadd(bias, granule);
        let code = self.b.ins().iconst(types::I8, i64::from(bytes / GRANULE));
        self.b.ins().store(trusted(), code, side, 0);
        let header = self.number(layout.header.cast_signed());
        self.b.ins().store(trusted(), header, start, 0);
        self.b.ins().jump(done, &[BlockArg::Value(start)]);

        self.b.switch_to_block(slow);
        let object = self.alloc_slow(layout);
        self.b.ins().jump(done, &[BlockArg::Value(object)]);
        self.b.switch_to_block(done);
        result
    }

    fn alloc_slow(&mut self, layout: &Layout) -> Value {
        let header = self.number(layout.header.cast_signed());
        let bytes = self.number(i64::from(layout.bytes));
        self.helper(self.surroundings.runtime.alloc, &[header, bytes])
    }

    /// A word of the context.
    pub(super) fn context_word(&mut self, offset: usize) -> Value {
        let context = self.context();
        self.b.ins().load(types::I64, trusted(), context, offset as i32)
    }
}

fn slot_offset(inst: &Inst) -> i32 {
    inst.imm as i32 * 8
}

/// C may keep its data at any address.
fn flags(inst: &Inst) -> MemFlagsData {
    if inst.alias == Alias::RAW { unaligned() } else { trusted() }
}
