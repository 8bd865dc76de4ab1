//! Calls of C functions in a trace: one native call with unboxed arguments.
//!
//! The crate that knows C tells what a value is ([`Foreign`]); here it becomes guards, conversions and the call. As long
//! as nobody but this thread can want the runtime's lock and C cannot call back, nothing has to be published before it; a
//! guard on one word holds this ([`Vm`]'s `company`). Otherwise see [`super::publish`]. In both cases the call changes
//! nothing that the trace knows.
//!
//! The program's `errno` stays where C left it, in the thread's own, as long as only C is called; before the runtime is
//! called it is kept elsewhere, and exits know whether they must do that ([`Errno`]).
use std::mem::offset_of;

use haft_bytecode::Insn;
use haft_heap::Value;
use haft_jit::backend::front_end_offset;
use haft_jit::ir::{AbiTy, Alias, Callee, Effects, Finish, IrOp, Ref, Ty, Usual};

use super::foreign::{Argument, CType, Foreign, ForeignCall, ForeignContext, ForeignResult};
use super::layout;
use super::rec::{Known, Rec};
use super::resume::Errno;
use crate::interp::machine::Machine;
use crate::object::Kind;
use crate::vm::{R, Vm};

/// What a recording knows of C.
#[derive(Clone, Debug)]
pub(super) struct CState {
    /// Where `errno` is now.
    pub(super) errno: Errno,
    /// Is C called?
    pub(super) calls_c: bool,
    /// Was the runtime called before C was?
    calls_runtime_first: bool,
    /// Is the trace good only while nobody can run during a call?
    pub(super) alone: bool,
    /// C data that the trace made.
    pub(super) data: Vec<Ref>,
}

impl Default for CState {
    fn default() -> CState {
        CState {
            errno: Errno::BOTH,
            calls_c: false,
            calls_runtime_first: false,
            alone: false,
            data: Vec::new(),
        }
    }
}

impl Vm {
    /// Is a C function called by compiled code while others may run?
    fn shares_calls_of(&self, function: usize) -> bool {
        self.jit.as_ref().is_some_and(|jit| !jit.shared_calls.contains(&function))
            && haft_host::thread::has_barrier_in_all_threads()
    }
}

/// How a piece of a struct is read and written.
fn piece_ops(abi: AbiTy) -> (IrOp, IrOp) {
    match abi {
        AbiTy::F64 => (IrOp::LoadF64, IrOp::StoreF64),
        AbiTy::F32 => (IrOp::LoadF32, IrOp::StoreF32),
        AbiTy::U32 => (IrOp::LoadU32, IrOp::StoreI32),
        _ => (IrOp::LoadI64, IrOp::StoreI64),
    }
}

