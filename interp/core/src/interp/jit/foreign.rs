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

use haft_bytecode::{Insn, Op};
use haft_heap::Value;
use haft_jit::backend::front_end_offset;
use haft_jit::ir::{AbiTy, Alias, Callee, Effects, IrOp, Ref, Ty};

use super::layout;
use super::rec::{Known, Rec};
use super::resume::{Errno, Meaning};
use crate::interp::machine::Machine;
use crate::object::Dict;
use crate::vm::{R, Vm};

/// How a number travels to or from C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Nothing (results).
    Void,
    /// A signed or unsigned integer of so many bytes; arguments must lie between the bounds.
    Int {
        /// How it travels.
        abi: AbiTy,
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A `float`.
    Float,
    /// A `double`.
    Double,
}

/// A C function whose arguments and result are numbers.
#[derive(Clone, Debug)]
pub struct ForeignCall {
    /// For logs.
    pub name: String,
    /// Where it is. The value that stands for it does not change its address.
    pub address: usize,
    /// The arguments.
    pub args: Vec<Number>,
    /// The result.
    pub result: Number,
    /// An int is no argument for a floating parameter.
    pub exact: bool,
}

/// What a module of foreign functions tells the recorder.
#[derive(Clone, Copy, Debug)]
pub struct Foreign {
    /// The C function that a value is.
    pub call: fn(&mut Vm, Value) -> Option<ForeignCall>,
    /// The attribute `name` of an object, if it stays the same while the keys of the dict do.
    pub attribute: fn(&mut Vm, Value, Value) -> Option<(Value, Dict)>,
    /// Addresses of the running thread's `errno` and of the value that is kept for the program.
    pub errno: fn() -> (usize, usize),
    /// How a function of an extension module is called.
    pub extension: super::ExtensionCallOf,
    /// The number in a struct that a descriptor stands for.
    pub member: super::ExtensionMemberOf,
}

/// What a recording knows of C.
#[derive(Clone, Copy, Debug)]
pub(super) struct CState {
    /// Where `errno` is now.
    pub(super) errno: Errno,
    /// Is C called?
    pub(super) calls_c: bool,
    /// Was the runtime called before C was?
    calls_runtime_first: bool,
    /// Is the trace good only while nobody can run during a call?
    pub(super) alone: bool,
}

impl Default for CState {
    fn default() -> CState {
        CState { errno: Errno::BOTH, calls_c: false, calls_runtime_first: false, alone: false }
    }
}

impl Vm {
    /// Is a C function called by compiled code while others may run?
    fn shares_calls_of(&self, function: usize) -> bool {
        self.jit.as_ref().is_some_and(|jit| !jit.shared_calls.contains(&function))
            && haft_host::thread::has_barrier_in_all_threads()
    }
}

impl Rec<'_, '_> {
    /// An attribute of a library, which is a constant.
    pub(super) fn foreign_attribute(&mut self, i: Insn) -> bool {
        let Some(foreign) = self.foreign() else { return false };
        let object = self.d.reg(i.b());
        if !object.is_ptr() {
            return false;
        }
        // SAFETY: these instructions have an extension, the word after the running one.
        let ext = Insn(unsafe { self.d.pc.read() });
        let name = self.d.code().get().names[ext.lo() as usize];
        let Some((found, dict)) = (foreign.attribute)(self.d.vm, object, name) else {
            return false;
        };
        let version = self.d.vm.dict_version(dict);
        let known = self.reg(i.b());
        self.is_same(known, object);
        self.dict_version(dict.value(), version);
        self.ext();
        let value = self.constant(found);
        self.set(i.a(), value);
        if i.op() == Op::LoadMethod {
            let none = self.constant(Value::ABSENT);
            self.set(i.a() + 1, none);
        }
        true
    }

