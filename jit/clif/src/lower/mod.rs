//! A trace as a function of Cranelift's IR.
//!
//! The function has one line of blocks, a guard ending each, and the exits as cold blocks behind. An instruction's value
//! dominates everything later in the trace, so exits name the values they store without passing them. Constants are made
//! at each use: Cranelift puts them into the instruction or makes them again, and no register holds one for long.
mod calls;
mod floats;
mod ints;
mod leave;
mod memory;
mod words;

use cranelift_codegen::ir::{
    AbiParam, Block, BlockArg, Function, InstBuilder, MemFlagsData, SigRef, Signature, StackSlot,
    StackSlotData, StackSlotKind, Type, Value, types,
};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use haft_jit::backend::{CompileError, Context};
use haft_jit::ir::{Class, Inst, IrOp, Ref, Trace, Ty};

pub(crate) use calls::thunk_of;
pub(crate) use leave::live_offset;
pub(crate) use memory::{GRANULE, HEADER, MAX_INLINE};

use crate::exits::Plan;
use crate::job::Surroundings;

type Result<T> = std::result::Result<T, CompileError>;

/// The signature of traces: `(context, base, exit number) -> exit number`. The number is what an exit passes through its
/// cell: the stub behind it returns the number, side traces do not look at it.
pub(crate) fn signature() -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.extend([AbiParam::new(types::I64); 3]);
    signature.returns.push(AbiParam::new(types::I64));
    signature
}

/// Write the function of a trace into `function`.
pub(crate) fn function<'a>(
    function: &'a mut Function,
    context: &'a mut FunctionBuilderContext,
    trace: &'a Trace,
    plan: &'a Plan,
    surroundings: &'a Surroundings,
) -> Result<()> {
    function.signature = signature();
    let mut b = FunctionBuilder::new(function, context);
    let entry = b.create_block();
    b.append_block_params_for_function_params(entry);
    b.switch_to_block(entry);
    let (context, base) = (b.block_params(entry)[0], b.block_params(entry)[1]);
    let exits: Vec<Block> = plan.exits.iter().map(|_| b.create_block()).collect();
    for &exit in &exits {
        b.set_cold_block(exit);
    }
    let mut lower = Lower {
        b,
        trace,
        plan,
        surroundings,
        context,
        base,
        saved: None,
        at_entry: true,
        exits,
        values: vec![None; trace.insts.len()],
        tail: None,
        signatures: vec![None; trace.calls.len()],
        poll: None,
        head: None,
    };
    lower.trace()?;
    lower.exit_blocks();
    lower.b.seal_all_blocks();
    lower.b.finalize(surroundings.target.expect("Cranelift has a target"));
    Ok(())
}

/// A function that is being written.
struct Lower<'a> {
    b: FunctionBuilder<'a>,
    trace: &'a Trace,
    plan: &'a Plan,
    surroundings: &'a Surroundings,
    /// The first two arguments, as they came.
    context: Value,
    base: Value,
    /// Where they are kept on the stack, if the trace calls. Registers that survive calls are for the loop's values, and
    /// Cranelift would move these two around at each call instead.
    saved: Option<StackSlot>,
    /// Nothing that may call was lowered yet, and no loop begun.
    at_entry: bool,
    /// The blocks of the exits.
    exits: Vec<Block>,
    /// The values of instructions that are no constants.
    values: Vec<Option<Value>>,
    /// The signature of traces, once it is needed.
    tail: Option<SigRef>,
    /// Signatures of the trace's callees, once they are needed.
    signatures: Vec<Option<SigRef>>,
    /// The address of the poll word, if the trace polls.
    poll: Option<Value>,
    /// The loop's head.
    head: Option<Block>,
}

