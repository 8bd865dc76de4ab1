//! Calls of C functions and of the runtime's helpers.
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, Block, BlockArg, ExtFuncData, ExternalName, FuncRef, InstBuilder, SigRef, Signature,
    Type, UserExternalName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use haft_jit::backend::{CompileError, Context};
use haft_jit::ir::{AbiTy, Callee, Finish, Inst, IrOp, Ty, Usual};
use haft_jit::word;

use super::{Lower, Result, trusted, unaligned};
use crate::variadic::{self, Thunk};

/// The thunk through which a variadic function is called, if the platform needs one.
pub(crate) fn thunk_of(callee: &Callee) -> Option<Thunk> {
    let needed = cfg!(target_arch = "x86_64") && callee.variadic.is_some();
    needed.then(|| variadic::extend(&mut signature(callee)).thunk)
}

impl Lower<'_> {
    pub(super) fn call(&mut self, at: usize, inst: &Inst) -> Result<Option<Value>> {
        let trace = self.trace;
        let callee = trace.callee(inst);
        let mut args = Vec::with_capacity(inst.args.len() + 8);
        if callee.passes_vm {
            args.push(self.context_word(std::mem::offset_of!(Context, vm)));
        }
        let first = usize::from(callee.address.is_none());
        let place = inst.args.last().copied().filter(|_| !callee.pieces.is_empty());
        for (&arg, &abi) in inst.args[first..].iter().zip(&callee.params) {
            let value = self.value(arg);
            args.push(self.argument(value, trace.inst(arg).ty, abi, callee)?);
        }
        let mut target = match callee.address {
            Some(address) => self.number(address as i64),
            None => self.value(inst.args[0]),
        };
        let mut signature = signature(callee);
        if let Some(thunk) = thunk_of(callee) {
            let plan = variadic::extend(&mut signature);
            let zero = self.number(0);
            args.extend(std::iter::repeat_n(zero, plan.padding));
            args.push(target);
            target = self.thunk(thunk);
        }
        let known = &mut self.signatures[inst.imm as usize];
        let signature = *known.get_or_insert_with(|| self.b.import_signature(signature));
        let near = callee
            .address
            .filter(|&address| thunk_of(callee).is_none() && self.surroundings.is_near(address));
        let call = if near.is_some() {
            let target = self.near_function(inst.imm, signature);
            self.b.ins().call(target, &args)
        } else {
            self.b.ins().call_indirect(signature, target, &args)
        };
        if let Some(place) = place {
            let results = self.b.inst_results(call).to_vec();
            let at = self.value(place);
            for (result, (_, offset)) in results.into_iter().zip(&callee.pieces) {
                self.b.ins().store(unaligned(), result, at, offset.cast_signed());
            }
            return Ok(None);
        }
        let result = self.b.inst_results(call).first().copied();
        match (callee.finish, result) {
            (Some(Finish { helper, usual: Usual::Number { raised } }), _) => {
                let fine = self.nothing_raised(raised);
                self.leave_unless_fine(at, fine, helper);
            }
            (Some(Finish { helper, usual: Usual::Status }), Some(result)) => {
                let fine = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThanOrEqual, result, 0);
                self.leave_unless_fine(at, fine, helper);
            }
            (Some(finish), Some(result)) => {
                let leaves = inst.op == IrOp::CallRaising;
                return Ok(Some(self.finish(leaves.then_some(at), result, finish)));
            }
            _ => {}
        }
        if inst.op == IrOp::CallRaising && callee.finish.is_none() {
            self.leave_if_raised(at, result, callee)?;
        }
        match result {
            _ if inst.ty == Ty::Unit => Ok(None),
            Some(result) => self.result(result, inst.ty, callee).map(Some),
            None => Err(no_way(callee, callee.result, inst.ty)),
        }
    }

    /// Call a helper that gets the runtime pointer first and returns a word.
    pub(super) fn helper(&mut self, target: usize, args: &[Value]) -> Value {
        let vm = self.context_word(std::mem::offset_of!(Context, vm));
        let mut signature = Signature::new(CallConv::SystemV);
        let mut all = vec![vm];
        all.extend_from_slice(args);
        for &arg in &all {
            signature.params.push(AbiParam::new(self.b.func.dfg.value_type(arg)));
        }
        signature.returns.push(AbiParam::new(types::I64));
        let signature = self.b.import_signature(signature);
        let target = self.number(target as i64);
        let call = self.b.ins().call_indirect(signature, target, &all);
        self.b.inst_results(call)[0]
    }

    /// Function `number` of the trace, for a call that holds the distance.
    fn near_function(&mut self, number: i64, signature: SigRef) -> FuncRef {
        let name = UserExternalName::new(0, number as u32);
        let name = self.b.func.declare_imported_user_function(name);
        let name = ExternalName::user(name);
        let function = ExtFuncData { name, signature, colocated: true, patchable: false };
        self.b.import_function(function)
    }

    fn thunk(&mut self, thunk: Thunk) -> Value {
        let known = self.surroundings.thunks.iter().find(|(known, _)| *known == thunk);
        let address = known.expect("thunks are made before the trace is lowered").1.start;
        self.number(address as i64)
    }

    /// An argument as it travels. Ints are already extended to 64 bits, as their C type says, which is more than the
    /// convention asks for.
    fn argument(&mut self, value: Value, ty: Ty, abi: AbiTy, callee: &Callee) -> Result<Value> {
        match (ty, abi) {
            (Ty::F, AbiTy::F64) => Ok(value),
            (Ty::F, AbiTy::F32) => Ok(self.b.ins().fdemote(types::F32, value)),
            (Ty::F | Ty::Unit, _) | (_, AbiTy::F64 | AbiTy::F32 | AbiTy::Void) => {
                Err(no_way(callee, abi, ty))
            }
            (Ty::B, _) => Ok(self.b.ins().uextend(types::I64, value)),
            (Ty::I | Ty::V | Ty::P, _) => Ok(value),
        }
    }

    /// A result as the trace has it.
    fn result(&mut self, value: Value, ty: Ty, callee: &Callee) -> Result<Value> {
        let extended = |lower: &mut Self| match callee.result {
            AbiTy::I8 | AbiTy::I16 | AbiTy::I32 => lower.b.ins().sextend(types::I64, value),
            AbiTy::U8 | AbiTy::U16 | AbiTy::U32 | AbiTy::Bool => {
                lower.b.ins().uextend(types::I64, value)
            }
            _ => value,
        };
        match (ty, callee.result) {
            (Ty::F, AbiTy::F64) | (Ty::B, AbiTy::Bool) => Ok(value),
            (Ty::F, AbiTy::F32) => Ok(self.b.ins().fpromote(types::F64, value)),
            (Ty::F | Ty::B | Ty::Unit, _) | (_, AbiTy::F32 | AbiTy::F64 | AbiTy::Void) => {
                Err(no_way(callee, callee.result, ty))
            }
            (Ty::I | Ty::V | Ty::P, _) => Ok(extended(self)),
        }
    }

    /// The result of a call of C: as it is when that is usual, or what the helper makes of it.
    fn finish(&mut self, at: Option<usize>, result: Value, finish: Finish) -> Value {
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        let finished = self.b.append_block_param(done, types::I64);
        match finish.usual {
            Usual::Object { raised, last, nothing, declined } => {
                let unless = declined.map(|word| {
                    self.b.ins().icmp_imm_u(IntCC::NotEqual, result, word.cast_signed())
                });
                let clear = self.nothing_raised(raised);
                let note = (last as i32, nothing);
                self.usual_object(result, (clear, unless), note, (slow, done));
            }
            Usual::Truth { raised } => {
                let (one, both) = (word::TRUE ^ word::FALSE, word::TRUE | word::FALSE);
                let set = self.b.ins().bor_imm_u(result, one.cast_signed());
                let is_truth = self.b.ins().icmp_imm_u(IntCC::Equal, set, both.cast_signed());
                let clear = self.nothing_raised(raised);
                let fine = self.b.ins().band(clear, is_truth);
                self.b.ins().brif(fine, done, &[BlockArg::Value(result)], slow, []);
            }
            // These are no values.
            Usual::Number { .. } | Usual::Status => {
                self.b.ins().jump(done, &[BlockArg::Value(result)]);
            }
        }
        self.b.switch_to_block(slow);
        let word = self.helper(finish.helper, &[result]);
        // Where the trace itself handles the exception, the word says so.
        if let Some(at) = at {
            let raised = self.b.ins().icmp_imm_u(IntCC::Equal, word, word::RAISED as i64);
            self.leave_unless(at, raised, false);
        }
        if let Some(block) = self.b.current_block() {
            self.b.set_cold_block(block);
        }
        self.b.ins().jump(done, &[BlockArg::Value(word)]);
        self.b.switch_to_block(done);
        finished
    }

    /// Is no exception raised?
    fn nothing_raised(&mut self, raised: i64) -> Value {
        let place = self.context_word(raised as usize);
        let raised = self.b.ins().load(types::I64, trusted(), place, 0);
        // As in `poll`.
        self.b.ins().icmp_imm_u(IntCC::UnsignedLessThan, raised, 1)
    }

    /// Leave, and have the helper say why, if the result is not fine.
    fn leave_unless_fine(&mut self, at: usize, fine: Value, helper: usize) {
        let (slow, done) = (self.b.create_block(), self.b.create_block());
        self.b.set_cold_block(slow);
        self.b.ins().brif(fine, done, [], slow, []);
        self.b.switch_to_block(slow);
        let nothing = self.number(0);
        let word = self.helper(helper, &[nothing]);
        let raised = self.b.ins().icmp_imm_u(IntCC::Equal, word, word::RAISED as i64);
        self.leave_unless(at, raised, false);
        if let Some(block) = self.b.current_block() {
            self.b.set_cold_block(block);
        }
        self.b.ins().jump(done, []);
        self.b.switch_to_block(done);
    }

    /// An immediate, or the object that was noted last, which is forgotten; ends the block. The first two must hold.
    fn usual_object(
        &mut self,
        result: Value,
        (is_clear, unless): (Value, Option<Value>),
        (last, nothing): (i32, u64),
        (slow, done): (Block, Block),
    ) {
        let (clear, object, noted) =
            (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let fine = unless.map_or(is_clear, |unless| self.b.ins().band(is_clear, unless));
        self.b.ins().brif(fine, clear, [], slow, []);

        self.b.switch_to_block(clear);
        let tag = self.b.ins().band_imm_u(result, word::TAG_MASK as i64);
        let is_tagged = self.b.ins().icmp_imm_u(IntCC::NotEqual, tag, 0);
        self.b.ins().brif(is_tagged, done, &[BlockArg::Value(result)], object, []);

        self.b.switch_to_block(object);
        let vm = self.context_word(std::mem::offset_of!(Context, vm));
        let note = self.b.ins().load(types::I64, trusted(), vm, last);
        let is_noted = self.b.ins().icmp(IntCC::Equal, note, result);
        self.b.ins().brif(is_noted, noted, [], slow, []);

        self.b.switch_to_block(noted);
        let nothing = self.number(nothing.cast_signed());
        self.b.ins().store(trusted(), nothing, vm, last);
        self.b.ins().jump(done, &[BlockArg::Value(result)]);
    }

    fn leave_if_raised(&mut self, at: usize, result: Option<Value>, callee: &Callee) -> Result<()> {
        let (Some(result), AbiTy::Value | AbiTy::Bool) = (result, callee.result) else {
            let what = format!("{} cannot say that it raised", callee.name);
            return Err(CompileError::Unsupported(what));
        };
        let raised = self.b.ins().icmp_imm_u(IntCC::Equal, result, word::RAISED as i64);
        self.leave_unless(at, raised, false);
        Ok(())
    }
}

