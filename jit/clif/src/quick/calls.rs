//! Calls of C functions and of the runtime's helpers, by the System V convention (System V Application Binary Interface, AMD64
//! Architecture Processor Supplement, section 3.2).
use haft_jit::backend::{CompileError, Context};
use haft_jit::ir::{AbiTy, Callee, Finish, Inst, IrOp, Ref, Trace, Ty, Usual};
use haft_jit::word;

use super::asm::{Alu, Cc, Label, Mem, Reg, Rm};
use super::live::is_float;
use super::regs::Loc;
use super::slow::Slow;
use super::{CONTEXT, Quick, Result};

/// Registers for integers, in order.
const INTEGERS: [Reg; 6] = [Reg::RDI, Reg::RSI, Reg::RDX, Reg::RCX, Reg::R8, Reg::R9];
/// Vector registers for floats.
const FLOATS: usize = 8;

/// Where the arguments of a call go.
#[derive(Default)]
struct Plan {
    /// In registers.
    moves: Vec<(Loc, Loc)>,
    /// On the stack: offset, place, type.
    stack: Vec<(i32, Loc, AbiTy)>,
    /// Vector registers that get a `float`.
    singles: Vec<Reg>,
    integers: usize,
    floats: usize,
}

impl Plan {
    fn add(&mut self, place: Loc, abi: AbiTy) {
        let float = matches!(abi, AbiTy::F32 | AbiTy::F64);
        let reg = if float {
            self.floats += 1;
            (self.floats <= FLOATS).then(|| Reg::xmm(self.floats - 1))
        } else {
            self.integers += 1;
            INTEGERS.get(self.integers - 1).copied()
        };
        match reg {
            Some(reg) => {
                self.moves.push((Loc::Reg(reg), place));
                if abi == AbiTy::F32 {
                    self.singles.push(reg);
                }
            }
            None => self.stack.push((self.stack.len() as i32 * 8, place, abi)),
        }
    }
}

/// The registers in which a call passes on values.
pub(super) fn passed(trace: &Trace, call: &Inst) -> Vec<(Ref, Reg)> {
    let callee = trace.callee(call);
    let first = usize::from(callee.address.is_none());
    let mut plan = Plan::default();
    plan.integers += usize::from(callee.passes_vm);
    let mut passed = Vec::new();
    for (&arg, &abi) in call.args[first..].iter().zip(&callee.params) {
        let before = plan.moves.len();
        plan.add(Loc::Const(0), abi);
        if let Some(&(Loc::Reg(reg), _)) = plan.moves.get(before) {
            passed.push((arg, reg));
        }
    }
    passed
}

