//! Loads that are done by the one instruction that needs their value, which takes it from memory itself.
//!
//! Nothing may write memory between the place of the load and the place of that instruction. A comparison that a guard does is
//! at the guard's place.
use haft_jit::ir::{Class, Inst, IrOp, Ref, Trace, Ty};

use super::Quick;
use super::asm::{Alu, Cc, Reg, Rm};
use super::live::{Live, is_comparison};

/// Numbers of such loads; `uses`: how often each value is used.
pub(super) fn find(trace: &Trace, live: &Live, uses: &[u32]) -> Vec<usize> {
    let insts = &trace.insts;
    let mut user = vec![0; insts.len()];
    let mut last_write = Vec::with_capacity(insts.len());
    let mut write = 0;
    for (at, inst) in insts.iter().enumerate() {
        for arg in &inst.args {
            if let Some(user) = user.get_mut(live.of(*arg).0 as usize) {
                *user = at;
            }
        }
        if !is_quiet(inst) {
            write = at;
        }
        last_write.push(write);
    }
    let mut found: Vec<usize> = Vec::new();
    for (at, inst) in insts.iter().enumerate() {
        if inst.op.row().class != Class::Load || uses[at] != 1 {
            continue;
        }
        let needs = user[at];
        let mut place = needs;
        while live.is_lazy[place] {
            place = user[place];
        }
        let other_is_folded =
            insts[needs].args.iter().any(|arg| found.contains(&(live.of(*arg).0 as usize)));
        if place > at
            && last_write[place - 1] <= at
            && !other_is_folded
            && can_take(trace, live, needs, at)
        {
            found.push(at);
        }
    }
    found
}

/// Does nothing happen that loads must not be moved behind?
fn is_quiet(inst: &Inst) -> bool {
    match inst.op {
        IrOp::BoxF => false,
        IrOp::Guard | IrOp::GuardNot | IrOp::MulFit => true,
        op => matches!(op.row().class, Class::Pure | Class::Load),
    }
}

/// Can an instruction have the value of a load as an operand in memory?
fn can_take(trace: &Trace, live: &Live, needs: usize, load: usize) -> bool {
    let (inst, op) = (&trace.insts[needs], trace.insts[load].op);
    let Some(number) = inst.args.iter().position(|arg| live.of(*arg).0 as usize == load) else {
        return false;
    };
    let other =
        inst.args.get(1 - number.min(1)).map(|other| trace.insts.get(live.of(*other).0 as usize));
    let other = other.flatten().filter(|other| other.op.is_constant());
    let is_word = matches!(op, IrOp::LoadI64 | IrOp::LoadV | IrOp::LoadP);
    let is_double = op == IrOp::LoadF64;
    match inst.op {
        test if is_comparison(test) && live.is_lazy[needs] => {
            let most = match op {
                IrOp::LoadU32 => i64::from(i32::MAX),
                IrOp::LoadU8 => i64::from(u8::MAX),
                _ => return is_word,
            };
            let equality = matches!(test, IrOp::IEq | IrOp::INe);
            equality && other.is_some_and(|other| (0..=most).contains(&other.imm))
        }
        IrOp::FLt | IrOp::FLe => is_double && number == 0 && live.is_lazy[needs],
        IrOp::FGt | IrOp::FGe | IrOp::FEq | IrOp::FNe => {
            is_double && number == 1 && live.is_lazy[needs]
        }
        IrOp::FAdd | IrOp::FMul => is_double,
        IrOp::FSub | IrOp::FDiv => is_double && number == 1,
        IrOp::Add => op == IrOp::LoadI64 && other.is_none(),
        IrOp::Sub => op == IrOp::LoadI64 && number == 1,
        _ => false,
    }
}

impl Quick<'_> {
    /// Is the value a load that the instruction which needs it does itself?
    pub(super) fn is_folded(&self, value: Ref) -> bool {
        let value = self.live.of(value).0 as usize;
        self.live.is_lazy[value] && self.trace.insts[value].op.row().class == Class::Load
    }

    /// Where the value of such a load is.
    pub(super) fn folded(&mut self, value: Ref) -> Option<Rm> {
        let trace = self.trace;
        let inst = trace.inst(Some(self.live.of(value)).filter(|_| self.is_folded(value))?);
        Some(Rm::Mem(self.address(inst.args[0], inst.imm)))
    }

    /// A register for a moment with the value of such a load.
    pub(super) fn fetch(&mut self, value: Ref) -> Option<Reg> {
        let trace = self.trace;
        let inst = trace.inst(Some(self.live.of(value)).filter(|_| self.is_folded(value))?);
        let at = self.address(inst.args[0], inst.imm);
        let reg = self.regs.take(&mut self.asm, &mut self.live, inst.ty == Ty::F, 0);
        self.load_as(inst.op, reg, at);
        Some(reg)
    }

    /// Compare when an operand is in memory; only `b` may be a constant.
    pub(super) fn compare_folded(&mut self, a: Ref, b: Ref, cc: Cc) -> Option<Cc> {
        if !self.is_folded(a) {
            let at = self.folded(b).filter(|_| !self.is_folded(a))?;
            let a = self.reg(a);
            self.asm.alu(Alu::Cmp, a, at);
            return Some(cc);
        }
        let bytes = self.trace.inst(self.live.of(a)).op.access_bytes();
        if let Some(number) = self.immediate(b) {
            let at = self.folded(a)?;
            self.asm.cmp_memory(at, number, bytes);
            return Some(cc);
        }
        let b = self.reg(b);
        let at = self.folded(a)?;
        self.asm.alu(Alu::Cmp, b, at);
        Some(cc.swapped())
    }
}
