//! Functions and members of extension modules.
//!
//! A call is one of the C function itself, with value words for handles and without the runtime's dispatch: which function
//! it is, how many arguments it gets and the class of its receiver hold for the whole trace. The function may do anything,
//! so that memory is brought up to date as for any call of the runtime. An immediate result is taken as it is; objects are
//! counted, and null means that something was raised, which a function of the runtime looks at ([`Passes::Context`]).
//!
//! The same holds for getters and setters, `HPy_tp_new`, `HPy_tp_init`, and for operations (`operations`), each with its own way
//! to say that it failed ([`Gives`]).
use haft_bytecode::Insn;
use haft_heap::{Header, Obj, Value};
use haft_jit::backend::front_end_offset;
use haft_jit::ir::{AbiTy, Alias, Effects, Finish, IrOp, Layout, Ref, Ty, Usual};

use super::c_data::{load_op, store_op};
use super::foreign::Number;
use super::layout;
use super::operations::Operation;
use super::rec::{Arg, Known, Rec};
use super::resume::Meaning;
use crate::interp::direct::Direct;
use crate::interp::machine::Machine;
use crate::native::NativeDef;
use crate::object::extension::PlainInstance;
use crate::object::{Binary, NativeFunction, PayloadRef, Setter, Type};
use crate::protocol::{generic_getattro, generic_setattro};
use crate::vm::{R, Vm};

/// How compiled code calls a function of an extension module.
#[derive(Clone, Debug)]
pub struct ExtensionCall {
    /// For logs.
    pub name: String,
    /// What is called: a C function, or one of the runtime's for which the first argument is the runtime.
    pub address: usize,
    /// What is passed first.
    pub passes: Passes,
    /// The arguments come as an address and a number; otherwise one by one.
    pub in_memory: bool,
    /// A number that comes last.
    pub last: Option<usize>,
    /// The argument behind the receiver is an index that travels as a number.
    pub by_index: Option<Index>,
    /// It holds as long as this number is so many bytes behind the address of the receiver.
    pub provided: Option<(i64, i64)>,
}

/// An index that C gets.
#[derive(Clone, Debug)]
pub enum Index {
    /// It is not negative.
    FromStart,
    /// It is negative, and the length is added that this call gives.
    FromEnd(Box<ExtensionCall>),
}

/// How an instance of a class is made.
#[derive(Clone, Debug)]
pub struct Construction {
    /// What makes it.
    pub new: New,
    /// What is called with it then.
    pub init: Option<Init>,
}

/// What makes a new instance.
#[derive(Clone, Debug)]
pub enum New {
    /// A call with the class and the arguments.
    Call(ExtensionCall),
    /// The trace itself.
    Instance(PlainInstance),
}

/// What is called with a new instance.
#[derive(Clone, Debug)]
pub struct Init {
    /// The call with the instance and the arguments.
    pub call: ExtensionCall,
    /// The function that is called in its place for an object of another shape than new instances have.
    pub otherwise: usize,
}

/// The first argument of a call, and what its result is.
#[derive(Clone, Copy, Debug)]
pub enum Passes {
    /// The context of the module: it is the C function itself, and the result a handle.
    Context {
        /// The context's address.
        context: usize,
        /// `extern "C" fn(vm, word) -> u64`: makes a value word, or that of an exception, of a result that is not usual.
        finish: usize,
        /// What comes back.
        gives: Gives,
    },
    /// Data behind the runtime; the result is a value word, or that of an exception.
    Data(usize),
}

/// What a C function returns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Gives {
    /// A new handle, or null after raising.
    Handle,
    /// The same, or that of NotImplemented after declining, which the helper goes on from.
    Tried,
    /// The same; the helper makes a truth of what is none.
    Truth,
    /// An `int`, negative after raising.
    Status,
    /// A number of 64 bits, negative after raising.
    Length,
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