impl Quick<'_> {
    pub(super) fn call(&mut self, inst: &Inst) -> Result<()> {
        let trace = self.trace;
        let callee = trace.callee(inst);
        let first = usize::from(callee.address.is_none());
        check(trace, inst, callee)?;
        self.regs.save_for_call(&mut self.asm, &mut self.live);
        let result_at = inst.args.last().copied().filter(|_| !callee.pieces.is_empty());
        if let Some(place) = result_at {
            // It is needed behind the call.
            let place = self.live.of(place);
            if self.known(place).is_none() {
                self.regs.spill(&mut self.asm, &self.live, place);
            }
        }
        let mut plan = Plan::default();
        plan.integers += usize::from(callee.passes_vm);
        for (&arg, &abi) in inst.args[first..].iter().zip(&callee.params) {
            plan.add(self.loc(arg), abi);
        }
        if first == 1 {
            plan.moves.push((Loc::Reg(Reg::RAX), self.loc(inst.args[0])));
        }
        self.pass(plan, callee);
        self.regs.forget_changed(&self.live);
        self.regs.begin(2 * self.at as u32 + 1);
        match result_at {
            Some(place) => self.store_pieces(place, callee),
            None => self.result(inst, callee),
        }
        Ok(())
    }

    /// Where a value is.
    pub(super) fn loc(&self, value: Ref) -> Loc {
        let value = self.live.of(value);
        match self.known(value) {
            Some(number) => Loc::Const(number.cast_unsigned()),
            None => self.regs.loc(value).expect("a value is in a register or in memory"),
        }
    }

    /// Pass the arguments, and call.
    fn pass(&mut self, plan: Plan, callee: &Callee) {
        self.regs.outgoing = self.regs.outgoing.max(plan.stack.len() as i32 * 8);
        for &(offset, place, abi) in &plan.stack {
            self.pass_on_stack(Mem::at(Reg::RSP, offset), place, abi);
        }
        self.moves(plan.moves);
        for reg in plan.singles {
            self.asm.double_to_single(reg, Rm::Reg(reg));
        }
        if callee.passes_vm {
            self.asm.load(Reg::RDI, Mem::at(Reg::RBP, CONTEXT));
            self.asm.load(Reg::RDI, Mem::at(Reg::RDI, std::mem::offset_of!(Context, vm) as i32));
        }
        let vectors = plan.floats.min(FLOATS) as i64;
        match callee.address {
            Some(address) => {
                if callee.variadic.is_some() {
                    self.asm.mov_imm(Reg::RAX, vectors);
                }
                self.call_address(address);
            }
            None if callee.variadic.is_some() => {
                self.asm.mov(Reg::R11, Reg::RAX);
                self.asm.mov_imm(Reg::RAX, vectors);
                self.asm.call_to(Rm::Reg(Reg::R11));
            }
            None => self.asm.call_to(Rm::Reg(Reg::RAX)),
        }
    }

    fn pass_on_stack(&mut self, to: Mem, place: Loc, abi: AbiTy) {
        let single = abi == AbiTy::F32;
        match place {
            Loc::Reg(reg) if single => self.asm.double_to_single(Reg::XMM15, Rm::Reg(reg)),
            Loc::Reg(reg) => return self.asm.store(to, reg),
            Loc::Slot(slot) => {
                self.asm.load(Reg::XMM15, Mem::at(Reg::RBP, slot));
            }
            Loc::Const(bits) if !single && i32::try_from(bits.cast_signed()).is_ok() => {
                return self.asm.store_imm(to, bits as i32, 8);
            }
            Loc::Const(bits) => {
                let number = self.asm.constant(bits);
                self.asm.load_double(Reg::XMM15, Rm::Pool(number));
            }
        }
        if single {
            if !matches!(place, Loc::Reg(_)) {
                self.asm.double_to_single(Reg::XMM15, Rm::Reg(Reg::XMM15));
            }
            self.asm.store_single(to, Reg::XMM15);
        } else {
            self.asm.store(to, Reg::XMM15);
        }
    }

    /// Call a function of known address.
    pub(super) fn call_address(&mut self, address: usize) {
        if self.surroundings.is_near(address) {
            self.asm.call_near(address);
        } else {
            self.asm.mov_imm(Reg::R11, address as i64);
            self.asm.call_to(Rm::Reg(Reg::R11));
        }
    }

    /// Take the result, and leave if it says that there was an exception.
    fn result(&mut self, inst: &Inst, callee: &Callee) {
        if let Some(finish) = callee.finish {
            self.finish_result(finish, callee.result, inst.op == IrOp::CallRaising);
        } else if inst.op == IrOp::CallRaising {
            let raised = word::RAISED as i32;
            if callee.result == AbiTy::Bool {
                self.asm.cmp_byte(Rm::Reg(Reg::RAX), raised as u8);
            } else {
                self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::RAX), raised);
            }
            let exit = self.exit();
            self.asm.jcc(Cc::E, exit);
        }
        if inst.ty == Ty::Unit || !self.live.is_needed(self.at) {
            return;
        }
        let value = Ref(self.at as u32);
        let from = if is_float(self.trace, value) { Reg::XMM0 } else { Reg::RAX };
        let wish = self.regs.wish(&self.live, value);
        let home = self.home(value);
        let dest = if home == Some(from) || wish == 0 && home.is_none() {
            self.regs.bind(value, from);
            from
        } else {
            self.regs.pin(from);
            self.dest()
        };
        let source = Rm::Reg(from);
        match callee.result {
            AbiTy::F32 => self.asm.single_to_double(dest, source),
            AbiTy::I8 => self.asm.extend(dest, source, 8, true),
            AbiTy::I16 => self.asm.extend(dest, source, 16, true),
            AbiTy::I32 => self.asm.extend(dest, source, 32, true),
            AbiTy::U8 | AbiTy::Bool => self.asm.extend(dest, source, 8, false),
            AbiTy::U16 => self.asm.extend(dest, source, 16, false),
            AbiTy::U32 => self.asm.extend(dest, source, 32, false),
            _ => self.asm.mov(dest, from),
        }
    }

    /// Go to the label if an exception is raised.
    fn unless_raised(&mut self, raised: i64, slow: Label) {
        self.asm.load(Reg::R11, Mem::at(Reg::RBP, CONTEXT));
        self.asm.load(Reg::R11, Mem::at(Reg::R11, raised as i32));
        self.asm.alu_imm(Alu::Cmp, Rm::Mem(Mem::at(Reg::R11, 0)), 0);
        self.asm.jcc(Cc::NE, slow);
    }

    /// The result of a call of C: as it is when that is usual, or what the helper makes of it.
    fn finish_result(&mut self, finish: Finish, result: AbiTy, leaves: bool) {
        let [object, slow, back] = [self.asm.label(), self.asm.label(), self.asm.label()];
        match finish.usual {
            Usual::Object { raised, declined, .. } => {
                self.unless_raised(raised, slow);
                self.asm.test_bits(Rm::Reg(Reg::RAX), word::TAG_MASK as u8);
                self.asm.jcc(Cc::E, object);
                if let Some(declined) = declined {
                    self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::RAX), declined as i32);
                    self.asm.jcc(Cc::E, slow);
                }
            }
            Usual::Truth { raised } => {
                self.unless_raised(raised, slow);
                self.asm.mov(Reg::R11, Reg::RAX);
                self.asm.alu_imm(Alu::Or, Rm::Reg(Reg::R11), (word::TRUE ^ word::FALSE) as i32);
                self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::R11), (word::TRUE | word::FALSE) as i32);
                self.asm.jcc(Cc::NE, slow);
            }
            Usual::Number { raised } => self.unless_raised(raised, slow),
            Usual::Status => {
                if result == AbiTy::I32 {
                    self.asm.extend(Reg::RAX, Rm::Reg(Reg::RAX), 32, true);
                }
                self.asm.alu_imm(Alu::Cmp, Rm::Reg(Reg::RAX), 0);
                self.asm.jcc(Cc::L, slow);
            }
        }
        self.asm.bind(back);
        // Where the trace itself handles the exception, the word says so.
        let exit = leaves.then(|| self.exit());
        self.slow.push(Slow::Finish { object, slow, back, finish, exit });
    }

    /// A struct that came back in registers.
    fn store_pieces(&mut self, place: Ref, callee: &Callee) {
        self.copy(Loc::Reg(Reg::R11), self.loc(place));
        let mut integers = [Reg::RAX, Reg::RDX].into_iter();
        let mut floats = [Reg::XMM0, Reg::XMM1].into_iter();
        for &(abi, offset) in &callee.pieces {
            let to = Mem::at(Reg::R11, offset.cast_signed());
            let float = matches!(abi, AbiTy::F32 | AbiTy::F64);
            let Some(from) = (if float { floats.next() } else { integers.next() }) else { return };
            match abi {
                AbiTy::F32 => self.asm.store_single(to, from),
                AbiTy::I8 | AbiTy::U8 | AbiTy::Bool => self.asm.store_narrow(to, from, 1),
                AbiTy::I16 | AbiTy::U16 => self.asm.store_narrow(to, from, 2),
                AbiTy::I32 | AbiTy::U32 => self.asm.store_narrow(to, from, 4),
                _ => self.asm.store(to, from),
            }
        }
    }
}