fn signature(callee: &Callee) -> Signature {
    let mut signature = Signature::new(CallConv::SystemV);
    if callee.passes_vm {
        signature.params.push(AbiParam::new(types::I64));
    }
    for &param in &callee.params {
        let ty = match param {
            AbiTy::F32 => types::F32,
            AbiTy::F64 => types::F64,
            _ => types::I64,
        };
        signature.params.push(AbiParam::new(ty));
    }
    let pieces = callee.pieces.iter().filter_map(|(abi, _)| result_type(*abi));
    signature.returns.extend(pieces.map(AbiParam::new));
    if let Some(ty) = result_type(callee.result) {
        signature.returns.push(AbiParam::new(ty));
    }
    signature
}

fn result_type(abi: AbiTy) -> Option<Type> {
    Some(match abi {
        AbiTy::Void => return None,
        AbiTy::I8 | AbiTy::U8 | AbiTy::Bool => types::I8,
        AbiTy::I16 | AbiTy::U16 => types::I16,
        AbiTy::I32 | AbiTy::U32 => types::I32,
        AbiTy::I64 | AbiTy::Ptr | AbiTy::Value => types::I64,
        AbiTy::F32 => types::F32,
        AbiTy::F64 => types::F64,
    })
}

fn no_way(callee: &Callee, abi: AbiTy, ty: Ty) -> CompileError {
    CompileError::Unsupported(format!("{}: {abi:?} as {ty:?}", callee.name))
}