impl Rec<'_, '_> {
    /// A call of a C function with `n` arguments in registers from `first` on; false: it is none that can be inlined.
    pub(super) fn foreign_call(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let given = self.d.window(first, usize::from(n)).to_vec();
        let Some(call) = (foreign.call)(self.d.vm, callee.now, &given) else { return Ok(false) };
        if !self.takes(&foreign, &call, &given) {
            return Ok(false);
        }
        // Whoever gets the context finds memory up to date, and others may run as in any call of the runtime.
        let runs_python = call.context.is_some();
        let alone = self.d.vm.company == 0;
        if !runs_python && !alone && !self.d.vm.shares_calls_of(call.address) {
            return Ok(false);
        }
        let target = self.target(&foreign, callee);
        if alone && !runs_python {
            self.guard_alone();
        }
        let mut args: Vec<(Ref, AbiTy)> = Vec::new();
        for (at, argument) in call.args.iter().enumerate() {
            let value = self.reg(first + at as u16);
            self.argument(&foreign, value, argument, &mut args);
        }
        self.show_handled();
        let area = (!alone && !runs_python).then(|| self.publish());
        let record = matches!(call.result, ForeignResult::Record(..))
            .then(|| self.out.imm(IrOp::Context, &[], front_end_offset(layout::CONTEXT_RECORD)));
        let raw = self.native_call(&call, target, &args, record);
        let came = match &call.result {
            ForeignResult::Record(_, pieces) => self.load_pieces(pieces, record),
            ForeignResult::Value(_) | ForeignResult::Handle => raw.into_iter().collect(),
        };
        let now = self.call_for_real(callee.now, first, n)?;
        self.after_effect = true;
        let window = self.slot_of(i.b());
        self.forget_from(window);
        self.d.set(i.a(), now);
        if let Some(area) = area {
            // The lock may be lost: what is made of the result before it is certain is made by the exit only.
            let result = self.data_of_result(&foreign, &call.result, &came);
            self.returned(area, i.a(), &call.result, result);
        }
        let result = self.data_of_result(&foreign, &call.result, &came);
        self.foreign_result(i.a(), &call.result, result, now);
        if runs_python {
            self.ran_python();
        }
        Ok(true)
    }
    /// C data that a result is, or the number or word that came.
    fn data_of_result(
        &mut self,
        foreign: &Foreign,
        how: &ForeignResult,
        came: &[Ref],
    ) -> Option<Ref> {
        match (how, came) {
            (ForeignResult::Value(CType::Pointer(ctype)), &[at]) => {
                let view = (foreign.view)(*ctype);
                Some(self.data_at(foreign, view, at))
            }
            (ForeignResult::Record(data, pieces), _) => {
                let (object, memory) = self.new_data(foreign, *data);
                for (&(abi, offset), &piece) in pieces.iter().zip(came) {
                    let (_, store) = piece_ops(abi);
                    self.out.memory(store, &[memory, piece], i64::from(offset), Alias::RAW);
                }
                Some(object)
            }
            _ => came.first().copied(),
        }
    }
    /// The pieces of a struct that a call has put into memory.
    fn load_pieces(&mut self, pieces: &[(AbiTy, u32)], from: Option<Ref>) -> Vec<Ref> {
        let mut loaded = Vec::new();
        for (&(abi, offset), from) in pieces.iter().zip(from.into_iter().cycle()) {
            loaded.push(self.load(piece_ops(abi).0, from, i64::from(offset), Alias::RAW));
        }
        loaded
    }
    /// Are these arguments what the conversions are for?
    fn takes(&mut self, foreign: &Foreign, call: &ForeignCall, given: &[Value]) -> bool {
        call.args.len() == given.len()
            && call.args.iter().zip(given).all(|(argument, &value)| match argument {
                Argument::Number(ctype @ (CType::Float | CType::Double)) if call.exact => {
                    value.is_float_imm() && self.accepts(foreign, value, *ctype)
                }
                Argument::Number(CType::Bool) if call.exact => value.is_bool(),
                Argument::Receiver(_) => value.is_ptr(),
                Argument::Number(ctype) => self.accepts(foreign, value, *ctype),
                _ => true,
            })
    }
    /// The function is this one; if it was just read from memory, its address, which is called whatever it is.
    fn target(&mut self, foreign: &Foreign, callee: Known<Value>) -> Option<Ref> {
        if !self.c.data.contains(&callee.by) {
            self.is_same(callee, callee.now);
            return None;
        }
        let at = self.data(foreign, callee).map(|(at, _)| at)?;
        self.not_null(at);
        Some(at)
    }
    /// Others may run during the call: describe the state; the area it is written to.
    fn publish(&mut self) -> Ref {
        let area = self.out.imm(IrOp::Context, &[], front_end_offset(layout::CONTEXT_PUBLISHED));
        let snapshot = self.snapshot();
        self.out.guard(IrOp::Publish, &[area], snapshot);
        area
    }
    /// The call is over; if others ran, the trace ends here with its result in a register.
    fn returned(&mut self, area: Ref, register: u16, how: &ForeignResult, result: Option<Ref>) {
        let ctype = match how {
            ForeignResult::Value(ctype) => *ctype,
            ForeignResult::Record(..) | ForeignResult::Handle => CType::Void,
        };
        let by = match result {
            Some(result) if matches!(ctype, CType::Bool | CType::Char) => {
                self.c_to_value(result, ctype, Value::TRUE, Some(register))
            }
            Some(result) => result,
            None => self.constant_word(Value::NONE),
        };
        let snapshot = self.called_snapshot(register, by, ctype == CType::UInt64);
        self.out.guard(IrOp::Returned, &[area], snapshot);
    }

    // ---- errno