impl Lower<'_> {
    fn trace(&mut self) -> Result<()> {
        let trace = self.trace;
        if trace.insts.iter().any(|inst| inst.op == IrOp::Poll) {
            self.poll = Some(self.context_word(std::mem::offset_of!(Context, poll)));
        }
        if trace.insts.iter().any(|inst| may_call(inst.op)) {
            self.save_arguments();
        }
        for (at, inst) in trace.insts.iter().enumerate() {
            let store = matches!(inst.op, IrOp::StoreSlot | IrOp::Pass);
            if self.at_entry && (store || inst.op == IrOp::Label || may_call(inst.op)) {
                self.entry_values(at)?;
                self.at_entry = false;
            }
            if self.values[at].is_none() && !inst.op.is_constant() {
                self.values[at] = self.inst(at, inst)?;
            }
        }
        Ok(())
    }

    /// What was in the slots and the exit's values at the entry, for instructions from `from` on: what follows may
    /// overwrite them.
    fn entry_values(&mut self, from: usize) -> Result<()> {
        let trace = self.trace;
        for (at, inst) in trace.insts.iter().enumerate().skip(from) {
            if matches!(inst.op, IrOp::Slot | IrOp::Param) {
                self.values[at] = self.inst(at, inst)?;
            }
        }
        Ok(())
    }

    fn save_arguments(&mut self) {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 16, 3);
        let slot = self.b.create_sized_stack_slot(slot);
        self.b.ins().stack_store(types::I64, self.context, slot, 0);
        self.b.ins().stack_store(types::I64, self.base, slot, 8);
        self.saved = Some(slot);
    }

    /// The execution context.
    fn context(&mut self) -> Value {
        match self.saved {
            Some(slot) if !self.at_entry => {
                self.b.ins().stack_load(types::I64, types::I64, slot, 0)
            }
            _ => self.context,
        }
    }

    /// The address of slot 0.
    fn base(&mut self) -> Value {
        match self.saved {
            Some(slot) if !self.at_entry => {
                self.b.ins().stack_load(types::I64, types::I64, slot, 8)
            }
            _ => self.base,
        }
    }

    fn inst(&mut self, at: usize, inst: &Inst) -> Result<Option<Value>> {
        match inst.op {
            IrOp::Label => self.label(at),
            IrOp::Phi => return Err(CompileError::Unsupported("a phi without label".to_string())),
            IrOp::Jump => self.jump()?,
            IrOp::Guard => self.guard(at, inst.args[0], true),
            IrOp::GuardNot => self.guard(at, inst.args[0], false),
            IrOp::Poll => self.poll(at),
            IrOp::Publish => self.publish(at, inst),
            IrOp::Returned => self.returned(at, inst),
            IrOp::Finish | IrOp::Stop => self.leave(at),
            IrOp::Link => self.link(inst)?,
            IrOp::Pass => self.pass_on(inst),
            IrOp::Call | IrOp::CallRaising => return self.call(at, inst),
            IrOp::Loop | IrOp::Flush => {
                let what = format!("{} in an optimised trace", inst.op.row().text);
                return Err(CompileError::Unsupported(what));
            }
            IrOp::StoreSlot => self.store_slot(inst),
            IrOp::Barrier => self.barrier(inst),
            _ if inst.op.row().class == Class::Store => self.store(inst),
            _ => return self.value_of(at, inst).map(Some),
        }
        Ok(None)
    }

    /// The value of an instruction that makes one and does nothing else, but for `mul_fit`.
    fn value_of(&mut self, at: usize, inst: &Inst) -> Result<Value> {
        if let Some(value) = self.int(at, inst) {
            return Ok(value);
        }
        if let Some(value) = self.float(inst) {
            return Ok(value);
        }
        if let Some(value) = self.word(at, inst) {
            return Ok(value);
        }
        match self.memory(inst) {
            Some(value) => Ok(value),
            None => Err(CompileError::Unsupported(inst.op.row().text.to_string())),
        }
    }

    /// The value of an instruction.
    fn value(&mut self, of: Ref) -> Value {
        let inst = self.trace.inst(of);
        if inst.op.is_constant() {
            return self.constant(inst);
        }
        self.values[of.0 as usize].expect("operands come before their users")
    }

    fn constant(&mut self, inst: &Inst) -> Value {
        match inst.ty {
            Ty::F => self.b.ins().f64const(f64::from_bits(inst.imm.cast_unsigned())),
            Ty::B => self.b.ins().iconst(types::I8, inst.imm),
            _ => self.number(inst.imm),
        }
    }

    /// The number of an instruction that is a constant.
    fn known(&self, of: Ref) -> Option<i64> {
        let inst = self.trace.inst(of);
        inst.op.is_constant().then_some(inst.imm)
    }

    fn number(&mut self, number: i64) -> Value {
        self.b.ins().iconst(types::I64, number)
    }

    fn label(&mut self, at: usize) {
        let trace = self.trace;
        let head = self.b.create_block();
        let phis = phis(trace, at);
        let first: Vec<BlockArg> =
            phis.clone().map(|phi| BlockArg::Value(self.value(trace.insts[phi].args[0]))).collect();
        self.b.ins().jump(head, &first);
        self.b.switch_to_block(head);
        for phi in phis {
            let value = self.b.append_block_param(head, machine_type(trace.insts[phi].ty));
            self.values[phi] = Some(value);
        }
        self.head = Some(head);
    }

    fn jump(&mut self) -> Result<()> {
        let trace = self.trace;
        let label = trace.insts.iter().rposition(|inst| inst.op == IrOp::Label);
        let (Some(label), Some(head)) = (label, self.head) else {
            return Err(CompileError::Unsupported("a jump without label".to_string()));
        };
        let again: Vec<BlockArg> = phis(trace, label)
            .map(|phi| BlockArg::Value(self.value(trace.insts[phi].args[1])))
            .collect();
        self.b.ins().jump(head, &again);
        Ok(())
    }
}

/// The numbers of the phis behind a label.
fn phis(trace: &Trace, label: usize) -> std::ops::Range<usize> {
    let first = label + 1;
    let n = trace.insts[first..].iter().take_while(|inst| inst.op == IrOp::Phi).count();
    first..first + n
}

/// May the instruction call a function, if only on a slow path?
pub(crate) fn may_call(op: IrOp) -> bool {
    matches!(op, IrOp::Call | IrOp::CallRaising | IrOp::BoxF | IrOp::Barrier | IrOp::Alloc)
}

/// How a value of the IR is held.
fn machine_type(ty: Ty) -> Type {
    match ty {
        Ty::F => types::F64,
        Ty::B => types::I8,
        Ty::Unit | Ty::V | Ty::I | Ty::P => types::I64,
    }
}

/// Accesses that cannot fault.
fn trusted() -> MemFlagsData {
    MemFlagsData::trusted()
}

/// Accesses that cannot fault, at any address.
fn unaligned() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}