/// Can the arguments and the result travel as the callee says?
fn check(trace: &Trace, inst: &Inst, callee: &Callee) -> Result<()> {
    let no_way = |abi: AbiTy, ty: Ty| {
        Err(CompileError::Unsupported(format!("{}: {abi:?} as {ty:?}", callee.name)))
    };
    let first = usize::from(callee.address.is_none());
    for (&arg, &abi) in inst.args[first..].iter().zip(&callee.params) {
        let ty = trace.inst(arg).ty;
        let float = matches!(abi, AbiTy::F32 | AbiTy::F64);
        if (ty == Ty::F) != float || ty == Ty::Unit || abi == AbiTy::Void {
            return no_way(abi, ty);
        }
    }
    let says = callee.finish.is_some() || matches!(callee.result, AbiTy::Value | AbiTy::Bool);
    if inst.op == IrOp::CallRaising && !says {
        let what = format!("{} cannot say that it raised", callee.name);
        return Err(CompileError::Unsupported(what));
    }
    if inst.ty == Ty::Unit || !callee.pieces.is_empty() {
        return Ok(());
    }
    match (inst.ty, callee.result) {
        (Ty::F, AbiTy::F64 | AbiTy::F32) | (Ty::B, AbiTy::Bool) => Ok(()),
        (Ty::F | Ty::B, abi) | (_, abi @ (AbiTy::F32 | AbiTy::F64 | AbiTy::Void)) => {
            no_way(abi, inst.ty)
        }
        _ => Ok(()),
    }
}
