//! Functions and members of extension modules.
//!
//! A call is one of the C function itself, with value words for handles and without the runtime's dispatch: which function
//! it is, how many arguments it gets and the class of its receiver hold for the whole trace. The function may do anything,
//! so that memory is brought up to date as for any call of the runtime. An immediate result is taken as it is; objects are
//! counted, and null means that something was raised, which a function of the runtime looks at ([`Passes::Context`]).
//!
//! The same holds for getters, `HPy_tp_new` and the slots of operators. Where C has another way to say that it failed, or
//! may decline, a function of the runtime calls it ([`Passes::Data`]).
use haft_bytecode::{Insn, Op};
use haft_heap::{Obj, Value};
use haft_jit::backend::front_end_offset;
use haft_jit::ir::{AbiTy, Alias, Effects, Finish, IrOp, Layout, Ref, Ty, Usual};

use super::c_data::{load_op, store_op};
use super::foreign::Number;
use super::generators::builtin_name;
use super::layout;
use super::rec::{Arg, Known, Rec};
use super::record::{Form, comparison};
use crate::interp::machine::Machine;
use crate::native::NativeDef;
use crate::object::extension::PlainInstance;
use crate::object::{Binary, CompareOp, NativeFunction, PayloadRef, Setter, Type};
use crate::protocol::{BinaryOp, generic_getattro, generic_setattro};
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
    pub by_index: bool,
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
    /// An `int`, negative after raising.
    Status,
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

/// An operation that a class of an extension module may define.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    /// `a OP b`
    Binary(BinaryOp),
    /// `-a`
    Negative,
    /// `+a`
    Positive,
    /// `~a`
    Invert,
    /// `a[b]`
    Item,
    /// `a[b] = c`
    SetItem,
    /// `a OP b`, a comparison.
    Compare(CompareOp),
    /// The truth of the same, as a bool.
    Holds(CompareOp),
    /// `b in a`
    Contains,
    /// `bool(a)`
    Truth,
    /// `len(a)`
    Length,
    /// `a(…)`
    Call,
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
    /// What a call of a class without arguments makes, if that is all that it does.
    pub instance: fn(Type) -> Option<PlainInstance>,
    /// The call of a class with so many arguments.
    pub construct: fn(&Vm, Type, usize) -> Option<ExtensionCall>,
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
        instance: |_| None,
        construct: |_, _, _| None,
        operation: |_, _, _| None,
    };
}