    /// A call of a C function with `n` arguments in registers from `first` on; false: it is none that can be inlined.
    pub(super) fn foreign_call(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let Some(call) = (foreign.call)(self.d.vm, callee.now) else { return Ok(false) };
        let alone = self.d.vm.company == 0;
        if !alone && !self.d.vm.shares_calls_of(call.address) {
            return Ok(false);
        }
        let fits =
            |(at, &number): (usize, &Number)| self.accepts(first + at as u16, number, call.exact);
        if call.args.len() != usize::from(n) || !call.args.iter().enumerate().all(fits) {
            return Ok(false);
        }
        self.is_same(callee, callee.now);
        if alone {
            self.guard_alone();
        }
        let args: Vec<Ref> = call
            .args
            .iter()
            .enumerate()
            .map(|(at, &number)| self.argument(first + at as u16, number))
            .collect();
        let area = (!alone).then(|| self.publish());
        let result = self.native_call(&call, &args);
        let now = self.call_for_real(callee.now, first, n)?;
        self.after_effect = true;
        let window = self.slot_of(i.b());
        self.forget_from(window);
        self.d.set(i.a(), now);
        if let Some(area) = area {
            self.returned(area, i.a(), result);
        }
        self.foreign_result(i.a(), call.result, result, now);
        Ok(true)
    }
    /// Others may run during the call: describe the state; the area it is written to.
    fn publish(&mut self) -> Ref {
        let area = self.out.imm(IrOp::Context, &[], front_end_offset(layout::CONTEXT_PUBLISHED));
        let snapshot = self.snapshot();
        self.out.guard(IrOp::Publish, &[area], snapshot);
        area
    }
    /// The call is over; if others ran, the trace ends here with its result in a register.
    fn returned(&mut self, area: Ref, register: u16, result: Option<Ref>) {
        let by = result.unwrap_or_else(|| self.constant_word(Value::NONE));
        let (next, slot) = (self.d.pc, self.slot_of(register));
        let snapshot = self.snapshot_with(next, Meaning::Called(slot), Some((slot, by)));
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
    /// Is the value in a register one that this argument takes without more than a conversion?
    fn accepts(&self, register: u16, number: Number, exact: bool) -> bool {
        let value = self.d.window(register, 1)[0];
        match number {
            Number::Int { min, max, .. } => {
                value.as_fixnum().is_some_and(|number| (min..=max).contains(&number))
            }
            Number::Float | Number::Double => value.is_float_imm() || !exact && value.is_fixnum(),
            Number::Void => false,
        }
    }
    fn argument(&mut self, register: u16, number: Number) -> Ref {
        let value = self.reg(register);
        let Number::Int { min, max, .. } = number else {
            if self.is_float(value) {
                return self.float(value).by;
            }
            self.is_int(value);
            let int = Machine::int(self, value).by;
            return self.op(IrOp::IToF, &[int]);
        };
        self.is_int(value);
        let int = Machine::int(self, value).by;
        if min > Value::FIXNUM_MIN {
            let least = self.int(min);
            let condition = self.op(IrOp::IGe, &[int, least]);
            self.test(true, condition);
        }
        if max < Value::FIXNUM_MAX {
            let most = self.int(max);
            let condition = self.op(IrOp::ILe, &[int, most]);
            self.test(true, condition);
        }
        int
    }
    /// The call itself, with the program's `errno` in place.
    fn native_call(&mut self, call: &ForeignCall, args: &[Ref]) -> Option<Ref> {
        self.place_errno();
        self.c.calls_c = true;
        let (result, ty) = travels(call.result);
        let callee = Callee {
            name: call.name.clone(),
            address: Some(call.address),
            passes_vm: false,
            params: call.args.iter().map(|&number| travels(number).0).collect(),
            result,
            effects: Effects {
                reads: Alias::RAW.set(),
                writes: Alias::RAW.set(),
                allocates: false,
                keep: true,
            },
            foreign: true,
            variadic: None,
        };
        let made = self.out.call(callee, args, ty);
        self.c.errno.is_kept = false;
        self.state_changed();
        (ty != Ty::Unit).then_some(made)
    }
    fn foreign_result(&mut self, register: u16, number: Number, result: Option<Ref>, now: Value) {
        let Some(result) = result else {
            let none = self.constant_word(Value::NONE);
            let dst = self.slot_of(register);
            return self.set_slot(dst, none);
        };
        let by = match number {
            Number::Void => self.constant_word(Value::NONE),
            Number::Float | Number::Double => {
                let by = self.op(IrOp::BoxF, &[result]);
                self.learn(by, |fact| fact.float = Some(result));
                by
            }
            Number::Int { min, max, .. } => {
                if min < Value::FIXNUM_MIN || max > Value::FIXNUM_MAX {
                    self.guard_fits(register, result, now);
                }
                let by = self.op(IrOp::BoxI, &[result]);
                self.learn(by, |fact| {
                    fact.int = Some(result);
                    fact.is_int = true;
                });
                by
            }
        };
        let dst = self.slot_of(register);
        self.set_slot(dst, by);
    }
    /// The result is a small int; else the exit makes the large one, after the call.
    fn guard_fits(&mut self, register: u16, result: Ref, now: Value) {
        if !now.is_fixnum() {
            self.give_up(super::Abort::GuardAfterEffect);
        }
        let condition = self.op(IrOp::Fits, &[result]);
        let (next, slot) = (self.d.pc, self.slot_of(register));
        let snapshot = self.snapshot_with(next, Meaning::Decided, Some((slot, result)));
        self.out.guard(IrOp::Guard, &[condition], snapshot);
    }
}

/// How a number travels, and its type in the trace.
fn travels(number: Number) -> (AbiTy, Ty) {
    match number {
        Number::Void => (AbiTy::Void, Ty::Unit),
        Number::Int { abi, .. } => (abi, Ty::I),
        Number::Float => (AbiTy::F32, Ty::F),
        Number::Double => (AbiTy::F64, Ty::F),
    }
}