    /// The addresses of the thread's `errno` and of the one kept for the program.
    fn errno_places(&mut self) -> (Ref, Ref) {
        let mut place = |at| self.out.imm(IrOp::Context, &[], front_end_offset(at));
        (place(layout::CONTEXT_ERRNO), place(layout::CONTEXT_ERRNO + 1))
    }
    /// Keep the program's `errno` where the runtime looks for it.
    pub(super) fn keep_errno(&mut self) {
        if self.c.errno.is_kept {
            return;
        }
        let (real, kept) = self.errno_places();
        let number = self.load(IrOp::LoadI32, real, 0, Alias::RAW);
        self.out.memory(IrOp::StoreI32, &[kept, number], 0, Alias::RAW);
        self.c.errno.is_kept = true;
        self.state_changed();
    }
    /// The program's `errno`.
    pub(super) fn errno_now(&mut self) -> Ref {
        let (real, kept) = self.errno_places();
        let at = if self.c.errno.is_kept { kept } else { real };
        // In the iteration before it may have been left in the thread's own.
        let at = if self.c.errno.is_real { real } else { at };
        self.load(IrOp::LoadI32, at, 0, Alias::RAW)
    }
    /// Put the program's `errno` where C looks for it.
    fn place_errno(&mut self) {
        if self.c.errno.is_real {
            return;
        }
        let (real, kept) = self.errno_places();
        let number = self.load(IrOp::LoadI32, kept, 0, Alias::RAW);
        self.out.memory(IrOp::StoreI32, &[real, number], 0, Alias::RAW);
        self.c.errno.is_real = true;
        self.state_changed();
    }
    /// The runtime is called, which may change the thread's `errno`.
    pub(super) fn loses_errno(&mut self) {
        self.keep_errno();
        if self.c.errno.is_real {
            self.c.errno.is_real = false;
            self.state_changed();
        }
        self.c.calls_runtime_first |= !self.c.calls_c;
    }
    /// At the end of the loop `errno` must be where the next iteration takes it to be.
    pub(super) fn errno_for_next_iteration(&mut self) {
        if self.c.calls_c && self.c.calls_runtime_first {
            self.keep_errno();
        } else if self.c.calls_c {
            self.place_errno();
        }
    }
    /// At the end of a trace that goes on in another one, which may call C.
    pub(super) fn errno_for_trace(&mut self, calls_c: bool) {
        self.keep_errno();
        if calls_c {
            self.place_errno();
        }
    }
    pub(super) fn foreign(&self) -> Option<Foreign> {
        self.d.vm.jit.as_ref().and_then(|jit| jit.foreign)
    }
    /// Nobody else can want the runtime.
    fn guard_alone(&mut self) {
        self.c.alone = true;
        let vm = self.out.imm(IrOp::Context, &[], 0);
        let offset = offset_of!(Vm, company) as i64;
        let company = self.load(IrOp::LoadI64, vm, offset, layout::STATE);
        let zero = self.int(0);
        let condition = self.op(IrOp::IEq, &[company, zero]);
        self.test(true, condition);
    }
    /// One argument, as the pieces that travel.
    fn argument(
        &mut self,
        foreign: &Foreign,
        value: Known<Value>,
        how: &Argument,
        out: &mut Vec<(Ref, AbiTy)>,
    ) {
        match how {
            Argument::Number(ctype) => {
                let (abi, _) = travels(*ctype);
                out.push((self.number_to_c(value, *ctype), abi));
            }
            Argument::Word => out.push((value.by, AbiTy::Value)),
            Argument::Receiver(offset) => {
                if let Some(obj) = value.now.as_ptr() {
                    self.shape_is(value, obj.shape());
                }
                if let Some(offset) = *offset {
                    let offset = self.int(offset);
                    out.push((self.op(IrOp::PAdd, &[value.by, offset]), AbiTy::Ptr));
                }
            }
            Argument::Bytes => {
                self.kind_is(value, Kind::Bytes);
                let offset = self.int(layout::BYTES_START);
                out.push((self.op(IrOp::PAdd, &[value.by, offset]), AbiTy::Ptr));
            }
            Argument::Address => {
                if let Some((at, _)) = self.data(foreign, value) {
                    out.push((at, AbiTy::Ptr));
                }
            }
            Argument::Read(ctype) => {
                if let Some((at, _)) = self.data(foreign, value) {
                    let (abi, _) = travels(*ctype);
                    out.push((self.load_raw(at, 0, *ctype), abi));
                }
            }
            Argument::Pieces(pieces) => {
                if let Some((at, _)) = self.data(foreign, value) {
                    for &(abi, offset) in pieces {
                        let (op, _) = piece_ops(abi);
                        out.push((self.load(op, at, i64::from(offset), Alias::RAW), abi));
                    }
                }
            }
        }
    }
    /// The call itself, with the program's `errno` in place; `memory` is where a struct goes.
    fn native_call(
        &mut self,
        call: &ForeignCall,
        target: Option<Ref>,
        args: &[(Ref, AbiTy)],
        memory: Option<Ref>,
    ) -> Option<Ref> {
        self.place_errno();
        self.c.calls_c = true;
        let (result, ty, pieces) = match &call.result {
            ForeignResult::Value(ctype) => {
                let (abi, ty) = travels(*ctype);
                (abi, ty, Vec::new())
            }
            ForeignResult::Handle => (AbiTy::Value, Ty::V, Vec::new()),
            ForeignResult::Record(_, pieces) => (AbiTy::Void, Ty::Unit, pieces.clone()),
        };
        if let Some(context) = call.context {
            return self.context_call(call, context, args, (result, ty));
        }
        let callee = Callee {
            name: call.name.clone(),
            address: target.is_none().then_some(call.address),
            passes_vm: false,
            params: args.iter().map(|(_, abi)| *abi).collect(),
            result,
            effects: Effects {
                reads: Alias::RAW.set(),
                writes: Alias::RAW.set(),
                allocates: false,
                keep: true,
            },
            foreign: true,
            variadic: call.variadic,
            pieces,
            finish: None,
            field: None,
        };
        let operands = target.into_iter().chain(args.iter().map(|(by, _)| *by)).chain(memory);
        let operands: Vec<Ref> = operands.collect();
        let made = self.out.call(callee, &operands, ty);
        self.c.errno.is_kept = false;
        self.state_changed();
        (ty != Ty::Unit).then_some(made)
    }
    /// The call of a function that gets a context.
    fn context_call(
        &mut self,
        call: &ForeignCall,
        context: ForeignContext,
        args: &[(Ref, AbiTy)],
        (result, ty): (AbiTy, Ty),
    ) -> Option<Ref> {
        self.flush();
        let raised = front_end_offset(layout::CONTEXT_RAISED);
        let usual = match call.result {
            ForeignResult::Handle => {
                let nothing = Value::NONE.bits();
                Usual::Object { raised, last: layout::LAST_NOTE, nothing, declined: None }
            }
            _ => Usual::Number { raised },
        };
        let first = (self.out.const_p(context.address), AbiTy::Ptr);
        let args: Vec<(Ref, AbiTy)> = std::iter::once(first).chain(args.iter().copied()).collect();
        let callee = Callee {
            name: call.name.clone(),
            address: Some(call.address),
            passes_vm: false,
            params: args.iter().map(|(_, abi)| *abi).collect(),
            result,
            effects: Effects::ANY,
            foreign: true,
            variadic: None,
            pieces: Vec::new(),
            finish: Some(Finish { helper: context.finish, usual }),
            field: None,
        };
        let operands: Vec<Ref> = args.iter().map(|(by, _)| *by).collect();
        let snapshot = self.snapshot();
        let made = self.out.call_raising(callee, &operands, ty, snapshot);
        self.c.errno.is_kept = false;
        (ty != Ty::Unit).then_some(made)
    }
    fn foreign_result(
        &mut self,
        register: u16,
        how: &ForeignResult,
        result: Option<Ref>,
        now: Value,
    ) {
        let by = match (how, result) {
            (ForeignResult::Value(ctype), Some(result)) if !matches!(ctype, CType::Pointer(_)) => {
                self.c_to_value(result, *ctype, now, Some(register))
            }
            (_, Some(object)) => object,
            (_, None) => self.constant_word(Value::NONE),
        };
        let dst = self.slot_of(register);
        self.set_slot(dst, by);
    }
}

/// How a value travels, and its type in the trace.
pub(super) fn travels(ctype: CType) -> (AbiTy, Ty) {
    match ctype {
        CType::Void => (AbiTy::Void, Ty::Unit),
        CType::Int { abi, .. } => (abi, Ty::I),
        CType::UInt64 => (AbiTy::I64, Ty::I),
        CType::Bool | CType::Char => (AbiTy::U8, Ty::I),
        CType::Float => (AbiTy::F32, Ty::F),
        CType::Double => (AbiTy::F64, Ty::F),
        CType::Pointer(_) | CType::Inside(_) => (AbiTy::Ptr, Ty::P),
    }
}