/// The arguments of a call behind its receiver.
enum Given {
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
        if let Some(plain) = (foreign.extension.instance)(class).filter(|_| n == 0) {
            return self.extension_instance(callee, class, plain).map(Some);
        }
        let construct = foreign.extension.construct;
        let Some(call) = construct(self.d.vm, class, usize::from(n)) else { return Ok(None) };
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
        let by = self.call_extension(&call, callee.by, &Given::Registers(first, n));
        let now = self.call_for_real(callee.now, first, n)?;
        self.ran_python();
        Ok(Some(Known { now, by }))
    }

    /// A new instance whose struct is zero, made by the trace itself.
    fn extension_instance(
        &mut self,
        callee: Known<Value>,
        class: Type,
        plain: PlainInstance,
    ) -> R<Known<Value>> {
        self.is_same(callee, callee.now);
        self.version_is(class.obj(), class.version.get());
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
        let now = plain.make(&mut self.d.vm.heap);
        Ok(Known { now, by })
    }

    /// An operation that the class of an operand defines in C; false, and nothing is done: it is none.
    pub(super) fn extension_operation(&mut self, i: Insn) -> R<bool> {
        let Some((operation, (n, registers), has_result)) = operands(i) else { return Ok(false) };
        let registers = &registers[..n];
        let is_extension = |&register: &u16| {
            let value = self.d.window(register, 1)[0];
            value.is_ptr() && self.d.vm.type_of(value).extension.get().is_some()
        };
        if !registers.iter().take(2).any(is_extension) {
            return Ok(false);
        }
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let values: Vec<Value> =
            registers.iter().map(|&register| self.d.window(register, 1)[0]).collect();
        let Some(call) = (foreign.extension.operation)(self.d.vm, operation, &values) else {
            return Ok(false);
        };
        for &register in registers.iter().take(2) {
            self.guard_operand(register);
        }
        let receiver = self.reg(registers[0]).by;
        let rest: Vec<Ref> = registers[1..].iter().map(|&register| self.reg(register).by).collect();
        let given = if call.by_index {
            let index = self.index_not_negative(registers[1]);
            Given::Indexed(index, rest[1..].to_vec())
        } else {
            Given::Values(rest)
        };
        let by = self.call_extension(&call, receiver, &given);
        self.run_again()?;
        if has_result {
            let slot = self.slot_of(i.a());
            self.set_slot(slot, by);
        }
        self.ran_python();
        Ok(true)
    }

    /// How an operation is done that the class of a value defines in C; the value is of that class from here on.
    fn operation_of(&mut self, operation: Operation, value: Known<Value>) -> Option<ExtensionCall> {
        if !value.now.is_ptr() || self.d.vm.type_of(value.now).extension.get().is_none() {
            return None;
        }
        let foreign = self.foreign()?;
        let call = (foreign.extension.operation)(self.d.vm, operation, &[value.now])?;
        self.guard_instance(value);
        Some(call)
    }
    /// `a OP b` as a jump, of an object whose class compares in C; false, and nothing is done: it is another.
    pub(super) fn extension_jump(&mut self, i: Insn) -> R<bool> {
        let Some((op, Form::Jump)) = comparison(i.op()) else { return Ok(false) };
        let (a, b) = (self.reg(i.a()), self.reg(i.b()));
        let class = |value: Value| self.d.vm.type_of(value).extension.get();
        if !a.now.is_ptr() || class(a.now).is_none() {
            return Ok(false);
        }
        let Some(foreign) = self.foreign() else { return Ok(false) };
        let operation = Operation::Holds(op);
        let call = (foreign.extension.operation)(self.d.vm, operation, &[a.now, b.now]);
        let Some(call) = call else { return Ok(false) };
        self.guard_operand(i.a());
        self.guard_operand(i.b());
        self.branch(i32::from(i.c_int()), i.x() == 1);
        let by = self.call_extension(&call, a.by, &Given::Values(vec![b.by]));
        self.d.save_pc();
        let result = self.d.vm.compare(a.now, b.now, op)?;
        let outcome = self.d.vm.truth(result)?;
        if self.test_bool(by, outcome) == (i.x() == 1) {
            Machine::jump(self, i32::from(i.c_int()));
        }
        Ok(true)
    }
    /// `bool(value)` of an object whose class says so in C.
    pub(super) fn extension_truth(&mut self, value: Known<Value>) -> R<Option<bool>> {
        let Some(call) = self.operation_of(Operation::Truth, value) else { return Ok(None) };
        let by = self.call_extension(&call, value.by, &Given::Values(Vec::new()));
        let outcome = self.d.truth(value.now)?;
        Ok(Some(self.test_bool(by, outcome)))
    }
    /// A call that may have run Python gave this bool.
    fn test_bool(&mut self, by: Ref, outcome: bool) -> bool {
        self.ran_python();
        let yes = self.constant_word(Value::TRUE);
        let condition = self.op(IrOp::Same, &[by, yes]);
        self.test(outcome, condition)
    }
    /// `len(value)` of an object whose class has a length in C; false: it is another call.
    pub(super) fn extension_length(
        &mut self,
        i: Insn,
        callee: Known<Value>,
        first: u16,
        n: u16,
    ) -> R<bool> {
        if n != 1 || i.op() != Op::Call || builtin_name(callee.now) != Some("len") {
            return Ok(false);
        }
        let value = self.reg(first);
        let Some(call) = self.operation_of(Operation::Length, value) else { return Ok(false) };
        self.is_same(callee, callee.now);
        let by = self.call_extension(&call, value.by, &Given::Values(Vec::new()));
        let now = self.call_for_real(callee.now, first, n)?;
        self.ran_python();
        self.finish_call(i, Known { now, by });
        Ok(true)
    }

    /// The call, with memory up to date.
    fn call_extension(&mut self, call: &ExtensionCall, receiver: Ref, given: &Given) -> Ref {
        self.flush();
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
        if let Passes::Context { finish, gives, .. } = call.passes {
            callee.name.clone_from(&call.name);
            callee.passes_vm = false;
            callee.foreign = true;
            let usual = match gives {
                Gives::Handle => Usual::Object {
                    raised: front_end_offset(layout::CONTEXT_RAISED),
                    last: layout::LAST_NOTE,
                    nothing: Value::NONE.bits(),
                },
                Gives::Status => Usual::Status,
            };
            callee.finish = Some(Finish { helper: finish, usual });
        }
        let snapshot = self.snapshot();
        let refs: Vec<Ref> = args.iter().map(|arg| arg.value()).collect();
        self.out.call_raising(callee, &refs, Ty::V, snapshot)
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

    /// The value in a register is of the class that it is of now.
    fn guard_operand(&mut self, register: u16) {
        let known = self.reg(register);
        if known.now.is_fixnum() {
            self.is_int(known);
        } else if known.now.is_float_imm() {
            self.is_float(known);
        } else if known.now.is_ptr() {
            self.guard_layout(register);
        } else {
            self.is_same(known, known.now);
        }
    }

    /// The number of an index in a register that is not negative, and stays so.
    fn index_not_negative(&mut self, register: u16) -> Ref {
        let index = self.reg(register);
        self.is_int(index);
        let (by, zero) = (Machine::int(self, index).by, Rec::int(self, 0));
        let condition = self.op(IrOp::IGe, &[by, zero]);
        self.test(true, condition);
        by
    }

    /// The object in a register is of the class that it is of now, which has the attributes that it has now.
    fn guard_layout(&mut self, register: u16) -> Known<Value> {
        let known = self.reg(register);
        self.guard_instance(known);
        known
    }
    fn guard_instance(&mut self, known: Known<Value>) {
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

/// The operation that an instruction is: its number of operands and their registers, the receiver's first, and whether
/// there is a result.
fn operands(i: Insn) -> Option<(Operation, (usize, [u16; 3]), bool)> {
    // With `x` an operator in place.
    let is_operator = !matches!(i.op(), Op::LoadItem | Op::StoreItem);
    if is_operator && i.x() == 1 {
        return None;
    }
    let binary = match i.op() {
        Op::Add => BinaryOp::Add,
        Op::Sub => BinaryOp::Sub,
        Op::Mul => BinaryOp::Mul,
        Op::TrueDiv => BinaryOp::TrueDiv,
        Op::FloorDiv => BinaryOp::FloorDiv,
        Op::Mod => BinaryOp::Mod,
        Op::MatMul => BinaryOp::MatMul,
        Op::LShift => BinaryOp::LShift,
        Op::RShift => BinaryOp::RShift,
        Op::And => BinaryOp::And,
        Op::Or => BinaryOp::Or,
        Op::Xor => BinaryOp::Xor,
        Op::Neg => return Some((Operation::Negative, (1, [i.b(), 0, 0]), true)),
        Op::Pos => return Some((Operation::Positive, (1, [i.b(), 0, 0]), true)),
        Op::Invert => return Some((Operation::Invert, (1, [i.b(), 0, 0]), true)),
        Op::In => return Some((Operation::Contains, (2, [i.c(), i.b(), 0]), true)),
        Op::Lt | Op::Le | Op::Eq | Op::Ne | Op::Gt | Op::Ge => {
            let (op, _) = comparison(i.op())?;
            return Some((Operation::Compare(op), (2, [i.b(), i.c(), 0]), true));
        }
        Op::LoadItem => return Some((Operation::Item, (2, [i.b(), i.c(), 0]), true)),
        Op::StoreItem => return Some((Operation::SetItem, (3, [i.a(), i.b(), i.c()]), false)),
        _ => return None,
    };
    Some((Operation::Binary(binary), (2, [i.b(), i.c(), 0]), true))
}
