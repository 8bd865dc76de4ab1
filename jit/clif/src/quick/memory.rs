//! Memory: the interpreter's slots, loads and stores, the write barrier, new objects.
use haft_jit::backend::{Bump, Context};
use haft_jit::ir::{Inst, IrOp, Layout, Ref, Ty};

use super::Quick;
use super::asm::{Alu, Cc, Mem, Reg, Rm};
use super::live::is_access;
use super::slow::Slow;
use crate::lower::{GRANULE, HEADER, MAX_INLINE, live_offset};

impl Quick<'_> {
    /// Write an operation on memory that makes a value; false if it is another.
    pub(super) fn memory(&mut self, inst: &Inst) -> bool {
        match inst.op {
            IrOp::Slot | IrOp::LoadSlot | IrOp::Param => self.entry_value(self.at, inst),
            IrOp::Context => {
                let context = self.context();
                let dest = self.dest();
                self.asm.load(dest, Mem::at(context, inst.imm as i32));
            }
            IrOp::Index => self.index(inst),
            IrOp::PAdd => {
                let (a, b) = (inst.args[0], inst.args[1]);
                match self.immediate(b) {
                    Some(offset) => self.address_sum(a, offset),
                    None => {
                        let (a, b) = (self.reg(a), self.reg(b));
                        let dest = self.dest_over(&inst.args);
                        self.asm.lea(dest, Mem { base: a, index: Some((b, 0)), offset: 0 });
                    }
                }
            }
            IrOp::Alloc => {
                let trace = self.trace;
                self.alloc(&trace.layouts[inst.imm as usize]);
            }
            _ if is_access(inst.op) && inst.ty == Ty::Unit => self.store(inst),
            _ if is_access(inst.op) => self.load(inst),
            _ => return false,
        }
        true
    }

    /// What a slot or a live value of the exit holds: instruction `at`, perhaps before its turn.
    pub(super) fn entry_value(&mut self, at: usize, inst: &Inst) {
        let value = Ref(at as u32);
        let (from, offset) = match inst.op {
            IrOp::Param => (self.context(), live_offset(inst.imm as usize)),
            _ => (self.reg(self.live.extra.base), inst.imm as i32 * 8),
        };
        let wish = self.regs.wish(&self.live, value);
        let dest = self.regs.take(&mut self.asm, &mut self.live, inst.ty == Ty::F, wish);
        self.regs.bind(value, dest);
        match inst.ty {
            Ty::B => self.asm.extend(dest, Rm::Mem(Mem::at(from, offset)), 8, false),
            _ => self.asm.load(dest, Mem::at(from, offset)),
        }
    }

    pub(super) fn store_slot(&mut self, inst: &Inst) {
        let base = self.reg(self.live.extra.base);
        self.store_word(Mem::at(base, inst.imm as i32 * 8), inst.args[0]);
    }

    /// A word to memory, wherever it is now.
    fn store_word(&mut self, to: Mem, value: Ref) {
        match self.immediate(value) {
            Some(number) => self.asm.store_imm(to, number, 8),
            None => {
                let value = self.reg(value);
                self.asm.store(to, value);
            }
        }
    }

    fn address_sum(&mut self, a: Ref, offset: i32) {
        let base = self.reg(a);
        let dest = self.dest_over(&[a]);
        self.asm.lea(dest, Mem::at(base, offset));
    }

    fn index(&mut self, inst: &Inst) {
        let (a, item) = (inst.args[0], inst.args[1]);
        if let Some(number) = self.known(item) {
            let offset = number.wrapping_mul(inst.imm);
            if let Ok(offset) = i32::try_from(offset) {
                return self.address_sum(a, offset);
            }
            self.scratch_taken = true;
            self.asm.mov_imm(Reg::R11, offset);
        } else if matches!(inst.imm, 1 | 2 | 4 | 8) {
            let (base, item) = (self.reg(a), self.reg(item));
            let dest = self.dest_over(&inst.args);
            let scale = inst.imm.trailing_zeros() as u8;
            return self.asm.lea(dest, Mem { base, index: Some((item, scale)), offset: 0 });
        } else {
            self.scratch_taken = true;
            self.scale(item, inst.imm);
        }
        let base = self.reg(a);
        let dest = self.dest_over(&inst.args);
        self.asm.lea(dest, Mem { base, index: Some((Reg::R11, 0)), offset: 0 });
    }

    /// `item * size` in the register for a moment's need.
    fn scale(&mut self, item: Ref, size: i64) {
        let item = self.rm(item);
        match i32::try_from(size) {
            Ok(size) => self.asm.imul_imm(Reg::R11, item, size),
            Err(_) => {
                self.asm.mov_imm(Reg::R11, size);
                self.asm.imul(Reg::R11, item);
            }
        }
    }

    /// Where an access at `of` plus `offset` bytes goes, and the operands that this takes.
    pub(super) fn address(&mut self, of: Ref, offset: i64) -> Mem {
        let of = self.live.of(of);
        if !self.live.is_lazy[of.0 as usize] {
            return self.place(of, None, offset);
        }
        let inst = self.trace.inst(of);
        let (base, item) = (inst.args[0], inst.args[1]);
        let size = if inst.op == IrOp::Index { inst.imm } else { 1 };
        if let Some(number) = self.known(item) {
            return self.place(base, None, offset.wrapping_add(number.wrapping_mul(size)));
        }
        let item = self.reg(item);
        self.place(base, Some((item, size.trailing_zeros() as u8)), offset)
    }

    fn place(&mut self, base: Ref, index: Option<(Reg, u8)>, offset: i64) -> Mem {
        if let (Some(_), Some(reg), Ok(offset)) =
            (self.known(base), self.regs.reg_of(self.live.of(base)), i32::try_from(offset))
        {
            self.regs.pin(reg);
            return Mem { base: reg, index, offset };
        }
        if let Some(address) = self.known(base) {
            let base = self.scratch();
            self.asm.mov_imm(base, address.wrapping_add(offset));
            return Mem { base, index, offset: 0 };
        }
        let base = self.reg(base);
        match i32::try_from(offset) {
            Ok(offset) => Mem { base, index, offset },
            Err(_) => {
                let sum = self.scratch();
                self.asm.mov_imm(sum, offset);
                self.asm.alu(Alu::Add, sum, Rm::Reg(base));
                Mem { base: sum, index, offset: 0 }
            }
        }
    }

    /// The values that an address is made of.
    fn parts(&self, of: Ref) -> smallvec::SmallVec<[Ref; 3]> {
        let of = self.live.of(of);
        if self.live.is_lazy[of.0 as usize] {
            self.trace.inst(of).args.clone()
        } else {
            smallvec::smallvec![of]
        }
    }

    fn load(&mut self, inst: &Inst) {
        let at = self.address(inst.args[0], inst.imm);
        let parts = self.parts(inst.args[0]);
        let dest = self.dest_over(&parts);
        self.load_as(inst.op, dest, at);
    }

    /// Read memory into a register.
    pub(super) fn load_as(&mut self, op: IrOp, dest: Reg, at: Mem) {
        match op {
            IrOp::LoadI32 => self.asm.extend(dest, Rm::Mem(at), 32, true),
            IrOp::LoadU32 => self.asm.extend(dest, Rm::Mem(at), 32, false),
            IrOp::LoadI16 => self.asm.extend(dest, Rm::Mem(at), 16, true),
            IrOp::LoadU16 => self.asm.extend(dest, Rm::Mem(at), 16, false),
            IrOp::LoadI8 => self.asm.extend(dest, Rm::Mem(at), 8, true),
            IrOp::LoadU8 => self.asm.extend(dest, Rm::Mem(at), 8, false),
            IrOp::LoadF32 => {
                self.asm.bits(0x57, dest, dest);
                self.asm.single_to_double(dest, Rm::Mem(at));
            }
            _ => self.asm.load(dest, at),
        }
    }

    fn store(&mut self, inst: &Inst) {
        let at = self.address(inst.args[0], inst.imm);
        let value = inst.args[1];
        let bytes = inst.op.access_bytes();
        match (inst.op, self.known(value)) {
            (IrOp::StoreF32, _) => {
                let value = self.rm(value);
                self.asm.double_to_single(Reg::XMM15, value);
                self.asm.store_single(at, Reg::XMM15);
            }
            (_, Some(number)) => match i32::try_from(number) {
                Ok(number) => self.asm.store_imm(at, number, bytes),
                Err(_) if bytes < 8 => self.asm.store_imm(at, number as i32, bytes),
                Err(_) => {
                    let word = self.reg(value);
                    self.asm.store(at, word);
                }
            },
            (_, None) => {
                let value = self.reg(value);
                if bytes == 8 {
                    self.asm.store(at, value);
                } else {
                    self.asm.store_narrow(at, value, bytes);
                }
            }
        }
    }

    pub(super) fn barrier(&mut self, inst: &Inst) {
        if crate::barriers::is_done_early(self.trace, inst) {
            return;
        }
        let (offset, mask, wanted) = self.surroundings.runtime.barrier_test;
        let object = self.reg(inst.args[0]);
        let (slow, back) = (self.asm.label(), self.asm.label());
        if mask == wanted && mask.is_power_of_two() {
            self.asm.test_bits(Rm::Mem(Mem::at(object, offset)), mask);
            self.asm.jcc(Cc::NE, slow);
        } else {
            self.asm.extend(Reg::R11, Rm::Mem(Mem::at(object, offset)), 8, false);
            self.asm.alu_imm(Alu::And, Rm::Reg(Reg::R11), i32::from(mask));
            self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::R11), i32::from(wanted));
            self.asm.jcc(Cc::E, slow);
        }
        self.asm.bind(back);
        let kept = self.kept(Reg::R11);
        self.slow.push(Slow::Barrier { slow, back, object, kept });
    }

    /// A new object: from the hole that [`Bump`] describes, or by the helper.
    fn alloc(&mut self, layout: &Layout) {
        let bytes = (HEADER + layout.bytes).next_multiple_of(GRANULE);
        let context = self.context();
        let end = self.temporary();
        let dest = self.dest();
        let (slow, back) = (self.asm.label(), self.asm.label());
        if layout.listed || bytes > MAX_INLINE {
            self.asm.jmp(slow);
        } else {
            self.alloc_inline(layout, bytes, [context, end, dest], slow);
        }
        self.asm.bind(back);
        let kept = self.kept(dest);
        let (header, payload) = (layout.header, layout.bytes);
        self.slow.push(Slow::Alloc { slow, back, dest, kept, header, payload });
        for (offset, word) in &layout.init {
            self.store_number(Mem::at(dest, *offset as i32), *word, end);
        }
    }

    fn alloc_inline(
        &mut self,
        layout: &Layout,
        bytes: u32,
        [context, end, dest]: [Reg; 3],
        slow: super::Label,
    ) {
        const CURSOR: i32 = std::mem::offset_of!(Bump, cursor) as i32;
        const LIMIT: i32 = std::mem::offset_of!(Bump, limit) as i32;
        const BIAS: i32 = std::mem::offset_of!(Bump, side_bias) as i32;
        let bump = Reg::R11;
        self.asm.load(bump, Mem::at(context, std::mem::offset_of!(Context, bump) as i32));
        self.asm.load(dest, Mem::at(bump, CURSOR));
        self.asm.lea(end, Mem::at(dest, bytes as i32));
        self.asm.alu(Alu::Cmp, end, Rm::Mem(Mem::at(bump, LIMIT)));
        self.asm.jcc(Cc::A, slow);
        self.asm.store(Mem::at(bump, CURSOR), end);
        self.asm.mov(end, dest);
        self.asm.shift(5, end, GRANULE.trailing_zeros() as u8);
        self.asm.alu(Alu::Add, end, Rm::Mem(Mem::at(bump, BIAS)));
        self.asm.store_imm(Mem::at(end, 0), (bytes / GRANULE) as i32, 1);
        self.store_number(Mem::at(dest, 0), layout.header, end);
    }

    /// A number to memory, through a register if need be.
    fn store_number(&mut self, to: Mem, number: u64, through: Reg) {
        match i32::try_from(number.cast_signed()) {
            Ok(number) => self.asm.store_imm(to, number, 8),
            Err(_) => {
                self.asm.mov_imm(through, number.cast_signed());
                self.asm.store(to, through);
            }
        }
    }
}