/// What the host of extension modules tells the recorder. What is said of objects holds as long as their classes are as
/// they are.
#[derive(Clone, Copy, Debug)]
pub struct ExtensionHooks {
    /// The call of a function of a module with so many arguments.
    pub call: fn(&'static NativeDef, usize) -> Option<ExtensionCall>,
    /// The member that a descriptor is of an object.
    pub member: fn(Value, Obj) -> Option<ExtensionMember>,
    /// The getter of a descriptor.
    pub getter: fn(Value) -> Option<ExtensionCall>,
    /// Its setter.
    pub setter: fn(Value) -> Option<ExtensionCall>,
    /// What a call of a class with so many arguments does.
    pub construct: fn(&Vm, Type, usize) -> Option<Construction>,
    /// An operation on these operands.
    pub operation: fn(&Vm, Operation, &[Value]) -> Option<ExtensionCall>,
}

impl ExtensionHooks {
    /// There are no such modules.
    pub const NONE: ExtensionHooks = ExtensionHooks {
        call: |_, _| None,
        member: |_, _| None,
        getter: |_| None,
        setter: |_| None,
        construct: |_, _, _| None,
        operation: |_, _, _| None,
    };
}

/// The arguments of a call behind its receiver.
pub(super) enum Given {
    /// Registers from one on, so many; memory is where they are passed.
    Registers(u16, u16),
    /// Values.
    Values(Vec<Ref>),
    /// A number, and values.
    Indexed(Ref, Vec<Ref>),
}

impl Rec<'_, '_> {
    /// A call of a function of an extension module with the `n` values in registers from `first` on; false: it is none.
    pub(super) fn extension_call(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<Option<Known<Value>>> {
        let Some(foreign) = self.foreign() else { return Ok(None) };
        let Some(native) = PayloadRef::<NativeFunction>::of_value(callee.now) else {
            let Some(call) = self.operation_of(Operation::Call, callee) else { return Ok(None) };
            self.is_provided(callee, &call);
            let by = self.call_extension(&call, callee.by, &Given::Registers(first, n));
            let now = self.call_for_real(callee.now, first, n)?;
            self.ran_python();
            return Ok(Some(Known { now, by }));
        };
        let bound = native.receiver_to_pass();
        let n_receivers = u16::from(bound.is_absent());
        if n < n_receivers {
            return Ok(None);
        }
        let (first_arg, n_args) = (first + n_receivers, n - n_receivers);
        let def = *native.get().def;
        let Some(call) = (foreign.extension.call)(def, usize::from(n_args)) else {
            return Ok(None);
        };
        if bound.is_absent() && !self.is_receiver(native, first) {
            return Ok(None);
        }
        self.is_same(callee, callee.now);
        let receiver =
            if bound.is_absent() { self.reg(first).by } else { self.constant_word(bound) };
        // Objects stay in their registers: C may keep a handle where no collection looks as long as the call lasts.
        let end = if call.in_memory { first_arg } else { first_arg + n_args };
        for register in i.b()..end {
            let value = self.reg(register);
            let fact = self.fact(value.by);
            if fact.constant.is_some() || fact.not_object() {
                let slot = self.slot_of(register);
                self.know_slot(slot, value.by);
            }
        }
        let given = if call.in_memory {
            Given::Registers(first_arg, n_args)
        } else {
            let args = first_arg..first_arg + n_args;
            Given::Values(args.map(|register| self.reg(register).by).collect())
        };
        let by = self.call_extension(&call, receiver, &given);
        let now = self.call_for_real(callee.now, first, n)?;
        self.ran_python();
        Ok(Some(Known { now, by }))
    }

    /// A call of a class of an extension module with the `n` arguments in registers from `first` on.
    pub(super) fn extension_new(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<Option<Known<Value>>> {
        let (Some(foreign), Some(class)) = (self.foreign(), Type::of_value(callee.now)) else {
            return Ok(None);
        };
        // The metaclass may have its own way to be called.
        if class.extension.get().is_none() || self.d.vm.type_of(callee.now) != self.d.vm.t.r#type {
            return Ok(None);
        }
        let construct = foreign.extension.construct;
        let Some(made) = construct(self.d.vm, class, usize::from(n)) else { return Ok(None) };
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let given = Given::Registers(first, n);
        let (by, plain) = match made.new {
            New::Instance(plain) => (self.new_extension_instance(class, plain), Some(plain)),
            New::Call(call) => (self.call_extension(&call, callee.by, &given), None),
        };
        let now = match (plain, made.init) {
            (Some(plain), None) => plain.make(&mut self.d.vm.heap),
            (_, init) => {
                if let Some(init) = init {
                    let fresh = plain.is_some();
                    self.init_extension(i, class, (by, fresh), &init, &given);
                }
                let now = self.call_for_real(callee.now, first, n)?;
                self.ran_python();
                now
            }
        };
        Ok(Some(Known { now, by }))
    }

    /// A new instance whose struct is zero, made by the trace itself.
    fn new_extension_instance(&mut self, class: Type, plain: PlainInstance) -> Ref {
        let layout = Layout {
            name: class.name_text(),
            header: u64::from(plain.shape.0) | (plain.kind as u64) << 32,
            bytes: plain.bytes as u32,
            init: vec![(layout::word_offset(0) as u32, plain.layout.address())],
            listed: false,
            inner: plain.layout.place.offset() as u32,
        };
        let by = self.out.alloc(&layout);
        self.learn(by, |fact| fact.is_object = true);
        by
    }

    /// Call what comes after the making of an instance; `fresh`: it is of the class for certain.
    fn init_extension(
        &mut self,
        i: Insn,
        class: Type,
        (object, fresh): (Ref, bool),
        init: &Init,
        given: &Given,
    ) {
        let mut target = None;
        if fresh {
            self.flush();
        } else {
            // What is no object is all that the call gives.
            let condition = self.op(IrOp::IsObject, &[object]);
            let (next, slot) = (self.d.pc, self.slot_of(i.a()));
            let snapshot = self.snapshot_with(next, Meaning::Decided, Some((slot, object)));
            self.out.guard(IrOp::Guard, &[condition], snapshot);
            self.learn(object, |fact| fact.is_object = true);
            let offset = Header::SHAPE_OFFSET as i64;
            let shape = self.load(IrOp::LoadU32, object, offset, layout::SHAPE);
            let usual = Rec::int(self, i64::from(class.root_shape.get().0));
            let condition = self.op(IrOp::IEq, &[shape, usual]);
            let zero = Rec::int(self, 0);
            let distance = init.otherwise.wrapping_sub(init.call.address).cast_signed();
            let distance = Rec::int(self, distance as i64);
            let distance = self.op(IrOp::Select, &[condition, zero, distance]);
            let usual = self.out.const_p(init.call.address);
            target = Some(self.op(IrOp::PAdd, &[usual, distance]));
        }
        self.call_flushed(&init.call, target, object, given);
    }

    /// The call, with memory up to date.
    pub(super) fn call_extension(
        &mut self,
        call: &ExtensionCall,
        receiver: Ref,
        given: &Given,
    ) -> Ref {
        self.flush();
        self.call_flushed(call, None, receiver, given)
    }
    /// The same where memory is up to date; the address may be another one.
    fn call_flushed(
        &mut self,
        call: &ExtensionCall,
        target: Option<Ref>,
        receiver: Ref,
        given: &Given,
    ) -> Ref {
        let first = match call.passes {
            Passes::Context { context, .. } => Arg::P(self.out.const_p(context)),
            Passes::Data(data) => Arg::I(Rec::int(self, data as i64)),
        };
        let mut args = vec![first, Arg::V(receiver)];
        match *given {
            Given::Registers(first, n) => {
                let first_slot = self.slot_of(first);
                let at = self.slot_address(first_slot);
                let count = Rec::int(self, i64::from(n));
                args.extend([Arg::P(at), Arg::I(count)]);
            }
            Given::Values(ref values) => args.extend(values.iter().map(|&by| Arg::V(by))),
            Given::Indexed(index, ref values) => {
                args.push(Arg::I(index));
                args.extend(values.iter().map(|&by| Arg::V(by)));
            }
        }
        if let Some(last) = call.last {
            args.push(Arg::I(Rec::int(self, last as i64)));
        }
        self.show_handled();
        let name = format!("call {}", call.name);
        let mut callee = Rec::callee(&name, call.address, Effects::ANY, &args, AbiTy::Value);
        let mut ty = Ty::V;
        if let Passes::Context { finish, gives, .. } = call.passes {
            callee.name.clone_from(&call.name);
            callee.passes_vm = false;
            callee.foreign = true;
            (callee.result, ty) = match gives {
                Gives::Handle | Gives::Tried | Gives::Truth => (AbiTy::Value, Ty::V),
                Gives::Status => (AbiTy::I32, Ty::I),
                Gives::Length => (AbiTy::I64, Ty::I),
            };
            callee.finish = Some(Finish { helper: finish, usual: usual_of(gives) });
        }
        if target.is_some() {
            callee.address = None;
        }
        let snapshot = self.snapshot();
        let args = args.iter().map(|arg| arg.value());
        let refs: Vec<Ref> = target.into_iter().chain(args).collect();
        self.out.call_raising(callee, &refs, ty, snapshot)
    }

    /// An attribute that is a number in a struct, or comes from a getter in C.
    pub(super) fn extension_load(&mut self, i: Insn) -> R<bool> {
        let object = self.d.reg(i.b());
        let getter = generic_getattro as Binary;
        let plain = |class: Type| {
            class.slots.getattro.get().is_some_and(|get| std::ptr::fn_addr_eq(get, getter))
        };
        let Some((found, name)) = self.extension_attribute(object, plain) else {
            return Ok(false);
        };
        let Some(hooks) = self.foreign().map(|foreign| foreign.extension) else { return Ok(false) };
        let Some(member) = object.as_ptr().and_then(|obj| (hooks.member)(found, obj)) else {
            return match (hooks.getter)(found) {
                Some(getter) => self.extension_get(i, &getter, name).map(|()| true),
                None => Ok(false),
            };
        };
        let now = self.d.vm.get_attr(object, name)?;
        let is_float = matches!(member.number, Number::Double | Number::Float);
        if !is_float && !now.is_fixnum() {
            return Ok(false);
        }
        let known = self.guard_layout(i.b());
        let by = self.load(load_op(member.number), known.by, member.offset as i64, Alias::RAW);
        let by = self.c_to_value(by, member.number, now, None);
        self.ext();
        self.set(i.a(), Known { now, by });
        Ok(true)
    }

    fn extension_get(&mut self, i: Insn, getter: &ExtensionCall, name: Value) -> R<()> {
        let known = self.guard_layout(i.b());
        let by = self.call_extension(getter, known.by, &Given::Values(Vec::new()));
        self.d.save_pc();
        let now = self.d.vm.get_attr(known.now, name)?;
        self.ext();
        self.set(i.a(), Known { now, by });
        self.ran_python();
        Ok(())
    }

    fn extension_set(&mut self, i: Insn, setter: &ExtensionCall, name: Value) -> R<()> {
        let known = self.guard_layout(i.a());
        let value = self.reg(i.b());
        self.call_extension(setter, known.by, &Given::Values(vec![value.by]));
        self.d.save_pc();
        self.d.vm.set_attr(known.now, name, value.now)?;
        self.ext();
        self.ran_python();
        Ok(())
    }

    /// The same, set to a number that fits, or by a setter in C.
    pub(super) fn extension_store(&mut self, i: Insn) -> R<bool> {
        let (object, value) = (self.d.reg(i.a()), self.d.reg(i.b()));
        let setter = generic_setattro as Setter;
        let plain = |class: Type| {
            class.slots.setattro.get().is_some_and(|set| std::ptr::fn_addr_eq(set, setter))
        };
        let Some((found, name)) = self.extension_attribute(object, plain) else {
            return Ok(false);
        };
        let Some(hooks) = self.foreign().map(|foreign| foreign.extension) else { return Ok(false) };
        let Some(member) = object.as_ptr().and_then(|obj| (hooks.member)(found, obj)) else {
            return match (hooks.setter)(found) {
                Some(setter) => self.extension_set(i, &setter, name).map(|()| true),
                None => Ok(false),
            };
        };
        let fits = match member.number {
            Number::Int { min, max, .. } => {
                value.as_fixnum().is_some_and(|number| (min..=max).contains(&number))
            }
            _ => value.is_float_imm(),
        };
        if !fits || member.readonly {
            return Ok(false);
        }
        let value = self.reg(i.b());
        let number = self.number_to_c(value, member.number);
        let known = self.guard_layout(i.a());
        let (op, args) = (store_op(member.number), [known.by, number]);
        self.out.memory(op, &args, member.offset as i64, Alias::RAW);
        self.d.save_pc();
        self.d.vm.set_attr(object, name, value.now)?;
        self.ext();
        self.after_effect = true;
        Ok(true)
    }

    /// The descriptor that the running instruction names, of an object whose class looks attributes up in the plain way.
    fn extension_attribute(
        &mut self,
        object: Value,
        plain: impl FnOnce(Type) -> bool,
    ) -> Option<(Value, Value)> {
        object.as_ptr()?;
        let class = self.d.vm.type_of(object);
        class.extension.get()?;
        if !plain(class) {
            return None;
        }
        let name = self.d.code().get().names[self.next_word().lo() as usize];
        let found = self.d.vm.lookup_in_type(class, name)?;
        Some((found, name))
    }

    /// The object in a register is of the class that it is of now, which has the attributes that it has now.
    pub(super) fn guard_layout(&mut self, register: u16) -> Known<Value> {
        let known = self.reg(register);
        self.guard_instance(known);
        known
    }
    pub(super) fn guard_instance(&mut self, known: Known<Value>) {
        let class = self.d.vm.type_of(known.now);
        if let Some(obj) = known.now.as_ptr() {
            self.shape_is(known, obj.shape());
        }
        self.version_is(class.obj(), class.version.get());
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

/// What a result is that says nothing unusual.
fn usual_of(gives: Gives) -> Usual {
    let raised = front_end_offset(layout::CONTEXT_RAISED);
    let object = |declined: Option<Value>| Usual::Object {
        raised,
        last: layout::LAST_NOTE,
        nothing: Value::NONE.bits(),
        declined: declined.map(Value::bits),
    };
    match gives {
        Gives::Handle => object(None),
        Gives::Tried => object(Some(Value::NOT_IMPLEMENTED)),
        Gives::Truth => Usual::Truth { raised },
        Gives::Status | Gives::Length => Usual::Status,
    }
}

impl Vm {
    /// What the call instruction calls that compiled code is in.
    pub fn running_callee(&mut self) -> Value {
        let mut m = Direct::new(self);
        let i = m.fetch();
        m.reg(i.b())
    }
}
