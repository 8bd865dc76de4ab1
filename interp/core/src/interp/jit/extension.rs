//! Functions and members of extension modules.
//!
//! A call is a native one on value words, without the runtime's dispatch. The function may do anything, so that memory is brought up to date as for any call of the runtime. What is saved is the
//! way there: which function it is, how many arguments it gets and the class of its receiver hold for the whole trace.
use haft_bytecode::Insn;
use haft_heap::{Obj, Value};
use haft_jit::ir::{AbiTy, Alias, Effects, IrOp};

use super::foreign::Number;
use super::machine::float_of;
use super::rec::{Arg, Known, Rec};
use crate::interp::machine::Machine;
use crate::native::NativeDef;
use crate::object::{Binary, NativeFunction, PayloadRef, Setter, Type};
use crate::protocol::{generic_getattro, generic_setattro};
use crate::vm::R;

/// How compiled code calls a function of an extension module.
#[derive(Clone, Copy, Debug)]
pub struct ExtensionCall {
    /// `extern "C" fn(vm, data, receiver, …) -> u64`; its result is a value word, or that of an exception.
    pub address: usize,
    /// What it gets besides the runtime.
    pub data: usize,
    /// The arguments come as an address and a number; otherwise one by one.
    pub in_memory: bool,
}

/// A number in the struct of an object of an extension class.
#[derive(Clone, Copy, Debug)]
pub struct ExtensionMember {
    /// Bytes from the address of the object.
    pub offset: usize,
    /// What is there.
    pub number: Number,
    /// Can it not be set?
    pub readonly: bool,
}

/// The member that a descriptor is of an object.
pub type ExtensionMemberOf = fn(Value, Obj) -> Option<ExtensionMember>;

/// The call of a native function with so many arguments, if its module can give one.
pub type ExtensionCallOf = fn(&'static NativeDef, usize) -> Option<ExtensionCall>;

impl Rec<'_, '_> {
    /// A call of a function of an extension module with the `n` values in registers from `first` on; false: it is none.
    pub(super) fn extension_call(
        &mut self,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<Option<Known<Value>>> {
        let Some(foreign) = self.foreign() else { return Ok(None) };
        let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) else {
            return Ok(None);
        };
        let bound = native.receiver_to_pass();
        let n_receivers = u16::from(bound.is_absent());
        if n < n_receivers {
            return Ok(None);
        }
        let (first_arg, n_args) = (first + n_receivers, n - n_receivers);
        let def = *native.get().def;
        let Some(call) = (foreign.extension)(def, usize::from(n_args)) else { return Ok(None) };
        if bound.is_absent() && !self.is_receiver(native, first) {
            return Ok(None);
        }
        self.is_same(callee, callee.now);
        let receiver =
            if bound.is_absent() { self.reg(first).by } else { self.constant_word(bound) };
        self.flush();
        let data = Rec::int(self, call.data as i64);
        let mut args = vec![Arg::I(data), Arg::V(receiver)];
        if call.in_memory {
            let first_slot = self.slot_of(first_arg);
            let at = self.slot_address(first_slot);
            let count = Rec::int(self, i64::from(n_args));
            args.extend([Arg::P(at), Arg::I(count)]);
        } else {
            args.extend(
                (first_arg..first_arg + n_args).map(|register| Arg::V(self.reg(register).by)),
            );
        }
        let by = self.call(&format!("call {}", def.name), call.address, Effects::ANY, &args);
        let now = self.call_for_real(callee.now, first, n)?;
        self.ran_python();
        Ok(Some(Known { now, by }))
    }

    /// An attribute that is a number in a struct.
    pub(super) fn extension_load(&mut self, i: Insn) -> R<bool> {
        let object = self.d.reg(i.b());
        let getter = generic_getattro as Binary;
        let plain = |class: Type| {
            class.slots.getattro.get().is_some_and(|get| std::ptr::fn_addr_eq(get, getter))
        };
        let Some((member, name)) = self.extension_member(object, plain) else { return Ok(false) };
        let op = match member.number {
            Number::Double => IrOp::LoadF64,
            Number::Int { abi: AbiTy::I32, .. } => IrOp::LoadI32,
            Number::Int { abi: AbiTy::U32, .. } => IrOp::LoadU32,
            Number::Int { abi: AbiTy::I64, .. } => IrOp::LoadI64,
            _ => return Ok(false),
        };
        let now = self.d.vm.get_attr(object, name)?;
        if op != IrOp::LoadF64 && !now.is_fixnum() {
            return Ok(false);
        }
        let known = self.guard_layout(i.b());
        let by = self.load(op, known.by, member.offset as i64, Alias::RAW);
        let result = if op == IrOp::LoadF64 {
            self.of_float(Known { now: float_of(now), by })
        } else {
            if op == IrOp::LoadI64 {
                let condition = self.op(IrOp::Fits, &[by]);
                self.test(true, condition);
            }
            let word = self.op(IrOp::BoxI, &[by]);
            self.learn(word, |fact| {
                fact.int = Some(by);
                fact.is_int = true;
            });
            Known { now, by: word }
        };
        self.ext();
        self.set(i.a(), result);
        Ok(true)
    }

    /// The same, set to a float.
    pub(super) fn extension_store(&mut self, i: Insn) -> R<bool> {
        let (object, value) = (self.d.reg(i.a()), self.d.reg(i.b()));
        let setter = generic_setattro as Setter;
        let plain = |class: Type| {
            class.slots.setattro.get().is_some_and(|set| std::ptr::fn_addr_eq(set, setter))
        };
        let Some((member, name)) = self.extension_member(object, plain) else { return Ok(false) };
        if member.number != Number::Double || member.readonly || !value.is_float_imm() {
            return Ok(false);
        }
        let value = self.reg(i.b());
        self.is_float(value);
        let number = self.float(value);
        let known = self.guard_layout(i.a());
        let args = [known.by, number.by];
        self.out.memory(IrOp::StoreF64, &args, member.offset as i64, Alias::RAW);
        self.d.save_pc();
        self.d.vm.set_attr(object, name, value.now)?;
        self.ext();
        self.after_effect = true;
        Ok(true)
    }

    /// The member that the running instruction names, of an object whose class looks attributes up in the plain way.
    fn extension_member(
        &mut self,
        object: Value,
        plain: impl FnOnce(Type) -> bool,
    ) -> Option<(ExtensionMember, Value)> {
        let obj = object.as_ptr()?;
        let class = self.d.vm.type_of(object);
        class.extension.get()?;
        if !plain(class) {
            return None;
        }
        let name = self.d.code().get().names[self.next_word().lo() as usize];
        let found = self.d.vm.lookup_in_type(class, name)?;
        Some(((self.foreign()?.extension_member)(found, obj)?, name))
    }

    /// The object in a register is of the class that it is of now, which has the attributes that it has now.
    fn guard_layout(&mut self, register: u16) -> Known<Value> {
        let known = self.reg(register);
        let class = self.d.vm.type_of(known.now);
        if let Some(obj) = known.now.as_ptr() {
            self.shape_is(known, obj.shape());
        }
        self.version_is(class.obj(), class.version.get());
        known
    }

    /// Is the value in a register an object that this method takes? If so, each later one is of the same class.
    fn is_receiver(&mut self, method: PayloadRef<NativeFunction>, register: u16) -> bool {
        let this = self.reg(register);
        let (Some(obj), Some(owner)) = (this.now.as_ptr(), Type::of_value(method.owner.get()))
        else {
            return false;
        };
        self.d.vm.instance_of(this.now, owner) && self.shape_is(this, obj.shape())
    }
}
